"""After the emergency: what is owed, what is given back and settled, and the archive."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from emergency_desk.domain import aftermath
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import ErasureOwed, FieldMissing, FieldUnreadable, ReasonMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.recovery import AftermathItem, AftermathKind, AftermathState
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import purging, recovering
from emergency_desk.store.unit_of_work import UnitOfWork

MOST = 10**9  # no thing is counted beyond


def list_items(desk: Desk, *, incident_id: Id) -> list[AftermathItem]:
    """Return what is owed after an incident, in the order it was laid. Raises NotFound."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        reading.incidents.get(incident_id)
        return reading.aftermath.where("WHERE incident_id = ? ORDER BY created_at, id", (incident_id,))


def whose(desk: Desk, *, incident_id: Id) -> dict[Id, str]:
    """Return whose property the items of an incident are about, by item; nothing once it was erased."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        return recovering.whose(reading, reading.aftermath.where("WHERE incident_id = ?", (incident_id,)))


def incident_of(desk: Desk, *, item_id: Id) -> Id:
    """Return the incident that an item follows. Raises NotFound."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        return reading.aftermath.get(item_id).incident_id


def add_item(
    desk: Desk, *, incident_id: Id, kind: AftermathKind, title: str, owner: str = "", due_at: datetime | None = None,
    quantity: int | None = None, unit: str = "", from_whom: str = "", note: str = "",
) -> Done[AftermathItem]:
    """Add something owed or to be settled: borrowed and not given back, consumed and not replaced, an allowance, a claim (R-10.2)."""
    desk.may(Act.RECOVER)
    _check(title, quantity)
    at = desk.now()
    with desk.open_work() as work:
        incident = work.incidents.get(incident_id)
        item = recovering.add(desk, work, AftermathItem(
            id=desk.new_id(), incident_id=incident.id, tier=desk.tier, kind=kind, title=title.strip(), created_at=at, owner=owner.strip(),
            quantity=quantity, unit=unit.strip(), due_at=due_at, note=note.strip()), from_whom=from_whom)
        return Done(item, work.commit("add_aftermath", incident=incident.number, item=item.id, kind=kind.value))


def record_requisition(
    desk: Desk, *, incident_id: Id, what: str, from_whom: str, quantity: int | None = None, unit: str = "",
) -> Done[tuple[AftermathItem, ...]]:
    """Record what was requisitioned: it is owed back and compensated for, both (ERL24 Art. 12). A street may only propose (R-5.7)."""
    desk.may(Act.REQUISITION)
    _check(what, quantity)
    if not from_whom.strip():
        raise FieldMissing(name="from_whom", basis=aftermath.ART_12)
    at = desk.now()
    with desk.open_work() as work:
        incident = work.incidents.get(incident_id)
        items = tuple(_requisitioned(desk, work, incident, owed, at, what=what.strip(), from_whom=from_whom.strip(), quantity=quantity,
                                     unit=unit.strip()) for owed in aftermath.REQUISITIONED)
        return Done(items, work.commit("record_requisition", incident=incident.number, items=[item.id for item in items]))


def assign_item(
    desk: Desk, *, item_id: Id, owner: str, due_at: datetime | None = None, note: str = "", version: int | None = None,
) -> Done[AftermathItem]:
    """Say who owes an item and until when. To keep personal data longer needs an assessment, which is the note (ERL24 Art. 85).

    `version`: the one the form was read at. Raises AftermathEnded, ErasureOwed, Stale.
    """
    desk.may(Act.RECOVER)
    if not owner.strip():
        raise FieldMissing(name="owner")
    at = desk.now()
    with desk.open_work() as work:
        item = _open(work, item_id, version)
        aftermath.check_delay(item, until=due_at, assessment=note)
        stored = work.aftermath.put(replace(item, owner=owner.strip(), due_at=due_at, note=note.strip() or item.note))
        is_delayed = item.kind is AftermathKind.PERSONAL_ERASURE and due_at != item.due_at
        recovering.tell(desk, work, stored, "delayed" if is_delayed else "assigned", at=at, text=note.strip())
        return Done(stored, work.commit("assign_aftermath", item=item.id))


def end_item(desk: Desk, *, item_id: Id, note: str = "", decided_by: str = "") -> Done[AftermathItem]:
    """Say that an item is done. The erasure of personal data is done by this act; the archive has its own (`archive`).

    Raises AftermathEnded, ArchiveNotReady, RoleMissing, PurgeTooEarly, PurgeHeld.
    """
    with desk.reading() as reading:
        kind = reading.aftermath.get(item_id).kind
    desk.may(Act.ERASE_PERSONAL if kind is AftermathKind.PERSONAL_ERASURE else Act.RECOVER)
    at = desk.now()
    with desk.open_work() as work:
        item = _open(work, item_id)
        if item.kind is AftermathKind.ARCHIVE:
            aftermath.check_archive(recovering.items_of(work, item.incident_id), override_reason="")
        if item.kind is AftermathKind.PERSONAL_ERASURE:
            purging.purge(desk, work, work.incidents.get(item.incident_id), at=at, note=note, decided_by=decided_by)
        done = _end(desk, work, item, AftermathState.DONE, at=at, note=note)
    if item.kind is AftermathKind.PERSONAL_ERASURE:
        purging.swept(desk)
    return done


def drop_item(desk: Desk, *, item_id: Id, reason: str) -> Done[AftermathItem]:
    """Say with a reason that an item is not owed. Personal data that is kept cannot be talked away. Raises ReasonMissing, ErasureOwed."""
    desk.may(Act.RECOVER)
    if not reason.strip():
        raise ReasonMissing(act="drop_aftermath")
    at = desk.now()
    with desk.open_work() as work:
        item = _open(work, item_id)
        if item.kind is AftermathKind.PERSONAL_ERASURE and recovering.holds_personal(work, item.incident_id):
            raise ErasureOwed(title=item.title, basis=aftermath.ART_85)
        return _end(desk, work, item, AftermathState.DROPPED, at=at, note=reason)


def reopen_item(desk: Desk, *, item_id: Id, reason: str = "") -> Done[AftermathItem]:
    """Take the end of an item back."""
    desk.may(Act.RECOVER)
    at = desk.now()
    with desk.open_work() as work:
        item = work.aftermath.get(item_id)
        stored = work.aftermath.put(replace(item, state=AftermathState.OPEN, ended_at=None))
        recovering.tell(desk, work, stored, "reopened", at=at, text=reason.strip())
        return Done(stored, work.commit("reopen_aftermath", item=item.id))


def archive(desk: Desk, *, incident_id: Id, note: str = "", override_reason: str = "") -> Done[AftermathItem]:
    """Archive an incident (ERL24 Art. 94). Refused while items are open, unless a reason is given for the log. Raises ArchiveNotReady."""
    desk.may(Act.RECOVER)
    at = desk.now()
    with desk.open_work() as work:
        incident = work.incidents.get(incident_id)
        items = recovering.items_of(work, incident.id)
        left = aftermath.check_archive(items, override_reason=override_reason)
        item = _archive_item(desk, work, incident, items, at)
        aftermath.require_open(item)
        if left:
            recovering.tell(desk, work, item, "archived_early", at=at, text=override_reason.strip())
        return _end(desk, work, item, AftermathState.DONE, at=at, note=note or override_reason)


def _archive_item(desk: Desk, work: UnitOfWork, incident: Incident, items: list[AftermathItem], at: datetime) -> AftermathItem:
    found = [item for item in items if item.kind is AftermathKind.ARCHIVE]
    if found:
        return found[-1]
    recovering.lay(desk, work, incident, at=at)
    return next(item for item in recovering.items_of(work, incident.id) if item.kind is AftermathKind.ARCHIVE)


def _requisitioned(
    desk: Desk, work: UnitOfWork, incident: Incident, owed: aftermath.Owed, at: datetime, *, what: str, from_whom: str,
    quantity: int | None, unit: str,
) -> AftermathItem:
    return recovering.add(desk, work, AftermathItem(
        id=desk.new_id(), incident_id=incident.id, tier=desk.tier, kind=owed.kind, title=f"{owed.title.zh}：{what}",
        title_en=f"{owed.title.en}: {what}", created_at=at, owner=desk.area.name, quantity=quantity, unit=unit, basis=owed.basis.zh),
        from_whom=from_whom)


def _end(desk: Desk, work: UnitOfWork, item: AftermathItem, state: AftermathState, *, at: datetime, note: str) -> Done[AftermathItem]:
    stored = work.aftermath.put(replace(item, state=state, ended_at=at, note=note.strip() or item.note))
    recovering.tell(desk, work, stored, state.value, at=at, text=note.strip())
    return Done(stored, work.commit("end_aftermath", item=item.id, state=state.value))


def _open(work: UnitOfWork, item_id: Id, version: int | None = None) -> AftermathItem:
    item = work.aftermath.get(item_id)
    aftermath.require_open(item)
    return item if version is None else replace(item, version=version)


def _check(title: str, quantity: int | None) -> None:
    if not title.strip():
        raise FieldMissing(name="title")
    if quantity is not None and not 0 < quantity <= MOST:
        raise FieldUnreadable(name="quantity", typed=str(quantity), expected=f"1…{MOST}")
