"""Words of several looks broken into lines: some of a clause's words are strong, and a line ends where it may all the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from emergency_desk.domain.plan_markup import Words
from emergency_desk.reports.blocks import Line, Type, broken, rise, stretch_of, unbreakable, white_of
from emergency_desk.reports.fonts import Face, cleaned
from emergency_desk.reports.page import Booklet


@dataclass(frozen=True, slots=True)
class WordLine:
    """One line with the face of each of its parts."""

    line: Line
    parts: tuple[tuple[str, Face], ...]


def broken_words(words: Words, plain: Face, strong: Face, size: float, measure: float, *, indent: float = 0) -> list[WordLine]:
    """Break words into lines no wider than the measure; the first leaves room for the indent."""
    looks = {run.strong for run in words}
    if len(looks) < 2:
        face = strong if True in looks else plain
        return [WordLine(line, ((line.text, face),)) for line in
                broken("".join(run.words for run in words), face, size, measure, indent=indent)]
    signs = [(sign, strong if run.strong else plain) for run in words for sign in cleaned(run.words)]
    lines: list[WordLine] = []
    for is_break, several in groupby(signs, key=lambda sign: sign[0] == "\n"):
        if not is_break:
            lines += _break(list(several), size, measure, 0 if lines else indent)
    return lines


def _break(signs: list[tuple[str, Face]], size: float, measure: float, indent: float) -> Iterator[WordLine]:
    text = "".join(sign for sign, _face in signs)
    widths = [face.width(sign, size) for sign, face in signs]
    start = at = 0
    used, room = 0.0, measure - indent
    for piece in unbreakable(text):
        end = at + len(piece)
        wide = sum(widths[at:end])
        for last in range(at + 1, end + 1) if wide > measure else (end,):  # what is wider than a line is cut anywhere
            step = sum(widths[at:last])
            if used and used + step - white_of(text[at:last], size) > room and not text[at:last].isspace():
                yield _line(signs[start:at], widths[start:at], size)
                start, used, room = at, 0.0, measure
            used += step
            at = last
    yield _line(signs[start:], widths[start:], size, ends=True)


def _line(signs: list[tuple[str, Face]], widths: list[float], size: float, *, ends: bool = False) -> WordLine:
    while signs and signs[-1][0].isspace():
        signs, widths = signs[:-1], widths[:-1]
    while signs and signs[0][0].isspace():
        signs, widths = signs[1:], widths[1:]
    text = "".join(sign for sign, _face in signs)
    parts = tuple(("".join(sign for sign, _face in several), face) for face, several in
                  ((face, list(group)) for face, group in groupby(signs, key=lambda sign: sign[1])))
    return WordLine(Line(text, sum(widths) - white_of(text, size), ends), parts)


def draw_words(book: Booklet, x: float, y: float, line: WordLine, size: float, *, stretch: float = 0) -> None:
    """Put a line with its base line at y."""
    for text, face in line.parts:
        if text:
            book.line(x, y, text, face, size, stretch=stretch)
            x += face.width(text, size) + stretch * len(text)


def set_words(book: Booklet, lines: list[WordLine], kind: Type, *, indent: float = 0, left: float = 0) -> None:
    """Set a paragraph; neither its first line nor its last stands alone on a page."""
    measure = book.layout.measure - left
    total = len(lines)
    for place, line in enumerate(lines):
        fitting = int(book.room / kind.leading + 0.01)
        rest = total - place
        if fitting < 1 or (place == 0 and fitting == 1 and total > 1) or (rest == 2 == fitting + 1 and place > 0) \
                or (place == 0 and total == 3 and fitting == 2):
            book.turn()
        book.y -= kind.leading
        first = indent if place == 0 else 0
        draw_words(book, book.layout.left + left + first, book.y + rise(kind), line, kind.size,
                   stretch=stretch_of(line.line, measure - first, kind.size))
