"""What is derived from plans, derived again: backs, records, pieces, and every token of the index. Whether the records are those of the text
is asked where texts are read (`errands.plan_texts`)."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from emergency_desk.domain.integrity import Difference
from emergency_desk.domain.plan_search import fold, pieces
from emergency_desk.store.plan_shelving import BACK_COLUMNS, back_row, mark_of, unpacked, wants_text
from emergency_desk.store.plan_tokens import tokens
from emergency_desk.store.readings.plan_shelf import PlanShelfReading

_BACK = ", ".join(f"b.{name}" for name in BACK_COLUMNS.split(", "))
_TEXTS = (f"SELECT p.id, p.code, p.plan_version, p.body, b.mark, c.wants, c.content, {_BACK} "
          "FROM plans p LEFT JOIN plan_backs b ON b.plan_id = p.id LEFT JOIN plan_contents c ON c.plan_id = p.id ORDER BY p.id")
_PIECES = "SELECT kind, clause, zh, en FROM plan_pieces WHERE owner_id = ? ORDER BY place DESC"


def check_shelf(connection: Any, reading: PlanShelfReading) -> Iterator[Difference]:
    """Hold everything derived against the plans and against one another."""
    indexed = reading.indexed_owners()
    for id_, code, version, body, mark, wants, content, *back in connection.exec_driver_sql(_TEXTS):
        where = f"plans {code} {version}"
        if mark is None or content is None:
            continue  # made anew when a desk is opened
        plan = unpacked(content)
        if mark != mark_of(body):
            yield Difference(what="plan_back", where=where, expected=mark_of(body), found=mark)
        elif (tuple(back), wants) != (back_row(id_, plan), wants_text(plan)):
            yield Difference(what="plan_back", where=where, expected="what the plan says", found="something else")
        if id_ in indexed and _kept(connection, id_) != [(one.kind.value, one.clause, one.zh, one.en) for one in pieces(plan)]:
            yield Difference(what="plan_index", where=where, expected="its pieces", found="others")
    yield from _orphans(connection)
    yield from _tokens(connection)


def _kept(connection: Any, owner: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.exec_driver_sql(_PIECES, (owner,))]


def _orphans(connection: Any) -> Iterator[Difference]:
    for table, column, living in (("plan_backs", "plan_id", "SELECT id FROM plans"), ("plan_contents", "plan_id", "SELECT id FROM plans"),
                                  ("plan_pieces", "owner_id", "SELECT owner_id FROM plan_indexed")):
        for (id_,) in connection.exec_driver_sql(f"SELECT DISTINCT {column} FROM {table} WHERE {column} NOT IN ({living})").fetchall():
            yield Difference(what="plan_back", where=f"{table} {id_}", expected="a plan", found="none")


def _tokens(connection: Any) -> Iterator[Difference]:
    """Hold every token of every piece against the index, by a sum that any order gives."""
    connection.exec_driver_sql("CREATE VIRTUAL TABLE IF NOT EXISTS temp.plan_token_places USING fts5vocab(main, plan_tokens, instance)")
    kept = _sum_of(connection.exec_driver_sql("SELECT term, doc FROM temp.plan_token_places"))
    meant = _sum_of((token, place) for place, zh, en in connection.exec_driver_sql("SELECT place, zh, en FROM plan_pieces")
                    for token in tokens((fold(zh), fold(en))).split(" ") if token)
    if kept != meant:
        yield Difference(what="plan_index", where="plan_tokens", expected=f"{meant[0]} tokens", found=f"{kept[0]} tokens")
    known = {row[0] for row in connection.exec_driver_sql("SELECT word FROM plan_words")}
    lacking = {term for (term,) in connection.exec_driver_sql("SELECT DISTINCT term FROM temp.plan_token_places WHERE term < '\x7f'")} - known
    if lacking:
        yield Difference(what="plan_index", where="plan_words", expected=min(lacking), found="none")


def _sum_of(places: Any) -> tuple[int, int]:
    count = total = 0
    for token, place in places:
        count += 1
        total += int.from_bytes(blake2b(f"{place} {token}".encode(), digest_size=8).digest(), "big")
    return count, total % (1 << 64)
