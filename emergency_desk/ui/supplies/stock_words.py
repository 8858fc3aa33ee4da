"""The words of stock: a lot as a line, the bands of what can be had, a movement of the ledger, an alarm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from emergency_desk.domain.catalogue import PackColour
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.stock import INSIDE, Inspection, MovementKind
from emergency_desk.domain.stock_alarms import StockAlarm, StockAlarmKind
from emergency_desk.domain.stock_boards import ItemPage, MovementLine, StockLine
from emergency_desk.domain.stock_rules import StockRules
from emergency_desk.domain.supplies import Depot, PackChange, PackUnit, ReserveKind, StockTarget, SupplyItem, SupplyPromise
from emergency_desk.domain.supply_over_time import LeftOut, LeftOutReason, SupplyAt, SupplySource
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.pills import Pill
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import formats
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.counting import in_units, unit_word
from emergency_desk.wording.labels import label

_SHORT_KIND = {ReserveKind.PHYSICAL: Shape.WORKING, ReserveKind.CONTRACT: Shape.ON_SCENE, ReserveKind.CAPACITY: Shape.STANDBY}

_COLOURS = {PackColour.RED: Tone.RED, PackColour.ORANGE: Tone.ORANGE, PackColour.YELLOW: Tone.YELLOW, PackColour.GREEN: Tone.GREEN,
            PackColour.BLUE: Tone.BLUE}


# -- the long list ----------------------------------------------------------------------------------------------------
def stock_columns() -> tuple[Column, ...]:
    """Return the columns of the list of lots."""
    return (Column(_("Item"), stretch=5), Column(_("Lot"), width=100), Column(_("Expires"), width=144), Column(_("Depot"), stretch=4),
            Column(_("Bin"), width=52), Column(_("Available"), width=90, right=True), Column(_("Reserved"), width=70, right=True),
            Column(_("Aside"), width=56, right=True))


def stock_line(each: StockLine, rules: StockRules, today: date) -> Line:
    """Return what there is of one lot at one place."""
    is_expired = rules.is_expired(each.expires_on, today)
    available = Cell(in_units(0 if is_expired else each.free, each.unit), Tone.RED if is_expired else Tone.TEXT, strong=True)
    number = Cell(each.number, Tone.RED, shape=Shape.UNAVAILABLE, hint=label(each.inspection)) if each.inspection is Inspection.FAILED \
        else Cell(each.number, Tone.SECONDARY)
    return line(key_of(each), Cell(in_words(each.item, each.item_en), after=each.specification), number,
                expiry_cell(each.expires_on, rules, today), Cell(in_words(each.site, each.site_en)),
                Cell(each.bin, Tone.SECONDARY), available, _few(each.reserved), _few(each.quarantined))


def key_of(each: StockLine) -> str:
    """Return the id a line of the list is kept by."""
    return f"{each.lot_id}:{each.place_id}"


def _few(count: int) -> Cell:
    return Cell(formats.number(count), Tone.ORANGE) if count else Cell("—", Tone.SECONDARY)


def expiry_cell(day: date | None, rules: StockRules, today: date) -> Cell:
    """Return the day a lot expires: red when it has, orange when it soon does."""
    if day is None:
        return Cell(_("no date"), Tone.SECONDARY)
    band = rules.alarm_of(day, today)
    if band == 0:
        return Cell(formats.calendar_day(day), Tone.RED, shape=Shape.LATE, after=_("expired"))
    left = (day - today).days
    after = ngettext("{days} day", "{days} days", left).format(days=left) if band else ""
    tone = Tone.TEXT if band is None else Tone.ORANGE if band == min(rules.alarm_days) else Tone.YELLOW
    return Cell(formats.calendar_day(day), tone, shape=Shape.NONE if band is None else Shape.DUE, after=after)


# -- the bands --------------------------------------------------------------------------------------------------------
def band_columns(hours: tuple[int, ...], *, with_sureness: bool = False) -> tuple[Column, ...]:
    """Return the columns of the answer "how many by"; where there is room, also how sure each band is."""
    numbers = (Column(_("in {hours} h").format(hours=each), width=74, right=True) for each in hours)
    return (Column("", stretch=2), *numbers, *((Column(_("How sure"), stretch=5, wrap=True),) if with_sureness else ()))


def band_lines(page: ItemPage, *, with_sureness: bool = False) -> list[Line]:
    """Return each kind of reserve in its own band, and below them what there could be if every promise is kept."""
    supply = page.supply
    lines = [line(kind.value, Cell(label(kind), shape=_SHORT_KIND[kind], shape_tone=Tone.SECONDARY),
                  *(_band(each.band(kind)) for each in supply), *((_sure(page, kind),) if with_sureness else ())) for kind in ReserveKind]
    return [*lines, line("all", Cell(_("if all hold"), Tone.SECONDARY, size="small"),
                         *(Cell(formats.number(each.if_all_hold), Tone.SECONDARY, size="small") for each in supply),
                         *((Cell("", Tone.SECONDARY),) if with_sureness else ()))]


def _sure(page: ItemPage, kind: ReserveKind) -> Cell:
    """Return how sure a band is at the last hour, in words."""
    last = page.supply[-1] if page.supply else None
    words = last.sureness(kind, has_place=bool(page.wanted_at), not_counted=page.not_counted) if last is not None else ()
    told = _("; ").join(label(one) for one in words)
    return Cell(told, Tone.SECONDARY, size="small", hint=told)


def _band(count: int) -> Cell:
    return Cell(formats.number(count), strong=True) if count else Cell("0", Tone.SECONDARY)


def source_lines(page: ItemPage, supply: SupplyAt) -> list[Line]:
    """Return what was left out and why, then from where it comes by an hour and at what risk: promises, then depots."""
    promises = {one.id: one for one in page.promises}
    promised = [one for one in supply.sources if one.kind is not ReserveKind.PHYSICAL]
    goods = [one for one in supply.sources if one.kind is ReserveKind.PHYSICAL]
    return [*(_left_out(page, promises, one) for one in supply.left_out), *(_source(page, promises, one) for one in (*promised, *goods))]


def _source(page: ItemPage, promises: Mapping[Id, SupplyPromise], one: SupplySource) -> Line:
    begins = next((each.hours for each in page.supply if any(other.id == one.id for other in each.sources)), 0)
    if one.kind is ReserveKind.PHYSICAL:
        name = in_words(*page.site_names.get(one.id, ("—", "")))
        depot = page.depots.get(one.id)
        way = formats.about_minutes(one.travel_minutes) if one.travel_minutes is not None else ""
        how = " · ".join(part for part in (way, depot_words(depot) if depot is not None else "") if part)
    else:
        promise = promises[one.id]
        name, how = promise.partner, promise_words(promise)
    risks = _("; ").join(label(risk) for risk in one.risks)
    begins_late = _("from +{hours} h").format(hours=begins) if page.supply and begins > page.supply[0].hours else ""
    name_cell = Cell(name, shape=_SHORT_KIND[one.kind], shape_tone=Tone.SECONDARY, after=begins_late)
    return line(f"{one.kind.value}:{one.id}", name_cell, Cell(how, Tone.SECONDARY),
                Cell(risks, Tone.ORANGE if risks else Tone.SECONDARY), Cell(formats.number(one.quantity), strong=True))


def depot_words(depot: Depot) -> str:
    """Return who keeps a depot and the phone that is answered by day and night; whose goods it keeps, where they are another's."""
    kept_for = _("kept for {owner}").format(owner=depot.kept_for) if depot.kept_for else ""
    who = _("keeper {name}").format(name=depot.keeper) if depot.keeper else _("no keeper named")
    return " · ".join(part for part in (who, depot.phone or _("no 24-hour phone"), kept_for) if part)


def colour_pill(colour: PackColour) -> Pill:
    """Return the colour a class is packed in: word, shape and the colour itself (GB/T 30676-2014)."""
    return Pill(label(colour), _COLOURS[colour], Shape.WORKING)


def promise_words(promise: SupplyPromise) -> str:
    """Return what a partner has promised, in one line."""
    if promise.kind is ReserveKind.CONTRACT:
        return _("within {hours} h · {phone}").format(hours=promise.call_off_hours, phone=promise.phone or "—")
    return _("{count} a day after {days} d · {phone}").format(
        count=formats.number(promise.units_a_day), days=promise.start_up_days, phone=promise.phone or "—")


def _left_out(page: ItemPage, promises: Mapping[Id, SupplyPromise], one: LeftOut) -> Line:
    why = label(one.reason) + (f" {formats.calendar_day(one.ends_on)}" if one.ends_on else "")
    if one.reason is LeftOutReason.LOT_EXPIRES:
        site = in_words(*page.site_names.get(one.site_id or Id(""), ("", "")))
        name = _("Lot {number}").format(number=page.lot_numbers.get(one.id, one.id)) + (f" · {site}" if site else "")
    else:
        name = promises[one.id].partner
    return line(f"out:{one.id}:{one.site_id}", Cell(name, Tone.SECONDARY, shape=Shape.UNAVAILABLE), Cell(_("left out"), Tone.SECONDARY),
                Cell(why, Tone.RED), Cell(formats.number(one.quantity), Tone.SECONDARY))


def target_line(target: StockTarget, held: int, namer: Namer, site: str, unit: str) -> Line:
    """Return how much there should be beside what there is of that kind."""
    is_low, is_below = held < target.minimum, held < target.target
    tone, shape = (Tone.RED, Shape.LATE) if is_low else (Tone.ORANGE, Shape.DUE) if is_below else (Tone.GREEN, Shape.DONE)
    place = site or (namer.area(target.area_id) if target.area_id else "")
    share = _("{share}%").format(share=held * 100 // target.target) if target.target else ""
    wanted = _("of {target} · least {minimum}").format(target=formats.number(target.target), minimum=formats.number(target.minimum))
    kind = "" if target.kind is ReserveKind.PHYSICAL else label(target.kind)
    return line(target.id, Cell(place, after=kind), Cell(in_units(held, unit), tone, shape=shape),
                Cell(wanted, Tone.SECONDARY), Cell(share, tone))


# -- the ledger -------------------------------------------------------------------------------------------------------
def ledger_line(each: MovementLine, now: datetime, unit: str) -> Line:
    """Return one movement: when, what, which lot, from and to, how much."""
    move = each.movement
    comes, goes = move.to_account in INSIDE, move.from_account in INSIDE
    sign, tone = ("+", Tone.GREEN) if comes and not goes else ("−", Tone.ORANGE) if goes and not comes else ("", Tone.SECONDARY)
    words = label(move.kind) if move.reverses_id is None else _("Taken back: {kind}").format(kind=label(move.kind))
    way = _way(each)
    if each.is_taken_back:
        words, tone = _("{kind} (taken back)").format(kind=words), Tone.SECONDARY
    elif move.is_exercise:
        words = _("{kind} (exercise)").format(kind=words)
    about = " · ".join(part for part in (each.incident_number, move.counterpart, move.reason) if part)
    return line(f"{move.document}:{move.id}", Cell(formats.when(move.occurred_at, now=now), Tone.SECONDARY), Cell(words),
                Cell(each.lot_number, Tone.SECONDARY), Cell(way),
                Cell(about, Tone.SECONDARY), Cell(sign + in_units(move.quantity, unit), tone),
                Cell(move.document, Tone.SECONDARY, size="small"))


def _way(each: MovementLine) -> str:
    start, end = in_words(*each.from_name), in_words(*each.to_name)
    if start and end and start != end:
        return _("{start} → {end}").format(start=start, end=end)
    return start or end or label(each.movement.to_account)


# -- alarms -----------------------------------------------------------------------------------------------------------
def alarm_line(alarm: StockAlarm, number: int, names: Mapping[Id, tuple[str, str]], namer: Namer, today: date) -> Line:
    """Return one alarm."""
    tone, shape = (Tone.RED, Shape.LATE) if alarm.kind.is_red else (Tone.ORANGE, Shape.DUE)
    item = _name(names, alarm.item_id) or _name(names, alarm.site_id)
    return line(f"{number}:{alarm.item_id or alarm.site_id or ''}", Cell(label(alarm.kind), tone, shape=shape), Cell(item, strong=True),
                Cell(" · ".join(_where(alarm, names, namer))), Cell(_amount(alarm, today), Tone.TEXT), Cell(label(alarm.reserve), Tone.SECONDARY))


def _where(alarm: StockAlarm, names: Mapping[Id, tuple[str, str]], namer: Namer) -> Iterator[str]:
    if alarm.lot_id is not None:
        yield _("Lot {number}").format(number=_name(names, alarm.lot_id))
    if alarm.site_id is not None and alarm.kind is not StockAlarmKind.COUNT_OVERDUE:
        yield _name(names, alarm.site_id)
    if alarm.area_id is not None:
        yield namer.area(alarm.area_id)
    if alarm.promise_id is not None:
        yield _name(names, alarm.promise_id)


def _amount(alarm: StockAlarm, today: date) -> str:
    if alarm.kind is StockAlarmKind.COUNT_OVERDUE:
        return _("last counted {day}").format(day=formats.calendar_day(alarm.ends_on)) if alarm.ends_on else _("never counted")
    if alarm.ends_on is not None:
        left = (alarm.ends_on - today).days
        when = formats.calendar_day(alarm.ends_on)
        span = ngettext("{days} day", "{days} days", left).format(days=left) if left > 0 else _("today") if left == 0 else _("past")
        return _("{count} · {day} · {span}").format(count=formats.number(alarm.there), day=when, span=span)
    return _("{there} on hand, {wanted} required").format(there=formats.number(alarm.there), wanted=formats.number(alarm.wanted))


def _name(names: Mapping[Id, tuple[str, str]], id_: Id | None) -> str:
    return in_words(*names.get(id_, ("", ""))) if id_ is not None else ""


def kind_told(kind: MovementKind) -> str:
    """Return the word of a movement."""
    return label(kind)


def packs_words(item: SupplyItem, changes: Sequence[PackChange]) -> str:
    """Return what the packs of an item hold, and what they held until they were changed last."""
    def told(packs: Iterable[PackUnit]) -> str:
        return _("; ").join(_("1 {pack} = {count} {unit}").format(
            pack=pack.name, count=pack.holds, unit=unit_word(item.unit, pack.holds)) for pack in packs)

    if not changes:
        return told(item.packs)
    last = changes[-1]
    before = _("until {day}: {packs}").format(day=formats.calendar_day(local_day(last.recorded_at)), packs=told(last.before) or _("no packs"))
    return " · ".join(part for part in (told(item.packs), before) if part)
