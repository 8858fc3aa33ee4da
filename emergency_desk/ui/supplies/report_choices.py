"""How a paper of stock is to look: area, days or span of time, group, order and columns. Stands beside the paper, which follows every choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QWidget

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.stock_columns import StockColumn, StockPaper
from emergency_desk.domain.stock_reports import ALWAYS, SHAPES, StockAsked, StockChoice, choose
from emergency_desk.services import stock_choices
from emergency_desk.ui.incidents.inline_form import ChoiceBox
from emergency_desk.ui.teams.filters import choice_box
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.tick_boxes import TickBoxes
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.labels import field_label, label

_PAUSE_MS = 120
_WITH_DAYS = (StockPaper.EXPIRING, StockPaper.ROTATION)
_WITH_SPAN = (StockPaper.MOVEMENTS, StockPaper.CARD)
_FURTHER = (365, 730)


class ReportChoices(QWidget):
    """`changed(StockAsked)` a breath after the last choice; the choice of columns, group and order is in it."""

    changed = Signal(object)

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self._paper, self._asked = StockPaper.STOCK, StockAsked()
        self._chosen: StockChoice | None = None
        self.boxes: dict[str, ChoiceBox] = {}
        self.columns = TickBoxes(())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._scroll = QScrollArea()
        self._scroll.setAccessibleName(_("How it looks"))
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setMinimumHeight(120)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    # -- what stands there ---------------------------------------------------------------------------------------------
    def show_choice(self, paper: StockPaper, asked: StockAsked, choice: StockChoice) -> None:
        """Show what a paper was asked for and how it was laid out; nothing is told of it."""
        if (paper, asked, choice) == (self._paper, self._asked, self._chosen):
            return
        self._paper, self._asked, self._chosen = paper, asked, choice
        shape = SHAPES[paper]
        rows: dict[str, tuple[str, Sequence[tuple[str, str]], str]] = {"area": (_("Area"), self._areas(), asked.area_id or "")}
        if paper in _WITH_DAYS:
            rows["days"] = field_label("days"), self._days(), "" if asked.days is None else str(asked.days)
        if paper in _WITH_SPAN:
            rows["span"] = _("Span of time"), self._spans(), _span_of(asked)
        rows["group"] = field_label("group"), [(one.value, label(one)) for one in shape.groups], choice.group.value
        if shape.has_order:
            rows["order"] = field_label("order"), [(one.value, label(one)) for one in shape.columns], choice.order.value
        self._build(rows)
        self._build_columns(choice)

    def _build(self, rows: dict[str, tuple[str, Sequence[tuple[str, str]], str]]) -> None:
        self._scroll.takeWidget()
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None and widget is not self._scroll:
                widget.hide()
                widget.deleteLater()
        self.boxes = {}
        for number, (name, (words, choices, value)) in enumerate(rows.items()):
            box = self.boxes[name] = choice_box(words, choices)
            if value and box.findData(value) < 0:
                box.addItem(self._place.namer().area(Id(value)) if name == "area" else value, value)
            box.setCurrentIndex(max(0, box.findData(value)))
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            box.currentIndexChanged.connect(lambda _index: self._pause.start())
            self._grid.addWidget(text_label(words, tone=Tone.SECONDARY), number, 0)
            self._grid.addWidget(box, number, 1)

    def _build_columns(self, choice: StockChoice) -> None:
        offered = [one for one in SHAPES[self._paper].columns if one not in ALWAYS]
        self.columns = TickBoxes([(one.value, label(one)) for one in offered], choice.columns)
        for box in self.columns.boxes.values():
            box.toggled.connect(lambda _ticked: self._pause.start())
        self._scroll.setWidget(self.columns)
        for part in (self._scroll.viewport(), self.columns):
            part.setAutoFillBackground(False)
        self._grid.addWidget(text_label(field_label("columns"), tone=Tone.SECONDARY), len(self.boxes), 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self._scroll, len(self.boxes), 1)
        self._grid.setRowStretch(len(self.boxes), 1)

    def _tell(self) -> None:
        """Tell what was chosen, and remember it for the account; a paper keeps at least its usual figures."""
        desk, paper, asked = self._place.desk, self._paper, self.asked()
        choice = asked.choice
        assert choice is not None
        self._asked, self._chosen = asked, choice
        for name, box in self.columns.boxes.items():
            box.blockSignals(True)
            box.setChecked(name in choice.columns)
            box.blockSignals(False)
        if desk.can(Act.KEEP_VIEWS):
            self._place.ask(lambda: stock_choices.keep_choice(desk, paper=paper, choice=choice))
        self.changed.emit(asked)

    # -- what is asked -------------------------------------------------------------------------------------------------
    def asked(self) -> StockAsked:
        """Return what is asked for now."""
        told = {name: str(box.currentData() or "") for name, box in self.boxes.items()}
        # With every box empty the item and its figures as usual are left, never all that is usual.
        choice = choose(self._paper, columns=(StockColumn.UNIT, *self.columns.ticked), group=told["group"], order=told.get("order", ""))
        asked = replace(self._asked, choice=choice, area_id=Id(told["area"]) if told["area"] else None)
        if "days" in told:
            asked = replace(asked, days=int(told["days"]) if told["days"] else None)
        if "span" in told:
            begins, _blank, ends = told["span"].partition(" ")
            asked = replace(asked, from_on=_day(begins), until_on=_day(ends))
        return asked

    # -- what may be chosen --------------------------------------------------------------------------------------------
    def _areas(self) -> list[tuple[str, str]]:
        place = self._place
        tree, namer, own = place.desk.memory.tree(), place.namer(), place.desk.area_id
        below = sorted((one for one in tree.living_children(own) if one.tier is not Tier.VILLAGE), key=lambda one: (one.code, one.name))
        return [("", namer.area(own)), *((one.id, namer.area(one.id)) for one in below)]

    def _days(self) -> list[tuple[str, str]]:
        days = sorted({*self._place.desk.trade.stock.alarm_days, *_FURTHER})
        known = [(str(one), ngettext("Within {days} day", "Within {days} days", one).format(days=one)) for one in days]
        return [("", _("As usual")), *((("0", _("Expired")),) if self._paper is StockPaper.EXPIRING else ()), *known]

    def _spans(self) -> list[tuple[str, str]]:
        """Return spans of time as (first and last day, words)."""
        today = local_day(self._place.desk.now())
        last_month = today.replace(day=1) - timedelta(days=1)
        year, before = today.replace(month=1, day=1), date(today.year - 1, 1, 1)
        spans = [(_("This month"), today.replace(day=1), today), (_("Last month"), last_month.replace(day=1), last_month),
                 (_("This year"), year, today), (_("Last year"), before, date(today.year - 1, 12, 31))]
        usual = _("From the beginning") if self._paper is StockPaper.CARD else _("This month so far")
        found = [(f"{begins} {ends}", words) for words, begins, ends in spans]
        return [("", usual), *(found if self._paper is StockPaper.CARD else found[1:])]


def _span_of(asked: StockAsked) -> str:
    return "" if asked.from_on is None and asked.until_on is None else f"{asked.from_on or ''} {asked.until_on or ''}"


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
