"""The filter line of the shelf: words, kind, tier, type of incident, standing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_records import PlanKind
from emergency_desk.domain.plan_shelf import ShelfStanding
from emergency_desk.services.plan_search import PlanFilter
from emergency_desk.ui.teams.filters import Choices, choice_box
from emergency_desk.ui.theme import GAP
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import label

PAUSE_MS = 40  # a breath between two letters of somebody who types quickly
_TIERS = (Tier.CITY, Tier.DISTRICT, Tier.STREET, Tier.VILLAGE)


class ShelfFilter(QWidget):
    """`changed` a breath after the last letter or choice; `stepped(1 or -1)` on Down and Up, `entered` on Enter in the words."""

    changed = Signal()
    stepped = Signal(int)
    entered = Signal()

    def __init__(self, *, hazards: Choices) -> None:
        super().__init__()
        self.text = QLineEdit()
        self.text.setPlaceholderText(_("Search all plans: titles, clauses, actions, cards, contacts"))
        self.text.setAccessibleName(_("Search the plans"))
        self.text.setClearButtonEnabled(True)
        self.text.installEventFilter(self)
        self.kind = choice_box(_("Kind"), [("", _("All kinds")), *((kind.value, label(kind)) for kind in PlanKind)])
        self.tier = choice_box(_("Tier"), [("", _("All tiers")), *((tier.value, label(tier)) for tier in _TIERS)])
        self.hazard = choice_box(_("Type of incident"), [("", _("All types")), *hazards])
        self.standing = choice_box(_("Standing"), [("", _("All versions")), *((one.value, label(one)) for one in ShelfStanding)])
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.changed.emit)
        self.text.textChanged.connect(lambda _text: self._pause.start())
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP)
        across.addWidget(self.text, 1)
        for box in (self.kind, self.tier, self.hazard, self.standing):
            box.currentIndexChanged.connect(lambda _index: self._pause.start())
            across.addWidget(box)

    @property
    def asked(self) -> PlanFilter:
        """What is asked for beside the words."""
        kind, tier, standing = (str(box.currentData() or "") for box in (self.kind, self.tier, self.standing))
        return PlanFilter(kind=PlanKind(kind) if kind else None, tier=Tier(tier) if tier else None,
                          hazard=str(self.hazard.currentData() or ""), standing=ShelfStanding(standing) if standing else None)

    @property
    def is_waiting(self) -> bool:
        """Say whether the last letter is still to be told."""
        return self._pause.isActive()

    def tell_now(self) -> None:
        """Tell a change at once."""
        if self._pause.isActive():
            self._pause.stop()
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.text and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}
            if event.key() in steps:
                self.tell_now()
                self.stepped.emit(steps[event.key()])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.tell_now()
                self.entered.emit()
                return True
        return super().eventFilter(watched, event)
