"""A text's chapters and clauses, in whatever habit it numbers them, with the doubts that a reader should look at.

Numbers become the desk's (3.2.1); 第三章 is 3, its （二） 3.2. What is no heading stays in the body of the clause above it, word for word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from emergency_desk.domain.plan_proposals import Doubt
from emergency_desk.exchange.plan_habits import LONGEST_TITLE, Habit, Marked, habit_of, is_standard_chapter, lists_in, marked, reads_like_title
from emergency_desk.exchange.plan_marks import Mark, MarkKind
from emergency_desk.exchange.written_lines import Written

Number = tuple[int, ...]
_DEEPEST = 6  # as deep as a clause's number goes (plans/README.md)
_MOST_JUMPED = 4
_MOST_CHAPTERS = 10  # so many may be missing before one that its clauses bear out
_LONGEST_OF_ARTICLE = 20
_RUN_IN = re.compile(r"([^。：:；]{2,24})([。：:])\s*(\S.*)", re.DOTALL)
_FIRST_WORDS = re.compile(r"[^，,；;：:。]{1,20}")
_BETWEEN_CHINESE = re.compile(r"(?<=[一-鿿])[ \t　]+(?=[一-鿿])")
_PREFACE, _WHOLE = "前言", "正文"


@dataclass(slots=True)
class OutlineClause:
    """One clause as it is being read: its number, title, the heading as written, and the lines of its body."""

    number: Number
    title: str
    heading: str
    line: int
    doubts: list[Doubt] = field(default_factory=list)
    body: list[Written] = field(default_factory=list)

    @property
    def dotted(self) -> str:
        """Return the number as a plan writes it."""
        return ".".join(map(str, self.number))


@dataclass(slots=True)
class _Open:
    rank: float
    number: Number
    level: int = 0


class _Walk:
    """Goes through the lines once and opens a clause at each heading."""

    def __init__(self, found: Sequence[Marked]) -> None:
        self.found = found
        self.habit: Habit = habit_of(found)
        self.lists = lists_in(found)
        self.clauses: list[OutlineClause] = []
        self.preface: list[Written] = []
        self.open: list[_Open] = []
        self.used: set[Number] = set()
        self.last: dict[Number, int] = {}  # the last number given below each
        self.taken: dict[Number, set[int]] = {}  # numbers that are used below each, or that the text writes itself
        for one in found:
            if one.mark and one.mark.kind is MarkKind.DECIMAL:
                self.taken.setdefault(one.mark.path[:-1], set()).add(one.mark.ordinal)
        self.base: Number = ()  # the appendix that is open: its decimals begin anew
        self.article = 0
        self.styles: set[str] = set()  # how the numbers of chapters are written: "0 ", "0、"
        self.skip = -1

    def go(self) -> None:
        """Read every line."""
        for at, one in enumerate(self.found):
            if at == self.skip:
                continue
            if not self._open_heading(at, one):
                (self.clauses[-1].body if self.clauses else self.preface).append(one.line)

    # -- is it a heading? ----------------------------------------------------------------------------------------------
    def _open_heading(self, at: int, one: Marked) -> bool:
        mark = one.mark
        if mark is None:
            return self._open_unnumbered(one)
        kind = mark.kind
        if kind is MarkKind.DECIMAL:
            return self.habit.decimals and self._open_decimal(one, mark)
        if kind is MarkKind.APPENDIX:
            return self._open_appendix(at, one, mark)
        if kind in (MarkKind.PART, MarkKind.CHAPTER, MarkKind.SECTION):
            return self._open_chapter(at, one, mark)
        if kind is MarkKind.ARTICLE:
            return self._open_article(one, mark)
        if kind is MarkKind.DIGIT and self.habit.decimals:
            return self._is_numbered_chapter(at, one, mark) and self._open_ranked(one, mark, 1)
        if kind is MarkKind.CHINESE:
            return self._open_chinese(at, one, mark)
        if kind in (MarkKind.BRACKETED, MarkKind.DIGIT):
            return self._open_weak(at, one, mark)
        return bool(one.line.level) and one.is_title and self._open_ranked(one, mark, float(kind))

    def _open_chapter(self, at: int, one: Marked, mark: Mark) -> bool:
        if not (one.is_title or one.line.level or self._title_below(at, mark)):
            return False
        starts_anew = mark.kind is MarkKind.PART and self.habit.decimals  # 第二部分 begins with 1 again
        if starts_anew:
            self.base, self.open = (), []
        is_open = self._open_ranked(one, mark, float(mark.kind), below=self._title_below(at, mark), at=at)
        if starts_anew and is_open:
            self.base = self.open[-1].number
            self.open = [_Open(-1, self.base, one.line.level)]
        return is_open

    def _title_below(self, at: int, mark: Mark) -> str:
        """Return the title of a chapter whose number stands alone in its line."""
        after = self.found[at + 1] if at + 1 < len(self.found) else None
        return after.words if not mark.rest and after and after.mark is None and reads_like_title(after.words) and not after.line.table else ""

    def _open_article(self, one: Marked, mark: Mark) -> bool:
        if not self.habit.articles or not (self.article < mark.ordinal <= self.article + _MOST_JUMPED or (mark.ordinal == 1 and self.base)):
            return False
        doubts = [] if mark.ordinal in (1, self.article + 1) else [Doubt.NUMBER_JUMPS]
        self.article = mark.ordinal
        number = self._place(3, (mark.ordinal,))
        if number is None:
            return False
        is_title = one.is_title and "，" not in mark.rest and len(mark.rest) <= _LONGEST_OF_ARTICLE
        title, body = (f"{mark.written} {tidy_title(mark.rest)}", "") if is_title else (mark.written, mark.rest)
        self._begin(one, number, title, doubts, body)
        return True

    def _is_numbered_chapter(self, at: int, one: Marked, mark: Mark) -> bool:
        """Say whether "3 监测预警" heads a chapter where clauses are 3.1, 3.2; "3. 水泵" in a list does not."""
        if not one.is_title or len(mark.rest) > LONGEST_TITLE // 2 or mark.ordinal not in range(self._top + 1, self._top + _MOST_CHAPTERS):
            return False
        if one.line.level or is_standard_chapter(mark.rest):
            return True
        for after in self.found[at + 1:]:
            if after.mark and after.mark.kind is MarkKind.DECIMAL:
                return after.mark.path[0] == mark.ordinal
            if after.mark and after.mark.kind is MarkKind.DIGIT:
                break
        return _style(mark) in self.styles and at not in self.lists and mark.ordinal == self._top + 1

    def _open_chinese(self, at: int, one: Marked, mark: Mark) -> bool:
        if self.habit.decimals:
            if self.habit.chapters or not one.is_title or mark.ordinal != self._top + 1:
                return False
            after = next((other.mark for other in self.found[at + 1:] if other.mark and other.mark.kind is MarkKind.DECIMAL), None)
            return (is_standard_chapter(mark.rest) or (after is not None and after.path[0] == mark.ordinal)) and self._open_ranked(one, mark, 1)
        if self.habit.articles and (self.habit.chapters or not one.is_title):
            return False
        if not (self.habit.chinese or one.line.level):
            return False
        rank = float(MarkKind.CHINESE) if self.habit.chapters else 1.0
        return self._is_next(rank, mark) and self._open_ranked(one, mark, rank)

    def _open_weak(self, at: int, one: Marked, mark: Mark) -> bool:
        """Open （一） or 1. where they head something: a title that is no item of a list, or a sentence that begins with one."""
        if (self.habit.decimals or self.habit.articles) and not one.line.level:
            return False
        rank = float(mark.kind)
        if mark.kind is MarkKind.DIGIT and self.habit.digits_alone:
            rank = 1.0
        if not self._is_next(rank, mark):
            return False
        if one.is_title and not mark.rest.endswith(("：", ":")):
            return (at not in self.lists or bool(one.line.level)) and self._open_ranked(one, mark, rank)
        runs_in = _RUN_IN.fullmatch(mark.rest)
        is_heading = runs_in is not None and runs_in[2] == "。" and len(runs_in[1]) <= 16 and mark.kind is MarkKind.BRACKETED
        return is_heading and self._open_ranked(one, mark, rank)

    def _open_appendix(self, at: int, one: Marked, mark: Mark) -> bool:
        below = self._title_below(at, mark)
        if not self.clauses or not (one.is_title or below) or (at in self.lists and self._comes_again(one, at)):
            return False
        if re.match(r"[0-9]+\s*[.．、]", mark.rest):
            return False  # the list of appendices at the end of the text
        self.base, self.open, self.article = (), [], 0
        number = (self._free((), self._top + 1),)
        self.base = number
        self.open = [_Open(-1, number, one.line.level)]
        title = f"{mark.written.rstrip('、：:．. ')} {tidy_title(below or mark.rest)}"
        self._begin(one, number, title, [], "", heading=f"{one.words} {below}" if below else "")
        if below:
            self.skip = at + 1
        return True

    def _comes_again(self, one: Marked, at: int) -> bool:
        own = re.sub(r"\s", "", one.words)
        return any(re.sub(r"\s", "", other.words) == own for other in self.found[at + 1:])

    def _open_unnumbered(self, one: Marked) -> bool:
        """Open a heading that its style alone makes one."""
        level = one.line.level
        if not level or not one.is_title or not (self.clauses or self.habit == Habit()):
            return False
        while self.open and self.open[-1].level >= level and len(self.open[-1].number) > len(self.base):
            self.open.pop()
        parent = self.open[-1].number if self.open else self.base
        if len(parent) >= _DEEPEST:
            return False
        number = (*parent, self._free(parent, self.last.get(parent, 0) + 1))
        self.open.append(_Open(self.open[-1].rank + 0.25 if self.open else 1, number, level))
        self._begin(one, number, tidy_title(one.words), [Doubt.NUMBER_MADE], "")
        return True

    # -- which number does it get? -------------------------------------------------------------------------------------
    @property
    def _top(self) -> int:
        """Return the number of the chapter that was opened last; within an appendix, of its own chapters."""
        return self.last.get(self.base, 0)

    def _open_decimal(self, one: Marked, mark: Mark) -> bool:
        path = (*self.base, *mark.path)
        top = mark.path[0]
        begins_later = top in range(self._top + 2, self._top + _MOST_CHAPTERS) and set(mark.path[1:]) == {1} and one.is_title
        if len(path) > _DEEPEST or not (top in (self._top, self._top + 1) or one.line.level or begins_later):
            return False
        parent, last = path[:-1], self.last.get(path[:-1], 0)
        doubts: list[Doubt] = []
        if path in self.used or mark.ordinal <= last:
            if not (one.is_title or one.line.level):
                return False
            if path in self.used:
                path = (*parent, self._free(parent, last + 1))
                doubts.append(Doubt.NUMBER_REPEATS)
        elif mark.ordinal > last + 1:
            if mark.ordinal > last + _MOST_JUMPED and not one.line.level:
                return False
            doubts.append(Doubt.NUMBER_JUMPS)
        if mark.is_dot_lost:
            doubts.append(Doubt.DOT_LOST)
        self._close(1 + (len(mark.path) - 1) * 0.5)
        self.open.append(_Open(1 + (len(mark.path) - 1) * 0.5, path, one.line.level))
        for depth in range(len(self.base), len(path) - 1):  # a clause whose chapter has no heading of its own
            self.last[path[:depth]] = max(self.last.get(path[:depth], 0), path[depth])
        title, body, made = _title_and_body(mark.rest)
        self._begin(one, path, title, [*doubts, *made], body)
        return True

    def _open_ranked(self, one: Marked, mark: Mark, rank: float, *, below: str = "", at: int = 0) -> bool:
        number = self._place(rank, mark.path)
        if number is None:
            return False
        doubts = []
        expected = self.last.get(number[:-1], 0) + 1
        if number[-1] != mark.ordinal:
            doubts.append(Doubt.NUMBER_REPEATS)
        elif mark.ordinal > expected:
            doubts.append(Doubt.NUMBER_JUMPS)
        if mark.is_dot_lost:
            doubts.append(Doubt.DOT_LOST)
        if rank == 1:
            self.styles.add(_style(mark))
        self.open.append(_Open(rank, number, one.line.level))
        title, body, made = _title_and_body(below or mark.rest)
        self._begin(one, number, title, [*doubts, *made], body, heading=f"{one.words} {below}" if below else "")
        if below:
            self.skip = at + 1
        return True

    def _is_next(self, rank: float, mark: Mark) -> bool:
        """Say whether a number goes on where its kind stands, or begins it."""
        open_ones = [one for one in self.open if one.rank < rank]
        parent = open_ones[-1].number if open_ones else self.base
        return mark.ordinal == 1 or mark.ordinal - self.last.get(parent, 0) in range(1, _MOST_JUMPED)

    def _place(self, rank: float, path: Number) -> Number | None:
        """Close what stands deeper and return the number below what is left; None where that would be too deep."""
        self._close(rank)
        parent = self.open[-1].number if self.open else self.base
        number = (*parent, *path)
        if len(number) > _DEEPEST:
            return None
        return (*parent, self._free(parent, path[-1])) if number in self.used or path[-1] <= 0 else number

    def _close(self, rank: float) -> None:
        while self.open and self.open[-1].rank >= rank:
            self.open.pop()

    def _free(self, parent: Number, wanted: int) -> int:
        taken = self.taken.get(parent, set())
        return wanted if wanted not in taken and wanted > 0 else max((*taken, self.last.get(parent, 0)), default=0) + 1

    def _begin(self, one: Marked, number: Number, title: str, doubts: list[Doubt], body: str, *, heading: str = "") -> None:
        self.used.add(number)
        self.taken.setdefault(number[:-1], set()).add(number[-1])
        self.last[number[:-1]] = max(self.last.get(number[:-1], 0), number[-1])
        if one.residue:
            doubts = [*doubts, Doubt.RESIDUE]
        written = one.words[:len(one.words) - len(body)].strip() if body else one.words
        clause = OutlineClause(number, title, heading or written, one.line.line, doubts)
        if body:
            clause.body.append(Written(one.line.line, body, is_soft=one.line.is_soft))
        self.clauses.append(clause)


def outline_of(lines: Sequence[Written]) -> tuple[list[Written], list[OutlineClause]]:
    """Return the lines before the first heading, and the clauses."""
    walk = _Walk(marked(lines))
    walk.go()
    if walk.clauses:
        return walk.preface, walk.clauses
    first = walk.preface[0].line if walk.preface else 1
    return [], [OutlineClause((1,), _WHOLE, "", first, [Doubt.NO_CHAPTERS], list(walk.preface))]


def preface_clause(lines: Sequence[Written]) -> OutlineClause:
    """Return the clause that keeps what stands before the first chapter."""
    return OutlineClause((0,), _PREFACE, "", lines[0].line, [Doubt.BEFORE_CHAPTERS], list(lines))


def tidy_title(title: str) -> str:
    """Return a title without blanks between Chinese signs and without a colon at its end."""
    return _BETWEEN_CHINESE.sub("", " ".join(title.split())).rstrip("：:")


def _style(mark: Mark) -> str:
    return re.sub(r"[^、．.：:]", "", mark.written)


def _title_and_body(rest: str) -> tuple[str, str, list[Doubt]]:
    """Part a heading from the sentence that goes on in its line; where there is no title, take the first words and say so."""
    if reads_like_title(rest):
        return tidy_title(rest), "", []
    runs_in = _RUN_IN.fullmatch(rest)
    if runs_in and "，" not in runs_in[1][16:]:
        return tidy_title(runs_in[1]), runs_in[3], []
    words = _FIRST_WORDS.match(rest)
    return (words[0] if words else rest[:20]) or rest[:20], rest, [Doubt.TITLE_MADE]
