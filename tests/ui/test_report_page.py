"""The report page by keyboard: drafted, sent, heard, skipped; gaps are told and stop nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from emergency_desk.app.more_pages import add_more_pages
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.reporting import Channel
from emergency_desk.domain.reports import DueState, Element
from emergency_desk.services import reports
from emergency_desk.ui.incidents.report_fields import ReportFields
from emergency_desk.ui.incidents.report_page import ReportPage
from emergency_desk.ui.incidents.report_reading import ReportAsked
from emergency_desk.ui.workplace import BOARD, REPORT, ROOM
from emergency_desk.wording import catalog
from tests.builders import SetClock, make_desk
from tests.ui.fitting import cut_labels
from tests.ui.seat import Seat, take_fire, texts


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Iterator[Seat]:
    seat = Seat(qtbot, make_desk(tmp_path, clock=SetClock()), tmp_path)
    add_more_pages(seat.window, seat.place)
    yield seat
    seat.window.close()
    seat.desk.store.close()


def opened(seat: Seat) -> tuple[ReportPage, Id]:
    """Take a call and open its report with F6 from the board."""
    fire = take_fire(seat.desk, dead=1).incident.id
    seat.board.refresh()
    seat.settle()
    seat.press("F6")
    page = seat.window.built(REPORT)
    assert isinstance(page, ReportPage) and seat.window.page_id == REPORT
    return page, fire


def states(seat: Seat, fire: Id) -> dict[str, DueState]:
    return {each.due.channel.value: each.due.state for each in reports.list_due(seat.desk, incident_id=fire, with_ended=True)}


def test_f6_opens_what_is_owed_first_as_a_script_for_the_phone(seat: Seat) -> None:
    page, _fire = opened(seat)
    assert page.is_phone and page.form_panel.title.text() == "First report by phone, District → City"
    assert page.clock.text().startswith("Due 20:01")
    assert "internal limit" in page.basis.text()
    script = page.script.toPlainText()
    assert "Dead 1" in script and "read that back" in script and "to be verified" in script


def test_a_phone_report_is_sent_by_keys_with_its_gaps_and_meets_its_due(seat: Seat) -> None:
    page, fire = opened(seat)
    assert page.form_panel.note.text().endswith("it can be sent all the same")
    page.endings.fields["received_by"].setFocus()
    seat.words("Li")
    page.endings.read_back.setChecked(True)
    seat.press("Ctrl+Return")
    assert states(seat, fire) == {"phone": DueState.MET, "written": DueState.OPEN}
    sent = reports.list_reports(seat.desk, incident_id=fire)[-1]
    assert (sent.received_by, sent.read_back, sent.number) == ("Li", True, "990101-2026-0001-R01")
    assert not page.is_phone, "the next one that is owed stands there at once"


def test_the_call_and_the_paper_after_it_take_four_keys_besides_the_two_names(seat: Seat) -> None:
    fire = take_fire(seat.desk, dead=1).incident.id
    seat.place.open_room(fire)
    seat.settle()
    seat.place.open_report(fire)  # the next act of the room does it by Ctrl+Return
    page = seat.window.built(REPORT)
    assert isinstance(page, ReportPage) and page.is_phone and seat.focus is page.endings.fields["received_by"]
    seat.words("Li")
    seat.press("Return", "Ctrl+Return")
    seat.settle()
    sent = reports.list_reports(seat.desk, incident_id=fire)[-1]
    assert (sent.received_by, sent.read_back) == ("Li", True)
    assert not page.is_phone and seat.focus is page.endings.fields["signer"]
    seat.words("Zhang")
    seat.press("Ctrl+Return")
    assert states(seat, fire) == {"phone": DueState.MET, "written": DueState.MET}


def test_enter_behind_the_name_takes_the_tick_back(seat: Seat) -> None:
    page, _fire = opened(seat)
    seat.press("Return")
    assert page.endings.read_back.isChecked()
    seat.press("Return")
    assert not page.endings.read_back.isChecked()


def test_a_written_report_asks_for_its_signer_at_the_field(seat: Seat) -> None:
    page, fire = opened(seat)
    seat.press("Ctrl+T")
    assert not page.is_phone
    seat.press("Ctrl+Return")
    assert states(seat, fire)["written"] is DueState.OPEN and seat.focus is page.endings.fields["signer"]
    seat.words("Zhang")
    seat.press("Ctrl+Return")
    assert states(seat, fire)["written"] is DueState.MET


def test_what_was_typed_is_there_again_and_stands_in_the_report(seat: Seat) -> None:
    page, fire = opened(seat)
    page.fields.editors["unit"].setFocus()
    seat.words("Tower Ltd")
    seat.press("Escape")
    assert seat.window.page_id == BOARD
    seat.press("F6")
    assert page.fields.editors["unit"].toPlainText() == "Tower Ltd" and "unit" not in page.fields.gaps
    page.endings.fields["received_by"].setText("Li")
    seat.press("Ctrl+Return")
    assert reports.list_reports(seat.desk, incident_id=fire)[-1].element("unit").text == "Tower Ltd"


def test_a_report_of_another_tier_is_recorded_as_heard(seat: Seat) -> None:
    fire = take_fire(seat.desk).incident.id
    seat.place.open_report(fire)
    page = seat.window.built(REPORT)
    assert isinstance(page, ReportPage)
    page._ask(ReportAsked(fire, from_tier=Tier.STREET, channel=Channel.PHONE))
    seat.settle()
    assert page.is_heard and page.send_button.text() == "Record as heard"
    seat.press("Ctrl+Return")
    assert reports.list_reports(seat.desk, incident_id=fire) == ()
    seat.words("street desk")
    seat.press("Ctrl+Return")
    heard = reports.list_reports(seat.desk, incident_id=fire)[-1]
    assert heard.heard_from == "street desk" and heard.from_tier is Tier.STREET


def test_a_report_is_not_sent_only_with_a_reason(seat: Seat) -> None:
    page, fire = opened(seat)
    seat.press("Ctrl+D")
    seat.press("Return")
    assert states(seat, fire)["phone"] is DueState.OPEN
    seat.press("Ctrl+D")
    seat.words("told in person")
    seat.press("Return")
    assert states(seat, fire)["phone"] is DueState.SKIPPED
    assert len(texts(page.list)) == 1


def test_a_due_on_the_board_opens_its_report_and_f6_works_in_the_room(seat: Seat) -> None:
    fire = take_fire(seat.desk).incident.id
    seat.board.refresh()
    seat.settle()
    line = next(line for line in seat.board.due.lines if line.key.startswith("report:"))
    assert "First report by phone" in line.cells[0].text
    seat.board._open_due(line.key)
    assert seat.window.page_id == REPORT
    seat.press("Escape")
    seat.open_room(fire)
    seat.press("F6")
    assert seat.window.page_id == REPORT
    seat.press("Escape")
    assert seat.window.page_id == ROOM


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_nothing_is_cut_on_a_small_screen_in_either_language(seat: Seat, language: str) -> None:
    catalog.use_language(language)
    page, _fire = opened(seat)
    assert cut_labels(page) == []
    seat.press("Ctrl+T")
    below_the_fold = {f"QLabel: {name.text()}" for name in page.fields.findChildren(QLabel)}  # the elements of a written report scroll
    assert set(cut_labels(page)) <= below_the_fold
    assert all(name.height() >= name.heightForWidth(name.width()) for name in page.fields.findChildren(QLabel))
    last = list(page.fields.editors.values())[-1]
    last.setFocus()
    seat.settle()
    assert last.visibleRegion().boundingRect().height() == last.height(), "the element that has the focus is in sight"


def test_after_the_last_report_that_is_owed_the_room_is_back_and_no_report_lies_under_the_key(seat: Seat) -> None:
    fire = take_fire(seat.desk, dead=1).incident.id
    seat.open_room(fire)
    seat.press("F6", "Ctrl+Return")
    page = seat.window.built(REPORT)
    assert isinstance(page, ReportPage) and seat.window.page_id == REPORT and not page.is_phone
    assert seat.focus is page.endings.fields["signer"], "the cursor stands in the form, at what only a person can answer"
    page.endings.fields["signer"].setText("Zhang")
    seat.press("Ctrl+Return")
    assert seat.window.page_id == ROOM
    assert len(reports.list_reports(seat.desk, incident_id=fire)) == 2


def test_a_report_is_titled_by_what_happened_and_where_not_by_the_words_of_the_call(seat: Seat) -> None:
    page, _fire = opened(seat)
    assert page._shown is not None and page._shown.sheet.report.title == "Building fire in 试城市北河区东台街道"
    assert "北河区" in page.fields.editors["measures"].toPlainText(), "a tier is called by its area"


def test_a_long_element_shows_more_of_itself_where_the_page_is_high(qtbot: QtBot) -> None:
    fields = ReportFields()
    qtbot.addWidget(fields)
    fields.resize(420, 900)
    fields.show()
    fields.show_elements([Element("time", "20:22"), Element("measures", "\n".join(f"第{number}支队伍" for number in range(30)))], {})
    measures = fields.editors["measures"]
    qtbot.waitUntil(lambda: measures.height() > measures.height_of(12))
    assert fields.area.verticalScrollBar().maximum() == 0, "what is high enough does not scroll"
    fields.resize(420, 120)
    qtbot.waitUntil(lambda: measures.height() == measures.height_of(5))
