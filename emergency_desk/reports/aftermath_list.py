"""What is owed after an incident and what is to be settled (善后事项与结算清单), with its article, owner, due day and state (R-10.2)."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.units import mm

from emergency_desk.domain.after_sheets import AftermathSheet
from emergency_desk.domain.aftermath import basis_text
from emergency_desk.domain.recovery import AftermathItem, AftermathState
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.domain.texts import Text
from emergency_desk.reports import logs
from emergency_desk.reports.fonts import Faces
from emergency_desk.reports.page import TABLE, Booklet, in_paper, worded
from emergency_desk.reports.tables import Band, Column, Table
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.counting import in_units
from emergency_desk.wording.formats import date_time
from emergency_desk.wording.labels import label


def write(sheet: AftermathSheet, path: Path, paper: PaperSettings) -> Printed:
    """Print the list: what is owed, then the settlement."""
    with worded(paper):
        book = Booklet(TABLE, Faces(paper))
        title = _("Aftermath and settlement")
        logs.heading(book, title, in_paper(sheet.imprint.desk, paper), _about(sheet, paper))
        book.on_turn = lambda: logs.heading_again(book, _("{title} (continued)").format(title=title))
        Table(book, _columns()).set_rows(_rows(sheet, paper))
        return book.save(path, paper, sheet.imprint, title=_("Aftermath {number}").format(number=sheet.incident.number),
                         subject=sheet.incident.title, furniture=lambda book, page, pages: logs.foot(
                             book, page, pages, sheet.imprint, paper, is_exercise=sheet.is_exercise))


def _columns() -> tuple[Column, ...]:
    return (Column(_("Kind"), 24 * mm), Column(pgettext("column", "What")), Column(_("Quantity"), 16 * mm), Column(_("From whom"), 22 * mm),
            Column(_("Tier"), 13 * mm), Column(_("Owner"), 22 * mm), Column(_("Due"), 18 * mm), Column(_("Rests on"), 40 * mm),
            Column(_("State"), 42 * mm))


def _about(sheet: AftermathSheet, paper: PaperSettings) -> list[str]:
    incident = sheet.incident
    told = _("{open} of {all} still open").format(open=sheet.review.open_items, all=len(sheet.review.items))
    closed = date_time(incident.closed_at) if incident.closed_at else _("not closed")
    return [_("{incident} ({type}), no. {number}").format(incident=incident.title, type=in_paper(sheet.incident_type, paper),
                                                          number=incident.number),
            _("Closed: {closed}    {told}").format(closed=closed, told=told)]


def _rows(sheet: AftermathSheet, paper: PaperSettings) -> list[tuple[str, ...] | Band]:
    rows: list[tuple[str, ...] | Band] = []
    for title, items in ((_("Owed"), sheet.review.owed), (_("To be settled"), sheet.review.settlement)):
        if items:
            rows.append(Band(title))
            rows += [_row(item, in_paper(sheet.review.owner(item), paper), sheet.review.whose.get(item.id, ""), paper) for item in items]
    return rows or [Band(_("Nothing is owed yet: it is laid when the last response ends or the incident closes."))]


def _row(item: AftermathItem, owner: str, from_whom: str, paper: PaperSettings) -> tuple[str, ...]:
    counted = "" if item.quantity is None else in_units(item.quantity, item.unit)
    state = label(item.state)
    if item.state is not AftermathState.OPEN and item.ended_at is not None:
        state = _("{state} {day}").format(state=state, day=date_time(item.ended_at))
    return (label(item.kind), in_paper(Text(item.title, item.title_en), paper), counted, from_whom, label(item.tier), owner,
            date_time(item.due_at) if item.due_at else "", in_paper(basis_text(item), paper),
            "\n".join(part for part in (state, item.note) if part))
