"""Requests for supplies: asked, granted in part, refused with a reason, passed up, withdrawn; and the request that fills a store again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from emergency_desk.domain import supply_requests as requests
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.areas import LADDER, Tier
from emergency_desk.domain.errors import FieldMissing, IncidentIsClosed, NotFound, OccurredInFuture, ReasonMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening, Incident
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.responses import NOT_HEARD, Heard
from emergency_desk.domain.stock_errors import OwnStockFirst
from emergency_desk.domain.supplies import ReserveKind
from emergency_desk.domain.supply_requests import (
    AskedLine,
    AskedSupplies,
    DecisionOn,
    LineDecision,
    RequestDecision,
    RequestLine,
    RequestPurpose,
    SupplyRequest,
)
from emergency_desk.services import stock_lists
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import hearing, logbook, releasing
from emergency_desk.services.steps.stocking import rules_of
from emergency_desk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Decided:
    """A request as it stands after a decision, and the request its shortfall went up in."""

    request: SupplyRequest
    upward: SupplyRequest | None = None


# -- asking -----------------------------------------------------------------------------------------------------------
def ask(desk: Desk, *, asked: AskedSupplies, heard: Heard = NOT_HEARD) -> Done[SupplyRequest]:
    """Ask the tier above for supplies; what another tier asked is recorded as heard.

    Raises FieldMissing, FieldRefused, IncidentIsClosed, NotOwnTier, NotFound.
    """
    desk.may(Act.ASK_SUPPLIES)
    requests.check_asked(asked)
    tier = hearing.acting_tier(desk, asked.tier, heard)
    at = desk.now()
    with desk.open_work() as work:
        request = _add(desk, work, asked, tier=tier, to_tier=above(tier), heard=heard, at=at)
        return Done(request, work.commit("ask_supplies", request=request.number))


def replenish(desk: Desk, *, target_ids: Sequence[Id], asked_by: str = "", note: str = "") -> Done[SupplyRequest]:
    """Ask the tier above for what lacks to the minimum and target of some places. Raises FieldMissing when nothing lacks."""
    desk.may(Act.ASK_SUPPLIES)
    with desk.reading() as reading:
        targets = [one for one in reading.stock_targets.get_many(target_ids) if one.kind is ReserveKind.PHYSICAL]
    held = stock_lists.held_of(desk, targets=targets)
    lacking: dict[Id, int] = {}
    for one in targets:
        lacking[one.item_id] = lacking.get(one.item_id, 0) + max(0, max(one.minimum, one.target) - held[one.id])
    lines = tuple(AskedLine(item_id=item_id, quantity=quantity) for item_id, quantity in lacking.items() if quantity)
    sites = {one.site_id for one in targets}
    site = sites.pop() if len(sites) == 1 else None
    return ask(desk, asked=AskedSupplies(lines=lines, purpose=RequestPurpose.REPLENISH, site_id=site, asked_by=asked_by, note=note))


def above(tier: Tier) -> Tier:
    """Return the tier that decides what a tier asks for: the next one up; the highest asks itself."""
    tiers = (*LADDER, Tier.PROVINCE)
    place = tiers.index(tier) if tier in tiers else 0
    return tiers[min(place + 1, len(tiers) - 1)]


def _add(
    desk: Desk, work: UnitOfWork, asked: AskedSupplies, *, tier: Tier, to_tier: Tier, heard: Heard, at: datetime, follows_id: Id | None = None,
) -> SupplyRequest:
    if asked.occurred_at is not None and asked.occurred_at > at:
        raise OccurredInFuture()
    incident = _open_incident(work, asked.incident_id)
    area_id = asked.area_id or _area_of(desk, incident, tier)
    if asked.site_id is not None:
        work.sites.get(asked.site_id)
    request = work.supply_requests.add(SupplyRequest(
        id=desk.new_id(), number=releasing.next_request(desk, work, at), tier=tier, area_id=area_id, to_tier=to_tier,
        asked_at=asked.occurred_at or at, recorded_at=at, account_id=desk.who, purpose=asked.purpose, incident_id=asked.incident_id,
        site_id=asked.site_id, place=asked.place.strip(), asked_by=asked.asked_by.strip(), phone=asked.phone.strip(), priority=asked.priority,
        needed_by=asked.needed_by, note=asked.note.strip(), follows_id=follows_id,
        is_exercise=desk.is_exercise or (incident is not None and incident.is_exercise), **hearing.as_columns(heard)))
    for line in asked.lines:
        unit, quantity = line.unit, line.quantity
        if line.item_id is not None:
            item = work.supply_items.get(line.item_id)
            unit, quantity = item.unit, item.in_units(line.quantity, line.unit)
        work.request_lines.add(RequestLine(id=desk.new_id(), request_id=request.id, quantity=quantity, item_id=line.item_id,
                                           capability=line.capability.strip(), unit=unit, note=line.note.strip()))
    _tell(desk, work, request, "supplies_asked" if follows_id is None else "supplies_passed_up", at=at, heard=heard)
    return request


def _open_incident(work: UnitOfWork, incident_id: Id | None) -> Incident | None:
    incident = work.incidents.get(incident_id) if incident_id is not None else None
    if incident is not None and not incident.is_open:
        raise IncidentIsClosed(number=incident.number)
    return incident


def _area_of(desk: Desk, incident: Incident | None, tier: Tier) -> Id:
    area = desk.tree.at_tier(incident.area_id, tier) if incident is not None else None
    return area.id if area is not None else desk.area_id


# -- deciding ---------------------------------------------------------------------------------------------------------
def decide(
    desk: Desk, *, request_id: Id, decisions: Sequence[LineDecision], decided_by: str, heard: Heard = NOT_HEARD,
    occurred_at: datetime | None = None, version: int | None = None,
) -> Done[Decided]:
    """Decide lines of a request: granted from this tier's own, passed up, refused. What is passed up becomes a request of its own.

    Raises DecidedTooMuch, OwnStockFirst, ReasonMissing, FieldMissing, NotOwnTier, RequestNotOpen, Stale.
    """
    desk.may(Act.DECIDE_SUPPLIES)
    if not decided_by.strip():
        raise FieldMissing(name="decided_by")
    at = desk.now()
    with desk.open_work() as work:
        request = requests.require_open(work.supply_requests.get(request_id))
        hearing.acting_tier(desk, request.to_tier, heard)
        request = request if version is None else replace(request, version=version)
        lines = {line.id: line for line in releasing.lines_of(work, request_id)}
        chosen = [_checked(desk, work, request, lines, one) for one in decisions if one.total]
        if not chosen:
            raise FieldMissing(name="quantity")
        upward = _pass_up(desk, work, request, lines, chosen, asked_by=decided_by, at=at)
        for one in chosen:
            for kind, quantity in ((DecisionOn.GRANTED, one.grant), (DecisionOn.PASSED_UP, one.pass_up), (DecisionOn.REFUSED, one.refuse)):
                if quantity:
                    _append(desk, work, request, one.line_id, kind, quantity, at=at, occurred_at=occurred_at, decided_by=decided_by,
                            reason=one.reason, upward=upward if kind is DecisionOn.PASSED_UP else None, heard=heard)
        _tell(desk, work, request, "supplies_decided", at=at, heard=heard, decided_by=decided_by)
        request = _followed(work, request)
        return Done(Decided(request, upward), work.commit("decide_supplies", request=request.number, upward=upward.number if upward else ""))


def _checked(desk: Desk, work: UnitOfWork, request: SupplyRequest, lines: dict[Id, RequestLine], one: LineDecision) -> LineDecision:
    if one.line_id not in lines:
        raise NotFound(kind="supply_request_lines", key=one.line_id)
    line = lines[one.line_id]
    what = what_of(work, line)
    requests.check_decision(one, undecided=releasing.line_amounts(work, line).undecided, what=what)
    if one.pass_up and line.item_id is not None and not one.reason.strip() and request.to_tier is desk.tier:
        own = own_available(desk, work, line.item_id) - one.grant
        if own > 0:
            raise OwnStockFirst(item=what, there=own)
    return one


def own_available(desk: Desk, work: UnitOfWork, item_id: Id) -> int:
    """Return how much of an item is available in the depots of this desk's area."""
    good_after = rules_of(desk, work).last_expired(local_day(desk.now()))
    there = work.balances.available([item_id], good_after)
    return sum(amount for (_item, site_id), amount in there.items() if _is_own(desk, work, site_id))


def _is_own(desk: Desk, work: UnitOfWork, site_id: Id) -> bool:
    area_id = work.sites.get(site_id).area_id
    return area_id is not None and desk.tree.is_within(area_id, desk.area_id)


def _pass_up(
    desk: Desk, work: UnitOfWork, request: SupplyRequest, lines: dict[Id, RequestLine], chosen: Iterable[LineDecision], *, asked_by: str,
    at: datetime,
) -> SupplyRequest | None:
    rest = tuple(AskedLine(quantity=one.pass_up, item_id=lines[one.line_id].item_id, capability=lines[one.line_id].capability,
                           unit=lines[one.line_id].unit, note=lines[one.line_id].note) for one in chosen if one.pass_up)
    if not rest:
        return None
    asked = AskedSupplies(lines=rest, purpose=request.purpose, incident_id=request.incident_id, site_id=request.site_id, place=request.place,
                          asked_by=asked_by, phone=request.phone, priority=request.priority, needed_by=request.needed_by)
    return _add(desk, work, asked, tier=request.to_tier, to_tier=above(request.to_tier), heard=NOT_HEARD, at=at, follows_id=request.id)


def _append(
    desk: Desk, work: UnitOfWork, request: SupplyRequest, line_id: Id, kind: DecisionOn, quantity: int, *, at: datetime,
    occurred_at: datetime | None = None, decided_by: str = "", reason: str = "", upward: SupplyRequest | None = None, heard: Heard = NOT_HEARD,
) -> None:
    work.supply_decisions.add(RequestDecision(
        id=desk.new_id(), request_id=request.id, line_id=line_id, kind=kind, quantity=quantity, occurred_at=occurred_at or at, recorded_at=at,
        account_id=desk.who, decided_by=decided_by.strip(), reason=reason.strip(), upward_id=upward.id if upward else None,
        **hearing.as_columns(heard)))


# -- what will not come -----------------------------------------------------------------------------------------------
def withdraw(desk: Desk, *, request_id: Id, reason: str) -> Done[SupplyRequest]:
    """Withdraw what is not on its way yet, here and in the request that passes it on. Raises ReasonMissing, RequestNotOpen."""
    desk.may(Act.ASK_SUPPLIES)
    if not reason.strip():
        raise ReasonMissing(act="withdraw_supplies")
    at = desk.now()
    with desk.open_work() as work:
        request = requests.require_open(work.supply_requests.get(request_id))
        _withdraw(desk, work, request, reason, at)
        _tell(desk, work, request, "supplies_withdrawn", at=at, text=reason)
        request = _followed(work, request)
        return Done(request, work.commit("withdraw_supplies", request=request.number))


def _withdraw(desk: Desk, work: UnitOfWork, request: SupplyRequest, reason: str, at: datetime) -> None:
    for line in releasing.lines_of(work, request.id):
        amounts = releasing.line_amounts(work, line)
        for quantity, was in ((amounts.undecided, None), (amounts.to_release, DecisionOn.GRANTED)):
            if quantity and was is not None:
                _append(desk, work, request, line.id, was, -quantity, at=at, reason=reason)
            if quantity:
                _append(desk, work, request, line.id, DecisionOn.WITHDRAWN, quantity, at=at, reason=reason)
    for upward in work.supply_requests.where("WHERE follows_id = ? ORDER BY recorded_at, id", (request.id,)):
        if not upward.state.is_over:
            _withdraw(desk, work, upward, reason, at)
            _followed(work, upward)


def refuse_rest(desk: Desk, *, request_id: Id, reason: str, decided_by: str) -> Done[SupplyRequest]:
    """Say that what was granted and cannot be released any more will not come. Raises ReasonMissing, FieldMissing, RequestNotOpen."""
    desk.may(Act.DECIDE_SUPPLIES)
    if not reason.strip():
        raise ReasonMissing(act="refuse_supplies")
    if not decided_by.strip():
        raise FieldMissing(name="decided_by")
    at = desk.now()
    with desk.open_work() as work:
        request = requests.require_open(work.supply_requests.get(request_id))
        for line in releasing.lines_of(work, request.id):
            rest = releasing.line_amounts(work, line).to_release
            for kind, quantity in ((DecisionOn.GRANTED, -rest), (DecisionOn.REFUSED, rest)):
                if rest:
                    _append(desk, work, request, line.id, kind, quantity, at=at, reason=reason, decided_by=decided_by)
        _tell(desk, work, request, "supplies_rest_refused", at=at, text=reason, decided_by=decided_by)
        request = _followed(work, request)
        return Done(request, work.commit("refuse_rest", request=request.number))


# -- what the acts share ----------------------------------------------------------------------------------------------
def what_of(work: UnitOfWork, line: RequestLine) -> str:
    """Return what a line asks for, in Chinese."""
    return line.capability if line.item_id is None else work.supply_items.get(line.item_id).name


def _followed(work: UnitOfWork, request: SupplyRequest) -> SupplyRequest:
    releasing.follow(work, request.id)
    return work.supply_requests.get(request.id)


def _tell(
    desk: Desk, work: UnitOfWork, request: SupplyRequest, step: str, *, at: datetime, heard: Heard = NOT_HEARD, text: str = "",
    decided_by: str = "",
) -> None:
    if request.incident_id is None:
        return
    lines = releasing.lines_of(work, request.id)
    items, items_en = releasing.told(work, ((line.item_id, line.quantity) for line in lines if line.item_id is not None))
    others = [f"{line.capability} {line.quantity} {line.unit}" for line in lines if not line.item_id]
    words, words_en = "；".join([items, *others] if items else others), "; ".join([items_en, *others] if items_en else others)
    logbook.write(desk, work, Happening.STOCK, at=at, incident_id=request.incident_id, about_id=request.id, text=text.strip(), step=step,
                  document=request.number, items=words, items_en=words_en, tier=request.tier.value, to_tier=request.to_tier.value,
                  person=decided_by.strip(), **hearing.as_values(heard))
