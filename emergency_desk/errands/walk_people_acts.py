"""The acts and figures of people in shelters by name, and of the destruction of their data."""

from __future__ import annotations

from emergency_desk.domain.errors import WalkLacks
from emergency_desk.domain.evacuation import Placed
from emergency_desk.domain.expected_people import MissingPerson
from emergency_desk.domain.ids import Id
from emergency_desk.domain.people_typed import read_people
from emergency_desk.domain.shelter_people import AskedHousehold, PersonLine, Way
from emergency_desk.domain.shelters import LeftTo
from emergency_desk.domain.walks import ActShape, Found, Step
from emergency_desk.errands import purging as destroying
from emergency_desk.errands.walk_acts import Act
from emergency_desk.errands.walk_figures import Figure, asked_of, plain
from emergency_desk.errands.walk_shelter_acts import group_of, opening_named, opening_of
from emergency_desk.errands.walk_stage import Stage
from emergency_desk.errands.walk_stock_acts import INCIDENT, MOMENT, MUST, TEXT, TEXTS, choice
from emergency_desk.services import evacuation, missing_people, people_papers, purging, shelter_people


def _register(stage: Stage, step: Step) -> None:
    people = read_people(stage.text(step, "people"))
    group_id = group_of(stage, step).id if stage.text(step, "group") else None
    shelter_people.register(stage.desk, opening_id=opening_of(stage, step).id, way=Way(stage.text(step, "way") or Way.ASK), asked=AskedHousehold(
        people=people, group_id=group_id, arrived_at=step.moments.get("occurred")))


def _list(stage: Stage, step: Step) -> None:
    group_id = group_of(stage, step).id if stage.text(step, "group") else None
    shelter_people.register_list(stage.desk, opening_id=opening_of(stage, step).id, source=stage.text(step, "source"), households=[
        AskedHousehold(people=(one,), group_id=group_id) for one in read_people(stage.text(step, "people"))])


def _named(stage: Stage, step: Step) -> tuple[Id, ...]:
    return tuple(_person(stage, name).stay.id for name in stage.texts(step, "names"))


def _person(stage: Stage, name: str) -> PersonLine:
    for line in shelter_people.find_people(stage.desk, text=name).lines:
        if line.person is not None and line.person.name == name:
            return line
    raise WalkLacks(what="person", name=name)


def _leave(stage: Stage, step: Step) -> None:
    shelter_people.leave(stage.desk, stay_ids=_named(stage, step), to=LeftTo(stage.text(step, "to")), occurred_at=step.moments.get("occurred"))


def _transfer(stage: Stage, step: Step) -> None:
    shelter_people.transfer(stage.desk, stay_ids=_named(stage, step), opening_id=opening_of(stage, step).id, bed=stage.text(step, "bed"),
                            occurred_at=step.moments.get("occurred"))


def _expect(stage: Stage, step: Step) -> None:
    missing_people.expect_list(stage.desk, group_id=group_of(stage, step).id, people=read_people(stage.text(step, "people")),
                               source=stage.text(step, "source"))


def _ask_for(stage: Stage, step: Step) -> None:
    group_id = group_of(stage, step).id if stage.text(step, "group") else None
    for one in read_people(stage.text(step, "people")):
        missing_people.ask_for(stage.desk, incident_id=stage.incident_id(step), asked=one, group_id=group_id,
                               asked_by=stage.text(step, "asked_by"))


def _settle(stage: Stage, step: Step) -> None:
    wanted = stage.texts(step, "names")
    found = {one.person.name: one.expected.id for one in _missing(stage) if one.person is not None}
    for name in wanted:
        if name not in found:
            raise WalkLacks(what="person", name=name)
    missing_people.settle(stage.desk, expected_ids=[found[name] for name in wanted], to=Placed(stage.text(step, "kind")),
                          told_by=stage.text(step, "told_by"))


def _missing(stage: Stage) -> list[MissingPerson]:
    return [one for village in missing_people.list_missing(stage.desk, incident_id=stage.incident_id()) for one in village.people]


def _join(stage: Stage, step: Step) -> None:
    for pair in shelter_people.possible_doubles(stage.desk, incident_id=stage.incident_id(step)):
        both = (pair.one, pair.other)
        here = [line for line in both if line.shelter == stage.text(step, "shelter")]
        if here and here[0].person is not None and here[0].person.name == stage.text(step, "name"):
            other = next(line for line in both if line is not here[0])
            shelter_people.join_double(stage.desk, here_id=here[0].stay.id, other_id=other.stay.id)
            return
    raise WalkLacks(what="double", name=stage.text(step, "name"))


def _purge(stage: Stage, step: Step) -> None:
    destroying.destroy(stage.desk, incident_id=stage.incident_id(step), decided_by=stage.text(step, "decided_by"))


def _hold(stage: Stage, step: Step) -> None:
    until = step.moments.get("until")
    if until is None:
        raise WalkLacks(what="moment", name="until")
    purging.hold(stage.desk, incident_id=stage.incident_id(step), until=until, assessment=stage.text(step, "assessment"))


def _lift(stage: Stage, step: Step) -> None:
    purging.lift_hold(stage.desk, incident_id=stage.incident_id(step), reason=stage.text(step, "reason"))


_PLACE = {"shelter": MUST, "occurred": MOMENT}
PEOPLE_ACTS: dict[str, Act] = {
    "register": Act(ActShape({**_PLACE, "incident": INCIDENT, "people": MUST, "group": TEXT, "way": choice(Way)}), _register),
    "register_list": Act(ActShape({"shelter": MUST, "incident": INCIDENT, "people": MUST, "group": TEXT, "source": TEXT}), _list),
    "leave_shelter": Act(ActShape({"names": TEXTS, "to": choice(LeftTo), "occurred": MOMENT}), _leave),
    "transfer": Act(ActShape({**_PLACE, "names": TEXTS, "bed": TEXT}), _transfer),
    "expect_people": Act(ActShape({"incident": INCIDENT, "group": MUST, "people": MUST, "source": MUST}), _expect),
    "ask_for_person": Act(ActShape({"incident": INCIDENT, "people": MUST, "group": TEXT, "asked_by": TEXT}), _ask_for),
    "settle_person": Act(ActShape({"names": TEXTS, "kind": choice(Placed), "told_by": TEXT}), _settle),
    "join_double": Act(ActShape({"incident": INCIDENT, "name": MUST, "shelter": MUST}), _join),
    "purge": Act(ActShape({"incident": INCIDENT, "decided_by": TEXT}), _purge),
    "hold": Act(ActShape({"incident": INCIDENT, "until": MOMENT, "assessment": TEXT}), _hold),
    "lift_hold": Act(ActShape({"incident": INCIDENT, "reason": TEXT}), _lift),
}


# -- figures ----------------------------------------------------------------------------------------------------------
def _where(stage: Stage, name: str) -> Found:
    for line in shelter_people.find_people(stage.desk, text=name).lines:
        if line.person is not None and line.person.name == name:
            return line.shelter if line.stay.left_to is None else line.stay.left_to.value
    return "nowhere"


def _in_files(stage: Stage, name: str) -> Found:
    return purging.stands_in_files(stage.desk, words=name)


def _on_sheet(stage: Stage, name: str) -> Found:
    return len(people_papers.registration_sheet(stage.desk, opening_id=opening_named(stage, name).id).people)


def _cards(stage: Stage, name: str) -> Found:
    return len(people_papers.stay_cards_sheet(stage.desk, opening_id=opening_named(stage, name).id).people)


PEOPLE_FIGURES: tuple[Figure, ...] = (
    asked_of("sheet.", ".people", "shelter", _on_sheet), asked_of("cards.", ".people", "shelter", _cards),
    asked_of("person.", ".where", "person", _where), asked_of("bytes.", ".count", "person", _in_files),
    plain("people.doubles", lambda stage: len(shelter_people.possible_doubles(stage.desk, incident_id=stage.incident_id()))),
    plain("evacuation.villages_missing", lambda stage: len(evacuation.missing(stage.desk, incident_id=stage.incident_id()))),
    plain("missing.people", lambda stage: len(_missing(stage))),
    plain("missing.by_number", lambda stage: sum(
        one.by_number for one in missing_people.list_missing(stage.desk, incident_id=stage.incident_id()))),
    asked_of("missing.", ".people", "group", lambda stage, name: sum(one.village == name for one in _missing(stage))),
    plain("purge.people", lambda stage: purging.newest_certificate(stage.desk, incident_id=stage.incident_id()).purge.people),
    plain("purge.found", lambda stage: _found(stage)),
)


def _found(stage: Stage) -> Found:
    check = purging.newest_certificate(stage.desk, incident_id=stage.incident_id()).check
    return check.found if check is not None else None
