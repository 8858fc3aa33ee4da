"""What each paper of stock can show, how it is asked for, and what somebody chose of it.

Figures are added up only within one unit, the kinds of reserve never with one another (R-5.1).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from emergency_desk.domain.errors import FieldRefused
from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock_columns import StockColumn, StockGroup, StockPaper
from emergency_desk.domain.stock_columns import StockColumn as C
from emergency_desk.domain.stock_columns import StockGroup as G

FIGURES = frozenset((C.ON_HAND, C.AVAILABLE, C.RESERVED, C.QUARANTINED, C.EXPIRED, C.AGREED, C.A_DAY, C.MINIMUM, C.TARGET, C.HELD,
                     C.BELOW_MINIMUM, C.SHORT, C.TO_ROTATE, C.COMES, C.GOES, C.WITHIN, C.OUTSIDE, C.BALANCE, C.VALUE))
ALWAYS = (C.ITEM, C.UNIT)  # without them a figure says nothing


@dataclass(frozen=True, slots=True)
class PaperShape:
    """What one paper can show, in the order of its columns; what it shows when nobody chose; its groups, the usual one first."""

    columns: tuple[StockColumn, ...]
    usual: tuple[StockColumn, ...]
    groups: tuple[StockGroup, ...]
    order: StockColumn
    has_order: bool = True  # else the lines stand in the order of time


_ABOUT = (C.AREA, C.CATEGORY, C.CODE, C.ITEM, C.SPECIFICATION)
SHAPES: dict[StockPaper, PaperShape] = {
    StockPaper.STOCK: PaperShape(
        (*_ABOUT, C.DEPOT, C.UNIT, C.ON_HAND, C.AVAILABLE, C.RESERVED, C.QUARANTINED, C.EXPIRED, C.VALUE, C.AGREED, C.A_DAY),
        (C.CODE, C.ITEM, C.SPECIFICATION, C.UNIT, C.ON_HAND, C.AVAILABLE, C.RESERVED, C.QUARANTINED, C.EXPIRED, C.AGREED, C.A_DAY),
        (G.CATEGORY, G.AREA, G.DEPOT, G.KIND, G.ITEM, G.NONE), C.CODE),
    StockPaper.EXPIRING: PaperShape(
        (*_ABOUT, C.LOT, C.DEPOT, C.BIN, C.SPAN, C.MONTH, C.PRODUCED, C.EXPIRES, C.DAYS_LEFT, C.INSPECTION, C.SOURCE, C.SUPPLIER, C.UNIT,
         C.ON_HAND, C.AVAILABLE, C.RESERVED, C.QUARANTINED, C.EXPIRED, C.VALUE),
        (C.ITEM, C.LOT, C.DEPOT, C.BIN, C.EXPIRES, C.DAYS_LEFT, C.UNIT, C.ON_HAND, C.RESERVED, C.QUARANTINED),
        (G.SPAN, G.MONTH, G.AREA, G.CATEGORY, G.DEPOT, G.ITEM, G.NONE), C.EXPIRES),
    StockPaper.SHORTFALL: PaperShape(
        (C.KIND, C.LEVEL, C.PLACE, C.CATEGORY, C.CODE, C.ITEM, C.SPECIFICATION, C.BASIS, C.UNIT, C.MINIMUM, C.TARGET, C.HELD, C.MET,
         C.BELOW_MINIMUM, C.SHORT),
        (C.ITEM, C.SPECIFICATION, C.PLACE, C.UNIT, C.MINIMUM, C.TARGET, C.HELD, C.MET, C.BELOW_MINIMUM, C.SHORT),
        (G.KIND, G.AREA, G.CATEGORY, G.ITEM, G.NONE), C.CODE),
    StockPaper.ROTATION: PaperShape(
        (*_ABOUT, C.LOT, C.DEPOT, C.BIN, C.MONTH, C.ROTATE_BY, C.PRODUCED, C.EXPIRES, C.LIFE_LEFT, C.PARTNER, C.UNIT, C.TO_ROTATE, C.VALUE),
        (C.ITEM, C.LOT, C.DEPOT, C.BIN, C.ROTATE_BY, C.EXPIRES, C.LIFE_LEFT, C.PARTNER, C.UNIT, C.TO_ROTATE),
        (G.MONTH, G.AREA, G.CATEGORY, G.DEPOT, G.ITEM, G.NONE), C.ROTATE_BY),
    StockPaper.MOVEMENTS: PaperShape(
        (C.WHEN, C.DAY, C.DOCUMENT, C.MOVEMENT, *_ABOUT, C.LOT, C.DEPOT, C.COUNTERPART, C.FROM, C.TO, C.INCIDENT, C.REASON, C.WHO, C.UNIT,
         C.COMES, C.GOES, C.WITHIN, C.OUTSIDE),
        (C.WHEN, C.DOCUMENT, C.MOVEMENT, C.ITEM, C.LOT, C.COUNTERPART, C.UNIT, C.COMES, C.GOES, C.WITHIN),
        (G.DEPOT, G.AREA, G.CATEGORY, G.ITEM, G.MOVEMENT, G.DAY, G.DOCUMENT, G.NONE), C.WHEN),
    StockPaper.CARD: PaperShape(
        (C.WHEN, C.DOCUMENT, C.MOVEMENT, C.LOT, C.DEPOT, C.COUNTERPART, C.FROM, C.TO, C.INCIDENT, C.REASON, C.WHO, C.UNIT, C.COMES, C.GOES,
         C.WITHIN, C.BALANCE),
        (C.WHEN, C.DOCUMENT, C.MOVEMENT, C.LOT, C.COUNTERPART, C.REASON, C.UNIT, C.COMES, C.GOES, C.WITHIN, C.BALANCE),
        (G.DEPOT, G.NONE), C.WHEN, has_order=False),
}


@dataclass(frozen=True, slots=True)
class StockChoice:
    """Which columns somebody wants to see, how grouped and how sorted: figures the largest first, all else rising."""

    columns: tuple[StockColumn, ...]
    group: StockGroup
    order: StockColumn


def usual_choice(paper: StockPaper) -> StockChoice:
    """Return what a paper shows when nobody chose."""
    shape = SHAPES[paper]
    return StockChoice(shape.usual, shape.groups[0], shape.order)


def choose(paper: StockPaper, *, columns: Iterable[str] = (), group: str = "", order: str = "") -> StockChoice:
    """Return a choice from words; what is not said is as usual, and the item and its unit always stand there. Raises FieldRefused."""
    shape, wanted = SHAPES[paper], tuple(columns)
    for name in wanted:
        if name not in shape.columns:
            raise FieldRefused(name="columns", reason="choice", typed=name, other=", ".join(shape.columns))
    if group and group not in shape.groups:
        raise FieldRefused(name="group", reason="choice", typed=group, other=", ".join(shape.groups))
    if order and order not in shape.columns:
        raise FieldRefused(name="order", reason="choice", typed=order, other=", ".join(shape.columns))
    shown = tuple(one for one in shape.columns if one in wanted or one in ALWAYS) if wanted else shape.usual
    if not FIGURES.intersection(shown):
        shown = tuple(one for one in shape.columns if one in shown or one in FIGURES.intersection(shape.usual))
    return StockChoice(shown, StockGroup(group) if group else shape.groups[0],
                       StockColumn(order) if order and shape.has_order else shape.order)


def fitting(paper: StockPaper, *, columns: Iterable[str] = (), group: str = "", order: str = "") -> StockChoice:
    """Return a choice that was kept: what a paper no longer shows is as usual."""
    shape = SHAPES[paper]
    return choose(paper, columns=[name for name in columns if name in shape.columns], group=group if group in shape.groups else "",
                  order=order if order in shape.columns else "")


@dataclass(frozen=True, slots=True)
class StockAsked:
    """What a paper of stock is about. None means as usual: the desk's own area, the days of the first alarm, the month up to now."""

    area_id: Id | None = None
    site_id: Id | None = None
    item_id: Id | None = None
    lot_id: Id | None = None
    days: int | None = None
    from_on: date | None = None
    until_on: date | None = None
    choice: StockChoice | None = None


AS_USUAL = StockAsked()
