"""Identities: random 128-bit ids as 32 hex digits, and human numbers that carry the desk code."""

from __future__ import annotations

from typing import NewType

Id = NewType("Id", str)


def uuid7(milliseconds: int, random_bits: int) -> Id:
    """Lay out a UUIDv7 (RFC 9562 §5.7) from a Unix time in ms and 74 random bits, as 32 hex digits."""
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76
    value |= ((random_bits >> 62) & 0xFFF) << 64
    value |= 0b10 << 62
    value |= random_bits & ((1 << 62) - 1)
    return Id(f"{value:032x}")


def incident_number(desk_code: str, year: int, serial: int) -> str:
    """Return "370203-2026-0017": unique across desks because it begins with the desk's own code."""
    return f"{desk_code}-{year}-{serial:04d}"


def order_number(incident: str, serial: int) -> str:
    """Return "370203-2026-0017-D03", the third dispatch order of an incident."""
    return f"{incident}-D{serial:02d}"


def finding_number(desk_code: str, year: int, serial: int) -> str:
    """Return "370203-2026-Z0004", the fourth finding of a desk in a year."""
    return f"{desk_code}-{year}-Z{serial:04d}"
