"""Teams and orders: who is out, since when, and what is still missing. Letters act on the chosen order, in place.

R receipt · N or Enter next state · H gave word · G fill a gap · A agreed by · C checked in · X recall.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt

from emergency_desk.domain.boards import OrderLine
from emergency_desk.domain.dispatches import OrderState
from emergency_desk.domain.ids import Id
from emergency_desk.domain.teams import HowHeard, TeamState, allowed_moves
from emergency_desk.services import dispatches, teams
from emergency_desk.ui.incidents.call_lines import team_name
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, InlineForm
from emergency_desk.ui.incidents.live_page import KeyedList
from emergency_desk.ui.incidents.room_lines import RECEIPT, SILENT, gap_of, order_lines, order_of, orders_note
from emergency_desk.ui.incidents.room_reading import RoomView, gaps
from emergency_desk.ui.incidents.room_work import RoomWork, ask_at, ask_how
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.labels import ElidedLabel
from emergency_desk.ui.widgets.lines import Column
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import label

_KEYS = {Qt.Key.Key_R: "receipt", Qt.Key.Key_N: "state", Qt.Key.Key_G: "gap", Qt.Key.Key_A: "approve", Qt.Key.Key_C: "check_in",
         Qt.Key.Key_X: "recall", Qt.Key.Key_H: "hear"}  # fmt: skip
_IN_FORCE = (OrderState.SENT, OrderState.RECEIVED)


class OrdersPanel(Panel):
    """The list of orders and the form below it."""

    def __init__(self, work: RoomWork) -> None:
        super().__init__(_("Teams and orders"))
        self._work = work
        self._view: RoomView | None = None
        self.lines = KeyedList((Column(stretch=True), Column(right=True, most=170), Column(right=True, most=90)), _KEYS,
                               empty=_("No team is sent yet. F5 sends those recommended below."))
        self.lines.setAccessibleName(_("Orders: R receipt, N state, H word, G gap, A agreed, C checked in, X recall"))
        self.lines.opened.connect(self._opened)
        self.lines.key_pressed.connect(lambda name, _key: self.act(name))
        self.form = InlineForm()
        self.add_list(self.lines, 1)
        self._keys = ElidedLabel(
            _("R receipt · N state · H word · G gap · A agreed · C checked in · X recall"), tone=Tone.SECONDARY, size="small")
        self.body.addWidget(self._keys)
        self.body.addWidget(self.form)

    def show_view(self, view: RoomView, now: datetime) -> None:
        """Show the orders of an incident."""
        self._view = view
        self.set_head(note=orders_note(view))
        self._keys.setVisible(bool(view.room.orders))
        self.lines.show_lines(list(order_lines(view, now)))

    @property
    def chosen(self) -> OrderLine | None:
        """The order of the current line."""
        self.lines.choose_first()
        return self._view.order(order_of(self.lines.current_key)) if self._view is not None else None

    def choose_order(self, dispatch_id: str) -> None:
        """Make an order current, its missing receipt if it has one."""
        _found = self.lines.choose(dispatch_id + RECEIPT) or self.lines.choose(dispatch_id)
        self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self, name: str) -> None:
        """Do one of the acts to the chosen order: receipt, state, hear, gap, approve, check_in, recall."""
        order = self.chosen
        if order is None:
            self._work.tell(_("No team is sent yet. F5 sends those recommended."))
            return
        {"receipt": self.receipt, "state": self.next_state, "gap": self.fill_gap, "approve": self.approve, "check_in": self.check_in,
         "recall": self.recall, "hear": self.hear}[name](order)  # fmt: skip

    # -- the acts ------------------------------------------------------------------------------------------------------
    def receipt(self, order: OrderLine) -> None:
        """Ask who gave the receipt."""
        if not order.dispatch.awaits_receipt:
            self._work.tell(_("No receipt is awaited from {team}.").format(team=team_name(order.team)))
            return
        note = _("Order {order} · phone {phone}").format(order=order.dispatch.order_number, phone=order.team.duty_phone or "—")
        self.form.ask(_("Receipt of {team}").format(team=team_name(order.team)),
                      (Ask(name="receipt_by", label=_("Given by"), hint=_("may stay empty")), ask_at(), ask_how(HowHeard.PHONE)),
                      _("Record the receipt"), lambda answers: self._take_receipt(order.dispatch.id, answers), note=note)

    def next_state(self, order: OrderLine) -> None:
        """Ask for the next state of the team; the likeliest is chosen already."""
        team = order.team
        if team.incident_id not in (None, order.dispatch.incident_id):
            self._work.tell(_("{team} is out on another incident now; its state is told there.").format(team=team_name(team)))
            return
        moves = allowed_moves(team.state)
        self.form.ask(
            _("{team}: {state} → …").format(team=team_name(team), state=label(team.state)),
            (AskChoice(name="state", label=_("State"), value=_likeliest(order).value, choices=tuple((one.value, label(one)) for one in moves)),
             ask_at(), Ask(name="by", label=_("Told by"), hint=_("may stay empty")), ask_how()),
            _("Record"), lambda answers: self._move(team.id, answers))  # fmt: skip

    def hear(self, order: OrderLine) -> None:
        """Ask who gave word; a team that was reported lost must say where it stands."""
        team = order.team
        if team.state is TeamState.LOST_CONTACT or not team.is_out or team.incident_id != order.dispatch.incident_id:
            self.next_state(order)
            return
        note = _("Its state stays {state}. Phone {phone}").format(state=label(team.state), phone=team.duty_phone or "—")
        self.form.ask(_("{team} gave word").format(team=team_name(team)),
                      (Ask(name="by", label=_("Told by"), hint=_("may stay empty")), ask_at(), ask_how(),
                       Ask(name="note", label=_("What was told"), hint=_("may stay empty"), is_long=True)),
                      _("Record the word"), lambda answers: self._hear(team.id, answers), note=note)

    def fill_gap(self, order: OrderLine) -> None:
        """Ask when a state was that nobody reported."""
        missing = gaps(order)
        if not missing:
            self._work.tell(_("Nothing is missing in the reports of {team}.").format(team=team_name(order.team)))
            return
        wanted = gap_of(self.lines.current_key) or missing[0]
        self.form.ask(
            _("{team}: fill in what was not reported").format(team=team_name(order.team)),
            (AskChoice(name="state", label=_("State"), value=wanted.value, choices=tuple((one.value, label(one)) for one in missing)),
             ask_at(), Ask(name="by", label=_("Told by"), hint=_("may stay empty")), ask_how()),
            _("Fill in"), lambda answers: self._fill(order.dispatch.id, answers), focus="at")  # fmt: skip

    def approve(self, order: OrderLine) -> None:
        """Ask who agreed to the order, and how."""
        self.form.ask(_("Order {order}: agreed by").format(order=order.dispatch.order_number),
                      (Ask(name="approved_by", label=_("Agreed by"), value=order.dispatch.approved_by), ask_how(HowHeard.PHONE)), _("Record"),
                      lambda answers: self._approve(order.dispatch.id, answers))

    def check_in(self, order: OrderLine) -> None:
        """Ask at which post the team reported."""
        self.form.ask(_("{team} checked in").format(team=team_name(order.team)),
                      (Ask(name="post", label=_("At post"), hint=_("command post, may stay empty")), ask_at()), _("Record"),
                      lambda answers: self._check_in(order.dispatch.id, answers))

    def recall(self, order: OrderLine) -> None:
        """Ask why the team is recalled."""
        if order.dispatch.state not in _IN_FORCE:
            self._work.tell(_("Order {order} has ended already.").format(order=order.dispatch.order_number))
            return
        self.form.ask(_("Recall {team}").format(team=team_name(order.team)), (Ask(name="reason", label=_("Reason"), is_long=True),),
                      _("Recall"), lambda answers: self._recall(order.dispatch.id, answers))

    # -- inside --------------------------------------------------------------------------------------------------------
    def _opened(self, key: str) -> None:
        self.act("receipt" if key.endswith(RECEIPT) else "hear" if key.endswith(SILENT) else "gap" if gap_of(key) is not None else "state")

    def _take_receipt(self, dispatch_id: Id, answers: Answers) -> None:
        desk = self._work.desk
        self._work.asked_moment(answers, self.form, lambda at: self._work.do(
            lambda: dispatches.take_receipt(desk, dispatch_id=dispatch_id, received_by=answers["receipt_by"], how=HowHeard(answers["how"]),
                                            received_at=at), form=self.form))

    def _move(self, team_id: Id, answers: Answers) -> None:
        desk = self._work.desk
        self._work.asked_moment(answers, self.form, lambda at: self._work.do(
            lambda: teams.report_state(desk, team_id=team_id, to=TeamState(answers["state"]), occurred_at=at, reported_by=answers["by"],
                                       how=HowHeard(answers["how"])), form=self.form))

    def _hear(self, team_id: Id, answers: Answers) -> None:
        desk = self._work.desk
        self._work.asked_moment(answers, self.form, lambda at: self._work.do(
            lambda: teams.hear_team(desk, team_id=team_id, occurred_at=at, reported_by=answers["by"], how=HowHeard(answers["how"]),
                                    note=answers["note"]), form=self.form))

    def _fill(self, dispatch_id: Id, answers: Answers) -> None:
        desk = self._work.desk
        self._work.asked_moment(answers, self.form, lambda at: self._work.do(
            lambda: teams.fill_gap(desk, dispatch_id=dispatch_id, state=TeamState(answers["state"]), occurred_at=at or desk.now(),
                                   reported_by=answers["by"], how=HowHeard(answers["how"])), form=self.form))

    def _approve(self, dispatch_id: Id, answers: Answers) -> None:
        desk = self._work.desk
        self._work.do(lambda: dispatches.approve_order(desk, dispatch_id=dispatch_id, approved_by=answers["approved_by"], how=answers["how"]),
                      form=self.form)

    def _check_in(self, dispatch_id: Id, answers: Answers) -> None:
        desk = self._work.desk
        self._work.asked_moment(answers, self.form, lambda at: self._work.do(
            lambda: dispatches.check_in(desk, dispatch_id=dispatch_id, at_post=answers["post"], occurred_at=at), form=self.form))

    def _recall(self, dispatch_id: Id, answers: Answers) -> None:
        desk = self._work.desk
        self._work.do(lambda: dispatches.recall_team(desk, dispatch_id=dispatch_id, reason=answers["reason"]), form=self.form)


def _likeliest(order: OrderLine) -> TeamState:
    """Return the state to offer: the next of the machine, and back to the road for a team whose contact was lost."""
    return allowed_moves(order.team.state)[0]
