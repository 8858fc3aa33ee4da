"""What a row of the table of papers says, and how one paper is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock_reports import AS_USUAL, StockAsked
from emergency_desk.domain.timeline import NO_FILTER, LogFilter
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import Sheet


class About(StrEnum):
    """What a paper is about, and so which number names it."""

    ORDER = "order"
    INCIDENT = "incident"
    TEAM = "team"
    PLAN = "plan"  # its code is the number
    STOCK_COUNT = "stock_count"
    STANDARD = "standard"
    STOCK = "stock"  # what is asked for says the rest
    DESK = "desk"
    SHELTER = "shelter"  # the number of an opening order
    SHELTERS = "shelters"  # all in an area, at a moment
    DRILL = "drill"
    GOODS = "goods"  # the number of a request, a release order or a requisition


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """Which paper: by its name and the id of its order, incident or call, or by a number; a duty log by its two moments.

    A plan's paper by the code of the plan and, where not the one in use is meant, its version.
    """

    name: str
    about_id: Id | None = None
    number: str = ""
    from_at: datetime | None = None
    until_at: datetime | None = None
    only: LogFilter = NO_FILTER  # of an incident's log
    version: str = ""  # of a plan
    against: str = ""  # the version a plan is compared with; else the one before
    stock: StockAsked = AS_USUAL  # what a paper of stock is about
    area_id: Id | None = None  # of all shelters in it
    beside: tuple[PaperAsked, ...] = ()  # the papers that are offered beside it


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One kind of paper. `reports/<drawn_by>.py` sets it with `write`, with `write_docx` where `has_docx`, and `write_xlsx` where `has_xlsx`."""

    name: str
    sheet: type
    about: About
    read: Callable[[Desk, PaperAsked], Sheet]
    drawn_by: str
    has_docx: bool = False
    has_xlsx: bool = False
    stem: Callable[[Any], str]  # of its file's name
    title: str  # what its page is called
    number: Callable[[Any], str]  # in the title
    line: str = ""  # what it is called among the papers of its incident; empty where it does not stand there
