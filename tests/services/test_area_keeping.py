"""The keeper of the tree: zones without a code, aliases, mergers; nothing is left hanging, and the old names still lead somewhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import AreaCodeTaken, AreaHasBelongings, AreaNotMoved, FieldMissing, RoleMissing
from emergency_desk.domain.ids import Id
from emergency_desk.services import area_keeping, calls
from emergency_desk.services.areas import find_areas, split_place
from emergency_desk.services.desk import Desk
from tests.builders import CITY, DISTRICT, FAR_STREET, OTHER_DISTRICT, OTHER_STREET, STREET, make_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def test_a_zone_without_a_code_is_added_and_found(desk: Desk) -> None:
    zone = area_keeping.add_area(desk, name=" 高新 区 ", parent_id=CITY, aliases=["西海岸新区"]).value
    assert (zone.name, zone.code, zone.tier) == ("高新 区", "", Tier.DISTRICT)
    assert find_areas(desk, text="西海岸")[0].area.id == zone.id
    assert [change.what for change in area_keeping.history(desk, area_id=zone.id)] == ["added"]


def test_a_renamed_area_is_still_found_by_its_old_name(desk: Desk) -> None:
    area_keeping.rename_area(desk, area_id=STREET, name="东台新街道")
    assert find_areas(desk, text="东台街道")[0].area.name == "东台新街道"
    change = area_keeping.history(desk, area_id=STREET)[0]
    assert (change.what, change.before, change.after) == ("renamed", "东台街道 990101001", "东台新街道 990101001")


def test_a_street_moves_to_another_district(desk: Desk) -> None:
    area_keeping.move_area(desk, area_id=STREET, parent_id=OTHER_DISTRICT)
    assert desk.tree.is_within(STREET, OTHER_DISTRICT)
    assert area_keeping.history(desk, area_id=STREET)[0].after == "南山区"


def test_a_move_that_would_make_a_circle_or_turn_the_ladder_over_is_refused(desk: Desk) -> None:
    with pytest.raises(AreaNotMoved) as circle:
        area_keeping.move_area(desk, area_id=DISTRICT, parent_id=STREET)
    assert circle.value.values["reason"] == "circle"
    with pytest.raises(AreaNotMoved) as tier:
        area_keeping.move_area(desk, area_id=STREET, parent_id=FAR_STREET)
    assert tier.value.values["reason"] == "tier"
    assert desk.tree.by_id[DISTRICT].parent_id == CITY


def test_a_merger_takes_teams_and_open_incidents_along(desk: Desk) -> None:
    taken = calls.take_call(desk, draft=CallDraft(words="起火", area_id=STREET)).value
    area_keeping.merge_areas(desk, area_id=STREET, into_id=OTHER_STREET)
    with desk.reading() as reading:
        assert reading.incidents.get(taken.incident.id).area_id == OTHER_STREET
        assert reading.teams.count("WHERE area_id = ?", (STREET,)) == 0
    assert desk.tree.by_id[STREET].successor_id == OTHER_STREET


def test_a_retired_name_leads_to_its_successor_with_a_note(desk: Desk) -> None:
    area_keeping.merge_areas(desk, area_id=STREET, into_id=OTHER_STREET)
    found = find_areas(desk, text="东台")
    assert [(each.area.name, each.was) for each in found] == [("合肥路街道", "东台街道")]
    assert split_place(desk, text="东台街道延安路 3 号") == (OTHER_STREET, "延安路 3 号")
    assert "东台街道" not in [each.area.name for each in find_areas(desk, text="")]


def test_an_area_in_which_something_lies_cannot_simply_end(desk: Desk) -> None:
    with pytest.raises(AreaHasBelongings):
        area_keeping.retire_area(desk, area_id=STREET, successor_id=OTHER_STREET)
    with pytest.raises(AreaHasBelongings):
        area_keeping.retire_area(desk, area_id=OTHER_DISTRICT)
    empty = area_keeping.add_area(desk, name="空街道", parent_id=DISTRICT).value
    area_keeping.retire_area(desk, area_id=empty.id)
    assert not find_areas(desk, text="空街道")


def test_the_area_the_desk_sits_in_cannot_end(desk: Desk) -> None:
    with pytest.raises(AreaNotMoved) as told:
        area_keeping.merge_areas(desk, area_id=DISTRICT, into_id=OTHER_DISTRICT)
    assert told.value.values["reason"] == "own"


def test_an_area_needs_a_name_and_a_code_of_its_own(desk: Desk) -> None:
    with pytest.raises(FieldMissing):
        area_keeping.add_area(desk, name="  ", parent_id=CITY)
    with pytest.raises(AreaCodeTaken):
        area_keeping.rename_area(desk, area_id=STREET, name="东台街道", code="990101002")


def test_only_a_keeper_changes_the_tree(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, account="officer")
    with pytest.raises(RoleMissing):
        area_keeping.alias_area(desk, area_id=STREET, aliases=["东台"])


def test_a_circle_of_successors_leads_nowhere(desk: Desk) -> None:
    with desk.open_work() as work:
        for one, other in ((STREET, OTHER_STREET), (OTHER_STREET, STREET)):
            work.areas.put(replace(work.areas.get(one), is_retired=True, successor_id=Id(other)))
        work.commit("broken")
    assert find_areas(desk, text="东台街道") == []
