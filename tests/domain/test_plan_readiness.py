"""Could we fight this plan tonight: each level against free teams, shelters and stock, with the first thing that binds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from emergency_desk.domain.areas import AreaTree, Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_readiness import MOST_AREAS, LevelReadiness, Readiness, Shortfall, ShortfallKind, Tonight, readiness, worst
from emergency_desk.domain.plan_records import Level, Needs, Plan
from emergency_desk.domain.plan_stock import DepotTonight, Held, StockTonight
from emergency_desk.domain.plan_wants import wants_of
from emergency_desk.domain.reasons import ReasonNot
from emergency_desk.domain.roster import Roster
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.supplies import PackUnit, SupplyItem
from emergency_desk.domain.teams import Certificate, Team, TeamKind, TeamState
from emergency_desk.domain.texts import Text
from tests.builders import CITY, DISTRICT, FAR_STREET, OTHER_DISTRICT, OTHER_STREET, STREET, areas, team
from tests.domain.plan_parts import ALWAYS, level, sound_plan
from tests.domain.reference_data import shipped

TODAY = date(2026, 11, 5)


def tonight(*teams: Team, sites: Iterable[Site] = (), desk: Id = DISTRICT) -> Tonight:
    return Tonight(roster=Roster.of(teams, AreaTree(areas()), TODAY), sites=tuple(sites), desk_area_id=desk, travel=shipped().travel)


def plan_of(needs: Needs, *, code: str = "flood", tier: Tier = Tier.DISTRICT) -> Plan:
    return sound_plan(code=code, levels=(level(tier, Level.IV, "3.2", ALWAYS, needs=needs),))


def stand(plan: Plan, on: Tonight, *others: Plan) -> LevelReadiness:
    only, = readiness(plan, (plan, *others), on)
    return only


def shelter(number: int, capacity: int | None, area: Id = STREET, **more: object) -> Site:
    return Site(**{"id": Id(f"s{number}"), "kind": SiteKind.SHELTER, "name": f"避难所{number}", "area_id": area, "capacity": capacity} | more)  # type: ignore[arg-type]


DRAINAGE = Needs(teams=(("drainage", 2),))


def test_enough_free_teams_are_green() -> None:
    line = stand(plan_of(DRAINAGE), tonight(team(1, "一", "drainage"), team(2, "二", "drainage")))
    assert (line.colour, line.first, line.area_id, line.clause) == (Readiness.GREEN, None, DISTRICT, "3.2")


BARRED: tuple[tuple[str, Team, ReasonNot], ...] = (
    ("out", team(2, "二", "drainage", state=TeamState.WORKING, incident_id=Id("i")), ReasonNot.COMMITTED),
    ("recovering", team(2, "二", "drainage", state=TeamState.RECOVERING), ReasonNot.STATE),
    ("certificate", team(2, "二", "drainage", certificates=(Certificate("drainage", "C", date(2026, 10, 1)),)), ReasonNot.CERTIFICATE_EXPIRED),
    ("agreement", team(2, "二", "drainage", agreement_until=date(2026, 11, 4)), ReasonNot.AGREEMENT_EXPIRED),
    ("another's", team(2, "二", "drainage", area_id=OTHER_DISTRICT), ReasonNot.NOT_THIS_TIER),
    ("garrison", team(2, "二", "drainage", kind=TeamKind.MILITARY), ReasonNot.BY_REQUEST),
    ("not accepted", team(2, "二", "drainage", kind=TeamKind.SOCIAL), ReasonNot.APPLICATION_NEEDED),
    ("too far", team(2, "二", "drainage", radius_km=0.1, latitude=36.30), ReasonNot.BEYOND_RADIUS),
)


@pytest.mark.parametrize(("_why", "second", "reason"), BARRED, ids=[row[0] for row in BARRED])
def test_a_team_that_could_not_be_sent_does_not_count_and_the_reason_is_told(_why: str, second: Team, reason: ReasonNot) -> None:
    line = stand(plan_of(DRAINAGE), tonight(team(1, "一", "drainage"), second))
    assert (line.colour, line.first) == (
        Readiness.RED, Shortfall(kind=ShortfallKind.TEAMS, what="drainage", wanted=2, there=1, others=((reason, 1),)))


def test_an_expired_certificate_for_one_thing_leaves_the_other() -> None:
    paper = (Certificate("diving", "C", date(2026, 10, 1)),)
    needs = Needs(teams=(("drainage", 1), ("diving", 1)))
    line = stand(plan_of(needs), tonight(team(1, "一", "drainage", "diving", certificates=paper)))
    assert [(one.what, one.there, one.others) for one in line.shortfalls] == [("diving", 0, ((ReasonNot.CERTIFICATE_EXPIRED, 1),))]


def test_one_team_fills_one_place_and_none_is_wasted() -> None:
    needs = Needs(teams=(("drainage", 1), ("flood_control", 1)))
    both, drainage_only = team(1, "一", "drainage", "flood_control"), team(2, "二", "drainage")
    assert stand(plan_of(needs), tonight(both, drainage_only)).colour is Readiness.GREEN
    only, = stand(plan_of(needs), tonight(both)).shortfalls
    assert (only.wanted, only.there, only.elsewhere) == (1, 0, 1)


def test_shelters_count_by_capacity_in_use_and_within_the_area() -> None:
    plan = plan_of(Needs(places=300))
    there = [shelter(1, 200), shelter(2, 100, DISTRICT)]
    assert stand(plan, tonight(sites=there)).colour is Readiness.GREEN
    for less in (shelter(2, 100, FAR_STREET), shelter(2, 100, is_retired=True), shelter(2, 100, kind=SiteKind.HOSPITAL)):
        assert stand(plan, tonight(sites=[there[0], less])).first == Shortfall(kind=ShortfallKind.PLACES, wanted=300, there=200)


def test_a_shelter_without_a_known_capacity_is_told_and_not_counted() -> None:
    first = stand(plan_of(Needs(places=300)), tonight(sites=[shelter(1, 200), shelter(2, None)])).first
    assert first == Shortfall(kind=ShortfallKind.PLACES, wanted=300, there=200, unknown=1)


def shelf(*amounts: tuple[int, int], unit: str = "台", area: Id = STREET, code: str = "x-pump") -> StockTonight:
    """What there is of pumps: (tonight, in a month) in one depot of an area each."""
    item = SupplyItem(id=Id("pump"), code=code, name="水泵", unit=unit, packs=(PackUnit("台", 2),) if unit != "台" else ())
    held = tuple(Held(DepotTonight(id=Id(f"depot{number}"), name=f"库{number}", area_id=area), *pair) for number, pair in enumerate(amounts))
    return StockTonight(items={code: (item,)}, held={item.id: held})


@pytest.mark.parametrize(("on", "kind", "colour"), [
    (shelf((2, 2)), None, Readiness.GREEN), (shelf((1, 1), (1, 1)), None, Readiness.GREEN), (shelf((4, 4), unit="件"), None, Readiness.GREEN),
    (shelf((2, 1)), ShortfallKind.EXPIRING_ITEMS, Readiness.AMBER), (shelf((1, 1)), ShortfallKind.ITEMS, Readiness.RED),
    (shelf((3, 3), unit="件"), ShortfallKind.ITEMS, Readiness.RED), (shelf((2, 2), area=FAR_STREET), ShortfallKind.ITEMS, Readiness.RED),
    (shelf((2, 2), code="x-other"), ShortfallKind.NOT_KEPT, Readiness.AMBER),
])
def test_items_are_what_the_depots_of_the_area_may_issue(on: StockTonight, kind: ShortfallKind | None, colour: Readiness) -> None:
    line = stand(plan_of(Needs(items=(("pump", 2),))), replace(tonight(), stock=on))
    assert (line.colour, line.first.kind if line.first else None) == (colour, kind)


def pumps(*depots: tuple[str, int, float | None, int], area: Id = DISTRICT) -> StockTonight:
    """Pumps in depots: (name, how many, how many degrees north of the district's seat or None, minutes to load)."""
    north, east = AreaTree(areas()).position(DISTRICT) or (0.0, 0.0)
    held = tuple(Held(DepotTonight(id=Id(name), name=name, area_id=area if away is not None else NOWHERE, loading_minutes=loading,
                                   place=(north + away, east) if away is not None else None), count, count)
                 for name, count, away, loading in depots)
    return StockTonight(items={"x-pump": (SupplyItem(id=Id("pump"), code="x-pump", name="水泵", unit="台"),)}, held={Id("pump"): held})


NOWHERE = Id("nowhere")


def nowhere_on(on: Tonight) -> Tonight:
    """Let the district have a village of which, like of all above it, nobody knows where it lies."""
    bare = [replace(area, latitude=None, longitude=None) if area.id in (CITY, DISTRICT) else area for area in areas()]
    village = replace(areas()[2], id=NOWHERE, parent_id=DISTRICT, tier=Tier.VILLAGE, code="", latitude=None, longitude=None)
    return replace(on, roster=Roster.of((), AreaTree([*bare, village]), TODAY))


def timed(minutes: int, count: int = 2, *, code: str = "flood", own: Needs | None = None) -> Plan:
    """A plan of which one action wants pumps by T+minutes."""
    plan = plan_of(own or DRAINAGE, code=code)
    wanting = replace(plan.actions[0], due_minutes=minutes, from_level=Level.IV, tier=Tier.DISTRICT, needs=Needs(items=(("pump", count),)))
    return replace(plan, levels=(replace(plan.levels[0], needs=own or Needs()),), actions=(wanting,))


def test_goods_that_arrive_after_they_are_wanted_do_not_count_and_the_depot_and_its_time_are_told() -> None:
    stock = pumps(("near", 1, 0.01, 10), ("far", 5, 0.3, 30))
    line = stand(timed(60), replace(tonight(), stock=stock))
    first = line.first
    assert first is not None and line.colour is Readiness.RED
    assert (first.kind, first.wanted, first.there, first.depot, first.late, first.by_minutes) == (ShortfallKind.LATE_ITEMS, 2, 1, "far", 5, 60)
    assert first.arrives > 60
    assert stand(timed(first.arrives), replace(tonight(), stock=stock)).colour is Readiness.GREEN  # the very minute is in time
    assert stand(timed(first.arrives - 1), replace(tonight(), stock=stock)).colour is Readiness.RED


def test_loading_takes_its_time_before_the_road() -> None:
    beside = pumps(("beside", 2, 0.0, 45))
    assert stand(timed(30), replace(tonight(), stock=beside)).first == Shortfall(
        kind=ShortfallKind.LATE_ITEMS, what="pump", wanted=2, there=0, item=Text("水泵", "Pump"), unit=Text("台", "pcs"), by_minutes=30,
        depot="beside", late=2, arrives=46)


def test_too_little_is_told_before_too_late() -> None:
    line = stand(timed(10, 9), replace(tonight(), stock=pumps(("far", 5, 0.3, 30))))
    assert (line.first and line.first.kind, line.first and line.first.there) == (ShortfallKind.ITEMS, 5)


def test_what_stands_in_the_list_of_a_level_is_wanted_until_its_last_action_is_due() -> None:
    listed = Needs(items=(("pump", 4),))
    assert [(one.count, one.minutes) for one in wants_of(timed(60, own=listed)).levels[0].by] == [(4, 60)]
    plan = timed(30, own=listed)
    later = replace(plan, actions=(*plan.actions, replace(plan.actions[0], id="later", due_minutes=120, needs=Needs())))
    assert [(one.count, one.minutes) for one in wants_of(later).levels[0].by] == [(2, 30), (4, 120)]
    without = replace(plan, actions=())
    assert [(one.count, one.minutes) for one in wants_of(without).levels[0].by] == [(4, None)]
    assert stand(without, replace(tonight(), stock=pumps(("far", 4, 3.0, 600)))).colour is Readiness.GREEN


def test_goods_whose_way_nobody_can_tell_are_not_relied_on() -> None:
    line = stand(timed(60), nowhere_on(replace(tonight(), stock=pumps(("somewhere", 2, None, 0)))))
    assert (line.colour, line.first and line.first.kind, line.first and line.first.unknown) == (Readiness.AMBER, ShortfallKind.WAY_UNKNOWN, 2)


def test_two_plans_that_want_the_same_pump_are_amber_together() -> None:
    one, two = timed(60), replace(timed(90, 3, code="two"), title=Text("二", "Two"))
    few, many = (replace(tonight(), stock=pumps(("near", count, 0.01, 5))) for count in (4, 5))
    assert stand(one, few).colour is Readiness.GREEN
    assert [stand(mine, few, other).colour for mine, other in ((one, two), (two, one))] == [Readiness.AMBER] * 2
    assert stand(one, few, two).first == Shortfall(kind=ShortfallKind.SHARED_ITEMS, what="pump", wanted=5, there=4, item=Text("水泵", "Pump"),
                                                   unit=Text("台", "pcs"), by_minutes=60, other_plan=two.title)
    assert stand(one, many, two).colour is Readiness.GREEN


def test_another_plan_s_unit_is_held_against_one_s_own() -> None:
    one, boxes = timed(60), timed(60, 1, code="two")
    boxed = replace(boxes, items=(replace(boxes.items[0], unit=Text("箱", "boxes")),))
    stock = pumps(("near", 5, 0.01, 5))
    packed = replace(stock, items={"x-pump": (replace(stock.items["x-pump"][0], packs=(PackUnit("箱", 4),)),)})
    assert stand(one, replace(tonight(), stock=packed), boxed).first == Shortfall(
        kind=ShortfallKind.SHARED_ITEMS, what="pump", wanted=6, there=5, item=Text("水泵", "Pump"), unit=Text("台", "pcs"), by_minutes=60,
        other_plan=boxed.title)


def test_what_asks_for_items_is_never_green_where_no_stock_is_kept() -> None:
    line = stand(plan_of(Needs(items=(("pump", 2),))), tonight())
    assert (line.colour, line.first) == (Readiness.AMBER, Shortfall(kind=ShortfallKind.NO_STOCK, unknown=1))


def test_two_plans_that_want_the_same_team_are_amber_together() -> None:
    one, two = plan_of(Needs(teams=(("drainage", 1),))), replace(plan_of(Needs(teams=(("drainage", 1),)), code="two"), title=Text("二", "Two"))
    alone, enough = tonight(team(1, "一", "drainage")), tonight(team(1, "一", "drainage"), team(2, "二", "drainage"))
    assert stand(one, alone).colour is Readiness.GREEN
    assert [stand(mine, alone, other).colour for mine, other in ((one, two), (two, one))] == [Readiness.AMBER] * 2
    assert stand(one, alone, two).first == Shortfall(kind=ShortfallKind.SHARED_TEAMS, what="drainage", wanted=2, there=1, other_plan=two.title)
    assert stand(one, enough, two).colour is Readiness.GREEN


def test_two_plans_that_want_the_same_shelter_are_amber_together() -> None:
    one, two = plan_of(Needs(places=150)), plan_of(Needs(places=100), code="two")
    line = stand(one, tonight(sites=[shelter(1, 200)]), two)
    assert (line.colour, line.first and line.first.kind, line.first and line.first.wanted) == (Readiness.AMBER, ShortfallKind.SHARED_PLACES, 250)


def test_a_level_for_which_nobody_wrote_what_it_takes_is_never_green() -> None:
    plan = plan_of(DRAINAGE)
    silent = replace(plan, levels=(replace(plan.levels[0], needs=Needs()),))
    line = stand(silent, tonight(team(1, "一", "drainage")))
    assert (line.colour, line.shortfalls) == (Readiness.AMBER, (Shortfall(kind=ShortfallKind.ASKS_NOTHING),))


def test_the_city_counts_teams_of_every_district_and_the_district_only_its_own() -> None:
    teams = (team(1, "一", "drainage"), team(2, "二", "drainage", area_id=OTHER_DISTRICT))
    plan = sound_plan(levels=(
        level(Tier.DISTRICT, Level.IV, "3.1", ALWAYS, needs=DRAINAGE), level(Tier.CITY, Level.IV, "3.2", ALWAYS, needs=DRAINAGE)))
    assert [(line.tier, line.area_id, line.colour) for line in readiness(plan, (), tonight(*teams))] == [
        (Tier.DISTRICT, DISTRICT, Readiness.RED), (Tier.CITY, CITY, Readiness.GREEN)]


def test_of_the_areas_below_the_worst_speaks() -> None:
    plan = plan_of(Needs(teams=(("cordon", 1),)), tier=Tier.STREET)
    line = stand(plan, tonight(team(1, "一", "cordon", area_id=STREET)))
    assert (line.colour, line.area_id, line.areas) == (Readiness.RED, OTHER_STREET, 2)
    both = tonight(team(1, "一", "cordon", area_id=STREET), team(2, "二", "cordon", area_id=OTHER_STREET))
    assert stand(plan, both).colour is Readiness.GREEN


def test_the_streets_of_a_whole_city_are_left_to_their_districts() -> None:
    many = [replace(areas()[3], id=Id(f"x{number}"), code=f"99010110{number}") for number in range(MOST_AREAS)]
    on = replace(tonight(desk=CITY), roster=Roster.of((), AreaTree([*areas(), *many]), TODAY))
    assert readiness(plan_of(DRAINAGE, tier=Tier.STREET), (), on) == ()


def test_the_worst_colour_of_a_plan_is_the_worst_of_its_levels() -> None:
    def line(*shortfalls: Shortfall) -> LevelReadiness:
        return LevelReadiness(tier=Tier.CITY, level=Level.I, clause="1", area_id=CITY, shortfalls=shortfalls)

    red, amber = line(Shortfall(kind=ShortfallKind.TEAMS)), line(Shortfall(kind=ShortfallKind.NO_STOCK))
    assert worst((line(), amber, red)) is Readiness.RED
    assert worst((line(), amber)) is Readiness.AMBER
    assert worst((line(),)) is Readiness.GREEN
    assert worst(()) is None
