"""A fast list of lines: logs, tasks, teams, due things. The selection is kept by id over every refresh.

Only painted rows cost anything: the model hands out whole lines, the delegate paints them. A screen of a hundred
thousand lines pages them in its reader; this list shows what it was given.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QToolTip

from emergency_desk.ui.theme import ROW, Tone, colour
from emergency_desk.ui.widgets.cell_painting import cell_height, cell_width, is_cut, paint_cell, paint_row_ground, whole_lines
from emergency_desk.ui.widgets.lines import Cell, Column, Line

_Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = int(Qt.ItemDataRole.UserRole)
_MOST_WRAPPED = 400  # lines whose height is measured; a list of more is cut to one line each


class LinesModel(QAbstractTableModel):
    """Hands out lines by row."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        super().__init__()
        self.columns = columns
        self.lines: tuple[Line, ...] = ()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = 0) -> object:
        if role == 0:  # what a screen reader reads; asked most often, so compared first
            return _spoken(self.cell(index.row(), index.column()))
        if role == LINE_ROLE:
            return self.lines[index.row()].key
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.NoItemFlags if index.isValid() and self.lines[index.row()].heads else super().flags(index)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        return self.columns[section].title if role == 0 and orientation is Qt.Orientation.Horizontal else None

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell; a line shorter than the columns ends in empty cells."""
        cells = self.lines[row].cells
        return cells[column] if column < len(cells) else Cell()

    def take(self, lines: tuple[Line, ...]) -> bool:
        """Show other lines; say whether they are other ones. Where the same ids stand in the same order only what changed is repainted."""
        if [line.key for line in lines] == [line.key for line in self.lines]:
            changed = [row for row, (new, old) in enumerate(zip(lines, self.lines, strict=True)) if new != old]
            self.lines = lines
            if changed:
                self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], len(self.columns) - 1))
            return False
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()
        return True


class _Delegate(QStyledItemDelegate):
    """Paints a cell."""

    def __init__(self, view: LinesList) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        column = self._view.lines_model.columns[index.column()]
        is_current = self._view.marks_current and index.row() == self._view.currentIndex().row()
        last = index.column() == len(self._view.lines_model.columns) - 1
        rect = option.rect  # type: ignore[attr-defined]
        paint_row_ground(painter, rect, chosen=is_current, focused=self._view.hasFocus(), ruled=self._view.ruled,
                         first=index.column() == 0, last=last)
        self._paint_end_of_cell_before(painter, index, rect)
        if self._view.wraps and not column.wrap:
            rect = QRect(rect.left(), rect.top(), rect.width(), min(rect.height(), self._view.row_height))  # beside the first line
        room = rect.adjusted(0, 0, self._view.spare_beside(index.row(), index.column()), 0)
        painter.save()
        painter.setClipRect(self._readable(rect, column))
        paint_cell(painter, self._view.lines_model.cell(index.row(), index.column()), column, room, self._view.letters)
        painter.restore()

    def _paint_end_of_cell_before(self, painter: QPainter, index: _Index, rect: QRect) -> None:
        """Paint the words that run over from the cell at the left into what this cell leaves free."""
        before = index.column() - 1
        spare = self._view.spare_beside(index.row(), before) if before >= 0 else 0
        if not spare:
            return
        room = QRect(rect.left() - self._view.columnWidth(before), rect.top(), self._view.columnWidth(before) + spare, rect.height())
        painter.save()
        painter.setClipRect(self._readable(QRect(rect.left(), rect.top(), spare, rect.height()), self._view.lines_model.columns[before]))
        paint_cell(painter, self._view.lines_model.cell(index.row(), before), self._view.lines_model.columns[before], room, self._view.letters)
        painter.restore()

    def _readable(self, rect: QRect, column: Column) -> QRect:
        """Return what of a cell may be painted: half a line at the end of a list can be read by nobody."""
        room = self._view.viewport().height() - rect.top()
        if rect.top() <= 0 or room >= rect.height() - 4:
            return rect
        return QRect(rect.left(), rect.top(), rect.width(), whole_lines(column, rect, room, self._view.letters))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(10, self._view.row_height)


class _Header(QHeaderView):
    """Writes the titles right above the words of their cells."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._columns = columns

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        column = self._columns[logical_index]
        title = Cell(column.title, Tone.SECONDARY, strong=True, size="small")
        paint_cell(painter, title, Column(right=column.right), rect, self.font().toString())


class LinesList(QTableView):
    """`opened(key)` on Enter or double click, `chosen(key)` when another line becomes current ("" for none).

    `rows_sized()` when wrapped words took another height: whoever shows a list without scrolling makes room for them.
    """

    opened = Signal(str)
    chosen = Signal(str)
    rows_sized = Signal()

    def __init__(self, columns: Sequence[Column], *, row_height: int = ROW, ruled: bool = False, header: bool = False,
                 empty: str = "", marks_current: bool = True) -> None:
        super().__init__()
        self.row_height, self.ruled, self.marks_current = row_height, ruled, marks_current
        self.wraps = any(column.wrap for column in columns)
        self._empty = empty
        self._taking = False
        self.letters = self.font().toString()
        self.lines_model = LinesModel(tuple(columns))
        self.setHorizontalHeader(_Header(self.lines_model.columns))
        self.setModel(self.lines_model)
        self.setItemDelegate(_Delegate(self))
        self._dress(header)
        self.activated.connect(lambda index: self.opened.emit(self._key_at(index)))
        self.selectionModel().currentRowChanged.connect(self._current_changed)

    def _dress(self, header: bool) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMinimumHeight(self.row_height)
        self.viewport().setAutoFillBackground(False)
        across, down = self.horizontalHeader(), self.verticalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setMinimumSectionSize(12)
        down.setDefaultSectionSize(self.row_height)
        across.setVisible(header)
        across.setFixedHeight(24)
        across.setMinimumSectionSize(12)
        across.setHighlightSections(False)
        across.setSectionsClickable(False)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    # -- lines ---------------------------------------------------------------------------------------------------------
    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines; the current one and the place scrolled to stay. The same lines again cost nothing."""
        if lines and tuple(lines) == self.lines_model.lines:
            return
        kept, place, row = self.current_key, self.verticalScrollBar().value(), self.currentIndex().row()
        self._taking = True
        shown_anew = self.lines_model.take(tuple(lines))
        self._size_columns()
        if kept and not self.choose(kept) and self.lines_model.lines:
            self._choose_from(min(row, len(self.lines_model.lines) - 1))
        elif not kept and self.marks_current and self.hasFocus():  # the cursor came before the lines were read
            self.choose_first()
        self.verticalScrollBar().setValue(place)
        self._taking = False
        if shown_anew:
            self.viewport().update()
        if self.current_key != kept:
            self.chosen.emit(self.current_key)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines shown now."""
        return self.lines_model.lines

    @property
    def current_key(self) -> str:
        """The id of the current line, "" for none."""
        return self._key_at(self.currentIndex())

    def choose(self, key: str) -> bool:
        """Make the line with this id current; say whether it is there."""
        for row, each in enumerate(self.lines_model.lines):
            if each.key == key:
                self.setCurrentIndex(self.lines_model.index(row, 0))
                return True
        return False

    def choose_first(self) -> None:
        """Make the first line current if none is."""
        if not self.current_key:
            self._choose_from(0)

    def _choose_from(self, row: int) -> None:
        """Make the line at a row current, or the next that is no heading, or the last before it."""
        lines = self.lines_model.lines
        for place in (*range(row, len(lines)), *range(row - 1, -1, -1)):
            if not lines[place].heads:
                self.setCurrentIndex(self.lines_model.index(place, 0))
                return

    def set_empty(self, text: str) -> None:
        """Change what an empty list says: what belongs here, and the first act."""
        self._empty = text
        self.viewport().update()

    def spare_beside(self, row: int, column: int) -> int:
        """Return how far a stretching cell may run over into what the cell at its right leaves free.

        A cell that stands to the right leaves what it does not fill; any other, and one beside several lines, all or nothing. One that
        stands to the right itself never runs over: it would leave its own column.
        """
        columns, beside = self.lines_model.columns, self.lines_model.cell(row, column + 1) if column + 1 < len(self.lines_model.columns) else None
        if beside is None or columns[column].right or not columns[column].stretch:
            return 0
        width = self.columnWidth(column + 1)
        if columns[column].wrap or not columns[column + 1].right:
            return 0 if beside.text or beside.pill or beside.after or beside.below else width
        return max(0, width - cell_width(beside, self.letters))

    def height_of_lines(self) -> int:
        """Return the height that shows every line without scrolling."""
        header = self.horizontalHeader().height() if self.horizontalHeader().isVisible() else 0
        return header + sum(self.rowHeight(row) for row in range(len(self.lines_model.lines)))

    # -- Qt ------------------------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            if self.current_key and not event.isAutoRepeat():
                self.opened.emit(self.current_key)
            return
        super().keyPressEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End go to the first and the last line that is no heading: a line is one thing here, however many columns it has."""
        ends = (QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd)
        rows = [row for row, each in enumerate(self.lines_model.lines) if not each.heads] if action in ends else []
        if rows:
            return self.lines_model.index(rows[0 if action is QAbstractItemView.CursorAction.MoveHome else -1], 0)
        return super().moveCursor(action, modifiers)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.marks_current and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.choose_first()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.letters = self.font().toString()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._size_columns()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.lines_model.lines and self._empty:
            painter = QPainter(self.viewport())
            painter.setPen(colour(Tone.SECONDARY))
            room = self.viewport().rect().adjusted(6, 6, -8, 0)  # where the words of a cell begin
            painter.drawText(room, int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap), self._empty)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._hint_at(self.indexAt(event.pos())), self.viewport())
            return True
        return super().viewportEvent(event)

    def _hint_at(self, index: QModelIndex) -> str:
        if not index.isValid():
            return ""
        cell, column = self.lines_model.cell(index.row(), index.column()), self.lines_model.columns[index.column()]
        room = self.visualRect(index).adjusted(0, 0, self.spare_beside(index.row(), index.column()), 0)
        cut = is_cut(cell, column, room, self.letters)
        return "\n".join(part for part in (_spoken(cell) if cut else "", cell.hint) if part)

    def _key_at(self, index: QModelIndex) -> str:
        return self.lines_model.lines[index.row()].key if index.isValid() and index.row() < len(self.lines_model.lines) else ""

    def _current_changed(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self.viewport().update()
        if not self._taking:
            self.chosen.emit(self.current_key)

    # -- sizes ---------------------------------------------------------------------------------------------------------
    def _size_columns(self) -> None:
        columns = self.lines_model.columns
        widths = [self._wanted(number) for number in range(len(columns))]
        spare = self.viewport().width() - sum(width for width, column in zip(widths, columns, strict=True) if not column.stretch)
        shares = sum(column.stretch for column in columns)
        for number, column in enumerate(columns):
            if column.stretch:
                widths[number] = max(40, spare * column.stretch // shares)
        for number, width in enumerate(widths):
            if self.columnWidth(number) != width:
                self.setColumnWidth(number, width)
        self._size_rows(widths)

    def _wanted(self, number: int) -> int:
        column = self.lines_model.columns[number]
        if column.width or column.stretch:  # what stretches takes what is left, whatever it says
            return column.width
        sample = self.lines_model.lines[:_MOST_WRAPPED]
        needs = [cell_width(each.cells[number], self.letters) for each in sample if number < len(each.cells)]
        title = 0 if self.horizontalHeader().isHidden() else cell_width(Cell(column.title, strong=True, size="small"), self.letters) + 4
        return max(title, min(column.most, max(needs, default=0)))

    def _size_rows(self, widths: list[int]) -> None:
        columns = self.lines_model.columns
        wrapped = [number for number, column in enumerate(columns) if column.wrap]
        if not self.wraps or len(self.lines_model.lines) > _MOST_WRAPPED:
            return
        before = self.height_of_lines()
        for row, each in enumerate(self.lines_model.lines):
            heights = [cell_height(each.cells[n], columns[n], widths[n] + self.spare_beside(row, n), self.letters)
                       for n in wrapped if n < len(each.cells)]
            height = max([self.row_height, *heights])
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)
        if self.height_of_lines() != before:
            self.rows_sized.emit()


def _spoken(cell: Cell) -> str:
    return " ".join(part for part in (cell.pill.text if cell.pill else "", cell.text, cell.after, cell.below) if part)


__all__ = ["Cell", "Column", "Line", "LinesList", "LinesModel"]
