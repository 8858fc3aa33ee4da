"""How far each of many teams is from a scene and when it could be there: columns again, for those that passed every other check."""

from __future__ import annotations

import sys
from bisect import bisect_left
from functools import lru_cache
from itertools import compress, repeat
from math import asin, dist
from operator import add, gt, not_

from emergency_desk.domain.roster import Point, Roster
from emergency_desk.domain.travel import EARTH_RADIUS_KM, TravelSettings, travel_minutes

Key = tuple[int, float, int]  # minutes, km, row: the rank of a team that could go
NEVER = sys.maxsize  # minutes where the way is not known; the muster time then stands in the place of the distance
LAST_SHELL, NO_SHELL = 254, 255  # everybody 254 minutes away or more shares a shell
_UNKNOWN_KM = -1.0  # no radius bars it


class Arrivals:
    """Rows of a roster (ascending) with the minutes and kilometres to a scene; rows beyond their radius stand apart."""

    def __init__(self, roster: Roster, mask: bytes, here: Point | None, travel: TravelSettings) -> None:
        rows, kms, musters = list(compress(range(len(roster)), mask)), _kms(roster, mask, here), list(compress(roster.muster, mask))
        out = list(map(gt, kms, compress(roster.radius, mask)))
        self.beyond = list(compress(rows, out))
        if self.beyond:
            stay = list(map(not_, out))
            rows, kms, musters = list(compress(rows, stay)), list(compress(kms, stay)), list(compress(musters, stay))
        self.rows, self.kms, self.minutes = rows, kms, _minutes(kms, musters, travel)
        self._shells = _shells(self.minutes if here else musters)
        if NEVER in self.minutes:
            self.kms = [float(muster) if km == _UNKNOWN_KM else km for km, muster in zip(kms, musters, strict=True)]

    def place(self, row: int) -> int:
        """Return where a row stands in the columns."""
        return bisect_left(self.rows, row)

    def next_shell(self, count: int, *, after: int = -1, among: bytes | None = None) -> tuple[int, list[Key]]:
        """Return the ranks of the next `count` rows or some more, in order, and the shell they reach to (`after` for the next).

        Shells are whole minutes: sorting a few of them is all the sorting a choice needs. `among`: one byte per roster row.
        """
        chosen = self._shells if among is None else self._shells_of(among)
        upto, found = after, 0
        while upto < LAST_SHELL and found < count:
            upto += 1
            found += chosen.count(upto)
        inside = chosen.translate(bytes(after < shell <= upto for shell in range(256)))
        columns = (compress(column, inside) for column in (self.minutes, self.kms, self.rows))
        return upto, sorted(zip(*columns, strict=True))

    def in_order(self) -> list[int]:
        """Return the rows by minutes, distance and row."""
        order = sorted(range(len(self.rows)), key=self.kms.__getitem__)
        order.sort(key=self.minutes.__getitem__)
        return list(map(self.rows.__getitem__, order))

    def _shells_of(self, among: bytes) -> bytes:
        in_it = map(among.__getitem__, self.rows)
        return bytes(shell if inside else NO_SHELL for shell, inside in zip(self._shells, in_it, strict=True))


def _shells(minutes: list[int]) -> bytes:
    if max(minutes, default=0) < LAST_SHELL:
        return bytes(minutes)
    return bytes(min(minute, LAST_SHELL) for minute in minutes)


def _kms(roster: Roster, mask: bytes, here: Point | None) -> list[float]:
    if here is None:
        return [_UNKNOWN_KM] * sum(mask)
    globe = 2 * EARTH_RADIUS_KM
    kms = [globe * angle for angle in map(asin, map(dist, compress(roster.points, mask), repeat(here)))]
    if roster.placed.count(0):
        kms = [km if known else _UNKNOWN_KM for km, known in zip(kms, compress(roster.placed, mask), strict=True)]
    return kms


def _minutes(kms: list[float], musters: list[int], travel: TravelSettings) -> list[int]:
    farthest = max(kms, default=0.0)
    edges, horizon = travel_edges(travel, farthest)
    minutes = list(map(add, musters, map(bisect_left, repeat(edges), kms)))
    if farthest > horizon or _UNKNOWN_KM in kms:
        for place, km in enumerate(kms):
            if km == _UNKNOWN_KM:
                minutes[place] = NEVER
            elif km > horizon:
                minutes[place] = musters[place] + travel_minutes(km, travel)
    return minutes


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
    edges = [_UNKNOWN_KM] * travel_minutes(0.0, settings)
    while travel_minutes(horizon, settings) > len(edges):
        low, high = max(0.0, *edges[-1:]), horizon
        while high - low > 1e-6:
            middle = (low + high) / 2
            low, high = (middle, high) if travel_minutes(middle, settings) <= len(edges) else (low, middle)
        edges.append(low)
    return edges
