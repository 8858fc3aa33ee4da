"""Reads the lists that leave the desk as tables: every record of a kind that is not retired, in the order of its code and name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.ids import Id
from emergency_desk.services.desk import Desk

KINDS = ("teams", "members", "units", "sites", "agreements", "incidents", "areas")


def read_list(desk: Desk, *, kind: str) -> Sequence[Any]:
    """Return the records of a kind. Raises SignInNeeded, RoleMissing, KeyError for a kind that is none of `KINDS`."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        table, rest = {
            "teams": (reading.teams, "WHERE is_retired = 0 ORDER BY code, name, id"),
            "members": (reading.members, "ORDER BY team_id, name, id"),
            "units": (reading.units, "WHERE is_retired = 0 ORDER BY code, name, id"),
            "sites": (reading.sites, "WHERE is_retired = 0 ORDER BY code, name, id"),
            "agreements": (reading.agreements, "ORDER BY number, partner, id"),
            "areas": (reading.areas, "WHERE is_retired = 0 ORDER BY code, name, id"),
            "incidents": (reading.incidents, "ORDER BY number, id"),
        }[kind]
        return table.where(rest)  # type: ignore[attr-defined]


def team_titles(desk: Desk) -> dict[Id, tuple[str, str]]:
    """Return code and name of every team, retired ones too, by id."""
    with desk.reading() as reading:
        return {team.id: (team.code, team.name) for team in reading.teams.where("")}
