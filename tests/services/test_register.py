"""The register of teams: nothing untrue comes in, nobody overwrites unseen, and a long list is asked for page by page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from emergency_desk.domain.agreements import Agreement, AgreementKind, counts_as_own
from emergency_desk.domain.errors import FieldMissing, FieldRefused, RoleMissing, Stale, TeamIsOut
from emergency_desk.domain.ids import Id
from emergency_desk.domain.register import ExpiryKind, TeamFilter, TeamOrder, is_phone
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.teams import Certificate, Equipment, Team, TeamKind, TeamMember, TeamState
from emergency_desk.domain.units import Unit, UnitKind
from emergency_desk.services import exports, register, register_lists, teams, units
from emergency_desk.services.desk import Desk
from tests.builders import DISTRICT, FAR_STREET, OTHER_DISTRICT, STREET, SetClock, make_desk, team
from tests.ui.seat import take_fire


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path, account="keeper")


def new_team(**more: object) -> Team:
    return replace(team(900, "新河水上救援队", "water_rescue"), id=Id(""), **more)  # type: ignore[arg-type]


def names(desk: Desk, **asked: object) -> list[str]:
    return [line.name for line in register_lists.page_of_teams(desk, asked=TeamFilter(**asked))]  # type: ignore[arg-type]


# -- what may stand ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("field", "values"), [
    ("name", {"name": "  "}), ("people_total", {"people_total": -1}), ("people_ready", {"people_total": 5, "people_ready": 6}),
    ("radius_km", {"radius_km": 0.0}), ("duty_phone", {"duty_phone": "问老王"}), ("muster_minutes", {"muster_minutes": -3}),
    ("rating_level", {"rating_level": 4}), ("rating_specialty", {"rating_level": 2}), ("longitude", {"longitude": None}),
    ("latitude", {"latitude": 120.3, "longitude": 36.0}), ("equipment", {"equipment": (Equipment("冲锋舟", 0),)}),
    ("certificates", {"certificates": (Certificate("", "9"),)}),
])  # fmt: skip
def test_what_cannot_be_true_is_refused_at_its_field(desk: Desk, field: str, values: dict[str, object]) -> None:
    with pytest.raises((FieldMissing, FieldRefused)) as refused:
        register.add_team(desk, team=new_team(**values))
    assert refused.value.field == field


@pytest.mark.parametrize("text", ["0532-8000-0001", "+86 138 0000 0000", "119", "(0532)80001111转8", "80001111、80002222"])
def test_a_phone_may_be_written_in_many_ways(text: str) -> None:
    assert is_phone(text)


def test_an_agreement_that_ends_before_it_begins_is_refused(desk: Desk) -> None:
    paper = Agreement(Id(""), "X-1", AgreementKind.MUTUAL_AID, "邻厂", signed_on=date(2026, 5, 1), valid_until=date(2026, 4, 30))
    with pytest.raises(FieldRefused) as refused:
        units.keep_agreement(desk, agreement=paper)
    assert refused.value.field == "valid_until"


@pytest.mark.parametrize(("minutes", "signed", "until", "own"), [
    (5, date(2026, 1, 1), None, True), (6, date(2026, 1, 1), None, False), (5, None, None, False), (None, date(2026, 1, 1), None, False),
    (3, date(2026, 1, 1), date(2026, 11, 4), False), (3, date(2026, 1, 1), date(2026, 11, 5), True), (3, date(2026, 11, 6), None, False),
])  # fmt: skip
def test_a_neighbours_means_count_as_own_when_signed_valid_and_there_in_five_minutes(
    minutes: int | None, signed: date | None, until: date | None, own: bool,
) -> None:
    paper = Agreement(Id("1"), "H-1", AgreementKind.MUTUAL_AID, "邻厂", arrival_minutes=minutes, signed_on=signed, valid_until=until)
    assert counts_as_own(paper, date(2026, 11, 5)) is own


def test_an_observer_may_not_change_the_register(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, account="observer")
    with pytest.raises(RoleMissing):
        register.add_team(desk, team=new_team())


# -- changing ---------------------------------------------------------------------------------------------------------
def test_a_new_team_stands_by_and_is_found_by_its_initials(desk: Desk) -> None:
    kept = register.add_team(desk, team=new_team(state=TeamState.WORKING)).value
    assert (kept.state, kept.version) == (TeamState.STANDBY, 1)
    assert names(desk, text="xhss") == ["新河水上救援队"]


def test_two_keepers_do_not_overwrite_one_another_unseen(desk: Desk) -> None:
    before = teams.get_team(desk, team_id=Id(f"{104:032x}"))
    register.change_team(desk, before=before, team=replace(before, channel="CH 7"))
    with pytest.raises(Stale) as stale:
        register.change_team(desk, before=before, team=replace(before, leader_name="王五"))
    assert stale.value.values["theirs"].channel == "CH 7"
    assert stale.value.values["ours"].leader_name == "王五"


def test_a_team_that_moved_meanwhile_keeps_its_state_and_takes_the_change(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    before = teams.get_team(desk, team_id=Id(f"{104:032x}"))
    teams.report_state(desk, team_id=before.id, to=TeamState.TRAINING)
    kept = register.change_team(desk, before=before, team=replace(before, channel="CH 9")).value
    assert (kept.state, kept.channel) == (TeamState.TRAINING, "CH 9")


def test_a_retired_team_is_neither_listed_nor_recommended_nor_counted(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    fire = Id(f"{101:032x}")
    assert fire in desk.memory.roster(today=date(2026, 11, 5)).index
    names(desk, text="xiaofang")
    register.retire_team(desk, team_id=fire)
    assert fire not in desk.memory.roster(today=date(2026, 11, 5)).index
    assert "消防一站" not in names(desk) + names(desk, text="xiaofang") + [one.name for one in teams.list_teams(desk)]
    assert names(desk, is_retired=True) == ["消防一站"]
    with desk.reading() as reading:
        assert sum(reading.team_states().values()) == 12
    register.bring_back_team(desk, team_id=fire)
    assert fire in desk.memory.roster(today=date(2026, 11, 5)).index


def test_a_team_that_is_out_is_not_retired(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    taken = take_fire(desk, send=1)
    with desk.reading() as reading:
        out = reading.teams.first("WHERE incident_id = ?", (taken.incident.id,))[0]
    with pytest.raises(TeamIsOut) as refused:
        register.retire_team(desk, team_id=out.id)
    assert refused.value.values["incident"] == taken.incident.number
    deployed = register_lists.team_detail(desk, team_id=out.id).deployments
    assert [one.incident_number for one in deployed] == [taken.incident.number]


def test_many_teams_take_a_field_in_one_commit_and_give_it_back(desk: Desk) -> None:
    ids = [Id(f"{number:032x}") for number in (104, 105, 106)]
    done = register.change_many(desk, team_ids=ids, changes={"contact_tried_on": date(2026, 11, 5), "channel": "CH 3"})
    assert {teams.get_team(desk, team_id=id_).channel for id_ in ids} == {"CH 3"}
    register.put_back_many(desk, before=done.value, names=("contact_tried_on", "channel"))
    assert {teams.get_team(desk, team_id=id_).channel for id_ in ids} == {""}


def test_a_state_is_not_set_for_many_at_once(desk: Desk) -> None:
    with pytest.raises(FieldRefused):
        register.change_many(desk, team_ids=[Id(f"{104:032x}")], changes={"state": TeamState.WORKING})


def test_a_member_who_left_leaves_no_name_behind(desk: Desk) -> None:
    home = Id(f"{104:032x}")
    kept = register.keep_member(desk, member=TeamMember(Id(""), home, "张三", post="队长", phone="13800000000")).value
    assert [one.name for one in register_lists.team_detail(desk, team_id=home).members] == ["张三"]
    register.remove_member(desk, member=kept)
    assert register_lists.team_detail(desk, team_id=home).members == ()
    with desk.reading() as reading:
        assert [one.name + one.phone for one in reading.members.where("WHERE team_id = ?", (home,))] == [""]


# -- asking -----------------------------------------------------------------------------------------------------------
def test_a_list_is_asked_for_by_kind_capability_area_and_state(desk: Desk) -> None:
    assert names(desk, kinds=(TeamKind.SOCIAL,)) == ["海波志愿队"]
    assert names(desk, capability="fire_fighting", area_id=OTHER_DISTRICT) == ["南山消防站"]
    assert set(names(desk, capability="cordon", area_id=DISTRICT)) == {"街道应急队", "派出所警戒组"}
    assert names(desk, area_id=STREET, states=(TeamState.STANDBY,)) == ["街道应急队"]
    assert names(desk, area_id=FAR_STREET) == []
    assert names(desk, ends_by=date(2026, 10, 1)) == ["燃气抢修班"]


@pytest.mark.parametrize("order", list(TeamOrder))
def test_pages_follow_one_another_without_a_gap(desk: Desk, order: TeamOrder) -> None:
    whole = register_lists.page_of_teams(desk, asked=TeamFilter(), order=order)
    places = register_lists.places_of_pages(desk, asked=TeamFilter(), order=order, every=5)
    assert [whole[4].place, whole[9].place] == places
    paged = [line for after in (None, *places)
             for line in register_lists.page_of_teams(desk, asked=TeamFilter(), order=order, after=after, limit=5)]
    assert paged == whole
    assert len(whole) == register_lists.count_teams(desk, asked=TeamFilter()) == 13


def test_what_was_renamed_is_found_by_its_new_name_only(desk: Desk) -> None:
    before = teams.get_team(desk, team_id=Id(f"{104:032x}"))
    assert len(names(desk, text="急救")) == 3
    register.change_team(desk, before=before, team=replace(before, name="白云救护组"))
    assert (len(names(desk, text="急救")), names(desk, text="byjh"), names(desk, text="by 救护")) == (2, ["白云救护组"], ["白云救护组"])


def test_what_ends_soon_is_told_the_earliest_first(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, account="keeper", clock=SetClock())
    before = teams.get_team(desk, team_id=Id(f"{105:032x}"))
    register.change_team(desk, before=before, team=replace(before, insured_until=date(2026, 11, 20), contact_tried_on=date(2026, 11, 1)))
    units.keep_agreement(desk, agreement=Agreement(Id(""), "H-2", AgreementKind.MUTUAL_AID, "邻厂", valid_until=date(2026, 11, 10)))
    told = register_lists.what_expires(desk, days=30)
    assert [(line.kind, line.name) for line in told[:3]] == [
        (ExpiryKind.CERTIFICATE, "燃气抢修班"), (ExpiryKind.AGREEMENT, "邻厂"), (ExpiryKind.INSURANCE, "急救二组")]
    contacts = [line.name for line in told if line.kind is ExpiryKind.CONTACT]
    assert len(contacts) == 12 and "急救二组" not in contacts


def test_the_state_board_counts_each_team_in_one_line(tmp_path: Path) -> None:
    clock = SetClock()
    desk = make_desk(tmp_path, account="city", clock=clock)
    teams.report_state(desk, team_id=Id(f"{111:032x}"), to=TeamState.UNAVAILABLE, note="检修")
    take_fire(desk, send=1)
    clock.forward(45)
    rows = {row.area_id: row for row in register_lists.states_below(desk)}
    assert rows[OTHER_DISTRICT].counts == {TeamState.UNAVAILABLE: 1}
    assert rows[DISTRICT].total == 12
    assert (rows[DISTRICT].silent, rows[OTHER_DISTRICT].silent) == (1, 0)


def test_a_view_is_saved_with_its_filter_and_dropped(desk: Desk) -> None:
    view = register_lists.SavedView("水上 30 天", capability="water_rescue", days=30, kinds=(TeamKind.SOCIAL,), columns=("name", "phone"))
    register_lists.keep_view(desk, view=view)
    assert register_lists.list_views(desk) == [view]
    register_lists.drop_view(desk, name=view.name)
    assert register_lists.list_views(desk) == []


def test_special_command_posts_stand_before_departments(desk: Desk) -> None:
    units.keep_unit(desk, unit=Unit(Id(""), UnitKind.DEPARTMENT, "气象局", duty_phone="0532-80000001"))
    units.keep_unit(desk, unit=Unit(Id(""), UnitKind.SPECIAL_HQ, "防汛抗旱指挥部", lead_unit="水务局", hazards=("rainstorm_flood",)))
    assert [one.name for one in units.list_units(desk)] == ["防汛抗旱指挥部", "气象局"]
    assert [one.name for one in units.list_units(desk, text="qxj")] == ["气象局"]


def test_a_retired_unit_or_site_leaves_lists_and_exports_and_comes_back(desk: Desk) -> None:
    unit = units.keep_unit(desk, unit=Unit(Id(""), UnitKind.DEPARTMENT, "气象局")).value
    site = units.keep_site(desk, site=Site(id=Id(""), kind=SiteKind.DEPOT, name="旧仓库", area_id=STREET)).value
    units.retire_unit(desk, unit_id=unit.id)
    units.retire_site(desk, site_id=site.id)
    assert (units.list_units(desk), units.list_sites(desk)) == ([], [])
    assert [exports.read_list(desk, kind=kind) for kind in ("units", "sites")] == [[], []]
    assert [one.name for one in units.list_sites(desk, is_retired=True)] == ["旧仓库"]
    assert units.get_unit(desk, unit_id=unit.id).is_retired
    units.bring_back_unit(desk, unit_id=unit.id)
    units.bring_back_site(desk, site_id=site.id)
    assert (len(units.list_units(desk)), len(units.list_sites(desk))) == (1, 1)
