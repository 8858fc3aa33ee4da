"""Identities: random 128-bit ids as 32 hex digits, and human numbers that carry the desk code."""

from __future__ import annotations

from typing import NewType

Id = NewType("Id", str)
_48_BITS, _62_BITS = (1 << 48) - 1, (1 << 62) - 1


def uuid7(milliseconds: int, random_bits: int) -> Id:
    """Lay out a UUIDv7 (RFC 9562 §5.7) from a Unix time in ms and 74 random bits, as 32 hex digits."""
    return Id(f"{uuid7_value(milliseconds, random_bits):032x}")


def uuid7_value(milliseconds: int, random_bits: int) -> int:
    """Return a UUIDv7 as the number it is: time, version 7, 12 bits, variant 2, 62 bits."""
    time, high, low = milliseconds & _48_BITS, (random_bits >> 62) & 0xFFF, random_bits & _62_BITS
    return time << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low


def incident_number(desk_code: str, year: int, serial: int) -> str:
    """Return "370203-2026-0017": unique across desks because it begins with the desk's own code."""
    return f"{desk_code}-{year}-{serial:04d}"


def report_number(incident: str, serial: int) -> str:
    """Return "370203-2026-0017-R02", the second report that went up about an incident."""
    return f"{incident}-R{serial:02d}"


def order_number(incident: str, serial: int) -> str:
    """Return "370203-2026-0017-D03", the third dispatch order of an incident."""
    return f"{incident}-D{serial:02d}"


def stock_number(desk_code: str, year: int, serial: int) -> str:
    """Return "370203-2026-S00031", the 31st stock document of a desk in a year."""
    return f"{desk_code}-{year}-S{serial:05d}"


def opening_number(desk_code: str, year: int, serial: int) -> str:
    """Return "370203-2026-B03", the third opening order for a shelter (避难场所启用令) of a desk in a year."""
    return f"{desk_code}-{year}-B{serial:02d}"


def transfer_number(desk_code: str, year: int, serial: int) -> str:
    """Return "370203-2026-Z0004", the fourth decision of a desk in a year on who goes to which shelter (转移安置)."""
    return f"{desk_code}-{year}-Z{serial:04d}"


def request_number(desk_code: str, year: int, serial: int) -> str:
    """Return "370203-2026-Q0007", the seventh request for supplies of a desk in a year."""
    return f"{desk_code}-{year}-Q{serial:04d}"


def release_number(desk_code: str, year: int, serial: int) -> str:
    """Return "370203-2026-L0007", the seventh release order of a desk in a year."""
    return f"{desk_code}-{year}-L{serial:04d}"


def requisition_number(desk_code: str, year: int, serial: int) -> str:
    """Return "370203-2026-Y0002", the second requisition of a desk in a year."""
    return f"{desk_code}-{year}-Y{serial:04d}"


def count_number(desk_code: str, year: int, serial: int) -> str:
    """Return "370203-2026-P0003", the third stock-taking of a desk in a year."""
    return f"{desk_code}-{year}-P{serial:04d}"


def drill_number(desk_code: str, year: int, serial: int) -> str:
    """Return "370203-2026-E0002", the second drill of a desk in a year."""
    return f"{desk_code}-{year}-E{serial:04d}"


def purge_number(desk_code: str, year: int, serial: int) -> str:
    """Return "370203-2026-X0001", the first certificate of destruction (销毁证明) of a desk in a year."""
    return f"{desk_code}-{year}-X{serial:04d}"


def finding_number(desk_code: str, year: int, serial: int) -> str:
    """Return "370203-2026-Z0004", the fourth finding of a desk in a year."""
    return f"{desk_code}-{year}-Z{serial:04d}"
