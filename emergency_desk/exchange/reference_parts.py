"""What the readers of reference files share: numbers, days, texts in two languages, sources and what a rule rests on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from emergency_desk.domain.grading import Number
from emergency_desk.domain.rules import NO_NOTE, RuleBasis
from emergency_desk.domain.texts import Text
from emergency_desk.exchange.yaml_places import Place

_NUMBER = r"-?[0-9]{1,12}(\.[0-9]{1,4})?"
Sources = Mapping[str, RuleBasis]


def read_number(place: Place) -> Number:
    text = place.matching(_NUMBER, "not_a_number")
    return float(text) if "." in text else int(text)


def read_positive(place: Place) -> float:
    number = float(read_number(place))
    if number <= 0:
        place.wrong("not_a_number", place.string())
    return number


def read_yes(place: Place) -> bool:
    return place.word(("yes", "no")) == "yes"


def read_day(place: Place) -> date | None:
    text = place.string(may_be_empty=True)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        place.wrong("not_a_date", text)


def read_text(place: Place, zh: str = "zh", en: str = "en") -> Text:
    return Text(place.at(zh).string(), place.at(en).string())


def read_names(place: Place, key: str, known: Collection[str] | None = None) -> tuple[str, ...]:
    return tuple(one.string() if known is None else one.word(known) for one in place.each(key))


def refuse_twice(places: list[tuple[str, Place]]) -> None:
    seen: set[str] = set()
    for id_, place in places:
        if id_ in seen:
            place.wrong("duplicate", id_)
        seen.add(id_)


def own_sources(file: Place) -> Sources:
    """Return the sources that a table names itself, so that a desk with an older table of sources reads it as it ships."""
    return read_sources(replace(file, value={"sources": file.at("sources").value}))


def read_sources(file: Place) -> dict[str, RuleBasis]:
    found: dict[str, RuleBasis] = {}
    for place in file.only(required=("sources",)).each("sources"):
        place.only("number", "in_force_from", "in_force_to", required=("code", "zh", "en"))
        code = place.at("code").string()
        if code in found:
            place.wrong("duplicate", code)
        found[code] = RuleBasis(
            source=code, title=read_text(place), number=place.at("number").string() if place.has("number") else "",
            effective_from=read_day(place.at("in_force_from")) if place.has("in_force_from") else None,
            effective_to=read_day(place.at("in_force_to")) if place.has("in_force_to") else None,
        )
    return found


def read_basis(place: Place, sources: Sources) -> RuleBasis:
    basis = place.at("basis").only("note_zh", "note_en", required=("source", "article", "verified"))
    text = sources[basis.at("source").word(sources.keys())]
    starts = read_day(place.at("in_force_from")) if place.has("in_force_from") else text.effective_from
    return replace(
        text, article=basis.at("article").string(may_be_empty=True), is_verified=read_yes(basis.at("verified")), effective_from=starts,
        note=read_text(basis, "note_zh", "note_en") if basis.has("note_zh") else NO_NOTE,
    )
