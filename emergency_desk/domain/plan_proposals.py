"""What was read in a foreign plan, proposed and never taken as fact: its clauses, and what of them could be run, each with where it was read.

Reading is in `exchange`; the words for doubts are in `wording.plan_import_words`. `as_plan` makes a plan of what somebody confirmed: whatever
was not confirmed stays as text in its clause.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import FieldMissing, FieldRefused
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.plan_records import (
    MOST_CARD_STEPS,
    Action,
    Clause,
    Contact,
    Item,
    LegalBasis,
    LevelRule,
    Plan,
    PlanKind,
    ResponseCard,
    Situation,
    WorkGroup,
)
from emergency_desk.domain.texts import Text

FIRST_VERSION = "1.0"
UNTIMED = -1  # minutes of an action or a step that the text gives no time for; nobody can confirm it before somebody does


class Sureness(StrEnum):
    """How sure a reading is."""

    SURE = "sure"  # the text says it in so many words
    LIKELY = "likely"  # the usual meaning of what it says
    DOUBTFUL = "doubtful"  # somebody has to look


class Doubt(StrEnum):
    """What somebody should look at."""

    # of clauses
    NUMBER_MADE = "number_made"  # the heading had no number of its own
    NUMBER_REPEATS = "number_repeats"  # written before; the next free number was given
    NUMBER_JUMPS = "number_jumps"  # a number between is missing
    DOT_LOST = "dot_lost"  # "1?1": the full stop was lost in another encoding
    TITLE_MADE = "title_made"  # the clause has no title; it got its first words
    BEFORE_CHAPTERS = "before_chapters"  # text that stands before the first chapter
    RESIDUE = "residue"  # letters of a web page were cut off before the number
    NO_CHAPTERS = "no_chapters"  # no heading was recognised in the whole text
    # of levels
    NO_CONDITION = "no_condition"  # the level is named and its conditions were not found
    NO_ACTIVATOR = "no_activator"  # nobody is named who activates it
    ROLE_GUESSED = "role_guessed"  # which post of the desk that is, was guessed
    CONDITION_IN_WORDS = "condition_in_words"  # no figure of the desk: an officer has to say whether it holds
    PARTLY_READ = "partly_read"  # the sentence says more than its figures
    FIGURE_WITHOUT_BOUND = "figure_without_bound"  # "3人死亡": taken for "3 or more"
    MISSING_COUNTED = "missing_counted"  # 死亡（含失踪）: the desk's figure counts the dead alone
    CONDITION_CUT = "condition_cut"  # further conditions were found than a level can hold
    # of groups, contacts, items
    NO_LEAD = "no_lead"
    NO_MEMBERS = "no_members"
    NO_PHONE = "no_phone"
    PRIVATE_PHONE = "private_phone"  # a mobile number, perhaps of a person
    UNIT_UNCLEAR = "unit_unclear"  # the name does not read like a unit's
    UNIT_MADE = "unit_made"  # the thing's unit of measure was not written
    # of actions and cards
    NO_TIME = "no_time"  # the text does not say within how many minutes
    NO_OWNER = "no_owner"  # the sentence names nobody who does it
    ONLY_IN_A_CASE = "only_in_a_case"  # "当…时": asked for in a case alone, not whenever the level runs
    LIKE_LOWER = "like_lower"  # a lower level asks for nearly the same, and its actions go on at this one
    STEPS_CUT = "steps_cut"  # there is more to do than a card can hold


class LeftOutWhy(StrEnum):
    """Why a line of the file is no part of the plan's text."""

    PAGE_NUMBER = "page_number"
    RUNNING_HEAD = "running_head"
    CONTENTS = "contents"
    WEB_RESIDUE = "web_residue"


class FileNoteKind(StrEnum):
    """What a file holds that is no text of the plan."""

    PICTURES = "pictures"
    DELETED = "deleted"  # tracked deletions, which were left out
    INSERTED = "inserted"  # tracked insertions, which were taken
    COMMENTS = "comments"
    OUTSIDE = "outside"  # parts that lie elsewhere; nothing was fetched
    EMBEDDED = "embedded"  # other files within the file
    HIDDEN = "hidden"  # text that Word does not show
    ENCODING = "encoding"  # a text file that is not in UTF-8
    UNREADABLE_SIGNS = "unreadable_signs"  # characters that were destroyed before


@dataclass(frozen=True, slots=True)
class FileNote:
    """One thing to know of a file: its kind, how many, and what they are called."""

    kind: FileNoteKind
    count: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where something was read: the line of the file (of a Word file its paragraph), the clause, the words themselves."""

    line: int
    clause: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadClause:
    """One clause as it was recognised; `heading` is the line as the file wrote it."""

    clause: Clause
    heading: str
    line: int
    doubts: tuple[Doubt, ...] = ()

    @property
    def depth(self) -> int:
        """Return how deep the clause stands: 0 for a chapter."""
        return self.clause.number.count(".")


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRead:
    """What the plan's own grading table says of one grade; a figure with its lower bound and, where written, the bound it stays below."""

    grade: Grade
    figures: tuple[tuple[str, int, int | None], ...]
    further: tuple[str, ...] = ()  # criteria that are no figures of the desk


Record = TypeVar("Record", LevelRule, WorkGroup, Action, ResponseCard, Contact, Item, LegalBasis, GradeRead)
AnyRecord = LevelRule | WorkGroup | Action | ResponseCard | Contact | Item | LegalBasis | GradeRead


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed(Generic[Record]):
    """One thing that was read, to be confirmed, corrected or left as text. `id` is its own within the proposal."""

    id: str
    record: Record
    source: Source
    sureness: Sureness
    doubts: tuple[Doubt, ...] = ()
    is_tier_said: bool = False  # the text names the tier of this very thing; else it stands at the plan's own


AnyProposed = (Proposed[LevelRule] | Proposed[WorkGroup] | Proposed[Action] | Proposed[ResponseCard] | Proposed[Contact] | Proposed[Item]
               | Proposed[LegalBasis])


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One line of the file that stands in no clause."""

    line: int
    words: str
    why: LeftOutWhy


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What a plan is: guessed from its title and first words, and asked."""

    title: str
    kind: PlanKind
    tier: Tier
    hazard_types: tuple[str, ...] = ()
    area_code: str = ""
    code: str = ""
    is_sure: frozenset[str] = frozenset()  # names of the fields that the text says outright


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProposal:
    """A plan as it was read in a file. `situations` are the circumstances that the levels' conditions name."""

    file: str
    facts: PlanFacts
    title_words: str = ""  # the lines that the title fills in the file, and that stand in no clause
    clauses: tuple[ReadClause, ...]
    basis: tuple[Proposed[LegalBasis], ...] = ()
    situations: tuple[Situation, ...] = ()
    grades: tuple[Proposed[GradeRead], ...] = ()
    levels: tuple[Proposed[LevelRule], ...] = ()
    work_groups: tuple[Proposed[WorkGroup], ...] = ()
    actions: tuple[Proposed[Action], ...] = ()
    cards: tuple[Proposed[ResponseCard], ...] = ()
    contacts: tuple[Proposed[Contact], ...] = ()
    items: tuple[Proposed[Item], ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[FileNote, ...] = ()

    @property
    def chapters(self) -> tuple[ReadClause, ...]:
        """Return the chapters."""
        return tuple(one for one in self.clauses if one.depth == 0)

    @property
    def asked(self) -> tuple[AnyProposed, ...]:
        """Return everything that may be confirmed into the plan, what runs first."""
        return (*self.levels, *self.work_groups, *self.actions, *self.cards, *self.contacts, *self.items, *self.basis)

    def situation(self, id_: str) -> Situation | None:
        """Return the situation of an id, or None."""
        return next((one for one in self.situations if one.id == id_), None)


Confirmed = Mapping[str, AnyRecord]  # by the id of what was proposed: the record as it was confirmed or corrected


def sure_ones(proposal: PlanProposal) -> dict[str, AnyRecord]:
    """Return what the text says in so many words, as if somebody had confirmed it."""
    return {one.id: one.record for one in proposal.asked if one.sureness is Sureness.SURE}


def ready_ones(proposal: PlanProposal, confirmed: Confirmed, left: Collection[str], *, due_minutes: int) -> dict[str, AnyRecord]:
    """Return what nobody answered yet and needs no second look, as if somebody had confirmed it; `due_minutes` for what has no time.

    What is doubtful, or lacks something, is not among it: somebody has to look.
    """
    ready: dict[str, AnyRecord] = {}
    for one in proposal.asked:
        if one.id in confirmed or one.id in left or one.sureness is Sureness.DOUBTFUL:
            continue
        record = timed(one.record, due_minutes)
        try:
            check_confirmed(record, among={**confirmed, **ready}, own_id=one.id)
        except (FieldMissing, FieldRefused):
            continue
        ready[one.id] = record
    return ready


def is_untimed(record: AnyRecord) -> bool:
    """Say whether an action, or a step of a card, has no time yet."""
    if isinstance(record, ResponseCard):
        return any(step.due_minutes == UNTIMED for step in record.steps)
    return isinstance(record, Action) and record.due_minutes == UNTIMED


def timed(record: AnyRecord, due_minutes: int) -> AnyRecord:
    """Return a record whose missing times are those somebody said."""
    if not is_untimed(record):
        return record
    if isinstance(record, ResponseCard):
        steps = tuple(replace(step, due_minutes=due_minutes) if step.due_minutes == UNTIMED else step for step in record.steps)
        return replace(record, steps=steps)
    assert isinstance(record, Action)
    return replace(record, due_minutes=due_minutes)


def check_confirmed(record: AnyRecord, *, among: Confirmed, own_id: str) -> None:
    """Say whether a record can be confirmed beside the others. Raises FieldMissing, FieldRefused."""
    others = [other for id_, other in among.items() if id_ != own_id]
    if isinstance(record, LevelRule):
        if not record.activated_by:
            raise FieldMissing(name="activated_by")
        if not record.conditions:
            raise FieldMissing(name="conditions")
        if any(isinstance(other, LevelRule) and (other.tier, other.level) == (record.tier, record.level) for other in others):
            raise FieldRefused(name="level", reason="taken_twice", typed=record.level, other="")
    if isinstance(record, WorkGroup):
        if not record.lead:
            raise FieldMissing(name="lead")
        if not record.duties:
            raise FieldMissing(name="duties")
        if any(isinstance(other, WorkGroup) and (other.function, other.name) == (record.function, record.name) for other in others):
            raise FieldRefused(name="name", reason="taken_twice", typed=record.name.zh, other="")
    if isinstance(record, Action) and not record.title:
        raise FieldMissing(name="title")
    if isinstance(record, ResponseCard):
        if not record.post:
            raise FieldMissing(name="post")
        if not record.steps:
            raise FieldMissing(name="steps")
        if len(record.steps) > MOST_CARD_STEPS:
            raise FieldRefused(name="steps", reason="too_many", typed=str(len(record.steps)), other=str(MOST_CARD_STEPS))
    if is_untimed(record):
        raise FieldMissing(name="due")


def as_plan(proposal: PlanProposal, facts: PlanFacts, confirmed: Confirmed, *, situations: tuple[Situation, ...] = ()) -> Plan:
    """Make a plan of the text and of what was confirmed. `situations` are those somebody worded anew. Raises FieldMissing, FieldRefused."""
    for id_, record in confirmed.items():
        check_confirmed(record, among=confirmed, own_id=id_)
    if not facts.title:
        raise FieldMissing(name="title")
    records = [confirmed[one.id] for one in proposal.asked if one.id in confirmed]
    levels = tuple(record for record in records if isinstance(record, LevelRule))
    named = {id_ for rule in levels for condition in rule.conditions for id_ in condition.situations}
    worded = {one.id: one for one in (*proposal.situations, *situations)}
    return Plan(
        code=facts.code, version=FIRST_VERSION, title=Text(facts.title), kind=facts.kind, hazard_types=facts.hazard_types, tier=facts.tier,
        area_code=facts.area_code, clauses=tuple(one.clause for one in proposal.clauses), levels=levels,
        situations=tuple(one for one in worded.values() if one.id in named),
        basis=tuple(record for record in records if isinstance(record, LegalBasis)),
        work_groups=tuple(record for record in records if isinstance(record, WorkGroup)),
        actions=tuple(record for record in records if isinstance(record, Action)),
        cards=tuple(record for record in records if isinstance(record, ResponseCard)),
        contacts=tuple(record for record in records if isinstance(record, Contact)),
        items=tuple(record for record in records if isinstance(record, Item)))


def at_tier(proposal: PlanProposal, tier: Tier) -> PlanProposal:
    """Return a proposal whose own parts stand at another tier, as somebody said whose plan it is; what names its tier itself stays."""
    levels = tuple(one if one.is_tier_said else replace(one, record=replace(one.record, tier=tier)) for one in proposal.levels)
    actions = tuple(one if one.is_tier_said else replace(one, record=replace(one.record, tier=tier)) for one in proposal.actions)
    cards = tuple(one if one.is_tier_said else replace(one, record=replace(one.record, tier=tier)) for one in proposal.cards)
    return replace(proposal, levels=levels, actions=actions, cards=cards, facts=replace(proposal.facts, tier=tier))
