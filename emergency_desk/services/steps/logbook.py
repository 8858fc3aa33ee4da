"""Writes log lines inside an open unit of work: the line of a fact is committed with the fact."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening, LogEntry

if TYPE_CHECKING:
    from emergency_desk.services.desk import Desk
    from emergency_desk.store.unit_of_work import UnitOfWork


def write(
    desk: Desk, work: UnitOfWork, happening: Happening, *, at: datetime, incident_id: Id | None, occurred_at: datetime | None = None,
    text: str = "", about_id: Id | None = None, corrects_id: Id | None = None, **values: object,
) -> LogEntry:
    """Append one line. `values` are told by `wording`; what people typed stands in `text`, kept as typed."""
    entry = LogEntry(
        id=desk.new_id(), sequence=work.next_sequence(), happening=happening, occurred_at=occurred_at or at, recorded_at=at,
        account_id=desk.who, incident_id=incident_id, text=text, corrects_id=corrects_id, about_id=about_id,
        values=tuple((name, str(value)) for name, value in values.items() if value not in (None, "")),
    )
    return work.log.add(entry)
