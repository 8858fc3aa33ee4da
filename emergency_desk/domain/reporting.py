"""The clocks of reporting: who reports to whom, by what channel, within how many minutes (domain §2.3, R-2.2).

The law mostly says "at once"; minutes that a city or a house sets for itself are marked as internal limits and shown as such.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from emergency_desk.domain.areas import LADDER, AreaTree, Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.rules import RuleBasis
from emergency_desk.domain.texts import Text

LAW = "law"
ANY_EVENT = ANY_TIER = "any"
AT_ONCE_GRADES = (Grade.ESPECIALLY_MAJOR, Grade.MAJOR)
# The choices a desk is offered; "law" holds in each of them. Source: domain §2.3, D11 to D15.
PROFILES: dict[str, tuple[str, ...]] = {
    "national": (), "qingdao": ("qingdao_2009", "common"), "strict_a": ("strict_a", "common"), "strict_b": ("strict_b", "common"),
}
QINGDAO = PROFILES["qingdao"]


class Channel(StrEnum):
    """How a report travels. Phone and written are two records with two clocks (R-2.3)."""

    PHONE = "phone"
    WRITTEN = "written"
    ANY = "any"


class ClockStart(StrEnum):
    """When the clock of a report starts."""

    RECEIPT = "receipt"
    OCCURRENCE = "occurrence"
    CHANGE = "change"  # a figure changed, or the figures became stable
    END = "end"  # the response of the tier is over


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRule:
    """One row of the deadline table. `minutes` 0 means at once; None means no limit in minutes (a daily report, a window in days)."""

    id: str
    row: str  # D1 … D17
    profile: str  # which set of rules a desk follows; "law" always holds
    says: Text
    applies_to: str
    sender: str
    receiver: str
    channel: Channel
    clock_start: ClockStart
    is_law: bool
    basis: RuleBasis
    grades: tuple[Grade, ...] = ()  # empty: any grade
    types: tuple[str, ...] = ()  # empty: any type of incident
    minutes: int | None = None
    times_a_day: int | None = None
    within_days: int | None = None
    due_clock: tuple[str, ...] = ()  # fixed clock times of the day, local

    @property
    def is_at_once(self) -> bool:
        """Say whether this is the row of what may become major: at once, by every tier (D16)."""
        return (self.minutes == 0 and self.is_law and self.clock_start is ClockStart.RECEIPT
                and (self.applies_to, self.sender, self.receiver) == (ANY_EVENT, ANY_TIER, ANY_TIER))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportClocks:
    """The deadlines a desk works by."""

    receipt_minutes: int  # no receipt of an order in so many minutes is an alarm
    receipt_basis: RuleBasis
    rules: tuple[ReportRule, ...]
    at_once_minutes: int = 0  # after so many minutes a report due at once counts as late: the law names none, the house does
    at_once_basis: RuleBasis | None = None

    @property
    def at_once(self) -> timedelta:
        """How long a report due at once may take before it counts as late."""
        return timedelta(minutes=self.at_once_minutes)

    def rule(self, id_: str) -> ReportRule | None:
        """Return the rule of an id, or None."""
        return next((rule for rule in self.rules if rule.id == id_), None)

    def profiles(self) -> tuple[str, ...]:
        """Return the sets of rows that may be followed besides the law, in the order of the table."""
        return tuple(dict.fromkeys(rule.profile for rule in self.rules if rule.profile != LAW))


@dataclass(frozen=True, slots=True)
class FirstReport:
    """Until when the first report by one channel is due, and the row that says so."""

    due: datetime
    rule: ReportRule


def first_reports(
    clocks: ReportClocks, *, sender: Tier, received_at: datetime, grade: Grade | None, profiles: Iterable[str] = QINGDAO,
    standing: Collection[Tier] = LADDER,
) -> tuple[FirstReport, ...]:
    """Return until when a tier phones and writes to the tier above, by the rows that bind every event and give minutes.

    Where two rows of one channel differ, the stricter holds (R-0.3). Nothing when the rows do not answer: rows for some kinds of
    event only (production accidents, health, disasters) are not guessed at. What is major is reported at once (ERL24 Art. 62).
    """
    if grade in AT_ONCE_GRADES:
        return tuple(FirstReport(received_at, rule) for rule in clocks.rules if rule.is_at_once)[:1]
    chosen = {LAW, *profiles}
    upper = tier_above(sender, standing)
    rows = [rule for rule in clocks.rules if rule.profile in chosen and rule.applies_to == ANY_EVENT and not rule.types
            and rule.sender == sender and rule.channel is not Channel.ANY and reaches(rule, upper, standing)
            and gives_minutes(rule) and (not rule.grades or (grade or Grade.ORDINARY) in rule.grades)]
    return tuple(FirstReport(received_at + timedelta(minutes=rule.minutes or 0), rule) for rule in strictest(rows))


def gives_minutes(rule: ReportRule) -> bool:
    """Say whether a row gives minutes from the receipt; "at once" gives none."""
    return bool(rule.minutes) and rule.clock_start is ClockStart.RECEIPT


def strictest(rules: Iterable[ReportRule]) -> list[ReportRule]:
    """Return the stricter row of each channel, phone first (R-0.3); one by any channel only where no other is as strict."""
    best: dict[Channel, ReportRule] = {}
    for rule in sorted(rules, key=lambda rule: (rule.minutes or 0, not rule.is_law, not rule.grades, rule.id)):
        best.setdefault(rule.channel, rule)
    free = best.pop(Channel.ANY, None)
    kept = [best[channel] for channel in (Channel.PHONE, Channel.WRITTEN) if channel in best]
    if free is None or any((rule.minutes or 0) <= (free.minutes or 0) for rule in kept):
        return kept
    return [free, *(rule for rule in kept if rule.channel is not Channel.PHONE)]


def reaches(rule: ReportRule, upper: Tier, standing: Collection[Tier]) -> bool:
    """Say whether a row leads to the tier above. In a city without districts the street's row for the district leads to the city."""
    if rule.receiver == upper:
        return True
    return rule.receiver in set(LADDER) and Tier(rule.receiver) not in standing and tier_above(Tier(rule.receiver), standing) is upper


def tier_above(tier: Tier, standing: Collection[Tier] = LADDER) -> Tier:
    """Return the tier a tier reports to: the next one of its ladder that stands, else the province, else the nation."""
    above = [each for each in LADDER if each.rank < tier.rank and each in standing]
    return above[0] if above else Tier.PROVINCE if tier.rank > Tier.PROVINCE.rank else Tier.NATION


def between(lower: Tier, upper: Tier, standing: Collection[Tier] = LADDER) -> tuple[Tier, ...]:
    """Return the tiers a report from one tier to another goes past, the lowest first; each gets a copy (R-2.4)."""
    return tuple(each for each in (*LADDER, Tier.PROVINCE) if upper.rank < each.rank < lower.rank
                 and (each in standing or each is Tier.PROVINCE))


def standing_tiers(tree: AreaTree, area_id: Id) -> tuple[Tier, ...]:
    """Return the tiers of the ladder that stand above a place, the lowest first: 中山 has no districts.

    What lies above the top of the tree stands too: a district's desk need not keep its city in its tree.
    """
    path = {area.tier for area in tree.path(area_id)}
    top = min((tier.rank for tier in tree.tiers), default=0)
    lowest = max((tier.rank for tier in path), default=0)
    return tuple(tier for tier in LADDER if tier in path or tier.rank < top or (tier.rank > lowest and tier in tree.tiers))
