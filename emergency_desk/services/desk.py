"""The Desk: store, clock, account and exercise mark in one object, never global, so that two desks can work in one program."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import accumulate
from operator import add
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

from emergency_desk.domain.accounts import Account, Act, is_allowed, require
from emergency_desk.domain.areas import Area, AreaTree, Tier
from emergency_desk.domain.changes import ChangeSet
from emergency_desk.domain.drill_errors import TwinClosed
from emergency_desk.domain.drill_twins import TwinMark
from emergency_desk.domain.errors import PasswordNeeded, RoleMissing, SignInNeeded
from emergency_desk.domain.ids import Id, uuid7_value
from emergency_desk.domain.plan_shelf import Shelf
from emergency_desk.domain.trade import Trade
from emergency_desk.services import stored_plans
from emergency_desk.services.memory import Memory

if TYPE_CHECKING:
    from emergency_desk.store.readings.reading import Reading
    from emergency_desk.store.store import Store
    from emergency_desk.store.unit_of_work import UnitOfWork

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What an action gave, and what its commit touched."""

    value: T
    changes: ChangeSet


@dataclass(frozen=True, slots=True)
class DeskFacts:
    """What a store says of its own desk: code for numbers, the area it sits in, its name."""

    code: str
    area_id: Id
    name: str
    name_en: str = ""
    is_demo: bool = False
    phone: str = ""  # the duty phone that stands on orders
    twin: TwinMark | None = None  # the store is the twin of a drill, and says so itself


class Desk:
    """One desk at work. Give it the clock and the source of random bits; read the clock once per action."""

    def __init__(
        self, store: Store, *, facts: DeskFacts, trade: Trade, account: Account | None = None,
        clock: Callable[[], datetime] | None = None, random_bits: Callable[[int], int], is_exercise: bool = False,
    ) -> None:
        self.store = store
        self.facts = facts
        self.trade = trade
        self.account = account
        self.is_exercise = is_exercise or facts.twin is not None
        self.is_over, self.closed_for = False, ""  # of a twin: its drill is over; the real event it was broken off for
        self._clock = clock or (lambda: datetime.now(UTC))
        self._random_bits = random_bits
        self._last_id, self._id_lock = 0, Lock()  # ids are given on the store thread, and where a list is laid out
        self.memory = Memory(store, forgot=self._renew_shelf)
        self.rested_minutes = 0  # above 0: nobody touched this desk for so long, and the next act asks for the password

    # -- who and when --
    @property
    def who(self) -> Id:
        """Return the id of the account at the desk. Raises SignInNeeded."""
        if self.account is None:
            raise SignInNeeded(act=Act.READ)
        return self.account.id

    def may(self, act: Act) -> Account:
        """Return the account if it may do the act at its tier. A refusal is journalled.

        Raises SignInNeeded, RoleMissing, NotThisTier, and PasswordNeeded after a rest, unless an incident is open.
        """
        if self.account is None:
            raise SignInNeeded(act=act)
        if act is not Act.READ:
            self.store.refuse_if_read_only()
        try:
            account = require(self.account, act, self.tier)
        except RoleMissing:
            with self.open_work() as work:
                work.commit("act_refused", act=act.value)
            raise
        if self.rested_minutes and act is not Act.READ and not self._has_open_incident():
            raise PasswordNeeded(account=account.display_name, minutes=self.rested_minutes)
        return account

    def may_lay(self, act: Act) -> None:
        """Let what founds a desk be laid while nobody could sign in yet; afterwards it needs its right like every act."""
        with self.reading() as reading:
            has_account = reading.accounts.count() > 0
        if has_account:
            self.may(act)

    def can(self, act: Act) -> bool:
        """Say whether the account may do the act, so that a screen offers only what is not refused."""
        return self.account is not None and is_allowed(self.account.roles, act, self.tier)

    def _has_open_incident(self) -> bool:
        with self.reading() as reading:
            return bool(reading.open_incident_lines())

    def now(self) -> datetime:
        """Return the moment of the action; asked once per action."""
        return self._clock()

    def new_id(self) -> Id:
        """Return a new id that sorts after the ones this desk gave before."""
        return self.new_ids(1)[0]

    def new_ids(self, count: int) -> list[Id]:
        """Return new ids, each sorting after the one before: what `new_id` gives, by one look at the clock."""
        if not count:
            return []
        milliseconds = int(self._clock().timestamp() * 1000)
        with self._id_lock:
            first = uuid7_value(milliseconds, self._random_bits(74))
            if first >> 80 <= self._last_id >> 80:
                first = self._last_id + 1 + self._random_bits(32)
            steps = array("I", self._random_bits(32 * (count - 1)).to_bytes(4 * (count - 1), "little")) if count > 1 else ()
            values = list(map(add, accumulate(steps, initial=first), range(count)))
            self._last_id = values[-1]
        return [Id(f"{value:032x}") for value in values]

    def new_salt(self) -> str:
        """Return 128 random bits as hex, the salt of one person's digest."""
        return f"{self._random_bits(128):032x}"

    # -- where --
    @property
    def area_id(self) -> Id:
        """Return the area this desk acts for: the account's, or the store's own when nobody is signed in."""
        return self.account.area_id if self.account else self.facts.area_id

    @property
    def tree(self) -> AreaTree:
        """Return the tree of areas, kept in memory."""
        return self.memory.tree()

    @property
    def area(self) -> Area:
        """Return the area this desk acts for."""
        return self.tree.by_id[self.area_id]

    @property
    def tier(self) -> Tier:
        """Return the tier this desk acts at."""
        return self.area.tier

    # -- the store --
    @property
    def books_apart(self) -> bool:
        """Say whether goods moved now are kept apart from real ones (B20). On a drill's twin all books are the drill's own."""
        return self.is_exercise and self.facts.twin is None

    @property
    def is_closed(self) -> bool:
        """Say whether this is a twin that takes no more acts: sealed, or its drill is over."""
        return self.facts.twin is not None and (self.facts.twin.is_sealed or self.is_over)

    def close_for(self, event: str) -> None:
        """Let a twin take no more acts: its drill is over, or was broken off for a real event."""
        self.is_over, self.closed_for = True, event

    def at_store(self, store: Store, *, facts: DeskFacts, clock: Callable[[], datetime]) -> Desk:
        """Return a desk over another store for whoever sits here, by the same trade: the real desk, for one act from its twin."""
        return Desk(store, facts=facts, trade=self.trade, account=self.account, clock=clock, random_bits=self._random_bits)

    def open_work(self) -> UnitOfWork:
        """Begin a unit of work in the name of the account. Raises TwinClosed on a twin whose drill is over."""
        if self.facts.twin is not None and self.is_closed:
            raise TwinClosed(number=self.facts.twin.number, incident=self.closed_for)
        return self.store.open_work(
            account_id=self.account.id if self.account else None, desk_code=self.facts.code, at=self._clock(), told=self._follow)

    def reading(self) -> AbstractContextManager[Reading]:
        """Open a read transaction."""
        return self.store.reading()

    def _follow(self, changes: ChangeSet) -> None:
        """Let what is kept in memory follow an own commit."""
        self.memory.note(changes)
        self._put_beside(stored_plans.followed(self.trade.shelf, changes))

    def _renew_shelf(self) -> None:
        self._put_beside(stored_plans.renewed(self.trade.shelf))

    def _put_beside(self, shelf: Shelf) -> None:
        if shelf is not self.trade.shelf:
            self.trade = replace(self.trade, shelf=shelf)
