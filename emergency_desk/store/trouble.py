"""Turns the database driver's own errors into the desk's StoreTrouble; anything else passes as it is."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from emergency_desk.domain.errors import StoreTrouble

DRIVER_ERRORS = (DBAPIError, dbapi2.Error)

_REASONS = (("full", "disk_full"), ("locked", "locked"), ("busy", "locked"), ("malformed", "damaged"), ("not a database", "damaged"),
            ("readonly", "read_only"), ("disk i/o", "disk_error"), ("unable to open", "cannot_open"))


def as_trouble(error: BaseException, *, path: str = "", backup: str = "") -> BaseException:
    """Return StoreTrouble for an error of the disk or the lock; the error itself otherwise (a wrong statement is our bug)."""
    original = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(original, dbapi2.OperationalError | dbapi2.DatabaseError) or isinstance(original, dbapi2.IntegrityError):
        return error
    text = str(original).lower()
    for words, reason in _REASONS:
        if words in text:
            return StoreTrouble(path=path, reason=reason, backup=backup, detail=str(original))
    return error
