"""Counts packs: a box of a lot holds what boxes held when the lot came in, whatever they hold now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emergency_desk.domain.errors import FieldRefused
from emergency_desk.domain.ids import Id
from emergency_desk.domain.supplies import PackChange, SupplyItem, pack_sizes, packed_at

if TYPE_CHECKING:
    from emergency_desk.store.repositories.shapes import Repositories


def changes_of(reading: Repositories, item_id: Id) -> list[PackChange]:
    """Return how the packs of an item changed, the oldest first."""
    return reading.pack_changes.where("WHERE item_id = ? ORDER BY seq", (item_id,))


def units_of(reading: Repositories, item: SupplyItem, quantity: int, unit: str, *, lot_id: Id | None = None, is_new: bool = False) -> int:
    """Return how many units so many packs are: by the lot's own packs where one is named, by today's of goods that come in.

    Raises FieldRefused where the pack has held different numbers and no lot says which, or for a unit the item does not have.
    """
    if unit in ("", item.unit):
        return quantity
    changes = changes_of(reading, item.id)
    if not changes or is_new:
        return item.in_units(quantity, unit)
    if lot_id is not None:
        came = reading.movements.where("WHERE lot_id = ? ORDER BY seq LIMIT 1", (lot_id,))
        return (packed_at(item, changes, came[0].recorded_at) if came else item).in_units(quantity, unit)
    sizes = pack_sizes(item, changes, unit)
    if len(sizes) > 1:
        raise FieldRefused(name="quantity", reason="pack_changed", typed=unit, other=" / ".join(map(str, sizes)))
    return item.in_units(quantity, unit)
