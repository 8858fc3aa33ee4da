"""What is done with goods: taken in, kept back, sent, brought back, moved, counted, put aside, scrapped; and what was done taken back.

Every act is one document with a number; its movements are appended. First expired goes out first, an expired lot never for use.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from emergency_desk.domain import stock
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import FieldRefused, NotFound, ReasonMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.stock import Inspection, Lot, LotSource, MovementKind, StockAccount
from emergency_desk.domain.stock_acts import Asked, Receipt, StockDocument
from emergency_desk.domain.stock_errors import MovementNotVoidable, StockShort
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import logbook, releasing
from emergency_desk.services.steps.stocking import Moving, Taken, place_in, take_back
from emergency_desk.store.unit_of_work import UnitOfWork

DocumentDone = Done[StockDocument]


# -- in ---------------------------------------------------------------------------------------------------------------
def receive(desk: Desk, *, receipt: Receipt) -> DocumentDone:
    """Take goods in as a lot: bought, given, handed over, requisitioned, or found when the books are opened.

    A lot of the same number and dates grows. Raises FieldMissing, FieldRefused, NotFound; a street cannot requisition (R-5.7).
    """
    desk.may(Act.MOVE_STOCK)
    if receipt.source is LotSource.REQUISITION:
        desk.may(Act.REQUISITION)
    at = desk.now()
    asked = Asked(item_id=receipt.item_id, site_id=receipt.site_id, quantity=receipt.quantity, unit=receipt.unit,
                  incident_id=receipt.incident_id, counterpart=receipt.supplier, note=receipt.note, occurred_at=receipt.occurred_at)
    with desk.open_work() as work:
        moving = Moving(desk, work, receipt.kind, asked, at=at)
        lot = _lot_of(desk, work, receipt, local_day(at), moving)
        place = place_in(work, receipt.site_id, receipt.place_id)
        document = moving.write([Taken(lot, stock.starts_of(receipt.kind)[0], place, moving.quantity)], to_place=place)
        return Done(document, work.commit("receive_stock", document=document.number, kind=receipt.kind.value))


def bring_back(desk: Desk, *, asked: Asked) -> DocumentDone:
    """Take back what was out in use at an incident. Raises StockShort when less is out."""
    desk.may(Act.MOVE_STOCK)
    with desk.open_work() as work:
        moving = Moving(desk, work, MovementKind.RETURN_IN, asked, at=desk.now())
        document = moving.write(moving.in_use(), to_place=place_in(work, asked.site_id, asked.place_id))
        return Done(document, work.commit("bring_back_stock", document=document.number))


# -- out --------------------------------------------------------------------------------------------------------------
def issue(desk: Desk, *, asked: Asked) -> DocumentDone:
    """Send goods out for use; what is kept back for the incident goes first. Raises StockShort, LotExpired, IncidentIsClosed."""
    return _out(desk, MovementKind.ISSUE, asked)


def allocate_out(desk: Desk, *, asked: Asked) -> DocumentDone:
    """Hand goods over to another store by order of the tier above (调拨出库). Raises StockShort, LotExpired."""
    return _out(desk, MovementKind.ALLOCATE_OUT, asked)


def distribute(desk: Desk, *, asked: Asked) -> DocumentDone:
    """Hand goods to people, straight from the shelf. Raises StockShort, LotExpired."""
    return _out(desk, MovementKind.DISTRIBUTE, asked)


def distribute_in_use(desk: Desk, *, asked: Asked) -> DocumentDone:
    """Hand to people what is out at an incident. Raises StockShort."""
    return _used(desk, MovementKind.DISTRIBUTE, asked)


def consume(desk: Desk, *, asked: Asked) -> DocumentDone:
    """Say that goods that were out in use are used up. Raises StockShort."""
    return _used(desk, MovementKind.CONSUME, asked)


def rotate_out(desk: Desk, *, asked: Asked) -> DocumentDone:
    """Give a named lot to a shop or partner before it goes off (轮换出库, SDG20 Art. 43). Raises StockShort, FieldMissing."""
    return _of_lot(desk, MovementKind.ROTATE_OUT, asked, StockAccount.FREE)


def write_off(desk: Desk, *, asked: Asked, start: StockAccount = StockAccount.FREE) -> DocumentDone:
    """Scrap a named lot, from the shelf, out of quarantine, or broken in use; with a reason and who approved it.

    Raises StockShort, ReasonMissing, FieldMissing.
    """
    if start is StockAccount.IN_USE:
        return _used(desk, MovementKind.WRITE_OFF, asked)
    return _of_lot(desk, MovementKind.WRITE_OFF, asked, start)


# -- on the shelf -----------------------------------------------------------------------------------------------------
def relocate(desk: Desk, *, asked: Asked, to_site_id: Id, to_place_id: Id | None = None) -> DocumentDone:
    """Move goods to another place or depot of this desk (移库), first expired first. Raises StockShort, FieldRefused."""
    desk.may(Act.MOVE_STOCK)
    with desk.open_work() as work:
        moving = Moving(desk, work, MovementKind.RELOCATE, asked, at=desk.now())
        target = place_in(work, to_site_id, to_place_id)
        taken = moving.first_out() if asked.lot_id is None else moving.of_lot(StockAccount.FREE)
        document = moving.write(taken, to_place=target)
        return Done(document, work.commit("relocate_stock", document=document.number))


def reserve(desk: Desk, *, asked: Asked) -> DocumentDone:
    """Keep goods back for an incident, the lot that expires first first. Raises StockShort, LotExpired, IncidentIsClosed."""
    desk.may(Act.CLAIM_STOCK)
    with desk.open_work() as work:
        moving = Moving(desk, work, MovementKind.RESERVE, asked, at=desk.now())
        document = moving.write(moving.first_out())
        return Done(document, work.commit("reserve_stock", document=document.number))


def unreserve(desk: Desk, *, asked: Asked) -> DocumentDone:
    """Free what was kept back for an incident. Raises StockShort when less is kept back."""
    desk.may(Act.CLAIM_STOCK)
    with desk.open_work() as work:
        moving = Moving(desk, work, MovementKind.UNRESERVE, asked, at=desk.now())
        document = moving.write(moving.kept_back())
        return Done(document, work.commit("unreserve_stock", document=document.number))


def quarantine(desk: Desk, *, asked: Asked) -> DocumentDone:
    """Put some of a named lot aside until it is looked at, with a reason. Raises StockShort, ReasonMissing."""
    return _of_lot(desk, MovementKind.QUARANTINE, asked, StockAccount.FREE)


def release(desk: Desk, *, asked: Asked) -> DocumentDone:
    """Free some of a named lot from quarantine, with what was found. Raises StockShort, ReasonMissing; FieldRefused for a lot that failed."""
    return _of_lot(desk, MovementKind.RELEASE, asked, StockAccount.QUARANTINED)


def correct_count(desk: Desk, *, asked: Asked, counted: int) -> DocumentDone:
    """Enter what was counted of a named lot at a place: the difference becomes overage or shortage, with a reason and who approved it.

    What is kept back or in quarantine there stays as it is. Raises FieldRefused when nothing differs or less was counted than those.
    """
    desk.may(Act.MOVE_STOCK)
    with desk.open_work() as work:
        place, lot = place_in(work, asked.site_id, asked.place_id), work.lots.get(asked.with_lot())
        there = work.balances.at_place(lot.id, place)
        booked, bound = (there.on_hand, there.on_hand - there.free) if there else (0, 0)
        if counted == booked or counted < bound:
            raise FieldRefused(name="counted", reason="count_agrees" if counted == booked else "count_below_bound", typed=str(counted),
                               other=str(bound if counted < bound else booked))
        kind = MovementKind.OVERAGE if counted > booked else MovementKind.SHORTAGE
        moving = Moving(desk, work, kind, replace(asked, quantity=abs(counted - booked), unit="", place_id=place), at=desk.now())
        taken = [Taken(lot, StockAccount.COUNT, place, counted - booked)] if counted > booked else moving.of_lot(StockAccount.FREE)
        document = moving.write(taken, to_place=place)
        return Done(document, work.commit("correct_count", document=document.number, counted=counted, booked=booked))


# -- a lot ------------------------------------------------------------------------------------------------------------
def inspect_lot(desk: Desk, *, lot_id: Id, found: Inspection, note: str = "", inspected_on: date | None = None) -> Done[Lot]:
    """Enter what an inspection of a lot found. What fails goes into quarantine wherever it stands free. Raises ReasonMissing, NotFound."""
    desk.may(Act.MOVE_STOCK)
    if found is Inspection.FAILED and not note.strip():
        raise ReasonMissing(act=MovementKind.QUARANTINE)
    at = desk.now()
    with desk.open_work() as work:
        lot = work.lots.get(lot_id)
        documents = []
        for one in work.balances.of_lot(lot_id) if found is Inspection.FAILED else ():
            if one.free:
                asked = Asked(item_id=lot.item_id, site_id=one.site_id, quantity=one.free, lot_id=lot_id, place_id=one.place_id, reason=note)
                moving = Moving(desk, work, MovementKind.QUARANTINE, asked, at=at)
                documents.append(moving.write(moving.of_lot(StockAccount.FREE)).number)
        kept = work.lots.put(replace(lot, inspection=found, inspected_on=inspected_on or local_day(at), note=note.strip() or lot.note))
        return Done(kept, work.commit("inspect_lot", lot=lot.number, found=found.value, documents=documents))


# -- taking back ------------------------------------------------------------------------------------------------------
def void_document(desk: Desk, *, number: str, reason: str) -> DocumentDone:
    """Take a document back by its mirror; the first stays in the books. Raises MovementNotVoidable, ReasonMissing, NotFound."""
    desk.may(Act.MOVE_STOCK)
    if not reason.strip():
        raise ReasonMissing(act="void_document")
    at = desk.now()
    with desk.open_work() as work:
        originals = work.movements.where("WHERE document = ? ORDER BY seq", (number,))
        if not originals:
            raise NotFound(kind="stock_movements", key=number)
        try:
            document = take_back(desk, work, originals, at=at, reason=reason.strip())
        except StockShort as short:
            raise MovementNotVoidable(document=number, reason="used") from short
        for order_id in {one.order_id for one in originals if one.order_id is not None}:
            releasing.carry(work, work.release_orders.get(order_id), at=at)
        incident_id = originals[0].incident_id
        if incident_id is not None:
            logbook.write(desk, work, Happening.STOCK, at=at, incident_id=incident_id, text=reason.strip(), step="voided", document=number)
        return Done(document, work.commit("void_document", document=document.number, voided=number))


# -- what the acts share ----------------------------------------------------------------------------------------------
def _out(desk: Desk, kind: MovementKind, asked: Asked) -> DocumentDone:
    desk.may(Act.MOVE_STOCK)
    with desk.open_work() as work:
        moving = Moving(desk, work, kind, asked, at=desk.now())
        document = moving.write(moving.first_out() if asked.lot_id is None else moving.of_lot(StockAccount.FREE))
        return Done(document, work.commit(kind.value, document=document.number))


def _used(desk: Desk, kind: MovementKind, asked: Asked) -> DocumentDone:
    desk.may(Act.MOVE_STOCK)
    with desk.open_work() as work:
        moving = Moving(desk, work, kind, asked, at=desk.now())
        document = moving.write(moving.in_use())
        return Done(document, work.commit(kind.value, document=document.number, in_use=True))


def _of_lot(desk: Desk, kind: MovementKind, asked: Asked, start: StockAccount) -> DocumentDone:
    desk.may(Act.MOVE_STOCK)
    with desk.open_work() as work:
        moving = Moving(desk, work, kind, asked, at=desk.now())
        document = moving.write(moving.of_lot(start))
        return Done(document, work.commit(kind.value, document=document.number))


def _lot_of(desk: Desk, work: UnitOfWork, receipt: Receipt, today: date, moving: Moving) -> Lot:
    """Return the lot a receipt is of: a known one that says the same, or a new one."""
    told = stock.check_lot(Lot(
        id=desk.new_id(), item_id=receipt.item_id, number=receipt.lot_number.strip(), received_on=today, source=receipt.source,
        produced_on=receipt.produced_on, expires_on=receipt.expires_on, supplier=receipt.supplier.strip(), origin=receipt.origin.strip(),
        price_fen=receipt.price_fen, responsible=receipt.responsible.strip(), note=receipt.note.strip(), is_demo=desk.facts.is_demo), today=today)
    if receipt.source is not LotSource.OPENING and moving.rules.is_expired(receipt.expires_on, today):
        raise FieldRefused(name="expires_on", reason="expired_already", typed=receipt.expires_on, other=today)
    known = work.lots.where("WHERE item_id = ? AND number = ? ORDER BY id", (receipt.item_id, told.number))
    return stock.check_same_lot(known[0], told) if known else work.lots.add(told)
