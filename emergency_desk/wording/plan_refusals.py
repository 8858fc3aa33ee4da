"""One clear sentence for every refusal about drafts and the life of plans; `refusals` takes them into its table."""

from __future__ import annotations

from emergency_desk.domain import plan_errors as errors
from emergency_desk.domain.errors import DeskError
from emergency_desk.wording.catalog import N_

PLAN_SENTENCES: dict[type[DeskError], str] = {
    errors.PartChanged: N_("{part} {key} was saved by {person} at {at}, after you opened it. What you typed is kept: compare both, then save "
                           "again."),
    errors.DraftNotOpen: N_("The draft of “{plan}” {version} is not open for writing ({state}). Have it returned first, or begin a new draft."),
    errors.DraftExists: N_("A draft of “{plan}” {version} is being written already, begun by {person} at {at}. Go on with that one."),
    errors.PlanCodeTaken: N_("The code {code} belongs to “{title}”. Type another, or begin a revision of that plan."),
    errors.PlanVersionTaken: N_("Version {version} of {code} is there already. Choose a higher number."),
    errors.PartKeyTaken: N_("{part} {key} is there already. Give this one another number."),
    errors.NothingToUndo: N_("Nothing of yours is left that could be {act}."),
    errors.UndoOvertaken: N_("{part} {key} was changed by {person} at {at}, after your change. Change it by hand instead."),
    errors.ClauseNotThere: N_("Clause {clause} does not stand beside that one. Clauses are moved within their own chapter."),
}
