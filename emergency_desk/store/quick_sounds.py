"""Pinyin for many names at once: sign by sign, except where a phrase makes a sign sound otherwise (重庆, 银行).

The dictionary's own way looks every phrase up and takes forty times as long. It is still asked wherever the first two signs of such a
phrase stand in the text, so both ways give the same; a test holds them against each other on every shipped name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

_ASCII: dict[int, str] = {**dict.fromkeys(range(128), ""), 10: "\n"}  # sounds like nothing, and lines stay lines


class _Sound(dict[int, str]):
    """The sound of each sign, looked up at its first use; nothing for a sign without one. Fit for str.translate."""

    def __missing__(self, sign: int) -> str:
        self[sign] = sound = "".join(_in_full(chr(sign)))
        return sound


class _Initial(dict[int, str]):
    """The first letter of each sign's sound."""

    def __missing__(self, sign: int) -> str:
        self[sign] = letter = _sound[sign][:1]
        return letter


_ASCII_IN_LINE = re.compile(r"[\x00-\x7f]+")
_RUNS = re.compile(r"[^\x00-\x7f]+")
_sound, _initial = _Sound(_ASCII), _Initial(_ASCII)


def words(text: str) -> tuple[str, ...]:
    """Return what `search_keys` finds a text by: its lower-case form, its full pinyin, its initials."""
    lowered = text.lower()
    if text.isascii():
        return (lowered,)
    full, initials = _of_runs(text)
    return (lowered, full, initials) if full else (lowered,)


def words_of_column(texts: Sequence[str]) -> list[Sequence[str]]:
    """Return the columns of words that many texts are found by, each as long as the column; empty where a text has no such word."""
    together = "\n".join(texts)
    lowered = together.lower().split("\n")
    if len(lowered) != len(texts):  # a text of several lines
        return list(zip(*((*words(text), "", "")[:3] if text else ("", "", "") for text in texts), strict=True))
    if together.isascii():
        return [lowered]
    full, initials = together.translate(_sound).split("\n"), together.translate(_initial).split("\n")
    odd = _beginnings().intersection(_where_one_may_begin().findall(together))
    holds_one = re.compile("|".join(map(re.escape, odd))).search if odd else None
    for at in (at for at, text in enumerate(texts) if holds_one(text)) if holds_one else ():
        full[at], initials[at] = _of_runs(_ASCII_IN_LINE.sub(" ", texts[at]))  # what stands before another number sounds alike
    return [lowered, full, initials]


@lru_cache(maxsize=65_536)
def _of_runs(text: str) -> tuple[str, str]:
    """Return the sounds and the initials of a text, whose ASCII has none."""
    sounds = [_of_run(run) for run in _RUNS.findall(text)]
    return "".join(run[0] for run in sounds), "".join(run[1] for run in sounds)


@lru_cache(maxsize=65_536)
def _of_run(run: str) -> tuple[str, str]:
    """Return the sounds and the initials of signs that stand together."""
    if _beginnings().isdisjoint(map(str.__add__, run, run[1:])):
        return run.translate(_sound), run.translate(_initial)
    words = list(map(_of_word, _words(run)))
    return "".join(word[0] for word in words), "".join(word[1] for word in words)


@lru_cache(maxsize=65_536)
def _of_word(word: str) -> tuple[str, str]:
    """Return the sounds and the initials of a sign, or of signs that are one phrase."""
    syllables = _in_full(word)
    return "".join(syllables), "".join(syllable[0] for syllable in syllables if syllable)


def _words(run: str) -> Iterable[str]:
    """Return the phrases and single signs that the dictionary takes a text for; there are few different ones among many names."""
    from pypinyin.seg.mmseg import seg

    found: Iterable[str] = seg.cut(run)
    return found


def _in_full(text: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin  # imported late: its dictionary costs tens of milliseconds

    sounds: list[str] = lazy_pinyin(text, style=Style.NORMAL, errors="ignore")
    return sounds


@cache
def _where_one_may_begin() -> re.Pattern[str]:
    """Return what finds every sign that begins such a phrase, with the sign after it."""
    return re.compile(f"(?=([{''.join(sorted({pair[0] for pair in _beginnings()}))}].))")


@cache
def _beginnings() -> frozenset[str]:
    """Return the first two signs of every phrase in which a sign sounds otherwise than alone. A tenth of a second, once."""
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
    from pypinyin.contrib.tone_convert import to_normal

    plain = cache(to_normal)
    signs = frozenset().union(*PHRASES_DICT)
    alone = {chr(sign): plain(sounds.split(",", 1)[0]) for sign, sounds in PINYIN_DICT.items() if chr(sign) in signs}
    return frozenset(
        phrase[:2] for phrase, syllables in PHRASES_DICT.items()
        if len(phrase) != len(syllables) or any(alone.get(sign) != plain(told[0]) for sign, told in zip(phrase, syllables, strict=True)))
