"""The same letter as a DOCX, for those who must edit it.

Written by hand with `zipfile`: a letter needs paragraphs, one kind of table and a page number, and no library with native parts to ship.
Source of the format: ECMA-376 part 1 (WordprocessingML). Faces are named as GB/T 9704 has them; a machine without them takes its own.
"""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from emergency_desk.domain.sheets import Imprint, PaperSettings, Printed
from emergency_desk.reports.fonts import cleaned
from emergency_desk.reports.letter import BODY, HEAD, LEADING, TITLE, Grid, LetterText, Part
from emergency_desk.reports.page import in_paper
from emergency_desk.wording.catalog import _
from emergency_desk.wording.formats import date_time

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SONG, _HEI, _TITLE_SONG = "仿宋_GB2312", "黑体", "方正小标宋简体"
_RED = "C21217"
_ILLEGAL = re.compile("[\ufffe\uffff\ud800-\udfff]")  # XML 1.0 has no way to write these
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MM = 56.7  # twentieths of a point
_TYPES = _XML + (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>'
    '<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>')
_RELATIONS = _XML + (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>')
_DOCUMENT_RELATIONS = _XML + (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/><Relationship Id="rId2" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/></Relationships>')


def set_docx(letter: LetterText, path: Path, paper: PaperSettings, imprint: Imprint, *, is_exercise: bool) -> Printed:
    """Write a letter as DOCX. Its number of pages is the reader's affair; 1 is told."""
    parts = {
        "[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/_rels/document.xml.rels": _DOCUMENT_RELATIONS,
        "word/document.xml": _document(letter), "word/footer1.xml": _footer(imprint, paper, is_exercise),
        "word/header1.xml": _header(is_exercise), "docProps/core.xml": _core(letter, paper, imprint),
    }
    beginning = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with zipfile.ZipFile(beginning, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(zipfile.ZipInfo(name, _EPOCH), content.encode(), zipfile.ZIP_DEFLATED)
        os.replace(beginning, path)
    finally:
        beginning.unlink(missing_ok=True)
    return Printed(path, 1)


def _document(letter: LetterText) -> str:
    body = [_paragraph(_run(mark, _HEI)) for mark in letter.marks]
    body.append(_paragraph(_run(letter.head, _TITLE_SONG, HEAD, colour=_RED), align="center"))
    if letter.below_head:
        body.append(_paragraph(_run(letter.below_head), align="center"))
    body.append(_paragraph(_run(letter.number, size=14) + '<w:r><w:tab/></w:r>' + _run(letter.beside_number, size=14), tab_right=True, rule=_RED))
    body.append(_paragraph(_run(letter.title, _TITLE_SONG, TITLE), align="center", leading=34, above=10))
    if letter.addressee:
        body.append(_paragraph(_run(letter.addressee)))
    for part in letter.parts:
        if isinstance(part, Grid):
            body.append(_table(part))
        elif isinstance(part, Part):
            mark = _run(_("[{mark}] ").format(mark=part.mark), _HEI, 11) if part.mark else ""
            body.append(_paragraph(_run(part.name, _HEI) + mark + _run(part.text), indent=2 * BODY))
        else:
            body.append(_paragraph(_run(part.name + part.text)))
    body += [_paragraph(_run(line), align="right", right=2 * BODY, above=12 if place == 0 else 0) for place, line in enumerate(letter.signature)]
    body += [_paragraph(_run(line, size=14), leading=20, rule="000000" if place == 0 else "", above=10 if place == 0 else 0, rule_above=True)
             for place, line in enumerate(letter.foot)]
    section = (f'<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" r:id="rId1"/>'
               f'<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{_twips(37)}" w:right="{_twips(26)}" w:bottom="{_twips(35)}" '
               f'w:left="{_twips(28)}" w:header="{_twips(18)}" w:footer="{_twips(22)}" w:gutter="0"/></w:sectPr>')
    return f'{_XML}<w:document {_W} {_R}><w:body>{"".join(body)}{section}</w:body></w:document>'


def _run(text: str, face: str = _SONG, size: float = BODY, *, colour: str = "") -> str:
    look = (f'<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{face}"/>'
            f'{f"""<w:color w:val="{colour}"/>""" if colour else ""}<w:sz w:val="{round(2 * size)}"/></w:rPr>')
    lines = _ILLEGAL.sub("", cleaned(text)).split("\n")
    said = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return f"<w:r>{look}{said}</w:r>"


def _paragraph(
    runs: str, *, align: str = "", indent: float = 0, right: float = 0, leading: float = LEADING, above: float = 0, tab_right: bool = False,
    rule: str = "", rule_above: bool = False,
) -> str:
    side = "top" if rule_above else "bottom"
    look = [f'<w:pBdr><w:{side} w:val="single" w:sz="12" w:space="4" w:color="{rule}"/></w:pBdr>' if rule else "",
            f'<w:tabs><w:tab w:val="right" w:pos="{_twips(156)}"/></w:tabs>' if tab_right else "",
            f'<w:spacing w:before="{round(20 * above)}" w:after="0" w:line="{round(20 * leading)}" w:lineRule="exact"/>'
            if leading != LEADING or not align else f'<w:spacing w:before="{round(20 * above)}" w:after="60"/>',
            f'<w:ind w:right="{round(20 * right)}" w:firstLine="{round(20 * indent)}"/>' if indent or right else "",
            f'<w:jc w:val="{align}"/>' if align else ""]
    return f'<w:p><w:pPr>{"".join(look)}</w:pPr>{runs}</w:p>'


def _table(grid: Grid) -> str:
    widths = [_twips(156 * share) for share in grid.shares]
    edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    rows = []
    for number, row in enumerate((grid.heads, *grid.rows)):
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f'{_paragraph(_run(text, _HEI if number == 0 else _SONG, 12), leading=17)}</w:tc>' for text, width in zip(row, widths, strict=True))
        repeat = "<w:trPr><w:tblHeader/></w:trPr>" if number == 0 else ""
        rows.append(f"<w:tr>{repeat}{cells}</w:tr>")
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders></w:tblPr>'
            f'<w:tblGrid>{columns}</w:tblGrid>{"".join(rows)}</w:tbl>')


def _footer(imprint: Imprint, paper: PaperSettings, is_exercise: bool) -> str:
    field = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
             '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    notes = [_("Printed {time} by {name}").format(time=date_time(imprint.printed_at), name=in_paper(imprint.printed_by, paper) or "—")]
    if is_exercise:
        notes.append(_("For a drill only: nobody acts on it in earnest."))
    if imprint.is_demo:
        notes.append(_("Demo data: people and teams are invented."))
    number = _paragraph(_run("— ", size=14) + field + _run(" —", size=14), align="center")
    return f'{_XML}<w:ftr {_W}>{number}{_paragraph(_run("  ·  ".join(notes), size=7.5), leading=10)}</w:ftr>'


def _header(is_exercise: bool) -> str:
    return f'{_XML}<w:hdr {_W}>{_paragraph(_run("演练　DRILL" if is_exercise else "", _HEI, 18), align="center")}</w:hdr>'


def _core(letter: LetterText, paper: PaperSettings, imprint: Imprint) -> str:
    return (f'{_XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(letter.file_title or letter.title)}</dc:title>'
            f'<dc:creator>{escape(in_paper(imprint.desk, paper))}</dc:creator><dc:subject>{escape(letter.subject)}</dc:subject>'
            f'<cp:keywords>{escape(paper.mark)}</cp:keywords></cp:coreProperties>')


def _twips(millimetres: float) -> int:
    return round(millimetres * _MM)
