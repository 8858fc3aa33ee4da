"""Stock-taking: opened over a depot or part of it, counted line by line, counted again where it differs, approved and booked in one act."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from emergency_desk.domain import stock_counts as counts
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.count_boards import CountBoard, CountOverview, LineNames
from emergency_desk.domain.errors import FieldRefused, OccurredInFuture, ReasonMissing
from emergency_desk.domain.ids import Id, count_number
from emergency_desk.domain.library import Setting
from emergency_desk.domain.lot_codes import is_lot_code, plain, read_lot_code
from emergency_desk.domain.moments import local_day, local_year
from emergency_desk.domain.stock import Lot, Movement, MovementKind, StockAccount
from emergency_desk.domain.stock_acts import Asked, StockDocument
from emergency_desk.domain.stock_counts import CountLine, CountState, LineWeighed, StockCount, Tally
from emergency_desk.domain.stock_errors import CountBoundByClaims, CountEmpty, CountIsClosed, CountOverlaps, LotCodeUnknown
from emergency_desk.domain.supplies import check_count
from emergency_desk.domain.texts import Text
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps.packing import units_of
from emergency_desk.services.steps.stocking import Moving, Taken, next_document, place_in
from emergency_desk.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from emergency_desk.store.repositories.shapes import Repositories

SECOND_COUNT = "stock_second_count_beyond"
_NEVER = "never"
_NEWEST = 200


# -- opening ----------------------------------------------------------------------------------------------------------
def open_count(
    desk: Desk, *, site_id: Id, zones: tuple[str, ...] = (), item_ids: tuple[Id, ...] = (), is_blind: bool = False,
) -> Done[StockCount]:
    """Open a count of a depot, whole or some zones and items of it: what the books say now is kept with it.

    Raises CountEmpty, CountOverlaps, CountTooLarge, NotFound.
    """
    desk.may(Act.MOVE_STOCK)
    at = desk.now()
    with desk.open_work() as work:
        depot, site = work.depots.get(site_id), work.sites.get(site_id)
        stands = work.count_books.standing(site_id, zones=zones, items=item_ids)
        if not stands:
            raise CountEmpty(depot=site.name)
        counts.check_size(len(stands))
        other = work.count_books.overlapping(site_id, stands)
        if other:
            raise CountOverlaps(number=other, place=site.name)
        year = local_year(at)
        count = work.stock_counts.add(StockCount(
            id=desk.new_id(), number=count_number(desk.facts.code, year, work.next_number(f"count {desk.facts.code} {year}")), site_id=depot.id,
            opened_at=at, opened_by=desk.who, opened_seq=work.count_books.last_seq(), zones=zones, item_ids=item_ids, is_blind=is_blind,
            second_beyond=_second_beyond(desk, work), is_demo=desk.facts.is_demo))
        for number, one in enumerate(stands, start=1):
            work.count_lines.add(CountLine(id=desk.new_id(), count_id=count.id, number=number, lot_id=one.lot_id, place_id=one.place_id,
                                           item_id=one.item_id, booked=one.on_hand))
        return Done(count, work.commit("open_count", count=count.number, lines=len(stands)))


# -- counting ---------------------------------------------------------------------------------------------------------
def tally(
    desk: Desk, *, count_id: Id, lot_id: Id, place_id: Id, quantity: int, counted_by: str, unit: str = "", note: str = "",
    counted_at: datetime | None = None,
) -> Done[Tally]:
    """Enter what somebody counted of a lot at a place; a lot that stands there and not in the books becomes a line of its own.

    Raises CountIsClosed, CountOverlaps, FieldMissing, FieldRefused, OccurredInFuture, NotFound.
    """
    desk.may(Act.MOVE_STOCK)
    at = desk.now()
    with desk.open_work() as work:
        count = _open(work, count_id)
        moment = _moment(count, counted_at, at)
        line = _line_of(desk, work, count, lot_id, place_id)
        item = work.supply_items.get(line.item_id)
        made = counts.check_tally(Tally(
            id=desk.new_id(), count_id=count.id, line_id=line.id, quantity=units_of(work, item, quantity, unit, lot_id=lot_id), counted_at=moment,
            recorded_at=at, after_seq=work.count_books.last_seq(), account_id=desk.who, counted_by=counted_by.strip(), note=note.strip()))
        return Done(work.tallies.add(made), work.commit("tally", count=count.number, line=line.number, counted=made.quantity))


def _moment(count: StockCount, counted_at: datetime | None, at: datetime) -> datetime:
    """Return when it was counted: between the opening and now."""
    if counted_at is None:
        return at
    if counted_at > at:
        raise OccurredInFuture()
    if counted_at < count.opened_at:
        raise FieldRefused(name="counted_at", reason="before_the_count", typed=counted_at, other=count.opened_at)
    return counted_at


def _line_of(desk: Desk, work: UnitOfWork, count: StockCount, lot_id: Id, place_id: Id) -> CountLine:
    known = work.count_lines.where("WHERE count_id = ? AND lot_id = ? AND place_id = ?", (count.id, lot_id, place_id))
    if known:
        return known[0]
    lot, place = work.lots.get(lot_id), place_in(work, count.site_id, place_id)
    other = work.count_books.count_of(lot.id, place)
    if other is not None:
        raise CountOverlaps(number=other[0], place=work.sites.get(count.site_id).name)
    lines = work.count_lines.count("WHERE count_id = ?", (count.id,))
    counts.check_size(lines + 1)
    return work.count_lines.add(CountLine(id=desk.new_id(), count_id=count.id, number=lines + 1, lot_id=lot.id, place_id=place,
                                          item_id=lot.item_id, booked=0, is_found=True))


def find_lot(desk: Desk, *, typed: str, item_id: Id | None = None) -> Lot:
    """Return the lot of a scanned code or a typed number, among all or those of one item. Raises LotCodeUnknown."""
    text = plain(typed)
    with desk.reading() as reading:
        if is_lot_code(text):
            id_ = read_lot_code(text)
            if id_ is None:
                raise LotCodeUnknown(typed=text, reason="code_misread")
            found = reading.lots.where("WHERE id = ?", (id_,))
        else:
            found = reading.lots.where("WHERE number IN (?, ?) ORDER BY id LIMIT 40", (typed.strip(), text))
    fitting = [lot for lot in found if item_id in (None, lot.item_id)]
    if len(fitting) != 1:
        raise LotCodeUnknown(typed=typed.strip(), reason="many" if fitting else "unknown")
    return fitting[0]


def places_of_lot(desk: Desk, *, lot_id: Id) -> tuple[Id, ...]:
    """Return the depots a lot stands in, the one with most of it that is free first."""
    free: Counter[Id] = Counter()
    with desk.reading() as reading:
        for holding in reading.balances.of_lot(lot_id):
            if holding.on_hand:
                free[holding.site_id] += holding.free
    return tuple(site for site, _count in free.most_common())


# -- closing ----------------------------------------------------------------------------------------------------------
def approve_count(desk: Desk, *, count_id: Id, reason: str = "") -> Done[StockCount]:
    """Close a count: what differs is booked as overage and shortage in one document, with the reason, by somebody who counted none of it.

    A whole depot is no longer overdue. Raises CountIsClosed, CountNotApprovable, CountBoundByClaims, ReasonMissing.
    """
    account = desk.may(Act.MOVE_STOCK)
    at = desk.now()
    with desk.open_work() as work:
        count = _open(work, count_id)
        weighed = _weighed(work, count)
        differing = counts.check_approvable(count, weighed, approver_id=account.id, approver=account.display_name)
        if differing and not reason.strip():
            raise ReasonMissing(act=MovementKind.OVERAGE if differing[0].difference > 0 else MovementKind.SHORTAGE)
        last = work.count_books.last_seq()
        document = _book(desk, work, count, differing, at=at, reason=reason.strip(), approved_by=account.display_name)
        closed = work.stock_counts.put(replace(count, state=CountState.POSTED, closed_at=at, closed_by=account.id, closed_seq=last,
                                               reason=reason.strip(), document=document.number))
        if count.is_whole:
            work.depots.put(replace(work.depots.get(count.site_id), counted_on=local_day(at)))
        return Done(closed, work.commit("approve_count", count=count.number, document=document.number, differing=len(differing)))


def abandon_count(desk: Desk, *, count_id: Id, reason: str) -> Done[StockCount]:
    """Give a count up: nothing is booked, what was counted stays readable. Raises CountIsClosed, ReasonMissing."""
    account = desk.may(Act.MOVE_STOCK)
    if not reason.strip():
        raise ReasonMissing(act="abandon_count")
    with desk.open_work() as work:
        count = _open(work, count_id)
        closed = work.stock_counts.put(replace(count, state=CountState.ABANDONED, closed_at=desk.now(), closed_by=account.id,
                                               closed_seq=work.count_books.last_seq(), reason=reason.strip()))
        return Done(closed, work.commit("abandon_count", count=count.number))


def _book(
    desk: Desk, work: UnitOfWork, count: StockCount, differing: list[LineWeighed], *, at: datetime, reason: str, approved_by: str,
) -> StockDocument:
    """Make the movements of every difference under one number."""
    if not differing:
        return StockDocument("", ())
    made: list[Movement] = []
    number = next_document(desk, work, at)
    for one in differing:
        line, lot = one.line, work.lots.get(one.line.lot_id)
        kind = MovementKind.OVERAGE if one.difference > 0 else MovementKind.SHORTAGE
        said = one.tallies[-1].tally.note or reason
        asked = Asked(item_id=line.item_id, site_id=count.site_id, quantity=abs(one.difference), lot_id=lot.id, place_id=line.place_id,
                      counterpart=count.number, reason=said, approved_by=approved_by)
        moving = Moving(desk, work, kind, asked, at=at, document=number)
        parts = [(StockAccount.COUNT, one.difference)] if one.difference > 0 else _missing(work, one, lot, item=moving.item.name)
        document = moving.write([Taken(lot, account, line.place_id, part) for account, part in parts], to_place=line.place_id)
        made.extend(document.movements)
    return StockDocument(number, tuple(made))


def _missing(work: UnitOfWork, one: LineWeighed, lot: Lot, *, item: str) -> list[tuple[StockAccount, int]]:
    """Return from which accounts a shortage is taken. Raises CountBoundByClaims when it reaches what is kept back."""
    there, missing = work.balances.at_place(lot.id, one.line.place_id), -one.difference
    parts = counts.shortage_parts(there, missing) if there is not None else []
    if sum(part for _account, part in parts) < missing:
        raise CountBoundByClaims(item=item, lot=lot.number, short=missing, reserved=there.reserved if there is not None else 0)
    return parts


def _open(work: UnitOfWork, count_id: Id) -> StockCount:
    count = work.stock_counts.get(count_id)
    if count.state is not CountState.OPEN:
        raise CountIsClosed(number=count.number, state=count.state)
    return count


def _weighed(work: Repositories, count: StockCount) -> list[LineWeighed]:
    lines = work.count_lines.where("WHERE count_id = ? ORDER BY number", (count.id,))
    tallies = work.tallies.where("WHERE count_id = ? ORDER BY seq", (count.id,))
    return counts.weigh(count, lines, tallies, on_hand=work.count_books.on_hand(count.id, until=count.closed_seq),
                        moves=work.count_books.moved_since(count.opened_seq, count.id, until=count.closed_seq))


# -- reading ----------------------------------------------------------------------------------------------------------
def list_counts(desk: Desk, *, is_open: bool | None = None, limit: int = _NEWEST) -> list[CountOverview]:
    """Return the counts, those that are open first, then the newest."""
    where = "" if is_open is None else f"WHERE state {'=' if is_open else '<>'} 'count_open' "
    with desk.reading() as reading:
        found = reading.stock_counts.where(f"{where}ORDER BY state <> 'count_open', opened_at DESC, id LIMIT {int(limit)}")
        people = {one.id: one.display_name for one in reading.accounts.where()}
        sites = {site.id: Text(site.name, site.name_en) for site in reading.sites.get_many({one.site_id for one in found})}
        return [CountOverview(
            one, sites[one.site_id], people.get(one.opened_by, ""), people.get(one.closed_by or Id(""), ""),
            reading.count_lines.count("WHERE count_id = ?", (one.id,)), reading.count_books.counted(one.id)) for one in found]


def count_board(desk: Desk, *, count_id: Id) -> CountBoard:
    """Return one count whole, each line beside the books of the moment it was counted. Raises NotFound."""
    with desk.reading() as reading:
        count = reading.stock_counts.get(count_id)
        site, depot = reading.sites.get(count.site_id), reading.depots.get(count.site_id)
        people = {one.id: one.display_name for one in reading.accounts.where()}
        return CountBoard(
            count=count, depot=Text(site.name, site.name_en), keeper=depot.keeper, phone=depot.phone, opened_by=people.get(count.opened_by, ""),
            closed_by=people.get(count.closed_by or Id(""), ""),
            items=tuple(Text(item.name, item.name_en) for item in reading.supply_items.get_many(count.item_ids)),
            lines=tuple(_weighed(reading, count)),
            names={id_: LineNames._make(names) for id_, names in reading.count_books.names(count.id).items()})


# -- the setting ------------------------------------------------------------------------------------------------------
def second_count_beyond(desk: Desk) -> int | None:
    """Return beyond which difference another person counts again; None: never."""
    with desk.reading() as reading:
        return _second_beyond(desk, reading)


def set_second_count(desk: Desk, *, beyond: int | None) -> Done[Setting]:
    """Say beyond which difference another person counts again; counts that are open keep theirs. Raises FieldRefused."""
    desk.may(Act.KEEP_SETTINGS)
    if beyond is not None:
        check_count("beyond", beyond, least=0)
    content = _NEVER if beyond is None else str(beyond)
    with desk.open_work() as work:
        found = work.settings.where("WHERE id = ?", (SECOND_COUNT,))
        kept = work.settings.put(replace(found[0], content=content)) if found else work.settings.add(Setting(Id(SECOND_COUNT), content))
        return Done(kept, work.commit("keep_setting", name=SECOND_COUNT))


def _second_beyond(desk: Desk, reading: Repositories) -> int | None:
    kept = reading.settings.where("WHERE id = ?", (SECOND_COUNT,))
    if not kept:
        return desk.trade.stock.second_count_beyond
    return None if kept[0].content == _NEVER else int(kept[0].content)
