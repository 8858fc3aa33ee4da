"""How a picture stands in a DOCX file: a drawing in its line, its bytes a part of the package. Source: ECMA-376 part 1, DrawingML 20.4."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

_EMU = 12_700  # English metric units in a point
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def picture_name(number: int) -> str:
    """Return the name of a picture's part below word/."""
    return f"media/picture{number}.jpeg"


def picture_id(number: int) -> str:
    """Return the id by which the document names a picture."""
    return f"picture{number}"


def picture_run(number: int, width: float, height: float, words: str) -> str:
    """Return the run that shows a picture, its size in points; `words` are for who cannot see it."""
    wide, high, told = round(width * _EMU), round(height * _EMU), quoteattr(words)
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr id="{number}" name="{picture_id(number)}" descr={told}/><a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}">'
        f'<pic:pic xmlns:pic="{_PIC}"><pic:nvPicPr><pic:cNvPr id="{number}" name="{picture_id(number)}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{picture_id(number)}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>')
