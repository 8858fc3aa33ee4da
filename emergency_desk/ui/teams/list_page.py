"""The page of teams: what is asked for on top, the list below, one team whole at the right.

There may be any number of teams; a page of them is read at a time.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.register import TeamDetail, TeamFilter, TeamLine, TeamOrder
from emergency_desk.services import library, register_lists
from emergency_desk.services.desk import Desk
from emergency_desk.services.register_lists import PAGE, SavedView
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import InlineForm
from emergency_desk.ui.incidents.live_page import LivePage
from emergency_desk.ui.teams.detail_panel import DetailPanel
from emergency_desk.ui.teams.filters import FilterLine, usual_views
from emergency_desk.ui.teams.list_acts import ListActs, find_agreement, find_member
from emergency_desk.ui.teams.paged_list import Page, PagedList
from emergency_desk.ui.teams.team_lines import COLUMNS, USUAL, columns, team_line
from emergency_desk.ui.theme import GAP
from emergency_desk.ui.travel_acts import Travels
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import AGREEMENTS, EXPIRES, STATE_BOARD, TEAMS, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _, ngettext

_PAUSE_MS = 50
_HERE = (TEAMS,)
ACTIONS = (
    Action("team_new", N_("Add a team"), "new_team", "Ctrl+N", _HERE, short=N_("new")),
    Action("team_find", N_("Find teams"), "focus_find", "Ctrl+F", _HERE, short=N_("find")),
    Action("team_board", N_("State board by area"), "open_board", "F3", _HERE, short=N_("state board")),
    Action("team_expires", N_("What expires"), "open_expires", "F4", _HERE, short=N_("what expires")),
    Action("team_agreements", N_("Agreements with neighbours and firms"), "open_agreements", "Ctrl+G", _HERE, short=N_("agreements")),
    Action("team_print", N_("Print the team card"), "print_card", "F9", _HERE, short=N_("card")),
    Action("team_columns", N_("Choose the columns"), "choose_columns", "Alt+C", _HERE, short=N_("columns")),
    Action("team_view", N_("Save what is asked for as a view"), "save_view", "Alt+V", _HERE, short=N_("save view")),
)
_KEYS = {Qt.Key.Key_Space: "mark", Qt.Key.Key_S: "state", Qt.Key.Key_M: "member", Qt.Key.Key_G: "agreement", Qt.Key.Key_B: "many",
         Qt.Key.Key_R: "retire", Qt.Key.Key_A: "mark_all"}


_NONE_FITS = N_("No team fits. Take a letter away, or choose “All teams”.")
_NO_TEAM = N_("No team in the register yet. Ctrl+I brings in a list, Ctrl+N adds one.")


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it was read: what was asked, how many there are, the first page."""

    asked: TeamFilter
    order: TeamOrder
    count: int
    first: tuple[TeamLine, ...]
    views: tuple[SavedView, ...]
    columns: tuple[str, ...]
    is_bare: bool = False  # the register has no team at all


def read_list(desk: Desk, asked: TeamFilter, order: TeamOrder) -> Listed:
    """Return the beginning of the list. Runs on the store thread."""
    first = register_lists.page_of_teams(desk, asked=asked, order=order)
    count = len(first) if len(first) < PAGE else register_lists.count_teams(desk, asked=asked)
    kept = tuple(json.loads(library.read_setting(desk, name=library.TEAM_COLUMNS, default="[]")))
    is_bare = not count and not register_lists.count_teams(desk, asked=TeamFilter())
    return Listed(asked, order, count, tuple(first), tuple(register_lists.list_views(desk)), tuple(name for name in kept if name in COLUMNS),
                  is_bare)


class TeamsPage(Travels, LivePage):
    """The register of teams."""

    subjects = frozenset({Subject.TEAM, Subject.MEMBER, Subject.AGREEMENT, Subject.AREA, Subject.SETTING})
    kind_of_list, paper, print_key = "teams", "contact-list", "Shift+F9"

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register((*ACTIONS, *self.travel_actions(TEAMS)))
        self._listed: Listed | None = None
        self._places: list[tuple[str | int, str]] = []
        self._round = 0
        self._read: dict[int, tuple[TeamLine, ...]] = {}
        self._marked: set[Id] = set()
        self._columns: tuple[str, ...] = USUAL
        self.detail = DetailPanel()
        self.form = InlineForm(in_a_row=3)
        self.acts = ListActs(place, self.form)
        namer = place.namer()
        known = [(one.id, namer.capability(one.id)) for one in place.desk.trade.capabilities]
        self.filter = FilterLine(areas=self._areas(), capabilities=known, name_of=namer.area)
        self._choosing = QTimer(self)
        self._choosing.setSingleShot(True)
        self._choosing.setInterval(_PAUSE_MS)
        self._choosing.timeout.connect(self._read_detail)
        self._lay_out()
        self.filter.changed.connect(self._ask_anew)
        self.filter.left_down.connect(self._go_down)
        self.detail.act.connect(lambda name: self._key(name, self.lines.current_key))
        self.detail.opened.connect(self._detail_opened)

    def _lay_out(self) -> None:
        self.panel = Panel(_("Teams"))
        self.panel.head.addWidget(self.travel_buttons())
        self.lines = self._list()
        self._chips = QHBoxLayout()
        self._chips.setSpacing(6)
        self.panel.body.addLayout(self._chips)
        self.panel.add_list(self.lines, 1)
        self.bulk = KeyButton(_("Set a field of all marked"), "B", filled=True)
        self.bulk.clicked.connect(lambda: self._key("many", ""))
        self.bulk.hide()
        self.panel.body.addWidget(self.bulk)
        self.panel.body.addWidget(self.form)
        across, down = QHBoxLayout(), QVBoxLayout(self)
        across.setSpacing(GAP)
        across.addWidget(self.panel, 1)
        across.addWidget(self.detail)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(GAP)
        down.addWidget(self.filter)
        down.addLayout(across, 1)
        QWidget.setTabOrder(self.filter.order, self.lines)

    def _list(self) -> PagedList:
        made = PagedList(columns(self._columns), _KEYS, row_height=28, empty=_(_NONE_FITS))
        made.setAccessibleName(_("Teams: Space marks, A marks all, S state, M member, G agreement, B all marked at once, R retire"))
        made.page_wanted.connect(self._read_page)
        made.chosen.connect(lambda _key: self._choosing.start())
        made.opened.connect(self._opened)
        made.key_pressed.connect(self._key)
        return made

    def _areas(self) -> list[tuple[str, str]]:
        tree, namer = self.place.desk.memory.tree(), self.place.namer()
        own = self.place.desk.area_id
        below = [area for area in tree.children(own) if area.tier is not Tier.VILLAGE and not area.is_retired]
        return [(own, namer.area(own)), *((area.id, namer.area(area.id)) for area in sorted(below, key=lambda area: (area.code, area.name)))]

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], Listed]:
        desk, asked, order = self.place.desk, self.filter.asked(local_day(self.now())), self.filter.sorted_by
        return lambda: read_list(desk, asked, order)

    def show_read(self, answer: Listed) -> None:
        is_first = self._listed is None
        self._listed, self._places, self._round = answer, [], self._round + 1
        self._read = {0: answer.first}
        if answer.columns and answer.columns != self._columns:
            self._take_columns(answer.columns)
        self._show_chips(answer.views)
        self.lines.set_empty(_(_NO_TEAM) if answer.is_bare else _(_NONE_FITS))
        self.lines.show_pages(answer.count, self._worded(answer.first))
        self._tell_count()
        if not self.lines.current_key:
            self.lines.choose_first()
        self._read_detail()
        if is_first:
            self.filter.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def tick(self) -> None:
        self._tell_count()

    def _tell_count(self) -> None:
        if self._listed is None:
            return
        count, marked = self._listed.count, len(self._marked)
        told = ngettext("{count} team · ⏎ open · Space mark", "{count} teams · ⏎ open · Space mark", count).format(count=formats.number(count))
        self.panel.set_head(note=told)
        self.bulk.setVisible(marked > 0)
        self.bulk.set_words(ngettext("Set a field of {count} marked team", "Set a field of {count} marked teams", marked).format(count=marked))

    def _worded(self, teams: tuple[TeamLine, ...]) -> Page:
        namer, today, chosen, marked = self.place.namer(), local_day(self.now()), self._columns, frozenset(self._marked)
        return Page([each.id for each in teams], lambda row: team_line(
            teams[row], chosen, namer, today=today, is_marked=teams[row].id in marked, any_marked=bool(marked)))

    def _read_page(self, number: int) -> None:
        """Read a page that came into sight; where it begins is asked once for all pages."""
        listed, turn, desk = self._listed, self._round, self.place.desk
        if listed is None:
            return
        known = self._places

        def read() -> tuple[list[tuple[str | int, str]], list[TeamLine]]:
            places = known or register_lists.places_of_pages(desk, asked=listed.asked, order=listed.order)
            if number > len(places):
                return places, []
            return places, register_lists.page_of_teams(desk, asked=listed.asked, order=listed.order, after=places[number - 1])

        def show(answer: tuple[list[tuple[str | int, str]], list[TeamLine]]) -> None:
            if turn == self._round:
                self._places, self._read[number] = answer[0], tuple(answer[1])
                self.lines.take_page(number, self._worded(self._read[number]))

        self.place.ask(read, then=show)

    def _read_detail(self) -> None:
        key, desk = self.lines.current_key, self.place.desk
        if not key:
            self.detail.show_nothing()
            return

        def show(detail: TeamDetail) -> None:
            if key == self.lines.current_key:
                now = self.now()
                self.detail.show_team(detail, self.place.namer(), now=now, today=local_day(now))

        self.place.ask(lambda: register_lists.team_detail(desk, team_id=Id(key)), then=show)

    # -- asking --------------------------------------------------------------------------------------------------------
    def _ask_anew(self) -> None:
        self.forget()

    def _go_down(self) -> None:
        self.filter.tell_now()
        self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_find(self) -> None:
        """Put the cursor into the filter."""
        self.filter.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.text.selectAll()

    def show_team(self, team_id: Id) -> None:
        """Turn to one team: it stands alone in the list until another view is chosen."""
        self.place.ask(lambda: register_lists.team_detail(self.place.desk, team_id=team_id), then=lambda detail: self.filter.show_view(
            SavedView("", text=detail.team.code or detail.team.name, is_retired=detail.team.is_retired)))

    def show_view(self, view: SavedView) -> None:
        """Ask what a view asks, with its columns."""
        if view.columns:
            self._take_columns(view.columns)
        self.filter.show_view(view)

    def _show_chips(self, views: tuple[SavedView, ...]) -> None:
        while self._chips.count():
            part = self._chips.takeAt(0).widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        for view in (*usual_views(), *views):
            chip = KeyButton(view.name, bare=True)
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.clicked.connect(lambda _checked=False, chosen=view: self.show_view(chosen))
            self._chips.addWidget(chip)
        self._chips.addStretch(1)

    def _take_columns(self, chosen: tuple[str, ...]) -> None:
        self._columns = tuple(name for name in chosen if name in COLUMNS)
        old, self.lines = self.lines, self._list()
        self.panel.layout().replaceWidget(old, self.lines)
        old.hide()
        old.deleteLater()
        if self._listed is not None:
            self.lines.show_pages(self._listed.count, self._worded(self._listed.first))

    # -- acts ----------------------------------------------------------------------------------------------------------
    def _key(self, name: str, key: str) -> None:
        detail = self.detail.shown
        if name == "mark":
            self._mark(Id(key))
        elif name == "mark_all":
            self._mark_all()
        elif name == "many":
            chosen = sorted(self._marked) or ([Id(key)] if key else [])
            if chosen:
                self.acts.many(chosen, self._unmark)
        elif name == "open":
            self._opened(key)
        elif detail is not None and detail.team.id == key:
            acts = {"state": self.acts.state, "member": self.acts.member, "agreement": self.acts.agreement, "retire": self.acts.retire}
            acts[name](detail.team)

    def _mark(self, id_: Id) -> None:
        if id_:
            self._marked ^= {id_}
            self._show_marks()

    def _mark_all(self) -> None:
        listed = self._listed
        if listed is None:
            return
        if self._marked:
            self._unmark()
            return
        self.place.ask(lambda: register_lists.ids_of_teams(self.place.desk, asked=listed.asked), then=self._take_marks)

    def _take_marks(self, ids: list[Id]) -> None:
        self._marked = set(ids)
        self._show_marks()

    def _unmark(self) -> None:
        self._marked.clear()
        self._show_marks()

    def _show_marks(self) -> None:
        self.lines.paint_again({number: self._worded(teams) for number, teams in self._read.items()})
        self._tell_count()

    def _opened(self, key: str) -> None:
        if key:
            self.place.open_team_form(Id(key))

    def _detail_opened(self, key: str) -> None:
        detail = self.detail.shown
        if detail is None:
            return
        if key.startswith("incident:"):
            self.place.open_room(Id(key.split(":")[1]))
        elif (member := find_member(detail, key)) is not None:
            self.acts.member(detail.team, member)
        elif (agreement := find_agreement(detail, key)) is not None:
            self.acts.agreement(detail.team, agreement)

    def new_team(self) -> None:
        """Open the form for a new team."""
        self.place.open_team_form(None)

    def open_board(self) -> None:
        """Show how the teams stand by area."""
        self.place.window.show_page(STATE_BOARD)

    def open_expires(self) -> None:
        """Show what expires."""
        self.place.window.show_page(EXPIRES)

    def open_agreements(self) -> None:
        """Show the agreements."""
        self.place.window.show_page(AGREEMENTS)

    def save_view(self) -> None:
        """Ask for a name for what is asked for now."""
        self.acts.view(replace(self.filter.view(""), columns=self._columns))

    def choose_columns(self) -> None:
        """Ask which columns the list has."""
        self.acts.columns(self._columns, self._keep_columns)

    def _keep_columns(self, chosen: tuple[str, ...]) -> None:
        self.place.ask(lambda: library.keep_setting(self.place.desk, name=library.TEAM_COLUMNS, content=json.dumps(chosen)))
        self._take_columns(chosen)

    def print_card(self) -> None:
        """Print the card of the team that is chosen."""
        if self.lines.current_key:
            self.place.print_register("team-card", Id(self.lines.current_key))

    def export_list(self) -> None:
        """Ask which list is to leave: the teams, or what belongs to them."""
        self.acts.export(super().export_list)
