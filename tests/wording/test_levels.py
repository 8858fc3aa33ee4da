"""A level is written as the desk sets it, on screens and in log lines alike; a paper may write it otherwise."""

from __future__ import annotations

import pytest

from emergency_desk.domain.incidents import Happening
from emergency_desk.domain.plan_records import Level
from emergency_desk.wording.catalog import speaking
from emergency_desk.wording.labels import label
from emergency_desk.wording.levels import Numerals, level_said, level_word, numerals_of, use_numerals, writing
from emergency_desk.wording.log_lines import told
from tests.wording.test_log_lines import entry


@pytest.mark.parametrize(("numerals", "cell", "said"), [(Numerals.ROMAN, "Ⅲ", "Ⅲ级"), (Numerals.CHINESE, "三级", "三级")])
def test_the_two_ways_in_chinese(numerals: Numerals, cell: str, said: str) -> None:
    use_numerals(numerals)
    with speaking("zh_CN"):
        assert (level_word(Level.III), level_said(Level.III), label(Level.III), level_word(None), level_said(None)) == (cell, said, said, "", "")


def test_english_knows_the_numerals_only() -> None:
    use_numerals(Numerals.CHINESE)
    with speaking("en"):
        assert (level_word(Level.II), level_said(Level.II), label(Level.II)) == ("Ⅱ", "Ⅱ", "Level II")


@pytest.mark.parametrize(("numerals", "words"), [(Numerals.ROMAN, "启动Ⅲ级响应"), (Numerals.CHINESE, "启动三级响应")])
def test_a_log_line_follows_the_setting(numerals: Numerals, words: str) -> None:
    line = entry(Happening.RESPONSE, step="activated", tier="tier_district", level="III", decided_by="区长")
    use_numerals(numerals)
    with speaking("zh_CN"):
        assert words in told(line)


def test_a_paper_writes_its_own_way_and_leaves_the_desks_as_it_was() -> None:
    use_numerals(Numerals.CHINESE)
    with speaking("zh_CN"):
        with writing(Numerals.ROMAN):
            assert level_word(Level.I) == "Ⅰ"
        assert level_word(Level.I) == "一级"


def test_a_setting_nobody_understands_leaves_the_numerals() -> None:
    assert [numerals_of(kept) for kept in ("", "maya", "chinese")] == [Numerals.ROMAN, Numerals.ROMAN, Numerals.CHINESE]
