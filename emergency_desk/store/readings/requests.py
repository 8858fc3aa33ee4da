"""The SELECTs of requests, release orders and gifts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from emergency_desk.domain import release_orders as orders
from emergency_desk.domain.giving_out import Distribution, GiftLine, HandedOut
from emergency_desk.domain.ids import Id
from emergency_desk.domain.release_orders import LotAmounts, ReleaseOrder
from emergency_desk.domain.request_boards import OrderLotView, OrderView, RequestLineView, RequestView
from emergency_desk.domain.stock import StockAccount
from emergency_desk.domain.supply_requests import RequestLine, SupplyRequest
from emergency_desk.domain.texts import Text
from emergency_desk.store.repositories.shapes import Repositories
from emergency_desk.store.repositories.supply_flow import leg_views, line_amounts, lines_of, movements_of

_GIFTS = """SELECT l.id, i.id, l.number, i.name, i.name_en, i.unit, l.supplier, l.received_on, m.from_account, m.to_account, sum(m.quantity)
FROM lots l JOIN supply_items i ON i.id = l.item_id JOIN stock_movements m ON m.lot_id = l.id AND m.is_exercise = 0
WHERE l.source = 'donation' GROUP BY l.id, m.from_account, m.to_account ORDER BY l.received_on DESC, l.id"""
_TAKEN_BACK = """SELECT DISTINCT d.document FROM distributions d JOIN stock_movements m ON m.document = d.document
JOIN stock_movements r ON r.reverses_id = m.id"""
_ON_HAND = (StockAccount.FREE, StockAccount.RESERVED, StockAccount.QUARANTINED)


class RequestReading(Repositories):
    """What the screens of requests ask."""

    def request_view(self, request: SupplyRequest) -> RequestView:
        """Return a request with its lines and words."""
        upward = self.supply_requests.where("WHERE follows_id = ? ORDER BY number", (request.id,))
        incident = self.incidents.get(request.incident_id) if request.incident_id else None
        area = self.areas.get(request.area_id)
        site = self.sites.get(request.site_id) if request.site_id else None
        return RequestView(
            request=request, lines=tuple(self._line(line) for line in lines_of(self, request.id)),
            decisions=tuple(self.supply_decisions.where("WHERE request_id = ? ORDER BY seq", (request.id,))), area=Text(area.name, area.name_en),
            to=Text(site.name, site.name_en) if site else Text(request.place), incident_number=incident.number if incident else "",
            incident_title=incident.title if incident else "", upward_numbers=tuple(one.number for one in upward),
            follows_number=self.supply_requests.get(request.follows_id).number if request.follows_id else "")

    def _line(self, line: RequestLine) -> RequestLineView:
        amounts = line_amounts(self, line)
        if line.item_id is None:
            return RequestLineView(line, Text(line.capability), line.unit, amounts)
        item = self.supply_items.get(line.item_id)
        return RequestLineView(line, Text(item.name, item.name_en), item.unit, amounts)

    def order_view(self, order: ReleaseOrder) -> OrderView:
        """Return a release order with its lots and words."""
        amounts = orders.amounts_by_lot(movements_of(self, order.id))
        site, depot = self.sites.get(order.site_id), self.depots.get(order.site_id)
        to = self.sites.get(order.to_site_id) if order.to_site_id else None
        incident = self.incidents.get(order.incident_id) if order.incident_id else None
        return OrderView(
            order=order, lots=tuple(self._lots(order, amounts)),
            marks=tuple(self.release_steps.where("WHERE order_id = ? ORDER BY seq", (order.id,))), legs=leg_views(self, order),
            depot=Text(site.name, site.name_en),
            depot_phone=depot.phone, keeper=depot.keeper,
            to=Text(to.name, to.name_en) if to else Text(order.place or (incident.address if incident else "")),
            incident_number=incident.number if incident else "", incident_title=incident.title if incident else "",
            request_number=self.supply_requests.get(order.request_id).number if order.request_id else "")

    def _lots(self, order: ReleaseOrder, amounts: dict[Id, LotAmounts]) -> list[OrderLotView]:
        lines = self.release_lines.where("WHERE order_id = ? ORDER BY seq", (order.id,))
        found = []
        for lot_id in dict.fromkeys([*(line.lot_id for line in lines), *amounts]):
            lot = self.lots.get(lot_id)
            item = self.supply_items.get(lot.item_id)
            own = [line for line in lines if line.lot_id == lot_id]
            places = [self.stock_places.get(line.place_id).words for line in own]
            found.append(OrderLotView(
                lot_id=lot.id, number=lot.number, item_id=item.id, name=Text(item.name, item.name_en), specification=item.specification,
                unit=item.unit, bins=", ".join(dict.fromkeys(place for place in places if place)),
                expires_on=lot.expires_on.isoformat() if lot.expires_on else "", ordered=sum(line.quantity for line in own),
                amounts=amounts.get(lot_id, LotAmounts())))
        return sorted(found, key=lambda one: (one.bins, one.name.zh, one.expires_on or "9", one.number))

    def handed_out(self, distributions: Sequence[Distribution]) -> list[HandedOut]:
        """Return what was handed to people with its words, and whether its document was taken back."""
        items = {one.id: one for one in self.supply_items.get_many({each.item_id for each in distributions})}
        running = {one.id: one for one in self.incidents.get_many({each.incident_id for each in distributions if each.incident_id})}
        gone = {document for (document,) in self._connection.exec_driver_sql(_TAKEN_BACK)} if distributions else set()
        found = []
        for one in distributions:
            item, incident = items[one.item_id], running.get(one.incident_id or Id(""))
            found.append(HandedOut(
                distribution=one, item=Text(item.name, item.name_en), unit=item.unit, incident_number=incident.number if incident else "",
                incident_title=incident.title if incident else "", is_taken_back=one.document in gone))
        return found

    def gifts(self) -> list[GiftLine]:
        """Return every gift with where it went, the newest first; a movement taken back counts the other way by itself."""
        heads: dict[str, tuple[str, ...]] = {}
        flows: dict[str, dict[str, int]] = {}
        for lot, item_id, number, item, item_en, unit, donor, received_on, start, end, quantity in self._connection.exec_driver_sql(_GIFTS):
            heads[lot] = (item_id, number, item, item_en, unit, donor, received_on)
            balance = flows.setdefault(lot, {})
            balance[start] = balance.get(start, 0) - quantity
            balance[end] = balance.get(end, 0) + quantity
        return [_gift(Id(lot), heads[lot], balance) for lot, balance in flows.items()]


def _gift(lot_id: Id, head: tuple[str, ...], balance: dict[str, int]) -> GiftLine:
    item_id, number, item, item_en, unit, donor, received_on = head
    came = -balance.get(StockAccount.DONOR, 0) - balance.get(StockAccount.BEFORE, 0)
    on_hand = sum(balance.get(account, 0) for account in _ON_HAND)
    known = {name: balance.get(account, 0) for name, account in (
        ("on_the_way", StockAccount.IN_TRANSIT), ("in_use", StockAccount.IN_USE), ("distributed", StockAccount.PEOPLE),
        ("consumed", StockAccount.CONSUMED))}
    return GiftLine(lot_id=lot_id, item_id=Id(item_id), number=number, item=item, item_en=item_en, unit=unit, donor=donor,
                    received_on=date.fromisoformat(received_on), received=came, on_hand=on_hand,
                    elsewhere=came - on_hand - sum(known.values()), **known)
