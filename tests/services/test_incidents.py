"""An open incident: its log, its figures, what is corrected, how it ends and begins again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    IncidentHasTeamsOut,
    IncidentIsClosed,
    LogLineEmpty,
    NotFound,
    OccurredInFuture,
    ReasonMissing,
    Stale,
)
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Figures, Happening, IncidentState, TaskState
from emergency_desk.domain.teams import TeamState
from emergency_desk.services import incidents, teams
from emergency_desk.services.desk import Desk
from emergency_desk.wording.log_lines import told
from tests import story
from tests.builders import OTHER_STREET, SetClock, make_desk


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return make_desk(tmp_path, clock=clock)


# -- the log ----------------------------------------------------------------------------------------------------------
def test_a_line_keeps_when_it_was_and_when_it_was_written(desk: Desk, clock: SetClock) -> None:
    incident = story.opened(desk)
    was = clock.at
    clock.forward(12)
    entry = incidents.write_log(desk, incident_id=incident.id, text=" 现场浓烟 ", occurred_at=was, heard_from="一中队", how="radio").value
    assert (entry.text, entry.happening, entry.minutes_late) == ("现场浓烟", "heard", 12)


def test_a_line_of_the_desk_needs_no_incident(desk: Desk) -> None:
    assert incidents.write_log(desk, text="接班").value.happening == "duty"


def test_an_empty_line_one_of_tomorrow_and_one_about_nothing_are_refused(desk: Desk) -> None:
    with pytest.raises(LogLineEmpty):
        incidents.write_log(desk, text="  ")
    with pytest.raises(OccurredInFuture):
        incidents.write_log(desk, text="明天", occurred_at=desk.now() + timedelta(days=1))
    with pytest.raises(NotFound):
        incidents.write_log(desk, text="哪里", incident_id=Id("0" * 32))


def test_a_wrong_line_stays_and_a_further_one_corrects_it(desk: Desk) -> None:
    incident = story.opened(desk)
    wrong = incidents.write_log(desk, incident_id=incident.id, text="五楼").value
    right = incidents.correct_log(desk, entry_id=wrong.id, text="三楼").value
    lines = [line.entry for line in incidents.read_log(desk, incident_id=incident.id, limit=2)]
    assert lines == [right, wrong]
    assert (right.corrects_id, right.value("line")) == (wrong.id, str(wrong.sequence))


def test_the_log_is_read_page_by_page(desk: Desk) -> None:
    for number in range(7):
        incidents.write_log(desk, text=str(number))
    first = incidents.read_log(desk, limit=3)
    second = incidents.read_log(desk, limit=3, before=first[-1].entry.sequence)
    assert [line.entry.text for line in first + second] == list("654321")


# -- figures ----------------------------------------------------------------------------------------------------------
def test_figures_are_laid_over_what_is_known_and_every_report_is_kept(desk: Desk) -> None:
    incident = story.opened(desk, figures=story.figures(trapped=3))
    now = incidents.report_figures(desk, incident_id=incident.id, figures=story.figures(hurt=2), reported_by="120").value
    room = incidents.open_room(desk, incident_id=incident.id)
    assert (now.trapped, now.hurt, now.dead) == (3, 2, None)
    assert [report.figures for report in room.figures] == [Figures(trapped=3), Figures(hurt=2)]


def test_fewer_dead_than_before_asks_for_a_reason(desk: Desk) -> None:
    incident = story.opened(desk, figures=story.figures(dead=2))
    with pytest.raises(ReasonMissing):
        incidents.report_figures(desk, incident_id=incident.id, figures=story.figures(dead=1))
    assert incidents.report_figures(desk, incident_id=incident.id, figures=story.figures(dead=1), reason="重复统计").value.dead == 1


def test_a_grade_is_never_lowered_by_figures_alone(desk: Desk) -> None:
    incident = story.opened(desk, figures=story.figures(dead=3))
    now = incidents.report_figures(desk, incident_id=incident.id, figures=story.figures(dead=1), reason="核实").value
    assert now.grade == incident.grade


def test_more_trapped_raise_the_level_and_lay_its_tasks_once(desk: Desk) -> None:
    incident = story.opened(desk)
    before = len(incidents.open_room(desk, incident_id=incident.id).tasks)
    incidents.report_figures(desk, incident_id=incident.id, figures=story.figures(dead=3, trapped=12))
    room = incidents.open_room(desk, incident_id=incident.id)
    assert room.incident.plan_level < "IV"
    assert len(room.tasks) >= before
    assert len({task.action_id for task in room.tasks}) == len(room.tasks)


@pytest.mark.parametrize("figures", [Figures(dead=-1), Figures(hurt=2**60), Figures(hectares=float("nan"))])
def test_figures_nobody_can_mean_are_refused(desk: Desk, figures: Figures) -> None:
    with pytest.raises(FieldUnreadable):
        incidents.report_figures(desk, incident_id=story.opened(desk).id, figures=figures)


# -- corrections ------------------------------------------------------------------------------------------------------
def test_what_and_where_are_corrected_with_the_old_word_in_the_log(desk: Desk) -> None:
    incident = story.opened(desk)
    incidents.correct_incident(desk, incident_id=incident.id, title="车库着火", area_id=OTHER_STREET)
    lines = [line.entry for line in incidents.read_log(desk, incident_id=incident.id, limit=2)]
    assert {(line.value("what"), line.value("after")) for line in lines} == {
        ("title", "车库着火"), ("area_id", "试城市 北河区 合肥路街道")}
    assert incidents.find(desk, text="ckzh")[0].id == incident.id  # found by its new initials


def test_a_form_left_open_for_ten_minutes_does_not_overwrite(desk: Desk) -> None:
    incident = story.opened(desk)
    incidents.correct_incident(desk, incident_id=incident.id, address="延安三路107号")
    with pytest.raises(Stale) as refusal:
        incidents.correct_incident(desk, incident_id=incident.id, address="延安二路105号", version=incident.version)
    assert refusal.value.values["theirs"].address == "延安三路107号"
    assert refusal.value.values["ours"].address == "延安二路105号"


def test_a_title_is_not_emptied(desk: Desk) -> None:
    with pytest.raises(FieldMissing):
        incidents.correct_incident(desk, incident_id=story.opened(desk).id, title=" ")


def test_an_unknown_place_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFound):
        incidents.correct_incident(desk, incident_id=story.opened(desk).id, area_id=Id("0" * 32))


# -- tasks ------------------------------------------------------------------------------------------------------------
def test_a_task_is_done_or_skipped_with_a_reason_and_taken_up_again(desk: Desk) -> None:
    incident = story.opened(desk)
    task = incidents.add_task(desk, incident_id=incident.id, title="联系物业").value
    with pytest.raises(ReasonMissing):
        incidents.end_task(desk, task_id=task.id, skipped=True)
    assert incidents.end_task(desk, task_id=task.id, skipped=True, reason="无物业").value.state is TaskState.SKIPPED
    assert incidents.reopen_task(desk, task_id=task.id).value.state is TaskState.OPEN
    assert incidents.end_task(desk, task_id=task.id).value.state is TaskState.DONE
    assert story.happenings(desk, incident)[-3:] == ["task_skipped", "corrected", "task_done"]


# -- the end ----------------------------------------------------------------------------------------------------------
def test_closing_is_refused_while_a_team_is_out(desk: Desk) -> None:
    incident = story.take(desk, story.FIRE_ONE).incident
    with pytest.raises(IncidentHasTeamsOut) as refusal:
        incidents.close_incident(desk, incident_id=incident.id)
    assert refusal.value.values["teams"] == ("消防一站",)


def test_closing_over_a_team_that_is_out_needs_a_reason_that_is_logged(desk: Desk) -> None:
    incident = story.take(desk, story.FIRE_ONE).incident
    incidents.close_incident(desk, incident_id=incident.id, override_reason="队伍转场")
    assert story.happenings(desk, incident)[-2:] == ["override", "closed"]
    story.report(desk, story.FIRE_ONE, TeamState.RETURNED)
    assert teams.get_team(desk, team_id=story.FIRE_ONE).incident_id is None
    story.assert_sound(desk)


def test_closing_goes_when_all_are_back(desk: Desk) -> None:
    incident = story.take(desk, story.FIRE_ONE).incident
    story.report(desk, story.FIRE_ONE, TeamState.WORKING, TeamState.RETURNED)
    assert incidents.close_incident(desk, incident_id=incident.id, note="明火扑灭").value.state is IncidentState.CLOSED


def test_a_state_that_ends_an_incident_is_not_set_past_the_rule(desk: Desk) -> None:
    incident = story.take(desk, story.FIRE_ONE).incident
    for state in (IncidentState.CLOSED, IncidentState.FALSE_ALARM, IncidentState.JOINED):
        with pytest.raises(FieldUnreadable):
            incidents.set_state(desk, incident_id=incident.id, state=state)
    assert incidents.set_state(desk, incident_id=incident.id, state=IncidentState.CONTROLLED).value.is_open


def test_a_closed_incident_takes_no_figures_tasks_or_corrections_but_a_line(desk: Desk) -> None:
    incident = story.opened(desk)
    incidents.close_incident(desk, incident_id=incident.id, false_alarm=True)
    for act in (
        lambda: incidents.report_figures(desk, incident_id=incident.id, figures=story.figures(dead=1)),
        lambda: incidents.add_task(desk, incident_id=incident.id, title="回访"),
        lambda: incidents.correct_incident(desk, incident_id=incident.id, title="误报"),
        lambda: incidents.set_state(desk, incident_id=incident.id, state=IncidentState.RESPONDING),
        lambda: incidents.close_incident(desk, incident_id=incident.id),
    ):
        with pytest.raises(IncidentIsClosed):
            act()
    incidents.write_log(desk, incident_id=incident.id, text="补记")


def test_a_closed_incident_is_opened_again_with_a_reason(desk: Desk) -> None:
    incident = story.opened(desk)
    incidents.close_incident(desk, incident_id=incident.id)
    with pytest.raises(ReasonMissing):
        incidents.reopen_incident(desk, incident_id=incident.id, reason="")
    again = incidents.reopen_incident(desk, incident_id=incident.id, reason="复燃").value
    assert (again.state, again.closed_at) == (IncidentState.RESPONDING, None)
    story.send(desk, again, story.FIRE_ONE)


def test_incidents_are_found_by_number_words_and_initials(desk: Desk) -> None:
    incident = story.opened(desk)
    for text in (incident.number, "着火", "jmlzh", "yansan", "延安 着火"):
        found = [line.id for line in incidents.find(desk, text=text)]
        assert found == ([incident.id] if text != "yansan" else []), text
    assert incidents.find(desk, text="100%") == []
    assert incidents.find_incident(desk, number=incident.number).id == incident.id
    with pytest.raises(NotFound):
        incidents.find_incident(desk, number="no such")


def test_ended_incidents_are_read_page_by_page(desk: Desk, clock: SetClock) -> None:
    for _ in range(5):
        incidents.close_incident(desk, incident_id=story.opened(desk).id)
        clock.forward(1)
    first = incidents.list_ended(desk, limit=3)
    second = incidents.list_ended(desk, limit=3, before=(first[-1].recorded_at, first[-1].id))
    assert [line.number[-1] for line in first + second] == list("54321")


def test_a_tier_that_does_not_sit_here_is_recorded_as_heard_and_read_back(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = story.opened(desk)
    entry = incidents.write_log(desk, incident_id=incident.id, text="市级启动三级响应", heard_from="市指挥中心 周明远", how="phone",
                                read_back=True).value
    assert entry.happening is Happening.HEARD
    assert (entry.value("heard_from"), entry.value("how"), entry.value("read_back")) == ("市指挥中心 周明远", "phone", "yes")
    assert told(entry) == "市指挥中心 周明远 (by phone, read back): 市级启动三级响应"
    assert incidents.write_log(desk, text="无人说", read_back=True).value.value("read_back") == ""
