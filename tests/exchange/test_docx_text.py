"""Word files written by another hand are read as a reader sees them: numbers Word counts, tables with merged cells, boxes, notes, changes."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.document import Document as Made
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from emergency_desk.domain.plan_proposals import FileNoteKind
from emergency_desk.exchange.docx_numbers import chinese, formatted
from emergency_desk.exchange.docx_text import read_docx
from emergency_desk.exchange.plan_texts import read_plan_text
from tests.exchange.plan_words import outline

_ABSTRACT = """<w:abstractNum {ns} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1章"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%3）"/></w:lvl></w:abstractNum>"""


def numbered(document: Made) -> None:
    """Add a list of three steps with the id 90."""
    root = document.part.numbering_part.element
    first = next(iter(root.findall(".//w:num", root.nsmap)), None)
    abstract = parse_xml(_ABSTRACT.format(ns=nsdecls("w")))
    number = parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    if first is not None:
        first.addprevious(abstract)
    else:
        root.append(abstract)
    root.append(number)


def say(document: Made, words: str, depth: int | None = None) -> object:
    paragraph = document.add_paragraph(words)
    if depth is not None:
        paragraph._p.get_or_add_pPr().append(parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="90"/></w:numPr>'))
    return paragraph


def saved(document: Made, tmp_path: Path) -> Path:
    path = tmp_path / "预案.docx"
    document.save(str(path))
    return path


def test_numbers_that_word_counts_are_read_as_they_are_seen(tmp_path: Path) -> None:
    document = Document()
    numbered(document)
    document.add_paragraph("某市防汛应急预案")
    for words, depth in (("总则", 0), ("编制目的", 1), ("为了防汛应急。", None), ("适用范围", 1), ("本市。", None), ("应急响应", 0),
                         ("启动", 1), ("甲项；", 2), ("乙项。", 2)):
        say(document, words, depth)
    lines = read_docx(saved(document, tmp_path)).lines
    assert [line.said for line in lines] == ["某市防汛应急预案", "第一章 总则", "1.1 编制目的", "为了防汛应急。", "1.2 适用范围", "本市。",
                                             "第二章 应急响应", "2.1 启动",
                                             "（一） 甲项；", "（二） 乙项。"]
    (plan,) = read_plan_text(tmp_path / "预案.docx")
    assert outline(plan) == [("1", "总则"), ("1.1", "编制目的"), ("1.2", "适用范围"), ("2", "应急响应"), ("2.1", "启动")]
    assert plan.clauses[-1].clause.body.zh == "（一） 甲项；\n（二） 乙项。"


def test_numbers_in_every_form() -> None:
    assert [formatted(12, form) for form in ("decimal", "chineseCounting", "chineseLegalSimplified", "upperRoman", "lowerLetter",
                                             "decimalEnclosedCircle",
                                             "decimalZero")] == ["12", "十二", "壹拾贰", "XII", "l", "⑫", "12"]
    assert [chinese(number) for number in (10, 20, 21, 103, 110)] == ["十", "二十", "二十一", "一百零三", "一百一十"]


def test_headings_by_style_and_merged_cells(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("某市燃气应急预案", 0)
    document.add_heading("总则", 1)
    document.add_heading("编制目的", 2)
    document.add_paragraph("为了应急处置。")
    table = document.add_table(rows=3, cols=3)
    for row, cells in zip(table.rows, (("等级", "条件", ""), ("Ⅰ级", "甲", "乙"), ("", "丙", "丁")), strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    lines = read_docx(saved(document, tmp_path)).lines
    assert [(line.words, line.level) for line in lines[1:3]] == [("总则", 1), ("编制目的", 2)]
    assert lines[-1].table == (("等级", "条件", ""), ("Ⅰ级", "甲", "乙"), ("", "丙", "丁"))


def test_a_frame_of_one_cell_around_the_text_is_no_table(tmp_path: Path) -> None:
    document = Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "1 总则"
    for words in ("1.1 目的", "为了应急。", "2 组织指挥"):
        cell.add_paragraph(words)
    lines = read_docx(saved(document, tmp_path)).lines
    assert [line.words for line in lines] == ["1 总则", "1.1 目的", "为了应急。", "2 组织指挥"]


_BOX = """<w:r {ns} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>
<mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p><w:r><w:t>框内的话</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>
<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>框内的话</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""
_CHANGES = """<w:p {ns}><w:r><w:t>留下</w:t></w:r>
<w:ins w:id="1" w:author="a"><w:r><w:t>加上</w:t></w:r></w:ins><w:del w:id="2" w:author="a"><w:r>
<w:delText>删去</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>
<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>
<w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>"""


def test_boxes_once_changes_as_they_stand_and_hidden_words_told(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("正文")
    paragraph._p.append(parse_xml(_BOX.format(ns=nsdecls("w"))))
    document.element.body.insert(1, parse_xml(_CHANGES.format(ns=nsdecls("w"))))
    read = read_docx(saved(document, tmp_path))
    assert [line.words for line in read.lines] == ["正文", "框内的话", "留下加上链接7"]
    assert {(note.kind, note.count) for note in read.notes} == {(FileNoteKind.DELETED, 1), (FileNoteKind.INSERTED, 1), (FileNoteKind.HIDDEN, 1)}


_CONTENTS = """<w:sdt {ns}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>
<w:p><w:r><w:t>目录</w:t></w:r></w:p><w:p><w:r><w:t>1 总则</w:t></w:r><w:r><w:tab/><w:t>1</w:t></w:r></w:p></w:sdtContent></w:sdt>"""
_CONTENTS_FIELD = """<w:p {ns}><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2 组织</w:t></w:r></w:p>"""
_CONTENTS_END = """<w:p {ns}><w:r><w:t>3 附则</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>"""


def test_a_table_of_contents_of_word_is_known_as_one(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("某市应急预案")
    for order, xml in enumerate((_CONTENTS, _CONTENTS_FIELD, _CONTENTS_END), start=1):
        document.element.body.insert(order, parse_xml(xml.format(ns=nsdecls("w"))))
    document.add_paragraph("1 总则")
    lines = read_docx(saved(document, tmp_path)).lines
    assert [(line.words, line.in_contents) for line in lines] == [
        ("某市应急预案", False), ("目录", True), ("1 总则\t1", True), ("2 组织", True), ("3 附则", True), ("1 总则", False)]


def test_footnotes_stand_below_their_paragraph(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("以上含本数")
    paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="5"/></w:r>'))
    path = saved(document, tmp_path)
    notes = f'<w:footnotes {nsdecls("w")}><w:footnote w:id="5"><w:p><w:r><w:t>下同。</w:t></w:r></w:p></w:footnote></w:footnotes>'
    add_part(path, "word/footnotes.xml", notes.encode())
    assert [line.words for line in read_docx(path).lines] == ["以上含本数〔注1〕", "〔注1〕下同。"]


def add_part(path: Path, name: str, content: bytes) -> None:
    import zipfile

    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, content)
