"""How a great list is written: by columns, and its indexes after its rows. Nothing here begins or ends a transaction.

A row of a list has some forty columns, most of which say the same in all its rows. What they say stands in the statement, so that it is
told once and not with every row. And an index that is made of all rows at once is sorted first and written from one end to the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from emergency_desk.domain.record_columns import Same

GREAT = 10_000  # rows from which on indexes are made afterwards
_PLAIN = re.compile(r"[\w.-]{0,200}", re.ASCII)  # no sign that means anything in a statement


def insert_columns(connection: Any, table: str, names: Sequence[str], columns: Sequence[Sequence[Any]]) -> None:
    """Insert rows that are given by columns, all of one length."""
    told = [_literal(column.value) if isinstance(column, Same) else "" for column in columns]
    told[0] = ""  # something is handed over for every row, also where there is only one
    listed = ", ".join(f'"{name}"' for name in names)
    sql = f"INSERT INTO {table} ({listed}) VALUES ({', '.join(literal or '?' for literal in told)})"
    connection.exec_driver_sql(sql, list(zip(*(column for literal, column in zip(told, columns, strict=True) if not literal), strict=True)))


def _literal(value: Any) -> str:
    """Return a value as a statement says it; an empty string where it had better be handed over."""
    if value is None:
        return "NULL"
    if type(value) is int:
        return str(value) if abs(value) < 1 << 63 else ""
    return f"'{value}'" if type(value) is str and _PLAIN.fullmatch(value) else ""


@contextmanager
def indexes_afterwards(connection: Any, table: str, coming: int) -> Iterator[None]:
    """Make the indexes of a table after its new rows, where these are many and no fewer than the old ones.

    An index that keeps rows from being equal stays, so that they are refused where they come. All is undone with the transaction.
    """
    made: list[tuple[str, str]] = []
    if coming >= GREAT and connection.exec_driver_sql(f"SELECT 1 FROM {table} LIMIT 1 OFFSET ?", (coming,)).first() is None:
        made = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql LIKE 'CREATE INDEX%'", (table,)).fetchall()
    for name, _sql in made:
        connection.exec_driver_sql(f'DROP INDEX "{name}"')
    yield
    for _name, sql in made:
        connection.exec_driver_sql(sql)
