"""The SELECTs of the timeline: the log of one incident, by kind and words, the newest first."""

from __future__ import annotations

from typing import Any

from emergency_desk.domain.boards import LogLine
from emergency_desk.domain.ids import Id
from emergency_desk.domain.timeline import HAPPENINGS, LogFilter
from emergency_desk.store.repositories.shapes import LOG, Repositories

_FROM = """
FROM log_entries l LEFT JOIN accounts c ON c.id = l.account_id LEFT JOIN incidents i ON i.id = l.incident_id """
LOG_SELECT = "SELECT " + ", ".join(f'l."{name}"' for name in LOG.codec.names) + """, coalesce(c.display_name, ''), coalesce(i.number, ''),
       coalesce(i.title, ''), coalesce(c.display_name_en, '')""" + _FROM
_HELD = "(l.text LIKE ? ESCAPE '\\' OR l.\"values\" LIKE ? ESCAPE '\\' OR coalesce(c.display_name, '') LIKE ? ESCAPE '\\')"


class TimelineReading(Repositories):
    """What the timeline reads."""

    def filtered_log(self, incident_id: Id, only: LogFilter, *, limit: int) -> list[LogLine]:
        """Return the newest lines of an incident that a filter lets through."""
        where, values = _where(incident_id, only)
        return self.log_of(f"{where} ORDER BY l.sequence DESC LIMIT ?", [*values, limit])

    def count_log(self, incident_id: Id, only: LogFilter, *, from_sequence: int = 0) -> int:
        """Return how many lines a filter lets through, those from a sequence number on."""
        where, values = _where(incident_id, only)
        sql = f"SELECT count(*) {_FROM} {where} AND l.sequence >= ?"
        return int(self._connection.exec_driver_sql(sql, (*values, from_sequence)).scalar_one())

    def corrections_of(self, incident_id: Id) -> list[LogLine]:
        """Return the corrections of an incident and the lines they correct, in the order of entry."""
        named = "SELECT corrects_id FROM log_entries WHERE incident_id = ? AND corrects_id IS NOT NULL"
        return self.log_of(f"WHERE l.incident_id = ? AND (l.corrects_id IS NOT NULL OR l.id IN ({named})) ORDER BY l.sequence",
                           (incident_id, incident_id))

    def log_of(self, rest: str, values: Any) -> list[LogLine]:
        """Return the lines of a SELECT's rest over `l` (log), `c` (account), `i` (incident)."""
        width = len(LOG.codec.names)
        return [
            LogLine(entry=LOG.codec.decode(row[:width]), account_name=row[width], incident_number=row[width + 1],
                    incident_title=row[width + 2], account_name_en=row[width + 3])
            for row in self._connection.exec_driver_sql(LOG_SELECT + rest, tuple(values))
        ]


def _where(incident_id: Id, only: LogFilter) -> tuple[str, list[Any]]:
    conditions, values = ["l.incident_id = ?"], list[Any]([incident_id])
    kinds = sorted(HAPPENINGS[only.kind])
    if kinds:
        conditions.append(f"l.happening IN ({', '.join('?' for _ in kinds)})")
        values += kinds
    for word in only.words:
        held = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        conditions.append(_HELD)
        values += [held, held, held]
    return "WHERE " + " AND ".join(conditions), values
