"""Frozen contents of the papers of the aftermath: the rescue summary, the list of findings, the list of what is owed and settled."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from emergency_desk.domain.boards import OrderLine
from emergency_desk.domain.command import CommandMove, Decision, PostMember
from emergency_desk.domain.incidents import Call, Figures, Incident
from emergency_desk.domain.mending import Closure
from emergency_desk.domain.recovery import Finding
from emergency_desk.domain.responses import Response
from emergency_desk.domain.review import Review
from emergency_desk.domain.sheets import Imprint
from emergency_desk.domain.texts import Text


class SummaryPart(StrEnum):
    """The nine parts of the summary of a rescue, in their order. Source: 安委〔2013〕8号五（二）."""

    SITUATION = "situation"
    REPORTING = "reporting"
    COMMAND = "command"
    PLAN = "plan"
    TEAMS = "teams"
    MEASURES = "measures"
    RESULTS = "results"
    LESSONS = "lessons"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class SummarySheet:
    """The summary of a rescue, filled from the record; `typed` are the words somebody added to its parts."""

    imprint: Imprint
    incident: Incident
    incident_type: Text
    place: Text
    plan_title: Text
    review: Review
    calls: tuple[Call, ...] = ()
    orders: tuple[OrderLine, ...] = ()
    responses: tuple[Response, ...] = ()
    command_moves: tuple[CommandMove, ...] = ()
    members: tuple[PostMember, ...] = ()
    decisions: tuple[Decision, ...] = ()
    first_figures: Figures = field(default_factory=Figures)
    typed: tuple[tuple[SummaryPart, str], ...] = ()

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise or self.incident.is_exercise

    def words(self, part: SummaryPart) -> str:
        """Return what somebody typed for a part, "" for nothing."""
        return next((text for name, text in self.typed if name is part), "")


@dataclass(frozen=True, slots=True)
class FindingListSheet:
    """The rectification list (整改台账): of one incident, or of the whole desk. `numbers` names incident or drill by the id of the finding."""

    imprint: Imprint
    findings: tuple[Finding, ...]
    today: date
    counted: Closure
    numbers: tuple[tuple[str, str], ...] = ()
    incident: Incident | None = None

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise or bool(self.incident and self.incident.is_exercise)


@dataclass(frozen=True, slots=True)
class AftermathSheet:
    """What is owed after an incident, and what is to be given back, paid for and replaced (善后事项与结算清单)."""

    imprint: Imprint
    incident: Incident
    incident_type: Text
    place: Text
    review: Review

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise or self.incident.is_exercise


AfterSheet = SummarySheet | FindingListSheet | AftermathSheet
