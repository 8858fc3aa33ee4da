"""Responses as they stand inside an open unit of work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emergency_desk.domain.errors import ResponsesRun
from emergency_desk.domain.incidents import Incident

if TYPE_CHECKING:
    from emergency_desk.store.unit_of_work import UnitOfWork


def refuse_running(work: UnitOfWork, incident: Incident) -> None:
    """Refuse to end an incident while a response to it runs (R-1.13). Raises ResponsesRun naming the tiers."""
    running = [each for each in work.responses.where("WHERE incident_id = ? ORDER BY activated_at", (incident.id,)) if each.is_running]
    if running:
        raise ResponsesRun(number=incident.number, tiers=tuple(each.tier for each in running))
