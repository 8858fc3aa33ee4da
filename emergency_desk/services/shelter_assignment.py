"""Who goes to which shelter: the lists of villages by families, the question with its quick answer, and what was decided on the transfer list.

The better answer is worked out elsewhere, from the same question.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import FieldMissing, ReasonMissing
from emergency_desk.domain.evacuation import EvacuationGroup
from emergency_desk.domain.evacuation_lists import (
    Families,
    FamilyTransfer,
    ListedFamilies,
    check_families,
    newest_lists,
)
from emergency_desk.domain.ids import Id, transfer_number
from emergency_desk.domain.incidents import Happening, Incident
from emergency_desk.domain.moments import local_year
from emergency_desk.domain.placing_errors import FamiliesTaken, PlacesTaken, TransferGone
from emergency_desk.domain.shelter_assignment import (
    AssignmentLine,
    AssignmentQuestion,
    AssignmentRules,
    FamilyKind,
    FixedFamilies,
    ShelterPlaces,
)
from emergency_desk.domain.shelter_assignment_board import AssignmentBoard, MovingVillage, OfferedShelter
from emergency_desk.domain.shelter_assignment_quick import quick_answer
from emergency_desk.domain.shelters import Stay
from emergency_desk.domain.supplies import check_count
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import logbook
from emergency_desk.services.steps.incident_at_work import open_incident
from emergency_desk.services.steps.sheltering import Offer, offer, sent_of
from emergency_desk.services.steps.timing import refuse_future
from emergency_desk.store.repositories.shapes import Repositories
from emergency_desk.store.unit_of_work import UnitOfWork

FIRST_STAY = Stay.THREE_DAYS
_FURTHEST = 60 * 24


# -- the lists of villages --------------------------------------------------------------------------------------------
def list_families(desk: Desk, *, group_id: Id, families: Sequence[Families]) -> Done[tuple[ListedFamilies, ...]]:
    """Write the list of a village by families that are alike; it takes the place of the one before. Raises FieldMissing, FieldRefused."""
    desk.may(Act.RUN_SHELTER)
    some = check_families(families)
    if not some:
        raise FieldMissing(name="families")
    at = desk.now()
    with desk.open_work() as work:
        group = work.evacuation_groups.get(group_id)
        incident = open_incident(work, group.incident_id)
        list_id: Id = desk.new_id()
        listed = tuple(work.evacuation_families.add(ListedFamilies(
            id=desk.new_id(), list_id=list_id, group_id=group.id, incident_id=incident.id, people=one.people, families=one.families,
            recorded_at=at, account_id=desk.who, vulnerable=one.vulnerable, is_exercise=group.is_exercise)) for one in some)
        logbook.write(desk, work, Happening.EVACUATION, at=at, incident_id=incident.id, about_id=group.id, step="listed", group=group.name,
                      families=sum(one.families for one in some), people=sum(one.heads for one in some))
        return Done(listed, work.commit("list_families", group=group.name, families=sum(one.families for one in some)))


# -- the question -----------------------------------------------------------------------------------------------------
def read_board(
    desk: Desk, *, incident_id: Id | None = None, fixed: Sequence[FixedFamilies] = (), stay: Stay = FIRST_STAY,
    reach_minutes: int | None = None,
) -> AssignmentBoard:
    """Return the question that the villages of an incident make over its shelters, with the quick answer. Raises FieldRefused.

    Without an incident it is the newest that has people to move; there is none where nobody is to be moved.
    """
    rules = desk.trade.assigning
    if reach_minutes is not None:
        rules = replace(rules, reach_minutes=check_count("reach_minutes", reach_minutes, most=_FURTHEST))
    with desk.reading() as reading:
        running = [one for one in reading.open_incident_lines() if reading.evacuation_groups.count(
            "WHERE incident_id = ? AND is_called_off = 0", (one.id,))]
        chosen = next((one.id for one in running if one.id == incident_id), None)
        if chosen is None and incident_id is None and running:
            chosen = max(running, key=lambda one: one.recorded_at).id
        named = tuple((one.id, f"{one.number} {one.title}") for one in running)
        if chosen is None:
            question = _question(desk, rules, (), ())
            return AssignmentBoard(incident_id=incident_id, stay=stay, question=question, quick=quick_answer(question), running=named)
        offered, villages = offer(desk, reading, reading.incidents.get(chosen), stay=stay), _villages(reading, chosen)
    return _board(desk, chosen, offered, villages, rules=rules, fixed=fixed, stay=stay, running=named)


def _board(
    desk: Desk, incident_id: Id, offered: Offer, villages: tuple[MovingVillage, ...], *, rules: AssignmentRules,
    fixed: Sequence[FixedFamilies], stay: Stay, running: tuple[tuple[Id, str], ...],
) -> AssignmentBoard:
    question = _question(desk, rules, villages, offered.shelters)
    kinds, there = {kind.id for kind in question.kinds}, {one.shelter_id for one in question.shelters}
    question = replace(question, fixed=tuple(one for one in fixed if one.kind_id in kinds and one.shelter_id in there))
    return AssignmentBoard(
        incident_id=incident_id, stay=stay, villages=villages, shelters=offered.shelters, without_capacity=offered.without_capacity,
        unfit=offered.unfit, question=question, quick=quick_answer(question), running=running)


def _villages(reading: Repositories, incident_id: Id) -> tuple[MovingVillage, ...]:
    groups = reading.evacuation_groups.where("WHERE incident_id = ? AND is_called_off = 0 ORDER BY ordered_at, name, id", (incident_id,))
    lists = newest_lists(reading.evacuation_families.where("WHERE incident_id = ? ORDER BY seq", (incident_id,)))
    sent: dict[Id, list[FamilyTransfer]] = {}
    for one in sent_of(reading, incident_id):
        sent.setdefault(one.group_id, []).append(one)
    return tuple(MovingVillage(group, tuple(lists.get(group.id, ())), tuple(sent.get(group.id, ()))) for group in groups)


def _question(
    desk: Desk, rules: AssignmentRules, villages: Iterable[MovingVillage], shelters: Iterable[OfferedShelter],
) -> AssignmentQuestion:
    return AssignmentQuestion(
        kinds=tuple(kind for village in villages for kind in _kinds(desk, village)), travel=desk.trade.travel, rules=rules,
        shelters=tuple(ShelterPlaces(one.shelter_id, one.places, one.position, one.is_fit, 0 if one.is_open else rules.opening_minutes)
                       for one in shelters))


def _kinds(desk: Desk, village: MovingVillage) -> Iterable[FamilyKind]:
    """Return the families of a village that wait for a place: those on the list, less those that were sent."""
    sent: dict[str, int] = {}
    for one in village.sent:
        sent[one.key] = sent.get(one.key, 0) + one.families
    position = desk.tree.position(village.group.area_id)
    for listed in village.listed:
        waiting = listed.families - sent.get(listed.key, 0)
        if waiting > 0:
            yield FamilyKind(id=listed.key, group_id=village.group.id, people=listed.people, families=waiting, vulnerable=listed.vulnerable,
                             position=position)


# -- deciding ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Sent:
    """What was put on the transfer lists at once, under one number."""

    document: str
    transfers: tuple[FamilyTransfer, ...]


def send_families(
    desk: Desk, *, incident_id: Id, lines: Sequence[AssignmentLine], stay: Stay = FIRST_STAY, decided_by: str = "",
    occurred_at: datetime | None = None,
) -> Done[Sent]:
    """Put where families go on the transfer lists, all under one number. Places and lists are looked at again: the world may have moved on.

    Raises PlacesTaken, FamiliesTaken, FieldMissing, IncidentIsClosed.
    """
    desk.may(Act.RUN_SHELTER)
    some = [line for line in lines if line.families > 0]
    if not some:
        raise FieldMissing(name="families")
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        incident = open_incident(work, incident_id)
        villages = _villages(work, incident.id)
        kinds = {kind.id: kind for village in villages for kind in _kinds(desk, village)}
        groups = {village.group.id: village.group for village in villages}
        _check_families(some, kinds, groups)
        offered = {one.shelter_id: one for one in offer(desk, work, incident, stay=stay).shelters}
        _check_places(some, kinds, offered)
        year = local_year(at)
        document = transfer_number(desk.facts.code, year, work.next_number(f"transfer {desk.facts.code} {year}"))
        transfers = [FamilyTransfer(
            id=desk.new_id(), document=document, incident_id=incident.id, group_id=kinds[line.kind_id].group_id, shelter_id=line.shelter_id,
            people=kinds[line.kind_id].people, families=line.families, occurred_at=occurred_at or at, recorded_at=at, account_id=desk.who,
            vulnerable=kinds[line.kind_id].vulnerable, minutes=line.minutes if line.is_way_known else None, decided_by=decided_by.strip(),
            is_by_hand=line.is_fixed, is_exercise=groups[kinds[line.kind_id].group_id].is_exercise) for line in some]
        work.family_transfers.add_many(transfers)
        _tell(desk, work, incident, transfers, at=at, step="sent", document=document, decided_by=decided_by.strip())
        return Done(Sent(document, tuple(transfers)), work.commit("send_families", document=document, lines=len(transfers)))


def _check_families(lines: Sequence[AssignmentLine], kinds: dict[str, FamilyKind], groups: dict[Id, EvacuationGroup]) -> None:
    wanted: dict[str, int] = {}
    for line in lines:
        wanted[line.kind_id] = wanted.get(line.kind_id, 0) + line.families
    for kind_id, families in wanted.items():
        kind = kinds.get(kind_id)
        there = kind.families if kind is not None else 0
        if families > there:
            group = groups.get(Id(kind_id.partition(":")[0]))
            raise FamiliesTaken(name=group.name if group is not None else "", wanted=families, there=there)


def _check_places(lines: Sequence[AssignmentLine], kinds: dict[str, FamilyKind], offered: dict[Id, OfferedShelter]) -> None:
    wanted: dict[Id, int] = {}
    for line in lines:
        wanted[line.shelter_id] = wanted.get(line.shelter_id, 0) + line.families * kinds[line.kind_id].people
    for shelter_id, people in wanted.items():
        shelter = offered.get(shelter_id)
        if shelter is None or people > shelter.places:
            raise PlacesTaken(name=shelter.name if shelter is not None else "", wanted=people, there=shelter.places if shelter is not None else 0)


def take_back(desk: Desk, *, transfer_ids: Sequence[Id], reason: str) -> Done[tuple[FamilyTransfer, ...]]:
    """Take lines of the transfer lists back, each by a further entry that names it. Raises ReasonMissing, TransferGone, IncidentIsClosed."""
    desk.may(Act.RUN_SHELTER)
    if not reason.strip():
        raise ReasonMissing(act="take_back_transfer")
    at = desk.now()
    with desk.open_work() as work:
        named = work.family_transfers.get_many(transfer_ids)
        if not named:
            raise FieldMissing(name="families")
        incident = open_incident(work, named[0].incident_id)
        holding = {one.id for one in sent_of(work, incident.id)}
        gone = next((one for one in named if one.id not in holding), None)
        if gone is not None:
            raise TransferGone(document=gone.document)
        mirrors = [replace(one, id=desk.new_id(), takes_back_id=one.id, occurred_at=at, recorded_at=at, account_id=desk.who,
                           reason=reason.strip()) for one in named]
        work.family_transfers.add_many(mirrors)
        _tell(desk, work, incident, mirrors, at=at, step="taken_back", document=named[0].document, text=reason.strip())
        return Done(tuple(mirrors), work.commit("take_back_transfers", document=named[0].document, lines=len(mirrors)))


def _tell(
    desk: Desk, work: UnitOfWork, incident: Incident, transfers: Sequence[FamilyTransfer], *, at: datetime, step: str, document: str,
    text: str = "", decided_by: str = "",
) -> None:
    logbook.write(desk, work, Happening.EVACUATION, at=at, incident_id=incident.id, text=text, step=step, document=document,
                  families=sum(one.families for one in transfers), people=sum(one.heads for one in transfers),
                  shelters=len({one.shelter_id for one in transfers}), decided_by=decided_by)
