"""Who people are: the erasable rows outside the journal, the words they are found by, and their destruction on the bytes.

Nothing but a digest of these rows is ever sealed. When they are destroyed, both tables are written anew with what is kept: SQLite wipes
the pages it gives up (secure_delete), but a page that rows were moved out of keeps their old bytes in its gaps as long as it is in use.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from emergency_desk.store import quick_sounds
from emergency_desk.store.statements import Statements

_COLUMNS = {"personal": "id, incident_id, salt, content", "people_keys": "personal_id, incident_id, search_key, phone_tail, name_key"}
_KEEP = ("INSERT INTO personal (id, incident_id, salt, content) VALUES (?,?,?,?) "
         "ON CONFLICT (id) DO UPDATE SET salt = excluded.salt, content = excluded.content")
_KEY = ("INSERT INTO people_keys (personal_id, incident_id, search_key, phone_tail, name_key) VALUES (?,?,?,?,?) ON CONFLICT (personal_id) "
        "DO UPDATE SET search_key = excluded.search_key, phone_tail = excluded.phone_tail, name_key = excluded.name_key")
_TAIL = 4
_CHUNK = 500
_FEWEST = 2  # signs of a name by which a copy of it is looked for


@dataclass(frozen=True, slots=True)
class Named:
    """A person as they are kept: the content of the erasable row, and what they are found by beside the sound of the name."""

    id: str
    salt: str
    content: Mapping[str, str]
    name_key: str
    numbers: tuple[str, ...] = ()  # digits of the phone, last four of the identity number
    phone: str = ""


def personal_digest(salt: str, content: str) -> str:
    """Return the digest by which a record can prove which personal data it meant, without holding them."""
    return blake2b(content.encode(), digest_size=16, key=bytes.fromhex(salt)).hexdigest()


def written(content: Mapping[str, str]) -> str:
    """Return the text of an erasable row."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


class PeopleBook:
    """The two erasable tables over one connection."""

    def __init__(self, connection: Statements) -> None:
        self._connection = connection

    # -- keeping -------------------------------------------------------------------------------------------------------
    def keep(self, people: Sequence[Named], *, incident_id: str) -> list[str]:
        """Keep people, or keep them anew; returns their digests."""
        texts = [written(one.content) for one in people]
        self._connection.exec_driver_sql(_KEEP, [(one.id, incident_id, one.salt, text) for one, text in zip(people, texts, strict=True)])
        self._connection.exec_driver_sql(_KEY, [
            (one.id, incident_id, _search_key(one), one.phone[-_TAIL:], one.name_key) for one in people])
        return [personal_digest(one.salt, text) for one, text in zip(people, texts, strict=True)]

    # -- reading -------------------------------------------------------------------------------------------------------
    def contents(self, ids: Iterable[str]) -> dict[str, dict[str, str]]:
        """Return the contents of the rows that are still there."""
        found: dict[str, dict[str, str]] = {}
        wanted = list(dict.fromkeys(ids))
        for start in range(0, len(wanted), _CHUNK):
            some = wanted[start:start + _CHUNK]
            sql = f"SELECT id, content FROM personal WHERE id IN ({','.join('?' * len(some))})"
            found.update((id_, json.loads(text)) for id_, text in self._connection.exec_driver_sql(sql, tuple(some)))
        return found

    def of_incident(self, incident_id: str) -> dict[str, dict[str, str]]:
        """Return every row of an incident."""
        rows = self._connection.exec_driver_sql("SELECT id, content FROM personal WHERE incident_id = ?", (incident_id,))
        return {id_: json.loads(text) for id_, text in rows}

    def of_name(self, name_key: str, *, incident_id: str) -> list[str]:
        """Return the people of a name, by the order they were kept in."""
        sql = "SELECT personal_id FROM people_keys WHERE name_key = ? AND incident_id = ? ORDER BY personal_id"
        return [row[0] for row in self._connection.exec_driver_sql(sql, (name_key, incident_id))]

    def numbers_of(self, name_key: str, *, incident_id: str) -> list[tuple[str, list[str]]]:
        """Return the people of a name with the words they are found by, the newest first: their numbers are among them."""
        sql = "SELECT personal_id, search_key FROM people_keys WHERE name_key = ? AND incident_id = ? ORDER BY personal_id DESC"
        return [(id_, key.split()) for id_, key in self._connection.exec_driver_sql(sql, (name_key, incident_id))]

    def of_more_than_one(self, incident_id: str) -> list[str]:
        """Return the names that more than one entry of an incident bears."""
        sql = "SELECT name_key FROM people_keys WHERE incident_id = ? GROUP BY name_key HAVING count(*) > 1"
        return [row[0] for row in self._connection.exec_driver_sql(sql, (incident_id,))]

    def search_keys(self, ids: Iterable[str] | None = None) -> list[tuple[str, str]]:
        """Return (person, search key) of everybody, or of some; an empty key for who was destroyed."""
        if ids is None:
            return [(row[0], row[1]) for row in self._connection.exec_driver_sql("SELECT personal_id, search_key FROM people_keys")]
        sql = "SELECT search_key FROM people_keys WHERE personal_id = ?"
        return [(id_, str(self._connection.exec_driver_sql(sql, (id_,)).scalar() or "")) for id_ in ids]

    def holds(self, incident_id: str) -> bool:
        """Say whether any personal data of an incident is kept."""
        return self._connection.exec_driver_sql("SELECT 1 FROM personal WHERE incident_id = ? LIMIT 1", (incident_id,)).first() is not None

    def drop(self, person_id: str) -> None:
        """Take out one person whose stays became somebody else's."""
        self._connection.exec_driver_sql("DELETE FROM personal WHERE id = ?", (person_id,))
        self._connection.exec_driver_sql("DELETE FROM people_keys WHERE personal_id = ?", (person_id,))

    def words_of(self, incident_id: str) -> frozenset[str]:
        """Return the names and phones that are kept of an incident: by them other copies are found before they are destroyed."""
        words = {value.strip() for content in self.of_incident(incident_id).values() for key, value in content.items()
                 if "name" in key or "phone" in key}
        return frozenset(word for word in words if len(word) >= _FEWEST)

    # -- destroying ----------------------------------------------------------------------------------------------------
    def destroy(self, incident_id: str) -> int:
        """Destroy what is kept of an incident, salts included, and forms not yet saved that hold a name of it; returns how many rows went.

        The tables are written anew with what is kept.
        """
        drafts = self._drafts_with(self.words_of(incident_id))
        went = int(self._connection.exec_driver_sql("SELECT count(*) FROM personal WHERE incident_id = ?", (incident_id,)).scalar_one())
        for table, columns in _COLUMNS.items():
            self._connection.exec_driver_sql(f"CREATE TEMP TABLE kept_{table} AS SELECT {columns} FROM {table} WHERE incident_id IS NOT ?",
                                             (incident_id,))
            self._connection.exec_driver_sql(f"DELETE FROM {table}")
            self._connection.exec_driver_sql(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM temp.kept_{table}")
            self._connection.exec_driver_sql(f"DROP TABLE temp.kept_{table}")
        self._write_drafts_anew(without=drafts)
        return went + len(drafts)

    def _drafts_with(self, words: frozenset[str]) -> list[str]:
        """Return the forms not yet saved that hold one of some words."""
        rows = self._connection.exec_driver_sql("SELECT name, content FROM drafts ORDER BY name")
        return [name for name, content in rows if any(word in content for word in words)]

    def _write_drafts_anew(self, *, without: Sequence[str]) -> None:
        """Write the forms anew: a form that was saved long ago may have left its words in the gaps of a page."""
        columns, gone = "name, account_id, content, kept_at", ",".join("?" * len(without))
        self._connection.exec_driver_sql(f"CREATE TEMP TABLE kept_drafts AS SELECT {columns} FROM drafts WHERE name NOT IN ({gone})",
                                         tuple(without))
        self._connection.exec_driver_sql("DELETE FROM drafts")
        self._connection.exec_driver_sql(f"INSERT INTO drafts ({columns}) SELECT {columns} FROM temp.kept_drafts")
        self._connection.exec_driver_sql("DROP TABLE temp.kept_drafts")


def _search_key(one: Named) -> str:
    words: tuple[Any, ...] = (*quick_sounds.words(one.content.get("name", "")), *one.numbers)
    return " ".join(dict.fromkeys(word for word in words if word))
