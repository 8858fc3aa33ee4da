"""The lights are on again: the paper of the evening is keyed back by keyboard alone, and F10 prints the next pack."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.app.more_pages import add_more_pages
from emergency_desk.domain.incidents import TaskState
from emergency_desk.errands import printing
from emergency_desk.services import blackout, incidents
from emergency_desk.ui.incidents.keying_page import KeyingPage
from emergency_desk.ui.workplace import KEYING
from emergency_desk.wording import formats
from tests.blackout_evening import DarkEvening
from tests.ui.seat import Seat


class Keyer(Seat):
    """A seat at the page where paper is keyed back."""

    @property
    def page(self) -> KeyingPage:
        page = self.window.page
        assert isinstance(page, KeyingPage)
        return page


@pytest.fixture
def evening(tmp_path: Path) -> DarkEvening:
    return DarkEvening(tmp_path)


@pytest.fixture
def keyer(qtbot: QtBot, evening: DarkEvening, tmp_path: Path) -> Keyer:
    made = Keyer(qtbot, evening.desk, tmp_path / "papers")
    add_more_pages(made.window, made.place)
    made.window.show_page(KEYING)
    made.settle()
    return made


def test_a_card_is_keyed_by_keyboard_and_stands_below(keyer: Keyer, evening: DarkEvening) -> None:
    at = evening.clock.at
    evening.clock.forward(90)
    card = next(one for one in blackout.blackout_sheet(evening.desk).packs[0].tasks if one.title.zh == "联系第1户")
    page = keyer.page
    keyer.words(str(card.code).lower())
    keyer.press("Return")
    assert "联系第1户" in page.about.text() and page.time.hasFocus()
    keyer.words(formats.clock_time(at + timedelta(minutes=5)))
    keyer.press("Return")
    assert page.what.hasFocus()
    page.person.setFocus()
    keyer.words("老李")
    keyer.press("Return")
    task = next(each for each in incidents.open_room(evening.desk, incident_id=evening.incident.id).tasks if each.title == "联系第1户")
    assert task.state is TaskState.DONE and task.ended_at == at + timedelta(minutes=5)
    assert [cell.text for cell in page.lines.lines[0].cells][::3] == [str(card.code), "联系第1户"]
    assert page.code.hasFocus() and not page.code.text()


def test_a_wrong_code_hangs_on_its_field_and_what_was_typed_stays(keyer: Keyer) -> None:
    page = keyer.page
    keyer.words("1-T99")
    keyer.press("Return")
    assert page.code.property("refused") and page.code.text() == "1-T99"
    keyer.press("Ctrl+Return")
    assert not page.lines.lines


def test_a_shelter_asks_for_heads_alone(keyer: Keyer, evening: DarkEvening) -> None:
    page, at = keyer.page, evening.clock.at
    evening.clock.forward(90)
    keyer.words("1-S1")
    keyer.press("Return")
    assert page.heads.isVisible()
    keyer.words(formats.clock_time(at))
    page.heads.setFocus()
    keyer.words("131")
    keyer.press("Ctrl+Return")
    assert blackout.blackout_sheet(evening.desk).packs[0].heads[0].heads == 131


def test_one_key_prints_the_pack_on_any_page(keyer: Keyer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Path] = []
    monkeypatch.setattr(printing, "send_to_printer", sent.append)
    keyer.press("F10")
    keyer.settle()
    assert [path.suffix for path in sent] == [".pdf"] and sent[0].parent == tmp_path / "papers"
    notice = keyer.window.notices.notice
    assert notice is not None and sent[0].name in notice.text
