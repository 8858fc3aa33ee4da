"""Rows of a foreign list as teams of the register: drafts, and rows given back with their reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, Field, fields
from typing import Any

from emergency_desk.domain.capabilities import Capability, read_capabilities
from emergency_desk.domain.ids import Id
from emergency_desk.domain.imports import ImportAnswers, Note, RowNote, RowReason, Sorted, TeamDraft
from emergency_desk.domain.record_columns import RecordColumns, Same, laid_out
from emergency_desk.domain.teams import Team, TeamKind
from emergency_desk.exchange import kind_words, listed_things, row_sorting, written_values
from emergency_desk.exchange.columns import TEAM_NAMES
from emergency_desk.exchange.row_columns import Notes, RowColumns, joined, together
from emergency_desk.exchange.row_reading import LONGEST_NAME, Reader, RowReading
from emergency_desk.exchange.row_sorting import Known, Reading, Tell
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


def read_teams(
    table: Table, known: Known, *, about: str = "", answers: ImportAnswers | None = None, tell: Tell | None = None,
) -> Sorted[TeamDraft]:
    """Sort the rows of a table into teams and rows given back.

    `about` says what the whole list holds (fire_stations, ambulance_posts, hospitals); empty lets the file's own words tell. The good rows
    are told to `tell`, where there is one, part by part and not given back.
    Raises BadFile when no column holds the name.
    """
    about = about or kind_words.list_by_words(table.name)
    return row_sorting.sort_rows(row_sorting.begin(table, known, TEAM_NAMES, about, answers), _read, _read_columns, tell)


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


def _read_columns(reading: Reading) -> Iterator[tuple[RecordColumns[TeamDraft], set[int]]]:
    """Read all rows by columns, in parts; returns the drafts, and the places in each part of the rows that `_read` reads by themselves."""
    whole = RowColumns(reading)
    names = whole.text("name", most=LONGEST_NAME)
    whole.odd.update(at for at, name in enumerate(names) if not name)
    whole.repeated_are_odd(list(map(str.casefold, names)))
    if whole.has("code"):
        whole.repeated_are_odd(list(map(str.casefold, whole.text("code"))))
    if whole.has("duty_phone"):
        whole.repeated_are_odd(written_values.own_numbers(whole.text("duty_phone")))
    yield from map(_read_part, whole.parts())


def _read_part(rows: RowColumns) -> tuple[RecordColumns[TeamDraft], set[int]]:
    reading, names = rows.reading, rows.text("name", most=LONGEST_NAME)
    north, east, unplaced = rows.position()
    found, placed = rows.place()
    kinds, guessed = _kinds(rows, names)
    columns: dict[str, Sequence[Any]] = {field: _column(rows, field, read) for field, read in _FIELDS.items() if rows.has(field)}
    _check_columns(rows, columns)
    paths = [place.place_path for place in found]
    columns |= {
        "name": names, "kind": kinds, "area_id": [place.area_id for place in found], "latitude": north, "longitude": east,
        "capabilities": rows.each(lambda row: _capabilities(reading, row), "capabilities", "kind"),
        "unit_name": joined(" · ", rows.text("unit_name"), rows.text("branch")), "note": rows.each(noted, "note"),
        "address": joined(", ", paths, rows.text("address"), rows.text("building"))}
    teams = RecordColumns(Team, [laid_out(columns.get(field.name) or Same(_default(field), rows.count)) for field in fields(Team)])
    notes = together(unplaced, placed, guessed)
    defaults = [place.is_default for place in found]
    drafts = RecordColumns(TeamDraft, [list(rows.lines), teams, laid_out(paths), laid_out(defaults), laid_out(notes)])
    return drafts, rows.odd


def _column(rows: RowColumns, field: str, read: Reader) -> Sequence[Any]:
    if read is RowReading.text:
        return rows.text(field)
    return rows.phone(field) if read is RowReading.phone else rows.each(lambda row: read(row, field), field)


def _kinds(rows: RowColumns, names: Sequence[str]) -> tuple[Sequence[TeamKind | None], Notes]:
    """Return the kind of every team by its own cell, else by its name."""
    told = rows.each(lambda row: _told_kind(rows.reading, row), "kind")
    if None not in told:
        return told, Same((), rows.count)
    both = [(kind, ()) if kind else _guessed_kind(name) for kind, name in zip(told, names, strict=True)]
    return [kind for kind, _notes in both], [notes for _kind, notes in both]


def _check_columns(rows: RowColumns, columns: dict[str, Sequence[Any]]) -> None:
    nothing = Same(None, rows.count)
    numbers = zip(*(columns.get(field, nothing) for field in ("people_total", "people_ready", "rating_level")), strict=True)
    known = (None, *_RATING_LEVELS)
    rows.odd.update(at for at, (total, ready, level) in enumerate(numbers)
                    if level not in known or (total is not None and ready is not None and ready > total))


def _default(field: Field[Any]) -> Any:
    return "" if field.default is MISSING else field.default  # what has no default is an id or a text that the file does not have


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
    told = _told_kind(reading, row)
    if told is not None:
        return told
    guessed, notes = _guessed_kind(name)
    row.notes += notes
    return guessed


def _told_kind(reading: Reading, row: RowReading) -> TeamKind | None:
    """Return the kind that a row tells, or that all rows of such a list have, or None."""
    written = row.text("kind")
    if not written:
        return kind_words.TEAM_KIND_OF_LISTS.get(reading.about)
    kind = kind_words.kind_by_words(written, kind_words.TEAM_WORDS)
    if kind is None:
        row.refuse(RowReason.KIND_UNKNOWN, "kind", written=written)
    return kind or TeamKind.PROFESSIONAL


def _guessed_kind(name: str) -> tuple[TeamKind, tuple[Note, ...]]:
    guessed = kind_words.kind_by_words(name, kind_words.TEAM_WORDS)
    return guessed or TeamKind.PROFESSIONAL, (Note(RowNote.KIND_GUESSED if guessed else RowNote.KIND_DEFAULTED),)


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
