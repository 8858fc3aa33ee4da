"""What an incident is judged to be: the grade with its history, the near-miss flag, other gradings beside it, parents and children."""

from __future__ import annotations

from dataclasses import dataclass, replace

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.boards import IncidentLine
from emergency_desk.domain.errors import FieldUnreadable, GradeNotLowered, ParentCircle
from emergency_desk.domain.grading import GradeSuggestion, GradingTable, NearMiss, is_major_near_miss, suggest_grade
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Grade, GradeChange, Happening, Incident, Production
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import figuring, logbook, reporting
from emergency_desk.services.steps.incident_at_work import open_incident
from emergency_desk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Grading:
    """What one table says of an incident: two rules may grade one event differently, and both are shown."""

    table: GradingTable
    suggestion: GradeSuggestion


@dataclass(frozen=True, slots=True)
class Family:
    """What an incident arose from, and what arose from it (R-1.1)."""

    parent: IncidentLine | None = None
    children: tuple[IncidentLine, ...] = ()


def family(desk: Desk, *, incident: Incident) -> Family:
    """Return the incidents an incident hangs together with, ended ones too. Reads only."""
    with desk.reading() as reading:
        above = reading.incident_lines("WHERE i.id = ?", (incident.parent_id,)) if incident.parent_id else []
        return Family(above[0] if above else None, tuple(reading.incident_lines("WHERE i.parent_id = ? ORDER BY i.recorded_at", (incident.id,))))


def gradings(desk: Desk, *, incident: Incident) -> tuple[Grading, ...]:
    """Return the grading by the table of the incident's own type and by those of its secondary types, its own first."""
    tables = [desk.trade.grading_table(type_id) for type_id in (incident.type_id, *incident.secondary_types)]
    if incident.production is Production.YES:
        tables.append(next((table for table in desk.trade.grading if table.id == "production_accident"), None))
    once = {table.id: table for table in tables if table is not None}
    return tuple(Grading(table, suggest_grade(table, incident.figures)) for table in once.values())


def near_miss(desk: Desk, *, incident: Incident) -> NearMiss:
    """Return whether an incident is a relatively major near-miss (R-1.5); it asks where only "was it production work?" is open."""
    usual = desk.trade.type(incident.type_id).production
    said = incident.production or usual
    is_production = None if said is Production.ASK else said is Production.YES
    return is_major_near_miss(desk.trade.near_miss, incident.figures, is_production=is_production, circumstances=incident.circumstances)


def children(desk: Desk, *, incident_id: Id) -> list[Incident]:
    """Return the incidents that hang below one, the oldest first."""
    with desk.reading() as reading:
        return reading.incidents.where("WHERE parent_id = ? ORDER BY recorded_at, id", (incident_id,))


def judge_grade(desk: Desk, *, incident_id: Id, grade: Grade, decided_by: str, reason: str = "") -> Done[GradeChange]:
    """Judge the grade by somebody's decision; a downgrade needs a reason and is never made by figures alone. Raises GradeNotLowered.

    A worse grade raises the level of the plan where its conditions ask for it, as worse figures do.
    """
    desk.may(Act.JUDGE_GRADE)
    at = desk.now()
    with desk.open_work() as work:
        incident = open_incident(work, incident_id)
        before = incident.grade
        lowers = before is not None and grade.rank > before.rank
        if lowers and not (reason.strip() and decided_by.strip()):
            raise GradeNotLowered(before=before, after=grade)
        change = work.grades.add(GradeChange(id=desk.new_id(), incident_id=incident.id, grade=grade, judged_at=at, account_id=desk.who,
                                             is_suggestion=False, basis="decided", decided_by=decided_by.strip(), reason=reason.strip()))
        logbook.write(desk, work, Happening.GRADE, at=at, incident_id=incident.id, about_id=change.id, text=reason.strip(), grade=grade.value,
                      before=before.value if before else "", decided_by=decided_by.strip())
        judged = replace(incident, grade=grade)
        work.incidents.put(judged if lowers else figuring.raise_level(desk, work, incident, judged, at=at))
        reporting.lay_dues(desk, work, incident, at=at)
        return Done(change, work.commit("judge_grade", incident=incident.number, grade=grade.value))


def say_production(desk: Desk, *, incident_id: Id, production: Production, circumstances: tuple[str, ...] = ()) -> Done[Incident]:
    """Answer whether it is a production accident, and name circumstances of the near-miss rule. Raises FieldUnreadable."""
    desk.may(Act.JUDGE_GRADE)
    known = [one.id for one in desk.trade.near_miss.circumstances]
    for name in circumstances:
        if name not in known:
            raise FieldUnreadable(name="circumstances", typed=name, expected=", ".join(known))
    at = desk.now()
    with desk.open_work() as work:
        before = open_incident(work, incident_id)
        incident = work.incidents.put(replace(before, production=production, circumstances=circumstances))
        verdict = near_miss(desk, incident=incident)
        logbook.write(desk, work, Happening.CORRECTED, at=at, incident_id=incident.id, what="production",
                      before=before.production.value if before.production else "", after=production.value,
                      circumstances=", ".join(circumstances), near_miss=verdict.verdict.value)
        reporting.lay_dues(desk, work, incident, at=at)
        return Done(incident, work.commit("say_production", incident=incident.number, production=production.value))


def set_parent(desk: Desk, *, incident_id: Id, parent_id: Id | None) -> Done[Incident]:
    """Hang a secondary or derived incident below the one it came from, or take it off again (R-1.1). Raises ParentCircle."""
    desk.may(Act.JUDGE_GRADE)
    at = desk.now()
    with desk.open_work() as work:
        incident = open_incident(work, incident_id)
        parent = work.incidents.get(parent_id) if parent_id else None
        _refuse_circle(work, incident, parent)
        incident = work.incidents.put(replace(incident, parent_id=parent.id if parent else None))
        logbook.write(desk, work, Happening.CORRECTED, at=at, incident_id=incident.id, what="parent",
                      after=f"{parent.number} {parent.title}" if parent else "")
        return Done(incident, work.commit("set_parent", incident=incident.number, parent=parent.number if parent else ""))


def set_secondary_types(desk: Desk, *, incident_id: Id, types: tuple[str, ...]) -> Done[Incident]:
    """Say what else the incident is (R-1.1): each type grades it beside its own. Raises FieldUnreadable."""
    desk.may(Act.JUDGE_GRADE)
    known = {one.id for one in desk.trade.types}
    for name in types:
        if name not in known:
            raise FieldUnreadable(name="secondary_types", typed=name, expected=", ".join(sorted(known)))
    at = desk.now()
    with desk.open_work() as work:
        before = open_incident(work, incident_id)
        others = tuple(dict.fromkeys(name for name in types if name != before.type_id))
        incident = work.incidents.put(replace(before, secondary_types=others))
        logbook.write(desk, work, Happening.CORRECTED, at=at, incident_id=incident.id, what="secondary_types",
                      before=", ".join(before.secondary_types), after=", ".join(others))
        return Done(incident, work.commit("set_secondary_types", incident=incident.number, types=list(others)))


def _refuse_circle(work: UnitOfWork, incident: Incident, parent: Incident | None) -> None:
    here = parent
    while here is not None:
        if here.id == incident.id:
            raise ParentCircle(number=incident.number)
        here = work.incidents.get(here.parent_id) if here.parent_id else None
