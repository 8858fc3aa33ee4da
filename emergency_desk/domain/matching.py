"""Filling needs with teams: every team fills one need, and nobody is wasted on a need that another could fill.

The sets of teams that can be placed at once form a matroid, so taking candidates in order and keeping each one that can still be
placed (by moving those already placed to other needs, never by dropping them) gives both the most needs met and the earliest teams.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class Places:
    """The places a plan asks for (capability → number), filled one candidate after the other. A candidate is a number."""

    def __init__(self, needs: Mapping[str, int]) -> None:
        self._sizes = {name: needs[name] for name in sorted(needs)}
        self._at: dict[str, list[int]] = {name: [] for name in self._sizes}
        self._can: dict[int, tuple[str, ...]] = {}
        self.free = sum(self._sizes.values())

    def take(self, candidate: int, can: Iterable[str]) -> bool:
        """Place a candidate that can fill certain needs, moving others if that makes room; say whether it found a place."""
        self._can[candidate] = tuple(name for name in can if name in self._sizes)
        if self.free and self._place(candidate, set()):
            self.free -= 1
            return True
        del self._can[candidate]
        return False

    def with_room(self) -> list[str]:
        """Return the needs that a further candidate could fill, be it by moving others. A need without room never gets any again."""
        return [name for name in self._sizes if self._leads_to_room(name, set())]

    def served(self) -> dict[int, str]:
        """Return candidate → need."""
        return {candidate: name for name, placed in self._at.items() for candidate in placed}

    def _place(self, candidate: int, seen: set[str]) -> bool:
        for name in self._can[candidate]:
            if len(self._at[name]) < self._sizes[name]:
                self._at[name].append(candidate)
                return True
        for name in self._can[candidate]:
            if name in seen:
                continue
            seen.add(name)
            for place, other in enumerate(self._at[name]):
                if self._place(other, seen):
                    self._at[name][place] = candidate
                    return True
        return False

    def _leads_to_room(self, name: str, seen: set[str]) -> bool:
        if len(self._at[name]) < self._sizes[name]:
            return True
        seen.add(name)
        onward = {other for placed in self._at[name] for other in self._can[placed]}
        return any(self._leads_to_room(other, seen) for other in sorted(onward) if other not in seen)
