"""The order of a list that two sides changed: what stood there keeps its order, what came in stands behind what it was put behind.

The answer does not depend on which side is called mine, and giving it back in the place of either side changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from emergency_desk.domain.plans import clause_key

Keys = Sequence[str]


def is_reordered(base: Keys, side: Keys) -> bool:
    """Say whether a side changed the order of what it kept."""
    return [key for key in base if key in set(side)] != [key for key in side if key in set(base)]


def are_alike(mine: Keys, theirs: Keys) -> bool:
    """Say whether two sides order what both have alike."""
    return not is_reordered(mine, theirs)


def common_order(base: Keys, mine: Keys, theirs: Keys) -> tuple[tuple[str, ...], bool]:
    """Return the order of what all three have, and whether it is clear: where both sides changed it differently, one of the two is taken."""
    shared = set(base) & set(mine) & set(theirs)
    before, here, there = (tuple(key for key in side if key in shared) for side in (base, mine, theirs))
    if here == there or there == before:
        return here, True
    return (there, True) if here == before else (min(here, there), False)


def merged_order(base: Keys, mine: Keys, theirs: Keys, *, kept: Collection[str], as_in: Keys) -> tuple[str, ...]:
    """Return the order of what is kept; `as_in` is the side whose order the common ones take."""
    spine = _spine(base, kept, as_in)
    gaps: dict[int, list[str]] = {}
    for key in dict.fromkeys((*mine, *theirs)):
        if key in kept and key not in spine:
            gaps.setdefault(min(_gap(side, spine, key) for side in (mine, theirs) if key in side), []).append(key)
    ordered: list[str] = []
    for place in range(len(spine) + 1):
        ordered += _in_a_gap(gaps.get(place, []), mine, theirs)
        ordered += spine[place:place + 1]
    return tuple(ordered)


def _spine(base: Keys, kept: Collection[str], as_in: Keys) -> list[str]:
    """Return the common ones in the order of a side; what that side dropped and is kept stands behind what stood before it."""
    of_base = set(base)
    spine = [key for key in as_in if key in kept and key in of_base]
    before = ""
    for key in base:
        if key in kept:
            if key not in spine:
                spine.insert(spine.index(before) + 1 if before else 0, key)
            before = key
    return spine


def _gap(side: Keys, spine: list[str], wanted: str) -> int:
    """Return behind how many of the spine a side put what it brought in."""
    gap = 0
    for key in side:
        if key == wanted:
            return gap
        if key in spine:
            gap = spine.index(key) + 1
    return gap


def _in_a_gap(keys: list[str], mine: Keys, theirs: Keys) -> list[str]:
    """Return what came into one gap, in an order that agrees with both sides; where they contradict one another, by key."""
    runs = [[key for key in side if key in keys] for side in (mine, theirs)]
    ordered = list(_agreeing(keys, runs))
    return ordered if len(ordered) == len(keys) else sorted(keys, key=_by_key)


def _agreeing(keys: list[str], runs: list[list[str]]) -> Iterator[str]:
    waiting = [list(run) for run in runs]
    left = set(keys)
    while left:
        free = [key for key in left if all(not run or key not in run or run[0] == key for run in waiting)]
        if not free:
            return
        first = min(free, key=_by_key)
        yield first
        left.remove(first)
        waiting = [[key for key in run if key != first] for run in waiting]


def _by_key(key: str) -> tuple[tuple[int, ...], str]:
    return clause_key(key), key
