"""A file that is not a sound store of this desk is refused and stays as it was to the byte; an older one is migrated on a copy."""

from __future__ import annotations

import hashlib
import os
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlcipher3 import dbapi2

from emergency_desk.domain.errors import StoreDamaged, StoreForeign, StoreOnNetwork, StoreTooNew, StoreTrouble
from emergency_desk.services import incidents
from emergency_desk.store import backups, opening
from emergency_desk.store.engine import open_connection
from emergency_desk.store.integrity import check_store
from emergency_desk.store.opening import open_store
from emergency_desk.store.reserve import RESERVE_BYTES, reserve_of
from emergency_desk.store.rows.tables import APPEND_ONLY, metadata
from emergency_desk.store.schema import APPLICATION_ID, SCHEMA
from tests import story
from tests.builders import START, make_desk


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A sound store with a little in it, closed."""
    desk = make_desk(tmp_path)
    story.take(desk, story.FIRE_ONE)
    desk.store.close()
    return tmp_path / "test.store"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def set_pragma(path: Path, name: str, value: int) -> None:
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA {name} = {value}")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()


def write_at(path: Path, place: int, content: bytes) -> None:
    with path.open("rb+") as file:
        file.seek(place)
        file.write(content)


def foreign_program(path: Path) -> None:
    path.unlink()
    connection = dbapi2.connect(str(path))
    connection.execute("CREATE TABLE moz_places (id INTEGER)")
    connection.commit()
    connection.close()


def no_tables(path: Path) -> None:
    foreign_program(path)
    set_pragma(path, "application_id", APPLICATION_ID)


SPOILT: dict[str, tuple[Any, type[StoreTrouble], str]] = {
    "a text": (lambda path: path.write_text("值班表\n", encoding="utf-8"), StoreForeign, "not_sqlite"),
    "an empty file": (lambda path: path.write_bytes(b""), StoreForeign, "not_sqlite"),
    "another program's database": (foreign_program, StoreForeign, "other_program"),
    "our mark on another's tables": (no_tables, StoreDamaged, "tables_missing"),
    "a newer desk's": (lambda path: set_pragma(path, "user_version", SCHEMA + 1), StoreTooNew, "too_new"),
    "cut short": (lambda path: write_cut(path, 0.6), StoreDamaged, "cut_short"),
    "cut to its header": (lambda path: path.write_bytes(path.read_bytes()[:100]), StoreDamaged, "cut_short"),
    "its header broken": (lambda path: write_at(path, 0, b"SQLite format 4"), StoreForeign, "not_sqlite"),
    "rubbish in the middle": (lambda path: write_at(path, 40 * 4096, b"\xa5" * 8 * 4096), StoreDamaged, "damaged"),
    "a schema that cannot be read": (lambda path: write_at(path, 100, b"\xff" * 12), StoreDamaged, "damaged"),
}


def write_cut(path: Path, part: float) -> None:
    raw = path.read_bytes()
    path.write_bytes(raw[:int(len(raw) * part)])


@pytest.mark.parametrize("what", SPOILT)
def test_a_spoilt_file_is_refused_and_not_touched(path: Path, what: str) -> None:
    spoil, family, reason = SPOILT[what]
    spoil(path)
    before, beside = digest(path), set(path.parent.iterdir())
    with pytest.raises(family) as refusal:
        open_store(path)
    assert (refusal.value.values["reason"], refusal.value.values["path"]) == (reason, str(path))
    assert digest(path) == before
    assert {one for one in path.parent.iterdir() if not one.name.endswith(("-shm", "-wal"))} == beside


def test_the_refusal_names_the_newest_backup(path: Path, tmp_path: Path) -> None:
    kept = backups.back_up(path, tmp_path / "backups", at=START, reason="routine")
    write_cut(path, 0.5)
    with pytest.raises(StoreDamaged) as refusal:
        open_store(path, backups=tmp_path / "backups")
    assert refusal.value.values["backup"] == str(kept)


def test_a_store_that_is_not_there_is_not_made_unasked(tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble) as refusal:
        open_store(tmp_path / "no.store", create=False)
    assert refusal.value.values["reason"] == "missing"
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_program_left_half_written_is_taken_back_and_the_store_opens(path: Path) -> None:
    killed = path.with_name("killed.store")
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA journal_mode = DELETE")  # as while a store is written anew, or another tool was at it
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE rules SET content = content || 'half'")
    for side in ("", "-journal"):
        shutil.copyfile(f"{path}{side}", f"{killed}{side}")
    connection.execute("ROLLBACK")
    connection.close()
    store = open_store(killed)
    with store.reading() as reading:
        assert reading._connection.exec_driver_sql("SELECT count(*) FROM rules WHERE content LIKE '%half'").scalar_one() == 0
    assert check_store(store).is_sound
    store.close()


def on_a_disk_with(free: int, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: usage._replace(free=free))


def test_a_desk_opens_on_a_full_disk_by_giving_its_reserve_back(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(path).close()
    on_a_disk_with(0, monkeypatch)
    connect = opening.open_connection

    def without_room(*args: Any, **more: Any) -> Any:  # SQLite can lay no file of its own down beside the store
        if reserve_of(path).exists():
            raise dbapi2.OperationalError("disk I/O error")
        return connect(*args, **more)

    monkeypatch.setattr(opening, "open_connection", without_room)
    open_store(path).close()
    assert not reserve_of(path).exists()


@pytest.mark.parametrize("said", ["disk I/O error", "unable to open database file", "database is locked"])
def test_a_disk_that_gives_way_is_not_called_a_damaged_store(path: Path, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(path).close()

    def gives_way(*_args: Any, **_more: Any) -> Any:
        raise dbapi2.OperationalError(said)

    monkeypatch.setattr(opening, "open_connection", gives_way)
    with pytest.raises(StoreTrouble) as refusal:
        open_store(path)
    assert not isinstance(refusal.value, StoreDamaged) and refusal.value.values["reason"] in ("disk_error", "cannot_open", "locked")
    assert reserve_of(path).exists(), "there is room, so the reserve stays"


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble) as refusal:
        open_store(tmp_path)
    assert refusal.value.values["reason"] == "cannot_open"


def test_a_store_is_not_made_where_no_folder_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreTrouble):
        open_store(tmp_path / "file" / "new.store")


def test_a_network_drive_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "network_of", lambda _path: "nfs4")
    before = digest(path)
    with pytest.raises(StoreOnNetwork) as refusal:
        open_store(path)
    assert digest(path) == before and refusal.value.values["kind"] == "nfs4"


# -- the shape --------------------------------------------------------------------------------------------------------
def shape_of(connection: Any) -> dict[str, Any]:
    """Return columns, keys and indexes of every table, however its SQL is written."""
    shape: dict[str, Any] = {}
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    for name in names:
        indexes = {
            (row[2], tuple(part[2] for part in connection.execute(f"PRAGMA index_info('{row[1]}')")), row[1] if row[3] == "c" else "")
            for row in connection.execute(f"PRAGMA index_list('{name}')")}
        columns = [tuple(row[1:]) for row in connection.execute(f"PRAGMA table_info('{name}')")]
        references = sorted(tuple(row[2:7]) for row in connection.execute(f"PRAGMA foreign_key_list('{name}')"))
        shape[name] = (columns, sorted(indexes), references)
    return shape


def test_the_migrations_make_the_very_tables_the_desk_works_with(tmp_path: Path) -> None:
    store = open_store(tmp_path / "made.store")
    store.close()
    migrated = open_connection(tmp_path / "made.store")
    engine = create_engine("sqlite://", module=dbapi2)
    metadata.create_all(engine)
    with engine.connect() as connection:
        meant = shape_of(connection.connection.driver_connection)
    made = shape_of(migrated)
    assert made.pop("alembic_version")
    assert made == meant
    guarded = {row[0] for row in migrated.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'")}
    assert guarded == set(APPEND_ONLY)
    assert migrated.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    migrated.close()
    engine.dispose()


@pytest.mark.parametrize(("pragma", "value"), [
    ("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("trusted_schema", 0), ("secure_delete", 1), ("cell_size_check", 1),
    ("busy_timeout", 5000),
])
def test_every_connection_has_the_houses_settings(path: Path, pragma: str, value: Any) -> None:
    connection = open_connection(path)
    assert connection.execute(f"PRAGMA {pragma}").fetchone()[0] == value
    connection.close()


# -- an older store ---------------------------------------------------------------------------------------------------
@pytest.fixture
def older(path: Path) -> Path:
    """A store that says of itself that it is one version older."""
    set_pragma(path, "user_version", SCHEMA - 1)
    return path


def test_an_older_store_is_backed_up_migrated_and_loses_nothing(older: Path, tmp_path: Path) -> None:
    before = digest(older)
    store = open_store(older, backups=tmp_path / "kept")
    with store.reading() as reading:
        assert reading.incidents.count() == 1
    assert check_store(store).is_sound
    store.close()
    (kept,) = (tmp_path / "kept").glob("*-migration-*.store")
    assert backups.is_sound(kept)
    assert opening.look_over(kept) == SCHEMA - 1 and opening.look_over(older) == SCHEMA
    assert digest(older) != before


def lose_rows(connection: Any) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM tasks")


def orphan_rows(connection: Any) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("UPDATE tasks SET incident_id = 'nowhere'")


def break_half_way(connection: Any) -> None:
    connection.execute("UPDATE teams SET name = 'half'")
    connection.execute("SELECT * FROM a_table_that_is_not_there")


@pytest.mark.parametrize("planted", [lose_rows, orphan_rows, break_half_way])
def test_a_migration_that_fails_leaves_the_file_as_it_was(older: Path, planted: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def upgrade(working: Path, key: str | None, begun: object) -> None:
        connection = open_connection(working, key=key)
        try:
            planted(connection)
        finally:
            connection.close()

    monkeypatch.setattr(opening, "_upgrade", upgrade)
    before = digest(older)
    with pytest.raises(StoreTrouble) as refusal:
        open_store(older)
    assert refusal.value.values["reason"] == "migration_failed" and refusal.value.values["backup"]
    assert digest(older) == before
    assert not list(older.parent.glob("*.migrating*"))


def test_an_older_store_that_another_program_has_open_is_not_migrated_under_its_hands(older: Path) -> None:
    other = open_connection(older)
    other.execute("UPDATE teams SET name = name")
    with pytest.raises(StoreTrouble) as refusal:
        open_store(older)
    assert refusal.value.values["reason"] == "locked"
    other.execute("UPDATE teams SET name = '还在写'")
    other.close()
    store = open_store(older)
    with store.reading() as reading:
        assert reading.teams.count("WHERE name = '还在写'") == reading.teams.count()
    store.close()


def test_a_program_that_ends_just_before_the_swap_leaves_the_older_store_whole(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed = older.with_name("killed.store")  # the last commit of a desk that was killed stands in the write-ahead log alone
    other = open_connection(older)
    other.execute("UPDATE teams SET name = '断电前'")
    for side in ("", "-wal"):
        shutil.copyfile(f"{older}{side}", f"{killed}{side}")
    other.close()
    replace = os.replace

    def ends(source: Any, target: Any) -> None:
        if Path(target) == killed:
            raise KeyboardInterrupt
        replace(source, target)

    monkeypatch.setattr(os, "replace", ends)
    with pytest.raises(KeyboardInterrupt):
        open_store(killed)
    monkeypatch.undo()
    store = open_store(killed)
    with store.reading() as reading:
        assert reading.teams.count("WHERE name = '断电前'") == reading.teams.count() > 0
    store.close()


def test_our_own_mistake_in_a_migration_leaves_the_file_as_it_was(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def upgrade(_working: Path, _key: str | None, _begun: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(opening, "_upgrade", upgrade)
    before = digest(older)
    with pytest.raises(ZeroDivisionError):
        open_store(older)
    assert digest(older) == before


# -- backups ----------------------------------------------------------------------------------------------------------
def test_a_backup_of_an_open_store_holds_everything_and_is_sealed(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    number = story.opened(desk).number
    kept = backups.back_up(desk.store.path, tmp_path / "kept", at=START, reason="routine")
    assert backups.is_sound(kept) and backups.newest(desk.store.path, tmp_path / "kept") == kept
    copy = open_store(kept)
    with copy.reading() as reading:
        assert [incident.number for incident in reading.incidents.where("")] == [number]
    assert check_store(copy).is_sound
    copy.close()
    incidents.write_log(desk, text="还在用")


@pytest.mark.parametrize("part", [0.0, 0.31, 0.77, 1.0])
def test_one_flipped_bit_of_a_backup_is_found(path: Path, tmp_path: Path, part: float) -> None:
    kept = backups.back_up(path, tmp_path / "kept", at=START, reason="routine")
    raw = bytearray(kept.read_bytes())
    raw[int((len(raw) - 1) * part)] ^= 0x10
    kept.write_bytes(raw)
    assert not backups.is_sound(kept)


def test_old_backups_make_room_and_those_before_a_migration_stay(path: Path, tmp_path: Path) -> None:
    first = backups.back_up(path, tmp_path / "kept", at=START, reason="migration")
    for number in range(4):
        backups.back_up(path, tmp_path / "kept", at=START + timedelta(minutes=10 * number), reason="routine")
    stamps = [one.path.stem.split("-")[-1] for one in backups.list_made(path, tmp_path / "kept") if one.path != first]
    assert stamps == ["20261105T115100", "20261105T120100"]  # the newest of each half-hour
    assert len(list((tmp_path / "kept").glob("*-routine-*.sha256"))) == 2 and first.exists()


def test_a_reserve_is_laid_down_beside_the_store(path: Path) -> None:
    open_store(path).close()
    assert reserve_of(path).stat().st_size == RESERVE_BYTES


def test_a_store_of_which_even_the_complaint_is_no_text_is_told_as_damaged(tmp_path: Path) -> None:
    path = tmp_path / "bit.store"
    open_store(path).close()
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"NOT NULL") + 5] ^= 0x80  # one bit of the schema's own text
    path.write_bytes(raw)
    with pytest.raises(StoreDamaged):
        open_store(path)
    assert path.read_bytes() == raw, "and nothing of it is touched"
