"""The writer of DOCX files: paragraphs of runs, headings and tables on A4 with the margins of GB/T 9704-2012, for those who must edit.

Written by hand with `zipfile`: our papers need no more, and no library with native parts has to ship. The file appears under its name
when it is whole. Source of the format: ECMA-376 part 1, WordprocessingML. Faces are named as the standard has them; what takes their
place on a machine without them stands in the font table.
"""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from emergency_desk.reports.fonts import cleaned

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TWIPS = 1440 / 25.4  # a twentieth of a point, by millimetres
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # XML 1.0 has no way to write these
_EPOCH = (1980, 1, 1, 0, 0, 0)
MEASURE_MM = 156.0
BODY, HEAD, TITLE = "仿宋_GB2312", "黑体", "方正小标宋简体"
_INSTEAD = {BODY: "仿宋,FangSong,STFangsong,Noto Serif SC,Noto Serif CJK SC", HEAD: "SimHei,STHeiti,Noto Sans SC,Noto Sans CJK SC",
            TITLE: "华文中宋,STZhongsong,宋体,SimSun,Noto Serif SC,Noto Serif CJK SC"}
_SIZE, _SMALL = 16.0, 14.0  # 3号, 4号
_CELL, _CELL_LEADING, _CELL_PAD = 12.0, 17.0, 80  # the last in twips
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_PARTS = (("document", "document.main"), ("footer1", "footer"), ("header1", "header"), ("fontTable", "fontTable"))


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one look; its lines break where it says so."""

    text: str
    face: str = BODY
    size: float = _SIZE
    colour: str = ""
    bold: bool = False


TAB = Run("\t")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a paragraph stands: lengths in points. `leading` 0 leaves the height of its lines to the letters."""

    align: str = "left"
    leading: float = 28.0
    indent: float = 0
    right: float = 0
    above: float = 0
    below: float = 0
    rule_above: str = ""  # a colour
    rule_below: str = ""
    has_tab: bool = False  # what stands behind a tab goes to the right edge
    keeps_next: bool = False


class DocxPages:
    """One document while it is filled, from the top down. `note` is the small print of every page, `top` stands above every page."""

    def __init__(
        self, *, title: str, author: str, language: str, subject: str = "", mark: str = "", note: Sequence[str] = (), top: str = "",
    ) -> None:
        self._title, self._author, self._language = title, author, language.replace("_", "-")
        self._subject, self._mark, self._note, self._top = subject, mark, tuple(note), top
        self._body: list[str] = []

    def title(self, text: str) -> None:
        """Set the name of the paper, 2号."""
        self.set(Run(text, TITLE, 22), look=Look(align="center", leading=34, above=10, below=6))

    def subtitle(self, text: str) -> None:
        """Set a line below the name, in the middle."""
        self.set(Run(text, size=_SMALL), look=Look(align="center", below=10))

    def heading(self, text: str) -> None:
        """Set the heading of a part, 3号 黑体."""
        self.set(Run(text, HEAD, bold=True), look=Look(above=6, keeps_next=True))

    def paragraph(self, text: str) -> None:
        """Set a text, 3号 仿宋 with an indent of two characters; each of its lines is a paragraph."""
        for line in text.split("\n"):
            self.set(Run(line), look=Look(indent=2 * _SIZE))

    def set(self, *runs: Run, look: Look) -> None:
        """Set a paragraph of several runs."""
        self._body.append(_paragraph(runs, look))

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]], *, widths_mm: Sequence[float]) -> None:
        """Set a table; its head is repeated on every page, and a row is never torn."""
        grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths_mm)
        edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>' for side in _EDGES)
        margin = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in (
            ("top", _CELL_PAD // 2), ("left", _CELL_PAD), ("bottom", _CELL_PAD // 2), ("right", _CELL_PAD)))
        lines = [_row(head, widths_mm, is_head=True), *(_row(row, widths_mm) for row in rows)]
        self.set(look=Look(leading=6, keeps_next=True))
        self._body.append(f'<w:tbl><w:tblPr><w:tblW w:w="{sum(map(_twips, widths_mm))}" w:type="dxa"/><w:tblInd w:w="{_CELL_PAD}" w:type="dxa"/>'
                          f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margin}</w:tblCellMar></w:tblPr>'
                          f'<w:tblGrid>{grid}</w:tblGrid>{"".join(lines)}</w:tbl>')
        self.set(look=Look(leading=8))

    def save(self, path: Path) -> None:
        """Write the file."""
        beginning = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with zipfile.ZipFile(beginning, "w", zipfile.ZIP_DEFLATED) as package:
                for name, text in self._parts():
                    package.writestr(zipfile.ZipInfo(name, _EPOCH), text, zipfile.ZIP_DEFLATED)
            os.replace(beginning, path)
        finally:
            beginning.unlink(missing_ok=True)

    # -- inside --------------------------------------------------------------------------------------------------------
    def _parts(self) -> Iterable[tuple[str, str]]:
        office, types = f"{_R}/officeDocument", f"{_PACKAGE}/content-types"
        word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
        kinds = "".join(f'<Override PartName="/word/{part}.xml" ContentType="{word}.{kind}+xml"/>' for part, kind in _PARTS)
        yield "[Content_Types].xml", _xml(
            f'<Types xmlns="{types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{kinds}<Override PartName="/docProps/core.xml" '
            'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>')
        yield "_rels/.rels", _xml(
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{office}" Target="word/document.xml"/>'
            f'<Relationship Id="r2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>')
        links = "".join(f'<Relationship Id="{kind}" Type="{_R}/{kind}" Target="{part}.xml"/>' for part, kind in _PARTS[1:])
        yield "word/_rels/document.xml.rels", _xml(f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>')
        body = "".join(self._body) + _section()
        yield "word/document.xml", _xml(f'<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}</w:body></w:document>')
        yield "word/footer1.xml", _xml(f'<w:ftr xmlns:w="{_W}">{_foot(self._note)}</w:ftr>')
        above = _paragraph((Run(self._top, HEAD, 18),), Look(align="center", leading=0))
        yield "word/header1.xml", _xml(f'<w:hdr xmlns:w="{_W}">{above}</w:hdr>')
        yield "word/fontTable.xml", _xml(f'<w:fonts xmlns:w="{_W}">{_fonts()}</w:fonts>')
        yield "docProps/core.xml", _xml(
            f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f'<dc:title>{_text(self._title)}</dc:title><dc:subject>{_text(self._subject)}</dc:subject>'
            f'<dc:creator>{_text(self._author)}</dc:creator><cp:keywords>{_text(self._mark)}</cp:keywords>'
            f'<dc:language>{_text(self._language)}</dc:language></cp:coreProperties>')


def _xml(inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{inner}'


def _text(text: str) -> str:
    return escape(_ILLEGAL.sub("", cleaned(text)))


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS)


def _points(points: float) -> int:
    return round(20 * points)


def _run(run: Run) -> str:
    fonts = f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{run.face}" w:cs="Times New Roman"/>'
    colour = f'<w:color w:val="{run.colour}"/>' if run.colour else ""
    look = f'<w:rPr>{fonts}{"<w:b/>" if run.bold else ""}{colour}<w:sz w:val="{round(2 * run.size)}"/></w:rPr>'
    if run is TAB:
        return "<w:r><w:tab/></w:r>"
    said = "<w:br/>".join(f'<w:t xml:space="preserve">{_text(line)}</w:t>' for line in run.text.split("\n"))
    return f"<w:r>{look}{said}</w:r>"


def _paragraph(runs: Sequence[Run], look: Look, *, inside: str = "") -> str:
    rules = "".join(f'<w:{side} w:val="single" w:sz="12" w:space="3" w:color="{colour}"/>'
                    for side, colour in (("top", look.rule_above), ("bottom", look.rule_below)) if colour)
    height = f' w:line="{_points(look.leading)}" w:lineRule="exact"' if look.leading else ""
    stands = ("<w:keepNext/>" if look.keeps_next else "", f"<w:pBdr>{rules}</w:pBdr>" if rules else "",
              f'<w:tabs><w:tab w:val="right" w:pos="{_twips(MEASURE_MM)}"/></w:tabs>' if look.has_tab else "",
              f'<w:spacing w:before="{_points(look.above)}" w:after="{_points(look.below)}"{height}/>',
              f'<w:ind w:right="{_points(look.right)}" w:firstLine="{_points(look.indent)}"/>', f'<w:jc w:val="{look.align}"/>')
    return f'<w:p><w:pPr>{"".join(stands)}</w:pPr>{inside or "".join(map(_run, runs))}</w:p>'


def _row(cells: Sequence[str], widths_mm: Sequence[float], *, is_head: bool = False) -> str:
    look = Look(align="left", leading=_CELL_LEADING)
    made = []
    for text, width in zip(cells, widths_mm, strict=True):
        lines = "".join(_paragraph((Run(line, HEAD if is_head else BODY, _CELL, bold=is_head),), look) for line in text.split("\n"))
        made.append(f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/></w:tcPr>{lines}</w:tc>')
    head = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(made)}</w:tr>"


def _section() -> str:
    """A4 with 天头 37 mm, 订口 28 mm and a type area of 156 × 225 mm (GB/T 9704-2012, 5.2.1)."""
    edges = {"top": 37, "right": 26, "bottom": 35, "left": 28, "header": 18, "footer": 18}
    margins = " ".join(f'w:{side}="{_twips(width)}"' for side, width in edges.items())
    return ('<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:footerReference w:type="default" r:id="footer"/>'
            f'<w:pgSz w:w="{_twips(210)}" w:h="{_twips(297)}"/><w:pgMar {margins} w:gutter="0"/></w:sectPr>')


def _foot(note: Sequence[str]) -> str:
    dash, look = Run("—", "宋体", _SMALL), Look(align="center", leading=0)
    field = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
             '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    number = _paragraph((), look, inside=f"{_run(dash)}{_run(Run(' '))}{field}{_run(Run(' '))}{_run(dash)}")
    return number + "".join(_paragraph((Run(line, "宋体", 7.5),), Look(align="left", leading=10)) for line in note if line)


def _fonts() -> str:
    return "".join(f'<w:font w:name="{name}"><w:altName w:val="{others}"/></w:font>' for name, others in _INSTEAD.items())
