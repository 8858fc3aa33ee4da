"""Who should go: every reason, the order of the checks, needs that greed would leave unmet, and what must always hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emergency_desk.domain.areas import Area, AreaTree, Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.matching import Places
from emergency_desk.domain.reasons import Caution, ReasonNot, Warn, WhyChosen, WhyNot, bar_to_sending, standing_reason
from emergency_desk.domain.recommendation import Recommendation, recommend, speaks_against
from emergency_desk.domain.roster import Roster
from emergency_desk.domain.rules import RuleBasis
from emergency_desk.domain.teams import OUT, SENDABLE, Certificate, Team, TeamKind, TeamState
from emergency_desk.domain.texts import Text
from emergency_desk.domain.travel import SpeedBand, TravelSettings, distance_km, travel_minutes
from tests.quickness import examples

TODAY = date(2026, 11, 24)
YESTERDAY = TODAY - timedelta(days=1)
TRAVEL = TravelSettings(
    road_factor=1.3, bands=(SpeedBand(up_to_road_km=5, km_per_hour=30), SpeedBand(up_to_road_km=None, km_per_hour=60)), least_minutes=1,
    basis=RuleBasis(source="made up", title=Text("", "")),
)
CITY, SHIBEI, SHINAN, TAIDONG, LIAOYUAN, BADAHU = (Id(name) for name in ("qingdao", "shibei", "shinan", "taidong", "liaoyuan", "badahu"))
OTHER_CITY, YANTAI_STREET = Id("yantai"), Id("yantai street")
TREE = AreaTree([
    Area(CITY, "青岛市", Tier.CITY), Area(SHIBEI, "市北区", Tier.DISTRICT, CITY, latitude=36.09, longitude=120.37),
    Area(SHINAN, "市南区", Tier.DISTRICT, CITY), Area(TAIDONG, "台东街道", Tier.STREET, SHIBEI),
    Area(LIAOYUAN, "辽源路街道", Tier.STREET, SHIBEI), Area(BADAHU, "八大湖街道", Tier.STREET, SHINAN),
    Area(OTHER_CITY, "烟台市", Tier.CITY), Area(YANTAI_STREET, "烟台某街道", Tier.STREET, OTHER_CITY),
])
SCENE = (36.09, 120.37)
KM = 1 / 111.195  # degrees of latitude to one kilometre


def a_team(code: str = "T1", *able: str, km: float | None = 1.0, **changes: Any) -> Team:
    team = Team(
        id=Id(changes.pop("id", f"id of {code}")), code=code, name=code, kind=TeamKind.PROFESSIONAL, area_id=SHIBEI,
        capabilities=able or ("medical",), latitude=None if km is None else SCENE[0] + km * KM, longitude=None if km is None else SCENE[1],
        muster_minutes=2,
    )
    return replace(team, **changes)


def ask(*teams: Team, needs: dict[str, int] | None = None, **changes: Any) -> Recommendation:
    question: dict[str, Any] = {
        "needs": {"medical": 1} if needs is None else needs, "place": SCENE, "area_id": TAIDONG, "desk_area_id": SHIBEI, "today": TODAY,
        "travel": TRAVEL, **changes,
    }
    return recommend(Roster.of(teams, TREE, TODAY), **question)


def codes(answer: Recommendation) -> list[str]:
    return [choice.team_id.removeprefix("id of ") for choice in answer.choices]


def paper(capability: str = "medical", until: date | None = YESTERDAY) -> Certificate:
    return Certificate(capability, "鲁-0417", until)


# -- one reason each ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("changes", "expected"), [
    ({"kind": TeamKind.MILITARY}, WhyNot(ReasonNot.BY_REQUEST)),
    ({"kind": TeamKind.MILITIA}, WhyNot(ReasonNot.BY_REQUEST)),
    ({"state": TeamState.WORKING, "incident_id": Id("0017")},
     WhyNot(ReasonNot.COMMITTED, state=TeamState.WORKING, incident_id=Id("0017"))),
    ({"state": TeamState.LOST_CONTACT, "incident_id": Id("0017")},
     WhyNot(ReasonNot.COMMITTED, state=TeamState.LOST_CONTACT, incident_id=Id("0017"))),
    ({"state": TeamState.RECOVERING}, WhyNot(ReasonNot.STATE, state=TeamState.RECOVERING)),
    ({"state": TeamState.UNAVAILABLE}, WhyNot(ReasonNot.STATE, state=TeamState.UNAVAILABLE)),
    ({"capabilities": ("drainage",)}, WhyNot(ReasonNot.MISSING_CAPABILITY, capabilities=("medical",))),
    ({"capabilities": ()}, WhyNot(ReasonNot.MISSING_CAPABILITY, capabilities=("medical",))),
    ({"certificates": (paper(),)}, WhyNot(ReasonNot.CERTIFICATE_EXPIRED, capabilities=("medical",), expired_on=YESTERDAY)),
    ({"kind": TeamKind.MUTUAL_AID, "agreement_until": YESTERDAY}, WhyNot(ReasonNot.AGREEMENT_EXPIRED, expired_on=YESTERDAY)),
    ({"kind": TeamKind.UNIT, "agreement_until": YESTERDAY}, WhyNot(ReasonNot.AGREEMENT_EXPIRED, expired_on=YESTERDAY)),
    ({"kind": TeamKind.SOCIAL}, WhyNot(ReasonNot.APPLICATION_NEEDED)),
    ({"kind": TeamKind.VOLUNTEER}, WhyNot(ReasonNot.APPLICATION_NEEDED)),
    ({"area_id": SHINAN}, WhyNot(ReasonNot.NOT_THIS_TIER, area_id=SHINAN)),
    ({"area_id": CITY}, WhyNot(ReasonNot.NOT_THIS_TIER, area_id=CITY)),
    ({"area_id": LIAOYUAN, "may_cross_area": False}, WhyNot(ReasonNot.MAY_NOT_CROSS, area_id=LIAOYUAN)),
])
def test_a_team_that_stays_says_the_reason_with_its_values(changes: dict[str, Any], expected: WhyNot) -> None:
    answer = ask(a_team(**changes))
    assert answer.choices == ()
    assert answer.why_not(Id("id of T1")) == expected
    assert dict(answer.counts) == {expected.reason: 1}
    assert list(answer.by_request if expected.reason is ReasonNot.BY_REQUEST else answer.others) == [(Id("id of T1"), expected)]
    assert dict(answer.unmet) == {"medical": 1}


def test_a_team_beyond_its_radius_says_how_far_the_scene_is() -> None:
    answer = ask(a_team(km=12.0, radius_km=10.0))
    why = answer.why_not(Id("id of T1"))
    assert why is not None and why.km is not None
    assert (why.reason, round(why.km, 2), why.radius_km) == (ReasonNot.BEYOND_RADIUS, 12.0, 10.0)


def test_a_farther_team_says_its_minutes_and_how_many_nearer_suffice() -> None:
    answer = ask(a_team("A"), a_team("B", km=2), a_team("C", km=20), needs={"medical": 2})
    why = answer.why_not(Id("id of C"))
    assert why is not None and why.km is not None
    assert (why.reason, why.minutes, why.nearer) == (ReasonNot.NEARER_SUFFICE, 2 + travel_minutes(why.km, TRAVEL), 2)
    assert why.minutes == 34


def test_a_further_team_of_a_kind_that_is_met_could_go_and_is_not_recommended() -> None:
    nobody_for_it = {"medical": 0, "evacuation": 1}
    answer = ask(a_team("A", km=3), a_team("B", capabilities=("power",)), needs=nobody_for_it)
    why = answer.why_not(Id("id of A"))
    assert why is not None
    assert (answer.choices, dict(answer.unmet)) == ((), {"evacuation": 1})
    assert (why.reason, why.nearer) == (ReasonNot.NEARER_SUFFICE, 0)
    assert answer.others_because(ReasonNot.MISSING_CAPABILITY)[0][0] == "id of B"
    assert [(choice.team_id, choice.serves) for choice in answer.spare] == [("id of A", "medical")]


def test_a_need_that_is_open_is_served_before_one_that_is_met() -> None:
    answer = ask(a_team("A", capabilities=("a", "medical")), needs={"a": 0, "medical": 1})
    assert [(choice.team_id, choice.serves) for choice in answer.choices] == [("id of A", "medical")]


def test_a_team_without_a_position_is_ranked_last_and_not_dropped() -> None:
    nearer = ask(a_team("A", km=None), a_team("B", km=90))
    assert codes(nearer) == ["B"]
    assert nearer.why_not(Id("id of A")) == WhyNot(ReasonNot.NO_POSITION)
    alone = ask(a_team("A", km=None))
    assert codes(alone) == ["A"]
    assert (alone.choices[0].minutes, alone.choices[0].km) == (None, None)
    assert alone.choices[0].warnings == (Caution(Warn.POSITION_UNKNOWN),)


def test_without_coordinates_the_middle_of_the_area_is_the_scene() -> None:
    answer = ask(a_team(), place=None)
    assert answer.place == SCENE
    assert answer.choices[0].minutes == ask(a_team()).choices[0].minutes


def test_where_no_place_is_known_teams_are_chosen_by_muster_time() -> None:
    answer = ask(a_team("A", muster_minutes=9, area_id=BADAHU), a_team("B", muster_minutes=3, area_id=BADAHU), place=None,
                 area_id=BADAHU, desk_area_id=CITY)
    assert codes(answer) == ["B"]
    assert answer.why_not(Id("id of A")) == WhyNot(ReasonNot.PLACE_UNKNOWN)


def test_without_a_plan_nobody_is_chosen_and_everybody_near_is_offered() -> None:
    answer = ask(a_team("A", km=3), a_team("B", km=1), needs={})
    assert answer.choices == () and dict(answer.unmet) == {}
    assert [choice.team_id for choice in answer.spare] == ["id of B", "id of A"]
    assert dict(answer.counts) == {ReasonNot.NOTHING_NEEDED: 2}


# -- papers ---------------------------------------------------------------------------------------------------------------
def test_papers_hold_through_their_last_day() -> None:
    assert codes(ask(a_team(certificates=(paper(until=TODAY),), kind=TeamKind.UNIT, agreement_until=TODAY))) == ["T1"]


def test_a_second_certificate_that_holds_is_enough() -> None:
    assert codes(ask(a_team(certificates=(paper(), paper(until=None))))) == ["T1"]


def test_an_expired_certificate_takes_only_its_own_capability() -> None:
    answer = ask(a_team("T1", "medical", "hazmat", certificates=(paper("hazmat"),)), needs={"hazmat": 1, "medical": 1})
    assert [choice.serves for choice in answer.choices] == ["medical"]
    assert dict(answer.unmet) == {"hazmat": 1}


def test_an_expired_rating_of_a_social_force_only_warns() -> None:
    team = a_team(kind=TeamKind.SOCIAL, certificates=(paper(),), insured_until=YESTERDAY)
    answer = ask(team, accepted=frozenset({team.id}))
    assert answer.choices[0].warnings == (Caution(Warn.RATING_EXPIRED, YESTERDAY, "medical"), Caution(Warn.INSURANCE_EXPIRED, YESTERDAY))
    assert WhyChosen.APPLICATION_ACCEPTED in answer.choices[0].reasons


def test_an_agreement_date_does_not_bar_the_fire_service() -> None:
    assert codes(ask(a_team(kind=TeamKind.NATIONAL_FIRE, agreement_until=YESTERDAY))) == ["T1"]


def test_a_team_in_training_may_be_recalled_and_says_so() -> None:
    assert ask(a_team(state=TeamState.TRAINING)).choices[0].warnings == (Caution(Warn.IN_TRAINING),)


# -- whose to order ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("desk", "ordered"), [
    (CITY, {"of the city", "of shibei", "of taidong", "of liaoyuan", "of shinan"}),
    (SHIBEI, {"of shibei", "of taidong", "of liaoyuan"}),
    (TAIDONG, {"of taidong"}),
])
def test_a_desk_orders_the_teams_of_its_own_area_and_of_those_below(desk: Id, ordered: set[str]) -> None:
    places = {"of the city": CITY, "of shibei": SHIBEI, "of taidong": TAIDONG, "of liaoyuan": LIAOYUAN, "of shinan": SHINAN}
    answer = ask(*(a_team(name, area_id=area) for name, area in places.items()), needs={"medical": 9}, desk_area_id=desk)
    assert set(codes(answer)) == ordered
    assert answer.counts.get(ReasonNot.NOT_THIS_TIER, 0) == len(places) - len(ordered)


@pytest.mark.parametrize("desk", [CITY, SHIBEI, TAIDONG, LIAOYUAN, BADAHU])
def test_every_desk_of_the_city_may_call_the_fire_service(desk: Id) -> None:
    at_street = a_team("street", kind=TeamKind.NATIONAL_FIRE, area_id=TAIDONG)
    at_city = a_team("city", kind=TeamKind.NATIONAL_FIRE, area_id=CITY)
    assert set(codes(ask(at_street, at_city, needs={"medical": 2}, desk_area_id=desk))) == {"street", "city"}


def test_the_fire_service_of_another_city_is_asked_for() -> None:
    answer = ask(a_team(kind=TeamKind.NATIONAL_FIRE, area_id=YANTAI_STREET))
    assert answer.counts == {ReasonNot.NOT_THIS_TIER: 1}


# -- the order of the checks --------------------------------------------------------------------------------------------------
WRONG: list[tuple[ReasonNot, dict[str, Any]]] = [
    (ReasonNot.BY_REQUEST, {"kind": TeamKind.MILITIA}),
    (ReasonNot.COMMITTED, {"state": TeamState.EN_ROUTE}),
    (ReasonNot.MISSING_CAPABILITY, {"capabilities": ("drainage",)}),
    (ReasonNot.CERTIFICATE_EXPIRED, {"certificates": (paper(),)}),
    (ReasonNot.AGREEMENT_EXPIRED, {"kind": TeamKind.UNIT, "agreement_until": YESTERDAY}),
    (ReasonNot.APPLICATION_NEEDED, {"kind": TeamKind.VOLUNTEER}),
    (ReasonNot.NOT_THIS_TIER, {"area_id": BADAHU}),
    (ReasonNot.MAY_NOT_CROSS, {"may_cross_area": False, "area_id": LIAOYUAN}),
    (ReasonNot.BEYOND_RADIUS, {"radius_km": 0.5}),
]


@pytest.mark.parametrize(("first", "second"), [(a, b) for a, b in product(range(len(WRONG)), repeat=2) if a < b])
def test_of_two_reasons_the_earlier_in_the_order_is_told(first: int, second: int) -> None:
    both = {**WRONG[second][1], **WRONG[first][1]}  # where both set one field the first wins, as its reason does
    why = ask(a_team(**both)).why_not(Id("id of T1"))
    assert why is not None and why.reason is WRONG[first][0]


def test_every_state_either_may_be_sent_or_says_why() -> None:
    for state in TeamState:
        expected = None if state in SENDABLE else ReasonNot.COMMITTED if state in OUT else ReasonNot.STATE
        assert standing_reason(TeamKind.PROFESSIONAL, state) is expected


def test_the_order_of_the_moment_forbids_only_what_the_law_forbids() -> None:
    assert bar_to_sending(a_team(kind=TeamKind.MILITARY), accepted=True) == WhyNot(ReasonNot.BY_REQUEST)
    assert bar_to_sending(a_team(state=TeamState.WORKING, incident_id=Id("i"))) == WhyNot(
        ReasonNot.COMMITTED, state=TeamState.WORKING, incident_id=Id("i"))
    assert bar_to_sending(a_team(kind=TeamKind.SOCIAL)) == WhyNot(ReasonNot.APPLICATION_NEEDED)
    assert bar_to_sending(a_team(kind=TeamKind.SOCIAL), accepted=True) is None
    assert bar_to_sending(a_team(state=TeamState.RECOVERING, area_id=CITY)) is None
    assert [reason for reason in ReasonNot if not reason.may_be_overridden] == [
        ReasonNot.BY_REQUEST, ReasonNot.COMMITTED, ReasonNot.APPLICATION_NEEDED]


# -- the choice ---------------------------------------------------------------------------------------------------------------
def test_muster_time_counts_as_much_as_the_road() -> None:
    assert codes(ask(a_team("A", km=1, muster_minutes=30), a_team("B", km=8, muster_minutes=1))) == ["B"]


def test_equal_arrivals_go_by_code_then_id() -> None:
    teams = [a_team("B"), a_team("A", id="2"), a_team("A", id="1")]
    for order in permutations(teams):
        assert [choice.team_id for choice in ask(*order, needs={"medical": 3}).choices] == ["1", "2", "id of B"]


def test_a_team_that_can_do_two_things_is_left_to_the_rarer() -> None:
    """The nearest can do both; greed would give it to the first need and leave the other empty."""
    both, common = a_team("A", "drainage", "hazmat", km=1), a_team("B", "drainage", km=5)
    answer = ask(both, common, needs={"drainage": 1, "hazmat": 1})
    assert {choice.team_id: choice.serves for choice in answer.choices} == {"id of A": "hazmat", "id of B": "drainage"}
    assert not answer.unmet


def test_a_chain_of_teams_is_moved_up_to_meet_the_last_need() -> None:
    teams = [a_team("A", "a", "b", km=1), a_team("B", "b", "c", km=2), a_team("C", "a", km=3)]
    assert not ask(*teams, needs={"a": 1, "b": 1, "c": 1}).unmet


def test_a_need_that_is_full_for_good_says_so() -> None:
    places = Places({"a": 1, "b": 1, "c": 1})
    assert not places.take(0, ("other",))
    assert places.take(1, ("a", "b")) and places.with_room() == ["a", "b", "c"]
    assert places.take(2, ("a", "b")) and places.with_room() == ["c"]
    assert not places.take(3, ("a", "b")) and set(places.served()) == {1, 2}


def test_what_stays_unmet_is_counted() -> None:
    answer = ask(a_team("A", "drainage"), needs={"drainage": 2, "diving": 1})
    assert dict(answer.unmet) == {"diving": 1, "drainage": 1}


def test_a_choice_says_which_of_how_many_it_is() -> None:
    answer = ask(a_team("A"), a_team("B", km=2), a_team("C", km=3), needs={"medical": 2})
    assert [(choice.nth, choice.able, choice.reasons) for choice in answer.choices] == [
        (1, 3, (WhyChosen.NEAREST,)), (2, 3, (WhyChosen.NEXT_NEAREST,))]
    assert ask(a_team("A")).choices[0].reasons == (WhyChosen.ONLY_ONES,)
    assert [(choice.team_id, choice.nth) for choice in answer.spare] == [("id of C", 3)]


def test_forces_by_request_are_listed_apart_the_useful_and_near_first() -> None:
    answer = ask(a_team("A", "drainage", kind=TeamKind.MILITIA), a_team("B", km=9, kind=TeamKind.MILITIA),
                 a_team("C", km=4, kind=TeamKind.MILITARY))
    assert [team_id for team_id, _why in answer.by_request] == ["id of C", "id of B", "id of A"]
    assert list(answer.others) == []


def test_others_are_read_page_by_page_who_could_go_first() -> None:
    answer = ask(a_team("A"), a_team("B", "drainage"), a_team("C", km=9), a_team("D", km=5), a_team("E", state=TeamState.WORKING))
    assert [team_id[-1] for team_id, _why in answer.others] == ["D", "C", "E", "B"]
    assert [team_id[-1] for team_id, _why in answer.others[1:3]] == ["C", "E"]
    assert answer.others[-1][0] == "id of B" and len(answer.others) == 4
    assert [team_id[-1] for team_id, _why in answer.others_because(ReasonNot.COMMITTED)] == ["E"]


def test_others_that_could_go_stand_by_arrival_and_not_by_distance() -> None:
    answer = ask(a_team("A"), a_team("B", km=2, muster_minutes=40), a_team("C", km=6))
    assert [team_id[-1] for team_id, _why in answer.others] == ["C", "B"]
    assert [team_id for team_id, _why in answer.others] == [choice.team_id for choice in answer.spare]


def test_a_rare_team_is_found_behind_many_common_ones() -> None:
    common = [a_team(f"C{number:03}", "drainage", km=1 + number / 100) for number in range(200)]
    rare = a_team("R", "diving", km=80)
    answer = ask(*common, rare, needs={"drainage": 2, "diving": 1}, limit=3)
    assert codes(answer) == ["C000", "C001", "R"]
    assert [choice.team_id for choice in answer.spare] == ["id of C002", "id of C003", "id of C004"]


def test_an_empty_register_leaves_everything_unmet() -> None:
    answer = ask(needs={"medical": 2})
    assert (answer.choices, dict(answer.unmet), len(answer.others), dict(answer.counts)) == ((), {"medical": 2}, 0, {})


# -- the roster -----------------------------------------------------------------------------------------------------------------
def test_a_new_day_judges_the_papers_again() -> None:
    roster = Roster.of([a_team(certificates=(paper(until=TODAY),))], TREE, TODAY)
    tomorrow = recommend(roster, needs={"medical": 1}, place=SCENE, area_id=TAIDONG, desk_area_id=SHIBEI,
                         today=TODAY + timedelta(days=1), travel=TRAVEL)
    assert dict(tomorrow.counts) == {ReasonNot.CERTIFICATE_EXPIRED: 1}


def test_a_paper_that_came_with_a_change_is_judged_on_the_day_it_runs_out() -> None:
    roster = Roster.of([a_team()], TREE, TODAY).with_teams([a_team(certificates=(paper(until=TODAY),)), a_team("T2", km=5)])
    for day, counts in ((TODAY, {ReasonNot.NEARER_SUFFICE: 1}), (TODAY + timedelta(days=1), {ReasonNot.CERTIFICATE_EXPIRED: 1})):
        answer = recommend(roster, needs={"medical": 1}, place=SCENE, area_id=TAIDONG, desk_area_id=SHIBEI, today=day, travel=TRAVEL)
        assert dict(answer.counts) == counts


# -- what must always hold --------------------------------------------------------------------------------------------------------
ABLE = ("a", "b", "c")
dates = st.sampled_from([None, YESTERDAY, TODAY])
teams_drawn = st.builds(
    lambda number, able, until, km, changes: a_team(
        f"T{number:02}", certificates=tuple(Certificate(name, "1", until) for name in able[:1]) if until else (), km=km,
        **{**changes, "capabilities": tuple(able)}),
    st.integers(0, 30), st.lists(st.sampled_from((*ABLE, "d")), unique=True, max_size=3), dates,
    st.sampled_from([None, 0.0, 1.0, 2.5, 30.0]),
    st.fixed_dictionaries({
        "kind": st.sampled_from([TeamKind.PROFESSIONAL] * 6 + list(TeamKind)), "agreement_until": dates,
        "state": st.sampled_from([TeamState.STANDBY] * 8 + list(TeamState)), "may_cross_area": st.booleans(),
        "area_id": st.sampled_from([SHIBEI] * 4 + [CITY, SHINAN, TAIDONG, LIAOYUAN, YANTAI_STREET]),
        "radius_km": st.sampled_from([None, None, 2.0]), "muster_minutes": st.sampled_from([None, 1, 10]),
    }),
)
registers = st.lists(teams_drawn, unique_by=lambda team: team.id, max_size=9)
needs_drawn = st.dictionaries(st.sampled_from(ABLE), st.integers(0, 3), max_size=3)


def shown(answer: Recommendation) -> tuple[Any, ...]:
    return answer.choices, answer.spare, dict(answer.unmet), dict(answer.counts), list(answer.others), list(answer.by_request)


@given(registers, needs_drawn)
def test_every_team_is_chosen_or_by_request_or_has_one_reason(teams: list[Team], needs: dict[str, int]) -> None:
    answer = ask(*teams, needs=needs)
    seen = [choice.team_id for choice in answer.choices] + [id_ for id_, _ in answer.others] + [id_ for id_, _ in answer.by_request]
    assert sorted(seen) == sorted(team.id for team in teams)
    assert sum(answer.counts.values()) + len(answer.choices) == len(teams)
    for id_, why in (*answer.others, *answer.by_request):
        assert answer.why_not(id_) == why
    by_reason = [why.reason for _, why in (*answer.others, *answer.by_request)]
    assert dict(answer.counts) == {reason: by_reason.count(reason) for reason in by_reason}
    assert {choice.team_id for choice in answer.spare} <= {id_ for id_, why in answer.others if why.reason.could_go}


@given(registers, needs_drawn, st.sampled_from([SHIBEI, TAIDONG, CITY, SHINAN]), st.sampled_from([SCENE, None]))
def test_what_speaks_against_one_team_is_what_the_whole_register_says_of_it(
    teams: list[Team], needs: dict[str, int], desk: Id, place: tuple[float, float] | None,
) -> None:
    answer = ask(*teams, needs=needs, desk_area_id=desk, place=place)
    for team in teams:
        why = answer.why_not(team.id)
        own = speaks_against(team, TREE, needs=needs, place=place, area_id=TAIDONG, desk_area_id=desk, today=TODAY)
        assert own == (None if why is None or why.reason.could_go else why.reason)


@given(registers, needs_drawn)
def test_nobody_is_chosen_who_is_out_or_may_not_be_sent(teams: list[Team], needs: dict[str, int]) -> None:
    by_id = {team.id: team for team in teams}
    for choice in ask(*teams, needs=needs).choices:
        team = by_id[choice.team_id]
        assert team.state in SENDABLE and bar_to_sending(team) is None
        assert choice.serves in team.capabilities


@given(registers, needs_drawn, st.randoms(use_true_random=False))
def test_the_same_register_in_any_order_gives_the_same_answer(teams: list[Team], needs: dict[str, int], random: Any) -> None:
    answer = shown(ask(*teams, needs=needs))
    shuffled = random.sample(teams, len(teams))
    assert shown(ask(*shuffled, needs=dict(random.sample(list(needs.items()), len(needs))))) == answer


@settings(max_examples=examples(150))
@given(registers, st.dictionaries(st.sampled_from(ABLE), st.integers(1, 2), max_size=3), st.sampled_from([0, 1, 10]))
def test_needs_are_met_as_far_as_any_assignment_meets_them_and_by_the_nearest(teams: list[Team], needs: dict[str, int], limit: int) -> None:
    answer = ask(*teams, needs=needs, limit=limit)
    assert answer.choices == ask(*teams, needs=needs).choices
    assert [choice.team_id for choice in answer.spare] == [id_ for id_, why in answer.others if why.reason.could_go][:limit]
    able = {team.id: [name for name in needs if could_serve(team, name)] for team in teams}
    free = [id_ for id_ in able if (why := answer.why_not(id_)) is None or why.reason.could_go]
    arrivals = {team.id: arrival(team) for team in teams}
    most, least = best_by_trying_all(free, able, needs, arrivals)
    assert len(answer.choices) == most
    assert [arrivals[choice.team_id] for choice in answer.choices] == sorted(least)
    met = {name: sum(choice.serves == name for choice in answer.choices) for name in needs}
    assert dict(answer.unmet) == {name: needs[name] - met[name] for name in needs if met[name] < needs[name]}


def could_serve(team: Team, name: str) -> bool:
    ended = any(paper.capability == name and not paper.is_valid_on(TODAY) for paper in team.certificates)
    return name in team.capabilities and (team.kind is TeamKind.SOCIAL or not ended)


def arrival(team: Team) -> tuple[float, float, str]:
    muster = team.muster_minutes or 0
    if team.latitude is None or team.longitude is None:
        return float("inf"), muster, team.code
    km = distance_km(team.latitude, team.longitude, *SCENE)
    return muster + travel_minutes(km, TRAVEL), round(km, 6), team.code


def best_by_trying_all(free: list[Id], able: dict[Id, list[str]], needs: dict[str, int], arrivals: dict[Id, Any]) -> tuple[int, list[Any]]:
    best: tuple[int, list[Any]] = (0, [])
    reached: dict[tuple[int, ...], set[frozenset[Id]]] = {tuple(needs.values()): {frozenset()}}
    names = list(needs)
    for id_ in free:
        for left, sets in list(reached.items()):
            for name in able[id_]:
                place = names.index(name)
                if left[place]:
                    after = (*left[:place], left[place] - 1, *left[place + 1:])
                    reached.setdefault(after, set()).update({chosen | {id_} for chosen in sets})
    for chosen in {chosen for sets in reached.values() for chosen in sets}:
        times = sorted(arrivals[id_] for id_ in chosen)
        if len(times) > best[0] or (len(times) == best[0] and times < best[1]):
            best = len(times), times
    return best


@given(registers, registers, st.lists(st.integers(0, 30), max_size=3), needs_drawn)
def test_a_refreshed_roster_answers_like_a_new_one(teams: list[Team], changed: list[Team], gone: list[int], needs: dict[str, int]) -> None:
    removed = {Id(f"id of T{number:02}") for number in gone}
    rename = [replace(team, code=f"X{team.code}") if place % 2 else team for place, team in enumerate(changed)]
    refreshed = Roster.of(teams, TREE, TODAY).with_teams(rename, removed)
    now = {**{team.id: team for team in teams}, **{team.id: team for team in rename}}
    anew = Roster.of([team for id_, team in now.items() if id_ not in removed], TREE, TODAY)
    question: dict[str, Any] = {"needs": needs, "place": SCENE, "area_id": TAIDONG, "desk_area_id": SHIBEI, "today": TODAY, "travel": TRAVEL}
    assert shown(recommend(refreshed, **question)) == shown(recommend(anew, **question))


@given(st.floats(0, 300), st.integers(0, 40))
def test_minutes_are_those_of_the_travel_rule(km: float, muster: int) -> None:
    team = a_team(km=km, muster_minutes=muster)
    assert team.latitude is not None and team.longitude is not None
    choice = ask(team).choices[0]
    exact = distance_km(team.latitude, team.longitude, *SCENE)
    assert choice.km == pytest.approx(exact, abs=1e-6)
    around = {muster + travel_minutes(max(0.0, exact + slip), TRAVEL) for slip in (-1e-5, 0.0, 1e-5)}
    assert choice.minutes in around


def test_filling_more_than_eight_needs_keeps_every_one_apart() -> None:
    names = [f"capability {number:02}" for number in range(19)]
    teams = [a_team(f"T{number:02}", name, km=number) for number, name in enumerate(names)]
    answer = ask(*teams, needs=dict.fromkeys(names, 1))
    assert [choice.serves for choice in answer.choices] == names


def test_all_reasons_at_once_are_those_told_one_by_one() -> None:
    teams = [a_team(f"T{n:04}", *(("medical",), ("medical", "hazmat"), ("diving",))[n % 3], km=None if n % 50 == 7 else n / 40,
                    state=TeamState.WORKING if n % 11 == 0 else TeamState.STANDBY) for n in range(900)]
    answer = ask(*teams, needs={"medical": 2, "hazmat": 1})
    whole = list(answer.others)
    assert len(whole) == 900 - len(answer.choices)
    assert whole == [answer.others[place] for place in range(len(whole))]
    assert {why.reason for _id, why in whole} >= {ReasonNot.NEARER_SUFFICE, ReasonNot.NO_POSITION, ReasonNot.COMMITTED}
    assert all(type(why) is WhyNot for _id, why in whole)
