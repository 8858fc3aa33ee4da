"""Writes what is derived from plans: their backs, their records ready to be read, and the index of their words. Never in the journal.

Whatever stands here can be thrown away and made anew from the texts. One `Shelving` is one short transaction.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from typing import Any

from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.plan_search import Piece, fold
from emergency_desk.domain.plan_shelf import back_of
from emergency_desk.domain.plan_wants import LevelWants, wants_of
from emergency_desk.store.codec import reader_of, to_json
from emergency_desk.store.plan_tokens import latin_words, tokens

BACK_COLUMNS = ("plan_id, code, plan_version, title, title_en, kind, tier, area_code, hazard_types, near_types, parent, aligned, tiers, clauses")
_BACK = f"INSERT OR REPLACE INTO plan_backs ({BACK_COLUMNS}, mark) VALUES ({', '.join('?' * 15)})"
_PIECE = "INSERT INTO plan_pieces (place, owner_id, kind, clause, zh, en) VALUES (?,?,?,?,?,?)"


class Shelving:
    """Puts derived rows over the ones that were. Inside a transaction that somebody else ends."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver

    def put(self, plan_id: str, body: str, plan: Plan) -> None:
        """Put the back and the records of a plan, read from a text."""
        self._driver.execute(_BACK, (*back_row(plan_id, plan), mark_of(body)))
        self._driver.execute("INSERT OR REPLACE INTO plan_contents (plan_id, wants, content) VALUES (?,?,?)",
                             (plan_id, wants_text(plan), packed(plan)))

    def put_wants(self, plan_id: str, plan: Plan) -> None:
        """Put anew what a plan's levels ask for."""
        self._driver.execute("UPDATE plan_contents SET wants = ? WHERE plan_id = ?", (wants_text(plan), plan_id))

    def index(self, owner_id: str, *, mark: str, code: str, version: str, pieces: Sequence[Piece]) -> None:
        """Index the pieces of a version or a draft, as the newest: what is found is told from the highest place down, so they go in backwards."""
        self.drop(owner_id)
        place = self._driver.execute("SELECT coalesce(max(place), 0) FROM plan_pieces").fetchone()[0]
        rows = [(place + number, owner_id, piece.kind.value, piece.clause, piece.zh, piece.en)
                for number, piece in enumerate(reversed(pieces), 1)]
        told = [(row[0], tokens((fold(row[4]), fold(row[5])))) for row in rows]
        self._driver.executemany(_PIECE, rows)
        self._driver.executemany("INSERT INTO plan_tokens (rowid, tokens) VALUES (?,?)", told)
        self._driver.executemany("INSERT OR IGNORE INTO plan_words (word) VALUES (?)",
                                 [(word,) for word in sorted({word for _place, told in told for word in latin_words(told)})])
        self._driver.execute("INSERT INTO plan_indexed (owner_id, mark, code, plan_version) VALUES (?,?,?,?)", (owner_id, mark, code, version))

    def drop(self, owner_id: str) -> None:
        """Take the pieces of a version or a draft out of the index."""
        self._driver.execute("DELETE FROM plan_tokens WHERE rowid IN (SELECT place FROM plan_pieces WHERE owner_id = ?)", (owner_id,))
        self._driver.execute("DELETE FROM plan_pieces WHERE owner_id = ?", (owner_id,))
        self._driver.execute("DELETE FROM plan_indexed WHERE owner_id = ?", (owner_id,))

    def clear(self) -> None:
        """Throw everything away, to be made anew."""
        for table in ("plan_backs", "plan_contents", "plan_indexed", "plan_pieces", "plan_words"):
            self._driver.execute(f"DELETE FROM {table}")
        self._driver.execute("INSERT INTO plan_tokens (plan_tokens) VALUES ('delete-all')")


def mark_of(body: str) -> str:
    """Return the mark by which it is seen that derived rows belong to a text."""
    return blake2b(body.encode(), digest_size=16).hexdigest()


def back_row(plan_id: str, plan: Plan) -> tuple[Any, ...]:
    """Return the columns of a plan's back."""
    back = back_of(plan, id_=plan_id)
    return (back.id, back.code, back.version, back.title.zh, back.title.en, back.kind.value, back.tier.value, back.area_code,
            _listed(back.hazard_types), _listed(back.near_types), back.parent, _listed(back.aligned),
            _listed([tier.value for tier in back.tiers]), back.clauses)


def wants_text(plan: Plan) -> str:
    """Return what a plan's levels ask for, as it is kept."""
    return to_json(wants_of(plan).levels)


def packed(plan: Plan) -> bytes:
    """Return a plan's records as they are kept: JSON, a third of its length."""
    return zlib.compress(to_json(plan).encode(), 6)


def unpacked(content: bytes) -> Plan | None:
    """Return the plan of a kept content, None where a damaged file left what is no plan: its text tells it anew."""
    try:
        plan: Plan = _reader(Plan)(json.loads(zlib.decompress(content)))
    except (zlib.error, LookupError, TypeError, ValueError):
        return None
    return plan


@lru_cache(maxsize=4_096)  # many plans ask for the very same
def wants_from(text: str) -> tuple[LevelWants, ...]:
    """Return what the levels of a plan ask for."""
    wants: tuple[LevelWants, ...] = _reader(tuple[LevelWants, ...])(json.loads(text))
    return wants


def listed_from(text: str) -> tuple[str, ...]:
    """Return the words of a list that is kept in a column."""
    return tuple(text.split(" ")) if text else ()


def _listed(words: Iterable[str]) -> str:
    return " ".join(words)


@cache
def _reader(kind: Any) -> Any:
    return reader_of(kind)
