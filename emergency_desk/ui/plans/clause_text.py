"""The text of a plan, clause after clause, with one clause marked and scrolled to, and the words that were looked for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextEdit

from emergency_desk.domain.plan_markup import blocks_of
from emergency_desk.domain.plans import Clause, Plan
from emergency_desk.domain.texts import Text
from emergency_desk.ui.plans.body_document import Writing, write
from emergency_desk.ui.plans.finding import depth
from emergency_desk.ui.theme import BODY, CORNER, LARGE, PAD, Tone, blend, colour, colours
from emergency_desk.wording import plan_words
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.labels import label

_BODY, _HEADING = BODY + 2, BODY + 2
_LEADING = 118  # per cent; a clause is read under pressure
_ABOVE = 12


class ClauseText(QTextEdit):
    """Reads only; the arrows scroll it."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QTextEdit, QTextEdit:focus { border: none; background: transparent; padding: 0; }")
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(10)
        self._plan: Plan | None = None
        self._blocks: dict[str, tuple[int, int]] = {}
        self._marked = ""
        self._words: tuple[str, ...] = ()

    # -- what is shown -------------------------------------------------------------------------------------------------
    def show_plan(self, plan: Plan) -> None:
        """Show a plan from its top."""
        if plan is self._plan:
            return
        self._plan, self._marked = plan, ""
        self._write()

    def mark(self, clause: str) -> bool:
        """Mark a clause and scroll to it; say whether the plan has it."""
        if clause not in self._blocks:
            return False
        self._marked = clause
        self._scroll()
        self.viewport().update()
        return True

    @property
    def marked(self) -> str:
        """The number of the marked clause."""
        return self._marked

    def light_up(self, words: tuple[str, ...]) -> int:
        """Light up every place where one of the words stands; returns how many."""
        self._words = words
        look = QTextCharFormat()
        look.setBackground(blend(colour(Tone.YELLOW), QColor(colours().panel), 0.35))
        found: list[QTextEdit.ExtraSelection] = []
        for word in words:
            cursor = self.document().find(word)
            while not cursor.isNull():
                each = QTextEdit.ExtraSelection()
                each.cursor, each.format = cursor, look  # type: ignore[attr-defined]
                found.append(each)
                cursor = self.document().find(word, cursor, QTextDocument.FindFlag(0))
        self.setExtraSelections(found)
        return len(found)

    # -- Qt ------------------------------------------------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._scroll)  # lines break anew, so the clause moved

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._marked in self._blocks:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = self._box_of(self._marked).translated(0, -self.verticalScrollBar().value()).adjusted(0, -5, 0, 6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours().chosen))
            painter.drawRoundedRect(QRectF(0, box.top(), self.viewport().width(), box.height()), CORNER, CORNER)
            painter.setBrush(colour(Tone.ACT))
            painter.drawRoundedRect(QRectF(0, box.top(), 3, box.height()), 1.5, 1.5)
            painter.end()
        super().paintEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._plan is not None:
            QTimer.singleShot(0, self, self._write)

    # -- writing -------------------------------------------------------------------------------------------------------
    def _write(self) -> None:
        assert self._plan is not None
        self._blocks = {}
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for clause in self._plan.clauses:
            start = self._line(cursor, self._heading(clause), _title_look(depth(clause)), above=16 if depth(clause) == 1 else _ABOVE)
            body = blocks_of(clause.body.in_language(current_language()))
            end = write(cursor, body, Writing(_look(_BODY), leading=_LEADING)) if body else start
            self._blocks[clause.number] = (start, end)
        self._write_rest(cursor, self._plan)
        cursor.endEditBlock()
        self.light_up(self._words)
        self._scroll()

    def _heading(self, clause: Clause) -> str:
        title = clause.title.in_language(current_language())
        if clause.tier is None:
            return _("{number}  {title}").format(number=clause.number, title=title)
        return _("{number}  {title}  ({tier})").format(number=clause.number, title=title, tier=label(clause.tier))

    def _write_rest(self, cursor: QTextCursor, plan: Plan) -> None:
        def said(text: Text) -> str:
            return text.in_language(current_language())

        groups = [_("{group}: led by {lead}; {members}. {duties}").format(
            group=plan_words.group_name(group), lead=said(group.lead), members=_(", ").join(said(member) for member in group.members),
            duties=said(group.duties)) for group in plan.work_groups]
        contacts = [_("{role}, {unit}: {phone}").format(role=said(one.role), unit=said(one.unit), phone=one.phone or "____________")
                    for one in plan.contacts]
        laws = [_("{law} ({number})").format(law=said(law.title), number=law.number) if not law.article else
                _("{law} ({number}), Art. {article}").format(law=said(law.title), number=law.number, article=law.article)
                for law in plan.basis]
        for place, title, lines in (("~group", _("Working groups"), groups), ("~contact", _("Contacts"), contacts),
                                    ("~basis", _("Legal basis"), laws)):
            if lines:
                start = self._line(cursor, title, _title_look(1), above=16)
                self._blocks[place] = (start, start + len(lines))
            for each in lines:
                self._line(cursor, each, _look(_BODY - 1), leading=112)

    def _line(self, cursor: QTextCursor, text: str, look: QTextCharFormat, *, above: int = 0, leading: int = 110) -> int:
        block = QTextBlockFormat()
        block.setTopMargin(above)
        block.setLineHeight(leading, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if cursor.block().length() == 1:  # at the top, and after a table
            cursor.setBlockFormat(block)
            cursor.setBlockCharFormat(look)
        else:
            cursor.insertBlock(block)
        cursor.insertText(text, look)
        return cursor.blockNumber()

    def _scroll(self) -> None:
        if self._marked not in self._blocks:
            return
        self.document().documentLayout().documentSize()  # lays out to the end: only then the bar reaches it
        self.verticalScrollBar().setValue(int(self._box_of(self._marked).top()) - PAD)

    def _box_of(self, clause: str) -> QRectF:
        """Return where a clause stands in the whole text."""
        layout, box = self.document().documentLayout(), QRectF()
        first, last = self._blocks[clause]
        for number in range(first, last + 1):
            box = box.united(layout.blockBoundingRect(self.document().findBlockByNumber(number)))
        return box


def _look(pixels: int, *, strong: bool = False) -> QTextCharFormat:
    look = QTextCharFormat()
    font = QFont()
    font.setPixelSize(pixels)
    font.setBold(strong)
    look.setFont(font)
    look.setForeground(QColor(colours().text))
    return look


def _title_look(deep: int) -> QTextCharFormat:
    return _look(LARGE if deep == 1 else _HEADING, strong=True)
