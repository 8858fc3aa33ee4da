"""One part of a plan that two sides changed, field by field: what only one side changed is taken, what both changed is laid together.

Where that cannot be (two due times), there is no joint value, and somebody chooses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple

from emergency_desk.domain.part_order import common_order, merged_order
from emergency_desk.domain.plan_records import MOST_CARD_STEPS, Needs, ResponseCard
from emergency_desk.domain.text_merge import merge_texts
from emergency_desk.domain.texts import Text


class Joint(NamedTuple):
    """Two values laid together. `is_clear`: both sides meant it so. `can_be`: there is such a value at all."""

    value: Any
    is_clear: bool
    can_be: bool = True


_CANNOT = Joint(None, False, False)


def lay_together(base: Any, mine: Any, theirs: Any) -> Joint:
    """Lay two values together that grew from one; None is a part or a field that is not there."""
    if mine == theirs or theirs == base:
        return Joint(mine, True)
    if mine == base:
        return Joint(theirs, True)
    if mine is None or theirs is None or type(mine) is not type(theirs):
        return _CANNOT
    if isinstance(mine, Text):
        return _texts(base or Text(""), mine, theirs)
    if isinstance(mine, Needs):
        return _needs(base or Needs(), mine, theirs)
    if isinstance(mine, tuple):
        return _lists(base or (), mine, theirs)
    if is_dataclass(mine):
        return _records(base, mine, theirs)
    return _CANNOT


def _records(base: Any, mine: Any, theirs: Any) -> Joint:
    merged = {field.name: lay_together(getattr(base, field.name, None), getattr(mine, field.name), getattr(theirs, field.name))
              for field in fields(mine)}
    if not all(joint.can_be for joint in merged.values()):
        return _CANNOT
    value = type(mine)(**{name: joint.value for name, joint in merged.items()})
    if isinstance(value, ResponseCard) and len(value.steps) > MOST_CARD_STEPS:
        return _CANNOT
    return Joint(value, all(joint.is_clear for joint in merged.values()))


def _texts(base: Text, mine: Text, theirs: Text) -> Joint:
    zh, zh_clear = merge_texts(base.zh, mine.zh, theirs.zh)
    en, en_clear = merge_texts(base.en, mine.en, theirs.en)
    return Joint(Text(zh, en), zh_clear and en_clear)


def _needs(base: Needs, mine: Needs, theirs: Needs) -> Joint:
    """Lay needs together; where both sides set another number, the greater one stands: too much is sent home, too little is missed."""
    teams, teams_clear = _counts(dict(base.teams), dict(mine.teams), dict(theirs.teams))
    items, items_clear = _counts(dict(base.items), dict(mine.items), dict(theirs.items))
    places, places_clear = _count(base.places, mine.places, theirs.places)
    return Joint(Needs(teams=teams, items=items, places=places), teams_clear and items_clear and places_clear)


def _counts(base: Mapping[str, int], mine: Mapping[str, int], theirs: Mapping[str, int]) -> tuple[tuple[tuple[str, int], ...], bool]:
    merged = {name: _count(base.get(name, 0), mine.get(name, 0), theirs.get(name, 0)) for name in {**base, **mine, **theirs}}
    kept = {name for name, (count, _clear) in merged.items() if count}
    common, _is_clear = common_order(tuple(base), tuple(mine), tuple(theirs))  # in which order needs are named means nothing
    order = merged_order(tuple(base), tuple(mine), tuple(theirs), kept=kept, as_in=common)
    return tuple((name, merged[name][0]) for name in order), all(clear for _number, clear in merged.values())


def _count(base: int, mine: int, theirs: int) -> tuple[int, bool]:
    if mine == theirs or theirs == base:
        return mine, True
    return (theirs, True) if mine == base else (max(mine, theirs), False)


def _lists(base: tuple[Any, ...], mine: tuple[Any, ...], theirs: tuple[Any, ...]) -> Joint:
    """Lay lists together: what one side struck out goes, what either put in stays. Not clear where both struck out the same and put in others."""
    if any(len(set(each)) < len(each) for each in (base, mine, theirs)):
        return _CANNOT
    kept = [one for one in dict.fromkeys((*base, *mine, *theirs)) if (one in mine and one in theirs) or (one not in base)]
    names = {one: repr(one) for one in dict.fromkeys((*base, *mine, *theirs))}
    values = {name: one for one, name in names.items()}

    def named(side: tuple[Any, ...]) -> tuple[str, ...]:
        return tuple(names[one] for one in side)

    common, is_clear = common_order(named(base), named(mine), named(theirs))
    order = merged_order(named(base), named(mine), named(theirs), kept={names[one] for one in kept}, as_in=common)
    replaced = (set(base) - set(mine)) & (set(base) - set(theirs)) and set(mine) - set(base) != set(theirs) - set(base)
    return Joint(tuple(values[name] for name in order), is_clear and not replaced)
