"""The command inside an open unit of work: it begins with the tier that took the report, and every move is appended and logged."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from emergency_desk.domain import command
from emergency_desk.domain.areas import LADDER, Tier
from emergency_desk.domain.command import CommandMove, CommandStep
from emergency_desk.domain.incidents import Happening, Incident
from emergency_desk.services.steps import logbook

if TYPE_CHECKING:
    from emergency_desk.services.desk import Desk
    from emergency_desk.store.readings.reading import Reading
    from emergency_desk.store.unit_of_work import UnitOfWork


def begin(desk: Desk, work: UnitOfWork, incident: Incident, *, at: datetime, occurred_at: datetime, tier: Tier) -> CommandMove:
    """Let the tier that took the report command until it hands on: the locality acts first (NMP25 3.3.1). It needs no line of its own."""
    return work.command_moves.add(CommandMove(id=desk.new_id(), incident_id=incident.id, step=CommandStep.BEGUN, from_tier=tier, to_tier=tier,
                                              occurred_at=occurred_at, recorded_at=at, account_id=desk.who))


def first_holder(desk: Desk) -> Tier:
    """Return the tier that commands what this desk takes: its own, or the city where it stands on no tier of the ladder."""
    return desk.tier if desk.tier in LADDER else Tier.CITY


def holder_before_ladder(desk: Desk, reading: Reading | UnitOfWork, incident: Incident) -> Tier:
    """Return the tier that commands an incident older than the ladder: that of the account which took its first call, at every desk alike."""
    taken = reading.calls.where("WHERE incident_id = ? ORDER BY recorded_at, id LIMIT 1", (incident.id,))
    if not taken:
        return first_holder(desk)
    tier = desk.tree.by_id[reading.accounts.get(taken[0].account_id).area_id].tier
    return tier if tier in LADDER else Tier.CITY


def moves_of(desk: Desk, reading: Reading | UnitOfWork, incident: Incident) -> list[CommandMove]:
    """Return the moves of an incident in their order."""
    return reading.command_moves.where("WHERE incident_id = ? ORDER BY seq", (incident.id,))


def begun(desk: Desk, work: UnitOfWork, incident: Incident, *, at: datetime) -> list[CommandMove]:
    """Return the moves; an incident older than the ladder begins its command now, with the tier that took it, as it was."""
    moves = moves_of(desk, work, incident)
    if command.holder(moves) is None:
        tier = holder_before_ladder(desk, work, incident)
        moves.append(begin(desk, work, incident, at=at, occurred_at=incident.recorded_at, tier=tier))
    return moves


def append(desk: Desk, work: UnitOfWork, move: CommandMove) -> CommandMove:
    """Append a move and tell it in the log."""
    work.command_moves.add(move)
    logbook.write(
        desk, work, Happening.COMMAND, at=move.recorded_at, incident_id=move.incident_id, occurred_at=move.occurred_at, about_id=move.id,
        text=move.reason, step=move.step.value, from_tier=move.from_tier.value, to_tier=move.to_tier.value, given_by=move.given_by,
        taken_by=move.taken_by, heard_from=move.heard_from, how=move.heard_how, read_back="yes" if move.heard_from and move.read_back else "")
    return move
