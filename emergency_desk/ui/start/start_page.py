"""What a desk shows when it cannot open a store: why, what to do, and the demo city for who only wants to look."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from emergency_desk.domain.errors import DeskError, StoreTrouble
from emergency_desk.ui.theme import GAP, PAD, Tone
from emergency_desk.ui.widgets.buttons import KeyButton, row
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.wording.catalog import _
from emergency_desk.wording.refusals import sentence


class StartPage(QWidget):
    """`again_wanted` when the store is to be tried again, `demo_wanted` when the demo city is to be built and opened, `restore_wanted` when the
    backup is to take the place of a damaged store.
    """

    again_wanted = Signal()
    demo_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, error: DeskError, *, store: Path, backup: Path | None = None) -> None:
        super().__init__()
        missing = isinstance(error, StoreTrouble) and error.values.get("reason") == "missing"
        panel = Panel(_("No store yet") if missing else _("The store was not opened"))
        self._told = text_label("", wrap=True)
        self._told.setText(_("There is no store at {path}.").format(path=store) if missing else sentence(error))
        self._offer = text_label(
            _("The demo city shows the whole desk with invented teams, depots and shelters in Qingdao. Nothing in it is real."),
            tone=Tone.SECONDARY, wrap=True)
        self._build = KeyButton(_("Build the demo city and open it"), "Return", filled=True)
        self._build.clicked.connect(self._want)
        self.again = KeyButton(_("Try again"))
        self.again.clicked.connect(self.again_wanted)
        self.again.setVisible(not missing)
        self._progress = QProgressBar()
        self._progress.setVisible(False)
        self.restore = KeyButton(_("Put the newest backup in its place; the damaged store is kept aside"), "Ctrl+Return", filled=True)
        if backup is None:
            self.restore.hide()
        self.restore.clicked.connect(self._want_backup)
        for part in (self._told, self.restore, row(self.again), self._offer, self._build, self._progress):
            panel.body.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addStretch(1)
        layout.addWidget(panel)
        layout.addStretch(2)
        (self._build if backup is None else self.restore).setFocus()

    def show_progress(self, done: int, total: int, what: str = "") -> None:
        """Show how far the building is."""
        self._progress.setVisible(True)
        self._progress.setMaximum(max(total, 1))
        self._progress.setValue(done)
        self._progress.setFormat(what)

    def show_refusal(self, error: DeskError) -> None:
        """Tell why the store was not opened again, or why the demo city could not be built."""
        self._told.setText(sentence(error))
        self._build.setEnabled(True)
        self.restore.setEnabled(True)

    def _want_backup(self) -> None:
        self.restore.setEnabled(False)
        self.restore_wanted.emit()

    def _want(self) -> None:
        self._build.setEnabled(False)
        self.demo_wanted.emit()
