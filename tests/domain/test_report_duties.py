"""What is owed to whom by when: the times of the building fire, the disaster returns, the supplements, and the rules that never break."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from emergency_desk.domain.areas import LADDER, AreaTree, Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Grade, IncidentClass, Production
from emergency_desk.domain.moments import from_local
from emergency_desk.domain.report_duties import Change, Duty, Judgement, ReportFacts, Rows, Sent, Windows, owed
from emergency_desk.domain.report_laying import Laid, reconcile
from emergency_desk.domain.reporting import PROFILES, Channel, between, standing_tiers, tier_above
from emergency_desk.domain.reports import DueState, ReportDue, ReportFamily, ReportKind
from tests.builders import STREET, areas
from tests.domain.reference_data import shipped

CLOCKS = shipped().clocks
FIFTH = date(2026, 11, 5)
STREET_T, DISTRICT, CITY, PROVINCE = Tier.STREET, Tier.DISTRICT, Tier.CITY, Tier.PROVINCE
PHONE, WRITTEN, ANY = Channel.PHONE, Channel.WRITTEN, Channel.ANY


def at(hour: int, minute: int, second: int = 0, *, day: int = 5) -> datetime:
    return from_local(date(2026, 11, day), hour, minute, second)


def rows(profile: str = "qingdao", **more: bool) -> Rows:
    return Rows(CLOCKS, PROFILES[profile], Windows(**more))


def fire(**more: object) -> ReportFacts:
    given_ = {"type_id": "building_fire", "occurred_at": at(19, 26), "incident_class": IncidentClass.ACCIDENT,
              "received": {STREET_T: at(19, 31)}} | more
    return ReportFacts(**given_)  # type: ignore[arg-type]


def told(facts: ReportFacts, profile: str = "qingdao", *, now: datetime | None = None) -> set[tuple[Tier, Tier, Channel, datetime]]:
    return {(duty.from_tier, duty.to_tier, duty.channel, duty.due_at) for duty in owed(facts, rows(profile), now=now or at(19, 31))}


# -- scenario (c): the building fire ----------------------------------------------------------------------------------
def test_the_street_phones_by_1946_and_writes_by_2001_counted_from_its_own_receipt() -> None:
    assert told(fire()) == {(STREET_T, DISTRICT, PHONE, at(19, 46)), (STREET_T, DISTRICT, WRITTEN, at(20, 1))}


def test_the_clock_of_the_district_starts_when_the_district_was_told() -> None:
    facts = fire(received={STREET_T: at(19, 31), DISTRICT: at(19, 36)})
    assert {(DISTRICT, CITY, PHONE, at(20, 6)), (DISTRICT, CITY, WRITTEN, at(20, 36))} == told(facts) - told(fire())


def relatively_major(production: Production) -> ReportFacts:
    return fire(received={STREET_T: at(19, 31), DISTRICT: at(19, 36), CITY: at(20, 5)}, production=production,
                judgements=(Judgement(at(19, 31), Grade.ORDINARY), Judgement(at(21, 5), Grade.RELATIVELY_MAJOR)))


def test_a_fire_judged_relatively_major_at_2105_is_phoned_to_the_province_by_2205() -> None:
    assert (CITY, PROVINCE, PHONE, at(22, 5)) in told(relatively_major(Production.NO))
    assert (CITY, PROVINCE, PHONE, at(22, 5)) in told(relatively_major(Production.YES))


def test_in_production_the_district_phones_the_province_too_and_the_law_says_so() -> None:
    found = [duty for duty in owed(relatively_major(Production.YES), rows(), now=at(21, 5)) if duty.to_tier is PROVINCE]
    assert {(duty.from_tier, duty.rule.row, duty.rule.is_law, duty.due_at) for duty in found if duty.kind is ReportKind.FIRST} == {
        (DISTRICT, "D4", True, at(22, 5)), (CITY, "D4", True, at(22, 5))}
    unsaid = owed(relatively_major(Production.ASK), rows(), now=at(21, 5))
    assert not any(duty.to_tier is PROVINCE and duty.from_tier is DISTRICT for duty in unsaid)


def test_b15_a_worse_grade_gives_new_duties_from_that_moment_and_leaves_the_old_ones() -> None:
    before = fire(received={DISTRICT: at(10, 0)}, judgements=(Judgement(at(10, 0), Grade.ORDINARY),))
    after = fire(received={DISTRICT: at(10, 0)}, judgements=(Judgement(at(10, 0), Grade.ORDINARY), Judgement(at(10, 30), Grade.RELATIVELY_MAJOR)))
    assert told(before) < told(after)
    assert {due for _from, _to, _channel, due in told(after) - told(before)} == {at(11, 0), at(11, 30)}


def test_a_follow_up_of_the_strict_profile_is_owed_at_eight_and_at_five_until_the_city_ends_at_noon() -> None:
    city = relatively_major(Production.NO)
    times = {due for sender, _to, channel, due in told(city, "strict_a", now=at(6, 0, day=6)) if sender is CITY and due > at(0, 0, day=6)}
    assert times == {at(8, 0, day=6), at(17, 0, day=6)}
    report = Sent(CITY, frozenset({PROVINCE}), PHONE, ReportFamily.INCIDENT, ReportKind.FIRST, at(22, 0))
    over = fire(received=city.received, judgements=city.judgements, sent=(report,), ended={CITY: at(12, 0, day=6)})
    left = [duty for duty in owed(over, rows("strict_a"), now=at(12, 0, day=6)) if duty.from_tier is CITY and duty.due_at > at(8, 0, day=6)]
    assert [(duty.kind, duty.due_at) for duty in left] == [(ReportKind.FINAL, at(12, 0, day=7))]


def test_the_five_o_clock_that_was_laid_lapses_with_the_end() -> None:
    facts = fire(received={CITY: at(20, 5)}, judgements=(Judgement(at(19, 26), Grade.RELATIVELY_MAJOR),))
    laid = [as_due(duty) for duty in reconcile(facts, rows("strict_a"), Laid.of([]), now=at(6, 0, day=6)).new]
    ended = fire(received=facts.received, judgements=facts.judgements, ended={CITY: at(12, 0, day=6)})
    lapsed = reconcile(ended, rows("strict_a"), Laid.of(laid), now=at(12, 0, day=6)).lapsed
    assert [(due.due_at, due.state, due.reason) for due in lapsed] == [(at(17, 0, day=6), DueState.LAPSED, "ended")]


# -- the seven and the thirty days ------------------------------------------------------------------------------------
def changed_on(day: int, **more: object) -> ReportFacts:
    return fire(received={DISTRICT: at(19, 36)}, changes=(Change(at(10, 0, day=day), at(10, 5, day=day)),), **more)


def test_a_final_report_that_is_overdue_does_not_carry_what_becomes_known_later() -> None:
    ended = {DISTRICT: at(12, 0, day=6)}
    sent = (Sent(DISTRICT, frozenset({CITY}), PHONE, ReportFamily.INCIDENT, ReportKind.FIRST, at(22, 0)),)
    first = fire(received={DISTRICT: at(19, 36)}, ended=ended, sent=sent)
    laid = [as_due(duty) for duty in reconcile(first, rows("qingdao"), Laid.of([]), now=at(12, 0, day=6)).new]
    final = next(due for due in laid if due.kind is ReportKind.FINAL)
    open_dues = Laid.of([due if due is final else replace(due, state=DueState.MET) for due in laid])

    def new(known_at: datetime) -> list[tuple[ReportKind, datetime]]:
        facts = fire(received=first.received, ended=ended, sent=sent, changes=(Change(known_at, known_at),))
        return [(duty.kind, duty.due_at) for duty in reconcile(facts, rows("qingdao"), open_dues, now=known_at).new]

    assert new(final.due_at - timedelta(minutes=1)) == [], "the final report that is still to come tells it"
    late = final.due_at + timedelta(minutes=1)
    assert new(late) == [(ReportKind.SUPPLEMENT, at(23, 59, 59, day=7))]


def supplements(facts: ReportFacts, **more: bool) -> list[Duty]:
    return [duty for duty in owed(facts, rows("qingdao", **more), now=at(10, 5, day=13)) if duty.kind is ReportKind.SUPPLEMENT]


def test_a_death_within_seven_days_of_a_fire_is_owed_the_same_day_and_a_later_one_is_not() -> None:
    assert [(duty.rule.id, duty.due_at) for duty in supplements(changed_on(11))] == [("D8-traffic-fire", at(23, 59, 59, day=11))]
    assert supplements(changed_on(13)) == []


def test_whether_the_first_day_counts_is_a_setting() -> None:
    assert supplements(changed_on(12)) and not supplements(changed_on(12), counts_first_day=True)
    assert supplements(changed_on(11), counts_first_day=True)


def test_other_production_accidents_have_thirty_days_and_others_none() -> None:
    assert supplements(changed_on(30, type_id="construction_accident", production=Production.YES))
    assert not supplements(changed_on(11, type_id="construction_accident", production=Production.NO))
    assert not supplements(changed_on(30, production=Production.YES)), "a fire in production work stays a fire"


# -- disasters --------------------------------------------------------------------------------------------------------
def landslide(**more: object) -> ReportFacts:
    return fire(**({"type_id": "landslide", "incident_class": IncidentClass.NATURAL, "occurred_at": at(9, 20),
                    "received": {STREET_T: at(9, 20), DISTRICT: at(9, 25)}} | more))


def returns(facts: ReportFacts, *, now: datetime) -> list[tuple[Tier, ReportKind, datetime]]:
    return [(duty.from_tier, duty.kind, duty.due_at) for duty in owed(facts, rows(), now=now) if duty.family is ReportFamily.DISASTER]


def test_the_first_disaster_return_counts_from_the_event_and_nil_returns_follow_by_nine_and_ten() -> None:
    assert returns(landslide(), now=at(9, 25)) == [(DISTRICT, ReportKind.FIRST, at(11, 20)), (DISTRICT, ReportKind.FOLLOW_UP, at(9, 0, day=6))]
    with_city = landslide(received={DISTRICT: at(9, 25), CITY: at(9, 40)})
    assert (CITY, ReportKind.FOLLOW_UP, at(10, 0, day=6)) in returns(with_city, now=at(9, 40))


def test_stable_figures_end_the_nil_returns_and_are_settled_in_two_and_three_days() -> None:
    stable = landslide(received={DISTRICT: at(9, 25), CITY: at(9, 40)}, stable_at=at(18, 0))
    assert returns(stable, now=at(18, 0)) == [
        (DISTRICT, ReportKind.FIRST, at(11, 20)), (DISTRICT, ReportKind.SETTLED, at(23, 59, 59, day=7)),
        (CITY, ReportKind.SETTLED, at(23, 59, 59, day=8))]


# -- at once, past a tier, two steps ----------------------------------------------------------------------------------
def test_what_may_become_major_is_reported_at_once_by_each_tier_that_knows() -> None:
    facts = fire(received={STREET_T: at(19, 31), DISTRICT: at(19, 36)}, at_once_from=at(19, 50))
    assert {(STREET_T, DISTRICT, ANY, at(19, 50)), (DISTRICT, CITY, ANY, at(19, 50))} <= told(facts)


def test_what_is_major_is_reported_at_once_and_the_letter_keeps_its_time() -> None:
    facts = fire(received={DISTRICT: at(19, 36)}, judgements=(Judgement(at(19, 36), Grade.MAJOR),))
    assert told(facts) == {(DISTRICT, CITY, ANY, at(19, 36)), (DISTRICT, CITY, WRITTEN, at(20, 36))}


def test_a_report_past_a_tier_goes_past_the_district_and_meets_what_the_district_is_owed() -> None:
    assert between(STREET_T, CITY) == (DISTRICT,)
    assert between(STREET_T, PROVINCE) == (DISTRICT, CITY)
    report = Sent(STREET_T, frozenset({CITY, DISTRICT}), PHONE, ReportFamily.INCIDENT, ReportKind.FIRST, at(19, 40))
    new = reconcile(fire(sent=(report,)), rows(), Laid.of([]), now=at(19, 41)).new
    assert [(duty.to_tier, duty.channel) for duty in new] == [(DISTRICT, WRITTEN)]


def test_in_a_city_without_districts_the_street_reports_to_the_city() -> None:
    two_steps = fire(standing=(STREET_T, CITY))
    assert told(two_steps) == {(STREET_T, CITY, PHONE, at(19, 46)), (STREET_T, CITY, WRITTEN, at(20, 1))}
    assert tier_above(STREET_T, (STREET_T, CITY)) is CITY


def test_the_tiers_that_stand_above_a_place_are_read_from_the_tree() -> None:
    assert standing_tiers(AreaTree(areas()), STREET) == LADDER
    without = [one for one in areas() if one.tier is not Tier.DISTRICT and one.tier is not Tier.STREET]
    town = next(one for one in areas() if one.id == STREET)
    assert standing_tiers(AreaTree([*without, replace(town, parent_id=without[0].id)]), STREET) == (STREET_T, CITY)
    district_only = [one for one in areas() if one.tier is not Tier.CITY]
    assert standing_tiers(AreaTree(district_only), STREET) == LADDER, "the city stands although the district's tree has it not"


def test_the_national_minimum_gives_no_minutes_and_says_at_once() -> None:
    duties = owed(fire(), rows("national"), now=at(19, 31))
    assert [(duty.rule.id, duty.due_at) for duty in duties] == [("D15-law", at(19, 31))]


def test_a_false_alarm_owes_nothing_and_what_was_laid_lapses() -> None:
    laid = [as_due(duty) for duty in reconcile(fire(), rows(), Laid.of([]), now=at(19, 31)).new]
    laying = reconcile(fire(is_void=True), rows(), Laid.of(laid), now=at(19, 40))
    assert laying.new == () and {due.reason for due in laying.lapsed} == {"void"} and len(laying.lapsed) == 2


def test_another_profile_changes_no_time_that_was_laid() -> None:
    facts = fire(received={DISTRICT: at(19, 36)}, judgements=(Judgement(at(19, 36), Grade.RELATIVELY_MAJOR),))
    laid = [as_due(duty) for duty in reconcile(facts, rows("qingdao"), Laid.of([]), now=at(19, 36)).new]
    new = reconcile(facts, rows("strict_b"), Laid.of(laid), now=at(23, 0)).new
    assert [duty for duty in new if duty.kind is ReportKind.FIRST] == []


# -- for every incident -----------------------------------------------------------------------------------------------
def as_due(duty: Duty) -> ReportDue:
    return ReportDue(id=Id("0"), incident_id=Id("1"), rule_id=duty.rule.id, from_tier=duty.from_tier, to_tier=duty.to_tier,
                     channel=duty.channel, family=duty.family, kind=duty.kind, clock_at=duty.clock_at, due_at=duty.due_at,
                     created_at=duty.clock_at, grade=duty.grade)


_minutes = st.integers(min_value=0, max_value=3_000)
_grades = st.lists(st.tuples(_minutes, st.sampled_from(list(Grade))), max_size=3)
_channels = st.sampled_from([PHONE, WRITTEN])


@st.composite
def incidents(draw: st.DrawFn) -> ReportFacts:
    begun = at(19, 31)
    received = {tier: begun + timedelta(minutes=draw(_minutes)) for tier in draw(st.sets(st.sampled_from(LADDER), min_size=1))}
    judged, worst = [], 5
    for minute, grade in sorted(draw(_grades)):
        if grade.rank < worst:
            judged.append(Judgement(begun + timedelta(minutes=minute), grade))
            worst = grade.rank
    sent = tuple(Sent(sender, frozenset({tier_above(sender)}), draw(_channels), ReportFamily.INCIDENT, ReportKind.FOLLOW_UP,
                      begun + timedelta(minutes=draw(_minutes))) for sender in draw(st.lists(st.sampled_from(LADDER), max_size=3)))
    changes = tuple(Change(moment, moment) for moment in (begun + timedelta(minutes=minute) for minute in draw(st.lists(_minutes, max_size=3))))
    ended = {tier: begun + timedelta(minutes=draw(_minutes)) for tier in draw(st.sets(st.sampled_from(LADDER)))}
    return ReportFacts(
        type_id=draw(st.sampled_from(["building_fire", "landslide", "construction_accident"])), occurred_at=begun, received=received,
        incident_class=draw(st.sampled_from(list(IncidentClass))), production=draw(st.sampled_from(list(Production))),
        judgements=tuple(judged), changes=changes, sent=sent, ended=ended)


@given(incidents(), st.sampled_from(list(PROFILES)), _minutes)
def test_laying_twice_lays_nothing_new_and_every_due_leads_upward(facts: ReportFacts, profile: str, minute: int) -> None:
    now = at(19, 31) + timedelta(minutes=minute)
    first = reconcile(facts, rows(profile), Laid.of([]), now=now)
    laid = [as_due(duty) for duty in first.new]
    again = reconcile(facts, rows(profile), Laid.of(laid), now=now)
    assert again.new == () and again.lapsed == ()
    for due in laid:
        assert due.to_tier.rank < due.from_tier.rank
        assert due.due_at >= due.clock_at
        assert due.from_tier in facts.received


@given(incidents(), _minutes, _minutes)
def test_a_worse_grade_never_moves_or_takes_away_a_first_report(facts: ReportFacts, minute: int, later: int) -> None:
    now = at(19, 31) + timedelta(minutes=minute)
    laid = [as_due(duty) for duty in reconcile(facts, rows(), Laid.of([]), now=now).new]
    if not facts.judgements or facts.judgements[-1].grade is Grade.ESPECIALLY_MAJOR:
        return
    worse = Judgement(max(now, facts.judgements[-1].at) + timedelta(minutes=1 + later), Grade.ESPECIALLY_MAJOR)
    risen = ReportFacts(**{name: getattr(facts, name) for name in facts.__dataclass_fields__} | {"judgements": (*facts.judgements, worse)})
    laying = reconcile(risen, rows(), Laid.of(laid), now=worse.at)
    assert not [due for due in laying.lapsed if due.kind is ReportKind.FIRST]
    assert all(duty.clock_at >= worse.at or duty.kind is not ReportKind.FIRST for duty in laying.new)


@given(incidents(), st.sampled_from([("qingdao", "strict_a"), ("qingdao", "strict_b"), ("strict_a", "strict_b")]))
def test_of_two_profiles_the_stricter_holds(facts: ReportFacts, pair: tuple[str, str]) -> None:
    now = max(facts.received.values())
    both = Rows(CLOCKS, {*PROFILES[pair[0]], *PROFILES[pair[1]]})
    times = {duty.key: duty.due_at for duty in owed(facts, both, now=now) if duty.kind is ReportKind.FIRST}
    for profile in pair:
        for duty in owed(facts, rows(profile), now=now):
            if duty.kind is ReportKind.FIRST and duty.key in times:
                assert times[duty.key] <= duty.due_at
