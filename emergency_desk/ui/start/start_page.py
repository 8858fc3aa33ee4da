"""What a desk shows when it cannot open a store: why, what to do, the backups beside it, and the demo city for who only wants to look."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from emergency_desk.domain.backups import Made
from emergency_desk.domain.errors import DeskError, StoreDamaged, StoreTrouble
from emergency_desk.ui.actions import Action
from emergency_desk.ui.theme import GAP, PAD, Tone
from emergency_desk.ui.widgets.buttons import KeyButton, row
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.wording import backup_words
from emergency_desk.wording.catalog import N_, _
from emergency_desk.wording.refusals import sentence

START = "start"
ACTIONS = (
    Action("start_restore", N_("Put the backup in the store’s place"), "restore_backup", "Ctrl+Return", (START,), short=N_("put it in place")),
    Action("start_again", N_("Try to open the store again"), "try_again", "Alt+R", (START,), short=N_("try again")),
    Action("start_found", N_("Found a new desk"), "found_desk", "Alt+N", (START,), short=N_("new desk")),
    Action("start_demo", N_("Look at the demo city"), "look_at_demo", "Alt+D", (START,), short=N_("demo city")),
)


class StartPage(QWidget):
    """`again_wanted` when the store is to be tried again, `demo_wanted` when the demo city is to be built and opened, `restore_wanted(Path)` when
    a backup is to take the place of a store that is damaged or gone, `found_wanted` when a new desk is to be founded though one was here.
    """

    again_wanted = Signal()
    demo_wanted = Signal()
    restore_wanted = Signal(object)
    found_wanted = Signal()

    def __init__(self, error: DeskError, *, store: Path, backups: Sequence[Made] = ()) -> None:
        super().__init__()
        self._backups = list(backups)  # the newest first; one that turns out to be spoilt gives way to the next
        self._is_missing = is_missing = isinstance(error, StoreTrouble) and error.values.get("reason") == "missing"
        panel = Panel(_("The store is missing") if is_missing else _("The store was not opened"))
        self._told = text_label(backup_words.store_missing(store, self._backups) if is_missing else sentence(error), wrap=True)
        self._which = text_label(tone=Tone.SECONDARY, wrap=True)
        self._offer = text_label(
            _("The demo city shows the whole desk with invented teams, depots and shelters in Qingdao. Nothing in it is real."),
            tone=Tone.SECONDARY, wrap=True)
        self.restore = KeyButton("", "Ctrl+Return", filled=True)
        self.again = KeyButton(_("Try again"), "Alt+R", filled=not self._backups)
        self.found = KeyButton(_("Found a new desk"), "Alt+N")
        self.demo = KeyButton(_("Build the demo city and open it"), "Alt+D")
        self._progress = QProgressBar()
        self._progress.setVisible(False)
        self.found.setVisible(is_missing)
        self._offer.setHidden(is_missing)
        self.demo.setHidden(is_missing)
        for button, act in ((self.restore, self.restore_backup), (self.again, self.try_again), (self.found, self.found_desk),
                            (self.demo, self.look_at_demo)):
            button.clicked.connect(act)
        for part in (self._told, self._which, row(self.restore), row(self.again, self.found), self._offer, row(self.demo), self._progress):
            panel.body.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addStretch(1)
        layout.addWidget(panel)
        layout.addStretch(2)
        self._show_backup()
        self.setFocusProxy(self.restore if self._backups else self.again)

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def can(self, action_id: str) -> bool:
        """Say whether an action makes sense now."""
        button = {"start_restore": self.restore, "start_again": self.again, "start_found": self.found, "start_demo": self.demo}.get(action_id)
        return button is None or (button.isEnabled() and not button.isHidden())

    def restore_backup(self) -> None:
        """Ask for the newest backup to take the store's place, once."""
        self.restore.setEnabled(False)
        self.restore_wanted.emit(self._backups[0].path)

    def try_again(self) -> None:
        """Ask for the store to be opened once more."""
        self.again_wanted.emit()

    def found_desk(self) -> None:
        """Ask for a new desk."""
        self.found_wanted.emit()

    def look_at_demo(self) -> None:
        """Ask for the demo city, once."""
        self.demo.setEnabled(False)
        self.demo_wanted.emit()

    # -- what comes of it ----------------------------------------------------------------------------------------------
    def show_progress(self, done: int, total: int, what: str = "") -> None:
        """Show how far the building is."""
        self._progress.setVisible(True)
        self._progress.setMaximum(max(total, 1))
        self._progress.setValue(done)
        self._progress.setFormat(what)

    def show_refusal(self, error: DeskError) -> None:
        """Tell why the store was not opened again, or why the demo city could not be built."""
        self._told.setText(sentence(error))
        self.demo.setEnabled(True)
        self.restore.setEnabled(True)

    def show_spoilt(self, error: DeskError) -> None:
        """Tell why the backup did not take the store's place; a spoilt one gives way to the one before it."""
        self.show_refusal(error)
        if isinstance(error, StoreDamaged):
            del self._backups[0]
            self._show_backup()

    def _show_backup(self) -> None:
        self.restore.setVisible(bool(self._backups))
        self._which.setVisible(bool(self._backups))
        self.again.set_filled(not self._backups)
        if self._backups:
            self.restore.setText(_("Put this backup in its place") if self._is_missing else
                                 _("Put this backup in its place; the damaged store is kept aside"))
            self._which.setText(backup_words.offered(self._backups[0], len(self._backups) - 1))
