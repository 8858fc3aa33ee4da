"""Sentences for imports: why a row is given back and what to do, what was decided for a good one, why a file is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from emergency_desk.domain.areas import Area
from emergency_desk.domain.imports import Note, PlaceAsked, Reason, RowNote, RowReason
from emergency_desk.wording.catalog import N_, _, ngettext

_ROW_REASONS: dict[RowReason, str] = {
    RowReason.NAME_MISSING: N_("The name is missing. Fill it in."),
    RowReason.TEXT_TOO_LONG: N_("{column} has {length} characters; {most} are the most. Shorten it."),
    RowReason.TOO_MANY_CELLS: N_("The row has {found} cells under {expected} headers. Put quotation marks around a cell that holds a comma."),
    RowReason.COORDINATE_HALF: N_("Only one of latitude and longitude is given ({written}). Give both or neither."),
    RowReason.COORDINATE_UNREADABLE: N_("{column}: “{written}” is no coordinate. Write degrees, such as 36.0671."),
    RowReason.COORDINATE_OUT_OF_RANGE: N_("{column}: {written} lies beyond {most} degrees. Correct it."),
    RowReason.COORDINATES_SWAPPED: N_("Latitude {latitude} and longitude {longitude} seem to be exchanged. Exchange them."),
    RowReason.COORDINATE_ZERO: N_("The position 0, 0 lies in the Atlantic. Give the true one or leave both cells empty."),
    RowReason.NUMBER_UNREADABLE: N_("{column}: “{written}” is no number. Write digits, such as 12."),
    RowReason.NUMBER_NEGATIVE: N_("{column}: {written} is negative. Write a number from 0 upward."),
    RowReason.NUMBER_NOT_WHOLE: N_("{column}: {written} is not a whole number. Write one without a decimal point."),
    RowReason.NUMBER_TOO_GREAT: N_("{column}: {written} is greater than {most}. Correct it."),
    RowReason.MORE_READY_THAN_TOTAL: N_("{ready} people are ready out of {total}. Correct one of the two numbers."),
    RowReason.DATE_UNREADABLE: N_("{column}: “{written}” is no date. Write year, month and day, such as 2026-11-24."),
    RowReason.YES_NO_UNREADABLE: N_("{column}: “{written}” is neither yes nor no. Write one of them."),
    RowReason.KIND_UNKNOWN: N_("{column}: “{written}” is no kind this desk knows. Write one of the kinds on the team or site form."),
    RowReason.CAPABILITY_UNKNOWN: N_("{column}: “{written}” is no capability this desk knows. Write one from the list of capabilities."),
    RowReason.DUPLICATE_IN_FILE: N_("“{name}” at this place stands in line {first_line} already. Delete one of the two, or tell them apart."),
    RowReason.CODE_REPEATED: N_("The code {code} stands in line {first_line} already. Give one of the two another."),
    RowReason.CODE_REGISTERED: N_("The code {code} belongs to “{name}” in the register. Delete the row, or give it another code."),
    RowReason.PHONE_UNREADABLE: N_("{column}: “{written}” is no phone number. Write digits; words belong into the note."),
    RowReason.ENDS_BEFORE_BEGINNING: N_("{column}: {until} lies before the beginning, {since}. Correct one of the two days."),
    RowReason.TEAM_UNKNOWN: N_("{column}: “{written}” is no team of the register. Write its name or code, or import the team first."),
    RowReason.TEAM_AMBIGUOUS: N_("{column}: several teams are called “{written}”. Write the code of the right one."),
    RowReason.RATING_UNKNOWN: N_("{column}: “{written}” is no level. Write 1, 2 or 3."),
    RowReason.PLACE_UNKNOWN: N_("{column}: “{written}” is no area of this desk. Write an area as the tree of areas calls it."),
    RowReason.ALREADY_REGISTERED: N_("“{name}” at this place is in the register already. Delete the row, or change the entry on its form."),
}
_ROW_NOTES: dict[RowNote, str] = {
    RowNote.AREA_DEFAULTED: N_("“{place}” is no area of this desk; the row is put under the desk's own area, and the place is kept as written."),
    RowNote.AREA_NOT_WRITTEN: N_("No place is written; the row is put under the desk's own area."),
    RowNote.AREA_AMBIGUOUS: N_("“{place}” fits several areas; the row is put under the desk's own area, and the place is kept as written."),
    RowNote.AREA_FOLLOWED: N_("{was} has become {area}; the row is put there, and what was written is kept in its note."),
    RowNote.AREA_ONLY_ABOVE: N_("Of “{place}” only {area} is known; the row is put there, and the place is kept as written."),
    RowNote.NO_POSITION: N_("No coordinates are given; distances are estimated from the middle of the area."),
    RowNote.PHONE_MASKED: N_("The phone number {written} is masked; it is left out, because nobody can be reached by it."),
    RowNote.POSITION_EXCHANGED: N_("Latitude {latitude} and longitude {longitude} were exchanged."),
    RowNote.POSITION_CONVERTED: N_("The position was converted from GCJ-02; what was written is kept in the note."),
    RowNote.PHONE_SHARED: N_("{written} is also the number of “{name}” in line {first_line}. Look whether they are one."),
    RowNote.KIND_GUESSED: N_("No kind is written; it was taken from the name. Look at it."),
    RowNote.KIND_DEFAULTED: N_("No kind is written; “professional team” or “other place” was taken. Look at it."),
}
_FILE_REASONS: dict[str, str] = {
    "not_found": N_("{name} is not there. Choose the file again."),
    "unreadable": N_("{name} cannot be read ({detail}). Check that it is a file, and that you may open it."),
    "empty": N_("{name} is empty. Export it again where it came from."),
    "too_many_rows": N_("{name} has more than {most} rows. Save only the needed rows in a new file, or in several."),
    "no_rows": N_("{name} has headers but no rows below them. Export it again where it came from."),
    "no_name_column": N_("{name} has no column for the name. Its columns are: {detail}. Call one of them “Name”."),
    "too_large": N_("{name} would need more than {memory_mb} MB to be read. Save only the needed rows and columns in a new file."),
    "picture_too_large": N_("{name} is too large for a photograph. Make it smaller and choose it again."),
    "not_a_picture": N_("{name} is no photograph that can be read. Choose a JPEG or PNG file."),
    "too_slow": N_("{name} could not be read within {seconds} seconds. Save only the needed rows and columns in a new file."),
    "crashed": N_("{name} brought the reader down ({detail}). Save it again as CSV or XLSX."),
    "html": N_("{name} is a web page and not a table, whatever its ending says. Open it in a spreadsheet and save it as XLSX or CSV."),
    "xml": N_("{name} is an XML file. Open it in a spreadsheet and save it as XLSX or CSV."),
    "not_a_table": N_("{name} is neither a CSV file nor a workbook. Save the list as XLSX or CSV."),
    "macros": N_("{name} contains macros, which are never run or read here. Save it as XLSX without macros."),
    "password": N_("{name} is protected by a password. Save it without one."),
    "damaged": N_("{name} is damaged or only half of it is there ({detail}). Get it again from where it came."),
    "cut_off": N_("{name} ends in the middle of a cell that begins in line {line}. Get the whole file again."),
    "quoting": N_("{name}, line {line}: the quotation marks do not match. Mend the line."),
    "cell_too_long": N_("{name}, line {line}: a cell is longer than any text; a quotation mark is probably missing. Mend the line."),
    "encoding": N_("{name}, line {line}: the characters are in no encoding known here. Save it as CSV in UTF-8."),
    "nul": N_("{name}, line {line}: there are zero bytes in the text, so the file is damaged. Get it again from where it came."),
    "cannot_be_written": N_("The rows to mend cannot be written to {name} ({detail}). Choose another folder; nothing was taken."),
    "table_not_written": N_("{name} cannot be written ({detail}). Choose another folder or name."),
    "ending_unknown": N_("{name} ends neither in .csv nor in .xlsx. Choose one of the two."),
    "kind_unknown": N_("“{kind}” cannot be imported. Choose one of: {known}."),
    "control_characters": N_("{name}, line {line}: there are characters that no text has. Save it again as CSV in UTF-8."),
}


def row_reason(reason: Reason) -> str:
    """Return the sentence for one reason of a row given back."""
    return _(_ROW_REASONS[reason.id]).format_map(_Values(dict(reason.values), column=reason.column or reason.field))


def row_reasons(reasons: Iterable[Reason]) -> str:
    """Return the sentences of a row, one after the other, as they stand in the file given back."""
    return " ".join(map(row_reason, reasons))


def row_note(note: Note) -> str:
    """Return the sentence for what was decided for a good row."""
    return _(_ROW_NOTES[note.id]).format_map(_Values(dict(note.values)))


def place_question(asked: PlaceAsked, areas: Sequence[str]) -> str:
    """Return the question for a written place; `areas` are the words for the areas it is likest to, the likest first."""
    if not areas:
        return _("Row {line}: which area is “{written}”?").format(line=asked.line, written=asked.written)
    return _("Row {line}: “{written}” – did you mean {area}?").format(line=asked.line, written=asked.written, area=areas[0])


def area_words(path: Sequence[Area]) -> str:
    """Return an area with the one it lies in: 香港中路街道, 市南区."""
    if len(path) < 2:
        return path[-1].name
    return _("{area}, {above}").format(area=path[-1].name, above=path[-2].name)


def knows_file_reason(reason: str) -> bool:
    """Say whether the reason of a BadFile is one of a foreign table."""
    return reason in _FILE_REASONS


def file_reason(values: Mapping[str, object]) -> str:
    """Return the sentence for the values of a BadFile that a foreign table raised."""
    return _(_FILE_REASONS[str(values["reason"])]).format_map(_Values(values))


class _Values(dict[str, object]):
    """Values for a sentence; one that was not given shows as a dash rather than as a crash."""

    def __init__(self, values: Mapping[str, object], **more: object) -> None:
        super().__init__({**values, **more})

    def __missing__(self, key: str) -> str:
        return "–"


def good_and_bad(good: int, bad: int) -> str:
    """Return how many rows may stand and how many come back."""
    return _("{good}, {bad} to mend.").format(good=ngettext("{count} good row", "{count} good rows", good).format(count=good), bad=bad)


def not_placed(rows: int, area: str, ignored: Sequence[str]) -> str:
    """Return what is to be known of rows that say no place: where they stand, and which columns were not understood."""
    words = ngettext("{count} row says no place and is put under {area}.", "{count} rows say no place and are put under {area}.",
                     rows).format(count=rows, area=area)
    if not ignored:
        return words
    return words + " " + _("Columns that were not understood: {headers}. If one of them tells the place, say so on the page of imports.").format(
        headers=", ".join(ignored))


def answers_unused(places: Sequence[str]) -> str:
    """Return that no row writes some places that were answered."""
    return _("No row writes {places}; these answers changed nothing. Write the place as it stands in the file.").format(
        places=", ".join(f"“{place}”" for place in places))
