"""The command `drill`: which drills ship, and one run by itself on a copy of the store, with its report."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from emergency_desk.app import paths, twin_command
from emergency_desk.app.answers import DONE, print_json
from emergency_desk.app.opening import open_desk as open_store_desk
from emergency_desk.domain.drill_boards import DrillBoard
from emergency_desk.domain.drill_scoring import kept_limits, middle
from emergency_desk.errands import drill_from_incident, drill_from_plan, drill_scripts
from emergency_desk.errands.drill_scripts import DrillClock, Told
from emergency_desk.errands.papers import write_paper
from emergency_desk.services import integrity
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import find_incident
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, current_language, ngettext
from emergency_desk.wording.labels import label


def drill(asked: argparse.Namespace, *, open_live: Callable[[], Desk]) -> int:
    """Print the drills that ship, run one by itself on a copy, or make the twin of one."""
    act = getattr(asked, "act", "")
    if act == "twin":
        return twin_command.twin(asked, open_live=open_live)
    return run_drill(asked, open_live=open_live) if act else list_drills(asked)


def list_drills(asked: argparse.Namespace) -> int:
    """Print the drills that ship with the desk."""
    found = drill_scripts.shipped(paths.drills())
    if asked.json:
        print_json([{"id": one.id, "title": one.title.zh, "title_en": one.title.en, "plan": one.plan_code, "form": one.form.value,
                     "injects": len(one.injects), "heads": one.heads} for one in found])
        return DONE
    for one in found:
        print(_("{id}  {form}  {title}").format(id=one.id, form=label(one.form), title=one.title.in_language(current_language())))
    return DONE


def run_drill(asked: argparse.Namespace, *, open_live: Callable[[], Desk]) -> int:
    """Run a drill by itself on a copy of the store, which stays as it is; with --out its report is written."""
    script = drill_scripts.read_file(drill_scripts.file_of(paths.drills(), asked.file))
    live = open_live()
    try:
        with TemporaryDirectory(prefix="emergency-desk-drill-", ignore_cleanup_errors=True) as folder:
            copy = integrity.copy(live, folder=Path(folder), name="drill.store")
            clock = DrillClock(datetime.now(UTC).replace(second=0, microsecond=0))
            desk = drill_scripts.on_copy(open_store_desk(copy, key=live.store.key, clock=clock), live)
            try:
                board = drill_scripts.run(desk, clock, script, told=(lambda _told: None) if asked.json else _tell)
                if asked.out is not None:
                    write_paper(desk, "drill", out=asked.out, language=asked.lang or current_language(), fonts=paths.fonts())
            finally:
                desk.store.close()
    finally:
        live.store.close()
    _show(board, asked)
    return DONE


def export_drill(asked: argparse.Namespace, *, open_desk: Callable[[], Desk]) -> int:
    """Write an incident as a drill, or with --plan the levels of a plan."""
    desk = open_desk()
    try:
        if asked.plan:
            count = drill_scripts.write_file(drill_from_plan.script_of(desk, code=asked.plan[0]), asked.out)
        else:
            count = drill_from_incident.export_drill(desk, incident_id=find_incident(desk, number=asked.incident).id, path=asked.out)
    finally:
        desk.store.close()
    if asked.json:
        print_json({"path": str(asked.out), "injects": count})
    else:
        told = ngettext("{count} inject was written to {path}. Look it over for names in its texts before you use it.",
                        "{count} injects were written to {path}. Look them over for names in their texts before you use them.", count)
        print(told.format(count=count, path=asked.out))
    return DONE


def _tell(told: Told) -> None:
    words = _("{at}  act upon {number}: {expected}") if told.is_act else _("{at}  inject {number} to {whom}: {text}")
    inject = told.inject
    print(words.format(at=formats.clock_time(told.at), number=inject.number, whom=inject.to_whom, text=inject.text, expected=inject.expected),
          flush=True)


def _show(board: DrillBoard, asked: argparse.Namespace) -> None:
    kept, limited = kept_limits(board.times)
    took = middle(board.times)
    if asked.json:
        print_json({"title": board.drill.title, "state": board.drill.state.value, "injects": len(board.injects), "limits": limited, "kept": kept,
                    "heads": board.drill.counted_heads, "middle_minutes": None if took is None else took.total_seconds() / 60,
                    "late": [one.inject.number for one in board.times if one.inject.limit_minutes is not None and one.is_met is not True]})
        return
    print(_("{injects} injects, {kept} of {limits} limits kept, {heads} heads counted; the store was not touched.").format(
        injects=len(board.injects), kept=kept, limits=limited, heads=board.drill.counted_heads))
    if asked.out is not None:
        print(asked.out)
