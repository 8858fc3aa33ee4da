"""Frozen lines for screens that cross subjects: the duty board, the incident list, what is due, the room."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from emergency_desk.domain.dispatches import Dispatch
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Call, FiguresReport, Grade, GradeChange, Incident, IncidentState, LogEntry, Task
from emergency_desk.domain.teams import Team, TeamMove, TeamState


class DueKind(StrEnum):
    """What a due line waits for."""

    RECEIPT = "receipt"
    TASK = "task"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class DueLine:
    """One thing that is due: a receipt awaited from a team, a task of the plan, or a report that is owed."""

    kind: DueKind
    id: Id  # of the dispatch, the task or the report due
    incident_id: Id
    incident_number: str
    incident_title: str
    what: str  # the team's name, or the task's title
    due_at: datetime
    what_en: str = ""
    clause: str = ""
    order_number: str = ""
    phone: str = ""
    from_tier: str = ""  # of a report: who owes it to whom, which, and how
    to_tier: str = ""
    report_kind: str = ""
    report_family: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """What all open incidents wait for: the lines that press, and the moment of every one, so that counting needs no more lines."""

    lines: tuple[DueLine, ...] = ()  # every receipt and report, the earliest tasks, and the first task of each incident; the earliest first
    moments: tuple[datetime, ...] = ()  # of everything that is due, the earliest first

    def late(self, now: datetime) -> int:
        """Return how many things are late."""
        return bisect_left(self.moments, now)

    def until(self, moment: datetime) -> int:
        """Return how many things are due until a moment, late ones among them."""
        return bisect_right(self.moments, moment)


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """One incident in a list or on the board."""

    id: Id
    number: str
    title: str
    type_id: str
    grade: Grade | None
    state: IncidentState
    area_id: Id
    area_name: str
    address: str
    plan_tier: str
    plan_level: str
    occurred_at: datetime
    recorded_at: datetime
    teams_out: int = 0
    next_due: DueLine | None = None
    closed_at: datetime | None = None
    is_exercise: bool = False


@dataclass(frozen=True, slots=True)
class LogLine:
    """One log line as shown: the entry, who wrote it, and the incident it belongs to."""

    entry: LogEntry
    account_name: str
    incident_number: str = ""
    incident_title: str = ""
    account_name_en: str = ""


@dataclass(frozen=True, slots=True)
class DutyBoard:
    """Everything the duty board shows at one moment."""

    read_at: datetime
    incidents: tuple[IncidentLine, ...]
    due: Due
    team_states: dict[TeamState, int]
    log: tuple[LogLine, ...]
    done_today: int = 0

    @property
    def overdue(self) -> int:
        """How many things are late at the moment of reading."""
        return self.due.late(self.read_at)


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One order with its team and that team's moves on this incident, oldest first."""

    dispatch: Dispatch
    team: Team
    moves: tuple[TeamMove, ...] = ()


class NextActKind(StrEnum):
    """The next act of a room, the most pressing first."""

    SEND = "send"
    CHASE_RECEIPT = "chase_receipt"
    TASK = "task"
    FILL_FIGURES = "fill_figures"
    NO_PLAN_STEPS = "no_plan_steps"
    CLOSE = "close"
    WATCH = "watch"


@dataclass(frozen=True, slots=True)
class NextAct:
    """What to do next, why (clause or rule), and by when."""

    kind: NextActKind
    about_id: Id | None = None
    title: str = ""
    title_en: str = ""
    clause: str = ""
    due_at: datetime | None = None
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class IncidentRoom:
    """Everything the room of one incident shows at one moment. The log is the newest part, newest first."""

    read_at: datetime
    incident: Incident
    area_path: tuple[str, ...]
    calls: tuple[Call, ...]
    figures: tuple[FiguresReport, ...]
    grades: tuple[GradeChange, ...]
    tasks: tuple[Task, ...]
    orders: tuple[OrderLine, ...]
    log: tuple[LogLine, ...]
    log_total: int
    next_act: NextAct
    joined: tuple[IncidentLine, ...] = field(default=())
