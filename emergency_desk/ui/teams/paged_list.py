"""A list of any length that holds a few pages: it asks for a page when a row of it is painted, and forgets the pages farthest away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import overload

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent

from emergency_desk.ui.incidents.live_page import KeyedList
from emergency_desk.ui.widgets.lines import Column, Line

PAGE = 200
_MOST_PAGES = 12


class Page(Sequence[Line]):
    """The lines of one page; each is put into words when it is first looked at, because most are only passed by."""

    def __init__(self, keys: Sequence[str], word: Callable[[int], Line]) -> None:
        self.keys = tuple(keys)
        self._word = word
        self._made: dict[int, Line] = {}

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, at: int) -> Line: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Line]: ...

    def __getitem__(self, at: int | slice) -> Line | Sequence[Line]:
        if isinstance(at, slice):
            return [self[row] for row in range(*at.indices(len(self.keys)))]
        if at not in self._made:
            if not 0 <= at < len(self.keys):
                raise IndexError(at)
            self._made[at] = self._word(at)
        return self._made[at]


NO_PAGE = Page((), lambda _row: Line("", ()))


class PagedLines(Sequence[Line]):
    """The lines that are here; any other is blank, and its page is wanted."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._pages: dict[int, Page] = {}
        self.wanted: set[int] = set()

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Line: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Line]: ...

    def __getitem__(self, at: int | slice) -> Line | Sequence[Line]:
        if isinstance(at, slice):  # a sample: what is at hand
            return self._pages.get(0, NO_PAGE)[at]
        page, row = divmod(at, PAGE)
        lines = self._pages.get(page)
        if lines is None:
            self.wanted.add(page)
            return Line("", ())
        return lines[row] if row < len(lines) else Line("", ())

    def __iter__(self) -> Iterator[Line]:
        for number in sorted(self._pages):
            yield from self._pages[number]

    def take(self, page: int, lines: Page) -> None:
        """Keep a page; of too many the one farthest away goes."""
        self._pages[page] = lines
        self.wanted.discard(page)
        if len(self._pages) > _MOST_PAGES:
            del self._pages[max((number for number in self._pages if number), key=lambda number: abs(number - page))]

    def row_of(self, key: str) -> int:
        """Return the row of a line that is here, or -1."""
        for number, lines in self._pages.items():
            if key in lines.keys:
                return number * PAGE + lines.keys.index(key)
        return -1


class PagedList(KeyedList):
    """`page_wanted(number)` when rows of a page that is not here were painted."""

    page_wanted = Signal(int)

    def __init__(self, columns: Sequence[Column], keys: Mapping[Qt.Key, str], *, row_height: int = 28, empty: str = "") -> None:
        super().__init__(columns, keys, row_height=row_height, header=True, empty=empty)
        self._paged = PagedLines(0)
        self._asking = QTimer(self)
        self._asking.setInterval(0)
        self._asking.setSingleShot(True)
        self._asking.timeout.connect(self._ask)

    def show_pages(self, count: int, first: Page) -> None:
        """Show a list of so many lines, of which the first page is at hand; row, line and scroll place stay where they can."""
        kept, row, place = self.current_key, self.currentIndex().row(), self.verticalScrollBar().value()
        self._taking = True
        self.lines_model.beginResetModel()
        self._paged = PagedLines(count)
        self._paged.take(0, first)
        self.lines_model.lines = self._paged  # type: ignore[assignment]  # a sequence that fetches itself
        self.lines_model.endResetModel()
        self._size_columns()
        self.verticalScrollBar().setValue(place)
        if kept and not self.choose(kept) and count:
            self.setCurrentIndex(self.lines_model.index(min(max(row, 0), count - 1), 0))
        self._taking = False
        if self.current_key != kept:
            self.chosen.emit(self.current_key)

    def take_page(self, page: int, lines: Page) -> None:
        """Take a page that was asked for."""
        self._paged.take(page, lines)
        first, last = page * PAGE, min((page + 1) * PAGE, len(self._paged)) - 1
        if first <= last:
            self.lines_model.dataChanged.emit(self.lines_model.index(first, 0), self.lines_model.index(last, len(self.lines_model.columns) - 1))
        if first <= self.currentIndex().row() <= last:
            self.chosen.emit(self.current_key)
        self.viewport().update()

    def paint_again(self, lines: Mapping[int, Page]) -> None:
        """Show the pages at hand with other words in them (a mark was set)."""
        for page, some in lines.items():
            self._paged.take(page, some)
        self.viewport().update()

    def choose(self, key: str) -> bool:
        row = self._paged.row_of(key)
        if row >= 0:
            self.setCurrentIndex(self.lines_model.index(row, 0))
        return row >= 0

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._paged.wanted:
            self._asking.start()

    def _ask(self) -> None:
        pages, self._paged.wanted = sorted(self._paged.wanted), set()
        for page in pages:
            self.page_wanted.emit(page)
