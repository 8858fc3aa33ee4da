"""One item whole: how many by when and from where, what was left out and why, targets, and the ledger. Escape goes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock_boards import ItemPage
from emergency_desk.domain.stock_columns import StockPaper
from emergency_desk.domain.stock_reports import StockAsked
from emergency_desk.domain.supplies import ItemPhoto, PackChange, ReserveKind, SupplyPromise
from emergency_desk.services import incidents, item_photos, stock, stock_lists, supplies
from emergency_desk.services.areas import find_in
from emergency_desk.services.desk import Done
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.call_telling import candidates
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskPlace, InlineForm
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.supplies.item_panel import made_of_words
from emergency_desk.ui.supplies.photo_acts import PhotoActs
from emergency_desk.ui.supplies.photo_strip import PhotoStrip
from emergency_desk.ui.supplies.reading_amounts import as_amount
from emergency_desk.ui.supplies.register_acts import RegisterActs
from emergency_desk.ui.supplies.stock_acts import NarrowChoice
from emergency_desk.ui.supplies.stock_words import (
    band_columns,
    band_lines,
    colour_pill,
    ledger_line,
    packs_words,
    source_lines,
    target_line,
)
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.area_picker import Candidate
from emergency_desk.ui.widgets.labels import ElidedLabel, text_label
from emergency_desk.ui.widgets.lines import Column
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.pills import PillLabel
from emergency_desk.ui.workplace import STOCK_ITEM, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _, current_language, ngettext
from emergency_desk.wording.labels import field_label

_HERE = (STOCK_ITEM,)
ACTIONS = (
    Action("item_call", N_("Call goods off from an agreement"), "call_off", "Alt+A", _HERE, short=N_("call off")),
    Action("item_target", N_("Set how much there should be"), "set_target", "Alt+T", _HERE, short=N_("target")),
    Action("item_where", N_("Say where it is wanted"), "ask_where", "Alt+W", _HERE, short=N_("wanted at")),
    Action("item_promise", N_("Add what somebody promised"), "add_promise", "Alt+P", _HERE, short=N_("promise")),
    Action("item_packs", N_("Change what a pack holds"), "change_packs", "Alt+B", _HERE, short=N_("packs")),
    Action("item_photo", N_("Add a picture of the item"), "add_photo", "Alt+I", _HERE, short=N_("picture")),
    Action("item_photo_off", N_("Take a picture off"), "take_photo_off", "Alt+O", _HERE, in_bar=False),
    Action("item_leave", N_("Back to the page before"), "leave", "Escape", _HERE, short=N_("back")),
)


class ReadItem(NamedTuple):
    """An item as it was read, the incidents that run, and its pictures."""

    page: ItemPage | None
    running: list[tuple[str, str]]
    photos: list[tuple[ItemPhoto, bytes]]
    pack_changes: list[PackChange]


class ItemWholePage(LivePage):
    """Everything about one item."""

    subjects = frozenset({Subject.STOCK, Subject.SUPPLY, Subject.DEPOT, Subject.PROMISE, Subject.SETTING})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(ACTIONS)
        self.item_id = Id("")
        self.shown: ItemPage | None = None
        self._running: list[tuple[str, str]] = []
        self._photos: list[tuple[ItemPhoto, bytes]] = []
        self.name, self.code = ElidedLabel(size="title"), ElidedLabel(tone=Tone.SECONDARY, size="small")
        self.available, self.made_of = text_label(size="figure"), ElidedLabel(tone=Tone.SECONDARY, size="small")
        self.colour = PillLabel()
        self.wanted_at: tuple[str, str] = ("", "")  # "area" or "incident", and its id
        self.bands = LinesList(band_columns(place.desk.trade.stock.hours, with_sureness=True), row_height=26, header=True, marks_current=False)
        self.bands.setAccessibleName(_("How many by when"))
        self.sources = KeyedList((Column(_("From where"), stretch=4), Column(_("How"), stretch=6), Column(_("Risk"), stretch=4),
                                  Column(_("How many"), width=90, right=True)), {}, row_height=26, header=True,
                                 empty=_("Nothing can be had of this item."))
        self.sources.setAccessibleName(_("From where, at what risk"))
        self.targets = KeyedList((Column(_("Place"), stretch=1), Column(_("Is"), width=112, right=True), Column(_("Should be"), width=182),
                                  Column("", width=56, right=True)), {Qt.Key.Key_E: "edit"}, row_height=26, header=True,
                                 empty=_("No target is set for this item."))
        self.targets.setAccessibleName(_("Targets: E change"))
        self.targets.key_pressed.connect(lambda _name, key: self._change_target(key))
        self.targets.opened.connect(self._change_target)
        self.ledger = KeyedList((Column(_("When"), width=128), Column(_("Movement"), width=190), Column(_("Lot"), width=112),
                                 Column(_("From and to"), stretch=2), Column(_("About"), stretch=1), Column(_("How many"), width=110, right=True),
                                 Column(_("Document"), width=150)), {Qt.Key.Key_Z: "void"}, row_height=26, header=True,
                                empty=_("Nothing of this item was ever moved."))
        self.ledger.setAccessibleName(_("Movements: Z takes one back by its mirror"))
        self.ledger.key_pressed.connect(lambda _name, key: self._void(key))
        self.form = InlineForm(in_a_row=3)
        self.register, self.photo_acts = RegisterActs(place, self.form), PhotoActs(place, self.form)
        self._lay_out()

    def _lay_out(self) -> None:
        self.head, self.right, self.below = Panel(), Panel(_("Targets")), Panel(_("Movements"))
        figure, across, down = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        figure.setSpacing(GAP)
        figure.addWidget(self.name)
        figure.addWidget(self.available)
        figure.addWidget(self.made_of, 1)
        figure.addWidget(self.colour)
        self.head.body.addLayout(figure)
        self.head.body.addWidget(self.code)
        self.head.add_list(self.bands)
        self.head.add_list(self.sources, 1)
        self.head.body.addWidget(self.form)
        self.photos = PhotoStrip()
        self.right.body.addWidget(self.photos)
        self.right.add_list(self.targets, 1)
        self.below.add_list(self.ledger, 1)
        across.setSpacing(GAP)
        across.addWidget(self.head, 3)
        across.addWidget(self.right, 2)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(GAP)
        down.addLayout(across, 5)
        down.addWidget(self.below, 2)

    def show_item(self, item_id: Id) -> None:
        """Turn to an item; where it was wanted is asked anew for another one."""
        if item_id != self.item_id:
            self.wanted_at = ("", "")
        self.item_id = item_id
        self.form.put_away()
        self.forget()

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], ReadItem]:
        desk, item_id = self.place.desk, self.item_id
        sort, id_ = self.wanted_at
        area, incident = (Id(id_) if sort == each else None for each in ("area", "incident"))
        return lambda: ReadItem(
            stock_lists.item_page(desk, item_id=item_id, to_area_id=area, to_incident_id=incident) if item_id else None,
            [(each.id, f"{each.number} {each.title}") for each in incidents.list_open(desk)],
            item_photos.photos_of(desk, item_id=item_id) if item_id else [],
            supplies.list_pack_changes(desk, item_id=item_id) if item_id else [])

    def show_read(self, answer: ReadItem) -> None:
        page, self._running, self._photos, changes = answer
        self.shown = page
        self.photos.show_photos(self._photos)
        if page is None:
            return
        item, namer, now = page.item, self.place.namer(), self.now()
        self.name.setText(in_words(item.name, item.name_en))
        path = " › ".join(in_words(each.name.zh, each.name.en) for each in page.classes)
        doubt = page.classes[-1].doubt if page.classes else ""
        packs = packs_words(item, changes)
        told = (item.code, item.specification, packs, path, _("code in doubt: {doubt}").format(doubt=doubt) if doubt else "")
        self.code.setText(" · ".join(part for part in told if part))
        self.available.setText(formats.number(page.available))
        self.made_of.setText(made_of_words(page))
        self.colour.show_pill(colour_pill(page.colour))
        self.bands.show_lines(band_lines(page, with_sureness=True))
        self.bands.setFixedHeight(self.bands.height_of_lines() + 2)
        self.sources.show_lines(source_lines(page, page.supply[-1]) if page.supply else ())
        hours = page.supply[-1].hours if page.supply else 0
        where = in_words(page.wanted_at.zh, page.wanted_at.en) if page.wanted_at else ""
        note = _("wanted at {place} · from where by +{hours} h") if where else _("from where within {hours} h · Alt+W wanted at")
        self.head.set_head(_("How many by when"), note.format(hours=hours, place=where))
        self.targets.show_lines([target_line(each, page.held.get(each.id, 0), namer, in_words(
            *page.site_names.get(each.site_id or Id(""), ("", ""))), item.unit) for each in page.targets])
        self.right.set_head(note=_("E change") if page.targets else "")
        self.ledger.show_lines([ledger_line(each, now, item.unit) for each in page.movements])
        count = len(page.movements)
        self.below.set_head(note=ngettext("{count} newest · Z take back", "{count} newest · Z take back", count).format(count=count))
        if not any(each.hasFocus() for each in (self.sources, self.ledger, self.targets)) and not self.form.isVisible():
            self.sources.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- acts ----------------------------------------------------------------------------------------------------------
    def call_off(self) -> None:
        """Ask for goods that are called off from an agreement."""
        page = self.shown
        agreements = [one for one in page.promises if one.kind is ReserveKind.CONTRACT] if page else []
        if page is None or not agreements:
            self.place.window.notices.refuse(_("Nobody has agreed to deliver this item."))
            return
        choices = [(one.id, self._agreement(page, one)) for one in agreements]
        chosen = self.sources.current_key.removeprefix("reserve_contract:")
        fields = (NarrowChoice(name="promise", label=field_label("promise"), choices=choices, value=chosen, is_long=True),
                  Ask(name="quantity", label=field_label("quantity")), Ask(name="told_to", label=field_label("told_to")),
                  NarrowChoice(name="incident_id", label=field_label("incident_id"), choices=[("", _("without an incident")), *self._running]))
        self.form.ask(_("Call off from an agreement"), fields, _("Call off"), self._call_off, focus="quantity",
                      note=_("The shelf does not change before the goods come in; then receive them."))

    def ask_where(self) -> None:
        """Ask where the goods are wanted: goods that are too far by an hour count in the next."""
        choices = [("", _("an area, written beside")), *self._running]
        sort, id_ = self.wanted_at
        fields = (NarrowChoice(name="incident_id", label=_("Place of an incident"), choices=choices, value=id_ if sort == "incident" else ""),
                  AskPlace(name="area_id", label=_("or an area"), candidates=self._areas))
        self.form.ask(_("Where it is wanted"), fields, _("Reckon"), self._wanted,
                      note=_("Both empty: what there is, wherever it is wanted. Ways are estimated as those of teams are."))

    def _areas(self, text: str) -> list[Candidate]:
        desk = self.place.desk
        return candidates(find_in(desk.memory.tree(), text=text, below=desk.area_id), text, current_language())

    def _wanted(self, answers: Answers) -> None:
        if answers["incident_id"]:
            self.wanted_at = ("incident", answers["incident_id"])
        else:
            self.wanted_at = ("area", answers["area_id"]) if answers["area_id"] else ("", "")
        self.form.put_away()
        self.forget()

    def set_target(self) -> None:
        """Ask how much there should be."""
        if self.shown is not None:
            self.register.target(self.shown)

    def _change_target(self, key: str) -> None:
        """Ask for other numbers of a target."""
        known = next((one for one in self.shown.targets if one.id == key), None) if self.shown is not None else None
        if self.shown is not None and known is not None:
            self.register.target(self.shown, known)

    def change_packs(self) -> None:
        """Ask what a pack holds from now on, and why."""
        if self.shown is not None:
            self.register.packs(self.shown.item)

    def add_photo(self) -> None:
        """Ask for a picture of the item."""
        if self.shown is not None:
            self.photo_acts.add(self.shown.item.id)

    def take_photo_off(self) -> None:
        """Ask which picture is taken off."""
        self.photo_acts.take_off(self._photos)

    def add_promise(self) -> None:
        """Ask what somebody promised."""
        if self.shown is not None:
            self.register.promise(self.shown)

    def _agreement(self, page: ItemPage, one: SupplyPromise) -> str:
        left = max(0, one.quantity - page.drawn.get(one.id, 0))
        return _("{partner}: {left} left, within {hours} h · {phone}").format(
            partner=one.partner, left=formats.number(left), hours=one.call_off_hours, phone=one.phone or "—")

    def _call_off(self, answers: Answers) -> None:
        desk, page = self.place.desk, self.shown
        if page is None:
            return
        promise_id = Id(answers["promise"])

        def act() -> Done[object]:
            quantity, unit = as_amount("quantity", answers["quantity"])
            return supplies.call_off(desk, promise_id=promise_id, quantity=page.item.in_units(quantity, unit), told_to=answers["told_to"],
                                     incident_id=Id(answers["incident_id"]) if answers["incident_id"] else None)  # type: ignore[return-value]

        def done(answer: Done[object]) -> None:
            self.form.put_away()
            quantity = answer.value.quantity  # type: ignore[attr-defined]
            self.place.window.notices.done(
                _("{count} called off. Receive the goods when they come.").format(count=formats.number(quantity)),
                lambda: self.place.ask(lambda: supplies.give_back_draw(desk, promise_id=promise_id, quantity=quantity,
                                                                      reason=_("taken back at once"))))

        self.place.ask(act, then=done, refused=self.form.refused)

    def _void(self, key: str) -> None:
        """Ask why a document is taken back."""
        if not key:
            return
        document, desk = key.split(":")[0], self.place.desk

        def do(answers: Answers) -> None:
            self.place.ask(lambda: stock.void_document(desk, number=document, reason=answers["reason"]),
                           then=lambda _done: self._voided(document), refused=self.form.refused)

        self.form.ask(_("Take document {document} back").format(document=document), (
            Ask(name="reason", label=field_label("reason"), is_long=True),), _("Take back"), do,
            note=_("The document stays in the books; a further one takes it back."))

    def _voided(self, document: str) -> None:
        self.form.put_away()
        self.place.window.notices.done(_("Document {document} is taken back.").format(document=document))

    def open_stock_papers(self) -> None:
        """Open the card of the item; the other papers beside it are of all items."""
        self.place.preview_stock(StockPaper.CARD, StockAsked(card_of=self.item_id))
