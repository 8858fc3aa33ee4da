"""What somebody suggests to change in a clause of a plan, after it was used, drilled or looked over, until it is taken or declined.

Source: 突发事件应急预案管理办法 Art. 33, 35(5), 37; 突发事件应对法 2024 Art. 28; AQ/T 9009-2015 7.5.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_actual import Outcome, PlanActual


class SuggestionSource(StrEnum):
    """Where a suggestion comes from."""

    PLAN_ACTUAL = "plan_actual"  # an action that came late, was skipped or left open in a real incident
    FINDING = "finding"
    DRILL = "drill"
    BY_HAND = "by_hand"  # anybody may suggest (Art. 37)


class SuggestionState(StrEnum):
    OPEN = "open"
    TAKEN = "taken"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class PlanSuggestion:
    """One suggestion to one clause; an empty clause is the whole plan. `source_id`: the incident, finding or drill it rests on.

    `source_key` names what of it (an action's id), so that one thing is suggested once. `taken_into` is the version that takes it up.
    """

    id: Id
    code: str
    plan_version: str
    clause: str
    text: str
    source: SuggestionSource
    made_at: datetime
    account_id: Id
    source_id: str = ""
    source_key: str = ""
    state: SuggestionState = SuggestionState.OPEN
    reason: str = ""
    decided_at: datetime | None = None
    decided_by: Id | None = None
    taken_into: str = ""
    version: int = 0

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Return what plan against actual says of the clause; empty where the text was written by somebody."""
        if not self.source_key.startswith("clause "):
            return ()
        return tuple(Remark(Outcome(outcome), *rest) for outcome, *rest in json.loads(self.text))


class Remark(NamedTuple):
    """What became of one action of the plan: the words are chosen where it is shown."""

    outcome: Outcome
    title: str
    title_en: str = ""
    late_minutes: int = 0
    reason: str = ""


_TELLING = frozenset({Outcome.LATE, Outcome.SKIPPED, Outcome.OVERDUE})


def remarks_by_clause(actual: PlanActual) -> dict[str, list[Remark]]:
    """Return what did not go as planned, by clause; what the officer added is none of the plan's."""
    found: dict[str, list[Remark]] = {}
    for line in actual.lines:
        if line.outcome in _TELLING and not line.is_added and line.task.clause:
            found.setdefault(line.task.clause, []).append(Remark(
                line.outcome, line.task.title, line.task.title_en, int(line.late_by.total_seconds() // 60), line.task.reason))
    return found
