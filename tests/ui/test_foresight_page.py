"""What shelters face, by the keyboard: the office says what one person uses, what lacks is told with its depot, one key asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.domain.errors import FieldMissing, FieldUnreadable
from emergency_desk.domain.shelter_foresight import UseKind
from emergency_desk.domain.shelters import ShelterOpening
from emergency_desk.services import shelter_foresight
from emergency_desk.ui.shelters.foresight_page import as_hundredths
from emergency_desk.ui.workplace import FORESIGHT, REQUESTS, SHELTERS
from tests.builders import acting_as
from tests.services.stock_ground import Ground
from tests.services.test_shelter_foresight import count, opening, shelf
from tests.ui.keeper import Keeper
from tests.ui.seat import texts
from tests.ui.test_shelters_page import pick
from tests.ui.test_stock_pages import fill

__all__ = ["opening", "shelf"]


@pytest.fixture
def seat(qtbot: QtBot, shelf: Ground, opening: ShelterOpening, tmp_path: Path) -> Keeper:
    count(shelf, opening, 20, 40, 60, 80)
    made = Keeper(qtbot, acting_as(shelf.desk, "leader"), tmp_path)
    made.show(SHELTERS)
    made.press("Alt+F")
    return made


def test_what_lacks_is_told_with_its_depot_and_asked_for_once(seat: Keeper, shelf: Ground) -> None:
    assert seat.window.page_id == FORESIGHT and "80 / 160" in texts(seat.page.lines)[0] and "≈4 h" in texts(seat.page.lines)[0]
    assert "not set" in texts(seat.page.lines)[0]
    (unsaid,) = texts(seat.page.lacks)
    assert unsaid.startswith("Not judged") and all(word in unsaid for word in ("Water", "Food", "Blankets")), "what nobody said is not worked out"
    assert seat.page.chart.isVisible() and any("+20.0 people an hour" in told for told in texts(seat.page.detail))
    assert any("off by 0.0 people on average" in told for told in texts(seat.page.detail))
    seat.press("Ctrl+N")
    fill(seat, item_id="毛毯")
    seat.press("Return")
    pick(seat, "kind", "use_blanket")
    fill(seat, per_head="1")
    seat.press("Return")
    assert "for 30 people" in texts(seat.page.lines)[0]
    told = texts(seat.page.lacks)
    assert told[0].startswith("130 pcs") and any(line.startswith("130 pcs from") for line in told[1:])
    assert "Water" in told[-1] and "Blankets" not in told[-1], "of what else nobody can say it"
    seat.press("Alt+S", "Ctrl+Return")
    assert any("Asked for already: 130 pcs" in line for line in texts(seat.page.lacks)) and "asked for" in texts(seat.page.lines)[0]
    seat.press("Ctrl+Return")
    with shelf.desk.reading() as reading:
        assert reading.supply_requests.count() == 1
    seat.press("Alt+R")
    assert seat.window.page_id == REQUESTS


def test_a_shelter_that_fills_unseen_is_full_and_not_full_in_no_minutes(seat: Keeper, shelf: Ground) -> None:
    shelf.clock.forward(6 * 60)
    seat.page.forget()
    seat.settle()
    assert "full, reckoned on" in texts(seat.page.lines)[0]


def test_what_one_person_uses_is_changed_and_taken_off(seat: Keeper, shelf: Ground) -> None:
    shelter_foresight.keep_use(shelf.desk, item_id=shelf.item.id, kind=UseKind.BLANKET, hundredths=100)
    seat.page.forget()
    seat.settle()
    seat.press("Alt+H", "Return")
    fill(seat, per_head="1.5")
    seat.press("Return")
    assert "1.5 pcs each" in texts(seat.page.uses)[0]
    seat.press("Alt+H", "X")
    assert not texts(seat.page.uses)


def test_how_much_one_person_uses_is_read_or_refused() -> None:
    assert (as_hundredths("3"), as_hundredths("1.5"), as_hundredths(" 0.25 ")) == (300, 150, 25)
    with pytest.raises(FieldMissing):
        as_hundredths(" ")
    for wrong in ("three", "1.234", "-1", "1.x"):
        with pytest.raises(FieldUnreadable):
            as_hundredths(wrong)
