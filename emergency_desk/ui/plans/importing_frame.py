"""How the page of plans in words is laid out: the file above, what the plan is and its chapters at the left, the proposals at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from emergency_desk.ui.incidents.inline_form import ChoiceBox, InlineForm
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.file_field import FileField
from emergency_desk.ui.widgets.labels import dress, text_label
from emergency_desk.ui.widgets.laying_out import across, fill_page
from emergency_desk.ui.widgets.lines import Column
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.wording.catalog import _

_FACTS_HEIGHT, _SOURCE_HEIGHT, _LEAST_SOURCE, _MOST_HEIGHT = 180, 120, 56, 16_777_215


class _Proposals(LinesList):
    """Space confirms a proposal as it was read, and takes that back; Delete leaves it as text."""

    turned = Signal(str)
    left = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.current_key:
            self.turned.emit(self.current_key)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.current_key:
            self.left.emit(self.current_key)
        else:
            super().keyPressEvent(event)


class PlanImportFrame(QWidget):
    """The widgets of the page in their places; what they do is said by who is made of it."""

    def __init__(self) -> None:
        super().__init__()
        self.path = FileField(_("The plan: a Word file (.docx) or plain text"))
        self.which = ChoiceBox()
        self.which.setAccessibleName(_("Which plan of the file"))
        self.told = text_label(tone=Tone.SECONDARY, wrap=True)
        self.facts_list = LinesList((Column(width=136), Column(stretch=True)), row_height=28,
                                    empty=_("The plan's title, kind and number appear here."))
        self.facts_list.setAccessibleName(_("What the plan is"))
        self.outline = LinesList((Column(most=70), Column(stretch=True, wrap=True)), row_height=28,
                                 empty=_("The chapters appear here once a file has been looked at."))
        self.outline.setAccessibleName(_("Chapters of the file"))
        self.proposals = _Proposals((Column(_("What"), width=84), Column(_("As it would stand in the plan"), stretch=True, wrap=True),
                                     Column(_("State"), width=112)), header=True,
                                    empty=_("Choose a file. Nothing is taken before you say so."))
        self.proposals.setAccessibleName(_("Proposals: Enter opens one, Space confirms it, Delete leaves it as text"))
        self.source = QPlainTextEdit()
        self.source.setReadOnly(True)
        self.source.setTabChangesFocus(True)
        self.source.setMinimumHeight(_SOURCE_HEIGHT)
        self.source.setMaximumHeight(_SOURCE_HEIGHT)
        self.source.setAccessibleName(_("The words of the file"))
        self.form, self.fact_form = InlineForm(), InlineForm(in_a_row=1)
        self.sure = KeyButton(_("Confirm what is said outright"), "Alt+S")
        self.every = KeyButton(_("Confirm all but the doubtful"), "Alt+A")
        self.choose_key, self.look_key = KeyButton(_("Choose…")), KeyButton(_("Look at it"), "Ctrl+L")
        self.begin = KeyButton(_("Begin the draft"), "Ctrl+Return", filled=True)
        self._lay_out()

    def tell(self, words: str, tone: Tone) -> None:
        """Say above what was found or done."""
        self.told.setText(words)
        dress(self.told, tone=tone, strong=tone in (Tone.RED, Tone.GREEN))

    def make_room(self, is_asking: bool) -> None:
        """Let a form and the words it was read from stand in the place of the list."""
        self.proposals.setVisible(not is_asking)
        self.source.show()
        self.where.show()
        self.source.setMinimumHeight(_LEAST_SOURCE if is_asking else _SOURCE_HEIGHT)
        self.source.setMaximumHeight(_MOST_HEIGHT if is_asking else _SOURCE_HEIGHT)
        for button in (self.begin, self.every, self.sure):
            button.setVisible(not is_asking)  # a form has its own next act
        if not is_asking:
            self.proposals.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_list(self) -> None:
        """Let the list stay above a form that is about all of it."""
        self.proposals.show()
        self.source.hide()
        self.where.hide()

    def put_forms_away(self) -> None:
        """Close whatever is asked."""
        self.form.put_away()
        self.fact_form.put_away()

    def _lay_out(self) -> None:
        self.which.hide()
        self.where = text_label(tone=Tone.SECONDARY, size="small")
        head = Panel(_("Import a plan"), _("from Word or text"))
        head.body.addLayout(across(self.path, self.choose_key, self.look_key, self.which, shares=(1,)))
        head.body.addWidget(self.told)
        facts = Panel(_("What it is"), _("Enter changes one"))
        self.facts_list.setFixedHeight(_FACTS_HEIGHT)
        facts.add_list(self.facts_list)
        facts.body.addWidget(self.fact_form)
        chapters = Panel(_("Chapters and clauses"), _("doubtful ones are marked"))
        chapters.add_list(self.outline, 1)
        right = Panel(_("Proposals"), _("Space confirms, Enter opens, Delete leaves as text"))
        right.add_list(self.proposals, 1)
        for part in (self.where, self.source, self.form):
            right.body.addWidget(part)
        right.body.addLayout(across(self.begin, self.every, self.sure, QWidget(), shares=(0, 0, 0, 1)))
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(facts)
        left.addWidget(chapters, 1)
        middle = across(left, right, shares=(36, 64))
        fill_page(self, head, middle)
