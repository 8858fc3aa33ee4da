"""The code on a lot's label: digits alone, so that a scanner types it through any keyboard layout and any Chinese input method.

The 39 digits of the lot's id and two check digits (ISO/IEC 7064, MOD 97-10). Full-width digits and blanks between them are read alike.
"""

from __future__ import annotations

import unicodedata

from emergency_desk.domain.ids import Id

DIGITS = 41
_ID_DIGITS, _MODULUS, _LARGEST = 39, 97, 1 << 128


def lot_code(lot_id: Id) -> str:
    """Return the digits that stand in the QR of a lot."""
    body = f"{int(lot_id, 16):0{_ID_DIGITS}d}"
    return f"{body}{98 - int(body) * 100 % _MODULUS:02d}"


def is_lot_code(typed: str) -> bool:
    """Say whether something typed is a code as long as a lot's, whether or not its check digits fit."""
    return len(plain(typed)) == DIGITS and plain(typed).isascii() and plain(typed).isdigit()


def read_lot_code(typed: str) -> Id | None:
    """Return the id of the lot a code names; None when it is no code of a lot, or was read wrong."""
    text = plain(typed)
    if not is_lot_code(text) or int(text) % _MODULUS != 1 or int(text[:_ID_DIGITS]) >= _LARGEST:
        return None
    return Id(f"{int(text[:_ID_DIGITS]):032x}")


def plain(typed: str) -> str:
    """Return what was typed with full-width signs made plain (NFKC) and without blanks: what a scanner meant, whatever stood between."""
    return "".join(unicodedata.normalize("NFKC", typed).split())
