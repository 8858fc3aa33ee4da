"""Lays reported figures over an incident inside an open unit of work: figures, grade, and what the new level asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.incidents import Figures, Grade, Happening, Incident
from emergency_desk.domain.plans import Level, NoMatch, PlanMatch
from emergency_desk.services.steps import judging, logbook, opening, reporting

if TYPE_CHECKING:
    from emergency_desk.services.desk import Desk
    from emergency_desk.store.unit_of_work import UnitOfWork


def lay_figures(
    desk: Desk, work: UnitOfWork, incident: Incident, figures: Figures, *, at: datetime, occurred_at: datetime, reported_by: str = "",
) -> Incident:
    """Append the figures, judge the grade again, and raise the plan's level where the figures ask for it.

    A grade or level is never lowered here: a downgrade is somebody's decision (R-1.4). Nor does a report that says nothing worse undo such a
    decision: grade and level rise only where these figures suggest worse than the figures before them did.
    """
    opening.add_figures(desk, work, incident, figures, at=at, occurred_at=occurred_at, reported_by=reported_by)
    merged = incident.figures.merged_with(figures)
    suggested, grade = (judging.grade_of(desk, incident.type_id, each) for each in (incident.figures, merged))
    changed = replace(incident, **merged.by_name)
    if grade.grade is not None and _is_worse(grade.grade, than=suggested.grade) and _is_worse(grade.grade, than=incident.grade):
        opening.add_grade(desk, work, incident, grade, at=at)
        changed = replace(changed, grade=grade.grade)
    changed = work.incidents.put(raise_level(desk, work, incident, changed, at=at))
    reporting.lay_dues(desk, work, changed, at=at)
    reporting.note_late_change(desk, work, changed, at=at, occurred_at=occurred_at)
    return changed


def lay_supplement(
    desk: Desk, work: UnitOfWork, incident: Incident, figures: Figures, *, at: datetime, occurred_at: datetime, reported_by: str = "",
) -> Incident:
    """Append figures that became known after the close, and lay the report owed for them (D8: 30 days, or 7 for fires and road traffic).

    Within those days the grade is judged again, upward only; later they are an information note. No plan is raised, no task laid.
    Source: 生产安全事故报告和调查处理条例 Art. 13.
    """
    opening.add_figures(desk, work, incident, figures, at=at, occurred_at=occurred_at, reported_by=reported_by, after_close=True)
    changed = replace(incident, **incident.figures.merged_with(figures).by_name)
    suggested, grade = (judging.grade_of(desk, incident.type_id, each.figures) for each in (incident, changed))
    is_worse = grade.grade is not None and _is_worse(grade.grade, than=suggested.grade) and _is_worse(grade.grade, than=incident.grade)
    if is_worse and reporting.is_counted(desk, work, incident, occurred_at=occurred_at):
        opening.add_grade(desk, work, incident, grade, at=at)
        changed = replace(changed, grade=grade.grade)
    changed = work.incidents.put(changed)
    reporting.lay_dues(desk, work, changed, at=at)
    reporting.note_late_change(desk, work, changed, at=at, occurred_at=occurred_at)
    return changed


def raise_level(desk: Desk, work: UnitOfWork, before: Incident, changed: Incident, *, at: datetime) -> Incident:
    """Return the changed incident at the level of its plan that what became worse asks for, told and with its actions laid."""
    plan, tier = _plan_of(desk, changed)
    if not isinstance(plan, PlanMatch) or not _is_higher(before, plan) or _was_decided(before, _plan_of(desk, before)[0], plan):
        return changed
    changed = replace(changed, plan_code=plan.plan.code, plan_version=plan.plan.version, plan_tier=tier.value,
                      plan_level=plan.level.value if plan.level else "")
    opening.tell_plan(desk, work, changed, plan, tier, at=at)
    opening.lay_tasks(desk, work, changed, plan, start=at, at=at)
    return changed


def judge_anew(desk: Desk, work: UnitOfWork, incident: Incident, *, at: datetime) -> Incident:
    """Judge an incident whose type was corrected: another table grades it, another plan may fit. What the old plan laid stays to be ended."""
    grade = judging.grade_of(desk, incident.type_id, incident.figures)
    changed = incident
    if grade.grade is not incident.grade:
        opening.add_grade(desk, work, incident, grade, at=at)
        changed = replace(changed, grade=grade.grade)
    plan, tier = _plan_of(desk, changed)
    if isinstance(plan, PlanMatch) and plan.plan.code != incident.plan_code:
        changed = replace(changed, plan_code=plan.plan.code, plan_version=plan.plan.version, plan_tier=tier.value,
                          plan_level=plan.level.value if plan.level else "")
        opening.tell_plan(desk, work, changed, plan, tier, at=at)
        opening.lay_tasks(desk, work, incident, plan, start=at, at=at)
    elif not isinstance(plan, PlanMatch) and incident.plan_code:
        changed = replace(changed, plan_code="", plan_version="", plan_tier="", plan_level="")
        logbook.write(desk, work, Happening.NO_PLAN, at=at, incident_id=incident.id, type=incident.type_id, tier=desk.tier.value)
        opening.lay_no_plan_tasks(desk, work, incident, plan, at=at)
    changed = work.incidents.put(changed)
    reporting.lay_dues(desk, work, changed, at=at)
    return changed


def _plan_of(desk: Desk, incident: Incident) -> tuple[PlanMatch | NoMatch, Tier]:
    return judging.plan_of(desk, type_id=incident.type_id, figures=incident.figures, words=incident.title, grade=incident.grade,
                           area_id=incident.area_id)


def _is_worse(grade: Grade, *, than: Grade | None) -> bool:
    return than is None or grade.rank < than.rank


def _was_decided(incident: Incident, before: PlanMatch | NoMatch, match: PlanMatch) -> bool:
    """Say whether the figures and grade from before asked for this level already at the tier the incident runs at: somebody decided otherwise.

    Where it runs at a tier below, nobody of this tier has decided yet: a street took the call, the district hears of it now.
    """
    if not isinstance(before, PlanMatch) or before.level is None or match.level is None or incident.plan_tier != match.tier:
        return False
    return before.plan.code == match.plan.code and before.tier is match.tier and before.level.rank <= match.level.rank


def _is_higher(incident: Incident, match: PlanMatch) -> bool:
    """Say whether a match asks for more than the incident runs at; a running incident stays with its plan version."""
    if match.level is None:
        return False
    if not incident.plan_level:
        return True
    same_plan = (incident.plan_code, incident.plan_version) == (match.plan.code, match.plan.version)
    runs_at = Tier(incident.plan_tier)
    if match.tier is not runs_at:
        return same_plan and match.tier.rank < runs_at.rank  # what a tier below reports never takes the level of the tier above away
    return same_plan and match.level.rank < Level(incident.plan_level).rank
