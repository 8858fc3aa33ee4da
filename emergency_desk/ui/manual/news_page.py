"""What is new: a page of the manual, shown once after an update of the program and whenever somebody asks. Esc or Enter goes on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from emergency_desk.domain.manual import Section
from emergency_desk.domain.releases import in_order
from emergency_desk.errands import manual
from emergency_desk.ui.actions import Action
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.manual.manual_text import ManualText
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.labels import ElidedLabel
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import NEWS
from emergency_desk.wording.catalog import N_, _

PAGE_OF_MANUAL = "news"
ACTIONS = (Action("news_leave", N_("Go on"), "leave", "Escape", (NEWS,), short=N_("go on")),)
_WIDEST = 900


class NewsPage(QWidget):
    """Releases of the program, the newest first: those after one, or all."""

    def __init__(self, window: MainWindow, folder: Path, language: str) -> None:
        super().__init__()
        self._window, self._pictures = window, manual.folder_of(folder, language)
        self._sections = manual.read_manual(folder, language).page(PAGE_OF_MANUAL).sections
        self.text = ManualText()
        self.go_on = KeyButton(_("Go on"), "Return", filled=True)
        self.go_on.clicked.connect(self.leave)
        panel = Panel(_("What is new"))
        panel.setMaximumWidth(_WIDEST)
        panel.body.addWidget(self.text, 1)
        below = QHBoxLayout()
        below.setSpacing(GAP)
        below.addWidget(self.go_on)
        below.addWidget(ElidedLabel(_("You find it again with Ctrl+K, “What is new”, and in the manual (F1)."), tone=Tone.SECONDARY), 1)
        panel.body.addLayout(below)
        across, layout = QHBoxLayout(), QVBoxLayout(self)
        across.addStretch(1)
        across.addWidget(panel, 8)
        across.addStretch(1)
        layout.setContentsMargins(0, 0, 0, GAP)
        layout.addLayout(across, 1)
        window.acts.register(ACTIONS)
        self.show_after("")

    def show_after(self, seen: str) -> None:
        """Show the releases after one that was seen; all where none was, or where nothing came after it."""
        newer = releases_after(self._sections, seen)
        self.text.show_sections(newer or self._sections[1:], self._pictures)

    def leave(self) -> None:
        """Go on where one came from."""
        self._window.show_page_before()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.leave()
            return
        super().keyPressEvent(event)


def releases_after(sections: tuple[Section, ...], seen: str) -> tuple[Section, ...]:
    """Return the sections of the releases after one; the anchor of each begins with its version, v0_2_0."""
    return tuple(section for section in sections if section.level > 1 and in_order(version_of(section)) > in_order(seen))


def version_of(section: Section) -> str:
    """Return the version of the program that a section of the news tells of."""
    return ".".join(section.anchor.removeprefix("v").split("_")[:3])
