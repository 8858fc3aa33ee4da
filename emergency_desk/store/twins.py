"""Makes the twin a drill is played on: a second store with today's registers, stock and plans, and nothing of what happened.

Whole tables are handed over by SQLite itself, tree by tree with their indexes. A lot that only ever came in keeps the entry it came in by;
what stands of any other is entered anew in one opening entry a place. The rows keep the seals they had, in a journal of the twin's own that
tells nothing else of the live one; what is entered or set apart here is sealed here. The live store is only read, at one moment.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from emergency_desk.domain.drill_errors import IsTwin
from emergency_desk.domain.drill_twins import TwinCounts, TwinMark, TwinOrder
from emergency_desk.domain.ids import Id
from emergency_desk.domain.record_columns import Same
from emergency_desk.domain.shelters import RUNNING, ShelterState
from emergency_desk.domain.stock import MovementKind, StockAccount, accounts_of
from emergency_desk.domain.store_keys import StoreKey
from emergency_desk.domain.teams import OUT, TeamState
from emergency_desk.store import backups, journal, key_file
from emergency_desk.store.codec import moment_to_column, reader_of, to_json
from emergency_desk.store.engine import open_connection
from emergency_desk.store.great_lists import indexes_afterwards, insert_columns
from emergency_desk.store.repositories.repository import Shape
from emergency_desk.store.repositories.shapes import BED_COUNTS, JOURNALED, MOVEMENTS, PROMISE_DRAWS
from emergency_desk.store.rows.tables import DERIVED
from emergency_desk.store.schema import APPLICATION_ID, SCHEMA
from emergency_desk.store.seals import seals_of
from emergency_desk.store.statements import Statements
from emergency_desk.store.store import Store
from emergency_desk.store.trouble import DRIVER_ERRORS, as_trouble

# What a desk is and has today. Every other table holds what happened, or who it happened to, and is empty in a twin.
CARRIED = ("areas", "accounts", "account_secrets", "teams", "team_members", "agreements", "units", "sites", "plans", "plan_moves",
           "plan_drafts", "plan_parts", "plan_edits", "plan_suggestions", "plan_travels", "supply_items", "depots", "stock_places",
           "stock_targets", "supply_promises", "lots", "item_photos", "item_pictures", "stock_balances", "shelters", "isolation_sites",
           "settings", "rules")
MADE = ("stock_movements", "bed_counts", "promise_draws", "stock_claims", "journal")  # begun anew from what they come to
TWIN_SETTING, DESK_SETTING = "drill_twin", "desk"
_INDEX = "plan_tokens"
_read_mark: Callable[[Any], TwinMark] = reader_of(TwinMark)
_FEW = 10  # as long as no more than one lot in so many was ever moved, the entries of the others are worth handing over
_MOVED = f"""SELECT DISTINCT lot_id FROM live.stock_movements WHERE to_account <> '{StockAccount.FREE}' OR reverses_id IS NOT NULL
  OR from_account IN ('free', 'reserved', 'quarantined') OR is_exercise <> 0 OR incident_id IS NOT NULL OR order_id IS NOT NULL"""
_ROWS = 20_000  # an entry of the journal


def folder_of(store: Path) -> Path:
    """Return where the twins of a store lie: beside it."""
    return store.parent / f"{store.stem}-drills"


def twin_path(store: Path, name: str) -> Path:
    """Return where a twin of a store lies."""
    return folder_of(store) / name


def mark_from(content: str) -> TwinMark:
    """Read what a twin says of itself."""
    return _read_mark(json.loads(content))


def make_twin(order: TwinOrder) -> TwinCounts:
    """Make the twin, whole or not at all. Raises StoreTrouble."""
    order.target.parent.mkdir(parents=True, exist_ok=True)
    working = order.target.with_name(order.target.name + ".part")
    working.unlink(missing_ok=True)
    connection: Any = None
    try:
        connection = _begin(working, order)
        counts = _Making(connection, order).make()
        connection.execute("COMMIT")
        connection.execute("DETACH live")
        connection.close()
        connection = None
        key_file.copy_beside(order.live, order.target)
        _put_in_place(working, order.target)
        return counts
    except DRIVER_ERRORS as error:
        raise as_trouble(error, path=str(order.target)) from error
    finally:
        if connection is not None:
            connection.close()
        working.unlink(missing_ok=True)


def seal(path: Path, *, account_id: Id, at: datetime, key: StoreKey | None = None) -> tuple[int, str]:
    """Let a twin say that it is sealed, as the last entry of its journal; returns that entry's number and hash. Raises StoreTrouble."""
    store = Store(path, key=key)
    try:
        with store.open_work(account_id=account_id, desk_code="", at=at) as work:
            kept = work.settings.get(TWIN_SETTING)
            mark = mark_from(kept.content)
            if not mark.is_sealed:
                work.settings.put(replace(kept, content=to_json(replace(mark, is_sealed=True))))
                work.commit("seal_twin", drill=mark.number)
        with store.reading() as reading:
            last = reading.journal_after(reading.journal_number() - 1)[0]
        store.fold_in()
        return last.number, last.hash
    finally:
        store.close()


def refuse_twin(path: Path, *, key: StoreKey | None = None) -> None:
    """Refuse the twin of a drill where a real store is wanted. Raises IsTwin."""
    connection = open_connection(path, key=key, read_only=True)
    try:
        row = connection.execute("SELECT content FROM settings WHERE id = ?", (TWIN_SETTING,)).fetchone()
    finally:
        connection.close()
    if row:
        mark = mark_from(row[0])
        raise IsTwin(number=mark.number, path=mark.live)


def hash_at(path: Path, number: int, *, key: StoreKey | None = None) -> str:
    """Return the hash of an entry of a twin's journal, "" where it cannot be read."""
    connection: Any = None
    try:
        connection = open_connection(path, key=key, read_only=True)
        row = connection.execute("SELECT hash FROM journal WHERE number = ?", (number,)).fetchone()
        return str(row[0]) if row else ""
    except DRIVER_ERRORS:
        return ""
    finally:
        if connection is not None:
            connection.close()


def destroy(path: Path) -> None:
    """Write zeros over a twin and delete it, with what lies beside it."""
    for side in ("", "-wal", "-shm", ".reserve", ".keys"):
        backups.destroy(Path(f"{path}{side}"))


def _begin(working: Path, order: TwinOrder) -> Any:
    """Open a new file beside the live store at one moment of it. It needs no journal of SQLite's: half made, it is thrown away."""
    connection = open_connection(working, key=order.key)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "secure_delete=OFF", "cache_size=-262144"):
        connection.execute(f"PRAGMA {pragma}")
    # Of a file that is opened for reading alone SQLite keeps no CHECKs in mind, and then hands over row by row what has one: ten times as slow.
    live = order.live.resolve().as_uri() + "?mode=rw"
    key = "" if order.key is None else f" KEY \"x'{order.key.raw.hex()}'\""
    connection.execute(f"ATTACH ? AS live{key}", (live,))
    connection.execute("BEGIN")
    if connection.execute("SELECT 1 FROM live.settings WHERE id = ?", (TWIN_SETTING,)).fetchone():
        raise IsTwin(number=order.mark.number, path=str(order.live))
    return connection


def _put_in_place(working: Path, target: Path) -> None:
    with working.open("rb+") as file:
        os.fsync(file.fileno())
    for side in ("-wal", "-shm"):
        Path(f"{target}{side}").unlink(missing_ok=True)
    working.replace(target)


class _Making:
    """One twin under way, over a connection that has the live store at its side."""

    def __init__(self, connection: Any, order: TwinOrder) -> None:
        self._driver, self._order = connection, order
        self._at = moment_to_column(order.mark.made_at) or 0
        self._next_id = order.first_id
        self._changed: dict[str, set[str]] = {}  # rows that are not what the live journal sealed, by table

    def make(self) -> TwinCounts:
        later = self._schema()
        for table in (*CARRIED, *DERIVED, *self._index_tables(), "alembic_version"):
            self._driver.execute(f'DELETE FROM main."{table}"')
            self._driver.execute(f'INSERT INTO main."{table}" SELECT * FROM live."{table}"')
        out = self._set_apart()
        self._mark()
        carried = (*CARRIED, *self._hand_over_receipts())
        self._carry_seals(frozenset(carried))
        for shape in JOURNALED:
            if self._changed.get(shape.table) and shape.table in CARRIED:
                self._seal_changed(shape)
        self._begin_stock()
        self._begin_beds()
        self._begin_draws()
        for statement in later:
            self._driver.execute(statement)
        self._driver.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        self._driver.execute(f"PRAGMA user_version = {SCHEMA}")
        return TwinCounts(self._count("teams"), self._count("lots"), self._count("shelters"), *out)

    def _schema(self) -> list[str]:
        """Make every table and index as the live store has it; returns the triggers, which are made after the rows."""
        later: list[str] = []
        for kind, name, sql in self._driver.execute("SELECT type, name, sql FROM live.sqlite_master ORDER BY rowid").fetchall():
            if sql is None or name.startswith(("sqlite_", f"{_INDEX}_")):
                continue
            if kind == "trigger":
                later.append(sql)
            else:
                self._driver.execute(sql)
        return later

    def _index_tables(self) -> list[str]:
        """Return the tables in which SQLite keeps the index of the plans' words."""
        rows = self._driver.execute("SELECT name FROM live.sqlite_master WHERE type = 'table' AND name LIKE ? ESCAPE '!'",
                                    (_INDEX.replace("_", "!_") + "!_%",))
        return [name for (name,) in rows]

    # -- what is out on real business ----------------------------------------------------------------------------------
    def _set_apart(self) -> tuple[int, int]:
        """Let nobody in a drill send a team that is really out, or fill a shelter that really stands open; returns how many they are."""
        teams = self._change(
            "teams", f"state = '{TeamState.UNAVAILABLE}', state_since = {self._at}, state_note = '', incident_id = NULL",
            f"state IN ({_listed(OUT)}) OR incident_id IS NOT NULL")
        shelters = self._change("shelters", f"state = '{ShelterState.CLOSED}', state_since = {self._at}, opening_id = NULL",
                                f"state IN ({_listed(RUNNING)}) OR opening_id IS NOT NULL")
        return teams, shelters

    def _change(self, table: str, what: str, where: str) -> int:
        """Change rows of a table that was handed over; they are sealed anew. Returns how many they are."""
        ids = {id_ for (id_,) in self._driver.execute(f"SELECT id FROM main.{table} WHERE {where}")}
        self._changed.setdefault(table, set()).update(ids)
        self._driver.execute(f"UPDATE main.{table} SET {what} WHERE {where}")
        return len(ids)

    def _mark(self) -> None:
        """Let the twin say of itself what it is, and give its numbers a code of their own."""
        content = json.loads(self._driver.execute("SELECT content FROM main.settings WHERE id = ?", (DESK_SETTING,)).fetchone()[0])
        self._driver.execute("UPDATE main.settings SET content = ? WHERE id = ?", (to_json({**content, "code": self._order.code}), DESK_SETTING))
        self._driver.execute("INSERT INTO main.settings (id, content, version) VALUES (?, ?, 1)", (TWIN_SETTING, to_json(self._order.mark)))
        self._changed["settings"] = {DESK_SETTING, TWIN_SETTING}

    # -- what is begun anew --------------------------------------------------------------------------------------------
    def _hand_over_receipts(self) -> tuple[str, ...]:
        """Hand over the entries by which lots came in that never moved since, where most lots are such; returns the table then."""
        run = self._driver.execute
        run("CREATE TEMP TABLE moved (lot_id TEXT PRIMARY KEY) WITHOUT ROWID")
        run(f"INSERT INTO moved {_MOVED}")
        moved, lots = run("SELECT count(*) FROM moved").fetchone()[0], self._count("lots")
        if moved * _FEW > lots:
            run("DELETE FROM moved")
            run("INSERT INTO moved SELECT id FROM main.lots")
            return ()
        run("INSERT INTO main.stock_movements SELECT * FROM live.stock_movements")
        dropped = run("DELETE FROM main.stock_movements WHERE lot_id IN (SELECT lot_id FROM moved) RETURNING id").fetchall()
        self._changed["stock_movements"] = {id_ for (id_,) in dropped}
        return ("stock_movements",)

    def _begin_stock(self) -> None:
        """Enter what stands of every other lot; what is kept back or in quarantine stays so, for nobody by name."""
        self._driver.execute("DELETE FROM main.stock_balances WHERE stands = 0")
        self._driver.execute("INSERT INTO main.stock_claims (lot_id, kind, place_id, claim, quantity) "
                             "SELECT lot_id, 'claim_reserved', place_id, '', reserved FROM main.stock_balances WHERE reserved > 0")
        moved = self._driver.execute("SELECT count(*) FROM temp.moved").fetchone()[0]
        with indexes_afterwards(Statements(self._driver), "stock_movements", moved):
            self._open_lots()

    def _open_lots(self) -> None:
        for kind, name in ((MovementKind.OPENING, "on_hand"), (MovementKind.RESERVE, "reserved"), (MovementKind.QUARANTINE, "quarantined")):
            found = self._driver.execute(
                f"SELECT lot_id, item_id, {name}, place_id FROM main.stock_balances JOIN moved USING (lot_id) WHERE {name} > 0 "
                "ORDER BY lot_id, place_id")
            while rows := found.fetchmany(_ROWS):
                self._move(kind, *zip(*rows, strict=True))

    def _move(self, kind: MovementKind, lots: Sequence[str], items: Sequence[str], quantities: Sequence[int], places: Sequence[str]) -> None:
        count = len(lots)
        start, end = accounts_of(kind)
        given: dict[str, Any] = {
            "id": self._ids(count), "document": self._order.mark.number, "kind": kind.value, "lot_id": lots, "item_id": items,
            "quantity": quantities, "from_account": start.value, "to_account": end.value, "occurred_at": self._at, "recorded_at": self._at,
            "account_id": self._order.account_id, "from_place": places if start is StockAccount.FREE else "", "to_place": places,
            "incident_id": None, "reverses_id": None, "order_id": None, "is_exercise": 0}
        self._insert(MOVEMENTS, given, count)

    def _begin_beds(self) -> None:
        """Enter what was counted last in each site for isolation."""
        rows = self._driver.execute(
            "SELECT site_id, free, occupied, cleaning, blocked, staff FROM live.bed_counts b "
            "WHERE seq = (SELECT max(seq) FROM live.bed_counts WHERE site_id = b.site_id) ORDER BY site_id").fetchall()
        if rows:
            names = ("site_id", "free", "occupied", "cleaning", "blocked", "staff")
            self._insert(BED_COUNTS, {**self._fresh(len(rows)), **dict(zip(names, zip(*rows, strict=True), strict=True)),
                                      "counted_at": self._at, "incident_id": None, "is_exercise": 0}, len(rows))

    def _begin_draws(self) -> None:
        """Enter what was called off from agreements so far."""
        rows = self._driver.execute("SELECT promise_id, sum(quantity) FROM live.promise_draws WHERE is_exercise = 0 "
                                    "GROUP BY promise_id HAVING sum(quantity) > 0 ORDER BY promise_id").fetchall()
        if rows:
            promises, quantities = zip(*rows, strict=True)
            self._insert(PROMISE_DRAWS, {**self._fresh(len(rows)), "promise_id": promises, "quantity": quantities, "occurred_at": self._at,
                                         "incident_id": None, "is_exercise": 0}, len(rows))

    def _fresh(self, count: int) -> dict[str, Any]:
        return {"id": self._ids(count), "recorded_at": self._at, "account_id": self._order.account_id}

    def _ids(self, count: int) -> list[str]:
        first, self._next_id = self._next_id, self._next_id + count
        return [f"{value:032x}" for value in range(first, first + count)]

    def _insert(self, shape: Shape[Any], given: dict[str, Any], count: int) -> None:
        """Insert rows by columns, empty where nothing is given, and seal them."""
        columns = [_column(given.get(name, ""), count) for name in shape.codec.names]
        insert_columns(Statements(self._driver), shape.table, shape.codec.names, columns)
        self._write(shape, columns, Same(1, count))

    # -- the journal of the twin ---------------------------------------------------------------------------------------
    def _carry_seals(self, tables: frozenset[str]) -> None:
        """Take over the seals of the rows that were handed over as they are, as the live journal has them, entry by entry."""
        heads = tuple(f"{table} " for table in sorted(tables))
        gone = {f"{table} {id_}" for table, ids in self._changed.items() for id_ in ids}
        touchy = [f"{table} " for table in self._changed]
        waiting: list[str] = []
        for (touched,) in self._driver.execute("SELECT touched FROM live.journal ORDER BY number"):
            lines = [line for line in touched.split("\n") if line.startswith(heads)]
            waiting += [line for line in lines if line.rsplit(" ", 2)[0] not in gone] if any(head in touched for head in touchy) else lines
            if len(waiting) >= _ROWS:
                self._append(waiting, "sealed_before")
                waiting = []
        if waiting:
            self._append(waiting, "sealed_before")

    def _seal_changed(self, shape: Shape[Any]) -> None:
        """Seal the rows that were set apart here."""
        ids = sorted(self._changed[shape.table])
        rows = [self._driver.execute(shape.select("WHERE id = ?").replace(f"FROM {shape.table}", f"FROM main.{shape.table}"), (id_,)).fetchone()
                for id_ in ids]
        columns = list(zip(*rows, strict=True))
        self._write(shape, columns, columns[shape.version_place] if shape.has_version else Same(1, len(rows)))

    def _write(self, shape: Shape[Any], columns: Sequence[Sequence[Any]], versions: Sequence[int]) -> None:
        ids = columns[shape.id_place]
        touched = [f"{shape.table} {id_} {version} {seal}" for id_, version, seal in zip(ids, versions, seals_of(columns), strict=True)]
        self._append(touched, shape.table)

    def _append(self, touched: Sequence[str], what: str) -> None:
        journal.append(Statements(self._driver), at=self._at, account_id=self._order.account_id, desk_code=self._order.code,
                       action="make_twin", values={"drill": self._order.mark.number, "of": what, "rows": len(touched)}, touched=touched)

    def _count(self, table: str) -> int:
        return int(self._driver.execute(f"SELECT count(*) FROM main.{table}").fetchone()[0])


def _column(value: Any, count: int) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else Same(value, count)


def _listed(words: Any) -> str:
    return ", ".join(f"'{word.value}'" for word in sorted(words))
