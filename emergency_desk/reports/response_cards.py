"""The response cards of a plan (处置卡): A5, one page for one post, to be read at arm's length while something else is being done.

Each card is set in the largest letters that fit its page, and the white that is left goes between its parts. The smallest size makes a Chinese
character 3.3 mm high, 16 minutes of arc at 70 cm (the least that ISO 9241-303 asks for). What does not fit then is refused, never cut.
Source of the content: 生产安全事故应急预案管理办法 Art. 19; domain §3.5.
"""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from emergency_desk.domain.plan_errors import CardTooLong
from emergency_desk.domain.plan_records import CardStep, Contact, ResponseCard
from emergency_desk.domain.plan_sheets import CardsSheet
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.reports.blocks import Type, balanced, broken, exercise_mark, imprint_lines, rise, to_fill
from emergency_desk.reports.card_words import counted, foot, minutes_said, part_names, whose
from emergency_desk.reports.cards_docx import set_cards_docx
from emergency_desk.reports.fonts import Face, Faces
from emergency_desk.reports.page import CARD, CARD_OF_A_DRILL, HAIRLINE, RULE, THICK, Booklet, draw_line, in_paper, worded
from emergency_desk.reports.plan_document import stands_shortly
from emergency_desk.wording.catalog import _

SIZES = tuple(size / 2 for size in range(36, 18, -1))  # 18 to 9.5 points
_LEADING = 1.36
_MOST_WHITE = 14.0  # between two parts
_PAD, _PHONE = 5.0, 105.0  # points
_RED, _BLACK = (0.76, 0.07, 0.09), (0.0, 0.0, 0.0)


def write(sheet: CardsSheet, path: Path, paper: PaperSettings) -> Printed:
    """Print the cards. Raises CardTooLong with the posts whose cards do not fit."""
    with worded(paper):
        faces = Faces(paper)
        books = [fitted(card, sheet, paper, faces) for card in sheet.cards]
        too_long = [in_paper(card.post, paper) for card, book in zip(sheet.cards, books, strict=True) if book is None]
        if too_long:
            raise CardTooLong(plan=sheet.plan.title, posts=too_long)
        whole = Booklet(CARD_OF_A_DRILL if sheet.is_exercise else CARD, faces)
        for book in books:
            if book is not None:
                whole.take_pages(book)
        title = _("Response cards: {plan}").format(plan=in_paper(sheet.plan.title, paper))
        return whole.save(path, paper, sheet.imprint, title=title, subject=f"{sheet.plan.code} {sheet.plan.version}",
                          furniture=lambda book, page, pages: _foot(book, page, pages, sheet, paper))


def write_docx(sheet: CardsSheet, path: Path, paper: PaperSettings) -> Printed:
    """Write the cards as a DOCX file. Raises CardTooLong with the posts whose cards do not fit."""
    with worded(paper):
        return set_cards_docx(sheet, path, paper)


def fitted(card: ResponseCard, sheet: CardsSheet, paper: PaperSettings, faces: Faces) -> Booklet | None:
    """Return a card in the largest letters by which it takes one page, or None."""
    for size in SIZES:
        made = _Card(card, sheet, paper, faces, size)
        if made.left >= 0:
            return _Card(card, sheet, paper, faces, size, white=min(_MOST_WHITE, made.left / made.parts)).book
    return None


class _Card:
    """One card at one size, drawn from the top down; `left` is the height that is left, below nothing where it does not fit."""

    def __init__(self, card: ResponseCard, sheet: CardsSheet, paper: PaperSettings, faces: Faces, size: float, *, white: float = 0) -> None:
        self.book = Booklet(CARD_OF_A_DRILL if sheet.is_exercise else CARD, faces)
        self.parts = 1
        self._paper, self._white = paper, white
        self._text, self._name = Type(faces.text, size, size * _LEADING), Type(faces.label, size * 0.88, size * _LEADING)
        self._names = part_names()
        minutes = [minutes_said(step) for step in card.steps]
        widths = [self._name.face.width(name, self._name.size) + 3 * _PAD for name in self._names.values()]
        widths += [self._name.face.width(text, self._name.size) + self._disc + 2 * _PAD for text in minutes]
        self._column = min(max(widths), 0.34 * self.book.layout.measure)
        self._head(card, sheet)
        self._part("trigger", in_paper(card.trigger, paper))
        self._steps(card.steps)
        self._reports(card.reports_to)
        self._part("never", in_paper(card.never, paper), colour=_RED)
        self._part("withdraw", in_paper(card.withdraw_when, paper), colour=_BLACK)
        self._part("resources", in_paper(card.resources, paper))

    @property
    def left(self) -> float:
        return self.book.y - self.book.layout.bottom

    @property
    def _disc(self) -> float:
        """How wide the disc is in which a step's number stands."""
        return 1.35 * self._text.size

    def _head(self, card: ResponseCard, sheet: CardsSheet) -> None:
        book, edges, faces = self.book, self.book.layout, self.book.faces
        told = whose(card)
        room = edges.measure - faces.label.width(told, 9) - 14
        book.y -= 9
        book.line(edges.right, book.y, told, faces.label, 9, align="right")
        for place, line in enumerate(broken(in_paper(sheet.plan.title, self._paper), faces.table, 9, room)):
            book.y -= 11 if place else 0
            book.line(edges.left, book.y, line.text, faces.table, 9)
        book.y -= 6
        book.rule(book.y, thick=THICK)
        size = min(26.0, 1.75 * self._text.size)
        post = Type(faces.title, size, size * 1.3)
        book.y -= 3
        for line in balanced(in_paper(card.post, self._paper), post, edges.measure):
            book.y -= post.leading
            book.line(edges.width / 2 + 1, book.y + rise(post), line.text, post.face, post.size, align="middle")
        book.y -= 4 + self._white / 2
        book.rule(book.y, thick=RULE)

    def _part(self, name: str, text: str, *, colour: tuple[float, float, float] | None = None) -> None:
        """Set a part with its name at the left; one with a colour is framed in it, its name white on the colour."""
        if not text:
            return
        book, edges = self.book, self.book.layout
        self._gap()
        lines = broken(text, self._text.face, self._text.size, edges.measure - self._column - _PAD)
        top, pad = book.y, _PAD if colour else 1.0
        named = broken(self._names[name], self._name.face, self._name.size, self._column - 2 * _PAD)
        high = max(len(lines), len(named)) * self._text.leading + 2 * pad
        if colour:
            self._frame(top, high, colour)
        for place, each in enumerate(named):
            y = top - pad - (place + 1) * self._text.leading + rise(self._text)
            self._say(edges.left + _PAD if colour else edges.left, y, each.text, self._name.face, self._name.size, white=colour is not None)
        for place, each in enumerate(lines):
            y = top - pad - (place + 1) * self._text.leading + rise(self._text)
            book.line(edges.left + self._column, y, each.text, self._text.face, self._text.size)
        book.y = top - high

    def _steps(self, steps: tuple[CardStep, ...]) -> None:
        book, edges = self.book, self.book.layout
        self._gap()
        book.rule(book.y, thick=RULE)
        for place, step in enumerate(steps, start=1):
            lines = broken(in_paper(step.text, self._paper), self._text.face, self._text.size, edges.measure - self._column)
            book.y -= 2 + self._white / 4
            first = book.y - self._text.leading + rise(self._text)
            self._number(edges.left + self._disc / 2, first + 0.36 * self._text.size, str(place))
            book.line(edges.left + self._disc + 4, first, minutes_said(step), self._name.face, self._name.size)
            for line in lines:
                book.y -= self._text.leading
                book.line(edges.left + self._column, book.y + rise(self._text), line.text, self._text.face, self._text.size)
            book.y -= 2 + self._white / 4
            book.rule(book.y, thick=HAIRLINE if place < len(steps) else RULE)
        self.parts += len(steps) // 2

    def _reports(self, contacts: tuple[Contact, ...]) -> None:
        """Set whom to report to, each with the number in large figures, or a line to write it on."""
        if not contacts:
            return
        book, edges = self.book, self.book.layout
        self._gap()
        book.line(edges.left, book.y - self._text.leading + rise(self._text), self._names["report"], self._name.face, self._name.size)
        left, number = edges.left + self._column, Type(self.book.faces.label, self._text.size * 1.08, self._text.leading)
        for contact in contacts:
            who = " · ".join(part for part in (in_paper(contact.role, self._paper), in_paper(contact.unit, self._paper)) if part)
            wide = number.face.width(contact.phone, number.size) if contact.phone else _PHONE
            lines = broken(who, self._text.face, self._text.size, edges.right - left)
            stands_beside = lines[-1].width + wide + 8 <= edges.right - left
            for line in lines:
                book.y -= self._text.leading
                book.line(left, book.y + rise(self._text), line.text, self._text.face, self._text.size)
            book.y -= 0 if stands_beside else self._text.leading
            if contact.phone:
                book.line(edges.right, book.y + rise(number), contact.phone, number.face, number.size, align="right")
            else:
                to_fill(book, edges.right - _PHONE, book.y + rise(self._text), _PHONE)

    def _gap(self) -> None:
        self.book.y -= 4 + self._white
        self.parts += 1

    # -- marks ---------------------------------------------------------------------------------------------------------
    def _frame(self, top: float, high: float, colour: tuple[float, float, float]) -> None:
        edges, column = self.book.layout, self._column

        def mark(canvas: Canvas) -> None:
            canvas.setStrokeColorRGB(*colour)
            canvas.setFillColorRGB(*colour)
            canvas.setLineWidth(THICK)
            canvas.rect(edges.left, top - high, edges.measure, high)
            canvas.rect(edges.left, top - high, column - _PAD, high, stroke=0, fill=1)
            canvas.setStrokeColorRGB(0, 0, 0)
            canvas.setFillColorRGB(0, 0, 0)
        self.book.put(mark)

    def _number(self, x: float, y: float, text: str) -> None:
        radius = 0.56 * self._text.size
        self.book.put(lambda canvas: canvas.circle(x, y, radius, stroke=0, fill=1))
        face, size = self._name.face, self._name.size
        self._say(x - face.width(text, size) / 2, y - 0.36 * size, text, face, size, white=True)

    def _say(self, x: float, y: float, text: str, face: Face, size: float, *, white: bool) -> None:
        shade = 1 if white else 0

        def mark(canvas: Canvas) -> None:
            canvas.setFillGray(shade)
            draw_line(canvas, x, y, text, face, size)
            canvas.setFillGray(0)
        self.book.put(mark)


def _foot(book: Booklet, page: int, pages: int, sheet: CardsSheet, paper: PaperSettings) -> None:
    """Put version, day and issuer at the foot of a card, and what must be said of a plan that is not in force."""
    edges, face, card = book.layout, book.faces.table, sheet.cards[page]
    book.rule(edges.bottom - 5, thick=RULE, page=page)
    book.line(edges.left, edges.bottom - 14, foot(card, sheet), face, 8, page=page)
    book.line(edges.right, edges.bottom - 14, counted(page, pages), face, 8, page=page, align="right")
    mark = stands_shortly(sheet.standing)
    if mark:
        book.line(edges.right, edges.bottom - 23, mark, book.faces.label, 8, page=page, align="right")
    small = [line for line in imprint_lines(sheet.imprint, paper, is_exercise=sheet.is_exercise) if line]
    for place, line in enumerate(small):
        book.line(edges.left, edges.bottom - 23 - place * 8, line, face, 6.5, page=page)
    if sheet.is_exercise:
        exercise_mark(book, page)
