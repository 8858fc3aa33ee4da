"""Take a foreign list into the register: parse it in the limited child, show what is in it, take the good rows or none.

Rows that cannot be taken are written to a file beside the list, in its own shape, each with its reasons; mended, that file
is imported like any other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from emergency_desk.domain.errors import BadFile, DeskError, FieldUnreadable
from emergency_desk.domain.ids import Id
from emergency_desk.domain.imports import (
    GIVEN_BACK,
    NOTHING_ANSWERED,
    AnyDraft,
    BadRow,
    ImportAnswers,
    PlaceAsked,
    Reason,
    Record,
    RowNote,
    RowReason,
)
from emergency_desk.domain.library import Setting
from emergency_desk.domain.record_columns import together
from emergency_desk.errands import limited_child, rows_to_mend
from emergency_desk.errands.background import Background
from emergency_desk.errands.limited_child import ChildInWaiting
from emergency_desk.errands.rows_to_mend import Taken, Which
from emergency_desk.exchange import packing
from emergency_desk.exchange.columns import title
from emergency_desk.exchange.division_changes import read_division_changes
from emergency_desk.exchange.place_finding import path_text
from emergency_desk.exchange.register_files import NAMES, Register, RegisterFile, read_register_file
from emergency_desk.exchange.row_sorting import Known
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.imports import LaidOut, lay_out, registered, take_rows, team_names
from emergency_desk.services.library import keep_setting, read_setting
from emergency_desk.services.stock_imports import known_of_stock

_SPEAK_OF_TEAMS = ("members", "agreements")
_SPEAK_OF_STOCK = ("lots", "supply_items", "depots", "supply_promises", "stock_targets")
_EXAMPLE_AREA = "青岛市/市南区/香港中路街道"
_EXAMPLE = f"香港中璐街道={_EXAMPLE_AREA}"
_REMEMBERED = "imports.columns"
_MOST_AHEAD = 300_000  # rows, a house setting: what is laid out stays in memory until somebody has looked at the preview
_MOST_REMEMBERED = 200  # a house setting
SECONDS = 60.0  # a house setting: a list of 100,000 rows takes a sixth of it

# What may be imported, and as what: the part of the register, and what the whole list is about.
KINDS: dict[str, tuple[Register, str]] = {
    "teams": (Register.TEAMS, ""),
    "members": (Register.MEMBERS, ""),
    "units": (Register.UNITS, ""),
    "duty_list": (Register.UNITS, ""),
    "sites": (Register.SITES, ""),
    "agreements": (Register.AGREEMENTS, ""),
    "fire_stations": (Register.TEAMS, "fire_stations"),
    "ambulance_posts": (Register.TEAMS, "ambulance_posts"),
    "hospitals": (Register.SITES, "hospitals"),
    "lots": (Register.LOTS, ""),
    "supply_items": (Register.ITEMS, ""),
    "depots": (Register.DEPOTS, ""),
    "supply_promises": (Register.PROMISES, ""),
    "stock_targets": (Register.TARGETS, ""),
    "shelters": (Register.SHELTERS, ""),
    "teams:fire_stations": (Register.TEAMS, "fire_stations"),
    "teams:ambulance_posts": (Register.TEAMS, "ambulance_posts"),
    "teams:hospitals": (Register.TEAMS, "hospitals"),
    "sites:fire_stations": (Register.SITES, "fire_stations"),
    "sites:ambulance_posts": (Register.SITES, "ambulance_posts"),
    "sites:depots": (Register.SITES, "depots"),
    "sites:hospitals": (Register.SITES, "hospitals"),
}


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file holds, before anything is taken."""

    kind: str
    path: Path
    file: RegisterFile
    answers: ImportAnswers = NOTHING_ANSWERED
    laid_out: Sequence[LaidOut] = ()  # the good rows as they will be written, where that was done while the others were read

    @property
    def good(self) -> Sequence[AnyDraft]:
        """Return the rows that may stand."""
        return self.file.rows.good

    @property
    def bad(self) -> tuple[BadRow, ...]:
        """Return the rows given back."""
        return self.file.rows.bad

    @property
    def records(self) -> Sequence[Record]:
        """Return the good rows as records without ids."""
        return packing.records(self.good)

    @property
    def fields(self) -> tuple[str, ...]:
        """Return what each column was taken for, "" for nothing."""
        return self.file.rows.fields

    @property
    def fields_known(self) -> tuple[str, ...]:
        """Return every field a column may be taken for."""
        return tuple(NAMES[self.file.register])

    @property
    def places_asked(self) -> tuple[PlaceAsked, ...]:
        """Return the written places that are no area of this desk, or several, with the areas they are likest to."""
        return self.file.rows.places_asked

    @property
    def answers_unused(self) -> tuple[str, ...]:
        """Return the places that were answered though no row of the file writes them."""
        return self.file.rows.answers_unused

    @property
    def unplaced(self) -> int:
        """Return how many good rows stand under the desk's own area because no column known to the desk says where they belong."""
        return sum(any(note.id is RowNote.AREA_NOT_WRITTEN for note in notes) for notes in packing.notes(self.good) if notes)

    @property
    def ignored_columns(self) -> tuple[str, ...]:
        """Return the headers whose meaning is not known."""
        return self.file.rows.ignored_columns

    @property
    def swapped(self) -> int:
        """Return how many rows come back because latitude and longitude are exchanged."""
        return sum(any(reason.id is RowReason.COORDINATES_SWAPPED for reason in row.reasons) for row in self.bad)

    @property
    def positions(self) -> int:
        """Return how many good rows have a position."""
        return packing.positions(self.good)


def field_title(kind: str, field: str, *, chinese: bool) -> str:
    """Return what a field of a kind of list is called."""
    return title(NAMES[KINDS[kind][0]], field, chinese=chinese)


def known_to(desk: Desk, kind: str = "teams", *, divisions: Path | None = None) -> Known:
    """Return what the desk knows when it reads a list; `divisions` is the folder of the shipped ones. Reads the store. Raises BadFile."""
    teams = team_names(desk) if kind in _SPEAK_OF_TEAMS else ()
    changes = read_division_changes(divisions) if divisions is not None else None
    stock = known_of_stock(desk) if kind in _SPEAK_OF_STOCK else None
    hazards = tuple((one.id, one.name.zh, one.name.en) for one in desk.trade.types) if kind == "shelters" else ()
    return Known(tuple(desk.tree.by_id.values()), desk.area_id, desk.trade.capabilities, teams, changes, stock, hazards)


def preview(
    desk: Desk, *, kind: str, path: Path, seconds: float = SECONDS, answers: ImportAnswers | None = None, divisions: Path | None = None,
    waiting: ChildInWaiting | None = None,
) -> Preview:
    """Read a file in the limited child and wait for it; for the command line. Raises BadFile."""
    register, about = _register(kind, path)
    known = known_to(desk, kind, divisions=divisions)
    waiting = waiting or ChildInWaiting()
    parts = _Parts(desk, path)
    file = limited_child.run(
        read_register_file, path, register, about, known, answers, seconds=seconds, name=path.name, waiting=waiting, heard=parts.hear)
    return _look_up(desk, parts.put_together(Preview(kind, path, file, answers or NOTHING_ANSWERED)))


def ask_preview(
    background: Background, desk: Desk, *, kind: str, path: Path, then: Callable[[Preview], object],
    refused: Callable[[DeskError], object], answers: ImportAnswers | None = None, divisions: Path | None = None,
) -> None:
    """Read a file without holding anybody up, and hand over its preview or what speaks against it."""
    def read(known: Known) -> None:
        register, about = _register(kind, path)
        background.limited(
            read_register_file, path, register, about, known, answers, seconds=SECONDS, then=look_up, refused=refused, heard=parts.hear)

    def look_up(file: RegisterFile) -> None:
        first = parts.put_together(Preview(kind, path, file, answers or NOTHING_ANSWERED))
        background.store(lambda: (remembered(desk, first), _look_up(desk, first)), then=show, refused=refused)

    def show(found: tuple[ImportAnswers | None, Preview]) -> None:
        known_before, read = found
        if known_before is None or (answers is not None and answers.fields) or known_before.fields == ():
            then(read)
        else:  # the same sender's list was answered before: read it again in that way
            again = replace(known_before, may_lack_name=True)
            ask_preview(background, desk, kind=kind, path=path, then=then, refused=refused, answers=again, divisions=divisions)

    parts = _Parts(desk, path)
    background.store(lambda: known_to(desk, kind, divisions=divisions), then=read, refused=refused)


class _Parts:
    """The good rows of a list as they come from the child, each part laid out for the table while the child reads the next."""

    def __init__(self, desk: Desk, path: Path) -> None:
        self._desk, self._source = desk, path.name
        self._drafts: list[Sequence[Any]] = []
        self._laid_out: list[LaidOut] = []
        self._is_ahead = True

    def hear(self, drafts: Sequence[Any]) -> None:
        """Take one part; those beyond a great register are laid out when they are taken, if they are."""
        self._drafts.append(drafts)
        self._is_ahead = sum(map(len, self._drafts)) <= _MOST_AHEAD
        if self._is_ahead:
            self._laid_out.append(lay_out(self._desk, drafts=packing.records(drafts), source=self._source))

    def put_together(self, preview: Preview) -> Preview:
        """Return the preview with all parts."""
        if not self._drafts:
            return preview
        rows: Any = replace(preview.file.rows, good=together(self._drafts))  # type: ignore[arg-type]
        return replace(preview, file=replace(preview.file, rows=rows), laid_out=self._laid_out if self._is_ahead else ())


def answers_of(desk: Desk, written: Iterable[str], *, is_gcj02: bool = False, exchanges_swapped: bool = False) -> ImportAnswers:
    """Return what was answered in words: "as written=area", where the area is told by name, path or code, and nothing gives the rows back.

    Raises FieldUnreadable.
    """
    places: list[tuple[str, Id]] = []
    for each in written:
        place, mark, told = (part.strip() for part in each.rpartition("="))
        if not mark or not place:
            raise FieldUnreadable(name="answer", typed=each, expected=_EXAMPLE)
        places.append((place, _area_told(desk, told) if told else GIVEN_BACK))
    return ImportAnswers(places=tuple(places), is_gcj02=is_gcj02, exchanges_swapped=exchanges_swapped)


def _area_told(desk: Desk, told: str) -> Id:
    found = [area for area in desk.tree.by_id.values()
             if not area.is_retired and told in (area.code, area.name, area.name_en, path_text(desk.tree, area.id), *area.aliases)]
    if len(found) != 1:
        several = ", ".join(path_text(desk.tree, area.id) for area in found[:3])
        raise FieldUnreadable(name="area_id", typed=told, expected=several or _EXAMPLE_AREA)
    return found[0].id


def take(desk: Desk, preview: Preview, *, which: Which = "good", folder: Path | None = None) -> Taken:
    """Take all the good rows in one commit, or none; the others are written beside the list (or into a folder).

    The rows given back are written first: were that to fail, nothing would have been taken. Raises BadFile, RoleMissing.
    """
    with rows_to_mend.written(preview.path, preview.file.table, rows_to_mend.returned(preview.bad), folder) as path:
        if which == "none":
            return Taken(0, path)
        done = take_rows(desk, kind=preview.kind, drafts=preview.records, source=preview.path.name, laid_out=preview.laid_out)
        return Taken(done.value, path, done.changes)


def remembered(desk: Desk, preview: Preview) -> ImportAnswers | None:
    """Return what was answered about a list with the same headers before, or None. Reads the store."""
    kept = json.loads(read_setting(desk, name=_REMEMBERED, default="{}")).get(_signature(preview))
    if kept is None:
        return None
    return ImportAnswers(fields=tuple((int(at), str(field)) for at, field in kept["fields"]), is_gcj02=bool(kept["is_gcj02"]))


def remember(desk: Desk, preview: Preview) -> Done[Setting]:
    """Keep what was answered about the columns of a list, for the next one with the same headers."""
    kept = json.loads(read_setting(desk, name=_REMEMBERED, default="{}"))
    kept.pop(_signature(preview), None)
    kept[_signature(preview)] = {"fields": list(enumerate(preview.fields)), "is_gcj02": preview.answers.is_gcj02}
    newest = dict(list(kept.items())[-_MOST_REMEMBERED:])
    return keep_setting(desk, name=_REMEMBERED, content=json.dumps(newest, ensure_ascii=False))


def _signature(preview: Preview) -> str:
    headers = "\x1f".join((preview.file.register, *preview.file.table.headers))
    return blake2b(headers.encode(), digest_size=12).hexdigest()


def _look_up(desk: Desk, preview: Preview) -> Preview:
    """Give back the rows that the register holds already, so that a list imported twice does not stand there twice."""
    held = registered(desk, drafts=preview.records)
    if not held:
        return preview
    rows, table = preview.file.rows, preview.file.table
    cells = dict(zip(table.lines, table.rows, strict=True))
    back = [
        BadRow(draft.line, cells[draft.line], (_held_reason(draft, why),))
        for draft, why in ((preview.good[at], held[at]) for at in sorted(held))
    ]
    remaining = [at for at in range(len(preview.good)) if at not in held]
    good = packing.only(preview.good, remaining)
    bad = tuple(sorted((*preview.bad, *back), key=lambda row: row.line))
    kept: Any = replace(rows, good=good, bad=bad)  # type: ignore[arg-type]
    return replace(preview, file=replace(preview.file, rows=kept), laid_out=_only_laid_out(preview.laid_out, held))


def _only_laid_out(parts: Sequence[LaidOut], gone: Collection[int]) -> Sequence[LaidOut]:
    """Return what was laid out without some rows, which are counted through all parts."""
    left, first = [], 0
    for part in parts:
        places = [at for at in range(len(part)) if first + at not in gone]
        if places:
            left.append(part.only(places))
        first += len(part)
    return left


def _held_reason(draft: AnyDraft, why: str) -> Reason:
    record = getattr(draft.record, "site", draft.record)
    called = getattr(draft, "called", "") or getattr(record, "name", "") or getattr(record, "partner", "")
    if why == "lot":
        return Reason(RowReason.LOT_REGISTERED, "number", values=(("number", getattr(record, "number", "")), ("name", called)))
    if why == "name":
        return Reason(RowReason.ALREADY_REGISTERED, "name", values=(("name", called),))
    return Reason(RowReason.CODE_REGISTERED, "code", values=(("code", getattr(record, "code", "")), ("name", why)))


def _register(kind: str, path: Path) -> tuple[Register, str]:
    found = KINDS.get(kind)
    if found is None:
        raise BadFile(name=path.name, reason="kind_unknown", kind=kind, known=", ".join(KINDS))
    return found
