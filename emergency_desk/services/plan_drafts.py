"""Drafts of plans: begun anew, from a version that stands or from a plan that was proposed; read, listed, thrown away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import ReasonMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.plan_drafts import DraftState, PartKind, PlanDraft, PlanPart
from emergency_desk.domain.plan_errors import DraftExists, PlanCodeTaken, PlanVersionTaken
from emergency_desk.domain.plan_life import next_version
from emergency_desk.domain.plan_moves import MoveKind, PlanMove, RevisionScope, RevisionTrigger
from emergency_desk.domain.plan_parts import STEP, Part, PlanHeader, parts_of, plan_of
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.texts import Text
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps.drafting_plans import writable
from emergency_desk.services.steps.suggesting import reopen_taken
from emergency_desk.store.unit_of_work import UnitOfWork

UNDER_WAY = (DraftState.OPEN, DraftState.SUBMITTED)
_ORDER = {kind: place for place, kind in enumerate(PartKind)}


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One draft in a list: how many parts, and who saved the last of them when."""

    draft: PlanDraft
    parts: int
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft as an editor opens it: its living parts in the order of the text, the plan they make, and who saved what by name."""

    draft: PlanDraft
    parts: tuple[PlanPart, ...]
    plan: Plan
    people: dict[Id, str]

    def part(self, kind: PartKind, key: str) -> PlanPart | None:
        """Return the part of a kind and key, or None."""
        return next((part for part in self.parts if part.kind is kind and part.key == key), None)


# -- reading -----------------------------------------------------------------------------------------------------------
def list_drafts(desk: Desk, *, states: Iterable[DraftState] = UNDER_WAY, code: str = "") -> list[DraftLine]:
    """Return the drafts, the one saved last first; of one plan where a code is given."""
    desk.may(Act.READ)
    wanted = [state.value for state in states]
    rest = f"WHERE state IN ({', '.join('?' for _ in wanted)})" + (" AND code = ?" if code else "")
    with desk.reading() as reading:
        drafts = reading.plan_drafts.where(rest, [*wanted, *([code] if code else [])])
        changes = reading.draft_changes([draft.id for draft in drafts])
        people = {account.id: account.display_name for account in reading.accounts.where("")}
    lines = []
    for draft in drafts:
        last = changes.get(draft.id)
        at, by = (last.at, last.account_id) if last else (draft.started_at, draft.started_by)
        if draft.changed_at is not None and draft.changed_by is not None and draft.changed_at > at:
            at, by = draft.changed_at, draft.changed_by
        lines.append(DraftLine(draft, last.parts if last else 0, at, people.get(by, "")))
    return sorted(lines, key=lambda line: (-line.changed_at.timestamp(), line.draft.id))


def open_draft(desk: Desk, *, draft_id: Id) -> DraftView:
    """Return a draft with its parts and the plan they make. Raises NotFound."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        draft = reading.plan_drafts.get(draft_id)
        parts = reading.plan_parts.where("WHERE draft_id = ? AND is_removed = 0", (draft_id,))
        people = {account.id: account.display_name for account in reading.accounts.where("")}
    ordered = tuple(sorted(parts, key=lambda part: (_ORDER[part.kind], part.position, part.id)))
    return DraftView(draft, ordered, plan_of(header_of_draft(draft), (Part(part.kind, part.key, part.content) for part in ordered)), people)


def header_of_draft(draft: PlanDraft) -> PlanHeader:
    """Return what a draft says before its first clause."""
    return PlanHeader(
        code=draft.code, version=draft.plan_version, title=Text(draft.title, draft.title_en), kind=draft.kind, tier=draft.tier,
        hazard_types=draft.hazard_types, area_code=draft.area_code, parent=draft.parent, aligned=draft.aligned, near_types=draft.near_types)


# -- beginning and ending ----------------------------------------------------------------------------------------------
def start_draft(
    desk: Desk, *, plan: Plan, base_version: str = "", scope: RevisionScope = RevisionScope.MAJOR, trigger: RevisionTrigger | None = None,
    source: str = "",
) -> Done[PlanDraft]:
    """Begin a draft with the words of a plan: an empty one of a kind, or one that an import proposed. Its version is the plan's own.

    Without `base_version` the plan is new to this desk. Raises PlanCodeTaken, PlanVersionTaken, DraftExists.
    """
    desk.may(Act.KEEP_PLANS)
    at = desk.now()
    with desk.open_work() as work:
        _check_free(work, plan, is_new=not base_version)
        draft = work.plan_drafts.add(PlanDraft(
            id=desk.new_id(), code=plan.code, plan_version=plan.version, kind=plan.kind, tier=plan.tier, started_at=at, started_by=desk.who,
            title=plan.title.zh, title_en=plan.title.en, hazard_types=plan.hazard_types, near_types=plan.near_types,
            area_code=plan.area_code, parent=plan.parent, aligned=plan.aligned, base_version=base_version, scope=scope, trigger=trigger,
            source=source))
        _add_parts(desk, work, draft, plan, at)
        work.plan_moves.add(PlanMove(
            id=desk.new_id(), code=plan.code, plan_version=plan.version, kind=MoveKind.DRAFTED, on_date=local_day(at), recorded_at=at,
            account_id=desk.who, base_version=base_version, scope=scope, trigger=trigger, note=source))
        return Done(draft, work.commit("start_plan_draft", plan=f"{plan.code} {plan.version}", base=base_version, scope=scope.value))


def start_revision(
    desk: Desk, *, code: str, version: str, scope: RevisionScope, trigger: RevisionTrigger | None = None,
) -> Done[PlanDraft]:
    """Begin a draft from a version that stands, under the next free number. Raises NotFound, DraftExists."""
    desk.may(Act.KEEP_PLANS)
    base = desk.trade.plan(code, version)
    with desk.reading() as reading:
        taken = {key[1] for key in reading.plan_keys(code)}
        taken |= {draft.plan_version for draft in reading.plan_drafts.where("WHERE code = ? AND state IN ('open', 'submitted')", (code,))}
    return start_draft(desk, plan=replace(base, version=next_version(version, taken, scope=scope)), base_version=version, scope=scope,
                       trigger=trigger)


def discard_draft(desk: Desk, *, draft_id: Id, reason: str) -> Done[PlanDraft]:
    """Throw a draft away, with the reason. Its parts stay readable. Raises ReasonMissing, DraftNotOpen, NotFound."""
    desk.may(Act.KEEP_PLANS)
    if not reason.strip():
        raise ReasonMissing(act="discard_draft")
    at = desk.now()
    with desk.open_work() as work:
        draft = writable(work, draft_id)
        stored = work.plan_drafts.put(replace(draft, state=DraftState.DISCARDED))
        work.plan_moves.add(PlanMove(
            id=desk.new_id(), code=draft.code, plan_version=draft.plan_version, kind=MoveKind.DISCARDED, on_date=local_day(at),
            recorded_at=at, account_id=desk.who, note=reason.strip()))
        reopen_taken(work, code=draft.code, version=draft.plan_version)
        return Done(stored, work.commit("discard_plan_draft", plan=f"{draft.code} {draft.plan_version}"))


def _check_free(work: UnitOfWork, plan: Plan, *, is_new: bool) -> None:
    """Refuse a version that is there, a draft that is being written, and a new plan under another one's code."""
    kept = work.plan_keys(plan.code)
    drafts = work.plan_drafts.where("WHERE code = ? AND state IN ('open', 'submitted') ORDER BY started_at", (plan.code,))
    for draft in drafts:
        if draft.plan_version == plan.version:
            raise DraftExists(plan=draft.title or draft.code, version=draft.plan_version, at=draft.started_at,
                              person=work.accounts.get(draft.started_by).display_name)
    if (plan.code, plan.version) in kept:
        raise PlanVersionTaken(code=plan.code, version=plan.version)
    if is_new and (kept or drafts):
        raise PlanCodeTaken(code=plan.code, title=drafts[0].title if drafts else " ".join(kept[-1]))


def _add_parts(desk: Desk, work: UnitOfWork, draft: PlanDraft, plan: Plan, at: datetime) -> None:
    parts, counts = parts_of(plan), dict.fromkeys(PartKind, 0)
    rows = []
    for part, id_ in zip(parts, desk.new_ids(len(parts)) if parts else (), strict=True):
        counts[part.kind] += STEP
        rows.append(PlanPart(id=id_, draft_id=draft.id, kind=part.kind, key=part.key, position=counts[part.kind], content=part.content,
                             changed_at=at, changed_by=desk.who))
    work.plan_parts.add_many(rows)
