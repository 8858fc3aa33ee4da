"""The SELECTs of stock: a page of the long list of lots, the ledger of an item, what was called off."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock_boards import MovementLine, Place, StockFilter, StockLine
from emergency_desk.store.repositories.shapes import MOVEMENTS, Repositories

# CROSS JOIN keeps the order of the tables: the index of balances gives the order of the list, everything else is looked up by its key.
_LINE = """SELECT b.lot_id, b.place_id, b.item_id, i.name, i.name_en, i.specification, i.unit, l.number, b.expires_on, l.inspection,
    b.site_id, s.name, s.name_en, p.zone, p.bin, b.free, b.reserved, b.quarantined
FROM stock_balances b CROSS JOIN lots l ON l.id = b.lot_id CROSS JOIN supply_items i ON i.id = b.item_id
CROSS JOIN sites s ON s.id = b.site_id CROSS JOIN stock_places p ON p.id = b.place_id """
_ORDER = "ORDER BY b.expires_on, b.lot_id, b.place_id"
SITES_BELOW = """+b.site_id IN (WITH RECURSIVE below(id) AS (SELECT ? UNION ALL SELECT a.id FROM areas a JOIN below b ON a.parent_id = b.id)
    SELECT s.id FROM sites s JOIN below ON s.area_id = below.id)"""
_MOVES = ", ".join(f'm."{name}"' for name in MOVEMENTS.codec.names)
_LEDGER = f"""SELECT {_MOVES}, l.number, coalesce(f.name, ''), coalesce(f.name_en, ''), coalesce(t.name, ''),
    coalesce(t.name_en, ''), coalesce(n.number, ''),
    EXISTS (SELECT 1 FROM stock_movements r WHERE r.reverses_id = m.id)
FROM stock_movements m JOIN lots l ON l.id = m.lot_id LEFT JOIN stock_places fp ON fp.id = m.from_place LEFT JOIN sites f ON f.id = fp.site_id
LEFT JOIN stock_places tp ON tp.id = m.to_place LEFT JOIN sites t ON t.id = tp.site_id LEFT JOIN incidents n ON n.id = m.incident_id """
_DRAWN = "SELECT promise_id, sum(quantity) FROM promise_draws WHERE is_exercise = 0 GROUP BY promise_id"
_LINE_OF = StockLine._make


class StockReading(Repositories):
    """What the screens of stock ask."""

    def stock_lines(
        self, asked: StockFilter, *, after: Place | None, limit: int, items: Sequence[str] | None = None,
    ) -> list[StockLine]:
        """Return a page of what stands on the shelves, the lot that expires first first, behind a place. `items`: ids a search found."""
        where, values = _conditions(asked, items)
        if after is not None:
            where += " AND (b.expires_on, b.lot_id, b.place_id) > (?, ?, ?)"
            values += after
        return list(map(_LINE_OF, self._connection.exec_driver_sql(f"{_LINE}{where} {_ORDER} LIMIT {int(limit)}", tuple(values)).fetchall()))

    def stock_count(self, asked: StockFilter, *, items: Sequence[str] | None = None) -> int:
        """Return how many lines a filter finds."""
        where, values = _conditions(asked, items)
        return int(self._connection.exec_driver_sql(f"SELECT count(*) FROM stock_balances b {where}", tuple(values)).scalar_one())

    def stock_place(
        self, asked: StockFilter, *, lines: int, after: Place | None = None, items: Sequence[str] | None = None,
    ) -> Place | None:
        """Return the place so many lines behind another (or behind the beginning); None when there are fewer. Reads along the index alone."""
        where, values = _conditions(asked, items)
        if after is not None:
            where += " AND (b.expires_on, b.lot_id, b.place_id) > (?, ?, ?)"
            values += after
        sql = f"SELECT b.expires_on, b.lot_id, b.place_id FROM stock_balances b {where} {_ORDER} LIMIT 1 OFFSET {int(lines) - 1}"
        row = self._connection.exec_driver_sql(sql, tuple(values)).first()
        return None if row is None else (row[0], row[1], row[2])

    def items_called(self, text: str, *, limit: int = 400) -> list[str]:
        """Return the ids of the items whose search key holds every word."""
        words = text.lower().split()
        where = " AND ".join("search_key LIKE ? ESCAPE '\\'" for _word in words) or "1"
        sql = f"SELECT id FROM supply_items WHERE {where} LIMIT {int(limit)}"
        marks = ["%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%" for word in words]
        return [row[0] for row in self._connection.exec_driver_sql(sql, tuple(marks))]

    def ledger_of(self, item_id: Id, *, before: int | None = None, limit: int = 200) -> list[MovementLine]:
        """Return the movements of an item, the newest first."""
        rest = "" if before is None else f" AND m.seq < {int(before)}"
        return self._ledger(f"WHERE m.item_id = ?{rest} ORDER BY m.seq DESC LIMIT {int(limit)}", (item_id,))

    def ledger_for(self, incident_id: Id) -> list[MovementLine]:
        """Return the movements made for an incident, in their order."""
        return self._ledger("WHERE m.incident_id = ? ORDER BY m.seq", (incident_id,))

    def drawn(self) -> dict[Id, int]:
        """Return how much is called off, by promise."""
        return {Id(promise): total for promise, total in self._connection.exec_driver_sql(_DRAWN)}

    def lot_numbers(self, ids: Iterable[Id]) -> dict[Id, str]:
        """Return the numbers of some lots."""
        rows = self._connection.exec_driver_sql(
            "SELECT id, number FROM lots WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(sorted(set(ids))),))
        return {Id(id_): number for id_, number in rows}

    def _ledger(self, rest: str, values: tuple[Any, ...]) -> list[MovementLine]:
        width = len(MOVEMENTS.codec.names)
        found = []
        for row in self._connection.exec_driver_sql(_LEDGER + rest, values).fetchall():
            movement = MOVEMENTS.codec.decode(row[:width])
            number, start, start_en, end, end_en, incident, taken = row[width:]
            found.append(MovementLine(movement, number, (start, start_en), (end, end_en), incident, movement.recorded_at, bool(taken)))
        return found


def _conditions(asked: StockFilter, items: Sequence[str] | None) -> tuple[str, list[Any]]:
    conditions, values = ["b.stands = 1"], list[Any]()
    if items is not None and asked.item_id is None:
        if items:
            one = len(items) == 1
            conditions.append("b.item_id = ?" if one else "+b.item_id IN (SELECT value FROM json_each(?))")
            values.append(items[0] if one else json.dumps(list(items)))
        else:
            conditions.append("b.lot_id IN (SELECT id FROM lots WHERE number >= ? AND number < ?)")
            values += [asked.text.strip(), asked.text.strip() + "\U0010ffff"]
    if asked.lot_id is not None:
        conditions.append("b.lot_id = ?")
        values.append(asked.lot_id)
    if asked.item_id is not None:
        conditions.append("b.item_id = ?")
        values.append(asked.item_id)
    if asked.site_id is not None:
        conditions.append("b.site_id = ?" if asked.item_id is None else "+b.site_id = ?")
        values.append(asked.site_id)
    if asked.area_id is not None:
        conditions.append(SITES_BELOW)
        values.append(asked.area_id)
    if asked.ends_by is not None:
        conditions.append("b.expires_on <= ?")
        values.append(asked.ends_by.isoformat())
    return "WHERE " + " AND ".join(conditions), values

