"""The answer to "where": an area found by characters, pinyin or initials, followed by whatever address is known.

`sn` and Tab make 市南区; what is typed after it stays as the address. An area written out in full is taken as it stands.
Where no address belongs to the answer (an item, a class, a bare area) the picker stands alone: what is typed after a choice
undoes the choice and is looked for, so no word is kept that nobody reads. Candidates come from a callable, so the picker knows
neither store nor tree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from emergency_desk.ui.widgets.fields import set_flag
from emergency_desk.ui.widgets.popup import Choice, ChoicePopup

Candidate = tuple[str, str, str]  # id, name, path
Candidates = Callable[[str], Sequence[Candidate]]
SEPARATOR = " · "
_LONGEST_NAME = 16


class AreaPicker(QLineEdit):
    """A line edit of area and address. `answered` is sent whenever either changes."""

    answered = Signal()

    def __init__(self, candidates: Candidates, *, placeholder: str = "", addressed: bool = True) -> None:
        super().__init__()
        self._candidates = candidates
        self._addressed = addressed
        self._offered: list[tuple[Candidate, str]] = []  # a candidate, and the address that stays when it is taken
        self._area: Candidate | None = None
        self._popup: ChoicePopup | None = None
        self.setPlaceholderText(placeholder)
        self.setProperty("letters", "large")
        self.textEdited.connect(self._edited)

    # -- the answer ----------------------------------------------------------------------------------------------------
    @property
    def area_id(self) -> str:
        """The id of the chosen area, "" while none is chosen."""
        return self._area[0] if self._area else ""

    @property
    def area_name(self) -> str:
        """The name of the chosen area."""
        return self._area[1] if self._area else ""

    @property
    def address(self) -> str:
        """What is written beside the area, without the separator."""
        return self.text()[len(self.area_name):].strip(" ·,，、")

    def set_answer(self, area: Candidate | None, address: str = "") -> None:
        """Show an answer, as a draft brings it back."""
        self._area = area
        self.setText(self._written(area[1], address, open_ended=self.hasFocus()) if area else address)
        self._offer([])
        self.answered.emit()

    def settle(self) -> None:
        """Take the area that is written out in full, if there is one; called when the line is left."""
        if self._area is None:
            exact = [(found, rest) for found, rest in self._find(self.text()) if self.text().strip().startswith(found[1])]
            if len({found[0] for found, _rest in exact}) == 1:
                self._take(*exact[0])

    # -- typing --------------------------------------------------------------------------------------------------------
    def event(self, event: QEvent) -> bool:
        # Tab never reaches keyPressEvent: Qt moves the focus first. Where no address follows, Tab takes and moves on.
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab and self._take_marked() \
                and self._addressed:
            return True
        # Esc is also a shortcut of the window; while candidates are shown it only puts them away.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape \
                and self.is_offering:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_offering:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._shown_popup().step(1 if event.key() == Qt.Key.Key_Down else -1)
                return
            if event.key() == Qt.Key.Key_Escape:
                self._offer([])
                return
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and self._take_marked():
                return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self._offer([])
            self.settle()
            if self._area is not None and not self.address:
                self.setText(self.area_name)  # no separator is left dangling

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._area is not None and self.text() == self.area_name:
            self.setText(self._written(self.area_name, ""))
        super().focusInEvent(event)

    @property
    def is_offering(self) -> bool:
        """Say whether candidates are shown."""
        return self._popup is not None and self._popup.isVisible()

    def _edited(self, text: str) -> None:
        set_flag(self, "refused", False)
        if self._area is not None and not (text.startswith(self._area[1]) if self._addressed else text == self._area[1]):
            self._area = None
        self._offer(self._find(text) if self._area is None else self._find_below(text))
        self.answered.emit()

    def _find(self, text: str) -> list[tuple[Candidate, str]]:
        """Return candidates for the first word, or for the longest beginning that is an area's whole name."""
        first, _space, rest = text.strip().partition(" ") if self._addressed else (text.strip(), "", "")
        if not first:
            return []
        found = [(candidate, rest) for candidate in self._candidates(first)]
        if found or not self._addressed:
            return found
        whole = text.strip()
        for length in range(min(len(whole), _LONGEST_NAME), 1, -1):
            named = [(each, whole[length:].strip()) for each in self._candidates(whole[:length]) if each[1] == whole[:length]]
            if named:
                return named
        return []

    def _find_below(self, text: str) -> list[tuple[Candidate, str]]:
        """Return areas inside the chosen one that fit the next word; they wait to be marked, since an address may be meant."""
        first, _space, rest = text[len(self.area_name):].strip(" ·,，、").partition(" ")
        if len(first) < 2 or not self._addressed:
            return []
        return [(each, rest) for each in self._candidates(first) if self.area_name in each[2] and each[0] != self.area_id]

    def _offer(self, found: list[tuple[Candidate, str]]) -> None:
        self._offered = found
        if not found and self._popup is None:
            return
        choices = tuple(Choice(name, path) for (_id, name, path), _rest in found)
        self._shown_popup().offer(choices, marked=0 if self._area is None else -1, least_width=360)

    def _shown_popup(self) -> ChoicePopup:
        if self._popup is None:
            self._popup = ChoicePopup(self)
            self._popup.picked.connect(lambda line: self._take(*self._offered[line]))
        return self._popup

    def _take_marked(self) -> bool:
        if not self.is_offering or self._shown_popup().marked < 0:
            return False
        self._take(*self._offered[self._shown_popup().marked])
        return True

    def _take(self, area: Candidate, address: str) -> None:
        self._area = area
        self.setText(self._written(area[1], address))
        self._offer([])
        self.answered.emit()

    def _written(self, name: str, address: str, *, open_ended: bool = True) -> str:
        return f"{name}{SEPARATOR}{address}" if self._addressed and (address or open_ended) else name
