"""Lists of people by name that come as files: held against who is known, and taken whole in one commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import FieldMissing, NotFound
from emergency_desk.domain.evacuation import read_placed
from emergency_desk.domain.ids import Id
from emergency_desk.domain.people_lists import HeldList, HeldPerson, ListedPerson, ListStanding, PersonProblem
from emergency_desk.domain.shelter_people import Alike, AskedHousehold, Registered, alike, check_household, name_key, person_of
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import expecting
from emergency_desk.services.steps import stays as stays_at_work
from emergency_desk.services.steps.timing import refuse_future
from emergency_desk.store.readings.reading import Reading


@dataclass(frozen=True, slots=True)
class ListTarget:
    """What a list is of: who is in a shelter, by its opening; or who is to be moved, by a village, of which other rows may name others."""

    id: Id
    incident_id: Id
    name: str
    name_en: str = ""
    number: str = ""  # of the opening order
    is_village: bool = False


def targets(desk: Desk) -> list[ListTarget]:
    """Return the shelters that run and the villages that are to be moved, of incidents that are open. Raises RoleMissing."""
    desk.may(Act.RUN_SHELTER)
    with desk.reading() as reading:
        found = []
        for opening in reading.shelter_openings.where("WHERE closed_at IS NULL ORDER BY opened_at, number"):
            site = reading.sites.get(opening.shelter_id)
            found.append(ListTarget(opening.id, opening.incident_id, site.name, site.name_en, opening.number))
        running = "SELECT id FROM incidents WHERE closed_at IS NULL"
        return [*found, *(ListTarget(group.id, group.incident_id, group.name, is_village=True) for group in reading.evacuation_groups.where(
            f"WHERE is_called_off = 0 AND incident_id IN ({running}) ORDER BY ordered_at, name, id"))]


def target_of(desk: Desk, *, target_id: Id) -> ListTarget:
    """Return a target by its id. Raises NotFound, RoleMissing."""
    for one in targets(desk):
        if one.id == target_id:
            return one
    raise NotFound(kind="shelter_openings", key=target_id)


# -- taking -----------------------------------------------------------------------------------------------------------
def register_lists(desk: Desk, *, households: Sequence[tuple[Id, AskedHousehold]], source: str) -> Done[Registered]:
    """Take a whole list another desk wrote, of one shelter or several: everybody on it is kept, who may be a double is named.

    Raises FieldMissing, FieldRefused, ShelterNotRunning, OccurredInFuture.
    """
    desk.may(Act.RUN_SHELTER)
    if not source.strip():
        raise FieldMissing(name="source")
    at = desk.now()
    by_opening: dict[Id, list[AskedHousehold]] = {}
    for opening_id, asked in households:
        check_household(asked)
        refuse_future(asked.arrived_at, at=at)
        by_opening.setdefault(opening_id, []).append(asked)
    with desk.open_work() as work:
        openings = {id_: stays_at_work.running(work, id_) for id_ in by_opening}
        taken = [stays_at_work.take_list(desk, work, openings[id_], some, at=at) for id_, some in by_opening.items()]
        stays = tuple(stay for one in taken for stay in one.stays)
        return Done(Registered(stays, tuple(odd for one in taken for odd in one.odd)), work.commit(
            "register_list", orders=sorted(one.number for one in openings.values()), people=len(stays), source=source.strip()))


# -- holding against who is known -------------------------------------------------------------------------------------
def hold(desk: Desk, *, rows: Sequence[ListedPerson], target_id: Id) -> HeldList:
    """Hold the rows of a list against who is known; nothing is written. Raises NotFound, RoleMissing."""
    target = target_of(desk, target_id=target_id)
    same = [one for one in targets(desk) if one.incident_id == target.incident_id]
    now = desk.now()
    holding = _Holding(target, {one.name: one for one in same if not one.is_village} | {one.name_en: one for one in same if one.name_en},
                       {one.name: one for one in same if one.is_village})
    with desk.reading() as reading:
        lines = []
        for row in rows:
            held = holding.place(row)
            if held.problem is None and row.arrived_at is not None and row.arrived_at > now:
                held = replace(held, problem=PersonProblem.IN_FUTURE)
            lines.append(held if held.problem is not None else _standing(reading, held, target))
    return HeldList(tuple(lines))


@dataclass(frozen=True, slots=True)
class _Holding:
    target: ListTarget
    shelters: Mapping[str, ListTarget]
    villages: Mapping[str, ListTarget]

    def place(self, row: ListedPerson) -> HeldPerson:
        """Return a row with the shelter or village it belongs to."""
        if self.target.is_village:
            village = _named(self.villages, row.village) or (self.target if not row.village else None)
            if village is None and len(self.villages) > 1:
                return HeldPerson(row, problem=PersonProblem.VILLAGE_UNKNOWN)
            village = village or self.target
            placed = read_placed(row.left)
            kept = _with_note(row, row.village if village.name != row.village else "", "" if placed is not None else row.left)
            kept = replace(kept, person=replace(kept.person, placed=placed))
            return HeldPerson(kept, group_id=village.id, village=village.name)
        if row.left:
            return HeldPerson(row, problem=PersonProblem.HAS_LEFT)
        shelter = _named(self.shelters, row.shelter) if row.shelter else self.target
        if shelter is None:
            return HeldPerson(row, problem=PersonProblem.SHELTER_UNKNOWN)
        village = _named(self.villages, row.village)
        return HeldPerson(_with_note(row, row.village if village is None else ""), opening_id=shelter.id, shelter=shelter.name,
                          group_id=village.id if village else None, village=village.name if village else "")


def _named(known: Mapping[str, ListTarget], written: str) -> ListTarget | None:
    """Return what a written name means: the same, or the only one that holds it or that it holds."""
    if not written:
        return None
    if written in known:
        return known[written]
    found = {one.id: one for name, one in known.items() if written in name or name in written}
    return next(iter(found.values())) if len(found) == 1 else None


def _with_note(row: ListedPerson, *words: str) -> ListedPerson:
    """Return a row whose note keeps words that are none of the desk's, such as a place."""
    person = row.person
    return replace(row, person=replace(person, note="；".join(part for part in (person.note, *words) if part)))


def _standing(reading: Reading, held: HeldPerson, target: ListTarget) -> HeldPerson:
    """Say how somebody stands already: the surest of those who bear the name."""
    person, _odd = person_of(held.row.person)
    ids = reading.people.of_name(name_key(person.name), incident_id=target.incident_id)
    found: list[tuple[int, ListStanding, str]] = []
    for id_, other in stays_at_work.people_by_id(reading, ids).items():
        judged = alike(person, other)
        if judged is Alike.OTHER:
            continue
        is_sure = judged is Alike.SAME
        last = expecting.last_stay(reading, id_)
        if not last:
            if is_sure or _is_of_village(reading, id_, held.group_id):
                found.append((4, ListStanding.LOOKED_FOR, ""))
            continue
        where = reading.sites.get(last[0].shelter_id).name
        if last[0].left_at is not None:
            found.append((3, ListStanding.LEFT, where))
        elif last[0].opening_id == held.opening_id:
            found.append((0, ListStanding.HERE, where) if is_sure else (2, ListStanding.HERE_BY_NAME, where))
        else:
            found.append((1, ListStanding.ELSEWHERE, where) if is_sure else (3, ListStanding.ELSEWHERE_BY_NAME, where))
    if not found:
        return held
    _rank, standing, where = min(found)
    return replace(held, standing=standing, known_in=where)


def _is_of_village(reading: Reading, personal_id: Id, group_id: Id | None) -> bool:
    return group_id is not None and bool(reading.expected_people.some(
        ("id",), "WHERE personal_id = ? AND group_id = ? LIMIT 1", (personal_id, group_id)))
