"""Gathers what stands on the papers of stock: what there is, what expires, what is short, what is to be swapped. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import NotFound, NothingToPrint
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.stock import Inspection, LotSource
from emergency_desk.domain.stock_boards import ShelfLot
from emergency_desk.domain.stock_columns import StockColumn, StockPaper
from emergency_desk.domain.stock_reports import StockAsked
from emergency_desk.domain.stock_sheets import Named, StockFact, StockSheets, TargetBar, Value
from emergency_desk.domain.supplies import ReserveKind, StockTarget, SupplyPromise
from emergency_desk.domain.texts import Text
from emergency_desk.services import stock_lists
from emergency_desk.services.desk import Desk
from emergency_desk.services.steps.stock_naming import StockNames
from emergency_desk.services.stock_laying import MOST_LINES, begin, lay

_BARS = 8  # of one kind of reserve on the chart
_YEAR = 365
C = StockColumn


# -- the papers -------------------------------------------------------------------------------------------------------
def stock_sheet(desk: Desk, *, asked: StockAsked) -> StockSheets:
    """Return what there is, item by item and depot by depot; each kind of reserve in figures of its own."""
    asked, names, today = *begin(desk, StockPaper.STOCK, asked), local_day(desk.now())
    with desk.reading() as reading:
        sums = reading.sums_on_shelves(last_expired=names.rules.last_expired(today), area_id=names.area_asked, site_id=asked.site_id,
                                       item_id=asked.item_id)
        promises = [] if asked.site_id else reading.supply_promises.where("ORDER BY partner, id")
        drawn = reading.drawn()
        names.read_items(reading, (*(one.item_id for one in sums), *(one.item_id for one in promises)))
        targets = [one for one in reading.stock_targets.where("ORDER BY id") if names.has_target(one)]
        names.read_items(reading, (one.item_id for one in targets))
    facts = [StockFact(one.item_id, {
        **names.at_site(one.item_id, one.site_id), C.KIND: ReserveKind.PHYSICAL, C.ON_HAND: one.free + one.reserved + one.quarantined,
        C.AVAILABLE: one.free - one.expired, C.RESERVED: one.reserved, C.QUARANTINED: one.quarantined, C.EXPIRED: one.expired,
        C.VALUE: Decimal(one.value_fen) / 100}) for one in sums]
    some = [one for one in promises if asked.item_id in (None, one.item_id) and names.has_promise(one)]
    facts += [_promised(names, one, drawn) for one in some if one.is_valid_on(today)]
    counts = {"unpriced": sum(one.unpriced for one in sums), "promises_out": sum(not one.is_valid_on(today) for one in some)}
    return lay(desk, StockPaper.STOCK, names, asked, facts, counts=counts, bars=_bars(desk, names, targets, asked))


def expiring_sheet(desk: Desk, *, asked: StockAsked) -> StockSheets:
    """Return the lots that are expired or expire within some days, as many as the first alarm has."""
    asked, names, today = *begin(desk, StockPaper.EXPIRING, asked), local_day(desk.now())
    days = max(names.rules.alarm_days, default=0) if asked.days is None else asked.days
    with desk.reading() as reading:
        lots = reading.lots_that_expire(max(names.rules.last_expired(today), today + timedelta(days=days)) if days else
                                        names.rules.last_expired(today), limit=MOST_LINES + 1, area_id=names.area_asked,
                                        site_id=asked.site_id, item_id=asked.item_id)
        names.read_items(reading, (one.item_id for one in lots))
    facts = []
    for lot in lots:
        is_expired = names.rules.is_expired(lot.expires_on, today)
        facts.append(StockFact(lot.item_id, {
            **_of_lot(names, lot), C.SPAN: names.rules.alarm_of(lot.expires_on, today) or (0 if is_expired else days),
            C.MONTH: lot.expires[:7], C.DAYS_LEFT: (lot.expires_on - today).days,
            C.ON_HAND: lot.on_hand, C.AVAILABLE: 0 if is_expired else lot.free, C.EXPIRED: lot.free if is_expired else 0,
            C.RESERVED: lot.reserved, C.QUARANTINED: lot.quarantined, C.VALUE: _worth(lot, lot.on_hand)}))
    return lay(desk, StockPaper.EXPIRING, names, asked, facts, days=days,
                  counts={
        "lots": _lots(lots), "expired": _lots(one for one in lots if names.rules.is_expired(one.expires_on, today)),
        "unpriced": _lots(one for one in lots if one.price_fen is None)})


def shortfall_sheet(desk: Desk, *, asked: StockAsked) -> StockSheets:
    """Return where less of a kind of reserve is held than its target; a reserve of another kind never fills the gap (R-5.1)."""
    asked, names = begin(desk, StockPaper.SHORTFALL, asked)
    with desk.reading() as reading:
        targets = [one for one in reading.stock_targets.where("ORDER BY id")
                   if names.has_target(one) and asked.item_id in (None, one.item_id)]
        names.read_items(reading, (one.item_id for one in targets))
    held = stock_lists.held_of(desk, targets=targets)
    facts = [_short(names, one, held[one.id]) for one in targets if held[one.id] < one.target]
    below = sum(held[one.id] < one.minimum for one in targets)
    return lay(desk, StockPaper.SHORTFALL, names, asked, facts, counts={"targets": len(targets), "short": len(facts), "below": below})


def rotation_sheet(desk: Desk, *, asked: StockAsked) -> StockSheets:
    """Return the lots to be swapped within some days (a year), each until the day when a third of its life is left (R-5.4)."""
    asked, names, today = *begin(desk, StockPaper.ROTATION, asked), local_day(desk.now())
    days, rules = _YEAR if asked.days is None else asked.days, names.rules
    until, last_expired = today + timedelta(days=days), rules.last_expired(today)
    reach = until if rules.rotate_one_in else until + timedelta(days=max(rules.alarm_days, default=0))
    with desk.reading() as reading:
        lots = reading.lots_to_rotate(reach, left=1 / rules.rotate_one_in if rules.rotate_one_in else 0, good_after=last_expired,
                                      limit=MOST_LINES + 1, area_id=names.area_asked, site_id=asked.site_id, item_id=asked.item_id)
        expired = reading.lots_that_expire(last_expired, limit=MOST_LINES, area_id=names.area_asked, site_id=asked.site_id,
                                           item_id=asked.item_id)
        partners = _partners(one for one in reading.supply_promises.where("ORDER BY partner, id") if one.is_valid_on(today))
        names.read_items(reading, (one.item_id for one in lots))
    facts, due = [], [one for one in lots if rules.rotate_by(one.expires_on, one.began_on) <= until]
    for lot in due:
        by = rules.rotate_by(lot.expires_on, lot.began_on)
        life = max(1, (lot.expires_on - lot.began_on).days)
        facts.append(StockFact(lot.item_id, {
            **_of_lot(names, lot), C.MONTH: "" if by < today else by.isoformat()[:7], C.ROTATE_BY: by,
            C.LIFE_LEFT: max(0, (lot.expires_on - today).days * 100 // life), C.PARTNER: partners.get(lot.item_id, ""),
            C.TO_ROTATE: lot.free, C.VALUE: _worth(lot, lot.free)}))
    late = _lots(one for one in due if rules.rotate_by(one.expires_on, one.began_on) < today)
    return lay(desk, StockPaper.ROTATION, names, asked, facts, days=days, counts={
        "lots": _lots(due), "late": late, "expired": _lots(expired), "one_in": rules.rotate_one_in,
        "unpriced": _lots(one for one in due if one.price_fen is None)})


# -- finding ----------------------------------------------------------------------------------------------------------
def find_item(desk: Desk, *, code: str = "") -> Id:
    """Return the item of a code or a name; without one the first that was ever in stock. Raises NothingToPrint."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        found = (reading.supply_items.first("WHERE code = ? OR name = ? OR name_en = ? ORDER BY is_retired, code, id", (code, code, code)) if code
                 else reading.supply_items.first("WHERE id IN (SELECT item_id FROM stock_balances) ORDER BY code, id"))
    if not found:
        raise NothingToPrint(name=StockPaper.CARD.value, number=code)
    return found[0].id


def find_lot(desk: Desk, *, number: str, item_id: Id | None = None) -> tuple[Id, Id]:
    """Return the ids of a lot and its item by the lot's number. Raises NotFound."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        for lot in reading.lots.where("WHERE number = ? ORDER BY received_on DESC, id", (number,)):
            if item_id in (None, lot.item_id):
                return lot.id, lot.item_id
    raise NotFound(kind="lots", key=number)


# -- lines ----------------------------------------------------------------------------------------------------------
def _of_lot(names: StockNames, lot: ShelfLot) -> dict[StockColumn, Value]:
    return {**names.at_site(lot.item_id, lot.site_id), C.LOT: lot.number, C.BIN: lot.bin, C.PRODUCED: lot.produced_on,
            C.EXPIRES: lot.expires_on, C.INSPECTION: Inspection(lot.inspected), C.SOURCE: LotSource(lot.source), C.SUPPLIER: lot.supplier}


def _lots(some: Iterable[ShelfLot]) -> int:
    """Return how many lots there are, however many places each stands at."""
    return len({(one.item_id, one.number) for one in some})


def _worth(lot: ShelfLot, quantity: int) -> Decimal | None:
    return None if lot.price_fen is None else Decimal(lot.price_fen * quantity) / 100


def _promised(names: StockNames, one: SupplyPromise, drawn: dict[Id, int]) -> StockFact:
    figure: dict[StockColumn, Value] = ({C.AGREED: max(0, one.quantity - drawn.get(one.id, 0))} if one.kind is ReserveKind.CONTRACT
                                        else {C.A_DAY: one.units_a_day})
    return StockFact(one.item_id, {**names.at_area(one.item_id, one.area_id), C.KIND: one.kind,
                                   C.DEPOT: Named(f"\uffff{one.partner} {one.id}", Text(one.partner)), **figure})


def _partners(promises: Iterable[SupplyPromise]) -> dict[Id, str]:
    """Return who has agreed to deliver an item and so may take goods of it in exchange, by item."""
    found: dict[Id, list[str]] = {}
    for one in promises:
        if one.kind is ReserveKind.CONTRACT and one.partner not in found.setdefault(one.item_id, []):
            found[one.item_id].append(one.partner)
    return {item_id: "、".join(partners) for item_id, partners in found.items()}


def _short(names: StockNames, target: StockTarget, held: int) -> StockFact:
    values = names.at_target(target)
    return StockFact(target.item_id, {
        **values, C.KIND: target.kind, C.BASIS: target.basis, C.MINIMUM: target.minimum, C.TARGET: target.target, C.HELD: held,
        C.MET: held * 100 // target.target, C.BELOW_MINIMUM: max(0, target.minimum - held), C.SHORT: target.target - held},
        kind=target.kind, level=values[C.LEVEL])


def _bars(desk: Desk, names: StockNames, targets: list[StockTarget], asked: StockAsked) -> tuple[TargetBar, ...]:
    """Return the targets of the place asked about that are met least, some of each kind; those of smaller places where it has none."""
    some = [one for one in targets if one.target and asked.item_id in (None, one.item_id)]
    own = [one for one in some if one.area_id == names.area_id or (asked.site_id and one.site_id == asked.site_id)]
    held = stock_lists.held_of(desk, targets=own or some)
    bars = []
    for kind in ReserveKind:
        of_kind = sorted((one for one in own or some if one.kind is kind), key=lambda one: (held[one.id] / one.target, one.item_id, one.id))
        for one in of_kind[:_BARS]:
            item, place = names.items[one.item_id], names.at_target(one)[C.PLACE]
            assert isinstance(place, Named)
            bars.append(TargetBar(kind, Text(item.name, item.name_en), place.text, item.unit, held[one.id], one.minimum, one.target))
    return tuple(bars)

