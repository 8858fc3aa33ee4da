"""The right side of the call form, where the desk thinks aloud: the same incident, grade and plan, who should go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from emergency_desk.domain.grading import Standing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plans import NoMatch
from emergency_desk.domain.reporting import FirstReport
from emergency_desk.ui.incidents import call_lines
from emergency_desk.ui.incidents.call_chosen import Chosen
from emergency_desk.ui.incidents.call_thinking import Thought, clause_of, unmet_of
from emergency_desk.ui.theme import GAP, ROW, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.labels import ElidedLabel, dress, text_label
from emergency_desk.ui.widgets.laying_out import fill_page
from emergency_desk.ui.widgets.lines import Column
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import LIST_SIDE, Panel
from emergency_desk.ui.widgets.pills import PillLabel, grade_pill
from emergency_desk.wording.advice import Namer, grade_reason, plan_line, plan_reason, report_basis, report_hint
from emergency_desk.wording.catalog import _

_ALIKE_ROWS = 2  # the others scroll
_DIGITS = tuple("0123456789")
_MOST_NEEDS, _MOST_UNMET = 7, 3  # named in the panel; the tooltip names all


class TeamsList(LinesList):
    """A list whose line is turned by Space, Enter or a double click: `turned(key)`.

    A digit wants only the first so many of each need, 0 all of them: `first_wanted(number)`.
    """

    turned = Signal(str)
    first_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__((Column(stretch=True), Column(right=True, most=300)))
        self.opened.connect(self.turned)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            if self.current_key:
                self.turned.emit(self.current_key)
            return
        if event.text() in _DIGITS and event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            self.first_wanted.emit(int(event.text()))
            return
        super().keyPressEvent(event)


class AlikePanel(Panel):
    """Open incidents that this call may be about; the current line is the one to join. `join_pressed` by mouse."""

    join_pressed = Signal()

    def __init__(self) -> None:
        super().__init__(_("Perhaps the same incident"), chosen=True)
        dress(self.title, tone=Tone.ORANGE)
        self.lines = LinesList((Column(stretch=True), Column(right=True)))
        self.lines.setAccessibleName(_("Perhaps the same incident"))
        self.lines.chosen.connect(lambda _key: self._show_current())
        self.why = text_label(tone=Tone.SECONDARY, size="small", wrap=True)
        self.join = KeyButton("", "F8")
        self.join.clicked.connect(self.join_pressed)
        across = QHBoxLayout()
        across.setSpacing(GAP)
        across.addWidget(self.lines, 1)
        across.addWidget(self.join, 0, Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        holder.setLayout(across)
        across.setContentsMargins(0, 0, LIST_SIDE, 0)
        self.add_list(holder)
        self.body.addWidget(self.why)
        self._why: dict[str, str] = {}
        self._numbers: dict[str, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def incident_id(self) -> Id | None:
        """The incident to join, None while there is none."""
        return Id(self.lines.current_key) if self._numbers and self.lines.current_key else None

    def show_thought(self, thought: Thought | None, now: datetime) -> None:
        """Show what may be the same, or nothing."""
        alike = thought.alike if thought is not None else ()
        self._numbers = {line.id: line.number for _likeness, line in alike}
        self.lines.show_lines(call_lines.alike_lines(alike, now))
        self.lines.choose_first()
        self.lines.setFixedHeight(max(KeyButton.HEIGHT, ROW * min(len(alike), _ALIKE_ROWS)))
        self._why = {line.id: call_lines.alike_reasons(likeness) for likeness, line in alike}
        self._show_current()
        self.setVisible(bool(alike))

    def _show_current(self) -> None:
        number = self._numbers.get(self.lines.current_key, "")
        self.join.set_words(_("Join {serial}").format(serial=call_lines.serial(number)))
        self.why.setText(self._why.get(self.lines.current_key, ""))


class GradePanel(Panel):
    """The suggested grade with what decides, the plan with its clause, when to report, and whose place it is. `plan_wanted` by mouse."""

    plan_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(_("Grade and plan"))
        self.grade = PillLabel()
        self.why_grade = text_label(tone=Tone.SECONDARY, size="small", wrap=True)
        self.plan = text_label(strong=True, wrap=True)
        self.why_plan = text_label(tone=Tone.SECONDARY, size="small", wrap=True)
        self.report = text_label(tone=Tone.SECONDARY, size="small", wrap=True)
        self.outside = text_label(tone=Tone.ORANGE, size="small", strong=True, wrap=True)
        self.open_plan = KeyButton(_("open"), "Alt+P", bare=True)
        self.open_plan.clicked.connect(self.plan_wanted)
        across = QHBoxLayout()
        across.setSpacing(GAP)
        across.addWidget(self.grade, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(self.why_grade, 1)
        plan_line_ = QHBoxLayout()
        plan_line_.setSpacing(GAP)
        plan_line_.addWidget(self.plan, 1)
        plan_line_.addWidget(self.open_plan, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(across)
        self.body.addLayout(plan_line_)
        for part in (self.why_plan, self.report, self.outside):
            self.body.addWidget(part)
        self.show_thought(None, None, ())

    def show_thought(self, thought: Thought | None, namer: Namer | None, reports: Sequence[FirstReport]) -> None:
        """Show grade and plan, or what belongs here."""
        self._show_grade(thought)
        self._show_plan(thought)
        self.report.setVisible(bool(reports))
        if thought is not None and reports and thought.question.received_at is not None:
            self.report.setText(report_hint(reports, now=thought.question.received_at))
            self.report.setToolTip(report_basis(reports))
        is_outside = thought is not None and thought.advice.is_outside and namer is not None
        self.outside.setVisible(is_outside)
        if is_outside and thought is not None and namer is not None:
            self.outside.setText(_("{area} lies outside this desk's area. Pass the call on to its desk; what you save and send stays here.")
                                 .format(area=namer.area(thought.question.area_id)))

    def _show_grade(self, thought: Thought | None) -> None:
        self.grade.setVisible(thought is not None)
        if thought is None:
            self.why_grade.setText(_("Grade, plan and level are shown here while you type."))
            return
        grade = thought.advice.grade
        self.grade.show_pill(grade_pill(grade.grade, preliminary=grade.standing is Standing.TO_BE_VERIFIED))
        self.why_grade.setText(grade_reason(grade))

    def _show_plan(self, thought: Thought | None) -> None:
        for part in (self.plan, self.why_plan):
            part.setVisible(thought is not None)
        self.open_plan.setVisible(clause_of(thought) is not None)
        if thought is None:
            return
        plan = thought.advice.plan
        dress(self.plan, tone=Tone.ORANGE if isinstance(plan, NoMatch) else Tone.TEXT)
        self.plan.setText(plan_line(plan))
        self.why_plan.setText(plan_reason(plan))


class TeamsPanel(Panel):
    """Who should go and why everybody else stays. `turned(key)` when a line is to be chosen or left out."""

    turned = Signal(str)
    first_wanted = Signal(int)
    reason_changed = Signal()

    def __init__(self) -> None:
        super().__init__(_("Recommended teams"), _("Alt+R list · Space in or out · 1–9 first of each need · 0 all"))
        self.note.setToolTip(_("In the list: Space or Enter chooses a team or leaves it out. A digit keeps only the first so many of each "
                               "need, the nearest; 0 takes all of them again."))
        self.needs = text_label(tone=Tone.SECONDARY, size="small", wrap=True)
        self.unmet = text_label(tone=Tone.ORANGE, size="small", wrap=True)
        self.body.addWidget(self.needs)
        self.body.addWidget(self.unmet)
        self.lines = TeamsList()
        self.lines.setAccessibleName(_("Recommended teams: Space chooses or leaves out, 1 to 9 so many of each need, 0 all of them"))
        self.lines.turned.connect(self.turned)
        self.lines.first_wanted.connect(self.first_wanted)
        self.lines.chosen.connect(lambda _key: self._show_current())
        self.add_list(self.lines, 1)
        self.current = ElidedLabel(tone=Tone.SECONDARY, size="small", least_width=0)
        self.body.addWidget(self.current)
        self._thought: Thought | None = None
        self._namer: Namer | None = None
        self.reason = QLineEdit()
        self.reason.textChanged.connect(self.reason_changed)
        self.reason.returnPressed.connect(self.lines.setFocus)
        self._reason_row = self._build_reason()
        self.body.addWidget(self._reason_row)
        self.show_thought(None, None, Chosen())

    def show_thought(self, thought: Thought | None, namer: Namer | None, chosen: Chosen) -> None:
        """Show the teams with the officer's choice, or what is still wanted."""
        self._thought, self._namer = thought, namer
        going = chosen.facts(thought)
        if thought is None or namer is None:
            self.lines.show_lines(())
        else:
            self.lines.show_lines(call_lines.team_lines(thought, going, namer))
        self.lines.set_empty(_("Say what and where, and the desk names the teams that can go and why the others cannot.")
                             if thought is None or thought.advice.recommendation is None else "")
        self._show_current()
        self._show_needs(thought, namer, chosen)
        self._show_reason(thought, chosen)

    def ask_reason(self) -> None:
        """Put the cursor into the field for the reason."""
        self.reason.setFocus()

    def enter(self) -> None:
        """Go into the list by keyboard."""
        self.lines.choose_first()
        self.lines.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_current_line(self) -> None:
        """Scroll as little down as the current line asks for, so that the teams that go stay in sight."""
        self.lines.scrollToTop()
        self.lines.scrollTo(self.lines.currentIndex())

    def _show_current(self) -> None:
        """Tell in full what speaks for or against the team the list stands at."""
        fact = self._thought.fact(self.lines.current_key) if self._thought is not None else None
        self.current.setVisible(fact is not None)
        if fact is not None and self._namer is not None:
            self.current.setText(call_lines.in_full(fact, self._namer))

    def _show_needs(self, thought: Thought | None, namer: Namer | None, chosen: Chosen) -> None:
        found = thought.advice.recommendation if thought is not None else None
        self.needs.setVisible(found is not None)
        if thought is None or namer is None or found is None:
            self.unmet.hide()
            return
        needs = call_lines.needs_told(thought.advice.needs, namer, most=_MOST_NEEDS)
        self.needs.setToolTip(call_lines.needs_told(thought.advice.needs, namer))
        self.needs.setText(_("needs: {needs}").format(needs=needs) if needs else _("needs: none are named; choose teams from the list"))
        self._show_gaps(unmet_of(found), chosen.left_open(thought), namer)

    def _show_gaps(self, nobody: Sequence[tuple[str, int]], left_open: Sequence[tuple[str, int]], namer: Namer) -> None:
        """Tell in orange what nobody can do, and what stays open because the officer sends fewer."""
        told, whole = [], []
        for needs, words in ((nobody, _("Nobody for {needs}: ask the tier above or a neighbour.")),
                             (left_open, _("Left open by your choice: {needs}."))):
            if needs:
                told.append(words.format(needs=call_lines.needs_told(needs, namer, most=_MOST_UNMET)))
                whole.append(words.format(needs=call_lines.needs_told(needs, namer)))
        self.unmet.setVisible(bool(told))
        self.unmet.setText("\n".join(told))
        self.unmet.setToolTip("\n".join(whole))

    def _show_reason(self, thought: Thought | None, chosen: Chosen) -> None:
        self._reason_row.setVisible(chosen.goes_beyond_advice(thought))
        is_needed = chosen.needs_reason(thought)
        self.reason.setPlaceholderText(_("why a team goes against the advice") if is_needed else _("may stay empty: the team could go too"))

    def _build_reason(self) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP)
        word = text_label(_("Reason for the log"), tone=Tone.ORANGE, strong=True)
        word.setBuddy(self.reason)
        self.reason.setAccessibleName(_("Reason for the log"))
        across.addWidget(word)
        across.addWidget(self.reason, 1)
        return row


class CallAdvicePane(QWidget):
    """The three panels under one another; the teams take what room is left."""

    def __init__(self) -> None:
        super().__init__()
        self.alike, self.grade, self.teams = AlikePanel(), GradePanel(), TeamsPanel()
        fill_page(self, self.alike, self.grade, self.teams)

    def show_thought(
        self, thought: Thought | None, namer: Namer | None, chosen: Chosen, now: datetime, reports: Sequence[FirstReport] = (),
    ) -> None:
        """Show what the desk makes of the call; None is an empty form."""
        self.alike.show_thought(thought, now)
        self.grade.show_thought(thought, namer, reports)
        self.teams.show_thought(thought, namer, chosen)
