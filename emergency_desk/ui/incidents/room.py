"""The room of one incident: what to do, what happened, who and what. Three columns; only their lists scroll."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.errors import DeskError, NotFound
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import IncidentState
from emergency_desk.domain.moments import local_day
from emergency_desk.ui.incidents import room_ladder
from emergency_desk.ui.incidents.borrow_asking import BorrowAsking
from emergency_desk.ui.incidents.clock_watch import warn_of_clock
from emergency_desk.ui.incidents.command_asking import CommandAsking
from emergency_desk.ui.incidents.grade_asking import GradeAsking
from emergency_desk.ui.incidents.heard_asking import HeardAsking
from emergency_desk.ui.incidents.inline_form import InlineForm
from emergency_desk.ui.incidents.live_page import LivePage
from emergency_desk.ui.incidents.response_asking import ResponseAsking
from emergency_desk.ui.incidents.room_actions import ACTIONS, NEEDS_OPEN
from emergency_desk.ui.incidents.room_asking import IncidentAsking
from emergency_desk.ui.incidents.room_head import RoomHead, plan_of
from emergency_desk.ui.incidents.room_keys import RoomKeys
from emergency_desk.ui.incidents.room_log import LogPanel
from emergency_desk.ui.incidents.room_next_act import NextActPanel
from emergency_desk.ui.incidents.room_next_doing import do_next, do_other
from emergency_desk.ui.incidents.room_next_words import Scene
from emergency_desk.ui.incidents.room_reading import PAGE, RoomView, falls_silent, read_room
from emergency_desk.ui.incidents.room_recommended import RecommendedPanel
from emergency_desk.ui.incidents.room_steps import StepsPanel
from emergency_desk.ui.incidents.room_supplies import SuppliesPanel
from emergency_desk.ui.incidents.room_tasks import TasksPanel
from emergency_desk.ui.incidents.room_teams import OrdersPanel
from emergency_desk.ui.incidents.room_work import RoomWork
from emergency_desk.ui.incidents.step_asking import StepAsking
from emergency_desk.ui.theme import GAP
from emergency_desk.ui.workplace import BOARD, INCIDENTS, Workplace

__all__ = ["ACTIONS", "IncidentRoomPage"]

_SUBJECTS = frozenset({
    Subject.INCIDENT, Subject.TASK, Subject.DISPATCH, Subject.TEAM, Subject.LOG, Subject.CALL, Subject.AREA, Subject.RESPONSE,
    Subject.COMMAND, Subject.NOTICE, Subject.REPORT, Subject.REPORT_DUE, Subject.AFTERMATH, Subject.SETTING,
    Subject.SUPPLY_REQUEST, Subject.RELEASE,
})
_LOG_PAGE = 200


class IncidentRoomPage(RoomKeys, LivePage):
    """`show_incident` turns it to an incident; `show_order`, `show_task` and `show_recommendation` to a part of it."""

    subjects = _SUBJECTS

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self._incident_id: Id | None = None
        self._view: RoomView | None = None
        self._log_limit, self._listed = _LOG_PAGE, PAGE
        self._go_to: Callable[[], object] | None = None
        self._log_day: date | None = None
        self._home = BOARD  # not simply the page before: papers and plans lie on the way
        self._note_home(place.window.page_id)
        work = RoomWork(place)
        self.head, self.next_panel, self.tasks, self.log = RoomHead(), NextActPanel(), TasksPanel(work), LogPanel(work)
        self.orders, self.recommended, self.supplies = OrdersPanel(work), RecommendedPanel(work), SuppliesPanel()
        self._whole = QWidget()  # not shown before it is read: an empty room would say that nobody was sent
        self._whole.hide()
        self._begin_asking(work)
        self.steps = StepsPanel(work, self.on_steps)
        self.steps.hide()
        self._lay_out()
        self.head.plan.clicked.connect(self.open_plan)
        self.head.card.clicked.connect(self.open_card)
        self.head.question.clicked.connect(self.say_production)
        self.head.wide.asked.connect(self._make_room)
        self.head.wide.closed.connect(self._make_room)
        self.head.waiting.connect(self._show_ladder)
        self.head.ladder.key_pressed.connect(lambda name, key: self.ladder_act(name, Tier(key)))
        self.head.ladder.opened.connect(lambda key: self.show_steps(Tier(key)))
        self.steps.tasks_wanted.connect(self.go_tasks)
        self.steps.act_wanted.connect(lambda name, tier: self.ladder_act(name, Tier(tier)))
        self.tasks.steps_wanted.connect(self.go_steps)
        self.next_panel.act_pressed.connect(self.next_act)
        self.next_panel.skip_pressed.connect(self.skip_next)
        self.recommended.going_changed.connect(self._show_next_act)
        self.recommended.more_wanted.connect(self._read_more_teams)
        self.log.older_wanted.connect(self._read_older)
        self.supplies.open_wanted.connect(self.open_supplies)
        place.window.acts.register(ACTIONS)
        place.window.page_shown.connect(self._note_home)

    def _begin_asking(self, work: RoomWork) -> None:
        def view() -> RoomView | None:
            return self._view

        self.asking = IncidentAsking(work, self.head.form, view)
        self.on_response, self.on_command = ResponseAsking(work, self.head.wide, view), CommandAsking(work, self.head.wide, view)
        self.on_borrowing = BorrowAsking(work, self.head.wide, view)
        self.on_grade, self.on_steps = GradeAsking(work, self.head.wide, view), StepAsking(work, view)
        self.on_heard = HeardAsking(work, self.head.wide, view, self.ladder_act, self.show_steps)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place.window.rail.mark(INCIDENTS)

    # -- turning to an incident ----------------------------------------------------------------------------------------
    def show_incident(self, incident_id: Id) -> None:
        """Turn to an incident; forms of the one before are put away."""
        if incident_id != self._incident_id:
            self._incident_id, self._view = incident_id, None
            self._log_limit, self._listed = _LOG_PAGE, PAGE
            for form in self._forms:
                form.put_away()
            self.recommended.forget()
            self.log.composer.done()
            self._whole.hide()  # after the forms, which are put away while they can be seen
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

    def show_offer(self) -> None:
        """Go to the offer of the command that waits for its answer, when the room is read."""
        self._go(self.go_ladder)

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

        def read() -> RoomView:
            self.place.read_numerals()
            return read_room(desk, incident_id, log_limit=log_limit, listed=listed)

        return read

    def refused(self, error: DeskError) -> None:
        """Leave a room whose incident is gone; tell anything else."""
        if isinstance(error, NotFound):
            self.leave()
        super().refused(error)

    def show_read(self, answer: RoomView) -> None:
        self._view = answer
        self._whole.show()
        self.place.numbers.update(answer.numbers)
        now = self.now()
        self.head.show_view(answer, self.place.namer(), now)
        warn_of_clock(self.place, (each.entry.recorded_at for each in answer.room.log), now)
        stood_there = self.recommended.isAncestorOf(QApplication.focusWidget() or self)
        self.recommended.show_view(answer)
        self.supplies.show_view(answer, now)
        if self.head.wide.isVisible():
            self.recommended.hide()
        elif stood_there and not self.recommended.isVisible():  # nobody is to go any more; left alone, the cursor would stand in the Ctrl+K box
            self.go_orders()
        self._show_log()
        self._right.setStretchFactor(self.orders, 5 if answer.room.orders else 2)  # nobody sent: the room is for who should go
        self._show_ages()
        self.place.window.keys.rebuild()
        if self._go_to is not None:
            go, self._go_to = self._go_to, None
            go()

    def tick(self) -> None:
        if self._view is not None and falls_silent(self._view, self.now()):
            self.refresh()  # the next act changes, though nobody wrote anything
        elif self._view is not None:
            self.head.show_age(self._view, self.now())
            self._show_ages()
            if local_day(self.now()) != self._log_day:  # the log tells clock times and no ages: only another day changes it
                self._show_log()

    def _make_room(self) -> None:
        """While a wide form is open, who should go stands aside and Ctrl+Enter is the form's."""
        is_open = self.head.wide.isVisibleTo(self.head)
        self.next_panel.set_aside(is_open)
        if is_open:
            self.recommended.hide()
        elif self._view is not None:
            self.recommended.show_view(self._view)

    def _show_ages(self) -> None:
        assert self._view is not None
        now = self.now()
        self._show_ladder()
        self._show_next_act()
        self.tasks.show_view(self._view, now)
        self.steps.show_view(self._view, now)
        self.orders.show_view(self._view, now)

    def _show_log(self) -> None:
        assert self._view is not None
        self._log_day = local_day(self.now())
        self.log.show_view(self._view, self.now())

    def _show_next_act(self) -> None:
        if self._view is not None:
            scene = Scene(view=self._view, namer=self.place.namer(), going=len(self.recommended.going))
            self.next_panel.show_scene(scene, self.now())

    def _show_ladder(self) -> None:
        if self._view is not None:
            self.head.show_rungs(room_ladder.rungs(self._view.room, self.place.namer(), self.now()),
                                 is_waiting=self._view.room.ladder.offer is not None)

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
        is_open, state = self._view.room.incident.is_open, self._view.room.incident.state
        if action_id == "escalate" and not self.on_command.may_go_up:
            return False
        if action_id in NEEDS_OPEN:
            return is_open
        if action_id == "room_figures":  # a change after the close is a supplement (D8)
            return is_open or state is IncidentState.CLOSED
        if action_id == "room_reopen":
            return not is_open
        return action_id not in ("room_plan", "room_card") or bool(self._view.room.incident.plan_code)

    def send(self) -> None:
        """Send the teams shown with numbers."""
        self.recommended.send()

    def next_act(self) -> None:
        """Do the next act, or what the form that is open asks."""
        if self._submit_open_form() or self._view is None:
            return
        do_next(self, self._view.room.next_act)

    def skip_next(self) -> None:
        """Do what the second button of the next act says: mostly, ask in its own panel why it is skipped."""
        if self._view is not None:
            do_other(self, self._view.room.next_act)
            self._show_next_act()

    @property
    def _forms(self) -> tuple[InlineForm, ...]:
        return (self.head.form, self.head.wide, self.next_panel.form, self.tasks.form, self.steps.form, self.log.form, self.orders.form,
                self.recommended.form)

    def _submit_open_form(self) -> bool:
        focus = self.window().focusWidget()
        for form in self._forms:
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
        told = plan_of(self._view) if self._view is not None else None
        if told is not None:
            self.place.open_plan(*told[:3])

    def open_card(self) -> None:
        """Open the duty officer's response card of the running plan, as it reads at our level."""
        told = plan_of(self._view) if self._view is not None else None
        if told is not None and self._view is not None:
            own = self._view.room.ladder.line(self.own_tier)
            self.place.open_card(*told[:2], self.own_tier, own.level if own is not None else None)

    # -- looks ---------------------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._whole)
        whole = QVBoxLayout(self._whole)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addWidget(self.head)
        below = _Below()
        columns = QHBoxLayout(below)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(GAP)
        columns.addWidget(_column((self.next_panel, 0), (self.tasks, 1), (self.steps, 1)), 32)
        columns.addWidget(_column((self.log, 1)), 32)
        right = _column((self.orders, 5), (self.supplies, 0), (self.recommended, 6))
        self._right = cast("QVBoxLayout", right.layout())
        columns.addWidget(right, 36)
        whole.addWidget(below, 1)


class _Below(QWidget):
    """What stands below the head and gives way to it: its lists can be as low as they must."""

    def hasHeightForWidth(self) -> bool:
        return False


def _column(*parts: tuple[QWidget, int]) -> QWidget:
    holder = QWidget()
    holder.setMinimumWidth(240)
    down = QVBoxLayout(holder)
    down.setContentsMargins(0, 0, 0, 0)
    down.setSpacing(GAP)
    for part, stretch in parts:
        down.addWidget(part, stretch)
    return holder
