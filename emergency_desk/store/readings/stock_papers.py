"""The SELECTs behind the papers of stock: what stands where, the lots that expire, the ledger of a span of time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock import NEVER
from emergency_desk.domain.stock_boards import LedgerLine, ShelfLot, ShelfSum
from emergency_desk.store.codec import moment_to_column
from emergency_desk.store.readings.stock import SITES_BELOW
from emergency_desk.store.repositories.shapes import MOVEMENTS, Repositories

_SUMS = """SELECT b.item_id, b.site_id, sum(b.free), sum(b.reserved), sum(b.quarantined),
    sum(CASE WHEN b.expires_on <= ? THEN b.free ELSE 0 END), sum(b.on_hand * coalesce(l.price_fen, 0)),
    sum(CASE WHEN l.price_fen IS NULL THEN 1 ELSE 0 END)
FROM stock_balances b CROSS JOIN lots l ON l.id = b.lot_id """
_LOTS = """SELECT b.item_id, b.site_id, p.zone, p.bin, l.number, b.expires_on, coalesce(l.produced_on, ''), l.received_on, l.source,
    l.inspection, l.supplier, l.price_fen, b.free, b.reserved, b.quarantined
FROM stock_balances b CROSS JOIN lots l ON l.id = b.lot_id CROSS JOIN stock_places p ON p.id = b.place_id """
# A lot is to be swapped when this part of its life is left; its life begins when it was made, or came in where nobody knows.
_ROTATES = (f"b.expires_on <> '{NEVER}' AND julianday(b.expires_on) - (julianday(b.expires_on) - "
            "julianday(coalesce(l.produced_on, l.received_on))) * ? <= julianday(?)")
_MOVES = ", ".join(f'm."{name}"' for name in MOVEMENTS.codec.names)
_LEDGER = f"""SELECT {_MOVES}, l.number, coalesce(f.site_id, ''), coalesce(t.site_id, ''), coalesce(n.number, ''), a.display_name,
    a.display_name_en
FROM stock_movements m JOIN lots l ON l.id = m.lot_id JOIN accounts a ON a.id = m.account_id
LEFT JOIN stock_places f ON f.id = m.from_place LEFT JOIN stock_places t ON t.id = m.to_place LEFT JOIN incidents n ON n.id = m.incident_id """


class StockPaperReading(Repositories):
    """What the papers of stock ask."""

    def sums_on_shelves(
        self, *, last_expired: date, area_id: Id | None = None, site_id: Id | None = None, item_id: Id | None = None,
    ) -> list[ShelfSum]:
        """Return what there is of every item in every depot of an area (or of one depot), with what it cost."""
        where, values = _where(area_id, site_id, item_id)
        rows = self._connection.exec_driver_sql(f"{_SUMS}{where} GROUP BY b.item_id, b.site_id", (last_expired.isoformat(), *values))
        return list(map(ShelfSum._make, rows.fetchall()))

    def lots_that_expire(
        self, until: date, *, limit: int, area_id: Id | None = None, site_id: Id | None = None, item_id: Id | None = None,
    ) -> list[ShelfLot]:
        """Return the lots that expire by a day wherever they stand, the earliest first."""
        where, values = _where(area_id, site_id, item_id)
        sql = f"{_LOTS}{where} AND b.expires_on <= ? ORDER BY b.expires_on, b.lot_id, b.place_id LIMIT {int(limit)}"
        return list(map(ShelfLot._make, self._connection.exec_driver_sql(sql, (*values, until.isoformat())).fetchall()))

    def lots_to_rotate(
        self, until: date, *, left: float, good_after: date, limit: int, area_id: Id | None = None, site_id: Id | None = None,
        item_id: Id | None = None,
    ) -> list[ShelfLot]:
        """Return the lots that are not expired of which by a day no more than a part of their life is left, the earliest to expire first."""
        where, values = _where(area_id, site_id, item_id)
        sql = (f"{_LOTS}{where} AND b.free > 0 AND b.expires_on > ? AND {_ROTATES} "
               f"ORDER BY b.expires_on, b.lot_id, b.place_id LIMIT {int(limit)}")
        found = self._connection.exec_driver_sql(sql, (*values, good_after.isoformat(), left, until.isoformat()))
        return list(map(ShelfLot._make, found.fetchall()))

    def ledger_between(
        self, from_at: datetime | None, until_at: datetime, *, limit: int, item_id: Id | None = None, lot_id: Id | None = None,
        with_exercises: bool = False,
    ) -> list[LedgerLine]:
        """Return the movements from one moment until before another, in the order they happened."""
        when = "m.occurred_at" if item_id is None and lot_id is None else "+m.occurred_at"  # of one item: by its own index, then sorted
        conditions, values = [f"{when} < ?"], list[Any]([moment_to_column(until_at)])
        for condition, value in ((f"{when} >= ?", moment_to_column(from_at) if from_at else None), ("m.item_id = ?", item_id),
                                 ("m.lot_id = ?", lot_id)):
            if value is not None:
                conditions.append(condition)
                values.append(value)
        if not with_exercises:
            conditions.append("m.is_exercise = 0")
        sql = f"{_LEDGER}WHERE {' AND '.join(conditions)} ORDER BY {when}, m.seq LIMIT {int(limit)}"
        width = len(MOVEMENTS.codec.names)
        return [LedgerLine(MOVEMENTS.codec.decode(row[:width]), *row[width:])
                for row in self._connection.exec_driver_sql(sql, tuple(values)).fetchall()]


def _where(area_id: Id | None, site_id: Id | None, item_id: Id | None) -> tuple[str, list[Any]]:
    conditions, values = ["b.stands = 1"], list[Any]()
    for condition, value in ((SITES_BELOW, area_id), ("b.site_id = ?", site_id), ("b.item_id = ?", item_id)):
        if value is not None:
            conditions.append(condition)
            values.append(value)
    return "WHERE " + " AND ".join(conditions), values
