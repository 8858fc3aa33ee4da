"""Reads the lists of shelters that leave the desk as tables: the register, every head count, and who is to be moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_acts import Occupancy
from emergency_desk.services import evacuation
from emergency_desk.services.desk import Desk
from emergency_desk.services.shelters import list_shelters

KINDS = ("shelters", "head_counts", "transfer_list")


@dataclass(frozen=True, slots=True)
class CountLine:
    """One head count with what its ids stand for."""

    incident_id: str  # its number
    order_number: str
    shelter: str
    code: str
    area_id: Id | None
    counted_at: datetime
    heads: int
    places: int | None
    share: int | None
    arrived: int | None
    left: int | None
    vulnerable: int | None
    meals: int | None
    counted_by: str
    source: str
    note: str
    is_corrected: bool


@dataclass(frozen=True, slots=True)
class TransferLine:
    """One village to be moved, with where its people are."""

    incident_id: str  # its number
    area_id: Id
    name: str
    vulnerable: int
    to_move: int
    in_shelters: int
    with_relatives: int
    away: int
    unreached: int
    lead: str
    lead_phone: str
    ordered_at: datetime
    ordered_by: str


def read_shelter_list(desk: Desk, *, kind: str) -> Sequence[Any]:
    """Return the records of a kind. Raises SignInNeeded, RoleMissing, KeyError for a kind that is none of `KINDS`."""
    desk.may(Act.READ)
    return {"shelters": _shelters, "head_counts": _counts, "transfer_list": _transfers}[kind](desk)


def _shelters(desk: Desk) -> Sequence[Any]:
    return sorted(list_shelters(desk), key=lambda one: (one.site.code, one.site.name, one.site.id))


def _counts(desk: Desk) -> Sequence[CountLine]:
    with desk.reading() as reading:
        counts = reading.head_counts.where("ORDER BY seq")
        openings = {opening.id: opening for opening in reading.shelter_openings.where()}
        sites = {site.id: site for site in reading.sites.where("WHERE id IN (SELECT id FROM shelters)")}
        numbers = {incident.id: incident.number for incident in reading.incidents.where("")}
    corrected = {count.corrects_id for count in counts if count.corrects_id}
    found = []
    for one in counts:
        site, opening = sites[one.shelter_id], openings[one.opening_id]
        found.append(CountLine(
            numbers[one.incident_id], opening.number, site.name, site.code, site.area_id, one.counted_at, one.heads, opening.capacity,
            Occupancy(one.heads, opening.capacity).share, one.arrived, one.left, one.vulnerable, one.meals, one.counted_by, one.source,
            one.note, one.id in corrected))
    return found


def _transfers(desk: Desk) -> Sequence[TransferLine]:
    """The vulnerable first: the villages with most of them stand on top of their incident."""
    with desk.reading() as reading:
        incidents = reading.incidents.where("WHERE id IN (SELECT incident_id FROM evacuation_groups) ORDER BY number")
    found = []
    for incident in incidents:
        lines = evacuation.reconcile(desk, incident_id=incident.id)
        for one in sorted(lines, key=lambda line: (-line.group.vulnerable, -line.group.to_move, line.group.name)):
            group, told = one.group, one.sum
            found.append(TransferLine(
                incident.number, group.area_id, group.name, group.vulnerable, told.to_move, told.in_shelters, told.with_relatives, told.away,
                told.unreached, group.lead, group.lead_phone, group.ordered_at, group.ordered_by))
    return found
