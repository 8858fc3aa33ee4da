"""What a shelter faces: hours to full, hours of water and food, blankets, the meals of the next day, and what lacks.

Hours to full go on from the newest count as the newest counts went (a line through them), and stand only with the error such a line had so far
on the same shelter, beside the error of "it stays as it is"; of the two the one that was nearer so far is taken for the heads to come. On the
real counts after the Noto earthquake the second was nearer in most shelters: they empty by fits and starts. From fewer counts than the rule
needs nothing is foreseen (`sheltering.yaml`).
What one person uses of an item has no source here: the office says it; what nobody said is not worked out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from emergency_desk.domain.errors import FieldRefused
from emergency_desk.domain.ids import Id
from emergency_desk.domain.rules import RuleBasis
from emergency_desk.domain.shelters import HeadCount

LEAST_COUNTS = 2  # through one count no line goes
MOST_HUNDREDTHS = 10_000_000
_HOUR = 3_600


@dataclass(frozen=True, slots=True, kw_only=True)
class ForesightRules:
    """The house's numbers of foresight."""

    least_counts: int = 3
    meals_a_day: int = 3
    basis: RuleBasis | None = None


class UseKind(StrEnum):
    """What people in a shelter use. Water and food are used up by the day; a blanket is had by one person."""

    WATER = "use_water"
    FOOD = "use_food"
    BLANKET = "use_blanket"

    @property
    def is_used_up(self) -> bool:
        """Say whether it is used up by the day."""
        return self is not UseKind.BLANKET


@dataclass(frozen=True, slots=True)
class UsePerHead:
    """What one person uses of an item: hundredths of its unit, a day or once. The office's own word."""

    item_id: Id
    kind: UseKind
    hundredths: int

    def wanted(self, heads: int, hours: float) -> int:
        """Return how many units so many people need for so long."""
        return ceil(heads * self.hundredths * (hours / 24 if self.kind.is_used_up else 1) / 100 - 1e-9)


def check_use(use: UsePerHead) -> UsePerHead:
    """Refuse a use of nothing or beyond all measure. Raises FieldRefused."""
    if not 0 < use.hundredths <= MOST_HUNDREDTHS:
        raise FieldRefused(name="per_head", reason="quantity", typed=use.hundredths / 100, other=f"0.01…{MOST_HUNDREDTHS // 100}")
    return use


# -- heads ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class PastError:
    """How far a forecast was off on the same shelter: each count foreseen from those before it. People, on average."""

    checks: int
    mean: float
    worst: int
    mean_unchanged: float  # had one said that it stays as it was
    mean_nearer: float  # had one each time taken what was nearer until then


@dataclass(frozen=True, slots=True)
class HeadForecast:
    """Heads go on from the newest count at a rate. `error` None: there was no further count yet to hold it against."""

    counted_at: datetime
    heads: int
    per_hour: float
    counts: int
    error: PastError | None = None

    @property
    def is_line_nearer(self) -> bool:
        """Say whether the line was at least as near so far as saying that it stays as it is; so it is where nobody knows yet."""
        return self.error is None or self.error.mean <= self.error.mean_unchanged

    def likely(self, moment: datetime) -> int:
        """Return how many are to be reckoned with: by the line, or as many as there are where that was nearer so far."""
        return self.at(moment) if self.is_line_nearer else self.heads

    def at(self, moment: datetime) -> int:
        """Return how many the line foresees at a moment; never below nobody."""
        return max(0, round(self.heads + self.per_hour * (moment - self.counted_at).total_seconds() / _HOUR))

    def hours_to_full(self, places: int, now: datetime) -> float | None:
        """Return in how many hours all places are taken: 0 when they are, None when it does not fill."""
        if self.heads >= places:
            return 0.0
        if self.per_hour <= 0:
            return None
        full_at = self.counted_at + timedelta(hours=min(1e6, (places - self.heads) / self.per_hour))
        return max(0.0, (full_at - now).total_seconds() / _HOUR)


def valid_counts(counts: Iterable[HeadCount]) -> list[HeadCount]:
    """Return the counts that hold, by time: of one moment the last that came in, none that was corrected. `counts` as they came in."""
    some = list(counts)
    corrected = {count.corrects_id for count in some if count.corrects_id}
    by_time = {count.counted_at: count for count in some if count.id not in corrected}
    return [by_time[moment] for moment in sorted(by_time)]


def forecast(counts: Iterable[HeadCount], rules: ForesightRules) -> HeadForecast | None:
    """Return how heads go on, or None from fewer counts than the rule needs."""
    valid = valid_counts(counts)
    if len(valid) < max(LEAST_COUNTS, rules.least_counts):
        return None
    made = _line(valid, rules.least_counts)
    return HeadForecast(made.counted_at, made.heads, made.per_hour, made.counts, past_error(valid, rules))


def past_error(valid: Sequence[HeadCount], rules: ForesightRules) -> PastError | None:
    """Hold each count against what the counts before it foresaw; None where there was nothing to foresee from."""
    off, unchanged, nearer = list[int](), list[int](), list[int]()
    for place in range(rules.least_counts, len(valid)):
        count, before = valid[place], valid[:place]
        by_line, stays = abs(_line(before, rules.least_counts).at(count.counted_at) - count.heads), abs(before[-1].heads - count.heads)
        nearer.append(by_line if sum(off) <= sum(unchanged) else stays)
        off.append(by_line)
        unchanged.append(stays)
    if not off:
        return None
    return PastError(len(off), sum(off) / len(off), max(off), sum(unchanged) / len(unchanged), sum(nearer) / len(nearer))


def _line(valid: Sequence[HeadCount], newest: int) -> HeadForecast:
    """Return the newest count with the rate of a least-squares line through the newest counts."""
    some = valid[-newest:]
    hours = [(count.counted_at - some[-1].counted_at).total_seconds() / _HOUR for count in some]
    mean, heads = sum(hours) / len(some), sum(count.heads for count in some) / len(some)
    spread = sum((hour - mean) ** 2 for hour in hours)
    slope = sum((hour - mean) * (count.heads - heads) for hour, count in zip(hours, some, strict=True)) / spread
    return HeadForecast(some[-1].counted_at, some[-1].heads, slope, len(some))


# -- supplies ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class KindOutlook:
    """How long what stands at a shelter lasts for the heads there are. `hours` None: nobody is in it, or it is not used up by the day.

    `is_said` is False where the office has not said what one person uses: then nothing is worked out.
    """

    kind: UseKind
    is_said: bool
    stock: tuple[tuple[Id, int], ...] = ()  # by item, in its unit
    hours: float | None = None
    enough_for: int | None = None  # people, of what is had by one person


@dataclass(frozen=True, slots=True)
class Lack:
    """So much of an item lacks at a shelter for the hours looked ahead."""

    item_id: Id
    kind: UseKind
    quantity: int


def outlook(kind: UseKind, uses: Sequence[UsePerHead], stock: Mapping[Id, int], heads: int) -> KindOutlook:
    """Return how long the items of a kind last together: the hours of each after another."""
    some = [use for use in uses if use.kind is kind]
    held = tuple((use.item_id, stock.get(use.item_id, 0)) for use in some)
    if not some:
        return KindOutlook(kind, False)
    lasts = sum(stock.get(use.item_id, 0) * 100 / use.hundredths for use in some)  # person-days, or persons
    if kind.is_used_up:
        return KindOutlook(kind, True, held, lasts * 24 / heads if heads else None)
    return KindOutlook(kind, True, held, enough_for=int(lasts + 1e-9))


def lacks(uses: Sequence[UsePerHead], stock: Mapping[Id, int], *, heads: int, hours: float) -> tuple[Lack, ...]:
    """Return what lacks for so many people over so many hours; of several items of a kind the first is asked for."""
    found = []
    for kind in UseKind:
        some = [use for use in uses if use.kind is kind]
        if not some:
            continue
        covered = sum(stock.get(use.item_id, 0) * 100 / use.hundredths for use in some)
        wanted = heads * (hours / 24 if kind.is_used_up else 1)
        missing = ceil((wanted - covered) * some[0].hundredths / 100 - 1e-6)
        if missing > 0:
            found.append(Lack(some[0].item_id, kind, missing))
    return tuple(found)
