"""Made-up assignments: villages with families and shelters around a town, and strategies that make small and nasty ones."""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st

from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_assignment import (
    AssignmentLine,
    AssignmentQuestion,
    AssignmentRules,
    FamilyKind,
    FixedFamilies,
    ShelterPlaces,
)
from tests.allocations import TRAVEL, east

RULES = AssignmentRules(reach_minutes=60, unplaced_minutes=10_000, unplaced_vulnerable_minutes=20_000, opening_minutes=30)


def families(id_: str, people: int, count: int, *, vulnerable: int = 0, km: float | None = 0.0) -> FamilyKind:
    return FamilyKind(id=id_, group_id=Id("village"), people=people, families=count, vulnerable=vulnerable,
                      position=None if km is None else east(km))


def shelter(name: str, places: int, km: float | None = 0.0, *, fit: bool = False, opening: int = 0) -> ShelterPlaces:
    return ShelterPlaces(Id(name), places, None if km is None else east(km), fit, opening)


def assignment(*parts: FamilyKind | ShelterPlaces | FixedFamilies, rules: AssignmentRules = RULES) -> AssignmentQuestion:
    """Put what is given into a question, each part where it belongs."""
    return AssignmentQuestion(
        kinds=tuple(one for one in parts if isinstance(one, FamilyKind)), travel=TRAVEL, rules=rules,
        shelters=tuple(one for one in parts if isinstance(one, ShelterPlaces)),
        fixed=tuple(one for one in parts if isinstance(one, FixedFamilies)))


def goes(lines: tuple[AssignmentLine, ...]) -> list[tuple[str, str, int]]:
    """Return lines in short: kind, shelter, families."""
    return [(line.kind_id, line.shelter_id, line.families) for line in lines]


@st.composite
def assignments(draw: st.DrawFn, *, kinds: int = 4, shelters: int = 4, most: int = 4) -> AssignmentQuestion:
    """Few families, few places, some far away, some unfit, some of the officer's lines."""
    places = st.sampled_from((0.0, 3.0, 3.0, 11.0, 24.0, 90.0, None))
    some = tuple(families(f"k{number}", draw(st.integers(1, 5)), draw(st.integers(1, most)), vulnerable=draw(st.sampled_from((0, 0, 1))),
                          km=draw(places)) for number in range(draw(st.integers(1, kinds))))
    there = tuple(shelter(f"s{number}", draw(st.integers(0, 14)), draw(places), fit=draw(st.booleans()), opening=draw(st.sampled_from((0, 30))))
                  for number in range(draw(st.integers(0, shelters))))
    fixed = tuple(FixedFamilies(draw(st.sampled_from(some)).id, draw(st.sampled_from(there)).shelter_id, draw(st.integers(0, 3)))
                  for _line in range(draw(st.integers(0, 2)))) if there else ()
    return assignment(*some, *there, *{(one.kind_id, one.shelter_id): one for one in fixed}.values())


def district(share: float, *, people: int = 20_000, villages: int = 150, shelters: int = 300, seed: int = 5) -> AssignmentQuestion:
    """A district of some forty kilometres: villages of families of one to seven, so large a share of the places is wanted."""
    dice = Random(seed)

    def somewhere() -> tuple[float, float]:
        return 36 + dice.random() * 0.4, 120 + dice.random() * 0.5

    kinds: dict[tuple[int, int, int], int] = {}
    left, where = people, [somewhere() for _village in range(villages)]
    while left:
        size = min(left, dice.choices((1, 2, 3, 4, 5, 6, 7), (12, 26, 26, 20, 9, 5, 2))[0])
        vulnerable = dice.choice((1, 1, 2)) if dice.random() < 0.2 else 0
        key = (dice.randrange(villages), size, min(size, vulnerable))
        kinds[key] = kinds.get(key, 0) + 1
        left -= size
    mean = people / share / shelters
    there = [max(4, round(mean * dice.uniform(0.3, 1.7))) for _shelter in range(shelters)]
    there[0] += max(0, round(people / share) - sum(there))
    return AssignmentQuestion(
        kinds=tuple(FamilyKind(id=f"{village}/{size}/{vulnerable}", group_id=Id(f"v{village}"), people=size, families=count,
                               vulnerable=vulnerable, position=where[village]) for (village, size, vulnerable), count in sorted(kinds.items())),
        shelters=tuple(ShelterPlaces(Id(f"s{number:03d}"), places, somewhere(), dice.random() < 0.45, dice.choice((0, 0, 30)))
                       for number, places in enumerate(there)),
        travel=TRAVEL, rules=AssignmentRules(reach_minutes=90, unplaced_minutes=10_000, unplaced_vulnerable_minutes=20_000, opening_minutes=30))
