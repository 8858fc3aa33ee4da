"""Pinyin for many names at once gives what the dictionary's own slow way gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emergency_desk.app import paths
from emergency_desk.domain.ids import Id
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.exchange.divisions import read_divisions
from emergency_desk.store import quick_sounds
from emergency_desk.store.search_keys import search_key, words_of
from tests.builders import DISTRICT, make_desk


@pytest.mark.parametrize("text", [
    "重庆路街道", "长乐银行街道", "东西南消防站123", "八五〇农场", "𣲗塘村", "Shinan 区", "大夫山", "", "ß", "石河子市", "单县曾家镇",
    "行行好1号，长大"])
def test_a_name_sounds_as_in_the_dictionary(text: str) -> None:
    assert quick_sounds.words(text) == words_of(text)


def test_every_division_down_to_the_district_sounds_as_in_the_dictionary() -> None:
    divisions = read_divisions(paths.reference() / "divisions")
    names = {one.name for province in divisions.provinces() for one in divisions.subtree(province.code) if len(one.code) <= 6}
    assert len(names) > 3000
    assert [name for name in names if quick_sounds.words(name) != words_of(name)] == []


@settings(max_examples=200)
@given(st.text(st.sampled_from("重庆长乐银行都大夫石家庄厦门单曾朝阳0a （）〇地的得着了过几"), max_size=12))
def test_any_order_of_signs_that_sound_in_two_ways_is_as_in_the_dictionary(text: str) -> None:
    assert quick_sounds.words(text) == words_of(text)


def test_many_records_at_once_get_the_keys_that_one_record_gets(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    one = Site(Id("1" * 32), SiteKind.OTHER, "重庆路仓库", area_id=DISTRICT, code="A-1", address="长乐路3号")
    with desk.open_work() as work:
        work.sites.add_many([one, one], new_ids=desk.new_ids, source="list.csv")
        kept = work.sites.where("WHERE source = 'list.csv'")
    assert len({site.id for site in kept}) == 2
    assert [(site.search_key, site.version, site.name) for site in kept] == [(search_key(one), 1, one.name)] * 2


@settings(max_examples=200)
@given(st.lists(st.text(st.sampled_from("重庆长乐银行都大夫单曾Σß\n0aZ （）了"), max_size=8), min_size=1, max_size=5))
def test_a_column_of_names_sounds_as_each_name_does(texts: list[str]) -> None:
    columns = quick_sounds.words_of_column(texts)
    assert [tuple(filter(None, row)) for row in zip(*columns, strict=True)] == [tuple(filter(None, words_of(text))) for text in texts]
