"""Word and text files made to hurt, and good ones beside them."""

from __future__ import annotations

import zipfile
from pathlib import Path

from docx import Document

GOOD = """某市燃气事故应急预案
1 总则
1.1 编制目的
为了及时处置燃气泄漏突发事件，制定本应急预案。
2 应急响应
2.1 Ⅰ级响应
有下列情形之一的，启动Ⅰ级响应：
（1）10人以上死亡；
（2）发生特别重大燃气事故。
Ⅰ级响应由市长决定启动。
2.2 工作组
抢险救援组：由市消防救援支队牵头，市燃气集团等单位组成，负责堵漏和搜救。
3 附则
3.1 通讯录
市应急管理局值班室：0532-85911111
"""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MEGABYTE = 1024 * 1024
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def good(path: Path, text: str = GOOD) -> None:
    """Write a good plan as Word writes it."""
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(str(path))


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(path: Path, name: str, content: bytes) -> None:
    """Write a good plan in which one part is another."""
    good(path)
    parts = parts_of(path)
    parts[name] = content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, held in parts.items():
            archive.writestr(each, held)


def half(path: Path) -> None:
    good(path)
    path.write_bytes(path.read_bytes()[:path.stat().st_size // 2])


def flipped(path: Path) -> None:
    """Flip bits within the packed text."""
    good(path)
    with zipfile.ZipFile(path) as archive:
        about = archive.getinfo("word/document.xml")
    content = bytearray(path.read_bytes())
    for at in range(about.header_offset + 200, about.header_offset + 260):
        content[at] ^= 0xFF
    path.write_bytes(content)


def broken_xml(path: Path) -> None:
    with_part(path, "word/document.xml", f'<w:document xmlns:w="{_W}"><w:body><w:p>'.encode())


def without_document(path: Path) -> None:
    good(path)
    parts = parts_of(path)
    with zipfile.ZipFile(path, "w") as archive:
        for name, held in parts.items():
            if name != "word/document.xml":
                archive.writestr(name, held)


def enciphered(path: Path) -> None:
    path.write_bytes(OLE + bytes(3000) + "EncryptedPackage".encode("utf-16-le") + bytes(3000))


def old_word(path: Path) -> None:
    path.write_bytes(OLE + bytes(2_000_000) + "WordDocument".encode("utf-16-le") + bytes(3000))


def macros(path: Path) -> None:
    with_part(path, "word/vbaProject.bin", bytes(1000))


def macros_by_type(path: Path) -> None:
    good(path)
    types = parts_of(path)["[Content_Types].xml"].replace(
        b"wordprocessingml.document.main+xml", b"ms-word.document.macroEnabled.main+xml")
    with_part(path, "[Content_Types].xml", types)


def bomb(path: Path) -> None:
    """Write a text of 1.2 gigabytes that packs into six megabytes; to pack it harder takes three times as long."""
    without_document(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            part.write(f'<w:document xmlns:w="{_W}"><w:body>'.encode())
            for _block in range(1200):
                part.write(b"<w:p/>" * 174_762)
            part.write(b"</w:body></w:document>")


def bomb_that_lies(path: Path) -> None:
    """Write a text of 200 megabytes whose entry says that it has a thousand bytes."""
    without_document(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("word/document.xml", bytes(200 * _MEGABYTE))
    content = path.read_bytes()
    true_size, lie = (200 * _MEGABYTE).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    path.write_bytes(content.replace(true_size, lie))


def many_paragraphs(path: Path) -> None:
    """Write as much as one part may hold: 31 megabytes of single letters."""
    block = b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 1000
    count = 31 * _MEGABYTE // len(block)
    with_part(path, "word/document.xml", f'<w:document xmlns:w="{_W}"><w:body>'.encode() + block * count + b"</w:body></w:document>")


def deep(path: Path) -> None:
    """Write a table within a table, ten thousand deep."""
    inside = b"<w:tbl><w:tr><w:tc>" * 10_000 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 10_000
    with_part(path, "word/document.xml", f'<w:document xmlns:w="{_W}"><w:body>'.encode() + inside + b"</w:body></w:document>")


def entities(path: Path) -> None:
    levels = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
    with_part(path, "word/document.xml", (
        f'<!DOCTYPE d [<!ENTITY a0 "x">{levels}]><w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body>'
        "</w:document>").encode())


def outside_entity(path: Path) -> None:
    with_part(path, "word/document.xml", (
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p>'
        "</w:body></w:document>").encode())


def pictures_alone(path: Path) -> None:
    drawing = f'<w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:drawing/></w:r></w:p></w:body></w:document>'
    with_part(path, "word/document.xml", drawing.encode())


def nothing(path: Path) -> None:
    path.write_bytes(b"")


def no_words(path: Path) -> None:
    Document().save(str(path))


def pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n" + bytes(1000))


def rich_text(path: Path) -> None:
    path.write_bytes(rb"{\rtf1\ansi some words}")


def web_page(path: Path) -> None:
    path.write_text("<html><body>应急预案</body></html>", encoding="utf-8")


def workbook(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types>spreadsheetml</Types>")
        archive.writestr("xl/workbook.xml", "<workbook/>")


def picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))


def other_text(path: Path) -> None:
    path.write_text("一、红烧肉\n五花肉切块，小火炖一个小时。\n二、鱼香肉丝\n肉丝、木耳。\n", encoding="utf-8")


def binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


def destroyed(path: Path) -> None:
    path.write_text("锟斤拷锟斤拷应急预案" * 20, encoding="utf-8")


def cut_in_a_character(path: Path) -> None:
    path.write_bytes(b"\xff\xfe" + GOOD.encode("utf-16-le")[:-1])


def latin(path: Path) -> None:
    path.write_bytes("Größe äöü ßÄÖÜ éèê".encode("latin-1") * 20)


HOSTILE = (
    (half, "plan_damaged"), (flipped, "plan_damaged"), (broken_xml, "plan_damaged"), (without_document, "plan_not_word"),
    (enciphered, "plan_password"), (old_word, "plan_old_word"), (macros, "plan_macros"), (macros_by_type, "plan_macros"),
    (bomb, "plan_too_large"), (bomb_that_lies, "plan_damaged"), (many_paragraphs, "plan_too_long"), (deep, "plan_too_deep"),
    (entities, "plan_entities"),
    (outside_entity, "plan_entities"), (pictures_alone, "plan_only_pictures"), (nothing, "plan_empty"), (no_words, "plan_empty"),
    (pdf, "plan_pdf"),
    (rich_text, "plan_other_word"), (web_page, "plan_other_word"), (workbook, "plan_not_word"), (picture, "plan_picture"),
    (other_text, "plan_other_text"), (binary, "plan_not_text"), (destroyed, "plan_signs_destroyed"), (cut_in_a_character, "plan_cut_off"),
    (latin, "plan_encoding"),
)
