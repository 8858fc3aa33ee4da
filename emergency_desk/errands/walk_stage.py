"""The stage a walk is played on: the desk, a clock that is set by hand, and what the steps have made so far."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from functools import cached_property
from typing import TypeVar, cast

from emergency_desk.domain.accounts import Account, Role
from emergency_desk.domain.advice import CallAdvice
from emergency_desk.domain.boards import IncidentRoom, OrderLine
from emergency_desk.domain.errors import DeskError, WalkLacks
from emergency_desk.domain.grading import GradeSuggestion
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Figures
from emergency_desk.domain.integrity import IntegrityReport
from emergency_desk.domain.recommendation import Recommendation
from emergency_desk.domain.teams import Team
from emergency_desk.domain.walks import Step
from emergency_desk.services import accounts, areas, dispatches, incidents, integrity, reports, teams
from emergency_desk.services.desk import Desk

T = TypeVar("T")
WHOLE_FIGURES = tuple(one.name for one in fields(Figures) if one.name != "hectares")
_SERVING = re.compile(r"([a-z_]+)(?: +(\d+))?")
_PREFERRED = (Role.DUTY_LEADER, Role.DUTY_OFFICER)


class WalkClock:
    """A clock that stands still until a step moves it."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@dataclass(frozen=True, slots=True)
class Made:
    """What a step made, under the step's name."""

    incident: Id | None = None
    call: Id | None = None
    entry: Id | None = None
    task: Id | None = None


@dataclass
class Stage:
    """What the acts work on and the figures read from."""

    desk: Desk
    clock: WalkClock
    names: dict[str, Made] = field(default_factory=dict)
    latest: Made = Made()
    advice: CallAdvice | None = None  # what a call form showed in this step
    is_draft: bool = False  # the step only asked; nothing was saved
    refusal: DeskError | None = None
    report: IntegrityReport | None = None
    _kept: dict[str, object] = field(default_factory=dict)

    def begin(self, step: Step) -> None:
        """Set the clock and forget what the step before had read."""
        self.clock.at = step.at
        self.advice, self.refusal, self.report, self.is_draft = None, None, None, False
        self.forget()
        reports.renew_dues(self.desk)  # as the clock of an open desk does

    def forget(self) -> None:
        """Read anew when a figure is next asked for: the act changed something."""
        self._kept.clear()

    # -- what a step says ----------------------------------------------------------------------------------------------
    @staticmethod
    def text(step: Step, key: str) -> str:
        """Return an argument, "" when it is not given."""
        value = step.arguments.get(key, "")
        return value if isinstance(value, str) else ", ".join(value)

    @staticmethod
    def texts(step: Step, key: str) -> tuple[str, ...]:
        """Return an argument as a list."""
        value = step.arguments.get(key, ())
        return (value,) if isinstance(value, str) else value

    def figures(self, step: Step) -> Figures:
        """Return the casualty figures of a step."""
        known = {name: int(self.text(step, name)) for name in WHOLE_FIGURES if name in step.arguments}
        hectares = float(self.text(step, "hectares")) if "hectares" in step.arguments else None
        return Figures(**known, hectares=hectares)

    # -- what it names -------------------------------------------------------------------------------------------------
    def named(self, kind: str, name: str) -> Id:
        """Return the id of what an earlier step made. Raises WalkLacks."""
        found: Id | None = getattr(self.names.get(name, Made()), kind)
        if found is None:
            raise WalkLacks(what=kind, name=name)
        return found

    def incident_id(self, step: Step | None = None, key: str = "incident") -> Id:
        """Return the incident a step names, else the one of the step before it. Raises WalkLacks."""
        name = self.text(step, key) if step else ""
        if name:
            return self.named("incident", name)
        if self.latest.incident is None:
            raise WalkLacks(what="incident", name="")
        return self.latest.incident

    def place(self, text: str) -> tuple[Id | None, str]:
        """Return the area and the address of a place, written as a code or as a path of names with the address after it."""
        code, _, rest = text.strip().partition(" ")
        for area in self.desk.tree.by_id.values():
            if area.code and area.code == code:
                return area.id, rest.strip()
        return areas.split_place(self.desk, text=text)

    def team(self, text: str, incident_id: Id | None = None) -> Team:
        """Return a team by its name, or the nth that was ordered to the incident for a capability ("medical 2"). Raises WalkLacks."""
        serving = self._serving(text)
        if serving and incident_id:
            orders = [line for line in self.orders(incident_id) if line.dispatch.serves == serving[0]]
            if len(orders) < serving[1]:
                raise WalkLacks(what="team", name=text)
            return teams.get_team(self.desk, team_id=orders[serving[1] - 1].team.id)
        for team in teams.list_teams(self.desk, text=text, limit=50):
            if team.name == text:
                return team
        raise WalkLacks(what="team", name=text)

    def order(self, text: str, incident_id: Id) -> OrderLine:
        """Return the newest order of a team on the incident, or an order by the end of its number ("D02"). Raises WalkLacks."""
        orders = self.orders(incident_id)
        for line in orders:
            if line.dispatch.order_number.endswith(f"-{text}"):
                return line
        team = self.team(text, incident_id)
        found = [line for line in orders if line.team.id == team.id]
        if not found:
            raise WalkLacks(what="order", name=text)
        return found[-1]

    def chosen(self, text: str, advice: Recommendation) -> tuple[Id, str, int | None]:
        """Return team, what it serves and its minutes for a team to be sent: by name, or the nth recommended for a capability."""
        serving = self._serving(text)
        if serving:
            choices = [choice for choice in advice.choices if choice.serves == serving[0]]
            if len(choices) < serving[1]:
                raise WalkLacks(what="team", name=text)
            choice = choices[serving[1] - 1]
            return choice.team_id, choice.serves, choice.minutes
        team = self.team(text)
        for choice in (*advice.choices, *advice.spare):
            if choice.team_id == team.id:
                return team.id, choice.serves, choice.minutes
        return team.id, "", None

    def team_name(self, team_id: Id) -> str:
        """Return a team's name."""
        return teams.get_team(self.desk, team_id=team_id).name

    def _serving(self, text: str) -> tuple[str, int] | None:
        found = _SERVING.fullmatch(text.strip())
        if not found or found[1] not in {one.id for one in self.desk.trade.capabilities}:
            return None
        return found[1], max(int(found[2] or 1), 1)

    def orders(self, incident_id: Id) -> Sequence[OrderLine]:
        """Return the orders of an incident, the first given first."""
        return sorted(incidents.open_room(self.desk, incident_id=incident_id, log_limit=1).orders, key=lambda line: line.dispatch.order_number)

    # -- who acts ------------------------------------------------------------------------------------------------------
    @cached_property
    def accounts(self) -> list[Account]:
        """Every account of the desk; leaders before officers before others, then by name."""
        return sorted(accounts.list_accounts(self.desk), key=lambda one: (_rank(one), one.name))

    def account_for(self, step: Step, default: str) -> str:
        """Return who acts: as the step says, else somebody of its tier whose area holds the place, else as before."""
        if step.account:
            return step.account
        if step.tier is None:
            return self.desk.account.name if self.desk.account else default or self.accounts[0].name
        place = self._place_of(step)
        for account in self.accounts:
            area = self.desk.tree.by_id.get(account.area_id)
            if area and area.tier is step.tier and (place is None or self.desk.tree.is_within(place, area.id)):
                return account.name
        raise WalkLacks(what="account", name=step.tier.value)

    def _place_of(self, step: Step) -> Id | None:
        if "where" in step.arguments:
            return self.place(self.text(step, "where"))[0]
        name = self.text(step, "incident") or self.text(step, "call")
        made = self.names.get(name, self.latest) if name else self.latest
        if made.incident is None:
            return None
        return incidents.open_room(self.desk, incident_id=made.incident, log_limit=1).incident.area_id

    # -- what is read after the act ------------------------------------------------------------------------------------
    def room(self) -> IncidentRoom:
        """Return the room of the step's incident, with the whole log."""
        return self.once("room", lambda: incidents.open_room(self.desk, incident_id=self.incident_id(), log_limit=10_000))

    def recommendation(self) -> Recommendation | None:
        """Return who should go: as the form showed it in this step, else for the incident as it stands."""
        if self.advice is not None:
            return self.advice.recommendation
        return self.once("recommendation", lambda: dispatches.recommend(self.desk, incident_id=self.incident_id()))

    def grade(self) -> GradeSuggestion:
        """Return what the figures suggest."""
        if self.is_draft and self.advice is not None:
            return self.advice.grade
        return self.once("grade", lambda: incidents.grade_now(self.desk, incident_id=self.incident_id()))

    def integrity(self) -> IntegrityReport:
        """Return what looking the store over found."""
        if self.report is None:
            self.report = integrity.check(self.desk)
        return self.report

    def keep(self, step: Step, made: Made) -> None:
        """Keep what a step made, under its name, and let the next steps be about it."""
        self.latest = replace(made, incident=made.incident or self.latest.incident, call=made.call or self.latest.call)
        if step.name:
            self.names[step.name] = made

    def once(self, key: str, read: Callable[[], T]) -> T:
        """Return what is read under a key, read once until the next act."""
        if key not in self._kept:
            self._kept[key] = read()
        return cast(T, self._kept[key])


def _rank(account: Account) -> int:
    return min((_PREFERRED.index(role) for role in account.roles if role in _PREFERRED), default=len(_PREFERRED))
