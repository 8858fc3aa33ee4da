"""What may stand in the register of teams, and how a list of it is asked for.

Every check names the field it belongs to, so that a form shows the refusal there. Sources: attributes domain §4.2, rating levels 应急〔2024〕83号
(1 to 3); the number of days after which a contact should be tried again is a house setting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from emergency_desk.domain.agreements import Agreement
from emergency_desk.domain.errors import FieldMissing, FieldRefused
from emergency_desk.domain.ids import Id
from emergency_desk.domain.sites import Site
from emergency_desk.domain.teams import Team, TeamKind, TeamMember, TeamState
from emergency_desk.domain.units import Unit

CONTACT_DAYS = 90  # a house setting: a contact nobody tried for so long is due
RATING_LEVELS = (1, 2, 3)  # 应急〔2024〕83号: 1 is the highest
# Fields that follow a team's state, not its keeper; a form left open never stumbles over them.
MOVING = ("state", "state_since", "state_note", "incident_id", "version", "search_key")
BULK_FIELDS = ("unit_name", "supervisor", "channel", "contact_tried_on", "insured_until", "agreement_until", "may_cross_area", "note")
_PHONE = re.compile(r"[0-9+＋()（）\- －—/、,，;；转#*.]+")
_FEWEST_DIGITS = 3  # 119


class TeamOrder(StrEnum):
    """What a list of teams is sorted by."""

    NAME = "name"
    CODE = "code"
    KIND = "kind"
    STATE = "state"
    PEOPLE = "people"
    MUSTER = "muster"


class ExpiryKind(StrEnum):
    """What runs out."""

    CERTIFICATE = "certificate"
    RATING = "rating"
    INSURANCE = "insurance"
    AGREEMENT = "agreement"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class TeamFilter:
    """Which teams a list shows. Empty means any; `area_id` holds everything below it; `ends_by`: some paper ends by that day."""

    text: str = ""
    kinds: tuple[TeamKind, ...] = ()
    capability: str = ""
    area_id: Id | None = None
    states: tuple[TeamState, ...] = ()
    ends_by: date | None = None
    is_retired: bool = False


class TeamLine(NamedTuple):
    """One team of a list. `place` is what the page after it begins behind. A tuple, because pages of them are made while somebody scrolls."""

    id: Id
    code: str
    name: str
    name_en: str
    kind: TeamKind
    area_id: Id
    capabilities: tuple[str, ...]
    state: TeamState
    state_since: datetime | None
    people_total: int | None
    people_ready: int | None
    muster_minutes: int | None
    duty_phone: str
    leader_name: str
    unit_name: str
    ends_on: date | None  # the earliest end of insurance, agreement or certificates
    place: tuple[str | int, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Deployment:
    """One time a team was sent out."""

    dispatch_id: Id
    order_number: str
    incident_id: Id
    incident_number: str
    incident_title: str
    sent_at: datetime
    on_scene_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class TeamDetail:
    """One team with all that belongs to it."""

    team: Team
    members: tuple[TeamMember, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    deployments: tuple[Deployment, ...] = ()


@dataclass(frozen=True, slots=True)
class ExpiryLine:
    """One thing that runs out. `ends_on` None: never tried, for a contact."""

    kind: ExpiryKind
    id: Id
    team_id: Id | None
    name: str
    what: str
    ends_on: date | None
    phone: str = ""
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class AreaStates:
    """One area of the state board: how many teams stand in each state within it. `silent`: out without a word for too long."""

    area_id: Id
    counts: dict[TeamState, int] = field(default_factory=dict)
    silent: int = 0

    @property
    def total(self) -> int:
        """How many teams in all."""
        return sum(self.counts.values())


def first_end(team: Team) -> date | None:
    """Return the earliest day on which a paper of the team ends."""
    days = [team.insured_until, team.agreement_until, *(paper.valid_until for paper in team.certificates)]
    return min((day for day in days if day is not None), default=None)


def contact_is_due(tried_on: date | None, today: date) -> bool:
    """Say whether a contact should be tried again."""
    return tried_on is None or today - tried_on >= timedelta(days=CONTACT_DAYS)


def differing(one: object, other: object, *, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of the fields in which two records differ."""
    return tuple(name for name in names if getattr(one, name) != getattr(other, name))


# -- may it stand? ----------------------------------------------------------------------------------------------------
def check_team(team: Team) -> Team:
    """Return the team if it may stand in the register. Raises FieldMissing, FieldRefused."""
    _needed("name", team.name)
    _needed("area_id", team.area_id)
    for name in ("people_total", "people_ready", "muster_minutes", "self_sufficiency_hours"):
        _not_negative(name, getattr(team, name))
    if team.people_total is not None and team.people_ready is not None and team.people_ready > team.people_total:
        raise FieldRefused(name="people_ready", reason="more_than_total", typed=str(team.people_ready), other=str(team.people_total))
    if team.radius_km is not None and team.radius_km <= 0:
        raise FieldRefused(name="radius_km", reason="not_above_zero", typed=f"{team.radius_km:g}")
    if team.rating_level is not None and team.rating_level not in RATING_LEVELS:
        raise FieldRefused(name="rating_level", reason="no_such_rating", typed=str(team.rating_level))
    if team.rating_level is not None:
        _needed("rating_specialty", team.rating_specialty)
    _position(team.latitude, team.longitude)
    _phone("duty_phone", team.duty_phone)
    for paper in team.certificates:
        _needed("certificates", paper.capability)
    for thing in team.equipment:
        _needed("equipment", thing.name)
        if thing.count <= 0:
            raise FieldRefused(name="equipment", reason="not_above_zero", typed=str(thing.count))
    return team


def check_member(member: TeamMember) -> TeamMember:
    """Return the member if it may stand. Raises FieldMissing, FieldRefused."""
    _needed("name", member.name)
    _phone("phone", member.phone)
    for paper in member.certificates:
        _needed("certificates", paper.capability)
    return member


def check_agreement(agreement: Agreement) -> Agreement:
    """Return the agreement if it may stand. Raises FieldMissing, FieldRefused."""
    _needed("partner", agreement.partner)
    if agreement.signed_on and agreement.valid_until and agreement.valid_until < agreement.signed_on:
        raise FieldRefused(name="valid_until", reason="ends_before_begin", typed=agreement.valid_until.isoformat(),
                           other=agreement.signed_on.isoformat())
    if agreement.quantity is not None and agreement.quantity <= 0:
        raise FieldRefused(name="quantity", reason="not_above_zero", typed=str(agreement.quantity))
    _not_negative("arrival_minutes", agreement.arrival_minutes)
    _phone("phone", agreement.phone)
    return agreement


def check_unit(unit: Unit) -> Unit:
    """Return the unit if it may stand. Raises FieldMissing, FieldRefused."""
    _needed("name", unit.name)
    _phone("duty_phone", unit.duty_phone)
    _phone("fax", unit.fax)
    return unit


def check_site(site: Site) -> Site:
    """Return the site if it may stand. Raises FieldMissing, FieldRefused."""
    _needed("name", site.name)
    _position(site.latitude, site.longitude)
    _phone("phone", site.phone)
    for name in ("capacity", "effective_area_m2"):
        _not_negative(name, getattr(site, name))
    return site


def is_phone(text: str) -> bool:
    """Say whether a text can be dialled: digits with the usual marks between them, several numbers too, and no words."""
    return bool(_PHONE.fullmatch(text)) and sum(sign.isdigit() for sign in text) >= _FEWEST_DIGITS


def _needed(name: str, value: str) -> None:
    if not value.strip():
        raise FieldMissing(name=name)


def _not_negative(name: str, value: int | None) -> None:
    if value is not None and value < 0:
        raise FieldRefused(name=name, reason="negative", typed=str(value))


def _phone(name: str, text: str) -> None:
    if text and not is_phone(text):
        raise FieldRefused(name=name, reason="not_a_phone", typed=text)


def _position(latitude: float | None, longitude: float | None) -> None:
    if (latitude is None) != (longitude is None):
        raise FieldMissing(name="latitude" if latitude is None else "longitude")
    for name, value, most in (("latitude", latitude, 90.0), ("longitude", longitude, 180.0)):
        if value is not None and not -most <= value <= most:
            raise FieldRefused(name=name, reason="not_on_earth", typed=f"{value:g}")
