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
from dataclasses import dataclass, replace
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.units import mm

from emergency_desk.reports.docx_pictures import picture_id, picture_name, picture_run
from emergency_desk.reports.fonts import cleaned
from emergency_desk.reports.page import LETTER, Layout

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TWIPS = 1440 / 25.4  # a twentieth of a point, by millimetres
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # XML 1.0 has no way to write these
_EPOCH = (1980, 1, 1, 0, 0, 0)
MEASURE_MM = 156.0
BODY, HEAD, TITLE, SECOND = "仿宋_GB2312", "黑体", "方正小标宋简体", "楷体_GB2312"
_INSTEAD = {SECOND: "楷体,KaiTi,STKaiti,Noto Serif SC,Noto Serif CJK SC",
            BODY: "仿宋,FangSong,STFangsong,Noto Serif SC,Noto Serif CJK SC", HEAD: "SimHei,STHeiti,Noto Sans SC,Noto Sans CJK SC",
            TITLE: "华文中宋,STZhongsong,宋体,SimSun,Noto Serif SC,Noto Serif CJK SC"}
_SIZE, _SMALL = 16.0, 14.0  # 3号, 4号
_CELL, _CELL_LEADING, _CELL_PAD = 12.0, 17.0, 80  # the last in twips
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_PARTS = (("document", "document.main"), ("footer1", "footer"), ("header1", "header"), ("fontTable", "fontTable"), ("styles", "styles"))
_LEVELS = (1, 2, 3)  # of headings


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
    frame: str = ""  # a colour: rules on all four sides
    has_tab: bool = False  # what stands behind a tab goes to the right edge
    keeps_next: bool = False
    left: float = 0
    tab_mm: float = MEASURE_MM  # where the right edge lies for `has_tab`
    style: str = ""  # "Heading1" … "Heading3", "TOC1" … "TOC3"
    starts_page: bool = False


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """One line of the contents: the heading it leads to, by its anchor, and the page that heading is believed to stand on."""

    text: str
    depth: int
    anchor: str
    page: int


Cell = str | Sequence[Run]


class DocxPages:
    """One document while it is filled, from the top down. `note` is the small print of every page, `top` stands above every page."""

    def __init__(
        self, *, title: str, author: str, language: str, subject: str = "", mark: str = "", note: Sequence[str] = (), top: str = "",
        top_size: float = 18, layout: Layout = LETTER, has_cover: bool = False, cell: float = _CELL,
        cell_leading: float = _CELL_LEADING, cell_pad: int = _CELL_PAD // 2, is_numbered: bool = True,
    ) -> None:
        self._is_numbered = is_numbered
        self._layout, self._has_cover, self._top_size = layout, has_cover, top_size
        self._cell, self._cell_leading, self._cell_pad = cell, cell_leading, cell_pad
        self._title, self._author, self._language = title, author, language.replace("_", "-")
        self._subject, self._mark, self._note, self._top = subject, mark, tuple(note), top
        self._body: list[str] = []
        self._pictures: list[bytes] = []
        self._anchors = 0

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

    def set(self, *runs: Run, look: Look, anchor: str = "") -> None:
        """Set a paragraph of several runs; the contents lead to one that has an anchor."""
        inside = ""
        if anchor:
            self._anchors += 1
            inside = (f'<w:bookmarkStart w:id="{self._anchors}" w:name="{anchor}"/>{"".join(map(_run, runs))}'
                      f'<w:bookmarkEnd w:id="{self._anchors}"/>')
        self._body.append(_paragraph(runs, look, inside=inside))

    def contents(self, lines: Sequence[ContentsLine], *, size: float, leading: float) -> None:
        """Set a table of contents that is filled in already, and that the reader's program fills anew from the headings."""
        begin = ('<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-3" \\h \\z \\u '
                 '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>')
        made = [_paragraph((), Look(leading=leading, style=f"TOC{line.depth}"), inside=f"{'' if place else begin}{_contents_line(line, size)}")
                for place, line in enumerate(lines)]
        end = _paragraph((), Look(leading=6), inside='<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        self._body.append('<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr>'
                          f'<w:sdtContent>{"".join(made)}{end}</w:sdtContent></w:sdt>')

    def table(self, head: Sequence[Cell], rows: Iterable[Sequence[Cell]], *, widths_mm: Sequence[float],
              below: float = 8, least: float = 0, whole: bool = False, leading: float = 0) -> None:
        """Set a table; its head is repeated on every page, and a row is never torn.

        `below` 0 leaves out the white below it: before a new page it could become a page of its own. `least` is the least height of a row.
        One that is `whole` stays on one page if a page holds it. `leading` is the height of its lines where it is another than the paper's.
        """
        grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths_mm)
        edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>' for side in _EDGES)
        margin = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in (
            ("top", self._cell_pad), ("left", _CELL_PAD), ("bottom", self._cell_pad), ("right", _CELL_PAD)))
        type_ = (self._cell, leading or self._cell_leading)
        lines = [_row(head, widths_mm, type_, is_head=True)] if any(head) else []
        every = list(rows)
        lines += [_row(row, widths_mm, type_, least=least, keeps_next=whole and row is not every[-1]) for row in every]
        self.set(look=Look(leading=6, keeps_next=True))
        self._body.append(f'<w:tbl><w:tblPr><w:tblW w:w="{sum(map(_twips, widths_mm))}" w:type="dxa"/><w:tblInd w:w="{_CELL_PAD}" w:type="dxa"/>'
                          f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margin}</w:tblCellMar></w:tblPr>'
                          f'<w:tblGrid>{grid}</w:tblGrid>{"".join(lines)}</w:tbl>')
        if below:
            self.set(look=Look(leading=below))

    def picture(self, content: bytes, width: float, height: float, *, words: str = "") -> None:
        """Set a picture (JPEG) in a line of its own, its size in points."""
        self._pictures.append(content)
        inside = picture_run(len(self._pictures), width, height, words)
        self._body.append(_paragraph((), Look(leading=0, above=6, keeps_next=True), inside=inside))

    def save(self, path: Path) -> None:
        """Write the file."""
        beginning = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with zipfile.ZipFile(beginning, "w", zipfile.ZIP_DEFLATED) as package:
                for name, text in self._parts():
                    package.writestr(zipfile.ZipInfo(name, _EPOCH), text, zipfile.ZIP_DEFLATED)
                for number, content in enumerate(self._pictures, start=1):
                    package.writestr(zipfile.ZipInfo(f"word/{picture_name(number)}", _EPOCH), content, zipfile.ZIP_STORED)
            os.replace(beginning, path)
        finally:
            beginning.unlink(missing_ok=True)

    # -- inside --------------------------------------------------------------------------------------------------------
    def _parts(self) -> Iterable[tuple[str, str]]:
        office, types = f"{_R}/officeDocument", f"{_PACKAGE}/content-types"
        word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
        kinds = "".join(f'<Override PartName="/word/{part}.xml" ContentType="{word}.{kind}+xml"/>' for part, kind in _PARTS)
        pictured = '<Default Extension="jpeg" ContentType="image/jpeg"/>' if self._pictures else ""
        yield "[Content_Types].xml", _xml(
            f'<Types xmlns="{types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{pictured}{kinds}<Override PartName="/docProps/core.xml" '
            'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>')
        yield "_rels/.rels", _xml(
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{office}" Target="word/document.xml"/>'
            f'<Relationship Id="r2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>')
        links = "".join(f'<Relationship Id="{kind}" Type="{_R}/{kind}" Target="{part}.xml"/>' for part, kind in _PARTS[1:])
        links += "".join(f'<Relationship Id="{picture_id(number)}" Type="{_R}/image" Target="{picture_name(number)}"/>'
                         for number in range(1, len(self._pictures) + 1))
        yield "word/_rels/document.xml.rels", _xml(f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>')
        body = "".join(self._body) + _section(self._layout, has_cover=self._has_cover)
        yield "word/document.xml", _xml(f'<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}</w:body></w:document>')
        yield "word/footer1.xml", _xml(f'<w:ftr xmlns:w="{_W}">{_foot(self._note, is_numbered=self._is_numbered)}</w:ftr>')
        above = _paragraph((Run(self._top, HEAD, self._top_size),), Look(align="center", leading=0))
        yield "word/header1.xml", _xml(f'<w:hdr xmlns:w="{_W}">{above}</w:hdr>')
        yield "word/styles.xml", _xml(f'<w:styles xmlns:w="{_W}">{_styles()}</w:styles>')
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
    sides = (("top", look.rule_above or look.frame), ("left", look.frame), ("bottom", look.rule_below or look.frame), ("right", look.frame))
    rules = "".join(f'<w:{side} w:val="single" w:sz="12" w:space="3" w:color="{colour}"/>' for side, colour in sides if colour)
    height = f' w:line="{_points(look.leading)}" w:lineRule="exact"' if look.leading else ""
    stands = (f'<w:pStyle w:val="{look.style}"/>' if look.style else "", "<w:keepNext/>" if look.keeps_next else "",
              "<w:pageBreakBefore/>" if look.starts_page else "", f"<w:pBdr>{rules}</w:pBdr>" if rules else "",
              f'<w:tabs><w:tab w:val="right" w:pos="{_twips(look.tab_mm)}"/></w:tabs>' if look.has_tab else "",
              f'<w:spacing w:before="{_points(look.above)}" w:after="{_points(look.below)}"{height}/>',
              "" if look.style.startswith("TOC") else _indents(look), f'<w:jc w:val="{look.align}"/>')
    return f'<w:p><w:pPr>{"".join(stands)}</w:pPr>{inside or "".join(map(_run, runs))}</w:p>'


def _indents(look: Look) -> str:
    """Write the indents; a first line's below nothing hangs out to the left."""
    first = f'w:firstLine="{_points(look.indent)}"' if look.indent >= 0 else f'w:hanging="{_points(-look.indent)}"'
    left = f'w:left="{_points(look.left)}" ' if look.left else ""
    return f'<w:ind {left}w:right="{_points(look.right)}" {first}/>'


def _contents_line(line: ContentsLine, size: float) -> str:
    face = HEAD if line.depth == 1 else BODY
    number = _run(Run(str(line.page), BODY, size))
    field = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
             f'<w:r><w:instrText xml:space="preserve"> PAGEREF {line.anchor} \\h </w:instrText></w:r>'
             f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{number}<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    return f'<w:hyperlink w:anchor="{line.anchor}" w:history="1">{_run(Run(line.text, face, size))}<w:r><w:tab/></w:r>{field}</w:hyperlink>'


def _row(cells: Sequence[Cell], widths_mm: Sequence[float], type_: tuple[float, float], *, is_head: bool = False, least: float = 0,
         keeps_next: bool = False) -> str:
    look = Look(align="left", leading=type_[1], keeps_next=keeps_next)
    made = []
    for cell, width in zip(cells, widths_mm, strict=True):
        runs = [Run(cell, HEAD if is_head else BODY, type_[0], bold=is_head)] if isinstance(cell, str) else cell
        lines = "".join(_paragraph(line, look) for line in _lines(runs))
        made.append(f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/></w:tcPr>{lines}</w:tc>')
    head = "<w:tblHeader/>" if is_head else ""
    high = f'<w:trHeight w:val="{_points(least)}" w:hRule="atLeast"/>' if least else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{high}{head}</w:trPr>{''.join(made)}</w:tr>"


def _lines(runs: Sequence[Run]) -> list[list[Run]]:
    """Return runs line by line."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *others = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines += [[replace(run, text=text)] for text in others]
    return lines


def _styles() -> str:
    """The headings, by which readers find their way and the contents are filled, and the lines of the contents."""
    after = '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/>'
    heads = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>{after}<w:qFormat/>'
        f'<w:pPr><w:keepNext/><w:outlineLvl w:val="{level - 1}"/></w:pPr></w:style>' for level in _LEVELS)
    lines = "".join(
        f'<w:style w:type="paragraph" w:styleId="TOC{level}"><w:name w:val="toc {level}"/>{after}'
        f'<w:pPr><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{_twips(MEASURE_MM)}"/></w:tabs>'
        f'<w:ind w:left="{(level - 1) * 360}" w:right="480"/></w:pPr></w:style>'
        for level in _LEVELS)
    return ('<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
            f'<w:pPr><w:widowControl/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/></w:pPr></w:style>{heads}{lines}')


def _section(layout: Layout, *, has_cover: bool) -> str:
    """The sheet and its margins; those of a letter are 天头 37 mm, 订口 28 mm and a type area of 156 × 225 mm (GB/T 9704-2012, 5.2.1)."""
    edges = {"top": layout.top_margin / mm, "right": layout.right_margin / mm, "bottom": layout.bottom / mm, "left": layout.left / mm,
             "header": min(18.0, layout.top_margin / mm / 2), "footer": min(18.0, layout.bottom / mm / 3)}
    margins = " ".join(f'w:{side}="{_twips(width)}"' for side, width in edges.items())
    turned = ' w:orient="landscape"' if layout.width > layout.height else ""
    return ('<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:footerReference w:type="default" r:id="footer"/>'
            f'<w:pgSz w:w="{_twips(layout.width / mm)}" w:h="{_twips(layout.height / mm)}"{turned}/>'
            f'<w:pgMar {margins} w:gutter="0"/>{"<w:titlePg/>" if has_cover else ""}</w:sectPr>')


def _foot(note: Sequence[str], *, is_numbered: bool) -> str:
    dash, look = Run("—", "宋体", _SMALL), Look(align="center", leading=0)
    field = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
             '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    number = _paragraph((), look, inside=f"{_run(dash)}{_run(Run(' '))}{field}{_run(Run(' '))}{_run(dash)}")
    lines = [_paragraph((Run(line, "宋体", 7.5),), Look(align="left", leading=10)) for line in note if line]
    return (number if is_numbered else "") + "".join(lines)


def _fonts() -> str:
    return "".join(f'<w:font w:name="{name}"><w:altName w:val="{others}"/></w:font>' for name, others in _INSTEAD.items())
