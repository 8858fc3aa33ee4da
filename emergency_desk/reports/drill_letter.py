"""The letter that reports a drill upward (演练总结上报函), and the rectification ledger of one drill (整改台账)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from emergency_desk.domain.drill_scoring import kept_limits, middle
from emergency_desk.domain.drill_sheets import DrillLedgerSheet, DrillLetterSheet
from emergency_desk.domain.drills import DrillState
from emergency_desk.domain.recovery import Finding, FindingState
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.reports.document import Document, Entries, Piece, Setting, grid, prose, setting_for, words
from emergency_desk.reports.drill_words import BLANK, closure_words, heading_lines, sentences
from emergency_desk.reports.page import TABLE, in_paper
from emergency_desk.wording.catalog import _, ngettext, pgettext
from emergency_desk.wording.formats import calendar_day, local, minutes_told, number, written_date
from emergency_desk.wording.labels import label

_TABLE = Setting(size=11, leading=16, indent=0, gap=4, cell=9, cell_leading=12.5)


def letter(sheet: DrillLetterSheet, paper: PaperSettings) -> Document:
    """Return the letter in words of the language being spoken."""
    drill = sheet.board.drill
    title = _("Report on the drill “{title}”").format(title=drill.title)
    return Document(title=title, heading=(drill.number,), pieces=tuple(_letter(sheet, paper)), subject=drill.number,
                    running=f"{_('Summary letter')} {drill.number}", setting=replace(setting_for(paper.language), cell=10.5, cell_leading=15))


def _letter(sheet: DrillLetterSheet, paper: PaperSettings) -> Iterator[Piece]:
    board, drill = sheet.board, sheet.board.drill
    yield prose(_("To: {blank}").format(blank=BLANK))
    yield prose(sentences(_course(sheet, paper)))
    yield prose(sentences(_measured(sheet)))
    if drill.verdict is not None:
        yield prose(_("Verdict of the evaluators ({who}): {word}. {words}").format(who=drill.verdict_by, word=label(drill.verdict),
                                                                              words=drill.verdict_words))
    else:
        yield prose(_("The evaluators have not entered their word yet."))
    if board.findings:
        yield prose(_("These problems were found and are being mended:"))
        yield Entries(tuple(words(_finding(one)) for one in board.findings))
        yield prose(closure_words(sheet.closure))
    else:
        yield prose(_("Nothing was found that is to be mended."))
    yield prose(_("The evaluation report and the rectification ledger are enclosed."))
    yield grid((), ((in_paper(sheet.imprint.desk, paper), written_date(local(sheet.imprint.printed_at).date())),
                    (_("Signed by"), ""), (_("Telephone"), "")), (4, 4), least=28)


def _course(sheet: DrillLetterSheet, paper: PaperSettings) -> Iterator[str]:
    board, drill = sheet.board, sheet.board.drill
    yield _("On {day} the drill “{title}” ({kind}) was held at {place}.").format(
        day=written_date(local(drill.started_at or drill.planned_at).date()), title=drill.title, place=drill.place or BLANK,
        kind=_(", ").join(label(one) for one in (drill.form, drill.scope, drill.purpose)))
    if drill.plan_code:
        yield _("It rehearsed the plan “{plan}”, version {version}.").format(plan=in_paper(board.plan_title, paper), version=drill.plan_version)
    if drill.state is DrillState.STOPPED or (drill.counted_heads is None and drill.ended_at is not None):
        yield _("It was broken off.")
    if drill.counted_heads is not None:
        yield _("{count} people took part and were counted.").format(count=number(drill.counted_heads))


def _measured(sheet: DrillLetterSheet) -> Iterator[str]:
    board = sheet.board
    out = sum(one.released_at is not None for one in board.injects)
    yield ngettext("{out} of {count} inject went out.", "{out} of {count} injects went out.", len(board.injects)).format(
        out=out, count=len(board.injects))
    kept, limited = kept_limits(board.times)
    if limited:
        yield _("{kept} of {all} limits were kept.").format(kept=kept, all=limited)
    took = middle(board.times)
    if took is not None:
        yield _("Half of the acts came within {time} of the inject.").format(time=minutes_told(took))
    found = board.assessment
    if found.share is not None:
        yield _("By the points of AQ/T 9009-2015 it reached {points} of {most} ({share} %).").format(
            points=found.points, most=found.most, share=f"{found.share:.1f}")


def _finding(finding: Finding) -> str:
    owner = f"{finding.unit} {finding.owner}".strip() or BLANK
    due = calendar_day(finding.due_on) if finding.due_on else BLANK
    return _("{problem}: {measure}; {owner}, by {due} ({state})").format(
        problem=finding.problem, measure=finding.measure or BLANK, owner=owner, due=due, state=label(finding.state))


# -- the ledger --------------------------------------------------------------------------------------------------------
def ledger(sheet: DrillLedgerSheet, paper: PaperSettings) -> Document:
    """Return the ledger in words of the language being spoken."""
    title, drill = _("Rectification ledger of a drill"), sheet.board.drill
    return Document(title=title, heading=(*heading_lines(sheet.board), closure_words(sheet.closure)), pieces=tuple(_ledger(sheet)),
                    subject=drill.number, running=f"{title} {drill.number}", setting=_TABLE, layout=TABLE)


def _ledger(sheet: DrillLedgerSheet) -> Iterator[Piece]:
    if not sheet.board.findings:
        yield prose(_("Nothing was found that is to be mended."))
        return
    day = local(sheet.imprint.printed_at).date()
    rows = []
    for one in sheet.board.findings:
        due = calendar_day(one.due_on) if one.due_on else BLANK
        if one.is_late_on(day):
            due = _("{day} ▲ late").format(day=due)
        clause = _("{problem} (clause {clause})").format(problem=one.problem, clause=one.clause) if one.clause else one.problem
        rows.append((one.number.rpartition("-")[2], clause, label(one.kind), f"{one.unit} {one.owner}".strip() or BLANK, one.measure or BLANK,
                     "—" if one.funds_yuan is None else number(one.funds_yuan), due, one.interim or "—", one.verifier or BLANK, _state(one)))
    yield grid((_("No."), _("Problem"), _("Class"), _("Owner"), _("Measure"), pgettext("ledger", "Money (yuan)"), _("Due"), _("Until then"),
                _("Verified by"), _("State and evidence")), rows, (1.3, 4.1, 2.1, 2.2, 3.5, 1.7, 2.1, 2.1, 1.7, 2.9))


def _state(finding: Finding) -> str:
    told = label(finding.state)
    if finding.state is FindingState.VERIFIED and finding.verified_at is not None:
        told = _("{state} {day}").format(state=told, day=calendar_day(local(finding.verified_at).date()))
    return "\n".join(part for part in (told, finding.evidence) if part)
