"""The state board: areas down, states across, how many teams stand where. Enter on an area goes below it; Backspace comes up again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QVBoxLayout

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.ids import Id
from emergency_desk.domain.register import AreaStates
from emergency_desk.domain.teams import TeamState
from emergency_desk.services import library, register_lists
from emergency_desk.services.register_lists import SavedView
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import Answers, Ask, InlineForm
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.teams.reading_fields import as_number
from emergency_desk.ui.theme import SMALL, Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.pills import state_look
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.ui.workplace import STATE_BOARD, TEAMS, Workplace
from emergency_desk.wording.catalog import N_, _
from emergency_desk.wording.labels import label

_HERE = (STATE_BOARD,)
ACTIONS = (
    Action("states_list", N_("List the teams of the area"), "list_area", "Ctrl+Return", _HERE, short=N_("list the teams")),
    Action("states_up", N_("Up to the area above"), "go_up", "Backspace", _HERE, short=N_("area above")),
    Action("states_silent", N_("Set after how long a team counts as silent"), "set_silent", "Alt+N", _HERE, short=N_("silent after…")),
    Action("states_leave", N_("Back to the page before"), "leave", "Escape", _HERE, short=N_("back")),
)
_GROUPS = (TeamState.STANDBY, TeamState.TRAINING, TeamState.MUSTERING, TeamState.DISPATCHED, TeamState.EN_ROUTE, TeamState.ON_SCENE,
           TeamState.WORKING, TeamState.WITHDRAWING, TeamState.RETURNED, TeamState.RECOVERING, TeamState.UNAVAILABLE, TeamState.LOST_CONTACT)
_LEAST, _ROOM = 56, 20  # beside the word of a state


class StateBoardPage(LivePage):
    """Teams by area and state."""

    subjects = frozenset({Subject.TEAM, Subject.AREA, Subject.SETTING, Subject.LOG})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(ACTIONS)
        self._area: Id | None = None
        columns = (Column(_("Area"), stretch=True), Column(_("Teams"), width=64, right=True),
                   *(Column(label(state), width=self._width(label(state)), right=True) for state in _GROUPS),
                   Column(_("Silent"), width=self._width(_("Silent")), right=True))
        self.lines = KeyedList(columns, {}, row_height=32, ruled=True, header=True)
        self.lines.setAccessibleName(_("Teams by area and state"))
        self.lines.opened.connect(self._opened)
        self.panel = Panel(_("Teams by area and state"))
        self.panel.add_list(self.lines, 1)
        self.form = InlineForm(in_a_row=1)
        self.panel.body.addWidget(self.form)
        self._minutes = 0
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.panel)

    def _width(self, words: str) -> int:
        """Return how wide a column of counts is: as its title, so that no language cuts it."""
        font = self.font()
        font.setPixelSize(SMALL)
        font.setBold(True)
        return max(_LEAST, QFontMetrics(font).horizontalAdvance(words) + _ROOM)

    def reader(self) -> Callable[[], tuple[list[AreaStates], int]]:
        desk, area = self.place.desk, self._area
        return lambda: (register_lists.states_below(desk, area_id=area), library.silent_minutes(desk))

    def show_read(self, answer: tuple[list[AreaStates], int]) -> None:
        rows, minutes = answer
        self._minutes = minutes
        namer, tree = self.place.namer(), self.place.desk.memory.tree()
        top, below = rows[0], sorted(rows[1:], key=lambda row: (tree.by_id[row.area_id].code, row.area_id))
        shown = [_line(row, namer.area(row.area_id)) for row in below if row.total or not tree.by_id[row.area_id].is_retired]
        own = _line(top, _("{area} itself").format(area=namer.area(top.area_id))) if top.total else None
        everything = AreaStates(Id("#all"), {state: sum(row.counts.get(state, 0) for row in rows) for state in _GROUPS},
                                sum(row.silent for row in rows))
        self.lines.show_lines([_line(everything, namer.area(top.area_id), strong=True), *([own] if own else []), *shown])
        self.panel.set_head(note=_("silent: out and no word for {minutes} min · ⏎ below").format(minutes=minutes))
        if not self.lines.hasFocus():
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def _opened(self, key: str) -> None:
        if key in ("#all", self._area or self.place.desk.area_id):
            self.list_area()
        elif self.place.desk.memory.tree().children(Id(key)):
            self._area = Id(key)
            self.forget()
        else:
            self.list_area()

    def list_area(self) -> None:
        """List the teams of the area that is chosen."""
        key = self.lines.current_key
        area = self._area or self.place.desk.area_id if key in ("", "#all") else Id(key)
        page = self.place.window.show_page(TEAMS)
        page.show_view(SavedView("", area_id=area))  # type: ignore[attr-defined]

    def go_up(self) -> None:
        """Show the area above, up to the desk's own."""
        tree, own = self.place.desk.memory.tree(), self.place.desk.area_id
        if self._area is not None:
            above = tree.by_id[self._area].parent_id
            self._area = above if above and above != own and tree.is_within(above, own) else None
            self.forget()

    def set_silent(self) -> None:
        """Ask after how many minutes without a word a team that is out counts as silent."""
        field = Ask(name="minutes", label=_("Minutes without a word"), value=str(self._minutes), hint="30")
        self.form.ask(_("When does a team that is out count as silent?"), (field,), _("Keep"), self._keep_silent,
                      note=_("From then on it stands among what is due, with the number to ring. Kept for the whole desk."))

    def _keep_silent(self, answers: Answers) -> None:
        desk = self.place.desk
        try:
            minutes = as_number("minutes", answers["minutes"]) or 0
        except DeskError as error:
            self.form.refused(error)
            return

        def told(_done: object) -> None:
            self.form.put_away()
            self.place.window.notices.done(_("A team that is out counts as silent after {minutes} min.").format(minutes=minutes))

        self.place.ask(lambda: library.set_silent_minutes(desk, minutes=minutes), then=told, refused=self.form.refused)

    def can(self, action: str) -> bool:
        """Say which acts make sense now."""
        return action != "states_up" or self._area is not None


def _line(row: AreaStates, name: str, *, strong: bool = False) -> Line:
    cells = [Cell(name, strong=True), Cell(str(row.total), strong=strong)]
    for state in _GROUPS:
        count = row.counts.get(state, 0)
        shape, tone = state_look(state)
        cells.append(Cell(str(count), tone, strong=True, shape=shape, hint=label(state)) if count else Cell("·", Tone.SECONDARY))
    cells.append(Cell(str(row.silent), Tone.RED, strong=True, shape=Shape.LOST) if row.silent else Cell("·", Tone.SECONDARY))
    return line(row.area_id, *cells)
