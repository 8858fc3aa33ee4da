"""Founds a real desk: a city of one's own from the shipped divisions, an empty register, the shipped rules and plans, one account.

The tree begins at the city (or the province, for a province's desk) and goes down to the street, in a city to the villages and
communities. Positions are not known and stay so until somebody enters them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from emergency_desk.domain.accounts import Role
from emergency_desk.domain.areas import Area, Tier
from emergency_desk.domain.errors import FieldMissing, FieldUnreadable, PasswordsDiffer
from emergency_desk.domain.store_keys import settled_passphrase
from emergency_desk.errands.city_areas import city_areas, english_name
from emergency_desk.errands.division_finding import DivisionFinder, Settled
from emergency_desk.services import founding
from emergency_desk.services.accounts import new_account
from emergency_desk.services.desk import Desk, DeskFacts
from emergency_desk.wording.catalog import N_, _

Progress = Callable[[int, int, str], None]
_STEPS = (N_("Laying out districts, streets and communities"), N_("Taking rules and plans"))
_DESK_CODE = re.compile(r"[0-9A-Za-z]{2,12}")
# What the room of a tier calls itself when nobody names it.
_OPERATIONS_CENTRE = ("{}应急指挥中心", "{} Operations Centre")
_DUTY_OFFICE = ("{}应急值班室", "{} Duty Office")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody answered about a desk that is to be founded. Empty desk code and name take what the area gives."""

    area: str  # a code or a whole name
    account: str
    password: str
    display_name: str = ""
    desk_code: str = ""
    desk_name: str = ""
    password_again: str | None = None
    passphrase: str = field(default="", repr=False)  # of the store; empty, and it is not encrypted
    passphrase_again: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Founded:
    """What was founded."""

    facts: DeskFacts
    area: Area
    areas: int
    account: str
    note: str


def check(finder: DivisionFinder, wanted: Wanted) -> Settled:
    """Look answers over before anything is written. Raises AreaUnknown, AreaIsHeading, FieldMissing, FieldUnreadable, PasswordsDiffer …"""
    if not wanted.area.strip():
        raise FieldMissing(name="area")
    settled = finder.settle(wanted.area)
    if wanted.desk_code and not _DESK_CODE.fullmatch(wanted.desk_code):
        raise FieldUnreadable(name="desk_code", typed=wanted.desk_code, expected=_("2 to 12 digits or letters, such as 370203"))
    for name, value in (("account", wanted.account), ("password", wanted.password)):
        if not value.strip():
            raise FieldMissing(name=name)
    if wanted.password_again is not None and wanted.password_again != wanted.password:
        raise PasswordsDiffer()
    if wanted.passphrase or wanted.passphrase_again:
        settled_passphrase(wanted.passphrase, wanted.passphrase_again)
    return settled


def found_city(
    desk: Desk, *, finder: DivisionFinder, wanted: Wanted, rules: Mapping[str, str], plans: Iterable[tuple[str, str, str]],
    progress: Progress | None = None,
) -> Founded:
    """Found an unfounded desk. Raises what `check` raises, DeskFounded, BadFile, StoreTrouble; then nothing is founded."""
    settled = check(finder, wanted)
    _tell(progress, 0)
    areas = city_areas(finder.divisions, finder.root_of(settled.division).code, desk.new_id, {})
    own = next(area for area in areas if area.code == settled.division.code)
    name, name_en = suggested_name(settled)
    facts = DeskFacts(code=wanted.desk_code or default_desk_code(own.code), area_id=own.id, name=wanted.desk_name.strip() or name,
                      name_en="" if wanted.desk_name.strip() not in ("", name) else name_en)
    account = new_account(desk, name=wanted.account, display_name=wanted.display_name.strip() or wanted.account, roles=tuple(Role),
                          area_id=own.id, password=wanted.password)
    _tell(progress, 1)
    founding.found_city(desk, facts=facts, areas=areas, account=account, password=wanted.password, rules=rules, plans=plans)
    desk.memory.forget()
    _tell(progress, len(_STEPS))
    return Founded(facts, own, len(areas), account.name, settled.note)


def default_desk_code(area_code: str) -> str:
    """Return the desk code an area suggests: its own code, with zeros to six digits as numbers of incidents carry it (370200)."""
    return area_code.ljust(6, "0")


def suggested_name(settled: Settled) -> tuple[str, str]:
    """Return what the desk of an area is called when nobody names it, in Chinese and English."""
    division, tier = settled.division, settled.tier
    chinese, english = _DUTY_OFFICE if tier is Tier.STREET else _OPERATIONS_CENTRE
    name_en = english_name(division, tier)
    return chinese.format(division.name), english.format(f"{name_en} City" if tier is Tier.CITY and division.name.endswith("市") else name_en)


@dataclass(frozen=True, slots=True)
class Below:
    """What lies below an area, and the rungs of the ladder of its city, from the scene upwards."""

    districts: int
    streets: int
    rungs: tuple[Tier, ...]


def below(finder: DivisionFinder, settled: Settled) -> Below:
    """Return how much lies below a desk's own area, for whoever is about to found it."""
    lengths = [len(one.code) for one in finder.divisions.subtree(settled.division.code)[1:]]
    root = finder.root_of(settled.division)
    has_districts = any(len(one.code) == 6 and one.code != root.code for one in finder.divisions.subtree(root.code))
    return Below(lengths.count(6), lengths.count(9), (Tier.STREET, Tier.DISTRICT, Tier.CITY) if has_districts else (Tier.STREET, Tier.CITY))


def _tell(progress: Progress | None, done: int) -> None:
    if progress is not None:
        progress(done, len(_STEPS), _(_STEPS[done]) if done < len(_STEPS) else "")
