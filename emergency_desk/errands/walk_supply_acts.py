"""The acts from request to receipt: ask, decide, release, pick, ship, receive, hand out, requisition, give back, compensate, publish.

A request, an order or a requisition is named by its place among those of the incident ("2" is the second), by the end of its number ("Q2",
"L1", "Y1"), or not at all: then the newest is meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from emergency_desk.domain.errors import FieldUnreadable, WalkLacks
from emergency_desk.domain.ids import Id
from emergency_desk.domain.release_orders import Arrived, ToRelease, Transport
from emergency_desk.domain.request_boards import OrderLotView, OrderView, RequestView
from emergency_desk.domain.requisitions import AskedRequisition, Requisition
from emergency_desk.domain.stock import StockAccount
from emergency_desk.domain.supply_requests import AskedLine, AskedSupplies, LineDecision, RequestPriority, RequestPurpose
from emergency_desk.domain.teams import HowHeard
from emergency_desk.domain.walks import YES, ActShape, Step
from emergency_desk.errands.walk_acts import Act
from emergency_desk.errands.walk_ladder_acts import TIERS, heard_in, tier_in
from emergency_desk.errands.walk_stage import Stage
from emergency_desk.errands.walk_stock_acts import (
    ABOUT,
    COUNT,
    IN_USE,
    INCIDENT,
    MOMENT,
    MUST,
    MUSTS,
    NO_INCIDENT,
    NUMBER,
    SHELF,
    TEXT,
    TEXTS,
    asked_of,
    choice,
    count_of,
    day_of,
    depot_of,
    incident_of,
    item_of,
    lot_of,
)
from emergency_desk.services import giving_out, releases, requisitions, supplies, supply_board, supply_requests

_LINE = re.compile(r"(.+?)\s+(\d+)(?:\s*(\D+))?")
_NUMBER = re.compile(r"[A-Z](\d+)")


# -- what a step names ------------------------------------------------------------------------------------------------
def line_of(text: str) -> tuple[str, int, str]:
    """Return name, count and unit of "折叠床 320" or "水泵 4 台". Raises FieldUnreadable."""
    found = _LINE.fullmatch(text.strip())
    if found is None:
        raise FieldUnreadable(name="lines", typed=text, expected="折叠床 320")
    return found[1], int(found[2]), (found[3] or "").strip()


def _nth(name: str, numbers: Sequence[str]) -> int:
    """Return which of some things, in the order they were made, is meant."""
    serial = _NUMBER.fullmatch(name)
    for place, number in enumerate(numbers):
        if name == number or (serial and re.search(rf"-{name[0]}0*{int(serial[1])}$", number)):
            return place
    if name.isdigit() and 0 < int(name) <= len(numbers):
        return int(name) - 1
    if not name and numbers:
        return len(numbers) - 1
    raise WalkLacks(what="supplies", name=name)


def request_of(stage: Stage, name: str) -> RequestView:
    """Return a request of the incident, or of the desk where no incident is open. Raises WalkLacks."""
    views = sorted(supply_board.supply_board(stage.desk, incident_id=stage.latest.incident, with_ended=True).requests,
                   key=lambda view: view.request.number)
    return views[_nth(name, [view.request.number for view in views])]


def order_of(stage: Stage, name: str) -> OrderView:
    """Return a release order. Raises WalkLacks."""
    views = sorted(supply_board.supply_board(stage.desk, incident_id=stage.latest.incident, with_ended=True).orders,
                   key=lambda view: view.order.number)
    return views[_nth(name, [view.order.number for view in views])]


def requisition_of(stage: Stage, name: str) -> Requisition:
    """Return a requisition. Raises WalkLacks."""
    some = sorted((one for one, _amounts in requisitions.list_requisitions(stage.desk, incident_id=stage.latest.incident)),
                  key=lambda one: one.number)
    return some[_nth(name, [one.number for one in some])]


# -- requests ---------------------------------------------------------------------------------------------------------
def _ask(stage: Stage, step: Step) -> None:
    known = {name: one for one in supplies.list_items(stage.desk) for name in (one.name, one.code)}
    lines = []
    for text in stage.texts(step, "lines"):
        name, quantity, unit = line_of(text)
        item = known.get(name)
        lines.append(AskedLine(quantity=quantity, item_id=item.id if item else None, capability="" if item else name, unit=unit))
    to = stage.text(step, "to")
    incident_id = incident_of(stage, step)
    purpose = RequestPurpose.INCIDENT if incident_id else RequestPurpose.PREPARE
    supply_requests.ask(stage.desk, heard=heard_in(stage, step), asked=AskedSupplies(
        lines=tuple(lines), purpose=RequestPurpose(stage.text(step, "purpose") or purpose), incident_id=incident_id,
        site_id=depot_of(stage, to) if to else None, place=stage.text(step, "place"), tier=tier_in(stage, step),
        asked_by=stage.text(step, "asked_by"), phone=stage.text(step, "phone"), note=stage.text(step, "note"),
        priority=RequestPriority(stage.text(step, "priority") or RequestPriority.NORMAL), needed_by=step.moments.get("needed_by"),
        occurred_at=step.moments.get("occurred")))


def _decide(stage: Stage, step: Step) -> None:
    view = request_of(stage, stage.text(step, "request"))
    chosen: dict[Id, LineDecision] = {}
    for key in ("grant", "pass_up", "refuse"):
        for text in stage.texts(step, key):
            name, quantity, _unit = line_of(text)
            line = next((one.line for one in view.lines if name in (one.name.zh, one.name.en)), None)
            if line is None:
                raise WalkLacks(what="line", name=name)
            known = chosen.get(line.id, LineDecision(line_id=line.id, reason=stage.text(step, "reason")))
            chosen[line.id] = replace(known, **{key: quantity})  # type: ignore[arg-type]
    supply_requests.decide(stage.desk, request_id=view.request.id, decisions=list(chosen.values()), decided_by=stage.text(step, "decided_by"),
                           heard=heard_in(stage, step), occurred_at=step.moments.get("occurred"))


def _withdraw(stage: Stage, step: Step) -> None:
    supply_requests.withdraw(stage.desk, request_id=request_of(stage, stage.text(step, "request")).request.id, reason=stage.text(step, "reason"))


def _refuse_rest(stage: Stage, step: Step) -> None:
    supply_requests.refuse_rest(stage.desk, request_id=request_of(stage, stage.text(step, "request")).request.id,
                                reason=stage.text(step, "reason"), decided_by=stage.text(step, "decided_by"))


def _replenish(stage: Stage, step: Step) -> None:
    item = item_of(stage, stage.text(step, "item"))
    targets = [one.id for one in supplies.list_targets(stage.desk, item_id=item.id)]
    supply_requests.replenish(stage.desk, target_ids=targets, asked_by=stage.text(step, "asked_by"))


# -- release orders ---------------------------------------------------------------------------------------------------
def _release(stage: Stage, step: Step) -> None:
    site_id, to, name = depot_of(stage, stage.text(step, "depot")), stage.text(step, "to"), stage.text(step, "request")
    lines = []
    for text in stage.texts(step, "lines"):
        item, quantity, unit = line_of(text)
        lines.append(ToRelease(site_id=site_id, item_id=item_of(stage, item).id, quantity=quantity, unit=unit))
    request = None if name == NO_INCIDENT else request_of(stage, name).request.id
    releases.release(stage.desk, lines=lines, approved_by=stage.text(step, "approved_by"), approved_how=stage.text(step, "approved_how"),
                     incident_id=incident_of(stage, step), request_id=request, to_site_id=depot_of(stage, to) if to else None,
                     place=stage.text(step, "place"), receiver=stage.text(step, "receiver"), phone=stage.text(step, "phone"))


def _by_lot(stage: Stage, view: OrderView, texts: Sequence[str]) -> dict[Id, int]:
    """Read "lot 12" or "item 12": an item means its lots in the order they were picked, each as far as it goes."""
    found: dict[Id, int] = {}
    for text in texts:
        name, left, _unit = line_of(text)
        lots = [lot for lot in view.lots if name in (lot.number, lot.name.zh, lot.name.en)]
        if not lots:
            found[lot_of(stage, name).id] = left
        for place, lot in enumerate(lots):
            part = left if place == len(lots) - 1 else min(left, _room(lot))
            found[lot.lot_id], left = part, left - part
    return found


def _room(lot: OrderLotView) -> int:
    return lot.amounts.in_transit or lot.amounts.to_ship


def _pick(stage: Stage, step: Step) -> None:
    view = order_of(stage, stage.text(step, "order"))
    picked = _by_lot(stage, view, stage.texts(step, "picked")) if "picked" in step.arguments else None
    releases.pick(stage.desk, order_id=view.order.id, picked_by=stage.text(step, "by"), picked=picked, reason=stage.text(step, "reason"),
                  packages=count_of(stage, step, "packages") or None)


def _ship(stage: Stage, step: Step) -> None:
    releases.ship(stage.desk, order_id=order_of(stage, stage.text(step, "order")).order.id, handed_by=stage.text(step, "by"),
                  transport=Transport(vehicle=stage.text(step, "vehicle"), driver=stage.text(step, "driver"),
                                      driver_phone=stage.text(step, "phone"), carrier=stage.text(step, "carrier"),
                                      departed_at=step.moments.get("departed"), expected_at=step.moments.get("expected")))


def _receive(stage: Stage, step: Step) -> None:
    view = order_of(stage, stage.text(step, "order"))
    told = {key: _by_lot(stage, view, stage.texts(step, key)) for key in ("good", "damaged", "short", "over")}
    if not any(told.values()):
        told["good"] = {lot.lot_id: lot.amounts.in_transit for lot in view.lots}
    lots = dict.fromkeys(lot for part in told.values() for lot in part)
    arrived = [Arrived(lot_id=lot, **{key: part.get(lot, 0) for key, part in told.items()}) for lot in lots]
    releases.receive(stage.desk, order_id=view.order.id, arrived=arrived, received_by=stage.text(step, "by"), how=stage.text(step, "how"),
                     occurred_at=step.moments.get("occurred"), reason=stage.text(step, "reason"), approved_by=stage.text(step, "approved_by"))


def _cancel(stage: Stage, step: Step) -> None:
    releases.cancel(stage.desk, order_id=order_of(stage, stage.text(step, "order")).order.id, reason=stage.text(step, "reason"))


def _change_arrival(stage: Stage, step: Step) -> None:
    releases.change_arrival(stage.desk, order_id=order_of(stage, stage.text(step, "order")).order.id, expected_at=step.moments["expected"],
                            reason=stage.text(step, "reason"))


# -- handed out, requisitioned, given ---------------------------------------------------------------------------------
def _hand_out(stage: Stage, step: Step) -> None:
    start = StockAccount.IN_USE if stage.text(step, "from") == IN_USE else StockAccount.FREE
    giving_out.hand_out(stage.desk, asked=asked_of(stage, step), handed_by=stage.text(step, "by"), households=count_of(stage, step, "households"),
                        heads=count_of(stage, step, "heads"), place=stage.text(step, "place"), kept_at=stage.text(step, "kept_at"), start=start)


def _requisition(stage: Stage, step: Step) -> None:
    requisitions.requisition(stage.desk, asked=AskedRequisition(
        incident_id=stage.incident_id(step), what=stage.text(step, "what"), quantity=count_of(stage, step), unit=stage.text(step, "unit"),
        owner=stage.text(step, "owner"), owner_phone=stage.text(step, "phone"), decided_by=stage.text(step, "decided_by"),
        purpose=stage.text(step, "purpose"), executor=stage.text(step, "by"), model=stage.text(step, "model"), place=stage.text(step, "place"),
        from_on=day_of(stage, step, "from_day"), until_on=day_of(stage, step, "until_day"),
        is_post_hoc=stage.text(step, "paper_later") == YES, occurred_at=step.moments.get("occurred")))


def _notice(stage: Stage, step: Step) -> None:
    requisitions.issue_notice(stage.desk, requisition_id=requisition_of(stage, stage.text(step, "requisition")).id,
                              executor=stage.text(step, "by"), occurred_at=step.moments.get("occurred"))


def _give_back(stage: Stage, step: Step) -> None:
    requisitions.give_back(stage.desk, requisition_id=requisition_of(stage, stage.text(step, "requisition")).id,
                           sound=count_of(stage, step, "sound"), damaged=count_of(stage, step, "damaged"), lost=count_of(stage, step, "lost"),
                           note=stage.text(step, "note"), received_by=stage.text(step, "by"))


def _compensate(stage: Stage, step: Step) -> None:
    requisitions.compensate(stage.desk, requisition_id=requisition_of(stage, stage.text(step, "requisition")).id,
                            fen=count_of(stage, step, "yuan") * 100, note=stage.text(step, "note"))


def _publish(stage: Stage, step: Step) -> None:
    giving_out.publish_gifts(stage.desk, place=stage.text(step, "place"), note=stage.text(step, "note"))


_HEARD = {"of": choice(TIERS), "from": TEXT, "how": choice(HowHeard), "read_back": choice((YES, "no"))}
_REQUEST, _ORDER, _TAKEN = {"request": TEXT}, {"order": TEXT}, {"requisition": TEXT}

SUPPLY_ACTS: dict[str, Act] = {
    "ask_supplies": Act(ActShape({**ABOUT, **_HEARD, "lines": MUSTS, "to": TEXT, "place": TEXT, "asked_by": TEXT, "phone": TEXT, "note": TEXT,
                                  "priority": choice(RequestPriority), "purpose": choice(RequestPurpose), "needed_by": MOMENT,
                                  "occurred": MOMENT}), _ask),
    "decide_supplies": Act(ActShape({**_REQUEST, **_HEARD, "grant": TEXTS, "pass_up": TEXTS, "refuse": TEXTS, "reason": TEXT,
                                     "decided_by": TEXT, "occurred": MOMENT}), _decide),
    "withdraw_supplies": Act(ActShape({**_REQUEST, "reason": TEXT}), _withdraw),
    "refuse_rest": Act(ActShape({**_REQUEST, "reason": TEXT, "decided_by": TEXT}), _refuse_rest),
    "replenish": Act(ActShape({"item": MUST, "asked_by": TEXT}), _replenish),
    "release_stock": Act(ActShape({**ABOUT, "request": TEXT, "depot": MUST, "lines": MUSTS, "to": TEXT, "place": TEXT, "receiver": TEXT,
                                   "phone": TEXT, "approved_by": TEXT, "approved_how": TEXT}), _release),
    "pick_stock": Act(ActShape({**_ORDER, "picked": TEXTS, "by": TEXT, "reason": TEXT, "packages": NUMBER}), _pick),
    "ship_stock": Act(ActShape({**_ORDER, "vehicle": TEXT, "driver": TEXT, "phone": TEXT, "carrier": TEXT, "by": TEXT, "departed": MOMENT,
                                "expected": MOMENT}), _ship),
    "receive_transport": Act(ActShape({**_ORDER, "good": TEXTS, "damaged": TEXTS, "short": TEXTS, "over": TEXTS, "by": TEXT,
                                       "how": choice(HowHeard), "reason": TEXT, "approved_by": TEXT, "occurred": MOMENT}), _receive),
    "cancel_release": Act(ActShape({**_ORDER, "reason": TEXT}), _cancel),
    "change_arrival": Act(ActShape({**_ORDER, "expected": replace(MOMENT, is_required=True), "reason": TEXT}), _change_arrival),
    "hand_out": Act(ActShape({**ABOUT, "item": MUST, "depot": MUST, "quantity": COUNT, "unit": TEXT, "lot": TEXT,
                              "from": choice((SHELF, IN_USE)), "households": NUMBER, "heads": NUMBER, "by": TEXT, "place": TEXT,
                              "kept_at": TEXT, "note": TEXT, "occurred": MOMENT}), _hand_out),
    "requisition_notice": Act(ActShape({"incident": INCIDENT, "what": MUST, "quantity": COUNT, "unit": MUST, "owner": TEXT, "phone": TEXT,
                                        "decided_by": TEXT, "purpose": TEXT, "by": TEXT, "model": TEXT, "place": TEXT, "from_day": TEXT,
                                        "until_day": TEXT, "paper_later": choice((YES, "no")), "occurred": MOMENT}), _requisition),
    "issue_notice": Act(ActShape({**_TAKEN, "by": TEXT, "occurred": MOMENT}), _notice),
    "give_back": Act(ActShape({**_TAKEN, "sound": NUMBER, "damaged": NUMBER, "lost": NUMBER, "note": TEXT, "by": TEXT}), _give_back),
    "compensate": Act(ActShape({**_TAKEN, "yuan": COUNT, "note": TEXT}), _compensate),
    "publish_gifts": Act(ActShape({"place": TEXT, "note": TEXT}), _publish),
}
