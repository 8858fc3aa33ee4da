"""What there is of a lot at a place, and who has a claim on it: kept beside the movements, so that it is read and never added up.

Both tables are derived: a movement carries them along in the same transaction, `check` adds every movement up again and compares. They hold
no fact of their own and no seal.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from emergency_desk.domain.allocation import BoundBy, BoundGoods, Goods
from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock import NEVER, Claim, ClaimKind, Holding, Lot, Movement, effects_of
from emergency_desk.domain.stock_errors import StockShort
from emergency_desk.store.great_lists import indexes_afterwards, insert_columns

_COLUMNS = "lot_id, place_id, item_id, site_id, free, reserved, quarantined, expires_on"
_COLUMNS_BEGUN = ("lot_id", "place_id", "item_id", "site_id", "expires_on", "stands", "on_hand", "free", "reserved", "quarantined")
_OF_LOT = f"SELECT {_COLUMNS} FROM stock_balances WHERE lot_id = ?"
_AT_DEPOT = (f"SELECT {_COLUMNS} FROM stock_balances WHERE stands = 1 AND item_id = ? AND site_id = ? AND expires_on > ? "
             "ORDER BY expires_on, lot_id, place_id")
_MOVE = """UPDATE stock_balances SET free = free + :free, reserved = reserved + :reserved, quarantined = quarantined + :quarantined,
    on_hand = on_hand + :free + :reserved + :quarantined, stands = on_hand + :free + :reserved + :quarantined > 0
WHERE lot_id = :lot AND place_id = :place AND free >= -:free AND reserved >= -:reserved AND quarantined >= -:quarantined"""
_BEGIN = """INSERT INTO stock_balances (lot_id, place_id, item_id, site_id, expires_on, stands, on_hand, free, reserved, quarantined)
SELECT :lot, :place, :item, site_id, :expires, :free + :reserved + :quarantined > 0, :free + :reserved + :quarantined, :free, :reserved,
    :quarantined FROM stock_places
WHERE id = :place AND NOT EXISTS (SELECT 1 FROM stock_balances WHERE lot_id = :lot AND place_id = :place)"""
_CLAIM = """UPDATE stock_claims SET quantity = quantity + :change
WHERE lot_id = :lot AND kind = :kind AND place_id = :place AND claim = :claim AND quantity >= -:change"""
_BEGIN_CLAIM = """INSERT INTO stock_claims (lot_id, kind, place_id, claim, quantity) SELECT :lot, :kind, :place, :claim, :change
WHERE NOT EXISTS (SELECT 1 FROM stock_claims WHERE lot_id = :lot AND kind = :kind AND place_id = :place AND claim = :claim)"""
_CLAIMED = "SELECT lot_id, kind, place_id, claim, quantity FROM stock_claims WHERE quantity > 0 AND "

# Double entry, added up: what every account of every lot gave and took. An exercise changes no stock of a depot.
ADDED_STOCK = """entries AS (
  SELECT lot_id, from_place AS place, from_account AS account, -quantity AS change FROM stock_movements WHERE is_exercise = 0
  UNION ALL SELECT lot_id, to_place, to_account, quantity FROM stock_movements WHERE is_exercise = 0),
added AS (
  SELECT lot_id, place, sum(CASE WHEN account = 'free' THEN change ELSE 0 END) AS free,
    sum(CASE WHEN account = 'reserved' THEN change ELSE 0 END) AS reserved,
    sum(CASE WHEN account = 'quarantined' THEN change ELSE 0 END) AS quarantined
  FROM entries WHERE account IN ('free', 'reserved', 'quarantined') GROUP BY lot_id, place)"""
ADDED_CLAIMS = """entries AS (
  SELECT lot_id, from_account AS account, from_place AS place, order_id, incident_id, -quantity AS change FROM stock_movements
  WHERE from_account IN ('in_use', 'in_transit') OR from_account = 'reserved' AND is_exercise = 0
  UNION ALL
  SELECT lot_id, to_account, to_place, order_id, incident_id, quantity FROM stock_movements
  WHERE to_account IN ('in_use', 'in_transit') OR to_account = 'reserved' AND is_exercise = 0),
claimed AS (
  SELECT lot_id, CASE account WHEN 'in_use' THEN 'claim_in_use' WHEN 'in_transit' THEN 'claim_in_transit' ELSE 'claim_reserved' END AS kind,
    place, CASE account WHEN 'in_use' THEN coalesce(incident_id, '') ELSE coalesce(order_id, incident_id, '') END AS claim, change FROM entries),
added AS (SELECT lot_id, kind, place, claim, sum(change) AS quantity FROM claimed GROUP BY lot_id, kind, place, claim)"""
_REBUILD = (
    "DELETE FROM stock_balances", "DELETE FROM stock_claims",
    f"""INSERT INTO stock_balances (lot_id, place_id, item_id, site_id, expires_on, stands, on_hand, free, reserved, quarantined)
    WITH {ADDED_STOCK}
    SELECT a.lot_id, a.place, l.item_id, p.site_id, coalesce(l.expires_on, '{NEVER}'), a.free + a.reserved + a.quarantined > 0,
      a.free + a.reserved + a.quarantined, a.free, a.reserved, a.quarantined
    FROM added a JOIN lots l ON l.id = a.lot_id JOIN stock_places p ON p.id = a.place""",
    f"""INSERT INTO stock_claims (lot_id, kind, place_id, claim, quantity)
    WITH {ADDED_CLAIMS} SELECT lot_id, kind, place, claim, quantity FROM added""",
)


class StockBalances:
    """The two derived tables over one open connection."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    # -- reading --
    def of_lot(self, lot_id: Id) -> list[Holding]:
        """Return where a lot stands."""
        return list(map(_holding, self._connection.exec_driver_sql(_OF_LOT, (lot_id,))))

    def of_item_at(self, item_id: Id, site_id: Id) -> list[Holding]:
        """Return what there is of an item in a depot, the lot that expires first first."""
        return list(map(_holding, self._connection.exec_driver_sql(_AT_DEPOT, (item_id, site_id, ""))))

    def first_out(self, item_id: Id, site_id: Id, *, wanted: int, last_expired: date, place_id: str | None = None) -> list[Holding]:
        """Return what may go out of a depot, the lot that expires first first, and no more lots than are wanted; all when there is too little."""
        found: list[Holding] = []
        left = wanted
        for one in map(_holding, self._connection.exec_driver_sql(_AT_DEPOT, (item_id, site_id, last_expired.isoformat()))):
            if left > 0 and one.free and place_id in (None, one.place_id):
                found.append(one)
                left -= one.free
            if left <= 0:
                break
        return found

    def of_item(self, item_id: Id, *, good_after: date, sites: Container[Id]) -> list[Holding]:
        """Return what there is of an item in some depots: every lot that expires by a day, and all others of a depot in one (lot "")."""
        until = good_after.isoformat()
        soon = (f"SELECT {_COLUMNS} FROM stock_balances WHERE stands = 1 AND item_id = ? AND expires_on <= ? "
                "ORDER BY expires_on, lot_id, place_id")
        later = ("SELECT '', '', item_id, site_id, sum(free), sum(reserved), sum(quarantined), ? FROM stock_balances "
                 "WHERE stands = 1 AND item_id = ? AND expires_on > ? GROUP BY site_id")
        rows = [*self._connection.exec_driver_sql(soon, (item_id, until)), *self._connection.exec_driver_sql(later, (NEVER, item_id, until))]
        return [one for one in map(_holding, rows) if one.site_id in sites]

    def lots_at(self, site_id: Id) -> int:
        """Return how many lots stand in a depot."""
        sql = "SELECT count(*) FROM stock_balances WHERE stands = 1 AND site_id = ?"
        return int(self._connection.exec_driver_sql(sql, (site_id,)).scalar_one())

    def lots_in(self, site_id: Id) -> dict[Id, int]:
        """Return how many lots stand at each place of a depot."""
        sql = "SELECT place_id, count(*) FROM stock_balances WHERE stands = 1 AND site_id = ? GROUP BY place_id"
        return {Id(place): count for place, count in self._connection.exec_driver_sql(sql, (site_id,))}

    def free_at(self, site_id: Id, last_expired: date) -> dict[Id, int]:
        """Return how much of each item is free and not expired in a depot."""
        sql = ("SELECT item_id, sum(free) FROM stock_balances WHERE stands = 1 AND site_id = ? AND expires_on > ? "
               "GROUP BY item_id HAVING sum(free) > 0")
        return {Id(item): free for item, free in self._connection.exec_driver_sql(sql, (site_id, last_expired.isoformat()))}

    def standing_at(self, site_id: Id) -> dict[Id, int]:
        """Return how much of each item stands at a site, whatever for and however old."""
        sql = "SELECT item_id, sum(on_hand) FROM stock_balances WHERE stands = 1 AND site_id = ? GROUP BY item_id"
        return {Id(item): count for item, count in self._connection.exec_driver_sql(sql, (site_id,))}

    def on_hand(self, item_id: Id) -> int:
        """Return how much of an item stands on all shelves."""
        sql = "SELECT coalesce(sum(on_hand), 0) FROM stock_balances WHERE stands = 1 AND item_id = ?"
        return int(self._connection.exec_driver_sql(sql, (item_id,)).scalar_one())

    def at_place(self, lot_id: Id, place_id: str) -> Holding | None:
        """Return what there is of a lot at a place, None where it never was."""
        row = self._connection.exec_driver_sql(f"{_OF_LOT} AND place_id = ?", (lot_id, place_id)).first()
        return None if row is None else _holding(row)

    def expiring(self, until: date, *, limit: int) -> list[Holding]:
        """Return what expires by a day, the earliest first."""
        sql = f"SELECT {_COLUMNS} FROM stock_balances WHERE stands = 1 AND expires_on <= ? ORDER BY expires_on, lot_id, place_id LIMIT ?"
        return list(map(_holding, self._connection.exec_driver_sql(sql, (until.isoformat(), limit))))

    def available(self, items: Sequence[Id], last_expired: date) -> dict[tuple[Id, Id], int]:
        """Return how much of some items is free and not expired, by item and depot."""
        found: dict[tuple[Id, Id], int] = {}
        sql = ("SELECT site_id, sum(free) FROM stock_balances WHERE stands = 1 AND item_id = ? AND expires_on > ? GROUP BY site_id")
        for item_id in items:
            for site_id, free in self._connection.exec_driver_sql(sql, (item_id, last_expired.isoformat())):
                found[item_id, Id(site_id)] = free
        return found

    def standing(self) -> list[Holding]:
        """Return everything that stands anywhere, by item and expiry."""
        sql = f"SELECT {_COLUMNS} FROM stock_balances WHERE stands = 1 ORDER BY item_id, expires_on, lot_id, place_id"
        return list(map(_holding, self._connection.exec_driver_sql(sql)))

    def free_goods(self, items: Collection[Id]) -> Iterator[Goods]:
        """Return what is free of some items, by depot and day of expiry."""
        sql = ("SELECT site_id, expires_on, sum(free) FROM stock_balances WHERE stands = 1 AND item_id = ? AND free > 0 "
               "GROUP BY site_id, expires_on ORDER BY site_id, expires_on")
        for item_id in sorted(items):
            for site_id, expires_on, free in self._connection.exec_driver_sql(sql, (item_id,)):
                yield Goods(Id(site_id), item_id, free, _day(expires_on))

    def bound_goods(self, items: Collection[Id]) -> Iterator[BoundGoods]:
        """Return what of some items is kept back, by depot and for whom, or in quarantine."""
        kept = ("SELECT b.site_id, c.claim, sum(c.quantity) FROM stock_balances b JOIN stock_claims c "
                "ON c.lot_id = b.lot_id AND c.place_id = b.place_id AND c.kind = 'claim_reserved' AND c.quantity > 0 "
                "WHERE b.stands = 1 AND b.item_id = ? AND b.reserved > 0 GROUP BY b.site_id, c.claim ORDER BY b.site_id, c.claim")
        aside = ("SELECT site_id, sum(quarantined) FROM stock_balances WHERE stands = 1 AND item_id = ? AND quarantined > 0 "
                 "GROUP BY site_id ORDER BY site_id")
        for item_id in sorted(items):
            for site_id, claim, quantity in self._connection.exec_driver_sql(kept, (item_id,)):
                yield BoundGoods(Id(site_id), item_id, quantity, BoundBy.RESERVED, claim)
            for site_id, quantity in self._connection.exec_driver_sql(aside, (item_id,)):
                yield BoundGoods(Id(site_id), item_id, quantity, BoundBy.QUARANTINED)

    def claims_of_lot(self, lot_id: Id) -> list[Claim]:
        """Return who has a claim on a lot."""
        return list(map(_claim, self._connection.exec_driver_sql(f"{_CLAIMED} lot_id = ? ORDER BY kind, place_id, claim", (lot_id,))))

    def claims_for(self, claim: str) -> list[Claim]:
        """Return what is kept back for, or out with, an incident."""
        return list(map(_claim, self._connection.exec_driver_sql(f"{_CLAIMED} claim = ? ORDER BY kind, lot_id, place_id", (claim,))))

    # -- carrying along --
    def build_anew(self) -> None:
        """Add every movement up into the two tables: after many were taken in at once."""
        for statement in _REBUILD:
            self._connection.exec_driver_sql(statement)

    def begin_many(self, columns: Sequence[Sequence[Any]]) -> None:
        """Begin the balances of lots that were nowhere before; the columns are those of `_COLUMNS_BEGUN`."""
        with indexes_afterwards(self._connection, "stock_balances", len(columns[0])):
            insert_columns(self._connection, "stock_balances", _COLUMNS_BEGUN, columns)

    def carry(self, movement: Movement, lot: Lot, *, item: str = "") -> None:
        """Change the balances as a movement does. Raises StockShort where one would fall below nothing; the item's name is for its words."""
        by_place: dict[str, dict[str, int]] = {}
        for part, account, place, change in effects_of(movement):
            if part == "stock":
                changes = by_place.setdefault(place, {"free": 0, "reserved": 0, "quarantined": 0})
                changes[account] += change
        for place, changes in by_place.items():
            self._carry_at(movement, lot, place, changes, item or movement.item_id)
        for part, kind, place, change in effects_of(movement):
            if part == "claim":
                self._carry_claim(movement, kind, place, change, item or movement.item_id)

    def _carry_at(self, movement: Movement, lot: Lot, place: str, changes: dict[str, int], item: str) -> None:
        values = {"lot": movement.lot_id, "place": place, **changes}
        if self._connection.exec_driver_sql(_MOVE, values).rowcount == 1:
            return
        if min(changes.values()) >= 0:
            begun = {**values, "item": movement.item_id, "expires": lot.expires_on.isoformat() if lot.expires_on else NEVER}
            if self._connection.exec_driver_sql(_BEGIN, begun).rowcount == 1:
                return
        there = self.at_place(movement.lot_id, place)
        account = min(changes, key=lambda name: changes[name])
        raise StockShort(item=item, place=place, wanted=movement.quantity, there=getattr(there, account) if there else 0)

    def _carry_claim(self, movement: Movement, kind: str, key: str, change: int, item: str) -> None:
        place, _blank, claim = key.partition(" ")
        values = {"lot": movement.lot_id, "kind": kind, "place": place, "claim": claim, "change": change}
        if self._connection.exec_driver_sql(_CLAIM, values).rowcount == 1:
            return
        if change > 0 and self._connection.exec_driver_sql(_BEGIN_CLAIM, values).rowcount == 1:
            return
        there = [one.quantity for one in self.claims_of_lot(movement.lot_id) if (one.kind, one.place_id, one.claim) == (kind, place, claim)]
        raise StockShort(item=item, place=place, wanted=movement.quantity, there=there[0] if there else 0)


def _holding(row: Sequence[Any]) -> Holding:
    lot, place, item, site, free, reserved, quarantined, expires = row
    return Holding(lot, place, item, site, free, reserved, quarantined, _day(expires))


@lru_cache(maxsize=16_384)
def _day(text: str) -> date | None:
    return None if text == NEVER else date.fromisoformat(text)


def _claim(row: Sequence[Any]) -> Claim:
    lot, kind, place, claim, quantity = row
    return Claim(lot, ClaimKind(kind), place, claim, quantity)
