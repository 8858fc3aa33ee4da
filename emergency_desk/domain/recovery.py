"""After the event: what is owed when the emergency is over, what is to be given back, and findings until they are mended.

Source: 突发事件应对法 2024 Art. 86-94, 12, 85; 国家突发事件总体应急预案 3.4; 安委〔2013〕8号五（二）; domain §10, R-7.5, R-10.1, R-10.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.ids import Id


class AftermathKind(StrEnum):
    """What is to be done after an emergency."""

    LOSS_SURVEY = "loss_survey"  # owed one tier up (ERL24 Art. 87)
    RECOVERY_PLAN = "recovery_plan"  # owed one tier up (ERL24 Art. 87)
    LESSONS_REPORT = "lessons_report"  # cause, course, lessons, measures, one tier up (ERL24 Art. 92)
    RELIEF = "relief"
    COMFORT = "comfort"  # 抚慰、抚恤、心理援助
    COMPENSATION = "compensation"
    RETURN = "return"
    INSURANCE = "insurance"
    EPIDEMIC_PREVENTION = "epidemic_prevention"
    POLLUTION = "pollution"
    RESTOCK = "restock"  # consumed and not replaced
    TEAM_ALLOWANCE = "team_allowance"
    PERSONAL_ERASURE = "personal_erasure"  # ERL24 Art. 85
    AUDIT = "audit"  # ERL24 Art. 93
    ARCHIVE = "archive"  # ERL24 Art. 94
    OTHER = "other"


SETTLEMENT = frozenset({AftermathKind.RETURN, AftermathKind.COMPENSATION, AftermathKind.RESTOCK, AftermathKind.TEAM_ALLOWANCE,
                        AftermathKind.INSURANCE})


class AftermathState(StrEnum):
    """Where an aftermath item stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"  # with a reason: nothing was requisitioned, nobody was insured


@dataclass(frozen=True, slots=True)
class AftermathItem:
    """One thing owed after the emergency, by whom and until when. `due_at` None: the law says "at once" or names no limit.

    Whose property it is may name a person: it stands in the erasable table (`personal_id`), never here (ERL24 Art. 85).
    """

    id: Id
    incident_id: Id
    tier: Tier
    kind: AftermathKind
    title: str
    created_at: datetime
    title_en: str = ""
    owner: str = ""
    quantity: int | None = None
    unit: str = ""
    personal_id: Id | None = None
    personal_digest: str = ""
    due_at: datetime | None = None
    basis: str = ""
    state: AftermathState = AftermathState.OPEN
    ended_at: datetime | None = None
    note: str = ""
    version: int = 0


class FindingSource(StrEnum):
    """Where a finding comes from; drills and events share one list (R-10.1)."""

    INCIDENT = "incident"
    DRILL = "drill"
    INSPECTION = "inspection"


class FindingClass(StrEnum):
    """What a finding is about (R-7.5)."""

    PLAN = "plan"
    ORGANISATION = "organisation"
    PEOPLE = "people"
    MECHANISM = "mechanism"
    SUPPORT = "support"


class FindingState(StrEnum):
    """Where the mending of a finding stands."""

    OPEN = "open"
    MENDING = "mending"
    DONE = "done"  # the owner says so; evidence given
    VERIFIED = "verified"  # somebody else has looked
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: problem, class, owner, measure, money, due, verifier other than the owner, evidence (R-7.5)."""

    id: Id
    number: str
    source: FindingSource
    problem: str
    found_at: datetime
    account_id: Id
    incident_id: Id | None = None
    kind: FindingClass = FindingClass.MECHANISM
    clause: str = ""
    unit: str = ""
    owner: str = ""
    measure: str = ""
    funds_yuan: int | None = None
    due_on: date | None = None
    interim: str = ""  # what holds until it is mended
    verifier: str = ""
    evidence: str = ""
    state: FindingState = FindingState.OPEN
    done_at: datetime | None = None
    verified_at: datetime | None = None
    note: str = ""
    is_exercise: bool = False
    version: int = 0

    def is_late_on(self, day: date) -> bool:
        """Say whether it is still open after its due day."""
        return self.due_on is not None and day > self.due_on and self.state in (FindingState.OPEN, FindingState.MENDING)
