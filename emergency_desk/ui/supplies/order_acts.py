"""What is done with a release order: picked by bin, sent on the road, received in parts, expected later, cancelled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from emergency_desk.domain.errors import FieldMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.release_legs import LegView, waybill_number
from emergency_desk.domain.release_orders import Arrived, Transport
from emergency_desk.domain.request_boards import OrderLotView, OrderView
from emergency_desk.domain.stock import Lot
from emergency_desk.domain.stock_errors import LotCodeUnknown
from emergency_desk.services import releases
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice
from emergency_desk.ui.supplies.flow_acts import FlowActs
from emergency_desk.ui.supplies.lot_field import AskLot, LotEdit
from emergency_desk.ui.supplies.reading_amounts import as_amount, as_moment
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.counting import unit_word
from emergency_desk.wording.labels import field_label

_HOURS_ON_THE_ROAD = 1


class OrderActs(FlowActs):
    """Asks and does what comes next of an order."""

    def pick(self, view: OrderView) -> None:
        """Ask what was picked, by bin and lot."""
        fields: list[Ask] = [self._scan("picked", view.lots)]
        fields += [Ask(name=f"picked{number}", label=_lot_told(lot, lot.amounts.to_ship), value=str(lot.amounts.to_ship), span=4)
                   for number, lot in enumerate(view.lots)]
        fields += [Ask(name="picked_by", label=field_label("picked_by"), value=view.keeper, span=4),
                   Ask(name="packages", label=field_label("packages"), span=2), Ask(name="reason", label=_("Why fewer"), span=6)]
        desk = self.place.desk

        def read(answers: Answers) -> tuple[dict[Id, int], int | None]:
            picked = {lot.lot_id: as_amount(f"picked{number}", answers[f"picked{number}"] or "0")[0] for number, lot in enumerate(view.lots)}
            return picked, as_amount("packages", answers["packages"])[0] if answers["packages"] else None

        title = _("Pick order {number} at {depot}").format(number=view.order.number, depot=view.depot.in_language(current_language()))
        self.form.ask(title, fields, _("Picked"), lambda answers: self.read(lambda: read(answers), lambda told: self.do(lambda: releases.pick(
                          desk, order_id=view.order.id, picked_by=answers["picked_by"], picked=told[0], packages=told[1],
                          reason=answers["reason"]), _("Picked"))), focus="scan" if view.keeper else "picked_by")

    def ship(self, view: OrderView) -> None:
        """Ask for a vehicle and what it takes; what it leaves behind waits for the next."""
        desk, now = self.place.desk, self.now()
        lots = [lot for lot in view.lots if lot.amounts.to_ship]
        serial = len(view.legs) + 1
        expected = formats.clock_time(now + timedelta(hours=_HOURS_ON_THE_ROAD))
        fields = [
            Ask(name="vehicle", label=field_label("vehicle"), span=3), Ask(name="driver", label=field_label("driver"), span=3),
            Ask(name="driver_phone", label=field_label("driver_phone"), span=3), Ask(name="carrier", label=field_label("carrier"), span=3),
            Ask(name="expected_at", label=field_label("expected_at"), value=expected, hint=_("10:30, or +90 minutes"), span=3),
            Ask(name="handed_by", label=_("Handed over by"), value=view.keeper, span=3),
            Ask(name="waybill", label=field_label("waybill"), value=waybill_number(view.order, serial), span=4)]
        fields += [Ask(name=f"load{number}", label=_lot_told(lot, lot.amounts.to_ship), value=str(lot.amounts.to_ship), span=4)
                   for number, lot in enumerate(lots)]

        def read(answers: Answers) -> tuple[Transport, dict[Id, int]]:
            load = {lot.lot_id: as_amount(f"load{number}", answers[f"load{number}"] or "0")[0] for number, lot in enumerate(lots)}
            return Transport(vehicle=answers["vehicle"], driver=answers["driver"], driver_phone=answers["driver_phone"],
                             carrier=answers["carrier"], waybill=answers["waybill"],
                             expected_at=as_moment("expected_at", answers["expected_at"], now=self.now())), load

        title = _("Send order {number} on the road") if serial == 1 else _("Send another vehicle with order {number}")
        self.form.ask(title.format(number=view.order.number), fields, _("Send on the road"),
                      lambda answers: self.read(lambda: read(answers), lambda told: self.do(lambda: releases.ship(
                          desk, order_id=view.order.id, transport=told[0], handed_by=answers["handed_by"], load=told[1]), _("Sent on the road"))),
                      note=_("Write how many of each lot the vehicle takes; what it leaves waits for the next one."))

    def receive(self, view: OrderView) -> None:
        """Ask what came of each lot of a vehicle; what is not told of stays on the road."""
        self._of_vehicle(view, _("Whose goods came?"), lambda leg: self._ask_received(view, leg))

    def _of_vehicle(self, view: OrderView, title: str, then: Callable[[LegView], object]) -> None:
        """Go on with the vehicle that is on the road; ask which where there are several."""
        running = view.on_the_road
        if len(running) < 2:
            if running:
                then(running[0])
            return
        by_id = {one.leg.id: one for one in running}
        choices = [(one.leg.id, self._vehicle(one)) for one in running]
        self.form.ask(title, (AskChoice(name="leg_id", label=field_label("leg_id"), choices=choices, span=12),), _("This vehicle"),
                      lambda answers: then(by_id[Id(answers["leg_id"])]))

    def _vehicle(self, one: LegView) -> str:
        due = formats.due(one.leg.expected_at, now=self.now()) if one.leg.expected_at else ""
        return " · ".join(part for part in (one.leg.vehicle, one.leg.driver, one.leg.driver_phone, due, _("{count} on the road").format(
            count=formats.number(one.whole.in_transit))) if part)

    def _ask_received(self, view: OrderView, leg: LegView) -> None:
        lots = [replace(lot, amounts=leg.amounts[lot.lot_id]) for lot in view.lots
                if lot.lot_id in leg.amounts and leg.amounts[lot.lot_id].in_transit]
        fields: list[Ask] = [self._scan("good", lots)]
        for number, lot in enumerate(lots):
            fields.append(Ask(name=f"good{number}", label=_lot_told(lot, lot.amounts.in_transit), value=str(lot.amounts.in_transit), span=6))
            fields += [Ask(name=f"{name}{number}", label=field_label(name), value="0", span=2) for name in ("damaged", "short", "over")]
        fields += [Ask(name="received_by", label=field_label("received_by"), value=view.order.receiver, span=3),
                   Ask(name="reason", label=_("Why it differs"), span=6), Ask(name="approved_by", label=field_label("approved_by"), span=3)]
        self.form.ask(_("Receive order {number} from {vehicle}").format(number=view.order.number, vehicle=leg.leg.vehicle), fields,
                      _("Sign for it"), lambda answers: self._receive(view, leg, lots, answers),
                      focus="scan" if view.order.receiver else "received_by",
                      note=_("What is damaged, missing or more than was sent needs a reason and who agreed."))

    def _receive(self, view: OrderView, leg: LegView, lots: Sequence[OrderLotView], answers: Answers) -> None:
        def read() -> list[Arrived]:
            return [Arrived(lot_id=lot.lot_id, **{name: as_amount(f"{name}{number}", answers[f"{name}{number}"] or "0")[0]
                                                 for name in ("good", "damaged", "short", "over")}) for number, lot in enumerate(lots)]

        desk = self.place.desk
        self.read(read, lambda arrived: self.do(lambda: releases.receive(
            desk, order_id=view.order.id, arrived=arrived, received_by=answers["received_by"], reason=answers["reason"],
            approved_by=answers["approved_by"], leg_id=leg.leg.id), _("Signed for")))

    def change_arrival(self, view: OrderView) -> None:
        """Ask when a vehicle is expected now, and why."""
        self._of_vehicle(view, _("Which vehicle comes at another time?"), lambda leg: self._ask_arrival(view, leg))

    def _ask_arrival(self, view: OrderView, leg: LegView) -> None:
        desk = self.place.desk
        fields = (Ask(name="expected_at", label=field_label("expected_at"), hint=_("10:30, or +90 minutes"), span=3),
                  Ask(name="reason", label=field_label("reason"), span=9))

        def read(answers: Answers) -> datetime:
            moment = as_moment("expected_at", answers["expected_at"], now=self.now())
            if moment is None:
                raise FieldMissing(name="expected_at")
            return moment

        self.form.ask(_("When is {vehicle} of order {number} expected now?").format(vehicle=leg.leg.vehicle, number=view.order.number), fields,
                      _("Change it"), lambda answers: self.read(lambda: read(answers), lambda moment: self.do(lambda: releases.change_arrival(
                          desk, order_id=view.order.id, expected_at=moment, reason=answers["reason"], leg_id=leg.leg.id), _("Changed"))))

    def papers_of_vehicle(self, view: OrderView, name: str) -> None:
        """Preview a paper of a vehicle; ask which where several left."""
        if len(view.legs) < 2:
            self.place.preview(name, view.legs[0].leg.id if view.legs else view.order.id)
            return
        choices = [(one.leg.id, " · ".join(part for part in (one.leg.waybill, one.leg.vehicle, one.leg.driver) if part)) for one in view.legs]

        def show(answers: Answers) -> None:
            self.form.put_away()
            self.place.preview(name, Id(answers["leg_id"]))

        self.form.ask(_("The paper of which vehicle?"), (AskChoice(name="leg_id", label=field_label("leg_id"), choices=choices, span=12),),
                      _("Show the paper"), show)

    def cancel(self, view: OrderView) -> None:
        """Ask why an order that has not left is cancelled."""
        desk = self.place.desk
        self.form.ask(_("Cancel what of order {number} has not left; it is free again").format(number=view.order.number),
                      (Ask(name="reason", label=field_label("reason"), span=12),), _("Cancel the order"),
                      lambda answers: self.do(lambda: releases.cancel(desk, order_id=view.order.id, reason=answers["reason"]), _("Cancelled")))

    def _scan(self, name: str, lots: Sequence[OrderLotView]) -> AskLot:
        """Return the field that a label is scanned into: the cursor goes to what is asked of its lot."""
        def go(edit: LotEdit, code: str) -> None:
            def show(lot: Lot) -> None:
                place = next((number for number, one in enumerate(lots) if one.lot_id == lot.id), None)
                edit.clear()
                if place is None:
                    self.form.refused(LotCodeUnknown(typed=lot.number, reason="not_in_order"))
                    return
                self.form.refusal.hide()
                found = self.form.editors[f"{name}{place}"]
                found.setFocus(Qt.FocusReason.OtherFocusReason)
                if isinstance(found, QLineEdit):
                    found.selectAll()

            self.stock.look_up(code, show)

        return AskLot(name="scan", label=_("Scan a label: the cursor goes to its lot"), scanned=go, span=12)


def _lot_told(lot: OrderLotView, count: int) -> str:
    bins = f"{lot.bins} · " if lot.bins else ""
    return _("{bins}{item}, lot {lot}: {count} {unit}").format(
        bins=bins, item=lot.name.in_language(current_language()), lot=lot.number, count=formats.number(count), unit=unit_word(lot.unit, count))
