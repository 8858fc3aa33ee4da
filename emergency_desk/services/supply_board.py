"""What is asked, on its way and received: the board of requests, one request or order whole, what an incident has and lacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.release_orders import ReleaseState
from emergency_desk.domain.request_boards import IncidentItem, OrderView, RequestView, SupplyBoard
from emergency_desk.domain.stock import ClaimKind
from emergency_desk.domain.supply_requests import OVER
from emergency_desk.domain.texts import Text
from emergency_desk.services.desk import Desk
from emergency_desk.services.steps.stocking import rules_of

if TYPE_CHECKING:
    from emergency_desk.store.readings.reading import Reading

MOST = 500
_ENDED = ", ".join(f"'{state}'" for state in OVER)
_SENT = ", ".join(f"'{state.value}'" for state in ReleaseState if state.is_over)
_PRESSING = "CASE priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 ELSE 2 END, needed_by IS NULL, needed_by, recorded_at, id"


def supply_board(desk: Desk, *, incident_id: Id | None = None, with_ended: bool = False, limit: int = MOST) -> SupplyBoard:
    """Return requests and orders, the most pressing first; of one incident all of them, else those that are not over."""
    desk.may(Act.READ)
    at = desk.now()
    with desk.reading() as reading:
        of_one, values = ("incident_id = ?", (incident_id,)) if incident_id else ("1", ())
        open_only = "" if incident_id or with_ended else f" AND state NOT IN ({_ENDED})"
        requests = [_with_own(desk, reading, reading.request_view(one)) for one in reading.supply_requests.where(
            f"WHERE {of_one}{open_only} ORDER BY state IN ({_ENDED}), {_PRESSING} LIMIT {int(limit)}", values)]
        sent = "" if incident_id or with_ended else f" AND state NOT IN ({_SENT})"
        orders = [reading.order_view(one) for one in reading.release_orders.where(
            f"WHERE {of_one}{sent} ORDER BY state IN ({_SENT}), expected_at IS NULL, expected_at, recorded_at, id LIMIT {int(limit)}", values)]
        owed = "" if incident_id or with_ended else " AND state <> 'requisition_settled'"
        requisitions = reading.requisitions.where(
            f"WHERE {of_one}{owed} ORDER BY paper_due_at IS NULL, paper_due_at, recorded_at LIMIT {int(limit)}", values)
        marks = {one.id: tuple(reading.requisition_steps.where("WHERE requisition_id = ? ORDER BY seq", (one.id,))) for one in requisitions}
        items = tuple(_items(reading, incident_id, requests, orders)) if incident_id else ()
    return SupplyBoard(read_at=at, requests=tuple(requests), orders=tuple(orders), requisitions=tuple(requisitions),
                       requisition_marks=marks, items=items)


def request_view(desk: Desk, *, request_id: Id) -> RequestView:
    """Return a request whole. Raises NotFound."""
    with desk.reading() as reading:
        return _with_own(desk, reading, reading.request_view(reading.supply_requests.get(request_id)))


def order_view(desk: Desk, *, order_id: Id) -> OrderView:
    """Return a release order whole. Raises NotFound."""
    with desk.reading() as reading:
        return reading.order_view(reading.release_orders.get(order_id))


def depots_with(desk: Desk, *, item_id: Id) -> list[tuple[Id, Text, int]]:
    """Return the depots that have some of an item, those of this desk's area first, then the most."""
    with desk.reading() as reading:
        there = reading.balances.available([item_id], rules_of(desk, reading).last_expired(local_day(desk.now())))
        sites = [(reading.sites.get(site_id), amount) for (_item, site_id), amount in there.items() if amount]
    own = {site.id for site, _amount in sites if site.area_id is not None and desk.tree.is_within(site.area_id, desk.area_id)}
    return [(site.id, Text(site.name, site.name_en), amount)
            for site, amount in sorted(sites, key=lambda one: (one[0].id not in own, -one[1], one[0].name))]


def _with_own(desk: Desk, reading: Reading, view: RequestView) -> RequestView:
    """Say beside each line that waits for a decision or a release how much this desk's own depots have."""
    items = [line.line.item_id for line in view.lines if line.line.item_id and (line.amounts.undecided or line.amounts.to_release)]
    if not items:
        return view
    there = reading.balances.available(items, rules_of(desk, reading).last_expired(local_day(desk.now())))
    own: dict[Id, int] = {}
    for (item_id, site_id), amount in there.items():
        area_id = reading.sites.get(site_id).area_id
        if area_id is not None and desk.tree.is_within(area_id, desk.area_id):
            own[item_id] = own.get(item_id, 0) + amount
    return replace(view, lines=tuple(replace(line, own=own.get(line.line.item_id, 0)) if line.line.item_id else line for line in view.lines))


def _items(reading: Reading, incident_id: Id | None, requests: Iterable[RequestView], orders: Iterable[OrderView]) -> Iterable[IncidentItem]:
    """Add up by item: asked in requests that pass nothing on for another, on the way and received by orders, in use by the ledger."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    names: dict[tuple[str, str], tuple[Text, str]] = {}

    def add(name: Text, unit: str, **amounts: int) -> None:
        key = (name.zh, unit)
        names.setdefault(key, (name, unit))
        into = found.setdefault(key, {})
        for each, amount in amounts.items():
            into[each] = into.get(each, 0) + amount

    for view in requests:
        if view.request.follows_id is None:
            for line in view.lines:
                add(line.name, line.unit, asked=line.amounts.asked - line.amounts.withdrawn, unmet=line.amounts.unmet)
    for order in orders:
        for lot in order.lots:
            add(lot.name, lot.unit, ordered=lot.amounts.reserved, on_the_way=lot.amounts.in_transit, received=lot.amounts.good + lot.amounts.over)
    for claim in reading.balances.claims_for(incident_id or ""):
        if claim.kind is ClaimKind.IN_USE:
            item = reading.supply_items.get(reading.lots.get(claim.lot_id).item_id)
            add(Text(item.name, item.name_en), item.unit, in_use=claim.quantity)
    return [IncidentItem(*names[key], **amounts) for key, amounts in found.items()]  # type: ignore[arg-type]
