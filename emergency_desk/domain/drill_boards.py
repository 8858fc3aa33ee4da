"""What the screens and papers of drills show: one drill whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from emergency_desk.domain.drill_files import DrillFile
from emergency_desk.domain.drill_life import OVER, Lack, running_time
from emergency_desk.domain.drill_scoring import Assessment, InjectTimes
from emergency_desk.domain.drill_twins import DrillTwin
from emergency_desk.domain.drills import Drill, DrillMark, DrillPace, DrillPerson, DrillState, DrillStep, Inject, ItemScore
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_suggestions import PlanSuggestion
from emergency_desk.domain.recovery import Finding
from emergency_desk.domain.texts import Text

NO_TITLE = Text("")


def late_acts(board: DrillBoard) -> tuple[InjectTimes, ...]:
    """Return the acts that went beyond their limit, or never came though the drill is over, and that no finding speaks of yet."""
    told = [one.problem for one in board.findings]
    return tuple(one for one in board.times if one.inject.limit_minutes is not None and one.inject.released_at is not None
                 and (one.is_met is False or (one.took is None and board.drill.state in OVER))
                 and not any(one.inject.text in problem for problem in told))


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillBoard:
    """One drill as it stands: script, people, what happened, what was measured, what the points come to, what is to be mended."""

    drill: Drill
    injects: tuple[Inject, ...]  # in the order of the script, without those that were dropped
    people: tuple[DrillPerson, ...]
    marks: tuple[DrillMark, ...]
    scores: tuple[ItemScore, ...]
    findings: tuple[Finding, ...]
    assessment: Assessment
    times: tuple[InjectTimes, ...]
    lacking: tuple[Lack, ...]
    possible: tuple[DrillStep, ...]
    plan_title: Text = NO_TITLE
    files: tuple[DrillFile, ...] = ()  # that go out with injects
    objects: tuple[str, ...] = ()  # what it rehearses besides its plan, by name
    paces: tuple[DrillPace, ...] = ()
    twin: DrillTwin | None = None
    is_twin_there: bool = False  # its file lies where it was made, and is what it was when it was sealed
    in_plans: Mapping[Id, PlanSuggestion] = field(default_factory=dict)  # what became of its findings in the plan, by the id of the finding
    names: Mapping[Id, str] = field(default_factory=dict)  # who wrote a mark down, by the id of the account

    def ran(self, now: datetime) -> timedelta:
        """Return how long the drill has run by its own clock."""
        return running_time(self.marks, until=now, paces=self.paces)

    @property
    def next_step(self) -> DrillStep | None:
        """Return the step that comes next, None when nothing more is to be done."""
        state = self.drill.state
        if state is DrillState.RUNNING:
            return DrillStep.RELEASED if self.next_inject is not None else DrillStep.ENDED
        if state is DrillState.STOPPED and not self.is_counted_since_it_stopped:
            return DrillStep.COUNTED
        return {DrillState.DRAFTED: DrillStep.CHECKED, DrillState.CHECKED: DrillStep.STARTED, DrillState.PAUSED: DrillStep.RESUMED,
                DrillState.ENDED: DrillStep.EVALUATED, DrillState.STOPPED: DrillStep.EVALUATED}.get(state)

    @property
    def is_counted_since_it_stopped(self) -> bool:
        """Say whether somebody counted heads after the drill was broken off: who was recalled is still to come back (R-7.2, R-7.3)."""
        stopped = max((place for place, mark in enumerate(self.marks) if mark.step is DrillStep.STOPPED), default=len(self.marks))
        return any(mark.step is DrillStep.COUNTED for mark in self.marks[stopped:])

    def waited(self, inject: Inject, now: datetime) -> timedelta:
        """Return how long an inject that is out has waited for its act, by the clock of the drill."""
        return self.ran(now) - self.ran(inject.released_at) if inject.released_at is not None else timedelta(0)

    @property
    def next_inject(self) -> Inject | None:
        """Return the inject that goes out next."""
        return next((one for one in self.injects if one.released_at is None), None)

    def late_answers(self, now: datetime) -> tuple[Inject, ...]:
        """Return the injects that wait for an act beyond their limit."""
        if self.drill.state in OVER:
            return ()
        return tuple(one for one in self.injects if one.released_at is not None and one.answered_at is None and one.limit_minutes is not None
                     and self.waited(one, now) > timedelta(minutes=one.limit_minutes))

    def files_of(self, inject_id: Id) -> tuple[DrillFile, ...]:
        """Return the files that go out with an inject."""
        return tuple(file for file in self.files if file.inject_id == inject_id)

    def score(self, item_id: str) -> ItemScore | None:
        """Return what an item was given."""
        return next((one for one in self.scores if one.item_id == item_id), None)
