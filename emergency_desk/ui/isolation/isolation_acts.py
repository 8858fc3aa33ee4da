"""What is asked and done with isolation, observation and medical sites, in a small form below the board."""

from __future__ import annotations

from dataclasses import replace

from emergency_desk.domain.errors import FieldMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.isolation import IsolationKind, IsolationSite
from emergency_desk.domain.sites import Site
from emergency_desk.services import isolation
from emergency_desk.services.isolation import KnownIsolation
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, AskNumber, AskSeveral, InlineForm
from emergency_desk.ui.incidents.room_work import RoomWork, ask_at
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import field_label, label

_NUMBERS = ("single_rooms", "beds", "medical_staff")


class IsolationActs:
    """Asks and does; a refusal stays in the form with what was typed."""

    def __init__(self, place: Workplace, form: InlineForm) -> None:
        self.place, self.form = place, form
        self.sites: tuple[Site, ...] = ()
        self.incidents: tuple[tuple[str, str], ...] = ()
        self._work = RoomWork(place)

    # -- the register --------------------------------------------------------------------------------------------------
    def register(self, known: KnownIsolation | None) -> None:
        """Ask what a site is for isolation or cure, for the first time or anew."""
        if known is None and not self.sites:
            self._work.tell(_("Every site of that kind is in the register already. Add the site first, on the page of sites."))
            return
        kept = known.isolation if known is not None else IsolationSite(Id(""), IsolationKind.ISOLATION)
        named = () if known is not None else (AskChoice(
            name="site", label=field_label("site"), choices=[(each.id, in_words(each.name, each.name_en)) for each in self.sites]),)
        fields = (
            *named, AskChoice(name="kind", label=_("Kind"), choices=[(each.value, label(each)) for each in IsolationKind], value=kept.kind.value),
            *(AskNumber(name=name, label=words, value=str(number) if number is not None else "", span=2) for name, words, number in (
                ("single_rooms", _("Single rooms"), kept.single_rooms), ("beds", _("Beds in wards"), kept.beds),
                ("medical_staff", _("Medical staff"), kept.medical_staff))),
            AskSeveral(name="has", label=_("It has"), is_long=True, columns=4, value=" ".join(name for name, has in (
                ("private_bathrooms", kept.private_bathrooms), ("three_zones", kept.three_zones),
                ("negative_pressure", kept.negative_pressure), ("is_ready", kept.is_ready)) if has), choices=[
                    ("private_bathrooms", _("own bathrooms")), ("three_zones", _("three zones and two passages")),
                    ("negative_pressure", _("negative pressure")), ("is_ready", _("ready for use"))]),
            Ask(name="waste", label=_("Medical waste is taken away by"), value=kept.waste),
            Ask(name="sewage", label=_("Sewage"), value=kept.sewage),
            Ask(name="route", label=_("Way for ambulances"), value=kept.route),
            Ask(name="keeper", label=field_label("keeper"), value=kept.keeper),
            Ask(name="phone", label=field_label("phone"), value=kept.keeper_phone), Ask(name="note", label=_("Note"), value=kept.note))
        self.form.ask(_("An isolation or medical site") if known is None else in_words(known.site.name, known.site.name_en), fields, _("Save"),
                      lambda answers: self._register(kept, answers))

    def _register(self, kept: IsolationSite, answers: Answers) -> None:
        has = set(answers["has"].split())
        rooms, beds, staff = (int(answers[name]) if answers[name] else None for name in _NUMBERS)
        made = replace(
            kept, id=kept.id or Id(answers["site"]), kind=IsolationKind(answers["kind"]), single_rooms=rooms, beds=beds, medical_staff=staff,
            private_bathrooms="private_bathrooms" in has, three_zones="three_zones" in has, negative_pressure="negative_pressure" in has,
            is_ready="is_ready" in has, waste=answers["waste"], sewage=answers["sewage"], route=answers["route"], keeper=answers["keeper"],
            keeper_phone=answers["phone"], note=answers["note"])
        self._work.do(lambda: isolation.keep_isolation(self.place.desk, isolation=made), form=self.form, told=_("The site is kept."))

    # -- opening, counting, closing ------------------------------------------------------------------------------------
    def open(self, known: KnownIsolation) -> None:
        """Ask by whose order a site takes people."""
        desk, name = self.place.desk, _name(known)
        fields = (AskChoice(name="incident_id", label=field_label("incident_id"), choices=[("", _("no incident")), *self.incidents]),
                  Ask(name="decided_by", label=field_label("decided_by"), hint=_("who decided it, post and name")),
                  Ask(name="responsible", label=field_label("responsible"), value=known.isolation.keeper),
                  Ask(name="phone", label=field_label("phone"), value=known.isolation.keeper_phone),
                  Ask(name="reason", label=field_label("reason")), ask_at())
        self.form.ask(_("Open {site}").format(site=name), fields, _("Give the order"), lambda answers: self._work.asked_moment(
            answers, self.form, lambda at: self._work.do(lambda: isolation.open_isolation(
                desk, site_id=known.site.id, decided_by=answers["decided_by"], responsible=answers["responsible"],
                incident_id=Id(answers["incident_id"]) if answers["incident_id"] else None, responsible_phone=answers["phone"],
                reason=answers["reason"], occurred_at=at), form=self.form, told=_("{site} takes people.").format(site=name))), focus="decided_by")

    def count(self, known: KnownIsolation) -> None:
        """Ask for the beds by state."""
        desk, before = self.place.desk, known.count
        fields = (*(AskNumber(name=name, label=words, value=str(number) if number is not None else "", span=1) for name, words, number in (
            ("free", field_label("free"), None), ("occupied", field_label("occupied"), None),
            ("cleaning", _("Being cleaned"), before.cleaning if before is not None else 0),
            ("blocked", _("Blocked"), before.blocked if before is not None else 0), ("staff", _("Staff there"), None))),
            Ask(name="told_by", label=_("Told by"), span=4), replace(ask_at(), span=3))

        def go_on(answers: Answers) -> None:
            for name in ("free", "occupied"):
                if not answers[name]:
                    self.form.refused(FieldMissing(name=name))
                    return
            self._work.asked_moment(answers, self.form, lambda at: self._work.do(lambda: isolation.count_beds(
                desk, site_id=known.site.id, free=int(answers["free"]), occupied=int(answers["occupied"]), cleaning=int(answers["cleaning"] or 0),
                blocked=int(answers["blocked"] or 0), staff=int(answers["staff"]) if answers["staff"] else None, told_by=answers["told_by"],
                counted_at=at), form=self.form))

        self.form.ask(_("Beds of {site}").format(site=_name(known)), fields, _("Record the beds"), go_on)

    def close(self, known: KnownIsolation) -> None:
        """Ask what was found when a site was cleared."""
        desk, name = self.place.desk, _name(known)
        fields = (Ask(name="reason", label=_("Cleared and disinfected: what was found"), span=8),
                  Ask(name="decided_by", label=field_label("decided_by"), span=4))
        self.form.ask(_("Close {site}").format(site=name), fields, _("Close the site"), lambda answers: self._work.do(
            lambda: isolation.close_isolation(desk, site_id=known.site.id, reason=answers["reason"], decided_by=answers["decided_by"]),
            form=self.form, told=_("{site} is closed.").format(site=name)))


def _name(known: KnownIsolation) -> str:
    return in_words(known.site.name, known.site.name_en)
