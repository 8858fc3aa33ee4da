"""Reads `drill_terms.yaml`: which objects besides plans are drilled how often, and when semesters end."""

from __future__ import annotations

import re

from emergency_desk.domain.drill_objects import ObjectKind, ObjectTerm, ObjectTerms
from emergency_desk.exchange.reference_parts import Sources, own_sources, read_basis, refuse_twice
from emergency_desk.exchange.yaml_places import Place

_ID = r"[a-z][a-z0-9_]{0,39}"
_DAY = re.compile(r"(0[1-9]|1[0-2])-([0-2][0-9]|3[01])")
_SEMESTER = "semester"
_LONGEST = 240  # months


def read_drill_terms(file: Place) -> ObjectTerms:
    """Return the terms of objects. Raises BadFile."""
    file.only(required=("sources", "semesters", "terms"))
    sources = own_sources(file)
    semesters = file.at("semesters").only(required=("ends", "basis"))
    read_basis(semesters, sources)
    places = list(file.each("terms"))
    terms = tuple(_term(place, sources) for place in places)
    refuse_twice([(term.id, place) for term, place in zip(terms, places, strict=True)])
    return ObjectTerms(terms=terms, semester_ends=tuple(_month_day(place) for place in semesters.each("ends")))


def _term(place: Place, sources: Sources) -> ObjectTerm:
    place.only("area", "months", "each", required=("id", "kinds", "basis"))
    if place.has("months") == place.has("each"):
        place.wrong("missing_key", "months / each")
    months = place.at("months").whole_number() if place.has("months") else None
    if place.has("each"):
        place.at("each").word((_SEMESTER,))
    if months is not None and not 0 < months <= _LONGEST:
        place.at("months").wrong("not_a_number", str(months))
    return ObjectTerm(id=place.at("id").matching(_ID, "not_an_id"), kinds=tuple(one.member(ObjectKind) for one in place.each("kinds")),
                      months=months, area_code=place.at("area").string() if place.has("area") else "", basis=read_basis(place, sources))


def _month_day(place: Place) -> tuple[int, int]:
    found = _DAY.fullmatch(place.string())
    if found is None:
        place.wrong("not_a_number", place.string())
    return int(found[1]), int(found[2])
