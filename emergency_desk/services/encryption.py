"""Encryption at rest: a store is encrypted, gets another passphrase or another key, or is written plainly again.

Nobody but this desk may have the store open meanwhile. Each act stands in the journal; keys and passphrases stand nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.drill_errors import TwinInUse
from emergency_desk.domain.key_errors import KeyWrong, StoreIsEncrypted, StoreIsPlain
from emergency_desk.domain.key_sheets import Encrypted, Encryption, RecoverySheet
from emergency_desk.domain.store_keys import StoreKey, recovery_rows, settled_passphrase
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.papers import imprint
from emergency_desk.store import backups, encrypting, key_file, twins
from emergency_desk.store.backup_folder import folder_of

Progress = Callable[[int, int, str], None]


def state(desk: Desk) -> Encryption:
    """Return whether the store and its backups are encrypted. Reads only."""
    desk.may(Act.READ)
    made = backups.list_made(desk.store.path, folder_of(desk.store.path))
    plain = sum(not key_file.is_encrypted(one.path) for one in made)
    key = desk.store.key
    return Encryption(is_encrypted=key is not None, key_id=key.id if key else "", plain_backups=plain, backups=len(made))


def refuse_if_encrypted(desk: Desk) -> None:
    """See to it that somebody may encrypt and that there is something to encrypt, before anybody is asked for a passphrase."""
    desk.may(Act.KEEP_ACCOUNTS)
    if desk.store.key is not None:
        raise StoreIsEncrypted(path=str(desk.store.path))


def encrypt(desk: Desk, *, passphrase: str, again: str, progress: Progress | None = None) -> Done[Encrypted]:
    """Encrypt the store, its backups and the twins of its drills.

    Raises StoreIsEncrypted, PassphraseTooShort, PassphrasesDiffer, TwinInUse, StoreTrouble ("locked").
    """
    refuse_if_encrypted(desk)
    settled_passphrase(passphrase, again)
    return _write_anew(desk, passphrase, "store_encrypted", progress)


def renew_key(desk: Desk, *, passphrase: str, progress: Progress | None = None) -> Done[Encrypted]:
    """Encrypt the store with another key under the same passphrase, so that an older recovery page opens it no more.

    Raises StoreIsPlain, KeyWrong, TwinInUse, StoreTrouble.
    """
    desk.may(Act.KEEP_ACCOUNTS)
    _opened_by(desk, passphrase)
    return _write_anew(desk, passphrase, "store_key_renewed", progress)


def change_passphrase(desk: Desk, *, typed: str, passphrase: str, again: str) -> Done[int]:
    """Let another passphrase open the store and the backups of the same key; returns how many of those.

    `typed` is the passphrase so far, or the recovery key. Raises StoreIsPlain, KeyWrong, PassphraseTooShort, PassphrasesDiffer.
    """
    desk.may(Act.KEEP_ACCOUNTS)
    key = _opened_by(desk, typed)
    settled_passphrase(passphrase, again)
    path = desk.store.path
    changed = encrypting.change_passphrase(path, folder_of(path), key, passphrase, twins=twins.made(path))
    with desk.open_work() as work:
        return Done(changed, work.commit("passphrase_changed", key=key.id, backups=changed))


def decrypt(desk: Desk, *, typed: str, progress: Progress | None = None) -> Done[Path]:
    """Write the store and the twins of its drills plainly again; its backups stay encrypted.

    Raises StoreIsPlain, KeyWrong, TwinInUse, StoreTrouble.
    """
    desk.may(Act.KEEP_ACCOUNTS)
    key = _opened_by(desk, typed)
    _refuse_if_a_twin_is_held(desk)
    with desk.store.given_up():
        encrypting.decrypt(desk.store.path, old=key, progress=progress)
        desk.store.key = None
    encrypting.take_along(desk.store.path, twins.made(desk.store.path), old=key, new=None)
    with desk.open_work() as work:
        return Done(desk.store.path, work.commit("store_decrypted", key=key.id))


def recovery_sheet(desk: Desk, *, typed: str) -> RecoverySheet:
    """Return the recovery page once more, for whoever types the passphrase. Raises StoreIsPlain, KeyWrong."""
    desk.may(Act.KEEP_ACCOUNTS)
    return _sheet(desk, _opened_by(desk, typed))


def _write_anew(desk: Desk, passphrase: str, action: str, progress: Progress | None) -> Done[Encrypted]:
    path, old, key = desk.store.path, desk.store.key, encrypting.new_key()
    _refuse_if_a_twin_is_held(desk)
    with desk.store.given_up():
        encrypting.encrypt(path, old=old, new=key, passphrase=passphrase, progress=progress)
        desk.store.key = key
    made = encrypting.encrypt_backups(path, folder_of(path), key, progress=progress)
    encrypting.take_along(path, twins.made(path), old=old, new=key)
    with desk.open_work() as work:
        return Done(Encrypted(_sheet(desk, key), made), work.commit(action, key=key.id, backups=made))


def _refuse_if_a_twin_is_held(desk: Desk) -> None:
    """See to it that every twin can be written anew with its store: it would stay behind under the old key, or in the clear."""
    for twin in encrypting.held_among(twins.made(desk.store.path), desk.store.key):
        raise TwinInUse(path=str(twin))


def _opened_by(desk: Desk, typed: str) -> StoreKey:
    """Return the key of the store when what was typed gives it. Raises StoreIsPlain, KeyNeeded, KeyWrong, RecoveryKeyMistyped."""
    path, key = desk.store.path, desk.store.key
    if key is None:
        raise StoreIsPlain(path=str(path))
    if key_file.unlock(path, typed) != key:
        raise KeyWrong(path=str(path), reason="recovery")
    return key


def _sheet(desk: Desk, key: StoreKey) -> RecoverySheet:
    return RecoverySheet(imprint=imprint(desk), store=desk.store.path.name, key_id=key.id, rows=recovery_rows(key))
