"""When numbers were last tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emergency_desk.domain.contact_tries import ContactTry

if TYPE_CHECKING:
    from emergency_desk.store.readings.reading import Reading

_LAST = "WHERE seq IN (SELECT max(seq) FROM contact_tries GROUP BY unit, role, phone)"


def last_tries(reading: Reading) -> list[ContactTry]:
    """Return the last try of each number."""
    return reading.contact_tries.where(f"{_LAST} ORDER BY seq")
