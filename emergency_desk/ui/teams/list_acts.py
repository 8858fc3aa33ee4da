"""What is asked and done on the page of teams: a state by hand, members, agreements, a field of many, views, columns, retiring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from emergency_desk.domain.agreements import Agreement, AgreementKind
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.ids import Id
from emergency_desk.domain.register import BULK_FIELDS, TeamDetail
from emergency_desk.domain.teams import Team, TeamMember, TeamState, allowed_moves
from emergency_desk.services import register, register_lists, teams, units
from emergency_desk.services.register_lists import SavedView
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, InlineForm
from emergency_desk.ui.teams.reading_fields import as_date, as_member_papers, as_number, worded_date
from emergency_desk.ui.teams.team_lines import COLUMNS, in_words
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.labels import field_label, label

BY_HAND = (TeamState.STANDBY, TeamState.TRAINING, TeamState.RECOVERING, TeamState.UNAVAILABLE)
_DATES = ("contact_tried_on", "insured_until", "agreement_until")


class ListActs:
    """Asks below the list and does it; a refusal stays in the form."""

    def __init__(self, place: Workplace, form: InlineForm) -> None:
        self.place, self.form = place, form

    # -- one team ------------------------------------------------------------------------------------------------------
    def state(self, team: Team) -> None:
        """Ask for a state that is told by hand."""
        possible = [state for state in allowed_moves(team.state) if state in BY_HAND]
        if not possible:
            self.place.window.notices.refuse(_("{team} is out: its state is reported in the room of its incident.").format(team=_name(team)))
            return
        fields = (AskChoice(name="to", label=_("State"), choices=[(state.value, label(state)) for state in possible]),
                  Ask(name="note", label=_("Why, until when"), is_long=True))
        self.form.ask(_("{team}: another state").format(team=_name(team)), fields, _("Record"), lambda answers: self._do(
            lambda: teams.report_state(self.place.desk, team_id=team.id, to=TeamState(answers["to"]), note=answers["note"]),
            _("{team}: {state}").format(team=_name(team), state=label(TeamState(answers["to"])))))

    def member(self, team: Team, member: TeamMember | None = None) -> None:
        """Ask for a member of a team."""
        kept = member or TeamMember(id=Id(""), team_id=team.id, name="")
        fields = (Ask(name="name", label=field_label("name"), value=kept.name), Ask(name="post", label=field_label("post"), value=kept.post),
                  Ask(name="phone", label=field_label("phone"), value=kept.phone),
                  Ask(name="insured_until", label=field_label("insured_until"), value=worded_date(kept.insured_until), hint="2027-01-31"),
                  Ask(name="certificates", label=field_label("certificates"), value=self._papers(kept), is_long=True,
                      hint=_("capability; number; 2027-01-31 · several with a bar | between them")))
        title = _("A member of {team}").format(team=_name(team))
        note = _("Empty the name to take the member out of the team.") if member else ""
        self.form.ask(title, fields, _("Save"), lambda answers: self._member(kept, answers), note=note)

    def _papers(self, member: TeamMember) -> str:
        namer = self.place.namer()
        return " | ".join("; ".join((namer.capability(one.capability), one.number, worded_date(one.valid_until))) for one in member.certificates)

    def _member(self, kept: TeamMember, answers: Answers) -> None:
        desk = self.place.desk
        if kept.id and not answers["name"]:
            self._do(lambda: register.remove_member(desk, member=kept), _("{name} left the team.").format(name=kept.name))
            return
        self._read(lambda: replace(kept, name=answers["name"], post=answers["post"], phone=answers["phone"],
                                   insured_until=as_date("insured_until", answers["insured_until"]),
                                   certificates=as_member_papers(answers["certificates"], desk.trade.capabilities)),
                   lambda member: self._do(lambda: register.keep_member(desk, member=member), _("{name} is kept.").format(name=member.name)))

    def agreement(self, team: Team, agreement: Agreement | None = None) -> None:
        """Ask for an agreement that the team stands for."""
        kept = agreement or Agreement(id=Id(""), number="", kind=AgreementKind.MUTUAL_AID, partner=team.unit_name or team.name, team_id=team.id,
                                      area_id=team.area_id, phone=team.duty_phone)
        kinds = [(kind.value, label(kind)) for kind in AgreementKind]
        known = [("", "—"), *((one, self.place.namer().capability(one)) for one in team.capabilities)]
        fields = (
            Ask(name="partner", label=field_label("partner"), value=kept.partner),
            AskChoice(name="kind", label=field_label("kind"), value=kept.kind.value, choices=kinds),
            Ask(name="number", label=field_label("number"), value=kept.number),
            AskChoice(name="capability", label=field_label("capability"), value=kept.capability, choices=known),
            Ask(name="quantity", label=field_label("quantity"), value=_text(kept.quantity)),
            Ask(name="unit", label=field_label("unit"), value=kept.unit),
            Ask(name="arrival_minutes", label=field_label("arrival_minutes"), value=_text(kept.arrival_minutes)),
            Ask(name="phone", label=field_label("phone"), value=kept.phone),
            Ask(name="signed_on", label=field_label("signed_on"), value=worded_date(kept.signed_on), hint="2026-01-31"),
            Ask(name="valid_until", label=field_label("valid_until"), value=worded_date(kept.valid_until), hint="2027-01-31"),
            Ask(name="terms", label=field_label("terms"), value=kept.terms, is_long=True))
        self.form.ask(_("An agreement with {team}").format(team=_name(team)), fields, _("Save"), lambda answers: self._agreement(kept, answers))

    def _agreement(self, kept: Agreement, answers: Answers) -> None:
        desk = self.place.desk
        self._read(
            lambda: replace(
                kept, partner=answers["partner"], kind=AgreementKind(answers["kind"]), number=answers["number"], capability=answers["capability"],
                quantity=as_number("quantity", answers["quantity"]), unit=answers["unit"],
                arrival_minutes=as_number("arrival_minutes", answers["arrival_minutes"]), phone=answers["phone"], terms=answers["terms"],
                signed_on=as_date("signed_on", answers["signed_on"]), valid_until=as_date("valid_until", answers["valid_until"])),
            lambda agreement: self._do(lambda: units.keep_agreement(desk, agreement=agreement), _("The agreement is kept.")))

    def retire(self, team: Team) -> None:
        """Take a team out of use, or into use again; the notice gives it back."""
        desk = self.place.desk
        if team.is_retired:
            self._do(lambda: register.bring_back_team(desk, team_id=team.id), _("{team} is in use again.").format(team=_name(team)))
            return
        self._do(lambda: register.retire_team(desk, team_id=team.id), _("{team} is retired; its history stays.").format(team=_name(team)),
                 undo=lambda _done: self.place.ask(lambda: register.bring_back_team(desk, team_id=team.id)))

    # -- many ----------------------------------------------------------------------------------------------------------
    def many(self, ids: list[Id], after: Callable[[], object]) -> None:
        """Ask for one field of all teams that are marked."""
        fields = (AskChoice(name="field", label=_("Field"), choices=[(name, field_label(name)) for name in BULK_FIELDS]),
                  Ask(name="value", label=_("Value"), is_long=True, hint=_("days as 2026-11-05, yes or no for leaving the area")))
        title = ngettext("Set a field of {count} team", "Set a field of {count} teams", len(ids)).format(count=len(ids))
        self.form.ask(title, fields, _("Set"), lambda answers: self._many(ids, answers, after))

    def _many(self, ids: list[Id], answers: Answers, after: Callable[[], object]) -> None:
        name, desk = answers["field"], self.place.desk

        def undo(done: Any) -> None:
            self.place.ask(lambda: register.put_back_many(desk, before=done.value, names=(name,)))

        told = ngettext("{count} team changed: {field}.", "{count} teams changed: {field}.", len(ids)).format(
            count=len(ids), field=field_label(name))
        self._read(lambda: {name: _bulk_value(name, answers["value"])}, lambda changes: self._do(
            lambda: register.change_many(desk, team_ids=ids, changes=changes), told, undo=undo, after=after))

    # -- the list itself -----------------------------------------------------------------------------------------------
    def view(self, view: SavedView) -> None:
        """Ask for the name of a view to be saved."""
        self.form.ask(_("Save what is asked for as a view"), (Ask(name="name", label=field_label("name"), is_long=True),), _("Save"),
                      lambda answers: self._do(lambda: register_lists.keep_view(self.place.desk, view=replace(view, name=answers["name"])),
                                               _("The view {name} is saved.").format(name=answers["name"])) if answers["name"] else None)

    def columns(self, chosen: tuple[str, ...], take: Callable[[tuple[str, ...]], object]) -> None:
        """Ask which columns the list has."""
        yes_no = (("yes", _("shown")), ("", _("left out")))
        fields = [AskChoice(name=name, label=_(title), value="yes" if name in chosen else "", choices=yes_no)
                  for name, (title, _column) in COLUMNS.items() if name != "name"]

        def done(answers: Answers) -> None:
            self.form.put_away()
            take(("name", *(name for name in COLUMNS if answers.get(name) == "yes")))

        self.form.ask(_("Columns of the list"), fields, _("Show"), done)

    def export(self, export_teams: Callable[[], object]) -> None:
        """Ask which list leaves the desk."""
        from emergency_desk.ui.export_acts import export_list

        choices = [("teams", _("Teams")), ("members", _("Members of teams")), ("agreements", _("Agreements"))]

        def go(answers: Answers) -> None:
            self.form.put_away()
            if answers["what"] == "teams":
                export_teams()
            else:
                export_list(self.place, answers["what"])

        self.form.ask(_("Export a list"), (AskChoice(name="what", label=_("What"), choices=choices),), _("Choose the file"), go)

    # -- doing ---------------------------------------------------------------------------------------------------------
    def _read(self, read: Callable[[], Any], then: Callable[[Any], object]) -> None:
        try:
            value = read()
        except DeskError as error:
            self.form.refused(error)
            return
        then(value)

    def _do(self, job: Callable[[], Any], told: str, *, undo: Callable[[Any], object] | None = None,
            after: Callable[[], object] | None = None) -> None:
        def done(answer: Any) -> None:
            self.form.put_away()
            self.place.window.notices.done(told, (lambda: undo(answer)) if undo else None)
            if after is not None:
                after()

        self.place.ask(job, then=done, refused=self.form.refused if self.form.isVisible() else self.place.window.explain)


def find_member(detail: TeamDetail, key: str) -> TeamMember | None:
    """Return the member a line of the detail stands for."""
    return next((one for one in detail.members if key == f"member:{one.id}"), None)


def find_agreement(detail: TeamDetail, key: str) -> Agreement | None:
    """Return the agreement a line of the detail stands for."""
    return next((one for one in detail.agreements if key == f"agreement:{one.id}"), None)


def _bulk_value(name: str, typed: str) -> Any:
    if name in _DATES:
        return as_date("value", typed)
    if name == "may_cross_area":
        return typed.strip().lower() in ("yes", "y", "1", "是", "可")
    return typed


def _name(team: Team) -> str:
    return in_words(team.name, team.name_en)


def _text(number: int | None) -> str:
    return "" if number is None else str(number)
