"""Reads the timeline of an incident, by kind and words, page by page from the newest line back."""

from __future__ import annotations

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.ids import Id
from emergency_desk.domain.timeline import NO_FILTER, LogFilter, Timeline
from emergency_desk.services.desk import Desk

PAGE = 200


def timeline(desk: Desk, *, incident_id: Id, only: LogFilter = NO_FILTER, limit: int = PAGE, down_to: Id | None = None) -> Timeline:
    """Return the newest lines that the filter lets through; `down_to` reads on as far as that line. Raises NotFound."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        incident = reading.incidents.get(incident_id)
        if down_to is not None:
            limit = max(limit, reading.count_log(incident_id, only, from_sequence=reading.log.get(down_to).sequence) + PAGE // 4)
        lines = reading.filtered_log(incident_id, only, limit=limit)
        mending = reading.corrections_of(incident_id)
        by_id = {line.entry.id: line for line in mending}
        firsts = {line.entry.id: by_id[line.entry.corrects_id] for line in mending
                  if line.entry.corrects_id is not None and line.entry.corrects_id in by_id}
        corrections = {line.entry.corrects_id: line for line in mending if line.entry.corrects_id is not None}
        return Timeline(incident=incident, lines=tuple(lines), found=reading.count_log(incident_id, only),
                        total=reading.log.count("WHERE incident_id = ?", (incident_id,)), firsts=firsts, corrections=corrections)
