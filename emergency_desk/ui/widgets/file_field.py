"""The path of a file: typed with the folder's names offered, or chosen in the system's own dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCompleter, QFileDialog, QFileSystemModel, QLineEdit

from emergency_desk.ui.stylesheet import dressed
from emergency_desk.ui.titles import titled
from emergency_desk.wording.catalog import _


class FileField(QLineEdit):
    """A field for a path. The file system is watched only once somebody is here."""

    def __init__(self, hint: str, kinds: str = "") -> None:
        super().__init__()
        self._kinds = kinds  # as the system's dialog offers them; empty for all files
        self.setPlaceholderText(hint)
        self.setAccessibleName(_("File"))
        self._completing: QCompleter | None = None

    @property
    def path(self) -> Path | None:
        """Return the path that stands here, or None."""
        text = self.text().strip().strip('"')
        return Path(text).expanduser() if text else None

    def choose(self, title: str) -> bool:
        """Ask for the file in the system's own dialog; say whether one was chosen."""
        before = self.path
        chosen, _filter = QFileDialog.getOpenFileName(self, titled(self, title), str(before.parent if before else Path.home()),
                                                      self._kinds)
        if chosen:
            self.setText(chosen)
        return bool(chosen)

    def hide_offers(self) -> None:
        """Put the offered names away, so that they do not take the keys."""
        if self._completing is not None:
            self._completing.popup().hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._completing is None:
            files = QFileSystemModel(self)
            files.setRootPath("")
            self._completing = dressed(QCompleter(files, self))
            self.setCompleter(self._completing)
