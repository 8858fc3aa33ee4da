"""The files that go out with the chosen inject: pictures are shown, any file is opened or taken off; what was deleted outside says so."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from emergency_desk.domain.drill_files import DrillFile, KeptFile, ReadFile
from emergency_desk.domain.drills import Inject
from emergency_desk.domain.errors import FieldMissing
from emergency_desk.domain.ids import Id
from emergency_desk.errands.drill_attachments import read_attachment, write_out
from emergency_desk.services import drill_files
from emergency_desk.ui.incidents.inline_form import Answers, InlineForm
from emergency_desk.ui.supplies.photo_acts import AskFile
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.labels import ElidedLabel
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import field_label

_HEIGHT, _WIDEST = 150, 320
_SECONDS, _MEMORY_MB = 10, 1_024


class InjectFiles(QWidget):
    """Below the log of a drill; nothing where the inject has no file."""

    def __init__(self, place: Workplace, form: InlineForm) -> None:
        super().__init__()
        self.place, self.form = place, form
        self._shown: tuple[DrillFile, ...] = ()
        self._labels: list[ElidedLabel] = []
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, GAP, 0, 0)
        self._down.setSpacing(4)
        self.hide()

    @property
    def told(self) -> list[str]:
        """What is shown, as who cannot see it hears it."""
        return [label.accessibleName() for label in self._labels]

    def show_files(self, files: Sequence[DrillFile]) -> None:
        """Show the files of another inject; what they hold is read by and by."""
        if tuple(files) == self._shown:
            return
        self._shown = tuple(files)
        self._clear()
        if files:
            desk, drill_id, inject_id = self.place.desk, files[0].drill_id, files[0].inject_id
            self.place.ask(lambda: drill_files.files_of(desk, drill_id=drill_id), then=lambda found: self._fill(
                found.get(inject_id, ()) if inject_id is not None else ()))

    def _clear(self) -> None:
        while (item := self._down.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._labels = []
        self.hide()

    def _fill(self, kept: Sequence[KeptFile]) -> None:
        if tuple(one.file for one in kept) != self._shown:
            return
        self._clear()
        for one in kept:
            if one.is_whole and one.file.is_picture:
                self._down.addWidget(_picture(one))
            self._down.addWidget(self._line(one))
        self.setVisible(bool(kept))

    def _line(self, kept: KeptFile) -> QWidget:
        made = QWidget()
        across = QHBoxLayout(made)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP)
        name = ElidedLabel(size="small", tone=Tone.TEXT if kept.is_whole else Tone.RED)
        told = kept.file.name if kept.is_whole else _("{name}: deleted or altered outside").format(name=kept.file.name)
        name.setText(told)
        name.setAccessibleName(told)
        self._labels.append(name)
        across.addWidget(name, 1)
        if kept.is_whole:
            opens = KeyButton(_("Open"))
            opens.clicked.connect(lambda: self._open(kept))
            across.addWidget(opens)
        off = KeyButton(_("Take off"))
        off.clicked.connect(lambda: self._take_off(kept.file))
        across.addWidget(off)
        return made

    # -- acts ----------------------------------------------------------------------------------------------------------
    def add(self, inject: Inject) -> None:
        """Ask for a file that goes out with an inject."""
        self.place.background.expect_file()
        fields = (AskFile(name="path", label=field_label("path"), hint=_("a photograph, a map, any file up to 1 MB"), is_long=True),)
        self.form.ask(_("A file that goes out with inject {number}").format(number=inject.number), fields, _("Keep"),
                      lambda answers: self._read(inject.id, answers), note=_("A picture is kept small and printed on the inject card."))

    def _read(self, inject_id: Id, answers: Answers) -> None:
        typed = answers["path"].strip().strip('"')
        if not typed:
            self.form.refused(FieldMissing(name="path"))
            return
        self.place.background.limited(read_attachment, Path(typed).expanduser(), then=lambda read: self._keep(inject_id, read),
                                      refused=self.form.refused, seconds=_SECONDS, memory_mb=_MEMORY_MB)

    def _keep(self, inject_id: Id, read: ReadFile) -> None:
        desk = self.place.desk
        self.place.ask(lambda: drill_files.add_file(desk, inject_id=inject_id, read=read), then=lambda _done: self._kept(),
                       refused=self.form.refused)

    def _kept(self) -> None:
        self.form.put_away()
        self.place.window.notices.done(_("The file is kept with the drill."), None)

    def _take_off(self, file: DrillFile) -> None:
        desk = self.place.desk

        def undo() -> None:
            self.place.ask(lambda: drill_files.set_file_retired(desk, file_id=file.id, is_retired=False))

        self.place.ask(lambda: drill_files.set_file_retired(desk, file_id=file.id, is_retired=True),
                       then=lambda _done: self.place.window.notices.done(_("{name} is taken off.").format(name=file.name), undo))

    def _open(self, kept: KeptFile) -> None:
        folder = self.place.papers
        self.place.ask(lambda: write_out(kept, folder), then=lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))


def _picture(kept: KeptFile) -> QLabel:
    made, shown = QLabel(), QPixmap()
    shown.loadFromData(kept.content)
    made.setPixmap(shown.scaled(_WIDEST, _HEIGHT, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation))
    made.setToolTip(kept.file.name)
    return made
