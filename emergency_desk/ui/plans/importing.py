"""A plan from Word or text: what it is and its chapters at the left, at the right what of it could be run, each with the sentence it was read in.

Nothing is taken before somebody says so: a proposal that is not confirmed stays as text in its clause.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.plan_drafts import PlanDraft
from emergency_desk.domain.plan_proposals import AnyRecord, PlanFacts, PlanProposal, at_tier, check_confirmed, sure_ones
from emergency_desk.domain.plan_records import Situation
from emergency_desk.errands import plan_correcting, plan_import
from emergency_desk.services.areas import find_in
from emergency_desk.services.desk import Done
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import Answers, ChoiceBox, InlineForm
from emergency_desk.ui.plans import importing_asking, importing_lines
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.area_picker import Candidate
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.file_field import FileField
from emergency_desk.ui.widgets.labels import dress, text_label
from emergency_desk.ui.widgets.lines import Column
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import PLANS, Workplace
from emergency_desk.wording import plan_import_words
from emergency_desk.wording.catalog import N_, _, ngettext
from emergency_desk.wording.refusals import sentence

PAGE = "plan_import"
ACTIONS = (
    Action("plan_import_look", N_("Look at the file"), "look", "Ctrl+L", (PAGE,), N_("look")),
    Action("plan_import_sure", N_("Confirm what the plan says outright"), "confirm_sure", "Alt+S", (PAGE,), N_("confirm the sure")),
    Action("plan_import_leave", N_("Back to the page before"), "leave", "Escape", (PAGE,), N_("back")),
    Action("plan_import_take", N_("Begin the draft"), "take", "Ctrl+Return", (PAGE,), N_("begin the draft")),
)
_FACTS_HEIGHT, _SOURCE_HEIGHT, _MOST_HEIGHT = 180, 120, 16_777_215


class _Proposals(LinesList):
    """Space confirms a proposal as it was read, and takes that back; Delete leaves it as text."""

    turned = Signal(str)
    left = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.current_key:
            self.turned.emit(self.current_key)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.current_key:
            self.left.emit(self.current_key)
        else:
            super().keyPressEvent(event)


class PlanImportPage(QWidget):
    """Choose a file, look at what was recognised, confirm or correct the proposals, begin the draft."""

    refusal = Signal(object)
    begun = Signal(str)  # the id of the draft, for whoever opens it for writing

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self.found: tuple[PlanProposal, ...] = ()
        self.proposal: PlanProposal | None = None
        self.facts: PlanFacts | None = None
        self.confirmed: dict[str, AnyRecord] = {}
        self.left: set[str] = set()
        self.situations: tuple[Situation, ...] = ()
        self._is_busy = False
        self.path = FileField(_("The plan: a Word file (.docx) or plain text"))
        self.path.returnPressed.connect(self.look)
        self.which = ChoiceBox()
        self.which.setAccessibleName(_("Which plan of the file"))
        self.told = text_label(tone=Tone.SECONDARY, wrap=True)
        self.facts_list = LinesList((Column(width=112), Column(stretch=True)), row_height=28, empty=_("What the plan is stands here."))
        self.outline = LinesList((Column(most=70), Column(stretch=True, wrap=True)), row_height=28,
                                 empty=_("The chapters stand here once a file was looked at."))
        self.proposals = _Proposals((Column(_("What"), width=84), Column(_("As it would stand in the plan"), stretch=True, wrap=True),
                                     Column(_("State"), width=112)), header=True,
                                    empty=_("Choose a file. Nothing is taken before you say so."))
        self.source = QPlainTextEdit()
        self.source.setReadOnly(True)
        self.source.setTabChangesFocus(True)
        self.source.setMinimumHeight(_SOURCE_HEIGHT)
        self.source.setMaximumHeight(_SOURCE_HEIGHT)
        self.source.setAccessibleName(_("The words of the file"))
        self.form, self.fact_form = InlineForm(), InlineForm(in_a_row=1)
        self.sure = KeyButton(_("Confirm what is said outright"), "Alt+S")
        self.begin = KeyButton(_("Begin the draft"), "Ctrl+Return", filled=True)
        self._lay_out()
        self._connect()
        place.window.acts.register(ACTIONS)
        self._show_state()

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def can(self, action_id: str) -> bool:
        """Say whether an action makes sense now."""
        return self.proposal is not None and not self._is_busy if action_id in ("plan_import_take", "plan_import_sure") else True

    def look(self) -> None:
        """Read the file."""
        path = self.path.path
        if path is None or self._is_busy:
            self.path.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._is_busy = True
        self._tell(_("Reading {name}…").format(name=path.name), Tone.ACT)
        self._show_state()
        plan_import.ask_plans(self.place.background, self.place.desk, path=path, then=self._show_found, refused=self._refused)

    def choose_file(self) -> None:
        """Ask for the file in the system's own dialog."""
        if self.path.choose(_("Choose a plan")):
            self.look()

    def leave(self) -> None:
        """Go back; what was read stays here until another file is looked at."""
        self.place.window.show_page_before()

    def confirm_sure(self) -> None:
        """Confirm every proposal that the plan says in so many words and that nobody answered yet."""
        if self.proposal is None:
            return
        for id_, record in sure_ones(self.proposal).items():
            if id_ not in self.confirmed and id_ not in self.left:
                self._confirm(id_, record)
        self._show_answers()

    def take(self) -> None:
        """Begin the draft."""
        proposal, facts, desk = self.proposal, self.facts, self.place.desk
        if proposal is None or facts is None or self._is_busy:
            return
        confirmed, situations = dict(self.confirmed), self.situations
        self._is_busy = True
        self._show_state()
        self.place.ask(lambda: plan_import.take(desk, proposal, facts=facts, confirmed=confirmed, situations=situations),
                       then=self._taken, refused=self._not_taken)

    # -- reading -------------------------------------------------------------------------------------------------------
    def _show_found(self, found: tuple[PlanProposal, ...]) -> None:
        self._end_work()
        self.found = found
        self.which.blockSignals(True)
        self.which.clear()
        for at, one in enumerate(found):
            self.which.addItem(_("{at} of {count}: {title}").format(at=at + 1, count=len(found), title=one.facts.title), at)
        self.which.blockSignals(False)
        self.which.setVisible(len(found) > 1)
        self._show_plan(0)
        self.proposals.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_plan(self, at: int) -> None:
        self.proposal = self.found[at]
        self.facts, self.situations = self.proposal.facts, self.proposal.situations
        self.confirmed, self.left = {}, set()
        self._put_forms_away()
        self.outline.show_lines(importing_lines.outline_lines(self.proposal))
        self._show_facts()
        self._show_answers()
        self.proposals.choose_first()
        notes = [plan_import_words.file_note(note) for note in self.proposal.notes]
        several = _("The file holds several plans; choose which one.") if len(self.found) > 1 else ""
        self._tell("  ".join(filter(None, (plan_import_words.found(self.proposal), several, *notes))), Tone.TEXT)

    def _refused(self, error: DeskError) -> None:
        self._end_work()
        self.found, self.proposal, self.facts = (), None, None
        self.which.hide()
        self._put_forms_away()
        self.where.setText("")
        for lines in (self.facts_list, self.outline, self.proposals):
            lines.show_lines([])
        self.source.clear()
        self._tell(sentence(error), Tone.RED)
        self._show_state()

    # -- answering -----------------------------------------------------------------------------------------------------
    def _open(self, id_: str) -> None:
        """Show a proposal field by field; Enter confirms it as it stands then."""
        proposed = next((one for one in self.proposal.asked if one.id == id_), None) if self.proposal else None
        if proposed is None:
            return
        record = self.confirmed.get(id_, proposed.record)
        self.form.ask(plan_import_words.kind_of(proposed), importing_asking.record_fields(record, self.situations), _("Confirm"),
                      lambda answers: self._correct(id_, record, answers),
                      note="  ".join(filter(None, (plan_import_words.doubts(proposed.doubts), importing_asking.note_of(record)))))

    def _correct(self, id_: str, record: AnyRecord, answers: Answers) -> None:
        made, situations = plan_correcting.corrected(record, answers, self.situations)
        try:
            check_confirmed(made, among=self.confirmed, own_id=id_)
        except DeskError as error:
            self.form.refused(error)
            return
        self.confirmed[id_], self.situations = made, situations
        self.left.discard(id_)
        self.form.put_away()
        self._show_answers()

    def _turn(self, id_: str) -> None:
        """Confirm a proposal as it was read, or take that back; what lacks something is opened instead."""
        proposed = next((one for one in self.proposal.asked if one.id == id_), None) if self.proposal else None
        if proposed is None:
            return
        if id_ in self.confirmed:
            del self.confirmed[id_]
        elif not self._confirm(id_, proposed.record):
            self._open(id_)
            return
        self._show_answers()

    def _confirm(self, id_: str, record: AnyRecord) -> bool:
        try:
            check_confirmed(record, among=self.confirmed, own_id=id_)
        except DeskError:
            return False  # the form that opens then tells what is missing
        self.confirmed[id_] = record
        self.left.discard(id_)
        return True

    def _leave_as_text(self, id_: str) -> None:
        self.confirmed.pop(id_, None)
        self.left ^= {id_}
        self._show_answers()

    def _ask_fact(self, name: str) -> None:
        if self.facts is None:
            return
        facts = self.facts
        self.fact_form.ask(_("What the plan is"), importing_asking.fact_fields(name, facts, self.place.desk.trade.types, self._areas),
                           _("Keep"), lambda answers: self._keep_fact(name, answers))

    def _keep_fact(self, name: str, answers: Answers) -> None:
        assert self.facts is not None and self.proposal is not None
        code_of = {area.id: area.code for area in self.place.desk.tree.by_id.values()}
        self.facts = importing_asking.with_fact(name, self.facts, answers, code_of)
        if name == "tier":
            self.proposal = at_tier(self.proposal, self.facts.tier)
            self.confirmed = {id_: _at_tier(record, self.facts) for id_, record in self.confirmed.items()}
        self.fact_form.put_away()
        self._show_facts()
        self._show_answers()

    def _areas(self, text: str) -> list[Candidate]:
        desk = self.place.desk
        return [(found.area.id, found.area.name, " · ".join(found.path)) for found in find_in(desk.tree, text=text, below=desk.area_id)]

    # -- taking --------------------------------------------------------------------------------------------------------
    def _taken(self, done: Done[PlanDraft]) -> None:
        proposal, confirmed = self.proposal, len(self.confirmed)
        self._end_work()
        assert proposal is not None
        stay = len(proposal.asked) - confirmed
        parts = (
            _("The draft of “{title}” was begun with all its text.").format(title=done.value.title),
            ngettext("{count} confirmed proposal stands in it.", "{count} confirmed proposals stand in it.", confirmed).format(count=confirmed),
            ngettext("{count} stays as text.", "{count} stay as text.", stay).format(count=stay))
        self._tell(" ".join(parts), Tone.GREEN)
        self.place.window.notices.done(" ".join(parts))
        self.proposal = None
        self._show_state()
        self.path.setFocus(Qt.FocusReason.OtherFocusReason)
        self.begun.emit(done.value.id)

    def _not_taken(self, error: DeskError) -> None:
        self._end_work()
        self._tell(sentence(error), Tone.RED)
        self._show_state()
        if error.values.get("code"):
            self._ask_fact("code")

    # -- showing -------------------------------------------------------------------------------------------------------
    def _show_facts(self) -> None:
        desk = self.place.desk
        if self.facts is not None:
            self.facts_list.show_lines(importing_lines.fact_lines(self.facts, desk.tree, desk.trade.types))

    def _show_answers(self) -> None:
        if self.proposal is not None:
            answers = importing_lines.Answers(self.confirmed, self.left)
            self.proposals.show_lines(importing_lines.proposal_lines(self.proposal, answers, {one.id: one for one in self.situations}))
        self._show_state()

    def _show_source(self, key: str) -> None:
        if self.proposal is None or not key:
            return
        where, words = importing_lines.source_of(self.proposal, key)
        self.where.setText(where)
        self.source.setPlainText(words)

    def _end_work(self) -> None:
        self._is_busy = False
        self.path.hide_offers()
        self.place.background.expect_file()

    def _tell(self, words: str, tone: Tone) -> None:
        self.told.setText(words)
        dress(self.told, tone=tone, strong=tone in (Tone.RED, Tone.GREEN))

    def _show_state(self) -> None:
        is_ready = self.proposal is not None and not self._is_busy
        open_ones = [id_ for id_ in sure_ones(self.proposal) if id_ not in self.confirmed and id_ not in self.left] if self.proposal else []
        self.sure.setEnabled(is_ready and bool(open_ones))
        self.sure.set_words(_("Confirm what is said outright ({count})").format(count=len(open_ones)) if open_ones
                            else _("Confirm what is said outright"))
        self.begin.setEnabled(is_ready)
        self.place.window.keys.rebuild()

    def _make_room(self, is_asking: bool) -> None:
        """Let a form and the words it was read from stand in the place of the list."""
        self.proposals.setVisible(not is_asking)
        self.source.setMaximumHeight(_MOST_HEIGHT if is_asking else _SOURCE_HEIGHT)
        if not is_asking:
            self.proposals.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_forms_away(self) -> None:
        self.form.put_away()
        self.fact_form.put_away()

    # -- looks ---------------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place.window.rail.mark(PLANS)
        self.place.background.expect_file()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._put_forms_away()

    def _connect(self) -> None:
        self.which.activated.connect(self._show_plan)
        self.facts_list.opened.connect(self._ask_fact)
        self.outline.chosen.connect(self._show_source)
        self.proposals.chosen.connect(self._show_source)
        self.proposals.opened.connect(self._open)
        self.form.asked.connect(lambda: self._make_room(True))
        self.form.closed.connect(lambda: self._make_room(False))
        self.proposals.turned.connect(self._turn)
        self.proposals.left.connect(self._leave_as_text)
        self.sure.clicked.connect(self.confirm_sure)
        self.begin.clicked.connect(self.take)

    def _lay_out(self) -> None:
        choose, look = KeyButton(_("Choose…")), KeyButton(_("Look at it"), "Ctrl+L")
        choose.clicked.connect(self.choose_file)
        look.clicked.connect(self.look)
        self.which.hide()
        self.where = text_label(tone=Tone.SECONDARY, size="small")
        head = Panel(_("Import a plan"), _("from Word or text"))
        head.body.addLayout(_row(self.path, choose, look, self.which))
        head.body.addWidget(self.told)
        facts = Panel(_("What it is"), _("Enter changes one"))
        self.facts_list.setFixedHeight(_FACTS_HEIGHT)
        facts.add_list(self.facts_list)
        facts.body.addWidget(self.fact_form)
        chapters = Panel(_("Chapters and clauses"), _("doubtful ones are marked"))
        chapters.add_list(self.outline, 1)
        right = Panel(_("Proposals"), _("Space confirms one as read, Enter opens it, Delete leaves it as text"))
        right.add_list(self.proposals, 1)
        for part in (self.where, self.source, self.form):
            right.body.addWidget(part)
        right.body.addLayout(_row(self.begin, self.sure, QWidget(), stretch=2))
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(facts)
        left.addWidget(chapters, 1)
        middle = QHBoxLayout()
        middle.setSpacing(GAP)
        middle.addLayout(left, 36)
        middle.addWidget(right, 64)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addWidget(head)
        whole.addLayout(middle, 1)


def _at_tier(record: AnyRecord, facts: PlanFacts) -> AnyRecord:
    return replace(record, tier=facts.tier) if hasattr(record, "tier") else record  # type: ignore[arg-type]


def _row(*parts: QWidget, stretch: int = 0) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(GAP)
    for at, part in enumerate(parts):
        line.addWidget(part, int(at == stretch))
    return line
