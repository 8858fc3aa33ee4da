"""Destroying what names people once the response is over (ERL24 Art. 85): when, what stays in counts, and the certificate.

The law gives no grace: it is due when the response work ends, and keeping longer needs a written assessment (domain 0.1, 13). What stays is
counted by age band, need and village, and names nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.shelter_errors import PurgeHeld, PurgeTooEarly
from emergency_desk.domain.shelter_people import PersonLine


class CountedBy(StrEnum):
    """By what the people of a response stay counted."""

    AGE = "counted_by_age"
    NEED = "counted_by_need"
    VILLAGE = "counted_by_village"
    SHELTER = "counted_by_shelter"
    LEFT_TO = "counted_by_left_to"


@dataclass(frozen=True, slots=True)
class PurgeCount:
    """How many people of one kind. `what`: an age band, a need, a village's or shelter's name, where they went."""

    by: CountedBy
    what: str
    people: int


class RemnantKind(StrEnum):
    """What is left beside the store in which names may still stand."""

    BACKUP = "remnant_backup"
    PAPER = "remnant_paper"  # printed by the desk into its own folder
    DRAFT = "remnant_draft"  # a form that was not saved; it holds none of the names that were destroyed


@dataclass(frozen=True, slots=True)
class Remnant:
    """A file made before the destruction in which names may still stand, or a form that is still open."""

    name: str
    made_at: datetime
    size: int
    kind: RemnantKind = RemnantKind.BACKUP


@dataclass(frozen=True, slots=True)
class Purge:
    """One destruction, appended. `records`: rows with names that went, callers and owners of property among them."""

    id: Id
    number: str
    incident_id: Id
    purged_at: datetime
    account_id: Id
    area_id: Id
    records: int
    people: int = 0
    households: int = 0
    counts: tuple[PurgeCount, ...] = ()
    decided_by: str = ""
    note: str = ""
    held: str = ""  # the assessment by which it was put off before
    is_exercise: bool = False


@dataclass(frozen=True, slots=True)
class PurgeCheck:
    """The bytes looked over after a destruction: how many files and bytes, how many records were found in them, what is left beside the store."""

    id: Id
    purge_id: Id
    checked_at: datetime
    account_id: Id
    files: int
    bytes_read: int
    found: int
    is_log_empty: bool  # the write-ahead log holds no page from before
    clean_backup: str = ""  # the backup made after it, in which no name stands
    older: tuple[Remnant, ...] = ()

    def left(self, kind: RemnantKind) -> tuple[Remnant, ...]:
        """Return what of a kind is left."""
        return tuple(one for one in self.older if one.kind is kind)

    @property
    def may_be_destroyed(self) -> bool:
        """Say whether older backups or papers are left that the desk itself can destroy; an open form is saved or thrown away by hand."""
        return any(one.kind is not RemnantKind.DRAFT for one in self.older)

    @property
    def is_clean(self) -> bool:
        """Say whether nothing is left outside the older backups."""
        return self.found == 0 and self.is_log_empty


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the certificate of destruction proves: the act, the check, whose it was."""

    purge: Purge
    incident: Incident
    check: PurgeCheck | None
    account: str
    area: str
    area_en: str = ""


def check_purge(incident: Incident, *, running: Sequence[str], has_stays: bool, held_until: datetime | None, why: str, at: datetime) -> None:
    """Refuse to destroy while people are in shelters, while the response runs, or while a hold stands. Raises PurgeTooEarly, PurgeHeld.

    `running`: the names of shelters that are still open for the incident. Callers alone may be erased earlier.
    """
    if running:
        raise PurgeTooEarly(number=incident.number, shelters=tuple(running))
    if incident.is_open and has_stays:
        raise PurgeTooEarly(number=incident.number, shelters=())
    if held_until is not None and held_until > at:
        raise PurgeHeld(number=incident.number, until=held_until, reason=why)


def counts_of(lines: Iterable[PersonLine]) -> tuple[PurgeCount, ...]:
    """Count people, each once by the last of their stays, so that a number stays where a name goes."""
    last: dict[Id, PersonLine] = {}
    for line in sorted(lines, key=lambda one: one.stay.arrived_at):
        last[line.stay.personal_id] = line
    found: Counter[tuple[CountedBy, str]] = Counter()
    for line in last.values():
        stay = line.stay
        found[CountedBy.SHELTER, line.shelter] += 1
        found[CountedBy.VILLAGE, line.village] += 1
        found.update((CountedBy.NEED, need.value) for need in stay.needs)
        if line.person is not None:
            found[CountedBy.AGE, line.person.read_age.band.value] += 1
        if stay.left_to is not None:
            found[CountedBy.LEFT_TO, stay.left_to.value] += 1
    order = list(CountedBy)
    return tuple(PurgeCount(by, what, people) for (by, what), people in sorted(
        found.items(), key=lambda one: (order.index(one[0][0]), one[0][1])))
