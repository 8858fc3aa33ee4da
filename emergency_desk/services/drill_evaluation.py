"""The evaluation of a drill: points by item, each with what it rests on, and the word of the evaluators (AQ/T 9009-2015)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from emergency_desk.domain import drill_life, drill_scoring
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.drill_errors import ScoreWithoutEvidence
from emergency_desk.domain.drills import Drill, DrillStep, ItemScore, Verdict
from emergency_desk.domain.errors import FieldMissing
from emergency_desk.domain.ids import Id
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import drilling


def score_item(
    desk: Desk, *, drill_id: Id, item_id: str, evaluator: str, points: int | None = None, is_met: bool | None = None, measured: str = "",
    evidence: str = "", mark_ids: Iterable[Id] = (),
) -> Done[ItemScore]:
    """Give an item points, yes or no, or a measured value, with words or marks of the drill behind it; what it had before gives way.

    Raises EvaluatorTakesPart, ScoreWrong, ScoreWithoutEvidence, NotFound, DrillStateWrong.
    """
    desk.may(Act.EVALUATE_DRILL)
    at = desk.now()
    with desk.open_work() as work:
        drill = work.drills.get(drill_id)
        drill_life.require(drill, DrillStep.EVALUATED)
        marks = tuple(dict.fromkeys(mark_ids))
        known = {mark.id for mark in drilling.marks(work, drill)}
        if any(id_ not in known for id_ in marks):
            raise ScoreWithoutEvidence(item=item_id)
        there = work.drill_scores.first("WHERE drill_id = ? AND item_id = ?", (drill_id, item_id))
        score = drill_scoring.check_score(ItemScore(
            id=there[0].id if there else desk.new_id(), drill_id=drill.id, item_id=item_id, evaluator=evaluator.strip(), scored_at=at,
            account_id=desk.who, points=points, is_met=is_met, measured=measured.strip(), evidence=evidence.strip(), mark_ids=marks,
            version=there[0].version if there else 0), desk.trade.drills, drilling.people(work, drill))
        stored = work.drill_scores.put(score) if there else work.drill_scores.add(score)
        return Done(stored, work.commit("score_drill_item", drill=drill.number, item=item_id))


def conclude(desk: Desk, *, drill_id: Id, verdict: Verdict, person: str, words: str, serious_error: str = "") -> Done[Drill]:
    """Enter the evaluators' word, apart from the share, and what serious error there was (R-7.4).

    Raises FieldMissing, EvaluatorTakesPart, VerdictTooGood, DrillStateWrong.
    """
    desk.may(Act.EVALUATE_DRILL)
    if not words.strip():
        raise FieldMissing(name="words")
    at = desk.now()
    with desk.open_work() as work:
        drill = replace(work.drills.get(drill_id), serious_error=serious_error.strip())
        drill_scoring.check_evaluator(person, drilling.people(work, drill))
        drill_scoring.check_verdict(verdict, drill_scoring.cap_of(drill, desk.trade.drills))
        after = drill_life.moved(drill, DrillStep.EVALUATED, at=at)
        stored = work.drills.put(replace(after, verdict=verdict, verdict_by=person.strip(), verdict_words=words.strip()))
        drilling.mark(desk, work, stored, DrillStep.EVALUATED, at=at, text=words, person=person)
        return Done(stored, work.commit("conclude_drill", drill=stored.number, verdict=verdict.value))
