"""F9 on the page of shelters: the daily return stands there, the papers of the chosen shelter beside it, and each opens by a line."""

from __future__ import annotations

import pytest

from emergency_desk.domain.ids import Id
from emergency_desk.errands import shelter_paper_rows as rows
from emergency_desk.services import evacuation
from emergency_desk.services.desk import Desk
from emergency_desk.ui.papers.preview import PaperPage
from emergency_desk.ui.workplace import PAPER
from tests.builders import STREET, SetClock
from tests.ui.keeper import Keeper
from tests.ui.test_shelters_page import desk, known, seat  # noqa: F401  (the seat at the page of shelters)


@pytest.fixture(autouse=True)
def paper(seat: Keeper) -> None:  # noqa: F811
    seat.window.add_page(PAPER, lambda: PaperPage(seat.place))


def test_before_anything_is_open_the_list_for_the_public_is_all_there_is(seat: Keeper) -> None:  # noqa: F811
    seat.press("F9")
    assert isinstance(seat.window.page, PaperPage)
    assert [line.key.split(" ")[0] for line in seat.window.page.list.lines] == [rows.PUBLIC_LIST]


def test_the_papers_of_the_chosen_shelter_stand_beside_the_return(seat: Keeper, desk: Desk, clock: SetClock) -> None:  # noqa: F811
    seat.press("O")
    seat.words("区长赵某")
    for box in seat.page.form.editors["checks"].boxes.values():
        box.setChecked(True)
    seat.press("Return")
    opening = known(desk).opening
    assert opening is not None
    incident_id: Id = opening.incident_id
    evacuation.order_evacuation(desk, incident_id=incident_id, area_id=STREET, name="张家河", to_move=12)
    seat.page.forget()
    seat.press("F9")
    page = seat.window.page
    assert isinstance(page, PaperPage)
    keys = [line.key.split(" ") for line in page.list.lines]
    assert keys[0][0] == rows.DAILY_RETURN
    assert {key[0]: key[1] for key in keys if key[0] in rows.OF_OPENING} == dict.fromkeys(rows.OF_OPENING, opening.id)
    assert {key[0]: key[1] for key in keys if key[0] in rows.OF_INCIDENT} == dict.fromkeys(rows.OF_INCIDENT, incident_id)
    page.list.choose(f"{rows.OPENING_ORDER} {opening.id}")
    seat.settle()
    assert opening.number in page.sheet_panel.title.text() and len(page.list.lines) == len(keys), "the list stays as it was offered"
