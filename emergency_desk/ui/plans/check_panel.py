"""What is wrong with the plan, the worst first; each line leads to its clause."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Signal

from emergency_desk.domain.plan_contacts import ContactState
from emergency_desk.domain.plan_faults import FaultKind, PlanFault, Severity
from emergency_desk.domain.plans import Plan
from emergency_desk.ui.plans.contact_panel import TRIED_KEYS, RungList, TriedButtons
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.lines import Cell, Column, Line
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
_OF_CONTACTS = (FaultKind.CONTACT_NOT_TRIED, FaultKind.CONTACT_SILENT, FaultKind.PHONE_NOT_THE_REGISTER_S)


class CheckPanel(Panel):
    """`clause_wanted(number)` when a finding is chosen that stands at a clause, `tried(contact, is_answered)` when its contact was rung."""

    clause_wanted = Signal(str)
    tried = Signal(object, bool)

    def __init__(self, *, may_try: bool) -> None:
        super().__init__(_("What is wrong with this plan"))
        self.list = RungList(_COLUMNS, TRIED_KEYS, ruled=True, empty=_("The check found nothing wrong with this plan."))
        self.list.setAccessibleName(_("What is wrong with this plan: Enter shows the clause; of a contact A answered, N no answer"))
        self.buttons = TriedButtons()
        self._may_try, self._showing = may_try, False
        self._clauses: dict[str, str] = {}
        self._contacts: dict[str, ContactState] = {}
        self.add_list(self.list, 1)
        self.compared = text_label(tone=Tone.SECONDARY, size="small", wrap=True)
        self.compared.hide()
        self.body.addWidget(self.compared)
        self.body.addWidget(self.buttons)
        self.list.chosen.connect(self._jump)
        self.list.opened.connect(self._jump)
        self.list.key_pressed.connect(lambda name, _key: self._rang(is_answered=name == "answered"))
        self.buttons.tried.connect(lambda is_answered: self._rang(is_answered=is_answered))
        self._offer()

    def show_faults(self, faults: tuple[PlanFault, ...], plan: Plan, namer: Namer, contacts: tuple[ContactState, ...] = ()) -> None:
        """Show what was found, below a line for each weight."""
        lines: list[Line] = []
        rung = {(state.contact.role, state.contact.unit): state for state in contacts if state.phone}
        self._clauses, self._contacts = {}, {}
        for severity, group in groupby(faults, key=lambda fault: fault.severity):
            found, (shape, tone) = list(group), _LOOKS[severity]
            lines.append(Line(f"{_HEAD} {severity}", (
                Cell(label(severity), tone, strong=True, shape=shape), Cell(number(len(found)), Tone.SECONDARY, size="small"))))
            for fault in found:
                key = f"{len(lines)} {fault.kind} {fault.at.clause} {fault.at.action_id} {fault.what}"
                if fault.kind in _OF_CONTACTS and (fault.said, fault.other_said) in rung:
                    self._contacts[key] = rung[fault.said, fault.other_said]
                self._clauses[key] = fault.at.clause if plan.clause(fault.at.clause) else ""
                at = _("cl. {clause}").format(clause=fault.at.clause) if fault.at.clause else ""
                told = plan_check_words.fault(fault, plan, namer)
                lines.append(Line(key, (Cell(told, size="small", hint=told), Cell(at, Tone.SECONDARY, size="small"))))
        self._showing = True  # another line under the cursor is not a choice of the reader's
        self.list.show_lines(lines)
        self._showing = False
        self._offer()
        self.set_head(note=ngettext("{count} finding", "{count} findings", len(faults)).format(count=len(faults)))

    def _offer(self) -> None:
        self.buttons.setVisible(self._may_try and self.list.current_key in self._contacts)

    def _rang(self, *, is_answered: bool) -> None:
        if self.buttons.isVisibleTo(self):
            self.tried.emit(self._contacts[self.list.current_key], is_answered)

    def show_compared(self, compared: int, linked: int) -> None:
        """Say where a plan was held against some of the linked plans only."""
        self.compared.setVisible(compared < linked)
        self.compared.setText(_("Held against {compared} of the {linked} linked plans, the nearest first.").format(
            compared=number(compared), linked=number(linked)))

    def _jump(self, key: str) -> None:
        self._offer()
        if self._clauses.get(key) and not self._showing:
            self.clause_wanted.emit(self._clauses[key])
