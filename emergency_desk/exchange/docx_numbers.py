"""The numbers that Word counts by itself: 第一章, 1.1, （一）, as a reader sees them before a paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from emergency_desk.exchange.docx_parts import W

_CHINESE = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_DEEPEST = 9


@dataclass(frozen=True, slots=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    is_legal: bool = False  # every number of it is written in digits


@dataclass(slots=True)
class _List:
    """One list of the document: how each of its levels is written, and where it counts now."""

    levels: dict[int, _Level]
    counts: list[int] = field(default_factory=lambda: [0] * _DEEPEST)


class Numbering:
    """Counts the document's lists; ask it once for every numbered paragraph, in the order of the text."""

    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._links: dict[str, str] = {}  # an abstract list that takes its levels from a style's
        self._lists: dict[str, _List] = {}
        self._shared: dict[str, list[int]] = {}
        if root is not None:
            self._read(root)

    def next(self, list_id: str, depth: int) -> str | None:
        """Count one paragraph of a list and return its number as written; "" where none is shown, None for a bullet."""
        found = self._lists.get(list_id)
        if found is None or not 0 <= depth < _DEEPEST or list_id == "0":
            return ""
        level = found.levels.get(depth, _Level())
        counts = found.counts
        counts[depth] = counts[depth] + 1 if counts[depth] else level.start
        for above in range(depth):
            counts[above] = counts[above] or found.levels.get(above, _Level()).start
        counts[depth + 1:] = [0] * (_DEEPEST - depth - 1)
        if level.form == "bullet":
            return None
        if level.form == "none":
            return ""
        return re.sub(r"%([1-9])", lambda place: self._written(found, int(place[1]) - 1, level.is_legal), level.text).strip()

    def _written(self, found: _List, depth: int, is_legal: bool) -> str:
        level = found.levels.get(depth, _Level())
        return formatted(found.counts[depth] or level.start, "decimal" if is_legal else level.form)

    def _read(self, root: Element) -> None:
        for abstract in root.iter(f"{W}abstractNum"):
            id_ = abstract.get(f"{W}abstractNumId", "")
            self._abstract[id_] = {_number(one, "ilvl"): _level(one) for one in abstract.iter(f"{W}lvl")}
        for one in root.iter(f"{W}num"):
            linked = one.find(f"{W}abstractNumId")
            abstract_id = linked.get(f"{W}val", "") if linked is not None else ""
            levels = dict(self._abstract.get(abstract_id, {}))
            counts = self._shared.setdefault(abstract_id, [0] * _DEEPEST)  # lists of one kind count on, unless one begins anew
            for override in one.iter(f"{W}lvlOverride"):
                counts = [0] * _DEEPEST
                depth = _number(override, "ilvl")
                own, start = override.find(f"{W}lvl"), override.find(f"{W}startOverride")
                if own is not None:
                    levels[depth] = _level(own)
                if start is not None:
                    before = levels.get(depth, _Level())
                    levels[depth] = _Level(before.form, before.text, _value(start, 1), before.is_legal)
            self._lists[one.get(f"{W}numId", "")] = _List(levels, counts)


def _level(of: Element) -> _Level:
    form, text, start, legal = (of.find(f"{W}{name}") for name in ("numFmt", "lvlText", "start", "isLgl"))
    return _Level(form.get(f"{W}val", "decimal") if form is not None else "decimal", text.get(f"{W}val", "") if text is not None else "",
                  _value(start, 1) if start is not None else 1, legal is not None)


def _number(of: Element, name: str) -> int:
    written = of.get(f"{W}{name}", "0")
    return int(written) if written.isdigit() else 0


def _value(of: Element, otherwise: int) -> int:
    written = of.get(f"{W}val", "")
    return int(written) if written.isdigit() else otherwise


def formatted(number: int, form: str) -> str:
    """Write a number in one of Word's forms."""
    if form.startswith(("chineseCounting", "japaneseCounting", "taiwaneseCounting", "ideographDigital", "koreanDigital")):
        return chinese(number)
    if form.startswith(("chineseLegal", "ideographLegal", "japaneseLegal")):
        return _spelled(number, _LEGAL, "拾", "佰")
    if form in ("upperRoman", "lowerRoman"):
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    if form in ("upperLetter", "lowerLetter"):
        letters = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if form == "upperLetter" else letters.lower()
    if form.startswith("ideographTraditional"):
        return _STEMS[(number - 1) % 10]
    if form.startswith("ideographZodiac"):
        return _BRANCHES[(number - 1) % 12]
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if form == "decimalZero":
        return f"{number:02}"
    return str(number)


def chinese(number: int) -> str:
    """Write a number below a thousand in Chinese: 十二, 一百零三."""
    return _spelled(number, _CHINESE, "十", "百")


def _spelled(number: int, digits: str, ten: str, hundred: str) -> str:
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    spelled = digits[hundreds] + hundred if hundreds else ""
    if hundreds and not tens and ones:
        spelled += digits[0]
    if tens:
        spelled += ten if tens == 1 and not hundreds and digits is _CHINESE else digits[tens] + ten
    return spelled + (digits[ones] if ones else "")


def _roman(number: int) -> str:
    written = ""
    for value, sign in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
                        (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        written += sign * (number // value)
        number %= value
    return written
