"""Encryption of the store: how it is kept, what may be done about it, its recovery key, and what it does not protect."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from emergency_desk.domain.backups import BackupState, Reason
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.errors import DeskError, Refused
from emergency_desk.domain.key_errors import KeyNeeded
from emergency_desk.domain.key_sheets import Encrypted, Encryption, RecoverySheet
from emergency_desk.errands import recovery_paper
from emergency_desk.services import encryption
from emergency_desk.services.desk import Done
from emergency_desk.ui.actions import Action
from emergency_desk.ui.refresh import Screen
from emergency_desk.ui.settings.encryption_acts import ACTIONS
from emergency_desk.ui.settings.recovery_panel import RecoveryPanel
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.titles import titled
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.fields import mark_refused
from emergency_desk.ui.widgets.labels import dress, text_label
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording import backup_words
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.refusals import sentence

_WHEN_PLAIN, _WHEN_ENCRYPTED = {"encrypt_store"}, {"change_passphrase", "show_recovery", "renew_key", "decrypt_store"}
_WHEN_SHOWN = {"print_recovery", "save_recovery"}


class EncryptionPage(Screen):
    """At the left how the store is kept and what may be done; at the right the recovery key, or what encryption does and does not do."""

    subjects = frozenset({Subject.SETTING, Subject.BACKUP})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place.background)
        self.place = place
        self.state = Encryption(is_encrypted=False)
        self.sheet: RecoverySheet | None = None
        self._is_busy = False
        self.passphrase, self.new_passphrase, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        self.told, self.backups = text_label("", strong=True, wrap=True), text_label("", tone=Tone.SECONDARY, wrap=True)
        self.progress = QProgressBar()
        self.progress.setVisible(False)
        self.progress.setTextVisible(False)
        self.recovery = RecoveryPanel()
        self.limits = _limits()
        self._lay_out()
        self.recovery.print_pressed.connect(self.print_recovery)
        self.recovery.save_pressed.connect(self.save_recovery)
        place.window.acts.register(ACTIONS)

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], Encryption]:
        desk = self.place.desk
        return lambda: encryption.state(desk)

    def show_read(self, answer: Encryption) -> None:
        self.state = answer
        is_on = answer.is_encrypted
        dress(self.told, tone=Tone.GREEN if is_on else Tone.ORANGE, strong=True)
        self.told.setText(_("✓ Encrypted. Sign of the key: {key}").format(key=answer.key_id) if is_on
                          else _("○ Not encrypted: whoever has the file can read it."))
        made = ngettext("{count} backup", "{count} backups", answer.backups).format(count=answer.backups)
        plain = ngettext("{count} of them is not encrypted", "{count} of them are not encrypted", answer.plain_backups).format(
            count=answer.plain_backups)
        self.backups.setText(_("{made}, {plain}.").format(made=made, plain=plain) if answer.plain_backups
                             else _("{made}, all encrypted.").format(made=made) if answer.backups else _("No backups yet."))
        for widget in self._old_row:
            widget.setVisible(is_on)
        self.setFocusProxy(self.passphrase if is_on else self.new_passphrase)
        if self.new_passphrase.hasFocus() and not self.new_passphrase.text():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        for button, action_id in self._buttons:
            button.setVisible(self._fits(action_id))
        self.place.window.keys.rebuild()

    def can(self, action_id: str) -> bool:
        """Offer what fits how the store is kept."""
        if action_id in _WHEN_SHOWN:
            return self.sheet is not None
        if self._is_busy:
            return action_id == "encryption_back"
        return self._fits(action_id)

    def _fits(self, action_id: str) -> bool:
        return action_id not in (_WHEN_PLAIN if self.state.is_encrypted else _WHEN_ENCRYPTED)

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def encrypt(self) -> None:
        """Encrypt the store and its backups."""
        desk, words, again, show = self.place.desk, self.new_passphrase.text(), self.again.text(), self._progress()
        self._do(lambda: encryption.encrypt(desk, passphrase=words, again=again, progress=show), self._encrypted)

    def renew_key(self) -> None:
        """Encrypt the store with another key, so that an older recovery page opens it no more."""
        desk, typed, show = self.place.desk, self.passphrase.text(), self._progress()
        self._do(lambda: encryption.renew_key(desk, passphrase=typed, progress=show), self._encrypted)

    def change_passphrase(self) -> None:
        """Let another passphrase open the store."""
        desk, typed, words, again = self.place.desk, self.passphrase.text(), self.new_passphrase.text(), self.again.text()
        self._do(lambda: encryption.change_passphrase(desk, typed=typed, passphrase=words, again=again), self._changed)

    def show_recovery(self) -> None:
        """Show the recovery key to who types the passphrase."""
        self.show_recovery_of(self.passphrase.text())

    def show_recovery_of(self, typed: str) -> None:
        """Show the recovery key of a store whose passphrase is known already."""
        desk = self.place.desk
        self._do(lambda: encryption.recovery_sheet(desk, typed=typed), self.show_sheet)

    def decrypt(self) -> None:
        """Write the store plainly again."""
        desk, typed, show = self.place.desk, self.passphrase.text(), self._progress()
        self._do(lambda: encryption.decrypt(desk, typed=typed, progress=show), self._decrypted)

    def print_recovery(self) -> None:
        """Print the page of the recovery key; no file of it stays."""
        sheet, language, fonts = self.sheet, self.place.language, self.place.fonts
        if sheet is not None:
            self._do(lambda: recovery_paper.print_page(sheet, language=language, fonts=fonts), self._printed)

    def save_recovery(self) -> None:
        """Write the page as a PDF where somebody wants it."""
        sheet, language, fonts = self.sheet, self.place.language, self.place.fonts
        if sheet is None:
            return
        chosen, _filter = QFileDialog.getSaveFileName(self.window(), titled(self, _("Save the recovery page")),
                                                      str(Path.home() / _("recovery-key.pdf")),
                                                      _("PDF (*.pdf)"))
        if chosen:
            self._do(lambda: recovery_paper.write_page(sheet, Path(chosen), language=language, fonts=fonts), self._saved)

    def leave(self) -> None:
        """Go back; the recovery key does not stay on the screen."""
        self.place.window.show_page_before()

    def forget(self) -> None:
        """Take what is secret off the page."""
        self.sheet = None
        self.recovery.hide()
        self.limits.show()
        self._clear()

    def show_sheet(self, sheet: RecoverySheet) -> None:
        """Show the recovery key, to be printed."""
        self.sheet = sheet
        self.recovery.show_rows(sheet)
        self.limits.hide()
        self._done_with(_("Print the recovery page now and lock it away."))
        self.place.window.keys.rebuild()
        self.recovery.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # another page is shown
            self.forget()

    # -- what came of it -----------------------------------------------------------------------------------------------
    def _encrypted(self, done: Done[Encrypted]) -> None:
        self.show_sheet(done.value.sheet)
        self.refresh()
        if self.place.backups is not None:
            self.place.backups.keep(Reason.ASKED)  # one that the page just shown opens, before anybody throws the older page away
        self._carry(backup_words.encrypted_there)

    def _changed(self, _done: Done[int]) -> None:
        self._done_with(_("The new passphrase opens the store and its backups. The recovery page stays as it is."))
        self.refresh()
        self._carry(backup_words.passphrase_there)

    def _carry(self, words: Callable[[BackupState], str]) -> None:
        """See to the second place at once, and say where it cannot be reached."""
        keeper, notices = self.place.backups, self.place.window.notices

        def told(state: BackupState) -> None:
            (notices.refuse if state.second.trouble else notices.done)(words(state))

        if keeper is not None and keeper.state.second.is_set:
            keeper.carry(then=told)

    def _decrypted(self, _done: Done[Path]) -> None:
        self.forget()
        self._done_with(_("The store is not encrypted any more. Its encrypted backups stay so."))
        self.refresh()

    def _printed(self, _nothing: object) -> None:
        self._done_with(_("The recovery page went to the printer. Fetch it, and lock it away."))

    def _saved(self, printed: Any) -> None:
        self._done_with(_("Saved as {path}. Print it, and delete the file.").format(path=printed.path))

    def _done_with(self, told: str) -> None:
        self._set_busy(False)
        self._clear()
        if self.new_passphrase.hasFocus() or self.again.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.place.window.notices.done(told)

    def _refused(self, error: DeskError) -> None:
        self._set_busy(False)
        fields = {"passphrase": self.passphrase, "new_passphrase": self.new_passphrase, "new_passphrase_again": self.again}
        asked = "passphrase" if isinstance(error, KeyNeeded) else error.field if isinstance(error, Refused) else ""
        field = fields.get(asked)
        if field is None or not field.isVisibleTo(self):
            self.place.window.explain(error)
            return
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()
        mark_refused(field, _("Type the passphrase so far, or the recovery key.") if isinstance(error, KeyNeeded) else sentence(error))

    def _do(self, job: Callable[[], Any], then: Callable[[Any], object]) -> None:
        self._set_busy(True)
        self.place.ask(job, then=then, refused=self._refused)

    def _progress(self) -> Callable[[int, int, str], None]:
        return self.place.background.progress(self._show_progress)

    def _show_progress(self, done: int, total: int, _what: str = "") -> None:
        self.progress.setVisible(self._is_busy)
        self.progress.setMaximum(max(total, 1))
        self.progress.setValue(done)

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.progress.setVisible(False)
        for button, _action in self._buttons:
            button.setEnabled(not is_busy)

    def _clear(self) -> None:
        for field in (self.passphrase, self.new_passphrase, self.again):
            field.clear()

    # -- building ------------------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        panel, grid = Panel(_("The store")), QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(8)
        rows: list[tuple[QWidget, QWidget]] = []
        for number, (words, field) in enumerate(((_("Passphrase so far"), self.passphrase), (_("New passphrase"), self.new_passphrase),
                                                 (_("New passphrase once more"), self.again))):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setAccessibleName(words)
            named = text_label(words, tone=Tone.SECONDARY)
            named.setBuddy(field)
            grid.addWidget(named, number, 0)
            grid.addWidget(field, number, 1)
            rows.append((named, field))
        self._old_row = rows[0]
        self._buttons = [(self._button(action), action.id) for action in ACTIONS if action.id in _WHEN_PLAIN | _WHEN_ENCRYPTED]
        for part in (self.told, self.backups):
            panel.body.addWidget(part)
        panel.body.addLayout(grid)
        panel.body.addWidget(text_label(_("At least eight characters; four or five words that only you would put together are good. "
                                          "Keep no copy of the passphrase near the machine."), tone=Tone.SECONDARY, size="small", wrap=True))
        for button, _action in self._buttons:
            panel.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        panel.body.addWidget(self.progress)
        self.recovery.hide()
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addWidget(_at_top(panel), 44)
        whole.addWidget(_at_top(self.recovery, self.limits), 56)
        self.setFocusProxy(self.new_passphrase)

    def _button(self, action: Action) -> KeyButton:
        button = KeyButton(action.words, action.key, filled=action.id == "encrypt_store")
        button.clicked.connect(getattr(self, action.run))
        return button


def _limits() -> Panel:
    """Say plainly what encryption is good for, and what not."""
    panel = Panel(_("What it protects, and what it does not"))
    for words, tone in (
        (_("A stolen machine, disk or backup: without passphrase or recovery key nobody reads the store, its write-ahead log or its backups."),
         Tone.GREEN),
        (_("Not a desk that stands open: lock the screen, and let the desk ask for the password after a rest."), Tone.ORANGE),
        (_("Not papers, exported lists and bundles, nor what other programs keep of them, such as the queue of a printer."), Tone.ORANGE),
        (_("Not the memory of the running machine, its swap file or its sleep image; encrypt the whole disk against that."), Tone.ORANGE),
        (_("Not what lay on the disk before: the old file is written over where the disk allows it, an SSD may keep old blocks."), Tone.ORANGE),
        (_("Not a loss of your own: whoever loses the passphrase and the recovery page has lost the store and its backups."), Tone.RED),
    ):
        panel.body.addWidget(text_label(("✓  " if tone is Tone.GREEN else "✗  ") + words, wrap=True))
    return panel


def _at_top(*panels: QWidget) -> QWidget:
    holder = QWidget()
    down = QVBoxLayout(holder)
    down.setContentsMargins(0, 0, 0, 0)
    down.setSpacing(GAP)
    for panel in panels:
        down.addWidget(panel)
    down.addStretch(1)
    return holder
