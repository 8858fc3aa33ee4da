"""What lists of stock say in each cell when they leave the desk. All but the movements come back through import; movements are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any

from emergency_desk.domain.areas import AreaTree
from emergency_desk.exchange import kind_words, stock_words
from emergency_desk.exchange.place_finding import path_text
from emergency_desk.exchange.table_files import TableCell
from emergency_desk.exchange.written_amounts import packs_text, price_text
from emergency_desk.services.stock_exports import StockNames
from emergency_desk.wording.formats import local
from emergency_desk.wording.labels import label

_PLACE = ("area_code", "area_path")
_ITEM = ("item_code", "item", "specification")
FIELDS: dict[str, tuple[str, ...]] = {
    "lots": (*_ITEM, "depot_code", "depot", "zone", "bin", "number", "quantity", "unit", "quarantined", "produced_on", "expires_on",
             "received_on", "source", "supplier", "origin", "price", "inspection", "inspected_on", "responsible", "note"),
    "supply_items": ("code", "name", "name_en", "specification", "unit", "packs", "shelf_months", "note"),
    "depots": ("code", "name", "name_en", "kind", "reserve_owner", *_PLACE, "unit_name", "address", "latitude", "longitude", "phone",
               "night_phone", "keeper", "kept_for", "docks", "forklifts", "largest_truck_tonnes", "loading_minutes", "loading_note", "counted_on",
               "note"),
    "supply_promises": ("name", "number", "kind", *_ITEM, "reserve_owner", *_PLACE, "quantity", "call_off_hours", "units_a_day",
                        "start_up_days", "unit", "contact", "phone", "terms", "signed_on", "valid_until"),
    "stock_targets": (*_ITEM, "kind", *_PLACE, "depot_code", "depot", "minimum", "target", "most", "unit", "basis"),
    "stock_movements": ("document", "kind", "occurred_at", "recorded_at", "item", "lot_number", "quantity", "unit", "from_account", "from_depot",
                        "to_account", "to_depot", "incident_id", "counterpart", "reason", "approved_by", "note"),
}
TOLD = frozenset({"stock_movements"})  # facts of the ledger: written by acts of the desk, never taken from a list


def cell(tree: AreaTree, names: StockNames, record: Any, field: str) -> TableCell:
    """Return what a record of stock says for a field."""
    special = _SPECIAL.get(field)
    if special is not None:
        return special(tree, names, record)
    return _plain(_value(record, field))


def _value(record: Any, field: str) -> Any:
    """Return a field of a record, or of the lot, place, site or depot that it holds."""
    for part in (record, *(getattr(record, name) for name in ("lot", "place", "depot", "site") if hasattr(record, name))):
        if hasattr(part, field):
            return getattr(part, field)
    raise KeyError(field)


def _plain(value: Any) -> TableCell:
    if isinstance(value, StrEnum):
        return word_of(value)
    if isinstance(value, datetime):
        return local(value).strftime("%Y-%m-%d %H:%M")
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return value if isinstance(value, int | float | str) else None


def word_of(value: StrEnum) -> str:
    """Return the word for a kind where the import understands it, else its id."""
    words, known = label(value), stock_words.OF_KIND.get(type(value))
    return words if known is None or kind_words.kind_by_words(words, known) is value else value.value


def _item(names: StockNames, record: Any) -> Any:
    return names.items[record.item_id]


def _site(names: StockNames, record: Any) -> Any:
    return names.sites.get(record.site_id)


def _area_code(tree: AreaTree, _names: StockNames, record: Any) -> TableCell:
    area = tree.by_id.get(_value(record, "area_id"))
    return area.code if area else ""


def _area_path(tree: AreaTree, _names: StockNames, record: Any) -> TableCell:
    area_id = _value(record, "area_id")
    return path_text(tree, area_id) if area_id else ""


def _unless_none(value: int) -> int | None:
    return value or None


def _depot_word(field: str) -> Callable[[AreaTree, StockNames, Any], TableCell]:
    def say(_tree: AreaTree, names: StockNames, record: Any) -> TableCell:
        site = _site(names, record)
        return getattr(site, field) if site else ""

    return say


_SPECIAL: dict[str, Callable[[AreaTree, StockNames, Any], TableCell]] = {
    "area_code": _area_code, "area_path": _area_path, "depot": _depot_word("name"), "depot_code": _depot_word("code"),
    "item": lambda _tree, names, record: _item(names, record).name, "item_code": lambda _tree, names, record: _item(names, record).code,
    "specification": lambda _tree, names, record: (_item(names, record) if hasattr(record, "item_id") else record).specification,
    "unit": lambda _tree, names, record: (_item(names, record) if hasattr(record, "item_id") else record).unit,
    "packs": lambda _tree, _names, record: packs_text(record.packs),
    "price": lambda _tree, _names, record: price_text(record.lot.price_fen),
    "quarantined": lambda _tree, _names, record: _unless_none(record.quarantined),
    "expires_on": lambda _tree, _names, record: record.lot.expires_on.isoformat() if record.lot.expires_on else None,
    "name": lambda _tree, _names, record: record.partner if hasattr(record, "partner") else _value(record, "name"),
    "reserve_owner": lambda _tree, _names, record: word_of(_value(record, "owner")),
    "kind": lambda _tree, _names, record: word_of(record.depot.kind if hasattr(record, "depot") else record.kind),
    "night_phone": lambda _tree, _names, record: record.depot.phone,
    "phone": lambda _tree, _names, record: record.site.phone if hasattr(record, "site") else record.phone,
    "note": lambda _tree, _names, record: record.lot.note if hasattr(record, "lot") else _value(_noted(record), "note"),
    "lot_number": lambda _tree, names, record: names.lots.get(record.lot_id, ""),
    "from_depot": lambda _tree, names, record: names.place(record.from_place),
    "to_depot": lambda _tree, names, record: names.place(record.to_place),
    "incident_id": lambda _tree, names, record: names.incidents.get(record.incident_id or "", ""),
}


def _noted(record: Any) -> Any:
    return record.site if hasattr(record, "site") else record


