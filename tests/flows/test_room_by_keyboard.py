"""An incident from the receipt of its orders to its close, through the real window, by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.domain.dispatches import OrderState
from emergency_desk.domain.incidents import Happening, IncidentState, TaskState
from emergency_desk.domain.teams import HowHeard, TeamState
from emergency_desk.errands.background import Background
from emergency_desk.services import integrity
from emergency_desk.ui.refresh import Deliverer
from emergency_desk.wording.catalog import use_language
from tests.builders import SetClock, make_desk
from tests.ui.seat import Seat, take_fire, texts


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path, clock: SetClock) -> Seat:
    return Seat(qtbot, make_desk(tmp_path, clock=clock), tmp_path)


def test_an_evening_in_the_room(seat: Seat, clock: SetClock) -> None:
    taken = take_fire(seat.desk, send=2, trapped=14)
    incident_id = taken.incident.id
    seat.board.refresh()
    seat.press("Alt+I", "Return")  # from the board into the room

    # The receipt, told by phone.
    clock.forward(2)
    seat.press("Alt+O", "R")
    seat.words("Wang Q.")
    seat.press("Return")
    received = [line.dispatch for line in seat.kept(incident_id).orders if line.dispatch.state is OrderState.RECEIVED]
    assert [(order.receipt_by, order.receipt_how) for order in received] == [("Wang Q.", HowHeard.PHONE.value)]
    team_id = received[0].team_id

    # On scene without having said that it was on the road; the gap is filled later with the time it really was.
    clock.forward(9)
    seat.room.orders.choose_order(received[0].id)
    seat.press("N", "Down", "Down", "Return")
    order = next(line for line in seat.kept(incident_id).orders if line.team.id == team_id)
    assert order.team.state is TeamState.ON_SCENE
    assert any("not reported: dispatched, en route" in line for line in texts(seat.room.orders.lines))
    seat.press("G")
    seat.words("19:33")
    seat.press("Return")
    filled = [move for line in seat.kept(incident_id).orders for move in line.moves if move.fills_gap]
    assert [(move.to_state, move.occurred_at) for move in filled] == [(TeamState.DISPATCHED, clock.set(19, 33))]


def test_figures_by_composer_raise_the_grade(seat: Seat, clock: SetClock) -> None:
    taken = take_fire(seat.desk, send=1)
    seat.open_room(taken.incident.id)
    clock.forward(20)
    seat.press("Alt+W")
    seat.words("/dead 3 /trapped 12")
    seat.press("Return")
    incident = seat.incident(taken.incident.id)
    assert (incident.dead, incident.trapped, seat.room.head.grade.pill.text) == (3, 12, "Relatively major")
    assert seat.room.log.composer.text() == ""


def test_states_and_receipts_by_composer_with_a_gap_filled_by_its_time(seat: Seat, clock: SetClock) -> None:
    taken = take_fire(seat.desk, send=1)
    seat.open_room(taken.incident.id)
    name = seat.kept(taken.incident.id).orders[0].team.name
    clock.forward(12)
    seat.press("Alt+W")
    for line in (f"/回执 {name}", f"/到场 {name}", f"@19:35 >王强 /途中 {name}"):
        seat.words(line)
        seat.press("Return")
        assert seat.room.log.composer.text() == "", seat.room.log.composer.accessibleDescription()
    order = seat.kept(taken.incident.id).orders[0]
    assert order.dispatch.receipt_at is not None
    assert order.team.state is TeamState.ON_SCENE
    assert [(move.to_state, move.reported_by) for move in order.moves if move.fills_gap] == [(TeamState.EN_ROUTE, "王强")]


def test_the_composer_writes_out_what_is_marked(seat: Seat) -> None:
    taken = take_fire(seat.desk, send=2)
    seat.open_room(taken.incident.id)
    seat.press("Alt+W")
    seat.words("/arr")
    assert seat.room.log.composer.offered == ["arrived"]
    seat.press("Tab")
    assert seat.room.log.composer.text() == "/arrived "
    seat.press("Down", "Return")
    on_scene = [line.team.state for line in seat.kept(taken.incident.id).orders]
    assert on_scene.count(TeamState.ON_SCENE) == 1


def test_a_refused_line_stays_in_the_composer(seat: Seat) -> None:
    taken = take_fire(seat.desk, send=1)
    seat.open_room(taken.incident.id)
    name = seat.kept(taken.incident.id).orders[0].team.name
    seat.press("Alt+W")
    seat.words(f"/归队 {name}")
    seat.press("Return")
    assert seat.kept(taken.incident.id).orders[0].team.state is TeamState.RETURNED
    seat.words(f"/到场 {name}")
    seat.press("Return")
    assert seat.room.log.composer.text() == f"/到场 {name}"
    assert "cannot go from" in seat.room.log.composer.accessibleDescription()


def test_tasks_are_done_skipped_and_taken_back(seat: Seat) -> None:
    taken = take_fire(seat.desk, send=1)
    seat.open_room(taken.incident.id)
    first, second = (task.id for task in seat.kept(taken.incident.id).tasks[:2])
    seat.press("Alt+T", "Space")
    seat.press("S", "Return")  # the next one has taken the place of what is done
    assert "reason is needed" in seat.room.tasks.form.refusal.text()
    seat.words("nobody lives there")
    seat.press("Return")
    states = {task.id: (task.state, task.reason) for task in seat.kept(taken.incident.id).tasks}
    assert (states[first], states[second]) == ((TaskState.DONE, ""), (TaskState.SKIPPED, "nobody lives there"))
    for ended in (second, first):
        seat.room.tasks.lines.choose(ended)
        seat.press("U")
    assert all(task.state is TaskState.OPEN for task in seat.kept(taken.incident.id).tasks)


def test_a_done_task_is_undone_from_the_notice(seat: Seat) -> None:
    taken = take_fire(seat.desk, send=1)
    seat.open_room(taken.incident.id)
    seat.press("Alt+T", "Space")
    assert seat.notice.startswith("Done:")
    seat.press("Alt+U")
    assert all(task.state is TaskState.OPEN for task in seat.kept(taken.incident.id).tasks)


def test_a_team_is_recalled_with_a_reason(seat: Seat) -> None:
    taken = take_fire(seat.desk, send=1)
    seat.open_room(taken.incident.id)
    seat.press("Alt+O", "X")
    seat.words("false alarm on floor 3")
    seat.press("Return")
    order = seat.kept(taken.incident.id).orders[0]
    assert (order.dispatch.state, order.team.state) == (OrderState.RECALLED, TeamState.STANDBY)
    assert any(line.entry.text == "false alarm on floor 3" for line in seat.kept(taken.incident.id).log)


def test_close_is_refused_while_teams_are_out_and_done_when_they_are_back(seat: Seat, clock: SetClock) -> None:
    taken = take_fire(seat.desk, send=1)
    incident_id = taken.incident.id
    seat.open_room(incident_id)
    name = seat.kept(incident_id).orders[0].team.name
    seat.press("Ctrl+K")
    seat.words("close the")
    seat.press("Return")
    seat.words("fire is out")
    seat.press("Return")
    assert name in seat.room.head.form.note.text()
    assert seat.incident(incident_id).is_open
    seat.press("Return")  # without a reason it stays refused
    assert seat.incident(incident_id).is_open
    seat.press("Escape")
    clock.forward(30)
    seat.press("Alt+W")
    seat.words(f"/returned {name}") if name.isascii() else seat.words(f"/归队 {name}")
    seat.press("Return", "Ctrl+K")
    seat.words("close the")
    seat.press("Return")
    seat.words("fire is out")
    seat.press("Return")
    incident = seat.incident(incident_id)
    assert (incident.state, incident.close_note) == (IncidentState.CLOSED, "fire is out")
    assert integrity.check(seat.desk).is_sound


def test_close_with_teams_out_takes_a_reason_for_the_log(seat: Seat) -> None:
    taken = take_fire(seat.desk, send=1)
    seat.open_room(taken.incident.id)
    seat.room.ask_close()
    seat.press("Return")
    seat.words("the city desk has taken over")
    seat.press("Return")
    assert seat.incident(taken.incident.id).state is IncidentState.CLOSED
    told = [line.entry for line in seat.kept(taken.incident.id).log if line.entry.happening is Happening.OVERRIDE]
    assert [entry.text for entry in told] == ["the city desk has taken over"]


def test_a_log_line_is_corrected_by_a_further_one(seat: Seat) -> None:
    taken = take_fire(seat.desk)
    seat.open_room(taken.incident.id)
    seat.press("Alt+W")
    seat.words("体育馆开放，容纳320人")
    seat.press("Return", "Alt+L", "Home", "C")
    seat.words("体育馆开放，容纳230人")
    seat.press("Return")
    log = seat.kept(taken.incident.id).log
    assert (log[0].entry.happening, log[0].entry.corrects_id) == (Happening.CORRECTED, log[1].entry.id)
    assert log[1].entry.text == "体育馆开放，容纳320人"


def test_the_board_is_fresh_when_one_comes_back_from_the_room(seat: Seat) -> None:
    taken = take_fire(seat.desk, send=1)
    seat.open_room(taken.incident.id)
    seat.press("Alt+W")
    seat.words("/dead 3")
    seat.press("Return", "Escape", "Escape")
    assert "Rel. major" in texts(seat.board.incidents)[0]


def test_it_is_the_same_in_chinese_and_with_the_real_store_thread(qtbot: QtBot, tmp_path: Path, clock: SetClock) -> None:
    use_language("zh_CN")
    deliverer = Deliverer()
    background = Background(deliverer.deliver)
    seat = Seat(qtbot, make_desk(tmp_path, clock=clock), tmp_path, background)
    taken = take_fire(seat.desk, send=1)
    seat.place.open_room(taken.incident.id)
    qtbot.waitUntil(lambda: len(seat.room.orders.lines.lines) > 0)
    seat.press("Alt+O", "R", "Return")
    qtbot.waitUntil(lambda: not seat.room.orders.form.isVisible())
    qtbot.waitUntil(lambda: len(seat.room.orders.lines.lines) == 1)
    seat.press("Alt+W")
    seat.words("/死亡 3")
    seat.press("Return")
    qtbot.waitUntil(lambda: seat.room.log.composer.text() == "")
    qtbot.waitUntil(lambda: any("3" in line for line in texts(seat.room.log.lines)[:3]))
    seat.window.close()
    background.close()
    assert seat.incident(taken.incident.id).dead == 3
