"""The evaluation tables of AQ/T 9009-2015 (附录A、附录B): filled in as far as items were given something, the rest to be filled in by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from emergency_desk.domain.drill_sheets import DrillReportSheet, EvaluationFormSheet
from emergency_desk.domain.drills import DrillRole, ItemScore
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.reports.document import Document, Heading, Piece, grid, prose, setting_for
from emergency_desk.reports.drill_words import BLANK, form_letter, heading_lines
from emergency_desk.reports.page import FORM, in_paper
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.formats import clock_time


def document_of(sheet: EvaluationFormSheet, paper: PaperSettings) -> Document:
    """Return the table of a drill's form in words of the language being spoken."""
    drill = sheet.board.drill
    title = form_title(sheet)
    return Document(title=title, heading=heading_lines(sheet.board), pieces=tuple(_pieces(sheet, paper)), subject=drill.number,
                    running=f"{title} {drill.number}", layout=FORM,
                    setting=replace(setting_for(paper.language), size=11, leading=17, indent=0, gap=3, cell=9.5, cell_leading=13))


def form_title(sheet: EvaluationFormSheet | DrillReportSheet) -> str:
    """Return what the form is called."""
    return _("Evaluation form {form} of AQ/T 9009-2015").format(form=form_letter(sheet.board.drill.form))


def _pieces(sheet: EvaluationFormSheet, paper: PaperSettings) -> Iterator[Piece]:
    points = "/".join(str(one) for one in sheet.rules.points)
    who = _(", ").join(one.name for one in sheet.board.people if one.role is DrillRole.EVALUATOR) or BLANK
    yield prose(_("Evaluators: {who}    Points {points}, yes or no, or a measured value; what has no evidence stays empty.").format(
        who=who, points=points), is_note=True)
    yield from form_pieces(sheet, paper, least=20)
    yield prose(_("Signed by the evaluator {blank}    Date {blank}").format(blank=BLANK))


def form_pieces(sheet: EvaluationFormSheet | DrillReportSheet, paper: PaperSettings, *, least: float = 0) -> Iterator[Piece]:
    """Yield the items by aspect, with what each was given and rests on."""
    names = {one.id: one for one in sheet.board.assessment.aspects}
    gone = sheet.board.assessment.without_evidence
    by_aspect: dict[str, list[tuple[str, ...]]] = {}
    for item in sheet.rules.items_for(sheet.board.drill.form):
        score = sheet.board.score(item.id)
        row = ("", _("evidence missing")) if item.id in gone else (given(score), _rests_on(score, sheet))
        by_aspect.setdefault(item.aspect_id, []).append((item.id.partition("-")[2], in_paper(item.text, paper), *row))
    for aspect_id, rows in by_aspect.items():
        yield Heading(text=f"{aspect_id} {in_paper(names[aspect_id].name, paper)}", depth=2, in_contents=False)
        yield grid((pgettext("drill", "Item"), _("What is looked at"), pgettext("points", "Given"), _("Rests on")), rows, (1.1, 6.4, 1.7, 3.4),
                   least=least)


def given(score: ItemScore | None) -> str:
    """Return what an item was given, "" when it is empty."""
    if score is None:
        return ""
    if score.points is not None:
        return str(score.points)
    if score.is_met is not None:
        return pgettext("item of an evaluation", "yes") if score.is_met else pgettext("item of an evaluation", "no")
    return score.measured


def _rests_on(score: ItemScore | None, sheet: EvaluationFormSheet | DrillReportSheet) -> str:
    if score is None:
        return ""
    times = [clock_time(mark.occurred_at) for mark in sheet.board.marks if mark.id in score.mark_ids]
    entries = _("entries {times}").format(times=_(", ").join(times)) if times else ""
    return _("; ").join(part for part in (score.evidence, entries) if part)
