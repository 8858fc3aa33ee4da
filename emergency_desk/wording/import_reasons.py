"""Sentences for imports: why a row is given back and what to do, what was decided for a good one. Whole files: `file_reasons`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from emergency_desk.domain import errors
from emergency_desk.domain.areas import Area
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.imports import Note, PlaceAsked, Reason, RowNote, RowReason
from emergency_desk.wording.catalog import N_, _, ngettext
from emergency_desk.wording.refusals import sentence
from emergency_desk.wording.stock_labels import STOCK_WORDS

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
    RowReason.ITEM_MISSING: N_("Neither the name nor the code of the goods is written. Fill one in."),
    RowReason.ITEM_UNKNOWN: N_("{column}: “{written}” is no item of this desk. Add or import the item first, or write its code."),
    RowReason.ITEM_AMBIGUOUS: N_("{column}: “{written}” fits several items. Write the code or the specification too."),
    RowReason.DEPOT_UNKNOWN: N_("{column}: “{written}” is no depot of this desk. Import the depots first, or write the depot's code."),
    RowReason.DEPOT_AMBIGUOUS: N_("{column}: several depots are called “{written}”. Write the code of the right one."),
    RowReason.WORD_UNKNOWN: N_("{column}: “{written}” is not understood. Write one of: {known}."),
    RowReason.LOT_REPEATED: N_("Lot {number} stands at this place in line {first_line} already. Delete one of the two, or name the bin."),
    RowReason.LOT_REGISTERED: N_("Lot {number} of “{name}” is in the books already. Delete the row; enter what came since as a receipt."),
    RowReason.NOT_A_SHELTER: N_("{column}: “{written}” is a site of isolation, which is no shelter. Take it in with the list of sites."),
    RowReason.COUNT_MISSING: N_("No number of people is written, and no word is not nobody. Write 0 where it is empty."),
    RowReason.MOMENT_UNREADABLE: N_("{column}: “{written}” is no moment. Write day and clock time, such as 2026-08-12 18:00."),
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
    RowNote.CODE_IS_OWN: N_("The code is none of the national catalogue's; it is kept as the desk's own, {code}."),
    RowNote.PLACES_UNDER_ROOF: N_("Its {indoor} places under a roof are taken; the {outdoor} in the open stand in the note."),
    RowNote.WORD_KEPT: N_("“{written}” is no word of this desk; it is kept in the note as it was written."),
    RowNote.PHONE_SHARED: N_("{written} is also the number of “{name}” in line {first_line}. Look whether they are one."),
    RowNote.KIND_GUESSED: N_("No kind is written; it was taken from the name. Look at it."),
    RowNote.KIND_DEFAULTED: N_("No kind is written; “professional team” or “other place” was taken. Look at it."),
}


def row_reason(reason: Reason) -> str:
    """Return the sentence for one reason of a row given back."""
    values = dict(reason.values)
    if reason.id is RowReason.RULE:
        refused: type[DeskError] = getattr(errors, values.pop("error", "FieldRefused"))
        return sentence(refused(**values))
    if reason.id is RowReason.WORD_UNKNOWN:
        values["known"] = " / ".join(map(_, STOCK_WORDS.get(values.get("words", ""), {}).values()))
    return _(_ROW_REASONS[reason.id]).format_map(_Values(values, column=reason.column or reason.field))


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
        places=", ".join(_("“{place}”").format(place=place) for place in places))
