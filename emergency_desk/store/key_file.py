"""The file of keys beside an encrypted store: the store's key, wrapped by a passphrase (argon2id) and sealed.

Changing the passphrase writes this file anew and not the store. A copy lies beside each backup; where all of them are lost, the recovery
key opens the store without any. While a store is being encrypted with another key it holds both, so that a power cut leaves one that fits.
"""

from __future__ import annotations

import contextlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from emergency_desk.domain.key_errors import KeyNeeded, KeyWrong
from emergency_desk.domain.store_keys import KEY_BYTES, StoreKey, folded_passphrase, looks_like_recovery, read_recovery
from emergency_desk.store.engine import open_connection

_FORMAT = "emergency-desk keys 1"
_PLAIN = b"SQLite format 3\x00"
PAGE = 4096  # SQLCipher's own size of pages
_MOST_BYTES = 64 << 10
_MOST_MEMORY_KIB, _MOST_ROUNDS, _MOST_LANES = 1 << 20, 64, 16  # a file that asks for more is no file of ours


@dataclass(frozen=True, slots=True)
class Cost:
    """How dear one guess is. Source: RFC 9106 §4, the second recommended choice: 3 passes over 64 MiB, 4 lanes."""

    rounds: int = 3
    memory_kib: int = 64 << 10
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class Slot:
    """One key, wrapped. `key_id` tells keys apart without telling the key."""

    key_id: str
    rounds: int
    memory_kib: int
    lanes: int
    salt: str
    wrapped: str
    seal: str


def key_file(store: Path) -> Path:
    """Return where the keys of a store or of a backup lie."""
    return store.with_name(store.name + ".keys")


def is_encrypted(path: Path) -> bool:
    """Say whether a file is an encrypted store: by the keys beside it, else by its look (whole pages that begin with random signs)."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(16)
    if not head or head == _PLAIN:
        return False
    return key_file(path).exists() or (path.stat().st_size % PAGE == 0 and any(byte > 0x7F for byte in head))


def wrap(key: StoreKey, passphrase: str, *, cost: Cost | None = None) -> Slot:
    """Wrap a key by a passphrase, with a fresh salt: one-time pad and seal both come from argon2id."""
    cost, salt = cost or Cost(), secrets.token_bytes(16)
    pad, sealing = _derived(passphrase, salt, cost)
    wrapped = bytes(a ^ b for a, b in zip(key.raw, pad, strict=True))
    bare = Slot(key.id, cost.rounds, cost.memory_kib, cost.lanes, salt.hex(), wrapped.hex(), "")
    return Slot(*_parts(bare), seal=_seal(bare, sealing))


def unwrap(slot: Slot, passphrase: str) -> StoreKey | None:
    """Return the key of a slot, or None when the passphrase is another."""
    salt, wrapped = bytes.fromhex(slot.salt), bytes.fromhex(slot.wrapped)
    pad, sealing = _derived(passphrase, salt, Cost(slot.rounds, slot.memory_kib, slot.lanes))
    if not hmac.compare_digest(slot.seal, _seal(slot, sealing)):
        return None
    return StoreKey(bytes(a ^ b for a, b in zip(wrapped, pad, strict=True)))


def read(path: Path) -> tuple[Slot, ...]:
    """Read a file of keys; one that is missing, damaged or asks too much gives none."""
    try:
        raw = path.read_bytes()
        whole = json.loads(raw) if len(raw) <= _MOST_BYTES else {}
        slots = tuple(Slot(**slot) for slot in whole["slots"]) if whole.get("format") == _FORMAT else ()
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return ()
    return tuple(slot for slot in slots if _is_sane(slot))


def write(path: Path, slots: Iterable[Slot]) -> None:
    """Write a file of keys in one step: the one before stays whole until this one is on the disk."""
    working = path.with_name(path.name + ".part")
    content = json.dumps({"format": _FORMAT, "slots": [asdict(slot) for slot in slots]}, indent=1).encode()
    with open(os.open(working, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(working, path)
    _settle(path.parent)


def copy_beside(store: Path, target: Path) -> None:
    """Lay the keys of a store beside a copy of it; a store without keys has none to lay."""
    slots = read(key_file(store))
    if slots:
        write(key_file(target), slots)


def renew_beside(store: Path, copies: Iterable[Path]) -> int:
    """Lay the keys of a store beside those copies of it that have them in an older wrapping; returns beside how many. Raises OSError."""
    own = {slot.key_id: slot for slot in read(key_file(store))}
    renewed = 0
    for copy in copies:
        before = read(key_file(copy))
        after = tuple(own.get(slot.key_id, slot) for slot in before)
        if after != before:
            write(key_file(copy), after)
            renewed += 1
    return renewed


def lay_before(store: Path, slots: Iterable[Slot]) -> None:
    """Lay further keys beside those of a store, before a store that wants them takes its place: whichever stands there then has its key."""
    both = {slot.wrapped: slot for slot in (*read(key_file(store)), *slots)}
    if both:
        write(key_file(store), both.values())


def lay_again(store: Path, slots: Sequence[Slot]) -> None:
    """Put the keys of a store back as they were."""
    if slots:
        write(key_file(store), slots)
    else:
        key_file(store).unlink(missing_ok=True)


def lay_after(store: Path, key: StoreKey | None) -> None:
    """Leave the keys of the store that stands there now, and none beside a plain one. A key that no slot holds leaves all as they are."""
    kept = [slot for slot in read(key_file(store)) if key is not None and slot.key_id == key.id]
    if kept:
        write(key_file(store), kept)
    elif key is None:
        key_file(store).unlink(missing_ok=True)


def unlock(path: Path, typed: str, *, others: Iterable[Path] = ()) -> StoreKey:
    """Return the key that a passphrase or a recovery key gives. `others`: files of keys to look into as well, such as those of backups.

    Raises KeyNeeded (nothing was typed), KeyWrong, RecoveryKeyMistyped. Whether the key fits is shown by opening the store.
    """
    slots = _all_slots(path, others)
    if not typed.strip():
        raise KeyNeeded(path=str(path), backup="", reason="passphrase" if slots else "head_lost")
    if looks_like_recovery(typed):
        return read_recovery(typed)
    keys = [key for slot in slots if (key := unwrap(slot, typed)) is not None]
    if not keys:
        raise KeyWrong(path=str(path), reason="passphrase" if slots else "head_lost")
    return keys[0] if len(keys) == 1 else next((key for key in keys if fits(path, key)), keys[0])


def knows(path: Path, key: StoreKey) -> bool:
    """Say whether the file of keys beside a store holds this key."""
    return any(slot.key_id == key.id for slot in read(key_file(path)))


def fits(path: Path, key: StoreKey) -> bool:
    """Say whether a key opens a store: asked only where the keys beside it do not tell."""
    try:
        connection = open_connection(path, key=key, read_only=True)
    except dbapi2.DatabaseError:
        return False
    try:
        return connection.execute("SELECT count(*) FROM sqlite_master").fetchone() is not None
    except dbapi2.DatabaseError:
        return False
    finally:
        connection.close()


def _all_slots(path: Path, others: Iterable[Path]) -> tuple[Slot, ...]:
    """Return what lies beside the store first; the rest only where that is missing, each wrapping once."""
    own = read(key_file(path))
    if own:
        return own
    found: dict[str, Slot] = {}
    for other in others:
        found |= {slot.wrapped: slot for slot in read(other)}
    return tuple(found.values())


def _derived(passphrase: str, salt: bytes, cost: Cost) -> tuple[bytes, bytes]:
    from argon2.low_level import Type, hash_secret_raw

    secret = folded_passphrase(passphrase).encode()
    root = hash_secret_raw(secret, salt, cost.rounds, cost.memory_kib, cost.lanes, 64, Type.ID)
    return hmac.digest(root, b"emergency-desk wrap", "sha256"), hmac.digest(root, b"emergency-desk seal", "sha256")


def _seal(slot: Slot, sealing: bytes) -> str:
    return hmac.new(sealing, "|".join(map(str, (_FORMAT, *_parts(slot)))).encode(), sha256).hexdigest()


def _parts(slot: Slot) -> tuple[str, int, int, int, str, str]:
    return slot.key_id, slot.rounds, slot.memory_kib, slot.lanes, slot.salt, slot.wrapped


def _is_sane(slot: Slot) -> bool:
    numbers: tuple[tuple[Any, int], ...] = (
        (slot.rounds, _MOST_ROUNDS), (slot.memory_kib, _MOST_MEMORY_KIB), (slot.lanes, _MOST_LANES))
    texts: tuple[tuple[Any, int], ...] = ((slot.salt, 16), (slot.wrapped, KEY_BYTES), (slot.seal, 32))
    if not all(isinstance(number, int) and 1 <= number <= most for number, most in numbers) or slot.memory_kib < 8 * slot.lanes:
        return False
    return all(isinstance(text, str) and len(text) == 2 * size and set(text) <= set("0123456789abcdef") for text, size in texts)


def _settle(folder: Path) -> None:
    """Let the change of names itself reach the disk, where the system can."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        place = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(place)
        finally:
            os.close(place)
