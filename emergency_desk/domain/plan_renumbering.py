"""Clauses that a side renumbered, because another was put in or moved: they stay the same clauses, found again by their titles.

They are trusted only where no version has a title twice. Where nobody renumbered, a clause is its number, and all of this stays out of
the way. Clauses that were renumbered and given another title at once cannot be told from others: they count as struck out and put in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.plans import clause_key

_NEW = "\x1f"  # before the title of a clause that the common version does not have

Numbers = Mapping[str, str]  # what a clause is known by → its number on one side


class Renumbered(NamedTuple):
    """What each clause is known by in three versions: its number in the base, or its title where it is new."""

    base: Numbers
    mine: Numbers
    theirs: Numbers


def renumbered(base: Plan, mine: Plan, theirs: Plan) -> Renumbered | None:
    """Return what the clauses are known by, or None where no side renumbered any."""
    titles = [[clause.title.zh for clause in plan.clauses] for plan in (base, mine, theirs)]
    if any(len(set(each)) < len(each) for each in titles):
        return None
    sides = [_side(base, plan) for plan in (mine, theirs)]
    if not any(number != known for side in sides for known, number in side.items() if not known.startswith(_NEW)):
        return None
    return Renumbered({clause.number: clause.number for clause in base.clauses}, *sides)


def _side(base: Plan, side: Plan) -> dict[str, str]:
    by_title = {clause.title.zh: clause.number for clause in base.clauses}
    known = {clause.number: by_title[clause.title.zh] for clause in side.clauses if clause.title.zh in by_title}
    claimed, numbers = set(known.values()), {clause.number for clause in base.clauses}
    for clause in side.clauses:
        if clause.number not in known:
            is_same = clause.number in numbers and clause.number not in claimed
            known[clause.number] = clause.number if is_same else f"{_NEW}{clause.title.zh}"
    return {known_by: number for number, known_by in known.items()}


def in_known(plan: Plan, numbers: Numbers) -> Plan:
    """Return a plan in which clauses, and what speaks of them, bear what they are known by."""
    return with_numbers(plan, {number: known for known, number in numbers.items()})


def with_numbers(plan: Plan, numbers: Mapping[str, str]) -> Plan:
    """Return a plan with other clause numbers, and what speaks of them likewise."""
    def of(number: str) -> str:
        return numbers.get(number, number)

    return replace(
        plan, clauses=tuple(replace(clause, number=of(clause.number)) for clause in plan.clauses),
        levels=tuple(replace(rule, clause=of(rule.clause)) for rule in plan.levels),
        actions=tuple(replace(action, clause=of(action.clause)) for action in plan.actions),
        cards=tuple(replace(card, clause=of(card.clause)) for card in plan.cards))


def numbered_again(plan: Plan, sides: Renumbered) -> Plan:
    """Give the clauses of a merged plan numbers: the one a side changed, the higher one where both did, a free one where it is taken.

    Clauses stand by number afterwards where they did so on all sides.
    """
    numbers: dict[str, str] = {}
    for known in sorted((clause.number for clause in plan.clauses), key=lambda known: (known.startswith(_NEW), _order(known, sides))):
        numbers[known] = _free(_merged(known, sides), numbers.values())
    again = with_numbers(plan, numbers)
    if all(list(side.values()) == sorted(side.values(), key=clause_key) for side in sides):
        return replace(again, clauses=tuple(sorted(again.clauses, key=lambda clause: clause_key(clause.number))))
    return again


def _order(known: str, sides: Renumbered) -> tuple[tuple[int, ...], str]:
    return clause_key(_merged(known, sides)), known


def _merged(known: str, sides: Renumbered) -> str:
    base, mine, theirs = (side.get(known, "") for side in sides)
    changed = [number for number in (mine, theirs) if number and number != base]
    return max(changed or [base], key=clause_key)


def _free(number: str, taken: Iterable[str]) -> str:
    parent, dot, own = number.rpartition(".")
    there, count = set(taken), int(own)
    while f"{parent}{dot}{count}" in there:
        count += 1
    return f"{parent}{dot}{count}"


def plain(words: str) -> str:
    """Return what a clause is known by without the mark of a new one."""
    return words.removeprefix(_NEW)
