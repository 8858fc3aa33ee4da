"""The page of an encrypted store that is still locked: a passphrase or the recovery key, Enter."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from emergency_desk.domain.errors import DeskError
from emergency_desk.ui.theme import GAP, PAD, Tone
from emergency_desk.ui.widgets.buttons import KeyButton, row
from emergency_desk.ui.widgets.fields import mark_refused
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.tick_box import TickBox
from emergency_desk.wording.catalog import _
from emergency_desk.wording.refusals import sentence

UNLOCK = "unlock"
_WIDTH = 560


class UnlockPage(QWidget):
    """`typed(str)` when the store is to be opened with what was typed."""

    typed = Signal(str)

    def __init__(self, store: Path, *, is_head_lost: bool) -> None:
        super().__init__()
        panel = Panel(_("The store is encrypted"))
        where = text_label(str(store), tone=Tone.SECONDARY, size="small", wrap=True)
        lost = text_label(_("The file of keys that belongs beside it is missing, so only the recovery key opens it."), tone=Tone.ORANGE,
                          wrap=True)
        lost.setVisible(is_head_lost)
        self.words = QLineEdit()
        self.words.setEchoMode(QLineEdit.EchoMode.Password)
        name = _("Recovery key") if is_head_lost else _("Passphrase, or recovery key")
        self.words.setAccessibleName(name)
        named = text_label(name, tone=Tone.SECONDARY, size="small")
        named.setBuddy(self.words)
        self.shown = TickBox(_("Show what is typed"))
        self.shown.toggled.connect(self._show_typed)
        self.shown.setChecked(is_head_lost)
        self.button = KeyButton(_("Open the store"), "Return", filled=True)
        hint = text_label(_("When the passphrase is lost, type the four rows of the printed recovery page, or scan its code. Nobody else can "
                            "open the store: there is no other way in."), tone=Tone.SECONDARY, size="small", wrap=True)
        for part in (where, lost, named, self.words, hint, self.shown, row(self.button)):
            panel.body.addWidget(part)
        panel.setFixedWidth(_WIDTH)
        self.words.returnPressed.connect(self.open_store)
        self.button.clicked.connect(self.open_store)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addStretch(1)
        layout.addWidget(panel, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        self.setFocusProxy(self.words)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_store(self) -> None:
        """Ask for the store to be opened; meanwhile nothing is asked twice."""
        if self.button.isEnabled() and self.words.text().strip():
            self._set_busy(True)
            self.typed.emit(self.words.text())

    def refused(self, error: DeskError) -> None:
        """Tell why it does not open; what was typed stays, chosen, to be mended or typed over."""
        self._set_busy(False)
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.words.selectAll()
        mark_refused(self.words, sentence(error))

    def _show_typed(self, is_shown: bool) -> None:
        self.words.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)

    def _set_busy(self, is_busy: bool) -> None:
        self.button.setEnabled(not is_busy)
        self.words.setReadOnly(is_busy)
