"""Asks the domain who should go, with what the desk keeps in memory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Caller
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.reasons import ReasonNot
from emergency_desk.domain.recommendation import Recommendation, recommend, speaks_against
from emergency_desk.domain.teams import Team

if TYPE_CHECKING:
    from emergency_desk.services.desk import Desk

NO_TEAMS: frozenset[Id] = frozenset()


def recommend_for(
    desk: Desk, *, needs: Mapping[str, int], area_id: Id, latitude: float | None = None, longitude: float | None = None,
    accepted: frozenset[Id] = NO_TEAMS,
) -> Recommendation:
    """Return who should go to a place: the given coordinates, else the middle of the area."""
    today = local_day(desk.now())
    place = (latitude, longitude) if latitude is not None and longitude is not None else desk.tree.position(area_id)
    return recommend(desk.memory.roster(today=today), needs=needs, place=place, area_id=area_id, desk_area_id=desk.area_id,
                     today=today, travel=desk.trade.travel, accepted=accepted)


def against(
    desk: Desk, team: Team, *, needs: Mapping[str, int], area_id: Id, latitude: float | None = None, longitude: float | None = None,
) -> ReasonNot | None:
    """Return what speaks against one team, whoever else could go: the reason that stands on an order is the team's own.

    The whole register is not asked again at the moment of sending; that others are nearer never needs a reason.
    """
    today = local_day(desk.now())
    place = (latitude, longitude) if latitude is not None and longitude is not None else desk.tree.position(area_id)
    return speaks_against(team, desk.tree, needs=needs, place=place, area_id=area_id, desk_area_id=desk.area_id, today=today)


def caller_from(content: str) -> Caller:
    """Read a caller out of the erasable table's JSON; empty when it was erased."""
    if not content:
        return Caller()
    kept = json.loads(content)
    return Caller(name=kept.get("name", ""), phone=kept.get("phone", ""))
