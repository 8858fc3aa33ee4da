"""Gathers the papers that follow the ledger of stock: what moved in a span of days, and the card of one item or lot. Reads only.

A movement between two depots stands in both: it goes from one and comes to the other. An exercise moves no stock and stands on no paper,
but at a desk that itself is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import from_local, local_day
from emergency_desk.domain.stock import INSIDE, StockAccount
from emergency_desk.domain.stock_boards import LedgerLine
from emergency_desk.domain.stock_columns import StockColumn, StockGroup, StockPaper
from emergency_desk.domain.stock_reports import StockAsked
from emergency_desk.domain.stock_sheets import CardLine, Named, StockFact, StockSheets, TakenBack, Value
from emergency_desk.domain.texts import Text
from emergency_desk.services.desk import Desk
from emergency_desk.services.steps.stock_naming import StockNames
from emergency_desk.services.stock_laying import MOST_LINES, begin, lay
from emergency_desk.services.stock_papers import find_item

C = StockColumn


def movements_sheet(desk: Desk, *, asked: StockAsked) -> StockSheets:
    """Return what came, went and was moved between two days, this month as far as it has gone where nobody said."""
    asked, names = begin(desk, StockPaper.MOVEMENTS, asked)
    today = local_day(desk.now())
    from_on, until_on = asked.from_on or today.replace(day=1), asked.until_on or today
    with desk.reading() as reading:
        lines = reading.ledger_between(_begins(from_on), _begins(until_on + timedelta(days=1)), limit=MOST_LINES + 1, item_id=asked.item_id,
                                       lot_id=asked.lot_id, with_exercises=desk.is_exercise)
        names.read_items(reading, (one.movement.item_id for one in lines))
    facts = [fact for line in lines for fact in _facts(names, line, with_outside=names.area_asked is None and asked.site_id is None)]
    sheet = lay(desk, StockPaper.MOVEMENTS, names, asked, facts, counts={"documents": len({one.movement.document for one in lines})})
    return replace(sheet, from_on=from_on, until_on=until_on)


def card_sheet(desk: Desk, *, asked: StockAsked) -> StockSheets:
    """Return the card of an item (or of one of its lots) depot by depot: what was there, every movement with what it left, what is there."""
    item_id = asked.item_id or find_item(desk)
    asked, names = begin(desk, StockPaper.CARD, replace(asked, item_id=item_id))
    until_on = asked.until_on or local_day(desk.now())
    with desk.reading() as reading:
        lines = reading.ledger_between(None, _begins(until_on + timedelta(days=1)), limit=10 * MOST_LINES, item_id=item_id, lot_id=asked.lot_id,
                                       with_exercises=desk.is_exercise)
        names.read_items(reading, (item_id,))
        lot = reading.lots.get(asked.lot_id).number if asked.lot_id else ""
    begins = _begins(asked.from_on) if asked.from_on else None
    every = (fact for line in lines for fact in _facts(names, line, with_outside=False))
    facts = list(_with_balance(every, begins, by_depot=asked.choice is not None and asked.choice.group is StockGroup.DEPOT))
    sheet = lay(desk, StockPaper.CARD, names, asked, facts, counts={})
    return replace(sheet, from_on=asked.from_on, until_on=until_on, lot=lot)


def _begins(day: date) -> datetime:
    return from_local(day, 0, 0)


def _facts(names: StockNames, line: LedgerLine, *, with_outside: bool) -> Iterator[StockFact]:
    """Yield what a movement is for each depot it touches; what happens outside of all depots stands in none."""
    move = line.movement
    starts, ends = move.from_account in INSIDE, move.to_account in INSIDE
    if starts and ends and line.from_site == line.to_site:
        yield from _at(names, line, line.from_site, C.WITHIN)
        return
    if starts:
        yield from _at(names, line, line.from_site, C.GOES)
    if ends:
        yield from _at(names, line, line.to_site, C.COMES)
    if not starts and not ends and with_outside:
        yield StockFact(move.item_id, {**names.at_area(move.item_id, None), **_told(names, line), C.OUTSIDE: move.quantity})


def _at(names: StockNames, line: LedgerLine, site_id: str, figure: StockColumn) -> Iterator[StockFact]:
    if names.has_site(site_id):
        item_id = line.movement.item_id
        told = _told(names, line)
        other = {C.COMES: told[C.FROM], C.GOES: told[C.TO]}.get(figure)
        yield StockFact(item_id, {**names.at_site(item_id, Id(site_id)), **told, C.COUNTERPART: other, figure: line.movement.quantity})


def _told(names: StockNames, line: LedgerLine) -> dict[StockColumn, Value]:
    move = line.movement
    return {C.WHEN: move.occurred_at, C.DAY: local_day(move.occurred_at), C.DOCUMENT: move.document,
            C.MOVEMENT: move.kind if move.reverses_id is None else TakenBack(move.kind), C.LOT: line.lot_number,
            C.FROM: _end(names, line.from_site, move.from_account, move.counterpart),
            C.TO: _end(names, line.to_site, move.to_account, move.counterpart),
            C.INCIDENT: line.incident_number, C.REASON: move.reason,
            C.WHO: Named(line.who, Text(line.who, line.who_en))}


def _end(names: StockNames, site_id: str, account: StockAccount, counterpart: str) -> Value:
    """Return where goods came from or went to: a depot, else who had or has them."""
    if site_id in names.sites:
        return names.depot(Id(site_id))
    return counterpart or account


def _with_balance(facts: Iterable[StockFact], begins: datetime | None, *, by_depot: bool) -> Iterator[StockFact]:
    """Yield the lines from a moment on with what each left; before them what was there until then, depot by depot."""
    balances: dict[Value, int] = {}
    opened: dict[Value, StockFact] = {}
    later: list[StockFact] = []
    for fact in facts:
        place = fact.values[C.DEPOT] if by_depot else None
        balance = balances[place] = balances.get(place, 0) + _figure(fact, C.COMES) - _figure(fact, C.GOES)
        when = fact.values[C.WHEN]
        assert isinstance(when, datetime)
        if begins is not None and when < begins:
            opened[place] = StockFact(fact.item_id, {C.DEPOT: fact.values[C.DEPOT], C.ITEM: fact.values[C.ITEM], C.UNIT: fact.values[C.UNIT],
                                                     C.WHEN: begins, C.MOVEMENT: CardLine.BROUGHT_FORWARD, C.BALANCE: balance})
        else:
            later.append(replace(fact, values={**fact.values, C.BALANCE: balance}, serial=len(later) + 1))
    yield from opened.values()
    yield from later


def _figure(fact: StockFact, column: StockColumn) -> int:
    value = fact.values.get(column)
    return value if isinstance(value, int) else 0
