"""Whose act it is: a tier acts for itself at this desk, or is recorded as heard (who, by which channel, read back)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import FieldMissing, NotOwnArea, NotOwnTier
from emergency_desk.domain.responses import Heard

if TYPE_CHECKING:
    from emergency_desk.domain.incidents import Incident
    from emergency_desk.services.desk import Desk


def acting_tier(desk: Desk, tier: Tier | None, heard: Heard) -> Tier:
    """Return the tier an act belongs to: the desk's own unless another was heard. Raises NotOwnTier, FieldMissing."""
    acting = tier or desk.tier
    if heard and not heard.how.strip():
        raise FieldMissing(name="heard_how")
    if acting is not desk.tier and not heard:
        raise NotOwnTier(tier=acting, own=desk.tier)
    return acting


def answers_for(desk: Desk, incident: Incident) -> bool:
    """Say whether the place of an incident lies in the area this desk acts for."""
    return desk.tree.is_within(incident.area_id, desk.area_id)


def refuse_elsewhere(desk: Desk, incident: Incident, heard: Heard) -> None:
    """Refuse an act of one's own for a place that another desk answers for: a district acts for its own area. Raises NotOwnArea."""
    if not heard and not answers_for(desk, incident):
        raise NotOwnArea(area=desk.area.name, place=desk.tree.by_id[incident.area_id].name, number=incident.number)


def as_columns(heard: Heard) -> dict[str, Any]:
    """Return how something was heard as the columns of an appended record."""
    return {"heard_from": heard.who.strip(), "heard_how": heard.how.strip(), "read_back": heard.read_back}


def as_values(heard: Heard) -> dict[str, Any]:
    """Return how something was heard as values of a log line."""
    return {"heard_from": heard.who.strip(), "how": heard.how.strip(), "read_back": "yes" if heard and heard.read_back else ""}
