"""Lines break as Chinese and English ask."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emergency_desk.reports.blocks import Type, balanced, broken, stretch_of
from emergency_desk.reports.fonts import Face, Faces, cleaned
from tests.reports.sheets import paper

WIDTH, SIZE = 100.0, 10.0


@pytest.fixture(scope="module")
def face() -> Face:
    return Faces(paper()).table


@pytest.fixture(scope="module")
def title_face() -> Face:
    return Faces(paper()).title


def texts(text: str, face: Face) -> list[str]:
    return [line.text for line in broken(text, face, SIZE, WIDTH)]


def test_no_closing_mark_begins_a_line(face: Face) -> None:
    assert texts("一二三四五六七八九十，十一", face)[1][0] != "，"


def test_a_comma_may_end_in_the_margin(face: Face) -> None:
    assert texts("一二三四五六七八九，十一十二", face)[0] == "一二三四五六七八九，"


def test_no_opening_mark_ends_a_line(face: Face) -> None:
    assert texts("一二三四五六七八九（十一）", face)[0] == "一二三四五六七八九"


def test_an_english_word_is_not_cut(face: Face) -> None:
    assert texts("The ladder goes to the twelfth floor", face) == ["The ladder goes to", "the twelfth floor"]


def test_a_word_wider_than_the_line_is_cut_rather_than_lost(face: Face) -> None:
    word = "370202-2026-0017-D01-370202-2026-0017-D02"
    assert "".join(texts(word, face)) == word


def test_a_line_end_that_was_typed_is_kept(face: Face) -> None:
    assert texts("一\r\n二\r三", face) == ["一", "二", "三"]


def test_english_lines_and_last_lines_are_not_stretched(face: Face) -> None:
    english, chinese = broken("The ladder goes to the twelfth floor", face, SIZE, WIDTH), broken("一二三四五六七八九（十一）", face, SIZE, WIDTH)
    assert stretch_of(english[0], WIDTH, SIZE) == 0
    assert stretch_of(chinese[0], WIDTH, SIZE) > 0
    assert stretch_of(chinese[-1], WIDTH, SIZE) == 0


@given(st.text(alphabet=st.sampled_from("火灾救援，。（）《》、abc 12-/\n\u200b〓龘"), max_size=80))
def test_breaking_loses_nothing_and_no_line_is_too_wide(text: str) -> None:
    face = Faces(paper()).table
    lines = broken(text, face, SIZE, WIDTH)
    assert "".join("".join(line.text for line in lines).split()) == "".join(cleaned(text).split())
    assert all(line.width <= WIDTH + 0.01 for line in lines)


def test_what_does_not_fit_beside_a_name_that_runs_in_begins_the_next_line(face: Face) -> None:
    lines = broken("____________", face, SIZE, WIDTH, indent=WIDTH - 2 * SIZE)
    assert [line.text for line in lines] == ["", "____________"]


@pytest.mark.parametrize("place", ["青岛市市北区台东街道", "青岛市崂山区王哥庄街道", "青岛市市南区八大关街道", "青岛市黄岛区泊里镇"])
def test_a_title_breaks_between_words_and_its_lines_are_about_as_long(title_face: Face, place: str) -> None:
    title, kind = f"关于成立{place}建筑火灾现场指挥部的通知", Type(title_face, 22, 32)
    lines = balanced(title, kind, 442)
    assert "".join(line.text for line in lines) == title and len(lines) == len(broken(title, title_face, 22, 442))
    breaks = [before.text[-1] + after.text[0] for before, after in pairwise(lines)]
    assert not {"街道", "现场", "指挥", "挥部", "火灾", "建筑", "成立", "通知"} & set(breaks)
    assert all(line.width > 0.3 * 442 for line in lines)
