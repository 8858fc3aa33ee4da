"""What shelters can still take, inside an open unit of work or reading: capacity, who is in them, who is on the way to them by the lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from emergency_desk.domain import shelter_acts
from emergency_desk.domain.evacuation import Placed
from emergency_desk.domain.evacuation_lists import FamilyTransfer, in_force
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.shelter_acts import Unfit
from emergency_desk.domain.shelter_assignment_board import OfferedShelter
from emergency_desk.domain.shelters import HeadCount, Shelter, ShelterOpening, ShelterState, Stay
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.services.desk import Desk
from emergency_desk.store.repositories.shapes import Repositories

_OFFERED = (ShelterState.OPEN, ShelterState.STANDBY, ShelterState.READY)
_BARS = frozenset({Unfit.HAZARD, Unfit.HAZARD_UNKNOWN, Unfit.INSPECTION, Unfit.STATE})
_NEVER = "SELECT id FROM isolation_sites"  # a kind of their own in law: never offered to ordinary evacuees


@dataclass(frozen=True, slots=True)
class Offer:
    """The shelters that may be proposed, and how many were left out because nobody knows their size or something speaks against them."""

    shelters: tuple[OfferedShelter, ...]
    without_capacity: int
    unfit: int


def offer(desk: Desk, reading: Repositories, incident: Incident, *, stay: Stay) -> Offer:
    """Return what may be proposed for an incident: open, standing by or ready, fit for its kind, of the desk's own area."""
    sites = {site.id: site for site in reading.sites.where(
        f"WHERE is_retired = 0 AND kind <> ? AND id IN (SELECT id FROM shelters) AND id NOT IN ({_NEVER})", (SiteKind.ISOLATION.value,))
        if site.area_id is None or desk.tree.is_within(site.area_id, desk.area_id)}
    openings = {one.id: one for one in reading.shelter_openings.where("WHERE closed_at IS NULL")}
    heads, coming = heads_by_opening(reading), on_the_way(reading)
    kinds, today = frozenset({incident.type_id, *incident.secondary_types}), local_day(desk.now())
    found, unknown, unfit = list[OfferedShelter](), 0, 0
    for shelter in reading.shelters.where("WHERE state IN (?, ?, ?) ORDER BY id", tuple(state.value for state in _OFFERED)):
        if shelter.id not in sites:
            continue
        opening = openings.get(shelter.opening_id or Id(""))
        against = shelter_acts.reasons_against(shelter, kinds=kinds, today=today, rules=desk.trade.shelters)
        if opening is None and _BARS & set(against):  # one that runs was opened by somebody who knew
            unfit += 1
            continue
        capacity = _capacity(desk, shelter, sites[shelter.id], opening, stay)
        if capacity is None:
            unknown += 1
            continue
        found.append(_offered(shelter, sites[shelter.id], opening, capacity, heads, coming))
    return Offer(tuple(found), unknown, unfit)


def _offered(
    shelter: Shelter, site: Site, opening: ShelterOpening | None, capacity: int, heads: Mapping[Id, int], coming: Mapping[Id, int],
) -> OfferedShelter:
    position = (site.latitude, site.longitude) if site.latitude is not None and site.longitude is not None else None
    return OfferedShelter(shelter.id, site.name, site.name_en, opening is not None, shelter.vulnerable_fit, capacity,
                          heads.get(opening.id, 0) if opening is not None else 0, coming.get(shelter.id, 0), position)


def _capacity(desk: Desk, shelter: Shelter, site: Site, opening: ShelterOpening | None, stay: Stay) -> int | None:
    if opening is not None:
        return opening.capacity
    worked_out = desk.trade.shelters.capacity(site.effective_area_m2, stay)
    return worked_out if worked_out is not None else shelter.stated_capacity


def heads_by_opening(reading: Repositories) -> dict[Id, int]:
    """Return who is in each opening that runs: the newest count or the stays, whichever says more."""
    counts: dict[Id, list[HeadCount]] = {}
    for count in reading.head_counts.where("WHERE opening_id IN (SELECT id FROM shelter_openings WHERE closed_at IS NULL) ORDER BY seq"):
        counts.setdefault(count.opening_id, []).append(count)
    newest = {opening: shelter_acts.newest(some) for opening, some in counts.items()}
    found = {opening: count.heads for opening, count in newest.items() if count is not None}
    for opening, stays in reading.shelter_stays.some(("opening_id", "count(*)"), "WHERE left_at IS NULL GROUP BY opening_id"):
        found[Id(opening)] = max(stays, found.get(Id(opening), 0))
    return found


def on_the_way(reading: Repositories) -> dict[Id, int]:
    """Return for each shelter how many may still be on the way to it: of a village no more than have not been marked as arrived."""
    running = "incident_id IN (SELECT id FROM incidents WHERE closed_at IS NULL)"
    arrived: dict[Id, int] = {}
    for mark in reading.evacuation_marks.where(f"WHERE {running} AND kind = ? ORDER BY occurred_at, seq", (Placed.IN_SHELTER.value,)):
        arrived[mark.group_id] = mark.people
    by_group: dict[Id, dict[Id, int]] = {}
    for one in in_force(reading.family_transfers.where(f"WHERE {running} ORDER BY seq")):
        to = by_group.setdefault(one.group_id, {})
        to[one.shelter_id] = to.get(one.shelter_id, 0) + one.heads
    found: dict[Id, int] = {}
    for group_id, to in by_group.items():
        coming = max(0, sum(to.values()) - arrived.get(group_id, 0))
        for shelter_id, people in to.items():
            found[shelter_id] = found.get(shelter_id, 0) + min(people, coming)
    return found


def sent_of(reading: Repositories, incident_id: Id) -> list[FamilyTransfer]:
    """Return where the families of an incident were sent and still are to go."""
    return in_force(reading.family_transfers.where("WHERE incident_id = ? ORDER BY seq", (incident_id,)))
