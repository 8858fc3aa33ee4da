"""What the desk keeps in memory for look-ups while somebody types: the area tree and the roster of teams.

Both follow the journal: an own commit refreshes what it touched, a foreign one (another program) makes them be read again. A commit
only notes which teams it touched; they are read when somebody asks for the roster next, so that sending stays quick.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from emergency_desk.domain.areas import AreaTree
from emergency_desk.domain.changes import ChangeSet, Subject
from emergency_desk.domain.ids import Id
from emergency_desk.domain.report_duties import Rows, Windows
from emergency_desk.domain.reporting import ReportClocks
from emergency_desk.domain.roster import Roster
from emergency_desk.domain.teams import TeamState
from emergency_desk.services.name_index import NameIndex
from emergency_desk.services.people_index import PeopleIndex

if TYPE_CHECKING:
    from emergency_desk.store.readings.reading import Reading
    from emergency_desk.store.store import Store

J = TypeVar("J")
_NOTHING_READ = -1


class Memory:
    """Read and refreshed on the store thread only; whoever looks names up meanwhile finds the last tree."""

    def __init__(self, store: Store, *, forgot: Callable[[], object]) -> None:
        self._store = store
        self._forgot = forgot  # told when another program moved the world, so that what others keep is read anew too
        self._journal = _NOTHING_READ  # the newest journal entry that this memory knows of
        self._foreign_untold = False  # another program's commit was met, and the screens have not heard of it yet
        self._tree: AreaTree | None = None
        self._roster: Roster | None = None
        self._changed_teams: set[Id] = set()
        self._team_states: dict[Id | None, dict[TeamState, int]] = {}  # by the area they stand in; None for all
        self._judged: tuple[tuple[Any, ...], Any] | None = None
        self._rows: tuple[tuple[Any, ...], Rows] | None = None
        self._names: NameIndex | None = None
        self.people = PeopleIndex()

    def note(self, changes: ChangeSet) -> None:
        """Follow an own commit."""
        is_next = changes.journal_number == self._journal + 1
        if not is_next and self._journal != _NOTHING_READ:
            self._foreign_untold = True
        self._journal = changes.journal_number
        if changes.everything or not is_next or changes.about(Subject.AREA):
            self.forget()
        else:
            self.people.note(changes)
            if changes.about(Subject.TEAM):
                self._team_states.clear()
            if self._roster is not None:
                self._changed_teams |= changes.ids(Subject.TEAM)
            if self._names is not None:
                self._names.outdate(changes.ids(Subject.TEAM))

    def foreign_changes(self) -> ChangeSet | None:
        """Return a change set, once, when another program committed since this was last asked; else None."""
        if self._journal == _NOTHING_READ:
            return None
        with self._store.reading() as reading:
            self._follow(reading)
        if not self._foreign_untold:
            return None
        self._foreign_untold = False
        return ChangeSet(journal_number=self._journal, everything=True)

    def forget(self) -> None:
        """Drop the roster and read the tree anew, here on the store thread, because screens look names up in it."""
        with self._store.reading() as reading:
            self._forget(reading)

    def judged(self, asked: tuple[Any, ...], judge: Callable[[], J]) -> J:
        """Return the last judgement when the same is asked again, and judge otherwise. `asked` begins with the trade."""
        last = self._judged
        if last is None or last[0][0] is not asked[0] or last[0][1:] != asked[1:]:
            last = self._judged = (asked, judge())
        answer: J = last[1]
        return answer

    def report_rows(self, clocks: ReportClocks, profiles: tuple[str, ...], windows: Windows) -> Rows:
        """Return the rows of the deadline table under some settings, sorted once for as long as table and settings stay."""
        last = self._rows
        if last is None or last[0][0] is not clocks or last[0][1:] != (profiles, windows):
            last = self._rows = ((clocks, profiles, windows), Rows(clocks, profiles, windows))
        return last[1]

    def tree(self) -> AreaTree:
        """Return the tree of areas."""
        if self._tree is None:
            with self._store.reading() as reading:
                self._follow(reading)
                self._tree = _read_tree(reading)
        return self._tree

    def roster(self, *, today: date) -> Roster:
        """Return the teams as the recommendation wants them, as of today."""
        tree = self.tree()
        with self._store.reading() as reading:
            self._follow(reading)
            tree = self._tree or tree
            if self._roster is None or self._roster.tree is not tree:
                self._roster = Roster.of(reading.teams.where("WHERE is_retired = 0 ORDER BY code, id"), tree, today)
            elif self._changed_teams:
                changed = reading.teams.get_many(sorted(self._changed_teams))
                self._roster = self._roster.with_teams(changed, [team.id for team in changed if team.is_retired])
            self._changed_teams.clear()
        self._roster = self._roster.on_day(today)
        return self._roster

    def find_teams(self, text: str, *, most: int) -> list[str] | None:
        """Return the ids of the teams in use whose search key holds every word; None when more than `most` do."""
        with self._store.reading() as reading:
            self._follow(reading)
            if self._names is None:
                self._names = NameIndex(reading.team_search_keys())
            stale = self._names.outdated
            if stale:
                self._names.renew([(team.id, "" if team.is_retired else team.search_key) for team in reading.teams.get_many(sorted(stale))])
        return self._names.find(text, most=most)

    def team_states(self, reading: Reading, *, below: Id | None) -> Mapping[TeamState, int]:
        """Return how many teams stand in each state, of all or of an area and what lies below it; counted anew once a team changed."""
        self._follow(reading)
        if below not in self._team_states:
            self._team_states[below] = reading.team_states(below=below)
        return self._team_states[below]

    def find_people(self, reading: Reading, text: str, *, most: int) -> tuple[list[str], bool]:
        """Return the people in shelters whose search key holds every word, at most so many, and whether there are more."""
        self._follow(reading)
        return self.people.find(reading, text, most=most)

    def _follow(self, reading: Reading) -> None:
        """Forget everything when another program committed since."""
        number = reading.journal_number()
        if number == self._journal:
            return
        if self._journal != _NOTHING_READ:
            self._foreign_untold = True
            self._forget(reading)
        self._journal = number

    def _forget(self, reading: Reading) -> None:
        self._roster = None
        self._names = None
        self._team_states.clear()
        self.people.forget()
        self._judged = None
        self._changed_teams.clear()
        if self._tree is not None:
            self._tree = _read_tree(reading)
        self._forgot()


def _read_tree(reading: Reading) -> AreaTree:
    return AreaTree(reading.areas.where("ORDER BY code, name"))
