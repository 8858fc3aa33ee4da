"""A whole foreign file read for the register: its table and its rows, sorted. Runs in the limited child."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.imports import (
    AgreementDraft,
    ImportAnswers,
    MemberDraft,
    ShelterDraft,
    SiteDraft,
    Sorted,
    StockDraft,
    TeamDraft,
    UnitDraft,
)
from emergency_desk.exchange import column_guessing, columns, packing, shelter_columns, shelter_rows, stock_column_names, stock_rows
from emergency_desk.exchange.other_rows import read_agreements, read_members, read_units
from emergency_desk.exchange.row_sorting import Known, Tell
from emergency_desk.exchange.site_rows import read_sites
from emergency_desk.exchange.tables import Table, read_table, without_header
from emergency_desk.exchange.team_rows import read_teams

Rows = (Sorted[TeamDraft] | Sorted[SiteDraft] | Sorted[UnitDraft] | Sorted[MemberDraft] | Sorted[AgreementDraft] | Sorted[StockDraft]
        | Sorted[ShelterDraft])


class Register(StrEnum):
    """The part of the register that a file is read for."""

    TEAMS = "teams"
    SITES = "sites"
    MEMBERS = "members"
    UNITS = "units"
    AGREEMENTS = "agreements"
    LOTS = "lots"
    ITEMS = "supply_items"
    DEPOTS = "depots"
    PROMISES = "supply_promises"
    TARGETS = "stock_targets"
    SHELTERS = "shelters"


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """What was read: the table as it stands in the file, and its rows as teams or as sites."""

    register: Register
    table: Table
    rows: Rows
    lacks_name: bool = False  # no column is known for the name; somebody must point at it

    def __reduce__(self) -> tuple[Any, ...]:
        table = replace(self.table, rows=packing.written(self.table.rows))
        rows: Any = replace(self.rows, good=packing.by_fields(self.rows.good))  # type: ignore[arg-type]
        return RegisterFile, (self.register, table, rows, self.lacks_name)


NAMES = {
    Register.TEAMS: columns.TEAM_NAMES, Register.SITES: columns.SITE_NAMES, Register.MEMBERS: columns.MEMBER_NAMES,
    Register.UNITS: columns.UNIT_NAMES, Register.AGREEMENTS: columns.AGREEMENT_NAMES,
    Register.LOTS: stock_column_names.LOT_NAMES, Register.ITEMS: stock_column_names.ITEM_NAMES,
    Register.DEPOTS: stock_column_names.DEPOT_NAMES, Register.PROMISES: stock_column_names.PROMISE_NAMES,
    Register.TARGETS: stock_column_names.TARGET_NAMES, Register.SHELTERS: shelter_columns.SHELTER_NAMES,
}


_STOCK = {
    Register.LOTS: stock_rows.read_lots, Register.ITEMS: stock_rows.read_items, Register.DEPOTS: stock_rows.read_depots,
    Register.PROMISES: stock_rows.read_promises, Register.TARGETS: stock_rows.read_targets,
}


def read_register_file(
    path: Path, register: Register, about: str, known: Known, answers: ImportAnswers | None = None, tell: Tell | None = None,
) -> RegisterFile:
    """Read and sort a file. With `tell` the good rows of a list of teams, the greatest there are, go there part by part. Raises BadFile."""
    table = read_table(path)
    if not any(columns.match(table.headers, NAMES[register]).fields) and column_guessing.looks_like_a_row(table.headers):
        table = without_header(table)
    try:
        return RegisterFile(register, table, _rows(table, register, about, known, answers, tell and (lambda part: tell(packing.by_fields(part)))))
    except BadFile as error:
        if answers is None or not answers.may_lack_name or error.values["reason"] != "no_name_column":
            raise
        found = columns.match(table.headers, NAMES[register], rows=table.rows, answered=dict(answers.fields))
        return RegisterFile(register, table, Sorted(ignored_columns=found.ignored, fields=found.fields), lacks_name=True)


def _rows(table: Table, register: Register, about: str, known: Known, answers: ImportAnswers | None, tell: Tell | None) -> Rows:
    if register is Register.TEAMS:
        return read_teams(table, known, about=about, answers=answers, tell=tell)
    if register is Register.SITES:
        return read_sites(table, known, about=about, answers=answers)
    if register is Register.UNITS:
        return read_units(table, known, answers=answers)
    if register is Register.MEMBERS:
        return read_members(table, known, answers=answers)
    if register is Register.SHELTERS:
        return shelter_rows.read_shelters(table, known, answers=answers)
    if register in _STOCK:
        return _STOCK[register](table, known, answers=answers)
    return read_agreements(table, known, answers=answers)
