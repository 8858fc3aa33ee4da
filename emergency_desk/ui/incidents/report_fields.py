"""The fields of a report: its elements with their gaps, and below them who signs or who takes it on the phone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from emergency_desk.domain.reports import Element
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.labels import dress, text_label
from emergency_desk.ui.widgets.tick_box import TickBox
from emergency_desk.wording.catalog import _
from emergency_desk.wording.drafting import element_label

_MOST_LINES = 5


class ElementEdit(QPlainTextEdit):
    """One element, as high as its text; Tab goes on to the next. `focused` when the cursor comes to it."""

    focused = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._most = _MOST_LINES
        self.setAccessibleName(element_label(name))
        self.setTabChangesFocus(True)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    @property
    def lines(self) -> int:
        """How many lines its text takes."""
        return max(1, int(self.document().size().height()))

    def height_of(self, lines: int) -> int:
        """Return how high it is with so many lines."""
        return lines * self.fontMetrics().lineSpacing() + 20

    def grow_to(self, most: int) -> None:
        """Show so many lines at most; what is longer is scrolled."""
        self._most = most
        self._fit()

    def _fit(self) -> None:
        lines = self.lines
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines > self._most else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        height = self.height_of(min(self._most, lines))
        if height != self.height():
            self.setFixedHeight(height)


class ReportFields(QWidget):
    """`edited` when something is typed."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.editors: dict[str, ElementEdit] = {}
        self._names: dict[str, QWidget] = {}
        self._drafted: dict[str, str] = {}
        self._filling = False
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)
        inner = QWidget()
        down = QVBoxLayout(inner)
        down.setContentsMargins(0, 0, 0, 0)
        down.addLayout(self._grid)
        down.addStretch(1)
        self.area = QScrollArea()
        self.area.setAccessibleName(_("Elements of the report"))
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidget(inner)
        self.area.verticalScrollBar().rangeChanged.connect(self._range_changed)
        for part in (self.area.viewport(), inner):
            part.setAutoFillBackground(False)
        self._laid_out = QTimer(self)  # how many lines a text takes is known once its field has its width
        self._laid_out.setSingleShot(True)
        self._laid_out.setInterval(0)
        self._laid_out.timeout.connect(self._share_room)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)

    def show_elements(self, elements: Sequence[Element], typed: dict[str, str]) -> None:
        """Show the elements of a draft, with what was typed over them before."""
        self._filling = True
        self._clear()
        self._drafted = {element.name: element.text for element in elements}
        for row, element in enumerate(elements):
            name = text_label(element_label(element.name), tone=Tone.SECONDARY, size="small", wrap=True)
            name.setFixedWidth(104)
            editor = ElementEdit(element.name)
            editor.setPlainText(typed.get(element.name, element.text))
            editor.setPlaceholderText(_("none so far") if element.name == "requests" else _("to be verified; goes as a gap"))
            editor.textChanged.connect(self._edited)
            editor.focused.connect(self._keep_in_sight)
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(editor, row, 1)
            editor.show()  # a layout shows its children later, and what is not shown cannot take the cursor
            self._names[element.name], self.editors[element.name] = name, editor
        self._filling = False
        self._mark_gaps()
        self._laid_out.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._laid_out.start()

    def _share_room(self) -> None:
        """Let the long elements show more of themselves where the page is high."""
        editors = list(self.editors.values())
        long = [editor for editor in editors if editor.lines > _MOST_LINES]
        if not long:
            return
        used = sum(editor.height_of(min(_MOST_LINES, editor.lines)) + self._grid.verticalSpacing() for editor in editors)
        spare = max(0, self.area.viewport().height() - used) // long[0].fontMetrics().lineSpacing()
        for editor in long:
            editor.grow_to(_MOST_LINES + spare // len(long))

    @property
    def elements(self) -> tuple[Element, ...]:
        """The elements as they stand in the fields."""
        return tuple(Element(name, text := editor.toPlainText().strip(), is_gap=not text and name != "requests")
                     for name, editor in self.editors.items())

    @property
    def typed(self) -> dict[str, str]:
        """What differs from the draft."""
        return {name: editor.toPlainText() for name, editor in self.editors.items() if editor.toPlainText() != self._drafted.get(name, "")}

    @property
    def gaps(self) -> list[str]:
        """The names of the elements that are empty; they keep nothing from going (R-2.1)."""
        return [name for name, editor in self.editors.items() if not editor.toPlainText().strip() and name != "requests"]

    def focus_first(self) -> None:
        """Go to the first gap, else to the first element."""
        name = (self.gaps or list(self.editors) or [""])[0]
        if name:
            self.editors[name].setFocus()

    def _range_changed(self, _least: int, most: int) -> None:
        """Stand off the scroll bar where there is one; where there is none, end where the fields below end."""
        self._grid.setContentsMargins(0, 0, 6 if most else 0, 0)
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        """Scroll to the element that has the cursor, also when elements above it grow."""
        for editor in self.editors.values():
            if editor.hasFocus():
                self.area.ensureVisible(0, editor.geometry().bottom(), 0, 8)
                self.area.ensureVisible(0, editor.geometry().top(), 0, 8)

    def _edited(self) -> None:
        if not self._filling:
            self._mark_gaps()
            self.edited.emit()

    def _mark_gaps(self) -> None:
        gaps = self.gaps
        for name, told in self._names.items():
            dress(told, tone=Tone.ORANGE if name in gaps else Tone.SECONDARY, strong=name in gaps)

    def _clear(self) -> None:
        for widget in (*self._names.values(), *self.editors.values()):
            self._grid.removeWidget(widget)
            widget.deleteLater()
        self._names.clear()
        self.editors.clear()


class Endings(QWidget):
    """Who signs, or who takes it on the phone and reads it back, or from whom it was heard; which of them, `show_for` decides."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields = {name: QLineEdit() for name in ("heard_from", "signer", "signer_post", "received_by")}
        self.read_back = TickBox(_("It was read back to us"))
        self.read_back.setToolTip(_("Enter behind the name ticks it, and takes it back."))
        self.fields["received_by"].returnPressed.connect(self.read_back.toggle)
        words = {"heard_from": _("Heard from"), "signer": _("Signed by"), "signer_post": _("Office of the signer"),
                 "received_by": _("Received by")}
        self._labels = {name: text_label(word, tone=Tone.SECONDARY, size="small") for name, word in words.items()}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(5)
        for row, (name, field) in enumerate(self.fields.items()):
            field.setAccessibleName(words[name])
            field.textEdited.connect(lambda _text: self.edited.emit())
            self._labels[name].setFixedWidth(104)
            grid.addWidget(self._labels[name], row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self.read_back, len(self.fields), 1)
        grid.setColumnStretch(1, 1)

    def show_for(self, *, is_phone: bool, is_heard: bool) -> None:
        """Show what a report by this channel, of this desk or heard of, asks for."""
        shown = {"heard_from": is_heard, "signer": not is_phone, "signer_post": not is_phone and not is_heard,
                 "received_by": is_phone or is_heard}
        for name, is_shown in shown.items():
            self.fields[name].setVisible(is_shown)
            self._labels[name].setVisible(is_shown)
        self.read_back.setVisible(is_phone)

    def text(self, name: str) -> str:
        """Return what stands in a field."""
        return self.fields[name].text().strip()
