"""What is wrong with the plan, the worst first; each line leads to its clause."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Signal

from emergency_desk.domain.plan_faults import PlanFault, Severity
from emergency_desk.domain.plans import Plan
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.lines import Cell, Column, Line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import plan_check_words
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.formats import number
from emergency_desk.wording.labels import label

_LOOKS = {Severity.WRONG: (Shape.UNAVAILABLE, Tone.RED), Severity.GAP: (Shape.DOUBTFUL, Tone.ORANGE),
          Severity.REMARK: (Shape.NONE, Tone.SECONDARY)}
_COLUMNS = (Column(stretch=True, wrap=True), Column(right=True, width=72))
_HEAD = "head"


class CheckPanel(Panel):
    """`clause_wanted(number)` when a finding is chosen that stands at a clause."""

    clause_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("What is wrong with this plan"))
        self.list = LinesList(_COLUMNS, ruled=True, empty=_("The check found nothing wrong with this plan."))
        self._clauses: dict[str, str] = {}
        self.add_list(self.list, 1)
        self.compared = text_label(tone=Tone.SECONDARY, size="small", wrap=True)
        self.compared.hide()
        self.body.addWidget(self.compared)
        self.list.chosen.connect(self._jump)
        self.list.opened.connect(self._jump)

    def show_faults(self, faults: tuple[PlanFault, ...], plan: Plan, namer: Namer) -> None:
        """Show what was found, below a line for each weight."""
        lines: list[Line] = []
        self._clauses = {}
        for severity, group in groupby(faults, key=lambda fault: fault.severity):
            found, (shape, tone) = list(group), _LOOKS[severity]
            lines.append(Line(f"{_HEAD} {severity}", (
                Cell(label(severity), tone, strong=True, shape=shape), Cell(number(len(found)), Tone.SECONDARY, size="small"))))
            for fault in found:
                key = f"{len(lines)} {fault.kind} {fault.at.clause} {fault.at.action_id} {fault.what}"
                self._clauses[key] = fault.at.clause if plan.clause(fault.at.clause) else ""
                at = _("cl. {clause}").format(clause=fault.at.clause) if fault.at.clause else ""
                told = plan_check_words.fault(fault, plan, namer)
                lines.append(Line(key, (Cell(told, size="small", hint=told), Cell(at, Tone.SECONDARY, size="small"))))
        self.list.show_lines(lines)
        self.set_head(note=ngettext("{count} finding", "{count} findings", len(faults)).format(count=len(faults)))

    def show_compared(self, compared: int, linked: int) -> None:
        """Say where a plan was held against some of the linked plans only."""
        self.compared.setVisible(compared < linked)
        self.compared.setText(_("Held against {compared} of the {linked} linked plans, the nearest first.").format(
            compared=number(compared), linked=number(linked)))

    def _jump(self, key: str) -> None:
        if self._clauses.get(key):
            self.clause_wanted.emit(self._clauses[key])
