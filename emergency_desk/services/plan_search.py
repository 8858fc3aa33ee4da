"""Words looked for in all plans in force and all drafts while somebody types: titles first, then plan after plan, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_order import clause_key
from emergency_desk.domain.plan_records import PlanKind
from emergency_desk.domain.plan_search import Hit, words_of
from emergency_desk.domain.plan_shelf import SEARCHED, Name, Shelf, ShelfStanding, ShelvedPlan
from emergency_desk.services import plan_shelf
from emergency_desk.services.desk import Desk

MOST_HITS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFilter:
    """Which plans are listed or searched. None and "" leave a question open."""

    kind: PlanKind | None = None
    tier: Tier | None = None
    hazard: str = ""
    standing: ShelfStanding | None = None

    def lets(self, back: ShelvedPlan) -> bool:
        """Say whether a plan is among those asked for."""
        return ((self.kind is None or back.kind is self.kind) and (self.tier is None or back.tier is self.tier)
                and (not self.hazard or self.hazard in back.hazard_types) and (self.standing is None or back.standing is self.standing))


ANY = PlanFilter()
_ORDER = {standing: place for place, standing in enumerate(ShelfStanding)}


@dataclass(frozen=True, slots=True)
class FoundPlan:
    """One version with what was found in it, in the order of its text; `by_title` where its title or code holds every word."""

    back: ShelvedPlan
    hits: tuple[Hit, ...]
    by_title: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What words found. `is_more`: there are further hits; `unindexed` plans were not looked into yet."""

    words: tuple[str, ...]
    plans: tuple[FoundPlan, ...] = ()
    is_more: bool = False
    unindexed: int = 0

    @property
    def hits(self) -> int:
        """How many pieces were found."""
        return sum(len(plan.hits) for plan in self.plans)


def list_plans(desk: Desk, *, asked: PlanFilter = ANY, text: str = "") -> tuple[ShelvedPlan, ...]:
    """Return the versions a filter lets through whose title or code holds every word, by title. From memory."""
    chosen = [back for back in desk.trade.shelf.titled(words_of(text)) if asked.lets(back)]
    return tuple(sorted(chosen, key=lambda back: (_ORDER[back.standing], back.title.zh, back.code, clause_key(back.version))))


def find(
    desk: Desk, *, text: str, asked: PlanFilter = ANY, first: Name = ("", ""), most: int = MOST_HITS,
) -> Found:
    """Return what holds every word. `first`: the version that is open, whose hits stand before all others, whatever the filter says."""
    words = words_of(text)
    if not words:
        return Found(())
    unindexed = plan_shelf.catch_up(desk)
    shelf = desk.trade.shelf
    own = shelf.back(*first).owner if shelf.has(*first) and shelf.back(*first).owner in shelf.searched else ""
    names = shelf.searched if asked == ANY and not own else {
        owner: name for owner, name in shelf.searched.items() if owner != own and (asked == ANY or asked.lets(shelf.back(*name)))}
    with desk.reading() as reading:
        hits = reading.find_pieces_of(own, words, owners={own: first}) if own else []
        hits += reading.find_pieces(words, owners=names, limit=max(1, most + 1 - len(hits)))
    titled = [back for back in shelf.titled(words) if back.standing in SEARCHED and asked.lets(back)]
    return Found(words, _by_plan(shelf, hits[:most], titled, first), len(hits) > most, unindexed)


def _by_plan(shelf: Shelf, hits: Sequence[Hit], titled: list[ShelvedPlan], first: Name) -> tuple[FoundPlan, ...]:
    """Put what was found below its plan: the open one, those of the title from the newest down, the others as they came."""
    grouped: dict[Name, list[Hit]] = {}
    for hit in hits:
        grouped.setdefault((hit.code, hit.version), []).append(hit)
    by_title = [(back.code, back.version) for back in sorted(titled, key=lambda back: back.id, reverse=True)]
    order = dict.fromkeys([*([first] if first in grouped or first in by_title else []), *by_title, *grouped])
    named = set(by_title)
    return tuple(FoundPlan(shelf.back(*name), tuple(grouped.get(name, ())), name in named) for name in order)
