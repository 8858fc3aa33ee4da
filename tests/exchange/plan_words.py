"""Plans in words for the tests of reading them: real ones beside the tree, made-up ones, and Word files written by another hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from emergency_desk.domain.plan_markup import plain
from emergency_desk.domain.plan_proposals import PlanProposal
from emergency_desk.exchange.plan_facts import KnownToDesk
from emergency_desk.exchange.plan_furniture import part_furniture
from emergency_desk.exchange.plan_texts import proposals_of
from emergency_desk.exchange.written_files import read_written_file
from emergency_desk.exchange.written_lines import Written, WrittenText

PLANS = Path(__file__).resolve().parents[3] / "shared" / "data" / "plans"
NANJING = PLANS / "南京市防汛预案2020_市级.txt"
NATION = PLANS / "国家突发事件总体应急预案.docx"
NATION_TEXT = PLANS / "国家突发事件总体应急预案.md"


def lines_of(text: str) -> tuple[Written, ...]:
    """Return lines as a text file has them."""
    return tuple(Written(at, line.strip(), is_soft=True) for at, line in enumerate(text.split("\n"), start=1) if line.strip())


def read(text: str, *, name: str = "某市应急预案.txt", known: KnownToDesk | None = None) -> PlanProposal:
    """Read the only plan of a text."""
    (found,) = proposals_of(WrittenText(name, lines_of(text)), known or KnownToDesk())
    return found


def outline(proposal: PlanProposal) -> list[tuple[str, str]]:
    """Return numbers and titles."""
    return [(one.clause.number, one.clause.title.zh) for one in proposal.clauses]


def signs(text: str) -> str:
    """Return a text without blanks and without what only lays out a table."""
    return re.sub(r"\s", "", text)


def source_signs(path: Path) -> str:
    """Return every sign of a file but of its furniture, in order."""
    kept, _left_out = part_furniture(read_written_file(path).lines)
    return signs("".join(line.said or "".join(cell for row in line.table for cell in row) for line in kept))


def told_signs(proposals: Iterable[PlanProposal]) -> str:
    """Return every sign of what was read: headings as they were written, and bodies, in order."""
    return signs("".join(one.heading + plain(one.clause.body.zh) for proposal in proposals for one in proposal.clauses))


def titles(proposal: PlanProposal, numbers: Sequence[str]) -> list[str]:
    """Return the titles of some clauses."""
    by_number = {one.clause.number: one.clause.title.zh for one in proposal.clauses}
    return [by_number.get(number, "") for number in numbers]
