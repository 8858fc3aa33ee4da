"""Take a list of head counts: parse it in the limited child, hold it against the shelters, record the good rows or none.

Rows that cannot be recorded are written to a file beside the list, in its own shape, each with its reason; nothing of a list is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from emergency_desk.domain.errors import DeskError, FieldUnreadable
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_acts import AskedCount
from emergency_desk.domain.shelter_counting import LEFT_OUT, CountedShelter, CountLine, CountList, hold_against
from emergency_desk.errands import limited_child, rows_to_mend
from emergency_desk.errands.background import Background
from emergency_desk.errands.limited_child import ChildInWaiting
from emergency_desk.errands.rows_to_mend import Taken, Which
from emergency_desk.exchange.head_count_files import CountFile, read_count_file
from emergency_desk.services.desk import Desk
from emergency_desk.services.head_count_lists import ListedCount, counted_shelters, take_counts
from emergency_desk.wording.catalog import _
from emergency_desk.wording.count_list_words import problem_words

SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class CountAnswers:
    """What somebody said about a list: the moment it was counted, which shelter a written name means, and whether it names all that are open."""

    at: datetime | None = None
    shelters: tuple[tuple[str, Id], ...] = ()
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class CountPreview:
    """What a list of counts says, before anything is recorded."""

    path: Path
    file: CountFile
    found: CountList
    known: tuple[CountedShelter, ...] = ()
    answers: CountAnswers = field(default_factory=CountAnswers)

    @property
    def bad(self) -> int:
        """Return how many rows come back."""
        return len(self.file.bad) + len(self.found.bad)

    @property
    def above(self) -> tuple[CountLine, ...]:
        """Return the rows with more people than places; they are recorded."""
        return tuple(line for line in self.found.good if line.above)


def preview(desk: Desk, *, path: Path, answers: CountAnswers, waiting: ChildInWaiting | None = None) -> CountPreview:
    """Read a list in the limited child and wait for it; for the command line. Raises BadFile."""
    file = limited_child.run(read_count_file, path, seconds=SECONDS, name=path.name, waiting=waiting or ChildInWaiting())
    return _hold(desk, path, file, answers)


def ask_preview(background: Background, desk: Desk, *, path: Path, answers: CountAnswers, then: Callable[[CountPreview], object],
                refused: Callable[[DeskError], object]) -> None:
    """Read a list without holding anybody up, and hand over its preview or what speaks against it."""
    def hold(file: CountFile) -> None:
        background.store(lambda: _hold(desk, path, file, answers), then=then, refused=refused)

    background.limited(read_count_file, path, seconds=SECONDS, then=hold, refused=refused)


def _hold(desk: Desk, path: Path, file: CountFile, answers: CountAnswers) -> CountPreview:
    known = tuple(counted_shelters(desk))
    found = hold_against(file.rows, known, at=answers.at, now=desk.now(), answered=dict(answers.shelters))
    return CountPreview(path, file, found, known, answers)


def answers_of(desk: Desk, written: Iterable[str], *, at: datetime | None, is_whole: bool) -> CountAnswers:
    """Return what was answered in words: "as written=shelter", where the shelter is told by name or code, and nothing gives the row back.

    Raises FieldUnreadable.
    """
    known = counted_shelters(desk)
    shelters = []
    for each in written:
        name, mark, told = (part.strip() for part in each.rpartition("="))
        found = [one.id for one in known if told in (one.code, one.name, one.name_en) and told]
        if not mark or not name or (told and len(found) != 1):
            raise FieldUnreadable(name="answer", typed=each, expected=", ".join(one.name for one in known[:3]))
        shelters.append((name, found[0] if found else LEFT_OUT))
    return CountAnswers(at, tuple(shelters), is_whole)


def take(desk: Desk, preview: CountPreview, *, which: Which = "good", folder: Path | None = None) -> Taken:
    """Record all the good rows in one commit, or none; the others are written beside the list. Raises BadFile, RoleMissing."""
    back = rows_to_mend.returned(preview.file.bad, ((line.row.line, line.row.cells, problem_words(line)) for line in preview.found.bad))
    with rows_to_mend.written(preview.path, preview.file.table, back, folder) as path:
        counts = listed(preview) if which == "good" else []
        if not counts:
            return Taken(0, path)
        done = take_counts(desk, counts=counts, source=preview.path.name)
        return Taken(done.value, path, done.changes)


def listed(preview: CountPreview) -> list[ListedCount]:
    """Return what would be recorded, those that a whole list does not name as empty."""
    found = []
    for line in preview.found.good:
        if line.opening is None or line.at is None:
            continue
        row = line.row
        found.append(ListedCount(AskedCount(
            opening_id=line.opening.opening_id, heads=row.heads, arrived=row.arrived, left=row.left, vulnerable=row.vulnerable, meals=row.meals,
            counted_by=row.counted_by, note=row.note), line.at))
    at = preview.found.at
    if preview.answers.is_whole and at is not None:
        note = _("The list is whole and does not name it.")
        found += [ListedCount(AskedCount(opening_id=time.opening_id, heads=0, note=note), at) for _one, time in preview.found.absent
                  if time.counted.get(at) != 0]
    return found


def names_of(shelters: Sequence[CountedShelter], most: int = 5) -> str:
    """Return some shelters by name, for a sentence."""
    more = _(" …") if len(shelters) > most else ""
    return ", ".join(one.name for one in shelters[:most]) + more
