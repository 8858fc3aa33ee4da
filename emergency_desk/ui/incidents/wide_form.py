"""A form as wide as the page: words above their fields, twelve columns, so that a whole hand-over is read at one glance."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from emergency_desk.ui.incidents.inline_form import Ask, InlineForm
from emergency_desk.ui.widgets.fields import NumberEdit

COLUMNS = 12


class WideForm(InlineForm):
    """Each field takes its `span` of the columns; a long one the whole row. Ctrl+Enter is its key: Enter begins a line in a longer text."""

    def __init__(self) -> None:
        super().__init__()
        self.act.set_words("", "Ctrl+Return")
        self.act.set_filled(True)

    def _lay(self, grid: QGridLayout, fields: Sequence[Ask]) -> None:
        grid.setVerticalSpacing(2)
        row, place = 0, 0
        for field in fields:
            span = COLUMNS if field.is_long else field.span
            if place + span > COLUMNS:
                row, place = row + 2, 0
            grid.addWidget(self._word(field), row, place, 1, span)
            editor = self.editors[field.name]
            if isinstance(editor, NumberEdit):
                editor.fill_its_place()
            grid.addWidget(editor, row + 1, place, 1, span, Qt.AlignmentFlag.AlignTop)
            place += span
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, 10)
