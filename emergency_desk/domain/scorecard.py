"""How punctual an incident was worked: reports on time, and how long orders took from stage to stage. Pure.

What nobody reported is "no data", never 0 (R-4.3, R-10.1). Source: domain §4.3: 出动时间 is from the receipt to the departure, 到场时间 from
the departure to the arrival; §20 B14: at the due second is on time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from emergency_desk.domain.boards import OrderLine
from emergency_desk.domain.dispatches import OrderState
from emergency_desk.domain.reports import DueState, ReportDue
from emergency_desk.domain.teams import Team, TeamMove, TeamState


# -- reports ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class DeadlineCard:
    """Reports owed and how they were met. `late` holds those sent late and those still owed after their time, with by how much."""

    on_time: tuple[ReportDue, ...] = ()
    late: tuple[tuple[ReportDue, timedelta], ...] = ()
    skipped: tuple[ReportDue, ...] = ()
    running: tuple[ReportDue, ...] = ()  # still owed, and not late yet

    @property
    def due(self) -> int:
        """How many had to be sent by now: on time, late, or skipped."""
        return len(self.on_time) + len(self.late) + len(self.skipped)


def deadline_card(dues: Iterable[ReportDue], *, until: datetime, at_once: timedelta = timedelta(0)) -> DeadlineCard:
    """Hold every report owed against its time; one due at once against what the house allows. What is no longer owed counts for nothing."""
    on_time: list[ReportDue] = []
    late: list[tuple[ReportDue, timedelta]] = []
    skipped: list[ReportDue] = []
    running: list[ReportDue] = []
    for due in sorted(dues, key=lambda due: (due.due_at, due.id)):
        if due.state is DueState.SKIPPED:
            skipped.append(due)
        elif due.state is DueState.MET and due.met_at is not None:
            on_time.append(due) if due.was_on_time(at_once) else late.append((due, due.met_at - due.late_from(at_once)))
        elif due.state is DueState.OPEN:
            limit = due.late_from(at_once)
            late.append((due, until - limit)) if limit < until else running.append(due)
    return DeadlineCard(tuple(on_time), tuple(late), tuple(skipped), tuple(running))


# -- orders -----------------------------------------------------------------------------------------------------------
class Stage(StrEnum):
    """A stretch of an order's way."""

    RECEIPT = "receipt"  # from the order to its receipt
    DEPARTURE = "departure"  # from the receipt to the departure
    ARRIVAL = "arrival"  # from the departure to the arrival


@dataclass(frozen=True, slots=True)
class Sample:
    """One order's time in a stage; None when nobody reported one of its ends."""

    order_number: str
    team: Team
    took: timedelta | None


@dataclass(frozen=True, slots=True)
class Latency:
    """All orders in one stage."""

    stage: Stage
    samples: tuple[Sample, ...]

    @property
    def known(self) -> tuple[timedelta, ...]:
        """The times that are known, the shortest first."""
        return tuple(sorted(sample.took for sample in self.samples if sample.took is not None))

    @property
    def unknown(self) -> int:
        """How many orders have no data."""
        return sum(sample.took is None for sample in self.samples)

    def percentile(self, share: float) -> timedelta | None:
        """Return the time that so large a share of the known ones did not exceed, between neighbours in proportion; None without any."""
        known = self.known
        if not known:
            return None
        place = share * (len(known) - 1)
        below = int(place)
        above = min(below + 1, len(known) - 1)
        return known[below] + (known[above] - known[below]) * (place - below)


def latencies(orders: Iterable[OrderLine]) -> tuple[Latency, ...]:
    """Return how long the orders took in each stage. An order recalled before a stage ended is not asked for it."""
    lines = sorted(orders, key=lambda line: line.dispatch.order_number)
    return tuple(Latency(stage, tuple(_samples(stage, lines))) for stage in Stage)


def _samples(stage: Stage, lines: Sequence[OrderLine]) -> Iterable[Sample]:
    for line in lines:
        start, end = _ends(stage, line)
        if end is None and line.dispatch.state is OrderState.RECALLED:
            continue
        took = end - start if start is not None and end is not None and end >= start else None
        yield Sample(line.dispatch.order_number, line.team, took)


def _ends(stage: Stage, line: OrderLine) -> tuple[datetime | None, datetime | None]:
    departed = _first(line.moves, TeamState.DISPATCHED) or _first(line.moves, TeamState.EN_ROUTE)
    if stage is Stage.RECEIPT:
        return line.dispatch.sent_at, line.dispatch.receipt_at
    if stage is Stage.DEPARTURE:
        return line.dispatch.receipt_at, departed
    return departed, _first(line.moves, TeamState.ON_SCENE)


def _first(moves: Iterable[TeamMove], state: TeamState) -> datetime | None:
    """Return when a team first came into a state; a state filled in later counts with the time it really was."""
    return min((move.occurred_at for move in moves if move.to_state is state), default=None)
