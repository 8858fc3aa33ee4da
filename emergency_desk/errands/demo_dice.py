"""The dice of the demo city: ids, names and numbers that come out the same for the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from emergency_desk.domain.ids import Id, uuid7
from emergency_desk.exchange import yaml_text

_FIRST_MOMENT = 1_767_225_600_000  # 2026-01-01 UTC in ms: the ids of a demo city do not tell when it was built
Words = tuple[str, str]  # Chinese, English


def read_material(folder: Path, name: str) -> Any:
    """Return a file of invented material."""
    path = folder / f"{name}.yaml"
    return yaml_text.load(path.read_text(encoding="utf-8"), path.name)


class Dice:
    """Throws for one demo city. The order of the throws is part of the result."""

    def __init__(self, seed: int, names: Any) -> None:
        self._random = Random(seed)
        self._count = 0
        self._phones = 0
        self._words = [(zh, en) for zh, en in names["words"]]
        self._surnames, self._given, self._notes = names["surnames"], names["given"], names["notes"]
        self._used: dict[str, int] = {}

    def bits(self, count: int) -> int:
        """Return random bits, as a desk wants them."""
        return self._random.getrandbits(count)

    def new_id(self) -> Id:
        """Return an id that sorts after the ones before."""
        self._count += 1
        return uuid7(_FIRST_MOMENT + self._count, self.bits(74))

    def between(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both possible."""
        return self._random.randint(low, high)

    def part(self) -> float:
        """Return a number from 0 up to 1."""
        return self._random.random()

    def about(self, number: int) -> int:
        """Return a number up to 15 % to either side, at least 1."""
        return max(1, round(number * (0.85 + 0.3 * self.part())))

    def word(self, sort: str) -> Words:
        """Return an invented word that this sort of thing has not borne yet, as long as there are some."""
        start = sum(map(ord, sort)) * 7
        used = self._used[sort] = self._used.get(sort, -1) + 1
        return self._words[(start + used) % len(self._words)]

    def person(self) -> Words:
        """Return an invented person."""
        surname, given = self._random.choice(self._surnames), self._random.choice(self._given)
        return surname[0] + given[0], f"{surname[1]} {given[1]}"

    def note(self, state: str) -> str:
        """Return why a team is in a state that keeps it from standing by."""
        notes: Sequence[str] = self._notes[state]
        return self._random.choice(notes)

    def phone(self) -> str:
        """Return the next number of a block that nobody has: 0532-8000-xxxx."""
        self._phones += 1
        return f"0532-8000-{self._phones:04d}"
