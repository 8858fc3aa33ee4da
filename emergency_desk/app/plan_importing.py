"""The command that takes a plan in from Word or text. What was recognised is told with its line and its doubts. Never loads Qt."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import Any

from emergency_desk.app.answers import DONE, print_json
from emergency_desk.app.progress import ProgressLine
from emergency_desk.domain.plan_proposals import PlanProposal, Proposed, sure_ones
from emergency_desk.errands import plan_import
from emergency_desk.errands.limited_child import ChildInWaiting
from emergency_desk.services.desk import Desk
from emergency_desk.wording import plan_import_words
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import label


def import_plan_text(asked: argparse.Namespace, *, open_desk: Callable[[], Desk], progress: ProgressLine) -> int:
    """Begin a draft of every plan in a file, with its text and with what was confirmed; or only look. Raises BadFile."""
    waiting = ChildInWaiting()
    waiting.get_ready()  # it reads its modules while the store is opened
    try:
        progress(0, 1, _("Reading {name}").format(name=asked.file.name))
        told = _import(asked, open_desk(), waiting)
    finally:
        progress.end()
        waiting.close()
    if asked.json:
        print_json({"file": asked.file.name, "plans": told})
    return DONE


def _import(asked: argparse.Namespace, desk: Desk, waiting: ChildInWaiting) -> list[dict[str, Any]]:
    try:
        told = []
        for found in plan_import.read_plans(desk, path=asked.file, waiting=waiting):
            proposal = plan_import.fitted(desk, found)  # a draft that was begun just now may have taken the code
            confirmed = sure_ones(proposal) if asked.confirm == "sure" else {}
            draft = plan_import.take(desk, proposal, facts=proposal.facts, confirmed=confirmed).value.id if asked.take == "good" else ""
            told.append(_record(proposal, draft, tuple(confirmed)))
            if not asked.json:
                _tell(proposal, draft, len(confirmed))
        return told
    finally:
        desk.store.close()


def _tell(proposal: PlanProposal, draft: str, confirmed: int) -> None:
    print(f"{proposal.facts.title} ({proposal.facts.code}): {plan_import_words.found(proposal)}")
    for note in proposal.notes:
        print(plan_import_words.file_note(note), file=sys.stderr)
    for read in proposal.clauses:
        doubts = f"  [{plan_import_words.doubts(read.doubts)}]" if read.doubts else ""
        print(f"{'  ' * read.depth}{read.clause.number} {read.clause.title.zh}{doubts}")
    situations = {one.id: one for one in proposal.situations}
    for one in proposal.asked:
        doubts = f"  [{plan_import_words.doubts(one.doubts)}]" if one.doubts else ""
        print(_("line {line}, {kind} ({sureness}): {record}").format(
            line=one.source.line, kind=plan_import_words.kind_of(one), sureness=label(one.sureness),
            record=plan_import_words.record(one.record, situations)) + doubts)
    if draft:
        print(_("The draft of “{title}” was begun; {confirmed} of {count} proposals stand in it, the others stay as text.").format(
            title=proposal.facts.title, confirmed=confirmed, count=len(proposal.asked)))


def _record(proposal: PlanProposal, draft: str, confirmed: tuple[str, ...]) -> dict[str, Any]:
    facts = proposal.facts
    return {
        "draft": draft, "title": facts.title, "code": facts.code, "kind": facts.kind.value, "tier": facts.tier.value,
        "hazard_types": list(facts.hazard_types), "area_code": facts.area_code, "confirmed": list(confirmed),
        "clauses": [{"number": one.clause.number, "title": one.clause.title.zh, "line": one.line,
                     "doubts": [doubt.value for doubt in one.doubts]} for one in proposal.clauses],
        "proposals": [_proposed(one, proposal) for one in (*proposal.asked, *proposal.grades)],
        "left_out": [{"line": one.line, "why": one.why.value, "words": one.words} for one in proposal.left_out]}


def _proposed(one: Proposed[Any], proposal: PlanProposal) -> dict[str, Any]:
    situations = {each.id: each for each in proposal.situations}
    return {"id": one.id, "line": one.source.line, "clause": one.source.clause, "words": one.source.words, "sureness": one.sureness.value,
            "doubts": [doubt.value for doubt in one.doubts], "record": plan_import_words.record(one.record, situations)}
