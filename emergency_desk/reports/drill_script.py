"""The script of a drill (演练脚本): what goes out when, to whom, what is expected upon it and within how long. For controllers."""

from __future__ import annotations

from collections.abc import Iterator

from emergency_desk.domain.drill_sheets import DrillScriptSheet
from emergency_desk.domain.drills import DrillNotice
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.reports.document import Document, Heading, Piece, Setting, ToWrite, grid, prose
from emergency_desk.reports.drill_words import heading_lines, script_rows
from emergency_desk.reports.page import TABLE
from emergency_desk.wording.catalog import _, pgettext

SETTING = Setting(size=11, leading=16, indent=0, gap=4, cell=9.5, cell_leading=13)


def document_of(sheet: DrillScriptSheet, paper: PaperSettings) -> Document:
    """Return the script in words of the language being spoken."""
    title = pgettext("paper of a drill", "Script")
    return Document(title=title, heading=heading_lines(sheet.board), pieces=tuple(_pieces(sheet)), subject=sheet.board.drill.number,
                    running=f"{title} {sheet.board.drill.number}", setting=SETTING, layout=TABLE)


def _pieces(sheet: DrillScriptSheet) -> Iterator[Piece]:
    drill = sheet.board.drill
    if drill.notice is not DrillNotice.ANNOUNCED:
        yield prose(_("The drill is blind: this paper is for the controllers alone."))
    if drill.scenario:
        yield prose(_("Scenario: {scenario}").format(scenario=drill.scenario))
    if not sheet.board.injects:
        yield prose(_("No inject is written yet."))
        yield ToWrite(8)
        return
    yield Heading(text=_("Injects in the order of time"), depth=2, in_contents=False)
    yield grid((_("No."), _("From start"), pgettext("drill", "To whom"), _("Inject"), _("Expected act"), _("Limit"), _("Went out"), _("Note")),
               ((*row, "", "") for row in script_rows(sheet.board)), (0.9, 1.6, 2.4, 5.4, 4.6, 1.3, 1.5, 2.0), least=20)
