"""The response cards as DOCX, for those who must edit them: A5, a card a page, its parts as rows of a table that can be written in.

The letters are the largest by which a card takes one page, reckoned with the widths Word will use; what fits in none is refused as for the PDF.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.units import mm

from emergency_desk.domain.plan_errors import CardTooLong
from emergency_desk.domain.plan_records import Contact, ResponseCard
from emergency_desk.domain.plan_sheets import CardsSheet
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.reports.blocks import DRILL, broken, imprint_lines
from emergency_desk.reports.card_words import counted, foot, minutes_said, part_names, whose
from emergency_desk.reports.docx_pages import BODY, HEAD, TAB, DocxPages, Look, Run
from emergency_desk.reports.fonts import DocxFaces, Faces
from emergency_desk.reports.page import CARD, CARD_OF_A_DRILL, in_paper
from emergency_desk.reports.plan_document import stands_shortly
from emergency_desk.wording.catalog import _

_SIZES = tuple(size / 2 for size in range(32, 18, -1))  # 16 to 9.5 points
_LEADING, _NAME = 1.36, 0.88
_SHARE = 0.27  # of the width, for the names of the parts
_CELL_PAD_MM = 2.9  # left and right of a cell together
_ROW_PAD = 5.0  # points, above and below a row together
_HEAD_AND_FOOT = 92.0  # points: the line of the plan, the post between its rules, the foot
_SAFE = 0.94  # of the height: programs break lines a little otherwise
_RED = "C21217"
_LINE = "__________"


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a card: its name and its words; what must never be done is red."""

    name: str
    text: str
    colour: str = ""
    is_strong: bool = False


def set_cards_docx(sheet: CardsSheet, path: Path, paper: PaperSettings) -> Printed:
    """Write the cards of a plan. Raises CardTooLong with the posts whose cards do not fit."""
    faces, layout = DocxFaces(paper), CARD_OF_A_DRILL if sheet.is_exercise else CARD
    measure, height = layout.measure, (layout.top - layout.bottom) * _SAFE - _HEAD_AND_FOOT
    sizes = [_size(card, paper, faces, measure, height) for card in sheet.cards]
    too_long = [in_paper(card.post, paper) for card, size in zip(sheet.cards, sizes, strict=True) if size is None]
    if too_long:
        raise CardTooLong(plan=sheet.plan.title, posts=too_long)
    mark = stands_shortly(sheet.standing)
    title = _("Response cards: {plan}").format(plan=in_paper(sheet.plan.title, paper))
    pages = DocxPages(title=title, author=in_paper(sheet.imprint.desk, paper), language=paper.language, mark=paper.mark,
                      subject=f"{sheet.plan.code} {sheet.plan.version}", layout=layout, top=DRILL if sheet.is_exercise else mark,
                      top_size=18 if sheet.is_exercise else 9, cell_pad=round(_ROW_PAD * 10), is_numbered=False,
                      note=imprint_lines(sheet.imprint, paper, is_exercise=sheet.is_exercise))
    for place, (card, size) in enumerate(zip(sheet.cards, sizes, strict=True)):
        assert size is not None
        _card(pages, card, sheet, paper, size, place, measure / mm)
    pages.save(path)
    return Printed(path, len(sheet.cards))


def _size(card: ResponseCard, paper: PaperSettings, faces: Faces, measure: float, height: float) -> float | None:
    """Return the largest size by which a card takes one page, or None."""
    names, words = _SHARE * measure - _CELL_PAD_MM * mm, (1 - _SHARE) * measure - _CELL_PAD_MM * mm
    for size in _SIZES:
        rows = [max(_lines(row.text, faces, size, words), _lines(row.name, faces, size * _NAME, names)) for row in _rows(card, paper)]
        if sum(lines * size * _LEADING + _ROW_PAD for lines in rows) <= height:
            return size
    return None


def _lines(text: str, faces: Faces, size: float, width: float) -> int:
    return sum(max(1, len(broken(line, faces.text, size, width))) for line in text.split("\n"))


def _rows(card: ResponseCard, paper: PaperSettings) -> Iterator[_Row]:
    names = part_names()
    if card.trigger:
        yield _Row(names["trigger"], in_paper(card.trigger, paper))
    for place, step in enumerate(card.steps, start=1):
        yield _Row(f"{place}  {minutes_said(step)}", in_paper(step.text, paper))
    if card.reports_to:
        yield _Row(names["report"], "\n".join(_to_ring(contact, paper) for contact in card.reports_to))
    if card.never:
        yield _Row(names["never"], in_paper(card.never, paper), _RED, is_strong=True)
    if card.withdraw_when:
        yield _Row(names["withdraw"], in_paper(card.withdraw_when, paper), is_strong=True)
    if card.resources:
        yield _Row(names["resources"], in_paper(card.resources, paper))


def _to_ring(contact: Contact, paper: PaperSettings) -> str:
    who = " · ".join(part for part in (in_paper(contact.role, paper), in_paper(contact.unit, paper)) if part)
    return f"{who}  {contact.phone or _LINE}"


def _card(pages: DocxPages, card: ResponseCard, sheet: CardsSheet, paper: PaperSettings, size: float, place: int, measure_mm: float) -> None:
    pages.set(Run(in_paper(sheet.plan.title, paper), BODY, 9), TAB, Run(whose(card), HEAD, 9, bold=True),
              look=Look(leading=13, has_tab=True, tab_mm=measure_mm, starts_page=place > 0))
    pages.set(Run(in_paper(card.post, paper), HEAD, min(22.0, 1.6 * size), bold=True),
              look=Look(align="center", leading=30, above=3, below=4, rule_above="000000"))
    rows = [([Run(row.name, HEAD, size * _NAME, row.colour, bold=True)], [Run(row.text, BODY, size, row.colour, bold=row.is_strong)])
            for row in _rows(card, paper)]
    pages.table((), rows, widths_mm=(_SHARE * measure_mm, (1 - _SHARE) * measure_mm), below=0, leading=size * _LEADING)
    pages.set(Run(foot(card, sheet), BODY, 8), TAB, Run(counted(place, len(sheet.cards)), BODY, 8),
              look=Look(leading=12, above=4, has_tab=True, tab_mm=measure_mm))
