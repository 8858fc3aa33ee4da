"""The text of a Word file, paragraph by paragraph as a reader sees it: automatic numbers, tables, text boxes, footnotes, tracked changes.

Deleted and hidden words are left out and counted; fields show what they last showed; a table of contents is marked as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree.ElementTree import Element

from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.plan_proposals import FileNote, FileNoteKind
from emergency_desk.exchange.docx_numbers import Numbering
from emergency_desk.exchange.docx_parts import DocxParts, W
from emergency_desk.exchange.written_lines import MOST_LINES, Cells, Written, WrittenText

_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_ROWS_OF_A_FRAME = 3  # a table of one cell with so many paragraphs is a frame around text
_SKIPPED = frozenset(f"{W}{name}" for name in ("pPr", "rPr", "instrText", "delText", "delInstrText", "proofErr", "bookmarkStart", "bookmarkEnd",
                                               "tblPr", "trPr", "tcPr", "sectPr", "sdtPr", "commentReference", "fldData", "rt"))
_DELETED = (f"{W}del", f"{W}moveFrom")
_BOXES = (f"{W}drawing", f"{W}pict", f"{W}object")
_BREAKS = {f"{W}tab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class _Style:
    level: int = 0
    list_id: str = ""
    list_depth: int = 0
    is_contents: bool = False
    is_hidden: bool = False


class _Reader:
    """Walks one document once."""

    def __init__(self, parts: DocxParts) -> None:
        self.parts = parts
        self.part = parts.document
        self.folder = self.part.rpartition("/")[0]
        self.styles = _styles(parts.optional(f"{self.folder}/styles.xml"))
        self.numbering = Numbering(parts.optional(f"{self.folder}/numbering.xml"))
        self.notes = {kind: _notes(parts.optional(f"{self.folder}/{kind}.xml")) for kind in ("footnotes", "endnotes")}
        self.counted: dict[FileNoteKind, int] = {}
        self.pending: list[Element] = []  # text boxes of the paragraph that is being read
        self.noted: list[tuple[str, Element]] = []  # its footnotes
        self.note_number = 0
        self.paragraph = 0
        self.contents_depth = 0
        self.field_depth = 0

    def count(self, kind: FileNoteKind, by: int = 1) -> None:
        self.counted[kind] = self.counted.get(kind, 0) + by

    # -- blocks --------------------------------------------------------------------------------------------------------
    def lines(self, blocks: Iterable[Element], *, in_contents: bool = False) -> Iterator[Written]:
        """Give the lines of some blocks, in the order in which they stand."""
        for block in blocks:
            tag = block.tag
            if tag == f"{W}p":
                yield from self.paragraph_lines(block, in_contents)
            elif tag == f"{W}tbl":
                yield from self.table_lines(block, in_contents)
            elif tag == f"{W}sdt":
                content = block.find(f"{W}sdtContent")
                yield from self.lines(content if content is not None else (), in_contents=in_contents or _is_contents_box(block))
            elif tag == f"{W}altChunk":
                self.count(FileNoteKind.EMBEDDED)
            elif tag in _DELETED:
                self.count(FileNoteKind.DELETED)
            elif tag == f"{_CHOICE}AlternateContent":
                yield from self.lines(_chosen(block), in_contents=in_contents)
            elif tag not in _SKIPPED:
                yield from self.lines(block, in_contents=in_contents)

    def paragraph_lines(self, block: Element, in_contents: bool) -> Iterator[Written]:
        self.paragraph += 1
        if self.paragraph > MOST_LINES:
            raise BadFile(name=self.parts.name, reason="plan_too_long", most=MOST_LINES)
        at = self.paragraph
        was_in_field = self.contents_depth > 0
        style, is_removed = self.look(block)
        words = self.words(block)
        if is_removed and not words.strip():
            return
        number = self.numbering.next(style.list_id, style.list_depth) if style.list_id and words.strip() else ""
        is_contents = in_contents or style.is_contents or was_in_field or self.contents_depth > 0
        boxes, notes = self.pending, self.noted
        self.pending, self.noted = [], []
        parts = [part for part in words.split("\n") if part.strip()]
        for order, part in enumerate(parts):
            yield Written(at, part.strip(), (number or "") if order == 0 else "", style.level if order == 0 else 0,
                          is_entry=number is None and order == 0, in_contents=is_contents)
        for mark, note in notes:
            for line in self.lines(note):
                yield replace(line, line=at, words=f"{mark}{line.words.strip()}", number="", level=0)
                mark = ""
        for box in boxes:
            yield from self.lines(box)

    def table_lines(self, block: Element, in_contents: bool) -> Iterator[Written]:
        rows = [[self.cell_blocks(cell) for cell in _cells(row)] for row in _rows(block)]
        if rows and all(len(row) == 1 for row in rows) and max(len(row[0][0]) for row in rows) >= _ROWS_OF_A_FRAME:
            for row in rows:
                yield from self.lines(row[0][0], in_contents=in_contents)
            return
        at = self.paragraph + 1
        cells = self.table_cells(rows)
        boxes, notes = self.pending, self.noted
        self.pending, self.noted = [], []
        if any(cell for row in cells for cell in row):
            yield Written(at, "", table=cells, in_contents=in_contents)
        for mark, note in notes:
            for line in self.lines(note):
                yield replace(line, line=at, words=f"{mark}{line.words.strip()}", number="", level=0)
        for box in boxes:
            yield from self.lines(box)

    def cell_blocks(self, cell: Element) -> tuple[list[Element], int, bool]:
        """Return the blocks of a cell, how many columns it is wide, and whether it goes on from the cell above."""
        about = cell.find(f"{W}tcPr")
        wide, goes_on = 1, False
        if about is not None:
            span, merge = about.find(f"{W}gridSpan"), about.find(f"{W}vMerge")
            if span is not None and span.get(f"{W}val", "1").isdigit():
                wide = max(1, min(int(span.get(f"{W}val", "1")), 64))
            goes_on = merge is not None and merge.get(f"{W}val", "continue") != "restart"
        return [child for child in cell if child.tag not in _SKIPPED], wide, goes_on

    def table_cells(self, rows: list[list[tuple[list[Element], int, bool]]]) -> Cells:
        found = []
        for row in rows:
            cells: list[str] = []
            for blocks, wide, _goes_on in row:
                told = [_flat(line) for line in self.lines(blocks)]
                cells += ["\n".join(one for one in told if one), *[""] * (wide - 1)]
            found.append(tuple(cells))
        widest = max((len(row) for row in found), default=0)
        return tuple((*row, *("",) * (widest - len(row))) for row in found)

    # -- words ---------------------------------------------------------------------------------------------------------
    def look(self, block: Element) -> tuple[_Style, bool]:
        """Return how a paragraph looks, with what it says itself over what its style says; and whether its mark was deleted."""
        about = block.find(f"{W}pPr")
        if about is None:
            return self.styles.get("", _Style()), False
        named = about.find(f"{W}pStyle")
        style = self.styles.get(named.get(f"{W}val", "") if named is not None else "", self.styles.get("", _Style()))
        numbered, outline = about.find(f"{W}numPr"), about.find(f"{W}outlineLvl")
        if numbered is not None:
            list_id, depth = _value(numbered, "numId"), _value(numbered, "ilvl")
            style = replace(style, list_id=list_id or style.list_id, list_depth=int(depth) if depth.isdigit() else style.list_depth)
        if outline is not None and outline.get(f"{W}val", "9").isdigit():
            level = int(outline.get(f"{W}val", "9")) + 1
            style = replace(style, level=level if level <= 9 else 0)
        mark = about.find(f"{W}rPr")
        return style, mark is not None and mark.find(f"{W}del") is not None

    def words(self, block: Element) -> str:
        """Return the words of a paragraph; breaks of a line are kept, those of a page are not text."""
        found: list[str] = []
        self._gather(block, found)
        return "".join(found)

    def _gather(self, block: Element, found: list[str]) -> None:
        for child in block:
            tag = child.tag
            if tag == f"{W}t" or tag == _MATH_TEXT:
                found.append(child.text or "")
            elif tag == f"{W}r":
                self._gather_run(child, found)
            elif tag in _BREAKS:
                found.append(_BREAKS[tag])
            elif tag == f"{W}br":
                found.append("" if child.get(f"{W}type") in ("page", "column") else "\n")
            elif tag == f"{W}fldChar":
                self._turn_field(child)
            elif tag == f"{W}instrText":
                self._name_field(child.text or "")
            elif tag in _NOTES:
                found.append(self._note(child, _NOTES[tag]))
            elif tag == f"{W}sym":
                found.append(_symbol(child))
            elif tag in _BOXES:
                self._look_into_box(child)
            elif tag == f"{_CHOICE}AlternateContent":
                self._gather(_chosen(child), found)
            elif tag in _DELETED:
                self.count(FileNoteKind.DELETED)
            elif tag not in _SKIPPED:
                if tag in (f"{W}ins", f"{W}moveTo"):
                    self.count(FileNoteKind.INSERTED)
                self._gather(child, found)

    def _gather_run(self, run: Element, found: list[str]) -> None:
        about = run.find(f"{W}rPr")
        if about is not None and (hidden := about.find(f"{W}vanish")) is not None and hidden.get(f"{W}val", "1") not in _OFF:
            self._gather_hidden(run)
            return
        self._gather(run, found)

    def _gather_hidden(self, run: Element) -> None:
        unseen: list[str] = []
        self._gather(run, unseen)
        if "".join(unseen).strip():
            self.count(FileNoteKind.HIDDEN)

    def _turn_field(self, mark: Element) -> None:
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            self.field_depth += 1
        elif kind == "end":
            if self.contents_depth == self.field_depth:
                self.contents_depth = 0
            self.field_depth = max(0, self.field_depth - 1)

    def _name_field(self, instruction: str) -> None:
        if self.field_depth and not self.contents_depth and re.match(r"\s*TOC\b", instruction):
            self.contents_depth = self.field_depth

    def _note(self, reference: Element, kind: str) -> str:
        note = self.notes[kind].get(reference.get(f"{W}id", ""))
        if note is None:
            return ""
        self.note_number += 1
        mark = f"〔注{self.note_number}〕"
        self.noted.append((mark, note))
        return mark

    def _look_into_box(self, box: Element) -> None:
        boxes = [content for content in _outermost(box, f"{W}txbxContent")]
        self.pending += boxes
        if not boxes:
            self.count(FileNoteKind.EMBEDDED if box.tag == f"{W}object" else FileNoteKind.PICTURES)


def read_docx(path: Path) -> WrittenText:
    """Read the text of a Word file. Raises BadFile."""
    with DocxParts(path) as parts:
        reader = _Reader(parts)
        root = parts.root(reader.part)
        body = root.find(f"{W}body")
        if body is None:
            raise BadFile(name=path.name, reason="plan_damaged", detail=reader.part)
        try:
            lines = tuple(reader.lines(body))
        except RecursionError as error:
            raise BadFile(name=path.name, reason="plan_too_deep") from error
        if not any(line.words.strip() or line.table for line in lines):
            has_pictures = reader.counted.get(FileNoteKind.PICTURES) or any("/media/" in name for name in parts.names)
            raise BadFile(name=path.name, reason="plan_only_pictures" if has_pictures else "plan_empty")
        return WrittenText(path.name, lines, tuple(_file_notes(reader)))


def _file_notes(reader: _Reader) -> Iterator[FileNote]:
    for kind in FileNoteKind:
        if reader.counted.get(kind):
            yield FileNote(kind, reader.counted[kind])
    if f"{reader.folder}/comments.xml" in reader.parts.names:
        yield FileNote(FileNoteKind.COMMENTS)
    outside = [target for kind, target, is_outside in _all_targets(reader) if is_outside and kind != "hyperlink"]
    if outside:
        yield FileNote(FileNoteKind.OUTSIDE, len(outside), outside[0][:120])


def _all_targets(reader: _Reader) -> Iterator[tuple[str, str, bool]]:
    for part in (reader.part, f"{reader.folder}/settings.xml"):
        yield from reader.parts.targets(part)


# -- pieces -----------------------------------------------------------------------------------------------------------
def _styles(root: Element | None) -> dict[str, _Style]:
    """Return the styles of paragraphs by id; "" is the one of paragraphs that name none."""
    if root is None:
        return {}
    known = {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style") if style.get(f"{W}type") in ("paragraph", None)}
    found = {id_: _style(id_, known, 0) for id_ in known}
    usual = next((id_ for id_, style in known.items() if style.get(f"{W}default") in ("1", "true")), "")
    return {**found, "": found.get(usual, _Style())}


def _style(id_: str, known: dict[str, Element], depth: int) -> _Style:
    element = known[id_]
    based = element.find(f"{W}basedOn")
    above = based.get(f"{W}val", "") if based is not None else ""
    style = _style(above, known, depth + 1) if above in known and above != id_ and depth < 20 else _Style()
    name_element = element.find(f"{W}name")
    name = (name_element.get(f"{W}val", "") if name_element is not None else "").lower()
    about = element.find(f"{W}pPr")
    level = style.level
    if counted := re.fullmatch(r"(?:heading|标题)\s*([1-9])", name):
        level = int(counted[1])
    list_id, list_depth = style.list_id, style.list_depth
    if about is not None:
        outline, numbered = about.find(f"{W}outlineLvl"), about.find(f"{W}numPr")
        if outline is not None and outline.get(f"{W}val", "9").isdigit():
            level = int(outline.get(f"{W}val", "9")) + 1
        if numbered is not None:
            list_id = _value(numbered, "numId") or list_id
            depth_written = _value(numbered, "ilvl")
            list_depth = int(depth_written) if depth_written.isdigit() else list_depth
    is_contents = bool(re.fullmatch(r"(?:toc|目录)\s*[1-9]", name)) or style.is_contents
    return _Style(level if level <= 9 else 0, list_id, list_depth, is_contents)


def _notes(root: Element | None) -> dict[str, Element]:
    if root is None:
        return {}
    usual = [note for note in root if note.get(f"{W}type") in (None, "normal")]
    return {note.get(f"{W}id", ""): note for note in usual}


def _value(of: Element, name: str) -> str:
    found = of.find(f"{W}{name}")
    return found.get(f"{W}val", "") if found is not None else ""


def _is_contents_box(box: Element) -> bool:
    gallery = next(box.iter(f"{W}docPartGallery"), None)
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"


def _chosen(block: Element) -> Element:
    """Return what a reader of today shows of something that is there in two ways."""
    choice = block.find(f"{_CHOICE}Choice")
    other = block.find(f"{_CHOICE}Fallback")
    return choice if choice is not None else other if other is not None else Element("nothing")


def _outermost(block: Element, tag: str) -> Iterator[Element]:
    for child in block:
        if child.tag == tag:
            yield child
        elif child.tag == f"{_CHOICE}AlternateContent":
            yield from _outermost(_chosen(child), tag)
        else:
            yield from _outermost(child, tag)


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == f"{W}tr":
            about = child.find(f"{W}trPr")
            if about is None or about.find(f"{W}del") is None:
                yield child
        elif child.tag in (f"{W}sdt", f"{W}ins", f"{W}customXml", f"{W}sdtContent"):
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}ins", f"{W}customXml", f"{W}sdtContent"):
            yield from _cells(child)


def _flat(line: Written) -> str:
    if not line.table:
        return line.said
    return "\n".join("  ".join(cell for cell in row if cell) for row in line.table)


def _symbol(symbol: Element) -> str:
    code = symbol.get(f"{W}char", "")
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    return "•" if 0xF000 <= value <= 0xF0FF else chr(value) if 0x20 <= value < 0xD800 or 0xE000 <= value <= 0x10FFFF else ""
