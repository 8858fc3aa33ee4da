"""What stands on the papers of a drill. Each belongs to a drill, so each page bears the mark (R-0.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from emergency_desk.domain.drill_boards import DrillBoard
from emergency_desk.domain.drill_files import KeptFile
from emergency_desk.domain.drill_objects import Kept
from emergency_desk.domain.drill_programme import ProgrammeEntry
from emergency_desk.domain.drill_scoring import DrillRules
from emergency_desk.domain.ids import Id
from emergency_desk.domain.mending import Closure
from emergency_desk.domain.sheets import Imprint


@dataclass(frozen=True, slots=True)
class DrillSheet:
    """One drill whole, as a paper of it needs it."""

    imprint: Imprint
    board: DrillBoard
    rules: DrillRules

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise


@dataclass(frozen=True, slots=True)
class DrillPlanSheet(DrillSheet):
    """The work plan (工作方案) in its nine matters (AQ/T 9007-2019)."""


@dataclass(frozen=True, slots=True)
class DrillScriptSheet(DrillSheet):
    """The script (脚本): what goes out when, to whom, and what is expected upon it."""


@dataclass(frozen=True, slots=True)
class InjectCardsSheet(DrillSheet):
    """The inject cards (注入卡片) that are handed out with their files; what is expected does not stand on them."""

    files: tuple[tuple[Id, tuple[KeptFile, ...]], ...] = ()  # by the id of the inject

    def files_of(self, inject_id: Id) -> tuple[KeptFile, ...]:
        """Return the files that go out with an inject."""
        return next((files for id_, files in self.files if id_ == inject_id), ())


@dataclass(frozen=True, slots=True)
class DrillSignInSheet(DrillSheet):
    """The sheet to sign in on (签到表)."""


@dataclass(frozen=True, slots=True)
class ObserverSheet(DrillSheet):
    """The observers' sheets (观察记录表): one for each inject's expected act, to be written on."""


@dataclass(frozen=True, slots=True)
class ObserverBookSheet(DrillSheet):
    """The visitors' book (观摩手册): time, place, what is shown when, and what to heed."""


@dataclass(frozen=True, slots=True)
class DrillSupportSheet(DrillSheet):
    """The support plan (保障方案) with the conditions to break off and how it is done."""


@dataclass(frozen=True, slots=True)
class EvaluationFormSheet(DrillSheet):
    """The evaluation tables of AQ/T 9009-2015: A for a field drill, B for a tabletop; empty items to be filled in by hand."""


@dataclass(frozen=True, slots=True)
class DrillReportSheet(DrillSheet):
    """The evaluation report of a drill, with what was measured, the points by aspect and what is to be mended."""

    closure: Closure
    earlier: tuple[DrillBoard, ...] = ()  # of the same plan, the newest first


@dataclass(frozen=True, slots=True)
class DrillLetterSheet(DrillSheet):
    """The letter that reports the drill upward (演练总结上报函)."""

    closure: Closure


@dataclass(frozen=True, slots=True)
class DrillLedgerSheet(DrillSheet):
    """The rectification ledger of one drill (整改台账)."""

    closure: Closure


@dataclass(frozen=True, slots=True)
class DrillYearsSheet(DrillSheet):
    """The same drill over the years (历次演练对比): points by aspect, times and findings side by side, the newest first."""

    earlier: tuple[DrillBoard, ...] = ()


@dataclass(frozen=True, slots=True)
class DrillYearSheet:
    """The year plan of drills (演练年度计划): what falls due by the end of a year, and what nobody knows a day for."""

    imprint: Imprint
    year: int
    entries: tuple[ProgrammeEntry, ...]
    without_day: tuple[ProgrammeEntry, ...]
    kept: Kept
    today: date

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise


DrillPaper = (DrillPlanSheet | DrillScriptSheet | InjectCardsSheet | DrillSignInSheet | ObserverSheet | ObserverBookSheet | DrillSupportSheet
              | EvaluationFormSheet | DrillReportSheet | DrillLetterSheet | DrillLedgerSheet | DrillYearsSheet)
DrillSheets = DrillPaper | DrillYearSheet
