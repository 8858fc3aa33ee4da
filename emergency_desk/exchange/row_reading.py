"""One row of a foreign list, read field by field: values of ours, and a reason for each cell that cannot be one.

Nothing is guessed from a worded or doubtful number; the row is given back and a person mends it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import wraps
from typing import Any, TypeVar, cast

from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.imports import Note, Reason, RowNote, RowReason
from emergency_desk.exchange import written_values
from emergency_desk.exchange.columns import Columns

_Value = TypeVar("_Value")
LONGEST_TEXT = 500
LONGEST_NAME = 120
GREATEST_COUNT = 10_000_000
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?")
_WITH_UNIT = re.compile(
    r"(?:约|共)?(.*?\d)\s*(人|名|位|分钟|分|min|minutes?|小时|hours?|h|公里|千米|km|平方米|平米|m2|"
    r"㎡|张|床|台|辆|艘|条|套|个|只|架|顶|people|级)?(?:左右)?")
_DEGREES = re.compile(r"(\d+(?:\.\d+)?)[°度]\s*(?:(\d+(?:\.\d+)?)['′分]\s*)?(?:(\d+(?:\.\d+)?)(?:\"|″|''|秒)\s*)?")
_PLAIN_DEGREES = re.compile(r"-?[0-9]{1,3}\.[0-9]{1,12}")
_YES = frozenset({"yes", "y", "true", "1", "是", "可", "可以", "√"})
_NO = frozenset({"no", "n", "false", "0", "否", "不可", "不可以", "×"})
_MASKED = re.compile(r"[*＊xX×]{3,}|0{7,}")
_SIGN_WORDS = {"n": 1, "北纬": 1, "e": 1, "东经": 1, "s": -1, "南纬": -1, "w": -1, "西经": -1}


Reader = Callable[["RowReading", str], Any]
_Read = tuple[Any, tuple[Reason, ...], tuple[Note, ...]]


class Remembered:
    """What each cell of a file read as: the same words in the same column are read once, and most columns have few different ones."""

    MOST = 20_000  # of one column; a column that never repeats is forgotten again and again instead of filling the memory

    def __init__(self) -> None:
        self.by_reader: dict[str, dict[str, dict[str, _Read]]] = defaultdict(lambda: defaultdict(dict))
        self._present: dict[int, tuple[tuple[str, Reader], ...]] = {}

    def present(self, readers: Mapping[str, Reader], columns: Columns) -> tuple[tuple[str, Reader], ...]:
        """Return those of some fields that the file has at all."""
        found = self._present.get(id(readers))
        if found is None:
            found = self._present[id(readers)] = tuple((field, read) for field, read in readers.items() if field in columns.places)
        return found


def asked_once(read: Callable[[RowReading, str], _Value]) -> Callable[[RowReading, str], _Value]:
    """Let a way of reading one cell, which looks at nothing else, be asked once for each different cell."""
    name = read.__name__

    @wraps(read)
    def remembering(row: RowReading, field: str) -> _Value:
        written = row.columns.cell(row.cells, field) if field in row.columns.places else ""
        known = row.remembered.by_reader[name][field]
        if written not in known:
            if len(known) >= Remembered.MOST:
                known.clear()
            reasons, notes = len(row.reasons), len(row.notes)
            known[written] = read(row, field), tuple(row.reasons[reasons:]), tuple(row.notes[notes:])
            return cast(_Value, known[written][0])
        value, told_reasons, told_notes = known[written]
        if told_reasons or told_notes:
            row.reasons += told_reasons
            row.notes += told_notes
        return cast(_Value, value)

    return remembering


class RowReading:
    """One row while it is read. `reasons` is empty when it may stand."""

    __slots__ = ("cells", "columns", "notes", "place_was", "position_was", "reasons", "remembered")

    def __init__(self, columns: Columns, cells: Sequence[str], remembered: Remembered) -> None:
        self.columns = columns
        self.cells = cells
        self.remembered = remembered
        self.reasons: list[Reason] = []
        self.notes: list[Note] = []
        self.position_was = ""  # the position as it was written, when it was converted
        self.place_was = ""  # the old place that was written, and what it became
        if len(cells) > len(columns.headers) and any(cell.strip() for cell in cells[len(columns.headers):]):
            self.refuse(RowReason.TOO_MANY_CELLS, "", expected=str(len(columns.headers)), found=str(len(cells)))

    def refuse(self, reason: RowReason, field: str, **values: str) -> None:
        """Note why the row is given back."""
        self.reasons.append(Reason(reason, field, self.columns.header(field), tuple(values.items())))

    def refuse_by(self, error: DeskError) -> None:
        """Note that a rule of the domain says no; the row is given back with its sentence."""
        field = str(error.values.get("name", ""))
        told = (("error", type(error).__name__), *((name, str(value)) for name, value in error.values.items()))
        self.reasons.append(Reason(RowReason.RULE, field, self.columns.header(field), told))

    def note(self, note: RowNote, **values: str) -> None:
        """Note what was decided for the row."""
        self.notes.append(Note(note, tuple(values.items())))

    def text(self, field: str, *, most: int = LONGEST_TEXT) -> str:
        """Return a text in one line, without characters that cannot be seen."""
        if field not in self.columns.places or not (written := self.columns.cell(self.cells, field)):
            return ""
        if not written.isprintable() or "  " in written:
            written = " ".join("".join(map(_visible, written)).split())
        if len(written) > most:
            self.refuse(RowReason.TEXT_TOO_LONG, field, length=str(len(written)), most=str(most))
        return written

    @asked_once
    def long_text(self, field: str) -> str:
        """Return a text of several lines, such as a note."""
        written = self.columns.cell(self.cells, field)
        if "\n" not in written and "\r" not in written:
            return self.text(field)
        lines = [" ".join("".join(map(_visible, part)).split()) for part in written.splitlines()]
        if len(written) > LONGEST_TEXT:
            self.refuse(RowReason.TEXT_TOO_LONG, field, length=str(len(written)), most=str(LONGEST_TEXT))
        return "\n".join(lines).strip()

    def values(self, readers: Mapping[str, Reader]) -> dict[str, Any]:
        """Return what the row says for some fields, by field; a field that the file does not have is left out. Keep `readers` for all rows."""
        return {field: read(self, field) for field, read in self.remembered.present(readers, self.columns)}

    def name(self) -> str:
        """Return the name every row must have."""
        written = self.text("name", most=LONGEST_NAME)
        if not written:
            self.refuse(RowReason.NAME_MISSING, "name")
        return written

    @asked_once
    def phone(self, field: str) -> str:
        """Return a phone number as written; a masked one is left out, because nobody can be reached by it."""
        written = self.text(field)
        if _MASKED.search(written):
            self.note(RowNote.PHONE_MASKED, written=written)
            return ""
        if written and not written_values.is_phone(written):
            self.refuse(RowReason.PHONE_UNREADABLE, field, written=written)
        return written

    @asked_once
    def count(self, field: str) -> int | None:
        """Return a whole number that is not negative, or None."""
        number = self.number(field)
        if number is not None and not number.is_integer():
            self.refuse(RowReason.NUMBER_NOT_WHOLE, field, written=self.text(field))
            return None
        return None if number is None else int(number)

    @asked_once
    def number(self, field: str) -> float | None:
        """Return a number that is not negative, or None."""
        written = unicodedata.normalize("NFKC", self.text(field))
        if not written:
            return None
        stripped = _WITH_UNIT.fullmatch(written)
        number = _plain_number(stripped[1].strip() if stripped else written)
        if number is None:
            self.refuse(RowReason.NUMBER_UNREADABLE, field, written=written)
        elif number < 0:
            self.refuse(RowReason.NUMBER_NEGATIVE, field, written=written)
        elif number > GREATEST_COUNT:
            self.refuse(RowReason.NUMBER_TOO_GREAT, field, written=written, most=str(GREATEST_COUNT))
        else:
            return number
        return None

    @asked_once
    def day(self, field: str) -> date | None:
        """Return a date in one of the shapes that mean one day only, or None."""
        written = self.text(field)
        day = written_values.read_day(written)
        if written and day is None:
            self.refuse(RowReason.DATE_UNREADABLE, field, written=written)
        return day

    def yes_no(self, field: str, *, blank: bool) -> bool:
        """Return yes or no; `blank` is what an empty cell means."""
        written = self.text(field).casefold()
        if written in _YES:
            return True
        if written and written not in _NO:
            self.refuse(RowReason.YES_NO_UNREADABLE, field, written=written)
        return blank if not written else False

    def position(self) -> tuple[float, float] | None:
        """Return (latitude, longitude) in degrees, or None when the row has none or a bad one."""
        latitude, longitude = self.text("latitude"), self.text("longitude")
        if not latitude and not longitude and (both := self.text("position")):
            parts = [part for part in re.split(r"[,，;；\s]+", both) if part]
            latitude, longitude = (parts[0], parts[1]) if len(parts) == 2 else (both, both)
        if not latitude and not longitude:
            self.note(RowNote.NO_POSITION)
            return None
        if not latitude or not longitude:
            missing = "longitude" if latitude else "latitude"
            self.refuse(RowReason.COORDINATE_HALF, missing, written=latitude or longitude)
            return None
        return self._checked(latitude, longitude)

    def _checked(self, latitude: str, longitude: str) -> tuple[float, float] | None:
        north, east = read_degrees(latitude), read_degrees(longitude)
        for field, written, degrees in (("latitude", latitude, north), ("longitude", longitude, east)):
            if degrees is None:
                self.refuse(RowReason.COORDINATE_UNREADABLE, field, written=written)
        if north is None or east is None:
            return None
        if 90 < abs(north) <= 180 and abs(east) <= 90:
            return north, east  # exchanged for certain; whether it is put right is the file's question
        elif abs(north) > 90:
            self.refuse(RowReason.COORDINATE_OUT_OF_RANGE, "latitude", written=latitude, most="90")
        elif abs(east) > 180:
            self.refuse(RowReason.COORDINATE_OUT_OF_RANGE, "longitude", written=longitude, most="180")
        elif north == 0 and east == 0:
            self.refuse(RowReason.COORDINATE_ZERO, "latitude")
        else:
            return north, east
        return None


def read_degrees(written: str) -> float | None:
    """Return degrees from "36.07", "-122.3", "36,07", "36°04′12″N" or "东经120.38", or None."""
    if _PLAIN_DEGREES.fullmatch(written):
        return float(written)
    text = unicodedata.normalize("NFKC", written).casefold().replace(" ", "").replace("′", "'").replace("″", '"').replace("−", "-")
    sign = 1
    for word, meaning in _SIGN_WORDS.items():
        if text.startswith(word) or text.endswith(word):
            text, sign = text.removeprefix(word).removesuffix(word), meaning
            break
    found = _DEGREES.fullmatch(text)
    if found:
        degrees, minutes, seconds = (float(part or 0) for part in found.groups())
        return sign * (degrees + minutes / 60 + seconds / 3600) if minutes < 60 and seconds < 60 else None
    if re.fullmatch(r"[+-]?\d{1,3}(,\d+)?", text):
        text = text.replace(",", ".")
    if not re.fullmatch(r"[+-]?\d+(\.\d*)?(e[+-]?\d+)?", text):
        return None
    degrees = sign * float(text)
    return degrees if math.isfinite(degrees) else None


def are_plain_degrees(cells: Iterable[str]) -> bool:
    """Say whether all cells are plain decimal degrees, as most are."""
    return all(map(_PLAIN_DEGREES.fullmatch, cells))


def are_plain_phones(cells: Sequence[str]) -> bool:
    """Say whether all cells are empty or a plain number that is not masked."""
    return not _MASKED.search("|".join(cells)) and all(map(written_values.is_plain_phone, filter(None, cells)))


def _plain_number(written: str) -> float | None:
    if not any(character.isdecimal() for character in written) or not _NUMBER.fullmatch(written):
        return None
    number = float(written.replace(",", ""))
    return number if math.isfinite(number) else None


def _visible(character: str) -> str:
    """Drop marks of direction and the like, which come with numbers copied from a chat; keep joiners that scripts need."""
    if character in "\u200c\u200d":
        return character
    kind = unicodedata.category(character)
    return " " if kind == "Cc" else "" if kind == "Cf" else character
