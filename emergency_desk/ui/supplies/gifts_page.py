"""Gifts: from whom, what came, and where it is now; when and where the list was made public (SDG20 Art. 48).

F9 is the list as it is published.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.giving_out import GiftBoard, GiftLine
from emergency_desk.domain.stock import LotSource
from emergency_desk.services import giving_out
from emergency_desk.services.desk import Desk, Done
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import Ask, InlineForm
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.supplies.stock_acts import StockActs, StockGround, read_ground
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import GIFTS, STOCK, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _, ngettext, pgettext
from emergency_desk.wording.counting import unit_word
from emergency_desk.wording.labels import field_label

_HERE = (GIFTS,)
ACTIONS = (
    Action("gifts_new", N_("Take a donation in"), "take_in", "Ctrl+N", _HERE, short=N_("donation")),
    Action("gifts_publish", N_("Enter where the list was published"), "publish", "Alt+P", _HERE, short=N_("published")),
    Action("gifts_print", N_("Print the list as it is published"), "print_list", "F9", _HERE, short=N_("print")),
    Action("gifts_leave", N_("Back to the page before"), "leave", "Escape", _HERE, short=N_("back")),
)


@dataclass(frozen=True, slots=True)
class Read:
    """The gifts as they were read, and what the form chooses from."""

    board: GiftBoard
    ground: StockGround


def read_gifts(desk: Desk) -> Read:
    """Read the gifts. Runs on the store thread."""
    return Read(giving_out.gift_board(desk), read_ground(desk))


class GiftsPage(LivePage):
    """What was given, and where it went."""

    subjects = frozenset({Subject.STOCK, Subject.SUPPLY, Subject.DEPOT})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(ACTIONS)
        self.board = GiftBoard(())
        self.lines = KeyedList(gift_columns(), {Qt.Key.Key_P: "publish"}, row_height=44, header=True,
                               empty=_("No donation has been taken in yet. Ctrl+N takes one in."))
        self.lines.setAccessibleName(_("Donations: P publish"))
        self.lines.opened.connect(self._open)
        self.lines.key_pressed.connect(lambda name, _key: getattr(self, name)())
        self.state = text_label(tone=Tone.SECONDARY, size="small", wrap=True)
        self.form = InlineForm(in_a_row=3)
        self.acts = StockActs(place, self.form)
        self.panel = Panel(_("Donations and where they went"))
        self.panel.body.addWidget(self.state)
        self.panel.add_list(self.lines, 1)
        self.panel.body.addWidget(self.form)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.panel)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place.window.rail.mark(STOCK)

    def reader(self) -> Callable[[], Read]:
        desk = self.place.desk
        return lambda: read_gifts(desk)

    def show_read(self, answer: Read) -> None:
        self.board, self.acts.ground = answer.board, answer.ground
        self.lines.show_lines([gift_line(one) for one in self.board.gifts])
        self.lines.choose_first()
        count = len(self.board.gifts)
        told = ngettext("{count} donation · ⏎ its item · P published", "{count} donations · ⏎ its item · P published", count)
        self.panel.set_head(note=told.format(count=formats.number(count)) if count else "")
        self.state.setText(self._state_words())
        if not self.form.isVisible():
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def _state_words(self) -> str:
        """Say when the list was made public, and how many gifts came since."""
        board = self.board
        if not board.gifts:
            return ""
        if not board.published:
            return _("The list has never been published. The law requires it in good time (Shandong Emergency Support Regulations Art. 48).")
        last = board.published[0]
        told = _("Published {when} at {place}").format(when=formats.when(last.published_at, now=self.now()), place=last.place)
        new = ngettext("{count} donation came since", "{count} donations came since", board.not_public).format(count=board.not_public)
        return f"{told} · {new if board.not_public else _('nothing came since')}"

    # -- acts ----------------------------------------------------------------------------------------------------------
    def _open(self, key: str) -> None:
        one = next((each for each in self.board.gifts if each.lot_id == key), None)
        if one is not None:
            self.place.open_item(one.item_id)

    def take_in(self) -> None:
        """Ask what was given, by whom and where it is kept."""
        self.acts.receive(None, source=LotSource.DONATION)

    def publish(self) -> None:
        """Ask where the list was made public."""
        desk = self.place.desk
        fields = (Ask(name="published_at_place", label=field_label("published_at_place"), hint=_("the website of the district government")),
                  Ask(name="note", label=field_label("note")))

        def done(answer: Done[giving_out.DonationPublication]) -> None:
            self.form.put_away()
            count = answer.value.lots
            self.place.window.notices.done(ngettext("{count} donation is public.", "{count} donations are public.", count).format(count=count))

        self.form.ask(_("Where was the list published?"), fields, _("It is public"), lambda answers: self.place.ask(
            lambda: giving_out.publish_gifts(desk, place=answers["published_at_place"], note=answers["note"]), then=done,
            refused=self.form.refused), note=_("F9 is the list as it is published; from its page it is saved as PDF or XLSX."))

    def print_list(self) -> None:
        """Preview the list as it is made public."""
        self.place.print_register("gift-list")


_WHERE = ("on_hand", "on_the_way", "in_use", "distributed", "consumed", "elsewhere")


def gift_columns() -> tuple[Column, ...]:
    """Return the columns of the list."""
    return (Column(pgettext("gift", "Received on"), width=96), Column(pgettext("gift", "From whom"), stretch=3), Column(_("Goods"), stretch=4),
            Column(pgettext("goods", "Received"), width=88, right=True), Column(_("In depots"), width=84, right=True),
            Column(_("On the road"), width=90, right=True), Column(_("In use"), width=80, right=True),
            Column(pgettext("gift", "To people"), width=88, right=True), Column(pgettext("gift", "Used up"), width=80, right=True),
            Column(pgettext("gift", "Elsewhere"), width=88, right=True))


def gift_line(one: GiftLine) -> Line:
    """Return a gift with where it is."""
    amounts = [getattr(one, name) for name in _WHERE]
    return line(one.lot_id, Cell(formats.calendar_day(one.received_on), Tone.SECONDARY),
                Cell(one.donor or _("not named"), strong=True, hint=one.donor),
                Cell(in_words(one.item, one.item_en), after=unit_word(one.unit), below=one.number),
                Cell(formats.number(one.received), strong=True),
                *(Cell(formats.number(each) if each else "—", Tone.TEXT if each else Tone.SECONDARY) for each in amounts))
