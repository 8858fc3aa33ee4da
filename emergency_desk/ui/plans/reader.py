"""The page of plans: which plans there are, the text of one with a clause marked, and what its levels bring."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.errors import NotFound
from emergency_desk.domain.plan_readiness import Readiness
from emergency_desk.domain.plans import Clause, Plan
from emergency_desk.services import plan_checks
from emergency_desk.services.plan_checks import PlanLook
from emergency_desk.ui.actions import Action
from emergency_desk.ui.plans.clause_text import ClauseText
from emergency_desk.ui.plans.finding import Hit, depth, find
from emergency_desk.ui.plans.life_panel import LifePanel
from emergency_desk.ui.plans.side import PlanSide, View
from emergency_desk.ui.plans.tonight_panel import colour_cell
from emergency_desk.ui.refresh import Screen
from emergency_desk.ui.theme import GAP, PAD, Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import PLANS, Workplace
from emergency_desk.wording import plan_words
from emergency_desk.wording.catalog import N_, _, current_language, ngettext
from emergency_desk.wording.labels import label

_LEFT, _RIGHT = 320, 396
_PLANS_HEIGHT = 178
_PAGE = (PLANS,)
ACTIONS = (
    Action("plans_search", N_("Search the plans"), "focus_search", "Ctrl+F", _PAGE, short=N_("search")),
    Action("plans_search_too", N_("Search the plans"), "focus_search", "/", _PAGE, in_bar=False),
    Action("plans_levels", N_("Show what the levels of the plan bring"), "show_levels", "Alt+L", _PAGE, in_bar=False),
    Action("plans_check", N_("Show what is wrong with the plan"), "show_check", "Alt+K", _PAGE, short=N_("check")),
    Action("plans_tonight", N_("Could we fight this plan tonight?"), "show_tonight", "Alt+N", _PAGE, short=N_("tonight")),
    Action("plans_life", N_("Where the plan stands and what is next"), "show_life_view", "Alt+I", _PAGE, short=N_("life")),
    Action("plans_leave", N_("Back to the page before"), "leave", "Escape", _PAGE, short=N_("back")),
)


class PlansPage(Screen):
    """Turn it with `show_clause`. It reads the plans that the desk keeps in memory."""

    subjects = frozenset({Subject.PLAN, Subject.TEAM, Subject.SITE, Subject.UNIT, Subject.AREA})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place.background)
        self._place = place
        self._plan: Plan | None = None
        self._hits: dict[str, Hit] = {}
        self.search = QLineEdit()
        self._colours: dict[str, Readiness] = {}
        self.plans = _PlanList((Column(stretch=True, wrap=True), Column(right=True), Column()),
                               empty=_("No plan has been taken into this desk yet."))
        self.outline = _Outline((Column(most=60), Column(stretch=True)), row_height=26, empty=_("Nothing was found. Try fewer words."))
        self.text = ClauseText()
        self.side = PlanSide(place.desk.trade, LifePanel(place))
        self.side.life.marked = lambda: self.text.marked
        self.side.life.turned.connect(self._follow_life)
        self.levels = self.side.levels
        self._lay_out()
        self.search.textChanged.connect(self._searched)
        self.search.returnPressed.connect(self._open_current)
        self.search.installEventFilter(self)
        self.plans.chosen.connect(self._choose_plan)
        self.plans.opened.connect(lambda _key: self.outline.setFocus())
        self.outline.chosen.connect(self._choose_clause)
        self.outline.opened.connect(lambda _key: self.text.setFocus())
        self.side.clause_wanted.connect(self.mark)
        place.window.acts.register(ACTIONS)
        self._show_plans(place.desk.trade.plans)

    @property
    def plan_shown(self) -> Plan | None:
        """The plan that is shown."""
        return self._plan

    # -- turning -------------------------------------------------------------------------------------------------------
    def show_clause(self, code: str, version: str, clause: str) -> None:
        """Open a plan at a clause; a version that is gone is told and its newest one shown."""
        self.search.clear()
        try:
            plan = self._place.desk.trade.plan(code, version)
        except NotFound as error:
            self.refused(error)
            plans = [plan for plan in self._place.desk.trade.current_plans if plan.code == code]
            if not plans:
                return
            plan = plans[0]
        self.plans.choose(_key(plan))
        self._show_plan(plan)
        if clause:
            self.mark(clause)
        self.outline.setFocus()

    def mark(self, clause: str) -> None:
        """Mark a clause of the plan that is shown."""
        if self.text.mark(clause):
            self.levels.show_clause(clause)
            if self._plan is not None:
                self.outline.choose(_clause_key(self._plan, clause))

    def reader(self) -> Callable[[], Any]:
        desk, plan = self._place.desk, self._plan
        return lambda: plan_checks.look_over(desk, plan=plan) if plan is not None else None

    def show_read(self, answer: PlanLook | None) -> None:
        self._colours = answer.colours if answer is not None else {}
        self._show_plans(self._place.desk.trade.plans)
        if answer is not None and self._plan is not None and (answer.code, answer.version) == (self._plan.code, self._plan.version):
            self.side.show_look(answer, self._plan, self._place.namer())

    def show_levels(self) -> None:
        """Turn the right side to the levels."""
        self.side.show_view(View.LEVELS)

    def show_check(self) -> None:
        """Turn the right side to what is wrong with the plan."""
        self.side.show_view(View.CHECK)

    def show_tonight(self) -> None:
        """Turn the right side to whether the plan could be fought tonight."""
        self.side.show_view(View.TONIGHT)

    def show_life_view(self) -> None:
        """Turn the right side to the life of the plan."""
        self.side.show_view(View.LIFE)

    def show_life(self, code: str, version: str) -> None:
        """Open a plan and its life at a version; a draft is shown beside the version that stands."""
        standing = [plan for plan in self._place.desk.trade.plans if plan.code == code]
        exact = [plan for plan in standing if plan.version == version]
        current = [plan for plan in self._place.desk.trade.current_plans if plan.code == code]
        for plan in (exact or current or standing)[:1]:
            self.show_clause(code, plan.version, "")
        self.side.life.show_version(code, version)
        self.show_life_view()

    # -- keys ----------------------------------------------------------------------------------------------------------
    def focus_search(self) -> None:
        """Go to the search line."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

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
    def _show_plans(self, plans: tuple[Plan, ...]) -> None:
        newest = self._place.desk.trade.current_plans
        ordered = [*newest, *(plan for plan in plans if plan not in newest)]
        language = current_language()
        self.plans.show_lines([
            Line(_key(plan), (
                Cell(plan.title.in_language(language), Tone.TEXT if plan in newest else Tone.SECONDARY, hint=plan_words.about(plan)),
                Cell(_("v{version} · {tier}").format(version=plan.version, tier=label(plan.tier)), Tone.SECONDARY, size="small"),
                colour_cell(self._colours.get(plan.code) if plan in newest else None)))
            for plan in ordered])
        self.plans.fit()
        if self._plan is None:
            self.plans.choose_first()

    def _show_plan(self, plan: Plan) -> None:
        if plan is self._plan:
            return
        self._plan = plan
        self.text.show_plan(plan)
        self.levels.show_plan(plan, tier=self._place.desk.tier)
        self.side.life.show_version(plan.code, plan.version)
        self.text_panel.set_head(title=plan.title.in_language(current_language()), note=plan_words.about(plan))
        if not self.search.text().strip():
            self._show_outline(plan)
        if self.isVisible():
            self.forget()  # what was found of the plan before is not this one's

    def _follow_life(self, code: str, version: str) -> None:
        """Show the text of the version whose life was turned to; a draft stays beside the text that was there."""
        standing = [plan for plan in self._place.desk.trade.plans if (plan.code, plan.version) == (code, version)]
        if standing and self._plan is not standing[0]:
            self.plans.choose(_key(standing[0]))
            self._show_plan(standing[0])

    def _show_outline(self, plan: Plan) -> None:
        self.outline_panel.set_head(title=_("Clauses"), note="")
        self.outline.show_lines([Line(_clause_key(plan, clause.number), _cells(clause)) for clause in plan.clauses])

    def _searched(self, text: str) -> None:
        words = tuple(text.split())
        self.text.light_up(words)
        if not words:
            self._hits = {}
            if self._plan is not None:
                self._show_outline(self._plan)
                self.outline.choose(_clause_key(self._plan, self.text.marked))
            return
        found = find(self._place.desk.trade.current_plans, text, first=self._plan)
        self._hits = {_clause_key(hit.plan, hit.clause.number): hit for hit in found}
        self.outline_panel.set_head(title=_("Found"), note=ngettext("{count} clause", "{count} clauses", len(found)).format(count=len(found)))
        self.outline.show_lines(_found_lines(found))
        if found and self.outline.current_key not in self._hits:
            self.outline.choose(next(iter(self._hits)))
        elif found:
            self._choose_clause(self.outline.current_key)

    def _choose_plan(self, key: str) -> None:
        for plan in self._place.desk.trade.plans:
            if _key(plan) == key:
                self._show_plan(plan)

    def _choose_clause(self, key: str) -> None:
        if not key:
            return
        plan_key, _bar, number = key.rpartition("|")
        if self._plan is None or plan_key != _key(self._plan):
            self._choose_plan(plan_key)
            self.plans.choose(plan_key)
            self.text.light_up(tuple(self.search.text().split()))
        if number:
            self.text.mark(number)
            self.levels.show_clause(number)

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
        whole.addWidget(self.text_panel, 1)
        whole.addWidget(self.side)


class _PlanList(LinesList):
    """As high as its lines, which wrap as its width wants."""

    def fit(self) -> None:
        """Take the height of the lines, up to what leaves the clauses their room."""
        wanted = min(_PLANS_HEIGHT, max(self.height_of_lines() + 2, 2 * self.row_height))
        if wanted != self.height():
            self.setFixedHeight(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class _Outline(LinesList):
    """Keeps the marked clause in sight when the room for it changes."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())


def _cells(clause: Clause) -> tuple[Cell, Cell]:
    title, chapter = clause.title.in_language(current_language()), depth(clause) == 1
    return (Cell(clause.number, Tone.TEXT if chapter else Tone.SECONDARY, strong=chapter, size="" if chapter else "small"),
            Cell(title, Tone.TEXT, strong=chapter, hint=clause.body.in_language(current_language())[:300]))


def _found_lines(found: list[Hit]) -> list[Line]:
    """Return what was found, the clauses of each plan below its title."""
    lines, before = [], None
    for hit in found:
        if hit.plan is not before:
            before = hit.plan
            title = hit.plan.title.in_language(current_language())
            lines.append(Line(_clause_key(hit.plan, ""), (Cell(), Cell(title, Tone.SECONDARY, size="small", hint=title))))
        lines.append(Line(_clause_key(hit.plan, hit.clause.number), _cells(hit.clause)))
    return lines


def _key(plan: Plan) -> str:
    return f"{plan.code} {plan.version}"


def _clause_key(plan: Plan, number: str) -> str:
    return f"{_key(plan)}|{number}"
