"""Words of two versions with what changed marked: what went is struck through in red, what came is underlined in green. Reads only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit

from emergency_desk.domain.plan_body_compare import MarkedBlock, MarkedTable
from emergency_desk.domain.plan_compare import PartFate, Piece
from emergency_desk.ui.plans.body_document import mark_head, table_format
from emergency_desk.ui.theme import BODY, SMALL, Tone, blend, colour, colours

Marked = Sequence[tuple[str, Sequence[MarkedBlock]]]  # the word of a field, and its words and tables


_TONES = {PartFate.REMOVED: Tone.RED, PartFate.ADDED: Tone.GREEN}


class MarkedText(QTextEdit):
    """Shows one side of a comparison, field by field."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QTextEdit, QTextEdit:focus { border: none; background: transparent; padding: 0; }")
        self.viewport().setAutoFillBackground(False)
        self._shown: Marked = ()

    def show_marked(self, shown: Marked) -> None:
        """Show fields with their marked words."""
        self._shown = shown
        self.clear()
        cursor = QTextCursor(self.document())
        for place, (word, blocks) in enumerate(shown):
            self._block(cursor, first=place == 0)
            if word:
                cursor.insertText(word, _look(SMALL, colour(Tone.SECONDARY)))
                self._block(cursor, first=False, above=1)
            for at, block in enumerate(blocks):
                if isinstance(block, MarkedTable):
                    self._table(cursor, block)
                    continue
                if at:
                    self._block(cursor, first=cursor.block().length() == 1, above=1)
                _insert(cursor, block)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._shown:
            QTimer.singleShot(0, self, lambda: self.show_marked(self._shown))

    def _table(self, cursor: QTextCursor, shown: MarkedTable) -> None:
        """Insert a table; the ground of a changed cell is tinted, so that the eye finds it before it reads."""
        columns = max(len(row.cells) for row in shown.rows)
        table = cursor.insertTable(len(shown.rows), columns, table_format(columns))
        mark_head(table)
        for place, row in enumerate(shown.rows):
            for column, pieces in enumerate(row.cells):
                changed = next((piece.change for piece in pieces if piece.change is not PartFate.SAME), row.fate if not pieces else PartFate.SAME)
                cell = table.cellAt(place, column)
                if changed in _TONES:
                    look = cell.format()
                    look.setBackground(_ground(changed))
                    cell.setFormat(look)
                _insert(cell.firstCursorPosition(), pieces)
        cursor.movePosition(QTextCursor.MoveOperation.End)

    def _block(self, cursor: QTextCursor, *, first: bool, above: int = 10) -> None:
        look = QTextBlockFormat()
        look.setTopMargin(above)
        look.setLineHeight(120, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(look) if first else cursor.insertBlock(look)


def _insert(cursor: QTextCursor, pieces: Sequence[Piece]) -> None:
    for piece in pieces:
        cursor.insertText(piece.words.replace("\n", "\u2028"), _piece_look(piece.change))


def _ground(change: PartFate) -> QColor:
    return blend(colour(_TONES[change]), QColor(colours().panel), 0.12)


def _look(pixels: int, ink: QColor) -> QTextCharFormat:
    made = QTextCharFormat()
    font = QFont()
    font.setPixelSize(pixels)
    made.setFont(font)
    made.setForeground(ink)
    return made


def _piece_look(change: PartFate) -> QTextCharFormat:
    made = _look(BODY + 1, QColor(colours().text))
    tone = _TONES.get(change)
    if tone is not None:
        made.setForeground(colour(tone))
        made.setBackground(_ground(change))
        made.setFontStrikeOut(change is PartFate.REMOVED)
        made.setFontUnderline(change is PartFate.ADDED)
    return made
