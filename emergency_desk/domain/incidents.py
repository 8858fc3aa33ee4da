"""Calls and the incidents they open: figures, grades with their history, states.

Four scales are never mixed (R-0.2): the grade says what an event is; a response level what one tier does about it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from emergency_desk.domain.ids import Id


class IncidentClass(StrEnum):
    """The four classes of ERL24 Art. 2."""

    NATURAL = "natural"
    ACCIDENT = "accident"
    HEALTH = "health"
    SOCIAL = "social"


class Grade(StrEnum):
    """The grade of an event, the worst first. Sort by `rank`, never by text (domain §16)."""

    ESPECIALLY_MAJOR = "grade_1"
    MAJOR = "grade_2"
    RELATIVELY_MAJOR = "grade_3"
    ORDINARY = "grade_4"

    @property
    def rank(self) -> int:
        """1 for especially major … 4 for ordinary."""
        return int(self.value[-1])


class IncidentState(StrEnum):
    """Where an incident stands. Source: domain §1.5, the state machine of an event."""

    RECEIVED = "received"
    VERIFYING = "verifying"
    FIRST_RESPONSE = "first_response"
    RESPONDING = "responding"
    CONTROLLED = "controlled"
    CLOSED = "closed"
    FALSE_ALARM = "false_alarm"
    JOINED = "joined"  # the same event as another incident; its calls stand there now


class Production(StrEnum):
    """Whether an incident of the type happens in production work; a fire may or may not, so the desk asks."""

    YES = "yes"
    NO = "no"
    ASK = "ask"


OPEN_STATES = frozenset({IncidentState.RECEIVED, IncidentState.VERIFYING, IncidentState.FIRST_RESPONSE,
                         IncidentState.RESPONDING, IncidentState.CONTROLLED})


class Source(StrEnum):
    """Who told the desk."""

    RESIDENT = "resident"
    POLICE_110 = "police_110"
    FIRE_119 = "fire_119"
    AMBULANCE_120 = "ambulance_120"
    UNIT = "unit"
    GRID_WORKER = "grid_worker"
    SENSOR = "sensor"
    UPPER_DESK = "upper_desk"
    LOWER_DESK = "lower_desk"


@dataclass(frozen=True, slots=True)
class Figures:
    """How bad it is: people, money, hectares. None means unknown, shown as "to be verified" (R-2.1), never as 0."""

    dead: int | None = None
    badly_hurt: int | None = None
    hurt: int | None = None
    trapped: int | None = None
    missing: int | None = None
    evacuate: int | None = None
    loss_yuan: int | None = None
    at_risk: int | None = None  # 涉险人数
    hectares: float | None = None  # 受害森林面积, never 过火面积

    def merged_with(self, newer: Figures) -> Figures:
        """Return these figures with every known figure of a newer report put over them."""
        return Figures(**{
            f.name: getattr(self, f.name) if getattr(newer, f.name) is None else getattr(newer, f.name) for f in fields(self)
        })

    @property
    def is_unknown(self) -> bool:
        """Say whether nothing at all is known."""
        return all(value is None for value in self.by_name.values())

    @property
    def by_name(self) -> dict[str, Any]:
        """Return every figure by its name, the unknown ones too."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Incident:
    """One event. Current figures and grade are derived from the appended `FiguresReport`s and `GradeChange`s."""

    id: Id
    number: str
    title: str
    type_id: str
    area_id: Id
    occurred_at: datetime
    recorded_at: datetime
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    state: IncidentState = IncidentState.RECEIVED
    incident_class: IncidentClass | None = None
    dead: int | None = None
    badly_hurt: int | None = None
    hurt: int | None = None
    trapped: int | None = None
    missing: int | None = None
    evacuate: int | None = None
    loss_yuan: int | None = None
    at_risk: int | None = None
    hectares: float | None = None
    grade: Grade | None = None
    plan_code: str = ""
    plan_version: str = ""
    plan_tier: str = ""
    plan_level: str = ""
    joined_to_id: Id | None = None
    parent_id: Id | None = None
    closed_at: datetime | None = None
    close_note: str = ""
    is_exercise: bool = False
    secondary_types: tuple[str, ...] = ()  # what else it is
    production: Production | None = None  # whether it is a production accident, once somebody has said so
    circumstances: tuple[str, ...] = ()  # of the near-miss rule, as somebody judged them
    search_key: str = ""
    version: int = 0

    @property
    def is_open(self) -> bool:
        """Say whether the incident still runs."""
        return self.state in OPEN_STATES

    @property
    def figures(self) -> Figures:
        """Return the current figures."""
        return Figures(self.dead, self.badly_hurt, self.hurt, self.trapped, self.missing, self.evacuate,
                       self.loss_yuan, self.at_risk, self.hectares)


@dataclass(frozen=True, slots=True)
class Call:
    """One call that came in. The caller's name and phone lie in an erasable side table; here is only its id and digest."""

    id: Id
    incident_id: Id
    words: str
    area_id: Id
    source: Source
    received_at: datetime
    recorded_at: datetime
    account_id: Id
    occurred_at: datetime | None = None
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    note: str = ""
    personal_id: Id | None = None
    personal_digest: str = ""
    joined: bool = False  # joined to an incident that an earlier call had opened
    version: int = 0


@dataclass(frozen=True, slots=True)
class Caller:
    """Personal data of a caller: erasable, never in journal or log (ERL24 Art. 85)."""

    name: str = ""
    phone: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.phone)


@dataclass(frozen=True, slots=True)
class FiguresReport:
    """Figures as reported at one moment, appended."""

    id: Id
    incident_id: Id
    occurred_at: datetime
    recorded_at: datetime
    account_id: Id
    dead: int | None = None
    badly_hurt: int | None = None
    hurt: int | None = None
    trapped: int | None = None
    missing: int | None = None
    evacuate: int | None = None
    loss_yuan: int | None = None
    at_risk: int | None = None
    hectares: float | None = None
    reported_by: str = ""

    @property
    def figures(self) -> Figures:
        """Return the reported figures."""
        return Figures(self.dead, self.badly_hurt, self.hurt, self.trapped, self.missing, self.evacuate,
                       self.loss_yuan, self.at_risk, self.hectares)


@dataclass(frozen=True, slots=True)
class GradeChange:
    """One judgement of the grade with its basis, appended (R-1.4)."""

    id: Id
    incident_id: Id
    grade: Grade | None
    judged_at: datetime
    account_id: Id
    is_suggestion: bool = True
    basis: str = ""  # "table:criterion:value:threshold"
    decided_by: str = ""  # a downgrade is somebody's decision, never automatic
    reason: str = ""


class Happening(StrEnum):
    """What a log line tells. The words are chosen by `wording`; what people typed is kept as typed."""

    CALL_TAKEN = "call_taken"
    CALL_JOINED = "call_joined"
    CALL_PARTED = "call_parted"
    INCIDENT_OPENED = "incident_opened"
    CORRECTED = "corrected"
    FIGURES = "figures"
    GRADE = "grade"
    PLAN_CHOSEN = "plan_chosen"
    NO_PLAN = "no_plan"
    PLAN_BORROWED = "plan_borrowed"  # the actions of a plan that may stand in were laid
    TEAM_SENT = "team_sent"
    OVERRIDE = "override"
    ORDER_APPROVED = "order_approved"
    RECEIPT = "receipt"
    RECEIPT_LATE = "receipt_late"
    TEAM_STATE = "team_state"
    GAP_FILLED = "gap_filled"
    TEAM_RECALLED = "team_recalled"
    CHECKED_IN = "checked_in"
    TEAM_HEARD = "team_heard"  # a team that is out gave word, and nothing else changed
    APPLICATION = "application"
    TASK_DONE = "task_done"
    TASK_SKIPPED = "task_skipped"
    NOTE = "note"
    HEARD = "heard"
    STATE = "state"
    CLOSED = "closed"
    REOPENED = "reopened"
    DUTY = "duty"
    PERSONAL_ERASED = "personal_erased"
    RESPONSE = "response"  # a step of a tier's response
    COMMAND = "command"  # an offer, an answer, a hand-over
    POST = "post"  # a command post formed, changed, dissolved
    NOTICE = "notice"  # somebody was told
    DECISION = "decision"  # a meeting, a decision, an instruction
    STEP = "step"  # a step of the ladder ticked or skipped
    REPORT = "report"  # a report sent or received
    REPORT_SKIPPED = "report_skipped"
    AFTERMATH = "aftermath"
    FINDING = "finding"
    STOCK = "stock"  # supplies kept back, sent, brought back, called off
    SHELTER = "shelter"  # a shelter opened, counted, closed
    EVACUATION = "evacuation"  # people to be moved, and where they are
    ISOLATION = "isolation"  # an isolation, observation or medical site opened, counted, closed


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the log: appended, corrected only by a further line that names it (R-2.6)."""

    id: Id
    sequence: int
    happening: Happening
    occurred_at: datetime
    recorded_at: datetime
    account_id: Id
    incident_id: Id | None = None
    text: str = ""
    values: tuple[tuple[str, str], ...] = ()
    corrects_id: Id | None = None
    about_id: Id | None = None

    def value(self, name: str) -> str:
        """Return one of the values, or an empty string."""
        return next((value for key, value in self.values if key == name), "")

    @property
    def minutes_late(self) -> int:
        """Whole minutes between the event and its entry; a line entered at once has 0."""
        return max(0, int((self.recorded_at - self.occurred_at).total_seconds() // 60))


class TaskState(StrEnum):
    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Task:
    """One action of the plan laid on an incident, or one the officer added. Due counts from the incident's receipt.

    `meets`: the fact (`PlanFact`) that ends it when it happens at its tier; empty where somebody must say that it is done.
    """

    id: Id
    incident_id: Id
    title: str
    created_at: datetime
    title_en: str = ""
    clause: str = ""
    tier: str = ""
    role: str = ""
    action_id: str = ""
    due_at: datetime | None = None
    state: TaskState = TaskState.OPEN
    ended_at: datetime | None = None
    reason: str = ""
    meets: str = ""
    version: int = 0
