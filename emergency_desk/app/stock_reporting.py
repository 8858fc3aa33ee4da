"""Reads what a paper of stock is to be about from the command line."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from pathlib import Path

from emergency_desk.app.typed_areas import area_of
from emergency_desk.domain.errors import FieldRefused
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.stock_columns import StockPaper
from emergency_desk.domain.stock_reports import StockAsked, StockChoice, choose
from emergency_desk.errands.papers import XLSX
from emergency_desk.services import stock_choices, stock_papers, supplies
from emergency_desk.services.desk import Desk


def out_of(asked: argparse.Namespace) -> Path:
    """Return where the paper goes; with --xlsx a file named otherwise gets that ending."""
    out: Path = asked.out
    return out if not asked.xlsx or out.is_dir() else out.with_suffix(XLSX)


def stock_asked(desk: Desk, asked: argparse.Namespace, from_at: datetime | None, until_at: datetime | None) -> StockAsked:
    """Return what the paper is about. Raises AreaUnknown, NotFound, NothingToPrint, FieldRefused."""
    item_id = stock_papers.find_item(desk, code=asked.item) if asked.item else None
    lot_id, item_id = stock_papers.find_lot(desk, number=asked.lot, item_id=item_id) if asked.lot else (None, item_id)
    if asked.days is not None and not 0 <= asked.days <= 36_500:
        raise FieldRefused(name="days", reason="quantity", typed=str(asked.days), other="0-36500")
    return StockAsked(
        area_id=area_of(desk, asked.area) if asked.area else None, site_id=_depot(desk, asked.depot) if asked.depot else None, item_id=item_id,
        lot_id=lot_id, days=asked.days, from_on=_day(from_at), until_on=_day(until_at), choice=_choice(desk, asked))


def _choice(desk: Desk, asked: argparse.Namespace) -> StockChoice:
    """Return how the account last chose the paper, but for what the command says."""
    paper = StockPaper(asked.name)
    kept = stock_choices.read_choice(desk, paper=paper)
    columns = [name.strip() for name in asked.columns.split(",") if name.strip()]
    return choose(paper, columns=columns or kept.columns, group=asked.group or kept.group, order=asked.sort or kept.order)


def _depot(desk: Desk, typed: str) -> Id:
    known = [one.site for one in supplies.list_depots(desk)]
    for site in known:
        if typed in (site.code, site.name, site.name_en):
            return site.id
    raise FieldRefused(name="depot", reason="choice", typed=typed, other=", ".join(site.name for site in known[:20]))


def _day(moment: datetime | None) -> date | None:
    return local_day(moment) if moment else None
