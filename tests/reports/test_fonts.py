"""The shipped fonts: what they hold, and that words set in them come back out of a PDF."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QFontDatabase
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from emergency_desk.exchange.divisions import read_divisions

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
FONTS = ("NotoSansSC-Regular", "NotoSansSC-Bold", "NotoSerifSC-Regular", "NotoSerifSC-Bold")
MARKS = "— ℃ ◷ ▲ ● ★ ▷ ○ ✕ ◗ ▸ ▾ ▴ ◂ ◐ ◑ 〓 → ① Ⅲ （）【】￥"
# No edition of Noto draws these two; they stand in the names of two villages.
LACKING_IN_NOTO = {"\U00021336", "\U0002348d"}


@lru_cache
def shipped(name: str) -> TTFont:
    font = TTFont(f"shipped-{name}", str(RESOURCES / "fonts" / f"{name}.ttf"))
    pdfmetrics.registerFont(font)
    return font


def lacking(name: str, text: str) -> set[str]:
    return {sign for sign in text if not sign.isspace() and ord(sign) not in shipped(name).face.charToGlyph}


def printed_and_read(name: str, text: str) -> str:
    paper = io.BytesIO()
    canvas = Canvas(paper, pagesize=(1200, 100))
    canvas.setFont(shipped(name).fontName, 20)
    canvas.drawString(20, 40, text)
    canvas.save()
    document = pypdfium2.PdfDocument(paper.getvalue())
    page = document[0]
    words = page.get_textpage().get_text_range()
    document.close()
    return re.sub(r"\s", "", words)


@pytest.mark.parametrize("name", FONTS)
@pytest.mark.parametrize("text", [
    "应急值守 龘 ℃ — ◷ ▲ ● ★ ▷ ○ ✕ ◗",
    "Send team 3 — 调度令 370202-2026-0017",
    "H₂S C₆H₁₂O₅ 湖㳇镇 麦㙦镇 塘㙍镇 桴㯊镇 八五〇农场",
])
def test_what_is_printed_is_read_again(name: str, text: str) -> None:
    assert lacking(name, text) == set()
    assert printed_and_read(name, text) == text.replace(" ", "")


@pytest.mark.parametrize("name", FONTS)
def test_every_font_has_the_marks_of_the_desk(name: str) -> None:
    assert lacking(name, MARKS) == set()


def test_only_the_bold_serif_lacks_traditional_hanzi() -> None:
    assert {name: lacking(name, "应急值守龘鎮") for name in FONTS} == {
        "NotoSansSC-Regular": set(), "NotoSansSC-Bold": set(), "NotoSerifSC-Regular": set(), "NotoSerifSC-Bold": {"鎮"},
    }


@pytest.mark.parametrize("name", FONTS)
def test_every_font_writes_the_real_place_names_to_the_street(name: str) -> None:
    divisions = read_divisions(RESOURCES / "reference" / "divisions")
    everything = {sign for province in divisions.provinces() for unit in divisions.subtree(province.code) for sign in unit.name}
    assert lacking(name, "".join(everything)) == set()


@pytest.mark.parametrize("name", FONTS)
def test_every_font_writes_the_villages_of_shandong(name: str) -> None:
    divisions = read_divisions(RESOURCES / "reference" / "divisions")
    signs = {sign for village in divisions.villages("37") for sign in village.name}
    assert lacking(name, "".join(signs)) <= LACKING_IN_NOTO


@pytest.mark.parametrize("name", FONTS)
def test_the_screen_takes_the_same_fonts(name: str, qapp: object) -> None:
    number = QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / f"{name}.ttf"))
    assert QFontDatabase.applicationFontFamilies(number) == [f"Noto {name[4:].split('SC')[0]} SC"]
    QFontDatabase.removeApplicationFont(number)


def test_the_licence_lies_beside_the_fonts() -> None:
    for family in ("NotoSansSC", "NotoSerifSC"):
        assert "SIL OPEN FONT LICENSE" in (RESOURCES / "fonts" / f"OFL-{family}.txt").read_text(encoding="utf-8")
