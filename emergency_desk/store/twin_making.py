"""How the tables of a twin are filled, over a connection that has the live store at its side. Nothing here begins or ends a transaction.

Whole tables are handed over by SQLite itself, tree by tree with their indexes. A lot that only ever came in keeps the entry it came in by;
what stands of any other is entered anew in one opening entry a place. The rows keep the seals they had, in a journal of the twin's own that
tells nothing else of the live one; what is entered or set apart here is sealed here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from emergency_desk.domain.drill_twins import TwinCounts, TwinOrder
from emergency_desk.domain.record_columns import Same
from emergency_desk.domain.shelters import RUNNING, ShelterState
from emergency_desk.domain.stock import MovementKind, StockAccount, accounts_of
from emergency_desk.domain.teams import OUT, TeamState
from emergency_desk.store import journal
from emergency_desk.store.codec import moment_to_column, to_json
from emergency_desk.store.great_lists import indexes_afterwards, insert_columns
from emergency_desk.store.repositories.repository import Shape
from emergency_desk.store.repositories.shapes import BED_COUNTS, JOURNALED, MOVEMENTS, PROMISE_DRAWS
from emergency_desk.store.rows.tables import DERIVED
from emergency_desk.store.schema import SCHEMA
from emergency_desk.store.seals import seals_of
from emergency_desk.store.statements import Statements
from emergency_desk.store.twin_seals import Ids, LookBeside, Moved, stand_back

# What a desk is and has today. Every other table holds what happened, or who it happened to, and is empty in a twin.
CARRIED = ("areas", "accounts", "account_secrets", "teams", "team_members", "agreements", "units", "sites", "plans", "plan_moves",
           "plan_drafts", "plan_parts", "plan_edits", "plan_suggestions", "plan_travels", "supply_items", "depots", "stock_places",
           "stock_targets", "supply_promises", "lots", "item_photos", "item_pictures", "shelters", "isolation_sites",
           "settings", "rules")
MADE = ("stock_balances", "stock_movements", "bed_counts", "promise_draws", "stock_claims", "journal")  # begun anew from what they come to
_SHELVES = "stock_balances"
TWIN_SETTING, DESK_SETTING = "drill_twin", "desk"
_INDEX = "plan_tokens"
_ROWS = 20_000  # in an entry of the journal
NARROW, _WIDE = -1_024, -262_144  # kibibytes kept in mind while rows come one behind the other, and while they go where they belong




class Making:
    """One twin under way. `beside` looks at the live store over another connection, on a thread of its own."""

    def __init__(self, connection: Any, order: TwinOrder, beside: LookBeside) -> None:
        self._driver, self._order, self._beside = connection, order, beside
        self._at = moment_to_column(order.mark.made_at) or 0
        self._next_id = order.first_id
        self._sealed: list[tuple[str, str, int]] = []  # what was entered here: lines of the journal, their table, how many
        self._changed: Ids = {"settings": {DESK_SETTING, TWIN_SETTING}}  # rows that are not what the live journal sealed
        self._apart = {
            "teams": (f"state = '{TeamState.UNAVAILABLE}', state_since = {self._at}, state_note = '', incident_id = NULL",
                      f"state IN ({_listed(OUT)}) OR incident_id IS NOT NULL"),
            "shelters": (f"state = '{ShelterState.CLOSED}', state_since = {self._at}, opening_id = NULL",
                         f"state IN ({_listed(RUNNING)}) OR opening_id IS NOT NULL")}

    def make(self) -> TwinCounts:
        """Fill every table, and return what is in them."""
        with ThreadPoolExecutor(1, "seals of a twin", initializer=stand_back) as thread:
            moved = thread.submit(self._beside.moved)
            out = self._find_out()
            seals = thread.submit(lambda: self._begin_seals(moved.result()))
            later = self._schema()
            self._hand_over(*CARRIED, *DERIVED, *self._index_tables(), "alembic_version")
            self._begin_stock(moved.result())
            self._carry_seals(thread, seals)
        self._hand_over(_SHELVES)  # last of the great ones, so that the disk has written the others when it is done
        self._driver.execute(f"DELETE FROM main.{_SHELVES} WHERE stands = 0")
        self._set_apart()
        self._mark()
        self._begin_beds()
        self._begin_draws()
        self._add_seals()
        for statement in later:
            self._driver.execute(statement)
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

    def _hand_over(self, *tables: str) -> None:
        """Hand over tables as they are."""
        for table in tables:
            self._driver.execute(f'DELETE FROM main."{table}"')
            self._driver.execute(f'INSERT INTO main."{table}" SELECT * FROM live."{table}"')

    # -- what is out on real business ----------------------------------------------------------------------------------
    def _find_out(self) -> tuple[int, int]:
        """Find the teams that are really out and the shelters that really stand open; returns how many they are."""
        for table, (_what, where) in self._apart.items():
            self._changed[table] = {id_ for (id_,) in self._driver.execute(f"SELECT id FROM live.{table} WHERE {where}")}
        return len(self._changed["teams"]), len(self._changed["shelters"])

    def _set_apart(self) -> None:
        """Let nobody in a drill send a team that is really out, or fill a shelter that really stands open."""
        for table, (what, where) in self._apart.items():
            self._driver.execute(f"UPDATE main.{table} SET {what} WHERE {where}")

    def _mark(self) -> None:
        """Let the twin say of itself what it is, and give its numbers a code of their own."""
        content = json.loads(self._driver.execute("SELECT content FROM main.settings WHERE id = ?", (DESK_SETTING,)).fetchone()[0])
        self._driver.execute("UPDATE main.settings SET content = ? WHERE id = ?", (to_json({**content, "code": self._order.code}), DESK_SETTING))
        self._driver.execute("INSERT INTO main.settings (id, content, version) VALUES (?, ?, 1)", (TWIN_SETTING, to_json(self._order.mark)))

    # -- what is begun anew --------------------------------------------------------------------------------------------
    def _begin_stock(self, moved: Moved) -> None:
        """Hand over the entries by which lots came in that never moved since, where most lots are such, and enter what stands of all others.

        What is kept back or in quarantine stays so, for nobody by name.
        """
        run = self._driver.execute
        run("CREATE TEMP TABLE moved (lot_id TEXT PRIMARY KEY) WITHOUT ROWID")
        if moved.is_most:
            run("INSERT INTO moved SELECT id FROM live.lots")
        else:
            self._driver.executemany("INSERT INTO moved VALUES (?)", [(lot,) for lot in sorted(moved.lots)])
            self._hand_over(MOVEMENTS.table)
        run(f"PRAGMA main.cache_size = {_WIDE}")
        run(f"DELETE FROM main.{MOVEMENTS.table} WHERE lot_id IN (SELECT lot_id FROM moved)")
        run("INSERT INTO main.stock_claims (lot_id, kind, place_id, claim, quantity) "
            f"SELECT lot_id, 'claim_reserved', place_id, '', reserved FROM moved CROSS JOIN live.{_SHELVES} USING (lot_id) WHERE reserved > 0")
        with indexes_afterwards(Statements(self._driver), MOVEMENTS.table, run("SELECT count(*) FROM moved").fetchone()[0]):
            self._open_lots()
        run(f"PRAGMA main.cache_size = {NARROW}")

    def _open_lots(self) -> None:
        for kind, name in ((MovementKind.OPENING, "on_hand"), (MovementKind.RESERVE, "reserved"), (MovementKind.QUARANTINE, "quarantined")):
            found = self._driver.execute(
                f"SELECT lot_id, item_id, {name}, place_id FROM moved CROSS JOIN live.{_SHELVES} USING (lot_id) WHERE {name} > 0 "
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
        self._seal(shape, columns, Same(1, count))

    # -- the journal of the twin ---------------------------------------------------------------------------------------
    def _begin_seals(self, moved: Moved) -> list[journal.Link]:
        """Begin with the seals of the rows that are handed over as they are; returns the first entries."""
        receipts = () if moved.is_most else ("stock_movements",)
        self._beside.begin_seals(frozenset((*CARRIED, *receipts)), {**self._changed, "stock_movements": set(moved.entries)})
        return self._beside.entries()

    def _carry_seals(self, thread: ThreadPoolExecutor, coming: Future[list[journal.Link]]) -> None:
        """Take over the seals of the rows that were handed over as they are, as the live journal has them, entry by entry."""
        while entries := coming.result():
            coming = thread.submit(self._beside.entries)
            for entry in entries:
                journal.write(Statements(self._driver), entry)

    def _add_seals(self) -> None:
        """Seal what was set apart and what was entered here, behind the rest."""
        for shape in JOURNALED:
            if self._changed.get(shape.table) and shape.table in CARRIED:
                self._seal_changed(shape)
        for touched, table, rows in self._sealed:
            journal.append(Statements(self._driver), at=self._at, account_id=self._order.account_id, desk_code=self._order.code,
                           action="make_twin", values={"drill": self._order.mark.number, "of": table, "rows": rows}, touched=(touched,))

    def _seal_changed(self, shape: Shape[Any]) -> None:
        ids = sorted(self._changed[shape.table])
        rows = [self._driver.execute(shape.select("WHERE id = ?").replace(f"FROM {shape.table}", f"FROM main.{shape.table}"), (id_,)).fetchone()
                for id_ in ids]
        columns = list(zip(*rows, strict=True))
        self._seal(shape, columns, columns[shape.version_place] if shape.has_version else Same(1, len(rows)))

    def _seal(self, shape: Shape[Any], columns: Sequence[Sequence[Any]], versions: Sequence[int]) -> None:
        ids = columns[shape.id_place]
        touched = [f"{shape.table} {id_} {version} {seal}" for id_, version, seal in zip(ids, versions, seals_of(columns), strict=True)]
        self._sealed.append(("\n".join(touched), shape.table, len(touched)))

    def _count(self, table: str) -> int:
        return int(self._driver.execute(f"SELECT count(*) FROM main.{table}").fetchone()[0])


def _column(value: Any, count: int) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else Same(value, count)


def _listed(words: Any) -> str:
    return ", ".join(f"'{word.value}'" for word in sorted(words))
