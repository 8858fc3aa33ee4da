"""A place in a text file that was read: the value, where it stands, and a complaint that names both.

Readers of plans (and of other text formats) ask a place for its parts; whatever is missing, misspelt or out of range raises
BadFile with the line and a path such as "actions[3].clause 4.9". List entries count from 1, as a person counts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, NoReturn, TypeVar

import yaml

from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.texts import Text
from emergency_desk.exchange import yaml_text

Member = TypeVar("Member", bound=Enum)
_WHOLE = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Place:
    """One value of a file and the way to it. `value` is a dict, a list or a string."""

    value: Any
    way: tuple[str | int, ...]
    source: str
    file: str

    def wrong(self, reason: str, what: str = "", **values: str) -> NoReturn:
        """Raise BadFile for this place; further values are for the sentence that tells it."""
        detail = f"{_written(self.way)} {what}".strip()
        raise BadFile(name=self.file, reason=reason, line=_line_of(self.source, self.way), detail=detail, **values)

    def has(self, key: str) -> bool:
        """Say whether the mapping has a key."""
        return key in self.mapping()

    def mapping(self) -> dict[str, Any]:
        """Return the value as a mapping."""
        if not isinstance(self.value, dict):
            self.wrong("not_a_mapping")
        return self.value

    def only(self, *allowed: str, required: Collection[str] = ()) -> Place:
        """Refuse keys that are not known (most likely a typing slip) and say which required one is missing."""
        for key in self.mapping():
            if key not in allowed and key not in required:
                self.at(key).wrong("unknown_key")
        for key in required:
            if key not in self.value:
                self.wrong("missing_key", key)
        return self

    def at(self, key: str) -> Place:
        """Return the place below a key of this mapping."""
        mapping = self.mapping()
        if key not in mapping:
            self.wrong("missing_key", key)
        return Place(mapping[key], (*self.way, key), self.source, self.file)

    def each(self, key: str) -> Iterator[Place]:
        """Walk the entries of the list below a key; a key that is not there is an empty list."""
        if not self.has(key):
            return
        yield from self.at(key).entries()

    def entries(self) -> Iterator[Place]:
        """Walk the entries of this list."""
        if self.value == "":
            return
        if not isinstance(self.value, list):
            self.wrong("not_a_list")
        for number, value in enumerate(self.value, start=1):
            yield Place(value, (*self.way, number), self.source, self.file)

    def string(self, *, may_be_empty: bool = False) -> str:
        """Return the value as it stands."""
        if not isinstance(self.value, str):
            self.wrong("not_a_text")
        if not may_be_empty and not self.value.strip():
            self.wrong("empty")
        return self.value

    def text(self) -> Text:
        """Return a text in two languages; Chinese must be there, English may follow later."""
        self.only("en", required=("zh",))
        english = self.at("en").string(may_be_empty=True) if self.has("en") else ""
        return Text(self.at("zh").string(), english)

    def whole_number(self) -> int:
        """Return a whole number from 0 up."""
        if not _WHOLE.fullmatch(self.string()):
            self.wrong("not_a_number", self.value)
        return int(self.value)

    def matching(self, pattern: str, reason: str) -> str:
        """Return the string if it has a form."""
        if not re.fullmatch(pattern, self.string()):
            self.wrong(reason, self.value)
        return str(self.value)

    def word(self, allowed: Collection[str]) -> str:
        """Return the string if it is one of the fixed words."""
        if self.string() not in allowed:
            self.wrong("unknown_word", self.value)
        return str(self.value)

    def member(self, kind: type[Member]) -> Member:
        """Return the enum member of the word."""
        return kind(self.word([member.value for member in kind]))


def open_text(text: str, file: str) -> Place:
    """Read a text and return the place of its whole. Raises BadFile."""
    return Place(yaml_text.load(text, file), (), text, file)


def _written(way: tuple[str | int, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in way).lstrip(".")


def _line_of(source: str, way: tuple[str | int, ...]) -> int:
    """Return the line (from 1) where a place stands, or of the nearest place above it; the text has been read once already."""
    node = yaml.compose(source, Loader=yaml.BaseLoader)
    line = node.start_mark.line + 1 if node else 0
    for step in way:
        found = _below(node, step)
        if found is None:
            return line
        line, node = found
    return line


def _below(node: Any, step: str | int) -> tuple[int, Any] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key.start_mark.line + 1, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step <= len(node.value):
        below = node.value[step - 1]
        return below.start_mark.line + 1, below
    return None
