"""The command post: formed with two roles side by side, its groups copied from the plan, everybody told, decisions kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from emergency_desk.domain.command import NamedBy, PostRole
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.plan_records import Level
from emergency_desk.services import calls, command, responses
from emergency_desk.services.calls import CallDraft
from emergency_desk.ui.workplace import POST, ROOM
from emergency_desk.wording.catalog import use_language
from tests.builders import OTHER_STREET, SetClock, make_desk
from tests.ui.fitting import cut_labels, page_scroll_bars
from tests.ui.seat import Seat, take_fire, texts


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path, clock: SetClock) -> Seat:
    return Seat(qtbot, make_desk(tmp_path, clock=clock), tmp_path)


@pytest.fixture
def fire(seat: Seat) -> Incident:
    """A fire whose district response runs, its command post page open."""
    incident = take_fire(seat.desk, send=2, trapped=14).incident
    responses.activate_response(seat.desk, incident_id=incident.id, level=Level.III, matter="fire", expected_hours=24, measures="search",
                                decided_by="Li")
    seat.open_room(incident.id)
    seat.press("Alt+C")
    return incident


def form(seat: Seat) -> None:
    seat.press("Alt+F")
    seat.words("李建国")
    seat.press("Ctrl+Return")


def test_the_post_is_formed_by_two_keys_and_a_name_with_both_roles_and_the_plans_groups(seat: Seat, fire: Incident) -> None:
    form(seat)
    members = seat.kept(fire.id).ladder.members
    commanders = {member.role: member for member in members if member.role in (PostRole.COMMANDER, PostRole.FIRE_COMMANDER)}
    assert commanders[PostRole.COMMANDER].name == "李建国" and commanders[PostRole.COMMANDER].named_by is NamedBy.PLAN
    assert commanders[PostRole.FIRE_COMMANDER].named_by is NamedBy.LAW
    assert seat.post.commander.name.text() == "李建国"
    assert seat.post.fire_commander.isVisible() and "Art. 45" in seat.post.fire_commander.rest.text()
    assert any(line.startswith("Rescue group") for line in texts(seat.post.members))
    assert "延安三路 105 号" in seat.post.where.text()


def test_keys_stand_below_a_list_that_has_something_to_act_on(seat: Seat, fire: Incident) -> None:
    def offered() -> list[str]:
        return [each.text() for each in seat.window.page.findChildren(QLabel) if each.isVisible() and each.text().startswith("⏎")]

    assert not any("leaves the post" in words for words in offered()), "nobody has a place yet"
    form(seat)
    assert any("leaves the post" in words for words in offered())


def test_a_post_without_place_or_commander_is_refused_at_its_field(seat: Seat, fire: Incident) -> None:
    seat.press("Alt+F")
    seat.post.form.set_answer("place", "")
    seat.press("Ctrl+Return")
    assert "\"Place\" has no answer" in seat.post.form.refusal.text() and seat.focus is seat.post.form.editors["place"]
    seat.words("Yan'an 3rd Rd 99")
    seat.post.form.set_answer("commander_unit", "")
    seat.press("Ctrl+Return")
    assert "On-site commander" in seat.post.form.refusal.text() and seat.focus is seat.post.form.editors["commander"]


def test_where_nothing_burns_there_is_one_commander_only(seat: Seat) -> None:
    flood = calls.take_call(seat.desk, draft=CallDraft(words="路面塌陷", area_id=OTHER_STREET)).value.incident
    seat.place.open_post(flood.id, begin=True)
    seat.settle()
    assert seat.post.form.isVisible() and "fire_commander" not in seat.post.form.editors
    assert not seat.post.fire_commander.isVisible()


def test_a_unit_gets_its_person_and_a_new_commander_follows_the_old(seat: Seat, fire: Incident) -> None:
    form(seat)
    lead = next(member for member in seat.kept(fire.id).ladder.members if member.role is PostRole.GROUP_LEAD)
    seat.post.members.setFocus()
    seat.post.members.choose(lead.id)
    seat.press("Return")
    seat.words("Zhao")
    seat.press("Ctrl+Return")
    assert any("Zhao" in line for line in texts(seat.post.members))
    seat.press("Alt+N")
    seat.words("Wang")
    box = seat.post.form.editors["role"]
    box.setCurrentIndex(box.findData("commander"))  # type: ignore[attr-defined]
    seat.press("Ctrl+Return")
    assert seat.post.commander.name.text() == "Wang"
    seat.post.members.setFocus()
    seat.post.members.choose(next(line.key for line in seat.post.members.lines if "Zhao" in line.cells[0].text))
    seat.press("X")
    assert not any("Zhao" in line for line in texts(seat.post.members))


def test_everybody_on_the_list_is_told_by_one_key_with_the_phone_in_sight(seat: Seat, fire: Incident, clock: SetClock) -> None:
    seat.background.store(lambda: command.add_notice(seat.desk, incident_id=fire.id, name="公安分局", phone="0532-110110"))
    seat.background.store(lambda: command.add_notice(seat.desk, incident_id=fire.id, name="卫健局", phone="0532-120120"))
    assert "0 of 2 told" in seat.post._notice_panel.note.text()
    clock.forward(4)
    seat.press("Alt+T", "Home", "Return")
    assert "0532-110110" in seat.post.form.note.text()
    seat.words("Chen")
    seat.press("Ctrl+Return")
    told = next(notice for notice in seat.kept(fire.id).ladder.notices if notice.is_told)
    assert (told.name, told.told_to, told.read_back) == ("公安分局", "Chen", True)
    assert "1 of 2 told" in seat.post._notice_panel.note.text()
    assert texts(seat.post.notices)[0].startswith("卫健局")


def test_meetings_and_decisions_are_kept_with_who_and_when(seat: Seat, fire: Incident) -> None:
    form(seat)
    seat.press("Alt+D")
    seat.words("Search floor 12 first")
    seat.press("Ctrl+Return")
    assert "Decided by" in seat.post.form.refusal.text()
    seat.words("李建国")
    seat.press("Ctrl+Return")
    decision = seat.kept(fire.id).ladder.decisions[0]
    assert (decision.text, decision.decided_by) == ("Search floor 12 first", "李建国")
    assert any("Search floor 12 first" in line for line in texts(seat.post.decisions))


def test_a_post_is_dissolved_after_one_more_question_and_the_way_back_is_the_room(seat: Seat, fire: Incident) -> None:
    form(seat)
    seat.post.dissolve()
    seat.settle()
    assert seat.kept(fire.id).ladder.posts[0].dissolved_at is None
    seat.press("Ctrl+Return")
    assert seat.kept(fire.id).ladder.posts[0].dissolved_at is not None
    assert "post dissolved 19:31" in seat.post.where.text(), "who commanded to the end stays in sight"
    assert seat.post.commander.name.text() != "nobody named yet" and seat.post.begin.isVisible()
    seat.press("Escape")
    assert seat.window.page_id == ROOM and seat.room.incident_id == fire.id


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("act", ["form_post", "decide", "add_notice"])
def test_the_page_fits_a_small_screen(qtbot: QtBot, tmp_path: Path, language: str, act: str) -> None:
    use_language(language)
    desk = make_desk(tmp_path)
    incident = take_fire(desk, send=2, trapped=14).incident
    seat = Seat(qtbot, desk, tmp_path)
    seat.place.open_post(incident.id)
    seat.settle()
    getattr(seat.post, act)()
    seat.settle()
    assert seat.window.page_id == POST
    assert cut_labels(seat.window) == []
    assert page_scroll_bars(seat.window) == []
