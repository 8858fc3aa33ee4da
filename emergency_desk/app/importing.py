"""The command that takes a list: what it asks stands on standard error, and is answered by its options. Never loads Qt."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from emergency_desk.app import paths
from emergency_desk.app.list_taking import take_list
from emergency_desk.app.progress import ProgressLine
from emergency_desk.domain.areas import AreaTree
from emergency_desk.domain.imports import PlaceAsked
from emergency_desk.errands import imports
from emergency_desk.errands.imports import Preview
from emergency_desk.errands.limited_child import ChildInWaiting
from emergency_desk.errands.rows_to_mend import Taken
from emergency_desk.exchange.place_finding import path_text
from emergency_desk.services.desk import Desk
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.import_reasons import answers_unused, area_words, not_placed, place_question

PLAN_TEXT = "plan-text"
HEAD_COUNTS, PEOPLE = ("headcounts", "head-counts"), "people"
_MOST_ASKED = 20  # lines on a terminal; --json tells them all


def import_list(asked: argparse.Namespace, *, open_desk: Callable[[], Desk], progress: ProgressLine) -> int:
    """Take the good rows of a list, or none; write those to mend beside it, and tell what should be answered."""
    if asked.kind == PLAN_TEXT:
        from emergency_desk.app import plan_importing

        return plan_importing.import_plan_text(asked, open_desk=open_desk, progress=progress)
    if asked.kind in HEAD_COUNTS:
        from emergency_desk.app import count_importing

        return count_importing.import_counts(asked, open_desk=open_desk, progress=progress)
    if asked.kind == PEOPLE:
        from emergency_desk.app import people_importing

        return people_importing.import_people(asked, open_desk=open_desk, progress=progress)
    return take_list(asked, open_desk=open_desk, progress=progress, look=lambda desk, waiting: _look(asked, desk, waiting),
                     facts=lambda desk, preview: _facts(asked, desk, preview),
                     take=lambda desk, preview: imports.take(desk, preview, which=asked.take), tell=lambda *told: _tell(asked, *told))


def _look(asked: argparse.Namespace, desk: Desk, waiting: ChildInWaiting) -> Preview:
    answers = imports.answers_of(desk, asked.answer, is_gcj02=asked.gcj02, exchanges_swapped=asked.exchange)
    return imports.preview(desk, kind=asked.kind.replace("-", "_"), path=asked.file, answers=answers,
                           divisions=paths.reference() / "divisions", waiting=waiting)


def _facts(asked: argparse.Namespace, desk: Desk, preview: Preview) -> dict[str, object]:
    return {"kind": asked.kind, "good": len(preview.good), "bad": len(preview.bad), "places_asked": _questions(preview.places_asked, desk.tree),
            "unplaced": preview.unplaced, "ignored_columns": preview.ignored_columns, "answers_unused": preview.answers_unused}


def _tell(asked: argparse.Namespace, desk: Desk, preview: Preview, taken: Taken) -> None:
    _tell_questions(preview.places_asked, desk.tree)
    _tell_doubts(preview, area_words([desk.area]))
    print(ngettext("{count} row was taken.", "{count} rows were taken.", taken.value).format(count=taken.value))
    if asked.take == "none":
        print(ngettext("{count} row could be taken.", "{count} rows could be taken.", len(preview.good)).format(count=len(preview.good)))


def _tell_questions(asked: Sequence[PlaceAsked], tree: AreaTree) -> None:
    for one in asked[:_MOST_ASKED]:
        print(place_question(one, [area_words(tree.path(id_)) for id_ in one.suggested]), file=sys.stderr)
    if len(asked) > _MOST_ASKED:
        print(_("… and {count} more places.").format(count=len(asked) - _MOST_ASKED), file=sys.stderr)
    if asked:
        first = asked[0]
        area = path_text(tree, first.suggested[0]) if first.suggested else ""
        print(_("Until then such rows stand under the area that is known. Look first with --take none, then answer: {option}").format(
            option=f'--answer "{first.written}={area}"'), file=sys.stderr)


def _tell_doubts(preview: Preview, area: str) -> None:
    """Tell what went another way than somebody may believe: answers to nothing, and rows that say no place."""
    if preview.answers_unused:
        print(answers_unused(preview.answers_unused), file=sys.stderr)
    if preview.unplaced:
        print(not_placed(preview.unplaced, area, preview.ignored_columns), file=sys.stderr)


def _questions(asked: Sequence[PlaceAsked], tree: AreaTree) -> list[dict[str, object]]:
    return [{"written": one.written, "line": one.line, "rows": one.rows, "suggested": [path_text(tree, id_) for id_ in one.suggested]}
            for one in asked]
