"""Drafts of plans, kept by part: one row for each clause, level, action … so that saving a section writes that section alone.

What a part says is JSON (`domain.plan_parts` reads and writes it). Every save appends what stood before, which is what undo brings back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_moves import RevisionScope, RevisionTrigger
from emergency_desk.domain.plan_records import PlanKind


class DraftState(StrEnum):
    """Only an open draft is written on; one that was submitted is open again when it is returned."""

    OPEN = "open"
    SUBMITTED = "submitted"
    ISSUED = "issued"
    DISCARDED = "discarded"


class PartKind(StrEnum):
    """What a part of a plan is. The order is that of the plan's text."""

    BASIS = "basis"
    CLAUSE = "clause"
    SITUATION = "situation"
    ITEM = "item"
    LEVEL = "level"
    WORK_GROUP = "work_group"
    ACTION = "action"
    CONTACT = "contact"
    CARD = "card"


class EditAct(StrEnum):
    """What a planner did to a draft."""

    ADD = "add"
    SAVE = "save"
    REMOVE = "remove"
    MOVE = "move"
    HEADER = "header"
    FOLLOW = "follow"  # what a newer version changed was brought over
    UNDO = "undo"
    REDO = "redo"
    MERGE = "merge"  # what another desk wrote was put in


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """One draft of one version of a plan. An empty `base_version` is a plan that is new."""

    id: Id
    code: str
    plan_version: str
    kind: PlanKind
    tier: Tier
    started_at: datetime
    started_by: Id
    title: str = ""
    title_en: str = ""
    hazard_types: tuple[str, ...] = ()
    near_types: tuple[str, ...] = ()
    area_code: str = ""
    parent: str = ""
    aligned: tuple[str, ...] = ()
    base_version: str = ""
    scope: RevisionScope = RevisionScope.MAJOR
    trigger: RevisionTrigger | None = None
    source: str = ""  # where its words came from: a file that was imported, another desk
    state: DraftState = DraftState.OPEN
    changed_at: datetime | None = None  # of the header; each part carries its own
    changed_by: Id | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class PlanPart:
    """One part of a draft. `key` is the clause's number, the id, or tier and level; `content` its JSON.

    Parts of a kind stand by `position`. A removed part keeps its row, so that undo finds it.
    """

    id: Id
    draft_id: Id
    kind: PartKind
    key: str
    position: int
    content: str
    changed_at: datetime
    changed_by: Id
    is_removed: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class PartPlace:
    """What a part is called and where it stands, without what it says."""

    id: Id
    key: str
    position: int


@dataclass(frozen=True, slots=True)
class PartEdit:
    """What stood in a part before one save. Edits of one act share `act_id`; an undo names the act it took back.

    `part_id` is the draft's own id where the header was changed. `part_version` is the part's version after the save.
    """

    id: Id
    draft_id: Id
    act_id: Id
    act: EditAct
    part_id: Id
    at: datetime
    account_id: Id
    part_version: int
    before: str = ""  # JSON of key, position, content, is_removed; empty where there was no such part
    undoes_id: Id | None = None
