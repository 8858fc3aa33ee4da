"""Destroys the personal data of an incident inside an open unit of work; what stays is a number and counts (ERL24 Art. 85)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from emergency_desk.domain.ids import Id, purge_number
from emergency_desk.domain.incidents import Happening, Incident
from emergency_desk.domain.moments import local_year
from emergency_desk.domain.purging import Purge, check_purge, counts_of
from emergency_desk.domain.recovery import AftermathItem, AftermathKind, AftermathState
from emergency_desk.services.steps import logbook
from emergency_desk.services.steps.stays import lines_of

if TYPE_CHECKING:
    from emergency_desk.services.desk import Desk
    from emergency_desk.store.unit_of_work import UnitOfWork

_OWED = "WHERE incident_id = ? AND kind = ? AND state = ? ORDER BY created_at DESC, id DESC"


def owed(work: UnitOfWork, incident_id: Id) -> list[AftermathItem]:
    """Return the open item that asks for the destruction, as a list of at most one."""
    return work.aftermath.first(_OWED, (incident_id, AftermathKind.PERSONAL_ERASURE.value, AftermathState.OPEN.value))


def purge(desk: Desk, work: UnitOfWork, incident: Incident, *, at: datetime, decided_by: str = "", note: str = "") -> Purge:
    """Destroy every record with a name, keep counts, write the line. Raises PurgeTooEarly, PurgeHeld."""
    stays = work.shelter_stays.where("WHERE incident_id = ? ORDER BY arrived_at, id", (incident.id,))
    item = next(iter(owed(work, incident.id)), None)
    running = [work.sites.get(opening.shelter_id).name for opening in work.shelter_openings.where(
        "WHERE incident_id = ? AND closed_at IS NULL", (incident.id,))]
    check_purge(incident, running=running, has_stays=bool(stays), held_until=item.due_at if item else None,
                why=item.note if item else "", at=at)
    lines = lines_of(work, stays)
    year = local_year(at)
    made = work.purges.add(Purge(
        id=desk.new_id(), number=purge_number(desk.facts.code, year, work.next_number(f"purge {desk.facts.code} {year}")),
        incident_id=incident.id, purged_at=at, account_id=desk.who, area_id=desk.area_id, records=work.erase_personal(incident.id),
        people=len({stay.personal_id for stay in stays}), households=len({stay.household_id for stay in stays}), counts=counts_of(lines),
        decided_by=decided_by.strip(), note=note.strip(), held=item.note if item else "", is_exercise=desk.is_exercise or incident.is_exercise))
    logbook.write(desk, work, Happening.PERSONAL_ERASED, at=at, incident_id=incident.id, about_id=made.id, rows=made.records,
                  number=incident.number, certificate=made.number)
    return made


def swept(desk: Desk) -> bool:
    """Sweep what a commit of destruction leaves beside the file: the write-ahead log, and the names kept in memory."""
    desk.memory.people.forget()
    return desk.store.fold_in()
