"""The right side of the plan page: levels, cards, whom to ring, what the check found, whether it could be fought tonight, and its life."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QStackedWidget, QWidget

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plans import Plan
from emergency_desk.domain.trade import Trade
from emergency_desk.services.plan_checks import PlanLook
from emergency_desk.ui.plans.card_panel import CardPanel
from emergency_desk.ui.plans.check_panel import CheckPanel
from emergency_desk.ui.plans.contact_panel import ContactPanel
from emergency_desk.ui.plans.level_panel import LevelPanel
from emergency_desk.ui.plans.life_panel import LifePanel
from emergency_desk.ui.plans.tonight_panel import TonightPanel
from emergency_desk.ui.theme import GAP, PAD
from emergency_desk.ui.widgets.laying_out import fill_page
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import _


class View(StrEnum):
    """What the right side shows."""

    LEVELS = "levels"
    CARDS = "cards"
    CONTACTS = "contacts"
    CHECK = "check"
    TONIGHT = "tonight"
    LIFE = "life"


class PlanSide(QWidget):
    """`clause_wanted(number)` when something of any view is opened or chosen that stands at a clause."""

    clause_wanted = Signal(str)
    tried = Signal(object, bool)  # a contact's state, and whether somebody answered

    def __init__(self, trade: Trade, life: LifePanel, *, may_try: bool) -> None:
        super().__init__()
        self.levels, self.cards, self.contacts = LevelPanel(trade), CardPanel(), ContactPanel(may_try=may_try)
        self.check, self.tonight, self.life = CheckPanel(may_try=may_try), TonightPanel(), life
        self.views = {View.LEVELS: QRadioButton(_("Levels")), View.CARDS: QRadioButton(_("Cards")), View.CONTACTS: QRadioButton(_("Phones")),
                      View.CHECK: QRadioButton(_("Check")), View.TONIGHT: QRadioButton(_("Tonight")), View.LIFE: QRadioButton(_("Life"))}
        panels: tuple[LevelPanel | CardPanel | ContactPanel | CheckPanel | TonightPanel | LifePanel, ...] = (
            self.levels, self.cards, self.contacts, self.check, self.tonight, self.life)
        self._stack = QStackedWidget()
        row = QHBoxLayout()
        row.setContentsMargins(PAD, 4, PAD, 0)
        row.setSpacing(GAP)
        for rung in (self.contacts.tried, self.check.tried):
            rung.connect(self.tried)
        for (view, button), panel in zip(self.views.items(), panels, strict=True):
            panel.clause_wanted.connect(self.clause_wanted)
            self._stack.addWidget(panel)
            button.toggled.connect(lambda checked, chosen=view: self._turn(chosen) if checked else None)
            button.setProperty("tab", True)  # six names stand beside one another only without their circles
            row.addWidget(button)
        row.addStretch(1)
        fill_page(self, row, self._stack)
        self.views[View.LEVELS].setChecked(True)

    def show_view(self, view: View) -> None:
        """Turn to a view and put the cursor into its list."""
        self.views[view].setChecked(True)
        target = {View.LEVELS: self.levels.levels, View.CARDS: self.cards.card, View.CONTACTS: self.contacts.list, View.CHECK: self.check.list,
                  View.TONIGHT: self.tonight.list, View.LIFE: self.life.list}[view]
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def view(self) -> View:
        """What is shown."""
        return list(View)[self._stack.currentIndex()]

    def show_plan(self, plan: Plan, *, tier: Tier) -> None:
        """Show what stands in a plan itself."""
        self.levels.show_plan(plan, tier=tier)
        self.cards.show_plan(plan, tier=tier)

    def show_look(self, look: PlanLook, plan: Plan, namer: Namer) -> None:
        """Show what was found of the plan."""
        self.check.show_faults(look.faults, plan, namer, look.contacts)
        self.check.show_compared(look.compared, look.linked)
        self.contacts.show_contacts(look.contacts, look.today)
        self.cards.show_phones({(one.contact.role.zh, one.contact.unit.zh): one.phone for one in look.contacts if one.phone})
        self.tonight.show_levels(look.levels, plan, namer)
        self.views[View.CHECK].setText(_("Check {count}").format(count=len(look.faults)) if look.faults else _("Check"))

    def _turn(self, view: View) -> None:
        self._stack.setCurrentIndex(list(View).index(view))
