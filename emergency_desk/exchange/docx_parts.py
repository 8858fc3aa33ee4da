"""A Word file as its parts: opened with care, refused by name where it cannot be read, and nothing in it is ever run or fetched.

Only the parts that carry text are unpacked, so pictures of any size cost nothing. Call it in the limited child.
"""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, ParseError
from xml.parsers import expat

from emergency_desk.domain.errors import BadFile
from emergency_desk.exchange.written_lines import MOST_LINES

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MOST_TEXT_MB = 32  # of one part, unpacked: some 1,000 pages with all their marks
_MEGABYTE = 1024 * 1024
_MOST_PARTS = 20_000
_DAMAGED = (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, zipfile.LargeZipFile)


class _Declared(Exception):
    """A part declares a document type, which Word never does and which entities need."""


def _refuse_declarations(content: bytes) -> None:
    """Stop at the first declaration, before anything can grow. A pass of its own, which costs a tenth of building the tree by hand."""
    def declared(*_about: object) -> None:
        raise _Declared

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = declared
    parser.Parse(content, True)


class DocxParts:
    """The parts of one Word file. Raises BadFile from the beginning when it is none."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        try:
            self._archive = zipfile.ZipFile(path)
        except _DAMAGED as error:
            raise BadFile(name=self.name, reason="plan_damaged", detail=str(error)) from error
        try:
            self._look_over()
        except BaseException:
            self._archive.close()
            raise

    def __enter__(self) -> DocxParts:
        return self

    def __exit__(self, *_gone: object) -> None:
        self._archive.close()

    @property
    def names(self) -> frozenset[str]:
        """Return the names of all parts."""
        return self._names

    def root(self, part: str) -> Element:
        """Return the root of a part that has to be there. Raises BadFile."""
        content = self.bytes_of(part)
        if part == self.document and content.count(b"<w:p>") + content.count(b"<w:p ") + content.count(b"<w:p/>") > MOST_LINES:
            raise BadFile(name=self.name, reason="plan_too_long", most=MOST_LINES)  # told before an hour's tree is built
        if _STRICT in content[:20_000]:
            content = content.replace(_STRICT, _USUAL)
        try:
            _refuse_declarations(content)
            return ElementTree.fromstring(content)
        except _Declared as error:
            raise BadFile(name=self.name, reason="plan_entities", detail=part) from error
        except (ParseError, expat.ExpatError, LookupError, ValueError) as error:
            raise BadFile(name=self.name, reason="plan_damaged", detail=f"{part}: {error}") from error

    def optional(self, part: str) -> Element | None:
        """Return the root of a part, or None where the file has none."""
        return self.root(part) if part in self._names else None

    def bytes_of(self, part: str) -> bytes:
        """Return what a part holds. Raises BadFile when it is too large, damaged or enciphered."""
        try:
            about = self._archive.getinfo(part)
            if about.flag_bits & 1:
                raise BadFile(name=self.name, reason="plan_password")
            if about.file_size > MOST_TEXT_MB * _MEGABYTE:
                raise BadFile(name=self.name, reason="plan_too_large", memory_mb=MOST_TEXT_MB)
            with self._archive.open(part) as stream:  # reads no more than the part says it has, and compares its sum
                return stream.read()
        except KeyError as error:
            raise BadFile(name=self.name, reason="plan_damaged", detail=part) from error
        except (zlib.error, lzma.LZMAError, *_DAMAGED) as error:
            raise BadFile(name=self.name, reason="plan_damaged", detail=str(error)) from error

    def targets(self, part: str) -> Iterable[tuple[str, str, bool]]:
        """Return (kind, target, whether it lies outside the file) for everything a part is related to."""
        folder, _slash, file = part.rpartition("/")
        root = self.optional(f"{folder}/_rels/{file}.rels")
        for one in root if root is not None else ():
            kind = one.get("Type", "").rsplit("/", 1)[-1]
            yield kind, one.get("Target", ""), one.get("TargetMode", "") == "External"

    def _document(self) -> str:
        root = self.optional("_rels/.rels")
        for one in root if root is not None else ():
            target = one.get("Target", "").lstrip("/")
            if one.get("Type", "").endswith("/officeDocument") and target in self._names:
                return target
        return "word/document.xml"

    def _look_over(self) -> None:
        members = self._archive.infolist()
        if len(members) > _MOST_PARTS:
            raise BadFile(name=self.name, reason="plan_too_large", memory_mb=MOST_TEXT_MB)
        self._names = frozenset(member.filename for member in members)
        self.document = ""  # the name of the part with the text
        self.document = self._document()
        if "EncryptedPackage" in self._names:
            raise BadFile(name=self.name, reason="plan_password")
        types = self.bytes_of("[Content_Types].xml") if "[Content_Types].xml" in self._names else b""
        if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in self._names) or b"macroEnabled" in types:
            raise BadFile(name=self.name, reason="plan_macros")
        if self.document not in self._names or not re.search(rb"wordprocessingml", types):
            raise BadFile(name=self.name, reason="plan_not_word")
