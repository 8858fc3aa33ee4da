"""Find and replace: one line below the text. Enter and Shift+Enter walk through the plan, the whole plan is searched while typing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from emergency_desk.domain.plan_replacing import Needle
from emergency_desk.ui.plans.one_history import hand_history_on
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.tick_box import TickBox
from emergency_desk.wording.catalog import _, ngettext


class FindBar(QWidget):
    """`looked_for(needle)` while typing, `step(by)` to the next or last place, `replace_one`, `replace_all` with what is typed."""

    looked_for = Signal(object)
    step = Signal(int)
    replace_one = Signal()
    replace_all = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words, self.by = QLineEdit(), QLineEdit()
        self.words.setPlaceholderText(_("Find in the whole plan"))
        self.by.setPlaceholderText(_("Replace by"))
        self.words.setClearButtonEnabled(True)
        self.case = TickBox(_("Match case"))
        self.count = text_label(tone=Tone.SECONDARY, size="small")
        self.replace_button, self.all_button = KeyButton(_("Replace"), "Alt+R"), KeyButton(_("Replace all"), "Alt+Shift+R")
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(4)
        for parts in ((self.words, self.case, self.count), (self.by, self.replace_button, self.all_button)):
            line = QHBoxLayout()
            line.setSpacing(GAP)
            for part in parts:
                line.addWidget(part, 1 if isinstance(part, QLineEdit) else 0)
            down.addLayout(line)
        self.words.textChanged.connect(lambda _text: self.looked_for.emit(self.needle))
        self.case.clicked.connect(lambda _checked: self.looked_for.emit(self.needle))
        self.replace_button.clicked.connect(self.replace_one)
        self.all_button.clicked.connect(self.replace_all)
        for field in (self.words, self.by):
            field.setAccessibleName(field.placeholderText())
            field.installEventFilter(self)
            hand_history_on(field)  # undo after a replacement means the replacement
        self.hide()

    @property
    def needle(self) -> Needle:
        """What is looked for."""
        return Needle(self.words.text(), self.case.isChecked())

    def open(self, *, replacing: bool, words: str = "") -> None:
        """Come, with what was chosen in the text."""
        self.show()
        if words and "\u2029" not in words:
            self.words.setText(words)
        target = self.by if replacing and self.words.text() else self.words
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        target.selectAll()
        self.looked_for.emit(self.needle)

    def close_bar(self) -> None:
        """Go away; nothing is lit up any more."""
        self.hide()
        self.closed.emit()

    def show_count(self, count: int) -> None:
        """Tell in how many places the words stand."""
        self.count.setText(ngettext("{count} place", "{count} places", count).format(count=count) if self.words.text() else "")
        for button in (self.replace_button, self.all_button):
            button.setEnabled(count > 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier):
                return False
            if watched is self.by:
                self.replace_one.emit()
            else:
                self.step.emit(-1 if event.modifiers() == Qt.KeyboardModifier.ShiftModifier else 1)
            return True
        return False
