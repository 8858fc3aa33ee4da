"""Moves stock inside an open unit of work: the document's number, the movements with their balances, the line in an incident's log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from emergency_desk.domain import stock
from emergency_desk.domain.errors import IncidentIsClosed, NotFound, OccurredInFuture
from emergency_desk.domain.ids import Id, stock_number
from emergency_desk.domain.incidents import Happening, Incident
from emergency_desk.domain.moments import local_day, local_year
from emergency_desk.domain.stock import INSIDE, ClaimKind, Lot, Movement, MovementKind, Pick, StockAccount
from emergency_desk.domain.stock_acts import Asked, StockDocument
from emergency_desk.domain.stock_errors import StockShort
from emergency_desk.domain.stock_rules import StockRules
from emergency_desk.domain.supplies import StockPlace, SupplyItem, check_count
from emergency_desk.services.steps import logbook
from emergency_desk.services.steps.packing import units_of

if TYPE_CHECKING:
    from emergency_desk.services.desk import Desk
    from emergency_desk.store.repositories.shapes import Repositories
    from emergency_desk.store.unit_of_work import UnitOfWork

USE_ON_THE_DAY = "stock_usable_on_the_day"
_TO_OPEN = (MovementKind.ISSUE, MovementKind.RESERVE, MovementKind.DISTRIBUTE)  # what only an incident that runs is given


def rules_of(desk: Desk, reading: Repositories) -> StockRules:
    """Return the rules of stock keeping with the desk's own choice of the last day."""
    kept = reading.settings.where("WHERE id = ?", (USE_ON_THE_DAY,))
    return desk.trade.stock.with_use_on_the_day(kept[0].content == "yes") if kept else desk.trade.stock


@dataclass(frozen=True, slots=True)
class Taken:
    """So much of a lot, from an account of a place."""

    lot: Lot
    account: StockAccount
    place_id: str
    quantity: int


class Moving:
    """One act of stock keeping under way. `write` makes its movements, `done` its document and log line."""

    def __init__(
        self, desk: Desk, work: UnitOfWork, kind: MovementKind, asked: Asked, *, at: datetime, document: str = "", tells: bool = True,
        good_on: date | None = None,
    ) -> None:
        if asked.occurred_at is not None and asked.occurred_at > at:
            raise OccurredInFuture()
        self.desk, self.work, self.kind, self.asked, self.at = desk, work, kind, asked, at
        self.today = local_day(at)
        self.good_on = good_on or self.today  # what is chosen must still be in date on that day
        self.rules = rules_of(desk, work)
        self.item: SupplyItem = work.supply_items.get(asked.item_id)
        work.depots.get(asked.site_id)
        self.quantity = check_count("quantity", units_of(
            work, self.item, asked.quantity, asked.unit, lot_id=asked.lot_id, is_new=kind in stock.RECEIPTS))
        self.incident = work.incidents.get(asked.incident_id) if asked.incident_id is not None else None
        if self.incident is not None and kind in _TO_OPEN and not self.incident.is_open:
            raise IncidentIsClosed(number=self.incident.number)
        self._made: list[Movement] = []
        self._number, self._tells = document, tells  # several movings may share one document and one line of the log

    # -- choosing ------------------------------------------------------------------------------------------------------
    def first_out(self) -> list[Taken]:
        """Choose what goes out: first what is kept back for the incident, then what is free, the lot that expires first first."""
        kept_back = self._kept_back() if self.incident is not None and self.kind is not MovementKind.RESERVE else []
        left = self.quantity - sum(one.quantity for one in kept_back)
        asked, picks = self.asked, list[Pick]()
        if left:
            there = self.work.balances.first_out(
                asked.item_id, asked.site_id, wanted=left, last_expired=self.rules.last_expired(self.good_on), place_id=asked.place_id)
            picks = stock.first_expired_first_out(there, left, rules=self.rules, day=self.good_on, item=self.item.name, place=self._depot_name())
        return [*kept_back, *(self._taken(pick, StockAccount.FREE) for pick in picks)]

    def of_lot(self, account: StockAccount) -> list[Taken]:
        """Take all of one named lot, from one account; at its place, or wherever in the depot it stands when none was named."""
        lot = self.work.lots.get(self.asked.with_lot())
        asked = self.asked
        here = (one for one in self.work.balances.of_lot(lot.id) if (one.item_id, one.site_id) == (asked.item_id, asked.site_id)
                and asked.place_id in (None, one.place_id))
        there = sorted(here, key=lambda one: (-getattr(one, account.value), one.place_id))
        taken, left = [], self.quantity
        for one in there:
            part = min(left, getattr(one, account.value))
            if part:
                taken.append(Taken(lot, account, one.place_id, part))
                left -= part
        if left:
            raise StockShort(item=f"{self.item.name} {lot.number}", place=self._depot_name(), wanted=self.quantity, there=self.quantity - left)
        return taken

    def in_use(self) -> list[Taken]:
        """Take what is out in use at the incident (or without one); a named lot, or any of the item."""
        claims = [one for one in self.work.balances.claims_for(self.asked.incident_id or "") if one.kind is ClaimKind.IN_USE]
        taken, left = [], self.quantity
        for claim in claims:
            lot = self.work.lots.get(claim.lot_id)
            if lot.item_id == self.item.id and self.asked.lot_id in (None, lot.id) and left:
                part = min(left, claim.quantity)
                taken.append(Taken(lot, StockAccount.IN_USE, "", part))
                left -= part
        if left:
            raise StockShort(item=self.item.name, place=self.incident.number if self.incident else "", wanted=self.quantity,
                             there=self.quantity - left)
        return taken

    def kept_back(self) -> list[Taken]:
        """Take what is kept back for the incident in this depot."""
        taken = self._kept_back()
        there = sum(one.quantity for one in taken)
        if there < self.quantity:
            raise StockShort(item=self.item.name, place=self._depot_name(), wanted=self.quantity, there=there)
        return taken

    def _kept_back(self) -> list[Taken]:
        taken, left, asked = [], self.quantity, self.asked
        for claim in self.work.balances.claims_for(asked.order_id or asked.incident_id or ""):
            here = self.work.balances.at_place(claim.lot_id, claim.place_id) if claim.kind is ClaimKind.RESERVED else None
            if here is None or (here.item_id, here.site_id) != (asked.item_id, asked.site_id) or asked.place_id not in (None, here.place_id):
                continue
            if not left or (self.kind in stock.FOR_USE and self.rules.is_expired(here.expires_on, self.today)):
                continue
            part = min(left, claim.quantity)
            taken.append(Taken(self.work.lots.get(claim.lot_id), StockAccount.RESERVED, claim.place_id, part))
            left -= part
        return taken

    def _taken(self, pick: Pick, account: StockAccount) -> Taken:
        return Taken(self.work.lots.get(pick.lot_id), account, pick.place_id, pick.quantity)

    def _depot_name(self) -> str:
        return self.work.sites.get(self.asked.site_id).name

    # -- writing -------------------------------------------------------------------------------------------------------
    def write(self, taken: Iterable[Taken], *, to_place: str = "") -> StockDocument:
        """Make the movements of what was chosen; `to_place` where goods end on a shelf, else where they came from."""
        for one in taken:
            start, end = stock.accounts_of(self.kind, start=one.account)
            stock.check_usable(self.kind, one.lot, self.rules, self.today)
            place = one.place_id if start in INSIDE else ""
            target = (to_place or one.place_id) if end in INSIDE else ""
            stock.check_movement(self.kind, quantity=one.quantity, reason=self.asked.reason, approved_by=self.asked.approved_by, from_place=place,
                                 to_place=target)
            self._add(Movement(
                id=self.desk.new_id(), document=self.number, kind=self.kind, lot_id=one.lot.id, item_id=one.lot.item_id, quantity=one.quantity,
                from_account=start, to_account=end, occurred_at=self.asked.occurred_at or self.at, recorded_at=self.at,
                account_id=self.desk.who, from_place=place, to_place=target, incident_id=self.asked.incident_id,
                counterpart=self.asked.counterpart.strip(), reason=self.asked.reason.strip(), approved_by=self.asked.approved_by.strip(),
                note=self.asked.note.strip(), is_exercise=self.is_exercise, order_id=self.asked.order_id), one.lot)
        return self.done()

    def _add(self, movement: Movement, lot: Lot) -> None:
        self.work.balances.carry(movement, lot, item=self.item.name)
        self._made.append(self.work.movements.add(movement))

    @property
    def is_exercise(self) -> bool:
        """Say whether the act belongs to a drill among real goods, of the desk or of the incident (R-0.5, B20)."""
        return is_apart(self.desk, self.incident)

    @property
    def number(self) -> str:
        """The number of the document, taken when it is first asked for."""
        self._number = self._number or next_document(self.desk, self.work, self.at)
        return self._number

    def done(self) -> StockDocument:
        """Return the document; an incident's log is told in the same commit."""
        document = StockDocument(self._number, tuple(self._made))
        if self.incident is not None and self._tells:
            tell(self.desk, self.work, self.incident, self.item, document, self.kind, at=self.at, depot=self._depot_name())
        return document


def is_apart(desk: Desk, incident: Incident | None) -> bool:
    """Say whether goods are moved for a drill among real ones, and so change no real balance; on a drill's twin every incident is a drill's."""
    return desk.books_apart or (not desk.is_exercise and incident is not None and incident.is_exercise)


def next_document(desk: Desk, work: UnitOfWork, at: datetime) -> str:
    """Return the next number of a stock document."""
    year = local_year(at)
    return stock_number(desk.facts.code, year, work.next_number(f"stock {desk.facts.code} {year}"))


def tell(
    desk: Desk, work: UnitOfWork, incident: Incident, item: SupplyItem, document: StockDocument, kind: MovementKind, *, at: datetime, depot: str,
    step: str = "",
) -> None:
    """Write the line of a stock act into an incident's log."""
    logbook.write(desk, work, Happening.STOCK, at=at, incident_id=incident.id, step=step or kind.value, item=item.name, item_en=item.name_en,
                  quantity=document.quantity, unit=item.unit, depot=depot, document=document.number)


def place_in(work: UnitOfWork, site_id: Id, place_id: Id | None) -> Id:
    """Return a place of a depot; the depot as a whole is made a place when it is first needed. Raises NotFound."""
    if place_id is not None and place_id != site_id:
        place = work.stock_places.get(place_id)
        if place.site_id != site_id:
            raise NotFound(kind="stock_places", key=place_id)
        return place.id
    work.depots.get(site_id)
    if not work.stock_places.where("WHERE id = ?", (site_id,)):
        work.stock_places.add(StockPlace(id=site_id, site_id=site_id))
    return site_id


def take_back(desk: Desk, work: UnitOfWork, originals: Sequence[Movement], *, at: datetime, reason: str) -> StockDocument:
    """Make the mirror of every movement of a document, the last first. Raises MovementNotVoidable, StockShort."""
    marks = ", ".join("?" * len(originals))
    stock.check_reversal(originals, work.movements.where(f"WHERE reverses_id IN ({marks})", [one.id for one in originals]))
    number = next_document(desk, work, at)
    made = []
    for one in reversed(originals):
        mirror = stock.reversal(one, id_=desk.new_id(), document=number, at=at, account_id=desk.who, reason=reason)
        work.balances.carry(mirror, work.lots.get(one.lot_id), item=work.supply_items.get(one.item_id).name)
        made.append(work.movements.add(mirror))
    return StockDocument(number, tuple(made))
