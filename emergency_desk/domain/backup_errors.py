"""Refusals about backups and the paper that is keyed back."""

from __future__ import annotations

from emergency_desk.domain.errors import DeskError, Refused


class SecondPlaceRefused(Refused):
    """A folder cannot be the second place of backups. Values: path, reason ("same_folder", "absent"), detail."""

    field = "folder"


class TookTooLong(DeskError):
    """What was given a time took longer and was ended. Values: what, seconds."""
