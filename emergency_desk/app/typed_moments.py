"""Reads a moment that was typed on the command line."""

from __future__ import annotations

from datetime import UTC, datetime

from emergency_desk.domain.errors import FieldUnreadable
from emergency_desk.domain.moments import at_clock


def typed_moment(text: str, name: str) -> datetime | None:
    """Read "2026-11-05 08:00", "2026-11-05" or a clock time of today. Raises FieldUnreadable."""
    if not text:
        return None
    from emergency_desk.exchange.walk_moments import read_moment

    now = datetime.now(UTC)
    try:
        if ":" in text and "-" not in text:
            return at_clock(text, near=now)
        return read_moment(text if ":" in text else f"{text} 00:00", near=now)
    except ValueError as error:
        raise FieldUnreadable(name=name, typed=text, expected="2026-11-05 08:00") from error
