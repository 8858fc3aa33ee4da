"""What planners owe, the earliest first: opinions, filing, publication, drills, evaluations; what was suggested and nobody answered yet; and
the drafts under way. Enter opens the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.plan_clocks import PlanDue, PlanDueKind
from emergency_desk.domain.plan_suggestions import PlanSuggestion
from emergency_desk.domain.texts import Text
from emergency_desk.services import plan_drafts, plan_dues, plan_suggestions
from emergency_desk.services.desk import Desk
from emergency_desk.services.plan_drafts import DraftLine
from emergency_desk.services.plan_dues import DueList
from emergency_desk.ui.actions import Action
from emergency_desk.ui.plans.life_lines import due_line, suggested_line
from emergency_desk.ui.refresh import Screen
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.laying_out import across
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import PLAN_DUES, PLANS, Workplace
from emergency_desk.wording.catalog import N_, _, current_language, ngettext
from emergency_desk.wording.formats import calendar_day, date_time
from emergency_desk.wording.labels import label

ALL, SUGGESTIONS, DRAFTS = "all", "suggestions", "drafts"
_HERE = (PLAN_DUES,)
ACTIONS = (
    Action("plan_dues_filter", N_("Filter what planners owe"), "go_filter", "Ctrl+F", _HERE, short=N_("filter")),
    Action("plan_dues_next", N_("Show the next kind of what is owed"), "next_kind", "Alt+N", _HERE, short=N_("next kind")),
    Action("plan_dues_leave", N_("Back to the page before"), "leave", "Escape", _HERE, short=N_("back")),
)


@dataclass(frozen=True, slots=True)
class Owed:
    """What one reading found."""

    dues: DueList
    drafts: tuple[DraftLine, ...]
    suggestions: tuple[PlanSuggestion, ...] = ()  # those that are open
    titles: Mapping[str, Text] = field(default_factory=dict)  # of the plans they are about, by code


class PlanDuesPage(Screen):
    """The list with its filter and chips."""

    subjects = frozenset({Subject.PLAN, Subject.PLAN_DRAFT, Subject.PLAN_PART})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place.background)
        self._place = place
        place.window.acts.register(ACTIONS)
        self._owed: Owed | None = None
        self.which = ALL
        self.lines = LinesList((Column(stretch=True, wrap=True), Column(right=True, wrap=True, width=150)), row_height=30, ruled=True,
                               empty=_("Nothing is owed. The clocks begin when a plan is issued here; model plans owe nothing."))
        self.lines.setAccessibleName(_("What planners owe: Enter opens the plan"))
        self.lines.opened.connect(self._open)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Filter by plan, kind or article"))
        self.filter.setAccessibleName(_("Filter"))
        self.filter.textChanged.connect(lambda _text: self._show())
        self.filter.returnPressed.connect(lambda: self.lines.setFocus(Qt.FocusReason.OtherFocusReason))
        self._lay_out()

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], Owed]:
        desk = self._place.desk
        return lambda: _read(desk)

    def show_read(self, answer: Owed) -> None:
        self._owed = answer
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.lines.setFocus(Qt.FocusReason.OtherFocusReason)
        self._place.window.rail.mark(PLANS)

    def choose(self, which: str) -> None:
        """Show one kind, all of them, or the drafts."""
        self.which = which
        self._show()

    def _show(self) -> None:
        if self._owed is None:
            return
        found = list(_draft_lines(self._owed.drafts)) if self.which == DRAFTS else [
            _due(due, self._owed.dues) for due in self._owed.dues.dues if self.which in (ALL, due.kind.value)]
        if self.which in (ALL, SUGGESTIONS):
            found += [suggested_line(one, self._owed.titles.get(one.code, Text(one.code))) for one in self._owed.suggestions]
        wanted = self.filter.text().casefold().split()
        self.lines.show_lines([each for each in found if all(word in _told(each) for word in wanted)])
        self.lines.choose_first()
        late = sum(due.is_late_on(self._owed.dues.today) for due in self._owed.dues.dues)
        count = ngettext("{count} thing owed", "{count} things owed", len(self._owed.dues.dues)).format(count=len(self._owed.dues.dues))
        told = _("{owed} · {late} late · {drafts} drafts").format(owed=count, late=late, drafts=len(self._owed.drafts))
        waiting = len(self._owed.suggestions)
        asked = ngettext("{count} suggestion", "{count} suggestions", waiting).format(count=waiting) if waiting else ""
        self.panel.set_head(note=_(" · ").join(part for part in (told, asked) if part))
        for name, chip in self.chips.items():
            chip.set_filled(name == self.which)

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def go_filter(self) -> None:
        """Go to the filter."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def next_kind(self) -> None:
        """Show the next kind."""
        order = list(self.chips)
        self.choose(order[(order.index(self.which) + 1) % len(order)])

    def leave(self) -> None:
        """Go back; a filter goes first."""
        if self.filter.text():
            self.filter.clear()
        else:
            self._place.window.show_page_before()

    def _open(self, key: str) -> None:
        code, version = key.split(" ")[-2:]
        self._place.open_plan_life(code, version)

    # -- looks ---------------------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        self.panel = Panel(_("What planners owe"))
        words = {ALL: _("All"), **{kind.value: label(kind) for kind in PlanDueKind}, SUGGESTIONS: _("Suggestions"), DRAFTS: _("Drafts")}
        self.chips = {name: KeyButton(text) for name, text in words.items()}
        row = across(self.filter, shares=(1,))
        for name, chip in self.chips.items():
            chip.clicked.connect(lambda _checked=False, chosen=name: self.choose(chosen))
            row.addWidget(chip)
        self.panel.body.addLayout(row)
        self.panel.add_list(self.lines, 1)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.panel)


def _read(desk: Desk) -> Owed:
    suggested = tuple(plan_suggestions.list_suggestions(desk))
    about = {one.code for one in suggested}
    titles = {back.code: back.title for back in desk.trade.shelf.issued if back.code in about} if about else {}
    return Owed(plan_dues.list_dues(desk), tuple(plan_drafts.list_drafts(desk)), suggested, titles)


def _due(due: PlanDue, owed: DueList) -> Line:
    title = _("{title} v{version}").format(title=due.header.title.in_language(current_language()), version=due.header.version)
    return due_line(due, owed.today, key=f"{due.kind} {due.header.code} {due.header.version}", title=title)


def _draft_lines(drafts: tuple[DraftLine, ...]) -> list[Line]:
    """Return the drafts, the one saved last first."""
    found, language = list[Line](), current_language()
    for each in drafts:
        draft = each.draft
        title = _("{title} v{version}").format(title=Text(draft.title, draft.title_en).in_language(language), version=draft.plan_version)
        below = _("{kind} · {scope} · {parts} parts · saved by {person} at {at}").format(
            kind=label(draft.kind), scope=label(draft.scope), parts=each.parts, person=each.changed_by or "—", at=date_time(each.changed_at))
        found.append(line(f"draft {draft.code} {draft.plan_version}", Cell(title, below=below, hint=below),
                          Cell(label(draft.state), Tone.SECONDARY, below=calendar_day(local_day(draft.started_at)))))
    return found


def _told(each: Line) -> str:
    return " ".join(f"{cell.text} {cell.below}" for cell in each.cells).casefold()
