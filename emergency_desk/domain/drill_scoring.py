"""What the points and the times of a drill come to: the share is advice, the word is the evaluators' (R-7.4).

Only points are added up; yes/no and measured values stand beside them. Source: AQ/T 9009-2015 6, 7.3, forms A and B.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from emergency_desk.domain.drill_errors import EvaluatorTakesPart, ScoreWithoutEvidence, ScoreWrong, VerdictTooGood
from emergency_desk.domain.drill_life import TURNS, running_time
from emergency_desk.domain.drills import (
    Drill,
    DrillForm,
    DrillMark,
    DrillPace,
    DrillPerson,
    DrillRole,
    DrillState,
    DrillStep,
    Inject,
    ItemScore,
    Verdict,
)
from emergency_desk.domain.errors import FieldMissing, NotFound
from emergency_desk.domain.ids import Id
from emergency_desk.domain.rules import RuleBasis
from emergency_desk.domain.texts import Text

SERIOUS_ERROR, BROKEN_OFF = "serious_error", "broken_off"  # what a word is capped for, as the rule data names it


@dataclass(frozen=True, slots=True)
class EvaluationItem:
    """One item of the forms: its number ("A2-4.1"), the number of its aspect ("A2-4") and its words."""

    id: str
    aspect_id: str
    text: Text


@dataclass(frozen=True, slots=True)
class Band:
    """From which share on which word is advised."""

    verdict: Verdict
    share: int
    basis: RuleBasis


@dataclass(frozen=True, slots=True)
class Cap:
    """No better word than this for a reason."""

    reason: str
    verdict: Verdict
    basis: RuleBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillRules:
    """The numbers and the items of an evaluation. Read from `drills.yaml`; every one is data with its source."""

    points: tuple[int, ...] = ()
    bands: tuple[Band, ...] = ()  # the highest share first
    caps: tuple[Cap, ...] = ()
    aspects: Mapping[str, Text] = field(default_factory=dict)
    items: tuple[EvaluationItem, ...] = ()

    def items_for(self, form: DrillForm) -> tuple[EvaluationItem, ...]:
        """Return the items of the form a drill is evaluated by: A for one in the field, B for a tabletop."""
        table = "B" if form is DrillForm.TABLETOP else "A"
        return tuple(item for item in self.items if item.id.startswith(table))

    def item(self, item_id: str) -> EvaluationItem:
        """Return one item. Raises NotFound."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise NotFound(kind="drill_items", key=item_id)

    @property
    def most(self) -> int:
        """The most points one item may have."""
        return max(self.points, default=0)


@dataclass(frozen=True, slots=True)
class AspectScore:
    """What one aspect came to. `scored`: how many of its items have points."""

    id: str
    name: Text
    points: int
    most: int
    scored: int

    @property
    def share(self) -> float | None:
        """The share in per cent, None while no item has points."""
        return 100 * self.points / self.most if self.most else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What the points come to. `empty`: items of the form without an answer; `advice` None while nothing has points."""

    aspects: tuple[AspectScore, ...]
    points: int
    most: int
    empty: int
    without_evidence: tuple[str, ...]
    cap: Cap | None = None
    advice: Verdict | None = None

    @property
    def share(self) -> float | None:
        """The share in per cent, None while no item has points."""
        return 100 * self.points / self.most if self.most else None


@dataclass(frozen=True, slots=True)
class InjectTimes:
    """What was measured of one inject: how late it went out, how long the act took, and the marks this rests on."""

    inject: Inject
    planned_at: datetime | None
    late_by: timedelta | None  # in the time the drill ran
    took: timedelta | None
    marks: tuple[Id, ...]

    @property
    def is_met(self) -> bool | None:
        """Whether the act came within its limit; None where there is no limit or no act yet."""
        if self.took is None or self.inject.limit_minutes is None:
            return None
        return self.took <= timedelta(minutes=self.inject.limit_minutes)


def check_score(score: ItemScore, rules: DrillRules, people: Iterable[DrillPerson]) -> ItemScore:
    """Return a score that may stand. Raises NotFound, FieldMissing, EvaluatorTakesPart, ScoreWrong, ScoreWithoutEvidence."""
    rules.item(score.item_id)
    check_evaluator(score.evaluator, people)
    given = [score.points is not None, score.is_met is not None, bool(score.measured)]
    if sum(given) != 1 or (score.points is not None and score.points not in rules.points):
        raise ScoreWrong(item=score.item_id, typed="" if score.points is None else str(score.points))
    if not score.evidence.strip() and not score.mark_ids:
        raise ScoreWithoutEvidence(item=score.item_id)
    return score


def check_evaluator(name: str, people: Iterable[DrillPerson]) -> None:
    """Refuse whoever takes part, commands or releases injects as an evaluator of the same drill. Raises FieldMissing, EvaluatorTakesPart."""
    if not name.strip():
        raise FieldMissing(name="evaluator")
    acting = {DrillRole.PARTICIPANT, DrillRole.DIRECTOR, DrillRole.CONTROLLER}
    if any(person.name.casefold() == name.strip().casefold() and person.role in acting for person in people):
        raise EvaluatorTakesPart(person=name.strip())


def assess(drill: Drill, scores: Iterable[ItemScore], rules: DrillRules, *, marks: Iterable[DrillMark]) -> Assessment:
    """Add the points up, aspect by aspect. A score whose marks are gone and that has no words of its own counts as empty."""
    known = {mark.id for mark in marks}
    by_item = {score.item_id: score for score in scores}
    gone = tuple(sorted(id_ for id_, score in by_item.items() if not score.evidence.strip() and not known.intersection(score.mark_ids)))
    items = rules.items_for(drill.form)
    standing = {item.id: by_item[item.id] for item in items if item.id in by_item and item.id not in gone}
    aspects = []
    for aspect_id in dict.fromkeys(item.aspect_id for item in items):
        points = [score.points for item in items if item.aspect_id == aspect_id and (score := standing.get(item.id)) and score.points is not None]
        aspects.append(AspectScore(aspect_id, rules.aspects[aspect_id], sum(points), rules.most * len(points), len(points)))
    total, most, cap = sum(one.points for one in aspects), sum(one.most for one in aspects), cap_of(drill, rules)
    return Assessment(aspects=tuple(aspects), points=total, most=most, empty=len(items) - len(standing), without_evidence=gone, cap=cap,
                      advice=_advice(total, most, rules, cap))


def cap_of(drill: Drill, rules: DrillRules) -> Cap | None:
    """Return the lowest word that a serious error or breaking off leaves, or None."""
    reasons = {SERIOUS_ERROR: bool(drill.serious_error.strip()), BROKEN_OFF: drill.state is DrillState.STOPPED}
    return max((cap for cap in rules.caps if reasons.get(cap.reason)), key=lambda cap: cap.verdict.rank, default=None)


def check_verdict(verdict: Verdict, cap: Cap | None) -> None:
    """Refuse a word that is too good. Raises VerdictTooGood."""
    if cap is not None and verdict.rank < cap.verdict.rank:
        raise VerdictTooGood(wanted=verdict, most=cap.verdict)


def _advice(points: int, most: int, rules: DrillRules, cap: Cap | None) -> Verdict | None:
    if not most:
        return None
    found = next((band.verdict for band in rules.bands if 100 * points >= band.share * most), Verdict.POOR)
    return max(found, cap.verdict, key=lambda one: one.rank) if cap is not None else found


def measure(drill: Drill, injects: Iterable[Inject], marks: Sequence[DrillMark], paces: Sequence[DrillPace] = ()) -> tuple[InjectTimes, ...]:
    """Return what the log says of each inject, in the order of the script; times are those of the drill's own clock, pauses left out."""
    found, by_inject = [], dict[Id | None, list[DrillMark]]()
    for mark in marks:
        if mark.step in (DrillStep.RELEASED, DrillStep.ANSWERED):
            by_inject.setdefault(mark.about_id, []).append(mark)
    turns = [mark for mark in marks if mark.step in TURNS]  # few, however long the log
    for inject in sorted((one for one in injects if not one.is_dropped), key=lambda one: (one.at_minutes, one.number)):
        own = by_inject.get(inject.id, [])
        out, done = (running_time(turns, until=at, paces=paces) if at else None for at in (inject.released_at, inject.answered_at))
        late = out - timedelta(minutes=inject.at_minutes) if out is not None else None
        took = done - out if done is not None and out is not None else None
        planned = drill.started_at + timedelta(minutes=inject.at_minutes) if drill.started_at else None
        found.append(InjectTimes(inject, planned, late, took, tuple(mark.id for mark in own)))
    return tuple(found)


def middle(times: Iterable[InjectTimes]) -> timedelta | None:
    """Return the median of the times acts took, None while there is none."""
    known = [one.took for one in times if one.took is not None]
    return timedelta(seconds=median(each.total_seconds() for each in known)) if known else None


def kept_limits(times: Iterable[InjectTimes]) -> tuple[int, int]:
    """Return how many limits were kept, of how many; an act that never came kept none."""
    limited = [one for one in times if one.inject.limit_minutes is not None]
    return sum(one.is_met is True for one in limited), len(limited)
