"""What a drill's twin measured, read there and written down at the real desk as entries of the drill, so that the evaluation rests on them.

Nothing is invented: what has no entry in the twin is not measured (AQ/T 9009, 7).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from emergency_desk.domain import drill_life
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.drill_errors import TwinGone
from emergency_desk.domain.drill_measures import Measure, MeasureKind, Worded
from emergency_desk.domain.drills import DrillMark, DrillStep
from emergency_desk.domain.ids import Id
from emergency_desk.domain.teams import TeamState
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.drill_twins import is_as_sealed, path_of, require_live, standing
from emergency_desk.services.steps import drilling
from emergency_desk.store.readings.reading import Reading
from emergency_desk.store.store import Store


def read_measures(desk: Desk, *, drill_id: Id) -> tuple[Measure, ...]:
    """Return everything the twin of a drill measured, in the order it happened there. Raises TwinGone, IsTwin."""
    desk.may(Act.READ)
    require_live(desk)
    with desk.reading() as reading:
        drill = reading.drills.get(drill_id)
        twin = standing(reading, drill, any_state=True)
    if twin is None or not is_as_sealed(desk, twin):
        raise TwinGone(number=drill.number, path="" if twin is None else str(path_of(desk, twin)))
    store = Store(path_of(desk, twin), key=desk.store.key)
    try:
        with store.reading() as reading:
            found = [*_calls(reading), *_orders(reading), *_reports(reading), *_responses(reading), *_shelters(reading)]
    finally:
        store.close()
    return tuple(sorted(found, key=lambda one: (one.at, one.entry)))


def keep_measures(desk: Desk, *, drill_id: Id, measures: Iterable[Worded]) -> Done[tuple[DrillMark, ...]]:
    """Write down what was measured as entries of the drill; what stands there already in the same words is left out. Raises DrillStateWrong."""
    desk.may(Act.READ)
    drilling.may_mark(desk)
    at = desk.now()
    with desk.open_work() as work:
        drill = work.drills.get(drill_id)
        drill_life.require(drill, DrillStep.MEASURED)
        known = {(mark.about_id, mark.text) for mark in drilling.marks(work, drill) if mark.step is DrillStep.MEASURED}
        made = tuple(drilling.mark(desk, work, drill, DrillStep.MEASURED, at=at, about_id=one.about_id, text=one.text, person=one.person)
                     for one in measures if (one.about_id, one.text) not in known)
        return Done(made, work.commit("keep_measures", drill=drill.number, entries=len(made)))


# -- what the twin's log says ------------------------------------------------------------------------------------------
def _calls(reading: Reading) -> list[Measure]:
    found = []
    for incident in reading.incidents.where("ORDER BY recorded_at"):
        called = _called_at(reading, incident.id)
        orders = reading.dispatches.where("WHERE incident_id = ? ORDER BY sent_at LIMIT 1", (incident.id,))
        if orders:
            found.append(Measure(kind=MeasureKind.CALL, about_id=incident.id, entry=incident.number, at=called, subject=incident.title,
                                 took=orders[0].sent_at - called))
    return found


def _orders(reading: Reading) -> list[Measure]:
    found = []
    for order in reading.dispatches.where("ORDER BY sent_at"):
        there = reading.team_moves.where("WHERE dispatch_id = ? AND to_state IN (?, ?) ORDER BY occurred_at LIMIT 1",
                                         (order.id, TeamState.ON_SCENE.value, TeamState.WORKING.value))
        found.append(Measure(
            kind=MeasureKind.ORDER, about_id=order.id, entry=order.order_number, at=order.sent_at,
            subject=reading.teams.get(order.team_id).name, took=there[0].occurred_at - order.sent_at if there else None,
            receipt=order.receipt_at - order.sent_at if order.receipt_at else None))
    return found


def _reports(reading: Reading) -> list[Measure]:
    found = []
    for due in reading.report_dues.where("WHERE state = 'met' ORDER BY clock_at"):
        report = reading.reports.get(due.report_id) if due.report_id else None
        if report is not None and due.met_at is not None:
            found.append(Measure(kind=MeasureKind.REPORT, about_id=report.id, entry=report.number, at=due.met_at, tier=due.to_tier,
                                 took=due.met_at - due.clock_at, due=due.due_at - due.clock_at))
    return found


def _responses(reading: Reading) -> list[Measure]:
    return [Measure(kind=MeasureKind.RESPONSE, about_id=one.id, entry=reading.incidents.get(one.incident_id).number, at=one.activated_at,
                    subject=one.level.value, tier=one.tier, took=one.activated_at - _called_at(reading, one.incident_id))
            for one in reading.responses.where("ORDER BY activated_at")]


def _shelters(reading: Reading) -> list[Measure]:
    found = []
    for opening in reading.shelter_openings.where("ORDER BY opened_at"):
        counts = reading.head_counts.where("WHERE opening_id = ? ORDER BY counted_at DESC, seq DESC LIMIT 1", (opening.id,))
        found.append(Measure(kind=MeasureKind.SHELTER, about_id=opening.id, entry=opening.number, at=opening.opened_at,
                             subject=reading.sites.get(opening.shelter_id).name, heads=counts[0].heads if counts else None,
                             took=opening.opened_at - _called_at(reading, opening.incident_id)))
    return found


def _called_at(reading: Reading, incident_id: Id) -> datetime:
    calls = reading.calls.where("WHERE incident_id = ? ORDER BY received_at LIMIT 1", (incident_id,))
    return calls[0].received_at if calls else reading.incidents.get(incident_id).recorded_at
