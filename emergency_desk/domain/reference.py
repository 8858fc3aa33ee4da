"""The rules of the trade as read from the reference data, in one frozen record."""

from __future__ import annotations

from dataclasses import dataclass

from emergency_desk.domain.allocation import AllocationRules
from emergency_desk.domain.capabilities import Capability
from emergency_desk.domain.catalogue import Catalogue
from emergency_desk.domain.drill_objects import ObjectTerms
from emergency_desk.domain.drill_scoring import DrillRules
from emergency_desk.domain.duplicates import LikenessSettings
from emergency_desk.domain.grading import GradingTable, NearMissRule
from emergency_desk.domain.incident_types import AddedNeed, IncidentType
from emergency_desk.domain.ladder import LadderRules
from emergency_desk.domain.plan_outline import Outline
from emergency_desk.domain.plan_rules import PlanRules
from emergency_desk.domain.reporting import ReportClocks
from emergency_desk.domain.shelter_assignment import AssignmentRules
from emergency_desk.domain.shelter_foresight import ForesightRules
from emergency_desk.domain.shelters import ShelterRules
from emergency_desk.domain.stock_rules import StockRules
from emergency_desk.domain.superseded import SupersededText
from emergency_desk.domain.travel import TravelSettings
from emergency_desk.domain.working_days import WorkingDays


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Everything the reference files say."""

    capabilities: tuple[Capability, ...]
    types: tuple[IncidentType, ...]
    added_needs: tuple[AddedNeed, ...]
    grading: tuple[GradingTable, ...]
    near_miss: NearMissRule
    clocks: ReportClocks
    travel: TravelSettings
    likeness: LikenessSettings
    ladder: LadderRules
    working_days: WorkingDays
    superseded: tuple[SupersededText, ...]
    outlines: tuple[Outline, ...]
    catalogue: Catalogue
    stock: StockRules
    allocation: AllocationRules
    plan_life: PlanRules
    shelters: ShelterRules
    assigning: AssignmentRules
    foresight: ForesightRules
    drills: DrillRules
    drill_terms: ObjectTerms
