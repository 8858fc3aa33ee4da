"""What Python must read for a twin, over a second connection and on a thread of its own, while SQLite hands the tables over.

Which lots were ever moved, and the seals of the rows that are handed over as they are: entries of the twin's own journal, linked and ready
to be written. Both connections see the live store at one and the same moment: the newest entry of its journal says which.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from threading import get_native_id
from typing import Any

from emergency_desk.domain.drill_twins import TwinOrder
from emergency_desk.domain.stock import StockAccount
from emergency_desk.store import journal
from emergency_desk.store.codec import moment_to_column
from emergency_desk.store.engine import open_connection
from emergency_desk.store.statements import Statements

Ids = dict[str, set[str]]  # by table
_FEW = 10  # as long as no more than one lot in so many was ever moved, the entries of the others are worth handing over
_MOVED = f"""SELECT DISTINCT lot_id FROM stock_movements WHERE to_account <> '{StockAccount.FREE}' OR reverses_id IS NOT NULL
  OR from_account IN ('free', 'reserved', 'quarantined') OR is_exercise <> 0 OR incident_id IS NOT NULL OR order_id IS NOT NULL LIMIT ?"""
_ROWS = 20_000  # in an entry
_BEHIND = 10  # of 19
_AHEAD = 256 << 20  # letters of entries that are made before anybody takes them


@dataclass(frozen=True, slots=True)
class Moved:
    """The lots that are more than what came in once, with all their entries; where most lots are such, `is_most` and neither is told."""

    lots: tuple[str, ...]
    entries: frozenset[str]
    is_most: bool


class LookBeside:
    """The live store, seen by a second connection; one thread at a time."""

    def __init__(self, driver: Any, order: TwinOrder) -> None:
        self._driver, self._order = driver, order
        self._at = moment_to_column(order.mark.made_at) or 0
        self._last = (0, journal.FIRST)
        self._texts: Iterator[tuple[str, int]] = iter(())

    def moved(self) -> Moved:
        """Find what was ever moved."""
        lots = self._driver.execute("SELECT count(*) FROM lots").fetchone()[0]
        found = tuple(id_ for (id_,) in self._driver.execute(_MOVED, (lots // _FEW + 1,)))
        if len(found) * _FEW > lots:
            return Moved((), frozenset(), is_most=True)
        entries = (self._driver.execute("SELECT id FROM stock_movements WHERE lot_id = ?", (lot,)).fetchall() for lot in found)
        return Moved(found, frozenset(id_ for some in entries for (id_,) in some), is_most=False)

    def begin_seals(self, tables: frozenset[str], gone: Ids) -> None:
        """Begin with the seals of all rows of some tables but those that are gone."""
        touched = (text for (text,) in self._driver.execute("SELECT touched FROM journal ORDER BY number"))
        self._texts = _gathered(_kept(text, tables, gone) for text in touched)

    def entries(self) -> list[journal.Link]:
        """Return the next entries of the twin's journal, in the order of the live one; none when all are told."""
        made: list[journal.Link] = []
        letters = 0
        for text, rows in self._texts:
            made.append(self._entry(text, rows))
            letters += len(text)
            if letters >= _AHEAD:
                break
        return made

    def _entry(self, text: str, rows: int) -> journal.Link:
        number, previous = self._last
        entry = journal.link(
            number + 1, previous, at=self._at, account_id=self._order.account_id, desk_code=self._order.code, action="make_twin",
            values={"drill": self._order.mark.number, "of": "sealed_before", "rows": rows}, touched=text)
        self._last = (entry[0], entry[-1])
        return entry


def look_beside(order: TwinOrder, driver: Any) -> Any:
    """Begin to read the live store over a second connection, at the very moment at which the first begins; both are in a transaction then."""
    beside = open_connection(order.live, key=order.key, read_only=True)
    while True:
        beside.execute("BEGIN")
        driver.execute("BEGIN")
        if journal.last_link(Statements(beside)) == journal.last_link(Statements(driver), of="live.journal"):
            return beside
        beside.execute("ROLLBACK")
        driver.execute("ROLLBACK")


def stand_back() -> None:
    """Let the thread that asks come after others, where the system has such a thing: a window waits for none of ours."""
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, get_native_id(), _BEHIND)


def _kept(touched: str, tables: frozenset[str], gone: Ids) -> tuple[str, int]:
    """Return the lines of an entry that tell of rows that are handed over, and how many they are.

    A great entry tells of one table from end to end, and is taken or left as one piece.
    """
    table, lines = touched[:touched.find(" ") + 1], touched.count("\n") + 1
    if touched.count(f"\n{table}") + 1 == lines:
        if table[:-1] not in tables:
            return "", 0
        if not gone.get(table[:-1]):
            return touched, lines
    told = [line for line in touched.split("\n") if line[:line.find(" ")] in tables]
    if any(gone.get(table) for table in {line[:line.find(" ")] for line in told}):
        told = [line for line in told if not _is_gone(line, gone)]
    return "\n".join(told), len(told)


def _is_gone(line: str, gone: Ids) -> bool:
    table, _, rest = line.partition(" ")
    return rest.rsplit(" ", 2)[0] in gone.get(table, ())


def _gathered(texts: Iterator[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Put small texts together."""
    waiting: list[str] = []
    count = 0
    for text, rows in texts:
        if rows:
            waiting.append(text)
            count += rows
        if count >= _ROWS:
            yield "\n".join(waiting), count
            waiting, count = [], 0
    if waiting:
        yield "\n".join(waiting), count
