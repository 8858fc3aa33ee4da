"""How a walk writes times: a clock time, minutes from the step before, or a whole date."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from emergency_desk.domain.moments import from_local, local_day

_AFTER = re.compile(r"([+-])(\d{1,5}(?:\.\d{1,3})?)")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_WHOLE = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]+(\d{1,2}:\d{2}(?::\d{2})?)")


def read_moment(text: str, *, near: datetime) -> datetime:
    """Read "+5" as minutes after `near`, "19:31" as that clock time of its day, "2026-11-06 01:30" as it stands.

    Raises ValueError when it is none of these.
    """
    text = text.strip()
    after = _AFTER.fullmatch(text)
    if after:
        return near + timedelta(minutes=float(after[1] + after[2]))
    whole = _WHOLE.fullmatch(text)
    if whole:
        return _at_clock(date.fromisoformat(whole[1]), whole[2])
    return _at_clock(local_day(near), text)


def _at_clock(day: date, text: str) -> datetime:
    clock = _CLOCK.fullmatch(text)
    if clock is None:
        raise ValueError(text)
    return from_local(day, int(clock[1]), int(clock[2]), int(clock[3] or 0))
