"""Take a list of people: parse it in the limited child, hold it against who is known, take the good rows whole or none.

Rows that cannot be taken are written to a file beside the list, in its own shape, each with its reason; nothing of a list is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from emergency_desk.domain.changes import ChangeSet
from emergency_desk.domain.errors import BadFile, DeskError, FieldUnreadable
from emergency_desk.domain.expected_people import Listed
from emergency_desk.domain.ids import Id
from emergency_desk.domain.people_lists import HeldList, by_village, households
from emergency_desk.domain.shelter_people import Registered
from emergency_desk.errands import limited_child
from emergency_desk.errands.background import Background
from emergency_desk.errands.imports import free_path
from emergency_desk.errands.limited_child import ChildInWaiting
from emergency_desk.exchange import bad_rows
from emergency_desk.exchange.people_files import PeopleFile, read_people_file
from emergency_desk.services import missing_people, people_lists
from emergency_desk.services.desk import Desk
from emergency_desk.services.people_lists import ListTarget
from emergency_desk.wording.import_reasons import row_reasons
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
class PeopleTaken:
    """What was taken, and where the rows given back lie: stays of a shelter's list, or names of a village's."""

    stays: Registered | None = None
    names: Listed | None = None
    bad_rows_path: Path | None = None
    changes: ChangeSet | None = None

    @property
    def value(self) -> int:
        """Return how many people are new in the desk."""
        return len(self.stays.stays) if self.stays is not None else len(self.names.new) if self.names is not None else 0


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


def take(desk: Desk, preview: PeoplePreview, *, which: str = "good", folder: Path | None = None) -> PeopleTaken:
    """Take all the good rows in one commit, or none; the others are written beside the list. Raises BadFile, RoleMissing."""
    path = write_bad_rows(preview, folder)
    good = preview.found.good if which == "good" else ()
    if not good:
        return PeopleTaken(bad_rows_path=path)
    source = preview.path.name
    try:
        if preview.target.is_village:
            names = missing_people.expect_lists(desk, lists=by_village(good), source=source)
            return PeopleTaken(names=names.value, bad_rows_path=path, changes=names.changes)
        stays = people_lists.register_lists(desk, households=households(good), source=source)
        return PeopleTaken(stays=stays.value, bad_rows_path=path, changes=stays.changes)
    except DeskError:
        if path is not None:
            path.unlink(missing_ok=True)
        raise


def write_bad_rows(preview: PeoplePreview, folder: Path | None = None) -> Path | None:
    """Write the rows given back with their reasons; returns where, or None when there is none. Never overwrites a file."""
    if not preview.bad:
        return None
    table = preview.file.table
    path = free_path(folder or preview.path.parent, preview.path.stem, bad_rows.ending(table))
    back = [(row.line, row.cells, row_reasons(row.reasons)) for row in preview.file.bad]
    back += [(line.row.line, line.row.cells, problem_words(line)) for line in preview.found.bad]
    try:
        bad_rows.write_bad_rows(path, table, [bad_rows.Returned(cells, why) for _line, cells, why in sorted(back)])
    except OSError as error:
        raise BadFile(name=path.name, reason="cannot_be_written", detail=error.strerror or str(error)) from error
    return path
