"""A gym that fills: hours to full, water from the ledger at its own site, what lacks and from where, asked for once."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.errors import FieldMissing, FieldRefused
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_acts import AskedCount, AskedOpening
from emergency_desk.domain.shelter_foresight import Lack, UseKind
from emergency_desk.domain.shelters import Inspected, SafetyCheck, Shelter, ShelterOpening, ShelterTier, Stay
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.supplies import Depot, DepotKind
from emergency_desk.services import founding, shelter_foresight, shelters, supplies, supply_requests
from emergency_desk.services.shelter_foresight import ShelterOutlook
from tests import story
from tests.builders import STREET, acting_as
from tests.services.stock_ground import Ground, ground

GYM = Id("1" * 31 + "a")


@pytest.fixture
def shelf(tmp_path: Path) -> Ground:
    """Blankets in two depots, and a gym of 160 places that keeps 30 of its own."""
    made = ground(tmp_path)
    founding.fill(made.desk, teams=(), sites=[Site(id=GYM, kind=SiteKind.SHELTER, name="体育馆", area_id=STREET, effective_area_m2=160)])
    supplies.keep_depot(made.desk, depot=Depot(GYM, DepotKind.STREET_POINT))
    shelters.keep_shelter(made.desk, shelter=Shelter(GYM, ShelterTier.TOWNSHIP, inspected=Inspected.FIT, inspected_on=date(2026, 5, 1)))
    made.receive(500, "库")
    made.receive(30, "馆", site_id=GYM)
    return made


@pytest.fixture
def opening(shelf: Ground) -> ShelterOpening:
    officer = acting_as(shelf.desk, "officer")
    incident = story.take(officer, story.FIRE_ONE).incident
    return shelters.open_shelter(officer, asked=AskedOpening(
        shelter_id=GYM, incident_id=incident.id, approved_by="区长", stay=Stay.THREE_DAYS, expected_until=officer.now() + timedelta(days=3),
        responsible="馆长", receives=(STREET,), checks=tuple(SafetyCheck))).value


def count(shelf: Ground, opening: ShelterOpening, *heads: int) -> None:
    """Count once an hour."""
    for some in heads:
        shelf.clock.forward(60)
        shelters.count_heads(acting_as(shelf.desk, "officer"), asked=AskedCount(opening_id=opening.id, heads=some))


def ahead(shelf: Ground) -> ShelterOutlook:
    return shelter_foresight.look_ahead(shelf.desk).shelters[0]


def use(shelf: Ground, kind: UseKind, hundredths: int) -> None:
    shelter_foresight.keep_use(acting_as(shelf.desk, "keeper"), item_id=shelf.item.id, kind=kind, hundredths=hundredths)


def test_nothing_is_foreseen_from_too_few_counts_and_nothing_worked_out_that_nobody_said(shelf: Ground, opening: ShelterOpening) -> None:
    count(shelf, opening, 20, 40)
    one = ahead(shelf)
    assert one.forecast is None and one.hours_to_full(shelf.desk.now()) is None and one.heads_then == 40
    assert not any(kind.is_said for kind in one.kinds) and not one.lacks and one.meals == 120


def test_hours_to_full_and_what_lacks_follow_from_the_counts_and_the_ledger(shelf: Ground, opening: ShelterOpening) -> None:
    use(shelf, UseKind.BLANKET, 100)
    count(shelf, opening, 20, 40, 60, 80)
    one = ahead(shelf)
    assert one.hours_to_full(shelf.desk.now()) == 4.0 and one.forecast is not None and one.forecast.error is not None
    assert (one.heads, one.heads_then) == (80, 160), "no more than it has places"
    assert next(kind for kind in one.kinds if kind.kind is UseKind.BLANKET).enough_for == 30
    assert one.lacks == (Lack(shelf.item.id, UseKind.BLANKET, 130),) and one.meals == 480
    whence = shelter_foresight.from_where(shelf.desk, one=one)
    assert [(line.site_id, line.quantity) for line in whence.lines] == [(shelf.depot, 130)] and not whence.missing, "not from the gym itself"


def test_water_is_told_in_hours(shelf: Ground, opening: ShelterOpening) -> None:
    use(shelf, UseKind.WATER, 300)
    count(shelf, opening, 10)
    one = ahead(shelf)
    assert next(kind.hours for kind in one.kinds if kind.kind is UseKind.WATER) == 24.0 and not one.lacks
    count(shelf, opening, 20)
    assert ahead(shelf).lacks == (Lack(shelf.item.id, UseKind.WATER, 30),)


def test_what_lacks_is_asked_for_once_in_the_workflow_of_requests(shelf: Ground, opening: ShelterOpening) -> None:
    use(shelf, UseKind.BLANKET, 100)
    count(shelf, opening, 80)
    request = shelter_foresight.ask_for_lacks(acting_as(shelf.desk, "officer"), shelter_id=GYM).value
    assert (request.site_id, request.incident_id, request.asked_by, request.place) == (GYM, opening.incident_id, "馆长", "体育馆")
    with shelf.desk.reading() as reading:
        assert [(line.item_id, line.quantity) for line in reading.request_lines.where("WHERE request_id = ?", (request.id,))] == [
            (shelf.item.id, 50)]
    assert not ahead(shelf).lacks and ahead(shelf).asked == ((shelf.item.id, 50),)
    with pytest.raises(FieldMissing):
        shelter_foresight.ask_for_lacks(shelf.desk, shelter_id=GYM)
    supply_requests.withdraw(shelf.desk, request_id=request.id, reason="另有来源")
    assert ahead(shelf).lacks, "a request that was withdrawn helps nobody"
    story.assert_sound(shelf.desk)


def test_the_offices_word_can_be_changed_and_taken_off(shelf: Ground, opening: ShelterOpening) -> None:
    use(shelf, UseKind.BLANKET, 100)
    use(shelf, UseKind.WATER, 250)
    assert [(one.kind, one.hundredths) for one in shelter_foresight.look_ahead(shelf.desk).uses] == [(UseKind.WATER, 250)]
    shelter_foresight.forget_use(acting_as(shelf.desk, "keeper"), item_id=shelf.item.id)
    assert not shelter_foresight.look_ahead(shelf.desk).uses
    with pytest.raises(FieldRefused):
        use(shelf, UseKind.WATER, 0)
