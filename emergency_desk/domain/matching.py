"""Filling needs with teams: every team fills one need, and nobody is wasted on a need that another could fill.

The sets of teams that can be placed at once form a matroid, so taking candidates in order and keeping each one that can still be
placed (by moving those already placed to other needs, never by dropping them) gives both the most needs met and the earliest teams.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


class Places:
    """The places a plan asks for, filled one candidate after the other. Candidates and needs are plain numbers."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self._sizes = sizes
        self._at: list[list[int]] = [[] for _ in sizes]
        self._can: dict[int, tuple[int, ...]] = {}
        self._hopeless: set[tuple[int, ...]] = set()  # once full for a set of needs, full for good
        self.free = sum(sizes)

    def take(self, candidate: int, can: tuple[int, ...]) -> bool:
        """Place a candidate that can fill certain needs, moving others if that makes room; say whether it found a place."""
        if not self.free or can in self._hopeless:
            return False
        self._can[candidate] = can
        if self._place(candidate, set()):
            self.free -= 1
            return True
        del self._can[candidate]
        self._hopeless.add(can)
        return False

    def _place(self, candidate: int, seen: set[int]) -> bool:
        open_needs = [need for need in self._can[candidate] if need not in seen]
        for need in open_needs:
            if len(self._at[need]) < self._sizes[need]:
                self._at[need].append(candidate)
                return True
        for need in open_needs:
            if need in seen:
                continue
            seen.add(need)
            for place, other in enumerate(self._at[need]):
                if self._place(other, seen):
                    self._at[need][place] = candidate
                    return True
        return False

    def served(self) -> dict[int, int]:
        """Return candidate → need."""
        return {candidate: need for need, placed in enumerate(self._at) for candidate in placed}


def fill(needs: Mapping[str, int], candidates: Iterable[tuple[int, tuple[str, ...]]]) -> dict[int, str]:
    """Fill needs (capability → number) from candidates in order of preference; return candidate → capability it serves."""
    names = sorted(name for name, count in needs.items() if count > 0)
    places = Places([needs[name] for name in names])
    number = {name: place for place, name in enumerate(names)}
    for candidate, can in candidates:
        places.take(candidate, tuple(sorted(number[name] for name in can if name in number)))
        if not places.free:
            break
    return {candidate: names[need] for candidate, need in places.served().items()}
