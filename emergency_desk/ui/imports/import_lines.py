"""What the page of imports says: columns and what they were taken for, places nobody knows, bad rows first and then the good ones."""

from __future__ import annotations

from collections.abc import Sequence

from emergency_desk.domain.areas import Area, AreaTree
from emergency_desk.domain.imports import PlaceAsked
from emergency_desk.domain.stock_entries import LotEntry
from emergency_desk.errands.imports import Preview, field_title
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, current_language, ngettext
from emergency_desk.wording.import_reasons import area_words, good_and_bad, not_placed, place_question, row_note, row_reasons

MOST = 300  # lines of each kind that are shown; the file with the rows to mend has them all
PLACE = "place:"


def row_columns() -> tuple[Column, ...]:
    """Return the columns of the rows."""
    return (Column(_("Line"), width=48, right=True), Column(_("Row"), width=240), Column(_("What about it"), stretch=True, wrap=True))


def field_words(preview: Preview, field: str) -> str:
    """Return what a field is called, or that the column is left out."""
    if not field:
        return _("left out")
    return field_title(preview.kind, field, chinese=current_language().startswith("zh"))


def column_lines(preview: Preview, tree: AreaTree) -> list[Line]:
    """Return the places that are asked about, then one line a column: its header, what it was taken for, and its first cell."""
    table = preview.file.table
    shown: list[Line] = []
    for at, header in enumerate(table.headers):
        field = preview.fields[at] if at < len(preview.fields) else ""
        sample = next((cells[at] for cells in table.rows[:50] if at < len(cells) and cells[at].strip()), "")
        known = Cell(field_words(preview, field), Tone.TEXT if field else Tone.SECONDARY, strong=bool(field),
                     shape=Shape.DONE if field else Shape.NONE, shape_tone=Tone.GREEN)
        shown.append(line(str(at), Cell(header or _("(no header)")), known, Cell(sample, Tone.SECONDARY, size="small")))
    return [*(_place_line(asked, tree) for asked in preview.places_asked[:MOST]), *shown]


def _place_line(asked: PlaceAsked, tree: AreaTree) -> Line:
    likest = f"{tree.by_id[asked.suggested[0]].name}?" if asked.suggested else _("which area?")
    rows = ngettext("row {line}", "{count} rows from {line}", asked.rows).format(count=asked.rows, line=asked.line)
    return line(PLACE + asked.written, Cell(asked.written, strong=True), Cell(likest, Tone.ORANGE, strong=True),
                Cell(rows, Tone.SECONDARY, size="small"))


def question(asked: PlaceAsked, tree: AreaTree) -> str:
    """Return what is asked about a written place."""
    return place_question(asked, [area_words(tree.path(id_)) for id_ in asked.suggested])


def row_lines(preview: Preview) -> list[Line]:
    """Return the bad rows with their reasons, then the good ones with what was decided for them."""
    shown = [
        line(f"bad {row.line}", Cell(str(row.line), Tone.SECONDARY, size="small"), Cell(_summary(row.cells), Tone.TEXT),
             Cell(row_reasons(row.reasons), Tone.RED, shape=Shape.LATE, shape_tone=Tone.RED))
        for row in preview.bad[:MOST]
    ]
    for draft in preview.good[:MOST]:
        record = draft.record
        name = str(getattr(record, "name", "") or getattr(record, "partner", "") or getattr(draft, "called", ""))
        if isinstance(record, LotEntry):
            name = f"{name} · {record.number} · {formats.number(record.quantity)}"
        notes = " ".join(row_note(note) for note in draft.notes)
        shown.append(line(f"good {draft.line}", Cell(str(draft.line), Tone.SECONDARY, size="small"), Cell(name, strong=True),
                          Cell(notes, Tone.SECONDARY, shape=Shape.DONE, shape_tone=Tone.GREEN)))
    return shown


def summary(preview: Preview, own: Area) -> str:
    """Return how many rows may stand and how many come back, and what somebody should look at before."""
    if preview.file.lacks_name:
        return _("No column holds the name. Choose the column on the left and say that it is the name.")
    words = [good_and_bad(len(preview.good), len(preview.bad))]
    if places := len(preview.places_asked):
        words.append(_("Places to ask about: {places}; each is answered once for all its rows.").format(places=places))
    if preview.unplaced:
        words.append(not_placed(preview.unplaced, area_words([own]), preview.ignored_columns))
    return " ".join(words)


def _summary(cells: Sequence[str]) -> str:
    return " · ".join(cell.strip() for cell in cells if cell.strip())[:120]
