"""Required against held: what a standard says one of a kind must hold, beside what a depot has in stock or a team keeps. Reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.count_sheets import EquipmentSheet
from emergency_desk.domain.equipment import EquipmentBoard, EquipmentStandard, Thing, hold_against, standard_of
from emergency_desk.domain.errors import NotFound, NothingToPrint
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.teams import Team
from emergency_desk.domain.texts import Text
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import imprint
from emergency_desk.services.steps.stocking import rules_of

if TYPE_CHECKING:
    from emergency_desk.store.readings.reading import Reading


def list_standards(desk: Desk) -> tuple[EquipmentStandard, ...]:
    """Return the standards the desk has, each with its source."""
    return desk.trade.stock.standards


def required_against_held(desk: Desk, *, standard_id: str = "", holder_id: Id) -> EquipmentBoard:
    """Return a standard against what a depot or a team holds: what is available and not expired, or what the team keeps. Raises NotFound."""
    standard = standard_of(list_standards(desk), standard_id)
    if standard is None:
        raise NotFound(kind="equipment_standards", key=standard_id)
    with desk.reading() as reading:
        if reading.depots.count("WHERE id = ?", (holder_id,)):
            site, depot = reading.sites.get(holder_id), reading.depots.get(holder_id)
            return EquipmentBoard(standard, holder_id, Text(site.name, site.name_en), depot.keeper, depot.phone or site.phone,
                                  hold_against(standard, _in_stock(desk, reading, holder_id)))
        team: Team = reading.teams.get(holder_id)
        kept = (Thing(Text(one.name), one.code, one.count, one.unit) for one in team.equipment)
        return EquipmentBoard(standard, team.id, Text(team.name, team.name_en), team.leader_name, team.duty_phone,
                              hold_against(standard, kept))


def _in_stock(desk: Desk, reading: Reading, site_id: Id) -> list[Thing]:
    """Return what a depot has that may be issued today, item by item."""
    last = rules_of(desk, reading).last_expired(local_day(desk.now()))
    free = reading.balances.free_at(site_id, last)
    items = sorted(reading.supply_items.get_many(free), key=lambda one: (one.code, one.id))
    return [Thing(Text(item.name, item.name_en), item.code, free[item.id], item.unit) for item in items]


def equipment_sheet(desk: Desk, *, standard_id: str = "", holder_id: Id | None = None) -> EquipmentSheet:
    """Return the paper for a holder, or for the first depot by name. Raises NothingToPrint, NotFound."""
    desk.may(Act.READ)
    if holder_id is None:
        with desk.reading() as reading:
            found = reading.sites.first("WHERE is_retired = 0 AND id IN (SELECT id FROM depots) ORDER BY name, id")
        if not found:
            raise NothingToPrint(name="equipment", number=standard_id)
        holder_id = found[0].id
    return EquipmentSheet(imprint(desk), required_against_held(desk, standard_id=standard_id, holder_id=holder_id))
