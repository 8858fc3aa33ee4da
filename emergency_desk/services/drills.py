"""Drills: planned, checked, run, evaluated. The live store gains the drill's own record, its findings and the day its plan was drilled.

Nothing here touches teams, stock, shelters or incidents (R-0.5). Source: AQ/T 9007-2019; AQ/T 9009-2015; domain §7.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from emergency_desk.domain import drill_life
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.drill_errors import DrillPlanGone
from emergency_desk.domain.drills import (
    Drill,
    DrillForm,
    DrillMark,
    DrillNotice,
    DrillPerson,
    DrillPurpose,
    DrillRole,
    DrillScope,
    DrillStep,
    Inject,
    ReadyCheck,
)
from emergency_desk.domain.errors import FieldMissing, FieldUnreadable, ReasonMissing
from emergency_desk.domain.ids import Id, drill_number
from emergency_desk.domain.moments import local_year
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import drilling
from emergency_desk.services.steps.timing import refuse_future
from emergency_desk.store.unit_of_work import UnitOfWork

FIELDS = ("title", "form", "planned_at", "plan_code", "plan_version", "scope", "purpose", "notice", "place", "aims", "scenario",
          "stop_conditions", "expected_heads")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedDrill:
    """A drill as it is planned."""

    title: str
    planned_at: datetime
    form: DrillForm = DrillForm.TABLETOP
    plan_code: str = ""
    plan_version: str = ""
    scope: DrillScope = DrillScope.FULL
    purpose: DrillPurpose = DrillPurpose.TEST
    notice: DrillNotice = DrillNotice.ANNOUNCED
    place: str = ""
    aims: tuple[str, ...] = ()
    scenario: str = ""
    stop_conditions: tuple[str, ...] = ()
    expected_heads: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedInject:
    """An inject as it is written."""

    at_minutes: int
    to_whom: str
    text: str
    expected: str = ""
    limit_minutes: int | None = None


# -- the design --------------------------------------------------------------------------------------------------------
def plan_drill(desk: Desk, *, asked: AskedDrill, injects: Iterable[AskedInject] = ()) -> Done[Drill]:
    """Plan a drill under its own number, with its script where there is one already. Raises FieldMissing, FieldUnreadable, DrillPlanGone."""
    desk.may(Act.PLAN_DRILL)
    at = desk.now()
    code, version = _plan_in_force(desk, asked.plan_code, asked.plan_version)
    with desk.open_work() as work:
        year = local_year(at)
        drill = work.drills.add(drill_life.check_drill(Drill(
            id=desk.new_id(), number=drill_number(desk.facts.code, year, work.next_number(f"drill {desk.facts.code} {year}")),
            title=asked.title.strip(), form=asked.form, planned_at=asked.planned_at, created_at=at, account_id=desk.who, plan_code=code,
            plan_version=version, scope=asked.scope, purpose=asked.purpose, notice=asked.notice, place=asked.place.strip(),
            aims=_lines(asked.aims), scenario=asked.scenario.strip(), stop_conditions=_lines(asked.stop_conditions),
            expected_heads=asked.expected_heads)))
        for number, inject in enumerate(injects, start=1):
            work.injects.add(_written(desk, drill, inject, number))
        drilling.mark(desk, work, drill, DrillStep.PLANNED, at=at, text=drill.title)
        return Done(drill, work.commit("plan_drill", drill=drill.number))


def change_drill(desk: Desk, *, drill_id: Id, changes: dict[str, Any], version: int | None = None) -> Done[Drill]:
    """Change the design of a drill that has not begun (`FIELDS`); a complete checklist is asked for anew. Raises Stale, DrillStateWrong."""
    desk.may(Act.PLAN_DRILL)
    unknown = [name for name in changes if name not in FIELDS]
    if unknown:
        raise FieldUnreadable(name=unknown[0], typed=str(changes[unknown[0]]), expected=", ".join(FIELDS))
    cleaned: dict[str, Any] = {name: value.strip() if type(value) is str else value for name, value in changes.items()}
    cleaned |= {name: _lines(cleaned[name]) for name in ("aims", "stop_conditions") if name in cleaned}
    if "plan_code" in cleaned:
        cleaned["plan_code"], cleaned["plan_version"] = _plan_in_force(desk, cleaned["plan_code"], cleaned.get("plan_version", ""))
    with desk.open_work() as work:
        drill = work.drills.get(drill_id)
        drill_life.require_drafted(drill)
        changed = drilling.drafted_again(replace(drill, version=drill.version if version is None else version, **cleaned))
        stored = work.drills.put(drill_life.check_drill(changed))
        return Done(stored, work.commit("change_drill", drill=stored.number, fields=sorted(cleaned)))


def add_inject(desk: Desk, *, drill_id: Id, asked: AskedInject) -> Done[Inject]:
    """Write an inject into the script, behind the others. Raises FieldMissing (an inject to nobody), FieldUnreadable, DrillStateWrong."""
    desk.may(Act.PLAN_DRILL)
    with desk.open_work() as work:
        drill = _drafted(work, drill_id)
        last = max((one.number for one in _injects(work, drill)), default=0)
        inject = work.injects.add(_written(desk, drill, asked, last + 1))
        return Done(inject, work.commit("add_inject", drill=drill.number, inject=inject.number))


def change_inject(desk: Desk, *, inject_id: Id, asked: AskedInject) -> Done[Inject]:
    """Write an inject anew. Raises FieldMissing, FieldUnreadable, DrillStateWrong."""
    desk.may(Act.PLAN_DRILL)
    with desk.open_work() as work:
        inject = work.injects.get(inject_id)
        drill = _drafted(work, inject.drill_id)
        stored = work.injects.put(drill_life.check_inject(replace(
            inject, at_minutes=asked.at_minutes, to_whom=asked.to_whom.strip(), text=asked.text.strip(), expected=asked.expected.strip(),
            limit_minutes=asked.limit_minutes)))
        return Done(stored, work.commit("change_inject", drill=drill.number, inject=inject.number))


def drop_inject(desk: Desk, *, inject_id: Id) -> Done[Inject]:
    """Take an inject out of the script. Raises DrillStateWrong."""
    desk.may(Act.PLAN_DRILL)
    with desk.open_work() as work:
        inject = work.injects.get(inject_id)
        drill = _drafted(work, inject.drill_id)
        stored = work.injects.put(replace(inject, is_dropped=True))
        return Done(stored, work.commit("drop_inject", drill=drill.number, inject=inject.number))


def add_person(desk: Desk, *, drill_id: Id, name: str, role: DrillRole, unit: str = "") -> Done[DrillPerson]:
    """Say who does what in a drill; somebody may also join while it runs. Raises FieldMissing, EvaluatorTakesPart."""
    desk.may(Act.PLAN_DRILL)
    if not name.strip():
        raise FieldMissing(name="name")
    with desk.open_work() as work:
        drill = work.drills.get(drill_id)
        person = DrillPerson(id=desk.new_id(), drill_id=drill.id, name=name.strip(), role=role, unit=unit.strip())
        drilling.refuse_two_parts(person, drilling.people(work, drill))
        person = work.drill_people.add(person)
        return Done(person, work.commit("add_drill_person", drill=drill.number, role=role.value))


def change_person(desk: Desk, *, person_id: Id, name: str, role: DrillRole, unit: str = "") -> Done[DrillPerson]:
    """Say anew who does what, before the drill begins; a complete checklist is asked for anew.

    Raises FieldMissing, EvaluatorTakesPart, DrillStateWrong.
    """
    desk.may(Act.PLAN_DRILL)
    if not name.strip():
        raise FieldMissing(name="name")
    with desk.open_work() as work:
        person = work.drill_people.get(person_id)
        drill = _drafted(work, person.drill_id)
        changed = replace(person, name=name.strip(), role=role, unit=unit.strip())
        drilling.refuse_two_parts(changed, [one for one in drilling.people(work, drill) if one.id != person.id])
        stored = work.drill_people.put(changed)
        return Done(stored, work.commit("change_drill_person", drill=drill.number, role=role.value))


def sign_in(desk: Desk, *, person_id: Id) -> Done[DrillPerson]:
    """Note that somebody has signed in. Raises NotFound."""
    desk.may(Act.RUN_DRILL)
    at = desk.now()
    with desk.open_work() as work:
        person = work.drill_people.get(person_id)
        stored = work.drill_people.put(replace(person, signed_at=person.signed_at or at))
        return Done(stored, work.commit("drill_sign_in", drill=work.drills.get(person.drill_id).number))


# -- the run -----------------------------------------------------------------------------------------------------------
def check_drill(desk: Desk, *, drill_id: Id, checks: Iterable[ReadyCheck]) -> Done[Drill]:
    """Confirm the checklist before the start. Raises DrillNotReady naming what is lacking, DrillPlanGone, DrillStateWrong."""
    desk.may(Act.RUN_DRILL)
    at = desk.now()
    confirmed = tuple(check for check in ReadyCheck if check in set(checks))
    with desk.open_work() as work:
        drill = work.drills.get(drill_id)
        _require_plan(desk, drill)
        drill_life.require(drill, DrillStep.CHECKED)
        drill_life.check_ready(drill, _injects(work, drill), drilling.people(work, drill), confirmed)
        stored = work.drills.put(drill_life.moved(replace(drill, checks=confirmed), DrillStep.CHECKED, at=at))
        drilling.mark(desk, work, stored, DrillStep.CHECKED, at=at)
        return Done(stored, work.commit("check_drill", drill=stored.number))


def start_drill(desk: Desk, *, drill_id: Id, words: str = "") -> Done[Drill]:
    """Declare a checked drill begun. Raises DrillStateWrong, DrillPlanGone, DrillClockBack."""
    desk.may(Act.RUN_DRILL)
    with desk.open_work() as work:
        _require_plan(desk, work.drills.get(drill_id))
        return _step(desk, work, drill_id, DrillStep.STARTED, text=words)


def pause_drill(desk: Desk, *, drill_id: Id, reason: str) -> Done[Drill]:
    """Halt a drill, with why. Raises ReasonMissing, DrillStateWrong."""
    desk.may(Act.RUN_DRILL)
    _reason(reason, "pause_drill")
    with desk.open_work() as work:
        return _step(desk, work, drill_id, DrillStep.PAUSED, text=reason)


def resume_drill(desk: Desk, *, drill_id: Id, words: str = "") -> Done[Drill]:
    """Let a halted drill go on. Raises DrillStateWrong."""
    desk.may(Act.RUN_DRILL)
    with desk.open_work() as work:
        return _step(desk, work, drill_id, DrillStep.RESUMED, text=words)


def stop_drill(desk: Desk, *, drill_id: Id, reason: str) -> Done[Drill]:
    """Break a drill off at once: a real event, or a stop condition (R-7.3). Everybody is still counted; no clock that was set back keeps
    it going. Raises ReasonMissing, DrillStateWrong.
    """
    desk.may(Act.RUN_DRILL)
    _reason(reason, "stop_drill")
    with desk.open_work() as work:
        return _step(desk, work, drill_id, DrillStep.STOPPED, at=drilling.moment(desk, work, drill_id), text=reason)


def release_inject(desk: Desk, *, inject_id: Id) -> Done[Inject]:
    """Let an inject go out now. Raises InjectWrong, DrillStateWrong, DrillClockBack."""
    desk.may(Act.RUN_DRILL)
    at = desk.now()
    with desk.open_work() as work:
        inject = work.injects.get(inject_id)
        drill = work.drills.get(inject.drill_id)
        drill_life.require(drill, DrillStep.RELEASED)
        stored = drilling.let_out(desk, work, drill, inject, at=at)
        return Done(stored, work.commit("release_inject", drill=drill.number, inject=inject.number))


def answer_inject(desk: Desk, *, inject_id: Id, text: str, person: str = "", occurred_at: datetime | None = None) -> Done[Inject]:
    """Write down what was done upon an inject, and when. Raises FieldMissing, InjectWrong, OccurredInFuture, DrillStateWrong."""
    desk.may(Act.READ)
    drilling.may_mark(desk)
    if not text.strip():
        raise FieldMissing(name="text")
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        inject = work.injects.get(inject_id)
        drill = work.drills.get(inject.drill_id)
        drill_life.require(drill, DrillStep.ANSWERED)
        stored = work.injects.put(drill_life.answered(inject, at=occurred_at or at))
        drilling.mark(desk, work, drill, DrillStep.ANSWERED, at=at, occurred_at=stored.answered_at, about_id=inject.id, text=text, person=person)
        return Done(stored, work.commit("answer_inject", drill=drill.number, inject=inject.number))


def observe(desk: Desk, *, drill_id: Id, text: str, person: str = "", inject_id: Id | None = None, occurred_at: datetime | None = None
            ) -> Done[DrillMark]:
    """Write down what an observer saw. Raises FieldMissing, OccurredInFuture, DrillStateWrong."""
    desk.may(Act.READ)
    drilling.may_mark(desk)
    if not text.strip():
        raise FieldMissing(name="text")
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        drill = work.drills.get(drill_id)
        drill_life.require(drill, DrillStep.OBSERVED)
        made = drilling.mark(desk, work, drill, DrillStep.OBSERVED, at=at, occurred_at=occurred_at, about_id=inject_id, text=text, person=person)
        return Done(made, work.commit("observe_drill", drill=drill.number))


def count_heads(desk: Desk, *, drill_id: Id, heads: int, person: str = "") -> Done[Drill]:
    """Write down how many were counted; fewer than take part are kept too. Raises FieldUnreadable, DrillStateWrong."""
    desk.may(Act.RUN_DRILL)
    if not 0 <= heads <= drill_life.MOST_HEADS:
        raise FieldUnreadable(name="heads", typed=str(heads), expected=f"0…{drill_life.MOST_HEADS}")
    with desk.open_work() as work:
        drill, at = work.drills.get(drill_id), drilling.moment(desk, work, drill_id)
        drill_life.require(drill, DrillStep.COUNTED)
        stored = work.drills.put(replace(drill, counted_heads=heads))
        drilling.mark(desk, work, stored, DrillStep.COUNTED, at=at, heads=heads, person=person)
        return Done(stored, work.commit("count_drill_heads", drill=stored.number, heads=heads))


def end_drill(desk: Desk, *, drill_id: Id, heads: int, words: str = "") -> Done[Drill]:
    """Declare a drill ended: everybody was counted (R-7.2). Its plan and its objects count as drilled. Raises DrillHeadsOpen, DrillStateWrong."""
    desk.may(Act.RUN_DRILL)
    with desk.open_work() as work:
        drill = work.drills.get(drill_id)
        drill_life.require(drill, DrillStep.ENDED)
        drill_life.check_heads(drill, heads)
        work.drills.put(replace(drill, counted_heads=heads))
        drilling.note_drilled(desk, work, drill, at=desk.now())
        drilling.note_objects_drilled(desk, work, drill, at=desk.now())
        return _step(desk, work, drill_id, DrillStep.ENDED, text=words, heads=heads)


# -- inside ------------------------------------------------------------------------------------------------------------
def _step(desk: Desk, work: UnitOfWork, drill_id: Id, step: DrillStep, *, at: datetime | None = None, text: str = "",
          heads: int | None = None) -> Done[Drill]:
    at = at or desk.now()
    drill = work.drills.get(drill_id)
    stored = work.drills.put(drill_life.moved(drill, step, at=at))
    drilling.mark(desk, work, stored, step, at=at, text=text, heads=heads)
    return Done(stored, work.commit(step.value, drill=stored.number))


def _drafted(work: UnitOfWork, drill_id: Id) -> Drill:
    """Return a drill whose script may still be written; a checklist that was complete is asked for anew. Raises DrillStateWrong."""
    drill = work.drills.get(drill_id)
    drill_life.require_drafted(drill)
    again = drilling.drafted_again(drill)
    return work.drills.put(again) if again != drill else drill


def _written(desk: Desk, drill: Drill, asked: AskedInject, number: int) -> Inject:
    return drill_life.check_inject(Inject(
        id=desk.new_id(), drill_id=drill.id, number=number, at_minutes=asked.at_minutes, to_whom=asked.to_whom.strip(), text=asked.text.strip(),
        expected=asked.expected.strip(), limit_minutes=asked.limit_minutes))


def _injects(work: UnitOfWork, drill: Drill) -> list[Inject]:
    return work.injects.where("WHERE drill_id = ? ORDER BY number", (drill.id,))


def _plan_in_force(desk: Desk, code: str, version: str) -> tuple[str, str]:
    """Return a plan's code and version, the one in force where none is named. Raises DrillPlanGone."""
    if not code:
        return "", ""
    back = next((one for one in desk.trade.shelf.in_force if one.code == code and version in ("", one.version)), None)
    if back is None:
        raise DrillPlanGone(plan=drilling.plan_title(desk, code, version), version=version)
    return back.code, back.version


def _require_plan(desk: Desk, drill: Drill) -> None:
    _plan_in_force(desk, drill.plan_code, drill.plan_version)


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text.strip() for text in texts if text.strip())


def _reason(reason: str, act: str) -> None:
    if not reason.strip():
        raise ReasonMissing(act=act)
