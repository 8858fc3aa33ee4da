"""The left side of the call form: three numbered questions, and the rest that can wait. It knows no service.

Answers go out as a `CallDraft`; what is typed, readable or not, goes out as a dict of strings for the draft that is kept.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from emergency_desk.domain.advice import NOBODY, CallDraft
from emergency_desk.domain.errors import FieldMissing, Refused
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incident_types import IncidentType
from emergency_desk.domain.incidents import Caller, Figures, Source
from emergency_desk.domain.teams import HowHeard
from emergency_desk.ui.incidents import call_reading
from emergency_desk.ui.incidents.call_parts import ChoiceBox, Figure, QuestionHead
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.area_picker import AreaPicker, Candidates
from emergency_desk.ui.widgets.fields import NumberEdit, mark_refused, set_flag
from emergency_desk.ui.widgets.labels import dress, hairline, text_label
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, current_language, pgettext
from emergency_desk.wording.labels import field_label, label

FIGURES = ("dead", "badly_hurt", "hurt", "trapped", "missing", "evacuate")
_HOW = (HowHeard.PHONE, HowHeard.IN_PERSON, HowHeard.MESSAGE, HowHeard.RADIO)


class CallFields(Panel):
    """`changed` with every change of an answer."""

    changed = Signal()

    def __init__(self, candidates: Candidates, types: tuple[IncidentType, ...]) -> None:
        super().__init__()
        self._types = {kind.id: kind for kind in types}
        self._received_at: datetime | None = None
        self._filling = False
        self._make(candidates, types)
        self._lay_out()
        self._listen()

    # -- the answers ---------------------------------------------------------------------------------------------------
    @property
    def is_empty(self) -> bool:
        """Say whether nothing was typed yet."""
        typed = [edit.text() for edit in self._lines.values()] + [edit.text() for edit in self.figures.values()]
        return not self.kind.value and not any(text.strip() for text in typed)

    def set_received(self, moment: datetime) -> None:
        """Set when the call came in; clock times are read as before it."""
        self._received_at = moment
        self._show_occurred()

    def question(self) -> CallDraft:
        """Return as much of the answers as the desk's advice hangs on; what cannot be read yet counts as unknown."""
        coordinates = self._coordinates()
        return CallDraft(
            words=self.words.text().strip(), area_id=Id(self.place.area_id) if self.place.area_id else None, address=self.place.address,
            figures=Figures(**{name: edit.value for name, edit in self.figures.items()}), type_id=self.kind.value,
            received_at=self._received_at, latitude=coordinates[0] if coordinates else None,
            longitude=coordinates[1] if coordinates else None)

    def draft(self) -> CallDraft:
        """Return all the answers. Ask `fault` before: it raises where a field cannot be read."""
        caller = Caller(self.caller.text().strip(), self.phone.text().strip())
        return replace(self.question(), source=Source(self.source.value), caller=caller if caller else NOBODY,
                       occurred_at=self._occurred(), note=self.remark.text().strip())

    def fault(self, *, needs_area: bool) -> Refused | None:
        """Return the first thing that keeps the call from being saved, told at its field."""
        if not self.words.text().strip():
            return FieldMissing(name="words")
        if needs_area and not self.place.area_id:
            typed = self.place.text().strip()
            return call_reading.area_not_found(typed) if typed else FieldMissing(name="area")
        for name, edit in self.figures.items():
            if not edit.is_readable:
                return call_reading.unreadable_number(name, edit.text())
        try:
            self._occurred()
            call_reading.read_coordinates(self.coordinates.text())
        except Refused as refusal:
            return refusal
        return None

    def by_name(self) -> dict[str, QWidget]:
        """Return the fields by the names that refusals know them by."""
        return {
            "words": self.words, "area": self.place, "area_id": self.place, "address": self.place, "occurred_at": self.occurred,
            "received_at": self.occurred, "coordinates": self.coordinates, "latitude": self.coordinates, "longitude": self.coordinates,
            "caller": self.caller, "phone": self.phone, "note": self.remark, "approved_by": self.approved_by, **self.figures,
        }

    @property
    def approval(self) -> tuple[str, str]:
        """Who approved the orders and how, two empty strings when nobody was named."""
        name = self.approved_by.text().strip()
        return (name, self.how.value) if name else ("", "")

    # -- drafts --------------------------------------------------------------------------------------------------------
    def content(self) -> dict[str, str]:
        """Return everything as typed."""
        kept = {name: edit.text() for name, edit in (*self._lines.items(), *self.figures.items()) if edit is not self.place}
        return kept | {
            "area_id": self.place.area_id, "area_name": self.place.area_name,
            "address": self.place.address if self.place.area_id else self.place.text(),
            "type_id": self.kind.value, "source": self.source.value, "how": self.how.value,
        }

    def fill(self, content: dict[str, str]) -> None:
        """Show what a draft kept; an empty dict empties the form."""
        self._filling = True
        for name, edit in (*self._lines.items(), *self.figures.items()):
            mark_refused(edit, "")
            if edit is not self.place:
                edit.setText(content.get(name, ""))
        area_id, name = content.get("area_id", ""), content.get("area_name", "")
        self.place.set_answer((area_id, name, "") if area_id else None, content.get("address", ""))
        self.kind.choose(content.get("type_id", ""))
        self.source.choose(content.get("source", Source.RESIDENT.value))
        self.how.choose(content.get("how", HowHeard.PHONE.value))
        self._filling = False
        self.show_reading("")
        self._changed()

    def show_reading(self, type_id: str | None) -> None:
        """Tell what type the words are read as: "" while nothing is asked, None when they say none."""
        kind = self._types.get(type_id or "")
        told = _("the type is read from the words") if type_id is not None else _("no type is read from this; choose one with Alt+T")
        if kind is not None:
            told = _("read as: {type} · {incident_class}").format(
                type=kind.name.in_language(current_language()), incident_class=label(kind.incident_class))
        self.kind.setItemText(0, told)

    # -- inside --------------------------------------------------------------------------------------------------------
    def _make(self, candidates: Candidates, types: tuple[IncidentType, ...]) -> None:
        language = current_language()
        self.kind = ChoiceBox(_("Type"), (("", ""), *((kind.id, kind.name.in_language(language)) for kind in types)))
        self.kind.setMinimumWidth(280)
        self.kind.setStyleSheet("QComboBox { padding: 2px 8px; } QComboBox:focus { padding: 1px 7px; }")
        self.words = QLineEdit()
        self.words.setProperty("letters", "large")
        self.place = AreaPicker(candidates)
        self.figures: dict[str, NumberEdit] = {}
        self._captioned = [Figure(name) for name in FIGURES]
        for name, figure in zip(FIGURES, self._captioned, strict=True):
            self.figures[name] = figure.edit
        self.caller, self.phone, self.occurred, self.coordinates, self.remark, self.approved_by = (QLineEdit() for _n in range(6))
        self.source = ChoiceBox(_("Source"), tuple((source.value, label(source)) for source in Source))
        self.how = ChoiceBox(_("How it was agreed"), tuple((how.value, label(how)) for how in _HOW))
        self.when = text_label(tone=Tone.SECONDARY, size="small")
        self._lines: dict[str, QLineEdit] = {
            "words": self.words, "place": self.place, "caller": self.caller, "phone": self.phone, "occurred": self.occurred,
            "coordinates": self.coordinates, "note": self.remark, "approved_by": self.approved_by,
        }
        self._name_fields()

    def _name_fields(self) -> None:
        for edit, name in ((self.words, "words"), (self.place, "where"), (self.remark, "note"), (self.coordinates, "coordinates"),
                           (self.caller, "caller"), (self.phone, "phone"), (self.occurred, "occurred_at")):
            edit.setAccessibleName(field_label(name))
        self.approved_by.setAccessibleName(_("Agreed by"))
        self.words.setPlaceholderText(_("in the caller's words"))
        self.place.setPlaceholderText(_("area, then the address"))
        self.caller.setPlaceholderText(_("name"))
        self.phone.setPlaceholderText(_("phone"))
        self.occurred.setPlaceholderText(_("19:26 or 1926"))
        self.coordinates.setPlaceholderText(_("latitude, longitude"))
        self.approved_by.setPlaceholderText(_("with whose consent the teams go"))

    def _lay_out(self) -> None:
        self.body.addWidget(QuestionHead(1, _("What"), self.kind))
        self.body.addWidget(self.words)
        self.body.addSpacing(2)
        self.body.addWidget(QuestionHead(2, pgettext("call", "Where"), _("characters, pinyin or initials; Tab takes the marked one")))
        self.body.addWidget(self.place)
        self.body.addSpacing(2)
        self.body.addWidget(QuestionHead(3, _("How bad"), _("unknown may stay empty, shown as to be verified")))
        figures = QHBoxLayout()
        figures.setSpacing(GAP)
        for figure in self._captioned:
            figures.addWidget(figure, 1)
        self.body.addLayout(figures)
        self.body.addSpacing(4)
        self.body.addWidget(hairline())
        self.body.addWidget(text_label(_("The rest can wait"), tone=Tone.SECONDARY, size="small"))
        self.body.addLayout(self._rest())
        self.body.addStretch(1)
        self.foot = QVBoxLayout()
        self.body.addLayout(self.foot)
        self._order_tabs()

    def _rest(self) -> QGridLayout:
        rest = QGridLayout()
        rest.setHorizontalSpacing(GAP)
        rest.setVerticalSpacing(6)
        rest.setColumnStretch(1, 3)
        rest.setColumnStretch(2, 2)
        rows: tuple[tuple[str, QWidget, QWidget | None], ...] = (
            (field_label("caller"), self.caller, self.phone), (field_label("occurred_at"), self.occurred, self.when),
            (field_label("source"), self.source, None), (field_label("coordinates"), self.coordinates, None),
            (field_label("note"), self.remark, None), (_("Agreed by"), self.approved_by, self.how),
        )
        for row, (word, first, second) in enumerate(rows):
            caption = text_label(word, tone=Tone.SECONDARY)
            caption.setBuddy(first)
            rest.addWidget(caption, row, 0)
            rest.addWidget(first, row, 1, 1, 1 if second is not None else 2)
            if second is not None:
                rest.addWidget(second, row, 2)
        return rest

    def _order_tabs(self) -> None:
        """The three answers first, then the rest, and the type last: it is read from the words and seldom chosen."""
        order = [self.words, self.place, *self.figures.values(), self.caller, self.phone, self.occurred, self.source, self.coordinates,
                 self.remark, self.approved_by, self.how, self.kind]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _listen(self) -> None:
        self.place.answered.connect(self._changed)
        for edit in (*(edit for edit in self._lines.values() if edit is not self.place), *self.figures.values()):
            edit.textChanged.connect(self._changed)
        for box in (self.kind, self.source, self.how):
            box.currentIndexChanged.connect(self._changed)
        self.occurred.textChanged.connect(self._show_occurred)
        self.coordinates.editingFinished.connect(self._mark_coordinates)
        for edit in self.figures.values():
            edit.textChanged.connect(lambda _text, edit=edit: set_flag(edit, "refused", not edit.is_readable))

    def _changed(self) -> None:
        if not self._filling:
            self.changed.emit()

    def _occurred(self) -> datetime | None:
        """Return the time of the event. Raises FieldUnreadable."""
        if self._received_at is None:
            return None
        return call_reading.read_clock(self.occurred.text(), received_at=self._received_at)

    def _coordinates(self) -> tuple[float, float] | None:
        """Return the coordinates as far as they can be read while they are typed."""
        try:
            return call_reading.read_coordinates(self.coordinates.text())
        except Refused:
            return None

    def _show_occurred(self) -> None:
        """Tell how the clock time is read: 23:50 typed at ten past midnight is yesterday's."""
        if self._received_at is None:
            return
        received = formats.clock_time(self._received_at)
        try:
            moment = self._occurred()
        except Refused:
            dress(self.when, tone=Tone.RED)
            self.when.setText(_("not a clock time yet"))
            return
        dress(self.when, tone=Tone.SECONDARY)
        self.when.setText(_("received {time}").format(time=received) if moment is None else _("{moment} (received {time})").format(
            moment=formats.when(moment, now=self._received_at), time=received))

    def _mark_coordinates(self) -> None:
        set_flag(self.coordinates, "refused", bool(self.coordinates.text().strip()) and self._coordinates() is None)

    def focus_first(self) -> None:
        """Put the cursor where the next answer is wanted."""
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
