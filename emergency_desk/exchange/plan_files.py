"""Contingency plans read from text files, with every slip named: what, where, on which line.

The format is told to planners in `plans/README.md`. Writing is in `plan_writing`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeVar

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.plan_records import (
    CONDITION_FIGURES,
    GROUP_FUNCTIONS,
    MOST_CARD_STEPS,
    NO_NEEDS,
    NO_TEXT,
    Action,
    CardStep,
    Clause,
    Condition,
    Contact,
    Item,
    LegalBasis,
    Level,
    LevelRule,
    Needs,
    Plan,
    PlanFact,
    PlanKind,
    PlanRole,
    ResponseCard,
    Situation,
    WorkGroup,
)
from emergency_desk.domain.texts import Text
from emergency_desk.exchange.plan_writing import FORMAT, write_plan
from emergency_desk.exchange.yaml_places import Place, open_text

__all__ = ["CAPABILITIES", "INCIDENT_TYPES", "read_plan", "write_plan"]

CAPABILITIES = frozenset((
    "fire_fighting", "high_reach", "hazmat", "collapse_rescue", "water_rescue", "diving", "mountain_rescue", "forest_fire",
    "flood_control", "drainage", "medical", "burn_care", "epidemic_control", "gas_repair", "power_repair", "water_repair",
    "comms_repair", "road_rescue", "engineering", "traffic_control", "cordon", "evacuation", "monitoring", "geology",
    "structure_safety", "mine_rescue", "marine_rescue", "oil_spill", "aviation", "psychology", "volunteer_support",
))
INCIDENT_TYPES = frozenset((
    "building_fire", "hazmat", "gas_leak", "traffic", "construction_accident", "mine", "collapse", "forest_fire", "typhoon",
    "rainstorm_flood", "landslide", "earthquake", "marine", "drowning", "elevator", "power_outage", "water_outage", "road_tunnel",
    "environmental", "epidemic", "food_poisoning", "animal_epidemic", "crowd_crush", "public_order", "lost_person", "vehicle_fire",
    "explosion", "snow_ice", "medical_aid", "tunnel_accident", "other",
))
TIERS = tuple(tier.value for tier in (Tier.CITY, Tier.DISTRICT, Tier.STREET, Tier.VILLAGE))
Record = TypeVar("Record")
_NUMBER = r"[0-9]{1,4}(\.[0-9]{1,4}){0,5}"
_ID = r"[a-z0-9][a-z0-9_-]{0,59}"
_REQUIRED = ("format", "code", "version", "title", "kind", "hazard_types", "tier", "clauses", "levels", "actions")
_OPTIONAL = ("area_code", "near_types", "basis", "items", "situations", "work_groups", "contacts", "parent", "aligned", "cards")


def read_plan(
    text: str, name: str, *, capabilities: Collection[str] = CAPABILITIES, incident_types: Collection[str] = INCIDENT_TYPES,
) -> Plan:
    """Read one plan. Raises BadFile naming line and place of the first slip."""
    root = open_text(text, name).only(*_OPTIONAL, required=_REQUIRED)
    if root.at("format").string() != FORMAT:
        root.at("format").wrong("unknown_format", root.at("format").string())
    plan = Plan(
        code=root.at("code").matching(_ID, "not_an_id"),
        version=root.at("version").matching(_NUMBER, "not_a_version"),
        title=root.at("title").text(),
        kind=root.at("kind").member(PlanKind),
        hazard_types=_words(root, "hazard_types", incident_types),
        tier=_tier(root.at("tier")),
        area_code=root.at("area_code").matching("[0-9]{0,12}", "not_a_code") if _filled(root, "area_code") else "",
        parent=root.at("parent").matching(_ID, "not_an_id") if _filled(root, "parent") else "",
        aligned=tuple(place.matching(_ID, "not_an_id") for place in root.each("aligned")),
        near_types=_words(root, "near_types", incident_types),
        basis=_all(root, "basis", _basis),
        clauses=_all(root, "clauses", _clause),
        items=_all(root, "items", _item),
        situations=_all(root, "situations", _situation),
        levels=_all(root, "levels", lambda place: _level(place, capabilities)),
        work_groups=_all(root, "work_groups", _work_group),
        actions=_all(root, "actions", lambda place: _action(place, capabilities)),
        contacts=_all(root, "contacts", _contact),
        cards=_all(root, "cards", _card),
    )
    _check_unique(root)
    _check_references(root, plan)
    return plan


def _all(root: Place, key: str, read: Callable[[Place], Record]) -> tuple[Record, ...]:
    return tuple(read(place) for place in root.each(key))


def _filled(place: Place, key: str) -> bool:
    return place.has(key) and place.at(key).string(may_be_empty=True) != ""


def _words(root: Place, key: str, allowed: Collection[str]) -> tuple[str, ...]:
    return tuple(place.word(allowed) for place in root.each(key))


def _tier(place: Place) -> Tier:
    return Tier(place.word(TIERS))


def _basis(place: Place) -> LegalBasis:
    place.only("number", "article", required=("title",))
    number = place.at("number").string(may_be_empty=True) if place.has("number") else ""
    article = place.at("article").string(may_be_empty=True) if place.has("article") else ""
    return LegalBasis(title=place.at("title").text(), number=number, article=article)


def _clause(place: Place) -> Clause:
    place.only("body", "tier", required=("number", "title"))
    return Clause(
        number=place.at("number").matching(_NUMBER, "not_a_clause_number"),
        title=place.at("title").text(),
        body=place.at("body").text() if place.has("body") else NO_TEXT,
        tier=_tier(place.at("tier")) if place.has("tier") else None,
    )


def _item(place: Place) -> Item:
    place.only("code", required=("id", "name", "unit"))
    code = place.at("code").matching("[0-9]{7}", "not_a_code") if _filled(place, "code") else ""
    return Item(id=place.at("id").matching(_ID, "not_an_id"), name=place.at("name").text(), unit=place.at("unit").text(), code=code)


def _situation(place: Place) -> Situation:
    place.only("words", required=("id", "name"))
    return Situation(id=place.at("id").matching(_ID, "not_an_id"), name=place.at("name").text(),
                     words=tuple(word.string() for word in place.each("words")))


def _level(place: Place, capabilities: Collection[str]) -> LevelRule:
    place.only("needs", required=("tier", "level", "clause", "activated_by", "when"))
    who = place.at("activated_by").only("en", required=("role", "zh"))
    conditions = _all(place, "when", _condition)
    if not conditions:
        place.at("when").wrong("empty")
    return LevelRule(
        tier=_tier(place.at("tier")),
        level=place.at("level").member(Level),
        clause=place.at("clause").string(),
        activated_by=Text(who.at("zh").string(), who.at("en").string(may_be_empty=True) if who.has("en") else ""),
        activated_by_role=who.at("role").member(PlanRole),
        conditions=conditions,
        needs=_needs(place, capabilities),
    )


def _condition(place: Place) -> Condition:
    place.only(*CONDITION_FIGURES, "grade", "situation", "always")
    if place.has("always"):
        place.only("always").at("always").word(("yes",))
        return Condition()
    if not place.mapping():
        place.wrong("empty")
    return Condition(
        figures=tuple((key, place.at(key).whole_number()) for key in place.mapping() if key in CONDITION_FIGURES),
        grade=place.at("grade").member(Grade) if place.has("grade") else None,
        situations=_situations_asked(place),
    )


def _situations_asked(place: Place) -> tuple[str, ...]:
    if not place.has("situation"):
        return ()
    asked = place.at("situation")
    return tuple(one.string() for one in asked.entries()) if isinstance(asked.value, list) else (asked.string(),)


def _needs(place: Place, capabilities: Collection[str]) -> Needs:
    if not place.has("needs"):
        return NO_NEEDS
    needs = place.at("needs").only("teams", "items", "places")
    return Needs(
        teams=_counts(needs, "teams", capabilities),
        items=_counts(needs, "items", None),
        places=needs.at("places").whole_number() if needs.has("places") else 0,
    )


def _counts(needs: Place, key: str, allowed: Collection[str] | None) -> tuple[tuple[str, int], ...]:
    if not needs.has(key):
        return ()
    counts = needs.at(key)
    for name in counts.mapping():
        if allowed is not None and name not in allowed:
            counts.at(name).wrong("unknown_word", name)
    return tuple((name, counts.at(name).whole_number()) for name in counts.mapping())


def _work_group(place: Place) -> WorkGroup:
    place.only("members", "name", "role", required=("id", "lead", "duties"))
    functions = [role.value for role in GROUP_FUNCTIONS]
    role = PlanRole(place.at("role").word(functions)) if place.has("role") else None
    return WorkGroup(id=place.at("id").matching(_ID, "not_an_id") if role else place.at("id").word(functions), lead=place.at("lead").text(),
                     members=_all(place, "members", lambda member: member.text()), duties=place.at("duties").text(),
                     name=place.at("name").text() if place.has("name") else NO_TEXT, role=role)


def _action(place: Place, capabilities: Collection[str]) -> Action:
    place.only("needs", "meets", required=("id", "clause", "tier", "role", "due", "from_level", "title"))
    return Action(
        id=place.at("id").matching(_ID, "not_an_id"),
        clause=place.at("clause").string(),
        tier=_tier(place.at("tier")),
        role=place.at("role").member(PlanRole),
        due_minutes=int(place.at("due").matching(r"T\+[0-9]{1,6}", "not_a_due_time")[2:]),
        from_level=place.at("from_level").member(Level),
        title=place.at("title").text(),
        needs=_needs(place, capabilities),
        meets=place.at("meets").member(PlanFact) if place.has("meets") else None,
    )


def _contact(place: Place) -> Contact:
    place.only("phone", required=("role", "unit"))
    phone = place.at("phone").string(may_be_empty=True) if place.has("phone") else ""
    return Contact(role=place.at("role").text(), unit=place.at("unit").text(), phone=phone)


def _card(place: Place) -> ResponseCard:
    place.only("reports_to", "never", "resources", "withdraw_when", required=("id", "post", "tier", "clause", "from_level", "trigger", "steps"))
    steps = _all(place, "steps", _card_step)
    if not 1 <= len(steps) <= MOST_CARD_STEPS:
        place.at("steps").wrong("too_many_steps" if steps else "empty", str(len(steps)))

    def said(key: str) -> Text:
        return place.at(key).text() if place.has(key) else NO_TEXT

    return ResponseCard(
        id=place.at("id").matching(_ID, "not_an_id"), post=place.at("post").text(), tier=_tier(place.at("tier")),
        clause=place.at("clause").string(), from_level=place.at("from_level").member(Level), trigger=place.at("trigger").text(), steps=steps,
        reports_to=_all(place, "reports_to", _contact), never=said("never"), resources=said("resources"), withdraw_when=said("withdraw_when"))


def _card_step(place: Place) -> CardStep:
    place.only(required=("due", "text"))
    return CardStep(due_minutes=int(place.at("due").matching(r"T\+[0-9]{1,6}", "not_a_due_time")[2:]), text=place.at("text").text())


def _check_unique(root: Place) -> None:
    """Refuse a clause number, id, group or level that stands twice."""
    for section, keys in (("clauses", ("number",)), ("items", ("id",)), ("situations", ("id",)), ("levels", ("tier", "level")),
                          ("work_groups", ("id",)), ("actions", ("id",)), ("cards", ("id",))):
        seen: set[tuple[str, ...]] = set()
        for place in root.each(section):
            key = tuple(place.at(key).string() for key in keys)
            if key in seen:
                place.at(keys[-1]).wrong("duplicate", " ".join(key))
            seen.add(key)


def _check_references(root: Place, plan: Plan) -> None:
    """Refuse a clause, item, situation or level that the plan names but does not have."""
    clauses = {clause.number for clause in plan.clauses}
    items = {item.id for item in plan.items}
    sections: tuple[tuple[str, tuple[LevelRule | Action, ...]], ...] = (("levels", plan.levels), ("actions", plan.actions))
    for section, records in sections:
        for place, record in zip(root.each(section), records, strict=True):
            if record.clause not in clauses:
                place.at("clause").wrong("no_such_clause", record.clause)
            for name, _count in record.needs.items:
                if name not in items:
                    place.at("needs").at("items").at(name).wrong("no_such_item", name)
    for place, card in zip(root.each("cards"), plan.cards, strict=True):
        if card.clause not in clauses:
            place.at("clause").wrong("no_such_clause", card.clause)
    _check_situations(root, plan)
    for place, action in zip(root.each("actions"), plan.actions, strict=True):
        if not any(rule.level.rank <= action.from_level.rank for rule in plan.levels_of(action.tier)):
            place.at("from_level").wrong("no_such_level", f"{action.tier} {action.from_level}")


def _check_situations(root: Place, plan: Plan) -> None:
    known = {situation.id for situation in plan.situations}
    for level, rule in zip(root.each("levels"), plan.levels, strict=True):
        for place, condition in zip(level.each("when"), rule.conditions, strict=True):
            for name in condition.situations:
                if name not in known:
                    place.at("situation").wrong("no_such_situation", name)
