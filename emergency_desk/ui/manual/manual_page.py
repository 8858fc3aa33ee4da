"""The manual in the window: contents or what was found at the left, the text at the right; Esc leads back to where F1 was pressed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from shiboken6 import isValid

from emergency_desk.domain.manual import Manual, Place, Section
from emergency_desk.domain.plan_search import lit_part, words_of
from emergency_desk.errands import manual as errand
from emergency_desk.ui.actions import Action
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.manual.manual_text import ManualText
from emergency_desk.ui.manual.places import place_of
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.wording.catalog import N_, _

MANUAL = "manual"
HERE = "keys_here"
ACTIONS = (
    Action("manual_find", N_("Search the manual"), "go_search", "Ctrl+F", (MANUAL,), short=N_("search")),
    Action("manual_contents", N_("Contents of the manual"), "go_contents", "Alt+C", (MANUAL,), short=N_("contents")),
    Action("manual_print", N_("Print the manual as one PDF"), "print_manual", "Ctrl+P", (MANUAL,), short=N_("print")),
    Action("manual_leave", N_("Back to where you were"), "leave", "Escape", (MANUAL,), short=N_("back")),
)
_SIDE = 330
_PAUSE_MS = 60


class ManualPage(QWidget):
    """`print_all` prints the whole manual."""

    def __init__(self, window: MainWindow, folder: Path, language: str, print_all: Callable[[], object]) -> None:
        super().__init__()
        self._window, self._folder, self._print_all = window, folder, print_all
        self.manual: Manual = errand.read_manual(folder, language)
        self._here: tuple[Section, ...] = ()
        self._came_from: QWidget | None = None
        self._shown = ("", "")
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search: words, pinyin, a key such as F6"))
        self.search.setAccessibleName(_("Search the manual"))
        self.lines = LinesList((Column(stretch=1),), row_height=27, empty=_("Nothing was found. Try fewer words."))
        self.lines.setAccessibleName(_("Contents of the manual: the arrows turn the pages"))
        self.text = ManualText()
        self._lay_out()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._list)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.search.returnPressed.connect(self._take_first)
        self.lines.chosen.connect(self._show_key)
        self.lines.opened.connect(lambda _key: self.text.setFocus())
        window.acts.register(ACTIONS)
        self._list()

    def _lay_out(self) -> None:
        side = Panel(_("Manual"))
        side.setFixedWidth(_SIDE)
        side.body.addWidget(self.search)
        side.add_list(self.lines, 1)
        right = Panel()
        right.body.addWidget(self.text, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP)
        across.addWidget(side)
        across.addWidget(right, 1)

    # -- what is shown -------------------------------------------------------------------------------------------------
    @property
    def shown_page(self) -> str:
        """The page that is shown."""
        return self._shown[0]

    @property
    def shown_section(self) -> str:
        """The anchor of the section that is shown."""
        return self._shown[1]

    def open_for(self, page: str, here: tuple[Section, ...], came_from: QWidget | None) -> None:
        """Show what the manual says of a page of the desk, beside the keys that work there; Esc leads back to the field F1 was pressed in."""
        self._here, self._came_from = here, came_from
        self.search.clear()
        self._list()
        self.show_place(*place_of(page))
        self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_place(self, page: str, anchor: str = "") -> None:
        """Show a section of the manual."""
        self.lines.choose(_key(page, anchor))
        self._show(page, anchor)

    def go_search(self) -> None:
        """Go to the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def go_contents(self) -> None:
        """Show the contents, at what is read now."""
        self.search.clear()
        self._list()
        self.lines.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def print_manual(self) -> None:
        """Print the whole manual."""
        self._print_all()

    def leave(self) -> None:
        """Put the search away first; then go back to where F1 was pressed."""
        if self.search.text():
            self.go_contents()
            return
        came_from, self._came_from = self._came_from, None
        self._window.show_page_before()
        if came_from is not None and isValid(came_from) and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- the list ------------------------------------------------------------------------------------------------------
    def _list(self) -> None:
        self._pause.stop()
        text = self.search.text().strip()
        self.lines.show_lines(self._found_lines(text) if text else self._contents())
        if not text and self._shown[0]:
            self.lines.choose(_key(*self._shown))

    def _contents(self) -> list[Line]:
        here = [Line(_key(HERE, ""), (Cell(_("Keys where you were"), strong=True),))] if self._here else []
        return here + [_contents_line(page.id, section) for page in self.manual.pages for section in page.sections if section.level < 3]

    def _found_lines(self, text: str) -> list[Line]:
        words = words_of(text)
        return [Line(_key(place.page, place.anchor), (_found_cell(place, words),)) for place in errand.find(self.manual, text)]

    def _take_first(self) -> None:
        if self._pause.isActive():
            self._list()
        if self.lines.lines:
            self.lines.choose(self.lines.lines[0].key)
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_key(self, key: str) -> None:
        if key:
            page, _sign, anchor = key.partition("#")
            self._show(page, anchor)

    def _show(self, page: str, anchor: str) -> None:
        self._shown = (page, anchor)
        sections = self._here if page == HERE else self.manual.page(page).sections
        self.text.show_sections(sections, errand.folder_of(self._folder, self.manual.language), anchor=anchor,
                                words=words_of(self.search.text()))


def _key(page: str, anchor: str) -> str:
    return f"{page}#{anchor}"


def _contents_line(page: str, section: Section) -> Line:
    is_page = section.level == 1
    return Line(_key(page, section.anchor), (Cell(section.title if is_page else f"\u2003{section.title}", strong=is_page),))


def _found_cell(place: Place, words: tuple[str, ...]) -> Cell:
    part = lit_part(place.text, words, room=24)
    title = place.title if place.title == place.page_title else _("{title} · {page}").format(title=place.title, page=place.page_title)
    return Cell(title, hint=part.text, tone=Tone.TEXT)
