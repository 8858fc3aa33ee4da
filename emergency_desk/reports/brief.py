"""The incident brief: one page on what happened, where, how bad it is, who commands, what was done and what is open."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from reportlab.lib.units import mm

from emergency_desk.domain.incidents import TaskState
from emergency_desk.domain.ladder_sheets import BriefSheet
from emergency_desk.domain.reports import ReportDue
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.domain.texts import Text
from emergency_desk.reports import logs
from emergency_desk.reports.blocks import Type, facts
from emergency_desk.reports.fonts import Faces
from emergency_desk.reports.page import FORM, Booklet, in_paper, worded
from emergency_desk.wording.catalog import _, current_language, ngettext
from emergency_desk.wording.drafting import drafted, owed_words, report_name
from emergency_desk.wording.formats import date_time, when
from emergency_desk.wording.labels import label

_SIZES = ((12.5, 20), (11.5, 18), (10.5, 16), (9.5, 14))
_SHOWN = 6


def write(sheet: BriefSheet, path: Path, paper: PaperSettings) -> Printed:
    """Print the brief in the largest letters that fit one page."""
    with worded(paper):
        book = next((book for size in _SIZES if (book := _compose(sheet, paper, *size)).pages == 1), None) or _compose(sheet, paper, *_SIZES[-1])
        title = _("Incident brief {number}").format(number=sheet.incident.number)
        return book.save(path, paper, sheet.imprint, title=title, subject=sheet.incident.title,
                         furniture=lambda book, page, pages: logs.foot(book, page, pages, sheet.imprint, paper, is_exercise=sheet.is_exercise))


def _compose(sheet: BriefSheet, paper: PaperSettings, size: float, leading: float) -> Booklet:
    book = Booklet(FORM, Faces(paper))
    about = [_("Incident {number}: {title}").format(number=sheet.incident.number, title=sheet.incident.title),
             _("As known at {time}").format(time=date_time(sheet.basis.at))]
    logs.heading(book, _("Incident brief"), in_paper(sheet.imprint.desk, paper), about)
    book.on_turn = lambda: logs.heading_again(book, _("{title} (continued)").format(title=_("Incident brief")))
    name, value = Type(book.faces.label, size - 1, leading), Type(book.faces.text, size, leading)
    rows = [(heading, text or _("to be verified")) for heading, text in _rows(sheet, paper)]
    width = max(name.face.width(heading, name.size) for heading, _text in rows)
    facts(book, rows, name, value, label_width=width + 4 * mm)
    return book


def _rows(sheet: BriefSheet, paper: PaperSettings) -> list[tuple[str, str]]:
    said = {element.name: element.text for element in drafted(sheet.basis)}
    command = label(sheet.basis.commander) if sheet.basis.commander else ""
    return [
        (_("Incident"), said["nature"]), (_("Time"), said["time"]), (_("Place"), said["place"]),
        (_("Casualties and extent"), "\n".join(part for part in (said["casualties"], said["extent"], said["loss"]) if part)),
        (_("State"), label(sheet.incident.state)), (_("In command"), command), (_("What was done"), said["measures"]),
        (_("What is open"), "\n".join(_open(sheet, paper))), (_("Reports sent"), _sent(sheet)), (_("Contact"), said["contact"]),
    ]


def _open(sheet: BriefSheet, paper: PaperSettings) -> list[str]:
    """Return what still waits: the reports owed, orders without a receipt, and the tasks due first."""
    lines = [_owed(due, sheet.basis.at) for due in sheet.dues[:_SHOWN]]
    silent = sum(line.dispatch.awaits_receipt for line in sheet.basis.orders)
    if silent:
        lines.append(ngettext("{count} order without a receipt", "{count} orders without a receipt", silent).format(count=silent))
    waiting = [task for task in sheet.basis.tasks if task.state is TaskState.OPEN]
    shown = sorted(waiting, key=lambda task: (task.due_at is None, task.due_at or task.created_at))[:_SHOWN]
    lines += [Text(task.title, task.title_en).in_language(current_language()) for task in shown]
    if len(waiting) > len(shown):
        more = len(waiting) - len(shown)
        lines.append(ngettext("and {count} more task", "and {count} more tasks", more).format(count=more))
    return lines or [_("nothing")]


def _owed(due: ReportDue, now: datetime) -> str:
    words = _("{what}, at once since {time}") if due.is_at_once else _("{what}, by {time}")
    return words.format(what=owed_words(due.kind, due.family, due.channel, due.from_tier, due.to_tier), time=when(due.due_at, now=now))


def _sent(sheet: BriefSheet) -> str:
    told = [_("{report} {channel} {time}, {sender} → {receiver}").format(
        report=report_name(report.kind, report.family, report.serial), channel=label(report.channel),
        time=when(report.sent_at or report.drafted_at, now=sheet.basis.at), sender=label(report.from_tier), receiver=label(report.to_tier))
        for report in sheet.sent[-_SHOWN:]]
    return "\n".join(told) or _("none")
