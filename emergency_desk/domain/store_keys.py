"""The key of an encrypted store, and how it is written on paper so that a tired hand types it right.

The recovery key is the store's own key, so that it opens the store even where the file of keys beside it is lost.
"""

from __future__ import annotations

import unicodedata
from hashlib import sha256
from hmac import compare_digest
from typing import NoReturn

from emergency_desk.domain.key_errors import PassphrasesDiffer, PassphraseTooShort, RecoveryKeyMistyped

KEY_BYTES = 32
LEAST_PASSPHRASE = 8  # house setting; argon2id makes each guess cost some 64 MB and a tenth of a second
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_ROWS, _ROW_BYTES, _CHECK_BYTES, _ROW_SIGNS = 4, 8, 2, 16


class StoreKey:
    """256 random bits that open one store and its backups. It shows itself nowhere, and it never leaves this process."""

    __slots__ = ("raw",)

    def __init__(self, raw: bytes) -> None:
        if len(raw) != KEY_BYTES:
            raise ValueError("a key has 32 bytes")
        self.raw = raw

    def __repr__(self) -> str:
        return "StoreKey(…)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StoreKey) and compare_digest(self.raw, other.raw)

    def __hash__(self) -> int:
        return hash(self.id)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key does not travel to another process")

    @property
    def id(self) -> str:
        """What tells keys apart without telling the key."""
        return sha256(b"emergency-desk key id" + self.raw).hexdigest()[:16]


def recovery_rows(key: StoreKey) -> tuple[str, ...]:
    """Write a key as four rows of four groups; each row carries its own check, so that a slip is found in its row."""
    rows = []
    for number in range(_ROWS):
        part = key.raw[number * _ROW_BYTES:(number + 1) * _ROW_BYTES]
        signs = _signs(part + _check(number, part))
        rows.append(" ".join(signs[place:place + 4] for place in range(0, _ROW_SIGNS, 4)))
    return tuple(rows)


def looks_like_recovery(typed: str) -> bool:
    """Say whether what was typed is meant as a recovery key and not as a passphrase."""
    return len(_cleaned(typed)) == _ROWS * _ROW_SIGNS


def read_recovery(typed: str) -> StoreKey:
    """Read a recovery key, however it was grouped. Raises RecoveryKeyMistyped with the row that is wrong."""
    signs = _cleaned(typed)
    if len(signs) != _ROWS * _ROW_SIGNS:
        raise RecoveryKeyMistyped(reason="length", count=len(signs), wanted=_ROWS * _ROW_SIGNS)
    raw = b""
    for number in range(_ROWS):
        row = _bytes(signs[number * _ROW_SIGNS:(number + 1) * _ROW_SIGNS])
        if row[_ROW_BYTES:] != _check(number, row[:_ROW_BYTES]):
            raise RecoveryKeyMistyped(reason="row", line=number + 1)
        raw += row[:_ROW_BYTES]
    return StoreKey(raw)


def settled_passphrase(typed: str, again: str) -> str:
    """Return a new passphrase that was typed twice. Raises PassphraseTooShort, PassphrasesDiffer."""
    if len(folded_passphrase(typed)) < LEAST_PASSPHRASE:
        raise PassphraseTooShort(count=LEAST_PASSPHRASE)
    if folded_passphrase(typed) != folded_passphrase(again):
        raise PassphrasesDiffer
    return typed


def folded_passphrase(typed: str) -> str:
    """Return what a passphrase is whichever keyboard wrote it: full width and composed letters are one, blanks around it are none."""
    return unicodedata.normalize("NFKC", typed).strip()


def _cleaned(typed: str) -> str:
    upper = unicodedata.normalize("NFKC", typed).upper().translate(_READ_AS)
    kept = "".join(sign for sign in upper if sign not in "-–—_.·:,;" and not sign.isspace())
    return kept if all(sign in _SIGNS for sign in kept) else ""


def _check(number: int, part: bytes) -> bytes:
    return sha256(b"emergency-desk row" + bytes([number]) + part).digest()[:_CHECK_BYTES]


def _signs(content: bytes) -> str:
    value, signs = int.from_bytes(content, "big"), ""
    for _place in range(len(content) * 8 // 5):
        value, part = divmod(value, 32)
        signs = _SIGNS[part] + signs
    return signs


def _bytes(signs: str) -> bytes:
    value = 0
    for sign in signs:
        value = value * 32 + _SIGNS.index(sign)
    return value.to_bytes(len(signs) * 5 // 8, "big")
