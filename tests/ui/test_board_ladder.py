"""The board tells who commands and at which level, and an offer of the command that nobody answers is an alarm."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import DueKind
from emergency_desk.domain.plan_records import Level
from emergency_desk.services import boards, command, responses
from emergency_desk.services.calls import TakenCall
from emergency_desk.services.command import HandOver
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.wall.window import WallWindow
from emergency_desk.ui.workplace import INCIDENTS, ROOM
from tests.builders import SetClock, acting_as, make_desk
from tests.ui.seat import Seat, take_fire, texts


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path, clock: SetClock) -> Seat:
    return Seat(qtbot, make_desk(tmp_path, clock=clock), tmp_path)


@pytest.fixture
def fire(seat: Seat) -> TakenCall:
    return take_fire(seat.desk, send=2, dead=1, trapped=14)


def activate(seat: Seat, fire: TakenCall) -> None:
    seat.background.store(lambda: responses.activate_response(
        seat.desk, incident_id=fire.incident.id, level=Level.III, matter="fire", expected_hours=24, measures="search", decided_by="Li"))


def offer(seat: Seat, fire: TakenCall) -> None:
    seat.background.store(lambda: command.offer_command(seat.desk, incident_id=fire.incident.id, to=Tier.CITY, given_by="Li",
                                                        carried=HandOver("fire", "2 teams", "none")))


def test_a_level_that_is_only_reached_stands_in_brackets_until_it_is_activated(seat: Seat, fire: TakenCall) -> None:
    seat.board.refresh()
    level = seat.board.incidents.lines[0].cells[3]
    assert level.text.startswith("(") and level.tone is Tone.SECONDARY
    activate(seat, fire)
    cells = seat.board.incidents.lines[0].cells
    assert (cells[2].text, cells[3].text, cells[3].strong) == ("北河区", "Ⅲ", True)


def test_the_command_column_follows_the_hand_over_and_names_the_levels_of_the_others(seat: Seat, fire: TakenCall) -> None:
    activate(seat, fire)
    offer(seat, fire)
    acting_as(seat.desk, "city")
    seat.background.store(lambda: command.accept_command(seat.desk, incident_id=fire.incident.id, taken_by="Wang"))
    acting_as(seat.desk, "leader")
    cells = seat.board.incidents.lines[0].cells
    assert cells[2].text == "试城市" and cells[2].below == "district Ⅲ"
    line = boards.duty_board(seat.desk).incidents[0]
    assert (line.holder, line.levels) == (Tier.CITY, ((Tier.DISTRICT, Level.III),))


def test_an_offer_stands_among_what_is_due_and_late_it_is_an_alarm_that_opens_the_ladder(seat: Seat, fire: TakenCall, clock: SetClock) -> None:
    offer(seat, fire)
    assert any("does it take the command?" in line for line in texts(seat.board.due))
    seat.window.show_page(INCIDENTS)
    clock.forward(6)
    waiting = [line for line in boards.what_is_due(seat.desk) if line.kind is DueKind.OFFER]
    assert [(line.from_tier, line.to_tier) for line in waiting] == [("tier_district", "tier_city")]
    seat.board._watch._due = boards.what_presses(seat.desk)
    seat.board._watch._told = {f"{line.kind}:{line.id}" for line in seat.board._watch._due.lines if line.kind is not DueKind.OFFER}
    seat.board._watch.count()
    assert "has not answered the offer of the command" in seat.notice
    seat.window.notices.do_act()
    seat.settle()
    assert seat.window.page_id == ROOM and seat.focus is seat.room.head.ladder


def test_an_answered_offer_is_due_no_more(seat: Seat, fire: TakenCall) -> None:
    offer(seat, fire)
    seat.background.store(lambda: command.withdraw_offer(seat.desk, incident_id=fire.incident.id, reason="not needed"))
    assert not any(line.kind is DueKind.OFFER for line in boards.what_is_due(seat.desk))


def test_the_wall_tells_who_commands_and_every_level(seat: Seat, fire: TakenCall, qtbot: QtBot) -> None:
    activate(seat, fire)
    offer(seat, fire)
    wall = WallWindow(seat.place)
    qtbot.addWidget(wall)
    wall.show()
    seat.settle()
    told = " | ".join(wall.words())
    assert "★ district Ⅲ" in told
    assert "★ 北河区 Ⅲ since 19:31 · city asked to take it" in told


def test_a_clock_set_back_is_told_and_lines_keep_their_order(seat: Seat, fire: TakenCall, clock: SetClock) -> None:
    seat.board.refresh()
    before = [line.key for line in seat.board.log.lines]
    clock.forward(-90)
    seat.board.refresh()
    assert "The clock of this machine says 2026-11-05 18:01" in seat.notice
    assert [line.key for line in seat.board.log.lines] == before
    clock.forward(91)
    seat.board.refresh()
    assert "The clock of this machine" not in seat.notice
