"""Reads `supply_catalogue.yaml` (classes and codes of supplies, packaging colours), `stock.yaml` (the numbers of stock keeping) and
`allocation.yaml` (those of what is sent from where).

They name their sources themselves, so that a desk with an older table of sources reads them as they ship.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from emergency_desk.domain.allocation import PRIORITIES, AllocationRules
from emergency_desk.domain.catalogue import Catalogue, CatalogueEntry, ColourRule, PackColour
from emergency_desk.domain.equipment import EquipmentLine, EquipmentStandard
from emergency_desk.domain.stock_rules import StockRules
from emergency_desk.domain.texts import Text
from emergency_desk.exchange.reference_parts import Sources, own_sources, read_basis, read_names, read_text, read_yes
from emergency_desk.exchange.yaml_places import Place

_CODE = re.compile(r"[1-9][0-9]{6}")
_PARTS = 5  # code, name, English name, note, doubt


def read_catalogue(file: Place) -> Catalogue:
    """Return the catalogue. Raises BadFile."""
    file.only(required=("sources", "basis", "colours", "entries"))
    sources = own_sources(file)
    colours = file.at("colours").only(required=("basis", "heaviest_kg", "classes"))
    read_basis(colours, sources)
    entries = tuple(_entries(file.at("entries")))
    rules = tuple(_colour(place) for place in colours.each("classes"))
    return Catalogue.of(entries, colours=rules, heaviest_kg=colours.at("heaviest_kg").whole_number(), basis=read_basis(file, sources))


def _entries(place: Place) -> Iterator[CatalogueEntry]:
    """Read the lines "code|name|English name|note|doubt"; a class stands below one that is there, and every code once."""
    seen: set[str] = set()
    for written in place.string().splitlines():
        parts = [part.strip() for part in written.split("|")]
        if len(parts) != _PARTS or not _CODE.fullmatch(parts[0]) or not parts[1]:
            place.wrong("not_an_entry", written)
        code, zh, en, note, doubt = parts
        entry = CatalogueEntry(code, Text(zh, en), note, doubt)
        if code in seen:
            place.wrong("duplicate", code)
        if entry.parent and entry.parent not in seen:
            place.wrong("unknown_word", entry.parent)
        seen.add(code)
        yield entry


def _colour(place: Place) -> ColourRule:
    place.only(required=("codes", "colour"))
    colours = {colour.value.removeprefix("pack_"): colour for colour in PackColour}
    return ColourRule(colours[place.at("colour").word(colours)], tuple(one.matching(_CODE.pattern, "not_a_code") for one in place.each("codes")))


def read_stock_rules(file: Place) -> StockRules:
    """Return the numbers of stock keeping. Raises BadFile."""
    younger = ("requisition", "second_count", "equipment_standards", "rotation")  # an older table lacks them
    file.only(*younger, required=("sources", "expiry", "alarm_days", "count", "horizons"))
    sources = own_sources(file)
    expiry = file.at("expiry").only(required=("usable_on_the_day", "basis"))
    alarms = file.at("alarm_days").only(required=("days", "basis"))
    count = file.at("count").only(required=("every_days", "basis"))
    horizons = file.at("horizons").only(required=("hours", "basis"))
    read_basis(horizons, sources)
    rotation = file.at("rotation").only(required=("one_in", "basis")) if file.has("rotation") else None  # older tables lack it
    paper = file.at("requisition").only(required=("paper_hours", "basis")) if "requisition" in file.mapping() else None  # older tables lack it
    rules = StockRules(
        usable_on_the_day=read_yes(expiry.at("usable_on_the_day")), expiry_basis=read_basis(expiry, sources),
        alarm_days=_numbers(alarms, "days")[::-1], alarm_basis=read_basis(alarms, sources), count_days=count.at("every_days").whole_number(),
        count_basis=read_basis(count, sources), hours=_numbers(horizons, "hours"), second_count_beyond=_second_count(file, sources),
        rotate_one_in=rotation.at("one_in").whole_number() if rotation else 0, rotate_basis=read_basis(rotation, sources) if rotation else None,
        standards=tuple(_standard(place, sources) for place in file.each("equipment_standards")))
    if paper is None:
        return rules
    return replace(rules, paper_hours=paper.at("paper_hours").whole_number(), paper_basis=read_basis(paper, sources))


def _standard(place: Place, sources: Sources) -> EquipmentStandard:
    place.only(required=("id", "zh", "en", "holder_zh", "holder_en", "whole", "basis", "lines"))
    return EquipmentStandard(
        id=place.at("id").string(), name=read_text(place), holder=read_text(place, "holder_zh", "holder_en"), basis=read_basis(place, sources),
        is_whole=read_yes(place.at("whole")), lines=tuple(_equipment_line(line) for line in place.each("lines")))


def _equipment_line(place: Place) -> EquipmentLine:
    place.only(required=("zh", "en", "least", "units", "codes", "words", "note_zh", "note_en"))
    note = Text(place.at("note_zh").string(may_be_empty=True), place.at("note_en").string(may_be_empty=True))
    codes = tuple(one.matching(r"[1-9][0-9]{0,6}", "not_a_code") for one in place.each("codes"))
    return EquipmentLine(name=read_text(place), least=place.at("least").whole_number(), units=read_names(place, "units"), codes=codes,
                         words=read_names(place, "words"), note=note if note.zh else None)


def _second_count(file: Place, sources: Sources) -> int | None:
    """Read beyond how many units a difference is counted again; "never" for a desk that counts once."""
    if "second_count" not in file.mapping():
        return 0
    second = file.at("second_count").only(required=("beyond", "basis"))
    read_basis(second, sources)
    return None if second.at("beyond").value == "never" else second.at("beyond").whole_number()


def read_allocation_rules(file: Place) -> AllocationRules:
    """Return the numbers of an allocation. Raises BadFile."""
    names = ("reach_minutes", "late_factor", "loading_minutes", "lorry_tonnes")
    file.only(required=("sources", "basis", "minute_weights", *names))
    weights = tuple(one.whole_number() for one in file.each("minute_weights"))
    if len(weights) != len(PRIORITIES) or not all(weights) or sorted(weights, reverse=True) != list(weights):
        file.at("minute_weights").wrong("not_rising", "minute_weights")
    numbers = {name: file.at(name).whole_number() for name in names}
    if not numbers["lorry_tonnes"] or not numbers["reach_minutes"]:
        file.at("lorry_tonnes").wrong("not_a_number", "0")
    return AllocationRules(minute_weights=weights, basis=read_basis(file, own_sources(file)), **numbers)


def _numbers(place: Place, key: str) -> tuple[int, ...]:
    """Read whole numbers, each once, the smallest first; at least one."""
    found = sorted(one.whole_number() for one in place.each(key))
    if not found or len(set(found)) != len(found):
        place.at(key).wrong("not_rising", key)
    return tuple(found)
