"""Everybody is home again: the names are destroyed, and no byte of the store, its logs or a later backup knows them; the counts stay."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice, permutations
from pathlib import Path

import pytest

from emergency_desk.app import log
from emergency_desk.domain.ages import AgeBand
from emergency_desk.domain.errors import ErasureOwed, NotFound, ReasonMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Caller, Incident
from emergency_desk.domain.purging import CountedBy, Purge, RemnantKind
from emergency_desk.domain.recovery import AftermathKind
from emergency_desk.domain.shelter_errors import NothingToPurge, PurgeHeld, PurgeTooEarly
from emergency_desk.domain.shelter_people import AskedHousehold, AskedPerson
from emergency_desk.domain.shelters import LeftTo, Need
from emergency_desk.errands import purging as destroying
from emergency_desk.errands.papers import PaperAsked, keep_paper, read_sheet
from emergency_desk.services import backups, calls, drafts, evacuation, incidents, integrity, purging, recovery, shelter_people, shelters
from emergency_desk.services.desk import Desk
from emergency_desk.store.engine import open_connection
from tests import story
from tests.builders import STREET, SetClock, acting_as
from tests.reports.sheets import paper
from tests.shelters import GYM, HALL, open_it, sheltering_desk

CALLER = Caller(name="郝报警", phone="15500001234")
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫", "慕容欧阳诸葛尉迟皇甫"


def names() -> list[str]:
    """Return 240 names that stand nowhere else."""
    return [f"{surname}{one}{other}" for surname in SURNAMES for one, other in islice(permutations(GIVEN, 2), 20)]


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return sheltering_desk(tmp_path, clock)


@pytest.fixture
def incident(desk: Desk) -> Incident:
    return story.take(acting_as(desk, "leader"), caller=CALLER).incident


@pytest.fixture
def logs(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "logs"
    folder.mkdir()
    log.start(folder)
    yield folder
    log.stop(folder)


def stay_through_the_night(desk: Desk, incident: Incident, clock: SetClock) -> list[Id]:
    """Register 240 people in two shelters so that pages split and rows move, correct some, move some, let all go home and close."""
    gym, hall = open_it(desk, incident), open_it(desk, incident, HALL)
    group = evacuation.order_evacuation(desk, incident_id=incident.id, area_id=STREET, name="港东", to_move=300).value
    ids = []
    for number, name in enumerate(names()):
        one = AskedPerson(name=name, id_number=f"{number:03d}X", phone=f"177{number:08d}", age="八十多" if number % 3 else "30",
                          needs=(Need.CHRONIC,) if number % 4 == 0 else (), note="独居" * (number % 7))
        ids.append(shelter_people.register(desk, opening_id=gym if number % 2 else hall, asked=AskedHousehold(
            people=(one,), group_id=group.id if number % 5 else None)).value.stays[0].id)
    for number in range(0, 240, 6):
        shelter_people.correct_person(desk, stay_id=ids[number], asked=AskedPerson(
            name=names()[number], phone="18800000000", note="更正过的备注" * 9, age="80几"))
    clock.forward(60)
    moved = shelter_people.transfer(desk, stay_ids=ids[1:9:2], opening_id=hall).value
    clock.forward(600)
    shelter_people.leave(desk, stay_ids=[*(stay.id for stay in moved), *ids[9::2], *ids[::2]], to=LeftTo.HOME)
    return [gym, hall]


def go_home(desk: Desk, incident: Incident, clock: SetClock) -> None:
    for opening in stay_through_the_night(desk, incident, clock):
        shelters.close_shelter(desk, opening_id=opening, note="已清洁查验")
    incidents.close_incident(desk, incident_id=incident.id)


def traces() -> list[bytes]:
    """Return what must be nowhere: every name in two writings, its sound, phones, remarks."""
    told = [*names(), CALLER.name, CALLER.phone, "更正过的备注", "独居独居", "18800000000", "haobaojing", "zhaomurong",
            *(f"177{number:08d}" for number in range(240))]
    return [text.encode(writing) for text in told for writing in ("utf-8", "utf-16-le", "utf-16-be")]


def found_in(*paths: Path) -> set[str]:
    """Return the traces that stand in files; each of the few beginnings that 1,400 traces share is looked for once."""
    content = b"\n".join(path.read_bytes() for path in paths if path.exists())
    wanted = set(traces())
    found: set[bytes] = set()
    for start in {trace[:3] for trace in wanted}:
        lengths = {len(trace) for trace in wanted if trace.startswith(start)}
        at = content.find(start)
        while at >= 0:
            found.update(wanted & {content[at:at + length] for length in lengths})
            at = content.find(start, at + 1)
    return {trace.decode("utf-8", "replace") for trace in found}


def files_of(desk: Desk) -> list[Path]:
    return [Path(f"{desk.store.path}{side}") for side in ("", "-wal", "-shm")]


def purge(desk: Desk, incident: Incident) -> Purge:
    return purging.purge(desk, incident_id=incident.id, decided_by="区长").value


def test_no_byte_of_the_store_its_logs_or_a_later_backup_knows_a_name_and_the_journal_holds(
        desk: Desk, clock: SetClock, incident: Incident, logs: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    go_home(desk, incident, clock)
    assert shelter_people.find_people(desk, text="赵慕容").lines
    logging.getLogger("emergency_desk").info("the shelters are closed")
    made = backups.make(backups.order(desk, folder=folder)).newest
    assert made is not None
    older = made.path
    assert len(found_in(*files_of(desk))) > 440 and len(found_in(older)) > 440
    clock.forward(60)
    made = purge(desk, incident)
    assert made.records == 241 and not found_in(*files_of(desk))
    check = purging.look_over(desk, purge_id=made.id, folder=folder, logs=logs).value
    assert check.is_clean and check.files >= 3 and [one.name for one in check.older] == [older.name]
    assert not found_in(*files_of(desk), folder / check.clean_backup, *logs.glob("*")) and list(logs.glob("*"))
    assert integrity.check(desk).differences == ()
    assert not shelter_people.find_people(desk, text="赵慕容").lines and not shelter_people.find_people(desk, text="177").lines
    assert shelter_people.people_in(desk, opening_id=shelters.list_openings(desk, incident_id=incident.id)[0].id, is_gone=True)[0].person is None
    assert found_in(older), "an older backup is named and not touched"
    clean = purging.destroy_backups(desk, purge_id=made.id, folder=folder).value
    assert not clean.older and not older.exists() and not older.with_suffix(".sha256").exists()
    assert not found_in(*folder.glob("*"))


def test_a_record_that_is_left_anywhere_is_found_by_the_look(desk: Desk, clock: SetClock, incident: Incident, tmp_path: Path) -> None:
    go_home(desk, incident, clock)
    connection = open_connection(desk.store.path)
    row = connection.execute("SELECT id, incident_id, salt, content FROM personal WHERE content LIKE '%赵慕容%'").fetchone()
    made = purge(desk, incident)
    connection.execute("INSERT INTO personal VALUES (?,?,?,?)", row)  # as if another program had written it back
    connection.close()
    check = purging.look_over(desk, purge_id=made.id, folder=tmp_path / "backups").value
    assert check.found >= 2 and not check.is_clean  # in the store and in the backup


def test_what_stays_is_counted_and_names_nobody(desk: Desk, clock: SetClock, incident: Incident) -> None:
    go_home(desk, incident, clock)
    made = purge(desk, incident)
    counts = {(count.by, count.what): count.people for count in made.counts}
    assert (made.people, made.households, made.number) == (240, 244, "990101-2026-X0001")
    assert counts[CountedBy.AGE, AgeBand.OLDEST.value] == 200 and counts[CountedBy.AGE, AgeBand.ADULT.value] == 40
    assert counts[CountedBy.NEED, Need.CHRONIC.value] == 60 - 20
    assert (counts[CountedBy.VILLAGE, "港东"], counts[CountedBy.VILLAGE, ""]) == (192, 48)
    assert (counts[CountedBy.SHELTER, "中学体育馆"], counts[CountedBy.SHELTER, "文体中心"]) == (116, 124)
    assert counts[CountedBy.LEFT_TO, LeftTo.HOME.value] == 240
    told = purging.newest_certificate(desk, incident_id=incident.id)
    assert (told.purge, told.check, told.account) == (made, None, "leader")
    assert [item.state.value for item in recovery.list_items(desk, incident_id=incident.id) if item.kind is AftermathKind.PERSONAL_ERASURE] == [
        "done"]


def test_names_are_not_destroyed_while_people_are_in_shelters_or_the_response_runs(desk: Desk, clock: SetClock, incident: Incident) -> None:
    openings = stay_through_the_night(desk, incident, clock)
    with pytest.raises(PurgeTooEarly) as refused:
        purge(desk, incident)
    assert set(refused.value.values["shelters"]) == {"中学体育馆", "文体中心"}
    for opening in openings:
        shelters.close_shelter(desk, opening_id=opening, note="已清洁查验")
    with pytest.raises(PurgeTooEarly) as refused:
        incidents.erase_personal(desk, incident_id=incident.id)
    assert not refused.value.values["shelters"] and shelter_people.find_people(desk, text="赵慕容").lines


def test_a_hold_needs_a_written_assessment_keeps_until_its_day_and_can_be_lifted(desk: Desk, clock: SetClock, incident: Incident) -> None:
    go_home(desk, incident, clock)
    until = clock.at + timedelta(days=30)
    with pytest.raises(ErasureOwed):
        purging.hold(desk, incident_id=incident.id, until=until, assessment=" ")
    purging.hold(desk, incident_id=incident.id, until=until, assessment="调查评估需要，已评估合法性、必要性、安全性")
    item = next(item for item in recovery.list_items(desk, incident_id=incident.id) if item.kind is AftermathKind.PERSONAL_ERASURE)
    for act in (lambda: purge(desk, incident), lambda: recovery.end_item(desk, item_id=item.id)):
        with pytest.raises(PurgeHeld) as refused:
            act()
        assert refused.value.values["until"] == until
    assert calls.caller_of(desk, call=incidents.open_room(desk, incident_id=incident.id).calls[0]) == CALLER
    with pytest.raises(ReasonMissing):
        purging.lift_hold(desk, incident_id=incident.id, reason="")
    clock.forward(5)
    purging.lift_hold(desk, incident_id=incident.id, reason="调查已结束")
    assert "调查评估需要" in purge(desk, incident).held
    with pytest.raises(NothingToPurge):
        purge(desk, incident)
    with pytest.raises(NothingToPurge):
        purging.hold(desk, incident_id=incident.id, until=until, assessment="晚了")


def test_a_hold_ends_with_its_day(desk: Desk, clock: SetClock, incident: Incident) -> None:
    go_home(desk, incident, clock)
    purging.hold(desk, incident_id=incident.id, until=clock.at + timedelta(days=1), assessment="取证")
    clock.forward(24 * 60 + 1)
    assert purge(desk, incident).held == "取证"


def test_names_of_another_response_stay(desk: Desk, clock: SetClock, incident: Incident) -> None:
    go_home(desk, incident, clock)
    other = story.take(desk, story.FIRE_TWO).incident
    opening = open_it_again(desk, other)
    shelter_people.register(desk, opening_id=opening, asked=AskedHousehold(people=(AskedPerson(name="留下的人", phone="16600001111"),)))
    purge(desk, incident)
    assert [line.person.name for line in shelter_people.find_people(desk, text="6600001111").lines if line.person] == ["留下的人"]
    assert integrity.check(desk).differences == ()


def open_it_again(desk: Desk, incident: Incident) -> Id:
    from emergency_desk.domain.shelters import ShelterState

    shelters.move_shelter(desk, shelter_id=GYM, to=ShelterState.READY)
    return open_it(desk, incident)


def test_no_certificate_before_anything_was_destroyed(desk: Desk, incident: Incident) -> None:
    with pytest.raises(NotFound):
        purging.newest_certificate(desk, incident_id=incident.id)


# -- forms and papers -------------------------------------------------------------------------------------------------
def test_a_form_that_was_not_saved_goes_with_the_names_it_holds_and_another_stays_and_is_told(
        desk: Desk, clock: SetClock, incident: Incident, tmp_path: Path) -> None:
    go_home(desk, incident, clock)
    for number in range(60):  # typed letter by letter, saved and dropped again, so that pages fill and empty
        drafts.keep_draft(desk, name=f"order:{number}", content={"words": f"{names()[number]} 请回电" * (number % 9 + 1)})
    for number in range(0, 60, 2):
        drafts.drop_draft(desk, name=f"order:{number}")
    drafts.keep_draft(desk, name=drafts.CALL, content={"words": "路灯不亮", "caller": "他人 16600001111"})
    made = purge(desk, incident)
    assert made.records == 241 + 30 and drafts.list_drafts(desk) == [drafts.CALL]
    assert not found_in(*files_of(desk))
    check = purging.look_over(desk, purge_id=made.id, folder=tmp_path / "backups").value
    assert [(one.name, one.kind) for one in check.older] == [(drafts.CALL, RemnantKind.DRAFT)] and not check.may_be_destroyed
    drafts.drop_draft(desk, name=drafts.CALL)
    assert not purging.look_over(desk, purge_id=made.id, folder=tmp_path / "backups").value.older


def test_papers_with_names_in_the_desks_own_folder_are_named_and_destroyed_and_others_stay(
        desk: Desk, clock: SetClock, incident: Incident) -> None:
    openings = stay_through_the_night(desk, incident, clock)
    folder = purging.papers_folder(desk)
    for asked in (PaperAsked("registration-sheet", about_id=openings[0]), PaperAsked("call-record", number=incident.number),
                  PaperAsked("closing-sheet", about_id=openings[0]), PaperAsked("duty-log")):
        keep_paper(read_sheet(desk, asked), folder, paper("zh_CN"))
    (folder / f"{incident.number}-broken.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "another.txt").write_text("赵慕容", encoding="utf-8")
    for opening in openings:
        shelters.close_shelter(desk, opening_id=opening, note="已清洁查验")
    incidents.close_incident(desk, incident_id=incident.id)
    clock.forward(5)
    told = destroying.destroy(desk, incident_id=incident.id)
    assert told.check is not None
    papers = {one.name.split("-")[-1] if "call" not in one.name else "call" for one in told.check.left(RemnantKind.PAPER)}
    assert {"sheet.pdf", "call", "broken.pdf"} == papers, "the closing sheet names nobody; what cannot be read is named"
    assert not any("closing" in one.name for one in told.check.older)
    left = destroying.destroy_older(desk, purge_id=told.purge.id).value.check
    assert left is not None and not left.older and left.is_clean
    assert sorted(path.name for path in folder.iterdir() if "closing" in path.name or "duty" in path.name or path.name == "another.txt")
    assert not any("registration" in path.name or "broken" in path.name for path in folder.iterdir())


def test_copies_in_the_second_place_are_named_while_the_stick_is_away_and_destroyed_when_it_is_there(
        desk: Desk, clock: SetClock, incident: Incident, tmp_path: Path) -> None:
    stick, drawer = tmp_path / "stick", tmp_path / "drawer"
    go_home(desk, incident, clock)
    backups.set_second_place(acting_as(desk, "leader"), folder=stick)
    order = backups.order(desk)
    backups.make(order)
    (copy,) = backups.carry(order).second.copies
    assert found_in(copy.path)
    clock.forward(60)
    made = purge(desk, incident)
    stick.rename(drawer)
    named = {one.name for one in purging.look_over(desk, purge_id=made.id, folder=order.folder).value.older}
    assert named == {copy.path.name, str(copy.path)}
    still = purging.destroy_backups(desk, purge_id=made.id, folder=order.folder).value.older
    assert [one.name for one in still] == [str(copy.path)], "what could not be reached is not said to be gone"
    drawer.rename(stick)
    assert not purging.destroy_backups(desk, purge_id=made.id, folder=order.folder).value.older and not copy.path.exists()
