"""Reads what is typed into the call form: coordinates in the ways people write them, clock times of the past."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from emergency_desk.domain.errors import FieldUnreadable
from emergency_desk.domain.moments import at_clock
from emergency_desk.wording.catalog import _

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_FILLING = re.compile(r"[\s,;，、°度]|北纬|东经|lat(?:itude)?|lon(?:gitude)?|[nNeE:=]", re.IGNORECASE)


def read_kept_moment(text: str) -> datetime | None:
    """Return a moment a draft keeps, None for anything else."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def read_coordinates(typed: str) -> tuple[float, float] | None:
    """Read "36.09, 120.39", "N36.09 E120.39" or "北纬36.09 东经120.39" as (latitude, longitude); None when nothing is typed.

    A longitude that comes first is known by its size, since no latitude passes 90. Raises FieldUnreadable.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    if not text:
        return None
    numbers = [float(part) for part in _NUMBER.findall(text)]
    rest = _FILLING.sub("", _NUMBER.sub("", text))
    if len(numbers) != 2 or rest:
        raise _unreadable("coordinates", typed, _("latitude and longitude in degrees, such as 36.09, 120.38"))
    latitude, longitude = numbers if abs(numbers[0]) <= 90 else reversed(numbers)
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise _unreadable("coordinates", typed, _("latitude and longitude in degrees, such as 36.09, 120.38"))
    return latitude, longitude


def read_clock(typed: str, *, received_at: datetime) -> datetime | None:
    """Read "19:26" or "1926" as the last such time before the call; None when nothing is typed. Raises FieldUnreadable."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if not text:
        return None
    try:
        return at_clock(text, near=received_at)
    except ValueError:
        raise _unreadable("occurred_at", typed, _("a clock time such as 19:26 or 1926")) from None


def unreadable_number(name: str, typed: str) -> FieldUnreadable:
    """Return the refusal of a figure that is no number."""
    return _unreadable(name, typed, _("a whole number; leave it empty or type ? when it is not known"))


def area_not_found(typed: str) -> FieldUnreadable:
    """Return the refusal of a place whose area was not taken from the list."""
    return _unreadable("area", typed, _("an area of the list; type characters, pinyin or initials and take it with Tab"))


def _unreadable(name: str, typed: str, expected: str) -> FieldUnreadable:
    return FieldUnreadable(name=name, typed=typed.strip(), expected=expected)
