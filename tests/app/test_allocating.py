"""What is sent from where, from the command line: both answers with what stays unmet and why; the list as the officers left it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from emergency_desk.app.main import main
from emergency_desk.domain.allocation_board import WantedGoods
from emergency_desk.services import stock_allocation
from tests.builders import STREET
from tests.services.stock_ground import ground


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return a store with ninety blankets and a list that wants a hundred."""
    made = ground(tmp_path)
    made.receive(70, "好", days=700)
    made.receive(20, "街", days=400, site_id=made.other)
    wanted = WantedGoods(key="typed:1", item_id=made.item.id, quantity=100, area_id=STREET)
    stock_allocation.keep_list(made.desk, wanted=(wanted,), fixed=(), reach_minutes=None, based_on=None)
    made.desk.store.close()
    return Path(made.desk.store.path)


def allocate(store: Path, *words: str) -> int:
    return main(["allocate", *words, "--as", "keeper", "--lang", "en", "--store", str(store)])


def test_the_list_as_it_was_left_is_answered_twice_with_what_is_missing(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert allocate(store) == 0
    told = capsys.readouterr().out
    assert told.count("Not met: Blanket 10 pcs.") == 2 and "Quick answer: 10 not met" in told and "the best there is, proved" in told


def test_goods_that_are_named_are_answered_as_a_record(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert allocate(store, "--need", "毛毯=3包", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["needs"][0]["quantity"] == 30 and told["best"]["is_proved"] and told["best"]["unmet"] == told["quick"]["unmet"] == 0
    assert sum(each["quantity"] for each in told["best"]["sent"]) == 30 and told["quick"]["gap"] >= 0


def test_goods_nobody_can_read_are_refused(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert allocate(store, "--need", "毛毯") == 2
    assert "毛毯" in capsys.readouterr().err
