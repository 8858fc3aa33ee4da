"""What an incident asked, has on the way and received, as lines: for the room and for the board of requests."""

from __future__ import annotations

from emergency_desk.domain.request_boards import IncidentItem
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, current_language, pgettext
from emergency_desk.wording.counting import unit_word


def line_columns() -> tuple[Column, ...]:
    """Return the columns of the lines in the panel."""
    asked, way, received, unmet = (54, 54, 54, 62) if current_language().startswith("zh") else (60, 88, 66, 62)
    return (Column(_("Goods"), stretch=1), Column(_("Asked"), width=asked, right=True), Column(_("On the way"), width=way, right=True),
            Column(pgettext("goods", "Received"), width=received, right=True), Column(_("Unmet"), width=unmet, right=True))


def item_line(one: IncidentItem) -> Line:
    """Return what an incident asked, has on the way and received of one item: for the short panel of its room."""
    return line(f"{one.name.zh}:{one.unit}", Cell(one.name.in_language(current_language()), after=unit_word(one.unit)), count_cell(one.asked),
                count_cell(one.on_the_way), count_cell(one.received), lack_cell(one.unmet))


def count_cell(count: int) -> Cell:
    """Return a count, a dash for none."""
    return Cell(formats.number(count) if count else "—", Tone.TEXT if count else Tone.SECONDARY)


def lack_cell(count: int) -> Cell:
    """Return what lacks, red where anything does."""
    return Cell(formats.number(count) if count else "—", Tone.RED if count else Tone.SECONDARY, strong=bool(count))
