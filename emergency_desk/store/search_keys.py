"""Search keys: what a name is found by — its characters, its pinyin and its initials, in one lower-case line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import Any

_FIELDS = ("name", "title", "name_en", "number", "code", "address")


def named_alike(one: Any, other: Any) -> bool:
    """Say whether two records of one class have the same search key, without making it."""
    return all(getattr(one, field, "") == getattr(other, field, "") for field in (*_FIELDS, "aliases"))


def spoken(*texts: str) -> str:
    """Return what some texts are found by, for records that are few and keep no search key."""
    return " ".join(dict.fromkeys(word for text in texts if text for word in words_of(text)))


@lru_cache(maxsize=65_536)
def words_of(text: str) -> tuple[str, ...]:
    """Return a text's own lower-case form, its full pinyin and its initials."""
    lowered = text.lower()
    if text.isascii():
        return (lowered,)
    from pypinyin import Style, lazy_pinyin  # imported late: its dictionary costs tens of milliseconds

    syllables = lazy_pinyin(text, style=Style.NORMAL, errors="ignore")
    full = "".join(syllables)
    initials = "".join(syllable[0] for syllable in syllables if syllable)
    return tuple(word for word in (lowered, full, initials) if word)


def search_key(record: Any, *, words: Callable[[str], tuple[str, ...]] = words_of) -> str:
    """Return the search key of a record from its name or title, number, code and aliases. `words` sounds a text out."""
    parts: list[str] = []
    for field in _FIELDS:
        value = getattr(record, field, "")
        if value:
            parts.append(value)
    parts.extend(getattr(record, "aliases", ()))
    return " ".join(dict.fromkeys(word for part in parts for word in words(part)))


def search_keys(columns: Mapping[str, Sequence[Any]], *, words: Callable[[Sequence[str]], list[Sequence[str]]]) -> list[str]:
    """Return the search keys of many records, which are given by fields; the very keys of `search_key`. `words` sounds a column out."""
    told = [columns[field] for field in _FIELDS if field in columns and any(columns[field])]
    count = len(columns["id"])
    if any(columns.get("aliases", ())):
        told += zip_longest(*columns["aliases"], fillvalue="")
    sounded = [column for texts in told for column in words(texts)] or [[""] * count]
    return [" ".join(dict.fromkeys(filter(None, row))) for row in zip(*sounded, strict=True)]
