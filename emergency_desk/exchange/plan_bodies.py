"""Bodies of clauses: sentences that a page or a line end had cut in two are put together again, tables become rows, and nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from emergency_desk.domain.plan_markup import Block, Entries, Paragraph, Run, Table, text_of
from emergency_desk.exchange.plan_marks import read_mark
from emergency_desk.exchange.plan_outline import OutlineClause
from emergency_desk.exchange.written_lines import Cells, Written

_ENDS = "。！？!?；;：:”》…"
_GOES_ON_AFTER = "、，,（(—-和与及的"
_GOES_ON_WITH = "、，,。；;）)”》"
_LONG_LINE = 45  # a line of so many signs without an end was broken by its width
_LATIN = re.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class BodyLine:
    """One sentence or item as it stands in a clause, and the line of the file where it begins; or a table."""

    line: int
    words: str
    table: Cells = ()
    is_entry: bool = False


@dataclass(frozen=True, slots=True)
class ClauseText:
    """One clause as the readers of levels, groups and contacts want it. `above` are the titles over it, the chapter's first."""

    number: str
    title: str
    line: int
    lines: tuple[BodyLine, ...]
    above: tuple[str, ...] = ()

    @property
    def titles(self) -> str:
        """Return the own title and those above, to look for words in."""
        return " ".join((*self.above, self.title))

    @property
    def words(self) -> str:
        """Return the words of the body, a line each."""
        return "\n".join(one.words for one in self.lines if one.words)


def joined(lines: Sequence[Written]) -> tuple[BodyLine, ...]:
    """Put together what belongs together."""
    found: list[BodyLine] = []
    was_soft = False
    for line in lines:
        words = line.said if not line.table else ""
        before = found[-1] if found else None
        if before and words and not line.is_entry and _goes_on(before, words, was_soft and line.is_soft):
            found[-1] = BodyLine(before.line, _glued(before.words, words), is_entry=before.is_entry)
        else:
            found.append(BodyLine(line.line, words, line.table, line.is_entry))
        was_soft = line.is_soft
    return tuple(found)


def _goes_on(before: BodyLine, words: str, is_soft: bool) -> bool:
    if before.table or not before.words or before.words[-1] in _ENDS or read_mark(words) is not None:
        return False
    if words[0] in _GOES_ON_WITH or before.words[-1] in _GOES_ON_AFTER[:6]:
        return True
    return is_soft and (len(before.words) >= _LONG_LINE or before.words[-1] in _GOES_ON_AFTER)


def _glued(before: str, after: str) -> str:
    between = " " if _LATIN.match(before[-1]) and _LATIN.match(after[0]) else ""
    return before + between + after


def body_text(lines: Iterable[BodyLine]) -> str:
    """Write the body of a clause in the desk's markup."""
    return text_of(_blocks(lines))


def _blocks(lines: Iterable[BodyLine]) -> Iterator[Block]:
    for line in lines:
        if line.table:
            yield Table(tuple(tuple((Run(cell),) for cell in row) for row in line.table))
        elif line.is_entry:
            yield Entries(((Run(line.words),),))
        else:
            yield Paragraph((Run(line.words),))


def clause_texts(clauses: Sequence[OutlineClause]) -> list[ClauseText]:
    """Return the clauses with their sentences and the titles above them."""
    titles = {clause.number: clause.title for clause in clauses}
    return [ClauseText(clause.dotted, clause.title, clause.line, joined(clause.body),
                       tuple(titles[clause.number[:depth]] for depth in range(1, len(clause.number)) if clause.number[:depth] in titles))
            for clause in clauses]


def below(texts: Sequence[ClauseText], number: str) -> list[ClauseText]:
    """Return a clause and everything that stands below it, in order."""
    return [text for text in texts if text.number == number or text.number.startswith(f"{number}.")]
