"""The room of one incident: what to do, what happened, who and what. Three columns; only their lists scroll."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from emergency_desk.domain.boards import NextActKind
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.errors import DeskError, NotFound
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import TaskState
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.live_page import LivePage
from emergency_desk.ui.incidents.room_asking import IncidentAsking
from emergency_desk.ui.incidents.room_head import RoomHead, plan_of
from emergency_desk.ui.incidents.room_log import LogPanel
from emergency_desk.ui.incidents.room_next_act import NextActPanel
from emergency_desk.ui.incidents.room_reading import PAGE, RoomView, read_room
from emergency_desk.ui.incidents.room_recommended import RecommendedPanel
from emergency_desk.ui.incidents.room_tasks import TasksPanel
from emergency_desk.ui.incidents.room_teams import OrdersPanel
from emergency_desk.ui.incidents.room_work import RoomWork
from emergency_desk.ui.theme import GAP
from emergency_desk.ui.workplace import BOARD, INCIDENTS, ROOM, Workplace
from emergency_desk.wording.catalog import N_

_SUBJECTS = frozenset({Subject.INCIDENT, Subject.TASK, Subject.DISPATCH, Subject.TEAM, Subject.LOG, Subject.CALL, Subject.AREA})
_LOG_PAGE = 200


def _action(id_: str, label: str, run: str, key: str = "", short: str = "") -> Action:
    return Action(id_, label, run, key, (ROOM,), short, in_bar=bool(short))


# What only the room can do. All of it stands in the Ctrl+K box; the keys of the four lists stand in the bar.
ACTIONS = (
    _action("room_write", N_("Write into the log"), "write", "Alt+W", N_("write")),
    _action("room_tasks", N_("Go to the tasks"), "go_tasks", "Alt+T", N_("tasks")),
    _action("room_orders", N_("Go to teams and orders"), "go_orders", "Alt+O", N_("orders")),
    _action("room_recommended", N_("Go to the recommended teams"), "show_recommendation", "Alt+R", N_("teams")),
    _action("room_log", N_("Go to the log"), "go_log", "Alt+L", N_("log")),
    _action("room_plan", N_("Open the plan at its clause"), "open_plan", "Alt+P"),
    _action("room_figures", N_("Record figures"), "ask_figures", "Alt+F"),
    _action("room_receipt", N_("Record the receipt of the chosen order"), "order_receipt"),
    _action("room_state", N_("Record the next state of the chosen team"), "order_state"),
    _action("room_gap", N_("Fill in a state that was not reported"), "order_gap"),
    _action("room_approve", N_("Record who agreed to the chosen order"), "order_approve"),
    _action("room_check_in", N_("Record that the chosen team checked in"), "order_check_in"),
    _action("room_recall", N_("Recall the chosen team"), "order_recall"),
    _action("room_task_done", N_("Mark the chosen task done"), "task_done"),
    _action("room_task_skip", N_("Skip the chosen task, with a reason"), "task_skip"),
    _action("room_add_task", N_("Add a task of your own"), "add_task"),
    _action("room_correct_log", N_("Correct the chosen line of the log"), "correct_log"),
    _action("room_where", N_("Say where the incident stands"), "ask_state"),
    _action("room_correct", N_("Correct title, type or place"), "ask_correct"),
    _action("room_join", N_("Join into another incident"), "ask_join"),
    _action("room_part", N_("Part a joined call"), "ask_part"),
    _action("room_close", N_("Close the incident"), "ask_close"),
    _action("room_reopen", N_("Open the incident again"), "ask_reopen"),
    _action("room_after", N_("What follows: aftermath, plan against actual, findings"), "open_after", "Alt+A", N_("aftermath")),
    _action("room_print_log", N_("Preview the log of the incident"), "print_log"),
)
_NEEDS_OPEN = frozenset({"send", "room_recommended", "room_figures", "room_add_task", "room_where", "room_correct", "room_join", "room_close"})


class IncidentRoomPage(LivePage):
    """`show_incident` turns it to an incident; `show_order`, `show_task` and `show_recommendation` to a part of it."""

    subjects = _SUBJECTS

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self._incident_id: Id | None = None
        self._view: RoomView | None = None
        self._log_limit, self._listed = _LOG_PAGE, PAGE
        self._go_to: Callable[[], object] | None = None
        self._home = BOARD  # not simply the page before: papers and plans lie on the way
        self._note_home(place.window.page_id)
        work = RoomWork(place)
        self.head, self.next_panel, self.tasks, self.log = RoomHead(), NextActPanel(), TasksPanel(work), LogPanel(work)
        self.orders, self.recommended = OrdersPanel(work), RecommendedPanel(work)
        self.asking = IncidentAsking(work, self.head.form, lambda: self._view)
        self._lay_out()
        self.head.plan.clicked.connect(self.open_plan)
        self.next_panel.act_pressed.connect(self.next_act)
        self.next_panel.skip_pressed.connect(self.skip_next)
        self.recommended.going_changed.connect(self._show_next_act)
        self.recommended.more_wanted.connect(self._read_more_teams)
        self.log.older_wanted.connect(self._read_older)
        place.window.acts.register(ACTIONS)
        place.window.page_shown.connect(self._note_home)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place.window.rail.mark(INCIDENTS)

    # -- turning to an incident ----------------------------------------------------------------------------------------
    def show_incident(self, incident_id: Id) -> None:
        """Turn to an incident; forms of the one before are put away."""
        if incident_id != self._incident_id:
            self._incident_id, self._view = incident_id, None
            self._log_limit, self._listed = _LOG_PAGE, PAGE
            for form in (self.head.form, self.next_panel.form, self.tasks.form, self.log.form, self.orders.form):
                form.put_away()
            self.recommended.forget()
            self.log.composer.done()
            self._go_to = self._begin
        self.place.window.notices.arrange()
        self.forget()

    def show_order(self, dispatch_id: Id) -> None:
        """Go to an order, when the room is read."""
        self._go(lambda: self.orders.choose_order(dispatch_id))

    def show_task(self, task_id: Id) -> None:
        """Go to a task, when the room is read."""
        def go() -> None:
            self.tasks.lines.choose(task_id)
            self.go_tasks()

        self._go(go)

    def show_recommendation(self) -> None:
        """Go to who should go, when the room is read."""
        self._go(self.recommended.enter)

    @property
    def incident_id(self) -> Id | None:
        """The incident that is shown."""
        return self._incident_id

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], RoomView] | None:
        desk, incident_id, log_limit, listed = self.place.desk, self._incident_id, self._log_limit, self._listed
        if incident_id is None:
            return None
        return lambda: read_room(desk, incident_id, log_limit=log_limit, listed=listed)

    def refused(self, error: DeskError) -> None:
        """Leave a room whose incident is gone; tell anything else."""
        super().refused(error)
        if isinstance(error, NotFound):
            self.leave()

    def show_read(self, answer: RoomView) -> None:
        self._view = answer
        self.place.numbers.update(answer.numbers)
        now = self.now()
        self.head.show_view(answer, self.place.namer(), self.place.desk.tier, now)
        self.recommended.show_view(answer)
        self._right.setStretchFactor(self.orders, 5 if answer.room.orders else 2)  # nobody sent: the room is for who should go
        self._show_ages()
        self.place.window.keys.rebuild()
        if self._go_to is not None:
            go, self._go_to = self._go_to, None
            go()

    def tick(self) -> None:
        if self._view is not None:
            self.head.show_age(self._view, self.now())
            self._show_ages()

    def _show_ages(self) -> None:
        assert self._view is not None
        now = self.now()
        self._show_next_act()
        self.tasks.show_view(self._view, now)
        self.log.show_view(self._view, now)
        self.orders.show_view(self._view, now)

    def _show_next_act(self) -> None:
        if self._view is not None:
            self.next_panel.show_view(self._view, self.place.namer(), len(self.recommended.going), self.now())

    def _read_older(self) -> None:
        self._log_limit += _LOG_PAGE
        self.refresh()

    def _read_more_teams(self) -> None:
        self._listed *= 4
        self.refresh()

    def _go(self, where: Callable[[], object]) -> None:
        self._go_to = where
        if self._view is not None and not self.is_stale:
            self.refresh()

    def _begin(self) -> None:
        """Put the cursor where a room begins: at the orders, or at who should go when nobody is sent."""
        view = self._view
        nobody = view is not None and not view.room.orders and view.advised is not None
        if nobody:
            self.recommended.enter()
        else:
            self.go_orders()

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def can(self, action_id: str) -> bool:
        """Say whether an action makes sense for the incident that is shown."""
        if self._view is None:
            return action_id == "leave"
        is_open = self._view.room.incident.is_open
        if action_id in _NEEDS_OPEN:
            return is_open
        if action_id == "room_reopen":
            return not is_open
        return action_id != "room_plan" or bool(self._view.room.incident.plan_code)

    def send(self) -> None:
        """Send the teams shown with numbers."""
        self.recommended.send()

    def next_act(self) -> None:
        """Do the next act, or what the form that is open asks."""
        if self._submit_open_form() or self._view is None:
            return
        act = self._view.room.next_act
        order = self._view.order(act.about_id) if act.about_id else None
        if not self._view.room.incident.is_open:
            self.open_after()
        elif act.kind is NextActKind.SEND:
            self.recommended.send()
        elif act.kind is NextActKind.CHASE_RECEIPT and order is not None:
            self.orders.choose_order(order.dispatch.id)
            self.orders.receipt(order)
        elif act.kind is NextActKind.TASK and act.about_id is not None:
            self.tasks.turn(act.about_id)
        elif act.kind is NextActKind.FILL_FIGURES:
            self.asking.figures()
        elif act.kind is NextActKind.CLOSE:
            self.asking.close()

    def skip_next(self) -> None:
        """Ask why the next act is skipped, in its own panel."""
        act = self._view.room.next_act if self._view is not None else None
        if act is not None and act.kind is NextActKind.TASK and act.about_id is not None:
            self.tasks.skip(act.about_id, self.next_panel.form)
            self._show_next_act()

    def _submit_open_form(self) -> bool:
        focus = self.window().focusWidget()
        for form in (self.head.form, self.next_panel.form, self.tasks.form, self.log.form, self.orders.form, self.recommended.form):
            if form.isVisible() and focus is not None and form.isAncestorOf(focus):
                form.submit()
                return True
        return False

    def leave(self) -> None:
        """Go back to the board or the list, whichever one came from; what stands in the composer stays."""
        self.place.window.show_page(self._home)

    def _note_home(self, page_id: str) -> None:
        if page_id in (BOARD, INCIDENTS):
            self._home = page_id

    def print_paper(self) -> None:
        """Preview the chosen order, or the log when no order is chosen."""
        order = self.orders.chosen if self.orders.lines.hasFocus() else None
        if order is not None:
            self.place.preview_order(order.dispatch.id)
        else:
            self.print_log()

    def print_log(self) -> None:
        """Preview the log of the incident."""
        if self._incident_id is not None:
            self.place.preview_log(self._incident_id)

    def open_plan(self) -> None:
        """Open the plan at the clause of the level."""
        told = plan_of(self._view, self.place.namer()) if self._view is not None else None
        if told is not None:
            self.place.open_plan(*told[:3])

    def open_after(self) -> None:
        """Open what follows the incident."""
        if self._incident_id is not None:
            self.place.open_after(self._incident_id)

    def write(self) -> None:
        """Go to the composer."""
        self.log.composer.begin()

    def go_tasks(self) -> None:
        """Go to the tasks, the first open one."""
        first = next((task.id for task in self._view.room.tasks if task.state is TaskState.OPEN), "") if self._view is not None else ""
        if not self.tasks.lines.current_key:
            self.tasks.lines.choose(first)
        self.tasks.lines.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_orders(self) -> None:
        """Go to teams and orders."""
        self.orders.lines.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_log(self) -> None:
        """Go to the log."""
        self.log.lines.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- what stands in the box under its own name ---------------------------------------------------------------------
    def order_receipt(self) -> None:
        """Record the receipt of the chosen order."""
        self.orders.act("receipt")

    def order_state(self) -> None:
        """Record the next state of the chosen team."""
        self.orders.act("state")

    def order_gap(self) -> None:
        """Fill in what the chosen team did not report."""
        self.orders.act("gap")

    def order_approve(self) -> None:
        """Record who agreed to the chosen order."""
        self.orders.act("approve")

    def order_check_in(self) -> None:
        """Record that the chosen team checked in."""
        self.orders.act("check_in")

    def order_recall(self) -> None:
        """Recall the chosen team."""
        self.orders.act("recall")

    def task_done(self) -> None:
        """Mark the chosen task done."""
        self.tasks.turn(self.tasks.lines.current_key)

    def task_skip(self) -> None:
        """Skip the chosen task."""
        self.tasks.skip(self.tasks.lines.current_key)

    def add_task(self) -> None:
        """Add a task of the officer's own."""
        self.tasks.add()

    def correct_log(self) -> None:
        """Correct the chosen line of the log."""
        self.log.lines.choose_first()
        self.log.correct(self.log.lines.current_key)

    def ask_figures(self) -> None:
        """Record figures."""
        self.asking.figures()

    def ask_state(self) -> None:
        """Say where the incident stands."""
        self.asking.state()

    def ask_correct(self) -> None:
        """Correct title, type or place."""
        self.asking.correct()

    def ask_join(self) -> None:
        """Join into another incident."""
        self.asking.join()

    def ask_part(self) -> None:
        """Part a joined call."""
        self.asking.part()

    def ask_close(self) -> None:
        """Close the incident."""
        self.asking.close()

    def ask_reopen(self) -> None:
        """Open the incident again."""
        self.asking.reopen()

    # -- looks ---------------------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addWidget(self.head)
        columns = QHBoxLayout()
        columns.setSpacing(GAP)
        columns.addWidget(_column((self.next_panel, 0), (self.tasks, 1)), 32)
        columns.addWidget(_column((self.log, 1)), 32)
        right = _column((self.orders, 5), (self.recommended, 6))
        self._right = cast("QVBoxLayout", right.layout())
        columns.addWidget(right, 36)
        whole.addLayout(columns, 1)


def _column(*parts: tuple[QWidget, int]) -> QWidget:
    holder = QWidget()
    holder.setMinimumWidth(240)
    down = QVBoxLayout(holder)
    down.setContentsMargins(0, 0, 0, 0)
    down.setSpacing(GAP)
    for part, stretch in parts:
        down.addWidget(part, stretch)
    return holder
