"""The twin a drill is played on: today's registers and stock and nothing of what happened; it says what it is, and the live store stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from emergency_desk.app.opening import open_desk
from emergency_desk.domain.accounts import Role
from emergency_desk.domain.drill_errors import DrillPlanGone, DrillStateWrong, IsTwin, TwinClosed, TwinGone, TwinInUse, TwinThere
from emergency_desk.domain.drill_twins import DrillTwin, TwinState
from emergency_desk.domain.drills import Drill, DrillForm
from emergency_desk.domain.integrity import ROOMS, room_digests
from emergency_desk.domain.key_errors import KeyWrong
from emergency_desk.domain.shelters import ShelterState
from emergency_desk.domain.teams import TeamState
from emergency_desk.services import drill_lists, drill_twins, drills, encryption, integrity, plan_life, stock
from emergency_desk.services.desk import Desk
from emergency_desk.services.drills import AskedDrill
from emergency_desk.store import key_file, restoring
from emergency_desk.store.engine import open_connection
from emergency_desk.store.rows.tables import DERIVED, metadata
from emergency_desk.store.twin_making import CARRIED, MADE
from tests import story
from tests.builders import SetClock, acting_as, make_desk
from tests.services import stock_ground
from tests.services.test_drills import started
from tests.store import test_integrity

# What happened, and to whom: no row of it comes into a twin. A table that is added must be said to be one or the other.
LEFT = {"team_moves", "area_changes", "incidents", "calls", "personal", "figures_reports", "grade_changes", "log_entries", "tasks", "dispatches",
        "responses", "response_changes", "command_moves", "command_posts", "post_members", "notices", "decisions", "step_marks", "report_dues",
        "reports", "aftermath_items", "findings", "contact_tries", "stock_counts", "stock_count_lines", "stock_tallies", "counters", "drafts",
        "supply_requests", "supply_request_lines", "supply_decisions", "release_orders", "release_lines", "release_steps", "release_legs",
        "leg_receipts", "pack_changes", "allocation_lists", "distributions", "requisitions", "requisition_steps", "donation_publications",
        "shelter_moves", "shelter_openings", "head_counts", "shelter_stays", "people_keys", "purges", "purge_checks", "evacuation_groups",
        "evacuation_marks", "evacuation_families", "family_transfers", "isolation_moves", "drills", "drill_injects", "drill_people",
        "drill_marks", "drill_scores", "drill_twins", "drill_paces", "drill_objects", "object_drills", "drill_links", "drill_files",
        "drill_contents", "expected_people"}

LOTS = 600


@pytest.fixture
def live(tmp_path: Path) -> Desk:
    return acting_as(make_desk(tmp_path, clock=SetClock(), plans=frozenset({"building_fire", "forest_fire"})), "leader")


def planned(desk: Desk, **other: Any) -> Drill:
    return drills.plan_drill(desk, asked=AskedDrill(title="高层火灾演练", planned_at=desk.now(), form=DrillForm.FIELD, **other)).value


def made(desk: Desk, drill: Drill | None = None) -> DrillTwin:
    order = drill_twins.order_twin(desk, drill_id=(drill or planned(desk)).id)
    return drill_twins.note_twin(desk, order=order, counts=drill_twins.make_twin(order)).value


def opened(live: Desk, twin: DrillTwin) -> Desk:
    """Return the desk of a twin, opened like any store, with the same person in the chair."""
    desk = open_desk(drill_twins.path_of(live, twin), clock=live._clock)
    desk.account = live.account
    return desk


def words_of(desk: Desk, tables: Iterable[str]) -> list[str]:
    """Return every text that stands in some tables of a store."""
    connection = open_connection(desk.store.path, read_only=True)
    try:
        found = [row for table in tables for row in connection.execute(f'SELECT * FROM "{table}"')]
    finally:
        connection.close()
    return sorted({value for row in found for value in row if isinstance(value, str)})


def bytes_of(twin: Desk) -> bytes:
    """Return all that stands in the file of a twin and beside it."""
    return b"".join(path.read_bytes() for path in twin.store.path.parent.glob(f"{twin.store.path.name}*") if path.suffix != ".reserve")


def rows(desk: Desk) -> dict[str, int]:
    return {table.table: table.rows for table in integrity.check(desk).tables}


def rooms(desk: Desk) -> dict[str, str]:
    report = integrity.check(desk)
    assert report.is_sound, report.differences
    return room_digests(report.tables)


def test_a_twin_holds_what_there_is_today_and_nothing_of_what_happened(tmp_path: Path) -> None:
    live = test_integrity.desk_of_copy(test_integrity._full(), tmp_path / "live.store", clock=SetClock())
    twin = opened(live, made(live))
    assert set(metadata.tables) == {*CARRIED, *MADE, *DERIVED} | LEFT
    before, after = rows(live), rows(twin)
    assert {name for name in LEFT if after.get(name)} == set()
    registers = set(CARRIED) - {"settings", "stock_balances"}
    assert {name: after[name] for name in registers} == {name: before[name] for name in registers}
    assert integrity.check(twin).differences == ()
    assert story.CALLER.name.encode() not in twin.store.path.read_bytes()


def test_the_live_store_gains_the_drill_and_nothing_else(live: Desk) -> None:
    before = rooms(live)
    drill = planned(live)
    twin = opened(live, made(live, drill))
    story.take(twin, story.FIRE_ONE)
    assert rooms(live) == before
    assert set(before) == {"teams", "stock", "shelters", "incidents"} == set(ROOMS)
    assert [mark.text for mark in drill_lists.drill_board(live, drill_id=drill.id).marks][-1] == f"{drill.number}.store"


def test_a_twin_says_of_itself_what_it_is(live: Desk, tmp_path: Path) -> None:
    twin = opened(live, made(live))
    assert twin.facts.twin is not None
    assert (twin.is_exercise, twin.facts.twin.title, twin.facts.code) == (True, "高层火灾演练", f"{live.facts.code}E0001")
    incident = story.opened(twin)
    assert (incident.number, incident.is_exercise) == (f"{live.facts.code}E0001-2026-0001", True)
    with pytest.raises(IsTwin):
        drill_twins.order_twin(twin, drill_id=planned(twin).id)
    with pytest.raises(IsTwin):
        restoring.restore(twin.store.path, live.store.path, tmp_path / "kept", at=live.now())
    assert integrity.check(twin).is_sound


def test_a_team_that_is_really_out_is_not_sent_in_a_drill(live: Desk) -> None:
    story.take(live, story.FIRE_ONE)
    twin = opened(live, made(live))
    with live.reading() as real, twin.reading() as played:
        assert real.teams.get(story.FIRE_ONE).is_out
        team = played.teams.get(story.FIRE_ONE)
    assert (team.state, team.incident_id) == (TeamState.UNAVAILABLE, None)
    assert integrity.check(twin).is_sound


def test_what_stands_on_the_shelves_stands_in_the_twin_and_moves_there_alone(tmp_path: Path) -> None:
    ground = stock_ground.ground(tmp_path)
    ground.receive(100, "A1", days=300)
    ground.receive(50, "B1", days=400)
    stock.issue(ground.desk, asked=ground.asked(30))
    stock.quarantine(ground.desk, asked=ground.asked(5, lot_id=ground.lot("B1"), reason="受潮"))
    live = acting_as(ground.desk, "leader")
    twin = opened(live, made(live))
    played = stock_ground.Ground(acting_as(twin, "keeper"), ground.clock, ground.item, ground.depot, ground.other, ground.bin)
    assert played.there() == ground.there() == (115, 0, 5)
    stock.issue(played.desk, asked=played.asked(15))
    assert (played.there(), ground.there()) == ((100, 0, 5), (115, 0, 5))
    assert played.is_sound() and ground.is_sound()


def test_no_word_of_what_happened_stands_in_any_byte_of_a_twin(tmp_path: Path) -> None:
    live = test_integrity.desk_of_copy(test_integrity._full(), tmp_path / "live.store", clock=SetClock())
    twin = opened(live, made(live))
    words, kept = words_of(live, LEFT), "\n".join([*words_of(live, CARRIED), *words_of(twin, ("settings",))])
    told = [word for word in words if not word.isascii() and word not in kept]
    assert len(told) > 20
    content = bytes_of(twin)
    assert [word for word in told if word.encode() in content] == []


def test_of_a_lot_that_moved_no_byte_of_its_entries_comes_into_a_twin(tmp_path: Path) -> None:
    """Entries that lie side by side are taken out whole pages at a time, which moves the others about."""
    ground = stock_ground.ground(tmp_path)
    for number in range(LOTS):
        ground.receive(10, f"L{number:04}")
    live = acting_as(ground.desk, "leader")
    for number in range(200, 200 + LOTS // 10 - 1):
        stock.issue(ground.desk, asked=ground.asked(4, lot_id=ground.lot(f"L{number:04}"), reason=f"发给第{number:04}户人家"))
    with live.reading() as reading:
        entries = reading.movements.where("ORDER BY seq")
    moved = {entry.lot_id for entry in entries if entry.reason.startswith("发给")}
    gone = [word for entry in entries if entry.lot_id in moved for word in (entry.id, entry.document, entry.reason) if word]
    twin = opened(live, made(live))
    assert rows(twin)["stock_movements"] == LOTS
    content = bytes_of(twin)
    assert [word for word in gone if word.encode() in content] == []
    assert integrity.check(twin).is_sound


def test_the_twin_of_an_encrypted_store_is_encrypted_with_the_same_key(live: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_file.Cost.__init__, "__defaults__", (1, 64, 1))  # what is tried here is not the price of a guess
    live.account = replace(live.account, roles=(Role.ADMINISTRATOR,)) if live.account else None
    encryption.encrypt(live, passphrase="four words put together", again="four words put together")
    live = acting_as(live, "leader")
    twin = made(live)
    path = drill_twins.path_of(live, twin)
    assert key_file.is_encrypted(path) and b"teams" not in path.read_bytes()
    desk = open_desk(path, typed="four words put together", clock=live._clock)
    assert desk.facts.twin is not None and integrity.check(desk).is_sound


def test_a_shelter_that_really_stands_open_is_closed_to_the_drill(tmp_path: Path) -> None:
    live = test_integrity.desk_of_copy(test_integrity._full(), tmp_path / "live.store", clock=SetClock())
    with live.open_work() as work:
        shelter = work.shelters.where("LIMIT 1")[0]
        work.shelters.put(replace(shelter, state=ShelterState.OPEN))
        work.commit("open")
    twin = opened(live, made(live))
    with twin.reading() as reading:
        assert reading.shelters.get(shelter.id).state is ShelterState.CLOSED
    assert integrity.check(twin).is_sound


def test_a_second_twin_one_of_a_drill_that_is_over_or_of_a_withdrawn_plan_is_refused(live: Desk) -> None:
    drill = planned(live)
    made(live, drill)
    with pytest.raises(TwinThere):
        made(live, drill)
    plan = live.trade.shelf.in_force[0]
    other = planned(live, plan_code=plan.code)
    plan_life.withdraw(live, code=plan.code, version=plan.version, reason="由新预案替代")
    with pytest.raises(DrillPlanGone):
        drill_twins.order_twin(live, drill_id=other.id)


def test_a_twin_is_sealed_or_destroyed_when_its_drill_is_over_and_not_before(live: Desk) -> None:
    drill, kept = _over(live)
    assert kept.state is TwinState.SEALED
    twin = opened(live, kept)
    with pytest.raises(TwinClosed):
        story.take(twin, story.FIRE_ONE)
    assert drill_twins.is_as_sealed(live, kept)
    twin.store.close()
    path = drill_twins.path_of(live, kept)
    gone = drill_twins.destroy_twin(live, drill_id=drill.id).value
    assert (gone.state, path.exists(), list(path.parent.iterdir())) == (TwinState.DESTROYED, False, [])
    with pytest.raises(TwinGone):
        drill_twins.seal_twin(live, drill_id=drill.id)


def test_a_twin_that_was_deleted_outside_is_told(live: Desk) -> None:
    _drill, kept = _over(live)
    drill_twins.path_of(live, kept).unlink()
    assert not drill_twins.is_as_sealed(live, kept)


def test_a_sealed_twin_goes_along_when_its_store_is_encrypted_gets_another_key_and_is_plain_again(
    live: Desk, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(key_file.Cost.__init__, "__defaults__", (1, 64, 1))  # what is tried here is not the price of a guess
    _drill, kept = _over(live)
    path, words = drill_twins.path_of(live, kept), "four words put together"
    assert live.account is not None
    live.account = replace(live.account, roles=(Role.ADMINISTRATOR,))
    for act, is_encrypted in (
        (lambda: encryption.encrypt(live, passphrase=words, again=words), True),
        (lambda: encryption.renew_key(live, passphrase=words), True), (lambda: encryption.decrypt(live, typed=words), False),
    ):
        act()
        assert (key_file.is_encrypted(path), key_file.key_file(path).exists()) == (is_encrypted, is_encrypted)
        assert drill_twins.is_as_sealed(live, kept)
        twin = open_desk(path, typed=words, clock=live._clock)
        assert integrity.check(twin).is_sound
        twin.store.close()


def test_no_twin_that_stands_open_stays_behind_under_the_old_key(live: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_file.Cost.__init__, "__defaults__", (1, 64, 1))  # what is tried here is not the price of a guess
    words, anew = "four words put together", "another four words"
    path = drill_twins.path_of(live, made(live))
    assert live.account is not None
    live.account = replace(live.account, roles=(Role.ADMINISTRATOR,))
    for act in (
        lambda: encryption.encrypt(live, passphrase=words, again=words), lambda: encryption.renew_key(live, passphrase=words),
        lambda: encryption.decrypt(live, typed=words),
    ):
        twin = open_desk(path, typed=words, clock=live._clock)
        twin.store.draft("call")  # a window that has it open
        before, own = path.read_bytes(), live.store.path.read_bytes()
        with pytest.raises(TwinInUse) as refusal:
            act()
        assert refusal.value.values["path"] == str(path) and (path.read_bytes(), live.store.path.read_bytes()) == (before, own)
        twin.store.close()
        if live.store.key is not None:
            encryption.change_passphrase(live, typed=words, passphrase=anew, again=anew)
            assert key_file.unlock(path, anew) == live.store.key
            with pytest.raises(KeyWrong):
                key_file.unlock(path, words)
            encryption.change_passphrase(live, typed=anew, passphrase=words, again=words)
        act()
        assert key_file.is_encrypted(path) is (live.store.key is not None)
        open_desk(path, key=live.store.key, clock=live._clock).store.close()


def _over(live: Desk) -> tuple[Drill, DrillTwin]:
    drill = started(live, SetClock())
    made(live, drill)
    with pytest.raises(DrillStateWrong):
        drill_twins.seal_twin(live, drill_id=drill.id)
    drills.end_drill(live, drill_id=drill.id, heads=214)
    return drill, drill_twins.seal_twin(live, drill_id=drill.id).value
