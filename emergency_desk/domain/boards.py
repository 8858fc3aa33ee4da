"""Frozen lines for screens that cross subjects: the duty board, the incident list, what is due, the room."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.command import CommandMove, CommandPost, Decision, Notice, PostMember
from emergency_desk.domain.dispatches import Dispatch, OrderState
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Call, FiguresReport, Grade, GradeChange, Incident, IncidentState, LogEntry, Task
from emergency_desk.domain.ladder import StepLine
from emergency_desk.domain.plan_records import Level, Plan
from emergency_desk.domain.reports import Report, ReportDue
from emergency_desk.domain.responses import Response, ResponseChange
from emergency_desk.domain.teams import SILENT_MINUTES, Team, TeamMove, TeamState


class DueKind(StrEnum):
    """What a due line waits for."""

    RECEIPT = "receipt"
    TASK = "task"
    CONTACT = "contact"  # a team that is out and gave no word for too long (失联, domain §4.3)
    REPORT = "report"
    OFFER = "offer"  # the command is offered to a tier that has not answered yet
    TRANSPORT = "transport"  # supplies on the road that nobody has signed for
    NOTICE = "requisition_paper"  # the notice of what was requisitioned in special urgency


@dataclass(frozen=True, slots=True)
class DueLine:
    """One thing that is due: a receipt of a team, a task of the plan, a report owed, an answer to an offer of the command, or a word
    from a team that is out.
    """

    kind: DueKind
    id: Id  # of the dispatch (receipt, contact), the task, the report due or the offer
    incident_id: Id
    incident_number: str
    incident_title: str
    what: str  # the team's name, or the task's title
    due_at: datetime
    what_en: str = ""
    clause: str = ""
    order_number: str = ""
    phone: str = ""
    since: datetime | None = None  # the last word of a silent team
    from_tier: str = ""  # of a report: who owes it to whom, which, and how; of an offer: who made it to whom
    to_tier: str = ""
    report_kind: str = ""
    report_family: str = ""
    channel: str = ""
    at_once_from: datetime | None = None  # of a report due at once; `due_at` is from when it counts as late


@dataclass(frozen=True, slots=True)
class Due:
    """What all open incidents wait for: the lines that press, and the moment of every one, so that counting needs no more lines."""

    lines: tuple[DueLine, ...] = ()  # every receipt and report, the earliest tasks, and the first task of each incident; the earliest first
    moments: tuple[datetime, ...] = ()  # of everything that is due, the earliest first
    contacts: tuple[DueLine, ...] = ()  # when each team that is out counts as silent, the earliest first; nothing is due before

    def silent(self, now: datetime) -> tuple[DueLine, ...]:
        """Return the teams that are silent now, the longest first."""
        return tuple(line for line in self.contacts if line.due_at <= now)

    def pressing(self, now: datetime) -> tuple[DueLine, ...]:
        """Return what presses now: silent teams and all that is due, the earliest first."""
        return tuple(sorted((*self.silent(now), *self.lines), key=lambda line: (line.due_at, line.kind, line.id)))

    def late(self, now: datetime) -> int:
        """Return how many things are late."""
        return bisect_left(self.moments, now) + len(self.silent(now))

    def until(self, moment: datetime, *, now: datetime) -> int:
        """Return how many things are due until a moment, late ones among them; a team counts once it is silent."""
        return bisect_right(self.moments, moment) + len(self.silent(now))


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
    holder: Tier | None = None  # who commands
    levels: tuple[tuple[Tier, Level], ...] = ()  # of the responses that run, the street's first


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
    heard_at: datetime | None = None  # the team's last word on this order: a state, a receipt, a check-in, a mere "all well"

    def silent_at(self, minutes: int) -> datetime | None:
        """Return when the team counts as silent; None while nothing is to be heard of it on this order (domain §4.3)."""
        order, is_back = self.dispatch, self.team.state is TeamState.WITHDRAWING
        if self.team.incident_id != order.incident_id or order.awaits_receipt or order.state is OrderState.DONE:
            return None
        if order.state is OrderState.RECALLED and not is_back:
            return None
        if self.team.state is TeamState.LOST_CONTACT or self.heard_at is None:
            return self.team.state_since
        return self.heard_at + timedelta(minutes=minutes)


@dataclass(frozen=True, slots=True)
class TierLine:
    """One tier of the ladder of an incident, as its badge shows it."""

    tier: Tier
    area_id: Id
    area_name: str
    area_name_en: str
    response: Response | None = None  # the running one, else the newest that ended
    commands: bool = False
    commands_since: datetime | None = None
    offer: CommandMove | None = None  # an offer of the command that waits for this tier's answer
    is_own: bool = False  # sits at this desk
    steps: tuple[StepLine, ...] = ()
    suggested: Level | None = None  # the level the plan reaches at this tier
    suggested_clause: str = ""

    @property
    def level(self) -> Level | None:
        """Return the level that runs at this tier, else the one its plan reaches."""
        running = self.response is not None and self.response.is_running
        return self.response.level if running and self.response is not None else self.suggested


@dataclass(frozen=True, slots=True)
class Ladder:
    """The whole ladder of an incident at one moment, the lowest tier first."""

    tiers: tuple[TierLine, ...]
    holder: Tier
    leading: Tier | None  # who leads by the grade (QD17 Art. 33); None where nothing says so
    moves: tuple[CommandMove, ...] = ()
    offer: CommandMove | None = None
    responses: tuple[Response, ...] = ()
    changes: tuple[ResponseChange, ...] = ()
    posts: tuple[CommandPost, ...] = ()
    members: tuple[PostMember, ...] = ()
    notices: tuple[Notice, ...] = ()
    decisions: tuple[Decision, ...] = ()
    dues: tuple[ReportDue, ...] = ()
    reports: tuple[Report, ...] = ()

    def line(self, tier: Tier) -> TierLine | None:
        """Return the line of a tier, or None when the city has no such tier here."""
        return next((each for each in self.tiers if each.tier is tier), None)

    @property
    def own(self) -> TierLine | None:
        """Return the line of the tier that sits at this desk."""
        return next((each for each in self.tiers if each.is_own), None)


class NextActKind(StrEnum):
    """The next act of a room, the most pressing first."""

    SEND = "send"
    CHASE_RECEIPT = "chase_receipt"
    CHASE_CONTACT = "chase_contact"
    TASK = "task"
    FILL_FIGURES = "fill_figures"
    REPORT = "report"  # a report that this tier owes
    ANSWER_OFFER = "answer_offer"  # the command is offered to this tier
    CHASE_OFFER = "chase_offer"  # this tier's offer has no answer yet
    TAKE_COMMAND = "take_command"  # this tier's post stands, and a tier below still commands
    TELL = "tell"  # somebody who must be told
    STEP = "step"  # a step of the ladder; `values` name it
    BORROW = "borrow"  # the actions of a plan that may stand in
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
    is_others: bool = False  # another tier's to do; shown when nothing of the own tier's presses
    at_once_from: datetime | None = None  # a report due at once since then; `due_at` is from when it counts as late

    def value(self, name: str) -> str:
        """Return one of the values, or an empty string."""
        return next((value for key, value in self.values if key == name), "")


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
    ladder: Ladder
    joined: tuple[IncidentLine, ...] = field(default=())
    silent_minutes: int = SILENT_MINUTES  # after so long without a word a team that is out counts as silent
    plan: Plan | None = None  # the version it runs by, opened
