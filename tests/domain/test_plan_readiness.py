"""Could we fight this plan tonight: each level against free teams, shelters and stock, with the first thing that binds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from emergency_desk.domain.areas import AreaTree, Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_readiness import MOST_AREAS, LevelReadiness, Readiness, Shortfall, ShortfallKind, Tonight, readiness, worst
from emergency_desk.domain.plan_records import Level, Needs, Plan, PlanRole
from emergency_desk.domain.plan_shelters import NoPlaces, SheltersTonight, ShelterTonight
from emergency_desk.domain.plan_stock import DepotTonight, Held, StockTonight
from emergency_desk.domain.plan_wants import wants_of
from emergency_desk.domain.reasons import ReasonNot
from emergency_desk.domain.roster import Roster
from emergency_desk.domain.shelters import Inspected, Shelter, ShelterState, ShelterTier
from emergency_desk.domain.supplies import PackUnit, SupplyItem
from emergency_desk.domain.teams import Certificate, Equipment, Team, TeamKind, TeamState
from emergency_desk.domain.texts import Text
from tests.builders import CITY, DISTRICT, FAR_STREET, OTHER_DISTRICT, OTHER_STREET, STREET, areas, team
from tests.domain.plan_parts import ALWAYS, level, sound_plan
from tests.domain.reference_data import shipped

TODAY = date(2026, 11, 5)


def tonight(*teams: Team, shelters: Iterable[ShelterTonight] = (), desk: Id = DISTRICT) -> Tonight:
    return Tonight(roster=Roster.of(teams, AreaTree(areas()), TODAY), desk_area_id=desk, travel=shipped().travel,
                   shelters=SheltersTonight(shelters=tuple(shelters), rules=shipped().shelters, today=TODAY))


def plan_of(needs: Needs, *, code: str = "flood", tier: Tier = Tier.DISTRICT) -> Plan:
    return sound_plan(code=code, levels=(level(tier, Level.IV, "3.2", ALWAYS, needs=needs),))


def stand(plan: Plan, on: Tonight, *others: Plan) -> LevelReadiness:
    only, = readiness(plan, (plan, *others), on)
    return only


def shelter(capacity: int | None, area: Id = STREET, heads: int = 0, **more: object) -> ShelterTonight:
    fit: dict[str, Any] = {"tier": ShelterTier.TOWNSHIP, "inspected": Inspected.FIT, "inspected_on": TODAY - timedelta(days=30)}
    return ShelterTonight(area_id=area, shelter=Shelter(id=Id("s"), **(fit | more)), capacity=capacity, heads=heads)


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


def test_shelters_count_with_their_free_places_within_the_area() -> None:
    plan = plan_of(Needs(places=300))
    there = [shelter(200), shelter(150, DISTRICT, heads=50, state=ShelterState.OPEN)]
    assert stand(plan, tonight(shelters=there)).colour is Readiness.GREEN
    elsewhere = [there[0], shelter(100, FAR_STREET)]
    assert stand(plan, tonight(shelters=elsewhere)).first == Shortfall(kind=ShortfallKind.PLACES, wanted=300, there=200)


BARRED_SHELTERS: tuple[tuple[NoPlaces, ShelterTonight, Tier], ...] = (
    (NoPlaces.NOT_KEPT, ShelterTonight(area_id=STREET, capacity=100), Tier.DISTRICT),
    (NoPlaces.STATE, shelter(100, state=ShelterState.UNSAFE), Tier.DISTRICT),
    (NoPlaces.STATE, shelter(100, state=ShelterState.MAINTENANCE), Tier.DISTRICT),
    (NoPlaces.STATE, shelter(100, state=ShelterState.CLOSING), Tier.DISTRICT),
    (NoPlaces.STATE, shelter(100, state=ShelterState.PLANNED), Tier.DISTRICT),
    (NoPlaces.NOT_OWN, shelter(100, tier=ShelterTier.COUNTY), Tier.STREET),
    (NoPlaces.HAZARD, shelter(100, unfit_hazards=sound_plan().hazard_types), Tier.DISTRICT),
    (NoPlaces.HAZARD, shelter(100, unfit_hazards=sound_plan().hazard_types, state=ShelterState.OPEN), Tier.DISTRICT),
    (NoPlaces.INSPECTION, shelter(100, inspected=Inspected.UNFIT), Tier.DISTRICT),
    (NoPlaces.CAPACITY, shelter(None), Tier.DISTRICT),
    (NoPlaces.FULL, shelter(100, heads=120, state=ShelterState.OPEN), Tier.DISTRICT),
    (NoPlaces.FULL, shelter(100, heads=20, state=ShelterState.FULL), Tier.DISTRICT),
)


@pytest.mark.parametrize(("why", "other", "tier"), BARRED_SHELTERS, ids=[f"{row[0]} {at}" for at, row in enumerate(BARRED_SHELTERS)])
def test_a_shelter_that_could_not_take_anybody_does_not_count_and_the_reason_is_told(why: NoPlaces, other: ShelterTonight, tier: Tier) -> None:
    on = tonight(shelters=[shelter(200), other], desk=STREET if tier is Tier.STREET else DISTRICT)
    line = stand(plan_of(Needs(places=250), tier=tier), on)
    assert (line.colour, line.first) == (
        Readiness.RED, Shortfall(kind=ShortfallKind.PLACES, wanted=250, there=200, barred=((why, 1),)))


@pytest.mark.parametrize(("why", "other"), [
    (NoPlaces.HAZARD_UNKNOWN, shelter(100, hazards=("earthquake",))), (NoPlaces.NOT_INSPECTED, shelter(100, inspected=Inspected.NOT_YET)),
    (NoPlaces.INSPECTION_OLD, shelter(100, inspected_on=TODAY - timedelta(days=400))),
])
def test_places_that_only_a_reason_opens_are_not_relied_on(why: NoPlaces, other: ShelterTonight) -> None:
    line = stand(plan_of(Needs(places=250)), tonight(shelters=[shelter(200), other]))
    assert (line.colour, line.first) == (
        Readiness.AMBER, Shortfall(kind=ShortfallKind.DOUBTFUL_PLACES, wanted=250, there=200, doubtful=100, barred=((why, 1),)))


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
    assert [(one.count, one.minutes) for one in wants_of(timed(60, own=listed)).levels[0].goods_by] == [(4, 60)]
    plan = timed(30, own=listed)
    later = replace(plan, actions=(*plan.actions, replace(plan.actions[0], id="later", due_minutes=120, needs=Needs())))
    assert [(one.count, one.minutes) for one in wants_of(later).levels[0].goods_by] == [(2, 30), (4, 120)]
    without = replace(plan, actions=())
    assert [(one.count, one.minutes) for one in wants_of(without).levels[0].goods_by] == [(4, None)]
    assert stand(without, replace(tonight(), stock=pumps(("far", 4, 3.0, 600)))).colour is Readiness.GREEN


# -- what teams bring along ---------------------------------------------------------------------------------------------
def with_pumps(number: int, count: int, *, away: float = 0.0, unit: str = "台", **more: object) -> Team:
    """A drainage team with pumps of its own, so many degrees north of the district's seat."""
    north, east = AreaTree(areas()).position(DISTRICT) or (0.0, 0.0)
    return team(number, f"{number}队", "drainage", latitude=north + away, longitude=east, muster_minutes=5,
                equipment=(Equipment("水泵", count, unit),), **more)


def sending(minutes: int, count: int, role: PlanRole, teams: int = 1) -> Plan:
    """A plan of which one action sends drainage teams with pumps by T+minutes."""
    plan = timed(minutes, count)
    needs = Needs(teams=(("drainage", teams),), items=(("pump", count),))
    return replace(plan, actions=(replace(plan.actions[0], role=role, needs=needs),))


def test_what_the_teams_of_a_level_carry_counts_beside_the_shelves_once_they_are_there() -> None:
    stock = pumps(("far", 5, 0.3, 30))
    alone = stand(sending(20, 6, PlanRole.RESCUE), replace(tonight(with_pumps(1, 4)), stock=stock)).first
    assert alone is not None and (alone.kind, alone.there, alone.carried, alone.by_minutes) == (ShortfallKind.LATE_ITEMS, 4, 4, 20)
    assert stand(sending(20, 4, PlanRole.RESCUE), replace(tonight(with_pumps(1, 4)), stock=stock)).colour is Readiness.GREEN
    late = stand(sending(20, 4, PlanRole.RESCUE), replace(tonight(with_pumps(1, 4, away=0.2)), stock=pumps())).first
    assert late is not None and (late.kind, late.is_team, late.depot, late.late) == (ShortfallKind.LATE_ITEMS, True, "1队", 4)
    short = stand(sending(20, 9, PlanRole.RESCUE), replace(tonight(with_pumps(1, 3)), stock=stock)).first
    assert short is not None and (short.kind, short.there, short.carried) == (ShortfallKind.ITEMS, 8, 3)


def test_what_an_order_of_the_duty_room_sends_with_teams_is_wanted_when_these_are_there() -> None:
    on = replace(tonight(with_pumps(1, 4, away=0.2)), stock=pumps())
    assert stand(sending(5, 4, PlanRole.DUTY_OFFICER), on).colour is Readiness.GREEN
    assert stand(sending(5, 4, PlanRole.RESCUE), on).colour is Readiness.RED
    far = stand(sending(5, 4, PlanRole.DUTY_OFFICER), replace(tonight(with_pumps(1, 2)), stock=pumps(("far", 5, 0.3, 30)))).first
    assert far is not None and (far.kind, far.there, far.is_with_teams) == (ShortfallKind.LATE_ITEMS, 2, True)
    assert far.by_minutes is not None and 5 < far.by_minutes < far.arrives


def test_only_as_many_teams_as_are_sent_bring_something_and_each_team_once() -> None:
    teams = [with_pumps(1, 2), with_pumps(2, 2, away=0.01), with_pumps(3, 9, away=0.02)]
    first = stand(sending(60, 6, PlanRole.RESCUE, teams=2), replace(tonight(*teams), stock=pumps())).first
    assert first is not None and (first.kind, first.there) == (ShortfallKind.ITEMS, 4)
    out = with_pumps(4, 9, state=TeamState.WORKING, incident_id=Id("i"))
    first = stand(sending(60, 6, PlanRole.RESCUE), replace(tonight(teams[0], out), stock=pumps())).first
    assert first is not None and first.there == 2


def test_equipment_in_another_unit_or_of_another_code_is_not_taken_for_what_is_asked() -> None:
    for other in (with_pumps(1, 4, unit="套"), replace(with_pumps(1, 4), equipment=(Equipment("潜水泵", 4, "台"),))):
        first = stand(sending(60, 4, PlanRole.RESCUE), replace(tonight(other), stock=pumps())).first
        assert first is not None and (first.kind, first.there) == (ShortfallKind.ITEMS, 0)


def test_where_no_ledger_is_kept_what_the_teams_carry_is_known_all_the_same() -> None:
    assert stand(sending(60, 4, PlanRole.RESCUE), tonight(with_pumps(1, 4))).colour is Readiness.GREEN
    first = stand(sending(60, 5, PlanRole.RESCUE), tonight(with_pumps(1, 4))).first
    assert first == Shortfall(kind=ShortfallKind.NO_STOCK, unknown=1)


def test_an_order_that_waits_for_its_teams_takes_nothing_from_what_is_wanted_before() -> None:
    plan = sending(5, 4, PlanRole.DUTY_OFFICER)
    plan = replace(plan, actions=(*plan.actions, replace(plan.actions[0], id="b", role=PlanRole.ORDER, due_minutes=15,
                                                         needs=Needs(items=(("pump", 2),)))))
    assert [(one.count, one.minutes, one.goes_with) for one in wants_of(plan).levels[0].goods_by] == [(4, 5, ("drainage",)), (2, 15, ())]


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
    line = stand(one, tonight(shelters=[shelter(200)]), two)
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
