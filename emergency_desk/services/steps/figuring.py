"""Lays reported figures over an incident inside an open unit of work: figures, grade, and what the new level asks for."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import TYPE_CHECKING

from emergency_desk.domain.incidents import Figures, Happening, Incident
from emergency_desk.domain.plans import Level, PlanMatch
from emergency_desk.services.steps import judging, logbook, opening

if TYPE_CHECKING:
    from emergency_desk.services.desk import Desk
    from emergency_desk.store.unit_of_work import UnitOfWork


def lay_figures(
    desk: Desk, work: UnitOfWork, incident: Incident, figures: Figures, *, at: datetime, occurred_at: datetime, reported_by: str = "",
) -> Incident:
    """Append the figures, judge the grade again, and raise the plan's level where the figures ask for it.

    A grade or level is never lowered here: a downgrade is somebody's decision (R-1.4).
    """
    opening.add_figures(desk, work, incident, figures, at=at, occurred_at=occurred_at, reported_by=reported_by)
    merged = incident.figures.merged_with(figures)
    grade = judging.grade_of(desk, incident.type_id, merged)
    changed = replace(incident, **asdict(merged))
    if grade.grade is not None and (incident.grade is None or grade.grade.rank < incident.grade.rank):
        opening.add_grade(desk, work, incident, grade, at=at)
        changed = replace(changed, grade=grade.grade)
    plan, tier = judging.plan_of(desk, type_id=incident.type_id, figures=merged, words=incident.title, grade=grade, area_id=incident.area_id)
    if isinstance(plan, PlanMatch) and _is_higher(incident, plan):
        changed = replace(changed, plan_code=plan.plan.code, plan_version=plan.plan.version, plan_tier=tier.value,
                          plan_level=plan.level.value if plan.level else "")
        logbook.write(desk, work, Happening.PLAN_CHOSEN, at=at, incident_id=incident.id, plan=plan.plan.code, version=plan.plan.version,
                      plan_title=plan.plan.title.zh, plan_title_en=plan.plan.title.en, tier=tier.value, level=changed.plan_level,
                      clause=plan.clause)
        opening.lay_tasks(desk, work, incident, plan, start=at, at=at)
    return work.incidents.put(changed)


def _is_higher(incident: Incident, match: PlanMatch) -> bool:
    """Say whether a match asks for more than the incident runs at; a running incident stays with its plan version."""
    if match.level is None:
        return False
    if not incident.plan_level:
        return True
    same_plan = (incident.plan_code, incident.plan_version) == (match.plan.code, match.plan.version)
    higher_tier = incident.plan_tier != match.tier.value
    return same_plan and (higher_tier or match.level.rank < Level(incident.plan_level).rank)
