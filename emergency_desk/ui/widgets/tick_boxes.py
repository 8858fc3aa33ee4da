"""Several boxes to tick, one below the other, in one column or more: Up and Down go from one to the next, Space ticks, Tab goes on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from emergency_desk.ui.widgets.tick_box import TickBox

_ALONG = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class TickBoxes(QWidget):
    """`choices`: (value, words). One stop for Tab; the cursor is at the box it was at last."""

    def __init__(self, choices: Sequence[tuple[str, str]], ticked: Iterable[str] = (), *, columns: int = 1) -> None:
        super().__init__()
        grid, wanted = QGridLayout(self), set(ticked)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        high = -(-len(choices) // columns) or 1
        self.boxes: dict[str, TickBox] = {}
        for value, words in choices:
            box = self.boxes[value] = TickBox(words)
            box.setChecked(value in wanted)
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus if len(self.boxes) == 1 else Qt.FocusPolicy.ClickFocus)
            place = len(self.boxes) - 1
            grid.addWidget(box, place % high, place // high)
        if self.boxes:
            self.setFocusProxy(next(iter(self.boxes.values())))

    @property
    def ticked(self) -> tuple[str, ...]:
        """The values that are ticked, in their order."""
        return tuple(value for value, box in self.boxes.items() if box.isChecked())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A box hands on what it does not need itself."""
        here = [place for place, box in enumerate(self.boxes.values()) if box.hasFocus()]
        step = _ALONG.get(Qt.Key(event.key()), 0)
        if not here or not step:
            super().keyPressEvent(event)
            return
        boxes = list(self.boxes.values())
        boxes[(here[0] + step) % len(boxes)].setFocus(Qt.FocusReason.OtherFocusReason)
