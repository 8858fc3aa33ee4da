"""What expires: certificates, ratings, insurance, agreements within so many days, and contacts nobody tried. Enter opens the team."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.register import ExpiryKind, ExpiryLine
from emergency_desk.services import register, register_lists
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.ui.workplace import EXPIRES, Workplace
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import N_, _, ngettext, pgettext
from emergency_desk.wording.formats import calendar_day
from emergency_desk.wording.labels import label

SPANS = (0, 30, 60, 90)
_HERE = (EXPIRES,)
ACTIONS = (
    Action("expires_print", N_("Print the list of what is due"), "print_list", "F9", _HERE, short=N_("print")),
    Action("expires_leave", N_("Back to the page before"), "leave", "Escape", _HERE, short=N_("back")),
)


class ExpiresPage(LivePage):
    """One list, the earliest first; the contacts that are to be tried stand below."""

    subjects = frozenset({Subject.TEAM, Subject.MEMBER, Subject.AGREEMENT})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(ACTIONS)
        self.days = 30
        self._shown: list[ExpiryLine] = []
        self.lines = KeyedList((Column(width=150), Column(width=150), Column(stretch=True), Column(width=300), Column(width=140)),
                               {Qt.Key.Key_T: "tried"}, row_height=30, header=False)
        self.lines.setAccessibleName(_("What expires: Enter opens it, T the contact was tried"))
        self.lines.set_empty(_("Nothing ends in this time, and every contact was tried of late."))
        self.lines.opened.connect(self._opened)
        self.lines.key_pressed.connect(self._tried)
        self.chips: dict[int, KeyButton] = {}
        chips = QHBoxLayout()
        chips.setSpacing(GAP)
        for days in SPANS:
            words = _("Ended") if days == 0 else ngettext("Within {days} day", "Within {days} days", days).format(days=days)
            chip = self.chips[days] = KeyButton(words)
            chip.clicked.connect(lambda _checked=False, chosen=days: self.choose(chosen))
            chips.addWidget(chip)
        chips.addStretch(1)
        self.panel = Panel(_("What expires"))
        self.panel.body.addLayout(chips)
        self.panel.add_list(self.lines, 1)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.panel)

    def choose(self, days: int) -> None:
        """Look so many days ahead."""
        self.days = days
        self.forget()

    def reader(self) -> Callable[[], list[ExpiryLine]]:
        desk, days = self.place.desk, self.days
        return lambda: register_lists.what_expires(desk, days=days)

    def show_read(self, answer: list[ExpiryLine]) -> None:
        self._shown = answer
        today, namer = local_day(self.now()), self.place.namer()
        for days, chip in self.chips.items():
            chip.set_filled(days == self.days)
        self.lines.show_lines([expiry_line(each, number, namer, today) for number, each in enumerate(answer)])
        ended = sum(1 for each in answer if each.ends_on and each.ends_on < today and each.kind is not ExpiryKind.CONTACT)
        contacts = sum(1 for each in answer if each.kind is ExpiryKind.CONTACT)
        self.panel.set_head(note=_("{ended} ended · {soon} end soon · {contacts} contacts to try · T tried today").format(
            ended=ended, soon=len(answer) - ended - contacts, contacts=contacts))
        if not self.lines.hasFocus():
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def tick(self) -> None:
        """Days do not tick."""

    def _opened(self, key: str) -> None:
        team_id = self._shown[int(key.split(":")[0])].team_id
        if team_id:
            self.place.open_team_form(team_id)

    def _tried(self, _name: str, key: str) -> None:
        """The contact was tried just now: note today on the team."""
        each = self._shown[int(key.split(":")[0])] if key else None
        if each is None or each.kind is not ExpiryKind.CONTACT or not each.team_id:
            return
        desk, ids, today = self.place.desk, [Id(each.team_id)], local_day(self.now())

        def told(done: Any) -> None:
            self.place.window.notices.done(
                _("{team}: contact tried today.").format(team=in_words(each.name, each.name_en)),
                lambda: self.place.ask(lambda: register.put_back_many(desk, before=done.value, names=("contact_tried_on",))))

        self.place.ask(lambda: register.change_many(desk, team_ids=ids, changes={"contact_tried_on": today}), then=told)

    def print_list(self) -> None:
        """Print the list."""
        self.place.print_register("due-list")


def expiry_line(each: ExpiryLine, number: int, namer: Namer, today: date) -> Line:
    """Return one thing that runs out."""
    tone, shape = Tone.ORANGE, Shape.DUE
    if each.ends_on is None:
        when = Cell(_("never tried"), tone, shape=shape)
    elif each.kind is ExpiryKind.CONTACT:
        when = Cell(_("tried {day}").format(day=calendar_day(each.ends_on)), tone, shape=shape)
    else:
        left = (each.ends_on - today).days
        tone, shape = (Tone.RED, Shape.LATE) if left < 0 else (tone, shape)
        ahead = _("today") if left == 0 else ngettext("{days} day", "{days} days", left).format(days=left)
        after = pgettext("validity", "ended") if left < 0 else ahead
        when = Cell(calendar_day(each.ends_on), tone, shape=shape, after=after)
    what = namer.capability(each.what) if each.kind in (ExpiryKind.CERTIFICATE, ExpiryKind.RATING) else each.what
    return line(f"{number}:{each.id}", when, Cell(label(each.kind), Tone.SECONDARY), Cell(in_words(each.name, each.name_en), strong=True),
                Cell(what), Cell(each.phone))
