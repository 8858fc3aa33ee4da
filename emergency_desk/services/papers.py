"""Gathers what stands on the printed papers: sheets, filled from one moment of the store. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from emergency_desk.domain.accounts import Account, Act
from emergency_desk.domain.after_sheets import AfterSheet
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.blackout import BlackoutSheet
from emergency_desk.domain.boards import LogLine
from emergency_desk.domain.count_sheets import CountResultSheet, CountSheet, EquipmentSheet
from emergency_desk.domain.dispatches import Dispatch
from emergency_desk.domain.drill_sheets import DrillSheets
from emergency_desk.domain.errors import NothingToPrint
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Call, Figures, Incident
from emergency_desk.domain.ladder_sheets import LadderSheet
from emergency_desk.domain.plan_sheets import PlanPaper
from emergency_desk.domain.purge_sheets import CertificateSheet
from emergency_desk.domain.register_sheets import RegisterSheet
from emergency_desk.domain.resource_survey import SurveySheet
from emergency_desk.domain.responses import ResponseStep
from emergency_desk.domain.sheets import CallRecordSheet, DutyLogSheet, Imprint, IncidentLogSheet, OrderSheet
from emergency_desk.domain.shelter_sheets import ShelterPaper
from emergency_desk.domain.stock import ClaimKind
from emergency_desk.domain.stock_sheets import StockSheets
from emergency_desk.domain.supply_sheets import SupplySheet
from emergency_desk.domain.texts import Text
from emergency_desk.domain.timeline import NO_FILTER, LogFilter
from emergency_desk.services.calls import caller_of
from emergency_desk.services.desk import Desk
from emergency_desk.services.steps.releasing import leg_views

if TYPE_CHECKING:
    from emergency_desk.store.readings.reading import Reading

CountPaper = CountSheet | CountResultSheet | EquipmentSheet
Sheet = (OrderSheet | IncidentLogSheet | DutyLogSheet | CallRecordSheet | RegisterSheet | LadderSheet | AfterSheet | PlanPaper
         | SurveySheet | CountPaper | StockSheets | SupplySheet | DrillSheets | ShelterPaper | CertificateSheet | BlackoutSheet)


NOTHING = Text("")


class PaperKind(StrEnum):
    """A paper that stands among those of its incident, by the name it is asked for."""

    ORDER = "order"
    INCIDENT_LOG = "incident-log"
    CALL_RECORD = "call-record"
    BRIEF = "incident-brief"
    REPORT = "incident-report"
    RESPONSE_NOTICE = "response-notice"
    COMMAND_POST = "command-post"
    HAND_OVER = "hand-over"
    SUMMARY = "rescue-summary"
    AFTERMATH = "aftermath"
    FINDINGS = "findings"
    SUPPLY_REQUEST = "supply-request"
    RELEASE_ORDER = "release-order"
    WAYBILL = "waybill"
    GOODS_RECEIPT = "goods-receipt"
    DISTRIBUTION = "distribution-list"
    REQUISITION = "requisition-notice"
    CERTIFICATE = "destruction-certificate"


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper that an incident has: what it is about, and the words that tell it from the others."""

    kind: PaperKind
    id: Id  # of the order, the incident, the call, the report, the step of the response, the command post, the move, the request …
    at: datetime
    number: str = ""
    about: Text = NOTHING
    tier: Tier | None = None  # whose paper of the ladder it is
    step: ResponseStep | None = None  # of a response


def order_sheet(desk: Desk, dispatch_id: Id) -> OrderSheet:
    """Return the order as it went out: figures that came later do not stand on it. Raises NotFound."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        order = reading.dispatches.get(dispatch_id)
        incident = reading.incidents.get(order.incident_id)
        signer = reading.accounts.get(order.sent_by_id)
        calls = _calls(reading, incident.id)
        return OrderSheet(
            imprint=imprint(desk, signer.area_id), dispatch=order, incident=incident, team=reading.teams.get(order.team_id),
            incident_type=_type(desk, incident), place=place_of(desk, incident.area_id), signed_by=_name(signer),
            desk_phone=desk.facts.phone, situation=calls[0].words if calls else "",
            figures=_figures(reading, incident.id, until=order.sent_at), serves=_serves(desk, order))


def incident_log_sheet(desk: Desk, incident_id: Id, only: LogFilter = NO_FILTER) -> IncidentLogSheet:
    """Return everything that was logged about an incident, or the lines that a filter lets through. Raises NotFound."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        incident = reading.incidents.get(incident_id)
        lines: list[LogLine] = reading.filtered_log(incident_id, only, limit=reading.count_log(incident_id, only))
    return IncidentLogSheet(imprint=imprint(desk), incident=incident, incident_type=_type(desk, incident),
                            place=place_of(desk, incident.area_id), lines=tuple(reversed(lines)), only=only)


def duty_log_sheet(desk: Desk, from_at: datetime, until_at: datetime) -> DutyLogSheet:
    """Return everything the desk wrote down from one moment until before another."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        lines = reading.log_lines_between(from_at, until_at)
    return DutyLogSheet(imprint=imprint(desk), from_at=from_at, until_at=until_at, lines=tuple(lines))


def call_record_sheet(desk: Desk, *, call_id: Id | None = None, incident_id: Id | None = None) -> CallRecordSheet:
    """Return one call as it was taken, or the call that opened an incident. It shows the caller: needs the right to take calls.

    Raises NotFound, NothingToPrint, RoleMissing.
    """
    desk.may(Act.TAKE_CALL)
    with desk.reading() as reading:
        call = reading.calls.get(call_id) if call_id else _first_call(reading, incident_id)
        incident = reading.incidents.get(call.incident_id)
        recorder = reading.accounts.get(call.account_id)
        figures = _figures(reading, incident.id, at=call.recorded_at)
    return CallRecordSheet(
        imprint=imprint(desk), call=call, incident=incident, incident_type=_type(desk, incident), place=place_of(desk, call.area_id),
        recorded_by=_name(recorder), caller=caller_of(desk, call=call), figures=figures)


def papers_of(desk: Desk, *, incident_id: Id) -> tuple[PaperLine, ...]:
    """Return the papers an incident has: its orders, its log, and the records of its calls for who may see callers."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        incident = reading.incidents.get(incident_id)
        orders = reading.dispatches.where("WHERE incident_id = ? ORDER BY sent_at, order_number", (incident_id,))
        lines = [PaperLine(PaperKind.ORDER, order.id, order.sent_at, order.order_number, _team_name(reading, order)) for order in orders]
        lines.append(PaperLine(PaperKind.INCIDENT_LOG, incident.id, incident.recorded_at, incident.number))
        lines.append(PaperLine(PaperKind.BRIEF, incident.id, incident.recorded_at, incident.number))
        if incident.closed_at is not None:
            lines += [PaperLine(kind, incident.id, incident.closed_at, incident.number)
                      for kind in (PaperKind.SUMMARY, PaperKind.AFTERMATH, PaperKind.FINDINGS)]
        lines += _of_ladder(reading, incident_id)
        lines += _of_goods(reading, incident_id)
        lines += [PaperLine(PaperKind.CERTIFICATE, one.id, one.purged_at, one.number)
                  for one in reading.purges.where("WHERE incident_id = ? ORDER BY seq", (incident_id,))]
        if desk.can(Act.TAKE_CALL):
            lines += [PaperLine(PaperKind.CALL_RECORD, call.id, call.received_at, incident.number, Text(call.words))
                      for call in _calls(reading, incident_id)]
    return tuple(lines)


def _of_ladder(reading: Reading, incident_id: Id) -> list[PaperLine]:
    """Return the papers of the ladder that an incident has."""
    of_it = (incident_id,)
    responses = {one.id: one for one in reading.responses.where("WHERE incident_id = ?", of_it)}
    lines = [PaperLine(PaperKind.REPORT, one.id, one.sent_at or one.drafted_at, one.number, tier=one.from_tier)
             for one in reading.reports.where(
                 "WHERE incident_id = ? AND heard_from = '' AND state <> 'discarded' ORDER BY drafted_at, id", of_it)]
    lines += [PaperLine(PaperKind.RESPONSE_NOTICE, one.id, one.occurred_at, tier=responses[one.response_id].tier, step=one.step)
              for one in reading.response_changes.where("WHERE incident_id = ? ORDER BY seq", of_it)]
    lines += [PaperLine(PaperKind.COMMAND_POST, one.id, one.formed_at, tier=one.tier)
              for one in reading.command_posts.where("WHERE incident_id = ? ORDER BY formed_at", of_it)]
    return lines + [PaperLine(PaperKind.HAND_OVER, one.id, one.occurred_at, tier=one.to_tier)
                    for one in reading.command_moves.where("WHERE incident_id = ? AND step IN ('accepted', 'taken') ORDER BY seq", of_it)]


def _of_goods(reading: Reading, incident_id: Id) -> list[PaperLine]:
    """Return the papers of the goods of an incident: asked, ordered out, on the road, received, given out, requisitioned."""
    of_it = (incident_id,)
    lines = [PaperLine(PaperKind.SUPPLY_REQUEST, one.id, one.asked_at, one.number, tier=one.tier)
             for one in reading.supply_requests.where("WHERE incident_id = ? ORDER BY asked_at, number", of_it)]
    for order in reading.release_orders.where("WHERE incident_id = ? ORDER BY ordered_at, number", of_it):
        depot = reading.sites.get(order.site_id)
        lines.append(PaperLine(PaperKind.RELEASE_ORDER, order.id, order.ordered_at, order.number, Text(depot.name, depot.name_en)))
        for one in leg_views(reading, order):
            number = order.number if one.leg.serial == 1 else f"{order.number}/{one.leg.serial}"
            lines += [PaperLine(kind, one.leg.id, one.leg.departed_at, number, Text(one.leg.vehicle))
                      for kind in (PaperKind.WAYBILL, PaperKind.GOODS_RECEIPT)]
    if any(claim.kind is ClaimKind.IN_USE for claim in reading.balances.claims_for(incident_id)):
        lines.append(PaperLine(PaperKind.DISTRIBUTION, incident_id, reading.incidents.get(incident_id).recorded_at))
    return lines + [PaperLine(PaperKind.REQUISITION, one.id, one.decided_at, one.number, Text(one.what))
                    for one in reading.requisitions.where("WHERE incident_id = ? ORDER BY decided_at, number", of_it)]


def find_order(desk: Desk, *, number: str = "") -> Dispatch:
    """Return the order of a number, or the newest one. Raises NothingToPrint."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        found = reading.dispatches.first("WHERE order_number = ?", (number,)) if number else reading.dispatches.first(
            "ORDER BY sent_at DESC, order_number DESC")
    if not found:
        raise NothingToPrint(name="order", number=number)
    return found[0]


def find_incident(desk: Desk, *, number: str = "") -> Incident:
    """Return the incident of a number, or the newest one. Raises NothingToPrint."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        found = reading.incidents.first("WHERE number = ?", (number,)) if number else reading.incidents.first(
            "ORDER BY recorded_at DESC, id DESC")
    if not found:
        raise NothingToPrint(name="incident", number=number)
    return found[0]


def place_of(desk: Desk, area_id: Id) -> Text:
    """Return an area with those above it from the city down: 青岛市市南区香港中路街道, or in English from the street up."""
    path = desk.tree.path(area_id)
    shown = [area for area in path if area.tier.rank >= Tier.CITY.rank] or list(path)
    english = ", ".join(area.name_en or area.name for area in reversed(shown)) if any(area.name_en for area in shown) else ""
    return Text("".join(area.name for area in shown), english)


def imprint(desk: Desk, area_id: Id | None = None) -> Imprint:
    """Return the head of a paper: whose it is, the desk of the store or that of another area of its tree."""
    area_id = area_id or desk.area_id
    own = area_id == desk.facts.area_id or area_id not in desk.tree.by_id
    name = Text(desk.facts.name, desk.facts.name_en) if own else place_of(desk, area_id)
    return Imprint(desk=name, printed_at=desk.now(), printed_by=_name(desk.account) if desk.account else Text(""),
                   is_exercise=desk.is_exercise, is_demo=desk.facts.is_demo)


def _type(desk: Desk, incident: Incident) -> Text:
    return desk.trade.type(incident.type_id).name


def _serves(desk: Desk, order: Dispatch) -> Text:
    return next((one.name for one in desk.trade.capabilities if one.id == order.serves), Text(""))


def _name(account: Account) -> Text:
    return Text(account.display_name, account.display_name_en)


def _team_name(reading: Reading, order: Dispatch) -> Text:
    team = reading.teams.get(order.team_id)
    return Text(team.name, team.name_en)


def _calls(reading: Reading, incident_id: Id) -> list[Call]:
    return reading.calls.where("WHERE incident_id = ? ORDER BY joined, received_at, id", (incident_id,))


def _first_call(reading: Reading, incident_id: Id | None) -> Call:
    calls = _calls(reading, incident_id) if incident_id else []
    if not calls:
        raise NothingToPrint(name="call_record", number="")
    return calls[0]


def _figures(reading: Reading, incident_id: Id, *, until: datetime | None = None, at: datetime | None = None) -> Figures:
    """Return the figures known until a moment, or those that were entered at one."""
    known = Figures()
    for report in reading.figures.where("WHERE incident_id = ? ORDER BY seq", (incident_id,)):
        if (until is None or report.recorded_at <= until) and (at is None or report.recorded_at == at):
            known = known.merged_with(report.figures)
    return known
