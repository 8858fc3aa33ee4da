"""A draft put together to the plan it is now."""

from __future__ import annotations

from collections.abc import Iterable

from emergency_desk.domain.plan_drafts import PartKind, PlanDraft, PlanPart
from emergency_desk.domain.plan_parts import Part, PlanHeader, plan_of
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.texts import Text

_ORDER = {kind: place for place, kind in enumerate(PartKind)}


def plan_of_draft(draft: PlanDraft, parts: Iterable[PlanPart]) -> Plan:
    """Return the plan that a draft's parts make; removed ones are left out."""
    living = sorted((part for part in parts if not part.is_removed), key=lambda part: (_ORDER[part.kind], part.position, part.id))
    header = PlanHeader(
        code=draft.code, version=draft.plan_version, title=Text(draft.title, draft.title_en), kind=draft.kind, tier=draft.tier,
        hazard_types=draft.hazard_types, area_code=draft.area_code, parent=draft.parent, aligned=draft.aligned, near_types=draft.near_types)
    return plan_of(header, (Part(part.kind, part.key, part.content) for part in living))
