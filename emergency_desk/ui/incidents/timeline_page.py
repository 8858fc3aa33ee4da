"""The timeline of an incident: every line with both its times, by kind and words; a correction and what it corrects lead to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from emergency_desk.domain.boards import LogLine
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.ids import Id
from emergency_desk.domain.timeline import LogFilter, Timeline, TimelineKind
from emergency_desk.errands.papers import INCIDENT_LOG, PaperAsked
from emergency_desk.services import incidents
from emergency_desk.services import timeline as reading
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.after_lines import in_words
from emergency_desk.ui.incidents.inline_form import Ask, InlineForm
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.incidents.room_lines import MORE
from emergency_desk.ui.incidents.room_work import RoomWork
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.pills import Pill
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.ui.workplace import INCIDENTS, PAPER, TIMELINE, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _, ngettext
from emergency_desk.wording.labels import label
from emergency_desk.wording.log_lines import told

_HERE = (TIMELINE,)
_TYPING_MS = 120  # a pause in typing; then the store is asked
ACTIONS = (
    Action("timeline_find", N_("Search the timeline"), "go_search", "Ctrl+F", _HERE, short=N_("search")),
    Action("timeline_next_kind", N_("The next kind of lines"), "next_kind", "Alt+Right", _HERE, short=N_("next kind")),
    Action("timeline_before_kind", N_("The kind of lines before"), "kind_before", "Alt+Left", _HERE, in_bar=False),
    Action("timeline_jump", N_("From a correction to what it corrects, and back"), "jump", "Alt+J", _HERE, short=N_("jump")),
    Action("timeline_print", N_("Preview these lines"), "print_paper", "F9", _HERE, short=N_("print")),
    Action("timeline_leave", N_("Back to the page before"), "leave", "Escape", _HERE, short=N_("back")),
)


class TimelinePage(LivePage):
    """Turn it with `show_incident`."""

    subjects = frozenset({Subject.LOG, Subject.INCIDENT})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(ACTIONS)
        self._work = RoomWork(place)
        self._incident_id: Id | None = None
        self._seen: Timeline | None = None
        self.kind = TimelineKind.ALL
        self._limit = reading.PAGE
        self._go_to: Id | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_MS)
        self._pause.timeout.connect(self._ask_anew)
        self._build()

    def show_incident(self, incident_id: Id) -> None:
        """Turn to an incident, with all its lines."""
        if incident_id != self._incident_id:
            self._incident_id, self._seen, self._limit = incident_id, None, reading.PAGE
            self.search.clear()
            self.kind = TimelineKind.ALL
            self.form.put_away()
        self.forget()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place.window.rail.mark(INCIDENTS)
        self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- reading -------------------------------------------------------------------------------------------------------
    @property
    def only(self) -> LogFilter:
        """What is looked at now."""
        return LogFilter(self.kind, self.search.text())

    def reader(self) -> Callable[[], Timeline] | None:
        desk, incident_id, only, limit, down_to = self.place.desk, self._incident_id, self.only, self._limit, self._go_to
        if incident_id is None:
            return None
        return lambda: reading.timeline(desk, incident_id=incident_id, only=only, limit=limit, down_to=down_to)

    def show_read(self, answer: Timeline) -> None:
        self._seen = answer
        now = self.now()
        self.lines.show_lines(list(_lines(answer, now)))
        self.panel.set_head(title=_("Timeline {number} · {title}").format(number=answer.incident.number, title=answer.incident.title),
                            note=_count_told(answer))
        for kind, chip in self.chips.items():
            chip.set_filled(kind is self.kind)
        if self._go_to is not None:
            self.lines.choose(self._go_to)
            self._limit, self._go_to = max(self._limit, len(answer.lines)), None
        self.lines.choose_first()
        self.place.window.keys.rebuild()

    def tick(self) -> None:
        if self._seen is not None:
            self.lines.show_lines(list(_lines(self._seen, self.now())))

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def can(self, action_id: str) -> bool:
        """Say whether an action makes sense now."""
        return self._other_end(self.lines.current_key) is not None if action_id == "timeline_jump" else True

    def choose(self, kind: TimelineKind) -> None:
        """Look at one kind of lines."""
        self.kind = kind
        self._ask_anew()

    def next_kind(self) -> None:
        """Look at the next kind of lines."""
        self._turn_kind(1)

    def kind_before(self) -> None:
        """Look at the kind of lines before."""
        self._turn_kind(-1)

    def go_search(self) -> None:
        """Go to the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def jump(self) -> None:
        """Go from a correction to what it corrects, or from a corrected line to its correction; a filter that hides it is lifted."""
        target = self._other_end(self.lines.current_key)
        if target is None or self.lines.choose(target.entry.id):
            return
        self.kind = TimelineKind.ALL
        self.search.clear()
        self._pause.stop()
        self._go_to = target.entry.id
        self.forget()

    def print_paper(self) -> None:
        """Preview the lines as they are chosen."""
        if self._incident_id is not None:
            page: Any = self.place.window.show_page(PAPER)
            page.show_paper(PaperAsked(INCIDENT_LOG, about_id=self._incident_id, only=self.only))

    def leave(self) -> None:
        """Go back; a search goes first."""
        if self.search.text():
            self.search.clear()
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.place.window.show_page_before()

    # -- inside --------------------------------------------------------------------------------------------------------
    def _turn_kind(self, by: int) -> None:
        kinds = list(TimelineKind)
        self.choose(kinds[(kinds.index(self.kind) + by) % len(kinds)])

    def _ask_anew(self) -> None:
        self._limit = reading.PAGE
        self.forget()

    def _other_end(self, key: str) -> LogLine | None:
        if self._seen is None or not key:
            return None
        return self._seen.firsts.get(Id(key)) or self._seen.corrections.get(Id(key))

    def _opened(self, key: str) -> None:
        if key == MORE:
            self._limit += reading.PAGE
            self.refresh()
        elif self._other_end(key) is not None:
            self.jump()
        else:
            self._correct("correct", key)

    def _correct(self, _name: str, key: str) -> None:
        found = next((each for each in self._seen.lines if each.entry.id == key), None) if self._seen is not None else None
        if found is None:
            return
        desk = self.place.desk
        title = _("Correct the line of {time}; it stays, and a further line names it").format(time=formats.clock_time(found.entry.occurred_at))
        self.form.ask(title, (Ask(name="text", label=_("Text"), value=found.entry.text, is_long=True),), _("Correct"), lambda answers:
                      self._work.do(lambda: incidents.correct_log(desk, entry_id=found.entry.id, text=answers["text"]), form=self.form))

    # -- looks ---------------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        self.panel, self.form = Panel(_("Timeline")), InlineForm()
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search what was written, teams, orders, who wrote it"))
        self.search.setAccessibleName(_("Search"))
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.search.returnPressed.connect(lambda: self.lines.setFocus(Qt.FocusReason.OtherFocusReason))
        columns = (Column(_("Happened"), most=120), Column(_("Entered"), most=210), Column(_("Kind"), most=150),
                   Column(_("What happened"), stretch=True, wrap=True), Column(_("Entered by"), most=140))
        self.lines: KeyedList = KeyedList(columns, {Qt.Key.Key_C: "correct"}, row_height=28, ruled=True, header=True,
                               empty=_("No line of this kind, or none with these words."))
        self.lines.setAccessibleName(_("Timeline: Enter jumps to a correction, C corrects"))
        self.lines.opened.connect(self._opened)
        self.lines.key_pressed.connect(self._correct)
        self.lines.chosen.connect(lambda _key: self.place.window.keys.rebuild())
        self.chips = {kind: KeyButton(label(kind)) for kind in TimelineKind}
        line_of_chips = QHBoxLayout()
        line_of_chips.setSpacing(GAP // 2)
        for kind, chip in self.chips.items():
            chip.clicked.connect(lambda _checked=False, chosen=kind: self.choose(chosen))
            line_of_chips.addWidget(chip)
        line_of_chips.addStretch(1)
        self.panel.body.addWidget(self.search)
        self.panel.body.addLayout(line_of_chips)
        self.panel.add_list(self.lines, 1)
        self.panel.body.addWidget(self.form)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.panel)


def _count_told(seen: Timeline) -> str:
    """Return how many lines are shown; of how many where some are filtered out."""
    if seen.found == seen.total:
        return ngettext("{count} line", "{count} lines", seen.total).format(count=formats.number(seen.total))
    return _("{found} of {total} lines").format(found=formats.number(seen.found), total=formats.number(seen.total))


def _lines(seen: Timeline, now: datetime) -> Iterator[Line]:
    for each in seen.lines:
        yield _line(each, seen, now)
    if seen.found > len(seen.lines):
        more = _("Show older lines: {count}").format(count=formats.number(seen.found - len(seen.lines)))
        yield line(MORE, Cell("…", Tone.SECONDARY), "", "", Cell(more, Tone.ACT, shape=Shape.NEXT), "")


def _line(each: LogLine, seen: Timeline, now: datetime) -> Line:
    entry, late = each.entry, each.entry.minutes_late
    pill = Pill(_("+{span} late").format(span=formats.span(entry.recorded_at - entry.occurred_at)), Tone.YELLOW) if late else None
    first, mended = seen.firsts.get(entry.id), seen.corrections.get(entry.id)
    below, shape, tone = "", Shape.NONE, Tone.TEXT
    if first is not None:
        below, shape = _("corrects line {line}: {text}").format(line=first.entry.sequence, text=told(first.entry)), Shape.NEXT
    elif mended is not None:
        below, tone = _("corrected by line {line}: {text}").format(line=mended.entry.sequence, text=mended.entry.text), Tone.SECONDARY
    return line(entry.id, Cell(formats.when(entry.occurred_at, now=now), strong=True),
                Cell(formats.when(entry.recorded_at, now=now) if late else "", Tone.SECONDARY, size="small", pill=pill),
                Cell(label(entry.happening), Tone.SECONDARY, size="small"),
                Cell(told(entry), tone, shape=shape, shape_tone=Tone.YELLOW, below=below, hint=_("line {number}").format(number=entry.sequence)),
                Cell(in_words(each.account_name, each.account_name_en), Tone.SECONDARY, size="small"))
