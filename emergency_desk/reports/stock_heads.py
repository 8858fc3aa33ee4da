"""What stands above and below the table of a paper of stock: its name, what it is about, as of when, and what is not in it."""

from __future__ import annotations

from collections.abc import Iterator

from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.domain.stock_columns import StockColumn, StockGroup
from emergency_desk.domain.stock_reports import FIGURES
from emergency_desk.domain.stock_sheets import (
    ExpiringSheet,
    MovementsSheet,
    RotationSheet,
    ShortfallSheet,
    StockCardSheet,
    StockReportSheet,
    StockSheet,
)
from emergency_desk.reports.page import in_paper
from emergency_desk.wording.catalog import N_, _, ngettext
from emergency_desk.wording.formats import calendar_day, date_time, number
from emergency_desk.wording.labels import label

_TITLES: dict[type[StockSheet], str] = {
    StockReportSheet: N_("Stock report"), ExpiringSheet: N_("Stock that expires"), ShortfallSheet: N_("Shortfall against targets"),
    RotationSheet: N_("Rotation plan"), MovementsSheet: N_("Stock movements"), StockCardSheet: N_("Stock card"),
}
_NOTHING: dict[type[StockSheet], str] = {
    StockReportSheet: N_("Nothing stands on any shelf here, and nobody has promised anything."),
    ExpiringSheet: N_("No lot is expired or expires within these days."), ShortfallSheet: N_("Every target is met, or none is set."),
    RotationSheet: N_("No lot has to be swapped within these days."), MovementsSheet: N_("Nothing was moved on these days."),
    StockCardSheet: N_("This was never in stock here."),
}


def title_of(sheet: StockSheet, paper: PaperSettings) -> str:
    """Return the name of the paper; a card's is that of its item."""
    title = _(_TITLES[type(sheet)])
    if sheet.item is None:
        return title
    return _("{title}: {item}").format(title=title, item=in_paper(sheet.item.text, paper))


def nothing(sheet: StockSheet) -> str:
    """Return what stands in place of lines where there are none."""
    return _(_NOTHING[type(sheet)])


def told(sheet: StockSheet, paper: PaperSettings) -> Iterator[str]:
    """Yield the lines below the name: where and as of when; how many lines, grouped and sorted by what."""
    where = [in_paper(sheet.area, paper)]
    if sheet.depot is not None:
        where.append(in_paper(sheet.depot, paper))
    if sheet.lot:
        where.append(_("Lot {number}").format(number=sheet.lot))
    as_of = _("as of {time}").format(time=date_time(sheet.at))
    yield "　".join(part for part in (" · ".join(where), _span(sheet), as_of) if part)
    yield "　".join(part for part in (_counted(sheet), _grouped(sheet)) if part)


def _span(sheet: StockSheet) -> str:
    if sheet.until_on is not None:
        if sheet.from_on is None:
            return _("until {day}").format(day=calendar_day(sheet.until_on))
        return _("from {start} until {end}").format(start=calendar_day(sheet.from_on), end=calendar_day(sheet.until_on))
    if sheet.days is None:
        return ""
    return ngettext("within {days} day", "within {days} days", sheet.days).format(days=sheet.days) if sheet.days else _("expired already")


def _counted(sheet: StockSheet) -> str:
    counts = {name: number(count) for name, count in sheet.counts.items()}
    lines = ngettext("{count} line", "{count} lines", sheet.lines).format(count=number(sheet.lines))
    if isinstance(sheet, ExpiringSheet):
        return _("{lots} lots, {expired} of them expired").format(lots=counts["lots"], expired=counts["expired"])
    if isinstance(sheet, ShortfallSheet):
        return _("{targets} targets, {short} not met, {below} of them below the minimum").format(
            targets=counts["targets"], short=counts["short"], below=counts["below"])
    if isinstance(sheet, RotationSheet):
        return _("{lots} lots, {late} of them overdue").format(lots=counts["lots"], late=counts["late"])
    if isinstance(sheet, MovementsSheet):
        return _("{lines}, {documents} documents").format(lines=lines, documents=counts["documents"])
    return lines


def _grouped(sheet: StockSheet) -> str:
    choice, parts = sheet.choice, []
    if choice.group is not StockGroup.NONE:
        parts.append(_("by {column}").format(column=label(choice.group)))
    if choice.order is not StockColumn.WHEN:
        way = _("sorted by {column}, the largest first") if choice.order in FIGURES else _("sorted by {column}")
        parts.append(way.format(column=label(choice.order)))
    return _(", ").join(parts)


def notes(sheet: StockSheet) -> Iterator[str]:
    """Yield what a reader has to know about the figures."""
    counts = sheet.counts
    if isinstance(sheet, StockReportSheet):
        yield _("Goods, agreements and production capacity are three kinds of reserve and are never added up. On hand is available, reserved, "
                "quarantined and expired; what is reserved or quarantined may be expired too.")
    if isinstance(sheet, ShortfallSheet):
        yield _("A target is compared with reserves of its own kind alone. Targets of a city, its districts and single depots lie within one "
                "another, so each tier has sums of its own.")
    if counts.get("promises_out"):
        yield ngettext("{count} promise that does not hold today is left out.", "{count} promises that do not hold today are left out.",
                       counts["promises_out"]).format(count=number(counts["promises_out"]))
    if isinstance(sheet, RotationSheet):
        yield from _rotation_notes(sheet)
    if counts.get("unpriced") and StockColumn.VALUE in sheet.choice.columns:
        yield ngettext("{count} lot came without a price and is not in the value.", "{count} lots came without a price and are not in the value.",
                       counts["unpriced"]).format(count=number(counts["unpriced"]))


def _rotation_notes(sheet: StockSheet) -> Iterator[str]:
    if sheet.counts["one_in"]:
        yield _("A lot is swapped with a shop or partner before one part in {parts} of its life is left; its life begins when it was made, or "
                "came in where that is not known. Swapping with: who has agreed to deliver the item.").format(parts=sheet.counts["one_in"])
    if sheet.counts["expired"]:
        yield ngettext("{count} lot is expired already: it is written off, not swapped.",
                       "{count} lots are expired already: they are written off, not swapped.", sheet.counts["expired"]).format(
            count=number(sheet.counts["expired"]))
