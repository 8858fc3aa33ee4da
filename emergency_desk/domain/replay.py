"""An incident as it stood at a moment: what the desk knew by then, from the facts it had written down. Pure.

Facts count from the moment they were entered, because the replay shows what the officer could see. Where the clock of the machine went
back, the order of entry holds: a line never comes before the one written ahead of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from emergency_desk.domain import command
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import LogLine, OrderLine
from emergency_desk.domain.command import CommandMove
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import (
    Figures,
    FiguresReport,
    Grade,
    GradeChange,
    Happening,
    Incident,
    IncidentState,
    LogEntry,
    Task,
    TaskState,
)
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.responses import Response, ResponseChange, ResponseStep
from emergency_desk.domain.teams import OUT, Team, TeamState

_BEFORE_FIRST_TEAM = frozenset({IncidentState.RECEIVED, IncidentState.VERIFYING})
_BEFORE_WORK = _BEFORE_FIRST_TEAM | {IncidentState.FIRST_RESPONSE}
_AT_WORK = frozenset({TeamState.ON_SCENE.value, TeamState.WORKING.value})


@dataclass(frozen=True, slots=True)
class History:
    """Everything kept about one incident; log lines in the order of entry."""

    incident: Incident
    lines: tuple[LogLine, ...]
    figures: tuple[FiguresReport, ...] = ()
    grades: tuple[GradeChange, ...] = ()
    tasks: tuple[Task, ...] = ()
    orders: tuple[OrderLine, ...] = ()
    responses: tuple[Response, ...] = ()
    response_changes: tuple[ResponseChange, ...] = ()
    command_moves: tuple[CommandMove, ...] = ()
    moments: tuple[datetime, ...] = field(default=(), compare=False)  # when each line is shown: entered, and never before the line ahead

    @property
    def begins_at(self) -> datetime:
        """When the first line was entered."""
        return self.moments[0] if self.moments else self.incident.recorded_at

    @property
    def ends_at(self) -> datetime:
        """When the last line was entered."""
        return self.moments[-1] if self.moments else self.incident.recorded_at

    def shown_at(self, at: datetime) -> int:
        """Return how many lines were there at a moment."""
        return bisect_right(self.moments, at)

    def next_moment(self, at: datetime) -> datetime:
        """Return when the next line came after a moment, or the end."""
        place = self.shown_at(at)
        return self.moments[place] if place < len(self.moments) else self.ends_at

    def moment_before(self, at: datetime) -> datetime:
        """Return the moment of the line before the newest one, or the beginning."""
        earlier = [moment for moment in self.moments[:self.shown_at(at)] if moment < at]
        return earlier[-1] if earlier else self.begins_at


@dataclass(frozen=True, slots=True)
class TierResponse:
    """The response of one tier as it stood; `level` None when it had ended."""

    tier: Tier
    level: Level | None
    step: ResponseStep


@dataclass(frozen=True, slots=True)
class Facts:
    """The incident at one moment."""

    at: datetime
    state: IncidentState
    grade: Grade | None
    figures: Figures
    plan_tier: str
    plan_level: str
    commander: Tier | None
    responses: tuple[TierResponse, ...]
    teams: tuple[tuple[Team, TeamState], ...]  # every team ordered so far, by its newest state
    tasks: tuple[tuple[Task, TaskState], ...]  # every task laid so far
    lines: int  # how many log lines were there
    orders: int = 0  # how many orders had gone out

    @property
    def teams_out(self) -> int:
        """How many teams were out."""
        return sum(state in OUT for _team, state in self.teams)

    def task_count(self, state: TaskState) -> int:
        """How many tasks stood in a state."""
        return sum(each is state for _task, each in self.tasks)

    @property
    def tasks_late(self) -> int:
        """How many tasks were open after their due time."""
        return sum(state is TaskState.OPEN and task.due_at is not None and task.due_at < self.at for task, state in self.tasks)


def ordered_moments(lines: Iterable[LogLine]) -> tuple[datetime, ...]:
    """Return when each line is shown: the moment it was entered, but never before the line ahead of it."""
    shown: list[datetime] = []
    for line in lines:
        moment = line.entry.recorded_at
        shown.append(max(moment, shown[-1]) if shown else moment)
    return tuple(shown)


def facts_at(history: History, at: datetime) -> Facts:
    """Return the incident as the desk knew it at a moment."""
    count = history.shown_at(at)
    entries = [line.entry for line in history.lines[:count]]
    tier, level = _plan(entries)
    orders = _orders(history, entries)
    return Facts(
        at=at, state=_state(entries, history.incident), grade=_grade(history.grades, at), figures=_figures(history.figures, at),
        plan_tier=tier, plan_level=level, commander=command.holder(move for move in history.command_moves if move.recorded_at <= at),
        responses=_responses(history, at), teams=_teams(orders, at), tasks=_tasks(history.tasks, entries, at), lines=count,
        orders=len(orders))


def _state(entries: Sequence[LogEntry], incident: Incident) -> IncidentState:
    state = IncidentState.RECEIVED
    for entry in entries:
        if entry.happening is Happening.STATE or entry.happening is Happening.CLOSED:
            state = IncidentState(entry.value("state"))
        elif entry.happening is Happening.REOPENED:
            state = IncidentState.RESPONDING
        elif entry.happening is Happening.TEAM_SENT and state in _BEFORE_FIRST_TEAM:
            state = IncidentState.FIRST_RESPONSE
        elif entry.happening is Happening.TEAM_STATE and entry.value("to") in _AT_WORK and state in _BEFORE_WORK:
            state = IncidentState.RESPONDING
        elif entry.happening is Happening.CALL_JOINED and entry.value("from_number") == incident.number:
            state = IncidentState.JOINED
    return state


def _grade(grades: Iterable[GradeChange], at: datetime) -> Grade | None:
    known = [change.grade for change in grades if change.judged_at <= at]
    return known[-1] if known else None


def _figures(reports: Iterable[FiguresReport], at: datetime) -> Figures:
    known = Figures()
    for report in reports:
        if report.recorded_at <= at:
            known = known.merged_with(report.figures)
    return known


def _plan(entries: Iterable[LogEntry]) -> tuple[str, str]:
    tier, level = "", ""
    for entry in entries:
        if entry.happening is Happening.PLAN_CHOSEN:
            tier, level = entry.value("tier"), entry.value("level")
        elif entry.happening is Happening.NO_PLAN:
            tier, level = "", ""
    return tier, level


def _responses(history: History, at: datetime) -> tuple[TierResponse, ...]:
    tiers = {response.id: response.tier for response in history.responses}
    newest: dict[Tier, TierResponse] = {}
    for change in history.response_changes:
        if change.recorded_at <= at and change.response_id in tiers:
            tier = tiers[change.response_id]
            newest[tier] = TierResponse(tier, None if change.step is ResponseStep.ENDED else change.level, change.step)
    return tuple(sorted(newest.values(), key=lambda response: -response.tier.rank))


def _orders(history: History, entries: Sequence[LogEntry]) -> list[OrderLine]:
    """Return the orders told so far; those of an incident that joined this one are this one's from then on."""
    every = {line.entry.about_id for line in history.lines if line.entry.happening is Happening.TEAM_SENT}
    so_far = {entry.about_id for entry in entries if entry.happening is Happening.TEAM_SENT}
    has_joined = any(entry.happening is Happening.CALL_JOINED and entry.value("from_number") not in ("", history.incident.number)
                     for entry in entries)
    return [line for line in history.orders if line.dispatch.id in so_far or (has_joined and line.dispatch.id not in every)]


def _teams(orders: Iterable[OrderLine], at: datetime) -> tuple[tuple[Team, TeamState], ...]:
    newest: dict[Id, tuple[datetime, Id, Team, TeamState]] = {}
    for line in orders:
        for move in line.moves:
            key = (move.recorded_at, move.id)
            if move.recorded_at <= at and not move.fills_gap and key >= newest.get(line.team.id, key)[:2]:
                newest[line.team.id] = (*key, line.team, move.to_state)
    return tuple((team, state) for _at, _id, team, state in sorted(newest.values(), key=lambda one: one[2].name))


def _tasks(tasks: Iterable[Task], entries: Iterable[LogEntry], at: datetime) -> tuple[tuple[Task, TaskState], ...]:
    told: dict[Id | None, TaskState] = {}
    for entry in entries:
        if entry.happening is Happening.TASK_DONE:
            told[entry.about_id] = TaskState.DONE
        elif entry.happening is Happening.TASK_SKIPPED:
            told[entry.about_id] = TaskState.SKIPPED
        elif entry.happening is Happening.CORRECTED and entry.value("what") == "task":
            told[entry.about_id] = TaskState.OPEN
    return tuple((task, told.get(task.id, TaskState.OPEN)) for task in tasks if task.created_at <= at)
