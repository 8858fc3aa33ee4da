"""One question put to the whole roster: a verdict for every team, made by whole columns and not team by team.

A column holds one byte per team. Read as one big number, columns are joined by `&`, `|` and `^`, and `bit_count` counts the hits;
a team keeps the first reason that hits it. Only those left at the end are looked at one by one, for their distance.
The order of the checks and the rule of whose a team is to order are told in `recommendation`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from heapq import nsmallest
from itertools import chain, compress, repeat
from math import asin, dist, inf

from emergency_desk.domain.areas import AreaTree, Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.reasons import ReasonNot, WhyNot, expired_on, standing_reason
from emergency_desk.domain.roster import CAN, EXPIRED, KINDS, STATES, Ground, Point, Roster, km_of_half_chord, point
from emergency_desk.domain.teams import BY_APPLICATION
from emergency_desk.domain.travel import EARTH_RADIUS_KM, TravelSettings, travel_minutes

Key = tuple[float, float, int]  # minutes, km, row: the rank of a team that could go; infinite minutes where they are not known
CHOSEN = 0
_REASONS = tuple(ReasonNot)
_CODE = {reason: number for number, reason in enumerate(_REASONS, start=1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a recommendation is asked: needs (capability → number of teams), the scene, the desk that orders."""

    needs: Mapping[str, int]
    place: tuple[float, float] | None  # latitude, longitude; None takes the middle of the area
    area_id: Id
    desk_area_id: Id
    travel: TravelSettings
    accepted: frozenset[Id] = frozenset()  # social forces whose application was accepted


def _lanes(column: bytes | bytearray) -> int:
    return int.from_bytes(column, "little")


def _table(values: Iterable[int]) -> bytes:
    return bytes(values).ljust(256, b"\0")


def _standing_table(reason: ReasonNot) -> bytes:
    return _table(standing_reason(kind, state) is reason for kind in KINDS for state in STATES)


_STANDING = {reason: _standing_table(reason) for reason in (ReasonNot.BY_REQUEST, ReasonNot.COMMITTED, ReasonNot.STATE)}
_APPLIES = _table(kind in BY_APPLICATION for kind in KINDS for _ in STATES)
_IS_EXPIRED = _table(value == EXPIRED for value in range(256))
_IS_ABLE = _table(value == CAN for value in range(256))


def _ground_verdicts(grounds: Iterable[Ground], tree: AreaTree, question: Question) -> list[int]:
    """Return for each ground what keeps its teams from being ordered by the desk, 0 for nothing."""
    above_scene = {question.area_id, *(area.id for area in tree.path(question.area_id))}
    desk = question.desk_area_id
    above_desk = {desk, *(area.id for area in tree.path(desk))}
    city = tree.at_tier(desk, Tier.CITY)
    found = []
    for ground in grounds:
        answers_119 = ground.is_fire and (ground.area_id in above_desk or (city is not None and city.id == ground.city_id))
        if desk not in ground.path and not answers_119:
            found.append(_CODE[ReasonNot.NOT_THIS_TIER])
        elif not ground.may_cross and ground.area_id not in above_scene:
            found.append(_CODE[ReasonNot.MAY_NOT_CROSS])
        else:
            found.append(0)
    return found


def travel_edges(settings: TravelSettings, up_to_km: float) -> tuple[list[float], float]:
    """Return where the minutes of `travel_minutes` step up, and how far that is known: bisecting in it is ten times as fast.

    The number of edges below a distance is its travel time in minutes. An edge is found to a millimetre.
    """
    horizon = 64.0
    while horizon < up_to_km and horizon < 512.0:
        horizon *= 2
    return _edges(settings, horizon), horizon


@lru_cache(maxsize=8)
def _edges(settings: TravelSettings, horizon: float) -> list[float]:
    edges = [-1.0] * travel_minutes(0.0, settings)
    while travel_minutes(horizon, settings) > len(edges):
        low, high = max(0.0, *edges[-1:]), horizon
        while high - low > 1e-6:
            middle = (low + high) / 2
            low, high = (middle, high) if travel_minutes(middle, settings) <= len(edges) else (low, middle)
        edges.append(low)
    return edges


class Judgement:
    """The whole roster judged for one question: one verdict byte per row, made by whole columns (see `roster`)."""

    def __init__(self, roster: Roster, question: Question) -> None:
        self.roster, self.question = roster, question
        self.place = question.place or roster.tree.position(question.area_id)
        self._here: Point | None = point(*self.place) if self.place else None
        self._verdict = 0
        self.verdicts = b""
        self.counts: dict[ReasonNot, int] = {}
        self._open = _lanes(b"\1" * len(roster))
        self._able = {name: self._column(name).translate(_IS_ABLE) for name in question.needs}
        self._bar_by_columns()
        self._ranked = self._rank()

    # -- the checks, in order ---------------------------------------------------------------------------------------
    def _bar_by_columns(self) -> None:
        roster = self.roster
        for reason, table in _STANDING.items():
            self._bar(reason, _lanes(roster.standing.translate(table)))
        if self.question.needs:
            self._bar_by_capability()
        self._bar(ReasonNot.AGREEMENT_EXPIRED, _lanes(roster.papers))
        self._bar(ReasonNot.APPLICATION_NEEDED, _lanes(self._applicants()))
        verdicts = _ground_verdicts(roster.grounds, roster.tree, self.question)
        column = bytes(map(verdicts.__getitem__, roster.ground))
        for reason in (ReasonNot.NOT_THIS_TIER, ReasonNot.MAY_NOT_CROSS):
            self._bar(reason, _lanes(column.translate(_table(code == _CODE[reason] for code in range(256)))))

    def _bar(self, reason: ReasonNot, lanes: int) -> None:
        hit = self._open & lanes
        if hit:
            self._verdict |= hit * _CODE[reason]
            self._open ^= hit
            self.counts[reason] = hit.bit_count()

    def _bar_by_capability(self) -> None:
        able = expired = 0
        for name, column in self._able.items():
            able |= _lanes(column)
            expired |= _lanes(self._column(name).translate(_IS_EXPIRED))
        everybody = _lanes(b"\1" * len(self.roster))
        self._bar(ReasonNot.MISSING_CAPABILITY, everybody ^ (able | expired))
        self._bar(ReasonNot.CERTIFICATE_EXPIRED, expired & ~able)

    def _column(self, name: str) -> bytes:
        return self.roster.capabilities.get(name) or bytes(len(self.roster))

    def _applicants(self) -> bytearray:
        column = bytearray(self.roster.standing.translate(_APPLIES))
        for team_id in self.question.accepted:
            row = self.roster.index.get(team_id)
            if row is not None:
                column[row] = 0
        return column

    # -- distance ---------------------------------------------------------------------------------------------------
    def _rank(self) -> list[tuple[tuple[str, ...], list[Key]]]:
        """Bar those beyond their radius; group those left by the needs they can serve, each with its arrival."""
        roster, mask = self.roster, self._open.to_bytes(len(self.roster), "little")
        rows, kms = list(compress(range(len(roster)), mask)), self._kms(mask)
        radii = compress(roster.radius, mask)
        beyond = [row for row, km, radius in zip(rows, kms, radii, strict=True) if km > radius]
        if beyond:
            column = bytearray(len(roster))
            for row in beyond:
                column[row] = 1
            self._bar(ReasonNot.BEYOND_RADIUS, _lanes(column))
            within = self._open.to_bytes(len(roster), "little")
            kms = list(compress(kms, compress(within, mask)))
            rows, mask = list(compress(range(len(roster)), within)), within
        groups: dict[tuple[int, ...], list[Key]] = {}
        keys = self._arrive(kms, compress(roster.muster, mask), rows)
        for able, key in zip(self._able_bits(mask), keys, strict=False):
            members = groups.get(able)
            if members is None:
                groups[able] = [key]
            else:
                members.append(key)
        return [(self._names(able), members) for able, members in groups.items()]

    def _able_bits(self, mask: bytes) -> Iterable[tuple[int, ...]]:
        """Return for each row left which needs it can serve, eight needs to a number."""
        columns = list(self._able.values())
        if not columns:
            return repeat(())
        packed = []
        for start in range(0, len(columns), 8):
            lanes = 0
            for bit, column in enumerate(columns[start:start + 8]):
                lanes |= _lanes(column) << bit
            packed.append(compress(lanes.to_bytes(len(self.roster), "little"), mask))
        return zip(*packed, strict=True)

    def _names(self, able: tuple[int, ...]) -> tuple[str, ...]:
        return tuple(name for place, name in enumerate(self.question.needs) if able[place // 8] >> place % 8 & 1)

    def _arrive(self, kms: list[float], musters: Iterable[int], rows: Iterable[int]) -> Iterable[Key]:
        """Return muster and travel minutes, distance and row of each; where the way is not known, never, by muster time."""
        settings, musters = self.question.travel, list(musters)
        edges, horizon = travel_edges(settings, max(kms, default=0.0))
        minutes = [
            muster + bisect_left(edges, km) if 0 <= km <= horizon else inf if km < 0 else muster + travel_minutes(km, settings)
            for km, muster in zip(kms, musters, strict=True)
        ]
        if inf in minutes:
            kms = [float(muster) if km < 0 else km for km, muster in zip(kms, musters, strict=True)]
        return zip(minutes, kms, rows, strict=True)

    def _kms(self, mask: bytes) -> list[float]:
        """Return the distance of each row left; -1 where it is not known, which no radius bars."""
        if self._here is None:
            return [-1.0] * sum(mask)
        globe = 2 * EARTH_RADIUS_KM
        angles = map(asin, map(dist, compress(self.roster.points, mask), repeat(self._here)))
        if self.roster.placed.count(0) == 0:
            return [globe * angle for angle in angles]
        return [globe * angle if known else -1.0 for angle, known in zip(angles, compress(self.roster.placed, mask), strict=True)]

    def nearest(self, count: int) -> list[tuple[Key, tuple[str, ...]]]:
        """Return enough of those who could go to choose `count` of them, by arrival, each with the needs it can serve."""
        found = [(key, can) for can, members in self._ranked for key in nsmallest(count, members)]
        return sorted(found)

    # -- verdicts ---------------------------------------------------------------------------------------------------
    def close(self, chosen: Iterable[int]) -> None:
        """Give everybody still open the reason that others are preferred, once the choice is made."""
        column = bytearray(self._open.to_bytes(len(self.roster), "little"))
        for row in chosen:
            column[row] = 0
        self._open = _lanes(column)
        if not self.question.needs:
            self._bar(ReasonNot.NOTHING_NEEDED, self._open)
        if self._here is None:
            self._bar(ReasonNot.PLACE_UNKNOWN, self._open)
        self._bar(ReasonNot.NO_POSITION, _lanes(self.roster.placed) ^ _lanes(b"\1" * len(self.roster)))
        self._bar(ReasonNot.NEARER_SUFFICE, self._open)
        self.verdicts = self._verdict.to_bytes(len(self.roster), "little")

    def count_able(self, name: str) -> int:
        """Count those who could go and can do it ("" means anything)."""
        return sum(len(members) for can, members in self._ranked if not name or name in can)

    # -- reading ----------------------------------------------------------------------------------------------------
    def rows_because(self, reason: ReasonNot) -> list[int]:
        """Return the rows with one verdict, by code and id."""
        table = _table(code == _CODE[reason] for code in range(256))
        return list(compress(range(len(self.roster)), self.verdicts.translate(table)))

    @cached_property
    def _arrivals(self) -> dict[int, tuple[Key, int]]:
        """By row: the arrival of those who could go, and how many places there are that they could fill."""
        needs = self.question.needs
        return {key[2]: (key, places) for can, members in self._ranked for places in [sum(needs[name] for name in can)] for key in members}

    @cached_property
    def rows_of_others(self) -> list[int]:
        """All rows but the chosen and those by request, who could go first."""
        keys = sorted(chain.from_iterable(members for _can, members in self._ranked))
        rows = [key[2] for key in keys if self.verdicts[key[2]] != CHOSEN]
        for reason in _REASONS:
            if reason in self.counts and reason is not ReasonNot.BY_REQUEST and not reason.could_go:
                rows += self.rows_because(reason)
        return rows

    @cached_property
    def rows_by_request(self) -> list[int]:
        """The rows of forces to be asked for, the useful and near first."""
        rows = self.rows_because(ReasonNot.BY_REQUEST)
        useful = [any(column[row] for column in self._able.values()) for row in rows]
        near = sorted(self._key(row) for row in compress(rows, useful))
        return [row for _minutes, _km, row in near] + [row for row, use in zip(rows, useful, strict=True) if not use]

    def _key(self, row: int) -> Key:
        return next(iter(self._arrive([self._km(row)], [self.roster.muster[row]], [row])))

    def _km(self, row: int) -> float:
        if self._here is None or not self.roster.placed[row]:
            return -1.0
        return km_of_half_chord(dist(self.roster.points[row], self._here))

    def why_not(self, row: int) -> WhyNot | None:
        """Return the reason against a row."""
        code = self.verdicts[row]
        return None if code == CHOSEN else self._explain(row, _REASONS[code - 1])

    def lines(self, rows: Sequence[int]) -> list[tuple[Id, WhyNot]]:
        """Return (team id, reason) for rows that are not chosen."""
        teams, verdicts, same = self.roster.teams, self.verdicts, self._without_values
        return [(teams[row].id, same.get(verdicts[row]) or self._explain(row, _REASONS[verdicts[row] - 1])) for row in rows]

    @cached_property
    def _without_values(self) -> dict[int, WhyNot]:
        """The reasons that read the same for every team."""
        plain = (ReasonNot.BY_REQUEST, ReasonNot.APPLICATION_NEEDED, ReasonNot.NOTHING_NEEDED, ReasonNot.PLACE_UNKNOWN,
                 ReasonNot.NO_POSITION)
        missing = WhyNot(ReasonNot.MISSING_CAPABILITY, capabilities=tuple(self.question.needs))
        return {_CODE[ReasonNot.MISSING_CAPABILITY]: missing, **{_CODE[reason]: WhyNot(reason) for reason in plain}}

    def _explain(self, row: int, reason: ReasonNot) -> WhyNot:
        team, question = self.roster.teams[row], self.question
        if reason is ReasonNot.COMMITTED:
            return WhyNot(reason, state=team.state, incident_id=team.incident_id)
        if reason is ReasonNot.STATE:
            return WhyNot(reason, state=team.state)
        if reason is ReasonNot.CERTIFICATE_EXPIRED:
            ended = {name: expired_on(team, name, self.roster.today) for name in question.needs if name in team.capabilities}
            name, day = max(ended.items(), key=lambda item: item[1] or date.min)
            return WhyNot(reason, capabilities=(name,), expired_on=day)
        if reason is ReasonNot.AGREEMENT_EXPIRED:
            return WhyNot(reason, expired_on=team.agreement_until)
        if reason in (ReasonNot.NOT_THIS_TIER, ReasonNot.MAY_NOT_CROSS):
            return WhyNot(reason, area_id=team.area_id)
        if reason is ReasonNot.BEYOND_RADIUS:
            return WhyNot(reason, km=self._km(row), radius_km=team.radius_km)
        if reason is ReasonNot.NEARER_SUFFICE:
            return self._explain_farther(row)
        return self._without_values[_CODE[reason]]

    def _explain_farther(self, row: int) -> WhyNot:
        # Every need this team could fill is full of teams that are no farther: were one not, this team would have been taken.
        (minutes, km, _row), nearer = self._arrivals[row]
        return WhyNot(ReasonNot.NEARER_SUFFICE, None, None, (), None, None, km, None, minutes, nearer)
