"""Looks the whole store over: the file, the journal's chain, the seal of every row, and every derived figure derived again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import fields
from functools import partial
from hashlib import blake2b, sha256
from typing import Any

from emergency_desk.domain.incidents import Figures
from emergency_desk.domain.integrity import Difference, IntegrityReport, TableDigest
from emergency_desk.domain.library import JournalEntry
from emergency_desk.store import journal
from emergency_desk.store.codec import digest_of
from emergency_desk.store.drill_integrity import check_drills
from emergency_desk.store.ladder_integrity import check_ladder
from emergency_desk.store.laid_seals import Laid, LaidSeals, in_parts
from emergency_desk.store.plan_integrity import check_plans
from emergency_desk.store.readings.reading import Reading
from emergency_desk.store.repositories.people_book import personal_digest
from emergency_desk.store.repositories.shapes import JOURNALED, Repositories
from emergency_desk.store.request_integrity import check_requests
from emergency_desk.store.rows.tables import DERIVED, metadata
from emergency_desk.store.shelf_integrity import check_shelf
from emergency_desk.store.stock_integrity import check_stock
from emergency_desk.store.store import Store
from emergency_desk.store.trouble import DRIVER_ERRORS

Progress = Callable[[int, int, str], None]
_LINE = re.compile(r"[^\n]+")
_FIGURES = tuple(f.name for f in fields(Figures))


def check_store(store: Store, progress: Progress | None = None) -> IntegrityReport:
    """Check everything in one read transaction; differences are listed, nothing is mended."""
    tell = progress or (lambda _done, _total, _what: None)
    found: list[Difference] = []
    with store.reading() as reading, closing(LaidSeals(store.path, is_encrypted=store.key is not None)) as laid:
        connection: Any = reading._connection
        steps: tuple[tuple[str, Callable[[Any, Reading], Iterator[Difference]]], ...] = (
            ("file", _file), ("journal", partial(_journal, laid)), ("seals", partial(_seals, laid)), ("log", _log), ("teams", _teams),
            ("figures", _incident_figures), ("grades", _grades), ("orders", _orders), ("reports", _reports), ("ladder", check_ladder),
            ("stock", check_stock), ("requests", check_requests), ("drills", check_drills), ("plans", check_plans), ("personal", _personal),
            ("shelf", check_shelf))
        for place, (name, step) in enumerate(steps):
            tell(place, len(steps), name)
            found += _all_of(connection, name, partial(step, connection, reading))
        tables: list[TableDigest] = []
        for name in sorted(metadata.tables.keys() - set(DERIVED)):
            found += _all_of(connection, name, partial(_take_digest, connection, name, tables))
        tell(len(steps), len(steps), "")
    return IntegrityReport(differences=tuple(found), tables=tuple(tables))


_UNREADABLE = (*DRIVER_ERRORS, UnicodeDecodeError)  # the driver cannot read a column's type whose bytes are no text


def _all_of(connection: Any, name: str, step: Callable[[], Iterator[Difference]]) -> list[Difference]:
    """Run a step; what SQLite cannot read is a difference too and keeps no other step from running."""
    found: list[Difference] = []
    try:
        found.extend(step())
        return found
    except _UNREADABLE as error:
        trouble = error
    if "utf-8" not in str(trouble).lower():
        return [*found, Difference(what="file", where=name, expected="readable", found=_words_of(trouble))]
    # One altered byte can leave text that is no text any more: read on with such bytes spelled out.
    driver = connection.driver
    driver.text_factory = lambda raw: raw.decode("utf-8", "backslashreplace")
    try:
        return list(step())
    except _UNREADABLE as error:
        return [Difference(what="file", where=name, expected="readable", found=_words_of(error))]
    finally:
        driver.text_factory = str


def _words_of(error: BaseException) -> str:
    return str(getattr(error, "orig", error))


def _file(connection: Any, _reading: Repositories) -> Iterator[Difference]:
    for (line,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
        if line != "ok":
            yield Difference(what="file", where="", expected="ok", found=str(line))
    for table, row, parent, _key in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Difference(what="reference", where=f"{table} row {row}", expected=f"a row of {parent}", found="none")


def _journal(laid: LaidSeals, connection: Any, _reading: Repositories) -> Iterator[Difference]:
    previous, number = journal.FIRST, 0
    laid.clear()
    sql = 'SELECT number, at, account_id, desk_code, action, "values", touched, previous, hash FROM journal ORDER BY number'
    for row in connection.exec_driver_sql(sql):
        entry = JournalEntry(*row)
        if entry.number != number + 1 or not journal.is_sound(entry, previous):
            yield Difference(what="journal", where=f"entry {entry.number}", expected=f"follows {number} {str(previous)[:12]}",
                             found=str(entry.hash)[:12])
        previous, number = entry.hash, entry.number
        laid.lay(_seals_of(entry))


def _seals_of(entry: JournalEntry) -> Iterator[Laid]:
    """Yield (table, id, seal) of an entry's lines; an id may hold blanks. A forged line is told by the entry's hash."""
    for line in _LINE.finditer(str(entry.touched)):
        table, _blank, rest = line[0].partition(" ")
        words = rest.rsplit(" ", 2)
        if len(words) == 3:
            yield table, words[0], words[2]


def _seals(laid: LaidSeals, connection: Any, _reading: Repositories) -> Iterator[Difference]:
    """Hold every row against its last seal, in parts, and look for the rows of seals that none had."""
    for shape in JOURNALED:
        met = 0
        for part in in_parts(connection.exec_driver_sql(shape.select("")), _UNREADABLE):
            sealed = laid.known(shape.table, [columns[shape.id_place] for columns in part])
            for columns in part:
                id_ = columns[shape.id_place]
                expected = sealed.pop(id_, None)
                if expected is None:
                    yield Difference(what="seal", where=f"{shape.table} {id_}", expected="a journal entry", found="none")
                    continue
                met += 1
                if expected != digest_of(columns):
                    yield Difference(what="seal", where=f"{shape.table} {id_}", expected=expected, found=digest_of(columns))
        if met != laid.count(shape.table):
            for part in in_parts(connection.exec_driver_sql(f'SELECT id FROM "{shape.table}"'), _UNREADABLE):
                laid.take_away(shape.table, [id_ for id_, in part])
            for id_ in laid.ids(shape.table):
                yield Difference(what="row", where=f"{shape.table} {id_}", expected="the row the journal sealed", found="none")


def _log(connection: Any, _reading: Repositories) -> Iterator[Difference]:
    last, count = connection.exec_driver_sql("SELECT coalesce(max(sequence), 0), count(*) FROM log_entries").one()
    if last != count:
        yield Difference(what="log", where="sequence", expected=str(last), found=str(count))


_LAST_MOVE = """
SELECT t.id, t.state, t.incident_id, t.state_since, m.to_state, m.incident_id, m.occurred_at FROM teams t JOIN team_moves m ON m.seq =
  (SELECT max(seq) FROM team_moves x WHERE x.team_id = t.id AND x.fills_gap = 0)"""


def _teams(connection: Any, _reading: Repositories) -> Iterator[Difference]:
    for id_, state, incident, since, to_state, _moved_for, occurred_at in connection.exec_driver_sql(_LAST_MOVE):
        if state != to_state or since != occurred_at:
            yield Difference(what="team_state", where=f"teams {id_}", expected=f"{to_state} {occurred_at}", found=f"{state} {since}")
        out = state in ("mustering", "dispatched", "en_route", "on_scene", "working", "withdrawing", "lost_contact")
        if out != (incident is not None):
            yield Difference(what="team_incident", where=f"teams {id_}", expected="an incident exactly while out", found=str(incident))


def _incident_figures(connection: Any, _reading: Repositories) -> Iterator[Difference]:
    names = ", ".join(_FIGURES)
    now: dict[str, list[Any]] = {}
    for incident_id, *values in connection.exec_driver_sql(f"SELECT incident_id, {names} FROM figures_reports ORDER BY seq"):
        known = now.setdefault(incident_id, [None] * len(_FIGURES))
        for place, value in enumerate(values):
            if value is not None:
                known[place] = value
    nothing = [None] * len(_FIGURES)
    for id_, *values in connection.exec_driver_sql(f"SELECT id, {names} FROM incidents"):
        if now.get(id_, nothing) != values:
            yield Difference(what="figures", where=f"incidents {id_}", expected=str(now.get(id_, nothing)), found=str(values))


def _grades(connection: Any, _reading: Repositories) -> Iterator[Difference]:
    sql = ("SELECT i.id, i.grade, g.grade FROM incidents i JOIN grade_changes g ON g.seq = "
           "(SELECT max(seq) FROM grade_changes x WHERE x.incident_id = i.id)")
    for id_, grade, judged in connection.exec_driver_sql(sql):
        if grade != judged:
            yield Difference(what="grade", where=f"incidents {id_}", expected=str(judged), found=str(grade))


def _orders(connection: Any, _reading: Repositories) -> Iterator[Difference]:
    sql = "SELECT order_number, state, receipt_at FROM dispatches WHERE state = 'received' AND receipt_at IS NULL"
    for number, state, _receipt in connection.exec_driver_sql(sql):
        yield Difference(what="receipt", where=f"dispatches {number}", expected="a receipt", found=state)


# A due is met by a report of the same incident and sender, at the very moment it was sent; a skip tells why.
_DUES = """
SELECT d.id, d.state, d.met_at, d.due_at, d.reason, r.sent_at, r.state, r.incident_id = d.incident_id AND r.from_tier = d.from_tier
  AND r.family = d.family AND (d.channel = 'any' OR r.channel = d.channel)
  AND (r.to_tier = d.to_tier OR r.copies_to LIKE '%"' || d.to_tier || '"%')
FROM report_dues d LEFT JOIN reports r ON r.id = d.report_id"""
_REPORTS_LATER = """
SELECT d.id, r.number FROM report_dues d JOIN reports r ON r.incident_id = d.incident_id AND r.from_tier = d.from_tier AND r.to_tier = d.to_tier
  AND r.channel = d.channel AND r.family = d.family AND r.sent_at >= d.clock_at
WHERE d.state = 'open' AND d.kind IN ('first', 'follow_up', 'supplement') AND r.state IN ('sent', 'received')"""


def _reports(connection: Any, _reading: Repositories) -> Iterator[Difference]:
    for id_, state, met_at, _due_at, reason, sent_at, report_state, fits in connection.exec_driver_sql(_DUES):
        where = f"report_dues {id_}"
        if state == "met" and (report_state not in ("sent", "received") or met_at != sent_at or not fits):
            yield Difference(what="due", where=where, expected=f"a report sent at {met_at}", found=f"{report_state} {sent_at}")
        elif state != "met" and (met_at is not None or sent_at is not None):
            yield Difference(what="due", where=where, expected="no report", found=f"{state} {met_at}")
        elif state == "skipped" and not reason:
            yield Difference(what="due", where=where, expected="a reason", found="none")
    for id_, number in connection.exec_driver_sql(_REPORTS_LATER):
        yield Difference(what="due", where=f"report_dues {id_}", expected=f"met by report {number}", found="open")
    sql = "SELECT id, state, sent_at, received_at FROM reports WHERE (state IN ('sent', 'received')) <> (sent_at IS NOT NULL) OR " \
          "(state = 'received') <> (received_at IS NOT NULL)"
    for id_, state, sent_at, received_at in connection.exec_driver_sql(sql):
        yield Difference(what="report", where=f"reports {id_}", expected="moments that fit its state", found=f"{state} {sent_at} {received_at}")


def _personal(connection: Any, _reading: Repositories) -> Iterator[Difference]:
    for table in ("calls", "shelter_stays", "expected_people"):
        sql = f"SELECT c.id, c.personal_digest, p.salt, p.content FROM {table} c JOIN personal p ON p.id = c.personal_id"
        for id_, digest, salt, content in connection.exec_driver_sql(sql):
            if personal_digest(salt, content) != digest:
                yield Difference(what="personal", where=f"{table} {id_}", expected=digest, found=personal_digest(salt, content))


def _take_digest(connection: Any, table: str, into: list[TableDigest]) -> Iterator[Difference]:
    """Note how many rows a table has and one digest over all of them, in the order of their keys."""
    key = ", ".join(f'"{column.name}"' for column in metadata.tables[table].primary_key)
    total, digest = 0, sha256()
    for row in connection.exec_driver_sql(f'SELECT * FROM "{table}" ORDER BY {key}'):
        digest.update(blake2b(json.dumps(list(row), ensure_ascii=False, default=repr).encode(), digest_size=16).digest())
        total += 1
    into.append(TableDigest(table=table, rows=total, digest=digest.hexdigest()))
    yield from ()
