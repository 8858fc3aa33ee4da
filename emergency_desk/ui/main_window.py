"""The frame: rail at the left, bar above, pages in the middle, notices and keys below. It knows no subject.

Pages are registered with an id and made at their first showing, so the frame is painted before anything else is built.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from emergency_desk.domain.errors import DeskError
from emergency_desk.ui.actions import COMMON, Action, Actions
from emergency_desk.ui.frame import KeyBar, Now, TopBar
from emergency_desk.ui.messages import explain
from emergency_desk.ui.palette_box import Found, from_list
from emergency_desk.ui.rail import Rail, RailEntry
from emergency_desk.ui.theme import PAD
from emergency_desk.ui.widgets.notices import PUT_AWAY_KEY, UNDO_KEY, NoticeBar
from emergency_desk.wording.catalog import _
from emergency_desk.wording.keys import key_text

MakePage = Callable[[], QWidget]


class MainWindow(QWidget):
    """The window of the desk. `closing` is sent before it goes; `page_shown(id)` after each change of page."""

    closing = Signal()
    page_shown = Signal(str)

    def __init__(self, now: Now) -> None:
        super().__init__()
        self.setMinimumSize(1024, 600)
        self.resize(1366, 768)
        self._makers: dict[str, MakePage] = {}
        self._pages: dict[str, QWidget] = {}
        self._entries: dict[str, RailEntry] = {}
        self._current, self._before = "", ""
        self.rail = Rail()
        self.top = TopBar(now)
        self.stack = QStackedWidget()
        self.notices = NoticeBar()
        self.acts = Actions(self, lambda: (self._current, self.page))
        self.keys = KeyBar(self.acts)
        self._lay_out()
        self.rail.chosen.connect(self.show_page)
        self.top.box.add_provider("actions", from_list(self._actions_found))
        self.acts.register(COMMON)
        for key, method in ((UNDO_KEY, self.notices.do_act), (PUT_AWAY_KEY, self.notices.clear)):
            QShortcut(QKeySequence(key), self).activated.connect(method)

    # -- pages ---------------------------------------------------------------------------------------------------------
    def add_page(self, page_id: str, make: MakePage, entry: RailEntry | None = None) -> None:
        """Register a page; with an entry it appears on the rail."""
        self._makers[page_id] = make
        if entry is not None:
            self._entries[page_id] = entry
            self.rail.show_entries(tuple(self._entries.values()), self._current)

    def show_page(self, page_id: str) -> QWidget:
        """Show a page, making it at its first showing. Raises KeyError for a page nobody registered."""
        if page_id not in self._pages:
            made = self._pages[page_id] = self._makers[page_id]()
            if hasattr(made, "refusal"):
                made.refusal.connect(self.explain)
            self.stack.addWidget(made)
        if page_id != self._current:
            self._before, self._current = self._current, page_id
        self.rail.mark(page_id)
        page = self._pages[page_id]
        self.stack.setCurrentWidget(page)
        self.keys.rebuild()
        self.page_shown.emit(page_id)
        return page

    def show_page_before(self) -> None:
        """Go back to the page shown before this one."""
        if self._before:
            self.show_page(self._before)

    @property
    def page(self) -> QWidget | None:
        """The page shown now."""
        return self._pages.get(self._current)

    @property
    def page_id(self) -> str:
        """The id of the page shown now."""
        return self._current

    def built(self, page_id: str) -> QWidget | None:
        """Return a page if it was made already."""
        return self._pages.get(page_id)

    # -- acts of the frame ---------------------------------------------------------------------------------------------
    def find_anything(self) -> None:
        """Open the Ctrl+K box."""
        self.top.box.open_box()

    def explain(self, error: DeskError) -> None:
        """Tell a refusal in the notice bar."""
        explain(error, self.notices)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def _actions_found(self) -> list[Found]:
        here = [self._found(action) for action in self.acts.here() if action.id != "anything"]
        pages = [
            Found(_(entry.label), _("open, Alt+{number}").format(number=number), partial(self.show_page, page))
            for number, (page, entry) in enumerate(self._entries.items(), start=1) if page != self._current
        ]
        return here + pages

    def _found(self, action: Action) -> Found:
        return Found(action.words, key_text(action.key), lambda: self.acts.do(action.id))

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setContentsMargins(PAD, 10, PAD, 0)
        middle.setSpacing(8)
        middle.addWidget(self.stack, 1)
        middle.addWidget(self.notices)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.top)
        right.addLayout(middle, 1)
        right.addWidget(self.keys)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.rail)
        whole.addLayout(right, 1)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
