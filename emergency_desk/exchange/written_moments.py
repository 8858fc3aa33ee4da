"""Moments as people write them over their lists: "令和6年1月9日午後6時時点", "2026年8月12日 12时", "2026-08-12 12:00"."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from emergency_desk.domain.moments import from_local
from emergency_desk.exchange.written_values import read_day

_DAY = r"(?:(?:令和|平成|民国|民國)\s*(?:元|\d{1,3})\s*年|\d{4}\s*[年\-/.])\s*\d{1,2}\s*[月\-/.]\s*\d{1,2}\s*日?|\d{8}"
_CLOCK = (r"(午前|午後|上午|下午|晚上|晚|早上|凌晨|am|pm)?\s*"
          r"(?:(\d{1,2})\s*(?:[:：]\s*(\d{2})(?::\d{2})?|[時时点]\s*(?:(\d{1,2})\s*分|(半))?)|(正午|中午))")
_MOMENT = re.compile(rf"({_DAY})[\sT]*{_CLOCK}", re.IGNORECASE)
_AFTERNOON = ("午後", "下午", "晚上", "晚", "pm")
_NOON = 12


def read_moment(written: str) -> datetime | None:
    """Return the moment a text begins with or holds, None where it holds none; clock times are those of China."""
    found = _MOMENT.search(unicodedata.normalize("NFKC", written))
    if found is None:
        return None
    day = read_day(found[1].strip())
    hour, minute = int(found[3] or _NOON), int(found[4] or found[5] or (30 if found[6] else 0))
    if (found[2] or "").casefold() in _AFTERNOON and hour < _NOON:
        hour += _NOON
    if found[2] in ("午前", "上午", "am") and hour == _NOON:
        hour = 0
    if day is None or hour > 23 or minute > 59:
        return None
    return from_local(day, hour, minute)


def without_moment(written: str) -> str:
    """Return a header without the moment in it: "人数_令和6年1月9日午後6時時点" is "人数"."""
    plain = unicodedata.normalize("NFKC", written)
    found = _MOMENT.search(plain)
    if found is None:
        return written
    return (plain[:found.start()] + re.sub(r"^\s*(時点|时点|现在|現在|止|截至)", "", plain[found.end():])).strip(" _-(（)）")
