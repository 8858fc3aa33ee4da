"""Lists of the desk as tables for other programs. What can be imported goes out under headers that the import knows, and comes back alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from emergency_desk.domain.areas import Area, AreaTree
from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.ids import Id
from emergency_desk.errands import shelter_exports, stock_exports
from emergency_desk.errands.imports import field_title
from emergency_desk.exchange import kind_words, listed_things
from emergency_desk.exchange.place_finding import path_text
from emergency_desk.exchange.table_files import TableCell, TableFormat, write_table
from emergency_desk.services.desk import Desk
from emergency_desk.services.exports import KINDS, read_list, team_titles
from emergency_desk.services.shelter_exports import KINDS as SHELTER_KINDS
from emergency_desk.services.stock_exports import KINDS as STOCK_KINDS
from emergency_desk.services.stock_exports import read_stock_list
from emergency_desk.wording.catalog import _, current_language, pgettext
from emergency_desk.wording.formats import local
from emergency_desk.wording.labels import field_label, label

_PLACE = ("area_code", "area_path")
FIELDS: dict[str, tuple[str, ...]] = {
    "teams": ("code", "name", "name_en", "kind", *_PLACE, "capabilities", "unit_name", "supervisor", "address", "latitude", "longitude",
              "people_total", "people_ready", "vehicles", "equipment", "certificates", "muster_minutes", "radius_km", "may_cross_area",
              "duty_phone", "leader_name", "channel", "agreement_number", "agreement_until", "insured_until", "self_sufficiency_hours",
              "contact_tried_on", "rating_specialty", "rating_level", "note"),
    "members": ("name", "team", "team_code", "post", "phone", "certificates", "insured_until", "note"),
    "units": ("code", "name", "name_en", "kind", *_PLACE, "duty_phone", "fax", "address", "contact", "lead_unit", "member_units", "office",
              "standing_members", "hazards", "note"),
    "sites": ("code", "name", "name_en", "kind", *_PLACE, "unit_name", "address", "latitude", "longitude", "phone", "capacity",
              "effective_area_m2", "note"),
    "agreements": ("number", "name", "kind", *_PLACE, "team", "team_code", "capability", "quantity", "unit", "arrival_minutes", "terms",
                   "phone", "signed_on", "valid_until"),
    "areas": ("code", "name", "name_en", "tier", "aliases", "area_path"),
    # Areas and incidents are told, never imported; their titles are those of the screens.
    "incidents": ("number", "title", "type_id", "grade", "state", "area_path", "address", "occurred_at", "closed_at", "dead", "badly_hurt",
                  "hurt", "trapped", "missing", "evacuate", "loss_yuan", "hectares", "plan_level"),
}
_KIND_WORDS: dict[str, Any] = {"teams": kind_words.TEAM_WORDS, "units": kind_words.UNIT_WORDS, "sites": kind_words.SITE_WORDS,
                               "agreements": kind_words.AGREEMENT_WORDS}


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and where."""

    path: Path
    rows: int


def export(desk: Desk, *, kind: str, path: Path, as_: TableFormat | None = None) -> Exported:
    """Write a list to a file; its ending tells the format when none is given. Raises BadFile, SignInNeeded."""
    if kind not in (*KINDS, *STOCK_KINDS, *SHELTER_KINDS):
        raise BadFile(name=path.name, reason="kind_unknown", kind=kind, known=", ".join((*KINDS, *STOCK_KINDS, *SHELTER_KINDS)))
    if kind in shelter_exports.FIELDS:
        lines = shelter_exports.rows_of(desk, kind)
        write_table(path, headers(kind), lines, as_=as_ or format_of(path), title=kind)
        return Exported(path, len(lines))
    if kind in stock_exports.FIELDS:
        found, names = read_stock_list(desk, kind=kind)
        cell = partial(stock_exports.cell, desk.tree, names)
        write_table(path, headers(kind), ([cell(record, field) for field in stock_exports.FIELDS[kind]] for record in found),
                    as_=as_ or format_of(path), title=kind)
        return Exported(path, len(found))
    records = read_list(desk, kind=kind)
    teams = team_titles(desk) if kind in ("members", "agreements") else {}
    write = partial(_cell, desk, desk.tree, kind, teams)
    rows = ([write(record, field) for field in FIELDS[kind]] for record in records)
    write_table(path, headers(kind), rows, as_=as_ or format_of(path), title=kind)
    return Exported(path, len(records))


def format_of(path: Path) -> TableFormat:
    """Return the format by a file's ending. Raises BadFile for another than .csv and .xlsx."""
    try:
        return {".xlsx": TableFormat.XLSX, ".csv": TableFormat.CSV_UTF8}[path.suffix.lower()]
    except KeyError as error:
        raise BadFile(name=path.name, reason="ending_unknown") from error


def headers(kind: str) -> list[str]:
    """Return the headers of a list, in the language of the desk."""
    is_chinese = current_language().startswith("zh")
    if kind in stock_exports.TOLD:
        return [field_label(field) for field in stock_exports.FIELDS[kind]]
    if kind in shelter_exports.TOLD:
        return [field_label(field) for field in shelter_exports.FIELDS[kind]]
    if kind in shelter_exports.FIELDS:
        return [field_title(kind, field, chinese=is_chinese) for field in shelter_exports.FIELDS[kind]]
    if kind in stock_exports.FIELDS:
        return [field_title(kind, field, chinese=is_chinese) for field in stock_exports.FIELDS[kind]]
    if kind in ("incidents", "areas"):
        return [field_label("area_id" if field == "area_path" else field) for field in FIELDS[kind]]
    return [field_title(kind, field, chinese=is_chinese) for field in FIELDS[kind]]


def _cell(desk: Desk, tree: AreaTree, kind: str, teams: dict[Id, tuple[str, str]], record: Any, field: str) -> TableCell:
    special = _SPECIAL.get(field)
    if special is not None:
        return special(desk, tree, record)
    if field in ("team", "team_code"):
        code, name = teams.get(record.team_id, ("", ""))
        return name if field == "team" else code
    if field == "name" and kind == "agreements":
        return str(record.partner)
    return _plain(kind, getattr(record, field))


def _plain(kind: str, value: Any) -> TableCell:
    if isinstance(value, bool):
        return _yes_no(value)
    if isinstance(value, StrEnum):
        return _kind_word(kind, value)
    if isinstance(value, tuple):
        return "、".join(value)
    if isinstance(value, datetime):
        return local(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int | float | str) else None


def _yes_no(value: bool) -> str:
    if current_language().startswith("zh"):
        return "是" if value else "否"
    return "yes" if value else "no"


def _kind_word(kind: str, value: StrEnum) -> str:
    """Return the word for a kind where the import understands it, else its id."""
    words = label(value)
    known = _KIND_WORDS.get(kind)
    return words if known is None or kind_words.kind_by_words(words, known) is value else value.value


def _area_code(_desk: Desk, tree: AreaTree, record: Any) -> str:
    area = tree.by_id.get(record.area_id)
    return area.code if area else ""


def _area_path(_desk: Desk, tree: AreaTree, record: Any) -> str:
    area_id = record.id if isinstance(record, Area) else record.area_id
    return path_text(tree, area_id) if area_id else ""


def _capabilities(desk: Desk, _tree: AreaTree, record: Any) -> str:
    names = {each.id: each.name.in_language(current_language()) for each in desk.trade.capabilities}
    return "、".join(names.get(id_, id_) for id_ in record.capabilities)


def _type(desk: Desk, _tree: AreaTree, record: Any) -> str:
    return desk.trade.type(record.type_id).name.in_language(current_language())


_SPECIAL: dict[str, Callable[[Desk, AreaTree, Any], TableCell]] = {
    "area_code": _area_code, "area_path": _area_path, "capabilities": _capabilities, "type_id": _type,
    "tier": lambda _desk, _tree, record: label(record.tier) if record.tier else "",
    "equipment": lambda _desk, _tree, record: listed_things.equipment_text(record.equipment),
    "certificates": lambda _desk, _tree, record: listed_things.certificates_text(record.certificates),
}


def kinds_told() -> Sequence[tuple[str, str]]:
    """Return the lists that can leave the desk, each with its words."""
    return (("teams", _("Teams")), ("members", _("Members of teams")), ("units", _("Units with their duty phones")), ("sites", _("Sites")),
            ("agreements", _("Agreements")), ("incidents", _("Incidents")), ("areas", _("Areas")), ("lots", _("Lots in stock")),
            ("supply_items", _("Items")), ("depots", _("Depots")), ("stock_movements", _("Movements of stock")),
            ("supply_promises", _("Promises: agreements and capacity")), ("stock_targets", _("Targets of stock")),
            ("shelters", pgettext("register", "Shelters")), ("head_counts", _("Head counts")), ("transfer_list", _("People to be moved")))
