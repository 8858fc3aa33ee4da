"""A plan on paper: nothing of it is lost in either language, every page is numbered, and the contents lead where they say."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from emergency_desk.domain.plan_life import PlanStage
from emergency_desk.domain.plan_records import Clause
from emergency_desk.domain.plan_sheets import PlanStanding
from emergency_desk.domain.texts import Text
from emergency_desk.errands.papers import set_paper
from emergency_desk.reports.document import Heading
from emergency_desk.reports.document_pdf import compose
from emergency_desk.reports.fonts import Faces
from emergency_desk.reports.page import worded
from emergency_desk.reports.plan_document import document_of
from tests.builders import trade
from tests.reports.plan_paper_parts import LANGUAGES, body_of, document_xml, plan_sheet, said_in, shipped, words_of
from tests.reports.sheets import closed_up, paper, text_of

CODES = sorted(plan.code for plan in trade().current_plans)
OF_BOTH = pytest.mark.parametrize("language", LANGUAGES)


@OF_BOTH
@pytest.mark.parametrize("code", CODES)
def test_every_clause_action_contact_and_card_of_the_shipped_plans_is_printed(tmp_path: Path, code: str, language: str) -> None:
    plan = shipped(code)
    printed = set_paper(plan_sheet(plan), tmp_path / "plan.pdf", paper(language))
    told = "".join(body_of(printed.path))
    assert printed.missing_characters == ()
    assert [words for words in words_of(plan, language) if words not in told] == []


@OF_BOTH
def test_a_plan_can_be_edited_as_docx_with_headings_by_style_and_heads_repeated(tmp_path: Path, language: str) -> None:
    plan = shipped()
    xml = document_xml(set_paper(plan_sheet(plan), tmp_path / "plan.docx", paper(language)).path)
    told = said_in(xml)
    assert [words for words in words_of(plan, language) if words not in told] == []
    chapters = sum("." not in clause.number for clause in plan.clauses)
    assert xml.count('w:val="Heading1"') >= chapters and xml.count("<w:tblHeader/>") >= 6
    assert all(f'w:val="Heading{depth}"' in xml for depth in (1, 2, 3))


@OF_BOTH
def test_every_page_is_numbered_and_says_how_many_there_are(tmp_path: Path, language: str) -> None:
    pages = [closed_up(page) for page in text_of(set_paper(plan_sheet(shipped()), tmp_path / "plan.pdf", paper(language)).path)]
    words = "Page{}of{}" if language == "en" else "第{}页/共{}页"
    for number, page in enumerate(pages, start=1):
        assert words.format(number, len(pages)) in page
        assert (f"—{number}—" in page) is (number > 1)  # the cover counts and bears no number


@OF_BOTH
def test_the_contents_name_the_page_on_which_each_heading_stands(tmp_path: Path, language: str) -> None:
    path = set_paper(plan_sheet(shipped()), tmp_path / "plan.pdf", paper(language)).path
    file, pages = pypdfium2.PdfDocument(path), text_of(path)
    outline = [(closed_up(mark.get_title()), mark.get_dest().get_index()) for mark in file.get_toc()]
    file.close()
    first = min(page for _title, page in outline)
    lines = [found for page in pages[1:first] for line in page.splitlines() if (found := re.match(r"(.+?) …+ (\d+)$", line.strip()))]
    assert [int(line[2]) - 1 for line in lines] == [page for _title, page in outline]
    assert all(title.endswith(closed_up(line[1])) for line, (title, _page) in zip(lines, outline, strict=True))  # a long one takes two lines
    for title, page in outline:
        assert title in closed_up(pages[page])
    assert len(outline) == len(document_headings(language))


def document_headings(language: str) -> tuple[Heading, ...]:
    with worded(paper(language)):
        return document_of(plan_sheet(shipped()), paper(language)).headings


@OF_BOTH
@pytest.mark.parametrize("code", CODES)
def test_no_heading_stands_alone_at_the_foot_of_a_page(code: str, language: str) -> None:
    settings = paper(language)
    with worded(settings):
        document = document_of(plan_sheet(shipped(code)), settings)
        book, stands = compose(document, Faces(settings))
    below = book.layout.bottom + 2 * document.setting.leading
    assert [(each.heading.text, each.page) for each in stands if each.y - document.setting.leading < below - 1] == []


@OF_BOTH
def test_the_docx_is_filled_with_the_contents_and_lets_them_be_filled_anew(tmp_path: Path, language: str) -> None:
    xml = document_xml(set_paper(plan_sheet(shipped()), tmp_path / "plan.docx", paper(language)).path)
    assert re.search(r'w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-3" \\h', xml)
    anchors = re.findall(r"PAGEREF (\w+) ", xml)
    assert len(anchors) == len(document_headings(language)) == len(set(anchors))
    assert all(f'w:name="{anchor}"' in xml for anchor in anchors)
    numbers = [int(found) for found in re.findall(r'PAGEREF.*?"separate"/></w:r><w:r>.*?<w:t xml:space="preserve">(\d+)</w:t>', xml)]
    assert len(numbers) == len(anchors) and numbers == sorted(numbers) and numbers[0] > 2


def test_a_model_says_on_every_page_that_nobody_adopted_it(tmp_path: Path) -> None:
    pages = text_of(set_paper(plan_sheet(shipped()), tmp_path / "plan.pdf", paper("zh_CN")).path)
    assert "经审核、批准、备案之前，不得作为依据" in closed_up(pages[0])
    assert all("示范预案，本单位尚未采用" in closed_up(page) for page in pages)


def test_an_issued_plan_bears_number_day_and_names_and_no_warning(tmp_path: Path) -> None:
    standing = PlanStanding(stage=PlanStage.ISSUED, number="青政办字〔2026〕17号", issued_on=date(2026, 9, 28), approved_by="李安",
                            drawn_up_by=Text("市应急局 孙文静", "City Emergency Bureau, Sun Wenjing"),
                            issued_by="青岛市人民政府办公厅", filed_on=date(2026, 10, 12), filing_number="鲁应急备2026-31")
    pages = [closed_up(page) for page in text_of(
        set_paper(plan_sheet(shipped(), standing=standing), tmp_path / "plan.pdf", paper("zh_CN")).path)]
    for words in ("青政办字〔2026〕17号", "2026年9月28日", "青岛市人民政府办公厅", "李安", "市应急局孙文静", "2026年10月12日鲁应急备2026-31"):
        assert words in pages[0]
    assert not any("尚未采用" in page for page in pages)


@pytest.mark.parametrize(("standing", "words"), [
    (PlanStanding(stage=PlanStage.DRAFT), "草案，尚未印发"), (PlanStanding(stage=PlanStage.REPLACED, replaced_by="2.0"), "已由版本2.0替代"),
    (PlanStanding(stage=PlanStage.WITHDRAWN, withdrawn_on=date(2026, 5, 4)), "已废止")])
def test_what_is_not_in_force_says_so_on_every_page(tmp_path: Path, standing: PlanStanding, words: str) -> None:
    pages = text_of(set_paper(plan_sheet(shipped(), standing=standing), tmp_path / "plan.pdf", paper("zh_CN")).path)
    assert all(words in closed_up(page) for page in pages[1:])
    if standing.withdrawn_on:
        assert "已于2026年5月4日废止" in closed_up(pages[0])


TABLE = "\n".join(("接报后**立即**核实：", "- 通知队伍", "- 报告领导", "| 级别 | 条件 |",
                   *(f"| 第{place}级 | 被困{place}人以上<br>或者高层 |" for place in range(60))))


def test_tables_and_strong_words_of_a_clause_are_printed_as_such_and_heads_come_again(tmp_path: Path) -> None:
    plan = replace(shipped(), clauses=(Clause(number="1", title=Text("总则"), body=Text(TABLE)),), actions=(), levels=(), cards=(), contacts=(),
                   work_groups=(), basis=())
    pages = body_of(set_paper(plan_sheet(plan), tmp_path / "plan.pdf", paper("zh_CN")).path)
    whole = "".join(pages)
    assert "|" not in whole and "**" not in whole and "<br>" not in whole
    assert "接报后立即核实：•通知队伍•报告领导" in whole
    assert all(f"第{place}级被困{place}人以上或者高层" in whole for place in range(60))
    with_rows = [page for page in pages if re.search(r"第\d+级被困", page)]
    assert len(with_rows) > 1 and all("级别条件" in page for page in with_rows)
    assert "（续）" not in with_rows[0] and all("（续）级别条件" in page for page in with_rows[1:])
    xml = document_xml(set_paper(plan_sheet(plan), tmp_path / "plan.docx", paper("zh_CN")).path)
    assert re.search(r"<w:b/>(?:(?!</w:r>).)*立即", xml) and "第59级" in xml


def test_the_strong_face_is_in_the_file_where_a_word_is_strong(tmp_path: Path) -> None:
    clause = Clause(number="1", title=Text("总则"), body=Text("先**救人**，再控火，" * 30))
    plan = replace(shipped(), clauses=(clause,))
    lines = "".join(body_of(set_paper(plan_sheet(plan), tmp_path / "plan.pdf", paper("zh_CN")).path))
    assert lines.count("先救人，再控火，") == 30


@pytest.mark.parametrize("times", [1, 4, 9])
def test_a_title_of_any_length_stays_above_the_table_that_is_signed(tmp_path: Path, times: int) -> None:
    plan = replace(shipped(), title=Text("石岐街道办事处综合性突发事件及其次生衍生灾害应急处置工作" * times))
    path = set_paper(plan_sheet(plan), tmp_path / "plan.pdf", paper("zh_CN")).path
    file = pypdfium2.PdfDocument(path)
    words = file[0].get_textpage()
    heights = [words.get_charbox(words.search(text).get_next()[0])[1] for text in ("石岐", "版本 1.0", "示范预案", "编制")]
    foot = file[6].get_textpage()
    left = min(foot.get_charbox(place)[0] for place in range(foot.count_chars()))
    file.close()
    assert left > 70  # the title at the foot of a page is shortened
    assert heights == sorted(heights, reverse=True) and min(one - other for one, other in pairwise(heights)) > 8


def test_a_long_english_title_and_a_rare_character_are_printed_whole(tmp_path: Path) -> None:
    title = Text("𬭎湾区突发事件总体应急预案",
                 "Contingency Plan of the Functional Zone on the Western Coast for Incidents on Which No Other Plan Has Been Made Until Now")
    plan = replace(shipped(), title=title)
    for language in LANGUAGES:
        printed = set_paper(plan_sheet(plan), tmp_path / "plan.pdf", paper(language))
        assert closed_up(title.in_language(language)) in closed_up(text_of(printed.path)[0])


def test_the_heads_of_the_tables_speak_of_plans(tmp_path: Path) -> None:
    told = "".join(body_of(set_paper(plan_sheet(shipped()), tmp_path / "plan.pdf", paper("zh_CN")).path))
    for heads in ("级别启动条件（满足一项即可）启动人条款", "工作组牵头单位成员单位职责", "序号时限起始级别行动责任人条款", "联络事项单位电话"):
        assert heads in told  # words that mean something else elsewhere: 响应, 队员, 方式, 基本信息, 职责
