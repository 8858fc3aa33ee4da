"""The shelf: every plan of the desk in one list, or, while somebody types, what stands in them, plan after plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.plan_shelf import ShelfStanding, ShelvedPlan
from emergency_desk.domain.trade import Trade
from emergency_desk.services import plan_search
from emergency_desk.services.plan_search import Found
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.live_page import LivePage
from emergency_desk.ui.plans.finding import plan_key, wide_lines
from emergency_desk.ui.plans.shelf_filter import ShelfFilter
from emergency_desk.ui.teams.paged_list import PAGE, Page, PagedList
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.laying_out import fill_page
from emergency_desk.ui.widgets.lines import Cell, Column, Line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import PLAN_SHELF, Workplace
from emergency_desk.wording.catalog import N_, _, current_language, ngettext
from emergency_desk.wording.formats import number
from emergency_desk.wording.labels import label

_HERE = (PLAN_SHELF,)
ACTIONS = (
    Action("shelf_search", N_("Search the plans"), "focus_search", "Ctrl+F", _HERE, short=N_("search")),
    Action("shelf_search_too", N_("Search the plans"), "focus_search", "/", _HERE, in_bar=False),
    Action("shelf_leave", N_("Back to the page before"), "leave", "Escape", _HERE, short=N_("back")),
)
_TWO_LINES = 44


@dataclass(frozen=True, slots=True)
class Shelved:
    """What was asked and what answers it: plans, or what words found in them."""

    plans: tuple[ShelvedPlan, ...] = ()
    found: Found | None = None


class PlanShelfPage(LivePage):
    """Without words a list of plans; with words what they found. Enter opens the plan, at the clause."""

    subjects = frozenset({Subject.PLAN, Subject.PLAN_DRAFT, Subject.PLAN_PART})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(ACTIONS)
        self._asked_round, language = 0, current_language()
        hazards = sorted(((one.id, one.name.in_language(language)) for one in place.desk.trade.types), key=lambda each: each[1])
        self.filter = ShelfFilter(hazards=hazards)
        self.lines = PagedList(
            (Column(_("Plan"), stretch=1), Column(_("Version"), width=90), Column(_("Kind"), width=170), Column(_("Tier"), width=90),
             Column(_("Types of incidents"), width=250), Column(_("Clauses"), width=80, right=True), Column(_("Standing"), width=110)), {},
            row_height=28, empty=_("No plan fits. Take a letter away, or choose “All kinds”."))
        self.lines.setAccessibleName(_("Plans"))
        self.found = LinesList((Column(width=80), Column(stretch=1), Column(width=170, right=True)), row_height=_TWO_LINES, ruled=True,
                               empty=_("Nothing was found. Try fewer words."))
        self.found.setAccessibleName(_("Found"))
        self._lay_out()
        self.filter.changed.connect(self._ask_anew)
        self.filter.stepped.connect(self._step)
        self.filter.entered.connect(lambda: self._opened(self._shown_list.current_key))
        self.lines.page_wanted.connect(self._take_page)
        self.lines.opened.connect(self._opened)
        self.found.opened.connect(self._opened)
        self._plans: tuple[ShelvedPlan, ...] = ()

    def _lay_out(self) -> None:
        self.panel = Panel(_("Plans"))
        both = QWidget()
        self._stack = QStackedLayout(both)
        self._stack.addWidget(self.lines)
        self._stack.addWidget(self.found)
        self.panel.body.addWidget(both, 1)
        fill_page(self, self.filter, self.panel)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.filter.text.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], Shelved]:
        desk, asked, text = self.place.desk, self.filter.asked, self.filter.text.text()
        turn = self._asked_round

        def read() -> Shelved:
            if turn != self._asked_round:
                return Shelved()  # a later letter asks for something else: its own reading waits already
            if text.strip():
                return Shelved(found=plan_search.find(desk, text=text, asked=asked))
            return Shelved(plan_search.list_plans(desk, asked=asked))

        return read

    def show_read(self, answer: Shelved) -> None:
        if answer.found is not None:
            self._show_found(answer.found)
        else:
            self._show_plans(answer.plans)

    def _show_plans(self, plans: tuple[ShelvedPlan, ...]) -> None:
        self._plans = plans
        self._stack.setCurrentWidget(self.lines)
        self.panel.set_head(title=_("Plans"), note=ngettext("{count} version · ⏎ open", "{count} versions · ⏎ open", len(plans)).format(
            count=number(len(plans))))
        self.lines.show_pages(len(plans), self._page(0))
        self.lines.choose_first()

    def _page(self, page: int) -> Page:
        some, trade = self._plans[page * PAGE:(page + 1) * PAGE], self.place.desk.trade
        return Page([plan_key(back) for back in some], lambda row: _line(some[row], trade))

    def _take_page(self, page: int) -> None:
        self.lines.take_page(page, self._page(page))

    def _show_found(self, found: Found) -> None:
        self._stack.setCurrentWidget(self.found)
        lines = list(wide_lines(found))
        plans, hits = number(len(found.plans)), number(found.hits)
        told = _("more than {hits} places, the first {plans} plans") if found.is_more else _("{hits} places in {plans} plans")
        words = [told.format(hits=hits, plans=plans)]
        if found.unindexed:
            left = found.unindexed
            words.append(ngettext("{count} plan not read yet", "{count} plans not read yet", left).format(count=number(left)))
        self.panel.set_head(title=_("Found"), note=_(" · ").join(words))
        self.found.show_lines(lines)
        self.found.scrollToTop()
        if lines:
            self.found.setCurrentIndex(self.found.lines_model.index(_first_place(lines), 0))

    def _ask_anew(self) -> None:
        self._asked_round += 1
        self.forget()

    # -- acts ----------------------------------------------------------------------------------------------------------
    @property
    def _shown_list(self) -> LinesList:
        return self.found if self._stack.currentWidget() is self.found else self.lines

    def _step(self, by: int) -> None:
        """Walk through the list while the cursor stays in the words."""
        shown = self._shown_list
        row = min(max(shown.currentIndex().row() + by, 0), shown.lines_model.rowCount() - 1)
        if row >= 0:
            shown.setCurrentIndex(shown.lines_model.index(row, 0))

    def _opened(self, key: str) -> None:
        if not key:
            return
        version_key, _bar, rest = key.partition("|")
        code, _blank, version = version_key.partition(" ")
        self.place.open_plan(code, version, rest.partition("|")[0])

    def focus_search(self) -> None:
        """Put the cursor into the words."""
        self.filter.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.text.selectAll()

    def leave(self) -> None:
        """Put the words away, or go back to the page before."""
        if self.filter.text.text():
            self.filter.text.clear()
            self.filter.tell_now()
        else:
            self.place.window.show_page_before()


def _first_place(lines: list[Line]) -> int:
    """Return the first line that stands for a place in a text, else the first of all."""
    return next((row for row, line in enumerate(lines[:2]) if not line.key.endswith("|")), 0)


def _line(back: ShelvedPlan, trade: Trade) -> Line:
    tone = Tone.TEXT if back.standing is ShelfStanding.IN_FORCE else Tone.SECONDARY
    small = Tone.SECONDARY
    language = current_language()
    hazards = _(", ").join(trade.type(one).name.in_language(language) for one in back.hazard_types)
    title = back.title.in_language(language)
    return Line(plan_key(back), (
        Cell(title, tone, hint=title), Cell(_("v{version}").format(version=back.version), small), Cell(label(back.kind), small),
        Cell(label(back.tier), small), Cell(hazards, small, size="small", hint=hazards), Cell(number(back.clauses), small),
        Cell(label(back.standing), small)))
