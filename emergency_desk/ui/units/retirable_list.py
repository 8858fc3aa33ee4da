"""A list whose records can be retired: out of sight in use, shown on demand, brought back with the same key."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt

from emergency_desk.domain.ids import Id
from emergency_desk.services.desk import Desk, Done
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import ChoiceBox
from emergency_desk.ui.units.list_base import RegisterList
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import N_, _


class RetirableList(RegisterList):
    """R retires the record that is chosen, or brings a retired one back; Alt+R turns between both lists."""

    keys = {Qt.Key.Key_R: "retire"}

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register((Action(
            f"{self.page_id}_retired", N_("Show the retired, or those in use"), "turn_retired", "Alt+R", (self.page_id,), short=N_("retired")),))
        self.lines.setAccessibleName(_("{list}: Enter change, R retire or take back into use").format(list=self.title()))
        self.lines.key_pressed.connect(lambda name, key: self.turn_use(key) if name == "retire" else None)

    @abstractmethod
    def read_of_use(self, text: str, kind: str, *, is_retired: bool) -> list[Any]:
        """Read what fits among those in use or the retired. Runs on the store thread."""

    @abstractmethod
    def retire(self, desk: Desk, id_: Id) -> Done[Any]:
        """Take a record out of use. Runs on the store thread."""

    @abstractmethod
    def bring_back(self, desk: Desk, id_: Id) -> Done[Any]:
        """Take a record into use again. Runs on the store thread."""

    def more_choices(self) -> Sequence[ChoiceBox]:
        self.use = ChoiceBox()
        self.use.setAccessibleName(_("In use or retired"))
        for value, words in (("", _("In use")), ("retired", _("Retired"))):
            self.use.addItem(words, value)
        return (self.use,)

    def more_buttons(self) -> Sequence[KeyButton]:
        self.retire_button = KeyButton(_("Retire"), "R")
        self.retire_button.clicked.connect(lambda: self.turn_use(self.lines.current_key))
        return (self.retire_button,)

    def read_records(self, text: str, kind: str) -> list[Any]:
        return self.read_of_use(text, kind, is_retired=bool(self.use.currentData()))

    def show_read(self, answer: list[Any]) -> None:
        super().show_read(answer)
        self.retire_button.set_words(_("Bring back") if self.use.currentData() else _("Retire"))
        self.lines.set_empty(_("Nothing here was retired.") if self.use.currentData() else _("Nothing here fits. Ctrl+N adds an entry."))

    def turn_retired(self) -> None:
        """Show the retired ones, or those in use again."""
        self.use.setCurrentIndex(1 - self.use.currentIndex())

    def turn_use(self, key: str) -> None:
        """Retire a record, with a notice that undoes it, or bring a retired one back."""
        record, desk, notices = self.records.get(key), self.place.desk, self.place.window.notices
        if record is None:
            return
        name = self.name_of(record)
        if record.is_retired:
            self.place.ask(lambda: self.bring_back(desk, record.id),
                           then=lambda _done: notices.done(_("{name} is in use again.").format(name=name)))
            return
        self.place.ask(lambda: self.retire(desk, record.id), then=lambda _done: notices.done(
            _("{name} is retired; its history stays.").format(name=name), lambda: self.place.ask(lambda: self.bring_back(desk, record.id))))
