"""Who goes to which shelter: families of villages, the places shelters have left, how two answers are compared, and why somebody has no place.

A family is never parted and a shelter never filled above its places. Families with vulnerable people go to shelters that are fit for them
(ground floor or lift, accessible toilet, power for devices) or stay without a place, which is said. Isolation, observation and medical sites
are no shelters and never stand here (R-6.5). An answer is the better one the less it weighs: minutes on the way for every person, and for
everybody without a place as many minutes as the house says (`sheltering.yaml`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from emergency_desk.domain.ids import Id
from emergency_desk.domain.roads import Position
from emergency_desk.domain.rules import RuleBasis
from emergency_desk.domain.travel import TravelSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentRules:
    """The house's numbers of an assignment."""

    reach_minutes: int = 0  # a shelter farther away is not proposed
    unplaced_minutes: int = 0  # a person without a place weighs as so many minutes on the way
    unplaced_vulnerable_minutes: int = 0  # and one of a family with vulnerable people
    opening_minutes: int = 0  # a shelter that is not open yet counts as so much farther away
    basis: RuleBasis | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyKind:
    """So many families of one village that are alike: of so many people, so many of them vulnerable."""

    id: str
    group_id: Id
    people: int  # of one family
    families: int
    vulnerable: int = 0  # of one family
    position: Position | None = None

    @property
    def needs_fit(self) -> bool:
        """Say whether these families need a shelter that is fit for vulnerable people."""
        return self.vulnerable > 0

    @property
    def heads(self) -> int:
        """Return the people of all these families."""
        return self.people * self.families


@dataclass(frozen=True, slots=True)
class ShelterPlaces:
    """The places a shelter has left. `opening_minutes`: how much farther it counts, because it must be opened first."""

    shelter_id: Id
    places: int
    position: Position | None = None
    is_fit: bool = False
    opening_minutes: int = 0


@dataclass(frozen=True, slots=True)
class FixedFamilies:
    """The officer's word: exactly so many families of a kind go there, none when it is 0; also to a shelter that is not fit for them."""

    kind_id: str
    shelter_id: Id
    families: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentQuestion:
    """All that an assignment is worked out from."""

    kinds: tuple[FamilyKind, ...]
    shelters: tuple[ShelterPlaces, ...]
    travel: TravelSettings
    rules: AssignmentRules
    fixed: tuple[FixedFamilies, ...] = ()


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """So many families go to a shelter. `minutes` on the way, an estimate; the reach where no way is known."""

    kind_id: str
    shelter_id: Id
    families: int
    minutes: int
    is_fixed: bool = False
    is_way_known: bool = True


class WhyUnplaced(StrEnum):
    """Why families have no place."""

    NO_SHELTER = "unplaced_no_shelter"  # none stands by, is ready or open that fits the incident
    NONE_FIT = "unplaced_none_fit"  # in reach are only shelters that are not fit for vulnerable people
    OUT_OF_REACH = "unplaced_out_of_reach"  # the nearest with places is too far away
    FULL = "unplaced_full"  # all places in reach are taken, or none is left that holds the whole family
    OFFICER = "unplaced_officer"  # the officer's word keeps them out


@dataclass(frozen=True, slots=True)
class Unplaced:
    """So many families of a kind have no place, and why; of a shelter too far away, which and how far."""

    kind_id: str
    families: int
    why: WhyUnplaced
    shelter_id: Id | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class AssignmentWorth:
    """How good an answer is; the smaller the weight the better. The rest tells what it is made of, counted in people."""

    weight: int
    unplaced_vulnerable: int = 0  # people of families with vulnerable ones
    unplaced: int = 0  # people of other families
    minutes: int = 0  # of all people on their way


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """An answer. `bound`: no answer weighs less than this, None when nobody has looked."""

    lines: tuple[AssignmentLine, ...]
    worth: AssignmentWorth
    unplaced: tuple[Unplaced, ...] = ()
    clipped: tuple[FixedFamilies, ...] = ()  # fixed lines that can no longer be kept whole
    bound: int | None = None

    @property
    def gap(self) -> int | None:
        """How much there may be to win, 0 when the answer is proved the best; None when nobody has looked."""
        return None if self.bound is None else self.worth.weight - self.bound

    @property
    def gap_percent(self) -> float | None:
        """The gap in hundredths of the minutes on the way alone: people without a place do not make it look smaller."""
        gap = self.gap
        return None if gap is None else 0.0 if gap == 0 else 100 * gap / max(1, self.worth.minutes)

    @property
    def is_proved(self) -> bool:
        """Say whether nothing better exists."""
        return self.gap == 0

    def of_kind(self, kind_id: str) -> tuple[AssignmentLine, ...]:
        """Return where the families of a kind go."""
        return tuple(line for line in self.lines if line.kind_id == kind_id)


def worth_of(question: AssignmentQuestion, lines: Iterable[AssignmentLine]) -> AssignmentWorth:
    """Return how good some lines are."""
    kinds = {kind.id: kind for kind in question.kinds}
    left = {kind.id: kind.families for kind in question.kinds}
    further = {one.shelter_id: one.opening_minutes for one in question.shelters}
    minutes, extra = 0, 0
    for line in lines:
        people = line.families * kinds[line.kind_id].people
        left[line.kind_id] -= line.families
        minutes += people * line.minutes
        extra += people * further.get(line.shelter_id, 0)
    vulnerable = sum(left[kind.id] * kind.people for kind in question.kinds if kind.needs_fit)
    others = sum(left[kind.id] * kind.people for kind in question.kinds if not kind.needs_fit)
    rules = question.rules
    weight = minutes + extra + others * rules.unplaced_minutes + vulnerable * rules.unplaced_vulnerable_minutes
    return AssignmentWorth(weight, vulnerable, others, minutes)


def better(one: Assignment, other: Assignment) -> Assignment:
    """Return the better of two answers to one question, the first when they are alike."""
    return other if other.worth.weight < one.worth.weight else one
