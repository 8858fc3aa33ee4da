"""Plans that travel between desks: every version with what it grew from, and what a desk is told when a plan comes to it.

A version is known by the digest of what it says, so that two desks need no common numbers; what it grew from are digests too. From both
follows whether a plan that comes in is new, newer, the same or diverged, and which version both sides grew from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from itertools import pairwise

from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_moves import PlanMove
from emergency_desk.domain.plan_parts import content_of, header_of, parts_of
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.plan_sections import PartKey
from emergency_desk.domain.plans import clause_key


class PlanVerdict(StrEnum):
    """What a desk is told of a plan that came in."""

    NEW = "new"  # this desk has no such plan
    NEWER = "newer"  # it grew from what this desk has
    SAME = "same"
    OLDER = "older"  # this desk has it and has gone on since
    DIVERGED = "diverged"  # both went on from a common version


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote something, at which desk, when; empty where that is not known."""

    person: str = ""
    desk: str = ""
    at: datetime | None = None


NOBODY = Author()


@dataclass(frozen=True, slots=True)
class PlanNode:
    """One version of a plan, or one state of a draft, and what it grew from.

    A memory is a state that left or came in and was written on since: it is carried so that a common base is found.
    """

    plan: Plan
    digest: str
    parents: tuple[str, ...] = ()
    is_draft: bool = False
    is_memory: bool = False
    author: Author = NOBODY
    part_authors: tuple[tuple[PartKey, Author], ...] = ()
    moves: tuple[PlanMove, ...] = ()
    draft_id: Id | None = None  # at this desk

    def author_of(self, key: PartKey) -> Author:
        """Return who changed a part last, as far as it is known."""
        return dict(self.part_authors).get(key, self.author)


History = tuple[PlanNode, ...]


@dataclass(frozen=True, slots=True)
class PlanBundle:
    """What one sealed file carries: whose it is, and the history of each plan."""

    desk_code: str
    desk_name: str
    person: str
    written_at: datetime
    plans: tuple[History, ...]


@dataclass(frozen=True, slots=True)
class Arrival:
    """One plan that came in: the version it ends with, what this desk has instead, and the version both grew from.

    `issued` are the versions in between that this desk does not have.
    """

    verdict: PlanVerdict
    head: PlanNode
    here: PlanNode | None = None
    base: PlanNode | None = None
    issued: History = ()
    unseen: History = ()  # every state that came with it and was not known here

    @property
    def code(self) -> str:
        """Return the plan's code."""
        return self.head.plan.code


def digest_of(plan: Plan) -> str:
    """Return what a version is known by: the digest of all it says, whatever file it stood in."""
    said = [content_of(header_of(plan)), *(f"{part.kind}\x1f{part.key}\x1f{part.content}" for part in parts_of(plan))]
    return sha256("\x1e".join(said).encode()).hexdigest()


# -- ancestry ---------------------------------------------------------------------------------------------------------
class Ancestry:
    """What grew from what, on both sides together."""

    def __init__(self, *histories: Iterable[PlanNode]) -> None:
        self.nodes: dict[str, PlanNode] = {}
        self._parents: dict[str, set[str]] = {}
        for node in (node for history in histories for node in history):
            self.nodes.setdefault(node.digest, node)
            self._parents.setdefault(node.digest, set()).update(node.parents)

    def above(self, *digests: str) -> set[str]:
        """Return what some versions grew from, themselves among it."""
        found: set[str] = set()
        waiting = list(digests)
        while waiting:
            digest = waiting.pop()
            if digest not in found:
                found.add(digest)
                waiting += self._parents.get(digest, ())
        return found

    def ends(self, nodes: Iterable[PlanNode]) -> list[PlanNode]:
        """Return those that none of the others grew from, the newest last."""
        every = list({node.digest: node for node in nodes}.values())
        old = {digest for node in every for digest in self.above(node.digest) - {node.digest}}
        return sorted((node for node in every if node.digest not in old), key=_age)

    def common(self, one: PlanNode, other: PlanNode) -> PlanNode | None:
        """Return the newest version that two grew from, or None."""
        shared = [self.nodes[digest] for digest in self.above(one.digest) & self.above(other.digest) if digest in self.nodes]
        ends = self.ends(shared)
        return ends[-1] if ends else None

    def circle(self) -> str:
        """Return a version that grew from itself, which only a spoilt file says; else nothing."""
        return next((digest for digest in self._parents if any(digest in self.above(parent) for parent in self._parents[digest])), "")


def _age(node: PlanNode) -> tuple[bool, tuple[int, ...], str]:
    return node.is_draft, clause_key(node.plan.version), node.digest


def with_parents(versions: Sequence[PlanNode]) -> History:
    """Let each issued version whose base nobody noted have grown from the one before it by number."""
    ordered = sorted((node for node in versions if not node.is_draft and not node.is_memory), key=lambda node: clause_key(node.plan.version))
    before = {node.digest: earlier.digest for earlier, node in pairwise(ordered)}
    return tuple(node if node.parents or node.digest not in before else replace(node, parents=(before[node.digest],)) for node in versions)


# -- what a desk is told ----------------------------------------------------------------------------------------------
def arrivals(local: History, carried: History) -> tuple[Arrival, ...]:
    """Hold one plan's history as it came in against this desk's own; one answer for each end of it."""
    ancestry = Ancestry(local, carried)
    living = [node for node in local if not node.is_memory]
    known = ancestry.above(*(node.digest for node in living))
    return tuple(_arrival(head, ancestry, living, known, carried)
                 for head in ancestry.ends(node for node in carried if not node.is_memory))


def _arrival(head: PlanNode, ancestry: Ancestry, living: list[PlanNode], known: set[str], carried: History) -> Arrival:
    ends = ancestry.ends(living)
    same = next((node for node in living if node.digest == head.digest), None)
    if head.digest in known:
        return Arrival(PlanVerdict.SAME if same in ends else PlanVerdict.OLDER, head, same or (ends[-1] if ends else None))
    above = ancestry.above(head.digest)
    unseen = tuple(node for node in carried if node.digest in above and node.digest not in known)
    issued = tuple(node for node in unseen if not node.is_draft and not node.is_memory)
    if not living:
        return Arrival(PlanVerdict.NEW, head, issued=issued, unseen=unseen)
    behind = [node for node in ends if node.digest in above]
    if behind and not _is_taken(issued, living) and (head.is_draft or _newest_issued(living) in (None, *_among(living, above))):
        return Arrival(PlanVerdict.NEWER, head, behind[-1], behind[-1], issued, unseen)
    here = ends[-1]
    return Arrival(PlanVerdict.DIVERGED, head, here, ancestry.common(here, head), (), unseen)


def _among(nodes: list[PlanNode], digests: set[str]) -> list[PlanNode]:
    return [node for node in nodes if node.digest in digests]


def _newest_issued(nodes: list[PlanNode]) -> PlanNode | None:
    return max((node for node in nodes if not node.is_draft), key=_age, default=None)


def _is_taken(issued: History, living: list[PlanNode]) -> bool:
    """Say whether a version's number stands here for other words."""
    numbers = {node.plan.version for node in living if not node.is_draft}
    return any(node.plan.version in numbers for node in issued)


def circle_of_parents(parents: Mapping[str, str], codes: Iterable[str]) -> tuple[str, ...]:
    """Return plans that stand above one another in a circle, beginning with one of those asked about; else nothing."""
    for code in codes:
        way = [code]
        while (above := parents.get(way[-1], "")) and above not in way:
            way.append(above)
        if above == code:
            return (*way, code)
    return ()
