"""An evening on which the power goes: fires with teams out, a shelter open, goods ordered out, and more tasks than one sheet holds."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.release_orders import ReleaseOrder, ToRelease
from emergency_desk.domain.shelter_acts import AskedCount, AskedOpening
from emergency_desk.domain.shelters import Inspected, SafetyCheck, Shelter, ShelterOpening, ShelterTier, Stay
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.services import founding, incidents, releases, shelters
from tests import story
from tests.builders import STREET, acting_as
from tests.services.stock_ground import Ground, ground

GYM = Id("1" * 31 + "a")
TEAMS = (story.FIRE_ONE, story.FIRE_TWO, story.MEDICAL, story.POLICE)


class DarkEvening:
    """The desk and its first incident, with one card of each kind."""

    def __init__(self, folder: Path, *, tasks: int = 3, more_incidents: int = 0) -> None:
        self.shelf: Ground = ground(folder)
        self.desk, self.clock = self.shelf.desk, self.shelf.clock
        founding.fill(acting_as(self.desk, "leader"), teams=(), sites=[
            Site(id=GYM, kind=SiteKind.SHELTER, name="中学体育馆", area_id=STREET, effective_area_m2=1600, address="学校路1号")])
        shelters.keep_shelter(acting_as(self.desk, "keeper"), shelter=Shelter(
            GYM, ShelterTier.TOWNSHIP, inspected=Inspected.FIT, inspected_on=date(2026, 5, 1), keeper="馆长"))
        self.shelf.receive(500, "甲", days=400)
        acting_as(self.desk, "leader")
        self.incident: Incident = story.take(self.desk, *TEAMS[:2]).incident
        for number in range(tasks):
            due_at = self.desk.now() + timedelta(minutes=number)
            incidents.add_task(self.desk, incident_id=self.incident.id, title=f"联系第{number + 1}户", due_at=due_at)
        self.opening: ShelterOpening = shelters.open_shelter(self.desk, asked=AskedOpening(
            shelter_id=GYM, incident_id=self.incident.id, approved_by="区长", stay=Stay.FIFTEEN_DAYS, receives=(STREET,),
            expected_until=self.desk.now() + timedelta(days=3), responsible="馆长", checks=tuple(SafetyCheck))).value
        shelters.count_heads(self.desk, asked=AskedCount(opening_id=self.opening.id, heads=120))
        self.order: ReleaseOrder = releases.release(
            self.desk, lines=[ToRelease(site_id=self.shelf.depot, item_id=self.shelf.item.id, quantity=40)], incident_id=self.incident.id,
            place="学校路1号", approved_by="区局长", approved_how="电话").value[0]
        self.others = [story.opened(self.desk, address=f"延安三路{110 + number}号") for number in range(more_incidents)]

    def release_without_incident(self, quantity: int = 30) -> ReleaseOrder:
        """Order goods out that belong to no incident, such as those of a re-stocking."""
        return releases.release(acting_as(self.desk, "leader"), approved_by="区局长", approved_how="电话", place="东台街道办", lines=[
            ToRelease(site_id=self.shelf.depot, item_id=self.shelf.item.id, quantity=quantity)]).value[0]
