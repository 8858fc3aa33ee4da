"""Reads `drills.yaml`: how an evaluation of a drill is counted, and the items of AQ/T 9009-2015."""

from __future__ import annotations

import re
from typing import NamedTuple

from emergency_desk.domain.drill_scoring import BROKEN_OFF, SERIOUS_ERROR, Band, Cap, DrillRules, EvaluationItem
from emergency_desk.domain.drills import Verdict
from emergency_desk.domain.texts import Text
from emergency_desk.exchange.reference_parts import own_sources, read_basis, refuse_twice
from emergency_desk.exchange.yaml_places import Place

_NUMBER = re.compile(r"(?P<aspect>(?:A1|A2|B1)-[0-9]{1,2})(?:\.[0-9]{1,2})?")
_PARTS = 3  # number, Chinese, English


class _Entries(NamedTuple):
    aspects: dict[str, Text]
    items: tuple[EvaluationItem, ...]


def read_drill_rules(file: Place) -> DrillRules:
    """Return the numbers and items of evaluations. Raises BadFile."""
    file.only(required=("sources", "points", "advice", "caps", "basis", "items"))
    sources = own_sources(file)
    read_basis(file, sources)
    points = file.at("points").only(required=("values", "basis"))
    read_basis(points, sources)
    bands = []
    for place in file.each("advice"):
        place.only(required=("verdict", "from", "basis"))
        band = Band(place.at("verdict").member(Verdict), place.at("from").whole_number(), read_basis(place, sources))
        bands.append((band, place))
    refuse_twice([(band.verdict.value, place) for band, place in bands])
    caps = []
    for place in file.each("caps"):
        place.only(required=("cap", "verdict", "basis"))
        reason = place.at("cap").word((SERIOUS_ERROR, BROKEN_OFF))
        caps.append((Cap(reason, place.at("verdict").member(Verdict), read_basis(place, sources)), place))
    refuse_twice([(cap.reason, place) for cap, place in caps])
    entries = _read_entries(file.at("items"))
    return DrillRules(
        points=tuple(one.whole_number() for one in points.each("values")), caps=tuple(cap for cap, _place in caps),
        bands=tuple(sorted((band for band, _place in bands), key=lambda band: -band.share)), aspects=entries.aspects, items=entries.items)


def _read_entries(place: Place) -> _Entries:
    """Read the lines "number|Chinese|English"; an item stands below its aspect, and every number once."""
    aspects: dict[str, Text] = {}
    items: dict[str, EvaluationItem] = {}
    for written in place.string().splitlines():
        parts = [part.strip() for part in written.split("|")]
        number = _NUMBER.fullmatch(parts[0])
        if len(parts) != _PARTS or number is None or not parts[1]:
            place.wrong("not_an_item", written)
        if parts[0] in aspects or parts[0] in items:
            place.wrong("duplicate", parts[0])
        if parts[0] == number["aspect"]:
            aspects[parts[0]] = Text(parts[1], parts[2])
        elif number["aspect"] not in aspects:
            place.wrong("unknown_word", number["aspect"])
        else:
            items[parts[0]] = EvaluationItem(parts[0], number["aspect"], Text(parts[1], parts[2]))
    return _Entries(aspects, tuple(items.values()))
