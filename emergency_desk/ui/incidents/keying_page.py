"""Paper is keyed back: the code of a card, the time that stands on the paper, what was written. One line after the other, by keyboard alone.

Each becomes the ordinary act of the desk, with the time of the paper and the time of now; what is refused stays as typed, with its reason.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from emergency_desk.domain.blackout import Card, Keyed, KeyedLine
from emergency_desk.domain.errors import DeskError, FieldMissing, FieldUnreadable
from emergency_desk.errands.keying_back import key_back
from emergency_desk.services import blackout
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.call_parts import ChoiceBox
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.messages import explain
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.buttons import KeyButton, row
from emergency_desk.ui.widgets.fields import NumberEdit, mark_refused
from emergency_desk.ui.widgets.labels import dress, text_label
from emergency_desk.ui.widgets.laying_out import fill_page
from emergency_desk.ui.widgets.lines import Cell, Column, line
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import KEYING, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _, current_language, pgettext
from emergency_desk.wording.labels import label
from emergency_desk.wording.paper_times import read_paper_time

_PAGE = (KEYING,)
ACTIONS = (
    Action("keying_enter", N_("Enter the line from paper"), "enter_line", "Ctrl+Return", _PAGE, N_("enter")),
    Action("keying_call", N_("Enter a call from paper"), "take_call", "Alt+N", _PAGE, N_("a new call")),
    Action("keying_leave", N_("Leave the keying of paper"), "leave", "Escape", _PAGE, short=N_("back")),
)


class KeyingPage(LivePage):
    """Code, time, what, how many, words, by whom; Enter goes on, and at the end enters the line."""

    subjects = frozenset()

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self._card: Card | None = None
        self._entered: list[tuple[str, datetime, str, str]] = []
        self.code, self.time, self.words, self.person = (QLineEdit() for _field in range(4))
        self.heads = NumberEdit(name=_("Heads"))
        self.what = ChoiceBox(pgettext("keyed back", "What"), ())
        for field, name, hint in ((self.code, _("Code"), "17-T5"), (self.time, _("Time on the paper"), _("19:42, or 11-28 19:42")),
                                  (self.words, pgettext("keyed back", "Words"), _("as written; a reason where something was not done")),
                                  (self.person, _("By whom"), _("who did it or said it"))):
            field.setAccessibleName(name)
            field.setPlaceholderText(hint)
        self.about = text_label(_("The code is printed on every card, such as 17-T5."), tone=Tone.SECONDARY, wrap=True)
        self.lines = KeyedList((Column(_("Code"), width=84), Column(_("Time on the paper"), width=140),
                                Column(pgettext("keyed back", "What"), width=150), Column(pgettext("keyed back", "About"), stretch=True)),
                               {}, row_height=26, header=True, empty=_("What has been entered appears here, newest first."))
        self.lines.setAccessibleName(pgettext("keyed back", "Entered"))
        self._lay_out()
        self._join()
        place.window.acts.register(ACTIONS)

    def _join(self) -> None:
        self.code.textEdited.connect(self._forget_card)
        self.code.editingFinished.connect(self._find_card)
        self.code.returnPressed.connect(self._go_to_time)
        self.time.returnPressed.connect(lambda: self.what.setFocus(Qt.FocusReason.TabFocusReason))
        self.what.currentIndexChanged.connect(lambda _place: self._show_fields())
        self.heads.returnPressed.connect(lambda: self.person.setFocus(Qt.FocusReason.TabFocusReason))
        self.words.returnPressed.connect(lambda: self.person.setFocus(Qt.FocusReason.TabFocusReason))
        self.person.returnPressed.connect(self.enter_line)

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Any:
        return lambda: None

    def show_read(self, answer: Any) -> None:
        if not any(field.hasFocus() for field in (self.code, self.time, self.words, self.person, self.what, self.heads)):
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget_card(self) -> None:
        self._card = None
        mark_refused(self.code, "")

    def _find_card(self) -> None:
        typed, desk = self.code.text().strip(), self.place.desk
        if typed and (self._card is None or str(self._card.code) != typed):
            self.place.ask(lambda: blackout.find_card(desk, code=typed), then=self._show_card, refused=self._refused)

    def _show_card(self, card: Card) -> None:
        is_other = self._card is None or self._card.code.kind is not card.code.kind
        self._card = card
        of = f"{card.incident_number} {card.incident_title}" if card.incident_id else _("A release order without an incident")
        self.about.setText(f"{of}\n{card.title.in_language(current_language())}")
        dress(self.about, tone=Tone.TEXT)
        if is_other or self.what.value not in {one.value for one in card.possible}:
            self.what.offer(((one.value, label(one)) for one in card.possible), card.possible[0].value)
        self._show_fields()

    def _show_fields(self) -> None:
        is_count = self.what.value == Keyed.HEADS.value
        self._heads_row.setVisible(is_count)

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def enter_line(self) -> None:
        """Enter what stands in the fields."""
        desk = self.place.desk
        try:
            typed = self._typed()
        except DeskError as error:
            self._refused(error)
            return
        self.place.ask(lambda: (key_back(desk, typed), blackout.find_card(desk, code=typed.code)),
                       then=lambda answer: self._was_entered(typed, answer[1], answer[0].changes), refused=self._refused)

    def take_call(self) -> None:
        """Take a call that was written on a call sheet; its code is known once it is saved."""
        self.place.take_call()

    def _typed(self) -> KeyedLine:
        code, time = self.code.text().strip(), self.time.text().strip()
        if not code:
            raise FieldMissing(name="code")
        if not time:
            raise FieldMissing(name="at")
        try:
            occurred_at = read_paper_time(time, now=self.now())
        except ValueError:
            raise FieldUnreadable(name="at", typed=time, expected=_("a time such as 19:42, or 11-28 19:42")) from None
        what = Keyed(self.what.value) if self.what.value else Keyed.WORDS
        return KeyedLine(code, occurred_at, what, heads=self.heads.value if what is Keyed.HEADS else None, person=self.person.text().strip(),
                         words=self.words.text().strip())

    def _go_to_time(self) -> None:
        self._find_card()
        self.time.setFocus(Qt.FocusReason.TabFocusReason)
        self.time.selectAll()

    # -- answers -------------------------------------------------------------------------------------------------------
    def _was_entered(self, typed: KeyedLine, card: Card, changes: Any) -> None:
        self.place.background.announce(changes)
        what = label(typed.what) if typed.heads is None else f"{label(typed.what)} {typed.heads}"
        self._entered.insert(0, (str(card.code), typed.occurred_at, what, card.title.in_language(current_language())))
        self.lines.show_lines([line(str(len(self._entered) - place), Cell(code, strong=True), Cell(formats.date_time(at)), Cell(done),
                                    Cell(about)) for place, (code, at, done, about) in enumerate(self._entered)])
        self.place.window.notices.done(_("{code} is entered: {what}, {time}").format(code=card.code, what=what,
                                                                                   time=formats.clock_time(typed.occurred_at)))
        for field in (self.code, self.words, self.person):
            field.clear()
        self.heads.set_value(None)
        self._forget_card()
        self.about.setText(_("The code is printed on every card, such as 17-T5."))
        dress(self.about, tone=Tone.SECONDARY)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: DeskError) -> None:
        explain(error, self.place.window.notices, {"code": self.code, "at": self.time, "heads": self.heads, "reason": self.words,
                                                   "text": self.words, "picked_by": self.person, "what": self.what, "occurred_at": self.time})

    # -- looks ---------------------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        typing, done = Panel(_("From the paper")), Panel(pgettext("keyed back", "Entered"))
        first, second = QHBoxLayout(), QHBoxLayout()
        what = pgettext("keyed back", "What")
        for box, parts in ((first, ((_("Code"), self.code, 1), (_("Time on the paper"), self.time, 1), (what, self.what, 2))),
                           (second, ((pgettext("keyed back", "Words"), self.words, 3), (_("By whom"), self.person, 1)))):
            box.setSpacing(GAP)
            for name, field, share in parts:
                box.addWidget(text_label(name, tone=Tone.SECONDARY))
                box.addWidget(field, share)
        self._heads_row = row(text_label(_("Heads counted"), tone=Tone.SECONDARY), self.heads)
        self._heads_row.setVisible(False)
        enter = KeyButton(_("Enter the line"), "Ctrl+Return", filled=True)
        enter.clicked.connect(self.enter_line)
        call = KeyButton(_("Enter a call from paper"), "Alt+N")
        call.clicked.connect(self.take_call)
        typing.body.addLayout(first)
        typing.body.addWidget(self.about)
        typing.body.addWidget(self._heads_row)
        typing.body.addLayout(second)
        typing.body.addWidget(row(enter, call))
        done.add_list(self.lines, 1)
        fill_page(self, typing, done)
