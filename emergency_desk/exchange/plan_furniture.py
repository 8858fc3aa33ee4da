"""What stands in a file and is no text of the plan: page numbers, running heads, tables of contents. All of it is told, nothing vanishes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from emergency_desk.domain.plan_proposals import LeftOut, LeftOutWhy
from emergency_desk.exchange.numerals import bare
from emergency_desk.exchange.plan_marks import MarkKind, read_mark
from emergency_desk.exchange.written_lines import Written

_DRESSED_NUMBER = re.compile(r"\s*(?:[-—–－―_·•*]+\s*\d{1,4}\s*[-—–－―_·•*]+|第\s*\d{1,4}\s*[页頁](?:\s*[,，/]?\s*共\s*\d{1,4}\s*[页頁])?"
                             r"|\d{1,4}\s*[/／]\s*\d{1,4}|[Pp]age\s+\d{1,4}(?:\s+of\s+\d{1,4})?)\s*")
_BARE_NUMBER = re.compile(r"\s*(\d{1,4})\s*")
_CONTENTS = re.compile(r"(?:目\s*[录錄次]|contents|table of contents)\s*", re.IGNORECASE)
_LEADER = re.compile(r"^(.{2,80}?)(?:\s*[.…·．。\-—_]{3,}\s*|\t+\s*|\s{3,})\(?(?:\d{1,4}|[IVXivx]{1,5})\)?\s*$")
_MOST_IN_HEAD = 40
_PUNCTUATION = re.compile(r"[，。；：、,;:!?！？]")  # a sentence that comes again beside a page's end is text
_FEWEST_HEADS = 3
_FEWEST_LEADERS = 3
_OF_CHAPTERS = (MarkKind.PART, MarkKind.CHAPTER, MarkKind.SECTION, MarkKind.ARTICLE, MarkKind.DECIMAL, MarkKind.CHINESE, MarkKind.DIGIT)
_WEB_RESIDUE = re.compile(r"[\x21-\x7e][\x20-\x7e]*")


def part_furniture(lines: Sequence[Written]) -> tuple[list[Written], list[LeftOut]]:
    """Return the lines that are text, and what was left out and why."""
    why: dict[int, LeftOutWhy] = {}
    _find_contents(lines, why)
    _find_page_numbers(lines, why)
    _find_running_heads(lines, why)
    for at, line in enumerate(lines):
        if at not in why and not line.table and _is_web_residue(line.words):
            why[at] = LeftOutWhy.WEB_RESIDUE
    kept = [line for at, line in enumerate(lines) if at not in why and (line.said.strip() or line.table)]
    return kept, [LeftOut(lines[at].line, _told(lines[at]), reason) for at, reason in sorted(why.items())]


def _told(line: Written) -> str:
    return line.said if not line.table else " | ".join(cell for row in line.table for cell in row)


def _find_contents(lines: Sequence[Written], why: dict[int, LeftOutWhy]) -> None:
    for at, line in enumerate(lines):
        if line.in_contents:
            why[at] = LeftOutWhy.CONTENTS
    last_place = {bare(line.said): at for at, line in enumerate(lines) if not line.table and at not in why}
    for at, line in enumerate(lines):
        if at not in why and not line.table and _CONTENTS.fullmatch(line.words):
            why[at] = LeftOutWhy.CONTENTS
            _leave_entries(lines, at + 1, last_place, why)
    _find_leaders(lines, why)


def _leave_entries(lines: Sequence[Written], at: int, last_place: dict[str, int], why: dict[int, LeftOutWhy]) -> None:
    """Leave out the entries below "目录": lines with a page, and headings that come once more. The first that is neither is text."""
    seen: set[tuple[MarkKind, tuple[int, ...]]] = set()
    while at < len(lines):
        line = lines[at]
        mark = read_mark(line.said) if not line.table else None
        own = (mark.kind, mark.path) if mark is not None and mark.kind in _OF_CHAPTERS else None
        if own in seen or line.table:
            return
        is_entry = _LEADER.match(line.said) is not None or _comes_again(line, at, last_place) or _is_page_number(line.said)
        if not is_entry and not (own is not None and len(line.said) <= _MOST_IN_HEAD and _number_comes_again(lines, at, own)):
            return
        seen.update((own,) if own is not None else ())
        why[at] = LeftOutWhy.CONTENTS
        at += 1


def _number_comes_again(lines: Sequence[Written], at: int, own: tuple[MarkKind, tuple[int, ...]]) -> bool:
    later = (read_mark(line.said) for line in lines[at + 1:] if not line.table)
    return any(mark is not None and (mark.kind, mark.path) == own for mark in later)


def _comes_again(line: Written, at: int, last_place: dict[str, int]) -> bool:
    return len(line.said) <= 60 and last_place.get(bare(line.said), at) > at


def _find_leaders(lines: Sequence[Written], why: dict[int, LeftOutWhy]) -> None:
    """Find a table of contents without its word: several lines in a row that end in dots and a page."""
    run: list[int] = []
    for at, line in enumerate([*lines, Written(0, "")]):
        if at < len(lines) and not line.table and _LEADER.match(line.said) and re.search(r"[.…·．\-—_]{3,}|\t", line.said):
            run.append(at)
            continue
        if len(run) >= _FEWEST_LEADERS:
            for place in run:
                why[place] = LeftOutWhy.CONTENTS
        run = []


def _is_page_number(words: str) -> bool:
    return bool(_DRESSED_NUMBER.fullmatch(words) or _BARE_NUMBER.fullmatch(words))


def _find_page_numbers(lines: Sequence[Written], why: dict[int, LeftOutWhy]) -> None:
    """Find page numbers: dressed ones, and bare ones that count upward through the text."""
    bare_ones: list[tuple[int, int]] = []
    for at, line in enumerate(lines):
        if at in why or line.table or line.number:
            continue
        if _DRESSED_NUMBER.fullmatch(line.words):
            why[at] = LeftOutWhy.PAGE_NUMBER
        elif found := _BARE_NUMBER.fullmatch(line.words):
            bare_ones.append((at, int(found[1])))
    steps = [after[1] - before[1] for before, after in pairwise(bare_ones)]
    if len(bare_ones) >= _FEWEST_HEADS and sum(0 < step <= 2 for step in steps) * 5 >= len(steps) * 4:
        why.update({at: LeftOutWhy.PAGE_NUMBER for at, _number in bare_ones})


def _find_running_heads(lines: Sequence[Written], why: dict[int, LeftOutWhy]) -> None:
    """Find short lines that come again and again beside page numbers, in the same words."""
    times = Counter(bare(line.said) for line in lines if not line.table and 2 <= len(line.said) <= _MOST_IN_HEAD)
    places: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        key = bare(line.said)
        is_sentence = line.level or _PUNCTUATION.search(line.said) or read_mark(line.said) is not None
        if not line.table and at not in why and times.get(key, 0) >= _FEWEST_HEADS and not is_sentence:
            places.setdefault(key, []).append(at)
    for found in places.values():
        beside = [at for at in found if _is_beside_page(lines, at, why)]
        if len(beside) >= _FEWEST_HEADS - 1 and len(beside) * 3 >= len(found) * 2:
            first_is_title = found[0] not in beside  # the title of the plan, which its running heads repeat
            for at in beside if first_is_title else found:
                why[at] = LeftOutWhy.RUNNING_HEAD


def _is_beside_page(lines: Sequence[Written], at: int, why: dict[int, LeftOutWhy]) -> bool:
    near = range(max(0, at - 2), min(len(lines), at + 3))
    return any(why.get(place) is LeftOutWhy.PAGE_NUMBER for place in near)


def _is_web_residue(words: str) -> bool:
    """Say whether a line is a scrap of a web page's program: no word of any language, signs of code."""
    return bool(_WEB_RESIDUE.fullmatch(words) and re.search(r"[{}<>]|\)\)|=>|\w\(", words) and not re.search(r"[A-Za-z]+ [A-Za-z]+"
        r" [A-Za-z]+", words))
