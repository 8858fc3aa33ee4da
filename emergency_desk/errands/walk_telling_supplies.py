"""Tells the lines about supplies as acts of a walk, and what the walk needs before them: items, depots and the lots that were taken from.

Whoever asked, agreed, drove or signed becomes somebody; owners of what was requisitioned never were in the log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import LogEntry
from emergency_desk.domain.release_orders import ReleaseStep
from emergency_desk.domain.request_boards import OrderView, RequestView
from emergency_desk.domain.requisitions import Requisition, RequisitionMark, RequisitionStep
from emergency_desk.domain.responses import NOT_HEARD, Heard
from emergency_desk.domain.stock import Movement, MovementKind, StockAccount
from emergency_desk.domain.supply_requests import DecisionOn
from emergency_desk.domain.walks import YES, Step
from emergency_desk.errands.walk_scrubbing import SOMEBODY, Scrubber
from emergency_desk.services.supply_history import SupplyHistory

Arguments = dict[str, str | tuple[str, ...]]
Act = tuple[str, Arguments, dict[str, datetime]]
NOT_BY_INCIDENT = frozenset({"decide_supplies", "withdraw_supplies", "refuse_rest", "pick_stock", "ship_stock", "receive_transport",
                             "cancel_release", "issue_notice", "give_back", "compensate"})
_BY_ITSELF = frozenset({"supplies_passed_up"})
_SIMPLE = {MovementKind.ISSUE: "issue", MovementKind.RETURN_IN: "bring_back", MovementKind.CONSUME: "consume",
           MovementKind.RESERVE: "reserve_stock", MovementKind.UNRESERVE: "unreserve_stock"}


class SupplyTelling:
    """Ask it for the acts of one line; None where no act says it."""

    def __init__(self, kept: SupplyHistory, scrub: Scrubber) -> None:
        self._kept, self._scrub = kept, scrub
        self.settled_by_itself = kept.settled_by_itself
        self._requests = {view.request.id: (str(place), view) for place, view in enumerate(kept.requests, start=1)}
        self._orders = {mark.id: (str(place), view) for place, view in enumerate(kept.orders, start=1) for mark in view.marks}
        self._taken = {mark.id: (str(place), one, mark) for place, (one, marks) in enumerate(kept.requisitions, start=1) for mark in marks}

    def acts(self, entry: LogEntry) -> list[Act] | None:
        """Return the acts that wrote a line, none for what comes of another act by itself."""
        step, about = entry.value("step"), entry.about_id or Id("")
        if step in _BY_ITSELF:
            return []
        if about in self._requests:
            return list(self._of_request(entry, step, *self._requests[about]))
        if about in self._orders:
            return list(self._of_order(entry, *self._orders[about]))
        if about in self._taken:
            return list(self._of_requisition(*self._taken[about]))
        if step == "called_off":
            return [("call_off", {"partner": entry.value("depot"), "quantity": entry.value("quantity"), "told_to": SOMEBODY}, {})]
        return self._of_document(entry, step)

    # -- requests --
    def _of_request(self, entry: LogEntry, step: str, place: str, view: RequestView) -> Iterator[Act]:
        request = view.request
        about: Arguments = {"request": place}
        if step == "supplies_asked":
            heard = Heard(request.heard_from, request.heard_how, request.read_back) if request.heard_from else NOT_HEARD
            lines = tuple(f"{line.name.zh} {line.line.quantity} {line.unit}".strip() for line in view.lines)
            due = {} if request.needed_by is None else {"needed_by": request.needed_by}
            yield "ask_supplies", {"lines": lines, "to": self._kept.site(request.site_id), "place": self._scrub(request.place),
                                   "priority": request.priority.value, "purpose": request.purpose.value,
                                   **(_heard(heard, request.tier.value) if heard else {})}, due
        elif step == "supplies_decided":
            now = [each for each in view.decisions if each.recorded_at == entry.recorded_at]
            parts: Arguments = {}
            for kind, key in ((DecisionOn.GRANTED, "grant"), (DecisionOn.PASSED_UP, "pass_up"), (DecisionOn.REFUSED, "refuse")):
                parts[key] = tuple(f"{line.name.zh} {each.quantity}" for each in now if each.kind is kind
                                   for line in view.lines if line.line.id == each.line_id)
            reasons = "；".join(dict.fromkeys(each.reason for each in now if each.reason))
            heard = next((Heard(each.heard_from, each.heard_how, each.read_back) for each in now if each.heard_from), NOT_HEARD)
            yield "decide_supplies", {**about, **parts, "reason": self._scrub(reasons) or ("先用" if parts["pass_up"] else ""),
                                      "decided_by": SOMEBODY, **(_heard(heard, request.to_tier.value) if heard else {})}, {}
        elif step == "supplies_withdrawn":
            yield "withdraw_supplies", {**about, "reason": self._scrub(entry.text)}, {}
        elif step == "supplies_rest_refused":
            yield "refuse_rest", {**about, "reason": self._scrub(entry.text), "decided_by": SOMEBODY}, {}

    # -- release orders --
    def _of_order(self, entry: LogEntry, place: str, view: OrderView) -> Iterator[Act]:
        mark = next(each for each in view.marks if each.id == entry.about_id)
        about: Arguments = {"order": place}
        moved = [one for one in self._kept.movements if mark.document and one.document == mark.document and one.order_id == view.order.id]
        if mark.step is ReleaseStep.ORDERED:
            names = {lot.item_id: lot.name.zh for lot in view.lots}
            kept = self._summed(moved, lambda one: names[one.item_id] if one.kind is MovementKind.RESERVE else "")
            request = next((place for place, asked in self._requests.values() if asked.request.id == view.order.request_id), "none")
            yield "release_stock", {"request": request, "depot": view.depot.zh, "lines": kept, "to": self._kept.site(view.order.to_site_id),
                                    "place": self._scrub(view.order.place), "approved_by": SOMEBODY}, {}
        elif mark.step is ReleaseStep.PICKED:
            ordered = {lot.number: lot.ordered - sum(one.quantity for one in moved if one.lot_id == lot.lot_id) for lot in view.lots}
            fewer: Arguments = {"picked": tuple(f"{number} {count}" for number, count in ordered.items()),
                                "reason": self._scrub(mark.reason)} if moved else {}
            yield "pick_stock", {**about, "by": SOMEBODY, "packages": str(mark.packages or ""), **fewer}, {}
        elif mark.step is ReleaseStep.SHIPPED:
            due = {} if view.order.expected_at is None else {"expected": view.order.expected_at}
            yield "ship_stock", {**about, "vehicle": "车辆"}, due
        elif mark.step is ReleaseStep.CANCELLED:
            yield "cancel_release", {**about, "reason": self._scrub(mark.reason)}, {}
        else:
            yield "receive_transport", {**about, **self._came(moved, view), "by": SOMEBODY, "reason": self._scrub(mark.reason),
                                        "approved_by": SOMEBODY if mark.approved_by else ""}, {}

    def _came(self, moved: list[Movement], view: OrderView) -> Arguments:
        numbers = {lot.lot_id: lot.number for lot in view.lots}
        kinds = {"good": (MovementKind.ARRIVE, MovementKind.ARRIVE_IN_USE), "damaged": (MovementKind.TRANSIT_DAMAGE,),
                 "short": (MovementKind.TRANSIT_LOSS,), "over": (MovementKind.OVERAGE, MovementKind.OVER_IN_USE)}
        return {key: self._summed(moved, lambda one, wanted=wanted: numbers[one.lot_id] if one.kind in wanted else "")  # type: ignore[misc]
                for key, wanted in kinds.items()}

    @staticmethod
    def _summed(moved: list[Movement], named: Callable[[Movement], str]) -> tuple[str, ...]:
        counts: dict[str, int] = {}
        for one in moved:
            if name := named(one):
                counts[name] = counts.get(name, 0) + one.quantity
        return tuple(f"{name} {count}" for name, count in counts.items())

    # -- requisitions --
    def _of_requisition(self, place: str, one: Requisition, mark: RequisitionMark) -> Iterator[Act]:
        about: Arguments = {"requisition": place}
        if mark.step is RequisitionStep.DECIDED:
            yield "requisition_notice", {"what": self._scrub(one.what), "quantity": str(one.quantity), "unit": one.unit, "owner": SOMEBODY,
                                         "decided_by": SOMEBODY, "purpose": self._scrub(one.purpose), "by": SOMEBODY,
                                         "paper_later": YES if one.is_post_hoc else ""}, {}
        elif mark.step is RequisitionStep.NOTICE and one.is_post_hoc:
            yield "issue_notice", {**about, "by": SOMEBODY}, {}
        elif mark.step is RequisitionStep.COMPENSATED:
            yield "compensate", {**about, "yuan": str(mark.fen // 100), "note": self._scrub(mark.note)}, {}
        elif mark.step is not RequisitionStep.NOTICE:
            key = {RequisitionStep.GIVEN_BACK: "sound", RequisitionStep.DAMAGED: "damaged"}.get(mark.step, "lost")
            yield "give_back", {**about, key: str(mark.quantity), "note": self._scrub(mark.note)}, {}

    # -- what a keeper did --
    def _of_document(self, entry: LogEntry, step: str) -> list[Act] | None:
        moved = [one for one in self._kept.movements if one.document == entry.value("document")]
        if not moved or step not in set(MovementKind):
            return None
        first, kind = moved[0], MovementKind(step)
        about: Arguments = {"item": entry.value("item"), "depot": entry.value("depot"), "quantity": str(sum(one.quantity for one in moved))}
        handed = self._kept.handed_out.get(first.document)
        if handed is not None:
            return [("hand_out", {**about, "from": "in_use" if first.from_account is StockAccount.IN_USE else "shelf",
                                  "households": str(handed.households), "heads": str(handed.heads), "by": SOMEBODY}, {})]
        if kind is MovementKind.WRITE_OFF and first.from_account is StockAccount.IN_USE:
            return [("write_off", {**about, "from": "in_use", "reason": self._scrub(first.reason), "approved_by": SOMEBODY}, {})]
        return [(_SIMPLE[kind], about, {})] if kind in _SIMPLE else None


def founding(kept: SupplyHistory, *, at: datetime, account: str, place_of: Callable[[Id], str]) -> Iterator[Step]:
    """Yield what a walk on empty ground needs before its first line: items, depots, agreements, and the lots that were taken from."""
    def step(act: str, **arguments: str) -> Step:
        return Step(number=0, at=at, act=act, account=account, arguments={key: value for key, value in arguments.items() if value})

    names = {item.id: item.name for item in kept.items}
    for item in kept.items:
        yield step("stock_item", item=item.name, code=item.code, unit=item.unit, name_en=item.name_en)
    for site, depot in kept.depots:
        if site.area_id is not None:
            yield step("stock_depot", depot=site.name, where=place_of(site.area_id), kind=depot.kind.value)
    for lot, site_id, count in kept.lots:
        yield step("receive_lot", item=names[lot.item_id], depot=kept.site(site_id), quantity=str(count), lot=lot.number, source="opening",
                   expires=lot.expires_on.isoformat() if lot.expires_on else "")
    for promise, draws in kept.promises:
        yield step("stock_promise", partner=promise.partner, item=names[promise.item_id], hours=str(promise.call_off_hours),
                   quantity=str(max(promise.quantity, sum(draw.quantity for draw in draws))))


def _heard(heard: Heard, tier: str) -> Arguments:
    return {"of": tier, "from": SOMEBODY, "how": heard.how if heard.how in ("phone", "radio", "in_person", "system", "message") else "phone",
            "read_back": YES if heard.read_back else "no"}
