"""Ages as people say them: "82", "八十多", "半岁". What was said is kept; the band it falls into is read from it where that is certain.

The bands end where the law does: 3 (care of infants, 国办发〔2019〕15号), 18 (未成年人保护法 Art. 2), 60 (老年人权益保障法 Art. 2);
80 is where most places begin to pay an allowance for high age, a house setting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class AgeBand(StrEnum):
    """How old, as far as statistics want to know."""

    INFANT = "age_0_2"
    CHILD = "age_3_17"
    ADULT = "age_18_59"
    OLDER = "age_60_79"
    OLDEST = "age_80_on"
    UNKNOWN = "age_unknown"


@dataclass(frozen=True, slots=True)
class Age:
    """What was said, and what it can mean: from so many years to so many. Both None: nobody can read it."""

    said: str
    least: int | None = None
    most: int | None = None

    @property
    def is_exact(self) -> bool:
        """Say whether it is one number of years."""
        return self.least is not None and self.least == self.most

    @property
    def band(self) -> AgeBand:
        """Return the band all of it falls into; UNKNOWN where it may be two."""
        if self.least is None or self.most is None or _band(self.least) is not _band(self.most):
            return AgeBand.UNKNOWN
        return _band(self.least)


OLDEST_YEARS = 125  # a house setting: beyond it somebody mistyped
_BANDS = ((3, AgeBand.INFANT), (18, AgeBand.CHILD), (60, AgeBand.ADULT), (80, AgeBand.OLDER))
_DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_WRAPPING = re.compile(r"^(?:大约|大概|约|差不多|近|快|刚|~|≈)+|(?:左右|上下|出头|周岁|虚岁|岁|了|吧|\s)+$")
_MONTHS = re.compile(r"^[\d一二两三四五六七八九十半几多个零\s]+(?:月|天|周)(?:大)?$|^半岁?$|婴儿|新生儿|刚出生")
_AND_A_HALF = re.compile(r"岁半$|岁多$")
_SOME = re.compile(r"[多几余+＋]")


def read_age(said: str) -> Age:
    """Read an age as it was said; nothing is guessed."""
    text = said.strip()
    if not text:
        return Age("")
    if _MONTHS.search(text):
        return Age(text, 0, 2)
    in_years = _AND_A_HALF.sub("岁", text)
    bare = _WRAPPING.sub("", in_years)
    is_about = bare != in_years and not in_years.endswith(("岁", "周岁"))
    while (again := _WRAPPING.sub("", bare)) != bare:
        bare = again
    if _SOME.search(bare):
        return _decade(text, _years(_SOME.sub("", bare)))
    if (years := _years(bare)) is not None and 0 <= years <= OLDEST_YEARS:
        return Age(text, max(0, years - 2), years + 2) if is_about else Age(text, years, years)
    spoken = re.fullmatch(r"([一二三四五六七八九])([一二三四五六七八九])十", bare)
    if spoken:
        return Age(text, 10 * _DIGITS[spoken[1]], 10 * _DIGITS[spoken[2]] + 9)
    span = re.fullmatch(r"(\d{1,3})\s*[-—–~至到]\s*(\d{1,3})", bare)
    if span and int(span[1]) <= int(span[2]) <= OLDEST_YEARS:
        return Age(text, int(span[1]), int(span[2]))
    return Age(text)


def _band(years: int) -> AgeBand:
    return next((band for limit, band in _BANDS if years < limit), AgeBand.OLDEST)


def _decade(said: str, years: int | None) -> Age:
    """Return what "80-odd" can be; of a number that is no full ten nothing is known."""
    return Age(said, years, years + 9) if years and years % 10 == 0 and years <= OLDEST_YEARS else Age(said)


def _years(text: str) -> int | None:
    """Return a number written in digits or in Chinese up to 199, or None."""
    if re.fullmatch(r"\d{1,3}", text):
        return int(text)
    hundred, rest = (100, text[2:]) if text.startswith("一百") else (100, text[1:]) if text.startswith("百") else (0, text)
    if hundred and not rest:
        return hundred
    found = re.fullmatch(r"([零〇一二两三四五六七八九]?)(十?)([一二三四五六七八九]?)", rest)
    if not rest or found is None:
        return None
    tens, ten, ones = found.groups()
    if not ten:
        return hundred + _DIGITS[tens] if tens and not ones else None
    return hundred + 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)
