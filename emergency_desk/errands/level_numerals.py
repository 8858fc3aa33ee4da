"""How a desk writes response levels: its setting, read for window, papers and command line alike."""

from __future__ import annotations

from emergency_desk.services import library
from emergency_desk.services.desk import Desk
from emergency_desk.wording.levels import SETTING, Numerals, numerals_of


def read(desk: Desk) -> Numerals:
    """Return how the desk writes levels. Reads the store."""
    return numerals_of(library.read_setting(desk, name=SETTING))
