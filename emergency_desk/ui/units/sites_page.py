"""Sites an officer must know: depots, shelters, hospitals, logistics points, protected places; list and a simple form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.ids import Id
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.services import units
from emergency_desk.services.desk import Desk, Done
from emergency_desk.ui.teams.reading_fields import DEGREES, as_decimal, as_number
from emergency_desk.ui.teams.record_form import FieldSpec, Section
from emergency_desk.ui.teams.record_page import RecordPage
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.units.retirable_list import RetirableList
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.workplace import SITE_FORM, SITES
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.formats import number
from emergency_desk.wording.labels import field_label, label
from emergency_desk.wording.site_words import capacity_words


class SitesPage(RetirableList):
    """The list of sites."""

    page_id, form_id = SITES, SITE_FORM
    kind_of_list, paper = "sites", "site-list"
    subjects = frozenset({Subject.SITE, Subject.AREA})

    def title(self) -> str:
        return _("Sites")

    def kinds(self) -> Sequence[tuple[str, str]]:
        return [(kind.value, label(kind)) for kind in SiteKind]

    def columns(self) -> Sequence[Column]:
        return (Column(_("Site"), stretch=True), Column(_("Kind"), width=150), Column(_("Area"), width=120),
                Column(_("Capacity"), width=120, right=True), Column(_("Phone"), width=140))

    def read_of_use(self, text: str, kind: str, *, is_retired: bool) -> list[Any]:
        return list(units.list_sites(self.place.desk, text=text, kind=SiteKind(kind) if kind else None, is_retired=is_retired))

    def retire(self, desk: Desk, id_: Id) -> Done[Site]:
        return units.retire_site(desk, site_id=id_)

    def bring_back(self, desk: Desk, id_: Id) -> Done[Site]:
        return units.bring_back_site(desk, site_id=id_)

    def line_of(self, record: Any) -> Line:
        return line(record.id, Cell(in_words(record.name, record.name_en), strong=True), Cell(label(record.kind), Tone.SECONDARY),
                    Cell(self.place.namer().area(record.area_id)), Cell(capacity_words(record)), Cell(record.phone or "—"))

    def phone_of(self, record: Any) -> str:
        return str(record.phone)

    def name_of(self, record: Any) -> str:
        return in_words(record.name, record.name_en)

    def facts_of(self, record: Any) -> Sequence[tuple[str, str]]:
        place = " · ".join(part for part in (self.place.namer().area(record.area_id) or record.place_path, record.address) if part)
        position = f"{record.latitude:.5f}, {record.longitude:.5f}" if record.latitude is not None and record.longitude is not None else ""
        return (
            (field_label("kind"), label(record.kind)), (field_label("where"), place), (_("Capacity"), capacity_words(record)),
            (field_label("effective_area_m2"), number(record.effective_area_m2) if record.effective_area_m2 is not None else ""),
            (field_label("unit_name"), record.unit_name), (field_label("code"), record.code), (_("Position"), position),
            (field_label("note"), record.note), (field_label("source"), record.source))

    def count_words(self, count: int) -> str:
        more = "+" if count >= units.MOST else ""
        return ngettext("{count} site · ⏎ change", "{count} sites · ⏎ change", count).format(count=f"{count}{more}")


class SiteFormPage(RecordPage):
    """The form of a site."""

    page_id = SITE_FORM

    def sections(self) -> Sequence[Section]:
        kinds = [(kind.value, label(kind)) for kind in SiteKind]
        return (
            Section(_("Required fields"), (
                FieldSpec(name="name"), FieldSpec(name="kind", choices=kinds, read=SiteKind),
                FieldSpec(name="area_id", label=_("Area and address"), candidates=self.find_areas,
                          hint=_("name, pinyin or initials; then the address")),
                FieldSpec(name="phone", letters="large"))),
            Section(_("Of use"), (
                FieldSpec(name="capacity", read=lambda typed: as_number("capacity", typed), hint=_("people, beds or square metres")),
                FieldSpec(name="effective_area_m2", read=lambda typed: as_number("effective_area_m2", typed)),
                FieldSpec(name="unit_name"), FieldSpec(name="code"), FieldSpec(name="name_en"), FieldSpec(name="note")), 1),
            Section(_("Position"), (_degrees("latitude"), _degrees("longitude")), 1),
        )

    def blank(self) -> Site:
        return Site(id=Id(""), kind=SiteKind.DEPOT, name="")

    def read_record(self, id_: Id) -> Site:
        return units.get_site(self.place.desk, site_id=id_)

    def made(self, values: dict[str, Any]) -> Site:
        made: Site = replace(self.before, **(values | {"area_id": values["area_id"] or None}))
        return made

    def keep(self, before: Site, record: Site) -> Done[Site]:
        return units.keep_site(self.place.desk, site=record)

    def told(self, record: Site) -> str:
        return _("{site} is kept.").format(site=in_words(record.name, record.name_en))

    def title_of(self, record: Site) -> str:
        return in_words(record.name, record.name_en) or _("A new site")


def _degrees(name: str) -> FieldSpec:
    return FieldSpec(name=name, read=lambda typed: as_decimal(name, typed), word=lambda value: f"{value:.6f}".rstrip("0"), hint=DEGREES[name])
