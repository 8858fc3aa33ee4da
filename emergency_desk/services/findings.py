"""The one list of findings, of incidents and drills alike: added, assigned, mended, verified by somebody else (R-7.5, R-10.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from emergency_desk.domain import mending
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.areas import LADDER, Tier
from emergency_desk.domain.drills import DrillStep
from emergency_desk.domain.errors import FieldUnreadable, FindingNotReady, ReasonMissing
from emergency_desk.domain.ids import Id, finding_number
from emergency_desk.domain.incidents import Happening
from emergency_desk.domain.moments import local_day, local_year
from emergency_desk.domain.plan_suggestions import PlanSuggestion
from emergency_desk.domain.recovery import Finding, FindingClass, FindingSource, FindingState
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import drilling, logbook, suggesting
from emergency_desk.store.unit_of_work import UnitOfWork

FIELDS = ("problem", "kind", "clause", "unit", "owner", "measure", "funds_yuan", "due_on", "interim", "verifier", "note")


def list_findings(desk: Desk, *, states: tuple[FindingState, ...] = (), incident_id: Id | None = None, limit: int = 1_000) -> list[Finding]:
    """Return the findings, the earliest due first; those without a due day come last."""
    desk.may(Act.READ)
    conditions, values = ["1"], list[str]()
    if states:
        conditions.append(f"state IN ({', '.join('?' for _ in states)})")
        values += [state.value for state in states]
    if incident_id is not None:
        conditions.append("incident_id = ?")
        values.append(incident_id)
    with desk.reading() as reading:
        return reading.findings.where(
            f"WHERE {' AND '.join(conditions)} ORDER BY due_on IS NULL, due_on, number LIMIT {int(limit)}", values)


def source_numbers(desk: Desk, *, findings: Iterable[Finding]) -> dict[str, str]:
    """Return the number of the incident or the drill that each finding comes from, by the id of the finding."""
    kept = list(findings)
    of_incidents = {finding.incident_id for finding in kept if finding.incident_id is not None}
    of_drills = {finding.id for finding in kept if finding.source is FindingSource.DRILL}
    with desk.reading() as reading:
        incidents = {incident.id: incident.number for incident in reading.incidents.get_many(sorted(of_incidents))}
        found = reading.drill_marks.where("WHERE step = ?", (DrillStep.FOUND.value,)) if of_drills else []
        drills = {drill.id: drill.number for drill in reading.drills.get_many({mark.drill_id for mark in found})}
    numbers = {mark.about_id: drills[mark.drill_id] for mark in found if mark.about_id in of_drills}
    numbers |= {finding.id: incidents[finding.incident_id] for finding in kept if finding.incident_id in incidents}
    return {str(id_): number for id_, number in numbers.items()}


def in_plans(desk: Desk, *, findings: Iterable[Finding]) -> dict[Id, PlanSuggestion]:
    """Return what became of findings in the plan they name: the suggestion each was laid down as, by the id of the finding."""
    with desk.reading() as reading:
        return suggesting.laid_down(reading, findings)


def raised(desk: Desk, *, found: Iterable[Finding]) -> dict[Id, Tier]:
    """Return which tier each overdue finding goes up to: the next above the tier of the unit that owns it (R-7.5).

    A unit that names a street or a district of the tree is of that tier; any other is of the desk's own.
    """
    today = local_day(desk.now())
    told = {finding.id: mending.raised_to(finding, owner=_tier_of(desk, finding.unit), today=today) for finding in found
            if finding.is_late_on(today)}
    return {id_: tier for id_, tier in told.items() if tier is not None}


def _tier_of(desk: Desk, unit: str) -> Tier:
    named = [area for area in desk.tree.by_id.values() if area.tier in LADDER and area.name and area.name in unit]
    return max(named, key=lambda area: (len(area.name), area.tier.rank)).tier if named else desk.tier


def find_finding(desk: Desk, *, finding_id: Id) -> Finding:
    """Return one finding. Raises NotFound."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        return reading.findings.get(finding_id)


def add_finding(
    desk: Desk, *, problem: str, source: FindingSource = FindingSource.INCIDENT, kind: FindingClass = FindingClass.MECHANISM,
    incident_id: Id | None = None, clause: str = "", unit: str = "", owner: str = "", measure: str = "", funds_yuan: int | None = None,
    due_on: date | None = None, interim: str = "", verifier: str = "", drill_id: Id | None = None,
) -> Done[Finding]:
    """Add a finding under its own number, of an incident, of a drill (`drill_id`) or of neither.

    Raises FieldMissing, FindingNotReady when owner and verifier are one person.
    """
    desk.may(Act.KEEP_FINDINGS)
    at = desk.now()
    with desk.open_work() as work:
        is_exercise = work.incidents.get(incident_id).is_exercise if incident_id is not None else desk.is_exercise
        year = local_year(at)
        finding = mending.check(Finding(
            id=desk.new_id(), number=finding_number(desk.facts.code, year, work.next_number(f"finding {desk.facts.code} {year}")),
            source=FindingSource.DRILL if drill_id is not None else source, problem=problem.strip(), found_at=at,
            account_id=desk.who, incident_id=incident_id, kind=kind,
            clause=clause.strip(), unit=unit.strip(), owner=owner.strip(), measure=measure.strip(), funds_yuan=funds_yuan, due_on=due_on,
            interim=interim.strip(), verifier=verifier.strip(), is_exercise=is_exercise))
        work.findings.add(finding)
        if drill_id is not None:
            drilling.note_finding(desk, work, drill_id, finding, at=at)
        suggesting.from_finding(desk, work, finding, at=at)
        _tell(desk, work, finding, "added", at=at, problem=finding.problem)
        return Done(finding, work.commit("add_finding", finding=finding.number))


def change_finding(desk: Desk, *, finding_id: Id, changes: dict[str, Any], version: int | None = None) -> Done[Finding]:
    """Change what a finding says, by field (`FIELDS`), while it is not verified. `version`: the one the form was read at. Raises Stale."""
    desk.may(Act.KEEP_FINDINGS)
    unknown = [name for name in changes if name not in FIELDS]
    if unknown:
        raise FieldUnreadable(name=unknown[0], typed=str(changes[unknown[0]]), expected=", ".join(FIELDS))
    cleaned: dict[str, Any] = {name: value.strip() if type(value) is str else value for name, value in changes.items()}
    return _step(desk, finding_id, "changed", lambda finding: mending.check(replace(_living(finding), **cleaned)), version=version)


def begin_mending(desk: Desk, *, finding_id: Id) -> Done[Finding]:
    """Let the mending begin. Raises FindingNotReady without owner, due day or measure."""
    desk.may(Act.KEEP_FINDINGS)
    return _step(desk, finding_id, "mending", mending.begin)


def finish_mending(desk: Desk, *, finding_id: Id, evidence: str) -> Done[Finding]:
    """Say that a finding is mended, and what shows it. Raises FindingNotReady without evidence."""
    desk.may(Act.KEEP_FINDINGS)
    at = desk.now()
    return _step(desk, finding_id, "done", lambda finding: mending.finish(finding, evidence=evidence, at=at), text=evidence)


def verify_finding(desk: Desk, *, finding_id: Id, verifier: str = "", note: str = "") -> Done[Finding]:
    """Close a finding: somebody other than its owner has looked. Raises FindingNotReady, FieldMissing."""
    desk.may(Act.KEEP_FINDINGS)
    at = desk.now()
    return _step(desk, finding_id, "verified", lambda finding: mending.verify(finding, verifier=verifier, at=at), text=note)


def send_back(desk: Desk, *, finding_id: Id, reason: str) -> Done[Finding]:
    """Send a finding back to be mended further, with what is lacking. Raises ReasonMissing, FindingNotReady."""
    desk.may(Act.KEEP_FINDINGS)
    _reason(reason, "send_back_finding")
    return _step(desk, finding_id, "returned", mending.send_back, text=reason)


def drop_finding(desk: Desk, *, finding_id: Id, reason: str) -> Done[Finding]:
    """Drop a finding that is none, with the reason. Raises ReasonMissing, FindingNotReady."""
    desk.may(Act.KEEP_FINDINGS)
    _reason(reason, "drop_finding")
    return _step(desk, finding_id, "dropped", lambda finding: replace(mending.drop(finding), note=reason.strip()), text=reason)


def reopen_finding(desk: Desk, *, finding_id: Id, reason: str) -> Done[Finding]:
    """Take a verified or dropped finding up again, with the reason. Raises ReasonMissing, FindingNotReady."""
    desk.may(Act.KEEP_FINDINGS)
    _reason(reason, "reopen_finding")
    return _step(desk, finding_id, "reopened", mending.reopen, text=reason)


def _step(
    desk: Desk, finding_id: Id, step: str, go: Callable[[Finding], Finding], *, text: str = "", version: int | None = None,
) -> Done[Finding]:
    at = desk.now()
    with desk.open_work() as work:
        finding = work.findings.get(finding_id)
        if version is not None:
            finding = replace(finding, version=version)
        stored = work.findings.put(go(finding))
        if (stored.clause, stored.kind, stored.problem, stored.measure) != (finding.clause, finding.kind, finding.problem, finding.measure):
            suggesting.from_finding(desk, work, stored, at=at)
            drilling.suggest_again(desk, work, stored, at=at)
        _tell(desk, work, stored, step, at=at, text=text.strip())
        return Done(stored, work.commit(f"finding_{step}", finding=stored.number))


def _tell(desk: Desk, work: UnitOfWork, finding: Finding, step: str, *, at: datetime, text: str = "", problem: str = "") -> None:
    logbook.write(desk, work, Happening.FINDING, at=at, incident_id=finding.incident_id, about_id=finding.id, text=text, step=step,
                  number=finding.number, problem=problem)


def _living(finding: Finding) -> Finding:
    if finding.state not in mending.UNDER_WAY:
        raise FindingNotReady(number=finding.number, reason="state")
    return finding


def _reason(reason: str, act: str) -> None:
    if not reason.strip():
        raise ReasonMissing(act=act)
