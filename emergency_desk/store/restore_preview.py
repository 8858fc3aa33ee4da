"""What restoring a copy would bring and what would be missing afterwards, found by laying the two journals side by side."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from emergency_desk.domain.backups import Contents, Kinship, Preview
from emergency_desk.domain.store_keys import StoreKey
from emergency_desk.store.backup_checking import read_contents
from emergency_desk.store.backups import is_sealed
from emergency_desk.store.codec import moment_from_column
from emergency_desk.store.engine import open_connection
from emergency_desk.store.trouble import DRIVER_ERRORS

_MOST_INCIDENTS = 200


def compare(backup: Path, store: Path, *, key: StoreKey | None = None, store_key: StoreKey | None = None) -> Preview:
    """Lay a copy that was looked over beside the present store. Raises the driver's errors where the copy cannot be read."""
    copy = read_contents(backup, key=key)
    sealed = is_sealed(backup)
    if not store.exists():
        return Preview(copy, Kinship.NOTHING_THERE, is_sealed=sealed)
    try:
        present = read_contents(store, key=store_key)
        with (closing(open_connection(backup, key=key, read_only=True)) as theirs,
              closing(open_connection(store, key=store_key, read_only=True)) as ours):
            shared = _shared(theirs, ours, min(copy.last_entry, present.last_entry))
            return _told(copy, present, ours, theirs, shared, is_sealed=sealed)
    except DRIVER_ERRORS:
        return Preview(copy, Kinship.UNREADABLE, is_sealed=sealed)


def _told(copy: Contents, present: Contents, ours: Any, theirs: Any, shared: int, *, is_sealed: bool) -> Preview:
    since = ours.execute("SELECT min(at) FROM journal WHERE number > ?", (shared,)).fetchone()[0]
    known = {row[0] for row in theirs.execute("SELECT number FROM incidents")}
    missing = tuple((number, title) for number, title in ours.execute("SELECT number, title FROM incidents ORDER BY recorded_at DESC")
                    if number not in known)
    before = dict(copy.counts)
    more = tuple((table, count - before.get(table, 0)) for table, count in present.counts if count > before.get(table, 0))
    return Preview(copy, _kinship(copy, present, shared), missing_entries=present.last_entry - shared, missing_since=moment_from_column(since),
                   missing_incidents=missing[:_MOST_INCIDENTS], missing_counts=more, is_sealed=is_sealed, present=present)


def _kinship(copy: Contents, present: Contents, shared: int) -> Kinship:
    if shared == 0:
        return Kinship.ANOTHER
    if shared == copy.last_entry:
        return Kinship.SAME if shared == present.last_entry else Kinship.OLDER
    return Kinship.NEWER if shared == present.last_entry else Kinship.PARTED


def _shared(theirs: Any, ours: Any, most: int) -> int:
    """Return up to which entry both journals are one: a chain agrees up to a number and nowhere after it."""
    least = 0
    while least < most:
        middle = (least + most + 1) // 2
        links = [connection.execute("SELECT hash FROM journal WHERE number = ?", (middle,)).fetchone() for connection in (theirs, ours)]
        least, most = (middle, most) if links[0] == links[1] else (least, middle - 1)
    return least
