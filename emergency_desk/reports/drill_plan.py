"""The work plan of a drill (演练工作方案): aims, people, scenario, safety, the script, inject cards, and the sheets that are written on.

The matters of a work plan: AQ/T 9007-2019, 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from emergency_desk.domain.drill_sheets import DrillPlanSheet
from emergency_desk.domain.drills import DrillRole, ReadyCheck
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.reports.document import Cover, Document, Entries, Heading, Piece, ToWrite, grid, prose, setting_for, words
from emergency_desk.reports.document_docx import set_document_docx
from emergency_desk.reports.document_pdf import set_document
from emergency_desk.reports.drill_words import BLANK, chapter, facts, script_rows
from emergency_desk.reports.page import in_paper, worded
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.formats import after_start, local, written_date
from emergency_desk.wording.labels import label

_SPARE_ROWS = 6  # for those who come besides


def write(sheet: DrillPlanSheet, path: Path, paper: PaperSettings) -> Printed:
    """Print the plan."""
    with worded(paper):
        return set_document(document_of(sheet, paper), path, paper, sheet.imprint, is_exercise=sheet.is_exercise)


def write_docx(sheet: DrillPlanSheet, path: Path, paper: PaperSettings) -> Printed:
    """Write the plan as a DOCX file."""
    with worded(paper):
        return set_document_docx(document_of(sheet, paper), path, paper, sheet.imprint, is_exercise=sheet.is_exercise)


def document_of(sheet: DrillPlanSheet, paper: PaperSettings) -> Document:
    """Return the plan in words of the language being spoken."""
    drill = sheet.board.drill
    title = _("Work plan of a drill")
    cover = Cover(title=drill.title, above=(drill.number,), below=(title, label(drill.form)),
                  facts=((_("Drawn up by"), in_paper(sheet.imprint.printed_by, paper)), (_("Checked by"), ""), (_("Approved by"), "")),
                  ends=(in_paper(sheet.imprint.desk, paper), written_date(local(sheet.imprint.printed_at).date())))
    return Document(title=title, cover=cover, pieces=tuple(_pieces(sheet, paper)), subject=drill.number, contents=_("Contents"),
                    running=f"{title} {drill.number}", setting=replace(setting_for(paper.language), cell=9.5, cell_leading=13))


def _pieces(sheet: DrillPlanSheet, paper: PaperSettings) -> Iterator[Piece]:
    board, drill = sheet.board, sheet.board.drill
    parts: tuple[tuple[str, Iterator[Piece]], ...] = (
        (_("What is drilled"), iter((grid((pgettext("drill", "Matter"), pgettext("drill", "Content")), facts(board, paper), (2, 5)),))),
        (_("Aims that can be measured"), _entries(drill.aims)),
        (_("Scenario"), iter((prose(drill.scenario) if drill.scenario else ToWrite(4),))),
        (_("Organisation and people"), _people(sheet)),
        (_("Safety: when the drill is broken off"), _safety(sheet)),
        (_("Checklist before the start"), _checks(sheet)),
        (_("How it is evaluated"), _evaluation(sheet)),
    )
    for place, (title, pieces) in enumerate(parts, start=1):
        yield Heading(text=chapter(place, title))
        yield from pieces
    yield Heading(text=_("Script"), above=_("Annex {number}").format(number=1), starts_page=True)
    yield grid((_("No."), _("From start"), pgettext("drill", "To whom"), _("Inject"), _("Expected act"), _("Limit")), script_rows(board),
               (1.1, 1.5, 2.4, 5, 4, 1.5))
    yield Heading(text=_("Inject cards, to be cut apart"), above=_("Annex {number}").format(number=2), starts_page=True)
    yield from _cards(sheet)
    yield Heading(text=_("Sheet to sign in on"), above=_("Annex {number}").format(number=3), starts_page=True)
    signing = [(person.name, person.unit, label(person.role), "", "") for person in board.people]
    yield grid((pgettext("drill", "Name"), _("Unit"), _("Part in the drill"), _("Signature"), _("Time")), [*signing, *[("",) * 5] * _SPARE_ROWS],
               (2, 3, 2.2, 2.5, 1.5), least=24)
    yield Heading(text=_("Observers' sheet"), above=_("Annex {number}").format(number=4), starts_page=True)
    yield grid((_("No."), _("Expected act"), _("Went out"), _("Act at"), _("What was seen")),
               [(str(one.number), f"{one.to_whom}: {one.expected or one.text}", "", "", "") for one in board.injects],
               (1, 5, 1.6, 1.6, 5), least=32)


def _entries(texts: tuple[str, ...]) -> Iterator[Piece]:
    yield Entries(tuple(words(text) for text in texts)) if texts else ToWrite(3)


def _people(sheet: DrillPlanSheet) -> Iterator[Piece]:
    people = sheet.board.people
    rows = [(label(role), _(", ").join(f"{one.name} {one.unit}".strip() for one in people if one.role is role) or BLANK) for role in DrillRole]
    yield grid((_("Part in the drill"), pgettext("drill", "Who")), rows, (2, 5))


def _safety(sheet: DrillPlanSheet) -> Iterator[Piece]:
    yield prose(_("The director breaks the drill off at once, recalls everybody and has them counted, when one of these occurs:"))
    yield from _entries(sheet.board.drill.stop_conditions)
    yield prose(_("The drill ends only when as many are counted as take part."))


def _checks(sheet: DrillPlanSheet) -> Iterator[Piece]:
    done = sheet.board.drill.checks
    rows = [(label(check), _("confirmed") if check in done else "☐", "") for check in ReadyCheck]
    yield grid((_("To be confirmed"), _("Confirmed"), _("By whom, when")), rows, (5, 2, 4), least=22)


def _evaluation(sheet: DrillPlanSheet) -> Iterator[Piece]:
    items = sheet.rules.items_for(sheet.board.drill.form)
    points = "/".join(str(one) for one in sheet.rules.points)
    yield prose(_("{count} items of AQ/T 9009-2015 are looked at, each with points ({points}), yes or no, or a measured value. An item without "
                  "evidence stays empty. Whoever takes part does not evaluate.").format(count=len(items), points=points))


def _cards(sheet: DrillPlanSheet) -> Iterator[Piece]:
    drill = sheet.board.drill
    for inject in sheet.board.injects:
        went_out = _("{planned}, went out at {blank}").format(planned=after_start(inject.at_minutes), blank=BLANK)
        yield grid((_("Drill: inject {number}").format(number=inject.number), drill.number), (
            (_("From start"), went_out), (pgettext("drill", "To whom"), inject.to_whom), (_("Words of the inject"), inject.text)),
            (2, 6), whole=True)
