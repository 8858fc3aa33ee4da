"""The manual: pages of sections, read from small Markdown files, and what somebody finds in them by words.

A file begins with "# Title"; "## Title {#anchor}" begins a section, and "### Title {#anchor}" one below it. "![caption](name.png)" on a
line of its own is a picture. Everything else is the markup that bodies of plans are written in. "{{name}}" on a line of its own is where
a text stands that is made elsewhere: the list of keys, what was measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from emergency_desk.domain.plan_markup import Block, Table, blocks_of, plain, said

_HEADING = re.compile(r"^(#{1,3}) (.+?)(?:\s*\{#([a-z0-9_-]+)\})?$")
_PICTURE = re.compile(r"^!\[(.*)\]\(([A-Za-z0-9_.-]+)\)$")
_MADE = re.compile(r"^\{\{([a-z_]+)\}\}$")
_RULE_OF_TABLE = re.compile(r"^\|[-:| ]+\|$")
_LINE, _LEAST_ASKED = 60, 14  # letters: beyond a line more makes no difference
_CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that stands between the words, and what is said below it."""

    file: str
    caption: str


Part = Block | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it. `level` is 1 for the page's own heading."""

    anchor: str
    title: str
    level: int
    parts: tuple[Part, ...]
    text: str  # its words alone, for searching


@dataclass(frozen=True, slots=True)
class ManualPage:
    """One page of the manual."""

    id: str
    sections: tuple[Section, ...]

    @property
    def title(self) -> str:
        """Return its own heading."""
        return self.sections[0].title

    @property
    def headings(self) -> tuple[tuple[int, str], ...]:
        """Return level and anchor of every section: the same in every language."""
        return tuple((section.level, section.anchor) for section in self.sections)


@dataclass(frozen=True, slots=True)
class Manual:
    """The manual in one language."""

    language: str
    pages: tuple[ManualPage, ...]

    def page(self, page_id: str) -> ManualPage:
        """Return a page. Raises KeyError."""
        return next((page for page in self.pages if page.id == page_id), None) or _missing(page_id)


@dataclass(frozen=True, slots=True)
class Place:
    """A section of a page, as it is found."""

    page: str
    anchor: str
    page_title: str
    title: str
    text: str


def _missing(page_id: str) -> ManualPage:
    raise KeyError(page_id)


def read_page(page_id: str, text: str, made: Mapping[str, str]) -> ManualPage:
    """Read a page; `made` are the texts that are made elsewhere. Raises ValueError where it has no heading, or an anchor stands twice."""
    sections: list[tuple[str, str, int, list[str]]] = []
    for line in _lines(text, made):
        heading = _HEADING.match(line)
        if heading:
            sections.append((heading.group(3) or "", heading.group(2), len(heading.group(1)), []))
        elif sections:
            sections[-1][3].append(line)
        elif line.strip():
            raise ValueError(f"manual page {page_id} does not begin with its heading")
    anchors = [anchor for anchor, *_rest in sections]
    if not sections or sections[0][2] != 1 or len(set(anchors)) != len(anchors):
        raise ValueError(f"manual page {page_id}: one heading of the first level, and every section an anchor of its own")
    return ManualPage(page_id, tuple(Section(anchor, title, level, *_body(lines)) for anchor, title, level, lines in sections))


def places(manual: Manual) -> tuple[Place, ...]:
    """Return everything that can be found, in the order of the manual."""
    return tuple(Place(page.id, section.anchor, page.title, section.title, section.text) for page in manual.pages for section in page.sections)


def _lines(text: str, made: Mapping[str, str]) -> Iterable[str]:
    for line in text.replace("\r\n", "\n").split("\n"):
        found = _MADE.match(line.strip())
        if found:
            yield from _lines(made.get(found.group(1), ""), {})
        elif not _RULE_OF_TABLE.match(line.strip()):
            yield _CODE.sub(r"**\1**", line)


def _body(lines: list[str]) -> tuple[tuple[Part, ...], str]:
    parts: list[Part] = []
    waiting: list[str] = []
    for line in lines:
        picture = _PICTURE.match(line.strip())
        if picture:
            parts += [*blocks_of("\n".join(waiting)), Picture(picture.group(2), picture.group(1))]
            waiting = []
        else:
            waiting.append(line)
    parts += blocks_of("\n".join(waiting))
    return tuple(parts), plain("\n".join(line for line in lines if not _PICTURE.match(line.strip())))


def column_shares(table: Table) -> tuple[int, ...]:
    """Return how much of the width each column of a table takes: a column of keys is narrow, and no line of it is broken."""
    asked = [max(min(_LINE, _width(said(row[column]))) for row in table.rows) for column in range(table.columns)]
    return tuple(max(_LEAST_ASKED, each) for each in asked)


def _width(text: str) -> int:
    """Return how wide words are, in Latin letters; what stands above another in a cell counts once."""
    return max((sum(2 if sign > "\u2e80" else 1 for sign in line) for line in text.split("\n")), default=0)
