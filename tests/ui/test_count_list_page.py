"""The page of a list of head counts, by the keyboard: looked at, an unknown shelter named, the good rows recorded."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from emergency_desk.domain.moments import CHINA
from emergency_desk.services import shelters
from emergency_desk.services.desk import Desk
from emergency_desk.ui.shelters.count_list_page import CountListPage
from emergency_desk.ui.shelters.shelters_page import SheltersPage
from tests.builders import SetClock
from tests.ui.keeper import Keeper
from tests.ui.seat import texts
from tests.ui.test_shelters_page import GYM, desk, known, pick, seat  # noqa: F401  (the seat at the page of shelters)


def test_a_list_is_looked_at_and_recorded(seat: Keeper, desk: Desk, clock: SetClock, tmp_path: Path, qtbot: QtBot) -> None:  # noqa: F811
    seat.press("O")
    seat.words("区长赵某")
    for box in seat.page.form.editors["checks"].boxes.values():
        box.setChecked(True)
    seat.press("Return")
    clock.forward(60)
    path = tmp_path / "counts.csv"
    path.write_text("名称,人数,时间\n中学体育馆,180,\n老体育馆,3,2026-01-01 08:00\n", encoding="utf-8")
    seat.page.import_counts()
    page = seat.window.page
    assert isinstance(page, CountListPage)
    page.path.setText(str(path))
    page.at.setText(clock.at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M"))
    page.look()
    lines = texts(page.lines)
    assert "老体育馆" in lines[0] and "no shelter of this desk" in lines[0] and "中学体育馆" in lines[1]
    page.lines.choose_first()
    page.lines.opened.emit("row 3")
    page.form.editors["shelter"].setCurrentIndex(page.form.editors["shelter"].findData(""))
    page.form.submit()
    assert "left out" in texts(page.lines)[0]
    page.take_good()
    assert "1 head count was recorded" in page.told.text() and "counts-to-mend" in page.told.text()
    found = known(desk).occupancy
    assert found is not None and found.heads == 180
    page.leave()
    assert isinstance(seat.window.page, SheltersPage)
    assert shelters.get_shelter(desk, shelter_id=GYM).occupancy == found
