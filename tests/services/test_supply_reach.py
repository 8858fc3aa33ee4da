"""Where the goods are wanted decides what can be there by +2 h; how sure a band is stands beside it in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from emergency_desk.domain.ids import Id
from emergency_desk.domain.supplies import ReserveKind, SupplyPromise
from emergency_desk.domain.supply_over_time import LeftOutReason, Surety
from emergency_desk.services import incidents, stock_lists, supplies, units
from tests import story
from tests.builders import DISTRICT, OTHER_DISTRICT, STREET, acting_as
from tests.services.stock_ground import Ground, ground

FAR = 3.0  # degrees north: some 330 km, a night on the road and no two hours


@pytest.fixture
def shelf(tmp_path: Path) -> Ground:
    made = ground(tmp_path)
    acting_as(made.desk, "leader")
    for site_id, north in ((made.depot, 0.0), (made.other, FAR)):
        site = units.get_site(made.desk, site_id=site_id)
        units.keep_site(made.desk, site=replace(site, latitude=36.09 + north, longitude=120.36))
    acting_as(made.desk, "keeper")
    made.receive(70, "近", days=400)
    made.receive(40, "远", site_id=made.other)
    made.receive(30, "临", days=1)
    made.clock.forward(24 * 60)
    return made


def goods(shelf: Ground, **asked: Id) -> list[int]:
    return [one.goods for one in stock_lists.item_page(shelf.desk, item_id=shelf.item.id, **asked).supply]


def test_goods_that_are_farther_than_two_hours_fall_into_a_later_column(shelf: Ground) -> None:
    assert goods(shelf) == [110, 110, 110, 110]
    by_hour = goods(shelf, to_area_id=STREET)
    assert by_hour[0] == 70 and by_hour[-1] == 110
    page = stock_lists.item_page(shelf.desk, item_id=shelf.item.id, to_area_id=STREET)
    minutes = {one.id: one.travel_minutes or 0 for one in page.supply[-1].sources}
    assert minutes[shelf.depot] < 120 < minutes[shelf.other]
    assert [out.reason for out in page.supply[0].left_out] == [LeftOutReason.LOT_EXPIRES]


def test_the_place_of_an_incident_is_a_place_of_need(shelf: Ground) -> None:
    fire = story.take(acting_as(shelf.desk, "leader"), words="居民楼着火").incident
    page = stock_lists.item_page(shelf.desk, item_id=shelf.item.id, to_incident_id=fire.id)
    assert page.wanted_at is not None and fire.number in page.wanted_at.zh
    assert incidents.find_incident(shelf.desk, number=fire.number).id == fire.id
    assert page.supply[0].goods == 70


def test_how_sure_each_band_is_stands_in_words(shelf: Ground) -> None:
    ends = shelf.today.replace(year=shelf.today.year + 1)
    for kind, more in ((ReserveKind.CONTRACT, {"quantity": 50, "call_off_hours": 6}), (ReserveKind.CAPACITY, {"units_a_day": 9})):
        supplies.keep_promise(shelf.desk, promise=SupplyPromise(
            id=Id(""), kind=kind, item_id=shelf.item.id, partner="某厂", area_id=DISTRICT, valid_until=ends, **more))
    supplies.note_count(shelf.desk, site_id=shelf.depot)
    page = stock_lists.item_page(shelf.desk, item_id=shelf.item.id, to_area_id=OTHER_DISTRICT)

    def told(kind: ReserveKind, **more: bool) -> tuple[Surety, ...]:
        return page.supply[-1].sureness(kind, **({"has_place": True, "not_counted": page.not_counted} | more))  # type: ignore[arg-type]

    assert told(ReserveKind.PHYSICAL) == (Surety.WAY_ESTIMATED, Surety.COUNT_IS_OLD)  # the other depot was never counted
    assert told(ReserveKind.PHYSICAL, has_place=False)[0] is Surety.ON_THE_SHELF
    assert told(ReserveKind.CONTRACT) == (Surety.PARTNER_MUST_DELIVER,)
    assert told(ReserveKind.CAPACITY) == (Surety.LINE_MUST_START,)
    assert page.supply[0].sureness(ReserveKind.CONTRACT, has_place=True) == (Surety.NOTHING_THERE,)
