"""What a window shows while an older store is brought up to date: which, from where to where, the step, and that nothing can be lost."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from emergency_desk.domain.upgrades import Upgrade
from emergency_desk.ui.theme import GAP, PAD, Tone
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.wording import upgrade_words
from emergency_desk.wording.catalog import _

UPGRADE = "upgrade"
_WIDTH, _IN_A_STEP = 640, 100


class UpgradePage(QWidget):
    """Shows one upgrade; nothing can be done here but wait. The seconds go on, so that one sees it lives."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._clock, self._began = clock, clock()
        panel = Panel(_("The store is being brought up to date"))
        self.whole = text_label(size="large")
        self.where = text_label(tone=Tone.SECONDARY, size="small", wrap=True)
        self.step = text_label(strong=True, wrap=True)
        self.counted, self.waited = text_label(tone=Tone.SECONDARY), text_label(tone=Tone.SECONDARY)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(GAP)
        self.bar.setAccessibleName(_("How far it is"))
        self.safety = text_label(tone=Tone.SECONDARY, wrap=True)
        below = QHBoxLayout()
        below.addWidget(self.counted, 1)
        below.addWidget(self.waited)
        for part in (self.whole, self.where, self.step, self.bar):
            panel.body.addWidget(part)
        panel.body.addLayout(below)
        panel.body.addSpacing(GAP)
        panel.body.addWidget(self.safety)
        panel.setFixedWidth(_WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.addStretch(1)
        middle = QHBoxLayout()  # and no alignment: that would give words that wrap the height of a single line
        middle.addStretch(1)
        middle.addWidget(panel)
        middle.addStretch(1)
        layout.addLayout(middle)
        layout.addStretch(2)
        self._ticking = QTimer(self)
        self._ticking.timeout.connect(self._tick)

    def begin(self, upgrade: Upgrade) -> None:
        """Show an upgrade from its beginning."""
        self._began = self._clock()
        self.whole.setText(upgrade_words.whole(upgrade))
        self.where.setText(str(upgrade.store))
        self.safety.setText(upgrade_words.safety(upgrade))
        self.bar.setMaximum(upgrade.count * _IN_A_STEP)
        self._ticking.start(1000)
        self.show_step(upgrade)

    def show_step(self, upgrade: Upgrade) -> None:
        """Show where it stands now."""
        told = upgrade_words.step(upgrade)
        self.step.setText(_("{step}: {percent} %").format(step=told, percent=upgrade.percent) if upgrade.percent else told)
        self.counted.setText(upgrade_words.counted(upgrade))
        self.bar.setValue((upgrade.number - 1) * _IN_A_STEP + upgrade.percent)
        self._tick()

    def end(self) -> None:
        """It is over: the seconds stand."""
        self._ticking.stop()

    def _tick(self) -> None:
        self.waited.setText(_("{seconds} s").format(seconds=int(self._clock() - self._began)))
