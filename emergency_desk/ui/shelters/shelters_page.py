"""The shelters: which stand open and how full they are, who has the keys; beside them the people to be moved, village by village.

The sum of each village is shown whole: to be moved = in shelters + with relatives + away, checked + not reached (R-6.4).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer

from emergency_desk.domain.boards import IncidentLine
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.evacuation import EvacuationGroup
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelters import RUNNING, ShelterState
from emergency_desk.domain.sites import SiteKind
from emergency_desk.errands import shelter_paper_rows as rows
from emergency_desk.services import evacuation, incidents, shelters, units
from emergency_desk.services.desk import Desk
from emergency_desk.services.evacuation import GroupLine
from emergency_desk.services.shelters import KnownShelter
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.incidents.wide_form import WideForm
from emergency_desk.ui.shelters import shelter_lines
from emergency_desk.ui.shelters.shelter_acts import ShelterActs, ShelterGround
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.travel_acts import Travels
from emergency_desk.ui.widgets.laying_out import fill_page
from emergency_desk.ui.widgets.lines import Column
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import SHELTER_COUNTS, SHELTERS, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _, pgettext

_HERE = (SHELTERS,)
_LAST = 9  # behind every grade
ACTIONS = (
    Action("shelters_new", N_("A site as a shelter"), "new_shelter", "Ctrl+N", _HERE, short=N_("shelter")),
    Action("shelters_move", N_("People to be moved…"), "order_evacuation", "Alt+N", _HERE, short=N_("move people")),
    Action("shelters_count_list", N_("Head counts from a list…"), "import_counts", "Alt+I", _HERE, short=N_("counts from a list")),
    Action("shelters_list", N_("Go to the shelters"), "go_shelters", "Alt+S", _HERE, short=N_("shelters")),
    Action("shelters_groups", N_("Go to the villages"), "go_groups", "Alt+V", _HERE, short=N_("villages")),
)
_KEYS = {Qt.Key.Key_O: "open", Qt.Key.Key_C: "count", Qt.Key.Key_X: "close", Qt.Key.Key_S: "standby", Qt.Key.Key_U: "unsafe",
         Qt.Key.Key_R: "ready", Qt.Key.Key_E: "edit"}  # fmt: skip
_GROUPS_HEIGHT, _ROW_HEIGHT = 210, 42


@dataclass(frozen=True, slots=True)
class Known:
    """Everything the page shows, as it was read."""

    shelters: tuple[KnownShelter, ...]
    groups: tuple[GroupLine, ...]
    ground: ShelterGround


def read_shelters(desk: Desk) -> Known:
    """Read shelters, the villages of all incidents that run, and what the forms choose from. Runs on the store thread."""
    opened = incidents.list_open(desk)
    groups = tuple(line for incident in opened for line in evacuation.reconcile(desk, incident_id=incident.id))
    running = _foremost(opened, groups)
    known = tuple(shelters.list_shelters(desk, near=running[0].id if running else None))
    taken = {one.site.id for one in known}
    areas = tuple((area.id, in_words(area.name, area.name_en)) for area in desk.tree.by_id.values() if desk.tree.is_within(area.id, desk.area_id))
    return Known(known, groups, ShelterGround(
        incidents=tuple((each.id, f"{each.number} {each.title}") for each in running), areas=areas,
        sites=tuple(site for site in units.list_sites(desk, kind=SiteKind.SHELTER) if site.id not in taken)))


def _foremost(running: list[IncidentLine], groups: tuple[GroupLine, ...]) -> list[IncidentLine]:
    """Return the incidents that run, those whose people are moved first, then the gravest: a shelter is hardly opened for a lift that stands."""
    moving = {line.group.incident_id for line in groups}
    return sorted(running, key=lambda each: (each.id in moving, -(each.grade.rank if each.grade else _LAST), each.recorded_at), reverse=True)


class SheltersPage(LivePage, Travels):
    """Shelters above, villages below."""

    kind_of_list, paper = "shelters", rows.DAILY_RETURN
    subjects = frozenset({Subject.SHELTER, Subject.STAY, Subject.EVACUATION, Subject.SITE, Subject.INCIDENT})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register((*ACTIONS, *self.travel_actions(SHELTERS)))
        self._known: Known | None = None
        self.lines = KeyedList((Column(_("Shelter"), stretch=4), Column(_("State"), width=128), Column(_("People in it"), width=212),
                                Column(_("Takes"), width=128), Column(pgettext("from an incident", "Distance"), width=72, right=True),
                                Column(_("Inspected"), width=118), Column(pgettext("of a shelter", "Keeper"), width=132)),
                               _KEYS, row_height=_ROW_HEIGHT, header=True, empty=_("No shelter in the register yet. Ctrl+N makes one of a site."))
        self.lines.setAccessibleName(_("Shelters: O open, C count, X close, S stand by, U unsafe, R ready, E change"))
        self.groups = KeyedList((Column(_("Village"), stretch=4), Column(_("To be moved"), width=96, right=True),
                                 Column(_("In shelters"), width=96, right=True), Column(_("With relatives"), width=110, right=True),
                                 Column(_("Away, checked"), width=110, right=True), Column(_("Not reached"), width=110, right=True)),
                                {Qt.Key.Key_M: "mark", Qt.Key.Key_D: "call_off"}, row_height=26, header=True,
                                empty=_("Nobody is to be moved now. Alt+N orders people to be moved."))
        self.groups.setAccessibleName(_("Villages: M where they are, D call off"))
        self.form = WideForm()
        self.form.asked.connect(self._keep_chosen_in_sight)
        self.asking = ShelterActs(place, self.form)
        self.panel, self.below = Panel(_("Shelters")), Panel(_("People to be moved"))
        self.panel.head.addWidget(self.travel_buttons())
        self.panel.add_list(self.lines, 1)
        self.panel.body.addWidget(self.form)
        self.below.add_list(self.groups, 1)
        self.below.setFixedHeight(_GROUPS_HEIGHT)
        fill_page(self, self.panel, self.below, shares=(1,))
        self.lines.key_pressed.connect(lambda name, _key: self._act(name))
        self.lines.opened.connect(lambda _key: self._act("count" if self.chosen and self.chosen.opening else "open"))
        self.groups.key_pressed.connect(lambda name, _key: self._group_act(name))
        self.groups.opened.connect(lambda _key: self._group_act("mark"))

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], Known]:
        desk = self.place.desk
        return lambda: read_shelters(desk)

    def show_read(self, answer: Known) -> None:
        self._known, self.asking.ground = answer, answer.ground
        self.tick()
        self.lines.choose_first()
        self.groups.choose_first()
        if not self.groups.hasFocus() and not self.form.isVisible():
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def tick(self) -> None:
        if self._known is None:
            return
        rules, now = self.place.desk.trade.shelters, self.now()
        self.lines.show_lines([shelter_lines.shelter_line(one, rules, now) for one in self._known.shelters])
        running = [one for one in self._known.shelters if one.shelter.state in RUNNING]
        heads = sum(one.occupancy.heads for one in running if one.occupancy is not None)
        words = _("{open} open · {heads} people in them · {all} in the register · O open · C count · X close · S stand by")
        self.panel.set_head(note=words.format(open=len(running), heads=formats.number(heads), all=len(self._known.shelters)))
        self.groups.show_lines([shelter_lines.group_line(one) for one in self._known.groups])
        whole = evacuation.total(self._known.groups)
        self.below.set_head(note=_("{to_move} to be moved · {missing} not reached · M where they are · D call off").format(
            to_move=formats.number(whole.to_move), missing=formats.number(whole.unreached)) if self._known.groups else "")

    @property
    def chosen(self) -> KnownShelter | None:
        """The shelter that is chosen."""
        return next((one for one in self._known.shelters if one.site.id == self.lines.current_key), None) if self._known else None

    def _keep_chosen_in_sight(self) -> None:
        """The form takes room from the list: the line it is about stays in sight."""
        QTimer.singleShot(0, self.lines, lambda: self.lines.scrollTo(self.lines.currentIndex()))

    # -- acts ----------------------------------------------------------------------------------------------------------
    def _act(self, name: str) -> None:
        known = self.chosen
        if known is None:
            return
        moves = {"standby": ShelterState.STANDBY, "unsafe": ShelterState.UNSAFE, "ready": ShelterState.READY}
        if name in moves:
            self.asking.move(known, moves[name])
        elif name == "open":
            self.asking.open(known, self.now())
        else:
            {"count": self.asking.count, "close": self.asking.close, "edit": self.asking.register}[name](known)

    def _group_act(self, name: str) -> None:
        group = self._group
        if group is not None:
            {"mark": self.asking.mark, "call_off": self.asking.call_off}[name](group)

    @property
    def _group(self) -> EvacuationGroup | None:
        return next((one.group for one in self._known.groups if one.group.id == self.groups.current_key), None) if self._known else None

    def new_shelter(self) -> None:
        """Ask what a site is as a shelter."""
        self.asking.register(None)

    def order_evacuation(self) -> None:
        """Ask whose people are to be moved."""
        self.asking.order_evacuation()

    def import_counts(self) -> None:
        """Open the page that takes a list of head counts."""
        page: Any = self.place.window.show_page(SHELTER_COUNTS)
        page.begin()

    def open_people(self) -> None:
        """Show who is in the chosen shelter by name, or find somebody in any of them."""
        known = self.chosen
        self.place.open_people(known.opening.id if known is not None and known.opening is not None else None)

    def print_list(self) -> None:
        """Preview the daily return, or the list of who is to be moved when the cursor is there; the other papers stand beside it."""
        known = self._known
        if known is None:
            return
        chosen = self.chosen
        opening = chosen.opening if chosen is not None else None
        is_running = any(one.opening is not None for one in known.shelters)
        group = self._group
        first = [rows.TRANSFER] if self.groups.hasFocus() else [rows.DAILY_RETURN] if is_running else []
        about: dict[str, Id | None] = dict.fromkeys(rows.OF_DESK if is_running else (rows.PUBLIC_LIST,))
        if opening is not None:
            about |= dict.fromkeys(rows.OF_OPENING, opening.id) | {rows.NOTICE: opening.incident_id}
        if group is not None:
            about |= dict.fromkeys((rows.TRANSFER, rows.MISSING), group.incident_id)
        self.place.preview_shelters([(name, about[name]) for name in dict.fromkeys((*first, *about)) if name in about])

    def go_shelters(self) -> None:
        """Go to the list of shelters."""
        self.lines.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_groups(self) -> None:
        """Go to the villages."""
        self.groups.setFocus(Qt.FocusReason.ShortcutFocusReason)
