"""One drill: the next act, the script with what was measured, people, the evaluation and what is to be mended; at the right its log."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.drill_boards import DrillBoard
from emergency_desk.domain.drill_life import OVER, UNDER_WAY, Lack
from emergency_desk.domain.drills import DrillPerson, DrillState, DrillStep, Inject
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.services import drill_lists
from emergency_desk.services.drill_papers import PLAN, REPORT
from emergency_desk.ui.drills import drill_lines
from emergency_desk.ui.drills.drill_acts import DrillActs
from emergency_desk.ui.drills.drill_keys import ACTIONS, FOUND, ITEMS, PART_LACKING, PEOPLE, SCRIPT, first_lack, letters_told, next_words
from emergency_desk.ui.drills.drills_page import plan_choices
from emergency_desk.ui.drills.inject_files import InjectFiles
from emergency_desk.ui.incidents.finding_steps import FindingSteps
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.incidents.room_work import RoomWork
from emergency_desk.ui.incidents.wide_form import WideForm
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.labels import ElidedLabel, dress, text_label
from emergency_desk.ui.widgets.lines import Column
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import DRILLS, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, current_language, pgettext
from emergency_desk.wording.labels import label

WIDTH = 352
_PACE_MS = 250


class DrillPage(LivePage):
    """A drill's control desk and its evaluation."""

    subjects = frozenset({Subject.DRILL, Subject.FINDING})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(ACTIONS)
        self.drill_id: Id | None = None
        self.shown = SCRIPT
        self._board: DrillBoard | None = None
        self._pace = QTimer(self)
        self._pace.setInterval(_PACE_MS)
        self._pace.timeout.connect(self.release_due)
        self.script = KeyedList(drill_lines.inject_columns(), {Qt.Key.Key_R: "release", Qt.Key.Key_A: "answer", Qt.Key.Key_E: "edit",
                                                               Qt.Key.Key_D: "drop"},
                                row_height=44, header=True, empty=_("No inject yet. Ctrl+N writes one."))
        self.people = KeyedList((Column(pgettext("drill", "Name"), stretch=3), Column(_("Part in the drill"), width=170),
                                 Column(_("Signed in"), width=150)),
                                {Qt.Key.Key_S: "sign", Qt.Key.Key_E: "edit"}, header=True, empty=_("Nobody named yet. Ctrl+N adds somebody."))
        self.items = KeyedList((Column(pgettext("drill", "Item"), width=58), Column(_("What is looked at"), stretch=5),
                                Column(pgettext("points", "Given"), width=130), Column(_("Rests on"), stretch=3)), {}, header=True)
        self.found = KeyedList((Column(stretch=1, wrap=True), Column(width=130, right=True)), {Qt.Key.Key_E: "edit_finding"}, row_height=30,
                               ruled=True, empty=_("Nothing found yet. Ctrl+N adds a finding."))
        self.lists = {SCRIPT: self.script, PEOPLE: self.people, ITEMS: self.items, FOUND: self.found}
        self.log = KeyedList((Column(width=92), Column(stretch=1, wrap=True)), {}, row_height=34, ruled=True)
        self.form = WideForm()
        self.acts = DrillActs(place, self.form)
        self.files = InjectFiles(place, self.form)
        self.steps = FindingSteps(RoomWork(place), self.form)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.name = ElidedLabel(size="large", strong=True)
        self.told, self.numbers = ElidedLabel(tone=Tone.SECONDARY, size="small"), ElidedLabel(strong=True)
        self.act = KeyButton("", "Ctrl+Return", filled=True)
        self.act.clicked.connect(self.next_act)
        self.act.hide()  # until a drill says what its next act is
        words = {SCRIPT: _("Script"), PEOPLE: _("Who takes part"), ITEMS: _("Evaluation"), FOUND: _("To be mended")}
        self.chips = {name: KeyButton(told) for name, told in words.items()}
        head = QHBoxLayout()
        head.setSpacing(GAP)
        left = QVBoxLayout()
        left.setSpacing(2)
        for part in (self.name, self.told, self.numbers):
            left.addWidget(part)
        head.addLayout(left, 1)
        head.addWidget(self.act, 0, Qt.AlignmentFlag.AlignTop)
        chips = QHBoxLayout()
        chips.setSpacing(GAP)
        for name, chip in self.chips.items():
            chip.clicked.connect(lambda _checked=False, chosen=name: self.choose(chosen))
            chips.addWidget(chip)
        chips.addStretch(1)
        self.panel = Panel()
        self.panel.body.addLayout(head)
        self.panel.body.addLayout(chips)
        for shown in self.lists.values():
            self.panel.add_list(shown, 1)
        self.letters = ElidedLabel(tone=Tone.SECONDARY, size="small")
        self.panel.body.addWidget(self.letters)
        self.panel.body.addWidget(self.form)
        self.side = Panel(_("Log of the drill"))
        self.side.setFixedWidth(WIDTH)
        self.safety = text_label(tone=Tone.ORANGE, size="small", wrap=True)
        self.side.body.addWidget(self.safety)
        self.side.add_list(self.log, 1)
        self.chosen_told = text_label(size="small", wrap=True)  # the list cuts what is expected
        self.side.body.addWidget(self.chosen_told)
        self.side.body.addWidget(self.files)
        across = QHBoxLayout(self)
        across.setSpacing(GAP)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self.panel, 1)
        across.addWidget(self.side)

    def _connect(self) -> None:
        for name, words in ((SCRIPT, _("Script: Enter goes on, R release, A enter the act, E change, D drop")),
                            (PEOPLE, _("Who takes part: S sign in, E change")), (ITEMS, _("Items: Enter gives points")),
                            (FOUND, _("Findings: Enter goes on, E edit"))):
            self.lists[name].setAccessibleName(words)
        self.log.setAccessibleName(_("Log of the drill"))
        self.script.chosen.connect(lambda _key: self._show_files())
        self.script.opened.connect(lambda _key: self._inject_act("go_on"))
        self.script.key_pressed.connect(lambda name, _key: self._inject_act(name))
        self.people.opened.connect(lambda _key: self._sign())
        self.people.key_pressed.connect(lambda name, _key: self._sign() if name == "sign" else self._change_person())
        self.form.asked.connect(self._make_room)
        self.form.closed.connect(self._make_room)
        self.items.opened.connect(self._score)
        self.found.opened.connect(lambda key: self._finding_act(key, "go_on"))
        self.found.key_pressed.connect(lambda _name, key: self._finding_act(key, "edit"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place.window.rail.mark(DRILLS)

    # -- reading -------------------------------------------------------------------------------------------------------
    def show_drill(self, drill_id: Id) -> None:
        """Turn to a drill."""
        if drill_id != self.drill_id:
            self.drill_id, self.shown, self._board = drill_id, SCRIPT, None
            self.form.put_away()
        self.forget()

    def reader(self) -> Callable[[], DrillBoard | None]:
        desk, drill_id = self.place.desk, self.drill_id
        return lambda: drill_lists.drill_board(desk, drill_id=drill_id) if drill_id is not None else None

    def show_read(self, answer: DrillBoard | None) -> None:
        self._board = answer
        if answer is not None and self.shown == SCRIPT and answer.drill.state in (DrillState.ENDED, DrillState.STOPPED) and not answer.scores:
            self.shown = ITEMS
        self.tick()
        shown = self.lists[self.shown]
        shown.choose_first()
        if not self.form.isVisible():
            shown.setFocus(Qt.FocusReason.OtherFocusReason)
        self.place.window.keys.rebuild()

    def tick(self) -> None:
        board = self._board
        if board is None:
            return
        now, drill = self.now(), board.drill
        self.name.setText(_("{number} {title}").format(number=drill.number, title=drill.title))
        ran = board.ran(now)
        parts = (label(drill.state), label(drill.form), board.plan_title.in_language(current_language()), _(", ").join(board.objects),
                 drill.place,
                 _("planned for {when}").format(when=formats.when(drill.planned_at, now=now)))
        self.told.setText(_(" · ").join(part for part in parts if part))
        self.numbers.setText(self._numbers(board, formats.stop_watch(ran)))
        step = board.next_step
        is_missing = drill.state is DrillState.STOPPED and drill.counted_heads not in (None, drill.expected_heads)
        # whoever was recalled and did not come back is looked for, and so is evidence that was deleted outside
        is_red = is_missing or board.assessment.without_evidence or drill_lines.set_back(board, now)
        dress(self.numbers, tone=Tone.RED if is_red else Tone.TEXT)
        self.act.set_words(next_words(board) if step is not None else "")
        self.letters.setText(letters_told(self.shown, board))
        self._make_room()
        self.safety.setText(_("Break off at once: {conditions} (Alt+B)").format(conditions=_(" · ").join(drill.stop_conditions)))
        self.safety.setVisible(bool(drill.stop_conditions) and drill.state not in OVER)
        self.script.show_lines([drill_lines.inject_line(times, board, now) for times in board.times])
        self.people.show_lines([drill_lines.person_line(person) for person in board.people])
        self.items.show_lines(list(drill_lines.item_lines(board, self.place.desk.trade.drills)))
        self.found.show_lines(list(drill_lines.found_lines(board, local_day(now))))
        self._show_files()
        self.log.show_lines([drill_lines.mark_line(mark, board, now) for mark in reversed(board.marks)])
        for name, chip in self.chips.items():
            chip.set_filled(name == self.shown)
            self.lists[name].setVisible(name == self.shown)

    def _make_room(self) -> None:
        """Leave Ctrl+Enter to the form while it asks: its act alone is filled then."""
        asks = not self.form.isHidden()
        self.act.setVisible(self._board is not None and self._board.next_step is not None and not asks)
        self.letters.setVisible(bool(self.letters.text()) and not asks)

    def _numbers(self, board: DrillBoard, ran: str) -> str:
        return drill_lines.standing_words(board, ran, self.now(), by_clock=self.by_clock)

    def choose(self, shown: str) -> None:
        """Show one of the four lists."""
        self.shown = shown
        self.form.put_away()
        self.tick()
        self.lists[shown].choose_first()
        self.lists[shown].setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def can(self, action_id: str) -> bool:
        """Say whether an action makes sense now."""
        if self._board is None:
            return action_id == "drill_leave"
        state = self._board.drill.state
        return {"drill_halt": state in UNDER_WAY, "drill_stop": state in UNDER_WAY, "drill_clock": state in UNDER_WAY,
                "drill_heads": DrillStep.COUNTED in self._board.possible,
                "drill_observe": DrillStep.OBSERVED in self._board.possible, "drill_next": self._board.next_step is not None,
                "drill_change": state in (DrillState.DRAFTED, DrillState.CHECKED)}.get(action_id, True)

    def next_act(self) -> None:
        """Do what comes next."""
        board = self._board
        if board is None or self.form.isVisible():
            return self.form.submit()
        drill, step, inject, lack = board.drill, board.next_step, board.next_inject, first_lack(board)
        if step in (DrillStep.STARTED, DrillStep.RELEASED):
            self.choose(SCRIPT)  # what runs is run from there
        if step is DrillStep.RELEASED and inject is not None:
            self.script.choose(inject.id)
            return self.acts.release(inject)
        doing = {DrillStep.CHECKED: self.acts.check, DrillStep.STARTED: self.acts.start, DrillStep.RESUMED: self.acts.resume,
                 DrillStep.ENDED: self.acts.end, DrillStep.COUNTED: self.acts.count}
        if lack is not None:
            self._fill_up(lack)
        elif step is DrillStep.EVALUATED:
            self.acts.conclude(board)
        elif step in doing:
            doing[step](drill)
        return None

    def _fill_up(self, lack: Lack) -> None:
        """Go where what is lacking first is entered."""
        if lack is Lack.INJECTS:
            self.choose(SCRIPT)
            self.add()
        elif lack in PART_LACKING and self._board is not None:
            self.choose(PEOPLE)
            self.acts.person(self._board.drill.id, role=PART_LACKING[lack])
        else:
            self.change()

    @property
    def by_clock(self) -> bool:
        """Say whether injects go out by themselves when their minute has come."""
        return self._pace.isActive()

    def turn_clock(self) -> None:
        """Let injects go out by the clock, or by hand again."""
        if self.by_clock:
            self._pace.stop()
        else:
            self._pace.start()
        self.tick()

    def release_due(self) -> None:
        """Release what is due; the control desk knows the clock."""

    def add(self) -> None:
        """Add to the list that is shown."""
        if self._board is None:
            return
        drill_id = self._board.drill.id
        if self.shown == SCRIPT:
            self.acts.inject(drill_id)
        elif self.shown == FOUND:
            self.steps.add(incident_id=None, drill_id=drill_id)
        elif self.shown == PEOPLE:
            self.acts.person(drill_id)
        else:
            self._score(self.items.current_key)

    def show_script(self) -> None:
        """Show the script."""
        self.choose(SCRIPT)

    def show_people(self) -> None:
        """Show who takes part."""
        self.choose(PEOPLE)

    def show_items(self) -> None:
        """Show the evaluation."""
        self.choose(ITEMS)

    def show_found(self) -> None:
        """Show what is to be mended."""
        self.choose(FOUND)

    def observe(self) -> None:
        """Enter an observation, about the chosen inject where the script is shown."""
        if self._board is not None:
            self.acts.observe(self._board.drill, self._chosen() if self.shown == SCRIPT else None)

    def halt(self) -> None:
        """Halt it, or let it go on."""
        if self._board is not None:
            (self.acts.resume if self._board.drill.state is DrillState.PAUSED else self.acts.pause)(self._board.drill)

    def stop(self) -> None:
        """Break it off."""
        if self._board is not None:
            self.acts.stop(self._board.drill)

    def count(self) -> None:
        """Count heads."""
        if self._board is not None:
            self.acts.count(self._board.drill)

    def change(self) -> None:
        """Change the design."""
        if self._board is not None:
            self.acts.design(plan_choices(self.place.desk, self._board), self._board.drill, then=self.show_drill)

    def print_plan(self) -> None:
        """Preview the work plan."""
        if self.drill_id is not None:
            self.place.preview_drill(PLAN, self.drill_id)

    def print_report(self) -> None:
        """Preview the evaluation report; before a drill is over, its work plan."""
        if self._board is not None:
            self.place.preview_drill(REPORT if self._board.drill.state in OVER else PLAN, self._board.drill.id)

    def open_years(self) -> None:
        """Open it beside the earlier drills of its plan."""
        if self.drill_id is not None:
            self.place.open_drill_years(self.drill_id)

    def add_file(self) -> None:
        """Ask for a file that goes out with the chosen inject."""
        inject = self._chosen()
        if inject is not None:
            self.files.add(inject)

    def leave(self) -> None:
        """Go back."""
        self.place.window.show_page(DRILLS)

    # -- what is chosen ------------------------------------------------------------------------------------------------
    def _chosen(self) -> Inject | None:
        injects = self._board.injects if self._board is not None else ()
        return next((one for one in injects if one.id == self.script.current_key), None)

    def _show_files(self) -> None:
        inject = self._chosen() if self.shown == SCRIPT else None
        self.chosen_told.setText(drill_lines.inject_words(inject) if inject is not None else "")
        self.chosen_told.setVisible(inject is not None and bool(inject.expected))
        self.files.show_files(self._board.files_of(inject.id) if self._board is not None and inject is not None else ())

    def _inject_act(self, name: str) -> None:
        inject = self._chosen()
        if inject is None or self._board is None:
            return
        if name == "go_on":
            has_begun = self._board.drill.state in (*UNDER_WAY, *OVER)
            name = "edit" if not has_begun else "release" if inject.released_at is None else "answer"
        doing = {"release": self.acts.release, "answer": self.acts.answer, "drop": self.acts.drop_inject}
        if name == "edit":
            self.acts.inject(inject.drill_id, inject)
        else:
            doing[name](inject)

    def _sign(self) -> None:
        people: tuple[DrillPerson, ...] = self._board.people if self._board is not None else ()
        person = next((one for one in people if one.id == self.people.current_key), None)
        if person is not None:
            self.acts.sign_in(person)

    def _change_person(self) -> None:
        people = self._board.people if self._board is not None else ()
        person = next((one for one in people if one.id == self.people.current_key), None)
        if person is not None:
            self.acts.person(person.drill_id, person)

    def _score(self, key: str) -> None:
        if self._board is not None and key and not key.startswith(drill_lines.HEAD):
            self.acts.score(self._board, self.place.desk.trade.drills.item(key))

    def _finding_act(self, key: str, name: str) -> None:
        if self._board is not None and key.startswith(drill_lines.SUGGESTED):
            late = next(one for one in self._board.times if one.inject.id == key.removeprefix(drill_lines.SUGGESTED))
            self.steps.add(incident_id=None, drill_id=self._board.drill.id, problem=drill_lines.late_words(late))
            return
        findings = self._board.findings if self._board is not None else ()
        finding = next((one for one in findings if one.id == key), None)
        if finding is not None:
            getattr(self.steps, name)(finding)
