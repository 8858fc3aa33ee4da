"""The forms that are filled in by hand in a shelter: the registration sheet (安置登记表) and the cards people carry (居民安置卡).

Fields after GB/T 33744 (annexes) and domain §6.3: the last four signs of an identity number are enough.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.domain.shelter_sheets import RegistrationSheet, StayCardsSheet
from emergency_desk.domain.shelters import Need
from emergency_desk.reports import logs
from emergency_desk.reports.blocks import Type, broken, exercise_mark, paragraph, small_print
from emergency_desk.reports.fonts import Faces
from emergency_desk.reports.page import FORM, HAIRLINE, TABLE, Booklet, in_paper, worded
from emergency_desk.reports.tables import Column, Row, Table
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.formats import date_time
from emergency_desk.wording.labels import label

_PAD = 5.6
_ACROSS, _DOWN, _GAP = 2, 4, 6 * mm
_SIZE, _LEADING = 10.0, 21.0


def write(sheet: RegistrationSheet | StayCardsSheet, path: Path, paper: PaperSettings) -> Printed:
    """Print the form."""
    with worded(paper):
        return _registration(sheet, path, paper) if isinstance(sheet, RegistrationSheet) else _cards(sheet, path, paper)


def _registration(sheet: RegistrationSheet, path: Path, paper: PaperSettings) -> Printed:
    book, opening = Booklet(TABLE, Faces(paper)), sheet.opened.opening
    title = _("Registration sheet {number}").format(number=opening.number)
    about = (" · ".join(filter(None, (in_paper(sheet.opened.name, paper), in_paper(sheet.opened.place, paper), opening.notice_address))),
             _("{incident}; opened {time}; in charge: {name} {phone}").format(
                 incident=sheet.incident.title or sheet.incident.number, time=date_time(opening.opened_at), name=opening.responsible,
                 phone=opening.responsible_phone))
    logs.heading(book, title, in_paper(sheet.imprint.desk, paper), about)
    book.on_turn = lambda: logs.heading_again(book, _("{title} (continued)").format(title=title))
    columns = (Column(_("No."), 24, right=True), Column(pgettext("of a person", "Name"), 74), Column(_("Sex"), 26),
               Column(pgettext("of a person", "Age"), 28), Column(_("Id, last four"), 46), Column(_("Phone"), 78), Column(_("Home"), share=1),
               Column(_("Family, how many"), 48), Column(pgettext("of a person", "Needs"), 78), Column(_("Pets"), 32), Column(_("Bed"), 38),
               Column(_("Came at"), 50), Column(_("Left at, to where"), 84))
    rows: list[Row] = [[number, *[""] * (len(columns) - 1)] for number in range(1, sheet.lines + 1)]
    Table(book, columns, pad=_PAD, has_uprights=True).set_rows(rows)
    book.y -= 4
    needs = _(", ").join(label(need) for need in Need)
    paragraph(book, _("Needs: {needs}. What is written here may be used for this response alone and is destroyed when it ends "
                      "(Emergency Response Law Art. 85).").format(needs=needs), Type(book.faces.table, 8.5, 12))
    signed = _("Registered by: ________________      Sheet ____ of ____      Handed over to: ________________")
    return book.save(path, paper, sheet.imprint, title=title, subject=sheet.incident.number, furniture=lambda book, page, pages: logs.foot(
        book, page, pages, sheet.imprint, paper, is_exercise=sheet.is_exercise, signed=signed))


# -- cards -------------------------------------------------------------------------------------------------------------
def _cards(sheet: StayCardsSheet, path: Path, paper: PaperSettings) -> Printed:
    book = Booklet(FORM, Faces(paper))
    edges = book.layout
    bottom = edges.bottom + 4 * mm
    wide, high = (edges.measure - _GAP) / _ACROSS, (edges.top - bottom - (_DOWN - 1) * _GAP) / _DOWN
    for place in range(sheet.cards):
        at = place % (_ACROSS * _DOWN)
        if place and not at:
            book.turn()
        _card(book, edges.left + (at % _ACROSS) * (wide + _GAP), edges.top - (at // _ACROSS) * (high + _GAP), wide, high, sheet, paper)
    title = _("Cards for people in a shelter {number}").format(number=sheet.opened.opening.number)
    return book.save(path, paper, sheet.imprint, title=title, subject=sheet.incident.number,
                     furniture=lambda book, page, _pages: _furniture(book, page, sheet, paper))


def _furniture(book: Booklet, page: int, sheet: StayCardsSheet, paper: PaperSettings) -> None:
    if sheet.is_exercise:
        exercise_mark(book, page)
    small_print(book, page, sheet.imprint, paper, is_exercise=sheet.is_exercise, y=book.layout.bottom - 8 * mm)


def _card(book: Booklet, x: float, top: float, wide: float, high: float, sheet: StayCardsSheet, paper: PaperSettings) -> None:
    faces, opening = book.faces, sheet.opened.opening
    book.put(_cut_line(x, top - high, wide, high))
    name = in_paper(sheet.opened.name, paper)
    y = top - 16
    book.line(x + 8, y, name, faces.title, min(11.0, (wide - 16) / max(1.0, faces.title.width(name, 1))))
    y -= 13
    book.line(x + 8, y, _("Card of a person in the shelter"), faces.label, _SIZE)
    for words in (_("Name ______________   Family of ____"), _("Bed ________   Came at ______________"),
                  _("Home ______________________________"), _("Needs ______________________________")):
        y -= _LEADING
        book.line(x + 8, y, words, faces.table, _SIZE)
    y -= _LEADING - 2
    charge = _("In charge: {name} {phone}").format(name=opening.responsible, phone=opening.responsible_phone)
    book.line(x + 8, y, broken(charge, faces.table, _SIZE, wide - 16)[0].text, faces.table, _SIZE)
    book.line(x + 8, top - high + 8, _("Give it back when you leave."), faces.table, 7.5)
    book.line(x + wide - 8, top - high + 8, opening.number, faces.table, 7.5, align="right")


def _cut_line(x: float, y: float, wide: float, high: float) -> Callable[[Canvas], None]:
    def mark(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setLineWidth(HAIRLINE)
        canvas.setDash(3, 2)
        canvas.rect(x, y, wide, high, stroke=1, fill=0)
        canvas.restoreState()
    return mark
