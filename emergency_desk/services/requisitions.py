"""Requisition (征用): decided by a tier that may, noticed on paper, given back, and always compensated; settled in the list of the aftermath."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from emergency_desk.domain import aftermath, requisitions
from emergency_desk.domain.accounts import COUNTY_AND_ABOVE, Act
from emergency_desk.domain.errors import FieldMissing, IncidentIsClosed, OccurredInFuture
from emergency_desk.domain.ids import Id, requisition_number
from emergency_desk.domain.incidents import Happening, Incident
from emergency_desk.domain.moments import local_year
from emergency_desk.domain.recovery import AftermathItem, AftermathKind, AftermathState
from emergency_desk.domain.requisitions import (
    AskedRequisition,
    Requisition,
    RequisitionAmounts,
    RequisitionMark,
    RequisitionState,
    RequisitionStep,
)
from emergency_desk.domain.stock import MovementKind, StockAccount
from emergency_desk.domain.stock_acts import Asked
from emergency_desk.domain.stock_errors import RequisitionSettled
from emergency_desk.domain.supplies import check_count
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import logbook, recovering
from emergency_desk.services.steps.stocking import Moving
from emergency_desk.store.unit_of_work import UnitOfWork


class Owner(StrEnum):
    """What is kept of the owner in the erasable table."""

    NAME = "name"
    ADDRESS = "address"
    PHONE = "phone"


# -- deciding ---------------------------------------------------------------------------------------------------------
def requisition(desk: Desk, *, asked: AskedRequisition) -> Done[Requisition]:
    """Requisition something for an incident: only a tier that may, while a response of such a tier runs (ERL24 Art. 12, 76; R-5.7).

    In special urgency (`is_post_hoc`) the notice follows, by its clock. The return and the compensation stand in the settlement list at once.
    Raises NotThisTier, RoleMissing, RequisitionNotAllowed, FieldMissing, FieldRefused, IncidentIsClosed.
    """
    desk.may(Act.REQUISITION)
    requisitions.check_asked(asked)
    at = desk.now()
    decided_at = asked.occurred_at or at
    if decided_at > at:
        raise OccurredInFuture()
    with desk.open_work() as work:
        incident = work.incidents.get(asked.incident_id)
        if not incident.is_open:
            raise IncidentIsClosed(number=incident.number)
        running = work.responses.where("WHERE incident_id = ?", (incident.id,))
        requisitions.check_authority(running, above_street=COUNTY_AND_ABOVE, number=incident.number)
        made = _add(desk, work, incident, asked, decided_at=decided_at, at=at)
        _mark(desk, work, made, RequisitionStep.DECIDED, at=at, occurred_at=asked.occurred_at, person=asked.decided_by)
        if not asked.is_post_hoc:
            _mark(desk, work, made, RequisitionStep.NOTICE, at=at, occurred_at=asked.occurred_at, person=asked.executor)
        return Done(made, work.commit("requisition", number=made.number))


def _add(desk: Desk, work: UnitOfWork, incident: Incident, asked: AskedRequisition, *, decided_at: datetime, at: datetime) -> Requisition:
    personal_id, year = desk.new_id(), local_year(at)
    digest = work.keep_personal(personal_id, incident_id=incident.id, salt=desk.new_salt(), content={
        Owner.NAME: asked.owner.strip(), Owner.ADDRESS: asked.owner_address.strip(), Owner.PHONE: asked.owner_phone.strip()})
    number = requisition_number(desk.facts.code, year, work.next_number(f"requisition {desk.facts.code} {year}"))
    owed = {one.kind: _owed(desk, work, incident, one, asked, number=number, at=at) for one in aftermath.REQUISITIONED}
    due = decided_at + timedelta(hours=desk.trade.stock.paper_hours) if asked.is_post_hoc else None
    return work.requisitions.add(Requisition(
        id=desk.new_id(), number=number, incident_id=incident.id, tier=desk.tier, area_id=desk.area_id, what=asked.what.strip(),
        quantity=asked.quantity, unit=asked.unit.strip(), decided_at=decided_at, recorded_at=at, account_id=desk.who,
        decided_by=asked.decided_by.strip(), purpose=asked.purpose.strip(), model=asked.model.strip(), place=asked.place.strip(),
        executor=asked.executor.strip(), item_id=asked.item_id, from_on=asked.from_on, until_on=asked.until_on, basis=requisitions.ART_12.zh,
        personal_id=personal_id, personal_digest=digest, is_post_hoc=asked.is_post_hoc, paper_due_at=due,
        issued_at=None if asked.is_post_hoc else decided_at, return_item_id=owed[AftermathKind.RETURN].id,
        compensation_item_id=owed[AftermathKind.COMPENSATION].id, note=asked.note.strip(),
        state=RequisitionState.PAPER_OWED if asked.is_post_hoc else RequisitionState.IN_FORCE,
        is_exercise=desk.is_exercise or incident.is_exercise))


def _owed(
    desk: Desk, work: UnitOfWork, incident: Incident, owed: aftermath.Owed, asked: AskedRequisition, *, number: str, at: datetime,
) -> AftermathItem:
    what = f"{asked.what.strip()}（{number}）"
    return recovering.add(desk, work, AftermathItem(
        id=desk.new_id(), incident_id=incident.id, tier=desk.tier, kind=owed.kind, title=f"{owed.title.zh}：{what}",
        title_en=f"{owed.title.en}: {what}", created_at=at, owner=desk.area.name, quantity=asked.quantity, unit=asked.unit.strip(),
        basis=owed.basis.zh), from_whom=asked.owner)


def issue_notice(desk: Desk, *, requisition_id: Id, executor: str, occurred_at: datetime | None = None) -> Done[Requisition]:
    """Hand over the notice that was owed after a requisition in special urgency (SD12 Art. 41). Raises FieldMissing, RequisitionSettled."""
    desk.may(Act.REQUISITION)
    if not executor.strip():
        raise FieldMissing(name="executor", basis=requisitions.ART_12)
    at = desk.now()
    with desk.open_work() as work:
        known = work.requisitions.get(requisition_id)
        if known.state is not RequisitionState.PAPER_OWED:
            raise RequisitionSettled(number=known.number)
        known = replace(known, executor=executor.strip(), issued_at=occurred_at or at)
        _mark(desk, work, known, RequisitionStep.NOTICE, at=at, occurred_at=occurred_at, person=executor)
        return Done(_follow(work, known), work.commit("issue_requisition_notice", number=known.number))


# -- giving back ------------------------------------------------------------------------------------------------------
def give_back(
    desk: Desk, *, requisition_id: Id, sound: int = 0, damaged: int = 0, lost: int = 0, note: str = "", received_by: str = "",
    from_stock: Asked | None = None, start: StockAccount = StockAccount.FREE,
) -> Done[Requisition]:
    """Give back what was requisitioned, in one part or several; damage and loss with a note. `from_stock`: what leaves the books with it.

    When nothing is held any more the item of the settlement list is done. Raises RequisitionSettled, FieldRefused, ReasonMissing, StockShort.
    """
    desk.may(Act.GIVE_BACK_REQUISITIONED)
    at = desk.now()
    with desk.open_work() as work:
        known = work.requisitions.get(requisition_id)
        amounts = requisitions.amounts_of(known, marks_of(work, known.id))
        requisitions.check_return(amounts, sound=sound, damaged=damaged, lost=lost, note=note, number=known.number)
        document = _out_of_stock(desk, work, known, from_stock, start, at) if from_stock is not None else ""
        for step, quantity in ((RequisitionStep.GIVEN_BACK, sound), (RequisitionStep.DAMAGED, damaged), (RequisitionStep.LOST, lost)):
            if quantity:
                _mark(desk, work, known, step, at=at, quantity=quantity, person=received_by, note=note, document=document)
        if sound + damaged + lost == amounts.held:
            _end_item(desk, work, known.return_item_id, at=at, note=note)
        return Done(_follow(work, known), work.commit("give_back_requisitioned", number=known.number))


def _out_of_stock(desk: Desk, work: UnitOfWork, known: Requisition, asked: Asked, start: StockAccount, at: datetime) -> str:
    asked = replace(asked, counterpart=known.number, incident_id=known.incident_id if start is StockAccount.IN_USE else asked.incident_id)
    moving = Moving(desk, work, MovementKind.GIVE_BACK, asked, at=at, tells=False)
    taken = moving.in_use() if start is StockAccount.IN_USE else moving.of_lot(start)
    return moving.write(taken).number


def compensate(desk: Desk, *, requisition_id: Id, fen: int, person: str = "", note: str = "") -> Done[Requisition]:
    """Enter what was paid for a requisition, in fen; it is owed even when everything came back sound (ERL24 Art. 12).

    Raises RequisitionSettled, FieldRefused.
    """
    desk.may(Act.GIVE_BACK_REQUISITIONED)
    check_count("compensation", fen, least=0, most=requisitions.MOST_FEN)
    at = desk.now()
    with desk.open_work() as work:
        known = work.requisitions.get(requisition_id)
        if known.state is RequisitionState.SETTLED:
            raise RequisitionSettled(number=known.number)
        _mark(desk, work, known, RequisitionStep.COMPENSATED, at=at, fen=fen, person=person, note=note)
        _end_item(desk, work, known.compensation_item_id, at=at, note=note)
        return Done(_follow(work, known), work.commit("compensate_requisition", number=known.number, fen=fen))


# -- reading ----------------------------------------------------------------------------------------------------------
def marks_of(work: UnitOfWork, requisition_id: Id) -> list[RequisitionMark]:
    """Return the steps of a requisition."""
    return work.requisition_steps.where("WHERE requisition_id = ? ORDER BY seq", (requisition_id,))


def list_requisitions(desk: Desk, *, incident_id: Id | None = None) -> list[tuple[Requisition, RequisitionAmounts]]:
    """Return the requisitions of an incident or of the desk, the newest first, with what is held and paid."""
    desk.may(Act.READ)
    rest, values = ("WHERE incident_id = ? ", (incident_id,)) if incident_id else ("", ())
    with desk.reading() as reading:
        some = reading.requisitions.where(f"{rest}ORDER BY recorded_at DESC, id DESC", values)
        return [(one, requisitions.amounts_of(one, reading.requisition_steps.where("WHERE requisition_id = ? ORDER BY seq", (one.id,))))
                for one in some]


def owner_of(desk: Desk, *, requisition_id: Id) -> dict[Owner, str]:
    """Return whose it is; empty once it was erased."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        known = reading.requisitions.get(requisition_id)
        content = reading.personal(known.personal_id) if known.personal_id else ""
    return {Owner(name): text for name, text in json.loads(content).items()} if content else {}


# -- what the acts share ----------------------------------------------------------------------------------------------
def _follow(work: UnitOfWork, known: Requisition) -> Requisition:
    return work.requisitions.put(replace(known, state=requisitions.state_of(known, marks_of(work, known.id))))


def _mark(
    desk: Desk, work: UnitOfWork, known: Requisition, step: RequisitionStep, *, at: datetime, occurred_at: datetime | None = None,
    quantity: int = 0, fen: int = 0, document: str = "", person: str = "", note: str = "",
) -> None:
    """Append a step and tell it. Whose property it is never enters the log: it may be a person."""
    made = work.requisition_steps.add(RequisitionMark(
        id=desk.new_id(), requisition_id=known.id, step=step, occurred_at=occurred_at or at, recorded_at=at, account_id=desk.who,
        quantity=quantity, fen=fen, document=document, person=person.strip(), note=note.strip()))
    amount = quantity or known.quantity
    logbook.write(desk, work, Happening.STOCK, at=at, occurred_at=occurred_at, incident_id=known.incident_id, about_id=made.id,
                  text=note.strip(), step=step.value, document=known.number, items=f"{known.what} {amount} {known.unit}",
                  items_en=f"{known.what} {amount} {known.unit}")


def _end_item(desk: Desk, work: UnitOfWork, item_id: Id | None, *, at: datetime, note: str) -> None:
    item = work.aftermath.get(item_id) if item_id is not None else None
    if item is not None and item.state is AftermathState.OPEN:
        stored = work.aftermath.put(replace(item, state=AftermathState.DONE, ended_at=at, note=note.strip() or item.note))
        recovering.tell(desk, work, stored, AftermathState.DONE.value, at=at, text=note.strip())
