"""The right side of the plan page: what the levels bring, what the check found, whether it could be fought tonight, and its life."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QStackedWidget, QVBoxLayout, QWidget

from emergency_desk.domain.plans import Plan
from emergency_desk.domain.trade import Trade
from emergency_desk.services.plan_checks import PlanLook
from emergency_desk.ui.plans.check_panel import CheckPanel
from emergency_desk.ui.plans.level_panel import LevelPanel
from emergency_desk.ui.plans.life_panel import LifePanel
from emergency_desk.ui.plans.tonight_panel import TonightPanel
from emergency_desk.ui.theme import GAP, PAD
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import _


class View(StrEnum):
    """What the right side shows."""

    LEVELS = "levels"
    CHECK = "check"
    TONIGHT = "tonight"
    LIFE = "life"


class PlanSide(QWidget):
    """`clause_wanted(number)` when something of any view is opened or chosen that stands at a clause."""

    clause_wanted = Signal(str)

    def __init__(self, trade: Trade, life: LifePanel) -> None:
        super().__init__()
        self.levels, self.check, self.tonight, self.life = LevelPanel(trade), CheckPanel(), TonightPanel(), life
        self.views = {View.LEVELS: QRadioButton(_("Levels")), View.CHECK: QRadioButton(_("Check")), View.TONIGHT: QRadioButton(_("Tonight")),
                      View.LIFE: QRadioButton(_("Life"))}
        self._stack = QStackedWidget()
        row = QHBoxLayout()
        row.setContentsMargins(PAD, 4, PAD, 0)
        row.setSpacing(PAD)
        for wanted in (self.levels.clause_wanted, self.check.clause_wanted, self.tonight.clause_wanted, self.life.clause_wanted):
            wanted.connect(self.clause_wanted)
        for (view, button), panel in zip(self.views.items(), (self.levels, self.check, self.tonight, self.life), strict=True):
            self._stack.addWidget(panel)
            button.toggled.connect(lambda checked, chosen=view: self._turn(chosen) if checked else None)
            row.addWidget(button)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addLayout(row)
        whole.addWidget(self._stack, 1)
        self.views[View.LEVELS].setChecked(True)

    def show_view(self, view: View) -> None:
        """Turn to a view and put the cursor into its list."""
        self.views[view].setChecked(True)
        target = {View.LEVELS: self.levels.levels, View.CHECK: self.check.list, View.TONIGHT: self.tonight.list,
                  View.LIFE: self.life.list}[view]
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def view(self) -> View:
        """What is shown."""
        return list(View)[self._stack.currentIndex()]

    def show_look(self, look: PlanLook, plan: Plan, namer: Namer) -> None:
        """Show what was found of the plan."""
        self.check.show_faults(look.faults, plan, namer)
        self.check.show_compared(look.compared, look.linked)
        self.tonight.show_levels(look.levels, plan, namer)
        self.views[View.CHECK].setText(_("Check ({count})").format(count=len(look.faults)) if look.faults else _("Check"))

    def _turn(self, view: View) -> None:
        self._stack.setCurrentIndex(list(View).index(view))
