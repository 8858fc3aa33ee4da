"""What is handed out on the day of a drill: the inject cards, the sheet to sign in on, and the observers' sheets."""

from __future__ import annotations

from collections.abc import Iterator

from emergency_desk.domain.drill_files import KeptFile
from emergency_desk.domain.drill_sheets import DrillSignInSheet, InjectCardsSheet, ObserverSheet
from emergency_desk.domain.drills import DrillRole
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.reports.document import Document, Heading, Picture, Piece, Setting, grid, prose
from emergency_desk.reports.drill_words import BLANK, heading_lines
from emergency_desk.reports.page import FORM, TABLE
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.formats import after_start
from emergency_desk.wording.labels import label

_SETTING = Setting(size=11, leading=16, indent=0, gap=4, cell=11, cell_leading=15.5)
_TABLE_SETTING = Setting(size=11, leading=16, indent=0, gap=4, cell=9.5, cell_leading=13)
_SPARE_ROWS, _ROWS_OF_A_PAGE = 8, 22  # for those who come besides; the page is filled
_SPARE_SIGHTS = 6  # for what the script does not have


def cards(sheet: InjectCardsSheet, paper: PaperSettings) -> Document:
    """Return the cards, each whole on its page, in words of the language being spoken."""
    title, drill = _("Inject cards"), sheet.board.drill
    return Document(title=title, heading=heading_lines(sheet.board), pieces=tuple(_cards(sheet)), subject=drill.number,
                    running=f"{title} {drill.number}", setting=_SETTING, layout=FORM)


def _cards(sheet: InjectCardsSheet) -> Iterator[Piece]:
    drill = sheet.board.drill
    yield prose(_("To be cut apart and handed out as the script has it. What is expected does not stand on a card."), is_note=True)
    for inject in sheet.board.injects:
        went_out = _("{planned}, went out at {blank}").format(planned=after_start(inject.at_minutes), blank=BLANK)
        yield grid((_("Drill: inject {number}").format(number=inject.number), f"{drill.number} {drill.title}"), (
            (_("From start"), went_out), (pgettext("drill", "To whom"), inject.to_whom), (_("Words of the inject"), inject.text),
            (_("Taken by, when"), "")), (2, 6), whole=True, least=26)
        for kept in sheet.files_of(inject.id):
            yield _attached(kept, inject.number)
        yield prose("- " * 44, is_note=True)


def _attached(kept: KeptFile, number: int) -> Piece:
    file = kept.file
    if not kept.is_whole:
        return prose(_("Enclosed with inject {number}: {name} — the file was deleted or altered outside").format(number=number, name=file.name),
                     is_note=True)
    caption = _("Enclosed with inject {number}: {name}").format(number=number, name=file.name)
    if file.is_picture:
        return Picture(content=kept.content, width=file.width, height=file.height, caption=caption)
    return prose(caption, is_note=True)


def sign_in(sheet: DrillSignInSheet, paper: PaperSettings) -> Document:
    """Return the sheet to sign in on in words of the language being spoken."""
    title, drill, people = _("Sheet to sign in on"), sheet.board.drill, sheet.board.people
    rows = [(str(place), one.name, one.unit, label(one.role), "", "") for place, one in enumerate(people, start=1)]
    spare = [(str(place), "", "", "", "", "") for place in range(len(rows) + 1, 1 + max(len(rows) + _SPARE_ROWS, _ROWS_OF_A_PAGE))]
    table = grid((_("No."), pgettext("drill", "Name"), _("Unit"), _("Part in the drill"), _("Signature"), _("Time")), [*rows, *spare],
                 (0.8, 2, 3.2, 2, 2.4, 1.5), least=25)
    counted = prose(_("Counted by {blank} at {blank}: {blank} heads of {wanted}").format(blank=BLANK, wanted=drill.expected_heads or BLANK))
    return Document(title=title, heading=heading_lines(sheet.board), pieces=(table, counted), subject=drill.number,
                    running=f"{title} {drill.number}", setting=_SETTING, layout=FORM)


def observers(sheet: ObserverSheet, paper: PaperSettings) -> Document:
    """Return the observers' sheets in words of the language being spoken."""
    title, drill = _("Observers' sheet"), sheet.board.drill
    named = _(", ").join(one.name for one in sheet.board.people if one.role in (DrillRole.EVALUATOR, DrillRole.OBSERVER))
    who = prose(_("Observer: {who}    Place: {place}    Unit observed: {blank}").format(who=BLANK, place=BLANK, blank=BLANK))
    rows = [(str(one.number), after_start(one.at_minutes), one.to_whom, one.expected or one.text, _limit(one.limit_minutes), "", "", "")
            for one in sheet.board.injects]
    spare = [("",) * 8] * _SPARE_SIGHTS
    table = grid((_("No."), pgettext("drill", "Planned"), pgettext("drill", "To whom"), _("Expected act"), _("Limit"), _("Went out"), _("Act at"),
                  _("What was seen")), [*rows, *spare], (0.9, 1.3, 2.4, 5, 1.4, 1.6, 1.6, 6), least=34)
    note = prose(_("Write down times by the clock and what you saw, not what you think of it. Evaluators: {who}.").format(who=named or BLANK),
                 is_note=True)
    pieces: tuple[Piece, ...] = (who, note, Heading(text=_("By the script, and besides"), depth=2, in_contents=False), table)
    return Document(title=title, heading=heading_lines(sheet.board), pieces=pieces, subject=drill.number, running=f"{title} {drill.number}",
                    setting=_TABLE_SETTING, layout=TABLE)


def _limit(minutes: int | None) -> str:
    return _("{minutes} min").format(minutes=minutes) if minutes is not None else "—"
