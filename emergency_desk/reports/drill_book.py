"""The visitors' book (观摩手册) and the support plan (保障方案) of a drill: AQ/T 9007-2019, 6.

The book never tells what is expected of whom; the plan holds the conditions to break off and what is done then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from emergency_desk.domain.drill_sheets import DrillSupportSheet, ObserverBookSheet
from emergency_desk.domain.drills import DrillNotice, DrillRole
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.reports.document import Document, Entries, Heading, Piece, ToWrite, grid, prose, setting_for, words
from emergency_desk.reports.drill_words import BLANK, chapter, heading_lines
from emergency_desk.reports.page import FORM
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.formats import after_start, written_date_time
from emergency_desk.wording.labels import label


def visitors(sheet: ObserverBookSheet, paper: PaperSettings) -> Document:
    """Return the visitors' book in words of the language being spoken."""
    return _document(_("Visitors' book"), sheet, paper, _visitors(sheet))


def support(sheet: DrillSupportSheet, paper: PaperSettings) -> Document:
    """Return the support plan in words of the language being spoken."""
    return _document(_("Support plan of a drill"), sheet, paper, _support(sheet))


def _document(title: str, sheet: ObserverBookSheet | DrillSupportSheet, paper: PaperSettings, pieces: Iterator[Piece]) -> Document:
    drill = sheet.board.drill
    return Document(title=title, heading=heading_lines(sheet.board), pieces=tuple(pieces), subject=drill.number,
                    running=f"{title} {drill.number}", layout=FORM,
                    setting=replace(setting_for(paper.language), size=12, leading=20, indent=0, gap=4, cell=10.5, cell_leading=15))


def _visitors(sheet: ObserverBookSheet) -> Iterator[Piece]:
    board, drill = sheet.board, sheet.board.drill
    yield Heading(text=chapter(1, _("What is drilled, when and where")))
    yield grid((), ((_("Begins"), written_date_time(drill.planned_at)), (_("Place"), drill.place or BLANK),
                    (_("Kind of drill"), _(", ").join(label(one) for one in (drill.form, drill.scope, drill.purpose))),
                    (_("Director"), _names(sheet, DrillRole.DIRECTOR)), (_("Safety officers"), _names(sheet, DrillRole.SAFETY))), (2, 6))
    yield Heading(text=chapter(2, _("Aims")))
    yield Entries(tuple(words(aim) for aim in drill.aims)) if drill.aims else ToWrite(3)
    yield Heading(text=chapter(3, _("Scenario")))
    yield prose(drill.scenario) if drill.scenario else ToWrite(3)
    yield Heading(text=chapter(4, _("What is shown, in the order of time")))
    if drill.notice is not DrillNotice.ANNOUNCED:
        yield prose(_("The drill is blind: its course is told on the spot."))
    elif board.injects:
        yield grid((_("From start"), pgettext("drill", "Who acts"), pgettext("drill", "Scene")),
                   ((after_start(one.at_minutes), one.to_whom, one.text) for one in board.injects), (1.4, 2.6, 7))
    else:
        yield ToWrite(4)
    yield Heading(text=chapter(5, _("What to heed")))
    yield Entries(tuple(words(text) for text in (
        _("Stay in the visitors' area and follow the safety officers."),
        _("Speak to nobody who takes part; keep escape and vehicle routes free."),
        _("Pictures only where they disturb nobody; nothing of it is passed on as a real event."),
        _("When the drill is broken off, leave by the way you are shown: it may be for a real event."),
        _("Whoever is hurt or unwell tells the nearest safety officer at once."))))


def _support(sheet: DrillSupportSheet) -> Iterator[Piece]:
    drill = sheet.board.drill
    yield Heading(text=chapter(1, _("Who answers for what")))
    yield grid((_("What is safeguarded"), pgettext("drill", "Who"), _("Telephone"), _("How, and with which reserve")), (
        (_("Safety on the spot"), _names(sheet, DrillRole.SAFETY), "", ""), (_("Medical care"), "", "", ""),
        (_("Communications and their reserve"), "", "", ""), (_("Equipment and goods"), "", "", ""), (_("Traffic and public order"), "", "", ""),
        (_("Telling those who live nearby"), "", "", ""), (_("Money and insurance"), "", "", "")), (2.4, 2, 1.8, 4.4), least=24)
    yield Heading(text=chapter(2, _("What may go wrong, and what is done")))
    yield grid((_("What may go wrong"), _("What prevents it"), _("What is done")), [("", "", "")] * 3, (3, 4, 4), least=26)
    yield Heading(text=chapter(3, _("Conditions to break off")))
    yield Entries(tuple(words(one) for one in drill.stop_conditions)) if drill.stop_conditions else ToWrite(3)
    yield Heading(text=chapter(4, _("How it is broken off")))
    yield Entries(tuple(words(text) for text in (
        _("Whoever sees one of these conditions tells the director or a safety officer at once; a safety officer may halt everything near him."),
        _("The director says on every channel: “This is no drill. The drill is broken off.” and why."),
        _("Real forces are recalled first and go where they are sent; what stands in the way is cleared."),
        _("Everybody who takes part is counted: {count}. Who is missing is looked for.").format(count=drill.expected_heads or BLANK),
        _("Whether it goes on later the director decides; otherwise it is evaluated as far as it went."))))


def _names(sheet: ObserverBookSheet | DrillSupportSheet, role: DrillRole) -> str:
    return _(", ").join(f"{one.name} {one.unit}".strip() for one in sheet.board.people if one.role is role) or BLANK
