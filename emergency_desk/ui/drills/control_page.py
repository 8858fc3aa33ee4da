"""The controller's desk: one drill with its clock, faster or slower than real time, and with the twin it is played on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from emergency_desk.domain.drill_boards import DrillBoard
from emergency_desk.domain.drill_life import OVER, PACES, UNDER_WAY, pace_now
from emergency_desk.domain.drill_twins import DrillTwin, TwinOrder, TwinState
from emergency_desk.domain.drills import DrillState
from emergency_desk.domain.ids import Id
from emergency_desk.errands import drill_evidence
from emergency_desk.services import drill_running, drill_twins
from emergency_desk.ui.actions import Action
from emergency_desk.ui.drills.drill_banner import pace_words
from emergency_desk.ui.drills.drill_page import DrillPage
from emergency_desk.ui.incidents.inline_form import Answers, AskChoice
from emergency_desk.ui.workplace import DRILL, Workplace
from emergency_desk.wording.catalog import N_, _, ngettext
from emergency_desk.wording.labels import label

_HERE = (DRILL,)
KEEP, DESTROY = "keep", "destroy"
ACTIONS = (
    Action("drill_twin", N_("Make the twin, or open it in a second window"), "play_on_twin", "Alt+T", _HERE, short=N_("twin")),
    Action("drill_faster", N_("Let the clock of the drill go faster"), "faster", "Alt+Up", _HERE, in_bar=False),
    Action("drill_slower", N_("Let the clock of the drill go slower"), "slower", "Alt+Down", _HERE, in_bar=False),
    Action("drill_measure", N_("Take over what was measured on the twin"), "measure", "Alt+G", _HERE, in_bar=False),
    Action("drill_end_twin", N_("Seal or destroy the twin"), "end_twin", "Alt+D", _HERE, in_bar=False),
)


class ControlPage(DrillPage):
    """A drill, its clock and its twin."""

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        place.window.acts.register(ACTIONS)
        self._asked_release = False

    def can(self, action_id: str) -> bool:
        """Say whether an action makes sense now."""
        board = self._board
        if board is None or action_id not in {action.id for action in ACTIONS}:
            return super().can(action_id)
        state, twin = board.drill.state, board.twin
        return {"drill_twin": state not in OVER or (twin is not None and twin.state is not TwinState.DESTROYED),
                "drill_faster": self._paced(board) and pace_now(board.paces) < PACES[-1],
                "drill_slower": self._paced(board) and pace_now(board.paces) > PACES[0],
                "drill_measure": twin is not None and twin.state is not TwinState.DESTROYED and state in {*UNDER_WAY, *OVER},
                "drill_end_twin": twin is not None and twin.state is TwinState.OPEN and state not in UNDER_WAY}[action_id]

    # -- the clock -----------------------------------------------------------------------------------------------------
    def faster(self) -> None:
        """Let the clock go at the next faster pace."""
        self._turn_pace(1)

    def slower(self) -> None:
        """Let the clock go at the next slower pace."""
        self._turn_pace(-1)

    def _turn_pace(self, step: int) -> None:
        board, desk = self._board, self.place.desk
        if board is None:
            return
        percent = PACES[PACES.index(pace_now(board.paces)) + step]
        self.place.ask(lambda: drill_running.set_pace(desk, drill_id=board.drill.id, percent=percent),
                       then=lambda _done: self.place.window.notices.done(pace_words(percent)))

    def release_due(self) -> None:
        """Release whatever is due by the clock of the drill; asked again when the answer is there."""
        board, desk = self._board, self.place.desk
        if board is None or board.drill.state is not DrillState.RUNNING or self._asked_release or board.next_inject is None:
            return
        self._asked_release = True
        self.place.ask(lambda: drill_running.release_due(desk, drill_id=board.drill.id), then=self._released, refused=self._not_released)

    def _released(self, _done: Any) -> None:
        self._asked_release = False

    def _not_released(self, error: Any) -> None:
        self._pace.stop()  # what is refused now is refused each second: somebody must look
        self._asked_release = False
        self.place.window.explain(error)
        self.tick()

    @staticmethod
    def _paced(board: DrillBoard) -> bool:
        return board.drill.state in {DrillState.CHECKED, *UNDER_WAY}

    # -- the twin ------------------------------------------------------------------------------------------------------
    def play_on_twin(self) -> None:
        """Open the twin in a second window, making it first where there is none."""
        board, desk = self._board, self.place.desk
        if board is None:
            return
        if board.twin is not None and board.is_twin_there:
            self._open(drill_twins.path_of(desk, board.twin))
            return
        drill_id = board.drill.id
        self.place.window.notices.done(_("The twin is being made. You can go on working."))
        self.place.ask(lambda: drill_twins.order_twin(desk, drill_id=drill_id), then=self._make)

    def _make(self, order: TwinOrder) -> None:
        background, explain = self.place.background, self.place.window.explain
        if order.key is None:
            background.helper(drill_twins.make_twin, order, then=lambda counts: self._note(order, counts), refused=explain)
        else:  # a key never leaves this process
            background.beside(lambda: drill_twins.make_twin(order), then=lambda counts: self._note(order, counts), refused=explain)

    def _note(self, order: TwinOrder, counts: Any) -> None:
        desk = self.place.desk

        def told(done: Any) -> None:
            twin: DrillTwin = done.value
            self._open(drill_twins.path_of(desk, twin))
            self.place.window.notices.done(_("Twin: {teams} teams, {lots} lots, {shelters} shelters, nothing of what happened.").format(
                teams=twin.teams, lots=twin.lots, shelters=twin.shelters))

        self.place.ask(lambda: drill_twins.note_twin(desk, order=order, counts=counts), then=told)

    def _open(self, path: Path) -> None:
        self.place.open_twin(path)

    def measure(self) -> None:
        """Take over what the twin's log measured, each with the entry it rests on."""
        if self._board is not None:
            self._measure(self._board.drill.id)

    def _measure(self, drill_id: Id) -> None:
        desk = self.place.desk
        self.place.ask(lambda: drill_evidence.take_over(desk, drill_id=drill_id), then=self._measured)

    def _measured(self, done: Any) -> None:
        count = len(done.value)
        self.place.window.notices.done(ngettext("{count} entry was measured on the twin and stands in the drill's log.",
                                                "{count} entries were measured on the twin and stand in the drill's log.", count).format(
                                                    count=count))

    def end_twin(self) -> None:
        """Ask whether the twin is kept sealed or destroyed."""
        board, desk = self._board, self.place.desk
        if board is None or board.twin is None:
            return
        drill_id, was_over = board.drill.id, board.drill.state in OVER
        choices = ((KEEP, _("keep it sealed: it is only read")), (DESTROY, _("destroy it: what was measured stays in the drill's log")))

        def end(answers: Answers) -> None:
            def done() -> Any:
                if was_over:
                    drill_evidence.take_over(desk, drill_id=drill_id)
                close = drill_twins.seal_twin if answers["how"] == KEEP else drill_twins.destroy_twin
                return close(desk, drill_id=drill_id)

            def told(closed: Any) -> None:
                self.form.put_away()
                self.place.window.notices.done(_("Twin: {state}").format(state=label(closed.value.state)))

            self.place.ask(done, then=told, refused=self.form.refused)

        self.form.ask(_("The twin of this drill"), (AskChoice(name="how", label=_("What becomes of it"), choices=choices, span=6),),
                      _("Seal or destroy the twin"), end)

    # -- what is shown -------------------------------------------------------------------------------------------------
    def _numbers(self, board: DrillBoard, ran: str) -> str:
        told = super()._numbers(board, ran)
        parts = [told]
        if board.drill.state in UNDER_WAY:
            parts.append(pace_words(0 if board.drill.state is DrillState.PAUSED else pace_now(board.paces)))
        if board.twin is not None:
            parts.append(_("twin: {state}").format(state=label(board.twin.state)) if board.is_twin_there
                         or board.twin.state is TwinState.DESTROYED else _("twin: its file is gone or was altered"))
        return _(" · ").join(parts)
