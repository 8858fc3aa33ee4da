"""Isolation, observation and emergency medical sites: the register, opened and closed by order, beds by state and time (ERL24 Art. 30).

They are no shelters: no total, no list and no proposal of shelters ever holds one, and a site is never both (R-6.5).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import FieldMissing, FieldRefused
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening
from emergency_desk.domain.isolation import BedCount, IsolationMove, IsolationSite, IsolationState
from emergency_desk.domain.placing_errors import BedsNotWhole, IsolationOccupied, IsolationStateWrong, SiteOfOtherKind
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import logbook
from emergency_desk.services.steps.incident_at_work import open_incident
from emergency_desk.services.steps.timing import refuse_future
from emergency_desk.store.repositories.shapes import Repositories

MOST_BEDS = 100_000


@dataclass(frozen=True, slots=True)
class KnownIsolation:
    """A site with what it is, whether it takes people, and its beds by the newest count."""

    site: Site
    isolation: IsolationSite
    move: IsolationMove | None = None
    count: BedCount | None = None

    @property
    def is_open(self) -> bool:
        """Say whether it takes people."""
        return self.move is not None and self.move.state is IsolationState.OPEN

    @property
    def places(self) -> int | None:
        """Return how many people it can take by the register: single rooms and beds."""
        some = [number for number in (self.isolation.single_rooms, self.isolation.beds) if number is not None]
        return sum(some) if some else None

    @property
    def uncounted(self) -> int:
        """Return how many rooms and beds of the register the newest count leaves in no state; 0 where nobody counted or knows the places."""
        return max(0, self.places - self.count.beds) if self.count is not None and self.places is not None else 0


# -- reading ----------------------------------------------------------------------------------------------------------
def list_isolation(desk: Desk) -> list[KnownIsolation]:
    """Return the sites in use of the desk's area: those that take people first, then by kind and name."""
    with desk.reading() as reading:
        sites = {site.id: site for site in reading.sites.where("WHERE is_retired = 0 AND id IN (SELECT id FROM isolation_sites)")
                 if site.area_id is None or desk.tree.is_within(site.area_id, desk.area_id)}
        moves = {move.site_id: move for move in reading.isolation_moves.where("ORDER BY seq")}
        counts = _newest_counts(reading)
        found = [KnownIsolation(sites[one.id], one, moves.get(one.id), counts.get(one.id)) for one in reading.isolation_sites.where()
                 if one.id in sites]
    return sorted(found, key=lambda one: (not one.is_open, one.isolation.kind.value, one.site.name, one.site.id))


def _newest_counts(reading: Repositories) -> dict[Id, BedCount]:
    """Return the newest count of each site: the latest counted, of one moment the one that came in last."""
    return {count.site_id: count for count in reading.bed_counts.where("ORDER BY counted_at, seq")}


def list_bed_counts(desk: Desk, *, site_id: Id) -> list[BedCount]:
    """Return every count of a site, the newest first."""
    with desk.reading() as reading:
        return reading.bed_counts.where("WHERE site_id = ? ORDER BY counted_at DESC, seq DESC", (site_id,))


# -- the register -----------------------------------------------------------------------------------------------------
def keep_isolation(desk: Desk, *, isolation: IsolationSite) -> Done[IsolationSite]:
    """Say what a site is for isolation or cure, for the first time or anew. Raises SiteOfOtherKind, FieldMissing, FieldRefused, Stale."""
    desk.may(Act.KEEP_SHELTER)
    for name, typed in (("single_rooms", isolation.single_rooms), ("beds", isolation.beds), ("medical_staff", isolation.medical_staff)):
        _check(name, typed)
    if isolation.single_rooms is None and isolation.beds is None:
        raise FieldMissing(name="single_rooms")
    with desk.open_work() as work:
        site = work.sites.get(isolation.id)
        if site.kind is SiteKind.SHELTER or work.shelters.count("WHERE id = ?", (site.id,)):
            raise SiteOfOtherKind(name=site.name, kind=SiteKind.SHELTER)
        kept = work.isolation_sites.put(isolation) if isolation.version else work.isolation_sites.add(isolation)
        return Done(kept, work.commit("keep_isolation", site=site.name, kind=kept.kind.value))


# -- opening and closing ----------------------------------------------------------------------------------------------
def open_isolation(
    desk: Desk, *, site_id: Id, decided_by: str, responsible: str, incident_id: Id | None = None, responsible_phone: str = "",
    reason: str = "", occurred_at: datetime | None = None,
) -> Done[IsolationMove]:
    """Let a site take people, by order. Raises FieldMissing, IsolationStateWrong when it is open or not ready, IncidentIsClosed."""
    desk.may(Act.OPEN_SHELTER)
    for name, typed in (("decided_by", decided_by), ("responsible", responsible)):
        if not typed.strip():
            raise FieldMissing(name=name)
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        one, site = work.isolation_sites.get(site_id), work.sites.get(site_id)
        incident = open_incident(work, incident_id) if incident_id is not None else None
        if _state(work, site_id) is IsolationState.OPEN or not one.is_ready:
            raise IsolationStateWrong(name=site.name, state=_state(work, site_id))
        move = work.isolation_moves.add(IsolationMove(
            id=desk.new_id(), site_id=site_id, state=IsolationState.OPEN, occurred_at=occurred_at or at, recorded_at=at, account_id=desk.who,
            incident_id=incident_id, decided_by=decided_by.strip(), responsible=responsible.strip(), responsible_phone=responsible_phone.strip(),
            reason=reason.strip(), is_exercise=desk.is_exercise or (incident is not None and incident.is_exercise)))
        logbook.write(desk, work, Happening.ISOLATION, at=at, incident_id=incident_id, occurred_at=move.occurred_at, about_id=site_id,
                      text=move.reason, step="moved", site=site.name, kind=one.kind.value, to=move.state.value, decided_by=move.decided_by)
        return Done(move, work.commit("open_isolation", site=site.name))


def close_isolation(desk: Desk, *, site_id: Id, reason: str, decided_by: str = "", occurred_at: datetime | None = None) -> Done[IsolationMove]:
    """Close a site that was cleared and disinfected. Raises FieldMissing, IsolationOccupied while beds are occupied, IsolationStateWrong."""
    desk.may(Act.OPEN_SHELTER)
    if not reason.strip():
        raise FieldMissing(name="reason")
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        one, site = work.isolation_sites.get(site_id), work.sites.get(site_id)
        before = work.isolation_moves.where("WHERE site_id = ? ORDER BY seq DESC LIMIT 1", (site_id,))
        if not before or before[0].state is not IsolationState.OPEN:
            raise IsolationStateWrong(name=site.name, state=IsolationState.CLOSED)
        count = _newest_counts(work).get(site_id)
        if count is not None and count.occupied:
            raise IsolationOccupied(name=site.name, heads=count.occupied)
        move = work.isolation_moves.add(IsolationMove(
            id=desk.new_id(), site_id=site_id, state=IsolationState.CLOSED, occurred_at=occurred_at or at, recorded_at=at, account_id=desk.who,
            incident_id=before[0].incident_id, decided_by=decided_by.strip(), reason=reason.strip(), is_exercise=before[0].is_exercise))
        logbook.write(desk, work, Happening.ISOLATION, at=at, incident_id=move.incident_id, occurred_at=move.occurred_at, about_id=site_id,
                      text=move.reason, step="moved", site=site.name, kind=one.kind.value, to=move.state.value, decided_by=move.decided_by)
        return Done(move, work.commit("close_isolation", site=site.name))


def _state(reading: Repositories, site_id: Id) -> IsolationState:
    newest = reading.isolation_moves.where("WHERE site_id = ? ORDER BY seq DESC LIMIT 1", (site_id,))
    return newest[0].state if newest else IsolationState.CLOSED


# -- beds -------------------------------------------------------------------------------------------------------------
def count_beds(
    desk: Desk, *, site_id: Id, free: int, occupied: int, cleaning: int = 0, blocked: int = 0, staff: int | None = None, told_by: str = "",
    note: str = "", counted_at: datetime | None = None,
) -> Done[BedCount]:
    """Record the beds of a site by state at a time. More than the register has are refused: one of the two is wrong. Raises FieldRefused."""
    desk.may(Act.RUN_SHELTER)
    for name, typed in (("free", free), ("occupied", occupied), ("cleaning", cleaning), ("blocked", blocked), ("staff", staff)):
        _check(name, typed)
    at = desk.now()
    refuse_future(counted_at, at=at)
    with desk.open_work() as work:
        one, site = work.isolation_sites.get(site_id), work.sites.get(site_id)
        newest = work.isolation_moves.where("WHERE site_id = ? ORDER BY seq DESC LIMIT 1", (site_id,))
        incident_id = newest[0].incident_id if newest and newest[0].state is IsolationState.OPEN else None
        count = BedCount(id=desk.new_id(), site_id=site_id, counted_at=counted_at or at, recorded_at=at, account_id=desk.who, free=free,
                         occupied=occupied, cleaning=cleaning, blocked=blocked, staff=staff, incident_id=incident_id, told_by=told_by.strip(),
                         note=note.strip(), is_exercise=desk.is_exercise)
        places = KnownIsolation(site, one).places
        if places is not None and count.beds > places:
            raise BedsNotWhole(name=site.name, wanted=count.beds, there=places)
        work.bed_counts.add(count)
        logbook.write(desk, work, Happening.ISOLATION, at=at, incident_id=incident_id, occurred_at=count.counted_at, about_id=site_id,
                      text=count.note, step="counted", site=site.name, kind=one.kind.value, occupied=str(occupied), free=str(free),
                      told_by=count.told_by)
        return Done(count, work.commit("count_beds", site=site.name, occupied=occupied, free=free))


def _check(name: str, typed: int | None) -> None:
    if typed is not None and not 0 <= typed <= MOST_BEDS:
        raise FieldRefused(name=name, reason="quantity", typed=typed, other=f"0…{MOST_BEDS}")
