"""Reports that go up: drafted from the record, signed and sent, received, recorded as heard; and the dues they meet.

The words of a draft are chosen at the edges (`wording.drafting`); here are the facts they are drawn from, and the acts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from emergency_desk.domain import report_drafts
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.changes import NOTHING_CHANGED
from emergency_desk.domain.command import holder
from emergency_desk.domain.errors import FieldMissing, FieldUnreadable, NotOwnTier, ReasonMissing, ReportNotOpen, SignerMissing
from emergency_desk.domain.ids import Id, report_number
from emergency_desk.domain.incidents import Happening, Incident
from emergency_desk.domain.report_drafts import DraftBasis
from emergency_desk.domain.report_laying import reconcile
from emergency_desk.domain.reporting import Channel, ReportRule, between, standing_tiers, tier_above
from emergency_desk.domain.reports import (
    DueState,
    Element,
    Report,
    ReportDue,
    ReportFamily,
    ReportKind,
    ReportState,
    Secrecy,
    Urgency,
)
from emergency_desk.domain.texts import Text
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.papers import place_of
from emergency_desk.services.steps import logbook, meeting, reporting
from emergency_desk.services.steps.timing import refuse_future
from emergency_desk.store.readings.report_traces import report_traces
from emergency_desk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class OwedReport:
    """A due with the row it rests on and the incident it is about."""

    due: ReportDue
    rule: ReportRule | None
    incident_number: str
    incident_title: str
    late_from: datetime

    @property
    def is_internal(self) -> bool:
        """Say whether the time is a limit the city or the house set itself, where the law gives none."""
        return self.rule is not None and not self.rule.is_law


# -- reading ----------------------------------------------------------------------------------------------------------
def list_reports(desk: Desk, *, incident_id: Id) -> tuple[Report, ...]:
    """Return the reports of an incident, drafts among them, the oldest first."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        return tuple(reading.reports.where("WHERE incident_id = ? AND state <> 'discarded' ORDER BY drafted_at, id", (incident_id,)))


def get_report(desk: Desk, *, report_id: Id) -> Report:
    """Return a report. Raises NotFound."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        return reading.reports.get(report_id)


def list_due(desk: Desk, *, incident_id: Id | None = None, with_ended: bool = False) -> tuple[OwedReport, ...]:
    """Return what is owed, the earliest first: of one incident or of the whole desk; `with_ended`: the met, skipped and lapsed too."""
    desk.may(Act.READ)
    conditions = ([] if with_ended else ["state = 'open'"]) + (["incident_id = ?"] if incident_id else [])
    where = "WHERE " + " AND ".join(conditions) if conditions else ""
    with desk.reading() as reading:
        dues = reading.report_dues.where(f"{where} ORDER BY due_at, from_tier, channel, id", (incident_id,) if incident_id else ())
        incidents = {id_: reading.incidents.get(id_) for id_ in {due.incident_id for due in dues}}
    return tuple(_owed(desk, due, incidents[due.incident_id]) for due in dues)


def get_due(desk: Desk, *, due_id: Id) -> OwedReport:
    """Return one due. Raises NotFound."""
    with desk.reading() as reading:
        due = reading.report_dues.get(due_id)
        incident = reading.incidents.get(due.incident_id)
    return _owed(desk, due, incident)


def _owed(desk: Desk, due: ReportDue, incident: Incident) -> OwedReport:
    clocks = desk.trade.clocks
    return OwedReport(due, clocks.rule(due.rule_id), incident.number, incident.title, due.late_from(clocks.at_once))


def read_basis(
    desk: Desk, *, incident_id: Id, from_tier: Tier, to_tier: Tier, channel: Channel, family: ReportFamily = ReportFamily.INCIDENT,
    kind: ReportKind | None = None,
) -> DraftBasis:
    """Return what a report about an incident is drafted from, as known now, with the report it follows. Raises NotFound."""
    desk.may(Act.READ)
    now = desk.now()
    with desk.reading() as reading:
        incident = reading.incidents.get(incident_id)
        of_it = ("WHERE incident_id = ? ORDER BY {}", (incident_id,))
        sent = reading.reports.where("WHERE incident_id = ? AND from_tier = ? AND family = ? AND sent_at IS NOT NULL AND state IN "
                                     "('sent', 'received') ORDER BY sent_at", (incident_id, from_tier.value, family.value))
        before = [report for report in sent if report.to_tier is to_tier]
        responses = tuple(reading.responses.where(of_it[0].format("activated_at"), of_it[1]))
        return DraftBasis(
            at=now, incident=incident, type_name=desk.trade.type(incident.type_id).name, place=place_of(desk, incident.area_id),
            desk_name=Text(desk.facts.name, desk.facts.name_en), desk_phone=desk.facts.phone,
            officer=Text(desk.account.display_name, desk.account.display_name_en) if desk.account else Text(""),
            from_tier=from_tier, to_tier=to_tier, channel=channel, family=family,
            kind=kind or report_drafts.kind_of(family, before, channel, is_over=report_drafts.is_over(incident, responses, from_tier)),
            calls=tuple(reading.calls.where(of_it[0].format("joined, received_at, id"), of_it[1])),
            orders=tuple(reading.order_lines(incident_id)),
            tasks=tuple(reading.tasks.where(of_it[0].format("ended_at, id"), of_it[1])), responses=responses,
            commander=holder(reading.command_moves.where(of_it[0].format("seq"), of_it[1])),
            previous=report_drafts.followed(before, channel),
            serial=1 + sum(report.kind is ReportKind.FOLLOW_UP and report.channel is channel for report in before),
            areas=tuple((tier, Text(area.name, area.name_en)) for tier in Tier
                        if (area := desk.tree.at_tier(incident.area_id, tier)) is not None))


# -- drafting ---------------------------------------------------------------------------------------------------------
def draft_report(
    desk: Desk, *, incident_id: Id, from_tier: Tier, to_tier: Tier, channel: Channel, elements: tuple[Element, ...], title: str = "",
    kind: ReportKind = ReportKind.FIRST, family: ReportFamily = ReportFamily.INCIDENT, signer: str = "", signer_post: str = "",
    secrecy: Secrecy = Secrecy.NONE, urgency: Urgency = Urgency.NONE, copies_to: tuple[str, ...] = (), follows_id: Id | None = None,
) -> Done[Report]:
    """Keep a draft. What lacks is shown as a gap and never keeps it from going (R-2.1). Raises NotOwnTier, FieldUnreadable, NotFound.

    A report past a tier always copies the tiers it goes past (R-2.4).
    """
    desk.may(Act.SEND_REPORT)
    at = desk.now()
    _refuse_other_tier(desk, from_tier)
    _refuse_downward(from_tier, to_tier)
    with desk.open_work() as work:
        incident = work.incidents.get(incident_id)
        follows = work.reports.get(follows_id) if follows_id else None
        report = work.reports.add(Report(
            id=desk.new_id(), incident_id=incident.id, from_tier=from_tier, to_tier=to_tier, channel=channel, family=family, kind=kind,
            drafted_at=at, account_id=desk.who, elements=report_drafts.marked(elements, follows), title=title.strip() or incident.title,
            secrecy=secrecy, urgency=urgency, signer=signer.strip(), signer_post=signer_post.strip(),
            copies_to=_copies(desk, incident, from_tier, to_tier, copies_to), follows_id=follows_id))
        return Done(report, work.commit("draft_report", incident=incident.number, report=report.id))


def change_draft(
    desk: Desk, *, report_id: Id, version: int | None = None, elements: tuple[Element, ...] | None = None, title: str | None = None,
    kind: ReportKind | None = None, signer: str | None = None, signer_post: str | None = None, secrecy: Secrecy | None = None,
    urgency: Urgency | None = None, copies_to: tuple[str, ...] | None = None,
) -> Done[Report]:
    """Change a draft. Raises ReportNotOpen once it is sent, Stale when somebody else changed it (`version`: the one it was read at)."""
    desk.may(Act.SEND_REPORT)
    with desk.open_work() as work:
        report = _draft(work, report_id)
        _refuse_other_tier(desk, report.from_tier)
        if version is not None:
            report = replace(report, version=version)
        given = {"title": title, "kind": kind, "signer": signer, "signer_post": signer_post, "secrecy": secrecy, "urgency": urgency}
        changes: dict[str, object] = {name: value for name, value in given.items() if value is not None}
        if elements is not None:
            follows = work.reports.get(report.follows_id) if report.follows_id else None
            changes["elements"] = report_drafts.marked(elements, follows)
        if copies_to is not None:
            changes["copies_to"] = _copies(desk, work.incidents.get(report.incident_id), report.from_tier, report.to_tier, copies_to)
        report = work.reports.put(replace(report, **changes))  # type: ignore[arg-type]
        return Done(report, work.commit("change_draft", report=report.id, fields=sorted(changes)))


def discard_draft(desk: Desk, *, report_id: Id) -> Done[Report]:
    """Put a draft away. Raises ReportNotOpen."""
    desk.may(Act.SEND_REPORT)
    with desk.open_work() as work:
        report = work.reports.put(replace(_draft(work, report_id), state=ReportState.DISCARDED))
        return Done(report, work.commit("discard_draft", report=report.id))


# -- sending and receiving --------------------------------------------------------------------------------------------
def sign_and_send(
    desk: Desk, *, report_id: Id, signer: str = "", signer_post: str = "", received_by: str = "", read_back: bool = False, how: str = "",
    sent_at: datetime | None = None, version: int | None = None,
) -> Done[Report]:
    """Send a draft: a written one signed by a named signer, a phone one read to somebody who is named and reads it back.

    It meets every due it answers, on time at or before the due second (B14). A report that was received starts the clock of the tier
    that received it. Raises SignerMissing, ReportNotOpen, NotOwnTier, OccurredInFuture, Stale.
    """
    desk.may(Act.SEND_REPORT)
    at = desk.now()
    refuse_future(sent_at, at=at)
    with desk.open_work() as work:
        report = _draft(work, report_id)
        _refuse_other_tier(desk, report.from_tier)
        if version is not None:
            report = replace(report, version=version)
        signer = signer.strip() or report.signer
        if not signer and report.channel is Channel.WRITTEN:
            raise SignerMissing()
        report = replace(report, signer=signer, signer_post=signer_post.strip() or report.signer_post, sent_at=sent_at or at, sent_by_id=desk.who,
                         how=how.strip(), read_back=read_back)
        return _send(desk, work, report, received_by=received_by.strip(), at=at, action="send_report")


def record_heard_report(
    desk: Desk, *, incident_id: Id, from_tier: Tier, to_tier: Tier, channel: Channel, heard_from: str, sent_at: datetime | None = None,
    kind: ReportKind = ReportKind.FIRST, family: ReportFamily = ReportFamily.INCIDENT, text: str = "", signer: str = "", received_by: str = "",
    how: str = "", read_back: bool = False,
) -> Done[Report]:
    """Record a report between tiers, as heard: who told it, and how. It meets dues and starts clocks like one of this desk's own.

    A report that was heard of had arrived: without `received_by` it counts as received by whoever it was for.
    Raises FieldMissing, FieldUnreadable, OccurredInFuture, NotFound.
    """
    desk.may(Act.SEND_REPORT)
    at = desk.now()
    refuse_future(sent_at, at=at)
    if not heard_from.strip():
        raise FieldMissing(name="heard_from")
    _refuse_downward(from_tier, to_tier)
    with desk.open_work() as work:
        incident = work.incidents.get(incident_id)
        elements = (Element("nature", text.strip()),) if text.strip() else ()
        report = work.reports.add(Report(
            id=desk.new_id(), incident_id=incident.id, from_tier=from_tier, to_tier=to_tier, channel=channel, family=family, kind=kind,
            drafted_at=at, account_id=desk.who, elements=elements, title=incident.title, signer=signer.strip(),
            copies_to=_copies(desk, incident, from_tier, to_tier, ()), sent_at=sent_at or at, heard_from=heard_from.strip(), how=how.strip(),
            read_back=read_back))
        return _send(desk, work, report, received_by=received_by.strip(), at=at, action="heard_report")


def take_receipt_of_report(
    desk: Desk, *, report_id: Id, received_by: str, received_at: datetime | None = None, read_back: bool = False, how: str = "",
) -> Done[Report]:
    """Record who received a report and when; the clock of the tier that received it starts then. Raises ReportNotOpen, FieldMissing."""
    desk.may(Act.SEND_REPORT)
    at = desk.now()
    refuse_future(received_at, at=at)
    if not received_by.strip():
        raise FieldMissing(name="received_by")
    with desk.open_work() as work:
        report = work.reports.get(report_id)
        if report.state is not ReportState.SENT:
            raise ReportNotOpen(number=report.number or report.title, state=report.state)
        report = work.reports.put(replace(
            report, state=ReportState.RECEIVED, received_at=received_at or at, received_by=received_by.strip(),
            read_back=read_back or report.read_back, how=how.strip() or report.how))
        _tell(desk, work, report, "received", at=at, occurred_at=report.received_at)
        reporting.lay_dues(desk, work, report.incident_id, at=at)
        return Done(report, work.commit("take_receipt_of_report", report=report.number or report.id))


# -- dues -------------------------------------------------------------------------------------------------------------
def skip_due(desk: Desk, *, due_id: Id, reason: str) -> Done[ReportDue]:
    """Say why a report that is owed is not sent; the reason is logged. Raises ReasonMissing, ReportNotOpen."""
    desk.may(Act.SEND_REPORT)
    if not reason.strip():
        raise ReasonMissing(act="skip_report")
    at = desk.now()
    with desk.open_work() as work:
        due = work.report_dues.get(due_id)
        if not due.is_open:
            raise ReportNotOpen(number=due.rule_id, state=due.state)
        due = work.report_dues.put(replace(due, state=DueState.SKIPPED, reason=reason.strip()))
        logbook.write(desk, work, Happening.REPORT_SKIPPED, at=at, incident_id=due.incident_id, about_id=due.id, text=reason.strip(),
                      from_tier=due.from_tier.value, to_tier=due.to_tier.value, channel=due.channel.value, kind=due.kind.value)
        meeting.by_skipped_due(desk, work, due, at=at)
        return Done(due, work.commit("skip_due", due=due.id))


def owe_at_once(desk: Desk, *, incident_id: Id, reason: str) -> Done[tuple[ReportDue, ...]]:
    """Say that an incident may become major: every tier that knows of it owes a report at once, past a tier where needed (D16).

    Raises ReasonMissing, NotFound.
    """
    desk.may(Act.JUDGE_GRADE)
    if not reason.strip():
        raise ReasonMissing(act="may_become_major")
    at = desk.now()
    with desk.open_work() as work:
        traces = report_traces(work, incident_id=work.incidents.get(incident_id).id)[0]
        facts = replace(reporting.traces_to_facts(desk, traces), at_once_from=at)
        laying = reconcile(facts, reporting.rows_of(desk, work), traces.laid, now=at)
        logbook.write(desk, work, Happening.REPORT, at=at, incident_id=incident_id, text=reason.strip(), what="may_become_major")
        reporting.write_laying(desk, work, incident_id, laying, at=at)
        dues = tuple(due for due in work.report_dues.where("WHERE incident_id = ? AND state = 'open' ORDER BY due_at", (incident_id,))
                     if due.clock_at == at)
        return Done(dues, work.commit("owe_at_once", incident=incident_id))


def renew_dues(desk: Desk) -> Done[int]:
    """Lay what has become due with the clock alone, such as tomorrow's follow-ups, for every open incident. Commits only when there is any."""
    at = desk.now()
    with desk.reading() as reading:
        rows, ground = reporting.rows_of(desk, reading), reporting.Ground(desk)
        wanted = {traces.incident_id: laying for traces in report_traces(reading)
                  if (laying := reconcile(ground.facts(traces), rows, traces.laid, now=at))}
    if not wanted or desk.store.is_read_only:  # whoever has the store lays them
        return Done(0, NOTHING_CHANGED)
    with desk.open_work() as work:
        changed = sum(bool(reporting.lay_dues(desk, work, incident_id, at=at)) for incident_id in sorted(wanted))
        return Done(changed, work.commit("renew_dues", incidents=changed))


def tiers_above(desk: Desk, *, incident_id: Id, tier: Tier) -> tuple[Tier, ...]:
    """Return the tiers a tier may report an incident to, the nearest first."""
    with desk.reading() as reading:
        area_id = reading.incidents.get(incident_id).area_id
    standing = standing_tiers(desk.tree, area_id)
    above, here = [], tier
    while here is not Tier.NATION:
        here = tier_above(here, standing)
        above.append(here)
    return tuple(above)


def tiers_past(desk: Desk, incident: Incident, from_tier: Tier, to_tier: Tier) -> tuple[str, ...]:
    """Return the tiers a report goes past, which get a copy (R-2.4)."""
    return _copies(desk, incident, from_tier, to_tier, ())


def marked(elements: Sequence[Element], before: Report | None) -> tuple[Element, ...]:
    """Return elements with what changed against the report before marked, as a draft would keep them."""
    return report_drafts.marked(elements, before)


# -- pieces -----------------------------------------------------------------------------------------------------------
def _send(desk: Desk, work: UnitOfWork, report: Report, *, received_by: str, at: datetime, action: str) -> Done[Report]:
    """Number, write and tell a report that goes or went, meet what it answers, and lay what it starts."""
    incident = work.incidents.get(report.incident_id)
    if not report.heard_from:
        report = replace(report, number=report_number(incident.number, work.next_number(f"report {incident.number}")))
    if report.kind is ReportKind.FOLLOW_UP:
        report = replace(report, serial=1 + work.reports.count(
            "WHERE incident_id = ? AND from_tier = ? AND to_tier = ? AND channel = ? AND family = ? AND kind = 'follow_up' "
            "AND sent_at IS NOT NULL",
            (incident.id, report.from_tier.value, report.to_tier.value, report.channel.value, report.family.value)))
    is_received = bool(received_by or report.heard_from)
    report = replace(report, state=ReportState.RECEIVED if is_received else ReportState.SENT, received_by=received_by,
                     received_at=report.sent_at if is_received else None)
    report = work.reports.put(report) if report.version else work.reports.add(report)
    dues = work.report_dues.where("WHERE incident_id = ? AND state = 'open' ORDER BY due_at", (incident.id,))
    met = reporting.meet(work, report, dues)
    at_once = desk.trade.clocks.at_once
    late = max((due.met_at - due.late_from(at_once) for due in met if due.met_at and not due.was_on_time(at_once)), default=None)
    _tell(desk, work, report, "heard" if report.heard_from else "sent", at=at, occurred_at=report.sent_at,
          late_minutes=int(late.total_seconds() // 60) if late is not None else None)
    meeting.by_report(desk, work, report, at=at)
    reporting.lay_dues(desk, work, incident, at=at)
    return Done(report, work.commit(action, incident=incident.number, report=report.number or report.id, met=[due.id for due in met]))


def _tell(
    desk: Desk, work: UnitOfWork, report: Report, what: str, *, at: datetime, occurred_at: datetime | None, late_minutes: int | None = None,
) -> None:
    logbook.write(desk, work, Happening.REPORT, at=at, incident_id=report.incident_id, occurred_at=occurred_at, about_id=report.id, what=what,
                  from_tier=report.from_tier.value, to_tier=report.to_tier.value, channel=report.channel.value, kind=report.kind.value,
                  family=report.family.value, serial=report.serial or None, number=report.number, received_by=report.received_by,
                  signer=report.signer, heard_from=report.heard_from, read_back="yes" if report.read_back else "",
                  copies=", ".join(report.copies_to), late_minutes=late_minutes)


def _draft(work: UnitOfWork, report_id: Id) -> Report:
    report = work.reports.get(report_id)
    if report.state is not ReportState.DRAFT:
        raise ReportNotOpen(number=report.number or report.title, state=report.state)
    return report


def _copies(desk: Desk, incident: Incident, from_tier: Tier, to_tier: Tier, more: Sequence[str]) -> tuple[str, ...]:
    past = [tier.value for tier in between(from_tier, to_tier, standing_tiers(desk.tree, incident.area_id))]
    return tuple(dict.fromkeys([*past, *(name.strip() for name in more if name.strip())]))


def _refuse_other_tier(desk: Desk, tier: Tier) -> None:
    if desk.tier is not tier:
        raise NotOwnTier(tier=tier, own=desk.tier)


def _refuse_downward(from_tier: Tier, to_tier: Tier) -> None:
    if to_tier.rank >= from_tier.rank:
        raise FieldUnreadable(name="to_tier", typed=to_tier, expected=", ".join(tier.value for tier in Tier if tier.rank < from_tier.rank))
