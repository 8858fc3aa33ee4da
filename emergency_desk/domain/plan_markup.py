"""The small markup that bodies of clauses are written in: paragraphs, lists, tables, and words that are set strong.

One line is one paragraph. A line that begins with "- " is an entry of a list. A line "| a | b |" is a row of a table, and the first row is its
head; "<br>" inside a cell breaks its line. "**words**" are strong. A backslash before "*", "|", "-", "<" or itself takes the meaning away. Plain
text means itself, so every older body stays what it was. Told to planners in plans/README.md; drawn by the reader, the editor and the papers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

_STRONG, _BREAK, _ENTRY, _BAR = "**", "<br>", "- ", "|"
_TOKEN = re.compile(r"\\([\\*|<-])|(\*\*)|(<br>)")
_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look. A line break stands in them only within a cell of a table."""

    words: str
    strong: bool = False


Words = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of text."""

    words: Words


@dataclass(frozen=True, slots=True)
class Entries:
    """A list, one entry after another."""

    entries: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the first row the head."""

    rows: tuple[tuple[Words, ...], ...]

    @property
    def columns(self) -> int:
        """Return how many columns the widest row has."""
        return max((len(row) for row in self.rows), default=0)


Block = Paragraph | Entries | Table


# -- text to blocks ---------------------------------------------------------------------------------------------------
def blocks_of(text: str) -> tuple[Block, ...]:
    """Read a body; every text can be read."""
    found: list[Block] = []
    for kind, lines in groupby(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), key=_kind):
        if kind is Entries:
            found.append(Entries(tuple(_read(line.strip()[len(_ENTRY):]) for line in lines)))
        elif kind is Table:
            found.append(Table(tuple(_row(line.strip()) for line in lines)))
        elif kind is Paragraph:
            found += [Paragraph(_read(line)) for line in lines]
    return tidy(found)


def _kind(line: str) -> type[Block] | None:
    line = line.strip()
    if not line:
        return None
    if line.startswith(_ENTRY):
        return Entries
    return Table if _is_row(line) else Paragraph


def _is_row(line: str) -> bool:
    return len(line) > 1 and line.startswith(_BAR) and len(_split(line)) > 2 and not _split(line)[-1]


def _split(line: str) -> list[str]:
    """Split at the bars that no backslash guards."""
    parts, start, at = [], 0, 0
    while at < len(line):
        if line[at] == "\\":
            at += 2
            continue
        if line[at] == _BAR:
            parts.append(line[start:at])
            start = at + 1
        at += 1
    return [*parts, line[start:]]


def _row(line: str) -> tuple[Words, ...]:
    return tuple(_read(cell, in_cell=True) for cell in _split(line)[1:-1])


def _read(text: str, *, in_cell: bool = False) -> Words:
    """Read the words of one line: a pair of marks with something between them is strong, a lone one means itself."""
    pieces = list(_pieces(text, in_cell))
    runs: list[Run] = []
    strong = False
    for at, piece in enumerate(pieces):
        if piece is not None:
            runs.append(Run(piece, strong))
        elif strong:
            strong = False
        elif pieces[at + 1:at + 2] not in ([], [None]) and None in pieces[at + 2:at + 3]:
            strong = True
        else:
            runs.append(Run(_STRONG))
    return tuple(runs)


def _pieces(text: str, in_cell: bool) -> Iterator[str | None]:
    """Give the words between the marks, and None for each mark."""
    kept, start = "", 0
    for token in _TOKEN.finditer(text):
        kept += text[start:token.start()]
        start = token.end()
        if token.group(2):
            if kept:
                yield kept
            yield None
            kept = ""
        else:
            kept += token.group(1) or ("\n" if in_cell else _BREAK)
    kept += text[start:]
    if kept:
        yield kept


# -- blocks to text ---------------------------------------------------------------------------------------------------
def text_of(blocks: Iterable[Block]) -> str:
    """Write blocks; reading the text gives the tidy blocks again."""
    lines: list[str] = []
    before: Block | None = None
    for block in tidy(blocks):
        if isinstance(block, Table) and isinstance(before, Table):
            lines.append("")  # else the two would be one
        lines += _lines(block)
        before = block
    return "\n".join(lines)


def _lines(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        return [_guarded(_written(block.words))]
    if isinstance(block, Entries):
        return [_ENTRY + _written(entry) for entry in block.entries]
    return ["| " + " | ".join(_written(cell, in_cell=True) for cell in row) + " |" for row in block.rows]


def _guarded(line: str) -> str:
    """Take the meaning from a first sign that would make a paragraph something else."""
    return "\\" + line if line.startswith((_ENTRY, _BAR)) else line


def _written(words: Words, *, in_cell: bool = False) -> str:
    parts = []
    for run in words:
        text = _escaped(run.words, in_cell)
        parts.append(f"{_STRONG}{text}{_STRONG}" if run.strong else text)
    return "".join(parts)


def _escaped(words: str, in_cell: bool) -> str:
    """Guard what would be read as a mark: stars that touch another or the edge of the run, a backslash before a sign, bars in cells."""
    words = re.sub(r"\\(?=[\\*|<\n-]|$)", r"\\\\", words)
    words = re.sub(r"\*(?=\*|$)|(?:(?<=\*)|^)\*", r"\\*", words)
    if in_cell:
        return words.replace(_BREAK, "\\" + _BREAK).replace(_BAR, "\\" + _BAR).replace("\n", _BREAK)
    return words


# -- tidy -------------------------------------------------------------------------------------------------------------
def tidy(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return blocks as they are kept: no empty paragraphs or entries, neighbours of one look together, rows of one length."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            words = _tidy_words(block.words)
            found += [Paragraph(words)] if words else []
        elif isinstance(block, Entries):
            entries = tuple(words for words in (_tidy_words(entry) for entry in block.entries) if words)
            if entries and found and isinstance(found[-1], Entries):
                found[-1] = Entries(found[-1].entries + entries)
            elif entries:
                found.append(Entries(entries))
        elif block.columns:
            found.append(Table(tuple(_tidy_row(row, block.columns) for row in block.rows)))
    return tuple(found)


def _tidy_row(row: tuple[Words, ...], columns: int) -> tuple[Words, ...]:
    return tuple(_tidy_words(cell, in_cell=True) for cell in (*row, *((),) * (columns - len(row))))


def _tidy_words(words: Words, *, in_cell: bool = False) -> Words:
    runs: list[Run] = []
    for run in _broken(words) if in_cell else words:
        seen = _UNSEEN.sub(" ", run.words if in_cell else run.words.replace("\n", " "))
        if seen and runs and runs[-1].strong == run.strong:
            runs[-1] = Run(runs[-1].words + seen, run.strong)
        elif seen:
            runs.append(Run(seen, run.strong))
    return _stripped(runs)


def _broken(words: Words) -> Iterator[Run]:
    """Give the runs with their line breaks apart: a break has no look of its own."""
    for run in words:
        for place, part in enumerate(run.words.split("\n")):
            if place:
                yield Run("\n")
            yield Run(part, run.strong)


def _stripped(runs: list[Run]) -> Words:
    while runs and not runs[0].words.lstrip():
        del runs[0]
    while runs and not runs[-1].words.rstrip():
        del runs[-1]
    if runs:
        runs[0] = Run(runs[0].words.lstrip(), runs[0].strong)
        runs[-1] = Run(runs[-1].words.rstrip(), runs[-1].strong)
    return tuple(runs)


# -- words alone ------------------------------------------------------------------------------------------------------
@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return the words of a body without any marks, a line for each paragraph, entry and row."""
    return "\n".join(_plain_lines(blocks_of(text)))


def said(words: Words) -> str:
    """Return the words of one line without marks."""
    return "".join(run.words for run in words)


def _plain_lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield said(block.words)
        elif isinstance(block, Entries):
            yield from (said(entry) for entry in block.entries)
        else:
            yield from ("  ".join(said(cell).replace("\n", " ") for cell in row) for row in block.rows)
