"""The refusals about plans: their drafts, their life, their papers, their travels. Of the one tree of `errors`, in a file of their own as stock
keeps its own; `wording.plan_refusals` chooses the words."""

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


# -- the life of a plan --------------------------------------------------------------------------------------------------
class PlanMoveRefused(Refused):
    """The move does not follow where the plan stands. Values: plan, version, move, stage, possible (moves)."""


class PlanStepsMissing(Refused):
    """Before the draft is submitted something is still to be done. Values: plan, version, missing (moves), basis."""


class MattersOpen(Refused):
    """The review found matters that are not met. Values: plan, version, matters."""


class MattersUnanswered(Refused):
    """A review answers each of the six matters. Values: matters."""

    field = "matters"


class DrafterDecides(Refused):
    """Whoever began the draft does not review or approve it alone. Values: plan, version, move."""


class PlanDayWrong(Refused):
    """A move lies in the future or before what it rests on. Values: move, day, earliest (or None), latest."""

    field = "on_date"


class NotMinor(Refused):
    """A minor revision touched what takes the whole path (Art. 36). Values: plan, version, kinds (of parts), keys, basis."""


class PlanOvertaken(Refused):
    """A newer version was issued since the draft was begun. Values: plan, version, base, newer."""


class NothingToFollow(Refused):
    """The version the draft was begun from still stands. Values: plan, version, base."""


class PlanNotWhole(Refused):
    """The draft cannot be put into the text of a plan yet. Values: plan, version, reason, detail (of the file format)."""


class SuggestionDecided(Refused):
    """The suggestion was taken or declined before. Values: text, state, person."""


class PlanNotBorrowed(Refused):
    """No plan's actions can be borrowed for this incident. Values: number, reason ("has_plan", "none", "nothing_more"), plan (a title or "")."""


# -- plans between desks ----------------------------------------------------------------------------------------------
class PartsUndecided(Refused):
    """Parts of a plan that both sides changed wait for a person. Values: plan (its title), count."""


class PlansUnknown(Refused):
    """Plans were asked for that this desk does not have. Values: codes, known."""

    field = "plan"


class WordsUnknown(Refused):
    """A plan of another desk speaks of what this one does not know. Values: words."""

    field = "match"


# -- papers --------------------------------------------------------------------------------------------------------------
class PlanLacks(Refused):
    """A plan has nothing of what the paper is made of. Values: plan, reason ("cards", "contacts", "versions")."""


class CardTooLong(Refused):
    """Response cards do not fit their page in letters that can be read. Values: plan, posts."""
