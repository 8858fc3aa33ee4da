"""Plans leave this desk and come to it: what left is noted, what came in new or newer is taken, what was merged goes into a draft.

One action, one commit: a file is taken whole or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.library import PlanText, Setting
from emergency_desk.domain.plan_drafts import DraftState, PlanDraft
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.plan_references import KnownWords, Matches
from emergency_desk.domain.plan_travel import Arrival, PlanNode
from emergency_desk.domain.plans import clause_key
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.library import PLAN_MATCHES, keep_setting, read_setting
from emergency_desk.services.steps.arriving_plans import Sender, close_draft, free_number, lay_draft, note_moves, remember, write_over

__all__ = ["Sender", "Taken", "known_matches", "known_words", "note_departure", "put_merge", "remember_matches", "take_arrivals"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file: versions that were taken as they are, and drafts that were laid or written on."""

    versions: tuple[str, ...] = ()
    drafts: tuple[PlanDraft, ...] = ()


def note_departure(desk: Desk, *, nodes: Iterable[PlanNode], name: str) -> Done[int]:
    """Note which plans leave in a file; the state of a draft is kept as it left, so that it is known again when it comes back."""
    desk.may(Act.READ)
    at, leaving = desk.now(), [node for node in nodes if not node.is_memory]
    with desk.open_work() as work:
        remember(desk, work, [node for node in leaving if node.is_draft], at=at)
        return Done(len(leaving), work.commit("export_plans", file=name, plans=[f"{node.plan.code} {node.plan.version}" for node in leaving]))


def take_arrivals(desk: Desk, *, arrivals: Iterable[Arrival], texts: Mapping[str, str], sender: Sender, name: str) -> Done[Taken]:
    """Take what is new or newer: issued versions as they are, with their lives; drafts as drafts. `texts` by digest. All in one commit.

    Raises DraftNotOpen, RoleMissing.
    """
    desk.may(Act.KEEP_PLANS)
    at = desk.now()
    versions: list[str] = []
    drafts: list[PlanDraft] = []
    with desk.reading() as reading:
        kept = reading.plan_names()
    with desk.open_work() as work:
        for arrival in arrivals:
            if arrival.here is not None and arrival.here.draft_id is not None and not arrival.head.is_draft:
                close_draft(desk, work, arrival.here.draft_id, at=at, sender=sender)
            for node in arrival.issued:
                if (node.plan.code, node.plan.version) not in kept:
                    kept.add((node.plan.code, node.plan.version))
                    work.plans.add(PlanText(id=desk.new_id(), code=node.plan.code, plan_version=node.plan.version, body=texts[node.digest],
                                            source=sender.words))
                    versions.append(f"{node.plan.code} {node.plan.version}")
            note_moves(desk, work, arrival.issued, sender=sender)
            remember(desk, work, arrival.issued, at=at, sender=sender, whole=False)
            if arrival.head.is_draft:
                here = arrival.here.draft_id if arrival.here is not None else None
                plan = free_number(work, arrival.head.plan, own=here)
                draft = (write_over(desk, work, here, plan, sender=sender) if here is not None else
                         lay_draft(desk, work, plan, base_version=_base_version(arrival, kept), sender=sender, at=at))
                drafts.append(draft)
                remember(desk, work, [node for node in arrival.unseen if node.is_draft], at=at, sender=sender, draft_id=draft.id)
        taken = Taken(tuple(versions), tuple(drafts))
        return Done(taken, work.commit("import_plans", file=name, desk=sender.desk_code, versions=versions,
                                       drafts=[f"{draft.code} {draft.plan_version}" for draft in drafts]))


def put_merge(desk: Desk, *, arrival: Arrival, plan: Plan, sender: Sender, decided: Mapping[str, str]) -> Done[PlanDraft]:
    """Put what was made of two versions into this desk's draft, or into a new one where it has none. `decided`: part → what was taken.

    What the other side wrote is remembered, so that the same file brings nothing a second time. Raises DraftNotOpen, RoleMissing.
    """
    desk.may(Act.KEEP_PLANS)
    at = desk.now()
    with desk.open_work() as work:
        here = arrival.here.draft_id if arrival.here is not None else None
        open_here = here if here is not None and work.plan_drafts.get(here).state is DraftState.OPEN else None
        whole = free_number(work, plan, own=open_here)
        kept = {(text.code, text.plan_version) for text in work.plans.where("WHERE code = ?", (plan.code,))}
        draft = (write_over(desk, work, open_here, whole, sender=sender) if open_here is not None else
                 lay_draft(desk, work, whole, base_version=_base_version(arrival, kept), sender=sender, at=at))
        if open_here is None and arrival.here is not None and arrival.here.is_draft:
            remember(desk, work, [arrival.here], at=at, draft_id=draft.id)
        remember(desk, work, arrival.unseen, at=at, sender=sender, draft_id=draft.id)
        return Done(draft, work.commit("merge_plan", draft=draft.id, plan=f"{draft.code} {draft.plan_version}", desk=sender.desk_code,
                                       decided=dict(decided)))


def _base_version(arrival: Arrival, kept: set[tuple[str, str]]) -> str:
    """Return the issued version of this desk that a draft grew from."""
    here = arrival.here
    if here is not None and not here.is_draft:
        return here.plan.version
    issued = [node.plan.version for node in arrival.issued] + [version for code, version in kept if code == arrival.code]
    return max(issued, key=clause_key, default="")


# -- words of other desks ---------------------------------------------------------------------------------------------
def known_words(desk: Desk) -> KnownWords:
    """Return what this desk knows of the words by which plans speak of things outside them."""
    trade = desk.trade
    return KnownWords(
        frozenset(one.id for one in trade.capabilities), frozenset(one.id for one in trade.types),
        frozenset(area.code for area in desk.tree.by_id.values() if area.code), frozenset(back.code for back in trade.shelf.plans),
        frozenset(trade.catalogue.by_code))


def known_matches(desk: Desk) -> dict[str, str]:
    """Return which words of other desks were matched to which of this one."""
    return {str(old): str(new) for old, new in json.loads(read_setting(desk, name=PLAN_MATCHES, default="{}")).items()}


def remember_matches(desk: Desk, *, matches: Matches) -> Done[Setting]:
    """Keep which words of other desks mean which of this one, for the next file. Raises RoleMissing."""
    return keep_setting(desk, name=PLAN_MATCHES, content=json.dumps({**known_matches(desk), **matches}, ensure_ascii=False))
