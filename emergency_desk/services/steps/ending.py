"""What stands against the end of a tier's response, and what its end takes with it.

A tier's end is blocked by its own teams, people and reports; another tier's open items are shown elsewhere (corrections 0.1 item 15).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from emergency_desk.domain import command
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.dispatches import OrderState
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening, Incident
from emergency_desk.domain.reports import ReportKind
from emergency_desk.domain.teams import OUT, TeamState
from emergency_desk.services.steps import logbook

if TYPE_CHECKING:
    from emergency_desk.services.desk import Desk
    from emergency_desk.store.readings.reading import Reading
    from emergency_desk.store.unit_of_work import UnitOfWork

_IN_FORCE = (OrderState.SENT, OrderState.RECEIVED)


@dataclass(frozen=True, slots=True)
class OpenThings:
    """What a tier has not ended: names of its teams out, sites still occupied, how many people missing, reports it owes.

    `commands`: the tier holds the command while another tier's response runs; no reason overrides that, the command is handed on first.
    """

    teams: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    people: int = 0
    reports: int = 0
    commands: bool = False

    def __bool__(self) -> bool:
        return bool(self.teams or self.sites or self.people or self.reports or self.commands)

    def as_values(self) -> dict[str, object]:
        """Return what is open as the values of a refusal."""
        return {"teams": self.teams, "sites": self.sites, "people": self.people, "reports": self.reports,
                "commands": "yes" if self.commands else ""}


def open_things(desk: Desk, reading: Reading | UnitOfWork, incident: Incident, tier: Tier, *, at: datetime) -> OpenThings:
    """Return what stands against the end of a tier's response. Of reports, the first ones count, and whatever is due by now."""
    moves = reading.command_moves.where("WHERE incident_id = ? ORDER BY seq", (incident.id,))
    is_holder = command.holder(moves) is tier
    others = [each for each in reading.responses.where("WHERE incident_id = ?", (incident.id,)) if each.is_running and each.tier is not tier]
    owed = [due for due in reading.report_dues.where("WHERE incident_id = ? AND from_tier = ? AND state = 'open'", (incident.id, tier.value))
            if due.kind is ReportKind.FIRST or due.due_at <= at]
    return OpenThings(teams=_own_teams_out(desk, reading, incident, tier, is_holder), sites=_own_shelters(reading, incident, tier),
                      people=(incident.figures.missing or 0) if is_holder else 0, reports=len(owed), commands=is_holder and bool(others))


def dissolve_posts(desk: Desk, work: UnitOfWork, incident: Incident, tier: Tier, *, at: datetime, occurred_at: datetime) -> None:
    """Dissolve the tier's command post with its response (NMP25 3.3.6)."""
    for post in work.command_posts.where("WHERE incident_id = ? AND tier = ? AND dissolved_at IS NULL", (incident.id, tier.value)):
        work.command_posts.put(replace(post, dissolved_at=occurred_at))
        logbook.write(desk, work, Happening.POST, at=at, incident_id=incident.id, occurred_at=occurred_at, about_id=post.id,
                      step="dissolved", tier=tier.value, place=post.place)


def dissolve_all_posts(desk: Desk, work: UnitOfWork, incident: Incident, *, at: datetime) -> None:
    """Dissolve every command post that still stands when the incident itself is over."""
    for tier in Tier:
        dissolve_posts(desk, work, incident, tier, at=at, occurred_at=at)


def _own_shelters(reading: Reading | UnitOfWork, incident: Incident, tier: Tier) -> tuple[str, ...]:
    """Return the names of the shelters that this tier opened and nobody has closed."""
    opened = reading.shelter_openings.where("WHERE incident_id = ? AND tier = ? AND closed_at IS NULL ORDER BY opened_at",
                                            (incident.id, tier.value))
    return tuple(reading.sites.get(opening.shelter_id).name for opening in opened)


def _own_teams_out(desk: Desk, reading: Reading | UnitOfWork, incident: Incident, tier: Tier, is_holder: bool) -> tuple[str, ...]:
    """Return the names of teams still out that this tier sent; those nobody's order explains count for whoever commands."""
    names = []
    sent_by: dict[Id, Tier] = {}
    for order in reading.dispatches.where("WHERE incident_id = ? ORDER BY sent_at", (incident.id,)):
        sender = reading.accounts.get(order.sent_by_id)
        sent_by[order.team_id] = desk.tree.by_id[sender.area_id].tier
    for team in reading.teams.where("WHERE incident_id = ? ORDER BY name", (incident.id,)):
        if team.state not in OUT and team.state is not TeamState.LOST_CONTACT:
            continue
        if sent_by.get(team.id) is tier or (is_holder and team.id not in sent_by):
            names.append(team.name)
    return tuple(names)
