"""What is asked and done about people who are missing by name: asked for, named by a village, found elsewhere, recognised, told apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from emergency_desk.domain.errors import FieldMissing
from emergency_desk.domain.evacuation import Placed
from emergency_desk.domain.expected_people import Listed, MissingPerson
from emergency_desk.domain.ids import Id
from emergency_desk.domain.people_typed import read_people
from emergency_desk.services import missing_people
from emergency_desk.services.desk import Desk, Done
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, AskText, InlineForm
from emergency_desk.ui.incidents.room_work import RoomWork
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.labels import field_label, label
from emergency_desk.wording.people_words import tell_odd


@dataclass(frozen=True, slots=True)
class MissingGround:
    """What the forms choose from: incidents that run and villages to be moved, both as (id, words)."""

    incidents: tuple[tuple[Id, str], ...] = ()
    villages: tuple[tuple[Id, str], ...] = ()


class MissingActs:
    """Asks and does; a refusal stays in the form with what was typed."""

    def __init__(self, place: Workplace, form: InlineForm) -> None:
        self.form, self.ground = form, MissingGround()
        self._place, self._work = place, RoomWork(place)

    @property
    def _desk(self) -> Desk:
        return self._place.desk

    # -- looking for ---------------------------------------------------------------------------------------------------
    def ask_for(self) -> None:
        """Ask who is looked for, and who asks."""
        if not self.ground.incidents:
            self._work.tell(_("People are looked for in an incident. Take the call first (F2)."))
            return
        fields = (
            Ask(name="people", label=field_label("people"), is_long=True, hint=_("Wang Xiaoming 1234 13800001111 82 — the name first")),
            AskChoice(name="incident_id", label=field_label("incident_id"), choices=self.ground.incidents),
            AskChoice(name="group_id", label=field_label("group_id"), choices=(("", _("not known")), *self.ground.villages)),
            Ask(name="asked_by", label=_("Who asks, and their phone")))
        self.form.ask(_("Who is asked for?"), fields, _("Look for them"), self._ask_for, focus="people")

    def _ask_for(self, answers: Answers) -> None:
        people = read_people(answers["people"])
        if len(people) != 1:
            self.form.refused(FieldMissing(name="people"))
            return
        group_id = Id(answers["group_id"]) if answers["group_id"] else None
        self._work.do(lambda: missing_people.ask_for(self._desk, incident_id=Id(answers["incident_id"]), asked=people[0], group_id=group_id,
                                                     asked_by=answers["asked_by"]), form=self.form, then=self._tell)

    def take_names(self, group_id: Id | None) -> None:
        """Ask for the names of a village, as its head reads them out."""
        if not self.ground.villages:
            self._work.tell(_("No village is to be moved. Alt+N on the page of shelters orders people to be moved."))
            return
        fields = (
            AskText(name="people", label=field_label("people"), is_long=True, lines=5,
                    hint=_("Wang Xiaoming 1234 13800001111 82 chronic — a line each, the name first; Shift+Enter: the next")),
            AskChoice(name="group_id", label=field_label("group_id"), choices=self.ground.villages, value=group_id or ""),
            Ask(name="source", label=_("Whose list it is"), hint=_("village head, grid worker…")))
        self.form.ask(_("Who is to be moved, by name?"), fields, _("Look for them"), self._take_names, focus="people")

    def _take_names(self, answers: Answers) -> None:
        people = read_people(answers["people"])
        self._work.do(lambda: missing_people.expect_list(self._desk, group_id=Id(answers["group_id"]), people=people, source=answers["source"]),
                      form=self.form, then=self._tell)

    def _tell(self, done: Done[Listed]) -> None:
        self._place.window.notices.done(listed_words(done.value))

    # -- found ---------------------------------------------------------------------------------------------------------
    def settle(self, one: MissingPerson, to: Placed) -> None:
        """Ask who told where somebody is."""
        name = one.person.name if one.person is not None else "—"
        self.form.ask(_("{name}: {place}").format(name=name, place=label(to)), (Ask(name="told_by", label=_("Told by")),), _("Record it"),
                      lambda answers: self._work.do(
                          lambda: missing_people.settle(self._desk, expected_ids=[one.expected.id], to=to, told_by=answers["told_by"]),
                          form=self.form, told=_("{name}: {place}.").format(name=name, place=label(to)), undo=self._look_again(one)))

    def _look_again(self, one: MissingPerson) -> Callable[[], None]:
        return lambda: self._work.do(lambda: missing_people.look_again(self._desk, expected_id=one.expected.id))

    def recognise(self, one: MissingPerson) -> None:
        """Ask which of the registered people of that name it is."""
        self._of_that_name(one, _("Which of them is {name}?"), _("It is them"), lambda stay_id: self._work.do(
            lambda: missing_people.recognise(self._desk, expected_id=one.expected.id, stay_id=stay_id), form=self.form,
            told=_("Found: one entry, with what both knew.")))

    def tell_apart(self, one: MissingPerson) -> None:
        """Ask which of the registered people of that name is another."""
        self._of_that_name(one, _("Who of them is not {name}?"), _("Another person"), lambda stay_id: self._work.do(
            lambda: missing_people.tell_apart(self._desk, expected_id=one.expected.id, stay_id=stay_id), form=self.form,
            told=_("Two people of one name; they are not asked about again.")))

    def _of_that_name(self, one: MissingPerson, question: str, button: str, do: Callable[[Id], object]) -> None:
        if not one.perhaps:
            self._work.tell(_("Nobody of that name is registered."))
            return
        places = [(line.stay.id, " · ".join(part for part in (
            in_words(line.shelter, line.shelter_en), line.village, line.person.age if line.person else "",
            line.person.phone if line.person else "", line.person.id_tail if line.person else "") if part)) for line in one.perhaps]
        self.form.ask(question.format(name=one.person.name if one.person is not None else "—"),
                      (AskChoice(name="stay", label=_("Registered"), choices=places),), button, lambda answers: do(Id(answers["stay"])))


def listed_words(done: Listed) -> str:
    """Return what came of names: how many are looked for, who is found, what was odd."""
    count = len(done.new)
    told = [ngettext("{count} person is looked for.", "{count} people are looked for.", count).format(count=formats.number(count))]
    if done.there_already:
        told.append(ngettext("{count} stood on a list already.", "{count} stood on a list already.", done.there_already).format(
            count=formats.number(done.there_already)))
    told += [_("{name} is registered: {shelter}.").format(name=line.person.name if line.person else "—", shelter=in_words(
        line.shelter, line.shelter_en)) for line in done.found[:_MOST_TOLD]]
    if len(done.found) > _MOST_TOLD:
        told.append(_("{count} in all are registered.").format(count=formats.number(len(done.found))))
    return " ".join((*told, *(tell_odd(odd) for odd in done.odd[:_MOST_TOLD])))


_MOST_TOLD = 3
