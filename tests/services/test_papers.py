"""What stands on a paper is what the desk knew: the sheets are filled from the store, and the officer may still fill an order."""

from __future__ import annotations

from pathlib import Path

import pytest

from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.errors import FieldUnreadable, NothingToPrint, OrderNotOpen, RoleMissing, SignInNeeded, Stale
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Caller, Figures, Happening
from emergency_desk.services import calls, dispatches, incidents, papers
from emergency_desk.services.calls import TakenCall
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import PaperKind
from emergency_desk.services.steps.sending import Sending
from tests.builders import START, STREET, SetClock, acting_as, later, make_desk

STATION, SECOND_STATION = Id(f"{101:032x}"), Id(f"{102:032x}")
WORDS = "北河路12号居民楼5楼着火，有人被困"


def fire(desk: Desk, *teams: Id) -> TakenCall:
    """Take the call of a fire and send teams to it."""
    draft = CallDraft(words=WORDS, area_id=STREET, address="北河路12号", caller=Caller("赵先生", "138 0000 5678"), figures=Figures(trapped=2))
    return calls.take_call(desk, draft=draft, send=tuple(Sending(team_id=team, task="灭火救人") for team in teams), override_reason="就近").value


def test_an_order_names_place_type_signer_and_says_the_callers_words(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    taken = fire(desk, STATION)
    sheet = papers.order_sheet(desk, taken.orders[0].id)
    assert sheet.place.zh == "试城市北河区东台街道"
    assert sheet.incident_type.zh == "建筑火灾" and sheet.incident_type.en
    assert (sheet.situation, sheet.figures.trapped) == (WORDS, 2)
    assert sheet.signed_by.zh == "leader" and sheet.team.id == STATION
    assert sheet.imprint.desk.en == "Beihe District Operations Centre"
    assert sheet.imprint.is_demo and not sheet.is_exercise


def test_what_a_team_was_chosen_for_is_its_task_until_one_is_written(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    taken = fire(desk)
    order = dispatches.send_teams(desk, incident_id=taken.incident.id, teams=(Sending(team_id=STATION, serves="fire_fighting"),),
                                  override_reason="就近").value[0]
    assert papers.order_sheet(desk, order.id).serves.zh == "灭火"


def test_figures_that_came_after_an_order_do_not_stand_on_it(tmp_path: Path) -> None:
    clock = SetClock()
    desk = make_desk(tmp_path, clock=clock)
    taken = fire(desk, STATION)
    clock.forward(10)
    incidents.report_figures(desk, incident_id=taken.incident.id, figures=Figures(dead=1))
    assert papers.order_sheet(desk, taken.orders[0].id).figures == Figures(trapped=2)


def test_an_order_bears_the_name_of_the_desk_that_signed_it_whoever_prints_it(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, account="street")
    taken = fire(desk)
    team = Sending(team_id=Id(f"{108:032x}"))
    order = dispatches.send_teams(desk, incident_id=taken.incident.id, teams=(team,), override_reason="就近").value[0]
    printed = papers.order_sheet(acting_as(desk, "leader"), order.id).imprint
    assert printed.desk.zh == "试城市北河区东台街道" and printed.printed_by.zh == "leader"


def test_a_drill_marks_its_papers(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    desk.is_exercise = True
    assert papers.order_sheet(desk, fire(desk, STATION).orders[0].id).is_exercise


def test_the_log_of_an_incident_holds_every_line_in_the_order_of_entry(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    taken = fire(desk, STATION)
    for number in range(250):
        incidents.write_log(desk, incident_id=taken.incident.id, text=f"第{number}条")
    lines = papers.incident_log_sheet(desk, taken.incident.id).lines
    assert [line.entry.sequence for line in lines] == sorted(line.entry.sequence for line in lines)
    assert len(lines) > 250


def test_a_duty_log_takes_what_was_entered_between_two_moments(tmp_path: Path) -> None:
    clock = SetClock()
    desk = make_desk(tmp_path, clock=clock)
    incidents.write_log(desk, text="接班")
    clock.forward(30)
    incidents.write_log(desk, text="补记", occurred_at=START)
    clock.forward(30)
    incidents.write_log(desk, text="交班")
    sheet = papers.duty_log_sheet(desk, later(START, 1), later(START, 60))
    assert [line.entry.text for line in sheet.lines] == ["补记"]


def test_a_call_record_shows_the_caller_to_who_takes_calls_and_to_nobody_else(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    taken = fire(desk)
    sheet = papers.call_record_sheet(desk, incident_id=taken.incident.id)
    assert sheet.caller.phone == "138 0000 5678" and sheet.figures.trapped == 2 and sheet.recorded_by.zh == "leader"
    acting_as(desk, "observer")
    with pytest.raises(RoleMissing):
        papers.call_record_sheet(desk, call_id=taken.call.id)
    assert PaperKind.CALL_RECORD not in [line.kind for line in papers.papers_of(desk, incident_id=taken.incident.id)]


def test_a_second_calls_record_holds_its_own_figures_only(tmp_path: Path) -> None:
    clock = SetClock()
    desk = make_desk(tmp_path, clock=clock)
    first = fire(desk)
    clock.forward(2)
    second = calls.join_call(desk, draft=CallDraft(words="又伤了三个", area_id=STREET, figures=Figures(hurt=3)),
                             incident_id=first.incident.id).value
    assert papers.call_record_sheet(desk, call_id=second.call.id).figures == Figures(hurt=3)
    assert papers.call_record_sheet(desk, call_id=first.call.id).figures == Figures(trapped=2)


def test_an_incident_has_its_orders_its_log_and_its_calls_as_papers(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    taken = fire(desk, STATION, SECOND_STATION)
    lines = papers.papers_of(desk, incident_id=taken.incident.id)
    assert [line.kind for line in lines] == [PaperKind.ORDER, PaperKind.ORDER, PaperKind.INCIDENT_LOG, PaperKind.BRIEF,
                                                PaperKind.CALL_RECORD]
    assert lines[1].number == "990101-2026-0001-D02"


def test_nobody_signed_in_prints_nothing(tmp_path: Path) -> None:
    with pytest.raises(SignInNeeded):
        papers.find_order(make_desk(tmp_path, account=None))


def test_without_a_number_the_newest_paper_is_meant_and_a_wrong_number_is_told(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    with pytest.raises(NothingToPrint):
        papers.find_order(desk)
    taken = fire(desk, STATION, SECOND_STATION)
    assert papers.find_order(desk).id == taken.orders[1].id
    assert papers.find_incident(desk, number=taken.incident.number).id == taken.incident.id
    with pytest.raises(NothingToPrint, match="0099"):
        papers.find_incident(desk, number="990101-2026-0099")


# -- what the officer still fills in ----------------------------------------------------------------------------------
def test_a_fact_filled_in_later_stands_on_the_order_and_in_the_log(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    taken = fire(desk, STATION)
    before = papers.incident_log_sheet(desk, taken.incident.id).lines
    done = dispatches.detail_order(desk, dispatch_id=taken.orders[0].id, facts={"muster_place": " 北河路西口 ", "task": "灭火救人"})
    assert done.value.muster_place == "北河路西口"
    new = papers.incident_log_sheet(desk, taken.incident.id).lines[len(before):]
    assert [(line.entry.happening, line.entry.value("what"), line.entry.value("after")) for line in new] == [
        (Happening.CORRECTED, "muster_place", "北河路西口")]


def test_who_agreed_may_follow_the_order(tmp_path: Path) -> None:
    clock = SetClock()
    desk = make_desk(tmp_path, clock=clock)
    order = fire(desk, STATION).orders[0]
    at = clock.forward(5)
    done = dispatches.detail_order(desk, dispatch_id=order.id, facts={}, approved_by="李副区长", approved_how="phone").value
    assert (done.approved_by, done.approved_how, done.approved_at) == ("李副区长", "phone", at)
    again = dispatches.detail_order(desk, dispatch_id=order.id, facts={}, approved_by="李副区长", approved_how="phone").value
    assert again.version == done.version
    assert dispatches.detail_order(desk, dispatch_id=order.id, facts={}, approved_by="").value.approved_at is None


def test_an_order_that_is_over_is_not_rewritten(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    order = fire(desk, STATION).orders[0]
    dispatches.recall_team(desk, dispatch_id=order.id)
    with pytest.raises(OrderNotOpen):
        dispatches.detail_order(desk, dispatch_id=order.id, facts={"task": "别的"})


def test_an_order_that_somebody_else_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    order = fire(desk, STATION).orders[0]
    dispatches.take_receipt(desk, dispatch_id=order.id)
    with pytest.raises(Stale):
        dispatches.detail_order(desk, dispatch_id=order.id, facts={"task": "别的"}, version=order.version)


def test_a_fact_longer_than_an_order_holds_is_refused(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    order = fire(desk, STATION).orders[0]
    with pytest.raises(FieldUnreadable):
        dispatches.detail_order(desk, dispatch_id=order.id, facts={"safety": "防" * 501})


def test_an_observer_fills_in_nothing(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    order = fire(desk, STATION).orders[0]
    with pytest.raises(RoleMissing):
        dispatches.detail_order(acting_as(desk, "observer"), dispatch_id=order.id, facts={"task": "别的"})
