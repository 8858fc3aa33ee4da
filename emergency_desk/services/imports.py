"""Takes the good rows of an import, all of them in one commit; says before which of them the register holds already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.sites import Site
from emergency_desk.domain.teams import Team
from emergency_desk.services.desk import Desk, Done

_NAMES_AT_ONCE = 500


def take_rows(desk: Desk, *, kind: str, drafts: Sequence[Team | Site], source: str) -> Done[int]:
    """Add teams or sites read from a file; each gets a new id. One commit takes them all, or none."""
    desk.may(Act.IMPORT)
    teams = [replace(draft, id=desk.new_id(), source=source) for draft in drafts if isinstance(draft, Team)]
    sites = [replace(draft, id=desk.new_id(), source=source) for draft in drafts if isinstance(draft, Site)]
    with desk.open_work() as work:
        count = work.teams.add_many(teams) + work.sites.add_many(sites)
        return Done(count, work.commit("import", kind=kind, rows=count, source=source))


def registered(desk: Desk, *, drafts: Sequence[Team | Site]) -> frozenset[int]:
    """Return the places in the list of those that stand in the register already: same name, area and written place."""
    names = sorted({draft.name for draft in drafts})
    held: set[tuple[str, ...]] = set()
    with desk.reading() as reading:
        for start in range(0, len(names), _NAMES_AT_ONCE):
            some = names[start:start + _NAMES_AT_ONCE]
            named = f"WHERE name IN ({','.join('?' * len(some))})"
            held.update(map(_place_of, reading.teams.where(named, some)))
            held.update(map(_place_of, reading.sites.where(named, some)))
    return frozenset(at for at, draft in enumerate(drafts) if _place_of(draft) in held)


def _place_of(record: Team | Site) -> tuple[str, ...]:
    # A team has no field for a place that is no area of the desk: its address begins with it.
    if isinstance(record, Team):
        return "team", record.name, record.area_id, record.address
    return "site", record.name, record.area_id or "", record.place_path
