"""What is pasted from Word, WPS or a page, cleaned to the blocks of `plan_markup`: paragraphs, lists, tables, strong words, and nothing else."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from emergency_desk.domain.plan_markup import Block, Entries, Paragraph, Run, Table, Words, tidy

_UNSEEN = frozenset(("head", "style", "script", "title", "xml", "template"))
_PARAGRAPHS = frozenset(("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "section", "article", "ul", "ol", "dt", "dd"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_STRONG_STYLE = re.compile(r"font-weight\s*:\s*(bold|bolder|[6-9]00)", re.IGNORECASE)
_PLAIN_STYLE = re.compile(r"font-weight\s*:\s*(normal|lighter|[1-5]00)", re.IGNORECASE)
_WORD_LIST = re.compile(r"mso-list\s*:\s*l\d", re.IGNORECASE)
_BULLET = re.compile(r"^[\s·•●○■□▪◆◇➢\u2022\uf0b7\uf06c\uf0a7\uf0d8o§-]*[·•●○■□▪◆◇➢\u2022\uf0b7\uf06c\uf0a7\uf0d8§-]\s*|^o\s+")
# A line that the source breaks between two Chinese characters has no blank there (CSS Text 3, 4.1.3).
_WRAPPED = re.compile("(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*\r?\n[ \t\r\n]*(?=[\u2e80-\u9fff\uff00-\uffef])")
_MOST_COLUMNS, _MOST_ROWS = 60, 2_000


def blocks_of_html(html: str) -> tuple[Block, ...]:
    """Read pasted HTML; whatever it is, nothing but words of the five kinds comes out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.blocks()


def blocks_of_words(text: str) -> tuple[Block, ...]:
    """Read pasted plain text: a paragraph a line, and lines with tabs (from a sheet) as a table. Signs mean themselves."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found: list[Block] = []
    rows: list[tuple[Words, ...]] = []
    for line in [*lines, ""]:
        if "\t" in line.strip():
            rows.append(tuple((Run(cell),) for cell in line.split("\t")))
            continue
        if rows:
            found.append(Table(tuple(rows)))
            rows = []
        found.append(Paragraph((Run(line),)))
    return tidy(found)


class _Grid:
    """A table while it is read; a cell that spans several leaves the others empty."""

    def __init__(self) -> None:
        self.rows: list[list[Words]] = []
        self._covered: set[tuple[int, int]] = set()  # (row, column) that a cell of a row above reaches down to

    def row(self) -> None:
        """Begin a row."""
        self._pass_covered()
        self.rows.append([])

    def cell(self, words: Words, across: int, down: int) -> None:
        """Put a cell at the next free place."""
        if not self.rows:
            self.row()
        self._pass_covered()
        row, place = len(self.rows) - 1, len(self.rows[-1])
        if place + across > _MOST_COLUMNS or row >= _MOST_ROWS:
            return
        self.rows[-1] += [words, *((),) * (across - 1)]
        self._covered |= {(below, column) for below in range(row + 1, row + down) for column in range(place, place + across)}

    def _pass_covered(self) -> None:
        while self.rows and (len(self.rows) - 1, len(self.rows[-1])) in self._covered:
            self.rows[-1].append(())

    def block(self) -> Block | None:
        """Return the table, if there is anything in it."""
        self._pass_covered()
        rows = tuple(tuple(row) for row in self.rows if row)
        return Table(rows) if rows else None


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._done: list[Block] = []
        self._runs: list[Run] = []
        self._strong: list[bool] = []
        self._open: list[tuple[str, bool]] = []  # tag, whether it changed the weight
        self._unseen = 0
        self._entry = False
        self._word_entry = False
        self._grid: _Grid | None = None
        self._deeper = 0  # tables within a table are read as words
        self._span = (1, 1)
        self._in_cell = False

    def blocks(self) -> tuple[Block, ...]:
        """Return what was read."""
        self._end_cell()
        self._end_table()
        self._end_paragraph()
        return tidy(self._done)

    # -- tags ----------------------------------------------------------------------------------------------------------
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _UNSEEN:
            self._unseen += 1
        if tag == "br":
            self._break()
        elif tag == "table":
            self._begin_table()
        elif tag == "tr" and self._grid and not self._deeper:
            self._end_cell()
            self._grid.row()
        elif tag in ("td", "th") and self._grid and not self._deeper:
            self._end_cell()
            self._in_cell, self._span = True, (_count(values.get("colspan")), _count(values.get("rowspan")))
        elif tag in _PARAGRAPHS:
            self._end_paragraph()
            self._entry = tag == "li" or (self._entry and tag not in ("ul", "ol"))
            self._word_entry = bool(_WORD_LIST.search(values.get("style", "")))
        if tag not in ("br", "img", "hr", "meta", "link", "input", "col"):
            self._weigh(tag, values.get("style", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        if tag in ("td", "th") and not self._deeper:
            self._end_cell()
        elif tag == "table":
            self._leave_table()
        elif tag in _PARAGRAPHS:
            self._end_paragraph()
            self._entry = self._entry and tag not in ("li", "ul", "ol")
            self._word_entry = False
        while any(opened == tag for opened, _changed in self._open):
            opened, changed = self._open.pop()
            if changed:
                self._strong.pop()
            if opened == tag:
                break

    def _weigh(self, tag: str, style: str) -> None:
        strong = tag in ("b", "strong", "th") or tag in _HEADINGS or bool(_STRONG_STYLE.search(style))
        plain = bool(_PLAIN_STYLE.search(style))
        if tag == "th" and not _STRONG_STYLE.search(style):
            strong = False  # the first row of a table is its head without being strong
        if strong or plain:
            self._strong.append(strong and not plain)
        self._open.append((tag, strong or plain))

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            words = re.sub(r"\s+", " ", _WRAPPED.sub("", data).replace("\xa0", " "))
            if words != " " or (self._runs and not self._runs[-1].words.endswith((" ", "\n"))):
                self._runs.append(Run(words, bool(self._strong and self._strong[-1])))

    # -- what ends -----------------------------------------------------------------------------------------------------
    def _break(self) -> None:
        if self._in_cell:
            self._runs.append(Run("\n"))
        else:
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        if self._in_cell:
            if self._runs and not self._runs[-1].words.endswith("\n"):
                self._runs.append(Run("\n"))
            return
        words, self._runs = tuple(self._runs), []
        if self._entry or self._word_entry:
            self._done.append(Entries((_without_bullet(words),)))
        else:
            self._done.append(Paragraph(words))

    def _begin_table(self) -> None:
        if self._grid is not None:
            self._deeper += 1
            self._end_paragraph()
            return
        self._end_paragraph()
        self._grid = _Grid()

    def _leave_table(self) -> None:
        if self._deeper:
            self._deeper -= 1
            self._end_paragraph()
            return
        self._end_cell()
        self._end_table()

    def _end_cell(self) -> None:
        if self._in_cell and self._grid is not None:
            self._in_cell = False
            words, self._runs = tuple(self._runs), []
            self._grid.cell(words, *self._span)

    def _end_table(self) -> None:
        grid, self._grid = self._grid, None
        block = grid.block() if grid is not None else None
        if block is not None:
            self._done.append(block)


def _count(value: str | None) -> int:
    return min(max(int(value), 1), _MOST_COLUMNS) if value and value.isdecimal() else 1


def _without_bullet(words: Words) -> Words:
    """Take off the sign that Word writes before an entry."""
    if not words:
        return words
    first = Run(_BULLET.sub("", words[0].words, count=1), words[0].strong)
    return (first, *words[1:])
