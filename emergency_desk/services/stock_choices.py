"""How each account wants to see the papers of stock: columns, group and order, remembered by paper."""

from __future__ import annotations

import json

from emergency_desk.domain.library import Setting
from emergency_desk.domain.stock_columns import StockPaper
from emergency_desk.domain.stock_reports import StockChoice
from emergency_desk.services import library
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.stock_laying import chosen, setting_of


def read_choice(desk: Desk, *, paper: StockPaper) -> StockChoice:
    """Return how the account last chose a paper, or as it is usual; what no longer fits is as usual."""
    with desk.reading() as reading:
        return chosen(desk, reading, paper)


def keep_choice(desk: Desk, *, paper: StockPaper, choice: StockChoice) -> Done[Setting]:
    """Remember for the account how it wants to see a paper. Raises RoleMissing, SignInNeeded."""
    name = setting_of(desk)
    kept = json.loads(library.read_setting(desk, name=name, default="{}"))
    kept[paper.value] = {"columns": choice.columns, "group": choice.group, "order": choice.order}
    return library.keep_setting(desk, name=name, content=json.dumps(kept))
