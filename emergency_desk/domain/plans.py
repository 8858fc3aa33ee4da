"""Which contingency plan fits a call, at which level and why; and what follows: actions and needs.

A plan is a published text: frozen, known by code and version. What it says is data (`domain.plan_records`); the answer here carries
values (clause, condition, figures), never sentences. Source of the no-plan path: 青岛市突发事件应对条例 Art. 34.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.incidents import Figures, Grade
from emergency_desk.domain.plan_order import clause_key
from emergency_desk.domain.plan_records import (
    CONDITION_FIGURES,
    Action,
    Clause,
    Condition,
    Contact,
    Item,
    LegalBasis,
    Level,
    LevelRule,
    Needs,
    Plan,
    PlanKind,
    PlanRole,
    Situation,
    WorkGroup,
)
from emergency_desk.domain.plan_shelf import PlanBack, Shelf
from emergency_desk.domain.spoken import is_said
from emergency_desk.domain.texts import Text

__all__ = [
    "CONDITION_FIGURES",
    "NO_PLAN_BASIS",
    "Action",
    "BorrowedKind",
    "BorrowedPlan",
    "Clause",
    "Condition",
    "Contact",
    "Gap",
    "Held",
    "HeldKind",
    "Item",
    "LegalBasis",
    "Level",
    "LevelRule",
    "Needs",
    "NextLevel",
    "NoMatch",
    "NoPlanStep",
    "Plan",
    "PlanKind",
    "PlanMatch",
    "PlanRole",
    "Situation",
    "WorkGroup",
    "actions_for",
    "clause_key",
    "level_reached",
    "matching",
    "matching_on",
    "needs_for",
    "no_plan_tasks",
]
Back = TypeVar("Back", bound=PlanBack)


# -- what the match answers -------------------------------------------------------------------------------------------
class HeldKind(StrEnum):
    """What kind of thing made a condition hold."""

    FIGURE = "figure"
    GRADE = "grade"
    SITUATION = "situation"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One part of the deciding condition: the figure's name, value and threshold; or the grade or situation id."""

    kind: HeldKind
    name: str = ""
    value: int = 0
    at_least: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """How far a figure is from a threshold. `value` None means the figure is not known yet."""

    name: str
    value: int | None
    at_least: int

    @property
    def short_by(self) -> int:
        """Return how many are missing to the threshold."""
        return self.at_least - (self.value or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextLevel:
    """The next higher level and the figures that would bring it."""

    level: Level
    clause: str
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMatch:
    """The plan that fits, the level at the tier and why. `rule` None: the plan applies but no level's condition holds."""

    plan: Plan
    tier: Tier
    rule: LevelRule | None
    held: tuple[Held, ...] = ()
    situations: tuple[str, ...] = ()  # every situation of the plan that was said or chosen
    next_level: NextLevel | None = None
    to_verify: tuple[str, ...] = ()  # unknown figures that could raise the level
    others: tuple[PlanBack, ...] = ()  # further plans that cover the type, the best first

    @property
    def level(self) -> Level | None:
        """Return the level that fits, or None."""
        return self.rule.level if self.rule else None

    @property
    def clause(self) -> str:
        """Return the number of the clause that decided, or ""."""
        return self.rule.clause if self.rule else ""


class BorrowedKind(StrEnum):
    """Which plan is used where none was made, in the order the article names them."""

    UPPER_SPECIAL = "upper_special"
    OVERALL = "overall"
    NEAREST_SPECIAL = "nearest_special"


class NoPlanStep(StrEnum):
    """What the article asks where no plan was made, in its order."""

    BORROW_A_PLAN = "borrow_a_plan"
    TAKE_FIRST_MEASURES = "take_first_measures"
    REPORT_CITY_AT_ONCE = "report_city_at_once"


@dataclass(frozen=True, slots=True, kw_only=True)
class BorrowedPlan:
    """A plan that may be used in place of the missing one."""

    kind: BorrowedKind
    plan: PlanBack


NO_PLAN_BASIS = LegalBasis(
    title=Text("青岛市突发事件应对条例", "Qingdao Regulations on Responding to Emergency Incidents"), number="2018-01-01", article="34",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoMatch:
    """No plan was made for this type at this tier: what may be borrowed, what to do, and the article (R-1.10)."""

    incident_type: str
    tier: Tier
    borrowed: tuple[BorrowedPlan, ...]
    steps: tuple[NoPlanStep, ...] = tuple(NoPlanStep)
    basis: LegalBasis = NO_PLAN_BASIS


def no_plan_tasks(no_match: NoMatch, *, tier: Tier) -> tuple[Text, ...]:
    """Return what is to be done where no plan was made, in the article's order; a city desk has no city to report to."""
    law = no_match.basis
    article = Text(f"（{law.title.zh}第{law.article}条）", f" ({law.title.en} Art. {law.article})")
    tasks = []
    if no_match.borrowed:
        titles = [one.plan.title for one in no_match.borrowed]
        zh, en = "或者".join(title.zh for title in titles), " or the ".join(title.in_language("en") for title in titles)
        tasks.append(Text(f"参照{zh}处置{article.zh}", f"Work by the {en}{article.en}"))
    tasks.append(Text(f"先期处置：控制事态，救人，警戒，疏散{article.zh}",
                      f"Take first measures: contain it, rescue, cordon, evacuate{article.en}"))
    if tier is not Tier.CITY:
        tasks.append(Text(f"立即报告市应急指挥机构{article.zh}", f"Report to the city's emergency command at once{article.en}"))
    return tuple(tasks)


# -- the rule ---------------------------------------------------------------------------------------------------------
def matching(
    plans: Iterable[Plan], *, incident_type: str, tier: Tier, figures: Figures, words: str = "",
    grade: Grade | None = None, situations: Collection[str] = (), area_code: str = "",
) -> PlanMatch | NoMatch:
    """Return the plan and level that fit a call, with what decided; or what to do where no plan was made.

    `words` is what was said; `situations` are ids the officer chose besides. The narrowest hazard wins, then the own tier's plan
    before the upper tier's, then the plan of this very area, then the newer version.
    """
    there = tuple(plans)
    fitting = _fitting(there, incident_type, tier, area_code)
    if not fitting:
        return _none_made(there, incident_type, tier, area_code)
    return _matched(fitting[0], fitting, tier=tier, figures=figures, words=words, grade=grade, situations=situations)


def matching_on(
    shelf: Shelf, *, incident_type: str, tier: Tier, figures: Figures, words: str = "",
    grade: Grade | None = None, situations: Collection[str] = (), area_code: str = "",
) -> PlanMatch | NoMatch:
    """Answer as `matching` does from the plans in force on a shelf, of which only the one that fits is opened."""
    fitting = _fitting(shelf.covering(incident_type), incident_type, tier, area_code)
    if not fitting:
        return _none_made(shelf.that_may_stand_in(incident_type), incident_type, tier, area_code)
    best = shelf.plan(fitting[0].code, fitting[0].version)
    return _matched(best, fitting, tier=tier, figures=figures, words=words, grade=grade, situations=situations)


def _fitting(plans: Iterable[Back], incident_type: str, tier: Tier, area_code: str) -> list[Back]:
    """Return the plans that cover a type at a tier in an area, the best first."""
    return sorted((plan for plan in plans if _is_here(plan, area_code) and incident_type in plan.hazard_types and plan.acts_at(tier)),
                  key=lambda plan: _preference(plan, incident_type, tier))


def _is_here(plan: PlanBack, area_code: str) -> bool:
    return not plan.area_code or area_code.startswith(plan.area_code)


def _none_made(plans: Iterable[PlanBack], incident_type: str, tier: Tier, area_code: str) -> NoMatch:
    here = [plan for plan in plans if _is_here(plan, area_code)]
    return NoMatch(incident_type=incident_type, tier=tier, borrowed=tuple(_borrowed(here, incident_type, tier)))


def _matched(
    plan: Plan, fitting: Sequence[PlanBack], *, tier: Tier, figures: Figures, words: str, grade: Grade | None, situations: Collection[str],
) -> PlanMatch:
    said = tuple(situation.id for situation in plan.situations
                 if situation.id in situations or any(is_said(word, words) for word in situation.words))
    rule, held = _deciding(plan.levels_of(tier), figures, grade, said)
    above = [higher for higher in plan.levels_of(tier) if rule is None or higher.level.rank < rule.level.rank]
    return PlanMatch(
        plan=plan, tier=tier, rule=rule, held=held, situations=said, next_level=_next_level(above, figures, said),
        to_verify=_to_verify(above, figures), others=_others(fitting),
    )


def level_reached(plan: Plan, *, tier: Tier, figures: Figures, words: str, grade: Grade | None) -> Level | None:
    """Return the level of a tier that an incident reaches by a plan's own conditions, whatever incidents the plan was made for."""
    return _matched(plan, (plan,), tier=tier, figures=figures, words=words, grade=grade, situations=()).level


def actions_for(plan: Plan, tier: Tier, level: Level) -> tuple[Action, ...]:
    """Return what a tier does at a level, in the order it falls due."""
    return _in_due_order(action for action in plan.actions if _is_done_at(action, tier, level))


def _is_done_at(action: Action, tier: Tier, level: Level) -> bool:
    return action.tier == tier and action.from_level.rank >= level.rank


def _in_due_order(actions: Iterable[Action]) -> tuple[Action, ...]:
    return tuple(sorted(actions, key=lambda action: (action.due_minutes, clause_key(action.clause), action.id)))


@lru_cache(maxsize=64)  # asked at every order of every incident that runs by it
def needs_for(plan: Plan, tier: Tier, level: Level) -> Needs:
    """Return all that a level asks for: its own list, raised where one action alone asks for more.

    Actions draw on the level's teams, so their needs are not added up.
    """
    rule = plan.level_rule(tier, level)
    lists = [rule.needs] if rule else []
    asking = (action for action in plan.actions if action.needs and _is_done_at(action, tier, level))
    lists += [action.needs for action in _in_due_order(asking)]
    teams: dict[str, int] = {}
    items: dict[str, int] = {}
    for needs in lists:
        for counts, wanted in ((teams, needs.teams), (items, needs.items)):
            for name, count in wanted:
                counts[name] = max(count, counts.get(name, 0))
    return Needs(teams=tuple(teams.items()), items=tuple(items.items()), places=max((needs.places for needs in lists), default=0))


def _preference(plan: PlanBack, incident_type: str, tier: Tier) -> tuple[object, ...]:
    version = tuple(-part for part in clause_key(plan.version))
    return (len(plan.hazard_types), plan.hazard_types.index(incident_type), abs(plan.tier.rank - tier.rank), -len(plan.area_code),
            plan.code, version)


def _others(fitting: Iterable[PlanBack]) -> tuple[PlanBack, ...]:
    best: dict[str, PlanBack] = {}
    for plan in fitting:
        best.setdefault(plan.code, plan)
    return tuple(best.values())[1:]


def _deciding(
    rules: tuple[LevelRule, ...], figures: Figures, grade: Grade | None, said: tuple[str, ...],
) -> tuple[LevelRule | None, tuple[Held, ...]]:
    for rule in rules:
        for condition in rule.conditions:
            held = _held(condition, figures, grade, said)
            if held:
                return rule, held
    return None, ()


def _held(condition: Condition, figures: Figures, grade: Grade | None, said: tuple[str, ...]) -> tuple[Held, ...]:
    """Return the parts of a condition that holds; nothing when one part does not. An unknown figure never holds."""
    held = []
    for name, at_least in condition.figures:
        value = getattr(figures, name)
        if value is None or value < at_least:
            return ()
        held.append(Held(kind=HeldKind.FIGURE, name=name, value=value, at_least=at_least))
    if condition.grade:
        if grade is None or grade.rank > condition.grade.rank:
            return ()
        held.append(Held(kind=HeldKind.GRADE, name=grade.value))
    if not set(condition.situations) <= set(said):
        return ()
    held += [Held(kind=HeldKind.SITUATION, name=situation) for situation in condition.situations]
    return tuple(held) or (Held(kind=HeldKind.ALWAYS),)


def _gaps(condition: Condition, figures: Figures, said: tuple[str, ...]) -> tuple[Gap, ...]:
    """Return the figures that alone stand between a condition and its holding."""
    if condition.grade or not set(condition.situations) <= set(said):
        return ()
    return tuple(Gap(name=name, value=getattr(figures, name), at_least=at_least) for name, at_least in condition.figures
                 if (getattr(figures, name) or 0) < at_least)


def _next_level(above: list[LevelRule], figures: Figures, said: tuple[str, ...]) -> NextLevel | None:
    for rule in reversed(above):
        ways = [gaps for gaps in (_gaps(condition, figures, said) for condition in rule.conditions) if gaps]
        if ways:
            nearest = min(ways, key=lambda gaps: sum(gap.short_by for gap in gaps))
            return NextLevel(level=rule.level, clause=rule.clause, gaps=nearest)
    return None


def _to_verify(above: list[LevelRule], figures: Figures) -> tuple[str, ...]:
    asked = {name for rule in above for condition in rule.conditions for name, _at_least in condition.figures}
    return tuple(name for name in CONDITION_FIGURES if name in asked and getattr(figures, name) is None)


def _borrowed(plans: list[PlanBack], incident_type: str, tier: Tier) -> Iterable[BorrowedPlan]:
    """Name the plans that Art. 34 lets stand in, in the article's order: one for each kind and code, the newest version."""
    seen: set[str] = set()
    newest = sorted(plans, key=lambda plan: (plan.code, tuple(-part for part in clause_key(plan.version))))
    for kind in BorrowedKind:
        for plan in sorted(newest, key=lambda plan: -plan.tier.rank):
            if plan.code not in seen and _may_stand_in(plan, kind, incident_type, tier):
                seen.add(plan.code)
                yield BorrowedPlan(kind=kind, plan=plan)


def _may_stand_in(plan: PlanBack, kind: BorrowedKind, incident_type: str, tier: Tier) -> bool:
    if kind is BorrowedKind.OVERALL:
        return plan.kind is PlanKind.OVERALL
    if plan.kind is not PlanKind.SPECIAL:
        return False
    if kind is BorrowedKind.UPPER_SPECIAL:
        return incident_type in plan.hazard_types and plan.tier.rank < tier.rank
    return incident_type in plan.near_types
