"""Lists of shelters taken in: each with its site, none of them twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from emergency_desk.domain.ids import Id
from emergency_desk.domain.record_columns import RecordColumns
from emergency_desk.domain.shelter_entries import ShelterEntry
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.services.desk import Desk

if TYPE_CHECKING:
    from emergency_desk.store.repositories.shapes import Repositories
    from emergency_desk.store.unit_of_work import UnitOfWork

_Place = tuple[str, str, str]


def take_shelters(desk: Desk, work: UnitOfWork, entries: RecordColumns[ShelterEntry], *, source: str) -> int:
    """Add shelters with their sites; a site that is in the register and is no shelter yet becomes one, and stays as it is."""
    there = _by_place(work.sites.where("WHERE is_retired = 0"))
    sites: list[Site] = []
    shelters = []
    for entry, new_id in zip(entries, desk.new_ids(len(entries)), strict=True):
        known = there.get(_place(entry.site))
        if known is None:
            sites.append(replace(entry.site, id=new_id))
        shelters.append(replace(entry.shelter, id=known.id if known is not None else new_id))
    if sites:
        work.sites.add_many(sites, source=source)
    work.shelters.add_many(shelters)
    return len(shelters)


def shelters_held(reading: Repositories, entries: RecordColumns[ShelterEntry]) -> dict[int, str]:
    """Return the places in the list of those that are shelters of the register already, and of codes that another site bears."""
    sites = reading.sites.where("WHERE is_retired = 0")
    there, codes = _by_place(sites), {site.code.casefold(): site for site in sites if site.code}
    shelters = {shelter.id for shelter in reading.shelters.where()} | _of_other_kind(reading, sites)
    why: dict[int, str] = {}
    for at, site in enumerate(entries.column("site")):
        known, bearer = there.get(_place(site)), codes.get(site.code.casefold()) if site.code else None
        is_known = known is not None and known.id in shelters
        if is_known or (bearer is not None and bearer.name == site.name and bearer.id in shelters):
            why[at] = "name"
        elif bearer is not None and (known is None or bearer.id != known.id):
            why[at] = bearer.name
    return why


def _of_other_kind(reading: Repositories, sites: Iterable[Site]) -> set[Id]:
    """Return the isolation, observation and medical sites, which never become shelters (R-6.5)."""
    return {site.id for site in sites if site.kind is SiteKind.ISOLATION} | {one.id for one in reading.isolation_sites.where()}


def _by_place(sites: Iterable[Site]) -> dict[_Place, Site]:
    return {_place(site): site for site in sites}


def _place(site: Any) -> _Place:
    """Return what tells a site from every other."""
    return site.name, site.area_id or Id(""), site.place_path
