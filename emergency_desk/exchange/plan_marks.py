"""The numbers that stand before headings and items in plans, in all the habits of offices, and what kind of number each is.

第三章, 第十二条, 3.2.1, "3?2?1" whose full stops were lost in another encoding, 一、, （一）, 1., （1）, ①, 附件2.
Source: domain §3.4, R-3.6; §16 trap 15.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from emergency_desk.exchange.numerals import SIGNS, half_width, value_of
from emergency_desk.exchange.written_lines import MOST_LINES


class MarkKind(IntEnum):
    """Kinds of numbers, the outermost first: what stands below what where a text uses several."""

    PART = 0
    CHAPTER = 1
    SECTION = 2
    ARTICLE = 3
    CHINESE = 4
    BRACKETED = 5
    DIGIT = 6
    DIGIT_BRACKET = 7  # 1）
    BRACKETED_DIGIT = 8
    CIRCLED = 9
    APPENDIX = 10
    DECIMAL = 11  # of two parts and more: its depth says itself where it stands


@dataclass(frozen=True, slots=True)
class Mark:
    """The number at the beginning of a line: its parts (one, or several of a decimal), as written, and what follows."""

    kind: MarkKind
    path: tuple[int, ...]
    written: str
    rest: str
    is_dot_lost: bool = False

    @property
    def ordinal(self) -> int:
        """Return the last part of the number."""
        return self.path[-1]


_N = rf"(?:[{SIGNS}]{{1,5}}|[0-9]{{1,3}})"
# A number that measures something stands close to its unit; "4.1 人力资源" is a heading all the same.
_UNIT_AFTER = (r"(?![.．]\d|米|公里|千米|毫米|厘米|海里|万|亿|元|人(?![力员員口民才工防群身])|名(?![词詞])|级(?![别別])|%|％|倍|吨|小时"
               r"|分钟|天(?![然气氣])|度(?!汛)"
               r"|℃|≤|＜|<|～|~|\s*[-—–－]\s*\d|[mk]{1,2}\b|亩|平方(?!面)|立方|月|日(?![常])|号线|时\d)")
_PATTERNS: tuple[tuple[MarkKind, re.Pattern[str]], ...] = (
    (MarkKind.PART, re.compile(rf"第\s*({_N})\s*(?:编|編|部分|篇)\s*[、：:]?")),
    (MarkKind.CHAPTER, re.compile(rf"第\s*({_N})\s*章\s*[、：:]?")),
    (MarkKind.SECTION, re.compile(rf"第\s*({_N})\s*[节節]\s*[、：:]?")),
    (MarkKind.ARTICLE, re.compile(rf"第\s*({_N})\s*[条條](?!第|款|规定|規定|所|的|、|和|至|及)\s*[、：:]?")),
    (MarkKind.CHAPTER, re.compile(r"(?:Chapter|CHAPTER)\s+([0-9]{1,2}|[IVX]{1,4})\s*[.:]?")),
    (MarkKind.ARTICLE, re.compile(r"(?:Article|ARTICLE)\s+([0-9]{1,3})\s*[.:]?")),
    (MarkKind.APPENDIX, re.compile(rf"(附\s*[件录錄表图圖]|(?:Annex|ANNEX|Appendix|APPENDIX))\s*({_N}|[A-H])?(?![{SIGNS}0-9])\s*[、：:．.]?")),
    (MarkKind.CHINESE, re.compile(rf"([{SIGNS}]{{1,3}})\s*[、．.]\s*")),
    (MarkKind.CHINESE, re.compile(r"([一二三四五六七八九十]{1,2})[ \t　]+(?=[一-鿿])")),
    (MarkKind.BRACKETED, re.compile(rf"[（(〔【]\s*([{SIGNS}]{{1,3}})\s*[）)〕】]\s*[、．.]?")),
    (MarkKind.BRACKETED_DIGIT, re.compile(r"[（(〔【]\s*([0-9０-９]{1,2})\s*[）)〕】]\s*[、．.]?")),
    (MarkKind.CIRCLED, re.compile(r"([①-⑳])\s*[、．.]?")),
    (MarkKind.DIGIT_BRACKET, re.compile(r"([0-9]{1,2})\s*[）)]\s*")),
    (MarkKind.DIGIT, re.compile(r"([0-9]{1,2})\s*[、．.]\s*(?![0-9])")),
    (MarkKind.DIGIT, re.compile(r"([0-9]{1,2})[ \t　]+(?=[一-鿿A-Z])" + _UNIT_AFTER)),
)
_DECIMAL = re.compile(r"([0-9]{1,2}(?:\s?[.．·‧•・。?？﹒]\s?[0-9]{1,2}){1,5})(?![0-9])\s*[.．、。?？]?" + _UNIT_AFTER)
_DECIMAL_BY_COMMA = re.compile(r"([0-9]{1,2}(?:、[0-9]{1,2}){1,3})\s*(?=[一-鿿])(?!级|類|类|号|月|日|时|条|款|项|个|人|楼|栋|公里)")
_DIGIT_DOT_LOST = re.compile(r"([0-9]{1,2})\s*[?？]\s*(?=[一-鿿])")
_GLUED = re.compile(r"([0-9]{1,2})(?=[一-鿿])" + _UNIT_AFTER + r"(?![个类项条种名支台辆艘处座年次户栋])")
_RESIDUE = re.compile(r"[\x21-\x7e][\x20-\x7e]*?(?<![\w'.])(?=[0-9]{1,2}(?:\.[0-9]{1,2}){0,5}\s+[一-鿿])")
_LONGEST = 48
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}


@lru_cache(maxsize=MOST_LINES)
def read_mark(words: str) -> Mark | None:
    """Return the number at the beginning of a line, or None."""
    folded = half_width(words[:_LONGEST])  # a number is short
    for pattern in (_DECIMAL, _DECIMAL_BY_COMMA):
        found = pattern.match(folded)
        if found:
            path = tuple(int(part) for part in re.findall("[0-9]+", found[1]))
            return Mark(MarkKind.DECIMAL, path, words[:found.end()].strip(), words[found.end():].strip(),
                        is_dot_lost="?" in found[1] or "？" in found[1])
    for kind, pattern in _PATTERNS:
        found = pattern.match(folded)
        if found:
            ordinal = _ordinal(kind, found)
            if ordinal is not None:
                return Mark(kind, (ordinal,), words[:found.end()].strip(), words[found.end():].strip())
    found = _DIGIT_DOT_LOST.match(folded)
    if found:
        return Mark(MarkKind.DIGIT, (int(found[1]),), words[:found.end()].strip(), words[found.end():].strip(), is_dot_lost=True)
    found = _GLUED.match(folded)
    if found:
        return Mark(MarkKind.DIGIT, (int(found[1]),), words[:found.end()].strip(), words[found.end():].strip())
    return None


def residue_before(words: str) -> str:
    """Return the letters of a web page that stand before a number, as copying leaves them behind; "" where there are none."""
    found = _RESIDUE.match(words)
    return found[0] if found and re.search(r"[()<>{}\"'=;]", found[0]) else ""


def _ordinal(kind: MarkKind, found: re.Match[str]) -> int | None:
    written = found[found.lastindex or 0] if found.lastindex else ""
    if kind is MarkKind.APPENDIX:
        return 0 if found.lastindex == 1 else ord(written) - 64 if written in "ABCDEFGH" else value_of(written)
    if kind is MarkKind.CIRCLED:
        return ord(written) - ord("①") + 1
    value = _ROMAN.get(written) if written in _ROMAN else value_of(written)
    return value if value is not None and 0 <= value <= 999 else None
