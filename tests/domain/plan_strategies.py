"""Plans drawn at random for the tests of merging: small pools, so that sides often touch the same part, and always whole."""

from __future__ import annotations

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


def bodies() -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(SENTENCES), max_size=4).map("".join)


def texts() -> st.SearchStrategy[Text]:
    return st.builds(Text, st.sampled_from(WORDS), st.sampled_from(("", "one")))


def some(pool: tuple[str, ...], least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(pool), unique=True, min_size=least).map(tuple)


def needs(items: tuple[str, ...]) -> st.SearchStrategy[Needs]:
    counts = st.integers(1, 3)
    return st.builds(
        Needs, teams=st.dictionaries(st.sampled_from(("drainage", "diving")), counts).map(lambda each: tuple(each.items())),
        items=st.dictionaries(st.sampled_from(items), counts, max_size=2).map(lambda each: tuple(each.items())) if items else st.just(()),
        places=st.integers(0, 2))


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
    clauses = pick("clauses", [draw(st.builds(Clause, number=st.just(number), title=texts(), body=st.builds(Text, bodies(), bodies()),
                                              tier=st.sampled_from((None, *TIERS)))) for number in numbers], lambda one: one.number)
    items = pick("items", [draw(st.builds(Item, id=st.just(id_), name=texts(), unit=texts())) for id_ in keys("items", ITEMS)])
    situations = pick("situations", [draw(st.builds(Situation, id=st.just(id_), name=texts(), words=some(WORDS)))
                                     for id_ in keys("situations", SITUATIONS)])
    item_ids, situation_ids = tuple(one.id for one in items), tuple(one.id for one in situations)

    def is_whole(one: Any) -> bool:
        return (one.clause in numbers and {name for name, _count in one.needs.items} <= set(item_ids)
                and all(set(each.situations) <= set(situation_ids) for each in getattr(one, "conditions", ())))

    def whole(name: str, records: list[Any], of: Any = lambda one: one.id) -> tuple[Any, ...]:
        return tuple(kept if is_whole(kept) else new for kept, new in zip(pick(name, records, of), records, strict=True))

    conditions = st.lists(st.builds(Condition, figures=st.sampled_from(((), (("trapped", 3),), (("dead", 1),))),
                                    situations=some(situation_ids) if situation_ids else st.just(())), min_size=1, max_size=3, unique=True)
    places = [*((tier, level) for tier in TIERS for level in (Level.I, Level.II, Level.III) if draw(st.booleans()))]
    levels = whole("levels", [draw(st.builds(
        LevelRule, tier=st.just(tier), level=st.just(level), clause=st.sampled_from(numbers), activated_by=texts(),
        activated_by_role=st.sampled_from((PlanRole.DUTY_LEADER, PlanRole.COMMANDER)), conditions=conditions.map(tuple), needs=needs(item_ids)))
        for tier, level in places], lambda one: (one.tier, one.level))
    tiers = sorted({rule.tier for rule in levels})
    actions = whole("actions", [draw(st.builds(
        Action, id=st.just(id_), clause=st.sampled_from(numbers), tier=st.sampled_from(tiers),
        role=st.sampled_from((PlanRole.DUTY_OFFICER, PlanRole.RESCUE)), due_minutes=st.integers(1, 3), from_level=st.just(Level.IV),
        title=texts(), needs=needs(item_ids))) for id_ in draw(some(ACTIONS))]) if tiers else ()
    actions = tuple(one for one in actions if any(rule.tier == one.tier for rule in levels))
    cards = tuple(one for one in pick("cards", [draw(st.builds(
        ResponseCard, id=st.just(id_), post=texts(), tier=st.sampled_from(TIERS), clause=st.sampled_from(numbers),
        from_level=st.just(Level.IV), trigger=texts(),
        steps=st.lists(st.builds(CardStep, due_minutes=st.integers(1, 3), text=texts()), min_size=1, max_size=3, unique=True).map(tuple)))
        for id_ in draw(some(("card_a", "card_b")))]) if one.clause in numbers)
    members = st.lists(texts(), unique=True, max_size=2).map(tuple)
    groups = pick("work_groups", [
        draw(st.builds(WorkGroup, id=st.just(id_), role=st.just(role), name=st.just(Text(name)), lead=texts(), members=members, duties=texts()))
        for id_, role, name in (("grp_rescue", None, ""), ("grp_medical", None, ""), ("group01", PlanRole.RESCUE, "工程抢险组"))
        if draw(st.booleans())])
    contact = st.builds(Contact, role=texts(), unit=texts(), phone=st.sampled_from(("", "119", "120")))
    basis = st.builds(LegalBasis, title=texts(), number=st.sampled_from(("", "2024")), article=st.sampled_from(("1", "2")))
    # A post of a unit stands once, and so does an article: exact doubles cannot be told from one another.
    contacts = st.lists(contact, max_size=3, unique_by=lambda one: (one.role.zh, one.unit.zh)).map(tuple)
    laws = st.lists(basis, max_size=3, unique_by=lambda one: (one.title.zh, one.number, one.article)).map(tuple)
    return Plan(
        code="flood", version="1.0", title=head("title", texts()), kind=head("kind", st.sampled_from((PlanKind.SPECIAL, PlanKind.OVERALL))),
        hazard_types=head("hazard_types", some(("typhoon", "rainstorm_flood", "marine"))), tier=head("tier", st.sampled_from(TIERS)),
        area_code=head("area_code", st.sampled_from(("", "3702"))), parent=head("parent", st.sampled_from(("", "overall"))),
        aligned=head("aligned", some(("gas", "fire"))), near_types=head("near_types", some(("snow_ice", "drowning"))),
        basis=head("basis", laws), clauses=clauses, items=items, situations=situations, levels=levels,
        work_groups=groups, actions=actions, contacts=head("contacts", contacts), cards=cards)


@st.composite
def histories(draw: Any) -> tuple[Plan, Plan, Plan]:
    """Draw a base and two versions that grew from it."""
    base = draw(plans())
    return base, draw(plans(base)), draw(plans(base))
