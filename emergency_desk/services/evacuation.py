"""Evacuation: who is to be moved, village by village, where they are by now, and whether the sum holds (R-6.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import FieldMissing, FieldRefused, ReasonMissing
from emergency_desk.domain.evacuation import EvacuationGroup, EvacuationMark, Placed, Reconciled, Told
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import expecting, logbook, people_of_groups
from emergency_desk.services.steps.incident_at_work import open_incident
from emergency_desk.services.steps.timing import refuse_future

MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group with where its people are."""

    group: EvacuationGroup
    sum: Reconciled
    named: int = 0  # of those in shelters, how many are registered by name


def order_evacuation(
    desk: Desk, *, incident_id: Id, area_id: Id, name: str, to_move: int, vulnerable: int = 0, ordered_by: str = "", lead: str = "",
    lead_phone: str = "", shelter_id: Id | None = None, reason: str = "", occurred_at: datetime | None = None,
) -> Done[EvacuationGroup]:
    """Order a group of people to be moved. Raises FieldMissing, FieldRefused, IncidentIsClosed."""
    desk.may(Act.RUN_SHELTER)
    if not name.strip():
        raise FieldMissing(name="name")
    _check(to_move=to_move, vulnerable=vulnerable)
    if vulnerable > to_move:
        raise FieldRefused(name="vulnerable", reason="quantity", typed=vulnerable, other=f"0…{to_move}")
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        incident = open_incident(work, incident_id)
        group = work.evacuation_groups.add(EvacuationGroup(
            id=desk.new_id(), incident_id=incident.id, area_id=area_id, name=name.strip(), to_move=to_move, ordered_at=occurred_at or at,
            recorded_at=at, account_id=desk.who, vulnerable=vulnerable, ordered_by=ordered_by.strip(), lead=lead.strip(),
            lead_phone=lead_phone.strip(), shelter_id=shelter_id, reason=reason.strip(), is_exercise=desk.is_exercise or incident.is_exercise))
        logbook.write(desk, work, Happening.EVACUATION, at=at, incident_id=incident.id, occurred_at=group.ordered_at, about_id=group.id,
                      step="ordered", group=group.name, people=to_move, vulnerable=vulnerable or None, decided_by=group.ordered_by)
        return Done(group, work.commit("order_evacuation", incident=incident.number, group=group.name))


def call_off(desk: Desk, *, group_id: Id, reason: str) -> Done[EvacuationGroup]:
    """Call an evacuation off, with the reason. Raises ReasonMissing."""
    desk.may(Act.RUN_SHELTER)
    if not reason.strip():
        raise ReasonMissing(act="call_off_evacuation")
    at = desk.now()
    with desk.open_work() as work:
        group = work.evacuation_groups.put(replace(work.evacuation_groups.get(group_id), is_called_off=True, reason=reason.strip()))
        logbook.write(desk, work, Happening.EVACUATION, at=at, incident_id=group.incident_id, about_id=group.id, text=reason.strip(),
                      step="called_off", group=group.name)
        return Done(group, work.commit("call_off_evacuation", group=group.name))


def mark(
    desk: Desk, *, group_id: Id, kind: Placed, people: int, told_by: str = "", note: str = "", occurred_at: datetime | None = None,
) -> Done[EvacuationMark]:
    """Say how many of a group are placed somewhere by now; the newest number of a kind holds. Raises FieldRefused."""
    desk.may(Act.RUN_SHELTER)
    _check(people=people)
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        group = work.evacuation_groups.get(group_id)
        made = work.evacuation_marks.add(EvacuationMark(
            id=desk.new_id(), group_id=group.id, incident_id=group.incident_id, kind=kind, people=people, occurred_at=occurred_at or at,
            recorded_at=at, account_id=desk.who, told_by=told_by.strip(), note=note.strip(), is_exercise=group.is_exercise))
        logbook.write(desk, work, Happening.EVACUATION, at=at, incident_id=group.incident_id, occurred_at=made.occurred_at, about_id=group.id,
                      text=made.note, step="marked", group=group.name, kind=kind.value, people=people, told_by=made.told_by)
        return Done(made, work.commit("mark_evacuation", group=group.name, kind=kind.value, people=people))


def reconcile(desk: Desk, *, incident_id: Id) -> list[GroupLine]:
    """Return every group that is not called off, with where its people are.

    Fed by what was marked from door to door, by who is registered by name, and by heads counted in shelters that take that village alone;
    nobody is counted by two of them (R-6.4).
    """
    with desk.reading() as reading:
        groups = reading.evacuation_groups.where("WHERE incident_id = ? AND is_called_off = 0 ORDER BY ordered_at, name, id", (incident_id,))
        marks: dict[Id, dict[Placed, tuple[int, datetime]]] = {}
        for each in reading.evacuation_marks.where("WHERE incident_id = ? ORDER BY occurred_at, seq", (incident_id,)):
            marks.setdefault(each.group_id, {})[each.kind] = each.people, each.occurred_at
        named, gone = people_of_groups.named(reading, incident_id), people_of_groups.gone(reading, incident_id, groups, marks)
        unnamed = people_of_groups.unnamed(reading, incident_id, groups)
        found = expecting.settled(reading, incident_id)
    return [GroupLine(group, Told(
        group.to_move, {kind: people for kind, (people, _at) in marks.get(group.id, {}).items()}, named.get(group.id, 0),
        unnamed.get(group.id, 0), gone.get(group.id, ()), found.get(group.id, {})).reconciled(), named.get(group.id, 0)) for group in groups]


def missing(desk: Desk, *, incident_id: Id) -> list[GroupLine]:
    """Return the villages with people who have not been reached: where most of the vulnerable are first, then where most are missing."""
    found = [line for line in reconcile(desk, incident_id=incident_id) if line.sum.unreached > 0]
    return sorted(found, key=lambda line: (-min(line.group.vulnerable, line.sum.unreached), -line.sum.unreached, line.group.name))


def total(lines: Iterable[GroupLine]) -> Reconciled:
    """Return the sum over groups."""
    whole = Reconciled(0, 0, 0, 0)
    for line in lines:
        whole += line.sum
    return whole


def _check(**numbers: int) -> None:
    for name, typed in numbers.items():
        if not 0 <= typed <= MOST:
            raise FieldRefused(name=name, reason="quantity", typed=typed, other=f"0…{MOST}")
