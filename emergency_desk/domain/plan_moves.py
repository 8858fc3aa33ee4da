"""The facts of a plan version's life, appended and never changed: drafted, asked about, reviewed, approved, issued, filed, drilled, withdrawn.

Where a version stands is derived from them in `domain.plan_life`. Source: 突发事件应急预案管理办法 (国办发〔2024〕5号) Art. 18–36.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from emergency_desk.domain.ids import Id


class MoveKind(StrEnum):
    """What happened to a version of a plan."""

    DRAFTED = "drafted"
    CONSULTED = "consulted"  # sent out for opinions, in writing where other units' duties are touched (Art. 22)
    OPINIONS_IN = "opinions_in"
    EXPERTS_HEARD = "experts_heard"  # 专家论证 (Art. 22)
    COORDINATED = "coordinated"  # a special plan, by the emergency department of its tier (Art. 25)
    SUBMITTED = "submitted"  # 送审 (Art. 23)
    REVIEWED = "reviewed"  # the six matters (Art. 24)
    RETURNED = "returned"
    APPROVED = "approved"  # who, in whose name (Art. 25)
    ISSUED = "issued"
    FILED = "filed"  # 备案 by one of the seven routes (Art. 26)
    PUBLISHED = "published"  # 公开 (Art. 28)
    TRAINED = "trained"  # Art. 30
    DRILLED = "drilled"  # Art. 32
    EVALUATED = "evaluated"  # Art. 34
    REVISION_DECIDED = "revision_decided"  # by one of the six triggers (Art. 35), major or minor (Art. 36)
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"  # a draft that came to nothing


class RevisionScope(StrEnum):
    """Which path a revision takes: whatever touches command, procedure, main measures or grading goes the whole way (Art. 36)."""

    MAJOR = "major"
    MINOR = "minor"


class RevisionTrigger(StrEnum):
    """The six occasions of a revision (Art. 35)."""

    LAW = "law"  # law, standard or the plan above changed
    COMMAND = "command"  # the command body or its duties were laid anew
    RISK = "risk"
    RESOURCES = "resources"
    PRACTICE = "practice"  # found in a real response or a drill
    OTHER = "other"


class ReviewMatter(StrEnum):
    """The six matters of a review (Art. 24)."""

    LAWFUL = "lawful"
    LINKED = "linked"  # with the plan above and those beside it
    COMPLETE = "complete"
    WORKABLE = "workable"  # command and duties, levels, measures
    AGREED = "agreed"  # everybody's opinions
    OTHER = "other"


class FilingRoute(StrEnum):
    """The seven routes of filing (Art. 26), and the one of production units."""

    OVERALL = "overall"
    SPECIAL = "special"
    DEPARTMENT = "department"
    JOINT = "joint"
    CENTRAL_UNIT = "central_unit"
    GRASSROOTS = "grassroots"  # townships and streets; villages and communities
    STATE_COMPANY = "state_company"
    PRODUCTION_UNIT = "production_unit"  # not of the seven: 生产安全事故应急预案管理办法 Art. 26


class Evaluation(StrEnum):
    """What an evaluation came to (Art. 34)."""

    KEEP = "keep"
    REVISE = "revise"


@dataclass(frozen=True, slots=True)
class MatterFinding:
    """What a review found of one matter."""

    matter: ReviewMatter
    is_met: bool
    remark: str = ""


@dataclass(frozen=True, slots=True)
class PlanMove:
    """One fact of a plan version's life.

    `on_date` is the day it happened, `account_id` who wrote it down. `person` signed, reviewed, led; `unit` is in whose name, with whom
    it was filed, whose opinions. `number`: of the document, the receipt, the minutes. `due_on`: opinions wanted until.
    """

    id: Id
    code: str
    plan_version: str
    kind: MoveKind
    on_date: date
    recorded_at: datetime
    account_id: Id
    person: str = ""
    unit: str = ""
    number: str = ""
    route: FilingRoute | None = None
    result: Evaluation | None = None
    trigger: RevisionTrigger | None = None
    scope: RevisionScope | None = None
    matters: tuple[MatterFinding, ...] = ()
    due_on: date | None = None
    base_version: str = ""  # of a draft: the version it was begun from
    replaced_by: str = ""  # of a withdrawal: the code of the plan that stands in its place
    note: str = ""
