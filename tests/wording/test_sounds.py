"""Names are found by characters, pinyin and initials."""

from __future__ import annotations

import pytest

from emergency_desk.wording import sounds


@pytest.mark.parametrize("typed", ["市南", "市南区", "shinan", "sn", "snq", "SHINANQU"])
def test_shinan_is_found_by_characters_pinyin_and_initials(typed: str) -> None:
    assert sounds.score(typed, "市南区") > sounds.NO_MATCH


@pytest.mark.parametrize("typed", ["", "sb", "北", "x"])
def test_shinan_is_not_found_by_something_else(typed: str) -> None:
    assert sounds.score(typed, "市南区") == sounds.NO_MATCH


def test_the_whole_name_stands_before_a_beginning_and_a_beginning_before_a_middle() -> None:
    assert sounds.score("市南区", "市南区") > sounds.score("市南", "市南区") > sounds.score("南区", "市南区")


def test_every_word_of_the_question_must_be_found() -> None:
    assert sounds.score("send team", "Send the recommended teams") > sounds.NO_MATCH
    assert sounds.score("send plan", "Send the recommended teams") == sounds.NO_MATCH


def test_a_ready_search_key_spares_the_sounding_out() -> None:
    assert sounds.score("xf", "Fire station 2", "消防二站 xiaofangerzhan xfez") > sounds.NO_MATCH


def test_digits_in_a_name_are_found_as_they_stand() -> None:
    assert sounds.score("xf2", "消防2站") > sounds.NO_MATCH
