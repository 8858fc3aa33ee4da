"""What shelters that run face, and what lacks: from head counts and the ledger's stock at the shelter's own site, by the office's use per head.

What lacks is asked for in the workflow of supply requests; what was asked already is not asked twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.allocation import AllocationLine
from emergency_desk.domain.allocation_board import AllocationBoard, WantedGoods
from emergency_desk.domain.allocation_quick import quick_answer
from emergency_desk.domain.errors import FieldMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.library import Setting
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.shelter_foresight import (
    HeadForecast,
    KindOutlook,
    Lack,
    UseKind,
    UsePerHead,
    check_use,
    forecast,
    lacks,
    outlook,
    valid_counts,
)
from emergency_desk.domain.shelters import RUNNING, HeadCount, ShelterOpening
from emergency_desk.domain.sites import Site
from emergency_desk.domain.stock_rules import StockRules
from emergency_desk.domain.supplies import SupplyItem
from emergency_desk.domain.supply_requests import OVER, AskedLine, AskedSupplies, RequestPriority, SupplyRequest
from emergency_desk.services import stock_allocation, supply_requests
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps.sheltering import heads_by_opening
from emergency_desk.services.steps.stocking import rules_of
from emergency_desk.store.repositories.shapes import Repositories

HOURS_AHEAD = 24
_USE = "shelter_use:"


@dataclass(frozen=True, slots=True)
class ShelterOutlook:
    """What one shelter faces. `counts`: how many head counts hold; `lacks` what is to be asked for, `asked` what was asked and is not here."""

    site: Site
    opening: ShelterOpening
    heads: int
    counts: tuple[HeadCount, ...]
    forecast: HeadForecast | None
    heads_then: int
    meals: int
    kinds: tuple[KindOutlook, ...]
    lacks: tuple[Lack, ...] = ()
    asked: tuple[tuple[Id, int], ...] = ()

    def hours_to_full(self, now: datetime) -> float | None:
        """Return in how many hours it is full; None where nothing is foreseen, it does not fill, or nobody knows its places."""
        if self.forecast is None or self.opening.capacity is None:
            return None
        return self.forecast.hours_to_full(self.opening.capacity, now)


@dataclass(frozen=True, slots=True)
class Foresight:
    """All shelters that run, the office's use per head, and the items that are named."""

    shelters: tuple[ShelterOutlook, ...]
    uses: tuple[UsePerHead, ...]
    items: dict[Id, SupplyItem]


# -- use per head -----------------------------------------------------------------------------------------------------
def keep_use(desk: Desk, *, item_id: Id, kind: UseKind, hundredths: int) -> Done[UsePerHead]:
    """Say what one person uses of an item: hundredths of its unit, a day or once. Raises FieldRefused, NotFound."""
    desk.may(Act.KEEP_SHELTER)
    use = check_use(UsePerHead(item_id, kind, hundredths))
    return _keep(desk, use, f"{kind.value} {hundredths}")


def forget_use(desk: Desk, *, item_id: Id) -> Done[UsePerHead]:
    """Say that an item is no longer counted as used in shelters. Raises NotFound."""
    desk.may(Act.KEEP_SHELTER)
    return _keep(desk, UsePerHead(item_id, UseKind.WATER, 0), "")


def _keep(desk: Desk, use: UsePerHead, content: str) -> Done[UsePerHead]:
    with desk.open_work() as work:
        item = work.supply_items.get(use.item_id)
        found = work.settings.where("WHERE id = ?", (_USE + item.id,))
        if found:
            work.settings.put(replace(found[0], content=content))
        else:
            work.settings.add(Setting(Id(_USE + item.id), content))
        return Done(use, work.commit("keep_shelter_use", item=item.code or item.name, use=content))


def uses_of(reading: Repositories) -> tuple[UsePerHead, ...]:
    """Return what the office said that one person uses."""
    found = []
    for one in reading.settings.where("WHERE id LIKE ? ORDER BY id", (f"{_USE}%",)):
        kind, _blank, hundredths = one.content.partition(" ")
        if hundredths:
            found.append(UsePerHead(Id(one.id.removeprefix(_USE)), UseKind(kind), int(hundredths)))
    return tuple(found)


# -- looking ahead ----------------------------------------------------------------------------------------------------
def look_ahead(desk: Desk, *, hours: int = HOURS_AHEAD) -> Foresight:
    """Return what every shelter that runs in the desk's area faces within so many hours, the one that fills or lacks first before others."""
    at = desk.now()
    with desk.reading() as reading:
        uses, stock_rules = uses_of(reading), rules_of(desk, reading)
        marks = ", ".join("?" for _state in RUNNING)
        openings = {one.id: one for one in reading.shelter_openings.where("WHERE closed_at IS NULL")}
        running = [openings[one.opening_id] for one in reading.shelters.where(
            f"WHERE state IN ({marks}) AND opening_id IS NOT NULL ORDER BY id", tuple(sorted(state.value for state in RUNNING)))
            if one.opening_id in openings]
        sites = {site.id: site for site in reading.sites.get_many({one.shelter_id for one in running})
                 if site.area_id is None or desk.tree.is_within(site.area_id, desk.area_id)}
        heads, counts = heads_by_opening(reading), _counts(reading)
        found = [_look(desk, reading, sites[one.shelter_id], one, heads.get(one.id, 0), counts.get(one.id, []), uses, stock_rules, at=at,
                       hours=hours)
                 for one in running if one.shelter_id in sites]
        items = {item.id: item for item in reading.supply_items.get_many({use.item_id for use in uses})}
    return Foresight(tuple(sorted(found, key=lambda one: _urgency(one, at))), uses, items)


def _look(
    desk: Desk, reading: Repositories, site: Site, opening: ShelterOpening, heads: int, counts: list[HeadCount], uses: Sequence[UsePerHead],
    stock_rules: StockRules, *, at: datetime, hours: int,
) -> ShelterOutlook:
    rules, stock = desk.trade.foresight, stock_there(reading, site.id, uses, stock_rules, at)
    ahead = forecast(counts, rules)
    then = ahead.likely(at + timedelta(hours=hours)) if ahead is not None else heads
    if ahead is not None and opening.capacity is not None:
        then = min(then, max(heads, opening.capacity))  # nobody is sent where there is no place
    asked = _asked(reading, site)
    wanted = [replace(one, quantity=one.quantity - asked.get(one.item_id, 0))
              for one in lacks(uses, stock, heads=max(heads, then), hours=hours)]
    return ShelterOutlook(
        site, opening, heads, tuple(valid_counts(counts)), ahead, then, then * rules.meals_a_day,
        tuple(outlook(kind, uses, stock, heads) for kind in UseKind), tuple(one for one in wanted if one.quantity > 0),
        tuple(sorted(asked.items())))


def _counts(reading: Repositories) -> dict[Id, list[HeadCount]]:
    found: dict[Id, list[HeadCount]] = {}
    for count in reading.head_counts.where("WHERE opening_id IN (SELECT id FROM shelter_openings WHERE closed_at IS NULL) ORDER BY seq"):
        found.setdefault(count.opening_id, []).append(count)
    return found


def stock_there(reading: Repositories, site_id: Id, uses: Sequence[UsePerHead], rules: StockRules, at: datetime) -> dict[Id, int]:
    """Return what stands at a shelter's own site and may be used: free or kept back there, in date."""
    today = local_day(at)
    return {use.item_id: sum(one.free + one.reserved for one in reading.balances.of_item_at(use.item_id, site_id)
                             if not rules.is_expired(one.expires_on, today)) for use in uses}


def _asked(reading: Repositories, site: Site) -> dict[Id, int]:
    """Return what was asked for a shelter and is neither here nor refused."""
    marks = ", ".join("?" for _state in OVER)
    found: dict[Id, int] = {}
    lines = reading.request_lines.where(
        f"WHERE request_id IN (SELECT id FROM supply_requests WHERE site_id = ? AND follows_id IS NULL AND state NOT IN ({marks}))",
        (site.id, *OVER))
    for line in lines:
        if line.item_id is not None:
            found[line.item_id] = found.get(line.item_id, 0) + line.quantity
    return found


def _urgency(one: ShelterOutlook, at: datetime) -> tuple[object, ...]:
    full = one.hours_to_full(at)
    hours = [kind.hours for kind in one.kinds if kind.hours is not None]
    return min([*hours, *([full] if full is not None else [])], default=float("inf")), -one.heads, one.site.name, one.site.id


# -- what to send from where ------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Whence:
    """From which depots what lacks could come; other shelters' own stock is left where it is."""

    lines: tuple[AllocationLine, ...]
    board: AllocationBoard
    missing: tuple[tuple[Id, int], ...] = ()

    def name_of(self, site_id: Id) -> tuple[str, str]:
        """Return the name of a depot."""
        return (self.board.sites or {}).get(site_id, ("", ""))


def from_where(desk: Desk, *, one: ShelterOutlook) -> Whence:
    """Return the depots that could send what lacks at a shelter, the soonest first. Raises FieldMissing where nobody knows where it is."""
    wanted = tuple(WantedGoods(key=lack.item_id, item_id=lack.item_id, quantity=lack.quantity, area_id=one.site.area_id or desk.area_id)
                   for lack in one.lacks)
    board = stock_allocation.read_board(desk, wanted=wanted)
    with desk.reading() as reading:
        shelters = {shelter.id for shelter in reading.shelters.where()}
    question = replace(board.question, goods=tuple(goods for goods in board.question.goods if goods.site_id not in shelters))
    if one.site.latitude is not None and one.site.longitude is not None:
        position = (one.site.latitude, one.site.longitude)
        question = replace(question, needs=tuple(replace(need, position=position) for need in question.needs))
    answer = quick_answer(question)
    items = {need.id: need.item_id for need in question.needs}
    return Whence(answer.lines, replace(board, question=question, quick=answer),
                  tuple((items[short.need_id], short.quantity) for short in answer.shortfalls))


def ask_for_lacks(desk: Desk, *, shelter_id: Id, asked_by: str = "", hours: int = HOURS_AHEAD) -> Done[SupplyRequest]:
    """Ask the tier above for what lacks at a shelter, to be brought there. Raises FieldMissing when nothing lacks that was not asked for."""
    desk.may(Act.ASK_SUPPLIES)
    found = next((one for one in look_ahead(desk, hours=hours).shelters if one.site.id == shelter_id), None)
    if found is None or not found.lacks:
        raise FieldMissing(name="quantity")
    needed = min((kind.hours for kind in found.kinds if kind.hours is not None), default=float(hours))
    return supply_requests.ask(desk, asked=AskedSupplies(
        lines=tuple(AskedLine(item_id=lack.item_id, quantity=lack.quantity) for lack in found.lacks), incident_id=found.opening.incident_id,
        site_id=found.site.id, place=found.site.name, area_id=found.site.area_id, asked_by=asked_by.strip() or found.opening.responsible,
        phone=found.opening.responsible_phone, priority=RequestPriority.URGENT if needed < _URGENT_HOURS else RequestPriority.HIGH,
        needed_by=desk.now() + timedelta(hours=min(needed, hours))))


_URGENT_HOURS = 6  # a house setting: what ends within so many hours is asked for as urgent
