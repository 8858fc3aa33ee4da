"""One clause while it is written: number, title, whom it binds, and its text in both languages side by side or one at a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_markup import plain
from emergency_desk.domain.plan_records import Clause
from emergency_desk.domain.texts import Text
from emergency_desk.domain.word_count import word_count
from emergency_desk.ui.plans.body_edit import BodyEdit
from emergency_desk.ui.plans.one_history import hand_history_on
from emergency_desk.ui.plans.part_fields import tiers
from emergency_desk.ui.plans.rows_edit import FreeChoice
from emergency_desk.ui.theme import PAD, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.fields import mark_refused
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.laying_out import across, fill_page
from emergency_desk.wording.catalog import _, current_language, pgettext
from emergency_desk.wording.formats import number
from emergency_desk.wording.keys import key_text

_NUMBER = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){0,5}")


class Shown(StrEnum):
    """Which languages stand on the screen."""

    BOTH = "both"
    CHINESE = "zh"
    ENGLISH = "en"


class ClauseEditor(QWidget):
    """`edited` when title, tier or text changed; `renumbered(number)` when another number was typed; `left` when the focus leaves a text."""

    edited = Signal()
    renumbered = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._clause: Clause | None = None
        self._filling = False
        self.number = QLineEdit()
        self.number.setFixedWidth(84)
        self.number.setAccessibleName(_("Number of the clause"))
        self.number.editingFinished.connect(self._renumber)
        self.tier = FreeChoice(_("Binds only"), (("", _("everybody")), *tiers()))
        self.tier.setFixedWidth(128)
        self.tier.currentIndexChanged.connect(lambda _place: self._touched())
        self.counted = text_label(tone=Tone.SECONDARY, size="small")
        self.titles: dict[str, QLineEdit] = {}
        self.bodies: dict[str, BodyEdit] = {}
        self._columns: dict[str, QWidget] = {}
        self.shown = {
            Shown.BOTH: QRadioButton(pgettext("languages", "Both")), Shown.CHINESE: QRadioButton(_("Chinese")),
            Shown.ENGLISH: QRadioButton(_("English"))}
        self._marks: list[tuple[KeyButton, bool]] = []
        self._lay_out()
        self.shown[Shown.BOTH].setChecked(True)
        self._show_marks()

    # -- in and out ----------------------------------------------------------------------------------------------------
    def show_clause(self, clause: Clause) -> None:
        """Show a clause; what stands there already keeps its cursor."""
        self._filling = True
        is_other = self._clause is None or clause.number != self._clause.number
        self._clause = clause
        if self.number.text() != clause.number:
            self.number.setText(clause.number)
        mark_refused(self.number, "")
        self.tier.choose(clause.tier.value if clause.tier else "")
        for language, title in self.titles.items():
            said = getattr(clause.title, language)
            if title.text().strip() != said or is_other:
                title.setText(said)
                title.setCursorPosition(0)
            self.bodies[language].set_body(getattr(clause.body, language))
        self._filling = False
        self._count()

    def clause(self) -> Clause:
        """Return the clause as it stands here, under the number it had."""
        assert self._clause is not None
        return replace(
            self._clause, title=Text(*(self.titles[one].text().strip() for one in ("zh", "en"))),
            body=Text(*(self.bodies[one].body for one in ("zh", "en"))), tier=Tier(self.tier.value) if self.tier.value else None)

    def _touched(self) -> None:
        if not self._filling and self._clause is not None:
            self._clause = self.clause()
            self._count()
            self.edited.emit()

    def _renumber(self) -> None:
        wanted = self.number.text().strip().rstrip(".")
        if self._clause is None or wanted == self._clause.number:
            return
        if _NUMBER.fullmatch(wanted):
            self.renumbered.emit(wanted)
        else:
            mark_refused(self.number, _("A number such as 4.2"))

    def _count(self) -> None:
        clause = self._clause
        if clause is not None:
            self.counted.setText(_("{zh} characters, {en} words").format(
                zh=number(word_count(plain(clause.body.zh))), en=number(word_count(plain(clause.body.en)))))

    # -- languages -----------------------------------------------------------------------------------------------------
    @property
    def languages(self) -> Shown:
        """Which languages are shown."""
        return next(shown for shown, button in self.shown.items() if button.isChecked())

    def turn_languages(self) -> None:
        """Go on to the next choice of languages, and keep the cursor in a text."""
        order = list(Shown)
        self.shown[order[(order.index(self.languages) + 1) % len(order)]].setChecked(True)
        self.focus_body()

    def _show_languages(self) -> None:
        for language, column in self._columns.items():
            column.setVisible(self.languages in (Shown.BOTH, Shown(language)))

    @property
    def body(self) -> BodyEdit:
        """The text that has the cursor, else the one shown; where both are, that of the desk's language, unless only the other one is written."""
        own, other = ("zh", "en") if current_language().startswith("zh") else ("en", "zh")
        focused = next((body for body in self.bodies.values() if body.hasFocus()), None)
        if focused is not None:
            return focused
        if self.languages is Shown.BOTH:
            only_other = self.bodies[own].document().isEmpty() and not self.bodies[other].document().isEmpty()
            return self.bodies[other if only_other else own]
        return self.bodies[self.languages.value]

    def focus_body(self) -> None:
        """Put the cursor into the text."""
        self.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_title(self) -> None:
        """Put the cursor into the title, where a new clause begins."""
        language = next(language for language, body in self.bodies.items() if body is self.body)
        self.titles[language].setFocus(Qt.FocusReason.OtherFocusReason)

    # -- building ------------------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        clause, binds = (text_label(words, tone=Tone.SECONDARY, size="small") for words in (_("Clause"), _("Binds")))
        top = across(clause, self.number, binds, self.tier)
        top.addStretch(1)
        for shown, button in self.shown.items():
            button.toggled.connect(lambda checked: self._show_languages() if checked else None)
            button.setAccessibleName(_("Show: {language}").format(language=button.text()))
            button.setProperty("shown", shown.value)
            top.addWidget(button)
        columns = QHBoxLayout()
        columns.setSpacing(PAD)
        for language, name in (("zh", _("Chinese")), ("en", _("English"))):
            columns.addWidget(self._column(language, name), 1)
        below = QHBoxLayout()
        below.setSpacing(4)
        for words, key, act, is_for_table in self._acts():
            mark = KeyButton(words, "" if is_for_table else key, bare=True)
            mark.setToolTip(key_text(key))
            mark.clicked.connect(act)
            self._marks.append((mark, is_for_table))
            below.addWidget(mark)
        below.addStretch(1)
        below.addWidget(self.counted)
        fill_page(self, top, columns, below, shares=(0, 1))

    def _acts(self) -> tuple[tuple[str, str, Callable[[], object], bool], ...]:
        """Return what can be done to the text: its word, its key, the act, and whether it is for a table alone."""
        return ((_("strong"), "Ctrl+B", lambda: self.body.toggle_strong(), False),
                (_("list"), "Ctrl+Shift+L", lambda: self.body.toggle_list(), False),
                (_("table"), "Ctrl+Shift+T", lambda: self.body.insert_table(), False),
                (_("+ row"), "Ctrl+Alt+Down", lambda: self.body.add_row(), True),
                (_("+ column"), "Ctrl+Alt+Right", lambda: self.body.add_column(), True),
                (_("− row"), "Ctrl+Alt+Up", lambda: self.body.remove_row(), True),
                (_("− column"), "Ctrl+Alt+Left", lambda: self.body.remove_column(), True))

    def _show_marks(self) -> None:
        """Offer what the place of the cursor allows: rows and columns in a table, lists and tables elsewhere."""
        is_in_table = self.body.is_in_table
        for mark, is_for_table in self._marks:
            mark.setVisible(is_for_table == is_in_table or mark is self._marks[0][0])

    def _column(self, language: str, name: str) -> QWidget:
        column = self._columns[language] = QWidget()
        title, body = QLineEdit(), BodyEdit(_("Text, {language}").format(language=name))
        title.setAccessibleName(_("Title, {language}").format(language=name))
        title.setPlaceholderText(_("Title, {language}").format(language=name))
        body.setPlaceholderText(_("Text, {language}").format(language=name))
        title.setProperty("letters", "large")
        self.titles[language], self.bodies[language] = title, body
        hand_history_on(title)
        title.textEdited.connect(lambda _text: self._touched())
        title.editingFinished.connect(self.left)
        title.returnPressed.connect(lambda: body.setFocus(Qt.FocusReason.TabFocusReason))
        body.edited.connect(self._touched)
        body.left.connect(self.left)
        body.cursorPositionChanged.connect(self._show_marks)
        down = QVBoxLayout(column)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(6)
        down.addWidget(title)
        down.addWidget(body, 1)
        return column
