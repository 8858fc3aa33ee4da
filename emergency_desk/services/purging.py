"""The destruction of personal data after a response: done, put off with a written assessment, proved on the bytes, told by a certificate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from emergency_desk.domain import aftermath
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import ErasureOwed, NotFound, ReasonMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.purging import Certificate, Purge, PurgeCheck, Remnant, RemnantKind
from emergency_desk.domain.recovery import AftermathItem
from emergency_desk.domain.shelter_errors import NothingToPurge
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.drafts import CALL
from emergency_desk.services.steps import purging, recovering
from emergency_desk.store import backups, second_place, traces
from emergency_desk.store.backup_folder import papers_of
from emergency_desk.store.repositories.shapes import Repositories
from emergency_desk.store.unit_of_work import UnitOfWork

CLEAN = "purged"  # the reason of the backup that is made after a destruction


# -- reading ----------------------------------------------------------------------------------------------------------
def list_purges(desk: Desk, *, incident_id: Id) -> list[Purge]:
    """Return the destructions of an incident, the newest first."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        return reading.purges.where("WHERE incident_id = ? ORDER BY seq DESC", (incident_id,))


def certificate(desk: Desk, *, purge_id: Id) -> Certificate:
    """Return what the certificate of a destruction proves, with the newest look at the bytes. Raises NotFound."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        purge = reading.purges.get(purge_id)
        checks = reading.purge_checks.first("WHERE purge_id = ? ORDER BY seq DESC", (purge.id,))
        area = reading.areas.get(purge.area_id)
        return Certificate(purge, reading.incidents.get(purge.incident_id), checks[0] if checks else None,
                           reading.accounts.get(purge.account_id).display_name, area.name, area.name_en)


def newest_certificate(desk: Desk, *, incident_id: Id) -> Certificate:
    """Return the newest certificate of an incident. Raises NotFound."""
    for purge in list_purges(desk, incident_id=incident_id):
        return certificate(desk, purge_id=purge.id)
    raise NotFound(kind="purges", key=incident_id)


def newest_check(desk: Desk, *, incident_id: Id) -> tuple[Id, PurgeCheck] | None:
    """Return the newest look at the bytes of an incident's newest destruction with the id of that, or None before any."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        for made in reading.purges.first("WHERE incident_id = ? ORDER BY seq DESC", (incident_id,)):
            for check in reading.purge_checks.first("WHERE purge_id = ? ORDER BY seq DESC", (made.id,)):
                return made.id, check
    return None


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept of an incident before it is destroyed: its records, the words copies are found by, the numbers of its papers."""

    incident: Incident
    records: int
    words: frozenset[str]
    numbers: tuple[str, ...]


def held(desk: Desk, *, incident_id: Id) -> Held:
    """Return what is kept of an incident, for whoever may destroy it. Raises NothingToPurge, RoleMissing."""
    desk.may(Act.ERASE_PERSONAL)
    with desk.reading() as reading:
        incident = reading.incidents.get(incident_id)
        records = len(reading.people.of_incident(incident_id))
        if not records:
            raise NothingToPurge(number=incident.number)
        numbers = [row[0] for table in (reading.shelter_openings, reading.requisitions)
                   for row in table.some(("number",), "WHERE incident_id = ? ORDER BY number", (incident_id,))]
        return Held(incident, records, reading.people.words_of(incident_id), (incident.number, *numbers))


def papers_folder(desk: Desk) -> Path:
    """Return the folder where the desk keeps what it prints."""
    return papers_of(desk.store.path)


# -- destroying -------------------------------------------------------------------------------------------------------
def purge(desk: Desk, *, incident_id: Id, decided_by: str = "", note: str = "") -> Done[Purge]:
    """Destroy whatever names people of an incident, and keep the counts: the law's hour is the end of the response (ERL24 Art. 85).

    Raises NothingToPurge, PurgeTooEarly while shelters run or the response does, PurgeHeld while a written assessment keeps it.
    """
    desk.may(Act.ERASE_PERSONAL)
    at = desk.now()
    with desk.open_work() as work:
        incident = work.incidents.get(incident_id)
        if not work.people.holds(incident.id):
            raise NothingToPurge(number=incident.number)
        made = purging.purge(desk, work, incident, at=at, decided_by=decided_by, note=note)
        recovering.note_erased(work, incident.id, at=at)
        done = Done(made, work.commit("purge", incident=incident.number, certificate=made.number, rows=made.records))
    purging.swept(desk)
    return done


def hold(desk: Desk, *, incident_id: Id, until: datetime, assessment: str, owner: str = "") -> Done[AftermathItem]:
    """Put the destruction off until a day, by the written assessment of legality, need and safety that the law asks for (ERL24 Art. 85).

    Raises ErasureOwed without an assessment or after the destruction.
    """
    desk.may(Act.ERASE_PERSONAL)
    if not assessment.strip():
        raise ErasureOwed(title="", basis=aftermath.ART_85)
    at = desk.now()
    with desk.open_work() as work:
        item = _item(desk, work, work.incidents.get(incident_id), at=at)
        aftermath.check_delay(item, until=until, assessment=assessment)
        return _keep(desk, work, item, until=until, note=assessment, owner=owner, at=at)


def lift_hold(desk: Desk, *, incident_id: Id, reason: str) -> Done[AftermathItem]:
    """End a hold before its day: the destruction is due at once. Raises ReasonMissing, NothingToPurge."""
    desk.may(Act.ERASE_PERSONAL)
    if not reason.strip():
        raise ReasonMissing(act="lift_hold")
    at = desk.now()
    with desk.open_work() as work:
        item = _item(desk, work, work.incidents.get(incident_id), at=at)
        return _keep(desk, work, item, until=at, note=f"{item.note}；{reason.strip()}" if item.note else reason, owner="", at=at)


def _item(desk: Desk, work: UnitOfWork, incident: Incident, *, at: datetime) -> AftermathItem:
    if not work.people.holds(incident.id):
        raise NothingToPurge(number=incident.number)
    if not purging.owed(work, incident.id):
        recovering.lay(desk, work, incident, at=at)
    return purging.owed(work, incident.id)[0]


def _keep(desk: Desk, work: UnitOfWork, item: AftermathItem, *, until: datetime, note: str, owner: str, at: datetime) -> Done[AftermathItem]:
    kept = work.aftermath.put(recovering.delayed(item, until=until, note=note, owner=owner))
    recovering.tell(desk, work, kept, "delayed", at=at, text=note.strip())
    return Done(kept, work.commit("hold_personal", item=item.id, until=until.isoformat()))


# -- proving ----------------------------------------------------------------------------------------------------------
def look_over(desk: Desk, *, purge_id: Id, folder: Path, logs: Path | None = None,
              papers: Sequence[Remnant] | None = None) -> Done[PurgeCheck]:
    """Make a backup without names and look every byte of store, log files and that backup over for records of what was destroyed.

    Backups that are older are named: in them the names may still stand; and the papers with names that lie in the desk's own folder, as
    they were found before the destruction (`papers`), or as far as they are still there of those the look before named.
    Raises NotFound, StoreTrouble.
    """
    desk.may(Act.ERASE_PERSONAL)
    at = desk.now()
    is_empty = purging.swept(desk)
    with desk.reading() as reading:
        made = reading.purges.get(purge_id)
        people, incident = _people(reading, made.incident_id), reading.incidents.get(made.incident_id)
        before = [row[0] for row in reading.purge_checks.some(("clean_backup",), "WHERE purge_id = ?", (made.id,))]
    clean = backups.back_up(desk.store.path, folder, at=at, reason=CLEAN, key=desk.store.key)
    looked = traces.look([*traces.files_of(desk.store.path), clean, *traces.logs_in(logs)], people, incident_id=made.incident_id)
    made_clean = {clean.name, *before}  # a name tells the second alone: a backup made after the destruction is never taken for an older one
    lying = [one for one in backups.list_made(desk.store.path, folder) if one.path.name not in made_clean]
    away = [one for one in second_place.read(desk.store.path, folder).copies if one.path.name not in made_clean]  # known while the stick is away
    older = tuple(Remnant(name, one.made_at, one.size) for name, one in (
        *((one.path.name, one) for one in lying), *((str(one.path), one) for one in away),
    ) if incident.recorded_at <= one.made_at <= made.purged_at)
    left = papers if papers is not None else _papers_still_there(desk, purge_id=made.id)
    with desk.open_work() as work:
        check = work.purge_checks.add(PurgeCheck(
            id=desk.new_id(), purge_id=made.id, checked_at=at, account_id=desk.who, files=looked.files, bytes_read=looked.bytes_read,
            found=looked.found, is_log_empty=is_empty, clean_backup=clean.name, older=(*older, *left, *_drafts(desk))))
        return Done(check, work.commit("look_over_purge", certificate=made.number, found=check.found))


def destroy_backups(desk: Desk, *, purge_id: Id, folder: Path, logs: Path | None = None) -> Done[PurgeCheck]:
    """Overwrite and delete the older backups and the desk's own papers that the newest look named, and look again.

    Raises NotFound where nobody looked yet.
    """
    desk.may(Act.ERASE_PERSONAL)
    with desk.reading() as reading:
        checks = reading.purge_checks.first("WHERE purge_id = ? ORDER BY seq DESC", (purge_id,))
    if not checks:
        raise NotFound(kind="purge_checks", key=purge_id)
    for one in checks[0].older:
        if one.kind is RemnantKind.BACKUP and not Path(one.name).is_absolute():
            backups.destroy(folder / one.name)
        elif one.kind is RemnantKind.PAPER:
            backups.overwrite(papers_folder(desk) / one.name)
    second_place.destroy_copies(desk.store.path, folder, {
        Path(one.name).name for one in checks[0].left(RemnantKind.BACKUP)})
    return look_over(desk, purge_id=purge_id, folder=folder, logs=logs)


def _papers_still_there(desk: Desk, *, purge_id: Id) -> tuple[Remnant, ...]:
    """Return the papers that the look before named and that still lie in the folder."""
    with desk.reading() as reading:
        checks = reading.purge_checks.first("WHERE purge_id = ? ORDER BY seq DESC", (purge_id,))
    return tuple(one for check in checks for one in check.left(RemnantKind.PAPER) if (papers_folder(desk) / one.name).exists())


def _drafts(desk: Desk) -> tuple[Remnant, ...]:
    """Return the call form that is still open: it holds none of the names, or it would have gone with them."""
    with desk.reading() as reading:
        return tuple(Remnant(name, moment, size, RemnantKind.DRAFT) for name, moment, size in reading.drafts_kept() if name == CALL and moment)


def _people(reading: Repositories, incident_id: Id) -> frozenset[str]:
    """Return the ids under which people of an incident were kept."""
    where = "WHERE incident_id = ? AND personal_id IS NOT NULL"
    tables = (reading.shelter_stays, reading.calls, reading.aftermath, reading.requisitions, reading.expected_people)
    return frozenset(row[0] for table in tables for row in table.some(("DISTINCT personal_id",), where, (incident_id,)))


def stands_in_files(desk: Desk, *, words: str) -> int:
    """Return how often some words stand in the bytes of the store and its write-ahead log, in any writing. Raises RoleMissing."""
    desk.may(Act.READ)
    return traces.count(traces.files_of(desk.store.path), words)
