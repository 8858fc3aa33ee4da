"""Search keys of many records in one long text, so that a few letters are found among 100,000 names in milliseconds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from emergency_desk.domain.ids import Id

_BETWEEN = "\n"


class NameIndex:
    """Knows which records hold some words. What changed since is kept beside and looked through by itself."""

    def __init__(self, keys: Sequence[tuple[str, str]]) -> None:
        self._ids = [id_ for id_, _key in keys]
        self._keys = [key for _id, key in keys]
        self._text = _BETWEEN.join(self._keys)
        self._starts: list[int] = []
        start = 0
        for key in self._keys:
            self._starts.append(start)
            start += len(key) + 1
        self._changed: dict[str, str] = {}
        self.outdated: set[Id] = set()

    def outdate(self, ids: Iterable[Id]) -> None:
        """Note that these have to be read again before the next search."""
        self.outdated |= set(ids)

    def renew(self, keys: Iterable[tuple[str, str]]) -> None:
        """Take the keys of changed records; an empty key takes the record out."""
        self._changed.update(keys)
        self.outdated.clear()

    def find(self, text: str, *, most: int) -> list[str] | None:
        """Return the ids of the records that hold every word, or None when there are more than `most`."""
        if not text.split():
            return None
        found, is_more = self.first(text, most=most)
        return None if is_more else found

    def first(self, text: str, *, most: int) -> tuple[list[str], bool]:
        """Return the first records that hold every word, at most so many, and whether there are more."""
        found = list(islice(self._matches(sorted(text.lower().split(), key=len, reverse=True)), most + 1))
        return found[:most], len(found) > most

    def _matches(self, words: Sequence[str]) -> Iterator[str]:
        if not words:
            return
        yield from [id_ for id_, key in self._changed.items() if key and all(word in key for word in words)]
        place = self._text.find(words[0])
        while place >= 0:
            row = bisect_right(self._starts, place) - 1
            if self._ids[row] not in self._changed and all(word in self._keys[row] for word in words[1:]):
                yield self._ids[row]
            place = self._text.find(words[0], self._starts[row + 1]) if row + 1 < len(self._starts) else -1
