"""The area of the desk that a foreign list means by its words for a place, or the desk's own area with that fact noted.

A name counts only when the place written above it agrees: another city has a 市北区 too. Old codes and names lead to what they became.
Each different way to write a place is looked up once for the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from emergency_desk.domain.areas import Area, AreaTree, Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.imports import GIVEN_BACK, RowNote, RowReason
from emergency_desk.exchange.division_changes import DivisionChanges
from emergency_desk.exchange.place_likeness import Likeness, plain_name, stem
from emergency_desk.exchange.row_reading import Reader, RowReading

_PARTS = ("country", "province", "city", "district", "street", "village")
_WRITTEN: dict[str, Reader] = dict.fromkeys((*_PARTS, "area", "area_code"), RowReading.text)
_CHINA = frozenset({"中国", "中华人民共和国", "china", "cn", "chn", "prc"})
_MOST_NAMES_IN_ADDRESS = 2000
_CODE = re.compile(r"\d{6}|\d{9}|\d{12}")
PATH_MARK = "/"
_BETWEEN = " / "


@dataclass(frozen=True, slots=True)
class Found:
    """The area taken, and the place as the file wrote it when the area does not say it all."""

    area_id: Id
    place_path: str = ""
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class _Meant:
    """What a written place may mean: the areas, whether the last part of it is known, and the old place that one of them was."""

    path: str
    found: tuple[Area, ...] = ()
    is_whole: bool = True
    was: str = ""


class PlaceFinder:
    """Finds areas by code, name, alias or English name, by old codes and old names, and by what was answered."""

    def __init__(
        self, areas: Iterable[Area], own_area_id: Id, *, answered: Mapping[str, Id] | None = None, changes: DivisionChanges | None = None,
    ) -> None:
        self.tree = AreaTree(areas)
        self._own = own_area_id
        self._answered = answered or {}
        self._asked: set[str] = set()
        self._changes = changes or DivisionChanges(())
        self._by_name: dict[str, list[Area]] = {}
        self._by_code: dict[str, Area] = {}
        self._below: dict[Id, tuple[list[Area], frozenset[str]]] = {}
        self._meant: dict[tuple[str, ...], _Meant] = {}
        for area in self.tree.by_id.values():
            for name in () if area.is_retired else _names_of(area):
                self._by_name.setdefault(name, []).append(area)
            if area.code:
                self._by_code[_plain_code(area.code)] = area

    def find(self, row: RowReading) -> Found:
        """Return the area of a row, and note what was decided."""
        if (exact := self._written_out(row)) is not None:
            return Found(exact.id)
        written = row.values(_WRITTEN)
        key = tuple(written.values())
        meant = self._meant.get(key)
        if meant is None:
            code = written.pop("area_code", "")
            meant = self._meant[key] = self._look_up([part for part in written.values() if part], code)
        if meant.path in self._answered:
            return self._as_answered(row, meant.path)
        if meant.was and len(meant.found) == 1:
            now = meant.found[0]
            row.place_was = f"{meant.was} → {f'{now.code} {now.name}'.strip()}"
            row.note(RowNote.AREA_FOLLOWED, was=meant.was, area=f"{now.code} {now.name}".strip())
        return self._with_address(row, meant)

    def _as_answered(self, row: RowReading, path: str) -> Found:
        self._asked.add(path)
        area_id = self._answered[path]
        if area_id == GIVEN_BACK:
            row.refuse(RowReason.PLACE_UNKNOWN, next((field for field in reversed(_WRITTEN) if row.text(field)), "area"), written=path)
            return Found(self._own, path, is_default=True)
        return Found(area_id)

    @property
    def answers_unused(self) -> tuple[str, ...]:
        """Return the places that were answered and that no row has written so far."""
        return tuple(place for place in self._answered if place not in self._asked)

    def _with_address(self, row: RowReading, meant: _Meant) -> Found:
        address = row.text("address")
        if len(meant.found) == 1:
            known = meant.found[0]
            deeper = self.in_address(address, known.id)
            if deeper is None and not meant.is_whole:
                row.note(RowNote.AREA_ONLY_ABOVE, place=meant.path, area=known.name)
                return Found(known.id, meant.path)
            return Found((deeper or known).id)
        if not meant.path and (deeper := self.in_address(address, self._own)) is not None:
            return Found(deeper.id)
        if not meant.path:
            row.note(RowNote.AREA_NOT_WRITTEN)
        else:
            row.note(RowNote.AREA_AMBIGUOUS if meant.found else RowNote.AREA_DEFAULTED, place=meant.path)
        return Found(self._own, meant.path, is_default=True)

    def _look_up(self, parts: list[str], code: str) -> _Meant:
        """Return what a place means that is written in parts, from the greatest to the smallest, and perhaps by a code."""
        path = _BETWEEN.join(dict.fromkeys(parts)) or code
        if not code and parts and _CODE.fullmatch(parts[-1]):  # a code where a name is expected
            parts, code = parts[:-1], parts[-1]
        base, was, is_whole = self._with_code(code)
        found, depth = self._deepest([part for part in parts if part.casefold() not in _CHINA], base)
        if found:
            was = was if base is not None else self._was(found, parts[depth])
            return _Meant(path, tuple(found), depth == -1, was)
        if base is not None:
            return _Meant(path, (base,), is_whole and not (parts and not _names(parts[-1]) & _names_of(base) and parts[-1] not in was), was)
        return _Meant(path)

    def suggested(self, path: str) -> tuple[Id, ...]:
        """Return the areas that a written place is likest to; it is asked which of them is meant."""
        *above, written = path.split(_BETWEEN)
        return self._likeness.nearest(written, beside=above)

    @cached_property
    def _likeness(self) -> Likeness:
        living = [area for area in self.tree.by_id.values() if not area.is_retired]
        names = {area.id: [area.name, *area.aliases] for area in living}
        for old, (area, _was) in self._old_names.items():
            names.setdefault(area.id, []).append(old)
        return Likeness(names, {area.id: [one.name for one in self.tree.path(area.id)[:-1]] for area in living})

    @cached_property
    def _old_names(self) -> dict[str, tuple[Area, str]]:
        """What areas were called that are gone, and what became of each: of the desk's own tree first, then of the shipped changes."""
        old: dict[str, tuple[Area, str]] = {}
        for area in self.tree.by_id.values():
            now = self.tree.current(area.id) if area.is_retired else None
            if now is not None:
                _keep_all(old, _names_of(area), now, f"{area.code} {area.name}".strip())
        for change in self._changes.newest_first():
            now = self._after_changes(change.old_code) if change.old_name != change.new_name else None
            if now is not None:
                _keep_all(old, _forms(change.old_name), now, f"{change.old_code} {change.old_name}")
        return old

    def _was(self, found: list[Area], written: str) -> str:
        """Return what an area was when it was found by an old name."""
        if any(_names(written) & _names_of(area) or area.name in written for area in found):
            return ""
        return next((self._old_names[name][1] for name in self._old_ending(written) if self._old_names[name][0] in found), "")

    def _written_out(self, row: RowReading) -> Area | None:
        """Return the area whose whole path is written as this desk writes it; its code decides between two of one path."""
        written = row.text("area_path")
        found = self._by_path.get(written, []) if written else []
        if len(found) < 2:
            return found[0] if found else None
        code = row.text("area_code")
        return next((area for area in found if area.code == code), found[0])

    @cached_property
    def _by_path(self) -> dict[str, list[Area]]:
        by_path: dict[str, list[Area]] = {}
        for area in self.tree.by_id.values():
            by_path.setdefault(path_text(self.tree, area.id), []).append(area)
        return by_path

    def _with_code(self, code: str) -> tuple[Area | None, str, bool]:
        """Return the area with a code or the successor of one that bore it, what it was then, and whether the code says no more than that."""
        plain = _plain_code(code)
        found = self._by_code.get(plain)
        if found is not None:
            now = self.tree.current(found.id)
            return now, "" if now is found or now is None else f"{found.code} {found.name}", True
        for short in dict.fromkeys((plain, plain[:6], plain[:4])):
            change = self._changes.successor(short, known=self._by_code) if len(short) >= 4 else None
            now = self._after_changes(short) if change is not None else None
            if change is not None and now is not None:
                return now, f"{change.old_code} {change.old_name}", short == plain
        return None, "", True

    def _after_changes(self, code: str) -> Area | None:
        change = self._changes.successor(code, known=self._by_code)
        return None if change is None else self.tree.current(self._by_code[change.new_code].id)

    def distance_degrees(self, area_id: Id, position: tuple[float, float]) -> float | None:
        """Return how far a position lies from an area's middle, in degrees, or None when the area has none."""
        middle = self.tree.position(area_id)
        return None if middle is None else max(abs(middle[0] - position[0]), abs(middle[1] - position[1]))

    def _deepest(self, parts: list[str], base: Area | None) -> tuple[list[Area], int]:
        """Return the areas the deepest known part may mean, and where it stands; -1 says that it was the last part."""
        for at in range(len(parts) - 1, -1, -1):
            candidates = self._named(parts[at])
            if base is not None:
                candidates = [area for area in candidates if self.tree.is_within(area.id, base.id)]
            elif at:
                candidates = [area for area in candidates if self._agrees(area, parts[at - 1])]
            if len(candidates) > 1:
                candidates = [area for area in candidates if self.tree.is_within(area.id, self._own)] or candidates
            if candidates:
                return candidates, -1 if at == len(parts) - 1 else at
        return [], -1

    def _agrees(self, area: Area, above: str) -> bool:
        """Say whether the place written above an area lies above it; of what is above the whole tree nothing is known."""
        path = self.tree.path(area.id)
        return area is path[0] or any(_names(above) & _names_of(one) for one in path)

    def _named(self, written: str) -> list[Area]:
        found = {area.id: area for name in _names(written) for area in self._by_name.get(name, ())}
        exact = [area for area in found.values() if written in (area.name, area.name_en, *area.aliases)]
        return exact or list(found.values()) or self._at_end(written) or self._by_old_name(written)

    def _by_old_name(self, written: str) -> list[Area]:
        return list({self._old_names[name][0].id: self._old_names[name][0] for name in self._old_ending(written)}.values())[:1]

    def _old_ending(self, written: str) -> list[str]:
        """Return the old names that a written place is, or ends with."""
        plain = plain_name(written)
        return [plain[start:] for start in range(max(1, len(plain) - 2)) if plain[start:] in self._old_names]

    def _at_end(self, written: str) -> list[Area]:
        """Return the areas that a run of names such as 山东省青岛市市南区 ends with."""
        for start in range(2, len(written) - 1):
            ending = [area for area in self._by_name.get(written[start:], ()) if area.name == written[start:]]
            agreeing = [area for area in ending if any(one.name in written[:start] for one in self.tree.path(area.id)[:-1])]
            if agreeing:
                return agreeing
        return []

    def in_address(self, address: str, below: Id) -> Area | None:
        """Return the one district or street below an area whose full name stands in an address, or None."""
        if not address:
            return None
        if self.last_signs_below(below).isdisjoint(address):  # most addresses name no street office at all
            return None
        named = [area for area in self._below[below][0] if area.name in address]
        deepest = max((area.tier.rank for area in named), default=0)
        named = [area for area in named if area.tier.rank == deepest]
        return named[0] if len(named) == 1 else None

    def last_signs_below(self, below: Id) -> frozenset[str]:
        """Return the last signs of the names that `in_address` looks for; an address without any of them names no area."""
        if below not in self._below:
            spelled = self._spelled_below(below)
            self._below[below] = spelled, frozenset(area.name[-1] for area in spelled)
        return self._below[below][1]

    def _spelled_below(self, id_: Id) -> list[Area]:
        found: list[Area] = []
        waiting = list(self.tree.living_children(id_))
        while waiting and len(found) <= _MOST_NAMES_IN_ADDRESS:
            area = waiting.pop()
            if area.tier in (Tier.CITY, Tier.DISTRICT, Tier.STREET):
                waiting.extend(self.tree.living_children(area.id))
                if len(area.name) >= 3:
                    found.append(area)
        return found if len(found) <= _MOST_NAMES_IN_ADDRESS else []


def path_text(tree: AreaTree, area_id: Id) -> str:
    """Return the names from the top down to an area, as exports write them."""
    return PATH_MARK.join(area.name for area in tree.path(area_id))


def _names(written: str) -> set[str]:
    plain = plain_name(written)
    return {plain} if plain else set()


def _names_of(area: Area) -> set[str]:
    """Return every way to write an area's name, with and without its ending: 市南区 and 市南."""
    return set().union(*map(_forms, (area.name, area.name_en, *area.aliases)))


def _keep_all(old: dict[str, tuple[Area, str]], names: Iterable[str], now: Area, was: str) -> None:
    for name in names:
        old.setdefault(name, (now, was))


def _forms(name: str) -> set[str]:
    return {plain_name(name), stem(name)} if name else set()


def _plain_code(code: str) -> str:
    """Return a code without the zeros that fill it up: 370202000000 and 370202 are one."""
    digits = code.strip()
    if not digits.isdecimal():
        return digits
    return next((digits[:length] for length in (2, 4, 6, 9) if len(digits) >= length and not digits[length:].strip("0")), digits)
