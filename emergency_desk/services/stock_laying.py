"""What the papers of stock share: what they are about, how the account wants to see them, and the laying out of their lines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.stock_columns import StockPaper
from emergency_desk.domain.stock_errors import PaperTooLong
from emergency_desk.domain.stock_reports import StockAsked, StockChoice, fitting
from emergency_desk.domain.stock_sheets import SHEETS, StockFact, StockSheet, StockSheets, TargetBar, lay_out
from emergency_desk.services import library
from emergency_desk.services.papers import imprint
from emergency_desk.services.steps.stock_naming import StockNames

if TYPE_CHECKING:
    from emergency_desk.services.desk import Desk
    from emergency_desk.store.readings.reading import Reading

MOST_LINES = 50_000  # some 2,000 sheets


def begin(desk: Desk, paper: StockPaper, asked: StockAsked) -> tuple[StockAsked, StockNames]:
    """Return what is asked for with a choice, and the names for its lines. Raises SignInNeeded, NotFound."""
    desk.may(Act.READ)
    with desk.reading() as reading:
        names = StockNames.read(desk, reading, area_id=asked.area_id, site_id=asked.site_id)
        return (asked if asked.choice else replace(asked, choice=chosen(desk, reading, paper))), names


def lay(
    desk: Desk, paper: StockPaper, names: StockNames, asked: StockAsked, facts: Iterable[StockFact], *, counts: dict[str, int],
    days: int | None = None, bars: tuple[TargetBar, ...] = (),
) -> StockSheets:
    """Lay the lines out as the account wants to see them. Raises PaperTooLong."""
    assert asked.choice is not None
    parts, totals, lines = lay_out(facts, asked.choice)
    if lines > MOST_LINES:
        raise PaperTooLong(most=MOST_LINES)
    sheet: StockSheet = SHEETS[paper](
        imprint=imprint(desk), at=desk.now(), area=names.area_words, choice=asked.choice, parts=parts, totals=totals, lines=lines,
        depot=names.depot_words, item=names.item(asked.item_id) if asked.item_id else None, days=days, counts=counts, bars=bars)
    return sheet  # type: ignore[return-value]


def chosen(desk: Desk, reading: Reading, paper: StockPaper) -> StockChoice:
    """Return how the account last chose a paper."""
    found = reading.settings.where("WHERE id = ?", (setting_of(desk),))
    kept = json.loads(found[0].content).get(paper.value, {}) if found else {}
    return fitting(paper, columns=kept.get("columns", ()), group=kept.get("group", ""), order=kept.get("order", ""))


def setting_of(desk: Desk) -> str:
    """Return the name under which the account's choices are kept. Raises SignInNeeded."""
    return f"{library.STOCK_PAPERS} {desk.who}"
