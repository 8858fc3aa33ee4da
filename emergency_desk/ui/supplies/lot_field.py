"""A field for a lot: its number is typed, or its label is scanned; a scanner types digits and Enter.

What an input method made full-width is read alike. A scanned code never does what the form does: it finds the lot, and the form waits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from emergency_desk.domain.lot_codes import is_lot_code, plain
from emergency_desk.ui.incidents.inline_form import Ask, TakesEnter

Scanned = Callable[["LotEdit", str], object]


class LotEdit(QLineEdit, TakesEnter):
    """`scanned(code)` when Enter ends a code. `lot_id` is the lot that was found for what stands in it, "" while none was."""

    scanned = Signal(str)

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.lot_id = ""
        self.textEdited.connect(lambda _text: self._forget())

    def _forget(self) -> None:
        self.lot_id = ""

    def takes_enter(self) -> bool:
        """Take a code that Enter ended, if there is one; another text is the form's."""
        if not is_lot_code(self.text()):
            return False
        self.scanned.emit(plain(self.text()))
        return True

    def show_lot(self, lot_id: str, number: str) -> None:
        """Show the lot that was found."""
        self.setText(number)
        self.lot_id = lot_id


@dataclass(frozen=True, slots=True, kw_only=True)
class AskLot(Ask):
    """A lot, typed or scanned; the answer is its number, and under "<name>_id" its id once it was found."""

    scanned: Scanned

    def editor(self) -> QWidget:
        """Return the field."""
        made = LotEdit(self.value)
        made.setPlaceholderText(self.hint)
        made.scanned.connect(lambda code: self.scanned(made, code))
        return made
