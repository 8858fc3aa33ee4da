"""The figures of stock, requests, orders, requisitions and gifts. An item may be asked of one depot: `折叠床@区救灾物资库`."""

from __future__ import annotations

from collections.abc import Callable

from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.release_orders import LotAmounts, ReleaseState
from emergency_desk.domain.request_boards import IncidentItem, OrderView, RequestLineView, RequestView, SupplyBoard
from emergency_desk.domain.requisitions import Requisition, RequisitionAmounts
from emergency_desk.domain.stock import ClaimKind, Holding
from emergency_desk.domain.walks import Found
from emergency_desk.errands.walk_figures import Figure, asked_of, plain
from emergency_desk.errands.walk_stage import Stage
from emergency_desk.errands.walk_stock_acts import depot_of, item_of, promise_of
from emergency_desk.errands.walk_supply_acts import order_of, request_of, requisition_of
from emergency_desk.services import giving_out, requisitions, stock_lists, supplies, supply_board


def _holdings(stage: Stage, subject: str) -> list[Holding]:
    name, _at, depot = subject.partition("@")
    item, site = item_of(stage, name), depot_of(stage, depot) if depot else None
    with stage.desk.reading() as reading:
        sites = [site] if site is not None else [one.id for one in reading.depots.where("")]
        return [holding for each in sites for holding in reading.balances.of_item_at(item.id, each)]


def _held(read: Callable[[Holding], int]) -> Callable[[Stage, str], Found]:
    return lambda stage, subject: sum(read(one) for one in _holdings(stage, subject))


def _available(stage: Stage, subject: str) -> Found:
    rules, today = supplies.stock_rules(stage.desk), local_day(stage.clock.at)
    return sum(one.available(rules, today) for one in _holdings(stage, subject))


def _expired(stage: Stage, subject: str) -> Found:
    rules, today = supplies.stock_rules(stage.desk), local_day(stage.clock.at)
    return sum(one.expired(rules, today) for one in _holdings(stage, subject))


def _lots(stage: Stage, subject: str) -> Found:
    """Return the lots of an item that have some on a shelf, in the order they would go out."""
    holdings = [one for one in _holdings(stage, subject) if one.on_hand]
    with stage.desk.reading() as reading:
        return tuple(f"{reading.lots.get(one.lot_id).number} {one.on_hand}" for one in holdings)


def _claimed(kind: ClaimKind) -> Callable[[Stage, str], Found]:
    def read(stage: Stage, name: str) -> Found:
        item = item_of(stage, name)
        with stage.desk.reading() as reading:
            lots: list[Id] = [one.id for one in reading.lots.where("WHERE item_id = ?", (item.id,))]
            return sum(claim.quantity for lot in lots for claim in reading.balances.claims_of_lot(lot) if claim.kind is kind)

    return read


def _promise_left(stage: Stage, partner: str) -> Found:
    promise = promise_of(stage, partner)
    with stage.desk.reading() as reading:
        return promise.quantity - reading.drawn().get(promise.id, 0)


def _board(stage: Stage) -> SupplyBoard:
    incident = stage.latest.incident
    return stage.once("supplies", lambda: supply_board.supply_board(stage.desk, incident_id=incident, with_ended=True))


def _of_incident(read: Callable[[IncidentItem], int]) -> Callable[[Stage, str], Found]:
    return lambda stage, name: sum(read(one) for one in _board(stage).items if name in (one.name.zh, one.name.en))


def _of_request(read: Callable[[RequestView], Found]) -> Callable[[Stage, str], Found]:
    return lambda stage, name: read(request_of(stage, name))


def _of_lines(read: Callable[[RequestLineView], int]) -> Callable[[Stage, str], Found]:
    return lambda stage, name: sum(read(line) for line in request_of(stage, name).lines)


def _of_order(read: Callable[[Stage, OrderView], Found]) -> Callable[[Stage, str], Found]:
    return lambda stage, name: read(stage, order_of(stage, name))


def _lots_of(_stage: Stage, view: OrderView) -> Found:
    return tuple(f"{lot.number} {lot.ordered}" for lot in view.lots)


def _whole(read: Callable[[LotAmounts], int]) -> Callable[[Stage, OrderView], Found]:
    return lambda _stage, view: read(view.whole)


def _of_requisition(read: Callable[[Requisition, RequisitionAmounts], Found]) -> Callable[[Stage, str], Found]:
    def found(stage: Stage, name: str) -> Found:
        one = requisition_of(stage, name)
        amounts = dict((each.id, held) for each, held in requisitions.list_requisitions(stage.desk, incident_id=one.incident_id))
        return read(one, amounts[one.id])

    return found


def _late(stage: Stage) -> Found:
    return sum(view.order.is_late(stage.clock.at) for view in _board(stage).orders)


SUPPLY_FIGURES: tuple[Figure, ...] = (
    asked_of("stock.", ".on_hand", "item", _held(lambda one: one.on_hand)),
    asked_of("stock.", ".available", "item", _available),
    asked_of("stock.", ".reserved", "item", _held(lambda one: one.reserved)),
    asked_of("stock.", ".quarantined", "item", _held(lambda one: one.quarantined)),
    asked_of("stock.", ".expired", "item", _expired),
    asked_of("stock.", ".lots", "item", _lots),
    asked_of("stock.", ".in_transit", "item", _claimed(ClaimKind.IN_TRANSIT)),
    asked_of("stock.", ".in_use", "item", _claimed(ClaimKind.IN_USE)),
    asked_of("promise.", ".left", "partner", _promise_left),
    plain("stock_alarms", lambda stage: tuple(one.kind.value for one in stock_lists.stock_alarms(stage.desk))),
    asked_of("supplies.", ".asked", "item", _of_incident(lambda one: one.asked)),
    asked_of("supplies.", ".on_the_way", "item", _of_incident(lambda one: one.on_the_way)),
    asked_of("supplies.", ".received", "item", _of_incident(lambda one: one.received)),
    asked_of("supplies.", ".in_use", "item", _of_incident(lambda one: one.in_use)),
    asked_of("supplies.", ".unmet", "item", _of_incident(lambda one: one.unmet)),
    plain("supply_requests", lambda stage: len(_board(stage).requests)),
    plain("release_orders", lambda stage: len(_board(stage).orders)),
    plain("release_orders.on_the_way", lambda stage: sum(
        view.order.state in (ReleaseState.ON_THE_WAY, ReleaseState.PART_RECEIVED) for view in _board(stage).orders)),
    plain("release_orders.late", _late),
    asked_of("supply_request.", ".state", "number", _of_request(lambda view: view.request.state.value)),
    asked_of("supply_request.", ".to", "number", _of_request(lambda view: view.request.to_tier.value)),
    asked_of("supply_request.", ".granted", "number", _of_lines(lambda line: line.amounts.granted)),
    asked_of("supply_request.", ".passed_up", "number", _of_lines(lambda line: line.amounts.passed_up)),
    asked_of("supply_request.", ".refused", "number", _of_lines(lambda line: line.amounts.refused)),
    asked_of("supply_request.", ".received", "number", _of_lines(lambda line: line.amounts.received + line.amounts.received_above)),
    asked_of("supply_request.", ".unmet", "number", _of_lines(lambda line: line.amounts.unmet)),
    asked_of("release_order.", ".state", "number", _of_order(lambda _stage, view: view.order.state.value)),
    asked_of("release_order.", ".late", "number", _of_order(lambda stage, view: view.order.is_late(stage.clock.at))),
    asked_of("release_order.", ".lots", "number", _of_order(_lots_of)),
    asked_of("release_order.", ".in_transit", "number", _of_order(_whole(lambda amounts: amounts.in_transit))),
    asked_of("release_order.", ".received", "number", _of_order(_whole(lambda amounts: amounts.good + amounts.over))),
    asked_of("release_order.", ".damaged", "number", _of_order(_whole(lambda amounts: amounts.damaged))),
    asked_of("release_order.", ".short", "number", _of_order(_whole(lambda amounts: amounts.short))),
    asked_of("requisition.", ".state", "number", _of_requisition(lambda one, _amounts: one.state.value)),
    asked_of("requisition.", ".held", "number", _of_requisition(lambda _one, amounts: amounts.held)),
    plain("handed_out.heads", lambda stage: sum(one.heads for one in giving_out.list_distributions(
        stage.desk, incident_id=stage.latest.incident))),
    plain("handed_out.households", lambda stage: sum(one.households for one in giving_out.list_distributions(
        stage.desk, incident_id=stage.latest.incident))),
    plain("gifts.received", lambda stage: sum(one.received for one in giving_out.list_gifts(stage.desk))),
    plain("gifts.on_hand", lambda stage: sum(one.on_hand for one in giving_out.list_gifts(stage.desk))),
)
