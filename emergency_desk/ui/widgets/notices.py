"""The notice bar: what was done (with Undo), and what was refused. It never covers anything and never asks.

A thing done leaves by itself; a refusal stays until the next notice, until it is put away, or until another page is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from emergency_desk.ui.theme import GAP, PAD, Tone, colour, colours
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.panel import paint_card
from emergency_desk.ui.widgets.shapes import Shape, paint_shape
from emergency_desk.wording.catalog import _

UNDO_KEY, PUT_AWAY_KEY = "Alt+U", "Alt+X"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. `act` runs when its button (`act_text`) is pressed; a notice that stays waits to be put away.

    While `is_told` says so the page tells it itself, and the bar takes no room there.
    """

    text: str
    tone: Tone = Tone.GREEN
    shape: Shape = Shape.DONE
    act_text: str = ""
    act: Callable[[], object] | None = None
    stays: bool = False
    is_told: Callable[[], bool] | None = None


class NoticeBar(QWidget):
    """One line above the key bar, hidden while there is nothing to tell."""

    put_away = Signal()
    STAYS_MS = 12_000

    def __init__(self) -> None:
        super().__init__()
        self._notice: Notice | None = None
        self._text = text_label(wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._act = KeyButton("", UNDO_KEY)
        self._close = KeyButton(_("Put away"), PUT_AWAY_KEY, bare=True)
        self._act.clicked.connect(self.do_act)
        self._close.clicked.connect(self.clear)
        line = QHBoxLayout(self)
        line.setContentsMargins(PAD + 22, 2, GAP, 2)
        line.setSpacing(GAP)
        for part in (self._text, self._act, self._close):
            line.addWidget(part)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(self.STAYS_MS)
        self._timer.timeout.connect(self._leave)
        self.setMinimumHeight(36)
        self.hide()

    @property
    def notice(self) -> Notice | None:
        """The notice shown now."""
        return self._notice

    def tell(self, notice: Notice) -> None:
        """Show a notice in place of the last."""
        self._notice = notice
        self._text.setText(notice.text)
        self.setAccessibleName(notice.text)
        self._act.setVisible(notice.act is not None)
        self._act.set_words(notice.act_text or _("Undo"))
        self.arrange()
        self.update()
        if notice.stays:
            self._timer.stop()
        else:
            self._timer.start()

    def get_ready(self) -> None:
        """Lay out a first text unseen: what PySide makes at the first selectable label of a program (15 ms) does not fall on a call."""
        if self._notice is None:
            self._text.setText("…")
            self._text.setText("")

    def arrange(self) -> None:
        """Take room only for a notice that the page shown now does not tell itself."""
        notice = self._notice
        self.setVisible(notice is not None and not (notice.is_told is not None and notice.is_told()))

    def done(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Tell that something was done, and how it is undone."""
        self.tell(Notice(text, act=undo))

    def refuse(self, text: str) -> None:
        """Tell that a rule said no; it stays until it is put away."""
        self.tell(Notice(text, Tone.RED, Shape.UNAVAILABLE, stays=True))

    def turn_page(self) -> None:
        """Put away a refusal of the page that was left: on another page nobody knows what it speaks of."""
        if self._notice is not None and self._notice.stays and self._notice.shape is Shape.UNAVAILABLE:
            self.clear()
        self.arrange()

    def do_act(self) -> None:
        """Undo, or whatever the notice offers; afterwards it is gone."""
        notice = self._notice
        if notice is not None and notice.act is not None:
            self.clear()
            notice.act()

    def clear(self) -> None:
        """Put the notice away."""
        self._timer.stop()
        self._notice = None
        self.hide()
        self.put_away.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._notice is None:
            return
        painter = QPainter(self)
        tone = colour(self._notice.tone)
        paint_card(painter, QRectF(self.rect()), colours().panel, QColor(tone), 1.2)
        paint_shape(painter, self._notice.shape, QRectF(PAD, self.height() / 2 - 6, 12, 12), tone)

    def _leave(self) -> None:
        if self.underMouse():  # somebody is reading it
            self._timer.start()
        else:
            self.clear()
