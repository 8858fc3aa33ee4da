"""What a stock-taking asks of the books: what stands in a depot, what of it is being counted already, and what moved since a moment."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock_counts import Moved
from emergency_desk.store.codec import moment_from_column

_END = 1 << 62
_INSIDE = "('free', 'reserved', 'quarantined')"
_STANDS = """SELECT b.lot_id, b.place_id, b.item_id, b.on_hand FROM stock_balances b
JOIN stock_places p ON p.id = b.place_id JOIN supply_items i ON i.id = b.item_id JOIN lots l ON l.id = b.lot_id
WHERE b.stands = 1 AND b.site_id = :site AND (:all_zones OR p.zone IN (SELECT value FROM json_each(:zones)))
  AND (:all_items OR b.item_id IN (SELECT value FROM json_each(:items)))
ORDER BY p.zone, p.bin, i.name, b.expires_on, l.number, b.lot_id"""
_COUNTED = """SELECT c.number, c.id FROM stock_count_lines n JOIN stock_counts c ON c.id = n.count_id
WHERE c.state = 'count_open' AND n.lot_id = ? AND n.place_id = ? LIMIT 1"""
_OVERLAP = """SELECT c.number FROM stock_counts c JOIN stock_count_lines n ON n.count_id = c.id
WHERE c.state = 'count_open' AND c.site_id = ? AND (n.lot_id || ' ' || n.place_id) IN (SELECT value FROM json_each(?)) LIMIT 1"""
# A taking back stands at the moment of what it took back, so that both leave every moment as it was. What corrects the books (account
# "count") is no movement of goods and changes no moment; only what came off a lorry beyond its order (it bears the
# order) did come. Each side of a movement that lies in a depot is one change of what stands there.
_MOVED = f"""WITH since AS (
  SELECT m.lot_id, m.from_account, m.from_place, m.to_account, m.to_place, m.quantity, coalesce(o.occurred_at, m.occurred_at) AS at,
    coalesce(o.seq, m.seq) AS seq
  FROM stock_movements m LEFT JOIN stock_movements o ON o.id = m.reverses_id
  WHERE m.seq > ? AND m.seq <= ? AND m.is_exercise = 0
    AND (m.order_id IS NOT NULL OR m.from_account <> 'count' AND m.to_account <> 'count'))
SELECT s.lot_id, s.from_place, -s.quantity, s.at, s.seq FROM since s JOIN stock_count_lines n ON n.count_id = ?
  AND n.lot_id = s.lot_id AND n.place_id = s.from_place WHERE s.from_account IN {_INSIDE}
UNION ALL
SELECT s.lot_id, s.to_place, s.quantity, s.at, s.seq FROM since s JOIN stock_count_lines n ON n.count_id = ?
  AND n.lot_id = s.lot_id AND n.place_id = s.to_place WHERE s.to_account IN {_INSIDE}"""
_ON_HAND = """SELECT n.lot_id, n.place_id, coalesce(b.on_hand, 0) FROM stock_count_lines n
LEFT JOIN stock_balances b ON b.lot_id = n.lot_id AND b.place_id = n.place_id WHERE n.count_id = ?"""
_SINCE = f"""WITH since AS (SELECT * FROM stock_movements WHERE seq > ? AND is_exercise = 0)
SELECT s.lot_id, s.from_place, -s.quantity FROM since s JOIN stock_count_lines n ON n.count_id = ?
  AND n.lot_id = s.lot_id AND n.place_id = s.from_place WHERE s.from_account IN {_INSIDE}
UNION ALL
SELECT s.lot_id, s.to_place, s.quantity FROM since s JOIN stock_count_lines n ON n.count_id = ?
  AND n.lot_id = s.lot_id AND n.place_id = s.to_place WHERE s.to_account IN {_INSIDE}"""
_NAMES = """SELECT n.id, i.name, i.name_en, i.specification, i.unit, l.number, coalesce(l.expires_on, ''), p.zone, p.bin, l.price_fen
FROM stock_count_lines n JOIN supply_items i ON i.id = n.item_id JOIN lots l ON l.id = n.lot_id JOIN stock_places p ON p.id = n.place_id
WHERE n.count_id = ?"""


class Standing(NamedTuple):
    """So much of a lot stands at a place."""

    lot_id: Id
    place_id: Id
    item_id: Id
    on_hand: int


class CountBooks:
    """What the books say to a count, over one open connection."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def last_seq(self) -> int:
        """Return the place of the last movement in the books."""
        return int(self._connection.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM stock_movements").scalar_one())

    def standing(self, site_id: Id, *, zones: Sequence[str], items: Sequence[Id]) -> list[Standing]:
        """Return what stands in a depot, whole or in some zones and of some items, in the order somebody walks by."""
        values = {"site": site_id, "all_zones": not zones, "zones": json.dumps(list(zones)), "all_items": not items,
                  "items": json.dumps(list(items))}
        return list(map(Standing._make, self._connection.exec_driver_sql(_STANDS, values)))

    def count_of(self, lot_id: Id, place_id: Id) -> tuple[str, Id] | None:
        """Return number and id of the open count a lot at a place belongs to."""
        row = self._connection.exec_driver_sql(_COUNTED, (lot_id, place_id)).first()
        return None if row is None else (row[0], Id(row[1]))

    def overlapping(self, site_id: Id, some: Sequence[Standing]) -> str:
        """Return the number of an open count that has one of some lots at its place, "" when none has."""
        keys = json.dumps([f"{one.lot_id} {one.place_id}" for one in some])
        row = self._connection.exec_driver_sql(_OVERLAP, (site_id, keys)).first()
        return "" if row is None else str(row[0])

    def counted(self, count_id: Id) -> int:
        """Return how many lines of a count somebody has counted."""
        sql = "SELECT count(DISTINCT line_id) FROM stock_tallies WHERE count_id = ?"
        return int(self._connection.exec_driver_sql(sql, (count_id,)).scalar_one())

    def moved_since(self, seq: int, count_id: Id, *, until: int | None = None) -> list[Moved]:
        """Return what moved of the lots of a count at their places, after a place in the books (and up to another)."""
        rows = self._connection.exec_driver_sql(_MOVED, (seq, _END if until is None else until, count_id, count_id))
        return [Moved(lot, place, change, moment_from_column(at), moved) for lot, place, change, at, moved in rows]  # type: ignore[arg-type]

    def on_hand(self, count_id: Id, *, until: int | None = None) -> dict[tuple[Id, Id], int]:
        """Return what the books say by lot and place: now, or as they were after a place in the books."""
        found = {(Id(lot), Id(place)): there for lot, place, there in self._connection.exec_driver_sql(_ON_HAND, (count_id,))}
        for lot, place, change in self._connection.exec_driver_sql(_SINCE, (until, count_id, count_id)) if until is not None else ():
            found[Id(lot), Id(place)] -= change
        return found

    def names(self, count_id: Id) -> dict[Id, tuple[Any, ...]]:
        """Return by line: item (zh, en), specification, unit, lot number, day of expiry, zone, bin, price."""
        return {Id(row[0]): tuple(row[1:]) for row in self._connection.exec_driver_sql(_NAMES, (count_id,))}
