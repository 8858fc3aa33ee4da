"""Adds every movement of stock up again and compares: balances, claims, and that what was taken back was taken back whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from emergency_desk.domain.integrity import Difference

if TYPE_CHECKING:
    from emergency_desk.store.repositories.shapes import Repositories

# Double entry in one statement each: what every account of every lot gave and took. An exercise changes no stock of a depot.
_ADDED_UP = """
WITH entries AS (
  SELECT lot_id, from_place AS place, from_account AS account, -quantity AS change FROM stock_movements WHERE is_exercise = 0
  UNION ALL SELECT lot_id, to_place, to_account, quantity FROM stock_movements WHERE is_exercise = 0),
added AS (
  SELECT lot_id, place, sum(CASE WHEN account = 'free' THEN change ELSE 0 END) AS free,
    sum(CASE WHEN account = 'reserved' THEN change ELSE 0 END) AS reserved,
    sum(CASE WHEN account = 'quarantined' THEN change ELSE 0 END) AS quarantined
  FROM entries WHERE account IN ('free', 'reserved', 'quarantined') GROUP BY lot_id, place)
SELECT a.lot_id, a.place, a.free, a.reserved, a.quarantined, b.free, b.reserved, b.quarantined FROM added a
LEFT JOIN stock_balances b ON b.lot_id = a.lot_id AND b.place_id = a.place
WHERE b.free IS NOT a.free OR b.reserved IS NOT a.reserved OR b.quarantined IS NOT a.quarantined
UNION ALL
SELECT b.lot_id, b.place_id, NULL, NULL, NULL, b.free, b.reserved, b.quarantined FROM stock_balances b
WHERE NOT EXISTS (SELECT 1 FROM added a WHERE a.lot_id = b.lot_id AND a.place = b.place_id)"""
_FITS = """
SELECT b.lot_id, b.place_id, b.item_id, b.site_id, b.expires_on FROM stock_balances b LEFT JOIN lots l ON l.id = b.lot_id
LEFT JOIN stock_places p ON p.id = b.place_id
WHERE l.item_id IS NOT b.item_id OR p.site_id IS NOT b.site_id OR coalesce(l.expires_on, '9999-12-31') <> b.expires_on"""
_CLAIMS = """
WITH entries AS (
  SELECT lot_id, CASE from_account WHEN 'in_use' THEN 'claim_in_use' ELSE 'claim_reserved' END AS kind,
    from_place AS place, coalesce(incident_id, '') AS claim, -quantity AS change FROM stock_movements
  WHERE from_account = 'in_use' OR from_account = 'reserved' AND is_exercise = 0
  UNION ALL
  SELECT lot_id, CASE to_account WHEN 'in_use' THEN 'claim_in_use' ELSE 'claim_reserved' END,
    to_place, coalesce(incident_id, ''), quantity FROM stock_movements
  WHERE to_account = 'in_use' OR to_account = 'reserved' AND is_exercise = 0),
added AS (SELECT lot_id, kind, place, claim, sum(change) AS quantity FROM entries GROUP BY lot_id, kind, place, claim)
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
    for promise, _quantity, drawn in connection.exec_driver_sql(_OVERDRAWN):
        yield Difference(what="draw", where=f"supply_promises {promise}", expected="nothing given back that was not drawn", found=str(drawn))
