"""The command that takes a list of people: into a shelter by its order, or as the names of a village that is to be moved. Never loads Qt."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable

from emergency_desk.app.list_taking import take_list
from emergency_desk.app.progress import ProgressLine
from emergency_desk.domain.people_lists import ListStanding
from emergency_desk.errands import people_lists
from emergency_desk.errands.limited_child import ChildInWaiting
from emergency_desk.errands.people_lists import PeoplePreview, PeopleTaken
from emergency_desk.services.desk import Desk
from emergency_desk.wording.import_reasons import row_reasons
from emergency_desk.wording.people_list_words import problem_words, standing_words, summary_words, taken_words
from emergency_desk.wording.people_words import tell_odd

_MOST_TOLD = 20  # lines on a terminal


def import_people(asked: argparse.Namespace, *, open_desk: Callable[[], Desk], progress: ProgressLine) -> int:
    """Take the people of a list, or only look; tell who may be a double, and which rows came back."""
    def look(desk: Desk, waiting: ChildInWaiting) -> PeoplePreview:
        target = people_lists.target_told(desk, order=asked.order, village=asked.village)
        return people_lists.preview(desk, path=asked.file, target_id=target.id, waiting=waiting)

    return take_list(asked, open_desk=open_desk, progress=progress, look=look, facts=_facts,
                     take=lambda desk, preview: people_lists.take(desk, preview, which=asked.take),
                     tell=lambda _desk, preview, taken: _tell(asked, preview, taken))


def _facts(_desk: Desk, preview: PeoplePreview) -> dict[str, object]:
    counts = Counter(line.standing for line in preview.found.good)
    return {"target": preview.target.number or preview.target.name, "good": len(preview.found.good), "bad": preview.bad,
            "standing": {one.value: counts[one] for one in ListStanding}}


def _tell(asked: argparse.Namespace, preview: PeoplePreview, taken: PeopleTaken) -> None:
    """Tell rows by their line; names are told on the terminal of who asked alone, never in a log."""
    for row in preview.file.bad[:_MOST_TOLD]:
        print(f"{row.line}: {row_reasons(row.reasons)}", file=sys.stderr)
    for line in preview.found.bad[:_MOST_TOLD]:
        print(f"{line.row.line}: {problem_words(line)}", file=sys.stderr)
    known = [line for line in preview.found.good if line.standing is not ListStanding.NEW]
    for line in known[:_MOST_TOLD]:
        print(f"{line.row.line} {line.row.person.name}: {standing_words(line)}", file=sys.stderr)
    for odd in taken.odd[:_MOST_TOLD]:
        print(tell_odd(odd), file=sys.stderr)
    print(" ".join(summary_words(preview.found, preview.bad)))
    if asked.take == "none":
        return
    words = taken_words(preview.target.name, taken.value, is_village=preview.target.is_village, found=taken.found, outside=taken.outside)
    print(" ".join(words))
