"""Who is in a shelter, kept in memory by the words they are found by, so that a hundred thousand are searched while somebody types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emergency_desk.domain.changes import ChangeSet, Subject
from emergency_desk.domain.ids import Id
from emergency_desk.services.name_index import NameIndex

if TYPE_CHECKING:
    from emergency_desk.store.readings.reading import Reading

_MOST_BESIDE = 2_000  # changed people looked through one by one; with more of them the index is made anew


class PeopleIndex:
    """Read and refreshed on the store thread only. Nothing stays here of who was destroyed: `forget` is called with it."""

    def __init__(self) -> None:
        self._names: NameIndex | None = None
        self._touched: set[Id] = set()  # stays
        self._beside = 0

    def forget(self) -> None:
        """Drop everything; it is read anew with the next search."""
        self._names, self._beside = None, 0
        self._touched.clear()

    def note(self, changes: ChangeSet) -> None:
        """Follow an own commit."""
        if self._names is None:
            return
        self._touched |= changes.ids(Subject.STAY)
        if changes.everything or self._beside + len(self._touched) > _MOST_BESIDE:
            self.forget()

    def find(self, reading: Reading, text: str, *, most: int) -> tuple[list[str], bool]:
        """Return the people whose key holds every word, at most so many, and whether there are more."""
        if self._names is None:
            self._names = NameIndex(reading.people.search_keys())
        if self._touched:
            people = dict.fromkeys(row[0] for stay in sorted(self._touched) for row in reading.shelter_stays.some(
                ("personal_id",), "WHERE id = ?", (stay,)))
            self._names.renew(reading.people.search_keys(people))
            self._beside += len(people)
            self._touched.clear()
        return self._names.first(text, most=most)
