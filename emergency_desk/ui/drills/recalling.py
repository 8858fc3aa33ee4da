"""At the real desk: while a drill is under way, a real event that comes is told with the one key that recalls everybody (R-7.3)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import isValid

from emergency_desk.domain.changes import ChangeSet, Subject
from emergency_desk.domain.drill_following import Following
from emergency_desk.services import drill_running
from emergency_desk.ui.drills.drill_banner import ACTIONS, RECALL_KEY
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.notices import Notice
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import _
from emergency_desk.wording.keys import key_text


class Recalling(QObject):
    """Lives as long as its window."""

    def __init__(self, place: Workplace) -> None:
        super().__init__(place.window)
        self._place = place
        self._told: set[str] = set()
        self._notice: Notice | None = None
        window: Any = place.window
        window.acts.register(ACTIONS)
        window.recall_everybody = self.recall
        leave = place.background.subscribe(self._world_changed)
        self.destroyed.connect(lambda: leave())

    def recall(self) -> None:
        """Break every drill off that is under way, for the real event that came last."""
        desk = self._place.desk

        def do() -> tuple[str, ChangeSet | None]:
            told, changes = "", None
            for one in drill_running.under_way(desk):
                if one.real:
                    done = drill_running.recall(desk, drill_id=one.drill.id, incident_id=one.real[0].id)
                    told, changes = done.value.number, done.changes
            return told, changes

        self._place.ask(do, then=self._recalled)

    def _recalled(self, answer: tuple[str, ChangeSet | None]) -> None:
        number, changes = answer
        if changes is None:
            self._place.window.notices.refuse(_("No drill is under way for which a real event came, so nobody is recalled."))
            return
        self._place.background.announce(changes)
        self._place.window.notices.done(_("Drill {number} is broken off. Everybody is told; still count heads.").format(number=number))

    def _world_changed(self, changes: ChangeSet) -> None:
        if changes.about(Subject.INCIDENT, Subject.CALL, Subject.DRILL) and isValid(self):
            desk = self._place.desk
            self._place.ask(lambda: drill_running.under_way(desk), then=self._tell)

    def _tell(self, under_way: tuple[Following, ...]) -> None:
        if not isValid(self):
            return
        notices = self._place.window.notices
        if self._notice is not None and notices.notice is self._notice and not any(one.real for one in under_way):
            notices.tell(Notice(_("The drill is broken off; whoever took part is counted on its page."), Tone.ORANGE, Shape.DUE, stays=True))
        for one in under_way:
            for line in one.real:
                if line.id not in self._told:
                    self._told.add(line.id)
                    self._notice = Notice(
                        _("{number} came while drill {drill} is under way. {key} recalls everybody from it.").format(
                            number=line.number, drill=one.drill.number, key=key_text(RECALL_KEY)),
                        Tone.RED, Shape.LATE, act_text=_("Recall everybody"), act=self.recall, stays=True)
                    notices.tell(self._notice)
