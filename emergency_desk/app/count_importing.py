"""The command that takes a list of head counts: every number with its shelter, or a row that comes back with its reason. Never loads Qt."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from emergency_desk.app.list_taking import take_list
from emergency_desk.app.progress import ProgressLine
from emergency_desk.app.typed_moments import typed_moment
from emergency_desk.errands import head_counts
from emergency_desk.errands.head_counts import CountPreview
from emergency_desk.errands.limited_child import ChildInWaiting
from emergency_desk.errands.rows_to_mend import Taken
from emergency_desk.services.desk import Desk
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.count_list_words import good_words, problem_words, sum_words
from emergency_desk.wording.formats import date_time, number


def import_counts(asked: argparse.Namespace, *, open_desk: Callable[[], Desk], progress: ProgressLine) -> int:
    """Record the numbers of a list, or none; tell who has too many, who is not named, and which rows came back."""
    at = typed_moment(asked.at, "at")

    def look(desk: Desk, waiting: ChildInWaiting) -> CountPreview:
        answers = head_counts.answers_of(desk, asked.answer, at=at, is_whole=asked.whole)
        return head_counts.preview(desk, path=asked.file, answers=answers, waiting=waiting)

    return take_list(asked, open_desk=open_desk, progress=progress, look=look, facts=_facts,
                     take=lambda desk, preview: head_counts.take(desk, preview, which=asked.take),
                     tell=lambda _desk, preview, taken: _tell(asked, preview, taken))


def _facts(_desk: Desk, preview: CountPreview) -> dict[str, object]:
    found = preview.found
    return {"at": found.at.isoformat() if found.at else None, "good": len(found.good), "same": found.same, "bad": preview.bad,
            "heads": sum(line.row.heads for line in found.good), "listed_heads": found.heads,
            "above": [{"shelter": line.shelter.name, "heads": line.row.heads, "more": line.above} for line in preview.above if line.shelter],
            "not_named": [one.name for one, _time in found.absent]}


def _tell(asked: argparse.Namespace, preview: CountPreview, taken: Taken) -> None:
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
