"""Which reports are owed, by which tier to which, by when: derived from what is known of an incident, and never from a clock.

What is laid, met and lapsed by it is decided in `report_laying`.
Source: domain §2.3; R-0.3, R-2.2 to R-2.4; §20 B14, B15; corrections 0.1 (6), (16).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from emergency_desk.domain.areas import LADDER, Tier
from emergency_desk.domain.incidents import Grade, IncidentClass, Production
from emergency_desk.domain.moments import from_local, local_day
from emergency_desk.domain.reporting import (
    ANY_EVENT,
    ANY_TIER,
    AT_ONCE_GRADES,
    LAW,
    QINGDAO,
    Channel,
    ClockStart,
    ReportClocks,
    ReportRule,
    gives_minutes,
    reaches,
    strictest,
    tier_above,
)
from emergency_desk.domain.reports import ReportDue, ReportFamily, ReportKind

PRODUCTION = "production_accident"
Key = tuple[object, ...]
_DAY = timedelta(days=1)  # follow-ups at fixed times are laid a day ahead, and always the next one


@dataclass(frozen=True, slots=True)
class Judgement:
    """The grade was judged at a moment; only a worse one than before lays new duties."""

    at: datetime
    grade: Grade


@dataclass(frozen=True, slots=True)
class Change:
    """The number of dead or hurt changed: when it happened, and when the desk learnt of it."""

    occurred_at: datetime
    known_at: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """A report that went, as far as it meets duties."""

    from_tier: Tier
    to_tiers: frozenset[Tier]
    channel: Channel
    family: ReportFamily
    kind: ReportKind
    sent_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """What is known of an incident, as far as it decides what is owed."""

    type_id: str
    occurred_at: datetime
    received: Mapping[Tier, datetime]  # when each tier learnt of it
    standing: tuple[Tier, ...] = LADDER
    incident_class: IncidentClass | None = None
    production: Production = Production.NO
    judgements: tuple[Judgement, ...] = ()  # in order
    at_once_from: datetime | None = None  # somebody said that it may become major
    changes: tuple[Change, ...] = ()
    sent: tuple[Sent, ...] = ()
    ended: Mapping[Tier, datetime] = field(default_factory=dict)  # the tier's response is over, or the incident is closed
    stable_at: datetime | None = None
    is_void: bool = False  # a false alarm, or joined to another


@dataclass(frozen=True, slots=True)
class Duty:
    """One report that is owed."""

    rule: ReportRule
    from_tier: Tier
    to_tier: Tier
    channel: Channel
    kind: ReportKind
    family: ReportFamily
    clock_at: datetime
    due_at: datetime
    grade: Grade | None = None

    @property
    def key(self) -> Key:
        """What makes two duties one: who, to whom, how, what, and which clock. Not the row: a stricter one later changes no old time."""
        return (self.from_tier, self.to_tier, self.channel, self.kind, self.family, self.clock_at)


def key_of(due: ReportDue) -> Key:
    """Return the key of a duty that was laid."""
    return (due.from_tier, due.to_tier, due.channel, due.kind, due.family, due.clock_at)


@dataclass(frozen=True, slots=True)
class Windows:
    """How days are counted: whether the day of the event is the first of the seven or thirty (domain 0.1 (16): a setting)."""

    counts_first_day: bool = False

    def is_within(self, moment: datetime, *, of: datetime, days: int) -> bool:
        """Say whether a moment lies within so many natural days of an event."""
        return local_day(moment) <= self.last_day(of, days)

    def last_day(self, of: datetime, days: int) -> date:
        """Return the last natural day of the window."""
        return local_day(of) + timedelta(days=days - 1 if self.counts_first_day else days)


class Rows:
    """The rows a desk follows, sorted by the tier that reports, once for many incidents."""

    def __init__(self, clocks: ReportClocks, profiles: Iterable[str] = QINGDAO, windows: Windows | None = None) -> None:
        chosen = {LAW, *profiles}
        rules = [rule for rule in clocks.rules if rule.profile in chosen]
        self.windows = windows or Windows()
        self.at_once = next((rule for rule in rules if rule.is_at_once), None)
        self.of_tier = {tier: _TierRows([rule for rule in rules if rule.sender == tier]) for tier in LADDER}
        ends = [rule for rule in rules if rule.clock_start is ClockStart.END and rule.sender == ANY_TIER]
        self._firsts: dict[tuple[object, ...], list[tuple[Tier, list[ReportRule], bool]]] = {}
        self.end = min(ends, key=lambda rule: (not rule.minutes, rule.minutes or 0), default=None)  # minutes before "at once"


    def firsts(self, facts: ReportFacts, tier: Tier, grade: Grade | None) -> list[tuple[Tier, list[ReportRule], bool]]:
        """Return (whom, the stricter rows, whether one of the rows is bound to grades) for a tier's first reports; asked again and again."""
        asked = (tier, facts.standing, facts.type_id, facts.incident_class, facts.production, grade)
        known = self._firsts.get(asked)
        if known is None:
            by_target: dict[Tier, list[ReportRule]] = {}
            for rule in self.of_tier[tier].minutes:
                if _applies(rule, facts, grade):
                    by_target.setdefault(_target(rule, tier, facts.standing), []).append(rule)
            known = self._firsts[asked] = [(target, strictest(rules), any(rule.grades for rule in rules)) for target, rules in by_target.items()]
        return known


class _TierRows:
    """The rows of one sender, by what starts their clock."""

    def __init__(self, rules: Sequence[ReportRule]) -> None:
        self.minutes = [rule for rule in rules if gives_minutes(rule)]
        self.plain = [rule for rule in rules if rule.minutes == 0 and rule.clock_start is ClockStart.RECEIPT]
        self.occurrence = [rule for rule in rules if rule.clock_start is ClockStart.OCCURRENCE and rule.minutes]
        self.daily = [rule for rule in rules if rule.times_a_day]
        self.supplements = [rule for rule in rules if rule.clock_start is ClockStart.CHANGE and rule.within_days
                            and rule.applies_to != IncidentClass.NATURAL]
        self.settling = [rule for rule in rules if rule.clock_start is ClockStart.CHANGE and rule.within_days
                         and rule.applies_to == IncidentClass.NATURAL]


def owed(facts: ReportFacts, rows: Rows, *, now: datetime) -> list[Duty]:
    """Return every duty that the facts ask for, the laid and the met ones among them. Nothing for a false alarm."""
    if facts.is_void:
        return []
    duties: list[Duty] = []
    for tier, received_at in facts.received.items():
        own = rows.of_tier.get(tier)
        if own is None:
            continue
        duties += _firsts(facts, own, rows, tier, received_at)
        duties += _returns(facts, own, tier)
        duties += _follow_ups(facts, own, tier, received_at, now)
        duties += _supplements(facts, own, rows.windows, tier, received_at)
        duties += _settled(facts, own, tier)
        duties += _final(facts, rows, tier)
    return duties


def grade_at(facts: ReportFacts, moment: datetime) -> Grade | None:
    """Return the grade as it was judged at a moment; None while nobody had judged."""
    known = [each.grade for each in facts.judgements if each.at <= moment]
    return known[-1] if known else None


def _applies(rule: ReportRule, facts: ReportFacts, grade: Grade | None) -> bool:
    if rule.grades and (grade or Grade.ORDINARY) not in rule.grades:  # what nobody has judged yet is at least ordinary
        return False
    if rule.types and facts.type_id not in rule.types:
        return False
    if rule.applies_to == ANY_EVENT:
        return True
    if rule.applies_to == PRODUCTION:
        return facts.production is Production.YES
    return rule.applies_to == facts.incident_class


def _family(rule: ReportRule) -> ReportFamily:
    return ReportFamily.DISASTER if rule.applies_to == IncidentClass.NATURAL else ReportFamily.INCIDENT


def _target(rule: ReportRule, tier: Tier, standing: Sequence[Tier]) -> Tier:
    """Return whom a row leads to: what it names, or the tier above where that tier does not stand in this city."""
    upper = tier_above(tier, standing)
    return upper if reaches(rule, upper, standing) else Tier(rule.receiver)


# -- first reports ----------------------------------------------------------------------------------------------------
def _firsts(facts: ReportFacts, own: _TierRows, rows: Rows, tier: Tier, received_at: datetime) -> list[Duty]:
    """The clock of a tier starts when that tier learns of it, and starts again when the event is judged worse (R-2.2, B15)."""
    duties = _first_at(facts, own, rows, tier, received_at, grade_at(facts, received_at), is_new=True)
    for before, judged in pairwise((Judgement(received_at, Grade.ORDINARY), *facts.judgements)):
        is_worse = judged.grade.rank < before.grade.rank
        if is_worse and judged.at > received_at and not _is_over(facts, tier, judged.at):
            duties += _first_at(facts, own, rows, tier, judged.at, judged.grade, is_new=False)
    if facts.at_once_from is not None and rows.at_once is not None and not any(duty.rule is rows.at_once for duty in duties):
        duties.append(_at_once(rows.at_once, facts, tier, max(received_at, facts.at_once_from), None))
    return duties


def _first_at(
    facts: ReportFacts, own: _TierRows, rows: Rows, tier: Tier, clock_at: datetime, grade: Grade | None, *, is_new: bool,
) -> list[Duty]:
    found: list[Duty] = []
    at_once = grade in AT_ONCE_GRADES and rows.at_once is not None
    if at_once:
        assert rows.at_once is not None
        found.append(_at_once(rows.at_once, facts, tier, clock_at, grade))
    for target, rules, is_graded in rows.firsts(facts, tier, grade):
        for rule in rules:
            covered = at_once and target is tier_above(tier, facts.standing) and rule.channel is not Channel.WRITTEN
            if (is_new or is_graded) and not covered:
                found.append(_first(rule, tier, target, clock_at, grade))
    if is_new and not found:  # the law says "at once" and nobody gave minutes
        found += [_first(rule, tier, _target(rule, tier, facts.standing), clock_at, grade)
                  for rule in own.plain if _applies(rule, facts, grade)]
    return found


def _first(rule: ReportRule, tier: Tier, target: Tier, clock_at: datetime, grade: Grade | None) -> Duty:
    return Duty(rule, tier, target, rule.channel, ReportKind.FIRST, ReportFamily.INCIDENT, clock_at,
                clock_at + timedelta(minutes=rule.minutes or 0), grade)


def _at_once(rule: ReportRule, facts: ReportFacts, tier: Tier, clock_at: datetime, grade: Grade | None) -> Duty:
    return _first(rule, tier, tier_above(tier, facts.standing), clock_at, grade or Grade.MAJOR)


def _returns(facts: ReportFacts, own: _TierRows, tier: Tier) -> list[Duty]:
    """The first disaster return counts from the event itself (D10)."""
    grade = grade_at(facts, facts.occurred_at)
    return [Duty(rule, tier, _target(rule, tier, facts.standing), rule.channel, ReportKind.FIRST, _family(rule), facts.occurred_at,
                 facts.occurred_at + timedelta(minutes=rule.minutes or 0), grade)
            for rule in own.occurrence if _applies(rule, facts, grade)]


# -- follow-ups -------------------------------------------------------------------------------------------------------
def _follow_ups(facts: ReportFacts, own: _TierRows, tier: Tier, received_at: datetime, now: datetime) -> list[Duty]:
    """So many a day, or at fixed clock times, until the tier's response is over; disaster returns until the figures are stable."""
    duties: list[Duty] = []
    for rule in own.daily:
        began = _applies_from(rule, facts, received_at)
        if began is None:
            continue
        stops = [moment for moment in (facts.ended.get(tier), facts.stable_at if _family(rule) is ReportFamily.DISASTER else None) if moment]
        until = min(stops, default=None)
        target = _target(rule, tier, facts.standing)
        if _family(rule) is ReportFamily.DISASTER:
            began = max(began, _end_of(local_day(began)))  # the day itself has its first return; nil returns begin on the next (24小时零报告)
        moments = _clock_times(rule, began, now) if rule.due_clock else _spread(rule, facts, tier, target, began, until)
        duties += [Duty(rule, tier, target, rule.channel, ReportKind.FOLLOW_UP, _family(rule), clock_at, due_at, grade_at(facts, due_at))
                   for clock_at, due_at in moments if until is None or due_at <= until]
    return duties


def _applies_from(rule: ReportRule, facts: ReportFacts, received_at: datetime) -> datetime | None:
    """Return since when a row binds a tier: its receipt, or the judgement that brought the grade; None while it does not bind now."""
    if not _applies(rule, facts, facts.judgements[-1].grade if facts.judgements else None):
        return None
    began = received_at
    for judged in facts.judgements:
        if not _applies(rule, facts, grade_at(facts, began)):
            began = max(began, judged.at)
    return began


def _clock_times(rule: ReportRule, began: datetime, now: datetime) -> list[tuple[datetime, datetime]]:
    """Return (from when a report counts, due) for each fixed time to a day ahead, and the next one: a report counts for the nearest time."""
    clocks = sorted(time(int(text[:2]), int(text[3:])) for text in rule.due_clock)
    found: list[tuple[datetime, datetime]] = []
    day, before = local_day(began) - _DAY, began
    while True:
        for clock in clocks:
            due_at = from_local(day, clock.hour, clock.minute)
            if due_at > now + _DAY and found:
                return found
            if due_at > began:
                found.append((max(before + (due_at - before) / 2, began), due_at))
            before = due_at
        day += _DAY


def _spread(
    rule: ReportRule, facts: ReportFacts, tier: Tier, target: Tier, began: datetime, until: datetime | None,
) -> list[tuple[datetime, datetime]]:
    """Return the next of so many a day: each counts from the report before it."""
    reports = [sent.sent_at for sent in facts.sent if sent.from_tier is tier and target in sent.to_tiers
               and sent.family is _family(rule) and sent.sent_at >= began]
    last = max(reports, default=began)
    return [(last, last + _DAY / (rule.times_a_day or 1))]


# -- changes, stability, the end --------------------------------------------------------------------------------------
def _supplements(facts: ReportFacts, own: _TierRows, windows: Windows, tier: Tier, received_at: datetime) -> list[Duty]:
    """A change of dead or hurt within the window is reported on the day it is known (D8); later it is an information note only."""
    duties: list[Duty] = []
    for change in facts.changes:
        if change.known_at < received_at:
            continue
        grade = grade_at(facts, change.known_at)
        for rule in _special_first([rule for rule in own.supplements if _applies(rule, facts, grade)]):
            if windows.is_within(change.occurred_at, of=facts.occurred_at, days=rule.within_days or 0):
                duties.append(Duty(rule, tier, _target(rule, tier, facts.standing), rule.channel, ReportKind.SUPPLEMENT, _family(rule),
                                   change.known_at, _end_of(local_day(change.known_at)), grade))
    return duties


def window_days(facts: ReportFacts, rows: Rows) -> int | None:
    """Return for how many days changes of dead or hurt are owed, None where no row asks for them."""
    grade = facts.judgements[-1].grade if facts.judgements else None
    rules = [rule for own in rows.of_tier.values() for rule in _special_first([each for each in own.supplements if _applies(each, facts, grade)])]
    return max((rule.within_days or 0 for rule in rules), default=None)


def _special_first(rules: Sequence[ReportRule]) -> list[ReportRule]:
    """Return the rows made for this type of incident where there are any: seven days for fires go before thirty for every accident."""
    return [rule for rule in rules if rule.types] or list(rules)


def _settled(facts: ReportFacts, own: _TierRows, tier: Tier) -> list[Duty]:
    if facts.stable_at is None:
        return []
    grade = grade_at(facts, facts.stable_at)
    return [Duty(rule, tier, _target(rule, tier, facts.standing), rule.channel, ReportKind.SETTLED, _family(rule), facts.stable_at,
                 _end_of(local_day(facts.stable_at) + timedelta(days=rule.within_days or 0)), grade)
            for rule in own.settling if _applies(rule, facts, grade)]


def _final(facts: ReportFacts, rows: Rows, tier: Tier) -> list[Duty]:
    """A tier that reported upward owes a final report when its response is over (SD12 Art. 30)."""
    over, rule = facts.ended.get(tier), rows.end
    if over is None or rule is None:
        return []
    targets = {target for sent in facts.sent if sent.from_tier is tier and sent.family is ReportFamily.INCIDENT for target in sent.to_tiers}
    upper = tier_above(tier, facts.standing)
    if upper not in targets:
        return []
    return [Duty(rule, tier, upper, rule.channel, ReportKind.FINAL, ReportFamily.INCIDENT, over, over + timedelta(minutes=rule.minutes or 0),
                 grade_at(facts, over))]


def _is_over(facts: ReportFacts, tier: Tier, moment: datetime) -> bool:
    over = facts.ended.get(tier)
    return over is not None and over < moment


def _end_of(day: date) -> datetime:
    return from_local(day, 23, 59, 59)
