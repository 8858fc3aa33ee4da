"""The history of each plan at this desk: its issued versions, its drafts, and what of them left or came in; what each of them grew from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_drafts import DraftState, PartKind, PlanDraft, PlanPart
from emergency_desk.domain.plan_moves import MoveKind, PlanMove
from emergency_desk.domain.plan_parts import Part, plan_of
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.plan_sections import SECTIONS, PartKey, PlanSection, take_apart
from emergency_desk.domain.plan_shelf import ShelfStanding
from emergency_desk.domain.plan_travel import NOBODY, Author, History, PlanNode, digest_of, with_parents
from emergency_desk.domain.plan_travel_records import PlanTravel, authors_from, plan_from
from emergency_desk.services.desk import Desk
from emergency_desk.services.plan_drafts import UNDER_WAY, header_of_draft

_KINDS = {kind: place for place, kind in enumerate(PartKind)}


@dataclass(frozen=True, slots=True)
class _Kept:
    """All that the store says of one plan."""

    desk_code: str
    people: dict[Id, str]
    issued: list[Plan]
    drafts: list[PlanDraft]
    parts: dict[Id, list[PlanPart]]
    moves: list[PlanMove]
    travels: list[PlanTravel]


def histories(desk: Desk, *, codes: Collection[str] = ()) -> dict[str, History]:
    """Return the history of some plans, or of all. Raises SignInNeeded, RoleMissing."""
    desk.may(Act.READ)
    wanted = sorted(codes)
    rest = f"WHERE code IN ({', '.join('?' for _ in wanted)}) " if wanted else ""
    with desk.reading() as reading:
        drafts = reading.plan_drafts.where(f"{rest}ORDER BY started_at, id", wanted)
        moves = reading.plan_moves.where(f"{rest}ORDER BY seq", wanted)
        travels = reading.plan_travels.where(f"{rest}ORDER BY seq", wanted)
        people = {account.id: account.display_name for account in reading.accounts.where("")}
        living = {draft.id: reading.plan_parts.where("WHERE draft_id = ? AND is_removed = 0", (draft.id,))
                  for draft in drafts if draft.state is not DraftState.DISCARDED}
    found = {}
    shelf = desk.trade.shelf
    plans_of = {back.code: [each for each in shelf.versions(back.code) if each.standing is not ShelfStanding.DRAFT] for back in shelf.plans}
    drafts_of, moves_of, travels_of = (_by_code(each) for each in (drafts, moves, travels))
    for code in sorted(plans_of.keys() | drafts_of.keys()):
        if not codes or code in codes:
            issued = [shelf.plan(back.code, back.version) for back in plans_of.get(code, ())]
            found[code] = _history(_Kept(desk.facts.code, people, issued, drafts_of[code], living, moves_of[code], travels_of[code]))
    return {code: history for code, history in found.items() if any(not node.is_memory for node in history)}


def _by_code(records: Iterable[Any]) -> defaultdict[str, list[Any]]:
    sorted_out: defaultdict[str, list[Any]] = defaultdict(list)
    for record in records:
        sorted_out[record.code].append(record)
    return sorted_out


def _history(kept: _Kept) -> History:
    issued = with_parents([_issued(kept, plan) for plan in kept.issued])
    by_version = {node.plan.version: node.digest for node in issued}
    drafts = [_draft(kept, draft, by_version) for draft in kept.drafts if draft.state in UNDER_WAY]
    there = {node.digest for node in (*issued, *drafts)}
    memories = {travel.digest: _memory(travel) for travel in kept.travels if travel.content and travel.digest not in there}
    return (*issued, *drafts, *memories.values())


# -- issued -----------------------------------------------------------------------------------------------------------
def _issued(kept: _Kept, plan: Plan) -> PlanNode:
    digest = digest_of(plan)
    moves = tuple(move for move in kept.moves if move.plan_version == plan.version)
    came = next((travel for travel in reversed(kept.travels) if travel.digest == digest and not travel.is_outgoing), None)
    draft = next((draft for draft in kept.drafts if draft.state is DraftState.ISSUED and draft.plan_version == plan.version), None)
    if draft is not None:
        base = [digest_of(one) for one in kept.issued if one.version == draft.base_version]
        return PlanNode(plan, digest, _grown_from(kept, draft, base, digest), author=_writer(kept, draft), moves=moves,
                        part_authors=_authors(kept, draft, plan))
    if came is not None:
        return PlanNode(plan, digest, came.parents, author=Author(came.person, came.desk, came.at), moves=moves,
                        part_authors=authors_from(came.authors))
    base_version = next((move.base_version for move in moves if move.kind is MoveKind.DRAFTED), "")
    parents = tuple(digest_of(one) for one in kept.issued if one.version == base_version)
    return PlanNode(plan, digest, parents, author=Author(desk=kept.desk_code) if moves else NOBODY, moves=moves)


# -- drafts -----------------------------------------------------------------------------------------------------------
def _draft(kept: _Kept, draft: PlanDraft, by_version: dict[str, str]) -> PlanNode:
    plan = plan_of(header_of_draft(draft), (Part(part.kind, part.key, part.content) for part in _ordered(kept.parts[draft.id])))
    digest = digest_of(plan)
    base = [by_version[draft.base_version]] if draft.base_version in by_version else []
    return PlanNode(plan, digest, _grown_from(kept, draft, base, digest), is_draft=True, author=_writer(kept, draft),
                    part_authors=_authors(kept, draft, plan), draft_id=draft.id)


def _grown_from(kept: _Kept, draft: PlanDraft, base: Iterable[str], digest: str) -> tuple[str, ...]:
    """Return what a draft grew from: its base, and each state of it that left or that came in and was put into it."""
    states = [travel.digest for travel in kept.travels if travel.draft_id == draft.id]
    return tuple(one for one in dict.fromkeys((*base, *states)) if one != digest)


def _writer(kept: _Kept, draft: PlanDraft) -> Author:
    last = max(kept.parts.get(draft.id, []), key=lambda part: part.changed_at, default=None)
    at, by = (last.changed_at, last.changed_by) if last else (draft.started_at, draft.started_by)
    return Author(kept.people.get(by, ""), kept.desk_code, at)


def _authors(kept: _Kept, draft: PlanDraft, plan: Plan) -> tuple[tuple[PartKey, Author], ...]:
    """Return who changed which part: where another desk's words stand unchanged, whom that desk named; else who saved it here."""
    (own,) = take_apart(plan)
    rows = _ordered(kept.parts.get(draft.id, []))
    found: dict[PartKey, Author] = {}
    keys = [PartKey(section, key) for section in SECTIONS for key in own.orders[section]]
    for key, row in zip(keys, sorted(rows, key=lambda row: _SECTION_ORDER[row.kind]), strict=False):
        if row.changed_at > draft.started_at:
            found[key] = Author(kept.people.get(row.changed_by, ""), kept.desk_code, row.changed_at)
    if draft.changed_at is not None and draft.changed_by is not None:
        author = Author(kept.people.get(draft.changed_by, ""), kept.desk_code, draft.changed_at)
        found |= {key: author for key in own.parts if key.section is PlanSection.HEADER}
    for travel in kept.travels:
        if travel.draft_id == draft.id and not travel.is_outgoing and travel.content:
            theirs = take_apart(plan_from(travel.content))[0].parts
            found |= {key: author for key, author in authors_from(travel.authors) if own.parts.get(key) == theirs.get(key)}
    return tuple(sorted(found.items()))


_SECTION_ORDER = {PartKind(section.value): place for place, section in enumerate(SECTIONS)}


def _ordered(parts: list[PlanPart]) -> list[PlanPart]:
    return sorted(parts, key=lambda part: (_KINDS[part.kind], part.position, part.id))


# -- what left or came in ---------------------------------------------------------------------------------------------
def _memory(travel: PlanTravel) -> PlanNode:
    return replace(PlanNode(plan_from(travel.content), travel.digest, travel.parents), is_memory=True, is_draft=True,
                   author=Author(travel.person, travel.desk, travel.at), part_authors=authors_from(travel.authors))
