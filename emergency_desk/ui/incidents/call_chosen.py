"""Which teams the officer means to send: the advice's, less those taken off, and those put to them. No widgets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from emergency_desk.domain.ids import Id
from emergency_desk.services.steps.sending import Sending
from emergency_desk.ui.incidents.call_thinking import Thought
from emergency_desk.ui.incidents.team_facts import TeamFact


class Chosen:
    """What the officer changed of the advice; it outlives the advice, which is made anew with every word typed.

    `most` of each need go at first, the nearest; 0 for as many as were advised. Single teams are left out or kept besides.
    """

    def __init__(self) -> None:
        self.most = 0
        self._left_out: set[Id] = set()
        self._kept: set[Id] = set()
        self._added: list[Id] = []

    @property
    def added(self) -> tuple[Id, ...]:
        """The teams put to the advice, in the order in which they were chosen."""
        return tuple(self._added)

    @property
    def follows_advice(self) -> bool:
        """Say whether nothing of the advice was changed."""
        return not (self.most or self._left_out or self._added)

    def clear(self) -> None:
        """Follow the advice again."""
        self.keep_first(0)
        self._added.clear()

    def keep_first(self, most: int) -> None:
        """Let only the first so many of each need go, 0 for all that were advised. What was put to the advice stays."""
        self.most = most
        self._left_out.clear()
        self._kept.clear()

    def toggle(self, fact: TeamFact, thought: Thought) -> bool:
        """Choose a team or leave it out again; say whether it is chosen now."""
        if fact.choice is None:
            return self._turn_added(fact.id)
        is_going = any(each.id == fact.id for each in self.facts(thought))
        (self._kept if is_going else self._left_out).discard(fact.id)
        (self._left_out if is_going else self._kept).add(fact.id)
        return not is_going

    def drop(self, ids: Iterable[Id]) -> None:
        """Take back teams that can no longer be sent."""
        gone = set(ids)
        self._added = [id_ for id_ in self._added if id_ not in gone]

    def facts(self, thought: Thought | None) -> tuple[TeamFact, ...]:
        """Return the teams to be sent, in the order of their numbers."""
        if thought is None:
            return ()
        advised = {fact.id for fact in thought.advised}
        return (*self._advised_facts(thought), *(fact for fact in self._added_facts(thought) if fact.id not in advised))

    def sendings(self, thought: Thought | None) -> tuple[Sending, ...]:
        """Return what is to be ordered."""
        return tuple(fact.sending() for fact in self.facts(thought))

    def left_open(self, thought: Thought | None) -> tuple[tuple[str, int], ...]:
        """Return the needs that stay open because fewer teams go than were advised, beyond those for which nobody was found."""
        if thought is None or thought.advice.recommendation is None:
            return ()
        going = Counter(fact.serves for fact in self.facts(thought))
        nobody = thought.advice.recommendation.unmet
        gaps = ((name, count - nobody.get(name, 0) - going[name]) for name, count in thought.advice.needs)
        return tuple((name, gap) for name, gap in gaps if gap > 0)

    def needs_reason(self, thought: Thought | None) -> bool:
        """Say whether a team is to go against the advice."""
        return any(fact.needs_reason for fact in self.facts(thought))

    def goes_beyond_advice(self, thought: Thought | None) -> bool:
        """Say whether a team is to go that the advice did not name."""
        return any(fact.choice is None for fact in self.facts(thought))

    # -- as a draft keeps it -------------------------------------------------------------------------------------------
    def content(self) -> dict[str, str]:
        """Return what a draft keeps."""
        return {"most": str(self.most or ""), "left_out": " ".join(sorted(self._left_out)), "kept": " ".join(sorted(self._kept)),
                "added": " ".join(self._added)}

    def restore(self, content: dict[str, str]) -> None:
        """Take what a draft kept."""
        self.most = int(most) if (most := content.get("most", "")).isdecimal() else 0
        self._kept = {Id(id_) for id_ in content.get("kept", "").split()}
        self._left_out = {Id(id_) for id_ in content.get("left_out", "").split()}
        self._added = [Id(id_) for id_ in content.get("added", "").split()]

    def _turn_added(self, id_: Id) -> bool:
        if id_ in self._added:
            self._added.remove(id_)
            return False
        self._added.append(id_)
        return True

    def _advised_facts(self, thought: Thought) -> list[TeamFact]:
        seen: Counter[str] = Counter()
        going = []
        for fact in thought.advised:  # by arrival
            seen[fact.serves] += 1
            is_first = not self.most or seen[fact.serves] <= self.most
            if fact.id in self._kept or (is_first and fact.id not in self._left_out):
                going.append(fact)
        return going

    def _added_facts(self, thought: Thought) -> list[TeamFact]:
        return [fact for id_ in self._added if (fact := thought.fact(id_)) is not None and fact.may_be_chosen]
