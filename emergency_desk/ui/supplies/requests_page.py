"""The board from request to receipt: requests, release orders and requisitions with the next act of each and why. Enter does it.

One incident's alone when the room opened it. At the right what is chosen, line by line; below the form.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.ids import Id
from emergency_desk.domain.request_boards import OrderView, RequestView, SupplyAct, SupplyBoard
from emergency_desk.domain.requisitions import Requisition
from emergency_desk.services import supply_board
from emergency_desk.services.desk import Desk
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.incidents.supply_lines import line_columns
from emergency_desk.ui.incidents.wide_form import WideForm
from emergency_desk.ui.supplies.order_acts import OrderActs
from emergency_desk.ui.supplies.request_acts import Depots, RequestActs
from emergency_desk.ui.supplies.request_words import (
    board_columns,
    detail_lines,
    dots,
    mark_columns,
    mark_line,
    order_line,
    request_line,
    requisition_amounts,
    requisition_line,
    vehicles_told,
    yuan,
)
from emergency_desk.ui.supplies.requisition_acts import RequisitionActs
from emergency_desk.ui.supplies.stock_acts import StockGround, read_ground
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.labels import ElidedLabel
from emergency_desk.ui.widgets.lines import Line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import REQUESTS, STOCK, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _, current_language
from emergency_desk.wording.counting import in_units
from emergency_desk.wording.labels import label

WIDTH = 372
_HERE = (REQUESTS,)
_KEYS = {Qt.Key.Key_X: "take_back", Qt.Key.Key_V: "paper", Qt.Key.Key_L: "picking_list", Qt.Key.Key_W: "waybill",
         Qt.Key.Key_T: "goods_receipt", Qt.Key.Key_E: "change_arrival", Qt.Key.Key_R: "receive", Qt.Key.Key_S: "send"}
ACTIONS = (
    Action("requests_ask", N_("Ask for supplies"), "ask", "Ctrl+N", _HERE, short=N_("ask")),
    Action("requests_requisition", N_("Requisition something"), "requisition", "Alt+N", _HERE, short=N_("requisition")),
    Action("requests_hand_outs", N_("Goods handed to people"), "open_hand_outs", "Alt+H", _HERE, short=N_("handed out")),
    Action("requests_ended", N_("Show what is over too"), "turn_ended", "Alt+O", _HERE, short=N_("what is over")),
    Action("requests_leave", N_("Back to the page before"), "leave", "Escape", _HERE, short=N_("back")),
)
_GROUPS: dict[str, tuple[SupplyAct, ...]] = {
    "": tuple(SupplyAct), "decide": (SupplyAct.DECIDE, SupplyAct.WAIT_ABOVE), "send": (SupplyAct.RELEASE, SupplyAct.PICK, SupplyAct.SHIP),
    "road": (SupplyAct.RECEIVE, SupplyAct.CHASE),
}


@dataclass(frozen=True, slots=True)
class Read:
    """The board as it was read, and what the forms choose from."""

    board: SupplyBoard
    ground: StockGround


def read_board(desk: Desk, incident_id: Id | None, *, with_ended: bool) -> Read:
    """Read the board. Runs on the store thread."""
    return Read(supply_board.supply_board(desk, incident_id=incident_id, with_ended=with_ended), read_ground(desk))


class RequestsPage(LivePage):
    """From request to receipt."""

    subjects = frozenset({Subject.SUPPLY_REQUEST, Subject.RELEASE, Subject.REQUISITION, Subject.STOCK, Subject.INCIDENT})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(ACTIONS)
        self.incident_id: Id | None = None
        self.group, self.with_ended = "", False
        self._read = Read(SupplyBoard(read_at=place.desk.now()), StockGround())
        self.lines = KeyedList(board_columns(), _KEYS, row_height=44, header=True, empty=_("Nothing is asked and nothing is on its way. "
                                                                                         "Ctrl+N asks for supplies."))
        self.lines.setAccessibleName(_("Requests and release orders: S send, R receive, E change the arrival, X take back; papers: V order, "
                                       "L picking list, W waybill, T receipt"))
        self.lines.opened.connect(lambda key: self.act_on(key))
        self.lines.key_pressed.connect(lambda name, key: getattr(self, name)(key))
        self.lines.chosen.connect(lambda _key: self._show_detail())
        self.form = WideForm()
        self.acts, self.orders = RequestActs(place, self.form), OrderActs(place, self.form)
        self.taking = RequisitionActs(place, self.form)
        self._lay_out()

    def _lay_out(self) -> None:
        words = {"": _("All"), "decide": _("To decide"), "send": _("To release and send"), "road": _("On the road")}
        self.chips: dict[str, KeyButton] = {}
        chips = QHBoxLayout()
        chips.setSpacing(GAP)
        for name, told in words.items():
            chip = self.chips[name] = KeyButton(told)
            chip.clicked.connect(lambda _checked=False, chosen=name: self.choose(chosen))
            chips.addWidget(chip)
        chips.addStretch(1)
        self.panel = Panel(_("From request to receipt"))
        self.panel.body.addLayout(chips)
        self.panel.add_list(self.lines, 1)
        self.panel.body.addWidget(self.form)
        self.detail = Panel()
        self.detail.setFixedWidth(WIDTH)
        self.name, self.told = ElidedLabel(size="large"), ElidedLabel(tone=Tone.SECONDARY, size="small")
        self.more = ElidedLabel(tone=Tone.SECONDARY, size="small")
        self.parts = LinesList(line_columns(), row_height=40, header=True, marks_current=False)
        self.parts.setAccessibleName(_("Lines"))
        self.marks = LinesList(mark_columns(), row_height=40, marks_current=False)
        self.marks.setAccessibleName(_("Steps"))
        for part in (self.name, self.told, self.more):
            self.detail.body.addWidget(part)
        self.detail.add_list(self.parts, 3)
        self.detail.add_list(self.marks, 2)
        across = QHBoxLayout(self)
        across.setSpacing(GAP)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self.panel, 1)
        across.addWidget(self.detail)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place.window.rail.mark(STOCK)

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], Read]:
        desk, incident_id, with_ended = self.place.desk, self.incident_id, self.with_ended
        return lambda: read_board(desk, incident_id, with_ended=with_ended)

    def show_read(self, answer: Read) -> None:
        self._read = answer
        for acts in (self.acts, self.orders, self.taking):
            acts.ground = answer.ground
        board, now, kinds = answer.board, self.now(), _GROUPS[self.group]
        late = [order_line(view, now) for view in board.orders if view.order.is_late(now)]
        asked = [request_line(view, now) for view in board.requests if view.next_act in kinds]
        sent = [order_line(view, now) for view in board.orders if not view.order.is_late(now) and view.next_act(now) in kinds]
        taken = [requisition_line(one, now) for one in board.requisitions] if self.group == "" else []
        self.lines.show_lines([*(late if SupplyAct.CHASE in kinds else []), *_open_first(asked, sent, taken)])
        for name, chip in self.chips.items():
            chip.set_filled(name == self.group)
        told = [_("{count} late").format(count=len(late))] if late else []
        keys = _("⏎ next act · S send · R receive · X take back · E expected · V paper · L picking list · W waybill · T receipt")
        self.panel.set_head(note=" · ".join([*told, keys]))
        if not self.form.isVisible() and self._nothing_left():
            self.lines.setCurrentIndex(self.lines.lines_model.index(0, 0))
        self.lines.choose_first()
        self._show_detail()
        if not self.lines.hasFocus() and not self.form.isVisible():
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def _nothing_left(self) -> bool:
        """Say whether nothing is left to be done of the chosen request: then the first that waits is chosen, as after an order."""
        board = self._read.board if self._read is not None else None
        return board is not None and any(f"request:{view.request.id}" == self.lines.current_key and view.next_act is SupplyAct.NOTHING
                                         for view in board.requests)

    def show_incident(self, incident_id: Id | None) -> None:
        """Show what one incident asked, has on the way and received; None shows the whole desk."""
        self.incident_id = incident_id
        self.forget()

    def choose(self, group: str) -> None:
        """Show one group, or all."""
        self.group = group
        self.show_read(self._read)

    def turn_ended(self) -> None:
        """Show what is over too, or no longer."""
        self.with_ended = not self.with_ended
        self.forget()

    # -- what is chosen ------------------------------------------------------------------------------------------------
    def chosen(self, key: str) -> RequestView | OrderView | Requisition | None:
        """Return what a line of the board stands for."""
        kind, _colon, id_ = key.partition(":")
        board = self._read.board
        if kind == "request":
            return next((view for view in board.requests if view.request.id == id_), None)
        if kind == "order":
            return next((view for view in board.orders if view.order.id == id_), None)
        return next((one for one in board.requisitions if one.id == id_), None)

    def _show_detail(self) -> None:
        one, now = self.chosen(self.lines.current_key), self.now()
        self.detail.setVisible(one is not None)
        if isinstance(one, RequestView):
            request = one.request
            heard = _("heard from {who}").format(who=request.heard_from) if request.heard_from else ""
            self._tell(request.number, dots(label(request.state), label(request.purpose), heard),
                       dots(one.to.in_language(current_language()), request.asked_by, request.phone, request.note))
            self.marks.show_lines([mark_line(each.id, label(each.kind), each.quantity, each.decided_by, each.reason,
                                              formats.when(each.occurred_at, now=now)) for each in reversed(one.decisions)])
        elif isinstance(one, OrderView):
            order = one.order
            self._tell(order.number, dots(label(order.state), one.depot.in_language(current_language()), one.depot_phone),
                       dots(vehicles_told(one), order.receiver, order.phone))
            self.marks.show_lines([mark_line(each.id, label(each.step), 0, each.person, each.reason, formats.when(each.occurred_at, now=now))
                                   for each in reversed(one.marks)])
        elif one is not None:
            marks = self._read.board.requisition_marks.get(one.id, ())
            self._tell(one.number, f"{one.what} {in_units(one.quantity, one.unit)}",
                       dots(label(one.state), requisition_amounts(one, marks), one.place))
            self.marks.show_lines([mark_line(each.id, label(each.step), each.quantity, each.person, dots(yuan(each.fen), each.note),
                                             formats.when(each.occurred_at, now=now)) for each in reversed(marks)])
        self.parts.setVisible(not isinstance(one, Requisition))
        self.parts.show_lines(detail_lines(one) if isinstance(one, RequestView | OrderView) else [])
        self.parts.setMaximumHeight(self.parts.height_of_lines() + 2)  # what was done stands right below what it is about

    def _tell(self, name: str, told: str, more: str) -> None:
        self.name.setText(name)
        self.told.setText(told)
        self.more.setText(more)
        self.more.setVisible(bool(more))

    # -- keys and acts -------------------------------------------------------------------------------------------------
    def act_on(self, key: str) -> None:
        """Do the next act of a line."""
        one = self.chosen(key)
        if isinstance(one, RequestView) and one.next_act is SupplyAct.DECIDE:
            self.acts.decide(one)
        elif isinstance(one, RequestView) and one.next_act is SupplyAct.RELEASE:
            self._release(one)
        elif isinstance(one, OrderView):
            act = one.next_act(self.now())
            doing = {SupplyAct.PICK: self.orders.pick, SupplyAct.SHIP: self.orders.ship, SupplyAct.RECEIVE: self.orders.receive,
                     SupplyAct.CHASE: self.orders.receive}.get(act)
            if doing is not None:
                doing(one)
        elif isinstance(one, Requisition):
            self.taking.settle(one)

    def _release(self, view: RequestView) -> None:
        desk, items = self.place.desk, [one.line.item_id for one in view.lines if one.line.item_id and one.amounts.to_release]

        def read() -> Depots:
            return {item_id: supply_board.depots_with(desk, item_id=item_id) for item_id in items}

        self.place.ask(read, then=lambda depots: self.acts.release(view, depots))

    def take_back(self, key: str) -> None:
        """Withdraw a request, or cancel an order."""
        one = self.chosen(key)
        if isinstance(one, RequestView):
            self.acts.withdraw(one)
        elif isinstance(one, OrderView):
            self.orders.cancel(one)

    def change_arrival(self, key: str) -> None:
        """Enter when a transport is expected now."""
        one = self.chosen(key)
        if isinstance(one, OrderView):
            self.orders.change_arrival(one)

    def receive(self, key: str) -> None:
        """Sign for what a vehicle brought, while others are still to leave or to come."""
        one = self.chosen(key)
        if isinstance(one, OrderView):
            self.orders.receive(one)

    def send(self, key: str) -> None:
        """Send another vehicle."""
        one = self.chosen(key)
        if isinstance(one, OrderView) and one.whole.to_ship:
            self.orders.ship(one)

    def paper(self, key: str) -> None:
        """Preview the paper of a line."""
        one = self.chosen(key)
        if isinstance(one, RequestView):
            self.place.preview("supply-request", one.request.id)
        elif isinstance(one, OrderView):
            self.place.preview("release-order", one.order.id)
        elif one is not None:
            self.place.preview("requisition-notice", one.id)

    def picking_list(self, key: str) -> None:
        """Preview the picking list of an order."""
        self._order_paper(key, "picking-list")

    def waybill(self, key: str) -> None:
        """Preview the waybill of an order that left."""
        self._vehicle_paper(key, "waybill")

    def goods_receipt(self, key: str) -> None:
        """Preview the receipt of an order that left."""
        self._vehicle_paper(key, "goods-receipt")

    def _vehicle_paper(self, key: str, name: str) -> None:
        one = self.chosen(key)
        if isinstance(one, OrderView):
            self.orders.papers_of_vehicle(one, name)

    def _order_paper(self, key: str, name: str) -> None:
        one = self.chosen(key)
        if isinstance(one, OrderView):
            self.place.preview(name, one.order.id)

    def ask(self) -> None:
        """Ask for supplies."""
        self.acts.ask(self.incident_id)

    def requisition(self) -> None:
        """Requisition something."""
        self.taking.requisition(self.incident_id)

    def open_hand_outs(self) -> None:
        """Show what was handed to people, of the same incident."""
        self.place.open_hand_outs(self.incident_id)


def _open_first(*groups: list[Line]) -> list[Line]:
    """Return lines with those that still ask for an act before those that do not."""
    over = label(SupplyAct.NOTHING)
    every = [each for group in groups for each in group]
    return [*(each for each in every if each.cells[0].text != over), *(each for each in every if each.cells[0].text == over)]
