"""The lists of shelters as papers and workbooks: daily return, transfer list, supplies needed, and the list for the public.

Every sum is added up from the lines it stands below; a figure nobody told is left blank and never counted as none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from emergency_desk.domain.ids import Id
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.domain.shelter_foresight import UseKind, lacks
from emergency_desk.domain.shelter_sheets import (
    DailyReturnSheet,
    PublicListSheet,
    ReturnLine,
    SupplyNeedSheet,
    TransferLine,
    TransferListSheet,
)
from emergency_desk.reports.listing import Listing, pdf_writer, xlsx_writer
from emergency_desk.reports.page import HAIRLINE, Booklet, in_paper
from emergency_desk.reports.shelter_chart import chart_of
from emergency_desk.reports.tables import Band, Cell, Column, Row, Total
from emergency_desk.wording.catalog import _, ngettext, pgettext
from emergency_desk.wording.counting import unit_word
from emergency_desk.wording.formats import date_time, number, when
from emergency_desk.wording.labels import field_label

ListSheet = DailyReturnSheet | TransferListSheet | SupplyNeedSheet | PublicListSheet
_FIGURE = 58.0
_MAP_HEIGHT = 92 * mm
_APART = (15.0, 7.0)  # points between two numbers that both can be read; where there is no room stands a dot


def _listing(sheet: ListSheet, paper: PaperSettings) -> Listing:
    if isinstance(sheet, DailyReturnSheet):
        return _daily(sheet, paper)
    if isinstance(sheet, TransferListSheet):
        return _transfer(sheet, paper)
    return _need(sheet, paper) if isinstance(sheet, SupplyNeedSheet) else _public(sheet, paper)


def _figures(*names: str, width: float = _FIGURE) -> tuple[Column, ...]:
    return tuple(Column(name, width, right=True) for name in names)


# -- the daily return --------------------------------------------------------------------------------------------------
def _daily(sheet: DailyReturnSheet, paper: PaperSettings) -> Listing:
    open_ = [line for line in sheet.lines if not line.is_closed]
    told = [_("{area}　as of {time}").format(area=in_paper(sheet.area, paper), time=date_time(sheet.at)),
            _("{heads} people in {open} shelters that are open; {closed} closed in the last 24 hours").format(
                heads=number(sheet.heads), open=len(open_), closed=len(sheet.lines) - len(open_))]
    if sheet.moved.to_move:
        moved = sheet.moved
        told.append(_("To be moved {to_move} = in shelters {in_shelters} + with relatives {relatives} + away, checked {away} "
                      "+ not reached {missing}").format(
            to_move=number(moved.to_move), in_shelters=number(moved.in_shelters), relatives=number(moved.with_relatives),
            away=number(moved.away), missing=number(moved.unreached)))
    columns = (Column(_("Shelter")), Column(pgettext("time of a head count", "Counted"), 62), *_figures(
        field_label("heads"), _("Places"), _("Per cent full"), _("Places left"), field_label("arrived"), _("Left the shelter"),
        pgettext("people, briefly", "Vulnerable"), field_label("meals")))
    return Listing(
        title=_("Daily return of shelters"), told=tuple(told), columns=columns, rows=tuple(_daily_rows(sheet, paper)), imprint=sheet.imprint,
        is_exercise=sheet.is_exercise, chart=chart_of(sheet.by_time, sheet.lines, sheet.at, paper),
        notes=(_("Arrived, left and meals: told in the last 24 hours. Blank: nobody told. Below nothing: more people than places."),))


def _daily_rows(sheet: DailyReturnSheet, paper: PaperSettings) -> Iterator[Row]:
    for area, some in groupby(sheet.lines, key=lambda line: line.area):
        lines = list(some)
        yield Band(in_paper(area, paper))
        for line in lines:
            yield _daily_row(line, sheet, paper)
        yield _daily_sum(pgettext("of an area", "Sum"), lines)
    yield _daily_sum(pgettext("of all shelters", "Sum of all"), list(sheet.lines))


def _daily_row(line: ReturnLine, sheet: DailyReturnSheet, paper: PaperSettings) -> Row:
    full = line.occupancy
    name = in_paper(line.name, paper)
    if line.is_closed:
        name = _("{shelter} (closed)").format(shelter=name)
    counted = when(full.counted_at, now=sheet.at) if full.counted_at is not None else _("not yet")
    return (name, counted, full.heads, full.capacity, full.share,
            full.free if not line.is_closed else None, line.arrived, line.left, line.vulnerable, line.meals)


def _daily_sum(name: str, lines: list[ReturnLine]) -> Total:
    open_ = [line for line in lines if not line.is_closed]
    heads = sum(line.occupancy.heads for line in lines)
    known = [line.occupancy for line in open_ if line.occupancy.capacity is not None]
    is_whole = bool(known) and len(known) == len(open_)
    places = sum(one.capacity or 0 for one in known)
    share = int(heads * 100 / places + 0.5) if is_whole and places else None
    return Total((name, None, heads, places if known else None, share, places - heads if is_whole else None,
                  *(_sum(lines, field) for field in ("arrived", "left", "vulnerable", "meals"))))


def _sum(lines: list[ReturnLine], field: str) -> int | None:
    told = [getattr(line, field) for line in lines if getattr(line, field) is not None]
    return sum(told) if told else None


# -- the transfer list -------------------------------------------------------------------------------------------------
def _transfer(sheet: TransferListSheet, paper: PaperSettings) -> Listing:
    whole = [line.sum for line in sheet.lines]
    told = (_("{incident} {title}　as of {time}").format(incident=sheet.incident.number, title=sheet.incident.title,
                                                      time=date_time(sheet.imprint.printed_at)),
            _("{to_move} people of {groups} groups to be moved, {vulnerable} of them vulnerable; {missing} not reached yet").format(
                to_move=number(sum(one.to_move for one in whole)), groups=len(whole),
                vulnerable=number(sum(line.group.vulnerable for line in sheet.lines)), missing=number(sum(one.unreached for one in whole))))
    columns = (Column(_("Village, slope, building site")), *_figures(
        pgettext("people, briefly", "Vulnerable"), field_label("to_move"), field_label("in_shelters"), field_label("with_relatives"),
        field_label("away"), field_label("unreached"), width=54), Column(_("Meant to go to"), 116), Column(_("Who goes from door to door"), 110),
        Column(_("Done (tick, time)"), 74))
    return Listing(title=_("Transfer list"), told=told, columns=columns, rows=tuple(_transfer_rows(sheet, paper)), imprint=sheet.imprint,
                   is_exercise=sheet.is_exercise,
                   notes=(_("Villages and groups with the most vulnerable stand first: they are fetched first."),))


def _transfer_rows(sheet: TransferListSheet, paper: PaperSettings) -> Iterator[Row]:
    for area, lines in sheet.areas:
        yield Band(in_paper(area, paper))
        for line in lines:
            group = line.group
            yield (group.name, *_transfer_figures([line]), in_paper(line.shelter, paper),
                   " ".join(filter(None, (group.lead, group.lead_phone))), "□")
        yield Total((pgettext("of an area", "Sum"), *_transfer_figures(list(lines)), None, None, None))
    yield Total((pgettext("of all villages", "Sum of all"), *_transfer_figures(list(sheet.lines)), None, None, None))


def _transfer_figures(lines: list[TransferLine]) -> tuple[Cell, ...]:
    sums = [line.sum for line in lines]
    return (sum(line.group.vulnerable for line in lines), *(sum(getattr(one, name) for one in sums) for name in (
        "to_move", "in_shelters", "with_relatives", "away", "unreached")))


# -- supplies needed ---------------------------------------------------------------------------------------------------
def _need(sheet: SupplyNeedSheet, paper: PaperSettings) -> Listing:
    heads = sum(line.occupancy.heads for line in sheet.lines)
    told = (_("{area}　as of {time}").format(area=in_paper(sheet.area, paper), time=date_time(sheet.at)),
            _("for {heads} people in {open} shelters, for the next 24 hours").format(heads=number(heads), open=len(sheet.lines)))
    usual, open_columns = [_("Meals"), _("Beds")], [Column(_("What else is needed"), 130)]
    if not _says(sheet, UseKind.BLANKET):
        usual.append(_("Blankets"))
    if not _says(sheet, UseKind.WATER):
        open_columns.insert(0, Column(_("Water, in what packs"), 110))
    columns = (Column(_("Shelter")), *_figures(field_label("heads"), pgettext("people, briefly", "Vulnerable"), *usual), *_figures(*(
        words for one in sheet.uses for words in (
            _("{what} ({unit})").format(what=in_paper(one.item, paper), unit=unit_word(one.unit)),
             pgettext("of an item at a shelter", "To bring"))),
        width=62), *open_columns)
    blank = (None,) * len(open_columns)
    rows: list[Row] = []
    for area, some in groupby(sheet.lines, key=lambda line: line.area):
        lines = list(some)
        rows.append(Band(in_paper(area, paper)))
        rows += [(in_paper(line.name, paper), *_wanted([line], sheet), *blank) for line in lines]
        rows.append(Total((pgettext("of an area", "Sum"), *_wanted(lines, sheet), *blank)))
    rows.append(Total((pgettext("of all shelters", "Sum of all"), *_wanted(list(sheet.lines), sheet), *blank)))
    return Listing(title=_("Supplies needed in shelters"), told=told, columns=columns, rows=tuple(rows), imprint=sheet.imprint,
                   is_exercise=sheet.is_exercise, notes=tuple(_need_notes(sheet, paper)))


def _says(sheet: SupplyNeedSheet, kind: UseKind) -> bool:
    return any(one.use.kind is kind for one in sheet.uses)


def _need_notes(sheet: SupplyNeedSheet, paper: PaperSettings) -> Iterator[str]:
    meals = sheet.rules.meals_a_day
    yield ngettext("{count} meal a day for everybody in a shelter by the last count; a bed and a blanket for each.",
                   "{count} meals a day for everybody in a shelter by the last count; a bed and a blanket for each.", meals).format(count=meals)
    if sheet.uses:
        yield _("By the office's own use per head: {uses}.").format(uses=_("; ").join(
            f"{in_paper(one.item, paper)} {one.use.hundredths / 100:g} {unit_word(one.unit, one.use.hundredths / 100)}" for one in sheet.uses))
        yield _("To bring: what lacks for the day after what stands at each shelter by the ledger at {time} was taken off; of several "
                "items of one kind the first is brought. What was handed over without the ledger is to be taken off as well.").format(
            time=date_time(sheet.imprint.printed_at))
    else:
        yield _("What stands in the shelters already is to be taken off before it is asked for.")


def _wanted(lines: list[ReturnLine], sheet: SupplyNeedSheet) -> tuple[Cell, ...]:
    """Return what some shelters need: each of them is brought whole units."""
    heads = sum(line.occupancy.heads for line in lines)
    usual = (heads * sheet.rules.meals_a_day, heads) if _says(sheet, UseKind.BLANKET) else (heads * sheet.rules.meals_a_day, heads, heads)
    lacking: Counter[Id] = Counter()
    for line in lines:
        for lack in lacks([one.use for one in sheet.uses], line.held, heads=line.occupancy.heads, hours=24):
            lacking[lack.item_id] += lack.quantity
    return heads, _sum(lines, "vulnerable"), *usual, *(cell for one in sheet.uses for cell in (
        sum(one.use.wanted(line.occupancy.heads, 24) for line in lines), lacking[one.use.item_id]))


# -- the list for the public -------------------------------------------------------------------------------------------
def _public(sheet: PublicListSheet, paper: PaperSettings) -> Listing:
    count = len(sheet.shelters)
    told = (ngettext("{count} shelter that everybody may know of", "{count} shelters that everybody may know of", count).format(
        count=number(count)), _("Which of them is open is told by notice, broadcast and the phone below. Watch the signs."))
    columns = (Column(_("No."), 26, right=True), Column(_("Shelter")), Column(_("Address"), share=0.8), Column(_("Phone"), 84),
               Column(_("Places for a day"), 52, right=True), Column(_("Fit for"), 150), Column(_("Step-free"), 46))
    return Listing(title=_("Shelters for the public"), told=told, columns=columns, rows=tuple(_public_rows(sheet, paper)),
                   imprint=sheet.imprint, is_exercise=sheet.is_exercise, chart=_map_of(sheet),
                   notes=(_("Basis: shelters are marked with signs and made public (Qingdao Regulations on Responding to Emergency Incidents, "
                            "Art. 16)."),))


def _public_rows(sheet: PublicListSheet, paper: PaperSettings) -> Iterator[Row]:
    for area, some in sheet.areas:
        yield Band(in_paper(area, paper))
        for one in some:
            fit = _(", ").join(in_paper(hazard, paper) for hazard in one.hazards) or _("no hazard is named")
            yield one.number, in_paper(one.name, paper), one.address, one.phone, one.places, fit, _("yes") if one.is_step_free else ""


def _map_of(sheet: PublicListSheet) -> Callable[[Booklet], None]:
    """Return what draws a frame for a map with the number of every shelter where it lies; streets are drawn in by hand or pasted over."""
    placed = [(one.number, one.position) for one in sheet.shelters if one.position is not None]

    def draw(book: Booklet) -> None:
        book.need(_MAP_HEIGHT + 20)
        left, top, width, face = book.layout.left, book.y, book.layout.measure, book.faces.table
        book.put(lambda canvas: _frame(canvas, left, top - _MAP_HEIGHT, width))
        book.line(left + 4, top - 11, _("Place for a map; the numbers stand where the shelters lie, north is up"), face, 7.5)
        taken: list[tuple[float, float]] = []
        for number_, (x, y) in _laid_out(placed, left, top, width):
            has_room = all(abs(x - other_x) > _APART[0] or abs(y - other_y) > _APART[1] for other_x, other_y in taken)
            book.line(x, y, str(number_) if has_room else "·", book.faces.label, 7, align="middle")
            if has_room:
                taken.append((x, y))
        book.y = top - _MAP_HEIGHT - 12
    return draw


_Placed = tuple[int, tuple[float, float]]


def _laid_out(placed: list[_Placed], left: float, top: float, width: float) -> Iterator[_Placed]:
    if not placed:
        return
    norths, easts = [position[0] for _number, position in placed], [position[1] for _number, position in placed]
    shrink = 0.8  # a degree of longitude is that much shorter at the latitudes of this country's middle
    tall, wide = max(norths) - min(norths), (max(easts) - min(easts)) * shrink
    scale = min((_MAP_HEIGHT - 40) / (tall or 0.01), (width - 40) / (wide or 0.01))
    middle_x, middle_y = left + width / 2, top - 8 - _MAP_HEIGHT / 2
    north, east = (max(norths) + min(norths)) / 2, (max(easts) + min(easts)) / 2
    for number_, position in placed:
        yield number_, (middle_x + (position[1] - east) * shrink * scale, middle_y + (position[0] - north) * scale)


def _frame(canvas: Canvas, x: float, y: float, width: float) -> None:
    canvas.saveState()
    canvas.setLineWidth(HAIRLINE * 2)
    canvas.rect(x, y, width, _MAP_HEIGHT, stroke=1, fill=0)
    canvas.restoreState()


write, write_xlsx = pdf_writer(_listing), xlsx_writer(_listing)
