"""What lists of drafts ask of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from emergency_desk.domain.ids import Id
from emergency_desk.store.codec import moment_from_column
from emergency_desk.store.repositories.shapes import Repositories

_CHANGES = """
SELECT draft_id, count(*) FILTER (WHERE is_removed = 0), max(changed_at),
       (SELECT q.changed_by FROM plan_parts q WHERE q.draft_id = p.draft_id ORDER BY q.changed_at DESC, q.id LIMIT 1)
FROM plan_parts p WHERE draft_id IN ({marks}) GROUP BY draft_id"""


@dataclass(frozen=True, slots=True)
class DraftChange:
    """How many parts a draft has, and who saved the last of them when."""

    parts: int
    at: datetime
    account_id: Id


class PlanReading(Repositories):
    """Plans and their drafts."""

    def draft_changes(self, draft_ids: list[Id]) -> dict[Id, DraftChange]:
        """Return the last change of each draft that has a part."""
        rows = self._connection.exec_driver_sql(_CHANGES.format(marks=", ".join("?" for _ in draft_ids)), tuple(draft_ids))
        return {Id(row[0]): DraftChange(row[1], _moment(row[2]), Id(row[3])) for row in rows}


def _moment(value: int) -> datetime:
    moment = moment_from_column(value)
    assert moment is not None, "the column is never empty"
    return moment
