"""What is done for the plans while nobody waits: those a call may want are opened, the index is brought up, what they ask for is learnt.

Each in small bites on the store thread, so that whatever is asked meanwhile goes between.
"""

from __future__ import annotations

from emergency_desk.errands.background import Background
from emergency_desk.services import plan_shelf
from emergency_desk.services.desk import Desk

_OPENED, _OPENED_AT_ONCE, _LEARNT_AT_ONCE = 120, 4, 150  # plans


def begin(background: Background, desk: Desk) -> None:
    """Begin all three; each goes on by itself until it is done."""

    def open_ahead(names: list[tuple[str, str]]) -> None:
        some, rest = names[:_OPENED_AT_ONCE], names[_OPENED_AT_ONCE:]
        if some and background.takes_work:
            background.store(lambda: plan_shelf.open_ahead(desk, names=some), then=lambda _nothing: open_ahead(rest))

    def index_on(left: int) -> None:
        if left and background.takes_work:
            background.store(lambda: plan_shelf.catch_up(desk), then=index_on)

    def learn_on(left: int) -> None:
        if left and background.takes_work:
            background.store(lambda: plan_shelf.learn_wants(desk, most=_LEARNT_AT_ONCE), then=learn_on)

    background.store(lambda: plan_shelf.likely(desk, most=_OPENED), then=open_ahead)
    index_on(1)
    learn_on(1)
