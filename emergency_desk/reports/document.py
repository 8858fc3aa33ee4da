"""A long document in words, apart from how it is set: cover, headings, text, lists and tables. `document_pdf` and `document_docx` set it.

Levels of headings as GB/T 9704-2012, 7.3.3 has them: the first in 黑体, the second in 楷体, further ones in the face of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from emergency_desk.domain import plan_markup
from emergency_desk.domain.plan_markup import Run, Words, blocks_of
from emergency_desk.reports.page import LETTER, Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The sizes of a document in points: text, its leading, the indent of a paragraph and the space above it."""

    size: float
    leading: float
    indent: float
    gap: float = 0
    cell: float = 10.5
    cell_leading: float = 15.0


# 3号 in 22 lines of 28 characters on 225 mm (GB/T 9704-2012, 5.2.3). The standard sets Chinese; English takes the size of a book.
CHINESE = Setting(size=16, leading=28.95, indent=32)
ENGLISH = Setting(size=12, leading=18, indent=0, gap=5, cell=9.5, cell_leading=13.0)


BELOW_NOTE = 5.0  # points
_FOOT_EMS = 40.0


def setting_for(language: str) -> Setting:
    """Return how a document of a language is set."""
    return CHINESE if language.startswith("zh") else ENGLISH


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading; `above` is a word over it ("Annex 1"), `tag` a small word behind it. One that `starts_page` opens a new page."""

    text: str
    depth: int = 1
    above: str = ""
    tag: str = ""
    starts_page: bool = False
    in_contents: bool = True

    @property
    def entry(self) -> str:
        """Return what stands in the contents."""
        return f"{self.above}\u3000{self.text}" if self.above else self.text


@dataclass(frozen=True, slots=True)
class Prose:
    """One paragraph; `is_note` sets it small."""

    words: Words
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Entries:
    """A list, one entry after another."""

    entries: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with lines around its cells; `shares` are the widths of its columns as parts of the whole, empty where the cells decide.

    `least` is the least height of a row in points, where somebody is to write by hand. One that is `whole` stays on a page if a page holds it.
    """

    heads: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    shares: tuple[float, ...] = ()
    least: float = 0
    whole: bool = False


@dataclass(frozen=True, slots=True)
class ToWrite:
    """Lines to be written on by hand."""

    lines: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: its words, its value in words, where it starts and how long it is as shares of the scale; `tick`: planned or allowed."""

    label: str
    value: str
    start: float = 0
    length: float = 0
    tick: float | None = None
    is_over: bool = False  # beyond what was planned or allowed


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of bars, with the words at both ends of its scale."""

    title: str
    bars: tuple[Bar, ...]
    begins: str = ""
    ends: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture (JPEG) with its size in pixels, set no wider than the measure and no higher than `most_high` points; `caption` below it."""

    content: bytes
    width: int
    height: int
    caption: str = ""
    most_high: float = 230

    def size_on(self, measure: float) -> tuple[float, float]:
        """Return how wide and high it is set, in points: never larger than 150 points an inch of it would be."""
        scale = min(measure / self.width, self.most_high / self.height, 72 / 100)
        return self.width * scale, self.height * scale


Piece = Heading | Prose | Entries | Grid | ToWrite | Bars | Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The first page: small lines at the top, the title, lines below it, a frame that warns, and a table to be signed."""

    title: str
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    warning: str = ""
    facts: tuple[tuple[str, str], ...] = ()  # an unknown one is left to be filled in by hand
    ends: tuple[str, ...] = ()  # who issued it, and when


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document whole. `running` stands at the foot of every page, `mark` at its head."""

    title: str
    pieces: tuple[Piece, ...]
    cover: Cover | None = None
    heading: tuple[str, ...] = ()  # lines below the title where there is no cover
    contents: str = ""  # the heading of the contents; empty for none
    running: str = ""
    mark: str = ""
    subject: str = ""
    setting: Setting = field(default=CHINESE)
    layout: Layout = LETTER

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Return the headings that stand in the contents."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Heading) and piece.in_contents)


def shortly(text: str) -> str:
    """Return a title as it stands at the foot of a page: as much of it as a line of small print holds."""
    room = _FOOT_EMS
    for place, sign in enumerate(text):
        room -= 1 if sign > "\u2e80" else 0.55
        if room < 0:
            return f"{text[:place].rstrip()}…"
    return text


def words(text: str, *, strong: bool = False) -> Words:
    """Return plain text as words."""
    return (Run(text, strong),) if text else ()


def prose(text: str, *, is_note: bool = False) -> Prose:
    """Return plain text as a paragraph."""
    return Prose(words(text), is_note)


def grid(heads: Iterable[str], rows: Iterable[Iterable[str]], shares: tuple[float, ...] = (), *, least: float = 0,
         whole: bool = False) -> Grid:
    """Return a table of plain text."""
    return Grid(tuple(map(words, heads)), tuple(tuple(map(words, row)) for row in rows), shares, least, whole)


def body_pieces(text: str) -> Iterator[Piece]:
    """Yield what a body of a clause is written of."""
    for block in blocks_of(text):
        if isinstance(block, plan_markup.Paragraph):
            yield Prose(block.words)
        elif isinstance(block, plan_markup.Entries):
            yield Entries(block.entries)
        else:
            yield Grid(block.rows[0], block.rows[1:])
