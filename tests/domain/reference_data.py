"""The shipped reference data, read once for the tests of the rules."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from emergency_desk.domain.grading import GradingTable
from emergency_desk.domain.incident_types import IncidentType
from emergency_desk.domain.reference import Reference
from emergency_desk.exchange.reference_files import read_reference

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "reference"


@lru_cache(maxsize=1)
def shipped() -> Reference:
    """Return the shipped rules."""
    return read_reference(FOLDER)


def table(id_: str) -> GradingTable:
    """Return a shipped grading table."""
    return next(one for one in shipped().grading if one.id == id_)


def type_(id_: str) -> IncidentType:
    """Return a shipped incident type."""
    return next(one for one in shipped().types if one.id == id_)
