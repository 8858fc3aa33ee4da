"""What a desk remembers of plans that left it or came to it, so that the common version of two that went apart is found again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_parts import Part, content_of, header_from, header_of, parts_of, plan_of
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.plan_sections import PartKey, PlanSection
from emergency_desk.domain.plan_travel import Author


@dataclass(frozen=True, slots=True)
class PlanTravel:
    """One state of a plan that left or came in. `content` is the whole of it, empty where it stands among the issued versions.

    `draft_id` is the draft of this desk that it was, or went into; `authors` who wrote which part, as it was told.
    """

    id: Id
    code: str
    plan_version: str
    digest: str
    parents: tuple[str, ...]
    is_outgoing: bool
    desk: str
    person: str
    at: datetime
    account_id: Id
    draft_id: Id | None = None
    content: str = ""
    authors: str = ""


def plan_content(plan: Plan) -> str:
    """Write a whole plan down."""
    parts = [[part.kind.value, part.key, part.content] for part in parts_of(plan)]
    return json.dumps([content_of(header_of(plan)), parts], ensure_ascii=False, separators=(",", ":"))


def plan_from(content: str) -> Plan:
    """Read a plan that was written down."""
    header, parts = json.loads(content)
    return plan_of(header_from(header), (Part(PartKind(kind), key, said) for kind, key, said in parts))


def authors_content(authors: Iterable[tuple[PartKey, Author]]) -> str:
    """Write down who wrote which part."""
    told = [[key.section.value, key.key, author.person, author.desk, author.at.isoformat() if author.at else ""] for key, author in authors]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) if told else ""


def authors_from(content: str) -> tuple[tuple[PartKey, Author], ...]:
    """Read who wrote which part."""
    return tuple((PartKey(PlanSection(section), key), Author(person, desk, datetime.fromisoformat(at) if at else None))
                 for section, key, person, desk, at in json.loads(content or "[]"))
