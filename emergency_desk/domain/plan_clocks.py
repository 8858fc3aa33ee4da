"""What planners owe and until when: opinions, filing, publication, drills, evaluation. Pure; today and the calendar are given.

Source: 突发事件应急预案管理办法 Art. 22, 26, 28, 32, 34; 青岛市突发事件应对条例 Art. 12; domain R-3.4, R-3.5, §20 B12, B13.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from emergency_desk.domain.plan_life import PlanLife, PlanStage
from emergency_desk.domain.plan_moves import MoveKind, RevisionScope
from emergency_desk.domain.plan_parts import PlanHeader
from emergency_desk.domain.plan_rules import MonthTerm, PlanRules
from emergency_desk.domain.plans import clause_key
from emergency_desk.domain.rules import RuleBasis
from emergency_desk.domain.working_days import DueDay, WorkingDays

SOON_DAYS = 30  # when an evaluation or a drill begins to be shown as near


class PlanDueKind(StrEnum):
    """What is owed. The order is that of the list where two are due on one day."""

    OPINIONS = "opinions"
    FILING = "filing"
    PUBLICATION = "publication"
    DRILL = "drill"
    EVALUATION = "evaluation"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDue:
    """One thing owed. `since` is the day the term counts from; `unannounced` the years whose holidays nobody knows yet (provisional)."""

    kind: PlanDueKind
    header: PlanHeader
    due_on: date
    since: date
    basis: RuleBasis | None = None
    unannounced: tuple[int, ...] = ()
    is_law: bool = True

    @property
    def is_provisional(self) -> bool:
        """Say whether a notice of holidays still to come may move the day."""
        return bool(self.unannounced)

    def is_late_on(self, day: date) -> bool:
        """Say whether the last day is over."""
        return day > self.due_on

    def is_near_on(self, day: date) -> bool:
        """Say whether it is due within a month."""
        return (self.due_on - day).days <= SOON_DAYS


def dues(
    headers: Iterable[PlanHeader], lives: Mapping[tuple[str, str], PlanLife], rules: PlanRules, calendar: WorkingDays, *, area_code: str,
) -> tuple[PlanDue, ...]:
    """Return everything owed for some versions and drafts, the earliest first. `area_code`: of the desk, for plans that name no area."""
    last_day = cache(calendar.after)  # many plans are issued on one day
    found: list[PlanDue] = []
    by_code: dict[str, list[PlanLife]] = {}
    for life in lives.values():
        by_code.setdefault(life.code, []).append(life)
    for header in headers:
        own = lives.get((header.code, header.version))
        if own is not None:
            found += _dues_of(header, own, by_code[header.code], rules, last_day, area_code)
    order = list(PlanDueKind)
    return tuple(sorted(found, key=lambda due: (due.due_on, order.index(due.kind), due.header.code, due.header.version)))


def strictest(terms: Iterable[MonthTerm], header: PlanHeader, *, area_code: str) -> MonthTerm | None:
    """Return the shortest term that binds a plan, or None (R-0.3)."""
    fitting = [term for term in terms if term.fits(header.kind, header.hazard_types, header.area_code or area_code)]
    return min(fitting, key=lambda term: (term.months, not term.is_law), default=None)


def after_months(day: date, months: int) -> date:
    """Return the day so many months later; where the month is shorter, its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _dues_of(
    header: PlanHeader, life: PlanLife, elder: list[PlanLife], rules: PlanRules, last_day: Callable[[date, int], DueDay], area_code: str,
) -> Iterable[PlanDue]:
    if life.stage is PlanStage.CONSULTATION:
        asked = life.last(MoveKind.CONSULTED)
        if asked is not None and asked.due_on is not None:
            yield PlanDue(kind=PlanDueKind.OPINIONS, header=header, due_on=asked.due_on, since=asked.on_date)
    issued = life.day(MoveKind.ISSUED)
    if life.stage is not PlanStage.ISSUED or issued is None:
        return
    for kind, move, term in ((PlanDueKind.FILING, MoveKind.FILED, rules.filing),
                             (PlanDueKind.PUBLICATION, MoveKind.PUBLISHED, rules.publication)):
        if not life.has(move):
            last = last_day(issued, term.days)
            yield PlanDue(kind=kind, header=header, due_on=last.day, since=issued, basis=term.basis, unannounced=last.unannounced)
    for kind, since, terms in ((PlanDueKind.DRILL, _last_drill(elder), rules.drills),
                               (PlanDueKind.EVALUATION, _last_whole(elder), rules.evaluations)):
        bound = strictest(terms, header, area_code=area_code)
        if bound is not None and since is not None:
            yield PlanDue(kind=kind, header=header, due_on=after_months(since, bound.months), since=since, basis=bound.basis,
                          is_law=bound.is_law)


def _last_drill(elder: list[PlanLife]) -> date | None:
    """The last drill of any version; of a plan never drilled, its first issue."""
    drilled = [move.on_date for life in elder for move in life.moves if move.kind is MoveKind.DRILLED]
    issued = [day for life in elder if (day := life.day(MoveKind.ISSUED)) is not None]
    return max(drilled) if drilled else min(issued, default=None)


def _last_whole(elder: list[PlanLife]) -> date | None:
    """The last evaluation, or the last issue that went the whole path: a changed phone looks nothing over."""
    evaluated = [move.on_date for life in elder for move in life.moves if move.kind is MoveKind.EVALUATED]
    issued = [(life, day) for life in sorted(elder, key=lambda one: clause_key(one.version)) if (day := life.day(MoveKind.ISSUED)) is not None]
    whole = [day for life, day in issued if life.scope is RevisionScope.MAJOR] or [day for _life, day in issued[:1]]
    return max([*evaluated, *whole], default=None)
