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
    return [[text for _right, text in line] for line in _edged(words)]


def _edged(words: pypdfium2.PdfTextPage) -> list[list[tuple[float, str]]]:
    """Return the lines of a page, each as cells with the edge at their right."""
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


def _cells(line: list[tuple[float, float, float, str]]) -> list[tuple[float, str]]:
    cells, end = [(line[0][1], "")], line[0][1]
    for _bottom, left, right, sign in line:
        if left - end > _SAME_CELL:
            cells.append((right, ""))
        end = max(end, right)
        cells[-1] = end, cells[-1][1] + sign
    return cells


def figures_of(path: Path) -> list[tuple[str, dict[int, str]]]:
    """Return every line of a paper's tables as its words and its figures, by the place of the column among those that have figures.

    A column of figures is known by the edge at their right, which all of them share.
    """
    document = pypdfium2.PdfDocument(str(path))
    try:
        lines = [line for page in document for line in _edged(page.get_textpage())]
    finally:
        document.close()
    edges: list[float] = []
    for line in lines:
        for edge, text in line:
            if _is_figure(text) and not any(abs(edge - known) < _SAME_EDGE for known in edges):
                edges.append(edge)
    edges.sort()
    found = []
    for line in lines:
        figures = {next(place for place, known in enumerate(edges) if abs(edge - known) < _SAME_EDGE): text
                   for edge, text in line if _is_figure(text)}
        found.append((" ".join(text for _edge, text in line if not _is_figure(text)), figures))
    return found


_SAME_EDGE = 1.5  # points


def _is_figure(text: str) -> bool:
    return text.replace(",", "").replace(".", "").isdecimal()

