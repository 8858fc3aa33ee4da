"""One draft in an editor's hands: what is typed is saved part by part on the store thread, and nothing typed is lost on the way.

A part that was typed into waits for a pause (or at most a few seconds), is saved, and stays marked as not saved until the store has it. A part
that somebody else saved meanwhile is not written over: both texts are kept until the planner decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from emergency_desk.domain.changes import ChangeSet, Subject
from emergency_desk.domain.errors import DeskError, Refused
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_drafts import PartKind, PlanDraft, PlanPart
from emergency_desk.domain.plan_errors import PartChanged
from emergency_desk.domain.plan_parts import PartRecord, PlanHeader, record_of
from emergency_desk.domain.plan_records import Clause, Plan
from emergency_desk.domain.plan_replacing import Needle
from emergency_desk.services import plan_drafts, plan_editing, plan_replacing
from emergency_desk.services.desk import Done
from emergency_desk.services.plan_drafts import DraftView, header_of_draft
from emergency_desk.ui.workplace import Workplace

PAUSE_MS, LONGEST_MS, RETRY_MS = 700, 4_000, 15_000
HEADER = Id("header")
_FIELDS = {
    PartKind.BASIS: "basis", PartKind.CLAUSE: "clauses", PartKind.SITUATION: "situations", PartKind.ITEM: "items", PartKind.LEVEL: "levels",
    PartKind.WORK_GROUP: "work_groups", PartKind.ACTION: "actions", PartKind.CONTACT: "contacts", PartKind.CARD: "cards",
}


class Keeping(StrEnum):
    """How safe what was typed is."""

    SAVED = "saved"
    TYPED = "typed"  # waits for a pause
    SAVING = "saving"
    KEPT_BACK = "kept_back"  # the store refused it, or somebody else saved the part


@dataclass(slots=True)
class OpenPart:
    """One part as it stands in the editor. `version` is the one its words began from."""

    id: Id
    kind: PartKind
    key: str
    record: Any
    version: int
    changed_at: datetime
    changed_by: Id


@dataclass(frozen=True, slots=True)
class Clash:
    """A part that two planners wrote on at once: what stands in this editor, and what the other saved."""

    error: PartChanged
    ours: PartRecord
    theirs: PartRecord

    @property
    def part_id(self) -> Id:
        """The part."""
        return Id(self.error.values["id"])


@dataclass(slots=True)
class _Chain:
    """Versions of this editor's own last saves; touched on the store thread alone, where saves stand in a row."""

    versions: dict[Id, int] = field(default_factory=dict)
    journal: set[int] = field(default_factory=set)


class OpenDraft(QObject):
    """`read_anew` when other words than those typed here stand in the draft; `typed(part)` after an edit here; `keeping_changed`;
    `clashed(part)`, `refused(error)` when something could not be kept.
    """

    read_anew = Signal()
    typed = Signal(str)
    keeping_changed = Signal()
    clashed = Signal(str)
    refused = Signal(object)

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self.draft: PlanDraft | None = None
        self.people: dict[Id, str] = {}
        self._parts: dict[Id, OpenPart] = {}
        self._order: dict[PartKind, list[Id]] = {kind: [] for kind in PartKind}
        self._header: PlanHeader | None = None
        self._header_version = 0
        self._plan: Plan | None = None
        self._waiting: dict[Id, PartRecord | PlanHeader] = {}
        self._sent: dict[Id, int] = {}
        self._kept_back: set[Id] = set()
        self.clashes: dict[Id, Clash] = {}
        self.saved_at: datetime | None = None
        self._chain = _Chain()
        self._pause, self._longest, self._retry = self._timer(PAUSE_MS), self._timer(LONGEST_MS), self._timer(RETRY_MS)

    def _timer(self, milliseconds: int) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(milliseconds)
        made.timeout.connect(self.flush)
        return made

    # -- what stands there ---------------------------------------------------------------------------------------------
    @property
    def plan(self) -> Plan:
        """The plan that the parts make, with what is typed and not saved yet."""
        if self._plan is None:
            assert self._header is not None
            said: dict[str, Any] = {name: getattr(self._header, name) for name in PlanHeader.__dataclass_fields__}
            said |= {name: tuple(part.record for part in self.parts(kind)) for kind, name in _FIELDS.items()}
            self._plan = Plan(**said)
        return self._plan

    @property
    def header(self) -> PlanHeader:
        """What the plan says before its first clause."""
        assert self._header is not None
        return self._header

    def parts(self, kind: PartKind) -> list[OpenPart]:
        """Return the parts of a kind in their order."""
        return [self._parts[id_] for id_ in self._order[kind]]

    def part(self, id_: str) -> OpenPart | None:
        """Return a part by its id, or None."""
        return self._parts.get(Id(id_))

    def find(self, kind: PartKind, key: str) -> OpenPart | None:
        """Return the part of a kind and key, or None."""
        return next((part for part in self.parts(kind) if part.key == key), None)

    @property
    def keeping(self) -> Keeping:
        """How safe what was typed is."""
        if self.clashes or self._kept_back:
            return Keeping.KEPT_BACK
        if self._waiting:
            return Keeping.TYPED
        return Keeping.SAVING if self._sent else Keeping.SAVED

    def is_unsaved(self, id_: str) -> bool:
        """Say whether a part holds words that the store has not got yet."""
        return Id(id_) in self._waiting or Id(id_) in self._sent or Id(id_) in self.clashes

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self, draft_id: Id) -> Callable[[], DraftView]:
        """Return what reads the draft on the store thread."""
        desk = self._place.desk
        return lambda: plan_drafts.open_draft(desk, draft_id=draft_id)

    def take(self, view: DraftView) -> None:
        """Take what was read; what is typed here and not saved stays."""
        is_other = self.draft is None or view.draft.id != self.draft.id
        if is_other:
            self._begin()
        self.draft, self.people = view.draft, view.people
        if HEADER not in self._waiting and HEADER not in self._sent:
            self._header, self._header_version = header_of_draft(view.draft), view.draft.version
        unsaved = {id_: part for id_, part in self._parts.items() if self.is_unsaved(id_)}
        parts = {part.id: unsaved.get(part.id) or self._opened(part) for part in view.parts}
        order: dict[PartKind, list[Id]] = {kind: [] for kind in PartKind}
        for part in view.parts:
            order[part.kind].append(part.id)
        is_other = is_other or (order, parts) != (self._order, self._parts)
        self._parts, self._order, self._plan = parts, order, None
        if is_other:
            self.read_anew.emit()
        self.keeping_changed.emit()

    def _begin(self) -> None:
        self._parts, self._waiting, self._sent, self.clashes, self._kept_back = {}, {}, {}, {}, set()
        self._chain, self.saved_at = _Chain(), None

    def _opened(self, part: PlanPart) -> OpenPart:
        known = self._parts.get(part.id)
        if known is not None and known.version == part.version and known.key == part.key:
            return known
        return OpenPart(part.id, part.kind, part.key, record_of(part.kind, part.content), part.version, part.changed_at, part.changed_by)

    def concerns(self, changes: ChangeSet) -> bool:
        """Say whether a commit may have changed this draft and was not made here."""
        if self.draft is None or changes.journal_number in self._chain.journal:
            return False
        return changes.everything or changes.about(Subject.PLAN_PART) or self.draft.id in changes.ids(Subject.PLAN_DRAFT)

    # -- typing --------------------------------------------------------------------------------------------------------
    def edit(self, id_: Id, record: PartRecord) -> None:
        """Take what was typed into a part; it is saved at the next pause."""
        part = self._parts.get(id_)
        if part is None or part.record == record:
            return
        part.record = record
        self._wait(id_, record)

    def edit_header(self, header: PlanHeader) -> None:
        """Take what was typed into the head of the plan."""
        if header != self._header:
            self._header = header
            self._wait(HEADER, header)

    def _wait(self, id_: Id, record: PartRecord | PlanHeader) -> None:
        self._plan = None
        self._waiting[id_] = record
        self._kept_back.discard(id_)
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()
        self.keeping_changed.emit()
        self.typed.emit(id_)

    def flush(self) -> None:
        """Save now what waits, but for parts that clash."""
        self._pause.stop()
        self._longest.stop()
        for id_ in [id_ for id_ in self._waiting if id_ not in self.clashes]:
            self._save(id_, self._waiting.pop(id_))
        self.keeping_changed.emit()

    def _save(self, id_: Id, record: Any) -> None:
        self._sent[id_] = self._sent.get(id_, 0) + 1
        desk, chain = self._place.desk, self._chain
        if id_ == HEADER:
            assert self.draft is not None
            draft_id, began = self.draft.id, self._header_version

            def save() -> Done[Any]:
                return plan_editing.save_header(desk, draft_id=draft_id, header=record, version=max(began, chain.versions.get(HEADER, 0)))
        else:
            began = self._parts[id_].version

            def save() -> Done[Any]:
                return plan_editing.save_part(desk, part_id=id_, record=record, version=max(began, chain.versions.get(id_, 0)))

        def noted() -> Done[Any]:
            done = save()
            chain.versions[id_] = done.value.version
            chain.journal.add(done.changes.journal_number)
            return done

        # An answer about a draft that was left meanwhile concerns nobody here any more, but a refusal is told.
        self._place.ask(noted, then=lambda done: self._saved(id_, done) if chain is self._chain else None,
                        refused=lambda error: self._not_saved(id_, record, error) if chain is self._chain else self.refused.emit(error))

    def _saved(self, id_: Id, done: Done[Any]) -> None:
        self._answered(id_)
        self._kept_back.discard(id_)
        part = self._parts.get(id_)
        if id_ == HEADER:
            self._header_version = max(self._header_version, done.value.version)
        elif part is not None:
            part.version, part.key = max(part.version, done.value.version), done.value.key
            part.changed_at, part.changed_by = done.value.changed_at, done.value.changed_by
        self.saved_at = self._place.desk.now()
        self.keeping_changed.emit()

    def _not_saved(self, id_: Id, record: Any, error: DeskError) -> None:
        """Keep what could not be saved: beside the other's words where two wrote, else until the next try."""
        self._answered(id_)
        part = self._parts.get(id_)
        if isinstance(error, PartChanged) and part is not None:
            theirs: PlanPart = error.values["theirs"]
            self._waiting.pop(id_, None)
            self.clashes[id_] = Clash(error, part.record, record_of(theirs.kind, theirs.content))
            self.clashed.emit(id_)
        else:
            self._waiting.setdefault(id_, record)
            self._kept_back.add(id_)
            if not isinstance(error, Refused):
                self._retry.start()  # the store may be free, or the disk, a little later
            self.refused.emit(error)
        self.keeping_changed.emit()

    def _answered(self, id_: Id) -> None:
        left = self._sent.get(id_, 0) - 1
        if left > 0:
            self._sent[id_] = left
        else:
            self._sent.pop(id_, None)

    # -- two planners at one part --------------------------------------------------------------------------------------
    def keep_ours(self, id_: str) -> None:
        """Save what stands here over what the other saved."""
        clash, part = self.clashes.pop(Id(id_), None), self._parts.get(Id(id_))
        if clash is not None and part is not None:
            part.version = clash.error.values["theirs"].version
            self._waiting.pop(part.id, None)
            self._save(part.id, part.record)
            self.keeping_changed.emit()

    def take_theirs(self, id_: str) -> None:
        """Put what the other saved in place of what stands here."""
        clash, part = self.clashes.pop(Id(id_), None), self._parts.get(Id(id_))
        if clash is not None and part is not None:
            theirs: PlanPart = clash.error.values["theirs"]
            self._waiting.pop(part.id, None)
            self._parts[part.id] = OpenPart(part.id, part.kind, theirs.key, clash.theirs, theirs.version, theirs.changed_at, theirs.changed_by)
            self._plan = None
            self.read_anew.emit()
            self.keeping_changed.emit()

    # -- acts ----------------------------------------------------------------------------------------------------------
    def add(self, record: PartRecord, *, after: Id | None = None, then: Callable[[Id], object] | None = None) -> None:
        """Add a part behind another one, or where it belongs."""
        desk, draft_id = self._place.desk, self._draft_id
        self._do(lambda: plan_editing.add_part(desk, draft_id=draft_id, record=record, after=after),
                 lambda part: then(part.id) if then else None)

    def insert_clause(self, clause: Clause, *, then: Callable[[Id], object] | None = None) -> None:
        """Put a clause in at its number; those that follow count on."""
        desk, draft_id = self._place.desk, self._draft_id
        self._do(lambda: plan_editing.insert_clause(desk, draft_id=draft_id, clause=clause), lambda part: then(part.id) if then else None)

    def remove(self, ids: Iterable[Id], *, then: Callable[[], object] | None = None) -> None:
        """Remove parts as one act."""
        desk, chain = self._place.desk, self._chain
        began = {id_: self._parts[id_].version for id_ in ids if id_ in self._parts}
        if began:
            self._do(lambda: plan_editing.remove_parts(desk, parts={id_: max(own, chain.versions.get(id_, 0)) for id_, own in began.items()}),
                     lambda _count: then() if then else None)

    def move(self, id_: Id, *, by: int) -> None:
        """Move a part one place up or down among its kind."""
        part = self._parts[id_]
        order = self._order[part.kind]
        place = order.index(id_) + by
        if not 0 <= place < len(order):
            return
        rest = [one for one in order if one != id_]
        after = rest[place - 1] if place else None
        desk = self._place.desk
        self._do(lambda: plan_editing.move_part(desk, part_id=id_, after=after))

    def move_clause(self, number: str, *, before: str) -> None:
        """Move a clause with all that lies in it before a sister, or to their end."""
        desk, draft_id = self._place.desk, self._draft_id
        self._do(lambda: plan_editing.move_clause(desk, draft_id=draft_id, number=number, before=before))

    def renumber(self, numbers: dict[str, str]) -> None:
        """Give clauses other numbers, and carry along what rests on them."""
        desk, draft_id = self._place.desk, self._draft_id
        self._do(lambda: plan_editing.renumber_clauses(desk, draft_id=draft_id, numbers=numbers))

    def replace_words(self, needle: Needle, by: str, *, then: Callable[[int], object]) -> None:
        """Replace words through the whole draft, as one act."""
        desk, draft_id = self._place.desk, self._draft_id
        self._do(lambda: plan_replacing.replace_words(desk, draft_id=draft_id, needle=needle, by=by), then)

    def undo(self, *, then: Callable[[Any], object] | None = None) -> None:
        """Take one's own last change back, what is typed included."""
        desk, draft_id = self._place.desk, self._draft_id
        self._do(lambda: plan_editing.undo(desk, draft_id=draft_id), then)

    def redo(self, *, then: Callable[[Any], object] | None = None) -> None:
        """Do again what was taken back last."""
        desk, draft_id = self._place.desk, self._draft_id
        self._do(lambda: plan_editing.redo(desk, draft_id=draft_id), then)

    @property
    def _draft_id(self) -> Id:
        assert self.draft is not None
        return self.draft.id

    def _do(self, act: Callable[[], Done[Any]], then: Callable[[Any], object] | None = None) -> None:
        """Save what waits, do an act, and take the draft as it stands afterwards."""
        self.flush()
        desk, draft_id, chain = self._place.desk, self._draft_id, self._chain

        def job() -> Done[Any]:
            done = act()
            chain.journal.add(done.changes.journal_number)
            return replace(done, value=(done.value, plan_drafts.open_draft(desk, draft_id=draft_id)))

        def taken(done: Done[Any]) -> None:
            value, view = done.value
            self.saved_at = desk.now()
            self.take(view)
            if then is not None:
                then(value)

        self._place.ask(job, then=taken, refused=self.refused.emit)


