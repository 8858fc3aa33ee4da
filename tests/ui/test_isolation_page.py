"""The board of isolation and medical sites by the keyboard: registered, opened, beds counted, not closed while occupied."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.domain.ids import Id
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.services import founding, isolation
from emergency_desk.services.desk import Desk
from emergency_desk.ui.workplace import ISOLATION, SHELTERS
from tests.builders import STREET, acting_as, make_desk
from tests.ui.keeper import Keeper
from tests.ui.seat import texts
from tests.ui.test_stock_pages import fill

WARD = Id("1" * 31 + "c")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = make_desk(tmp_path)
    founding.fill(desk, teams=(), sites=[Site(id=WARD, kind=SiteKind.ISOLATION, name="集中隔离点", area_id=STREET)])
    return acting_as(desk, "leader")


@pytest.fixture
def seat(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Keeper:
    made = Keeper(qtbot, desk, tmp_path)
    made.show(SHELTERS)
    made.press("Alt+M")
    return made


def test_a_site_is_registered_opened_counted_and_closed(seat: Keeper, desk: Desk) -> None:
    assert seat.window.page_id == ISOLATION and not texts(seat.page.lines)
    seat.press("Ctrl+N")
    fill(seat, single_rooms="40", waste="某清运公司", keeper="王主任")
    for name in ("three_zones", "is_ready"):
        seat.page.form.editors["has"].boxes[name].setChecked(True)
    seat.press("Return")
    assert "not in use" in texts(seat.page.lines)[0] and "40" in texts(seat.page.lines)[0]
    assert any("某清运公司" in told for told in texts(seat.page.detail)) and "negative pressure" in texts(seat.page.detail)
    seat.press("O")
    seat.press("Return")
    assert not isolation.list_isolation(desk)[0].is_open and seat.page.form.isVisible(), "who decided it is asked"
    fill(seat, decided_by="区长")
    seat.press("Return")
    assert "takes people" in texts(seat.page.lines)[0]
    seat.press("C", "Return")
    assert isolation.list_isolation(desk)[0].count is None, "no word is not nobody"
    fill(seat, free="20", occupied="8", cleaning="2")
    seat.press("Return")
    assert any("Counted 30 of 40: 10 stand in no state" in told for told in texts(seat.page.detail)), "a bed nobody counted is not passed over"
    seat.press("C")
    fill(seat, free="30", occupied="8", cleaning="2", told_by="护士长")
    seat.press("Return")
    found = isolation.list_isolation(desk)[0].count
    assert found is not None and (found.free, found.occupied, found.cleaning, found.blocked) == (30, 8, 2, 0)
    assert not any("no state" in told for told in texts(seat.page.detail))
    assert len(texts(seat.page.counts)) == 2 and "护士长" in texts(seat.page.counts)[0]
    seat.press("X")
    fill(seat, reason="已消毒")
    seat.press("Return")
    assert "8" in seat.page.form.refusal.text() and isolation.list_isolation(desk)[0].is_open
