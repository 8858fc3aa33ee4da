"""What is done with a requisition: decided, noticed, given back, compensated."""

from __future__ import annotations

from dataclasses import replace

from emergency_desk.domain.errors import FieldMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.requisitions import AskedRequisition, Requisition, RequisitionState
from emergency_desk.domain.stock import StockAccount
from emergency_desk.domain.stock_acts import Asked
from emergency_desk.services import requisitions
from emergency_desk.services.desk import Done
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, AskPlace
from emergency_desk.ui.supplies.flow_acts import FlowActs
from emergency_desk.ui.supplies.reading_amounts import as_amount, as_fen
from emergency_desk.ui.supplies.stock_acts import NarrowChoice
from emergency_desk.ui.teams.reading_fields import as_date
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.counting import unit_word
from emergency_desk.wording.labels import field_label

_SHELF, _IN_USE = "shelf", "in_use"


class RequisitionActs(FlowActs):
    """Asks and does what comes next of a requisition."""

    def requisition(self, incident_id: Id | None = None) -> None:
        """Ask for the facts of a requisition notice (SD12 Art. 41)."""
        desk, incidents = self.place.desk, list(self.ground.incidents) or [("", "—")]
        fields = (
            AskChoice(name="incident_id", label=field_label("incident_id"), choices=incidents, value=incident_id or "", span=4),
            Ask(name="what", label=field_label("what"), span=3), Ask(name="quantity", label=field_label("quantity"), value="1", span=1),
            Ask(name="unit", label=field_label("unit"), span=1), Ask(name="model", label=field_label("model"), span=3),
            AskPlace(name="item_id", label=_("As an item of the stock, where it is one"), candidates=self.stock.find_items, span=4),
            Ask(name="place", label=_("Where it is taken"), span=3), Ask(name="owner", label=field_label("from_whom"), span=2),
            Ask(name="owner_address", label=field_label("owner_address"), span=3),
            Ask(name="owner_phone", label=field_label("owner_phone"), span=2), Ask(name="purpose", label=field_label("purpose"), span=3),
            Ask(name="decided_by", label=field_label("decided_by"), span=2), Ask(name="executor", label=field_label("executor"), span=2),
            Ask(name="until_on", label=field_label("until_on"), hint="2026-08-20", span=3),
            AskChoice(name="later", label=_("Notice"), choices=(("", _("handed over now")), ("yes", _("special urgency: it follows"))), span=4))

        def read(answers: Answers) -> AskedRequisition:
            if not answers["incident_id"] or answers["incident_id"] == "—":
                raise FieldMissing(name="incident_id")
            return AskedRequisition(
                incident_id=Id(answers["incident_id"]), what=answers["what"], quantity=as_amount("quantity", answers["quantity"])[0],
                unit=answers["unit"], owner=answers["owner"], owner_address=answers["owner_address"], owner_phone=answers["owner_phone"],
                decided_by=answers["decided_by"], purpose=answers["purpose"], model=answers["model"], executor=answers["executor"],
                until_on=as_date("until_on", answers["until_on"]), place=answers["place"],
                item_id=Id(answers["item_id"]) if answers["item_id"] else None, is_post_hoc=answers["later"] == "yes")

        self.form.ask(_("Requisition"), fields, _("Requisition it"), lambda answers: self.read(
            lambda: read(answers), lambda asked: self.do(lambda: requisitions.requisition(desk, asked=asked), _("Requisitioned"))),
            focus="what" if incident_id else "",
            note=_("Only a district or city may, while a response runs; it is owed back and compensated (Emergency Response Law Art. 12, 76)."))

    def settle(self, one: Requisition) -> None:
        """Ask for the next act of a requisition: the notice that is owed, the return, the compensation."""
        desk = self.place.desk
        if one.state is RequisitionState.PAPER_OWED:
            fields = (Ask(name="executor", label=field_label("executor"), span=4),)
            words = pgettext("notice", "Handed over")
            self.form.ask(_("Notice of requisition {number}").format(number=one.number), fields, words, lambda answers: self.do(
                              lambda: requisitions.issue_notice(desk, requisition_id=one.id, executor=answers["executor"]), words))
        elif one.state is RequisitionState.IN_FORCE:
            self._give_back(one)
        elif one.state is RequisitionState.RETURNED:
            self.form.ask(_("Compensation for requisition {number}").format(number=one.number), (
                Ask(name="compensation", label=_("Compensation in yuan"), span=3),
                Ask(name="note", label=field_label("note"), span=9)), _("Paid"),
                lambda answers: self.read(lambda: as_fen("compensation", answers["compensation"]), lambda fen: self.do(
                    lambda: requisitions.compensate(desk, requisition_id=one.id, fen=fen or 0, note=answers["note"]), _("Compensated"))))

    def _give_back(self, one: Requisition) -> None:
        """Ask what is given back; what stands in the books leaves them with it."""
        desk = self.place.desk
        known = self.ground.item(one.item_id or "")
        books = (("", _("it never stood in the books")), (_SHELF, _("out of a depot")), (_IN_USE, _("from what is in use at the incident")))
        parts = (("sound", ""), ("damaged", "0"), ("lost", "0"))
        fields = [Ask(name=name, label=field_label(name), value=value, span=2) for name, value in parts]
        fields += [
            Ask(name="note", label=_("Damage or loss"), span=4), Ask(name="received_by", label=field_label("received_by"), span=2),
            AskChoice(name="books", label=_("Out of the books"), choices=books, span=3),
            AskPlace(name="item_id", label=field_label("item"), candidates=self.stock.find_items, span=3,
                     area=self.stock.candidate(known) if known is not None else None),
            NarrowChoice(name="site_id", label=field_label("depot"), choices=self.depots(), span=3),
            replace(self.stock.lot_field(span=3), value=one.number)]

        def read(answers: Answers) -> tuple[dict[str, int], Asked | None]:
            told = {name: as_amount(name, answers[name] or "0")[0] for name in ("sound", "damaged", "lost")}
            if not answers["books"]:
                return told, None
            if not answers["item_id"]:
                raise FieldMissing(name="item_id")
            return told, Asked(item_id=Id(answers["item_id"]), site_id=Id(answers["site_id"]), quantity=told["sound"] + told["damaged"],
                               unit=one.unit, note=answers["note"])

        def give(answers: Answers, told: dict[str, int], asked: Asked | None) -> Done[Requisition]:
            start = StockAccount.IN_USE if answers["books"] == _IN_USE else StockAccount.FREE
            if asked is not None and start is StockAccount.FREE:
                asked = self.stock.of_lot(asked, answers["lot"])
            return requisitions.give_back(desk, requisition_id=one.id, note=answers["note"], received_by=answers["received_by"], from_stock=asked,
                                          start=start, **told)

        self.form.ask(
            _("Give back requisition {number}: {count} {unit} {what}").format(
                number=one.number, count=formats.number(one.quantity), unit=unit_word(one.unit, one.quantity),
                what=one.what), fields, _("Given back"),
            lambda answers: self.read(lambda: read(answers), lambda told: self.do(lambda: give(answers, *told), _("Given back"))),
            note=_("What was taken into the books leaves them with it: sound and damaged. What was lost is written off by itself."))
