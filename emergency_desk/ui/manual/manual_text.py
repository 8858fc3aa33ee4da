"""A page of the manual to read: headings, text, lists, tables and pictures as wide as the window leaves; what was looked for is lit up."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QTextEdit

from emergency_desk.domain.manual import Picture, Section, column_shares
from emergency_desk.domain.plan_markup import Table
from emergency_desk.ui.plans.body_document import Writing, write
from emergency_desk.ui.theme import BODY, LARGE, PAD, Tone, blend, colour, colours
from emergency_desk.wording.catalog import _

_BODY, _LEADING, _ABOVE = BODY + 1, 130, 7
_TITLES = {1: LARGE + 4, 2: LARGE, 3: BODY + 2}
_WIDEST, _NARROWEST = 1100, 240


class ManualText(QTextEdit):
    """Reads only; the arrows scroll it, Tab leaves it."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QTextEdit, QTextEdit:focus { border: none; background: transparent; padding: 0; }")
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(PAD)
        self.setAccessibleName(_("Text of the manual"))
        self._sections: tuple[Section, ...] = ()
        self._pictures = Path()
        self._starts: dict[str, int] = {}
        self._anchor = ""
        self._words: tuple[str, ...] = ()
        self._wide = 0

    def show_sections(self, sections: Sequence[Section], pictures: Path, *, anchor: str = "", words: tuple[str, ...] = ()) -> None:
        """Show a page at one of its sections, with words lit up."""
        is_new = tuple(sections) != self._sections
        self._sections, self._pictures, self._anchor, self._words = tuple(sections), pictures, anchor, words
        if is_new:
            self._write()
        else:
            self._light_up()
            self._scroll()

    # -- Qt ------------------------------------------------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._sections and self._room() != self._wide:
            QTimer.singleShot(0, self, self._write)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._sections:
            QTimer.singleShot(0, self, self._write)

    # -- writing -------------------------------------------------------------------------------------------------------
    def _room(self) -> int:
        return max(_NARROWEST, min(_WIDEST, self.viewport().width() - 2 * PAD - 4))

    def _write(self) -> None:
        self._wide, self._starts = self._room(), {}
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for section in self._sections:
            self._heading(cursor, section)
            for part in section.parts:
                if isinstance(part, Picture):
                    self._picture(cursor, part)
                else:
                    write(cursor, (part,), Writing(_look(_BODY), leading=_LEADING, above=_ABOVE))
        cursor.endEditBlock()
        tables = [part for section in self._sections for part in section.parts if isinstance(part, Table)]
        frames = [frame for frame in self.document().rootFrame().childFrames() if isinstance(frame, QTextTable)]
        for frame, table in zip(frames, tables, strict=True):
            _share_out(frame, column_shares(table))
        self._light_up()
        self._scroll()

    def _heading(self, cursor: QTextCursor, section: Section) -> None:
        look = _look(_TITLES[section.level], strong=True)
        self._begin(cursor, look, above=0 if section.level == 1 else 14)
        cursor.insertText(section.title, look)
        self._starts[section.anchor] = cursor.blockNumber()

    def _begin(self, cursor: QTextCursor, look: QTextCharFormat, *, above: int) -> None:
        block = QTextBlockFormat()
        block.setTopMargin(above)
        if cursor.block().length() == 1 and cursor.block().textList() is None:
            cursor.setBlockFormat(block)
            cursor.setBlockCharFormat(look)
            return
        cursor.insertBlock(block, look)
        held = cursor.block().textList()
        if held is not None:
            held.remove(cursor.block())
            cursor.setBlockFormat(block)

    def _picture(self, cursor: QTextCursor, picture: Picture) -> None:
        image = QImage(str(self._pictures / picture.file))
        if not image.isNull():
            self._begin(cursor, _look(_BODY), above=10)
            made = QTextImageFormat()
            name = QUrl.fromLocalFile(str(self._pictures / picture.file))
            made.setName(name.toString())
            wide = min(self._wide, image.width())
            sharp = image.scaledToWidth(round(wide * self.devicePixelRatioF()), Qt.TransformationMode.SmoothTransformation)
            self.document().addResource(QTextDocument.ResourceType.ImageResource.value, name, sharp)
            made.setWidth(wide)
            made.setHeight(image.height() * wide / image.width())
            cursor.insertImage(made)
        small = _look(BODY - 1, tone=Tone.SECONDARY)
        self._begin(cursor, small, above=2)
        cursor.insertText(picture.caption, small)

    def _light_up(self) -> None:
        look = QTextCharFormat()
        look.setBackground(blend(colour(Tone.YELLOW), QColor(colours().panel), 0.35))
        found: list[QTextEdit.ExtraSelection] = []
        for word in self._words:
            cursor = self.document().find(word)
            while not cursor.isNull():
                each = QTextEdit.ExtraSelection()
                each.cursor, each.format = cursor, look  # type: ignore[attr-defined]
                found.append(each)
                cursor = self.document().find(word, cursor, QTextDocument.FindFlag(0))
        self.setExtraSelections(found)

    def _scroll(self) -> None:
        number = self._starts.get(self._anchor, 0)
        layout = self.document().documentLayout()
        layout.documentSize()  # lays out to the end: only then the bar reaches it
        top = layout.blockBoundingRect(self.document().findBlockByNumber(number)).top()
        self.verticalScrollBar().setValue(int(top) - PAD if number else 0)


def _look(pixels: int, *, strong: bool = False, tone: Tone = Tone.TEXT) -> QTextCharFormat:
    look = QTextCharFormat()
    font = QFont()
    font.setPixelSize(pixels)
    font.setBold(strong)
    look.setFont(font)
    look.setForeground(colour(tone))
    return look


def _share_out(table: QTextTable, shares: tuple[int, ...]) -> None:
    """Give each column what its cells ask for."""
    look = table.format()
    look.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, 100 * each / sum(shares)) for each in shares])
    table.setFormat(look)
