"""When something happened: a desk writes down what was, never what will be."""

from __future__ import annotations

from datetime import datetime, timedelta

from emergency_desk.domain.errors import OccurredInFuture

CLOCK_SLACK = timedelta(minutes=2)  # a house setting: clocks of callers and desks differ a little


def refuse_future(typed: datetime | None, *, at: datetime) -> None:
    """Refuse a moment that lies after the moment of entry. Raises OccurredInFuture."""
    if typed is not None and typed > at + CLOCK_SLACK:
        raise OccurredInFuture(typed=typed, now=at)
