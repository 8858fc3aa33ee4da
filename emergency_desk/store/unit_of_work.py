"""The unit of work: one transaction, one journal entry, one change set. Leaving without `commit()` rolls everything back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any

from emergency_desk.domain.changes import ChangeSet, Subject
from emergency_desk.domain.errors import StoreTrouble
from emergency_desk.domain.ids import Id
from emergency_desk.store import journal
from emergency_desk.store.codec import moment_to_column
from emergency_desk.store.repositories.people_book import personal_digest, written
from emergency_desk.store.repositories.shapes import Repositories
from emergency_desk.store.statements import Statements
from emergency_desk.store.trouble import DRIVER_ERRORS, as_trouble

_MOST_SUBJECTS = 1_000  # beyond it everything is said to have changed


class UnitOfWork(Repositories):
    """Everything one action loads and writes. Repositories are attributes: `work.teams.get(…)`, `work.log.add(…)`."""

    def __init__(
        self, connection: Any, *, account_id: Id | None, desk_code: str, at: datetime,
        told: Callable[[ChangeSet], None] | None = None, trouble_of: Callable[[BaseException], BaseException] = as_trouble,
    ) -> None:
        self._trouble_of = trouble_of
        self._pooled, self._driver = connection, connection.driver_connection
        self._lines: list[str] = []  # of the journal: table, id, version and seal of every row written
        self._subjects: set[tuple[Subject, Id]] = set()
        self._is_bulk, self._last_sequence = False, 0
        self._told = told
        self._account_id, self._desk_code, self._at = account_id, desk_code, at
        super().__init__(Statements(self._driver), self._touch)
        try:
            self._driver.execute("BEGIN IMMEDIATE")
        except DRIVER_ERRORS as error:
            connection.close()
            raise trouble_of(error) from error

    def __enter__(self) -> UnitOfWork:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if self._driver.in_transaction:
                self._driver.execute("ROLLBACK")
        finally:
            self._pooled.close()
        if error is not None:
            trouble = self._trouble_of(error)
            if isinstance(trouble, StoreTrouble) and trouble is not error:
                raise trouble from error

    def _touch(self, table: str, subject: Subject | None, ids: Sequence[str], version: int, seals: Sequence[str]) -> None:
        self._lines += [f"{table} {id_} {version} {seal}" for id_, seal in zip(ids, seals, strict=True)]
        if subject is None:
            return
        room = _MOST_SUBJECTS - len(self._subjects)
        self._subjects.update((subject, Id(id_)) for id_ in ids[:room])
        self._is_bulk = self._is_bulk or len(ids) > room

    # -- what is no plain repository --
    def next_number(self, counter: str) -> int:
        """Count a counter up by one and return it (1 the first time)."""
        sql = ("INSERT INTO counters (name, last) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last")
        return int(self._connection.exec_driver_sql(sql, (counter,)).scalar_one())

    def next_sequence(self) -> int:
        """Return the number the next log line takes."""
        if not self._last_sequence:  # nobody else writes meanwhile, so it is asked once
            self._last_sequence = int(self._connection.exec_driver_sql("SELECT coalesce(max(sequence), 0) FROM log_entries").scalar_one())
        self._last_sequence += 1
        return self._last_sequence

    def keep_personal(self, personal_id: Id, *, incident_id: Id, salt: str, content: dict[str, str]) -> str:
        """Keep personal data in the erasable table and return the salted digest that records may carry."""
        text = written(content)
        self._connection.exec_driver_sql(
            "INSERT INTO personal (id, incident_id, salt, content) VALUES (?,?,?,?) "
            "ON CONFLICT (id) DO UPDATE SET salt = excluded.salt, content = excluded.content", (personal_id, incident_id, salt, text))
        return personal_digest(salt, text)

    def move_personal(self, personal_id: Id, *, incident_id: Id) -> None:
        """Lay personal data to another incident (a call was joined or parted)."""
        self._connection.exec_driver_sql("UPDATE personal SET incident_id = ? WHERE id = ?", (incident_id, personal_id))

    def erase_personal(self, incident_id: Id) -> int:
        """Destroy the personal data of an incident, salt included (ERL24 Art. 85); returns how many rows went."""
        return self.people.destroy(incident_id)

    def keep_secret(self, account_id: Id, password_hash: str) -> None:
        """Keep the hash of an account's password, outside the journal."""
        self._connection.exec_driver_sql(
            "INSERT INTO account_secrets (account_id, password_hash) VALUES (?,?) "
            "ON CONFLICT (account_id) DO UPDATE SET password_hash = excluded.password_hash", (account_id, password_hash))

    def commit(self, action: str, **values: Any) -> ChangeSet:
        """Append the journal entry and make everything durable. The values may hold no personal data of the public."""
        try:
            number = journal.append(
                self._connection, at=moment_to_column(self._at) or 0, account_id=self._account_id, desk_code=self._desk_code,
                action=action, values=values, touched=self._lines)
            self._driver.execute("COMMIT")
        except DRIVER_ERRORS as error:
            raise self._trouble_of(error) from error
        changes = ChangeSet(journal_number=number, touched=frozenset(self._subjects), everything=self._is_bulk)
        if self._told is not None:
            self._told(changes)
        return changes
