"""Who is missing by name: on a village's list or asked for, and nowhere. Below them the villages with their sums; a difference stays red."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.evacuation import Placed
from emergency_desk.domain.expected_people import MissingPerson, MissingVillage
from emergency_desk.domain.ids import Id
from emergency_desk.errands import shelter_paper_rows as rows
from emergency_desk.services import evacuation, incidents, missing_people
from emergency_desk.services.desk import Desk
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import InlineForm
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.shelters.missing_acts import MissingActs, MissingGround
from emergency_desk.ui.shelters.missing_words import missing_columns, missing_line, village_columns, village_line
from emergency_desk.ui.widgets.laying_out import fill_page
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import SHELTER_MISSING, SHELTERS, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _

_HERE = (SHELTER_MISSING,)
ACTIONS = (
    Action("missing_ask_for", N_("Look for somebody who is asked for"), "ask_for", "Ctrl+N", _HERE, short=N_("somebody asks")),
    Action("missing_names", N_("Names of a village that is to be moved"), "take_names", "Alt+N", _HERE, short=N_("names of a village")),
    Action("missing_import", N_("Names of villages out of a list"), "import_list", "Ctrl+I", _HERE, short=N_("from a list")),
    Action("missing_print", N_("Print who is missing by name"), "print_list", "F9", _HERE, short=N_("print")),
    Action("missing_leave_page", N_("Back to the shelters"), "leave", "Escape", _HERE, in_bar=False),
)
_KEYS = {Qt.Key.Key_R: "with_relatives", Qt.Key.Key_A: "away", Qt.Key.Key_J: "recognise", Qt.Key.Key_K: "tell_apart"}
_VILLAGES_HEIGHT = 210


@dataclass(frozen=True, slots=True)
class Listed:
    """The page as it was read: each incident with its villages, and what the forms choose from."""

    villages: tuple[tuple[Id, MissingVillage], ...]
    ground: MissingGround

    @property
    def people(self) -> tuple[MissingPerson, ...]:
        """Return who is missing by name."""
        return tuple(one for _id, village in self.villages for one in village.people)


def read_missing_page(desk: Desk) -> Listed:
    """Read who is missing for every incident that runs. Runs on the store thread."""
    running = incidents.list_open(desk)
    groups = [line.group for each in running for line in evacuation.reconcile(desk, incident_id=each.id)]
    villages = tuple((each.id, village) for each in running for village in missing_people.list_missing(desk, incident_id=each.id))
    return Listed(villages, MissingGround(tuple((each.id, f"{each.number} {each.title}") for each in running),
                                          tuple((group.id, group.name) for group in groups)))


class MissingPage(LivePage):
    """Names above, villages below."""

    subjects = frozenset({Subject.STAY, Subject.SHELTER, Subject.EVACUATION, Subject.AFTERMATH, Subject.INCIDENT})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(ACTIONS)
        self._listed: Listed | None = None
        self.lines = KeyedList(missing_columns(), _KEYS, row_height=40, header=True,
                               empty=_("Nobody is missing by name. Alt+N takes the names of a village, Ctrl+N looks for somebody asked for."))
        self.lines.setAccessibleName(_("Missing: R with relatives, A away and checked, J it is them, K another person of that name"))
        self.villages = KeyedList(village_columns(), {}, row_height=26, header=True, empty=_("Every village's sum holds."))
        self.villages.setAccessibleName(_("Villages"))
        self.form = InlineForm(in_a_row=3)
        self.asking = MissingActs(place, self.form)
        self.panel, self.below = Panel(_("Missing by name")), Panel(_("By village"))
        self.panel.add_list(self.lines, 1)
        self.panel.body.addWidget(self.form)
        self.below.add_list(self.villages, 1)
        self.below.setFixedHeight(_VILLAGES_HEIGHT)
        fill_page(self, self.panel, self.below, shares=(1,))
        self.lines.key_pressed.connect(lambda name, _key: self._act(name))
        self.lines.opened.connect(lambda _key: self._act("recognise" if self.chosen and self.chosen.perhaps else "with_relatives"))

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], Listed]:
        desk = self.place.desk
        return lambda: read_missing_page(desk)

    def show_read(self, answer: Listed) -> None:
        self._listed, self.asking.ground = answer, answer.ground
        self.tick()
        self.lines.choose_first()
        if not self.villages.hasFocus() and not self.form.isVisible():
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def tick(self) -> None:
        if self._listed is None:
            return
        now = self.now()
        self.lines.show_lines([missing_line(one, now) for one in self._listed.people])
        self.villages.show_lines([village_line(village) for _id, village in self._listed.villages])
        words = _("{names} by name · {by_number} more by number alone · R with relatives · A away · J it is them · K another")
        self.panel.set_head(note=words.format(names=formats.number(len(self._listed.people)), by_number=formats.number(
            sum(village.by_number for _id, village in self._listed.villages))))

    # -- acts ----------------------------------------------------------------------------------------------------------
    @property
    def chosen(self) -> MissingPerson | None:
        """The person that is chosen."""
        key = self.lines.current_key
        return next((one for one in self._listed.people if one.expected.id == key), None) if self._listed else None

    def _act(self, name: str) -> None:
        one = self.chosen
        if one is not None and name in ("with_relatives", "away"):
            self.asking.settle(one, Placed.WITH_RELATIVES if name == "with_relatives" else Placed.AWAY)
        elif one is not None:
            {"recognise": self.asking.recognise, "tell_apart": self.asking.tell_apart}[name](one)

    def ask_for(self) -> None:
        """Ask who is looked for."""
        self.asking.ask_for()

    def take_names(self) -> None:
        """Ask for the names of a village."""
        key = self.villages.current_key
        self.asking.take_names(Id(key) if key else None)

    def import_list(self) -> None:
        """Take the names of a village out of a file."""
        key = self.villages.current_key
        group_id = Id(key) if key else next((id_ for id_, _name in self.asking.ground.villages), None)
        self.place.open_people_list(group_id)

    def print_list(self) -> None:
        """Preview the list of the incident that the chosen one, or the first village, belongs to; the transfer list stands beside it."""
        about = self.chosen.expected.incident_id if self.chosen else next((id_ for id_, _village in self._listed.villages), None) \
            if self._listed else None
        if about is None and self.asking.ground.incidents:
            about = self.asking.ground.incidents[0][0]
        if about is not None:
            self.place.preview_shelters([(rows.MISSING, about), (rows.TRANSFER, about)])

    def leave(self) -> None:
        """Go back to the shelters."""
        self.place.window.show_page(SHELTERS)
