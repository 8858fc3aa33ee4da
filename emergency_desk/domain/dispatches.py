"""Dispatch orders (调度令): a team is sent by an order that has a number, and answers with a receipt (R-4.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from emergency_desk.domain.ids import Id


class OrderState(StrEnum):
    SENT = "sent"
    RECEIVED = "received"  # the receipt came
    DONE = "done"  # the team is back
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One order to one team. Times in UTC; `receipt_due_at` comes from the rule `receipt_minutes` (R-4.5)."""

    id: Id
    order_number: str
    incident_id: Id
    team_id: Id
    task: str
    sent_at: datetime
    receipt_due_at: datetime
    sent_by_id: Id
    state: OrderState = OrderState.SENT
    serves: str = ""  # the capability the team was chosen for
    travel_minutes: int | None = None  # an estimate
    muster_place: str = ""
    report_to: str = ""
    route: str = ""
    equipment: str = ""
    channel: str = ""
    safety: str = ""
    approved_by: str = ""
    approved_how: str = ""
    approved_at: datetime | None = None
    override_reason: str = ""
    application_by: str = ""  # a social force: who applied
    receipt_at: datetime | None = None
    receipt_recorded_at: datetime | None = None
    receipt_by: str = ""
    receipt_how: str = ""
    checked_in_at: datetime | None = None  # not the same as arriving
    ended_at: datetime | None = None
    version: int = 0

    @property
    def awaits_receipt(self) -> bool:
        """Say whether no receipt has come yet for an order in force."""
        return self.state is OrderState.SENT and self.receipt_at is None
