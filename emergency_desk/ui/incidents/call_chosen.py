"""Which teams the officer means to send: the advice's, less those taken off, and those put to them. No widgets."""

from __future__ import annotations

from collections.abc import Iterable

from emergency_desk.domain.ids import Id
from emergency_desk.services.steps.sending import Sending
from emergency_desk.ui.incidents.call_thinking import TeamFact, Thought


class Chosen:
    """What the officer changed of the advice; it outlives the advice, which is made anew with every word typed."""

    def __init__(self) -> None:
        self._left_out: set[Id] = set()
        self._added: list[Id] = []

    @property
    def added(self) -> tuple[Id, ...]:
        """The teams put to the advice, in the order in which they were chosen."""
        return tuple(self._added)

    def clear(self) -> None:
        """Follow the advice again."""
        self._left_out.clear()
        self._added.clear()

    def toggle(self, fact: TeamFact) -> bool:
        """Choose a team or leave it out again; say whether it is chosen now."""
        if fact.choice is None:
            return self._turn_added(fact.id)
        if fact.id in self._left_out:
            self._left_out.discard(fact.id)
            return True
        self._left_out.add(fact.id)
        return False

    def drop(self, ids: Iterable[Id]) -> None:
        """Take back teams that can no longer be sent."""
        gone = set(ids)
        self._added = [id_ for id_ in self._added if id_ not in gone]

    def facts(self, thought: Thought | None) -> tuple[TeamFact, ...]:
        """Return the teams to be sent, in the order of their numbers."""
        if thought is None:
            return ()
        advised = {fact.id for fact in thought.advised}
        kept = [fact for fact in thought.advised if fact.id not in self._left_out]
        return (*kept, *(fact for fact in self._added_facts(thought) if fact.id not in advised))

    def sendings(self, thought: Thought | None) -> tuple[Sending, ...]:
        """Return what is to be ordered."""
        return tuple(fact.sending() for fact in self.facts(thought))

    def needs_reason(self, thought: Thought | None) -> bool:
        """Say whether a team is to go against the advice."""
        return any(fact.needs_reason for fact in self.facts(thought))

    def goes_beyond_advice(self, thought: Thought | None) -> bool:
        """Say whether a team is to go that the advice did not name."""
        return any(fact.choice is None for fact in self.facts(thought))

    # -- as a draft keeps it -------------------------------------------------------------------------------------------
    def content(self) -> dict[str, str]:
        """Return what a draft keeps."""
        return {"left_out": " ".join(sorted(self._left_out)), "added": " ".join(self._added)}

    def restore(self, content: dict[str, str]) -> None:
        """Take what a draft kept."""
        self._left_out = {Id(id_) for id_ in content.get("left_out", "").split()}
        self._added = [Id(id_) for id_ in content.get("added", "").split()]

    def _turn_added(self, id_: Id) -> bool:
        if id_ in self._added:
            self._added.remove(id_)
            return False
        self._added.append(id_)
        return True

    def _added_facts(self, thought: Thought) -> list[TeamFact]:
        return [fact for id_ in self._added if (fact := thought.fact(id_)) is not None and fact.may_be_chosen]
