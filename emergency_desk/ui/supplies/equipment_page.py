"""Required against held: a standard, a depot or a team, and line by line what must be held, what is, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.equipment import EquipmentBoard, HeldStand, LineHeld, Thing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.register import TeamFilter
from emergency_desk.services import equipment, register_lists, supplies
from emergency_desk.services.desk import Desk
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import ChoiceBox
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.supplies.stock_acts import narrow
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.ui.workplace import EQUIPMENT, Workplace
from emergency_desk.wording.catalog import N_, _, pgettext
from emergency_desk.wording.count_lines import standard_words
from emergency_desk.wording.counting import in_units
from emergency_desk.wording.labels import label

_HERE = (EQUIPMENT,)
_MOST_TEAMS = 500
ACTIONS = (
    Action("equipment_print", N_("Print what must be held and what is"), "print_list", "F9", _HERE, short=N_("print")),
    Action("equipment_leave", N_("Back to the page before"), "leave", "Escape", _HERE, short=N_("back")),
)
_LOOK = {HeldStand.MET: (Shape.DONE, Tone.GREEN), HeldStand.SHORT: (Shape.LATE, Tone.RED), HeldStand.NOTHING: (Shape.UNAVAILABLE, Tone.RED),
         HeldStand.OTHER_UNIT: (Shape.DOUBTFUL, Tone.ORANGE)}


@dataclass(frozen=True, slots=True)
class Read:
    """Who may be held against a standard, and the one that is shown."""

    holders: tuple[tuple[str, str], ...]
    board: EquipmentBoard | None


def read_equipment(desk: Desk, standard_id: str, holder_id: str) -> Read:
    """Read holders and the board of one. Runs on the store thread."""
    depots = [(one.site.id, in_words(one.site.name, one.site.name_en)) for one in supplies.list_depots(desk)]
    teams = [(one.id, in_words(one.name, one.name_en)) for one in register_lists.page_of_teams(
        desk, asked=TeamFilter(area_id=desk.area_id), limit=_MOST_TEAMS)]
    holders = (*depots, *teams)
    chosen = holder_id or (holders[0][0] if holders else "")
    has_one = bool(chosen) and bool(equipment.list_standards(desk))
    return Read(holders, equipment.required_against_held(desk, standard_id=standard_id, holder_id=Id(chosen)) if has_one else None)


class EquipmentPage(LivePage):
    """What must be held and what is."""

    subjects = frozenset({Subject.STOCK, Subject.SUPPLY, Subject.DEPOT, Subject.TEAM, Subject.RULE})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(ACTIONS)
        self._holder = ""
        self._shown: Read | None = None
        self.standard, self.holder = narrow(ChoiceBox()), narrow(ChoiceBox())
        self.standard.setAccessibleName(_("Standard"))
        self.holder.setAccessibleName(_("Who holds it"))
        for one in place.desk.trade.stock.standards:
            self.standard.addItem(in_words(one.name.zh, one.name.en), one.id)
        self.about = text_label(tone=Tone.SECONDARY, size="small", wrap=True)
        self.lines = KeyedList((Column(_("Must be held"), stretch=3), Column(_("Required"), width=110, right=True),
                                Column(_("Held"), width=110, right=True), Column(pgettext("equipment", "Missing"), width=110, right=True),
                                Column(_("State"), width=190), Column(pgettext("equipment", "What it is"), stretch=4)),
                               {}, row_height=28, header=True,
                               empty=_("The desk has no standard of equipment."))
        self.lines.setAccessibleName(_("Required and held"))
        self.panel = Panel(_("Required and held"))
        across, down = QHBoxLayout(), QVBoxLayout(self)
        across.setSpacing(GAP)
        across.addWidget(self.standard, 1)
        across.addWidget(self.holder, 1)
        self.panel.body.addLayout(across)
        self.panel.body.addWidget(self.about)
        self.panel.add_list(self.lines, 1)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.panel)
        self.standard.activated.connect(lambda _row: self.forget())
        self.holder.activated.connect(lambda _row: self.show_holder(Id(str(self.holder.currentData() or ""))))

    def show_holder(self, holder_id: Id) -> None:
        """Turn to a depot or a team."""
        self._holder = holder_id
        self.forget()

    def reader(self) -> Callable[[], Read]:
        desk, standard, holder = self.place.desk, str(self.standard.currentData() or ""), self._holder
        return lambda: read_equipment(desk, standard, holder)

    def show_read(self, answer: Read) -> None:
        self._shown = answer
        self._offer(answer)
        board = answer.board
        self.lines.show_lines([held_line(one, number) for number, one in enumerate(board.lines)] if board else ())
        if board is None:
            return
        self.panel.set_head(note=" · ".join(part for part in (
            _("{met} of {lines} lines are met").format(met=board.met, lines=len(board.lines)),
            _("keeper {name}").format(name=board.keeper) if board.keeper else "", board.phone) if part))
        part = "" if board.standard.is_whole else _("An excerpt: the standard asks for more than is listed here.")
        holder = _("asked of {holder}").format(holder=in_words(board.standard.holder.zh, board.standard.holder.en))
        self.about.setText(" · ".join(words for words in (holder, standard_words(board.standard.basis), part) if words))
        if not self.holder.hasFocus() and not self.standard.hasFocus():
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, answer: Read) -> None:
        if self.holder.count() != len(answer.holders):
            self.holder.clear()
            for value, words in answer.holders:
                self.holder.addItem(words, value)
        if answer.board is not None:
            self.holder.setCurrentIndex(max(0, self.holder.findData(answer.board.holder_id)))

    def print_list(self) -> None:
        """Preview the paper of what is shown."""
        if self._shown is not None and self._shown.board is not None:
            self.place.print_register("equipment", self._shown.board.holder_id, number=self._shown.board.standard.id)


def held_line(one: LineHeld, number: int) -> Line:
    """Return what must be held beside what is."""
    shape, tone = _LOOK[one.stand]
    asked, unit = one.line, one.line.units[0]
    note = in_words(asked.note.zh, asked.note.en) if asked.note is not None else ""
    missing = Cell(in_units(one.missing, unit), Tone.RED) if one.missing else Cell("—", Tone.SECONDARY)
    things = _told((*one.things, *one.others))
    return line(str(number), Cell(in_words(asked.name.zh, asked.name.en), strong=True, after=note),
                Cell(in_units(asked.least, unit), Tone.SECONDARY), Cell(in_units(one.held, unit), strong=True), missing,
                Cell(label(one.stand), tone, shape=shape), Cell(things, Tone.SECONDARY, hint=things))


def _told(things: Iterable[Thing]) -> str:
    return _("; ").join(f"{in_words(one.name.zh, one.name.en)} {in_units(one.count, one.unit)}" for one in things)
