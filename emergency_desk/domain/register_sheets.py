"""Frozen contents of the papers of the register: a team's card, the contact list, what is due, the sites, the agreements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from emergency_desk.domain.agreements import Agreement
from emergency_desk.domain.register import ExpiryLine, TeamDetail
from emergency_desk.domain.sheets import Imprint
from emergency_desk.domain.sites import Site
from emergency_desk.domain.teams import TeamKind
from emergency_desk.domain.texts import Text
from emergency_desk.domain.units import UnitKind


@dataclass(frozen=True, slots=True)
class TeamCardSheet:
    """One team whole. `names` gives capabilities their words."""

    imprint: Imprint
    detail: TeamDetail
    place: Text
    today: date
    names: Mapping[str, Text] = field(default_factory=dict)

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One number to be dialled."""

    area: Text
    name: Text
    kind: TeamKind | UnitKind
    phone: str
    person: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class ContactListSheet:
    """Who is reached how: units first, then teams area by area."""

    imprint: Imprint
    rows: tuple[ContactRow, ...]

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise


@dataclass(frozen=True, slots=True)
class DueListSheet:
    """What ended or ends within so many days, and the contacts to be tried."""

    imprint: Imprint
    days: int
    today: date
    lines: tuple[ExpiryLine, ...]
    names: Mapping[str, Text] = field(default_factory=dict)

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise


@dataclass(frozen=True, slots=True)
class SiteListSheet:
    """The sites in use, kind by kind, each with the area it lies in."""

    imprint: Imprint
    rows: tuple[tuple[Site, Text], ...]

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise


@dataclass(frozen=True, slots=True)
class AgreementListSheet:
    """The agreements, those that end first before the others. `names` gives capabilities their words."""

    imprint: Imprint
    today: date
    rows: tuple[Agreement, ...]
    names: Mapping[str, Text] = field(default_factory=dict)

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise


RegisterSheet = TeamCardSheet | ContactListSheet | DueListSheet | SiteListSheet | AgreementListSheet
