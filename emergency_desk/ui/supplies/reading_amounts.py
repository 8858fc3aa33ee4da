"""Typed words as amounts: "12", "3 箱", "45.50" yuan. What cannot be read is refused at its field."""

from __future__ import annotations

import re
from decimal import Decimal

from emergency_desk.domain.errors import FieldMissing, FieldUnreadable
from emergency_desk.wording.catalog import _

_FULL = str.maketrans("０１２３４５６７８９，．－", "0123456789,.-")
_AMOUNT = re.compile(r"(-?\d{1,12})\s*(\D*)")
_YUAN = re.compile(r"\d{1,9}(\.\d{1,2})?")


def as_amount(name: str, typed: str) -> tuple[int, str]:
    """Read how many, and of which unit ("" is the item's own): "12", "3 箱". Raises FieldMissing, FieldUnreadable."""
    text = typed.translate(_FULL).replace(",", "").strip()
    if not text:
        raise FieldMissing(name=name)
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise FieldUnreadable(name=name, typed=typed, expected=_("a whole number and perhaps a unit, such as 12 or 3 箱"))
    return int(found[1]), found[2].strip()


def as_fen(name: str, typed: str) -> int | None:
    """Read an amount of yuan with up to two places as fen; empty is not known. Raises FieldUnreadable."""
    text = typed.translate(_FULL).replace(",", "").replace("¥", "").replace("元", "").strip()
    if not text:
        return None
    if not _YUAN.fullmatch(text):
        raise FieldUnreadable(name=name, typed=typed, expected=_("yuan with at most two places, such as 45.50"))
    return int(Decimal(text) * 100)
