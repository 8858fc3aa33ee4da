"""Rows of a foreign list as sites: hospitals, stations, ambulance posts, depots, shelters; and rows given back."""

from __future__ import annotations

from emergency_desk.domain.ids import Id
from emergency_desk.domain.imports import ImportAnswers, Note, RowNote, RowReason, SiteDraft, Sorted
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.exchange import kind_words, row_sorting
from emergency_desk.exchange.columns import SITE_NAMES
from emergency_desk.exchange.row_reading import RowReading
from emergency_desk.exchange.row_sorting import Known, Reading
from emergency_desk.exchange.tables import Table
from emergency_desk.exchange.team_rows import noted, unit_name


def read_sites(table: Table, known: Known, *, about: str = "", answers: ImportAnswers | None = None) -> Sorted[SiteDraft]:
    """Sort the rows of a table into sites and rows given back.

    `about` says what the whole list holds (fire_stations, ambulance_posts, hospitals, depots, shelters); empty lets the
    file's own words tell. Raises BadFile when no column holds the name.
    """
    about = about or kind_words.list_by_words(table.name)
    return row_sorting.sort_rows(row_sorting.begin(table, known, SITE_NAMES, about, answers), _read)


def _read(reading: Reading, row: RowReading, line: int) -> SiteDraft:
    return read_site(reading, row, line, _kind(reading, row, row.text("name")))


def read_site(reading: Reading, row: RowReading, line: int, kind: SiteKind) -> SiteDraft:
    """Return the site a row tells of."""
    name = row.name()
    position = reading.position(row)
    found = reading.places.find(row)
    reading.refuse_repeated(row, name, found, position, line)
    phone = row.phone("phone")
    reading.note_repeated(row, name, phone, line)
    site = Site(
        id=Id(""), kind=kind, name=name, area_id=found.area_id, code=row.text("code"), name_en=row.text("name_en"),
        address=", ".join(part for part in (row.text("address"), row.text("building")) if part), place_path=found.place_path,
        latitude=position[0] if position else None, longitude=position[1] if position else None, phone=phone,
        unit_name=unit_name(row), capacity=row.count("capacity"), effective_area_m2=row.count("effective_area_m2"), note=noted(row),
    )
    return SiteDraft(line, site, found.is_default, tuple(row.notes))


def _kind(reading: Reading, row: RowReading, name: str) -> SiteKind:
    written = row.text("kind")
    kind = kind_words.kind_by_words(written, kind_words.SITE_WORDS) if written else None
    listed = kind_words.SITE_KIND_OF_LISTS.get(reading.about)
    if written and kind is None and listed is None:
        row.refuse(RowReason.KIND_UNKNOWN, "kind", written=written)
    if kind is not None or listed is not None:
        return kind or listed or SiteKind.OTHER
    guessed = kind_words.kind_by_words(name, kind_words.SITE_WORDS)
    row.notes.append(Note(RowNote.KIND_GUESSED if guessed else RowNote.KIND_DEFAULTED))
    return guessed or SiteKind.OTHER
