"""A plan from Word or text: what it is and its chapters at the left, at the right what of it could be run, each with the sentence it was read in.

Nothing is taken before somebody says so: a proposal that is not confirmed stays as text in its clause.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent

from emergency_desk.domain.errors import DeskError, FieldMissing
from emergency_desk.domain.plan_drafts import PlanDraft
from emergency_desk.domain.plan_proposals import AnyRecord, PlanProposal
from emergency_desk.errands import plan_import
from emergency_desk.services.areas import find_in
from emergency_desk.services.desk import Done
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import Answers
from emergency_desk.ui.plans import importing_asking, importing_lines
from emergency_desk.ui.plans.importing_answers import GivenAnswers
from emergency_desk.ui.plans.importing_frame import PlanImportFrame
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.area_picker import Candidate
from emergency_desk.ui.workplace import PLANS, Workplace
from emergency_desk.wording import plan_import_words
from emergency_desk.wording.catalog import N_, _, ngettext
from emergency_desk.wording.refusals import sentence

PAGE = "plan_import"
ACTIONS = (
    Action("plan_import_look", N_("Look at the file"), "look", "Ctrl+L", (PAGE,), N_("look")),
    Action("plan_import_sure", N_("Confirm what the plan says outright"), "confirm_sure", "Alt+S", (PAGE,), N_("confirm the sure")),
    Action("plan_import_all", N_("Confirm all but the doubtful"), "confirm_all", "Alt+A", (PAGE,), N_("confirm all")),
    Action("plan_import_leave", N_("Back to the page before"), "leave", "Escape", (PAGE,), N_("back")),
    Action("plan_import_take", N_("Begin the draft"), "take", "Ctrl+Return", (PAGE,), N_("begin the draft")),
)
_NEEDS_PLAN = ("plan_import_take", "plan_import_sure", "plan_import_all")


class PlanImportPage(PlanImportFrame):
    """Choose a file, look at what was recognised, confirm or correct the proposals, begin the draft."""

    refusal = Signal(object)
    begun = Signal(str)  # the id of the draft, for whoever opens it for writing

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self.found: tuple[PlanProposal, ...] = ()
        self.given: GivenAnswers | None = None
        self._is_busy = False
        self._connect()
        place.window.acts.register(ACTIONS)
        self._show_state()

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def can(self, action_id: str) -> bool:
        """Say whether an action makes sense now."""
        return self.given is not None and not self._is_busy if action_id in _NEEDS_PLAN else True

    def look(self) -> None:
        """Read the file."""
        path = self.path.path
        if path is None or self._is_busy:
            self.path.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._is_busy = True
        self.tell(_("Reading {name}…").format(name=path.name), Tone.ACT)
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
        if self.given is not None:
            self.given.confirm_all(self.given.open_sure())
            self._show_answers()

    def confirm_all(self) -> None:
        """Confirm everything that nobody answered yet and that needs no second look; ask for the minutes that the text does not give."""
        if self.given is None:
            return
        if not self.given.lacks_times:
            self._confirm_ready(0)
            return
        self.form.ask(_("Confirm all but the doubtful"), [importing_asking.minutes_field()], _("Confirm all"), self._confirm_timed,
                      note=_("The text does not say when these are to be done, and the desk makes no time up: say within how many minutes, "
                             "and change single ones afterwards. What is doubtful stays open."))
        self.keep_list()

    def _confirm_timed(self, answers: Answers) -> None:
        typed = answers[importing_asking.DUE]
        if not typed:
            self.form.refused(FieldMissing(name=importing_asking.DUE))
            return
        self.form.put_away()
        self._confirm_ready(int(typed))

    def _confirm_ready(self, due_minutes: int) -> None:
        assert self.given is not None
        count = self.given.confirm_all(self.given.open_ready(due_minutes))
        stay = sum(one.id not in self.given.confirmed and one.id not in self.given.left for one in self.given.proposal.asked)
        self._show_answers()
        self.tell(" ".join((
            ngettext("{count} proposal was confirmed.", "{count} proposals were confirmed.", count).format(count=count),
            ngettext("{count} stays open, because somebody has to look at it.", "{count} stay open, because somebody has to look at them.",
                     stay).format(count=stay))), Tone.GREEN)

    def take(self) -> None:
        """Begin the draft."""
        given, desk = self.given, self.place.desk
        if given is None or self._is_busy:
            return
        proposal, facts, confirmed, situations = given.proposal, given.facts, dict(given.confirmed), given.situations
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
        proposal = self.found[at]
        self.given = GivenAnswers(proposal)
        self.put_forms_away()
        self.outline.show_lines(importing_lines.outline_lines(proposal))
        self._show_facts()
        self._show_answers()
        self.proposals.choose_first()
        notes = [plan_import_words.file_note(note) for note in proposal.notes]
        several = _("The file holds several plans; choose which one.") if len(self.found) > 1 else ""
        self.tell("  ".join(filter(None, (plan_import_words.found(proposal), several, *notes))), Tone.TEXT)

    def _refused(self, error: DeskError) -> None:
        self._end_work()
        self.found, self.given = (), None
        self.which.hide()
        self.put_forms_away()
        self.where.setText("")
        for lines in (self.facts_list, self.outline, self.proposals):
            lines.show_lines([])
        self.source.clear()
        self.tell(sentence(error), Tone.RED)
        self._show_state()

    # -- answering -----------------------------------------------------------------------------------------------------
    def _open(self, id_: str) -> None:
        """Show a proposal field by field; Enter confirms it as it stands then."""
        proposed = self.given.proposed(id_) if self.given else None
        if proposed is None or self.given is None:
            return
        record = self.given.record(proposed)
        self.form.ask(plan_import_words.kind_of(proposed), importing_asking.record_fields(record, self.given.situations), _("Confirm"),
                      lambda answers: self._correct(id_, record, answers),
                      note=" ".join(filter(None, (plan_import_words.to_look_at(proposed.doubts), importing_asking.note_of(record)))))

    def _correct(self, id_: str, record: AnyRecord, answers: Answers) -> None:
        assert self.given is not None
        try:
            self.given.correct(id_, record, answers)
        except DeskError as error:
            self.form.refused(error)
            return
        self.form.put_away()
        self._show_answers()

    def _turn(self, id_: str) -> None:
        """Confirm a proposal as it was read, or take that back; what lacks something is opened instead."""
        proposed = self.given.proposed(id_) if self.given else None
        if proposed is None or self.given is None:
            return
        if not self.given.take_back(id_) and not self.given.confirm(id_, proposed.record):
            self._open(id_)
            return
        self._show_answers()

    def _leave_as_text(self, id_: str) -> None:
        if self.given is not None:
            self.given.leave(id_)
            self._show_answers()

    def _ask_fact(self, name: str) -> None:
        if self.given is None:
            return
        facts = self.given.facts
        self.fact_form.ask(_("What the plan is"), importing_asking.fact_fields(name, facts, self.place.desk.trade.types, self._areas),
                           _("Keep"), lambda answers: self._keep_fact(name, answers))

    def _keep_fact(self, name: str, answers: Answers) -> None:
        assert self.given is not None
        code_of = {area.id: area.code for area in self.place.desk.tree.by_id.values()}
        self.given.facts = importing_asking.with_fact(name, self.given.facts, answers, code_of)
        if name == "tier":
            self.given.move_to(self.given.facts.tier)
        self.fact_form.put_away()
        self._show_facts()
        self._show_answers()

    def _areas(self, text: str) -> list[Candidate]:
        desk = self.place.desk
        return [(found.area.id, found.area.name, " · ".join(found.path)) for found in find_in(desk.tree, text=text, below=desk.area_id)]

    # -- taking --------------------------------------------------------------------------------------------------------
    def _taken(self, done: Done[PlanDraft]) -> None:
        assert self.given is not None
        confirmed = len(self.given.confirmed)
        self._end_work()
        stay = len(self.given.proposal.asked) - confirmed
        parts = (
            _("The draft of “{title}” was begun with all its text.").format(title=done.value.title),
            ngettext("{count} confirmed proposal stands in it.", "{count} confirmed proposals stand in it.", confirmed).format(count=confirmed),
            ngettext("{count} stays as text.", "{count} stay as text.", stay).format(count=stay))
        self.tell(" ".join(parts), Tone.GREEN)
        self.place.window.notices.done(" ".join(parts))
        self.given = None
        self._show_state()
        self.path.setFocus(Qt.FocusReason.OtherFocusReason)
        self.begun.emit(done.value.id)

    def _not_taken(self, error: DeskError) -> None:
        self._end_work()
        self.tell(sentence(error), Tone.RED)
        self._show_state()
        if error.values.get("code"):
            self._ask_fact("code")

    # -- showing -------------------------------------------------------------------------------------------------------
    def _show_facts(self) -> None:
        desk = self.place.desk
        if self.given is not None:
            self.facts_list.show_lines(importing_lines.fact_lines(self.given.facts, desk.tree, desk.trade.types))

    def _show_answers(self) -> None:
        if self.given is not None:
            answers = importing_lines.Answers(self.given.confirmed, self.given.left)
            situations = {one.id: one for one in self.given.situations}
            self.proposals.show_lines(importing_lines.proposal_lines(self.given.proposal, answers, situations))
        self._show_state()

    def _show_source(self, key: str) -> None:
        if self.given is None or not key:
            return
        where, words = importing_lines.source_of(self.given.proposal, key)
        self.where.setText(where)
        self.source.setPlainText(words)

    def _end_work(self) -> None:
        self._is_busy = False
        self.path.hide_offers()
        self.place.background.expect_file()

    def _show_state(self) -> None:
        is_ready = self.given is not None and not self._is_busy
        sure = self.given.open_sure() if self.given else {}
        every = self.given.open_ready() if self.given else {}
        self.sure.setEnabled(is_ready and bool(sure))
        self.sure.set_words(_("Confirm what is said outright ({count})").format(count=len(sure)) if sure else _("Confirm what is said outright"))
        self.every.setEnabled(is_ready and bool(every))
        self.every.set_words(_("Confirm all but the doubtful ({count})").format(count=len(every)) if every else _("Confirm all but the doubtful"))
        self.begin.setEnabled(is_ready)
        self.place.window.keys.rebuild()

    # -- looks ---------------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place.window.rail.mark(PLANS)
        self.place.background.expect_file()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.put_forms_away()

    def _connect(self) -> None:
        self.which.activated.connect(self._show_plan)
        self.facts_list.opened.connect(self._ask_fact)
        self.outline.chosen.connect(self._show_source)
        self.proposals.chosen.connect(self._show_source)
        self.proposals.opened.connect(self._open)
        self.form.asked.connect(lambda: self.make_room(True))
        self.form.closed.connect(lambda: self.make_room(False))
        self.proposals.turned.connect(self._turn)
        self.proposals.left.connect(self._leave_as_text)
        self.sure.clicked.connect(self.confirm_sure)
        self.every.clicked.connect(self.confirm_all)
        self.begin.clicked.connect(self.take)
        self.choose_key.clicked.connect(self.choose_file)
        self.look_key.clicked.connect(self.look)
        self.path.returnPressed.connect(self.look)
