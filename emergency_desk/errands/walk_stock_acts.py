"""The acts of stock keeping: items, depots, agreements, and everything that moves a lot. Requests and orders: `walk_supply_acts`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from emergency_desk.domain.errors import FieldUnreadable, WalkLacks
from emergency_desk.domain.ids import Id
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.stock import Lot, LotSource, StockAccount
from emergency_desk.domain.stock_acts import Asked, Receipt, StockDocument
from emergency_desk.domain.supplies import Depot, DepotKind, ReserveKind, StockTarget, SupplyItem, SupplyPromise
from emergency_desk.domain.walks import NO, YES, ActShape, ArgumentKind, ArgumentShape, Step
from emergency_desk.errands.walk_acts import Act, Run
from emergency_desk.errands.walk_stage import Stage
from emergency_desk.services import stock, supplies, units
from emergency_desk.services.desk import Desk, Done

TEXT, MUST = ArgumentShape(), ArgumentShape(is_required=True)
TEXTS, MUSTS = ArgumentShape(ArgumentKind.TEXTS), ArgumentShape(ArgumentKind.TEXTS, is_required=True)
NUMBER, COUNT = ArgumentShape(ArgumentKind.NUMBER), ArgumentShape(ArgumentKind.NUMBER, is_required=True)
MOMENT, INCIDENT = ArgumentShape(ArgumentKind.MOMENT), ArgumentShape(ArgumentKind.INCIDENT)
_DECIMAL = ArgumentShape(ArgumentKind.DECIMAL)
SHELF, IN_USE, NO_INCIDENT = "shelf", "in_use", "none"


def choice(words: Iterable[str]) -> ArgumentShape:
    """Return the shape of an argument that is one of some words."""
    return ArgumentShape(ArgumentKind.CHOICE, choices=tuple(str(word) for word in words))


# -- what a step names ------------------------------------------------------------------------------------------------
def item_of(stage: Stage, name: str) -> SupplyItem:
    """Return an item by its name or code. Raises WalkLacks."""
    for one in supplies.list_items(stage.desk):
        if name in (one.name, one.name_en, one.code):
            return one
    raise WalkLacks(what="item", name=name)


def depot_of(stage: Stage, name: str) -> Id:
    """Return a depot by the name of its site. Raises WalkLacks."""
    for one in supplies.list_depots(stage.desk):
        if name in (one.site.name, one.site.name_en):
            return one.site.id
    raise WalkLacks(what="depot", name=name)


def lot_of(stage: Stage, number: str, item_id: Id | None = None) -> Lot:
    """Return a lot by its number. Raises WalkLacks."""
    with stage.desk.reading() as reading:
        found = [one for one in reading.lots.where("WHERE number = ? ORDER BY id", (number,)) if item_id in (None, one.item_id)]
    if not found:
        raise WalkLacks(what="lot", name=number)
    return found[0]


def day_of(stage: Stage, step: Step, key: str) -> date | None:
    """Return a day of a step, None when it is not given. Raises FieldUnreadable."""
    text = stage.text(step, key)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise FieldUnreadable(name=key, typed=text, expected="2026-12-31") from error


def count_of(stage: Stage, step: Step, key: str = "quantity") -> int:
    """Return a count of a step, 0 when it is not given."""
    return int(stage.text(step, key) or 0)


def incident_of(stage: Stage, step: Step) -> Id | None:
    """Return the incident of a step: the named one, the one of the step before, or none where the step says "none"."""
    if stage.text(step, "about") == NO_INCIDENT:
        return None
    return stage.incident_id(step) if stage.text(step, "incident") or stage.latest.incident else None


def asked_of(stage: Stage, step: Step) -> Asked:
    """Return what a step moves."""
    item = item_of(stage, stage.text(step, "item"))
    lot = stage.text(step, "lot")
    return Asked(item_id=item.id, site_id=depot_of(stage, stage.text(step, "depot")), quantity=count_of(stage, step),
                 unit=stage.text(step, "unit"), lot_id=lot_of(stage, lot, item.id).id if lot else None, incident_id=incident_of(stage, step),
                 counterpart=stage.text(step, "with"), reason=stage.text(step, "reason"), approved_by=stage.text(step, "approved_by"),
                 note=stage.text(step, "note"), occurred_at=step.moments.get("occurred"))


# -- the register -----------------------------------------------------------------------------------------------------
def _item(stage: Stage, step: Step) -> None:
    supplies.keep_item(stage.desk, item=SupplyItem(
        id=Id(""), code=stage.text(step, "code"), name=stage.text(step, "item"), unit=stage.text(step, "unit"),
        name_en=stage.text(step, "name_en")))


def _depot(stage: Stage, step: Step) -> None:
    area_id, address = stage.place(stage.text(step, "where"))
    at = {name: float(stage.text(step, name)) for name in ("latitude", "longitude") if name in step.arguments}
    site = units.keep_site(stage.desk, site=Site(id=Id(""), kind=SiteKind.DEPOT, name=stage.text(step, "depot"), area_id=area_id,
                                                 address=address, **at)).value  # type: ignore[arg-type]
    supplies.keep_depot(stage.desk, depot=Depot(site.id, DepotKind(stage.text(step, "kind") or DepotKind.WAREHOUSE),
                                                keeper=stage.text(step, "keeper"), phone=stage.text(step, "phone")))


def _target(stage: Stage, step: Step) -> None:
    depot, where = stage.text(step, "depot"), stage.text(step, "where")
    supplies.keep_target(stage.desk, target=StockTarget(
        id=Id(""), item_id=item_of(stage, stage.text(step, "item")).id, kind=ReserveKind.PHYSICAL, minimum=count_of(stage, step, "minimum"),
        target=count_of(stage, step, "target") or count_of(stage, step, "minimum"), site_id=depot_of(stage, depot) if depot else None,
        area_id=stage.place(where)[0] if where and not depot else None))


def _promise(stage: Stage, step: Step) -> None:
    supplies.keep_promise(stage.desk, promise=SupplyPromise(
        id=Id(""), kind=ReserveKind.CONTRACT, item_id=item_of(stage, stage.text(step, "item")).id, partner=stage.text(step, "partner"),
        quantity=count_of(stage, step), call_off_hours=count_of(stage, step, "hours"), valid_until=day_of(stage, step, "until"),
        area_id=stage.desk.area_id))


def promise_of(stage: Stage, partner: str) -> SupplyPromise:
    """Return what a partner promised. Raises WalkLacks."""
    for one in supplies.list_promises(stage.desk):
        if one.partner == partner:
            return one
    raise WalkLacks(what="promise", name=partner)


def _call_off(stage: Stage, step: Step) -> None:
    supplies.call_off(stage.desk, promise_id=promise_of(stage, stage.text(step, "partner")).id, quantity=count_of(stage, step),
                      told_to=stage.text(step, "told_to"), incident_id=incident_of(stage, step), occurred_at=step.moments.get("occurred"))


def _give_back_draw(stage: Stage, step: Step) -> None:
    supplies.give_back_draw(stage.desk, promise_id=promise_of(stage, stage.text(step, "partner")).id, quantity=count_of(stage, step),
                            reason=stage.text(step, "reason"))


# -- the ledger -------------------------------------------------------------------------------------------------------
def _receive(stage: Stage, step: Step) -> None:
    price = stage.text(step, "price")
    stock.receive(stage.desk, receipt=Receipt(
        item_id=item_of(stage, stage.text(step, "item")).id, site_id=depot_of(stage, stage.text(step, "depot")),
        quantity=count_of(stage, step), unit=stage.text(step, "unit"), lot_number=stage.text(step, "lot"),
        source=LotSource(stage.text(step, "source") or LotSource.PURCHASE), produced_on=day_of(stage, step, "produced"),
        expires_on=day_of(stage, step, "expires"), supplier=stage.text(step, "with"), price_fen=int(Decimal(price) * 100) if price else None,
        note=stage.text(step, "note"), occurred_at=step.moments.get("occurred")))


def _moves(act: Callable[..., Done[StockDocument]]) -> Run:
    def run(stage: Stage, step: Step) -> None:
        desk, asked = stage.desk, asked_of(stage, step)
        was = desk.is_exercise
        desk.is_exercise = was or stage.text(step, "exercise") == YES  # for a drill: kept in the ledger, the shelf stays as it is
        try:
            act(desk, asked=asked)
        finally:
            desk.is_exercise = was

    return run


def _relocate(stage: Stage, step: Step) -> None:
    stock.relocate(stage.desk, asked=replace(asked_of(stage, step), incident_id=None), to_site_id=depot_of(stage, stage.text(step, "to")))


def _write_off(stage: Stage, step: Step) -> None:
    starts = {IN_USE: StockAccount.IN_USE, StockAccount.QUARANTINED.value: StockAccount.QUARANTINED}
    stock.write_off(stage.desk, asked=asked_of(stage, step), start=starts.get(stage.text(step, "from"), StockAccount.FREE))


def _void(stage: Stage, step: Step) -> None:
    stock.void_document(stage.desk, number=document_of(stage.desk, stage.text(step, "document")), reason=stage.text(step, "reason"))


def document_of(desk: Desk, name: str) -> str:
    """Return the whole number of a stock document: the newest one, or by the end of its number ("S3"). Raises WalkLacks."""
    with desk.reading() as reading:
        newest = reading.movements.first("ORDER BY seq DESC")
        serial = name.upper().removeprefix("S")
        wanted = f"-S{int(serial):05d}" if serial.isdigit() else name
        found = reading.movements.first("WHERE document LIKE ? ORDER BY seq DESC", (f"%{wanted}",)) if name else newest
    if not found:
        raise WalkLacks(what="document", name=name)
    return found[0].document


ABOUT = {"incident": INCIDENT, "about": choice(("incident", NO_INCIDENT))}
_WHAT = {**ABOUT, "item": MUST, "depot": MUST, "quantity": COUNT, "unit": TEXT, "lot": TEXT, "with": TEXT, "note": TEXT, "occurred": MOMENT}
_FOR_A_DRILL = {**_WHAT, "exercise": choice((YES, NO))}
_WHY = {**_WHAT, "reason": TEXT, "approved_by": TEXT}

STOCK_ACTS: dict[str, Act] = {
    "stock_item": Act(ActShape({"item": MUST, "code": MUST, "unit": MUST, "name_en": TEXT}), _item),
    "stock_depot": Act(ActShape({"depot": MUST, "where": MUST, "kind": choice(DepotKind), "keeper": TEXT, "phone": TEXT, "latitude": _DECIMAL,
                                 "longitude": _DECIMAL}), _depot),
    "stock_target": Act(ActShape({"item": MUST, "minimum": COUNT, "target": NUMBER, "depot": TEXT, "where": TEXT}), _target),
    "stock_promise": Act(ActShape({"partner": MUST, "item": MUST, "quantity": COUNT, "hours": NUMBER, "until": TEXT}), _promise),
    "call_off": Act(ActShape({**ABOUT, "partner": MUST, "quantity": COUNT, "told_to": TEXT, "occurred": MOMENT}), _call_off),
    "make_good": Act(ActShape({"partner": MUST, "quantity": COUNT, "reason": TEXT}), _give_back_draw),
    "receive_lot": Act(ActShape({"item": MUST, "depot": MUST, "quantity": COUNT, "unit": TEXT, "lot": MUST, "source": choice(LotSource),
                                 "produced": TEXT, "expires": TEXT, "with": TEXT, "price": TEXT, "note": TEXT, "occurred": MOMENT}), _receive),
    "issue": Act(ActShape(_FOR_A_DRILL), _moves(stock.issue)),
    "bring_back": Act(ActShape(_FOR_A_DRILL), _moves(stock.bring_back)),
    "consume": Act(ActShape(_WHAT), _moves(stock.consume)),
    "allocate_out": Act(ActShape(_WHAT), _moves(stock.allocate_out)),
    "reserve_stock": Act(ActShape(_WHAT), _moves(stock.reserve)),
    "unreserve_stock": Act(ActShape(_WHAT), _moves(stock.unreserve)),
    "rotate_out": Act(ActShape(_WHAT), _moves(stock.rotate_out)),
    "quarantine": Act(ActShape(_WHY), _moves(stock.quarantine)),
    "free_quarantine": Act(ActShape(_WHY), _moves(stock.release)),
    "write_off": Act(ActShape({**_WHY, "from": choice((SHELF, IN_USE, StockAccount.QUARANTINED))}), _write_off),
    "move_stock": Act(ActShape({**_WHAT, "to": MUST}), _relocate),
    "void_document": Act(ActShape({"document": TEXT, "reason": TEXT}), _void),
}
