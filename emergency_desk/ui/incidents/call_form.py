"""The call form: three answers at the left, the desk's thoughts at the right, and one key from there to the order.

The form asks and waits to be answered. Typing never waits: what the desk makes of the words comes when it comes, and an
answer to words that have changed since is dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from emergency_desk.domain.areas import AreaTree
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.errors import DeskError, ReasonMissing
from emergency_desk.domain.plans import NoMatch
from emergency_desk.domain.reporting import FirstReport, first_reports
from emergency_desk.services.areas import FoundArea, find_in
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents import call_reading, call_telling
from emergency_desk.ui.incidents.call_advice import CallAdvicePane
from emergency_desk.ui.incidents.call_choosing import CallChoosing
from emergency_desk.ui.incidents.call_fields import CallFields
from emergency_desk.ui.incidents.call_keeping import CallDraftKeeper
from emergency_desk.ui.incidents.call_parts import CallFoot, CallHead
from emergency_desk.ui.incidents.call_saving import CallSaving
from emergency_desk.ui.incidents.call_thinking import Thought, clause_of, think
from emergency_desk.ui.messages import explain
from emergency_desk.ui.refresh import Screen
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.area_picker import Candidate
from emergency_desk.ui.widgets.laying_out import fill_page
from emergency_desk.ui.widgets.notices import Notice
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.ui.workplace import BOARD, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import N_, _, current_language

_TALL = 612  # a lower page keeps its height for the answers and goes without a title
THINK_AFTER_MS = 120
ACTIONS = (
    Action("to_teams", N_("Go to the recommended teams"), "to_teams", "Alt+R", ("call",), short=N_("teams")),
    Action("to_plan", N_("Open the plan at its clause"), "to_plan", "Alt+P", ("call",), short=N_("plan")),
    Action("to_type", N_("Choose the type"), "to_type", "Alt+T", ("call",), in_bar=False),
    Action("start_anew", N_("Empty the call form"), "start_anew", "Alt+N", ("call",), in_bar=False),
)


class CallForm(Screen):
    """One view, never modal, complete from the keyboard."""

    subjects = frozenset({Subject.TEAM, Subject.INCIDENT, Subject.AREA, Subject.PLAN})

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace.background)
        self._workplace = workplace
        self._desk = workplace.desk
        self._received_at: datetime | None = None
        self._tree: AreaTree | None = None
        self._thought: Thought | None = None
        self._act_on_thought: Callable[[], None] | None = None
        self._can: tuple[bool, ...] = ()
        self.choosing = CallChoosing(workplace)
        self.chosen = self.choosing.chosen
        self.fields = CallFields(self._candidates, self._desk.trade.types)
        self.advice = CallAdvicePane()
        self.keeper = CallDraftKeeper(self._desk, workplace.ask, self._content)
        self.saving = CallSaving(workplace)
        self._build()
        self._listen()
        workplace.window.acts.register(ACTIONS)

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def start(self) -> None:
        """Begin a call, or go on with the one that was begun."""
        if self._received_at is None:
            self._begin()
        elif self.fields.is_empty:
            self._receive(self._desk.now())  # an empty form that was left open is another call now
        self.fields.focus_first()
        self.saving.say_who_may()

    def next_act(self) -> None:
        """Save the call and send the teams that are numbered; without any, save it."""
        self.fields.place.settle()
        if self.saving.is_under_way or self._tell_fault(self.fields.fault(needs_area=True)):
            return
        if self.is_thinking:
            self._act_on_thought = self._save_and_send
            self._think()
            return
        self._save_and_send()

    def send(self) -> None:
        """Do the same: saving and sending is one act here."""
        self.next_act()

    def save_only(self) -> None:
        """Save the call and send nobody."""
        self.fields.place.settle()
        if self.saving.is_under_way or self._tell_fault(self.fields.fault(needs_area=True)):
            return
        self._hold()
        self.saving.take(self.fields.draft(), sendings=(), reason="", approval=("", ""))

    def join(self) -> None:
        """Save the call as a further one about the incident that is shown as perhaps the same."""
        incident_id = self.advice.alike.incident_id
        self.fields.place.settle()
        if incident_id is None or self.saving.is_under_way or self._tell_fault(self.fields.fault(needs_area=False)):
            return
        self._hold()
        self.saving.join(self.fields.draft(), incident_id=incident_id)

    def leave(self) -> None:
        """Go back; what was typed is kept as a draft."""
        self.keeper.keep_pending()
        self._workplace.window.show_page_before()
        if not self.fields.is_empty:
            self._workplace.window.notices.done(_("The call is kept as a draft. F2 goes on with it."))

    def to_teams(self) -> None:
        """Go into the list of teams, where Space chooses and leaves out."""
        self.advice.teams.enter()

    def to_plan(self) -> None:
        """Open the plan that fits at its clause; Esc brings the form back as it is."""
        found = clause_of(self._thought)
        if found is not None:
            self.keeper.keep_pending()
            self._workplace.open_plan(*found)

    def to_type(self) -> None:
        """Go to the type that was read from the words."""
        self.fields.kind.setFocus()

    def start_anew(self) -> None:
        """Empty the form; the notice brings it back."""
        kept, received = self._content(), self._received_at
        self._clear()
        self.keeper.drop()
        self.start()
        if kept:
            self._workplace.window.notices.done(_("The form was emptied."), lambda: self._bring_back(kept, received))

    def can(self, action_id: str) -> bool:
        """Say which keys make sense now."""
        if action_id == "send":
            return bool(self.chosen.facts(self._thought)) or self._will_think_of_teams
        if action_id == "to_plan":
            return clause_of(self._thought) is not None
        return self.advice.alike.incident_id is not None if action_id == "join" else True

    # -- from elsewhere ------------------------------------------------------------------------------------------------
    def take_area(self, found: FoundArea) -> None:
        """Take an area that was found in the Ctrl+K box as the place, and ask what happened."""
        name = call_telling.area_name(found.area, "", current_language())
        self.fields.place.set_answer((found.area.id, name, " › ".join(found.path)))
        self.fields.focus_first()

    def show_example(self) -> None:
        """Show an answered form for a picture; it is neither kept nor saved."""
        self.fields.fill(call_telling.example(self._desk.tree, current_language()))
        self._think()
        self.keeper.rest()

    # -- thinking ------------------------------------------------------------------------------------------------------
    @property
    def is_thinking(self) -> bool:
        """Say whether the advice on the screen is about something else than what is typed."""
        if not self.fields.words.text().strip():
            return False
        return self._thought is None or self._thought.question != self.fields.question() or bool(self.choosing.unheard(self._thought))

    def reader(self) -> Callable[[], Thought] | None:
        """Ask what the desk makes of the call, if there are words to think of."""
        if self._received_at is None or not self.fields.words.text().strip():
            return None
        desk, question, added, pages = self._desk, self.fields.question(), self.chosen.added, dict(self.choosing.pages)
        return lambda: think(desk, question, added=added, pages=pages)

    def show_read(self, answer: Thought) -> None:
        """Show a thought, unless the words have changed meanwhile: then the next one is on its way."""
        if answer.question != self.fields.question():
            return
        self._thought, self._tree = answer, answer.tree
        self._workplace.numbers.update(answer.open_numbers)
        self.choosing.drop_gone(answer)
        if self.choosing.unheard(answer):
            self.refresh()
        self._show_thought()
        act, self._act_on_thought = self._act_on_thought, None
        if act is not None:
            act()

    def refused(self, error: DeskError) -> None:
        """Tell why the desk could not think; nothing waits for it any longer."""
        self._act_on_thought = None
        self._show_state()
        super().refused(error)

    @property
    def received_at(self) -> datetime | None:
        """When the call on the form came in, None while none is taken."""
        return self._received_at

    def _think(self) -> None:
        self._timer.stop()
        if self.fields.words.text().strip():
            self.refresh()
        else:
            self._thought = None
            self._show_thought()

    def _show_thought(self) -> None:
        thought = self._thought
        numbers = self._workplace.numbers
        namer = Namer(self._desk.trade, thought.tree, lambda id_: numbers.get(id_, "")) if thought is not None else None
        self.advice.show_thought(thought, namer, self.chosen, self._desk.now(), self._reports())
        self.fields.show_reading(thought.advice.reading.type_id if thought is not None else "")
        self._show_state()

    def _reports(self) -> tuple[FirstReport, ...]:
        """Return until when the first reports of this desk's tier are due; where there is no plan, its line says what to report."""
        thought = self._thought
        if thought is None or self._received_at is None or isinstance(thought.advice.plan, NoMatch):
            return ()
        return first_reports(self._desk.trade.clocks, sender=self._desk.tier, received_at=self._received_at, grade=thought.advice.grade.grade,
                             profiles=thought.profiles)

    def _choice_changed(self) -> None:
        self._show_thought()
        self.advice.teams.show_current_line()
        self.keeper.note()

    # -- saving --------------------------------------------------------------------------------------------------------
    def _save_and_send(self) -> None:
        reason = self.advice.teams.reason.text().strip() if self.chosen.goes_beyond_advice(self._thought) else ""
        if self.chosen.needs_reason(self._thought) and not reason:
            self._tell_fault(ReasonMissing(act="send_team"))
            return
        self._hold()
        self.saving.take(self.fields.draft(), sendings=self.chosen.sendings(self._thought), reason=reason, approval=self.fields.approval)

    def _hold(self) -> None:
        """Stand still while the store writes: nothing is kept or thought any more, and no key saves a second time."""
        self._timer.stop()
        self.keeper.keep_pending()
        self._act_on_thought = None

    def _saved(self) -> None:
        self.keeper.drop()
        self._clear()

    def _not_saved(self, error: DeskError) -> None:
        """Tell the refusal where it belongs; everything typed stays, and the advice is asked anew."""
        self._show_state()
        self._tell_fault(error)
        self._timer.start()

    def _tell_fault(self, error: DeskError | None) -> bool:
        if error is None:
            return False
        fields = self.fields.by_name() | {"reason": self.advice.teams.reason}
        explain(error, self._workplace.window.notices, fields)
        return True

    # -- the life of one call ------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        if self._received_at is None:
            self._begin()
        super().showEvent(event)
        self._workplace.window.rail.mark(BOARD)

    def _begin(self) -> None:
        desk = self._desk
        self._receive(desk.now())
        self._workplace.ask(lambda: desk.tree, then=self._take_tree)
        self.keeper.read(self._restore)
        self._show_thought()

    def _receive(self, moment: datetime) -> None:
        self._received_at = moment
        self.fields.set_received(moment)
        self.head.show_received(moment)

    def _take_tree(self, tree: AreaTree) -> None:
        self._tree = tree

    def _restore(self, content: dict[str, str]) -> None:
        """Bring back the draft that was kept, unless somebody was quicker at typing."""
        if not content:
            return
        received = call_reading.read_kept_moment(content.get("received_at", "")) or self._received_at
        if not self.fields.is_empty:
            self._workplace.window.notices.tell(Notice(
                _("An older call is kept as a draft."), Tone.ORANGE, Shape.DUE, _("Show it instead"), lambda: self._bring_back(content, received),
                stays=True))
            return
        self._bring_back(content, received)
        self._workplace.window.notices.done(
            _("The call received at {time} is back as it was typed. Alt+N empties the form.").format(
                time=formats.clock_time(received or self._desk.now())))

    def _bring_back(self, content: dict[str, str], received: datetime | None) -> None:
        if received is not None:
            self._receive(received)
        self.chosen.restore(content)
        self.fields.fill(content)
        self.advice.teams.reason.setText(content.get("reason", ""))

    def _content(self) -> dict[str, str]:
        if self.fields.is_empty or self._received_at is None:
            return {}
        return {**self.fields.content(), **self.chosen.content(), "reason": self.advice.teams.reason.text(),
                "received_at": self._received_at.isoformat()}

    def _clear(self) -> None:
        self._received_at, self._thought, self._act_on_thought = None, None, None
        self.choosing.clear()
        self.fields.fill({})
        self.advice.teams.reason.clear()
        self._timer.stop()
        self.keeper.rest()
        self.forget()
        self._show_thought()

    def _changed(self) -> None:
        self.keeper.note()
        self._timer.start()
        self._show_state()

    # -- looks ---------------------------------------------------------------------------------------------------------
    @property
    def _will_think_of_teams(self) -> bool:
        return self.is_thinking and bool(self.fields.place.area_id)

    def _show_state(self) -> None:
        """Say on the buttons exactly what they will do, and in the key bar which keys make sense."""
        numbers = len(self.chosen.facts(self._thought))
        self.foot.show_act(numbers, is_saving=self.saving.is_under_way, is_thinking=self._will_think_of_teams,
                           follows_advice=self.chosen.follows_advice)
        can = tuple(self.can(id_) for id_ in ("send", "join", "to_plan"))
        if can != self._can and self.isVisible():
            self._can = can
            self._workplace.window.keys.rebuild()

    def _show_kept(self) -> None:
        if self._received_at is not None and not self.fields.is_empty:
            self.head.show_kept(self._received_at)

    def _candidates(self, text: str) -> list[Candidate]:
        if self._tree is None:
            return []
        return call_telling.candidates(find_in(self._tree, text=text, below=self._desk.area_id), text, current_language())

    def fit_room(self, height: int) -> None:
        """Keep a low window's height for the answers; the window says how much there is before it lets the form scroll."""
        self.head.setVisible(height >= _TALL)

    def _build(self) -> None:
        self.head, self.foot = CallHead(), CallFoot()
        self.fields.foot.addWidget(self.foot)
        columns = QHBoxLayout()
        columns.setSpacing(GAP + 2)
        for side, share in ((self.fields, 1), (self.advice, 1)):
            side.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            columns.addWidget(side, share)
        fill_page(self, self.head, columns)

    def _listen(self) -> None:
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(THINK_AFTER_MS)
        self._timer.timeout.connect(self._think)
        self.fields.changed.connect(self._changed)
        self.advice.teams.turned.connect(lambda key: self.choosing.turn(key, self._thought))
        self.advice.teams.first_wanted.connect(lambda most: self.choosing.keep_first(most, self._thought))
        self.advice.grade.plan_wanted.connect(self.to_plan)
        self.choosing.changed.connect(self._choice_changed)
        self.choosing.reason_wanted.connect(self.advice.teams.ask_reason)
        self.choosing.more_wanted.connect(self.refresh)
        self.advice.teams.reason_changed.connect(self.keeper.note)
        self.advice.alike.join_pressed.connect(self.join)
        self.foot.act.clicked.connect(self.next_act)
        self.foot.save.clicked.connect(self.save_only)
        self.keeper.kept.connect(self._show_kept)
        for signal in (self.saving.began, self.saving.broke):
            signal.connect(self._show_state)
        self.saving.saved.connect(self._saved)
        self.saving.refused.connect(self._not_saved)
        self._workplace.window.leaving.connect(self.keeper.keep_pending)
