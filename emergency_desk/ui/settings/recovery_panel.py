"""The recovery key on the screen: four rows to print or to write down."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QGridLayout

from emergency_desk.domain.key_sheets import RecoverySheet
from emergency_desk.ui.theme import PAD, Tone
from emergency_desk.ui.widgets.buttons import KeyButton, row
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.wording.catalog import _

_SIZE = 21


class RecoveryPanel(Panel):
    """`print_pressed` and `save_pressed`."""

    print_pressed = Signal()
    save_pressed = Signal()

    def __init__(self) -> None:
        super().__init__(_("Recovery key"))
        self.rows = [text_label() for _row in range(4)]
        self._key_id = text_label("", tone=Tone.SECONDARY, size="small")
        font = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        font.setPixelSize(_SIZE)
        grid = QGridLayout()
        grid.setHorizontalSpacing(PAD)
        grid.setVerticalSpacing(10)
        for number, label in enumerate(self.rows, start=1):
            label.setFont(font)
            label.setStyleSheet(f"font-family: '{font.family()}'; font-size: {_SIZE}px;")
            label.setAccessibleName(_("Row {number} of the recovery key").format(number=number))
            grid.addWidget(text_label(str(number), tone=Tone.SECONDARY), number - 1, 0)
            grid.addWidget(label, number - 1, 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        self.body.addWidget(text_label(_("It opens the store and its backups when the passphrase is lost, even without the file of keys. Whoever "
                                         "has it can read the store."), wrap=True))
        self.body.addLayout(grid)
        self.body.addWidget(self._key_id)
        self.print_button, self.save_button = KeyButton(_("Print the recovery page"), "Ctrl+P", filled=True), KeyButton(
            _("Save the recovery page as PDF…"), "Alt+S")
        self.print_button.clicked.connect(self.print_pressed)
        self.save_button.clicked.connect(self.save_pressed)
        self.body.addWidget(row(self.print_button, self.save_button))

    def show_rows(self, sheet: RecoverySheet) -> None:
        """Show a key."""
        for label, text in zip(self.rows, sheet.rows, strict=True):
            label.setText(text.replace(" ", "  "))
        self._key_id.setText(_("Sign of the key: {key}").format(key=sheet.key_id))
        self.show()
