"""Pieces that papers are built of: broken lines, paragraphs, facts with their names, marks every paper bears.

Lines break as Chinese and English both ask: between any two Chinese characters, but no closing mark begins a line and no
opening mark ends one (GB/T 15834-2011), and no English word is cut that fits a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from emergency_desk.domain.sheets import Imprint, PaperSettings
from emergency_desk.reports.fonts import Face, cleaned
from emergency_desk.reports.page import RULE, THICK, Booklet, in_paper
from emergency_desk.wording.catalog import _
from emergency_desk.wording.formats import date_time

_NEVER_FIRST = "，。、；：？！）》〉」』】〕’”…—·～％℃,.;:?!)]}%"
_NEVER_LAST = "（《〈「『【〔‘“([{"
_HALF_EMPTY = frozenset("，。、；：）》〉」』】〕")  # marks whose right half is white: at a line's end it may stand in the margin
DRILL = "演练　DRILL"  # in both languages on every paper
_WHITE = 0.45  # em
# What a line of a title never begins with, and the words titles are made of (GB/T 9704-2012 7.3.1: a title breaks between whole words).
_ENDS_OF_NAMES = frozenset("区县镇乡村的")
_TITLE_WORDS = frozenset((
    "街道", "社区", "现场", "指挥", "挥部", "应急", "响应", "火灾", "建筑", "事故", "事件", "突发", "情况", "报告", "通知", "预案", "成立",
    "启动", "终止", "调整", "演练", "评估", "总结", "救援", "物资", "转移", "安置", "森林", "地震", "台风"))
# A space; a word of letters and digits with what clings to it; or one character of any other script.
_PIECES = re.compile(r"\s|[0-9A-Za-z\u00c0-\u024f'’.,:;!?%@#&+*=/_~<>()\[\]\u2011$\"\u00a0≈-]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """One broken line: its text, how wide it looks, and whether a paragraph ends with it."""

    text: str
    width: float
    ends: bool


def broken(text: str, face: Face, size: float, measure: float, *, indent: float = 0) -> list[Line]:
    """Break typed text into lines no wider than the measure; the first of each paragraph leaves room for the indent."""
    lines: list[Line] = []
    for paragraph in cleaned(text).split("\n"):
        lines += _break_paragraph(paragraph.rstrip(), face, size, measure, indent)
    return lines


def _break_paragraph(text: str, face: Face, size: float, measure: float, indent: float) -> list[Line]:
    whole = face.width(text, size)
    if whole <= measure - indent:
        return [Line(text, whole, ends=True)]
    lines: list[Line] = []
    here, used, room = "", 0.0, measure - indent
    for piece, width in _pieces(text, face, size, measure):
        is_beside = bool(here) or room < measure  # beside a name that runs in, the first line may stay empty
        if is_beside and used + width - white_of(piece, size) > room and not piece.isspace():
            lines.append(_line(here, face, size))
            here, used, room = "", 0.0, measure
        if here or not piece.isspace() or not lines:
            here, used = here + piece, used + width
    return [*lines, _line(here, face, size, ends=True)]


def _line(text: str, face: Face, size: float, *, ends: bool = False) -> Line:
    text = text.rstrip()
    return Line(text, face.width(text, size) - white_of(text, size), ends)


def white_of(text: str, size: float) -> float:
    """Return how much of a line's last mark is white, and may stand in the margin."""
    return _WHITE * size if text[-1:] in _HALF_EMPTY else 0


def _pieces(text: str, face: Face, size: float, measure: float) -> Iterable[tuple[str, float]]:
    """Yield what must stay on one line, with its width: opening marks with what follows, closing marks with what went before."""
    for piece in unbreakable(text):
        yield from _cut(piece, face, size, measure)


def unbreakable(text: str) -> Iterator[str]:
    """Yield the pieces of a text between which a line may end."""
    held = ""
    for match in _PIECES.finditer(text):
        piece = match.group()
        clings = held and (piece[0] in _NEVER_FIRST or held[-1] in _NEVER_LAST) and not piece.isspace()
        if held and not clings:
            yield held
            held = ""
        held += piece
    if held:
        yield held


def _cut(piece: str, face: Face, size: float, measure: float) -> Iterable[tuple[str, float]]:
    """Yield the piece, or its characters when it is wider than a whole line."""
    width = face.width(piece, size)
    return ((piece, width),) if width <= measure else [(sign, face.width(sign, size)) for sign in piece]


def stretch_of(line: Line, measure: float, size: float) -> float:
    """Return the points to add after each character so that a Chinese line ends flush; 0 for last lines and ragged ones."""
    gap = measure - line.width
    if line.ends or gap <= 0.05 or gap > 0.12 * size * len(line.text):
        return 0
    chinese = sum(sign > "\u2e80" for sign in line.text)
    return gap / (len(line.text) - 1) if 2 * chinese >= len(line.text) else 0


@dataclass(frozen=True, slots=True)
class Type:
    """A face at a size, with the distance from base line to base line, in points."""

    face: Face
    size: float
    leading: float


def balanced(text: str, kind: Type, measure: float) -> list[Line]:
    """Break a title into as few lines as it needs, the lines about as long as one another and no word parted (GB/T 9704 7.3.1)."""
    lines = broken(text, kind.face, kind.size, measure)
    if len(lines) == 1:
        return lines
    narrow, evened = kind.face.width(text, kind.size) / len(lines), []
    while narrow < measure:
        found = broken(text, kind.face, kind.size, narrow)
        if len(found) <= len(lines):
            evened.append(found)
        narrow += kind.size / 2
    return next((each for each in evened if _keeps_words(each)), evened[0] if evened else lines)


def _keeps_words(lines: Sequence[Line]) -> bool:
    """Say whether no line of a title begins within a word: with the end of a place's name, or with the second half of a word titles have."""
    return not any(after.text[:1] in _ENDS_OF_NAMES or before.text[-1:] + after.text[:1] in _TITLE_WORDS for before, after in pairwise(lines))


def paragraph(book: Booklet, text: str, kind: Type, *, indent: float = 0) -> None:
    """Set a text over the whole type area, its lines flush; it flows on to a new page where it must."""
    measure = book.layout.measure
    starts = True
    for line in broken(text, kind.face, kind.size, measure, indent=indent):
        first = indent if starts else 0
        set_line(book, book.layout.left + first, line, kind, measure - first)
        starts = line.ends


def set_line(book: Booklet, x: float, line: Line, kind: Type, measure: float) -> None:
    """Set one line in the next leading of the page, or of a new page."""
    if book.room < kind.leading:
        book.turn()
    book.y -= kind.leading
    book.line(x, book.y + rise(kind), line.text, kind.face, kind.size, stretch=stretch_of(line, measure, kind.size))


def rise(kind: Type) -> float:
    """Return how far above the foot of its leading a base line stands, so that the letters stand in the middle."""
    return (kind.leading - kind.size) / 2 + 0.13 * kind.size


def facts(book: Booklet, rows: Iterable[tuple[str, str]], label: Type, value: Type, *, label_width: float, to_write: int = 1) -> None:
    """Set facts with their names at the left and hairlines between; an unknown one is a line to fill by hand, or several."""
    x, measure = book.layout.left + label_width, book.layout.measure - label_width
    pad = value.leading * 0.18
    book.rule(book.y, thick=RULE)
    for name, text in rows:
        book.need(value.leading + 2 * pad)
        book.y -= pad
        book.line(book.layout.left, book.y - value.leading + rise(value), name, label.face, label.size)
        if text.strip():
            for line in broken(text.strip(), value.face, value.size, measure):
                page = book.pages
                set_line(book, x, line, value, measure)
                if book.pages > page:  # the fact goes on here, and so does its name
                    book.line(book.layout.left, book.y + rise(value), name, label.face, label.size)
        else:
            book.need(to_write * value.leading)
            for _number in range(to_write):
                book.y -= value.leading
                to_fill(book, x, book.y + rise(value), measure)
        book.y -= pad
        if text.strip():
            book.rule(book.y)
    book.rule(book.y, thick=RULE)


def to_fill(book: Booklet, x: float, y: float, width: float) -> None:
    """Put a line to be written on by hand; a row of low lines, so that it is read as such in the text of the file too."""
    face = book.faces.table
    book.line(x, y - 1.5, "_" * max(4, int(width / face.width("_", 9))), face, 9)


def unbroken(text: str) -> str:
    """Return a text that stays on one line, such as a time or a figure with its unit."""
    return text.replace(" ", "\u00a0")


def known_or_line(text: str, length: int = 12) -> str:
    """Return a fact, or a line to fill by hand in its place."""
    return text.strip() or "_" * length


def exercise_mark(book: Booklet, page: int) -> None:
    """Put the mark of a drill on a page, in both languages on every paper, and framed, so that it outlives any copier (R-0.5)."""
    words, face, size = DRILL, book.faces.label, 18.0
    width, middle, y = face.width(words, size) + 24, book.layout.width / 2, book.layout.height - 0.55 * book.layout.top_margin
    book.box(middle - width / 2, y - 6, width, 28, thick=THICK, page=page)
    book.line(middle, y + 1.5, words, face, size, page=page, align="middle")


def small_print(book: Booklet, page: int, imprint: Imprint, paper: PaperSettings, *, is_exercise: bool, y: float) -> None:
    """Put what every paper bears at the foot of a page."""
    for place, line in enumerate(imprint_lines(imprint, paper, is_exercise=is_exercise)):
        book.line(book.layout.left, y - place * 10, line, book.faces.table, 7.5, page=page)


def imprint_lines(imprint: Imprint, paper: PaperSettings, *, is_exercise: bool) -> tuple[str, str]:
    """Return when and by whom a paper was printed, and whether it is for a drill and the people on it are invented."""
    printed = _("Printed {time}").format(time=date_time(imprint.printed_at))
    if imprint.printed_by:
        printed = _("Printed {time} by {name}").format(time=date_time(imprint.printed_at), name=in_paper(imprint.printed_by, paper))
    notes = []
    if is_exercise:
        notes.append(_("For a drill only: nobody acts on it in earnest."))
    if imprint.is_demo:
        notes.append(_("Demo data: people and teams are invented."))
    return printed, "  ·  ".join(notes)
