"""The work plan of a drill (演练工作方案) in its nine matters: AQ/T 9007-2019, 6.

Script, cards, sheets, support plan, evaluation form and visitors' book are papers of their own; the last page lists them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from emergency_desk.domain.drill_sheets import DrillPlanSheet
from emergency_desk.domain.drills import DrillForm, DrillRole, ReadyCheck
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.reports.document import Cover, Document, Entries, Heading, Piece, ToWrite, grid, prose, setting_for, words
from emergency_desk.reports.drill_words import BLANK, chapter, facts, form_letter
from emergency_desk.reports.page import in_paper
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.formats import after_start, local, written_date, written_date_time
from emergency_desk.wording.labels import label


def document_of(sheet: DrillPlanSheet, paper: PaperSettings) -> Document:
    """Return the plan in words of the language being spoken."""
    drill = sheet.board.drill
    title = _("Work plan of a drill")
    cover = Cover(title=drill.title, above=(drill.number,), below=(title, label(drill.form)),
                  facts=((_("Drawn up by"), in_paper(sheet.imprint.printed_by, paper)), (_("Checked by"), ""), (_("Approved by"), "")),
                  ends=(in_paper(sheet.imprint.desk, paper), written_date(local(sheet.imprint.printed_at).date())))
    return Document(title=title, cover=cover, pieces=tuple(_pieces(sheet, paper)), subject=drill.number, contents=_("Contents"),
                    running=f"{title} {drill.number}", setting=replace(setting_for(paper.language), cell=11, cell_leading=15.5))


def _pieces(sheet: DrillPlanSheet, paper: PaperSettings) -> Iterator[Piece]:
    board, drill = sheet.board, sheet.board.drill
    parts: tuple[tuple[str, Iterable[Piece]], ...] = (
        (_("Purpose and requirements"), _purpose(sheet, paper)),
        (_("Scenario"), (prose(drill.scenario) if drill.scenario else ToWrite(4),)),
        (_("Who takes part"), _people(sheet)),
        (_("Time and place"), _when(sheet)),
        (_("Tasks and duties"), _tasks(sheet)),
        (_("Preparations"), _preparations(sheet)),
        (_("Main steps"), _steps(sheet)),
        (_("Technical support and safeguards"), _safeguards(sheet)),
        (_("Evaluation and summary"), _evaluation(sheet)),
    )
    for place, (title, pieces) in enumerate(parts, start=1):
        yield Heading(text=chapter(place, title))
        yield from pieces
    yield Heading(text=_("Documents of this drill"), above=_("Annex"), starts_page=True)
    yield grid((_("No."), pgettext("drill", "Document"), pgettext("drill", "For whom")), _documents(board.drill.form), (1, 5, 5))


def _purpose(sheet: DrillPlanSheet, paper: PaperSettings) -> Iterator[Piece]:
    yield grid((pgettext("drill", "Matter"), pgettext("drill", "Content")), facts(sheet.board, paper), (2, 5))
    yield prose(_("The drill is to reach these aims, each of which can be measured:"))
    yield from _entries(sheet.board.drill.aims)


def _people(sheet: DrillPlanSheet) -> Iterator[Piece]:
    people, drill = sheet.board.people, sheet.board.drill
    rows = [(label(role), _(", ").join(f"{one.name} {one.unit}".strip() for one in people if one.role is role) or BLANK) for role in DrillRole]
    yield grid((_("Part in the drill"), pgettext("drill", "Who")), rows, (2, 5))
    if drill.expected_heads is not None:
        yield prose(_("{count} people take part and are counted before it ends.").format(count=drill.expected_heads))


def _when(sheet: DrillPlanSheet) -> Iterator[Piece]:
    board, drill = sheet.board, sheet.board.drill
    lasts = max((one.at_minutes + (one.limit_minutes or 0) for one in board.injects), default=0)
    place = drill.place or BLANK
    yield prose(_("Begins on {when}. Place: {place}.").format(when=written_date_time(drill.planned_at), place=place))
    if lasts:
        yield prose(_("By its script it lasts about {minutes} minutes, the counting and the review not reckoned.").format(minutes=lasts))


def _tasks(sheet: DrillPlanSheet) -> Iterator[Piece]:
    """Yield what each of those an inject goes to has to do, in the order of the script."""
    tasks: dict[str, list[str]] = {}
    for inject in sheet.board.injects:
        tasks.setdefault(inject.to_whom, []).append(f"{after_start(inject.at_minutes)} {inject.expected or inject.text}")
    if not tasks:
        yield ToWrite(3)
        return
    yield grid((pgettext("drill", "To whom"), _("Task by the script")), ((whom, "\n".join(told)) for whom, told in tasks.items()), (2, 6))


def _preparations(sheet: DrillPlanSheet) -> Iterator[Piece]:
    done = sheet.board.drill.checks
    rows = [(label(check), _("confirmed") if check in done else "□", "") for check in ReadyCheck]
    yield prose(_("Nothing begins before each of these is confirmed on the spot:"))
    yield grid((_("To be confirmed"), _("Confirmed"), _("By whom, when")), rows, (5, 2, 4), least=22)


def _steps(sheet: DrillPlanSheet) -> Iterator[Piece]:
    rows = [("1", _("Look over the site, brief everybody, confirm that real forces can be recalled")),
            ("2", _("The director declares the drill begun")),
            ("3", _tabletop() if sheet.board.drill.form is DrillForm.TABLETOP else
             _("The controllers release the injects of the script; participants act as their plan has it; observers write down what they see")),
            ("4", _("Count heads; the director declares the drill ended")), ("5", _("Review on the spot, evaluation, rectification"))]
    yield grid((pgettext("drill", "Step"), pgettext("drill", "What is done")), rows, (1, 8))


def _tabletop() -> str:
    return _("The controllers read out an inject and put a question; participants weigh it, decide and say what they do; then the next")


def _safeguards(sheet: DrillPlanSheet) -> Iterator[Piece]:
    yield prose(_("Equipment, communications with a reserve, medical care, safety officers and recall of the real forces stand in the support "
                  "plan. The director breaks the drill off at once when one of these occurs:"))
    yield from _entries(sheet.board.drill.stop_conditions)


def _evaluation(sheet: DrillPlanSheet) -> Iterator[Piece]:
    form = sheet.board.drill.form
    items = sheet.rules.items_for(form)
    points = "/".join(str(one) for one in sheet.rules.points)
    yield prose(_("{count} items of AQ/T 9009-2015, form {form}, are looked at, each with points ({points}), yes or no, or a measured value. An "
                  "item without evidence stays empty. Whoever takes part does not evaluate.").format(
                      count=len(items), points=points, form=form_letter(form)))
    yield prose(_("A review follows on the spot. The evaluation report goes to everybody who took part; what was found goes into the "
                  "rectification list with owner, measure and due day, and is verified by somebody other than its owner."))


def _documents(form: DrillForm) -> Iterator[tuple[str, str, str]]:
    told = (
        (_("Script"), _("controllers; nobody else where it is blind")), (_("Inject cards"), _("to be handed out as the script has it")),
        (_("Sheet to sign in on"), _("everybody")), (_("Observers' sheets"), _("observers and evaluators")),
        (_("Support plan with the conditions to break off"), _("director, safety officers, supporting departments")),
        (_("Visitors' book"), _("visitors")),
        (_("Evaluation form {form}").format(form=form_letter(form)), _("evaluators")))
    for place, (document, whom) in enumerate(told, start=1):
        yield str(place), document, whom


def _entries(texts: tuple[str, ...]) -> Iterator[Piece]:
    yield Entries(tuple(words(text) for text in texts)) if texts else ToWrite(3)
