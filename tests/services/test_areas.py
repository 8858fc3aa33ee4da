"""Areas are found by what an officer types: characters, pinyin, initials, a code; and a typed place is parted from its address."""

from __future__ import annotations

from pathlib import Path

import pytest

from emergency_desk.services import areas, drafts
from emergency_desk.services.desk import Desk
from tests.builders import CITY, DISTRICT, FAR_STREET, STREET, acting_as, make_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


@pytest.mark.parametrize(("typed", "found"), [
    ("东台", "东台街道"), ("dongtai", "东台街道"), ("dt", "东台街道"), ("DTJD", "东台街道"), ("bh", "北河区"),
    ("南山", "南山区"), ("990102", "南山区"), ("nans", "南山区"), ("合肥 路", "合肥路街道"), ("试城市", "试城市"),
])
def test_the_first_found_is_the_one_meant(desk: Desk, typed: str, found: str) -> None:
    assert areas.find_areas(desk, text=typed)[0].area.name == found


def test_the_higher_tier_comes_first_and_the_path_tells_them_apart(desk: Desk) -> None:
    found = areas.find_areas(desk, text="nanshan")
    assert [(one.area.name, one.path) for one in found] == [("南山区", ("试城市",)), ("南山镇", ("试城市", "南山区"))]


def test_nothing_typed_offers_what_lies_straight_below(desk: Desk) -> None:
    assert {one.area.name for one in areas.find_areas(desk, text=" ")} == {"东台街道", "合肥路街道"}
    assert [one.area.name for one in areas.find_areas(acting_as(desk, "street"), text="")] == ["东台街道"]


def test_nonsense_finds_nothing(desk: Desk) -> None:
    assert areas.find_areas(desk, text="qqqq") == []


@pytest.mark.parametrize(("typed", "area", "address"), [
    ("东台街道 延安三路105号", STREET, "延安三路105号"), ("北河区东台街道延安三路", STREET, "延安三路"),
    ("试城市北河区", DISTRICT, ""), ("南山镇·南山村", FAR_STREET, "南山村"), ("延安三路105号", None, "延安三路105号"),
    ("试城市，合肥大街1号", CITY, "合肥大街1号"), ("", None, ""),
    ("东台街道南山镇", STREET, "南山镇"),  # an area elsewhere is part of the address
])
def test_a_place_typed_in_one_line_is_parted(desk: Desk, typed: str, area: str | None, address: str) -> None:
    assert areas.split_place(desk, text=typed) == (area, address)


def test_a_draft_is_kept_over_the_last_one_and_dropped(desk: Desk) -> None:
    for words in ("着", "着火"):
        drafts.keep_draft(desk, name="call", content={"words": words})
    assert drafts.get_draft(desk, name="call") == {"words": "着火"}
    assert drafts.list_drafts(desk) == ["call"]
    drafts.drop_draft(desk, name="call")
    assert (drafts.get_draft(desk, name="call"), drafts.list_drafts(desk)) == ({}, [])


def test_a_draft_stands_outside_the_journal_and_outlives_the_program(desk: Desk, tmp_path: Path) -> None:
    with desk.reading() as reading:
        before = reading.journal_number()
    drafts.keep_draft(desk, name="call", content={"words": "着火"})
    with desk.reading() as reading:
        assert reading.journal_number() == before
    desk.store.close()
    from emergency_desk.store.opening import open_store

    again = open_store(tmp_path / "test.store")
    assert "着火" in again.draft("call")
    again.close()
