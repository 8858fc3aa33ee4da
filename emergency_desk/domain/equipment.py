"""What a standard says must be held, against what is held: by a depot in its stock, by a team in what it keeps (R-5.3).

A line is met by items whose code begins like one of its codes, or whose name holds one of its words. What is counted in another unit is named
and not counted: 3 rolls of hose are no 50 metres before somebody says how long a roll is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from emergency_desk.domain.ids import Id
from emergency_desk.domain.rules import RuleBasis
from emergency_desk.domain.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipmentLine:
    """One thing that must be held, at least so many of a unit; `units` are the ways the unit is written, the first one shown."""

    name: Text
    least: int
    units: tuple[str, ...]
    codes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipmentStandard:
    """What must be held by one of a kind. `is_whole`: every line of the text is here; else it is an excerpt and says so."""

    id: str
    name: Text
    holder: Text
    basis: RuleBasis
    lines: tuple[EquipmentLine, ...]
    is_whole: bool = False


class HeldStand(StrEnum):
    """How a line stands."""

    MET = "held_enough"
    SHORT = "held_too_few"
    OTHER_UNIT = "held_in_other_unit"  # something fits, and only in another unit
    NOTHING = "held_nothing"


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that is held: what it is called, its code, how many of which unit are fit for use."""

    name: Text
    code: str
    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class LineHeld:
    """A line against what is held of it; `others` fit and are counted in another unit."""

    line: EquipmentLine
    held: int
    things: tuple[Thing, ...] = ()
    others: tuple[Thing, ...] = ()

    @property
    def missing(self) -> int:
        """How many more must be got."""
        return max(0, self.line.least - self.held)

    @property
    def stand(self) -> HeldStand:
        """How the line stands."""
        if not self.missing:
            return HeldStand.MET
        return HeldStand.SHORT if self.held else HeldStand.OTHER_UNIT if self.others else HeldStand.NOTHING


@dataclass(frozen=True, slots=True)
class EquipmentBoard:
    """What a holder must hold against what it holds."""

    standard: EquipmentStandard
    holder_id: Id
    holder: Text
    keeper: str
    phone: str
    lines: tuple[LineHeld, ...]

    @property
    def met(self) -> int:
        """How many lines are met."""
        return sum(1 for one in self.lines if one.stand is HeldStand.MET)


def hold_against(standard: EquipmentStandard, things: Iterable[Thing]) -> tuple[LineHeld, ...]:
    """Return every line of a standard against what is held; a thing counts for the first line it fits."""
    left = [one for one in things if one.count > 0]
    found = []
    for line in standard.lines:
        fitting = [one for one in left if _fits(line, one)]
        left = [one for one in left if one not in fitting]
        counted = [one for one in fitting if one.unit in line.units]
        others = tuple(one for one in fitting if one.unit not in line.units)
        found.append(LineHeld(line, sum(one.count for one in counted), tuple(counted), others))
    return tuple(found)


def _fits(line: EquipmentLine, thing: Thing) -> bool:
    return (bool(thing.code) and thing.code.startswith(line.codes)) or any(word in thing.name.zh for word in line.words)


def standard_of(standards: Sequence[EquipmentStandard], id_: str) -> EquipmentStandard | None:
    """Return a standard by its id, the first for ""."""
    return next((one for one in standards if id_ in ("", one.id)), None)
