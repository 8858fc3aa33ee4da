"""The room walks the officer up and down the ladder: responses, command, steps and grades, by keyboard and in place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import NextActKind
from emergency_desk.domain.command import CommandStep
from emergency_desk.domain.incidents import Grade, IncidentState, Production, TaskState
from emergency_desk.domain.ladder import Step, StepState
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.responses import ResponseState
from emergency_desk.domain.teams import TeamState
from emergency_desk.services import command, dispatches, incidents, ladder, reports, responses, teams
from emergency_desk.services.calls import TakenCall
from emergency_desk.ui import level_acts
from emergency_desk.ui.incidents.room_lines import task_line, tasks_in_order, tasks_note
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.workplace import REPORT
from emergency_desk.wording.catalog import use_language
from emergency_desk.wording.levels import Numerals
from tests.builders import SetClock, acting_as, make_desk
from tests.ui.fitting import cut_labels, page_scroll_bars
from tests.ui.seat import Seat, take_fire, texts


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path, clock: SetClock) -> Seat:
    return Seat(qtbot, make_desk(tmp_path, clock=clock), tmp_path)


@pytest.fixture
def fire(seat: Seat) -> TakenCall:
    """A fire with two teams on the road, its room open."""
    taken = take_fire(seat.desk, send=2, dead=1, badly_hurt=4, trapped=14)
    seat.open_room(taken.incident.id)
    return taken


def response(seat: Seat, fire: TakenCall, tier: Tier = Tier.DISTRICT):  # type: ignore[no-untyped-def]
    line = seat.kept(fire.incident.id).ladder.line(tier)
    return line.response if line is not None else None


def answers(seat: Seat, **typed: str) -> None:
    """Write into fields of the wide form."""
    for name, text in typed.items():
        editor = seat.room.head.wide.editors[name]
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(text))
        else:
            seat.room.head.wide.set_answer(name, text)


def clear_the_desk(seat: Seat, fire: TakenCall) -> None:
    """End whatever goes before the steps of the ladder: receipts, tasks, teams still wanted."""
    for order in fire.orders:
        dispatches.take_receipt(seat.desk, dispatch_id=order.id)
    for task in seat.kept(fire.incident.id).tasks:
        incidents.end_task(seat.desk, task_id=task.id)
    for owed in reports.list_due(seat.desk):
        reports.skip_due(seat.desk, due_id=owed.due.id, reason="told by phone")
    ladder.mark_step(seat.desk, incident_id=fire.incident.id, step=Step.DISPATCH)
    seat.room.refresh()
    seat.settle()


# -- the response -----------------------------------------------------------------------------------------------------
def test_a_response_is_activated_with_its_four_facts_drafted_from_the_plan(seat: Seat, fire: TakenCall) -> None:
    seat.press("Alt+A")
    form = seat.room.head.wide
    drafted = form.answers
    assert drafted["matter"] == "Building fire, 试城市北河区东台街道 延安三路 105 号", "a notice names the matter, not the words of a caller"
    assert drafted["expected_hours"] == "24" and drafted["measures"] and drafted["decided_by"]
    seat.press("Ctrl+Return")
    kept = response(seat, fire)
    assert (kept.level.value, kept.measures) == (drafted["level"], drafted["measures"])
    rung = seat.room.head.ladder.rungs[1]
    assert rung.level and not rung.suggested and "in command 0 min, since 19:31" in rung.note
    assert not form.isVisible()


def test_an_activation_without_a_level_is_refused_at_the_field_and_what_was_typed_stays(seat: Seat, fire: TakenCall) -> None:
    seat.press("Alt+A")
    answers(seat, level="", matter="A fire, as the chief told it")
    seat.press("Ctrl+Return")
    assert "no answer yet" in seat.room.head.wide.refusal.text()
    assert seat.focus is seat.room.head.wide.editors["level"]
    assert seat.room.head.wide.answers["matter"] == "A fire, as the chief told it"
    assert response(seat, fire) is None


def test_another_level_drafts_the_measures_anew_unless_somebody_changed_them(seat: Seat, fire: TakenCall) -> None:
    seat.press("Alt+A")
    first = seat.room.head.wide.answers["measures"]
    answers(seat, level="IV")
    second = seat.room.head.wide.answers["measures"]
    assert second and second != first
    answers(seat, measures="our own words", level="I")
    assert seat.room.head.wide.answers["measures"] == "our own words"


def test_another_tiers_response_is_recorded_as_heard_with_who_said_it(seat: Seat, fire: TakenCall) -> None:
    seat.press("Alt+H")
    answers(seat, tier="tier_street", act="activate")
    seat.press("Ctrl+Return", "Ctrl+Return")
    assert "recorded as heard" in seat.room.head.wide.refusal.text()
    assert seat.focus is seat.room.head.wide.editors["heard_from"]
    seat.words("Zhang, street office")
    seat.press("Ctrl+Return")
    assert response(seat, fire, Tier.STREET).is_running
    change = seat.kept(fire.incident.id).ladder.changes[-1]
    assert (change.heard_from, change.heard_how, change.read_back) == ("Zhang, street office", "phone", True)
    assert "since 19:31" in seat.room.head.ladder.rungs[0].note


def test_a_response_is_adjusted_extended_suspended_resumed_and_ended(seat: Seat, fire: TakenCall, clock: SetClock) -> None:
    seat.press("Alt+A", "Ctrl+Return", "Alt+A")
    answers(seat, level="I", reason="more people trapped")
    seat.press("Ctrl+Return")
    assert response(seat, fire).level is Level.I
    seat.room.extend_response()
    answers(seat, expected_hours="48")
    seat.press("Ctrl+Return")
    assert (response(seat, fire).expected_until - clock.at).total_seconds() == 48 * 3600
    seat.room.pause_response()
    seat.words("the stairs may fall")
    seat.press("Ctrl+Return")
    assert response(seat, fire).state is ResponseState.SUSPENDED
    rung = seat.room.head.ladder.rungs[1]
    assert rung.note_tone is Tone.ORANGE and "suspended for safety" in rung.note and rung.is_faint
    seat.room.pause_response()
    seat.words("propped up")
    seat.press("Ctrl+Return")
    assert response(seat, fire).state is ResponseState.ACTIVE


def test_the_end_names_what_is_open_first_and_takes_a_reason_for_ending_all_the_same(
    seat: Seat, fire: TakenCall, clock: SetClock,
) -> None:
    seat.press("Alt+A", "Ctrl+Return", "Alt+E")
    form = seat.room.head.wide
    assert "teams still out" in form.note.text() and "消防一站" in form.note.text()
    seat.press("Ctrl+Return")
    assert response(seat, fire).is_running and "cannot end its response yet" in form.refusal.text()
    assert seat.focus is form.editors["override_reason"]
    seat.words("relieved by the neighbour")
    seat.press("Ctrl+Return")
    assert response(seat, fire).state is ResponseState.ENDED
    assert "response ended" in seat.room.head.ladder.rungs[1].note or not seat.room.head.ladder.rungs[1].level
    clock.forward(120)
    seat.room.refresh()
    left = [line.cells[1] for line in seat.room.tasks.lines.lines if line.cells[1].text == "left open at the end"]
    assert left and {cell.tone for cell in left} == {Tone.SECONDARY}
    note = tasks_note(seat.kept(fire.incident.id), clock.at)
    assert f"{len(left)} left open" in note and " late" not in note


# -- the command ------------------------------------------------------------------------------------------------------
def test_f7_offers_the_command_with_situation_resources_and_open_orders_drafted(seat: Seat, fire: TakenCall, clock: SetClock) -> None:
    seat.press("F7")
    drafted = seat.room.head.wide.answers
    assert "Dead 1" in drafted["situation"] and "to be verified: Missing" in drafted["situation"]
    assert "2 teams out" in drafted["resources"] and fire.orders[0].order_number in drafted["open_orders"]
    assert drafted["given_by"] == "leader"
    seat.press("Ctrl+Return")
    ladder_now = seat.kept(fire.incident.id).ladder
    assert ladder_now.offer is not None and ladder_now.offer.to_tier is Tier.CITY and ladder_now.holder is Tier.DISTRICT
    clock.forward(3.2)
    seat.room.head.waiting.emit()
    city = seat.room.head.ladder.rungs[2]
    assert (city.note, city.note_tone) == ("offered, waiting 3:12", Tone.ORANGE)
    clock.forward(2)
    seat.room.tick()
    assert seat.room.head.ladder.rungs[2].note_tone is Tone.RED


def test_the_answer_of_a_tier_that_is_not_here_is_recorded_with_both_signatures(seat: Seat, fire: TakenCall) -> None:
    seat.press("F7", "Ctrl+Return", "F7")  # an offer waits, so the same key goes on to its answer
    assert "accepts the command" in seat.room.head.wide.title.text() and "Dead 1" in seat.room.head.wide.note.text()
    answers(seat, heard_from="Chen, city desk")
    seat.press("Ctrl+Return")
    assert "signed by both sides" in seat.room.head.wide.refusal.text()
    seat.words("Mayor Wang")
    seat.press("Ctrl+Return")
    ladder_now = seat.kept(fire.incident.id).ladder
    move = ladder_now.moves[-1]
    assert (ladder_now.holder, move.given_by, move.taken_by, move.heard_from) == (Tier.CITY, "leader", "Mayor Wang", "Chen, city desk")
    assert [rung.in_command for rung in seat.room.head.ladder.rungs] == [False, False, True]


def test_an_offer_is_made_again_refused_and_withdrawn(seat: Seat, fire: TakenCall) -> None:
    seat.press("F7", "Ctrl+Return")
    seat.room.repeat_offer()
    assert seat.kept(fire.incident.id).ladder.moves[-1].step is CommandStep.REPEATED
    seat.room.refuse_command()
    answers(seat, reason="the district can do it", heard_from="Chen")
    seat.press("Ctrl+Return")
    assert seat.kept(fire.incident.id).ladder.moves[-1].step is CommandStep.REFUSED
    seat.press("F7", "Ctrl+Return")
    seat.room.withdraw_offer()
    seat.press("Ctrl+Return")
    assert "reason is needed" in seat.room.head.wide.refusal.text()
    seat.words("under control")
    seat.press("Ctrl+Return")
    assert seat.kept(fire.incident.id).ladder.offer is None


def test_the_command_offered_to_this_desk_is_the_next_act_and_two_keys_accept_it(seat: Seat, fire: TakenCall) -> None:
    clear_the_desk(seat, fire)
    seat.press("F7", "Ctrl+Return")
    acting_as(seat.desk, "city")
    seat.room.refresh()
    seat.settle()
    panel = seat.room.next_panel
    assert "offers you the command" in panel.what.text() and panel.skip.text() == "Refuse, with a reason…"
    assert "No. 8, 3(2)" in panel.why.text()
    seat.press("Ctrl+Return", "Ctrl+Return")
    assert seat.kept(fire.incident.id).ladder.holder is Tier.CITY


def test_an_upper_command_that_is_set_up_takes_over_at_once_and_steps_down_by_offering(seat: Seat, fire: TakenCall) -> None:
    acting_as(seat.desk, "city")
    seat.room.refresh()
    seat.room.take_command()
    answers(seat, given_by="Li", taken_by="Wang")
    seat.press("Ctrl+Return")
    assert seat.kept(fire.incident.id).ladder.holder is Tier.CITY
    seat.press("Shift+F7", "Ctrl+Return")
    offer = seat.kept(fire.incident.id).ladder.offer
    assert offer is not None and offer.to_tier is Tier.DISTRICT


def test_letters_on_the_ladder_act_for_the_chosen_tier_and_the_own_is_chosen_anew(seat: Seat, fire: TakenCall) -> None:
    seat.press("Alt+Y", "Right", "A")
    assert "试城市" in seat.room.head.wide.title.text() and "heard_from" in seat.room.head.wide.editors
    seat.press("Escape")
    assert seat.room.head.ladder.current == "tier_district"
    seat.press("Alt+Y", "Left", "Return")
    assert seat.room.steps.isVisible() and "recorded" not in seat.notice


# -- the steps --------------------------------------------------------------------------------------------------------
def test_the_steps_are_ticked_skipped_with_a_reason_and_opened_again(seat: Seat, fire: TakenCall) -> None:
    seat.press("Alt+S")
    assert seat.room.steps.lines.current_key == "verify" and not seat.room.tasks.isVisible()

    def state(step: Step) -> StepState:
        own = seat.kept(fire.incident.id).ladder.own
        assert own is not None
        return next(line.state for line in own.steps if line.step is step)

    seat.press("Space")
    assert state(Step.VERIFY) is StepState.DONE
    seat.press("Alt+U")
    assert state(Step.VERIFY) is StepState.OPEN
    seat.press("Alt+S", "S", "Return")
    assert "reason is needed" in seat.room.steps.form.refusal.text()
    seat.words("the fire service is there")
    seat.press("Return")
    assert state(Step.VERIFY) is StepState.SKIPPED
    assert any("the fire service is there" in line for line in texts(seat.room.steps.lines))
    seat.press("Alt+T")
    assert seat.room.tasks.isVisible() and not seat.room.steps.isVisible()


def test_ticking_the_activation_opens_the_form_of_its_four_facts(seat: Seat, fire: TakenCall) -> None:
    seat.press("Alt+S")
    seat.room.steps.lines.choose("activate")
    seat.press("Space")
    assert seat.room.head.wide.isVisible() and "measures" in seat.room.head.wide.editors


def test_the_next_act_walks_the_steps_and_a_second_key_confirms_each(seat: Seat, fire: TakenCall) -> None:
    clear_the_desk(seat, fire)
    panel = seat.room.next_panel
    assert panel.what.text().startswith("Verify with the scene") and "Art. 61" in panel.why.text()
    seat.press("Ctrl+Return")
    seat.words("station 1 commander")
    seat.press("Ctrl+Return")
    assert panel.what.text().startswith("Activate the response of 北河区, level Ⅱ")
    assert "clause 5.2.6" in panel.why.text() and "Art. 71 and 72" in panel.why.text()
    seat.press("Ctrl+Return", "Ctrl+Return")
    assert response(seat, fire).is_running
    for task in seat.kept(fire.incident.id).tasks:
        if task.state is TaskState.OPEN:
            incidents.end_task(seat.desk, task_id=task.id)
    seat.room.refresh()
    seat.settle()
    assert panel.what.text() == "Form the command post and name its commander"
    seat.press("Ctrl+Return")
    assert seat.window.page_id == "command_post" and seat.post.form.isVisible()


def test_the_panel_asks_for_the_activation_once_by_the_plans_time_and_its_task_ends_with_it(seat: Seat, fire: TakenCall, clock: SetClock) -> None:
    for order in fire.orders:
        dispatches.take_receipt(seat.desk, dispatch_id=order.id)
    ladder.mark_step(seat.desk, incident_id=fire.incident.id, step=Step.DISPATCH)
    ladder.mark_step(seat.desk, incident_id=fire.incident.id, step=Step.VERIFY, state=StepState.SKIPPED, reason="119 is there")
    for task in seat.kept(fire.incident.id).tasks:
        if task.meets != "activate" and task.tier == Tier.DISTRICT:
            incidents.end_task(seat.desk, task_id=task.id)
    for owed in reports.list_due(seat.desk):
        reports.skip_due(seat.desk, due_id=owed.due.id, reason="told by phone")
    clock.forward(8)
    seat.room.refresh()
    seat.settle()
    panel = seat.room.next_panel
    assert panel.what.text().startswith("Activate the response of 北河区, level Ⅱ") and panel.due.isVisible()
    assert panel.why.text().startswith("Due 19:46 · clause 5.2.6")
    seat.press("Ctrl+Return", "Ctrl+Return")
    assert response(seat, fire).is_running
    (task,) = [task for task in seat.kept(fire.incident.id).tasks if task.meets == "activate" and task.tier == Tier.DISTRICT]
    assert (task.state, task.ended_at) == (TaskState.DONE, clock.at)
    assert panel.what.text() == "Form the command post and name its commander"
    assert any("(done by: activation of the response)" in line for line in texts(seat.room.log.lines))


def test_a_step_is_skipped_from_the_panel_with_a_reason(seat: Seat, fire: TakenCall) -> None:
    clear_the_desk(seat, fire)
    seat.room.skip_next()
    seat.words("seen by our own patrol")
    seat.press("Return")
    own = seat.kept(fire.incident.id).ladder.own
    assert own is not None
    verify = next(line for line in own.steps if line.step is Step.VERIFY)
    assert (verify.state, verify.reason) == (StepState.SKIPPED, "seen by our own patrol")


def test_who_must_be_told_is_the_next_act_with_the_phone_to_ring(seat: Seat, fire: TakenCall) -> None:
    clear_the_desk(seat, fire)
    for step in (Step.VERIFY, Step.ACTIVATE, Step.APPRAISE, Step.EVACUATE, Step.EXPAND):
        ladder.mark_step(seat.desk, incident_id=fire.incident.id, step=step, state=StepState.SKIPPED, reason="not needed")
    command.add_notice(seat.desk, incident_id=fire.incident.id, name="公安分局", phone="0532-110110")
    seat.room.refresh()
    seat.settle()
    assert seat.room.next_panel.what.text() == "Tell 公安分局" and "0532-110110" in seat.room.next_panel.why.text()
    seat.press("Ctrl+Return", "Ctrl+Return")
    notice = seat.kept(fire.incident.id).ladder.notices[0]
    assert notice.is_told and notice.read_back


def test_a_report_that_is_owed_is_the_next_act_with_its_rule_and_opens_its_page(seat: Seat, fire: TakenCall, clock: SetClock) -> None:
    for order in fire.orders:
        dispatches.take_receipt(seat.desk, dispatch_id=order.id)
    for task in seat.kept(fire.incident.id).tasks:
        incidents.end_task(seat.desk, task_id=task.id)
    ladder.mark_step(seat.desk, incident_id=fire.incident.id, step=Step.DISPATCH)
    clock.forward(29)
    seat.room.refresh()
    seat.settle()
    act = seat.kept(fire.incident.id).next_act
    assert act.kind is NextActKind.REPORT
    assert seat.room.next_panel.due.pill.tone is Tone.ORANGE and "rule" in seat.room.next_panel.why.text()
    shown: list[str] = []

    class Page(QWidget):
        def show_due(self, due_id: str) -> None:
            shown.append(due_id)

    seat.window.add_page(REPORT, Page)
    seat.press("Ctrl+Return")
    assert shown == [act.about_id]


# -- the grade --------------------------------------------------------------------------------------------------------
def test_a_downgrade_asks_who_decided_it_and_why(seat: Seat, fire: TakenCall) -> None:
    incidents.report_figures(seat.desk, incident_id=fire.incident.id, figures=incidents.Figures(dead=3))
    seat.room.refresh()
    seat.settle()
    seat.press("Alt+G")
    answers(seat, grade="grade_4")
    seat.press("Ctrl+Return")
    assert "downgrade" in seat.room.head.wide.refusal.text() and seat.focus is seat.room.head.wide.editors["reason"]
    answers(seat, decided_by="Director Sun", reason="two were counted twice")
    seat.press("Ctrl+Return")
    assert seat.incident(fire.incident.id).grade is Grade.ORDINARY
    change = seat.kept(fire.incident.id).grades[-1]
    assert (change.decided_by, change.reason, change.is_suggestion) == ("Director Sun", "two were counted twice", False)


def test_the_near_miss_question_is_asked_once_and_flags_the_incident(seat: Seat, fire: TakenCall) -> None:
    head = seat.room.head
    assert head.question.isVisible() and not head.near_miss.isVisible()
    head.question.click()
    assert "Art. 26" in head.wide.note.text()
    seat.press("Ctrl+Return")
    assert seat.incident(fire.incident.id).production is Production.YES
    assert head.near_miss.isVisible() and not head.question.isVisible()


def test_several_circumstances_are_ticked_by_keys_and_stand_ticked_again(seat: Seat, fire: TakenCall) -> None:
    known = [one.id for one in seat.desk.trade.near_miss.circumstances]
    assert len(known) > 2
    seat.room.say_production()
    seat.press("Tab", "Space", "Down", "Down", "Space", "Ctrl+Return")
    assert seat.incident(fire.incident.id).circumstances == (known[0], known[2])
    seat.room.say_production()
    seat.press("Tab", "Up")
    assert seat.focus is seat.room.head.wide.editors["circumstances"].boxes[known[-1]]  # type: ignore[attr-defined]
    seat.press("Down", "Space", "Return")
    assert seat.incident(fire.incident.id).circumstances == (known[2],)
    seat.room.say_production()
    seat.press("Tab", "Tab")
    assert seat.focus is seat.room.head.wide.act, "one stop for Tab, however many circumstances there are"


def test_two_gradings_stand_side_by_side_where_they_differ(seat: Seat, fire: TakenCall) -> None:
    seat.room.say_secondary()
    answers(seat, secondary_types="landslide")
    seat.press("Ctrl+Return")
    assert seat.incident(fire.incident.id).secondary_types == ("landslide",)
    gradings = seat.room._view.gradings  # type: ignore[union-attr]
    assert len(gradings) == 2
    seat.room.say_secondary()
    answers(seat, secondary_types="landslide")
    seat.press("Ctrl+Return")
    assert seat.incident(fire.incident.id).secondary_types == ()


def test_a_secondary_incident_hangs_below_the_one_it_arose_from(seat: Seat, fire: TakenCall) -> None:
    other = take_fire(seat.desk)
    seat.open_room(other.incident.id)
    seat.room.link_parent()
    answers(seat, parent=fire.incident.id)
    seat.press("Ctrl+Return")
    assert seat.incident(other.incident.id).parent_id == fire.incident.id
    assert "from 0001" in seat.room.head.kin.text()
    seat.room.open_kin()
    seat.settle()
    assert seat.room.incident_id == fire.incident.id and "1 secondary incident" in seat.room.head.kin.text()
    seat.room.link_parent()
    answers(seat, parent=other.incident.id)
    seat.press("Ctrl+Return")
    assert "cannot hang below itself" in seat.room.head.wide.refusal.text()


def test_levels_are_written_as_the_desk_sets_it(seat: Seat, fire: TakenCall) -> None:
    use_language("zh_CN")
    acting_as(seat.desk, "administrator")
    offer = level_acts.found(seat.place)[0]
    offer.run()
    seat.room.refresh()
    seat.settle()
    assert seat.room.head.ladder.rungs[1].suggested == "二级"
    assert seat.place.paper_settings.numerals is Numerals.CHINESE
    level_acts.write_levels(seat.place, Numerals.ROMAN)
    seat.room.refresh()
    seat.settle()
    assert seat.room.head.ladder.rungs[1].suggested == "Ⅱ"
    acting_as(seat.desk, "officer")
    assert level_acts.found(seat.place) == []


# -- two at once, and what an officer may not do ----------------------------------------------------------------------
def test_what_another_officer_did_meanwhile_is_explained_and_nothing_typed_is_lost(seat: Seat, fire: TakenCall) -> None:
    seat.press("Alt+A")
    answers(seat, measures="what I typed for ten minutes")
    responses.activate_response(seat.desk, incident_id=fire.incident.id, level=Level.III, matter="fire", expected_hours=12,
                                measures="search", decided_by="somebody at the next desk")
    seat.press("Ctrl+Return")
    assert "runs a response already" in seat.room.head.wide.refusal.text()
    assert seat.room.head.wide.answers["measures"] == "what I typed for ten minutes"
    seat.press("Escape", "F7")
    answers(seat, situation="my situation")
    command.offer_command(seat.desk, incident_id=fire.incident.id, to=Tier.CITY, given_by="Li", carried=command.HandOver())
    seat.press("Ctrl+Return")
    assert "offered to the tier" in seat.room.head.wide.refusal.text()
    assert seat.room.head.wide.answers["situation"] == "my situation"


def test_a_record_changed_under_an_open_form_is_told_and_stays_typed(seat: Seat, fire: TakenCall) -> None:
    seat.room.ask_correct()
    seat.room.head.form.editors["title"].setText("my title")  # type: ignore[attr-defined]
    incidents.set_state(seat.desk, incident_id=fire.incident.id, state=IncidentState.RESPONDING)
    seat.press("Return")
    assert "changed by somebody else" in seat.room.head.form.refusal.text()
    assert seat.room.head.form.answers["title"] == "my title"


def test_an_officer_may_not_end_a_district_response_and_is_told_who_may(seat: Seat, fire: TakenCall) -> None:
    seat.press("Alt+A", "Ctrl+Return")
    for order in fire.orders:
        teams.report_state(seat.desk, team_id=order.team_id, to=TeamState.RETURNED)
    acting_as(seat.desk, "officer")
    seat.press("Alt+E")
    if "override_reason" in seat.room.head.wide.editors:
        answers(seat, override_reason="because")
    seat.press("Ctrl+Return")
    assert response(seat, fire).is_running
    assert "may not" in seat.room.head.wide.refusal.text() and "Duty leader" in seat.room.head.wide.refusal.text()


# -- looks ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("form", ["activate_response", "escalate", "record_heard", "judge_grade", "say_production", "end_response"])
def test_a_wide_form_fits_a_small_screen(qtbot: QtBot, tmp_path: Path, language: str, form: str) -> None:
    use_language(language)
    desk = make_desk(tmp_path)
    taken = take_fire(desk, send=4, dead=3, badly_hurt=12, trapped=14, hurt=7, missing=2, evacuate=180)
    if form == "end_response":
        responses.activate_response(desk, incident_id=taken.incident.id, level=Level.I, matter="fire", expected_hours=24, measures="search",
                                    decided_by="Li")
    seat = Seat(qtbot, desk, tmp_path)
    room = seat.open_room(taken.incident.id)
    getattr(room, form)()
    seat.settle()
    assert room.head.wide.isVisible()
    assert cut_labels(seat.window) == []
    assert page_scroll_bars(seat.window) == []
    fields = room.head.wide._fields
    assert fields.height() >= fields.minimumSizeHint().height(), "no field may be squeezed"


def test_where_nobody_is_left_the_next_act_notes_who_was_asked_for_teams(seat: Seat, fire: TakenCall) -> None:
    clear_the_desk(seat, fire)
    ladder.mark_step(seat.desk, incident_id=fire.incident.id, step=Step.DISPATCH, state=StepState.OPEN)
    for team in teams.list_teams(seat.desk, states=(TeamState.STANDBY,)):
        teams.report_state(seat.desk, team_id=team.id, to=TeamState.UNAVAILABLE, note="all away")
    seat.room.refresh()
    seat.settle()
    assert seat.room.recommended.is_nobody_left and seat.kept(fire.incident.id).next_act.kind is NextActKind.SEND
    seat.press("Ctrl+Return")
    form = seat.room.next_panel.form
    assert form.isVisible() and seat.focus is form.editors["answer"]
    seat.words("one team, 20 min")
    seat.press("Ctrl+Return")
    marked = [step for step in seat.kept(fire.incident.id).ladder.own.steps if step.step is Step.DISPATCH]
    assert marked[0].is_marked and "one team, 20 min" in marked[0].reason
    assert seat.kept(fire.incident.id).next_act.kind is not NextActKind.SEND


def test_the_tasks_of_another_tier_stand_below_the_own_and_name_whose_they_are(seat: Seat, fire: TakenCall) -> None:
    own, *rest = [task for task in seat.kept(fire.incident.id).tasks if task.state is TaskState.OPEN]
    heard = replace(own, tier=Tier.STREET.value)
    assert [task.id for task in tasks_in_order((heard, *rest), Tier.DISTRICT.value)][len(rest)] == heard.id
    view = seat.room._view
    assert view is not None
    whose = seat.room.tasks._whose(heard, view)
    shown = task_line(heard, fire.incident, seat.desk.now(), whose).cells[0]
    assert "街道" in whose and whose in shown.text and shown.tone is Tone.SECONDARY
    assert seat.room.tasks._whose(own, view) == ""


def test_a_refusal_leaves_with_the_page_it_speaks_of(seat: Seat, fire: TakenCall) -> None:
    seat.room.recommended._work.tell("nobody above")
    assert seat.window.notices.isVisible()
    seat.press("Escape")
    assert not seat.window.notices.isVisible() and seat.window.notices.notice is None
