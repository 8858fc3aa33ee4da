"""The twin of a drill: ordered and noted at the live desk, made by whoever has the time, sealed or destroyed when the drill is over.

The live store gains the drill's own record and nothing else (R-0.5). What the twin holds and how it is marked stands in `store.twins`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from emergency_desk.domain import drill_life
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.drill_errors import DrillPlanGone, IsTwin, TwinGone, TwinThere
from emergency_desk.domain.drill_twins import DrillTwin, TwinCounts, TwinMark, TwinOrder, TwinState, code_of
from emergency_desk.domain.drills import Drill, DrillStep
from emergency_desk.domain.ids import Id
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import drilling
from emergency_desk.store import twins
from emergency_desk.store.readings.reading import Reading


def order_twin(desk: Desk, *, drill_id: Id) -> TwinOrder:
    """Return what is needed to make the twin of a drill. Raises IsTwin, TwinThere, DrillPlanGone, DrillStateWrong, RoleMissing."""
    desk.may(Act.RUN_DRILL)
    require_live(desk)
    with desk.reading() as reading:
        drill = reading.drills.get(drill_id)
        drill_life.require(drill, DrillStep.TWIN_MADE)
        there = standing(reading, drill)
    if there is not None and path_of(desk, there).exists():
        raise TwinThere(number=drill.number, path=str(path_of(desk, there)))
    if not drilling.has_plan_in_force(desk, drill):
        raise DrillPlanGone(plan=drilling.plan_title(desk, drill.plan_code, drill.plan_version), version=drill.plan_version)
    mark = TwinMark(drill_id=drill.id, number=drill.number, title=drill.title, live=str(desk.store.path.resolve()), made_at=desk.now())
    return TwinOrder(live=desk.store.path, target=order_path(desk, drill), mark=mark,
                     code=code_of(desk.facts.code, drill.number), account_id=desk.who, first_id=int(desk.new_id(), 16), key=desk.store.key)


def make_twin(order: TwinOrder) -> TwinCounts:
    """Make the twin, whole or not at all; needs no desk, so that the helper process does it. Raises StoreTrouble."""
    return twins.make_twin(order)


def note_twin(desk: Desk, *, order: TwinOrder, counts: TwinCounts) -> Done[DrillTwin]:
    """Write down that the twin of a drill was made. Raises DrillStateWrong, TwinThere."""
    desk.may(Act.RUN_DRILL)
    with desk.open_work() as work:
        drill = work.drills.get(order.mark.drill_id)
        drill_life.require(drill, DrillStep.TWIN_MADE)
        for lost in work.drill_twins.where("WHERE drill_id = ? AND state = ?", (drill.id, TwinState.OPEN.value)):
            work.drill_twins.put(replace(lost, state=TwinState.DESTROYED, closed_at=desk.now()))
        twin = work.drill_twins.add(DrillTwin(
            id=desk.new_id(), drill_id=drill.id, file=order.target.name, made_at=order.mark.made_at, account_id=desk.who, teams=counts.teams,
            lots=counts.lots, shelters=counts.shelters))
        drilling.mark(desk, work, drill, DrillStep.TWIN_MADE, at=desk.now(), about_id=twin.id, text=twin.file)
        return Done(twin, work.commit("make_drill_twin", drill=drill.number, teams=twin.teams, lots=twin.lots, shelters=twin.shelters))


def twin_of(desk: Desk, *, drill_id: Id) -> DrillTwin | None:
    """Return the newest twin of a drill, None where it has none."""
    with desk.reading() as reading:
        return standing(reading, reading.drills.get(drill_id), any_state=True)


def seal_twin(desk: Desk, *, drill_id: Id) -> Done[DrillTwin]:
    """Close the twin of a drill that is over for ever: it is only read from now on. Raises TwinGone, DrillStateWrong."""
    desk.may(Act.RUN_DRILL)
    drill, twin = _closing(desk, drill_id)
    path = path_of(desk, twin)
    if not path.exists():
        raise TwinGone(number=drill.number, path=str(path))
    number, own_hash = twins.seal(path, account_id=desk.who, at=desk.now(), key=desk.store.key)
    return _close(desk, drill, replace(twin, state=TwinState.SEALED, sealed_number=number, sealed_hash=own_hash))


def destroy_twin(desk: Desk, *, drill_id: Id) -> Done[DrillTwin]:
    """Destroy the twin of a drill that is over, every byte of it; one that is gone already is gone. Raises DrillStateWrong, TwinGone."""
    desk.may(Act.RUN_DRILL)
    drill, twin = _closing(desk, drill_id)
    twins.destroy(path_of(desk, twin))
    return _close(desk, drill, replace(twin, state=TwinState.DESTROYED))


def is_as_sealed(desk: Desk, twin: DrillTwin) -> bool:
    """Say whether the file of a twin is there and, once sealed, still ends its journal as it did."""
    path = path_of(desk, twin)
    if not path.exists():
        return False
    return twin.sealed_number is None or twins.hash_at(path, twin.sealed_number, key=desk.store.key) == twin.sealed_hash


def path_of(desk: Desk, twin: DrillTwin) -> Path:
    """Return where a twin lies."""
    return twins.twin_path(desk.store.path, twin.file)


def order_path(desk: Desk, drill: Drill) -> Path:
    """Return where the twin of a drill will lie."""
    return twins.twin_path(desk.store.path, f"{drill.number}.store")


def clear_up(desk: Desk) -> tuple[str, ...]:
    """Destroy what is left of twins whose making was cut off; returns the names they would have had. For the start of a desk."""
    if desk.facts.twin is not None or desk.store.is_read_only:
        return ()
    return twins.clear_up(desk.store.path)


def require_live(desk: Desk) -> None:
    """Refuse on a twin what only the real desk does. Raises IsTwin."""
    if desk.facts.twin is not None:
        raise IsTwin(number=desk.facts.twin.number, path=desk.facts.twin.live)


def standing(reading: Reading, drill: Drill, *, any_state: bool = False) -> DrillTwin | None:
    """Return the twin that stands open, or the newest in any state."""
    found = reading.drill_twins.first("WHERE drill_id = ? ORDER BY made_at DESC, id DESC", (drill.id,))
    return next((one for one in found if any_state or one.state is TwinState.OPEN), None)


def _closing(desk: Desk, drill_id: Id) -> tuple[Drill, DrillTwin]:
    require_live(desk)
    with desk.reading() as reading:
        drill = reading.drills.get(drill_id)
        twin = standing(reading, drill, any_state=True)
    drill_life.require(drill, DrillStep.TWIN_CLOSED)
    if twin is None or twin.state is TwinState.DESTROYED:
        raise TwinGone(number=drill.number, path="" if twin is None else str(path_of(desk, twin)))
    return drill, twin


def _close(desk: Desk, drill: Drill, twin: DrillTwin) -> Done[DrillTwin]:
    at = desk.now()
    with desk.open_work() as work:
        stored = work.drill_twins.put(replace(twin, closed_at=at))
        drilling.mark(desk, work, drill, DrillStep.TWIN_CLOSED, at=at, about_id=twin.id, text=twin.file)
        return Done(stored, work.commit("close_drill_twin", drill=drill.number, state=twin.state.value))


