"""How well bytes without a mark fit the encodings of East Asia: the right one gives signs that people use, a wrong one gives rare ones.

Bytes of one of these encodings can nearly always be read in another too, so that they can be read says little.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache

SAMPLE = 200_000
_SIGNS_LOOKED_AT = 10_000
_SIGNS = "，。、；：？！（）《》“”‘’—…　〔〕【】·％ⅠⅡⅢⅣ"
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_IN_A_LATIN_WORD = re.compile(r"[a-z][^\x00-\x7f]{1,2}|[^\x00-\x7f]{1,2}[a-z]")


def fit(content: bytes, encoding: str) -> float:
    """Return how much of the beginning reads as signs in use: 0 to 1, 0 where it cannot be read at all. gb18030, big5hkscs, cp932, UTF-16."""
    foreign = "".join(_FOREIGN.findall(_beginning(content, encoding)))[:_SIGNS_LOOKED_AT]
    return sum(_is_used(sign, encoding) for sign in foreign) / len(foreign) if foreign else 0.0


def is_rare_chinese(content: bytes) -> bool:
    """Say whether bytes that read as GB 18030 with mostly rare signs can be nothing else: whole words of signs, with no Latin word among them.

    Letters with accents turn into signs that stand alone within a word and whose second byte is the letter that followed.
    """
    text = _beginning(content, "gb18030")
    runs = _FOREIGN.findall(text)
    signs = "".join(runs)
    narrow = sum(len(raw := sign.encode("gb18030")) == 2 and raw[1] < 0x80 for sign in signs)
    return bool(signs) and all(map(_is_written, signs)) and narrow * 4 <= 3 * len(signs) and not is_latin(text)


def is_latin(text: str) -> bool:
    """Say whether what is not ASCII in a text are letters with accents of another encoding: each alone or in pairs, and within a word."""
    return len(_IN_A_LATIN_WORD.findall(text)) >= len(_FOREIGN.findall(text)) > 0


def _beginning(content: bytes, encoding: str) -> str:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(content[:SAMPLE], final=False)
    except UnicodeDecodeError:
        return ""


@lru_cache(maxsize=16_384)
def _is_used(sign: str, encoding: str) -> bool:
    """Say whether a sign is of those an encoding has for daily use. In GB 18030 those of Taiwan are, too: old names are written with them."""
    if sign in _SIGNS:
        return True
    if encoding == "big5hkscs":
        return 0xA4 <= _lead(sign, "big5") <= 0xC6
    if encoding == "cp932":
        return 0x88 <= _lead(sign, "cp932") <= 0x97
    return _lead(sign, "gb2312") >= 0xA3 or (encoding == "gb18030" and 0xA4 <= _lead(sign, "big5") <= 0xC6)


def _lead(sign: str, encoding: str) -> int:
    try:
        return sign.encode(encoding)[0]
    except UnicodeEncodeError:
        return 0


def _is_written(sign: str) -> bool:
    """Say whether a sign is written at all: not one that is kept free for private use, or means nothing yet."""
    return unicodedata.category(sign) not in ("Co", "Cn", "Cs", "Cc")
