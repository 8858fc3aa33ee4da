"""What marks a file as a store of this desk, and which shape of it this program knows."""

from __future__ import annotations

APPLICATION_ID = 0x454D4444  # "EMDD", in the SQLite header at byte 68
SCHEMA = 15  # PRAGMA user_version; one more with each migration
REVISION = "0015"
