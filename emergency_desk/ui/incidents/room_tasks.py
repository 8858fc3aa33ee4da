"""The tasks of an incident by clause. Space or Enter: done; S: skip, with a reason; U: take it back."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Task, TaskState
from emergency_desk.services import incidents
from emergency_desk.ui.incidents.inline_form import Answers, Ask, InlineForm
from emergency_desk.ui.incidents.live_page import KeyedList
from emergency_desk.ui.incidents.room_head import LinkButton
from emergency_desk.ui.incidents.room_lines import left_at, task_line, task_title, tasks_in_order, tasks_note
from emergency_desk.ui.incidents.room_reading import RoomView
from emergency_desk.ui.incidents.room_work import RoomWork
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.labels import ElidedLabel
from emergency_desk.ui.widgets.lines import Column
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.wording.catalog import _

_KEYS = {Qt.Key.Key_Space: "done", Qt.Key.Key_S: "skip", Qt.Key.Key_U: "undo"}


class TasksPanel(Panel):
    """The list and, below it, the form for a reason. `steps_wanted` turns to the steps of the ladder."""

    steps_wanted = Signal()

    def __init__(self, work: RoomWork) -> None:
        super().__init__(_("Tasks"))
        self._work = work
        self._view: RoomView | None = None
        self.lines = KeyedList((Column(stretch=True, wrap=True), Column(right=True, most=150)), _KEYS, ruled=True)
        self.lines.setAccessibleName(_("Tasks: Space done, S skip, U take back"))
        self.lines.opened.connect(self.turn)
        self.lines.key_pressed.connect(self._key)
        self.form = InlineForm()
        self.turn_to_steps = LinkButton(_("Steps"), "Alt+S")
        self.turn_to_steps.clicked.connect(self.steps_wanted)
        self.head.addWidget(self.turn_to_steps)
        self.add_list(self.lines, 1)
        self.body.addWidget(ElidedLabel(_("Space done · S skip with a reason · U take back"), tone=Tone.SECONDARY, size="small"))
        self.body.addWidget(self.form)

    def _whose(self, task: Task, view: RoomView) -> str:
        """Name the area that does a task, where it is not this desk's."""
        own = view.room.ladder.own
        line = view.room.ladder.line(Tier(task.tier)) if task.tier in set(Tier) else None
        if own is None or line is None or line.tier is own.tier:
            return ""
        return self._work.place.namer().area(line.area_id)

    def show_view(self, view: RoomView, now: datetime) -> None:
        """Show the tasks of an incident."""
        before, self._view = self._view, view
        row, was_open = self._current_row(), self._is_open(before, self.lines.current_key)
        self.set_head(note=tasks_note(view.room, now) if view.room.tasks else "")
        self.lines.set_empty(_("No plan was made for this, so no tasks were laid. Ctrl+K “add a task” writes your own.")
                             if not view.room.incident.plan_code else _("The plan lays no task at this level. Ctrl+K “add a task”."))
        own = view.room.ladder.own
        tasks = tasks_in_order(view.room.tasks, own.tier.value if own is not None else "")
        self.lines.show_lines([task_line(task, view.room.incident, now, self._whose(task, view), left_at(task, view.room)) for task in tasks])
        if before is None or before.id != view.id:
            self.lines.choose(tasks[0].id if tasks else "")
            self.lines.scrollToTop()
        elif was_open and not self._is_open(view, self.lines.current_key):  # it is done and has sunk; the next one takes its place
            self.lines.choose(tasks[min(row, len(tasks) - 1)].id)

    def turn(self, key: str) -> None:
        """Mark an open task done."""
        task = self._task(key)
        if task is None or task.state is not TaskState.OPEN:
            return
        desk = self._work.desk
        self._work.do(lambda: incidents.end_task(desk, task_id=task.id), told=_("Done: {task}").format(task=task_title(task)),
                      undo=lambda: self.take_back(task.id))

    def skip(self, key: str, form: InlineForm | None = None) -> None:
        """Ask why a task is skipped."""
        task = self._task(key)
        if task is None or task.state is not TaskState.OPEN:
            return
        asked = form or self.form
        asked.ask(_("Skip: {task}").format(task=task_title(task)), (Ask(name="reason", label=_("Reason"), is_long=True),), _("Skip"),
                  lambda answers: self._skip(task, answers, asked))

    def take_back(self, key: str) -> None:
        """Take the end of a task back."""
        task = self._task(key)
        if task is None or task.state is TaskState.OPEN:
            return
        desk = self._work.desk
        self._work.do(lambda: incidents.reopen_task(desk, task_id=task.id), told=_("To be done after all: {task}").format(task=task_title(task)))

    def add(self) -> None:
        """Ask for a task of the officer's own."""
        view = self._view
        if view is None:
            return
        self.form.ask(_("A task of your own"), (Ask(name="title", label=_("Task"), is_long=True),
                                                Ask(name="at", label=_("Due"), hint=_("20:30, may stay empty"))), _("Add"),
                      lambda answers: self._add(view.id, answers))

    def _skip(self, task: Task, answers: Answers, form: InlineForm) -> None:
        desk = self._work.desk
        self._work.do(lambda: incidents.end_task(desk, task_id=task.id, skipped=True, reason=answers["reason"]), form=form,
                      told=_("Skipped: {task}").format(task=task_title(task)), undo=lambda: self.take_back(task.id))

    def _add(self, incident_id: Id, answers: Answers) -> None:
        desk = self._work.desk

        def add(past: datetime | None) -> None:
            due_at = past + timedelta(days=1) if past is not None else None  # a clock time is read as past; due is what comes
            self._work.do(lambda: incidents.add_task(desk, incident_id=incident_id, title=answers["title"], due_at=due_at), form=self.form)

        self._work.asked_moment(answers, self.form, add)

    def _current_row(self) -> int:
        return next((row for row, each in enumerate(self.lines.lines) if each.key == self.lines.current_key), 0)

    @staticmethod
    def _is_open(view: RoomView | None, key: str) -> bool:
        return any(task.id == key and task.state is TaskState.OPEN for task in (view.room.tasks if view is not None else ()))

    def _task(self, key: str) -> Task | None:
        return next((task for task in self._view.room.tasks if task.id == key), None) if self._view is not None else None

    def _key(self, name: str, key: str) -> None:
        {"done": self.turn, "skip": self.skip, "undo": self.take_back}[name](key)
