"""The incident an act is about, refused when it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emergency_desk.domain.errors import IncidentIsClosed
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident

if TYPE_CHECKING:
    from emergency_desk.store.unit_of_work import UnitOfWork


def open_incident(work: UnitOfWork, incident_id: Id) -> Incident:
    """Return the incident. Raises NotFound, IncidentIsClosed."""
    incident = work.incidents.get(incident_id)
    if not incident.is_open:
        raise IncidentIsClosed(number=incident.number)
    return incident
