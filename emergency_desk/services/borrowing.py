"""Where no plan was made: a plan that may stand in is borrowed, and its actions are laid as tasks (R-1.10, QD17 Art. 34)."""

from __future__ import annotations

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.borrowing import BORROWS, Borrowed, borrow
from emergency_desk.domain.errors import IncidentIsClosed
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening, Incident, TaskState
from emergency_desk.domain.plan_errors import PlanNotBorrowed
from emergency_desk.domain.plans import BorrowedPlan, NoMatch
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import judging, logbook, meeting, opening


def that_may_stand_in(desk: Desk, *, incident_id: Id) -> tuple[BorrowedPlan, ...]:
    """Return the plans whose actions an incident without a plan of its own may borrow, in the order of Art. 34. Raises NotFound."""
    with desk.reading() as reading:
        incident = reading.incidents.get(incident_id)
    return tuple(one for one in _may_stand_in(desk, incident) if _borrow(desk, incident, one) is not None)


def borrow_plan(desk: Desk, *, incident_id: Id, code: str = "") -> Done[tuple[Borrowed, int]]:
    """Lay what a plan that may stand in asks of the own tier, marked as borrowed; return it and how many tasks are new.

    Without a code it is the first that asks anything of this tier. The incident stays without a plan: none was made for it. What is due
    counts from now. Asked again when it has become worse, it lays what a higher level asks for besides. Raises PlanNotBorrowed.
    """
    desk.may(Act.WORK_TASK)
    at = desk.now()
    with desk.open_work() as work:
        incident = work.incidents.get(incident_id)
        if not incident.is_open:
            raise IncidentIsClosed(number=incident.number)
        wanted = [one for one in _may_stand_in(desk, incident) if code in ("", one.plan.code)]
        found = next((borrowed for one in wanted if (borrowed := _borrow(desk, incident, one)) is not None), None)
        if found is None:
            raise PlanNotBorrowed(number=incident.number, reason="has_plan" if incident.plan_code else "none", plan="")
        laid = opening.lay_marked(desk, work, incident, found.actions, start=at, at=at)
        if not laid:
            raise PlanNotBorrowed(number=incident.number, reason="nothing_more", plan=found.plan.title)
        plan = found.plan
        logbook.write(desk, work, Happening.PLAN_BORROWED, at=at, incident_id=incident.id, plan=plan.code, version=plan.version,
                      plan_title=plan.title.zh, plan_title_en=plan.title.en, tier=found.tier.value, level=found.level.value, count=str(laid))
        for task in work.tasks.where("WHERE incident_id = ? AND action_id = ? AND state = ?", (incident.id, BORROWS, TaskState.OPEN.value)):
            meeting.end(desk, work, task, at=at, occurred_at=at)
        return Done((found, laid), work.commit("borrow_plan", incident=incident.number, plan=plan.code, version=plan.version, tasks=laid))


def _may_stand_in(desk: Desk, incident: Incident) -> tuple[BorrowedPlan, ...]:
    if incident.plan_code:
        return ()
    answer, _tier = judging.plan_of(desk, type_id=incident.type_id, figures=incident.figures, words=incident.title, grade=incident.grade,
                                    area_id=incident.area_id)
    return answer.borrowed if isinstance(answer, NoMatch) else ()


def _borrow(desk: Desk, incident: Incident, one: BorrowedPlan) -> Borrowed | None:
    plan = desk.trade.plan(one.plan.code, one.plan.version)
    return borrow(plan, tier=desk.tier, figures=incident.figures, words=incident.title, grade=incident.grade)
