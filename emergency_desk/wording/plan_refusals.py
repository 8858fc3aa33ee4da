"""One clear sentence for every refusal about drafts and the life of plans; `refusals` takes them into its table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emergency_desk.domain import plan_errors as errors
from emergency_desk.domain.errors import DeskError
from emergency_desk.wording.catalog import N_, _
from emergency_desk.wording.refusal_telling import Telling, by_reason


def _tell_day(words: Mapping[str, str], error: Any) -> str:
    if error.values.get("earliest"):
        return _("“{move}” cannot lie on {day}: not before {earliest} and not after {latest}. Check the day.").format_map(words)
    return _("“{move}” cannot lie on {day}, which is still to come. Check the day.").format_map(words)


PLAN_SENTENCES: dict[type[DeskError], str | Telling] = {
    errors.PartChanged: N_("{part} {key} was saved by {person} at {at}, after you opened it. What you typed is kept: compare both, then save "
                           "again."),
    errors.DraftNotOpen: N_("The draft of “{plan}” {version} is not open for writing ({state}). Have it returned first, or begin a new draft."),
    errors.DraftExists: N_("A draft of “{plan}” {version} is being written already, begun by {person} at {at}. Go on with that one."),
    errors.PlanCodeTaken: N_("The code {code} belongs to “{title}”. Type another, or begin a revision of that plan."),
    errors.PlanVersionTaken: N_("Version {version} of {code} is there already. Choose a higher number."),
    errors.PartKeyTaken: N_("{part} {key} is there already. Give this one another number."),
    errors.NothingToUndo: N_("Nothing of yours is left that could be {act}."),
    errors.UndoOvertaken: N_("{part} {key} was changed by {person} at {at}, after your change. Change it by hand instead."),
    errors.PartsUndecided: N_("“{plan}” still has parts that both sides changed ({count}). Decide each of them: ours, theirs, both, or "
                                  "edited."),
    errors.PlansUnknown: N_("This desk has no plan {codes}. Choose one of: {known}."),
    errors.WordsUnknown: N_("This desk does not know: {words}. Say which of its own words is meant, then take the plans."),
    errors.PlanNotBorrowed: by_reason({
        "has_plan": N_("{number} runs by a plan of its own, whose actions are laid already."),
        "nothing_more": N_("All that “{plan}” asks of this tier at this level is laid already."),
    }, N_("No plan that may stand in for {number} asks anything of this tier. Add tasks of your own (Ctrl+K).")),
    errors.PlanLacks: by_reason({
        "cards": N_("“{plan}” has no response cards yet. Write them into the plan first, one for each post."),
        "versions": N_("There is no earlier version of “{plan}” to hold it against. Name two versions."),
    }, N_("“{plan}” names nobody to ring. Write its contacts into the plan first.")),
    errors.CardTooLong: N_("These cards of “{plan}” do not fit one page in letters that can be read at arm's length: {posts}. "
                           "Shorten their steps, or make two posts of one; nothing was printed."),
    errors.ClauseNotThere: N_("Clause {clause} does not stand beside that one. Clauses are moved within their own chapter."),
    errors.PlanMoveRefused: N_("“{move}” does not follow: {plan} {version} is {stage}. What may follow now: {possible}."),
    errors.PlanStepsMissing: N_("Before {plan} {version} is submitted these are still to be done: {missing}."),
    errors.MattersOpen: N_("The review of {plan} {version} found something lacking: {matters}. Have the draft returned and mended, then reviewed "
                           "again."),
    errors.MattersUnanswered: N_("Tick each of the six matters, or write what it lacks: {matters}."),
    errors.DrafterDecides: N_("Whoever began the draft of {plan} {version} does not review or approve it too. Somebody else must."),
    errors.PlanDayWrong: _tell_day,
    errors.NotMinor: N_("This revision of “{plan}” changes what takes the whole path ({kinds}: {keys}). Make it a major revision, or bring these "
                        "back to what they were."),
    errors.PlanOvertaken: N_("Version {newer} was issued since the draft of “{plan}” {version} was begun from {base}. Bring over what it changed "
                             "first, so that nothing of it is lost."),
    errors.NothingToFollow: N_("Nothing is to be brought over: version {base}, from which “{plan}” {version} was begun, still stands."),
    errors.SuggestionDecided: N_("That suggestion is {state} already, by {person}."),
}
