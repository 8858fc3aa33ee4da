"""What was said in a call: does a text name a thing, in Chinese or English, and not deny it?

A word such as "10+层" or "10+storey" is said when a number from 10 up stands before the unit ("18层", "十八层", "an 18-storey block").
"""

from __future__ import annotations

import re
from functools import lru_cache

_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_NUMBER = r"(\d+(?:\.\d+)?|[一二两三四五六七八九十百]+)"
# "会不会…" and "是不是…" only ask, and what is asked about may be so.
_DENIED_ZH = ("(?<!没有)(?<!没)(?<!无)(?<!未见)(?<!未发现)(?<!未)(?<!(?<!是)不是)(?<!非)(?<!解除)"
              "(?<!不)(?<!(?<!会)不会)(?<!不再)(?<!不存在)(?<!不构成)")
_LIFTED_ZH = r"(?!(?:预警|警报)?(?:信号)?(?:现已|已经|已于[^，。]{0,12}|已)?(?:解除|取消|撤销|降为|降级|下调|调整为|变更为))"
_BESIDE_ZH = "(?!的?(?:大?门口|大?门前|旁边|旁|边上|附近|对面|对过|斜对面|隔壁|外面|外边|周边))"  # a shop at a school's gate is no school
_DENIED_EN = r"(?<!no )(?<!not )(?<!not a )(?<!without )(?<!lifted )"
_LIFTED_EN = r"(?!(?: warning)?(?: signal)?(?: has been| is| was)? (?:lifted|cancelled|canceled|downgraded))"


def is_said(word: str, text: str) -> bool:
    """Say whether a text names a word and neither denies it ("没有…", "…预警解除", "no …") nor only points beside it ("…门口")."""
    pattern, least = _pattern(word)
    found = pattern.finditer(text.lower())
    if least is None:
        return any(True for _match in found)
    return any(number_of(match.group(1)) >= least for match in found)


def number_of(digits: str) -> float:
    """Read "18", "7.5" or a Chinese numeral below a thousand ("十八", "一百二十")."""
    if digits[0].isdecimal():
        return float(digits)
    total, pending = 0, 0
    for character in digits:
        if character in _DIGITS:
            pending = _DIGITS[character]
        else:
            total += max(pending, 1) * (100 if character == "百" else 10)
            pending = 0
    return total + pending


@lru_cache(maxsize=4096)
def _pattern(word: str) -> tuple[re.Pattern[str], int | None]:
    counted = re.fullmatch(r"(\d+)\+(.+)", word)
    if counted:
        return re.compile(_NUMBER + r"\s*[多余几]?\s*-?\s*" + re.escape(counted.group(2).lower())), int(counted.group(1))
    plain = re.escape(word.lower())
    if word.isascii():
        return re.compile(_DENIED_EN + r"(?<![a-z0-9])" + plain + _LIFTED_EN), None
    return re.compile(_DENIED_ZH + plain + _LIFTED_ZH + _BESIDE_ZH), None
