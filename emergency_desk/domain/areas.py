"""Areas: the tree of places a desk serves, and the tier each stands on.

An area has its own id; the administrative code (GB/T 2260 and GB/T 10114, TEXT) is optional, because zones have none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from emergency_desk.domain.errors import AreaNotMoved
from emergency_desk.domain.ids import Id


class Tier(StrEnum):
    """A tier of the ladder. The first three walk a response; the others are where reports go and calls come from."""

    NATION = "tier_nation"
    PROVINCE = "tier_province"
    CITY = "tier_city"
    DISTRICT = "tier_district"
    STREET = "tier_street"
    VILLAGE = "tier_village"

    @property
    def rank(self) -> int:
        """0 for the nation, 5 for the village: a greater rank is nearer to the scene."""
        return _RANKS[self]


_RANKS = {tier: rank for rank, tier in enumerate(Tier)}
LADDER = (Tier.STREET, Tier.DISTRICT, Tier.CITY)


@dataclass(frozen=True, slots=True)
class Area:
    """One place of the tree. Latitude and longitude are CGCS2000 degrees of its middle; None when not known."""

    id: Id
    name: str
    tier: Tier
    parent_id: Id | None = None
    code: str = ""
    name_en: str = ""
    aliases: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    position_is_estimated: bool = True
    search_key: str = ""  # pinyin and initials, written by the store
    is_retired: bool = False
    successor_id: Id | None = None  # where a retired area went
    is_demo: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class AreaChange:
    """One change of the tree, appended: what an area was and what it became."""

    id: Id
    area_id: Id
    changed_at: datetime
    account_id: Id
    what: str  # added, renamed, moved, merged, retired, aliased
    before: str = ""
    after: str = ""


def check_place(tree: AreaTree, area: Area, parent: Area) -> None:
    """Let an area lie below another. Raises AreaNotMoved: retired, a circle, or a parent that stands on no higher tier."""
    if parent.is_retired:
        raise AreaNotMoved(area=area.name, target=parent.name, reason="retired")
    if tree.is_within(parent.id, area.id):
        raise AreaNotMoved(area=area.name, target=parent.name, reason="circle")
    if parent.tier.rank >= area.tier.rank:
        raise AreaNotMoved(area=area.name, target=parent.name, reason="tier")


def check_merge(tree: AreaTree, area: Area, into: Area) -> None:
    """Let an area go up in another. Raises AreaNotMoved: itself, retired, below it, or on another tier."""
    if area.id == into.id or tree.is_within(into.id, area.id):
        raise AreaNotMoved(area=area.name, target=into.name, reason="circle")
    if into.is_retired or area.is_retired:
        raise AreaNotMoved(area=area.name, target=into.name, reason="retired")
    if into.tier is not area.tier:
        raise AreaNotMoved(area=area.name, target=into.name, reason="other_tier")


class AreaTree:
    """The tree in memory: parents, children and paths without asking the store again."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self.by_id: dict[Id, Area] = {area.id: area for area in areas}
        self._children: dict[Id | None, list[Area]] = {}
        for area in self.by_id.values():
            self._children.setdefault(area.parent_id, []).append(area)

        self.tiers = frozenset(area.tier for area in self.by_id.values())

    def __len__(self) -> int:
        return len(self.by_id)

    def children(self, id_: Id | None) -> list[Area]:
        """Return the areas straight below one."""
        return self._children.get(id_, [])

    def path(self, id_: Id) -> tuple[Area, ...]:
        """Return the area and those above it, from the top down."""
        steps: list[Area] = []
        here: Id | None = id_
        while here is not None and here in self.by_id and len(steps) < 12:
            steps.append(self.by_id[here])
            here = steps[-1].parent_id
        return tuple(reversed(steps))

    def current(self, id_: Id) -> Area | None:
        """Return the area, or for a retired one where it went in the end; None when it went nowhere."""
        here, steps = self.by_id.get(id_), 0
        while here is not None and here.is_retired and steps < 12:
            here, steps = self.by_id.get(here.successor_id) if here.successor_id else None, steps + 1
        return None if here is None or here.is_retired else here

    def living_children(self, id_: Id | None) -> list[Area]:
        """Return the areas straight below one that are not retired."""
        return [area for area in self.children(id_) if not area.is_retired]

    def at_tier(self, id_: Id, tier: Tier) -> Area | None:
        """Return the area of a tier that holds this one, or None."""
        for area in reversed(self.path(id_)):
            if area.tier is tier:
                return area
        return None

    def ladder(self, id_: Id) -> tuple[Area, ...]:
        """Return the areas that answer for a place, the lowest first: its street, district and city, as far as the city has them."""
        return tuple(area for area in reversed(self.path(id_)) if area.tier in LADDER)

    def is_within(self, inner: Id, outer: Id) -> bool:
        """Say whether an area is another or lies below it."""
        return any(area.id == outer for area in self.path(inner))

    def position(self, id_: Id) -> tuple[float, float] | None:
        """Return (latitude, longitude) of the area or of the nearest one above that has a position."""
        for area in reversed(self.path(id_)):
            if area.latitude is not None and area.longitude is not None:
                return area.latitude, area.longitude
        return None
