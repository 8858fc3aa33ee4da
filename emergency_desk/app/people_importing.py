"""The command that takes a list of people: into a shelter by its order, or as the names of a village that is to be moved. Never loads Qt."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable

from emergency_desk.app.answers import DONE, print_json
from emergency_desk.app.progress import ProgressLine
from emergency_desk.domain.people_lists import ListStanding
from emergency_desk.errands import people_lists
from emergency_desk.errands.limited_child import ChildInWaiting
from emergency_desk.errands.people_lists import PeoplePreview, PeopleTaken
from emergency_desk.services.desk import Desk
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.formats import number
from emergency_desk.wording.import_reasons import row_reasons
from emergency_desk.wording.people_list_words import problem_words, standing_words, summary_words
from emergency_desk.wording.people_words import tell_odd

_MOST_TOLD = 20  # lines on a terminal


def import_people(asked: argparse.Namespace, *, open_desk: Callable[[], Desk], progress: ProgressLine) -> int:
    """Take the people of a list, or only look; tell who may be a double, and which rows came back."""
    waiting = ChildInWaiting()
    waiting.get_ready()
    desk = open_desk()
    try:
        progress(0, 2, _("Reading {name}").format(name=asked.file.name))
        target = people_lists.target_told(desk, order=asked.order, village=asked.village)
        preview = people_lists.preview(desk, path=asked.file, target_id=target.id, waiting=waiting)
        taken = people_lists.take(desk, preview, which=asked.take)
    finally:
        progress.end()
        waiting.close()
        desk.store.close()
    back = taken.bad_rows_path
    if back is not None and asked.bad_rows:
        back = back.replace(asked.bad_rows)
    if asked.json:
        counts = Counter(line.standing for line in preview.found.good)
        print_json({"target": target.number or target.name, "good": len(preview.found.good), "bad": preview.bad, "taken": taken.value,
                    "standing": {one.value: counts[one] for one in ListStanding}, "bad_rows": str(back) if back else None})
        return DONE
    _tell(asked, preview, taken)
    if back is not None:
        print(ngettext("{count} row is to be mended; it lies with its reasons in {path}. Mend it there and import that file.",
                       "{count} rows are to be mended; they lie with their reasons in {path}. Mend them there and import that file.",
                       preview.bad).format(count=preview.bad, path=back))
    return DONE


def _tell(asked: argparse.Namespace, preview: PeoplePreview, taken: PeopleTaken) -> None:
    """Tell rows by their line; names are told on the terminal of who asked alone, never in a log."""
    for row in preview.file.bad[:_MOST_TOLD]:
        print(f"{row.line}: {row_reasons(row.reasons)}", file=sys.stderr)
    for line in preview.found.bad[:_MOST_TOLD]:
        print(f"{line.row.line}: {problem_words(line)}", file=sys.stderr)
    known = [line for line in preview.found.good if line.standing is not ListStanding.NEW]
    for line in known[:_MOST_TOLD]:
        print(f"{line.row.line} {line.row.person.name}: {standing_words(line)}", file=sys.stderr)
    for odd in (taken.stays.odd if taken.stays is not None else taken.names.odd if taken.names is not None else ())[:_MOST_TOLD]:
        print(tell_odd(odd), file=sys.stderr)
    print(" ".join(summary_words(preview.found, preview.bad)))
    if asked.take == "none":
        return
    words = ngettext("{count} person of {place} is looked for by name now.", "{count} people of {place} are looked for by name now.",
                     taken.value) if preview.target.is_village else ngettext(
        "{count} person is registered in {place}.", "{count} people are registered in {place}.", taken.value)
    print(words.format(count=number(taken.value), place=preview.target.name))
