"""The demo city: what is real in it is complete, what is invented is marked, and every desk in it can answer a call."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from emergency_desk.app import paths
from emergency_desk.app.opening import open_desk
from emergency_desk.domain.accounts import Role
from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.areas import Area, Tier
from emergency_desk.domain.errors import WrongPassword
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Figures
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.reasons import ReasonNot
from emergency_desk.domain.recommendation import Choice
from emergency_desk.domain.register import contact_is_due
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.stock_alarms import StockAlarmKind
from emergency_desk.domain.supplies import check_item
from emergency_desk.domain.teams import SENDABLE, Team, TeamKind, TeamState
from emergency_desk.domain.travel import distance_km
from emergency_desk.domain.units import UnitKind
from emergency_desk.errands.city_areas import city_areas, english_name
from emergency_desk.errands.demo_city import DEMO_ACCOUNT, DEMO_PASSWORD, build_demo
from emergency_desk.errands.trade import shipped_plans, shipped_rules
from emergency_desk.exchange.divisions import Division, read_divisions
from emergency_desk.services import calls, integrity, stock_lists, supplies
from emergency_desk.services.accounts import act_as, list_accounts, sign_in
from emergency_desk.services.desk import Desk
from emergency_desk.services.isolation import list_isolation
from emergency_desk.services.shelters import list_shelters
from tests.builders import START, SetClock

DIVISIONS = paths.reference() / "divisions"
TODAY = local_day(START)
TOLD: list[tuple[int, int, str]] = []  # what building the city told of its progress


def build(path: Path, clock: SetClock, tell: Callable[[int, int, str], None] | None = None) -> Desk:
    desk = open_desk(path, clock=clock, create=True)
    build_demo(desk, divisions_folder=DIVISIONS, places_file=paths.reference() / "qingdao_places.yaml",
               rules=shipped_rules(paths.reference()), plans=shipped_plans(paths.plans()), progress=tell)
    return desk


@cache
def built() -> Path:
    """Build the city once; nobody writes into this one."""
    path = Path(mkdtemp(prefix="demo-city-")) / "demo.store"
    build(path, SetClock(), lambda done, total, what: TOLD.append((done, total, what))).store.close()
    return path


@pytest.fixture(scope="module")
def city() -> Desk:
    """Open the city for reading."""
    return open_desk(built(), clock=SetClock())


@pytest.fixture(scope="module")
def duty_desk() -> Desk:
    """Open the city for taking advice, whoever sits at it; nothing is written."""
    return open_desk(built(), clock=SetClock())


@pytest.fixture
def own_city(tmp_path: Path) -> Desk:
    """Open a copy of the city that a test may write into."""
    shutil.copyfile(built(), tmp_path / "demo.store")
    return open_desk(tmp_path / "demo.store", clock=SetClock())


def areas_of(desk: Desk) -> dict[str, Area]:
    return {area.code: area for area in desk.tree.by_id.values()}


def teams_of(desk: Desk) -> list[Team]:
    with desk.reading() as reading:
        return reading.teams.where("ORDER BY code")


def sites_of(desk: Desk) -> list[Site]:
    with desk.reading() as reading:
        return reading.sites.where("ORDER BY code")


# -- the desk ---------------------------------------------------------------------------------------------------------
def test_the_desk_is_the_citys_operations_centre(city: Desk) -> None:
    assert (city.facts.code, city.facts.name, city.facts.name_en) == ("370200", "青岛市应急指挥中心", "Qingdao City Operations Centre")
    assert city.facts.is_demo
    assert city.tree.by_id[city.facts.area_id].name == "青岛市"


def test_the_trade_is_read_from_the_citys_own_store(city: Desk) -> None:
    assert {plan.code for plan in city.trade.current_plans} >= {"building_fire", "hazmat", "typhoon_flood"}


def test_the_store_is_sound(city: Desk) -> None:
    assert integrity.check(city).differences == ()


def test_two_cities_of_one_day_are_alike_to_the_byte(city: Desk, tmp_path: Path) -> None:
    evening = SetClock(START + timedelta(hours=3))
    other = build(tmp_path / "other.store", evening)
    assert integrity.check(other).tables == integrity.check(city).tables


def test_a_city_of_another_day_is_as_fresh(city: Desk, tmp_path: Path) -> None:
    next_year = build(tmp_path / "later.store", SetClock(START + timedelta(days=400)))

    def left(desk: Desk) -> list[int]:
        today = local_day(desk.now())
        return [(paper.valid_until - today).days for team in teams_of(desk) for paper in team.certificates if paper.valid_until]

    assert left(next_year) == left(city)


def test_building_tells_how_far_it_is() -> None:
    built()
    told = TOLD
    assert [done for done, _total, _what in told] == [0, 1, 2, 3, 4, 5, 6]
    assert {total for _done, total, _what in told} == {6}
    assert all(what for _done, _total, what in told[:-1])


# -- real areas -------------------------------------------------------------------------------------------------------
def test_every_division_of_qingdao_is_there(city: Desk) -> None:
    divisions = read_divisions(DIVISIONS)
    real = {unit.code: unit.name for unit in (*divisions.subtree("3702"), *divisions.villages("3702"))}
    assert {code: area.name for code, area in areas_of(city).items()} == real


def test_the_tiers_have_their_numbers(city: Desk) -> None:
    count = Counter(area.tier for area in city.tree.by_id.values())
    assert (count[Tier.CITY], count[Tier.DISTRICT], count[Tier.STREET]) == (1, 10, 141)
    assert count[Tier.VILLAGE] > 2_000


def test_shinan_has_its_eleven_streets(city: Desk) -> None:
    shinan = areas_of(city)["370202"]
    streets = city.tree.children(shinan.id)
    assert (shinan.name, shinan.name_en, len(streets)) == ("市南区", "Shinan District", 11)
    assert {street.tier for street in streets} == {Tier.STREET}


@pytest.mark.parametrize(("code", "name"), [
    ("370203021", "Taidong Sub-district"), ("370203005", "Liaoning Road Sub-district"), ("370281", "Jiaozhou City"),
    ("370211103", "Boli Town"), ("370214400", "Qingdao High-tech Zone"), ("3702", "Qingdao"),
])
def test_a_place_has_an_english_name(city: Desk, code: str, name: str) -> None:
    assert areas_of(city)[code].name_en == name


@pytest.mark.parametrize(("name", "english"), [
    ("威海路社区居委会", "Weihai Road Community"), ("河西村民委员会", "Hexi Village"), ("东蓬村村委会", "Dongpeng Village"),
    ("大村社区", "Dacun Community"),
])
def test_a_village_is_told_from_a_community_in_english(name: str, english: str) -> None:
    assert english_name(Division("370299001001", name, "370299001", "tier_village")) == english


def test_every_place_has_an_estimated_position_near_its_district(city: Desk) -> None:
    by_code = areas_of(city)
    for area in by_code.values():
        assert area.latitude is not None and area.longitude is not None and area.position_is_estimated
        if area.tier in (Tier.STREET, Tier.VILLAGE):
            above = by_code[area.code[:6]]
            assert distance_km(area.latitude, area.longitude, above.latitude or 0, above.longitude or 0) < 52


def test_no_two_places_stand_on_one_point(city: Desk) -> None:
    places = Counter((area.latitude, area.longitude) for area in city.tree.by_id.values())
    assert places.most_common(1)[0][1] == 1


def test_the_areas_of_any_district_can_be_laid_out_without_positions() -> None:
    ids = iter(range(10_000))
    areas = city_areas(read_divisions(DIVISIONS), "370202", lambda: Id(f"{next(ids):032x}"), {})
    assert (areas[0].name, areas[0].parent_id, areas[0].latitude, areas[0].is_demo) == ("市南区", None, None, False)
    assert {area.parent_id for area in areas[1:]} <= {area.id for area in areas}


# -- invented teams and places ----------------------------------------------------------------------------------------
def test_the_register_has_the_agreed_size(city: Desk) -> None:
    kinds = Counter(site.kind for site in sites_of(city))
    assert 390 <= len(teams_of(city)) <= 420
    assert (kinds[SiteKind.DEPOT], kinds[SiteKind.SHELTER]) == (60, 300)
    assert kinds[SiteKind.HOSPITAL] >= 10 and kinds[SiteKind.ISOLATION] >= 10


def test_everything_invented_is_marked(city: Desk) -> None:
    for record in (*teams_of(city), *sites_of(city), *list_accounts(city), *city.tree.by_id.values()):
        assert record.is_demo, record


def test_every_kind_of_team_is_there(city: Desk) -> None:
    assert {team.kind for team in teams_of(city)} == set(TeamKind)


def test_every_capability_can_be_sent_by_the_city(city: Desk) -> None:
    """Volunteers apply first (SDG20 Art. 32), but grassroots teams bring the same."""
    ready = [team for team in teams_of(city) if team.state in SENDABLE
             and team.kind not in (TeamKind.MILITARY, TeamKind.MILITIA, TeamKind.SOCIAL, TeamKind.VOLUNTEER)]
    able = {name for team in ready for name in team.capabilities if all(paper.is_valid_on(TODAY) for paper in team.certificates)}
    assert able == {capability.id for capability in city.trade.capabilities}


def test_no_name_or_code_is_given_twice(city: Desk) -> None:
    for records in (teams_of(city), sites_of(city)):
        for field in ("name", "name_en", "code"):
            assert Counter(getattr(record, field) for record in records).most_common(1)[0][1] == 1


def test_a_fire_station_stands_in_each_district(city: Desk) -> None:
    fire = Counter(team.area_id for team in teams_of(city) if team.kind is TeamKind.NATIONAL_FIRE)
    assert all(fire[district.id] >= 3 for district in city.tree.children(city.facts.area_id))


def test_most_streets_have_a_team_of_their_own(city: Desk) -> None:
    streets = {team.area_id for team in teams_of(city) if team.kind is TeamKind.GRASSROOTS}
    assert len(streets) > 141 / 2
    assert all(city.tree.by_id[street].tier is Tier.STREET for street in streets)


def test_nobody_is_out_and_some_rest_with_a_reason(city: Desk) -> None:
    states = Counter(team.state for team in teams_of(city))
    assert set(states) == {TeamState.STANDBY, TeamState.TRAINING, TeamState.UNAVAILABLE, TeamState.RECOVERING}
    assert states[TeamState.STANDBY] > 350
    assert all(bool(team.state_note) == (team.state is not TeamState.STANDBY) for team in teams_of(city))


def test_some_papers_have_run_out_and_some_will_soon(city: Desk) -> None:
    teams = teams_of(city)
    certificates = [(paper.valid_until - TODAY).days for team in teams for paper in team.certificates if paper.valid_until]
    agreements = [(team.agreement_until - TODAY).days for team in teams if team.agreement_until]
    for days in (certificates, agreements):
        assert 3 <= sum(left < 0 for left in days) < len(days) / 4
        assert sum(0 <= left <= 30 for left in days) >= 3


def test_phone_numbers_are_clearly_invented(city: Desk) -> None:
    assert all(team.duty_phone.startswith("0532-8000-") for team in teams_of(city))
    assert all(site.phone.startswith("0532-8000-") for site in sites_of(city))


def test_a_shelter_knows_its_area_and_capacity(city: Desk) -> None:
    for shelter in (site for site in sites_of(city) if site.kind is SiteKind.SHELTER):
        assert shelter.effective_area_m2 and shelter.capacity and shelter.capacity <= shelter.effective_area_m2


def test_isolation_sites_are_in_a_register_of_their_own_and_none_is_a_shelter(city: Desk) -> None:
    sites = {site.id for site in sites_of(city) if site.kind is SiteKind.ISOLATION}
    known = list_isolation(city)
    assert {one.site.id for one in known} == sites and all(one.places and one.isolation.is_demo for one in known)
    assert not sites & {one.site.id for one in list_shelters(city)}


# -- people -----------------------------------------------------------------------------------------------------------
def test_all_three_tiers_can_be_acted_as(duty_desk: Desk) -> None:
    tiers: Counter[Tier] = Counter()
    for account in list_accounts(duty_desk):
        act_as(duty_desk, name=account.name)
        tiers[duty_desk.tier] += 1
    assert tiers[Tier.CITY] == 7 and tiers[Tier.DISTRICT] == 20 and tiers[Tier.STREET] >= 10


def test_the_default_account_leads_the_citys_duty(city: Desk) -> None:
    account = next(account for account in list_accounts(city) if account.name == DEMO_ACCOUNT)
    assert account.roles == (Role.DUTY_LEADER,)
    assert account.area_id == city.facts.area_id


def test_every_role_is_held(city: Desk) -> None:
    assert {role for account in list_accounts(city) for role in account.roles} == set(Role)


def test_the_demo_password_opens_and_another_does_not(own_city: Desk) -> None:
    assert sign_in(own_city, name="shibei_leader", password=DEMO_PASSWORD).value.display_name
    with pytest.raises(WrongPassword):
        sign_in(own_city, name="shibei_leader", password="demo2")


# -- calls ------------------------------------------------------------------------------------------------------------
CALLS = [
    ("shibei_leader", "370203021", "18层高楼着火，有人被困", Figures(trapped=3), "building_fire"),
    ("huangdao_leader", "370211005", "化工厂氨气泄漏", Figures(hurt=2), "hazmat"),
    ("shinan_leader", "370202001", "桥洞积水，车被淹了", Figures(), "rainstorm_flood"),
    ("licang_leader", "370213006", "楼道里燃气味很大", Figures(), "gas_leak"),
    ("jiaozhou_leader", "370281001", "两车相撞有人受伤", Figures(hurt=2), "traffic"),
    ("laoshan_leader", "370212004", "山上着火了", Figures(), "forest_fire"),
    ("chengyang_leader", "370214003", "有人落水", Figures(), "drowning"),
    ("jimo_leader", "370215001", "六楼着火", Figures(), "building_fire"),
    ("city_leader", "370283001", "厂房塌了，有人被埋", Figures(trapped=2), "collapse"),
    ("taidong_officer", "370203021", "店铺着火", Figures(), "building_fire"),
]


@pytest.mark.parametrize(("who", "street", "words", "figures", "kind"), CALLS, ids=[f"{call[0]}-{call[4]}" for call in CALLS])
def test_a_call_gets_teams_within_minutes(duty_desk: Desk, who: str, street: str, words: str, figures: Figures, kind: str) -> None:
    act_as(duty_desk, name=who)
    advice = calls.advise(duty_desk, draft=CallDraft(words=words, area_id=areas_of(duty_desk)[street].id, figures=figures))
    found = advice.recommendation
    assert found is not None and advice.type_id == kind and advice.needs

    nearest: dict[str, Choice] = {}
    for choice in found.choices:
        nearest.setdefault(choice.serves, choice)
    for need, _count in advice.needs:
        assert need in nearest or found.unmet[need] > 0, f"{need} is neither met nor named"
    assert all((choice.minutes or 0) < 40 for choice in nearest.values()), nearest
    assert (found.choices[0].minutes or 0) <= 15


def test_a_district_without_a_forest_is_told_what_it_lacks_and_whose_it_is(duty_desk: Desk) -> None:
    act_as(duty_desk, name="shinan_leader")
    advice = calls.advise(duty_desk, draft=CallDraft(words="山上着火了", area_id=areas_of(duty_desk)["370202009"].id))
    found = advice.recommendation
    assert found is not None and found.unmet["forest_fire"] == 3
    others = {team_id for team_id, _why in found.others_because(ReasonNot.NOT_THIS_TIER)}
    assert any("forest_fire" in team.capabilities for team in teams_of(duty_desk) if team.id in others)


# -- the rest of the register -----------------------------------------------------------------------------------------
def test_an_officer_finds_duty_phones_and_command_posts(city: Desk) -> None:
    with city.reading() as reading:
        units = reading.units.where("ORDER BY name")
    posts = [unit for unit in units if unit.kind is UnitKind.SPECIAL_HQ]
    assert {hazard for post in posts for hazard in post.hazards} >= {"building_fire", "typhoon", "hazmat"}
    assert all(post.lead_unit and post.member_units and post.office for post in posts)
    assert all(unit.is_demo and unit.duty_phone.startswith("0532-8000-") for unit in units)


def test_agreements_stand_behind_the_numbers_that_teams_bear(city: Desk) -> None:
    with city.reading() as reading:
        numbers = {one.number for one in reading.agreements.where("")}
    assert numbers == {team.agreement_number for team in teams_of(city) if team.agreement_number}


def test_some_contacts_are_due_and_most_are_not(city: Desk) -> None:
    due = [team for team in teams_of(city) if contact_is_due(team.contact_tried_on, local_day(city.now()))]
    assert 5 < len(due) < 60


# -- stock ------------------------------------------------------------------------------------------------------------
def test_every_depot_holds_something_and_all_of_it_is_marked_as_invented(city: Desk) -> None:
    with city.reading() as reading:
        sites = {site.id for site in reading.sites.where("WHERE kind = 'depot'")}
        depots, lots = reading.depots.where(), reading.lots.where("LIMIT 5000")
        assert {depot.id for depot in depots} == sites and all(depot.phone and depot.keeper and depot.is_demo for depot in depots)
        assert all(lot.is_demo and lot.expires_on and lot.produced_on and lot.received_on >= lot.produced_on for lot in lots)
        assert all(item.is_demo for item in reading.supply_items.where())
        holding = {site for item in reading.supply_items.where() for _item, site in reading.balances.available([item.id], TODAY)}
    assert holding == sites


def test_all_three_kinds_of_reserve_are_there_and_each_alarm_has_something_to_tell(city: Desk) -> None:
    blankets = supplies.list_items(city, text="1110202")[0]
    last = stock_lists.item_page(city, item_id=blankets.id).supply[-1]
    assert last.goods > 10_000 and last.agreements > 0 and last.capacity > 0
    kinds = {alarm.kind for alarm in stock_lists.stock_alarms(city)}
    assert {StockAlarmKind.BELOW_MINIMUM, StockAlarmKind.EXPIRED, StockAlarmKind.EXPIRING, StockAlarmKind.COUNT_OVERDUE,
            StockAlarmKind.PROMISE_ENDED, StockAlarmKind.PROMISE_ENDING} <= kinds


def test_every_item_of_the_city_is_a_class_of_the_catalogue_or_its_own(city: Desk) -> None:
    for item in supplies.list_items(city):
        assert check_item(item, city.trade.catalogue) is item
