"""The background: one store thread, one warm helper process, and answers that come back in order."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from emergency_desk.domain.changes import ChangeSet, Subject
from emergency_desk.domain.errors import DeskError, TeamIsOut
from emergency_desk.domain.ids import Id
from emergency_desk.errands.background import Background, BackgroundClosed
from emergency_desk.errands.helper_process import BrokeInHelper, HelperDied
from tests.errands import child_jobs

TEAM_CHANGED = ChangeSet(journal_number=1, touched=frozenset({(Subject.TEAM, Id("a" * 32))}))


@dataclass(frozen=True)
class Done:
    """An answer as the services give it."""

    value: str
    changes: ChangeSet


@dataclass
class Heard:
    """What came back, in order, and on which thread."""

    what: list[Any]

    def __call__(self, answer: Any) -> None:
        self.what.append(answer)


@pytest.fixture
def heard() -> Heard:
    return Heard([])


@pytest.fixture
def inline() -> Background:
    return Background(inline=True)


@pytest.fixture
def threaded(heard: Heard) -> Iterator[Background]:
    background = Background(broken=heard)
    yield background
    background.close()


def test_an_answer_is_handed_over_and_then_the_change_is_announced_once(inline: Background, heard: Heard) -> None:
    inline.subscribe(heard)
    done = Done("sent", TEAM_CHANGED)
    inline.store(lambda: done, then=heard)
    assert heard.what == [done, TEAM_CHANGED]


def test_the_change_is_announced_even_when_the_receiver_of_the_answer_breaks(heard: Heard, logged_warnings: list[Any]) -> None:
    background = Background(broken=heard)
    background.subscribe(heard)
    background.store(lambda: Done("sent", TEAM_CHANGED), then=lambda _done: child_jobs.divide(1))
    background.close()
    assert [type(what) for what in heard.what] == [ZeroDivisionError, ChangeSet]
    logged_warnings.clear()


def test_one_subscriber_that_breaks_does_not_keep_the_next_from_hearing(heard: Heard, logged_warnings: list[Any]) -> None:
    background = Background(broken=heard)
    background.subscribe(lambda _changes: child_jobs.divide(1))
    background.subscribe(heard)
    background.store(lambda: Done("sent", TEAM_CHANGED))
    background.close()
    assert heard.what[-1] == TEAM_CHANGED
    logged_warnings.clear()


def test_an_answer_without_changes_is_not_announced(inline: Background, heard: Heard) -> None:
    inline.subscribe(heard)
    inline.store(lambda: "only read")
    assert heard.what == []


def test_who_left_hears_no_more(inline: Background, heard: Heard) -> None:
    leave = inline.subscribe(heard)
    leave()
    inline.announce(TEAM_CHANGED)
    assert heard.what == []


def test_a_refusal_goes_to_who_explains_it(inline: Background, heard: Heard) -> None:
    inline.store(lambda: child_jobs.refuse("Shinan 1"), refused=heard)
    assert isinstance(heard.what[0], TeamIsOut)


def test_a_refusal_that_nobody_named_goes_to_the_notice_bar(inline: Background, heard: Heard) -> None:
    inline.refusals_to(heard)
    inline.store(lambda: child_jobs.refuse("Shinan 1"))
    assert isinstance(heard.what[0], DeskError)


def test_a_bug_is_logged_with_its_trace_and_given_on(threaded: Background, heard: Heard, logged_warnings: list[logging.LogRecord]) -> None:
    threaded.store(lambda: child_jobs.divide(1))
    threaded.close()
    assert isinstance(heard.what[0], ZeroDivisionError)
    assert logged_warnings[0].exc_info is not None
    logged_warnings.clear()


def test_store_work_is_done_in_order_on_one_thread_that_is_not_ours(threaded: Background) -> None:
    threads, order = set(), []

    def job(number: int) -> Callable[[], None]:
        def write() -> None:
            threads.add(threading.current_thread())
            order.append(number)

        return write

    for number in range(200):
        threaded.store(job(number))
    threaded.close()
    assert order == list(range(200))
    assert len(threads) == 1 and threading.current_thread() not in threads


def test_answers_are_given_to_the_threads_deliverer(heard: Heard) -> None:
    posted: list[Callable[[], None]] = []
    background = Background(posted.append)
    background.store(lambda: "answer", then=heard)
    background.close()
    assert heard.what == []
    for call in posted:
        call()
    assert heard.what == ["answer"]


def test_closing_loses_nothing_not_even_what_an_answer_asks_for(threaded: Background, heard: Heard) -> None:
    def ask_the_helper(_answer: int) -> None:
        threaded.helper(child_jobs.add, 1, 2, then=heard)

    threaded.store(lambda: 1, then=lambda _one: threaded.store(lambda: 2, then=ask_the_helper))
    threaded.close()
    assert heard.what == [3]


def test_a_closed_background_takes_no_work(threaded: Background) -> None:
    threaded.close()
    with pytest.raises(BackgroundClosed):
        threaded.store(lambda: 1)


def test_a_periodic_job_runs_between_the_others_until_it_is_stopped(threaded: Background) -> None:
    twice, runs = threading.Event(), []

    def backup() -> None:
        runs.append(threading.current_thread().name)
        if len(runs) == 2:
            twice.set()

    stop = threaded.every(0.005, backup)
    assert twice.wait(20)
    stop()
    assert set(runs) == {"desk-store"}


def test_an_inline_background_runs_periodic_jobs_when_told(inline: Background, heard: Heard) -> None:
    stop = inline.every(1800, lambda: heard("backup"))
    inline.run_periodic()
    stop()
    inline.run_periodic()
    assert heard.what == ["backup"]


def test_progress_is_thinned_but_its_end_is_always_shown(inline: Background) -> None:
    shown: list[tuple[int, int, str]] = []
    report = inline.progress(lambda done, total, what: shown.append((done, total, what)))
    for done in range(1, 10_001):
        report(done, 10_000, "rows")
    assert shown[-1] == (10_000, 10_000, "rows")
    assert len(shown) < 1000


def test_the_helper_is_one_warm_process_without_qt_and_sql(threaded: Background, heard: Heard) -> None:
    threaded.warm("json")
    for _ in range(2):
        threaded.helper(child_jobs.own_process, then=heard)
    threaded.helper(child_jobs.loaded_modules, then=heard)
    threaded.close()
    first, second, modules = heard.what
    assert first == second
    assert not {"PySide6", "shiboken6", "sqlalchemy", "pytest"} & set(modules)


def test_the_helper_tells_refusals_and_bugs_apart(threaded: Background, heard: Heard, logged_warnings: list[Any]) -> None:
    threaded.helper(child_jobs.refuse, "Shinan 1", refused=heard)
    threaded.helper(child_jobs.divide, 1, broken=heard)
    threaded.helper(child_jobs.unpicklable, broken=heard)
    threaded.helper(child_jobs.chatter, "still sound", then=heard)
    threaded.close()
    refusal, bug, answer_that_cannot_travel, last = heard.what
    assert isinstance(refusal, TeamIsOut) and refusal.values["team"] == "Shinan 1"
    assert isinstance(bug, BrokeInHelper) and "ZeroDivisionError" in bug.trace
    assert isinstance(answer_that_cannot_travel, BrokeInHelper)
    assert last == "still sound"
    logged_warnings.clear()


def test_a_helper_that_dies_is_told_and_the_next_job_gets_a_new_one(threaded: Background, heard: Heard, logged_warnings: list[Any]) -> None:
    threaded.prepare(child_jobs.speak, "zh_CN")
    threaded.helper(child_jobs.die, 9, broken=heard)
    threaded.helper(child_jobs.language, then=heard)
    threaded.close()
    assert isinstance(heard.what[0], HelperDied) and "status 9" in str(heard.what[0])
    assert heard.what[1] == ["zh_CN"]
    logged_warnings.clear()


def test_progress_comes_from_the_helper_process(threaded: Background, heard: Heard) -> None:
    steps: list[int] = []
    threaded.helper(child_jobs.count_to, 500, then=heard, progress=lambda done, _total, _what: steps.append(done))
    threaded.close()
    assert heard.what == [500]
    assert steps[-1] == 500


def test_an_inline_helper_refuses_what_could_not_travel(inline: Background, heard: Heard, logged_warnings: list[Any]) -> None:
    inline.helper(lambda: 1, broken=heard)
    assert len(heard.what) == 1
    logged_warnings.clear()


def test_what_a_limited_child_tells_is_heard_before_its_answer(threaded: Background, heard: Heard) -> None:
    threaded.limited(child_jobs.tell_parts, [2, 3], "done", then=heard, heard=heard)
    threaded.close()
    assert heard.what == ["xx", "xxx", "done"]


def test_a_limited_child_answers_through_the_background(threaded: Background, heard: Heard) -> None:
    threaded.limited(child_jobs.refuse_file, "teams.xls", refused=heard)
    threaded.limited(child_jobs.add, 1, 2, then=heard)
    threaded.close()
    assert heard.what[0].values == {"name": "teams.xls", "reason": "html", "line": 1}
    assert heard.what[1] == 3


def test_another_worker_can_wait_for_what_goes_on_in_a_process_of_its_own() -> None:
    background, said = Background(lambda call: call()), []
    background.in_own_process(child_jobs.add, 1, 2, seconds=60, then=said.append)
    background.store(background.let_own_finish, then=lambda _none: said.append("waited"))
    background.close()
    assert said == [3, "waited"]
