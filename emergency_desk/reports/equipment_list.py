"""Required and held (配备标准对照表): every line of a standard, what is held of it, what is missing; with the text it rests on."""

from __future__ import annotations

from collections.abc import Iterable

from reportlab.lib.units import mm

from emergency_desk.domain.count_sheets import EquipmentSheet
from emergency_desk.domain.equipment import LineHeld, Thing
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.reports.listing import Listing, pdf_writer, xlsx_writer
from emergency_desk.reports.page import in_paper
from emergency_desk.reports.tables import Column, Row
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.count_lines import standard_words
from emergency_desk.wording.counting import in_units
from emergency_desk.wording.formats import number
from emergency_desk.wording.labels import label


def _listing(sheet: EquipmentSheet, paper: PaperSettings) -> Listing:
    board, standard = sheet.board, sheet.board.standard
    met = _("{met} of {lines} lines are met").format(met=number(board.met), lines=number(len(board.lines)))
    keeper = _("keeper {name}").format(name=board.keeper) if board.keeper else ""
    notes = [_("Rests on {basis}.").format(basis=standard_words(standard.basis))]
    if not standard.is_whole:
        notes.append(_("An excerpt: the standard asks for more than is listed here."))
    columns = (Column(_("Must be held")), Column(_("Required"), 30 * mm, right=True), Column(_("Held"), 30 * mm, right=True),
               Column(pgettext("equipment", "Missing"), 30 * mm, right=True), Column(_("State"), 36 * mm),
               Column(pgettext("equipment", "What it is"), 0, share=1.4))
    return Listing(
        title=_("Required and held: {number}").format(number=in_paper(board.holder, paper)),
        told=(in_paper(standard.name, paper), _("asked of {holder}").format(holder=in_paper(standard.holder, paper)),
              " · ".join(part for part in (met, keeper, board.phone) if part)),
        columns=columns, rows=tuple(_row(one, paper) for one in board.lines), imprint=sheet.imprint, is_exercise=sheet.is_exercise,
        notes=tuple(notes))


def _row(one: LineHeld, paper: PaperSettings) -> Row:
    line, unit = one.line, one.line.units[0]
    name = in_paper(line.name, paper) + (f" ({in_paper(line.note, paper)})" if line.note is not None else "")
    missing = in_units(one.missing, unit) if one.missing else "—"
    things = _things((*one.things, *one.others), paper)
    return name, in_units(line.least, unit), in_units(one.held, unit), missing, label(one.stand), things


def _things(things: Iterable[Thing], paper: PaperSettings) -> str:
    return _("; ").join(f"{in_paper(one.name, paper)} {in_units(one.count, one.unit)}" for one in things)


write, write_xlsx = pdf_writer(_listing), xlsx_writer(_listing)
