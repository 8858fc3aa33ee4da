"""What is asked and done from request to receipt, in one wide form below the board; every field is reached and sent by the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import DeskError, FieldMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.release_orders import Arrived, ToRelease, Transport
from emergency_desk.domain.request_boards import OrderLotView, OrderView, RequestLineView, RequestView
from emergency_desk.domain.requisitions import AskedRequisition, Requisition, RequisitionState
from emergency_desk.domain.responses import NOT_HEARD, Heard
from emergency_desk.domain.supply_requests import AskedLine, AskedSupplies, DecisionOn, LineDecision, RequestPriority, RequestPurpose
from emergency_desk.domain.texts import Text
from emergency_desk.services import releases, requisitions, supply_requests
from emergency_desk.services.desk import Done
from emergency_desk.ui.incidents.heard_fields import heard_of
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, AskText
from emergency_desk.ui.incidents.wide_form import WideForm
from emergency_desk.ui.supplies.reading_amounts import as_amount, as_fen, as_moment
from emergency_desk.ui.supplies.stock_acts import StockGround
from emergency_desk.ui.teams.reading_fields import as_date
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.labels import field_label, label

Depots = dict[Id, list[tuple[Id, Text, int]]]  # by item: which depots have how much
_HOURS_ON_THE_ROAD = 1


class RequestActs:
    """Asks and does; a refusal stays in the form with what was typed."""

    def __init__(self, place: Workplace, form: WideForm) -> None:
        self.place, self.form, self.ground = place, form, StockGround()

    # -- asking --------------------------------------------------------------------------------------------------------
    def ask(self, incident_id: Id | None = None) -> None:
        """Ask for goods: one thing on a line, its count behind it."""
        incidents = [("", _("without an incident")), *self.ground.incidents]
        chosen = incident_id or (self.ground.incidents[0][0] if len(self.ground.incidents) == 1 else "")
        fields = (
            AskText(name="lines", label=_("What and how many, one on a line"), hint=_("Folding bed 320\nBlanket 320\nPump 2"), span=4),
            AskChoice(name="incident_id", label=field_label("incident_id"), choices=incidents, value=chosen, span=4),
            AskChoice(name="site_id", label=_("To be brought to"), choices=[("", _("the scene")), *self._depots()], span=4),
            Ask(name="asked_by", label=field_label("asked_by"), span=3), Ask(name="phone", label=field_label("phone"), span=2),
            AskChoice(name="priority", label=field_label("priority"), choices=[(one.value, label(one)) for one in RequestPriority], span=2,
                      value=RequestPriority.HIGH.value),
            Ask(name="needed_by", label=field_label("needed_by"), hint=_("10:30, or +90 minutes"), span=2),
            Ask(name="place", label=_("Place, in words"), span=3))
        self.form.ask(_("Ask the tier above for supplies"), fields, _("Ask"), self._ask, focus="lines",
                      note=_("What the catalogue knows by its name is counted in its own unit; anything else is asked for in words."))

    def _ask(self, answers: Answers) -> None:
        def read() -> AskedSupplies:
            incident = answers["incident_id"]
            return AskedSupplies(
                lines=tuple(self._asked_line(text) for text in answers["lines"].splitlines() if text.strip()),
                incident_id=Id(incident) if incident else None, site_id=Id(answers["site_id"]) if answers["site_id"] else None,
                purpose=RequestPurpose.INCIDENT if incident else RequestPurpose.PREPARE, asked_by=answers["asked_by"],
                phone=answers["phone"], priority=RequestPriority(answers["priority"]),
                needed_by=as_moment("needed_by", answers["needed_by"], now=self._now()), place=answers["place"])

        self._read(read, lambda asked: self._do(lambda: supply_requests.ask(self.place.desk, asked=asked), _("Asked")))

    def _asked_line(self, text: str) -> AskedLine:
        name, _blank, amount = text.strip().rpartition(" ")
        if name and not any(letter.isdigit() for letter in amount):  # "水泵 2 台": the unit stands apart
            name, _gap, count = name.rpartition(" ")
            amount = f"{count} {amount}"
        if not name:
            raise FieldMissing(name="quantity")
        quantity, unit = as_amount("lines", amount)
        words = name.strip().lower()
        item = next((one for one in self.ground.items if words in (one.name.lower(), one.name_en.lower(), one.code)), None)
        return AskedLine(quantity=quantity, item_id=item.id if item else None, capability="" if item else name.strip(), unit=unit)

    # -- deciding ------------------------------------------------------------------------------------------------------
    def decide(self, view: RequestView) -> None:
        """Ask what is granted; the proposal is what this desk has, the rest goes up."""
        fields: list[Ask] = []
        for number, one in enumerate(self._undecided(view)):
            grant = min(one.amounts.undecided, one.own)
            told = _("{item}: {count} {unit} asked, own {own} · grant").format(
                item=one.name.in_language(current_language()), count=formats.number(one.amounts.undecided), unit=one.unit,
                own=formats.number(one.own))
            fields += [Ask(name=f"grant{number}", label=told, value=str(grant), span=6),
                       Ask(name=f"pass_up{number}", label=field_label("pass_up"), value=str(one.amounts.undecided - grant), span=3),
                       Ask(name=f"refuse{number}", label=field_label("refuse"), value="0", span=3)]
        fields += [Ask(name="decided_by", label=field_label("decided_by"), span=4), Ask(name="reason", label=field_label("reason"), span=8)]
        fields += self._heard(view.request.to_tier)
        self.form.ask(_("Decide request {number}").format(number=view.request.number), fields, _("Decide the request"),
                      lambda answers: self._decide(view, answers),
                      note=_("This tier's own goes first; what is passed up becomes a request of its own."))

    def _undecided(self, view: RequestView) -> list[RequestLineView]:
        return [one for one in view.lines if one.amounts.undecided]

    def _decide(self, view: RequestView, answers: Answers) -> None:
        def read() -> list[LineDecision]:
            found = []
            for number, one in enumerate(self._undecided(view)):
                parts = {name: as_amount(f"{name}{number}", answers[f"{name}{number}"] or "0")[0] for name in ("grant", "pass_up", "refuse")}
                found.append(LineDecision(line_id=one.line.id, reason=answers["reason"], **parts))
            return found

        desk, heard = self.place.desk, self._heard_of(view.request.to_tier, answers)
        self._read(read, lambda decisions: self._do(lambda: supply_requests.decide(
            desk, request_id=view.request.id, decisions=decisions, decided_by=answers["decided_by"], heard=heard), _("Decided")))

    def _heard(self, tier: Tier) -> tuple[Ask, ...]:
        if tier is self.place.desk.tier:
            return ()
        return (Ask(name="heard_from", label=_("Heard from, at the tier “{tier}”").format(tier=label(tier)), span=4),
                AskChoice(name="heard_how", label=_("How"), choices=(("phone", _("by phone")), ("message", _("by message"))), span=2),
                AskChoice(name="read_back", label=_("Read back"), choices=(("yes", _("read back")), ("", _("not read back"))), span=2))

    def _heard_of(self, tier: Tier, answers: Answers) -> Heard:
        return NOT_HEARD if tier is self.place.desk.tier else heard_of(answers)

    def withdraw(self, view: RequestView) -> None:
        """Ask why a request is withdrawn."""
        desk = self.place.desk
        self.form.ask(_("Withdraw what is not on its way of request {number}").format(number=view.request.number),
                      (Ask(name="reason", label=field_label("reason"), span=12),), _("Withdraw"),
                      lambda answers: self._do(lambda: supply_requests.withdraw(desk, request_id=view.request.id, reason=answers["reason"]),
                                               _("Taken off")))

    # -- releasing -----------------------------------------------------------------------------------------------------
    def release(self, view: RequestView, depots: Depots) -> None:
        """Ask out of which depot; the lots that expire first are kept back at once."""
        fields: list[Ask] = []
        for number, one in enumerate(self._granted(view)):
            there = depots.get(one.line.item_id or Id(""), [])
            choices = [(site, f"{name.in_language(current_language())} · {formats.number(count)}") for site, name, count in there]
            told = _("{item}, {count} {unit} granted").format(item=one.name.in_language(current_language()),
                                                             count=formats.number(one.amounts.to_release), unit=one.unit)
            most = min(one.amounts.to_release, there[0][2]) if there else 0
            fields += [Ask(name=f"quantity{number}", label=told, value=str(most), span=4),
                       AskChoice(name=f"depot{number}", label=field_label("depot"), choices=choices or [("", _("no depot has any"))], span=8)]
        decided = [one.decided_by for one in view.decisions if one.kind is DecisionOn.GRANTED]  # who granted it mostly orders it out too
        fields += [Ask(name="approved_by", label=field_label("approved_by"), value=decided[-1] if decided else "", span=4),
                   Ask(name="approved_how", label=field_label("approved_how"), value=_("by phone"), span=3),
                   Ask(name="receiver", label=field_label("receiver"), value=view.request.asked_by, span=3),
                   Ask(name="phone", label=field_label("phone"), value=view.request.phone, span=2)]
        self.form.ask(_("Release for request {number}").format(number=view.request.number), fields, _("Order out"),
                      lambda answers: self._release(view, answers), focus="approved_by")

    def _granted(self, view: RequestView) -> list[RequestLineView]:
        return [one for one in view.lines if one.amounts.to_release and one.line.item_id]

    def _release(self, view: RequestView, answers: Answers) -> None:
        def read() -> list[ToRelease]:
            found = []
            for number, one in enumerate(self._granted(view)):
                quantity, unit = as_amount(f"quantity{number}", answers[f"quantity{number}"] or "0")
                if quantity and answers[f"depot{number}"] and one.line.item_id:
                    found.append(ToRelease(site_id=Id(answers[f"depot{number}"]), item_id=one.line.item_id, quantity=quantity, unit=unit,
                                           request_line_id=one.line.id))
            return found

        desk = self.place.desk
        self._read(read, lambda lines: self._do(lambda: releases.release(
            desk, lines=lines, request_id=view.request.id, approved_by=answers["approved_by"], approved_how=answers["approved_how"],
            receiver=answers["receiver"], phone=answers["phone"]), _("Ordered out")))

    # -- the order on its way ------------------------------------------------------------------------------------------
    def pick(self, view: OrderView) -> None:
        """Ask what was picked, by bin and lot."""
        fields = [Ask(name=f"picked{number}", label=_lot_told(lot, lot.amounts.to_ship), value=str(lot.amounts.to_ship), span=4)
                  for number, lot in enumerate(view.lots)]
        fields += [Ask(name="picked_by", label=field_label("picked_by"), value=view.keeper, span=4),
                   Ask(name="packages", label=field_label("packages"), span=2), Ask(name="reason", label=_("Why fewer"), span=6)]
        desk = self.place.desk

        def read(answers: Answers) -> tuple[dict[Id, int], int | None]:
            picked = {lot.lot_id: as_amount(f"picked{number}", answers[f"picked{number}"] or "0")[0] for number, lot in enumerate(view.lots)}
            return picked, as_amount("packages", answers["packages"])[0] if answers["packages"] else None

        title = _("Pick order {number} at {depot}").format(number=view.order.number, depot=view.depot.in_language(current_language()))
        self.form.ask(title, fields, _("Picked"), lambda answers: self._read(lambda: read(answers), lambda told: self._do(lambda: releases.pick(
                          desk, order_id=view.order.id, picked_by=answers["picked_by"], picked=told[0], packages=told[1],
                          reason=answers["reason"]), _("Picked"))), focus="picked_by")

    def ship(self, view: OrderView) -> None:
        """Ask for the transport."""
        desk, now = self.place.desk, self._now()
        expected = formats.clock_time(now + timedelta(hours=_HOURS_ON_THE_ROAD))
        fields = (Ask(name="vehicle", label=field_label("vehicle"), span=3), Ask(name="driver", label=field_label("driver"), span=3),
                  Ask(name="driver_phone", label=field_label("driver_phone"), span=3), Ask(name="carrier", label=field_label("carrier"), span=3),
                  Ask(name="expected_at", label=field_label("expected_at"), value=expected, hint=_("10:30, or +90 minutes"), span=3),
                  Ask(name="handed_by", label=_("Handed over by"), value=view.keeper, span=3),
                  Ask(name="waybill", label=field_label("waybill"), value=view.order.number, span=4))

        def read(answers: Answers) -> Transport:
            return Transport(vehicle=answers["vehicle"], driver=answers["driver"], driver_phone=answers["driver_phone"],
                             carrier=answers["carrier"], waybill=answers["waybill"],
                             expected_at=as_moment("expected_at", answers["expected_at"], now=self._now()))

        self.form.ask(_("Send order {number} on the road").format(number=view.order.number), fields, _("Send on the road"),
                      lambda answers: self._read(lambda: read(answers), lambda transport: self._do(lambda: releases.ship(
                          desk, order_id=view.order.id, transport=transport, handed_by=answers["handed_by"]), _("Sent on the road"))))

    def receive(self, view: OrderView) -> None:
        """Ask what came of each lot; what is not told of stays on the road."""
        fields: list[Ask] = []
        lots = [lot for lot in view.lots if lot.amounts.in_transit]
        for number, lot in enumerate(lots):
            fields.append(Ask(name=f"good{number}", label=_lot_told(lot, lot.amounts.in_transit), value=str(lot.amounts.in_transit), span=6))
            fields += [Ask(name=f"{name}{number}", label=field_label(name), value="0", span=2) for name in ("damaged", "short", "over")]
        fields += [Ask(name="received_by", label=field_label("received_by"), value=view.order.receiver, span=3),
                   Ask(name="reason", label=_("Why it differs"), span=6), Ask(name="approved_by", label=field_label("approved_by"), span=3)]
        self.form.ask(_("Receive order {number}").format(number=view.order.number), fields, _("Sign for it"),
                      lambda answers: self._receive(view, lots, answers), focus="received_by",
                      note=_("What is damaged, missing or more than was sent needs a reason and who agreed."))

    def _receive(self, view: OrderView, lots: Sequence[OrderLotView], answers: Answers) -> None:
        def read() -> list[Arrived]:
            return [Arrived(lot_id=lot.lot_id, **{name: as_amount(f"{name}{number}", answers[f"{name}{number}"] or "0")[0]
                                                 for name in ("good", "damaged", "short", "over")}) for number, lot in enumerate(lots)]

        desk = self.place.desk
        self._read(read, lambda arrived: self._do(lambda: releases.receive(
            desk, order_id=view.order.id, arrived=arrived, received_by=answers["received_by"], reason=answers["reason"],
            approved_by=answers["approved_by"]), _("Signed for")))

    def change_arrival(self, view: OrderView) -> None:
        """Ask when a transport is expected now, and why."""
        desk = self.place.desk
        fields = (Ask(name="expected_at", label=field_label("expected_at"), hint=_("10:30, or +90 minutes"), span=3),
                  Ask(name="reason", label=field_label("reason"), span=9))

        def read(answers: Answers) -> datetime:
            moment = as_moment("expected_at", answers["expected_at"], now=self._now())
            if moment is None:
                raise FieldMissing(name="expected_at")
            return moment

        self.form.ask(_("When is order {number} expected now?").format(number=view.order.number), fields, _("Change it"),
                      lambda answers: self._read(lambda: read(answers), lambda moment: self._do(lambda: releases.change_arrival(
                          desk, order_id=view.order.id, expected_at=moment, reason=answers["reason"]), _("Changed"))))

    def cancel(self, view: OrderView) -> None:
        """Ask why an order that has not left is cancelled."""
        desk = self.place.desk
        self.form.ask(_("Cancel order {number}; its goods are free again").format(number=view.order.number),
                      (Ask(name="reason", label=field_label("reason"), span=12),), _("Cancel the order"),
                      lambda answers: self._do(lambda: releases.cancel(desk, order_id=view.order.id, reason=answers["reason"]), _("Cancelled")))

    # -- requisition ---------------------------------------------------------------------------------------------------
    def requisition(self) -> None:
        """Ask for the facts of a requisition notice (SD12 Art. 41)."""
        desk = self.place.desk
        fields = (
            AskChoice(name="incident_id", label=field_label("incident_id"), choices=list(self.ground.incidents) or [("", "—")], span=4),
            Ask(name="what", label=field_label("what"), span=3), Ask(name="quantity", label=field_label("quantity"), value="1", span=1),
            Ask(name="unit", label=field_label("unit"), span=1), Ask(name="model", label=field_label("model"), span=3),
            Ask(name="owner", label=field_label("from_whom"), span=3), Ask(name="owner_address", label=field_label("owner_address"), span=4),
            Ask(name="owner_phone", label=field_label("owner_phone"), span=2), Ask(name="purpose", label=field_label("purpose"), span=3),
            Ask(name="decided_by", label=field_label("decided_by"), span=3), Ask(name="executor", label=field_label("executor"), span=3),
            Ask(name="until_on", label=field_label("until_on"), hint="2026-08-20", span=3),
            AskChoice(name="later", label=_("Notice"), choices=(("", _("handed over now")), ("yes", _("special urgency: it follows"))), span=3))

        def read(answers: Answers) -> AskedRequisition:
            if not answers["incident_id"] or answers["incident_id"] == "—":
                raise FieldMissing(name="incident_id")
            return AskedRequisition(
                incident_id=Id(answers["incident_id"]), what=answers["what"], quantity=as_amount("quantity", answers["quantity"])[0],
                unit=answers["unit"], owner=answers["owner"], owner_address=answers["owner_address"], owner_phone=answers["owner_phone"],
                decided_by=answers["decided_by"], purpose=answers["purpose"], model=answers["model"], executor=answers["executor"],
                until_on=as_date("until_on", answers["until_on"]), is_post_hoc=answers["later"] == "yes")

        self.form.ask(_("Requisition"), fields, _("Requisition it"), lambda answers: self._read(
            lambda: read(answers), lambda asked: self._do(lambda: requisitions.requisition(desk, asked=asked), _("Requisitioned"))),
            note=_("Only a district or city may, while a response runs; it is owed back and compensated (Emergency Response Law Art. 12, 76)."))

    def settle(self, one: Requisition) -> None:
        """Ask for the next act of a requisition: the notice that is owed, the return, the compensation."""
        desk = self.place.desk
        if one.state is RequisitionState.PAPER_OWED:
            fields = (Ask(name="executor", label=field_label("executor"), span=4),)
            self.form.ask(_("Notice of requisition {number}").format(number=one.number), fields, _("Handed over"), lambda answers: self._do(
                              lambda: requisitions.issue_notice(desk, requisition_id=one.id, executor=answers["executor"]), _("Handed over")))
        elif one.state is RequisitionState.IN_FORCE:
            self._give_back(one)
        elif one.state is RequisitionState.RETURNED:
            self.form.ask(_("Compensation for requisition {number}").format(number=one.number), (
                Ask(name="compensation", label=_("Compensation in yuan"), span=3),
                Ask(name="note", label=field_label("note"), span=9)), _("Paid"),
                lambda answers: self._read(lambda: as_fen("compensation", answers["compensation"]), lambda fen: self._do(
                    lambda: requisitions.compensate(desk, requisition_id=one.id, fen=fen or 0, note=answers["note"]), _("Compensated"))))

    def _give_back(self, one: Requisition) -> None:
        desk = self.place.desk
        parts = (("sound", ""), ("damaged", "0"), ("lost", "0"))
        fields = [Ask(name=name, label=field_label(name), value=value, span=2) for name, value in parts]
        fields += [Ask(name="note", label=_("Damage or loss"), span=4), Ask(name="received_by", label=field_label("received_by"), span=2)]

        def read(answers: Answers) -> dict[str, int]:
            return {name: as_amount(name, answers[name] or "0")[0] for name in ("sound", "damaged", "lost")}

        self.form.ask(_("Give back requisition {number}: {count} {unit} {what}").format(
            number=one.number, count=formats.number(one.quantity), unit=one.unit, what=one.what), fields, _("Given back"),
            lambda answers: self._read(lambda: read(answers), lambda told: self._do(lambda: requisitions.give_back(
                desk, requisition_id=one.id, note=answers["note"], received_by=answers["received_by"], **told), _("Given back"))))

    # -- what the acts share -------------------------------------------------------------------------------------------
    def _depots(self) -> list[tuple[str, str]]:
        return [(known.site.id, in_words(known.site.name, known.site.name_en)) for known in self.ground.depots]

    def _now(self) -> datetime:
        return self.place.desk.now()

    def _read(self, read: Callable[[], Any], then: Callable[[Any], object]) -> None:
        try:
            value = read()
        except DeskError as error:
            self.form.refused(error)
            return
        then(value)

    def _do(self, act: Callable[[], Done[Any]], told: str) -> None:
        def done(answer: Done[Any]) -> None:
            self.form.put_away()
            made = answer.value if isinstance(answer.value, list | tuple) else [answer.value]
            numbers = _(", ").join(number for one in made if (number := getattr(one, "number", "")))
            self.place.window.notices.done((_("{told}: {numbers}.") if numbers else _("{told}.")).format(told=told, numbers=numbers))

        self.place.ask(act, then=done, refused=self.form.refused)


def _lot_told(lot: OrderLotView, count: int) -> str:
    bins = f"{lot.bins} · " if lot.bins else ""
    return _("{bins}{item}, lot {lot}: {count} {unit}").format(
        bins=bins, item=lot.name.in_language(current_language()), lot=lot.number, count=formats.number(count), unit=lot.unit)
