"""The bars of the frame: above, who we are, what is late and what time it is; below, the keys and the state of the store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from emergency_desk.domain.areas import Tier
from emergency_desk.ui.actions import Action, Actions
from emergency_desk.ui.palette_box import PaletteBox
from emergency_desk.ui.theme import BAR, GAP, KEY_BAR, PAD, Tone, colours
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.labels import ElidedLabel, dress, text_label
from emergency_desk.ui.widgets.pills import Pill, PillLabel, late_pill, tier_pill
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import ngettext

Now = Callable[[], datetime]


class TopBar(QWidget):
    """`overdue_pressed` when the pill of late things is clicked, `officer_pressed` when the name is."""

    overdue_pressed = Signal()
    officer_pressed = Signal()
    _BOX = 340

    def __init__(self, now: Now) -> None:
        super().__init__()
        self._now = now
        self.setFixedHeight(BAR)
        self.box = PaletteBox()
        self.box.setFixedWidth(self._BOX)
        self._desk = ElidedLabel(size="large", least_width=80)
        self._tier = PillLabel()
        self.overdue = PillLabel()
        self.overdue.setCursor(Qt.CursorShape.PointingHandCursor)
        self.overdue.clicked.connect(self.overdue_pressed)
        self.officer = KeyButton("", bare=True)
        self.officer.clicked.connect(self.officer_pressed)
        self.clock = text_label(size="title")
        self._lay_out()
        self._tick_tock()

    def show_desk(self, name: str, tier: Tier | None, officer: str) -> None:
        """Show whose desk this is and who sits at it."""
        self._desk.setText(name)
        self._tier.setVisible(tier is not None)
        if tier is not None:
            self._tier.show_pill(tier_pill(tier))
        self.officer.set_words(officer)
        self.officer.setVisible(bool(officer))

    def show_overdue(self, count: int) -> None:
        """Show how many things are late; none, and the pill goes."""
        self.overdue.setVisible(count > 0)
        self.overdue.show_pill(late_pill(count, ngettext("{count} overdue", "{count} overdue", count).format(count=count)) if count
                               else Pill(""))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours().panel))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), QColor(colours().line))

    def _lay_out(self) -> None:
        left, right = QHBoxLayout(), QHBoxLayout()
        for part, side in ((self._desk, left), (self._tier, left), (self.overdue, right), (self.officer, right), (self.clock, right)):
            side.addWidget(part)
            side.setSpacing(PAD)
        left.addStretch(1)
        right.insertStretch(0, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(PAD + 2, 0, PAD + 2, 0)
        whole.setSpacing(PAD)
        # Both sides want the same room, so the box stands in the middle.
        whole.addLayout(left, 1)
        whole.addWidget(self.box)
        whole.addLayout(right, 1)
        self.show_overdue(0)

    def _tick_tock(self) -> None:
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._tick)
        self._tick()

    def _tick(self) -> None:
        moment = self._now()
        self.clock.setText(formats.clock_time(moment, seconds=True))
        self.clock.setMinimumWidth(QFontMetrics(self.clock.font()).horizontalAdvance("00:00:00") + 2)
        self._timer.start(1000 - moment.microsecond // 1000 + 5)


class KeyBar(QWidget):
    """The keys of the page, each also a button; what has no room stays in the Ctrl+K box."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._actions = actions
        self.setFixedHeight(KEY_BAR)
        self._buttons: list[KeyButton] = []
        self._built: tuple[tuple[str, ...], ...] = ()
        self._keys = QWidget()
        self._line = QHBoxLayout(self._keys)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(4)
        self._keys.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.status = ElidedLabel(tone=Tone.SECONDARY, size="small", least_width=60)
        self.status.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(PAD - 3, 0, PAD + 2, 0)
        whole.setSpacing(GAP * 2)
        whole.addWidget(self._keys, 1)
        whole.addWidget(self.status)
        actions.changed.connect(self.rebuild)

    def show_status(self, text: str, tone: Tone = Tone.SECONDARY) -> None:
        """Show how store and backups are."""
        dress(self.status, tone=tone, strong=tone is not Tone.SECONDARY)
        self.status.setText(text)

    @property
    def printed(self) -> list[str]:
        """The ids of the actions that stand on the bar."""
        return [str(button.property("action")) for button in self._buttons if not button.isHidden()]

    def rebuild(self) -> None:
        """Show the keys of the page that is shown now; the same keys stay as they are."""
        wanted = tuple((action.id, action.bar_words, action.words, action.key)
                       for action in sorted(self._actions.here(), key=_place_in_bar) if action.key and action.in_bar)
        if wanted == self._built:
            return
        self._built = wanted
        for button in self._buttons:
            self._line.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(action_id) for action_id, *_words in wanted]
        while self._line.count():
            self._line.takeAt(0)
        for button in self._buttons:
            self._line.addWidget(button)
        self._line.addStretch(1)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _button(self, action_id: str) -> KeyButton:
        action = self._actions.get(action_id)
        button = KeyButton(action.bar_words, action.key, bare=True)
        button.setProperty("action", action_id)
        button.setToolTip(action.words)
        button.clicked.connect(lambda: self._actions.do(action_id))
        return button

    def _fit(self) -> None:
        room = self.width() - self.status.sizeHint().width() - 3 * PAD
        for button in self._buttons:
            room -= button.sizeHint().width() + 4
            button.setVisible(room >= 0)


def _place_in_bar(action: Action) -> tuple[int, int]:
    """Function keys by their number, then what the Ctrl key does, then the ways to the parts of the page as they were registered."""
    if action.key[:1] == "F" and action.key[1:].isdecimal():
        return 0, int(action.key[1:])
    return (1 if action.key.startswith("Ctrl+") else 2), 0
