"""People in shelters by name: found across all shelters while somebody types, registered as families, let go, moved, told apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_people import PersonLine, PossibleDouble
from emergency_desk.errands import shelter_paper_rows as rows
from emergency_desk.services import evacuation, incidents, shelter_people, shelters
from emergency_desk.services.desk import Desk
from emergency_desk.services.shelters import KnownShelter
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import ChoiceBox, InlineForm
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.shelters.people_acts import PeopleActs, PeopleGround
from emergency_desk.ui.shelters.people_words import double_line, people_columns, person_line
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import GAP
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import SHELTER_PEOPLE, SHELTERS, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _

_HERE = (SHELTER_PEOPLE,)
ACTIONS = (
    Action("people_register", N_("Register people by name"), "register", "Ctrl+N", _HERE, short=N_("register")),
    Action("people_find", N_("Find somebody in any shelter"), "go_find", "Ctrl+F", _HERE, short=N_("find")),
    Action("people_leave_all", N_("Everybody leaves the shelter, or everybody of a village"), "leave_all", "Alt+L", _HERE, short=N_("all leave")),
    Action("people_doubles", N_("Possible duplicates, or back to the list"), "turn_doubles", "Alt+D", _HERE, short=N_("duplicates")),
    Action("people_gone", N_("Who has left, or back to who is there"), "turn_gone", "Alt+G", _HERE, short=N_("who left")),
    Action("people_import", N_("People out of a list"), "import_list", "Ctrl+I", _HERE, short=N_("from a list")),
    Action("people_print", N_("Print the registration sheet or the cards"), "print_list", "F9", _HERE, short=N_("print")),
    Action("people_leave_page", N_("Back to the shelters"), "leave", "Escape", _HERE, in_bar=False),
)
_KEYS = {Qt.Key.Key_L: "leave", Qt.Key.Key_T: "transfer", Qt.Key.Key_E: "correct", Qt.Key.Key_J: "join", Qt.Key.Key_K: "tell_apart"}
_PAUSE_MS, _SHELTER_WIDTH = 60, 320


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page is asked to show: what was typed, of which opening, who left, or possible doubles."""

    text: str = ""
    opening_id: Id | None = None
    is_gone: bool = False
    is_doubles: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """The page as it was read."""

    asked: Asked
    shelters: tuple[KnownShelter, ...]
    ground: PeopleGround
    people: tuple[PersonLine, ...] = ()
    doubles: tuple[PossibleDouble, ...] = ()
    is_more: bool = False


def read_people_page(desk: Desk, asked: Asked) -> Listed:
    """Read what is asked for. Runs on the store thread."""
    running = tuple(one for one in shelters.list_shelters(desk) if one.opening is not None)
    openings = [one.opening for one in running if one.opening is not None]
    about = {opening.incident_id for opening in openings}
    villages = tuple((line.group.id, line.group.name) for incident in incidents.list_open(desk) if incident.id in about
                     for line in evacuation.reconcile(desk, incident_id=incident.id))
    ground = PeopleGround(tuple((opening.id, in_words(one.site.name, one.site.name_en)) for one, opening in zip(
        running, openings, strict=True)), villages)
    if asked.is_doubles:
        doubles = tuple(pair for incident_id in sorted(about) for pair in shelter_people.possible_doubles(desk, incident_id=incident_id))
        return Listed(asked, running, ground, doubles=doubles)
    if asked.text:
        found = shelter_people.find_people(desk, text=asked.text)
        return Listed(asked, running, ground, people=found.lines, is_more=found.is_more)
    opening_id = asked.opening_id or (openings[0].id if openings else None)
    people = shelter_people.people_in(desk, opening_id=opening_id, is_gone=asked.is_gone) if opening_id else []
    return Listed(asked, running, ground, people=tuple(people))


class ShelterPeoplePage(LivePage):
    """Turn it with `show_shelter`."""

    subjects = frozenset({Subject.STAY, Subject.SHELTER, Subject.EVACUATION, Subject.AFTERMATH})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(ACTIONS)
        self._listed: Listed | None = None
        self._is_gone = self._is_doubles = False
        self._wanted: Id | None = None
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Find by name, pinyin, initials, phone or last four, in every shelter"))
        self.filter.setAccessibleName(_("Find somebody in any shelter"))
        self.filter.setClearButtonEnabled(True)
        self.filter.installEventFilter(self)
        self.shelter = ChoiceBox()
        self.shelter.setAccessibleName(_("Shelter"))
        self.shelter.setFixedWidth(_SHELTER_WIDTH)
        self.lines = KeyedList(people_columns(), _KEYS, row_height=40, header=True,
                               empty=_("Nobody is registered here by name. Ctrl+N registers people."))
        self.lines.setAccessibleName(_("People: L leave, T move to another shelter, E correct; possible duplicates: J one person, K two people"))
        self.form = InlineForm(in_a_row=3)
        self.asking = PeopleActs(place, self.form)
        self.panel = Panel(_("People in shelters"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self.filter.textChanged.connect(lambda _text: self._pause.start())
        self.shelter.currentIndexChanged.connect(lambda _index: self._pause.start())
        self.lines.key_pressed.connect(lambda name, _key: self._act(name))
        self.lines.opened.connect(lambda _key: self._act("join" if self._is_doubles else "correct"))
        self._lay_out()

    def _lay_out(self) -> None:
        asked, down = QHBoxLayout(), QVBoxLayout(self)
        asked.setSpacing(GAP)
        asked.addWidget(self.filter, 1)
        asked.addWidget(self.shelter)
        self.panel.body.addLayout(asked)
        self.panel.add_list(self.lines, 1)
        self.panel.body.addWidget(self.form)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.panel, 1)

    def show_shelter(self, opening_id: Id | None) -> None:
        """Turn to the people of a shelter that is open."""
        self._wanted, self._is_gone, self._is_doubles = opening_id, False, False
        self.filter.clear()
        self.form.put_away()
        self.forget()
        self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- reading -------------------------------------------------------------------------------------------------------
    @property
    def opening_id(self) -> Id | None:
        """The opening whose people are shown and to which people are registered."""
        chosen = self._wanted or self.shelter.currentData()
        return Id(chosen) if chosen else None

    def reader(self) -> Callable[[], Listed]:
        desk, asked = self.place.desk, Asked(self.filter.text().strip(), self.opening_id, self._is_gone, self._is_doubles)
        return lambda: read_people_page(desk, asked)

    def show_read(self, answer: Listed) -> None:
        self._listed, self.asking.ground = answer, answer.ground
        self._offer(answer)
        self.tick()
        self.lines.choose_first()

    def _offer(self, answer: Listed) -> None:
        kept = self.opening_id
        self.shelter.blockSignals(True)
        self.shelter.clear()
        for value, words in answer.ground.openings:
            self.shelter.addItem(words, value)
        self.shelter.setCurrentIndex(max(0, self.shelter.findData(kept)))
        self.shelter.blockSignals(False)
        self._wanted = None

    def tick(self) -> None:
        if self._listed is None:
            return
        seen, now = self._listed, self.now()
        self.lines.show_lines([double_line(pair, now) for pair in seen.doubles] if seen.asked.is_doubles
                              else [person_line(one, now) for one in seen.people])
        self.panel.set_head(note=self._told(seen))

    def _told(self, seen: Listed) -> str:
        if seen.asked.is_doubles:
            return _("{count} possible duplicates · J one person · K two people · Alt+D back").format(count=len(seen.doubles))
        if seen.asked.text:
            found = formats.people(len(seen.people))
            return _("{found}, and more: type on").format(found=found) if seen.is_more else found
        known = next((one for one in seen.shelters if one.opening is not None and one.opening.id == self.opening_id), None)
        if known is None or known.occupancy is None:
            return _("no shelter is open")
        words = _("{named} by name, {heads} in all, {places} places · L leave · T move · E correct")
        return words.format(named=formats.number(known.named), heads=formats.number(known.occupancy.heads), places=(
            formats.number(known.occupancy.capacity) if known.occupancy.capacity is not None else _("not known")))

    # -- acts ----------------------------------------------------------------------------------------------------------
    @property
    def chosen(self) -> PersonLine | None:
        """The person that is chosen."""
        key = self.lines.current_key
        return next((one for one in self._listed.people if one.stay.id == key), None) if self._listed else None

    def _act(self, name: str) -> None:
        if name in ("join", "tell_apart"):
            pair = self._pair
            if pair is not None:
                {"join": self.asking.join, "tell_apart": self.asking.tell_apart}[name](pair)
        elif self.chosen is not None:
            {"leave": self.asking.leave, "transfer": self.asking.transfer, "correct": self.asking.correct}[name](self.chosen)

    @property
    def _pair(self) -> PossibleDouble | None:
        key = self.lines.current_key
        return next((one for one in self._listed.doubles if f"{one.one.stay.id} {one.other.stay.id}" == key), None) if self._listed else None

    def register(self) -> None:
        """Ask who came."""
        self.asking.register(self.opening_id, self.shelter.currentText())

    def leave_all(self) -> None:
        """Ask where everybody goes."""
        self.asking.leave_all(self.opening_id, self.shelter.currentText())

    def go_find(self) -> None:
        """Go to the field that finds."""
        self._is_doubles = False
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def turn_doubles(self) -> None:
        """Show who may stand in the lists twice, or the list again."""
        self._is_doubles, self._is_gone = not self._is_doubles, False
        self.form.put_away()
        self.forget()
        self.lines.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def turn_gone(self) -> None:
        """Show who has left, or who is there again."""
        self._is_gone, self._is_doubles = not self._is_gone, False
        self.filter.clear()
        self.forget()
        self.lines.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def import_list(self) -> None:
        """Take people out of a file into the shelter that is shown."""
        self.place.open_people_list(self.opening_id)

    def print_list(self) -> None:
        """Preview the registration sheet of the shelter; its cards and the blank forms stand beside it."""
        opening_id = self.opening_id
        if opening_id is not None:
            self.place.preview_shelters([(name, opening_id) for name in rows.OF_PEOPLE])

    def leave(self) -> None:
        """Go back to the shelters."""
        self.place.window.show_page(SHELTERS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.filter and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in (
                Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.lines.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        return super().eventFilter(watched, event)
