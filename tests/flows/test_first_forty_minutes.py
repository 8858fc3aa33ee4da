"""A fire in an 18-storey block, 19:31 to 20:05: street, then district, through the real window and by keyboard alone.

Source: domain §15 (c). The people, units and numbers are invented.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import Ladder, NextActKind
from emergency_desk.domain.command import CommandStep, PostRole
from emergency_desk.domain.ids import Id
from emergency_desk.domain.ladder import Step, StepState
from emergency_desk.domain.plan_records import Level
from emergency_desk.services import incidents, integrity
from emergency_desk.ui.incidents.call_form import CallForm
from emergency_desk.ui.workplace import CALL, POST, ROOM
from emergency_desk.wording.catalog import use_language
from tests.builders import SetClock, acting_as, make_desk
from tests.ui.seat import Seat, texts


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path, clock: SetClock) -> Seat:
    """The street's officer sits at the desk."""
    seat = Seat(qtbot, make_desk(tmp_path, clock=clock, account="street"), tmp_path)
    seat.window.add_page(CALL, lambda: CallForm(seat.place))
    seat.window.take_call = seat.place.take_call  # type: ignore[attr-defined]
    return seat


def take_the_chair(seat: Seat, account: str) -> None:
    """Let another officer sit down at the same desk; the room is read anew, as after a change of officer."""
    acting_as(seat.desk, account)
    seat.room.forget()
    seat.settle()


def rung(seat: Seat, tier: Tier):  # type: ignore[no-untyped-def]
    return next(rung for rung in seat.room.head.ladder.rungs if rung.key == tier.value)


def write(seat: Seat, line: str) -> None:
    """Write a line into the log by the composer."""
    seat.press("Alt+W")
    seat.words(line)
    seat.press("Return")
    assert seat.room.log.composer.text() == "", seat.room.log.composer.accessibleDescription()


def state(kept: Ladder, tier: Tier, step: Step) -> StepState:
    line = kept.line(tier)
    assert line is not None
    return next(each.state for each in line.steps if each.step is step)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_from_the_call_at_the_street_to_the_districts_command_post(seat: Seat, clock: SetClock, language: str) -> None:
    use_language(language)

    # 19:31 the street takes the call, sends who is its own, and commands the first response
    seat.press("F2")
    seat.words("台东六路18层商住楼6楼着火，浓烟，有人被困")
    seat.press("Tab")
    seat.words("dt")
    seat.press("Tab")
    seat.words("台东六路77号")
    seat.qtbot.waitUntil(lambda: not page_thinks(seat), timeout=10_000)
    seat.press("Ctrl+Return")
    seat.qtbot.waitUntil(lambda: seat.window.page_id == ROOM, timeout=10_000)
    seat.settle()
    incident_id = seat.room.incident_id
    assert incident_id is not None
    assert rung(seat, Tier.STREET).in_command and rung(seat, Tier.STREET).own
    assert rung(seat, Tier.STREET).suggested == "Ⅲ" and not rung(seat, Tier.STREET).level

    # the street activates its level III with the four facts, drafted from the plan
    clock.set(19, 33)
    seat.press("Alt+A", "Ctrl+Return")
    assert response_level(seat, incident_id, Tier.STREET) is Level.III
    assert rung(seat, Tier.STREET).level == "Ⅲ"

    # 19:36 by phone to the district, read back; 19:40 first measures; 19:48 the scene reports twelve trapped
    clock.set(19, 36)
    write(seat, ">>电话:区值班室李敏 电话报区：台东六路77号高层火灾，有人被困")
    clock.set(19, 40)
    seat.press("Alt+T", "Space")
    clock.set(19, 48)
    write(seat, ">消防二站 /被困 12 /疏散 180")
    assert seat.incident(incident_id).trapped == 12
    assert seat.room.head.question.isVisible(), "trapped from three asks whether it was production work"
    seat.room.say_production()
    seat.press("Down", "Ctrl+Return")  # the ground-floor shop was closed: no production work
    assert not seat.room.head.question.isVisible() and not seat.room.head.near_miss.isVisible()

    # 19:50 the district's leader takes the chair: nothing is lost, what is open stands there, and the report is received
    clock.set(19, 50)
    take_the_chair(seat, "leader")
    kept = seat.kept(incident_id).ladder
    assert state(kept, Tier.STREET, Step.ACTIVATE) is StepState.DONE and kept.holder is Tier.STREET
    assert rung(seat, Tier.DISTRICT).own and not rung(seat, Tier.DISTRICT).in_command
    seat.press("Alt+S")
    seat.room.steps.lines.choose("receive")
    seat.press("Space")
    assert state(seat.kept(incident_id).ladder, Tier.DISTRICT, Step.RECEIVE) is StepState.DONE
    assert state(seat.kept(incident_id).ladder, Tier.DISTRICT, Step.ACTIVATE) is StepState.OPEN

    # 20:00 district level III; the street offers the command, heard by phone; two keys accept it
    clock.set(20, 0)
    seat.press("Alt+A")
    box = seat.room.head.wide.editors["level"]
    box.setCurrentIndex(box.findData("III"))  # type: ignore[attr-defined]
    seat.press("Ctrl+Return")
    assert response_level(seat, incident_id, Tier.DISTRICT) is Level.III
    seat.press("F7")
    form = seat.room.head.wide
    assert "12" in form.answers["situation"]
    seat.words("街道值班员张强")  # the cursor stands at who was heard
    form.set_answer("given_by", "街道带班领导孙某")
    seat.press("Ctrl+Return")
    assert seat.kept(incident_id).ladder.holder is Tier.STREET, "until the district accepts, the street commands"
    assert seat.kept(incident_id).next_act.kind in (NextActKind.ANSWER_OFFER, NextActKind.CHASE_RECEIPT)
    seat.room.accept_command()
    seat.settle()
    seat.press("Ctrl+Return")
    kept = seat.kept(incident_id).ladder
    accepted = kept.moves[-1]
    assert (accepted.step, accepted.to_tier, accepted.given_by) == (CommandStep.ACCEPTED, Tier.DISTRICT, "街道带班领导孙某")
    assert accepted.taken_by == "leader" and "12" in accepted.situation
    assert [each.in_command for each in seat.room.head.ladder.rungs] == [False, True, False]
    assert rung(seat, Tier.STREET).level == "Ⅲ", "the street's own response goes on below the district's"

    # 20:03 the command post: the district's commander, and beside it the fire service at the fire ground
    clock.set(20, 3)
    seat.press("Alt+C", "Alt+F")
    seat.words("李建国")
    seat.press("Ctrl+Return")
    assert seat.window.page_id == POST
    roles = {member.role for member in seat.kept(incident_id).ladder.members if member.until is None}
    assert {PostRole.COMMANDER, PostRole.FIRE_COMMANDER} <= roles
    assert seat.post.commander.name.text() == "李建国" and seat.post.fire_commander.isVisible()
    seat.press("Escape")
    assert seat.window.page_id == ROOM

    # 20:05 to the city by phone, and the board tells who commands
    clock.set(20, 5)
    write(seat, ">>电话:市值班室王强 电话报市：北河区Ⅲ级响应，区级指挥，被困12人")
    seat.press("Escape")
    line = texts(seat.board.incidents)[0]
    assert "北河区" in line and "Ⅲ" in line
    log = [entry.entry for entry in reversed(seat.kept(incident_id).log)]
    assert [entry.sequence for entry in log] == sorted(entry.sequence for entry in log)
    assert integrity.check(seat.desk).is_sound


def response_level(seat: Seat, incident_id: Id, tier: Tier) -> Level | None:
    line = incidents.open_room(seat.desk, incident_id=incident_id).ladder.line(tier)
    return line.response.level if line is not None and line.response is not None and line.response.is_running else None


def page_thinks(seat: Seat) -> bool:
    page = seat.window.built(CALL)
    assert isinstance(page, CallForm)
    return page.is_thinking
