"""What is sent from where: what is needed above, which depot sends what below it, how good that is at the right.

The quick answer stands at once; the best one follows from the helper process. A line that was changed stays, the rest is solved around it.
What was decided is kept back, depot by depot, or ordered out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from emergency_desk.domain.allocation import Allocation, AllocationLine, FixedLine
from emergency_desk.domain.allocation_board import AllocationBoard, PlanWanted, WantedGoods
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.ids import Id
from emergency_desk.errands.allocating import best_answer
from emergency_desk.services import stock_allocation
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import Answers, AskChoice
from emergency_desk.ui.incidents.live_page import KeyedList
from emergency_desk.ui.solved_page import SolvedPage
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
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.laying_out import across
from emergency_desk.ui.widgets.lines import Column, Line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.ui.workplace import ALLOCATION, STOCK, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _, ngettext
from emergency_desk.wording.labels import field_label

_HERE = (ALLOCATION,)
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


class AllocationPage(SolvedPage):
    """One allocation, until it is decided."""

    subjects = frozenset({Subject.STOCK, Subject.SUPPLY, Subject.DEPOT, Subject.SITE, Subject.INCIDENT, Subject.PROMISE, Subject.SETTING,
                          Subject.ALLOCATION})
    solver = staticmethod(best_answer)
    board: AllocationBoard | None
    answer: Allocation | None

    def __init__(self, place: Workplace) -> None:
        self.needs = KeyedList(need_columns(), {
            Qt.Key.Key_1: "1", Qt.Key.Key_2: "2", Qt.Key.Key_3: "3", Qt.Key.Key_Delete: "drop", Qt.Key.Key_W: "weigh"},
            row_height=28, header=True, empty=_("Nothing is needed yet. Ctrl+N adds something, Alt+P takes it from an incident's plan."))
        self.needs.setAccessibleName(_("What is needed: 1 to 3 priority, W weight, Delete drop"))
        self.sent = KeyedList(sent_columns(), {Qt.Key.Key_X: "none", Qt.Key.Key_F: "fix", Qt.Key.Key_Delete: "none"}, row_height=28, header=True,
                              empty=_("Nothing is sent."))
        self.sent.setAccessibleName(_("What is sent from where: F stays so, X or Delete nothing from there"))
        super().__init__(place, self.needs, self.sent, titles=(_("What is needed"), _("What is sent from where")), figure_width=124)
        place.window.acts.register(ACTIONS)
        self.list = AllocationListKept(place, read_again=self.forget)
        self.incident_id: Id | None = None
        self._plan_wanted: Id | None = None  # an incident that was turned to before the list was read
        self.not_kept = ""
        self.detail = LinesList((Column(stretch=1, wrap=True),), row_height=26, marks_current=False, empty=_("All of it is sent."))
        self.detail.setAccessibleName(_("Why it is missing, and what comes next"))
        self.asking = AllocationAsking(place, self.form)
        self.deciding = AllocationDeciding(place, self.form, settled=self._settled)
        self.keep = KeyButton(_("Keep all of it back"), "Ctrl+Return", filled=True)
        self.order = KeyButton(_("Order out"), "Alt+O")
        self.about = Panel()
        self.about.add_list(self.detail, 1)
        self.lay_out((self.about,), across(self.keep, self.order, QWidget(), shares=(0, 0, 1)))
        self.needs.opened.connect(self._change)
        self.needs.key_pressed.connect(self._on_need)
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
        self.asking.acts.ground = ground
        self.list.take(kept, board)
        self.show_board(board)
        if self._plan_wanted is not None:
            incident_id, self._plan_wanted = self._plan_wanted, None
            self.show_incident(incident_id)

    # -- showing -------------------------------------------------------------------------------------------------------
    @property
    def is_asked(self) -> bool:
        return self.board is not None and bool(self.board.wanted)

    def show_answer(self) -> None:
        board, answer = self.board, self.answer
        assert board is not None and answer is not None
        namer = self.place.namer()
        self.needs.show_lines([need_line(board, answer, one, namer) for one in board.wanted])
        self.sent.show_lines(sent_lines(board, answer, namer))
        count = len(board.wanted)
        told = ngettext("{count} thing · ⏎ change · 1 2 3 priority · W weight · Del drop",
                        "{count} things · ⏎ change · 1 2 3 priority · W weight · Del drop", count).format(count=count) if count else ""
        self.above.set_head(note=" · ".join(part for part in (self.not_kept, told) if part))
        reach = _("within {time}, estimated").format(time=formats.span(timedelta(minutes=board.question.rules.reach_minutes)))
        self.below.set_head(note=" · ".join((reach, _("⏎ how many · X nothing from there · F leave it so"))) if answer.lines else reach)
        for button in (self.keep, self.order):
            button.setEnabled(any(each.quantity for each in answer.lines))

    def figure_lines(self) -> list[Line]:
        return list(figure_lines(self.board, self.answer)) if self.board is not None and self.answer is not None and self.is_asked else []

    def state_words(self, *, is_working: bool) -> tuple[str, Tone, Shape]:
        assert self.answer is not None
        return state_words(self.answer, is_working=is_working)

    def show_chosen(self) -> None:
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

    # -- what is needed ------------------------------------------------------------------------------------------------
    def ask_again(self, **changed: Any) -> None:
        self.form.put_away()
        self.list.change(**changed)

    @property
    def asked(self) -> Asked:
        """What is wanted, what was fixed, how far depots are asked."""
        return self.list.asked

    def add_need(self) -> None:
        """Ask for something that is needed."""
        if self.board is not None:
            self.asking.need(self.board, lambda one: self.ask_again(wanted=(*self.asked.wanted, one)), incident_id=self.incident_id)

    def _change(self, key: str) -> None:
        one = self.chosen
        if key and one is not None and self.board is not None:
            self.asking.change(self.board, one, self._put)

    def _put(self, changed: WantedGoods) -> None:
        """Put what was changed in its place; what was fixed for it is worked out anew."""
        self.ask_again(wanted=tuple(changed if one.key == changed.key else one for one in self.asked.wanted),
                        fixed=tuple(one for one in self.asked.fixed if one.need_id != changed.key))

    def _on_need(self, name: str, _key: str) -> None:
        one = self.chosen
        if one is None or self.board is None:
            return
        if name == "weigh":
            self.asking.weight(self.board, self.board.items[one.item_id])
        elif name != "drop":
            self.ask_again(wanted=tuple(replace(each, priority=int(name)) if each is one else each for each in self.asked.wanted))
        else:
            before = self.asked
            self.ask_again(wanted=tuple(each for each in self.asked.wanted if each is not one))
            self.place.window.notices.done(_("No longer needed."), lambda: self.ask_again(wanted=before.wanted, fixed=before.fixed))

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
            self.ask_again(wanted=(*self.asked.wanted, *(one for one in found.wanted if one.key not in known)))

        self.place.ask(lambda: stock_allocation.wanted_by_plan(desk, incident_id=incident_id), then=take)

    # -- what is sent --------------------------------------------------------------------------------------------------
    @property
    def fixed(self) -> tuple[FixedLine, ...]:
        return self.asked.fixed

    @staticmethod
    def key_of(each: FixedLine | AllocationLine) -> tuple[str, str]:
        return each.need_id, each.site_id

    def fixed_as(self, each: AllocationLine, *, is_none: bool) -> FixedLine:
        return FixedLine(each.need_id, each.site_id, 0 if is_none else each.quantity)

    def ask_how_many(self, each: AllocationLine) -> None:
        if self.board is not None:
            self.asking.fix(self.board, each, self.fix)

    def ask_reach(self) -> None:
        """Ask how far depots are asked."""
        if self.board is not None:
            self.asking.reach(self.board, lambda minutes: self.ask_again(reach_minutes=minutes))

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
            self.ask_again(wanted=before.wanted, fixed=before.fixed)

        self.ask_again(wanted=tuple(one for one in left if one.quantity > 0),
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
