"""A sequence put right by hand: the entries of a section, one a line, moved up and down by keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.lines import Cell, Column, Line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.wording.catalog import _
from emergency_desk.wording.formats import number

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class OrderEdit(QWidget):
    """`keys` is the sequence as it stands now."""

    def __init__(self, keys: Sequence[str], names: Mapping[str, str]) -> None:
        super().__init__()
        self.keys, self._names = tuple(keys), names
        self.list = LinesList((Column(width=34, right=True), Column(stretch=True)), ruled=True)
        self.list.setAccessibleName(_("Sequence: Ctrl+Shift+Up and Down move a line"))
        self.list.installEventFilter(self)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.list, 1)
        down.addWidget(text_label(_("Ctrl+Shift+↑ and ↓ move the line that is chosen"), tone=Tone.SECONDARY, size="small"))
        self._show()
        self.list.choose_first()

    def _show(self) -> None:
        self.list.show_lines([Line(key, (Cell(number(place), Tone.SECONDARY), Cell(self._names.get(key, key))))
                              for place, key in enumerate(self.keys, start=1)])

    def move_line(self, by: int) -> None:
        """Move the chosen line up or down; at an end it stays."""
        chosen = self.list.current_key
        place = self.keys.index(chosen) if chosen in self.keys else -1
        if place >= 0 and 0 <= place + by < len(self.keys):
            keys = list(self.keys)
            keys[place], keys[place + by] = keys[place + by], keys[place]
            self.keys = tuple(keys)
            self._show()
            self.list.choose(chosen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.modifiers() & both == both:
            step = next((by for key, by in _STEPS.items() if key == event.key()), 0)
            if step:
                self.move_line(step)
                return True
        return super().eventFilter(watched, event)
