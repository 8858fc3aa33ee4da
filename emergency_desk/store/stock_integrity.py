"""Adds every movement of stock up again and compares: balances, claims, and that what was taken back was taken back whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from emergency_desk.domain.integrity import Difference
from emergency_desk.domain.stock import NEVER
from emergency_desk.store.repositories.item_pictures import wrong_pictures
from emergency_desk.store.repositories.stock_balances import ADDED_CLAIMS, ADDED_STOCK

if TYPE_CHECKING:
    from emergency_desk.store.repositories.shapes import Repositories

_ADDED_UP = f"""WITH {ADDED_STOCK}
SELECT a.lot_id, a.place, a.free, a.reserved, a.quarantined, b.free, b.reserved, b.quarantined FROM added a
LEFT JOIN stock_balances b ON b.lot_id = a.lot_id AND b.place_id = a.place
WHERE b.free IS NOT a.free OR b.reserved IS NOT a.reserved OR b.quarantined IS NOT a.quarantined
UNION ALL
SELECT b.lot_id, b.place_id, NULL, NULL, NULL, b.free, b.reserved, b.quarantined FROM stock_balances b
WHERE NOT EXISTS (SELECT 1 FROM added a WHERE a.lot_id = b.lot_id AND a.place = b.place_id)"""
_FITS = f"""
SELECT b.lot_id, b.place_id, b.item_id, b.site_id, b.expires_on FROM stock_balances b LEFT JOIN lots l ON l.id = b.lot_id
LEFT JOIN stock_places p ON p.id = b.place_id
WHERE l.item_id IS NOT b.item_id OR p.site_id IS NOT b.site_id OR coalesce(l.expires_on, '{NEVER}') <> b.expires_on"""
_CLAIMS = f"""WITH {ADDED_CLAIMS}
SELECT a.lot_id, a.kind, a.place, a.claim, a.quantity, c.quantity FROM added a LEFT JOIN stock_claims c
ON c.lot_id = a.lot_id AND c.kind = a.kind AND c.place_id = a.place AND c.claim = a.claim WHERE c.quantity IS NOT a.quantity
UNION ALL
SELECT c.lot_id, c.kind, c.place_id, c.claim, NULL, c.quantity FROM stock_claims c WHERE NOT EXISTS (
  SELECT 1 FROM added a WHERE a.lot_id = c.lot_id AND a.kind = c.kind AND a.place = c.place_id AND a.claim = c.claim)"""
_REVERSALS = """
SELECT r.id, o.id FROM stock_movements r LEFT JOIN stock_movements o ON o.id = r.reverses_id
WHERE r.reverses_id IS NOT NULL AND (o.id IS NULL OR o.reverses_id IS NOT NULL OR o.lot_id <> r.lot_id OR o.quantity <> r.quantity
  OR o.from_account <> r.to_account OR o.to_account <> r.from_account OR o.from_place <> r.to_place OR o.to_place <> r.from_place)"""
_NOTHING = "SELECT id, quantity FROM stock_movements WHERE quantity <= 0"
_OVERDRAWN = """SELECT p.id, p.quantity, sum(d.quantity) AS drawn FROM supply_promises p JOIN promise_draws d ON d.promise_id = p.id
WHERE d.is_exercise = 0 GROUP BY p.id HAVING drawn < 0"""


def check_stock(connection: Any, _reading: Repositories) -> Iterator[Difference]:
    """Yield what does not follow from the movements."""
    for lot, place, *amounts in connection.exec_driver_sql(_ADDED_UP):
        yield Difference(what="balance", where=f"stock_balances {lot} {place}", expected=str(amounts[:3]), found=str(amounts[3:]))
    for lot, place, *found in connection.exec_driver_sql(_FITS):
        yield Difference(what="balance_of", where=f"stock_balances {lot} {place}", expected="item, depot and date of its lot", found=str(found))
    for lot, kind, place, claim, expected, found in connection.exec_driver_sql(_CLAIMS):
        yield Difference(what="claim", where=f"stock_claims {lot} {kind} {place} {claim}".strip(), expected=str(expected), found=str(found))
    for reverse, original in connection.exec_driver_sql(_REVERSALS):
        yield Difference(what="reversal", where=f"stock_movements {reverse}", expected="the mirror of a movement", found=str(original))
    for movement, quantity in connection.exec_driver_sql(_NOTHING):
        yield Difference(what="movement", where=f"stock_movements {movement}", expected="more than nothing", found=str(quantity))
    for photo, expected, found in wrong_pictures(connection):
        yield Difference(what="picture", where=f"item_pictures {photo}", expected=expected, found=found)
    for promise, _quantity, drawn in connection.exec_driver_sql(_OVERDRAWN):
        yield Difference(what="draw", where=f"supply_promises {promise}", expected="nothing given back that was not drawn", found=str(drawn))
