"""What is derived from plans, derived again: backs, records, pieces, and every token of the index. Whether the records are those of the text
is asked where texts are read (`errands.plan_texts`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from emergency_desk.domain.integrity import Difference
from emergency_desk.domain.plan_search import fold, pieces
from emergency_desk.store.plan_shelving import BACK_COLUMNS, back_row, mark_of, unpacked, wants_text
from emergency_desk.store.plan_tokens import found_in
from emergency_desk.store.readings.plan_shelf import PlanShelfReading

_BACK = ", ".join(f"b.{name}" for name in BACK_COLUMNS.split(", "))
_TEXTS = (f"SELECT p.id, p.code, p.plan_version, p.body, b.mark, c.wants, c.content, {_BACK} "
          "FROM plans p LEFT JOIN plan_backs b ON b.plan_id = p.id LEFT JOIN plan_contents c ON c.plan_id = p.id ORDER BY p.id")
_MARK_BYTES = 5  # a token that stands in eight million pieces still adds up to a whole number of SQLite's
_KEPT = ("SELECT t.term, count(*), coalesce(sum(m.mark), 0) FROM temp.plan_token_places t LEFT JOIN temp.piece_marks m ON m.place = t.doc "
         "GROUP BY t.term")
_PIECES = "SELECT kind, clause, zh, en FROM plan_pieces WHERE owner_id = ? ORDER BY place DESC"


@dataclass(frozen=True, slots=True)
class _Meant:
    """What the records of one plan give: the columns of its back, what its levels ask for, its pieces."""

    back: tuple[Any, ...]
    wants: str
    pieces: tuple[tuple[Any, ...], ...]


def check_shelf(connection: Any, reading: PlanShelfReading) -> Iterator[Difference]:
    """Hold everything derived against the plans and against one another."""
    indexed = reading.indexed_owners()
    for id_, code, version, body, mark, wants, content, *back in connection.exec_driver_sql(_TEXTS):
        where = f"plans {code} {version}"
        if mark is None or content is None:
            continue  # made anew when a desk is opened
        meant = _meant_by(id_, content)
        if meant is None:
            yield Difference(what="plan_back", where=where, expected="records that can be read", found="others")
            continue
        if mark != mark_of(body):
            yield Difference(what="plan_back", where=where, expected=mark_of(body), found=mark)
        elif (tuple(back), wants) != (meant.back, meant.wants):
            yield Difference(what="plan_back", where=where, expected="what the plan says", found="something else")
        if id_ in indexed and _kept(connection, id_) != meant.pieces:
            yield Difference(what="plan_index", where=where, expected="its pieces", found="others")
    yield from _orphans(connection)
    yield from _tokens(connection)


def _meant_by(plan_id: str, content: bytes) -> _Meant | None:
    """Return what kept records give, None where they cannot be read."""
    plan = unpacked(content)
    if plan is None:
        return None
    return _Meant(back_row(plan_id, plan), wants_text(plan), tuple((one.kind.value, one.clause, one.zh, one.en) for one in pieces(plan)))


def _kept(connection: Any, owner: str) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(row) for row in connection.exec_driver_sql(_PIECES, (owner,)))


def _orphans(connection: Any) -> Iterator[Difference]:
    for table, column, living in (("plan_backs", "plan_id", "SELECT id FROM plans"), ("plan_contents", "plan_id", "SELECT id FROM plans"),
                                  ("plan_pieces", "owner_id", "SELECT owner_id FROM plan_indexed")):
        for (id_,) in connection.exec_driver_sql(f"SELECT DISTINCT {column} FROM {table} WHERE {column} NOT IN ({living})").fetchall():
            yield Difference(what="plan_back", where=f"{table} {id_}", expected="a plan", found="none")


def _tokens(connection: Any) -> Iterator[Difference]:
    """Hold every token of every piece against the index, by a sum that any order gives: SQLite adds up where a token stands."""
    connection.exec_driver_sql("CREATE VIRTUAL TABLE IF NOT EXISTS temp.plan_token_places USING fts5vocab(main, plan_tokens, instance)")
    connection.exec_driver_sql("CREATE TEMP TABLE IF NOT EXISTS piece_marks (place INTEGER PRIMARY KEY, mark INTEGER NOT NULL)")
    connection.exec_driver_sql("DELETE FROM piece_marks")
    meant = _meant(connection)
    terms = connection.exec_driver_sql(_KEPT).fetchall()
    kept = _added((number, hash(term) * marks) for term, number, marks in terms)
    if kept != meant:
        yield Difference(what="plan_index", where="plan_tokens", expected=f"{meant[0]} tokens", found=f"{kept[0]} tokens")
    known = {row[0] for row in connection.exec_driver_sql("SELECT word FROM plan_words")}
    lacking = {term for term, _number, _marks in terms if term < "\x7f"} - known
    if lacking:
        yield Difference(what="plan_index", where="plan_words", expected=min(lacking), found="none")


def _meant(connection: Any) -> tuple[int, int]:
    """Return how many tokens the pieces have and their sum, and lay down by which mark each piece stands in it."""
    rows = connection.exec_driver_sql("SELECT place, zh, en FROM plan_pieces").fetchall()
    marks = [int.from_bytes(blake2b(str(place).encode(), digest_size=_MARK_BYTES).digest(), "big") for place, _zh, _en in rows]
    connection.exec_driver_sql("INSERT INTO piece_marks VALUES (?,?)", [(row[0], mark) for row, mark in zip(rows, marks, strict=True)])
    told = [_told(zh, en) for _place, zh, en in rows]
    return _added((number, mark * drawn) for (number, drawn), mark in zip(told, marks, strict=True))


def _told(zh: str, en: str) -> tuple[int, int]:
    """Return how many tokens the words of a piece have, and the sum of the numbers that are drawn from them."""
    tokens = found_in((fold(zh), fold(en)))
    return len(tokens), sum(map(hash, tokens))  # SipHash: 64 bits, the same for a token all through the run of a program


def _added(sums: Iterable[tuple[int, int]]) -> tuple[int, int]:
    count = total = 0
    for number, part in sums:
        count += number
        total += part
    return count, total
