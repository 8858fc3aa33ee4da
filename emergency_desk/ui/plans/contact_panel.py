"""Whom a plan says to ring: the number, when it was last tried, and two keys that keep what happened when it was rung."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from emergency_desk.domain.plan_contacts import ContactState
from emergency_desk.ui.incidents.live_page import KeyedList
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.lines import Cell, Column, Line
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording.catalog import _, current_language, ngettext
from emergency_desk.wording.formats import calendar_day

TRIED_KEYS = {Qt.Key.Key_A: "answered", Qt.Key.Key_N: "silent"}
_COLUMNS = (Column(stretch=1, wrap=True), Column(right=True, width=150))


class RungList(KeyedList):
    """A list below which buttons come and go; the chosen line stays in sight."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, lambda: self.scrollTo(self.currentIndex()))  # once the lines that wrap have their height


class TriedButtons(QWidget):
    """`tried(is_answered)` when somebody says how the ringing ended; offered only for a contact with a number."""

    tried = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.answered, self.silent = KeyButton(_("Rang: answered"), "A"), KeyButton(_("Rang: no answer"), "N")
        self.answered.clicked.connect(lambda: self.tried.emit(True))
        self.silent.clicked.connect(lambda: self.tried.emit(False))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for button in (self.answered, self.silent):
            row.addWidget(button)
        row.addStretch(1)


class ContactPanel(Panel):
    """`clause_wanted(number)` when a contact is opened, `tried(contact, is_answered)` when it was rung."""

    clause_wanted = Signal(str)
    tried = Signal(object, bool)

    def __init__(self, *, may_try: bool) -> None:
        super().__init__(_("Whom this plan says to ring"))
        self._states: dict[str, ContactState] = {}
        self._may_try = may_try
        self.list = RungList(_COLUMNS, TRIED_KEYS, ruled=True, empty=_("The plan names nobody to ring."))
        self.list.setAccessibleName(_("Contacts: A answered, N no answer"))
        self.buttons = TriedButtons()
        self.add_list(self.list, 1)
        self.body.addWidget(self.buttons)
        self.list.opened.connect(self._jump)
        self.list.chosen.connect(lambda _key: self._offer())
        self.list.key_pressed.connect(lambda name, _key: self._rang(is_answered=name == "answered"))
        self.buttons.tried.connect(lambda is_answered: self._rang(is_answered=is_answered))
        self._offer()

    def show_contacts(self, states: tuple[ContactState, ...], today: date) -> None:
        """Show how each contact stands."""
        self._states = {f"{state.contact.role.zh}|{state.contact.unit.zh}": state for state in states}
        self.list.show_lines([_line(key, state, today) for key, state in self._states.items()])
        due, missing = sum(state.is_due(today) for state in states), sum(not state.phone for state in states)
        told = [ngettext("{count} to try", "{count} to try", due).format(count=due)] if due else []
        told += [ngettext("{count} without a number", "{count} without a number", missing).format(count=missing)] if missing else []
        self.set_head(note=_(" · ").join(told))
        self._offer()

    @property
    def current(self) -> ContactState | None:
        """The contact that is chosen."""
        return self._states.get(self.list.current_key)

    def _offer(self) -> None:
        self.buttons.setVisible(self._may_try and self.current is not None and bool(self.current.phone))

    def _jump(self, _key: str) -> None:
        if self.current is not None and self.current.clause:
            self.clause_wanted.emit(self.current.clause)

    def _rang(self, *, is_answered: bool) -> None:
        if self.buttons.isVisibleTo(self):
            self.tried.emit(self.current, is_answered)


def _line(key: str, state: ContactState, today: date) -> Line:
    language = current_language()
    role, unit = state.contact.role.in_language(language), state.contact.unit.in_language(language)
    told, tone, shape = _tried(state, today)
    return Line(key, (Cell(_("{role}, {unit}").format(role=role, unit=unit), below=told),
                      Cell(state.phone or _("no number"), Tone.TEXT if state.phone else Tone.ORANGE, strong=bool(state.phone), shape=shape,
                           shape_tone=tone)))


def _tried(state: ContactState, today: date) -> tuple[str, Tone, Shape]:
    """Return in words, tone and shape when a number was tried last."""
    if not state.phone:
        return _("to be filled in"), Tone.ORANGE, Shape.NONE
    if state.differs:
        return _("the register has {phone}").format(phone=state.registered), Tone.ORANGE, Shape.DOUBTFUL
    if state.tried_on is None:
        return _("never tried"), Tone.ORANGE, Shape.DUE
    if state.is_silent:
        return _("no answer on {day}").format(day=calendar_day(state.tried_on)), Tone.ORANGE, Shape.DOUBTFUL
    if state.is_due(today):
        return _("last tried on {day}").format(day=calendar_day(state.tried_on)), Tone.ORANGE, Shape.DUE
    return _("answered on {day}").format(day=calendar_day(state.tried_on)), Tone.GREEN, Shape.DONE
