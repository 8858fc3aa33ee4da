"""The catalogue of emergency supplies: classes and codes of the national standard, and the packaging colour of a class.

Source: GB/T 38565-2020 §4.2, 5.2, 5.3 (seven digits, 1+2+2+2; 99 takes in what fits nowhere else); GB/T 30676-2014 (packaging colours).
The entries are data; those that a reading of the scan leaves in doubt say why. Own items bear a code that begins with `x-` (R-5.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from emergency_desk.domain.rules import RuleBasis
from emergency_desk.domain.texts import Text

OWN = "x-"
_ENDS = (1, 3, 5, 7)  # how many digits a code of each level says


class PackColour(StrEnum):
    """The colour of an emergency package. Source: GB/T 30676-2014."""

    RED = "pack_red"
    ORANGE = "pack_orange"
    YELLOW = "pack_yellow"
    GREEN = "pack_green"
    BLUE = "pack_blue"


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One class of the standard. `doubt` says what the reading of the scan left open; "" when nothing."""

    code: str
    name: Text
    note: str = ""
    doubt: str = ""

    @property
    def level(self) -> int:
        """1 for a division (大类) down to 4 (细类)."""
        return level_of(self.code)

    @property
    def parent(self) -> str:
        """The code of the class above, "" for a division."""
        return parent_of(self.code)

    @property
    def takes_the_rest(self) -> bool:
        """Say whether the class takes in what fits nowhere else (收容类目)."""
        return self.level > 1 and self.code[:_ENDS[self.level - 1]].endswith("99")


@dataclass(frozen=True, slots=True)
class ColourRule:
    """Every code that begins like one of these is packed in this colour; of several the longest beginning speaks."""

    colour: PackColour
    beginnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All classes, in the order of their codes."""

    entries: tuple[CatalogueEntry, ...] = ()
    colours: tuple[ColourRule, ...] = ()
    heaviest_kg: int = 0  # of one package, GB/T 30676-2014
    basis: RuleBasis | None = None
    by_code: dict[str, CatalogueEntry] = field(default_factory=dict, compare=False)

    @classmethod
    def of(
        cls, entries: Iterable[CatalogueEntry], *, colours: Iterable[ColourRule] = (), heaviest_kg: int = 0, basis: RuleBasis | None = None,
    ) -> Catalogue:
        """Return the catalogue of some entries."""
        listed = tuple(sorted(entries, key=lambda one: one.code))
        return cls(entries=listed, colours=tuple(colours), heaviest_kg=heaviest_kg, basis=basis, by_code={one.code: one for one in listed})

    def path(self, code: str) -> tuple[CatalogueEntry, ...]:
        """Return the classes above an entry and the entry itself, the division first; nothing for an own or unknown code."""
        found: list[CatalogueEntry] = []
        while code in self.by_code:
            found.append(self.by_code[code])
            code = found[-1].parent
        return tuple(reversed(found))

    def below(self, code: str) -> tuple[CatalogueEntry, ...]:
        """Return the classes straight below a class; the divisions for ""."""
        return tuple(one for one in self.entries if one.parent == code)

    def colour_of(self, code: str) -> PackColour:
        """Return the colour a code is packed in; blue (other) for an own or unknown code."""
        fitting = [(len(beginning), rule.colour) for rule in self.colours for beginning in map(_said, rule.beginnings)
                   if code.startswith(beginning)]
        return max(fitting, key=lambda pair: pair[0])[1] if fitting else PackColour.BLUE

    def find(self, text: str, *, limit: int = 40) -> tuple[CatalogueEntry, ...]:
        """Return the entries whose code begins with the text or whose names hold every word of it."""
        words = text.lower().split()
        found = (one for one in self.entries if all(one.code.startswith(word) or word in f"{one.name.zh} {one.name.en} {one.note}".lower()
                                                    for word in words))
        return tuple(one for _place, one in zip(range(limit), found, strict=False))


def level_of(code: str) -> int:
    """Return the level of a seven-digit code: 1 division, 2, 3, 4."""
    return next(level for level, end in enumerate(_ENDS, start=1) if not code[end:].strip("0"))


def parent_of(code: str) -> str:
    """Return the code of the class above, "" for a division."""
    level = level_of(code)
    return "" if level == 1 else code[:_ENDS[level - 2]].ljust(7, "0")


def is_own(code: str) -> bool:
    """Say whether a code is the desk's own and none of the standard's."""
    return code.startswith(OWN)


def _said(code: str) -> str:
    return code[:_ENDS[level_of(code) - 1]]
