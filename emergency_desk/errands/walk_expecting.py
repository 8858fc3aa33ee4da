"""What an exported walk must come to: after each moment what changed by then, and at the end everything, the ladder with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import datetime, timedelta

from emergency_desk.domain import command
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Figures, Happening, LogEntry, TaskState
from emergency_desk.domain.replay import Facts, History, facts_at
from emergency_desk.domain.reports import DueState, ReportDue
from emergency_desk.domain.walks import NOTHING, Expectation, Step, Wanted
from emergency_desk.errands.walk_telling import whole

_AT_FIRST: dict[str, Wanted] = {
    "tasks.done": "0", "tasks.skipped": "0", "teams_out": "0", "orders": "0", "responses": NOTHING, "decisions": "0", "notices.told": "0",
    "reports": "0", "dues.met": "0", "dues.on_time": "0", "dues.skipped": "0"}
_WENT = frozenset({"sent", "heard"})


class Expecting:
    """Puts expectations on the steps of an exported walk. `is_told_as_act`: whether a line became the act that wrote it.

    `at_once`: after how long a report that is due at once counts as late.
    """

    def __init__(
        self, kept: History, dues: tuple[ReportDue, ...], *, is_told_as_act: Callable[[LogEntry], bool], at_once: timedelta,
    ) -> None:
        self._kept, self._dues, self._at_once = kept, dues, at_once
        self._lines = [(line.entry, moment) for line, moment in zip(kept.lines, kept.moments, strict=True) if is_told_as_act(line.entry)]

    def put_on(self, steps: list[Step]) -> Iterator[Step]:
        """Let the last step of each moment expect what changed by then, and the very last one everything."""
        before = _AT_FIRST
        for place, step in enumerate(steps):
            is_last = place + 1 == len(steps)
            if not is_last and steps[place + 1].at == step.at:
                yield step
                continue
            now = self._wanted(self._end_of_second(step.at))
            changed = now if is_last else {name: value for name, value in now.items() if before.get(name) != value}
            before = now
            yield replace(step, expectations=tuple(Expectation(name, value) for name, value in changed.items()))

    def _wanted(self, at: datetime) -> dict[str, Wanted]:
        facts = facts_at(self._kept, at)
        known = {one.name: getattr(facts.figures, one.name) for one in fields(Figures)}
        return {
            "state": facts.state.value, "grade": facts.grade.value if facts.grade else NOTHING, "orders": str(facts.orders),
            "teams_out": str(facts.teams_out), "tasks.done": str(facts.task_count(TaskState.DONE)),
            "tasks.skipped": str(facts.task_count(TaskState.SKIPPED)),
            **{name: f"{value:g}" if isinstance(value, float) else str(value) for name, value in known.items() if value is not None},
            **self._ladder(facts, at), **self._reports(at)}

    def _ladder(self, facts: Facts, at: datetime) -> dict[str, Wanted]:
        """Return who commands, every response with its history, what was decided, who was told."""
        moves = [move for move in self._kept.command_moves if move.recorded_at <= at]
        running = tuple(each.tier.value for each in facts.responses if each.level is not None)
        wanted: dict[str, Wanted] = {"responses": running or NOTHING}
        if facts.commander is not None:  # an incident older than the ladder says nothing of it
            wanted["commander"] = facts.commander.value
            wanted["commander.history"] = tuple(move.to_tier.value for move in moves if command.holder([move]) is not None)
        tiers = {response.id: response.tier for response in self._kept.responses}
        for each in facts.responses:
            wanted[f"response.{each.tier.value}.level"] = each.level.value if each.level else NOTHING
            wanted[f"response.{each.tier.value}.history"] = tuple(
                f"{change.step.value} {change.level.value}" for change in self._kept.response_changes
                if change.recorded_at <= at and tiers.get(change.response_id) is each.tier)
        wanted["decisions"] = str(len(self._about(Happening.DECISION, at)))
        told = {entry.about_id for entry, moment in self._lines if moment <= at and entry.happening is Happening.NOTICE
                and entry.value("step") != "added"}
        wanted["notices.told"] = str(len(told))
        return wanted

    def _reports(self, at: datetime) -> dict[str, Wanted]:
        """Return how many reports went, and how many of those that were owed were met, met on time, skipped."""
        went = {entry.about_id for entry, moment in self._lines if moment <= at and entry.happening is Happening.REPORT
                and entry.value("what") in _WENT}
        met = [due for due in self._dues if due.state is DueState.MET and due.report_id in went]
        return {"reports": str(len(went)), "dues.met": str(len(met)), "dues.on_time": str(sum(due.was_on_time(self._at_once) for due in met)),
                "dues.skipped": str(len(self._about(Happening.REPORT_SKIPPED, at)))}

    def _about(self, happening: Happening, at: datetime) -> set[Id | None]:
        return {entry.about_id for entry, moment in self._lines if moment <= at and entry.happening is happening}

    def _end_of_second(self, at: datetime) -> datetime:
        """Return the moment of the last line shown within the second that a walk can name."""
        return max((moment for moment in self._kept.moments if whole(moment) == at), default=at)
