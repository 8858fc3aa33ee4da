"""The street with two shelters: its desk, an opening by order, and people as they are typed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.shelter_acts import AskedOpening
from emergency_desk.domain.shelter_people import AskedHousehold, AskedPerson, Registered, Way
from emergency_desk.domain.shelters import Inspected, Need, SafetyCheck, Shelter, ShelterTier, Stay
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.services import founding, shelter_people, shelters
from emergency_desk.services.desk import Desk
from tests.builders import STREET, SetClock, acting_as, make_desk

GYM, HALL = Id("1" * 31 + "a"), Id("1" * 31 + "b")


def sheltering_desk(folder: Path, clock: SetClock) -> Desk:
    """A street with a gym of 800 places and a hall of 350."""
    desk = make_desk(folder, clock=clock)
    founding.fill(desk, teams=(), sites=[
        Site(id=GYM, kind=SiteKind.SHELTER, name="中学体育馆", area_id=STREET, effective_area_m2=1600, address="学校路1号"),
        Site(id=HALL, kind=SiteKind.SHELTER, name="文体中心", area_id=STREET, effective_area_m2=700)])
    for site in (GYM, HALL):
        shelters.keep_shelter(acting_as(desk, "keeper"), shelter=Shelter(
            site, ShelterTier.TOWNSHIP, inspected=Inspected.FIT, inspected_on=date(2026, 5, 1), keeper="馆长"))
    return desk


def open_it(desk: Desk, incident: Incident, shelter: Id = GYM, receives: tuple[Id, ...] = (STREET,)) -> Id:
    """Open a shelter by an order that everything was looked over for."""
    return shelters.open_shelter(desk, asked=AskedOpening(
        shelter_id=shelter, incident_id=incident.id, approved_by="区长", stay=Stay.FIFTEEN_DAYS, responsible="馆长", receives=receives,
        expected_until=desk.now() + timedelta(days=3), checks=tuple(SafetyCheck))).value.id


def person(name: str, **more: Any) -> AskedPerson:
    """Return somebody as they are typed."""
    return AskedPerson(name=name, **more)


WANG = person("王小明", id_number="123X", phone="13800001111", age="八十多", needs=(Need.CHRONIC,), bed="A-12", pets=1)


def register(desk: Desk, opening: Id, *people: AskedPerson, way: Way = Way.ASK, **more: Any) -> Registered:
    """Register a family; Wang Xiaoming where nobody is named."""
    return shelter_people.register(desk, opening_id=opening, asked=AskedHousehold(people=people or (WANG,), **more), way=way).value
