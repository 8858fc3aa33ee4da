"""Writing on a draft: one part saved, added, removed, moved, renumbered; the head changed; the last changes taken back and done again.

An editor calls these as it goes: saving a section writes that section's row alone. A part that somebody else saved meanwhile is refused
with whose it is, and a removed part keeps its row, so nothing is ever lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.changes import ChangeSet
from emergency_desk.domain.errors import FieldMissing, Stale
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_drafts import EditAct, PartEdit, PartKind, PartPlace, PlanDraft, PlanPart
from emergency_desk.domain.plan_errors import ClauseNotThere, NothingToFollow, NothingToUndo, PartKeyTaken, UndoOvertaken
from emergency_desk.domain.plan_following import Following, following
from emergency_desk.domain.plan_parts import (
    Part,
    PartRecord,
    PlanHeader,
    content_of,
    header_from,
    header_of,
    key_of,
    kind_of,
    moved,
    parts_of,
    record_of,
    renumbered,
    shifted,
)
from emergency_desk.domain.plan_records import Clause
from emergency_desk.domain.plans import clause_key
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.plan_drafts import header_of_draft
from emergency_desk.services.steps.drafting_plans import Pen, as_read, brought_back, key_for, overtaken_by, writable

_NUMBERED = (PartKind.CLAUSE, PartKind.LEVEL, PartKind.ACTION, PartKind.CARD)
_REMEMBERED = 2_000  # edits that undo looks through


def save_part(desk: Desk, *, part_id: Id, record: PartRecord, version: int) -> Done[PlanPart]:
    """Save one part, read at a version. What is as it was is not written again.

    Raises PartChanged (somebody saved it in between), PartKeyTaken, DraftNotOpen, NotFound.
    """
    desk.may(Act.KEEP_PLANS)
    with desk.open_work() as work:
        part = work.plan_parts.get(part_id)
        pen = Pen.begin(desk, work, part.draft_id, EditAct.SAVE)
        wanted = replace(part, content=content_of(record))
        as_read(work, part, version, wanted)
        if wanted == part:
            return Done(part, ChangeSet(journal_number=0))
        if key_of(record) != key_of(record_of(part.kind, part.content)):
            others = [one for one in pen.places(part.kind) if one.id != part.id]
            wanted = replace(wanted, key=key_for(record, part.kind, others))
        stored = pen.put(part, wanted)
        return Done(stored, work.commit("save_plan_part", draft=pen.draft.id, part=f"{part.kind} {stored.key}"))


def add_part(desk: Desk, *, draft_id: Id, record: PartRecord, after: Id | None = None) -> Done[PlanPart]:
    """Add a part behind another one; without one a clause goes where its number belongs, all else to the end.

    Raises PartKeyTaken, DraftNotOpen, NotFound.
    """
    desk.may(Act.KEEP_PLANS)
    kind = kind_of(record)
    with desk.open_work() as work:
        pen = Pen.begin(desk, work, draft_id, EditAct.ADD)
        parts = pen.places(kind)
        key = key_for(record, kind, parts)
        stored = pen.add(pen.new_part(record, kind, key=key, position=pen.room_after(kind, parts, _place(parts, record, after))))
        return Done(stored, work.commit("add_plan_part", draft=draft_id, part=f"{kind} {key}"))


def insert_clause(desk: Desk, *, draft_id: Id, clause: Clause) -> Done[PlanPart]:
    """Put a clause in at its number: where that is taken, it and its later sisters count one on, with all that rests on them."""
    desk.may(Act.KEEP_PLANS)
    with desk.open_work() as work:
        pen = Pen.begin(desk, work, draft_id, EditAct.ADD)
        _renumber(pen, shifted((part.key for part in pen.living(PartKind.CLAUSE)), clause.number))
        parts = pen.places(PartKind.CLAUSE)
        key = key_for(clause, PartKind.CLAUSE, parts)
        stored = pen.add(pen.new_part(clause, PartKind.CLAUSE, key=key,
                                      position=pen.room_after(PartKind.CLAUSE, parts, _place(parts, clause, None))))
        return Done(stored, work.commit("insert_clause", draft=draft_id, clause=key))


def remove_parts(desk: Desk, *, parts: Mapping[Id, int]) -> Done[int]:
    """Remove parts of one draft (id → the version it was read at) as one act; their rows stay for undo. Raises PartChanged, DraftNotOpen."""
    desk.may(Act.KEEP_PLANS)
    with desk.open_work() as work:
        found = work.plan_parts.get_many(parts)
        if not found:
            raise FieldMissing(name="part")
        pen = Pen.begin(desk, work, found[0].draft_id, EditAct.REMOVE)
        for part in found:
            as_read(work, part, parts[part.id], part)
            pen.put(part, replace(part, is_removed=True))
        return Done(len(found), work.commit("remove_plan_parts", draft=pen.draft.id, parts=[f"{part.kind} {part.key}" for part in found]))


def move_part(desk: Desk, *, part_id: Id, after: Id | None) -> Done[PlanPart]:
    """Move a part behind another of its kind, or to the front. Clauses are moved by `move_clause`. Raises DraftNotOpen, NotFound."""
    desk.may(Act.KEEP_PLANS)
    with desk.open_work() as work:
        part = work.plan_parts.get(part_id)
        pen = Pen.begin(desk, work, part.draft_id, EditAct.MOVE)
        others = [one for one in pen.places(part.kind) if one.id != part_id]
        place = next((count + 1 for count, one in enumerate(others) if one.id == after), 0)
        stored = pen.put(part, replace(part, position=pen.room_after(part.kind, others, place)))
        return Done(stored, work.commit("move_plan_part", draft=pen.draft.id, part=f"{part.kind} {part.key}"))


def move_clause(desk: Desk, *, draft_id: Id, number: str, before: str = "") -> Done[dict[str, str]]:
    """Move a clause with all that lies in it before a sister, or to their end; the sisters share out their numbers anew.

    Levels, actions and cards follow. Returns old numbers to new ones. Raises ClauseNotThere, DraftNotOpen.
    """
    desk.may(Act.KEEP_PLANS)
    with desk.open_work() as work:
        pen = Pen.begin(desk, work, draft_id, EditAct.MOVE)
        parts = {part.key: part for part in pen.living(PartKind.CLAUSE)}
        try:
            order, numbers = moved(list(parts), number, before=before)
        except ValueError:
            raise ClauseNotThere(clause=number) from None
        positions = dict(zip(order, sorted(part.position for part in parts.values()), strict=True))
        _renumber(pen, numbers, positions)
        return Done(numbers, work.commit("move_clause", draft=draft_id, numbers=numbers))


def renumber_clauses(desk: Desk, *, draft_id: Id, numbers: Mapping[str, str]) -> Done[int]:
    """Give clauses new numbers (old → new) and carry along what rests on them. Raises PartKeyTaken, ClauseNotThere, DraftNotOpen."""
    desk.may(Act.KEEP_PLANS)
    with desk.open_work() as work:
        pen = Pen.begin(desk, work, draft_id, EditAct.MOVE)
        there = [part.key for part in pen.living(PartKind.CLAUSE)]
        for number in numbers:
            if number not in there:
                raise ClauseNotThere(clause=number)
        after = [numbers.get(number, number) for number in there]
        twice = [number for number in after if after.count(number) > 1]
        if twice:
            raise PartKeyTaken(part=PartKind.CLAUSE, key=twice[0])
        return Done(_renumber(pen, numbers), work.commit("renumber_clauses", draft=draft_id, numbers=dict(numbers)))


def save_header(desk: Desk, *, draft_id: Id, header: PlanHeader, version: int) -> Done[PlanDraft]:
    """Save what the plan says before its first clause; code and version number stay the draft's. Raises PartChanged, DraftNotOpen."""
    desk.may(Act.KEEP_PLANS)
    with desk.open_work() as work:
        pen = Pen.begin(desk, work, draft_id, EditAct.HEADER)
        draft, wanted = pen.draft, _with_header(pen.draft, header)
        if draft.version != version:
            raise Stale(kind="plan_drafts", id=draft.id, theirs=draft, ours=wanted)
        if wanted == draft:
            return Done(draft, ChangeSet(journal_number=0))
        stored = _put_header(pen, wanted)
        return Done(stored, work.commit("save_plan_header", draft=draft_id))


def follow(desk: Desk, *, draft_id: Id) -> Done[Following]:
    """Bring over what a newer version changed since the draft was begun; it counts as the draft's base from now on, and undo stops there.

    What both changed differently stays as it is in the draft and is named. Raises NothingToFollow, DraftNotOpen.
    """
    desk.may(Act.KEEP_PLANS)
    with desk.open_work() as work:
        pen = Pen.begin(desk, work, draft_id, EditAct.FOLLOW)
        draft, newer = pen.draft, overtaken_by(work, pen.draft)
        if not newer:
            raise NothingToFollow(plan=draft.title or draft.code, version=draft.plan_version, base=draft.base_version)
        base, target = desk.trade.plan(draft.code, draft.base_version), desk.trade.plan(draft.code, newer)
        rows = {(row.kind, row.key): row for kind in PartKind for row in pen.living(kind)}
        found = following(parts_of(base), parts_of(target), (Part(row.kind, row.key, row.content) for row in rows.values()))
        for kind, key in found.gone:
            pen.put(rows[kind, key], replace(rows[kind, key], is_removed=True))
        for part in found.taken:
            _take_over(pen, part, rows.get((part.kind, part.key)))
        if replace(header_of_draft(draft), version=base.version) == header_of(base):
            draft = _with_header(draft, header_of(target))
        stored = work.plan_drafts.put(replace(draft, base_version=newer))
        pen.note(stored.id, stored.version, content_of(header_of_draft(pen.draft)))
        return Done(found, work.commit("follow_plan", draft=draft_id, base=newer, taken=len(found.taken), clashes=len(found.clashes)))


def undo(desk: Desk, *, draft_id: Id) -> Done[EditAct]:
    """Take back one's own last change that still stands; returns what it was. Raises NothingToUndo, UndoOvertaken, DraftNotOpen."""
    desk.may(Act.KEEP_PLANS)
    return _revert(desk, draft_id, EditAct.UNDO)


def redo(desk: Desk, *, draft_id: Id) -> Done[EditAct]:
    """Do again what was taken back last. Raises NothingToUndo, UndoOvertaken, DraftNotOpen."""
    desk.may(Act.KEEP_PLANS)
    return _revert(desk, draft_id, EditAct.REDO)


# -- inside an act -----------------------------------------------------------------------------------------------------
def _place(parts: Sequence[PlanPart | PartPlace], record: PartRecord, after: Id | None) -> int:
    """Return how many parts stand before a new one."""
    if after is not None:
        return next((count + 1 for count, part in enumerate(parts) if part.id == after), len(parts))
    if isinstance(record, Clause):
        return sum(clause_key(part.key) < clause_key(record.number) for part in parts)
    return len(parts)


def _renumber(pen: Pen, numbers: Mapping[str, str], positions: Mapping[str, int] | None = None) -> int:
    """Give clauses new numbers and places, and the parts that rest on them the new numbers; returns how many parts changed."""
    changed = 0
    for kind in _NUMBERED if numbers else ():
        for part in pen.living(kind):
            record = renumbered(record_of(kind, part.content), numbers)
            is_clause = kind is PartKind.CLAUSE
            after = replace(part, content=content_of(record), key=key_of(record) if is_clause else part.key,
                            position=(positions or {}).get(part.key, part.position) if is_clause else part.position)
            if after != part:
                pen.put(part, after)
                changed += 1
    return changed


def _take_over(pen: Pen, part: Part, row: PlanPart | None) -> None:
    """Write a part of the newer version over the draft's own, or add it."""
    if row is not None:
        pen.put(row, replace(row, content=part.content))
        return
    parts, record = pen.places(part.kind), record_of(part.kind, part.content)
    pen.add(pen.new_part(record, part.kind, key=part.key, position=pen.room_after(part.kind, parts, _place(parts, record, None))))


def _with_header(draft: PlanDraft, header: PlanHeader) -> PlanDraft:
    return replace(draft, kind=header.kind, tier=header.tier, title=header.title.zh, title_en=header.title.en,
                   hazard_types=header.hazard_types, near_types=header.near_types, area_code=header.area_code, parent=header.parent,
                   aligned=header.aligned)


def _put_header(pen: Pen, wanted: PlanDraft) -> PlanDraft:
    stored = pen.work.plan_drafts.put(replace(wanted, changed_at=pen.at, changed_by=pen.desk.who))
    pen.note(stored.id, stored.version, content_of(header_of_draft(pen.draft)))
    return stored


# -- taking back -------------------------------------------------------------------------------------------------------
def _revert(desk: Desk, draft_id: Id, act: EditAct) -> Done[EditAct]:
    """Bring back what stood before an act of one's own, as an act of its own."""
    with desk.open_work() as work:
        writable(work, draft_id)
        edits = work.plan_edits.where("WHERE draft_id = ? ORDER BY seq DESC LIMIT ?", (draft_id, _REMEMBERED))[::-1]
        standing, taken_back = _stacks([edit for edit in edits if edit.account_id == desk.who])
        stack = taken_back if act is EditAct.REDO else standing
        if not stack:
            raise NothingToUndo(act=act)
        pen = Pen.begin(desk, work, draft_id, act, undoes_id=stack[-1])
        reverted = [edit for edit in edits if edit.act_id == stack[-1]]
        for edit in reversed(reverted):
            _refuse_overtaken(pen, edit, edits)
            _bring_back(pen, edit)
        return Done(_first_act(reverted[-1], edits), work.commit(f"{act}_plan_edit", draft=draft_id, act=stack[-1], parts=len(reverted)))


def _stacks(own: list[PartEdit]) -> tuple[list[Id], list[Id]]:
    """Return the acts that undo would take back and those that redo would do again, the next one last."""
    standing, taken_back = list[Id](), list[Id]()
    for act_id, edit in {edit.act_id: edit for edit in own}.items():
        if edit.act is EditAct.UNDO:
            if standing and standing[-1] == edit.undoes_id:
                standing.pop()
            taken_back.append(act_id)
        elif edit.act is EditAct.REDO:
            if taken_back and taken_back[-1] == edit.undoes_id:
                taken_back.pop()
            standing.append(act_id)
        elif edit.act is EditAct.FOLLOW:  # taken back, what the newer version changed would be lost without a word
            standing.clear()
            taken_back.clear()
        else:
            standing.append(act_id)
            taken_back.clear()
    return standing, taken_back


def _first_act(edit: PartEdit, edits: list[PartEdit]) -> EditAct:
    """Return what was done first, before it was taken back and done again."""
    while edit.undoes_id is not None:
        edit = next(one for one in edits if one.act_id == edit.undoes_id)
    return edit.act


def _refuse_overtaken(pen: Pen, edit: PartEdit, edits: list[PartEdit]) -> None:
    """Refuse to take back over what somebody else saved afterwards in the same part."""
    later = [one for one in edits[edits.index(edit):] if one.part_id == edit.part_id and one.account_id != edit.account_id]
    if later:
        is_header = edit.part_id == pen.draft.id
        part = None if is_header else pen.work.plan_parts.get(edit.part_id)
        raise UndoOvertaken(part=part.kind if part else EditAct.HEADER, key=part.key if part else pen.draft.title, at=later[-1].at,
                            person=pen.work.accounts.get(later[-1].account_id).display_name)


def _bring_back(pen: Pen, edit: PartEdit) -> None:
    if edit.part_id == pen.draft.id:
        _put_header(pen, _with_header(pen.draft, header_from(edit.before)))
        return
    part = pen.work.plan_parts.get(edit.part_id)
    pen.put(part, brought_back(part, edit.before))
