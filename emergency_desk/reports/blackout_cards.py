"""The cards and blank sheets of the black-out pack: each with its short code in letters that a torch is enough for, and room to write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlab.lib.units import mm

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.blackout import HeadCard, PickCard, TaskCard, TeamCard
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.reports import logs
from emergency_desk.reports.blocks import Type, broken, paragraph
from emergency_desk.reports.fonts import Faces
from emergency_desk.reports.page import FORM, RULE, Booklet, in_paper
from emergency_desk.reports.tables import Column, Row, Table
from emergency_desk.wording.catalog import _, ngettext, pgettext
from emergency_desk.wording.counting import unit_word
from emergency_desk.wording.formats import clock_time, date_time, number, when
from emergency_desk.wording.labels import label

_ACROSS, _GAP, _CARD = 2, 4 * mm, 42 * mm
_LOG_ROW, _HEAD_ROWS = 22.0, 6
_BLANK = "____________"
_BOX = "□"


def plain_facts(book: Booklet, rows: Iterable[tuple[str, str]]) -> None:
    """Set facts with their names at the left, close together."""
    name, value, left = Type(book.faces.label, 10, 15), Type(book.faces.table, 10, 15), book.layout.left + 30 * mm
    for heading, text in rows:
        lines = broken(text, value.face, value.size, book.layout.right - left)
        for place, line in enumerate(lines):
            book.need(value.leading)
            book.y -= value.leading
            if place == 0:
                book.line(book.layout.left, book.y + 4, heading, name.face, name.size)
            book.line(left, book.y + 4, line.text, value.face, value.size)


def _left_out(book: Booklet, words: str) -> None:
    book.y -= 4
    paragraph(book, words, Type(book.faces.label, 9.5, 13))


# -- tasks ------------------------------------------------------------------------------------------------------------
def tasks(book: Booklet, some: Sequence[TaskCard], left: int, paper: PaperSettings) -> Booklet:
    """Set the cards of tasks two abreast, the earliest due first; they are cut apart and handed out."""
    if left:
        _left_out(book, ngettext("{count} task that is due later has no card; it waits at the desk.",
                                 "{count} tasks that are due later have no cards; they wait at the desk.", left).format(count=left))
    wide = (book.layout.measure - (_ACROSS - 1) * _GAP) / _ACROSS
    for place, card in enumerate(some):
        if place % _ACROSS == 0:
            book.need(_CARD + _GAP)
            book.y -= _CARD + _GAP
        _task(book, book.layout.left + (place % _ACROSS) * (wide + _GAP), book.y, wide, card, paper)
    return book


def _task(book: Booklet, x: float, y: float, wide: float, card: TaskCard, paper: PaperSettings) -> None:
    faces, inner = book.faces, x + 7
    book.box(x, y, wide, _CARD, thick=RULE)
    top = y + _CARD
    book.line(inner, top - 18, str(card.code), faces.title, 15)
    due = _("by {time}").format(time=when(card.due_at, now=card.printed_at)) if card.due_at else ""
    book.line(x + wide - 7, top - 16, due, faces.label, 9.5, align="right")
    line_at = top - 33
    title = in_paper(card.title, paper)
    lines = broken(title, faces.table, 10.5, wide - 14)
    for place, line in enumerate(lines[:3]):
        text = f"{line.text.rstrip()}…" if place == 2 and len(lines) > 3 else line.text
        book.line(inner, line_at, text, faces.table, 10.5)
        line_at -= 13
    small = " · ".join(part for part in (label(Tier(card.tier)) if card.tier else "", _("clause {clause}").format(clause=card.clause)
                                         if card.clause else "") if part)
    book.line(inner, y + 34, small, faces.table, 8.5)
    book.line(inner, y + 20, _("{box} done at ____:____  by ______________").format(box=_BOX), faces.table, 9.5)
    book.line(inner, y + 7, _("{box} not done, because ________________").format(box=_BOX), faces.table, 9.5)


# -- teams ------------------------------------------------------------------------------------------------------------
def teams(book: Booklet, some: Sequence[TeamCard], left: int, paper: PaperSettings) -> Booklet:
    """Set one line for each team that is out, with room for the times it reports."""
    narrow = 38.0
    columns = (Column(_("Code"), 44), Column(_("Team, phone, where it stood")), *(Column(name, narrow) for name in (
        pgettext("black-out pack", "Receipt"), pgettext("black-out pack", "On the way"), pgettext("black-out pack", "At the scene"),
        pgettext("black-out pack", "At work"), pgettext("black-out pack", "Coming back"), pgettext("black-out pack", "Back"))))
    rows: list[Row] = [(str(card.code), "\n".join(filter(None, (in_paper(card.team, paper), card.phone, label(card.state)))),
                        clock_time(card.receipt_at) if card.receipt_at else "", "", "", "", "", "") for card in some]
    Table(book, columns, pad=5, has_uprights=True).set_rows(rows)
    if left:
        _left_out(book, ngettext("{count} more team is out; write it into the log sheet by its name.",
                                 "{count} more teams are out; write them into the log sheet by their names.", left).format(count=left))
    return book


# -- goods ------------------------------------------------------------------------------------------------------------
def picks(book: Booklet, some: Sequence[PickCard], left: int, paper: PaperSettings) -> Booklet:
    """Set what is still to be fetched, order by order."""
    columns = (Column(_("Bin"), 60), Column(pgettext("column", "Goods")), Column(_("Lot"), 84), Column(_("Unit"), 30),
               Column(_("To pick"), 46, right=True), Column(_("Picked"), 50), Column(_("Tick"), 28))
    for card in some:
        book.need(30 * mm)
        book.y -= 16
        book.line(book.layout.left, book.y, str(card.code), book.faces.title, 14)
        book.line(book.layout.left + 22 * mm, book.y, _("{number}: out of {depot} {phone} to {to}").format(
            number=card.number, depot=in_paper(card.depot, paper), phone=card.phone, to=in_paper(card.to, paper) or "—"), book.faces.table, 10)
        book.y -= 5
        rows: list[Row] = [
            (line.bins, in_paper(line.name, paper), line.lot, unit_word(line.unit), line.quantity, "", _BOX) for line in card.lines]
        Table(book, columns, pad=4, has_uprights=True).set_rows(rows)
        book.y -= 14
        book.line(book.layout.left, book.y, _("{box} all picked at ____:____  by ______________").format(box=_BOX), book.faces.table, 9.5)
        book.y -= 6
    if left:
        _left_out(book, ngettext("{count} more release order is at the depot; it has its own picking list.",
                                 "{count} more release orders are at the depots; they have their own picking lists.", left).format(count=left))
    return book


# -- shelters ---------------------------------------------------------------------------------------------------------
def heads(book: Booklet, some: Sequence[HeadCard], left: int, paper: PaperSettings) -> Booklet:
    """Set a sheet of counts for each open shelter."""
    columns = (Column(_("Counted at"), 70), Column(_("Heads"), 60), Column(pgettext("people", "Came"), 56),
               Column(pgettext("people", "Left"), 56), Column(_("Counted by")), Column(_("Note")))
    for card in some:
        book.need(62 * mm)
        book.y -= 16
        book.line(book.layout.left, book.y, str(card.code), book.faces.title, 14)
        book.line(book.layout.left + 22 * mm, book.y, " · ".join(filter(None, (in_paper(card.name, paper), card.address, card.responsible,
                                                                              card.phone))), book.faces.table, 10)
        book.y -= 14
        counted = _("{heads} at {time}").format(heads=number(card.heads), time=date_time(card.counted_at)) if card.counted_at else _("none yet")
        book.line(book.layout.left + 22 * mm, book.y, _("Places: {places}; last count: {count}").format(
            places="—" if card.places is None else number(card.places), count=counted), book.faces.table, 9.5)
        book.y -= 5
        Table(book, columns, pad=5.5, has_uprights=True).set_rows([[""] * len(columns) for _row in range(_HEAD_ROWS)])
        book.y -= 8
    if left:
        words = ngettext("{count} more shelter is open; write its counts into the log sheet by its name.",
                         "{count} more shelters are open; write their counts into the log sheet by their names.", left)
        _left_out(book, words.format(count=left))
    return book


# -- blank sheets -----------------------------------------------------------------------------------------------------
def blank_log(book: Booklet, *, pages: int) -> Booklet:
    """Set so many pages to write the log on by hand."""
    columns = (Column(_("Time"), 48), Column(_("Who said it"), 92), Column(_("What")), Column(_("Read back"), 44), Column(_("Keyed"), 36))
    pad = (_LOG_ROW - 12.5) / 2
    for page in range(pages):
        if page:
            book.turn()
        rows = int((book.room - 30) / _LOG_ROW)
        Table(book, columns, pad=pad, has_uprights=True).set_rows([["", "", "", _BOX, _BOX] for _row in range(rows)])
    return book


def blank_calls(faces: Faces, desk: str) -> Booklet:
    """Set the sheet new calls are taken on: three to a page, to be copied when they are not enough."""
    book = Booklet(FORM, faces)
    logs.heading(book, _("Call sheet"), desk, (_("One call in each frame; they go in with F2 when the desk is back."),))
    high = (book.room - 3 * _GAP) / 3
    for _place in range(3):
        book.y -= high
        book.box(book.layout.left, book.y, book.layout.measure, high, thick=RULE)
        y = book.y + high - 20
        for line in (_("N____   Called at ____:____   Caller ______________   Phone ______________________"),
                     _("What ____________________________________________________________________"),
                     _("Where ___________________________________________________________________"),
                     _("Dead ____  badly hurt ____  hurt ____  trapped ____  missing ____  to be moved ____"),
                     _("Teams sent (name, at what time) ____________________________________________"),
                     "_" * 78):
            book.line(book.layout.left + 8, y, line, faces.table, 10)
            y -= high / 6.6
        book.y -= _GAP
    return book
