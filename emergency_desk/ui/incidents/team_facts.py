"""A team as call form and room list it: recommended or not, what it would serve, when it would be there. No widgets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from emergency_desk.domain.ids import Id
from emergency_desk.domain.reasons import ReasonNot, WhyNot
from emergency_desk.domain.recommendation import Choice, Recommendation
from emergency_desk.domain.roster import Roster
from emergency_desk.domain.teams import Team
from emergency_desk.domain.travel import TravelSettings, distance_km, travel_minutes
from emergency_desk.services.steps.sending import Sending


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFact:
    """One team: recommended (`choice`) or not (`why_not`), and what it would serve if it went."""

    team: Team
    serves: str = ""
    minutes: int | None = None
    choice: Choice | None = None
    why_not: WhyNot | None = None

    @property
    def id(self) -> Id:
        """The team's id."""
        return self.team.id

    @property
    def may_be_chosen(self) -> bool:
        """Say whether an officer may send the team, be it with a reason."""
        return self.why_not is None or self.why_not.reason.may_be_overridden

    @property
    def needs_reason(self) -> bool:
        """Say whether sending the team goes against the advice, so that the log wants a reason."""
        return self.why_not is not None and not self.why_not.reason.could_go

    @property
    def must_apply(self) -> bool:
        """Say whether the team applies first and is accepted (SDG20 Art. 32)."""
        return self.why_not is not None and self.why_not.reason is ReasonNot.APPLICATION_NEEDED

    def sending(self) -> Sending:
        """Return what is to be ordered when the team is sent."""
        return Sending(team_id=self.id, serves=self.serves, travel_minutes=self.minutes)


class TeamFacts:
    """Makes facts of a recommendation's teams. `wanted` are the needs, those still open first."""

    def __init__(self, roster: Roster, found: Recommendation, travel: TravelSettings, wanted: Sequence[str]) -> None:
        self._roster, self._found, self._travel, self._wanted = roster, found, travel, wanted

    def advised(self) -> tuple[TeamFact, ...]:
        """Return the teams that are recommended, by arrival."""
        return tuple(TeamFact(team=self._roster.team(choice.team_id), serves=choice.serves, minutes=choice.minutes, choice=choice)
                     for choice in self._found.choices)

    def of(self, lines: Iterable[tuple[Id, WhyNot | None]]) -> tuple[TeamFact, ...]:
        """Return teams that are not recommended, each with what speaks against it."""
        return tuple(self._one(self._roster.team(id_), why) for id_, why in lines)

    def known(self, ids: Iterable[Id]) -> tuple[TeamFact, ...]:
        """Return the teams of these ids that the register still knows."""
        return self.of((id_, self._found.why_not(id_)) for id_ in ids if id_ in self._roster.index)

    def _one(self, team: Team, why: WhyNot | None) -> TeamFact:
        serves = next((name for name in self._wanted if name in team.capabilities), "")
        return TeamFact(team=team, serves=serves, minutes=self._minutes(team), why_not=why)

    def _minutes(self, team: Team) -> int | None:
        place = self._found.place
        if place is None or team.latitude is None or team.longitude is None:
            return None
        return (team.muster_minutes or 0) + travel_minutes(distance_km(team.latitude, team.longitude, *place), self._travel)
