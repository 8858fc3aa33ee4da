"""Judges an incident from words and figures: type, grade, plan, level and what they need. Shared by advice and record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from emergency_desk.domain.areas import LADDER, Tier
from emergency_desk.domain.grading import GradeSuggestion, suggest_grade
from emergency_desk.domain.incident_types import default_needs
from emergency_desk.domain.incidents import Figures, Grade
from emergency_desk.domain.plans import LevelRule, NoMatch, Plan, PlanMatch, matching, matching_on, needs_for

if TYPE_CHECKING:
    from emergency_desk.domain.advice import CallDraft
    from emergency_desk.domain.ids import Id
    from emergency_desk.domain.incidents import Incident
    from emergency_desk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Judged:
    """What a draft comes to: type, grade, plan with the tier whose level it is, and the teams it needs."""

    type_id: str
    grade: GradeSuggestion
    plan: PlanMatch | NoMatch
    tier: Tier
    needs: tuple[tuple[str, int], ...]


def judge(desk: Desk, draft: CallDraft, type_id: str) -> Judged:
    """Judge a draft whose type is known."""
    grade = grade_of(desk, type_id, draft.figures)
    plan, tier = plan_of(desk, type_id=type_id, figures=draft.figures, words=draft.words, grade=grade.grade, area_id=draft.area_id,
                         situations=draft.situations)
    return Judged(type_id, grade, plan, tier, needs_of(desk, plan, type_id=type_id, words=draft.words))


def grade_of(desk: Desk, type_id: str, figures: Figures) -> GradeSuggestion:
    """Return the suggested grade of a type's table."""
    return suggest_grade(desk.trade.grading_table(type_id), figures)


def plan_of(
    desk: Desk, *, type_id: str, figures: Figures, words: str, grade: Grade | None, area_id: Id | None,
    situations: tuple[str, ...] = (),
) -> tuple[PlanMatch | NoMatch, Tier]:
    """Return the plan that fits and the tier whose level it is.

    The desk's own tier is asked first; where its plan reaches no level, the tiers below are asked, because the locality acts first
    (NMP25 3.3.1) and an ordinary event is the district's to lead (QD17 Art. 33). Nothing anywhere: the own tier's answer.
    """
    area = desk.tree.by_id.get(area_id) if area_id else None
    answers: list[tuple[PlanMatch | NoMatch, Tier]] = []
    for tier in _from_own_tier_down(desk.tier, desk.tree.tiers):
        answer = matching_on(
            desk.trade.shelf, incident_type=type_id, tier=tier, figures=figures, words=words, grade=grade,
            situations=situations, area_code=area.code if area else "")
        if isinstance(answer, PlanMatch) and answer.rule is not None:
            return answer, tier
        answers.append((answer, tier))
    with_plan = [answer for answer in answers if isinstance(answer[0], PlanMatch)]
    return with_plan[0] if with_plan else answers[0]


def needs_of(desk: Desk, plan: PlanMatch | NoMatch, *, type_id: str, words: str) -> tuple[tuple[str, int], ...]:
    """Return the teams needed by capability: the level's, or the type's own where no plan or no level applies."""
    if isinstance(plan, PlanMatch) and plan.rule is not None:
        needs = needs_for(plan.plan, plan.tier, plan.rule.level).teams
        if needs:
            return needs
    return default_needs(desk.trade.type(type_id), words, desk.trade.added_needs)


def pinned_plan(desk: Desk, code: str, version: str) -> Plan | None:
    """Return the plan version an incident runs by, or None when it runs without a plan."""
    return desk.trade.plan(code, version) if code else None


def level_at(desk: Desk, incident: Incident, tier: Tier) -> LevelRule | None:
    """Return the level of the incident's own plan that its figures reach at a tier, or None."""
    plan = pinned_plan(desk, incident.plan_code, incident.plan_version)
    if plan is None:
        return None
    answer = matching([plan], incident_type=incident.type_id, tier=tier, figures=incident.figures, words=incident.title,
                      grade=incident.grade)
    return answer.rule if isinstance(answer, PlanMatch) else None


def _from_own_tier_down(tier: Tier, standing: frozenset[Tier]) -> list[Tier]:
    """Return the desk's own tier and those below it that the tree has: 中山 has no districts."""
    own = LADDER.index(tier) if tier in LADDER else len(LADDER) - 1
    return [LADDER[place] for place in range(own, -1, -1) if place == own or LADDER[place] in standing]
