"""What looking a store over finds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256


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


# What a drill must leave as it was, by the words of the trade.
ROOMS: dict[str, tuple[str, ...]] = {
    "teams": ("teams", "team_members", "team_moves", "agreements"),
    "stock": ("supply_items", "depots", "stock_places", "stock_targets", "supply_promises", "promise_draws", "lots", "stock_movements",
              "stock_balances", "stock_claims", "stock_counts", "stock_count_lines", "stock_tallies", "item_photos", "item_pictures",
              "supply_requests", "supply_request_lines", "supply_decisions", "release_orders", "release_lines", "release_steps", "release_legs",
              "leg_receipts", "pack_changes", "allocation_lists", "distributions", "requisitions", "requisition_steps",
              "donation_publications"),
    "shelters": ("shelters", "shelter_moves", "shelter_openings", "head_counts", "shelter_stays", "evacuation_groups", "evacuation_marks",
                 "evacuation_families", "family_transfers", "isolation_sites", "isolation_moves", "bed_counts", "people_keys", "expected_people"),
    "incidents": ("incidents", "calls", "personal", "figures_reports", "grade_changes", "log_entries", "tasks", "dispatches", "responses",
                  "response_changes", "command_moves", "command_posts", "post_members", "notices", "decisions", "step_marks", "report_dues",
                  "reports", "aftermath_items", "purges", "purge_checks"),
}


def room_digests(tables: Iterable[TableDigest]) -> dict[str, str]:
    """Return one digest for each room, over those of its tables."""
    by_name = {table.table: f"{table.table} {table.rows} {table.digest}\n" for table in tables}
    return {room: sha256("".join(by_name.get(name, "") for name in names).encode()).hexdigest() for room, names in ROOMS.items()}
