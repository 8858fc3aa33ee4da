"""How a drill goes from drafted to evaluated: nothing begins unchecked, nothing ends before everybody was counted.

Source: AQ/T 9007-2019 7 (实施: 现场检查、启动、中断、结束); domain R-7.1, R-7.2, R-7.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from emergency_desk.domain.drill_errors import DrillClockBack, DrillHeadsOpen, DrillNotReady, DrillStateWrong, InjectWrong
from emergency_desk.domain.drills import Drill, DrillMark, DrillPace, DrillPerson, DrillRole, DrillState, DrillStep, Inject, ReadyCheck
from emergency_desk.domain.errors import FieldMissing, FieldUnreadable

UNDER_WAY = frozenset({DrillState.RUNNING, DrillState.PAUSED})
OVER = frozenset({DrillState.STOPPED, DrillState.ENDED, DrillState.EVALUATED})
MOST_MINUTES = 14 * 24 * 60
MOST_HEADS = 10**6
REAL_TIME = 100  # per cent: the pace of a clock that nobody changed
PACES = (50, 100, 200, 500, 1_000, 2_000, 3_000, 6_000)  # per cent of real time, half of it to sixty times

_FROM: dict[DrillStep, frozenset[DrillState]] = {
    DrillStep.CHECKED: frozenset({DrillState.DRAFTED, DrillState.CHECKED}),
    DrillStep.STARTED: frozenset({DrillState.CHECKED}),
    DrillStep.RELEASED: frozenset({DrillState.RUNNING}),
    DrillStep.ANSWERED: UNDER_WAY,
    DrillStep.OBSERVED: frozenset({*UNDER_WAY, DrillState.ENDED, DrillState.STOPPED}),
    DrillStep.PAUSED: frozenset({DrillState.RUNNING}),
    DrillStep.RESUMED: frozenset({DrillState.PAUSED}),
    DrillStep.COUNTED: frozenset({*UNDER_WAY, DrillState.STOPPED}),
    DrillStep.STOPPED: UNDER_WAY,
    DrillStep.ENDED: UNDER_WAY,
    DrillStep.FOUND: frozenset({*UNDER_WAY, *OVER}),
    DrillStep.EVALUATED: frozenset({DrillState.ENDED, DrillState.STOPPED, DrillState.EVALUATED}),
    DrillStep.TWIN_MADE: frozenset({DrillState.DRAFTED, DrillState.CHECKED, *UNDER_WAY}),
    DrillStep.PACED: frozenset({DrillState.CHECKED, *UNDER_WAY}),
    DrillStep.MEASURED: frozenset({*UNDER_WAY, *OVER}),
    DrillStep.TWIN_CLOSED: frozenset({DrillState.DRAFTED, DrillState.CHECKED, *OVER}),
}
_TO = {DrillStep.CHECKED: DrillState.CHECKED, DrillStep.STARTED: DrillState.RUNNING, DrillStep.PAUSED: DrillState.PAUSED,
       DrillStep.RESUMED: DrillState.RUNNING, DrillStep.STOPPED: DrillState.STOPPED, DrillStep.ENDED: DrillState.ENDED,
       DrillStep.EVALUATED: DrillState.EVALUATED}
TURNS = frozenset({DrillStep.STARTED, DrillStep.RESUMED, DrillStep.PAUSED, DrillStep.STOPPED, DrillStep.ENDED})  # what makes it run or halt


class Lack(StrEnum):
    """What is lacking before a drill may begin."""

    PLAN = "lack_plan"  # it was withdrawn, or another version of it is in force
    AIMS = "lack_aims"
    SCENARIO = "lack_scenario"
    STOP_CONDITIONS = "lack_stop_conditions"
    INJECTS = "lack_injects"
    HEADS = "lack_heads"
    DIRECTOR = "lack_director"
    EVALUATOR = "lack_evaluator"
    CHECKS = "lack_checks"


def possible(drill: Drill) -> tuple[DrillStep, ...]:
    """Return the steps a drill may take now, in the order they are taken."""
    return tuple(step for step, states in _FROM.items() if drill.state in states)


def require(drill: Drill, step: DrillStep) -> None:
    """Refuse a step that does not follow. Raises DrillStateWrong."""
    if drill.state not in _FROM[step]:
        raise DrillStateWrong(number=drill.number, state=drill.state, step=step)


def moved(drill: Drill, step: DrillStep, *, at: datetime) -> Drill:
    """Return the drill after a step. Raises DrillStateWrong."""
    require(drill, step)
    after = replace(drill, state=_TO.get(step, drill.state))
    if step is DrillStep.STARTED:
        return replace(after, started_at=at)
    return replace(after, ended_at=at) if step in (DrillStep.STOPPED, DrillStep.ENDED) else after


def require_drafted(drill: Drill) -> None:
    """Refuse to change the design of a drill that has begun. Raises DrillStateWrong."""
    if drill.state not in (DrillState.DRAFTED, DrillState.CHECKED):
        raise DrillStateWrong(number=drill.number, state=drill.state, step=DrillStep.PLANNED)


def check_drill(drill: Drill) -> Drill:
    """Return a drill that can stand in the list. Raises FieldMissing, FieldUnreadable."""
    if not drill.title.strip():
        raise FieldMissing(name="title")
    if drill.expected_heads is not None and not 0 < drill.expected_heads <= MOST_HEADS:
        raise FieldUnreadable(name="expected_heads", typed=str(drill.expected_heads), expected=f"1…{MOST_HEADS}")
    return drill


def check_inject(inject: Inject) -> Inject:
    """Return an inject that says when, to whom and what. Raises FieldMissing, FieldUnreadable."""
    for name in ("to_whom", "text"):
        if not getattr(inject, name).strip():
            raise FieldMissing(name=name)
    for name, least in (("at_minutes", 0), ("limit_minutes", 1)):
        value = getattr(inject, name)
        if value is not None and not least <= value <= MOST_MINUTES:
            raise FieldUnreadable(name=name, typed=str(value), expected=f"{least}…{MOST_MINUTES}")
    return inject


def lacks(drill: Drill, injects: Iterable[Inject], people: Iterable[DrillPerson], checks: Iterable[ReadyCheck]) -> tuple[Lack, ...]:
    """Return what is lacking before the drill may begin."""
    roles = {person.role for person in people}
    there = {
        Lack.AIMS: bool(drill.aims), Lack.SCENARIO: bool(drill.scenario.strip()), Lack.STOP_CONDITIONS: bool(drill.stop_conditions),
        Lack.INJECTS: any(not inject.is_dropped for inject in injects), Lack.HEADS: drill.expected_heads is not None,
        Lack.DIRECTOR: DrillRole.DIRECTOR in roles, Lack.EVALUATOR: DrillRole.EVALUATOR in roles,
        Lack.CHECKS: set(ReadyCheck) <= set(checks),
    }
    return tuple(lack for lack, is_there in there.items() if not is_there)


def check_ready(drill: Drill, injects: Iterable[Inject], people: Iterable[DrillPerson], checks: Iterable[ReadyCheck]) -> None:
    """Refuse to let a drill begin while anything is lacking. Raises DrillNotReady."""
    missing = lacks(drill, injects, people, checks)
    if missing:
        raise DrillNotReady(number=drill.number, reasons=missing)


def check_heads(drill: Drill, heads: int) -> None:
    """Refuse to end while somebody is not counted, or more than take part are (R-7.2). Raises DrillHeadsOpen."""
    if heads != drill.expected_heads:
        raise DrillHeadsOpen(number=drill.number, heads=heads, wanted=drill.expected_heads or 0)


def check_clock(marks: Sequence[DrillMark], *, at: datetime) -> None:
    """Refuse to write down what would stand before the last entry: somebody set the clock back. Raises DrillClockBack."""
    last = max((mark.recorded_at for mark in marks), default=None)
    if last is not None and at < last:
        raise DrillClockBack(at=at, last_at=last)


def moment_after(marks: Sequence[DrillMark], *, at: datetime) -> datetime:
    """Return when something happened that waits for no clock: now, or right after the last entry where the clock was set back.

    Whoever breaks a drill off for a real event, or counts who came back, is never sent to the settings of a computer first (R-7.3).
    """
    last = max((mark.recorded_at for mark in marks), default=at)
    return at if at >= last else last + timedelta(seconds=1)


def released(inject: Inject, *, at: datetime) -> Inject:
    """Return an inject that went out. Raises InjectWrong when it did already."""
    if inject.released_at is not None or inject.is_dropped:
        raise InjectWrong(number=inject.number, step=DrillStep.RELEASED)
    return replace(inject, released_at=at)


def answered(inject: Inject, *, at: datetime) -> Inject:
    """Return an inject upon which something was done; a time told in minutes may be the minute in which it went out.

    Raises InjectWrong when it did not go out, or was answered.
    """
    if inject.released_at is None or inject.answered_at is not None or at < inject.released_at.replace(second=0, microsecond=0):
        raise InjectWrong(number=inject.number, step=DrillStep.ANSWERED)
    return replace(inject, answered_at=max(at, inject.released_at))


def running_time(marks: Iterable[DrillMark], *, until: datetime, paces: Iterable[DrillPace] = ()) -> timedelta:
    """Return how long a drill has run by its own clock: pauses not counted, faster or slower time as it was."""
    turns = [(mark.occurred_at, mark.id, mark.step in (DrillStep.STARTED, DrillStep.RESUMED), 0) for mark in marks if mark.step in TURNS]
    turns += [(pace.changed_at, pace.id, False, pace.percent) for pace in paces]
    total, percent, begun = timedelta(0), REAL_TIME, None
    for at, _id, begins, new_percent in sorted(turns):
        if at > until:
            break
        if begun is not None:
            total, begun = total + (at - begun) * percent / REAL_TIME, at
        if new_percent:
            percent = new_percent
        else:
            begun = at if begins else None
    return total + (until - begun) * percent / REAL_TIME if begun is not None else total


def clock_of(drill: Drill, marks: Iterable[DrillMark], paces: Iterable[DrillPace], *, now: datetime) -> datetime:
    """Return what the clock of a drill shows: real time until it begins, from then on as long as it has run; it never goes back."""
    return now if drill.started_at is None else drill.started_at + running_time(marks, until=now, paces=paces)


def pace_now(paces: Iterable[DrillPace]) -> int:
    """Return the pace in per cent of real time."""
    last = max(paces, key=lambda one: (one.changed_at, one.id), default=None)
    return REAL_TIME if last is None else last.percent
