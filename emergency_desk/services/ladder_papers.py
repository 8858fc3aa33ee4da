"""Gathers what stands on the papers of the ladder, from one moment of the store. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.command import CommandMove, CommandStep
from emergency_desk.domain.errors import NotFound, NothingToPrint
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.ladder_sheets import BriefSheet, CommandPostSheet, HandOverSheet, ReportSheet, ResponseNoticeSheet
from emergency_desk.domain.reporting import Channel, tier_above
from emergency_desk.domain.reports import Report
from emergency_desk.domain.sheets import Imprint
from emergency_desk.domain.texts import Text
from emergency_desk.services import reports
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import imprint, place_of

if TYPE_CHECKING:
    from emergency_desk.store.readings.reading import Reading

_PASSED = (CommandStep.ACCEPTED.value, CommandStep.TAKEN.value)


def report_sheet(desk: Desk, *, report_id: Id) -> ReportSheet:
    """Return a report as it went, or as its draft stands. Raises NotFound."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        report = reading.reports.get(report_id)
        return _report_sheet(desk, reading, report)


def sheet_of_draft(desk: Desk, *, report: Report) -> ReportSheet:
    """Return a report that is not kept yet, as it would be printed."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        return _report_sheet(desk, reading, report)


def _report_sheet(desk: Desk, reading: Reading, report: Report) -> ReportSheet:
    incident = reading.incidents.get(report.incident_id)
    drafter = reading.accounts.get(report.account_id)
    return ReportSheet(
        imprint=_imprint(desk, incident, report.from_tier), report=report, incident=incident,
        sender=_tier_name(desk, incident, report.from_tier), receiver=_tier_name(desk, incident, report.to_tier),
        drafted_by=Text(drafter.display_name, drafter.display_name_en), desk_phone=desk.facts.phone,
        copies=tuple(_tier_name(desk, incident, Tier(name)) if name in set(Tier) else Text(name) for name in report.copies_to))


def response_sheet(desk: Desk, *, change_id: Id) -> ResponseNoticeSheet:
    """Return the notice of one step of a response. Raises NotFound."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        change = reading.response_changes.get(change_id)
        response = reading.responses.get(change.response_id)
        incident = reading.incidents.get(response.incident_id)
    return ResponseNoticeSheet(
        imprint=_imprint(desk, incident, response.tier), incident=incident, incident_type=desk.trade.type(incident.type_id).name,
        place=place_of(desk, incident.area_id), sender=_tier_name(desk, incident, response.tier), response=response, change=change,
        plan_title=_plan_title(desk, response.plan_code, response.plan_version), desk_phone=desk.facts.phone)


def command_post_sheet(desk: Desk, *, post_id: Id) -> CommandPostSheet:
    """Return the order that forms a command post, with the members it has now. Raises NotFound."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        post = reading.command_posts.get(post_id)
        incident = reading.incidents.get(post.incident_id)
        members = reading.post_members.where('WHERE post_id = ? AND "until" IS NULL ORDER BY since, id', (post_id,))
    return CommandPostSheet(imprint=_imprint(desk, incident, post.tier), incident=incident, place=place_of(desk, incident.area_id),
                            sender=_tier_name(desk, incident, post.tier), post=post, members=tuple(members), desk_phone=desk.facts.phone,
                            incident_type=desk.trade.type(incident.type_id).name)


def hand_over_sheet(desk: Desk, *, move_id: Id) -> HandOverSheet:
    """Return one hand-over of the command. Raises NotFound."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        move = reading.command_moves.get(move_id)
        incident = reading.incidents.get(move.incident_id)
        offer = reading.command_moves.get(move.offer_id) if move.offer_id else move
    return HandOverSheet(imprint=_imprint(desk, incident, move.from_tier), incident=incident, place=place_of(desk, incident.area_id),
                         giver=_tier_name(desk, incident, move.from_tier), taker=_tier_name(desk, incident, move.to_tier), move=move, offer=offer)


def brief_sheet(desk: Desk, *, incident_id: Id) -> BriefSheet:
    """Return the brief of an incident as it stands now. Raises NotFound."""
    basis = reports.read_basis(desk, incident_id=incident_id, from_tier=desk.tier, to_tier=tier_above(desk.tier), channel=Channel.WRITTEN)
    sent = tuple(report for report in reports.list_reports(desk, incident_id=incident_id) if report.is_sent)
    owed = tuple(each.due for each in reports.list_due(desk, incident_id=incident_id))
    return BriefSheet(imprint=imprint(desk), basis=basis, dues=owed, sent=sent)


# -- the newest of a kind, for the command line -----------------------------------------------------------------------
def find_report(desk: Desk, *, number: str = "") -> Id:
    """Return the report of a number, the newest of an incident's number, or the newest of all. Raises NothingToPrint."""
    with desk.reading() as reading:
        found = reading.reports.first("WHERE number = ?", (number,)) if number else []
        if not found:
            found = reading.reports.first("WHERE state <> 'discarded' AND heard_from = '' AND incident_id = ? ORDER BY drafted_at DESC, id DESC",
                                          (_incident_id(reading, number),)) if number else reading.reports.first(
                "WHERE state <> 'discarded' AND heard_from = '' ORDER BY drafted_at DESC, id DESC")
    return _only(found, "incident-report", number)


def find_response_change(desk: Desk, *, number: str = "") -> Id:
    """Return the newest step of a response, of an incident's number or of all. Raises NothingToPrint."""
    with desk.reading() as reading:
        where, values = _of_incident(reading, number)
        return _only(reading.response_changes.first(f"{where} ORDER BY seq DESC", values), "response-notice", number)


def find_command_post(desk: Desk, *, number: str = "") -> Id:
    """Return the newest command post, of an incident's number or of all. Raises NothingToPrint."""
    with desk.reading() as reading:
        where, values = _of_incident(reading, number)
        return _only(reading.command_posts.first(f"{where} ORDER BY formed_at DESC, id DESC", values), "command-post", number)


def find_hand_over(desk: Desk, *, number: str = "") -> Id:
    """Return the newest hand-over of the command, of an incident's number or of all. Raises NothingToPrint."""
    with desk.reading() as reading:
        where, values = _of_incident(reading, number)
        found = reading.command_moves.first(f"{where or 'WHERE 1'} AND step IN (?, ?) ORDER BY seq DESC", (*values, *_PASSED))
        return _only(found, "hand-over", number)


def _of_incident(reading: Reading, number: str) -> tuple[str, tuple[str, ...]]:
    return ("WHERE incident_id = ?", (_incident_id(reading, number),)) if number else ("", ())


def _incident_id(reading: Reading, number: str) -> str:
    found = reading.incidents.first("WHERE number = ?", (number,))
    return found[0].id if found else ""


def _only(found: Sequence[Any], name: str, number: str) -> Id:
    if not found:
        raise NothingToPrint(name=name, number=number)
    return Id(found[0].id)


# -- names ------------------------------------------------------------------------------------------------------------
def _tier_name(desk: Desk, incident: Incident, tier: Tier) -> Text:
    """Return the area of a tier that holds the place; an empty text where the tree does not reach it, for the paper to call it by its tier."""
    area = desk.tree.at_tier(incident.area_id, tier)
    return Text(area.name, area.name_en) if area is not None else Text("")


def _imprint(desk: Desk, incident: Incident, tier: Tier) -> Imprint:
    area = desk.tree.at_tier(incident.area_id, tier)
    return imprint(desk, area.id if area is not None else None)


def _plan_title(desk: Desk, code: str, version: str) -> Text:
    try:
        return desk.trade.plan_title(code, version) if code else Text("")
    except NotFound:
        return Text("")


def passed(moves: tuple[CommandMove, ...]) -> tuple[CommandMove, ...]:
    """Return the moves by which the command changed hands."""
    return tuple(move for move in moves if move.step.value in _PASSED)
