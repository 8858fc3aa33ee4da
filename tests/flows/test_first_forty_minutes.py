"""A fire in an 18-storey block, 19:31 to 20:06: street, then district, through the real window and by keyboard alone.

Every key act is counted: a chord is one, words typed and the input method are none. Source: domain §15 (c). People, units and
numbers are invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from emergency_desk.app.application import Asked
from emergency_desk.app.session import Session
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import Ladder
from emergency_desk.domain.command import CommandStep, PostRole
from emergency_desk.domain.ids import Id
from emergency_desk.domain.ladder import Step, StepState
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.reporting import Channel
from emergency_desk.domain.reports import ReportState
from emergency_desk.services import incidents, integrity, reports
from emergency_desk.ui.incidents.call_form import CallForm
from emergency_desk.ui.incidents.live_page import LivePage
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.start.change_officer import OFFICER
from emergency_desk.ui.workplace import BOARD, CALL, POST, REPORT, ROOM
from emergency_desk.wording.catalog import use_language
from tests.builders import SetClock, make_desk
from tests.ui.seat import Seat, at_once, texts


class WholeDesk(Seat):
    """The desk as the program opens it, on an empty board; another officer brings a new window."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.qtbot, self.session, self.acts = qtbot, session, []
        self.settle()

    @property
    def window(self) -> MainWindow:  # type: ignore[override]
        return self.session.window

    @property
    def desk(self) -> Any:  # type: ignore[override]
        return self.session.desk

    def settle(self) -> None:
        super().settle()
        if isinstance(self.window.page, LivePage):
            at_once(self.window.page)

    def press(self, *keys: str) -> None:
        self.acts.extend(keys)
        super().press(*keys)

    def took(self) -> int:
        """Return how many key acts were made since it was asked last."""
        count, self.acts = len(self.acts), []
        return count


@pytest.fixture
def seat(qtbot: QtBot, qapp: QApplication, tmp_path: Path, clock: SetClock, language: str) -> Iterator[WholeDesk]:
    """The street's officer sits at the desk; nothing has happened yet."""
    make_desk(tmp_path, clock=clock).store.close()
    use_language(language)
    window = MainWindow(clock)
    window.resize(1366, 768)
    window.show()
    session = Session(qapp, Asked(store=tmp_path / "test.store", account="street", language=language), window, inline=True, clock=clock)
    session.begin()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield WholeDesk(qtbot, session)
    session.window.close()


def sit_down(seat: WholeDesk, account: str) -> None:
    """Let another officer sit down; the room of the incident at hand stands there again."""
    seat.press("F12")
    assert seat.window.page_id == OFFICER
    seat.words(account)
    seat.press("Return")
    seat.window.activateWindow()
    seat.qtbot.waitUntil(seat.window.isActiveWindow)
    seat.settle()
    assert seat.window.page_id == ROOM and seat.desk.account.name == account


def phone_up(seat: WholeDesk, name: str) -> None:
    """Phone the report that is owed to the tier above: read it out, ask who takes it, have it read back."""
    seat.press("F6")
    assert seat.window.page_id == REPORT and seat.window.page.is_phone  # type: ignore[union-attr]
    seat.words(name)
    seat.press("Tab", "Space", "Ctrl+Return")


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
def test_from_the_call_at_the_street_to_the_districts_command_post(seat: WholeDesk, clock: SetClock, language: str) -> None:
    assert seat.window.page_id == BOARD and not seat.board.incidents.lines

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
    assert seat.took() == 4
    incident_id = seat.room.incident_id
    assert incident_id is not None
    assert rung(seat, Tier.STREET).in_command and rung(seat, Tier.STREET).own
    assert rung(seat, Tier.STREET).suggested == "Ⅲ" and not rung(seat, Tier.STREET).level

    # the street activates its level III with the four facts, drafted from the plan
    clock.set(19, 33)
    seat.press("Alt+A", "Ctrl+Return")
    assert seat.took() == 2
    assert response_level(seat, incident_id, Tier.STREET) is Level.III
    assert rung(seat, Tier.STREET).level == "Ⅲ"

    # 19:36 by phone to the district, read back, from the report page
    clock.set(19, 36)
    phone_up(seat, "区值班室李敏")
    sent = reports.list_reports(seat.desk, incident_id=incident_id)[-1]
    assert (sent.to_tier, sent.channel, sent.state, sent.received_by, sent.read_back) == (
        Tier.DISTRICT, Channel.PHONE, ReportState.RECEIVED, "区值班室李敏", True)
    assert on_time(seat, incident_id, Tier.STREET, Channel.PHONE)
    seat.press("Escape")
    assert seat.window.page_id == ROOM and seat.took() == 5

    # 19:40 first measures; 19:48 the scene reports twelve trapped
    clock.set(19, 40)
    seat.press("Alt+T", "Space")
    clock.set(19, 48)
    write(seat, ">消防二站 /被困 12 /疏散 180")
    assert seat.incident(incident_id).trapped == 12 and seat.took() == 4
    assert seat.room.head.question.isVisible(), "trapped from three asks whether it was production work"
    seat.press("Alt+K", "Down", "Ctrl+Return")  # the ground-floor shop was closed: no production work
    assert not seat.room.head.question.isVisible() and not seat.room.head.near_miss.isVisible()
    assert seat.took() == 3

    # 19:50 the district's leader takes the chair: nothing is lost, what is open stands there, and the report is received
    clock.set(19, 50)
    sit_down(seat, "leader")
    assert seat.took() == 2 and seat.room.incident_id == incident_id
    kept = seat.kept(incident_id).ladder
    assert state(kept, Tier.STREET, Step.ACTIVATE) is StepState.DONE and kept.holder is Tier.STREET
    assert rung(seat, Tier.DISTRICT).own and not rung(seat, Tier.DISTRICT).in_command
    assert state(kept, Tier.DISTRICT, Step.RECEIVE) is StepState.DONE, "the street's report reached the district"
    assert state(kept, Tier.DISTRICT, Step.ACTIVATE) is StepState.OPEN

    # 20:00 district level III, one below what the plan reaches; the street offers the command, heard by phone; two keys accept it
    clock.set(20, 0)
    seat.press("Alt+A", "Down", "Ctrl+Return")
    assert response_level(seat, incident_id, Tier.DISTRICT) is Level.III and seat.took() == 3
    seat.press("F7")
    form = seat.room.head.wide
    assert "12" in form.answers["situation"]
    seat.words("街道值班员张强")  # the cursor stands at who was heard
    seat.press("Tab")
    assert seat.focus is form.editors["given_by"]
    seat.words("街道带班领导孙某")
    seat.press("Ctrl+Return")
    assert seat.kept(incident_id).ladder.holder is Tier.STREET, "until the district accepts, the street commands"
    assert seat.took() == 3
    seat.press("F7", "Ctrl+Return")  # what is next of an offer is its answer
    assert seat.took() == 2
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
    assert seat.window.page_id == ROOM and seat.took() == 4

    # 20:05 to the city by phone, within the thirty minutes that its clock gives from the street's report
    clock.set(20, 5)
    phone_up(seat, "市值班室王强")
    sent = reports.list_reports(seat.desk, incident_id=incident_id)[-1]
    assert (sent.from_tier, sent.to_tier, sent.received_by) == (Tier.DISTRICT, Tier.CITY, "市值班室王强")
    assert on_time(seat, incident_id, Tier.DISTRICT, Channel.PHONE)
    assert "12" in sent.element("casualties").text
    assert seat.took() == 4

    # 20:06 the board tells who commands, and at which level
    clock.set(20, 6)
    seat.press("Escape", "Escape")
    assert seat.window.page_id == BOARD and seat.took() == 2
    line = texts(seat.board.incidents)[0]
    assert "北河区" in line and "Ⅲ" in line
    log = [entry.entry for entry in reversed(seat.kept(incident_id).log)]
    assert [entry.sequence for entry in log] == sorted(entry.sequence for entry in log)
    assert integrity.check(seat.desk).is_sound


def on_time(seat: WholeDesk, incident_id: Id, tier: Tier, channel: Channel) -> bool:
    dues = [each.due for each in reports.list_due(seat.desk, incident_id=incident_id, with_ended=True)]
    met = [due for due in dues if due.from_tier is tier and due.channel is channel and due.met_at is not None]
    return bool(met) and all(due.was_on_time for due in met)


def response_level(seat: Seat, incident_id: Id, tier: Tier) -> Level | None:
    line = incidents.open_room(seat.desk, incident_id=incident_id).ladder.line(tier)
    return line.response.level if line is not None and line.response is not None and line.response.is_running else None


def page_thinks(seat: Seat) -> bool:
    page = seat.window.built(CALL)
    assert isinstance(page, CallForm)
    return page.is_thinking
