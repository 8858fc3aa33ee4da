"""The rows of a foreign list read by columns: each different writing once, by the very readers of single rows.

Most rows of a great list say nothing that anybody must be told. They are read here, some forty times quicker; a row with a reason, or
with anything that depends on the rows before it, is `odd` and is read by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from itertools import chain
from typing import TypeVar

from emergency_desk.domain.imports import Note, RowNote
from emergency_desk.domain.record_columns import Same
from emergency_desk.exchange.place_finding import Found
from emergency_desk.exchange.row_reading import LONGEST_TEXT, Remembered, RowReading, are_plain_degrees, are_plain_phones, read_degrees
from emergency_desk.exchange.row_sorting import FAR_DEGREES, Reading

_Value = TypeVar("_Value")
_PLACE_FIELDS = ("country", "province", "city", "district", "street", "village", "area", "area_code", "area_path")
_A_LITTLE = 0.001  # degrees; what lies so near to a limit is read by itself
PART = 2_500  # rows that travel together, so that the desk works at the first while the last are read
Notes = Sequence[tuple[Note, ...]]
_NO_POSITION = (Note(RowNote.NO_POSITION),)


class RowColumns:
    """The rows of one file by columns. Reading a field adds the places of the rows that it makes odd."""

    def __init__(self, reading: Reading) -> None:
        rows, self._columns = reading.table.rows, reading.columns
        self.reading = reading
        self.count = len(rows)
        self.lines: Sequence[int] = reading.table.lines
        self.odd: set[int] = set()
        self._cells = list(zip(*rows, strict=False))  # a longer row ends with the shortest, which has all columns
        self._written: dict[str, list[str]] = {}
        self._texts: dict[str, Sequence[str]] = {}
        self._nothing = [""] * self.count
        self._remembered = Remembered()
        width = len(self._columns.headers)
        if max(map(len, rows)) > width:
            self.odd.update(at for at, cells in enumerate(rows) if len(cells) > width)

    def parts(self) -> Iterator[RowColumns]:
        """Return the same rows in parts; what is odd among all of them, or was read, is known to each."""
        for start in range(0, self.count, PART):
            part, some = copy(self), slice(start, start + PART)
            part.lines = self.lines[some]
            part.count = len(part.lines)
            part.odd = {at - start for at in self.odd if start <= at < start + PART}
            part._cells = [column[some] for column in self._cells]
            part._written = {field: column[some] for field, column in self._written.items()}
            part._texts = {field: column[some] for field, column in self._texts.items()}
            part._nothing = self._nothing[some]
            yield part

    def has(self, field: str) -> bool:
        """Say whether the file has a column for a field."""
        return field in self._columns.places

    def written(self, field: str) -> list[str]:
        """Return what every row writes for a field."""
        found = self._written.get(field)
        if found is None:
            places = self._columns.places.get(field, ())
            found = list(map(str.strip, self._cells[places[0]])) if places else self._nothing
            for at in places[1:]:
                found = [cell or other.strip() for cell, other in zip(found, self._cells[at], strict=True)]
            self._written[field] = found
        return found

    def text(self, field: str, *, most: int = LONGEST_TEXT) -> Sequence[str]:
        """Return what every row says for a field that is a text in one line."""
        found = self._texts.get(field) if self.has(field) else self._nothing
        if found is None:
            written = self.written(field)
            together = "|".join(written)
            is_plain = together.isprintable() and "  " not in together and max(map(len, written)) <= most
            found = self._texts[field] = written if is_plain else self.each(lambda row: row.text(field, most=most), field)
        return found

    def phone(self, field: str) -> Sequence[str]:
        """Return what every row says for a phone number."""
        written = self.text(field)
        return written if are_plain_phones(written) else self.each(lambda row: row.phone(field), field)

    def each(self, read: Callable[[RowReading], _Value], *fields: str) -> list[_Value]:
        """Read what some fields say together, each different writing once; where something is noted or refused, the row is odd."""
        fields = tuple(filter(self.has, fields)) or fields[:1]
        writings: Sequence[str | tuple[str, ...]] = self.written(fields[0])
        if len(fields) > 1:
            writings = list(zip(*map(self.written, fields), strict=True))
        known: dict[str | tuple[str, ...], _Value] = {}
        strange: set[str | tuple[str, ...]] = set()
        for writing in set(writings):
            row = self._only(fields, writing if isinstance(writing, tuple) else (writing,))
            known[writing] = read(row)
            if row.reasons or row.notes:
                strange.add(writing)
        if strange:
            self.odd.update(at for at, writing in enumerate(writings) if writing in strange)
        return list(map(known.__getitem__, writings))

    def _only(self, fields: Sequence[str], writing: Sequence[str]) -> RowReading:
        """Return a row that says nothing but what some fields say."""
        cells = [""] * len(self._columns.headers)
        for field, cell in zip(fields, writing, strict=True):
            if field in self._columns.places:
                cells[self._columns.places[field][0]] = cell
        return RowReading(self._columns, cells, self._remembered)

    def repeated_are_odd(self, keys: Sequence[str]) -> None:
        """Make every row odd that has a key another row has too; no key is none."""
        if len(set(keys)) < len(keys):
            often = {key for key, count in Counter(keys).items() if count > 1 and key}
            self.odd.update(at for at, key in enumerate(keys) if key in often)

    def place(self) -> tuple[list[Found], Notes]:
        """Return the area of every row, and what was decided for it."""
        found, notes = map(list, zip(*self.each(self._find, *_PLACE_FIELDS), strict=True))
        addresses = self.text("address")
        if any(addresses):
            areas = {place.area_id for place in found}
            signs = frozenset().union(*map(self.reading.places.last_signs_below, areas))
            in_question = ((at, address) for at, address in enumerate(addresses) if not signs.isdisjoint(address))
            self.odd.update(at for at, address in in_question if self.reading.places.in_address(address, found[at].area_id) is not None)
        return found, notes

    def _find(self, row: RowReading) -> tuple[Found, tuple[Note, ...]]:
        found, notes = self.reading.places.find(row), tuple(row.notes)
        if not row.place_was:
            row.notes.clear()
        return found, notes

    def position(self) -> tuple[Sequence[float | None], Sequence[float | None], Notes]:
        """Return latitude and longitude of every row, and the notes of those without one."""
        if self.reading.answers.is_gcj02:
            self.odd.update(range(self.count))
        north, east, both = self._degrees("latitude"), self._degrees("longitude"), self.written("position")
        notes: Notes = Same((), self.count)
        if None in north or None in east or any(both):
            rows = zip(self.written("latitude"), self.written("longitude"), both, strict=True)
            notes = [() if any(row) else _NO_POSITION for row in rows]
            self.odd.update(at for at, note in enumerate(notes) if not note and (north[at] is None or east[at] is None))
        self._doubtful_are_odd(north, east)
        return north, east, notes

    def _degrees(self, field: str) -> Sequence[float | None]:
        written = self.text(field)
        return list(map(float, written)) if are_plain_degrees(written) else self.each(lambda row: read_degrees(row.text(field)), field)

    def _doubtful_are_odd(self, north: Sequence[float | None], east: Sequence[float | None]) -> None:
        middle, far = self.reading.middle or (0.0, 0.0), FAR_DEGREES - _A_LITTLE if self.reading.middle else 360.0
        south_end, north_end = max(-90.0, middle[0] - far), min(90.0, middle[0] + far)
        west_end, east_end = max(-180.0, middle[1] - far), min(180.0, middle[1] + far)
        self.odd.update(
            at for at, (latitude, longitude) in enumerate(zip(north, east, strict=True)) if latitude is not None and longitude is not None
            and not (south_end <= latitude <= north_end and west_end <= longitude <= east_end and (latitude or longitude)))


def joined(mark: str, *columns: Sequence[str]) -> Sequence[str]:
    """Return the texts of some columns row by row as one, leaving out what is empty."""
    told = [column for column in columns if any(column)]
    if len(told) < 2:
        return told[0] if told else []
    return [mark.join(filter(None, parts)) for parts in zip(*told, strict=True)]


def together(*notes: Notes) -> Notes:
    """Return some notes row by row as one."""
    told = [column for column in notes if any(column)]
    if len(told) < 2:
        return told[0] if told else notes[0]
    return list(map(tuple, map(chain.from_iterable, zip(*told, strict=True))))
