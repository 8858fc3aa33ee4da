"""A plan taken apart for comparing and merging: its header by fields, its lists by entries, each under a key that stays when it is edited.

Entries with a number or an id keep it as their key. Laws and contacts have none: their name is the key as long as no version has it twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from emergency_desk.domain.plan_records import Plan

HEADER_FIELDS = ("title", "kind", "hazard_types", "near_types", "tier", "area_code", "parent", "aligned")
_BETWEEN = "\x1f"  # between the words of a key that is made of several; no text of a plan holds it


class PlanSection(StrEnum):
    """Where in a plan a part stands. The order is that of the plan's text."""

    HEADER = "header"
    BASIS = "basis"
    CLAUSE = "clause"
    SITUATION = "situation"
    ITEM = "item"
    LEVEL = "level"
    WORK_GROUP = "work_group"
    ACTION = "action"
    CONTACT = "contact"
    CARD = "card"
    ORDER = "order"  # the key names the section whose entries were put in another order


class PartKey(NamedTuple):
    """One part of a plan."""

    section: PlanSection
    key: str

    @property
    def words(self) -> tuple[str, ...]:
        """Return what the key is made of."""
        return tuple(self.key.split(_BETWEEN))


@dataclass(frozen=True, slots=True)
class Sectioned:
    """One version of a plan by its parts, and the keys of each list in their order."""

    parts: Mapping[PartKey, Any]
    orders: Mapping[PlanSection, tuple[str, ...]]


_LISTS: dict[PlanSection, str] = {
    PlanSection.BASIS: "basis", PlanSection.CLAUSE: "clauses", PlanSection.SITUATION: "situations", PlanSection.ITEM: "items",
    PlanSection.LEVEL: "levels", PlanSection.WORK_GROUP: "work_groups", PlanSection.ACTION: "actions", PlanSection.CONTACT: "contacts",
    PlanSection.CARD: "cards",
}
# What tells entries of a list from one another, coarse to fine.
_KEYS: dict[PlanSection, tuple[Callable[[Any], tuple[str, ...]], ...]] = {
    PlanSection.BASIS: (lambda one: (one.title.zh,), lambda one: (one.title.zh, one.number), lambda one: (one.title.zh, one.number, one.article)),
    PlanSection.CLAUSE: (lambda one: (one.number,),),
    PlanSection.LEVEL: (lambda one: (one.tier.value, one.level.value),),
    PlanSection.CONTACT: (lambda one: (one.role.zh,), lambda one: (one.role.zh, one.unit.zh), lambda one: (one.role.zh, one.unit.zh, one.phone)),
}
_BY_ID: tuple[Callable[[Any], tuple[str, ...]], ...] = (lambda one: (str(one.id),),)
SECTIONS = tuple(_LISTS)
NOTHING = Sectioned({}, dict.fromkeys(_LISTS, ()))  # what two plans grew from that have no version in common


def take_apart(*plans: Plan) -> tuple[Sectioned, ...]:
    """Take versions of one plan apart, so that an entry has the same key in all of them."""
    keys = {section: _keys([getattr(plan, name) for plan in plans], _KEYS.get(section, _BY_ID)) for section, name in _LISTS.items()}
    return tuple(_sectioned(plan, {section: each[at] for section, each in keys.items()}) for at, plan in enumerate(plans))


def put_together(plan: Plan, parts: Mapping[PartKey, Any], orders: Mapping[PlanSection, Iterable[str]], *, version: str) -> Plan:
    """Return a plan made of parts; the code is that of the given one."""
    said: dict[str, Any] = {name: parts[PartKey(PlanSection.HEADER, name)] for name in HEADER_FIELDS}
    said |= {name: tuple(parts[PartKey(section, key)] for key in orders[section]) for section, name in _LISTS.items()}
    return Plan(code=plan.code, version=version, **said)


def _sectioned(plan: Plan, orders: dict[PlanSection, tuple[str, ...]]) -> Sectioned:
    parts: dict[PartKey, Any] = {PartKey(PlanSection.HEADER, name): getattr(plan, name) for name in HEADER_FIELDS}
    for section, name in _LISTS.items():
        parts |= {PartKey(section, key): entry for key, entry in zip(orders[section], getattr(plan, name), strict=True)}
    return Sectioned(parts, orders)


def _keys(lists: Sequence[Sequence[Any]], chain: Sequence[Callable[[Any], tuple[str, ...]]]) -> list[tuple[str, ...]]:
    """Return a key for each entry of each list: the coarsest that no list holds twice."""
    taken: list[list[str]] = [[""] * len(entries) for entries in lists]
    waiting = [list(range(len(entries))) for entries in lists]
    for told_by in chain:
        written = [[_BETWEEN.join(told_by(entry)) for entry in entries] for entries in lists]
        counts = [Counter(words[at] for at in left) for words, left in zip(written, waiting, strict=True)]
        twice = {word for count in counts for word, number in count.items() if number > 1}
        for keys, words, left in zip(taken, written, waiting, strict=True):
            for at in left:
                keys[at] = words[at]
            left[:] = [at for at in left if words[at] in twice]
    return [_numbered(keys) for keys in taken]


def _numbered(keys: list[str]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    numbered = []
    for key in keys:
        seen[key] += 1
        numbered.append(key if seen[key] == 1 else f"{key}{_BETWEEN}{_BETWEEN}{seen[key]}")
    return tuple(numbered)
