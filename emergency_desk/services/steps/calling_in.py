"""Who is called in when a tier activates its response: the special command post of the hazard, its lead and its members (QD17 Art. 6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.command import Notice, NoticeKind
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.units import Unit, UnitKind, find_unit

if TYPE_CHECKING:
    from emergency_desk.services.desk import Desk
    from emergency_desk.store.unit_of_work import UnitOfWork


def lay_notices(desk: Desk, work: UnitOfWork, incident: Incident, tier: Tier, *, at: datetime) -> None:
    """Lay down whom the tier must tell; somebody who is on the list already is not put there again."""
    listed = {(notice.tier, notice.name) for notice in work.notices.where("WHERE incident_id = ?", (incident.id,))}
    units = work.units.where("WHERE is_retired = 0 ORDER BY name, id")
    for notice in _called_in(desk, incident, tier, units, at):
        if (notice.tier, notice.name) not in listed:
            listed.add((notice.tier, notice.name))
            work.notices.add(notice)


def _called_in(desk: Desk, incident: Incident, tier: Tier, units: list[Unit], at: datetime) -> Iterator[Notice]:
    kinds = {incident.type_id, *incident.secondary_types}
    place = desk.tree.path(incident.area_id)
    for post in units:
        if post.kind is not UnitKind.SPECIAL_HQ or not kinds.intersection(post.hazards) or not _is_of(desk, post, incident, tier):
            continue
        yield _notice(desk, incident, tier, NoticeKind.SPECIAL_HQ, post.name, post, "", at)
        for kind, name in ((NoticeKind.LEAD_UNIT, post.lead_unit), *((NoticeKind.MEMBER_UNIT, name) for name in post.member_units)):
            if name:
                yield _notice(desk, incident, tier, kind, name, find_unit(name, units, place), post.name, at)


def _is_of(desk: Desk, post: Unit, incident: Incident, tier: Tier) -> bool:
    """Say whether a special command post is this tier's own for the place of the incident."""
    if post.area_id is None:
        return True
    area = desk.tree.at_tier(incident.area_id, tier)
    return area is not None and area.id == post.area_id


def _notice(
    desk: Desk, incident: Incident, tier: Tier, kind: NoticeKind, name: str, unit: Unit | None, why: str, at: datetime,
) -> Notice:
    return Notice(id=desk.new_id(), incident_id=incident.id, tier=tier, kind=kind, name=name, created_at=at,
                  name_en=unit.name_en if unit else "", unit_id=unit.id if unit else None, phone=unit.duty_phone if unit else "", why=why)
