"""Releases of the program, and which comes after which."""

from __future__ import annotations


def in_order(version: str) -> tuple[int, ...]:
    """Return a version as numbers that stand in its order; "" comes before all."""
    return tuple(int(part) for part in version.split(".") if part.isdecimal())
