"""What the shelves hold of what plans ask for, tonight, and when it can be where it is needed.

An item of a plan is one of the stock's with the same code of the catalogue; without a code it is the desk's own item `x-` and the plan's id.
Only goods on the shelf count: an agreement or a production line fills no shelf (R-5.1).

Goods **arrive** the minutes after T that a lorry is loaded and on the road: from the depot's own position, else the middle of its area, to the
seat of the area whose desk fights the plan. Both are estimates; where nobody noted how long loading takes the way alone counts. Whose way
cannot be told arrives at no known time: it is counted apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from emergency_desk.domain.areas import AreaTree
from emergency_desk.domain.catalogue import OWN
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_records import Item
from emergency_desk.domain.supplies import SupplyItem
from emergency_desk.domain.texts import Text
from emergency_desk.domain.travel import TravelSettings, distance_km, travel_minutes


@dataclass(frozen=True, slots=True)
class OnShelf:
    """What there is of a plan's item, in the plan's unit. `lasting`: what does not expire within the shortest span of alarm."""

    there: int
    lasting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DepotTonight:
    """One depot, as far as a lorry must know it. `place`: (latitude, longitude), None when nobody noted it."""

    id: Id
    name: str
    area_id: Id | None
    place: tuple[float, float] | None = None
    loading_minutes: int = 0


class Carrier(NamedTuple):
    """A team that brings goods of its own along (`plan_carried`)."""

    id: Id
    name: str


class Held(NamedTuple):
    """What one depot has of one item of the stock, in the item's own unit."""

    depot: DepotTonight | Carrier
    there: int
    lasting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StockTonight:
    """The goods that may be issued tonight: the stock's items by code, and where each of them lies."""

    items: Mapping[str, tuple[SupplyItem, ...]]
    held: Mapping[Id, tuple[Held, ...]]  # by item


class Lying(NamedTuple):
    """Some of a plan's item in one depot: when it is at the seat (None: nobody can tell), in the stock's own unit, `holds` to the plan's one."""

    arrives: int | None
    held: Held
    item_id: Id
    holds: int


@dataclass(frozen=True, slots=True)
class Late:
    """The first depot or team that comes too late to fill what is lacking: what it has, and when it would be there."""

    depot: DepotTonight | Carrier
    arrives: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Goods:
    """One item of a plan in the depots of an area and with the teams that are sent, the nearest first. Made by `goods_of`."""

    lying: tuple[Lying, ...]

    def all(self) -> OnShelf:
        """Return what there is, whenever it arrives."""
        return _sum(self.lying)

    def by(self, minutes: int | None) -> OnShelf:
        """Return what is known to be there so many minutes after T; all of it where no time is named."""
        return _sum(self.lying if minutes is None else tuple(one for one in self.lying if one.arrives is not None and one.arrives <= minutes))

    def by_at_best(self, minutes: int | None) -> OnShelf:
        """Return what may be there by then, goods whose way nobody can tell included."""
        return _sum(tuple(one for one in self.lying if minutes is None or one.arrives is None or one.arrives <= minutes))

    def carried(self, minutes: int | None) -> int:
        """Return how much of what is known to be there by then teams bring along."""
        return _sum([one for one in self.lying if isinstance(one.held.depot, Carrier)
                     and (minutes is None or (one.arrives is not None and one.arrives <= minutes))]).there

    def late_for(self, minutes: int, wanted: int) -> Late | None:
        """Return the depot beyond those in time whose goods would fill what is wanted; None where no known way does."""
        inside: list[Lying] = [one for one in self.lying if one.arrives is None or one.arrives <= minutes]
        for one in self.lying:
            if one.arrives is not None and one.arrives > minutes:
                inside.append(one)
                if _sum(inside).there >= wanted:
                    here = [each for each in self.lying if each.held.depot.id == one.held.depot.id]
                    return Late(one.held.depot, one.arrives, _sum(here).there)
        return None


@dataclass(slots=True)
class StockHere:
    """Tonight's goods as one area's desk has them: in its own depots, with the way to its seat. Asked again, it answers from memory."""

    stock: StockTonight
    tree: AreaTree
    area_id: Id
    travel: TravelSettings
    _arrivals: dict[Id, int | None] = field(default_factory=dict)
    _known: dict[Item, Goods | None] = field(default_factory=dict)

    def of(self, wanted: Item) -> Goods | None:
        """Return a plan's item in the depots of the area; None when the stock keeps no such item, or not in the plan's unit."""
        if wanted not in self._known:
            self._known[wanted] = self._look(wanted)
        return self._known[wanted]

    def in_unit_of(self, wanted: Item, count: int, unit: Text) -> int:
        """Return so many of another unit in the unit of a plan's item, rounded up; the count itself where the stock knows no such unit."""
        item = next((one for one in self.stock.items.get(code_of(wanted), ()) if holds_of(one, wanted.unit)), None)
        theirs = holds_of(item, unit) if item is not None else 0
        return -(-count * theirs // holds_of(item, wanted.unit)) if item is not None and theirs else count

    def _look(self, wanted: Item) -> Goods | None:
        kept = [(one, holds) for one in self.stock.items.get(code_of(wanted), ()) for holds in [holds_of(one, wanted.unit)] if holds]
        if not kept:
            return None
        lying = [Lying(self._arrives(depot), held, one.id, holds) for one, holds in kept for held in self.stock.held.get(one.id, ())
                 for depot in [held.depot] if isinstance(depot, DepotTonight) and depot.area_id is not None
                 and self.tree.is_within(depot.area_id, self.area_id)]
        return goods_of(lying)

    def _arrives(self, depot: DepotTonight) -> int | None:
        if depot.id not in self._arrivals:
            here, seat = depot.place or _middle(self.tree, depot.area_id), self.tree.position(self.area_id)
            way = travel_minutes(distance_km(*here, *seat), self.travel) if here is not None and seat is not None else None
            self._arrivals[depot.id] = way + depot.loading_minutes if way is not None else None
        return self._arrivals[depot.id]


def goods_of(lying: Iterable[Lying]) -> Goods:
    """Return goods with the nearest first."""
    return Goods(tuple(sorted(lying, key=lambda one: (one.arrives is None, one.arrives or 0, one.held.depot.id))))


def code_of(item: Item) -> str:
    """Return the code by which a plan's item is found in the stock."""
    return item.code or f"{OWN}{item.id}"


def _middle(tree: AreaTree, area_id: Id | None) -> tuple[float, float] | None:
    return tree.position(area_id) if area_id is not None else None


def holds_of(one: SupplyItem, unit: Text) -> int:
    """Return how many of the item's own units a plan's unit holds; 0 when the item has no such unit."""
    names = (unit.zh, unit.en)
    return 1 if one.unit in names else next((pack.holds for pack in one.packs if pack.name in names), 0)


def _sum(lying: tuple[Lying, ...] | list[Lying]) -> OnShelf:
    """Add up in the plan's unit: what is left of a pack in one depot is made whole by another."""
    there: dict[Id, int] = {}
    lasting: dict[Id, int] = {}
    holds: dict[Id, int] = {}
    for _arrives, (_depot, count, lasts), id_, pack in lying:
        there[id_], lasting[id_], holds[id_] = there.get(id_, 0) + count, lasting.get(id_, 0) + lasts, pack
    return OnShelf(*(sum(count // holds[id_] for id_, count in counts.items()) for counts in (there, lasting)))
