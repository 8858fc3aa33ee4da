"""Two versions of a plan side by side: what was added, removed, changed or only renumbered, part by part; and which words of a text changed.

A clause is the same clause when number and title agree, else by its title alone (it moved), else by its number, else by most of its words.
References to a clause that only moved do not count as changes. Everything of either version is found exactly once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, TypeVar

from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_parts import PartRecord
from emergency_desk.domain.plan_records import Clause, Plan

HEADER_FIELDS = ("title", "kind", "hazard_types", "near_types", "tier", "area_code", "parent", "aligned")
_SECTIONS: tuple[tuple[PartKind, str], ...] = (
    (PartKind.BASIS, "basis"), (PartKind.CLAUSE, "clauses"), (PartKind.SITUATION, "situations"), (PartKind.ITEM, "items"),
    (PartKind.LEVEL, "levels"), (PartKind.WORK_GROUP, "work_groups"), (PartKind.ACTION, "actions"), (PartKind.CONTACT, "contacts"),
    (PartKind.CARD, "cards"))
_SAME_ENOUGH = 0.6  # share of words in common by which a clause with another number and title is still the same
_MOST_PAIRS = 40_000  # beyond it, likeness of bodies is not looked for: two plans that have nothing to do with one another
_TOKEN = re.compile(r"[\u3400-\u9fff]|[A-Za-z0-9]+|\s+|.", re.DOTALL)
_Record = TypeVar("_Record")


class PartFate(StrEnum):
    """What became of a part."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"  # the same words under another number
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class PartChange:
    """One part of both versions. `kind` None is the head of the plan; `fields` names what differs."""

    kind: PartKind | None
    change: PartFate
    before: PartRecord | Plan | None
    after: PartRecord | Plan | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a text that stayed (SAME), went (REMOVED) or came (ADDED)."""

    words: str
    change: PartFate


def compare(before: Plan, after: Plan) -> tuple[PartChange, ...]:
    """Return every part of both versions in the order of the later one; what was removed stands where it stood."""
    clauses = _pairs(before.clauses, after.clauses, _CLAUSE_KEYS, _alike)
    moved = {old.number: new.number for old, new in clauses if old and new}
    found = [_told(None, before, after, _header(before, after))]
    for kind, name in _SECTIONS:
        pairs: Sequence[tuple[Any, Any]] = clauses if kind is PartKind.CLAUSE else _pairs(
            getattr(before, name), getattr(after, name), _KEYS[kind])
        found += [_told(kind, old, new, _differing(old, new, moved)) for old, new in pairs]
    return tuple(found)


def changes(before: Plan, after: Plan) -> tuple[PartChange, ...]:
    """Return what differs, alone."""
    return tuple(one for one in compare(before, after) if one.change is not PartFate.SAME)


def marked(before: str, after: str) -> tuple[Piece, ...]:
    """Return a text with its changed words marked: a Chinese character, an English word and a sign are compared as wholes.

    What stayed and what went is the text before; what stayed and what came is the text after.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    pieces: list[Piece] = []
    for tag, a, b, c, d in _without_islands(SequenceMatcher(None, old, new, autojunk=False).get_opcodes(), old):
        if tag == "equal":
            pieces.append(Piece("".join(old[a:b]), PartFate.SAME))
            continue
        pieces += [Piece("".join(tokens), change) for tokens, change in ((old[a:b], PartFate.REMOVED), (new[c:d], PartFate.ADDED)) if tokens]
    return tuple(pieces)


# -- which belongs to which -------------------------------------------------------------------------------------------
_Key = Callable[[Any], Hashable]
_CLAUSE_KEYS: tuple[_Key, ...] = (
    lambda one: (one.number, one.title.zh), lambda one: one.title.zh, lambda one: one.body.zh or one, lambda one: one.number)
_KEYS: dict[PartKind, tuple[_Key, ...]] = {
    PartKind.BASIS: (lambda one: one, lambda one: (one.title.zh, one.article), lambda one: one.title.zh),
    PartKind.SITUATION: (lambda one: one.id,),
    PartKind.ITEM: (lambda one: one.id,),
    PartKind.LEVEL: (lambda one: (one.tier, one.level),),
    PartKind.WORK_GROUP: (lambda one: one.id,),
    PartKind.ACTION: (lambda one: one.id, lambda one: (one.tier, one.title.zh)),
    PartKind.CONTACT: (lambda one: one, lambda one: (one.role.zh, one.unit.zh), lambda one: (one.unit.zh, one.phone)),
    PartKind.CARD: (lambda one: one.id, lambda one: one.post.zh),
}


def _pairs(
    before: Sequence[_Record], after: Sequence[_Record], keys: Iterable[_Key],
    alike: Callable[[list[_Record], list[_Record]], Iterator[tuple[int, int]]] | None = None,
) -> list[tuple[_Record | None, _Record | None]]:
    """Pair the records by one key after the other; a key that several share pairs them in their order."""
    partner: dict[int, int] = {}
    left, right = list(range(len(before))), list(range(len(after)))
    for key in keys:
        waiting: dict[Hashable, list[int]] = {}
        for place in left:
            waiting.setdefault(key(before[place]), []).append(place)
        for place in right:
            same = waiting.get(key(after[place]))
            if same:
                partner[place] = same.pop(0)
        taken = set(partner.values())
        left, right = [place for place in left if place not in taken], [place for place in right if place not in partner]
    if alike and left and right and len(left) * len(right) <= _MOST_PAIRS:
        partner |= {right[new]: left[old] for old, new in alike([before[place] for place in left], [after[place] for place in right])}
    return list(_in_order(before, after, partner))


def _in_order(
    before: Sequence[_Record], after: Sequence[_Record], partner: dict[int, int],
) -> Iterator[tuple[_Record | None, _Record | None]]:
    taken = set(partner.values())
    gone = [place for place in range(len(before)) if place not in taken]
    for place, record in enumerate(after):
        old = partner.get(place)
        while old is not None and gone and gone[0] < old:
            yield before[gone.pop(0)], None
        yield (None if old is None else before[old]), record
    yield from ((before[place], None) for place in gone)


def _alike(before: list[Clause], after: list[Clause]) -> Iterator[tuple[int, int]]:
    """Pair clauses by most of their words, the likest first."""
    scores = []
    for new, later in enumerate(after):
        matcher = SequenceMatcher(None, "", later.body.zh, autojunk=False)
        for old, earlier in enumerate(before):
            matcher.set_seq1(earlier.body.zh)
            if earlier.body.zh and matcher.real_quick_ratio() >= _SAME_ENOUGH and matcher.quick_ratio() >= _SAME_ENOUGH \
                    and (score := matcher.ratio()) >= _SAME_ENOUGH:
                scores.append((-score, old, new))
    olds: set[int] = set()
    news: set[int] = set()
    for _score, old, new in sorted(scores):
        if old not in olds and new not in news:
            olds.add(old)
            news.add(new)
            yield old, new


# -- what differs -----------------------------------------------------------------------------------------------------
def _told(kind: PartKind | None, before: Any, after: Any, differing: tuple[str, ...]) -> PartChange:
    if before is None or after is None:
        return PartChange(kind, PartFate.ADDED if before is None else PartFate.REMOVED, before, after)
    if not differing:
        return PartChange(kind, PartFate.SAME, before, after)
    return PartChange(kind, PartFate.MOVED if differing == ("number",) else PartFate.CHANGED, before, after, differing)


def _header(before: Plan, after: Plan) -> tuple[str, ...]:
    return tuple(name for name in HEADER_FIELDS if getattr(before, name) != getattr(after, name))


def _differing(before: Any, after: Any, moved: dict[str, str]) -> tuple[str, ...]:
    if before is None or after is None:
        return ()
    if hasattr(before, "clause"):
        before = replace(before, clause=moved.get(before.clause, before.clause))
    return tuple(field.name for field in fields(before) if getattr(before, field.name) != getattr(after, field.name))


def _without_islands(codes: Sequence[tuple[str, int, int, int, int]], old: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Join changes that a single character keeps apart: nobody reads a text in crumbs."""
    joined: list[tuple[str, int, int, int, int]] = []
    for place, (tag, a, b, c, d) in enumerate(codes):
        is_island = tag == "equal" and 0 < place < len(codes) - 1 and b - a == 1 and old[a] != "\n"
        if joined and joined[-1][0] != "equal" and (is_island or tag != "equal"):
            joined[-1] = ("replace", joined[-1][1], b, joined[-1][3], d)
        else:
            joined.append((tag, a, b, c, d))
    yield from joined
