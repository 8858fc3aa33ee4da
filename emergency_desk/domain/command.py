"""Who commands an incident: exactly one tier at every moment, passed on by records that both sides sign.

Moves are appended; the holder is derived from them. An offer changes nothing until the other tier accepts it; a tier above that sets up
its command takes it at once (AW8 三(二)). A working group sent from above commands nothing (AW8 五(一)).
Source: 突发事件应对法 2024 Art. 17; 国家突发事件总体应急预案 3.3.3; 青岛市突发事件应对条例 Art. 33, 35; R-1.12.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from emergency_desk.domain.areas import LADDER, Tier
from emergency_desk.domain.errors import AlreadyOffered, CommandNotTheirs, NoOfferOpen, NotTheNextTier, SignatureMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.texts import Text

ONE_COMMAND = Text("安委〔2013〕8号三（二）", "State Council Safety Committee [2013] No. 8, 3(2)")


class CommandStep(StrEnum):
    """What happened to the command. Only BEGUN, ACCEPTED and TAKEN change who holds it."""

    BEGUN = "begun"  # the tier that took the report commands the first response
    OFFERED = "offered"  # up: expand; down: step down
    REPEATED = "repeated"  # the offer was not answered in time and was made again
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    TAKEN = "taken"  # the tier above set up its command


@dataclass(frozen=True, slots=True)
class CommandMove:
    """One move, appended. A hand-over carries situation, resources, open orders, and who gave and who took it (R-1.12)."""

    id: Id
    incident_id: Id
    step: CommandStep
    from_tier: Tier
    to_tier: Tier
    occurred_at: datetime
    recorded_at: datetime
    account_id: Id
    offer_id: Id | None = None
    answer_due_at: datetime | None = None
    situation: str = ""
    resources: str = ""
    open_orders: str = ""
    given_by: str = ""  # the signatures
    taken_by: str = ""
    reason: str = ""
    heard_from: str = ""
    heard_how: str = ""
    read_back: bool = False


_PASSES = frozenset({CommandStep.BEGUN, CommandStep.ACCEPTED, CommandStep.TAKEN})
_ANSWERS = frozenset({CommandStep.ACCEPTED, CommandStep.REFUSED, CommandStep.WITHDRAWN})


def holder(moves: Iterable[CommandMove]) -> Tier | None:
    """Return the tier that commands after these moves (in order); None only before the first."""
    held: Tier | None = None
    for move in moves:
        if move.step in _PASSES:
            held = move.to_tier
    return held


def holder_since(moves: Iterable[CommandMove]) -> datetime | None:
    """Return since when the holder commands."""
    since: datetime | None = None
    for move in moves:
        if move.step in _PASSES:
            since = move.occurred_at
    return since


def open_offer(moves: Sequence[CommandMove]) -> CommandMove | None:
    """Return the offer that waits for an answer, as it was made last (repeats move its due time), or None."""
    waiting: CommandMove | None = None
    for move in moves:
        if move.step in (CommandStep.OFFERED, CommandStep.REPEATED):
            waiting = move
        elif move.step in _ANSWERS or move.step in _PASSES:
            waiting = None
    return waiting


def first_made(moves: Sequence[CommandMove], offer: CommandMove) -> CommandMove:
    """Return the first making of an offer that may have been repeated."""
    return next((move for move in moves if move.id == offer.offer_id), offer)


def check_offer(moves: Sequence[CommandMove], *, by: Tier, to: Tier, standing: frozenset[Tier]) -> None:
    """Refuse an offer that is not the holder's to make, that skips a tier, or while one waits.

    Raises CommandNotTheirs, AlreadyOffered, NotTheNextTier. `standing`: the tiers this city has (中山 has no districts).
    """
    held = holder(moves)
    if held is not by:
        raise CommandNotTheirs(tier=by, holder=held, basis=ONE_COMMAND)
    waiting = open_offer(moves)
    if waiting is not None:
        raise AlreadyOffered(to=waiting.to_tier, due_at=waiting.answer_due_at)
    if to not in neighbours(by, standing):
        raise NotTheNextTier(tier=by, to=to, next=tuple(neighbours(by, standing)))


def check_answer(moves: Sequence[CommandMove], *, by: Tier) -> CommandMove:
    """Return the open offer that a tier answers. Raises NoOfferOpen when none is made to it."""
    waiting = open_offer(moves)
    if waiting is None or waiting.to_tier is not by:
        raise NoOfferOpen(tier=by, offered_to=waiting.to_tier if waiting else None)
    return waiting


def check_own_offer(moves: Sequence[CommandMove], *, by: Tier) -> CommandMove:
    """Return the open offer that a tier made itself. Raises NoOfferOpen, and CommandNotTheirs when another tier offered."""
    waiting = open_offer(moves)
    if waiting is None:
        raise NoOfferOpen(tier=by, offered_to=None)
    if waiting.from_tier is not by:
        raise CommandNotTheirs(tier=by, holder=waiting.from_tier, basis=ONE_COMMAND)
    return waiting


def check_take(moves: Sequence[CommandMove], *, by: Tier) -> Tier:
    """Return the tier that a tier above takes the command from. Raises CommandNotTheirs when it does not stand above."""
    held = holder(moves)
    if held is None or held is by or by.rank >= held.rank:
        raise CommandNotTheirs(tier=by, holder=held, basis=ONE_COMMAND)
    return held


def check_signatures(given_by: str, taken_by: str) -> None:
    """Refuse a hand-over that one side did not sign (R-1.12). Raises SignatureMissing naming the side."""
    if not given_by.strip():
        raise SignatureMissing(name="given_by", basis=ONE_COMMAND)
    if not taken_by.strip():
        raise SignatureMissing(name="taken_by", basis=ONE_COMMAND)


def neighbours(tier: Tier, standing: frozenset[Tier]) -> tuple[Tier, ...]:
    """Return the tiers a command may pass to from a tier: the next one above and below that this city has."""
    there = [each for each in LADDER if each in standing or each is tier]
    if tier not in there:
        return tuple(there[-1:])  # a tier above the ladder that took the command hands it down to the highest below it
    place = there.index(tier)
    return tuple(there[near] for near in (place + 1, place - 1) if 0 <= near < len(there))


def answer_due(at: datetime, minutes: int) -> datetime:
    """Return until when an offer should be answered; afterwards it is an alarm and is made again."""
    return at + timedelta(minutes=minutes)


# -- the command post -------------------------------------------------------------------------------------------------
class PostRole(StrEnum):
    """What somebody does at a command post. Source: QD17 Art. 35; AR708 Art. 20-21; FIRE21 Art. 45; AW8 三(三)."""

    COMMANDER = "commander"  # 现场指挥长
    FIRE_COMMANDER = "fire_commander"  # 火场总指挥, beside the commander: fire-fighting is the fire service's to command
    DEPUTY = "deputy"
    RECORDER = "recorder"  # meetings and decisions are recorded by a named person (AW8)
    GROUP_LEAD = "group_lead"
    GROUP_MEMBER = "group_member"
    GARRISON = "garrison"  # the army's representative (MIL436 Art. 6)
    WORKING_GROUP = "working_group"  # sent from above to guide; commands nothing (AW8 五(一))


class NamedBy(StrEnum):
    """By which rule somebody commands (QD17 Art. 35)."""

    PLAN = "plan"
    COMMITTEE = "committee"
    LAW = "law"  # the fire service at a fire (FIRE21 Art. 45)


@dataclass(frozen=True, slots=True)
class CommandPost:
    """The on-site command post of one tier: where it stands, formed and dissolved when."""

    id: Id
    incident_id: Id
    tier: Tier
    place: str
    formed_at: datetime
    phone: str = ""
    channel: str = ""
    dissolved_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class PostMember:
    """Somebody's place at a command post, with the phone that reaches it. Units and officers, never members of the public."""

    id: Id
    post_id: Id
    incident_id: Id
    role: PostRole
    since: datetime
    name: str = ""
    post_name: str = ""  # the office held, such as "director of emergency management"
    unit: str = ""
    phone: str = ""
    group_id: str = ""  # a work group of the plan: its own name, else its function
    duties: str = ""
    named_by: NamedBy = NamedBy.PLAN
    until: datetime | None = None
    version: int = 0


class NoticeKind(StrEnum):
    """Why somebody is told."""

    SPECIAL_HQ = "special_hq"  # the special command post that the hazard calls in
    LEAD_UNIT = "lead_unit"
    MEMBER_UNIT = "member_unit"
    LEADER = "leader"
    NEIGHBOUR = "neighbour"
    GARRISON = "garrison"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Notice:
    """Somebody who is to be told of an incident: with the duty phone, told when and by whom, and whether it was read back."""

    id: Id
    incident_id: Id
    tier: Tier
    kind: NoticeKind
    name: str
    created_at: datetime
    name_en: str = ""
    unit_id: Id | None = None
    phone: str = ""
    why: str = ""  # the clause or the unit that calls it in
    told_at: datetime | None = None
    told_to: str = ""
    how: str = ""
    read_back: bool = False
    told_by_id: Id | None = None
    version: int = 0

    @property
    def is_told(self) -> bool:
        """Say whether somebody answered and was told."""
        return self.told_at is not None


class DecisionKind(StrEnum):
    """What is recorded of a command post's work (AW8 三(三): meetings and major decisions, by a named person)."""

    MEETING = "meeting"
    DECISION = "decision"
    INSTRUCTION = "instruction"  # of a leader: 领导批示


@dataclass(frozen=True, slots=True)
class Decision:
    """One meeting or decision, appended: what, by whom, when."""

    id: Id
    incident_id: Id
    tier: Tier
    kind: DecisionKind
    text: str
    decided_by: str
    occurred_at: datetime
    recorded_at: datetime
    account_id: Id
    post_id: Id | None = None
    present: str = ""
