"""The form of a team of the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from emergency_desk.domain.ids import Id
from emergency_desk.domain.teams import Certificate, Equipment, Team, TeamKind
from emergency_desk.services import register, teams
from emergency_desk.services.desk import Done
from emergency_desk.ui.teams.reading_fields import (
    DEGREES,
    as_capabilities,
    as_certificates,
    as_date,
    as_decimal,
    as_equipment,
    as_number,
    worded_date,
)
from emergency_desk.ui.teams.record_form import FieldSpec, Section, yes_no
from emergency_desk.ui.teams.record_page import RecordPage
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.workplace import TEAM_FORM
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import label


class TeamFormPage(RecordPage):
    """Three columns: who it is, what it can, what it stands on."""

    page_id = TEAM_FORM

    def more_buttons(self) -> Sequence[QWidget]:
        self.retire_button = KeyButton(_("Retire"))
        self.retire_button.clicked.connect(self.retire)
        return (self.retire_button,)

    def sections(self) -> Sequence[Section]:
        kinds = [(kind.value, label(kind)) for kind in TeamKind]
        day = _("such as 2027-01-31")
        return (
            Section(_("Required fields"), (
                FieldSpec(name="name"), FieldSpec(name="kind", choices=kinds, read=TeamKind),
                FieldSpec(name="area_id", label=_("Area and address"), candidates=self.find_areas,
                          hint=_("name, pinyin or initials; then the address")),
                FieldSpec(name="duty_phone", letters="large"))),
            Section(_("Who"), (
                FieldSpec(name="code"), FieldSpec(name="name_en"), FieldSpec(name="unit_name"), FieldSpec(name="supervisor"),
                FieldSpec(name="leader_name"), FieldSpec(name="channel"), _day("contact_tried_on", day), FieldSpec(name="note"))),
            Section(_("What it can do"), (
                FieldSpec(name="capabilities", rows=3, read=self._capabilities, word=self._capability_words,
                          hint=_("names with commas between them")),
                _number("people_total"), _number("people_ready"), _number("muster_minutes"),
                FieldSpec(name="radius_km", read=lambda typed: as_decimal("radius_km", typed), word=lambda value: f"{value:g}",
                          hint=_("empty: no limit")),
                FieldSpec(name="may_cross_area", choices=yes_no(), read=bool, word=lambda value: "yes" if value else ""),
                _number("self_sufficiency_hours")), 1),
            Section(_("Position"), (_degrees("latitude"), _degrees("longitude")), 1),
            Section(_("Papers"), (
                _day("insured_until", day), FieldSpec(name="agreement_number"), _day("agreement_until", day),
                FieldSpec(name="rating_specialty", read=self._one_capability, word=self._one_word, hint=_("of a social force")),
                _number("rating_level"),
                FieldSpec(name="certificates", rows=4, read=self._certificates, word=self._certificate_words,
                          hint=_("one a line: capability; number; 2027-01-31"))), 2),
            Section(_("Vehicles and equipment"), (
                FieldSpec(name="vehicles"),
                FieldSpec(name="equipment", label=_("Equipment"), rows=4, read=as_equipment, word=_equipment_words,
                          hint=_("one a line: name; count; unit"))), 2),
        )

    # -- capabilities as words -----------------------------------------------------------------------------------------
    def _capabilities(self, typed: str) -> tuple[str, ...]:
        return as_capabilities("capabilities", typed, self.place.desk.trade.capabilities)

    def _capability_words(self, ids: tuple[str, ...]) -> str:
        return _(", ").join(self.place.namer().capability(one) for one in ids)

    def _one_capability(self, typed: str) -> str:
        found = as_capabilities("rating_specialty", typed, self.place.desk.trade.capabilities)
        return found[0] if found else ""

    def _one_word(self, id_: str) -> str:
        return self.place.namer().capability(id_) if id_ else ""

    def _certificates(self, typed: str) -> tuple[Certificate, ...]:
        return as_certificates(typed, self.place.desk.trade.capabilities)

    def _certificate_words(self, papers: tuple[Certificate, ...]) -> str:
        namer = self.place.namer()
        return "\n".join("; ".join((namer.capability(one.capability), one.number, worded_date(one.valid_until))) for one in papers)

    # -- the record ----------------------------------------------------------------------------------------------------
    def blank(self) -> Team:
        return Team(id=Id(""), code="", name="", kind=TeamKind.PROFESSIONAL, area_id=Id(""))

    def read_record(self, id_: Id) -> Team:
        return teams.get_team(self.place.desk, team_id=id_)

    def show_read(self, answer: Any) -> None:
        super().show_read(answer)
        team: Team = self.before
        self.retire_button.setVisible(bool(team.id))
        self.retire_button.set_words(_("Take into use again") if team.is_retired else _("Retire"))

    def made(self, values: dict[str, Any]) -> Team:
        return replace(self.before, **values)

    def keep(self, before: Team, record: Team) -> Done[Team]:
        desk = self.place.desk
        return register.change_team(desk, before=before, team=record) if before.id else register.add_team(desk, team=record)

    def told(self, record: Team) -> str:
        return _("{team} is kept in the register.").format(team=in_words(record.name, record.name_en))

    def title_of(self, record: Team) -> str:
        return in_words(record.name, record.name_en) or _("A new team")

    def retire(self) -> None:
        """Take the team out of use, or into use again."""
        team, desk = self.before, self.place.desk
        if team.is_retired:
            self.place.ask(lambda: register.bring_back_team(desk, team_id=team.id), then=self._saved)
        else:
            self.place.ask(lambda: register.retire_team(desk, team_id=team.id), then=self._retired)

    def _retired(self, done: Done[Team]) -> None:
        desk, team = self.place.desk, done.value
        self.place.window.show_page_before()
        self.place.window.notices.done(_("{team} is retired; its history stays.").format(team=in_words(team.name, team.name_en)),
                                       lambda: self.place.ask(lambda: register.bring_back_team(desk, team_id=team.id)))


def _number(name: str) -> FieldSpec:
    return FieldSpec(name=name, read=lambda typed: as_number(name, typed))


def _degrees(name: str) -> FieldSpec:
    return FieldSpec(name=name, read=lambda typed: as_decimal(name, typed), word=lambda value: f"{value:.6f}".rstrip("0"), hint=DEGREES[name])


def _day(name: str, hint: str) -> FieldSpec:
    return FieldSpec(name=name, read=lambda typed: as_date(name, typed), word=worded_date, hint=hint)


def _equipment_words(things: tuple[Equipment, ...]) -> str:
    return "\n".join("; ".join((one.name, str(one.count), one.unit)) for one in things)
