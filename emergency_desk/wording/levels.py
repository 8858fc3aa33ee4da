"""How a response level is written: Ⅰ to Ⅳ, or 一级 to 四级 as some plans do. Which of the two is a setting of the desk.

English knows the numerals only.
"""

from __future__ import annotations

from enum import StrEnum

from emergency_desk.domain.plan_records import Level
from emergency_desk.wording.catalog import current_language


class Numerals(StrEnum):
    """The two ways. The value is what the setting keeps."""

    ROMAN = "roman"
    CHINESE = "chinese"


SETTING = "level_numerals"
_ROMAN = {Level.I: "Ⅰ", Level.II: "Ⅱ", Level.III: "Ⅲ", Level.IV: "Ⅳ"}
_CHINESE = {Level.I: "一级", Level.II: "二级", Level.III: "三级", Level.IV: "四级"}


def level_word(level: Level | None, numerals: Numerals = Numerals.ROMAN) -> str:
    """Return a level as the desk writes it, "" for none."""
    if level is None:
        return ""
    chinese = numerals is Numerals.CHINESE and current_language().startswith("zh")
    return (_CHINESE if chinese else _ROMAN)[level]
