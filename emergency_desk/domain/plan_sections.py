"""A plan taken apart for comparing and merging: its header by fields, its lists by entries, each under a key that stays when it is edited.

Entries with a number or an id keep it as their key. Contacts have none: their post and unit are the key. A law is all it says, so that
another article of it is another entry.
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
# What an entry is known by; where a plan has that twice, by all that is told behind it.
_KEYS: dict[PlanSection, tuple[Callable[[Any], tuple[str, ...]], ...]] = {
    PlanSection.BASIS: (lambda one: (one.title.zh, one.number, one.article),),
    PlanSection.CLAUSE: (lambda one: (one.number,),),
    PlanSection.LEVEL: (lambda one: (one.tier.value, one.level.value),),
    PlanSection.CONTACT: (lambda one: (one.role.zh, one.unit.zh), lambda one: (one.role.zh, one.unit.zh, one.phone)),
}
_BY_ID: tuple[Callable[[Any], tuple[str, ...]], ...] = (lambda one: (str(one.id),),)
SECTIONS = tuple(_LISTS)
NOTHING = Sectioned({}, dict.fromkeys(_LISTS, ()))  # what two plans grew from that have no version in common


def take_apart(*plans: Plan) -> tuple[Sectioned, ...]:
    """Take versions of one plan apart; an entry's key does not depend on what the other versions say."""
    return tuple(_sectioned(plan, {section: _keys(getattr(plan, name), _KEYS.get(section, _BY_ID)) for section, name in _LISTS.items()})
                 for plan in plans)


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


def _keys(entries: Sequence[Any], chain: Sequence[Callable[[Any], tuple[str, ...]]]) -> tuple[str, ...]:
    """Return a key for each entry: the shortest that no other entry of the plan has."""
    keys = [""] * len(entries)
    left = list(range(len(entries)))
    for told_by in chain:
        for at in left:
            keys[at] = _BETWEEN.join(told_by(entries[at]))
        counts = Counter(keys[at] for at in left)
        left = [at for at in left if counts[keys[at]] > 1]
    return _numbered(keys)


def _numbered(keys: list[str]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    numbered = []
    for key in keys:
        seen[key] += 1
        numbered.append(key if seen[key] == 1 else f"{key}{_BETWEEN}{_BETWEEN}{seen[key]}")
    return tuple(numbered)
