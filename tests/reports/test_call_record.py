"""The call record holds the words of the caller, and says what is still to be verified."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from emergency_desk.domain.incidents import Caller, Figures
from emergency_desk.reports import call_record
from emergency_desk.wording.catalog import _, speaking
from tests.reports import sheets
from tests.reports.sheets import IMPRINT, closed_up, paper, text_of


def record(tmp_path: Path, language: str = "en", **changes: object) -> str:
    path = tmp_path / "call.pdf"
    printed = call_record.write(sheets.call_record(**changes), path, paper(language))
    assert printed.pages == 1
    return closed_up(text_of(path)[0])


@pytest.mark.parametrize("language", ("en", "zh_CN"))
def test_the_record_has_the_fields_of_the_phone_log(tmp_path: Path, language: str) -> None:
    text = record(tmp_path, language)
    with speaking(language):
        names = [_("Received"), _("Who told the desk"), _("Caller, unit and post"), _("Caller's phone"), _("Kind of incident"),
                 _("Occurred"), _("Place"), _("What was told"), _("Harm and extent"), _("Cause and course"), _("Measures taken so far"),
                 _("Leaders and units told"), _("Help asked for"), _("Note"), _("Taken and recorded by")]
    assert [name for name in names if closed_up(name) not in text] == []


def test_the_callers_words_stand_as_they_were_said(tmp_path: Path) -> None:
    assert closed_up(sheets.call_record().call.words) in record(tmp_path)


def test_unknown_figures_are_to_be_verified_and_never_nought(tmp_path: Path) -> None:
    text = record(tmp_path, figures=Figures(trapped=8))
    assert "Trapped:8" in text
    assert "Tobeverified:Dead/Badlyhurt/Hurt/Missing/" in text
    assert "Dead:0" not in text


def test_a_known_nought_is_a_figure(tmp_path: Path) -> None:
    assert "Dead:0" in record(tmp_path, figures=Figures(dead=0))


def test_an_erased_caller_leaves_lines_to_fill(tmp_path: Path) -> None:
    text = record(tmp_path, caller=Caller())
    assert "赵先生" not in text and "13800005678" not in text
    assert text.count("_" * 30) >= 6


def test_a_drill_call_is_marked(tmp_path: Path) -> None:
    assert "演练" in record(tmp_path, imprint=replace(IMPRINT, is_exercise=True))
