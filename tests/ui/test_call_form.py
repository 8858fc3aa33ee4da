"""The call form thinks aloud, keeps what is typed, and does exactly what its button says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.dispatches import Dispatch
from emergency_desk.domain.incidents import Happening, IncidentState
from emergency_desk.domain.plans import NoMatch
from emergency_desk.errands.background import Background
from emergency_desk.services import areas, calls, drafts, incidents, report_settings
from emergency_desk.services.desk import Desk
from emergency_desk.ui import dressing
from emergency_desk.ui.incidents.call_lines import HEAD
from emergency_desk.ui.theme import Scheme
from emergency_desk.ui.workplace import BOARD, CALL, PLANS, ROOM
from emergency_desk.wording.catalog import use_language
from tests.builders import FAR_STREET, START, STREET, acting_as, make_desk
from tests.ui.fitting import cut_labels, page_scroll_bars
from tests.ui.officer import Officer


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


@pytest.fixture
def officer(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Officer:
    made = Officer(qtbot, desk, tmp_path, Background(inline=True))
    made.keys.press("F2")
    return made


def test_who_may_not_save_a_call_is_told_so_when_the_form_opens_and_what_is_typed_is_kept(qtbot: QtBot, tmp_path: Path) -> None:
    desk = make_desk(tmp_path, account="planner")
    planner = Officer(qtbot, desk, tmp_path, Background(inline=True))
    planner.keys.press("F2")
    notice = planner.window.notices.notice
    assert notice is not None and "may not" in notice.text and "Duty officer" in notice.text
    planner.keys.words("居民楼着火")
    assert planner.form.fields.words.text() == "居民楼着火"


def shown(officer: Officer) -> list[str]:
    """Return every line of the list of teams as it is read aloud."""
    model = officer.form.advice.teams.lines.lines_model
    return [" | ".join(str(model.data(model.index(row, column))) for column in range(2)) for row in range(model.rowCount())]


def go_to_team(officer: Officer, name: str) -> None:
    """Walk down the list of teams to one of them."""
    officer.keys.press("Alt+R")
    lines = officer.form.advice.teams.lines
    for _step in range(40):
        cells = next(line for line in lines.lines if line.key == lines.current_key).cells
        if cells[0].text == name:
            return
        officer.keys.press("Down")
    raise AssertionError(f"{name} is not listed")


def orders_of(desk: Desk) -> list[Dispatch]:
    with desk.reading() as reading:
        return list(reading.dispatches.where(""))


def log_of(desk: Desk, incident_id: str) -> list[Happening]:
    with desk.reading() as reading:
        return [line.entry.happening for line in reading.log_lines(incident_id=incident_id, limit=50)]


# -- the desk thinks aloud --------------------------------------------------------------------------------------------
def test_three_dead_in_a_fire_is_relatively_major_and_names_plan_level_and_teams(officer: Officer) -> None:
    officer.tell_call("四楼着火，有人被困", "东台街道", "延安三路105号", dead=3)
    panes = officer.form.advice
    assert "Relatively major" in panes.grade.grade.pill.text
    assert "Dead 3 reaches 3" in panes.grade.why_grade.text()
    assert panes.grade.plan.text() == "Contingency Plan for Building Fires v1.0 · District level Ⅰ"
    assert panes.grade.why_plan.text().startswith("cl. 5.2.5: Dead 3")
    assert "read as: Building fire" in officer.form.fields.kind.currentText()
    assert panes.teams.needs.text().startswith("needs: Fire fighting")
    assert panes.teams.unmet.text().startswith("Nobody for Burn care 1")


def test_every_team_is_listed_once_each_with_its_reason(officer: Officer) -> None:
    officer.tell_call("market stall on fire", "dt")
    lines = shown(officer)
    assert lines[0].startswith("1 消防一站 Fire fighting #1 | ≈")
    heads = [line.cells[0].text for line in officer.form.advice.teams.lines.lines if line.key.startswith(HEAD)]
    assert heads == ["Could go too", "By request through the People's Armed Forces Department", "Cannot go now, each with the first reason"]
    keys = [line.key for line in officer.form.advice.teams.lines.lines if not line.key.startswith("#")]
    assert len(keys) == len(set(keys)) == 13
    assert any(line.startswith("驻军某部 Garrison: ask, never send") for line in lines)
    assert any(line.startswith("南山消防站 to be ordered by 南山区; ask for it") for line in lines)


def test_where_no_plan_was_made_the_form_says_what_the_law_asks(officer: Officer) -> None:
    officer.tell_call("大巴撞了，有人受伤", "东台街道")
    grade = officer.form.advice.grade
    assert grade.plan.text() == "No plan was made for this"
    assert "report to the city at once" in grade.why_plan.text()
    assert "Art. 34" in grade.why_plan.text()


def test_a_place_outside_the_desks_area_is_warned_of(officer: Officer) -> None:
    officer.tell_call("smoke in a yard", "nsz")
    assert officer.form.fields.place.area_id == FAR_STREET
    assert officer.form.advice.grade.outside.isVisible()
    assert "南山镇 lies outside" in officer.form.advice.grade.outside.text()


def test_an_answer_to_words_that_have_changed_is_not_shown(officer: Officer) -> None:
    officer.tell_call("house on fire", "dt")
    old = officer.form._thought
    assert old is not None
    officer.form.fields.words.setText("gas leak in the kitchen")
    officer.form.show_read(old)
    assert officer.form.is_thinking
    officer.wait_for_advice()
    assert "Gas leak" in officer.form.fields.kind.currentText()


def test_a_chosen_type_stands_over_the_one_that_was_read(officer: Officer) -> None:
    officer.tell_call("smoke", "dt")
    officer.keys.press("Alt+T")
    officer.keys.words("hazard")
    officer.wait_for_advice()
    assert officer.form.fields.kind.value == "hazmat"
    officer.keys.press("Ctrl+S")
    assert officer.incidents()[0].type_id == "hazmat"


# -- the button says what it does -------------------------------------------------------------------------------------
def test_the_button_names_the_teams_that_go_and_space_takes_one_off(officer: Officer) -> None:
    officer.tell_call("market stall on fire", "dt")
    count = len(officer.form.chosen.facts(officer.form._thought))
    assert officer.form.foot.act.text() == "Save and send " + ", ".join(str(number) for number in range(1, count + 1))
    officer.keys.press("Alt+R", "Space")
    assert officer.form.foot.act.text().endswith(f" {count - 1}")
    assert shown(officer)[0].startswith("– 消防一站")
    officer.keys.press("Ctrl+Enter")
    assert "消防一站" not in [name for _number, name in officer.orders()]
    assert len(officer.orders()) == count - 1


def test_with_nobody_to_send_the_button_only_saves(officer: Officer) -> None:
    officer.keys.words("something odd on the beach")
    officer.wait_for_advice()
    assert officer.form.foot.act.text() == "Save"
    assert officer.form.fields.kind.currentText() == "no type is read from this; choose one with Alt+T"
    assert not officer.form.foot.save.isVisible()
    assert not officer.form.can("send")


def test_a_key_pressed_before_the_desk_has_thought_sends_what_it_then_recommends(officer: Officer) -> None:
    officer.tell_call("market stall on fire", "dt")
    officer.form.fields.figures["dead"].setText("3")
    assert officer.form.foot.act.text() == "Save and send as recommended"
    officer.keys.press("Ctrl+Enter")
    assert len(officer.orders()) == 9
    assert officer.notice == "990101-2026-0001 saved; 9 orders sent."


def test_save_only_sends_nobody(officer: Officer) -> None:
    officer.tell_call("market stall on fire", "dt")
    officer.keys.press("Ctrl+S")
    assert (len(officer.incidents()), officer.orders()) == (1, [])
    assert officer.notice == "990101-2026-0001 saved; no order was sent."
    assert officer.window.page_id == ROOM
    assert officer.room.shown == [officer.incidents()[0].id]


def test_f5_is_the_same_as_sending(officer: Officer) -> None:
    officer.tell_call("market stall on fire", "dt")
    officer.keys.press("F5")
    assert officer.orders()


def test_what_can_wait_is_saved_too(officer: Officer, desk: Desk) -> None:
    officer.tell_call("market stall on fire", "dt")
    fields = officer.form.fields
    for field, typed in ((fields.caller, "周某"), (fields.phone, "13800002210"), (fields.occurred, "1926"), (fields.remark, "side door"),
                         (fields.coordinates, "36.09, 120.37"), (fields.approved_by, "区长")):
        officer.go_to(field)
        officer.keys.words(typed)
    fields.source.setFocus()
    officer.keys.words("119")
    officer.keys.press("Ctrl+Enter")
    with desk.reading() as reading:
        call = reading.calls.where("")[0]
        order = reading.dispatches.where("")[0]
    assert (call.source, call.note) == ("fire_119", "side door")
    assert (call.latitude, call.longitude) == (36.09, 120.37)
    assert call.occurred_at == START - timedelta(minutes=5)
    assert calls.caller_of(desk, call=call).phone == "13800002210"
    assert (order.approved_by, order.approved_how) == ("区长", "phone")


# -- fewer than advised -----------------------------------------------------------------------------------------------
def big_fire(officer: Officer) -> list[str]:
    """Take a call that asks for many teams, and go into the list."""
    officer.tell_call("18层居民楼12楼着火，有人被困", "东台街道", dead=3)
    officer.keys.press("Alt+R")
    return [fact.serves for fact in officer.form.chosen.facts(officer.form._thought)]


def test_a_digit_keeps_only_the_first_of_each_need_and_tells_what_stays_open(officer: Officer) -> None:
    advised = big_fire(officer)
    officer.keys.press("1")
    going = [fact.serves for fact in officer.form.chosen.facts(officer.form._thought)]
    assert len(going) == len(set(going)) == len(set(advised)) < len(advised)
    assert "Left open by your choice: Fire fighting" in officer.form.advice.teams.unmet.text()
    assert officer.form.advice.teams.lines.hasFocus()
    officer.keys.press("0")
    assert [fact.serves for fact in officer.form.chosen.facts(officer.form._thought)] == advised
    assert "Left open" not in officer.form.advice.teams.unmet.text()


def test_fewer_teams_than_advised_go_without_a_reason(officer: Officer, desk: Desk) -> None:
    big_fire(officer)
    officer.keys.press("1", "Ctrl+Enter")
    assert len(officer.orders()) == len({order.serves for order in orders_of(desk)})
    assert Happening.OVERRIDE not in log_of(desk, officer.incidents()[0].id)


def test_a_team_beyond_the_first_can_be_kept_and_the_draft_remembers_it(officer: Officer, desk: Desk) -> None:
    big_fire(officer)
    officer.keys.press("1")
    left_out = next(line.key for line in officer.form.advice.teams.lines.lines if line.cells[0].pill and line.cells[0].pill.text == "–")
    officer.form.advice.teams.lines.choose(left_out)
    officer.keys.press("Space")
    chosen = officer.form.chosen.sendings(officer.form._thought)
    assert left_out in [sending.team_id for sending in chosen]
    officer.wait(lambda: drafts.get_draft(desk, name="call").get("most") == "1")
    officer.keys.press("Alt+N", "Alt+U")
    officer.wait_for_advice()
    assert officer.form.chosen.sendings(officer.form._thought) == chosen


def test_words_typed_after_the_digit_are_answered_by_the_first_of_each_need_again(officer: Officer) -> None:
    big_fire(officer)
    officer.keys.press("1")
    officer.form.fields.figures["dead"].setText("4")
    assert officer.form.foot.act.text() == "Save and send as chosen"
    officer.wait_for_advice()
    going = [fact.serves for fact in officer.form.chosen.facts(officer.form._thought)]
    assert len(going) == len(set(going))


# -- plan and report --------------------------------------------------------------------------------------------------
def test_alt_p_opens_the_plan_at_its_clause_and_escape_brings_the_form_back(officer: Officer, desk: Desk) -> None:
    from emergency_desk.ui.plans.reader import PlansPage

    officer.window.add_page(PLANS, lambda: PlansPage(officer.workplace))
    officer.tell_call("四楼着火，有人被困", "东台街道", dead=3)
    officer.keys.press("Alt+P")
    page = officer.window.page
    assert isinstance(page, PlansPage)
    assert page.text.marked == "5.2.5"
    assert drafts.get_draft(desk, name="call")["dead"] == "3"
    officer.keys.press("Esc")
    assert officer.window.page_id == CALL
    assert officer.form.fields.figures["dead"].hasFocus()
    assert officer.form.fields.words.text() == "四楼着火，有人被困"
    officer.keys.press("Esc")
    assert officer.window.page_id == BOARD


def test_where_no_plan_was_made_the_overall_plan_stands_in_and_opens(officer: Officer) -> None:
    from emergency_desk.ui.plans.reader import PlansPage

    officer.window.add_page(PLANS, lambda: PlansPage(officer.workplace))
    officer.tell_call("大巴撞了，有人受伤", "东台街道")
    assert "overall plan" in officer.form.advice.grade.why_plan.text()
    officer.keys.press("Alt+P")
    page = officer.window.page
    assert isinstance(page, PlansPage)
    assert page.plans.current_key == "overall 1.0"


def test_where_no_plan_fits_and_none_may_be_borrowed_there_is_nothing_to_open(officer: Officer) -> None:
    officer.tell_call("大巴撞了，有人受伤", "东台街道")
    thought = officer.form._thought
    assert thought is not None and isinstance(thought.advice.plan, NoMatch)
    officer.form.show_read(replace(thought, advice=replace(thought.advice, plan=replace(thought.advice.plan, borrowed=()))))
    assert not officer.form.can("to_plan")
    assert not officer.form.advice.grade.open_plan.isVisible()


def test_a_district_is_told_until_when_the_city_expects_its_call(officer: Officer) -> None:
    officer.tell_call("market stall on fire", "dt")
    report = officer.form.advice.grade.report
    assert report.text() == "Report: phone the city by 20:01 · in writing by 20:31 (internal limit)"
    assert "within 1 hour" in report.toolTip()
    officer.form.fields.figures["dead"].setText("10")
    officer.wait_for_advice()
    assert report.text() == "Report: at once"


def test_the_hint_follows_the_limits_the_desk_has_chosen(officer: Officer, desk: Desk) -> None:
    acting_as(desk, "administrator")
    report_settings.choose_profiles(desk, profiles=("strict_a",))
    acting_as(desk, "leader")
    officer.tell_call("market stall on fire", "dt")
    assert officer.form.advice.grade.report.text() == "Report: in writing by 11-06 01:31 (internal limit)"


def test_where_no_plan_was_made_only_the_law_says_when_to_report(officer: Officer) -> None:
    officer.tell_call("大巴撞了，有人受伤", "东台街道")
    assert "at once" in officer.form.advice.grade.why_plan.text()
    assert not officer.form.advice.grade.report.isVisible()


# -- from elsewhere ---------------------------------------------------------------------------------------------------
def test_a_place_found_in_the_box_stands_in_the_form(officer: Officer, desk: Desk) -> None:
    officer.form.take_area(areas.find_areas(desk, text="dt")[0])
    assert officer.form.fields.place.area_id == STREET
    assert officer.form.fields.words.hasFocus()


def test_the_example_for_a_picture_is_answered_and_not_kept(officer: Officer, desk: Desk, qtbot: QtBot) -> None:
    officer.form.show_example()
    officer.wait_for_advice()
    assert officer.form.chosen.facts(officer.form._thought)
    qtbot.wait(500)
    assert drafts.list_drafts(desk) == []


def test_escape_in_the_room_does_not_lead_to_an_empty_form(officer: Officer) -> None:
    officer.tell_call("market stall on fire", "dt")
    officer.keys.press("Ctrl+Enter")
    assert officer.window.page_id == ROOM
    officer.window.show_page_before()
    assert officer.window.page_id == BOARD


# -- override ---------------------------------------------------------------------------------------------------------
def test_a_team_against_the_advice_asks_for_a_reason_in_place_and_the_log_has_it(officer: Officer, desk: Desk) -> None:
    officer.tell_call("market stall on fire", "dt")
    go_to_team(officer, "供电抢修队")
    officer.keys.press("Space")
    reason = officer.form.advice.teams.reason
    assert reason.hasFocus()
    officer.keys.press("Ctrl+Enter")
    assert officer.incidents() == []
    assert reason.property("refused")
    officer.keys.words("cable in the flames")
    officer.keys.press("Ctrl+Enter")
    assert "供电抢修队" in [name for _number, name in officer.orders()]
    with desk.reading() as reading:
        told = [line.entry for line in reading.log_lines(incident_id=officer.incidents()[0].id, limit=50)]
    override = [entry for entry in told if entry.happening is Happening.OVERRIDE]
    assert [entry.text for entry in override] == ["cable in the flames"]


def test_a_garrison_cannot_be_chosen_and_the_notice_says_why(officer: Officer) -> None:
    officer.tell_call("market stall on fire", "dt")
    go_to_team(officer, "驻军某部")
    officer.keys.press("Space")
    assert officer.form.chosen.added == ()
    assert "people's armed forces department" in officer.notice


def test_a_social_force_applies_and_is_accepted_in_the_room(officer: Officer) -> None:
    officer.tell_call("child fell into the river", "dt")
    go_to_team(officer, "海波志愿队")
    officer.keys.press("Space")
    assert officer.form.chosen.added == ()
    assert "applies first and is accepted in the incident's room" in officer.notice


def test_a_team_that_went_out_meanwhile_is_refused_and_nothing_typed_is_lost(officer: Officer, desk: Desk) -> None:
    officer.tell_call("market stall on fire", "dt", "back yard")
    sendings = officer.form.chosen.sendings(officer.form._thought)
    calls.take_call(desk, draft=CallDraft(words="another fire", area_id=STREET), send=sendings)  # heard by nobody here
    officer.keys.press("Ctrl+Enter")
    assert "already out" in officer.notice
    assert officer.form.fields.words.text() == "market stall on fire"
    assert len(officer.incidents()) == 1
    officer.wait_for_advice()
    officer.wait(lambda: officer.form.chosen.sendings(officer.form._thought) != sendings)


# -- refusals at the field --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("name", "typed", "said"), [
    ("dead", "abc", "\"Dead\": \"abc\" cannot be read. Expected is a whole number"),
    ("occurred_at", "25:70", "\"Occurred\": \"25:70\" cannot be read. Expected is a clock time"),
    ("coordinates", "up the hill", "\"Coordinates\": \"up the hill\" cannot be read."),
])
def test_what_cannot_be_read_is_told_at_its_field_and_nothing_is_saved(officer: Officer, name: str, typed: str, said: str) -> None:
    officer.tell_call("market stall on fire", "dt")
    field = officer.form.fields.by_name()[name]
    field.setFocus()
    officer.keys.words(typed)
    officer.keys.press("Ctrl+Enter")
    assert officer.incidents() == []
    assert field.accessibleDescription().startswith(said)
    assert field.hasFocus()
    assert field.text() == typed  # type: ignore[attr-defined]


def test_a_place_without_an_area_is_told_at_the_place(officer: Officer) -> None:
    officer.keys.words("market stall on fire")
    officer.keys.press("Tab")
    officer.keys.words("zzz")
    officer.keys.press("Ctrl+Enter")
    assert officer.form.fields.place.hasFocus()
    assert "take it with Tab" in officer.form.fields.place.accessibleDescription()
    assert officer.incidents() == []


def test_an_empty_form_asks_what_happened(officer: Officer) -> None:
    officer.keys.press("Ctrl+Enter")
    assert officer.form.fields.words.accessibleDescription().startswith("\"What\" has no answer yet")
    assert officer.incidents() == []


# -- drafts -----------------------------------------------------------------------------------------------------------
def test_what_was_typed_is_there_again_in_a_new_window(qtbot: QtBot, officer: Officer, desk: Desk, tmp_path: Path) -> None:
    officer.tell_call("market stall on fire", "dt", "延安三路", dead=1)
    officer.go_to(officer.form.fields.occurred)
    officer.keys.words("19:2")  # half typed, kept all the same
    officer.wait(lambda: drafts.get_draft(desk, name="call").get("occurred") == "19:2")
    assert officer.form.head.told.text() == "draft kept · since 19:31:00"
    officer.window.hide()
    desk._clock.forward(9)  # type: ignore[attr-defined]
    again = Officer(qtbot, desk, tmp_path, Background(inline=True))
    again.keys.press("F2")
    fields = again.form.fields
    assert (fields.words.text(), fields.place.area_id, fields.place.address) == ("market stall on fire", STREET, "延安三路")
    assert (fields.figures["dead"].value, fields.occurred.text()) == (1, "19:2")
    assert again.form.received_at == START
    assert "is back as it was typed" in again.notice


def test_escape_keeps_the_draft_and_f2_goes_on_with_it(officer: Officer, desk: Desk) -> None:
    officer.tell_call("market stall on fire", "dt")
    officer.keys.press("Esc")
    assert officer.window.page_id == BOARD
    assert drafts.get_draft(desk, name="call")["words"] == "market stall on fire"
    officer.keys.press("F2")
    assert officer.window.page_id == CALL
    assert officer.form.fields.words.text() == "market stall on fire"


def test_a_saved_call_leaves_no_draft_and_an_empty_form(officer: Officer, desk: Desk) -> None:
    officer.tell_call("market stall on fire", "dt")
    officer.keys.press("Ctrl+Enter")
    assert drafts.list_drafts(desk) == []
    officer.keys.press("F2")
    assert officer.form.fields.is_empty
    assert officer.form.advice.teams.lines.lines == ()


def test_emptying_the_form_can_be_undone(officer: Officer, desk: Desk) -> None:
    officer.tell_call("market stall on fire", "dt")
    officer.keys.press("Alt+N")
    assert officer.form.fields.is_empty
    assert drafts.list_drafts(desk) == []
    officer.keys.press("Alt+U")
    assert officer.form.fields.words.text() == "market stall on fire"
    assert officer.form.fields.place.area_id == STREET


def test_an_empty_form_that_was_left_open_takes_the_time_of_the_next_f2(officer: Officer, desk: Desk) -> None:
    officer.keys.press("Esc")
    later = desk._clock.forward(20)  # type: ignore[attr-defined]
    officer.keys.press("F2")
    assert officer.form.received_at == later
    assert officer.form.head.told.text() == "received 19:51:00"


# -- the same incident ------------------------------------------------------------------------------------------------
def test_f8_joins_the_same_incident_and_undo_parts_it_again(officer: Officer, desk: Desk) -> None:
    first = calls.take_call(desk, draft=CallDraft(words="strong smell of gas", area_id=STREET, address="延安三路105号")).value.incident
    officer.tell_call("strong smell of gas", "dt", "延安三路105号", hurt=2)
    alike = officer.form.advice.alike
    assert alike.isVisible()
    assert alike.join.text() == "Join 0001"
    assert "same number 105" in alike.why.text()
    officer.keys.press("F8")
    assert officer.notice == f"The call was joined to {first.number}."
    assert officer.room.shown == [first.id]
    assert (len(officer.incidents()), officer.incidents()[0].hurt) == (1, 2)
    officer.keys.press("Alt+U")
    assert len(officer.incidents()) == 2
    parted = officer.incidents()[1]
    assert officer.room.shown[-1] == parted.id
    assert Happening.CALL_PARTED in log_of(desk, parted.id)


def test_an_incident_that_is_closed_is_not_offered_for_joining(officer: Officer, desk: Desk) -> None:
    first = calls.take_call(desk, draft=CallDraft(words="strong smell of gas", area_id=STREET, address="延安三路105号")).value.incident
    incidents.close_incident(desk, incident_id=first.id)
    officer.tell_call("strong smell of gas", "dt", "延安三路105号")
    assert not officer.form.advice.alike.isVisible()
    assert not officer.form.can("join")
    assert officer.incidents()[0].state is IncidentState.CLOSED


# -- looks ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_full_form_fits_a_small_screen_in_both_languages(
    qtbot: QtBot, qapp: QApplication, desk: Desk, tmp_path: Path, language: str, scheme: Scheme,
) -> None:
    use_language(language)
    dressing.apply(qapp, scheme)
    for address in ("延安三路105号", "延安三路101号", "延安三路99号"):
        calls.take_call(desk, draft=CallDraft(words="四楼着火", area_id=STREET, address=address))
    officer = Officer(qtbot, desk, tmp_path, Background(inline=True))
    officer.keys.press("F2")
    officer.tell_call("四楼着火，有人被困，浓烟很大", "东台街道", "延安三路105号", dead=3)
    go_to_team(officer, "南山消防站")
    officer.keys.press("Space")
    officer.window.notices.done("370203-2026-0017", lambda: None)
    QApplication.sendPostedEvents()
    qtbot.wait(20)
    assert (officer.window.width(), officer.window.height()) == (1366, 768)
    assert cut_labels(officer.window) == []
    assert page_scroll_bars(officer.window) == []
    assert officer.form.advice.teams.lines.viewport().height() > 3 * officer.form.advice.teams.lines.row_height


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_type_that_can_be_read_fits_beside_the_first_question(qtbot: QtBot, desk: Desk, tmp_path: Path, language: str) -> None:
    use_language(language)
    officer = Officer(qtbot, desk, tmp_path, Background(inline=True))
    officer.keys.press("F2")
    box = officer.form.fields.kind
    for kind in [None, "", *(kind.id for kind in desk.trade.types)]:
        officer.form.fields.show_reading(kind)
        assert box.fontMetrics().horizontalAdvance(box.currentText()) < box.width() - 38, box.currentText()


def test_typing_asks_the_store_only_when_the_fingers_rest(officer: Officer, qtbot: QtBot) -> None:
    asked: list[int] = []
    reader: Callable[[], object] = officer.form.reader

    def counting() -> object:
        asked.append(1)
        return reader()

    officer.form.reader = counting  # type: ignore[method-assign, assignment]
    officer.keys.words("smoke from the third floor window")
    officer.wait_for_advice()
    assert sum(asked) <= 2


def test_a_low_window_keeps_its_height_for_the_answers(officer: Officer) -> None:
    officer.workplace.take_call()
    assert officer.form.head.isVisible()
    officer.window.resize(1366, 660)
    officer.wait(lambda: not officer.form.head.isVisible())
    fields = [field for field in officer.form.fields.findChildren(QLineEdit) if field.isVisible()]
    assert min(field.height() - field.fontMetrics().height() for field in fields) >= 4
    assert cut_labels(officer.window) == []
