"""Bodies of clauses in a text document and back, without loss: what `plan_markup` says is what stands there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextListFormat,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from emergency_desk.domain.plan_markup import Block, Entries, Paragraph, Run, Table, Words, blocks_of, text_of, tidy
from emergency_desk.ui.theme import colours

_LINE_BREAK = "\u2028"
_INDENT = 18


@dataclass(frozen=True)
class Writing:
    """How a body is written: the letters, and the distances of its paragraphs."""

    letters: QTextCharFormat = field(default_factory=QTextCharFormat)
    leading: int = 118  # per cent
    above: int = 0


# -- in ---------------------------------------------------------------------------------------------------------------
def fill(document: QTextDocument, body: str, writing: Writing) -> None:
    """Show a body alone in a document."""
    document.clear()
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    write(cursor, blocks_of(body), writing)
    cursor.endEditBlock()


def write(cursor: QTextCursor, blocks: Iterable[Block], writing: Writing) -> int:
    """Write blocks at a cursor, the first into the block where it stands if that is empty; returns the number of the last text block."""
    for block in blocks:
        if isinstance(block, Table):
            _write_table(cursor, block, writing)
        elif isinstance(block, Entries):
            _write_entries(cursor, block, writing)
        else:
            _begin_block(cursor, writing)
            write_words(cursor, block.words, writing)
    return cursor.blockNumber() - (cursor.block().length() == 1)  # below a table stands an empty block


def write_words(cursor: QTextCursor, words: Words, writing: Writing) -> None:
    """Write the words of one line; a break within a cell begins a block of its own."""
    for run in words:
        look = QTextCharFormat(writing.letters)
        if run.strong:
            look.setFontWeight(QFont.Weight.Bold)
        for place, part in enumerate(run.words.split("\n")):
            if place:
                cursor.insertBlock(block_format(writing), look)
            cursor.insertText(part, look)


def block_format(writing: Writing) -> QTextBlockFormat:
    """Return the distances of a paragraph."""
    made = QTextBlockFormat()
    made.setLineHeight(writing.leading, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    made.setTopMargin(writing.above)
    return made


def list_format() -> QTextListFormat:
    """Return how a list is drawn."""
    made = QTextListFormat()
    made.setStyle(QTextListFormat.Style.ListDisc)
    made.setIndent(1)
    return made


def table_format(columns: int) -> QTextTableFormat:
    """Return how a table is drawn: hairlines, and the columns share the width."""
    made = QTextTableFormat()
    made.setBorder(1)
    made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    made.setBorderBrush(QColor(colours().field_line))
    made.setBorderCollapse(True)
    made.setCellPadding(4)
    made.setCellSpacing(0)
    made.setTopMargin(4)
    made.setBottomMargin(4)
    made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    made.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, 100 / columns)] * columns)
    return made


def mark_head(table: QTextTable) -> None:
    """Give the first row its ground."""
    for row in range(min(2, table.rows())):
        for column in range(table.columns()):
            look = QTextTableCellFormat()
            if row == 0:
                look.setBackground(QColor(colours().raised))
            table.cellAt(row, column).setFormat(look)


def _begin_block(cursor: QTextCursor, writing: Writing) -> None:
    if cursor.block().length() > 1 or cursor.currentTable() is not None or cursor.block().textList() is not None:
        cursor.insertBlock(block_format(writing), writing.letters)
        held = cursor.block().textList()
        if held is not None:
            held.remove(cursor.block())
        cursor.setBlockFormat(block_format(writing))
    else:
        cursor.setBlockFormat(block_format(writing))
        cursor.setBlockCharFormat(writing.letters)


def _write_entries(cursor: QTextCursor, block: Entries, writing: Writing) -> None:
    for place, entry in enumerate(block.entries):
        if place:
            cursor.insertBlock()
        else:
            _begin_block(cursor, writing)
            cursor.createList(list_format())
        write_words(cursor, entry, writing)


def _write_table(cursor: QTextCursor, block: Table, writing: Writing) -> None:
    if cursor.block().textList() is not None:
        _begin_block(cursor, writing)
    table = cursor.insertTable(len(block.rows), block.columns, table_format(block.columns))
    for row, cells in enumerate(block.rows):
        for column, words in enumerate(cells):
            inner = table.cellAt(row, column).firstCursorPosition()
            inner.setBlockFormat(block_format(writing))
            inner.setBlockCharFormat(writing.letters)
            write_words(inner, words, writing)
    mark_head(table)
    cursor.setPosition(table.lastCursorPosition().position() + 1)


# -- out --------------------------------------------------------------------------------------------------------------
def body_of(document: QTextDocument) -> str:
    """Return what stands in a document as a body."""
    return text_of(blocks_in(document))


def blocks_in(document: QTextDocument) -> tuple[Block, ...]:
    """Return what stands in a document; nothing of it but words, lists, tables and strong words counts."""
    found: list[Block] = []
    block = document.begin()
    while block.isValid():
        table = QTextCursor(block).currentTable()
        if table is not None:
            found.append(Table(tuple(tuple(_cell(table, row, column) for column in range(table.columns())) for row in range(table.rows()))))
            block = table.lastCursorPosition().block().next()
            continue
        lines = _lines(list(_runs(block)))
        found += [Entries((line,)) for line in lines] if block.textList() is not None else [Paragraph(line) for line in lines]
        block = block.next()
    return tidy(found)


def _cell(table: QTextTable, row: int, column: int) -> Words:
    cell = table.cellAt(row, column)
    if (cell.row(), cell.column()) != (row, column):
        return ()  # covered by a cell that spans
    runs: list[Run] = []
    block, last = cell.firstCursorPosition().block(), cell.lastCursorPosition().block()
    while block.isValid():
        runs += [Run(run.words.replace(_LINE_BREAK, "\n"), run.strong) for run in _runs(block)]
        if block == last:
            break
        runs.append(Run("\n"))
        block = block.next()
    return tuple(runs)


def _runs(block: QTextBlock) -> Iterator[Run]:
    place = block.begin()
    while not place.atEnd():
        piece = place.fragment()
        if piece.isValid():
            yield Run(piece.text().replace("\ufffc", ""), piece.charFormat().fontWeight() >= QFont.Weight.DemiBold)
        place += 1


def _lines(runs: list[Run]) -> list[Words]:
    """Split at line breaks: outside a cell each line is a paragraph."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        for place, part in enumerate(run.words.split(_LINE_BREAK)):
            if place:
                lines.append([])
            lines[-1].append(Run(part, run.strong))
    return [tuple(line) for line in lines]
