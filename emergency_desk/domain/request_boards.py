"""What the screens and papers of requests show: a request with its lines, a release order with its lots, what an incident has and lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from emergency_desk.domain.ids import Id
from emergency_desk.domain.release_legs import LegView
from emergency_desk.domain.release_orders import ON_THE_ROAD, LotAmounts, ReleaseMark, ReleaseOrder, ReleaseState, total
from emergency_desk.domain.requisitions import Requisition, RequisitionMark
from emergency_desk.domain.supply_requests import LineAmounts, RequestDecision, RequestLine, RequestState, SupplyRequest
from emergency_desk.domain.texts import Text


class SupplyAct(StrEnum):
    """What is to be done next about a request or an order."""

    DECIDE = "act_decide"
    RELEASE = "act_release"
    PICK = "act_pick"
    SHIP = "act_ship"
    RECEIVE = "act_receive"
    CHASE = "act_chase"  # it is late: ring the driver
    WAIT_ABOVE = "act_wait_above"
    NOTHING = "act_nothing"


@dataclass(frozen=True, slots=True)
class RequestLineView:
    """One line of a request with its words and amounts; `own` is what this desk's depots have of it."""

    line: RequestLine
    name: Text
    unit: str
    amounts: LineAmounts
    own: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """A request whole."""

    request: SupplyRequest
    lines: tuple[RequestLineView, ...]
    decisions: tuple[RequestDecision, ...] = ()
    area: Text = field(default_factory=lambda: Text(""))
    to: Text = field(default_factory=lambda: Text(""))  # where it is to be brought
    incident_number: str = ""
    incident_title: str = ""
    upward_numbers: tuple[str, ...] = ()
    follows_number: str = ""

    @property
    def next_act(self) -> SupplyAct:
        """What is to be done next."""
        return {RequestState.ASKED: SupplyAct.DECIDE, RequestState.GRANTED: SupplyAct.RELEASE, RequestState.WAITS_ABOVE: SupplyAct.WAIT_ABOVE,
                }.get(self.request.state, SupplyAct.NOTHING)


@dataclass(frozen=True, slots=True)
class OrderLotView:
    """One lot of an order: what, from which bin, and where it is now."""

    lot_id: Id
    number: str
    item_id: Id
    name: Text
    specification: str
    unit: str
    bins: str
    expires_on: str
    ordered: int
    amounts: LotAmounts


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderView:
    """A release order whole."""

    order: ReleaseOrder
    lots: tuple[OrderLotView, ...]
    marks: tuple[ReleaseMark, ...] = ()
    legs: tuple[LegView, ...] = ()
    depot: Text = field(default_factory=lambda: Text(""))
    depot_phone: str = ""
    keeper: str = ""
    to: Text = field(default_factory=lambda: Text(""))
    incident_number: str = ""
    incident_title: str = ""
    request_number: str = ""

    @property
    def whole(self) -> LotAmounts:
        """Return the sum over the lots."""
        return total(one.amounts for one in self.lots)

    @property
    def on_the_road(self) -> tuple[LegView, ...]:
        """Return the vehicles that bring something still."""
        return tuple(one for one in self.legs if one.is_on_the_road)

    def next_act(self, now: datetime) -> SupplyAct:
        """What is to be done next."""
        if self.order.is_late(now):
            return SupplyAct.CHASE
        if self.order.state.value in ON_THE_ROAD and self.whole.to_ship:
            return SupplyAct.SHIP  # the rest waits for another vehicle
        return {ReleaseState.ORDERED: SupplyAct.PICK, ReleaseState.PICKED: SupplyAct.SHIP, ReleaseState.ON_THE_WAY: SupplyAct.RECEIVE,
                ReleaseState.PART_RECEIVED: SupplyAct.RECEIVE}.get(self.order.state, SupplyAct.NOTHING)


@dataclass(frozen=True, slots=True)
class IncidentItem:
    """What an incident asked of one item, has on the way, received, holds in use, and still lacks."""

    name: Text
    unit: str
    asked: int = 0
    ordered: int = 0
    on_the_way: int = 0
    received: int = 0
    in_use: int = 0
    unmet: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyBoard:
    """Everything asked and on its way, of the desk or of one incident; read at a moment."""

    read_at: datetime
    requests: tuple[RequestView, ...] = ()
    orders: tuple[OrderView, ...] = ()
    requisitions: tuple[Requisition, ...] = ()
    requisition_marks: Mapping[Id, tuple[RequisitionMark, ...]] = field(default_factory=dict)
    items: tuple[IncidentItem, ...] = ()
