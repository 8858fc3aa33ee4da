"""What the desk keeps in memory for look-ups while somebody types: the area tree and the roster of teams.

Both follow the journal: an own commit refreshes what it touched, a foreign one (another program) makes them be read again.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from emergency_desk.domain.areas import AreaTree
from emergency_desk.domain.changes import ChangeSet, Subject
from emergency_desk.domain.roster import Roster

if TYPE_CHECKING:
    from emergency_desk.store.readings.reading import Reading
    from emergency_desk.store.store import Store


class Memory:
    """Read and refreshed on the store thread only."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._journal = -1
        self._tree: AreaTree | None = None
        self._roster: Roster | None = None
        self._roster_day: date | None = None

    def note(self, changes: ChangeSet) -> None:
        """Follow an own commit."""
        expected, self._journal = self._journal + 1, changes.journal_number
        if changes.everything or changes.journal_number != expected or changes.about(Subject.AREA):
            self.forget()
        elif changes.about(Subject.TEAM) and self._roster is not None:
            with self._store.reading() as reading:
                self._roster = self._roster.with_teams(reading.teams.get_many(sorted(changes.ids(Subject.TEAM))))

    def foreign_changes(self) -> ChangeSet | None:
        """Return a change set when another program committed since this desk last looked, else None."""
        if self._journal < 0:
            return None
        with self._store.reading() as reading:
            number = reading.journal_number()
        if number <= self._journal:
            return None
        self.forget()
        self._journal = number
        return ChangeSet(journal_number=number, everything=True)

    def forget(self) -> None:
        """Drop the roster and read the tree anew, here on the store thread, because screens look names up in it."""
        self._roster = None
        if self._tree is not None:
            self._tree = None
            self.tree()

    def tree(self) -> AreaTree:
        """Return the tree of areas."""
        if self._tree is None:
            with self._store.reading() as reading:
                self._tree = AreaTree(reading.areas.where("ORDER BY code, name"))
                self._follow(reading)
        return self._tree

    def roster(self, *, today: date) -> Roster:
        """Return the teams as the recommendation wants them, as of today."""
        tree = self.tree()
        with self._store.reading() as reading:
            self._follow(reading)
            if self._roster is None or self._roster_day != today:
                self._roster = Roster.of(reading.teams.where("ORDER BY code, id"), tree, today)
                self._roster_day = today
        return self._roster

    def _follow(self, reading: Reading) -> None:
        number = reading.journal_number()
        if number != self._journal:
            self._roster = None
            self._journal = number
