"""The destruction of personal data, whole: find papers with names, destroy, make a backup without names, look every byte over.

Called by window, command line, walks.
"""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from emergency_desk.domain.ids import Id
from emergency_desk.domain.purging import Certificate, Remnant, RemnantKind
from emergency_desk.services import integrity, purging, recovery
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.purging import Held

_MOST_BYTES = 50_000_000  # a house setting: no paper of the desk is as large; what is larger is named without being read


def destroy(desk: Desk, *, incident_id: Id, decided_by: str = "", note: str = "", folder: Path | None = None,
            logs: Path | None = None) -> Certificate:
    """Destroy the personal data of an incident and look the bytes over. Raises what `purging.purge` raises, StoreTrouble."""
    papers = papers_with_names(purging.papers_folder(desk), purging.held(desk, incident_id=incident_id))
    made = purging.purge(desk, incident_id=incident_id, decided_by=decided_by, note=note).value
    return look_over(desk, purge_id=made.id, folder=folder, logs=logs, papers=papers)


def destroy_owed(desk: Desk, *, item_id: Id, decided_by: str = "", note: str = "") -> Done[Certificate]:
    """End the item that asks for the destruction, by destroying, and look the bytes over. Raises what `recovery.end_item` raises."""
    incident_id = recovery.incident_of(desk, item_id=item_id)
    papers = papers_with_names(purging.papers_folder(desk), purging.held(desk, incident_id=incident_id))
    ended = recovery.end_item(desk, item_id=item_id, note=note, decided_by=decided_by)
    told = look_over(desk, purge_id=purging.newest_certificate(desk, incident_id=incident_id).purge.id, papers=papers)
    return Done(told, ended.changes)


def look_over(desk: Desk, *, purge_id: Id, folder: Path | None = None, logs: Path | None = None,
              papers: tuple[Remnant, ...] | None = None) -> Certificate:
    """Look the bytes over once more, such as after another program was closed."""
    purging.look_over(desk, purge_id=purge_id, folder=folder or integrity.backup_folder(desk), logs=logs or _log_folder(), papers=papers)
    return purging.certificate(desk, purge_id=purge_id)


def look_again(desk: Desk, *, purge_id: Id) -> Done[Certificate]:
    """Look the bytes over once more, for a window that follows what changed."""
    done = purging.look_over(desk, purge_id=purge_id, folder=integrity.backup_folder(desk), logs=_log_folder())
    return Done(purging.certificate(desk, purge_id=purge_id), done.changes)


def destroy_older(desk: Desk, *, purge_id: Id, folder: Path | None = None, logs: Path | None = None) -> Done[Certificate]:
    """Destroy the older backups and papers that the newest look named, and look again. Raises NotFound where nobody looked yet."""
    done = purging.destroy_backups(desk, purge_id=purge_id, folder=folder or integrity.backup_folder(desk), logs=logs or _log_folder())
    return Done(purging.certificate(desk, purge_id=purge_id), done.changes)


# -- papers -----------------------------------------------------------------------------------------------------------
def papers_with_names(folder: Path, held: Held) -> tuple[Remnant, ...]:
    """Return the papers of an incident in the desk's own folder that hold one of its names or phones, or that cannot be read."""
    found = []
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.is_file() and path.name.startswith(held.numbers) and _holds(path, held.words):
            told = path.stat()
            found.append(Remnant(path.name, datetime.fromtimestamp(told.st_mtime, tz=UTC), told.st_size, RemnantKind.PAPER))
    return tuple(found)


def _holds(path: Path, words: frozenset[str]) -> bool:
    """Say whether a paper holds one of some words; one that cannot be read is taken to."""
    if path.stat().st_size > _MOST_BYTES:
        return True
    closed_up = {"".join(word.split()) for word in words}
    return any(text is None or any(word in text for word in closed_up) for text in _texts(path))


def _texts(path: Path) -> Iterator[str | None]:
    """Yield what a paper says, without white space, because lines break anywhere; None where it cannot be read."""
    if path.suffix.lower() == ".pdf":
        yield from _texts_of_pdf(path)
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as book:
            for member in book.infolist():
                if member.filename.endswith(".xml"):
                    yield None if member.file_size > _MOST_BYTES else "".join(book.read(member).decode("utf-8", "replace").split())
    else:
        yield "".join(path.read_text("utf-8", "replace").split())


def _texts_of_pdf(path: Path) -> Iterator[str | None]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        yield None
        return
    try:
        for page in document:
            yield "".join(page.get_textpage().get_text_range().split())
    finally:
        document.close()


def _log_folder() -> Path | None:
    """Return the folder this program writes its log to, or None where it writes none."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.FileHandler):
            return Path(handler.baseFilename).parent
    return None
