"""What looking a store over finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is not as it should be; `what` is a short id: file, journal, seal, row, log, team_state, figures …"""

    what: str
    where: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDigest:
    """How many rows a table has, and a sha256 over them in key order."""

    table: str
    rows: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrityReport:
    """The whole finding."""

    differences: tuple[Difference, ...]
    tables: tuple[TableDigest, ...]

    @property
    def is_sound(self) -> bool:
        """Say whether nothing was found."""
        return not self.differences
