"""The same drill over the years (历次演练对比): word, share, times and aspects side by side, the newest at the left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from emergency_desk.domain.drill_boards import DrillBoard
from emergency_desk.domain.drill_scoring import kept_limits, middle
from emergency_desk.domain.drill_sheets import DrillYearsSheet
from emergency_desk.domain.mending import closure
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.reports.document import Bar, Bars, Document, Heading, Piece, Setting, grid, prose
from emergency_desk.reports.page import FORM, TABLE, in_paper
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.formats import calendar_day, local, minutes_told, number
from emergency_desk.wording.labels import label

_WIDE = 4  # so many drills side by side still stand upright
_SETTING = Setting(size=11, leading=16, indent=0, gap=4, cell=9.5, cell_leading=13)


def document_of(sheet: DrillYearsSheet, paper: PaperSettings) -> Document:
    """Return the comparison in words of the language being spoken."""
    drill, boards = sheet.board.drill, (sheet.board, *sheet.earlier)
    title = _("The same drill over the years")
    plan = f"{in_paper(sheet.board.plan_title, paper)}".strip() or drill.title
    return Document(title=title, heading=(plan,), pieces=tuple(pieces(boards, paper)),
                    subject=drill.number, running=f"{title} {drill.number}", setting=_SETTING, layout=FORM if len(boards) <= _WIDE else TABLE)


def pieces(boards: Sequence[DrillBoard], paper: PaperSettings) -> Iterator[Piece]:
    """Yield drills side by side, the newest first: what they came to, their aspects, and how many findings are mended."""
    heads = tuple(_head(one) for one in boards)
    if len(boards) == 1:
        yield prose(_("No earlier drill of this plan was evaluated at this desk; the next one is compared with this."))
    yield grid((_("What is compared"), *heads), list(_figures(boards)), (3, *(2.0 for _one in boards)))
    rows = list(_aspects(boards, paper))
    if rows:
        yield Heading(text=_("Share of the points by aspect"), depth=2, in_contents=False)
        yield grid((_("Aspect"), *heads), rows, (3, *(2.0 for _one in boards)))
    shares = [(board, board.assessment.share) for board in boards if board.assessment.share is not None]
    if len(shares) > 1:
        yield Bars(_("Share of the points"), tuple(
            Bar(label=_head(board).replace("\n", " "), value=f"{share:.1f} %", length=share / 100) for board, share in shares), "0", "100 %")


def _head(board: DrillBoard) -> str:
    return f"{calendar_day(local(board.drill.started_at or board.drill.planned_at).date())}\n{board.drill.number.rpartition('-')[2]}"


def _figures(boards: Sequence[DrillBoard]) -> Iterator[tuple[str, ...]]:
    yield pgettext("drill", "Form"), *(label(one.drill.form) for one in boards)
    yield pgettext("drill", "Heads"), *("—" if one.drill.counted_heads is None else number(one.drill.counted_heads) for one in boards)
    yield _("Verdict of the evaluators"), *(label(one.drill.verdict) if one.drill.verdict is not None else "—" for one in boards)
    yield _("Share of the points"), *("—" if one.assessment.share is None else f"{one.assessment.share:.1f} %" for one in boards)
    yield _("Limits kept"), *(_kept(one) for one in boards)
    yield _("Half of the acts within"), *("—" if (took := middle(one.times)) is None else minutes_told(took) for one in boards)
    yield _("Findings, of them verified"), *(_found(one) for one in boards)


def _kept(board: DrillBoard) -> str:
    kept, limited = kept_limits(board.times)
    return _("{kept} of {all}").format(kept=kept, all=limited) if limited else "—"


def _found(board: DrillBoard) -> str:
    day = local(board.drill.ended_at or board.drill.planned_at).date()
    counted = closure(board.findings, today=day)
    return _("{total}, {closed} verified").format(total=counted.total, closed=counted.closed) if counted.total else "0"


def _aspects(boards: Sequence[DrillBoard], paper: PaperSettings) -> Iterator[tuple[str, ...]]:
    """Yield the aspects of one form that any of the drills has points for; a drill of the other form has none of them."""
    for aspect in boards[0].assessment.aspects:
        shares = [next((one.share for one in board.assessment.aspects if one.id == aspect.id), None) for board in boards]
        if any(share is not None for share in shares):
            yield in_paper(aspect.name, paper), *("—" if share is None else f"{share:.0f} %" for share in shares)
