"""The chart of the stock report: how far the targets met least are met, each kind of reserve in a panel of its own with its own bars.

Bars are parts of a target, so that nothing of different units is compared. Grey, with words, for a printer without colours.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportlab.pdfgen.canvas import Canvas

from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.domain.stock_sheets import TargetBar
from emergency_desk.domain.supplies import ReserveKind
from emergency_desk.reports.fonts import Face
from emergency_desk.reports.page import HAIRLINE, Booklet, in_paper
from emergency_desk.wording.catalog import _
from emergency_desk.wording.formats import number
from emergency_desk.wording.labels import label

_SIZE, _LINE, _GAP, _BAR = 7.5, 12.0, 16.0, 6.0
_NAME, _FIGURES = 0.31, 0.44  # parts of a panel: the item's name, and the figures at the right
_TRACK, _MET, _SHORT, _BELOW = 0.90, 0.66, 0.42, 0.08  # greys
_LEGEND = ((_BELOW, "below"), (_SHORT, "short"), (_MET, "met"))


def chart_of(bars: Sequence[TargetBar], paper: PaperSettings) -> Callable[[Booklet], None]:
    """Return what draws the chart where a booklet stands."""
    def draw(book: Booklet) -> None:
        kinds = [kind for kind in ReserveKind if any(bar.kind is kind for bar in bars)]
        width = (book.layout.measure - 2 * _GAP) / 3
        lines = max(sum(bar.kind is kind for bar in bars) for kind in kinds)
        book.need((lines + 3) * _LINE)
        top = book.y
        for place, kind in enumerate(ReserveKind):
            some = [bar for bar in bars if bar.kind is kind]
            _panel(book, book.layout.left + place * (width + _GAP), top, width, kind, some, paper)
        book.y = top - (lines + 1) * _LINE
        _legend(book)
        book.y -= 8
    return draw


def _panel(book: Booklet, left: float, top: float, width: float, kind: ReserveKind, bars: Sequence[TargetBar], paper: PaperSettings) -> None:
    """Draw the bars of one kind of reserve."""
    face, y = book.faces.table, top - _LINE + 3
    book.line(left, y, _("{kind}: held against target").format(kind=label(kind)), book.faces.label, _SIZE + 0.5)
    if not bars:
        book.line(left, y - _LINE, _("no target set"), face, _SIZE)
    start, end = left + _NAME * width, left + (1 - _FIGURES) * width - 4
    for bar in bars:
        y -= _LINE
        part = bar.held / bar.target
        book.line(left, y, _short_of(in_paper(bar.item, paper), face, _NAME * width - 4), face, _SIZE)
        book.put(_bar(start, y, end - start, min(1.0, part), _BELOW if bar.held < bar.minimum else _SHORT if part < 1 else _MET))
        told = _("{held} of {target} {unit}, {part}%").format(held=number(bar.held), target=number(bar.target), unit=bar.unit,
                                                             part=bar.held * 100 // bar.target)
        book.line(left + width, y, told, book.faces.label if bar.held < bar.minimum else face, _SIZE, align="right")


def _bar(x: float, y: float, width: float, part: float, grey: float) -> Callable[[Canvas], None]:
    def mark(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFillGray(_TRACK)
        canvas.rect(x, y - 0.5, width, _BAR, stroke=0, fill=1)
        canvas.setFillGray(grey)
        canvas.rect(x, y - 0.5, width * part, _BAR, stroke=0, fill=1)
        canvas.setLineWidth(HAIRLINE * 2)
        canvas.line(x + width, y - 2, x + width, y + _BAR + 1)
        canvas.restoreState()
    return mark


def _legend(book: Booklet) -> None:
    words = {"below": _("below the minimum"), "short": _("below the target"), "met": _("met")}
    x, y, face = book.layout.left, book.y - _LINE + 3, book.faces.table
    for grey, name in _LEGEND:
        book.put(_square(x, y, grey))
        book.line(x + 10, y, words[name], face, _SIZE)
        x += 10 + face.width(words[name], _SIZE) + 14
    book.line(x, y, _("The line at the end of a bar is the target; those met least are shown."), face, _SIZE)
    book.y -= _LINE


def _square(x: float, y: float, grey: float) -> Callable[[Canvas], None]:
    def mark(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFillGray(grey)
        canvas.rect(x, y - 0.5, 7, _BAR, stroke=0, fill=1)
        canvas.restoreState()
    return mark


def _short_of(text: str, face: Face, width: float) -> str:
    """Return a name that fits, with its end cut where it is too long."""
    if face.width(text, _SIZE) <= width:
        return text
    while text and face.width(f"{text}…", _SIZE) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"
