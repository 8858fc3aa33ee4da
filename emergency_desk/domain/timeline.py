"""The timeline of an incident: its log, looked at by kind and by words, with what corrects what (R-2.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from emergency_desk.domain.boards import LogLine
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening, Incident


class TimelineKind(StrEnum):
    """What of the log is looked at."""

    ALL = "all"
    ORDERS = "orders"
    FIGURES = "figures"
    TASKS = "tasks"
    REPORTS = "reports"
    COMMAND = "command"
    WORDS = "words"  # what was written and heard
    CORRECTIONS = "corrections"
    AFTERMATH = "aftermath"


HAPPENINGS: Mapping[TimelineKind, frozenset[Happening]] = {
    TimelineKind.ALL: frozenset(),
    TimelineKind.ORDERS: frozenset({
        Happening.TEAM_SENT, Happening.OVERRIDE, Happening.ORDER_APPROVED, Happening.RECEIPT, Happening.RECEIPT_LATE, Happening.TEAM_STATE,
        Happening.TEAM_HEARD,
        Happening.GAP_FILLED, Happening.TEAM_RECALLED, Happening.CHECKED_IN, Happening.APPLICATION, Happening.STOCK, Happening.SHELTER,
        Happening.EVACUATION, Happening.ISOLATION}),
    TimelineKind.FIGURES: frozenset({Happening.FIGURES, Happening.GRADE, Happening.PLAN_CHOSEN, Happening.NO_PLAN,
                                     Happening.PLAN_BORROWED}),
    TimelineKind.TASKS: frozenset({Happening.TASK_DONE, Happening.TASK_SKIPPED}),
    TimelineKind.REPORTS: frozenset({Happening.REPORT, Happening.REPORT_SKIPPED, Happening.CALL_TAKEN, Happening.CALL_JOINED,
                                     Happening.CALL_PARTED, Happening.INCIDENT_OPENED}),
    TimelineKind.COMMAND: frozenset({Happening.RESPONSE, Happening.COMMAND, Happening.POST, Happening.NOTICE, Happening.DECISION,
                                     Happening.STEP, Happening.STATE, Happening.CLOSED, Happening.REOPENED}),
    TimelineKind.WORDS: frozenset({Happening.NOTE, Happening.HEARD, Happening.DUTY}),
    TimelineKind.CORRECTIONS: frozenset({Happening.CORRECTED}),
    TimelineKind.AFTERMATH: frozenset({Happening.AFTERMATH, Happening.FINDING, Happening.PERSONAL_ERASED}),
}


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which lines: of one kind, and with all of these words in what was typed, in their values, or in who wrote them."""

    kind: TimelineKind = TimelineKind.ALL
    text: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The words that a line must hold."""
        return tuple(self.text.split())

    def __bool__(self) -> bool:
        return self.kind is not TimelineKind.ALL or bool(self.words)


NO_FILTER = LogFilter()


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page of the log, newest first, with the first lines that its corrections name and the corrections of what was corrected."""

    incident: Incident
    lines: tuple[LogLine, ...]
    found: int  # how many lines the filter lets through in all
    total: int
    firsts: dict[Id, LogLine] = field(default_factory=dict)  # by the id of the correction
    corrections: dict[Id, LogLine] = field(default_factory=dict)  # the newest correction, by the id of what it corrects
