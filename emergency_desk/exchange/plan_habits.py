"""Which numbers a text heads its chapters and clauses with: every office has its habit, and keeps to it through a plan."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from emergency_desk.exchange.numerals import simplified
from emergency_desk.exchange.plan_marks import Mark, MarkKind, read_mark, residue_before
from emergency_desk.exchange.written_lines import Written

LONGEST_TITLE = 40
_STANDARD = re.compile(r"总则|组织(指挥|体系|机构|领导)|指挥(体系|机构)|监测|预警|预防|信息报告|应急(响应|处置|保障|准备)|响应|处置|后期"
                       r"|善后|恢复|保障|监督管理|预案管理"
                       r"|附则|风险|职责|培训|演练|奖惩|general|organi[sz]ation|warning|response|recovery|support|management"
                       r"|supplementary", re.IGNORECASE)
_SENTENCE_GOES_ON = re.compile(r"(?:的|规定|所|中的|和|与|至|及|、|，|款|项)")


@dataclass(frozen=True, slots=True)
class Marked:
    """A line with its number, if it has one, and the letters of a web page that stood before it."""

    line: Written
    words: str
    mark: Mark | None
    residue: str = ""

    @property
    def is_title(self) -> bool:
        """Say whether what follows the number reads like a title."""
        return reads_like_title(self.mark.rest if self.mark else self.words)


@dataclass(frozen=True, slots=True)
class Habit:
    """Which kinds of number head something in a text."""

    decimals: bool = False
    chapters: bool = False
    articles: bool = False
    chinese: bool = False
    digits_alone: bool = False


def marked(lines: Sequence[Written]) -> list[Marked]:
    """Read the number of every line."""
    return [_marked(line) for line in lines]


def _marked(line: Written) -> Marked:
    if line.table or line.is_entry:
        return Marked(line, line.words, None)
    words = line.said
    residue = residue_before(words)
    words = words[len(residue):]
    return Marked(line, words, read_mark(words), residue)


def reads_like_title(words: str) -> bool:
    """Say whether words are short, no sentence, and no part of one."""
    return (0 < len(words) <= LONGEST_TITLE and not re.search(r"[。；;！!]|，.*，", words) and words[-1] not in "，、,"
            and not _SENTENCE_GOES_ON.match(words))


def is_standard_chapter(title: str) -> bool:
    """Say whether a title is one of the usual chapters of plans (domain §3.4)."""
    return bool(_STANDARD.search(simplified(title)))


def habit_of(found: Sequence[Marked]) -> Habit:
    """Tell a text's habit from how often each kind of number stands before something like a title."""
    all_kinds = Counter(one.mark.kind for one in found if one.mark)
    titled = Counter(one.mark.kind for one in found if one.mark and (one.is_title or one.line.level))
    decimals = all_kinds[MarkKind.DECIMAL] >= 2 and titled[MarkKind.DECIMAL] >= 2
    chapters = titled[MarkKind.CHAPTER] + _alone(found) >= 2 or titled[MarkKind.PART] >= 2
    articles = all_kinds[MarkKind.ARTICLE] >= 3
    chinese = titled[MarkKind.CHINESE] >= 2
    digits = not (decimals or chapters or articles or chinese) and titled[MarkKind.DIGIT] >= 2
    return Habit(decimals, chapters, articles, chinese, digits)


def _alone(found: Sequence[Marked]) -> int:
    """Count chapters whose title stands in the line below."""
    return sum(one.mark is not None and one.mark.kind is MarkKind.CHAPTER and not one.mark.rest for one in found)


def lists_in(found: Sequence[Marked]) -> set[int]:
    """Return the places of short items that only look like titles: a list whose items follow each other without any text between."""
    weak = (MarkKind.DIGIT, MarkKind.BRACKETED, MarkKind.APPENDIX)
    places: set[int] = set()
    for at, one in enumerate(found):
        if one.mark is None or one.mark.kind not in weak or one.line.level:
            continue
        before, after = _neighbour(found, at - 1), _neighbour(found, at + 1)
        if (after is not None and _follows(one.mark, after)) or (before is not None and at - 1 in places and _follows(before, one.mark)):
            places.add(at)
    return places


def _neighbour(found: Sequence[Marked], at: int) -> Mark | None:
    return found[at].mark if 0 <= at < len(found) else None


def _follows(first: Mark, second: Mark) -> bool:
    return second.kind is first.kind and second.ordinal == first.ordinal + 1
