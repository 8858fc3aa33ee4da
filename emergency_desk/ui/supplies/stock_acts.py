"""What is asked and done with goods, in a small form below the list: receive, issue, keep back, move, count, put aside, write off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtWidgets import QWidget

from emergency_desk.domain.errors import DeskError, FieldMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock import Lot, LotSource
from emergency_desk.domain.stock_acts import Asked, Receipt, months_later
from emergency_desk.domain.stock_boards import StockLine
from emergency_desk.domain.supplies import SupplyItem
from emergency_desk.services import incidents, stock, stock_counts, supplies
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.supplies import KnownDepot
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, AskPlace, ChoiceBox, InlineForm
from emergency_desk.ui.supplies.lot_field import AskLot, LotEdit
from emergency_desk.ui.supplies.reading_amounts import as_amount, as_fen
from emergency_desk.ui.teams.reading_fields import as_date
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.widgets.area_picker import AreaPicker, Candidate
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.counting import unit_word
from emergency_desk.wording.labels import field_label, label

_MOST_OFFERED, _SIGNS = 12, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrowChoice(AskChoice):
    """A choice of long words that leaves room for the fields beside it."""

    def editor(self) -> QWidget:
        """Return the field."""
        made = AskChoice.editor(self)
        assert isinstance(made, ChoiceBox)
        return narrow(made)


def narrow(box: ChoiceBox) -> ChoiceBox:
    """Let a choice be as wide as its place, however long its words are; the list that opens shows them whole."""
    box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_SIGNS)
    return box


@dataclass(frozen=True, slots=True)
class StockGround:
    """What the forms choose from: items, depots with their places, incidents that run."""

    items: tuple[SupplyItem, ...] = ()
    depots: tuple[KnownDepot, ...] = ()
    incidents: tuple[tuple[str, str], ...] = ()

    def item(self, id_: str) -> SupplyItem | None:
        """Return an item, None when it is not there."""
        return next((one for one in self.items if one.id == id_), None)


def read_ground(desk: Desk) -> StockGround:
    """Read what the forms choose from. Runs on the store thread."""
    running = tuple((each.id, f"{each.number} {each.title}") for each in incidents.list_open(desk))
    return StockGround(tuple(supplies.list_items(desk)), tuple(supplies.list_depots(desk, with_places=True)), running)


class StockActs:
    """Asks and does; a refusal stays in the form, a notice gives the last act back."""

    def __init__(self, place: Workplace, form: InlineForm) -> None:
        self.place, self.form, self.ground = place, form, StockGround()

    # -- in ------------------------------------------------------------------------------------------------------------
    def receive(self, line: StockLine | None, *, source: LotSource = LotSource.PURCHASE) -> None:
        """Ask for goods that come in."""
        giver = pgettext("gift", "From whom") if source is LotSource.DONATION else field_label("supplier")
        item = self.ground.item(line.item_id) if line is not None else None
        chosen = self.candidate(item) if item is not None else None
        fields = (
            AskPlace(name="item_id", label=field_label("item"), candidates=self.find_items, area=chosen),
            self._depot(line), self._quantity(line),
            AskLot(name="lot_number", label=field_label("lot_number"), scanned=lambda _edit, code: self._scanned_receipt(code)),
            AskChoice(name="source", label=field_label("source"), choices=[(one.value, label(one)) for one in LotSource], value=source.value),
            Ask(name="produced_on", label=field_label("produced_on"), hint="2026-01-31"),
            Ask(name="expires_on", label=field_label("expires_on"), hint=_("2027-01-31, or empty: by its shelf life")),
            Ask(name="supplier", label=giver), Ask(name="price", label=_("Price of one, yuan"), hint="45.50"))
        self.form.ask(_("Receive goods"), fields, _("Take in"), self._receive, focus="quantity" if item is not None else "item_id")

    def _scanned_receipt(self, code: str) -> None:
        """More of a lot that has a label: item, number and dates are its own."""
        def show(lot: Lot) -> None:
            item, form = self.ground.item(lot.item_id), self.form
            picker = form.editors.get("item_id")
            if item is not None and isinstance(picker, AreaPicker):
                picker.set_answer(self.candidate(item))
            for name, told in (("lot_number", lot.number), ("produced_on", lot.produced_on), ("expires_on", lot.expires_on),
                               ("supplier", lot.supplier)):
                form.set_answer(name, str(told or ""))
            form.editors["quantity"].setFocus()

        self.look_up(code, show)

    def look_up(self, typed: str, then: Callable[[Lot], object]) -> None:
        """Find the lot of a scanned code; a refusal is told in the form."""
        desk = self.place.desk
        self.place.ask(lambda: stock_counts.find_lot(desk, typed=typed), then=then, refused=self.form.refused)

    def _receive(self, answers: Answers) -> None:
        def read() -> Receipt:
            item = self.ground.item(answers["item_id"])
            if item is None:
                raise FieldMissing(name="item_id")
            quantity, unit = as_amount("quantity", answers["quantity"])
            produced, expires = as_date("produced_on", answers["produced_on"]), as_date("expires_on", answers["expires_on"])
            if expires is None and produced is not None and item.shelf_months:
                expires = months_later(produced, item.shelf_months)
            site, _blank, place = answers["site_id"].partition(":")
            return Receipt(item_id=item.id, site_id=Id(site), place_id=Id(place) if place else None, quantity=quantity, unit=unit,
                           lot_number=answers["lot_number"], source=LotSource(answers["source"]), produced_on=produced, expires_on=expires,
                           supplier=answers["supplier"], price_fen=as_fen("price", answers["price"]))

        self._read(read, lambda receipt: self._do(lambda: stock.receive(self.place.desk, receipt=receipt), _("Taken in")))

    def bring_back(self, line: StockLine) -> None:
        """Ask for goods that come back from an incident."""
        self._ask(line, _("{item}: bring back from use"), _("Return to stock"), (self._quantity(line), self._incident()),
                  lambda asked, _answers: stock.bring_back(self.place.desk, asked=asked), told=_("Brought back"), any_lot=True)

    # -- out -----------------------------------------------------------------------------------------------------------
    def issue(self, line: StockLine) -> None:
        """Ask for goods that go out."""
        fields = (self._quantity(line), self._incident(), self.lot_field(), Ask(name="counterpart", label=_("To whom")))
        self._ask(line, _("{item}: issue from {depot}"), _("Issue goods"), fields,
                  lambda asked, _answers: stock.issue(self.place.desk, asked=asked), told=pgettext("goods", "Issued"))

    def keep_back(self, line: StockLine) -> None:
        """Ask for goods that are kept back for an incident."""
        self._ask(line, _("{item}: keep back at {depot}"), _("Keep back"), (self._quantity(line), self._incident()),
                  lambda asked, _answers: stock.reserve(self.place.desk, asked=asked), told=_("Kept back"), any_lot=True)

    def write_off(self, line: StockLine) -> None:
        """Ask for goods of a lot that are scrapped."""
        fields = (self._quantity(line, line.free), *self._reasons())
        self._ask(line, _("{item}, lot {lot}: write off"), _("Write off"), fields,
                  lambda asked, _answers: stock.write_off(self.place.desk, asked=asked), told=_("Written off"))

    # -- on the shelf --------------------------------------------------------------------------------------------------
    def move(self, line: StockLine) -> None:
        """Ask where goods of a lot are moved."""
        places = self._places(but=f"{line.site_id}:{line.place_id}")
        fields = (self._quantity(line), NarrowChoice(name="to", label=field_label("to_place"), choices=places))

        def do(asked: Asked, answers: Answers) -> Done[Any]:
            site, _blank, place = answers["to"].partition(":")
            return stock.relocate(self.place.desk, asked=asked, to_site_id=Id(site), to_place_id=Id(place) if place else None)

        self._ask(line, _("{item}, lot {lot}: move from {depot}"), _("Relocate"), fields, do, told=_("Moved"))

    def quarantine(self, line: StockLine) -> None:
        """Ask why goods of a lot are put aside."""
        self._ask(line, _("{item}, lot {lot}: put in quarantine"), _("Put aside"), (self._quantity(line, line.free), self._reasons()[0]),
                  lambda asked, _answers: stock.quarantine(self.place.desk, asked=asked), told=_("Put in quarantine"))

    def release(self, line: StockLine) -> None:
        """Ask why goods of a lot are good after all."""
        self._ask(line, _("{item}, lot {lot}: release from quarantine"), _("Release"),
                  (self._quantity(line, line.quarantined), self._reasons()[0]),
                  lambda asked, _answers: stock.release(self.place.desk, asked=asked), told=_("Released"))

    def count(self, line: StockLine) -> None:
        """Ask how many of a lot were counted at its place."""
        fields = (Ask(name="quantity", label=_("Counted"), value=str(line.on_hand)), *self._reasons(_("stocktake")))
        self._ask(line, _("{item}, lot {lot}: enter a count at {depot}"), _("Enter"), fields,
                  lambda asked, _answers: stock.correct_count(self.place.desk, asked=asked, counted=asked.quantity), told=_("Count entered"))

    # -- the parts of a form -------------------------------------------------------------------------------------------
    def _quantity(self, line: StockLine | None, value: int | None = None) -> Ask:
        hint = _("in {unit}, or packs: 3 箱").format(unit=unit_word(line.unit)) if line is not None else _("12, or packs: 3 箱")
        return Ask(name="quantity", label=field_label("quantity"), hint=hint, value=str(value) if value else "")

    def _incident(self) -> AskChoice:
        choices = [("", _("without an incident")), *self.ground.incidents]
        return NarrowChoice(name="incident_id", label=field_label("incident_id"), choices=choices,
                            value=self.ground.incidents[0][0] if len(self.ground.incidents) == 1 else "")

    def lot_field(self, *, name: str = "lot", span: int = 3) -> AskLot:
        """Return the field of a lot that may be left to the rule, be typed, or be scanned."""
        def show(edit: LotEdit, code: str) -> None:
            self.look_up(code, lambda lot: self._show_scanned(edit, lot))

        return AskLot(name=name, label=field_label("lot"), hint=_("empty: the one that expires first; or scan its label"), scanned=show,
                      span=span)

    def _show_scanned(self, edit: LotEdit, lot: Lot) -> None:
        """A label says what lies there and where: the item and the depot of the form follow it, where the form asks for them."""
        desk = self.place.desk
        edit.show_lot(lot.id, lot.number)
        item, box = self.form.editors.get("item_id"), self.form.editors.get("site_id")
        if isinstance(item, AreaPicker) and (known := self.ground.item(lot.item_id)) is not None:
            item.set_answer(self.candidate(known))
        if isinstance(box, ChoiceBox):
            self.place.ask(lambda: stock_counts.places_of_lot(desk, lot_id=lot.id), then=lambda sites: _choose_one_of(box, sites))

    def _reasons(self, reason: str = "") -> tuple[Ask, Ask]:
        return (Ask(name="reason", label=field_label("reason"), value=reason), Ask(name="approved_by", label=field_label("approved_by")))

    def _depot(self, line: StockLine | None) -> AskChoice:
        return NarrowChoice(name="site_id", label=field_label("depot"), choices=self._places(),
                         value=f"{line.site_id}:{line.place_id}" if line is not None else "")

    def _places(self, *, but: str = "") -> list[tuple[str, str]]:
        """Return every depot and every bin in it."""
        found = []
        for known in self.ground.depots:
            name = in_words(known.site.name, known.site.name_en)
            for key, words in [(f"{known.site.id}:{known.site.id}", name), *(
                    (f"{known.site.id}:{one.id}", f"{name} {one.words}") for one in known.places if one.id != known.site.id)]:
                if key != but:
                    found.append((key, words))
        return found

    def find_items(self, text: str) -> Sequence[Candidate]:
        """Return the items that fit what is typed, by name, pinyin, initials or code."""
        words = text.lower().split()
        fitting = (one for one in self.ground.items if words and all(word in one.search_key or word in one.name for word in words))
        return [self.candidate(one) for one, _place in zip(fitting, range(_MOST_OFFERED), strict=False)]

    def candidate(self, item: SupplyItem) -> Candidate:
        """Return an item as a field of choice offers it."""
        return item.id, in_words(item.name, item.name_en), f"{item.code} {item.specification}".strip()

    # -- asking and doing ----------------------------------------------------------------------------------------------
    def _ask(
        self, line: StockLine, title: str, act: str, fields: Sequence[Ask], do: Callable[[Asked, Answers], Done[Any]], *, told: str,
        any_lot: bool = False,
    ) -> None:
        names = {"item": in_words(line.item, line.item_en), "lot": line.number, "depot": in_words(line.site, line.site_en)}

        def submit(answers: Answers) -> None:
            def read() -> Asked:
                quantity, unit = as_amount("quantity", answers["quantity"])
                is_this = not any_lot and answers.get("lot", line.number) == line.number
                return Asked(
                    item_id=line.item_id, site_id=line.site_id, quantity=quantity, unit=unit, lot_id=line.lot_id if is_this else None,
                    place_id=line.place_id if is_this else None, incident_id=Id(answers["incident_id"]) if answers.get("incident_id") else None,
                    counterpart=answers.get("counterpart", ""), reason=answers.get("reason", ""), approved_by=answers.get("approved_by", ""))

            self._read(read, lambda asked: self._do(lambda: do(self.of_lot(asked, answers.get("lot", "")), answers), told))

        self.form.ask(title.format(**names), fields, act, submit)

    def of_lot(self, asked: Asked, typed: str) -> Asked:
        """Return what is asked with the lot that was typed. Runs on the store thread. Raises LotCodeUnknown."""
        if not typed or asked.lot_id is not None:
            return asked
        return replace(asked, lot_id=stock_counts.find_lot(self.place.desk, typed=typed, item_id=asked.item_id).id)

    def _read(self, read: Callable[[], Any], then: Callable[[Any], object]) -> None:
        try:
            value = read()
        except DeskError as error:
            self.form.refused(error)
            return
        then(value)

    def _do(self, act: Callable[[], Done[Any]], told: str) -> None:
        desk, place = self.place.desk, self.place

        def done(answer: Done[Any]) -> None:
            self.form.put_away()
            document = answer.value
            item = self.ground.item(document.movements[0].item_id)
            words = _("{told}: {quantity} {unit} {item} ({document}).").format(
                told=told, quantity=formats.number(document.quantity), unit=unit_word(item.unit, document.quantity) if item else "",
                item=in_words(item.name, item.name_en) if item else "", document=document.number)
            place.window.notices.done(words, lambda: place.ask(
                lambda: stock.void_document(desk, number=document.number, reason=_("taken back at once"))))

        place.ask(act, then=done, refused=self.form.refused)


def _choose_one_of(box: ChoiceBox, sites: Sequence[Id]) -> None:
    """Leave the depot that stands there if the lot lies in it too; else choose the first that has it."""
    at = [box.findData(site) for site in sites]
    if box.currentIndex() not in at and any(each >= 0 for each in at):
        box.setCurrentIndex(next(each for each in at if each >= 0))
