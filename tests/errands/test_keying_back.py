"""Paper is keyed back: by its code each line becomes the ordinary act, at the time of the paper, recorded now."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.blackout import CardCode, CardCodeUnread, CardKind, CardNotKeyed, CardUnknown, Keyed, KeyedLine, read_code
from emergency_desk.domain.errors import FieldMissing, LogLineEmpty, OccurredInFuture, ReasonMissing
from emergency_desk.domain.incidents import TaskState
from emergency_desk.domain.release_orders import ReleaseState
from emergency_desk.domain.teams import TeamState
from emergency_desk.errands.keying_back import key_back
from emergency_desk.services import blackout, incidents, integrity, supply_board
from emergency_desk.wording.paper_times import read_paper_time
from tests import story
from tests.blackout_evening import DarkEvening
from tests.builders import START


@pytest.fixture
def evening(tmp_path: Path) -> DarkEvening:
    return DarkEvening(tmp_path)


@pytest.fixture
def dark(evening: DarkEvening) -> datetime:
    """The power was gone for two hours; what follows happened twenty minutes into them."""
    at = evening.clock.at + timedelta(minutes=20)
    evening.clock.forward(120)
    return at


def key(evening: DarkEvening, code: str, at: datetime, what: Keyed, **more: object) -> None:
    key_back(evening.desk, KeyedLine(code, at, what, **more))  # type: ignore[arg-type]


def test_everything_on_paper_becomes_what_it_would_have_been_with_both_times(evening: DarkEvening, dark: datetime) -> None:
    desk, incident = evening.desk, evening.incident
    task = next(card for card in blackout.blackout_sheet(desk).packs[0].tasks if card.title.zh == "联系第1户")
    key(evening, str(task.code), dark, Keyed.DONE, person="老李", words="已联系")
    key(evening, "1-d1", dark, Keyed.RECEIPT, person="班长")
    key(evening, "1D1", dark + timedelta(minutes=1), Keyed.EN_ROUTE, person="班长")
    key(evening, "１－Ｄ１", dark + timedelta(minutes=9), Keyed.ON_SCENE, person="班长")
    key(evening, "1-S1", dark + timedelta(minutes=10), Keyed.HEADS, heads=175, person="馆长")
    key(evening, "1-R1", dark + timedelta(minutes=11), Keyed.PICKED, person="管库员")
    key(evening, "1-L", dark + timedelta(minutes=12), Keyed.WORDS, words="东侧电线落地", person="网格员")
    room = incidents.open_room(desk, incident_id=incident.id)
    done = next(each for each in room.tasks if each.title == "联系第1户")
    assert (done.state, done.ended_at) == (TaskState.DONE, dark)
    order = next(each for each in room.orders if each.dispatch.order_number.endswith("D01"))
    assert (order.dispatch.receipt_at, order.dispatch.receipt_recorded_at) == (dark, desk.now())
    assert (order.team.state, order.team.state_since) == (TeamState.ON_SCENE, dark + timedelta(minutes=9))
    assert blackout.blackout_sheet(desk).packs[0].heads[0].heads == 175
    view = supply_board.order_view(desk, order_id=evening.order.id)
    assert view.order.state is ReleaseState.PICKED and view.marks[-1].occurred_at == dark + timedelta(minutes=11)
    entries = [each.entry for each in room.log if each.entry.recorded_at == desk.now()]
    assert len(entries) == 7 and {each.occurred_at for each in entries} >= {dark, dark + timedelta(minutes=12)}
    assert integrity.check(desk).is_sound


def test_what_is_wrong_is_refused_and_nothing_is_entered(evening: DarkEvening, dark: datetime) -> None:
    before = incidents.open_room(evening.desk, incident_id=evening.incident.id).log_total
    for code, what, error in (("17", Keyed.WORDS, CardCodeUnread), ("1-T", Keyed.DONE, CardCodeUnread), ("1-T99", Keyed.DONE, CardUnknown),
                              ("44-L", Keyed.WORDS, CardUnknown), ("1-D9", Keyed.RECEIPT, CardUnknown), ("1-S1", Keyed.DONE, CardNotKeyed),
                              ("1-T1", Keyed.SKIPPED, ReasonMissing), ("1-S1", Keyed.HEADS, FieldMissing), ("1-L", Keyed.WORDS, LogLineEmpty),
                              ("1-R1", Keyed.PICKED, FieldMissing)):
        with pytest.raises(error):
            key(evening, code, dark, what)
    with pytest.raises(OccurredInFuture):
        key(evening, "1-L", evening.desk.now() + timedelta(hours=1), Keyed.WORDS, words="明天的事")
    assert incidents.open_room(evening.desk, incident_id=evening.incident.id).log_total == before


def test_a_code_stays_with_its_record_while_the_desk_goes_on(evening: DarkEvening) -> None:
    desk, incident = evening.desk, evening.incident
    before = {str(card.code): card.title.zh for card in blackout.blackout_sheet(desk).packs[0].tasks}
    first = next(task for task in incidents.open_room(desk, incident_id=incident.id).tasks if task.state is TaskState.OPEN)
    incidents.end_task(desk, task_id=first.id)
    incidents.add_task(desk, incident_id=incident.id, title="后来的")
    story.opened(desk)
    assert {code: blackout.find_card(desk, code=code).title.zh for code in before} == before


def test_a_pick_list_without_an_incident_is_keyed_back_by_the_number_of_its_order(evening: DarkEvening) -> None:
    desk, loose = evening.desk, evening.release_without_incident()
    card, = blackout.blackout_sheet(desk).picks
    assert loose.number.endswith("-L0002") and str(card.code) == "0-R2" == str(blackout.code_of_release(desk, order_id=loose.id))
    assert str(blackout.code_of_release(desk, order_id=evening.order.id)) == "1-R1"
    at = evening.clock.at + timedelta(minutes=20)
    evening.clock.forward(60)
    key(evening, "0r2", at, Keyed.WORDS, words="少一箱", person="管库员")
    key(evening, "0-R2", at, Keyed.PICKED, person="管库员")
    view = supply_board.order_view(desk, order_id=loose.id)
    assert view.order.state is ReleaseState.PICKED and view.marks[-1].occurred_at == at
    with desk.reading() as reading:
        written, = reading.log.where("WHERE text LIKE '%少一箱%'")
    assert written.incident_id is None and written.text.startswith(f"[0-R2 {loose.number}]") and written.occurred_at == at
    assert blackout.blackout_sheet(desk).picks == (), "what is picked is on no list any more"
    evening.clock.forward(60 * 24 * 300)
    assert blackout.find_card(desk, code="0-R2").about_id == loose.id, "also once the year has turned"
    for code in ("0-R9", "0-R1", "0B-R2", "0-T2"):
        with pytest.raises(CardUnknown):
            blackout.find_card(desk, code=code)


def test_codes_are_read_as_hands_write_them() -> None:
    assert read_code(" 17－t5 ") == read_code("17T5") == read_code("17—T 5") == CardCode(17, CardKind.TASK, 5)
    assert str(read_code("17b-d3")) == "17B-D3" and str(read_code("0017-L")) == "17-L"


def test_times_are_read_as_paper_has_them() -> None:
    assert read_paper_time("19:12", now=START) == read_paper_time("1912", now=START) == START - timedelta(minutes=19)
    assert read_paper_time("19:42", now=START) == START + timedelta(minutes=11) - timedelta(days=1)
    assert {read_paper_time(day, now=START) for day in ("11-04 23:50", "11月4日 23:50", "2026-11-04 23:50")} == {
        START - timedelta(hours=19, minutes=41)}
    assert read_paper_time("12-31 23:50", now=START).year == 2025
    for wrong in ("", "soon", "25:00", "13-40 10:00"):
        with pytest.raises(ValueError):
            read_paper_time(wrong, now=START)
