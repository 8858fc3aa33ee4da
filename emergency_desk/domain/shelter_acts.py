"""What is asked when a shelter is opened, what speaks against it, and what a count must hold to. Pure rules; sources as in `shelters`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import FieldMissing, FieldRefused
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_errors import CountNotWhole, ShelterNotOwn, ShelterStateWrong, ShelterUnfit
from emergency_desk.domain.shelters import (
    HeadCount,
    Inspected,
    SafetyCheck,
    Shelter,
    ShelterRules,
    ShelterState,
    ShelterTier,
    Stay,
    may_become,
)

MOST_HEADS = 1_000_000
STREETS_OWN = frozenset({ShelterTier.TOWNSHIP, ShelterTier.VILLAGE})


class Unfit(StrEnum):
    """What speaks against opening a shelter."""

    HAZARD = "unfit_hazard"  # named unfit for this kind of incident
    HAZARD_UNKNOWN = "unfit_hazard_unknown"  # it is fit for others, and nobody said it is for this one
    INSPECTION = "unfit_inspection"  # the last inspection found it unfit
    NOT_INSPECTED = "unfit_not_inspected"
    INSPECTION_OLD = "unfit_inspection_old"
    CHECKS = "unfit_checks"  # a point of the safety checklist is open
    STATE = "unfit_state"  # in repair or unsafe


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOpening:
    """An opening order as it is asked for. Source: domain §6.3; its notice of address and route, RLF Art. 11."""

    shelter_id: Id
    incident_id: Id
    approved_by: str
    stay: Stay
    expected_until: datetime
    responsible: str
    receives: tuple[Id, ...] = ()
    responsible_phone: str = ""
    supplies_at: datetime | None = None
    notice_address: str = ""
    notice_route: str = ""
    checks: tuple[SafetyCheck, ...] = ()
    override_reason: str = ""
    occurred_at: datetime | None = None


def check_opening(asked: AskedOpening, shelter: Shelter, *, name: str, kinds: Collection[str], at: datetime, today: date, tier: Tier,
                  rules: ShelterRules) -> None:
    """Refuse an order that lacks a fact, comes from a tier that may not, or meets a shelter that does not fit and no reason is given.

    Raises FieldMissing, FieldRefused, ShelterNotOwn, ShelterStateWrong, ShelterUnfit.
    """
    for what, typed in (("approved_by", asked.approved_by), ("responsible", asked.responsible), ("receives", "".join(asked.receives))):
        if not typed.strip():
            raise FieldMissing(name=what)
    opened_at = asked.occurred_at or at
    if asked.expected_until <= opened_at:
        raise FieldRefused(name="expected_until", reason="ends_before_it_begins", typed=asked.expected_until, other=opened_at)
    if tier is Tier.STREET and shelter.tier not in STREETS_OWN:
        raise ShelterNotOwn(name=name, tier=shelter.tier)
    if shelter.state is not ShelterState.UNSAFE and shelter.state is not ShelterState.MAINTENANCE \
            and not may_become(shelter.state, ShelterState.OPEN):
        raise ShelterStateWrong(name=name, state=shelter.state, wanted=ShelterState.OPEN)
    against = reasons_against(shelter, kinds=kinds, today=today, rules=rules, checks=asked.checks)
    if against and not asked.override_reason.strip():
        raise ShelterUnfit(name=name, reasons=against)


def reasons_against(
    shelter: Shelter, *, kinds: Collection[str], today: date, rules: ShelterRules, checks: Collection[SafetyCheck] = tuple(SafetyCheck),
) -> tuple[Unfit, ...]:
    """Return what speaks against opening a shelter for these kinds of incident, the gravest first. `checks`: those that were passed."""
    found = []
    if shelter.state in (ShelterState.UNSAFE, ShelterState.MAINTENANCE):
        found.append(Unfit.STATE)
    if set(kinds) & set(shelter.unfit_hazards):
        found.append(Unfit.HAZARD)
    elif shelter.hazards and not set(kinds) & set(shelter.hazards):
        found.append(Unfit.HAZARD_UNKNOWN)
    if shelter.inspected is Inspected.UNFIT:
        found.append(Unfit.INSPECTION)
    elif shelter.inspected is Inspected.NOT_YET or shelter.inspected_on is None:
        found.append(Unfit.NOT_INSPECTED)
    elif rules.inspect_days and today - shelter.inspected_on > timedelta(days=rules.inspect_days):
        found.append(Unfit.INSPECTION_OLD)
    if set(SafetyCheck) - set(checks):
        found.append(Unfit.CHECKS)
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedCount:
    """A head count as it was phoned in."""

    opening_id: Id
    heads: int
    counted_at: datetime | None = None
    arrived: int | None = None
    left: int | None = None
    vulnerable: int | None = None
    meals: int | None = None
    counted_by: str = ""
    note: str = ""


def check_count(asked: AskedCount) -> None:
    """Refuse numbers that cannot be. More heads than places are warned of and kept. Raises FieldRefused, CountNotWhole."""
    for name in ("heads", "arrived", "left", "vulnerable", "meals"):
        typed = getattr(asked, name)
        if typed is not None and not 0 <= typed <= MOST_HEADS:
            raise FieldRefused(name=name, reason="quantity", typed=typed, other=f"0…{MOST_HEADS}")
    for name in ("arrived", "vulnerable"):
        typed = getattr(asked, name)
        if typed is not None and typed > asked.heads + (asked.left or 0):
            raise CountNotWhole(name=name, typed=typed, other=asked.heads)


@dataclass(frozen=True, slots=True)
class Occupancy:
    """How full a shelter is. `share` in whole per cent of the places for the expected stay, half up; None where those are not known."""

    heads: int
    capacity: int | None
    counted_at: datetime | None = None

    @property
    def share(self) -> int | None:
        """Return the share in per cent."""
        return None if not self.capacity else int(self.heads * 100 / self.capacity + 0.5)

    @property
    def free(self) -> int | None:
        """Return the places left; below nothing when more are there than fit."""
        return None if self.capacity is None else self.capacity - self.heads


def present(counted: int | None, *, named: int, left_since: int) -> int:
    """Return how many are in a shelter that counts heads, registers names, or does both: never one of them twice.

    Those who are registered may be among those who were counted, so the larger number holds. Who was there at the count and left by name
    since is no longer counted.
    """
    return max(named, (counted or 0) - left_since)


def newest(counts: Sequence[HeadCount], *, by: datetime | None = None) -> HeadCount | None:
    """Return the count that holds at a time: the latest counted by then, of one moment the one that came in last.

    `counts` in the order they came in; one that was corrected gives way to what corrects it.
    """
    corrected = {count.corrects_id for count in counts if count.corrects_id}
    valid = [count for count in reversed(counts) if count.id not in corrected and (by is None or count.counted_at <= by)]
    return max(valid, key=lambda count: (count.counted_at, count.recorded_at), default=None)


@dataclass(frozen=True, slots=True)
class HeadsByTime:
    """Counts of several shelters, and what the whole held at each time somebody counted."""

    counts: tuple[HeadCount, ...] = field(default=())

    def total_at(self, moment: datetime) -> int:
        """Return the heads of all shelters by their newest counts of that moment."""
        by_opening: dict[Id, list[HeadCount]] = {}
        for count in self.counts:
            by_opening.setdefault(count.opening_id, []).append(count)
        found = (newest(some, by=moment) for some in by_opening.values())
        return sum(count.heads for count in found if count is not None)
