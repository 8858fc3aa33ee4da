"""What is sent from where: what is needed above, which depot sends what below it, how good that is at the right.

The quick answer stands at once; the best one follows from the helper process. A line that was changed stays, the rest is solved around it.
What was decided is kept back, depot by depot, or ordered out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from emergency_desk.domain.allocation import Allocation, AllocationLine, AllocationQuestion, FixedLine
from emergency_desk.domain.allocation_board import AllocationBoard, PlanWanted, WantedGoods
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.ids import Id
from emergency_desk.errands.allocating import best_answer
from emergency_desk.services import stock_allocation
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import Answers, AskChoice, InlineForm
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.supplies.allocation_asking import AllocationAsking
from emergency_desk.ui.supplies.allocation_deciding import AllocationDeciding
from emergency_desk.ui.supplies.allocation_list import AllocationListKept, Asked, Read, read_allocation
from emergency_desk.ui.supplies.allocation_words import (
    detail_lines,
    figure_lines,
    need_columns,
    need_line,
    sent_columns,
    sent_lines,
    state_words,
)
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import GAP
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.lines import Cell, Column, line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import ALLOCATION, STOCK, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _, ngettext
from emergency_desk.wording.labels import field_label

_HERE = (ALLOCATION,)
_SIDE = 380
ACTIONS = (
    Action("allocation_keep_back", N_("Keep all of it back"), "next_act", "Ctrl+Return", _HERE, short=N_("keep back")),
    Action("allocation_order", N_("Order all of it out"), "order_out", "Alt+O", _HERE, short=N_("order out")),
    Action("allocation_add", N_("Add what is needed"), "add_need", "Ctrl+N", _HERE, short=N_("add")),
    Action("allocation_plan", N_("Take what an incident's plan asks for"), "take_plan", "Alt+P", _HERE, short=N_("from the plan")),
    Action("allocation_reach", N_("Set how far depots are asked"), "ask_reach", "Alt+G", _HERE, short=N_("reach")),
    Action("allocation_needs", N_("Go to what is needed"), "go_needs", "Alt+N", _HERE, in_bar=False),
    Action("allocation_sent", N_("Go to what is sent"), "go_sent", "Alt+S", _HERE, in_bar=False),
    Action("allocation_leave", N_("Back to the page before"), "leave", "Escape", _HERE, short=N_("back")),
)


class AllocationPage(LivePage):
    """One allocation, until it is decided."""

    subjects = frozenset({Subject.STOCK, Subject.SUPPLY, Subject.DEPOT, Subject.SITE, Subject.INCIDENT, Subject.PROMISE, Subject.SETTING,
                          Subject.ALLOCATION})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(ACTIONS)
        self.list = AllocationListKept(place, read_again=self.forget)
        self.incident_id: Id | None = None
        self._plan_wanted: Id | None = None  # an incident that was turned to before the list was read
        self.board: AllocationBoard | None = None
        self.answer: Allocation | None = None
        self._solving: AllocationQuestion | None = None
        self.not_kept = ""
        self.needs = KeyedList(need_columns(), {
            Qt.Key.Key_1: "1", Qt.Key.Key_2: "2", Qt.Key.Key_3: "3", Qt.Key.Key_Delete: "drop", Qt.Key.Key_W: "weigh"},
            row_height=28, header=True, empty=_("Nothing is needed yet. Ctrl+N adds something, Alt+P takes it from an incident's plan."))
        self.needs.setAccessibleName(_("What is needed: 1 to 3 priority, W weight, Delete drop"))
        self.sent = KeyedList(sent_columns(), {Qt.Key.Key_X: "none", Qt.Key.Key_F: "fix", Qt.Key.Key_Delete: "none"}, row_height=28, header=True,
                              empty=_("Nothing is sent."))
        self.sent.setAccessibleName(_("What is sent from where: F stays so, X or Delete nothing from there"))
        self.state = LinesList((Column(stretch=1),), row_height=26, marks_current=False)
        self.state.setAccessibleName(_("How the answer stands"))
        self.figures = LinesList((Column(stretch=4), Column(width=124, right=True), Column(stretch=5)), row_height=26, marks_current=False)
        self.figures.setAccessibleName(_("How good it is"))
        self.detail = LinesList((Column(stretch=1, wrap=True),), row_height=26, marks_current=False, empty=_("All of it is sent."))
        self.detail.setAccessibleName(_("Why it is missing, and what comes next"))
        self.form = InlineForm(in_a_row=3)
        self.asking = AllocationAsking(place, self.form)
        self.deciding = AllocationDeciding(place, self.form, settled=self._settled)
        self.keep = KeyButton(_("Keep all of it back"), "Ctrl+Return", filled=True)
        self.order = KeyButton(_("Order out"), "Alt+O")
        self._lay_out()
        self._listen()

    def _lay_out(self) -> None:
        self.above, self.below = Panel(_("What is needed")), Panel(_("What is sent from where"))
        self.good, self.about = Panel(_("How good it is")), Panel()
        self.above.add_list(self.needs, 1)
        self.below.add_list(self.sent, 1)
        self.below.body.addWidget(self.form)
        self.good.add_list(self.state)
        self.good.add_list(self.figures)
        self.about.add_list(self.detail, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.keep)
        buttons.addWidget(self.order)
        buttons.addStretch(1)
        across, left, right = QHBoxLayout(self), QVBoxLayout(), QVBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        for layout in (across, left, right):
            layout.setSpacing(GAP)
        left.addWidget(self.above, 4)
        left.addWidget(self.below, 6)
        right.addWidget(self.good)
        right.addWidget(self.about, 1)
        right.addLayout(buttons)
        for panel in (self.good, self.about):
            panel.setFixedWidth(_SIDE)
        across.addLayout(left, 1)
        across.addLayout(right)

    def _listen(self) -> None:
        self.needs.chosen.connect(lambda _key: self._show_detail())
        self.needs.opened.connect(self._change)
        self.needs.key_pressed.connect(self._on_need)
        self.sent.opened.connect(self._ask_how_many)
        self.sent.key_pressed.connect(self._on_line)
        self.keep.clicked.connect(self.next_act)
        self.order.clicked.connect(self.order_out)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place.window.rail.mark(STOCK)

    # -- turning to it -------------------------------------------------------------------------------------------------
    def show_incident(self, incident_id: Id) -> None:
        """Turn to an incident: what its plan asks for is taken up, unless something is needed for it already."""
        self.incident_id = incident_id
        self.form.put_away()
        if self.board is None:
            self._plan_wanted = incident_id
            self.forget()
        elif any(one.incident_id == incident_id for one in self.asked.wanted):
            self.forget()
        else:
            self._take_plan(incident_id, is_told=False)

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], Read] | None:
        if self.deciding.is_at_work:
            return None
        desk, asked, kept_id = self.place.desk, self.asked, self.list.kept_id
        return lambda: read_allocation(desk, asked, kept_id)

    def show_read(self, answer: Read) -> None:
        board, ground, kept = answer
        if self.list.is_keeping:  # read again as soon as the newest list is kept
            return
        self.board = board
        self.asking.acts.ground = ground
        self.list.take(kept, board)
        self.answer = self.board.quick
        self._show()
        self._solve()
        if not any(part.hasFocus() for part in (self.needs, self.sent)) and not self.form.isVisible():
            self.needs.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._plan_wanted is not None:
            incident_id, self._plan_wanted = self._plan_wanted, None
            self.show_incident(incident_id)

    def _solve(self) -> None:
        """Have the best answer worked out; while one is on its way, only the newest question follows it."""
        if self.board is None or not self.board.wanted or self._solving is not None:
            return
        self._solving = self.board.question
        self._show_state()
        self.place.background.helper(best_answer, self.board.question, self.board.quick, then=partial(self._take_best, self.board.question))

    def _take_best(self, question: AllocationQuestion, best: Allocation) -> None:
        self._solving = None
        if self._is_over or self.board is None:
            return
        if self.board.question is question:
            self.answer = best
            self._show()
        else:
            self._solve()

    # -- showing -------------------------------------------------------------------------------------------------------
    def _show(self) -> None:
        board, answer = self.board, self.answer
        if board is None or answer is None:
            return
        namer = self.place.namer()
        self.needs.show_lines([need_line(board, answer, one, namer) for one in board.wanted])
        self.sent.show_lines(sent_lines(board, answer, namer))
        self.needs.choose_first()
        count = len(board.wanted)
        told = ngettext("{count} thing · change ⏎ · priority 1 2 3 · weight W · drop Del",
                        "{count} things · change ⏎ · priority 1 2 3 · weight W · drop Del", count).format(count=count) if count else ""
        self.above.set_head(note=" · ".join(part for part in (self.not_kept, told) if part))
        reach = _("within {time}, estimated").format(time=formats.span(timedelta(minutes=board.question.rules.reach_minutes)))
        self.below.set_head(note=" · ".join((reach, _("how many ⏎ · nothing from there X · leave it so F"))) if answer.lines else reach)
        self.figures.show_lines(list(figure_lines(board, answer)) if count else [])
        self.figures.setFixedHeight(self.figures.height_of_lines() + 2)
        for button in (self.keep, self.order):
            button.setEnabled(any(each.quantity for each in answer.lines))
        self._show_state()
        self._show_detail()

    def _show_state(self) -> None:
        if self.answer is None or self.board is None:
            return
        words, tone, shape = state_words(self.answer, is_working=self._solving is not None)
        self.state.show_lines([line("state", Cell(words, tone, shape=shape, strong=True))] if self.board.wanted else [])
        self.state.setFixedHeight(self.state.height_of_lines() + 2)

    def _show_detail(self) -> None:
        one, board, answer = self.chosen, self.board, self.answer
        if one is None or board is None or answer is None:
            self.about.set_head(_("Why it is missing, and what comes next"))
            self.detail.set_empty(_("Nothing is sent."))
            self.detail.show_lines(())
            return
        self.detail.set_empty(_("All of it is sent."))
        item = board.items[one.item_id]
        self.about.set_head(in_words(item.name, item.name_en))
        self.detail.show_lines(list(detail_lines(board, answer, one.key)))

    @property
    def chosen(self) -> WantedGoods | None:
        """What is needed in the current line."""
        key = self.needs.current_key
        return next((one for one in self.asked.wanted if one.key == key), None)

    @property
    def chosen_line(self) -> AllocationLine | None:
        """What is sent in the current line."""
        lines = self.answer.lines if self.answer is not None else ()
        return next((each for each in lines if f"{each.need_id}|{each.site_id}" == self.sent.current_key), None)

    # -- what is needed ------------------------------------------------------------------------------------------------
    def _ask_again(self, **changed: object) -> None:
        """Ask with another list."""
        self.form.put_away()
        self.list.change(**changed)

    @property
    def asked(self) -> Asked:
        """What is wanted, what was fixed, how far depots are asked."""
        return self.list.asked

    def add_need(self) -> None:
        """Ask for something that is needed."""
        if self.board is not None:
            self.asking.need(self.board, lambda one: self._ask_again(wanted=(*self.asked.wanted, one)), incident_id=self.incident_id)

    def _change(self, key: str) -> None:
        one = self.chosen
        if key and one is not None and self.board is not None:
            self.asking.change(self.board, one, self._put)

    def _put(self, changed: WantedGoods) -> None:
        """Put what was changed in its place; what was fixed for it is worked out anew."""
        self._ask_again(wanted=tuple(changed if one.key == changed.key else one for one in self.asked.wanted),
                        fixed=tuple(one for one in self.asked.fixed if one.need_id != changed.key))

    def _on_need(self, name: str, _key: str) -> None:
        one = self.chosen
        if one is None or self.board is None:
            return
        if name == "weigh":
            self.asking.weight(self.board, self.board.items[one.item_id])
        elif name != "drop":
            self._ask_again(wanted=tuple(replace(each, priority=int(name)) if each is one else each for each in self.asked.wanted))
        else:
            before = self.asked
            self._ask_again(wanted=tuple(each for each in self.asked.wanted if each is not one))
            self.place.window.notices.done(_("No longer needed."), lambda: self._ask_again(wanted=before.wanted, fixed=before.fixed))

    def take_plan(self) -> None:
        """Take what an incident's plan asks for."""
        running = self.board.running if self.board is not None else ()
        if not running:
            self.place.window.notices.refuse(_("No incident runs."))
            return
        fields = (AskChoice(name="incident_id", label=field_label("incident_id"), value=self.incident_id or "",
                            choices=[(each.id, f"{each.number} {each.title}") for each in running]),)

        def do(answers: Answers) -> None:
            self.form.put_away()
            self._take_plan(Id(answers["incident_id"]), is_told=True)

        self.form.ask(_("Take what an incident's plan asks for"), fields, _("Take it up"), do,
                      note=_("What the levels in force ask for, less what is kept back for the incident or out with it."))

    def _take_plan(self, incident_id: Id, *, is_told: bool) -> None:
        desk = self.place.desk

        def take(found: PlanWanted) -> None:
            language = self.place.language
            self.not_kept = _("not in stock: {items}").format(items=_(", ").join(
                f"{name.in_language(language)} {count}" for name, count in found.not_kept)) if found.not_kept else ""
            known = {one.key for one in self.asked.wanted}
            if is_told and not found.wanted:
                self.place.window.notices.refuse(_("The plan asks for no goods that are not there already.") if found.has_plan
                                                 else _("The incident has no plan."))
            self._ask_again(wanted=(*self.asked.wanted, *(one for one in found.wanted if one.key not in known)))

        self.place.ask(lambda: stock_allocation.wanted_by_plan(desk, incident_id=incident_id), then=take)

    # -- what is sent --------------------------------------------------------------------------------------------------
    def _ask_how_many(self, key: str) -> None:
        each = self.chosen_line
        if key and each is not None and self.board is not None:
            self.asking.fix(self.board, each, self._fix)

    def _on_line(self, name: str, _key: str) -> None:
        each = self.chosen_line
        if each is None:
            return
        if name == "fix" and each.is_fixed:
            self._ask_again(fixed=self._others(each))
        else:
            self._fix(FixedLine(each.need_id, each.site_id, each.quantity if name == "fix" else 0))

    def _fix(self, fixed: FixedLine) -> None:
        self._ask_again(fixed=(*self._others(fixed), fixed))

    def _others(self, line_: FixedLine | AllocationLine) -> tuple[FixedLine, ...]:
        return tuple(one for one in self.asked.fixed if (one.need_id, one.site_id) != (line_.need_id, line_.site_id))

    def ask_reach(self) -> None:
        """Ask how far depots are asked."""
        if self.board is not None:
            self.asking.reach(self.board, lambda minutes: self._ask_again(reach_minutes=minutes))

    # -- deciding ------------------------------------------------------------------------------------------------------
    def next_act(self) -> None:
        """Keep all of it back, depot by depot."""
        if self.board is not None and self.answer is not None:
            self.deciding.keep_back(self.board, self.answer)

    def order_out(self) -> None:
        """Ask who approves, and order all of it out."""
        if self.board is not None and self.answer is not None:
            self.deciding.order_out(self.board, self.answer)

    def _settled(self, lines: tuple[AllocationLine, ...], undo: Callable[[], object] | None, told: str) -> None:
        """What was kept back or ordered is needed no more; Undo gives it back."""
        before = self.asked
        given: dict[str, int] = {}
        for each in lines:
            given[each.need_id] = given.get(each.need_id, 0) + each.quantity
        left = tuple(replace(one, quantity=one.quantity - given.get(one.key, 0)) for one in self.asked.wanted)

        def back() -> None:
            if undo is not None:
                undo()
            self._ask_again(wanted=before.wanted, fixed=before.fixed)

        self._ask_again(wanted=tuple(one for one in left if one.quantity > 0),
                        fixed=tuple(one for one in self.asked.fixed if one.need_id not in given))
        if told:
            self.place.window.notices.done(told, back if undo is not None else None)

    # -- keys ----------------------------------------------------------------------------------------------------------
    def go_needs(self) -> None:
        """Go to what is needed."""
        self.needs.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_sent(self) -> None:
        """Go to what is sent."""
        self.sent.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Go back."""
        self.place.window.show_page_before()
