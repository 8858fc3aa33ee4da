"""The area of the desk that a foreign list means by its words for a place, or the desk's own area with that fact noted.

A name counts only when the place written above it agrees: another city has a 市北区 too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from emergency_desk.domain.areas import Area, AreaTree, Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.imports import RowNote
from emergency_desk.exchange.row_reading import RowReading

_PARTS = ("country", "province", "city", "district", "street", "village")
_ENDINGS = ("特别行政区", "自治区", "自治州", "自治县", "街道", "地区", "新区", "省", "市", "区", "县", "镇", "乡", "盟", "旗",
            "社区", "村")
_CHINA = frozenset({"中国", "中华人民共和国", "china", "cn", "chn", "prc"})
_MOST_NAMES_IN_ADDRESS = 2000
_MOST_STEPS = 12  # no area changed more often
PATH_MARK = "/"


@dataclass(frozen=True, slots=True)
class Found:
    """The area taken, and the place as the file wrote it when the area does not say it all."""

    area_id: Id
    place_path: str = ""
    is_default: bool = False


class PlaceFinder:
    """Finds areas by code, name, alias or English name."""

    def __init__(self, areas: Iterable[Area], own_area_id: Id, *, answered: Mapping[str, Id] | None = None) -> None:
        self.tree = AreaTree(areas)
        self._own = own_area_id
        self._answered = answered or {}
        self._by_path: dict[str, list[Area]] | None = None
        self._by_name: dict[str, list[Area]] = {}
        self._by_code: dict[str, Area] = {}
        self._below: dict[Id, list[Area]] = {}
        for area in self.tree.by_id.values():
            for name in () if area.is_retired else _names_of(area):
                self._by_name.setdefault(name, []).append(area)
            if area.code:
                self._by_code[_plain_code(area.code)] = area

    def find(self, row: RowReading) -> Found:
        """Return the area of a row, and note what was decided."""
        if (exact := self._written_out(row)) is not None:
            return Found(exact.id)
        parts = [part for part in (row.text(field) for field in _PARTS) if part]
        if area := row.text("area"):
            parts.append(area)
        path = " / ".join(dict.fromkeys(parts))
        if path in self._answered:
            return Found(self._answered[path])
        base = self._with_code(row.text("area_code"))
        found, depth = self._deepest([part for part in parts if part.casefold() not in _CHINA], base)
        if not found and base is not None:
            found, depth = [base], 0 if parts and not _names(parts[-1]) & _names_of(base) else -1
        address = row.text("address")
        if len(found) == 1:
            deeper = self._in_address(address, found[0].id)
            if depth != -1 and deeper is None:
                row.note(RowNote.AREA_ONLY_ABOVE, place=path, area=found[0].name)
                return Found(found[0].id, path)
            return Found((deeper or found[0]).id)
        if not parts and (deeper := self._in_address(address, self._own)) is not None:
            return Found(deeper.id)
        self._note_own(row, path, found)
        return Found(self._own, path, is_default=True)

    def _written_out(self, row: RowReading) -> Area | None:
        """Return the area whose whole path is written as this desk writes it; its code decides between two of one path."""
        written = row.text("area_path")
        if not written:
            return None
        if self._by_path is None:
            self._by_path = {}
            for area in self.tree.by_id.values():
                self._by_path.setdefault(path_text(self.tree, area.id), []).append(area)
        found = self._by_path.get(written, [])
        code = row.text("area_code")
        return next((area for area in found if area.code == code), found[0] if found else None)

    def _with_code(self, code: str) -> Area | None:
        """Return the area with a code, or the successor of an area that bore it."""
        plain = _plain_code(code)
        found = self._by_code.get(plain)
        steps = 0
        while found is not None and found.is_retired and found.successor_id in self.tree.by_id and steps < _MOST_STEPS:
            found, steps = self.tree.by_id[found.successor_id], steps + 1
        return found

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
        return exact or list(found.values()) or self._at_end(written)

    def _at_end(self, written: str) -> list[Area]:
        """Return the areas that a run of names such as 山东省青岛市市南区 ends with."""
        for start in range(2, len(written) - 1):
            ending = [area for area in self._by_name.get(written[start:], ()) if area.name == written[start:]]
            agreeing = [area for area in ending if any(one.name in written[:start] for one in self.tree.path(area.id)[:-1])]
            if agreeing:
                return agreeing
        return []

    def _in_address(self, address: str, below: Id) -> Area | None:
        """Return the one district or street below an area whose full name stands in an address, or None."""
        if not address:
            return None
        if below not in self._below:
            self._below[below] = self._spelled_below(below)
        named = [area for area in self._below[below] if area.name in address]
        deepest = max((area.tier.rank for area in named), default=0)
        named = [area for area in named if area.tier.rank == deepest]
        return named[0] if len(named) == 1 else None

    def _spelled_below(self, id_: Id) -> list[Area]:
        found: list[Area] = []
        waiting = list(self.tree.children(id_))
        while waiting and len(found) <= _MOST_NAMES_IN_ADDRESS:
            area = waiting.pop()
            if area.tier in (Tier.CITY, Tier.DISTRICT, Tier.STREET):
                waiting.extend(self.tree.children(area.id))
                if len(area.name) >= 3:
                    found.append(area)
        return found if len(found) <= _MOST_NAMES_IN_ADDRESS else []

    @staticmethod
    def _note_own(row: RowReading, path: str, found: list[Area]) -> None:
        if not path:
            row.note(RowNote.AREA_NOT_WRITTEN)
        else:
            row.note(RowNote.AREA_AMBIGUOUS if found else RowNote.AREA_DEFAULTED, place=path)


def path_text(tree: AreaTree, area_id: Id) -> str:
    """Return the names from the top down to an area, as exports write them."""
    return PATH_MARK.join(area.name for area in tree.path(area_id))


def _names(written: str) -> set[str]:
    plain = written.strip().casefold().replace("街道办事处", "街道")
    return {plain} if plain else set()


def _names_of(area: Area) -> set[str]:
    """Return every way to write an area's name, with and without its ending: 市南区 and 市南."""
    names: set[str] = set()
    for plain in set().union(*map(_names, (area.name, area.name_en, *area.aliases))):
        names.add(plain)
        ending = next((one for one in _ENDINGS if plain.endswith(one) and len(plain) - len(one) >= 2), "")
        names.add(plain.removesuffix(ending))
    return names


def _plain_code(code: str) -> str:
    """Return a code without the zeros that fill it up: 370202000000 and 370202 are one."""
    digits = code.strip()
    if not digits.isdecimal():
        return digits
    return next((digits[:length] for length in (2, 4, 6, 9) if len(digits) >= length and not digits[length:].strip("0")), digits)
