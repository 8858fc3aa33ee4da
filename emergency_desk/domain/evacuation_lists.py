"""The transfer list of a village by families that are alike, and to which shelters they were sent. No names: those stand in shelters' own sheets.

A list is written whole and the newest one of a village holds; where families were sent is appended, and taken back only by a further entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from emergency_desk.domain.errors import FieldRefused, FieldUnreadable
from emergency_desk.domain.ids import Id

MOST_IN_FAMILY, MOST_FAMILIES = 30, 100_000  # a house limit: more are no family, and no village
_PART = re.compile(r"(\d{1,3})\s*人?\s*(?:[/／(（]\s*(\d{1,3})\s*[)）]?)?\s*(?:[x×*＊X]\s*(\d{1,6})\s*户?)?")
_APART = re.compile(r"[,，;；、\s]+")
_TIGHT = re.compile(r"\s*([x×*＊X/／(（])\s*")


@dataclass(frozen=True, slots=True)
class Families:
    """So many families that are alike: people of one, vulnerable of one."""

    people: int
    families: int
    vulnerable: int = 0

    @property
    def heads(self) -> int:
        """Return the people of all of them."""
        return self.people * self.families


@dataclass(frozen=True, slots=True)
class ListedFamilies:
    """A line of a village's list. All lines of one writing share `list_id`; the newest list of a group holds."""

    id: Id
    list_id: Id
    group_id: Id
    incident_id: Id
    people: int
    families: int
    recorded_at: datetime
    account_id: Id
    vulnerable: int = 0
    is_exercise: bool = False

    @property
    def key(self) -> str:
        """What families of this kind are known by."""
        return kind_key(self.group_id, self.people, self.vulnerable)


@dataclass(frozen=True, slots=True)
class FamilyTransfer:
    """Families of a village sent to a shelter, appended. `takes_back_id` names the entry that holds no more."""

    id: Id
    document: str  # one number for all that was decided at once
    incident_id: Id
    group_id: Id
    shelter_id: Id
    people: int
    families: int
    occurred_at: datetime
    recorded_at: datetime
    account_id: Id
    vulnerable: int = 0
    minutes: int | None = None
    decided_by: str = ""
    is_by_hand: bool = False
    takes_back_id: Id | None = None
    reason: str = ""
    is_exercise: bool = False

    @property
    def key(self) -> str:
        """What families of this kind are known by."""
        return kind_key(self.group_id, self.people, self.vulnerable)

    @property
    def heads(self) -> int:
        """Return the people of these families."""
        return self.people * self.families


def kind_key(group_id: Id, people: int, vulnerable: int) -> str:
    """Return what families that are alike are known by."""
    return f"{group_id}:{people}:{vulnerable}"


def in_force(transfers: Iterable[FamilyTransfer]) -> list[FamilyTransfer]:
    """Return the transfers that were not taken back."""
    some = list(transfers)
    gone = {one.takes_back_id for one in some if one.takes_back_id is not None}
    return [one for one in some if one.takes_back_id is None and one.id not in gone]


def newest_lists(lines: Iterable[ListedFamilies]) -> dict[Id, list[ListedFamilies]]:
    """Return the list that holds of each group; `lines` in the order they came in."""
    found: dict[Id, list[ListedFamilies]] = {}
    for line in lines:
        before = found.get(line.group_id)
        if before is None or before[0].list_id != line.list_id:
            found[line.group_id] = [line]
        else:
            before.append(line)
    return found


def read_families(text: str) -> tuple[Families, ...]:
    """Read "4×20 3×12 2/1×8": families of four, of three, and of two with one vulnerable. Raises FieldUnreadable, FieldRefused."""
    found: dict[tuple[int, int], int] = {}
    for part in _APART.split(_TIGHT.sub(r"\1", text.strip())):
        if not part:
            continue
        read = _PART.fullmatch(part)
        if read is None:
            raise FieldUnreadable(name="families", typed=part, expected="4×20 3×12 2/1×8")
        people, vulnerable, count = int(read[1]), int(read[2] or 0), int(read[3] or 1)
        found[people, vulnerable] = found.get((people, vulnerable), 0) + count
    return check_families(Families(people, count, vulnerable) for (people, vulnerable), count in found.items())


def check_families(families: Iterable[Families]) -> tuple[Families, ...]:
    """Refuse families that cannot be; the largest stand first. Raises FieldRefused."""
    some = tuple(sorted(families, key=lambda one: (not one.vulnerable, -one.people, -one.vulnerable)))
    for one in some:
        for typed, least, most in ((one.people, 1, MOST_IN_FAMILY), (one.families, 1, MOST_FAMILIES), (one.vulnerable, 0, one.people)):
            if not least <= typed <= most:
                raise FieldRefused(name="families", reason="quantity", typed=typed, other=f"{least}…{most}")
    return some


def families_words(families: Iterable[Families | ListedFamilies]) -> str:
    """Write families as they are read."""
    return " ".join(f"{one.people}/{one.vulnerable}×{one.families}" if one.vulnerable else f"{one.people}×{one.families}" for one in families)
