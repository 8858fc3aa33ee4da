"""Who goes to which shelter: the villages above, where the families of one go below, how good that is at the right.

The quick answer stands at once; a better one follows from the helper process with what is proved of it. A line that was changed stays, the rest
is solved around it. What was decided stands on the transfer lists.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_assignment import Assignment, AssignmentLine, AssignmentQuestion, FixedFamilies
from emergency_desk.domain.shelter_assignment_board import AssignmentBoard, MovingVillage
from emergency_desk.domain.shelters import Stay
from emergency_desk.errands.assigning import better_answer
from emergency_desk.services import shelter_assignment
from emergency_desk.services.shelter_assignment import FIRST_STAY
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import InlineForm
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.shelters import assignment_words as words
from emergency_desk.ui.shelters.assignment_asking import AssignmentAsking
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import GAP
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.lines import Cell, Column, line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import ASSIGNMENT, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _, ngettext
from emergency_desk.wording.labels import label

_HERE = (ASSIGNMENT,)
_SIDE = 380
ACTIONS = (
    Action("assignment_send", N_("Put all of it on the transfer lists"), "next_act", "Ctrl+Return", _HERE, short=N_("send families")),
    Action("assignment_settings", N_("For whom, how long, how far…"), "ask_settings", "Alt+G", _HERE, short=N_("how far")),
    Action("assignment_elsewhere", N_("Families to a shelter you choose…"), "ask_elsewhere", "Ctrl+N", _HERE, short=N_("choose shelter")),
    Action("assignment_villages", N_("Go to the villages"), "go_villages", "Alt+V", _HERE, in_bar=False),
    Action("assignment_goes", N_("Go to where they go"), "go_lines", "Alt+S", _HERE, in_bar=False),
    Action("assignment_sent", N_("Go to what stands on the transfer lists"), "go_sent", "Alt+L", _HERE, in_bar=False),
    Action("assignment_leave", N_("Back to the page before"), "leave", "Escape", _HERE, short=N_("back")),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page asks: for which incident and stay, what the officer fixed, how far shelters are proposed."""

    incident_id: Id | None = None
    stay: Stay = FIRST_STAY
    fixed: tuple[FixedFamilies, ...] = ()
    reach_minutes: int | None = None


class AssignmentPage(LivePage):
    """One assignment, until it is decided."""

    subjects = frozenset({Subject.SHELTER, Subject.STAY, Subject.EVACUATION, Subject.SITE, Subject.INCIDENT, Subject.ISOLATION})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(ACTIONS)
        self.asked = Asked()
        self.board: AssignmentBoard | None = None
        self.answer: Assignment | None = None
        self._solving: AssignmentQuestion | None = None
        self.villages = KeyedList(words.village_columns(), {Qt.Key.Key_L: "list"}, row_height=28, header=True,
                                  empty=_("Nobody is to be moved now. On the page of shelters Alt+N orders people to be moved."))
        self.villages.setAccessibleName(_("Who is to be moved: L list of families"))
        self.goes = KeyedList(words.goes_columns(), {Qt.Key.Key_X: "none", Qt.Key.Key_F: "fix", Qt.Key.Key_Delete: "none"}, row_height=28,
                              header=True, empty=_("Nobody of this village is proposed to go anywhere."))
        self.goes.setAccessibleName(_("Where they go: F stays so, X or Delete nobody there"))
        self.state = LinesList((Column(stretch=1),), row_height=26, marks_current=False)
        self.state.setAccessibleName(_("How the answer stands"))
        self.figures = LinesList((Column(stretch=4), Column(width=96, right=True), Column(stretch=5)), row_height=26, marks_current=False)
        self.figures.setAccessibleName(_("How good it is"))
        self.whys = LinesList((Column(stretch=1, wrap=True),), row_height=26, marks_current=False, empty=_("All of them have a place."))
        self.whys.setAccessibleName(_("Why some have no place"))
        self.sent = KeyedList((Column(stretch=1), Column(width=70, right=True)), {Qt.Key.Key_Delete: "back", Qt.Key.Key_X: "back"},
                              row_height=26, empty=_("Nobody of this village was sent yet."))
        self.sent.setAccessibleName(_("On the transfer list: X or Delete take back"))
        self.form = InlineForm(in_a_row=3)
        self.asking = AssignmentAsking(place, self.form)
        self.send = KeyButton(_("Put all of it on the transfer lists"), "Ctrl+Return", filled=True)
        self._lay_out()
        self._listen()

    def _lay_out(self) -> None:
        self.above, self.below = Panel(_("Who is to be moved")), Panel(_("Where they go"))
        self.good, self.about, self.listed = Panel(_("How good it is")), Panel(_("Without a place")), Panel(_("On the transfer list"))
        self.above.add_list(self.villages, 1)
        self.below.add_list(self.goes, 1)
        self.below.body.addWidget(self.form)
        self.good.add_list(self.state)
        self.good.add_list(self.figures)
        self.about.add_list(self.whys, 1)
        self.listed.add_list(self.sent, 1)
        across, left, right = QHBoxLayout(self), QVBoxLayout(), QVBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        for layout in (across, left, right):
            layout.setSpacing(GAP)
        left.addWidget(self.above, 4)
        left.addWidget(self.below, 6)
        right.addWidget(self.good)
        right.addWidget(self.about, 1)
        right.addWidget(self.listed, 1)
        right.addWidget(self.send)
        for panel in (self.good, self.about, self.listed):
            panel.setFixedWidth(_SIDE)
        across.addLayout(left, 1)
        across.addLayout(right)

    def _listen(self) -> None:
        self.villages.chosen.connect(lambda _key: self._show_village())
        self.villages.opened.connect(lambda _key: self._list_families())
        self.villages.key_pressed.connect(lambda _name, _key: self._list_families())
        self.goes.opened.connect(self._ask_how_many)
        self.goes.key_pressed.connect(self._on_line)
        self.sent.opened.connect(lambda _key: self._take_back())
        self.sent.key_pressed.connect(lambda _name, _key: self._take_back())
        self.send.clicked.connect(self.next_act)

    def show_incident(self, incident_id: Id) -> None:
        """Turn to an incident."""
        self._ask_again(incident_id=incident_id)

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], AssignmentBoard]:
        desk, asked = self.place.desk, self.asked
        return lambda: shelter_assignment.read_board(desk, incident_id=asked.incident_id, fixed=asked.fixed, stay=asked.stay,
                                                     reach_minutes=asked.reach_minutes)

    def show_read(self, answer: AssignmentBoard) -> None:
        self.board, self.answer = answer, answer.quick
        self.asked = replace(self.asked, fixed=answer.question.fixed)
        self._show()
        self._solve()
        if not any(part.hasFocus() for part in (self.villages, self.goes, self.sent)) and not self.form.isVisible():
            self.villages.setFocus(Qt.FocusReason.OtherFocusReason)

    def _solve(self) -> None:
        """Have the better answer worked out; while one is on its way, only the newest question follows it."""
        if self.board is None or not self.board.question.kinds or self._solving is not None:
            return
        self._solving = self.board.question
        self._show_state()
        self.place.background.helper(better_answer, self.board.question, self.board.quick, then=partial(self._take_better, self.board.question))

    def _take_better(self, question: AssignmentQuestion, better: Assignment) -> None:
        self._solving = None
        if self._is_over or self.board is None:
            return
        if self.board.question is question:
            self.answer = better
            self._show()
        else:
            self._solve()

    # -- showing -------------------------------------------------------------------------------------------------------
    def _show(self) -> None:
        board, answer = self.board, self.answer
        if board is None or answer is None:
            return
        self.villages.show_lines([words.village_line(board, answer, one) for one in board.villages])
        self.villages.choose_first()
        incident = next((told for id_, told in board.running if id_ == board.incident_id), "")
        self.above.set_head(note=" · ".join(part for part in (incident, _("list of families ⏎")) if part))
        self.figures.show_lines(list(words.figure_lines(board, answer)) if board.villages else [])
        self.figures.setFixedHeight(self.figures.height_of_lines() + 2)
        self.send.setEnabled(any(each.families for each in answer.lines))
        self._show_state()
        self._show_village()

    def _show_state(self) -> None:
        if self.answer is None or self.board is None:
            return
        told, tone, shape = words.state_words(self.answer, is_working=self._solving is not None)
        self.state.show_lines([line("state", Cell(told, tone, shape=shape, strong=True))] if self.board.question.kinds else [])
        self.state.setFixedHeight(self.state.height_of_lines() + 2)

    def _show_village(self) -> None:
        one, board, answer = self.village, self.board, self.answer
        if board is None or answer is None or one is None:
            for each in (self.goes, self.whys, self.sent):
                each.show_lines(())
            return
        self.goes.show_lines(words.goes_lines(board, answer, one.group.id))
        self.goes.choose_first()
        reach = _("for {stay}, within {time}, estimated").format(
            stay=label(board.stay), time=formats.span(timedelta(minutes=board.question.rules.reach_minutes)))
        keys = _("how many ⏎ · none to there X · leave it so F")
        self.below.set_head(one.group.name, note=" · ".join((reach, keys)) if self.goes.lines else reach)
        self.whys.set_empty(_("All of them have a place.") if one.listed else _("Without a list nobody can be proposed: Enter writes it."))
        self.whys.show_lines(list(words.why_lines(board, answer, one.group.id)))
        self.sent.show_lines([words.sent_line(each, self._shelter(each.shelter_id)) for each in one.sent])
        people = one.heads_sent
        self.listed.set_head(note=ngettext("{count} person · X take back", "{count} people · X take back", people).format(
            count=formats.number(people)) if people else "")

    def _shelter(self, shelter_id: Id) -> str:
        shelters = self.board.shelters if self.board is not None else ()
        return next((in_words(one.name, one.name_en) for one in shelters if one.shelter_id == shelter_id), _("a shelter that is not offered now"))

    @property
    def village(self) -> MovingVillage | None:
        """The village of the current line."""
        some = self.board.villages if self.board is not None else ()
        return next((one for one in some if one.group.id == self.villages.current_key), None)

    @property
    def chosen_line(self) -> AssignmentLine | None:
        """Where families go in the current line."""
        some = self.answer.lines if self.answer is not None else ()
        return next((each for each in some if words.line_key(each) == self.goes.current_key), None)

    # -- acts ----------------------------------------------------------------------------------------------------------
    def _ask_again(self, **changed: object) -> None:
        self.form.put_away()
        self.asked = replace(self.asked, **changed)  # type: ignore[arg-type]
        self.forget()

    def _list_families(self) -> None:
        if self.village is not None:
            self.asking.families(self.village)

    def _ask_how_many(self, key: str) -> None:
        each = self.chosen_line
        if key and each is not None and self.board is not None:
            self.asking.fix(self.board, each, self._fix)

    def _on_line(self, name: str, _key: str) -> None:
        each = self.chosen_line
        if each is None:
            return
        if name == "fix" and each.is_fixed:
            self._ask_again(fixed=self._others(each))
        else:
            self._fix(FixedFamilies(each.kind_id, each.shelter_id, each.families if name == "fix" else 0))

    def _fix(self, fixed: FixedFamilies) -> None:
        self._ask_again(fixed=(*self._others(fixed), fixed))

    def _others(self, one: FixedFamilies | AssignmentLine) -> tuple[FixedFamilies, ...]:
        return tuple(each for each in self.asked.fixed if (each.kind_id, each.shelter_id) != (one.kind_id, one.shelter_id))

    def ask_elsewhere(self) -> None:
        """Ask which families go to a shelter of the officer's own choice."""
        if self.board is not None and self.village is not None:
            self.asking.elsewhere(self.board, self.village, self._fix)

    def ask_settings(self) -> None:
        """Ask for which incident, for which stay, and how far shelters are proposed."""
        if self.board is not None:
            self.asking.settings(self.board, lambda incident_id, stay, reach: self._ask_again(
                incident_id=incident_id, stay=stay, reach_minutes=reach))

    def next_act(self) -> None:
        """Ask who decides, and put all of it on the transfer lists."""
        if self.board is not None and self.answer is not None:
            self.asking.send(self.board, self.answer, lambda: self._ask_again(fixed=()))

    def _take_back(self) -> None:
        one = self.village
        sent = [each for each in one.sent if each.id == self.sent.current_key] if one is not None else []
        if sent:
            self.asking.take_back(sent, self._shelter(sent[0].shelter_id))

    # -- keys ----------------------------------------------------------------------------------------------------------
    def go_villages(self) -> None:
        """Go to the villages."""
        self.villages.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_lines(self) -> None:
        """Go to where the families of the village go."""
        self.goes.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_sent(self) -> None:
        """Go to what stands on the transfer list."""
        self.sent.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Go back."""
        self.place.window.show_page_before()
