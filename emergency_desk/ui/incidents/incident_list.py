"""Every incident: the open ones first, the ended below, page by page. Typing finds by number, words, pinyin or initials."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import IncidentLine
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import OPEN_STATES
from emergency_desk.domain.plan_records import Level
from emergency_desk.services import incidents
from emergency_desk.services.desk import Desk
from emergency_desk.ui.incidents.board_lines import place_of
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.travel_acts import Travels
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.pills import Pill, grade_pill
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.ui.workplace import INCIDENTS, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.labels import label, short_label
from emergency_desk.wording.levels import level_word

PAGE, MORE, PAUSE_MS = 200, "#more", 80


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list shows: what was asked, the lines, and whether older ones are left."""

    text: str
    lines: tuple[IncidentLine, ...]
    has_more: bool


def read_list(desk: Desk, text: str, ended: int) -> Listed:
    """Return the incidents that fit a text, or all open ones and a page of the ended. Runs on the store thread."""
    if text.strip():
        found = incidents.find(desk, text=text, limit=ended + 1)
        return Listed(text, tuple(found[:ended]), len(found) > ended)
    below = incidents.list_ended(desk, limit=ended + 1)
    return Listed(text, (*incidents.list_open(desk), *below[:ended]), len(below) > ended)


class IncidentListPage(Travels, LivePage):
    """The filter line on top, the list below. Enter opens the room."""

    kind_of_list, may_come_in = "incidents", False
    subjects = frozenset({Subject.INCIDENT, Subject.CALL, Subject.TEAM, Subject.AREA})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(self.travel_actions(INCIDENTS))
        self._listed: Listed | None = None
        self._older = PAGE
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Find by number, words, place, pinyin or initials"))
        self.filter.setAccessibleName(_("Find incidents"))
        self.filter.installEventFilter(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask_anew)
        self.filter.textChanged.connect(lambda _text: self._pause.start())
        # Every column but one has its width, so that a long list is never measured; Chinese needs less of it.
        grade, kind, state, level = (88, 124, 104, 76) if current_language().startswith("zh") else (122, 140, 150, 120)
        self.lines = KeyedList((
            Column(_("Grade"), width=grade), Column(_("Number"), width=142), Column(_("Incident"), stretch=True), Column(_("Type"), width=kind),
            Column(_("State"), width=state), Column(_("Level"), width=level), Column(_("Out"), width=44, right=True),
            Column(_("Occurred"), width=170, right=True)), {}, row_height=30, header=True)
        self.lines.setAccessibleName(_("Incidents"))
        self.lines.opened.connect(self._opened)
        self.panel = Panel(_("Incidents"))
        self.panel.head.addWidget(self.travel_buttons())
        self.panel.body.addWidget(self.filter)
        self.panel.add_list(self.lines, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panel)
        QWidget.setTabOrder(self.filter, self.lines)

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], Listed]:
        desk, text, ended = self.place.desk, self.filter.text(), self._older
        return lambda: read_list(desk, text, ended)

    def show_read(self, answer: Listed) -> None:
        is_first = self._listed is None
        self._listed = answer
        self.place.numbers.update({each.id: each.number for each in answer.lines if each.state in OPEN_STATES})
        self.tick()
        if is_first:
            self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def tick(self) -> None:
        if self._listed is None:
            return
        now, namer, listed = self.now(), self.place.namer(), self._listed
        shown = [incident_line(each, namer, now) for each in listed.lines]
        if listed.has_more:
            shown.append(line(MORE, "", "", Cell(_("Show more"), Tone.ACT, shape=Shape.NEXT)))
        self.lines.set_empty(_("Nothing found. Try fewer letters, pinyin or initials.") if listed.text.strip()
                             else _("No incident yet. F2 takes the first call."))
        self.lines.show_lines(shown)
        self.lines.choose_first()
        opened = sum(1 for each in listed.lines if each.state in OPEN_STATES)
        more = "+" if listed.has_more else ""
        self.panel.set_head(note=_("{open} open · {ended} ended · ⏎ open").format(open=opened, ended=f"{len(listed.lines) - opened}{more}"))

    # -- keys ----------------------------------------------------------------------------------------------------------
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.filter and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Down:
                self.lines.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() == Qt.KeyboardModifier.NoModifier:
                self._open_first()
                return True
        return super().eventFilter(watched, event)

    def _ask_anew(self) -> None:
        self._older = PAGE
        self.forget()

    def _open_first(self) -> None:
        """Open the first incident found, also when the answer to the last letters is still on its way."""
        if self._pause.isActive():
            self._pause.stop()
            self._ask_anew()
        elif self.lines.lines:
            self._opened(self.lines.current_key or self.lines.lines[0].key)

    def _opened(self, key: str) -> None:
        if key == MORE:
            self._older += PAGE
            self.refresh()
        else:
            self.place.open_room(Id(key))


def incident_line(each: IncidentLine, namer: Namer, now: datetime) -> Line:
    """Return one incident of the list; an ended one is dimmed."""
    is_open = each.state in OPEN_STATES
    tone = Tone.TEXT if is_open else Tone.SECONDARY
    grade = grade_pill(each.grade, short=True) if is_open else Pill(short_label(each.grade) if each.grade else "—", Tone.SECONDARY)
    level = _("{tier} {level}").format(tier=label(Tier(each.plan_tier)), level=level_word(Level(each.plan_level))) if each.plan_level else "—"
    when = formats.age(each.occurred_at, now=now) if is_open else formats.when(each.occurred_at, now=now)
    return line(
        each.id, Cell(pill=grade), Cell(each.number, Tone.SECONDARY, size="small"),
        Cell(each.title, tone, strong=is_open, after=place_of(each, namer)),
        Cell(namer.trade.type(each.type_id).name.in_language(current_language()), tone), Cell(label(each.state), tone), Cell(level, tone),
        Cell(str(each.teams_out) if each.teams_out else "", Tone.BLUE, strong=True), Cell(when, Tone.SECONDARY, size="small"),
    )
