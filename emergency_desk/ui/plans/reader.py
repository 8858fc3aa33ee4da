"""The page of plans: which plans there are, the text of one with a clause marked, and what its levels bring."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.errors import NotFound
from emergency_desk.domain.plan_contacts import ContactState
from emergency_desk.domain.plan_readiness import Readiness
from emergency_desk.domain.plan_search import words_of
from emergency_desk.domain.plan_shelf import ShelfStanding, ShelvedPlan
from emergency_desk.domain.plans import Level, Plan
from emergency_desk.services import plan_checks, plan_contacts, plan_search
from emergency_desk.services.plan_checks import PlanLook
from emergency_desk.services.plan_search import Found
from emergency_desk.ui.plans import plan_starting
from emergency_desk.ui.plans.clause_text import ClauseText
from emergency_desk.ui.plans.finding import numbered, outline_lines, plan_key
from emergency_desk.ui.plans.life_panel import LifePanel
from emergency_desk.ui.plans.links_line import LinksLine
from emergency_desk.ui.plans.plan_starting import PlanStarting
from emergency_desk.ui.plans.reader_actions import ACTIONS, VIEWS
from emergency_desk.ui.plans.reader_lists import Outline, PlanList, clause_key, clause_lines, lines_of, listed, plan_line
from emergency_desk.ui.plans.side import PlanSide, View
from emergency_desk.ui.refresh import Screen
from emergency_desk.ui.theme import GAP, PAD, Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording import plan_words
from emergency_desk.wording.catalog import _, current_language, ngettext
from emergency_desk.wording.formats import number

_LEFT, _RIGHT = 320, 396
_AT_ONCE = 4  # plans whose colour is judged in one job, so that nobody waits for the rest
_ALL = "all plans"
STARTING_ACTIONS = frozenset(action.id for action in plan_starting.ACTIONS)


class PlansPage(Screen):
    """Turn it with `show_clause`. Plans are opened on the store thread; of several that were asked for the last one is shown."""

    subjects = frozenset({Subject.PLAN, Subject.PLAN_DRAFT, Subject.TEAM, Subject.SITE, Subject.UNIT, Subject.AREA, Subject.CONTACT_TRY,
                          Subject.STOCK, Subject.SUPPLY, Subject.DEPOT, Subject.SHELTER})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place.background)
        self._place = place
        self._plan: Plan | None = None
        self._wanted, self._clause_wanted = ("", ""), ""
        self._post_wanted: tuple[Tier, Level | None] | None = None
        self._round = self._judging = 0
        self._life_wanted = ("", "")
        self.search = QLineEdit()
        self._colours: dict[str, Readiness] = {}
        self._listed: list[ShelvedPlan] = []
        self.plans = PlanList((Column(stretch=True, wrap=True), Column(right=True), Column()),
                               empty=_("No plan has been taken into this desk yet."))
        self.plans.setAccessibleName(_("Plans"))
        self.outline = Outline((Column(most=60), Column(stretch=True)), row_height=26, empty=_("Nothing was found. Try fewer words."))
        self.outline.setAccessibleName(_("Clauses of the plan"))
        self.text = ClauseText()
        self.text.setAccessibleName(_("Text of the plan"))
        self.links = LinksLine()
        self.side = PlanSide(place.desk.trade, LifePanel(place), may_try=place.desk.can(Act.TRY_CONTACT))
        self.side.life.marked = lambda: self.text.marked
        self.side.life.turned.connect(self._follow_life)
        self.levels = self.side.levels
        for name, view in VIEWS.items():
            setattr(self, name, partial(self.side.show_view, view))
        self.starting = PlanStarting(place, lambda: self._plan)
        for name in plan_starting.KEYS:
            setattr(self, name, getattr(self.starting, name))
        self._lay_out()
        self.search.textChanged.connect(self._searched)
        self.search.returnPressed.connect(self._open_current)
        self.search.installEventFilter(self)
        self.plans.chosen.connect(self._choose_plan)
        self.plans.opened.connect(self._open_plan)
        self.outline.chosen.connect(self._choose_clause)
        self.outline.opened.connect(lambda _key: self.text.setFocus())
        self.side.clause_wanted.connect(self.mark)
        self.side.tried.connect(self._tried)
        self.links.plan_wanted.connect(self._open_linked)
        place.window.acts.register(ACTIONS)
        self._show_plans()

    @property
    def plan_shown(self) -> Plan | None:
        """The plan that is shown."""
        return self._plan

    # -- turning -------------------------------------------------------------------------------------------------------
    def show_clause(self, code: str, version: str, clause: str) -> None:
        """Open a plan at a clause; a version that is gone is told and its newest one shown."""
        self.search.clear()
        shelf = self._place.desk.trade.shelf
        if not shelf.has(code, version):
            self.refused(NotFound(kind="plans", key=f"{code} {version}"))
            newest = shelf.current(code)
            if newest is None:
                return
            version = newest.version
        self._open((code, version), clause)
        self.plans.choose(f"{code} {version}")
        self.outline.setFocus()

    def mark(self, clause: str) -> None:
        """Mark a clause of the plan that is shown."""
        if self.text.mark(clause):
            self.levels.show_clause(clause)
            if self._plan is not None:
                self.outline.choose(clause_key(self._plan, clause))

    def _open(self, name: tuple[str, str], clause: str = "") -> None:
        """Open a version, unless it is open or on its way, and mark a clause of it."""
        if self._plan is not None and name == (self._plan.code, self._plan.version):
            self._wanted = name
            self._turn_to(clause)
            return
        if name == self._wanted:
            self._clause_wanted = clause or self._clause_wanted
            return
        self._wanted, self._clause_wanted = name, clause
        desk = self._place.desk
        self._place.ask(lambda: desk.trade.shelf.plan_or_draft(*name), then=self._opened)

    def _opened(self, plan: Plan) -> None:
        if (plan.code, plan.version) != self._wanted:
            return  # another one was asked for meanwhile
        clause, self._clause_wanted = self._clause_wanted, ""
        self._show_plan(plan)
        self._turn_to(clause)

    def _turn_to(self, clause: str) -> None:
        """Mark what was asked for of the plan that is open now: a clause, or a post's card."""
        if clause:
            self.mark(clause)
        if self._post_wanted is not None:
            self.side.cards.show_post(*self._post_wanted)
            self._post_wanted = None

    def reader(self) -> Callable[[], Any]:
        desk, plan = self._place.desk, self._plan
        return lambda: plan_checks.look_over(desk, plan=plan) if plan is not None else None

    def show_read(self, answer: PlanLook | None) -> None:
        self._show_plans()
        if answer is not None and self._plan is not None and (answer.code, answer.version) == (self._plan.code, self._plan.version):
            self.side.show_look(answer, self._plan, self._place.namer())
        self._judging += 1
        self._judge(self._judging, [back.code for back in self._listed if back.standing is ShelfStanding.IN_FORCE])

    def _judge(self, turn: int, codes: list[str]) -> None:
        """Ask for the colours of the plans that are listed, a few in each job: what a call asks for meanwhile goes between."""
        if not codes or turn != self._judging:
            return
        some, rest, desk = codes[:_AT_ONCE], codes[_AT_ONCE:], self._place.desk

        def show(colours: dict[str, Readiness]) -> None:
            if turn == self._judging:
                self._colours = {code: colour for code, colour in self._colours.items() if code not in some} | colours
                if not rest:
                    self._show_plans()
                self._judge(turn, rest)

        self._place.ask(lambda: plan_checks.colours(desk, codes=some) if turn == self._judging else {}, then=show)

    def show_card(self, code: str, version: str, tier: Tier, level: Level | None) -> None:
        """Open a plan at the card of a tier's duty officer; steps that need a higher level than this one step back."""
        self._post_wanted = (tier, level)
        self.show_clause(code, version, "")
        self.side.show_view(View.CARDS)

    def show_above(self) -> None:
        """Open the plan above the one that is shown."""
        self._open_linked(self._plan.parent if self._plan is not None else "")

    def print_plan(self) -> None:
        """Preview the plan that is shown, with its other papers beside it."""
        if self._plan is not None:
            self._place.preview_plan(self._plan.code, self._plan.version)

    def show_life(self, code: str, version: str) -> None:
        """Open a plan and its life at a version; a draft is shown beside the version that stands."""
        shelf = self._place.desk.trade.shelf
        issued = [back for back in shelf.issued if back.code == code]
        exact, current = [back for back in issued if back.version == version], shelf.current(code)
        self._life_wanted = (code, version)
        for back in (exact or ([current] if current is not None else []) or issued or shelf.versions(code))[:1]:
            self.show_clause(code, back.version, "")
        self.side.life.show_version(code, version)
        self.side.show_view(View.LIFE)

    # -- keys ----------------------------------------------------------------------------------------------------------
    def focus_search(self) -> None:
        """Go to the search line."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def can(self, action: str) -> bool:
        """Say which acts make sense now."""
        return self.starting.can(action) if action in STARTING_ACTIONS else True

    def leave(self) -> None:
        """Put the search away, or go back to the page before."""
        if self.search.text():
            self.search.clear()
            self.outline.setFocus()
        else:
            self._place.window.show_page_before()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows walk through what was found while the cursor stays in the search line."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) \
                and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            row = min(max(self.outline.currentIndex().row() + step, 0), len(self.outline.lines) - 1)
            if row >= 0:
                self.outline.choose(self.outline.lines[row].key)
            return True
        return False

    # -- what is shown -------------------------------------------------------------------------------------------------
    def _show_plans(self) -> None:
        shelf = self._place.desk.trade.shelf
        self._listed = listed(shelf, self._plan)
        lines = [plan_line(back, self._colours.get(back.code)) for back in self._listed]
        more = len(shelf.plans) - len(lines)
        if more > 0:
            told = ngettext("{count} more plan: all plans", "{count} more plans: all plans", more).format(count=number(more))
            lines.append(Line(_ALL, (Cell(told, Tone.ACT), Cell("Ctrl+L", Tone.SECONDARY, size="small"), Cell())))
        self.plans.show_lines(lines)
        self.plans.fit()
        if self._plan is None:
            self.plans.choose_first()

    def _show_plan(self, plan: Plan) -> None:
        if plan is self._plan:
            return
        self._plan = plan
        self.text.show_plan(plan)
        self.links.show_links(plan, self._place.desk.trade.shelf.in_force)
        self.side.show_plan(plan, tier=self._place.desk.tier)
        life, self._life_wanted = self._life_wanted, ("", "")
        self.side.life.show_version(*(life if life[0] == plan.code else (plan.code, plan.version)))
        self.text_panel.set_head(title=plan.title.in_language(current_language()), note=plan_words.about(plan))
        if not self.search.text().strip():
            self._show_outline(plan)
        if plan_key(plan) not in {line.key for line in self.plans.lines}:
            self._show_plans()
            self.plans.choose(plan_key(plan))
        if self.isVisible():
            self.forget()  # what was found of the plan before is not this one's

    def _follow_life(self, code: str, version: str) -> None:
        """Show the text of the version whose life was turned to; a draft stays beside the text that was there."""
        shelf, shown = self._place.desk.trade.shelf, self._plan
        is_issued = shelf.has(code, version) and shelf.back(code, version).standing is not ShelfStanding.DRAFT
        if is_issued and (shown is None or (shown.code, shown.version) != (code, version)):
            self._open((code, version))
            self.plans.choose(f"{code} {version}")

    def _show_outline(self, plan: Plan) -> None:
        self.outline_panel.set_head(title=_("Clauses"), note="")
        self.outline.show_lines(clause_lines(plan))

    def _searched(self, text: str) -> None:
        words, plan = words_of(text), self._plan
        self._round += 1
        self.text.light_up(words)
        if not words:
            if plan is not None:
                stood = clause_key(plan, self.text.marked)
                self.outline.blockSignals(True)  # what becomes current of itself is not where the text goes
                self._show_outline(plan)
                self.outline.blockSignals(False)
                self.outline.choose(stood)
            return
        clauses = numbered(plan, text) if plan is not None else []
        if plan is not None and clauses:
            self._show_found(lines_of(plan, clauses), len(clauses))
            return
        turn, desk, first = self._round, self._place.desk, self._wanted

        def look() -> Found | None:
            return plan_search.find(desk, text=text, first=first) if turn == self._round else None  # a later letter asks for more

        self._place.ask(look, then=lambda found: self._take_found(turn, found))

    def _take_found(self, turn: int, found: Found | None) -> None:
        if found is not None and turn == self._round:
            self._show_found(list(outline_lines(found)), found.hits, is_more=found.is_more)

    def _show_found(self, lines: list[Line], count: int, *, is_more: bool = False) -> None:
        told = _("more than {count}").format(count=number(count)) if is_more else \
            ngettext("{count} found", "{count} found", count).format(count=number(count))
        self.outline_panel.set_head(title=_("Found"), note=told)
        places, kept = [line.key for line in lines if not line.key.endswith("|")], self.outline.current_key
        self.outline.blockSignals(True)  # what becomes current of itself is not what is shown
        self.outline.show_lines(lines)
        if places and kept not in places:
            self.outline.choose(places[0])
        self.outline.blockSignals(False)
        if places:
            self._choose_clause(self.outline.current_key)

    def _choose_plan(self, key: str) -> None:
        if key and key != _ALL:
            code, _blank, version = key.partition(" ")
            self._open((code, version))

    def _open_plan(self, key: str) -> None:
        if key == _ALL:
            self.open_shelf()
        else:
            self.outline.setFocus()

    def open_shelf(self) -> None:
        """Show every plan, and what stands in them."""
        self._place.open_shelf()

    def _choose_clause(self, key: str) -> None:
        if not key:
            return
        version_key, _bar, place = key.rpartition("|")
        if self._plan is None or version_key != plan_key(self._plan):
            code, _blank, version = version_key.partition(" ")
            self._open((code, version), place)
            self.plans.choose(version_key)
        elif place:
            self.text.mark(place)
            self.levels.show_clause(place)

    def _open_linked(self, code: str) -> None:
        """Open the version in force of a linked plan at its top."""
        found = self._place.desk.trade.shelf.current(code)
        if found is not None:
            self.show_clause(code, found.version, "")

    def _tried(self, state: ContactState, is_answered: bool) -> None:
        """Keep how the ringing of a contact ended."""
        desk, contact = self._place.desk, state.contact
        unit = contact.unit.in_language(current_language())
        words = _("{unit}: answered, kept.") if is_answered else _("{unit}: no answer, kept. The number stays doubtful until somebody answers.")
        self._place.ask(
            lambda: plan_contacts.try_contact(desk, unit=contact.unit.zh, role=contact.role.zh, phone=state.phone, is_answered=is_answered),
            then=lambda _done: self._place.window.notices.done(words.format(unit=unit)))

    def _open_current(self) -> None:
        if self.outline.lines:
            self.outline.setFocus()

    # -- building ------------------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        self.search.setPlaceholderText(_("Search all plans: words or a clause number"))
        self.search.setAccessibleName(_("Search the plans"))
        self.search.setClearButtonEnabled(True)
        self.plan_panel, self.outline_panel, self.text_panel = Panel(_("Plans")), Panel(_("Clauses")), Panel(" ")
        self.plan_panel.add_list(self.plans)
        self.outline_panel.add_list(self.outline, 1)
        self.text_panel.body.addWidget(self.links)
        self.text_panel.add_list(self.text, 1)
        left = QWidget()
        left.setFixedWidth(_LEFT)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.search)
        column.addWidget(self.plan_panel)
        column.addWidget(self.outline_panel, 1)
        self.side.setFixedWidth(_RIGHT)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(PAD)
        whole.addWidget(left)
        whole.addWidget(self.starting.above(self.text_panel), 1)
        whole.addWidget(self.side)
