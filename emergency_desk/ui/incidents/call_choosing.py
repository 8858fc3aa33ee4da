"""Turns what the officer does in the list of teams into a choice: lines turned, only the first of each need, more lines asked for."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from emergency_desk.ui.incidents import call_telling
from emergency_desk.ui.incidents.call_chosen import Chosen
from emergency_desk.ui.incidents.call_lines import HEAD, MORE
from emergency_desk.ui.incidents.call_thinking import FIRST_PAGE, NEXT_PAGE, Group, Thought
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import _


class CallChoosing(QObject):
    """`changed` when the choice did, `reason_wanted` after it when a team was put to the advice, `more_wanted` for longer lists."""

    changed = Signal()
    reason_wanted = Signal()
    more_wanted = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.chosen = Chosen()
        self.pages = dict(FIRST_PAGE)

    def clear(self) -> None:
        """Follow the advice again, with lists as short as at first."""
        self.pages = dict(FIRST_PAGE)
        self.chosen.clear()

    def turn(self, key: str, thought: Thought | None) -> None:
        """Choose the team of a line or leave it out; other lines are turned as they say."""
        if key.startswith(MORE):
            self.pages[Group(key.removeprefix(MORE))] += NEXT_PAGE
            self.more_wanted.emit()
            return
        fact = thought.fact(key) if thought is not None and not key.startswith(HEAD) else None
        if fact is None or thought is None:
            return
        if not fact.may_be_chosen:
            self._workplace.window.notices.refuse(call_telling.why_barred(fact, self._workplace.numbers))
            return
        is_chosen = self.chosen.toggle(fact, thought)
        self.changed.emit()
        if is_chosen and fact.choice is None:
            self.reason_wanted.emit()

    def keep_first(self, most: int, thought: Thought | None) -> None:
        """Let only the first so many of each need go, 0 for all; where nobody is advised there is nothing to cut down."""
        if thought is None or not thought.advised:
            return
        self.chosen.keep_first(most)
        self.changed.emit()

    def drop_gone(self, thought: Thought) -> None:
        """Take back teams that can no longer be sent, and say so."""
        gone = [id_ for id_ in self.chosen.added if id_ in thought.asked_for and not _may_go(thought, id_)]
        if not gone:
            return
        names = [call_telling.name_of(thought, id_) for id_ in gone]
        self.chosen.drop(gone)
        self._workplace.window.notices.refuse(
            _("No longer chosen, because it cannot be sent now: {teams}.").format(teams=_(", ").join(names)))

    def unheard(self, thought: Thought | None) -> list[str]:
        """Return teams chosen since a thought was asked for, of which nothing is known yet."""
        return [id_ for id_ in self.chosen.added if thought is not None and id_ not in thought.asked_for and thought.fact(id_) is None]


def _may_go(thought: Thought, team_id: str) -> bool:
    fact = thought.fact(team_id)
    return fact is not None and fact.may_be_chosen
