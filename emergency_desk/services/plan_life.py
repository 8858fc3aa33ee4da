"""The life of a plan, one function for each move: asked about, reviewed, approved, issued, filed, drilled, evaluated, withdrawn.

Each appends one fact; where a version stands is derived. The text of an issue is composed by whoever calls (`errands.plan_issuing`) and
becomes an immutable row; the draft is locked from its submission on, so that what was reviewed is what is issued.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import FieldMissing, ReasonMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.library import PlanText
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.plan_drafts import DraftState, PlanDraft
from emergency_desk.domain.plan_errors import NotMinor, PlanOvertaken, PlanVersionTaken
from emergency_desk.domain.plan_life import PlanLife, lives
from emergency_desk.domain.plan_moves import (
    Evaluation,
    FilingRoute,
    MatterFinding,
    MoveKind,
    PlanMove,
    RevisionScope,
    RevisionTrigger,
)
from emergency_desk.domain.plan_parts import Part, parts_of
from emergency_desk.domain.plan_path import WEIGHTY, check_matters, check_move, weighty_changes
from emergency_desk.domain.plan_records import PlanKind
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps.drafting_plans import overtaken_by, writable
from emergency_desk.store.unit_of_work import UnitOfWork

ISSUED_HERE = "issued"  # the source of a text that this desk issued
# Who may make which move: a planner writes and keeps the books, a leader decides.
RIGHTS = {kind: Act.KEEP_PLANS for kind in MoveKind} | dict.fromkeys((MoveKind.REVIEWED, MoveKind.APPROVED, MoveKind.WITHDRAWN), Act.APPROVE_PLAN)
_LOCKED = (MoveKind.SUBMITTED, MoveKind.APPROVED)


# -- of a draft --------------------------------------------------------------------------------------------------------
def consult(desk: Desk, *, draft_id: Id, units: str, due_on: date, on_date: date | None = None, note: str = "") -> Done[PlanMove]:
    """Send a draft out for opinions, to whom and until when. Raises FieldMissing, PlanMoveRefused, PlanDayWrong."""
    desk.may(RIGHTS[MoveKind.CONSULTED])
    _given(units=units)
    return _of_draft(desk, draft_id, MoveKind.CONSULTED, on_date, unit=units, due_on=due_on, note=note)


def receive_opinions(desk: Desk, *, draft_id: Id, note: str, on_date: date | None = None) -> Done[PlanMove]:
    """Write down what opinions came in and what became of them: it goes along with the submission (Art. 23). Raises PlanMoveRefused."""
    desk.may(RIGHTS[MoveKind.OPINIONS_IN])
    _given(note=note)
    return _of_draft(desk, draft_id, MoveKind.OPINIONS_IN, on_date, note=note)


def hear_experts(desk: Desk, *, draft_id: Id, person: str, note: str = "", number: str = "", on_date: date | None = None) -> Done[PlanMove]:
    """Write down what experts said of the draft, and their names. Raises FieldMissing, PlanMoveRefused."""
    desk.may(RIGHTS[MoveKind.EXPERTS_HEARD])
    _given(person=person)
    return _of_draft(desk, draft_id, MoveKind.EXPERTS_HEARD, on_date, person=person, note=note, number=number)


def coordinate(desk: Desk, *, draft_id: Id, unit: str, note: str = "", on_date: date | None = None) -> Done[PlanMove]:
    """Write down that the emergency department of the tier has coordinated a special plan (Art. 25). Raises FieldMissing, PlanMoveRefused."""
    desk.may(RIGHTS[MoveKind.COORDINATED])
    _given(unit=unit)
    return _of_draft(desk, draft_id, MoveKind.COORDINATED, on_date, unit=unit, note=note)


def submit(desk: Desk, *, draft_id: Id, unit: str = "", note: str = "", on_date: date | None = None) -> Done[PlanMove]:
    """Submit a draft for review; from now on it is not written on. Raises PlanStepsMissing, NotMinor, PlanOvertaken, PlanMoveRefused."""
    desk.may(RIGHTS[MoveKind.SUBMITTED])
    return _of_draft(desk, draft_id, MoveKind.SUBMITTED, on_date, unit=unit, note=note)


def review(
    desk: Desk, *, draft_id: Id, matters: Iterable[MatterFinding], person: str, on_date: date | None = None, note: str = "",
) -> Done[PlanMove]:
    """Answer the six matters of Art. 24: each is met, or says why not. Raises MattersUnanswered, DrafterDecides, PlanMoveRefused."""
    desk.may(RIGHTS[MoveKind.REVIEWED])
    _given(person=person)
    return _of_draft(desk, draft_id, MoveKind.REVIEWED, on_date, person=person, matters=check_matters(matters), note=note)


def give_back(desk: Desk, *, draft_id: Id, reason: str, on_date: date | None = None) -> Done[PlanMove]:
    """Give a draft back to be written on: by the reviewer, or taken back by its planner. Raises ReasonMissing, PlanMoveRefused."""
    desk.may(Act.KEEP_PLANS if desk.can(Act.KEEP_PLANS) else Act.APPROVE_PLAN)
    if not reason.strip():
        raise ReasonMissing(act="return_plan")
    return _of_draft(desk, draft_id, MoveKind.RETURNED, on_date, note=reason)


def approve(desk: Desk, *, draft_id: Id, person: str, unit: str, number: str = "", on_date: date | None = None, note: str = "") -> Done[PlanMove]:
    """Write down who approved a draft and in whose name it goes out (Art. 25). Whoever began it does not.

    Raises MattersOpen, DrafterDecides, NotMinor, FieldMissing, PlanMoveRefused.
    """
    desk.may(RIGHTS[MoveKind.APPROVED])
    _given(person=person, unit=unit)
    return _of_draft(desk, draft_id, MoveKind.APPROVED, on_date, person=person, unit=unit, number=number, note=note)


def issue(desk: Desk, *, draft_id: Id, body: str, number: str, unit: str = "", on_date: date | None = None, note: str = "") -> Done[PlanText]:
    """Make the text of an approved draft a version that never changes. The clocks of filing and publication begin.

    Raises PlanVersionTaken, FieldMissing, PlanMoveRefused, PlanDayWrong.
    """
    desk.may(RIGHTS[MoveKind.ISSUED])
    _given(number=number)
    with desk.open_work() as work:
        draft = work.plan_drafts.get(draft_id)
        move = _append(desk, work, MoveKind.ISSUED, draft.code, draft.plan_version, draft.kind, on_date, number=number, unit=unit, note=note)
        if (draft.code, draft.plan_version) in work.plan_keys(draft.code):
            raise PlanVersionTaken(code=draft.code, version=draft.plan_version)
        text = work.plans.add(PlanText(id=desk.new_id(), code=draft.code, plan_version=draft.plan_version, body=body, source=ISSUED_HERE))
        work.plan_drafts.put(replace(draft, state=DraftState.ISSUED))
        return Done(text, work.commit("issue_plan", plan=f"{draft.code} {draft.plan_version}", number=move.number))


def make_major(desk: Desk, *, draft_id: Id) -> Done[PlanDraft]:
    """Let a minor revision take the whole path after all; its steps begin anew. Raises DraftNotOpen."""
    desk.may(Act.KEEP_PLANS)
    at = desk.now()
    with desk.open_work() as work:
        draft = writable(work, draft_id)
        stored = work.plan_drafts.put(replace(draft, scope=RevisionScope.MAJOR))
        work.plan_moves.add(PlanMove(
            id=desk.new_id(), code=draft.code, plan_version=draft.plan_version, kind=MoveKind.DRAFTED, on_date=local_day(at), recorded_at=at,
            account_id=draft.started_by, base_version=draft.base_version, scope=RevisionScope.MAJOR, trigger=draft.trigger))
        return Done(stored, work.commit("make_plan_draft_major", plan=f"{draft.code} {draft.plan_version}"))


# -- of a version that stands ------------------------------------------------------------------------------------------
def file(
    desk: Desk, *, code: str, version: str, route: FilingRoute, unit: str, number: str = "", on_date: date | None = None, note: str = "",
) -> Done[PlanMove]:
    """Write down that a version was filed, by which route, with whom, and the number of the receipt. Raises FieldMissing, PlanMoveRefused."""
    desk.may(RIGHTS[MoveKind.FILED])
    _given(unit=unit)
    return _of_version(desk, code, version, MoveKind.FILED, on_date, route=route, unit=unit, number=number, note=note)


def publish(desk: Desk, *, code: str, version: str, note: str, on_date: date | None = None) -> Done[PlanMove]:
    """Write down where a version was made public, or to whom it was told (Art. 28). Raises FieldMissing, PlanMoveRefused."""
    desk.may(RIGHTS[MoveKind.PUBLISHED])
    _given(note=note)
    return _of_version(desk, code, version, MoveKind.PUBLISHED, on_date, note=note)


def train(desk: Desk, *, code: str, version: str, note: str, on_date: date | None = None) -> Done[PlanMove]:
    """Write down a training on a version: who, on what. Raises FieldMissing, PlanMoveRefused."""
    desk.may(RIGHTS[MoveKind.TRAINED])
    _given(note=note)
    return _of_version(desk, code, version, MoveKind.TRAINED, on_date, note=note)


def drill(desk: Desk, *, code: str, version: str, note: str, person: str = "", on_date: date | None = None) -> Done[PlanMove]:
    """Write down a drill of a version: which, and who led it. Raises FieldMissing, PlanMoveRefused."""
    desk.may(RIGHTS[MoveKind.DRILLED])
    _given(note=note)
    return _of_version(desk, code, version, MoveKind.DRILLED, on_date, note=note, person=person)


def evaluate(
    desk: Desk, *, code: str, version: str, result: Evaluation, person: str, note: str = "", on_date: date | None = None,
) -> Done[PlanMove]:
    """Write down what an evaluation came to (Art. 34). Raises FieldMissing, PlanMoveRefused."""
    desk.may(RIGHTS[MoveKind.EVALUATED])
    _given(person=person)
    return _of_version(desk, code, version, MoveKind.EVALUATED, on_date, result=result, person=person, note=note)


def decide_revision(
    desk: Desk, *, code: str, version: str, trigger: RevisionTrigger, scope: RevisionScope, note: str = "", on_date: date | None = None,
) -> Done[PlanMove]:
    """Write down that a version is to be revised, on which of the six occasions and by which path (Art. 35, 36). Raises PlanMoveRefused."""
    desk.may(RIGHTS[MoveKind.REVISION_DECIDED])
    return _of_version(desk, code, version, MoveKind.REVISION_DECIDED, on_date, trigger=trigger, scope=scope, note=note)


def withdraw(desk: Desk, *, code: str, version: str, reason: str, replaced_by: str = "", on_date: date | None = None) -> Done[PlanMove]:
    """Take a version out of force: it is offered no more and stays readable for incidents that began with it. Raises ReasonMissing."""
    desk.may(RIGHTS[MoveKind.WITHDRAWN])
    if not reason.strip():
        raise ReasonMissing(act="withdraw_plan")
    return _of_version(desk, code, version, MoveKind.WITHDRAWN, on_date, note=reason, replaced_by=replaced_by)


# -- inside ------------------------------------------------------------------------------------------------------------
def _given(**values: str) -> None:
    for name, value in values.items():
        if not value.strip():
            raise FieldMissing(name=name)


def _of_draft(desk: Desk, draft_id: Id, kind: MoveKind, on_date: date | None, **values: Any) -> Done[PlanMove]:
    with desk.open_work() as work:
        draft = work.plan_drafts.get(draft_id)
        move = _append(desk, work, kind, draft.code, draft.plan_version, draft.kind, on_date, **values)
        if kind in _LOCKED:
            _refuse_overtaken(work, draft)
            _refuse_weighty(desk, work, draft)
        state = DraftState.SUBMITTED if kind in _LOCKED else DraftState.OPEN if kind is MoveKind.RETURNED else draft.state
        if state is not draft.state:
            work.plan_drafts.put(replace(draft, state=state))
        return Done(move, work.commit(f"plan_{kind}", plan=f"{draft.code} {draft.plan_version}"))


def _of_version(desk: Desk, code: str, version: str, kind: MoveKind, on_date: date | None, **values: Any) -> Done[PlanMove]:
    plan = desk.trade.plan(code, version)
    with desk.open_work() as work:
        move = _append(desk, work, kind, code, version, plan.kind, on_date, **values)
        return Done(move, work.commit(f"plan_{kind}", plan=f"{code} {version}"))


def _append(
    desk: Desk, work: UnitOfWork, kind: MoveKind, code: str, version: str, plan_kind: PlanKind, on_date: date | None, **values: Any,
) -> PlanMove:
    """Append a move that may follow now."""
    at = desk.now()
    today = local_day(at)
    life = life_in(work, code, version)
    check_move(life, kind, desk.trade.plan_life.path(plan_kind), on_date=on_date or today, today=today, account_id=desk.who)
    cleaned: dict[str, Any] = {name: value.strip() if type(value) is str else value for name, value in values.items()}
    return work.plan_moves.add(PlanMove(
        id=desk.new_id(), code=code, plan_version=version, kind=kind, on_date=on_date or today, recorded_at=at, account_id=desk.who, **cleaned))


def life_in(work: Any, code: str, version: str) -> PlanLife:
    """Return the life of a version as an open unit of work or a reading sees it."""
    return lives([*work.plan_keys(code), (code, version)], work.plan_moves.where("WHERE code = ? ORDER BY seq", (code,)))[code, version]


def _refuse_overtaken(work: UnitOfWork, draft: PlanDraft) -> None:
    """Refuse a draft whose base was replaced meanwhile. Raises PlanOvertaken."""
    newer = overtaken_by(work, draft)
    if newer:
        raise PlanOvertaken(plan=draft.title or draft.code, version=draft.plan_version, base=draft.base_version, newer=newer)


def _refuse_weighty(desk: Desk, work: UnitOfWork, draft: PlanDraft) -> None:
    """Refuse a minor revision that touched what takes the whole path. Raises NotMinor."""
    if draft.scope is RevisionScope.MAJOR:
        return
    kinds = ", ".join(f"'{kind.value}'" for kind in WEIGHTY)
    rows = work.plan_parts.where(f"WHERE draft_id = ? AND is_removed = 0 AND kind IN ({kinds}) ORDER BY kind, position", (draft.id,))
    base = parts_of(desk.trade.plan(draft.code, draft.base_version)) if draft.base_version else ()
    changed = weighty_changes(base, (Part(row.kind, row.key, row.content) for row in rows))
    if changed:
        raise NotMinor(plan=draft.title or draft.code, version=draft.plan_version, kinds=tuple(dict.fromkeys(kind for kind, _key in changed)),
                       keys=tuple(key for _kind, key in changed), basis=desk.trade.plan_life.path(draft.kind).basis)
