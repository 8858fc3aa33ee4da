"""Times as they stand on paper: a clock time of today or yesterday, or a day with it."""

from __future__ import annotations

import re
from datetime import date, datetime

from emergency_desk.domain.moments import at_clock, from_local, local_day

_WITH_DAY = re.compile(r"(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})日?\s*(\d{1,2})[:：时](\d{2})分?")


def read_paper_time(typed: str, *, now: datetime) -> datetime:
    """Read "19:42" as the latest such time not after now, "11-28 19:42" as of that day, of last year where this year's is still to come.

    Raises ValueError.
    """
    told = _WITH_DAY.fullmatch(typed.strip())
    if told is None:
        return at_clock(typed.strip().removeprefix("@"), near=now)
    year, month, day, hour, minute = told.groups()
    here = local_day(now)
    when = from_local(date(int(year) if year else here.year, int(month), int(day)), int(hour), int(minute))
    return when if year or when <= now else from_local(date(here.year - 1, int(month), int(day)), int(hour), int(minute))
