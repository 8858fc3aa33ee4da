"""The papers of the register: a card with all of a team, numbers to dial, and what is due."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from emergency_desk.domain.agreements import Agreement, AgreementKind
from emergency_desk.domain.ids import Id
from emergency_desk.domain.register import ExpiryKind, ExpiryLine, TeamDetail
from emergency_desk.domain.register_sheets import ContactListSheet, ContactRow, DueListSheet, TeamCardSheet
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.teams import Certificate, Equipment, TeamKind, TeamMember
from emergency_desk.domain.texts import Text
from emergency_desk.domain.units import UnitKind
from emergency_desk.errands.papers import (
    AGREEMENT_LIST,
    CONTACT_LIST,
    DUE_LIST,
    SITE_LIST,
    TEAM_CARD,
    PaperAsked,
    read_sheet,
    set_paper,
    write_paper,
)
from emergency_desk.reports import contact_list, due_list, team_card
from emergency_desk.services import units
from tests.builders import STREET, make_desk
from tests.reports.sheets import FONTS, IMPRINT, PLACE, closed_up, paper, team, text_of

TODAY = date(2026, 11, 24)
NAMES = {"hazmat": Text("危化处置", "Hazardous materials")}
LANGUAGES = ("en", "zh_CN")


def card(tmp_path: Path, language: str = "en", **changes: object) -> str:
    station = team(certificates=(Certificate("hazmat", "危-17", date(2026, 11, 1)),), equipment=(Equipment("泡沫液", 12, "t"),),
                   duty_phone="0532-8000-0001", people_total=30, **changes)
    detail = TeamDetail(station, (TeamMember(Id("1"), station.id, "张三", post="队长", phone="13800000000"),),
                        (Agreement(Id("2"), "协 9", AgreementKind.MUTUAL_AID, "邻厂", valid_until=date(2027, 1, 1)),))
    printed = team_card.write(TeamCardSheet(IMPRINT, detail, PLACE, TODAY, NAMES), tmp_path / "card.pdf", paper(language))
    assert printed.missing_characters == () and printed.pages == 1
    return closed_up("".join(text_of(printed.path)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_tells_phone_people_papers_and_neighbours(tmp_path: Path, language: str) -> None:
    text = card(tmp_path, language)
    for told in ("0532-8000-0001", "30", "危-17", "2026-11-01", "泡沫液12t", "张三", "13800000000", "邻厂", "2027-01-01"):
        assert told in text


def test_a_certificate_that_ended_says_so(tmp_path: Path) -> None:
    assert "endedon2026-11-01" in card(tmp_path)


def test_a_long_name_and_the_desk_do_not_overlap(tmp_path: Path) -> None:
    station = team(name="石岐街道办事处应急管理办公室综合性应急救援队伍第三分队暨防汛抢险突击队")
    sheet = TeamCardSheet(IMPRINT, TeamDetail(station), PLACE, TODAY, NAMES)
    page = pypdfium2.PdfDocument(team_card.write(sheet, tmp_path / "card.pdf", paper("zh_CN")).path)[0]
    words = page.get_textpage()
    boxes = {text: _box_of(words, text) for text in (station.name[:6], IMPRINT.desk.zh)}
    (_l, bottom, right, top), (left, low, _r, high) = boxes.values()
    assert left >= right or low >= top or bottom >= high


def _box_of(words: pypdfium2.PdfTextPage, text: str) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of the line in which a text stands."""
    at, _count = words.search(text).get_next()
    first, last = words.get_charbox(at), words.get_charbox(at + len(text) - 1)
    return first[0], min(first[1], last[1]), last[2], max(first[3], last[3])


def test_a_demo_card_says_that_it_is_invented(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    printed = write_paper(desk, TEAM_CARD, out=tmp_path / "card.pdf", language="en", fonts=FONTS, number="T103")
    text = closed_up("".join(text_of(printed.path)))
    assert "T103" in text and "invented" in text


def test_the_contact_list_bands_its_areas_and_leaves_a_line_for_a_number_that_lacks(tmp_path: Path) -> None:
    rows = (ContactRow(Text(""), Text("气象局"), UnitKind.DEPARTMENT, "0532-1"),
            ContactRow(Text("市北区"), Text("消防一站"), TeamKind.NATIONAL_FIRE, "119"),
            ContactRow(Text("市北区"), Text("急救一组"), TeamKind.PROFESSIONAL, ""))
    printed = contact_list.write(ContactListSheet(IMPRINT, rows), tmp_path / "list.pdf", paper())
    text = closed_up("".join(text_of(printed.path)))
    assert text.count("市北区") == 1
    assert text.index("气象局") < text.index("消防一站") < text.index("急救一组")
    assert text.index("0532-1") < text.index("119") < text.index("____________")


def test_the_due_list_has_three_parts_and_a_place_to_tick(tmp_path: Path) -> None:
    def due(kind: ExpiryKind, name: str, day: date | None) -> ExpiryLine:
        return ExpiryLine(kind, Id("1"), Id("1"), name, "hazmat", day, "119")

    lines = (due(ExpiryKind.CERTIFICATE, "甲队", date(2026, 11, 1)), due(ExpiryKind.INSURANCE, "乙队", date(2026, 12, 1)),
             due(ExpiryKind.CONTACT, "丙队", None))
    printed = due_list.write(DueListSheet(IMPRINT, 30, TODAY, lines, NAMES), tmp_path / "due.pdf", paper())
    text = closed_up("".join(text_of(printed.path)))
    assert text.index("甲队") < text.index("乙队") < text.index("丙队")
    assert text.index("Ended(1)") < text.index("Endingsoon(1)") < text.index("Contactstobetried(1)")
    assert "nevertried" in text
    assert text.count("____________") >= 3


def test_each_paper_of_the_register_is_read_from_the_store(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    assert isinstance(read_sheet(desk, PaperAsked(TEAM_CARD)), TeamCardSheet)
    contacts = read_sheet(desk, PaperAsked(CONTACT_LIST))
    assert isinstance(contacts, ContactListSheet) and len(contacts.rows) == 12
    due = read_sheet(desk, PaperAsked(DUE_LIST))
    assert isinstance(due, DueListSheet) and due.lines[0].name == "燃气抢修班"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lists_of_sites_and_of_agreements_tell_what_stands_in_the_register(tmp_path: Path, language: str) -> None:
    desk = make_desk(tmp_path, account="leader")
    units.keep_site(desk, site=Site(id=Id(""), kind=SiteKind.HOSPITAL, name="市立医院", area_id=STREET, capacity=900, phone="0532-7"))
    old = units.keep_site(desk, site=Site(id=Id(""), kind=SiteKind.DEPOT, name="旧仓库", area_id=STREET)).value
    units.retire_site(desk, site_id=old.id)
    units.keep_agreement(desk, agreement=Agreement(Id(""), "协 9", AgreementKind.MUTUAL_AID, "邻厂", "hazmat", 2, "车", 5, phone="0532-8",
                                                   signed_on=date(2019, 1, 1), valid_until=date(2020, 1, 1)))
    sites = closed_up("".join(text_of(write_paper(desk, SITE_LIST, out=tmp_path / "s.pdf", language=language, fonts=FONTS).path)))
    promised = closed_up("".join(text_of(write_paper(desk, AGREEMENT_LIST, out=tmp_path / "a.pdf", language=language, fonts=FONTS).path)))
    assert all(told in sites for told in ("市立医院", "900", "0532-7")) and "旧仓库" not in sites
    assert all(told in promised for told in ("协9", "邻厂", "2车", "0532-8", "2020-01-01"))


@pytest.mark.parametrize("name", [CONTACT_LIST, DUE_LIST, SITE_LIST, AGREEMENT_LIST])
def test_the_lists_of_the_register_are_workbooks_too(tmp_path: Path, name: str) -> None:
    """The workbook says what the paper says; room to write by hand stands on the paper alone."""
    desk = make_desk(tmp_path, account="leader")
    units.keep_site(desk, site=Site(id=Id(""), kind=SiteKind.DEPOT, name="区救灾物资库", area_id=STREET, address="某路1号"))
    units.keep_agreement(desk, agreement=Agreement(Id(""), "协 9", AgreementKind.MUTUAL_AID, "邻厂", valid_until=date(2027, 1, 1)))
    sheet = read_sheet(desk, PaperAsked(name))
    for ending in ("pdf", "xlsx"):
        set_paper(sheet, tmp_path / f"list.{ending}", paper())
    table = CalamineWorkbook.from_path(str(tmp_path / "list.xlsx")).get_sheet_by_index(0).to_python()
    cells = [closed_up(str(cell)) for row in table for cell in row if cell != ""]
    text = closed_up("".join(text_of(tmp_path / "list.pdf")))
    assert len(cells) > 4 and all(cell in text for cell in cells[:10]) and not any(set(cell) == {"_"} for cell in cells)
