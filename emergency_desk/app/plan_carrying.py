"""The commands by which plans leave in a sealed file and come in: what a file brings is told plan by plan. Never loads Qt."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from emergency_desk.app.answers import DONE, print_json
from emergency_desk.app.progress import ProgressLine
from emergency_desk.domain.plan_merge import MergedPart, PlanMerge
from emergency_desk.domain.plan_sections import PartKey
from emergency_desk.domain.plan_travel import Arrival, Author, PlanVerdict
from emergency_desk.errands import plan_bundles
from emergency_desk.errands.limited_child import ChildInWaiting
from emergency_desk.errands.plan_bundles import BundlePreview
from emergency_desk.services.desk import Desk
from emergency_desk.services.plan_travels import Taken
from emergency_desk.wording import bundle_words
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.labels import label


def export_plans(asked: argparse.Namespace, *, open_desk: Callable[[], Desk]) -> int:
    """Write plans into a sealed file: those that are named, else all."""
    desk = open_desk()
    try:
        done = plan_bundles.export_plans(desk, path=asked.out, codes=tuple(asked.plan)).value
    finally:
        desk.store.close()
    if asked.json:
        print_json({"path": str(done.path), "plans": done.plans, "versions": done.versions})
    else:
        print(ngettext("{count} plan was written to {path}.", "{count} plans were written to {path}.", done.plans).format(
            count=done.plans, path=done.path))
    return DONE


def import_plans(asked: argparse.Namespace, *, open_desk: Callable[[], Desk], progress: ProgressLine) -> int:
    """Take what is new or newer, or only look; tell what is diverged and which parts both sides changed."""
    waiting = ChildInWaiting()
    waiting.get_ready()
    try:
        desk = open_desk()
        try:
            progress(0, 2, _("Reading {name}").format(name=asked.file.name))
            shown = plan_bundles.preview(desk, path=asked.file, matches=plan_bundles.matches_of(asked.match), waiting=waiting)
            progress(1, 2, _("Taking plans"))
            taken = plan_bundles.take(desk, shown).value if asked.take == "good" and shown.of(PlanVerdict.NEW, PlanVerdict.NEWER) else Taken()
        finally:
            progress.end()
            desk.store.close()
    finally:
        waiting.close()
    (_tell_json if asked.json else _tell)(shown, taken)
    return DONE


def _tell(shown: BundlePreview, taken: Taken) -> None:
    for arrival in shown.arrivals:
        print(_("{verdict}: {title} ({version})").format(verdict=label(arrival.verdict), title=bundle_words.title_of(arrival),
                                                         version=bundle_words.version(arrival)))
        if arrival.verdict is PlanVerdict.DIVERGED:
            _tell_diverged(arrival)
    for one in shown.unknown:
        print(_("Not known here: {what}, in plan {plan}.").format(what=bundle_words.unknown(one), plan=one.plan), file=sys.stderr)
    if any(one.is_needed for one in shown.unknown):
        print(_("Such a plan is not taken before its words are matched: {option}").format(option='--match "OLD=NEW"'), file=sys.stderr)
    count = len(taken.versions) + len(taken.drafts)
    print(ngettext("{count} version or draft was taken.", "{count} versions and drafts were taken.", count).format(count=count))


def _tell_diverged(arrival: Arrival) -> None:
    merged = plan_bundles.merge_of(arrival)
    print("  " + ngettext("{count} part differs. Open the file in the window and decide part by part.",
                          "{count} parts differ. Open the file in the window and decide part by part.", len(merged.parts)).format(
        count=len(merged.parts)))
    for part in merged.clashes:
        mine, theirs = _authors(arrival, merged, part.key)
        print("  " + _("{part}: here {mine}; there {theirs}").format(part=bundle_words.part_name(part), mine=bundle_words.author(mine),
                                                                     theirs=bundle_words.author(theirs)))


def _authors(arrival: Arrival, merged: PlanMerge, key: PartKey) -> tuple[Author, Author]:
    assert arrival.here is not None, "only plans that this desk has diverge"
    return arrival.here.author_of(merged.key_mine(key)), arrival.head.author_of(merged.key_theirs(key))


def _tell_json(shown: BundlePreview, taken: Taken) -> None:
    print_json({
        "desk": shown.bundle.desk_code, "desk_name": shown.bundle.desk_name, "person": shown.bundle.person,
        "written_at": shown.bundle.written_at.isoformat(), "plans": [_arrival(shown, arrival) for arrival in shown.arrivals],
        "matches": dict(shown.matches),
        "taken": {"versions": list(taken.versions), "drafts": [f"{draft.code} {draft.plan_version}" for draft in taken.drafts]}})


def _arrival(shown: BundlePreview, arrival: Arrival) -> dict[str, object]:
    told: dict[str, object] = {
        "code": arrival.code, "title": arrival.head.plan.title.zh, "title_en": arrival.head.plan.title.en, "verdict": arrival.verdict.value,
        "version": arrival.head.plan.version, "is_draft": arrival.head.is_draft, "here": arrival.here.plan.version if arrival.here else None,
        "base": arrival.base.plan.version if arrival.base else None,
        "unknown": [{"kind": one.kind.value, "word": one.word, "is_needed": one.is_needed} for one in shown.unknown if one.plan == arrival.code]}
    if arrival.verdict is PlanVerdict.DIVERGED:
        merged = plan_bundles.merge_of(arrival)
        told["parts"] = [_part(arrival, merged, part) for part in merged.parts]
    return told


def _part(arrival: Arrival, merged: PlanMerge, part: MergedPart) -> dict[str, object]:
    mine, theirs = _authors(arrival, merged, part.key)
    return {"section": part.key.section.value, "key": " ".join(part.key.words).strip(), "outcome": part.outcome.value, "mine": _author(mine),
            "theirs": _author(theirs)}


def _author(of: Author) -> dict[str, object]:
    return {"person": of.person, "desk": of.desk, "at": of.at.isoformat() if of.at else None}
