"""Steps inside a planner's unit of work: the draft is open, the part is as it was read, and what stood before is kept for undo."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_drafts import DraftState, EditAct, PartEdit, PartKind, PartPlace, PlanDraft, PlanPart
from emergency_desk.domain.plan_errors import DraftNotOpen, PartChanged, PartKeyTaken
from emergency_desk.domain.plan_life import lives
from emergency_desk.domain.plan_parts import STEP, PartRecord, content_of, free_key, has_own_key, key_of
from emergency_desk.services.desk import Desk
from emergency_desk.store.unit_of_work import UnitOfWork

LIVING = "WHERE draft_id = ? AND kind = ? AND is_removed = 0 ORDER BY position, id"


def writable(work: UnitOfWork, draft_id: Id) -> PlanDraft:
    """Return the draft if it may be written on. Raises DraftNotOpen, NotFound."""
    draft = work.plan_drafts.get(draft_id)
    if draft.state is not DraftState.OPEN:
        raise DraftNotOpen(plan=draft.title or draft.code, version=draft.plan_version, state=draft.state)
    return draft


def overtaken_by(work: Any, draft: PlanDraft) -> str:
    """Return the version that was issued in the place of the one a draft was begun from, or nothing."""
    if not draft.base_version:
        return ""
    moves = work.plan_moves.where("WHERE code = ? ORDER BY seq", (draft.code,))
    base = lives(work.plan_keys(draft.code), moves).get((draft.code, draft.base_version))
    return base.replaced_by if base is not None else ""


@dataclass(slots=True)
class Pen:
    """What one act of a planner writes with: each part it changes is put and what stood before is appended, under one act id."""

    desk: Desk
    work: UnitOfWork
    draft: PlanDraft
    act: EditAct
    at: datetime
    act_id: Id
    undoes_id: Id | None = None

    @classmethod
    def begin(cls, desk: Desk, work: UnitOfWork, draft_id: Id, act: EditAct, *, undoes_id: Id | None = None) -> Pen:
        """Begin an act on a draft that is open. Raises DraftNotOpen."""
        return cls(desk, work, writable(work, draft_id), act, desk.now(), desk.new_id(), undoes_id)

    def put(self, before: PlanPart, after: PlanPart) -> PlanPart:
        """Write a part over what stood there. Raises PartChanged when somebody saved it in between."""
        stored = self.work.plan_parts.put(replace(after, changed_at=self.at, changed_by=self.desk.who))
        self.note(stored.id, stored.version, state_of(before))
        return stored

    def add(self, part: PlanPart) -> PlanPart:
        """Write a part that was not there."""
        stored = self.work.plan_parts.add(part)
        self.note(stored.id, stored.version, "")
        return stored

    def note(self, part_id: Id, version: int, before: str) -> None:
        """Append what stood before in a part."""
        self.work.plan_edits.add(PartEdit(
            id=self.desk.new_id(), draft_id=self.draft.id, act_id=self.act_id, act=self.act, part_id=part_id, at=self.at,
            account_id=self.desk.who, part_version=version, before=before, undoes_id=self.undoes_id))

    def living(self, kind: PartKind) -> list[PlanPart]:
        """Return the parts of a kind that are not removed, by position."""
        return self.work.plan_parts.where(LIVING, (self.draft.id, kind.value))

    def places(self, kind: PartKind) -> list[PartPlace]:
        """Return where the same parts stand, without reading what they say: hundreds of sections are a megabyte."""
        rows = self.work.plan_parts.some(("id", "key", "position"), LIVING, (self.draft.id, kind.value))
        return [PartPlace(*row) for row in rows]

    def new_part(self, record: PartRecord, kind: PartKind, *, key: str, position: int) -> PlanPart:
        """Return a part that is still to be written."""
        return PlanPart(id=self.desk.new_id(), draft_id=self.draft.id, kind=kind, key=key, position=position, content=content_of(record),
                        changed_at=self.at, changed_by=self.desk.who)

    def room_after(self, kind: PartKind, parts: Sequence[PlanPart | PartPlace], place: int) -> int:
        """Return a position before the part at `place` of those given; where none is free all of the kind are spaced anew."""
        low = parts[place - 1].position if place else 0
        high = parts[place].position if place < len(parts) else low + 2 * STEP
        if high - low > 1:
            return (low + high) // 2
        given = {part.id for part in parts}
        for count, part in enumerate(part for part in self.living(kind) if part.id in given):
            wanted = STEP * (count + 1 + (count >= place))
            if part.position != wanted:
                self.put(part, replace(part, position=wanted))
        return STEP * (place + 1)


def key_for(record: PartRecord, kind: PartKind, others: Sequence[PlanPart | PartPlace]) -> str:
    """Return the key of a part among the others of its kind. Raises PartKeyTaken where two may not bear one."""
    taken, wanted = {part.key for part in others}, key_of(record)
    if has_own_key(kind) and wanted in taken:
        raise PartKeyTaken(part=kind, key=wanted)
    return free_key(wanted, taken)


def as_read(work: UnitOfWork, part: PlanPart, version: int, ours: PlanPart) -> None:
    """Refuse to write over what somebody saved after this part was read, and say whose it is. Raises PartChanged.

    A part that was merely moved, or changed and changed back, says what it said when it was read: that is no clash.
    """
    if part.version != version and _said(work, part.id, version) != (part.content, part.is_removed):
        raise PartChanged(kind="plan_parts", id=part.id, part=part.kind, key=part.key, at=part.changed_at, theirs=part, ours=ours,
                          person=work.accounts.get(part.changed_by).display_name)


def _said(work: UnitOfWork, part_id: Id, version: int) -> tuple[str, bool]:
    """Return what a part said at a version, from the edit that changed it next."""
    next_edit = work.plan_edits.first("WHERE part_id = ? AND part_version > ? ORDER BY seq", (part_id, version))
    if not next_edit or not next_edit[0].before:
        return "", True
    _key, _position, content, is_removed = json.loads(next_edit[0].before)
    return content, is_removed


def state_of(part: PlanPart) -> str:
    """Write down how a part stands."""
    return json.dumps([part.key, part.position, part.content, part.is_removed], ensure_ascii=False, separators=(",", ":"))


def brought_back(part: PlanPart, state: str) -> PlanPart:
    """Return a part as it stood; where it was not there, it is removed."""
    if not state:
        return replace(part, is_removed=True)
    key, position, content, is_removed = json.loads(state)
    return replace(part, key=key, position=position, content=content, is_removed=is_removed)
