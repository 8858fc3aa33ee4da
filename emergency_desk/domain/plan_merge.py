"""Two versions of a plan that grew from one: what each side changed, part by part, and the plan that is made of both.

What one side changed is taken. What both changed is laid together where they touched different things, and otherwise waits for a person.
Merging is the same whichever side begins, merging the result again changes nothing, and nothing that somebody wrote is lost: a part that
was struck out on one side and is still spoken of on the other stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from emergency_desk.domain.part_merge import lay_together
from emergency_desk.domain.part_order import are_alike, is_reordered, merged_order
from emergency_desk.domain.plan_errors import PartsUndecided
from emergency_desk.domain.plan_records import Level, Plan
from emergency_desk.domain.plan_renumbering import Renumbered, in_known, numbered_again, renumbered
from emergency_desk.domain.plan_sections import NOTHING, SECTIONS, PartKey, PlanSection, Sectioned, put_together, take_apart
from emergency_desk.domain.plans import clause_key


class MergeOutcome(StrEnum):
    """What came of a part that is not as it was."""

    MINE = "mine"  # changed on this side alone
    THEIRS = "theirs"  # changed on the other side alone
    ALIKE = "alike"  # both made the same change
    COMBINED = "combined"  # both changed it, each another thing
    CLASH = "clash"  # both changed the same; a person decides


class MergeChoice(StrEnum):
    """What a person takes of a part."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about one part; `value` is what it says where it was edited, None where it goes."""

    choice: MergeChoice
    value: Any = None


@dataclass(frozen=True, slots=True)
class MergedPart:
    """One part that a side changed. None stands for a part that is not there; `both` is only a value where `has_both`."""

    key: PartKey
    base: Any
    mine: Any
    theirs: Any
    outcome: MergeOutcome
    both: Any = None
    has_both: bool = False

    @property
    def choices(self) -> tuple[MergeChoice, ...]:
        """Return what may be chosen."""
        both = (MergeChoice.BOTH,) if self.has_both else ()
        return (MergeChoice.MINE, MergeChoice.THEIRS, *both, MergeChoice.EDITED)

    def value(self, decision: Decision | None) -> Any:
        """Return what the part says; without a decision what came of it by itself."""
        if decision is None:
            return {MergeOutcome.THEIRS: self.theirs, MergeOutcome.COMBINED: self.both}.get(self.outcome, self.mine)
        values = {MergeChoice.MINE: self.mine, MergeChoice.THEIRS: self.theirs, MergeChoice.BOTH: self.both}
        return values.get(decision.choice, decision.value)


@dataclass(frozen=True, slots=True)
class PlanMerge:
    """Two versions of a plan and what became of every part that is not as in their common base."""

    base: Plan | None
    mine: Plan
    theirs: Plan
    parts: tuple[MergedPart, ...]
    sections: tuple[Sectioned, Sectioned, Sectioned]
    renumbered: Renumbered | None = None  # where a side gave clauses other numbers: parts then bear the numbers of the base

    def key_mine(self, key: PartKey) -> PartKey:
        """Return the key that a part has on this side alone."""
        return self._own(key, self.renumbered.mine if self.renumbered else {})

    def key_theirs(self, key: PartKey) -> PartKey:
        """Return the key that a part has on the other side alone."""
        return self._own(key, self.renumbered.theirs if self.renumbered else {})

    @staticmethod
    def _own(key: PartKey, numbers: Mapping[str, str]) -> PartKey:
        return PartKey(key.section, numbers.get(key.key, key.key)) if key.section is PlanSection.CLAUSE else key

    @property
    def clashes(self) -> tuple[MergedPart, ...]:
        """Return the parts that wait for a person."""
        return tuple(part for part in self.parts if part.outcome is MergeOutcome.CLASH)

    def part(self, key: PartKey) -> MergedPart:
        """Return one changed part. Raises StopIteration for one that nobody changed."""
        return next(part for part in self.parts if part.key == key)


@dataclass(frozen=True, slots=True)
class Settled:
    """The plan that was made, and the parts that stay although somebody struck them out, because others speak of them."""

    plan: Plan
    kept_for: tuple[tuple[PartKey, PartKey], ...]  # what stays, and one part that speaks of it


Decisions = Mapping[PartKey, Decision]


# -- what changed -----------------------------------------------------------------------------------------------------
def merge(base: Plan | None, mine: Plan, theirs: Plan) -> PlanMerge:
    """Hold two versions of a plan against their common base; two that have none grew from nothing."""
    other_numbers: Renumbered | None = None
    if base is None:
        one, other = take_apart(mine, theirs)
        sections = (NOTHING, one, other)
    else:
        other_numbers = renumbered(base, mine, theirs)
        versions = (base, mine, theirs)
        if other_numbers is not None:
            before, one, other = take_apart(*(in_known(plan, numbers) for plan, numbers in zip(versions, other_numbers, strict=True)))
        else:
            before, one, other = take_apart(*versions)
        sections = (before, one, other)
    keys = dict.fromkeys(key for each in sections for key in each.parts)
    parts = [part for key in keys if (part := _part(key, *(each.parts.get(key) for each in sections)))]
    orders = [part for section in SECTIONS if (part := _order(section, *(each.orders[section] for each in sections)))]
    return PlanMerge(base, mine, theirs, tuple(sorted((*parts, *orders), key=_in_text_order)), sections, other_numbers)


def _part(key: PartKey, base: Any, mine: Any, theirs: Any) -> MergedPart | None:
    if mine == base and theirs == base:
        return None
    if mine == theirs:
        return MergedPart(key, base, mine, theirs, MergeOutcome.ALIKE)
    if theirs == base:
        return MergedPart(key, base, mine, theirs, MergeOutcome.MINE)
    if mine == base:
        return MergedPart(key, base, mine, theirs, MergeOutcome.THEIRS)
    joint = lay_together(base, mine, theirs)
    if joint.is_clear and joint.value in (mine, theirs):  # one side holds already what the other changed
        return MergedPart(key, base, mine, theirs, MergeOutcome.MINE if joint.value == mine else MergeOutcome.THEIRS)
    return MergedPart(key, base, mine, theirs, MergeOutcome.COMBINED if joint.is_clear else MergeOutcome.CLASH, joint.value, joint.can_be)


def _order(section: PlanSection, base: tuple[str, ...], mine: tuple[str, ...], theirs: tuple[str, ...]) -> MergedPart | None:
    key = PartKey(PlanSection.ORDER, section.value)
    by_me, by_them = is_reordered(base, mine), is_reordered(base, theirs)
    if not by_me and not by_them:
        return None
    if by_me and by_them:
        return MergedPart(key, base, mine, theirs, MergeOutcome.ALIKE if are_alike(mine, theirs) else MergeOutcome.CLASH)
    return MergedPart(key, base, mine, theirs, MergeOutcome.MINE if by_me else MergeOutcome.THEIRS)


_RANKS = {section: rank for rank, section in enumerate(PlanSection)}


def _in_text_order(part: MergedPart) -> tuple[int, tuple[int, ...], str]:
    return _RANKS[part.key.section], clause_key(part.key.key) if part.key.section is PlanSection.CLAUSE else (), part.key.key


# -- making one plan --------------------------------------------------------------------------------------------------
def settle(merged: PlanMerge, decisions: Decisions | None = None, *, version: str) -> Settled:
    """Make one plan of two. Raises PartsUndecided while a clash has no decision."""
    decided = decisions or {}
    open_parts = [part.key for part in merged.clashes if part.key not in decided]
    if open_parts:
        raise PartsUndecided(plan=merged.mine.title, count=len(open_parts))
    changed = {part.key: part.value(decided.get(part.key)) for part in merged.parts if part.key.section is not PlanSection.ORDER}
    values = {**merged.sections[0].parts, **changed}
    kept = {key: value for key, value in values.items() if value is not None}
    stay = _keep_what_is_spoken_of(kept, merged)
    orders = {section: _settled_order(merged, decided, section, kept) for section in SECTIONS}
    plan = put_together(merged.mine, kept, orders, version=version)
    return Settled(numbered_again(plan, merged.renumbered) if merged.renumbered else plan, stay)


def _settled_order(merged: PlanMerge, decided: Decisions, section: PlanSection, kept: Mapping[PartKey, Any]) -> tuple[str, ...]:
    base, mine, theirs = (each.orders[section] for each in merged.sections)
    part = next((each for each in merged.parts if each.key == PartKey(PlanSection.ORDER, section.value)), None)
    decision, as_in = decided.get(part.key) if part is not None else None, base
    if decision is not None and decision.choice is MergeChoice.EDITED:  # what is not in it has come in by another decision
        base, as_in = decision.value, decision.value
    elif part is not None:
        same_for_both = max(mine, theirs, key=lambda keys: (len(keys), keys))
        as_in = same_for_both if part.outcome is MergeOutcome.ALIKE else part.value(decision)
    return merged_order(base, mine, theirs, kept={key.key for key in kept if key.section is section}, as_in=as_in)


def _keep_what_is_spoken_of(kept: dict[PartKey, Any], merged: PlanMerge) -> tuple[tuple[PartKey, PartKey], ...]:
    """Put back what another part speaks of; adds to what is kept."""
    stay: list[tuple[PartKey, PartKey]] = []
    while True:
        spoken_of = ((wanted, key) for key, value in kept.items() for wanted in _spoken_of(key, value, kept, merged))
        missing = next((pair for pair in spoken_of if pair[0] not in kept), None)
        if missing is None:
            return tuple(stay)
        kept[missing[0]] = _had(missing[0], merged)
        stay.append(missing)


def _had(key: PartKey, merged: PlanMerge) -> Any:
    """Return what a part says on the side that has it still; where both have it, on the one that changed it."""
    base, mine, theirs = (each.parts.get(key) for each in merged.sections)
    sides = [value for value in (mine, theirs) if value is not None]
    changed = [value for value in sides if value != base]
    return min(changed or sides or [base], key=repr)


def _spoken_of(key: PartKey, value: Any, kept: Mapping[PartKey, Any], merged: PlanMerge) -> Iterator[PartKey]:
    """Yield what a part speaks of and some side has: its clause, the items and situations it asks for, the level it begins at."""
    clause = getattr(value, "clause", "")
    wanted = [PartKey(PlanSection.CLAUSE, clause)] if clause else []
    needs = getattr(value, "needs", None)
    wanted += [PartKey(PlanSection.ITEM, name) for name, _count in needs.items] if needs else []
    wanted += [PartKey(PlanSection.SITUATION, name) for condition in getattr(value, "conditions", ()) for name in condition.situations]
    if key.section is PlanSection.ACTION:
        wanted += _level_for(value.tier, value.from_level, kept, merged)
    yield from (one for one in wanted if any(one in each.parts for each in merged.sections))


def _level_for(tier: Any, from_level: Level, kept: Mapping[PartKey, Any], merged: PlanMerge) -> Iterable[PartKey]:
    """Return the level that an action needs where its tier has none left at or above its own: the nearest one that was struck out."""
    def fits(key: PartKey, rule: Any) -> bool:
        return key.section is PlanSection.LEVEL and rule.tier == tier and rule.level.rank <= from_level.rank

    if any(fits(key, value) for key, value in kept.items()):
        return ()
    struck = {key: value for each in merged.sections for key, value in each.parts.items() if fits(key, value)}
    return sorted(struck, key=lambda key: -struck[key].level.rank)[:1]


def order_of_both(merged: PlanMerge, part: MergedPart) -> tuple[str, ...]:
    """Return the entries that either side has, in this side's order: what a sequence made by hand begins with."""
    section = PlanSection(part.key.key)
    base, mine, theirs = (each.orders[section] for each in merged.sections)
    return merged_order(base, mine, theirs, kept={*mine, *theirs}, as_in=mine)


def both_of(merged: PlanMerge) -> Plan:
    """Return this side's plan with the entries that only the other side has put behind its own: whatever a part of either speaks of is in it."""
    of_both = {**merged.sections[2].parts, **merged.sections[1].parts}
    orders = {section: tuple(dict.fromkeys((*merged.sections[1].orders[section], *merged.sections[2].orders[section]))) for section in SECTIONS}
    return put_together(merged.mine, of_both, orders, version=merged.mine.version)


def mirrored(merged: PlanMerge) -> PlanMerge:
    """Return the same merge as the other side sees it."""
    other = {MergeOutcome.MINE: MergeOutcome.THEIRS, MergeOutcome.THEIRS: MergeOutcome.MINE}
    parts = tuple(replace(part, mine=part.theirs, theirs=part.mine, outcome=other.get(part.outcome, part.outcome)) for part in merged.parts)
    base, mine, theirs = merged.sections
    numbers = merged.renumbered and Renumbered(merged.renumbered.base, merged.renumbered.theirs, merged.renumbered.mine)
    return PlanMerge(merged.base, merged.theirs, merged.mine, parts, (base, theirs, mine), numbers)


def brings_nothing(merged: PlanMerge) -> bool:
    """Say whether this side holds already all that the other one changed."""
    numbers = merged.renumbered
    is_numbered_so = numbers is None or all(number == numbers.mine.get(known, number) or number == numbers.base.get(known)
                                            for known, number in numbers.theirs.items())
    return is_numbered_so and all(part.outcome in (MergeOutcome.MINE, MergeOutcome.ALIKE) for part in merged.parts)
