"""Could we fight this plan tonight: each level of each tier in one colour, with the first thing that binds."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Signal

from emergency_desk.domain.areas import LADDER
from emergency_desk.domain.plan_readiness import LevelReadiness, Readiness, worst
from emergency_desk.domain.plans import Plan
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.lines import Cell, Column, Line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import plan_check_words
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import label

_LOOKS = {Readiness.RED: (Shape.UNAVAILABLE, Tone.RED), Readiness.AMBER: (Shape.DOUBTFUL, Tone.ORANGE),
          Readiness.GREEN: (Shape.DONE, Tone.GREEN)}
_COLOUR_WIDTH = 88  # the longest word, with its shape
_COLUMNS = (Column(width=34), Column(width=_COLOUR_WIDTH), Column(stretch=True, wrap=True))


def colour_cell(colour: Readiness | None) -> Cell:
    """Return word, shape and colour of a readiness; nothing where none was judged."""
    if colour is None:
        return Cell()
    shape, tone = _LOOKS[colour]
    return Cell(label(colour), tone, strong=True, size="small", shape=shape)


class TonightPanel(Panel):
    """`clause_wanted(number)` when a level is chosen."""

    clause_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Could we fight this plan tonight?"))
        self.list = LinesList(_COLUMNS, ruled=True, empty=_("The plan sets no levels for a tier that this desk can judge."))
        self.list.setAccessibleName(_("What binds tonight, level by level"))
        self.left_out = text_label(tone=Tone.SECONDARY, size="small", wrap=True)
        self._clauses: dict[str, str] = {}
        self.add_list(self.list, 1)
        self.body.addWidget(self.left_out)
        self.list.chosen.connect(self._jump)
        self.list.opened.connect(self._jump)

    def show_levels(self, levels: tuple[LevelReadiness, ...], plan: Plan, namer: Namer) -> None:
        """Show the levels below a line for each tier with its worst."""
        lines: list[Line] = []
        self._clauses = {}
        for tier, group in groupby(levels, key=lambda level: level.tier):
            of_tier = list(group)
            lines.append(Line(tier.value, (Cell(), colour_cell(worst(of_tier)), Cell(label(tier), strong=True))))
            for level in of_tier:
                key = f"{tier.value} {level.level.value}"
                self._clauses[key] = level.clause
                every = "\n".join(plan_check_words.shortfall(one, namer) for one in level.shortfalls)
                lines.append(Line(key, (
                    Cell(level.level.value, strong=True), colour_cell(level.colour),
                    Cell(plan_check_words.line(level, namer), size="small", hint=every))))
        self.list.show_lines(lines)
        judged = {level.tier for level in levels}
        without = [tier for tier in LADDER if plan.levels_of(tier) and tier not in judged]
        self.left_out.setVisible(bool(without))
        self.left_out.setText(_("Not judged here, but at its own desks: {tiers}").format(tiers=_(", ").join(label(tier) for tier in without)))

    def _jump(self, key: str) -> None:
        if self._clauses.get(key):
            self.clause_wanted.emit(self._clauses[key])
