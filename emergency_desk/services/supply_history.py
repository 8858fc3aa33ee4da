"""The whole history of an incident's supplies: what a walk written from its log is made of. Reads only."""

from __future__ import annotations

from dataclasses import dataclass, field

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.giving_out import Distribution
from emergency_desk.domain.ids import Id
from emergency_desk.domain.request_boards import OrderView, RequestView
from emergency_desk.domain.requisitions import Requisition, RequisitionMark
from emergency_desk.domain.sites import Site
from emergency_desk.domain.stock import Lot, Movement, MovementKind, StockAccount
from emergency_desk.domain.supplies import Depot, PromiseDraw, SupplyItem, SupplyPromise
from emergency_desk.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyHistory:
    """In the order of entry."""

    requests: tuple[RequestView, ...] = ()
    orders: tuple[OrderView, ...] = ()
    requisitions: tuple[tuple[Requisition, tuple[RequisitionMark, ...]], ...] = ()
    movements: tuple[Movement, ...] = ()
    handed_out: dict[str, Distribution] = field(default_factory=dict)  # by document
    items: tuple[SupplyItem, ...] = ()
    depots: tuple[tuple[Site, Depot], ...] = ()
    lots: tuple[tuple[Lot, Id, int], ...] = ()  # with the depot it was taken from, and how much in all
    promises: tuple[tuple[SupplyPromise, tuple[PromiseDraw, ...]], ...] = ()

    def site(self, site_id: Id | None) -> str:
        """Return the name of a depot, "" for none."""
        return next((site.name for site, _depot in self.depots if site.id == site_id), "")

    @property
    def settled_by_itself(self) -> frozenset[Id]:
        """The items of the settlement list that a requisition lays and ends."""
        return frozenset(item for one, _marks in self.requisitions for item in (one.return_item_id, one.compensation_item_id) if item)


def supply_history(desk: Desk, *, incident_id: Id) -> SupplyHistory:
    """Return it. Raises NotFound, RoleMissing."""
    desk.may(Act.READ)
    one = (incident_id,)
    with desk.reading() as reading:
        reading.incidents.get(incident_id)
        requests = tuple(reading.request_view(each) for each in reading.supply_requests.where("WHERE incident_id = ? ORDER BY number", one))
        orders = tuple(reading.order_view(each) for each in reading.release_orders.where("WHERE incident_id = ? ORDER BY number", one))
        requisitions = tuple((each, tuple(reading.requisition_steps.where("WHERE requisition_id = ? ORDER BY seq", (each.id,))))
                             for each in reading.requisitions.where("WHERE incident_id = ? ORDER BY number", one))
        movements = tuple(reading.movements.where("WHERE incident_id = ? ORDER BY seq", one))
        draws = reading.promise_draws.where("WHERE incident_id = ? ORDER BY seq", one)
        promises = tuple((reading.supply_promises.get(id_), tuple(each for each in draws if each.promise_id == id_))
                         for id_ in dict.fromkeys(each.promise_id for each in draws))
        taken: dict[tuple[Id, Id], int] = {}
        for each in movements:
            if each.from_account is StockAccount.FREE and each.kind is not MovementKind.RELOCATE and each.reverses_id is None:
                key = (each.lot_id, reading.stock_places.get(each.from_place).site_id)
                taken[key] = taken.get(key, 0) + each.quantity
        sites = dict.fromkeys([*(site for _lot, site in taken), *(view.order.site_id for view in orders),
                               *(id_ for view in orders if (id_ := view.order.to_site_id)),
                               *(id_ for view in requests if (id_ := view.request.site_id))])
        named = [line.line.item_id for view in requests for line in view.lines if line.line.item_id]
        items = dict.fromkeys([*(each.item_id for each in movements), *named, *(promise.item_id for promise, _draws in promises)])
        known = {depot.id: depot for depot in reading.depots.where("")}
        return SupplyHistory(
            requests=requests, orders=orders, requisitions=requisitions, movements=movements, promises=promises,
            handed_out={each.document: each for each in reading.distributions.where("WHERE incident_id = ? ORDER BY seq", one)},
            items=tuple(reading.supply_items.get_many(items)), lots=tuple((reading.lots.get(lot), site, count)
                                                                          for (lot, site), count in taken.items()),
            depots=tuple((reading.sites.get(id_), known[id_]) for id_ in sites if id_ in known))
