"""How parts of a page stand to each other: side by side, or below each other over the whole page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from emergency_desk.ui.theme import GAP

Part = QWidget | QLayout


def across(*parts: Part, shares: Sequence[int] = ()) -> QHBoxLayout:
    """Return parts side by side with their shares of the room; those without a share take what they need."""
    line = QHBoxLayout()
    line.setSpacing(GAP)
    put_into(line, *parts, shares=shares)
    return line


def fill_page(page: QWidget, *parts: Part, shares: Sequence[int] = ()) -> None:
    """Lay parts below each other over a whole page; the last one takes the room there is, or each its share."""
    whole = QVBoxLayout(page)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(GAP)
    put_into(whole, *parts, shares=shares or (*(0 for _part in parts[1:]), 1))


def put_into(layout: QBoxLayout, *parts: Part, shares: Sequence[int] = ()) -> None:
    """Put parts into a layout, one after the other, with their shares of the room."""
    for part, share in zip_longest(parts, shares[:len(parts)], fillvalue=0):
        if isinstance(part, QWidget):
            layout.addWidget(part, share)
        elif isinstance(part, QLayout):
            layout.addLayout(part, share)
