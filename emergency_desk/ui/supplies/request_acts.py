"""What is asked for, decided and ordered out, in one wide form below the board; every field is reached and sent by the keyboard alone."""

from __future__ import annotations

from dataclasses import replace

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import FieldMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.release_orders import ToRelease
from emergency_desk.domain.request_boards import RequestLineView, RequestView
from emergency_desk.domain.responses import NOT_HEARD, Heard
from emergency_desk.domain.supply_requests import AskedLine, AskedSupplies, DecisionOn, LineDecision, RequestPriority, RequestPurpose
from emergency_desk.domain.texts import Text
from emergency_desk.services import releases, stock_counts, supply_requests
from emergency_desk.ui.incidents.heard_fields import heard_of
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, AskText
from emergency_desk.ui.supplies.flow_acts import FlowActs
from emergency_desk.ui.supplies.reading_amounts import as_amount, as_moment
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.counting import unit_word
from emergency_desk.wording.labels import field_label, label

Depots = dict[Id, list[tuple[Id, Text, int]]]  # by item: which depots have how much
_HOURS_ON_THE_ROAD = 1


class RequestActs(FlowActs):
    """Asks for goods, decides, releases."""

    # -- asking --------------------------------------------------------------------------------------------------------
    def ask(self, incident_id: Id | None = None) -> None:
        """Ask for goods: one thing on a line, its count behind it."""
        incidents = [("", _("without an incident")), *self.ground.incidents]
        chosen = incident_id or (self.ground.incidents[0][0] if len(self.ground.incidents) == 1 else "")
        fields = (
            AskText(name="lines", label=_("What and how many, one on a line"), hint=_("Folding bed 320\nBlanket 320\nPump 2"), span=4),
            AskChoice(name="incident_id", label=field_label("incident_id"), choices=incidents, value=chosen, span=4),
            AskChoice(name="site_id", label=_("To be brought to"), choices=[("", _("the scene")), *self.depots()], span=4),
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
                needed_by=as_moment("needed_by", answers["needed_by"], now=self.now()), place=answers["place"])

        self.read(read, lambda asked: self.do(lambda: supply_requests.ask(self.place.desk, asked=asked), _("Asked")))

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
                item=one.name.in_language(current_language()), count=formats.number(one.amounts.undecided),
                unit=unit_word(one.unit, one.amounts.undecided),
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
        self.read(read, lambda decisions: self.do(lambda: supply_requests.decide(
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
                      lambda answers: self.do(lambda: supply_requests.withdraw(desk, request_id=view.request.id, reason=answers["reason"]),
                                               _("Taken off")))

    # -- releasing -----------------------------------------------------------------------------------------------------
    def release(self, view: RequestView, depots: Depots) -> None:
        """Ask out of which depot; the lots that expire first are kept back at once."""
        fields: list[Ask] = []
        for number, one in enumerate(self._granted(view)):
            there = depots.get(one.line.item_id or Id(""), [])
            choices = [(site, f"{name.in_language(current_language())} · {formats.number(count)}") for site, name, count in there]
            told = _("{item}, {count} {unit} granted").format(item=one.name.in_language(current_language()),
                                                             count=formats.number(one.amounts.to_release),
                                                             unit=unit_word(one.unit, one.amounts.to_release))
            most = min(one.amounts.to_release, there[0][2]) if there else 0
            fields += [Ask(name=f"quantity{number}", label=told, value=str(most), span=4),
                       AskChoice(name=f"depot{number}", label=field_label("depot"), choices=choices or [("", _("no depot has any"))], span=5),
                       self.stock.lot_field(name=f"lot{number}", span=3)]
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
        lots = [answers[f"lot{number}"] for number, _one in enumerate(self._granted(view))]
        self.read(read, lambda lines: self.do(lambda: releases.release(
            desk, lines=self._of_lots(lines, view, lots), request_id=view.request.id, approved_by=answers["approved_by"],
            approved_how=answers["approved_how"],
            receiver=answers["receiver"], phone=answers["phone"]), _("Ordered out")))

    def _of_lots(self, lines: list[ToRelease], view: RequestView, typed: list[str]) -> list[ToRelease]:
        """Return the lines with the lots that were named. Runs on the store thread. Raises LotCodeUnknown."""
        named = dict(zip((one.line.id for one in self._granted(view)), typed, strict=True))
        desk = self.place.desk
        return [replace(each, lot_id=stock_counts.find_lot(desk, typed=text, item_id=each.item_id).id)
                if (text := named.get(each.request_line_id or Id(""), "")) else each for each in lines]
