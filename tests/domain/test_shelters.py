"""How many fit, which way a shelter goes, what speaks against opening it, and the identity of an evacuation."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emergency_desk.app import paths
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import FieldMissing, FieldRefused
from emergency_desk.domain.evacuation import Reconciled
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_acts import (
    AskedCount,
    AskedOpening,
    HeadsByTime,
    Occupancy,
    Unfit,
    check_count,
    check_opening,
    newest,
    reasons_against,
)
from emergency_desk.domain.shelter_errors import CountNotWhole, ShelterNotOwn, ShelterStateWrong, ShelterUnfit
from emergency_desk.domain.shelters import (
    HeadCount,
    Inspected,
    SafetyCheck,
    Shelter,
    ShelterState,
    ShelterTier,
    Stay,
    may_become,
)
from emergency_desk.exchange.reference_files import read_reference

RULES = read_reference(paths.reference()).shelters
NOW, TODAY = datetime(2026, 8, 12, 6, 10, tzinfo=UTC), date(2026, 8, 12)
FIT = Shelter(Id("s"), ShelterTier.TOWNSHIP, hazards=("typhoon",), inspected=Inspected.FIT, inspected_on=date(2026, 5, 1))


# -- the capacity is that of the expected stay -----------------------------------------------------------------
@pytest.mark.parametrize(("area", "stay", "places"), [
    (1600, Stay.FIFTEEN_DAYS, 800), (700, Stay.FIFTEEN_DAYS, 350), (1600, Stay.ONE_DAY, 3200), (1600, Stay.THREE_DAYS, 1600),
    (1600, Stay.THIRTY_DAYS, 533), (1600, Stay.HUNDRED_DAYS, 355), (1, Stay.FIFTEEN_DAYS, 0), (9, Stay.HUNDRED_DAYS, 2),
    (None, Stay.ONE_DAY, None),
])
def test_a_site_takes_as_many_as_the_stay_leaves_room_for(area: int | None, stay: Stay, places: int | None) -> None:
    assert RULES.capacity(area, stay) == places


@given(st.integers(0, 10_000_000))
def test_a_longer_stay_never_takes_more(area: int) -> None:
    places = [RULES.capacity(area, rule.stay) or 0 for rule in RULES.stays]
    assert places == sorted(places, reverse=True)


@pytest.mark.parametrize(("days", "stay"), [(1, Stay.ONE_DAY), (2, Stay.THREE_DAYS), (14, Stay.FIFTEEN_DAYS),
                                            (100, Stay.HUNDRED_DAYS), (101, None)])
def test_the_stay_is_the_shortest_that_lasts(days: int, stay: Stay | None) -> None:
    assert RULES.stay_of(days) is stay


def test_scenario_a_is_49_and_34_per_cent_full() -> None:
    assert [Occupancy(392, 800).share, Occupancy(120, 350).share] == [49, 34]
    assert Occupancy(900, 800).free == -100 and Occupancy(5, None).share is None


# -- states -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("before", "after"), list(product(ShelterState, ShelterState)))
def test_a_shelter_goes_one_way_and_becomes_unsafe_at_any_time(before: ShelterState, after: ShelterState) -> None:
    way = {"planned": "ready", "ready": "maintenance standby open", "maintenance": "ready", "standby": "ready open", "open": "full closing",
           "full": "open closing", "closing": "open closed", "closed": "ready", "unsafe": "maintenance ready"}
    there = [*way[before.removeprefix("shelter_")].split(), "unsafe"]
    assert may_become(before, after) is (after.removeprefix("shelter_") in there and before is not after)


# -- opening ----------------------------------------------------------------------------------------------------------
def asked(**other: object) -> AskedOpening:
    given = {"shelter_id": Id("s"), "incident_id": Id("i"), "approved_by": "区长", "stay": Stay.FIFTEEN_DAYS, "responsible": "馆长",
             "expected_until": NOW + timedelta(days=3), "receives": (Id("v"),), "checks": tuple(SafetyCheck)}
    return AskedOpening(**{**given, **other})  # type: ignore[arg-type]


def judge(order: AskedOpening, shelter: Shelter = FIT, tier: Tier = Tier.DISTRICT) -> None:
    check_opening(order, shelter, name="体育馆", kinds={"typhoon"}, at=NOW, today=TODAY, tier=tier, rules=RULES)


@pytest.mark.parametrize("fact", ["approved_by", "responsible", "receives"])
def test_an_order_without_one_of_its_facts_is_refused(fact: str) -> None:
    with pytest.raises(FieldMissing) as refused:
        judge(asked(**{fact: () if fact == "receives" else " "}))
    assert refused.value.values["name"] == fact


def test_an_order_ends_after_it_begins() -> None:
    with pytest.raises(FieldRefused):
        judge(asked(expected_until=NOW))


def test_a_street_opens_its_own_and_its_villages_alone() -> None:
    for tier in (ShelterTier.TOWNSHIP, ShelterTier.VILLAGE):
        judge(asked(), Shelter(Id("s"), tier, hazards=("typhoon",), inspected=Inspected.FIT, inspected_on=TODAY), Tier.STREET)
    with pytest.raises(ShelterNotOwn):
        judge(asked(), Shelter(Id("s"), ShelterTier.COUNTY, inspected=Inspected.FIT, inspected_on=TODAY), Tier.STREET)


@pytest.mark.parametrize(("shelter", "checks", "reasons"), [
    (FIT, tuple(SafetyCheck), ()),
    (Shelter(Id("s"), ShelterTier.TOWNSHIP, inspected=Inspected.FIT, inspected_on=TODAY), tuple(SafetyCheck), ()),
    (FIT, (SafetyCheck.FIRE,), (Unfit.CHECKS,)),
    (Shelter(Id("s"), ShelterTier.TOWNSHIP), tuple(SafetyCheck), (Unfit.NOT_INSPECTED,)),
    (Shelter(Id("s"), ShelterTier.TOWNSHIP, unfit_hazards=("typhoon",), inspected=Inspected.UNFIT, inspected_on=TODAY), tuple(SafetyCheck),
     (Unfit.HAZARD, Unfit.INSPECTION)),
    (Shelter(Id("s"), ShelterTier.TOWNSHIP, hazards=("earthquake",), inspected=Inspected.FIT, inspected_on=TODAY), tuple(SafetyCheck),
     (Unfit.HAZARD_UNKNOWN,)),
    (Shelter(Id("s"), ShelterTier.TOWNSHIP, inspected=Inspected.FIT, inspected_on=TODAY - timedelta(days=365)), tuple(SafetyCheck), ()),
    (Shelter(Id("s"), ShelterTier.TOWNSHIP, inspected=Inspected.FIT, inspected_on=TODAY - timedelta(days=366)), tuple(SafetyCheck),
     (Unfit.INSPECTION_OLD,)),
    (Shelter(Id("s"), ShelterTier.TOWNSHIP, state=ShelterState.UNSAFE, inspected=Inspected.FIT, inspected_on=TODAY), tuple(SafetyCheck),
     (Unfit.STATE,)),
])
def test_what_speaks_against_a_shelter_is_named_and_a_reason_overrides_it(
    shelter: Shelter, checks: tuple[SafetyCheck, ...], reasons: tuple[Unfit, ...],
) -> None:
    assert reasons_against(shelter, kinds={"typhoon"}, today=TODAY, rules=RULES, checks=checks) == reasons
    if reasons:
        with pytest.raises(ShelterUnfit) as refused:
            judge(asked(checks=checks), shelter)
        assert refused.value.values["reasons"] == reasons
    judge(asked(checks=checks, override_reason="别处已满"), shelter)


def test_one_that_runs_is_not_opened_again() -> None:
    with pytest.raises(ShelterStateWrong):
        judge(asked(), Shelter(Id("s"), ShelterTier.TOWNSHIP, state=ShelterState.OPEN, inspected=Inspected.FIT, inspected_on=TODAY))


# -- counts -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("count", "error"), [
    ({"heads": -1}, FieldRefused), ({"heads": 10_000_000}, FieldRefused), ({"heads": 3, "vulnerable": 4}, CountNotWhole),
    ({"heads": 3, "arrived": 9, "left": 2}, CountNotWhole), ({"heads": 3, "meals": -2}, FieldRefused),
])
def test_a_count_that_cannot_be_is_refused(count: dict[str, int], error: type[Exception]) -> None:
    with pytest.raises(error):
        check_count(AskedCount(opening_id=Id("o"), **count))  # type: ignore[arg-type]
    check_count(AskedCount(opening_id=Id("o"), heads=9_000, arrived=9_010, left=10))


def counted(id_: str, hour: int, heads: int, *, opening: str = "o", corrects: str | None = None) -> HeadCount:
    at = NOW + timedelta(hours=hour)
    return HeadCount(id=Id(id_), opening_id=Id(opening), shelter_id=Id("s"), incident_id=Id("i"), counted_at=at, recorded_at=at,
                     account_id=Id("a"), heads=heads, corrects_id=Id(corrects) if corrects else None)


def test_the_count_of_a_time_is_the_newest_by_then_and_a_corrected_one_gives_way() -> None:
    counts = [counted("1", 0, 100), counted("3", 12, 390), counted("2", 6, 250), counted("4", 12, 392, corrects="3")]
    found = newest(counts)
    assert found is not None and found.heads == 392
    assert [each.heads if (each := newest(counts, by=NOW + timedelta(hours=hour))) else None for hour in (-1, 0, 7, 11, 12)] == [
        None, 100, 250, 250, 392]


def test_the_total_of_a_time_adds_each_shelters_newest() -> None:
    counts = HeadsByTime((counted("1", 0, 100), counted("2", 1, 40, opening="p"), counted("3", 5, 90)))
    assert [counts.total_at(NOW + timedelta(hours=hour)) for hour in (0, 1, 4, 5)] == [100, 140, 140, 130]


# -- R-6.4 ------------------------------------------------------------------------------------------------------------
def test_the_identity_of_scenario_a_holds_and_shows_who_is_missing() -> None:
    noon = Reconciled(646, 392 + 120, 110, 0)
    assert noon.unreached == 24 and not noon.is_whole
    assert Reconciled(646, 512, 110, 24).is_whole
    assert (Reconciled(306, 300, 6, 0) + Reconciled(340, 212, 104, 24)) == Reconciled(646, 512, 110, 24)
    assert Reconciled(10, 12, 0, 0).unreached == -2, "more placed than were to be moved is a difference too"
