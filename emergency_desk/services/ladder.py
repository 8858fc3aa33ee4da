"""The ladder of one incident as a whole: the tiers, their responses, who commands, the steps and what is open; and the marks on steps."""

from __future__ import annotations

from datetime import datetime

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import Ladder
from emergency_desk.domain.errors import FieldUnreadable, ReasonMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening
from emergency_desk.domain.ladder import Step, StepMark, StepState, check_tick
from emergency_desk.domain.meeting import STEP_OF
from emergency_desk.domain.responses import NOT_HEARD, Heard
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import climbing, hearing, logbook, meeting
from emergency_desk.services.steps.timing import refuse_future
from emergency_desk.store.unit_of_work import UnitOfWork


def read_ladder(desk: Desk, *, incident_id: Id) -> Ladder:
    """Return the ladder of an incident. Raises NotFound."""
    with desk.reading() as reading:
        return climbing.ladder_of(desk, reading, climbing.keep(desk, reading, reading.incidents.get(incident_id)))


def mark_step(
    desk: Desk, *, incident_id: Id, step: Step, state: StepState = StepState.DONE, reason: str = "", tier: Tier | None = None,
    occurred_at: datetime | None = None, heard: Heard = NOT_HEARD,
) -> Done[StepMark]:
    """Tick a step of a tier, skip it with a reason, or open it again. Raises ReasonMissing, StepByAct, NotOwnTier, NotOwnArea."""
    desk.may(Act.WORK_TASK)
    acting = hearing.acting_tier(desk, tier, heard)
    if state is StepState.SKIPPED and not reason.strip():
        raise ReasonMissing(act="skip_step")
    if state is StepState.NOT_ASKED:  # what is not asked for is derived, nobody says it
        raise FieldUnreadable(name="state", typed=state.value, expected="done, skipped, open")
    if state is StepState.DONE:
        check_tick(step, acting)
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        incident = work.incidents.get(incident_id)
        hearing.refuse_elsewhere(desk, incident, heard)
        mark = work.step_marks.add(StepMark(
            id=desk.new_id(), incident_id=incident.id, tier=acting, step=step, state=state, occurred_at=occurred_at or at, recorded_at=at,
            account_id=desk.who, reason=reason.strip(), **hearing.as_columns(heard)))
        logbook.write(desk, work, Happening.STEP, at=at, incident_id=incident.id, occurred_at=mark.occurred_at, about_id=mark.id,
                      text=mark.reason, step=step.value, state=state.value, tier=acting.value, **hearing.as_values(heard))
        if state is not StepState.OPEN:
            _end_tasks(desk, work, mark, at=at)
        return Done(mark, work.commit("mark_step", incident=incident.number, step=step.value, state=state.value, tier=acting.value))


def _end_tasks(desk: Desk, work: UnitOfWork, mark: StepMark, *, at: datetime) -> None:
    """End or skip with a step what the plan asks for as the same thing."""
    facts = [fact for fact, step in STEP_OF.items() if step is mark.step]
    if mark.state is StepState.SKIPPED:
        meeting.skip(desk, work, mark.incident_id, mark.tier, facts, reason=mark.reason, at=at, occurred_at=mark.occurred_at)
    else:
        meeting.by_fact(desk, work, mark.incident_id, mark.tier, facts, at=at, occurred_at=mark.occurred_at)
