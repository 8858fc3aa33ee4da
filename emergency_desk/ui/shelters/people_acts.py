"""What is asked and done with people in shelters: register a family, let them leave or go over, correct, tell two of one name apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from emergency_desk.domain.errors import FieldMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.people_typed import read_people, typed_again
from emergency_desk.domain.shelter_people import AskedHousehold, AskedPerson, PersonLine, PossibleDouble, Registered, Way
from emergency_desk.domain.shelters import LeftTo, ShelterStay
from emergency_desk.services import shelter_people
from emergency_desk.services.desk import Desk, Done
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, AskSeveral, AskText, InlineForm
from emergency_desk.ui.incidents.room_work import RoomWork, ask_at
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, ngettext, pgettext
from emergency_desk.wording.labels import field_label, label
from emergency_desk.wording.people_words import tell_odd

_LEAVING = (LeftTo.HOME, LeftTo.RELATIVES, LeftTo.RENTED, LeftTo.HOSPITAL, LeftTo.OTHER_SHELTER, LeftTo.ELSEWHERE)


@dataclass(frozen=True, slots=True)
class PeopleGround:
    """What the forms choose from: openings that run and villages to be moved, both as (id, words)."""

    openings: tuple[tuple[str, str], ...] = ()
    villages: tuple[tuple[str, str], ...] = ()


class PeopleActs:
    """Asks and does; a refusal stays in the form with what was typed."""

    def __init__(self, place: Workplace, form: InlineForm) -> None:
        self.form, self.ground, self._village = form, PeopleGround(), ""
        self._place, self._work = place, RoomWork(place)

    @property
    def _desk(self) -> Desk:
        return self._place.desk

    # -- coming --------------------------------------------------------------------------------------------------------
    def register(self, opening_id: Id | None, shelter: str) -> None:
        """Ask who came; after each family the form waits for the next."""
        if opening_id is None:
            self._work.tell(_("No shelter is open. Open one first, on the page of shelters."))
            return
        fields = (
            AskText(name="people", label=field_label("people"), is_long=True,
                    hint=_("Wang Xiaoming 1234 13800001111 82 chronic bed:A12 — the name first, the rest in any order; Shift+Enter: the next")),
            AskChoice(name="group_id", label=field_label("group_id"), choices=(("", _("not known")), *self.ground.villages),
                      value=self._first_village),
            AskChoice(name="way", label=_("Elsewhere already"), choices=[(way.value, label(way)) for way in Way]), ask_at())
        self.form.ask(_("Who came to {shelter}?").format(shelter=shelter), fields, _("Register"),
                      lambda answers: self._at(answers, lambda at: self._register(opening_id, shelter, answers, at)))

    @property
    def _first_village(self) -> str:
        """The village of the family before; the only one there is, while nobody came yet."""
        return self._village or (self.ground.villages[0][0] if len(self.ground.villages) == 1 else "")

    def _register(self, opening_id: Id, shelter: str, answers: Answers, at: datetime | None) -> None:
        self._village = answers["group_id"]
        asked = AskedHousehold(people=read_people(answers["people"]), group_id=Id(self._village) if self._village else None, arrived_at=at)

        def kept(done: Done[Registered]) -> None:
            self._tell(done.value)
            self.register(opening_id, shelter)

        self._work.do(lambda: shelter_people.register(self._desk, opening_id=opening_id, asked=asked, way=Way(answers["way"])), then=kept,
                      refused=self.form.refused)

    def _tell(self, done: Registered) -> None:
        count = len(done.stays)
        told = ngettext("{count} person is registered.", "{count} people are registered.", count).format(count=count)
        self._place.window.notices.done(" ".join((told, *(tell_odd(odd) for odd in done.odd))))

    # -- going ---------------------------------------------------------------------------------------------------------
    def leave(self, one: PersonLine) -> None:
        """Ask who of a family leaves, and where to."""
        self._of_household(one, lambda family: self.form.ask(
            _("Who leaves {shelter}?").format(shelter=in_words(one.shelter, one.shelter_en)), (
                _who(family), AskChoice(name="to", label=_("Where to"), choices=[(to.value, label(to)) for to in _LEAVING]), ask_at()),
            _("They leave"), lambda answers: self._at(answers, lambda at: self._leave(answers, at))))

    def _leave(self, answers: Answers, at: datetime | None) -> None:
        self._work.do(lambda: shelter_people.leave(self._desk, stay_ids=_ids(answers), to=LeftTo(answers["to"]), occurred_at=at),
                      form=self.form, told=_people_told(_("{count} left."), answers))

    def leave_all(self, opening_id: Id | None, shelter: str) -> None:
        """Ask where everybody goes who is still in a shelter, or everybody of one village: a bus home is one act."""
        if opening_id is None:
            self._work.tell(_("No shelter is open. Open one first, on the page of shelters."))
            return
        who = (("", _("everybody who is there by name")), *self.ground.villages)
        fields = (AskChoice(name="group_id", label=pgettext("people", "Who"), choices=who),
                  AskChoice(name="to", label=_("Where to"), choices=[(to.value, label(to)) for to in _LEAVING]), ask_at())
        self.form.ask(_("Everybody leaves {shelter}?").format(shelter=shelter), fields, _("They leave"),
                      lambda answers: self._at(answers, lambda at: self._leave_all(opening_id, answers, at)))

    def _leave_all(self, opening_id: Id, answers: Answers, at: datetime | None) -> None:
        def told(done: Done[tuple[ShelterStay, ...]]) -> None:
            self._place.window.notices.done(_("{count} left.").format(count=formats.people(len(done.value))))

        self._work.do(lambda: shelter_people.leave_all(self._desk, opening_id=opening_id, to=LeftTo(answers["to"]), occurred_at=at,
                                                       group_id=Id(answers["group_id"]) if answers["group_id"] else None),
                      form=self.form, then=told)

    def transfer(self, one: PersonLine) -> None:
        """Ask who of a family goes over, and to which shelter."""
        others = [each for each in self.ground.openings if each[0] != one.stay.opening_id]
        if not others:
            self._work.tell(_("No other shelter is open that they could move to."))
            return
        self._of_household(one, lambda family: self.form.ask(
            _("Who goes over to another shelter?"), (
                _who(family), AskChoice(name="opening_id", label=_("Shelter"), choices=others), Ask(name="bed", label=field_label("bed")),
                ask_at()), _("Record the move"), lambda answers: self._at(answers, lambda at: self._transfer(answers, at))))

    def _transfer(self, answers: Answers, at: datetime | None) -> None:
        self._work.do(lambda: shelter_people.transfer(self._desk, stay_ids=_ids(answers), opening_id=Id(answers["opening_id"]),
                                                      bed=answers["bed"], occurred_at=at),
                      form=self.form, told=_people_told(_("{count} went over."), answers))

    def _of_household(self, one: PersonLine, ask: Callable[[list[PersonLine]], object]) -> None:
        if one.stay.left_at is not None:
            self._work.tell(_("They have left already."))
            return
        self._work.do(lambda: shelter_people.household_of(self._desk, stay_id=one.stay.id), then=ask)

    # -- mending -------------------------------------------------------------------------------------------------------
    def correct(self, one: PersonLine) -> None:
        """Ask for one person anew, as they were typed."""
        person, stay = one.person, one.stay
        if person is None:
            self._work.tell(_("Who this was has been destroyed."))
            return
        typed = typed_again(AskedPerson(name=person.name, id_number=person.id_tail, phone=person.phone, age=person.age, needs=stay.needs,
                                        bed=stay.bed, pets=stay.pets, note=person.note))
        self.form.ask(_("Correct {name}").format(name=person.name), (Ask(name="people", label=field_label("people"), value=typed, is_long=True),),
                      _("Save"), lambda answers: self._correct(stay.id, answers))

    def _correct(self, stay_id: Id, answers: Answers) -> None:
        people = read_people(answers["people"])
        if len(people) != 1:
            self.form.refused(FieldMissing(name="people"))
            return
        self._work.do(lambda: shelter_people.correct_person(self._desk, stay_id=stay_id, asked=people[0]), form=self.form,
                      told=_("The entry is corrected."))

    def join(self, pair: PossibleDouble) -> None:
        """Ask in which of two shelters one person is."""
        both = (pair.one, pair.other)
        places = [(one.stay.id, _("{shelter}, bed {bed}").format(shelter=in_words(one.shelter, one.shelter_en), bed=one.stay.bed or "—"))
                  for one in both]
        self.form.ask(_("One person in two entries: where are they?"), (AskChoice(name="here", label=_("Where"), choices=places),),
                      _("They are here"), lambda answers: self._work.do(lambda: shelter_people.join_double(
                          self._desk, here_id=Id(answers["here"]), other_id=next(one.stay.id for one in both if one.stay.id != answers["here"])),
                          form=self.form, told=_("One entry stays, the other has ended.")))

    def tell_apart(self, pair: PossibleDouble) -> None:
        """Keep both as two people."""
        self._work.do(lambda: shelter_people.tell_apart(self._desk, one_id=pair.one.stay.id, other_id=pair.other.stay.id),
                      told=_("Two people of one name; they are not asked about again."))

    def _at(self, answers: Answers, go_on: Callable[[datetime | None], object]) -> None:
        self._work.asked_moment(answers, self.form, go_on)


def _who(family: Sequence[PersonLine]) -> AskSeveral:
    return AskSeveral(name="people", label=field_label("people"), is_long=True, value=" ".join(one.stay.id for one in family),
                      choices=[(one.stay.id, one.person.name if one.person else "—") for one in family])


def _ids(answers: Answers) -> tuple[Id, ...]:
    return tuple(Id(one) for one in answers["people"].split())


def _people_told(words: str, answers: Answers) -> str:
    return words.format(count=formats.people(len(_ids(answers))))
