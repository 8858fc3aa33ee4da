"""What is to be drilled besides plans: villages, schools, high-rises, hazardous and other units; by when, by the strictest term that binds each.

The terms are rule data (`drill_terms.yaml`) with their sources (domain §3.3, R-0.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from emergency_desk.domain.drills import Drill
from emergency_desk.domain.errors import FieldMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_clocks import SOON_DAYS, after_months
from emergency_desk.domain.rules import RuleBasis


class ObjectKind(StrEnum):
    """What an object is, as the terms name it; one object may be several."""

    VILLAGE = "object_village"  # 居（村）民委员会
    SCHOOL = "object_school"  # 学校、幼儿园
    CROWDED = "object_crowded"  # 人员密集场所
    LIFELINE = "object_lifeline"  # 供水、供电、供气、通信……
    DISASTER_PRONE = "object_disaster_prone"  # 自然灾害易发区
    DANGEROUS_GOODS = "object_dangerous_goods"  # 危险物品、矿山、金属冶炼、建筑施工、轨道交通
    PRODUCTION = "object_production"  # 其他生产经营单位
    ON_SITE_PLAN = "object_on_site_plan"  # 现场处置方案
    HIGH_RISE = "object_high_rise"  # 高层民用建筑
    HIGH_RISE_PUBLIC = "object_high_rise_public"  # 高度超过100米的高层公共建筑
    GOVERNMENT = "object_government"  # 政府、部门、镇街（生产安全）


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectTerm:
    """How often objects of some kinds are drilled: every so many months, or in each semester (`months` None)."""

    id: str
    kinds: tuple[ObjectKind, ...]
    basis: RuleBasis
    months: int | None = None
    area_code: str = ""

    def fits(self, kinds: Iterable[ObjectKind], area_code: str) -> bool:
        """Say whether it binds an object of these kinds at this place."""
        return any(kind in self.kinds for kind in kinds) and area_code.startswith(self.area_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectTerms:
    """All terms, and the last day of each semester as (month, day)."""

    terms: tuple[ObjectTerm, ...] = ()
    semester_ends: tuple[tuple[int, int], ...] = ()

    def semester_end(self, day: date) -> date:
        """Return the last day of the semester a day lies in."""
        ends = sorted(date(year, month, number) for year in (day.year, day.year + 1) for month, number in self.semester_ends)
        return next(end for end in ends if end >= day)


NO_TERMS = ObjectTerms()


@dataclass(frozen=True, slots=True)
class DrillObject:
    """An object of the programme. `area_code` tells which local rules bind it; `entered_on`: from when its terms count before its first drill."""

    id: Id
    name: str
    kinds: tuple[ObjectKind, ...]
    entered_on: date
    area_id: Id | None = None
    area_code: str = ""
    plan_code: str = ""
    contact: str = ""  # the office to ring, no person's name
    note: str = ""
    is_retired: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class ObjectDrilled:
    """A day on which an object was drilled, by a drill of this desk or as it reported; appended, never changed."""

    id: Id
    object_id: Id
    on_date: date
    recorded_at: datetime
    account_id: Id
    drill_id: Id | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class DrillLink:
    """An object that a drill rehearses."""

    id: Id
    drill_id: Id
    object_id: Id
    is_dropped: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectLine:
    """An object in the programme: by when, because of which term, its last drill, and the drill ahead."""

    object: DrillObject
    term: ObjectTerm | None = None
    due_on: date | None = None
    last: ObjectDrilled | None = None
    planned: Drill | None = None
    times: tuple[ObjectDrilled, ...] = field(default=())

    def is_late_on(self, day: date) -> bool:
        """Say whether the last day is over."""
        return self.due_on is not None and day > self.due_on

    def is_near_on(self, day: date) -> bool:
        """Say whether it is due within a month."""
        return self.due_on is not None and (self.due_on - day).days <= SOON_DAYS


def check_object(one: DrillObject) -> DrillObject:
    """Return an object that can stand in the programme. Raises FieldMissing."""
    if not one.name.strip():
        raise FieldMissing(name="name")
    if not one.kinds:
        raise FieldMissing(name="object_kinds")
    return one


def due_day(term: ObjectTerm, terms: ObjectTerms, *, last: date | None, entered_on: date) -> date:
    """Return by when an object is drilled next. Before its first drill a term counts from the day it was entered."""
    if term.months is not None:
        return after_months(last or entered_on, term.months)
    if last is None:
        return terms.semester_end(entered_on)
    end = terms.semester_end(last)
    return terms.semester_end(date.fromordinal(end.toordinal() + 1))


def strictest_term(one: DrillObject, terms: ObjectTerms, *, area_code: str, last: date | None) -> tuple[ObjectTerm, date] | None:
    """Return the term by which an object is due first, with that day; None where none binds it (R-0.3)."""
    fitting = [term for term in terms.terms if term.fits(one.kinds, one.area_code or area_code)]
    found = [(due_day(term, terms, last=last, entered_on=one.entered_on), place, term) for place, term in enumerate(fitting)]
    if not found:
        return None
    day, _place, term = min(found, key=lambda each: each[:2])
    return term, day


def programme_of_objects(
    objects: Iterable[DrillObject], drilled: Iterable[ObjectDrilled], planned: Mapping[Id, Drill], terms: ObjectTerms, *, area_code: str,
) -> tuple[ObjectLine, ...]:
    """Return every object that is not retired, the earliest due first; those that no term binds come last."""
    days: dict[Id, list[ObjectDrilled]] = {}
    for one in drilled:
        days.setdefault(one.object_id, []).append(one)
    lines = [_line(one, days.get(one.id, []), planned.get(one.id), terms, area_code) for one in objects if not one.is_retired]
    return tuple(sorted(lines, key=lambda line: (line.due_on is None, line.due_on or date.max, line.object.name, line.object.id)))


def _line(one: DrillObject, days: list[ObjectDrilled], planned: Drill | None, terms: ObjectTerms, area_code: str) -> ObjectLine:
    times = tuple(sorted(days, key=lambda each: (each.on_date, each.id), reverse=True))
    last = times[0] if times else None
    found = strictest_term(one, terms, area_code=area_code, last=last.on_date if last else None)
    term, due_on = found or (None, None)
    return ObjectLine(object=one, term=term, due_on=due_on, last=last, planned=planned, times=times)


@dataclass(frozen=True, slots=True)
class Kept:
    """How far a programme is kept on a day: of all that a term binds, so many were drilled inside their term (D1, domain §9)."""

    total: int
    late: int

    @property
    def share(self) -> float | None:
        """The share that is not late, None where nothing is bound."""
        return (self.total - self.late) / self.total if self.total else None


def kept_on(days: Iterable[date | None], *, day: date) -> Kept:
    """Count by when things are due; what has no day is bound by nothing."""
    known = [due for due in days if due is not None]
    return Kept(len(known), sum(due < day for due in known))
