"""One question put to the whole roster: a verdict for every team, made by whole columns and not team by team.

A column holds one byte per team. Read as one big number, columns are joined by `&`, `|` and `^`, and `bit_count` counts the hits;
a team keeps the first reason that hits it. Only those left at the end are looked at one by one, for their distance.
The order of the checks and the rule of whose a team is to order are told in `recommendation`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import compress, repeat
from math import dist, inf
from operator import add, mul
from typing import NamedTuple

from emergency_desk.domain.areas import AreaTree, Tier
from emergency_desk.domain.arrivals import Arrivals, Key
from emergency_desk.domain.ids import Id
from emergency_desk.domain.matching import Places
from emergency_desk.domain.reasons import ReasonNot, WhyNot, expired_on, standing_reason
from emergency_desk.domain.roster import CAN, EXPIRED, KINDS, NOWHERE, STATES, Ground, Point, Roster, km_of_half_chord, point
from emergency_desk.domain.teams import BY_APPLICATION
from emergency_desk.domain.travel import TravelSettings

CHOSEN = 0
_PAGE = 500  # rows told at once from which on whole columns are quicker than one after the other
_REASONS = tuple(ReasonNot)
_CODE = {reason: number for number, reason in enumerate(_REASONS, start=1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a recommendation is asked: needs (capability → number of teams, 0 for one that is met), the scene, the desk that orders."""

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
_IS_VERDICT = {reason: _table(code == number for code in range(256)) for reason, number in _CODE.items()}
_IS_EXPIRED = _table(value == EXPIRED for value in range(256))
_IS_ABLE = _table(value == CAN for value in range(256))


class Reach(NamedTuple):
    """What decides whose teams a desk may order to an area: desk and area with everything above them, and the desk's city."""

    desk_area_id: Id
    above_desk: frozenset[Id]
    above_scene: frozenset[Id]
    city_id: Id | None

    @classmethod
    def of(cls, tree: AreaTree, *, area_id: Id, desk_area_id: Id) -> Reach:
        """Look up both areas once."""
        city = tree.at_tier(desk_area_id, Tier.CITY)
        return cls(desk_area_id, frozenset([desk_area_id, *(area.id for area in tree.path(desk_area_id))]),
                   frozenset([area_id, *(area.id for area in tree.path(area_id))]), city.id if city else None)

    def bar(self, ground: Ground) -> ReasonNot | None:
        """Return what keeps a team that stands on a ground from being ordered, or None."""
        answers_119 = ground.is_fire and (ground.area_id in self.above_desk or (self.city_id is not None and self.city_id == ground.city_id))
        if self.desk_area_id not in ground.path and not answers_119:
            return ReasonNot.NOT_THIS_TIER
        if not ground.may_cross and ground.area_id not in self.above_scene:
            return ReasonNot.MAY_NOT_CROSS
        return None


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
        self._arrivals = self._reach()
        self._could_go = self._open

    # -- the checks, in order ---------------------------------------------------------------------------------------
    def _bar_by_columns(self) -> None:
        roster = self.roster
        for reason, table in _STANDING.items():
            self._bar(reason, _lanes(roster.standing.translate(table)))
        if self.question.needs:
            self._bar_by_capability()
        self._bar(ReasonNot.AGREEMENT_EXPIRED, _lanes(roster.papers))
        self._bar(ReasonNot.APPLICATION_NEEDED, _lanes(self._applicants()))
        reach = Reach.of(roster.tree, area_id=self.question.area_id, desk_area_id=self.question.desk_area_id)
        verdicts = [_CODE[bar] if bar else 0 for bar in map(reach.bar, roster.grounds)]
        column = bytes(map(verdicts.__getitem__, roster.ground))
        for reason in (ReasonNot.NOT_THIS_TIER, ReasonNot.MAY_NOT_CROSS):
            self._bar(reason, _lanes(column.translate(_IS_VERDICT[reason])))

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
    def _reach(self) -> Arrivals:
        """Bar those beyond their radius and return when the rest could be there."""
        mask = self._open.to_bytes(len(self.roster), "little")
        arrivals = Arrivals(self.roster, mask, self._here, self.question.travel)
        if arrivals.beyond:
            column = bytearray(len(self.roster))
            for row in arrivals.beyond:
                column[row] = 1
            self._bar(ReasonNot.BEYOND_RADIUS, _lanes(column))
        return arrivals

    def choose(self, spare: int, needs: Mapping[str, int] | None = None) -> tuple[list[tuple[Key, tuple[str, ...]]], dict[int, str]]:
        """Fill the needs from the nearest on; return the candidates looked at, in order, and row → need of those chosen.

        `needs`: other numbers of the question's own capabilities.
        Among the candidates are at least `spare` that were not chosen, if there are so many, and nobody nearer is left out who could
        serve a need that was still open.
        """
        asked = self.question.needs if needs is None else needs
        places, wanted = Places(asked), sum(asked.values())
        upto, shell = self._arrivals.next_shell(wanted + spare)
        seen: list[tuple[Key, tuple[str, ...]]] = []
        while shell:
            for key in shell:
                can = tuple(name for name, column in self._able.items() if column[key[2]])
                places.take(key[2], can)
                seen.append((key, can))
            among = 0
            for name in places.with_room():
                among |= _lanes(self._able[name])
            if not among:
                break
            upto, shell = self._arrivals.next_shell(wanted, after=upto, among=among.to_bytes(len(self.roster), "little"))
        return seen, places.served()

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
        return (self._could_go & _lanes(self._able[name])).bit_count() if name else self._could_go.bit_count()

    @property
    def could_go(self) -> bytes:
        """A byte for each row: 1 for those who could go, whatever they can do."""
        return self._could_go.to_bytes(len(self.roster), "little")

    def bars_of(self, name: str) -> Counter[ReasonNot]:
        """Count why those that have a capability could not go with it, by the first reason of each."""
        column, verdicts = self._column(name), self._verdict.to_bytes(len(self.roster), "little")
        of_those = bytes(compress(verdicts, column))
        counts = Counter({reason: of_those.count(code) for reason, code in _CODE.items()})
        expired = bytes(compress(verdicts, column.translate(_IS_EXPIRED)))
        counts[ReasonNot.CERTIFICATE_EXPIRED] += expired.count(0)
        return +counts

    # -- reading ----------------------------------------------------------------------------------------------------
    def rows_because(self, reason: ReasonNot) -> list[int]:
        """Return the rows with one verdict, by code and id."""
        return list(compress(range(len(self.roster)), self.verdicts.translate(_IS_VERDICT[reason])))

    @cached_property
    def rows_of_others(self) -> list[int]:
        """All rows but the chosen and those by request, who could go first."""
        rows = [row for row in self._arrivals.in_order() if self.verdicts[row] != CHOSEN]
        for reason in _REASONS:
            if reason in self.counts and reason is not ReasonNot.BY_REQUEST and not reason.could_go:
                rows += self.rows_because(reason)
        return rows

    @cached_property
    def rows_by_request(self) -> list[int]:
        """The rows of forces to be asked for, the useful and near first."""
        rows = self.rows_because(ReasonNot.BY_REQUEST)
        useful = bytearray(len(self.roster))
        for row in rows:
            useful[row] = any(column[row] for column in self._able.values())
        near = Arrivals(replace(self.roster, radius=[inf] * len(self.roster)), bytes(useful), self._here, self.question.travel)
        return near.in_order() + [row for row in rows if not useful[row]]

    def why_not(self, row: int) -> WhyNot | None:
        """Return the reason against a row."""
        return None if self.verdicts[row] == CHOSEN else self.lines([row])[0][1]

    def lines(self, rows: Sequence[int]) -> list[tuple[Id, WhyNot]]:
        """Return (team id, reason) for rows that are not chosen."""
        teams, verdicts, same, values = self.roster.teams, self.verdicts, self._without_values, self._with_values
        told = self._farther if len(rows) > _PAGE else {}
        found = []
        for row in rows:
            why = told.get(row)
            if why is None:
                code = verdicts[row]
                why = same[code] if code in same else values[code](row)
            found.append((teams[row].id, why))
        return found

    @cached_property
    def _without_values(self) -> dict[int, WhyNot]:
        """The reasons that read the same for every team."""
        plain = (ReasonNot.BY_REQUEST, ReasonNot.APPLICATION_NEEDED, ReasonNot.NOTHING_NEEDED, ReasonNot.PLACE_UNKNOWN,
                 ReasonNot.NO_POSITION)
        missing = WhyNot(ReasonNot.MISSING_CAPABILITY, capabilities=tuple(self.question.needs))
        return {_CODE[ReasonNot.MISSING_CAPABILITY]: missing, **{_CODE[reason]: WhyNot(reason) for reason in plain}}

    @cached_property
    def _with_values(self) -> dict[int, Callable[[int], WhyNot]]:
        """How the reasons are told that carry something of the team's own."""
        teams = self.roster.teams
        return {_CODE[reason]: tell for reason, tell in {
            ReasonNot.COMMITTED: lambda row: WhyNot(ReasonNot.COMMITTED, teams[row].state, teams[row].incident_id),
            ReasonNot.STATE: lambda row: WhyNot(ReasonNot.STATE, teams[row].state),
            ReasonNot.CERTIFICATE_EXPIRED: self._tell_certificate,
            ReasonNot.AGREEMENT_EXPIRED: lambda row: WhyNot(ReasonNot.AGREEMENT_EXPIRED, expired_on=teams[row].agreement_until),
            ReasonNot.NOT_THIS_TIER: lambda row: WhyNot(ReasonNot.NOT_THIS_TIER, area_id=teams[row].area_id),
            ReasonNot.MAY_NOT_CROSS: lambda row: WhyNot(ReasonNot.MAY_NOT_CROSS, area_id=teams[row].area_id),
            ReasonNot.BEYOND_RADIUS: self._tell_radius,
            ReasonNot.NEARER_SUFFICE: self._tell_farther,
        }.items()}

    def _tell_certificate(self, row: int) -> WhyNot:
        team = self.roster.teams[row]
        ended = {name: expired_on(team, name, self.roster.today) for name in self.question.needs if name in team.capabilities}
        name, day = max(ended.items(), key=lambda item: item[1] or date.min)
        return WhyNot(ReasonNot.CERTIFICATE_EXPIRED, capabilities=(name,), expired_on=day)

    def _tell_radius(self, row: int) -> WhyNot:
        here = self._here or NOWHERE
        return WhyNot(ReasonNot.BEYOND_RADIUS, km=km_of_half_chord(dist(self.roster.points[row], here)), radius_km=self.roster.radius[row])

    @cached_property
    def _open_to(self) -> list[int]:
        """How many places the needs have that those who could go can fill, beside the arrivals."""
        totals = [0] * len(self._arrivals.rows)
        for name, count in self.question.needs.items():
            able = map(self._able[name].__getitem__, self._arrivals.rows)
            totals = list(map(add, totals, map(mul, able, repeat(count))))
        return totals

    @cached_property
    def _farther(self) -> dict[int, WhyNot]:
        """Row → reason of all for whom nearer ones suffice, told as whole columns; the same as `_tell_farther` for each."""
        arrivals, nothing = self._arrivals, repeat(None)
        columns = zip(repeat(ReasonNot.NEARER_SUFFICE), nothing, nothing, repeat(()), nothing, nothing, arrivals.kms, nothing,
                      arrivals.minutes, self._open_to, strict=False)  # endless ones among them
        told = zip(arrivals.rows, map(tuple.__new__, repeat(WhyNot), columns), strict=True)
        return dict(compress(told, map(self.verdicts.translate(_IS_VERDICT[ReasonNot.NEARER_SUFFICE]).__getitem__, arrivals.rows)))

    def _tell_farther(self, row: int) -> WhyNot:
        # Every need this team could fill is full of teams that are no farther: were one not, this team would have been taken.
        arrivals, place = self._arrivals, self._arrivals.place(row)
        km, minutes = arrivals.kms[place], arrivals.minutes[place]
        return WhyNot(ReasonNot.NEARER_SUFFICE, None, None, (), None, None, km, None, minutes, self._open_to[place])
