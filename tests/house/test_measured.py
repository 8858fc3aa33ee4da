"""What was measured stands alike in both READMEs and in both manuals, whole and in the words of each."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "installer"))

import show_tables  # noqa: E402


def test_readmes_and_manuals_show_the_tables_as_they_were_made() -> None:
    for path, text in show_tables.pages():
        assert path.read_text(encoding="utf-8") == text, f"{path.name}: run python installer/show_tables.py"


def test_nothing_missed_and_nothing_broken_is_shown_as_held() -> None:
    bench, torture = ((show_tables.MADE / f"{name}.md").read_text(encoding="utf-8") for name in show_tables.TABLES)
    assert bench.count("| held |") + bench.count("**missed**") == len(bench.splitlines()) - 2 > 100
    assert torture.count("| held |") + torture.count("**broken**") == len(torture.splitlines()) - 2 >= 20


@pytest.mark.parametrize(("cell", "said", "lacking"), [
    (" held ", " 达到 ", []), (" 12.30 ms ", " 12.30 ms ", []), (" find, 10 × ", " 查找，10 × ", []),
    (" 3.00 ms (bare read) ", " 3.00 ms（裸读） ", []),
    (" 17,799 acts, 3 lost ", " 动作 17,799，丢失 3 ", []), (" unheard of ", " unheard of ", ["unheard of"]), ("---:", "---:", []), ("", "", []),
])
def test_a_cell_in_chinese(cell: str, said: str, lacking: list[str]) -> None:
    words, found = {"held": "达到", "find": "查找", "bare read": "裸读", "acts": "动作", "lost": "丢失"}, set[str]()
    assert show_tables.chinese(f"|{cell}|", words, found) == f"|{said}|\n" and sorted(found) == lacking


def test_a_page_without_the_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="bench"):
        show_tables.between_marks("# Nothing", "bench", "|a|")
    assert show_tables.between_marks("a <!-- x -->old<!-- /x --> z", "x", "|t|\n") == "a <!-- x -->\n\n|t|\n\n<!-- /x --> z"
