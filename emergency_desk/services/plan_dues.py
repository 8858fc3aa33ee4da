"""Reading the life of plans: where one version stands and what may follow, what planners owe and until when, the state of every plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import NotFound
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.plan_clocks import PlanDue, dues
from emergency_desk.domain.plan_drafts import DraftState, PlanDraft
from emergency_desk.domain.plan_life import PlanLife, PlanStage, Version, lives
from emergency_desk.domain.plan_moves import MoveKind
from emergency_desk.domain.plan_parts import PlanHeader, header_of
from emergency_desk.domain.plan_path import moves_of, steps_left
from emergency_desk.domain.plan_rules import FilingRule, LifePath
from emergency_desk.domain.plan_suggestions import PlanSuggestion
from emergency_desk.services.desk import Desk
from emergency_desk.services.plan_drafts import UNDER_WAY, header_of_draft
from emergency_desk.services.plan_life import RIGHTS

if TYPE_CHECKING:
    from emergency_desk.store.readings.reading import Reading


@dataclass(frozen=True, slots=True)
class LifeView:
    """One version's life: what was done, what may follow (`mine`: by whoever sits here), what is left, what is owed, what was suggested."""

    header: PlanHeader
    life: PlanLife
    path: LifePath
    possible: tuple[MoveKind, ...]
    mine: frozenset[MoveKind]
    left: tuple[MoveKind, ...]
    dues: tuple[PlanDue, ...]
    routes: tuple[FilingRule, ...]
    draft: PlanDraft | None  # of this very version
    drafts: tuple[PlanDraft, ...]  # of the plan, being written or reviewed
    suggestions: tuple[PlanSuggestion, ...]  # the open ones first
    people: dict[Id, str]
    sources: dict[str, str]  # the number of the incident or finding a suggestion rests on, by its id
    today: date
    may_write: bool = False
    overtaken_by: str = ""  # the version that was issued since the draft was begun


@dataclass(frozen=True, slots=True)
class PlanState:
    """One version or draft in a list."""

    header: PlanHeader
    life: PlanLife
    due: PlanDue | None = None  # the next one
    draft_id: Id | None = None


@dataclass(frozen=True, slots=True)
class DueList:
    """Everything owed, the earliest first; `drafts` leads from a draft's version to its id."""

    dues: tuple[PlanDue, ...]
    today: date
    drafts: dict[Version, Id] = field(default_factory=dict)


def read_life(desk: Desk, *, code: str, version: str) -> LifeView:
    """Return the life of one version, standing or being drafted. Raises NotFound."""
    desk.may(Act.READ)
    today = local_day(desk.now())
    with desk.reading() as reading:
        keys = reading.plan_keys(code)
        moves = reading.plan_moves.where("WHERE code = ? ORDER BY seq", (code,))
        every = reading.plan_drafts.where("WHERE code = ? ORDER BY started_at, id", (code,))
        suggestions = reading.plan_suggestions.where("WHERE code = ? ORDER BY state <> 'open', made_at DESC, id", (code,))
        sources = _numbers(reading, [one.source_id for one in suggestions if one.source_id])
        people = {account.id: account.display_name for account in reading.accounts.where("")}
    drafts = tuple(draft for draft in every if draft.state in UNDER_WAY)
    draft = next((one for one in reversed(every) if one.plan_version == version and one.state is not DraftState.DISCARDED), None)
    found = lives([*keys, *((one.code, one.plan_version) for one in drafts)], moves)
    if (code, version) not in found:
        raise NotFound(kind="plans", key=f"{code} {version}")
    life, rules = found[code, version], desk.trade.plan_life
    header = header_of(desk.trade.plan(code, version)) if (code, version) in keys else _drafted_header(every, code, version)
    path = rules.path(header.kind)
    possible = moves_of(life, path)
    return LifeView(
        header=header, life=life, path=path, possible=possible, mine=frozenset(kind for kind in possible if _may_make(desk, kind, life)),
        left=steps_left(life, path) if draft is not None else (),
        dues=dues([header], found, rules, desk.trade.working_days, area_code=_area_code(desk)), routes=rules.routes_of(header.kind),
        overtaken_by=_overtaken(draft, found), draft=draft, drafts=drafts,
        suggestions=tuple(suggestions), people=people, sources=sources, today=today, may_write=desk.can(Act.KEEP_PLANS))


def list_dues(desk: Desk) -> DueList:
    """Return everything planners owe: opinions, filing, publication, drills, evaluations."""
    desk.may(Act.READ)
    states, drafts = _every(desk)
    return DueList(_all_dues(desk, states), local_day(desk.now()), drafts)


def list_states(desk: Desk) -> list[PlanState]:
    """Return every version and draft with where it stands and what it owes next, by code and version."""
    desk.may(Act.READ)
    states, drafts = _every(desk)
    next_due: dict[Version, PlanDue] = {}
    for due in _all_dues(desk, states):
        next_due.setdefault((due.header.code, due.header.version), due)
    return [PlanState(header, life, next_due.get((life.code, life.version)), drafts.get((life.code, life.version))) for header, life in states]


def _every(desk: Desk) -> tuple[list[tuple[PlanHeader, PlanLife]], dict[Version, Id]]:
    with desk.reading() as reading:
        moves = reading.plan_moves.where("ORDER BY seq")
        drafts = reading.plan_drafts.where("WHERE state IN ('open', 'submitted') ORDER BY code, plan_version")
    headers = {(plan.code, plan.version): header_of(plan) for plan in desk.trade.plans}
    headers |= {(draft.code, draft.plan_version): header_of_draft(draft) for draft in drafts}
    found = lives(headers, moves)
    return ([(headers[key], found[key]) for key in sorted(headers)], {(draft.code, draft.plan_version): draft.id for draft in drafts})


def _all_dues(desk: Desk, states: list[tuple[PlanHeader, PlanLife]]) -> tuple[PlanDue, ...]:
    """Return what is owed; versions that owe nothing are not asked."""
    found = {(life.code, life.version): life for _header, life in states}
    owing = [header for header, life in states if life.stage in (PlanStage.ISSUED, PlanStage.CONSULTATION)]
    return dues(owing, found, desk.trade.plan_life, desk.trade.working_days, area_code=_area_code(desk))


def _drafted_header(drafts: list[PlanDraft], code: str, version: str) -> PlanHeader:
    draft = next((one for one in reversed(drafts) if one.plan_version == version), None)
    if draft is None:
        raise NotFound(kind="plans", key=f"{code} {version}")
    return header_of_draft(draft)


def _numbers(reading: Reading, ids: list[str]) -> dict[str, str]:
    """Return the numbers of incidents and findings by their ids."""
    marks = ", ".join("?" for _id in ids)
    found = {str(incident.id): incident.number for incident in reading.incidents.where(f"WHERE id IN ({marks})", ids)}
    return found | {str(finding.id): finding.number for finding in reading.findings.where(f"WHERE id IN ({marks})", ids)}


def _overtaken(draft: PlanDraft | None, found: dict[Version, PlanLife]) -> str:
    base = found.get((draft.code, draft.base_version)) if draft is not None and draft.state is DraftState.OPEN else None
    return base.replaced_by if base is not None else ""


def _may_make(desk: Desk, kind: MoveKind, life: PlanLife) -> bool:
    """Say whether whoever sits here may make a move."""
    if kind in (MoveKind.REVIEWED, MoveKind.APPROVED) and desk.account is not None and desk.account.id == life.drafted_by:
        return False
    return desk.can(RIGHTS[kind]) or (kind is MoveKind.RETURNED and desk.can(Act.APPROVE_PLAN))


def _area_code(desk: Desk) -> str:
    return desk.area.code or desk.facts.code
