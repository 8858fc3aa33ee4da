"""A draft whose base was replaced meanwhile: what the newer version changed is brought over, part by part, and nobody's words are lost. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_parts import Part

PartKey = tuple[PartKind, str]


@dataclass(frozen=True, slots=True)
class Following:
    """What is taken over from the newer version, what goes with it, and where both sides changed the same part in different ways."""

    taken: tuple[Part, ...] = ()
    gone: tuple[PartKey, ...] = ()
    clashes: tuple[PartKey, ...] = ()


def following(base: Iterable[Part], newer: Iterable[Part], ours: Iterable[Part]) -> Following:
    """Compare three ways: what only the newer version changed is taken, what both changed differently is told and stays as it is in the draft."""
    before, after, mine = (_by_key(parts) for parts in (base, newer, ours))
    taken, gone, clashes = list[Part](), list[PartKey](), list[PartKey]()
    for key in dict.fromkeys([*after, *before]):
        old, new, own = before.get(key), after.get(key), mine.get(key)
        if old == new or own == new:
            continue
        if own != old:
            clashes.append(key)
        elif new is None:
            gone.append(key)
        else:
            taken.append(Part(*key, new))
    return Following(tuple(taken), tuple(gone), tuple(clashes))


def _by_key(parts: Iterable[Part]) -> dict[PartKey, str]:
    return {(part.kind, part.key): part.content for part in parts}
