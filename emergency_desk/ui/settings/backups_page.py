"""Backups: what there is, what is in one of them and would be missing, the second place; one is made, one is put back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.backups import BackupState, Kinship, Made, Preview, Reason
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.errors import DeskError, Refused
from emergency_desk.domain.key_errors import KeyNeeded, KeyWrong, RecoveryKeyMistyped
from emergency_desk.services import backups
from emergency_desk.services.desk import Done
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.buttons import KeyButton, row
from emergency_desk.ui.widgets.fields import mark_refused
from emergency_desk.ui.widgets.file_field import FileField
from emergency_desk.ui.widgets.labels import dress, text_label
from emergency_desk.ui.widgets.laying_out import across
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import BACKUPS, Workplace
from emergency_desk.wording import backup_words, formats
from emergency_desk.wording.catalog import N_, _
from emergency_desk.wording.labels import label
from emergency_desk.wording.refusals import sentence

_PAGE = (BACKUPS,)
ACTIONS = (
    Action("backup_now", N_("Make a backup now"), "back_up_now", "Alt+N", _PAGE, N_("back up now")),
    Action("backup_other", N_("Look into a backup from elsewhere"), "go_file", "Alt+F", _PAGE, N_("from elsewhere")),
    Action("backup_place", N_("Name the second place"), "go_place", "Alt+P", _PAGE, N_("second place")),
    Action("backup_restore", N_("Put the backup in the place of the store"), "put_back", "Ctrl+Return", _PAGE, N_("put back")),
    Action("backup_leave", N_("Leave the backups"), "leave", "Escape", _PAGE, short=N_("back")),
)


class BackupsPage(LivePage):
    """Enter on a line looks into it; Ctrl+Enter puts back what was looked into."""

    subjects = frozenset({Subject.BACKUP})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self._made: tuple[Made, ...] = ()
        self._state = BackupState(None)
        self._looked: Path | None = None
        self._locked: Path | None = None  # what was to be looked into and opens by a passphrase of its own
        self._typed = ""
        self.lines = KeyedList((Column(_("Made"), width=250), Column(_("Why"), stretch=True), Column(_("Size"), width=84, right=True),
                                Column(_("Second place"), width=110)), {}, row_height=28, header=True,
                               empty=_("No backup yet. Alt+N makes one; while the desk runs one is made every half hour."))
        self.lines.setAccessibleName(_("Backups"))
        self.lines.opened.connect(lambda key: self.look_into(Path(key)))
        self.told = text_label(_("Enter on a backup says what is in it and what would be missing."), tone=Tone.SECONDARY, wrap=True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.file, self.folder = FileField(_("Path of a backup from elsewhere")), FileField(_("A folder on another disk, a stick or a share"))
        self.file.returnPressed.connect(self._look_into_file)
        self.folder.setAccessibleName(_("Second place"))
        self.words = QLineEdit()
        self.words.setEchoMode(QLineEdit.EchoMode.Password)
        self.words.setPlaceholderText(_("Passphrase or recovery key of this backup"))
        self.words.setAccessibleName(_("Passphrase or recovery key of this backup"))
        self.words.returnPressed.connect(self._unlock)
        self.words.hide()
        self.folder.returnPressed.connect(self.keep_place)
        self.place_line = text_label("", wrap=True)
        self._lay_out()
        place.window.acts.register(ACTIONS)

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], tuple[list[Made], BackupState]]:
        desk = self.place.desk
        return lambda: backups.list_backups(desk)

    def show_read(self, answer: tuple[list[Made], BackupState]) -> None:
        is_first = not self._made
        self._made, self._state = tuple(answer[0]), answer[1]
        if not self.folder.hasFocus():
            self.folder.setText(self._state.second.folder)
        self.tick()
        if is_first and self._made:
            self.lines.choose_first()
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def tick(self) -> None:
        now, there = self.now(), {one.path.name for one in self._state.second.copies}
        self.lines.show_lines([_line(one, now, is_there=one.path.name in there) for one in self._made])
        self._listed.set_head(note=backup_words.status(self._state, now))
        dress(self._listed.note, tone=Tone.RED if self._state.alarms(now) else Tone.SECONDARY)
        self.place_line.setText(backup_words.place_line(self._state, now))
        dress(self.place_line, tone=_place_tone(self._state))

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def can(self, action_id: str) -> bool:
        """Say whether an action of the page makes sense now."""
        if action_id == "backup_restore":
            return self._looked is not None and self.place.desk.can(Act.KEEP_SETTINGS)
        return action_id != "backup_place" or self.place.desk.can(Act.KEEP_SETTINGS)

    def back_up_now(self) -> None:
        """Make a backup."""
        if self.place.backups is None:
            return
        self.place.window.notices.done(_("A backup is being made; the desk goes on meanwhile."))
        self.place.backups.keep(Reason.ASKED, then=self._was_made)

    def look_into(self, backup: Path, typed: str = "") -> None:
        """Say what is in a backup, and what would be missing after it was put back; one with a key of its own is asked for that."""
        desk = self.place.desk
        self.place.ask(lambda: backups.preview(desk, backup=backup, typed=typed), then=lambda told: self._show_preview(backup, told, typed),
                       refused=lambda error: self._not_read(backup, error))

    def go_file(self) -> None:
        """Go to the field of a backup from elsewhere."""
        self.file.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_place(self) -> None:
        """Go to the field of the second place."""
        self.folder.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.folder.selectAll()

    def keep_place(self) -> None:
        """Name the folder in the field as the second place; an empty field means none any more."""
        desk, folder = self.place.desk, self.folder.path
        self.folder.hide_offers()
        self.lines.setFocus(Qt.FocusReason.OtherFocusReason)
        self.place.ask(lambda: backups.set_second_place(desk, folder=folder), then=self._place_kept)

    def put_back(self) -> None:
        """Put what was looked into in the place of the store."""
        if self._looked is not None:
            self._button.setEnabled(False)
            self.place.put_back(self._looked, self._typed)

    # -- answers -------------------------------------------------------------------------------------------------------
    def _was_made(self, state: BackupState) -> None:
        if state.newest is not None:
            self.place.window.notices.done(_("The backup is made, checked and sealed: {name}").format(name=state.newest.path.name))
        self.refresh()

    def _look_into_file(self) -> None:
        self.file.hide_offers()
        if self.file.path is not None:
            self.look_into(self.file.path)

    def _unlock(self) -> None:
        if self._locked is not None and self.words.text().strip():
            self.look_into(self._locked, self.words.text())

    def _show_preview(self, backup: Path, told: Preview, typed: str) -> None:
        if self.words.hasFocus():
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask_for_words(None)
        self._looked, self._typed = backup, typed
        self._content.set_head(note=backup.name)
        self.told.setText("\n".join(backup_words.preview_lines(told)))
        dress(self.told, tone=Tone.ORANGE if told.kinship in (Kinship.ANOTHER, Kinship.PARTED) else Tone.TEXT)
        self._button.setEnabled(self.place.desk.can(Act.KEEP_SETTINGS))
        self.place.window.keys.rebuild()

    def _not_read(self, backup: Path, error: DeskError) -> None:
        self._looked, self._typed = None, ""
        is_locked = isinstance(error, KeyNeeded | KeyWrong | RecoveryKeyMistyped)
        self._ask_for_words(backup if is_locked else None)
        self._content.set_head(note=backup.name if is_locked else "")
        self._button.setEnabled(False)
        self.told.setText(_("This backup opens by a passphrase or a recovery key of its own: type it below, Enter.") if is_locked
                          else _("Enter on a backup says what is in it and what would be missing."))
        dress(self.told, tone=Tone.ORANGE if is_locked else Tone.SECONDARY)
        self.place.window.keys.rebuild()
        if not is_locked:
            self.place.window.explain(error)
        elif isinstance(error, Refused):  # something was typed that does not open it
            self.words.selectAll()
            mark_refused(self.words, sentence(error))

    def _ask_for_words(self, backup: Path | None) -> None:
        """Ask for what opens a backup, or put the question away with what was typed."""
        if backup != self._locked or backup is None:
            self.words.clear()
        self._locked = backup
        self.words.setVisible(backup is not None)
        if backup is not None:
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_kept(self, done: Done[Any]) -> None:
        if done.value.is_set:
            self.place.window.notices.done(_("The second place is named. A backup is made and carried there now."))
            if self.place.backups is not None:
                self.place.backups.keep(Reason.ASKED, then=self._was_made)
        else:
            self.place.window.notices.done(_("No second place is named any more. What lies there stays there."))
        self.refresh()

    # -- looks ---------------------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        self._listed, self._content, where = Panel(_("Backups")), Panel(_("What is in it")), Panel(_("Second place"))
        self._listed.add_list(self.lines, 1)
        now = KeyButton(_("Back up now"), "Alt+N", filled=True)
        now.clicked.connect(self.back_up_now)
        self._listed.body.addWidget(row(now))
        self._content.body.addWidget(self.told)
        self._content.body.addWidget(self.words)
        self._content.body.addStretch(1)
        self._button = KeyButton(_("Restore this backup"), "Ctrl+Return")
        self._button.setEnabled(False)
        self._button.clicked.connect(self.put_back)
        self._content.body.addWidget(text_label(_("The present store is set aside first; putting that back undoes this."),
                                                tone=Tone.SECONDARY, size="small", wrap=True))
        self._content.body.addWidget(row(self._button))
        self._content.body.addWidget(self.file)
        keep = KeyButton(_("Set it"), "Return")
        keep.clicked.connect(self.keep_place)
        line_ = across(self.folder, keep, shares=(1,))
        where.body.addWidget(self.place_line)
        where.body.addLayout(line_)
        may = self.place.desk.can(Act.KEEP_SETTINGS)
        self.folder.setEnabled(may)
        keep.setEnabled(may)
        right = QVBoxLayout()
        right.setSpacing(GAP)
        right.addWidget(self._content, 1)
        right.addWidget(where)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addWidget(self._listed, 55)
        whole.addLayout(right, 45)


def _place_tone(state: BackupState) -> Tone:
    if state.second.trouble is not None:
        return Tone.RED
    return Tone.TEXT if state.second.is_set else Tone.ORANGE


def _line(made: Made, now: datetime, *, is_there: bool) -> Line:
    tone = Tone.RED if made.reason is Reason.UNSOUND else Tone.TEXT
    return line(str(made.path), Cell(formats.age(made.made_at, now=now), tone, hint=made.path.name),
                Cell(label(made.reason), tone), Cell(_megabytes(made.size)),
                Cell(_("also there") if is_there else "—", Tone.SECONDARY))


def _megabytes(size: int) -> str:
    return f"{formats.number(size / 1_000_000, decimals=1)} MB"
