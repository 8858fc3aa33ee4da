"""Drills from files: which ship, planned at a desk in its language, and run by themselves with scripted participants on a copy of a store."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from emergency_desk.domain.drill_boards import DrillBoard
from emergency_desk.domain.drill_scripts import DrillScript
from emergency_desk.domain.drills import Drill, DrillRole, Inject, ReadyCheck
from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.system_faults import fault_of
from emergency_desk.exchange.drill_scripts import read_drill_script, write_drill_script
from emergency_desk.services import drill_lists, drills
from emergency_desk.services.desk import Desk
from emergency_desk.services.drills import AskedDrill, AskedInject
from emergency_desk.wording.catalog import _, current_language

ENDING = ".drill"
_CLOSING_MINUTES = 5  # a house setting of a scripted run: from the last act to the end


@dataclass
class DrillClock:
    """A clock that the run moves from one thing to the next."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


@dataclass(frozen=True, slots=True)
class Told:
    """One thing of a run as it happens: an inject released, or the act upon it."""

    at: datetime
    inject: Inject
    is_act: bool


def read_file(path: Path) -> DrillScript:
    """Read a drill from its file. Raises BadFile."""
    try:
        return read_drill_script(path.read_text(encoding="utf-8"), path.name)
    except FileNotFoundError as error:
        raise BadFile(name=path.name, reason="missing", line=0, detail="") from error
    except UnicodeDecodeError as error:
        raise BadFile(name=path.name, reason="encoding", line=0, detail="UTF-8") from error


def shipped(folder: Path) -> list[DrillScript]:
    """Return the drills that ship with the desk, by plan and form. Raises BadFile."""
    found = [read_file(path) for path in sorted(folder.glob(f"*{ENDING}"))]
    return sorted(found, key=lambda one: (one.plan_code, one.form.value))


def plan_from(desk: Desk, script: DrillScript, *, planned_at: datetime, heads: int | None = None) -> Drill:
    """Plan a drill as a file has it, in the language of the desk; its plan is named where that is in force. Raises what `plan_drill` raises."""
    language = current_language()
    has_plan = any(plan.code == script.plan_code for plan in desk.trade.shelf.in_force)
    return drills.plan_drill(desk, asked=AskedDrill(
        title=script.title.in_language(language), planned_at=planned_at, form=script.form, scope=script.scope, purpose=script.purpose,
        plan_code=script.plan_code if has_plan else "", aims=tuple(aim.in_language(language) for aim in script.aims),
        scenario=script.scenario.in_language(language), expected_heads=heads or script.heads,
        stop_conditions=tuple(one.in_language(language) for one in script.stop_conditions)), injects=[
            AskedInject(at_minutes=one.at_minutes, to_whom=one.to_whom.in_language(language), text=one.text.in_language(language),
                        expected=one.expected.in_language(language), limit_minutes=one.limit_minutes) for one in script.injects]).value


def run(desk: Desk, clock: DrillClock, script: DrillScript, *, told: Callable[[Told], object] = lambda _told: None) -> DrillBoard:
    """Run a drill from its file to its end, with scripted participants; `desk` stands on a copy and reads `clock`."""
    drill = plan_from(desk, script, planned_at=clock.at)
    for name, role in ((_("scripted director"), DrillRole.DIRECTOR), (_("scripted controller"), DrillRole.CONTROLLER),
                       (_("scripted evaluator"), DrillRole.EVALUATOR)):
        drills.add_person(desk, drill_id=drill.id, name=name, role=role)
    drills.check_drill(desk, drill_id=drill.id, checks=ReadyCheck)
    begun = drills.start_drill(desk, drill_id=drill.id).value.started_at or clock.at
    injects = drill_lists.drill_board(desk, drill_id=drill.id).injects
    for minutes, is_act, place in _timetable(script):
        clock.at = begun + timedelta(minutes=minutes)
        inject = injects[place]
        _do(desk, inject, is_act=is_act)
        told(Told(clock.at, inject, is_act))
    clock.at += timedelta(minutes=_CLOSING_MINUTES)
    drills.end_drill(desk, drill_id=drill.id, heads=script.heads)
    return drill_lists.drill_board(desk, drill_id=drill.id)


def _timetable(script: DrillScript) -> list[tuple[int, bool, int]]:
    """Return what happens by minute: an inject goes out before an act of the same minute; `place` is that of the script."""
    found = [(one.at_minutes, False, place) for place, one in enumerate(script.injects)]
    found += [(one.at_minutes + one.takes_minutes, True, place) for place, one in enumerate(script.injects) if one.takes_minutes is not None]
    return sorted(found)


def _do(desk: Desk, inject: Inject, *, is_act: bool) -> None:
    if is_act:
        drills.answer_inject(desk, inject_id=inject.id, text=inject.expected or _("done"), person=inject.to_whom)
    else:
        drills.release_inject(desk, inject_id=inject.id)


def on_copy(desk: Desk, live: Desk) -> Desk:
    """Return the desk of a copy, seated like the live one and marked as a drill's."""
    desk.account, desk.is_exercise = live.account, True
    return desk


def file_of(folder: Path, name: str) -> Path:
    """Return a drill's file; a bare name may be one that ships."""
    path = Path(name)
    bare = folder / f"{path.stem}{ENDING}"
    return bare if not path.exists() and path.parent == Path() and bare.exists() else path


def write_file(script: DrillScript, path: Path, *, remarks: tuple[str, ...] = ()) -> int:
    """Write a drill as a file, whole or not at all; returns how many injects it has. Raises BadFile."""
    beginning = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        beginning.write_text(write_drill_script(script, remarks=remarks), encoding="utf-8")
        os.replace(beginning, path)
    except OSError as error:
        raise BadFile(name=str(path), reason="table_not_written", detail=fault_of(error)) from error
    finally:
        beginning.unlink(missing_ok=True)
    return len(script.injects)
