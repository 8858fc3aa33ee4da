"""The refusals of drills. `wording.drill_refusals` chooses the words."""

from __future__ import annotations

from emergency_desk.domain.errors import Refused


class DrillNotReady(Refused):
    """Something is lacking before a drill may begin. Values: number, reasons (`Lack` members)."""


class DrillStateWrong(Refused):
    """A drill that stands there does not take this step. Values: number, state, step."""


class DrillPlanGone(Refused):
    """The plan that is to be drilled is no longer in force. Values: plan, version."""

    field = "plan_code"


class DrillHeadsOpen(Refused):
    """A drill does not end while somebody is not counted (R-7.2). Values: number, heads, wanted."""

    field = "heads"


class DrillClockBack(Refused):
    """The clock stands before what was written down last. Values: at, last_at."""


class IsTwin(Refused):
    """What only the real desk does was asked of a drill's twin. Values: number, path (the live store)."""


class TwinThere(Refused):
    """The drill has a twin already. Values: number, path."""


class TwinInUse(Refused):
    """A program has a twin open that must be written anew with its store. Values: path."""


class TwinGone(Refused):
    """The file of a twin is not there, or not what it was when it was sealed. Values: number, path."""


class TwinClosed(Refused):
    """The drill is over, so nothing more is done on its twin. Values: number, incident (the real one, "" for none)."""


class RealEventMissing(Refused):
    """Everybody is recalled for a real event that is open, and for nothing else. Values: number."""


class PaceWrong(Refused):
    """The clock of a drill goes at one of the paces there are; it is never set back. Values: typed."""

    field = "pace"


class InjectWrong(Refused):
    """An inject that was released is not changed, and one that was not is not answered. Values: number, step."""


class EvaluatorTakesPart(Refused):
    """Whoever takes part in a drill does not evaluate it (AQ/T 9009, 5). Values: person."""

    field = "evaluator"


class ScoreWithoutEvidence(Refused):
    """An item without evidence stays empty. Values: item."""

    field = "evidence"


class ScoreWrong(Refused):
    """An item is given points of the scale, yes or no, or a measured value: exactly one of them. Values: item, typed."""

    field = "points"


class VerdictTooGood(Refused):
    """After a serious error, or when it was broken off, no better word is given (R-7.4). Values: wanted, most."""

    field = "verdict"
