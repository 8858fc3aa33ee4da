"""The call record (来电记录): one call as it was taken, with room for what is learnt while the receiver is still in the hand.

Fields after the phone log of domain §2.2. What is not known is a line to fill by hand; an unknown figure is "to be verified"
(R-2.1), never 0.
"""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.units import mm

from emergency_desk.domain.sheets import CallRecordSheet, PaperSettings, Printed
from emergency_desk.reports import logs
from emergency_desk.reports.blocks import Type, facts
from emergency_desk.reports.fonts import Faces
from emergency_desk.reports.page import FORM, Booklet, in_paper, worded
from emergency_desk.reports.terms import PEOPLE, known_figures
from emergency_desk.wording.catalog import _
from emergency_desk.wording.formats import date_time
from emergency_desk.wording.labels import field_label, label


def write(sheet: CallRecordSheet, path: Path, paper: PaperSettings) -> Printed:
    """Print the record."""
    with worded(paper):
        book = Booklet(FORM, Faces(paper))
        title = _("Call record {number}").format(number=sheet.incident.number)
        about = _("Incident {number}: {title}").format(number=sheet.incident.number, title=sheet.incident.title)
        logs.heading(book, _("Call record"), in_paper(sheet.imprint.desk, paper), [about])
        book.on_turn = lambda: logs.heading_again(book, _("{title} (continued)").format(title=title))
        label_type, value = Type(book.faces.label, 10.5, 19), Type(book.faces.text, 11.5, 19)
        rows = _facts(sheet, paper)
        names = max(label_type.face.width(name, label_type.size) for name, _value in rows)
        facts(book, rows, label_type, value, label_width=names + 4 * mm, to_write=2)
        return book.save(path, paper, sheet.imprint, title=title, subject=sheet.incident.title,
                         furniture=lambda book, page, pages: logs.foot(book, page, pages, sheet.imprint, paper,
                                                                       is_exercise=sheet.is_exercise))


def _facts(sheet: CallRecordSheet, paper: PaperSettings) -> list[tuple[str, str]]:
    call = sheet.call
    return [
        (_("Received"), date_time(call.received_at)),
        (_("Who told the desk"), label(call.source)),
        (_("Caller, unit and post"), sheet.caller.name),
        (_("Caller's phone"), sheet.caller.phone),
        (_("Kind of incident"), in_paper(sheet.incident_type, paper)),
        (_("Occurred"), date_time(call.occurred_at) if call.occurred_at else ""),
        (_("Place"), _place(sheet, paper)),
        (_("What was told"), call.words),
        (_("Harm and extent"), _harm(sheet)),
        (_("Cause and course"), ""),
        (_("Measures taken so far"), ""),
        (_("Leaders and units told"), ""),
        (_("Help asked for"), ""),
        (_("Note"), call.note),
        (_("Taken and recorded by"), _("{name}, {time}").format(name=in_paper(sheet.recorded_by, paper) or "____________",
                                                                time=date_time(call.recorded_at))),
    ]


def _place(sheet: CallRecordSheet, paper: PaperSettings) -> str:
    return " ".join(part for part in (in_paper(sheet.place, paper), sheet.call.address) if part)


def _harm(sheet: CallRecordSheet) -> str:
    """Return the known figures, and by name those that are still to be verified."""
    open_ones = [field_label(name) for name in PEOPLE if getattr(sheet.figures, name) is None]
    waiting = _("To be verified: {figures}").format(figures=" / ".join(open_ones)) if open_ones else ""
    return "\n".join(part for part in (known_figures(sheet.figures), waiting) if part)
