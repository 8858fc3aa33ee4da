"""The text of a clause while it is written: paragraphs, lists, tables and strong words, by keys alone, and pasting cleaned to them.

Undo is the editor's, not the field's: it reaches over what was saved, and it must not know two histories.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QKeyEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextTable,
)
from PySide6.QtWidgets import QTextEdit

from emergency_desk.domain.pasted_html import blocks_of_html, blocks_of_words
from emergency_desk.domain.plan_markup import Block, Entries, Paragraph, Run, Table, Words
from emergency_desk.ui.plans.body_document import Writing, block_format, body_of, fill, list_format, mark_head, table_format, write, write_words
from emergency_desk.ui.plans.one_history import is_history_key
from emergency_desk.ui.theme import BODY

_WRITING = Writing(leading=122, above=3)
_LEAST_LINES, _MOST_LINES = 3, 26


class BodyEdit(QTextEdit):
    """`edited` when something was typed, `left` when the focus goes. `body` is the text with its marks."""

    edited = Signal()
    left = Signal()

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAcceptRichText(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        font = QFont(self.font())
        font.setPixelSize(BODY + 1)
        self.document().setDefaultFont(font)
        self.document().setDocumentMargin(6)
        self._filling = False
        self._body = ""
        self.document().contentsChanged.connect(self._changed)

    # -- in and out ----------------------------------------------------------------------------------------------------
    @property
    def body(self) -> str:
        """What stands there, as a body is kept."""
        return body_of(self.document())

    def set_body(self, body: str) -> None:
        """Show a body; the same one again leaves cursor and selection where they are."""
        if self._body == body and self.body == body:
            return
        place, scrolled = self.textCursor().position(), self.verticalScrollBar().value()
        self._filling = True
        fill(self.document(), body, _WRITING)
        self._filling = False
        self._body = body
        cursor = self.textCursor()
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(scrolled)

    def _changed(self) -> None:
        if not self._filling:
            self.edited.emit()

    # -- acts of the text ----------------------------------------------------------------------------------------------
    def toggle_strong(self) -> None:
        """Set the chosen words strong, or plain again; without a choice, what is typed next."""
        look = QTextCharFormat()
        is_strong = self.fontWeight() >= QFont.Weight.DemiBold
        look.setFontWeight(QFont.Weight.Normal if is_strong else QFont.Weight.Bold)
        self.mergeCurrentCharFormat(look)

    def toggle_list(self) -> None:
        """Make the chosen paragraphs entries of a list, or paragraphs again."""
        cursor = self.textCursor()
        if cursor.currentTable() is not None:
            return
        if cursor.currentList() is not None:
            self._leave_list(cursor)
        else:
            cursor.createList(list_format())

    def insert_table(self, rows: int = 2, columns: int = 3) -> None:
        """Put a table in where the cursor stands, and go to its first cell."""
        cursor = self.textCursor()
        if cursor.currentTable() is not None:
            return
        if cursor.currentList() is not None:
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            cursor.insertBlock()
            self._leave_list(cursor)
        cursor.beginEditBlock()
        table = cursor.insertTable(rows, columns, table_format(columns))
        mark_head(table)
        cursor.endEditBlock()
        self.setTextCursor(table.cellAt(0, 0).firstCursorPosition())
        self.setFocus()

    def add_row(self) -> None:
        """Add a row below the one where the cursor stands."""
        self._at_table(lambda table, row, _column: table.insertRows(row + 1, 1), down=1)

    def add_column(self) -> None:
        """Add a column at the right of the cursor."""
        self._at_table(lambda table, _row, column: table.insertColumns(column + 1, 1), right=1)

    def remove_row(self) -> None:
        """Remove the row where the cursor stands; with the last one the table goes."""
        self._at_table(lambda table, row, _column: table.removeRows(row, 1))

    def remove_column(self) -> None:
        """Remove the column where the cursor stands; with the last one the table goes."""
        self._at_table(lambda table, _row, column: table.removeColumns(column, 1))

    @property
    def is_in_table(self) -> bool:
        """Say whether the cursor stands in a table."""
        return self.textCursor().currentTable() is not None

    def _at_table(self, act: Callable[[QTextTable, int, int], object], *, down: int = 0, right: int = 0) -> None:
        cursor = self.textCursor()
        table = cursor.currentTable()
        if table is None:
            return
        cell = table.cellAt(cursor)
        row, column, columns = cell.row(), cell.column(), table.columns()
        act(table, row, column)
        if self.textCursor().currentTable() is None:
            return
        if table.columns() != columns:
            table.setFormat(table_format(table.columns()))
        mark_head(table)
        target = table.cellAt(min(row + down, table.rows() - 1), min(column + right, table.columns() - 1))
        self.setTextCursor(target.firstCursorPosition())

    def _leave_list(self, cursor: QTextCursor) -> None:
        first, last = sorted((cursor.selectionStart(), cursor.selectionEnd()))
        block = self.document().findBlock(first)
        while block.isValid() and block.position() <= last:
            held = block.textList()
            if held is not None:
                held.remove(block)
                QTextCursor(block).setBlockFormat(block_format(_WRITING))
            block = block.next()

    # -- find ----------------------------------------------------------------------------------------------------------
    def choose_words(self, words: str, *, match_case: bool = False, backward: bool = False, anew: bool = False) -> bool:
        """Choose the next place where words stand; say whether there is one before the end."""
        flags = QTextDocument.FindFlag(0)
        if match_case:
            flags |= QTextDocument.FindFlag.FindCaseSensitively
        if backward:
            flags |= QTextDocument.FindFlag.FindBackward
        start = self.textCursor()
        if anew:
            start.movePosition(QTextCursor.MoveOperation.End if backward else QTextCursor.MoveOperation.Start)
        found = self.document().find(words, start, flags)
        if found.isNull():
            return False
        self.setTextCursor(found)
        return True

    def replace_chosen(self, by: str) -> None:
        """Put words in place of the chosen ones, with their look."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            cursor.insertText(by, cursor.charFormat())
            self.setTextCursor(cursor)

    # -- keys ----------------------------------------------------------------------------------------------------------
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_history_key(event):
            event.ignore()  # the window's undo, which reaches over what was saved
            return True
        return super().event(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        return False if self.is_in_table else super().focusNextPrevChild(is_next)  # Tab goes from cell to cell

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_history_key(event):
            event.ignore()
        elif not self._own_key(event):
            super().keyPressEvent(event)
            if event.text() == " ":
                self._begin_list_by_dash()

    def _own_key(self, event: QKeyEvent) -> bool:
        key, cursor = Qt.Key(event.key()), self.textCursor()
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and key is Qt.Key.Key_B:
            self.toggle_strong()
            return True
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and cursor.currentTable() is not None:
            return self._next_cell(cursor.currentTable(), -1 if key is Qt.Key.Key_Backtab else 1)
        if cursor.currentList() is not None and not cursor.hasSelection() and cursor.currentTable() is None:
            is_empty = not cursor.block().text()
            if (key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and is_empty) or (key is Qt.Key.Key_Backspace and cursor.atBlockStart()):
                self._leave_list(cursor)
                return True
        return False

    def _next_cell(self, table: QTextTable, step: int) -> bool:
        cell = table.cellAt(self.textCursor())
        place = cell.row() * table.columns() + cell.column() + step
        if place < 0:
            return True
        if place >= table.rows() * table.columns():
            table.appendRows(1)
            mark_head(table)
        self.setTextCursor(table.cellAt(place // table.columns(), place % table.columns()).firstCursorPosition())
        return True

    def _begin_list_by_dash(self) -> None:
        """Turn a paragraph that was begun with "- " into a list, as people are used to."""
        cursor = self.textCursor()
        if cursor.block().text() != "- " or cursor.currentList() is not None or cursor.currentTable() is not None:
            return
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        cursor.createList(list_format())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.document().characterCount() > 1:
            QTimer.singleShot(0, self, self._dress_tables)

    def _dress_tables(self) -> None:
        """Give tables the lines and the head of the colours that are shown now."""
        self._filling = True
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                frame.setFormat(table_format(frame.columns()))
                mark_head(frame)
        self._filling = False

    # -- pasting -------------------------------------------------------------------------------------------------------
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasHtml()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take words, lists, tables and strong words of what is pasted, and nothing else."""
        blocks = blocks_of_html(source.html()) if source.hasHtml() else ()
        self.insert_blocks(blocks or blocks_of_words(source.text()))

    def insert_blocks(self, blocks: tuple[Block, ...]) -> None:
        """Put blocks in where the cursor stands; in a cell, their words."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        if cursor.currentTable() is not None:
            write_words(cursor, _in_one_cell(blocks), Writing())
        elif len(blocks) == 1 and isinstance(blocks[0], Paragraph):
            write_words(cursor, blocks[0].words, Writing())
        elif blocks:
            rest = list(blocks)
            if isinstance(rest[0], Paragraph) and cursor.block().text():
                write_words(cursor, rest.pop(0).words, Writing())  # type: ignore[union-attr]
            is_inside = not cursor.atBlockEnd()
            if is_inside:
                cursor.insertBlock()
                cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            write(cursor, rest, _WRITING)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    # -- size ----------------------------------------------------------------------------------------------------------
    def sizeHint(self) -> QSize:
        return QSize(240, self.height_for(_MOST_LINES))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.height_for(_LEAST_LINES))

    def height_for(self, lines: int) -> int:
        """Return the height of so many lines."""
        return int(self.document().documentMargin() * 2 + lines * self.fontMetrics().lineSpacing() * 1.25)


def _in_one_cell(blocks: tuple[Block, ...]) -> Words:
    """Return the words of blocks with line breaks between them."""
    lines: list[Words] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.words)
        elif isinstance(block, Entries):
            lines += block.entries
        elif isinstance(block, Table):
            lines += [tuple(run for cell in row for run in (*cell, Run("  "))) for row in block.rows]
    return tuple(run for place, words in enumerate(lines) for run in ((Run("\n"),) if place else ()) + words)
