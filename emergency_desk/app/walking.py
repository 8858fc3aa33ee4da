"""Plays a walk for the command line: finds script and store, prints each step as it is done, and the line it ends with."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from emergency_desk.app import paths
from emergency_desk.app.answers import DIFFERS, DONE, print_json
from emergency_desk.app.ground import WalkGround
from emergency_desk.app.opening import open_desk
from emergency_desk.app.progress import ProgressLine
from emergency_desk.domain.errors import StoreTrouble
from emergency_desk.domain.walks import City, Verdict, Walk
from emergency_desk.errands import walks
from emergency_desk.errands.walk_stage import Stage
from emergency_desk.errands.walks import Played
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.labels import label


def play_walk(asked: argparse.Namespace) -> int:
    """Play the script that was asked for; exit code 1 when anything came otherwise than expected."""
    script = walks.read_file(_script(asked.file))
    progress = ProgressLine(is_silent=asked.json)
    ground = WalkGround(progress, asked.typed_key)
    if asked.in_place:
        if not asked.is_store_named and not asked.store.exists():
            raise StoreTrouble(path=str(asked.store), reason="name_it", backup="")
        return _play(asked, script, walks.open_in_place(script, ground, asked.store))
    with TemporaryDirectory(prefix="emergency-desk-walk-", ignore_cleanup_errors=True) as folder:
        return _play(asked, script, walks.open_scratch(script, ground, Path(folder), store=_demo_at(asked, script)))


def _play(asked: argparse.Namespace, script: Walk, stage: Stage) -> int:
    try:
        if asked.json:
            played = walks.play(script, stage)
            print_json(_record(played))
        else:
            print(script.title_en if script.title_en and not current_language().startswith("zh") else script.title, flush=True)
            played = walks.play(script, stage, told=_tell)
            print(played.last_line)
    finally:
        stage.desk.store.close()
    return DONE if played.is_held else DIFFERS


def _script(name: str) -> Path:
    """Return the script's file; a bare name may be one that ships with the desk."""
    path = Path(name)
    shipped = paths.walks() / f"{path.stem}.yaml"
    return shipped if not path.exists() and path.parent == Path(".") and shipped.exists() else path


def _demo_at(asked: argparse.Namespace, script: Walk) -> Path | None:
    """Return the demo store a walk is played on a copy of; None where there is none, and the walk has a demo city of its own."""
    if script.given.city is not City.DEMO or not asked.store.exists():
        return None
    desk = open_desk(asked.store, typed=asked.typed_key)
    facts = desk.facts
    desk.store.close()
    if facts.is_demo:
        return Path(asked.store)
    if not asked.json:
        print(_("{path} is no demo city; the walk has one of its own.").format(path=asked.store), file=sys.stderr)
    return None


# -- what is told -----------------------------------------------------------------------------------------------------
def _tell(verdict: Verdict) -> None:
    step = verdict.step
    sign = "✓" if verdict.is_held else "✗"
    why = f"  {step.why}" if step.why else ""
    print(f"{sign} {step.number:>3}  {formats.date_time(step.at, seconds=step.at.second != 0)}  {label(verdict.tier)}  {step.act}"
          f"{' ' + step.name if step.name else ''}{why}", flush=True)
    if verdict.trouble:
        print(_("        ✗ refused: {trouble}").format(trouble=verdict.trouble), flush=True)
    for finding in verdict.findings:
        if finding.is_held:
            print(_("        ✓ {figure}: {found}").format(figure=finding.figure, found=finding.found), flush=True)
        else:
            print(_("        ✗ {figure}: expected {wanted}, found {found}").format(
                figure=finding.figure, wanted=finding.wanted, found=finding.found), flush=True)


def _record(played: Played) -> dict[str, object]:
    return {
        "title": played.walk.title, "title_en": played.walk.title_en, "is_held": played.is_held, "expected": played.expected,
        "held": played.held, "says": played.last_line, "steps": [_step_record(verdict) for verdict in played.verdicts]}


def _step_record(verdict: Verdict) -> dict[str, object]:
    step = verdict.step
    return {
        "number": step.number, "at": formats.local(step.at).isoformat(), "tier": verdict.tier.value, "account": verdict.account, "act": step.act,
        "name": step.name, "why": step.why, "is_held": verdict.is_held, "trouble": verdict.trouble,
        "expectations": [{"figure": one.figure, "wanted": one.wanted, "found": one.found, "is_held": one.is_held} for one in verdict.findings]}
