"""Rows of a foreign list as teams of the register: drafts, and rows given back with their reasons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from emergency_desk.domain.capabilities import Capability, read_capabilities
from emergency_desk.domain.ids import Id
from emergency_desk.domain.imports import ImportAnswers, Note, RowNote, RowReason, Sorted, TeamDraft
from emergency_desk.domain.teams import Team, TeamKind
from emergency_desk.exchange import kind_words, listed_things, row_sorting
from emergency_desk.exchange.columns import TEAM_NAMES
from emergency_desk.exchange.row_reading import Reader, RowReading
from emergency_desk.exchange.row_sorting import Known, Reading
from emergency_desk.exchange.tables import Table

_RATING_LEVELS = (1, 2, 3)  # 应急〔2024〕83号: 1 is the highest
_BETWEEN = re.compile(r"[、,，;；/|+]")
# How each field of a team is read that needs nothing but its own cell; one that a file does not have keeps the record's own default.
_FIELDS: dict[str, Reader] = {
    "people_total": RowReading.count, "people_ready": RowReading.count, "duty_phone": RowReading.phone, "rating_level": RowReading.count,
    "code": RowReading.text, "name_en": RowReading.text, "vehicles": RowReading.text, "muster_minutes": RowReading.count,
    "radius_km": RowReading.number, "may_cross_area": lambda row, field: row.yes_no(field, blank=True), "leader_name": RowReading.text,
    "channel": RowReading.text, "agreement_number": RowReading.text, "agreement_until": RowReading.day, "insured_until": RowReading.day,
    "supervisor": RowReading.text, "self_sufficiency_hours": RowReading.count, "contact_tried_on": RowReading.day,
    "rating_specialty": RowReading.text, "equipment": listed_things.equipment, "certificates": listed_things.certificates,
}


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
    values = row.values(_FIELDS)
    _check(row, values)
    reading.note_repeated(row, name, values.get("duty_phone", ""), line)
    team = Team(
        id=Id(""), code=values.pop("code", ""), name=name, kind=kind, area_id=found.area_id, capabilities=capabilities,
        unit_name=unit_name(row),
        address=_address(row, found.place_path), latitude=position[0] if position else None, longitude=position[1] if position else None,
        note=noted(row), **values)
    return TeamDraft(line, team, found.place_path, found.is_default, tuple(row.notes))


def _check(row: RowReading, values: dict[str, Any]) -> None:
    """Refuse numbers that cannot stand beside one another."""
    total, ready, level = values.get("people_total"), values.get("people_ready"), values.get("rating_level")
    if total is not None and ready is not None and ready > total:
        row.refuse(RowReason.MORE_READY_THAN_TOTAL, "people_ready", ready=str(ready), total=str(total))
    if level is not None and level not in _RATING_LEVELS:
        row.refuse(RowReason.RATING_UNKNOWN, "rating_level", written=str(level))


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
