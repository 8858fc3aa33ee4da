"""Frozen contents of the papers of a plan: the plan itself, its response cards, whom to ring, its filing.

Sources: 突发事件应急预案管理办法 (国办发〔2024〕5号) Art. 26 (filing); 生产安全事故应急预案管理办法 Art. 19 (cards).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.capabilities import Capability
from emergency_desk.domain.plan_life import PlanLife, PlanStage
from emergency_desk.domain.plan_moves import MoveKind
from emergency_desk.domain.plan_records import NO_TEXT, Plan, ResponseCard
from emergency_desk.domain.plan_rules import FilingRule, WorkingTerm
from emergency_desk.domain.sheets import Imprint
from emergency_desk.domain.texts import Text
from emergency_desk.domain.working_days import DueDay


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStanding:
    """How far a version has come, with what its life says of it."""

    stage: PlanStage = PlanStage.MODEL
    number: str = ""  # 文号
    drawn_up_by: Text = NO_TEXT  # the desk, and who began the draft; nobody here for a model that ships
    issued_on: date | None = None
    issued_by: str = ""
    reviewed_by: str = ""
    approved_by: str = ""
    filed_on: date | None = None
    filed_with: str = ""
    filing_number: str = ""
    replaced_by: str = ""
    withdrawn_on: date | None = None

    @property
    def is_in_force(self) -> bool:
        """Say whether it was issued here and still stands."""
        return self.stage is PlanStage.ISSUED


NOT_ADOPTED = PlanStanding()


@dataclass(frozen=True, slots=True)
class _Printed:
    imprint: Imprint

    @property
    def is_exercise(self) -> bool:
        """Say whether the paper belongs to a drill."""
        return self.imprint.is_exercise


@dataclass(frozen=True, slots=True)
class PlanSheet(_Printed):
    """One version of a plan whole. `names` gives capabilities, `types` incident types and `titles` linked plans their words."""

    plan: Plan
    standing: PlanStanding = NOT_ADOPTED
    names: Mapping[str, Text] = field(default_factory=dict)
    types: Mapping[str, Text] = field(default_factory=dict)
    titles: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CardsSheet(_Printed):
    """The response cards of a plan (处置卡), one page for one post."""

    plan: Plan
    cards: tuple[ResponseCard, ...]
    standing: PlanStanding = NOT_ADOPTED


@dataclass(frozen=True, slots=True, kw_only=True)
class ToRing:
    """One contact of one or several plans. `from_register`: the phone is that of the unit of this name in the register."""

    tier: Tier
    unit: Text
    role: Text
    phone: str = ""
    from_register: bool = False
    plans: tuple[str, ...] = ()  # codes


@dataclass(frozen=True, slots=True)
class PlanContactsSheet(_Printed):
    """Whom to ring, by tier and unit: of one plan, or of all plans in use where `plan` is None. `titles` are the plans' by code."""

    plan: Plan | None
    rows: tuple[ToRing, ...]
    titles: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FilingSheet(_Printed):
    """The filing form of a plan (备案表): the route it goes, the term and, where the day of issue is known, the last day."""

    plan: Plan
    rule: FilingRule
    term: WorkingTerm
    area: Text
    standing: PlanStanding = NOT_ADOPTED
    due: DueDay | None = None
    types: Mapping[str, Text] = field(default_factory=dict)
    titles: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CompareSheet(_Printed):
    """Two versions of a plan, of which the paper tells what differs. `capabilities` and `types` give ids their words."""

    plan: Plan  # the later version
    before: Plan
    standing: PlanStanding = NOT_ADOPTED
    capabilities: tuple[Capability, ...] = ()
    types: Mapping[str, Text] = field(default_factory=dict)


PlanPaper = PlanSheet | CardsSheet | PlanContactsSheet | FilingSheet | CompareSheet


def standing_of(life: PlanLife) -> PlanStanding:
    """Return how a version stands, with what its life says of it."""
    approved, issued, filed = life.last(MoveKind.APPROVED), life.last(MoveKind.ISSUED), life.last(MoveKind.FILED)
    reviewed = life.last(MoveKind.REVIEWED)
    return PlanStanding(
        stage=life.stage, number=issued.number if issued else "", issued_on=life.day(MoveKind.ISSUED),
        issued_by=(issued.unit if issued else "") or (approved.unit if approved else ""), approved_by=approved.person if approved else "",
        reviewed_by=reviewed.person if reviewed else "", filed_on=life.day(MoveKind.FILED), filed_with=filed.unit if filed else "",
        filing_number=filed.number if filed else "", replaced_by=life.replaced_by, withdrawn_on=life.day(MoveKind.WITHDRAWN))
