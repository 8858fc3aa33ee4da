"""The frame: rail at the left, bar above, pages in the middle, notices and keys below. It knows no subject.

The rail is painted first. Everything else is furnished right after that paint, or at once when somebody asks for it;
pages are registered with an id and made at their first showing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from emergency_desk.ui.rail import Rail, RailEntry
from emergency_desk.ui.theme import BAR, colours
from emergency_desk.wording.catalog import _

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtWidgets import QStackedWidget

    from emergency_desk.domain.errors import DeskError
    from emergency_desk.ui.actions import Action, Actions
    from emergency_desk.ui.frame import KeyBar, TopBar
    from emergency_desk.ui.furniture import Furniture
    from emergency_desk.ui.palette_box import Found
    from emergency_desk.ui.widgets.notices import NoticeBar

MakePage = Callable[[], QWidget]


class MainWindow(QWidget):
    """The window of the desk. `first_painted` once, when the rail stands there; `page_shown(id)` after each change of page;
    `leaving` before it goes, for what was typed and is still to be kept, then `closing`.
    """

    first_painted = Signal()
    page_shown = Signal(str)
    leaving = Signal()
    closing = Signal()

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setMinimumSize(880, 450)  # what 1366×768 leaves at 150 %, less a bar of tasks and a title
        self.resize(1366, 768)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._now = now
        self._makers: dict[str, MakePage] = {}
        self._pages: dict[str, QWidget] = {}
        self._entries: dict[str, RailEntry] = {}
        self._current = ""
        self.drill_mark = ""  # what everything on a drill's twin says first
        self._trail: list[str] = []  # the pages that led here, the nearest last
        self._furniture: Furniture | None = None
        self._was_painted = False
        self.rail = Rail()
        self.rail.chosen.connect(self.show_page)
        self._whole = QHBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addWidget(self.rail)
        self._whole.addStretch(1)

    # -- the furniture -------------------------------------------------------------------------------------------------
    @property
    def top(self) -> TopBar:
        """The bar above: desk, Ctrl+K box, what is late, officer, clock."""
        return self.furnish().top

    @property
    def keys(self) -> KeyBar:
        """The bar below: the keys of the page, and how the store is."""
        return self.furnish().keys

    @property
    def acts(self) -> Actions:
        """The register of actions."""
        return self.furnish().acts

    @property
    def notices(self) -> NoticeBar:
        """The notice bar."""
        return self.furnish().notices

    @property
    def stack(self) -> QStackedWidget:
        """The pages made so far, one upon the other."""
        return self.furnish().stack

    def furnish(self) -> Furniture:
        """Build what stands around the pages, once."""
        if self._furniture is None:
            from emergency_desk.ui.furniture import Furniture  # after the first paint: half the imports of the window hang on it

            self._furniture = Furniture(self, lambda: (self._current, self.page), self._now)
            self._whole.takeAt(1)
            self._whole.addWidget(self._furniture, 1)
            self._furniture.fill(self.actions_found)
        return self._furniture

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._furniture is None:
            QPainter(self).fillRect(0, 0, self.width(), BAR, QColor(colours().panel))
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self._after_first_paint)

    def _after_first_paint(self) -> None:
        self.first_painted.emit()
        self.furnish()

    def mark_as_drill(self, head: QWidget, title: str) -> None:
        """Let the window say that it is a drill's: over the bar above, and in its title."""
        self.furnish().add_head(head)
        self.drill_mark = "演练 DRILL"
        self.setWindowTitle(f"{self.drill_mark} · {title}")

    def titled(self, words: str) -> str:
        """Return what a dialog of this window is called: on a drill's twin it says so."""
        return f"{self.drill_mark} · {words}" if self.drill_mark else words

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
        is_turned = page_id != self._current
        if is_turned:
            self._trail.append(self._current)
            if page_id in self._trail:  # a page that led here is gone back to, so that Esc never goes round in a circle
                del self._trail[self._trail.index(page_id):]
            self._current = page_id
        self.rail.mark(page_id)
        page = self._pages[page_id]
        self.stack.setCurrentWidget(page)
        self.keys.rebuild()
        self.notices.turn_page() if is_turned else self.notices.arrange()
        self.page_shown.emit(page_id)
        return page

    @property
    def page_before(self) -> str:
        """The name of the page that led to this one, "" for none."""
        return self._trail[-1] if self._trail else ""

    def show_page_before(self) -> None:
        """Go back to the page that led to this one."""
        if self._trail and self._trail[-1]:
            self.show_page(self._trail[-1])

    def forget_way_over(self, page_id: str) -> None:
        """Let going back pass over a page that has done its work."""
        self._trail = [passed for passed in self._trail if passed != page_id]

    @property
    def page(self) -> QWidget | None:
        """The page shown now."""
        return self._pages.get(self._current)

    @property
    def page_id(self) -> str:
        """The id of the page shown now."""
        return self._current

    @property
    def page_ids(self) -> tuple[str, ...]:
        """The pages that are registered, in their order."""
        return tuple(self._makers)

    def built(self, page_id: str) -> QWidget | None:
        """Return a page if it was made already."""
        return self._pages.get(page_id)

    # -- acts of the frame ---------------------------------------------------------------------------------------------
    def find_anything(self) -> None:
        """Open the Ctrl+K box."""
        self.top.box.open_box()

    def can(self, action_id: str) -> bool:
        """Say whether an act of the frame makes sense now."""
        notice = self.notices.notice
        if action_id == "undo":
            return notice is not None and notice.act is not None
        if action_id == "put_away":
            return notice is not None
        return action_id != "overdue" or not self.top.overdue.isHidden()

    def go_overdue(self) -> None:
        """Go to what is overdue, as a press on its pill does."""
        self.top.overdue_pressed.emit()

    def undo_last(self) -> None:
        """Do what the notice offers: undo what was just done."""
        self.notices.do_act()

    def put_notice_away(self) -> None:
        """Put the notice away."""
        self.notices.clear()

    def close_desk(self) -> None:
        """Close the window as its own button does: what was typed is kept, and what was begun is finished first."""
        self.close()

    def explain(self, error: DeskError) -> None:
        """Tell a refusal in the notice bar."""
        from emergency_desk.ui.messages import explain  # brings the words of every refusal

        explain(error, self.notices)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.leaving.emit()
        self.closing.emit()
        super().closeEvent(event)

    def actions_found(self) -> list[Found]:
        """Return what the Ctrl+K box offers of the shown page and the frame: every action, and the pages of the rail."""
        from emergency_desk.ui.palette_box import Found

        here = [self._found(action) for action in self.acts.here() if action.id != "anything"]
        pages = [
            Found(_(entry.label), _("open, Alt+{number}").format(number=number), partial(self.show_page, page))
            for number, (page, entry) in enumerate(self._entries.items(), start=1) if page != self._current
        ]
        return here + pages

    def _found(self, action: Action) -> Found:
        from emergency_desk.ui.palette_box import Found
        from emergency_desk.wording.keys import key_text

        return Found(action.words, key_text(action.key), lambda: self.acts.do(action.id))
