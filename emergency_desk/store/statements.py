"""The short way from a statement to the driver, inside a transaction that has begun.

Every statement here is written once and sent as it is, so nothing of SQLAlchemy's result machinery is needed: it cost four times the
statement itself. The names are those of SQLAlchemy's own results, as far as this room uses them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any


class Answer:
    """What a statement gave back: rows as tuples."""

    __slots__ = ("_cursor",)

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self._cursor)

    @property
    def rowcount(self) -> int:
        """How many rows were written."""
        return int(self._cursor.rowcount)

    def first(self) -> tuple[Any, ...] | None:
        """Return the first row, or None; further ones are dropped."""
        row: tuple[Any, ...] | None = self._cursor.fetchone()
        self._cursor.close()
        return row

    def one(self) -> tuple[Any, ...]:
        """Return the first row, which is there."""
        row = self.first()
        assert row is not None, "a statement that always gives a row"
        return row

    def scalar(self) -> Any:
        """Return the first value of the first row, or None."""
        row = self.first()
        return row[0] if row else None

    def scalar_one(self) -> Any:
        """Return the first value of the first row, which is there."""
        return self.one()[0]

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return all rows."""
        return list(self._cursor.fetchall())


class Statements:
    """A connection of the driver, as repositories and readings use it. A list of tuples is written row by row."""

    __slots__ = ("driver",)

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def exec_driver_sql(self, sql: str, values: Sequence[Any] = ()) -> Answer:
        """Run one statement. Raises the driver's own errors."""
        if isinstance(values, list):
            return Answer(self.driver.executemany(sql, values))
        return Answer(self.driver.execute(sql, values))
