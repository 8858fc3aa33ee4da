"""The refusals about drafts and the life of plans. An error carries values; `wording.plan_refusals` chooses the words."""

from __future__ import annotations

from emergency_desk.domain.errors import Refused, Stale


class PartChanged(Stale):
    """Somebody saved this part after it was read. Values: part (kind), key, person (whose it is), at, theirs, ours (records), kind, id."""


class DraftNotOpen(Refused):
    """A draft that was sent for review, issued or discarded is not written on. Values: plan, version, state."""


class DraftExists(Refused):
    """A draft of this plan is being written already. Values: plan, version, person, at."""


class PlanCodeTaken(Refused):
    """Another plan bears this code. Values: code, title."""

    field = "code"


class PlanVersionTaken(Refused):
    """This version of the plan is there already. Values: code, version."""

    field = "version"


class PartKeyTaken(Refused):
    """The draft has a part of this number or id already. Values: part (kind), key."""

    field = "key"


class NothingToUndo(Refused):
    """No change of one's own is left to take back, or to bring back. Values: act (EditAct)."""


class UndoOvertaken(Refused):
    """Somebody changed the part after the change that was to be taken back. Values: part (kind), key, person, at."""


class ClauseNotThere(Refused):
    """A clause is moved among its sisters, and this is none. Values: clause."""

    field = "clause"
