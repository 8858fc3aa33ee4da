"""What the photographs of items show, kept small and outside the journal; the sealed record of each names its digest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from emergency_desk.domain.ids import Id
from emergency_desk.domain.supplies import picture_digest


class ItemPictures:
    """The table of pictures over one open connection."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def add(self, photo_id: Id, content: bytes) -> None:
        """Keep what a photograph shows."""
        self._connection.exec_driver_sql("INSERT INTO item_pictures (photo_id, content) VALUES (?, ?)", (photo_id, content))

    def content(self, photo_id: Id) -> bytes:
        """Return what a photograph shows, nothing where it is gone."""
        row = self._connection.exec_driver_sql("SELECT content FROM item_pictures WHERE photo_id = ?", (photo_id,)).first()
        return b"" if row is None else bytes(row[0])


def wrong_pictures(connection: Any) -> Iterator[tuple[str, str, str]]:
    """Yield photograph, expected digest and found one where a picture is not the one that was kept."""
    rows = connection.exec_driver_sql(
        "SELECT p.id, p.digest, c.content FROM item_photos p LEFT JOIN item_pictures c ON c.photo_id = p.id ORDER BY p.id")
    for photo, digest, content in rows:
        found = picture_digest(bytes(content)) if content is not None else ""
        if found != digest:
            yield photo, digest, found
