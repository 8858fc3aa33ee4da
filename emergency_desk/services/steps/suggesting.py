"""What comes back to a plan after use, inside somebody's unit of work: actions that did not go as planned, findings about a clause."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from emergency_desk.domain.errors import NotFound
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.plan_actual import plan_actual
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.plan_suggestions import PlanSuggestion, SuggestionSource, SuggestionState, remarks_by_clause
from emergency_desk.domain.recovery import Finding, FindingClass, FindingSource
from emergency_desk.services.desk import Desk
from emergency_desk.store.repositories.shapes import Repositories
from emergency_desk.store.unit_of_work import UnitOfWork


def from_incident(desk: Desk, work: UnitOfWork, incident: Incident, *, at: datetime) -> int:
    """Lay what came late, was skipped or left open to the clauses it concerns; returns how many suggestions that made.

    An incident that is closed again says it anew, unless somebody has decided already.
    """
    if not incident.plan_code:
        return 0
    tasks = work.tasks.where("WHERE incident_id = ?", (incident.id,))
    source = SuggestionSource.DRILL if incident.is_exercise else SuggestionSource.PLAN_ACTUAL
    remarks = remarks_by_clause(plan_actual(tasks, until=at))
    for clause, said in remarks.items():
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        _lay(desk, work, code=incident.plan_code, version=incident.plan_version, clause=clause, text=text, source=source,
             source_id=incident.id, source_key=f"clause {clause}", at=at)
    return len(remarks)


def from_finding(desk: Desk, work: UnitOfWork, finding: Finding, *, at: datetime) -> None:
    """Lay a finding about a clause of its incident's plan to that clause."""
    if finding.incident_id is None or not finding.clause:
        return
    incident = work.incidents.get(finding.incident_id)
    is_drill = finding.source is FindingSource.DRILL or finding.is_exercise
    _to_clause(desk, work, finding, code=incident.plan_code, version=incident.plan_version, at=at,
               source=SuggestionSource.DRILL if is_drill else SuggestionSource.FINDING)


def from_drill_finding(desk: Desk, work: UnitOfWork, finding: Finding, *, code: str, version: str, at: datetime) -> None:
    """Lay a finding of a drill to the clause of the plan that was drilled; one about the plan without a clause to the plan as a whole.

    So is one whose clause the plan does not have: it was typed by hand, and the planner finds where it belongs.
    """
    plan = _plan(desk, code, version)
    if plan is None or not (finding.clause or finding.kind is FindingClass.PLAN):
        return
    is_there = plan.clause(finding.clause) is not None
    _to_plan(desk, work, finding, plan, clause=finding.clause if is_there else "", at=at, source=SuggestionSource.DRILL)


def _to_clause(desk: Desk, work: UnitOfWork, finding: Finding, *, code: str, version: str, at: datetime, source: SuggestionSource) -> None:
    plan = _plan(desk, code, version)
    if plan is None:
        return
    if plan.clause(finding.clause) is not None:
        _to_plan(desk, work, finding, plan, clause=finding.clause, at=at, source=source)
    elif finding.kind is FindingClass.PLAN and source is SuggestionSource.DRILL:  # else it names a row of another table, or is typed otherwise
        _to_plan(desk, work, finding, plan, clause="", at=at, source=source)


def _plan(desk: Desk, code: str, version: str) -> Plan | None:
    try:
        return desk.trade.plan(code, version) if code else None
    except NotFound:
        return None  # it ran without a plan


def _to_plan(desk: Desk, work: UnitOfWork, finding: Finding, plan: Plan, *, clause: str, at: datetime, source: SuggestionSource) -> None:
    named = f"{finding.clause} {finding.problem}" if finding.clause and not clause else finding.problem
    _lay(desk, work, code=plan.code, version=plan.version, clause=clause, text=f"{named}\n{finding.measure}".strip(), at=at,
         source_id=finding.id, source=source, source_key="finding")


def laid_down(reading: Repositories, findings: Iterable[Finding]) -> dict[Id, PlanSuggestion]:
    """Return the suggestion each finding was laid down as, by the id of the finding."""
    ids = {finding.id for finding in findings}
    return {Id(one.source_id): one for one in reading.plan_suggestions.where("WHERE source_key = 'finding'") if one.source_id in ids}


def reopen_taken(work: UnitOfWork, *, code: str, version: str) -> None:
    """Open again what a draft had taken up that came to nothing."""
    for one in work.plan_suggestions.where("WHERE code = ? AND state = 'taken' AND taken_into = ?", (code, version)):
        work.plan_suggestions.put(replace(one, state=SuggestionState.OPEN, decided_at=None, decided_by=None, taken_into=""))


def _lay(
    desk: Desk, work: UnitOfWork, *, code: str, version: str, clause: str, text: str, source: SuggestionSource, source_id: str,
    source_key: str, at: datetime,
) -> None:
    there = work.plan_suggestions.first("WHERE source_id = ? AND source_key = ?", (source_id, source_key))
    if there:
        if there[0].state is SuggestionState.OPEN and (there[0].text, there[0].clause) != (text, clause):
            work.plan_suggestions.put(replace(there[0], text=text, clause=clause, made_at=at))
        return
    work.plan_suggestions.add(PlanSuggestion(
        id=desk.new_id(), code=code, plan_version=version, clause=clause, text=text, source=source, made_at=at, account_id=desk.who,
        source_id=source_id, source_key=source_key))
