"""What the report page reads at one moment: which report is asked for, what it is drafted from, and the incident's other reports."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.ladder_sheets import ReportSheet
from emergency_desk.domain.report_drafts import DraftBasis
from emergency_desk.domain.reporting import Channel
from emergency_desk.domain.reports import Report, ReportFamily, ReportKind
from emergency_desk.errands.drafting import elements_of
from emergency_desk.services import drafts, ladder_papers, reports
from emergency_desk.services.desk import Desk
from emergency_desk.services.reports import OwedReport
from emergency_desk.wording import drafting

Typed = dict[str, str]


@dataclass(frozen=True, slots=True)
class ReportAsked:
    """Which report: the one that is owed, or one about an incident by what was chosen. Empty: what is owed first."""

    incident_id: Id
    due_id: Id | None = None
    from_tier: Tier | None = None
    to_tier: Tier | None = None
    channel: Channel | None = None
    family: ReportFamily = ReportFamily.INCIDENT
    kind: ReportKind | None = None

    @property
    def draft_name(self) -> str:
        """The name under which what was typed is kept."""
        return f"report {self.incident_id} {self.from_tier} {self.to_tier} {self.family}"


@dataclass(frozen=True, slots=True)
class ReportRead:
    """What one reading found."""

    asked: ReportAsked  # complete
    owed: OwedReport | None
    basis: DraftBasis
    sheet: ReportSheet  # as the draft from the record alone would be printed
    dues: tuple[OwedReport, ...]
    sent: tuple[Report, ...]
    typed: Typed
    upward: tuple[Tier, ...]
    own_tier: Tier
    now: datetime


def read_due(desk: Desk, due_id: Id) -> ReportRead:
    """Read the report that a due asks for. Raises NotFound."""
    due = reports.get_due(desk, due_id=due_id).due
    return read_report(desk, ReportAsked(due.incident_id, due.id, due.from_tier, due.to_tier,
                                         Channel.PHONE if due.channel is Channel.ANY else due.channel, due.family, due.kind))


def read_report(desk: Desk, asked: ReportAsked) -> ReportRead:
    """Read a report on the store thread; what the asking leaves open is what is owed first by the desk's own tier, else by any."""
    dues = reports.list_due(desk, incident_id=asked.incident_id)
    asked = _completed(desk, asked, dues)
    assert asked.from_tier and asked.to_tier and asked.channel
    basis = reports.read_basis(desk, incident_id=asked.incident_id, from_tier=asked.from_tier, to_tier=asked.to_tier, channel=asked.channel,
                               family=asked.family, kind=asked.kind)
    report = Report(
        id=Id(""), incident_id=asked.incident_id, from_tier=asked.from_tier, to_tier=asked.to_tier, channel=asked.channel,
        family=asked.family, kind=basis.kind, drafted_at=basis.at, account_id=desk.who, elements=elements_of(basis, {}),
        title=drafting.title_of(basis), serial=basis.serial if basis.kind is ReportKind.FOLLOW_UP else 0,
        signer=basis.previous.signer if basis.previous else "", signer_post=basis.previous.signer_post if basis.previous else "",
        copies_to=reports.tiers_past(desk, basis.incident, asked.from_tier, asked.to_tier))
    return ReportRead(
        asked=asked, owed=next((each for each in dues if each.due.id == asked.due_id), None), basis=basis,
        sheet=ladder_papers.sheet_of_draft(desk, report=report), dues=dues,
        sent=tuple(each for each in reports.list_reports(desk, incident_id=asked.incident_id) if each.is_sent),
        typed=drafts.get_draft(desk, name=asked.draft_name),
        upward=reports.tiers_above(desk, incident_id=asked.incident_id, tier=asked.from_tier), own_tier=desk.tier, now=basis.at)


def _completed(desk: Desk, asked: ReportAsked, dues: tuple[OwedReport, ...]) -> ReportAsked:
    if asked.from_tier is None:
        own = [each.due for each in dues if each.due.from_tier is desk.tier] or [each.due for each in dues]
        if own:
            due = own[0]
            return ReportAsked(asked.incident_id, due.id, due.from_tier, due.to_tier,
                               Channel.PHONE if due.channel is Channel.ANY else due.channel, due.family, due.kind)
        asked = replace(asked, from_tier=desk.tier)
    assert asked.from_tier is not None
    if asked.to_tier is None:
        asked = replace(asked, to_tier=reports.tiers_above(desk, incident_id=asked.incident_id, tier=asked.from_tier)[0])
    return replace(asked, channel=asked.channel or Channel.PHONE)
