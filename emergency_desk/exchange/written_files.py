"""Any file that somebody takes for a plan in words: decided by its content, not by its name; refused with a precise reason or read whole."""

from __future__ import annotations

from pathlib import Path

from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.system_faults import fault_of
from emergency_desk.exchange import docx_text, plain_text
from emergency_desk.exchange.plan_mark import is_of_plans
from emergency_desk.exchange.written_lines import WrittenText

MOST_FILE_MB = 1024
MOST_TEXT_MB = 32  # of a plain text: some 10,000 pages
_MEGABYTE = 1024 * 1024
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc, and the envelope around a document with a password
_PICTURES = (b"\x89png", b"\xff\xd8\xff", b"gif8")
_ARCHIVES = (b"rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\xfd7zxz")


def read_written_file(path: Path | str) -> WrittenText:
    """Read a DOCX or a text file into lines. Raises BadFile; nothing in the file is run or fetched."""
    path = Path(path)
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            start = stream.read(4096)
    except FileNotFoundError as error:
        raise BadFile(name=path.name, reason="not_found") from error
    except OSError as error:
        raise BadFile(name=path.name, reason="unreadable", detail=fault_of(error)) from error
    if not size:
        raise BadFile(name=path.name, reason="plan_empty")
    if size > MOST_FILE_MB * _MEGABYTE:
        raise BadFile(name=path.name, reason="plan_too_large", memory_mb=MOST_FILE_MB)
    if start.startswith(_ZIP):
        return docx_text.read_docx(path)
    if start.startswith(_OLE):
        raise BadFile(name=path.name, reason=_ole_reason(path))
    _refuse_other_kinds(start, path.name)
    if size > MOST_TEXT_MB * _MEGABYTE:
        raise BadFile(name=path.name, reason="plan_too_large", memory_mb=MOST_TEXT_MB)
    return plain_text.read_plain_text(path.read_bytes(), path.name)


def _ole_reason(path: Path) -> str:
    """Look at the names in an OLE file's directory, which may lie anywhere in it."""
    found = {"EncryptedPackage": False, "WordDocument": False}
    overlap = b""
    with path.open("rb") as stream:
        while block := stream.read(_MEGABYTE):
            for name in found:
                found[name] = found[name] or name.encode("utf-16-le") in overlap + block
            overlap = block[-64:]
    if found["EncryptedPackage"]:
        return "plan_password"
    return "plan_old_word" if found["WordDocument"] else "plan_not_word"


def _refuse_other_kinds(start: bytes, name: str) -> None:
    if is_of_plans(start):
        raise BadFile(name=name, reason="plan_bundle")
    plain = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if plain.startswith(b"%pdf") or b"%pdf-" in plain[:1024]:
        raise BadFile(name=name, reason="plan_pdf")
    if plain.startswith((b"{\\rtf", b"<html", b"<!doctype html", b"<head", b"<meta", b"mime-version:")) or b"<html" in plain[:1024]:
        raise BadFile(name=name, reason="plan_other_word")
    if plain.startswith(_PICTURES) or start.startswith((b"II*\x00", b"MM\x00*")):
        raise BadFile(name=name, reason="plan_picture")
    if plain.startswith((*_ARCHIVES, b"<?xml")):
        raise BadFile(name=name, reason="plan_not_word")
