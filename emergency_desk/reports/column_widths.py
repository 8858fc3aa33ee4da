"""How wide the columns of a list are made: figures as wide as the widest of them, words in what is left, those that need more more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from emergency_desk.reports.blocks import unbreakable
from emergency_desk.reports.fonts import Face, Faces
from emergency_desk.reports.tables import APART, GUTTER, SIZE, Band, Cell, Column, Row, Total, as_text

_SAMPLE = 400  # lines looked at for the width of words
_WORD_AIR = 1.0  # so that what was measured fits in spite of rounding
_SHORT = 40.0  # points: a head that is no longer stands in one line
_LONGEST = 150.0  # points: longer words are broken, however much room there is


def fitted(columns: Sequence[Column], rows: Sequence[Row], faces: Faces, measure: float) -> tuple[Column, ...]:
    """Return the columns with widths that fill the measure."""
    lines = [row for row in rows if not isinstance(row, Band | Total)]
    sample = lines[::max(1, len(lines) // _SAMPLE)]
    totals = [row for row in rows if isinstance(row, Total)]
    natural, least = [], []
    for place, column in enumerate(columns):
        head = _least_of(column.name, faces.label)
        over = _least_of(column.over, faces.label) if _is_alone(columns, place) else 0.0
        figures = max(_widest_figure(lines, place, faces.table), _widest_figure((row.cells for row in totals), place, faces.label))
        words = max((faces.table.width(cell, SIZE) for row in sample if isinstance(cell := row[place], str)), default=0.0)
        apart = APART if place and columns[place - 1].right and not column.right else 0.0
        firm = max(head, over, figures) + _WORD_AIR + apart
        natural.append(max(firm, min(words + _WORD_AIR + apart, _LONGEST)))
        least.append(firm if column.right else max(firm, min(words + _WORD_AIR + apart, 46.0)))
    room = measure - GUTTER * (len(columns) - 1)
    return tuple(replace(column, width=width) for column, width in zip(columns, _spread(natural, least, room), strict=True))


def _least_of(head: str, face: Face) -> float:
    """Return how wide a head has to be: no word of it is cut, and a short one stands whole."""
    words = max((face.width(piece.strip(), SIZE) for piece in unbreakable(head)), default=0.0)
    return max(words, min(face.width(head, SIZE), _SHORT))


def _spread(natural: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Return widths that fill the room: everybody has what it cannot do without, then what it would like, then a share of the rest."""
    wanted, needed = sum(natural), sum(least)
    if wanted <= room:
        return [width * room / wanted for width in natural]
    if needed >= room or wanted == needed:
        return [width * room / needed for width in least]
    part = (room - needed) / (wanted - needed)
    return [low + (high - low) * part for low, high in zip(least, natural, strict=True)]


def _widest_figure(rows: Iterable[Sequence[Cell]], place: int, face: Face) -> float:
    """Return the width of the longest figure or day of a column."""
    longest = ""
    for row in rows:
        cell = row[place]
        if cell is not None and not isinstance(cell, str) and len(text := as_text(cell)) > len(longest):
            longest = text
    return face.width(longest, SIZE)


def _is_alone(columns: Sequence[Column], place: int) -> bool:
    """Say whether what stands over a column stands over it alone."""
    return sum(column.over == columns[place].over for column in columns) == 1
