"""Reading the shipped files of China's administrative divisions, from the provinces down to villages and communities.

The files hold real offices only: no 市辖区 layer between a municipality and its districts, no 省直辖 layer, no county that merely
repeats its city. A division therefore belongs to the nearest shorter code that the file knows: 419001 (济源) to province 41,
442000001 to the city 4420 (中山). Their format is told in the README beside them; `installer/make_divisions.py` writes them.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from emergency_desk.domain.errors import BadFile, NotFound

TIER_BY_LENGTH = {2: "tier_province", 4: "tier_city", 6: "tier_district", 9: "tier_street", 12: "tier_village"}
_SHORTER = {2: (), 4: (2,), 6: (4, 2), 9: (6, 4, 2), 12: (9,)}


@dataclass(frozen=True, slots=True)
class Division:
    """One administrative division; `code` has 2, 4, 6, 9 or 12 digits, `parent` is "" for a province."""

    code: str
    name: str
    parent: str
    tier: str


class Divisions:
    """All divisions to the street in memory; villages are read from their province's file when asked for."""

    def __init__(self, names: dict[str, str], folder: Path) -> None:
        self._names = names
        self._folder = folder
        self._parents: dict[str, str] = {}
        self._children: dict[str, list[str]] = {}
        for code in names:
            parent = _parent(code, names)
            self._parents[code] = parent
            self._children.setdefault(parent, []).append(code)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, code: object) -> bool:
        """Tell whether a division down to the street has this code."""
        return code in self._names

    def provinces(self) -> tuple[Division, ...]:
        """Return the provinces, autonomous regions and municipalities in the order of their codes."""
        return tuple(self._division(code) for code in self._children.get("", ()))

    def find(self, code: str) -> Division:
        """Return the division with this code, villages included. Raises NotFound."""
        if code in self._names:
            return self._division(code)
        for village in self.villages(code[:9]) if len(code) == 12 else ():
            if village.code == code:
                return village
        raise NotFound(kind="division", key=code)

    def children(self, code: str) -> tuple[Division, ...]:
        """Return the divisions straight under this one, in the order of their codes; under a street, its villages. Raises NotFound."""
        tier = self.find(code).tier
        if tier == "tier_street":
            return self.villages(code)
        return tuple(self._division(child) for child in self._children.get(code, ()))

    def path(self, code: str) -> tuple[Division, ...]:
        """Return the divisions from the province down to this one, itself last. Raises NotFound."""
        steps = [self.find(code)]
        while steps[-1].parent:
            steps.append(self._division(steps[-1].parent))
        return tuple(reversed(steps))

    def subtree(self, code: str) -> tuple[Division, ...]:
        """Return this division and all below it down to the street, each before those under it. Raises NotFound."""
        self._must_know(code)
        return tuple(self._division(found) for found in self._walk(code))

    def villages(self, of_code: str) -> tuple[Division, ...]:
        """Return the villages and communities anywhere below this division. Raises NotFound, BadFile."""
        self._must_know(of_code)
        path = self._folder / "villages" / f"{of_code[:2]}.txt.xz"
        return tuple(
            village
            for number, line in enumerate(_lines(path), start=1)
            if line.startswith(of_code)
            for village in _villages(line, path.name, number)
        )

    def _must_know(self, code: str) -> None:
        if code not in self._names:
            raise NotFound(kind="division", key=code)

    def _division(self, code: str) -> Division:
        return Division(code, self._names[code], self._parents[code], TIER_BY_LENGTH[len(code)])

    def _walk(self, code: str) -> Iterator[str]:
        yield code
        for child in self._children.get(code, ()):
            yield from self._walk(child)


def read_divisions(folder: Path) -> Divisions:
    """Read the divisions to the street from the folder that holds divisions.csv.xz. Raises BadFile."""
    path = folder / "divisions.csv.xz"
    lines = _lines(path)
    if not lines or lines[0] != "code,name":
        raise BadFile(name=path.name, reason="damaged", line=1, detail="code,name")
    names: dict[str, str] = {}
    for number, line in enumerate(lines[1:], start=2):
        code, _, name = line.partition(",")
        if not name or len(code) not in _SHORTER or not code.isdecimal() or code in names:
            raise BadFile(name=path.name, reason="damaged", line=number, detail=line)
        names[code] = name
    return Divisions(names, folder)


def _parent(code: str, names: dict[str, str]) -> str:
    for length in _SHORTER[len(code)]:
        if code[:length] in names:
            return code[:length]
    return ""


def _lines(path: Path) -> list[str]:
    try:
        return lzma.decompress(path.read_bytes()).decode("utf-8").splitlines()
    except FileNotFoundError as error:
        raise BadFile(name=path.name, reason="missing", line=0, detail="") from error
    except (lzma.LZMAError, UnicodeDecodeError) as error:
        raise BadFile(name=path.name, reason="damaged", line=0, detail=str(error)) from error


def _villages(line: str, name: str, line_number: int) -> Iterator[Division]:
    street, *fields = line.split("\t")
    number = 0
    for field in fields:
        jump, equals, village = field.rpartition("=")
        if equals and not (len(jump) == 3 and jump.isdecimal()):
            raise BadFile(name=name, reason="damaged", line=line_number, detail=field)
        number = int(jump) if equals else number + 1
        yield Division(f"{street}{number:03d}", village, street, "tier_village")
