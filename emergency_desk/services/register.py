"""Keeping the register of teams: add, change, retire, change many at once, and the members of a team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import FieldRefused, Stale, TeamIsOut
from emergency_desk.domain.ids import Id
from emergency_desk.domain.register import BULK_FIELDS, MOVING, check_member, check_team, differing
from emergency_desk.domain.teams import Team, TeamMember, TeamState
from emergency_desk.services.desk import Desk, Done

KEPT = tuple(one.name for one in fields(Team) if one.name not in (*MOVING, "id"))


def add_team(desk: Desk, *, team: Team) -> Done[Team]:
    """Take a team into the register, standing by. Raises FieldMissing, FieldRefused, RoleMissing."""
    desk.may(Act.KEEP_REGISTER)
    checked = check_team(replace(team, id=desk.new_id(), state=TeamState.STANDBY, state_since=None, state_note="", incident_id=None))
    with desk.open_work() as work:
        kept = work.teams.add(checked)
        return Done(kept, work.commit("add_team", team=kept.code or kept.id))


def change_team(desk: Desk, *, before: Team, team: Team) -> Done[Team]:
    """Change what the register says of a team; its state is left as it is now.

    `before` is the record the form was filled from. Raises Stale when somebody changed the register in between (a mere change of state is
    none), FieldMissing, FieldRefused, NotFound.
    """
    desk.may(Act.KEEP_REGISTER)
    check_team(team)
    with desk.open_work() as work:
        now = work.teams.get(before.id)
        if differing(now, before, names=KEPT):
            raise Stale(kind="teams", id=now.id, theirs=now, ours=team)
        moving = {name: getattr(now, name) for name in MOVING}
        kept = work.teams.put(replace(team, id=now.id, **moving))
        return Done(kept, work.commit("change_team", team=kept.code or kept.id, fields=list(differing(now, kept, names=KEPT))))


def retire_team(desk: Desk, *, team_id: Id) -> Done[Team]:
    """Take a team out of use: it is kept with its history and never sent again. Raises TeamIsOut, NotFound."""
    return _set_retired(desk, team_id, is_retired=True)


def bring_back_team(desk: Desk, *, team_id: Id) -> Done[Team]:
    """Take a retired team into use again. Raises NotFound."""
    return _set_retired(desk, team_id, is_retired=False)


def change_many(desk: Desk, *, team_ids: Sequence[Id], changes: Mapping[str, Any]) -> Done[tuple[Team, ...]]:
    """Set some fields of many teams in one commit; returns the teams as they were. Raises FieldRefused, NotFound."""
    desk.may(Act.KEEP_REGISTER)
    foreign = [name for name in changes if name not in BULK_FIELDS]
    if foreign:
        raise FieldRefused(name=foreign[0], reason="not_for_many", typed=foreign[0])
    with desk.open_work() as work:
        before = tuple(work.teams.get_many(team_ids))
        for team in before:
            work.teams.put(check_team(replace(team, **changes)))
        return Done(before, work.commit("change_teams", teams=len(before), fields=sorted(changes)))


def put_back_many(desk: Desk, *, before: Sequence[Team], names: Sequence[str]) -> Done[int]:
    """Undo a change of many teams: the named fields get their former values again."""
    desk.may(Act.KEEP_REGISTER)
    with desk.open_work() as work:
        for team in before:
            now = work.teams.get(team.id)
            work.teams.put(replace(now, **{name: getattr(team, name) for name in names}))
        return Done(len(before), work.commit("change_teams_undone", teams=len(before), fields=sorted(names)))


def keep_member(desk: Desk, *, member: TeamMember) -> Done[TeamMember]:
    """Add a member to a team, or change one (a member with an id). Raises FieldMissing, FieldRefused, Stale, NotFound."""
    desk.may(Act.KEEP_REGISTER)
    check_member(member)
    with desk.open_work() as work:
        team = work.teams.get(member.team_id)
        kept = work.members.put(member) if member.id else work.members.add(replace(member, id=desk.new_id()))
        return Done(kept, work.commit("keep_member", team=team.code or team.id))


def remove_member(desk: Desk, *, member: TeamMember) -> Done[TeamMember]:
    """Take a member out of a team: name, phone and papers are blanked, the empty row stays. Raises Stale, NotFound."""
    desk.may(Act.KEEP_REGISTER)
    with desk.open_work() as work:
        gone = work.members.put(TeamMember(id=member.id, team_id=member.team_id, name="", version=member.version))
        return Done(gone, work.commit("remove_member", team=gone.team_id))


def _set_retired(desk: Desk, team_id: Id, *, is_retired: bool) -> Done[Team]:
    desk.may(Act.KEEP_REGISTER)
    with desk.open_work() as work:
        team = work.teams.get(team_id)
        if is_retired and team.is_out:
            incident = work.incidents.get(team.incident_id).number if team.incident_id else ""
            raise TeamIsOut(team=team.name, state=team.state, incident=incident)
        kept = work.teams.put(replace(team, is_retired=is_retired))
        return Done(kept, work.commit("retire_team" if is_retired else "bring_back_team", team=kept.code or kept.id))
