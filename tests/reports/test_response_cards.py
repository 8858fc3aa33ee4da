"""Response cards: A5, one page each, in the largest letters that fit; what fits in none that can be read is refused in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from emergency_desk.domain.plan_errors import CardTooLong
from emergency_desk.domain.plan_life import PlanStage
from emergency_desk.domain.plan_records import CardStep, ResponseCard
from emergency_desk.domain.plan_sheets import PlanStanding
from emergency_desk.domain.texts import Text
from emergency_desk.errands.papers import set_paper
from emergency_desk.reports.response_cards import SIZES
from emergency_desk.wording.catalog import speaking
from emergency_desk.wording.refusals import sentence
from tests.builders import trade
from tests.reports.plan_paper_parts import LANGUAGES, card, cards_sheet, document_xml, long_card, said_in, shipped
from tests.reports.sheets import IMPRINT, closed_up, paper, text_of

CODES = sorted(plan.code for plan in trade().current_plans)
OF_BOTH = pytest.mark.parametrize("language", LANGUAGES)


def pages_of(path: Path, *cards: ResponseCard, language: str = "zh_CN", **changes: object) -> list[str]:
    printed = set_paper(cards_sheet(*cards, **changes), path, paper(language))
    assert printed.missing_characters == () and printed.pages == len(cards)
    return [closed_up(page) for page in text_of(printed.path)]


@OF_BOTH
@pytest.mark.parametrize("code", CODES)
def test_every_shipped_card_has_one_page_and_nothing_of_it_is_lost(tmp_path: Path, code: str, language: str) -> None:
    plan = shipped(code)
    pages = pages_of(tmp_path / "cards.pdf", *plan.cards, language=language, plan=plan)
    assert len(pages) == len(plan.cards) > 0
    for page, one in zip(pages, plan.cards, strict=True):
        told = (one.post, one.trigger, one.never, one.resources, one.withdraw_when, *(step.text for step in one.steps),
                *(text for contact in one.reports_to for text in (contact.role, contact.unit)))
        assert [text.zh for text in told if closed_up(text.in_language(language)) not in page] == []


def test_a_card_is_a_page_of_a5_and_all_of_it_stands_inside_the_margins(tmp_path: Path) -> None:
    path = set_paper(cards_sheet(card(), card()), tmp_path / "cards.pdf", paper("zh_CN")).path
    file = pypdfium2.PdfDocument(path)
    for page in file:
        assert [round(side / 72 * 25.4) for side in page.get_size()] == [148, 210]
        words = page.get_textpage()
        boxes = [words.get_charbox(place) for place in range(words.count_chars())]
        assert min(box[0] for box in boxes if box[2] > box[0]) > 20 and max(box[2] for box in boxes) < 148 * 72 / 25.4 - 20
        assert min(box[1] for box in boxes if box[3] > box[1]) > 6
    file.close()


def test_the_parts_stand_in_the_order_in_which_they_are_needed_with_minutes_numbers_and_a_line_to_fill(tmp_path: Path) -> None:
    (page,) = pages_of(tmp_path / "cards.pdf", card())
    order = ("镇（街道）值班员", "触发条件", "3分钟内", "15分钟内", "24小时内", "报告对象", "0532-8000-0119", "________", "严禁", "撤离条件",
             "资源位置", "第1.0版", "第1张，共1张")
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)


def letters(path: Path, words: str) -> float:
    """Return the height of the letters of some words."""
    file = pypdfium2.PdfDocument(path)
    text = file[0].get_textpage()
    place, _count = text.search(words).get_next()
    box = text.get_charbox(place, loose=True)
    file.close()
    return float(box[3] - box[1])


def test_letters_grow_until_the_page_is_full_and_shrink_to_the_least_that_can_be_read(tmp_path: Path) -> None:
    steps = tuple(CardStep(due_minutes=5, text=Text(f"{place}逐户核对人数并登记特殊人员，" * 2)) for place in range(7))
    few, many = card(), card(steps=steps)
    heights = []
    for one in (few, many):
        set_paper(cards_sheet(one), tmp_path / "cards.pdf", paper("zh_CN"))
        heights.append(letters(tmp_path / "cards.pdf", "闻到气味"))
    assert heights[0] > heights[1] > 0
    assert max(SIZES) >= 18 and min(SIZES) >= 9.5


@OF_BOTH
def test_a_card_that_cannot_be_read_at_arms_length_is_refused_by_its_post_and_nothing_is_printed(tmp_path: Path, language: str) -> None:
    with pytest.raises(CardTooLong) as refused:
        set_paper(cards_sheet(card(), long_card()), tmp_path / "cards.pdf", paper(language))
    with speaking(language):
        told = sentence(refused.value)
    post = {"en": "Leader of the evacuation group", "zh_CN": "疏散组组长"}[language]
    assert post in told and {"en": "Street duty officer", "zh_CN": "值班员"}[language] not in told
    assert not (tmp_path / "cards.pdf").exists()


def test_a_card_of_a_model_says_so_and_one_of_an_issued_plan_bears_day_and_issuer(tmp_path: Path) -> None:
    (model,) = pages_of(tmp_path / "cards.pdf", card())
    issued = PlanStanding(stage=PlanStage.ISSUED, issued_on=date(2026, 9, 28), issued_by="市政府办公厅")
    (kept,) = pages_of(tmp_path / "cards.pdf", card(), standing=issued)
    assert "示范预案，本单位尚未采用" in model and "2026-09-28市政府办公厅签发" in kept and "尚未采用" not in kept


def test_a_card_of_a_drill_bears_the_mark_in_both_languages(tmp_path: Path) -> None:
    (page,) = pages_of(tmp_path / "cards.pdf", card(), imprint=replace(IMPRINT, is_exercise=True))
    assert "演练" in page and "DRILL" in page


def test_parts_that_a_card_does_not_have_leave_no_empty_frame(tmp_path: Path) -> None:
    (page,) = pages_of(tmp_path / "cards.pdf", card(never=Text(""), resources=Text(""), reports_to=()))
    assert not any(words in page for words in ("严禁", "资源位置", "报告对象"))


@OF_BOTH
@pytest.mark.parametrize("code", CODES)
def test_every_shipped_card_is_written_as_docx_too_and_nothing_of_it_is_lost(tmp_path: Path, code: str, language: str) -> None:
    plan = shipped(code)
    printed = set_paper(cards_sheet(*plan.cards, plan=plan), tmp_path / "cards.docx", paper(language))
    assert printed.pages == len(plan.cards)
    xml = document_xml(printed.path)
    assert xml.count("<w:pageBreakBefore/>") == len(plan.cards) - 1 and xml.count("<w:tbl>") == len(plan.cards)
    assert f'w:w="{round(148 * 1440 / 25.4)}"' in xml  # A5
    told = said_in(xml)
    for one in plan.cards:
        texts = (one.post, one.trigger, one.never, one.resources, one.withdraw_when, *(step.text for step in one.steps),
                 *(text for contact in one.reports_to for text in (contact.role, contact.unit)))
        assert [text.zh for text in texts if closed_up(text.in_language(language)) not in told] == []


def test_a_card_that_fits_no_page_is_refused_as_docx_as_well(tmp_path: Path) -> None:
    with pytest.raises(CardTooLong):
        set_paper(cards_sheet(long_card()), tmp_path / "cards.docx", paper("zh_CN"))
    assert not (tmp_path / "cards.docx").exists()
