"""Any night in the shelters: people come, come over, come back and go, heads are counted and villages marked, in any order.

Whatever happens, a person is in at most one shelter, nobody is counted twice, and the sum of every village is whole.
"""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_acts import AskedCount
from emergency_desk.domain.shelter_errors import LeftBeforeArrived, PersonInShelter
from emergency_desk.domain.shelter_people import AskedHousehold, AskedPerson, Way
from emergency_desk.domain.shelters import LeftTo
from emergency_desk.services import evacuation, shelter_people, shelters
from tests import story
from tests.builders import STREET, SetClock, acting_as
from tests.shelters import HALL, open_it, sheltering_desk

PEOPLE, VILLAGES, TO_MOVE = 8, 2, 6
SOMEBODY, PLACE = st.integers(0, PEOPLE - 1), st.integers(0, 1)
OUTSIDE = st.sampled_from([to for to in LeftTo if to is not LeftTo.OTHER_SHELTER])
AT_RELATIVES = (LeftTo.RELATIVES, LeftTo.RENTED)


class AnySheltering(RuleBasedStateMachine):
    """`where` is the shelter (0 or 1) or where somebody went; who never came is not in it. Everybody bears a number of their own."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.clock = SetClock()
        self.desk = sheltering_desk(Path(self._folder.name), self.clock)

    def teardown(self) -> None:
        self.desk.store.close()
        self._folder.cleanup()

    @initialize()
    def begin(self) -> None:
        self.incident = story.take(acting_as(self.desk, "officer"), story.FIRE_ONE).incident
        self.openings = (open_it(self.desk, self.incident), open_it(self.desk, self.incident, HALL))
        self.groups = [evacuation.order_evacuation(self.desk, incident_id=self.incident.id, area_id=STREET, name=f"第{number}村",
                                                   to_move=TO_MOVE).value.id for number in range(VILLAGES)]
        self.where: dict[int, int | LeftTo] = {}
        self.stays: dict[int, Id] = {}
        self.since: dict[int, datetime] = {}
        self.counted: list[tuple[int, datetime] | None] = [None, None]

    def _village(self, who: int) -> int:
        return who % VILLAGES

    # -- coming --------------------------------------------------------------------------------------------------------
    @rule(who=SOMEBODY, place=PLACE, way=st.sampled_from([Way.ASK, Way.TRANSFER]))
    def come(self, who: int, place: int, way: Way) -> None:
        self.clock.forward(1)
        before = self.where.get(who)
        asked = AskedHousehold(people=(AskedPerson(name=f"村民{who}", id_number=f"{who:04d}"),), group_id=self.groups[self._village(who)])
        try:
            stay = shelter_people.register(self.desk, opening_id=self.openings[place], asked=asked, way=way).value.stays[0]
        except PersonInShelter:
            assert isinstance(before, int) and (way is Way.ASK or before == place)
            return
        assert not isinstance(before, int) or (way is Way.TRANSFER and before != place)
        self._arrived(who, place, stay.id)

    def _arrived(self, who: int, place: int, stay_id: Id) -> None:
        self.where[who], self.stays[who], self.since[who] = place, stay_id, self.clock.at

    def _inside(self) -> list[int]:
        return sorted(who for who, place in self.where.items() if isinstance(place, int))

    @precondition(lambda self: self._inside())
    @rule(pick=st.integers(0, 99))
    def go_over(self, pick: int) -> None:
        inside = self._inside()
        who = inside[pick % len(inside)]
        place = 1 - int(self.where[who])
        self.clock.forward(1)
        self._arrived(who, place, shelter_people.transfer(self.desk, stay_ids=[self.stays[who]], opening_id=self.openings[place]).value[0].id)

    # -- going ---------------------------------------------------------------------------------------------------------
    @precondition(lambda self: self._inside())
    @rule(pick=st.integers(0, 99), to=OUTSIDE, too_early=st.booleans())
    def leave(self, pick: int, to: LeftTo, too_early: bool) -> None:
        inside = self._inside()
        who = inside[pick % len(inside)]
        self.clock.forward(1)
        if too_early:
            try:
                shelter_people.leave(self.desk, stay_ids=[self.stays[who]], to=to, occurred_at=self.since[who].replace(year=2025))
            except LeftBeforeArrived:
                return
            raise AssertionError("somebody left before they came")
        shelter_people.leave(self.desk, stay_ids=[self.stays[who]], to=to)
        self.where[who] = to

    @rule(place=PLACE)
    def count_heads(self, place: int) -> None:
        """Somebody counts, and counts right."""
        self.clock.forward(1)
        heads = sum(1 for each in self.where.values() if each == place)
        shelters.count_heads(self.desk, asked=AskedCount(opening_id=self.openings[place], heads=heads))

    # -- what always holds ---------------------------------------------------------------------------------------------
    @invariant()
    def a_person_is_in_at_most_one_shelter(self) -> None:
        with self.desk.reading() as reading:
            twice = reading.shelter_stays.some(("personal_id",), "WHERE left_at IS NULL GROUP BY personal_id HAVING count(*) > 1")
        assert not twice

    @invariant()
    def the_sum_of_every_village_is_whole_and_right(self) -> None:
        if not hasattr(self, "groups"):
            return
        lines = {line.group.id: line.sum for line in evacuation.reconcile(self.desk, incident_id=self.incident.id)}
        for number, group in enumerate(self.groups):
            of_it = [place for who, place in self.where.items() if self._village(who) == number]
            inside = sum(1 for place in of_it if isinstance(place, int))
            relatives = sum(1 for place in of_it if place in AT_RELATIVES)
            told = lines[group]
            assert (told.in_shelters, told.with_relatives, told.away) == (inside, relatives, len(of_it) - inside - relatives)
            assert told.to_move == told.in_shelters + told.with_relatives + told.away + told.unreached

    @invariant()
    def a_shelter_holds_who_is_in_it(self) -> None:
        if not hasattr(self, "openings"):
            return
        heads = {one.opening.id: one.occupancy.heads for one in shelters.list_shelters(self.desk) if one.opening and one.occupancy}
        for place, opening in enumerate(self.openings):
            assert heads[opening] == sum(1 for each in self.where.values() if each == place)


TestAnySheltering = AnySheltering.TestCase
TestAnySheltering.settings = settings(max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
