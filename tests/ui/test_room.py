"""The room of an incident tells what is next and why, and everything in it is done in place."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.incidents import Figures, IncidentState, TaskState
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.teams import TeamState
from emergency_desk.services import calls, dispatches, incidents, teams
from emergency_desk.services.calls import TakenCall
from emergency_desk.ui.incidents.room import ACTIONS
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.workplace import BOARD, INCIDENTS
from emergency_desk.wording.catalog import use_language
from emergency_desk.wording.levels import level_word
from tests import story
from tests.builders import OTHER_STREET, SetClock, acting_as, make_desk
from tests.ui.fitting import cut_labels, page_scroll_bars
from tests.ui.seat import Seat, take_fire, texts


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path, clock: SetClock) -> Seat:
    return Seat(qtbot, make_desk(tmp_path, clock=clock), tmp_path)


@pytest.fixture
def fire(seat: Seat) -> TakenCall:
    """A fire with two teams on the road, its room open."""
    taken = take_fire(seat.desk, send=2, dead=2, badly_hurt=4, trapped=14)
    seat.open_room(taken.incident.id)
    return taken


# -- the head ---------------------------------------------------------------------------------------------------------
def test_the_head_tells_grade_figures_and_the_way_to_the_next_grade(seat: Seat, fire: TakenCall) -> None:
    head = seat.room.head
    assert head.grade.pill.text == "Ordinary"
    assert "dead 1" in head.to_next.text().lower() and "relatively major" in head.to_next.text().lower()
    assert fire.incident.number == head.number.text()


def test_the_ladder_stars_who_commands_and_dashes_the_level_the_plan_reaches(seat: Seat, fire: TakenCall) -> None:
    rungs = seat.room.head.ladder.rungs
    assert [rung.in_command for rung in rungs] == [False, True, False]
    assert [bool(rung.own) for rung in rungs] == [False, True, False]
    assert [rung.level for rung in rungs] == ["", "", ""]
    assert rungs[1].suggested == level_word(Level(fire.incident.plan_level))
    assert Tier(fire.incident.plan_tier) is Tier.DISTRICT


def test_the_plan_line_opens_the_plan_at_the_clause_of_the_level(seat: Seat, fire: TakenCall) -> None:
    seat.press("Alt+P")
    code, version, clause = seat.papers.shown[-1]
    assert (code, version) == (fire.incident.plan_code, fire.incident.plan_version)
    assert clause and clause in seat.room.head.plan.text()


def test_one_key_opens_the_duty_officer_s_card_of_the_running_plan_at_the_level_that_runs(seat: Seat, fire: TakenCall) -> None:
    assert seat.room.head.card.isVisible()
    seat.press("Alt+D")
    assert seat.papers.shown[-1] == (fire.incident.plan_code, fire.incident.plan_version, Tier.DISTRICT, Level(fire.incident.plan_level))


def test_a_room_without_a_plan_says_so(seat: Seat) -> None:
    taken = calls.take_call(seat.desk, draft=CallDraft(words="路面塌陷", area_id=OTHER_STREET)).value
    seat.open_room(taken.incident.id)
    assert seat.room.head.plan.text() == "No plan was made for this"
    assert not seat.window.acts.can("room_plan") and not seat.window.acts.can("room_card")
    assert not seat.room.head.card.isVisible()


# -- the next act -----------------------------------------------------------------------------------------------------
def test_a_receipt_that_fails_to_come_is_the_next_act(seat: Seat, fire: TakenCall, clock: SetClock) -> None:
    clock.at = fire.orders[0].receipt_due_at
    clock.forward(3)
    seat.room.refresh()
    panel = seat.room.next_panel
    assert "receipt" in panel.what.text() and "0532-" in panel.why.text()
    assert panel.due.pill.text == "3 min late"
    assert (panel.act.text(), panel.act.key) == ("Record the receipt", "Ctrl+Return")
    seat.press("Ctrl+Return", "Return")
    assert sum(1 for line in seat.kept(fire.incident.id).orders if line.dispatch.receipt_at) == 1


def test_teams_that_are_still_needed_are_sent_by_the_next_act(seat: Seat, fire: TakenCall) -> None:
    assert seat.room.next_panel.act.text().startswith("Send ")
    count = len(seat.room.recommended.going)
    seat.press("Ctrl+Return")
    assert len(seat.kept(fire.incident.id).orders) == 2 + count


def test_nobody_is_sent_yet_so_the_cursor_stands_at_who_should_go(seat: Seat) -> None:
    taken = take_fire(seat.desk)
    seat.open_room(taken.incident.id)
    assert seat.focus is seat.room.recommended.lines


def test_a_task_is_done_or_skipped_from_the_panel(seat: Seat, fire: TakenCall, clock: SetClock) -> None:
    for order in fire.orders:
        dispatches.take_receipt(seat.desk, dispatch_id=order.id)
    clock.forward(60)
    for order in fire.orders:
        teams.hear_team(seat.desk, team_id=order.team_id)
    seat.room.refresh()
    first = seat.room._view.room.next_act  # type: ignore[union-attr]
    assert seat.room.next_panel.skip.isVisible()
    seat.room.skip_next()
    seat.words("done by the street already")
    seat.press("Return")
    task = next(task for task in seat.kept(fire.incident.id).tasks if task.id == first.about_id)
    assert (task.state, task.reason) == (TaskState.SKIPPED, "done by the street already")


def test_a_task_says_whose_it_is_and_sinks_when_it_is_done(seat: Seat, fire: TakenCall) -> None:
    panel = seat.room.tasks
    first, second = panel.lines.lines[0], panel.lines.lines[1]
    assert all("(" in each.cells[0].text for each in panel.lines.lines)
    panel.lines.setFocus()
    panel.lines.choose(first.key)
    seat.press("Space")
    assert panel.lines.lines[-1].key == first.key and panel.lines.lines[-1].cells[0].brief
    assert panel.lines.current_key == second.key


def test_a_key_held_down_acts_once(seat: Seat, fire: TakenCall) -> None:
    panel = seat.room.tasks
    panel.lines.setFocus()
    for repeats in (False, True, True):
        QApplication.sendEvent(panel.lines, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ", repeats))
    assert sum(task.state is TaskState.DONE for task in seat.kept(fire.incident.id).tasks) == 1


# -- who should go ----------------------------------------------------------------------------------------------------
def test_every_team_that_stays_stands_with_a_reason(seat: Seat, fire: TakenCall) -> None:
    lines = {line.cells[0].text: line.cells[1].text for line in seat.room.recommended.lines.lines}
    assert lines["驻军某部"] == "via the armed forces dept"
    assert "expired" in lines["燃气抢修班"] or "gas" in lines["燃气抢修班"].lower()
    assert all(reason for name, reason in lines.items() if name not in ("By request only", "Stay, with the reason", "Could go too"))


def test_one_more_of_a_kind_that_was_sent_stands_among_those_who_could_go_too(seat: Seat) -> None:
    incident = story.opened(seat.desk)
    story.send(seat.desk, incident, story.MEDICAL, serves="medical")
    seat.open_room(incident.id)
    advised = seat.room.recommended._view.advised if seat.room.recommended._view is not None else None
    assert advised is not None and advised.needs, "something else is still wanted"
    more = [each for each in advised.could_go if each.serves == "medical"]
    assert "medical" not in dict(advised.needs)
    assert more and not any(each.needs_reason for each in more)


def test_a_wide_form_put_away_leads_back_to_the_list_it_made_stand_aside(seat: Seat, fire: TakenCall) -> None:
    seat.press("Alt+R", "F7", "Escape")
    assert seat.focus is seat.room.recommended.lines


def test_the_next_act_answers_after_a_form_was_put_away_and_another_page_was_looked_at(seat: Seat, fire: TakenCall) -> None:
    count = len(seat.room.recommended.going)
    seat.room.recommended.lines.setFocus()
    seat.press("F7", "Escape")
    seat.press("Alt+2", "Escape")
    seat.open_room(fire.incident.id)
    seat.press("Ctrl+Return")
    assert len(seat.kept(fire.incident.id).orders) == 2 + count


def test_a_force_of_others_is_never_sent(seat: Seat, fire: TakenCall) -> None:
    seat.room.recommended.turn(next(line.key for line in seat.room.recommended.lines.lines if line.cells[0].text == "驻军某部"))
    assert "cannot be sent" in seat.notice
    assert all(each.team.name != "驻军某部" for each in seat.room.recommended.going)


def test_space_leaves_a_team_out_and_f5_sends_the_rest(seat: Seat, fire: TakenCall) -> None:
    before = [each.id for each in seat.room.recommended.going]
    seat.press("Alt+R", "Space", "F5")
    sent = {line.team.id for line in seat.kept(fire.incident.id).orders}
    assert before[0] not in sent and set(before[1:]) <= sent


def test_a_team_against_the_advice_needs_a_reason_for_the_log(seat: Seat, fire: TakenCall) -> None:
    panel = seat.room.recommended
    far = next(line.key for line in panel.lines.lines if line.cells[0].text == "南山消防站")
    for each in panel.going:
        panel.turn(each.id)
    panel.turn(far)
    seat.press("F5")
    assert len(seat.kept(fire.incident.id).orders) == 2
    assert seat.focus is panel.reason
    seat.words("the neighbour agreed by phone")
    seat.press("Return")
    orders = seat.kept(fire.incident.id).orders
    assert [line.dispatch.override_reason for line in orders if line.team.id == far] == ["the neighbour agreed by phone"]


def test_a_social_force_is_asked_who_applied_before_it_goes(seat: Seat) -> None:
    taken = calls.take_call(seat.desk, draft=CallDraft(words="小孩落水，河里有人", area_id=OTHER_STREET)).value
    seat.open_room(taken.incident.id)
    seat.room.recommended.lines.choose(next(line.key for line in seat.room.recommended.lines.lines if line.cells[0].text == "海波志愿队"))
    seat.press("Space", "Return")
    assert "no answer yet" in seat.room.recommended.form.refusal.text()
    seat.words("队长于某")
    seat.press("Return")
    assert [line.dispatch.application_by for line in seat.kept(taken.incident.id).orders] == ["队长于某"]


# -- orders -----------------------------------------------------------------------------------------------------------
def test_an_order_shows_what_is_missing_and_letters_work_only_in_the_list(seat: Seat, fire: TakenCall) -> None:
    teams.report_state(seat.desk, team_id=fire.orders[0].team_id, to=TeamState.WORKING)
    seat.room.refresh()
    told = " | ".join(texts(seat.room.orders.lines))
    assert "not reported: dispatched, en route, on scene" in told and "receipt" in told and "working" in told
    seat.room.log.composer.setFocus()
    seat.words("r")
    assert not seat.room.orders.form.isVisible()


def test_a_refused_state_stays_in_its_form_as_typed(seat: Seat, fire: TakenCall) -> None:
    seat.press("Alt+O", "N")
    state = seat.room.orders.form.editors["state"]
    assert isinstance(state, QComboBox) and state.currentData() == "dispatched"
    seat.press("Tab")
    seat.words("19:05")
    seat.press("Return")
    assert "cannot lie before it" in seat.room.orders.form.refusal.text()
    assert seat.room.orders.form.answers["at"] == "19:05"
    seat.press("Escape")
    assert not seat.room.orders.form.isVisible()
    assert seat.focus is seat.room.orders.lines


def test_an_agreed_order_and_a_check_in_are_shown(seat: Seat, fire: TakenCall) -> None:
    seat.press("Alt+O", "A")
    seat.words("区长李某")
    seat.press("Return", "C", "Return")
    order = seat.room.orders.chosen
    assert order is not None and order.dispatch.approved_by == "区长李某" and order.dispatch.checked_in_at is not None
    assert any("agreed: 区长李某" in line and "checked in" in line for line in texts(seat.room.orders.lines))


def test_f9_previews_the_chosen_order_or_else_the_log(seat: Seat, fire: TakenCall) -> None:
    seat.press("Alt+O", "F9")
    seat.place.open_room(fire.incident.id)
    seat.room.log.lines.setFocus()
    seat.press("F9")
    assert [shown[0] for shown in seat.papers.shown] == ["order", "log"]


# -- the log ----------------------------------------------------------------------------------------------------------
def test_the_log_is_newest_first_and_marks_what_was_entered_late(seat: Seat, fire: TakenCall, clock: SetClock) -> None:
    clock.forward(10)
    seat.press("Alt+W")
    seat.words("@19:36 >Wang asks for a ladder truck")
    seat.press("Return")
    first = seat.room.log.lines.lines[0]
    assert first.cells[0].text == "19:36" and first.cells[2].pill is not None
    assert first.cells[2].pill.text == "+5 min late"
    seat.words("@17:36 >Wang saw smoke")
    seat.press("Return")
    assert "+2 h 5 min late" in [each.cells[2].pill.text for each in seat.room.log.lines.lines if each.cells[2].pill]


def test_a_correction_names_the_line_it_corrects(seat: Seat, fire: TakenCall) -> None:
    incidents.write_log(seat.desk, incident_id=fire.incident.id, text="gym opened, 320 places")
    seat.room.refresh()
    seat.press("Alt+L", "C")
    seat.words("gym opened, 230 places")
    seat.press("Return")
    told = texts(seat.room.log.lines)
    assert told[0].endswith("Corrects 19:31 \"gym opened, 320 places\": gym opened, 230 places")
    assert told[1].endswith("gym opened, 320 places (corrected)")


def test_the_log_shows_only_orders_or_only_figures(seat: Seat, fire: TakenCall) -> None:
    everything = len(seat.room.log.lines.lines)
    seat.room.log.filters[1].click()
    assert 0 < len(seat.room.log.lines.lines) < everything
    seat.room.log.filters[2].click()
    assert all("sent by order" not in line for line in texts(seat.room.log.lines))


def test_a_long_log_is_read_page_by_page(seat: Seat, fire: TakenCall) -> None:
    for number in range(220):
        incidents.write_log(seat.desk, incident_id=fire.incident.id, text=f"line {number}")
    seat.room.refresh()
    assert seat.room.log.lines.lines[-1].key == "#more"
    seat.room.log._opened("#more")
    assert seat.room.log.lines.lines[-1].key != "#more"


# -- the incident itself ----------------------------------------------------------------------------------------------
def test_fewer_dead_than_before_ask_for_a_reason(seat: Seat, fire: TakenCall) -> None:
    seat.press("Alt+F")
    seat.words("1")
    seat.press("Return")
    assert "Fewer dead" in seat.room.head.form.title.text()
    seat.words("counted twice")
    seat.press("Return")
    assert seat.incident(fire.incident.id).dead == 1


def test_what_was_taken_wrong_is_corrected_in_place(seat: Seat, fire: TakenCall) -> None:
    seat.room.ask_correct()
    form = seat.room.head.form
    form.editors["title"].setText("延安三路商住楼火灾")  # type: ignore[attr-defined]
    seat.press("Return")
    incident = seat.incident(fire.incident.id)
    assert (incident.title, incident.area_id, incident.address) == ("延安三路商住楼火灾", fire.incident.area_id, "延安三路 105 号")
    assert not form.isVisible()


def test_a_place_corrected_by_initials(seat: Seat, fire: TakenCall) -> None:
    seat.room.ask_correct()
    where = seat.room.head.form.editors["area_id"]
    where.setFocus()
    where.clear()  # type: ignore[attr-defined]
    seat.words("hfl")
    seat.press("Tab")
    seat.room.head.form.submit()
    assert seat.incident(fire.incident.id).area_id == OTHER_STREET


def test_the_same_event_taken_twice_is_joined_and_a_call_parted(seat: Seat, fire: TakenCall) -> None:
    other = take_fire(seat.desk)
    seat.open_room(other.incident.id)
    seat.room.ask_join()
    seat.press("Return")
    assert seat.incident(other.incident.id).state is IncidentState.JOINED
    assert seat.room.incident_id == fire.incident.id
    seat.room.ask_part()
    seat.press("Return")
    assert seat.room.incident_id not in (fire.incident.id, other.incident.id)


def test_where_an_incident_stands_is_said(seat: Seat, fire: TakenCall) -> None:
    seat.room.ask_state()
    seat.press("End", "Return")
    assert seat.incident(fire.incident.id).state is IncidentState.CONTROLLED


def test_the_cursor_stays_in_the_room_when_who_should_go_goes_away(seat: Seat) -> None:
    taken = take_fire(seat.desk)
    seat.open_room(taken.incident.id)
    seat.press("Alt+R", "Alt+A")
    assert not seat.room.recommended.isVisible(), "it stands aside for a wide form"
    seat.press("Escape")
    assert seat.room.recommended.lines.hasFocus(), "it comes back, and the cursor with it"
    seat.press("Ctrl+K")
    seat.words("Close the incident")
    seat.press("Return", "Return")
    assert not seat.incident(taken.incident.id).is_open and not seat.room.recommended.isVisible()
    assert seat.room.orders.lines.hasFocus(), "not the box"


def test_ctrl_enter_in_the_box_belongs_to_the_box_and_sends_nobody(seat: Seat) -> None:
    taken = take_fire(seat.desk)
    seat.open_room(taken.incident.id)
    seat.press("Ctrl+K")
    seat.words("qqqq")
    seat.press("Ctrl+Return")
    assert seat.kept(taken.incident.id).orders == ()
    seat.press("Escape", "Ctrl+Return")
    assert seat.kept(taken.incident.id).orders, "outside the box it is the next act"


def test_a_closed_room_offers_to_open_again_and_recommends_nobody(seat: Seat, fire: TakenCall) -> None:
    incidents.close_incident(seat.desk, incident_id=fire.incident.id, override_reason="handed over")
    seat.room.refresh()
    assert not seat.room.recommended.isVisible()
    assert not seat.window.acts.can("send") and seat.window.acts.can("room_reopen")
    assert seat.window.acts.do("room_reopen")
    seat.settle()
    seat.words("smoke again")
    seat.press("Return")
    assert seat.incident(fire.incident.id).is_open


def test_a_task_of_ones_own_is_due_at_the_time_to_come(seat: Seat, fire: TakenCall) -> None:
    seat.room.add_task()
    seat.words("call the school")
    seat.press("Tab")
    seat.words("20:30")
    seat.press("Return")
    task = next(task for task in seat.kept(fire.incident.id).tasks if task.title == "call the school")
    assert task.due_at is not None and (task.due_at - fire.incident.recorded_at).total_seconds() == 59 * 60


def test_where_no_plan_was_made_one_key_lays_the_actions_of_the_one_that_stands_in(seat: Seat) -> None:
    taken = calls.take_call(seat.desk, draft=CallDraft(words="煤矿井下冒顶，有矿工被困", area_id=OTHER_STREET)).value
    seat.open_room(taken.incident.id)
    seat.press("Alt+J")
    mark = "(borrowed from the Overall Contingency Plan, clause "
    borrowed = [task for task in seat.kept(taken.incident.id).tasks if mark in task.title_en]
    assert len(borrowed) > 3
    assert f"{len(borrowed)} actions of the Overall Contingency Plan laid" in seat.notice
    assert sum(mark in cell.text for line in seat.room.tasks.lines.lines for cell in line.cells) == len(borrowed)
    seat.press("Alt+J")
    assert "is laid already" in seat.notice


def test_of_several_plans_that_may_stand_in_the_officer_says_which(seat: Seat) -> None:
    taken = calls.take_call(seat.desk, draft=CallDraft(words="山体滑坡压了房子", area_id=OTHER_STREET)).value
    seat.open_room(taken.incident.id)
    seat.press("Alt+J")
    assert not [task for task in seat.kept(taken.incident.id).tasks if "borrowed" in task.title_en]  # it asks first
    seat.press("Down")
    seat.press("Return")
    titles = [task.title_en for task in seat.kept(taken.incident.id).tasks if "borrowed" in task.title_en]
    assert titles and all("Contingency Plan for Typhoons and Floods" in title for title in titles)


# -- everything in the box, nothing cut, nothing shared ---------------------------------------------------------------
def test_everything_the_room_can_do_is_found_in_the_box(seat: Seat, fire: TakenCall) -> None:
    seat.window.find_anything()
    seat.words("recall")
    seat.window.top.box.look_up()
    assert "Recall the chosen team" in [found.title for found in seat.window.top.box.offered]
    missing = [action.id for action in ACTIONS if not callable(getattr(seat.room, action.run, None))]
    assert missing == []


def test_a_commit_of_somebody_else_is_shown_while_a_form_is_open(seat: Seat, fire: TakenCall) -> None:
    seat.press("Alt+O", "X")
    seat.words("no longer nee")
    seat.background.store(lambda: incidents.report_figures(seat.desk, incident_id=fire.incident.id, figures=Figures(dead=3)))
    assert seat.room.head.grade.pill.text == "Relatively major"
    assert seat.room.orders.form.answers["reason"] == "no longer nee"


def test_turning_to_another_incident_puts_forms_away(seat: Seat, fire: TakenCall) -> None:
    other = calls.take_call(seat.desk, draft=CallDraft(words="路面塌陷", area_id=OTHER_STREET)).value
    seat.press("Alt+O", "X")
    seat.open_room(other.incident.id)
    assert not seat.room.orders.form.isVisible()
    assert seat.room.head.number.text() == other.incident.number


def test_an_observer_is_told_who_may_act(seat: Seat, fire: TakenCall) -> None:
    acting_as(seat.desk, "observer")
    seat.press("Ctrl+Return")
    assert "may not" in seat.notice and "Duty officer" in seat.notice


def test_esc_goes_back_to_where_one_came_from(seat: Seat, fire: TakenCall) -> None:
    seat.press("Alt+P")
    seat.place.open_room(fire.incident.id)
    seat.press("Escape")
    assert seat.window.page_id == BOARD
    seat.press("Alt+2")
    seat.open_room(fire.incident.id)
    seat.press("Escape")
    assert seat.window.page_id == INCIDENTS


def test_ages_tick_and_a_due_time_that_passed_turns_red(seat: Seat, fire: TakenCall, clock: SetClock) -> None:
    clock.forward(63)
    seat.room.tick()
    assert seat.room.head.elapsed.text() == "1:03 elapsed"
    assert any(line.cells[1].tone is Tone.RED for line in seat.room.tasks.lines.lines)


def test_the_log_names_the_day_once_midnight_has_passed(seat: Seat, clock: SetClock) -> None:
    seat.open_room(take_fire(seat.desk).incident.id)
    assert seat.room.log.lines.lines[0].cells[0].text == "19:31"
    clock.forward(300)
    seat.room.tick()
    assert seat.room.log.lines.lines[0].cells[0].text == "11-05 19:31"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("form", ["", "order_state", "ask_figures", "ask_correct", "ask_close"])
def test_the_room_fits_a_small_screen_and_no_word_is_cut(qtbot: QtBot, tmp_path: Path, language: str, form: str) -> None:
    use_language(language)
    desk = make_desk(tmp_path)
    taken = take_fire(desk, send=4, dead=3, badly_hurt=12, trapped=14, hurt=7, missing=2, evacuate=180)
    seat = Seat(qtbot, desk, tmp_path)
    room = seat.open_room(taken.incident.id)
    if form:
        getattr(room, form)()
        seat.settle()
    assert (seat.window.width(), seat.window.height()) == (1366, 768)
    assert cut_labels(seat.window) == []
    assert page_scroll_bars(seat.window) == []
