"""The black-out pack: what an office works on by paper while the power is gone, and the short codes by which the paper is keyed back.

A code is made of what a record bears for good (the serial of its incident, its own place among its like), so nothing of a pack has to be kept:
"17-T5" is the fifth task of incident 17, "17-D3" its third order to a team, "17-S2" its second shelter, "17-R1" its first release order,
"17-L" its log. A release order that belongs to no incident goes by its own number in the year: "0-R7".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from emergency_desk.domain.boards import IncidentLine, LogLine
from emergency_desk.domain.errors import Refused
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.register_sheets import ContactRow
from emergency_desk.domain.sheets import Imprint
from emergency_desk.domain.teams import TeamState
from emergency_desk.domain.texts import Text

MOST_PAGES = 20  # of one open incident, with what the whole desk shares (house setting)


class CardKind(StrEnum):
    """What a card stands for; its letter stands in the code."""

    TASK = "card_task"
    TEAM = "card_team"
    SHELTER = "card_shelter"
    RELEASE = "card_release"
    LOG = "card_log"


LETTERS = {CardKind.TASK: "T", CardKind.TEAM: "D", CardKind.SHELTER: "S", CardKind.RELEASE: "R", CardKind.LOG: "L"}
_KINDS = {letter: kind for kind, letter in LETTERS.items()}
_CODE = re.compile(r"(\d{1,5})([A-Z]?)[-_ ]*([TDSRL])[-_ ]*(\d{0,4})")
_LIKE = str.maketrans({"—": "-", "–": "-", "－": "-", "−": "-", "．": "-", ".": "-"})


class CardCodeUnread(Refused):
    """What was typed is no code of a card. Values: typed."""

    field = "code"


class CardUnknown(Refused):
    """No card bears this code here. Values: code."""

    field = "code"


class CardNotKeyed(Refused):
    """This cannot be entered for this kind of card. Values: code, what."""

    field = "what"


@dataclass(frozen=True, slots=True)
class CardCode:
    """The short code of a card. `turn`: "" for the first incident of a serial, B, C … for others of the same serial."""

    serial: int
    kind: CardKind
    ordinal: int = 0
    turn: str = ""

    def __str__(self) -> str:
        return f"{self.serial}{self.turn}-{LETTERS[self.kind]}{self.ordinal or ''}"


def read_code(typed: str) -> CardCode:
    """Read a code as somebody types it from paper: small letters, wide digits, without the dash. Raises CardCodeUnread."""
    told = _CODE.fullmatch(unicodedata.normalize("NFKC", typed).translate(_LIKE).upper().strip())
    if told is None or (not told[4] and told[3] != LETTERS[CardKind.LOG]):
        raise CardCodeUnread(typed=typed.strip())
    kind = _KINDS[told[3]]
    return CardCode(int(told[1]), kind, 0 if kind is CardKind.LOG else int(told[4]), told[2])


def serial_of(number: str) -> int:
    """Return the serial in a number such as 370203-2026-0017 or 370203-2026-0017-D03."""
    return int(number.split("-")[2])


# -- what is printed --------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class TaskCard:
    """One open task, with the time it is due and the time it was printed."""

    code: CardCode
    title: Text
    clause: str
    tier: str
    due_at: datetime | None
    printed_at: datetime


@dataclass(frozen=True, slots=True)
class TeamCard:
    """One team that is out, with room for the times of its states."""

    code: CardCode
    order_number: str
    team: Text
    phone: str
    task: Text
    sent_at: datetime
    state: TeamState
    receipt_at: datetime | None


@dataclass(frozen=True, slots=True)
class PickLine:
    """So much of a lot out of a bin."""

    bins: str
    name: Text
    lot: str
    unit: str
    quantity: int


@dataclass(frozen=True, slots=True)
class PickCard:
    """What is still to be fetched for one release order."""

    code: CardCode
    number: str
    depot: Text
    phone: str
    to: Text
    lines: tuple[PickLine, ...]


@dataclass(frozen=True, slots=True)
class HeadCard:
    """One open shelter, with room for counts."""

    code: CardCode
    name: Text
    address: str
    responsible: str
    phone: str
    places: int | None
    heads: int
    counted_at: datetime | None


@dataclass(frozen=True, slots=True)
class IncidentPack:
    """Everything of one open incident. `log`: its newest lines, the oldest of them first."""

    incident: Incident
    line: IncidentLine
    code: str
    log_code: CardCode
    incident_type: Text
    place: Text
    plan_title: Text
    tasks: tuple[TaskCard, ...]
    teams: tuple[TeamCard, ...]
    picks: tuple[PickCard, ...]
    heads: tuple[HeadCard, ...]
    log: tuple[LogLine, ...]


TEAMS_OUT = Text("在外队伍", "Teams that are out")


@dataclass(frozen=True, slots=True)
class BlackoutSheet:
    """The whole pack: the board, whom to ring, and one part for each open incident."""

    imprint: Imprint
    desk_phone: str
    team_states: tuple[tuple[TeamState, int], ...]
    contacts: tuple[ContactRow, ...]
    more_contacts: int  # that found no room and stand in the contact list alone
    packs: tuple[IncidentPack, ...]
    picks: tuple[PickCard, ...] = ()  # of release orders that belong to no incident

    @property
    def is_exercise(self) -> bool:
        """Say whether all of it is for a drill."""
        return self.imprint.is_exercise or (bool(self.packs) and all(pack.incident.is_exercise for pack in self.packs))


# -- what is keyed back -----------------------------------------------------------------------------------------------
class Keyed(StrEnum):
    """What stands written on a card."""

    DONE = "keyed_done"
    SKIPPED = "keyed_skipped"
    RECEIPT = "keyed_receipt"
    EN_ROUTE = "keyed_en_route"
    ON_SCENE = "keyed_on_scene"
    WORKING = "keyed_working"
    WITHDRAWING = "keyed_withdrawing"
    RETURNED = "keyed_returned"
    HEADS = "keyed_heads"
    PICKED = "keyed_picked"
    WORDS = "keyed_words"


POSSIBLE: dict[CardKind, tuple[Keyed, ...]] = {
    CardKind.TASK: (Keyed.DONE, Keyed.SKIPPED, Keyed.WORDS),
    CardKind.TEAM: (Keyed.RECEIPT, Keyed.EN_ROUTE, Keyed.ON_SCENE, Keyed.WORKING, Keyed.WITHDRAWING, Keyed.RETURNED, Keyed.WORDS),
    CardKind.SHELTER: (Keyed.HEADS, Keyed.WORDS), CardKind.RELEASE: (Keyed.PICKED, Keyed.WORDS), CardKind.LOG: (Keyed.WORDS,),
}
STATES = {Keyed.EN_ROUTE: TeamState.EN_ROUTE, Keyed.ON_SCENE: TeamState.ON_SCENE, Keyed.WORKING: TeamState.WORKING,
          Keyed.WITHDRAWING: TeamState.WITHDRAWING, Keyed.RETURNED: TeamState.RETURNED}


@dataclass(frozen=True, slots=True)
class Card:
    """A card found by its code: what it is about, in the words that stand on it, and what may be entered. `incident_id`: None without one."""

    code: CardCode
    incident_id: Id | None
    incident_number: str
    incident_title: str
    about_id: Id  # of the task, the dispatch, the opening, the release order, the incident
    title: Text
    team_id: Id | None = None

    @property
    def possible(self) -> tuple[Keyed, ...]:
        """Return what may be entered for it."""
        return POSSIBLE[self.code.kind]


@dataclass(frozen=True, slots=True)
class KeyedLine:
    """One thing as it stands on paper: when it happened, what, how many, by whom, and in which words."""

    code: str
    occurred_at: datetime
    what: Keyed
    heads: int | None = None
    person: str = ""
    words: str = ""
