"""Supplies of an incident in short: what is asked, on the way, received and unmet; the board of requests opens by its key."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal

from emergency_desk.domain.request_boards import SupplyAct
from emergency_desk.ui.incidents.room_reading import RoomView
from emergency_desk.ui.incidents.supply_lines import item_line, line_columns
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.labels import label

_MOST, _HEADER = 3, 26


class SuppliesPanel(Panel):
    """Hidden while nothing is asked and nothing was sent. `open_wanted` when its key button is pressed."""

    open_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(_("Supplies"))
        self.lines = LinesList(line_columns(), row_height=24, header=True, marks_current=False)
        self.lines.setAccessibleName(_("Supplies of the incident"))
        self.next = KeyButton("", "Alt+Z")
        self.next.clicked.connect(lambda _checked=False: self.open_wanted.emit())
        self.head.addWidget(self.next)
        self.add_list(self.lines)
        self.hide()

    def show_view(self, view: RoomView, now: datetime) -> None:
        """Show what the incident asked and has, the items that lack most first, and offer the next act."""
        board = view.supplies
        items = sorted(board.items, key=lambda one: (-one.unmet, -one.on_the_way, one.name.zh))
        self.lines.show_lines([item_line(one) for one in items[:_MOST]])
        self.lines.setFixedHeight(24 * min(len(items), _MOST) + _HEADER)
        acts = [act for act in (*(each.next_act for each in board.requests), *(each.next_act(now) for each in board.orders))
                if act not in (SupplyAct.NOTHING, SupplyAct.WAIT_ABOVE)]
        pressing = SupplyAct.CHASE if SupplyAct.CHASE in acts else next(iter(acts), SupplyAct.NOTHING)
        self.next.set_words(label(pressing) if acts else _("Open"))
        rest = len(items) - _MOST
        self.set_head(note=ngettext("{count} more", "{count} more", rest).format(count=rest) if rest > 0 else "")
        self.setVisible(bool(items or board.requests))
