"""Walk scripts: what was given, the steps with what each expects, and how an expectation is held against what was found.

A walk is acceptance test, drill and teaching script at once. Its format is told in `plans/walks/README.md`; acts and figures are
registries in `errands`, so that each later subject adds its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.sites import SiteKind
from emergency_desk.domain.teams import TeamKind

Found = str | int | float | bool | tuple[str, ...] | None
Wanted = str | tuple[str, ...]
NOTHING, YES, NO = "nothing", "yes", "no"


class City(StrEnum):
    """What a walk starts from."""

    DEMO = "demo"
    NOTHING = "nothing"


class ArgumentKind(StrEnum):
    """What an argument of an act holds, and so how it is checked when the file is read."""

    TEXT = "text"
    TEXTS = "texts"  # one text or a list
    NUMBER = "number"
    DECIMAL = "decimal"
    MOMENT = "moment"
    CHOICE = "choice"
    INCIDENT = "incident"  # the name of an earlier step that made one
    CALL = "call"
    ENTRY = "entry"
    TASK = "task"


@dataclass(frozen=True, slots=True)
class ArgumentShape:
    """One argument of an act."""

    kind: ArgumentKind = ArgumentKind.TEXT
    is_required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActShape:
    """What an act may be told, and what later steps may refer to under the step's name."""

    arguments: dict[str, ArgumentShape]
    makes: frozenset[ArgumentKind] = frozenset()


@dataclass(frozen=True, slots=True)
class FigureShape:
    """A figure that may be expected. Between `head` and `tail` stands what it is asked of, such as a team's name."""

    head: str
    tail: str = ""
    is_asked_of: str = ""  # what stands between, for the words of the format

    def subject(self, name: str) -> str | None:
        """Return what a written figure asks of ("" for a plain one), or None when it is not this figure."""
        if not self.is_asked_of:
            return "" if name == self.head else None
        if len(name) <= len(self.head) + len(self.tail) or not (name.startswith(self.head) and name.endswith(self.tail)):
            return None
        return name[len(self.head):len(name) - len(self.tail)]

    @property
    def written(self) -> str:
        """Return the figure as the format shows it."""
        return f"{self.head}<{self.is_asked_of}>{self.tail}" if self.is_asked_of else self.head


@dataclass(frozen=True, slots=True)
class Expectation:
    """One figure and what it must be."""

    figure: str
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Step:
    """One act of the script."""

    number: int
    at: datetime
    act: str
    tier: Tier | None = None
    account: str = ""
    arguments: dict[str, str | tuple[str, ...]] = field(default_factory=dict)
    moments: dict[str, datetime] = field(default_factory=dict)
    name: str = ""
    why: str = ""
    expectations: tuple[Expectation, ...] = ()
    refused: str = ""

    @property
    def expected_count(self) -> int:
        """How many expectations the step has; a refusal that must come is one."""
        return len(self.expectations) + bool(self.refused)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenArea:
    """An area to add, such as a zone without a code. `parent`: the name or code of the area above."""

    name: str
    parent: str
    tier: Tier
    code: str = ""
    name_en: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenTeam:
    """A team to add. Certificates as (capability, number, last valid day or "")."""

    name: str
    kind: TeamKind
    area: str
    capabilities: tuple[str, ...]
    name_en: str = ""
    latitude: float | None = None
    longitude: float | None = None
    phone: str = ""
    vehicles: str = ""
    channel: str = ""
    muster_minutes: int | None = None
    radius_km: float | None = None
    may_cross_area: bool = True
    agreement_until: str = ""
    insured_until: str = ""
    certificates: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenSite:
    """A site to add."""

    name: str
    kind: SiteKind
    area: str
    capacity: int | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a walk starts from. `area_code` and `desk_code` found a desk where the city is nothing."""

    city: City
    start: datetime
    account: str = ""
    area_code: str = ""
    desk_code: str = ""
    areas: tuple[GivenArea, ...] = ()
    teams: tuple[GivenTeam, ...] = ()
    sites: tuple[GivenSite, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """A whole script."""

    title: str
    title_en: str
    given: Given
    steps: tuple[Step, ...]


# -- what came of it --------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Finding:
    """One expectation held against what was found."""

    figure: str
    wanted: str
    found: str
    is_held: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one step. `trouble` names the refusal nobody expected, with its words."""

    step: Step
    tier: Tier
    account: str
    findings: tuple[Finding, ...] = ()
    trouble: str = ""

    @property
    def is_held(self) -> bool:
        """Say whether everything came as expected."""
        return not self.trouble and all(finding.is_held for finding in self.findings)

    @property
    def expected(self) -> int:
        """How many expectations the step counts for; an unexpected refusal breaks at least one."""
        return max(self.step.expected_count, 1) if self.trouble else self.step.expected_count

    @property
    def held(self) -> int:
        """How many of them held; after an unexpected refusal none did."""
        return 0 if self.trouble else sum(finding.is_held for finding in self.findings)


# -- the comparison ---------------------------------------------------------------------------------------------------
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_COMPARED = re.compile(r"(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)")


def holds(wanted: Wanted, found: Found) -> bool:
    """Say whether a figure is what was wanted.

    A list wants these and no others, in this order. A text may begin with an operator: `>= 3`, `> 3`, `<= 3`, `< 3`, `not …`,
    `contains …`, `one of a, b`, `= …` for a text that begins like an operator. Numbers compare as numbers, `nothing` is what is
    unknown or empty.
    """
    if isinstance(wanted, tuple):
        return _list_of(found) == wanted
    text = wanted.strip()
    if text.startswith("not "):
        return not holds(text[4:], found)
    if text.startswith("= "):
        return _equals(text[2:].strip(), found)
    if text.startswith("contains "):
        return _contains(text[9:].strip(), found)
    if text.startswith("one of "):
        return any(_equals(one.strip(), found) for one in re.split("[,，、]", text[7:]))
    compared = _COMPARED.fullmatch(text)
    if compared:
        return _compare(compared[1], float(compared[2]), found)
    return _equals(text, found)


def written(found: Found | Wanted) -> str:
    """Return a figure as a walk writes it."""
    if found is None or found == "" or found == ():
        return NOTHING
    if isinstance(found, bool):
        return YES if found else NO
    return "[" + ", ".join(found) + "]" if isinstance(found, tuple) else str(found)


def _list_of(found: Found) -> tuple[str, ...]:
    if isinstance(found, tuple):
        return found
    return () if found is None or found == "" else (written(found),)


def _equals(wanted: str, found: Found) -> bool:
    if isinstance(found, tuple) and len(found) == 1 and wanted != NOTHING:
        found = found[0]
    if isinstance(found, int | float) and not isinstance(found, bool) and _NUMBER.fullmatch(wanted):
        return float(wanted) == float(found)
    return written(found) == wanted


def _contains(wanted: str, found: Found) -> bool:
    return wanted in found if isinstance(found, tuple) else wanted in written(found)


def _compare(operator: str, limit: float, found: Found) -> bool:
    if isinstance(found, str) and _NUMBER.fullmatch(found):
        found = float(found)
    if isinstance(found, bool) or not isinstance(found, int | float):
        return False
    return {">=": found >= limit, "<=": found <= limit, ">": found > limit, "<": found < limit}[operator]
