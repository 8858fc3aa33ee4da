"""A request for supplies on its way up: what is asked, what the tier above grants from its own, what it passes on (申请、核定、上报).

The request keeps its state; lines and decisions are appended, and the state follows from them and from the release orders made for it.
Sources: domain §5.4 (街道申请 → 区核定 → 不足报市 → 动用指令 → 出库 → 接收签收); ERL24 Art. 45 (统一调拨).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import FieldMissing, FieldRefused, ReasonMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock_errors import DecidedTooMuch, RequestNotOpen
from emergency_desk.domain.supplies import check_count


class RequestPurpose(StrEnum):
    """What goods are asked for."""

    INCIDENT = "for_incident"
    REPLENISH = "for_replenishment"
    PREPARE = "for_preparation"


class RequestPriority(StrEnum):
    """How pressing a request is, the most pressing first."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"


class RequestState(StrEnum):
    """Where a request stands."""

    ASKED = "request_asked"
    WAITS_ABOVE = "request_waits_above"  # nothing is granted here, the whole waits for the tier above
    GRANTED = "request_granted"
    RELEASED = "request_released"
    ON_THE_WAY = "request_on_the_way"
    RECEIVED = "request_received"
    REFUSED = "request_refused"
    WITHDRAWN = "request_withdrawn"

    @property
    def is_over(self) -> bool:
        """Say whether nothing more is to be done."""
        return self in (RequestState.RECEIVED, RequestState.REFUSED, RequestState.WITHDRAWN)


OVER = tuple(state.value for state in RequestState if state.is_over)


class DecisionOn(StrEnum):
    """What was decided of so much of a line."""

    GRANTED = "granted"
    REFUSED = "decided_refused"
    PASSED_UP = "passed_up"
    WITHDRAWN = "line_withdrawn"


@dataclass(frozen=True, slots=True)
class SupplyRequest:
    """One request: who asks whom, for what, until when. `follows_id`: the request whose shortfall this one passes on."""

    id: Id
    number: str
    tier: Tier
    area_id: Id
    to_tier: Tier
    asked_at: datetime
    recorded_at: datetime
    account_id: Id
    purpose: RequestPurpose = RequestPurpose.INCIDENT
    incident_id: Id | None = None
    site_id: Id | None = None  # the depot or shelter it is to be brought to
    place: str = ""
    asked_by: str = ""
    phone: str = ""
    priority: RequestPriority = RequestPriority.NORMAL
    needed_by: datetime | None = None
    note: str = ""
    follows_id: Id | None = None
    state: RequestState = RequestState.ASKED
    heard_from: str = ""
    heard_how: str = ""
    read_back: bool = False
    is_exercise: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One line: so much of an item (in its own unit), or of something that can do a thing (`capability`, in words)."""

    id: Id
    request_id: Id
    quantity: int
    item_id: Id | None = None
    capability: str = ""
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RequestDecision:
    """So much of a line was granted, refused, passed up or withdrawn. Appended, never changed."""

    id: Id
    request_id: Id
    line_id: Id
    kind: DecisionOn
    quantity: int
    occurred_at: datetime
    recorded_at: datetime
    account_id: Id
    decided_by: str = ""
    reason: str = ""
    upward_id: Id | None = None
    heard_from: str = ""
    heard_how: str = ""
    read_back: bool = False


# -- what somebody types ----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLine:
    """A line as it is asked: an item or a capability in words, so many `unit`s ("" is the item's own)."""

    quantity: int
    item_id: Id | None = None
    capability: str = ""
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSupplies:
    """The form of a request. `tier`: who asks, None this desk's own; another tier is recorded as heard."""

    lines: tuple[AskedLine, ...]
    purpose: RequestPurpose = RequestPurpose.INCIDENT
    incident_id: Id | None = None
    site_id: Id | None = None
    place: str = ""
    area_id: Id | None = None
    tier: Tier | None = None
    asked_by: str = ""
    phone: str = ""
    priority: RequestPriority = RequestPriority.NORMAL
    needed_by: datetime | None = None
    note: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDecision:
    """What is decided of one line: so much granted from this tier's own, so much passed up, so much refused with its reason."""

    line_id: Id
    grant: int = 0
    pass_up: int = 0
    refuse: int = 0
    reason: str = ""

    @property
    def total(self) -> int:
        """How much of the line is decided."""
        return self.grant + self.pass_up + self.refuse


def check_asked(asked: AskedSupplies) -> AskedSupplies:
    """Return the form if it can be asked. Raises FieldMissing, FieldRefused."""
    if not asked.lines:
        raise FieldMissing(name="lines")
    if asked.purpose is RequestPurpose.INCIDENT and asked.incident_id is None:
        raise FieldMissing(name="incident_id")
    named = [line.item_id or line.capability.strip() for line in asked.lines]
    for line, name in zip(asked.lines, named, strict=True):
        if not name:
            raise FieldMissing(name="item")
        check_count("quantity", line.quantity)
        if named.count(name) > 1:
            raise FieldRefused(name="item", reason="line_twice", typed=line.capability or name, other="")
    return asked


def check_decision(decision: LineDecision, *, undecided: int, what: str) -> LineDecision:
    """Return a decision about a line that has so much left to decide. Raises DecidedTooMuch, ReasonMissing, FieldRefused."""
    for name in ("grant", "pass_up", "refuse"):
        check_count(name, getattr(decision, name), least=0)
    if decision.refuse and not decision.reason.strip():
        raise ReasonMissing(act="refuse_supplies")
    if decision.total > undecided:
        raise DecidedTooMuch(item=what, wanted=decision.total, there=undecided)
    return decision


# -- what follows -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class LineAmounts:
    """Where the quantity of a line is. What is passed up is answered by the request above, whose receipts count here as received above."""

    asked: int = 0
    granted: int = 0
    refused: int = 0
    passed_up: int = 0
    withdrawn: int = 0
    ordered: int = 0  # by release orders that stand
    shipped: int = 0
    received: int = 0
    lost: int = 0  # damaged or missing on the way, explained
    received_above: int = 0  # of what was passed up
    refused_above: int = 0

    @property
    def undecided(self) -> int:
        """How much waits for a decision."""
        return self.asked - self.granted - self.refused - self.passed_up - self.withdrawn

    @property
    def to_release(self) -> int:
        """How much is granted and not ordered out of a depot yet; what was lost on the way is to be sent again."""
        return max(0, self.granted - self.ordered + self.lost)

    @property
    def in_transit(self) -> int:
        """How much is on the road."""
        return max(0, self.shipped - self.received - self.lost)

    @property
    def unmet(self) -> int:
        """How much of what is wanted has not come, whatever the reason."""
        return max(0, self.asked - self.withdrawn - self.received - self.received_above)

    @property
    def waits_above(self) -> int:
        """How much the tier above has neither delivered nor refused."""
        return max(0, self.passed_up - self.received_above - self.refused_above)


def amounts_of(line: RequestLine, decisions: Iterable[RequestDecision], moved: Mapping[str, int] | None = None) -> LineAmounts:
    """Return where a line stands. `moved`: ordered, shipped, received, lost and what came or was refused above."""
    decided = dict.fromkeys(DecisionOn, 0)
    for one in decisions:
        if one.line_id == line.id:
            decided[one.kind] += one.quantity
    return LineAmounts(asked=line.quantity, granted=decided[DecisionOn.GRANTED], refused=decided[DecisionOn.REFUSED],
                       passed_up=decided[DecisionOn.PASSED_UP], withdrawn=decided[DecisionOn.WITHDRAWN], **(moved or {}))


def state_of(lines: Iterable[LineAmounts]) -> RequestState:
    """Return where a request stands, from where the quantities of its lines are: what waits longest decides."""
    some = list(lines)
    granted, ordered = sum(one.granted for one in some), sum(one.ordered for one in some)
    if any(one.undecided for one in some):
        return RequestState.ASKED
    if any(one.in_transit for one in some):
        return RequestState.ON_THE_WAY
    if any(one.to_release for one in some):
        return RequestState.GRANTED
    if ordered > sum(one.received + one.lost for one in some):
        return RequestState.RELEASED
    if any(one.waits_above for one in some):
        return RequestState.WAITS_ABOVE
    if granted or any(one.received_above for one in some):
        return RequestState.RECEIVED
    return RequestState.WITHDRAWN if any(one.withdrawn for one in some) else RequestState.REFUSED


def require_open(request: SupplyRequest) -> SupplyRequest:
    """Return the request if something may still be done about it. Raises RequestNotOpen."""
    if request.state.is_over:
        raise RequestNotOpen(number=request.number, state=request.state)
    return request
