"""Reads the lists of stock that leave the desk as tables, and the names that their cells need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.ids import Id
from emergency_desk.domain.sites import Site
from emergency_desk.domain.stock_boards import LotStanding
from emergency_desk.domain.stock_entries import DepotEntry
from emergency_desk.domain.supplies import StockPlace, SupplyItem
from emergency_desk.services.desk import Desk

KINDS = ("lots", "supply_items", "depots", "stock_movements", "supply_promises", "stock_targets")


@dataclass(frozen=True, slots=True)
class StockNames:
    """What ids of a list stand for."""

    items: dict[Id, SupplyItem] = field(default_factory=dict)
    sites: dict[Id, Site] = field(default_factory=dict)
    places: dict[Id, StockPlace] = field(default_factory=dict)
    lots: dict[Id, str] = field(default_factory=dict)
    incidents: dict[str, str] = field(default_factory=dict)

    def place(self, place_id: str) -> str:
        """Return the depot and the bin of a place, "" for none."""
        place = self.places.get(Id(place_id))
        site = self.sites.get(place.site_id) if place else None
        return " ".join(part for part in (site.name if site else "", place.words if place else "") if part)


def read_stock_list(desk: Desk, *, kind: str) -> tuple[Sequence[Any], StockNames]:
    """Return the records of a kind, and the names they need. Raises SignInNeeded, RoleMissing, KeyError for a kind that is none of `KINDS`."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        items = {item.id: item for item in reading.supply_items.where("")}
        sites = {site.id: site for site in reading.sites.where("WHERE id IN (SELECT id FROM depots)")}
        places = {place.id: place for place in reading.stock_places.where("")}
        names = StockNames(items, sites, places)
        if kind == "lots":
            lots = {lot.id: lot for lot in reading.lots.where("")}
            return [LotStanding(lots[one.lot_id], places[Id(one.place_id)], one) for one in reading.balances.standing()], names
        if kind == "supply_items":
            return reading.supply_items.where("WHERE is_retired = 0 ORDER BY code, name, id"), names
        if kind == "depots":
            depots = reading.depots.where("")
            entries = [DepotEntry(sites[one.id], one) for one in depots if not sites[one.id].is_retired]
            return sorted(entries, key=lambda one: (one.site.code, one.site.name, one.site.id)), names
        if kind == "stock_movements":
            lot_numbers = {lot.id: lot.number for lot in reading.lots.where("")}
            incidents = {str(incident.id): incident.number for incident in reading.incidents.where("")}
            return reading.movements.where("ORDER BY seq"), StockNames(items, sites, places, lot_numbers, incidents)
        table: Any = {"supply_promises": reading.supply_promises, "stock_targets": reading.stock_targets}[kind]
        return table.where("ORDER BY item_id, kind, id"), names
