"""The shelf of one store: backs read together, plans opened one by one and remembered a while, what is derived kept up with the texts.

What is derived (backs, records, index) belongs to no action of a user and stands outside the journal: it is made from the texts, here,
whenever it is missing, and thrown away and made again by `rebuild`.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING

from emergency_desk.domain.changes import ChangeSet, Subject
from emergency_desk.domain.draft_plan import plan_of_draft
from emergency_desk.domain.errors import BadFile, NotFound, StoreTrouble
from emergency_desk.domain.library import PlanText
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.plan_rivals import Rivals
from emergency_desk.domain.plan_search import pieces
from emergency_desk.domain.plan_shelf import SEARCHED, Shelf, ShelfStanding, ShelvedPlan
from emergency_desk.domain.plan_wants import LevelWants, PlanWants

if TYPE_CHECKING:
    from emergency_desk.store.store import Store

MOST_KEPT = 160  # opened plans that are remembered; some 100 KB each
BITE = 25  # plans derived in one transaction, so that nobody waits long
AT_ONCE = 2  # texts that are read within the commit that brought them, where somebody reads the rest beside the store thread
_log = logging.getLogger(__name__)
ReadText = Callable[[str, str], Plan]  # (text, name for a complaint) → plan; raises BadFile


@dataclass(frozen=True, slots=True)
class PlansWants:
    """What the plans in force ask for, by code, and all of them as rivals."""

    by_code: Mapping[str, PlanWants]
    rivals: Rivals


class StoredPlans:
    """Opens the plans of a store. Made for the store thread; whoever looks a remembered plan up meanwhile may do so from another."""

    def __init__(self, store: Store, read_text: ReadText) -> None:
        self._store, self._read_text = store, read_text
        self._kept: OrderedDict[tuple[str, str], Plan] = OrderedDict()
        self._lock = Lock()
        self._wants: PlansWants | None = None
        self._levels: dict[str, tuple[LevelWants, ...]] = {}
        self._is_behind = True  # something was written since the index was last held against it
        self._may_be_old = True  # the wants may have been kept by an older program
        self.is_read_beside = False  # a commit that brings many texts leaves them to who reads them off the store thread

    def plan(self, code: str, version: str) -> Plan:
        """Return one version, remembered or read. Raises NotFound, BadFile."""
        with self._lock:
            plan = self._kept.get((code, version))
            if plan is not None:
                self._kept.move_to_end((code, version))
                return plan
        return self._keep(self._read(code, version))

    def draft(self, code: str, version: str) -> Plan:
        """Return a draft as it is written now: it is another one after the next letter, so it is not remembered. Raises NotFound."""
        with self._store.reading() as reading:
            draft = reading.draft_under_way(code, version)
            return plan_of_draft(draft, reading.plan_parts.where("WHERE draft_id = ? AND is_removed = 0", (draft.id,)))

    def shelf(self) -> Shelf:
        """Return the shelf as the store has it now, after putting up what was missing."""
        self._wants, self._is_behind = None, True
        self._put_up_missing()
        if self._may_be_old:
            self._renew_wants()
        with self._store.reading() as reading:
            shelf = Shelf(reading.shelved_plans(), self)
        self._index_some(shelf, AT_ONCE if self.is_read_beside else BITE)
        return shelf

    def index_some(self, shelf: Shelf, most: int = BITE) -> int:
        """Bring the index up with the plans in force and the drafts, some at a time; return how many are still missing."""
        return self._index_some(shelf, most) if self._is_behind else 0

    def outdate(self) -> None:
        """Hold the index against what is written before it is next asked: a part of a draft was saved."""
        self._is_behind = True

    def wants(self, shelf: Shelf) -> PlansWants:
        """Return what the plans in force ask for, remembered until the shelf changes."""
        if self._wants is None:
            while self.read_wants(shelf, 1_000):
                pass
            wants = [PlanWants(code=back.code, title=back.title, area_code=back.area_code, hazard_types=back.hazard_types,
                               levels=self._levels[back.id])
                     for back in shelf.in_force if back.id in self._levels]
            self._wants = PlansWants({one.code: one for one in wants}, Rivals(wants))
        return self._wants

    def read_wants(self, shelf: Shelf, most: int) -> int:
        """Read what some of the plans in force ask for that is not known yet; return how many are left. A text says the same for ever."""
        unknown = [back.id for back in shelf.in_force if back.id not in self._levels]
        with self._store.reading() as reading:
            found = reading.plan_wants(unknown[:most])
        self._levels |= {id_: found.get(id_, ()) for id_ in unknown[:most]}
        return max(0, len(unknown) - most)

    def rebuild(self, progress: Callable[[int, int, str], None] | None = None) -> int:
        """Throw everything derived away and make it anew from the texts; return how many plans were put up."""
        with self._store.shelving() as shelving:
            shelving.clear()
        with self._lock:
            self._kept.clear()
        made = self._put_up_missing(progress)
        with self._store.reading() as reading:
            shelf = Shelf(reading.shelved_plans(), self)
        while self._index_some(shelf, BITE):
            pass
        return made

    def unread(self, after: str, most: int) -> list[PlanText]:
        """Return the next texts that stand on no shelf yet, by their ids."""
        with self._store.reading() as reading:
            ids = [id_ for id_ in reading.unshelved_plans() if id_ > after]
            return sorted(reading.plans.get_many(ids[:most]), key=lambda text: text.id)

    def put_up(self, read: Iterable[tuple[PlanText, Plan]]) -> None:
        """Put up what was read elsewhere."""
        with self._store.shelving() as shelving:
            for text, plan in read:
                shelving.put(text.id, text.body, plan)

    # -- inside --------------------------------------------------------------------------------------------------------
    def _read(self, code: str, version: str) -> Plan:
        with self._store.reading() as reading:
            text = reading.plan_text(code, version)
            if not text:
                raise NotFound(kind="plans", key=f"{code} {version}")
            plan = reading.plan_content(text[0].id)
        return plan if plan is not None else self._read_text(text[0].body, f"{code} {version}")

    def _keep(self, plan: Plan) -> Plan:
        with self._lock:
            plan = self._kept.setdefault((plan.code, plan.version), plan)
            self._kept.move_to_end((plan.code, plan.version))
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return plan

    def _put_up_missing(self, progress: Callable[[int, int, str], None] | None = None) -> int:
        with self._store.reading() as reading:
            missing = reading.unshelved_plans()
        if self.is_read_beside and len(missing) > AT_ONCE:
            return 0
        made = 0
        for some in _in_bites(missing):
            with self._store.reading() as reading:
                texts = reading.plans.get_many(some)
            read = [(text, plan) for text in texts for plan in self._readable(text.body, f"{text.code} {text.plan_version}")]
            with self._store.shelving() as shelving:
                for text, plan in read:
                    shelving.put(text.id, text.body, plan)
            made += len(read)
            if progress is not None:
                progress(made, len(missing), "")
        return made

    def _renew_wants(self) -> None:
        with self._store.reading() as reading:
            old = reading.plans_with_old_wants()
        for some in _in_bites(old):
            with self._store.reading() as reading:
                plans = [(id_, reading.plan_content(id_)) for id_ in some]
            with self._store.shelving() as shelving:
                for id_, plan in plans:
                    if plan is not None:
                        shelving.put_wants(id_, plan)
        self._may_be_old = False

    def _readable(self, body: str, name: str) -> list[Plan]:
        """Return a list of at most one plan: a text that nobody can read must not keep a desk from opening; `check` tells of it."""
        try:
            return [self._read_text(body, name)]
        except BadFile as error:
            _log.warning("plan %s cannot be read and stands on no shelf: %s", name, error.values.get("reason"))
            return []

    def _index_some(self, shelf: Shelf, most: int) -> int:
        """Index versions in force and drafts that are not yet as they stand now, the oldest first, and take out what is neither any more."""
        with self._store.reading() as reading:
            indexed = reading.indexed_owners()
            marks = reading.plan_marks() | reading.draft_marks()
        searched = [back for back in shelf.plans if back.standing in SEARCHED and back.owner in marks]
        wanted = sorted((back for back in searched if indexed.get(back.owner) != marks[back.owner]), key=lambda back: back.id)
        gone = indexed.keys() - {back.owner for back in searched}
        if wanted or gone:
            self._index(wanted[:most], marks, gone)
        left = max(0, len(wanted) - most)
        self._is_behind = left > 0
        return left

    def _index(self, chosen: list[ShelvedPlan], marks: Mapping[str, str], gone: Iterable[str]) -> None:
        found = [(back, pieces(self._unkept(back))) for back in chosen]
        with self._store.shelving() as shelving:
            for owner in gone:
                shelving.drop(owner)
            for back, some in found:
                shelving.index(back.owner, mark=marks[back.owner], code=back.code, version=back.version, pieces=some)

    def _unkept(self, back: ShelvedPlan) -> Plan:
        """Return a plan without remembering it: what is indexed is not what is used tonight."""
        if back.standing is ShelfStanding.DRAFT:
            return self.draft(back.code, back.version)
        with self._lock:
            kept = self._kept.get((back.code, back.version))
        return kept if kept is not None else self._read(back.code, back.version)


def _in_bites(ids: list[str]) -> Iterator[list[str]]:
    waiting = iter(ids)
    while some := list(islice(waiting, BITE)):
        yield some


def followed(shelf: Shelf, changes: ChangeSet) -> Shelf:
    """Return the shelf after a commit. A part of a draft changes no back, only what is found in it."""
    if changes.about(Subject.PLAN, Subject.PLAN_DRAFT):
        return renewed(shelf)
    if changes.about(Subject.PLAN_PART) and isinstance(shelf.source, StoredPlans):
        shelf.source.outdate()
    return shelf


def renewed(shelf: Shelf) -> Shelf:
    """Return a shelf as its source has it now; where the disk refuses, the one it has, and the next asking tries again."""
    try:
        return shelf.source.shelf()
    except StoreTrouble as error:
        _log.warning("the shelf of plans could not be brought up to date: %s", error.values.get("reason"))
        return shelf
