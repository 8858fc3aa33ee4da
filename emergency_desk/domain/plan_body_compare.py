"""Two bodies of a clause held together: text against text, table against table, row by row and cell by cell.

What stayed and what went is the body before; what stayed and what came is the body after.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from emergency_desk.domain.plan_compare import PartFate, Piece, marked
from emergency_desk.domain.plan_markup import Block, Table, blocks_of, plain, said, text_of

Cells = tuple[tuple[str, ...], ...]
Pieces = tuple[Piece, ...]
_LIKE_ENOUGH = 0.3  # share of cells in common by which a table is still the same


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """One row of a table: its cells with their words marked, and what became of it as a whole."""

    cells: tuple[Pieces, ...]
    fate: PartFate


@dataclass(frozen=True, slots=True)
class MarkedTable:
    """A table of either or of both bodies, its head first."""

    rows: tuple[MarkedRow, ...]

    @property
    def is_changed(self) -> bool:
        """Say whether anything in it changed."""
        return any(row.fate is not PartFate.SAME for row in self.rows)


MarkedBlock = Pieces | MarkedTable


def has_table(body: str) -> bool:
    """Say whether a body holds a table."""
    return any(isinstance(block, Table) for block in blocks_of(body))


def text_alone(body: str) -> str:
    """Return the words of a body without its tables."""
    return plain(text_of(block for block in blocks_of(body) if not isinstance(block, Table)))


def marked_body(before: str, after: str) -> tuple[MarkedBlock, ...]:
    """Return both bodies as one, with what went and what came marked."""
    return tuple(_blocks(_segments(before), _segments(after)))


def side_of(blocks: Sequence[MarkedBlock], without: PartFate) -> tuple[MarkedBlock, ...]:
    """Return one side of it: without what only the other side has."""
    found: list[MarkedBlock] = []
    for block in blocks:
        if isinstance(block, MarkedTable):
            rows = [MarkedRow(tuple(_without(cell, without) for cell in row.cells), row.fate) for row in block.rows if row.fate is not without]
            found += [MarkedTable(tuple(rows))] if rows else []
        elif pieces := _without(block, without):
            found.append(pieces)
    return tuple(found)


def _without(pieces: Pieces, fate: PartFate) -> Pieces:
    return tuple(piece for piece in pieces if piece.change is not fate)


# -- which belongs to which -------------------------------------------------------------------------------------------
def _segments(body: str) -> list[str | Cells]:
    """Part a body into its texts and its tables, in order."""
    found: list[str | Cells] = []
    waiting: list[Block] = []
    for block in blocks_of(body):
        if not isinstance(block, Table):
            waiting.append(block)
            continue
        found += [plain(text_of(waiting))] if waiting else []
        found.append(tuple(tuple(said(cell) for cell in row) for row in block.rows))
        waiting = []
    return [*found, plain(text_of(waiting))] if waiting else found


def _blocks(before: list[str | Cells], after: list[str | Cells]) -> Iterator[MarkedBlock]:
    a, b = 0, 0
    for old, new in [*_paired(before, after), (len(before), len(after))]:
        yield from _between(before[a:old], after[b:new])
        if old < len(before):
            earlier, later = before[old], after[new]
            assert not isinstance(earlier, str) and not isinstance(later, str)
            yield _table(earlier, later)
        a, b = old + 1, new + 1


def _paired(before: list[str | Cells], after: list[str | Cells]) -> list[tuple[int, int]]:
    """Pair the tables that are still the same, in their order."""
    pairs: list[tuple[int, int]] = []
    nearest = 0
    for at, table in enumerate(before):
        if isinstance(table, str):
            continue
        likeness = [(_likeness(table, other), -place) for place, other in enumerate(after) if place >= nearest and not isinstance(other, str)]
        best = max(likeness, default=(0.0, 0))
        if best[0] >= _LIKE_ENOUGH:
            pairs.append((at, -best[1]))
            nearest = 1 - best[1]
    return pairs


def _likeness(one: Cells, other: Cells) -> float:
    if one == other:
        return 1.0  # an empty table has no cell in common with itself
    first, second = {cell for row in one for cell in row if cell}, {cell for row in other for cell in row if cell}
    return len(first & second) / max(1, min(len(first), len(second)))


def _between(before: Sequence[str | Cells], after: Sequence[str | Cells]) -> Iterator[MarkedBlock]:
    old, new = ("\n".join(one for one in side if isinstance(one, str)) for side in (before, after))
    if old or new:
        yield marked(old, new)
    yield from (_table(one, ()) for one in before if not isinstance(one, str))
    yield from (_table((), one) for one in after if not isinstance(one, str))


# -- rows and cells ---------------------------------------------------------------------------------------------------
def _table(before: Cells, after: Cells) -> MarkedTable:
    rows: list[MarkedRow] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += [_row(one, one) for one in before[a:b]]
            continue
        rows += _changed_rows(before[a:b], after[c:d])
    return MarkedTable(tuple(rows))


def _changed_rows(before: Cells, after: Cells) -> Iterator[MarkedRow]:
    """Pair rows by what stands in their first cell, and what is left between them in order."""
    old, new = ([row[0] for row in side] for side in (before, after))
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        shared = min(b - a, d - c) if tag in ("equal", "replace") else 0
        yield from (_row(before[a + at], after[c + at]) for at in range(shared))
        yield from (_row(one, None) for one in before[a + shared:b])
        yield from (_row(None, one) for one in after[c + shared:d])


def _row(before: tuple[str, ...] | None, after: tuple[str, ...] | None) -> MarkedRow:
    if before is None or after is None:
        fate = PartFate.ADDED if before is None else PartFate.REMOVED
        return MarkedRow(tuple((Piece(cell, fate),) if cell else () for cell in (after or before or ())), fate)
    width = max(len(before), len(after))
    old, new = (tuple(side) + ("",) * (width - len(side)) for side in (before, after))
    return MarkedRow(tuple(marked(*pair) for pair in zip(old, new, strict=True)), PartFate.SAME if before == after else PartFate.CHANGED)
