"""What rows of teams and of sites have in common: columns, place, position, and what only shows across the rows of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from emergency_desk.domain.areas import Area
from emergency_desk.domain.capabilities import Capability
from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.ids import Id
from emergency_desk.domain.imports import (
    NOTHING_ANSWERED,
    AnyDraft,
    BadRow,
    Draft,
    ImportAnswers,
    Note,
    PlaceAsked,
    Reason,
    RowNote,
    RowReason,
    Sorted,
)
from emergency_desk.domain.record_columns import RecordColumns, together
from emergency_desk.domain.stock_entries import StockKnown
from emergency_desk.exchange import written_values
from emergency_desk.exchange.columns import Columns, match
from emergency_desk.exchange.division_changes import DivisionChanges
from emergency_desk.exchange.place_finding import Found, PlaceFinder
from emergency_desk.exchange.row_reading import Remembered, RowReading, read_degrees
from emergency_desk.exchange.tables import Table

# House settings, not rules of the trade: how far from the rest of its file a position must lie, and how near its mirror
# image, before latitude and longitude are taken to be exchanged; and how near two positions are one place.
FAR_DEGREES, _NEAR_DEGREES, _SAME_DEGREES = 8.0, 2.5, 0.001
_MOST_SUGGESTED = 300  # different places; nobody answers more
ASKED_ABOUT = frozenset({RowNote.AREA_DEFAULTED, RowNote.AREA_AMBIGUOUS, RowNote.AREA_ONLY_ABOVE})
Tell = Callable[[Sequence[Any]], object]  # takes the good rows of a part
_ENOUGH_POSITIONS, _ROWS_FOR_MIDDLE = 5, 2000


@dataclass(frozen=True, slots=True)
class Known:
    """What the desk knows when it reads a list: its areas, its own area, and the names of capabilities."""

    areas: tuple[Area, ...]
    own_area_id: Id
    capabilities: tuple[Capability, ...] = ()
    teams: tuple[tuple[Id, str, str], ...] = ()  # id, code and name; only for lists that speak of teams
    changes: DivisionChanges | None = None  # what became of old divisions
    stock: StockKnown | None = None  # only for lists of stock
    hazards: tuple[tuple[str, str, str], ...] = ()  # id and both names of every kind of incident; only for lists of shelters


@dataclass(slots=True)
class Reading:
    """A file while its rows are read."""

    table: Table
    columns: Columns
    places: PlaceFinder
    known: Known
    middle: tuple[float, float] | None
    about: str = ""
    answers: ImportAnswers = NOTHING_ANSWERED
    codes: dict[str, int] = field(default_factory=dict)
    phones: dict[str, tuple[str, int]] = field(default_factory=dict)
    capabilities: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)  # as written: known ids, unknown parts
    seen: dict[str, list[tuple[str, tuple[float, float] | None, int]]] = field(default_factory=dict)

    def position(self, row: RowReading) -> tuple[float, float] | None:
        """Return a row's position; one that fits only with latitude and longitude exchanged is refused."""
        position = row.position()
        if position is None:
            return None
        if self._is_swapped(position):
            if not self.answers.exchanges_swapped:
                row.refuse(RowReason.COORDINATES_SWAPPED, "latitude", latitude=str(position[0]), longitude=str(position[1]))
                return position
            row.note(RowNote.POSITION_EXCHANGED, latitude=f"{position[0]:g}", longitude=f"{position[1]:g}")
            position = position[::-1]
        if self.answers.is_gcj02:
            row.note(RowNote.POSITION_CONVERTED)
            row.position_was = f"GCJ-02 {position[0]:.6f}, {position[1]:.6f}"
            position = written_values.from_gcj02(*position)
        return position

    def note_repeated(self, row: RowReading, name: str, phone: str, line: int) -> None:
        """Refuse a code that stood in the file before; note a phone number that another name bears."""
        code = row.text("code")
        if code and (first := self.codes.setdefault(code.casefold(), line)) != line:
            row.refuse(RowReason.CODE_REPEATED, "code", code=code, first_line=str(first))
        number = written_values.own_number(phone)
        if not number:
            return
        other, first = self.phones.setdefault(number, (name, line))
        if other != name:
            row.note(RowNote.PHONE_SHARED, written=phone, name=other, first_line=str(first))

    def refuse_repeated(self, row: RowReading, name: str, found: Found, position: tuple[float, float] | None, line: int) -> None:
        """Refuse a row whose name and place stood in the file before."""
        place = f"{found.area_id} {found.place_path} {row.text('address')}".casefold()
        before = self.seen.setdefault(" ".join(name.casefold().split()), [])
        for other_place, other_position, other_line in before:
            if (place == other_place and (position is None or other_position is None)) or _same(position, other_position):
                row.refuse(RowReason.DUPLICATE_IN_FILE, "name", name=name, first_line=str(other_line))
                return
        before.append((place, position, line))

    def _is_swapped(self, position: tuple[float, float]) -> bool:
        if abs(position[0]) > 90:
            return True
        if self.middle is None:
            return False
        return _apart(position, self.middle) > FAR_DEGREES and _apart(position[::-1], self.middle) < _NEAR_DEGREES


def begin(
    table: Table, known: Known, names: Mapping[str, Sequence[str]], about: str = "", answers: ImportAnswers | None = None,
    needed: Sequence[str] = ("name",),
) -> Reading:
    """Match the columns of a table. Raises BadFile when no column holds the name, or whichever field of several tells what a row is about."""
    answers = answers or NOTHING_ANSWERED
    columns = match(table.headers, names, rows=table.rows, answered=dict(answers.fields))
    if columns.places.keys().isdisjoint(needed):
        raise BadFile(name=table.name, reason="no_name_column", detail=", ".join(header for header in table.headers if header)[:300])
    places = PlaceFinder(known.areas, known.own_area_id, answered=dict(answers.places), changes=known.changes)
    middle = _middle(table, columns) or places.tree.position(known.own_area_id)
    return Reading(table, columns, places, known, middle, about, answers)


def sort_rows(
    reading: Reading, read_row: Callable[[Reading, RowReading, int], Draft],
    read_columns: Callable[[Reading], Iterable[tuple[RecordColumns[Draft], set[int]]]] | None = None, tell: Tell | None = None,
) -> Sorted[Draft]:
    """Read every row; what has a reason is given back as it was written.

    With `read_columns` all rows are read by columns at first, in parts, and only those that it calls odd by themselves. With `tell` the good
    rows of each part go there at once.
    """
    parts: list[Sequence[Draft]] = []
    noted: list[tuple[int, tuple[Note, ...]]] = []
    bad: list[BadRow] = []
    first, remembered = 0, Remembered()
    for drafts, odd in read_columns(reading) if read_columns else [(None, range(len(reading.table.rows)))]:
        read, refused, gone = _read_odd(reading, read_row, [first + at for at in sorted(odd)], remembered)
        good: Sequence[Draft] = tuple(read.values())
        if drafts is not None and len(read) + len(gone) < len(drafts):
            good = _put_together(drafts, {at - first: draft for at, draft in read.items()}, {at - first for at in gone})
        bad += refused
        noted += [(line, notes) for line, notes in _noted(good) if notes]
        if tell is not None and good:
            tell(good)
        elif good:
            parts.append(good)
        first += len(drafts) if drafts is not None else 0
    asked, unused = _places_asked(noted, reading.places), reading.places.answers_unused
    return Sorted(together(parts), tuple(bad), reading.columns.ignored, reading.columns.fields, asked, unused)


def _read_odd(
    reading: Reading, read_row: Callable[[Reading, RowReading, int], Draft], odd: Iterable[int], remembered: Remembered,
) -> tuple[dict[int, Draft], list[BadRow], set[int]]:
    """Read some rows one by one: drafts by their places, rows given back, and the places of these and of blank rows."""
    read: dict[int, Draft] = {}
    bad: list[BadRow] = []
    gone: set[int] = set()
    table, reason = reading.table, reading.columns.reason
    for at in odd:
        row = RowReading(reading.columns, table.rows[at], remembered)
        if not any(cell.strip() for place, cell in enumerate(row.cells) if place != reason):
            gone.add(at)
            continue
        draft = read_row(reading, row, table.lines[at])
        if row.reasons:
            bad.append(BadRow(table.lines[at], tuple(row.cells), _once_each(row.reasons)))
            gone.add(at)
        else:
            read[at] = draft
    return read, bad, gone


def _put_together(drafts: RecordColumns[Draft], read: dict[int, Draft], gone: set[int]) -> RecordColumns[Draft]:
    """Return the drafts in the order of the file, with those that were read by themselves and without the rows given back."""
    whole = drafts.with_records(read) if read else drafts
    return whole.only([at for at in range(len(whole)) if at not in gone]) if gone else whole


def _places_asked(noted: Iterable[tuple[int, tuple[Note, ...]]], places: PlaceFinder) -> tuple[PlaceAsked, ...]:
    """Return the places somebody must say something about, each once for all the rows that write it."""
    lines: dict[str, list[int]] = {}
    for line, notes in noted:
        for note in notes:
            if note.id in ASKED_ABOUT:
                lines.setdefault(dict(note.values)["place"], []).append(line)
    frequent = sorted(lines, key=lambda place: -len(lines[place]))
    return tuple(
        PlaceAsked(place, lines[place][0], len(lines[place]), places.suggested(place) if at < _MOST_SUGGESTED else ())
        for at, place in enumerate(frequent))


def _noted(good: Sequence[AnyDraft]) -> Iterable[tuple[int, tuple[Note, ...]]]:
    if isinstance(good, RecordColumns):
        return zip(good.column("line"), good.column("notes"), strict=True)
    return ((draft.line, draft.notes) for draft in good)


def _once_each(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(dict.fromkeys(reasons))


def _middle(table: Table, columns: Columns) -> tuple[float, float] | None:
    """Return the median position of the first rows of a file, if enough of them have one."""
    first = table.rows[:_ROWS_FOR_MIDDLE]
    pairs = [(read_degrees(columns.cell(cells, "latitude")), read_degrees(columns.cell(cells, "longitude"))) for cells in first]
    sound = [(north, east) for north, east in pairs if north is not None and east is not None and abs(north) <= 90]
    if len(sound) < _ENOUGH_POSITIONS:
        return None
    return median(north for north, _east in sound), median(east for _north, east in sound)


def _apart(one: Sequence[float], other: Sequence[float]) -> float:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1]))


def _same(one: tuple[float, float] | None, other: tuple[float, float] | None) -> bool:
    return one is not None and other is not None and _apart(one, other) < _SAME_DEGREES
