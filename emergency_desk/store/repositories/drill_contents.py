"""What the files of drills hold, kept outside the journal; the sealed record of each names its digest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from emergency_desk.domain.ids import Id
from emergency_desk.domain.supplies import picture_digest


class DrillContents:
    """The table of contents over one open connection."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def add(self, file_id: Id, content: bytes) -> None:
        """Keep what a file holds."""
        self._connection.exec_driver_sql("INSERT INTO drill_contents (file_id, content) VALUES (?, ?)", (file_id, content))

    def content(self, file_id: Id) -> bytes:
        """Return what a file holds, nothing where it is gone."""
        row = self._connection.exec_driver_sql("SELECT content FROM drill_contents WHERE file_id = ?", (file_id,)).first()
        return b"" if row is None else bytes(row[0])


def wrong_contents(connection: Any) -> Iterator[tuple[str, str, str]]:
    """Yield file, expected digest and found one where a file does not hold what was kept."""
    rows = connection.exec_driver_sql(
        "SELECT f.id, f.digest, c.content FROM drill_files f LEFT JOIN drill_contents c ON c.file_id = f.id ORDER BY f.id")
    for file, digest, content in rows:
        found = picture_digest(bytes(content)) if content is not None else ""
        if found != digest:
            yield file, digest, found
