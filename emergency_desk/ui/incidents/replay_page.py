"""Replays an incident on the screen: what the desk knew at a moment, forward at any speed, line by line, or wherever the slider stands.

The moment of the replay moves by the window's own timer; what stood at that moment is a pure function of what was kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from time import monotonic

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import TaskState
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.replay import Facts, History, facts_at
from emergency_desk.services import replay
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.after_lines import in_words
from emergency_desk.ui.incidents.call_lines import team_name
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.labels import ElidedLabel, text_label
from emergency_desk.ui.widgets.laying_out import fill_page
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.pills import PillLabel, grade_pill, state_pill
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.ui.workplace import REPLAY, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _
from emergency_desk.wording.labels import field_label, label
from emergency_desk.wording.levels import level_said
from emergency_desk.wording.log_lines import told

SPEEDS = (1, 10, 60, 600)
_FRAME_MS, _STEPS, _SHOWN = 100, 2_000, 400
_FIGURES = ("dead", "badly_hurt", "hurt", "trapped", "missing", "evacuate")
_TASKS: dict[TaskState, tuple[Shape, Tone]] = {
    TaskState.OPEN: (Shape.TO_DO, Tone.SECONDARY), TaskState.DONE: (Shape.DONE, Tone.GREEN), TaskState.SKIPPED: (Shape.SKIPPED, Tone.SECONDARY)}
_HERE = (REPLAY,)
ACTIONS = (
    Action("replay_play", N_("Play or pause"), "play_or_pause", "Ctrl+Return", _HERE, short=N_("play")),
    Action("replay_next", N_("To the next line"), "step_on", "Alt+Right", _HERE, short=N_("next line")),
    Action("replay_before", N_("To the line before"), "step_back", "Alt+Left", _HERE, short=N_("line before")),
    Action("replay_faster", N_("Faster"), "faster", "Alt+Up", _HERE, short=N_("faster")),
    Action("replay_slower", N_("Slower"), "slower", "Alt+Down", _HERE, short=N_("slower")),
    Action("replay_begin", N_("To the beginning"), "to_begin", "Alt+Home", _HERE, in_bar=False),
    Action("replay_end", N_("To the end"), "to_end", "Alt+End", _HERE, in_bar=False),
    Action("replay_leave", N_("Back to the page before"), "leave", "Escape", _HERE, short=N_("back")),
)


class ReplayPage(LivePage):
    """Turn it with `show_incident`."""

    subjects = frozenset({Subject.INCIDENT})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(ACTIONS)
        self._incident_id: Id | None = None
        self._kept: History | None = None
        self.at: datetime | None = None
        self.speed = 60
        self._last = 0.0
        self._playing = QTimer(self)
        self._playing.setInterval(_FRAME_MS)
        self._playing.timeout.connect(self._advance)
        self._build()
        self._lay_out()

    def show_incident(self, incident_id: Id) -> None:
        """Turn to the beginning of an incident."""
        self.pause()
        self._incident_id, self._kept, self.at = incident_id, None, None
        self.forget()
        self.slider.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], History] | None:
        desk, incident_id = self.place.desk, self._incident_id
        return None if incident_id is None else lambda: replay.history(desk, incident_id=incident_id)

    def show_read(self, answer: History) -> None:
        self._kept = answer
        self.title.setText(answer.incident.title)
        self.show_moment(self.at if self.at is not None else answer.begins_at)

    def tick(self) -> None:
        """The replay has a clock of its own."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():  # no shortcut: Space is a letter of lists on other pages
            self.play_or_pause()
            return
        super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.pause()

    # -- the moment ----------------------------------------------------------------------------------------------------
    def show_moment(self, at: datetime) -> None:
        """Show the incident as it stood at a moment, within its beginning and end."""
        kept = self._kept
        if kept is None:
            return
        self.at = min(max(at, kept.begins_at), kept.ends_at)
        facts = facts_at(kept, self.at)
        self._show_head(kept, facts)
        self.log.show_lines(list(_log_lines(kept, facts)))
        self.teams.show_lines([line(team.id, Cell(team_name(team)), Cell(pill=state_pill(state))) for team, state in facts.teams])
        self.teams_panel.set_head(note=_("{count} out").format(count=facts.teams_out))
        self.tasks.show_lines([_task_line(task.id, f"{task.clause} {in_words(task.title, task.title_en)}".strip(), state)
                               for task, state in facts.tasks])
        self.tasks_panel.set_head(note=_("{done} done · {open} open · {late} late").format(
            done=facts.task_count(TaskState.DONE), open=facts.task_count(TaskState.OPEN), late=facts.tasks_late))
        if self.at >= kept.ends_at:
            self.pause()

    def _show_head(self, kept: History, facts: Facts) -> None:
        self.clock.setText(formats.date_time(facts.at, seconds=True))
        self.passed.setText(_("{time} after the call was entered · line {line} of {all}").format(
            time=formats.duration(facts.at - kept.begins_at), line=facts.lines, all=len(kept.lines)))
        self.grade.show_pill(grade_pill(facts.grade))
        self.state.setText(label(facts.state))
        known = [_("{figure}: {count}").format(figure=field_label(name), count=formats.number(value)) for name in _FIGURES
                 if (value := getattr(facts.figures, name)) is not None]
        self.figures.setText(_(" · ").join(known) or _("no figures yet"))
        self.ladder.setText(_(" · ").join(_ladder(facts)) or _("no response recorded yet"))
        span = max(kept.ends_at - kept.begins_at, timedelta(seconds=1))
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(_STEPS * ((facts.at - kept.begins_at) / span)))

    # -- what the keys do ----------------------------------------------------------------------------------------------
    @property
    def is_playing(self) -> bool:
        """Say whether the moment moves by itself."""
        return self._playing.isActive()

    def play_or_pause(self) -> None:
        """Let the moment move, or stop it; at the end it begins anew."""
        if self.is_playing:
            self.pause()
            return
        if self._kept is not None and self.at is not None and self.at >= self._kept.ends_at:
            self.show_moment(self._kept.begins_at)
        self._last = monotonic()
        self._playing.start()
        self.play.set_words(_("Pause"))

    def pause(self) -> None:
        """Stop the moment."""
        self._playing.stop()
        self.play.set_words(_("Play"))

    def step_on(self) -> None:
        """Go to the next line."""
        if self._kept is not None and self.at is not None:
            self.show_moment(self._kept.next_moment(self.at))

    def step_back(self) -> None:
        """Go to the line before."""
        if self._kept is not None and self.at is not None:
            self.show_moment(self._kept.moment_before(self.at))

    def faster(self) -> None:
        """Take the next higher speed."""
        self.set_speed(SPEEDS[min(SPEEDS.index(self.speed) + 1, len(SPEEDS) - 1)])

    def slower(self) -> None:
        """Take the next lower speed."""
        self.set_speed(SPEEDS[max(SPEEDS.index(self.speed) - 1, 0)])

    def set_speed(self, speed: int) -> None:
        """Let the moment move so many times as fast as it was."""
        self.speed = speed
        for each, chip in self.speeds.items():
            chip.set_filled(each == speed)

    def to_begin(self) -> None:
        """Go to the beginning."""
        if self._kept is not None:
            self.show_moment(self._kept.begins_at)

    def to_end(self) -> None:
        """Go to the end."""
        if self._kept is not None:
            self.show_moment(self._kept.ends_at)

    def pass_time(self, seconds: float) -> None:
        """Let so many seconds of the desk pass in the replay."""
        if self.at is not None:
            self.show_moment(self.at + timedelta(seconds=seconds * self.speed))

    def _advance(self) -> None:
        now = monotonic()
        passed, self._last = now - self._last, now
        self.pass_time(passed)

    def _slid(self, place: int) -> None:
        if self._kept is not None:
            self.show_moment(self._kept.begins_at + (self._kept.ends_at - self._kept.begins_at) * (place / _STEPS))

    # -- looks ---------------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        self.title, self.clock = ElidedLabel("", size="title", strong=True), text_label(size="title", strong=True)
        self.passed, self.state = ElidedLabel("", tone=Tone.SECONDARY), text_label(strong=True)
        self.figures, self.ladder = ElidedLabel(""), ElidedLabel("", tone=Tone.SECONDARY)
        self.grade = PillLabel(grade_pill(None))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STEPS)
        self.slider.setPageStep(_STEPS // 20)
        self.slider.setAccessibleName(_("Moment of the replay"))
        self.slider.valueChanged.connect(self._slid)
        self.play = KeyButton(_("Play"), "Ctrl+Return", filled=True)
        self.play.clicked.connect(self.play_or_pause)
        self.speeds = {speed: KeyButton(f"×{speed}") for speed in SPEEDS}
        for speed, chip in self.speeds.items():
            chip.clicked.connect(lambda _checked=False, chosen=speed: self.set_speed(chosen))
        self.set_speed(self.speed)
        plays = {Qt.Key.Key_Space: "play"}
        self.log = KeyedList((Column(most=110), Column(stretch=True, wrap=True)), plays, row_height=28, ruled=True,
                             empty=_("Nothing had been written down yet."))
        self.log.setAccessibleName(_("Log up to this moment: Space plays and halts"))
        self.teams = KeyedList((Column(stretch=True), Column(most=160)), plays, row_height=28, empty=_("Nobody had been sent yet."))
        self.teams.setAccessibleName(_("Teams at this moment: Space plays and halts"))
        self.tasks = KeyedList((Column(stretch=True, wrap=True),), plays, row_height=26, empty=_("No task had been laid yet."))
        self.tasks.setAccessibleName(_("Tasks at this moment: Space plays and halts"))
        for lines in (self.log, self.teams, self.tasks):
            lines.key_pressed.connect(lambda _name, _key: self.play_or_pause())

    def _lay_out(self) -> None:
        head, bar = Panel(), QHBoxLayout()
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.title, 1)
        first.addWidget(self.clock)
        second.setSpacing(GAP)
        for part, stretch in ((self.grade, 0), (self.state, 0), (self.figures, 3), (self.ladder, 2), (self.passed, 3)):
            second.addWidget(part, stretch)
        bar.setSpacing(GAP)
        bar.addWidget(self.play)
        bar.addWidget(self.slider, 1)
        for chip in self.speeds.values():
            bar.addWidget(chip)
        for layout in (first, second, bar):
            head.body.addLayout(layout)
        log_panel = Panel(_("Log up to this moment"))
        self.teams_panel, self.tasks_panel = Panel(_("Teams")), Panel(_("Tasks"))
        for panel, lines in ((log_panel, self.log), (self.teams_panel, self.teams), (self.tasks_panel, self.tasks)):
            panel.add_list(lines, 1)
        columns = QHBoxLayout()
        columns.setSpacing(GAP)
        for panel, share in ((log_panel, 44), (self.teams_panel, 26), (self.tasks_panel, 30)):
            columns.addWidget(panel, share)
        fill_page(self, head, columns)


def _log_lines(kept: History, facts: Facts) -> Iterator[Line]:
    """Yield the newest lines of the moment, newest first; a wall of thousands says nothing."""
    for each in reversed(kept.lines[max(0, facts.lines - _SHOWN):facts.lines]):
        entry = each.entry
        yield line(entry.id, Cell(formats.when(entry.occurred_at, now=facts.at), Tone.SECONDARY, strong=True), Cell(told(entry)))


def _task_line(key: str, text: str, state: TaskState) -> Line:
    shape, tone = _TASKS[state]
    return line(key, Cell(text, Tone.TEXT if state is TaskState.OPEN else Tone.SECONDARY, shape=shape, shape_tone=tone))


def _ladder(facts: Facts) -> Iterator[str]:
    if facts.commander is not None:
        yield _("★ {tier} commands").format(tier=label(facts.commander))
    for response in facts.responses:
        told_level = label(response.level) if response.level is not None else label(response.step)
        yield _("{tier}: {level}").format(tier=label(response.tier), level=told_level)
    if not facts.responses and facts.plan_level:
        yield _("plan: level {level}").format(level=level_said(Level(facts.plan_level)))
