"""Looks at a shown window the way a proof-reader does: which words are cut, which pages scroll."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractScrollArea, QLabel, QPlainTextEdit, QScrollArea, QTextEdit, QWidget

from emergency_desk.ui.widgets.labels import ElidedLabel


def cut_labels(window: QWidget) -> list[str]:
    """Return the words of labels and buttons that have less room than they ask for. A label that may be cut tells itself."""
    cut = []
    for part in window.findChildren(QWidget):
        if not part.isVisible() or not isinstance(part, QLabel | QAbstractButton) or not part.text():
            continue
        if isinstance(part, ElidedLabel):
            is_cut = part.is_cut()
        elif isinstance(part, QLabel) and part.textFormat() is Qt.TextFormat.RichText:
            is_cut = part.heightForWidth(part.width()) > part.height() + 1
        elif isinstance(part, QLabel) and part.wordWrap():
            flags = int(part.alignment()) | 0x1000  # TextWordWrap
            is_cut = part.fontMetrics().boundingRect(QRect(0, 0, part.width(), 10_000), flags, part.text()).height() > part.height() + 1
        else:
            is_cut = part.sizeHint().width() > part.width() + 1 or part.sizeHint().height() > part.height() + 1
        if is_cut or not _is_within(part, window):
            cut.append(f"{type(part).__name__}: {part.text()}")
    return cut


def _is_within(part: QWidget, window: QWidget) -> bool:
    """Say whether a part stands inside the window; what can be scrolled to may stand below it."""
    place, room = QRect(part.mapTo(window, part.rect().topLeft()), part.size()), window.rect()
    above = part.parentWidget()
    while above is not None and above is not window:
        if isinstance(above, QScrollArea):
            return room.left() <= place.left() and place.right() <= room.right()
        above = above.parentWidget()
    return room.contains(place)


def page_scroll_bars(window: QWidget) -> list[str]:
    """Return what scrolls although it is neither a list nor a text."""
    return [
        area.objectName() or type(area).__name__ for area in window.findChildren(QAbstractScrollArea)
        if area.isVisible() and not isinstance(area, QAbstractItemView | QPlainTextEdit | QTextEdit)
        and (isinstance(area, QScrollArea) or area.verticalScrollBar().isVisible())
    ]
