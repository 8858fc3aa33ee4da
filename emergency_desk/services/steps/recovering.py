"""Lays and keeps what is owed after an emergency, inside an open unit of work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from emergency_desk.domain import aftermath
from emergency_desk.domain.accounts import COUNTY_AND_ABOVE
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening, Incident
from emergency_desk.domain.recovery import AftermathItem, AftermathKind, AftermathState
from emergency_desk.services.steps import logbook
from emergency_desk.services.steps.advising import caller_from

if TYPE_CHECKING:
    from emergency_desk.services.desk import Desk
    from emergency_desk.store.repositories.shapes import Repositories
    from emergency_desk.store.unit_of_work import UnitOfWork


def lay(desk: Desk, work: UnitOfWork, incident: Incident, *, at: datetime, ended_at: datetime | None = None) -> int:
    """Lay what the law asks for after an incident, owed by the tier that leads it; returns how many items.

    `ended_at`: when the response work ended, if before now. What was laid before stays as it is; only the erasure of personal data is owed
    anew when some were taken since.
    """
    tier = leading(desk, incident)
    area = desk.tree.at_tier(incident.area_id, tier)
    asked = [name for name, _count in desk.trade.type(incident.type_id).needs]
    holds = holds_personal(work, incident.id)
    kept = {(item.kind, item.title) for item in items_of(work, incident.id)
            if item.kind is not AftermathKind.PERSONAL_ERASURE or item.state is AftermathState.OPEN or not holds}
    return work.aftermath.add_many(
        AftermathItem(id=desk.new_id(), incident_id=incident.id, tier=tier, kind=owed.kind, title=owed.title.zh, title_en=owed.title.en,
                      created_at=at, owner=area.name if area else "", due_at=aftermath.due_at(owed, ended_at=ended_at or at), basis=owed.basis.zh)
        for owed in aftermath.owed_after(incident, asked=asked) if (owed.kind, owed.title.zh) not in kept)


def leading(desk: Desk, incident: Incident) -> Tier:
    """Return the tier that owes the aftermath: the one that leads by grade, else this desk's, never below the county level."""
    led = aftermath.leading_tier(incident)
    if led is not None:
        return led
    return desk.tier if desk.tier in COUNTY_AND_ABOVE else Tier.DISTRICT


def items_of(work: UnitOfWork, incident_id: Id) -> list[AftermathItem]:
    """Return the items of an incident in the order they were laid."""
    return work.aftermath.where("WHERE incident_id = ? ORDER BY created_at, id", (incident_id,))


def tell(desk: Desk, work: UnitOfWork, item: AftermathItem, step: str, *, at: datetime, text: str = "") -> None:
    """Log one step of an item. Whose property it is never enters the log: it may be a person."""
    logbook.write(desk, work, Happening.AFTERMATH, at=at, incident_id=item.incident_id, about_id=item.id, text=text, step=step,
                  kind=item.kind.value, title=item.title, title_en=item.title_en, quantity=item.quantity, unit=item.unit)


def delayed(item: AftermathItem, *, until: datetime, note: str, owner: str) -> AftermathItem:
    """Return an item with another day, the assessment it rests on, and who answers for it."""
    return replace(item, due_at=until, note=note.strip() or item.note, owner=owner.strip() or item.owner)


def note_erased(work: UnitOfWork, incident_id: Id, *, at: datetime) -> None:
    """End the open erasure of personal data, because it was just done; the line of the erasure itself tells it."""
    for item in items_of(work, incident_id):
        if item.kind is AftermathKind.PERSONAL_ERASURE and item.state is AftermathState.OPEN:
            work.aftermath.put(replace(item, state=AftermathState.DONE, ended_at=at))


def add(desk: Desk, work: UnitOfWork, item: AftermathItem, *, from_whom: str) -> AftermathItem:
    """Add an item and tell it; whose property it is goes to the erasable table, because it may name a person."""
    if from_whom.strip():
        personal_id = desk.new_id()
        digest = work.keep_personal(personal_id, incident_id=item.incident_id, salt=desk.new_salt(), content={"name": from_whom.strip()})
        item = replace(item, personal_id=personal_id, personal_digest=digest)
    item = work.aftermath.add(item)
    tell(desk, work, item, "added", at=item.created_at)
    return item


def whose(repositories: Repositories, items: Iterable[AftermathItem]) -> dict[Id, str]:
    """Return whose property items are about, by item; what was erased is not among them."""
    kept = ((item.id, repositories.personal(item.personal_id)) for item in items if item.personal_id)
    return {id_: caller_from(content).name for id_, content in kept if content}


def holds_personal(work: UnitOfWork, incident_id: Id) -> bool:
    """Say whether personal data of the incident is kept: of callers, of those whose property was taken, of people in shelters."""
    return work.people.holds(incident_id)
