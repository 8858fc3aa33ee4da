"""The duty board tells how we are, what is next and why, and is fresh after any commit."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.changes import ChangeSet
from emergency_desk.domain.teams import TeamState
from emergency_desk.errands.background import Background
from emergency_desk.services import calls, dispatches, incidents, teams
from emergency_desk.ui.refresh import Deliverer
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.cell_painting import cell_width
from emergency_desk.ui.workplace import BOARD, INCIDENTS, PAPER, ROOM
from emergency_desk.wording.catalog import use_language
from tests.builders import STREET, SetClock, make_desk
from tests.ui.fitting import cut_labels, page_scroll_bars
from tests.ui.seat import Seat, take_fire, texts


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path, clock: SetClock) -> Seat:
    return Seat(qtbot, make_desk(tmp_path, clock=clock), tmp_path)


def figures(seat: Seat) -> list[str]:
    return [tile.figure.text() for tile in seat.board.tiles]


def take(seat: Seat, *, send: int = 0, **counts: int):  # type: ignore[no-untyped-def]
    """Take a call the way a screen does: its commit is told to all."""
    taken = take_fire(seat.desk, send=send, **counts)
    seat.background.store(lambda: incidents.write_log(seat.desk, text="call read back", incident_id=taken.incident.id))
    seat.settle()
    return taken


def test_an_empty_board_says_what_belongs_there_and_offers_the_call(seat: Seat) -> None:
    assert figures(seat) == ["0", "0", "13", "0", "0"]
    assert seat.board._first.isVisible()
    assert seat.window.acts.can("take_call")


def test_a_call_stands_on_the_board_with_grade_place_and_next_due(seat: Seat) -> None:
    take(seat, send=2, dead=3)
    line = texts(seat.board.incidents)[0]
    assert "Rel. major" in line and "延安三路" in line and "0:00" in line
    assert figures(seat)[0] == "1"
    assert figures(seat)[3:] == ["2", "2"]
    assert not seat.board._first.isVisible()


def test_an_incident_nobody_is_sent_to_does_not_pass_for_quiet(seat: Seat) -> None:
    seat.background.store(lambda: calls.take_call(seat.desk, draft=CallDraft(words="小区停水", area_id=STREET)))
    cell = seat.board.incidents.lines[0].cells[5]
    assert (cell.text, cell.tone) == ("no team out", Tone.ORANGE)


def test_incidents_are_known_by_number_after_the_board_was_read(seat: Seat) -> None:
    taken = take(seat)
    assert seat.place.numbers[taken.incident.id] == taken.incident.number


def test_a_receipt_that_fails_to_come_is_an_alarm_with_the_phone(seat: Seat, clock: SetClock) -> None:
    taken = take(seat, send=1)
    due_at = taken.orders[0].receipt_due_at
    clock.at = due_at
    clock.forward(2)
    seat.board.tick()
    seat.board._watch.count()
    assert "2 min late" in texts(seat.board.due)[0] and "0532-" in texts(seat.board.due)[0]
    assert seat.board.due.lines[0].cells[1].tone is Tone.RED
    assert "No receipt from" in seat.notice
    assert seat.window.top.overdue.isVisible()


def test_the_alarm_comes_once_and_also_on_another_page(seat: Seat, clock: SetClock) -> None:
    taken = take(seat, send=1)
    seat.window.show_page(INCIDENTS)
    clock.at = taken.orders[0].receipt_due_at
    clock.forward(1.5)
    seat.board._watch.count()
    assert "No receipt" in seat.notice
    seat.window.notices.clear()
    seat.board._watch.count()
    assert seat.notice == ""
    late = seat.window.top.overdue.pill.text
    seat.background.store(lambda: dispatches.take_receipt(seat.desk, dispatch_id=taken.orders[0].id))
    assert int(seat.window.top.overdue.pill.text.split()[0]) == int(late.split()[0]) - 1


def test_the_alarm_goes_by_the_clock_and_ends_with_the_receipt(seat: Seat, clock: SetClock) -> None:
    first = take(seat, send=2)
    clock.at = first.orders[0].receipt_due_at
    clock.forward(2)
    seat.board._watch.count()
    assert "2 min late" in seat.notice and "2 teams are silent" in seat.notice
    clock.forward(3)
    seat.board._watch.count()
    assert "5 min late" in seat.notice
    for order in first.orders:
        seat.background.store(lambda id_=order.id: dispatches.take_receipt(seat.desk, dispatch_id=id_))
    assert seat.notice == ""


def test_the_alarm_takes_no_room_where_the_page_tells_it(seat: Seat, clock: SetClock) -> None:
    own, other = take(seat, send=1), take(seat)
    clock.at = own.orders[0].receipt_due_at
    clock.forward(2)
    seat.board._watch.count()
    assert seat.window.notices.isVisible()
    seat.open_room(own.incident.id)
    assert not seat.window.notices.isVisible()
    seat.open_room(other.incident.id)
    assert seat.window.notices.isVisible()
    seat.window.show_page(INCIDENTS)
    assert seat.window.notices.isVisible()


def test_ages_and_due_colours_tick_without_asking_the_store(seat: Seat, clock: SetClock) -> None:
    take(seat, send=1)
    assert seat.board.incidents.lines[0].cells[5].tone is Tone.ORANGE
    clock.forward(63)
    seat.board.tick()
    assert "1:03" in texts(seat.board.incidents)[0]
    assert seat.board.incidents.lines[0].cells[5].tone is Tone.RED


def test_the_log_tells_the_day_of_its_lines_once_the_day_has_turned(seat: Seat, clock: SetClock) -> None:
    take(seat)
    before = seat.board.log.lines[0].cells[0].text
    clock.forward(2)
    seat.board.tick()
    assert seat.board.log.lines[0].cells[0].text == before
    clock.forward(24 * 60)
    seat.board.tick()
    told = seat.board.log.lines[0].cells[0].text
    assert told != before and told.endswith(before)


def test_the_board_is_fresh_after_any_commit(seat: Seat) -> None:
    taken = take(seat, send=1)
    team_id = taken.orders[0].team_id
    seat.background.store(lambda: teams.report_state(seat.desk, team_id=team_id, to=TeamState.WORKING))
    assert "1 at the scene" in seat.board.tiles[3].made_of.text()
    seat.background.store(lambda: incidents.report_figures(seat.desk, incident_id=taken.incident.id, figures=taken.incident.figures))
    seat.background.store(lambda: incidents.close_incident(seat.desk, incident_id=taken.incident.id, override_reason="all handed over"))
    assert figures(seat)[0] == "0"


def test_enter_opens_the_room_and_f5_opens_it_at_the_recommendation(seat: Seat) -> None:
    taken = take(seat)
    seat.board.incidents.setFocus()
    seat.press("Return")
    assert (seat.window.page_id, seat.room.incident_id) == (ROOM, taken.incident.id)
    seat.press("Escape")
    assert seat.window.page_id == BOARD
    seat.press("F5")
    assert seat.window.page_id == ROOM
    assert seat.focus is seat.room.recommended.lines


def test_a_due_line_opens_the_room_at_what_it_waits_for(seat: Seat) -> None:
    taken = take(seat, send=1)
    seat.board.due.setFocus()
    seat.board.due.choose(f"receipt:{taken.orders[0].id}")
    seat.press("Return")
    assert seat.room.orders.lines.current_key.startswith(taken.orders[0].id)


def test_the_duty_log_is_written_from_the_board(seat: Seat, clock: SetClock) -> None:
    seat.board.composer.setFocus()
    seat.words("@19:05 >Wang city desk told by phone")
    seat.press("Return")
    entry = incidents.read_log(seat.desk, limit=1)[0].entry
    assert (entry.text, entry.value("heard_from"), entry.minutes_late) == ("city desk told by phone", "Wang", 26)
    assert seat.board.composer.text() == ""


def test_the_end_of_a_shift_has_its_paper_one_key_away_and_is_found_by_its_word(seat: Seat) -> None:
    assert seat.window.acts.do("board_duty_log")
    assert seat.window.page_id == PAPER and seat.papers.shown == [("duty-log", None)]
    use_language("zh")
    words = [action.words for action in seat.window.acts.all if action.id in ("board_duty_log", "change_officer")]
    assert words and all("交接班" in each for each in words)


def test_the_day_of_an_earlier_line_of_the_log_is_not_cut(seat: Seat, clock: SetClock) -> None:
    take(seat)
    clock.forward(24 * 60)
    seat.background.store(lambda: incidents.write_log(seat.desk, text="the day after"))
    seat.settle()
    log = seat.board.log
    moments = [line.cells[0] for line in log.lines]
    assert len({len(cell.text) for cell in moments}) == 2  # "19:05" and "11-04 19:05"
    assert all(cell_width(cell, log.letters) <= log.columnWidth(0) for cell in moments)


def test_an_empty_line_is_refused_and_what_was_typed_stays(seat: Seat) -> None:
    seat.board.composer.setFocus()
    seat.words("@25:00 fire")
    seat.press("Return")
    assert seat.board.composer.text() == "@25:00 fire"
    assert "cannot be read" in seat.board.composer.accessibleDescription()


def test_two_desks_in_one_program_do_not_hear_each_other(qtbot: QtBot, tmp_path: Path) -> None:
    one = Seat(qtbot, make_desk(tmp_path, name="one.store"), tmp_path)
    two = Seat(qtbot, make_desk(tmp_path, name="two.store"), tmp_path)
    take(one, dead=3)
    two.board.refresh()
    assert (len(one.board.incidents.lines), len(two.board.incidents.lines)) == (1, 0)


def test_two_windows_at_one_desk_show_the_same(qtbot: QtBot, tmp_path: Path) -> None:
    desk, background = make_desk(tmp_path), Background(inline=True)
    one, two = Seat(qtbot, desk, tmp_path, background), Seat(qtbot, desk, tmp_path, background)
    take(one)
    assert len(one.board.incidents.lines) == len(two.board.incidents.lines) == 1


def test_the_board_is_read_on_the_store_thread(qtbot: QtBot, tmp_path: Path) -> None:
    deliverer = Deliverer()
    background = Background(deliverer.deliver)
    seat = Seat(qtbot, make_desk(tmp_path), tmp_path, background)
    background.store(lambda: take_fire(seat.desk, send=1))
    background.store(lambda: incidents.write_log(seat.desk, text="told"))
    qtbot.waitUntil(lambda: len(seat.board.incidents.lines) == 1)
    seat.window.close()
    background.close()


def test_the_list_finds_by_initials_and_shows_the_ended_below(seat: Seat) -> None:
    first = take(seat)
    incidents.close_incident(seat.desk, incident_id=first.incident.id)
    second = take(seat, dead=1)
    seat.press("Alt+2")
    assert [line.key for line in seat.listed.lines.lines] == [second.incident.id, first.incident.id]
    assert "Closed" in texts(seat.listed.lines)[1]
    seat.words("yanansanlu")
    seat.listed._ask_anew()
    assert len(seat.listed.lines.lines) == 2
    seat.words("zzz")
    seat.listed._ask_anew()
    assert seat.listed.lines.lines == ()


def test_the_list_pages_what_has_ended(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    for _number in range(3):
        taken = take_fire(seat.desk)
        incidents.close_incident(seat.desk, incident_id=taken.incident.id)
    seat.window.show_page(INCIDENTS)
    seat.listed._older = 2
    seat.listed.refresh()
    assert [line.key for line in seat.listed.lines.lines][2:] == ["#more"]
    seat.listed._opened("#more")
    assert len(seat.listed.lines.lines) == 3


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_board_fits_a_small_screen_in_both_languages(qtbot: QtBot, tmp_path: Path, language: str) -> None:
    use_language(language)
    desk = make_desk(tmp_path)
    take_fire(desk, send=3, dead=3, badly_hurt=12, trapped=14)
    calls.take_call(desk, draft=calls.CallDraft(words="辽源路小区闻到煤气味", area_id=desk.area_id))
    seat = Seat(qtbot, desk, tmp_path)
    assert (seat.window.width(), seat.window.height()) == (1366, 768)
    assert cut_labels(seat.window) == []
    assert page_scroll_bars(seat.window) == []


def test_a_slow_reading_is_not_asked_for_again_at_once(seat: Seat, qtbot: QtBot) -> None:
    taken = take(seat)
    seat.board._took, seat.board.slow_seconds = 0.2, 0.15
    seat.background.store(lambda: incidents.close_incident(seat.desk, incident_id=taken.incident.id))
    assert figures(seat)[0] == "1"
    qtbot.waitUntil(lambda: figures(seat)[0] == "0")


def test_a_flood_of_commits_is_shown_a_part_at_a_time_and_the_last_word_stands(qtbot: QtBot, tmp_path: Path) -> None:
    deliverer = Deliverer()
    background = Background(deliverer.deliver)
    seat = Seat(qtbot, make_desk(tmp_path), tmp_path, background)
    shown: list[object] = []
    seat.board.show_read, show = lambda board: (shown.append(board), show(board)), seat.board.show_read
    qtbot.waitUntil(lambda: seat.board._board is not None)

    def write(number: int) -> None:
        if number < 60:
            background.store(lambda: incidents.write_log(seat.desk, text=f"told {number}"), then=lambda _done: write(number + 1))

    seat.board.breath_seconds = 0.5
    write(0)
    qtbot.waitUntil(lambda: any("told 59" in each.cells[1].text for each in seat.board.log.lines))
    assert len(shown) < 30, "no eye follows each of them"
    seat.window.close()
    background.close()


def test_a_closed_board_asks_nothing_more(qtbot: QtBot, tmp_path: Path) -> None:
    deliverer = Deliverer()
    background = Background(deliverer.deliver)
    seat = Seat(qtbot, make_desk(tmp_path), tmp_path, background)
    qtbot.waitUntil(lambda: seat.board._board is not None)
    seat.board.breath_seconds = 30.0
    background.store(lambda: incidents.write_log(seat.desk, text="told"))
    qtbot.waitUntil(lambda: seat.board._resting.isActive())
    seat.window.close()
    assert not seat.board._resting.isActive()
    background.announce(ChangeSet(journal_number=0, everything=True))
    assert not seat.board._resting.isActive()
    background.close()


def test_a_closed_desk_lays_no_reports_by_the_clock_any_more(seat: Seat) -> None:
    watch = seat.board._watch
    assert watch._renewal.isActive()
    seat.window.close()
    assert not watch._renewal.isActive() and not watch._clock.isActive()
