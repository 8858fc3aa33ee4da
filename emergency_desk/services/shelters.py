"""Shelters: the register, who stands ready, opening orders, head counts, and closing when the last have gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from emergency_desk.domain import shelter_acts
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import FieldMissing, ReasonMissing
from emergency_desk.domain.ids import Id, opening_number
from emergency_desk.domain.incidents import Happening, Incident
from emergency_desk.domain.moments import local_day, local_year
from emergency_desk.domain.placing_errors import SiteOfOtherKind
from emergency_desk.domain.shelter_acts import AskedCount, AskedOpening, Occupancy, Unfit
from emergency_desk.domain.shelter_errors import ShelterOccupied, ShelterStateWrong
from emergency_desk.domain.shelters import RECEIVING, HeadCount, Inspected, Shelter, ShelterMove, ShelterOpening, ShelterState, may_become
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.travel import distance_km
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import logbook
from emergency_desk.services.steps.heads import Heads, heads_of
from emergency_desk.services.steps.incident_at_work import open_incident
from emergency_desk.services.steps.timing import refuse_future
from emergency_desk.store.repositories.shapes import Repositories
from emergency_desk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class KnownShelter:
    """A shelter with its site, the order it runs by, and how full it is by its newest count."""

    site: Site
    shelter: Shelter
    opening: ShelterOpening | None = None
    occupancy: Occupancy | None = None
    named: int = 0  # of those in it, registered by name
    km: float | None = None  # straight from the incident that was asked for


# -- reading ----------------------------------------------------------------------------------------------------------
def list_shelters(desk: Desk, *, near: Id | None = None) -> list[KnownShelter]:
    """Return the shelters in use of the desk's area: those that run first, the fullest first; then the nearest to an incident, then by name."""
    with desk.reading() as reading:
        here = _place_of(desk, reading.incidents.get(near)) if near is not None else None
        sites = {site.id: site for site in reading.sites.where("WHERE is_retired = 0 AND id IN (SELECT id FROM shelters)")
                 if site.area_id is None or desk.tree.is_within(site.area_id, desk.area_id)}
        openings = {opening.id: opening for opening in reading.shelter_openings.where("WHERE closed_at IS NULL")}
        heads = heads_of(reading, list(openings.values()))
        found = [_known(sites[one.id], one, openings.get(one.opening_id or Id("")), heads) for one in reading.shelters.where()
                 if one.id in sites]
    if here is not None:
        found = [replace(one, km=_km(here, one.site)) for one in found]
    return sorted(found, key=_order)


def _order(one: KnownShelter) -> tuple[object, ...]:
    share = one.occupancy.share or 0 if one.occupancy is not None else 0
    return (one.opening is None, -share, one.km if one.km is not None else float("inf"), one.site.name, one.site.id)


def _place_of(desk: Desk, incident: Incident) -> tuple[float, float] | None:
    """Return where an incident is: its own position, else the middle of its area."""
    area = desk.tree.by_id.get(incident.area_id)
    for where in (incident, area):
        if where is not None and where.latitude is not None and where.longitude is not None:
            return where.latitude, where.longitude
    return None


def _km(here: tuple[float, float], site: Site) -> float | None:
    if site.latitude is None or site.longitude is None:
        return None
    return distance_km(*here, site.latitude, site.longitude)


def get_shelter(desk: Desk, *, shelter_id: Id) -> KnownShelter:
    """Return one shelter. Raises NotFound."""
    with desk.reading() as reading:
        shelter = reading.shelters.get(shelter_id)
        opening = reading.shelter_openings.get(shelter.opening_id) if shelter.opening_id else None
        return _known(reading.sites.get(shelter_id), shelter, opening, heads_of(reading, [opening]) if opening is not None else {})


def list_counts(desk: Desk, *, opening_id: Id) -> list[HeadCount]:
    """Return every head count of an opening in the order it came in."""
    with desk.reading() as reading:
        return reading.head_counts.where("WHERE opening_id = ? ORDER BY seq", (opening_id,))


def list_moves(desk: Desk, *, shelter_id: Id) -> list[ShelterMove]:
    """Return every change of a shelter's state in its order."""
    with desk.reading() as reading:
        return reading.shelter_moves.where("WHERE shelter_id = ? ORDER BY seq", (shelter_id,))


def list_openings(desk: Desk, *, incident_id: Id) -> list[ShelterOpening]:
    """Return the openings of an incident, the first first."""
    with desk.reading() as reading:
        return reading.shelter_openings.where("WHERE incident_id = ? ORDER BY opened_at, number", (incident_id,))


def reasons_against(desk: Desk, *, shelter_id: Id, incident_id: Id) -> tuple[Unfit, ...]:
    """Return what speaks against opening a shelter for an incident, the checklist aside. Raises NotFound."""
    with desk.reading() as reading:
        kinds = _kinds(reading.incidents.get(incident_id))
        return shelter_acts.reasons_against(reading.shelters.get(shelter_id), kinds=kinds, today=local_day(desk.now()), rules=desk.trade.shelters)


def _known(site: Site, shelter: Shelter, opening: ShelterOpening | None, heads: Mapping[Id, Heads]) -> KnownShelter:
    if opening is None:
        return KnownShelter(site, shelter)
    there = heads[opening.id]
    return KnownShelter(site, shelter, opening, Occupancy(there.present, opening.capacity, there.counted_at), there.named)


# -- the register -----------------------------------------------------------------------------------------------------
def keep_shelter(desk: Desk, *, shelter: Shelter) -> Done[Shelter]:
    """Say what a site is as a shelter, for the first time or anew; its state moves by acts of its own.

    Raises SiteOfOtherKind, NotFound, Stale.
    """
    desk.may(Act.KEEP_SHELTER)
    with desk.open_work() as work:
        site = work.sites.get(shelter.id)
        if site.kind is SiteKind.ISOLATION or work.isolation_sites.count("WHERE id = ?", (site.id,)):
            raise SiteOfOtherKind(name=site.name, kind=SiteKind.ISOLATION)
        if shelter.version:
            before = work.shelters.get(shelter.id)
            kept = work.shelters.put(replace(shelter, state=before.state, state_since=before.state_since, opening_id=before.opening_id))
        else:
            kept = work.shelters.add(replace(shelter, state=ShelterState.READY, opening_id=None))
        return Done(kept, work.commit("keep_shelter", shelter=site.name))


def note_inspection(desk: Desk, *, shelter_id: Id, inspected: Inspected, repair: str = "") -> Done[Shelter]:
    """Note what an inspection found today; what is to be repaired is said. Raises ReasonMissing, NotFound."""
    desk.may(Act.KEEP_SHELTER)
    if inspected is Inspected.UNFIT and not repair.strip():
        raise ReasonMissing(act="note_inspection")
    with desk.open_work() as work:
        kept = work.shelters.put(replace(work.shelters.get(shelter_id), inspected=inspected, inspected_on=local_day(desk.now()),
                                         repair=repair.strip()))
        return Done(kept, work.commit("note_inspection", shelter=shelter_id, found=inspected.value))


def move_shelter(
    desk: Desk, *, shelter_id: Id, to: ShelterState, reason: str = "", decided_by: str = "", incident_id: Id | None = None,
    occurred_at: datetime | None = None,
) -> Done[Shelter]:
    """Let a shelter stand by, be repaired, be unsafe, be full or no longer full; it is opened and closed by acts of their own.

    Unsafe needs a reason. Raises ShelterStateWrong, ReasonMissing, NotFound.
    """
    desk.may(Act.RUN_SHELTER)
    if to is ShelterState.UNSAFE and not reason.strip():
        raise ReasonMissing(act="shelter_unsafe")
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        shelter, site = work.shelters.get(shelter_id), work.sites.get(shelter_id)
        by_order = to is ShelterState.CLOSED or (to is ShelterState.OPEN and shelter.opening_id is None)
        if by_order or not may_become(shelter.state, to):
            raise ShelterStateWrong(name=site.name, state=shelter.state, wanted=to)
        opening = work.shelter_openings.get(shelter.opening_id) if shelter.opening_id else None
        about = opening.incident_id if opening is not None else incident_id
        moved = _move(desk, work, shelter, site, to, at=at, occurred_at=occurred_at or at, incident_id=about, reason=reason,
                      decided_by=decided_by)
        return Done(moved, work.commit("move_shelter", shelter=site.name, to=to.value))


# -- opening and closing ----------------------------------------------------------------------------------------------
def open_shelter(desk: Desk, *, asked: AskedOpening) -> Done[ShelterOpening]:
    """Open a shelter by a written order with its six facts and the safety checklist (domain §6.3).

    What speaks against it is named, and a reason overrides it. Raises FieldMissing, FieldRefused, ShelterNotOwn, ShelterStateWrong,
    ShelterUnfit, IncidentIsClosed.
    """
    desk.may(Act.OPEN_SHELTER)
    at = desk.now()
    refuse_future(asked.occurred_at, at=at)
    with desk.open_work() as work:
        incident = open_incident(work, asked.incident_id)
        shelter, site = work.shelters.get(asked.shelter_id), work.sites.get(asked.shelter_id)
        shelter_acts.check_opening(asked, shelter, name=site.name, kinds=_kinds(incident), at=at, today=local_day(at), tier=desk.tier,
                                   rules=desk.trade.shelters)
        year, opened_at = local_year(at), asked.occurred_at or at
        capacity = desk.trade.shelters.capacity(site.effective_area_m2, asked.stay)
        opening = work.shelter_openings.add(ShelterOpening(
            id=desk.new_id(), number=opening_number(desk.facts.code, year, work.next_number(f"opening {desk.facts.code} {year}")),
            shelter_id=shelter.id, incident_id=incident.id, tier=desk.tier, approved_by=asked.approved_by.strip(), opened_at=opened_at,
            stay=asked.stay, expected_until=asked.expected_until, responsible=asked.responsible.strip(), recorded_at=at, account_id=desk.who,
            receives=asked.receives, responsible_phone=asked.responsible_phone.strip(), supplies_at=asked.supplies_at,
            notice_address=asked.notice_address.strip() or site.address, notice_route=asked.notice_route.strip(), checks=asked.checks,
            capacity=capacity if capacity is not None else shelter.stated_capacity, override_reason=asked.override_reason.strip(),
            is_exercise=desk.is_exercise or incident.is_exercise))
        _move(desk, work, replace(shelter, opening_id=opening.id), site, ShelterState.OPEN, at=at, occurred_at=opened_at,
              incident_id=incident.id, reason=opening.override_reason, decided_by=opening.approved_by, order=opening.number)
        return Done(opening, work.commit("open_shelter", order=opening.number))


def count_heads(desk: Desk, *, asked: AskedCount, corrects_id: Id | None = None) -> Done[HeadCount]:
    """Record how many were counted, at what time. More than there is room for is kept: the screen warns. Raises FieldRefused, CountNotWhole."""
    desk.may(Act.RUN_SHELTER)
    shelter_acts.check_count(asked)
    at = desk.now()
    refuse_future(asked.counted_at, at=at)
    with desk.open_work() as work:
        opening = work.shelter_openings.get(asked.opening_id)
        count = work.head_counts.add(HeadCount(
            id=desk.new_id(), opening_id=opening.id, shelter_id=opening.shelter_id, incident_id=opening.incident_id,
            counted_at=asked.counted_at or at, recorded_at=at, account_id=desk.who, heads=asked.heads, arrived=asked.arrived, left=asked.left,
            vulnerable=asked.vulnerable, meals=asked.meals, counted_by=asked.counted_by.strip(), note=asked.note.strip(),
            corrects_id=corrects_id, is_exercise=opening.is_exercise))
        logbook.write(desk, work, Happening.SHELTER, at=at, incident_id=opening.incident_id, occurred_at=count.counted_at,
                      about_id=opening.shelter_id, text=count.note, step="counted", shelter=work.sites.get(opening.shelter_id).name,
                      heads=count.heads, places=opening.capacity, told_by=count.counted_by)
        return Done(count, work.commit("count_heads", order=opening.number, heads=count.heads))


def close_shelter(
    desk: Desk, *, opening_id: Id, note: str, damage: str = "", decided_by: str = "", occurred_at: datetime | None = None,
) -> Done[ShelterOpening]:
    """Close a shelter that was cleared and looked over. Raises ShelterOccupied while people are in it, FieldMissing, ShelterStateWrong."""
    desk.may(Act.OPEN_SHELTER)
    if not note.strip():
        raise FieldMissing(name="note")
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        opening = work.shelter_openings.get(opening_id)
        shelter, site = work.shelters.get(opening.shelter_id), work.sites.get(opening.shelter_id)
        if opening.closed_at is not None:
            raise ShelterStateWrong(name=site.name, state=shelter.state, wanted=ShelterState.CLOSED)
        heads = heads_in(work, opening)
        if heads:
            raise ShelterOccupied(name=site.name, heads=heads)
        if shelter.state in RECEIVING:  # nobody said that it was being cleared, and it was
            shelter = _move(desk, work, shelter, site, ShelterState.CLOSING, at=at, occurred_at=occurred_at or at,
                            incident_id=opening.incident_id, reason="", decided_by=decided_by)
        closed = work.shelter_openings.put(replace(opening, closed_at=occurred_at or at, close_note=note.strip(), damage=damage.strip()))
        _move(desk, work, replace(shelter, opening_id=None), site, ShelterState.CLOSED, at=at, occurred_at=occurred_at or at,
              incident_id=opening.incident_id, reason=note, decided_by=decided_by, order=opening.number)
        return Done(closed, work.commit("close_shelter", order=closed.number))


def heads_in(reading: Repositories, opening: ShelterOpening) -> int:
    """Return how many are in a shelter by the newest count and by the stays that have not ended, nobody twice."""
    return heads_of(reading, [opening])[opening.id].present


def _kinds(incident: Incident) -> frozenset[str]:
    return frozenset({incident.type_id, *incident.secondary_types})


def _move(
    desk: Desk, work: UnitOfWork, shelter: Shelter, site: Site, to: ShelterState, *, at: datetime, occurred_at: datetime,
    incident_id: Id | None, reason: str, decided_by: str, order: str = "",
) -> Shelter:
    work.shelter_moves.add(ShelterMove(
        id=desk.new_id(), shelter_id=shelter.id, from_state=shelter.state, to_state=to, occurred_at=occurred_at, recorded_at=at,
        account_id=desk.who, incident_id=incident_id, opening_id=shelter.opening_id, reason=reason.strip(), decided_by=decided_by.strip()))
    logbook.write(desk, work, Happening.SHELTER, at=at, incident_id=incident_id, occurred_at=occurred_at, about_id=shelter.id,
                  text=reason.strip(), step="moved", shelter=site.name, to=to.value, order=order, decided_by=decided_by.strip())
    return work.shelters.put(replace(shelter, state=to, state_since=occurred_at))
