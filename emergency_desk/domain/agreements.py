"""Agreements with neighbours, units and firms: dated objects that can be called upon until they run out.

Sources: 生产安全事故应急条例 Art. 10 (mutual aid), GB 30077-2023 §8.3 (a neighbour's means count as own when it arrives within five minutes).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from emergency_desk.domain.ids import Id

OWN_WITHIN_MINUTES = 5  # GB 30077-2023 §8.3


class AgreementKind(StrEnum):
    MUTUAL_AID = "mutual_aid"
    COOPERATION = "cooperation"


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement: who promises what, how much, and how soon. Valid through its last day."""

    id: Id
    number: str
    kind: AgreementKind
    partner: str
    capability: str = ""
    quantity: int | None = None
    unit: str = ""
    arrival_minutes: int | None = None
    terms: str = ""
    phone: str = ""
    signed_on: date | None = None
    valid_until: date | None = None
    team_id: Id | None = None
    area_id: Id | None = None
    is_demo: bool = False
    version: int = 0

    def is_valid_on(self, day: date) -> bool:
        """Say whether the agreement holds on a day."""
        return (self.signed_on is None or self.signed_on <= day) and (self.valid_until is None or day <= self.valid_until)


def counts_as_own(agreement: Agreement, day: date) -> bool:
    """Say whether a hazardous-chemicals unit may count what an agreement promises as its own: signed, in force, there within five minutes.

    Source: GB 30077-2023 §8.3.
    """
    is_signed = agreement.signed_on is not None and agreement.is_valid_on(day)
    return is_signed and agreement.arrival_minutes is not None and agreement.arrival_minutes <= OWN_WITHIN_MINUTES
