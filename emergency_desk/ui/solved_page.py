"""What pages with a worked-out answer share: what is asked above, where it comes from or goes below, how good that is at the right.

The quick answer stands at once; a better one follows from the helper process. A line that was changed stays, the rest is solved around it.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from emergency_desk.ui.incidents.inline_form import InlineForm
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.laying_out import Part, across, put_into
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import _

_SIDE = 380


class SolvedPage(LivePage):
    """A subclass names its two lists, reads a board (a question with its quick answer) and says both in words."""

    def __init__(self, place: Workplace, above: KeyedList, below: KeyedList, *, titles: tuple[str, str], figure_width: int) -> None:
        super().__init__(place)
        self.board: Any = None
        self.answer: Any = None
        self._solving: Any = None
        self._lists = (above, below)
        self.state = LinesList((Column(stretch=1),), row_height=26, marks_current=False)
        self.state.setAccessibleName(_("How the answer stands"))
        self.figures = LinesList((Column(stretch=4), Column(width=figure_width, right=True), Column(stretch=5)), row_height=26,
                                 marks_current=False)
        self.figures.setAccessibleName(_("At a glance"))
        self.form = InlineForm(in_a_row=3)
        self.above, self.below, self.good = Panel(titles[0]), Panel(titles[1]), Panel(_("At a glance"))
        above.chosen.connect(lambda _key: self.show_chosen())
        below.opened.connect(self._ask_how_many)
        below.key_pressed.connect(self._on_line)

    def lay_out(self, panels: Sequence[Panel], act: Part) -> None:
        """Lay the page out: at the right, below how good it is, panels and the act that decides."""
        above, below = self._lists
        self.above.add_list(above, 1)
        self.below.add_list(below, 1)
        self.below.body.addWidget(self.form)
        self.good.add_list(self.state)
        self.good.add_list(self.figures)
        left, right = QVBoxLayout(), QVBoxLayout()
        for layout in (left, right):
            layout.setSpacing(GAP)
        put_into(left, self.above, self.below, shares=(4, 6))
        put_into(right, self.good, *panels, act, shares=(0, *(1 for _panel in panels)))
        for panel in (self.good, *panels):
            panel.setFixedWidth(_SIDE)
        whole = across(left, right, shares=(1,))
        whole.setContentsMargins(0, 0, 0, 0)
        self.setLayout(whole)

    # -- what a page says ----------------------------------------------------------------------------------------------
    solver: Callable[[Any, Any], Any]  # question and quick answer → better answer, in the helper process

    @property
    @abstractmethod
    def is_asked(self) -> bool:
        """Say whether the board asks anything."""

    @abstractmethod
    def show_answer(self) -> None:
        """Show the answer in both lists."""

    @abstractmethod
    def show_chosen(self) -> None:
        """Show more of the chosen line above."""

    @abstractmethod
    def figure_lines(self) -> Sequence[Line]:
        """Return how good the answer is."""

    @abstractmethod
    def state_words(self, *, is_working: bool) -> tuple[str, Tone, Shape]:
        """Return how the answer stands, in words."""

    # -- solving -------------------------------------------------------------------------------------------------------
    def show_board(self, board: Any) -> None:
        """Show a board that was read with its quick answer, and have the better one worked out."""
        self.board, self.answer = board, board.quick
        self.show_all()
        self._solve()
        if not any(each.hasFocus() for each in self.focusable) and not self.form.isVisible():
            self._lists[0].setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def focusable(self) -> Sequence[QWidget]:
        """The lists that keep the cursor when the page is read anew."""
        return self._lists

    def _solve(self) -> None:
        """Have the better answer worked out; while one is on its way, only the newest question follows it."""
        if self.board is None or not self.is_asked or self._solving is not None:
            return
        self._solving = self.board.question
        self._show_state()
        self.place.background.helper(self.solver, self.board.question, self.board.quick, then=partial(self._take_better, self.board.question))

    def _take_better(self, question: Any, better: Any) -> None:
        self._solving = None
        if self._is_over or self.board is None:
            return
        if self.board.question is question:
            self.answer = better
            self.show_all()
        else:
            self._solve()

    # -- showing -------------------------------------------------------------------------------------------------------
    def show_all(self) -> None:
        """Show board and answer."""
        if self.board is None or self.answer is None:
            return
        self.show_answer()
        self._lists[0].choose_first()
        self.figures.show_lines(self.figure_lines())
        self.figures.setFixedHeight(self.figures.height_of_lines() + 2)
        self._show_state()
        self.show_chosen()

    def _show_state(self) -> None:
        if self.answer is None or self.board is None:
            return
        told, tone, shape = self.state_words(is_working=self._solving is not None)
        self.state.show_lines([line("state", Cell(told, tone, shape=shape, strong=True))] if self.is_asked else [])
        self.state.setFixedHeight(self.state.height_of_lines() + 2)

    # -- a line of the answer ------------------------------------------------------------------------------------------
    @abstractmethod
    def ask_again(self, **changed: Any) -> None:
        """Ask otherwise."""

    @property
    @abstractmethod
    def fixed(self) -> Sequence[Any]:
        """The lines the officer fixed."""

    @staticmethod
    @abstractmethod
    def key_of(each: Any) -> tuple[str, str]:
        """Return what goes and where, of a line of the answer or one that was fixed."""

    @abstractmethod
    def fixed_as(self, each: Any, *, is_none: bool) -> Any:
        """Return a line fixed as it stands, or with nothing there."""

    @abstractmethod
    def ask_how_many(self, each: Any) -> None:
        """Ask how many stand in a line."""

    @property
    def chosen_line(self) -> Any:
        """The current line of the answer, or None."""
        lines = self.answer.lines if self.answer is not None else ()
        return next((each for each in lines if "|".join(self.key_of(each)) == self._lists[1].current_key), None)

    def _ask_how_many(self, key: str) -> None:
        each = self.chosen_line
        if key and each is not None:
            self.ask_how_many(each)

    def _on_line(self, name: str, _key: str) -> None:
        each = self.chosen_line
        if each is None:
            return
        if name == "fix" and each.is_fixed:
            self.ask_again(fixed=self._others(each))
        else:
            self.fix(self.fixed_as(each, is_none=name != "fix"))

    def fix(self, fixed: Any) -> None:
        """Let a line stand as it was fixed."""
        self.ask_again(fixed=(*self._others(fixed), fixed))

    def _others(self, one: Any) -> tuple[Any, ...]:
        return tuple(each for each in self.fixed if self.key_of(each) != self.key_of(one))
