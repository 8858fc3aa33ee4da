"""What somebody answered to the proposals of one plan: what it is, what was confirmed and as what, and what stays as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.plan_proposals import (
    AnyProposed,
    AnyRecord,
    PlanFacts,
    PlanProposal,
    at_tier,
    check_confirmed,
    is_untimed,
    ready_ones,
    sure_ones,
)
from emergency_desk.domain.plan_records import Action, LevelRule, ResponseCard, Situation
from emergency_desk.errands import plan_correcting


class GivenAnswers:
    """The answers to one proposal, from nothing said to everything said."""

    def __init__(self, proposal: PlanProposal) -> None:
        self.proposal = proposal
        self.facts: PlanFacts = proposal.facts
        self.situations: tuple[Situation, ...] = proposal.situations
        self.confirmed: dict[str, AnyRecord] = {}
        self.left: set[str] = set()

    def proposed(self, id_: str) -> AnyProposed | None:
        """Return the proposal of an id, or None."""
        return next((one for one in self.proposal.asked if one.id == id_), None)

    def record(self, one: AnyProposed) -> AnyRecord:
        """Return a proposal as it stands now."""
        return self.confirmed.get(one.id, one.record)

    def open_sure(self) -> dict[str, AnyRecord]:
        """Return what the plan says in so many words and nobody answered yet."""
        return {id_: record for id_, record in sure_ones(self.proposal).items() if id_ not in self.confirmed and id_ not in self.left}

    def open_ready(self, due_minutes: int = 0) -> dict[str, AnyRecord]:
        """Return what nobody answered yet and needs no second look; `due_minutes` for what has no time in the text."""
        return ready_ones(self.proposal, self.confirmed, self.left, due_minutes=due_minutes)

    @property
    def lacks_times(self) -> bool:
        """Say whether something that could be confirmed has no time in the text."""
        return any(is_untimed(one.record) for one in self.proposal.asked if one.id in self.open_ready())

    def confirm(self, id_: str, record: AnyRecord) -> bool:
        """Confirm a record as it is; say no where it lacks something."""
        try:
            check_confirmed(record, among=self.confirmed, own_id=id_)
        except DeskError:
            return False  # the form that opens then tells what is missing
        self.confirmed[id_] = record
        self.left.discard(id_)
        return True

    def confirm_all(self, records: Mapping[str, AnyRecord]) -> int:
        """Confirm several; return how many."""
        return sum(self.confirm(id_, record) for id_, record in records.items())

    def correct(self, id_: str, record: AnyRecord, answers: Mapping[str, str]) -> None:
        """Confirm a record as somebody corrected it. Raises FieldMissing, FieldRefused."""
        made, situations = plan_correcting.corrected(record, answers, self.situations)
        check_confirmed(made, among=self.confirmed, own_id=id_)
        self.confirmed[id_], self.situations = made, situations
        self.left.discard(id_)

    def take_back(self, id_: str) -> bool:
        """Take back that something was confirmed; say no where it was not."""
        return self.confirmed.pop(id_, None) is not None

    def leave(self, id_: str) -> None:
        """Leave a proposal as text, or take that back."""
        self.confirmed.pop(id_, None)
        self.left ^= {id_}

    def move_to(self, tier: Tier) -> None:
        """Say at which tier the plan stands; what names its own tier stays there."""
        self.proposal = at_tier(self.proposal, tier)
        self.confirmed = dict(self._moved(self.confirmed.items(), tier))

    def _moved(self, records: Iterable[tuple[str, AnyRecord]], tier: Tier) -> Iterable[tuple[str, AnyRecord]]:
        for id_, record in records:
            one = self.proposed(id_)
            if isinstance(record, LevelRule | Action | ResponseCard) and one is not None and not one.is_tier_said:
                yield id_, replace(record, tier=tier)
            else:
                yield id_, record
