"""The pages of drills by the keyboard: one is planned from the programme, checked, run by its script, counted, evaluated and mended."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.app import paths
from emergency_desk.domain.changes import ChangeSet, Subject
from emergency_desk.domain.drill_boards import late_acts
from emergency_desk.domain.drill_objects import DrillObject, ObjectKind
from emergency_desk.domain.drill_sheets import DrillYearSheet
from emergency_desk.domain.drills import Drill, DrillRole, DrillState, ReadyCheck, Verdict
from emergency_desk.domain.ids import Id
from emergency_desk.errands.drill_paper_rows import NAMES_OF_A_DRILL
from emergency_desk.errands.paper_rows import PaperAsked
from emergency_desk.errands.papers import paper_of
from emergency_desk.services import drill_evaluation, drill_lists, drill_objects, drill_running, drills, findings, plan_life
from emergency_desk.services.desk import Desk
from emergency_desk.store.engine import open_connection
from emergency_desk.ui.drills.recalling import Recalling
from emergency_desk.ui.papers.paper_list import line_of_plan, title_of_list
from emergency_desk.ui.workplace import DRILL, DRILL_PROGRAMME, DRILL_YEARS, DRILLS
from tests import story
from tests.builders import SetClock, acting_as, make_desk
from tests.services.test_drills import asked, designed, ended
from tests.ui.keeper import Keeper
from tests.ui.seat import texts
from tests.ui.test_stock_pages import fill


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return acting_as(make_desk(tmp_path, clock=clock), "leader")


@pytest.fixture
def seat(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Keeper:
    made = Keeper(qtbot, desk, tmp_path)
    made.show(DRILLS)
    return made


def opened(seat: Keeper, drill: Drill) -> Any:
    seat.place.open_drill(drill.id)
    seat.settle()
    return seat.page


def state(desk: Desk) -> DrillState:
    return drill_lists.find_drill(desk).state


def lines(seat: Keeper, name: str) -> str:
    return "\n".join(texts(seat.page.lists[name]))


def write(seat: Keeper, name: str, text: str) -> None:
    """Write into a field of several lines."""
    seat.page.form.editors[name].setPlainText(text)


def test_a_drill_is_planned_from_the_programme(seat: Keeper, desk: Desk) -> None:
    assert "never drilled here" in "\n".join(texts(seat.page.programme))
    seat.press("Alt+V", "Return")
    chosen = seat.page.form.editors["plan_code"].currentData()
    fill(seat, title="桌面推演", planned_at="明天")
    seat.press("Ctrl+Return")
    assert "2026-11-28 09:00" in seat.page.form.refusal.text()
    fill(seat, planned_at="2026-11-28 09:00", expected_heads="12")
    write(seat, "aims", "十五分钟内到场\n信息首报不超时")
    seat.press("Ctrl+Return")
    made = drill_lists.find_drill(desk)
    assert (made.plan_code, made.expected_heads, made.aims) == (chosen, 12, ("十五分钟内到场", "信息首报不超时"))
    assert seat.window.page_id == DRILL and "still to come" in seat.page.numbers.text()
    seat.press("Escape")
    assert "桌面推演" in texts(seat.page.lines)[0]


def test_a_drill_is_run_by_its_script_and_ends_when_heads_balance(seat: Keeper, desk: Desk, clock: SetClock) -> None:
    page = opened(seat, designed(desk))
    assert page.act.text() == "Confirm the checklist"
    seat.press("Ctrl+Return")
    for box in page.form.editors["checks"].boxes.values():
        box.setChecked(True)
    seat.press("Ctrl+Return")
    assert state(desk) is DrillState.CHECKED and page.act.text() == "Begin the drill"
    seat.press("Ctrl+Return")
    clock.forward(3)
    seat.press("Ctrl+Return")
    clock.forward(9)
    page.tick()
    assert "1 act late" in page.numbers.text() and "awaited, 9 min" in lines(seat, "script")
    seat.press("A", "Ctrl+Return")
    assert "9 min" in lines(seat, "script") and "1 min late" in lines(seat, "script")
    seat.press("Alt+N")
    fill(seat, text="值班员未核实风向", person="观察员丁")
    seat.press("Ctrl+Return", "Ctrl+Return")
    assert page.act.text() == "End the drill"
    seat.press("Ctrl+Return")
    fill(seat, heads="213")
    seat.press("Ctrl+Return")
    assert "213 of 214" in page.form.refusal.text() and state(desk) is DrillState.RUNNING
    fill(seat, heads="214")
    seat.press("Ctrl+Return")
    assert state(desk) is DrillState.ENDED and page.shown == "items"
    assert "值班员未核实风向" in "\n".join(texts(page.log)) and "Drill ended: 214 people" in texts(page.log)[0]


def test_a_clock_that_was_set_back_is_told_on_the_page_and_the_drill_can_be_broken_off(seat: Keeper, desk: Desk, clock: SetClock) -> None:
    drill = designed(desk)
    drills.check_drill(desk, drill_id=drill.id, checks=tuple(ReadyCheck))
    drills.start_drill(desk, drill_id=drill.id)
    page = opened(seat, drill)
    clock.forward(-40)
    page.tick()
    assert "40 min before the last entry" in page.numbers.text() and "running for —" in page.numbers.text()
    seat.press("Ctrl+Return")
    assert "broken off all the same" in seat.notice
    seat.press("Alt+B")
    fill(seat, reason="real fire")
    seat.press("Ctrl+Return")
    assert state(desk) is DrillState.STOPPED


def test_a_drill_whose_plan_was_withdrawn_says_so_and_keeps_it_until_another_is_chosen(seat: Keeper, desk: Desk, clock: SetClock) -> None:
    drill = designed(desk)
    plan_life.withdraw(desk, code=drill.plan_code, version=drill.plan_version, reason="由新预案替代")
    page = opened(seat, drill)
    assert "a plan in force" in page.numbers.text() and page.act.text() == "Complete the design"
    seat.press("Ctrl+Return")
    plan = page.form.editors["plan_code"]
    assert plan.currentData() == drill.plan_code and plan.currentText().endswith("(withdrawn)"), "it does not become a drill of no plan unseen"
    seat.press("Ctrl+Return")
    assert "is not in force" in page.form.refusal.text() and drill.plan_code not in page.form.refusal.text(), "a plan is called by its name"
    plan.setCurrentIndex(1)
    chosen = plan.currentData()
    seat.press("Ctrl+Return")
    assert drill_lists.find_drill(desk).plan_code == chosen and "a plan in force" not in page.numbers.text()


def test_the_next_act_leads_to_what_is_lacking_first(seat: Keeper, desk: Desk, clock: SetClock) -> None:
    page = opened(seat, drills.plan_drill(desk, asked=asked(desk, expected_heads=None)).value)
    assert page.act.text() == "Complete the design"
    seat.press("Ctrl+Return")
    assert page.act.isHidden() and page.letters.isHidden(), "Ctrl+Enter is the form's while it asks"
    fill(seat, expected_heads="12")
    seat.press("Ctrl+Return")
    assert page.act.text() == "Write the script"
    seat.press("Ctrl+Return")
    fill(seat, at_minutes="3", to_whom="街道值班室", text="林场冒烟", limit_minutes="5")
    seat.press("Ctrl+Return")
    for told, name in (("Name the director", "总指挥甲"), ("Name an evaluator", "评估员乙")):
        assert page.act.text() == told
        seat.press("Ctrl+Return")
        fill(seat, name=name)
        seat.press("Ctrl+Return")
    assert page.act.text() == "Confirm the checklist" and page.shown == "people"
    drills.check_drill(desk, drill_id=page.drill_id, checks=ReadyCheck)
    page.refresh()
    seat.settle()
    seat.press("Ctrl+Return")
    assert state(desk) is DrillState.RUNNING and page.shown == "script"
    assert [one.role for one in drill_lists.drill_board(desk, drill_id=page.drill_id).people] == [DrillRole.DIRECTOR, DrillRole.EVALUATOR]


def test_a_part_that_was_entered_wrongly_is_changed(seat: Keeper, desk: Desk) -> None:
    drill = designed(desk)
    page = opened(seat, drill)
    seat.press("Alt+M")
    assert "E change" in page.letters.text()
    seat.press("E")
    fill(seat, name="总指挥丙", unit="区政府")
    seat.press("Ctrl+Return")
    assert "总指挥丙" in lines(seat, "people") and "总指挥甲" not in lines(seat, "people")


def test_what_waits_for_its_act_is_told_by_the_clock_of_the_drill(seat: Keeper, desk: Desk, clock: SetClock) -> None:
    drill = designed(desk)
    drills.check_drill(desk, drill_id=drill.id, checks=ReadyCheck)
    drills.start_drill(desk, drill_id=drill.id)
    drill_running.set_pace(desk, drill_id=drill.id, percent=6_000)
    page = opened(seat, drill)
    clock.forward(0.1)
    seat.press("Ctrl+Return")
    assert page.act.text() == "Release inject 2" and "T+6" in lines(seat, "script")
    clock.forward(0.2)
    page.tick()
    assert "awaited, 12 min" in lines(seat, "script") and "1 act late" in page.numbers.text()


def test_a_drill_is_evaluated_and_what_was_found_goes_into_the_one_list(seat: Keeper, desk: Desk, clock: SetClock) -> None:
    drill = designed(desk)
    drills.check_drill(desk, drill_id=drill.id, checks=ReadyCheck)
    drills.start_drill(desk, drill_id=drill.id)
    drills.end_drill(desk, drill_id=drill.id, heads=214)
    page = opened(seat, drill)
    seat.press("Down", "Return")
    points = page.form.editors["points"]
    points.setCurrentIndex(points.findData("3"))
    seat.press("Ctrl+Return")
    assert "evidence" in page.form.refusal.text()
    fill(seat, evidence="见脚本第1项")
    seat.press("Ctrl+Return")
    assert "3 of 5 · 60.0 %" in page.numbers.text()
    seat.press("Ctrl+Return")
    verdict = page.form.editors["verdict"]
    verdict.setCurrentIndex(verdict.findData(Verdict.GOOD.value))
    write(seat, "words", "达到预期目标")
    seat.press("Ctrl+Return")
    assert (state(desk), drill_lists.find_drill(desk).verdict) == (DrillState.EVALUATED, Verdict.GOOD)
    seat.press("Alt+Z", "Ctrl+N")
    fill(seat, problem="山谷通信盲区", owner="张三", clause="1")
    seat.press("Ctrl+Return")
    assert findings.list_findings(desk)[0].problem == "山谷通信盲区" and "山谷通信盲区" in lines(seat, "found")
    assert "suggested to clause 1 of the plan" in lines(seat, "found")


def test_evidence_that_was_deleted_outside_is_told_at_the_head_of_the_page(seat: Keeper, desk: Desk, clock: SetClock) -> None:
    drill = ended(desk, clock)
    mark = drill_lists.drill_board(desk, drill_id=drill.id).marks[3]
    drill_evaluation.score_item(desk, drill_id=drill.id, item_id="A2-1.5", evaluator="评估员乙", points=3, mark_ids=[mark.id])
    assert "gone" not in opened(seat, drill).numbers.text()
    with closing(open_connection(desk.store.path)) as outside:
        outside.execute("DROP TRIGGER drill_marks_no_delete")
        outside.execute("DELETE FROM drill_marks WHERE id = ?", (mark.id,))
        outside.commit()
    seat.place.open_drill(drill.id)
    seat.settle()
    assert "the evidence of 1 item is gone" in seat.page.numbers.text() and "evidence missing" in lines(seat, "items")


def test_a_real_event_breaks_it_off_with_one_key(seat: Keeper, desk: Desk) -> None:
    drill = designed(desk)
    drills.add_person(desk, drill_id=drill.id, name="队长丙", role=DrillRole.PARTICIPANT, unit="街道应急队")
    drills.check_drill(desk, drill_id=drill.id, checks=ReadyCheck)
    drills.start_drill(desk, drill_id=drill.id)
    opened(seat, drill)
    seat.press("Alt+B")
    seat.words("真实火警")
    seat.press("Ctrl+Return")
    assert state(desk) is DrillState.STOPPED and seat.page.act.text() == "Count heads"
    seat.press("Ctrl+Return")
    fill(seat, heads="213")
    seat.press("Ctrl+Return")
    assert "heads 213 of 214" in seat.page.numbers.text() and seat.page.numbers.property("tone") == "red"
    seat.press("Alt+C")
    fill(seat, heads="214")
    seat.press("Ctrl+Return")
    assert drill_lists.find_drill(desk).counted_heads == 214
    seat.press("Alt+M", "S")
    assert "not signed in" in lines(seat, "people")


def test_an_officer_reads_and_is_told_why_not(seat: Keeper, desk: Desk) -> None:
    drill = designed(desk)
    acting_as(desk, "officer")
    page = opened(seat, drill)
    seat.press("Ctrl+N")
    fill(seat, at_minutes="5", to_whom="区", text="风向变")
    seat.press("Ctrl+Return")
    assert "design a drill" in page.form.refusal.text()


def test_a_drill_is_planned_from_a_script_that_ships(seat: Keeper, desk: Desk) -> None:
    seat.place.scripts = paths.drills()
    seat.press("Ctrl+T")
    script = seat.page.form.editors["script"]
    script.setCurrentIndex(script.findData("gas_leak_tabletop"))
    fill(seat, planned_at="2026-11-28 09:00", expected_heads="20")
    seat.press("Ctrl+Return")
    board = drill_lists.drill_board(desk, drill_id=drill_lists.find_drill(desk).id)
    assert (board.drill.plan_code, board.drill.expected_heads, len(board.injects)) == ("gas_leak", 20, 5)
    assert seat.window.page_id == DRILL and "street duty office" in lines(seat, "script")


def test_injects_go_out_by_the_clock_and_a_pause_holds_it(seat: Keeper, desk: Desk, clock: SetClock) -> None:
    drill = designed(desk)
    drills.check_drill(desk, drill_id=drill.id, checks=ReadyCheck)
    drills.start_drill(desk, drill_id=drill.id)
    page = opened(seat, drill)
    seat.press("Alt+A")
    assert page.by_clock and "by the clock" in page.numbers.text()
    page.release_due()
    assert "0 of 2 injects" in page.numbers.text()
    clock.forward(2)
    page.release_due()
    seat.settle()
    assert "1 of 2 injects" in page.numbers.text() and "as planned" in lines(seat, "script")
    drills.pause_drill(desk, drill_id=drill.id, reason="让行")
    clock.forward(60)
    page.refresh()
    page.release_due()
    seat.settle()
    assert "1 of 2 injects" in page.numbers.text()
    seat.press("Alt+A")
    assert not page.by_clock


def test_the_log_of_an_incident_becomes_a_drill(seat: Keeper, desk: Desk) -> None:
    incident = story.take(desk, story.FIRE_ONE).incident
    seat.place.open_room(incident.id)
    seat.settle()
    assert seat.window.acts.do("drill_of_incident")
    seat.settle()
    board = drill_lists.drill_board(desk, drill_id=drill_lists.find_drill(desk).id)
    assert seat.window.page_id == DRILL and board.injects[0].text == "居民楼着火，三楼往外冒黑烟"


def test_a_drill_is_planned_from_a_plan_s_own_levels(seat: Keeper, desk: Desk) -> None:
    seat.press("Ctrl+L")
    plan = seat.page.form.editors["plan_code"]
    plan.setCurrentIndex(plan.findData("forest_fire"))
    fill(seat, planned_at="2026-11-28 09:00")
    seat.press("Ctrl+Return")
    board = drill_lists.drill_board(desk, drill_id=drill_lists.find_drill(desk).id)
    assert seat.window.page_id == DRILL and board.drill.plan_code == "forest_fire" and len(board.injects) > 5
    assert "clause" in lines(seat, "script")


def test_an_object_is_entered_drilled_by_itself_put_away_and_brought_back(seat: Keeper, desk: Desk) -> None:
    seat.press("Alt+O", "Ctrl+N")
    assert seat.window.page_id == DRILL_PROGRAMME
    fill(seat, name="东台小学")
    seat.page.form.editors["object_kinds"].boxes["object_dangerous_goods"].setChecked(True)
    seat.press("Ctrl+Return")
    assert not seat.page.form.isVisible(), seat.page.form.refusal.text()
    seat.page.lines.choose(f"object {drill_objects.find_object(desk, name='东台小学').id}")
    seat.page.lines.setFocus()
    seat.press("D")
    fill(seat, on_date="2026-12-31", note="消防疏散")
    seat.press("Ctrl+Return")
    assert "2026-11-05" in seat.page.form.refusal.text(), "no day to come"
    fill(seat, on_date="2026-10-12")
    seat.press("Ctrl+Return")
    shown = "\n".join(texts(seat.page.lines))
    assert "2026-10-12" in shown and "every 6 months" in shown and "2027-04-12" in shown
    seat.press("R")
    assert "东台小学" not in "\n".join(texts(seat.page.lines))
    seat.window.notices.do_act()
    seat.settle()
    assert "东台小学" in "\n".join(texts(seat.page.lines))


def test_a_drill_of_a_plan_that_was_held_elsewhere_is_noted(seat: Keeper, desk: Desk, clock: SetClock) -> None:
    acting_as(desk, "planner")
    seat.press("Alt+O")
    assert "10 never drilled here" in seat.page.panel.note.text()
    seat.page.lines.choose("plan forest_fire")
    seat.page.lines.setFocus()
    seat.press("D")
    fill(seat, on_date="2026-10-12", note="省里的联合演练")
    seat.press("Ctrl+Return")
    assert not seat.page.form.isVisible(), seat.page.form.refusal.text()
    assert "2026-10-12" in "\n".join(texts(seat.page.lines)) and "9 never drilled here" in seat.page.panel.note.text()
    seat.press("E")
    told = seat.window.notices.notice
    assert told is not None and "shelf of plans" in told.text


def test_the_plan_of_the_year_to_come_is_printed_before_this_one_ends(seat: Keeper, desk: Desk) -> None:
    seat.press("Alt+O", "Alt+J")
    assert [name for name, _about in seat.page.shown] == ["drill-year"]
    sheet = paper_of("drill-year").read(desk, PaperAsked("drill-year", number="2027"))
    assert isinstance(sheet, DrillYearSheet) and sheet.year == 2027


def test_a_drill_planned_for_an_object_rehearses_it(seat: Keeper, desk: Desk) -> None:
    school = drill_objects.keep_object(desk, one=DrillObject(
        id=Id(""), name="东台小学", kinds=(ObjectKind.SCHOOL,), entered_on=date(2026, 11, 5), area_code="370203")).value
    seat.press("Alt+O")
    seat.page.lines.choose(f"object {school.id}")
    seat.page.lines.setFocus()
    seat.press("Return")
    assert "东台小学" in seat.page.form.editors["title"].text()
    fill(seat, planned_at="2026-11-28 09:00")
    seat.press("Ctrl+Return")
    drill = drill_lists.find_drill(desk)
    assert [one.name for one in drill_objects.objects_of(desk, drill_id=drill.id)] == ["东台小学"]
    assert seat.window.page_id == DRILL and "东台小学" in seat.page.told.text()


def test_a_file_is_kept_with_an_inject_shown_and_taken_off(seat: Keeper, desk: Desk, tmp_path: Path) -> None:
    drill = designed(desk)
    page = opened(seat, drill)
    note = tmp_path / "通话记录.txt"
    note.write_text("报告火情", encoding="utf-8")
    seat.press("Alt+I")
    fill(seat, path=str(note))
    seat.press("Ctrl+Return")
    assert "enclosed: 通话记录.txt" in lines(seat, "script") and page.files.told == ["通话记录.txt"]
    seat.press("Down")
    assert page.files.told == [], "the second inject has none"
    seat.press("Up")
    connection = open_connection(desk.store.path)
    connection.execute("UPDATE drill_contents SET content = x'00'")
    connection.close()
    seat.press("Down", "Up")
    assert page.files.told == ["通话记录.txt: deleted or altered outside"]


def test_the_same_drill_over_the_years_stands_side_by_side(seat: Keeper, desk: Desk, clock: SetClock) -> None:
    for points in (3, 5):
        drill = designed(desk)
        drills.check_drill(desk, drill_id=drill.id, checks=ReadyCheck)
        drills.start_drill(desk, drill_id=drill.id)
        drills.end_drill(desk, drill_id=drill.id, heads=214)
        drill_evaluation.score_item(desk, drill_id=drill.id, item_id="A2-1.5", evaluator="评估员乙", points=points, evidence="见记录")
        drill_evaluation.conclude(desk, drill_id=drill.id, verdict=Verdict.FAIR, person="评估员乙", words="一般")
        clock.forward(365 * 24 * 60)
    opened(seat, drill)
    seat.press("Alt+J")
    assert seat.window.page_id == DRILL_YEARS
    shown, aspects = "\n".join(texts(seat.page.drills)), "\n".join(texts(seat.page.aspects))
    assert "2026-11-05" in shown and "2027-11-05" in shown and "100.0 %" in shown and "60.0 %" in shown
    assert "100 %" in aspects and "60 %" in aspects and "↑" in aspects
    seat.press("Escape")
    assert seat.window.page_id == DRILL


def test_the_papers_of_a_drill_are_offered_beside_one_another(seat: Keeper, desk: Desk) -> None:
    opened(seat, designed(desk))
    seat.press("F9")
    assert [name for name, _about in seat.page.shown] == ["drill-plan"], "before it is over"
    paper = PaperAsked("drill-plan", beside=tuple(map(PaperAsked, NAMES_OF_A_DRILL)))
    told = [line_of_plan(one).cells[0].text for one in paper.beside]
    assert told[:3] == ["Work plan of a drill", "Script", "Inject cards"] and len(set(told)) == 12
    assert title_of_list(paper, is_of_plan=True) == "Papers of the drill"


def test_a_late_act_is_suggested_and_taken_up_with_a_key(seat: Keeper, desk: Desk, clock: SetClock) -> None:
    drill = designed(desk)
    drills.check_drill(desk, drill_id=drill.id, checks=ReadyCheck)
    drills.start_drill(desk, drill_id=drill.id)
    first = drill_lists.drill_board(desk, drill_id=drill.id).injects[0]
    drills.release_inject(desk, inject_id=first.id)
    clock.forward(9)
    drills.answer_inject(desk, inject_id=first.id, text="已报")
    page = opened(seat, drill)
    seat.press("Alt+Z")
    assert "act after 9 min, limit 5 min" in lines(seat, "found") and findings.list_findings(desk) == []
    page.found.choose(f"#suggested:{first.id}")
    seat.press("Return")
    fill(seat, owner="张三", clause="5.1")
    seat.press("Ctrl+Return")
    made = findings.list_findings(desk)[0]
    assert first.text in made.problem and (made.owner, made.clause) == ("张三", "5.1")
    assert "The record suggests" not in lines(seat, "found")


def test_an_act_that_never_came_is_suggested_once_the_drill_is_over(desk: Desk, clock: SetClock) -> None:
    drill = designed(desk)
    drills.check_drill(desk, drill_id=drill.id, checks=ReadyCheck)
    drills.start_drill(desk, drill_id=drill.id)
    first = drill_lists.drill_board(desk, drill_id=drill.id).injects[0]
    drills.release_inject(desk, inject_id=first.id)
    assert late_acts(drill_lists.drill_board(desk, drill_id=drill.id)) == ()
    drills.end_drill(desk, drill_id=drill.id, heads=214)
    assert [one.inject.id for one in late_acts(drill_lists.drill_board(desk, drill_id=drill.id))] == [first.id]


def test_a_recall_is_no_longer_offered_once_the_drill_is_broken_off(seat: Keeper, desk: Desk) -> None:
    recalling = Recalling(seat.place)
    drill = designed(desk)
    drills.check_drill(desk, drill_id=drill.id, checks=ReadyCheck)
    drills.start_drill(desk, drill_id=drill.id)
    incident = story.take(desk, story.FIRE_ONE)
    seat.place.background.announce(ChangeSet(journal_number=0, touched=frozenset({(Subject.INCIDENT, incident.incident.id)})))
    seat.settle()
    told = seat.window.notices.notice
    assert told is not None and "recalls everybody" in told.text
    seat.place.background.announce(drill_running.recall(desk, drill_id=drill.id, incident_id=incident.incident.id).changes)
    seat.settle()
    told = seat.window.notices.notice
    assert told is not None and told.act is None and "counted" in told.text
    recalling.deleteLater()
