"""Opens an incident from a call inside an open unit of work: number, figures, grade, plan, tasks, log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.borrowing import BORROWS
from emergency_desk.domain.errors import FieldMissing, FieldUnreadable, NotFound
from emergency_desk.domain.grading import GradeSuggestion
from emergency_desk.domain.ids import incident_number
from emergency_desk.domain.incident_types import read_type
from emergency_desk.domain.incidents import Call, Figures, FiguresReport, GradeChange, Happening, Incident, IncidentState, Task
from emergency_desk.domain.moments import local_year
from emergency_desk.domain.plans import Action, Level, NoMatch, Plan, PlanMatch, actions_for, no_plan_tasks
from emergency_desk.services.steps import commanding, judging, logbook, meeting, reporting
from emergency_desk.services.steps.judging import Judged
from emergency_desk.services.steps.timing import refuse_future

if TYPE_CHECKING:
    from emergency_desk.services.desk import Desk
    from emergency_desk.store.unit_of_work import UnitOfWork

LONGEST_WORDS = 2_000
TITLE_COLUMNS = 84
BEYOND_COUNTING = 2**53  # where fractions stop being exact; no event costs so many yuan


def check(desk: Desk, draft: CallDraft, at: datetime) -> None:
    """Refuse a draft that lacks an answer or contradicts itself. Raises FieldMissing, FieldUnreadable, OccurredInFuture, NotFound."""
    if not draft.words.strip():
        raise FieldMissing(name="words")
    if len(draft.words) > LONGEST_WORDS:
        raise FieldUnreadable(name="words", typed=str(len(draft.words)), expected=f"at most {LONGEST_WORDS}")
    if draft.area_id is None:
        raise FieldMissing(name="area")
    if draft.area_id not in desk.tree.by_id:
        raise NotFound(kind="areas", key=draft.area_id)
    check_figures(draft.figures)
    if draft.latitude is not None and not -90 <= draft.latitude <= 90:
        raise FieldUnreadable(name="latitude", typed=str(draft.latitude), expected="-90…90")
    if draft.longitude is not None and not -180 <= draft.longitude <= 180:
        raise FieldUnreadable(name="longitude", typed=str(draft.longitude), expected="-180…180")
    for moment in (draft.occurred_at, draft.received_at):
        refuse_future(moment, at=at)


def check_figures(figures: Figures) -> None:
    """Refuse figures nobody can mean: below zero, or beyond counting. Raises FieldUnreadable."""
    for name, value in figures.by_name.items():
        if value is not None and not 0 <= value <= BEYOND_COUNTING:
            raise FieldUnreadable(name=name, typed=str(value), expected=f"0…{BEYOND_COUNTING}")


def type_of(desk: Desk, draft: CallDraft) -> str:
    """Return the type the officer chose, else the one read from the words, else "other"."""
    return draft.type_id or read_type(draft.words, desk.trade.types).type_id or "other"


def judge(desk: Desk, draft: CallDraft) -> Judged:
    """Judge a draft: its type first, then grade, plan and needs. What was just thought while it was typed is not thought again."""
    asked = (desk.trade, desk.area_id, draft.words, draft.type_id, draft.figures, draft.area_id, draft.situations)
    return desk.memory.judged(asked, lambda: judging.judge(desk, draft, type_of(desk, draft)))


def open_incident(desk: Desk, work: UnitOfWork, draft: CallDraft, at: datetime, judged: Judged, *, parted_from: str = "") -> Incident:
    """Add the incident that a call opens, with its figures, grade, plan and tasks, as the draft was judged."""
    assert draft.area_id is not None
    type_id, grade, plan, tier = judged.type_id, judged.grade, judged.plan, judged.tier
    kind = desk.trade.type(type_id)
    year = local_year(at)
    received = draft.received_at or at
    serial = work.next_number(f"incident {desk.facts.code} {year}")
    matched = plan if isinstance(plan, PlanMatch) else None
    level = matched.level if matched else None
    incident = work.incidents.add(Incident(
        id=desk.new_id(), number=incident_number(desk.facts.code, year, serial), title=_title(draft), type_id=type_id,
        area_id=draft.area_id, occurred_at=draft.occurred_at or received, recorded_at=at, address=draft.address.strip(),
        latitude=draft.latitude, longitude=draft.longitude, state=IncidentState.RECEIVED, incident_class=kind.incident_class,
        grade=grade.grade, plan_code=matched.plan.code if matched else "", plan_version=matched.plan.version if matched else "",
        plan_tier=tier.value if matched else "", plan_level=level.value if level else "", is_exercise=desk.is_exercise, **draft.figures.by_name,
    ))
    logbook.write(desk, work, Happening.INCIDENT_OPENED, at=at, incident_id=incident.id, occurred_at=received, about_id=incident.id,
                  number=incident.number, title=incident.title, type=type_id, parted_from=parted_from)
    if not draft.figures.is_unknown:
        add_figures(desk, work, incident, draft.figures, at=at, occurred_at=received, told=False)
    add_grade(desk, work, incident, grade, at=at)
    commanding.begin(desk, work, incident, at=at, occurred_at=received, tier=commanding.first_holder(desk))
    if matched:
        tell_plan(desk, work, incident, matched, tier, at=at)
        if level:  # nothing is laid yet, and nothing has happened that could have done any of it
            work.tasks.add_many(_tasks_of(desk, incident, actions_for(matched.plan, matched.tier, level), start=received, at=at))
    else:
        logbook.write(desk, work, Happening.NO_PLAN, at=at, incident_id=incident.id, type=type_id, tier=desk.tier.value)
        if isinstance(plan, NoMatch):
            lay_no_plan_tasks(desk, work, incident, plan, at=at)
    return incident


def add_call(desk: Desk, work: UnitOfWork, draft: CallDraft, at: datetime, *, incident: Incident, joined: bool) -> Call:
    """Add the call to its incident; the caller's name and phone go to the erasable table. A tier that hears of it begins to owe reports."""
    assert draft.area_id is not None
    personal_id, digest = None, ""
    if draft.caller:
        personal_id = desk.new_id()
        digest = work.keep_personal(personal_id, incident_id=incident.id, salt=desk.new_salt(),
                                    content={"name": draft.caller.name, "phone": draft.caller.phone})
    call = work.calls.add(Call(
        id=desk.new_id(), incident_id=incident.id, words=draft.words.strip(), area_id=draft.area_id, source=draft.source,
        received_at=draft.received_at or at, recorded_at=at, account_id=desk.who, occurred_at=draft.occurred_at, address=draft.address.strip(),
        latitude=draft.latitude, longitude=draft.longitude, note=draft.note.strip(), personal_id=personal_id, personal_digest=digest,
        joined=joined,
    ))
    logbook.write(desk, work, Happening.CALL_JOINED if joined else Happening.CALL_TAKEN, at=at, incident_id=incident.id,
                  occurred_at=call.received_at, about_id=call.id, text=call.words, source=draft.source.value, number=incident.number)
    if joined:
        reporting.lay_dues(desk, work, incident, at=at)
    else:
        reporting.lay_first_dues(desk, work, incident, call)
    return call


def add_figures(
    desk: Desk, work: UnitOfWork, incident: Incident, figures: Figures, *, at: datetime, occurred_at: datetime, reported_by: str = "",
    told: bool = True, after_close: bool = False,
) -> FiguresReport:
    """Append figures as reported; with `told`, a log line tells them, and marks those that came after the close."""
    report = work.figures.add(FiguresReport(
        id=desk.new_id(), incident_id=incident.id, occurred_at=occurred_at, recorded_at=at, account_id=desk.who, reported_by=reported_by,
        **figures.by_name))
    if told:
        known = {name: value for name, value in figures.by_name.items() if value is not None}
        logbook.write(desk, work, Happening.FIGURES, at=at, incident_id=incident.id, occurred_at=occurred_at, about_id=report.id,
                      reported_by=reported_by, after_close="yes" if after_close else "", **known)
    return report


def add_grade(desk: Desk, work: UnitOfWork, incident: Incident, grade: GradeSuggestion, *, at: datetime) -> None:
    """Append the judgement of the grade with its basis (R-1.4)."""
    work.grades.add(GradeChange(id=desk.new_id(), incident_id=incident.id, grade=grade.grade, judged_at=at, account_id=desk.who,
                                basis=grade.basis))
    if grade.grade is not None:
        logbook.write(desk, work, Happening.GRADE, at=at, incident_id=incident.id, grade=grade.grade.value, table=grade.table_id,
                      criterion=grade.criterion, value=grade.value, threshold=grade.threshold, standing=grade.standing.value)


def lay_tasks(desk: Desk, work: UnitOfWork, incident: Incident, match: PlanMatch, *, start: datetime, at: datetime) -> None:
    """Lay the plan's actions of the level on the incident, due from the moment of receipt. An action already laid stays as it is."""
    if match.level is not None:
        _lay(desk, work, incident, match.plan, tier=match.tier, level=match.level, start=start, at=at)


def lay_actions(desk: Desk, work: UnitOfWork, incident: Incident, *, tier: Tier, level: Level, start: datetime, at: datetime) -> None:
    """Lay what the incident's own plan asks of a tier at a level, due from the moment the tier activated it."""
    plan = judging.pinned_plan(desk, incident.plan_code, incident.plan_version)
    if plan is not None:
        _lay(desk, work, incident, plan, tier=tier, level=level, start=start, at=at)


def _lay(
    desk: Desk, work: UnitOfWork, incident: Incident, plan: Plan, *, tier: Tier, level: Level, start: datetime, at: datetime,
) -> None:
    lay_marked(desk, work, incident, actions_for(plan, tier, level), start=start, at=at)


def lay_marked(desk: Desk, work: UnitOfWork, incident: Incident, actions: Sequence[Action], *, start: datetime, at: datetime) -> int:
    """Lay what is not laid yet, and end what a fact did already. Another plan's action may bear the same id: its title tells them apart."""
    kept = {(task.action_id, task.title) for task in work.tasks.where("WHERE incident_id = ?", (incident.id,))}
    tasks = [task for task in _tasks_of(desk, incident, actions, start=start, at=at) if (task.action_id, task.title) not in kept]
    work.tasks.add_many(tasks)
    meeting.by_what_stands(desk, work, incident.id, {task.id for task in tasks if task.meets}, at=at)
    return len(tasks)


def _tasks_of(desk: Desk, incident: Incident, actions: Sequence[Action], *, start: datetime, at: datetime) -> list[Task]:
    return [
        Task(id=id_, incident_id=incident.id, title=action.title.zh, title_en=action.title.en, created_at=at, clause=action.clause,
             tier=action.tier.value, role=action.role.value, action_id=action.id, due_at=start + timedelta(minutes=action.due_minutes),
             meets=action.meets.value if action.meets else "")
        for id_, action in zip(desk.new_ids(len(actions)), actions, strict=True)]


def tell_plan(desk: Desk, work: UnitOfWork, incident: Incident, match: PlanMatch, tier: Tier, *, at: datetime) -> None:
    """Log which plan an incident runs by from now on, at which level, by which clause."""
    logbook.write(desk, work, Happening.PLAN_CHOSEN, at=at, incident_id=incident.id, plan=match.plan.code, version=match.plan.version,
                  plan_title=match.plan.title.zh, plan_title_en=match.plan.title.en, tier=tier.value,
                  level=match.level.value if match.level else "", clause=match.clause)


def lay_no_plan_tasks(desk: Desk, work: UnitOfWork, incident: Incident, no_match: NoMatch, *, at: datetime) -> None:
    """Lay what the law asks where no plan was made (R-1.10, QD17 Art. 34). "At once" has no minutes, so none is due by a clock."""
    for place, task in enumerate(no_plan_tasks(no_match, tier=desk.tier)):
        work.tasks.add(Task(id=desk.new_id(), incident_id=incident.id, title=task.zh, title_en=task.en, created_at=at, tier=desk.tier.value,
                            action_id=BORROWS if no_match.borrowed and place == 0 else ""))


def _title(draft: CallDraft) -> str:
    """Return the caller's words, cut where a line of a list ends: a Chinese character is as wide as two Latin ones."""
    words = " ".join(draft.words.split())
    wide = 0
    for place, character in enumerate(words):
        wide += 1 if character.isascii() else 2
        if wide > TITLE_COLUMNS:
            return words[:place].rstrip() + "…"
    return words
