"""A foreign plan in words, from the file to the proposal: lines, furniture, outline, and what of it could be run. Call it in the limited child.

One file may hold several plans one after another; each is a proposal of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.plan_proposals import LeftOut, PlanProposal, ReadClause
from emergency_desk.domain.plan_records import Clause
from emergency_desk.domain.texts import Text
from emergency_desk.exchange import plan_people
from emergency_desk.exchange.numerals import simplified
from emergency_desk.exchange.plan_acts import read_actions
from emergency_desk.exchange.plan_bodies import ClauseText, body_text, clause_texts
from emergency_desk.exchange.plan_conditions import Conditions
from emergency_desk.exchange.plan_facts import TITLE, KnownToDesk, facts_of, title_of, with_place
from emergency_desk.exchange.plan_furniture import part_furniture
from emergency_desk.exchange.plan_levels import read_grades, read_levels, says_exclusive
from emergency_desk.exchange.plan_marks import MarkKind, read_mark
from emergency_desk.exchange.plan_outline import OutlineClause, outline_of, preface_clause
from emergency_desk.exchange.plan_posts import read_cards
from emergency_desk.exchange.written_files import read_written_file
from emergency_desk.exchange.written_lines import Written, WrittenText

_FEWEST_BEFORE = 20  # lines of a plan before another one can begin in the same file
_LOOK_AHEAD = 12
_TOP_KINDS = (MarkKind.PART, MarkKind.CHAPTER, MarkKind.CHINESE, MarkKind.DIGIT, MarkKind.DECIMAL, MarkKind.ARTICLE)
_TRADE = re.compile(r"预案|应急|突发|响应|处置|指挥|抢险|救援|救灾|疏散|预警|灾害|emergency|contingency|response", re.IGNORECASE)
_FEWEST_TRADE_WORDS = 3


def read_plan_text(path: Path | str, known: KnownToDesk | None = None) -> tuple[PlanProposal, ...]:
    """Read every plan of a DOCX or text file. Raises BadFile when it is no such file, or no plan."""
    return proposals_of(read_written_file(path), known or KnownToDesk())


def proposals_of(text: WrittenText, known: KnownToDesk) -> tuple[PlanProposal, ...]:
    """Read every plan of a text. Raises BadFile when there is none in it."""
    kept, left_out = part_furniture(text.lines)
    if not _speaks_of_emergencies(kept):
        raise BadFile(name=text.name, reason="plan_other_text")
    found = [_proposal(part, text, known) for part in _parts(kept)]
    return tuple(_with_left_out(found, left_out))


def _speaks_of_emergencies(lines: Sequence[Written]) -> bool:
    words = simplified("\n".join(line.said if not line.table else " ".join(cell for row in line.table for cell in row) for line in lines))
    return len(_TRADE.findall(words)) >= _FEWEST_TRADE_WORDS


def _parts(lines: Sequence[Written]) -> Iterator[Sequence[Written]]:
    """Part a file where a further plan's title stands above a first chapter."""
    begins = [0]
    for at, line in enumerate(lines):
        if at - begins[-1] >= _FEWEST_BEFORE and _is_title(line) and _begins_anew(lines, at) and _had_chapters(lines[begins[-1]:at]):
            begins.append(at)
    for start, end in zip(begins, [*begins[1:], len(lines)], strict=True):
        yield lines[start:end]


def _is_title(line: Written) -> bool:
    words = line.said.strip()
    return (not line.table and 4 <= len(words) <= 40 and bool(TITLE.search(simplified(words))) and read_mark(words) is None
            and not re.search(r"[。；：，、]|附件|本预案|制定|修订|执行", words))


def _begins_anew(lines: Sequence[Written], at: int) -> bool:
    for line in lines[at + 1:at + _LOOK_AHEAD]:
        mark = read_mark(line.said) if not line.table else None
        if mark is not None and mark.kind in _TOP_KINDS:
            return mark.path[0] == 1
    return False


def _had_chapters(lines: Sequence[Written]) -> bool:
    marks = (read_mark(line.said) for line in lines if not line.table)
    return sum(mark is not None and mark.kind in _TOP_KINDS for mark in marks) >= 3


def _proposal(lines: Sequence[Written], text: WrittenText, known: KnownToDesk) -> PlanProposal:
    written, own_lines = title_of(_head(lines), text.name)
    title = with_place(written, text.name)
    preface, clauses = outline_of([line for at, line in enumerate(lines) if at not in own_lines])
    if preface:
        clauses = [preface_clause(preface), *clauses]
    texts = clause_texts(clauses)
    facts = facts_of(title, "\n".join(one.words for one in texts[:8])[:4000], known)
    if title == written:
        facts = replace(facts, is_sure=facts.is_sure | {"title"})
    conditions = Conditions(is_exclusive=says_exclusive(texts))
    levels = read_levels(texts, facts.tier, conditions)
    conditions.keep_telling_words()
    named = {id_ for level in levels for condition in level.record.conditions for id_ in condition.situations}
    groups, contacts = plan_people.read_groups(texts), plan_people.read_contacts(texts)
    actions = read_actions(texts, facts.tier, levels, groups)
    return PlanProposal(
        file=text.name, facts=facts, title_words="".join(lines[at].said for at in sorted(own_lines)),
        clauses=tuple(map(_clause, clauses, texts)), basis=plan_people.read_basis(texts),
        situations=tuple(one for one in conditions.situations if one.id in named), levels=levels,
        grades=read_grades(texts, is_exclusive=conditions.is_exclusive), work_groups=groups, actions=actions,
        cards=read_cards(facts.tier, levels, groups, actions, contacts), contacts=contacts, items=plan_people.read_items(texts), notes=text.notes)


def _head(lines: Sequence[Written]) -> Sequence[Written]:
    """Return the lines above the first number, where a title stands."""
    for at, line in enumerate(lines):
        mark = read_mark(line.said) if not line.table else None
        if mark is not None and mark.kind in _TOP_KINDS and mark.path[0] == 1:
            return lines[:at]
    return lines


def _clause(read: OutlineClause, text: ClauseText) -> ReadClause:
    body = body_text(text.lines)
    clause = Clause(number=read.dotted, title=Text(read.title), body=Text(body) if body else Text(""))
    return ReadClause(clause=clause, heading=read.heading, line=read.line, doubts=tuple(read.doubts))


def _with_left_out(found: list[PlanProposal], left_out: Sequence[LeftOut]) -> Iterator[PlanProposal]:
    """Give each plan of a file what was left out between its own lines."""
    begins = [min((one.line for one in plan.clauses), default=0) for plan in found]
    for at, plan in enumerate(found):
        first = 0 if at == 0 else begins[at]
        last = begins[at + 1] if at + 1 < len(found) else None
        own = tuple(one for one in left_out if one.line >= first and (last is None or one.line < last))
        yield replace(plan, left_out=own)
