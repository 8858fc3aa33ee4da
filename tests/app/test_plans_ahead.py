"""Plans that come in great number are read beside the store thread, a bite after the other, and stand on the shelf afterwards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from emergency_desk.app import plans_ahead
from emergency_desk.domain.changes import ChangeSet, Subject
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.texts import Text
from emergency_desk.errands.background import Background
from emergency_desk.exchange.plan_writing import write_plan
from emergency_desk.services import integrity, library, plan_search
from emergency_desk.services.desk import Desk
from emergency_desk.services.stored_plans import AT_ONCE, StoredPlans
from tests.builders import SetClock, make_desk, trade


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    clock = SetClock()
    clock.forward(5)
    return make_desk(tmp_path, account="planner", clock=clock)


@pytest.fixture
def background() -> Background:
    return Background(inline=True)


def many(count: int) -> list[Plan]:
    plan = trade().plan("power_failure", "1.0")
    return [replace(plan, code=f"power_{number}", title=Text(f"第{number}号停电预案", f"Outage {number}")) for number in range(count)]


def take(desk: Desk, plans: list[Plan]) -> ChangeSet:
    return library.take_plans(desk, texts=[(plan.code, plan.version, write_plan(plan)) for plan in plans], source="test").changes


def test_many_texts_are_not_read_by_the_commit_that_brings_them_but_beside_it(
    desk: Desk, background: Background, monkeypatch: pytest.MonkeyPatch,
) -> None:
    plans = many(23)
    plans_ahead.begin(background, desk)
    source = desk.trade.shelf.source
    assert isinstance(source, StoredPlans)
    monkeypatch.setattr(source, "_read_text", lambda _text, name: pytest.fail(f"{name} was read on the store thread"))
    changes = take(desk, plans)
    assert not any(desk.trade.shelf.has(plan.code, "1.0") for plan in plans)
    heard: list[ChangeSet] = []
    background.subscribe(heard.append)
    background.announce(changes)
    assert all(desk.trade.plan(plan.code, "1.0") == plan for plan in plans)
    assert sum(one.about(Subject.PLAN) for one in heard) == 2, "who shows the shelf hears of it once more when all of them stand there"
    assert [one.back.code for one in plan_search.find(desk, text="第22号停电").plans] == ["power_22"]
    assert integrity.check(desk).is_sound


def test_a_plan_or_two_stand_on_the_shelf_with_their_commit(desk: Desk, background: Background) -> None:
    plans_ahead.begin(background, desk)
    take(desk, many(AT_ONCE))
    assert all(desk.trade.shelf.has(f"power_{number}", "1.0") for number in range(AT_ONCE))


def test_without_a_window_all_of_them_are_put_up_at_once(desk: Desk) -> None:
    take(desk, many(AT_ONCE + 2))
    assert desk.trade.shelf.has(f"power_{AT_ONCE + 1}", "1.0")


def test_texts_that_come_while_others_are_read_are_read_too(desk: Desk, background: Background, monkeypatch: pytest.MonkeyPatch) -> None:
    plans_ahead.begin(background, desk)
    first, second = many(30)[:15], many(30)[15:]
    changes, helper, late = take(desk, first), background.helper, [second]

    def meanwhile(*args: object, **more: object) -> None:
        if late:
            background.announce(take(desk, late.pop()))
        helper(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(background, "helper", meanwhile)
    background.announce(changes)
    assert all(desk.trade.shelf.has(plan.code, "1.0") for plan in (*first, *second))
