"""Units an officer must reach: special command posts and departments, with their duty phones in large digits; list and form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.contact_tries import ContactTry
from emergency_desk.domain.errors import FieldUnreadable
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.plan_links import digits
from emergency_desk.domain.units import Unit, UnitKind
from emergency_desk.services import plan_contacts, units
from emergency_desk.services.desk import Desk, Done
from emergency_desk.ui.plans.contact_panel import TRIED_KEYS, TriedButtons
from emergency_desk.ui.teams.reading_fields import as_list
from emergency_desk.ui.teams.record_form import FieldSpec, Section
from emergency_desk.ui.teams.record_page import RecordPage
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.units.retirable_list import RetirableList
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.workplace import UNIT_FORM, UNITS, Workplace
from emergency_desk.wording.catalog import _, current_language, ngettext
from emergency_desk.wording.formats import calendar_day
from emergency_desk.wording.labels import field_label, label


class UnitsPage(RetirableList):
    """The list of units. A and N keep whether somebody answered when the duty phone was rung."""

    page_id, form_id = UNITS, UNIT_FORM
    kind_of_list, paper = "units", "contact-list"
    subjects = frozenset({Subject.UNIT, Subject.AREA, Subject.CONTACT_TRY})
    keys = {**RetirableList.keys, **TRIED_KEYS}

    def __init__(self, place: Workplace) -> None:
        self._tries: dict[str, ContactTry] = {}
        super().__init__(place)
        self.lines.setAccessibleName(_("Units: Enter change, R retire or take back into use, A answered, N no answer"))
        self.tried_buttons = TriedButtons()
        self.detail.body.addWidget(self.tried_buttons)
        self.tried_buttons.hide()
        self.tried_buttons.tried.connect(lambda is_answered: self._rang(self.lines.current_key, is_answered=is_answered))
        self.lines.key_pressed.connect(lambda name, key: self._rang(key, is_answered=name == "answered") if name in TRIED_KEYS.values() else None)

    def reader(self) -> Callable[[], Any]:
        read, desk = super().reader(), self.place.desk
        return lambda: (read(), plan_contacts.tries_of_units(desk))

    def show_read(self, answer: Any) -> None:
        records, self._tries = answer
        super().show_read(records)

    def _show_record(self, key: str) -> None:
        super()._show_record(key)
        unit = self.records.get(key)
        self.tried_buttons.setVisible(unit is not None and bool(unit.duty_phone) and self.place.desk.can(Act.TRY_CONTACT))

    def _rang(self, key: str, *, is_answered: bool) -> None:
        """Keep how the ringing of a unit's duty phone ended."""
        unit, desk = self.records.get(key), self.place.desk
        if unit is None or not self.tried_buttons.isVisibleTo(self):
            return
        words = _("{unit}: answered, kept.") if is_answered else _("{unit}: no answer, kept. The number stays doubtful until somebody answers.")
        self.place.ask(lambda: plan_contacts.try_contact(desk, unit=unit.name, phone=unit.duty_phone, is_answered=is_answered),
                       then=lambda _done: self.place.window.notices.done(words.format(unit=self.name_of(unit))))

    def _tried(self, unit: Unit) -> str:
        """Tell when the duty phone was last rung."""
        last = self._tries.get(unit.name)
        if not unit.duty_phone:
            return ""
        if last is None or digits(last.phone) != digits(unit.duty_phone):
            return _("never")
        day = calendar_day(local_day(last.tried_at))
        return _("answered on {day}").format(day=day) if last.is_answered else _("no answer on {day}").format(day=day)

    def title(self) -> str:
        return _("Units and command posts")

    def kinds(self) -> Sequence[tuple[str, str]]:
        return [(kind.value, label(kind)) for kind in UnitKind]

    def columns(self) -> Sequence[Column]:
        return (Column(_("Unit"), stretch=True), Column(_("Kind"), width=170), Column(_("Lead department"), width=170),
                Column(_("Duty phone"), width=140))

    def read_of_use(self, text: str, kind: str, *, is_retired: bool) -> list[Any]:
        return list(units.list_units(self.place.desk, text=text, kind=UnitKind(kind) if kind else None, is_retired=is_retired))

    def retire(self, desk: Desk, id_: Id) -> Done[Unit]:
        return units.retire_unit(desk, unit_id=id_)

    def bring_back(self, desk: Desk, id_: Id) -> Done[Unit]:
        return units.bring_back_unit(desk, unit_id=id_)

    def line_of(self, record: Any) -> Line:
        return line(record.id, Cell(in_words(record.name, record.name_en), strong=record.kind is UnitKind.SPECIAL_HQ),
                    Cell(label(record.kind), Tone.SECONDARY), Cell(record.lead_unit), Cell(record.duty_phone or "—", strong=True))

    def phone_of(self, record: Any) -> str:
        return str(record.duty_phone)

    def name_of(self, record: Any) -> str:
        return in_words(record.name, record.name_en)

    def facts_of(self, record: Any) -> Sequence[tuple[str, str]]:
        namer = self.place.namer()
        hazards = _(", ").join(namer.trade.type(one).name.in_language(current_language()) for one in record.hazards)
        return (
            (field_label("contact_tried_on"), self._tried(record)), (field_label("kind"), label(record.kind)),
            (field_label("hazards"), hazards), (field_label("lead_unit"), record.lead_unit),
            (field_label("member_units"), _(", ").join(record.member_units)), (field_label("office"), record.office),
            (field_label("standing_members"), _(", ").join(record.standing_members)), (field_label("contact"), record.contact),
            (field_label("fax"), record.fax), (field_label("area"), namer.area(record.area_id)), (field_label("address"), record.address),
            (field_label("code"), record.code), (field_label("note"), record.note), (field_label("source"), record.source))

    def count_words(self, count: int) -> str:
        return ngettext("{count} unit · ⏎ change", "{count} units · ⏎ change", count).format(count=count)


class UnitFormPage(RecordPage):
    """The form of a unit."""

    page_id = UNIT_FORM

    def sections(self) -> Sequence[Section]:
        kinds = [(kind.value, label(kind)) for kind in UnitKind]
        return (
            Section(_("Required fields"), (FieldSpec(name="name"), FieldSpec(name="kind", choices=kinds, read=UnitKind),
                                  FieldSpec(name="duty_phone", letters="large"))),
            Section(_("How to reach it"), (
                FieldSpec(name="contact"), FieldSpec(name="fax"),
                FieldSpec(name="area_id", label=_("Area and address"), candidates=self.find_areas,
                          hint=_("name, pinyin or initials; then the address")),
                FieldSpec(name="name_en"), FieldSpec(name="code"), FieldSpec(name="note"))),
            Section(_("Of a special command post"), (
                FieldSpec(name="lead_unit"), _listed("member_units"), FieldSpec(name="office"), _listed("standing_members"),
                FieldSpec(name="hazards", rows=3, read=self._hazards, word=self._hazard_words, hint=_("names with commas between them"))), 1),
        )

    def _hazards(self, typed: str) -> tuple[str, ...]:
        types = self.place.desk.trade.types
        by_word = {word.lower(): one.id for one in types for word in (one.id, one.name.zh, one.name.en)}
        found = []
        for part in as_list(typed):
            if part.lower() not in by_word:
                names = _(", ").join(one.name.in_language(current_language()) for one in types)
                raise FieldUnreadable(name="hazards", typed=part, expected=_("one of these: {names}").format(names=names))
            found.append(by_word[part.lower()])
        return tuple(dict.fromkeys(found))

    def _hazard_words(self, ids: tuple[str, ...]) -> str:
        return _(", ").join(self.place.desk.trade.type(one).name.in_language(current_language()) for one in ids)

    def blank(self) -> Unit:
        return Unit(id=Id(""), kind=UnitKind.DEPARTMENT, name="")

    def read_record(self, id_: Id) -> Unit:
        return units.get_unit(self.place.desk, unit_id=id_)

    def made(self, values: dict[str, Any]) -> Unit:
        made: Unit = replace(self.before, **(values | {"area_id": values["area_id"] or None}))
        return made

    def keep(self, before: Unit, record: Unit) -> Done[Unit]:
        return units.keep_unit(self.place.desk, unit=record)

    def told(self, record: Unit) -> str:
        return _("{unit} is kept.").format(unit=in_words(record.name, record.name_en))

    def title_of(self, record: Unit) -> str:
        return in_words(record.name, record.name_en) or _("A new unit")


def _listed(name: str) -> FieldSpec:
    return FieldSpec(name=name, rows=3, read=as_list, word=lambda value: _(", ").join(value), hint=_("names with commas between them"))
