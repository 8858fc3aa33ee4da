"""What the lists of units and of sites share: a filter line with a choice of kind, the list, and one record whole at the right."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from emergency_desk.domain.ids import Id
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import ChoiceBox
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.travel_acts import Travels
from emergency_desk.ui.widgets.buttons import KeyButton, row
from emergency_desk.ui.widgets.labels import ElidedLabel, text_label
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import N_, _

_PAUSE_MS, _WIDTH = 60, 400


class RegisterList(Travels, LivePage):
    """A subclass names its pages, its columns and its words."""

    page_id = ""
    form_id = ""
    keys: Mapping[Qt.Key, str] = {}

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        here = (self.page_id,)
        place.window.acts.register((
            Action(f"{self.page_id}_new", N_("Add an entry"), "new_record", "Ctrl+N", here, short=N_("new")),
            Action(f"{self.page_id}_find", N_("Find in the list"), "focus_find", "Ctrl+F", here, short=N_("find")),
            *self.travel_actions(self.page_id)))
        self.records: dict[str, Any] = {}
        self._is_read = False
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Find by name, code, place, pinyin or initials"))
        self.filter.setAccessibleName(_("Find in the list"))
        self.filter.installEventFilter(self)
        self.kind = ChoiceBox()
        self.kind.setAccessibleName(_("Kind"))
        for value, words in (("", _("All kinds")), *self.kinds()):
            self.kind.addItem(words, value)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.forget)
        self.filter.textChanged.connect(lambda _text: self._pause.start())
        self.boxes = (self.kind, *self.more_choices())
        for box in self.boxes:
            box.currentIndexChanged.connect(lambda _index: self._pause.start())
        self.lines = KeyedList(self.columns(), self.keys, row_height=30, header=True, empty=_("Nothing here fits. Ctrl+N adds an entry."))
        self.lines.setAccessibleName(self.title())
        self.lines.chosen.connect(self._show_record)
        self.lines.opened.connect(self._opened)
        self.panel, self.detail = Panel(self.title()), Panel()
        self.detail.setFixedWidth(_WIDTH)
        self.name = ElidedLabel(size="large")
        self.phone_word = text_label(_("Duty phone"), tone=Tone.SECONDARY, size="small")
        self.phone = text_label(size="figure")
        self.change_button = KeyButton(_("Change"), "Return")
        self.change_button.clicked.connect(lambda: self._opened(self.lines.current_key))
        self.buttons = (self.change_button, *self.more_buttons())
        self.facts = LinesList((Column(width=144), Column(stretch=True, wrap=True)), row_height=24)
        self.facts.setAccessibleName(_("All about the entry"))
        self._lay_out()

    def _lay_out(self) -> None:
        asked, across, down = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        asked.setSpacing(GAP)
        asked.addWidget(self.filter, 1)
        for box in self.boxes:
            asked.addWidget(box)
        self.panel.head.addWidget(self.travel_buttons())
        self.panel.body.addLayout(asked)
        self.panel.add_list(self.lines, 1)
        for part in (self.name, self.phone_word, self.phone, row(*self.buttons)):
            self.detail.body.addWidget(part)
        self.detail.add_list(self.facts, 1)
        across.setSpacing(GAP)
        across.addWidget(self.panel, 1)
        across.addWidget(self.detail)
        down.setContentsMargins(0, 0, 0, 0)
        down.addLayout(across, 1)

    # -- what a subclass says ------------------------------------------------------------------------------------------
    def more_choices(self) -> Sequence[ChoiceBox]:
        """Return further choices beside the kind."""
        return ()

    def more_buttons(self) -> Sequence[KeyButton]:
        """Return further buttons of the detail."""
        return ()

    @abstractmethod
    def title(self) -> str:
        """Return the title of the list."""

    @abstractmethod
    def kinds(self) -> Sequence[tuple[str, str]]:
        """Return the kinds to choose from."""

    @abstractmethod
    def columns(self) -> Sequence[Column]:
        """Return the columns of the list."""

    @abstractmethod
    def read_records(self, text: str, kind: str) -> list[Any]:
        """Read what fits. Runs on the store thread."""

    @abstractmethod
    def line_of(self, record: Any) -> Line:
        """Return a record as a line."""

    @abstractmethod
    def phone_of(self, record: Any) -> str:
        """Return the number to be dialled."""

    @abstractmethod
    def facts_of(self, record: Any) -> Sequence[tuple[str, str]]:
        """Return what is known of a record, empty facts too."""

    @abstractmethod
    def count_words(self, count: int) -> str:
        """Return how many there are, in words."""

    @abstractmethod
    def name_of(self, record: Any) -> str:
        """Return the name of a record."""

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], list[Any]]:
        text, kind = self.filter.text(), str(self.kind.currentData() or "")
        return lambda: self.read_records(text, kind)

    def show_read(self, answer: list[Any]) -> None:
        self.records = {record.id: record for record in answer}
        self.lines.show_lines([self.line_of(record) for record in answer])
        self.panel.set_head(note=self.count_words(len(answer)))
        self.lines.choose_first()
        self._show_record(self.lines.current_key)
        if not self._is_read:
            self._is_read = True
            self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_record(self, key: str) -> None:
        record = self.records.get(key)
        phone = self.phone_of(record) if record else ""
        self.name.setText(self.name_of(record) if record else "")
        self.phone.setText(phone or "—")
        self.phone.setVisible(record is not None)
        self.phone_word.setVisible(record is not None)
        for button in self.buttons:
            button.setVisible(record is not None)
        self.facts.set_empty(_("Choose an entry at the left: all about it appears here."))
        self.facts.show_lines([line(f"{number}", Cell(name, Tone.SECONDARY, size="small"), Cell(words, hint=words))
                               for number, (name, words) in enumerate(self.facts_of(record)) if words] if record else ())

    # -- keys ----------------------------------------------------------------------------------------------------------
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.filter and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress \
                and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._pause.isActive():
                self._pause.stop()
                self.forget()
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    def focus_find(self) -> None:
        """Put the cursor into the filter."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def new_record(self) -> None:
        """Open an empty form."""
        self._open(None)

    def _opened(self, key: str) -> None:
        self._open(Id(key))

    def _open(self, id_: Id | None) -> None:
        page: Any = self.place.window.show_page(self.form_id)
        page.open(id_)
