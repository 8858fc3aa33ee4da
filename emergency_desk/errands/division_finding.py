"""Finds a division of China while somebody types, and settles what a typed code or name means today.

Codes may be short (3702) or filled up with zeros (370200, 370203000000). A heading of the statistics, a village, an old code or an old
name leads to the office that stands for it now, with a note that says so.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import AreaIsHeading, AreaUnknown
from emergency_desk.errands.city_areas import desk_tier
from emergency_desk.exchange.division_changes import DivisionChange, DivisionChanges, read_division_changes
from emergency_desk.exchange.divisions import TIER_BY_LENGTH, Division, Divisions, read_divisions
from emergency_desk.wording import sounds
from emergency_desk.wording.catalog import _

_MOST = 12
_FOUND_BY_SOUND = (2, 4, 6)  # lengths of the codes that are sounded out at once; streets are sounded inside a city that was chosen


@dataclass(frozen=True, slots=True)
class Settled:
    """What a typed area means: its division, and a note when it is not what was typed ("" otherwise)."""

    division: Division
    tier: Tier
    note: str = ""


@dataclass(frozen=True, slots=True)
class FoundDivision:
    """A division as a list shows it: the names above it, and a note of what else it was called."""

    code: str
    name: str
    path: tuple[str, ...]
    note: str = ""


class DivisionFinder:
    """All divisions with their old codes and names. Read it on the store thread; afterwards any thread may ask."""

    def __init__(self, divisions: Divisions, changes: DivisionChanges) -> None:
        self.divisions, self._changes = divisions, changes

    # -- settling ------------------------------------------------------------------------------------------------------
    def settle(self, typed: str) -> Settled:
        """Return the division that a code or a whole name means. Raises AreaUnknown, AreaIsHeading, BadFile."""
        text = unicodedata.normalize("NFKC", typed).strip()
        return self._settle_code(text) if text.isdecimal() else self._settle_name(text)

    def root_of(self, division: Division) -> Division:
        """Return the city a division belongs to, itself when it is one or stands above the cities."""
        above = [each for each in self.divisions.path(division.code) if desk_tier(self.divisions, each) is Tier.CITY]
        return above[0] if above else division

    def _settle_code(self, code: str) -> Settled:
        if len(code) not in TIER_BY_LENGTH:
            raise _unknown(code, self._nearest(code))
        for length in (len(code), 9, 6, 4, 2):
            short = code[:length]
            if short in self.divisions and not code[length:].strip("0"):
                return self._settled(short)
        if len(code) == 12 and code[:9] in self.divisions:
            return self._settle_village(code)
        county, city = code[:6], code[:4]
        if len(code) >= 6 and not code[6:].strip("0"):
            change = self._changes.successor(county, known=self.divisions)
            if change is not None:
                return self._settled(change.new_code, _renamed(change))
        change = self._changes.successor(city, known=self.divisions) if not code[4:].strip("0") else None
        if change is not None:
            return self._settled(change.new_code, _renamed(change))
        return self._settle_heading(code)

    def _settle_village(self, code: str) -> Settled:
        street = self.divisions.find(code[:9])
        village = next((each for each in self.divisions.villages(street.code) if each.code == code), None)
        if village is None:
            raise _unknown(code, street)
        return self._settled(street.code, _("{village} has no desk of its own: this is the desk of {street}, which serves it.").format(
            village=village.name, street=street.name))

    def _settle_heading(self, code: str) -> Settled:
        """Take a heading of the statistics for the office it stands under, or refuse it with the units below it."""
        city, province = self.divisions.find(code[:4]) if code[:4] in self.divisions else None, code[:2]
        is_heading = len(code) >= 4 and not code[6:].strip("0")
        if city is not None and is_heading and (code[4:6] == "01" or not any(len(one.code) == 6 for one in self.divisions.children(city.code))):
            return self._settled(city.code, _heading(code, city))
        if province in self.divisions and is_heading and not code[4:].strip("0"):
            whole = self.divisions.find(province)
            if desk_tier(self.divisions, whole) is Tier.CITY and code[2:4] in ("01", "02"):
                return self._settled(province, _heading(code, whole))
            units = [one for one in self.divisions.children(province) if len(one.code) == 6 and one.code.startswith(code[:4])]
            if units:
                raise AreaIsHeading(code=code, units=tuple(f"{one.name} {one.code}" for one in units[:_MOST]))
        raise _unknown(code, self._nearest(code))

    def _nearest(self, code: str) -> Division | None:
        above = next((code[:length] for length in (9, 6, 4, 2) if length < len(code) and code[:length] in self.divisions), "")
        below = [one for one in (self.divisions.children(above) if above else self.divisions.provinces()) if one.tier != "tier_village"]
        level = [one for one in below if len(one.code) == len(code)] or below
        if not level:
            return self.divisions.find(above) if above else None
        return min(level, key=lambda one: (abs(int(one.code.ljust(12, "0")) - int(code[:12].ljust(12, "0"))), one.code))

    def _settle_name(self, name: str) -> Settled:
        same = self._by_name.get(name, ())
        if len(same) == 1:
            return self._settled(same[0])
        for old in self._changes.by_old_name(name) if not same else ():
            change = self._changes.successor(old, known=self.divisions)
            if change is not None:
                return self._settled(change.new_code, _renamed(change))
        near = self.find(name, limit=1)
        raise _unknown(name, self.divisions.find(near[0].code) if near else None)

    def _settled(self, code: str, note: str = "") -> Settled:
        division = self.divisions.find(code)
        return Settled(division, desk_tier(self.divisions, division), note)

    # -- while somebody types ------------------------------------------------------------------------------------------
    def warm(self) -> DivisionFinder:
        """Sound out the names of provinces, cities and districts now, away from the window."""
        self._sounded  # noqa: B018 - filled at its first use
        return self

    def find(self, text: str, *, below: str = "", limit: int = _MOST) -> list[FoundDivision]:
        """Find divisions by characters, pinyin, initials, code, old code or old name; with `below` only there, streets by sound too."""
        word = unicodedata.normalize("NFKC", text).strip().lower()
        if not word:
            return []
        ranked: list[tuple[int, int, str]] = []
        for code in self._codes(below):
            rank = self._rank(code, word, by_sound=bool(below) or len(code) in _FOUND_BY_SOUND)
            if rank is not None:
                ranked.append((rank, len(code), code))
        ranked.sort()
        found = [self._found(code) for _rank, _length, code in ranked[:limit]]
        return found or self._found_by_old(word)

    def _codes(self, below: str) -> tuple[str, ...]:
        return tuple(one.code for one in self.divisions.subtree(below)) if below else self._all_codes

    def _rank(self, code: str, word: str, *, by_sound: bool) -> int | None:
        name = self._names[code]
        if word in (code, name):
            return 0
        if name.startswith(word):
            return 1
        if word.isdecimal():
            return 2 if code.startswith(word) else None
        if not word.isascii():
            return 5 if word in name else None
        keys = self._sounded.get(code) or (sounds.keys(name)[1:] if by_sound else ())
        if word in keys:
            return 2
        return 3 if any(key.startswith(word) for key in keys) else None

    def _found(self, code: str, note: str = "") -> FoundDivision:
        path = self.divisions.path(code)
        return FoundDivision(code, path[-1].name, tuple(one.name for one in path[:-1]), note)

    def _found_by_old(self, word: str) -> list[FoundDivision]:
        codes = self._changes.by_old_name(word) or ((word[:6],) if word.isdecimal() and len(word) in (6, 12) else ())
        changes = [self._changes.successor(code, known=self.divisions) for code in codes]
        return [self._found(change.new_code, _renamed(change)) for change in changes if change is not None]

    # -- kept once -----------------------------------------------------------------------------------------------------
    @cached_property
    def _names(self) -> dict[str, str]:
        return {one.code: one.name for province in self.divisions.provinces() for one in self.divisions.subtree(province.code)}

    @cached_property
    def _all_codes(self) -> tuple[str, ...]:
        return tuple(self._names)

    @cached_property
    def _by_name(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for code, name in self._names.items():
            found[name] = (*found.get(name, ()), code)
        return found

    @cached_property
    def _sounded(self) -> dict[str, tuple[str, ...]]:
        """The pinyin and initials of every name down to the district, with and without its last character (青岛, qd; 青岛市, qds)."""
        found = {}
        for code, name in self._names.items():
            if len(code) in _FOUND_BY_SOUND:
                stem = name[:-1] if len(name) > 2 else name
                found[code] = tuple(dict.fromkeys((*sounds.keys(name)[1:], *sounds.keys(stem)[1:])))
        return found


def read_finder(folder: Path) -> DivisionFinder:
    """Read the shipped divisions and their changes. Raises BadFile."""
    return DivisionFinder(read_divisions(folder), read_division_changes(folder))


def _renamed(change: DivisionChange) -> str:
    return _("{old_name} {old_code} became {new_name} {new_code} ({year}).").format(
        old_name=change.old_name, old_code=change.old_code, new_name=change.new_name, new_code=change.new_code, year=change.year)


def _heading(code: str, office: Division) -> str:
    return _("{code} is a heading of the statistics; the office is {name} {office_code}.").format(
        code=code, name=office.name, office_code=office.code)


def _unknown(typed: str, nearest: Division | None) -> AreaUnknown:
    return AreaUnknown(typed=typed, nearest=nearest.name if nearest else "", nearest_code=nearest.code if nearest else "")
