"""Reads the whole history of an incident, for its replay on the screen and for its walk script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.ids import Id
from emergency_desk.domain.replay import History, ordered_moments
from emergency_desk.services.desk import Desk
from emergency_desk.services.steps.advising import caller_from

if TYPE_CHECKING:
    from emergency_desk.domain.incidents import Call

_OF = "WHERE incident_id = ? "


def history(desk: Desk, *, incident_id: Id) -> History:
    """Return everything kept about an incident, its log in the order of entry. Raises NotFound."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        incident = reading.incidents.get(incident_id)
        count = reading.log.count(_OF, (incident_id,))
        lines = tuple(reversed(reading.log_lines(incident_id=incident_id, limit=count)))
        return History(
            incident=incident, lines=lines, moments=ordered_moments(lines),
            figures=tuple(reading.figures.where(_OF + "ORDER BY seq", (incident_id,))),
            grades=tuple(reading.grades.where(_OF + "ORDER BY seq", (incident_id,))),
            tasks=tuple(reading.tasks.where(_OF + "ORDER BY due_at, clause, id", (incident_id,))),
            orders=tuple(reading.order_lines(incident_id)),
            responses=tuple(reading.responses.where(_OF + "ORDER BY activated_at, id", (incident_id,))),
            response_changes=tuple(reading.response_changes.where(_OF + "ORDER BY seq", (incident_id,))),
            command_moves=tuple(reading.command_moves.where(_OF + "ORDER BY seq", (incident_id,))))


def calls_of(desk: Desk, *, incident_id: Id) -> list[Call]:
    """Return the calls of an incident, the earliest first."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        return reading.calls.where(_OF + "ORDER BY received_at, id", (incident_id,))


def personal_words(desk: Desk, *, incident_id: Id) -> frozenset[str]:
    """Return names and phones of the callers, and whose property was taken, so that they can be taken out of what leaves the desk.

    Needs the right to take calls.
    """
    desk.may(Act.TAKE_CALL)
    with desk.reading() as reading:
        ids = [call.personal_id for call in reading.calls.where(_OF, (incident_id,)) if call.personal_id]
        ids += [item.personal_id for item in reading.aftermath.where(_OF, (incident_id,)) if item.personal_id]
        callers = [caller_from(reading.personal(id_)) for id_ in ids]
    return frozenset(word for caller in callers for word in (caller.name, caller.phone) if word)
