"""The evaluation report of a drill (演练评估报告) in six chapters, with what was measured, the points by aspect and the rectification.

Its chapters: AQ/T 9009-2015, 7.4.2; the form that was filled in is annexed. The word is the evaluators'; the share stands beside it as advice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from emergency_desk.domain.drill_scoring import kept_limits, middle
from emergency_desk.domain.drill_sheets import DrillReportSheet
from emergency_desk.domain.drills import DrillRole, DrillStep
from emergency_desk.domain.recovery import Finding
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.reports.document import Cover, Document, Heading, Piece, ToWrite, grid, prose, setting_for
from emergency_desk.reports.drill_charts import aspects, latencies, timeline
from emergency_desk.reports.drill_forms import form_pieces, form_title
from emergency_desk.reports.drill_words import BLANK, chapter, closure_words, facts, log_rows, times_row
from emergency_desk.reports.drill_years import pieces as over_the_years
from emergency_desk.reports.page import in_paper
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.drill_labels import done_words
from emergency_desk.wording.formats import calendar_day, clock_time, local, minutes_told, number, written_date
from emergency_desk.wording.labels import label

_MOST_BESIDE = 3  # earlier drills that stand beside this one; the paper of the years has them all


def document_of(sheet: DrillReportSheet, paper: PaperSettings) -> Document:
    """Return the report in words of the language being spoken."""
    drill = sheet.board.drill
    title = _("Evaluation report of a drill")
    cover = Cover(title=drill.title, above=(drill.number,), below=(title, written_date(local(drill.started_at or drill.planned_at).date())),
                  facts=((_("Evaluated by"), drill.verdict_by), (_("Checked by"), ""), (_("Approved by"), "")),
                  ends=(in_paper(sheet.imprint.desk, paper), written_date(local(sheet.imprint.printed_at).date())))
    return Document(title=title, cover=cover, pieces=tuple(_pieces(sheet, paper)), subject=drill.number, contents=_("Contents"),
                    running=f"{title} {drill.number}", setting=replace(setting_for(paper.language), cell=9.5, cell_leading=13))


def _pieces(sheet: DrillReportSheet, paper: PaperSettings) -> Iterator[Piece]:
    parts = (
        (_("What was drilled"), _basics(sheet, paper)), (_("How it was evaluated"), _evaluating(sheet)),
        (_("How it went, as measured"), _measured(sheet)), (_("Points by aspect"), _aspects(sheet, paper)),
        (_("Problems, advice and rectification"), _findings(sheet)), (_("Conclusion"), _conclusion(sheet, paper)),
    )
    for place, (title, pieces) in enumerate(parts, start=1):
        yield Heading(text=chapter(place, title))
        yield from pieces
    yield Heading(text=_("Log of the drill"), above=_("Annex {number}").format(number=1), starts_page=True)
    yield grid((_("Time"), pgettext("drill", "Step"), pgettext("drill", "Who"), pgettext("drill", "Words")), log_rows(sheet.board),
               (1.7, 3.3, 2.4, 5.6))
    yield Heading(text=form_title(sheet), above=_("Annex {number}").format(number=2), starts_page=True)
    yield from form_pieces(sheet, paper)


def _basics(sheet: DrillReportSheet, paper: PaperSettings) -> Iterator[Piece]:
    drill = sheet.board.drill
    yield grid((pgettext("drill", "Matter"), pgettext("drill", "Content")), facts(sheet.board, paper), (2, 5))
    if drill.aims:
        yield prose(_("Aims: {aims}").format(aims=_("; ").join(drill.aims)))
    if drill.scenario:
        yield prose(_("Scenario: {scenario}").format(scenario=drill.scenario))


def _evaluating(sheet: DrillReportSheet) -> Iterator[Piece]:
    board = sheet.board
    people = _(", ").join(f"{one.name} {one.unit}".strip() for one in board.people if one.role is DrillRole.EVALUATOR) or BLANK
    scored = sum(one.scored for one in board.assessment.aspects)
    yield prose(_("Evaluators: {people}. None of them takes part in the drill.").format(people=people))
    yield prose(_("{scored} items were given points, {others} yes or no or a measured value; {empty} stay empty for want of evidence.").format(
        scored=scored, others=len(board.scores) - scored - len(board.assessment.without_evidence), empty=board.assessment.empty))
    if board.assessment.without_evidence:
        yield prose(_("The entries these items rested on are missing from the log: {items}.").format(
            items=_(", ").join(board.assessment.without_evidence)))


def _measured(sheet: DrillReportSheet) -> Iterator[Piece]:
    board = sheet.board
    yield prose(_("The times are taken from the log of the drill (Annex 1), pauses not counted."))
    yield grid((_("No."), pgettext("drill", "To whom"), pgettext("drill", "Planned"), _("Went out"), pgettext("drill", "Act after"),
                _("Limit"), _("Limit kept")),
               [times_row(times) for times in board.times], (1, 3, 1.5, 2.4, 1.7, 1.5, 1.8))
    yield from timeline(board)
    yield from latencies(board)
    took, (kept, limited) = middle(board.times), kept_limits(board.times)
    if took is not None:
        yield prose(_("Half of the acts came within {time} of the inject.").format(time=minutes_told(took)))
    if limited:
        yield prose(_("{kept} of {all} limits were kept.").format(kept=kept, all=limited))
    for mark in board.marks:
        if mark.step in (DrillStep.PAUSED, DrillStep.STOPPED):
            yield prose(_("{time} {step}: {why}").format(time=clock_time(mark.occurred_at), step=done_words(mark.step), why=mark.text))


def _aspects(sheet: DrillReportSheet, paper: PaperSettings) -> Iterator[Piece]:
    found = sheet.board.assessment
    rows = [(in_paper(one.name, paper), str(one.scored), str(one.points), str(one.most), f"{one.share:.1f} %") for one in found.aspects
            if one.share is not None]
    if not rows or found.share is None or found.advice is None:
        yield prose(_("No item has points yet."))
        return
    rows.append((_("In all"), str(sum(one.scored for one in found.aspects)), str(found.points), str(found.most), f"{found.share:.1f} %"))
    yield grid((_("Aspect"), pgettext("drill", "Items"), pgettext("drill", "Points"), pgettext("drill", "Of"),
                pgettext("drill", "Share")), rows, (5, 1.3, 1.3, 1.3, 1.6))
    yield from aspects(sheet.board, paper)
    yield prose(_("By the share the advice is: {word}.").format(word=label(found.advice)))
    if found.cap is not None:
        yield prose(_("No better word than {word} may be given, because of a serious error or because it was broken off.").format(
            word=label(found.cap.verdict)))
    if sheet.earlier:
        yield Heading(text=_("The same drill over the years"), depth=2, in_contents=False)
        yield from over_the_years((sheet.board, *sheet.earlier[:_MOST_BESIDE]), paper)


def _findings(sheet: DrillReportSheet) -> Iterator[Piece]:
    if not sheet.board.findings:
        yield prose(_("Nothing was found that is to be mended."))
        return
    yield grid((_("No."), _("Problem"), _("Class"), _("Owner"), _("Measure"), _("Money"), _("Due"), _("State")),
               [_finding_row(finding) for finding in sheet.board.findings], (1.5, 2.8, 2.8, 2.1, 2.6, 1.9, 2.4, 2.1))
    yield prose(closure_words(sheet.closure))


def _finding_row(finding: Finding) -> tuple[str, ...]:
    return (finding.number.rpartition("-")[2], finding.problem, label(finding.kind), f"{finding.unit} {finding.owner}".strip() or BLANK,
            finding.measure or BLANK, "—" if finding.funds_yuan is None else number(finding.funds_yuan),
            calendar_day(finding.due_on) if finding.due_on else BLANK, label(finding.state))


def _conclusion(sheet: DrillReportSheet, paper: PaperSettings) -> Iterator[Piece]:
    drill = sheet.board.drill
    if drill.verdict is None:
        yield prose(_("The evaluators have not entered their word yet."))
        yield ToWrite(4)
        return
    yield prose(_("Verdict of the evaluators: {word}.").format(word=label(drill.verdict)))
    yield prose(drill.verdict_words)
    if drill.serious_error:
        yield prose(_("Serious error: {what}").format(what=drill.serious_error))
    yield prose(_("This report is shown to everybody who took part."))
