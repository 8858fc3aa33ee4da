"""Where the pages stand. With large letters on a small screen a page may need more room than there is: then it scrolls and follows the focus.

A page that can do with less says how in `fit_room(height)`, which is called before it is measured; where it returns True
the page can be read as low as its parts can be, and does not scroll before.

Never where a page has the room it asks for: at 100 % on 1366×768 no page scrolls as a whole.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QScrollBar, QStackedWidget, QWidget

_MARGIN = 12  # seen around what has the focus
_FULL_FROM, _FULL_HEIGHT = 300, 500  # a page that asks for so much is full, and wants at least so much


class Stage(QAbstractScrollArea):
    """Holds the stack of pages at least as large as the shown page asks for."""

    def __init__(self, stack: QStackedWidget) -> None:
        super().__init__()
        self._stack = stack
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        stack.setParent(self.viewport())
        stack.installEventFilter(self)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(0)
        self._settling.timeout.connect(self._arrange)
        stack.currentChanged.connect(lambda _place: self._arrange())
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def sizeHint(self) -> QSize:
        return self._stack.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def scrollContentsBy(self, _across: int, _down: int) -> None:
        self._stack.move(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._stack and event.type() == QEvent.Type.LayoutRequest:
            self._settling.start()
        return False

    # -- room ----------------------------------------------------------------------------------------------------------
    def _arrange(self) -> None:
        """Give the pages the room there is, or what the shown one asks for."""
        page = self._stack.currentWidget()
        room = self.maximumViewportSize()
        wanted = _asked(page, room) if page is not None else QSize(0, 0)
        wide, high = max(room.width(), wanted.width()), max(room.height(), wanted.height())
        self._set_bar(self.horizontalScrollBar(), wide - room.width(), room.width())
        self._set_bar(self.verticalScrollBar(), high - room.height(), room.height())
        seen = self.viewport().size()  # less by a bar that came
        size = QSize(max(seen.width(), wanted.width()), max(seen.height(), wanted.height()))
        self._set_bar(self.horizontalScrollBar(), size.width() - seen.width(), seen.width())
        self._set_bar(self.verticalScrollBar(), size.height() - seen.height(), seen.height())
        if self._stack.size() != size:
            self._stack.resize(size)
        self.scrollContentsBy(0, 0)

    @staticmethod
    def _set_bar(bar: QScrollBar, beyond: int, shown: int) -> None:
        bar.setPageStep(max(1, shown))
        bar.setSingleStep(40)
        bar.setRange(0, max(0, beyond))

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Scroll to what took the focus."""
        across, down, page = self.horizontalScrollBar(), self.verticalScrollBar(), self._stack.currentWidget()
        if now is None or page is None or not page.isAncestorOf(now) or not across.maximum() + down.maximum():
            return
        box = QRect(now.mapTo(self._stack, QPoint(0, 0)), now.size()).adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
        self._bring_in(across, box.left(), box.right(), self.viewport().width())
        self._bring_in(down, box.top(), box.bottom(), self.viewport().height())

    @staticmethod
    def _bring_in(bar: QScrollBar, start: int, end: int, shown: int) -> None:
        if start < bar.value() or end - start > shown:
            bar.setValue(max(0, start))
        elif end > bar.value() + shown:
            bar.setValue(end - shown)


def _asked(page: QWidget, room: QSize) -> QSize:
    """Return the least size a page can be read at. Lists of a full page keep some lines, and words that wrap the height they need."""
    fit_room = getattr(page, "fit_room", None)
    fits = fit_room is not None and fit_room(room.height())
    least, layout = page.minimumSizeHint(), page.layout()
    if fits:
        return least
    high = max(least.height(), _FULL_HEIGHT) if least.height() >= _FULL_FROM else least.height()
    if layout is not None and layout.hasHeightForWidth():
        high = max(high, min(_FULL_HEIGHT, layout.totalMinimumHeightForWidth(max(room.width(), least.width()))))
    return QSize(least.width(), high)
