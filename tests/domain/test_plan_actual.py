"""What the plan asked for and what became of it; a second decides between on time and late."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Task, TaskState
from emergency_desk.domain.plan_actual import Outcome, plan_actual
from tests.builders import START

SECOND = timedelta(seconds=1)


def task(clause: str = "4.1", *, due: int | None = 10, ended: timedelta | None = None, state: TaskState = TaskState.DONE,
         number: int = 1, action: str = "a") -> Task:
    return Task(id=Id(f"{number:032x}"), incident_id=Id("1" * 32), title="警戒", created_at=START, clause=clause, action_id=action,
                due_at=None if due is None else START + timedelta(minutes=due), state=state, ended_at=None if ended is None else START + ended)


def outcome(one: Task, until: datetime = START + timedelta(hours=1)) -> tuple[Outcome, timedelta]:
    line = plan_actual([one], until=until).lines[0]
    return line.outcome, line.late_by


def test_at_the_due_second_is_on_time_and_one_later_is_late() -> None:
    assert outcome(task(ended=timedelta(minutes=10))) == (Outcome.ON_TIME, timedelta(0))
    assert outcome(task(ended=timedelta(minutes=10) + SECOND)) == (Outcome.LATE, SECOND)


def test_what_is_open_at_the_close_is_overdue_by_the_time_of_the_close() -> None:
    assert outcome(task(state=TaskState.OPEN)) == (Outcome.OVERDUE, timedelta(minutes=50))
    assert outcome(task(state=TaskState.OPEN, due=90)) == (Outcome.OPEN, timedelta(0))
    assert outcome(task(state=TaskState.OPEN, due=60)) == (Outcome.OPEN, timedelta(0)), "the due second itself is not late"


def test_an_action_without_a_due_time_is_neither_late_nor_on_time() -> None:
    assert outcome(task(due=None, ended=timedelta(hours=3))) == (Outcome.DONE, timedelta(0))
    assert outcome(task(due=None, state=TaskState.OPEN)) == (Outcome.OPEN, timedelta(0))


def test_skipped_is_skipped_even_when_it_was_late() -> None:
    assert outcome(task(state=TaskState.SKIPPED, ended=timedelta(hours=5))) == (Outcome.SKIPPED, timedelta(0))


def test_the_clauses_stand_in_their_order_and_what_was_added_after_them() -> None:
    tasks = [task("4.10", number=1), task("", number=2, action=""), task("4.9", number=3), task("3.1", number=4)]
    found = plan_actual(tasks, until=START)
    assert [line.task.clause for line in found.lines] == ["3.1", "4.9", "4.10", ""]
    assert [line.is_added for line in found.lines] == [False, False, False, True]
    assert found.added == 1


@given(st.lists(st.tuples(st.sampled_from(list(TaskState)), st.integers(0, 120), st.integers(0, 240)), max_size=20))
def test_every_task_comes_to_exactly_one_end(drawn: list[tuple[TaskState, int, int]]) -> None:
    tasks = [task(due=due, ended=timedelta(minutes=ended), state=state, number=number) for number, (state, due, ended) in enumerate(drawn)]
    found = plan_actual(tasks, until=START + timedelta(hours=2))
    assert len(found.lines) == len(tasks)
    assert sum(found.count(one) for one in Outcome) == len(tasks)
    assert all((line.late_by > timedelta(0)) == (line.outcome in (Outcome.LATE, Outcome.OVERDUE)) for line in found.lines)
