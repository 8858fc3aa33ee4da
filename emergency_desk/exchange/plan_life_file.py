"""Reads `plan_life.yaml`: paths, routes and terms of a plan's life. It names its texts itself, so that an older table of sources will do."""

from __future__ import annotations

from dataclasses import replace

from emergency_desk.domain.plan_moves import FilingRoute, MoveKind
from emergency_desk.domain.plan_records import PlanKind
from emergency_desk.domain.plan_rules import FilingRule, LifePath, MonthTerm, PlanRules, WorkingTerm
from emergency_desk.domain.rules import NO_NOTE, RuleBasis
from emergency_desk.exchange.reference_parts import read_names, read_positive, read_text, read_yes, refuse_twice
from emergency_desk.exchange.yaml_places import Place

_ID = r"[a-z][a-z0-9_]{0,39}"
_BEFORE_REVIEW = (MoveKind.CONSULTED, MoveKind.OPINIONS_IN, MoveKind.EXPERTS_HEARD, MoveKind.COORDINATED)
_LONGEST = 240  # months
Texts = dict[str, RuleBasis]


def read_plan_life(file: Place) -> PlanRules:
    """Return the rules of a plan's life. Raises BadFile."""
    file.only(required=("texts", "filing", "publication", "paths", "routes", "evaluations", "drills"))
    texts = {place.at("code").string(): _text(place) for place in file.each("texts")}
    rules = PlanRules(
        filing=_working(file.at("filing"), texts), publication=_working(file.at("publication"), texts),
        paths=tuple(_path(place, texts) for place in file.each("paths")), routes=tuple(_route(place, texts) for place in file.each("routes")),
        evaluations=tuple(_months(place, texts) for place in file.each("evaluations")),
        drills=tuple(_months(place, texts) for place in file.each("drills")))
    refuse_twice([(kind.string(), kind) for path in file.each("paths") for kind in path.each("kinds")])
    for kind in PlanKind:
        if not any(kind in path.kinds for path in rules.paths):
            file.at("paths").wrong("missing_key", kind.value)
    for route in FilingRoute:
        if not any(rule.route is route for rule in rules.routes):
            file.at("routes").wrong("missing_key", route.value)
    return rules


def _text(place: Place) -> RuleBasis:
    place.only("number", required=("code", "zh", "en"))
    return RuleBasis(source=place.at("code").string(), title=read_text(place), number=place.at("number").string() if place.has("number") else "")


def _basis(place: Place, texts: Texts) -> RuleBasis:
    basis = place.at("basis").only("note_zh", "note_en", required=("text", "article", "verified"))
    text = texts[basis.at("text").word(texts.keys())]
    return replace(text, article=basis.at("article").string(may_be_empty=True),
                   is_verified=read_yes(basis.at("verified")), note=read_text(basis, "note_zh", "note_en") if basis.has("note_zh") else NO_NOTE)


def _working(place: Place, texts: Texts) -> WorkingTerm:
    place.only(required=("working_days", "basis"))
    return WorkingTerm(days=int(read_positive(place.at("working_days"))), basis=_basis(place, texts))


def _kinds(place: Place) -> tuple[PlanKind, ...]:
    return tuple(one.member(PlanKind) for one in place.each("kinds"))


def _path(place: Place, texts: Texts) -> LifePath:
    place.only(required=("id", "kinds", "steps", "reviewed", "approved_by", "issued_as", "basis"))
    return LifePath(
        id=place.at("id").matching(_ID, "not_an_id"), kinds=_kinds(place),
        steps=tuple(MoveKind(one.word([step.value for step in _BEFORE_REVIEW])) for one in place.each("steps")),
        is_reviewed=read_yes(place.at("reviewed")), approved_by=read_text(place.at("approved_by")), issued_as=read_text(place.at("issued_as")),
        basis=_basis(place, texts))


def _route(place: Place, texts: Texts) -> FilingRule:
    place.only(required=("route", "kinds", "to", "copies", "basis"))
    return FilingRule(route=place.at("route").member(FilingRoute), kinds=_kinds(place), to=read_text(place.at("to")),
                      copies=read_text(place.at("copies")), basis=_basis(place, texts))


def _months(place: Place, texts: Texts) -> MonthTerm:
    place.only("types", "area", "law", required=("id", "kinds", "months", "basis"))
    months = int(read_positive(place.at("months")))
    if months > _LONGEST:
        place.at("months").wrong("not_a_number", str(months))
    return MonthTerm(
        id=place.at("id").matching(_ID, "not_an_id"), kinds=_kinds(place), months=months, basis=_basis(place, texts),
        types=read_names(place, "types") if place.has("types") else (),
        area_code=place.at("area").matching("[0-9]{2,12}", "not_a_code") if place.has("area") else "",
        is_law=read_yes(place.at("law")) if place.has("law") else True)
