"""One clear sentence for every refusal of drills; `refusals` takes them into its tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emergency_desk.domain import drill_errors as errors
from emergency_desk.domain.errors import DeskError
from emergency_desk.wording.catalog import N_, _
from emergency_desk.wording.labels import label

DRILL_SENTENCES: dict[type[DeskError], str] = {
    errors.DrillStateWrong: N_("Drill {number} is: {state}. “{step}” does not follow from there."),
    errors.DrillPlanGone: N_("The plan {plan} is not in force (any more), so it is not drilled. Choose the plan that is."),
    errors.DrillHeadsOpen: N_("{heads} of {wanted} are counted. A drill ends when everybody is: look for who is missing, then count again."),
    errors.DrillClockBack: N_("The clock of this computer ({at}) stands before the last entry of the drill ({last_at}). Set it right first; "
                              "the drill can be broken off all the same."),
    errors.IsTwin: N_("This is the twin of drill {number}, not the real desk. Do it at the real desk: {path}."),
    errors.TwinThere: N_("Drill {number} has its twin already: {path}. Open that one."),
    errors.TwinInUse: N_("The drill's twin {path} is open in a window or another program. Nothing was changed. A twin always has the key of its "
                         "store: close it, then try again."),
    errors.TwinGone: N_("The twin of drill {number} is not there any more, or was altered ({path}). What it measured stands in the drill's log."),
    errors.RealEventMissing: N_("{number} is no real event that is open now. Only such a one recalls everybody from a drill."),
    errors.PaceWrong: N_("“{typed}” is no pace of a drill's clock. It goes at half to sixty times real time, and is never set back."),
    errors.InjectWrong: N_("Inject {number} does not take this step: “{step}”. Look at when it went out and what was done."),
    errors.EvaluatorTakesPart: N_("{person} takes part in the drill and does not evaluate it. Name an evaluator from outside."),
    errors.ScoreWithoutEvidence: N_("Item {item} stays empty without evidence. Say what it rests on: words, or entries of the drill."),
    errors.ScoreWrong: N_("Item {item} takes points of the scale, yes or no, or a measured value: exactly one of them."),
    errors.VerdictTooGood: N_("After a serious error or when broken off, no better word is given than: {most}. You chose: {wanted}."),
}


def tell_twin_closed(words: Mapping[str, str], error: Any) -> str:
    """Tell why nothing more is done on a twin: which real incident broke its drill off, or that it is over."""
    if error.values.get("incident"):
        return _("Drill {number} is broken off for a REAL event: {incident}. Nothing more is entered here; go to the real desk.").format(
            number=words["number"], incident=words["incident"])
    return _("Drill {number} is over. Its twin is only read; nothing more is entered here.").format(number=words["number"])


def tell_not_ready(words: Mapping[str, str], error: Any) -> str:
    """Tell what a drill lacks before it may begin."""
    reasons = _(", ").join(label(reason) for reason in error.values.get("reasons", ()))
    return _("Drill {number} does not begin yet. Still to come: {reasons}.").format(number=words["number"], reasons=reasons)
