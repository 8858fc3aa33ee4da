"""Signing in: a name, a password, Enter."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from emergency_desk.domain.errors import DeskError
from emergency_desk.services import accounts
from emergency_desk.ui.messages import explain
from emergency_desk.ui.theme import GAP, PAD, Tone
from emergency_desk.ui.widgets.buttons import KeyButton, row
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import _

_WIDTH = 400


class SignInPage(QWidget):
    """`signed_in` when somebody sits at the desk."""

    signed_in = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        panel = Panel(_("Sign in"))
        self.name, self.password = QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.button = KeyButton(_("Sign in"), "Return", filled=True)
        for label, field in ((_("Account"), self.name), (_("Password"), self.password)):
            field.setAccessibleName(label)
            named = text_label(label, tone=Tone.SECONDARY, size="small")
            named.setBuddy(field)
            panel.body.addWidget(named)
            panel.body.addWidget(field)
        panel.body.addWidget(row(self.button))
        panel.setFixedWidth(_WIDTH)
        self.name.returnPressed.connect(self._name_given)
        self.password.returnPressed.connect(self.sign_in)
        self.button.clicked.connect(self.sign_in)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addStretch(1)
        layout.addWidget(panel, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        self.setFocusProxy(self.name)
        self.name.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name_given(self) -> None:
        """Go on to the password; with both typed, sign in."""
        if self.password.text():
            self.sign_in()
        else:
            self.password.setFocus(Qt.FocusReason.TabFocusReason)

    def go_back(self) -> None:
        """Leave it to whoever sits at the desk."""
        self._place.window.show_page_before()

    def can(self, action_id: str) -> bool:
        """Nobody goes back where nobody sits yet."""
        return action_id != "officer_back" or self._place.desk.account is not None

    def sign_in(self) -> None:
        """Sign in with what was typed."""
        name, password = self.name.text(), self.password.text()
        self._place.ask(lambda: accounts.sign_in(self._place.desk, name=name, password=password), then=self._welcome, refused=self._refuse)

    def _welcome(self, _done: Any) -> None:
        self.signed_in.emit()

    def _refuse(self, error: DeskError) -> None:
        self.password.clear()
        explain(error, self._place.window.notices, {"password": self.password, "name": self.name})
