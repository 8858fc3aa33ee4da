"""Agreements with neighbours, units and firms: what is promised, how soon, until when; list and form.

Whether one counts as a unit's own means is told with the reason (GB 30077-2023 §8.3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from emergency_desk.domain.agreements import OWN_WITHIN_MINUTES, Agreement, AgreementKind, counts_as_own
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.services import units
from emergency_desk.services.desk import Done
from emergency_desk.ui.actions import Action
from emergency_desk.ui.teams.reading_fields import as_capabilities, as_date, as_number, worded_date
from emergency_desk.ui.teams.record_form import FieldSpec, Section
from emergency_desk.ui.teams.record_page import RecordPage
from emergency_desk.ui.teams.team_lines import ends_cell
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.units.list_base import RegisterList
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.ui.workplace import AGREEMENT_FORM, AGREEMENTS, Workplace
from emergency_desk.wording.catalog import N_, _, ngettext, pgettext
from emergency_desk.wording.counting import in_units
from emergency_desk.wording.formats import calendar_day
from emergency_desk.wording.labels import field_label, label


class AgreementsPage(RegisterList):
    """The list of agreements, those that end first on top."""

    page_id, form_id = AGREEMENTS, AGREEMENT_FORM
    kind_of_list, paper = "agreements", "agreement-list"
    subjects = frozenset({Subject.AGREEMENT, Subject.TEAM, Subject.AREA})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        back = Action("agreements_leave", N_("Back to the page before"), "leave", "Escape", (AGREEMENTS,), short=N_("back"))
        place.window.acts.register((back,))

    def title(self) -> str:
        return _("Agreements")

    def kinds(self) -> Sequence[tuple[str, str]]:
        return [(kind.value, label(kind)) for kind in AgreementKind]

    def columns(self) -> Sequence[Column]:
        return (Column(_("Partner"), stretch=True), Column(pgettext("column", "What"), width=170), Column(_("How much"), width=96, right=True),
                Column(_("There within"), width=110, right=True), Column(_("Valid until"), width=124, right=True))

    def read_records(self, text: str, kind: str) -> list[Any]:
        return list(units.list_agreements(self.place.desk, text=text, kind=AgreementKind(kind) if kind else None))

    def line_of(self, record: Any) -> Line:
        capability = self.place.namer().capability(record.capability) if record.capability else label(record.kind)
        return line(record.id, Cell(record.partner, strong=True, after=record.number), Cell(capability, Tone.SECONDARY), Cell(_amount(record)),
                    self._arrival(record), ends_cell(record.valid_until, self._today))

    def _arrival(self, record: Agreement) -> Cell:
        if record.arrival_minutes is None:
            return Cell("—", Tone.SECONDARY)
        own = counts_as_own(record, self._today)
        return Cell(_("{minutes} min").format(minutes=record.arrival_minutes), Tone.GREEN if own else Tone.TEXT,
                    shape=Shape.DONE if own else Shape.NONE, hint=own_words(record, self._today))

    @property
    def _today(self) -> date:
        return local_day(self.now())

    def phone_of(self, record: Any) -> str:
        return str(record.phone)

    def name_of(self, record: Any) -> str:
        return str(record.partner)

    def facts_of(self, record: Any) -> Sequence[tuple[str, str]]:
        namer = self.place.namer()
        return (
            (field_label("kind"), label(record.kind)), (field_label("number"), record.number),
            (field_label("capability"), namer.capability(record.capability) if record.capability else ""),
            (field_label("quantity"), _amount(record)),
            (_("There within"), _("{minutes} min").format(minutes=record.arrival_minutes) if record.arrival_minutes is not None else ""),
            (_("Counts as own"), own_words(record, self._today)),
            (field_label("signed_on"), calendar_day(record.signed_on) if record.signed_on else _("not signed yet")),
            (field_label("valid_until"), calendar_day(record.valid_until) if record.valid_until else _("no end")),
            (field_label("area"), namer.area(record.area_id)), (field_label("terms"), record.terms))

    def count_words(self, count: int) -> str:
        return ngettext("{count} agreement · ⏎ change", "{count} agreements · ⏎ change", count).format(count=count)


class AgreementFormPage(RecordPage):
    """The form of an agreement."""

    page_id = AGREEMENT_FORM

    def sections(self) -> Sequence[Section]:
        kinds = [(kind.value, label(kind)) for kind in AgreementKind]
        return (
            Section(_("Required fields"), (FieldSpec(name="partner"), FieldSpec(name="kind", choices=kinds, read=AgreementKind),
                                  FieldSpec(name="phone", letters="large"))),
            Section(_("On paper"), (
                FieldSpec(name="number"), _day("signed_on"), _day("valid_until"),
                FieldSpec(name="terms", rows=4))),
            Section(_("What is promised"), (
                FieldSpec(name="capability", read=self._capability, word=self._word), _number("quantity"), FieldSpec(name="unit"),
                _number("arrival_minutes"),
                FieldSpec(name="area_id", label=_("Area"), candidates=self.find_areas, addressed=False, hint=_("name, pinyin or initials"))), 1),
        )

    def _capability(self, typed: str) -> str:
        found = as_capabilities("capability", typed, self.place.desk.trade.capabilities)
        return found[0] if found else ""

    def _word(self, id_: str) -> str:
        return self.place.namer().capability(id_) if id_ else ""

    def blank(self) -> Agreement:
        return Agreement(id=Id(""), number="", kind=AgreementKind.MUTUAL_AID, partner="")

    def read_record(self, id_: Id) -> Agreement:
        return units.get_agreement(self.place.desk, agreement_id=id_)

    def made(self, values: dict[str, Any]) -> Agreement:
        kept = {name: value for name, value in values.items() if name != "address"}
        made: Agreement = replace(self.before, **(kept | {"area_id": values["area_id"] or None}))
        return made

    def keep(self, before: Agreement, record: Agreement) -> Done[Agreement]:
        return units.keep_agreement(self.place.desk, agreement=record)

    def told(self, record: Agreement) -> str:
        return _("The agreement with {partner} is kept.").format(partner=record.partner)

    def title_of(self, record: Agreement) -> str:
        return record.partner or _("A new agreement")


def own_words(agreement: Agreement, today: date) -> str:
    """Say whether an agreement counts as own means, and why not."""
    if counts_as_own(agreement, today):
        return _("yes: signed, in force, there within {minutes} min (GB 30077 §8.3)").format(minutes=OWN_WITHIN_MINUTES)
    if agreement.signed_on is None or agreement.signed_on > today:
        return _("no: not signed yet (GB 30077 §8.3)")
    if not agreement.is_valid_on(today):
        return _("no: not in force (GB 30077 §8.3)")
    if agreement.arrival_minutes is None:
        return _("no: nobody said how soon it comes (GB 30077 §8.3)")
    return _("no: {minutes} min is more than {most} (GB 30077 §8.3)").format(minutes=agreement.arrival_minutes, most=OWN_WITHIN_MINUTES)


def _amount(record: Agreement) -> str:
    return in_units(record.quantity, record.unit) if record.quantity is not None else ""


def _number(name: str) -> FieldSpec:
    return FieldSpec(name=name, read=lambda typed: as_number(name, typed))


def _day(name: str) -> FieldSpec:
    return FieldSpec(name=name, read=lambda typed: as_date(name, typed), word=worded_date, hint=_("such as 2027-01-31"))
