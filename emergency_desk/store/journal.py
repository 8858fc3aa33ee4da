"""The journal: one chained entry for each commit, holding the seal of every row the commit wrote.

It serves audit, refresh and proof with one mechanism. Personal data of the public never enter it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from hashlib import sha256
from typing import Any

from emergency_desk.domain.library import JournalEntry
from emergency_desk.store.codec import to_json

FIRST = "0" * 64
Link = tuple[int, int, str | None, str, str, str, str, str, str]  # an entry as its columns stand


def hash_of(number: int, at: int, account_id: str | None, desk_code: str, action: str, values: str, touched: str, previous: str) -> str:
    """Return the sha256 over the entry before and everything this entry says."""
    content = to_json([number, at, account_id, desk_code, action, values, touched, previous])
    return sha256(content.encode()).hexdigest()


def last_link(connection: Any, of: str = "journal") -> tuple[int, str]:
    """Return (number, hash) of the newest entry."""
    row = connection.exec_driver_sql(f"SELECT number, hash FROM {of} ORDER BY number DESC LIMIT 1").first()
    return (row[0], row[1]) if row else (0, FIRST)


def append(
    connection: Any, *, at: int, account_id: str | None, desk_code: str, action: str, values: dict[str, Any],
    touched: Sequence[str],
) -> int:
    """Append the entry of this commit and return its number. `touched` are lines of table, id, version and seal."""
    number, previous = last_link(connection)
    write(connection, link(number + 1, previous, at=at, account_id=account_id, desk_code=desk_code, action=action, values=values,
                           touched="\n".join(touched)))
    return number + 1


def link(
    number: int, previous: str, *, at: int, account_id: str | None, desk_code: str, action: str, values: dict[str, Any], touched: str,
) -> Link:
    """Return the entry that follows an other, with its own hash at the end. Needs no connection."""
    told = to_json(values)
    own = hash_of(number, at, account_id, desk_code, action, told, touched, previous)
    return (number, at, account_id, desk_code, action, told, touched, previous, own)


def write(connection: Any, entry: Link) -> None:
    """Write an entry as it is."""
    connection.exec_driver_sql(
        'INSERT INTO journal (number, at, account_id, desk_code, action, "values", touched, previous, hash) VALUES (?,?,?,?,?,?,?,?,?)', entry)


def is_sound(entry: JournalEntry, previous: str) -> bool:
    """Say whether an entry follows its forerunner and still says what it said."""
    if any(isinstance(getattr(entry, one.name), bytes) for one in fields(entry)):
        return False  # no desk writes bytes here
    return entry.previous == previous and entry.hash == hash_of(
        entry.number, entry.at, entry.account_id, entry.desk_code, entry.action, entry.values, entry.touched, entry.previous)
