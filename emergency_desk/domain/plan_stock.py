"""What the shelves hold of what plans ask for, tonight: by code and area, what may be issued and what still may after the next month.

An item of a plan is one of the stock's with the same code of the catalogue; without a code it is the desk's own item `x-` and the plan's id.
Only goods on the shelf count: an agreement or a production line fills no shelf (R-5.1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from emergency_desk.domain.catalogue import OWN
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_records import Item
from emergency_desk.domain.supplies import SupplyItem


@dataclass(frozen=True, slots=True)
class OnShelf:
    """What there is of a plan's item, in the plan's unit. `lasting`: what does not expire within the shortest span of alarm."""

    there: int
    lasting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StockTonight:
    """The goods that may be issued tonight, by (item, depot); and where the depots lie."""

    items: Mapping[str, tuple[SupplyItem, ...]]  # by code
    there: Mapping[tuple[Id, Id], int]
    lasting: Mapping[tuple[Id, Id], int]
    areas: Mapping[Id, Id | None]  # of each depot

    def of(self, wanted: Item, lies_here: Callable[[Id], bool]) -> OnShelf | None:
        """Return what the depots of an area have of a plan's item; None when the stock keeps no such item, or not in the plan's unit."""
        kept = [(one, holds) for one in self.items.get(code_of(wanted), ()) for holds in [_holds(one, wanted)] if holds]
        if not kept:
            return None
        here = {site for site, area in self.areas.items() if area is not None and lies_here(area)}
        return OnShelf(*(sum(_sum(amounts, one.id, here) // holds for one, holds in kept) for amounts in (self.there, self.lasting)))


def code_of(item: Item) -> str:
    """Return the code by which a plan's item is found in the stock."""
    return item.code or f"{OWN}{item.id}"


def _holds(one: SupplyItem, wanted: Item) -> int:
    """Return how many of the item's own units the plan's unit holds; 0 when the item has no such unit."""
    names = (wanted.unit.zh, wanted.unit.en)
    return 1 if one.unit in names else next((pack.holds for pack in one.packs if pack.name in names), 0)


def _sum(amounts: Mapping[tuple[Id, Id], int], item_id: Id, sites: Iterable[Id]) -> int:
    return sum(amounts.get((item_id, site), 0) for site in sites)
