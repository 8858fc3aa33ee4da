"""Suggestions to revise a plan: made by hand or come back from use, taken into a draft or declined with a reason.

What an incident or a finding brings is laid by the steps of `steps.suggesting`, in the commit of the close or of the finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import FieldMissing, NotFound, ReasonMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_errors import SuggestionDecided
from emergency_desk.domain.plan_suggestions import PlanSuggestion, SuggestionSource, SuggestionState
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps.drafting_plans import writable


def list_suggestions(
    desk: Desk, *, code: str = "", states: Iterable[SuggestionState] = (SuggestionState.OPEN,), limit: int = 1_000,
) -> list[PlanSuggestion]:
    """Return suggestions, the newest first; to one plan where a code is given."""
    desk.may(Act.READ)
    wanted = [state.value for state in states]
    rest = f"WHERE state IN ({', '.join('?' for _ in wanted)}){' AND code = ?' if code else ''} ORDER BY made_at DESC, id LIMIT {int(limit)}"
    with desk.reading() as reading:
        return reading.plan_suggestions.where(rest, [*wanted, *([code] if code else [])])


def suggest(
    desk: Desk, *, code: str, version: str, clause: str, text: str, source: SuggestionSource = SuggestionSource.BY_HAND, source_id: str = "",
) -> Done[PlanSuggestion]:
    """Suggest to change a clause, or the whole plan (""). Anybody who works here may (Art. 37). Raises FieldMissing, NotFound."""
    desk.may(Act.KEEP_FINDINGS)
    if not text.strip():
        raise FieldMissing(name="text")
    if clause and desk.trade.plan(code, version).clause(clause) is None:
        raise NotFound(kind="clauses", key=clause)
    at = desk.now()
    with desk.open_work() as work:
        made = work.plan_suggestions.add(PlanSuggestion(
            id=desk.new_id(), code=code, plan_version=version, clause=clause, text=text.strip(), source=source, made_at=at,
            account_id=desk.who, source_id=source_id))
        return Done(made, work.commit("suggest_to_plan", plan=f"{code} {version}", clause=clause))


def take_suggestion(desk: Desk, *, suggestion_id: Id, draft_id: Id) -> Done[PlanSuggestion]:
    """Take a suggestion up into a draft of its plan. Raises SuggestionDecided, DraftNotOpen, NotFound."""
    desk.may(Act.KEEP_PLANS)

    def taken(suggestion: PlanSuggestion, at: datetime) -> PlanSuggestion:
        return replace(suggestion, state=SuggestionState.TAKEN, decided_at=at, decided_by=desk.who, reason="")

    return _decide(desk, suggestion_id, taken, draft_id=draft_id)


def decline_suggestion(desk: Desk, *, suggestion_id: Id, reason: str) -> Done[PlanSuggestion]:
    """Decline a suggestion, with the reason. Raises ReasonMissing, SuggestionDecided, NotFound."""
    desk.may(Act.KEEP_PLANS)
    if not reason.strip():
        raise ReasonMissing(act="decline_suggestion")
    return _decide(desk, suggestion_id, lambda suggestion, at: replace(
        suggestion, state=SuggestionState.DECLINED, decided_at=at, decided_by=desk.who, reason=reason.strip()))


def _decide(
    desk: Desk, suggestion_id: Id, decided: Callable[[PlanSuggestion, datetime], PlanSuggestion], *, draft_id: Id | None = None,
) -> Done[PlanSuggestion]:
    at = desk.now()
    with desk.open_work() as work:
        suggestion = work.plan_suggestions.get(suggestion_id)
        if suggestion.state is not SuggestionState.OPEN:
            person = work.accounts.get(suggestion.decided_by).display_name if suggestion.decided_by else ""
            raise SuggestionDecided(text=suggestion.text, state=suggestion.state, person=person)
        after = decided(suggestion, at)
        if draft_id is not None:
            draft = writable(work, draft_id)
            if draft.code != suggestion.code:
                raise NotFound(kind="drafts", key=f"{suggestion.code} {draft.plan_version}")
            after = replace(after, taken_into=draft.plan_version)
        stored = work.plan_suggestions.put(after)
        return Done(stored, work.commit("decide_suggestion", plan=stored.code, state=stored.state.value, into=stored.taken_into))
