"""What every window of a drill's twin says: that it is a drill, what its clock shows, the newest inject, and at once a real event that came."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from emergency_desk.domain.drill_following import Following
from emergency_desk.domain.drill_life import REAL_TIME
from emergency_desk.domain.drill_twins import TwinMark
from emergency_desk.domain.drills import Inject
from emergency_desk.ui.actions import Action
from emergency_desk.ui.theme import BODY, PAD, Tone, colour, colours
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _
from emergency_desk.wording.labels import label

RECALL_KEY = "F7"
ACTIONS = (Action("drill_recall", N_("Recall everybody: a real event"), "recall_everybody", RECALL_KEY, in_bar=False),)
_TICK_MS = 1_000
BOTH = "演练 DRILL"  # in both languages, whichever the window speaks


class Strip(QWidget):
    """One line on a ground of its own, shortened where the room ends."""

    def __init__(self, tone: Tone, *, height: int = 30) -> None:
        super().__init__()
        self.tone, self.lead, self.text = tone, "", ""
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.button: KeyButton | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(PAD, 2, PAD, 2)
        self._row.addStretch(1)

    def add_button(self, button: KeyButton) -> None:
        """Put a button at the right end."""
        self.button = button
        self._row.addWidget(button)

    def show_words(self, lead: str, text: str, *, tone: Tone | None = None) -> None:
        """Show a bold word and what follows it."""
        self.tone = tone or self.tone
        if (lead, text) != (self.lead, self.text):
            self.lead, self.text = lead, text
            self.setToolTip(text)
            self.setAccessibleName(f"{lead} {text}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, ground = QPainter(self), colour(self.tone)
        painter.fillRect(self.rect(), ground)
        painter.setPen(QColor(colours().on_fill))
        bold = QFont(self.font())
        bold.setPixelSize(BODY + 3)
        bold.setBold(True)
        painter.setFont(bold)
        middle = Qt.AlignmentFlag.AlignVCenter
        lead = QFontMetricsF(bold).horizontalAdvance(self.lead)
        painter.drawText(QRectF(PAD, 0, lead + 2, self.height()), middle, self.lead)
        plain = QFont(self.font())
        plain.setPixelSize(BODY)
        painter.setFont(plain)
        room = self.width() - lead - 3 * PAD - (self.button.width() + PAD if self.button is not None and self.button.isVisible() else 0)
        told = QFontMetricsF(plain).elidedText(self.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(lead + 2 * PAD, 0, room, self.height()), middle, told)


class DrillBanner(QWidget):
    """Stands at the head of a window of the twin. `recall` is clicked when somebody recalls everybody."""

    def __init__(self, mark: TwinMark, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._mark, self._now = mark, now
        self._following: Following | None = None
        self._is_heard, self._is_sealed = True, mark.is_sealed
        self.what, self.real, self.inject = Strip(Tone.ORANGE), Strip(Tone.RED, height=40), Strip(Tone.BLUE)
        self.recall = KeyButton(_("Recall everybody"), RECALL_KEY)
        self.real.add_button(self.recall)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for strip in (self.what, self.real, self.inject):
            whole.addWidget(strip)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self.tick()

    def show_following(self, following: Following | None, *, is_sealed: bool) -> None:
        """Show what the real desk said last; None: it does not answer."""
        self._is_heard, self._is_sealed = following is not None or is_sealed, is_sealed
        self._following = following or self._following
        self.tick()

    def tick(self) -> None:
        """Show the time, and everything that hangs on it."""
        self.what.show_words(BOTH, self._what())
        lead, real = self._real()
        self.real.setVisible(bool(real))
        self.real.show_words(lead, real)
        following = self._following
        self.recall.setVisible(following is not None and not following.is_over and bool(following.real))
        inject = following.injects[0] if following is not None and following.injects and not following.is_over else None
        self.inject.setVisible(inject is not None)
        if inject is not None:
            self.inject.show_words(_("Inject {number}").format(number=inject.number), self._inject(inject))

    def _what(self) -> str:
        parts = [_("{number} {title}").format(number=self._mark.number, title=self._mark.title)]
        following = self._following
        if following is not None:
            parts.append(label(following.drill.state))
            if not following.is_over:
                parts.append(_("drill clock {time}").format(time=formats.clock_time(self._now(), seconds=True)))
                parts += [pace_words(following.pace)] if following.pace not in (0, REAL_TIME) else []
        if self._is_sealed:
            parts.append(_("sealed, only to be read"))
        return _(" · ").join((*parts, _("nothing here is real")))

    def _real(self) -> tuple[str, str]:
        following = self._following
        if not self._is_heard:
            return _("The real desk does not answer."), _("No real event comes through here: somebody must watch the real desk itself.")
        if following is None:
            return "", ""
        if following.broken_off_for:
            return _("DRILL BROKEN OFF"), _("Real event: {incident}. Everybody back to the real desk; nothing more is entered here.").format(
                incident=following.broken_off_for)
        if following.is_over:
            return _("The drill is over."), _("Nothing more is entered here.")
        if following.real:
            line = following.real[0]
            return _("REAL EVENT, no drill"), _("{number} {title} · {area} {address} · received {when}").format(
                number=line.number, title=line.title, area=line.area_name, address=line.address,
                when=formats.clock_time(line.recorded_at))
        return "", ""

    def _inject(self, inject: Inject) -> str:
        assert self._following is not None and inject.released_at is not None
        return _("to {whom} at {time}: {text}").format(
            whom=inject.to_whom, time=formats.clock_time(self._following.clock(inject.released_at)), text=inject.text)


def pace_words(percent: int) -> str:
    """Say how fast the clock of a drill goes."""
    return _("clock × {times}").format(times=f"{percent / REAL_TIME:g}") if percent else _("clock stands")
