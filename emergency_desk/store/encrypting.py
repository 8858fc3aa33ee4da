"""Writes a store anew with a key, with another key, or with none.

Nobody else may hold the store meanwhile. The new file is written beside it, read back and compared row by row; only then, in one step,
it takes the place of the old one. A power cut at any moment leaves the old store or the new one whole, with the keys that open it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import Any

from emergency_desk.domain.errors import StoreDamaged, StoreTrouble
from emergency_desk.domain.store_keys import KEY_BYTES, StoreKey
from emergency_desk.store import backups, key_file
from emergency_desk.store.engine import open_connection
from emergency_desk.store.holds import alone, let_be_replaced, mark_of
from emergency_desk.store.opening import BEFORE, WRITING, key_for, remove_store, swap_in
from emergency_desk.store.trouble import DRIVER_ERRORS, as_trouble

Progress = Callable[[int, int, str], None]
_BATCH = 500
_OF_THE_DISK = {errno.ENOSPC: "disk_full", errno.EIO: "disk_error"}


def new_key() -> StoreKey:
    """Return a key of 256 random bits."""
    return StoreKey(secrets.token_bytes(KEY_BYTES))


def lay_keys(store: Path, key: StoreKey, passphrase: str) -> None:
    """Lay the file of keys beside a store that is still to be made."""
    key_file.write(key_file.key_file(store), [key_file.wrap(key, passphrase)])


def encrypt(store: Path, *, old: StoreKey | None, new: StoreKey, passphrase: str, progress: Progress | None = None) -> None:
    """Write a store anew under a key that the passphrase opens. Raises StoreTrouble ("locked", "disk_full" …), StoreDamaged."""
    _rewrite(store, old=old, new=new, slots=[key_file.wrap(new, passphrase)], progress=progress)


def copy_under(source: Path, target: Path, *, old: StoreKey | None, new: StoreKey) -> None:
    """Copy a store that nobody writes into a file under another key; at no moment does anything of it lie there in the clear."""
    remove_store(target)
    with closing(open_connection(target, key=new)) as copy:
        copy.execute("PRAGMA journal_mode=OFF")  # a copy that was cut short is thrown away
        copy.execute("PRAGMA synchronous=OFF")  # it is brought to the disk as a whole before it takes the store's place
        copy.execute("ATTACH DATABASE ? AS source KEY ?", (source.resolve().as_uri() + "?mode=ro", _words(old)))
        copy.execute("SELECT sqlcipher_export('main', 'source')")
        _carry_marks(copy, "source", "main")
        copy.execute("DETACH DATABASE source")
        copy.execute("PRAGMA journal_mode=DELETE")


def decrypt(store: Path, *, old: StoreKey, progress: Progress | None = None) -> None:
    """Write an encrypted store anew without a key. Raises StoreTrouble, StoreDamaged."""
    _rewrite(store, old=old, new=None, progress=progress)


def change_passphrase(store: Path, folder: Path, key: StoreKey, passphrase: str, *, twins: Iterable[Path] = ()) -> int:
    """Let another passphrase open the store, its backups and twins; returns how many backups. The store itself is not written."""
    key_file.write(key_file.key_file(store), [key_file.wrap(key, passphrase)])
    key_file.renew_beside(store, twins)
    return key_file.renew_beside(store, (made.path for made in backups.list_made(store, folder)))


def encrypt_backups(store: Path, folder: Path, key: StoreKey, *, progress: Progress | None = None) -> int:
    """Write every backup that is not encrypted anew under the key of the store; returns how many. What cannot be read stays as it is."""
    plain = [made.path for made in backups.list_made(store, folder) if not key_file.is_encrypted(made.path)]
    done = 0
    for number, path in enumerate(plain):
        if progress is not None:
            progress(number, len(plain), path.name)
        with contextlib.suppress(StoreTrouble, *DRIVER_ERRORS):
            key_file.copy_beside(store, path)
            _rewrite(path, old=None, new=key, progress=None)
            backups.seal(path)
            done += 1
        if not key_file.is_encrypted(path):
            key_file.key_file(path).unlink(missing_ok=True)
    return done


def held_among(twins: Iterable[Path], key: StoreKey | None) -> list[Path]:
    """Return the twins that a window or another program has open, so that they could not be taken along."""
    held = []
    for twin in twins:
        try:
            with alone(twin, key_for(twin, key), patience_ms=0):
                pass
        except (StoreTrouble, *DRIVER_ERRORS) as error:
            trouble = as_trouble(error)
            if isinstance(trouble, StoreTrouble) and trouble.values["reason"] == "locked":
                held.append(twin)
    return held


def take_along(store: Path, twins: Iterable[Path], *, old: StoreKey | None, new: StoreKey | None) -> int:
    """Write the twins of drills that lie beside a store anew as the store itself was; returns how many.

    One that cannot be read stays as it is.
    """
    slots, done = key_file.read(key_file.key_file(store)), 0
    for twin in twins:
        with contextlib.suppress(StoreTrouble, *DRIVER_ERRORS):
            _rewrite(twin, old=old, new=new, slots=slots, progress=None)
            done += 1
    return done


def _rewrite(
    store: Path, *, old: StoreKey | None, new: StoreKey | None, progress: Progress | None, slots: Sequence[key_file.Slot] = (),
) -> None:
    """Write a store anew, with the slots of its new key beside it. Whatever lies half made is touched only while the store is held."""
    tell = progress or (lambda _done, _total, _what: None)
    working, old = _working(store), key_for(store, old)
    try:
        with alone(store, old) as held:
            held.execute("PRAGMA journal_mode=DELETE")  # its log is folded in
            remove_store(working)
            try:
                with _keys_laid(store, slots):
                    tell(1, 4, "copy")
                    _copy(held, working, new)
                    tell(2, 4, "compare")
                    _compare(held, working, new)
                    tell(3, 4, "swap")
                    _keep_before(store, is_worth_it=old is None and new is not None)
                    let_be_replaced(held)
                    swap_in(working, store)
            except BaseException:
                remove_store(working)
                raise
            key_file.lay_after(store, new)
    except DRIVER_ERRORS as error:
        raise as_trouble(error, path=str(store)) from error
    except OSError as error:
        reason = _OF_THE_DISK.get(error.errno or 0, "cannot_open")
        raise StoreTrouble(path=str(store), reason=reason, backup="", detail=str(error)) from error
    backups.destroy(_before(store))
    tell(4, 4, "")


@contextmanager
def _keys_laid(store: Path, slots: Sequence[key_file.Slot]) -> Iterator[None]:
    """Lay further keys beside a store while another file takes its place: whichever stands there then has its key.

    A plain store beside keys is a plain store. Where no other file came, the keys are as they were.
    """
    stood, before = mark_of(store), key_file.read(key_file.key_file(store))
    if slots:
        key_file.lay_before(store, slots)
    try:
        yield
    except BaseException:
        if slots and mark_of(store) == stood:
            key_file.lay_again(store, before)
        raise


def _copy(held: Any, working: Path, key: StoreKey | None) -> None:
    held.execute("ATTACH DATABASE ? AS target KEY ?", (str(working), _words(key)))
    try:
        held.execute("PRAGMA target.journal_mode=OFF")  # a copy that was cut short is thrown away
        held.execute("PRAGMA target.synchronous=OFF")  # it is brought to the disk as a whole before it takes the store's place
        held.execute("PRAGMA target.cache_size=-32000")
        held.execute("SELECT sqlcipher_export('target')")
        _carry_marks(held, "main", "target")
    finally:
        held.execute("DETACH DATABASE target")


def _carry_marks(connection: Any, source: str, target: str) -> None:
    """Let a copy have the marks of the file it was made of, which the driver's own export leaves out."""
    for name in ("user_version", "application_id"):
        connection.execute(f"PRAGMA {target}.{name} = {int(connection.execute(f'PRAGMA {source}.{name}').fetchone()[0])}")


def _words(key: StoreKey | None) -> str:
    return "" if key is None else f"x'{key.raw.hex()}'"


def _compare(held: Any, working: Path, key: StoreKey | None) -> None:
    """Read the new file back: sound, of the same shape, and with the same rows. Raises StoreDamaged."""
    copy = open_connection(working, key=key)
    try:
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("PRAGMA synchronous=FULL")
        sound = copy.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        shape = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
        pragmas = ("PRAGMA user_version", "PRAGMA application_id")
        same = all(held.execute(one).fetchall() == copy.execute(one).fetchall() for one in (shape, *pragmas))
        if not (sound and same and all(_has_same_rows(held, copy, table) for table in _tables(held))):
            raise StoreDamaged(path=str(working), backup="", reason="damaged", detail="the copy differs")
    finally:
        copy.close()


def _has_same_rows(held: Any, copy: Any, table: str) -> bool:
    asked = f'SELECT * FROM "{table}"'
    left, right = held.execute(asked), copy.execute(asked)
    left.arraysize = right.arraysize = _BATCH
    return all(one == other for one, other in zip_longest(_rows(left), _rows(right)))


def _rows(cursor: Any) -> Iterator[list[Any]]:
    while rows := cursor.fetchmany(_BATCH):
        yield rows


def _tables(connection: Any) -> list[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
                               "AND sql NOT LIKE 'CREATE VIRTUAL%'")  # what those hold stands in plain tables of theirs
    return [row[0] for row in found]


def _keep_before(store: Path, *, is_worth_it: bool) -> None:
    """Keep a name for the old plain file, so that its bytes can be written over; a disk without such names gives its room back as it is."""
    if is_worth_it:
        with contextlib.suppress(OSError):
            _before(store).unlink(missing_ok=True)
            os.link(store, _before(store))


def _working(store: Path) -> Path:
    return store.with_name(store.name + WRITING)


def _before(store: Path) -> Path:
    return store.with_name(store.name + BEFORE)
