"""Made-up allocations: needs and depots around a town, and strategies that make small and nasty ones."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from emergency_desk.domain.allocation import (
    AllocationLine,
    AllocationQuestion,
    AllocationRules,
    BoundBy,
    BoundGoods,
    FixedLine,
    Goods,
    GoodsNeed,
    SendingDepot,
)
from emergency_desk.domain.ids import Id
from emergency_desk.domain.rules import RuleBasis
from emergency_desk.domain.stock_rules import StockRules
from emergency_desk.domain.texts import Text
from emergency_desk.domain.travel import SpeedBand, TravelSettings

TODAY = date(2026, 11, 24)
TRAVEL = TravelSettings(
    road_factor=1.4, least_minutes=1, basis=RuleBasis(source="HOUSE", title=Text("")), bands=(
        SpeedBand(up_to_road_km=5, km_per_hour=30), SpeedBand(up_to_road_km=25, km_per_hour=45),
        SpeedBand(up_to_road_km=None, km_per_hour=70)))
RULES = AllocationRules(reach_minutes=120, late_factor=10, minute_weights=(4, 2, 1), loading_minutes=60, lorry_tonnes=5)
TENT, BLANKET = Id("tent"), Id("blanket")
HERE = (36.07, 120.38)


def east(km: float) -> tuple[float, float]:
    """A place so many kilometres east of the middle of the town."""
    return HERE[0], HERE[1] + km / 89.87


def need(id_: str, quantity: int, *, item: Id = TENT, km: float = 0.0, days: int = 0, **more: object) -> GoodsNeed:
    return GoodsNeed(**({"id": id_, "item_id": item, "quantity": quantity, "destination": f"at {km}", "good_on": TODAY + timedelta(days=days),
                         "position": east(km)} | more))  # type: ignore[arg-type]


def depot(name: str, km: float | None = 0.0, *, loading: int | None = 30, tonnes: int | None = 10) -> SendingDepot:
    return SendingDepot(Id(name), None if km is None else east(km), loading, tonnes)


def goods(name: str, quantity: int, *, item: Id = TENT, days: int | None = None) -> Goods:
    return Goods(Id(name), item, quantity, None if days is None else TODAY + timedelta(days=days))


def question(*parts: GoodsNeed | SendingDepot | Goods | FixedLine | BoundGoods, **more: object) -> AllocationQuestion:
    """A question of its parts."""
    def of(kind: type) -> tuple:  # type: ignore[type-arg]
        return tuple(part for part in parts if isinstance(part, kind))

    return AllocationQuestion(**({  # type: ignore[arg-type]
        "needs": of(GoodsNeed), "depots": of(SendingDepot), "goods": of(Goods), "fixed": of(FixedLine), "bound": of(BoundGoods),
        "travel": TRAVEL, "stock": StockRules(), "rules": RULES, "unit_grams": {TENT: 50_000}} | more))


def sent(lines: tuple[AllocationLine, ...]) -> list[tuple[str, str, int]]:
    """The lines short: need, depot, how many."""
    return [(line.need_id, line.site_id, line.quantity) for line in lines]


@st.composite
def questions(draw: st.DrawFn, *, most_needs: int = 5, most_depots: int = 5, most: int = 12) -> AllocationQuestion:
    """A small question with everything that may go wrong in it: expiry, several days, two items, unknown places, far depots, fixed lines."""
    items, places = st.sampled_from((TENT, BLANKET)), st.one_of(st.none(), st.integers(-90, 90))
    wanted = draw(st.lists(st.tuples(items, st.integers(1, most), places, st.sampled_from((0, 0, 2, 5)), st.sampled_from((1, 2, 3)),
                                     st.sampled_from((None, 40, 90))), min_size=1, max_size=most_needs))
    needs = tuple(
        GoodsNeed(id=f"n{number}", item_id=item, quantity=quantity, destination=f"p{place}", good_on=TODAY + timedelta(days=days),
                  priority=priority, within_minutes=within, position=None if place is None else east(place))
        for number, (item, quantity, place, days, priority, within) in enumerate(wanted))
    stores = draw(st.lists(st.tuples(places, st.sampled_from((None, 20, 45)), st.sampled_from((None, 1, 10))), min_size=0, max_size=most_depots))
    depots = tuple(depot(f"d{number}", place, loading=loading, tonnes=tonnes) for number, (place, loading, tonnes) in enumerate(stores))
    shelves = draw(st.lists(st.tuples(st.sampled_from([each.site_id for each in depots]), items, st.integers(1, most),
                                      st.sampled_from((None, 0, 1, 3, 9))), max_size=8)) if depots else []
    fixed = draw(st.lists(st.tuples(st.sampled_from([each.id for each in needs]), st.sampled_from([each.site_id for each in depots]),
                                    st.integers(0, most)), max_size=2, unique_by=lambda each: each[:2])) if depots else []
    bound = [BoundGoods(each.site_id, TENT, 3, BoundBy.RESERVED, "other") for each in depots[:1]]
    return question(*needs, *depots, *(goods(name, quantity, item=item, days=days) for name, item, quantity, days in shelves),
                    *(FixedLine(*each) for each in fixed), *bound, unit_grams={TENT: draw(st.sampled_from((50_000, 400_000)))})
