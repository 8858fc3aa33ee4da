"""Responses as they stand inside an open unit of work."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import ResponsesRun
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.responses import Response

if TYPE_CHECKING:
    from emergency_desk.store.unit_of_work import UnitOfWork


def run_at(work: UnitOfWork, incident: Incident, response: Response) -> Incident:
    """Let the incident run at the level a tier decided, where no tier above has set one: the teams wanted are those of that level."""
    if not incident.plan_code or (incident.plan_tier and Tier(incident.plan_tier).rank < response.tier.rank):
        return incident
    if (incident.plan_tier, incident.plan_level) == (response.tier.value, response.level.value):
        return incident
    return work.incidents.put(replace(incident, plan_tier=response.tier.value, plan_level=response.level.value))


def runs(work: UnitOfWork, incident: Incident) -> tuple[Response, ...]:
    """Return the responses that still run, the oldest first."""
    return tuple(each for each in work.responses.where("WHERE incident_id = ? ORDER BY activated_at", (incident.id,)) if each.is_running)


def refuse_running(work: UnitOfWork, incident: Incident) -> None:
    """Refuse to end an incident while a response to it runs (R-1.13). Raises ResponsesRun naming the tiers."""
    running = runs(work, incident)
    if running:
        raise ResponsesRun(number=incident.number, tiers=tuple(each.tier for each in running))
