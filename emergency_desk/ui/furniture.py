"""What stands around the pages: the bars above and below, the notices, the actions. Built after the first paint of the rail."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from emergency_desk.ui.actions import COMMON, Actions
from emergency_desk.ui.frame import KeyBar, Now, TopBar
from emergency_desk.ui.palette_box import Found, from_list
from emergency_desk.ui.stage import Stage
from emergency_desk.ui.theme import PAD
from emergency_desk.ui.widgets.notices import NoticeBar


class Furniture(QWidget):
    """Everything right of the rail."""

    def __init__(self, window: QWidget, page: Callable[[], tuple[str, QWidget | None]], now: Now) -> None:
        super().__init__()
        self.top = TopBar(now)
        self.stack = QStackedWidget()
        self.notices = NoticeBar()
        self.acts = Actions(window, page)
        self.keys = KeyBar(self.acts)
        middle = QVBoxLayout()
        middle.setContentsMargins(PAD, 10, PAD, 0)
        middle.setSpacing(8)
        middle.addWidget(Stage(self.stack), 1)
        middle.addWidget(self.notices)
        whole = self._whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.top)
        whole.addLayout(middle, 1)
        whole.addWidget(self.keys)

    def add_head(self, head: QWidget) -> None:
        """Put something over the bar above, such as what a window of a drill's twin says."""
        self._whole.insertWidget(0, head)

    def add_line(self, line: QWidget) -> None:
        """Put a line between the pages and the keys, such as the one that asks for a password after a rest."""
        self._whole.insertWidget(self._whole.count() - 1, line)

    def add_band(self, band: QWidget) -> None:
        """Put a band between the bar above and the pages, such as the one of a desk that is open to read only."""
        self._whole.insertWidget(1, band)

    def fill(self, actions_found: Callable[[], Iterable[Found]]) -> None:
        """Register what every desk can do; only now, because the key bar asks the window what it can."""
        self.top.box.add_provider("actions", from_list(actions_found))
        self.acts.register(COMMON)
