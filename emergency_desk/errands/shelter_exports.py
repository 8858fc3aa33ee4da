"""What lists of shelters say in each cell when they leave the desk. The shelters come back through import; counts and transfers are told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from emergency_desk.domain.ids import Id
from emergency_desk.exchange import kind_words, shelter_words
from emergency_desk.exchange.place_finding import path_text
from emergency_desk.exchange.table_files import TableCell
from emergency_desk.services.desk import Desk
from emergency_desk.services.shelter_exports import CountLine, read_shelter_list
from emergency_desk.wording.catalog import current_language
from emergency_desk.wording.formats import local
from emergency_desk.wording.labels import label

FIELDS: dict[str, tuple[str, ...]] = {
    "shelters": ("code", "name", "name_en", "area_code", "area_path", "address", "latitude", "longitude", "phone", "tier", "space", "function",
                 "duration", "class_51143", "effective_area_m2", "places", "hazards", "unfit_hazards", "facilities", "keeper", "keeper_phone",
                 "keys_at", "catchment", "inspected", "inspected_on", "repair", "signs_published", "vulnerable_fit", "note"),
    "head_counts": ("incident_id", "order_number", "shelter", "code", "area_id", "counted_at", "heads", "places", "share", "arrived", "left",
                    "vulnerable", "meals", "counted_by", "source", "note", "is_corrected"),
    "transfer_list": ("incident_id", "area_id", "name", "vulnerable", "to_move", "in_shelters", "with_relatives", "away", "unreached", "lead",
                      "lead_phone", "ordered_at", "ordered_by"),
}
TOLD = frozenset({"head_counts", "transfer_list"})  # facts of an incident: written by acts of the desk
_OF_SITE = frozenset({"code", "name", "name_en", "address", "latitude", "longitude", "phone", "effective_area_m2", "note"})
_WORDS: dict[str, Any] = {"tier": shelter_words.TIERS, "space": shelter_words.SPACES, "function": shelter_words.FUNCTIONS,
                          "duration": shelter_words.DURATIONS, "class_51143": shelter_words.CLASSES, "inspected": shelter_words.INSPECTIONS}


def rows_of(desk: Desk, kind: str) -> Sequence[list[TableCell]]:
    """Return the cells of a list of shelters. Reads the store. Raises SignInNeeded, RoleMissing."""
    return [[_cell(desk, one, field) for field in FIELDS[kind]] for one in read_shelter_list(desk, kind=kind)]


def _cell(desk: Desk, one: Any, field: str) -> TableCell:
    if hasattr(one, "shelter") and not isinstance(one, CountLine):
        return _of_shelter(desk, one, field)
    value = getattr(one, field)
    if field == "area_id":
        return path_text(desk.tree, value) if value else ""
    return _plain(value)


def _of_shelter(desk: Desk, one: Any, field: str) -> TableCell:
    special = _SPECIAL.get(field)
    if special is not None:
        return special(desk, one)
    value = getattr(one.site if field in _OF_SITE else one.shelter, field)
    return _word(field, value) if field in _WORDS and value is not None else _plain(value)


def _word(field: str, value: StrEnum) -> str:
    """Return the word for a kind where the import understands it, else its id."""
    words = label(value)
    return words if kind_words.kind_by_words(words, _WORDS[field]) is value else value.value


def _plain(value: Any) -> TableCell:
    if isinstance(value, bool):
        return ("是" if value else "否") if current_language().startswith("zh") else ("yes" if value else "no")
    if isinstance(value, datetime):
        return local(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, tuple):
        return "、".join(value)
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return value if isinstance(value, int | float | str) else None


def _area_code(desk: Desk, one: Any) -> TableCell:
    area = desk.tree.by_id.get(one.site.area_id)
    return area.code if area else ""


def _hazards(desk: Desk, ids: Sequence[str]) -> str:
    return "、".join(desk.trade.type(id_).name.in_language(current_language()) for id_ in ids)


def _catchment(desk: Desk, ids: Sequence[Id]) -> str:
    return "、".join(desk.tree.by_id[id_].name for id_ in ids if id_ in desk.tree.by_id)


_SPECIAL: dict[str, Callable[[Desk, Any], TableCell]] = {
    "area_code": _area_code, "area_path": lambda desk, one: path_text(desk.tree, one.site.area_id) if one.site.area_id else "",
    "places": lambda _desk, one: one.shelter.stated_capacity, "hazards": lambda desk, one: _hazards(desk, one.shelter.hazards),
    "unfit_hazards": lambda desk, one: _hazards(desk, one.shelter.unfit_hazards),
    "catchment": lambda desk, one: _catchment(desk, one.shelter.catchment),
}
