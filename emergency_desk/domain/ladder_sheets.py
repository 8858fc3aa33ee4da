"""Frozen contents of the papers of the ladder: reports that go up, notices of a response, the command post, hand-overs, the brief."""

from __future__ import annotations

from dataclasses import dataclass, field

from emergency_desk.domain.command import CommandMove, CommandPost, PostMember
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.report_drafts import DraftBasis
from emergency_desk.domain.reports import Report, ReportDue
from emergency_desk.domain.responses import Response, ResponseChange
from emergency_desk.domain.sheets import Imprint
from emergency_desk.domain.texts import Text


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """A report that goes up (突发事件信息专报), first, follow-up or final, or a disaster return."""

    imprint: Imprint
    report: Report
    incident: Incident
    sender: Text
    receiver: Text
    drafted_by: Text
    desk_phone: str = ""
    copies: tuple[Text, ...] = ()

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise or self.incident.is_exercise


@dataclass(frozen=True, slots=True)
class ResponseNoticeSheet:
    """The notice that a tier's response was activated, adjusted, extended, suspended, resumed or ended, with the four facts of Art. 72."""

    imprint: Imprint
    incident: Incident
    incident_type: Text
    place: Text
    sender: Text
    response: Response
    change: ResponseChange
    plan_title: Text
    desk_phone: str = ""

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise or self.incident.is_exercise


@dataclass(frozen=True, slots=True)
class CommandPostSheet:
    """The order that forms a command post, with the table of its members (QD17 Art. 35)."""

    imprint: Imprint
    incident: Incident
    place: Text
    sender: Text
    post: CommandPost
    members: tuple[PostMember, ...]
    desk_phone: str = ""
    incident_type: Text = field(default_factory=lambda: Text(""))

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise or self.incident.is_exercise


@dataclass(frozen=True, slots=True)
class HandOverSheet:
    """One hand-over of the command: situation, resources, open orders, both signatures (R-1.12)."""

    imprint: Imprint
    incident: Incident
    place: Text
    giver: Text
    taker: Text
    move: CommandMove
    offer: CommandMove  # what the giving side wrote; the move itself when the upper tier took the command

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise or self.incident.is_exercise


@dataclass(frozen=True, slots=True)
class BriefSheet:
    """The incident on one page: what, where, how bad, who commands, what was done, what is open."""

    imprint: Imprint
    basis: DraftBasis
    dues: tuple[ReportDue, ...] = ()
    sent: tuple[Report, ...] = ()

    @property
    def incident(self) -> Incident:
        return self.basis.incident

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise or self.incident.is_exercise


LadderSheet = ReportSheet | ResponseNoticeSheet | CommandPostSheet | HandOverSheet | BriefSheet
LETTERS = (ReportSheet, ResponseNoticeSheet, CommandPostSheet, HandOverSheet)
