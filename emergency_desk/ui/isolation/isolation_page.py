"""The board of isolation, observation and emergency medical sites: whether they take people, beds by state with their age, who is in charge.

Kinds of their own in law (ERL24 Art. 30): nothing here counts among shelters, and no shelter stands here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.isolation import BedCount
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.services import incidents, isolation, units
from emergency_desk.services.desk import Desk
from emergency_desk.services.isolation import KnownIsolation
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.incidents.wide_form import WideForm
from emergency_desk.ui.isolation import isolation_lines
from emergency_desk.ui.isolation.isolation_acts import IsolationActs
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import GAP
from emergency_desk.ui.widgets.lines import Column
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import ISOLATION, Workplace
from emergency_desk.wording.catalog import N_, _

_HERE = (ISOLATION,)
ACTIONS = (
    Action("isolation_new", N_("A site for isolation, observation or treatment"), "new_site", "Ctrl+N", _HERE, short=N_("site")),
    Action("isolation_leave", N_("Back to the page before"), "leave", "Escape", _HERE, short=N_("back")),
)
_KEYS = {Qt.Key.Key_O: "open", Qt.Key.Key_C: "count", Qt.Key.Key_X: "close", Qt.Key.Key_E: "edit"}
_BELOW = 230


@dataclass(frozen=True, slots=True)
class Read:
    """Everything the page shows, as it was read."""

    sites: tuple[KnownIsolation, ...]
    others: tuple[Site, ...]
    incidents: tuple[tuple[str, str], ...]


def read_isolation(desk: Desk) -> Read:
    """Read the board and what its forms choose from. Runs on the store thread."""
    known = tuple(isolation.list_isolation(desk))
    taken = {one.site.id for one in known}
    others = tuple(site for kind in (SiteKind.ISOLATION, SiteKind.HOSPITAL) for site in units.list_sites(desk, kind=kind) if site.id not in taken)
    return Read(known, others, tuple((each.id, f"{each.number} {each.title}") for each in incidents.list_open(desk)))


class IsolationPage(LivePage):
    """The board above; below it what a site is, and its counts."""

    subjects = frozenset({Subject.ISOLATION, Subject.SITE, Subject.INCIDENT})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(ACTIONS)
        self._read: Read | None = None
        self._counts: tuple[BedCount, ...] = ()
        self.lines = KeyedList(isolation_lines.site_columns(), _KEYS, row_height=28, header=True,
                               empty=_("No isolation, observation or medical site in the register yet. Ctrl+N makes one of a site."))
        self.lines.setAccessibleName(_("Isolation and medical sites: O open, C count beds, X close, E change"))
        self.detail = LinesList((Column(stretch=1, wrap=True),), row_height=24, marks_current=False)
        self.detail.setAccessibleName(_("All about the site"))
        self.counts = LinesList((Column(width=150), Column(stretch=1)), row_height=26, marks_current=False,
                                empty=_("No beds were counted there yet."))
        self.counts.setAccessibleName(_("Beds counted"))
        self.form = WideForm()
        self.asking = IsolationActs(place, self.form)
        self._lay_out()
        self.lines.chosen.connect(lambda _key: self._show_one())
        self.lines.opened.connect(lambda _key: self._act("count"))
        self.lines.key_pressed.connect(lambda name, _key: self._act(name))

    def _lay_out(self) -> None:
        self.panel, self.about, self.history = Panel(_("Isolation, observation and emergency treatment")), Panel(), Panel(_("Beds counted"))
        self.panel.add_list(self.lines, 1)
        self.panel.body.addWidget(self.form)
        self.about.add_list(self.detail, 1)
        self.history.add_list(self.counts, 1)
        down, across = QVBoxLayout(self), QHBoxLayout()
        down.setContentsMargins(0, 0, 0, 0)
        for layout in (down, across):
            layout.setSpacing(GAP)
        for panel in (self.about, self.history):
            panel.setFixedHeight(_BELOW)
            across.addWidget(panel, 1)
        down.addWidget(self.panel, 1)
        down.addLayout(across)

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], Read]:
        desk = self.place.desk
        return lambda: read_isolation(desk)

    def show_read(self, answer: Read) -> None:
        self._read, self.asking.sites, self.asking.incidents = answer, answer.others, answer.incidents
        self.tick()
        self.lines.choose_first()
        self._show_one()
        if not self.lines.hasFocus() and not self.form.isVisible():
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def tick(self) -> None:
        if self._read is None:
            return
        now = self.now()
        self.lines.show_lines([isolation_lines.site_line(one, now) for one in self._read.sites])
        told = isolation_lines.totals(self._read.sites)
        self.panel.set_head(note=" · ".join(part for part in (told, _("O open · C count beds · X close · E change")) if part))

    @property
    def chosen(self) -> KnownIsolation | None:
        """The site that is chosen."""
        some = self._read.sites if self._read is not None else ()
        return next((one for one in some if one.site.id == self.lines.current_key), None)

    def _show_one(self) -> None:
        one, desk = self.chosen, self.place.desk
        if one is None:
            self.detail.show_lines(())
            self.counts.show_lines(())
            return
        self.about.set_head(in_words(one.site.name, one.site.name_en), note=one.site.address)
        self.detail.show_lines(list(isolation_lines.detail_lines(one)))
        self.place.ask(lambda: isolation.list_bed_counts(desk, site_id=one.site.id), then=lambda counts: self._show_counts(one, counts))

    def _show_counts(self, one: KnownIsolation, counts: list[BedCount]) -> None:
        if self.chosen is not None and self.chosen.site.id == one.site.id:
            now = self.now()
            self.counts.show_lines([isolation_lines.count_line(count, now) for count in counts])

    # -- acts ----------------------------------------------------------------------------------------------------------
    def _act(self, name: str) -> None:
        known = self.chosen
        if known is not None:
            {"open": self.asking.open, "count": self.asking.count, "close": self.asking.close, "edit": self.asking.register}[name](known)

    def new_site(self) -> None:
        """Ask what a site is for isolation or cure."""
        self.asking.register(None)
