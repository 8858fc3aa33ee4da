"""Printed logs: both times of every line, whole on every page, and signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.incidents import Happening
from emergency_desk.reports import duty_log, incident_log
from emergency_desk.wording.catalog import _, speaking
from tests.reports import sheets
from tests.reports.sheets import IMPRINT, closed_up, log_line, minutes, paper, text_of

LANGUAGES = ("en", "zh_CN")


def incident_pages(tmp_path: Path, language: str = "en", **changes: object) -> list[str]:
    path = tmp_path / "log.pdf"
    count = changes.pop("count", 12)
    assert isinstance(count, int)
    incident_log.write(sheets.incident_log(count, **changes), path, paper(language))
    return [closed_up(page) for page in text_of(path)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_log_repeats_its_head_and_counts_its_pages(tmp_path: Path, language: str) -> None:
    pages = incident_pages(tmp_path, language, count=120)
    assert len(pages) > 2
    with speaking(language):
        heads = [closed_up(_(name)) for name in ("Happened", "Entered", "Kind", "What happened", "Entered by")]
        last = closed_up(_("Page {page} of {pages}").format(page=len(pages), pages=len(pages)))
    assert all(head in page for head in heads for page in pages)
    assert last in pages[-1]
    assert sum(page.count("现场指挥部设在大厦南门") for page in pages) == 120


def test_a_late_entry_shows_both_times(tmp_path: Path) -> None:
    text = incident_pages(tmp_path, lines=(log_line(1, late=35),))[0]
    assert "20:2721:02" in text  # happened at 20:27, entered at 21:02


def test_an_entry_of_the_next_day_shows_its_day(tmp_path: Path) -> None:
    assert "11-2502:27" in incident_pages(tmp_path, lines=(log_line(1, late=360),))[0]


def test_the_timeline_is_in_the_order_of_events_not_of_entries(tmp_path: Path) -> None:
    late = log_line(2, "先到的队伍已展开。", occurred_at=minutes(0), recorded_at=minutes(9))
    text = incident_pages(tmp_path, lines=(log_line(1, "增援到场。"), late))[0]
    assert text.index("先到的队伍已展开") < text.index("增援到场")


def test_a_new_day_begins_with_its_date_and_goes_on_with_it(tmp_path: Path) -> None:
    lines = tuple(log_line(number, occurred_at=minutes(number * 4), recorded_at=minutes(number * 4)) for number in range(1, 70))
    pages = incident_pages(tmp_path, lines=lines)
    assert "24November2026" in pages[0]
    assert "25November2026" in "".join(pages)
    assert len(pages) > 1 and all("November2026" in page for page in pages)


def test_a_correction_names_the_line_it_corrects(tmp_path: Path) -> None:
    wrong = log_line(1, "被困3人。")
    right = log_line(2, "被困8人。", corrects_id=wrong.entry.id)
    assert "Correctsno.1:被困8人。" in incident_pages(tmp_path, lines=(wrong, right))[0]


def test_a_line_longer_than_a_page_is_printed_whole(tmp_path: Path) -> None:
    pages = incident_pages(tmp_path, lines=(log_line(1, "逐层搜救，" * 900),))
    assert len(pages) > 1
    assert "".join(page.split("Enteredby", 1)[1] for page in pages).count("逐层搜救") >= 890  # a line end may part a few


def test_a_log_of_a_drill_is_marked_on_every_page(tmp_path: Path) -> None:
    pages = incident_pages(tmp_path, count=120, imprint=replace(IMPRINT, is_exercise=True))
    assert all("演练" in page and "DRILL" in page for page in pages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_drew_up_and_who_checks_stand_on_every_page(tmp_path: Path, language: str) -> None:
    pages = incident_pages(tmp_path, language, count=120)
    name = "王值班" if language == "zh_CN" else "WangZhiban"
    assert all(name in page and "_" * 12 in page for page in pages)


def test_an_empty_log_is_still_a_paper(tmp_path: Path) -> None:
    assert "0lines" in incident_pages(tmp_path, count=0)[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_duty_log_names_the_incident_of_every_line(tmp_path: Path, language: str) -> None:
    path = tmp_path / "duty.pdf"
    night = sheets.duty_log(lines=(log_line(1, happening=Happening.DUTY, incident_id=None), log_line(2)))
    printed = duty_log.write(night, path, paper(language))
    text = closed_up(text_of(path)[0])
    assert printed.pages == 1
    assert "370202-2026-0017" in text
    assert ("张带班" if language == "zh_CN" else "ZhangDaiban") in text


def test_the_duty_log_is_in_the_order_of_its_entry(tmp_path: Path) -> None:
    path = tmp_path / "duty.pdf"
    late = log_line(2, "补记：19时许接区值班室电话。", occurred_at=minutes(-90), recorded_at=minutes(3))
    duty_log.write(sheets.duty_log(lines=(late, log_line(1, "交接班完毕。"))), path, paper())
    text = closed_up(text_of(path)[0])
    assert text.index("交接班完毕") < text.index("补记")


def test_a_night_over_midnight_has_two_days(tmp_path: Path) -> None:
    path = tmp_path / "duty.pdf"
    lines = tuple(log_line(number, recorded_at=minutes(0) + timedelta(hours=number)) for number in range(1, 9))
    duty_log.write(sheets.duty_log(lines=lines), path, paper())
    text = closed_up(text_of(path)[0])
    assert "24November2026" in text and "25November2026" in text
