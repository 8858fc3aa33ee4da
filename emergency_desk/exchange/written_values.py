"""Values as people write them in lists: days in five shapes and two eras, phone numbers, and positions of Chinese map services."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from datetime import date

_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?|(\d{4})(\d{2})(\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})")  # with points the day stands first; with strokes nobody knows
_ERA = re.compile(r"(令和|平成|民国|民國|中華民國|中华民国)\s*(元|\d{1,3})\s*[年.]\s*(\d{1,2})\s*[月.]\s*(\d{1,2})\s*日?")
_YEAR_BEFORE_ERA = {"令和": 2018, "平成": 1988, "民国": 1911, "民國": 1911, "中華民國": 1911, "中华民国": 1911}
_PHONE_WORDS = re.compile(r"\(\D*\)|转|分机|内线|值班|电话|手机|传真|ext\.?|tel\.?|fax|x|or|或|和|及", re.IGNORECASE)
_FEWEST_DIGITS = 3  # 119
is_plain_phone = re.compile(r"[0-9]{3,6}-?[0-9]{3,10}").fullmatch  # most of them, told apart from the rest at once
_NO_MARKS = str.maketrans("", "", " -+()")
_FEWEST_OWN_DIGITS = 7  # a shorter one is a service that all share: 119

# The shift of GCJ-02, as it is commonly known (GB 20263-2006 names the system; the formula was published by others).
_AXIS, _ECCENTRICITY_SQUARED = 6378245.0, 0.00669342162296594323
_CLOSE_DEGREES = 1e-9


def read_day(written: str) -> date | None:
    """Return a day from 2026-11-05, 2026/11/5, 20261105, 2026年11月5日, 5.11.2026, 令和8年11月5日 or 民国115年11月5日, or None."""
    text = unicodedata.normalize("NFKC", written).strip()
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in found.groups() if part)
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    elif found := _ERA.fullmatch(text):
        year = _YEAR_BEFORE_ERA[found[1]] + (1 if found[2] == "元" else int(found[2]))
        month, day = int(found[3]), int(found[4])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_phone(written: str) -> bool:
    """Say whether somebody could dial what is written: digits with the usual marks, and words only in brackets or that lead to an extension."""
    if is_plain_phone(written):
        return True
    bare = _PHONE_WORDS.sub("", unicodedata.normalize("NFKC", written))
    return sum(sign.isdigit() for sign in bare) >= _FEWEST_DIGITS and not any(sign.isalpha() for sign in bare)


def own_number(phone: str) -> str:
    """Return the digits of a phone number that can be one's own, or an empty string for a shorter one."""
    number = phone.translate(_NO_MARKS)
    if len(number) < _FEWEST_OWN_DIGITS or not number.isdigit():
        number = "".join(filter(str.isdigit, phone))
    return number if len(number) >= _FEWEST_OWN_DIGITS else ""


def own_numbers(phones: Sequence[str]) -> Sequence[str]:
    """Return what `own_number` gives for each of many phone numbers."""
    together = "|".join(phones).translate(_NO_MARKS)
    numbers = together.split("|")
    if together.replace("|", "").isdigit() and min(map(len, numbers)) >= _FEWEST_OWN_DIGITS and len(numbers) == len(phones):
        return numbers
    return list(map(own_number, phones))


def from_gcj02(latitude: float, longitude: float) -> tuple[float, float]:
    """Return CGCS2000 degrees for a position of a Chinese map service; they agree with WGS-84 within a metre.

    Outside China nothing is shifted.
    """
    if not (0.8293 <= latitude <= 55.8271 and 72.004 <= longitude <= 137.8347):
        return latitude, longitude
    north, east = latitude, longitude
    for _round in range(12):  # the shift has no inverse in closed form; each round brings it a hundredfold nearer
        shifted_north, shifted_east = to_gcj02(north, east)
        off_north, off_east = latitude - shifted_north, longitude - shifted_east
        north, east = north + off_north, east + off_east
        if max(abs(off_north), abs(off_east)) < _CLOSE_DEGREES:
            break
    return round(north, 7), round(east, 7)


def to_gcj02(latitude: float, longitude: float) -> tuple[float, float]:
    """Return a position as a Chinese map service would show it."""
    x, y = longitude - 105.0, latitude - 35.0
    wave = 20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    north += (wave + 20.0 * math.sin(y * math.pi) + 40.0 * math.sin(y / 3.0 * math.pi)) * 2.0 / 3.0
    north += (160.0 * math.sin(y / 12.0 * math.pi) + 320.0 * math.sin(y * math.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    east += (wave + 20.0 * math.sin(x * math.pi) + 40.0 * math.sin(x / 3.0 * math.pi)) * 2.0 / 3.0
    east += (150.0 * math.sin(x / 12.0 * math.pi) + 300.0 * math.sin(x / 30.0 * math.pi)) * 2.0 / 3.0
    bend = 1.0 - _ECCENTRICITY_SQUARED * math.sin(math.radians(latitude)) ** 2
    north = math.degrees(north / (_AXIS * (1.0 - _ECCENTRICITY_SQUARED) / (bend * math.sqrt(bend))))
    east = math.degrees(east / (_AXIS / math.sqrt(bend) * math.cos(math.radians(latitude))))
    return latitude + north, longitude + east
