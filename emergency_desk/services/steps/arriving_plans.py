"""Steps by which a plan of another desk comes into this one: a draft laid anew or written over, and what is remembered of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.plan_drafts import DraftState, EditAct, PartKind, PlanDraft, PlanPart
from emergency_desk.domain.plan_life import next_version
from emergency_desk.domain.plan_moves import MoveKind, PlanMove, RevisionScope
from emergency_desk.domain.plan_parts import STEP, Part, PlanHeader, content_of, parts_of
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.plan_travel import History, PlanNode
from emergency_desk.domain.plan_travel_records import PlanTravel, authors_content, plan_content
from emergency_desk.domain.texts import Text
from emergency_desk.services.desk import Desk
from emergency_desk.services.steps.drafting_plans import Pen, writable
from emergency_desk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Sender:
    """The desk that a file came from, and who wrote it."""

    desk_code: str
    desk_name: str
    person: str

    @property
    def words(self) -> str:
        """Return who it was, as sources and notes name it."""
        return f"{self.desk_code} {self.desk_name}".strip()


def free_number(work: UnitOfWork, plan: Plan, *, own: Id | None = None) -> Plan:
    """Return a plan under its own number, or under the next one where that stands here already; a draft does not stand in its own way."""
    taken = {text.plan_version for text in work.plans.where("WHERE code = ?", (plan.code,))}
    taken |= {draft.plan_version for draft in work.plan_drafts.where("WHERE code = ? AND state IN ('open', 'submitted')", (plan.code,))
              if draft.id != own}
    if plan.version not in taken:
        return plan
    return replace(plan, version=next_version(plan.version, taken, scope=RevisionScope.MINOR))


def lay_draft(desk: Desk, work: UnitOfWork, plan: Plan, *, base_version: str, sender: Sender, at: datetime) -> PlanDraft:
    """Begin a draft with the words of a plan that came in."""
    draft = work.plan_drafts.add(PlanDraft(
        id=desk.new_id(), code=plan.code, plan_version=plan.version, kind=plan.kind, tier=plan.tier, started_at=at, started_by=desk.who,
        title=plan.title.zh, title_en=plan.title.en, hazard_types=plan.hazard_types, near_types=plan.near_types, area_code=plan.area_code,
        parent=plan.parent, aligned=plan.aligned, base_version=base_version, source=sender.words))
    rows: list[PlanPart] = []
    for kind, parts in _by_kind(plan).items():
        rows += [PlanPart(id=desk.new_id(), draft_id=draft.id, kind=kind, key=part.key, position=STEP * place, content=part.content,
                          changed_at=at, changed_by=desk.who) for place, part in enumerate(parts, start=1)]
    work.plan_parts.add_many(rows)
    _move(desk, work, draft, MoveKind.DRAFTED, at, note=sender.words)
    return draft


def write_over(desk: Desk, work: UnitOfWork, draft_id: Id, plan: Plan, *, sender: Sender) -> PlanDraft:
    """Let an open draft say what a plan says, as one act that undo takes back. Only what differs is written. Raises DraftNotOpen."""
    pen = Pen.begin(desk, work, draft_id, EditAct.MERGE)
    for kind, parts in _by_kind(plan).items():
        _write_kind(pen, kind, parts)
    before = pen.draft
    after = replace(before, plan_version=plan.version, kind=plan.kind, tier=plan.tier, title=plan.title.zh, title_en=plan.title.en,
                    hazard_types=plan.hazard_types, near_types=plan.near_types, area_code=plan.area_code, parent=plan.parent,
                    aligned=plan.aligned)
    if after == before:
        return before
    stored = work.plan_drafts.put(replace(after, changed_at=pen.at, changed_by=desk.who))
    pen.note(stored.id, stored.version, content_of(_head(before)))
    if stored.plan_version != before.plan_version:
        _move(desk, work, before, MoveKind.DISCARDED, pen.at, note=sender.words)
        _move(desk, work, stored, MoveKind.DRAFTED, pen.at, note=sender.words)
    return stored


def close_draft(desk: Desk, work: UnitOfWork, draft_id: Id, *, sender: Sender, at: datetime) -> None:
    """End a draft of which another desk has issued what grew from it; its parts stay readable. Raises DraftNotOpen."""
    draft = writable(work, draft_id)
    work.plan_drafts.put(replace(draft, state=DraftState.DISCARDED))
    _move(desk, work, draft, MoveKind.DISCARDED, at, note=sender.words)


def _write_kind(pen: Pen, kind: PartKind, parts: list[Part]) -> None:
    """Write what differs; a part keeps its place as long as it stands behind the one before it."""
    there = {part.key: part for part in pen.living(kind)}
    last = 0
    for part in parts:
        old = there.pop(part.key, None)
        position = old.position if old is not None and old.position > last else last + 1
        if old is None:
            pen.add(PlanPart(id=pen.desk.new_id(), draft_id=pen.draft.id, kind=kind, key=part.key, position=position, content=part.content,
                             changed_at=pen.at, changed_by=pen.desk.who))
        elif (old.position, old.content) != (position, part.content):
            pen.put(old, replace(old, position=position, content=part.content))
        last = position
    for gone in there.values():
        pen.put(gone, replace(gone, is_removed=True))


def remember(
    desk: Desk, work: UnitOfWork, nodes: Iterable[PlanNode], *, at: datetime, sender: Sender | None = None, draft_id: Id | None = None,
    whole: bool = True,
) -> None:
    """Note states that came from another desk, or left for one (no sender); each state of each draft once."""
    for node in nodes:
        own = draft_id or node.draft_id
        noted = work.plan_travels.where("WHERE code = ? AND digest = ?", (node.plan.code, node.digest))
        if any(travel.draft_id == own for travel in noted):
            continue
        author = node.author
        work.plan_travels.add(PlanTravel(
            id=desk.new_id(), code=node.plan.code, plan_version=node.plan.version, digest=node.digest, parents=node.parents,
            is_outgoing=sender is None, desk=author.desk or (sender.words if sender else desk.facts.code), person=author.person,
            at=author.at or at, account_id=desk.who, draft_id=own, content=plan_content(node.plan) if whole else "",
            authors=authors_content(node.part_authors)))


def note_moves(desk: Desk, work: UnitOfWork, issued: History, *, sender: Sender) -> None:
    """Write down the life of versions that came in, as the other desk told it."""
    for node in issued:
        for move in node.moves:
            work.plan_moves.add(replace(move, id=desk.new_id(), code=node.plan.code, plan_version=node.plan.version, account_id=desk.who,
                                        note=f"[{sender.words}] {move.note}".strip()))


def _by_kind(plan: Plan) -> dict[PartKind, list[Part]]:
    found: dict[PartKind, list[Part]] = {kind: [] for kind in PartKind}
    for part in parts_of(plan):
        found[part.kind].append(part)
    return found


def _head(draft: PlanDraft) -> PlanHeader:
    return PlanHeader(
        code=draft.code, version=draft.plan_version, title=Text(draft.title, draft.title_en), kind=draft.kind, tier=draft.tier,
        hazard_types=draft.hazard_types, area_code=draft.area_code, parent=draft.parent, aligned=draft.aligned, near_types=draft.near_types)


def _move(desk: Desk, work: UnitOfWork, draft: PlanDraft, kind: MoveKind, at: datetime, *, note: str) -> None:
    work.plan_moves.add(PlanMove(
        id=desk.new_id(), code=draft.code, plan_version=draft.plan_version, kind=kind, on_date=local_day(at), recorded_at=at,
        account_id=desk.who, base_version=draft.base_version if kind is MoveKind.DRAFTED else "",
        scope=draft.scope if kind is MoveKind.DRAFTED else None, note=note))
