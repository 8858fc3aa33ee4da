"""Gathers the papers of people by name: registration sheets, cards, who is missing. Reads only; names need the right to run a shelter."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import NothingToPrint
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_people import PersonLine
from emergency_desk.domain.shelter_sheets import (
    NOTHING,
    BlankRegistrationSheet,
    BlankStayCardsSheet,
    MissingListSheet,
    RegistrationSheet,
    SheetPerson,
    StayCardsSheet,
)
from emergency_desk.domain.texts import Text
from emergency_desk.services import missing_people
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import imprint
from emergency_desk.services.shelter_papers import opened_by, place_words
from emergency_desk.services.steps.stays import lines_of

BLANK_LINES = 10  # a house setting: lines behind the names, for those who come later
_ON_A_PAGE, _FEWEST_BLANK = 8, 2  # cards


def registration_sheet(desk: Desk, *, opening_id: Id | None = None, number: str = "") -> RegistrationSheet:
    """Return who is registered in a shelter and who has left it, with blank lines behind. Raises NothingToPrint, NotFound, RoleMissing."""
    desk.may(Act.RUN_SHELTER)
    incident, opened = opened_by(desk, opening_id, number, "registration-sheet")
    people = _people(desk, opened.opening.id)
    sheet = RegistrationSheet(imprint(desk), incident, opened, people)
    return replace(sheet, lines=BLANK_LINES) if people else sheet


def blank_registration_sheet(desk: Desk, *, opening_id: Id | None = None, number: str = "") -> BlankRegistrationSheet:
    """Return a sheet to register people by hand. Raises NothingToPrint, NotFound."""
    return BlankRegistrationSheet(imprint(desk), *opened_by(desk, opening_id, number, "registration-form"))


def stay_cards_sheet(desk: Desk, *, opening_id: Id | None = None, number: str = "") -> StayCardsSheet:
    """Return a card for everybody who is there by name, and blank ones to the end of the page. Raises NothingToPrint, NotFound, RoleMissing."""
    desk.may(Act.RUN_SHELTER)
    incident, opened = opened_by(desk, opening_id, number, "stay-cards")
    people = tuple(one for one in _people(desk, opened.opening.id) if one.line.stay.left_at is None and one.line.person is not None)
    blank = -len(people) % _ON_A_PAGE
    return StayCardsSheet(imprint(desk), incident, opened, people, blank if blank >= _FEWEST_BLANK else blank + _ON_A_PAGE)


def blank_stay_cards_sheet(desk: Desk, *, opening_id: Id | None = None, number: str = "") -> BlankStayCardsSheet:
    """Return a page of cards to be filled in by hand. Raises NothingToPrint, NotFound."""
    return BlankStayCardsSheet(imprint(desk), *opened_by(desk, opening_id, number, "card-form"))


def missing_list_sheet(desk: Desk, *, incident_id: Id) -> MissingListSheet:
    """Return who has not been reached, by village. Raises NothingToPrint where nobody is to be moved or looked for, NotFound, RoleMissing."""
    desk.may(Act.RUN_SHELTER)
    villages = missing_people.list_missing(desk, incident_id=incident_id)
    with desk.reading() as reading:
        incident = reading.incidents.get(incident_id)
        if not villages and not reading.evacuation_groups.first("WHERE incident_id = ?", (incident_id,)):
            raise NothingToPrint(name="missing-list", number=incident.number)
    return MissingListSheet(imprint(desk), incident, tuple(villages))


def _people(desk: Desk, opening_id: Id) -> tuple[SheetPerson, ...]:
    """Return everybody of an opening: families together, in the order they came."""
    with desk.reading() as reading:
        lines = lines_of(reading, reading.shelter_stays.where("WHERE opening_id = ? ORDER BY arrived_at, id", (opening_id,)))
        over = {stay.moved_from_id: stay.shelter_id for stay in reading.shelter_stays.where(
            "WHERE moved_from_id IN (SELECT id FROM shelter_stays WHERE opening_id = ?)", (opening_id,))}
        sites = {id_: reading.sites.get(id_) for id_ in set(over.values())}
    names = {id_: Text(site.name, site.name_en) for id_, site in sites.items()}
    families = Counter(line.stay.household_id for line in lines)
    first: dict[Id, int] = {}
    for place, line in enumerate(lines):
        first.setdefault(line.stay.household_id, place)
    ordered = sorted(lines, key=lambda line: first[line.stay.household_id])
    return tuple(SheetPerson(
        line, _home(desk, line), families[line.stay.household_id], lines[first[line.stay.household_id]] is line,
        names[over[line.stay.id]] if line.stay.left_at is not None and line.stay.id in over else NOTHING) for line in ordered)


def _home(desk: Desk, line: PersonLine) -> Text:
    """Return the village somebody was to be moved from, else their area."""
    return Text(line.village) if line.village else place_words(desk, line.stay.origin_area_id, below=True)
