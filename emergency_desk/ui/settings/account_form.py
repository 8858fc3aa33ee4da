"""The form of one account: who it is, what it may do, for which area. What was typed stays while it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from emergency_desk.domain.accounts import Account, Role
from emergency_desk.domain.areas import AreaTree, Tier
from emergency_desk.domain.errors import DeskError, Refused
from emergency_desk.domain.ids import Id
from emergency_desk.services.areas import find_in
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.area_picker import AreaPicker, Candidate
from emergency_desk.ui.widgets.buttons import KeyButton, row
from emergency_desk.ui.widgets.fields import mark_refused
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.tick_box import TickBox
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import label
from emergency_desk.wording.refusals import sentence


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form. `account` None: a new one."""

    account: Account | None
    name: str
    display_name: str
    display_name_en: str
    roles: tuple[Role, ...]
    area_id: Id
    phone: str
    password: str
    password_again: str


class AccountForm(Panel):
    """Fields from top to bottom; Ctrl+S saves."""

    def __init__(self) -> None:
        super().__init__()
        self._tree = AreaTree(())
        self._account: Account | None = None
        self.name, self.display_name, self.display_name_en, self.phone = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.password, self.password_again = QLineEdit(), QLineEdit()
        for field in (self.password, self.password_again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self.area = AreaPicker(self._areas, addressed=False)
        self.area.setProperty("letters", "")
        self.roles = {role: TickBox(label(role)) for role in Role}
        self.button = KeyButton(_("Save the account"), "Ctrl+S", filled=True)
        self._refusal = text_label("", tone=Tone.RED, strong=True, wrap=True)
        self._lay_out()

    def show_account(self, account: Account | None, tree: AreaTree, default_area: Id) -> None:
        """Show an account to be changed, or an empty form for a new one."""
        self._account, self._tree = account, tree
        self.set_head(_("Change {name}").format(name=account.display_name) if account else _("New account"))
        self.name.setReadOnly(account is not None)
        for field, text in ((self.name, account.name if account else ""), (self.display_name, account.display_name if account else ""),
                            (self.display_name_en, account.display_name_en if account else ""), (self.phone, account.phone if account else ""),
                            (self.password, ""), (self.password_again, "")):
            field.setText(text)
        for role, box in self.roles.items():
            box.setChecked(role in account.roles if account else role is Role.DUTY_OFFICER)
        own = tree.by_id.get(account.area_id if account else default_area)
        self.area.set_answer((own.id, in_words(own.name, own.name_en), "") if own else None)
        self.password.setPlaceholderText(_("leave empty to keep it") if account else "")
        self._refusal.hide()
        (self.display_name if account else self.name).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def typed(self) -> Typed:
        """What stands in the form."""
        self.area.settle()
        return Typed(self._account, self.name.text(), self.display_name.text(), self.display_name_en.text(),
                     tuple(role for role, box in self.roles.items() if box.isChecked()), Id(self.area.area_id), self.phone.text(),
                     self.password.text(), self.password_again.text())

    def refused(self, error: DeskError) -> None:
        """Tell a refusal at its field."""
        fields: dict[str, QWidget] = {"name": self.name, "display_name": self.display_name, "password": self.password,
                                      "password_again": self.password_again, "area": self.area}
        field = fields.get(error.field) if isinstance(error, Refused) else None
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            mark_refused(field, sentence(error))
            return
        self._refusal.setText(sentence(error))
        self._refusal.show()

    def _areas(self, text: str) -> list[Candidate]:
        top = next((area.id for area in self._tree.by_id.values() if area.parent_id is None), Id(""))
        return [(str(found.area.id), in_words(found.area.name, found.area.name_en), " · ".join(found.path))
                for found in find_in(self._tree, text=text, below=top, limit=40)
                if found.area.tier is not Tier.VILLAGE and not found.area.is_retired][:12]

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(6)
        fields = ((_("Account"), self.name), (_("Full name"), self.display_name), (_("Name in English"), self.display_name_en),
                  (_("Area"), self.area), (_("Phone"), self.phone), (_("Password"), self.password),
                  (_("Password once more"), self.password_again))
        for place, (words, field) in enumerate(fields):
            named = text_label(words, tone=Tone.SECONDARY, size="small")
            named.setBuddy(field)
            field.setAccessibleName(words)
            grid.addWidget(named, place, 0)
            grid.addWidget(field, place, 1)
        boxes = QGridLayout()
        for place, box in enumerate(self.roles.values()):
            boxes.addWidget(box, place // 2, place % 2)
        self.body.addLayout(grid)
        self.body.addWidget(text_label(_("May act as"), tone=Tone.SECONDARY, size="small"))
        self.body.addLayout(boxes)
        self.body.addWidget(self._refusal)
        self.body.addWidget(row(self.button))
        chain: list[QWidget] = [field for _words, field in fields] + [*self.roles.values(), self.button]
        for one, after in pairwise(chain):
            QWidget.setTabOrder(one, after)
