"""Moments in time: always aware, always UTC inside; the desk's local day is fixed at UTC+8 (domain §16, trap 12)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "UTC+8")


def local_day(moment: datetime) -> date:
    """Return the calendar day in China."""
    return moment.astimezone(CHINA).date()


def local_year(moment: datetime) -> int:
    """Return the calendar year in China."""
    return moment.astimezone(CHINA).year


def from_local(day: date, hour: int, minute: int, second: int = 0) -> datetime:
    """Return the UTC moment of a local clock time in China."""
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=CHINA).astimezone(UTC)


def at_clock(text: str, *, near: datetime) -> datetime:
    """Read "19:31" or "1931" as the latest such clock time not after `near` (a call is about the past).

    Raises ValueError when it is no clock time.
    """
    digits = text.strip().replace("：", ":")
    if ":" not in digits and len(digits) in (3, 4) and digits.isdigit():
        digits = f"{digits[:-2]}:{digits[-2:]}"
    parts = [int(part) for part in digits.split(":")]
    if len(parts) not in (2, 3) or not 0 <= parts[0] < 24 or not all(0 <= part < 60 for part in parts[1:]):
        raise ValueError(text)
    here = near.astimezone(CHINA)
    moment = here.replace(hour=parts[0], minute=parts[1], second=parts[2] if len(parts) == 3 else 0, microsecond=0)
    if moment > here:
        moment -= timedelta(days=1)
    return moment.astimezone(UTC)
