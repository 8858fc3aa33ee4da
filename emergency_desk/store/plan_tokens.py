"""The tokens plans are found by: each sign, each pair of neighbouring signs, and each Latin word; their set holds no places.

Two signs that stand beside one another are one token, so a Chinese word of two signs is one look-up. A query's tokens are what every text
that holds the word must have; whoever searches looks the texts over again, because having the tokens is not yet holding the word.
SQLite's tokenizer `ascii` takes every sign beyond ASCII as part of a token; marks of ASCII are moved beyond it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_PARTS = re.compile(r"[a-z0-9]+|\s+|.", re.DOTALL)
_WORD = re.compile(r"[a-z0-9]+")
_SIGNS = re.compile(r"[^a-z0-9\s]+")
_BEYOND = {sign: 0xE000 + sign for sign in range(0x80)}  # into Unicode's private use area


@dataclass(frozen=True, slots=True)
class Asked:
    """What a text must have to hold a word: all of `tokens`; and for `part`, a Latin word that holds it."""

    tokens: tuple[str, ...] = ()
    part: str = ""


def tokens(folded: Iterable[str]) -> str:
    """Return the tokens of some folded texts as FTS5 takes them in: each once, with blanks between."""
    return " ".join(found_in(folded))


def found_in(folded: Iterable[str]) -> set[str]:
    """Return the tokens of some folded texts."""
    found: set[str] = set()
    for text in folded:
        found.update(_WORD.findall(text))
        for run in _SIGNS.findall(text):
            signs = run.translate(_BEYOND)
            found.update(signs)
            found.update(map(str.__add__, signs, signs[1:]))
    return found


def latin_words(told: str) -> list[str]:
    """Return the Latin words among tokens."""
    return [token for token in told.split(" ") if token and token[0] < "\x80"]


def asked_for(word: str) -> Asked:
    """Return what a text must have to hold a folded word without blanks."""
    parts = _PARTS.findall(word)
    runs = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(word)]
    wanted: list[str] = []
    for run in _SIGNS.findall(word):
        signs = run.translate(_BEYOND)
        wanted += map(str.__add__, signs, signs[1:]) if len(signs) > 1 else [signs]
    wanted += [run for run, start, end in runs if start and end < len(word)]  # signs on both sides: a whole word of the text
    at_edge = [run for run, start, end in runs if not (start and end < len(word))]
    return Asked(tuple(dict.fromkeys(wanted)), max(at_edge, key=len) if at_edge and len(parts) else "")


def expression(asked: Sequence[Asked], words: Sequence[Sequence[str]]) -> str:
    """Return the expression FTS5 is asked. `words`: for each word asked, the Latin words that hold its part."""
    wanted = dict.fromkeys(token for one in asked for token in one.tokens)
    clauses = [f'"{token}"' for token in wanted]
    clauses += ["(" + " OR ".join(f'"{word}"' for word in some) + ")" for some in words if some]
    return " AND ".join(clauses)
