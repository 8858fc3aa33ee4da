"""The numbers of stock keeping: when a lot is late, how soon it is told, how often is counted, which hours are asked. Data with sources."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from emergency_desk.domain.equipment import EquipmentStandard
from emergency_desk.domain.rules import RuleBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class StockRules:
    """Read from `stock.yaml`; a desk's own setting may let lots be used through their date (B19)."""

    usable_on_the_day: bool = False
    expiry_basis: RuleBasis | None = None
    alarm_days: tuple[int, ...] = ()  # the longest first
    alarm_basis: RuleBasis | None = None
    count_days: int = 0
    count_basis: RuleBasis | None = None
    second_count_beyond: int | None = 0  # a difference beyond so many units is counted again by another person; None: never
    hours: tuple[int, ...] = ()
    rotate_one_in: int = 0  # a lot is to be swapped when one in so many parts of its life is left; 0: nobody said
    rotate_basis: RuleBasis | None = None
    standards: tuple[EquipmentStandard, ...] = ()  # what one of a kind must hold
    paper_hours: int = 24  # until the notice of a requisition in special urgency is on paper
    paper_basis: RuleBasis | None = None

    def is_expired(self, expires_on: date | None, day: date) -> bool:
        """Say whether a lot can no longer be issued on a day: at its date, unless the desk may use it through that day (SDG20 Art. 43)."""
        if expires_on is None:
            return False
        return expires_on < day if self.usable_on_the_day else expires_on <= day

    def last_expired(self, day: date) -> date:
        """Return the latest date of expiry that is expired on a day."""
        return day - timedelta(days=1) if self.usable_on_the_day else day

    def alarm_of(self, expires_on: date | None, day: date) -> int | None:
        """Return the shortest span of days within which a lot expires; 0 when it is expired, None when it is far off or never does."""
        if expires_on is None:
            return None
        if self.is_expired(expires_on, day):
            return 0
        left = (expires_on - day).days
        return min((days for days in self.alarm_days if left <= days), default=None)

    def rotate_by(self, expires_on: date, began_on: date) -> date:
        """Return the day by which a lot is to be swapped with a shop or partner (R-5.4); where no table says so, that of the first alarm."""
        if self.rotate_one_in:
            return expires_on - timedelta(days=(expires_on - began_on).days // self.rotate_one_in)
        return expires_on - timedelta(days=max(self.alarm_days, default=0))

    def with_use_on_the_day(self, allowed: bool) -> StockRules:
        """Return the rules with the desk's own choice."""
        return replace(self, usable_on_the_day=allowed)
