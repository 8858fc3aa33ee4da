"""The register of teams laid out in columns, so that 100,000 of them are judged in a blink.

One row per team, sorted by code and id; one byte per team and question. A column is judged as a whole by `bytes.translate` and big-integer
arithmetic, never team by team, so it does not matter how unlike one another the teams are. What a column means is said in `reasons`;
which questions are asked in which order, in `recommendation`. A roster never changes: `with_teams` returns the next one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import asin, cos, radians, sin
from typing import Any, NamedTuple

from emergency_desk.domain.areas import AreaTree, Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.reasons import agreement_expired, expired_on
from emergency_desk.domain.teams import Team, TeamKind, TeamState
from emergency_desk.domain.travel import EARTH_RADIUS_KM

Point = tuple[float, float, float]
HALF = 0.5 * (1 - 1e-15)  # a hair under one half, so that the chord of two opposite points never exceeds asin's domain
NOWHERE: Point = (0.0, 0.0, 0.0)

# What the column of a capability says of a team.
LACKS, CAN, EXPIRED = 0, 1, 2

KINDS, STATES = tuple(TeamKind), tuple(TeamState)
_KIND_NUMBER = {kind: number for number, kind in enumerate(KINDS)}
_STATE_NUMBER = {state: number for number, state in enumerate(STATES)}


def standing_number(kind: TeamKind, state: TeamState) -> int:
    """Return the byte that stands for a kind in a state."""
    return _KIND_NUMBER[kind] * len(STATES) + _STATE_NUMBER[state]


class Ground(NamedTuple):
    """Where a team stands and what that decides; shared by all teams alike."""

    area_id: Id
    path: frozenset[Id]  # the area and all above it
    city_id: Id | None
    is_fire: bool
    may_cross: bool


@dataclass(frozen=True, slots=True, eq=False)
class Roster:
    """All teams as they stood at one commit, judged for one day. Make one with `Roster.of`."""

    today: date
    tree: AreaTree
    teams: list[Team]  # sorted by (code, id), as every column below
    index: Mapping[Id, int]
    standing: bytes  # kind and state
    papers: bytes  # 1: the agreement has run out
    placed: bytes  # 1: the position is known
    capabilities: Mapping[str, bytes]
    ground: list[int]
    grounds: tuple[Ground, ...]
    points: list[Point]  # half the unit vector; the distance of two is sin(angle / 2)
    radius: list[float]  # km, infinite when there is none
    muster: list[int]  # minutes, 0 when not known
    dated: frozenset[Id]  # teams that a new day may judge otherwise

    @classmethod
    def of(cls, teams: Iterable[Team], tree: AreaTree, today: date) -> Roster:
        """Lay out the register. Keep the result and refresh it with `with_teams` after each commit."""
        rows = sorted(teams, key=_order)
        names = sorted({name for team in rows for name in team.capabilities})
        ground_numbers: dict[tuple[Id, bool, bool], int] = {}
        return cls(
            today=today, tree=tree, teams=rows, index={team.id: place for place, team in enumerate(rows)},
            standing=bytes([standing_number(team.kind, team.state) for team in rows]),
            papers=bytes([agreement_expired(team, today) for team in rows]),
            placed=bytes([_is_placed(team) for team in rows]),
            capabilities=_capability_columns(rows, names, today),
            ground=[ground_numbers.setdefault(_ground_key(team), len(ground_numbers)) for team in rows],
            grounds=tuple(_ground(tree, *key) for key in ground_numbers),
            points=[_point_of(team) for team in rows],
            radius=[_radius(team) for team in rows],
            muster=[team.muster_minutes or 0 for team in rows],
            dated=frozenset(team.id for team in rows if _is_dated(team)),
        )

    def __len__(self) -> int:
        return len(self.teams)

    def team(self, id_: Id) -> Team:
        """Return one team of the roster. Raises KeyError."""
        return self.teams[self.index[id_]]

    def with_teams(self, changed: Iterable[Team], removed_ids: Iterable[Id] = ()) -> Roster:
        """Return the roster with some teams changed, added or taken out; columns that stay the same are shared."""
        return _Refresh(self).take(changed, removed_ids).done()

    def on_day(self, today: date) -> Roster:
        """Return the roster judged for another day. Keep it: certificates and agreements are looked at again."""
        if today == self.today:
            return self
        there = replace(self, today=today)
        return there.with_teams([there.team(id_) for id_ in self.dated])


def point(latitude: float, longitude: float) -> Point:
    """Return half the unit vector of a place in degrees."""
    north, east = radians(latitude), radians(longitude)
    return HALF * cos(north) * cos(east), HALF * cos(north) * sin(east), HALF * sin(north)


def km_of_half_chord(half_chord: float) -> float:
    """Return the distance on the globe for a distance between two half unit vectors; agrees with `travel.distance_km`."""
    return 2 * EARTH_RADIUS_KM * asin(half_chord)


def _order(team: Team) -> tuple[str, str]:
    return team.code, team.id


def _is_placed(team: Team) -> bool:
    return team.latitude is not None and team.longitude is not None


def _is_dated(team: Team) -> bool:
    return team.agreement_until is not None or any(paper.valid_until is not None for paper in team.certificates)


def _point_of(team: Team) -> Point:
    if team.latitude is None or team.longitude is None:
        return NOWHERE
    return point(team.latitude, team.longitude)


def _radius(team: Team) -> float:
    return float("inf") if team.radius_km is None else team.radius_km


def ground_of(team: Team, tree: AreaTree) -> Ground:
    """Return where a team stands and what that decides."""
    return _ground(tree, *_ground_key(team))


def _ground_key(team: Team) -> tuple[Id, bool, bool]:
    return team.area_id, team.kind is TeamKind.NATIONAL_FIRE, team.may_cross_area


def _ground(tree: AreaTree, area_id: Id, is_fire: bool, may_cross: bool) -> Ground:
    city = tree.at_tier(area_id, Tier.CITY)
    path = frozenset([area_id, *(area.id for area in tree.path(area_id))])
    return Ground(area_id, path, city.id if city else None, is_fire, may_cross)


def counts_for(team: Team, name: str, today: date) -> int:
    """Say what a team's capability counts for. A social force's expired rating only warns (R-4.1)."""
    if name not in team.capabilities:
        return LACKS
    if not team.certificates or team.kind is TeamKind.SOCIAL or expired_on(team, name, today) is None:
        return CAN
    return EXPIRED


def _capability_columns(rows: list[Team], names: list[str], today: date) -> dict[str, bytes]:
    columns = {name: bytearray(len(rows)) for name in names}
    for place, team in enumerate(rows):
        for name in team.capabilities:
            columns[name][place] = counts_for(team, name, today)
    return {name: bytes(column) for name, column in columns.items()}


class _Refresh:
    """The next roster while it is made: a column is copied only when one of its values changes."""

    def __init__(self, old: Roster) -> None:
        self.old = old
        self.teams = list(old.teams)
        self.index = old.index
        self.grounds = list(old.grounds)
        self.numbers = {(g.area_id, g.is_fire, g.may_cross): number for number, g in enumerate(old.grounds)}
        self.dated = old.dated
        self.bytes_: dict[str, bytes | bytearray] = {
            "standing": old.standing, "papers": old.papers, "placed": old.placed,
            **{f"can {name}": column for name, column in old.capabilities.items()},
        }
        self.lists: dict[str, list[Any]] = {"ground": old.ground, "points": old.points, "radius": old.radius, "muster": old.muster}
        self.own: set[str] = set()

    def take(self, changed: Iterable[Team], removed_ids: Iterable[Id]) -> _Refresh:
        """Put changed teams in their rows; lay the rows out anew only where the order of the register changes."""
        removed = set(removed_ids)
        gone, moved = removed & self.index.keys(), []
        for team in {team.id: team for team in changed if team.id not in removed}.values():
            place = self.index.get(team.id)
            if place is None or _order(self.teams[place]) != _order(team):
                moved.append(team)
            else:
                self._write(place, team)
        for id_ in sorted(gone | {team.id for team in moved if team.id in self.index}, key=self.index.__getitem__, reverse=True):
            self._drop(self.index[id_], id_)
        for team in sorted(moved, key=_order):
            self._insert(team)
        if gone or moved:
            self.index = {team.id: place for place, team in enumerate(self.teams)}
        return self

    def done(self) -> Roster:
        """Return the next roster."""
        can = {name[4:]: bytes(column) for name, column in self.bytes_.items() if name.startswith("can ")}
        return Roster(
            today=self.old.today, tree=self.old.tree, teams=self.teams, index=self.index, capabilities=can, grounds=tuple(self.grounds),
            standing=bytes(self.bytes_["standing"]), papers=bytes(self.bytes_["papers"]), placed=bytes(self.bytes_["placed"]),
            ground=self.lists["ground"], points=self.lists["points"], radius=self.lists["radius"], muster=self.lists["muster"],
            dated=self.dated,
        )

    def _values(self, team: Team) -> tuple[dict[str, int], dict[str, object]]:
        today = self.old.today
        key = _ground_key(team)
        if key not in self.numbers:
            self.numbers[key] = len(self.grounds)
            self.grounds.append(_ground(self.old.tree, *key))
        for name in team.capabilities:
            self.bytes_.setdefault(f"can {name}", bytes(len(self.teams)))
        return {
            "standing": standing_number(team.kind, team.state), "papers": agreement_expired(team, today), "placed": _is_placed(team),
            **{name: counts_for(team, name[4:], today) for name in self.bytes_ if name.startswith("can ")},
        }, {"ground": self.numbers[key], "points": _point_of(team), "radius": _radius(team), "muster": team.muster_minutes or 0}

    def _write(self, place: int, team: Team) -> None:
        small, large = self._values(team)
        for name, value in small.items():
            if self.bytes_[name][place] != value:
                self._own_bytes(name)[place] = value
        for name, thing in large.items():
            if self.lists[name][place] != thing:
                self._own_list(name)[place] = thing
        self.teams[place] = team
        self._note(team)

    def _drop(self, place: int, id_: Id) -> None:
        for name in self.bytes_:
            del self._own_bytes(name)[place]
        for name in self.lists:
            del self._own_list(name)[place]
        del self.teams[place]
        self.dated -= {id_}

    def _insert(self, team: Team) -> None:
        small, large = self._values(team)
        place = bisect_left(self.teams, _order(team), key=_order)
        for name, value in small.items():
            self._own_bytes(name).insert(place, value)
        for name, thing in large.items():
            self._own_list(name).insert(place, thing)
        self.teams.insert(place, team)
        self._note(team)

    def _note(self, team: Team) -> None:
        if _is_dated(team) != (team.id in self.dated):
            self.dated ^= {team.id}

    def _own_bytes(self, name: str) -> bytearray:
        column = self.bytes_[name]
        if not isinstance(column, bytearray):
            column = self.bytes_[name] = bytearray(column)
        return column

    def _own_list(self, name: str) -> list[Any]:
        if name not in self.own:
            self.own.add(name)
            self.lists[name] = list(self.lists[name])
        return self.lists[name]
