"""The page of stock: what is asked for on top, the lots below, the one that expires first first; at the right the item with its bands.

There may be any number of lots; a page of them is read at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.ids import Id
from emergency_desk.domain.lot_codes import read_lot_code
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.stock_boards import ItemPage, Place, StockFilter, StockLine
from emergency_desk.domain.stock_columns import StockPaper
from emergency_desk.domain.stock_reports import StockAsked
from emergency_desk.domain.stock_rules import StockRules
from emergency_desk.errands.exports import kinds_told
from emergency_desk.services import stock_counts, stock_lists, supplies
from emergency_desk.services.desk import Desk
from emergency_desk.services.stock_lists import PAGE
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import Answers, AskChoice, ChoiceBox, InlineForm
from emergency_desk.ui.incidents.live_page import LivePage
from emergency_desk.ui.supplies.item_panel import ItemPanel
from emergency_desk.ui.supplies.register_acts import RegisterActs
from emergency_desk.ui.supplies.stock_acts import StockActs, StockGround, narrow, read_ground
from emergency_desk.ui.supplies.stock_words import key_of, stock_columns, stock_line
from emergency_desk.ui.teams.paged_list import Page, PagedList
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import GAP
from emergency_desk.ui.travel_acts import Travels
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import STOCK, STOCK_ALARMS, STOCK_COUNTS, STOCK_DEPOTS, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _, ngettext

_PAUSE_MS = 60
_HERE = (STOCK,)
_KEYS = {Qt.Key.Key_R: "receive", Qt.Key.Key_I: "issue", Qt.Key.Key_K: "keep_back", Qt.Key.Key_M: "move", Qt.Key.Key_C: "count",
         Qt.Key.Key_B: "bring_back", Qt.Key.Key_Q: "quarantine", Qt.Key.Key_L: "release", Qt.Key.Key_W: "write_off"}
ACTIONS = (
    Action("stock_receive", N_("Receive goods"), "receive", "Ctrl+N", _HERE, short=N_("receive")),
    Action("stock_find", N_("Find goods"), "focus_find", "Ctrl+F", _HERE, short=N_("find")),
    Action("stock_item", N_("Add an item"), "new_item", "Alt+N", _HERE, short=N_("new item")),
    Action("stock_depots", N_("Depots, their keepers and bins"), "open_depots", "Alt+D", _HERE, short=N_("depots")),
    Action("stock_requests", N_("Requests, release orders and what is on its way"), "open_requests", "Alt+R", _HERE, short=N_("requests")),
    Action("stock_counts", N_("Stock-takes"), "open_counts", "Alt+C", _HERE, short=N_("counts")),
    Action("stock_alarms", N_("Stock alarms"), "open_alarms", "F4", _HERE, short=N_("alarms")),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it was read."""

    asked: StockFilter
    count: int
    first: tuple[StockLine, ...]
    rules: StockRules
    ground: StockGround
    alarms: int
    counts: int


def read_list(desk: Desk, asked: StockFilter) -> Listed:
    """Return the beginning of the list. Runs on the store thread."""
    first = stock_lists.page_of_stock(desk, asked=asked)
    count = len(first) if len(first) < PAGE else stock_lists.count_stock(desk, asked=asked)
    red = sum(1 for one in stock_lists.stock_alarms(desk) if one.kind.is_red)
    counting = len(stock_counts.list_counts(desk, is_open=True))
    return Listed(asked, count, tuple(first), supplies.stock_rules(desk), read_ground(desk), red, counting)


class StockPage(Travels, LivePage):
    """The lots on the shelves."""

    subjects = frozenset({Subject.STOCK, Subject.SUPPLY, Subject.DEPOT, Subject.SITE, Subject.PROMISE, Subject.SETTING, Subject.STOCK_COUNT})
    kind_of_list, paper = "lots", "stock"

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register((*ACTIONS, *self.travel_actions(STOCK)))
        self._listed: Listed | None = None
        self._places: dict[int, Place] = {}
        self._round = 0
        self._read: dict[int, tuple[StockLine, ...]] = {}
        self.detail = ItemPanel()
        self.form = InlineForm(in_a_row=3)
        self.acts, self.register = StockActs(place, self.form), RegisterActs(place, self.form)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Find by item, pinyin, initials, code or lot number"))
        self.filter.setAccessibleName(_("Find goods"))
        self.filter.setClearButtonEnabled(True)
        self.filter.installEventFilter(self)
        self.area, self.depot, self.days = ChoiceBox(), narrow(ChoiceBox()), ChoiceBox()
        self._pause, self._choosing = self._timer(self.forget), self._timer(self._read_detail)
        self._fill_choices()
        self._lay_out()
        self.detail.act.connect(lambda name: self._key(name, self.lines.current_key))

    def _timer(self, then: Callable[[], object]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(_PAUSE_MS)
        made.timeout.connect(then)
        return made

    def _fill_choices(self) -> None:
        tree, namer, own = self.place.desk.memory.tree(), self.place.namer(), self.place.desk.area_id
        below = sorted((each for each in tree.children(own) if each.tier is not Tier.VILLAGE and not each.is_retired),
                       key=lambda each: (each.code, each.name))
        days = (("", _("Any expiry")), ("0", _("Expired")), *(
            (str(each), ngettext("Within {days} day", "Within {days} days", each).format(days=each))
            for each in sorted(self.place.desk.trade.stock.alarm_days)))
        for box, name, choices in ((self.area, _("Area"), [("", _("All areas")), *((each.id, namer.area(each.id)) for each in below)]),
                                   (self.depot, _("Depot"), [("", _("All depots"))]), (self.days, _("Expiry"), days)):
            box.setAccessibleName(name)
            for value, words in choices:
                box.addItem(words, value)
            box.currentIndexChanged.connect(lambda _index: self._pause.start())
        self.filter.textChanged.connect(lambda _text: self._pause.start())

    def _lay_out(self) -> None:
        self.lines = PagedList(stock_columns(), _KEYS, row_height=28, empty=_("Nothing here fits. Ctrl+N takes goods in."))
        self.lines.setAccessibleName(_("Lots in stock: R receive, I issue, K keep back, M move, C count, B bring back, "
                                      "Q quarantine, L release, W write off"))
        self.lines.page_wanted.connect(self._read_page)
        self.lines.chosen.connect(lambda _key: self._choosing.start())
        self.lines.opened.connect(lambda key: self._key("open", key))
        self.lines.key_pressed.connect(self._key)
        self.panel = Panel(_("Stock"))
        asked, across, down = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        for row in (asked, across):
            row.setSpacing(GAP)
        asked.addWidget(self.filter, 1)
        for box in (self.area, self.depot, self.days):
            asked.addWidget(box)
        self.panel.body.addLayout(asked)
        self.panel.head.addWidget(self.travel_buttons())
        self.panel.add_list(self.lines, 1)
        self.panel.body.addWidget(self.form)
        across.addWidget(self.panel, 1)
        across.addWidget(self.detail)
        down.setContentsMargins(0, 0, 0, 0)
        down.addLayout(across, 1)

    # -- reading -------------------------------------------------------------------------------------------------------
    def _asked(self) -> StockFilter:
        area, depot, days = (str(box.currentData() or "") for box in (self.area, self.depot, self.days))
        today, rules = local_day(self.now()), self._listed.rules if self._listed else self.place.desk.trade.stock
        ends = None if not days else rules.last_expired(today) if days == "0" else today + timedelta(days=int(days))
        typed = self.filter.text().strip()
        scanned = read_lot_code(typed)  # a label that was scanned finds its lot wherever it stands
        return StockFilter(text="" if scanned else typed, lot_id=scanned, area_id=Id(area) if area else None,
                           site_id=Id(depot) if depot else None, ends_by=ends)

    def reader(self) -> Callable[[], Listed]:
        desk, asked = self.place.desk, self._asked()
        return lambda: read_list(desk, asked)

    def show_read(self, answer: Listed) -> None:
        is_first = self._listed is None
        self._listed, self._places, self._round = answer, {}, self._round + 1
        self._read = {0: answer.first}
        self.acts.ground = answer.ground
        self._offer_depots()
        self.lines.show_pages(answer.count, self._worded(answer.first))
        told = ngettext("{count} lot · ⏎ open", "{count} lots · ⏎ open", answer.count).format(count=formats.number(answer.count))
        red = ngettext("F4 {count} alarm", "F4 {count} alarms", answer.alarms).format(count=answer.alarms) if answer.alarms else ""
        counts = ngettext("Alt+C {count} open count", "Alt+C {count} open counts", answer.counts).format(count=answer.counts)
        self.panel.set_head(note=" · ".join(part for part in (red, counts if answer.counts else "", told) if part))
        self.lines.choose_first()
        self._read_detail()
        if is_first:
            self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_depots(self) -> None:
        assert self._listed is not None
        known = [(one.site.id, in_words(one.site.name, one.site.name_en)) for one in self._listed.ground.depots]
        if self.depot.count() == len(known) + 1:
            return
        chosen = self.depot.currentData()
        self.depot.blockSignals(True)
        while self.depot.count() > 1:
            self.depot.removeItem(1)
        for value, words in known:
            self.depot.addItem(words, value)
        self.depot.setCurrentIndex(max(0, self.depot.findData(chosen)))
        self.depot.blockSignals(False)

    def _worded(self, lots: tuple[StockLine, ...]) -> Page:
        rules = self._listed.rules if self._listed else self.place.desk.trade.stock
        today = local_day(self.now())
        return Page([key_of(each) for each in lots], lambda row: stock_line(lots[row], rules, today))

    def _read_page(self, number: int) -> None:
        """Read a page that came into sight; where it begins is found from the nearest page whose beginning is known."""
        listed, turn, desk, known = self._listed, self._round, self.place.desk, dict(self._places)
        if listed is None:
            return

        def read() -> tuple[Place | None, list[StockLine]]:
            begins = stock_lists.place_of_page(desk, asked=listed.asked, page=number, known=known)
            return begins, stock_lists.page_of_stock(desk, asked=listed.asked, after=begins) if begins is not None else []

        def show(answer: tuple[Place | None, list[StockLine]]) -> None:
            begins, lots = answer
            if turn == self._round and begins is not None:
                self._places[number], self._read[number] = begins, tuple(lots)
                if len(lots) == PAGE:
                    self._places[number + 1] = lots[-1].place
                self.lines.take_page(number, self._worded(self._read[number]))

        self.place.ask(read, then=show)

    @property
    def chosen(self) -> StockLine | None:
        """The lot that is chosen."""
        key = self.lines.current_key
        return next((each for lots in self._read.values() for each in lots if key_of(each) == key), None) if key else None

    def _read_detail(self) -> None:
        line, desk = self.chosen, self.place.desk
        if line is None:
            self.detail.show_nothing()
            return

        def show(page: ItemPage) -> None:
            now = self.chosen
            if now is not None and now.item_id == page.item.id:
                self.detail.show_item(page, self.place.namer(), now)

        self.place.ask(lambda: stock_lists.item_page(desk, item_id=line.item_id, ledger=0), then=show)

    # -- keys and acts -------------------------------------------------------------------------------------------------
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.filter and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress \
                and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._pause.isActive():
                self._pause.stop()
                self.forget()
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _key(self, name: str, _key: str) -> None:
        line = self.chosen
        if name == "receive":
            self.acts.receive(line)
        elif line is not None and name == "open":
            self.place.open_item(line.item_id)
        elif line is not None:
            getattr(self.acts, name)(line)

    def receive(self) -> None:
        """Ask for goods that come in, of any item."""
        self.acts.receive(None)

    def new_item(self) -> None:
        """Ask for an item that was not kept so far."""
        self.register.item()

    def open_depots(self) -> None:
        """Show the depots with their keepers and bins."""
        self.place.window.show_page(STOCK_DEPOTS)

    def export_list(self) -> None:
        """Ask which list of stock leaves the desk."""
        from emergency_desk.ui.export_acts import export_list

        of_stock = ("lots", "supply_items", "stock_movements", "supply_promises", "stock_targets")
        choices = [(kind, words) for kind, words in kinds_told() if kind in of_stock]

        def go(answers: Answers) -> None:
            self.form.put_away()
            export_list(self.place, answers["what"])

        self.form.ask(_("Export a list"), (AskChoice(name="what", label=_("What"), choices=choices),), _("Choose the file"), go)

    def open_counts(self) -> None:
        """Show the stock-takings."""
        self.place.window.show_page(STOCK_COUNTS)

    def focus_find(self) -> None:
        """Put the cursor into the filter."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def open_requests(self) -> None:
        """Show what is asked, released and on its way."""
        self.place.open_requests()

    def open_alarms(self) -> None:
        """Show what is wrong with the stock."""
        self.place.window.show_page(STOCK_ALARMS)

    def open_stock_papers(self) -> None:
        """Open the report of what the list is about; the card of the lot that is chosen stands beside it."""
        asked, line = self._asked(), self.chosen
        self.place.preview_stock(StockPaper.STOCK, StockAsked(area_id=asked.area_id, site_id=asked.site_id,
                                                              card_of=line.item_id if line else None))

    def show_depot(self, site_id: Id) -> None:
        """List what stands in one depot."""
        self.depot.setCurrentIndex(max(0, self.depot.findData(site_id)))

