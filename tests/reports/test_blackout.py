"""The black-out pack: every card under its code, no incident beyond its pages, and nothing that stays away stays away in silence."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.blackout import MOST_PAGES, BlackoutSheet
from emergency_desk.domain.boards import DueKind
from emergency_desk.domain.texts import Text
from emergency_desk.errands.papers import PaperAsked, read_sheet, set_paper
from emergency_desk.services import boards, incidents
from tests.blackout_evening import DarkEvening
from tests.builders import make_desk
from tests.reports.sheets import closed_up, paper

LANGUAGES = ("en", "zh_CN")


def pages_of(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [document[place].get_textpage().get_text_range() for place in range(len(document))]
    finally:
        document.close()


def printed(evening: DarkEvening, folder: Path, language: str = "en") -> list[str]:
    sheet = read_sheet(evening.desk, PaperAsked("blackout"))
    return pages_of(set_paper(sheet, folder / f"pack-{language}.pdf", paper(language)).path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_card_stands_in_the_pack_under_its_code(tmp_path: Path, language: str) -> None:
    evening = DarkEvening(tmp_path)
    pages = printed(evening, tmp_path, language)
    whole = closed_up(" ".join(pages))
    for code in ("1-T1", "1-T2", "1-T3", "1-D1", "1-D2", "1-S1", "1-R1", "1-L"):
        assert code in whole, code
    for words in ("联系第1户", "中学体育馆", "0532-00000101", evening.order.number, evening.incident.number, "甲"):
        assert closed_up(words) in whole, words
    assert ("毛毯" in whole) == (language == "zh_CN") and ("Blanket" in whole) == (language == "en")
    assert len(pages) <= MOST_PAGES
    footed = [page for page in pages if re.search(r"Page \d+ of|第\s*\d+\s*页", page)]
    assert len(footed) == len(pages)


def test_the_pack_names_the_plan_as_people_call_it(tmp_path: Path) -> None:
    sheet = read_sheet(DarkEvening(tmp_path, tasks=0).desk, PaperAsked("blackout"))
    assert isinstance(sheet, BlackoutSheet)
    (pack,) = sheet.packs
    planned = replace(pack, incident=replace(pack.incident, plan_code="building_fire", plan_version="1.1"), plan_title=Text("建筑火灾应急预案"))
    made = set_paper(replace(sheet, packs=(planned,)), tmp_path / "plan.pdf", paper("zh_CN"))
    whole = closed_up(" ".join(pages_of(made.path)))
    assert "建筑火灾应急预案（第1.1版）" in whole and "building_fire" not in whole
    assert "本包内容" in whole and "协议文本" not in whole


def test_an_incident_that_waits_for_a_report_alone_says_which(tmp_path: Path) -> None:
    evening = DarkEvening(tmp_path, tasks=0)
    waits = min(boards.duty_board(evening.desk).due.lines, key=lambda line: line.due_at)
    sheet = read_sheet(evening.desk, PaperAsked("blackout"))
    assert isinstance(sheet, BlackoutSheet)
    owed = replace(waits, kind=DueKind.REPORT, what="", what_en="", report_kind="first", report_family="incident", channel="phone",
                   from_tier=Tier.DISTRICT.value, to_tier=Tier.CITY.value)
    (pack,) = sheet.packs
    sheet = replace(sheet, packs=(replace(pack, line=replace(pack.line, next_due=owed)),))
    told = closed_up(pages_of(set_paper(sheet, tmp_path / "owed.pdf", paper("en")).path)[0])
    assert "Firstreport" in told


def test_an_incident_with_more_tasks_than_cards_says_how_many_wait_and_keeps_to_its_pages(tmp_path: Path) -> None:
    evening = DarkEvening(tmp_path, tasks=90)
    pages = printed(evening, tmp_path)
    whole = closed_up(" ".join(pages))
    cards = {int(number) for number in re.findall(r"1-T(\d+)", whole)} - {5}  # 17-T5 of the instructions ends alike
    left = int(re.findall(r"(\d+)tasksthatareduelaterhavenocards", whole)[0])
    tasks = [task for task in incidents.open_room(evening.desk, incident_id=evening.incident.id).tasks if task.state.value == "open"]
    assert len(cards | {5}) + left == len(tasks) and left > 30
    assert len(pages) <= MOST_PAGES
    assert "联系第1户" in whole and "联系第90户" not in whole, "the earliest due go onto paper"


def test_several_incidents_keep_to_their_pages_and_to_their_codes(tmp_path: Path) -> None:
    evening = DarkEvening(tmp_path, tasks=60, more_incidents=3)
    pages = printed(evening, tmp_path)
    assert len(pages) <= MOST_PAGES * 4
    whole = closed_up(" ".join(pages))
    assert all(f"Codeofthislog:{number}-L" in whole for number in (1, 2, 3, 4))


@pytest.mark.parametrize("language", LANGUAGES)
def test_pick_lists_without_an_incident_stand_under_their_own_codes_and_the_pages_stay_few(tmp_path: Path, language: str) -> None:
    evening = DarkEvening(tmp_path, tasks=90)
    loose = [evening.release_without_incident(quantity) for quantity in (30, 20)]
    pages = printed(evening, tmp_path, language)
    whole = closed_up(" ".join(pages))
    for words in ("0-R2", "0-R3", "东台街道办", *(one.number for one in loose)):
        assert words in whole, words
    assert ("Picklistswithoutanincident" in whole) == (language == "en") and len(pages) <= MOST_PAGES
    listed = set_paper(read_sheet(evening.desk, PaperAsked("picking-list", about_id=loose[0].id)), tmp_path / "list.pdf", paper(language))
    assert "0-R2" in closed_up(" ".join(pages_of(listed.path))), "the list of the depot bears the code as well"


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_nothing_open_there_are_numbers_and_blank_sheets(tmp_path: Path, language: str) -> None:
    desk = make_desk(tmp_path)
    sheet = read_sheet(desk, PaperAsked("blackout"))
    pages = pages_of(set_paper(sheet, tmp_path / "pack.pdf", paper(language)).path)
    assert 3 <= len(pages) <= 5 and "0532-00000101" in " ".join(pages)
    assert ("No incident is open." in " ".join(pages)) == (language == "en")
