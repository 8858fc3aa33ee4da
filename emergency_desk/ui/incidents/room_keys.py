"""What the keys and the Ctrl+K box do in the room, each act under the name the register of actions calls it by."""

from __future__ import annotations

from PySide6.QtCore import Qt

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import NextAct, OrderLine
from emergency_desk.domain.command import Notice
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import TaskState
from emergency_desk.domain.ladder import Step
from emergency_desk.ui.incidents.borrow_asking import BorrowAsking
from emergency_desk.ui.incidents.command_asking import CommandAsking
from emergency_desk.ui.incidents.grade_asking import GradeAsking
from emergency_desk.ui.incidents.heard_asking import HeardAsking
from emergency_desk.ui.incidents.response_asking import ResponseAsking
from emergency_desk.ui.incidents.room_asking import IncidentAsking
from emergency_desk.ui.incidents.room_head import RoomHead
from emergency_desk.ui.incidents.room_log import LogPanel
from emergency_desk.ui.incidents.room_next_act import NextActPanel
from emergency_desk.ui.incidents.room_reading import RoomView
from emergency_desk.ui.incidents.room_recommended import RecommendedPanel
from emergency_desk.ui.incidents.room_steps import StepsPanel
from emergency_desk.ui.incidents.room_tasks import TasksPanel
from emergency_desk.ui.incidents.room_teams import OrdersPanel
from emergency_desk.ui.incidents.step_asking import StepAsking
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import _


class RoomKeys:
    """The acts of the room. The page has the parts; here each key finds the one that does it."""

    place: Workplace
    head: RoomHead
    next_panel: NextActPanel
    tasks: TasksPanel
    steps: StepsPanel
    log: LogPanel
    orders: OrdersPanel
    recommended: RecommendedPanel
    asking: IncidentAsking
    on_response: ResponseAsking
    on_command: CommandAsking
    on_grade: GradeAsking
    on_borrowing: BorrowAsking
    on_steps: StepAsking
    on_heard: HeardAsking
    _view: RoomView | None
    _incident_id: Id | None

    # -- what an act is about ------------------------------------------------------------------------------------------
    def order_of(self, act: NextAct) -> OrderLine | None:
        """Return the order an act is about."""
        return self._view.order(act.about_id) if self._view is not None and act.about_id else None

    def notice_of(self, act: NextAct) -> Notice | None:
        """Return whom an act is about who must be told."""
        notices = self._view.room.ladder.notices if self._view is not None else ()
        return next((notice for notice in notices if notice.id == act.about_id), None)

    @property
    def is_closed(self) -> bool:
        """Say whether the incident that is shown has ended."""
        return self._view is not None and not self._view.room.incident.is_open

    def form_post(self) -> None:
        """Open the command post and begin to form it."""
        if self._incident_id is not None:
            self.place.open_post(self._incident_id, begin=True)

    def open_after(self) -> None:
        """Open what follows the incident."""
        if self._incident_id is not None:
            self.place.open_after(self._incident_id)

    def open_goods(self) -> None:
        """Open what goods are sent to the incident, and from where."""
        if self._incident_id is not None:
            self.place.open_allocation(self._incident_id)

    # -- the ladder ----------------------------------------------------------------------------------------------------
    @property
    def own_tier(self) -> Tier:
        """The tier of this desk, or the one that commands where the desk stands on no rung."""
        ladder = self._view.room.ladder if self._view is not None else None
        if ladder is None:
            return self.place.desk.tier
        return ladder.own.tier if ladder.own is not None else ladder.holder

    def go_ladder(self) -> None:
        """Go to the rungs of the ladder."""
        self.head.ladder.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_steps(self) -> None:
        """Show the steps of the ladder instead of the tasks, and go there."""
        self.show_steps(self.own_tier)

    def show_steps(self, tier: Tier) -> None:
        """Show the steps of a tier."""
        self.steps.show_tier(tier)
        self.steps.show()
        self.tasks.hide()
        self.steps.enter()

    def ladder_act(self, name: str, tier: Tier) -> None:
        """Do one of the acts of the ladder for a tier; for another tier than the own it is recorded as heard."""
        if not self.can_act():
            return
        acts = {"activate": self.on_response.activate_or_adjust, "extend": self.on_response.extend, "pause": self.on_response.pause_or_resume,
                "end": self.on_response.end, "take": self.on_command.take, "accept": self.on_command.accept,
                "refuse": self.on_command.refuse}
        if name == "offer":
            self.on_command.offer_up()
        elif name == "down":
            self.on_command.offer_down()
        else:
            acts[name](tier)

    def can_act(self) -> bool:
        """Say whether the incident is there to be acted on."""
        return self._view is not None

    def activate_response(self) -> None:
        """Activate the own response, or adjust it."""
        self.ladder_act("activate", self.own_tier)

    def extend_response(self) -> None:
        """Extend the own response."""
        self.ladder_act("extend", self.own_tier)

    def pause_response(self) -> None:
        """Suspend the own response, or resume it."""
        self.ladder_act("pause", self.own_tier)

    def end_response(self) -> None:
        """End the own response."""
        self.ladder_act("end", self.own_tier)

    def escalate(self) -> None:
        """Offer the command to the tier above."""
        self.on_command.offer_up()

    def step_down(self) -> None:
        """Offer the command to the tier below."""
        self.on_command.offer_down()

    def accept_command(self) -> None:
        """Accept the command that is offered."""
        self.on_command.accept()

    def refuse_command(self) -> None:
        """Refuse the command that is offered."""
        self.on_command.refuse()

    def withdraw_offer(self) -> None:
        """Withdraw the offer."""
        self.on_command.withdraw()

    def repeat_offer(self) -> None:
        """Make the offer again."""
        self.on_command.repeat()

    def take_command(self) -> None:
        """Take the command from below."""
        self.on_command.take(self.own_tier)

    def record_heard(self) -> None:
        """Record what another tier did."""
        self.on_heard.ask()

    def open_post(self) -> None:
        """Open the command post."""
        if self._incident_id is not None:
            self.place.open_post(self._incident_id)

    def open_supplies(self) -> None:
        """Open what the incident asked, has on its way and received."""
        if self._incident_id is not None:
            self.place.open_requests(self._incident_id)

    def tell_next(self) -> None:
        """Record that the next one who must be told was told."""
        view = self._view
        waiting = [notice for notice in view.room.ladder.notices if not notice.is_told] if view is not None else []
        if view is not None and waiting:
            self.tell(waiting[0])
        else:
            self.place.window.notices.refuse(_("Everybody who must be told was told."))

    def tell(self, notice: Notice) -> None:
        """Record that somebody was told."""
        if self._view is not None:
            self.on_steps.tell(notice, self.next_panel.form, self._view.room.ladder)

    def tick_step(self, step: Step) -> None:
        """Note a step of the own tier as done."""
        self.on_steps.tick(step, self.own_tier, self.next_panel.form)

    # -- the grade -----------------------------------------------------------------------------------------------------
    def judge_grade(self) -> None:
        """Judge the grade."""
        self.on_grade.judge()

    def say_production(self) -> None:
        """Say whether it was production work."""
        self.on_grade.production()

    def say_secondary(self) -> None:
        """Say what else the incident is."""
        self.on_grade.secondary()

    def link_parent(self) -> None:
        """Say what the incident arose from."""
        self.on_grade.link()

    def open_kin(self) -> None:
        """Open the incident that hangs together with this one."""
        self.on_grade.open_kin()

    def borrow_plan(self) -> None:
        """Lay the actions of a plan that may stand in where none was made."""
        self.on_borrowing.borrow()

    # -- lists ---------------------------------------------------------------------------------------------------------
    def write(self) -> None:
        """Go to the composer."""
        self.log.composer.begin()

    def go_tasks(self) -> None:
        """Go to the tasks, the first open one."""
        self.steps.hide()
        self.tasks.show()
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
