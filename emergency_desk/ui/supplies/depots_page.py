"""The depots: whose they are, who keeps them, which phone is answered by night, what a lorry finds; beside them their zones and bins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.stock_alarms import count_alarms
from emergency_desk.domain.stock_rules import StockRules
from emergency_desk.domain.supplies import StockPlace
from emergency_desk.services import supplies, units
from emergency_desk.services.desk import Desk
from emergency_desk.services.supplies import KnownDepot
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import Answers, Ask, InlineForm
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.supplies.register_acts import RegisterActs
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.travel_acts import Travels
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.ui.workplace import STOCK_DEPOTS, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _, current_language, ngettext
from emergency_desk.wording.labels import field_label, label

_HERE = (STOCK_DEPOTS,)
ACTIONS = (
    Action("depots_new", N_("A site as a depot"), "new_depot", "Ctrl+N", _HERE, short=N_("depot")),
    Action("depots_bin", N_("Add a bin"), "add_bin", "Alt+N", _HERE, short=N_("bin")),
    Action("depots_equipment", N_("What must be held, and what is"), "open_equipment", "Alt+E", _HERE, short=N_("required")),
    Action("depots_leave", N_("Back to the page before"), "leave", "Escape", _HERE, short=N_("back")),
)


@dataclass(frozen=True, slots=True)
class Known:
    """The depots as they were read, the sites that could be depots, and how many lots stand at each place."""

    depots: tuple[KnownDepot, ...]
    sites: tuple[Site, ...]
    lots: dict[Id, dict[Id, int]]
    rules: StockRules


def read_depots(desk: Desk) -> Known:
    """Read the depots with their bins. Runs on the store thread."""
    depots = tuple(supplies.list_depots(desk, with_places=True))
    sites = tuple(site for kind in (SiteKind.DEPOT, SiteKind.LOGISTICS) for site in units.list_sites(desk, kind=kind))
    return Known(depots, sites, {one.site.id: supplies.lots_by_place(desk, site_id=one.site.id) for one in depots}, supplies.stock_rules(desk))


class DepotsPage(Travels, LivePage):
    """The depots with their keepers, phones and bins."""

    subjects = frozenset({Subject.DEPOT, Subject.SITE, Subject.STOCK, Subject.SETTING})
    kind_of_list = "depots"

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register((*ACTIONS, *self.travel_actions(STOCK_DEPOTS)))
        self._known: Known | None = None
        kind = 92 if current_language().startswith("zh") else 136
        self.lines = KeyedList((Column(_("Depot"), stretch=4), Column(_("Kind"), width=kind), Column(_("Storekeeper"), width=104),
                                Column(_("24-hour phone"), width=126), Column(_("Loading"), stretch=3), Column(_("Lots"), width=48, right=True),
                                Column(_("Last counted"), width=110)),
                               {Qt.Key.Key_E: "edit", Qt.Key.Key_C: "count"}, row_height=28, header=True,
                               empty=_("No depot yet. Ctrl+N makes one of a site."))
        self.lines.setAccessibleName(_("Depots: E keeper and phone, C count"))
        self.bins = KeyedList((Column(_("Zone and bin"), stretch=3), Column(_("Lots"), width=48, right=True), Column(_("Note"), stretch=2)),
                              {Qt.Key.Key_E: "rename", Qt.Key.Key_D: "retire"}, row_height=26, header=True,
                              empty=_("The depot has no bins yet. Alt+N adds one."))
        self.bins.setAccessibleName(_("Zones and bins: E rename, D retire"))
        self.form = InlineForm(in_a_row=3)
        self.register = RegisterActs(place, self.form)
        self.panel, self.beside = Panel(_("Depots")), Panel(_("Zones and bins"))
        self._lay_out()
        self.lines.chosen.connect(lambda _key: self._show_bins())
        self.lines.opened.connect(lambda _key: self._stock())
        self.lines.key_pressed.connect(lambda name, _key: self._edit() if name == "edit" else self._count())
        self.bins.key_pressed.connect(lambda name, key: self._bin_key(name, key))
        self.bins.opened.connect(lambda key: self._bin_key("rename", key))

    def _lay_out(self) -> None:
        self.panel.head.addWidget(self.travel_buttons())
        self.panel.add_list(self.lines, 1)
        self.panel.body.addWidget(self.form)
        self.beside.add_list(self.bins, 1)
        self.beside.setFixedWidth(256)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP)
        down = QVBoxLayout()
        down.addWidget(self.panel)
        across.addLayout(down, 1)
        across.addWidget(self.beside)

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], Known]:
        desk = self.place.desk
        return lambda: read_depots(desk)

    def show_read(self, answer: Known) -> None:
        self._known = answer
        today = local_day(self.now())
        self.lines.show_lines([depot_line(one, sum(answer.lots[one.site.id].values()), answer.rules, today) for one in answer.depots])
        count = len(answer.depots)
        self.panel.set_head(note=ngettext("{count} depot · ⏎ goods · E change · C take stock",
                                          "{count} depots · ⏎ goods · E change · C take stock", count).format(count=count))
        self.lines.choose_first()
        self._show_bins()
        if not self.bins.hasFocus() and not self.form.isVisible():
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def chosen(self) -> KnownDepot | None:
        """The depot that is chosen."""
        return next((one for one in self._known.depots if one.site.id == self.lines.current_key), None) if self._known else None

    def _show_bins(self) -> None:
        depot = self.chosen
        places = depot.places if depot is not None else ()
        lots = self._known.lots.get(depot.site.id, {}) if self._known and depot else {}
        self.bins.show_lines([line(one.id, Cell(one.words or _("depot as a whole"), strong=bool(one.words)),
                                   Cell(formats.number(lots.get(one.id, 0))), Cell(one.note, Tone.SECONDARY)) for one in places])
        self.beside.set_head(note=_("E rename · D retire") if places else "")

    # -- acts ----------------------------------------------------------------------------------------------------------
    def new_depot(self) -> None:
        """Ask what a site is as a store of goods."""
        if self._known is not None:
            self.register.depot(self._known.sites, self._known.depots)

    def _edit(self) -> None:
        depot = self.chosen
        if self._known is not None and depot is not None:
            self.register.depot(self._known.sites, self._known.depots, chosen=depot.site.id)

    def _count(self) -> None:
        if self.chosen is not None:
            self.place.new_count(self.chosen.site.id)

    def open_equipment(self) -> None:
        """Show what the chosen depot must hold against what it holds."""
        if self.chosen is not None:
            self.place.open_equipment(self.chosen.site.id)

    def add_bin(self) -> None:
        """Ask for a zone or a bin of the chosen depot."""
        depot, desk = self.chosen, self.place.desk
        if depot is None:
            return

        def do(answers: Answers) -> None:
            self.place.ask(lambda: supplies.add_place(desk, site_id=depot.site.id, zone=answers["zone"], bin_=answers["bin"],
                                                      note=answers["note"]),
                           then=lambda _done: self._kept(_("The bin is kept.")), refused=self.form.refused)

        self.form.ask(_("A bin of {depot}").format(depot=in_words(depot.site.name, depot.site.name_en)), self._bin_fields(), _("Save"), do)

    def _bin_fields(self, place: StockPlace | None = None) -> tuple[Ask, ...]:
        return (Ask(name="zone", label=field_label("zone"), value=place.zone if place else "", hint="A"),
                Ask(name="bin", label=field_label("bin"), value=place.bin if place else "", hint="01"),
                Ask(name="note", label=field_label("note"), value=place.note if place else ""))

    def _bin_key(self, name: str, key: str) -> None:
        depot = self.chosen
        place = next((one for one in depot.places if one.id == key), None) if depot else None
        if place is None or depot is None:
            return
        if place.id == depot.site.id:
            self.place.window.notices.refuse(_("The depot as a whole is no bin. Alt+N adds one."))
        elif name == "rename":
            self._rename(place)
        else:
            self._retire(place)

    def _rename(self, place: StockPlace) -> None:
        desk = self.place.desk

        def do(answers: Answers) -> None:
            named = replace(place, zone=answers["zone"], bin=answers["bin"], note=answers["note"])
            self.place.ask(lambda: supplies.keep_place(desk, place=named), then=lambda _done: self._kept(_("The bin is kept.")),
                           refused=self.form.refused)

        self.form.ask(_("Bin {bin}").format(bin=place.words), self._bin_fields(place), _("Save"), do)

    def _retire(self, place: StockPlace) -> None:
        desk = self.place.desk

        def undo() -> None:
            self.place.ask(lambda: supplies.set_place_retired(desk, place_id=place.id, is_retired=False))

        self.place.ask(lambda: supplies.set_place_retired(desk, place_id=place.id, is_retired=True),
                       then=lambda _done: self.place.window.notices.done(_("Bin {bin} is out of use.").format(bin=place.words), undo))

    def _kept(self, words: str) -> None:
        self.form.put_away()
        self.place.window.notices.done(words)

    def _stock(self) -> None:
        depot = self.chosen
        if depot is not None:
            self.place.open_stock_of(depot.site.id)


def depot_line(known: KnownDepot, lots: int, rules: StockRules, today: date) -> Line:
    """Return a depot: what it is and whose goods it keeps, who answers, what a lorry finds, how many lots, when it was counted."""
    depot, site = known.depot, known.site
    facts = ((depot.largest_truck_tonnes, lambda _count: _("up to {count} t")),
             (depot.loading_minutes, lambda _count: _("{count} min each")),
             (depot.docks, lambda count: ngettext("{count} dock", "{count} docks", count)),
             (depot.forklifts, lambda count: ngettext("{count} forklift", "{count} forklifts", count)))
    loading = " · ".join([*(words(count).format(count=count) for count, words in facts if count is not None),
                          *([depot.loading_note] if depot.loading_note else [])])
    overdue = bool(count_alarms([depot], rules, today))
    counted = formats.calendar_day(depot.counted_on) if depot.counted_on else _("never")
    kept_for = _("kept for {owner}").format(owner=depot.kept_for) if depot.kept_for else ""
    phone = Cell(depot.phone, strong=True) if depot.phone else Cell(_("no 24-hour phone"), Tone.ORANGE)
    return line(site.id, Cell(in_words(site.name, site.name_en), strong=True, after=kept_for, hint=label(depot.owner)), Cell(label(depot.kind)),
                Cell(depot.keeper, hint=depot.keeper) if depot.keeper else Cell(_("no keeper named"), Tone.ORANGE), phone,
                Cell(loading or "—", Tone.SECONDARY, hint=loading),
                Cell(formats.number(lots)), Cell(counted, Tone.ORANGE if overdue else Tone.SECONDARY, shape=Shape.DUE if overdue else Shape.NONE))
