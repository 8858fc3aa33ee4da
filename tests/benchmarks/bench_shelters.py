"""300 shelters with 100,000 people registered by name, from 150 villages: registering, finding while somebody types, the sum of every village.

Floors: the very rows of a registration written by the bare driver on a twin, with the same durability; a bare LIKE over the search keys; the
bare count of stays by village.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.evacuation import EvacuationGroup, EvacuationMark, Placed
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_acts import AskedCount
from emergency_desk.domain.shelter_people import AskedHousehold, AskedPerson, content_of, name_key, person_of
from emergency_desk.domain.shelters import LeftTo, Need, Shelter, ShelterOpening, ShelterState, ShelterStay, ShelterTier, Stay
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.services import evacuation, founding, shelter_people, shelters
from emergency_desk.services.desk import Desk
from emergency_desk.store.engine import open_connection
from emergency_desk.store.repositories.people_book import Named
from tests import story
from tests.benchmarks.bench_store import SideBySide
from tests.benchmarks.rows import Row, median_ms
from tests.builders import STREET, make_desk

SHELTERS, PEOPLE, VILLAGES, ROUNDS = 300, 100_000, 150, 30
FAMILY = 4
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英华玉萍红金平桂兰春梅建国志刚晓宇欣怡梓涵"
_LIKE = "SELECT personal_id FROM people_keys WHERE search_key LIKE ? LIMIT 101"
_SUM = "SELECT group_id, count(*) FROM shelter_stays WHERE incident_id = ? AND left_at IS NULL GROUP BY group_id"


def run() -> list[Row]:
    """Return the rows of the table."""
    with tempfile.TemporaryDirectory() as folder:
        desk = make_desk(Path(folder), name="big.store", account="leader")
        incident_id = story.take(desk).incident.id
        _build(desk, incident_id, Random(11))
        both = SideBySide(Path(folder), desk)
        try:
            return [*_registering(both, incident_id), *_finding(desk), *_sums(desk, incident_id)]
        finally:
            both.close()


def _id(kind: str, number: int) -> Id:
    return Id(f"{kind:0<8}{number:024x}")


# -- what stands there ------------------------------------------------------------------------------------------------
def _build(desk: Desk, incident_id: Id, dice: Random) -> None:
    at = desk.now()
    founding.fill(desk, teams=(), sites=[Site(id=_id("5", number), kind=SiteKind.SHELTER, name=f"第{number}避难场所", area_id=STREET,
                                              effective_area_m2=2_000) for number in range(SHELTERS)])
    with desk.open_work() as work:
        for number in range(SHELTERS):
            work.shelters.add(Shelter(_id("5", number), ShelterTier.TOWNSHIP, state=ShelterState.OPEN, opening_id=_id("6", number)))
        work.shelter_openings.add_many(ShelterOpening(
            id=_id("6", number), number=f"B{number}", shelter_id=_id("5", number), incident_id=incident_id, tier=Tier.DISTRICT,
            approved_by="区长", opened_at=at, stay=Stay.FIFTEEN_DAYS, expected_until=at + timedelta(days=9), responsible="馆长",
            recorded_at=at, account_id=desk.who, receives=(STREET,), capacity=1_000) for number in range(SHELTERS))
        work.evacuation_groups.add_many(EvacuationGroup(
            id=_id("7", number), incident_id=incident_id, area_id=STREET, name=f"第{number}村", to_move=700, ordered_at=at, recorded_at=at,
            account_id=desk.who) for number in range(VILLAGES))
        work.evacuation_marks.add_many(EvacuationMark(
            id=_id(f"8{place}", number), group_id=_id("7", number), incident_id=incident_id, kind=kind, people=20, occurred_at=at,
            recorded_at=at, account_id=desk.who) for number in range(VILLAGES) for place, kind in enumerate(Placed))
        work.commit("built")
    for start in range(0, PEOPLE, 5_000):
        with desk.open_work() as work:
            people = list(_people(desk, dice, start))
            digests = work.people.keep([named for named, _stay in people], incident_id=incident_id)
            work.shelter_stays.add_many(_stay(desk, incident_id, dice, start + number, named.id, digest)
                                        for number, ((named, _rest), digest) in enumerate(zip(people, digests, strict=True)))
            work.commit("registered")
    for number in range(0, SHELTERS, 3):
        shelters.count_heads(desk, asked=AskedCount(opening_id=_id("6", number), heads=340))


def _people(desk: Desk, dice: Random, start: int) -> Iterator[tuple[Named, None]]:
    for number in range(start, start + 5_000):
        person, _odd = person_of(_asked(dice, number))
        yield Named(_id("9", number), desk.new_salt(), content_of(person), name_key(person.name), (person.phone, person.id_tail.lower()),
                    person.phone), None


def _asked(dice: Random, number: int) -> AskedPerson:
    name = dice.choice(_SURNAMES) + "".join(dice.choices(_GIVEN, k=dice.choice((1, 2, 2))))
    return AskedPerson(name=name, id_number=f"{dice.randrange(10_000):04d}", phone=f"13{number % 10**9:09d}", age=str(dice.randrange(1, 96)))


def _stay(desk: Desk, incident_id: Id, dice: Random, number: int, person_id: str, digest: str) -> ShelterStay:
    at, opening, village = desk.now(), number % SHELTERS, dice.randrange(VILLAGES)
    is_gone = dice.random() < 0.1
    return ShelterStay(
        id=_id("4", number), opening_id=_id("6", opening), shelter_id=_id("5", opening), incident_id=incident_id,
        household_id=_id("3", number // FAMILY), personal_id=Id(person_id), arrived_at=at + timedelta(seconds=number % 3_600), recorded_at=at,
        account_id=desk.who, personal_digest=digest, origin_area_id=STREET, needs=(Need.CHRONIC,) if number % 9 == 0 else (),
        left_at=at + timedelta(hours=2, seconds=number % 3_600) if is_gone else None, left_to=LeftTo.HOME if is_gone else None,
        group_id=_id("7", village))


# -- what is measured -------------------------------------------------------------------------------------------------
def _registering(both: SideBySide, incident_id: Id) -> list[Row]:
    desk, dice = both.desk, Random(5)
    for number in range(ROUNDS):
        for size, name in ((1, "register one person"), (FAMILY, "register a family of four")):
            people = tuple(_asked(dice, 10**8 + FAMILY * number + each) for each in range(size))
            asked = AskedHousehold(people=people, group_id=_id("7", number))
            stays = both.do(lambda: shelter_people.register(desk, opening_id=_id("6", number), asked=asked), name).value.stays  # noqa: B023
        ids = [stay.id for stay in stays]
        moved = both.do(lambda: shelter_people.transfer(desk, stay_ids=ids, opening_id=_id("6", number + 100)), "a family goes over")  # noqa: B023
        both.do(lambda: shelter_people.leave(desk, stay_ids=[stay.id for stay in moved.value], to=LeftTo.HOME), "a family goes home")  # noqa: B023
    return [Row.within_times(f"{name}, among {PEOPLE:,}", floor_name="the same rows, bare driver", floor_ms=median(both.floor[name]),
                             ours_ms=median(taken), times=5) for name, taken in both.ours.items()]


def _finding(desk: Desk) -> list[Row]:
    connection = open_connection(desk.store.path, read_only=True)
    rows = []
    for words, typed in (("one sign", "王"), ("a name", "王秀英"), ("one initial", "w"), ("initials", "wxy"), ("pinyin", "wangxiuying"),
                         ("a phone's tail", "99871"), ("a name and last four", "李 0815"), ("nobody", "欧阳不存在")):
        floor = median_ms(lambda: connection.execute(_LIKE, (f"%{typed.split()[0]}%",)).fetchall())  # noqa: B023
        rows.append(Row.within_ms(f"find by {words} ({typed}), among {PEOPLE:,}", floor_name="LIKE, bare driver", floor_ms=floor,
                                  ours_ms=median_ms(lambda: shelter_people.find_people(desk, text=typed)), ms=50))  # noqa: B023
    connection.close()
    return [*rows, _finding_after_a_registration(desk)]


def _finding_after_a_registration(desk: Desk) -> Row:
    dice, numbers = Random(3), iter(range(10**9))

    def act() -> Any:
        return shelter_people.find_people(desk, text="wxy")

    taken = []
    for _round in range(9):
        shelter_people.register(desk, opening_id=_id("6", 7), asked=AskedHousehold(people=(_asked(dice, 7 * 10**8 + next(numbers)),)))
        taken.append(median_ms(act, times=1))
    return Row.within_ms("find by initials right after a registration", floor_name="the same, nothing new", floor_ms=median_ms(act),
                         ours_ms=median(taken), ms=50)


def _sums(desk: Desk, incident_id: Id) -> list[Row]:
    connection = open_connection(desk.store.path, read_only=True)
    floor = median_ms(lambda: connection.execute(_SUM, (incident_id,)).fetchall())
    connection.close()
    lines = evacuation.reconcile(desk, incident_id=incident_id)
    assert len(lines) == VILLAGES and sum(line.named for line in lines) > 0.85 * PEOPLE
    return [
        Row.within_ms(f"the identity of {VILLAGES} villages, {PEOPLE:,} people", floor_name="count by village, bare driver", floor_ms=floor,
                      ours_ms=median_ms(lambda: evacuation.reconcile(desk, incident_id=incident_id)), ms=100),
        Row.within_ms(f"{SHELTERS} shelters with heads and names", floor_name="count by village, bare driver", floor_ms=floor,
                      ours_ms=median_ms(lambda: shelters.list_shelters(desk)), ms=100),
    ]
