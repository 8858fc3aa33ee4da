"""A whole foreign file read for the register: its table and its rows, sorted. Runs in the limited child."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from emergency_desk.domain.imports import SiteDraft, Sorted, TeamDraft
from emergency_desk.exchange.row_sorting import Known
from emergency_desk.exchange.site_rows import read_sites
from emergency_desk.exchange.tables import Table, read_table
from emergency_desk.exchange.team_rows import read_teams


class Register(StrEnum):
    """The part of the register that a file is read for."""

    TEAMS = "teams"
    SITES = "sites"


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """What was read: the table as it stands in the file, and its rows as teams or as sites."""

    register: Register
    table: Table
    rows: Sorted[TeamDraft] | Sorted[SiteDraft]


def read_register_file(path: Path, register: Register, about: str, known: Known) -> RegisterFile:
    """Read and sort a file. Raises BadFile."""
    table = read_table(path)
    rows = read_teams(table, known, about=about) if register is Register.TEAMS else read_sites(table, known, about=about)
    return RegisterFile(register, table, rows)
