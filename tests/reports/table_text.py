"""Takes a table back out of a PDF: its lines from the top down, each as its cells from the left."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

_SAME_LINE, _SAME_CELL = 2.0, 5.0  # points


def lines_of(path: Path) -> list[list[list[str]]]:
    """Return the pages of a PDF as lines of cells: letters on one base line that stand close together are one cell."""
    document = pypdfium2.PdfDocument(str(path))
    try:
        return [_lines(page.get_textpage()) for page in document]
    finally:
        document.close()


def _lines(words: pypdfium2.PdfTextPage) -> list[list[str]]:
    letters = []
    for at in range(words.count_chars()):
        sign = words.get_text_range(at, 1)
        left, bottom, right, _top = words.get_charbox(at, loose=True)
        if sign.strip() and right > left:
            letters.append((bottom, left, right, sign))
    letters.sort(key=lambda one: -one[0])
    lines: list[list[tuple[float, float, float, str]]] = []
    for letter in letters:
        if lines and abs(lines[-1][0][0] - letter[0]) < _SAME_LINE:
            lines[-1].append(letter)
        else:
            lines.append([letter])
    return [_cells(sorted(line, key=lambda one: one[1])) for line in lines]


def _cells(line: list[tuple[float, float, float, str]]) -> list[str]:
    cells, end = [""], line[0][1]
    for _bottom, left, right, sign in line:
        if left - end > _SAME_CELL:
            cells.append("")
        cells[-1] += sign
        end = max(end, right)
    return cells
