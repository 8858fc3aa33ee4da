"""What is asked about who goes to which shelter, in a small form below the lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from emergency_desk.domain.errors import DeskError, FieldMissing, FieldRefused, FieldUnreadable
from emergency_desk.domain.evacuation_lists import FamilyTransfer, families_words, read_families
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_assignment import Assignment, AssignmentLine, FamilyKind, FixedFamilies
from emergency_desk.domain.shelter_assignment_board import AssignmentBoard, MovingVillage, OfferedShelter
from emergency_desk.domain.shelters import Stay
from emergency_desk.domain.travel import distance_km
from emergency_desk.services import shelter_assignment
from emergency_desk.services.desk import Done
from emergency_desk.services.shelter_assignment import Sent
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, AskNumber, InlineForm
from emergency_desk.ui.incidents.room_work import RoomWork
from emergency_desk.ui.shelters.assignment_words import family_words
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import field_label, label


class AssignmentAsking:
    """Asks and does; a refusal stays in the form with what was typed."""

    def __init__(self, place: Workplace, form: InlineForm) -> None:
        self.place, self.form = place, form
        self._work = RoomWork(place)

    def families(self, one: MovingVillage) -> None:
        """Ask the list of a village by families that are alike."""
        desk = self.place.desk

        def do(answers: Answers) -> None:
            self._work.do(lambda: shelter_assignment.list_families(desk, group_id=one.group.id, families=read_families(answers["families"])),
                          form=self.form, told=_("The list of {name} is kept.").format(name=one.group.name))

        fields = (Ask(name="families", label=field_label("families"), value=families_words(one.listed), hint="4×20 3×12 2/1×8", is_long=True),)
        self.form.ask(_("The list of {name}: {people} to be moved").format(name=one.group.name, people=formats.number(one.group.to_move)), fields,
                      _("Keep the list"), do, note=_("People of a family × how many families; after a slash the vulnerable among them. 2/1×8: "
                                                     "eight families of two with one vulnerable each. It takes the place of the list before."))

    # -- by hand -------------------------------------------------------------------------------------------------------
    def fix(self, board: AssignmentBoard, each: AssignmentLine, take: Callable[[FixedFamilies], object]) -> None:
        """Ask how many families of a kind go to a shelter; the rest is worked out around it."""
        kind = next(one for one in board.question.kinds if one.id == each.kind_id)
        shelter = next(one for one in board.shelters if one.shelter_id == each.shelter_id)

        def do(answers: Answers) -> None:
            try:
                take(FixedFamilies(each.kind_id, each.shelter_id, self._count(answers, most=kind.families)))
            except DeskError as error:
                self.form.refused(error)

        self.form.ask(_("To {shelter}: how many families?").format(shelter=in_words(shelter.name, shelter.name_en)), (
            Ask(name="families", label=field_label("families"), value=str(each.families), hint=str(kind.families)),),
            _("So many to there"), do, note=_("Families of {who}. 0 means none to there; the rest is worked out around it.").format(
                who=family_words(kind.people, kind.vulnerable)))

    def elsewhere(self, board: AssignmentBoard, one: MovingVillage, take: Callable[[FixedFamilies], object]) -> None:
        """Ask which families of a village go to a shelter of the officer's own choice."""
        kinds = [kind for kind in board.question.kinds if kind.group_id == one.group.id]
        if not kinds or not board.shelters:
            self._work.tell(_("No family of {name} waits for a place, or there is no shelter to send them to.").format(name=one.group.name))
            return

        def do(answers: Answers) -> None:
            try:
                kind = next(each for each in kinds if each.id == answers["kind"])
                take(FixedFamilies(kind.id, Id(answers["shelter"]), self._count(answers, most=kind.families)))
            except DeskError as error:
                self.form.refused(error)

        fields = (
            AskChoice(name="kind", label=_("Families of"), choices=[
                (kind.id, _("{families} × {who}").format(families=kind.families, who=family_words(kind.people, kind.vulnerable)))
                for kind in kinds]),
            AskChoice(name="shelter", label=_("To shelter"), choices=[
                (each.shelter_id, _("{shelter} · {places} places").format(
                    shelter=in_words(each.name, each.name_en), places=formats.number(each.places))) for each in _nearest(board, kinds[0])]),
            AskNumber(name="families", label=field_label("families")))
        self.form.ask(_("Families of {name} to a shelter you choose").format(name=one.group.name), fields, _("So many to there"), do,
                      note=_("Also to one that is not fit for vulnerable people: that is yours to say. The rest is worked out around it."))

    def _count(self, answers: Answers, *, most: int) -> int:
        if not answers["families"]:
            raise FieldMissing(name="families")
        if not answers["families"].strip().isdecimal():
            raise FieldUnreadable(name="families", typed=answers["families"], expected=_("a whole number"))
        count = int(answers["families"])
        if count > most:
            raise FieldRefused(name="families", reason="quantity", typed=count, other=f"0…{most}")
        return count

    # -- settings of one question --------------------------------------------------------------------------------------
    def settings(self, board: AssignmentBoard, take: Callable[[Id | None, Stay, int], object]) -> None:
        """Ask for which incident, for which stay, and how far shelters are proposed."""
        def do(answers: Answers) -> None:
            if not answers["reach_minutes"]:
                self.form.refused(FieldMissing(name="reach_minutes"))
                return
            take(Id(answers["incident_id"]) if answers["incident_id"] else None, Stay(answers["stay"]), int(answers["reach_minutes"]))

        rules = self.place.desk.trade
        fields = (
            AskChoice(name="incident_id", label=field_label("incident_id"), value=board.incident_id or "",
                      choices=board.running or (("", _("nobody is to be moved")),)),
            AskChoice(name="stay", label=_("For a stay of"), choices=[(rule.stay.value, label(rule.stay)) for rule in rules.shelters.stays],
                      value=board.stay.value),
            AskNumber(name="reach_minutes", label=_("Minutes on the way at most"), value=str(board.question.rules.reach_minutes)))
        self.form.ask(_("For whom, how long, how far"), fields, _("Look again"), do,
                      note=_("The stay decides how many fit into a shelter that is not open yet. The usual reach is {minutes} minutes."
                             ).format(minutes=formats.number(rules.assigning.reach_minutes)))

    # -- deciding ------------------------------------------------------------------------------------------------------
    def send(self, board: AssignmentBoard, answer: Assignment, then: Callable[[], object]) -> None:
        """Ask who decides, and put it all on the transfer lists."""
        desk, incident_id = self.place.desk, board.incident_id
        people = {kind.id: kind.people for kind in board.question.kinds}
        some = [each for each in answer.lines if each.families]
        if incident_id is None or not some:
            self._work.tell(_("Nobody is proposed to go anywhere, so there is nothing to decide."))
            return
        heads = sum(each.families * people[each.kind_id] for each in some)

        def do(answers: Answers) -> None:
            def done(made: Done[Sent]) -> None:
                self.form.put_away()
                told = _("{document}: {people} people stand on the transfer lists.").format(
                    document=made.value.document, people=formats.number(heads))
                self.place.window.notices.done(told, lambda: self._take_back_at_once(made.value))
                then()

            self.place.ask(lambda: shelter_assignment.send_families(
                desk, incident_id=incident_id, lines=some, stay=board.stay, decided_by=answers["decided_by"]), then=done,
                refused=self.form.refused)

        closed = {each.shelter_id for each in some} & {one.shelter_id for one in board.shelters if not one.is_open}
        note = _("{count} of the shelters are not open yet: open them on the page of shelters (O).").format(count=len(closed)) if closed else ""
        self.form.ask(_("Send {people} people to their shelters").format(people=formats.number(heads)),
                      (Ask(name="decided_by", label=field_label("decided_by")),), _("Put it on the transfer lists"), do, note=note)

    def _take_back_at_once(self, sent: Sent) -> None:
        desk, ids = self.place.desk, [one.id for one in sent.transfers]
        self.place.ask(lambda: shelter_assignment.take_back(desk, transfer_ids=ids, reason=_("taken back at once")))

    def take_back(self, transfers: Sequence[FamilyTransfer], name: str) -> None:
        """Ask why a line of the transfer list is taken back."""
        desk, ids = self.place.desk, [one.id for one in transfers]
        fields = (Ask(name="reason", label=field_label("reason"), is_long=True),)
        self.form.ask(_("No longer to {shelter}").format(shelter=name), fields, _("Take it back"), lambda answers: self._work.do(
            lambda: shelter_assignment.take_back(desk, transfer_ids=ids, reason=answers["reason"]), form=self.form))


def _nearest(board: AssignmentBoard, kind: FamilyKind) -> list[OfferedShelter]:
    """Return the shelters by how far they lie from where families are; those nobody knows the place of stand last."""
    def away(one: OfferedShelter) -> float:
        if one.position is None or kind.position is None:
            return float("inf")
        return distance_km(*kind.position, *one.position)

    return sorted(board.shelters, key=lambda one: (away(one), one.name))
