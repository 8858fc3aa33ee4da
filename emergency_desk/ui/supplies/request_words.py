"""The words of requests: a request, a release order or a requisition as a line with its next act and why, and what the panel beside it tells."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from emergency_desk.domain.request_boards import OrderView, RequestView, SupplyAct
from emergency_desk.domain.requisitions import Requisition, RequisitionMark, RequisitionState, amounts_of
from emergency_desk.domain.supply_requests import RequestPriority
from emergency_desk.ui.incidents.supply_lines import count_cell, lack_cell
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.pills import Pill
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, current_language, pgettext
from emergency_desk.wording.counting import in_units, unit_word
from emergency_desk.wording.labels import label

_ACT_SHAPE = {
    SupplyAct.DECIDE: (Tone.ACT, Shape.TO_DO), SupplyAct.RELEASE: (Tone.ACT, Shape.ORDERED), SupplyAct.PICK: (Tone.ACT, Shape.TO_DO),
    SupplyAct.SHIP: (Tone.ACT, Shape.EN_ROUTE), SupplyAct.RECEIVE: (Tone.BLUE, Shape.EN_ROUTE), SupplyAct.CHASE: (Tone.RED, Shape.LATE),
    SupplyAct.WAIT_ABOVE: (Tone.ORANGE, Shape.DUE), SupplyAct.NOTHING: (Tone.SECONDARY, Shape.DONE),
}


def dots(*parts: str) -> str:
    """Return the parts that are there, with dots between."""
    return " · ".join(part for part in parts if part)


def board_columns() -> tuple[Column, ...]:
    """Return the columns of the board."""
    act, state = (134, 96) if current_language().startswith("zh") else (164, 126)
    return (Column(_("Next act"), width=act), Column(_("Goods"), stretch=4), Column(_("For"), stretch=3), Column(_("State"), width=state),
            Column(_("By when, and number"), width=192))


def act_told(act: SupplyAct) -> Cell:
    """Return the next act with its shape."""
    tone, shape = _ACT_SHAPE[act]
    return Cell(label(act), tone, shape=shape, strong=act is not SupplyAct.NOTHING)


def request_line(view: RequestView, now: datetime) -> Line:
    """Return one request of the board."""
    request = view.request
    tier = _("{tier} → {to_tier}").format(tier=label(request.tier), to_tier=label(request.to_tier))
    whom = dots(view.incident_title, view.to.in_language(current_language()), request.asked_by)
    urgent = request.priority is RequestPriority.URGENT and not request.state.is_over
    return line(f"request:{request.id}", act_told(view.next_act), Cell(goods_of_request(view), below=why_of_request(view)),
                Cell(whom or view.area.in_language(current_language()), Tone.SECONDARY, below=tier),
                Cell(pill=Pill(label(request.state), Tone.RED if urgent else Tone.BLUE)),
                due_cell(request.needed_by, now, request.state.is_over, dots(request.number, label(request.priority))))


def order_line(view: OrderView, now: datetime) -> Line:
    """Return one release order of the board."""
    order = view.order
    to = view.to.in_language(current_language()) or view.incident_title
    way = _("{start} → {end}").format(start=view.depot.in_language(current_language()), end=to or _("the scene"))
    tone = Tone.RED if order.is_late(now) else Tone.ORANGE if not order.state.is_over else Tone.GREEN
    return line(f"order:{order.id}", act_told(view.next_act(now)), Cell(goods_of_order(view), below=why_of_order(view, now)),
                Cell(way, Tone.SECONDARY, below=view.incident_title), Cell(pill=Pill(label(order.state), tone)),
                due_cell(order.expected_at, now, order.state.is_over, order.number))


def requisition_line(one: Requisition, now: datetime) -> Line:
    """Return one requisition of the board."""
    is_owed = one.state is RequisitionState.PAPER_OWED
    words = {RequisitionState.PAPER_OWED: _("Hand over the notice"), RequisitionState.IN_FORCE: pgettext("requisition", "Give back"),
             RequisitionState.RETURNED: _("Compensate")}.get(one.state, label(SupplyAct.NOTHING))
    tone = Tone.RED if is_owed else Tone.ACT if one.state is not RequisitionState.SETTLED else Tone.SECONDARY
    why = _("decided by {name}: {purpose}").format(name=one.decided_by, purpose=one.purpose)
    return line(f"requisition:{one.id}", Cell(words, tone, strong=True, shape=Shape.DUE if is_owed else Shape.TO_DO),
                Cell(f"{one.what} {in_units(one.quantity, one.unit)}", below=why),
                Cell(one.place, Tone.SECONDARY, below=_("requisitioned")),
                Cell(pill=Pill(label(one.state), Tone.RED if is_owed else Tone.BLUE)),
                due_cell(one.paper_due_at if is_owed else None, now, False, one.number))


def requisition_amounts(one: Requisition, marks: Iterable[RequisitionMark]) -> str:
    """Return where what was requisitioned is, and what was paid."""
    amounts = amounts_of(one, marks)
    parts = ((amounts.held, _("held {count}")), (amounts.sound, _("given back {count}")), (amounts.damaged, _("damaged {count}")),
             (amounts.lost, _("lost {count}")))
    return dots(*(words.format(count=formats.number(count)) for count, words in parts if count), yuan(amounts.paid_fen))


def yuan(fen: int) -> str:
    """Return an amount paid, "" for none."""
    return _("paid {yuan} yuan").format(yuan=formats.number(fen / 100, decimals=2)) if fen else ""


def due_cell(moment: datetime | None, now: datetime, is_over: bool, number: str) -> Cell:
    """Return until when, red once it is past, and below it the number."""
    if moment is None or is_over:
        return Cell("—" if moment is None else formats.when(moment, now=now), Tone.SECONDARY, below=number)
    late = moment < now
    return Cell(formats.due(moment, now=now), Tone.RED if late else Tone.TEXT, shape=Shape.LATE if late else Shape.DUE, below=number)


def goods_of_request(view: RequestView) -> str:
    """Return what is asked, in one line."""
    language = current_language()
    return _("; ").join(f"{one.name.in_language(language)} {in_units(one.amounts.asked, one.unit)}" for one in view.lines)


def goods_of_order(view: OrderView) -> str:
    """Return what an order carries, in one line, by item."""
    language, totals = current_language(), dict[tuple[str, str], int]()
    for lot in view.lots:
        key = (lot.name.in_language(language), lot.unit)
        totals[key] = totals.get(key, 0) + (lot.amounts.reserved or lot.ordered)
    return _("; ").join(f"{name} {in_units(count, unit)}" for (name, unit), count in totals.items())


def why_of_request(view: RequestView) -> str:
    """Return why the next act is what it is, with the numbers it rests on."""
    if view.next_act is SupplyAct.DECIDE:
        told = [_("{item}: own {own}").format(item=one.name.in_language(current_language()), own=formats.number(one.own))
                for one in view.lines if one.line.item_id]
        return _("; ").join(told)
    if view.next_act is SupplyAct.RELEASE:
        return _("{count} granted and not ordered yet").format(count=formats.number(sum(one.amounts.to_release for one in view.lines)))
    if view.next_act is SupplyAct.WAIT_ABOVE:
        return _("passed up as {numbers}").format(numbers=_(", ").join(view.upward_numbers))
    received = sum(one.amounts.received + one.amounts.received_above for one in view.lines)
    unmet = sum(one.amounts.unmet for one in view.lines)
    return _("received {received}, unmet {unmet}").format(received=formats.number(received), unmet=formats.number(unmet))


def why_of_order(view: OrderView, now: datetime) -> str:
    """Return why, with whom to ring."""
    order, whole = view.order, view.whole
    if view.next_act(now) is SupplyAct.PICK:
        bins = _(", ").join(dict.fromkeys(lot.bins for lot in view.lots if lot.bins))
        return dots(_("agreed by {name}").format(name=order.approved_by), bins)
    if view.next_act(now) is SupplyAct.CHASE:  # the number to ring comes first: the end may be cut
        return dots(order.driver_phone, order.driver, order.vehicle)
    if view.next_act(now) is SupplyAct.RECEIVE:
        return dots(order.vehicle, order.driver, order.driver_phone, _("{count} on the road").format(count=formats.number(whole.in_transit)))
    if view.next_act(now) is SupplyAct.SHIP and whole.shipped:
        return dots(_("{count} wait for another vehicle").format(count=formats.number(whole.to_ship)),
                    _("{count} on the road").format(count=formats.number(whole.in_transit)) if whole.in_transit else "")
    if view.next_act(now) is SupplyAct.SHIP:
        return _("picked, waits for a vehicle")
    lost = whole.damaged + whole.short
    told = _("received {count}").format(count=formats.number(whole.good + whole.over))
    return told + (" · " + _("damaged {damaged}, short {short}").format(damaged=whole.damaged, short=whole.short) if lost else "")


def vehicles_told(view: OrderView) -> str:
    """Return the vehicle of an order with its driver; of several how many are on the road."""
    if len(view.legs) < 2:
        return dots(view.order.vehicle, view.order.driver, view.order.driver_phone)
    return _("{count} vehicles, {running} on the road").format(count=len(view.legs), running=len(view.on_the_road))


def detail_lines(view: RequestView | OrderView) -> list[Line]:
    """Return the lines of a request, or the lots of an order."""
    language = current_language()
    if isinstance(view, RequestView):
        return [line(one.line.id, Cell(one.name.in_language(language), below=unit_word(one.unit)), count_cell(one.amounts.asked),
                     count_cell(one.amounts.in_transit), count_cell(one.amounts.received + one.amounts.received_above),
                     lack_cell(one.amounts.unmet)) for one in view.lines]
    return [line(lot.lot_id, Cell(lot.name.in_language(language), below=dots(lot.number, lot.bins, lot.expires_on)), count_cell(lot.ordered),
                 count_cell(lot.amounts.in_transit), count_cell(lot.amounts.good + lot.amounts.over),
                 lack_cell(lot.amounts.damaged + lot.amounts.short)) for lot in view.lots]


def mark_columns() -> tuple[Column, ...]:
    """Return the columns of what was done, the newest first."""
    return (Column(width=104), Column(stretch=1), Column(width=60, right=True))


def mark_line(key: str, what: str, quantity: int, person: str, reason: str, when: str) -> Line:
    """Return one thing that was done."""
    return line(key, Cell(when, Tone.SECONDARY, size="small"), Cell(dots(what, person), below=reason),
                Cell(formats.number(quantity) if quantity else "", Tone.SECONDARY))
