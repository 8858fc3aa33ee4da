"""Take a list of people: parse it in the limited child, hold it against who is known, take the good rows whole or none.

Rows that cannot be taken are written to a file beside the list, in its own shape, each with its reason; nothing of a list is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from emergency_desk.domain.errors import DeskError, FieldUnreadable
from emergency_desk.domain.ids import Id
from emergency_desk.domain.people_lists import HeldList, by_village, households
from emergency_desk.domain.shelter_people import Odd
from emergency_desk.errands import limited_child, rows_to_mend
from emergency_desk.errands.background import Background
from emergency_desk.errands.limited_child import ChildInWaiting
from emergency_desk.errands.rows_to_mend import Taken, Which
from emergency_desk.exchange.people_files import PeopleFile, read_people_file
from emergency_desk.services import missing_people, people_lists
from emergency_desk.services.desk import Desk
from emergency_desk.services.people_lists import ListTarget
from emergency_desk.wording.people_list_words import problem_words

SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class PeoplePreview:
    """What a list of people says, before anybody is taken."""

    path: Path
    file: PeopleFile
    found: HeldList
    target: ListTarget

    @property
    def bad(self) -> int:
        """Return how many rows come back."""
        return len(self.file.bad) + len(self.found.bad)


@dataclass(frozen=True, slots=True)
class PeopleTaken(Taken):
    """What came of a list of people: how many are new in the desk, and what was odd about them.

    Of a village's list: `found` in shelters already, and `outside` of those who are new, with relatives or away by the list itself.
    """

    odd: tuple[Odd, ...] = ()
    found: int = 0
    outside: int = 0


def preview(desk: Desk, *, path: Path, target_id: Id, waiting: ChildInWaiting | None = None) -> PeoplePreview:
    """Read a list in the limited child and wait for it; for the command line. Raises BadFile, NotFound, RoleMissing."""
    target = people_lists.target_of(desk, target_id=target_id)
    file = limited_child.run(read_people_file, path, seconds=SECONDS, name=path.name, waiting=waiting or ChildInWaiting())
    return _hold(desk, path, file, target)


def ask_preview(background: Background, desk: Desk, *, path: Path, target_id: Id, then: Callable[[PeoplePreview], object],
                refused: Callable[[DeskError], object]) -> None:
    """Read a list without holding anybody up, and hand over its preview or what speaks against it."""
    def hold(file: PeopleFile) -> None:
        background.store(lambda: _hold(desk, path, file, people_lists.target_of(desk, target_id=target_id)), then=then, refused=refused)

    background.limited(read_people_file, path, seconds=SECONDS, then=hold, refused=refused)


def _hold(desk: Desk, path: Path, file: PeopleFile, target: ListTarget) -> PeoplePreview:
    return PeoplePreview(path, file, people_lists.hold(desk, rows=file.people, target_id=target.id), target)


def target_told(desk: Desk, *, order: str = "", village: str = "") -> ListTarget:
    """Return what a list is of, by the number of an opening order or the name of a village. Raises FieldUnreadable, RoleMissing."""
    known = people_lists.targets(desk)
    found = [one for one in known if (one.name == village if village else not one.is_village and one.number == order)]
    if len(found) != 1:
        name, typed = ("village", village) if village else ("order", order)
        choices = [one.name if village else f"{one.number} {one.name}" for one in known if one.is_village == bool(village)]
        raise FieldUnreadable(name=name, typed=typed, expected=" / ".join(choices[:5]) or "—")
    return found[0]


def take(desk: Desk, preview: PeoplePreview, *, which: Which = "good", folder: Path | None = None) -> PeopleTaken:
    """Take all the good rows in one commit, or none; the others are written beside the list. Raises BadFile, RoleMissing."""
    back = rows_to_mend.returned(preview.file.bad, ((line.row.line, line.row.cells, problem_words(line)) for line in preview.found.bad))
    with rows_to_mend.written(preview.path, preview.file.table, back, folder) as path:
        good, source = preview.found.good if which == "good" else (), preview.path.name
        if not good:
            return PeopleTaken(0, path)
        if preview.target.is_village:
            names = missing_people.expect_lists(desk, lists=by_village(good), source=source)
            outside = sum(one.settled is not None for one in names.value.new)
            return PeopleTaken(len(names.value.new), path, names.changes, names.value.odd, len(names.value.found), outside)
        stays = people_lists.register_lists(desk, households=households(good), source=source)
        return PeopleTaken(len(stays.value.stays), path, stays.changes, stays.value.odd)
