"""What a box holds may change: what comes in is counted by today's box, a lot that is there by the box it came in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from emergency_desk.domain.errors import FieldRefused, ReasonMissing
from emergency_desk.domain.supplies import PackUnit
from emergency_desk.services import stock, supplies
from tests.services.stock_ground import Ground, ground


@pytest.fixture
def shelf(tmp_path: Path) -> Ground:
    """Twelve packs of ten came in; now a pack holds eight."""
    made = ground(tmp_path)
    made.receive(12, "旧", unit="包")
    made.clock.forward(60)
    with pytest.raises(ReasonMissing):
        supplies.keep_item(made.desk, item=replace(made.item, packs=(PackUnit("包", 8),)))
    made.item = supplies.keep_item(made.desk, item=replace(made.item, packs=(PackUnit("包", 8),)), reason="厂家改包装").value
    made.clock.forward(60)
    made.receive(5, "新", unit="包")
    return made


def test_a_lot_keeps_the_packs_it_came_in(shelf: Ground) -> None:
    assert shelf.there() == (120 + 40, 0, 0)
    stock.issue(shelf.desk, asked=shelf.asked(2, unit="包", lot_id=shelf.lot("旧")))
    stock.issue(shelf.desk, asked=shelf.asked(2, unit="包", lot_id=shelf.lot("新")))
    assert shelf.there() == (160 - 20 - 16, 0, 0) and shelf.is_sound()


def test_a_pack_that_means_two_numbers_is_asked_about(shelf: Ground) -> None:
    with pytest.raises(FieldRefused) as refused:
        stock.issue(shelf.desk, asked=shelf.asked(2, unit="包"))
    assert (refused.value.values["reason"], refused.value.values["other"]) == ("pack_changed", "8 / 10")
    stock.issue(shelf.desk, asked=shelf.asked(20))
    assert shelf.there() == (140, 0, 0)


def test_every_change_is_kept_with_its_reason(shelf: Ground) -> None:
    changed, = supplies.list_pack_changes(shelf.desk, item_id=shelf.item.id)
    assert (changed.before, changed.packs, changed.reason) == ((PackUnit("包", 10),), (PackUnit("包", 8),), "厂家改包装")
    supplies.keep_item(shelf.desk, item=replace(shelf.item, specification="加厚"))
    assert len(supplies.list_pack_changes(shelf.desk, item_id=shelf.item.id)) == 1, "other changes of an item want no reason"
