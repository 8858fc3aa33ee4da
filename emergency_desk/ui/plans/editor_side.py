"""The right side of the editor: what belongs into the section, what runs from it and what is wrong with it; all findings; all places found."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QStackedWidget, QVBoxLayout, QWidget

from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_faults import PlanFault, Severity
from emergency_desk.domain.plan_outline import Outline, OutlineSection
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.plan_replacing import TextHit
from emergency_desk.domain.rules import RuleBasis
from emergency_desk.ui.plans.open_draft import OpenDraft, OpenPart
from emergency_desk.ui.theme import GAP, PAD, Tone
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.laying_out import fill_page
from emergency_desk.ui.widgets.lines import Cell, Column, Line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import plan_check_words
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.formats import after_start, number
from emergency_desk.wording.labels import label, short_label
from emergency_desk.wording.levels import level_word
from emergency_desk.wording.plan_part_words import kind_word, name_of

_LOOKS = {Severity.WRONG: (Shape.UNAVAILABLE, Tone.RED), Severity.GAP: (Shape.DOUBTFUL, Tone.ORANGE),
          Severity.REMARK: (Shape.NONE, Tone.SECONDARY)}
_MOST_PLACES = 300  # that are listed; all are counted, and all are replaced
_RUNS = (PartKind.LEVEL, PartKind.ACTION, PartKind.CARD)


class Side(StrEnum):
    """What the right side shows."""

    HERE = "here"
    CHECK = "check"
    FOUND = "found"


class EditorSide(QWidget):
    """`part_wanted(part id)` when something is chosen that stands in a part, `fault_wanted(fault)` when a finding is."""

    part_wanted = Signal(str)
    fault_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._faults: dict[str, PlanFault] = {}
        self.views = {Side.HERE: QRadioButton(_("Here")), Side.CHECK: QRadioButton(_("Check")), Side.FOUND: QRadioButton(_("Found"))}
        self.hint = text_label(wrap=True)
        self.law = text_label(tone=Tone.SECONDARY, size="small", wrap=True)
        self.here = LinesList((Column(stretch=1, wrap=True), Column(right=True, most=64)), ruled=True,
                              empty=_("No level, action or card rests on this clause."))
        self.here.setAccessibleName(_("Rests on this clause"))
        self.check = LinesList((Column(stretch=1, wrap=True), Column(right=True, most=64)), ruled=True,
                               empty=_("The check found nothing wrong with this plan."))
        self.check.setAccessibleName(_("What is wrong with this plan"))
        self.found = LinesList((Column(stretch=1, wrap=True), Column(right=True, most=90)), ruled=True,
                               empty=_("Type what to look for; every text of the plan is searched."))
        self.found.setAccessibleName(_("Found"))
        self._runs = Panel(_("Rests on this clause"))
        self._stack = QStackedWidget()
        self._lay_out()
        self.here.opened.connect(self._open)
        self.check.chosen.connect(self._open)
        self.check.opened.connect(self._open)
        self.found.chosen.connect(lambda key: self.part_wanted.emit(key.split(" ")[0]) if key else None)
        self.found.opened.connect(lambda key: self.part_wanted.emit(key.split(" ")[0]) if key else None)

    # -- what belongs here ---------------------------------------------------------------------------------------------
    def show_section(self, section: OutlineSection | None, outline: Outline | None) -> None:
        """Tell what the standard outline wants of a section, and what it rests on."""
        language = current_language()
        self.hint.setText(section.hint.in_language(language) if section else _("The standard outline has nothing of this title."))
        told = [_("The law wants this chapter in every plan.")] if section is not None and section.content else []
        basis = outline.basis if outline is not None and section is not None else ()
        told += [_basis_words(one) for one in basis]
        self.law.setText("\n".join(told))
        self.law.setVisible(bool(told))

    def show_words(self, words: str) -> None:
        """Tell what a table of parts is for."""
        self.hint.setText(words)
        self.law.hide()

    def show_clause(self, draft: OpenDraft, clause: str, faults: Iterable[PlanFault], namer: Namer) -> None:
        """Show what is wrong with a clause, and what runs from it."""
        lines = [self._fault_line(fault, draft.plan, namer) for fault in faults if fault.at.clause == clause]
        for kind in _RUNS:
            lines += [_run_line(part) for part in draft.parts(kind) if part.record.clause == clause]
        self._runs.set_head(title=_("Rests on this clause"))
        self.here.set_empty(_("No level, action or card rests on this clause."))
        self.here.show_lines(lines)

    def show_kind(self, draft: OpenDraft, faults: Iterable[PlanFault], namer: Namer) -> None:
        """Show what is wrong with the parts of a kind."""
        self._runs.set_head(title=_("What is wrong here"))
        self.here.set_empty(_("The check found nothing wrong here."))
        self.here.show_lines([self._fault_line(fault, draft.plan, namer) for fault in faults])

    # -- all findings --------------------------------------------------------------------------------------------------
    def show_faults(self, faults: tuple[PlanFault, ...], plan: Plan, namer: Namer) -> None:
        """Show what the check found, below a line for each weight."""
        self._faults = {}
        lines: list[Line] = []
        for severity, group in groupby(faults, key=lambda fault: fault.severity):
            found, (shape, tone) = list(group), _LOOKS[severity]
            lines.append(Line(f"weight {severity}", (Cell(label(severity), tone, strong=True, shape=shape),
                                                     Cell(number(len(found)), Tone.SECONDARY, size="small"))))
            lines += [self._fault_line(fault, plan, namer) for fault in found]
        self.check.show_lines(lines)
        self.views[Side.CHECK].setText(_("Check ({count})").format(count=len(faults)) if faults else _("Check"))

    def _fault_line(self, fault: PlanFault, plan: Plan, namer: Namer) -> Line:
        key = f"fault {fault.kind} {fault.at.clause} {fault.at.action_id} {fault.at.tier} {fault.at.level} {fault.what} {fault.said.zh}"
        self._faults[key] = fault
        told = plan_check_words.fault(fault, plan, namer)
        at = _("cl. {clause}").format(clause=fault.at.clause) if fault.at.clause else ""
        return Line(key, (Cell(told, _LOOKS[fault.severity][1], size="small", hint=told), Cell(at, Tone.SECONDARY, size="small")))

    # -- all places found ----------------------------------------------------------------------------------------------
    def show_hits(self, found: Iterable[tuple[OpenPart, tuple[TextHit, ...]]]) -> int:
        """Show every place where the words stand; returns how many."""
        places = [(part, place, hit) for part, hits in found for place, hit in enumerate(hits)]
        self.found.show_lines([
            Line(f"{part.id} {place}", (Cell(_("{before}【{words}】{after}").format(before=hit.before, words=hit.words, after=hit.after),
                                            size="small"), Cell(name_of(part.record), Tone.SECONDARY, size="small")))
            for part, place, hit in places[:_MOST_PLACES]])
        self.views[Side.FOUND].setText(_("Found ({count})").format(count=number(len(places))) if places else _("Found"))
        return len(places)

    # -- turning -------------------------------------------------------------------------------------------------------
    def show_view(self, view: Side, *, focus: bool = True) -> None:
        """Turn to a view and put the cursor into its list."""
        self.views[view].setChecked(True)
        if focus:
            target = {Side.HERE: self.here, Side.CHECK: self.check, Side.FOUND: self.found}[view]
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
            target.choose_first()

    @property
    def view(self) -> Side:
        """What is shown."""
        return list(Side)[self._stack.currentIndex()]

    def _open(self, key: str) -> None:
        if key in self._faults:
            self.fault_wanted.emit(self._faults[key])
        elif key.startswith("part "):
            self.part_wanted.emit(key.removeprefix("part "))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(PAD, 4, PAD, 0)
        row.setSpacing(PAD)
        hint = Panel(_("What belongs here"))
        hint.body.addWidget(self.hint)
        hint.body.addWidget(self.law)
        here, runs = QWidget(), self._runs
        runs.add_list(self.here, 1)
        column = QVBoxLayout(here)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(hint)
        column.addWidget(runs, 1)
        check, found = Panel(_("What is wrong with this plan")), Panel(_("Found in the plan"))
        check.add_list(self.check, 1)
        found.add_list(self.found, 1)
        for (view, button), panel in zip(self.views.items(), (here, check, found), strict=True):
            self._stack.addWidget(panel)
            button.toggled.connect(lambda checked, chosen=view: self._stack.setCurrentIndex(list(Side).index(chosen)) if checked else None)
            row.addWidget(button)
        row.addStretch(1)
        fill_page(self, row, self._stack)
        self.views[Side.HERE].setChecked(True)


def _basis_words(basis: RuleBasis) -> str:
    title, note = basis.title.in_language(current_language()), basis.note.in_language(current_language())
    if not basis.number:
        return title
    told = _("{law} ({number})").format(law=title, number=basis.number) if not basis.article else _("{law} ({number}), Art. {article}").format(
        law=title, number=basis.number, article=basis.article)
    return _("{law}. {note}").format(law=told, note=note) if note else told


def _run_line(part: OpenPart) -> Line:
    record = part.record
    if part.kind is PartKind.ACTION:
        told = _("{due}  {tier}, {owner}: {what}").format(due=after_start(record.due_minutes), tier=short_label(record.tier),
                                                          owner=label(record.role), what=name_of(record))
        return Line(f"part {part.id}", (Cell(told, size="small", hint=told), Cell(level_word(record.from_level), Tone.SECONDARY, size="small")))
    return Line(f"part {part.id}", (Cell(name_of(record), size="small"), Cell(kind_word(part.kind), Tone.SECONDARY, size="small")))
