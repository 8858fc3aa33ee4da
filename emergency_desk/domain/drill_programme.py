"""Which plan is to be drilled by when: the strictest term that binds it, counted from its last drill (R-0.3, domain §3.3).

The terms are rule data (`plan_life.yaml`) with their sources. A plan that was neither drilled nor issued here has no day to count from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from emergency_desk.domain.drill_objects import ObjectKind, ObjectLine
from emergency_desk.domain.drills import Drill
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_clocks import SOON_DAYS, after_months, strictest
from emergency_desk.domain.plan_life import PlanLife
from emergency_desk.domain.plan_moves import MoveKind
from emergency_desk.domain.plan_parts import PlanHeader
from emergency_desk.domain.plan_records import PlanKind
from emergency_desk.domain.plan_rules import MonthTerm, PlanRules
from emergency_desk.domain.rules import RuleBasis
from emergency_desk.domain.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeLine:
    """A plan that is to be drilled. `since`: its last drill, else its first issue; `planned`: the drill that is being prepared for it."""

    header: PlanHeader
    term: MonthTerm
    since: date | None = None
    was_drilled: bool = False
    planned: Drill | None = None

    @property
    def due_on(self) -> date | None:
        """Return the last day, None where nothing is known to count from."""
        return after_months(self.since, self.term.months) if self.since is not None else None

    def is_late_on(self, day: date) -> bool:
        """Say whether the last day is over."""
        return self.due_on is not None and day > self.due_on

    def is_near_on(self, day: date) -> bool:
        """Say whether it is due within a month."""
        return self.due_on is not None and (self.due_on - day).days <= SOON_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeEntry:
    """A plan or an object of the programme alike: by when it is drilled, because of which term, its last drill, the drill ahead."""

    key: str
    name: Text
    kinds: tuple[PlanKind | ObjectKind, ...]
    due_on: date | None = None
    last: date | None = None
    was_drilled: bool = False
    basis: RuleBasis | None = None
    months: int | None = None  # of the term; None: each semester
    planned: Drill | None = None
    plan_code: str = ""
    object_id: Id | None = None

    def is_late_on(self, day: date) -> bool:
        """Say whether the last day is over."""
        return self.due_on is not None and day > self.due_on

    def is_near_on(self, day: date) -> bool:
        """Say whether it is due within a month."""
        return self.due_on is not None and (self.due_on - day).days <= SOON_DAYS


def entries(plans: Iterable[ProgrammeLine], objects: Iterable[ObjectLine]) -> tuple[ProgrammeEntry, ...]:
    """Return plans and objects in one list, the earliest due first; what has no day comes last."""
    found = [*map(_of_plan, plans), *map(_of_object, objects)]
    return tuple(sorted(found, key=lambda one: (one.due_on is None, one.due_on or date.max, one.basis is None, one.key)))


def _of_plan(line: ProgrammeLine) -> ProgrammeEntry:
    header = line.header
    return ProgrammeEntry(key=f"plan {header.code}", name=Text(header.title.zh, header.title.en), kinds=(header.kind,), due_on=line.due_on,
                          last=line.since, was_drilled=line.was_drilled, basis=line.term.basis, months=line.term.months, planned=line.planned,
                          plan_code=header.code)


def _of_object(line: ObjectLine) -> ProgrammeEntry:
    one, term, last = line.object, line.term, line.last
    return ProgrammeEntry(key=f"object {one.id}", name=Text(one.name), kinds=one.kinds, due_on=line.due_on, last=last.on_date if last else None,
                          was_drilled=last is not None, basis=term.basis if term else None, months=term.months if term else None,
                          planned=line.planned, plan_code=one.plan_code, object_id=one.id)


def programme(
    headers: Iterable[PlanHeader], lives: Mapping[tuple[str, str], PlanLife], rules: PlanRules, *, area_code: str, planned: Mapping[str, Drill],
) -> tuple[ProgrammeLine, ...]:
    """Return every plan that a term binds, the earliest due first; those without a day come last. `planned`: drills ahead by the plan's code."""
    by_code: dict[str, list[PlanLife]] = {}
    for life in lives.values():
        by_code.setdefault(life.code, []).append(life)
    found = [_line(header, by_code.get(header.code, []), term, planned.get(header.code)) for header in headers
             if (term := strictest(rules.drills, header, area_code=area_code)) is not None]
    return tuple(sorted(found, key=lambda line: (line.due_on is None, line.due_on or date.max, line.header.code)))


def _line(header: PlanHeader, elder: list[PlanLife], term: MonthTerm, planned: Drill | None) -> ProgrammeLine:
    drilled = [move.on_date for life in elder for move in life.moves if move.kind is MoveKind.DRILLED]
    issued = [day for life in elder if (day := life.day(MoveKind.ISSUED)) is not None]
    return ProgrammeLine(header=header, term=term, since=max(drilled) if drilled else min(issued, default=None), was_drilled=bool(drilled),
                         planned=planned)
