"""Find and replace through a whole plan: every text of every part, in both languages, with the words that stand around it.

Bodies are searched as they are read, without the marks of `plan_markup`, and replacing leaves the marks where they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_markup import Block, Entries, Paragraph, Run, Table, Words, blocks_of, plain, said, text_of
from emergency_desk.domain.plan_parts import PartRecord
from emergency_desk.domain.plan_records import Clause
from emergency_desk.domain.texts import Text

_AROUND = 16  # characters shown at either side
_PLAIN_FIELDS = frozenset(("phone", "words"))  # strings that people write, besides texts in two languages


@dataclass(frozen=True, slots=True)
class Needle:
    """What is looked for."""

    words: str
    match_case: bool = False

    @property
    def pattern(self) -> re.Pattern[str]:
        """The expression that finds it."""
        return re.compile(re.escape(self.words), 0 if self.match_case else re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TextHit:
    """One place where the words stand: the field, the language, and the words around."""

    field: str
    language: str
    before: str
    words: str
    after: str


def hits(record: PartRecord, needle: Needle) -> tuple[TextHit, ...]:
    """Return every place of a part where the words stand, in the order of its fields."""
    return tuple(_hits(record, needle)) if needle.words else ()


def replaced(record: PartRecord, needle: Needle, by: str) -> PartRecord:
    """Return a part with the words replaced everywhere in it."""
    if not needle.words:
        return record

    def put(text: str, is_body: bool) -> str:
        return replaced_in_body(text, needle, by) if is_body else needle.pattern.sub(lambda _found: by, text)

    done: PartRecord = _changed(record, put, is_body=False)
    return done


def replaced_in_body(body: str, needle: Needle, by: str) -> str:
    """Return a body with the words replaced; marks stay, also where the words run across one."""
    if not needle.words or not needle.pattern.search(plain(body)):
        return body
    return text_of([_block(block, needle, by) for block in blocks_of(body)])


def parts_with(plan_parts: Iterator[tuple[PartKind, PartRecord]], needle: Needle) -> Iterator[tuple[PartKind, PartRecord, tuple[TextHit, ...]]]:
    """Give every part where the words stand."""
    for kind, record in plan_parts:
        found = hits(record, needle)
        if found:
            yield kind, record, found


# -- walking ----------------------------------------------------------------------------------------------------------
def _hits(record: Any, needle: Needle, under: str = "") -> Iterator[TextHit]:
    for field in fields(record):
        value = getattr(record, field.name)
        is_body = isinstance(record, Clause) and field.name == "body"
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Text):
                for language in ("zh", "en"):
                    yield from _in_text(getattr(each, language), needle, under + field.name, language, is_body)
            elif isinstance(each, str) and field.name in _PLAIN_FIELDS:
                yield from _in_text(each, needle, under + field.name, "", is_body=False)
            elif is_dataclass(each):
                yield from _hits(each, needle, f"{under}{field.name}.")


def _in_text(text: str, needle: Needle, field: str, language: str, is_body: bool) -> Iterator[TextHit]:
    words = plain(text) if is_body else text
    for found in needle.pattern.finditer(words):
        yield TextHit(field, language, words[max(0, found.start() - _AROUND):found.start()].rpartition("\n")[2], found.group(),
                      words[found.end():found.end() + _AROUND].partition("\n")[0])


def _changed(value: Any, put: Callable[[str, bool], str], *, is_body: bool) -> Any:
    if isinstance(value, Text):
        return Text(put(value.zh, is_body), put(value.en, is_body))
    if isinstance(value, tuple):
        return tuple(_changed(each, put, is_body=False) if not isinstance(each, str) else each for each in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    news = {}
    for field in fields(value):
        old = getattr(value, field.name)
        if field.name in _PLAIN_FIELDS:
            news[field.name] = put(old, False) if isinstance(old, str) else tuple(put(word, False) for word in old)
        else:
            news[field.name] = _changed(old, put, is_body=isinstance(value, Clause) and field.name == "body")
    return replace(value, **news)


# -- bodies -----------------------------------------------------------------------------------------------------------
def _block(block: Block, needle: Needle, by: str) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(_line(block.words, needle, by))
    if isinstance(block, Entries):
        return Entries(tuple(_line(entry, needle, by) for entry in block.entries))
    return Table(tuple(tuple(_line(cell, needle, by) for cell in row) for row in block.rows))


def _line(words: Words, needle: Needle, by: str) -> Words:
    """Replace in one line; what is put in has the look of the first word that goes."""
    whole, looks, done, place = said(words), [run.strong for run in words for _letter in run.words], [], 0
    for found in needle.pattern.finditer(whole):
        done += [Run(letter, look) for letter, look in zip(whole[place:found.start()], looks[place:found.start()], strict=True)]
        done.append(Run(by, looks[found.start()]))
        place = found.end()
    return (*done, *(Run(letter, look) for letter, look in zip(whole[place:], looks[place:], strict=True)))
