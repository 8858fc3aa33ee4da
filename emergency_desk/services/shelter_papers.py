"""Gathers what stands on the papers of shelters and of evacuation. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from emergency_desk.domain import shelter_acts
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import NothingToPrint
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.shelter_acts import HeadsByTime, Occupancy, Unfit
from emergency_desk.domain.shelter_sheets import (
    ClosingSheet,
    DailyReturnSheet,
    NamedGoods,
    NamedUse,
    NoticeSheet,
    OpenedShelter,
    OpeningOrderSheet,
    PublicListSheet,
    PublicShelter,
    ReturnLine,
    SupplyNeedSheet,
    TransferLine,
    TransferListSheet,
)
from emergency_desk.domain.shelters import HeadCount, ShelterOpening, ShelterState, Stay
from emergency_desk.domain.texts import Text
from emergency_desk.services import evacuation
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import imprint
from emergency_desk.services.shelter_foresight import stock_there, uses_of
from emergency_desk.services.shelters import list_shelters
from emergency_desk.services.steps.stocking import rules_of
from emergency_desk.store.readings.reading import Reading

_ONE_DAY = timedelta(hours=24)
_PLANNED = frozenset({ShelterState.PLANNED, ShelterState.UNSAFE})


# -- of one opening ----------------------------------------------------------------------------------------------------
def opening_order_sheet(desk: Desk, *, opening_id: Id | None = None, number: str = "") -> OpeningOrderSheet:
    """Return an opening order by id or number, or the newest. Raises NothingToPrint, NotFound."""
    incident, opened = opened_by(desk, opening_id, number, "opening-order")
    kinds = {incident.type_id, *incident.secondary_types}
    against: tuple[Unfit, ...] = ()
    if opened.opening.override_reason:
        against = shelter_acts.reasons_against(opened.shelter, kinds=kinds, today=local_day(opened.opening.opened_at), rules=desk.trade.shelters,
                                               checks=opened.opening.checks)
    made = imprint(desk)
    return OpeningOrderSheet(made, incident, opened, made.desk, desk.trade.type(incident.type_id).name, desk.facts.phone, against)


def closing_sheet(desk: Desk, *, opening_id: Id | None = None, number: str = "") -> ClosingSheet:
    """Return how a shelter was used and left; before it is closed it is a form to fill in. Raises NothingToPrint, NotFound."""
    incident, opened = opened_by(desk, opening_id, number, "closing-sheet")
    with desk.reading() as reading:
        counts = _valid(reading.head_counts.where("WHERE opening_id = ? ORDER BY seq", (opened.opening.id,)))
        standing = reading.balances.standing_at(opened.opening.shelter_id)
        goods = [NamedGoods(Text(item.name, item.name_en), item.unit, standing[item.id])
                 for item in reading.supply_items.get_many(standing) if standing[item.id]]
    return ClosingSheet(imprint(desk), incident, opened, tuple(counts), sum(count.meals or 0 for count in counts),
                        tuple(sorted(goods, key=lambda one: one.item.zh)))


def opened_by(desk: Desk, opening_id: Id | None, number: str, name: str) -> tuple[Incident, OpenedShelter]:
    """Return an opening by id or number, or the newest, with its incident. Raises NothingToPrint, NotFound."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        if opening_id is None:
            where, values = ("WHERE number = ?", (number,)) if number else ("ORDER BY recorded_at DESC, number DESC", ())
            found = reading.shelter_openings.where(where, values)
            if not found:
                raise NothingToPrint(name=name, number=number)
            opening_id = found[0].id
        opening = reading.shelter_openings.get(opening_id)
        return reading.incidents.get(opening.incident_id), _with_names(desk, reading, opening)


def _with_names(desk: Desk, reading: Reading, opening: ShelterOpening) -> OpenedShelter:
    site = reading.sites.get(opening.shelter_id)
    return OpenedShelter(site, reading.shelters.get(opening.shelter_id), opening, place_words(desk, site.area_id),
                         tuple(place_words(desk, area_id, below=True) for area_id in opening.receives))


def place_words(desk: Desk, area_id: Id | None, *, below: bool = False) -> Text:
    """Return the words of an area: its path, or its own name alone."""
    area = desk.tree.by_id.get(area_id) if area_id is not None else None
    if area is None:
        return Text("")
    path = [area] if below else desk.tree.path(area.id)
    return Text("".join(one.name for one in path), ", ".join(one.name_en or one.name for one in reversed(path)))


# -- of one incident ---------------------------------------------------------------------------------------------------
def notice_sheet(desk: Desk, *, incident_id: Id) -> NoticeSheet:
    """Return the notice of the shelters that are open for an incident. Raises NothingToPrint while there is none, NotFound."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        incident = reading.incidents.get(incident_id)
        openings = reading.shelter_openings.where("WHERE incident_id = ? AND closed_at IS NULL ORDER BY opened_at, number", (incident_id,))
        if not openings:
            raise NothingToPrint(name="shelter-notice", number=incident.number)
        made = imprint(desk)
        return NoticeSheet(made, incident, tuple(_with_names(desk, reading, opening) for opening in openings), made.desk,
                           desk.facts.phone)


def transfer_list_sheet(desk: Desk, *, incident_id: Id) -> TransferListSheet:
    """Return who is to be moved, village by village, the vulnerable first. Raises NothingToPrint while nobody is, NotFound."""
    desk.may(Act.READ)
    lines = evacuation.reconcile(desk, incident_id=incident_id)
    with desk.reading() as reading:
        incident = reading.incidents.get(incident_id)
        if not lines:
            raise NothingToPrint(name="transfer-list", number=incident.number)
        sites = {line.group.shelter_id: reading.sites.get(line.group.shelter_id) for line in lines if line.group.shelter_id is not None}
    by_area: dict[Id, list[TransferLine]] = {}
    for line in lines:
        site = sites.get(line.group.shelter_id) if line.group.shelter_id is not None else None
        by_area.setdefault(line.group.area_id, []).append(
            TransferLine(line.group, line.sum, Text(site.name, site.name_en) if site is not None else Text("")))
    for some in by_area.values():
        some.sort(key=lambda line: (-line.group.vulnerable, -line.group.to_move, line.group.name))
    ordered = sorted(by_area, key=lambda area_id: (-sum(line.group.vulnerable for line in by_area[area_id]),
                                                   -sum(line.group.to_move for line in by_area[area_id]), area_id))
    return TransferListSheet(imprint(desk), incident, tuple((place_words(desk, area_id), tuple(by_area[area_id])) for area_id in ordered))


# -- of the desk, or of an area in it ----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Day:
    """The openings of the last day before a moment, their counts that hold, and what they are called."""

    openings: tuple[ShelterOpening, ...]
    counts: tuple[HeadCount, ...]
    lines: tuple[ReturnLine, ...]


def daily_return_sheet(desk: Desk, *, at: datetime | None = None, area_id: Id | None = None) -> DailyReturnSheet:
    """Return what the shelters held at a moment, else now, in the desk's area or one in it. Raises NothingToPrint while none was open."""
    desk.may(Act.READ)
    moment = at or desk.now()
    day = _day(desk, moment, area_id or desk.area_id, "daily-return")
    told = HeadsByTime(day.counts)
    times = sorted({count.counted_at for count in day.counts})
    incidents = dict.fromkeys(opening.incident_id for opening in day.openings)
    moved = evacuation.total(line for incident_id in incidents for line in evacuation.reconcile(desk, incident_id=incident_id)
                             if area_id is None or desk.tree.is_within(line.group.area_id, area_id))
    return DailyReturnSheet(imprint(desk), moment, place_words(desk, area_id or desk.area_id, below=True), day.lines,
                            tuple((time, told.total_at(time)) for time in times), moved, any(one.is_exercise for one in day.openings))


def supply_need_sheet(desk: Desk, *, at: datetime | None = None, area_id: Id | None = None) -> SupplyNeedSheet:
    """Return what the people in shelters need by the desk's own rules, less what stands there by the ledger now.

    Raises NothingToPrint while no shelter is open.
    """
    desk.may(Act.READ)
    moment = at or desk.now()
    day = _day(desk, moment, area_id or desk.area_id, "supplies-need", with_stock=True)
    return SupplyNeedSheet(imprint(desk), moment, place_words(desk, area_id or desk.area_id, below=True), desk.trade.foresight, _uses(desk),
                           tuple(line for line in day.lines if not line.is_closed), any(one.is_exercise for one in day.openings))


def _uses(desk: Desk) -> tuple[NamedUse, ...]:
    with desk.reading() as reading:
        some = [(use, reading.supply_items.get(use.item_id)) for use in uses_of(reading)]
    return tuple(NamedUse(Text(item.name, item.name_en), item.unit, use) for use, item in some)


def _day(desk: Desk, moment: datetime, area_id: Id, name: str, *, with_stock: bool = False) -> _Day:
    with desk.reading() as reading:
        openings = [one for one in reading.shelter_openings.where("ORDER BY opened_at, number")
                    if one.opened_at <= moment and (one.closed_at is None or one.closed_at > moment - _ONE_DAY)]
        sites = {one.shelter_id: reading.sites.get(one.shelter_id) for one in openings}
        openings = [one for one in openings if desk.tree.is_within(sites[one.shelter_id].area_id or desk.area_id, area_id)]
        if not openings:
            raise NothingToPrint(name=name, number="")
        ids = {one.id for one in openings}
        counts = [count for count in reading.head_counts.where("ORDER BY seq") if count.opening_id in ids]
        numbers = {one.incident_id: reading.incidents.get(one.incident_id).number for one in openings}
        uses, rules = uses_of(reading), rules_of(desk, reading)
        stock = {one.shelter_id: stock_there(reading, one.shelter_id, uses, rules, desk.now()) for one in openings} if with_stock else {}
    held = _valid([count for count in counts if count.counted_at <= moment])
    lines = []
    for one in openings:
        site = sites[one.shelter_id]
        some = [count for count in held if count.opening_id == one.id]
        is_closed = one.closed_at is not None and one.closed_at <= moment
        newest = shelter_acts.newest(some)
        full = Occupancy(newest.heads if newest is not None and not is_closed else 0, one.capacity, newest.counted_at if newest else None)
        today = [count for count in some if count.counted_at > moment - _ONE_DAY]
        lines.append(ReturnLine(
            Text(site.name, site.name_en), place_words(desk, site.area_id, below=True), numbers[one.incident_id], full, _sum(today, "arrived"),
            _sum(today, "left"), None if is_closed or newest is None else newest.vulnerable, _sum(today, "meals"), is_closed,
            stock.get(one.shelter_id, {})))
    lines.sort(key=lambda line: (line.area.zh, line.is_closed, -line.occupancy.heads, line.name.zh))
    return _Day(tuple(openings), tuple(held), tuple(lines))


def _valid(counts: Sequence[HeadCount]) -> list[HeadCount]:
    """Return the counts that no later one corrects."""
    corrected = {count.corrects_id for count in counts if count.corrects_id}
    return [count for count in counts if count.id not in corrected]


def _sum(counts: Sequence[HeadCount], field: str) -> int | None:
    told = [getattr(count, field) for count in counts if getattr(count, field) is not None]
    return sum(told) if told else None


def public_list_sheet(desk: Desk, *, area_id: Id | None = None) -> PublicListSheet:
    """Return the shelters as the public is to know them: none that is only planned or unsafe. Raises NothingToPrint without one."""
    desk.may(Act.READ)
    within = area_id or desk.area_id
    found = [one for one in list_shelters(desk) if one.shelter.state not in _PLANNED
             and desk.tree.is_within(one.site.area_id or desk.area_id, within)]
    if not found:
        raise NothingToPrint(name="shelter-list", number="")
    by_area: dict[Id, list[PublicShelter]] = {}
    ordered = sorted(found, key=lambda known: (place_words(desk, known.site.area_id).zh, known.site.name))
    for number, one in enumerate(ordered, start=1):
        site, shelter = one.site, one.shelter
        places = desk.trade.shelters.capacity(site.effective_area_m2, Stay.ONE_DAY)
        position = (site.latitude, site.longitude) if site.latitude is not None and site.longitude is not None else None
        by_area.setdefault(site.area_id or desk.area_id, []).append(PublicShelter(
            number, Text(site.name, site.name_en), site.address, site.phone or shelter.keeper_phone,
            places if places is not None else shelter.stated_capacity,
            tuple(desk.trade.type(type_id).name for type_id in shelter.hazards), shelter.vulnerable_fit, position))
    return PublicListSheet(imprint(desk), tuple((place_words(desk, area_id), tuple(some)) for area_id, some in by_area.items()), desk.is_exercise)


