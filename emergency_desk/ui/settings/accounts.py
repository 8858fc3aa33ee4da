"""Who works this desk: the accounts as a list, one of them in the form, and after how many quiet minutes the password is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from emergency_desk.domain.accounts import Account
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.errors import FieldMissing, PasswordsDiffer
from emergency_desk.services import accounts
from emergency_desk.services.desk import Desk, Done
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.live_page import KeyedList
from emergency_desk.ui.refresh import Screen
from emergency_desk.ui.settings.account_form import AccountForm, Typed
from emergency_desk.ui.start.change_officer import account_line
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.fields import NumberEdit
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.laying_out import across
from emergency_desk.ui.widgets.lines import Cell, Column, Line
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import N_, _

ACCOUNTS = "accounts"
OPEN = (Action("open_accounts", N_("Keep the accounts of this desk"), "open_accounts", in_bar=False),)
ACTIONS = (
    Action("account_new", N_("Make a new account"), "new_account", "Alt+N", (ACCOUNTS,), N_("new account")),
    Action("account_save", N_("Save the account"), "save_account", "Ctrl+S", (ACCOUNTS,), N_("save")),
    Action("account_retire", N_("Retire the account, or bring it back"), "retire_account", "Alt+R", (ACCOUNTS,), N_("retire or bring back")),
    Action("account_back", N_("Leave the accounts"), "leave_accounts", "Escape", (ACCOUNTS,), N_("back")),
)


@dataclass(frozen=True, slots=True)
class Read:
    """What the page shows."""

    accounts: list[Account]
    idle_minutes: int


class AccountsPage(Screen):
    """For administrators. Enter on a line goes to its form."""

    subjects = frozenset({Subject.ACCOUNT, Subject.AREA, Subject.SETTING})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place.background)
        self.place = place
        self._accounts: dict[str, Account] = {}
        self.lines = KeyedList((Column(_("Full name"), width=130), Column(_("Roles"), stretch=True), Column(_("Area"), width=158),
                                Column(_("Tier"), width=70), Column(_("Account"), width=158)), {}, row_height=30, header=True)
        self.lines.setAccessibleName(_("Accounts"))
        self.lines.opened.connect(self._open)
        self.form = AccountForm()
        self.form.button.clicked.connect(self.save_account)
        self.idle = NumberEdit(name=_("Quiet minutes"))
        self.idle.returnPressed.connect(self._keep_idle)
        self._lay_out()
        place.window.acts.register(ACTIONS)

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], Read]:
        desk = self.place.desk

        def read() -> Read:
            desk.memory.tree()
            return Read(accounts.list_accounts(desk), accounts.idle_minutes(desk))

        return read

    def show_read(self, answer: Read) -> None:
        is_first = not self._accounts
        self._accounts = {account.name: account for account in answer.accounts}
        self.lines.show_lines([_line(self.place, account) for account in sorted(answer.accounts, key=lambda each: each.is_retired)])
        if not self.idle.hasFocus():
            self.idle.set_value(answer.idle_minutes)
        if is_first:
            self.form.show_account(None, self.place.desk.tree, self.place.desk.area_id)
            self.lines.choose_first()
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def new_account(self) -> None:
        """Begin a new account."""
        self.form.show_account(None, self.place.desk.tree, self.place.desk.area_id)

    def save_account(self) -> None:
        """Save what stands in the form."""
        desk, typed = self.place.desk, self.form.typed
        self.place.ask(lambda: save(desk, typed), then=self._saved, refused=self.form.refused)

    def retire_account(self) -> None:
        """Retire the account of the chosen line, or bring it back; both can be undone."""
        account = self._accounts.get(self.lines.current_key)
        if account is not None:
            self._set_retired(account, is_retired=not account.is_retired)

    def leave_accounts(self) -> None:
        """Go back."""
        self.place.window.show_page_before()

    def _open(self, name: str) -> None:
        self.form.show_account(self._accounts[name], self.place.desk.tree, self.place.desk.area_id)

    def _saved(self, done: Done[Account]) -> None:
        self.place.window.notices.done(_("{name} is saved.").format(name=done.value.display_name))
        self.form.show_account(done.value, self.place.desk.tree, self.place.desk.area_id)

    def _set_retired(self, account: Account, *, is_retired: bool) -> None:
        desk, act = self.place.desk, accounts.retire_account if is_retired else accounts.bring_back_account
        told = _("{name} is retired and signs in no more.") if is_retired else _("{name} may sign in again.")

        def tell(_done: Any) -> None:
            self.place.window.notices.done(told.format(name=account.display_name), lambda: self._set_retired(account, is_retired=not is_retired))

        self.place.ask(lambda: act(desk, account_id=account.id), then=tell)

    def _keep_idle(self) -> None:
        desk, minutes = self.place.desk, self.idle.value
        if minutes is None:
            return
        self.place.ask(lambda: accounts.set_idle_minutes(desk, minutes=minutes),
                       then=lambda _done: self.place.window.notices.done(_("The quiet minutes are saved.")))

    # -- looks ---------------------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        listed = Panel(_("Accounts"), _("⏎ open"))
        listed.add_list(self.lines, 1)
        new = KeyButton(_("New account"), "Alt+N")
        new.clicked.connect(self.new_account)
        quiet = across(new)
        quiet.addStretch(1)
        quiet.addWidget(text_label(_("Minutes of rest before the password is asked (0: never; never while an incident is open)"),
                                   tone=Tone.SECONDARY, size="small"))
        quiet.addWidget(self.idle)
        listed.body.addLayout(quiet)
        right = QVBoxLayout()
        right.addWidget(self.form)
        right.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addWidget(listed, 62)
        whole.addLayout(right, 38)


def save(desk: Desk, typed: Typed) -> Done[Account]:
    """Save a form: a new account, or a changed one and its password where one was typed. Runs on the store thread."""
    if typed.password != typed.password_again:
        raise PasswordsDiffer()
    if not typed.area_id:
        raise FieldMissing(name="area")
    given: dict[str, Any] = {"display_name": typed.display_name, "display_name_en": typed.display_name_en, "roles": typed.roles,
                             "area_id": typed.area_id, "phone": typed.phone}
    if typed.account is None:
        return accounts.add_account(desk, name=typed.name, password=typed.password, **given)
    done = accounts.change_account(desk, account_id=typed.account.id, version=typed.account.version, **given)
    return accounts.change_password(desk, account_id=typed.account.id, password=typed.password) if typed.password else done


def _line(place: Workplace, account: Account) -> Line:
    made = account_line(place, account)
    if not account.is_retired:
        return made
    cells = [Cell(cell.text, tone=Tone.SECONDARY) for cell in made.cells]
    cells[0] = Cell(_("{name} (retired)").format(name=cells[0].text), tone=Tone.SECONDARY)
    return Line(made.key, tuple(cells))
