"""What a list shows: lines with a key, and cells that are text, shape and pill. Plain values, made off the window's thread."""

from __future__ import annotations

from dataclasses import dataclass, replace

from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.pills import Pill
from emergency_desk.ui.widgets.shapes import Shape


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a shape, then a pill, then text; `after` follows in the secondary tone. Sizes: "" 13, "small" 12, "large" 15.

    What stands `below` is a second line, small and in the secondary tone. A `brief` cell keeps to one line also where its column wraps.
    `lit` are places (from, to) that were looked for: in the second line where there is one, else in the text; not where it wraps.
    """

    text: str = ""
    tone: Tone = Tone.TEXT
    strong: bool = False
    size: str = ""
    shape: Shape = Shape.NONE
    shape_tone: Tone | None = None
    pill: Pill | None = None
    after: str = ""
    below: str = ""
    hint: str = ""
    brief: bool = False
    lit: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line with the id it is kept by. One that only `heads` those below is never the chosen one."""

    key: str
    cells: tuple[Cell, ...]
    heads: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `width` 0 takes what its cells need up to `most`; `stretch` takes its share of what is left; `wrap` writes several lines."""

    title: str = ""
    width: int = 0
    stretch: int = 0
    right: bool = False
    wrap: bool = False
    most: int = 260


def line(key: str, *cells: Cell | str) -> Line:
    """Return a line; a plain string is a cell of its own."""
    return Line(key, tuple(Cell(cell) if isinstance(cell, str) else cell for cell in cells))


def heading(key: str, *cells: Cell | str) -> Line:
    """Return a line that heads those below it and is passed over by the cursor."""
    return replace(line(key, *cells), heads=True)
