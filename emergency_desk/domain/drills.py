"""Drills as they are kept: the drill, its injects, its people, what happened in it, and the points of its evaluation.

Source: AQ/T 9007-2019 4, 6, 7; AQ/T 9009-2015 6, 7; domain §7, R-7.1 to R-7.5. How a drill goes from drafted to evaluated stands in
`drill_life`, what its points and times come to in `drill_scoring`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from emergency_desk.domain.ids import Id


class DrillForm(StrEnum):
    """How it is held (AQ/T 9007, 4.2)."""

    TABLETOP = "drill_tabletop"
    FIELD = "drill_field"


class DrillScope(StrEnum):
    """How much of the response it covers."""

    FULL = "drill_full"
    SINGLE = "drill_single"


class DrillPurpose(StrEnum):
    """What it is for."""

    TEST = "drill_test"
    DEMONSTRATION = "drill_demonstration"
    RESEARCH = "drill_research"


class DrillNotice(StrEnum):
    """What participants know beforehand."""

    ANNOUNCED = "drill_announced"
    BLIND = "drill_blind"  # the script is not known
    DOUBLE_BLIND = "drill_double_blind"  # neither time nor place nor script


class DrillState(StrEnum):
    """Where a drill stands."""

    DRAFTED = "drill_drafted"
    CHECKED = "drill_checked"  # the checklist before the start is complete
    RUNNING = "drill_running"
    PAUSED = "drill_paused"
    STOPPED = "drill_stopped"  # broken off: a real event, or a stop condition
    ENDED = "drill_ended"  # everybody was counted
    EVALUATED = "drill_evaluated"


class DrillRole(StrEnum):
    """What somebody does in a drill."""

    DIRECTOR = "drill_director"  # declares it begun, paused, stopped, ended
    CONTROLLER = "drill_controller"  # releases the injects
    PARTICIPANT = "drill_participant"
    EVALUATOR = "drill_evaluator"
    OBSERVER = "drill_observer"
    SAFETY = "drill_safety"


class ReadyCheck(StrEnum):
    """What is confirmed before a drill may begin (AQ/T 9007 7: 现场检查, 演练简介)."""

    SITE = "ready_site"
    EQUIPMENT = "ready_equipment"
    COMMUNICATIONS = "ready_communications"
    SAFETY = "ready_safety"
    RECALL = "ready_recall"  # the real forces can be recalled at once
    BRIEFING = "ready_briefing"


class DrillStep(StrEnum):
    """What happened, as it is appended."""

    PLANNED = "drill_step_planned"
    CHECKED = "drill_step_checked"
    STARTED = "drill_step_started"
    RELEASED = "drill_step_released"  # an inject went out
    ANSWERED = "drill_step_answered"  # what was done upon it
    OBSERVED = "drill_step_observed"  # the mark of an observer
    PAUSED = "drill_step_paused"
    RESUMED = "drill_step_resumed"
    COUNTED = "drill_step_counted"
    STOPPED = "drill_step_stopped"
    ENDED = "drill_step_ended"
    FOUND = "drill_step_found"  # a finding was added
    EVALUATED = "drill_step_evaluated"
    TWIN_MADE = "drill_step_twin_made"  # the store it is played on
    PACED = "drill_step_paced"  # its clock goes faster or slower from here on
    MEASURED = "drill_step_measured"  # something the twin's own log says, with the entry it rests on
    TWIN_CLOSED = "drill_step_twin_closed"  # the twin was sealed or destroyed


class Verdict(StrEnum):
    """The word of an evaluation, the best first (AQ/T 9009, 7.3)."""

    EXCELLENT = "verdict_excellent"
    GOOD = "verdict_good"
    FAIR = "verdict_fair"
    POOR = "verdict_poor"

    @property
    def rank(self) -> int:
        """0 for the best word."""
        return list(Verdict).index(self)


@dataclass(frozen=True, slots=True)
class Drill:
    """One drill, from its plan to the word of its evaluators. `expected_heads`: how many take part and must be counted at the end."""

    id: Id
    number: str
    title: str
    form: DrillForm
    planned_at: datetime
    created_at: datetime
    account_id: Id
    plan_code: str = ""
    plan_version: str = ""
    scope: DrillScope = DrillScope.FULL
    purpose: DrillPurpose = DrillPurpose.TEST
    notice: DrillNotice = DrillNotice.ANNOUNCED
    place: str = ""
    aims: tuple[str, ...] = ()
    scenario: str = ""
    stop_conditions: tuple[str, ...] = ()
    expected_heads: int | None = None
    checks: tuple[ReadyCheck, ...] = ()
    state: DrillState = DrillState.DRAFTED
    started_at: datetime | None = None
    ended_at: datetime | None = None
    counted_heads: int | None = None
    serious_error: str = ""
    verdict: Verdict | None = None
    verdict_by: str = ""
    verdict_words: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Inject:
    """One message of the script (R-7.1). `at_minutes` counts from the start of the drill; `limit_minutes` from its release to the act."""

    id: Id
    drill_id: Id
    number: int
    at_minutes: int
    to_whom: str
    text: str
    expected: str = ""
    limit_minutes: int | None = None
    released_at: datetime | None = None
    answered_at: datetime | None = None
    is_dropped: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class DrillPerson:
    """Somebody in a drill, with what he does there."""

    id: Id
    drill_id: Id
    name: str
    role: DrillRole
    unit: str = ""
    signed_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class DrillMark:
    """One thing that happened in a drill; never changed. `about_id`: the inject or the finding it is about."""

    id: Id
    drill_id: Id
    step: DrillStep
    occurred_at: datetime
    recorded_at: datetime
    account_id: Id
    about_id: Id | None = None
    text: str = ""
    person: str = ""
    heads: int | None = None


@dataclass(frozen=True, slots=True)
class DrillPace:
    """From a moment on the clock of a drill goes at so many per cent of real time; appended."""

    id: Id
    drill_id: Id
    changed_at: datetime
    account_id: Id
    percent: int


@dataclass(frozen=True, slots=True)
class ItemScore:
    """What one item of AQ/T 9009 was given: points, yes or no, or a measured value; and what it rests on (words, or marks of the drill)."""

    id: Id
    drill_id: Id
    item_id: str
    evaluator: str
    scored_at: datetime
    account_id: Id
    points: int | None = None
    is_met: bool | None = None
    measured: str = ""
    evidence: str = ""
    mark_ids: tuple[Id, ...] = ()
    version: int = 0
