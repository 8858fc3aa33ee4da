"""Pictures of a paper's pages, drawn from the very file that is printed. Runs in the helper process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.errands.papers import set_paper
from emergency_desk.services.papers import Sheet


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page as rows of four bytes a pixel: blue, green, red, unused."""

    page: int
    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class Preview:
    """A paper that was set for looking at: where it lies, how large its pages are (in points), and the first pictures."""

    printed: Printed
    sizes: tuple[tuple[float, float], ...]
    pictures: tuple[PagePicture, ...]


def preview_paper(sheet: Sheet, path: Path, settings: PaperSettings, pages: tuple[int, ...], width: int) -> Preview:
    """Set a sheet at a path of its own and draw some of its pages so many pixels wide. Raises PaperNotWritten."""
    printed = set_paper(sheet, path, settings)
    return Preview(printed, page_sizes(path), draw_pages(path, tuple(page for page in pages if page < printed.pages), width))


def page_sizes(path: Path) -> tuple[tuple[float, float], ...]:
    """Return width and height of every page in points."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return tuple(document.get_page_size(page) for page in range(len(document)))
    finally:
        document.close()


def draw_pages(path: Path, pages: tuple[int, ...], width: int) -> tuple[PagePicture, ...]:
    """Draw pages so many pixels wide."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return tuple(_draw(document, page, width) for page in pages)
    finally:
        document.close()


def _draw(document: object, number: int, width: int) -> PagePicture:
    page = document[number]  # type: ignore[index]
    bitmap = page.render(scale=width / page.get_width(), prefer_bgrx=True, optimize_mode="print")
    try:
        pixels = bytes(bitmap.buffer)
        if bitmap.stride != bitmap.width * 4:
            pixels = b"".join(pixels[row * bitmap.stride:row * bitmap.stride + bitmap.width * 4] for row in range(bitmap.height))
        return PagePicture(number, bitmap.width, bitmap.height, pixels)
    finally:
        bitmap.close()
        page.close()
