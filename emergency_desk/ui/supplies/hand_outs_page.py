"""Goods handed to people against signatures: how much, to how many households and people, where the signed list lies.

Names stand on the signed paper alone; F9 prints the list to be signed. One incident's alone when the board of requests opened it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.errors import DeskError, FieldMissing
from emergency_desk.domain.giving_out import HandedOut
from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock import StockAccount
from emergency_desk.domain.stock_acts import Asked
from emergency_desk.services import giving_out, stock
from emergency_desk.services.desk import Desk, Done
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, AskPlace
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.incidents.wide_form import WideForm
from emergency_desk.ui.supplies.reading_amounts import as_amount
from emergency_desk.ui.supplies.stock_acts import NarrowChoice, StockActs, StockGround, read_ground
from emergency_desk.ui.teams.reading_fields import as_number
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.ui.workplace import HAND_OUTS, STOCK, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _, current_language, ngettext, pgettext
from emergency_desk.wording.counting import in_units
from emergency_desk.wording.labels import field_label

_HERE = (HAND_OUTS,)
_SHELF, _IN_USE = "shelf", "in_use"
ACTIONS = (
    Action("hand_outs_new", N_("Hand goods to people"), "hand_out", "Ctrl+N", _HERE, short=N_("hand out")),
    Action("hand_outs_print", N_("Print the list to be signed"), "print_list", "F9", _HERE, short=N_("list to sign")),
    Action("hand_outs_leave", N_("Back to the page before"), "leave", "Escape", _HERE, short=N_("back")),
)


@dataclass(frozen=True, slots=True)
class Read:
    """What was handed out, and what the form chooses from."""

    lines: tuple[HandedOut, ...]
    ground: StockGround


def read_hand_outs(desk: Desk, incident_id: Id | None) -> Read:
    """Read the list. Runs on the store thread."""
    return Read(tuple(giving_out.handed_out(desk, incident_id=incident_id)), read_ground(desk))


class HandOutsPage(LivePage):
    """What was handed to people."""

    subjects = frozenset({Subject.STOCK, Subject.SUPPLY, Subject.DEPOT, Subject.INCIDENT})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(ACTIONS)
        self.incident_id: Id | None = None
        self._read = Read((), StockGround())
        self.lines = KeyedList((
            Column(pgettext("hand-out", "When"), width=132), Column(_("Goods"), stretch=4), Column(_("For"), stretch=4),
            Column(field_label("households"), width=96, right=True), Column(field_label("heads"), width=80, right=True),
            Column(field_label("handed_by"), stretch=2), Column(field_label("kept_at"), stretch=3), Column(_("Document"), width=150)),
            {Qt.Key.Key_X: "take_back"}, row_height=44, header=True, empty=_("Nothing was handed to people yet. Ctrl+N enters it."))
        self.lines.setAccessibleName(_("Handed to people: X take back"))
        self.lines.key_pressed.connect(lambda _name, _key: self.take_back())
        self.form = WideForm()
        self.acts = StockActs(place, self.form)
        self.panel = Panel(_("Handed to people"))
        self.panel.add_list(self.lines, 1)
        self.panel.body.addWidget(self.form)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.panel)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place.window.rail.mark(STOCK)

    # -- reading -------------------------------------------------------------------------------------------------------
    def show_incident(self, incident_id: Id | None) -> None:
        """Show what was handed out in one incident; None shows all."""
        self.incident_id = incident_id
        self.forget()

    def reader(self) -> Callable[[], Read]:
        desk, incident_id = self.place.desk, self.incident_id
        return lambda: read_hand_outs(desk, incident_id)

    def show_read(self, answer: Read) -> None:
        self._read, self.acts.ground = answer, answer.ground
        now = self.now()
        self.lines.show_lines([hand_out_line(one, now) for one in answer.lines])
        self.lines.choose_first()
        standing = [one.distribution for one in answer.lines if not one.is_taken_back]
        told = ngettext("{count} time, {heads} people · X take back", "{count} times, {heads} people · X take back", len(standing)).format(
            count=formats.number(len(standing)), heads=formats.number(sum(one.heads for one in standing)))
        self.panel.set_head(note=told if standing else "")
        if not self.form.isVisible():
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def chosen(self) -> HandedOut | None:
        """What the current line stands for."""
        key = self.lines.current_key
        return next((one for one in self._read.lines if one.distribution.id == key), None)

    # -- acts ----------------------------------------------------------------------------------------------------------
    def hand_out(self) -> None:
        """Ask what is handed to whom; of people only how many are kept."""
        ground = self._read.ground
        running = [("", _("without an incident")), *ground.incidents]
        incident = self.incident_id or (ground.incidents[0][0] if len(ground.incidents) == 1 else "")
        depots = [(one.site.id, in_words(one.site.name, one.site.name_en)) for one in ground.depots]
        starts = ((_SHELF, _("from the shelf of the depot")), (_IN_USE, _("from what is in use at the incident")))
        fields = (
            AskPlace(name="item_id", label=field_label("item"), candidates=self.acts.find_items, span=4),
            Ask(name="quantity", label=field_label("quantity"), hint=_("12, or packs: 3 箱"), span=2),
            AskChoice(name="start", label=_("From where"), choices=starts, value=_IN_USE if self.incident_id else _SHELF, span=3),
            NarrowChoice(name="site_id", label=field_label("depot"), choices=depots, span=3),
            NarrowChoice(name="incident_id", label=field_label("incident_id"), choices=running, value=incident, span=4),
            self.acts.lot_field(span=3),
            Ask(name="households", label=field_label("households"), span=2), Ask(name="heads", label=field_label("heads"), span=3),
            Ask(name="place", label=_("Handed out at"), span=3), Ask(name="handed_by", label=field_label("handed_by"), span=2),
            Ask(name="kept_at", label=field_label("kept_at"), span=3), Ask(name="note", label=field_label("note"), span=4))
        self.form.ask(_("Hand goods to people against signatures"), fields, _("Handed out"), self._hand_out,
                      note=_("Names stand on the signed list alone; the desk keeps how many households and people, and where the list lies."))

    def _hand_out(self, answers: Answers) -> None:
        desk = self.place.desk

        def read() -> tuple[Asked, dict[str, Any]]:
            item = self.acts.ground.item(answers["item_id"])
            if item is None:
                raise FieldMissing(name="item_id")
            quantity, unit = as_amount("quantity", answers["quantity"])
            incident = answers["incident_id"]
            asked = Asked(item_id=item.id, site_id=Id(answers["site_id"]), quantity=quantity, unit=unit,
                          incident_id=Id(incident) if incident else None, note=answers["note"])
            told = {name: as_number(name, answers[name]) or 0 for name in ("households", "heads")}
            start = StockAccount.IN_USE if answers["start"] == _IN_USE else StockAccount.FREE
            return asked, {**told, "start": start, **{name: answers[name] for name in ("place", "handed_by", "kept_at")}}

        try:
            asked, told = read()
        except DeskError as error:
            self.form.refused(error)
            return
        self.place.ask(lambda: giving_out.hand_out(desk, asked=self.acts.of_lot(asked, answers["lot"]), **told), then=self._handed_out,
                       refused=self.form.refused)

    def _handed_out(self, answer: Done[giving_out.Distribution]) -> None:
        self.form.put_away()
        number = answer.value.document
        self.place.window.notices.done(_("Handed out: {document}.").format(document=number), lambda: self._void(number))

    def _void(self, number: str) -> None:
        desk = self.place.desk
        self.place.ask(lambda: stock.void_document(desk, number=number, reason=_("taken back at once")))

    def take_back(self) -> None:
        """Ask why what was entered is taken back; its goods are back where they came from."""
        one, desk = self.chosen, self.place.desk
        if one is None or one.is_taken_back:
            return
        number = one.distribution.document

        def done(_answer: Done[Any]) -> None:
            self.form.put_away()
            self.place.window.notices.done(_("Taken back: {document}.").format(document=number))

        self.form.ask(_("Take {document} back; its goods are where they were").format(document=number),
                      (Ask(name="reason", label=field_label("reason"), span=12),), _("Take it back"),
                      lambda answers: self.place.ask(lambda: stock.void_document(desk, number=number, reason=answers["reason"]), then=done,
                                                     refused=self.form.refused))

    def print_list(self) -> None:
        """Preview the list to be signed for what is out in use at an incident."""
        running = self._read.ground.incidents
        chosen = self.chosen
        incident = self.incident_id or (chosen.distribution.incident_id if chosen is not None else None)
        if incident is None and len(running) == 1:
            incident = Id(running[0][0])
        if incident is not None:
            self.place.preview("distribution-list", incident)
        elif not running:
            self.place.window.notices.refuse(_("No incident runs, so no list is to be signed."))
        else:
            self.form.ask(_("Print the list to be signed"), (
                AskChoice(name="incident_id", label=field_label("incident_id"), choices=running, span=12),), _("Show the list"),
                lambda answers: self._print(Id(answers["incident_id"])))

    def _print(self, incident_id: Id) -> None:
        self.form.put_away()
        self.place.preview("distribution-list", incident_id)


def hand_out_line(one: HandedOut, now: datetime) -> Line:
    """Return what was handed out once; what was taken back is told so."""
    told, language = one.distribution, current_language()
    tone = Tone.SECONDARY if one.is_taken_back else Tone.TEXT
    goods = f"{one.item.in_language(language)} {in_units(told.quantity, one.unit)}"
    whom = f"{one.incident_number} {one.incident_title}".strip() or _("without an incident")
    document = Cell(told.document, Tone.RED, size="small", shape=Shape.UNAVAILABLE, below=_("taken back")) if one.is_taken_back else Cell(
        told.document, Tone.SECONDARY, size="small")
    return line(told.id, Cell(formats.when(told.occurred_at, now=now), tone), Cell(goods, tone, strong=not one.is_taken_back, below=told.note),
                Cell(whom, Tone.SECONDARY, below=told.place, hint=whom), Cell(formats.number(told.households) if told.households else "—", tone),
                Cell(formats.number(told.heads) if told.heads else "—", tone), Cell(told.handed_by, tone),
                Cell(told.kept_at or "—", Tone.SECONDARY, hint=told.kept_at), document)
