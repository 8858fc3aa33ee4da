"""Typed words as amounts: "12", "3 箱", "45.50" yuan. What cannot be read is refused at its field."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal

from emergency_desk.domain.errors import FieldMissing, FieldUnreadable
from emergency_desk.domain.moments import from_local, local_day
from emergency_desk.wording.catalog import _

_FULL = str.maketrans("０１２３４５６７８９，．－", "0123456789,.-")
_AMOUNT = re.compile(r"(-?\d{1,12})\s*(\D*)")
_CLOCK = re.compile(r"(?:(\d{4}-\d{2}-\d{2})\s+)?(\d{1,2})[:：](\d{2})")
_MINUTES = re.compile(r"\+\s*(\d{1,4})\s*(?:min|mins|minutes?|分|分钟)?\.?", re.IGNORECASE)
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


def as_moment(name: str, typed: str, *, now: datetime) -> datetime | None:
    """Read a moment to come: "10:30" (the next one), "+90", "+90 minutes" or "+90 分钟", "2026-08-12 10:30"; empty is not known.

    Raises FieldUnreadable.
    """
    text = typed.translate(_FULL).replace("：", ":").replace("＋", "+").strip()
    if not text:
        return None
    if later := _MINUTES.fullmatch(text):
        return now + timedelta(minutes=int(later[1]))
    found = _CLOCK.fullmatch(text)
    try:
        if found is None or int(found[2]) > 23 or int(found[3]) > 59:
            raise ValueError(text)
        day = datetime.fromisoformat(found[1]).date() if found[1] else local_day(now)
        moment = from_local(day, int(found[2]), int(found[3]))
    except ValueError as error:
        raise FieldUnreadable(name=name, typed=typed, expected=_("10:30, +90 minutes, or 2026-08-12 10:30")) from error
    return moment + timedelta(days=1) if not found[1] and moment < now else moment
