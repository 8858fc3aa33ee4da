"""What is done for the plans while nobody waits: those a call may want are opened, the index is brought up, what they ask for is learnt.

Each in small bites on the store thread, so that whatever is asked meanwhile goes between. The texts that a commit brought in great number are
read in the helper process; here too nobody waits for more than a bite of them.
"""

from __future__ import annotations

from collections.abc import Callable

from emergency_desk.domain.changes import ChangeSet, Subject
from emergency_desk.domain.ids import Id
from emergency_desk.domain.library import PlanText
from emergency_desk.domain.plan_records import Plan
from emergency_desk.errands.background import Background
from emergency_desk.errands.trade import read_plan_texts
from emergency_desk.services import plan_shelf
from emergency_desk.services.desk import Desk

_OPENED, _OPENED_AT_ONCE, _LEARNT_AT_ONCE, _READ_AT_ONCE, _INDEXED_AT_ONCE = 120, 4, 150, 8, 5  # plans


class Reading:
    """Reads the texts that commits brought in, a bite after the other: asked of the store, read in the helper process, put up by the store."""

    def __init__(self, background: Background, desk: Desk, *, then: Callable[[], object]) -> None:
        self._background, self._desk, self._then = background, desk, then
        self._is_under_way, self._is_wanted, self._number = False, False, 0

    def begin(self) -> None:
        """Follow whatever changes among the plans from now on."""
        plan_shelf.read_beside(self._desk)
        self._background.subscribe(self._follow)

    def _follow(self, changes: ChangeSet) -> None:
        self._number = changes.journal_number
        if changes.about(Subject.PLAN) and self._is_under_way:
            self._is_wanted = True  # texts came while others were read: look once more afterwards
        elif changes.about(Subject.PLAN):
            self._is_under_way = True
            self._ask("", has_put_up=False)

    def _ask(self, after: str, *, has_put_up: bool) -> None:
        if self._background.takes_work:
            self._background.store(lambda: plan_shelf.unread(self._desk, after=after, most=_READ_AT_ONCE),
                                   then=lambda texts: self._read(texts, has_put_up))

    def _read(self, texts: list[PlanText], has_put_up: bool) -> None:
        if texts and self._background.takes_work:
            self._background.helper(read_plan_texts, [(f"{text.code} {text.plan_version}", text.body) for text in texts],
                                    then=lambda plans: self._put_up(texts, plans))
            return
        self._is_under_way = False
        if has_put_up:
            self._background.announce(ChangeSet(self._number, frozenset({(Subject.PLAN, Id(""))})))
            self._then()
        elif self._is_wanted:
            self._is_wanted = False
            self._is_under_way = True
            self._ask("", has_put_up=False)

    def _put_up(self, texts: list[PlanText], plans: list[Plan | None]) -> None:
        read = [(text, plan) for text, plan in zip(texts, plans, strict=True) if plan is not None]
        if self._background.takes_work:
            self._background.store(lambda: plan_shelf.put_up(self._desk, read=read),
                                   then=lambda _nothing: self._ask(texts[-1].id, has_put_up=True))


def begin(background: Background, desk: Desk) -> None:
    """Begin all three; each goes on by itself until it is done."""

    def open_ahead(names: list[tuple[str, str]]) -> None:
        some, rest = names[:_OPENED_AT_ONCE], names[_OPENED_AT_ONCE:]
        if some and background.takes_work:
            background.store(lambda: plan_shelf.open_ahead(desk, names=some), then=lambda _nothing: open_ahead(rest))

    def index_on(left: int) -> None:
        if left and background.takes_work:
            background.store(lambda: plan_shelf.catch_up(desk, most=_INDEXED_AT_ONCE), then=index_on)

    def learn_on(left: int) -> None:
        if left and background.takes_work:
            background.store(lambda: plan_shelf.learn_wants(desk, most=_LEARNT_AT_ONCE), then=learn_on)

    def index_and_learn() -> None:
        index_on(1)
        learn_on(1)

    Reading(background, desk, then=index_and_learn).begin()
    background.store(lambda: plan_shelf.likely(desk, most=_OPENED), then=open_ahead)
    index_on(1)
    learn_on(1)
