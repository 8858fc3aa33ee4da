"""The charts of the daily return: what all shelters held over time, and how full the fullest are. Grey, with words, for any printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from reportlab.pdfgen.canvas import Canvas

from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.domain.shelter_sheets import ReturnLine
from emergency_desk.reports.blocks import broken
from emergency_desk.reports.page import HAIRLINE, Booklet, in_paper
from emergency_desk.wording.catalog import _
from emergency_desk.wording.formats import number, when

_SIZE, _LINE, _HEIGHT, _GAP, _BARS = 7.5, 12.0, 86.0, 22.0, 7
_TRACK, _BAR, _OVER = 0.90, 0.62, 0.12


def chart_of(by_time: Sequence[tuple[datetime, int]], lines: Sequence[ReturnLine], now: datetime,
             paper: PaperSettings) -> Callable[[Booklet], None]:
    """Return what draws both charts where a booklet stands."""
    def draw(book: Booklet) -> None:
        book.need(_HEIGHT + 3 * _LINE)
        left, top, wide = book.layout.left, book.y, (book.layout.measure - _GAP) / 2
        _over_time(book, left, top, wide, by_time, now)
        _fullest(book, left + wide + _GAP, top, wide, lines, paper)
        book.y = top - _HEIGHT - 2.4 * _LINE
    return draw


def _over_time(book: Booklet, left: float, top: float, width: float, by_time: Sequence[tuple[datetime, int]], now: datetime) -> None:
    """Draw the people in all shelters as steps: a count holds until the next one."""
    face, y = book.faces.table, top - _LINE + 3
    book.line(left, y, _("People in all shelters over time"), book.faces.label, _SIZE + 0.5)
    if not by_time:
        book.line(left, y - _LINE, _("nobody was counted yet"), face, _SIZE)
        return
    most = max(heads for _at, heads in by_time) or 1
    margin = max(face.width(number(most), _SIZE), 12) + 5
    base, high, start, end = top - _HEIGHT, _HEIGHT - 1.8 * _LINE, left + margin, left + width - 4
    first, last = by_time[0][0], max(by_time[-1][0], now)
    seconds = max((last - first).total_seconds(), 1)

    def x_of(at: datetime) -> float:
        return start + (end - start) * (at - first).total_seconds() / seconds

    points = [(x_of(at), base + high * heads / most) for at, heads in by_time]
    book.put(_steps(points, base, start, end))
    for value in dict.fromkeys((0, most // 2, most)):
        book.line(start - 4, base + high * value / most - 2.5, number(value), face, _SIZE, align="right")
    book.line(start, base - _LINE + 2, when(first, now=last), face, _SIZE)
    book.line(end, base - _LINE + 2, when(last, now=last), face, _SIZE, align="right")


def _steps(points: Sequence[tuple[float, float]], base: float, start: float, end: float) -> Callable[[Canvas], None]:
    def mark(canvas: Canvas) -> None:
        canvas.saveState()
        path = canvas.beginPath()
        path.moveTo(points[0][0], base)
        before = base
        for x, y in points:
            path.lineTo(x, before)
            path.lineTo(x, y)
            before = y
        path.lineTo(end, before)
        path.lineTo(end, base)
        path.close()
        canvas.setFillGray(_TRACK - 0.08)
        canvas.setStrokeGray(0.25)
        canvas.setLineWidth(1)
        canvas.drawPath(path, stroke=1, fill=1)
        canvas.setLineWidth(HAIRLINE * 2)
        canvas.line(start, base, end, base)
        canvas.restoreState()
    return mark


def _fullest(book: Booklet, left: float, top: float, width: float, lines: Sequence[ReturnLine], paper: PaperSettings) -> None:
    """Draw how full the fullest are; a bar ends where its places end, what is above them is black and told."""
    face, y = book.faces.table, top - _LINE + 3
    book.line(left, y, _("The fullest, in per cent of their places"), book.faces.label, _SIZE + 0.5)
    known = [(line.occupancy.share, line) for line in lines if line.occupancy.share is not None and not line.is_closed]
    known = sorted(known, key=lambda pair: -(pair[0] or 0))[:_BARS]
    if not known:
        book.line(left, y - _LINE, _("no shelter says how many places it has"), face, _SIZE)
        return
    told = [_told(share or 0, line) for share, line in known]
    start, end = left + 0.42 * width, left + width - max(face.width(words, _SIZE) for words in told) - 10
    for (share, line), words in zip(known, told, strict=True):
        y -= _LINE
        part = min(1.0, (share or 0) / 100)
        name = broken(in_paper(line.name, paper), face, _SIZE, 0.40 * width)[0].text
        book.line(left, y, name, face, _SIZE)
        book.put(_bar(start, y, end - start, part, _OVER if (share or 0) > 100 else _BAR))
        book.line(left + width, y, words, book.faces.label if (share or 0) > 100 else face, _SIZE, align="right")


def _told(share: int, line: ReturnLine) -> str:
    return _("{share}% · {heads} of {places}").format(share=share, heads=number(line.occupancy.heads),
                                                      places=number(line.occupancy.capacity or 0))


def _bar(x: float, y: float, width: float, part: float, grey: float) -> Callable[[Canvas], None]:
    def mark(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFillGray(_TRACK)
        canvas.rect(x, y - 0.5, width, 6, stroke=0, fill=1)
        canvas.setFillGray(grey)
        canvas.rect(x, y - 0.5, width * part, 6, stroke=0, fill=1)
        canvas.restoreState()
    return mark
