"""The command that takes a list of head counts: every number with its shelter, or a row that comes back with its reason. Never loads Qt."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from emergency_desk.app.answers import DONE, print_json
from emergency_desk.app.progress import ProgressLine
from emergency_desk.app.typed_moments import typed_moment
from emergency_desk.errands import head_counts
from emergency_desk.errands.head_counts import CountPreview, CountsTaken
from emergency_desk.errands.limited_child import ChildInWaiting
from emergency_desk.services.desk import Desk
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.count_list_words import good_words, problem_words, sum_words
from emergency_desk.wording.formats import date_time, number


def import_counts(asked: argparse.Namespace, *, open_desk: Callable[[], Desk], progress: ProgressLine) -> int:
    """Record the numbers of a list, or none; tell who has too many, who is not named, and which rows came back."""
    at = typed_moment(asked.at, "at")
    waiting = ChildInWaiting()
    waiting.get_ready()
    desk = open_desk()
    try:
        progress(0, 2, _("Reading {name}").format(name=asked.file.name))
        answers = head_counts.answers_of(desk, asked.answer, at=at, is_whole=asked.whole)
        preview = head_counts.preview(desk, path=asked.file, answers=answers, waiting=waiting)
        taken = head_counts.take(desk, preview, which=asked.take)
    finally:
        progress.end()
        waiting.close()
        desk.store.close()
    back = taken.bad_rows_path
    if back is not None and asked.bad_rows:
        back = back.replace(asked.bad_rows)
    if asked.json:
        _tell_json(preview, taken, str(back) if back else None)
        return DONE
    _tell(asked, preview, taken)
    if back is not None:
        print(ngettext("{count} row is to be mended; it lies with its reasons in {path}. Mend it there and import that file.",
                       "{count} rows are to be mended; they lie with their reasons in {path}. Mend them there and import that file.",
                       preview.bad).format(count=preview.bad, path=back))
    return DONE


def _tell_json(preview: CountPreview, taken: CountsTaken, back: str | None) -> None:
    found = preview.found
    print_json({"at": found.at.isoformat() if found.at else None, "good": len(found.good), "taken": taken.value, "same": found.same,
                "bad": preview.bad, "heads": sum(line.row.heads for line in found.good), "listed_heads": found.heads,
                "above": [{"shelter": line.shelter.name, "heads": line.row.heads, "more": line.above} for line in preview.above if line.shelter],
                "not_named": [one.name for one, _time in found.absent], "bad_rows": back})


def _tell(asked: argparse.Namespace, preview: CountPreview, taken: CountsTaken) -> None:
    found = preview.found
    for line in found.bad:
        print(f"{line.row.line}: {problem_words(line)}", file=sys.stderr)
    for line in preview.above:
        print(f"{line.shelter.name if line.shelter else line.row.name}: {good_words(line)}", file=sys.stderr)
    if found.absent and not preview.answers.is_whole:
        words = _("Open and not in the list, so their last counts stand: {names}. With --whole they count as empty.")
        print(words.format(names=head_counts.names_of([one for one, _time in found.absent])), file=sys.stderr)
    if words := sum_words(preview.file.stated_sum, found.heads):
        print(words, file=sys.stderr)
    count = taken.value if asked.take != "none" else len(found.good)
    said = ngettext("{count} head count was recorded: {heads} people, {time}.",
                    "{count} head counts were recorded: {heads} people, {time}.", count)
    if asked.take == "none":
        said = ngettext("{count} head count could be recorded: {heads} people, {time}.",
                        "{count} head counts could be recorded: {heads} people, {time}.", count)
    print(said.format(count=count, heads=number(sum(line.row.heads for line in found.good)), time=date_time(found.at) if found.at else "—"))
    if found.same:
        print(ngettext("{count} stands in the desk already.", "{count} stand in the desk already.", found.same).format(count=found.same))
