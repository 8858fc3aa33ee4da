"""Another officer sits down: with a password, or at a demo desk by choosing any of its accounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from emergency_desk.domain.accounts import Account
from emergency_desk.domain.changes import Subject
from emergency_desk.services import accounts
from emergency_desk.ui.actions import Action
from emergency_desk.ui.refresh import Screen
from emergency_desk.ui.widgets.lines import Column, Line, line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording import sounds
from emergency_desk.wording.catalog import N_, _, current_language
from emergency_desk.wording.labels import label

OFFICER = "officer"
ACTIONS = (Action("change_officer", N_("Change the officer at the desk, also at the end of a shift"), "change_officer", "F12",
                  in_bar=False),
           Action("officer_back", N_("Stay as it is"), "go_back", "Escape", (OFFICER,), N_("back")))


class DemoOfficersPage(Screen):
    """The accounts of a demo desk; Enter seats the chosen one. `seated` when somebody else sits there."""

    subjects = frozenset({Subject.ACCOUNT})
    seated = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__(place.background)
        self._place = place
        self._accounts: list[Account] = []
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Find by name, role, area, pinyin or initials"))
        self.filter.setAccessibleName(self.filter.placeholderText())
        self.filter.textChanged.connect(lambda _text: self._show())
        self.filter.installEventFilter(self)
        self.lines = LinesList((Column(_("Full name"), width=220), Column(_("Roles"), stretch=True), Column(_("Area"), width=220),
                                Column(_("Tier"), width=120), Column(_("Account"), width=200)), row_height=30, header=True)
        self.lines.setAccessibleName(_("Accounts"))
        self.lines.opened.connect(self._seat)
        panel = Panel(_("Who sits at the desk?"), _("demo city: no password"))
        panel.body.addWidget(self.filter)
        panel.add_list(self.lines, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panel)
        self.setFocusProxy(self.filter)

    def reader(self) -> Callable[[], list[Account]]:
        desk = self._place.desk
        return lambda: [account for account in accounts.list_accounts(desk) if account.is_demo and not account.is_retired]

    def show_read(self, answer: list[Account]) -> None:
        self._accounts = answer
        self._show()

    def go_back(self) -> None:
        """Leave it as it is."""
        self._place.window.show_page_before()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.filter and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.lines.choose_first()
                self._seat(self.lines.current_key)
                return True
            if event.key() == Qt.Key.Key_Down:
                self.lines.choose_first()
                self.lines.setFocus()
                return True
        return False

    def _show(self) -> None:
        text, shown = self.filter.text().strip(), [account_line(self._place, account) for account in self._accounts]
        points = {each.key: points_of(text, each) for each in shown}
        found = sorted((each for each in shown if points[each.key]), key=lambda each: -points[each.key])  # Enter seats the first
        named = [each for each in found if text and each.key.lower().startswith(text.lower())]  # whose sign-in name is typed sits first
        self.lines.show_lines([*named, *(each for each in found if each not in named)])

    def _seat(self, name: str) -> None:
        desk = self._place.desk
        if name:
            self._place.ask(lambda: accounts.change_officer(desk, name=name), then=self._seated)

    def _seated(self, _done: Any) -> None:
        self.seated.emit()


def points_of(text: str, one: Line) -> int:
    """Return how well an account fits what is typed: each word within one of its columns, never over the edge of two."""
    return min((max(sounds.score(word, cell.text) for cell in one.cells) for word in text.split()), default=1)


def account_line(place: Workplace, account: Account) -> Line:
    """Return an account as a line, kept by its sign-in name."""
    english = not current_language().startswith("zh")
    area = place.desk.tree.by_id.get(account.area_id)
    name = account.display_name_en if english and account.display_name_en else account.display_name
    area_name = (area.name_en if english and area.name_en else area.name) if area else "—"
    return line(account.name, name, _(", ").join(label(role) for role in account.roles), area_name, label(area.tier) if area else "—",
                account.name)
