"""A small writer of DOCX files: headings, paragraphs and tables on A4 with the margins of GB/T 9704-2012, for those who must edit.

Only what our papers need; the file appears under its name when it is whole. Source of the format: ECMA-376, WordprocessingML.
"""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TWIPS = 1440 / 25.4  # a twentieth of a point, by millimetres
_BODY, _HEAD, _TITLE = "仿宋", "黑体", "方正小标宋简体"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # XML 1.0 has no way to write these


class DocxPages:
    """One document while it is filled, from the top down."""

    def __init__(self, *, title: str, author: str, language: str) -> None:
        self._title, self._author, self._language = title, author, language.replace("_", "-")
        self._body: list[str] = []

    def title(self, text: str) -> None:
        """Set the name of the paper, 2号."""
        self._body.append(_paragraph(text, face=_TITLE, half_points=44, align="center", after=240))

    def subtitle(self, text: str) -> None:
        """Set a line below the name, in the middle."""
        self._body.append(_paragraph(text, face=_BODY, half_points=28, align="center", after=200))

    def heading(self, text: str) -> None:
        """Set the heading of a part, 3号 黑体."""
        self._body.append(_paragraph(text, face=_HEAD, half_points=32, bold=True, before=200, after=80, keep=True))

    def paragraph(self, text: str, *, bold: bool = False) -> None:
        """Set a text, 3号 仿宋 with an indent of two characters; each of its lines is a paragraph."""
        for line in text.split("\n"):
            self._body.append(_paragraph(line, face=_BODY, half_points=32, bold=bold, indent=640))

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]], *, widths_mm: Sequence[float]) -> None:
        """Set a table; its head is repeated on every page."""
        grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths_mm)
        edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="808080"/>'
                        for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
        lines = [_row(head, widths_mm, is_head=True), *(_row(row, widths_mm) for row in rows)]
        self._body.append(f'<w:tbl><w:tblPr><w:tblW w:w="{sum(map(_twips, widths_mm))}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
                          f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(lines)}</w:tbl>')
        self._body.append(_paragraph("", face=_BODY, half_points=16))

    def save(self, path: Path) -> None:
        """Write the file."""
        beginning = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with zipfile.ZipFile(beginning, "w", zipfile.ZIP_DEFLATED) as package:
                for name, text in self._parts():
                    package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
            os.replace(beginning, path)
        finally:
            beginning.unlink(missing_ok=True)

    # -- inside --------------------------------------------------------------------------------------------------------
    def _parts(self) -> Iterable[tuple[str, str]]:
        office = f"{_R}/officeDocument"
        types = f"{_PACKAGE}/content-types"
        word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
        yield "[Content_Types].xml", _xml(
            f'<Types xmlns="{types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{word}.document.main+xml"/>'
            f'<Override PartName="/word/footer1.xml" ContentType="{word}.footer+xml"/><Override PartName="/docProps/core.xml" '
            'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>')
        yield "_rels/.rels", _xml(
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{office}" Target="word/document.xml"/>'
            f'<Relationship Id="r2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>')
        yield "word/_rels/document.xml.rels", _xml(
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="f1" Type="{_R}/footer" Target="footer1.xml"/></Relationships>')
        body = "".join(self._body) + _section()
        yield "word/document.xml", _xml(f'<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}</w:body></w:document>')
        yield "word/footer1.xml", _xml(f'<w:ftr xmlns:w="{_W}">{_page_number()}</w:ftr>')
        yield "docProps/core.xml", _xml(
            f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f'<dc:title>{_text(self._title)}</dc:title><dc:creator>{_text(self._author)}</dc:creator>'
            f'<dc:language>{_text(self._language)}</dc:language></cp:coreProperties>')


def _xml(inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{inner}'


def _text(text: str) -> str:
    return escape(_ILLEGAL.sub("\ufffd", text))


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS)


def _run(text: str, *, face: str, half_points: int, bold: bool = False) -> str:
    fonts = f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{face}" w:cs="Times New Roman"/>'
    return (f'<w:r><w:rPr>{fonts}{"<w:b/>" if bold else ""}<w:sz w:val="{half_points}"/></w:rPr>'
            f'<w:t xml:space="preserve">{_text(text)}</w:t></w:r>')


def _paragraph(
    text: str, *, face: str, half_points: int, bold: bool = False, align: str = "both", indent: int = 0, before: int = 0, after: int = 0,
    keep: bool = False,
) -> str:
    first = f'<w:ind w:firstLine="{indent}"/>' if indent else ""
    return (f'<w:p><w:pPr>{"<w:keepNext/>" if keep else ""}<w:spacing w:before="{before}" w:after="{after}" w:line="{half_points * 18}" '
            f'w:lineRule="exact"/>{first}<w:jc w:val="{align}"/></w:pPr>{_run(text, face=face, half_points=half_points, bold=bold)}</w:p>')


def _row(cells: Sequence[str], widths_mm: Sequence[float], *, is_head: bool = False) -> str:
    made = []
    for text, width in zip(cells, widths_mm, strict=True):
        lines = "".join(_cell_line(line, is_head) for line in (text.split("\n") or [""]))
        made.append(f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/></w:tcPr>{lines}</w:tc>')
    head = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if is_head else "<w:trPr><w:cantSplit/></w:trPr>"
    return f"<w:tr>{head}{''.join(made)}</w:tr>"


def _cell_line(text: str, is_head: bool) -> str:
    run = _run(text, face=_HEAD if is_head else _BODY, half_points=19, bold=is_head)
    return f'<w:p><w:pPr><w:spacing w:before="30" w:after="30"/><w:jc w:val="left"/></w:pPr>{run}</w:p>'


def _section() -> str:
    """A4 with 天头 37 mm, 订口 28 mm and a type area of 156 × 225 mm (GB/T 9704-2012, 5.2.1)."""
    edges = {"top": 37, "right": 26, "bottom": 35, "left": 28, "header": 15, "footer": 25}
    margins = " ".join(f'w:{side}="{_twips(width)}"' for side, width in edges.items())
    return (f'<w:sectPr><w:footerReference w:type="default" r:id="f1"/><w:pgSz w:w="{_twips(210)}" w:h="{_twips(297)}"/>'
            f'<w:pgMar {margins} w:gutter="0"/></w:sectPr>')


def _page_number() -> str:
    field = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
             '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    dash = _run("—", face="宋体", half_points=28)
    return f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{dash}{field}{dash}</w:p>'
