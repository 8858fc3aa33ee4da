"""The stock-takings: those that are open first. Enter goes on counting, N opens another; how exact a count must be is set here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.count_boards import CountOverview
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.ids import Id
from emergency_desk.services import stock_counts
from emergency_desk.services.desk import Desk
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, AskPlace, InlineForm
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.supplies.count_words import counts_columns, overview_line
from emergency_desk.ui.supplies.stock_acts import NarrowChoice, StockActs, StockGround, read_ground
from emergency_desk.ui.teams.reading_fields import as_number
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import STOCK_COUNTS, Workplace
from emergency_desk.wording.catalog import N_, _, ngettext
from emergency_desk.wording.labels import field_label

_HERE = (STOCK_COUNTS,)
ACTIONS = (
    Action("counts_new", N_("Begin a stock-take"), "new_count", "Ctrl+N", _HERE, short=N_("take stock")),
    Action("counts_second", N_("When does somebody else count again?"), "ask_second", "Alt+L", _HERE, short=N_("second count")),
    Action("counts_leave", N_("Back to the page before"), "leave", "Escape", _HERE, short=N_("back")),
)


@dataclass(frozen=True, slots=True)
class Read:
    """The counts as they were read, and what a new one chooses from."""

    counts: tuple[CountOverview, ...]
    ground: StockGround


def read_counts(desk: Desk) -> Read:
    """Read the counts. Runs on the store thread."""
    return Read(tuple(stock_counts.list_counts(desk)), read_ground(desk))


class CountsPage(LivePage):
    """All stock-takings."""

    subjects = frozenset({Subject.STOCK_COUNT, Subject.DEPOT})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(ACTIONS)
        self._read = Read((), StockGround())
        self._wanted: tuple[Id | None] | None = None  # a new count that was asked for before the page had read anything
        self.lines = KeyedList(counts_columns(), {Qt.Key.Key_N: "new"}, row_height=28, header=True,
                               empty=_("Nothing has been counted yet. Ctrl+N begins a stock-take."))
        self.lines.setAccessibleName(_("Stock-takes: Enter opens one, N begins one"))
        self.lines.opened.connect(lambda key: place.open_count(Id(key)))
        self.lines.key_pressed.connect(lambda _name, _key: self.new_count())
        self.form = InlineForm(in_a_row=2)
        self.acts = StockActs(place, self.form)
        self.panel = Panel(_("Stock-takes"))
        self.panel.add_list(self.lines, 1)
        self.panel.body.addWidget(self.form)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.panel)

    def reader(self) -> Callable[[], Read]:
        desk = self.place.desk
        return lambda: read_counts(desk)

    def show_read(self, answer: Read) -> None:
        self._read, self.acts.ground = answer, answer.ground
        now = self.now()
        self.lines.show_lines([overview_line(one, now) for one in answer.counts])
        self.lines.choose_first()
        running = sum(1 for one in answer.counts if one.count.closed_at is None)
        told = ngettext("{count} open · ⏎ go on", "{count} open · ⏎ go on", running).format(count=running)
        self.panel.set_head(note=told if running else "")
        if not self.form.isVisible():
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._wanted is not None:
            (site_id,), self._wanted = self._wanted, None
            self.ask_new(site_id)

    # -- acts ----------------------------------------------------------------------------------------------------------
    def new_count(self) -> None:
        """Ask what is to be counted."""
        self.ask_new(None)

    def ask_new(self, site_id: Id | None) -> None:
        """Ask what is to be counted, of a depot where one is named."""
        depots = self._read.ground.depots
        if not depots:
            self._wanted = (site_id,)
            return
        choices = [(one.site.id, in_words(one.site.name, one.site.name_en)) for one in depots]
        kinds = (("", _("with the figures of the books")), ("blind", _("blind: without them")))
        fields = (
            NarrowChoice(name="site_id", label=field_label("depot"), choices=choices, value=site_id or ""),
            Ask(name="zones", label=field_label("zones"), hint=_("A, B, or empty: the whole depot")),
            AskPlace(name="item_id", label=_("Only of this item"), candidates=self.acts.find_items),
            AskChoice(name="kind", label=_("Sheets"), choices=kinds))
        self.form.ask(_("Begin a stock-take"), fields, _("Open the count"), self._open,
                      note=_("The books of this moment are kept with it. Goods may go on moving; movements make no difference."))

    def _open(self, answers: Answers) -> None:
        desk, typed = self.place.desk, answers["zones"].replace("，", ",").replace("、", ",")
        zones = tuple(dict.fromkeys(zone.strip() for zone in typed.split(",") if zone.strip()))
        items = (Id(answers["item_id"]),) if answers["item_id"] else ()

        def done(count_id: Id) -> None:
            self.form.put_away()
            self.place.open_count(count_id)

        self.place.ask(lambda: stock_counts.open_count(desk, site_id=Id(answers["site_id"]), zones=zones, item_ids=items,
                                                       is_blind=answers["kind"] == "blind"),
                       then=lambda answer: done(answer.value.id), refused=self.form.refused)

    def ask_second(self) -> None:
        """Ask beyond which difference another person counts again."""
        desk = self.place.desk

        def ask(beyond: int | None) -> None:
            self.form.ask(_("When does somebody else count again?"), (
                Ask(name="beyond", label=field_label("beyond"), value="" if beyond is None else str(beyond), hint=_("empty: never")),),
                _("Keep"), self._keep_second, note=_("0: whatever differs is counted again. Counts that are open keep their rule."))

        self.place.ask(lambda: stock_counts.second_count_beyond(desk), then=ask)

    def _keep_second(self, answers: Answers) -> None:
        desk = self.place.desk
        try:
            beyond = as_number("beyond", answers["beyond"])
        except DeskError as error:
            self.form.refused(error)
            return
        self.place.ask(lambda: stock_counts.set_second_count(desk, beyond=beyond), then=lambda _done: self.form.put_away(),
                       refused=self.form.refused)
