"""The registration sheet (安置登记表) and the cards people carry (居民安置卡): who is registered by name, then room to write by hand.

Fields after GB/T 33744 (annexes) and domain §6.3: the last four signs of an identity number are enough.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.domain.shelter_sheets import RegistrationSheet, SheetPerson, StayCardsSheet
from emergency_desk.domain.shelters import Need
from emergency_desk.reports import logs
from emergency_desk.reports.blocks import Type, broken, exercise_mark, known_or_line, paragraph, small_print
from emergency_desk.reports.fonts import Faces
from emergency_desk.reports.page import FORM, HAIRLINE, TABLE, Booklet, in_paper, worded
from emergency_desk.reports.tables import Column, Row, Table
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.formats import date_time, local
from emergency_desk.wording.labels import label

_PAD = 5.6
_SPARE = 3  # blank lines that a sheet gives up for its note
_ACROSS, _DOWN, _GAP = 2, 4, 6 * mm
_SIZE, _SMALLEST, _LEADING = 10.0, 8.0, 21.0


def write(sheet: RegistrationSheet | StayCardsSheet, path: Path, paper: PaperSettings) -> Printed:
    """Print the form."""
    with worded(paper):
        return _registration(sheet, path, paper) if isinstance(sheet, RegistrationSheet) else _cards(sheet, path, paper)


def _registration(sheet: RegistrationSheet, path: Path, paper: PaperSettings) -> Printed:
    title = _("Registration sheet {number}").format(number=sheet.opened.opening.number)
    book, shorter = (_registered(sheet, paper, title, lines) for lines in (sheet.lines, max(0, sheet.lines - _SPARE)))
    if shorter.pages < book.pages:  # rather a few blank lines less than the note alone on a page of its own
        book = shorter
    signed = _("Registered by: ________________      Sheet ____ of ____      Handed over to: ________________")
    return book.save(path, paper, sheet.imprint, title=title, subject=sheet.incident.number, furniture=lambda book, page, pages: logs.foot(
        book, page, pages, sheet.imprint, paper, is_exercise=sheet.is_exercise, signed=signed))


def _registered(sheet: RegistrationSheet, paper: PaperSettings, title: str, lines: int) -> Booklet:
    """Set who is registered, and below them so many blank lines."""
    book, opening = Booklet(TABLE, Faces(paper)), sheet.opened.opening
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
    named = [_line(number, one, paper) for number, one in enumerate(sheet.people, start=1)]
    first = len(named) + 1
    blank: list[Row] = [[number, *[""] * (len(columns) - 1)] for number in range(first, first + lines)]
    rows = [*named, *blank]
    Table(book, columns, pad=_PAD, has_uprights=True).set_rows(rows)
    book.y -= 4
    needs = _(", ").join(label(need) for need in Need)
    paragraph(book, _("Needs: {needs}. What is written here may be used for this response alone and is destroyed when it ends "
                      "(Emergency Response Law Art. 85).").format(needs=needs), Type(book.faces.table, 8.5, 12))
    return book


def _line(number: int, one: SheetPerson, paper: PaperSettings) -> Row:
    """Return one who is registered; what nobody asked for (sex) stays to be filled in."""
    stay, person = one.line.stay, one.line.person
    name, age, tail, phone = (person.name, person.age, person.id_tail, person.phone) if person is not None else (_("destroyed"), "", "", "")
    return [number, name, "", age, tail, phone, in_paper(one.home, paper), str(one.of_family) if one.leads else "", _needs(one),
            str(stay.pets) if stay.pets else "", stay.bed, _time(stay.arrived_at), _left(one, paper)]


def _needs(one: SheetPerson) -> str:
    needs = _(", ").join(label(need) for need in one.line.stay.needs)
    note = one.line.person.note if one.line.person is not None else ""
    return "\n".join(part for part in (needs, note) if part)


def _left(one: SheetPerson, paper: PaperSettings) -> str:
    stay = one.line.stay
    if stay.left_at is None:
        return ""
    to = in_paper(one.went_over_to, paper) or (label(stay.left_to) if stay.left_to is not None else "")
    return f"{_time(stay.left_at)} {to}".rstrip()


def _time(moment: datetime) -> str:
    """Return "08-12 13:00": the year stands in the head."""
    return f"{local(moment):%m-%d %H:%M}"


# -- cards -------------------------------------------------------------------------------------------------------------
def _cards(sheet: StayCardsSheet, path: Path, paper: PaperSettings) -> Printed:
    book = Booklet(FORM, Faces(paper))
    edges = book.layout
    bottom = edges.bottom + 4 * mm
    wide, high = (edges.measure - _GAP) / _ACROSS, (edges.top - bottom - (_DOWN - 1) * _GAP) / _DOWN
    people: list[SheetPerson | None] = [*sheet.people, *[None] * sheet.cards]
    for place, one in enumerate(people):
        at = place % (_ACROSS * _DOWN)
        if place and not at:
            book.turn()
        x, top = edges.left + (at % _ACROSS) * (wide + _GAP), edges.top - (at // _ACROSS) * (high + _GAP)
        _card(book, _Box(x, top, wide, high), sheet, one, paper)
    title = _("Cards for people in a shelter {number}").format(number=sheet.opened.opening.number)
    return book.save(path, paper, sheet.imprint, title=title, subject=sheet.incident.number,
                     furniture=lambda book, page, _pages: _furniture(book, page, sheet, paper))


def _furniture(book: Booklet, page: int, sheet: StayCardsSheet, paper: PaperSettings) -> None:
    if sheet.is_exercise:
        exercise_mark(book, page)
    small_print(book, page, sheet.imprint, paper, is_exercise=sheet.is_exercise, y=book.layout.bottom - 8 * mm)


@dataclass(frozen=True, slots=True)
class _Box:
    """Where a card lies: its left edge, its top, how wide and how high it is."""

    x: float
    top: float
    wide: float
    high: float

    @property
    def measure(self) -> float:
        """What a line may take."""
        return self.wide - 16


def _card(book: Booklet, box: _Box, sheet: StayCardsSheet, one: SheetPerson | None, paper: PaperSettings) -> None:
    faces, opening, x = book.faces, sheet.opened.opening, box.x + 8
    book.put(_cut_line(box.x, box.top - box.high, box.wide, box.high))
    name = in_paper(sheet.opened.name, paper)
    y = box.top - 16
    book.line(x, y, name, faces.title, min(11.0, box.measure / max(1.0, faces.title.width(name, 1))))
    y -= 13
    book.line(x, y, _("Card of a person in the shelter"), faces.label, _SIZE)
    for words in _filled(one, paper) if one is not None else _to_fill():
        y -= _LEADING
        _in_one_line(book, x, y, words, box.measure)
    y -= _LEADING - 2
    _in_one_line(book, x, y, _("In charge: {name} {phone}").format(name=opening.responsible, phone=opening.responsible_phone), box.measure)
    foot = box.top - box.high + 8
    book.line(x, foot, _("Give it back when you leave."), faces.table, 7.5)
    book.line(box.x + box.wide - 8, foot, opening.number, faces.table, 7.5, align="right")


def _in_one_line(book: Booklet, x: float, y: float, words: str, measure: float) -> None:
    """Put words on one line, smaller down to what can be read, then as many as fit."""
    face = book.faces.table
    size = max(_SMALLEST, min(_SIZE, measure / max(1.0, face.width(words, 1))))
    first, *more = broken(words, face, size, measure)
    book.line(x, y, f"{first.text.rstrip()}…" if more else first.text, face, size)


def _to_fill() -> tuple[str, ...]:
    return (_("Name ______________   Family of ____"), _("Bed ________   Came at ______________"), _("Home ______________________________"),
            _("Needs ______________________________"))


def _filled(one: SheetPerson, paper: PaperSettings) -> tuple[str, ...]:
    """Return who carries the card; what nobody knows yet is a line to write on. Nobody's numbers stand on it: it may be lost."""
    stay, name = one.line.stay, one.line.person.name if one.line.person is not None else ""
    needs = [*(label(need) for need in stay.needs), *([_("pets {count}").format(count=stay.pets)] if stay.pets else [])]
    return (_("Name {name}   Family of {family}").format(name=known_or_line(name), family=one.of_family),
            _("Bed {bed}   Came at {time}").format(bed=known_or_line(stay.bed, 8), time=date_time(stay.arrived_at)),
            _("Home {home}").format(home=known_or_line(in_paper(one.home, paper), 30)),
            _("Needs {needs}").format(needs=_(", ").join(needs) or "—"))


def _cut_line(x: float, y: float, wide: float, high: float) -> Callable[[Canvas], None]:
    def mark(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setLineWidth(HAIRLINE)
        canvas.setDash(3, 2)
        canvas.rect(x, y, wide, high, stroke=1, fill=0)
        canvas.restoreState()
    return mark
