"""What happens in a drill, written inside an open unit of work: marks, the people of it, and the day its plan was drilled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.drill_errors import EvaluatorTakesPart
from emergency_desk.domain.drill_life import check_clock, moment_after, released, require
from emergency_desk.domain.drill_objects import ObjectDrilled
from emergency_desk.domain.drills import Drill, DrillMark, DrillPace, DrillPerson, DrillRole, DrillState, DrillStep, Inject
from emergency_desk.domain.errors import NotFound
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.plan_moves import MoveKind, PlanMove
from emergency_desk.domain.recovery import Finding
from emergency_desk.domain.texts import Text
from emergency_desk.services.steps import suggesting

if TYPE_CHECKING:
    from emergency_desk.services.desk import Desk
    from emergency_desk.store.unit_of_work import UnitOfWork


def mark(
    desk: Desk, work: UnitOfWork, drill: Drill, step: DrillStep, *, at: datetime, occurred_at: datetime | None = None,
    about_id: Id | None = None, text: str = "", person: str = "", heads: int | None = None,
) -> DrillMark:
    """Append what happened. Raises DrillClockBack when the clock stands before the last entry."""
    check_clock(_last_mark(work, drill.id), at=at)
    return work.drill_marks.add(DrillMark(
        id=desk.new_id(), drill_id=drill.id, step=step, occurred_at=occurred_at or at, recorded_at=at, account_id=desk.who, about_id=about_id,
        text=text.strip(), person=person.strip(), heads=heads))


def moment(desk: Desk, work: UnitOfWork, drill_id: Id) -> datetime:
    """Return when the drill was broken off, or who came back was counted: whatever the clock of this computer says, after the last entry."""
    return moment_after(_last_mark(work, drill_id), at=desk.now())


def _last_mark(work: UnitOfWork, drill_id: Id) -> list[DrillMark]:
    return work.drill_marks.where("WHERE drill_id = ? ORDER BY seq DESC LIMIT 1", (drill_id,))


def plan_title(desk: Desk, code: str, version: str) -> Text:
    """Return what a plan is called, of any version where none is named, its code where this desk does not know it; nothing for none."""
    try:
        return desk.trade.plan_title(code, version) if code else Text("")
    except NotFound:
        return next((back.title for back in desk.trade.shelf.issued if back.code == code), Text(code))


def has_plan_in_force(desk: Desk, drill: Drill) -> bool:
    """Say whether the plan of a drill is in force as it is to be drilled; a drill of no plan lacks none."""
    return not drill.plan_code or any((back.code, back.version) == (drill.plan_code, drill.plan_version) for back in desk.trade.shelf.in_force)


def marks(work: UnitOfWork, drill: Drill) -> list[DrillMark]:
    """Return what happened so far."""
    return work.drill_marks.where("WHERE drill_id = ? ORDER BY seq", (drill.id,))


def paces(work: UnitOfWork, drill: Drill) -> list[DrillPace]:
    """Return how fast its clock went, the earliest first."""
    return work.drill_paces.where("WHERE drill_id = ? ORDER BY seq", (drill.id,))


def let_out(desk: Desk, work: UnitOfWork, drill: Drill, inject: Inject, *, at: datetime) -> Inject:
    """Let an inject go out. Raises InjectWrong, DrillClockBack."""
    stored = work.injects.put(released(inject, at=at))
    mark(desk, work, drill, DrillStep.RELEASED, at=at, about_id=inject.id, text=inject.text, person=inject.to_whom)
    return stored


def may_mark(desk: Desk) -> None:
    """Let whoever runs, plans or evaluates a drill write down what was done and seen. Raises RoleMissing."""
    if not any(desk.can(act) for act in (Act.RUN_DRILL, Act.EVALUATE_DRILL)):
        desk.may(Act.RUN_DRILL)


def people(work: UnitOfWork, drill: Drill) -> list[DrillPerson]:
    """Return who is in a drill."""
    return work.drill_people.where("WHERE drill_id = ? ORDER BY role, name, id", (drill.id,))


def drafted_again(drill: Drill) -> Drill:
    """Return a drill whose design was changed: what was confirmed before is asked for anew."""
    return replace(drill, state=DrillState.DRAFTED, checks=())


def refuse_two_parts(person: DrillPerson, there: Iterable[DrillPerson]) -> None:
    """Refuse one person as evaluator and as somebody who acts in the same drill. Raises EvaluatorTakesPart."""
    acting = {DrillRole.PARTICIPANT, DrillRole.DIRECTOR, DrillRole.CONTROLLER}
    for other in there:
        if other.name.casefold() == person.name.casefold() and (
                (person.role is DrillRole.EVALUATOR and other.role in acting) or (other.role is DrillRole.EVALUATOR and person.role in acting)):
            raise EvaluatorTakesPart(person=person.name)


def note_drilled(desk: Desk, work: UnitOfWork, drill: Drill, *, at: datetime) -> None:
    """Write into the life of the plan that it was drilled today (突发事件应急预案管理办法 Art. 32)."""
    if drill.plan_code:
        work.plan_moves.add(PlanMove(
            id=desk.new_id(), code=drill.plan_code, plan_version=drill.plan_version, kind=MoveKind.DRILLED, on_date=local_day(at),
            recorded_at=at, account_id=desk.who, note=f"{drill.number} {drill.title}"))


def note_objects_drilled(desk: Desk, work: UnitOfWork, drill: Drill, *, at: datetime) -> None:
    """Write down for each object that the drill rehearses that it was drilled today."""
    for link in work.drill_links.where("WHERE drill_id = ? AND is_dropped = 0 ORDER BY id", (drill.id,)):
        work.object_drills.add(ObjectDrilled(id=desk.new_id(), object_id=link.object_id, on_date=local_day(at), recorded_at=at,
                                             account_id=desk.who, drill_id=drill.id, note=f"{drill.number} {drill.title}"))


def suggest_again(desk: Desk, work: UnitOfWork, finding: Finding, *, at: datetime) -> None:
    """Lay a finding of a drill that was changed to the clause it names now."""
    found = work.drill_marks.where("WHERE about_id = ? AND step = ? ORDER BY seq LIMIT 1", (finding.id, DrillStep.FOUND.value))
    for mark_ in found:
        drill = work.drills.get(mark_.drill_id)
        suggesting.from_drill_finding(desk, work, finding, code=drill.plan_code, version=drill.plan_version, at=at)


def note_finding(desk: Desk, work: UnitOfWork, drill_id: Id, finding: Finding, *, at: datetime) -> None:
    """Write into a drill that something was found, and lay it to the clause of its plan where it names one. Raises DrillStateWrong."""
    drill = work.drills.get(drill_id)
    require(drill, DrillStep.FOUND)
    mark(desk, work, drill, DrillStep.FOUND, at=at, about_id=finding.id, text=finding.problem, person=finding.number)
    suggesting.from_drill_finding(desk, work, finding, code=drill.plan_code, version=drill.plan_version, at=at)
