"""Lines of a written text, whatever file they come from: words, the number the word processor gave them, tables, and hints of their look."""

from __future__ import annotations

from dataclasses import dataclass

from emergency_desk.domain.plan_proposals import FileNote

MOST_LINES = 30_000  # a house setting: some 1,000 pages; the plans of offices have 20 to 100
Cells = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """One line of a text file, or one paragraph or table of a document.

    `number` was counted by the word processor and stands before the words. `level` is that of a heading by its style, 0 for body.
    """

    line: int
    words: str
    number: str = ""
    level: int = 0
    table: Cells = ()
    is_entry: bool = False  # of a bulleted list
    in_contents: bool = False
    is_soft: bool = False  # of a text file, where a sentence may go on in the next line

    @property
    def said(self) -> str:
        """Return what a reader sees."""
        return f"{self.number} {self.words}" if self.number else self.words


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A file as lines, with what is to be known about it."""

    name: str
    lines: tuple[Written, ...]
    notes: tuple[FileNote, ...] = ()
