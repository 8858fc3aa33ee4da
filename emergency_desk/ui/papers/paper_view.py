"""Shows the pages of a paper one below the other, as sharp as the screen can, and asks for the pictures it comes to need.

A picture stays until a newer one of its page comes, so that a paper which changes while somebody types never flickers.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollBar, QSizePolicy, QWidget

from emergency_desk.errands.paper_pictures import PagePicture
from emergency_desk.ui.theme import PAD, colours
from emergency_desk.wording.catalog import _

_WIDEST = 860  # logical pixels; a wider page is no easier to read
_KEPT = 6  # pictures kept in memory, 4 MB each on an ordinary screen
_SETTLE_MS = 120
_STEP = 60


class PaperView(QWidget):
    """`wanted(pages, width)` when pictures are missing; the width is in the screen's own pixels."""

    wanted = Signal(tuple, int)

    def __init__(self) -> None:
        super().__init__()
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._pictures: dict[int, QImage] = {}
        self._stale: set[int] = set()
        self._asked: set[tuple[int, int]] = set()
        self._whole = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Paper"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 160)
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.valueChanged.connect(self._scrolled)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 1, 1, 1)
        line.addStretch(1)
        line.addWidget(self._bar)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._ask)

    # -- what is shown -------------------------------------------------------------------------------------------------
    def show_paper(self, sizes: Sequence[tuple[float, float]], pictures: Sequence[PagePicture], *, anew: bool) -> None:
        """Show a paper whose pages are so large (points). `anew`: another paper, from its top; else a newer state of the same."""
        self._sizes = tuple(sizes)
        self._asked.clear()
        if anew:
            self._pictures.clear()
        self._stale = set(self._pictures)
        self._measure()
        if anew:
            self._bar.setValue(0)
        self.take(pictures)
        self._ask()

    def take(self, pictures: Sequence[PagePicture]) -> None:
        """Take pictures that were asked for."""
        for picture in pictures:
            image = QImage(picture.pixels, picture.width, picture.height, picture.width * 4, QImage.Format.Format_RGB32)
            self._pictures[picture.page] = image.copy()  # the bytes belong to the answer, the picture to us
            self._stale.discard(picture.page)
        shown = self.pages_in_sight
        for page in sorted(self._pictures, key=lambda page: min((abs(page - each) for each in shown), default=page))[_KEPT:]:
            del self._pictures[page]
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self.show_paper((), (), anew=True)

    @property
    def pages(self) -> int:
        """How many pages the paper has."""
        return len(self._sizes)

    @property
    def pages_in_sight(self) -> tuple[int, ...]:
        """The pages that are at least partly seen."""
        window = QRect(0, self._bar.value(), self.width(), self.height())
        return tuple(page for page, box in enumerate(self._boxes()) if box.intersects(window))

    @property
    def picture_width(self) -> int:
        """How many of the screen's own pixels a page is wide."""
        return max(1, round(self._page_width(max(self.pages_in_sight, default=0)) * self.devicePixelRatioF()))

    @property
    def is_whole(self) -> bool:
        """Say whether the whole page is fitted into sight."""
        return self._whole

    def set_whole(self, whole: bool) -> None:
        """Fit the whole page into sight, or the width of the page."""
        self._whole = whole
        self._measure()
        self._settle.start()
        self.update()

    def is_sharp(self) -> bool:
        """Say whether every page in sight is shown with the picture of its own size."""
        return all(page in self._pictures and page not in self._stale and self._pictures[page].width() == self._wide(page)
                   for page in self.pages_in_sight)

    # -- Qt ------------------------------------------------------------------------------------------------------------
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours().raised))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        top, boxes = self._bar.value(), self._boxes()
        for page in self.pages_in_sight:
            box = boxes[page].translated(0, -top)
            painter.fillRect(box, Qt.GlobalColor.white)
            picture = self._pictures.get(page)
            if picture is not None:
                ratio = self.devicePixelRatioF()
                if picture.width() == self._wide(page):  # pixel by pixel: nothing may blur it
                    picture.setDevicePixelRatio(ratio)
                    painter.drawImage(box.topLeft(), picture)
                else:
                    picture.setDevicePixelRatio(1)
                    painter.drawImage(box, picture)
            painter.setPen(QPen(QColor(colours().field_line), 1))
            painter.drawRect(QRectF(box).adjusted(-0.5, -0.5, 0.5, 0.5))
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours().act), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()
        self._settle.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        pixels = event.pixelDelta().y()
        self._bar.setValue(self._bar.value() - (pixels or event.angleDelta().y() * _STEP * 2 // 120))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = self.height() - _STEP
        steps = {Qt.Key.Key_Down: _STEP, Qt.Key.Key_Up: -_STEP, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page,
                 Qt.Key.Key_Space: page, Qt.Key.Key_Home: -self._bar.maximum(), Qt.Key.Key_End: self._bar.maximum()}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._bar.setValue(self._bar.value() + step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # -- measures ------------------------------------------------------------------------------------------------------
    def _room(self) -> int:
        return max(120, self.width() - 2 * PAD - self._bar.sizeHint().width())

    def _page_width(self, page: int) -> int:
        wide = min(_WIDEST, self._room())
        if self._sizes and page < len(self._sizes):
            width, height = self._sizes[page]
            if width > height:  # a sheet that lies on its side may take all the room
                wide = self._room()
            if self._whole:
                wide = min(wide, int((self.height() - 2 * PAD) * width / height))
        return max(60, wide)

    def _wide(self, page: int) -> int:
        return max(1, round(self._page_width(page) * self.devicePixelRatioF()))

    def _boxes(self) -> list[QRect]:
        boxes, top = [], PAD
        for page, (width, height) in enumerate(self._sizes):
            wide = self._page_width(page)
            high = round(wide * height / width)
            boxes.append(QRect(PAD + (self._room() - wide) // 2, top, wide, high))
            top += high + PAD
        return boxes

    def _measure(self) -> None:
        boxes = self._boxes()
        whole = boxes[-1].bottom() + PAD if boxes else 0
        self._bar.setRange(0, max(0, whole - self.height()))
        self._bar.setPageStep(self.height())
        self._bar.setSingleStep(_STEP)
        self._bar.setVisible(whole > self.height())
        self.update()

    def _scrolled(self, _value: int) -> None:
        self.update()
        self._settle.start()

    def _ask(self) -> None:
        """Ask for the pictures in sight that are missing, old, or of another size."""
        wanted = [page for page in self.pages_in_sight if page not in self._pictures or page in self._stale
                  or self._pictures[page].width() != self._wide(page)]
        wanted = [page for page in wanted if (page, self._wide(page)) not in self._asked]
        if wanted and self.isVisible():
            wide = self._wide(wanted[0])
            self._asked |= {(page, wide) for page in wanted}
            self.wanted.emit(tuple(wanted), wide)
