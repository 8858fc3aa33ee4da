"""What the desk knows of its trade at one moment: the rules as read from the store's texts, and the shelf of plans."""

from __future__ import annotations

from dataclasses import dataclass, field

from emergency_desk.domain.allocation import AllocationRules
from emergency_desk.domain.capabilities import Capability
from emergency_desk.domain.catalogue import Catalogue
from emergency_desk.domain.drill_objects import NO_TERMS, ObjectTerms
from emergency_desk.domain.drill_scoring import DrillRules
from emergency_desk.domain.duplicates import LikenessSettings
from emergency_desk.domain.errors import NotFound
from emergency_desk.domain.grading import GradingTable, NearMissRule
from emergency_desk.domain.incident_types import AddedNeed, IncidentType
from emergency_desk.domain.ladder import LadderRules
from emergency_desk.domain.plan_outline import Outline
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.plan_rules import PlanRules
from emergency_desk.domain.plan_shelf import Shelf
from emergency_desk.domain.reporting import ReportClocks
from emergency_desk.domain.shelter_assignment import AssignmentRules
from emergency_desk.domain.shelter_foresight import ForesightRules
from emergency_desk.domain.shelters import ShelterRules
from emergency_desk.domain.stock_rules import StockRules
from emergency_desk.domain.superseded import SupersededText
from emergency_desk.domain.texts import Text
from emergency_desk.domain.travel import TravelSettings
from emergency_desk.domain.working_days import WorkingDays

OTHER = "other"  # the type of what fits no other


@dataclass(frozen=True, slots=True)
class Trade:
    """Rules and plans. Only the backs of the plans are held; a plan is opened when it is asked for."""

    types: tuple[IncidentType, ...]
    capabilities: tuple[Capability, ...]
    grading: tuple[GradingTable, ...]
    near_miss: NearMissRule
    clocks: ReportClocks
    travel: TravelSettings
    likeness: LikenessSettings
    ladder: LadderRules
    plan_life: PlanRules
    added_needs: tuple[AddedNeed, ...] = ()
    shelf: Shelf = field(default_factory=Shelf)
    working_days: WorkingDays = field(default_factory=WorkingDays)
    superseded: tuple[SupersededText, ...] = ()
    outlines: tuple[Outline, ...] = ()
    catalogue: Catalogue = field(default_factory=Catalogue)
    stock: StockRules = field(default_factory=StockRules)
    shelters: ShelterRules = field(default_factory=ShelterRules)
    assigning: AssignmentRules = field(default_factory=AssignmentRules)
    foresight: ForesightRules = field(default_factory=ForesightRules)
    allocation: AllocationRules = field(default_factory=AllocationRules)
    drills: DrillRules = field(default_factory=DrillRules)
    drill_terms: ObjectTerms = NO_TERMS

    def type(self, type_id: str) -> IncidentType:
        """Return an incident type; an unknown id gives the type "other"."""
        by_id = {kind.id: kind for kind in self.types}
        return by_id.get(type_id) or by_id[OTHER]

    def grading_table(self, type_id: str) -> GradingTable | None:
        """Return the table a type is graded by, or None."""
        wanted = self.type(type_id).grading_table
        return next((table for table in self.grading if table.id == wanted), None)

    def capability(self, id_: str) -> Capability:
        """Return a capability. Raises NotFound."""
        for one in self.capabilities:
            if one.id == id_:
                return one
        raise NotFound(kind="capabilities", key=id_)

    def plan(self, code: str, version: str) -> Plan:
        """Open one version of a plan: a running incident stays with the version it began with. On the store thread. Raises NotFound."""
        return self.shelf.plan(code, version)

    def plan_title(self, code: str, version: str) -> Text:
        """Return the title of a version without opening it. Raises NotFound."""
        return self.shelf.back(code, version).title

    @property
    def current_plans(self) -> tuple[Plan, ...]:
        """Every plan in force, opened: for a handful of them. What asks thousands asks the shelf."""
        return tuple(self.shelf.plan(plan.code, plan.version) for plan in self.shelf.in_force)
