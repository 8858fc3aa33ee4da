"""A city of streets without districts (中山): its ladder has two rungs, the city leads what a district would, and no district is spoken of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from emergency_desk.app.application import Asked, utc_now
from emergency_desk.app.founding import found_store
from emergency_desk.app.session import Session
from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.incidents import Figures
from emergency_desk.errands.founding_city import Wanted
from emergency_desk.services import areas, calls, incidents
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.wording.catalog import use_language


@pytest.fixture
def zhongshan(qtbot: QtBot, qapp: QApplication, tmp_path: Path, language: str) -> Iterator[Session]:
    use_language(language)
    store = tmp_path / "own.store"
    found_store(store, Wanted(area="4420", account="wang", password="horse", display_name="王值班"))
    window = MainWindow(utc_now)
    qtbot.addWidget(window)
    window.show()
    session = Session(qapp, Asked(store=store, account="wang", password="horse", language=language), window, inline=True)
    session.begin()
    yield session
    session.window.close()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_room_of_a_two_tier_city(zhongshan: Session, language: str) -> None:
    desk, place = zhongshan.desk, zhongshan.workplace
    assert desk is not None and place is not None
    area_id, _rest = areas.split_place(desk, text="石岐街道")
    taken = calls.take_call(desk, draft=CallDraft(words="18层居民楼着火，有人被困", area_id=area_id, figures=Figures(dead=1, trapped=6))).value
    place.open_room(taken.incident.id)
    room: Any = zhongshan.window.page
    assert [rung.key for rung in room.head.ladder.rungs] == [Tier.STREET.value, Tier.CITY.value]
    assert [rung.in_command for rung in room.head.ladder.rungs] == [False, True]
    assert incidents.open_room(desk, incident_id=taken.incident.id).ladder.leading is Tier.CITY
    told = room.next_panel.title.text()
    assert "邻区" not in told and "district" not in told.lower(), told
