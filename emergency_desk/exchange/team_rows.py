"""Rows of a foreign list as teams of the register: drafts, and rows given back with their reasons."""

from __future__ import annotations

import re
from collections.abc import Sequence

from emergency_desk.domain.capabilities import Capability, read_capabilities
from emergency_desk.domain.ids import Id
from emergency_desk.domain.imports import ImportAnswers, Note, RowNote, RowReason, Sorted, TeamDraft
from emergency_desk.domain.teams import Team, TeamKind
from emergency_desk.exchange import kind_words, listed_things, row_sorting
from emergency_desk.exchange.columns import TEAM_NAMES
from emergency_desk.exchange.row_reading import RowReading
from emergency_desk.exchange.row_sorting import Known, Reading
from emergency_desk.exchange.tables import Table

_RATING_LEVELS = (1, 2, 3)  # 应急〔2024〕83号: 1 is the highest
_BETWEEN = re.compile(r"[、,，;；/|+]")


def read_teams(table: Table, known: Known, *, about: str = "", answers: ImportAnswers | None = None) -> Sorted[TeamDraft]:
    """Sort the rows of a table into teams and rows given back.

    `about` says what the whole list holds (fire_stations, ambulance_posts, hospitals); empty lets the file's own words tell.
    Raises BadFile when no column holds the name.
    """
    about = about or kind_words.list_by_words(table.name)
    return row_sorting.sort_rows(row_sorting.begin(table, known, TEAM_NAMES, about, answers), _read)


def _read(reading: Reading, row: RowReading, line: int) -> TeamDraft:
    name = row.name()
    position = reading.position(row)
    found = reading.places.find(row)
    reading.refuse_repeated(row, name, found, position, line)
    kind, capabilities = _kind(reading, row, name), _capabilities(reading, row)
    total, ready = row.count("people_total"), row.count("people_ready")
    if total is not None and ready is not None and ready > total:
        row.refuse(RowReason.MORE_READY_THAN_TOTAL, "people_ready", ready=str(ready), total=str(total))
    phone, level = row.phone("duty_phone"), row.count("rating_level")
    reading.note_repeated(row, name, phone, line)
    if level is not None and level not in _RATING_LEVELS:
        row.refuse(RowReason.RATING_UNKNOWN, "rating_level", written=str(level))
    team = Team(
        id=Id(""), code=row.text("code"), name=name, kind=kind, area_id=found.area_id, capabilities=capabilities,
        name_en=row.text("name_en"), unit_name=unit_name(row), address=_address(row, found.place_path),
        latitude=position[0] if position else None, longitude=position[1] if position else None,
        people_total=total, people_ready=ready, vehicles=row.text("vehicles"), muster_minutes=row.count("muster_minutes"),
        radius_km=row.number("radius_km"), may_cross_area=row.yes_no("may_cross_area", blank=True), duty_phone=phone,
        leader_name=row.text("leader_name"), channel=row.text("channel"), agreement_number=row.text("agreement_number"),
        agreement_until=row.day("agreement_until"), insured_until=row.day("insured_until"),
        supervisor=row.text("supervisor"), self_sufficiency_hours=row.count("self_sufficiency_hours"),
        contact_tried_on=row.day("contact_tried_on"), rating_specialty=row.text("rating_specialty"), rating_level=level,
        equipment=listed_things.equipment(row), certificates=listed_things.certificates(row), note=noted(row),
    )
    return TeamDraft(line, team, found.place_path, found.is_default, tuple(row.notes))


def noted(row: RowReading) -> str:
    """Return the note, and below it the position and the place as they were written when they were converted."""
    return "\n".join(part for part in (row.long_text("note"), row.position_was, row.place_was) if part)


def unit_name(row: RowReading) -> str:
    """Return the unit with its branch."""
    return " · ".join(part for part in (row.text("unit_name"), row.text("branch")) if part)


def _address(row: RowReading, place_path: str) -> str:
    """Return the address; a team has no other field for a place that is no area of the desk."""
    building = row.text("building")
    return ", ".join(part for part in (place_path, row.text("address"), building) if part)


def _kind(reading: Reading, row: RowReading, name: str) -> TeamKind:
    written = row.text("kind")
    if written:
        kind = kind_words.kind_by_words(written, kind_words.TEAM_WORDS)
        if kind is None:
            row.refuse(RowReason.KIND_UNKNOWN, "kind", written=written)
        return kind or TeamKind.PROFESSIONAL
    listed = kind_words.TEAM_KIND_OF_LISTS.get(reading.about)
    if listed is not None:
        return listed
    guessed = kind_words.kind_by_words(name, kind_words.TEAM_WORDS)
    row.notes.append(Note(RowNote.KIND_GUESSED if guessed else RowNote.KIND_DEFAULTED))
    return guessed or TeamKind.PROFESSIONAL


def _capabilities(reading: Reading, row: RowReading) -> tuple[str, ...]:
    written = row.text("capabilities")
    if not written:
        about = reading.about or kind_words.list_by_words(row.text("kind"))
        return kind_words.CAPABILITIES_OF_LISTS.get(about, ())
    if written not in reading.capabilities:
        reading.capabilities[written] = _named_capabilities(written, reading.known.capabilities)
    found, unknown = reading.capabilities[written]
    for part in unknown:
        row.refuse(RowReason.CAPABILITY_UNKNOWN, "capabilities", written=part)
    return found


def _named_capabilities(written: str, known: Sequence[Capability]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the capabilities a cell names, and the parts that name none."""
    found: dict[str, None] = {}
    unknown: list[str] = []
    for part in filter(None, (one.strip() for one in _BETWEEN.split(written))):
        exact = tuple(one.id for one in known if part.casefold() in (one.id, one.name.zh, one.name.en.casefold()))
        named = exact or read_capabilities(part, known)
        if not named:
            unknown.append(part)
        found.update(dict.fromkeys(named))
    return tuple(found), tuple(unknown)
