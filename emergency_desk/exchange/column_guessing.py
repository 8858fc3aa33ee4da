"""Columns that no known name fits: guessed by the pinyin of their header, and by what stands below where there is no header."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from emergency_desk.exchange import written_values

NAMELESS = re.compile(r"(列|Column )\d+")  # what a column is called that has no header
_SAMPLE, _ENOUGH = 50, 0.8
_FEWEST_INITIALS = 3
_LETTERS = re.compile(r"[a-z]+")
_DEGREES = re.compile(r"\d{1,3}\.\d{2,}")
_NAME_ENDINGS = ("队", "站", "中心", "医院", "基地", "仓库", "公司", "局", "委", "办", "点", "所", "team", "station", "hospital")


def nameless(count: int) -> tuple[str, ...]:
    """Return headers for a list that has none."""
    return tuple(f"列{number}" for number in range(1, count + 1))


def by_pinyin(header: str, names: Mapping[str, Sequence[str]]) -> str:
    """Return the field whose Chinese name a header writes in pinyin or by its initials (duiwumingcheng, dwmc), or an empty string."""
    plain = re.sub(r"[\s_\-.]", "", header.casefold())
    if not _LETTERS.fullmatch(plain):
        return ""
    for field, known in names.items():
        for name in known:
            if not name.isascii():
                full, initials = _sounds(name)
                if plain == full or (plain == initials and len(plain) >= _FEWEST_INITIALS):
                    return field
    return ""


def by_content(values: Sequence[str], names: Mapping[str, Sequence[str]], taken: set[str]) -> str:
    """Return the field that the cells of a column without a header look like, or an empty string."""
    sample = [value.strip() for value in values if value.strip()][:_SAMPLE]
    if not sample:
        return ""
    for field, fits in _TELLS:
        if field in names and field not in taken and sum(map(fits, sample)) >= _ENOUGH * len(sample):
            return field
    return ""


def looks_like_a_row(headers: Sequence[str]) -> bool:
    """Say whether what stands where headers should be is a row already: it holds a phone number, a position or a count."""
    return any(_is_phone(cell) or _DEGREES.fullmatch(cell) or re.fullmatch(r"\d+\s*(人|名|台|辆)?", cell) for cell in map(str.strip, headers))


def _is_phone(text: str) -> bool:
    return sum(sign.isdigit() for sign in text) >= 7 and "." not in text and written_values.is_phone(text)


def _is_between(text: str, least: float, most: float) -> bool:
    return bool(_DEGREES.fullmatch(text)) and least <= float(text) <= most


def _is_name(text: str) -> bool:
    return len(text) >= 3 and text.casefold().endswith(_NAME_ENDINGS)


# Latitudes and longitudes of China; a name comes last, because an address may end like one.
_TELLS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("latitude", lambda text: _is_between(text, 3, 54)), ("longitude", lambda text: _is_between(text, 73, 136)),
    ("duty_phone", _is_phone), ("phone", _is_phone), ("name", _is_name),
    ("people_total", lambda text: bool(re.fullmatch(r"\d{1,4}\s*(人|名)", text))),
)


@cache
def _sounds(name: str) -> tuple[str, str]:
    from pypinyin import Style, lazy_pinyin  # imported late: its dictionary costs tens of milliseconds

    syllables = lazy_pinyin(name, style=Style.NORMAL, errors="ignore")
    return "".join(syllables), "".join(syllable[0] for syllable in syllables)
