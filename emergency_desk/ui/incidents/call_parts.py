"""Small parts of the call form: a choice box that hears initials, the head of a question, a figure with its caption."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from emergency_desk.ui.incidents.call_telling import act_words
from emergency_desk.ui.theme import GAP, Tone, colours
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.fields import NumberEdit
from emergency_desk.ui.widgets.labels import ElidedLabel, text_label
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.pills import Pill, PillLabel
from emergency_desk.wording import formats, sounds
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import field_label


class ChoiceBox(QComboBox):
    """A choice by keyboard: characters, pinyin, initials or digits such as 119 go to the line that fits best."""

    _PAUSE_SECONDS = 1.0

    def __init__(self, name: str, choices: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self._typed, self._typed_at = "", 0.0
        self.setAccessibleName(name)
        self.setMaxVisibleItems(16)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for value, word in choices:
            self.addItem(word, value)

    @property
    def value(self) -> str:
        """The value of the chosen line."""
        return str(self.currentData() or "")

    def choose(self, value: str) -> None:
        """Choose a line by its value; an unknown value chooses the first."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def offer(self, choices: Iterable[tuple[str, str]], value: str) -> None:
        """Offer other lines with one of them chosen, and tell nobody: no person chose."""
        self.blockSignals(True)
        self.clear()
        for each, word in choices:
            self.addItem(word, each)
        self.choose(value)
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isalnum() and event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            self._hear(event.text())
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours().secondary), 1.5))
        right, middle = self.width() - 15, self.height() / 2
        painter.drawPolyline([QPointF(right - 4, middle - 2), QPointF(right, middle + 2), QPointF(right + 4, middle - 2)])

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # turning the wheel over a form must not change an answer

    def _hear(self, text: str) -> None:
        now = time.monotonic()
        self._typed = (self._typed if now - self._typed_at < self._PAUSE_SECONDS else "") + text
        self._typed_at = now
        scores = [sounds.score(self._typed, self.itemText(line)) for line in range(self.count())]
        if max(scores, default=0) > 0:
            self.setCurrentIndex(scores.index(max(scores)))


class QuestionHead(QWidget):
    """The number of a question, its word, and at the right a note or a widget."""

    def __init__(self, number: int, word: str, right: QWidget | str) -> None:
        super().__init__()
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP)
        across.addWidget(PillLabel(Pill(str(number), Tone.ACT, filled=True)))
        across.addWidget(text_label(word, strong=True))
        if isinstance(right, str):
            note = ElidedLabel(right, tone=Tone.SECONDARY, size="small", least_width=0)
            note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            across.addWidget(note, 1)
        else:
            across.addStretch(1)
            across.addWidget(right, 4)


class Figure(QWidget):
    """A number that may be unknown, below its caption."""

    def __init__(self, name: str) -> None:
        super().__init__()
        word = field_label(name)
        self.edit = NumberEdit(name=word)
        self.edit.setMinimumWidth(44)
        self.edit.setMaximumWidth(16_777_215)
        self.edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.edit.setPlaceholderText("?")
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(2)
        down.addWidget(text_label(word, tone=Tone.SECONDARY, size="small"))
        down.addWidget(self.edit)


class CallHead(Panel):
    """The title line: what this is, since when, and that three answers are enough."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.told = text_label(tone=Tone.SECONDARY, size="small")
        across = QHBoxLayout()
        across.setSpacing(GAP)
        across.addWidget(text_label(_("New call"), size="title"))
        across.addWidget(self.told)
        across.addStretch(1)
        across.addWidget(text_label(_("Three answers are enough: what, where, how bad"), tone=Tone.ACT, strong=True))
        self.body.addLayout(across)

    def show_received(self, moment: datetime) -> None:
        """Tell when the call came in."""
        self.told.setText(_("received {time}").format(time=formats.clock_time(moment, seconds=True)))

    def show_kept(self, moment: datetime) -> None:
        """Tell that what was typed is kept."""
        self.told.setText(_("draft kept · since {time}").format(time=formats.clock_time(moment, seconds=True)))


class CallFoot(QWidget):
    """The next act, filled; saving without sending; and what Esc does."""

    def __init__(self) -> None:
        super().__init__()
        self.act = KeyButton("", "Ctrl+Return", filled=True)
        self.save = KeyButton(_("Save only"), "Ctrl+S")
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP)
        across.addWidget(self.act)
        across.addWidget(self.save)
        across.addStretch(1)
        across.addWidget(text_label(_("Esc keeps a draft"), tone=Tone.SECONDARY, size="small"))

    def show_act(self, count: int, *, is_saving: bool, is_thinking: bool, follows_advice: bool) -> None:
        """Name the next act: how many teams go, or that the desk still thinks."""
        self.act.set_words(act_words(count, is_saving=is_saving, is_thinking=is_thinking, follows_advice=follows_advice))
        self.act.setEnabled(not is_saving)
        self.save.setVisible(bool(count) or is_thinking)
