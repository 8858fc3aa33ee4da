"""Takes the good rows of an import, all of them in one commit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.sites import Site
from emergency_desk.domain.teams import Team
from emergency_desk.services.desk import Desk, Done


def take_rows(desk: Desk, *, kind: str, drafts: Sequence[Team | Site], source: str) -> Done[int]:
    """Add teams or sites read from a file; each gets a new id. One commit takes them all, or none."""
    desk.may(Act.IMPORT)
    teams = [replace(draft, id=desk.new_id(), source=source) for draft in drafts if isinstance(draft, Team)]
    sites = [replace(draft, id=desk.new_id(), source=source) for draft in drafts if isinstance(draft, Site)]
    with desk.open_work() as work:
        count = work.teams.add_many(teams) + work.sites.add_many(sites)
        return Done(count, work.commit("import", kind=kind, rows=count, source=source))
