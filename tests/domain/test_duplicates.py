"""Which open incidents a call is probably about, and why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from emergency_desk.domain.duplicates import Draft, Likeness, LikenessReason, likely_duplicates
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident
from tests.domain.reference_data import shipped, type_

NOW = datetime(2026, 11, 5, 11, 40, tzinfo=UTC)
TAIDONG, OTHER_STREET = Id("taidong"), Id("other")


def incident(
    id_: str = "one", *, type_id: str = "building_fire", area_id: Id = TAIDONG, address: str = "", title: str = "", minutes: int = 9,
    latitude: float | None = None, longitude: float | None = None,
) -> Incident:
    """Return an open incident that began some minutes ago."""
    began = NOW - timedelta(minutes=minutes)
    return Incident(id=Id(id_), number=f"370203-2026-{id_}", title=title, type_id=type_id, area_id=area_id, occurred_at=began,
                    recorded_at=began, address=address, latitude=latitude, longitude=longitude)


def draft(
    words: str = "着火了", *, type_id: str | None = "building_fire", area_id: Id | None = TAIDONG, address: str = "",
    latitude: float | None = None, longitude: float | None = None,
) -> Draft:
    """Return a call as typed so far."""
    kin = type_(type_id).kin if type_id else ()
    return Draft(words=words, type_id=type_id, kin_types=kin, area_id=area_id, address=address, latitude=latitude, longitude=longitude, at=NOW)


def like(call: Draft, *known: Incident) -> list[Likeness]:
    """Ask with the shipped settings."""
    return likely_duplicates(call, known, shipped().likeness)


def told(likeness: Likeness) -> dict[LikenessReason, str | int]:
    """Return the reasons with their values."""
    return {because.reason: because.value for because in likeness.reasons}


def test_the_same_house_number_on_the_same_road_is_the_same_fire() -> None:
    found = like(draft(address="台东三路78号"), incident(address="青岛市市北区台东三路78号5楼"))
    assert told(found[0]) == {
        LikenessReason.SAME_AREA: "", LikenessReason.SAME_ROAD: "台东三路", LikenessReason.SAME_NUMBER: "78",
        LikenessReason.SAME_TYPE: "building_fire", LikenessReason.MINUTES: 9}


def test_a_road_said_in_the_words_counts_as_an_address() -> None:
    found = like(draft("喂，我在台东三路，对面楼着火了"), incident(title="台东三路 建筑火灾"))
    assert told(found[0])[LikenessReason.SAME_ROAD] == "台东三路"


def test_coordinates_260_m_apart_are_told_in_metres() -> None:
    found = like(draft(latitude=36.0823, longitude=120.3600), incident(latitude=36.0800, longitude=120.3604))
    assert 250 < int(told(found[0])[LikenessReason.DISTANCE]) < 270


def test_coordinates_far_apart_are_another_incident_whatever_the_road() -> None:
    assert like(draft(address="台东三路78号", latitude=36.08, longitude=120.36),
                incident(address="台东三路78号", latitude=36.20, longitude=120.36)) == []


def test_a_landmark_in_both_addresses_is_the_same_place() -> None:
    found = like(draft(address="利群商厦北门"), incident(address="台东利群商厦"))
    assert told(found[0])[LikenessReason.SAME_WORDS] == "利群商厦"


def test_another_road_of_the_same_street_office_is_another_fire() -> None:
    assert like(draft(address="威海路12号"), incident(address="台东三路78号")) == []


def test_city_and_district_in_both_addresses_say_nothing() -> None:
    assert like(draft(address="青岛市市北区浮山小区3号楼2单元", area_id=None), incident(address="青岛市市北区河西小区5号楼2单元")) == []


def test_the_name_of_a_housing_estate_is_a_place() -> None:
    found = like(draft(address="青岛市市北区浮山后小区3号楼"), incident(address="浮山后小区5号楼"))
    assert told(found[0])[LikenessReason.SAME_WORDS] == "浮山后"


def test_without_any_address_the_same_area_type_and_time_suffice() -> None:
    assert [likeness.incident_id for likeness in like(draft(), incident())] == ["one"]


def test_another_area_without_a_common_address_is_another_incident() -> None:
    assert like(draft(), incident(area_id=OTHER_STREET)) == []


def test_an_area_near_by_counts_as_the_same_place() -> None:
    call = Draft(words="着火了", type_id="building_fire", area_id=OTHER_STREET, near_area_ids=frozenset({TAIDONG}), at=NOW)
    assert like(call, incident())


def test_smoke_and_a_gas_leak_in_one_house_are_kin() -> None:
    found = like(draft(address="台东三路78号"), incident(type_id="gas_leak", address="台东三路78号"))
    assert told(found[0])[LikenessReason.KIN_TYPE] == "gas_leak"


def test_a_crash_in_the_same_area_is_not_the_fire() -> None:
    assert like(draft(), incident(type_id="traffic")) == []


def test_a_call_whose_type_is_not_read_yet_can_be_like_by_its_address() -> None:
    assert like(draft("出事了", type_id=None, address="台东三路78号"), incident(address="台东三路78号"))


def test_an_incident_of_four_hours_ago_is_not_offered() -> None:
    assert like(draft(address="台东三路78号"), incident(address="台东三路78号", minutes=240)) == []


def test_the_older_of_two_alike_is_less_likely() -> None:
    found = like(draft(address="台东三路78号"), incident("old", address="台东三路78号", minutes=150), incident("new", address="台东三路78号"))
    assert [likeness.incident_id for likeness in found] == ["new", "old"]


def test_the_side_of_a_road_is_no_address() -> None:
    assert like(draft("有人在路边躺着", type_id="medical_aid", area_id=None), incident(type_id="medical_aid", title="有人在路边晕倒")) == []


def test_an_english_road_is_a_road() -> None:
    found = like(draft("fire at 78 Taidong 3rd Rd", address="78 Fushan Road", area_id=None), incident(address="78 Fushan Road, Shinan"))
    assert told(found[0])[LikenessReason.SAME_ROAD] == "fushan road"


def test_no_more_are_shown_than_the_house_allows() -> None:
    many = [incident(f"{number:03}", address="台东三路78号") for number in range(40)]
    assert [likeness.incident_id for likeness in like(draft(address="台东三路78号"), *many)] == ["000", "001", "002", "003", "004"]


ADDRESS = st.sampled_from(["", "台东三路78号", "台东三路", "威海路12号", "利群商厦", "78 Fushan Road"])
INCIDENTS = st.lists(st.builds(incident, st.uuids().map(lambda id_: id_.hex), address=ADDRESS, minutes=st.integers(0, 400),
                               type_id=st.sampled_from(["building_fire", "traffic", "gas_leak"]),
                               area_id=st.sampled_from([TAIDONG, OTHER_STREET])), max_size=12)


@given(INCIDENTS, ADDRESS, st.randoms())
def test_the_order_of_the_open_incidents_does_not_matter(known: list[Incident], address: str, random: object) -> None:
    call = draft(address=address)
    shuffled = sorted(known, key=lambda one: hash((one.id, str(random))))
    assert like(call, *known) == like(call, *shuffled)
