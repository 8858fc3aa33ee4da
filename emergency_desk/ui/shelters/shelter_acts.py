"""What is asked and done with shelters and with people to be moved, in a small form below the list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from emergency_desk.domain.errors import FieldMissing
from emergency_desk.domain.evacuation import EvacuationGroup, Placed
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_acts import AskedCount, AskedOpening
from emergency_desk.domain.shelters import FIRST_STAY, Inspected, SafetyCheck, Shelter, ShelterState, ShelterTier, Stay, StayRule
from emergency_desk.domain.sites import Site
from emergency_desk.services import evacuation, shelters
from emergency_desk.services.areas import find_in
from emergency_desk.services.desk import Desk
from emergency_desk.services.shelters import KnownShelter
from emergency_desk.ui.incidents.call_telling import candidates
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, AskNumber, AskPlace, AskSeveral, InlineForm
from emergency_desk.ui.incidents.room_work import RoomWork, ask_at
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.widgets.area_picker import Candidate
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, current_language, pgettext
from emergency_desk.wording.labels import field_label, label


@dataclass(frozen=True, slots=True)
class ShelterGround:
    """What the forms choose from: incidents that run as (id, words), the areas of the desk, sites that could be shelters."""

    incidents: tuple[tuple[str, str], ...] = ()
    areas: tuple[tuple[str, str], ...] = ()
    sites: tuple[Site, ...] = ()


class ShelterActs:
    """Asks and does; a refusal stays in the form with what was typed."""

    def __init__(self, place: Workplace, form: InlineForm) -> None:
        self.place, self.form, self.ground = place, form, ShelterGround()
        self._work = RoomWork(place)

    @property
    def _desk(self) -> Desk:
        return self.place.desk

    # -- opening, counting, closing ------------------------------------------------------------------------------------
    def open(self, known: KnownShelter, now: datetime) -> None:
        """Ask for an opening order with its six facts and the checklist."""
        if not self.ground.incidents:
            self._work.tell(_("A shelter is opened for an incident. Take the call first (F2)."))
            return
        site, rules = known.site, self._desk.trade.shelters
        stays = [(rule.stay.value, self._stay(known, rule)) for rule in rules.stays]
        area = known.shelter.catchment[0] if known.shelter.catchment else site.area_id
        fields = (
            AskChoice(name="incident_id", label=field_label("incident_id"), choices=self.ground.incidents, span=4),
            Ask(name="approved_by", label=field_label("approved_by"), hint=_("who decided it, post and name"), span=3),
            AskChoice(name="stay", label=_("For a stay of"), choices=stays, value=FIRST_STAY.value, span=3),
            AskPlace(name="receives", label=field_label("receives"), candidates=self.find_areas, area=self._candidate(area), span=2),
            Ask(name="responsible", label=field_label("responsible"), value=known.shelter.keeper, span=2),
            Ask(name="phone", label=field_label("phone"), value=known.shelter.keeper_phone, span=2),
            AskNumber(name="supplies_minutes", label=_("Supplies in … minutes"), span=1),
            Ask(name="notice_route", label=field_label("notice_route"), span=5), replace(ask_at(), span=2),
            AskSeveral(name="checks", label=_("Looked over and safe: arrows and Space"), columns=len(SafetyCheck),
                       choices=[(check.value, label(check)) for check in SafetyCheck], span=6),
            Ask(name="override_reason", label=field_label("override_reason"), span=6))
        self.form.ask(_("Open {shelter}").format(shelter=in_words(site.name, site.name_en)), fields, _("Give the order"),
                      lambda answers: self._work.asked_moment(answers, self.form, lambda at: self._open(known, answers, at or now)),
                      focus=self._first("approved_by"))

    def _first(self, usual: str) -> str:
        """Return the field a form begins at: with several incidents, at the question which of them it is for."""
        return "incident_id" if len(self.ground.incidents) > 1 else usual

    def _stay(self, known: KnownShelter, rule: StayRule) -> str:
        places = self._desk.trade.shelters.capacity(known.site.effective_area_m2, rule.stay)
        if places is None:
            return label(rule.stay)
        return _("{stay} · {places} places").format(stay=label(rule.stay), places=formats.number(places))

    def _open(self, known: KnownShelter, answers: Answers, at: datetime) -> None:
        rule = self._desk.trade.shelters.rule(Stay(answers["stay"]))
        minutes = answers["supplies_minutes"]
        asked = AskedOpening(
            shelter_id=known.site.id, incident_id=Id(answers["incident_id"]), approved_by=answers["approved_by"], stay=Stay(answers["stay"]),
            expected_until=at + timedelta(days=rule.days if rule is not None else 1), responsible=answers["responsible"],
            responsible_phone=answers["phone"], supplies_at=at + timedelta(minutes=int(minutes)) if minutes else None,
            receives=(Id(answers["receives"]),) if answers["receives"] else (), notice_route=answers["notice_route"],
            checks=tuple(SafetyCheck(each) for each in answers["checks"].split()), override_reason=answers["override_reason"], occurred_at=at)
        self._work.do(lambda: shelters.open_shelter(self._desk, asked=asked), form=self.form,
                      told=_("{shelter} is open.").format(shelter=_name(known)))

    def count(self, known: KnownShelter) -> None:
        """Ask how many are in a shelter that runs."""
        opening = known.opening
        if opening is None:
            self._work.tell(_("{shelter} is not open, so nobody is counted there. O opens it.").format(shelter=_name(known)))
            return
        fields = (AskNumber(name="heads", label=field_label("heads"), span=1),
                  *(AskNumber(name=name, label=field_label(name), span=1) for name in ("arrived", "left", "vulnerable")),
                  AskNumber(name="meals", label=field_label("meals"), span=1), Ask(name="counted_by", label=field_label("counted_by"), span=4),
                  replace(ask_at(), span=3))

        def go_on(answers: Answers, at: datetime | None) -> None:
            heads = self._number(answers, "heads")
            if heads is None:
                return
            arrived, left, vulnerable, meals = (
                int(answers[name]) if answers[name] else None for name in ("arrived", "left", "vulnerable", "meals"))
            asked = AskedCount(opening_id=opening.id, heads=heads, counted_at=at, counted_by=answers["counted_by"], arrived=arrived, left=left,
                               vulnerable=vulnerable, meals=meals)
            places = opening.capacity
            more = asked.heads - places if places is not None and asked.heads > places else 0
            told = _("{heads} people in {shelter}: {more} more than it has places. It is kept; open another shelter.") if more else _(
                "{heads} people in {shelter}.")
            self._work.do(lambda: shelters.count_heads(self._desk, asked=asked), form=self.form,
                          told=told.format(heads=asked.heads, shelter=_name(known), more=more))

        self.form.ask(_("How many are in {shelter}?").format(shelter=_name(known)), fields, _("Record the count"),
                      lambda answers: self._work.asked_moment(answers, self.form, lambda at: go_on(answers, at)))

    def close(self, known: KnownShelter) -> None:
        """Ask what was found when a shelter was cleared."""
        opening = known.opening
        if opening is None:
            self._work.tell(_("{shelter} is not open.").format(shelter=_name(known)))
            return
        fields = (Ask(name="note", label=_("Cleared and looked over: what was found"), span=5),
                  Ask(name="damage", label=_("Damaged or used up"), span=4), Ask(name="decided_by", label=field_label("decided_by"), span=3))
        self.form.ask(_("Close {shelter}").format(shelter=_name(known)), fields, _("Close the shelter"),
                      lambda answers: self._work.do(lambda: shelters.close_shelter(
                          self._desk, opening_id=opening.id, note=answers["note"], damage=answers["damage"], decided_by=answers["decided_by"]),
                          form=self.form, told=_("{shelter} is closed.").format(shelter=_name(known))))

    def move(self, known: KnownShelter, to: ShelterState) -> None:
        """Ask why a shelter goes to another state."""
        fields = (Ask(name="reason", label=field_label("reason"), is_long=True),)
        self.form.ask(_("{shelter}: {state}").format(shelter=_name(known), state=label(to)), fields, _("Record it"),
                      lambda answers: self._work.do(lambda: shelters.move_shelter(
                          self._desk, shelter_id=known.site.id, to=to, reason=answers["reason"]), form=self.form))

    # -- the register --------------------------------------------------------------------------------------------------
    def register(self, known: KnownShelter | None) -> None:
        """Ask what a site is as a shelter, for the first time or anew."""
        if known is None and not self.ground.sites:
            self._work.tell(_("Every site of that kind is a shelter already. Add the site first, on the page of sites."))
            return
        shelter = known.shelter if known is not None else None
        site = [] if known is not None else [AskChoice(
            name="site", label=field_label("site"), choices=[(each.id, in_words(each.name, each.name_en)) for each in self.ground.sites])]
        fields = (
            *site, AskChoice(name="tier", label=_("Whose shelter"), choices=[(each.value, label(each)) for each in ShelterTier],
                             value=(shelter.tier if shelter else ShelterTier.TOWNSHIP).value),
            Ask(name="keeper", label=field_label("keeper"), value=shelter.keeper if shelter else ""),
            Ask(name="phone", label=field_label("phone"), value=shelter.keeper_phone if shelter else ""),
            Ask(name="keys_at", label=_("Where the keys are"), value=shelter.keys_at if shelter else ""),
            AskChoice(name="inspected", label=_("Last inspection"), choices=[("", _("as it stands")), *((each.value, label(each)) for each in (
                Inspected.FIT, Inspected.UNFIT))]),
            Ask(name="repair", label=_("What is to be repaired"), value=shelter.repair if shelter else ""))
        self.form.ask(_("A shelter") if known is None else in_words(known.site.name, known.site.name_en), fields, _("Save"),
                      lambda answers: self._register(shelter, answers))

    def _register(self, shelter: Shelter | None, answers: Answers) -> None:
        before = shelter or Shelter(Id(answers["site"]), ShelterTier.TOWNSHIP)
        kept = replace(before, tier=ShelterTier(answers["tier"]), keeper=answers["keeper"], keeper_phone=answers["phone"],
                       keys_at=answers["keys_at"], repair=answers["repair"])

        def inspected(_done: object) -> None:
            if answers["inspected"]:
                self._work.do(lambda: shelters.note_inspection(self._desk, shelter_id=kept.id, inspected=Inspected(answers["inspected"]),
                                                               repair=answers["repair"]))

        self._work.do(lambda: shelters.keep_shelter(self._desk, shelter=kept), form=self.form, told=_("The shelter is kept."), then=inspected)

    # -- evacuation ----------------------------------------------------------------------------------------------------
    def order_evacuation(self) -> None:
        """Ask whose people are to be moved."""
        if not self.ground.incidents:
            self._work.tell(_("People are moved for an incident. Take the call first (F2)."))
            return
        fields = (AskChoice(name="incident_id", label=field_label("incident_id"), choices=self.ground.incidents, span=4),
                  AskPlace(name="area_id", label=_("Street or village"), candidates=self.find_areas, span=3),
                  Ask(name="name", label=_("Village, slope, building site"), hint=_("empty: as the place is called"), span=3),
                  AskNumber(name="to_move", label=field_label("to_move"), span=1),
                  AskNumber(name="vulnerable", label=pgettext("people, briefly", "Vulnerable"), span=1),
                  Ask(name="ordered_by", label=_("Ordered by")), Ask(name="lead", label=_("Who goes from door to door")),
                  Ask(name="phone", label=field_label("phone")), ask_at())

        def go_on(answers: Answers, at: datetime | None) -> None:
            to_move = self._number(answers, "to_move")
            if to_move is None:
                return
            if not answers["area_id"]:
                self.form.refused(FieldMissing(name="area_id"))
                return
            named = answers["name"] or next((words for id_, words in self.ground.areas if id_ == answers["area_id"]), "")
            self._work.do(lambda: evacuation.order_evacuation(
                self._desk, incident_id=Id(answers["incident_id"]), area_id=Id(answers["area_id"]), name=named, to_move=to_move,
                vulnerable=int(answers["vulnerable"] or 0), ordered_by=answers["ordered_by"], lead=answers["lead"], lead_phone=answers["phone"],
                occurred_at=at), form=self.form, told=_("{name}: the order to move is recorded.").format(name=named))

        self.form.ask(_("People to be moved"), fields, _("Record the order"),
                      lambda answers: self._work.asked_moment(answers, self.form, lambda at: go_on(answers, at)), focus=self._first("area_id"))

    def mark(self, group: EvacuationGroup) -> None:
        """Ask where people of a group are by now."""
        fields = (AskChoice(name="kind", label=_("Where"), choices=[(each.value, label(each)) for each in Placed]),
                  AskNumber(name="people", label=_("People by now")), Ask(name="told_by", label=_("Told by")), ask_at())

        def go_on(answers: Answers, at: datetime | None) -> None:
            people = self._number(answers, "people")
            if people is not None:
                self._work.do(lambda: evacuation.mark(self._desk, group_id=group.id, kind=Placed(answers["kind"]), people=people,
                                                      told_by=answers["told_by"], occurred_at=at), form=self.form)

        self.form.ask(group.name, fields, _("Record it"),
                      lambda answers: self._work.asked_moment(answers, self.form, lambda at: go_on(answers, at)))

    def call_off(self, group: EvacuationGroup) -> None:
        """Ask why an evacuation is called off."""
        self.form.ask(_("Call off: {name}").format(name=group.name), (Ask(name="reason", label=field_label("reason"), is_long=True),),
                      _("Call it off"), lambda answers: self._work.do(
                          lambda: evacuation.call_off(self._desk, group_id=group.id, reason=answers["reason"]), form=self.form))

    def _number(self, answers: Answers, name: str) -> int | None:
        """Return a number that must be there, or tell at its field that it is missing: no word is not nobody."""
        if not answers[name]:
            self.form.refused(FieldMissing(name=name))
            return None
        return int(answers[name])

    # -- places --------------------------------------------------------------------------------------------------------
    def find_areas(self, typed: str) -> list[Candidate]:
        """Return the areas that a word could mean."""
        return candidates(find_in(self._desk.tree, text=typed, below=self._desk.area_id), typed, current_language())

    def _candidate(self, area_id: Id | None) -> Candidate | None:
        return next(((id_, words, "") for id_, words in self.ground.areas if id_ == area_id), None)


def _name(known: KnownShelter) -> str:
    return in_words(known.site.name, known.site.name_en)
