"""What stands on the papers of a drill. Each belongs to a drill, so each page bears the mark (R-0.5)."""

from __future__ import annotations

from dataclasses import dataclass

from emergency_desk.domain.drill_boards import DrillBoard
from emergency_desk.domain.drill_scoring import DrillRules
from emergency_desk.domain.mending import Closure
from emergency_desk.domain.sheets import Imprint


@dataclass(frozen=True, slots=True)
class DrillPlanSheet:
    """The work plan of a drill: aims, people, safety, script, inject cards, the sheet to sign in on and the observers' sheet."""

    imprint: Imprint
    board: DrillBoard
    rules: DrillRules

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise


@dataclass(frozen=True, slots=True)
class DrillReportSheet:
    """The evaluation report of a drill, with what was measured, the points by aspect and what is to be mended."""

    imprint: Imprint
    board: DrillBoard
    rules: DrillRules
    closure: Closure
    earlier: tuple[DrillBoard, ...] = ()  # of the same plan, the newest first

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise
