"""The dispatch order (调度令): the paper a team leaves with, and at its foot the slip it answers on (R-4.5).

Set in the spirit of GB/T 9704-2012. An ordinary order fits one page: its letters are set a little tighter before it takes a
second one. A fact nobody has yet is a line to fill by hand, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.units import mm

from emergency_desk.domain.sheets import OrderSheet, PaperSettings, Printed
from emergency_desk.reports.blocks import (
    Type,
    broken,
    exercise_mark,
    facts,
    known_or_line,
    paragraph,
    rise,
    set_line,
    small_print,
    unbroken,
)
from emergency_desk.reports.fonts import Faces
from emergency_desk.reports.page import LETTER, RULE, THICK, Booklet, in_paper, worded
from emergency_desk.reports.terms import how_heard, known_figures
from emergency_desk.wording.catalog import _
from emergency_desk.wording.formats import about_minutes, clock_time, date_time, written_date_time

# Sizes in points, from the standard's own (3号 on 29 pt, 小4号 in the table) down to what is still read in a moving vehicle.
_SIZES = ((16, 29, 12, 20), (16, 26, 12, 18), (15, 23, 12, 16.5), (14, 20, 11, 15), (13, 18.5, 10.5, 14))
_TITLE, _DESK, _NUMBER, _PAGE_NUMBER = 22.0, 16.0, 12.0, 14.0  # 2号, 3号, 小4号, 4号
_SLIP_HEIGHT = 33 * mm
_BOXES = (0.29, 0.25, 0.46)  # of the slip: when, who, how


@dataclass(frozen=True, slots=True)
class _Setting:
    """The types of one attempt to set the order."""

    text: Type
    strong: Type
    label: Type
    fact: Type


def write(sheet: OrderSheet, path: Path, paper: PaperSettings) -> Printed:
    """Print the order."""
    with worded(paper):
        book = _set(sheet, paper)
        title = _("Dispatch order {number}").format(number=sheet.dispatch.order_number)
        return book.save(path, paper, sheet.imprint, title=title, subject=sheet.incident.number,
                         furniture=lambda book, page, pages: _furniture(book, page, sheet, paper))


def _set(sheet: OrderSheet, paper: PaperSettings) -> Booklet:
    """Return the largest setting that fits one page, or else the largest of all on as many as it needs."""
    faces = Faces(paper)
    attempts = []
    for size, leading, small, small_leading in _SIZES:
        setting = _Setting(Type(faces.text, size, leading), Type(faces.strong, size, leading),
                           Type(faces.label, small - 1, small_leading), Type(faces.text, small, small_leading))
        attempts.append(_compose(sheet, paper, faces, setting))
        if attempts[-1].pages == 1:
            return attempts[-1]
    return attempts[1]


def _compose(sheet: OrderSheet, paper: PaperSettings, faces: Faces, setting: _Setting) -> Booklet:
    book = Booklet(LETTER, faces)
    book.on_turn = lambda: _heading_again(book, sheet, paper)
    _heading(book, sheet, paper)
    team = in_paper(sheet.team_name, paper)
    paragraph(book, _("To: {team}").format(team=team), setting.strong)
    indent = 2 * setting.text.size
    paragraph(book, _("You are ordered to set out at once and to carry out the following task."), setting.text, indent=indent)
    task = sheet.dispatch.task or in_paper(sheet.serves, paper)
    paragraph(book, _("Task: {task}").format(task=known_or_line(task, 36)), setting.strong, indent=indent)
    book.y -= setting.fact.leading * 0.3
    facts(book, _facts(sheet, paper), setting.label, setting.fact, label_width=_label_width(paper))
    _signature_and_slip(book, sheet, paper, setting)
    return book


def _label_width(paper: PaperSettings) -> float:
    return (24 if paper.language.startswith("zh") else 34) * mm


def _heading(book: Booklet, sheet: OrderSheet, paper: PaperSettings) -> None:
    middle, faces, edges = book.layout.width / 2, book.faces, book.layout
    book.y -= _DESK
    book.line(middle, book.y, in_paper(sheet.imprint.desk, paper), faces.title, _DESK, align="middle")
    book.y -= _TITLE * 1.45
    name = _("Dispatch order")
    tracking = 0.0 if name.isascii() else _TITLE * 0.4
    width = faces.title.width(name, _TITLE) + tracking * (len(name) - 1)
    book.line(middle - width / 2, book.y, name, faces.title, _TITLE, stretch=tracking)
    book.y -= _NUMBER * 2
    number = _("No. {number}").format(number=sheet.dispatch.order_number)
    book.line(edges.left, book.y, number, faces.strong, _NUMBER)
    book.line(edges.right, book.y, written_date_time(sheet.dispatch.sent_at), faces.text, _NUMBER, align="right")
    book.y -= _NUMBER * 0.65
    book.rule(book.y, thick=THICK)
    book.rule(book.y - 3, thick=RULE)
    book.y -= _NUMBER * 0.9


def _heading_again(book: Booklet, sheet: OrderSheet, paper: PaperSettings) -> None:
    """Set what every further page begins with, so that a lost leaf finds its order again."""
    faces, edges = book.faces, book.layout
    book.y -= _NUMBER
    again = _("Dispatch order {number} (continued)").format(number=sheet.dispatch.order_number)
    book.line(edges.left, book.y, again, faces.strong, _NUMBER)
    book.y -= _NUMBER * 1.4
    team = Type(faces.text, 10.5, 14)
    book.line(edges.left, book.y, _first_line(_("To: {team}").format(team=in_paper(sheet.team_name, paper)), team, edges.measure),
              team.face, team.size)
    book.y -= _NUMBER * 0.6
    book.rule(book.y, thick=RULE)
    book.y -= _NUMBER * 0.6


def _first_line(text: str, kind: Type, measure: float) -> str:
    return broken(text, kind.face, kind.size, measure)[0].text


def _facts(sheet: OrderSheet, paper: PaperSettings) -> list[tuple[str, str]]:
    order, incident = sheet.dispatch, sheet.incident
    kind = in_paper(sheet.incident_type, paper)
    named = _("{incident} ({type}), no. {number}").format(incident=incident.title, type=kind, number=incident.number)
    return [
        (_("Incident"), named if kind else _("{incident}, no. {number}").format(incident=incident.title, number=incident.number)),
        (_("Place"), _place(sheet, paper)),
        (_("Situation"), "\n".join(part for part in (sheet.situation, known_figures(sheet.figures)) if part)),
        (_("Muster at"), order.muster_place),
        (_("Report to"), order.report_to),
        (_("Route"), _route(sheet)),
        (_("Bring along"), order.equipment),
        (_("Radio channel"), order.channel),
        (_("Safety"), order.safety),
    ]


def _place(sheet: OrderSheet, paper: PaperSettings) -> str:
    parts = [in_paper(sheet.place, paper), sheet.incident.address]
    if sheet.incident.latitude is not None and sheet.incident.longitude is not None:
        parts.append(_("{latitude} N, {longitude} E").format(latitude=f"{sheet.incident.latitude:.5f}",
                                                             longitude=f"{sheet.incident.longitude:.5f}"))
    return "\n".join(part for part in (" ".join(part for part in parts[:2] if part), *parts[2:]) if part)


def _route(sheet: OrderSheet) -> str:
    minutes = sheet.dispatch.travel_minutes
    if minutes is None:
        return sheet.dispatch.route
    return _("{route} (estimated travel {time})").format(route=known_or_line(sheet.dispatch.route, 24),
                                                         time=unbroken(about_minutes(minutes)))


def _signature_and_slip(book: Booklet, sheet: OrderSheet, paper: PaperSettings, setting: _Setting) -> None:
    """Set who signed and agreed, and the slip at the foot of the page; they are never parted."""
    rows = _signature(sheet, paper)
    lines = [(name, broken(text, setting.fact.face, setting.fact.size, book.layout.measure - _label_width(paper))) for name, text in rows]
    pad = setting.fact.leading * 0.4
    book.need(pad + sum(len(of) for _name, of in lines) * setting.fact.leading + pad + _SLIP_HEIGHT)
    book.y -= pad
    for name, its_lines in lines:
        book.line(book.layout.left, book.y - setting.fact.leading + rise(setting.fact), name, setting.label.face, setting.label.size)
        for line in its_lines:
            set_line(book, book.layout.left + _label_width(paper), line, setting.fact, book.layout.measure)
    _slip(book, sheet, paper)


def _signature(sheet: OrderSheet, paper: PaperSettings) -> list[tuple[str, str]]:
    order = sheet.dispatch
    issued = _("{name}    signature: ________________").format(name=known_or_line(in_paper(sheet.signed_by, paper)))
    return [
        (_("Issued by"), issued),
        (_("Agreed by"), _agreement(sheet)),
        (_("Issued at"), _("{time}    duty phone: {phone}").format(time=date_time(order.sent_at), phone=known_or_line(sheet.desk_phone))),
    ]


def _agreement(sheet: OrderSheet) -> str:
    order = sheet.dispatch
    return _("with the consent of {name}, {how}, at {time}").format(
        name=known_or_line(order.approved_by, 10), how=known_or_line(how_heard(order.approved_how), 6),
        time=unbroken(date_time(order.approved_at)) if order.approved_at else "_" * 12)


def _slip(book: Booklet, sheet: OrderSheet, paper: PaperSettings) -> None:
    """Set the receipt slip at the foot of the type area: what to answer, until when, and where it is written down."""
    order, edges, faces = sheet.dispatch, book.layout, book.faces
    top = edges.bottom + _SLIP_HEIGHT
    book.y = top - 3 * mm
    book.dashes(book.y)
    wanted = _("Receipt. Answer this order by {due} at the latest: phone {phone}.").format(
        due=clock_time(order.receipt_due_at), phone=known_or_line(sheet.desk_phone))
    label, fact = Type(faces.label, 10, 15), Type(faces.text, 11, 15)
    book.y -= 1.5 * mm
    for line in broken(wanted, label.face, label.size, edges.measure):
        set_line(book, edges.left, line, label, edges.measure)
    book.y -= 1.5 * mm
    height, x = (book.y - edges.bottom) / 2, edges.left
    book.box(edges.left, edges.bottom, edges.measure, 2 * height, thick=RULE)
    book.rule(edges.bottom + height)
    for (name, value), share in zip(_answers(sheet), _BOXES, strict=True):
        width = share * edges.measure
        if x > edges.left:
            book.upright(x, book.y, edges.bottom)
        book.line(x + width / 2, edges.bottom + 1.5 * height - 3.5, name, label.face, label.size, align="middle")
        size = fact.size * min(1, (width - 6) / max(1, fact.face.width(value, fact.size)))
        book.line(x + width / 2, edges.bottom + height / 2 - 3.5, value, fact.face, size, align="middle")
        x += width


def _answers(sheet: OrderSheet) -> list[tuple[str, str]]:
    """Return the three boxes of the slip; what the desk has heard already is printed, the rest is left to write."""
    order = sheet.dispatch
    return [
        (_("Received at"), date_time(order.receipt_at) if order.receipt_at else ""),
        (_("Received by"), order.receipt_by),
        (_("Answered by"), how_heard(order.receipt_how) or _("□ phone  □ radio  □ message  □ in person")),
    ]


def _furniture(book: Booklet, page: int, sheet: OrderSheet, paper: PaperSettings) -> None:
    """Put the drill mark, the number of the page (outside, as the standard has it) and the small print on a page."""
    edges, face = book.layout, book.faces.text
    if sheet.is_exercise:
        exercise_mark(book, page)
    number = f"— {page + 1} —"
    y = edges.bottom - 7 * mm - _PAGE_NUMBER
    if page % 2 == 0:
        book.line(edges.right - _PAGE_NUMBER, y, number, face, _PAGE_NUMBER, page=page, align="right")
    else:
        book.line(edges.left + _PAGE_NUMBER, y, number, face, _PAGE_NUMBER, page=page)
    small_print(book, page, sheet.imprint, paper, is_exercise=sheet.is_exercise, y=14 * mm)
