"""Who goes to which shelter: the villages above, where the families of one go below, how good that is at the right.

The quick answer stands at once; a better one follows from the helper process with what is proved of it. A line that was changed stays, the rest
is solved around it. What was decided stands on the transfer lists.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_assignment import Assignment, AssignmentLine, FixedFamilies
from emergency_desk.domain.shelter_assignment_board import AssignmentBoard, MovingVillage
from emergency_desk.domain.shelters import Stay
from emergency_desk.errands.assigning import better_answer
from emergency_desk.services import shelter_assignment
from emergency_desk.services.shelter_assignment import FIRST_STAY
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.live_page import KeyedList
from emergency_desk.ui.shelters import assignment_words as words
from emergency_desk.ui.shelters.assignment_asking import AssignmentAsking
from emergency_desk.ui.solved_page import SolvedPage
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.lines import Column, Line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.ui.workplace import ASSIGNMENT, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _, ngettext
from emergency_desk.wording.labels import label

_HERE = (ASSIGNMENT,)
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


class AssignmentPage(SolvedPage):
    """One assignment, until it is decided."""

    subjects = frozenset({Subject.SHELTER, Subject.STAY, Subject.EVACUATION, Subject.SITE, Subject.INCIDENT, Subject.ISOLATION})
    solver = staticmethod(better_answer)
    board: AssignmentBoard | None
    answer: Assignment | None

    def __init__(self, place: Workplace) -> None:
        self.villages = KeyedList(words.village_columns(), {Qt.Key.Key_L: "list"}, row_height=28, header=True,
                                  empty=_("Nobody is to be moved now. On the page of shelters Alt+N orders people to be moved."))
        self.villages.setAccessibleName(_("Who is to be moved: L list of families"))
        self.goes = KeyedList(words.goes_columns(), {Qt.Key.Key_X: "none", Qt.Key.Key_F: "fix", Qt.Key.Key_Delete: "none"}, row_height=28,
                              header=True, empty=_("Nobody of this village is proposed to go anywhere."))
        self.goes.setAccessibleName(_("Where they go: F stays so, X or Delete nobody there"))
        super().__init__(place, self.villages, self.goes, titles=(_("Who is to be moved"), _("Where they go")), figure_width=96)
        place.window.acts.register(ACTIONS)
        self.asked = Asked()
        self.whys = LinesList((Column(stretch=1, wrap=True),), row_height=26, marks_current=False, empty=_("All of them have a place."))
        self.whys.setAccessibleName(_("Why some have no place"))
        self.sent = KeyedList((Column(stretch=1), Column(width=70, right=True)), {Qt.Key.Key_Delete: "back", Qt.Key.Key_X: "back"},
                              row_height=26, empty=_("Nobody of this village was sent yet."))
        self.sent.setAccessibleName(_("On the transfer list: X or Delete take back"))
        self.asking = AssignmentAsking(place, self.form)
        self.send = KeyButton(_("Put all of it on the transfer lists"), "Ctrl+Return", filled=True)
        self.about, self.listed = Panel(_("Without a place")), Panel(_("On the transfer list"))
        self.about.add_list(self.whys, 1)
        self.listed.add_list(self.sent, 1)
        self.lay_out((self.about, self.listed), self.send)
        self.villages.opened.connect(lambda _key: self._list_families())
        self.villages.key_pressed.connect(lambda _name, _key: self._list_families())
        self.sent.opened.connect(lambda _key: self._take_back())
        self.sent.key_pressed.connect(lambda _name, _key: self._take_back())
        self.send.clicked.connect(self.next_act)

    def show_incident(self, incident_id: Id) -> None:
        """Turn to an incident."""
        self.ask_again(incident_id=incident_id)

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], AssignmentBoard]:
        desk, asked = self.place.desk, self.asked
        return lambda: shelter_assignment.read_board(desk, incident_id=asked.incident_id, fixed=asked.fixed, stay=asked.stay,
                                                     reach_minutes=asked.reach_minutes)

    def show_read(self, answer: AssignmentBoard) -> None:
        self.asked = replace(self.asked, fixed=answer.question.fixed)
        self.show_board(answer)

    @property
    def is_asked(self) -> bool:
        return self.board is not None and bool(self.board.question.kinds)

    @property
    def focusable(self) -> tuple[QWidget, ...]:
        return self.villages, self.goes, self.sent

    # -- showing -------------------------------------------------------------------------------------------------------
    def show_answer(self) -> None:
        board, answer = self.board, self.answer
        assert board is not None and answer is not None
        self.villages.show_lines([words.village_line(board, answer, one) for one in board.villages])
        incident = next((told for id_, told in board.running if id_ == board.incident_id), "")
        self.above.set_head(note=" · ".join(part for part in (incident, _("⏎ list of families")) if part))
        self.send.setEnabled(any(each.families for each in answer.lines))

    def figure_lines(self) -> list[Line]:
        board, answer = self.board, self.answer
        return list(words.figure_lines(board, answer)) if board is not None and answer is not None and board.villages else []

    def state_words(self, *, is_working: bool) -> tuple[str, Tone, Shape]:
        assert self.answer is not None
        return words.state_words(self.answer, is_working=is_working)

    def show_chosen(self) -> None:
        one, board, answer = self.village, self.board, self.answer
        if board is None or answer is None or one is None:
            for each in (self.goes, self.whys, self.sent):
                each.show_lines(())
            return
        self.goes.show_lines(words.goes_lines(board, answer, one.group.id))
        self.goes.choose_first()
        reach = _("for {stay}, within {time}, estimated").format(
            stay=label(board.stay), time=formats.span(timedelta(minutes=board.question.rules.reach_minutes)))
        keys = _("⏎ how many · X none to there · F leave it so")
        self.below.set_head(one.group.name, note=" · ".join((reach, keys)) if self.goes.lines else reach)
        self.whys.set_empty(_("All of them have a place.") if one.listed else
                            _("Nobody can be proposed without a list of families. Enter begins the list."))
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

    # -- acts ----------------------------------------------------------------------------------------------------------
    def ask_again(self, **changed: Any) -> None:
        self.form.put_away()
        self.asked = replace(self.asked, **changed)
        self.forget()

    def _list_families(self) -> None:
        if self.village is not None:
            self.asking.families(self.village)

    @property
    def fixed(self) -> tuple[FixedFamilies, ...]:
        return self.asked.fixed

    @staticmethod
    def key_of(each: FixedFamilies | AssignmentLine) -> tuple[str, str]:
        return each.kind_id, each.shelter_id

    def fixed_as(self, each: AssignmentLine, *, is_none: bool) -> FixedFamilies:
        return FixedFamilies(each.kind_id, each.shelter_id, 0 if is_none else each.families)

    def ask_how_many(self, each: AssignmentLine) -> None:
        if self.board is not None:
            self.asking.fix(self.board, each, self.fix)

    def ask_elsewhere(self) -> None:
        """Ask which families go to a shelter of the officer's own choice."""
        if self.board is not None and self.village is not None:
            self.asking.elsewhere(self.board, self.village, self.fix)

    def ask_settings(self) -> None:
        """Ask for which incident, for which stay, and how far shelters are proposed."""
        if self.board is not None:
            self.asking.settings(self.board, lambda incident_id, stay, reach: self.ask_again(
                incident_id=incident_id, stay=stay, reach_minutes=reach))

    def next_act(self) -> None:
        """Ask who decides, and put all of it on the transfer lists."""
        if self.board is not None and self.answer is not None:
            self.asking.send(self.board, self.answer, lambda: self.ask_again(fixed=()))

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
