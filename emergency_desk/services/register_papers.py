"""Gathers what stands on the papers of the register. Reads only."""

from __future__ import annotations

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.areas import Area
from emergency_desk.domain.errors import NothingToPrint
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.register import TeamFilter, TeamLine
from emergency_desk.domain.register_sheets import (
    AgreementListSheet,
    ContactListSheet,
    ContactRow,
    DueListSheet,
    SiteListSheet,
    TeamCardSheet,
)
from emergency_desk.domain.texts import Text
from emergency_desk.services import register_lists, units
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import imprint, place_of

DUE_DAYS = 30
MOST_CONTACTS = 5_000


def team_card_sheet(desk: Desk, *, team_id: Id | None = None, code: str = "") -> TeamCardSheet:
    """Return the card of a team by id or by code, or of the first by name. Raises NothingToPrint, NotFound."""
    desk.may(Act.READ)
    if team_id is None:
        with desk.reading() as reading:
            found = reading.teams.first("WHERE code = ?", (code,)) if code else reading.teams.first("WHERE is_retired = 0 ORDER BY name, id")
        if not found:
            raise NothingToPrint(name="team-card", number=code)
        team_id = found[0].id
    detail = register_lists.team_detail(desk, team_id=team_id)
    return TeamCardSheet(imprint=imprint(desk), detail=detail, place=place_of(desk, detail.team.area_id), today=local_day(desk.now()),
                         names=_names(desk))


def contact_list_sheet(desk: Desk) -> ContactListSheet:
    """Return the numbers of units and of the teams of the desk's area. Raises NothingToPrint."""
    desk.may(Act.READ)
    lines = register_lists.page_of_teams(desk, asked=TeamFilter(area_id=desk.area_id), limit=MOST_CONTACTS)
    reached = [ContactRow(area=Text(""), name=Text(unit.name, unit.name_en), kind=unit.kind, phone=unit.duty_phone, person=unit.contact)
               for unit in units.list_units(desk)]
    ordered = sorted(lines, key=lambda line: (_part(desk, line).code, line.kind, line.code))
    rows = [*reached, *(_contact(desk, line) for line in ordered)]
    if not rows:
        raise NothingToPrint(name="contact-list", number="")
    return ContactListSheet(imprint=imprint(desk), rows=tuple(rows))


def due_list_sheet(desk: Desk, *, days: int = DUE_DAYS) -> DueListSheet:
    """Return what ended, ends soon or is to be tried. Nothing due is worth a paper too."""
    desk.may(Act.READ)
    return DueListSheet(imprint=imprint(desk), days=days, today=local_day(desk.now()),
                        lines=tuple(register_lists.what_expires(desk, days=days)), names=_names(desk))


def site_list_sheet(desk: Desk) -> SiteListSheet:
    """Return the sites in use. Raises NothingToPrint."""
    desk.may(Act.READ)
    rows = tuple((site, place_of(desk, site.area_id) if site.area_id else Text(site.place_path)) for site in units.list_sites(desk))
    if not rows:
        raise NothingToPrint(name="site-list", number="")
    return SiteListSheet(imprint=imprint(desk), rows=rows)


def agreement_list_sheet(desk: Desk) -> AgreementListSheet:
    """Return the agreements. Raises NothingToPrint."""
    desk.may(Act.READ)
    rows = tuple(units.list_agreements(desk))
    if not rows:
        raise NothingToPrint(name="agreement-list", number="")
    return AgreementListSheet(imprint=imprint(desk), today=local_day(desk.now()), rows=rows, names=_names(desk))


def _contact(desk: Desk, line: TeamLine) -> ContactRow:
    area = _part(desk, line)
    return ContactRow(area=Text(area.name, area.name_en), name=Text(line.name, line.name_en), kind=line.kind, phone=line.duty_phone,
                      person=line.leader_name)


def _part(desk: Desk, line: TeamLine) -> Area:
    """Return the area straight below the desk's own in which a team stands, or the desk's own."""
    path = desk.tree.path(line.area_id)
    places = [area.id for area in path]
    return path[min(places.index(desk.area_id) + 1, len(path) - 1)] if desk.area_id in places else path[-1]


def _names(desk: Desk) -> dict[str, Text]:
    return {one.id: one.name for one in desk.trade.capabilities}
