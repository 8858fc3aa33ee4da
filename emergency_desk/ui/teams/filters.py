"""The filter line of the register: text, area, kind, capability, state, what ends, and how the list is sorted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from emergency_desk.domain.ids import Id
from emergency_desk.domain.register import TeamFilter, TeamOrder
from emergency_desk.domain.teams import TeamKind, TeamState
from emergency_desk.services.register_lists import SavedView
from emergency_desk.ui.incidents.inline_form import ChoiceBox
from emergency_desk.ui.theme import GAP
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.labels import label

PAUSE_MS = 60
_DAYS = (0, 30, 90)
Choices = Sequence[tuple[str, str]]


class FilterLine(QWidget):
    """`changed` a breath after the last letter or choice; `left_down` on Down or Enter in the text."""

    changed = Signal()
    left_down = Signal()

    def __init__(self, *, areas: Choices, capabilities: Choices, name_of: Callable[[Id], str]) -> None:
        super().__init__()
        self._name_of = name_of
        self.text = QLineEdit()
        self.text.setPlaceholderText(_("Find by name, code, place, pinyin or initials"))
        self.text.setAccessibleName(_("Find teams"))
        self.text.setClearButtonEnabled(True)
        self.text.installEventFilter(self)
        self.area = choice_box(_("Area"), [("", _("All areas")), *areas])
        self.kind = choice_box(_("Kind"), [("", _("All kinds")), *((kind.value, label(kind)) for kind in TeamKind)])
        self.capability = choice_box(_("Capability"), [("", _("All capabilities")), *capabilities])
        states = [(state.value, label(state)) for state in TeamState]
        self.state = choice_box(_("State"), [("", _("All states")), *states, ("retired", _("retired"))])
        self.days = choice_box(_("What ends"), [("", _("Any papers")), *((str(days), _ending(days)) for days in _DAYS)])
        self.order = choice_box(_("Sorted"), [(order.value, label(order)) for order in TeamOrder])
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.changed.emit)
        self.text.textChanged.connect(lambda _text: self._pause.start())
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP)
        across.addWidget(self.text, 1)
        for box in self.boxes:
            box.currentIndexChanged.connect(lambda _index: self._pause.start())
            across.addWidget(box)

    @property
    def boxes(self) -> tuple[QComboBox, ...]:
        """The choices beside the text, from left to right."""
        return self.area, self.kind, self.capability, self.state, self.days, self.order

    @property
    def is_waiting(self) -> bool:
        """Say whether the last letter is still to be told."""
        return self._pause.isActive()

    def tell_now(self) -> None:
        """Tell a change at once."""
        if self._pause.isActive():
            self._pause.stop()
            self.changed.emit()

    # -- what is asked -------------------------------------------------------------------------------------------------
    def asked(self, today: date) -> TeamFilter:
        """Return what is asked for now."""
        return filter_of(self.view(""), today)

    @property
    def sorted_by(self) -> TeamOrder:
        """The order of the list."""
        return TeamOrder(str(self.order.currentData()))

    def view(self, name: str) -> SavedView:
        """Return what is asked for as a view to be saved."""
        state, kind = str(self.state.currentData()), str(self.kind.currentData())
        area, days = str(self.area.currentData()), str(self.days.currentData())
        return SavedView(
            name, text=self.text.text().strip(), kinds=(TeamKind(kind),) if kind else (), capability=str(self.capability.currentData()),
            area_id=Id(area) if area else None, states=(TeamState(state),) if state and state != "retired" else (),
            days=int(days) if days else None, is_retired=state == "retired", order=self.sorted_by)

    def show_view(self, view: SavedView) -> None:
        """Ask what a view asks."""
        self.text.setText(view.text)
        if view.area_id and self.area.findData(view.area_id) < 0:
            self.area.addItem(self._name_of(view.area_id), view.area_id)
        state = "retired" if view.is_retired else view.states[0].value if view.states else ""
        chosen = (view.area_id or "", view.kinds[0].value if view.kinds else "", view.capability, state,
                  "" if view.days is None else str(view.days), view.order.value)
        for box, value in zip(self.boxes, chosen, strict=True):
            box.setCurrentIndex(max(0, box.findData(value)))
        self._pause.stop()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_key = watched is self.text and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if is_key and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):  # type: ignore[attr-defined]
            self.left_down.emit()
            return True
        return super().eventFilter(watched, event)


def filter_of(view: SavedView, today: date) -> TeamFilter:
    """Return the filter of a view as of today."""
    asked = TeamFilter(text=view.text, kinds=view.kinds, capability=view.capability, area_id=view.area_id, states=view.states,
                       is_retired=view.is_retired)
    return asked if view.days is None else replace(asked, ends_by=today + timedelta(days=view.days))


def usual_views() -> list[SavedView]:
    """Return the views every desk has."""
    return [SavedView(_("All teams")), SavedView(_("Standing by"), states=(TeamState.STANDBY,), order=TeamOrder.MUSTER),
            SavedView(_("Papers end soon"), days=30), SavedView(_("Retired"), is_retired=True)]


def _ending(days: int) -> str:
    return _("Papers ended") if days == 0 else ngettext("Ends in {days} day", "Ends in {days} days", days).format(days=days)


def choice_box(name: str, choices: Choices) -> ChoiceBox:
    """Return a choice of (value, words) for a filter line."""
    made = ChoiceBox()
    made.setAccessibleName(name)
    for value, words in choices:
        made.addItem(words, value)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(10)
    made.setMaxVisibleItems(24)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return made
