"""How a response level is written: Ⅰ to Ⅳ, or 一级 to 四级 as some plans do. Which of the two is a setting of the desk.

The program writes levels as its desk does, on screens, in log lines and in what is drafted; a paper says its own inside
`with writing(numerals):`. English knows the numerals only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from emergency_desk.domain.plan_records import Level, Numerals
from emergency_desk.wording.catalog import CHINESE, current_language

__all__ = ["SETTING", "Numerals", "current_numerals", "level_said", "level_word", "numerals_of", "use_numerals", "writing"]

SETTING = "level_numerals"
_ROMAN = {Level.I: "Ⅰ", Level.II: "Ⅱ", Level.III: "Ⅲ", Level.IV: "Ⅳ"}
_CHINESE = {Level.I: "一级", Level.II: "二级", Level.III: "三级", Level.IV: "四级"}


class _Shelf:
    """How the desk writes."""

    numerals = Numerals.ROMAN


_shelf = _Shelf()
_written: ContextVar[Numerals | None] = ContextVar("written_numerals", default=None)


def numerals_of(kept: str) -> Numerals:
    """Return what a kept setting means; one that means nothing leaves the numerals."""
    return Numerals(kept) if kept in set(Numerals) else Numerals.ROMAN


def use_numerals(numerals: Numerals) -> None:
    """Let the whole program write levels so."""
    _shelf.numerals = numerals


@contextmanager
def writing(numerals: Numerals) -> Iterator[None]:
    """Write levels otherwise in this thread only, for one paper."""
    token = _written.set(numerals)
    try:
        yield
    finally:
        _written.reset(token)


def current_numerals() -> Numerals:
    """Return how levels are written here and now."""
    return _written.get() or _shelf.numerals


def level_word(level: Level | None) -> str:
    """Return a level as it stands alone in a cell, "" for none: Ⅲ, or 三级."""
    if level is None:
        return ""
    return _CHINESE[level] if _is_chinese() and current_numerals() is Numerals.CHINESE else _ROMAN[level]


def level_said(level: Level | None) -> str:
    """Return a level as it stands in a sentence: in Chinese always with 级, in English the numeral."""
    word = level_word(level)
    return f"{word}级" if word and _is_chinese() and not word.endswith("级") else word


def _is_chinese() -> bool:
    return current_language() == CHINESE
