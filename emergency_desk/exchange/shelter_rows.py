"""Rows of foreign lists of shelters: a site and what it is as a shelter, and rows given back.

What a list says beyond our fields is kept in the note as it was written. An isolation site is no shelter (R-6.5).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from emergency_desk.domain.ids import Id
from emergency_desk.domain.imports import ImportAnswers, RowNote, RowReason, ShelterDraft, Sorted
from emergency_desk.domain.shelter_entries import ShelterEntry
from emergency_desk.domain.shelters import Inspected, Shelter, ShelterFunction, ShelterSpace, ShelterTier
from emergency_desk.domain.sites import SiteKind
from emergency_desk.exchange import kind_words, row_sorting, shelter_words, site_rows
from emergency_desk.exchange.row_reading import GREATEST_COUNT, RowReading
from emergency_desk.exchange.row_sorting import Known, Reading
from emergency_desk.exchange.shelter_columns import HAZARD_NAMES, SHELTER_NAMES
from emergency_desk.exchange.tables import Table

_IN_PARTS = re.compile(r"(?:(屋内|室内|indoors?)|(屋外|室外|outdoors?))\s*[:：约]?\s*([\d,]+)\s*(?:人|名|people)?", re.IGNORECASE)
_Kind = TypeVar("_Kind", bound=StrEnum)
_BETWEEN = re.compile(r"[、,，;；|\n/／]")
_ALL_HAZARDS = frozenset({"综合", "全部", "所有", "各类灾害", "多灾种", "all"})


def read_shelters(table: Table, known: Known, *, answers: ImportAnswers | None = None) -> Sorted[ShelterDraft]:
    """Sort the rows of a table into shelters and rows given back. Raises BadFile when no column holds the name."""
    return row_sorting.sort_rows(row_sorting.begin(table, known, SHELTER_NAMES, answers=answers), _read)


def _read(reading: Reading, row: RowReading, line: int) -> ShelterDraft:
    kind = row.text("kind")
    if kind and kind_words.kind_by_words(kind, kind_words.SITE_WORDS) is SiteKind.ISOLATION:
        row.refuse(RowReason.NOT_A_SHELTER, "kind", written=kind)
    places = _places(row)
    told = site_rows.read_site(reading, row, line, SiteKind.SHELTER)
    fit, unfit, left_over = _hazards(row, _by_name(reading.known))
    catchment, elsewhere = _catchment(reading, row)
    words = _Words(row)
    phone = row.phone("keeper_phone") or told.site.phone
    inspected_on = row.day("inspected_on")
    shelter = Shelter(
        id=Id(""), tier=words.of("tier", shelter_words.TIERS) or ShelterTier.TOWNSHIP,
        space=words.of("space", shelter_words.SPACES) or places.space,
        function=words.of("function", shelter_words.FUNCTIONS) or ShelterFunction.COMPREHENSIVE,
        duration=words.of("duration", shelter_words.DURATIONS), class_51143=words.of("class_51143", shelter_words.CLASSES),
        hazards=fit, unfit_hazards=unfit, facilities=tuple(_parts(row, "facilities")), stated_capacity=places.people,
        keeper=row.text("keeper"), keeper_phone=phone, keys_at=row.text("keys_at"), catchment=catchment,
        inspected=words.of("inspected", shelter_words.INSPECTIONS) or (Inspected.FIT if inspected_on else Inspected.NOT_YET),
        inspected_on=inspected_on, repair=row.long_text("repair"), signs_published=_yes(row, "signs_published"),
        vulnerable_fit=_yes(row, "vulnerable_fit"))
    kept = (told.site.note, *((f"{row.columns.header('places')}: {places.written}",) if places.is_in_parts else ()), *left_over, *elsewhere,
            *words.unknown)
    site = replace(told.site, capacity=places.people, note="\n".join(filter(None, kept)))
    return ShelterDraft(line, ShelterEntry(site, shelter), site.name, told.area_is_default, tuple(row.notes))


class _Words:
    """The kinds a row tells in words; a word that is none of ours is kept for the note."""

    def __init__(self, row: RowReading) -> None:
        self._row, self.unknown = row, list[str]()

    def of(self, field: str, words: kind_words.Words[_Kind]) -> _Kind | None:
        """Return the kind a cell tells, None where it tells none."""
        written = self._row.text(field)
        found = kind_words.kind_by_words(written, words) if written else None
        if written and found is None:
            self.unknown.append(f"{self._row.columns.header(field)}: {written}")
            self._row.note(RowNote.WORD_KEPT, written=written)
        return found


# -- places ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Places:
    """How many a shelter takes by its list: under a roof where it says both."""

    people: int | None = None
    space: ShelterSpace = ShelterSpace.INDOOR
    written: str = ""
    is_in_parts: bool = False


def _places(row: RowReading) -> _Places:
    """Read "800", "16人" and "屋内480人／屋外3,350人(面積の1/2)"; of the last the places under a roof count, the rest stands in the note."""
    written = row.text("places")
    parts = _IN_PARTS.findall(unicodedata.normalize("NFKC", written))
    if not parts:
        return _Places(row.count("places"))
    within = sum(_number(digits) for indoor, _outdoor, digits in parts if indoor)
    without = sum(_number(digits) for _indoor, outdoor, digits in parts if outdoor)
    if max(within, without) > GREATEST_COUNT:
        row.refuse(RowReason.NUMBER_TOO_GREAT, "places", written=written, most=str(GREATEST_COUNT))
    if within and without:
        row.note(RowNote.PLACES_UNDER_ROOF, indoor=str(within), outdoor=str(without))
    space = ShelterSpace.INDOOR if within else ShelterSpace.OUTDOOR
    return _Places(within or without or None, space, written, is_in_parts=True)


def _number(digits: str) -> int:
    return int(digits.replace(",", "") or 0)


# -- hazards -----------------------------------------------------------------------------------------------------------
def _hazards(row: RowReading, own: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return what it is fit for, what it is named unfit for, and what is no kind of incident here, as written.

    Fit it is only where every column that speaks of a hazard says so; one that says no makes it unfit.
    """
    said: dict[str, list[bool | None]] = {}
    left_over = []
    for field in (field for field in HAZARD_NAMES if field in row.columns.places):
        flag = _flag(row, field)
        for type_id in shelter_words.OF_FLAGS[field]:
            said.setdefault(type_id, []).append(flag)
        if flag is not None and not shelter_words.OF_FLAGS[field]:
            header = row.columns.header(field)
            left_over.append(f"{header}: {row.text(field)}")
            row.note(RowNote.WORD_KEPT, written=header)
    for field, is_fit in (("hazards", True), ("unfit_hazards", False)):
        for word in _parts(row, field):
            types = (own[word.casefold()],) if word.casefold() in own else _types(word)
            for type_id in types:
                said.setdefault(type_id, []).append(is_fit)
            if not types and word not in _ALL_HAZARDS:
                left_over.append(f"{row.columns.header(field)}: {word}")
                row.note(RowNote.WORD_KEPT, written=word)
    fit = tuple(type_id for type_id, flags in said.items() if all(flags))
    return fit, tuple(type_id for type_id, flags in said.items() if False in flags), tuple(left_over)


def _by_name(known: Known) -> Mapping[str, str]:
    """Return the kinds of incident by what this desk calls them."""
    return {name.casefold(): id_ for id_, *names in known.hazards for name in (id_, *names)}


def _flag(row: RowReading, field: str) -> bool | None:
    written = unicodedata.normalize("NFKC", row.text(field)).casefold()
    if written in shelter_words.YES:
        return True
    if written in shelter_words.NO:
        return False
    if written not in shelter_words.BLANK:
        row.refuse(RowReason.YES_NO_UNREADABLE, field, written=row.text(field))
    return None


def _types(word: str) -> tuple[str, ...]:
    plain = word.casefold()
    return next((types for types, words in shelter_words.HAZARDS if any(each in plain for each in words)), ())


# -- the rest ----------------------------------------------------------------------------------------------------------
def _catchment(reading: Reading, row: RowReading) -> tuple[tuple[Id, ...], tuple[str, ...]]:
    """Return the areas it takes people from that the desk knows; the rest as it was written, for the note."""
    areas, unknown = [], []
    for part in _parts(row, "catchment"):
        found = reading.places.in_address(part, reading.known.own_area_id)
        if found is not None:
            areas.append(found.id)
        else:
            unknown.append(part)
    told = f"{row.columns.header('catchment')}: {'、'.join(unknown)}"
    return tuple(dict.fromkeys(areas)), (told,) if unknown else ()


def _parts(row: RowReading, field: str) -> Iterator[str]:
    return (part.strip() for part in _BETWEEN.split(row.long_text(field)) if part.strip())


def _yes(row: RowReading, field: str) -> bool:
    """Return whether a cell says yes; words such as "轮椅坡道" tell what there is, and so that it is there."""
    written = unicodedata.normalize("NFKC", row.text(field)).casefold()
    return written not in shelter_words.BLANK and written not in shelter_words.NO
