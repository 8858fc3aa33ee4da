"""A plan taken to parts and put together again, without loss: each part has a kind, a stable key and its content as JSON.

The key is the clause's number, the id, the group, or tier and level. A basis or a contact has no id of its own: its key is made of its
words, and a second one of the same words counts on ("…#2"), so that a changed phone stays the same contact.
"""

from __future__ import annotations

import dataclasses
import json
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_records import (
    Action,
    Clause,
    Contact,
    Item,
    LegalBasis,
    LevelRule,
    Plan,
    PlanKind,
    ResponseCard,
    Situation,
    WorkGroup,
)
from emergency_desk.domain.plan_shelf import ShelvedPlan
from emergency_desk.domain.texts import Text

PartRecord = LegalBasis | Clause | Situation | Item | LevelRule | WorkGroup | Action | Contact | ResponseCard
STEP = 1_000  # between the positions of two parts, so that another fits between them


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHeader:
    """What a plan says of itself before its first clause."""

    code: str
    version: str
    title: Text
    kind: PlanKind
    hazard_types: tuple[str, ...]
    tier: Tier
    area_code: str = ""
    parent: str = ""
    aligned: tuple[str, ...] = ()
    near_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One part as it is compared, kept and merged."""

    kind: PartKind
    key: str
    content: str


_RECORDS: dict[PartKind, Any] = {
    PartKind.BASIS: LegalBasis, PartKind.CLAUSE: Clause, PartKind.SITUATION: Situation, PartKind.ITEM: Item, PartKind.LEVEL: LevelRule,
    PartKind.WORK_GROUP: WorkGroup, PartKind.ACTION: Action, PartKind.CONTACT: Contact, PartKind.CARD: ResponseCard,
}
_KINDS = {record: kind for kind, record in _RECORDS.items()}
_FIELDS = {
    PartKind.BASIS: "basis", PartKind.CLAUSE: "clauses", PartKind.SITUATION: "situations", PartKind.ITEM: "items", PartKind.LEVEL: "levels",
    PartKind.WORK_GROUP: "work_groups", PartKind.ACTION: "actions", PartKind.CONTACT: "contacts", PartKind.CARD: "cards",
}
_HEADER = tuple(field.name for field in dataclasses.fields(PlanHeader))


# -- whole plans -------------------------------------------------------------------------------------------------------
def header_of(plan: Plan | ShelvedPlan) -> PlanHeader:
    """Return what a plan says of itself."""
    return PlanHeader(**{name: getattr(plan, name) for name in _HEADER})


def parts_of(plan: Plan) -> tuple[Part, ...]:
    """Return every part of a plan, in the order of its text."""
    return tuple(part for kind, name in _FIELDS.items() for part in _keyed(kind, getattr(plan, name)))


def plan_of(header: PlanHeader, parts: Iterable[Part]) -> Plan:
    """Put a plan together; parts of a kind stand in the order given."""
    sorted_out: dict[str, list[Any]] = {name: [] for name in _FIELDS.values()}
    for part in parts:
        sorted_out[_FIELDS[part.kind]].append(record_of(part.kind, part.content))
    said: dict[str, Any] = {name: getattr(header, name) for name in _HEADER}
    said |= {name: tuple(records) for name, records in sorted_out.items()}
    return Plan(**said)


def _keyed(kind: PartKind, records: Sequence[PartRecord]) -> Iterable[Part]:
    taken: set[str] = set()
    for record in records:
        key = free_key(key_of(record), taken)
        taken.add(key)
        yield Part(kind, key, content_of(record))


# -- one part ----------------------------------------------------------------------------------------------------------
def kind_of(record: PartRecord) -> PartKind:
    """Return what kind of part a record is."""
    return _KINDS[type(record)]


def key_of(record: PartRecord) -> str:
    """Return the stable key of a part."""
    if isinstance(record, Clause):
        return record.number
    if isinstance(record, LevelRule):
        return f"{record.tier} {record.level}"
    if isinstance(record, LegalBasis):
        return f"{record.title.zh or record.title.en} {record.article}".strip()
    if isinstance(record, Contact):
        return f"{record.unit.zh or record.unit.en} {record.role.zh or record.role.en}".strip()
    return str(record.id)


def has_own_key(kind: PartKind) -> bool:
    """Say whether two parts of this kind may never bear one key; bases and contacts may."""
    return kind not in (PartKind.BASIS, PartKind.CONTACT)


def free_key(wanted: str, taken: typing.Collection[str]) -> str:
    """Return the key, counted on where it is taken."""
    key, count = wanted, 1
    while key in taken:
        count += 1
        key = f"{wanted}#{count}"
    return key


def content_of(record: PartRecord | PlanHeader) -> str:
    """Write a record as JSON; fields that say nothing more than their default are left out."""
    return json.dumps(_plain(record), ensure_ascii=False, separators=(",", ":"))


def record_of(kind: PartKind, content: str) -> Any:
    """Read a part's JSON into its record. Raises ValueError, KeyError or TypeError where it is none."""
    return _reader(_RECORDS[kind])(json.loads(content))


def header_from(content: str) -> PlanHeader:
    """Read a header's JSON."""
    header: PlanHeader = _reader(PlanHeader)(json.loads(content))
    return header


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return [value.zh, value.en] if value.en else value.zh
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(own) for field in dataclasses.fields(value)
                if (own := getattr(value, field.name)) != field.default or field.default is dataclasses.MISSING}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, StrEnum) else value


@cache
def _reader(hint: Any) -> Callable[[Any], Any]:
    """Return what reads a value of a type back from JSON."""
    if typing.get_origin(hint) in (UnionType, typing.Union):
        inner = _reader(next(arm for arm in typing.get_args(hint) if arm is not type(None)))
        return lambda value: None if value is None else inner(value)
    if typing.get_origin(hint) is tuple:
        arms = [_reader(arm) for arm in typing.get_args(hint) if arm is not ...]
        if len(arms) > 1:
            return lambda value: tuple(read(one) for read, one in zip(arms, value, strict=True))
        return lambda value: tuple(arms[0](one) for one in value)
    if hint is Text:
        return lambda value: Text(*value) if isinstance(value, list) else Text(value)
    if dataclasses.is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        readers = {field.name: _reader(hints[field.name]) for field in dataclasses.fields(hint)}
        return lambda value: hint(**{name: readers[name](own) for name, own in value.items()})  # type: ignore[operator]
    return hint if isinstance(hint, type) and issubclass(hint, StrEnum) else lambda value: value


# -- clause numbers ----------------------------------------------------------------------------------------------------
def renumbered(record: PartRecord, numbers: Mapping[str, str]) -> PartRecord:
    """Return a part with new clause numbers: a clause its own, a level, action or card the one it rests on."""
    if isinstance(record, Clause) and record.number in numbers:
        return replace(record, number=numbers[record.number])
    if isinstance(record, LevelRule | Action | ResponseCard) and record.clause in numbers:
        return replace(record, clause=numbers[record.clause])
    return record


def is_below(number: str, above: str) -> bool:
    """Say whether a clause is another one or lies in it."""
    return number == above or number.startswith(f"{above}.")


def moved(numbers: Sequence[str], which: str, *, before: str) -> tuple[list[str], dict[str, str]]:
    """Move a clause with all that lies in it before a sister, or to their end (""): the order of the old numbers, and the new numbers.

    The sisters share out the numbers they have, in their new order, so that nothing else is renumbered.
    """
    parent = which.rpartition(".")[0]
    sisters = [number for number in numbers if number.rpartition(".")[0] == parent]
    if which not in sisters or (before and before not in sisters):
        raise ValueError(which)
    rest = [number for number in sisters if number != which]
    place = rest.index(before) if before and before != which else (sisters.index(which) if before == which else len(rest))
    new_order = [*rest[:place], which, *rest[place:]]
    names = dict(zip(new_order, sisters, strict=True))
    blocks = {sister: [number for number in numbers if is_below(number, sister)] for sister in sisters}
    first = min(numbers.index(sister) for sister in sisters)
    inside = {number for block in blocks.values() for number in block}
    head = [number for number in numbers[:first] if number not in inside]
    tail = [number for number in numbers[first:] if number not in inside]
    order = [*head, *(number for sister in new_order for number in blocks[sister]), *tail]
    changed = {number: names[sister] + number[len(sister):] for sister in sisters if names[sister] != sister for number in blocks[sister]}
    return order, changed


def shifted(numbers: Iterable[str], at: str) -> dict[str, str]:
    """Make room for a new clause of a number: it and its later sisters, with all that lies in them, count one on."""
    parent, _dot, own = at.rpartition(".")
    begin = f"{parent}." if parent else ""
    changed: dict[str, str] = {}
    for number in numbers:
        rest = number[len(begin):] if number.startswith(begin) else ""
        head, dot, tail = rest.partition(".")
        if head.isdecimal() and int(head) >= int(own):
            changed[number] = f"{begin}{int(head) + 1}{dot}{tail}"
    return changed if at in changed else {}
