"""A copy is whole, checked and sealed; it waits for nobody who writes; a second place may be absent, full or another stick."""

from __future__ import annotations

import errno
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.backups import Kinship, PlaceTrouble, Reason, SecondPlace
from emergency_desk.domain.errors import StoreDamaged, StoreForeign, StoreTooNew, StoreTrouble
from emergency_desk.services import incidents
from emergency_desk.services.desk import Desk
from emergency_desk.store import backup_checking, backups, restoring, second_place
from emergency_desk.store.engine import open_connection
from emergency_desk.store.integrity import check_store
from emergency_desk.store.opening import open_store
from emergency_desk.store.schema import SCHEMA
from tests import story
from tests.builders import START, make_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = make_desk(tmp_path)
    story.opened(made)
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture
def stick(tmp_path: Path) -> SecondPlace:
    place = tmp_path / "stick" / "backups"
    place.parent.mkdir()
    second_place.prepare(place, "mark")
    return SecondPlace(str(place), mark="mark")


def back_up(desk: Desk, folder: Path, *, minutes: float = 0, reason: str = "routine") -> Path:
    return backups.back_up(desk.store.path, folder, at=START + timedelta(minutes=minutes), reason=reason)


# -- the copy ---------------------------------------------------------------------------------------------------------
def test_a_copy_made_while_others_write_holds_one_state_and_all_that_was_acknowledged_before(desk: Desk, folder: Path) -> None:
    stop, written = threading.Event(), [0]

    def write() -> None:
        while not stop.is_set():
            incidents.write_log(desk, text="还在写")
            written[0] += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            before = written[0]
            kept = back_up(desk, folder, minutes=30 * number)
            copy = open_store(kept)
            assert check_store(copy).is_sound
            with copy.reading() as reading:
                assert reading.log.count() >= before
            copy.close()
    finally:
        stop.set()
        writer.join()
    assert written[0] > 5, "nobody who writes waits for the copy"


def test_the_seal_is_what_sha256sum_reads(desk: Desk, folder: Path) -> None:
    kept = back_up(desk, folder)
    assert kept.with_suffix(".sha256").read_text(encoding="utf-8") == f"{backups.seal_of(kept)}  {kept.name}\n"
    assert sorted(path.suffix for path in folder.iterdir()) == [".sha256", ".store"], "nothing half done is left"


@pytest.mark.parametrize("step", [1, 2])
def test_a_program_that_ends_between_seal_and_name_leaves_no_backup_that_is_not_sound(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch, step: int,
) -> None:
    reached: list[Path] = []

    def end(place: Path) -> None:
        reached.append(place)
        if len(reached) == step:
            raise KeyboardInterrupt

    monkeypatch.setattr(backups, "sync_folder", end)
    with pytest.raises(KeyboardInterrupt):
        back_up(desk, folder)
    made = backups.list_made(desk.store.path, folder)
    assert len(made) == step - 1 and all(backups.is_sound(one.path) for one in made)
    monkeypatch.undo()
    assert backups.is_sound(back_up(desk, folder)), "a seal whose backup never came is written over"


@pytest.mark.parametrize("sql", ["UPDATE journal SET \"values\" = '{}' WHERE number = 2", "UPDATE log_entries SET text = '别的'",
                                 "UPDATE incidents SET title = '别的'"])
def test_what_does_not_agree_with_its_journal_is_kept_as_unsound_and_is_no_good_backup(desk: Desk, folder: Path, sql: str) -> None:
    good = back_up(desk, folder)
    connection = open_connection(desk.store.path)
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute(sql)
    connection.close()
    unsound = back_up(desk, folder, minutes=30)
    assert backups.made_of(desk.store.path, unsound).reason is Reason.UNSOUND and backups.is_sound(unsound)
    assert backups.newest(desk.store.path, folder) == good
    again = back_up(desk, folder, minutes=60)
    assert good.exists() and not unsound.exists() and again.exists(), "one unsound copy is enough"


def test_after_a_step_of_the_clock_backwards_the_backup_of_now_is_kept_and_not_thinned_by_an_older_one(desk: Desk, folder: Path) -> None:
    later = back_up(desk, folder, minutes=10)
    assert back_up(desk, folder, minutes=5).exists() and later.exists()


def test_a_disk_that_cannot_take_the_copy_leaves_nothing_behind(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "a file, not a folder"
    folder.write_text("")
    with pytest.raises((StoreTrouble, OSError)):
        back_up(desk, folder)
    assert list(tmp_path.glob("*.part")) == []


# -- putting back -----------------------------------------------------------------------------------------------------
def test_the_preview_says_what_is_in_it_and_what_would_be_missing(desk: Desk, folder: Path) -> None:
    kept = back_up(desk, folder)
    assert restoring.preview(kept, desk.store.path).kinship is Kinship.SAME
    later = story.opened(desk).number
    told = restoring.preview(kept, desk.store.path)
    assert (told.kinship, told.copy.desk_code, told.copy.schema) == (Kinship.OLDER, desk.facts.code, SCHEMA)
    assert told.missing_entries >= 1 and [number for number, _title in told.missing_incidents] == [later]
    assert dict(told.copy.counts)["incidents"] == 1 and dict(told.missing_counts)["incidents"] == 1
    desk.store.close()
    restoring.restore(kept, desk.store.path, folder, at=START)
    newer = next(one for one in backups.list_made(desk.store.path, folder) if one.reason is Reason.REPLACED)
    told = restoring.preview(newer.path, desk.store.path)
    assert (told.kinship, told.missing_entries, told.missing_incidents) == (Kinship.PARTED, 1, ()), "the entry that tells of the restoring"
    restored = open_store(desk.store.path)
    assert check_store(restored).is_sound
    restored.close()
    (folder.parent / "twin").mkdir()
    twin = make_desk(folder.parent / "twin")
    incidents.write_log(twin, text="另一条路")
    assert restoring.preview(back_up(twin, folder.parent / "theirs"), desk.store.path).kinship is Kinship.PARTED
    twin.store.close()


def test_a_desk_that_ends_just_before_a_backup_takes_its_place_still_has_its_store(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = backups.back_up(desk.store.path, folder, at=START, reason="routine")
    incidents.write_log(desk, text="之后写的")
    desk.store.close()

    def ends(_working: Path, _store: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(restoring, "swap_in", ends)
    with pytest.raises(KeyboardInterrupt):
        restoring.restore(kept, desk.store.path, folder, at=START)
    store = open_store(desk.store.path, create=False)
    with store.reading() as reading:
        assert reading.log.count("WHERE text = '之后写的'") == 1
    store.close()
    replaced, = (made.path for made in backups.list_made(desk.store.path, folder) if made.reason is Reason.REPLACED)
    assert backups.is_sound(replaced), "what stands in the store's place is not written through the second name"


def test_the_way_back_from_a_restored_backup_is_the_store_it_replaced(desk: Desk, folder: Path) -> None:
    kept = back_up(desk, folder)
    story.opened(desk)
    desk.store.close()
    aside = restoring.restore(kept, desk.store.path, folder, at=START)
    assert aside is not None and backups.is_sound(aside)
    assert len(backup_checking.read_contents(desk.store.path).incidents) == 1
    restoring.restore(aside, desk.store.path, folder, at=START + timedelta(minutes=1))
    assert len(backup_checking.read_contents(desk.store.path).incidents) == 2


def test_a_damaged_foreign_newer_or_missing_file_is_refused_and_the_store_stays(desk: Desk, folder: Path, tmp_path: Path) -> None:
    kept = back_up(desk, folder)
    desk.store.close()
    before = desk.store.path.read_bytes()
    newer, foreign, forged = tmp_path / "newer.store", tmp_path / "foreign.store", tmp_path / "forged.store"
    newer.write_bytes(kept.read_bytes())
    connection = open_connection(newer)
    connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    foreign.write_text("not a store")
    forged.write_bytes(kept.read_bytes())
    connection = open_connection(forged)
    connection.execute("UPDATE incidents SET title = '别的'")
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    raw = bytearray(kept.read_bytes())
    raw[len(raw) // 3] ^= 1
    kept.write_bytes(raw)
    for path, error in ((newer, StoreTooNew), (foreign, StoreForeign), (forged, StoreDamaged), (kept, StoreDamaged),
                        (tmp_path / "nothing.store", StoreTrouble)):
        with pytest.raises(error):
            restoring.restore(path, desk.store.path, folder, at=START)
    assert desk.store.path.read_bytes() == before and not list(tmp_path.glob("*.restoring*"))


# -- the second place -------------------------------------------------------------------------------------------------
def test_a_copy_goes_to_the_second_place_sealed_and_is_thinned_there_too(desk: Desk, folder: Path, stick: SecondPlace) -> None:
    for minutes in (0, 5, 31):
        kept = back_up(desk, folder, minutes=minutes)
        stick = second_place.send(desk.store.path, kept, stick, at=START + timedelta(minutes=minutes))
        assert stick.trouble is None and backups.is_sound(Path(stick.folder) / kept.name)
    assert [one.path.name for one in stick.copies] == [one.path.name for one in backups.list_made(desk.store.path, folder)]
    assert len(stick.copies) == 2 and stick.written_at == START + timedelta(minutes=31)
    assert second_place.read(desk.store.path, folder) == SecondPlace()
    second_place.keep(desk.store.path, folder, stick)
    assert second_place.read(desk.store.path, folder) == stick


def test_an_absent_stick_another_stick_and_a_full_one_are_told_and_keep_nothing_up(
        desk: Desk, folder: Path, stick: SecondPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = back_up(desk, folder)
    away = replace(stick, folder=stick.folder + "-unplugged")
    assert second_place.send(desk.store.path, kept, away, at=START).trouble is PlaceTrouble.ABSENT
    assert not Path(away.folder).exists(), "nothing is written where the stick would have been"
    other = replace(stick, mark="another stick")
    assert second_place.send(desk.store.path, kept, other, at=START).trouble is PlaceTrouble.ABSENT

    def full(*_given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(second_place.shutil, "copyfileobj", full)
    assert second_place.send(desk.store.path, kept, stick, at=START).trouble is PlaceTrouble.FULL
    assert [path.name for path in Path(stick.folder).iterdir()] == [second_place.MARK_FILE]


def test_what_came_to_the_second_place_otherwise_than_it_went_is_not_kept(
        desk: Desk, folder: Path, stick: SecondPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = back_up(desk, folder)
    seal_of = second_place.seal_of
    monkeypatch.setattr(second_place, "seal_of", lambda path: seal_of(path) + ("" if path == kept else "flipped"))
    assert second_place.send(desk.store.path, kept, stick, at=START).trouble is PlaceTrouble.UNREADABLE
    assert [path.name for path in Path(stick.folder).iterdir()] == [second_place.MARK_FILE]


def test_copies_stay_known_while_the_stick_is_away_and_are_forgotten_when_destroyed(desk: Desk, folder: Path, stick: SecondPlace) -> None:
    kept = back_up(desk, folder)
    stick = second_place.keep(desk.store.path, folder, second_place.send(desk.store.path, kept, stick, at=START))
    drawer = Path(stick.folder).parent.with_name("drawer")
    Path(stick.folder).parent.rename(drawer)
    assert second_place.destroy_copies(desk.store.path, folder, {kept.name}).copies == stick.copies
    drawer.rename(Path(stick.folder).parent)
    assert second_place.destroy_copies(desk.store.path, folder, {kept.name}).copies == ()
    assert not (Path(stick.folder) / kept.name).exists()
