"""The letters of a paper: which fonts it is set in, and which characters none of them has.

Only TrueType outlines: reportlab refuses CFF. A character missing in the chosen font comes from the next of its chain, and
last of all is set as 〓 (the mark Chinese printers use for a sort they lack) and told in the result.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from emergency_desk.domain.sheets import PaperSettings

SERIF, SERIF_BOLD, SANS, SANS_BOLD = "NotoSerifSC-Regular.ttf", "NotoSerifSC-Bold.ttf", "NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"
LACKING = "〓"
_BEYOND = re.compile(r"<([0-9A-F]{5,6})>")
# Stems of the files that carry the faces GB/T 9704-2012 asks for, in order of liking.
FANG_SONG = ("simfang", "fangsong_gb2312", "仿宋_gb2312", "stfangsong", "stfangso", "fzfsk", "fzfangsong", "方正仿宋", "仿宋", "fangsong")
KAI = ("simkai", "kaiti_gb2312", "楷体_gb2312", "stkaiti", "fzktk", "楷体", "kaiti")
SMALL_TITLE_SONG = ("fzxbsjw", "fzxbsk", "fzxiaobiaosong", "方正小标宋", "小标宋", "xiaobiaosong")
# Joiners, marks of direction and variation selectors: they are typed unseen and have no picture of their own.
_UNSEEN: dict[int, str | None] = {code: None for code in (
    *range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0xAD, *range(0x80, 0xA0),
    *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF, *range(0xFE00, 0xFE10))}
_UNSEEN |= {0x09: " ", 0x2028: "\n", 0x2029: "\n"}


def cleaned(text: str) -> str:
    """Return typed text without the characters that have no picture; line ends stay as newlines."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSEEN)


class Face:
    """One face of a paper: a chain of fonts asked in turn. Widths are in em."""

    def __init__(self, fonts: tuple[TTFont, ...], missing: dict[str, None]) -> None:
        self.font: TTFont = fonts[0]
        self._fonts = fonts
        self._missing = missing
        self._known: dict[str, tuple[TTFont, str]] = {}
        self._ems = _Ems(self)
        self._plain: set[str] = set()

    def width(self, text: str, size: float) -> float:
        """Return how wide a line of text is at a size, in points."""
        return sum(map(self._ems.__getitem__, text)) * size

    def runs(self, text: str) -> Iterator[tuple[TTFont, str]]:
        """Yield the text in pieces, each with the font that has its characters."""
        if self._plain.issuperset(text):
            yield self.font, text
            return
        font, piece = self.font, ""
        for sign in text:
            its_font, shown = self._known.get(sign) or self.meet(sign)
            if its_font is not font and piece:
                yield font, piece
                piece = ""
            font, piece = its_font, piece + shown
        if piece:
            yield font, piece

    def meet(self, sign: str) -> tuple[TTFont, str]:
        """Return the font a character is set from, and what is set in its place where no font has it."""
        for font in self._fonts:
            if font.face.charToGlyph.get(ord(sign)):
                found = (font, sign)
                if font is self.font:
                    self._plain.add(sign)
                break
        else:
            self._missing[sign] = None
            found = (next((font for font in self._fonts if font.face.charToGlyph.get(ord(LACKING))), self.font), LACKING)
        self._known[sign] = found
        return found


class _Ems(dict[str, float]):
    """The widths of the characters met so far; a plain look-up, because a long log asks a million times."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, sign: str) -> float:
        font, shown = self._face.meet(sign)
        width = float(font.face.charWidths.get(ord(shown), font.face.defaultWidth)) / 1000
        self[sign] = width
        return width


class Faces:
    """The faces of one paper, read when they are first used."""

    row_border = 0.0  # what a row of a table takes besides its lines and its white

    def __init__(self, paper: PaperSettings) -> None:
        self._paper = paper
        self._missing: dict[str, None] = {}
        self._made: dict[str, Face] = {}

    @property
    def missing(self) -> tuple[str, ...]:
        """The characters that no font had, in the order met."""
        return tuple(self._missing)

    @property
    def text(self) -> Face:
        """What is read in sentences: FangSong where the machine has it, else Noto Serif SC."""
        return self._face("text", FANG_SONG, SERIF, SANS)

    @property
    def title(self) -> Face:
        """The name of the paper: small-title Song where the machine has it, else Noto Serif SC Bold."""
        return self._face("title", SMALL_TITLE_SONG, SERIF_BOLD, SANS)

    @property
    def second(self) -> Face:
        """Headings of the second level: Kai where the machine has it, else Noto Serif SC Bold."""
        return self._face("second", KAI, SERIF_BOLD, SANS)

    @property
    def strong(self) -> Face:
        """What must not be missed, in a letter: Noto Serif SC Bold."""
        return self._face("strong", (), SERIF_BOLD, SANS)

    @property
    def label(self) -> Face:
        """Names of facts and heads of columns (黑体): Noto Sans SC Bold."""
        return self._face("label", (), SANS_BOLD, SANS)

    @property
    def table(self) -> Face:
        """Rows of a table, with digits of one width: Noto Sans SC."""
        return self._face("table", (), SANS)

    def _face(self, name: str, liked: tuple[str, ...], *shipped: str) -> Face:
        if name not in self._made:
            fonts = [_read(self._paper.fonts / file) for file in shipped]
            installed = best_installed(liked, _font_folders()) if liked and self._paper.use_installed_fonts else None
            self._made[name] = Face((installed, *fonts) if installed else tuple(fonts), self._missing)
        return self._made[name]


class DocxFaces(Faces):
    """The widths a reader's program gives a DOCX of ours: every Chinese character one em, the rest as in Times New Roman. For measuring alone."""

    row_border = 0.25

    def _face(self, name: str, liked: tuple[str, ...], *shipped: str) -> Face:
        if name not in self._made:
            measured = super()._face(name, liked, *shipped)
            self._made[name] = _TimesFace(measured, "Times-Bold" if name == "label" else "Times-Roman")
        return self._made[name]


class _TimesFace(Face):
    def __init__(self, other: Face, name: str) -> None:
        super().__init__(other._fonts, {})
        self._name = name

    def width(self, text: str, size: float) -> float:
        return sum(_in_times(sign, self._name) for sign in text) * size


@lru_cache(maxsize=4_096)
def _in_times(sign: str, name: str) -> float:
    return 1.0 if sign > "\u2e80" or sign in "“”‘’…—·" else pdfmetrics.stringWidth(sign, name, 1)


class _ReadableFont(TTFont):
    """A font whose rare characters can be copied and searched in the paper.

    reportlab tells readers a character beyond the basic plane by five digits; they take only the two halves of UTF-16 (ISO 32000-1, 9.10.3).
    """

    def addObjects(self, doc: Any) -> None:
        super().addObjects(doc)
        for name, told in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                told.content = _BEYOND.sub(lambda found: f"<{chr(int(found[1], 16)).encode('utf-16-be').hex().upper()}>", told.content)


@lru_cache(maxsize=16)
def _read(path: Path) -> TTFont:
    # The name is what pdfmetrics finds the font by; the file's own name stands in the PDF, its folder nowhere.
    font = _ReadableFont(f"desk-{path.stem}-{abs(hash(path)):x}", BytesIO(path.read_bytes()))
    pdfmetrics.registerFont(font)
    return font


@lru_cache(maxsize=4)
def best_installed(liked: tuple[str, ...], folders: tuple[Path, ...]) -> TTFont | None:
    """Return the best liked font in some folders that may be embedded, or None. A font is liked by how its file name begins."""
    files = [(place, path) for path in _font_files(folders) for place, stem in enumerate(liked) if path.stem.lower().startswith(stem)]
    for _place, path in sorted(files):
        try:
            return _read(path)
        except (TTFError, OSError):
            continue  # CFF outlines, or a licence that forbids embedding: the next, else the shipped one
    return None


@lru_cache(maxsize=1)
def _font_files(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    return tuple(Path(folder, file) for place in folders for folder, _folders, files in os.walk(place)
                 for file in files if file.lower().endswith(".ttf"))


def _font_folders() -> tuple[Path, ...]:
    home = Path.home()
    if sys.platform == "win32":
        return (Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "Fonts",
                Path(os.environ.get("LOCALAPPDATA", str(home))) / "Microsoft" / "Windows" / "Fonts")
    if sys.platform == "darwin":
        return (home / "Library" / "Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    return (home / ".local" / "share" / "fonts", home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))
