"""What a sentence of a plan asks for before a level or a grade is reached: figures with their bounds, grades, or circumstances in words.

"以上" includes the number, "以下" does not (R-0.1), unless the plan says otherwise. What is no figure of the desk becomes a circumstance that an
officer says holds; it is never dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.plan_proposals import Doubt
from emergency_desk.domain.plan_records import Condition, Situation
from emergency_desk.domain.texts import Text
from emergency_desk.exchange.numerals import DIGITS, half_width, simplified, value_of
from emergency_desk.exchange.plan_triggers import trigger_words

GRADE_WORDS = (("特别重大", Grade.ESPECIALLY_MAJOR), ("特大", Grade.ESPECIALLY_MAJOR), ("重大", Grade.MAJOR), ("较大", Grade.RELATIVELY_MAJOR),
               ("一般", Grade.ORDINARY))
_FIGURES = (
    ("missing", r"失踪|失联|下落不明"), ("dead", r"死亡|遇难|亡人|丧生"), ("badly_hurt", r"重伤|重度中毒|急性工业中毒|危重"),
    ("trapped", r"被困|围困|受困|被埋|埋压"), ("evacuate", r"转移|疏散|撤离|安置"), ("at_risk", r"涉险|受威胁|威胁|受灾|涉及|滞留"),
    ("hurt", r"受伤|轻伤|伤亡|中毒|受害"),
)
_FIGURE_WORD = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _FIGURES))
_NUMBER = rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?|[{''.join(DIGITS)}十百千两]+)"
_BOUND = r"(?:\s*[（(][^）)]{0,8}[）)])?\s*(及其?以上|以上|及其?以下|以下|以内|之上)?"
_PHRASE = re.compile(
    rf"(?P<before>超过|大于|多于|高于|不少于|不低于|达到|达|至少|≥|>|不足|少于|低于|小于|不超过|≤"
    rf"|<)?\s*(?P<low>{_NUMBER})\s*(?P<scale_low>百万|千万|万|亿|千|百)?"
    rf"\s*(?:人|名|元)?\s*(?:(?:[-—–~～至到])\s*(?P<high>{_NUMBER})\s*(?P<scale_high>百万|千万|万|亿|千|百)?)?\s*(?P<unit>人次|人|名|余人"
    rf"|多人|元)" + _BOUND)
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
_AND = re.compile(r"且|并且|同时|以及|并(?=有|造成|出现)")
_OR = re.compile(r"或者|或|；|;|，或|、或")
_GRADE = re.compile(r"(?:发生|出现|达到|属于|构成|判定为?|初判|认定为?|符合|可能造成|遭遇)[^，。；]{0,16}?(特别重大|特大|重大|较大"
                    r"|一般)(?:[（(][^）)]{1,6}[）)])?"
                    r"(?:级别?)?(?:及?以上)?(?:的)?[^，。；、]{0,14}?(?:突发|事件|事故|灾害(?!性)|灾情|火灾|疫情)")
_LONGEST_NAME = 400
_WRITTEN_WORDS = re.compile(r"【([^】]*)】")
_SHORTEST = 4  # signs of a part that can be a circumstance
MOST_CONDITIONS = 40


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with the number it reaches and, where written, the one it stays below."""

    name: str
    least: int
    below: int | None
    start: int
    end: int
    has_bound: bool = True


@dataclass(slots=True)
class Conditions:
    """Conditions as they are read, with the circumstances they name. One instance serves a whole plan, so that ids differ."""

    is_exclusive: bool = False  # this plan says that 以上 does not include the number
    situations: list[Situation] = field(default_factory=list)

    def read(self, sentence: str) -> tuple[list[Condition], set[Doubt]]:
        """Read one item of a list of conditions; any of the answers suffices."""
        doubts: set[Doubt] = set()
        figures = figures_in(sentence, is_exclusive=self.is_exclusive)
        if figures:
            conditions = list(_alternatives(sentence, figures))
            if any(not figure.has_bound for figure in figures):
                doubts.add(Doubt.FIGURE_WITHOUT_BOUND)
            if re.search(r"死亡\s*[（(]?\s*[含和及、或]?\s*(?:包括)?\s*失踪", sentence):
                doubts.add(Doubt.MISSING_COUNTED)
            others, is_more = _without_figures(sentence, figures)
            conditions += [Condition(situations=(self.situation(words),)) for words in others]
            doubts |= ({Doubt.CONDITION_IN_WORDS} if others else set()) | ({Doubt.PARTLY_READ} if is_more else set())
            return conditions, doubts
        grade = grade_in(sentence)
        if grade is not None:
            return [Condition(grade=grade)], doubts
        doubts.add(Doubt.CONDITION_IN_WORDS)
        return [Condition(situations=(self.situation(sentence),))], doubts

    def situation(self, sentence: str) -> str:
        """Return the id of the circumstance that a sentence tells; the same words are the same circumstance."""
        told = _WRITTEN_WORDS.search(sentence)
        name = _WRITTEN_WORDS.sub("", sentence).strip().strip("；;。，, ")[:_LONGEST_NAME]
        words = tuple(dict.fromkeys(filter(None, (word.strip() for word in re.split("[、，,；;]", told[1]))))) if told else trigger_words(name)
        at = next((at for at, one in enumerate(self.situations) if one.name.zh == name), None)
        if at is None:
            self.situations.append(Situation(id=f"said_{len(self.situations) + 1}", name=Text(name), words=words))
        elif told:
            self.situations[at] = replace(self.situations[at], words=words)
        return self.situations[len(self.situations) - 1 if at is None else at].id

    def keep_telling_words(self) -> None:
        """Take away the words that stand for two circumstances: said, they would tell neither."""
        count = Counter(word for one in self.situations for word in one.words)
        self.situations = [replace(one, words=tuple(word for word in one.words if count[word] == 1)) for one in self.situations]


def grade_in(sentence: str) -> Grade | None:
    """Return the grade that a sentence asks for; a single dyke in great danger is no major event."""
    found = _GRADE.search(simplified(sentence))
    return dict(GRADE_WORDS)[found[1]] if found else None


def figures_in(sentence: str, *, is_exclusive: bool = False) -> list[Figure]:
    """Return the figures of a sentence with their bounds, in its order."""
    text = half_width(simplified(sentence))
    phrases = _ranges(text)
    found: list[Figure] = []
    for order, (start, end, bounds, unit) in enumerate(phrases):
        after = text[end:phrases[order + 1][0] if order + 1 < len(phrases) else len(text)]
        before = text[phrases[order - 1][1] if order else 0:start]
        name = _money(before, after) if unit == "元" else _person(before, after)
        if not name:
            continue
        least, below, has_bound = _bounds(bounds, is_exclusive)
        if least is not None:
            found.append(Figure(name, least, below, start, end, has_bound))
    return found


@dataclass(frozen=True, slots=True)
class _Bound:
    value: int
    says: str  # "least", "more", "below", "most", ""


def _ranges(text: str) -> list[tuple[int, int, list[_Bound], str]]:
    """Return the number phrases; "3人以上、10人以下" is one."""
    found: list[tuple[int, int, list[_Bound], str]] = []
    for phrase in _PHRASE.finditer(text):
        unit = "元" if phrase["unit"] == "元" else "人"
        bounds = _phrase_bounds(phrase)
        if not bounds:
            continue
        if found and found[-1][3] == unit and re.fullmatch(r"\s*[，,、（(]?\s*(?:至|到|并|且|但)?\s*", text[found[-1][1]:phrase.start()]):
            start, _end, before, _unit = found[-1]
            if any(bound.says in ("least", "more") for bound in before) and bounds[0].says in ("below", "most"):
                found[-1] = (start, phrase.end(), [*before, *bounds], unit)
                continue
        found.append((phrase.start(), phrase.end(), bounds, unit))
    return found


def _phrase_bounds(phrase: re.Match[str]) -> list[_Bound]:
    low = _value(phrase["low"], phrase["scale_low"] or (phrase["scale_high"] if phrase["high"] else None))
    if low is None:
        return []
    if phrase["high"]:
        high = _value(phrase["high"], phrase["scale_high"])
        after = phrase[phrase.re.groups] or ""
        return [_Bound(low, "least"), *([_Bound(high, "below" if "以下" in after else "most")] if high is not None else [])]
    after, before = phrase[phrase.re.groups] or "", phrase["before"] or ""
    if "以上" in after or "之上" in after:
        return [_Bound(low, "least")]
    if after:
        return [_Bound(low, "most" if "及" in after or "以内" in after else "below")]
    if before in ("超过", "大于", "多于", "高于", ">"):
        return [_Bound(low, "more")]
    if before in ("不足", "少于", "低于", "小于", "<"):
        return [_Bound(low, "below")]
    if before in ("不超过", "≤"):
        return [_Bound(low, "most")]
    return [_Bound(low, "least" if before else "")]


def _bounds(bounds: Sequence[_Bound], is_exclusive: bool) -> tuple[int | None, int | None, bool]:
    least: int | None = None
    below: int | None = None
    for bound in bounds:
        if bound.says in ("least", ""):
            least = bound.value + (1 if is_exclusive and bound.says else 0)
        elif bound.says == "more":
            least = bound.value + 1
        else:
            below = bound.value + (1 if bound.says == "most" else 0)
    if least is None and below is not None:
        least = 1  # "3人以下死亡": somebody died
    return least, below, all(bound.says for bound in bounds)


def _value(written: str, scale: str | None) -> int | None:
    plain = written.replace(",", "")
    number = float(plain) if re.fullmatch(r"\d+(?:\.\d+)?", plain) else value_of(written)
    return None if number is None else round(number * _SCALES.get(scale or "", 1))


def _person(before: str, after: str) -> str:
    """Return the figure whose word stands right behind the number, or else nearest before it."""
    close = re.match(r"\s*(?:[（(][^）)]*[）)])?(?:的)?(?:人员|群众|居民|旅客|因灾|需要?|须|紧急|集中|被)*", after)
    word = _FIGURE_WORD.match(after, close.end() if close else 0)
    if word is None:
        word = _FIGURE_WORD.search(re.split(r"[，,；;、。]", after)[0][:10])
    if word is None:
        part = re.split(r"[；;。]|或者?", before)[-1]
        found = list(_FIGURE_WORD.finditer(part))
        word = _least_ambiguous(part, found)
    return word.lastgroup or "" if word else ""


def _least_ambiguous(part: str, found: list[re.Match[str]]) -> re.Match[str] | None:
    """Choose among the words before a number: 死亡（含失踪） means the dead."""
    if not found:
        return None
    if len(found) > 1 and found[-1].lastgroup == "missing" and found[-2].lastgroup == "dead":
        return found[-2]
    return found[-1]


def _money(before: str, after: str) -> str:
    near = before[-16:] + after[:16]
    return "loss_yuan" if re.search(r"损失", near) else ""


def _alternatives(sentence: str, figures: Sequence[Figure]) -> Iterator[Condition]:
    """Give one condition for each figure, but one for several that have to hold together."""
    together: list[tuple[str, int]] = []
    for order, figure in enumerate(figures):
        pair = (figure.name, figure.least)
        gap = sentence[figures[order - 1].end:figure.start] if order else ""
        if together and _AND.search(gap) and not _OR.search(gap):
            together.append(pair)
            continue
        if together:
            yield Condition(figures=tuple(dict(together).items()))
        together = [pair]
    if together:
        yield Condition(figures=tuple(dict(together).items()))


def _without_figures(sentence: str, figures: Sequence[Figure]) -> tuple[list[str], bool]:
    """Return the alternatives of a sentence that have no figure, and whether a part beside a figure says more than it."""
    rest = sentence
    for figure in reversed(figures):
        rest = f"{rest[:figure.start]}#{rest[figure.end:]}"
    others, is_more = [], False
    for alternative in re.split(r"[；;。]|[，,、]?或者?", rest):
        parts = [part for part in re.split(r"[，,]|且|同时", alternative) if len(part.strip()) >= _SHORTEST]
        unread = [part for part in parts if "#" not in part and not _FIGURE_WORD.search(simplified(part)) and "损失" not in part]
        if unread and "#" not in alternative:
            others.append(alternative.strip("，,、 "))
        elif unread:
            is_more = True
    return others, is_more


# -- conditions as somebody types them --------------------------------------------------------------------------------
_TYPED = {
    "dead": "死亡{count}人以上", "badly_hurt": "重伤{count}人以上", "hurt": "受伤{count}人以上", "trapped": "被困{count}人以上",
    "missing": "失踪{count}人以上", "evacuate": "需转移{count}人以上", "at_risk": "涉险{count}人以上", "loss_yuan": "直接经济损失{count}元以上",
}


def written(condition: Condition, situations: Sequence[Situation]) -> str:
    """Write a condition as a plan would; `Conditions.read` reads it back."""
    if condition.figures:
        return "，且".join(_TYPED[name].format(count=least) for name, least in condition.figures)
    if condition.grade is not None:
        return f"发生{next(word for word, grade in GRADE_WORDS if grade is condition.grade)}突发事件"
    return "".join(_named(one) for one in situations if one.id in condition.situations)


def _named(one: Situation) -> str:
    """Return a circumstance with the words that tell it: "小型水库出现溃坝【水库溃坝】"."""
    return f"{one.name.zh}【{'、'.join(one.words)}】" if one.words else f"{one.name.zh}【】"
