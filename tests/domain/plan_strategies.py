"""Plans drawn at random for the tests of merging: small pools, so that sides often touch the same part, and always whole.

What draws one part of given words is made once: Hypothesis looks each new strategy through before it draws, which cost more than drawing.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_records import (
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
    PlanKind,
    PlanRole,
    ResponseCard,
    Situation,
    WorkGroup,
)
from emergency_desk.domain.texts import Text

SENTENCES = ("先救人。", "再控火。", "设警戒。", "通知居民。", "First people. ", "\n")
WORDS = ("甲", "乙", "丙")
CLAUSES, ITEMS, SITUATIONS, ACTIONS = ("1", "2", "2.1", "2.2", "10"), ("hose", "pump", "boat"), ("dam", "night"), ("s1", "s2", "d1")
TIERS = (Tier.DISTRICT, Tier.STREET)


@cache
def bodies() -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(SENTENCES), max_size=4).map("".join)


@cache
def texts() -> st.SearchStrategy[Text]:
    return st.builds(Text, st.sampled_from(WORDS), st.sampled_from(("", "one")))


@cache
def some(pool: tuple[str, ...], least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(pool), unique=True, min_size=least).map(tuple)


@cache
def needs(items: tuple[str, ...]) -> st.SearchStrategy[Needs]:
    counts = st.integers(1, 3)
    return st.builds(
        Needs, teams=st.dictionaries(st.sampled_from(("drainage", "diving")), counts).map(lambda each: tuple(each.items())),
        items=st.dictionaries(st.sampled_from(items), counts, max_size=2).map(lambda each: tuple(each.items())) if items else st.just(()),
        places=st.integers(0, 2))


@cache
def clause(number: str) -> st.SearchStrategy[Clause]:
    body = st.builds(Text, bodies(), bodies())
    return st.builds(Clause, number=st.just(number), title=texts(), body=body, tier=st.sampled_from((None, *TIERS)))


@cache
def item(id_: str) -> st.SearchStrategy[Item]:
    return st.builds(Item, id=st.just(id_), name=texts(), unit=texts())


@cache
def situation(id_: str) -> st.SearchStrategy[Situation]:
    return st.builds(Situation, id=st.just(id_), name=texts(), words=some(WORDS))


@cache
def conditions(situations: tuple[str, ...]) -> st.SearchStrategy[tuple[Condition, ...]]:
    one = st.builds(Condition, figures=st.sampled_from(((), (("trapped", 3),), (("dead", 1),))),
                    situations=some(situations) if situations else st.just(()))
    return st.lists(one, min_size=1, max_size=3, unique=True).map(tuple)


@cache
def level(tier: Tier, rank: Level, numbers: tuple[str, ...], situations: tuple[str, ...], items: tuple[str, ...]) -> st.SearchStrategy[Any]:
    return st.builds(
        LevelRule, tier=st.just(tier), level=st.just(rank), clause=st.sampled_from(numbers), activated_by=texts(),
        activated_by_role=st.sampled_from((PlanRole.DUTY_LEADER, PlanRole.COMMANDER)), conditions=conditions(situations), needs=needs(items))


@cache
def action(id_: str, numbers: tuple[str, ...], tiers: tuple[Tier, ...], items: tuple[str, ...]) -> st.SearchStrategy[Action]:
    return st.builds(
        Action, id=st.just(id_), clause=st.sampled_from(numbers), tier=st.sampled_from(tiers),
        role=st.sampled_from((PlanRole.DUTY_OFFICER, PlanRole.RESCUE)), due_minutes=st.integers(1, 3), from_level=st.just(Level.IV),
        title=texts(), needs=needs(items))


@cache
def card(id_: str, numbers: tuple[str, ...]) -> st.SearchStrategy[ResponseCard]:
    step = st.builds(CardStep, due_minutes=st.integers(1, 3), text=texts())
    return st.builds(
        ResponseCard, id=st.just(id_), post=texts(), tier=st.sampled_from(TIERS), clause=st.sampled_from(numbers),
        from_level=st.just(Level.IV), trigger=texts(), steps=st.lists(step, min_size=1, max_size=3, unique=True).map(tuple))


@cache
def group(id_: str, role: PlanRole | None, name: str) -> st.SearchStrategy[WorkGroup]:
    return st.builds(WorkGroup, id=st.just(id_), role=st.just(role), name=st.just(Text(name)), lead=texts(),
                     members=st.lists(texts(), unique=True, max_size=2).map(tuple), duties=texts())


# A post of a unit stands once, and so does an article: exact doubles cannot be told from one another.
CONTACTS = st.lists(st.builds(Contact, role=texts(), unit=texts(), phone=st.sampled_from(("", "119", "120"))), max_size=3,
                    unique_by=lambda one: (one.role.zh, one.unit.zh)).map(tuple)
LAWS = st.lists(st.builds(LegalBasis, title=texts(), number=st.sampled_from(("", "2024")), article=st.sampled_from(("1", "2"))), max_size=3,
                unique_by=lambda one: (one.title.zh, one.number, one.article)).map(tuple)
KINDS, AREAS, PARENTS = st.sampled_from((PlanKind.SPECIAL, PlanKind.OVERALL)), st.sampled_from(("", "3702")), st.sampled_from(("", "overall"))
ANY_TIER = st.sampled_from(TIERS)


@st.composite
def plans(draw: Any, base: Plan | None = None) -> Plan:
    """Draw a plan; one that is drawn from a base keeps many of its parts as they are."""
    def pick(name: str, records: list[Any], of: Any = lambda one: one.id) -> tuple[Any, ...]:
        if base is None:
            return tuple(records)
        old = {of(one): one for one in getattr(base, name)}
        return tuple(old[of(one)] if of(one) in old and draw(st.booleans()) else one for one in records)

    def head(name: str, strategy: st.SearchStrategy[Any]) -> Any:
        return getattr(base, name) if base is not None and draw(st.booleans()) else draw(strategy)

    def keys(name: str, pool: tuple[str, ...], least: int = 0, of: Any = lambda one: one.id) -> tuple[str, ...]:
        if base is not None and draw(st.booleans()):
            return tuple(of(one) for one in getattr(base, name))
        return draw(some(pool, least))

    numbers = keys("clauses", CLAUSES, 1, lambda one: one.number)
    clauses = pick("clauses", [draw(clause(number)) for number in numbers], lambda one: one.number)
    items = pick("items", [draw(item(id_)) for id_ in keys("items", ITEMS)])
    situations = pick("situations", [draw(situation(id_)) for id_ in keys("situations", SITUATIONS)])
    item_ids, situation_ids = tuple(one.id for one in items), tuple(one.id for one in situations)

    def is_whole(one: Any) -> bool:
        return (one.clause in numbers and {name for name, _count in one.needs.items} <= set(item_ids)
                and all(set(each.situations) <= set(situation_ids) for each in getattr(one, "conditions", ())))

    def whole(name: str, records: list[Any], of: Any = lambda one: one.id) -> tuple[Any, ...]:
        return tuple(kept if is_whole(kept) else new for kept, new in zip(pick(name, records, of), records, strict=True))

    places = [*((tier, rank) for tier in TIERS for rank in (Level.I, Level.II, Level.III) if draw(st.booleans()))]
    levels = whole("levels", [draw(level(tier, rank, numbers, situation_ids, item_ids)) for tier, rank in places],
                   lambda one: (one.tier, one.level))
    tiers = tuple(sorted({rule.tier for rule in levels}))
    actions = whole("actions", [draw(action(id_, numbers, tiers, item_ids)) for id_ in draw(some(ACTIONS))]) if tiers else ()
    actions = tuple(one for one in actions if any(rule.tier == one.tier for rule in levels))
    cards = tuple(one for one in pick("cards", [draw(card(id_, numbers)) for id_ in draw(some(("card_a", "card_b")))]) if one.clause in numbers)
    groups = pick("work_groups", [
        draw(group(id_, role, name))
        for id_, role, name in (("grp_rescue", None, ""), ("grp_medical", None, ""), ("group01", PlanRole.RESCUE, "工程抢险组"))
        if draw(st.booleans())])
    return Plan(
        code="flood", version="1.0", title=head("title", texts()), kind=head("kind", KINDS),
        hazard_types=head("hazard_types", some(("typhoon", "rainstorm_flood", "marine"))), tier=head("tier", ANY_TIER),
        area_code=head("area_code", AREAS), parent=head("parent", PARENTS),
        aligned=head("aligned", some(("gas", "fire"))), near_types=head("near_types", some(("snow_ice", "drowning"))),
        basis=head("basis", LAWS), clauses=clauses, items=items, situations=situations, levels=levels,
        work_groups=groups, actions=actions, contacts=head("contacts", CONTACTS), cards=cards)


@st.composite
def histories(draw: Any) -> tuple[Plan, Plan, Plan]:
    """Draw a base and two versions that grew from it."""
    base = draw(plans())
    return base, draw(plans(base)), draw(plans(base))
