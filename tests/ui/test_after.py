"""What follows an incident is worked from the keyboard: what is owed, the findings, the summary's words, and the replay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.domain.after_sheets import SummaryPart
from emergency_desk.domain.incidents import Figures, Incident, IncidentState
from emergency_desk.domain.next_acts import NextActKind
from emergency_desk.domain.recovery import AftermathKind, AftermathState, FindingSource, FindingState
from emergency_desk.domain.teams import TeamState
from emergency_desk.domain.texts import Text
from emergency_desk.errands.background import Background
from emergency_desk.errands.papers import AFTERMATH, FINDING_LIST, SUMMARY
from emergency_desk.services import after_papers, backups, dispatches, findings, incidents, purging, recovery
from emergency_desk.services.review import review
from emergency_desk.ui import dressing
from emergency_desk.ui.incidents.after_erasing import ERASING
from emergency_desk.ui.incidents.after_lines import SUGGESTED, item_lines
from emergency_desk.ui.incidents.after_page import ACTIONS, AfterPage
from emergency_desk.ui.incidents.findings_page import ALL, LATE, FindingsPage
from emergency_desk.ui.incidents.replay_page import ReplayPage
from emergency_desk.ui.refresh import Deliverer
from emergency_desk.ui.theme import Scheme
from emergency_desk.ui.workplace import AFTER, FINDINGS, REPLAY, ROOM
from emergency_desk.wording.catalog import speaking, use_language
from tests import story
from tests.builders import SetClock, make_desk
from tests.ui.fitting import cut_labels, page_scroll_bars
from tests.ui.seat import Seat, texts


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path, clock: SetClock) -> Seat:
    return Seat(qtbot, make_desk(tmp_path, clock=clock), tmp_path)


@pytest.fixture
def fire(seat: Seat, clock: SetClock) -> Incident:
    """A fire that is over: one receipt came late, one action was skipped."""
    desk = seat.desk
    taken = story.take(desk, story.FIRE_ONE, caller=story.CALLER, figures=Figures(trapped=8))
    clock.forward(9)
    dispatches.take_receipt(desk, dispatch_id=taken.orders[0].id)
    story.report(desk, story.FIRE_ONE, TeamState.DISPATCHED, TeamState.WORKING)
    task = incidents.open_room(desk, incident_id=taken.incident.id).tasks[0]
    incidents.end_task(desk, task_id=task.id, skipped=True, reason="street did it")
    incidents.report_figures(desk, incident_id=taken.incident.id, figures=Figures(dead=3, trapped=0))
    clock.forward(60)
    story.report(desk, story.FIRE_ONE, TeamState.RETURNED)
    return incidents.close_incident(desk, incident_id=taken.incident.id).value


def after(seat: Seat, incident: Incident) -> AfterPage:
    seat.place.open_after(incident.id)
    seat.settle()
    page = seat.window.page
    assert isinstance(page, AfterPage)
    return page


# -- the way there ----------------------------------------------------------------------------------------------------
def test_the_next_act_of_a_closed_room_is_its_aftermath(seat: Seat, fire: Incident) -> None:
    seat.open_room(fire.id)
    assert seat.room.next_panel.act.text() == "Work on the aftermath"
    seat.press("Ctrl+Return")
    assert seat.window.page_id == AFTER
    seat.press("Escape")
    assert seat.window.page_id == ROOM
    seat.press("Alt+B")
    assert seat.window.page_id == AFTER


# -- what is owed -----------------------------------------------------------------------------------------------------
def test_what_is_owed_stands_with_article_and_owner_and_the_cursor_at_the_first(seat: Seat, fire: Incident) -> None:
    page = after(seat, fire)
    lines = texts(page.owed)
    assert any("Survey of losses" in line and "Art. 87" in line and "试城市" in line for line in lines)
    assert page.owed.current_key and not page.owed.current_key.startswith("#")
    assert page.owed.hasFocus()


def test_an_office_that_owes_is_named_in_the_language_of_the_screen(seat: Seat, fire: Incident) -> None:
    seen = review(seat.desk, incident_id=fire.id)
    assert set(seen.offices) == {"试城市"}, "nobody else owes anything yet"
    told = replace(seen, offices={"试城市": Text("试城市", "Trial City")})
    for language, name in (("en", "Trial City"), ("zh_CN", "试城市")):
        with speaking(language):
            assert name in next(line.cells[0].below for line in item_lines(told, seat.desk.now()) if line.cells[0].below)


def test_an_item_is_done_by_the_keyboard_alone(seat: Seat, fire: Incident) -> None:
    page = after(seat, fire)
    key = page.owed.current_key
    seat.press("Space")
    seat.words("reported to the city")
    seat.press("Return")
    item = next(item for item in recovery.list_items(seat.desk, incident_id=fire.id) if item.id == key)
    assert (item.state, item.note) == (AftermathState.DONE, "reported to the city")
    assert not page.item_form.isVisible()
    page.owed.choose(key)
    seat.press("Space")
    assert next(item for item in recovery.list_items(seat.desk, incident_id=fire.id) if item.id == key).state is AftermathState.OPEN


def test_the_next_act_goes_on_until_only_the_archive_is_left(seat: Seat, fire: Incident) -> None:
    page = after(seat, fire)
    for _time in range(len(recovery.list_items(seat.desk, incident_id=fire.id)) - 1):
        seat.press("Ctrl+Return", "Ctrl+Return")
    assert page.act.text() == "Archive…"
    seat.press("Ctrl+Return")
    assert all(item.state is AftermathState.DONE for item in recovery.list_items(seat.desk, incident_id=fire.id))
    assert page.next_words.text() == "Nothing is owed any more."


def test_who_owes_it_and_until_when_is_typed_and_a_wrong_day_is_told_in_the_form(seat: Seat, fire: Incident) -> None:
    page = after(seat, fire)
    key = next(item.id for item in recovery.list_items(seat.desk, incident_id=fire.id) if item.kind is AftermathKind.LOSS_SURVEY)
    page.owed.choose(key)
    seat.press("A")
    page.item_form.editors["owner"].setText("区应急局")  # type: ignore[attr-defined]
    page.item_form.editors["due_at"].setText("soon")  # type: ignore[attr-defined]
    seat.press("Return")
    assert page.item_form.isVisible() and "soon" in page.item_form.refusal.text()
    page.item_form.editors["due_at"].setText("2026-12-01")  # type: ignore[attr-defined]
    seat.press("Return")
    item = next(item for item in recovery.list_items(seat.desk, incident_id=fire.id) if item.id == key)
    assert item.owner == "区应急局" and item.due_at is not None and item.due_at.date() == date(2026, 12, 1)


def test_personal_data_is_not_put_off_without_the_assessment(seat: Seat, fire: Incident) -> None:
    page = after(seat, fire)
    item = next(item for item in recovery.list_items(seat.desk, incident_id=fire.id) if item.kind is AftermathKind.PERSONAL_ERASURE)
    page.owed.choose(item.id)
    seat.press("A")
    page.item_form.editors["due_at"].setText("2027-01-01")  # type: ignore[attr-defined]
    seat.press("Return")
    assert "assessment" in page.item_form.refusal.text()


def test_a_hold_is_lifted_the_names_go_and_older_copies_after_them(seat: Seat, fire: Incident, clock: SetClock) -> None:
    desk = seat.desk
    page = after(seat, fire)
    assert page.erasing.isHidden()
    purging.hold(desk, incident_id=fire.id, until=clock.at + timedelta(days=30), assessment="调查评估需要")
    page.forget()
    seat.settle()
    assert page.lift.isVisible() and not page.older.isVisible()
    seat.press("Alt+H")
    assert "调查评估需要" in page.item_form.note.text()
    seat.press("Return")
    assert page.item_form.refusal.isVisible(), "a reason is needed"
    seat.words("评估已完成")
    seat.press("Return")
    assert page.lift.isHidden()
    backups.make(backups.order(desk))
    paper = purging.papers_folder(desk) / f"{fire.number}-call.txt"
    paper.parent.mkdir(exist_ok=True)
    paper.write_text(story.CALLER.name, encoding="utf-8")
    clock.forward(1)
    item = next(item for item in recovery.list_items(desk, incident_id=fire.id) if item.kind is AftermathKind.PERSONAL_ERASURE)
    page.owed.choose(item.id)
    seat.press("Space", "Return")
    assert page.older.isVisible() and page.certificate.isVisible() and paper.exists()
    seat.press("Alt+E")
    assert paper.name in page.item_form.note.text()
    seat.press("Return")
    assert not paper.exists() and page.older.isHidden() and "No older copy is left" in seat.notice
    seat.press("Alt+Y")
    assert "Clean" in seat.notice
    seat.press("Alt+E")
    assert "No older backup" in seat.notice


def test_the_archive_names_what_is_open_and_takes_a_reason(seat: Seat, fire: Incident) -> None:
    page = after(seat, fire)
    page.archive()
    seat.settle()
    assert page.item_form.isVisible() and "损失调查评估" in page.item_form.note.text()
    seat.words("moved to the archive early")
    seat.press("Return")
    archive = next(item for item in recovery.list_items(seat.desk, incident_id=fire.id) if item.kind is AftermathKind.ARCHIVE)
    assert archive.state is AftermathState.DONE


def test_a_requisition_lays_both_its_lines(seat: Seat, fire: Incident) -> None:
    page = after(seat, fire)
    seat.press("Alt+Q")
    for name, text in (("title", "挖掘机"), ("from_whom", "某公司"), ("unit", "台")):
        page.item_form.editors[name].setText(text)  # type: ignore[attr-defined]
    seat.press("Return")
    assert sum("挖掘机" in line for line in texts(page.owed)) == 2


# -- plan, punctuality ------------------------------------------------------------------------------------------------
def test_the_plan_stands_against_what_was_done(seat: Seat, fire: Incident) -> None:
    page = after(seat, fire)
    told = texts(page.plan_lines)
    assert any("skipped" in line and "street did it" in line for line in told)
    assert any("late" in line for line in told)
    assert "1 skipped" in page.plan_told.text()
    assert "9 min" in page.punctual.text() and "unknown for 0" in page.punctual.text()


# -- findings ---------------------------------------------------------------------------------------------------------
def test_a_suggestion_is_taken_up_with_its_words_and_then_goes(seat: Seat, fire: Incident) -> None:
    page = after(seat, fire)
    suggested = next(one for one in review(seat.desk, incident_id=fire.id).proposals if one.team is not None)
    seat.press("Alt+F")
    page.findings.choose(SUGGESTED + suggested.about_id)
    seat.press("Return")
    assert findings.list_findings(seat.desk) == [], "the record only suggests"
    seat.words("ZhangSan")
    page.finding_form.editors["measure"].setText("复诵")  # type: ignore[attr-defined]
    page.finding_form.editors["due_on"].setText("2026-12-10")  # type: ignore[attr-defined]
    seat.press("Return")
    finding = findings.list_findings(seat.desk)[0]
    assert suggested.about_id in finding.problem and (finding.owner, finding.due_on) == ("ZhangSan", date(2026, 12, 10))
    assert SUGGESTED + suggested.about_id not in [line.key for line in page.findings.lines]


def test_a_finding_is_mended_and_verified_by_somebody_else_from_the_page(seat: Seat, fire: Incident) -> None:
    finding = findings.add_finding(seat.desk, problem="回执慢", incident_id=fire.id, owner="Zhang", measure="复诵",
                                   due_on=date(2026, 12, 10)).value
    page = after(seat, fire)
    seat.press("Alt+F")
    page.findings.choose(finding.id)
    seat.press("Return")  # begins
    seat.press("Return")  # asks for the evidence
    seat.press("Return")
    assert "evidence" in page.finding_form.refusal.text().lower()
    seat.words("photo")
    seat.press("Return", "Return")  # mended; asks who verified
    seat.words("Zhang")
    seat.press("Return")
    assert "Somebody else must look" in page.finding_form.refusal.text()
    page.finding_form.editors["verifier"].setText("Li")  # type: ignore[attr-defined]
    seat.press("Return")
    assert findings.find_finding(seat.desk, finding_id=finding.id).state is FindingState.VERIFIED


def test_the_list_of_all_findings_filters_and_shows_the_late_ones(seat: Seat, fire: Incident, clock: SetClock) -> None:
    findings.add_finding(seat.desk, problem="回执慢", incident_id=fire.id, due_on=date(2026, 11, 1))
    findings.add_finding(seat.desk, problem="radio dead in the valley", due_on=date(2027, 1, 1), owner="Bureau",
                         source=FindingSource.INSPECTION)
    seat.window.show_page(FINDINGS)
    seat.settle()
    page = seat.window.page
    assert isinstance(page, FindingsPage)
    assert len(page.lines.lines) == 2 and page.lines.hasFocus()
    assert page.lines.current_key == page.lines.lines[0].key, "Enter goes on with the first at once"
    assert fire.number in texts(page.lines)[0] and "inspection" in texts(page.lines)[1]
    page.choose(LATE)
    assert [line for line in texts(page.lines) if "回执慢" in line] == texts(page.lines)
    page.choose(ALL)
    seat.press("Ctrl+F")
    seat.words("valley bureau")
    assert len(page.lines.lines) == 1
    seat.press("Escape")
    assert len(page.lines.lines) == 2
    seat.press("F9")
    assert seat.papers.shown[-1] == (FINDING_LIST, None)


def test_the_list_of_all_findings_stands_at_the_first_one_when_it_is_read_on_the_store_thread(qtbot: QtBot, tmp_path: Path) -> None:
    deliverer = Deliverer()
    background = Background(deliverer.deliver)
    seat = Seat(qtbot, make_desk(tmp_path), tmp_path, background)
    kept = findings.add_finding(seat.desk, problem="回执慢", due_on=date(2026, 11, 1), source=FindingSource.INSPECTION).value
    seat.window.show_page(FINDINGS)
    page = seat.window.page
    assert isinstance(page, FindingsPage)
    qtbot.waitUntil(lambda: len(page.lines.lines) == 1)
    assert page.lines.current_key == kept.id
    seat.window.close()
    background.close()


def test_empty_lists_say_what_belongs_there(seat: Seat) -> None:
    open_fire = story.opened(seat.desk)
    page = after(seat, open_fire)
    assert page.next_words.text() == "What is owed is listed when the incident closes."
    assert not seat.window.acts.can("after_next") and not page.act.isVisible()
    assert "Alt+A" in page.owed._empty and "Alt+N" in page.findings._empty


def test_a_death_after_the_close_is_recorded_in_the_room_and_asks_for_its_report(seat: Seat, fire: Incident, clock: SetClock) -> None:
    clock.forward(5 * 24 * 60)
    seat.place.open_room(fire.id)
    seat.settle()
    assert seat.window.acts.can("room_figures") and not seat.window.acts.can("room_add_task")
    seat.press("Alt+F")
    seat.words("4")
    seat.press("Ctrl+Return")
    seat.settle()
    now = incidents.open_room(seat.desk, incident_id=fire.id)
    assert now.incident.dead == 4 and not now.incident.is_open
    assert now.next_act.kind is NextActKind.REPORT


# -- papers -----------------------------------------------------------------------------------------------------------
def test_the_summarys_own_words_are_kept_with_their_lines(seat: Seat, fire: Incident) -> None:
    page = after(seat, fire)
    seat.press("Alt+W")
    seat.words("举高车救人")
    seat.press("Shift+Return")
    seat.words("two hose lines")
    seat.press("Return")
    assert after_papers.summary_words(seat.desk, incident_id=fire.id) == ((SummaryPart.MEASURES, "举高车救人\ntwo hose lines"),)
    assert not page.item_form.isVisible()


def test_each_paper_is_previewed(seat: Seat, fire: Incident) -> None:
    for act, name in (("after_summary", SUMMARY), ("after_print_list", AFTERMATH), ("after_print_findings", FINDING_LIST)):
        after(seat, fire)
        assert seat.window.acts.do(act)
        assert seat.papers.shown[-1] == (name, fire.id)


# -- the replay -------------------------------------------------------------------------------------------------------
def replaying(seat: Seat, incident: Incident) -> ReplayPage:
    seat.place.open_replay(incident.id)
    seat.settle()
    page = seat.window.page
    assert isinstance(page, ReplayPage)
    return page


def test_the_replay_begins_with_the_call_and_ends_as_the_room_stands(seat: Seat, fire: Incident) -> None:
    page = replaying(seat, fire)
    assert page.state.text() == "First response" and len(page.log.lines) < 12
    seat.press("Alt+End")
    assert page.state.text() == "Closed" and page.grade.pill.text == "Relatively major"
    assert "Dead: 3" in page.figures.text()
    assert page.slider.value() == page.slider.maximum()
    assert [state for state in texts(page.teams)] == ["returned 消防一站"] or "returned" in texts(page.teams)[0]


def test_time_passes_at_the_chosen_speed_and_stops_at_the_end(seat: Seat, fire: Incident) -> None:
    page = replaying(seat, fire)
    begun = page.at
    assert begun is not None
    page.set_speed(60)
    page.pass_time(2.0)
    assert page.at == begun + timedelta(minutes=2)
    seat.press("Alt+Up")
    assert page.speed == 600
    seat.press("Alt+Down", "Alt+Down", "Alt+Down", "Alt+Down")
    assert page.speed == 1
    seat.press("Ctrl+Return")
    assert page.is_playing and page.play.text() == "Pause"
    page.set_speed(600)
    page.pass_time(3600)
    assert not page.is_playing and page.at == page._kept.ends_at  # type: ignore[union-attr]
    seat.press("Space")
    assert page.is_playing and page.at < page._kept.ends_at  # type: ignore[union-attr,operator]
    seat.window.show_page(ROOM)
    assert not page.is_playing, "a hidden replay stands still"


def test_stepping_shows_one_line_more(seat: Seat, fire: Incident) -> None:
    page = replaying(seat, fire)
    first = len(page.log.lines)
    seat.press("Alt+Right")
    assert len(page.log.lines) > first
    seat.press("Alt+Left")
    assert len(page.log.lines) == first
    page.slider.setValue(page.slider.maximum() // 2)
    assert first < len(page.log.lines) < len(page._kept.lines)  # type: ignore[union-attr]


def test_space_stays_a_key_of_the_rooms_lists_after_a_replay(seat: Seat, fire: Incident) -> None:
    replaying(seat, fire)
    incidents.reopen_incident(seat.desk, incident_id=fire.id, reason="复燃")
    seat.open_room(fire.id)
    assert seat.incident(fire.id).state is IncidentState.RESPONDING
    before = sum(task.state == "done" for task in seat.kept(fire.id).tasks)
    seat.press("Alt+T", "Space")
    assert sum(task.state == "done" for task in seat.kept(fire.id).tasks) == before + 1


# -- looks ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_nothing_is_cut_and_no_page_scrolls(seat: Seat, fire: Incident, language: str, scheme: Scheme, qapp: object) -> None:
    use_language(language)
    dressing.apply(qapp, scheme)  # type: ignore[arg-type]
    findings.add_finding(seat.desk, problem="回执慢", incident_id=fire.id, owner="街道", measure="复诵", due_on=date(2026, 12, 10))
    for page_id, show in ((AFTER, seat.place.open_after), (REPLAY, seat.place.open_replay)):
        show(fire.id)
        seat.settle()
        assert seat.window.page_id == page_id
        assert cut_labels(seat.window) == []
        assert page_scroll_bars(seat.window) == []
    after(seat, fire).add_finding()
    seat.settle()
    assert cut_labels(seat.window) == []
    seat.window.show_page(FINDINGS)
    seat.settle()
    assert cut_labels(seat.window) == [] and page_scroll_bars(seat.window) == []


def test_every_action_of_the_page_finds_its_method() -> None:
    assert [action.id for action in (*ACTIONS, *ERASING) if not hasattr(AfterPage, action.run)] == []
