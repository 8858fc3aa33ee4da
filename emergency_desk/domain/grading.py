"""How grave an event is: the grade that figures suggest, how far the next grade is, and the major near-miss.

Every threshold is data (`resources/reference/grading.yaml`, `near_miss.yaml`). Intervals are half-open: 以上 includes the number,
以下 does not (R-0.1). The grade is suggested; a person judges (R-1.4). The four scales never mix (R-0.2).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from emergency_desk.domain.incidents import Figures, Grade
from emergency_desk.domain.rules import NO_NOTE, RuleBasis
from emergency_desk.domain.texts import Text

Number = int | float


class TableKind(StrEnum):
    """How a kind of event is graded."""

    NUMBERS = "numbers"
    BY_JUDGEMENT = "by_judgement"  # by disease and spread, or by what fails: nothing to compute
    NOT_GRADED = "not_graded"  # social incidents: 分级另行规定


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion: from which number on each grade is reached. Below the least of them the event is ordinary."""

    figure: str  # a field of Figures
    least: tuple[tuple[Grade, Number], ...]  # the worst grade first

    def grade_of(self, value: Number) -> tuple[Grade, Number | None]:
        """Return the grade a value reaches and the threshold it passed (None when ordinary)."""
        for grade, least in self.least:
            if value >= least:
                return grade, least
        return Grade.ORDINARY, None

    def threshold(self, grade: Grade) -> Number | None:
        """Return the number from which a grade is reached, or None."""
        return dict(self.least).get(grade)


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherCriterion:
    """A criterion of the text that the desk's figures cannot decide; shown so that the officer can judge."""

    grade: Grade
    says: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class GradingTable:
    """One grading table with its source. `grade_words` where the text names grades otherwise (特大型 … 小型)."""

    id: str
    name: Text
    kind: TableKind
    basis: RuleBasis
    criteria: tuple[Criterion, ...] = ()
    counts_missing_as_dead: bool = False
    further: tuple[FurtherCriterion, ...] = ()
    grade_words: tuple[tuple[Grade, Text], ...] = ()

    def words_of(self, grade: Grade) -> Text:
        """Return the table's own word for a grade, or an empty text."""
        return dict(self.grade_words).get(grade, NO_NOTE)


class Standing(StrEnum):
    """What the suggestion is worth."""

    SUGGESTED = "suggested"  # every criterion of the table is known
    TO_BE_VERIFIED = "to_be_verified"  # preliminary: at least one criterion is unknown
    BY_JUDGEMENT = "by_judgement"
    NOT_GRADED = "not_graded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """A criterion that reaches the suggested grade."""

    criterion: str
    value: Number
    threshold: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """How many more of one criterion alone would bring the next grade. `is_known` False: counted from nothing known."""

    criterion: str
    more: Number
    threshold: Number
    is_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeSuggestion:
    """The grade the figures suggest, and why. No criterion decides an ordinary event."""

    table_id: str
    standing: Standing
    grade: Grade | None = None
    decided_by: tuple[Decider, ...] = ()  # all that reach the grade, in the table's order
    unknown: tuple[str, ...] = ()  # criteria to be verified
    next_grade: Grade | None = None
    missing_to_next: tuple[Shortfall, ...] = ()
    grade_if_missing_die: Grade | None = None  # set when that would be a worse grade

    @property
    def criterion(self) -> str:
        """Return the deciding criterion, or an empty string."""
        return self.decided_by[0].criterion if self.decided_by else ""

    @property
    def value(self) -> Number | None:
        """Return the value of the deciding criterion."""
        return self.decided_by[0].value if self.decided_by else None

    @property
    def threshold(self) -> Number | None:
        """Return the threshold that the deciding criterion passed."""
        return self.decided_by[0].threshold if self.decided_by else None

    @property
    def basis(self) -> str:
        """Return "table:criterion:value:threshold", as a grade change keeps it."""
        numbers = ("" if number is None else f"{number}" for number in (self.value, self.threshold))
        return ":".join((self.table_id, self.criterion, *numbers))


def suggest_grade(table: GradingTable | None, figures: Figures) -> GradeSuggestion:
    """Return the grade that figures suggest. The highest criterion wins; an unknown figure is never taken as 0."""
    if table is None or table.kind is TableKind.NOT_GRADED:
        return GradeSuggestion(table_id=table.id if table else "", standing=Standing.NOT_GRADED)
    if table.kind is TableKind.BY_JUDGEMENT:
        return GradeSuggestion(table_id=table.id, standing=Standing.BY_JUDGEMENT)
    values = {criterion.figure: _value(criterion.figure, figures, table.counts_missing_as_dead) for criterion in table.criteria}
    grade = _worst(table, values)
    unknown = tuple(name for name in values if getattr(figures, name) is None)  # the missing alone do not make the dead known
    worse = _worst(table, values | {"dead": _value("dead", figures, True)}) if "dead" in values else grade
    return GradeSuggestion(
        table_id=table.id, standing=Standing.TO_BE_VERIFIED if unknown else Standing.SUGGESTED, grade=grade,
        decided_by=tuple(_deciders(table, values, grade)), unknown=unknown, next_grade=_next(grade),
        missing_to_next=tuple(_shortfalls(table, values, _next(grade))),
        grade_if_missing_die=worse if worse.rank < grade.rank else None,
    )


def _value(figure: str, figures: Figures, counts_missing: bool) -> Number | None:
    value: Number | None = getattr(figures, figure)
    if figure == "dead" and counts_missing and figures.missing is not None:
        return (value or 0) + figures.missing
    return value


def _worst(table: GradingTable, values: dict[str, Number | None]) -> Grade:
    reached = [criterion.grade_of(value)[0] for criterion in table.criteria if (value := values[criterion.figure]) is not None]
    return min(reached, key=lambda grade: grade.rank, default=Grade.ORDINARY)


def _deciders(table: GradingTable, values: dict[str, Number | None], grade: Grade) -> list[Decider]:
    found = []
    for criterion in table.criteria:
        value = values[criterion.figure]
        if value is None:
            continue
        reached, threshold = criterion.grade_of(value)
        if reached is grade and threshold is not None:
            found.append(Decider(criterion=criterion.figure, value=value, threshold=threshold))
    return found


def _next(grade: Grade) -> Grade | None:
    return None if grade is Grade.ESPECIALLY_MAJOR else Grade(f"grade_{grade.rank - 1}")


def _shortfalls(table: GradingTable, values: dict[str, Number | None], next_grade: Grade | None) -> list[Shortfall]:
    found = []
    for criterion in table.criteria:
        threshold = criterion.threshold(next_grade) if next_grade else None
        if threshold is None:
            continue
        value = values[criterion.figure]
        more = round(threshold - (value or 0), 4)  # hectares: 1 - 0.99 is 0.01 and not 0.010000000000000009
        found.append(Shortfall(criterion=criterion.figure, more=more, threshold=threshold, is_known=value is not None))
    return found


# -- the major near-miss (较大涉险事故) ---------------------------------------------------------------------------------
class NearMissVerdict(StrEnum):
    """Yes, no, or: it is one if this was production work, so ask."""

    YES = "yes"
    NO = "no"
    ASK_PRODUCTION = "ask_production"


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMissLimit:
    """One numeric limit; the figures named are added ("trapped or missing")."""

    id: str
    figures: tuple[str, ...]
    least: int
    says: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMissCircumstance:
    """A circumstance that alone makes a near-miss, chosen by the officer (pollution, an important place)."""

    id: str
    says: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMissRule:
    """What makes a relatively major near-miss of production safety. Source: 安监总局令21号 Art. 26."""

    basis: RuleBasis
    limits: tuple[NearMissLimit, ...]
    circumstances: tuple[NearMissCircumstance, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """The verdict, the limits and circumstances that made it, and the limits whose figures are all unknown."""

    verdict: NearMissVerdict
    reached: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def is_major_near_miss(
    rules: NearMissRule, figures: Figures, *, is_production: bool | None, circumstances: Collection[str] = (),
) -> NearMiss:
    """Judge the near-miss flag, apart from any grade (R-1.5). Asks only where the answer would decide."""
    counts = {limit.id: _sum_known(limit.figures, figures) for limit in rules.limits}
    reached = [limit.id for limit in rules.limits if (count := counts[limit.id]) is not None and count >= limit.least]
    reached += [circumstance.id for circumstance in rules.circumstances if circumstance.id in circumstances]
    unknown = tuple(id_ for id_, count in counts.items() if count is None)
    if not reached or is_production is False:
        return NearMiss(verdict=NearMissVerdict.NO, reached=tuple(reached), unknown=unknown)
    verdict = NearMissVerdict.YES if is_production else NearMissVerdict.ASK_PRODUCTION
    return NearMiss(verdict=verdict, reached=tuple(reached), unknown=unknown)


def _sum_known(names: tuple[str, ...], figures: Figures) -> int | None:
    known = [value for name in names if (value := getattr(figures, name)) is not None]
    return sum(known) if known else None
