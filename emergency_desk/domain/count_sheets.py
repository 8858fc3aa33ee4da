"""What stands on the papers of a stock-taking: the sheets that are counted on, what was found; and what must be held against what is."""

from __future__ import annotations

from dataclasses import dataclass

from emergency_desk.domain.count_boards import CountBoard
from emergency_desk.domain.equipment import EquipmentBoard
from emergency_desk.domain.sheets import Imprint


@dataclass(frozen=True, slots=True)
class CountSheet:
    """The sheets of a count, bin by bin; a blind one without the figures of the books."""

    imprint: Imprint
    board: CountBoard

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise


@dataclass(frozen=True, slots=True)
class CountResultSheet:
    """What a count found: the lines that differ, what they are worth, who counted and who approved."""

    imprint: Imprint
    board: CountBoard

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise


@dataclass(frozen=True, slots=True)
class EquipmentSheet:
    """What a standard says must be held, against what is."""

    imprint: Imprint
    board: EquipmentBoard

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise
