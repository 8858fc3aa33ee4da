"""Reads `plan_outlines.yaml`: the standard outline of each kind of plan.

It names what it rests on itself, so that a desk with an older table of sources reads it as it ships.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from emergency_desk.domain.plan_outline import Outline, OutlineSection, PlanContent
from emergency_desk.domain.plan_records import PlanKind
from emergency_desk.domain.rules import NO_NOTE, RuleBasis
from emergency_desk.domain.texts import Text
from emergency_desk.exchange.reference_parts import read_names, read_text, read_yes, refuse_twice
from emergency_desk.exchange.yaml_places import Place

_ID = r"[a-z][a-z0-9_]{0,39}"
_NUMBER = r"[1-9][0-9]?(\.[1-9][0-9]?)?"


def read_outlines(file: Place) -> tuple[Outline, ...]:
    """Return the outlines; each kind of plan has at most one. Raises BadFile."""
    outlines = list(file.only(required=("outlines",)).each("outlines"))
    read: list[Outline] = []
    for place in outlines:
        read.append(_outline(place, read))
    refuse_twice([(one.id, place) for one, place in zip(read, outlines, strict=True)])
    refuse_twice([(kind.value, place) for one, place in zip(read, outlines, strict=True) for kind in one.kinds])
    return tuple(read)


def _outline(place: Place, above: Sequence[Outline]) -> Outline:
    place.only(required=("id", "kinds", "basis", "chapters"))
    known = {f"{outline.id} {chapter.number}": chapter for outline in above for chapter in outline.chapters}
    chapters = tuple(_like(chapter, known) if chapter.has("like") else _section(chapter) for chapter in place.each("chapters"))
    refuse_twice([(one.number, place) for chapter in chapters for one in (chapter, *chapter.sections)])
    return Outline(id=place.at("id").matching(_ID, "not_an_id"), kinds=tuple(kind.member(PlanKind) for kind in place.each("kinds")),
                   basis=tuple(_basis(basis) for basis in place.each("basis")), chapters=chapters)


def _like(place: Place, known: Mapping[str, OutlineSection]) -> OutlineSection:
    """Return a chapter of an outline above, under its number here."""
    number = place.only(required=("number", "like")).at("number").matching(_NUMBER, "not_a_clause_number")
    taken = known[place.at("like").word(known)]
    sections = tuple(replace(one, number=f"{number}.{one.number.rsplit('.', 1)[-1]}") for one in taken.sections)
    return replace(taken, number=number, sections=sections)


def _section(place: Place) -> OutlineSection:
    place.only("words", "content", "sections", required=("number", "zh", "en", "hint"))
    return OutlineSection(
        number=place.at("number").matching(_NUMBER, "not_a_clause_number"), title=read_text(place), hint=_hint(place.at("hint")),
        words=read_names(place, "words"), content=place.at("content").member(PlanContent) if place.has("content") else None,
        sections=tuple(_section(one) for one in place.each("sections")))


def _hint(place: Place) -> Text:
    return read_text(place.only(required=("zh", "en")))


def _basis(place: Place) -> RuleBasis:
    place.only("note_zh", "note_en", "article", required=("zh", "en", "number", "verified"))
    return RuleBasis(source="outline", title=read_text(place), number=place.at("number").string(may_be_empty=True),
                     article=place.at("article").string() if place.has("article") else "", is_verified=read_yes(place.at("verified")),
                     note=read_text(place, "note_zh", "note_en") if place.has("note_zh") else NO_NOTE)
