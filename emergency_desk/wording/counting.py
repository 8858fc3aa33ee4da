"""Units of count in words: the classification of supplies counts beds by 张 and blankets by 条; an English reader reads pieces.

Only words of the trade are known here. A unit that somebody made up stays as it was typed, as all typed text does.
"""

from __future__ import annotations

import re

from emergency_desk.wording.catalog import CHINESE, current_language
from emergency_desk.wording.formats import number

_PIECES = ("pc", "pcs")
_ENGLISH: dict[str, tuple[str, str]] = {
    **dict.fromkeys("张条床顶件台具只个副把支部架辆块根片面枚", _PIECES),
    "套": ("set", "sets"), "组": ("set", "sets"), "双": ("pair", "pairs"), "瓶": ("bottle", "bottles"), "罐": ("can", "cans"),
    "份": ("portion", "portions"), "箱": ("box", "boxes"), "盒": ("box", "boxes"), "包": ("pack", "packs"), "袋": ("bag", "bags"),
    "桶": ("drum", "drums"), "卷": ("roll", "rolls"), "捆": ("bundle", "bundles"), "艘": ("boat", "boats"), "队": ("team", "teams"),
    "人": ("person", "people"), "名": ("person", "people"), "间": ("room", "rooms"), "米": ("m", "m"), "平方米": ("m²", "m²"),
    "立方米": ("m³", "m³"), "千克": ("kg", "kg"), "公斤": ("kg", "kg"), "克": ("g", "g"), "吨": ("t", "t"), "升": ("L", "L"),
    "毫升": ("ml", "ml"), "千瓦": ("kW", "kW"),
}
_KEPT = re.compile(r"(?<!\S)(\d+) ([^\s;；]+)(?=$|[;；])")


def unit_word(unit: str, count: float = 2) -> str:
    """Return a unit of count in the language that is spoken; of more than one unless a count is given."""
    if current_language() == CHINESE or unit not in _ENGLISH:
        return unit
    return _ENGLISH[unit][count != 1]


def units_said(goods: str) -> str:
    """Return kept words such as "Folding bed 20 张; Blanket 300 条" with the units as they are said."""
    return _KEPT.sub(lambda found: f"{found[1]} {unit_word(found[2], int(found[1]))}", goods)


def in_units(count: float, unit: str) -> str:
    """Return how many of what is counted so: "320 pcs"."""
    return f"{number(count)} {unit_word(unit, count)}".strip()
