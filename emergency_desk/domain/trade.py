"""What the desk knows of its trade at one moment: rules and plans as read from the store's texts, frozen."""

from __future__ import annotations

from dataclasses import dataclass, field

from emergency_desk.domain.capabilities import Capability
from emergency_desk.domain.catalogue import Catalogue
from emergency_desk.domain.duplicates import LikenessSettings
from emergency_desk.domain.errors import NotFound
from emergency_desk.domain.grading import GradingTable, NearMissRule
from emergency_desk.domain.incident_types import AddedNeed, IncidentType
from emergency_desk.domain.ladder import LadderRules
from emergency_desk.domain.plan_rules import PlanRules
from emergency_desk.domain.plans import Plan
from emergency_desk.domain.reporting import ReportClocks
from emergency_desk.domain.stock_rules import StockRules
from emergency_desk.domain.superseded import SupersededText
from emergency_desk.domain.travel import TravelSettings
from emergency_desk.domain.working_days import WorkingDays

OTHER = "other"  # the type of what fits no other


@dataclass(frozen=True, slots=True)
class Trade:
    """Rules and plans. `plans` holds every version; `current_plans` the one of each code that is in force, if any (`domain.plan_life`)."""

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
    plans: tuple[Plan, ...] = ()
    current_plans: tuple[Plan, ...] = field(default=())
    working_days: WorkingDays = field(default_factory=WorkingDays)
    superseded: tuple[SupersededText, ...] = ()
    catalogue: Catalogue = field(default_factory=Catalogue)
    stock: StockRules = field(default_factory=StockRules)

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
        """Return one version of a plan: a running incident stays with the version it began with. Raises NotFound."""
        for plan in self.plans:
            if plan.code == code and plan.version == version:
                return plan
        raise NotFound(kind="plans", key=f"{code} {version}")
