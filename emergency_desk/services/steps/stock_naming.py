"""Gives the lines of the papers of stock their words: items, depots, areas and classes, each looked up once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from emergency_desk.domain.areas import Area
from emergency_desk.domain.ids import Id
from emergency_desk.domain.sites import Site
from emergency_desk.domain.stock_columns import StockColumn
from emergency_desk.domain.stock_rules import StockRules
from emergency_desk.domain.stock_sheets import Named, Value
from emergency_desk.domain.supplies import StockTarget, SupplyItem, SupplyPromise
from emergency_desk.domain.texts import Text
from emergency_desk.services.steps.stocking import rules_of

if TYPE_CHECKING:
    from emergency_desk.services.desk import Desk
    from emergency_desk.store.readings.reading import Reading

_CLASS_LEVEL = 2  # 中类: twenty classes or so, where the divisions are three and say little
C = StockColumn


@dataclass
class StockNames:
    """What the lines of one paper are called. `area_id`: the area the paper is about, the desk's own where nobody named one."""

    desk: Desk
    area_id: Id
    site_id: Id | None
    rules: StockRules
    sites: dict[Id, Site]
    items: dict[Id, SupplyItem] = field(default_factory=dict)
    _about: dict[Id, dict[StockColumn, Value]] = field(default_factory=dict)
    _parts: dict[Id | None, Named] = field(default_factory=dict)
    _at_site: dict[Id, dict[StockColumn, Value]] = field(default_factory=dict)

    @classmethod
    def read(cls, desk: Desk, reading: Reading, *, area_id: Id | None, site_id: Id | None) -> StockNames:
        """Return the names for a paper about an area or a depot. Raises NotFound."""
        sites = {site.id: site for site in reading.sites.where("WHERE id IN (SELECT id FROM depots)")}
        if site_id is not None and site_id not in sites:
            sites[site_id] = reading.sites.get(site_id)
        return cls(desk, area_id or desk.area_id, site_id, rules_of(desk, reading), sites)

    def read_items(self, reading: Reading, ids: Iterable[Id]) -> None:
        """Read the items that will be named."""
        self.items |= {item.id: item for item in reading.supply_items.get_many({id_ for id_ in ids if id_ not in self.items})}

    # -- what the paper is about ---------------------------------------------------------------------------------------
    @property
    def area_asked(self) -> Id | None:
        """The area whose depots are asked for, None for all of them: the store of a desk holds nothing above the desk itself."""
        return None if self.area_id == self.desk.facts.area_id else self.area_id

    @cached_property
    def area_words(self) -> Text:
        """The area's name."""
        return _name(self.desk.tree.by_id[self.area_id])

    @property
    def depot_words(self) -> Text | None:
        """The depot's name, where the paper is about one."""
        site = self.sites.get(self.site_id) if self.site_id else None
        return Text(site.name, site.name_en) if site else None

    def has_site(self, site_id: str) -> bool:
        """Say whether a depot is among what the paper is about."""
        site = self.sites.get(Id(site_id))
        if site is None or self.site_id is not None:
            return bool(site) and site_id == self.site_id
        return self.area_asked is None or (site.area_id is not None and self.desk.tree.is_within(site.area_id, self.area_id))

    def has_promise(self, one: SupplyPromise) -> bool:
        """Say whether what somebody promised belongs to the area."""
        return self.area_asked is None or (one.area_id is not None and self.desk.tree.is_within(one.area_id, self.area_id))

    def has_target(self, one: StockTarget) -> bool:
        """Say whether a target is of a place the paper is about."""
        if one.site_id is not None:
            return self.has_site(one.site_id)
        return self.site_id is None and one.area_id is not None and (
            self.area_asked is None or self.desk.tree.is_within(one.area_id, self.area_id))

    # -- lines ---------------------------------------------------------------------------------------------------------
    def item(self, item_id: Id) -> Named | None:
        """Return an item's name."""
        item = self.items.get(item_id)
        return Named(f"{item.code} {item.id}", Text(item.name, item.name_en)) if item else None

    def at_site(self, item_id: Id, site_id: Id) -> dict[StockColumn, Value]:
        """Return what is said of an item in a depot."""
        place = self._at_site.get(site_id)
        if place is None:
            site = self.sites[site_id]
            place = self._at_site[site_id] = {C.DEPOT: self.depot(site_id), C.AREA: self._part(site.area_id)}
        return {**self.about(item_id), **place}

    def at_area(self, item_id: Id, area_id: Id | None) -> dict[StockColumn, Value]:
        """Return what is said of an item in an area; nobody's area is that of the paper."""
        return {**self.about(item_id), C.AREA: self._part(area_id)}

    def at_target(self, target: StockTarget) -> dict[StockColumn, Value]:
        """Return what is said of an item for which there should be so much in an area or a depot."""
        if target.site_id is not None:
            values = self.at_site(target.item_id, target.site_id)
            return {**values, C.PLACE: values[C.DEPOT], C.LEVEL: StockColumn.DEPOT}
        assert target.area_id is not None
        area = self.desk.tree.by_id[target.area_id]
        return {**self.at_area(target.item_id, area.id), C.PLACE: Named(f"{area.code} {area.id}", _name(area)), C.LEVEL: area.tier}

    def depot(self, site_id: Id) -> Named:
        """Return a depot's name."""
        site = self.sites[site_id]
        return Named(f"{site.name} {site.id}", Text(site.name, site.name_en))

    def about(self, item_id: Id) -> dict[StockColumn, Value]:
        """Return what is said of an item wherever it is."""
        found = self._about.get(item_id)
        if found is None:
            item = self.items[item_id]
            path = self.desk.trade.catalogue.path(item.code)
            entry = path[min(_CLASS_LEVEL, len(path)) - 1] if path else None
            found = self._about[item_id] = {
                C.ITEM: self.item(item_id), C.CODE: item.code, C.SPECIFICATION: item.specification, C.UNIT: item.unit,
                C.CATEGORY: Named(entry.code, entry.name) if entry else None}
        return found

    def _part(self, area_id: Id | None) -> Named:
        """Return the area straight below the paper's in which a place lies, or the paper's own."""
        if area_id not in self._parts:
            path = self.desk.tree.path(area_id) if area_id is not None else ()
            places = [area.id for area in path]
            within = self.area_id in places
            area = path[min(places.index(self.area_id) + 1, len(path) - 1)] if within else self.desk.tree.by_id[self.area_id]
            self._parts[area_id] = Named(f"{area.code} {area.id}", _name(area))
        return self._parts[area_id]


def _name(area: Area) -> Text:
    return Text(area.name, area.name_en)
