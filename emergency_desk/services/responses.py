"""The response of each tier: activate with the four facts of Art. 72, adjust, extend, suspend, resume, end.

A tier that does not sit at this desk is recorded as heard and moves the ladder alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from emergency_desk.domain import responses
from emergency_desk.domain.accounts import COUNTY_AND_ABOVE, Act
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import FieldMissing, NotTheActivator, ReasonMissing, ResponseNotActive, ResponseRuns, StillOpen
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening, Incident
from emergency_desk.domain.plan_records import Level, Plan, PlanFact
from emergency_desk.domain.responses import ACTIVATOR_ENDS, NOT_HEARD, Heard, Response, ResponseChange, ResponseState, ResponseStep
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import calling_in, ending, hearing, judging, logbook, meeting, opening, recovering, reporting, responding
from emergency_desk.services.steps.incident_at_work import open_incident
from emergency_desk.services.steps.timing import refuse_future
from emergency_desk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ActivationOffer:
    """What an activation form begins with: the level the plan gives, why, and the facts that can be written beforehand."""

    tier: Tier
    level: Level | None
    clause: str
    activated_by: str
    activated_by_en: str
    matter: str
    expected_hours: int
    plan: Plan | None = None


def offer_activation(desk: Desk, *, incident_id: Id, tier: Tier | None = None) -> ActivationOffer:
    """Return what an activation at a tier begins with, by the plan the incident runs by. Reads only."""
    acting = tier or desk.tier
    with desk.reading() as reading:
        incident = reading.incidents.get(incident_id)
    rule = judging.level_at(desk, incident, acting)
    level = rule.level if rule else None
    return ActivationOffer(
        tier=acting, level=level, clause=rule.clause if rule else "", activated_by=rule.activated_by.zh if rule else "",
        activated_by_en=rule.activated_by.en if rule else "", matter=incident.title, expected_hours=desk.trade.ladder.expected_hours,
        plan=judging.pinned_plan(desk, incident.plan_code, incident.plan_version))


def activate_response(
    desk: Desk, *, incident_id: Id, level: Level | None, matter: str, expected_hours: float | None, measures: str, decided_by: str,
    tier: Tier | None = None, occurred_at: datetime | None = None, heard: Heard = NOT_HEARD,
) -> Done[Response]:
    """Activate a tier's response. Its plan's actions of the level are laid, and those who must be told are listed.

    Raises FieldMissing naming what Art. 72 lacks (R-1.11), ResponseRuns, NotOwnTier, IncidentIsClosed, OccurredInFuture.
    """
    desk.may(Act.ACTIVATE_RESPONSE)
    acting = hearing.acting_tier(desk, tier, heard)
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        incident = open_incident(work, incident_id)
        hearing.refuse_elsewhere(desk, incident, heard)
        running = _running(work, incident, acting)
        if running is not None:
            raise ResponseRuns(tier=acting, level=running.level)
        rule = judging.level_at(desk, incident, acting)
        area = desk.tree.at_tier(incident.area_id, acting)
        response = work.responses.add(responses.activate(
            response_id=desk.new_id(), incident_id=incident.id, tier=acting, area_id=area.id if area else incident.area_id, level=level,
            matter=matter, expected_hours=expected_hours, measures=measures, decided_by=decided_by, at=occurred_at or at,
            plan_code=incident.plan_code, plan_version=incident.plan_version,
            clause=rule.clause if rule and rule.level is level else ""))
        _append(desk, work, response, ResponseStep.ACTIVATED, at=at, occurred_at=occurred_at or at, decided_by=decided_by, heard=heard)
        incident = responding.run_at(work, incident, response)
        opening.lay_actions(desk, work, incident, tier=acting, level=response.level, start=occurred_at or at, at=at)
        meeting.by_fact(desk, work, incident.id, acting, (PlanFact.ACTIVATE,), at=at, occurred_at=response.activated_at)
        calling_in.lay_notices(desk, work, incident, acting, at=at)
        return Done(response, work.commit("activate_response", incident=incident.number, tier=acting.value, level=response.level.value))


def adjust_response(
    desk: Desk, *, incident_id: Id, level: Level, decided_by: str, reason: str, tier: Tier | None = None,
    occurred_at: datetime | None = None, heard: Heard = NOT_HEARD,
) -> Done[Response]:
    """Adjust a tier's level, up or down, with who decided it and why. Raises ResponseNotActive, LevelUnchanged, FieldMissing, ReasonMissing."""
    desk.may(Act.ACTIVATE_RESPONSE)
    acting = hearing.acting_tier(desk, tier, heard)
    if not decided_by.strip():
        raise FieldMissing(name="decided_by")
    if not reason.strip():
        raise ReasonMissing(act="adjust_response")
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        incident = open_incident(work, incident_id)
        hearing.refuse_elsewhere(desk, incident, heard)
        before = _must_run(work, incident, acting)
        response = work.responses.put(responses.adjust(before, level=level))
        _append(desk, work, response, ResponseStep.ADJUSTED, at=at, occurred_at=occurred_at or at, decided_by=decided_by, heard=heard,
                level_before=before.level, reason=reason)
        incident = responding.run_at(work, incident, response)
        opening.lay_actions(desk, work, incident, tier=acting, level=level, start=occurred_at or at, at=at)
        return Done(response, work.commit("adjust_response", incident=incident.number, tier=acting.value, level=level.value))


def extend_response(
    desk: Desk, *, incident_id: Id, expected_hours: float, decided_by: str, reason: str = "", tier: Tier | None = None,
    occurred_at: datetime | None = None, heard: Heard = NOT_HEARD,
) -> Done[Response]:
    """Set another expected end, so many hours from now. Raises ResponseNotActive, FieldMissing."""
    desk.may(Act.ACTIVATE_RESPONSE)
    acting = hearing.acting_tier(desk, tier, heard)
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        incident = open_incident(work, incident_id)
        hearing.refuse_elsewhere(desk, incident, heard)
        response = work.responses.put(responses.extend(_must_run(work, incident, acting),
                                                       expected_until=responses.until(occurred_at or at, expected_hours)))
        _append(desk, work, response, ResponseStep.EXTENDED, at=at, occurred_at=occurred_at or at, decided_by=decided_by, heard=heard,
                reason=reason)
        return Done(response, work.commit("extend_response", incident=incident.number, tier=acting.value))


def suspend_response(
    desk: Desk, *, incident_id: Id, reason: str, decided_by: str, tier: Tier | None = None, occurred_at: datetime | None = None,
    heard: Heard = NOT_HEARD,
) -> Done[Response]:
    """Pause a tier's response because it endangers the rescuers (R-1.14). Raises ReasonMissing, ResponseNotActive."""
    return _pause(desk, incident_id=incident_id, step=ResponseStep.SUSPENDED, reason=reason, decided_by=decided_by, tier=tier,
                  occurred_at=occurred_at, heard=heard)


def resume_response(
    desk: Desk, *, incident_id: Id, reason: str, decided_by: str, tier: Tier | None = None, occurred_at: datetime | None = None,
    heard: Heard = NOT_HEARD,
) -> Done[Response]:
    """Resume a paused response once it is safe (R-1.14). Raises ReasonMissing, ResponseNotActive."""
    return _pause(desk, incident_id=incident_id, step=ResponseStep.RESUMED, reason=reason, decided_by=decided_by, tier=tier,
                  occurred_at=occurred_at, heard=heard)


def what_is_open(desk: Desk, *, incident_id: Id, tier: Tier | None = None) -> ending.OpenThings:
    """Return what stands against the end of a tier's response: its own teams, people missing, reports it owes. Reads only."""
    with desk.reading() as reading:
        return ending.open_things(desk, reading, reading.incidents.get(incident_id), tier or desk.tier, at=desk.now())


def end_response(
    desk: Desk, *, incident_id: Id, decided_by: str, reason: str = "", override_reason: str = "", tier: Tier | None = None,
    occurred_at: datetime | None = None, heard: Heard = NOT_HEARD,
) -> Done[Response]:
    """End a tier's response: only the tier that activated it does (R-1.13), and not while its own teams, people or reports are open.

    With the last response of the incident ends the emergency, and what is owed afterwards is laid (突发事件应对法 Art. 86, 87).
    Raises NotTheActivator, StillOpen (a reason overrides it, except while the tier still commands others), ResponseNotActive, NotThisTier.
    """
    acting = tier or desk.tier
    _may_end(desk, incident_id, acting, heard)
    if not decided_by.strip():
        raise FieldMissing(name="decided_by")
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        incident = work.incidents.get(incident_id)
        hearing.refuse_elsewhere(desk, incident, heard)
        before = _must_run(work, incident, acting)
        still = ending.open_things(desk, work, incident, acting, at=at)
        if still.commands or (still and not override_reason.strip()):
            raise StillOpen(tier=acting, **still.as_values())
        response = work.responses.put(responses.end(before, by=acting, at=occurred_at or at))
        owed = recovering.lay(desk, work, incident, at=at, ended_at=occurred_at or at) if not responding.runs(work, incident) else 0
        _append(desk, work, response, ResponseStep.ENDED, at=at, occurred_at=occurred_at or at, decided_by=decided_by, heard=heard,
                reason=reason, override_reason=override_reason if still else "", owed=owed)
        ending.dissolve_posts(desk, work, incident, acting, at=at, occurred_at=occurred_at or at)
        return Done(response, work.commit("end_response", incident=incident.number, tier=acting.value))


def _may_end(desk: Desk, incident_id: Id, acting: Tier, heard: Heard) -> None:
    """Let a tier end its own response by its own authority; what another tier or area ended is only written down as heard."""
    with desk.reading() as reading:
        is_own = acting is desk.tier and hearing.answers_for(desk, reading.incidents.get(incident_id))
    if heard and not is_own:
        desk.may(Act.WRITE_LOG)
        hearing.acting_tier(desk, acting, heard)
        return
    desk.may(Act.END_RESPONSE if acting in COUNTY_AND_ABOVE else Act.ACTIVATE_RESPONSE)
    if acting is not desk.tier:
        raise NotTheActivator(tier=desk.tier, activator=acting, basis=ACTIVATOR_ENDS)


def _pause(
    desk: Desk, *, incident_id: Id, step: ResponseStep, reason: str, decided_by: str, tier: Tier | None, occurred_at: datetime | None,
    heard: Heard,
) -> Done[Response]:
    desk.may(Act.ACTIVATE_RESPONSE)
    acting = hearing.acting_tier(desk, tier, heard)
    if not reason.strip():
        raise ReasonMissing(act=f"{step.value}_response")
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        incident = open_incident(work, incident_id)
        hearing.refuse_elsewhere(desk, incident, heard)
        turn = responses.suspend if step is ResponseStep.SUSPENDED else responses.resume
        response = work.responses.put(turn(_must_run(work, incident, acting)))
        _append(desk, work, response, step, at=at, occurred_at=occurred_at or at, decided_by=decided_by, heard=heard, reason=reason)
        return Done(response, work.commit(f"{step.value}_response", incident=incident.number, tier=acting.value))


def _running(work: UnitOfWork, incident: Incident, tier: Tier) -> Response | None:
    found = responses.of_tier(work.responses.where("WHERE incident_id = ?", (incident.id,)), tier)
    return found if found is not None and found.is_running else None


def _must_run(work: UnitOfWork, incident: Incident, tier: Tier) -> Response:
    found = _running(work, incident, tier)
    if found is None:
        raise ResponseNotActive(tier=tier, state=ResponseState.ENDED)
    return found


def _append(
    desk: Desk, work: UnitOfWork, response: Response, step: ResponseStep, *, at: datetime, occurred_at: datetime, decided_by: str,
    heard: Heard, level_before: Level | None = None, reason: str = "", override_reason: str = "", owed: int = 0,
) -> None:
    change = work.response_changes.add(ResponseChange(
        id=desk.new_id(), response_id=response.id, incident_id=response.incident_id, step=step, level=response.level,
        level_before=level_before, occurred_at=occurred_at, recorded_at=at, account_id=desk.who, expected_until=response.expected_until,
        decided_by=decided_by.strip(), reason=reason.strip(), override_reason=override_reason.strip(), heard_from=heard.who.strip(),
        heard_how=heard.how.strip(), read_back=heard.read_back))
    logbook.write(desk, work, Happening.RESPONSE, at=at, incident_id=response.incident_id, occurred_at=occurred_at, about_id=change.id,
                  text=reason.strip(), step=step.value, tier=response.tier.value, level=response.level.value,
                  level_before=level_before.value if level_before else "", decided_by=decided_by.strip(),
                  override=override_reason.strip(), owed=owed or "", clause=response.clause if step is ResponseStep.ACTIVATED else "",
                  **hearing.as_values(heard))
    reporting.lay_dues(desk, work, response.incident_id, at=at)
